//! The stages of reading, one by one, for tools that want only a part: sentences, quotations, speakers.
//!
//! Each borrows what came before and returns a new value; [`crate::Reader::read`] is their sum. What they promise:
//! every span they return lies on character boundaries of the text they were given, time is linear in it, and no
//! input makes them panic.

pub use crate::quotations::{Marks, Quotation, kind_of, quotations};
pub use crate::sentences::sentences;

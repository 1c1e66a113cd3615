//! Who said what in news pages.
//!
//! [`Reader::read`] turns a [`Page`] into a [`Reading`]: the document, its attributions and notes. It opens no
//! file, no socket and no clock; it never fails and never panics; the same page gives the same reading byte for
//! byte, whatever the threads, the order and the company.

mod acts;
mod attribution;
mod extraction;
mod meanings;
mod names;
mod page;
mod parallel;
mod points;
mod polarity;
mod quotations;
mod reader;
mod sentences;
mod speakers;
pub mod stages;
pub mod statements;
mod telling;
#[cfg(test)]
mod testing;
mod times;
mod venues;
pub mod voices;
pub mod wire;
mod words;

pub use attribution::{
    Act, ActClass, ActType, Antecedent, Attribution, How, Mention, Polarity, QuotationKind, Said, SaidBasis,
    Speaker, SpeakerKind, Venue, VenueKind,
};
pub use meanings::{meaning_text, meaning_words, meanings};
pub use page::{NotAPageId, Page, PageId};
pub use points::Points;
pub use reader::{Options, Reader, Reading, read_all};
pub use saidline_html::{
    Basis, Block, BlockKind, Dated, Document, Kind, Known, Moment, NotAMoment, Note, Span, When, is_text,
};
pub use saidline_models::{
    EMBEDDED, MEANING_STEPS, MEANING_WIDTH, Meaning, Model, ModelError, Models, Told, Vector, WeightsFile,
};

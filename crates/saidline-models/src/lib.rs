//! The only crate with weights, vocabularies and a numeric runtime: text or feature rows in, scores out (per word
//! piece, with byte ranges); labels are numbers here.

mod lines;
pub use lines::{Lines, ModelError};

/// All that is loaded: the tagger and the line scorer.
#[derive(Debug)]
pub struct Models {}

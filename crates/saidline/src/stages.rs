//! The stages of reading, one by one, for tools that want only a part: sentences, quotations, speakers, venues,
//! acts, times.
//!
//! Each borrows what came before and returns a new value; [`crate::Reader::read`] is their sum. What they promise:
//! every span they return lies on character boundaries of the text they were given, time is linear in it, and no
//! input makes them panic.

pub use crate::acts::tell_acts;
pub use crate::extraction::{Evidence, Found, Network};
pub use crate::names::Named;
pub use crate::quotations::{Marks, Quotation, kind_of, quotations};
pub use crate::sentences::sentences;
pub use crate::speakers::{pronoun_candidates, resolve};
pub use crate::telling::tell;
pub use crate::times::{TimeExpression, tell_times, time_expressions};
pub use crate::venues::tell_venues;
pub use saidline_models::DecoderWeights;

use saidline_html::{Document, Span};

/// The lines of a text that hold more than white space, trimmed: its paragraphs, where all of it is article text.
pub fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            found.push(Span::new(start, start + trimmed.len()));
        }
        at += line.len();
    }
    found
}

/// Whom and what a document names: persons with their roles and all their names, organisations by their words.
pub fn named(document: &Document, sentences: &[Span]) -> Vec<Named> {
    crate::names::Names::of(document, sentences).named()
}

//! Sentences by which a copy of a page's words is known from another page's own report of the same utterance.

use saidline_html::{Document, Span};

use super::is_quoted;
use super::words::place;
use crate::attribution::Attribution;
use crate::quotations::Quotation;
use crate::sentences::sentences;

/// Two authors who report the same words rarely put so many of their own around them in the same order.
const OWN: usize = 8;

/// A document's sentences and quotation marks: what tells of copies.
#[derive(Debug)]
pub struct Passages<'a> {
    text: &'a str,
    sentences: Vec<Span>,
    marks: &'a [Quotation],
}

impl<'a> Passages<'a> {
    /// Finds the sentences of a document, whose quotations are `marks`.
    pub fn new(document: &'a Document, marks: &'a [Quotation]) -> Self {
        Self { text: &document.text, sentences: sentences(&document.text, &document.blocks), marks }
    }

    /// A digest of the sentences that an attribution stands in, the same for the same words whatever marks and spaces are
    /// between them; none where few of the words are the author's own.
    pub fn digest(&self, attribution: &Attribution) -> Option<u64> {
        let spans = || attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
        let (start, end) = (spans().map(|span| span.start).min()?, spans().map(|span| span.end).max()?);
        let first = self.sentences.partition_point(|sentence| sentence.end <= start);
        let mut words = Vec::new();
        for sentence in self.sentences[first..].iter().take_while(|sentence| sentence.start < end) {
            place(self.text, *sentence, |_| true, &mut words);
        }
        let own = words.iter().filter(|word| !is_quoted(self.marks, word.span.start)).count();
        let digest = words.iter().fold(words.len() as u64, |digest, word| {
            (digest.rotate_left(5) ^ word.folded).wrapping_mul(0x0000_0100_0000_01b3)
        });
        (own >= OWN).then_some(digest)
    }
}

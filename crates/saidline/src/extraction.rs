//! Extraction: sources, cues and contents, found by the network and put together here.
//!
//! The network says of every word piece what it may be (tags) and, seen from each cue, whether it belongs to that
//! cue's source or content (pair scores). The decoder chooses, paragraph by paragraph, the reading that agrees best
//! with all of it: no piece in two contents, interrupted contents whole, each cue with its best source.

mod asked;
mod dangling;
mod decode;
mod inserted;
mod nested;
mod other_times;
mod quoted;
mod settle;
mod teasers;
mod units;

use crate::attribution::{Attribution, QuotationKind};
use crate::quotations::{Quotation, kind_of};
use crate::sentences::paragraphs;

use self::units::Allowance;

use saidline_html::{BlockKind, Document, Note, Span};
use saidline_models::{DecoderWeights, Extractor, Paragraph};

/// The attributions of a document, in the order of their first word; nothing is resolved yet. Boilerplate is not
/// searched; what is too costly to search for what it can hold is named in a note.
pub fn extract(
    extractor: &Extractor,
    document: &Document,
    quotations: &[Quotation],
    notes: &mut Vec<Note>,
) -> Vec<Attribution> {
    let text = &document.text;
    let paragraphs: Vec<Span> = paragraphs(text, &document.blocks).map(|paragraph| paragraph.span).collect();
    let mut allowance = Allowance::of(text);
    let mut found = decoded(extractor, text, &paragraphs, &mut allowance);
    notes.extend(allowance.note());
    found.extend(nested::nested(extractor, text, quotations, &found, notes));
    teasers::without_teasers(text, &mut found);
    dangling::mend(text, &mut found);
    asked::askers(document, &mut found);
    inserted::inserted(document, quotations, &mut found);
    quoted::without_outer_words(document, quotations, &mut found);
    other_times::part_other_times(document, &mut found);
    settle::settle(document, quotations, &mut found);
    let quoted_blocks: Vec<Span> = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Quotation)
        .map(|block| block.span)
        .collect();
    let in_quoted_block = |piece: &Span| {
        let next = quoted_blocks.partition_point(|block| block.end <= piece.start);
        quoted_blocks.get(next).is_some_and(|block| block.contains(*piece))
    };
    let kind = |content: &[Span]| match content.iter().all(in_quoted_block) {
        true => QuotationKind::Direct,
        false => kind_of(text, content, quotations),
    };
    let attribution = |Found { source, cue, content, confidence, .. }| {
        Attribution::new(kind(&content), source, cue, content, confidence)
    };
    found.into_iter().map(attribution).collect()
}

/// An attribution found in a text, before anything is resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The words that name the speaker; empty where the paragraph has none.
    pub source: Vec<Span>,
    /// The words that report; empty for a block quotation that nothing introduces.
    pub cue: Vec<Span>,
    /// What was said, in the order of the text; never empty.
    pub content: Vec<Span>,
    /// The chance that content and source are right, `0.0..=1.0`.
    pub confidence: f32,
    /// What the confidence was computed from; see [`Evidence`].
    pub evidence: Evidence,
}

impl Found {
    /// Words that stand as a quotation by themselves, given to nobody.
    fn unattributed(content: Span, confidence: f32) -> Self {
        let evidence = [0.0; DecoderWeights::EVIDENCE];
        Self { source: Vec::new(), cue: Vec::new(), content: vec![content], confidence, evidence }
    }

    /// By what attributions are ordered: their first word, then their cue.
    fn place(&self) -> (u32, u32) {
        let start = |spans: &[Span]| spans.first().map_or(u32::MAX, |span| span.start);
        (start(&self.cue).min(start(&self.content)).min(start(&self.source)), start(&self.cue))
    }
}

/// Numbers that tell a good attribution from a bad one: mean log odds of the network's scores, and lengths.
pub type Evidence = [f32; DecoderWeights::EVIDENCE];

/// A text's paragraphs, seen by the network: what the decoder needs, however often it is asked.
pub struct Network {
    units: Vec<Unit>,
}

/// A paragraph or a part of a long one.
struct Unit {
    /// Its word pieces, in bytes of the document's text.
    pieces: Vec<Span>,
    scores: Paragraph,
}

impl Unit {
    /// Runs the network over the paragraphs of a text, and hands over each unit when it is scored.
    fn each(
        extractor: &Extractor,
        text: &str,
        paragraphs: &[Span],
        allowance: &mut Allowance,
        mut take: impl FnMut(Unit) + Send,
    ) {
        let units = units::units(text, paragraphs);
        let texts: Vec<&str> = units.iter().map(|unit| unit.of(text)).collect();
        let mut places = units.iter();
        let worth = |number: usize, pieces: usize| allowance.allows(units[number], pieces);
        extractor.score(&texts, worth, |scores| {
            let at = places.next().map_or(0, |unit| unit.start as usize);
            let pieces =
                scores.pieces.iter().map(|piece| Span::new(at + piece.start, at + piece.end)).collect();
            take(Unit { pieces, scores });
        });
    }

    fn decode(&self, extractor: &Extractor, text: &str, weights: &DecoderWeights, found: &mut Vec<Found>) {
        decode::decode(extractor, &self.scores, &self.pieces, text, weights, found);
    }
}

impl Network {
    /// Runs the network over the paragraphs of a text and keeps all its scores (4 KiB a word piece). Time is linear
    /// in the text.
    pub fn read(extractor: &Extractor, text: &str, paragraphs: &[Span]) -> Self {
        let mut units = Vec::new();
        Unit::each(extractor, text, paragraphs, &mut Allowance::of(text), |unit| units.push(unit));
        Self { units }
    }

    /// The attributions, in the order of their first word.
    ///
    /// `text` is the one that was read.
    pub fn decode(&self, extractor: &Extractor, text: &str, weights: &DecoderWeights) -> Vec<Found> {
        let mut found = Vec::new();
        for unit in &self.units {
            unit.decode(extractor, text, weights, &mut found);
        }
        found
    }
}

/// Reads and decodes the paragraphs of a text; each is decoded by itself, so that nothing of one reaches into
/// another, and its scores are let go before the next is read.
fn decoded(extractor: &Extractor, text: &str, paragraphs: &[Span], allowance: &mut Allowance) -> Vec<Found> {
    let mut found = Vec::new();
    Unit::each(extractor, text, paragraphs, allowance, |unit| {
        unit.decode(extractor, text, &extractor.decoder, &mut found)
    });
    found
}

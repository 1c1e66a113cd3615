//! Reports inside quotation marks: “It was, as the Courier reported, ‘a cold day’ for all. We went home.”
//!
//! Whoever says the whole may stand far off, and the decoder gives the whole to the only name that it sees. But a source
//! inside the marks says at most what stands in marks of its own there.

use saidline_html::{Document, Span};

use super::Found;
use super::settle::UNATTRIBUTED;
use crate::quotations::Quotation;
use crate::sentences::sentences;

/// Bytes of a quotation that may be missing from a content that fills it.
const SLIP: u32 = 2;

/// Takes the words of outer quotations from the sources that stand inside them; they keep what is quoted in the sentence of
/// their cue. The whole is left as words that nobody nearby says. Without inner marks one sentence alone is left as it is:
/// it can be a report that somebody has set in marks.
pub(super) fn without_outer_words(document: &Document, quotations: &[Quotation], found: &mut Vec<Found>) {
    let text = &document.text;
    let outer: Vec<&Quotation> = quotations.iter().filter(|quotation| quotation.depth == 0).collect();
    let inner: Vec<Span> =
        quotations.iter().filter(|quotation| quotation.depth == 1).map(|quotation| quotation.span).collect();
    let filled: Vec<(usize, Span)> = (0..found.len())
        .filter_map(|place| Some((place, filled_from_inside(&found[place], &outer)?)))
        .collect();
    if filled.is_empty() {
        return;
    }
    let sentences = sentences(text, &document.blocks);
    for (place, whole) in filled {
        let cue = found[place].cue[0];
        let next = sentences.partition_point(|sentence| sentence.end <= cue.start);
        let Some(sentence) = sentences.get(next) else { continue };
        let from = inner.partition_point(|span| span.start < whole.start.max(sentence.start));
        let quoted: Vec<Span> = inner[from..]
            .iter()
            .take_while(|span| span.start < whole.end.min(sentence.end))
            .filter(|span| span.of(text).contains(' ') && !span.overlaps(cue))
            .copied()
            .collect();
        if !quoted.is_empty() {
            found[place].content = quoted;
            found.push(Found::unattributed(whole, UNATTRIBUTED));
        } else if !sentence.contains(whole) {
            found[place] = Found::unattributed(whole, UNATTRIBUTED);
        }
    }
}

/// The outer quotation that an attribution's content fills, if source and cue stand inside it.
fn filled_from_inside(one: &Found, outer: &[&Quotation]) -> Option<Span> {
    let (source, cue) = (one.source.first()?, one.cue.first()?);
    let (first, last) = (one.content.first()?, one.content.last()?);
    let next = outer.partition_point(|quotation| quotation.span.end <= cue.start);
    let Quotation { span, inner, .. } = outer.get(next)?;
    let inside = inner.contains(*source) && inner.contains(*cue);
    let fills = first.start <= inner.start + SLIP && last.end + SLIP >= inner.end;
    (inside && fills && first.start >= span.start && last.end <= span.end).then_some(*span)
}

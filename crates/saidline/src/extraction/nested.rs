//! Reports inside reports: "The agency said that the minister had told parliament that …".
//!
//! The corpus that the network learns from gives such words to the outermost speaker alone, and so does the decoder.
//! Here each content that is not in quotation marks and holds a verb of speech is read again, as if it were a
//! paragraph of its own.

use saidline_html::{Note, Span};
use saidline_models::Extractor;

use super::units::Allowance;
use super::{Found, decoded};
use crate::quotations::Quotation;
use crate::words::reports_speech;

/// Confidence below which a report inside a report is left out: its words stand in the outer one anyway.
const LEAST: f32 = 0.75;

/// Bytes of a content that could hold a report: shorter than "A said it rained" none is.
const SHORTEST: usize = 16;

/// The part of a text that is read a second time at most, one in so many bytes, and bytes that any text may have read
/// again: no news page comes near it.
const MOST: usize = 2;
const ANY: usize = 1000;

/// The attributions within the contents of those `found`.
pub(super) fn nested(
    extractor: &Extractor,
    text: &str,
    quotations: &[Quotation],
    found: &[Found],
    notes: &mut Vec<Note>,
) -> Vec<Found> {
    let outer: Vec<Span> = quotations.iter().filter(|one| one.depth == 0).map(|one| one.span).collect();
    let quoted = |span: Span| {
        let next = outer.partition_point(|quotation| quotation.end <= span.start);
        outer.get(next).is_some_and(|quotation| quotation.overlaps(span))
    };
    let pieces = found.iter().flat_map(|one| &one.content).map(|piece| clause(*piece, text));
    let mut worth_reading: Vec<Span> = pieces
        .filter(|piece| piece.len() >= SHORTEST)
        .filter(|piece| words(*piece, text).skip(1).any(|word| reports(word, text) && !quoted(word)))
        .collect();
    worth_reading.sort();
    let mut bytes = 0;
    let affordable = worth_reading.iter().take_while(|piece| {
        bytes += piece.len();
        bytes <= text.len() / MOST + ANY
    });
    let affordable = affordable.count();
    if let (Some(first), Some(last)) = (worth_reading.get(affordable), worth_reading.last()) {
        let message = "there are more reports that may hold others than are read again; these were not searched for them";
        let span = Some(Span { start: first.start, end: last.end });
        notes.push(Note { code: "too-many-reports".into(), span, message: message.to_owned() });
    }
    worth_reading.truncate(affordable);
    let inner = decoded(extractor, text, &worth_reading, &mut Allowance::of(text));
    let good = |one: &Found| {
        one.confidence >= LEAST
            && !one.source.is_empty()
            && one.cue.iter().any(|cue| words(*cue, text).any(|word| reports(word, text)))
            && one.cue.iter().chain(&one.source).all(|span| !quoted(*span))
    };
    inner.into_iter().filter(good).collect()
}

/// The content without the conjunction that ties it to its cue.
fn clause(piece: Span, text: &str) -> Span {
    let whole = piece.of(text);
    let rest = whole.strip_prefix("that ").unwrap_or(whole);
    Span { start: piece.end - rest.len() as u32, end: piece.end }
}

/// The words of a span: runs of letters.
fn words(span: Span, text: &str) -> impl Iterator<Item = Span> {
    let base = span.start as usize;
    let whole = span.of(text);
    whole.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).map(move |word| {
        let start = base + (word.as_ptr() as usize - whole.as_ptr() as usize);
        Span::new(start, start + word.len())
    })
}

fn reports(word: Span, text: &str) -> bool {
    let word = word.of(text);
    // The longest form is "acknowledging".
    word.len() <= 16 && reports_speech(&word.to_lowercase())
}

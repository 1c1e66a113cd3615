//! What marks and blocks know better than the network: where quoted words end, and whose they are when they go on.

use std::cmp::Reverse;

use saidline_html::{BlockKind, Document, Span, dateline_end};

use super::Found;
use crate::attribution::QuotationKind;
use crate::quotations::{Quotation, kind_of};
use crate::sentences::paragraphs;

/// Confidence that words set apart are one utterance, when nothing beside them says whose.
pub(super) const UNATTRIBUTED: f32 = 0.5;

/// Takes datelines out of contents, sets their edges to the marks they were about to reach, carries quotations of
/// several paragraphs on, gives block quotations to whoever was announced before them, and takes in paragraphs of
/// quoted words alone. Keeps the order of the text.
pub(super) fn settle(document: &Document, quotations: &[Quotation], found: &mut Vec<Found>) {
    let outer: Vec<&Quotation> = quotations.iter().filter(|quotation| quotation.depth == 0).collect();
    without_datelines(document, found);
    found.retain(|one| !is_label(&document.text, one));
    for one in found.iter_mut() {
        for piece in &mut one.content {
            *piece = to_marks(*piece, &outer);
        }
        join_touching(&mut one.content);
    }
    carry_on(&outer, found);
    block_quotations(document, found);
    lone_quotations(document, quotations, &outer, found);
    found.sort_by_key(Found::place);
}

/// Joins pieces that overlap: two that lie within reach of one mark have both been set to it.
fn join_touching(pieces: &mut Vec<Span>) {
    pieces.sort_unstable_by_key(|piece| (piece.start, piece.end));
    pieces.dedup_by(|next, before| {
        let overlap = next.start < before.end;
        if overlap {
            before.end = before.end.max(next.end);
        }
        overlap
    });
}

/// Nobody says the dateline before the first words (`OSTERHAVEN — The ferry will sail, the mayor said`).
fn without_datelines(document: &Document, found: &mut Vec<Found>) {
    let text = &document.text;
    let datelines: Vec<Span> = paragraphs(text, &document.blocks)
        .filter_map(|paragraph| {
            let here = trimmed(paragraph.span, text);
            let end = here.start + dateline_end(here.of(text))? as u32;
            Some(Span { start: here.start, end })
        })
        .collect();
    for one in found.iter_mut() {
        for piece in &mut one.content {
            let next = datelines.partition_point(|dateline| dateline.end <= piece.start);
            if let Some(dateline) = datelines.get(next).filter(|dateline| dateline.start <= piece.start) {
                piece.start = dateline.end.min(piece.end);
            }
        }
        one.content.retain(|piece| piece.start < piece.end);
    }
    found.retain(|one| !one.content.is_empty());
}

/// "Image caption Two ships in the harbour": the words before are a label of the page, and report nothing.
fn is_label(text: &str, one: &Found) -> bool {
    let ([source], [cue]) = (&one.source[..], &one.cue[..]) else { return false };
    let last = source.of(text).split_whitespace().next_back();
    let kind = last.is_some_and(|word| matches!(word, "Image" | "Media" | "Photo" | "Picture" | "Video"));
    let beside = text.get(source.end as usize..cue.start as usize).is_some_and(|gap| gap.trim().is_empty());
    kind && beside && cue.of(text) == "caption"
}

/// The content's piece with the marks of the quotations that it fills, and without the few letters by which it
/// misses or oversteps a mark.
fn to_marks(piece: Span, outer: &[&Quotation]) -> Span {
    /// Bytes of a quotation that may be missed or overstepped: a slip, not a choice.
    const SLIP: u32 = 2;
    let mut settled = piece;
    let from = outer.partition_point(|quotation| quotation.span.end <= piece.start);
    for quotation in outer[from..].iter().take_while(|quotation| quotation.span.start < piece.end) {
        let Quotation { span, inner, .. } = quotation;
        if piece.start >= span.start && piece.start <= inner.start + SLIP {
            settled.start = span.start;
        }
        if piece.end <= span.end && piece.end + SLIP >= inner.end {
            settled.end = span.end;
        }
    }
    settled
}

/// A quotation that is opened again at each paragraph belongs to whoever began it.
fn carry_on(outer: &[&Quotation], found: &mut [Found]) {
    let pieces = Pieces::of(found);
    let mut carrier = None;
    for pair in outer.windows(2) {
        let [before, after] = pair else { continue };
        let speaker = pieces.last_in(before.span).or(carrier);
        carrier = None;
        if let Some(speaker) = speaker
            && after.continued
            && pieces.last_in(after.span).is_none()
        {
            found[speaker].content.push(after.span);
            carrier = Some(speaker);
        }
    }
}

/// Pieces of contents, with the place of their attribution, in the order of the text. Those that stand inside another
/// attribution's are left out.
struct Pieces(Vec<(Span, usize)>);

impl Pieces {
    fn of(found: &[Found]) -> Self {
        let pieces =
            found.iter().enumerate().flat_map(|(i, one)| one.content.iter().map(move |piece| (*piece, i)));
        let mut pieces: Vec<(Span, usize)> = pieces.collect();
        pieces.sort_by_key(|&(piece, one)| (piece.start, Reverse(piece.end), one));
        let mut widest = Span { start: 0, end: 0 };
        pieces.retain(|&(piece, _)| {
            let outermost = piece.end > widest.end || piece == widest;
            if outermost {
                widest = piece;
            }
            outermost
        });
        Self(pieces)
    }

    /// The attribution of the last piece that shares a byte with `span`.
    fn last_in(&self, span: Span) -> Option<usize> {
        let after = self.0.partition_point(|(piece, _)| piece.start < span.end);
        let (piece, one) = self.0[..after].last()?;
        piece.overlaps(span).then_some(*one)
    }
}

/// The words of a block quotation are somebody's, whether or not it has marks: of the attribution that the
/// paragraph before ends in, when it announces them with a colon, else of nobody that is named.
fn block_quotations(document: &Document, found: &mut Vec<Found>) {
    let text = &document.text;
    let pieces = Pieces::of(found);
    let mut before: Option<Span> = None;
    let mut added = Vec::new();
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Boilerplate | BlockKind::PullQuote) {
            continue;
        }
        let here = trimmed(block.span, text);
        if block.kind == BlockKind::Quotation && !here.is_empty() && pieces.last_in(here).is_none() {
            let announced = before.filter(|before| before.of(text).ends_with(':')).and_then(|before| {
                found.iter_mut().rev().find(|one| one.cue.iter().any(|cue| before.contains(*cue)))
            });
            let (words, signature) = signed(here, text);
            match announced {
                Some(one) if signature.is_none() => one.content.push(words),
                _ => {
                    let source = signature.into_iter().collect();
                    added.push(Found { source, ..Found::unattributed(words, UNATTRIBUTED) });
                }
            }
        }
        before = Some(here);
    }
    found.extend(added);
}

/// A paragraph that is one quotation and nothing else is somebody's words, though it does not say whose. Where the
/// paragraph before begins with quoted words, it goes on with them; else it is given to whoever was cued there last.
fn lone_quotations(
    document: &Document,
    quotations: &[Quotation],
    outer: &[&Quotation],
    found: &mut Vec<Found>,
) {
    let text = &document.text;
    let pieces = Pieces::of(found);
    let cues = outermost_cues(found, &pieces);
    let mut before = Before::Nobody;
    let mut next = 0;
    for paragraph in paragraphs(text, &document.blocks) {
        if matches!(paragraph.kind, BlockKind::Caption | BlockKind::PullQuote) {
            continue;
        }
        let here = paragraph.span;
        next += outer[next..].partition_point(|quotation| quotation.span.end <= here.start);
        let first = outer.get(next).filter(|quotation| here.contains(quotation.span));
        if let Some(quotation) = first.filter(|quotation| stands_alone(quotation, here, text))
            && matches!(paragraph.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::LiveEntry)
            && pieces.last_in(quotation.span).is_none()
        {
            match before {
                Before::Quoting(one) => found[one].content.push(quotation.span),
                Before::Citing(one) => {
                    let (source, cue) = (found[one].source.clone(), found[one].cue.clone());
                    found.push(Found { source, cue, ..Found::unattributed(quotation.span, UNATTRIBUTED) });
                }
                Before::Nobody => found.push(Found::unattributed(quotation.span, UNATTRIBUTED)),
            }
            continue;
        }
        let announces = here.of(text).ends_with(':');
        let begun = first
            .filter(|quotation| {
                !announces && wordless(&text[here.start as usize..quotation.span.start as usize])
            })
            .and_then(|quotation| pieces.last_in(quotation.span))
            .filter(|&one| kind_of(text, &found[one].content, quotations) == QuotationKind::Direct);
        let cued = cues[..cues.partition_point(|(cue, _)| cue.start < here.end)].last();
        before = match (begun, cued) {
            (Some(one), _) => Before::Quoting(one),
            (_, Some((cue, one))) if here.contains(*cue) => Before::Citing(*one),
            _ => Before::Nobody,
        };
    }
}

/// What the paragraphs before say of whose words a quotation that stands alone is.
#[derive(Clone, Copy)]
enum Before {
    /// They go on with the content of this attribution.
    Quoting(usize),
    /// They are words of the speaker of this attribution.
    Citing(usize),
    Nobody,
}

/// Whether a paragraph is this quotation and no other words.
fn stands_alone(quotation: &Quotation, paragraph: Span, text: &str) -> bool {
    /// Words of the shortest: fewer are a title or a name in marks.
    const FEWEST: usize = 4;
    let Span { start, end } = quotation.span;
    wordless(&text[paragraph.start as usize..start as usize])
        && wordless(&text[end as usize..paragraph.end as usize])
        && quotation.inner.of(text).split_whitespace().nth(FEWEST - 1).is_some()
}

fn wordless(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// The cues that stand in no other attribution's content, with the place of their attribution, in the order of the
/// text.
fn outermost_cues(found: &[Found], pieces: &Pieces) -> Vec<(Span, usize)> {
    let cues = found.iter().enumerate().flat_map(|(i, one)| one.cue.iter().map(move |cue| (*cue, i)));
    let mut cues: Vec<(Span, usize)> = cues.filter(|(cue, _)| pieces.last_in(*cue).is_none()).collect();
    cues.sort();
    cues
}

/// A block quotation's words, and the name behind a dash that signs them: `… — National Farmers' League`.
fn signed(block: Span, text: &str) -> (Span, Option<Span>) {
    /// Bytes of the longest signature.
    const LONGEST: usize = 80;
    let whole = block.of(text);
    let signature = whole.rfind(['—', '–']).and_then(|dash| {
        let name = whole[dash..].trim_start_matches(['—', '–']).trim_start();
        let closes = whole[..dash].trim_end().ends_with(['.', '!', '?', '”', '"', '’', '…']);
        let names = name.starts_with(char::is_uppercase) && name.len() <= LONGEST && !name.ends_with('.');
        (closes && names).then(|| (whole[..dash].trim_end().len(), whole.len() - name.len()))
    });
    match signature {
        Some((end, name)) => {
            let start = block.start as usize;
            (Span::new(start, start + end), Some(Span::new(start + name, block.end as usize)))
        }
        None => (block, None),
    }
}

/// A span without the white space at its ends.
pub(super) fn trimmed(span: Span, text: &str) -> Span {
    let whole = span.of(text);
    let start = whole.len() - whole.trim_start().len();
    let length = whole.trim().len();
    let start = span.start as usize + start;
    Span::new(start, start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_whose_words_they_are() {
        let check = |text: &str, words: &str, name: Option<&str>| {
            let (found, signature) = signed(Span::new(0, text.len()), text);
            assert_eq!((found.of(text), signature.map(|span| span.of(text))), (words, name), "{text:?}");
        };
        check("The tax is a disaster. — Farmers' League", "The tax is a disaster.", Some("Farmers' League"));
        check("“No.”\n– Ada Moor, baker", "“No.”", Some("Ada Moor, baker"));
        check("We wait — and wait", "We wait — and wait", None);
        check("It is late. — And cold, too.", "It is late. — And cold, too.", None);
        check("", "", None);
    }
}

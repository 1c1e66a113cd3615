//! What is told of attributions beyond their spans: whose words they are, to whom, where and when they were said, and
//! what kind of act they were.

use saidline_html::{Document, Span};

use crate::acts::tell_acts;
use crate::attribution::{Attribution, Mention, Polarity, SaidBasis, SpeakerKind};
use crate::names::Names;
use crate::quotations::Quotation;
use crate::speakers::resolve_among;
use crate::times::tell_times;
use crate::venues::tell_venues_among;

/// Fills in all fields of the attributions of a document but their spans, kinds and confidence, which are given.
///
/// `sentences` and `quotations` are those of the document. Time is linear in the text and the attributions.
pub fn tell(
    document: &Document,
    sentences: &[Span],
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) {
    let names = Names::of(document, sentences);
    resolve_among(document, &names, quotations, attributions);
    tell_venues_among(document, &names, attributions);
    tell_acts(&document.text, quotations, attributions);
    tell_times(document, sentences, quotations, attributions);
    for attribution in attributions {
        hear_what_is_asked(&document.text, attribution);
        keep_to_what_was_said(sentences, attribution);
    }
}

/// What was not said was said nowhere and on no day: for "has not responded" nothing holds that another sentence tells.
fn keep_to_what_was_said(sentences: &[Span], attribution: &mut Attribution) {
    if attribution.polarity != Some(Polarity::SayingDenied) {
        return;
    }
    let sentence = |at: u32| sentences.partition_point(|sentence| sentence.end <= at);
    let Some(here) = attribution.cue.first().or(attribution.content.first()).map(|span| sentence(span.start))
    else {
        return;
    };
    if attribution.venue.as_ref().is_some_and(|venue| sentence(venue.span.start) != here) {
        attribution.venue = None;
        attribution.addressees.retain(|hearer| sentence(hearer.span.start) == here);
    }
    if attribution.said.as_ref().is_some_and(|said| said.basis == SaidBasis::Event) {
        attribution.said = None;
    }
}

/// "The mayor was asked whether", "she was told that": the source hears, and nobody says who spoke.
fn hear_what_is_asked(text: &str, attribution: &mut Attribution) {
    let (Some(source), Some(cue)) = (attribution.source.first().copied(), attribution.cue.first()) else {
        return;
    };
    let words: Vec<&str> = cue.of(text).split_whitespace().take(6).collect();
    let is_passive = words.windows(2).any(|two| {
        matches!(two[0], "was" | "were" | "is" | "are" | "been" | "being" | "repeatedly" | "when" | "When")
            && matches!(
                two[1],
                "asked" | "told" | "pressed" | "questioned" | "quizzed" | "warned" | "informed"
            )
    });
    // "Was asked by": then the source may be who asked.
    if !is_passive || words.last() == Some(&"by") || source.start > cue.start {
        return;
    }
    let hearers = std::mem::take(&mut attribution.speakers);
    if attribution.addressees.is_empty() {
        attribution.addressees.extend(hearers.into_iter().map(|speaker| Mention {
            span: source,
            kind: Some(speaker.kind),
            name: (speaker.kind != SpeakerKind::Unnamed).then_some(speaker.name),
        }));
    }
}

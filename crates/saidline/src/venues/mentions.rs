//! Occasions that a page names without saying that somebody speaks there.

use crate::attribution::VenueKind;

use super::page::Page;
use super::particles::{is_boundary, is_determiner};
use super::phrases::{How, Phrase, is_on_air, name_before, noun_at, ordinal, place_of, tail};

/// Occasions and writings that a page names without saying that somebody speaks there: "the debate", "a written
/// statement", "they debated".
pub(super) fn mentions(page: &Page) -> Vec<Phrase> {
    let mut pair = String::new();
    (0..page.len())
        .filter_map(|head| {
            if debated(page, head) {
                return Some(named(page, head, head, VenueKind::Debate));
            }
            let phrase = mention_at(page, head, &mut pair)?;
            // Speeches, meetings and writings are named for many reasons.
            use VenueKind::{Broadcast, Call, Debate, Interview, NewsConference, Testimony};
            matches!(phrase.kind, Broadcast | Call | Debate | Interview | NewsConference | Testimony)
                .then_some(phrase)
        })
        .collect()
}

/// The occasion or writing whose noun stands at a word, behind an article or an owner.
pub(super) fn mention_at(page: &Page, head: usize, pair: &mut String) -> Option<Phrase> {
    let noun = noun_at(page, head, pair)?;
    let phrase = named(page, article_before(page, head)?, head, noun.kind);
    is_on_air(page, phrase.tokens.start..head + 1, phrase.name).then_some(phrase)
}

fn named(page: &Page, start: usize, head: usize, kind: VenueKind) -> Phrase {
    let mut phrase = Phrase { tokens: start..head + 1, how: How::Bare, kind, name: None, hearer: None };
    phrase.name = name_before(page, start..head, kind).and_then(|(_, name)| page.span(&name));
    if start < head {
        tail(page, head + 1, &mut phrase);
    }
    phrase.name = phrase.name.or_else(|| place_of(page, &phrase));
    phrase
}

/// "The candidates debated on Tuesday", and nothing in particular: "the bill was debated", "they debated the bill".
fn debated(page: &Page, at: usize) -> bool {
    let passive = at > 0
        && (page.word(at - 1).ends_with("ly")
            || matches!(
                page.word(at - 1),
                "is" | "was" | "were" | "been" | "being" | "be" | "oft" | "often" | "much"
            ));
    page.word(at) == "debated"
        && !passive
        && (!page.spaced(at + 1)
            || page.after_date(at + 1) > at + 1
            || matches!(
                page.word(at + 1),
                "in" | "on" | "at" | "for" | "and" | "before" | "with" | "against"
            ))
}

/// The article or owner before a noun, a few words back.
fn article_before(page: &Page, head: usize) -> Option<usize> {
    let mut at = head;
    while at > 0 && head - at < 6 && page.spaced(at) {
        at -= 1;
        if is_determiner(page.word(at)) || page.possessive(at) {
            return Some(at);
        }
        if !page.is_capital(at) && is_boundary(page.word(at)) && !ordinal(page, at) {
            return None;
        }
    }
    None
}

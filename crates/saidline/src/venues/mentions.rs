//! Occasions that a page names without saying that somebody speaks there.

use crate::attribution::VenueKind;

use super::page::Page;
use super::particles::{is_boundary, is_determiner};
use super::phrases::{How, Phrase, name_before, noun_at, ordinal, place_of, tail};

/// Occasions and writings that a page names without saying that somebody speaks there: "the debate", "a written
/// statement", "they debated".
pub(super) fn mentions(page: &Page) -> Vec<Phrase> {
    let mut pair = String::new();
    (0..page.len())
        .filter_map(|head| {
            let verb = (page.word(head) == "debated").then_some(VenueKind::Debate);
            let (kind, start) = match verb {
                Some(kind) => (kind, head),
                None => {
                    let noun = noun_at(page, head, &mut pair)?;
                    (noun.kind, article_before(page, head)?)
                }
            };
            // Speeches, meetings and writings are named for many reasons.
            use VenueKind::{Broadcast, Call, Debate, Interview, NewsConference};
            if !matches!(kind, Broadcast | Call | Debate | Interview | NewsConference) {
                return None;
            }
            let mut phrase =
                Phrase { tokens: start..head + 1, how: How::Bare, kind, name: None, hearer: None };
            phrase.name = name_before(page, start..head, kind).and_then(|(_, name)| page.span(&name));
            if verb.is_none() {
                tail(page, head + 1, &mut phrase);
            }
            phrase.name = phrase.name.or_else(|| place_of(page, &phrase));
            Some(phrase)
        })
        .collect()
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

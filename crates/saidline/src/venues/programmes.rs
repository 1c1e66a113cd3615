//! Programmes that are told something: who tells "Meet the Press" is on it.

use std::ops::Range;

use crate::attribution::VenueKind;

use super::page::Page;
use super::phrases::{How, Phrase};
use super::tables;

/// The words of the longest name of a programme.
const LONGEST: usize = 5;

/// "Told “Fox News Sunday”", "tells CNN’s “The Lead”", "told the CBS program “Face the Nation”": the programme behind the
/// verb at a word hears it, and it was said there.
pub(super) fn told_programme(page: &Page, at: usize) -> Option<Phrase> {
    let tells = matches!(page.word(at), "told" | "tells" | "telling" | "tell");
    if !tells || !page.goes_on(at + 1) {
        return None;
    }
    let (tokens, name) = programme(page, at + 1)?;
    let name = page.span(&name);
    let hearer = Some(tokens.clone());
    Some(Phrase { tokens, how: How::Hearer, kind: VenueKind::Broadcast, name, hearer })
}

/// The words for a programme that begin at a word, and those that name it.
pub(super) fn programme(page: &Page, first: usize) -> Option<(Range<usize>, Range<usize>)> {
    let mut at = first;
    // Of which outlet it is, and what: "the CBS program", "NBC’s".
    let mut introduced = false;
    while at < first + 6 {
        let end = (at + 1..=at + LONGEST).rev().find(|&end| is_known(page, at..end));
        if let Some(end) = end {
            // "Today" is a day, unless somebody's.
            let today = end == at + 1 && page.word(at) == "today" && !introduced;
            // "The Today programme".
            let end = end + usize::from(page.spaced(end) && is_noun(page.word(end)));
            return (!today || is_noun(page.word(end - 1))).then_some((first..end, at..end));
        }
        if introduced && let Some(title) = page.title_at(at).filter(|_| page.goes_on(at)) {
            return Some((first..title.end, title));
        }
        let noun = is_noun(page.word(at)) && page.spaced(at);
        let outlet = page.name_at(at);
        let ours =
            outlet.is_some_and(|name| page.possessive(name.last as usize - 1) && name.person.is_none());
        introduced = noun || ours;
        at = match outlet {
            _ if noun => at + 1,
            Some(name) => name.last as usize,
            None if at == first && page.word(at) == "the" => at + 1,
            // "Radio 4’s" ends in a number that the name may leave out.
            None if page.is_number(at) && page.spaced(at) => {
                introduced = page.possessive(at);
                at + 1
            }
            None => return None,
        };
        if !page.goes_on(at) {
            return None;
        }
    }
    None
}

/// Whether words, all in one sentence, are the name of a programme, without an article too.
fn is_known(page: &Page, tokens: Range<usize>) -> bool {
    let whole = (tokens.start + 1..tokens.end).all(|at| page.goes_on(at));
    whole && page.span(&tokens).is_some_and(|span| tables::is_programme(span.of(page.names.text)))
}

fn is_noun(word: &str) -> bool {
    matches!(word, "program" | "programme" | "show" | "podcast" | "newscast" | "series")
}

//! Words in a medium, or with one, by its name.

use std::ops::Range;

use saidline_html::Span;

use crate::attribution::{Attribution, Venue, VenueKind};

use super::page::Page;
use super::particles::is_determiner;
use super::phrases::{How, Phrase};
use super::tables;

/// Words in a medium by its name: "on Twitter", "on CNN’s “The Lead”", "wrote in the Quayside Post".
pub(super) fn in_medium(page: &Page, at: usize) -> Option<Phrase> {
    let preposition = page.word(at);
    if !matches!(preposition, "on" | "via" | "in" | "for" | "to" | "over") {
        return None;
    }
    let mut first = at + 1;
    while first < at + 4 && page.spaced(first) && page.name_at(first).is_none() {
        if !(is_determiner(page.word(first))
            || matches!(page.word(first), "official" | "personal" | "verified"))
        {
            break;
        }
        first += 1;
    }
    if !page.goes_on(first) {
        return None;
    }
    let make = |end: usize, kind, name: Range<usize>| {
        Some(Phrase { tokens: at..end, how: How::Preposition, kind, name: page.span(&name), hearer: None })
    };
    if preposition == "on"
        && let Some(title) = page.title_at(first)
    {
        return make(title.end, VenueKind::Broadcast, title);
    }
    if !page.spaced(first) {
        return None;
    }
    let name = page.name_at(first).filter(|name| name.first as usize == first)?;
    let last = name.last as usize;
    let words = |end: usize| page.span(&(first..end)).map_or("", |span| span.of(page.names.text));
    let (known, end) =
        (first + 1..=last).rev().find_map(|end| Some((tables::medium(words(end))?, end))).or_else(|| {
            let station = matches!(page.word(last - 1), "tv" | "television" | "radio" | "fm");
            let paper = is_paper(page, &(first..last)) && last > first + 1;
            if (station || last == first + 1 && call_letters(words(last))) && preposition == "on" {
                Some((VenueKind::Broadcast, last))
            } else {
                (paper && preposition != "on").then_some((VenueKind::Article, last))
            }
        })?;
    let written = || {
        // "Wrote in the Post", "wrote Ann Low in the Post".
        let name = at.checked_sub(1).and_then(|last| page.name_at(last)).map(|name| name.first as usize);
        name.unwrap_or(at).checked_sub(1).is_some_and(|before| {
            matches!(page.word(before), "wrote" | "writes" | "writing" | "written" | "argued" | "published")
        })
    };
    let fits = match known {
        VenueKind::Post => matches!(preposition, "on" | "via" | "to" | "over"),
        VenueKind::Broadcast => preposition == "on",
        // "In the Post, Ann Low argued".
        _ if preposition == "in" && (at == 0 || page.sentence(at - 1) != page.sentence(at)) => {
            !page.spaced(last) && page.goes_on(last)
        }
        _ => matches!(preposition, "in" | "for") && written(),
    };
    if !fits || end < last && known == VenueKind::Article {
        return None;
    }
    // "On Facebook Inc." is about a company; "on Twitter’s board" too.
    if known == VenueKind::Post && (page.possessive(end - 1) || end < last) {
        return None;
    }
    if known == VenueKind::Post
        && page.spaced(end)
        && matches!(
            page.word(end),
            "page" | "account" | "feed" | "profile" | "platform" | "channel" | "post" | "site"
        )
    {
        return make(end + 1, known, first..end);
    }
    if known == VenueKind::Broadcast && page.goes_on(end) {
        if let Some(title) = page.title_at(end) {
            return make(title.end, known, title);
        }
        if page.possessive(end - 1)
            && let Some(programme) = page.name_at(end).filter(|_| page.spaced(end))
        {
            return make(programme.last as usize, known, end..programme.last as usize);
        }
    }
    make(end, known, first..end)
}

/// Whoever talks with an outlet or its host is interviewed: "discussed the pier with the Quayside Post", "speaking to
/// radio host Ann Low".
pub(super) fn with_outlet(page: &Page, at: usize) -> Option<Phrase> {
    let talks = |word: &str| {
        matches!(
            word,
            "discussed"
                | "discuss"
                | "discussing"
                | "disclosed"
                | "disclosing"
                | "shared"
                | "sharing"
                | "spoke"
                | "speaking"
                | "speak"
                | "talked"
                | "talking"
                | "talk"
                | "sat"
                | "chatted"
                | "chatting"
                | "appeared"
        )
    };
    let start = match page.word(at) {
        "with" => {
            let mut before = (at.saturating_sub(14)..at).rev();
            before.find(|&word| page.sentence(word) == page.sentence(at) && talks(page.word(word)))?;
            at
        }
        "to" => at.checked_sub(1).filter(|&word| {
            matches!(page.word(word), "spoke" | "speaking" | "talked" | "talking") && page.spaced(at)
        })?,
        _ => return None,
    };
    let part = page.phrase(at + 1, |_| false).filter(|_| page.spaced(at + 1))?;
    let outlet = page.names_of(part.clone()).find(|name| {
        let words = page.names.span(name).of(page.names.text);
        let range = name.first as usize..name.last as usize;
        tables::medium(words).is_some_and(|kind| kind != VenueKind::Post)
            || name.person.is_none() && range.len() > 1 && is_paper(page, &range)
    });
    let hosted = part.clone().any(|word| is_host(page.word(word)));
    let name = match outlet {
        Some(outlet) => Some(page.names.span(outlet)),
        None if hosted => page.names_of(part.clone()).last().map(|name| page.names.span(name)),
        None => return None,
    };
    Some(Phrase {
        tokens: start..part.end,
        how: How::Preposition,
        kind: VenueKind::Interview,
        name,
        hearer: Some(part),
    })
}

/// The handle with which a message is signed that a page shows: "— Ina Lund (@inalund) March 5".
pub(super) fn signed_post(page: &Page, attribution: &Attribution) -> Option<Venue> {
    let text = page.names.text;
    let signs = |at: &usize| text[..page.names.tokens[*at].span.start as usize].ends_with("(@");
    let at = page.tokens_in(*attribution.source.first()?).find(signs)?;
    let handle = page.names.tokens[at].span;
    let span = Span { start: handle.start - 1, end: handle.end };
    Some(Venue { span, name: Some("Twitter".to_owned()), kind: VenueKind::Post })
}

/// Those who ask for an outlet.
pub(super) fn is_host(word: &str) -> bool {
    matches!(
        word,
        "host" | "co-host" | "anchor" | "interviewer" | "presenter" | "correspondent" | "moderator"
    )
}

/// Whether a word is the sign of an American station: "WQRX", "KLM88".
fn call_letters(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.starts_with(['W', 'K'])
        && (4..=8).contains(&word.len())
        && letters.len() >= 3
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a name ends as those of papers and stations do.
pub(super) fn is_paper(page: &Page, tokens: &Range<usize>) -> bool {
    // "Post-Courier" ends as "Courier" does.
    let last = page.word(tokens.end - 1);
    matches!(
        last.rsplit('-').next().unwrap_or(last),
        "times"
            | "post"
            | "journal"
            | "tribune"
            | "herald"
            | "gazette"
            | "globe"
            | "news"
            | "magazine"
            | "press"
            | "chronicle"
            | "mail"
            | "telegraph"
            | "observer"
            | "review"
            | "sun"
            | "radio"
            | "tv"
            | "television"
            | "courier"
            | "examiner"
            | "inquirer"
            | "dispatch"
            | "register"
            | "daily"
            | "weekly"
            | "today"
            | "bee"
            | "mirror"
            | "express"
            | "guardian"
            | "standard"
            | "star"
            | "network"
            | "channel"
            | "fm"
    )
}

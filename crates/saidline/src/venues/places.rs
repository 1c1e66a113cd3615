//! Places and nothing more: where somebody stood who said something.

use std::ops::Range;

use crate::attribution::{Attribution, Venue, VenueKind};
use crate::names::NameKind;

use super::page::{NOBODY, Page};
use super::particles::is_preposition;
use super::phrases::{How, Phrase, venue};

/// A place alone, right behind the verb, its hearers and the day, or at the head of the sentence.
pub(super) fn place_beside(
    page: &Page,
    place: usize,
    attributions: &[Attribution],
    last: usize,
    hearing: &[Range<usize>],
) -> Option<Venue> {
    let mut at = last;
    if let Some(hearer) = hearing.iter().filter(|part| part.end <= last + 12).map(|part| part.end).max() {
        at = at.max(hearer);
    }
    let source = attributions[place].source.first().map(|source| page.tokens_in(*source));
    let told = source.as_ref().and_then(|source| {
        speaking_at(page, source, last)
            .or_else(|| opening_place(page, source.start).filter(|_| source.end + 2 >= last))
    });
    if let Some(told) = told.or_else(|| while_at(page, page.after_date(at))) {
        return venue(page, &told);
    }
    if let Some(source) = source.filter(|source| source.start == at) {
        at = source.end;
    }
    let at = page.after_date(at);
    if !page.spaced(at) || page.owner(at) == place as u32 {
        return None;
    }
    let phrase = place_at(page, at)?;
    // Of "said in Sundvik the pier" the pier is not in the place.
    (phrase.tokens.len() <= 8).then(|| venue(page, &phrase)).flatten()
}

/// "Speaking at the White House, Lund said", "Lund, speaking to reporters from the pier, said": the place of who speaks.
fn speaking_at(page: &Page, source: &Range<usize>, verb: usize) -> Option<Phrase> {
    const WORDS: usize = 12;
    let sentence = page.sentence(source.start)?;
    let until = if verb >= source.end { verb } else { source.end };
    let near = source.start.saturating_sub(WORDS)..until.min(source.end + WORDS);
    let mut speaks = near.filter(|&at| page.sentence(at) == Some(sentence) && page.owner(at) == NOBODY);
    speaks.find_map(|at| {
        let speaks = matches!(page.word(at), "speaking" | "appearing" | "talking");
        let is_there = matches!(page.word(at), "standing" | "arriving" | "campaigning");
        let opens = at == 0 || page.sentence(at - 1) != Some(sentence);
        if !(speaks && (opens || at >= source.start) || is_there && opens) {
            return None;
        }
        let mut next = page.after_date(at + 1);
        if matches!(page.word(next), "to" | "with") && page.spaced(next) {
            next = page.after_date(page.phrase(next + 1, |_| false)?.end);
        }
        place_at(page, next)
    })
}

/// "On Thursday in Sundvik, Lund said": a place with a day that opens the sentence, right before the source. "In Denmark,"
/// alone may open what holds for the whole country.
fn opening_place(page: &Page, source: usize) -> Option<Phrase> {
    const WORDS: usize = 12;
    let sentence = page.sentence(source)?;
    let first = (source.saturating_sub(WORDS)..source).find(|&at| page.sentence(at) == Some(sentence))?;
    if first > 0 && page.sentence(first - 1) == Some(sentence) {
        return None;
    }
    let dated = page.after_opening_date(first);
    let place = place_at(page, dated)?;
    let behind = page.after_date(place.tokens.end);
    let day = dated > first || behind > place.tokens.end;
    (day && behind == source && !page.spaced(source)).then_some(place)
}

/// "Said while campaigning in Sundvik".
fn while_at(page: &Page, at: usize) -> Option<Phrase> {
    let there = page.word(at) == "while"
        && page.goes_on(at)
        && matches!(
            page.word(at + 1),
            "speaking" | "campaigning" | "appearing" | "standing" | "traveling" | "travelling" | "stumping"
        );
    there.then(|| place_at(page, page.after_date(at + 2)))?
}

/// A place that a word begins, behind a verb of speech or at the head of a sentence: "in Sundvik", "outside the court".
fn place_at(page: &Page, at: usize) -> Option<Phrase> {
    let preposition = page.word(at);
    if !page.goes_on(at + 1) || !page.spaced(at + 1) {
        return None;
    }
    let part = page.phrase(at + 1, |_| false)?;
    let name = page.names_of(part.clone()).next();
    let head = page.word(page.head(&part));
    let building = matches!(
        head,
        "court"
            | "courthouse"
            | "hospital"
            | "courtroom"
            | "floor"
            | "headquarters"
            | "building"
            | "airport"
            | "church"
            | "cathedral"
            | "parliament"
            | "home"
            | "house"
            | "office"
            | "residence"
            | "embassy"
            | "school"
            | "stadium"
            | "capitol"
            | "rotunda"
            | "steps"
            | "station"
            | "prison"
            | "jail"
            | "square"
            | "garden"
            | "lawn"
            | "hall"
            | "palace"
            | "base"
            | "camp"
            | "scene"
            | "venue"
            | "hotel"
            | "harbour"
            | "harbor"
            | "port"
            | "chamber"
            | "one"
            | "university"
            | "college"
            | "campus"
            | "club"
            | "resort"
            | "museum"
            | "library"
            | "theater"
            | "theatre"
            | "arena"
            | "center"
            | "centre"
            | "plant"
            | "factory"
            | "restaurant"
            | "farm"
            | "ranch"
            | "border"
            | "zone"
            | "cemetery"
            | "park"
            | "podium"
            | "street"
    );
    let somewhere = name.is_some_and(|name| match name.kind {
        NameKind::Place => true,
        NameKind::Organisation => building,
        _ => building && name.person.is_none(),
    });
    let fits = match preposition {
        "in" => {
            name.is_some_and(|name| name.kind == NameKind::Place || building && name.person.is_none())
                || head == "court"
        }
        "at" => somewhere || building && part.len() > 1,
        "outside" | "inside" | "aboard" => somewhere || building || name.is_some(),
        "on" => head == "floor" || head == "steps" || page.word(at + 1) == "capitol",
        "from" => somewhere && building,
        _ => false,
    };
    if !fits || is_preposition(page.word(at + 1)) {
        return None;
    }
    let name = name.filter(|name| name.person.is_none()).map(|name| page.names.span(name));
    Some(Phrase { tokens: at..part.end, how: How::Preposition, kind: VenueKind::Place, name, hearer: None })
}

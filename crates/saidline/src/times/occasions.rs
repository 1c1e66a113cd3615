//! Occasions at which people speak, and whose day the page tells once: a debate, a rally, a news conference.

use std::collections::{HashMap, HashSet};

use saidline_html::Span;

use super::choice::{Owners, Told, anchor, is_present};
use super::events::{event, is_elsewhere, is_open, is_plain_day, lead};
use super::expressions::Expression;
use super::lexicon::{Gap, Token, Word};
use super::speakers::{in_order, name};
use super::{Page, said};
use crate::attribution::{ActType, Attribution, Said, SaidBasis, SpeakerKind};

/// Words between a venue and its day.
const BESIDE: usize = 8;

/// Words between the day of an occasion and its noun.
const NEAR: usize = 10;

/// Occasions that have a day, and at which more than one may speak or not.
const OCCASIONS: [(&str, bool); 13] = [
    ("debate", true),
    ("debated", true),
    ("convention", true),
    ("hearing", true),
    ("forum", true),
    ("conference", true),
    ("briefing", true),
    ("rally", false),
    ("rallies", false),
    ("speech", false),
    ("speeches", false),
    ("interview", false),
    ("testimony", false),
];

/// Fills in the day of the occasion of which the story's first paragraphs tell, for what is said there: until the page
/// tells another time, and by those who are named with it, or by anybody where several speak.
pub(super) fn story(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    let Some(lead) = lead(page, owners) else { return };
    let found = &page.expressions[lead.place];
    let Some(sentence) = page.sentence(found.span.start) else { return };
    let ruling = attributions.iter().zip(told).any(|(one, told)| {
        told.expression == Some(lead.place) && one.act.is_some_and(|act| act.r#type == Some(ActType::Rule))
    });
    let judges = if ruling { judges(page) } else { HashSet::new() };
    let shared = match occasion_of(page, found, page.sentences[sentence]) {
        Some(shared) => shared,
        None if ruling => false,
        None => return,
    };
    // The headline, the sentence and the next one name who speaks there.
    let until = page.sentences.get(sentence + 1).unwrap_or(&page.sentences[sentence]).end;
    let times = other_times(page, owners, told, lead.place, page.sentences[sentence].end);
    for (place, one) in attributions.iter_mut().enumerate() {
        let Some(at) = anchor(one).map(|at| at.start) else { continue };
        let last = times.partition_point(|(start, _)| *start < at);
        let goes_on = last == 0 || times[last - 1].1;
        if goes_on
            && at > found.span.start
            && one.parent.is_none()
            && is_open(&told[place], one)
            && !is_noun(page, one)
            && !is_present(page, one)
            && !is_elsewhere(page, one)
            && !is_of_own_venue(page, one, page.sentences[sentence])
            && if ruling { judges_there(one, &judges) } else { speaks_there(page, one, shared, until) }
        {
            one.said = event(&lead.said, SaidBasis::Event);
        }
    }
}

/// The names of a page's judges: those who write of a ruling do so on its day.
fn judges<'a>(page: &Page<'a>) -> HashSet<&'a str> {
    const NAMES: usize = 5;
    let text = page.document.text.as_str();
    let is_title = |token: &Token| matches!(token.span.of(text), "Justice" | "Justices" | "Judge" | "Judges");
    let mut names = HashSet::new();
    for (place, _) in page.tokens.iter().enumerate().filter(|(_, token)| is_title(token)) {
        let behind = page.tokens[place + 1..].iter().take(NAMES);
        let named =
            behind.take_while(|token| (token.capital || token.word == Word::And) && token.gap == Gap::Space);
        names.extend(named.filter(|token| token.capital).map(|token| token.span.of(text)));
    }
    names
}

/// Whether a judge speaks, or what judges wrote.
fn judges_there(one: &Attribution, judges: &HashSet<&str>) -> bool {
    let Some(speaker) = one.speakers.first() else { return false };
    let mut words = speaker.name.split(' ');
    let last = words.next_back().unwrap_or_default();
    match speaker.kind {
        SpeakerKind::Person => judges.contains(last),
        _ => ["opinion", "dissent", "ruling", "majority", "decision"].contains(&last),
    }
}

/// Fills in the day that the words of a venue tell: "at Monday's vigil". What its speaker said right before on another
/// day goes on rather.
pub(super) fn named(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    let mut dated: HashMap<String, u32> = HashMap::new();
    for (at, place) in in_order(attributions) {
        let one = &attributions[place];
        let paragraph = page.paragraph(at);
        let name = name(page, one);
        if told[place].expression.is_some() {
            dated.extend(name.map(|name| (name, paragraph)));
            continue;
        }
        let is_near = name.and_then(|name| dated.get(&name)).is_some_and(|near| paragraph - near <= 1);
        let Some(venue) = one.venue.as_ref().map(|venue| venue.span) else { continue };
        if is_near || !is_open(&told[place], one) || is_noun(page, one) {
            continue;
        }
        let inside = &page.expressions[page.expressions_between(venue.start, venue.end)];
        if let Some(found) = inside.iter().take(4).find(|found| found.is_own_day() && !found.bound) {
            let day = said(found, page.published, true);
            let is_beside = page.sentence(found.span.start) == page.sentence(at);
            attributions[place].said = if is_beside { Some(day) } else { event(&day, SaidBasis::Event) };
        }
    }
}

/// Fills in the day of a venue that the page dates once: "said in an interview on Friday … she said", where the venue is
/// known to hold for both.
pub(super) fn venues(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    let mut days: HashMap<(u32, u32), Said> = HashMap::new();
    for (one, told) in attributions.iter().zip(told) {
        let Some(venue) = &one.venue else { continue };
        let is_day = told
            .expression
            .is_some_and(|place| page.expressions[place].is_own_day() || page.expressions[place].is_week())
            && !told.closed;
        let day = one.said.clone().filter(|_| is_day).or_else(|| beside(page, owners, venue.span));
        if let Some(day) = day {
            days.entry((venue.span.start, venue.span.end)).or_insert(day);
        }
    }
    for (one, told) in attributions.iter_mut().zip(told) {
        let day = one.venue.as_ref().and_then(|venue| days.get(&(venue.span.start, venue.span.end)));
        if let Some(day) = day
            && is_open(told, one)
            && !is_noun(page, one)
            && !is_state(page, one)
            && !tells_another_day(page, owners, one, day)
        {
            one.said = event(day, SaidBasis::Event);
        }
    }
}

/// Whether the paragraph of a report tells another day right before it.
fn tells_another_day(page: &Page, owners: &Owners, attribution: &Attribution, day: &Said) -> bool {
    let Some(at) = anchor(attribution).map(|anchor| anchor.start) else { return false };
    let paragraph = page.paragraph(at);
    let before = page.expressions[page.expressions_between(0, at)].iter().rev();
    let near = before.take_while(|found| found.paragraph == paragraph);
    near.filter(|found| is_plain_day(page, owners, found)).any(|found| {
        let other = said(found, page.published, true);
        (other.from, other.to) != (day.from, day.to)
    })
}

/// The day that stands beside the words of a venue, outside of what anybody said.
fn beside(page: &Page, owners: &Owners, venue: Span) -> Option<Said> {
    let sentence = page.sentences[page.sentence(venue.start)?];
    let near = |found: &&Expression| {
        let (from, to) = if found.span.start >= venue.end {
            (venue.end, found.span.start)
        } else {
            (found.span.end, venue.start)
        };
        let between = page.tokens_between(from, to.max(from));
        // "An interview that aired on Friday" is of its own day.
        let is_aired = between.last().is_some_and(|last| last.word == Word::Issued);
        let is_clause =
            !is_aired && between.iter().any(|token| matches!(token.word, Word::Clause | Word::That));
        // "Fox News Sunday" in marks is a name; "Monday's vote" is another's day.
        let is_quoted = page.is_quoted(found.span, venue);
        found.span.overlaps(venue) || between.len() <= BESIDE && !is_clause && !is_quoted && !found.possessive
    };
    let found = page.expressions[page.expressions_between(sentence.start, sentence.end)]
        .iter()
        .filter(|found| is_plain_day(page, owners, found))
        .find(near)?;
    Some(said(found, page.published, true))
}

/// Whether an occasion is told near an expression, in its sentence, and whether several speak there.
fn occasion_of(page: &Page, found: &Expression, sentence: Span) -> Option<bool> {
    let text = page.document.text.as_str();
    let (first, last) = (found.first as usize, found.last as usize);
    let around = first.saturating_sub(NEAR)..(last + NEAR).min(page.tokens.len());
    let near = page.tokens[around].iter().filter(|token| sentence.contains(token.span));
    let nouns = near.filter_map(|token| {
        OCCASIONS.iter().find(|(noun, _)| *noun == token.span.of(text)).map(|(_, shared)| *shared)
    });
    nouns.reduce(|one, other| one || other)
}

/// Where the page goes on to tell of days, outside of what anybody said, and of times of reports: each with whether it is
/// the day of an expression. In the order of the text.
fn other_times(page: &Page, owners: &Owners, told: &[Told], lead: usize, from: u32) -> Vec<(u32, bool)> {
    let day = said(&page.expressions[lead], page.published, true);
    let is_same = |found: &Expression| {
        let other = said(found, page.published, true);
        (other.from, other.to) == (day.from, day.to)
    };
    let days = page.expressions.iter().filter(|found| is_plain_day(page, owners, found));
    let reports = told.iter().filter_map(|told| told.expression).map(|place| &page.expressions[place]);
    let mut times: Vec<(u32, bool)> = days
        .chain(reports)
        .filter(|found| found.span.start >= from)
        .map(|found| (found.span.start, is_same(found)))
        .collect();
    times.sort_unstable();
    times
}

/// Whether the words that report tell how somebody is: "is considering", "is familiar with".
fn is_state(page: &Page, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.first() else { return false };
    let text = page.document.text.as_str();
    let words = page.tokens_between(cue.start, cue.end);
    let goes_on = words.iter().any(|token| token.span.of(text).ends_with("ing"));
    words.first().is_some_and(|first| matches!(first.span.of(text), "is" | "are")) && !goes_on
}

/// Whether the words that report are a noun: "his suggestion", "a video of". Its words are older than the story.
pub(super) fn is_noun(page: &Page, attribution: &Attribution) -> bool {
    let text = page.document.text.as_str();
    let Some(cue) = attribution.cue.first() else { return false };
    // "Low's main point is that": said here.
    let last = page.tokens_between(cue.start, cue.end).last();
    if last.is_some_and(|last| matches!(last.span.of(text), "is" | "was")) {
        return false;
    }
    let owner = attribution.source.iter().any(|source| {
        let words = source.of(text);
        source.end <= cue.start
            && (["his", "her", "their", "its", "His", "Her", "Their", "Its"].contains(&words)
                || words.ends_with("’s")
                || words.ends_with("'s")
                || words.ends_with("s’"))
            && page.tokens_between(source.end, cue.start).len() <= 2
    });
    let before = page.tokens_between(cue.start.saturating_sub(12), cue.start).last();
    let names_it =
        last.is_some_and(|last| matches!(last.span.of(text), "criticism" | "speculation" | "fears"));
    owner
        || names_it
        || before.is_some_and(|token| matches!(token.word, Word::A | Word::The))
        || page.tokens_between(cue.start, cue.end).first().is_some_and(|token| token.word == Word::Of)
}

/// Whether the page tells another venue for an attribution than an occasion of a sentence.
fn is_of_own_venue(page: &Page, attribution: &Attribution, sentence: Span) -> bool {
    let text = page.document.text.as_str();
    let Some(venue) = &attribution.venue else { return false };
    let here = page.tokens_between(sentence.start, sentence.end);
    !page.tokens_between(venue.span.start, venue.span.end).iter().any(|token| {
        let word = token.span.of(text);
        OCCASIONS.iter().any(|(noun, _)| *noun == word)
            && here.iter().any(|token| token.span.of(text) == word)
    })
}

/// Whether somebody speaks at the occasion: a person or people, named with it unless several speak there.
fn speaks_there(page: &Page, attribution: &Attribution, shared: bool, until: u32) -> bool {
    let text = page.document.text.as_str();
    let Some(speaker) = attribution.speakers.first() else { return false };
    let last = speaker.name.rsplit(' ').next().unwrap_or_default();
    speaker.kind != SpeakerKind::Organisation
        && (shared || page.tokens_between(0, until).iter().any(|token| token.span.of(text) == last))
}

//! What one speaker says goes on at the same occasion, and has its day.

use std::collections::HashMap;

use saidline_html::Moment;

use super::choice::{Owners, Told, anchor, is_present};
use super::documents::Documents;
use super::events::{
    Lead, PARAGRAPHS, body, event, headlines, is_elsewhere, is_last_of, is_of_when, is_open, is_plain_day,
    lead,
};
use super::lexicon::{Token, Word};
use super::{Page, occasions, said};
use crate::attribution::{Attribution, Polarity, QuotationKind, Said, SaidBasis, SpeakerKind};

/// Under this the day of several speakers is found who were named together: "the two" further on. No name is so.
const SEVERAL: &str = "\u{1}";

/// The day of what one speaker said last.
struct Last {
    said: Said,
    paragraph: u32,
    precision: Precision,
    /// Where it was told: the sentence of the report.
    sentence: Option<usize>,
    has_venue: bool,
}

/// How precise a time is that is carried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Precision {
    Day,
    Week,
    /// A month or a year, of an occasion.
    Longer,
}

/// What is known besides of where the days of a page hold.
struct Around<'a> {
    page: &'a Page<'a>,
    owners: &'a Owners,
    /// Where each report is, and who speaks.
    spoken: Vec<(u32, Option<String>)>,
    documents: Documents<'a>,
    lead: Option<Lead<'a>>,
    /// Of whom the headline tells.
    actors: Vec<String>,
}

/// Fills in the days of what goes on.
pub(super) fn tell(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    let order = in_order(attributions);
    let spoken = order.iter().map(|(at, place)| (*at, name(page, &attributions[*place]))).collect();
    let lead = lead(page, owners);
    let actors = headlines(page, told, attributions, lead.as_ref());
    let around = Around { page, owners, spoken, documents: Documents::of_page(page, owners), lead, actors };
    let mut last: HashMap<String, Last> = HashMap::new();
    for (at, place) in order {
        let attribution = &attributions[place];
        if let Some(said) = &attribution.said {
            // The headline has its day from further down.
            if told[place].expression.is_some() || !page.is_in_headline(at) {
                note(page, told[place], attribution, said, &mut last);
            }
        } else if is_open(&told[place], attribution) && !occasions::is_noun(page, attribution) {
            let found = around.day(attribution, at, &mut last);
            attributions[place].said = found.and_then(|said| event(&said, SaidBasis::Event));
        }
    }
}

/// The reports by where they stand.
pub(super) fn in_order(attributions: &[Attribution]) -> Vec<(u32, usize)> {
    let mut order: Vec<(u32, usize)> = attributions
        .iter()
        .enumerate()
        .filter_map(|(place, one)| Some((anchor(one)?.start, place)))
        .collect();
    order.sort_unstable();
    order
}

/// Keeps the day of a report for what its speakers say next.
fn note(page: &Page, told: Told, attribution: &Attribution, said: &Said, last: &mut HashMap<String, Last>) {
    // What somebody "had said" is older than what goes on.
    let precision = match told.expression {
        Some(_) if told.closed => None,
        Some(expression) => precision(page, expression),
        None => matches!(said.from, Some(Moment::Day(_)) if said.from == said.to).then_some(Precision::Day),
    };
    let first = name(page, attribution).into_iter();
    for name in first.chain(others(attribution)).chain(aliases(page, attribution)) {
        // Another time told of the same speaker ends the first.
        last.remove(&name);
        if let Some(precision) = precision {
            last.insert(name, Last::of(page, attribution, said, precision));
        }
    }
}

impl Last {
    fn of(page: &Page, attribution: &Attribution, said: &Said, precision: Precision) -> Self {
        let at = anchor(attribution).map_or(0, |at| at.start);
        Self {
            said: said.clone(),
            paragraph: page.paragraph(at),
            precision,
            sentence: page.sentence(at),
            has_venue: attribution.venue.is_some(),
        }
    }

    /// The day, where it still holds for a report further on.
    fn goes_on(&mut self, paragraph: u32, has_venue: bool) -> Option<Said> {
        let reach = match (self.precision, has_venue) {
            // Where the venue goes on, so does its day.
            (Precision::Day, true) => u32::MAX,
            (Precision::Day, false) => PARAGRAPHS,
            (Precision::Week, _) => 1,
            (Precision::Longer, _) => 0,
        };
        if paragraph - self.paragraph > reach {
            return None;
        }
        self.paragraph = paragraph;
        Some(self.said.clone())
    }
}

impl Around<'_> {
    /// The day of what somebody says who may have spoken before.
    fn day(&self, attribution: &Attribution, at: u32, last: &mut HashMap<String, Last>) -> Option<Said> {
        let (page, paragraph) = (self.page, self.page.paragraph(at));
        let name = name(page, attribution);
        let is_present = is_present(page, attribution);
        if !is_present
            && let Some(name) = &name
            && let Some(said) = scene(page, self.owners, &self.spoken, attribution, name)
        {
            last.insert(name.clone(), Last::of(page, attribution, &said, Precision::Day));
            return Some(said);
        }
        let key = name.as_ref().map(|name| {
            if last.contains_key(name) { name.clone() } else { alias_of(page, attribution, name) }
        });
        let known = key.as_ref().and_then(|key| last.get(key));
        if is_elsewhere(page, attribution)
            && !known.is_some_and(|known| is_there(page, attribution, known, paragraph))
        {
            return None;
        }
        if let Some(said) = self.documents.of(page, attribution, at) {
            return Some(said.clone());
        }
        if is_present || is_of_when(page, attribution) {
            return None;
        }
        let (name, key) = (name?, key?);
        if let Some(known) = last.get_mut(&key) {
            known.goes_on(paragraph, attribution.venue.is_some())
        } else if let Some(said) = occasion(page, self.owners, &name, at) {
            last.insert(name, Last::of(page, attribution, &said, Precision::Day));
            Some(said)
        } else {
            self.of_lead(&name, paragraph)
        }
    }

    /// The day of the story, for whom it is about.
    fn of_lead(&self, name: &str, paragraph: u32) -> Option<Said> {
        let lead = self.lead.as_ref()?;
        let is_actor = lead.actor.is_some_and(|actor| is_last_of(name, actor))
            || self.actors.iter().any(|actor| actor == name);
        (is_actor && paragraph > lead.paragraph).then(|| lead.said.clone())
    }
}

/// What the headline and the first paragraphs tell is dated further down, where its speaker goes on.
pub(super) fn backwards(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const REACH: u32 = 6;
    let until = body(page).map(|paragraph| paragraph.end).last().unwrap_or_default();
    let order = in_order(attributions);
    let mut next: HashMap<String, (Said, u32)> = HashMap::new();
    for (at, place) in order.into_iter().rev() {
        let one = &attributions[place];
        let Some(name) = one.speakers.first().and_then(|_| name(page, one)) else { continue };
        let paragraph = page.paragraph(at);
        if let Some(said) = &one.said {
            let expression = told[place].expression.filter(|_| !told[place].closed);
            if expression
                .is_some_and(|place| matches!(precision(page, place), Some(Precision::Day | Precision::Week)))
            {
                next.insert(name, (said.clone(), paragraph));
            } else if told[place].expression.is_some() {
                next.remove(&name);
            }
            continue;
        }
        let is_in_headline = page.is_in_headline(at);
        if at < until
            && is_open(&told[place], one)
            && one.polarity != Some(Polarity::Hypothetical)
            && !is_of_when(page, one)
            && !is_elsewhere(page, one)
            && (is_in_headline || !is_present(page, one))
            && !occasions::is_noun(page, one)
            && let Some((said, there)) = next.get(&name)
            && there - paragraph <= REACH
        {
            attributions[place].said = event(said, SaidBasis::Event);
        }
    }
}

/// How precise an expression is, where what it dates goes on.
fn precision(page: &Page, place: usize) -> Option<Precision> {
    let found = &page.expressions[place];
    if found.is_own_day() {
        Some(Precision::Day)
    } else if found.is_week() {
        Some(Precision::Week)
    } else {
        // "In a 2016 interview … she added".
        is_of_occasion(page, place).then_some(Precision::Longer)
    }
}

/// Whether words that report, and tell of an occasion of their own, tell of the one that is known: "told the Quayside
/// Post" again, "said in a statement" right after.
fn is_there(page: &Page, attribution: &Attribution, known: &Last, paragraph: u32) -> bool {
    let text = page.document.text.as_str();
    let Some(cue) = attribution.cue.first() else { return false };
    let Some(sentence) = known.sentence.map(|place| page.sentences[place]) else { return false };
    let there = page.tokens_between(sentence.start, sentence.end);
    let tells = |word: &str| there.iter().take(96).any(|token| token.span.of(text) == word);
    let here = page.tokens_between(cue.start, cue.end + 24);
    let venue = here.iter().skip(1).find(|token| token.word == Word::Venue && cue.contains(token.span));
    if let Some(venue) = venue {
        return tells(venue.span.of(text)) || !known.has_venue && paragraph - known.paragraph <= 1;
    }
    here.iter().skip(1).filter(|token| token.capital).any(|token| tells(token.span.of(text)))
}

/// The day of what the sentence before tells of a speaker, where his words follow: "Lund went to the pier on Monday. “It
/// leaks,” she said".
fn scene(
    page: &Page,
    owners: &Owners,
    spoken: &[(u32, Option<String>)],
    attribution: &Attribution,
    name: &str,
) -> Option<Said> {
    const SUBJECT: usize = 12;
    const LONGEST: usize = 48;
    let text = page.document.text.as_str();
    if attribution.kind == QuotationKind::Indirect {
        return None;
    }
    let spans = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    let begin = spans.map(|span| span.start).min()?;
    let place = page.sentence(begin)?.checked_sub(1)?;
    let before = page.sentences[place];
    if page.is_in_headline(before.start) || page.paragraph(begin) - page.paragraph(before.start) > 1 {
        return None;
    }
    let mut found = page.expressions[page.expressions_between(before.start, before.end)].iter();
    let found = found.by_ref().take(8).find(|found| is_plain_day(page, owners, found))?;
    // Where he speaks in that sentence, it is of his words; a venue told elsewhere has its own day.
    let first = spoken.partition_point(|(at, _)| *at < before.start);
    let reports = spoken[first..].iter().take(8).take_while(|(at, _)| *at < found.span.start);
    let is_reported = reports.filter_map(|(_, who)| who.as_deref()).any(|who| who == name);
    let is_elsewhere = attribution.venue.as_ref().is_some_and(|venue| venue.span.start < before.start);
    if is_reported || is_elsewhere {
        return None;
    }
    let until = page.tokens_between(before.start, found.span.start);
    if until.len() > LONGEST {
        return None;
    }
    let is_clause = until
        .iter()
        .any(|token| matches!(token.word, Word::Clause | Word::That | Word::After | Word::Before));
    if found.possessive || found.is_explicit() || is_clause {
        return None;
    }
    let source = attribution.source.first().map_or("", |source| source.of(text));
    let is_pronoun = ["he", "she", "He", "She", "they"].contains(&source);
    let words = page.tokens_between(before.start, before.end);
    let is_named = words.iter().take(SUBJECT).any(|token| {
        let word = token.span.of(text);
        is_last_of(name, word) || is_pronoun && source.eq_ignore_ascii_case(word)
    });
    is_named.then(|| said(found, page.published, true))
}

/// The day of an occasion told a little before: "In a speech on Monday Lund set out …. She said".
fn occasion(page: &Page, owners: &Owners, name: &str, at: u32) -> Option<Said> {
    const LOOKED_AT: usize = 4;
    const WORDS: usize = 4;
    let text = page.document.text.as_str();
    let here = page.paragraph(at);
    let before = page.expressions_between(0, at);
    let near = before.rev().take(LOOKED_AT).map(|place| &page.expressions[place]);
    let near = near.take_while(|found| here - found.paragraph.min(here) < PARAGRAPHS);
    let found = near.filter(|found| is_plain_day(page, owners, found)).find(|found| {
        let (first, last) = (found.first as usize, found.last as usize);
        let around = first.saturating_sub(WORDS)..(last + WORDS).min(page.tokens.len());
        let Some(sentence) = page.sentence(found.span.start).map(|place| page.sentences[place]) else {
            return false;
        };
        let words = || page.tokens_between(sentence.start, sentence.end).iter().take(64);
        let is_occasion = |token: &Token| token.word == Word::Venue || token.span.of(text) == "testified";
        page.tokens[around].iter().any(|token| is_occasion(token) && sentence.contains(token.span))
            && words().any(|token| is_last_of(name, token.span.of(text)))
    })?;
    Some(said(found, page.published, true))
}

/// Whether an expression longer than a day tells the time of an occasion: "a 2016 interview", "at a rally in March".
fn is_of_occasion(page: &Page, place: usize) -> bool {
    const WORDS: usize = 5;
    let found = &page.expressions[place];
    let (first, last) = (found.first as usize, found.last as usize);
    let around = first.saturating_sub(WORDS)..(last + 2).min(page.tokens.len());
    !found.is_day()
        && page.tokens[around]
            .iter()
            .any(|token| token.word == Word::Venue && token.paragraph == found.paragraph)
}

/// The names of those who speak with the first.
fn others(attribution: &Attribution) -> impl Iterator<Item = String> {
    let named = attribution.speakers.iter().skip(1).filter(|one| one.kind != SpeakerKind::Unnamed);
    named.map(|speaker| speaker.name.clone())
}

/// The name by which a speaker is known again: of a person or an organisation that is named, else the last word of a
/// source that is a text ("the lawsuit").
pub(super) fn name(page: &Page, attribution: &Attribution) -> Option<String> {
    if let Some(speaker) = attribution.speakers.first().filter(|one| one.kind != SpeakerKind::Unnamed) {
        return Some(speaker.name.clone());
    }
    let [source] = attribution.source[..] else { return None };
    let last = page.tokens_between(source.start, source.end).last()?;
    if last.word == Word::Venue {
        return Some(last.span.of(&page.document.text).to_lowercase());
    }
    let speaker = attribution.speakers.first()?;
    let lower = speaker.name.to_lowercase();
    let bare = lower.strip_prefix("the ").or_else(|| lower.strip_prefix("a ")).unwrap_or(&lower);
    Some(bare.to_owned())
}

/// How else a dated report's speakers may be called further on: by the name that stands in its source, or together.
fn aliases(page: &Page, attribution: &Attribution) -> impl Iterator<Item = String> {
    let text = page.document.text.as_str();
    let source = attribution.source.first().copied();
    let last = source.and_then(|source| page.tokens_between(source.start, source.end).last().copied());
    let is_several = attribution.speakers.len() > 1;
    let named =
        last.filter(|last| last.capital && !is_several).map(|last| format!("\u{1}{}", last.span.of(text)));
    named.into_iter().chain(is_several.then(|| SEVERAL.to_owned()))
}

/// Under what a speaker may be found where the name is not known.
fn alias_of(page: &Page, attribution: &Attribution, name: &str) -> String {
    let text = page.document.text.as_str();
    let speaker = attribution.speakers.first();
    let source = attribution.source.first().map_or("", |source| source.of(text));
    let is_several = source.ends_with('s')
        && ["the ", "The "].iter().any(|article| source.starts_with(article))
        || ["they", "They"].contains(&source);
    if speaker.is_none_or(|speaker| speaker.kind == SpeakerKind::Unnamed) && is_several {
        return SEVERAL.to_owned();
    }
    format!("\u{1}{}", name.rsplit([' ', '-']).next().unwrap_or_default())
}

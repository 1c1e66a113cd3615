//! Days told elsewhere on the page that hold for a report: of the same speech, of an interview, of the dateline.

use std::collections::HashMap;

use saidline_html::{BlockKind, Moment, Span, dateline_end};

use super::choice::{Owners, Told, anchor, is_present};
use super::expressions::Expression;
use super::lexicon::{Gap, Word};
use super::{Page, exchanges, occasions, polls, said, sentences};
use crate::attribution::{
    ActClass, ActType, Attribution, Polarity, QuotationKind, Said, SaidBasis, SpeakerKind,
};
use crate::sentences::paragraphs;

/// Paragraphs from one report to the next across which a day is carried on.
const PARAGRAPHS: u32 = 3;

/// Paragraphs of the story that may tell its day.
const LEAD: usize = 2;

/// Under this the day of several speakers is found who were named together: "the two" further on. No name is so.
const SEVERAL: &str = "\u{1}";

/// Bytes of a line that is no paragraph of running text.
const SHORT: usize = 60;

/// Fills in what no words of its own date.
pub(super) fn carry(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    interview(page, told, attributions);
    sentences::openings(page, owners, told, attributions);
    polls::tell(page, told, attributions);
    exchanges::tell(page, told, attributions);
    speakers(page, owners, told, attributions);
    sentences::posts(page, told, attributions);
    occasions::venues(page, owners, told, attributions);
    occasions::story(page, owners, told, attributions);
    backwards(page, told, attributions);
    dateline(page, told, attributions);
}

pub(super) fn event(said: &Said, basis: SaidBasis) -> Option<Said> {
    Some(Said { basis, ..said.clone() })
}

/// Whether a day told elsewhere may hold for an attribution.
pub(super) fn is_open(told: &Told, attribution: &Attribution) -> bool {
    attribution.said.is_none()
        && !told.closed
        && told.expression.is_none()
        && attribution.act.is_none_or(|act| {
            matches!(act.class, ActClass::Speech | ActClass::Finding | ActClass::Order)
                || act.r#type == Some(ActType::Decide)
        })
}

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

/// What one speaker says goes on at the same occasion.
fn speakers(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    let mut order: Vec<(u32, usize)> = attributions
        .iter()
        .enumerate()
        .filter_map(|(place, one)| Some((anchor(one)?.start, place)))
        .collect();
    order.sort_unstable();
    let spoken: Vec<(u32, Option<String>)> =
        order.iter().map(|(at, place)| (*at, name(page, &attributions[*place]))).collect();
    let lead = lead(page, owners);
    let documents = documents(page, owners);
    let actors = headlines(page, told, attributions, lead.as_ref());
    let mut last: HashMap<String, Last> = HashMap::new();
    for (at, place) in order {
        let attribution = &attributions[place];
        let paragraph = page.paragraph(at);
        let name = name(page, attribution);
        if page.is_in_headline(at) && told[place].expression.is_none() && attribution.said.is_some() {
            continue;
        }
        if let Some(said) = &attribution.said {
            // What somebody "had said" is older than what goes on.
            let precision = match told[place].expression {
                Some(_) if told[place].closed => None,
                Some(expression) => precision(page, expression),
                None => matches!(said.from, Some(Moment::Day(_)) if said.from == said.to)
                    .then_some(Precision::Day),
            };
            let names = name.into_iter().chain(others(attribution)).chain(aliases(page, attribution));
            for name in names {
                // Another time told of the same speaker ends the first.
                last.remove(&name);
                if let Some(precision) = precision {
                    let sentence = page.sentence(at);
                    let has_venue = attribution.venue.is_some();
                    last.insert(name, Last { said: said.clone(), paragraph, precision, sentence, has_venue });
                }
            }
            continue;
        }
        if !is_open(&told[place], attribution) || occasions::is_noun(page, attribution) {
            continue;
        }
        let key = name.as_ref().map(|name| {
            if last.contains_key(name) { name.clone() } else { alias_of(page, attribution, name) }
        });
        let known = key.as_ref().and_then(|key| last.get(key));
        if !is_present(page, attribution)
            && let Some(name) = &name
            && let Some(said) = scene(page, owners, &spoken, attribution, name)
        {
            attributions[place].said = event(&said, SaidBasis::Event);
            let (sentence, has_venue) = (page.sentence(at), attributions[place].venue.is_some());
            let known = Last { said, paragraph, precision: Precision::Day, sentence, has_venue };
            last.insert(name.clone(), known);
            continue;
        }
        if is_elsewhere(page, attribution)
            && !known.is_some_and(|known| is_there(page, attribution, known, paragraph))
        {
            continue;
        }
        if let Some(said) = documents.of(page, attribution, at) {
            attributions[place].said = event(said, SaidBasis::Event);
            continue;
        }
        if is_present(page, attribution) || is_of_when(page, attribution) {
            continue;
        }
        let (Some(name), Some(key)) = (name, key) else { continue };
        if let Some(known) = last.get_mut(&key) {
            let reach = match (known.precision, attribution.venue.is_some()) {
                // Where the venue goes on, so does its day.
                (Precision::Day, true) => u32::MAX,
                (Precision::Day, false) => PARAGRAPHS,
                (Precision::Week, _) => 1,
                (Precision::Longer, _) => 0,
            };
            if paragraph - known.paragraph <= reach {
                known.paragraph = paragraph;
                attributions[place].said = event(&known.said, SaidBasis::Event);
            }
        } else if let Some(said) = occasion(page, owners, &name, at) {
            attributions[place].said = event(&said, SaidBasis::Event);
            let (sentence, has_venue) = (page.sentence(at), attributions[place].venue.is_some());
            last.insert(name, Last { said, paragraph, precision: Precision::Day, sentence, has_venue });
        } else if let Some(lead) = &lead
            && (lead.actor.is_some_and(|actor| is_last_of(&name, actor)) || actors.contains(&name))
            && paragraph > lead.paragraph
        {
            attributions[place].said = event(&lead.said, SaidBasis::Event);
        }
    }
}

/// What the headline and the first paragraphs tell is dated further down, where its speaker goes on.
fn backwards(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const REACH: u32 = 6;
    const FIRST: usize = 3;
    let until = body(page, FIRST).map(|paragraph| paragraph.end).last().unwrap_or_default();
    let mut order: Vec<(u32, usize)> = attributions
        .iter()
        .enumerate()
        .filter_map(|(place, one)| Some((anchor(one)?.start, place)))
        .collect();
    order.sort_unstable();
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

/// The first paragraphs of the story.
fn body<'a>(page: &'a Page, number: usize) -> impl Iterator<Item = Span> + 'a {
    paragraphs(&page.document.text, &page.document.blocks)
        .filter(|paragraph| paragraph.kind == BlockKind::Paragraph && paragraph.span.len() > SHORT)
        .filter(|paragraph| paragraph.span.start >= page.headline)
        .take(number)
        .map(|paragraph| paragraph.span)
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

/// "On the campaign trail, when he said": told so, it is another time.
pub(super) fn is_of_when(page: &Page, attribution: &Attribution) -> bool {
    let Some(first) = attribution.source.first().or(attribution.cue.first()) else { return false };
    let before = page.tokens_between(first.start.saturating_sub(8), first.start).last();
    before.is_some_and(|before| matches!(before.span.of(&page.document.text), "when" | "after"))
}

/// The names of those who speak with the first.
fn others(attribution: &Attribution) -> impl Iterator<Item = String> {
    let named = attribution.speakers.iter().skip(1).filter(|one| one.kind != SpeakerKind::Unnamed);
    named.map(|speaker| speaker.name.clone())
}

/// The name by which a speaker is known again: of a person or an organisation that is named, else the last word of a
/// source that is a text ("the lawsuit").
fn name(page: &Page, attribution: &Attribution) -> Option<String> {
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

/// Whether a word is the last of a name.
fn is_last_of(name: &str, word: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| last == word)
}

/// Whether an expression tells one day that has been, outside of what anybody said.
pub(super) fn is_plain_day(page: &Page, owners: &Owners, found: &Expression) -> bool {
    let is_to_come = || match (said(found, page.published, true).from, page.published) {
        (Some(Moment::Day(day)), Some(published)) => day > published,
        _ => false,
    };
    found.is_own_day()
        && !found.bound
        && !found.future
        && !is_to_come()
        && owners.at(page.tokens[found.first as usize].span.start).is_none()
}

/// Whether an expression tells the day of publication.
fn is_published(page: &Page, found: &Expression) -> bool {
    let day = said(found, page.published, true).from;
    found.is_own_day() && page.published.is_some() && day == page.published.map(Moment::Day)
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
        let is_occasion =
            |token: &super::Token| token.word == Word::Venue || token.span.of(text) == "testified";
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

/// Days on which texts came out ("issued its report on Monday"), by the noun for the text.
struct Documents<'a> {
    days: HashMap<&'a str, (u32, Said)>,
    /// Where a time opens the sentence, and the text comes out behind it: "this week she sent a letter". It holds near by.
    sent: Vec<(&'a str, u32, Said)>,
}

impl Documents<'_> {
    /// The day of the text that is the source of an attribution.
    fn of(&self, page: &Page, attribution: &Attribution, at: u32) -> Option<&Said> {
        let [source] = attribution.source[..] else { return None };
        let last = page.tokens_between(source.start, source.end).last()?;
        // The noun stands in the table as the page has it; a source may open a sentence or a headline with it.
        let word = kind_of_text(last.span.of(&page.document.text));
        let lower = word.to_lowercase();
        let paragraph = page.paragraph(at);
        let before = self.sent.partition_point(|(_, from, _)| *from < at);
        let near = self.sent[..before]
            .iter()
            .rev()
            .take(4)
            .find(|(noun, from, _)| *noun == lower && paragraph - page.paragraph(*from) <= 1);
        if let Some((_, _, said)) = near {
            return Some(said);
        }
        let found = self.days.get(word).or_else(|| self.days.get(lower.as_str()));
        found.filter(|(from, _)| *from < at || page.is_in_headline(at)).map(|(_, said)| said)
    }
}

/// A noun for a text, the same for all that are the same.
fn kind_of_text(noun: &str) -> &str {
    match noun {
        "survey" => "poll",
        noun => noun,
    }
}

/// Finds them: the noun stands among the few words before the day, with how the text came out.
fn documents<'a>(page: &Page<'a>, owners: &Owners) -> Documents<'a> {
    const WORDS: usize = 12;
    let text = page.document.text.as_str();
    let mut found = HashMap::new();
    // "A report to be released on Thursday", told on that day, is out.
    let is_today = |one: &Expression| one.future && is_published(page, one);
    let days = page.expressions.iter().filter(|one| is_plain_day(page, owners, one) || is_today(one));
    for expression in days {
        let first = expression.first as usize;
        let before = &page.tokens[first.saturating_sub(WORDS)..first];
        let same = before.iter().rposition(|token| matches!(token.gap, Gap::Start | Gap::Stop)).unwrap_or(0);
        let before = &before[same..];
        let noun = before.iter().rfind(|token| token.word == Word::Venue && !token.capital);
        if let Some(noun) = noun
            && (before.iter().any(|token| token.word == Word::Issued)
                // "A poll on Monday showed".
                || before.last().is_some_and(|last| last.span == noun.span))
        {
            let said = said(expression, page.published, true);
            found.entry(kind_of_text(noun.span.of(text))).or_insert((expression.span.start, said));
        }
    }
    Documents { days: found, sent: sent(page, owners) }
}

/// Texts that come out behind a time that opens the sentence.
fn sent<'a>(page: &Page<'a>, owners: &Owners) -> Vec<(&'a str, u32, Said)> {
    const WORDS: usize = 16;
    let text = page.document.text.as_str();
    let mut all = Vec::new();
    for found in page.expressions.iter().filter(|one| !one.bound && !one.future && !one.possessive) {
        let Some(sentence) = page.sentence(found.span.start).map(|place| page.sentences[place]) else {
            continue;
        };
        let opens = page.tokens_between(sentence.start, found.span.start).len() <= 2;
        let said = said(found, page.published, true);
        if !opens || said.when().is_none() || owners.at(found.span.start).is_some() {
            continue;
        }
        let behind = page.tokens_between(found.span.end, sentence.end);
        let behind = &behind[..behind.len().min(WORDS)];
        if let Some(issued) = behind.iter().position(|token| token.word == Word::Issued)
            && let Some(noun) = behind[issued..].iter().take(6).find(|token| token.word == Word::Venue)
        {
            all.push((noun.span.of(text), found.span.start, said));
        }
    }
    all
}

/// Whether the words that report tell of an occasion of their own: "told the Quayside Post", "wrote on Facebook".
pub(super) fn is_elsewhere(page: &Page, attribution: &Attribution) -> bool {
    let text = page.document.text.as_str();
    attribution.cue.iter().any(|cue| {
        let words = page.tokens_between(cue.start, cue.end);
        if words.iter().skip(1).any(|token| token.word == Word::Venue) {
            return true;
        }
        let told = page
            .tokens_between(cue.start, cue.end)
            .iter()
            .any(|token| matches!(token.span.of(text), "told" | "tells" | "tweeted" | "wrote"));
        let next = page.tokens_between(cue.start, cue.end + 24);
        told && next.iter().skip(1).any(|token| token.capital && token.gap == Gap::Space)
            && attribution.content.iter().all(|content| !content.contains(*cue))
            && next.get(1).is_some_and(|token| {
                token.capital || token.word == Word::The && next.get(2).is_some_and(|next| next.capital)
            })
    })
}

/// What the first paragraphs tell of the story's day.
pub(super) struct Lead<'a> {
    pub said: Said,
    /// The expression that tells it.
    pub place: usize,
    /// The last word of who did it: "Lund on Saturday withdrew".
    actor: Option<&'a str>,
    paragraph: u32,
}

/// The day that the first paragraphs tell. A date in full belongs to a caption or to another story.
pub(super) fn lead<'a>(page: &Page<'a>, owners: &Owners) -> Option<Lead<'a>> {
    let text = page.document.text.as_str();
    for paragraph in body(page, LEAD) {
        let mut found = page.expressions_between(paragraph.start, paragraph.end);
        let found = found.find(|place| {
            let found = &page.expressions[*place];
            is_plain_day(page, owners, found) && !found.possessive && !found.is_explicit()
        });
        if let Some(place) = found {
            let found = &page.expressions[place];
            let before = (found.first as usize).checked_sub(1).and_then(|before| page.tokens.get(before));
            let actor = before.filter(|token| token.capital && paragraph.contains(token.span));
            return Some(Lead {
                said: said(found, page.published, true),
                place,
                actor: actor.map(|token| token.span.of(text)),
                paragraph: found.paragraph,
            });
        }
    }
    None
}

/// A headline tells what the first paragraphs date, and who is in it is whom the story is about. Returns their names.
fn headlines(
    page: &Page,
    told: &[Told],
    attributions: &mut [Attribution],
    lead: Option<&Lead>,
) -> Vec<String> {
    const LOOKED_AT: usize = 8;
    let mut actors = Vec::new();
    let Some(Lead { said, actor, place, .. }) = lead else { return actors };
    let is_told = told.iter().any(|told| told.expression == Some(*place));
    for (one, told) in attributions.iter_mut().zip(told).take(LOOKED_AT) {
        let is_actor = || {
            let name = name(page, one);
            actor.is_some_and(|actor| name.is_some_and(|name| is_last_of(&name, actor)))
        };
        if anchor(one).is_some_and(|at| page.is_in_headline(at.start))
            && is_open(told, one)
            && (is_told || is_actor())
        {
            one.said = event(said, SaidBasis::Event);
            actors.extend(name(page, one));
        }
    }
    actors
}

/// The turns of an interview have the day that its introduction tells.
fn interview(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const TURNS: usize = 4;
    let text = page.document.text.as_str();
    // A label at the start of its line, with a colon or with nothing behind it.
    let is_turn = |one: &Attribution| {
        let labelled = match &one.cue[..] {
            [] => one.kind == QuotationKind::Direct,
            [cue] => cue.of(text).trim() == ":",
            _ => false,
        };
        let opens = |source: &Span| text[..source.start as usize].trim_end_matches(' ').ends_with('\n');
        labelled && one.source.first().is_some_and(opens)
    };
    let turns: Vec<usize> = (0..attributions.len()).filter(|place| is_turn(&attributions[*place])).collect();
    if turns.len() < TURNS {
        return;
    }
    let first = attributions[turns[0]].source[0].start;
    let is_interview = |span: Span| {
        page.tokens_between(span.start, span.end).iter().any(|token| {
            let word = token.span.of(text);
            [
                "interview",
                "interviewed",
                "interviews",
                "spoke",
                "talked",
                "talks",
                "sat",
                "chatted",
                "conversation",
            ]
            .iter()
            .any(|one| word.eq_ignore_ascii_case(one))
        })
    };
    let found = page.expressions[page.expressions_between(0, first)].iter().find(|found| {
        found.is_day()
            && !found.bound
            && page.sentence(found.span.start).is_some_and(|place| is_interview(page.sentences[place]))
    });
    if let Some(found) = found {
        let said = Said { basis: SaidBasis::Event, ..said(found, page.published, true) };
        for place in turns {
            if attributions[place].said.is_none() && !told[place].closed {
                attributions[place].said = Some(said.clone());
            }
        }
    }
}

/// A dateline with a day holds for all that nothing else dates.
fn dateline(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const LOOKED_AT: usize = 8;
    let text = page.document.text.as_str();
    let found = paragraphs(text, &page.document.blocks).take(LOOKED_AT).find_map(|paragraph| {
        let end = paragraph.span.start + dateline_end(paragraph.span.of(text))? as u32;
        let mut inside = page.expressions_between(paragraph.span.start, end);
        // A date without a place before it is the page's, not the story's.
        inside.find(|place| {
            let found = &page.expressions[*place];
            found.is_day() && found.span.start > paragraph.span.start
        })
    });
    let Some(found) = found else { return };
    let said = Said { basis: SaidBasis::Dateline, ..said(&page.expressions[found], page.published, true) };
    for (one, told) in attributions.iter_mut().zip(told) {
        if is_open(told, one) {
            one.said = Some(said.clone());
        }
    }
}

//! Speakers: whom the source of an attribution names or stands for.
//!
//! Rules over names, roles and nouns, and a small scorer for "he" and "she". A construction has a file: names joined by
//! "and", descriptions, institutions, pronouns, words without a source, labels of interviews. Every answer carries the
//! measured chance that it is right (`sure.rs`, `weights.rs`); where there is no more than a guess there is none.

use std::collections::HashMap;

use saidline_html::{BlockKind, Document, Span};

use crate::attribution::{Attribution, How, Mention, QuotationKind, Speaker, SpeakerKind};
use crate::names::{Gap, Name, NameKind, Names, group, party_and_state, singular, words_of};
use crate::quotations::Quotation;
use crate::sentences;
use crate::words::{self, Gender, Lead, RoleClass};

mod again;
mod capitals;
mod carried;
mod chain;
mod descriptions;
mod epithets;
mod hearers;
mod institutions;
mod joint;
mod labels;
mod pairs;
mod part;
mod pronouns;
mod records;
mod roles;
mod sure;
mod weights;

pub(crate) use chain::envelope;
use chain::nest;
use descriptions::{bearers, collective, looks_like_a_person, unnamed};
pub(crate) use hearers::name_hearers;
use institutions::{Body, authorities, bodies, deed, makes_or_sells, message, record};
use part::{article, is_acronym, preposition};
use pronouns::{Pronoun, pronoun};
pub(crate) use weights::FEATURES;

/// Fills [`Attribution::speakers`], [`Attribution::parent`] and [`Attribution::via`] of the attributions of a
/// document, from their spans.
///
/// `sentences` and `quotations` are those of the document. The attributions stand in the order of the text; what
/// they hold in these three fields is replaced.
pub fn resolve(
    document: &Document,
    sentences: &[Span],
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) {
    resolve_among(document, &Names::of(document, sentences), quotations, attributions);
}

/// [`resolve`], where the names of the document are found already.
pub(crate) fn resolve_among(
    document: &Document,
    names: &Names<'_>,
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) {
    nest(attributions);
    let mut page = Page::new(document, names, quotations, attributions.len());
    for place in 0..attributions.len() {
        page.settle(place, attributions);
    }
    page.carry_on(attributions);
    page.first_person(attributions);
    page.roles_by_description(attributions);
    page.name_the_chain(attributions);
    for attribution in attributions {
        let confidence = attribution.confidence;
        for speaker in &mut attribution.speakers {
            speaker.confidence = sure::together(speaker.confidence, confidence);
        }
    }
}

/// For each attribution whose source is "he" or "she", the persons whom it can mean: their nearest mentions, their full
/// names and the numbers that describe them, in the order of `speakers/weights.rs`. For the trainer; the attributions are resolved on
/// the way.
pub fn pronoun_candidates(
    document: &Document,
    sentences: &[Span],
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) -> Vec<Vec<(Span, String, [f32; FEATURES])>> {
    nest(attributions);
    let names = Names::of(document, sentences);
    let mut page = Page::new(document, &names, quotations, attributions.len());
    let mut all = Vec::new();
    for place in 0..attributions.len() {
        let token = attributions[place].source.first().map(|source| names.tokens_in(*source).start);
        let gender = token.and_then(|token| match pronoun(&names.word(token).to_lowercase()) {
            Some(Pronoun::He) => Some(Gender::Male),
            Some(Pronoun::She) => Some(Gender::Female),
            _ => None,
        });
        all.push(match (token, gender) {
            (Some(token), Some(gender)) => page
                .candidates(token, Some(gender), place, attributions)
                .iter()
                .map(|candidate| {
                    let mention = names.span(&names.names[candidate.mention]);
                    (mention, names.full_name(candidate.person), candidate.features)
                })
                .collect(),
            _ => Vec::new(),
        });
        page.settle(place, attributions);
    }
    all
}

/// Whom a source stands for, before it becomes a [`Speaker`].
#[derive(Debug, Clone, PartialEq)]
struct Found {
    who: Who,
    how: How,
    /// The mention that names it, where that is not the source itself.
    antecedent: Option<Span>,
    /// The role that the source itself states.
    role: Option<Span>,
    sure: f32,
}

#[derive(Debug, Clone, PartialEq)]
enum Who {
    /// A person of the page.
    Person(u32),
    /// A person by a name that the page gives only here.
    Named(Span),
    Organisation(Span),
    /// Somebody not named.
    Unnamed(Span),
    /// The author of the page.
    Author,
}

/// What resolving knows of a page.
struct Page<'a> {
    document: &'a Document,
    names: &'a Names<'a>,
    quotations: &'a [Quotation],
    /// The last attribution outside of others that has a speaker.
    last: Option<usize>,
    /// What was found for each attribution so far.
    known: Vec<Option<Vec<Found>>>,
    bearers: HashMap<String, Vec<(Span, u32)>>,
    bodies: HashMap<String, Vec<Body>>,
    /// What the page calls each person in passing.
    epithets: HashMap<u32, Vec<Span>>,
    /// Where each person is named first.
    first: Vec<u32>,
    /// Where the article's first three sentences end.
    body: u32,
}

impl<'a> Page<'a> {
    fn new(
        document: &'a Document,
        names: &'a Names<'a>,
        quotations: &'a [Quotation],
        attributions: usize,
    ) -> Self {
        let mut first = vec![u32::MAX; names.persons.len()];
        for name in &names.names {
            if let Some(first) = name.person.and_then(|person| first.get_mut(person as usize)) {
                *first = (*first).min(names.span(name).start);
            }
        }
        let body = names.tokens.partition_point(|token| token.sentence < 3);
        Self {
            document,
            names,
            quotations,
            last: None,
            known: vec![None; attributions],
            epithets: epithets::epithets(names),
            bearers: bearers(names),
            bodies: bodies(names),
            first,
            body: names.tokens.get(body).map_or(u32::MAX, |token| token.span.start),
        }
    }

    /// Finds the speakers of an attribution, once those before it are known.
    fn settle(&mut self, place: usize, attributions: &mut [Attribution]) {
        let found = self.speakers(place, attributions);
        if attributions[place].parent.is_none() && !found.is_empty() {
            self.last = Some(place);
        }
        attributions[place].speakers = found.iter().map(|found| self.speaker(found)).collect();
        self.known[place] = Some(found);
    }
}

impl Page<'_> {
    /// The speaker on the wire of what was found.
    fn speaker(&self, found: &Found) -> Speaker {
        let text = &self.document.text;
        let (name, kind) = match found.who {
            Who::Person(person) => (self.names.full_name(person), SpeakerKind::Person),
            Who::Named(span) => (words_of(span.of(text)), SpeakerKind::Person),
            Who::Organisation(span) => (words_of(span.of(text)), SpeakerKind::Organisation),
            Who::Unnamed(span) => (words_of(with_its_end(span, text).of(text)), SpeakerKind::Unnamed),
            Who::Author => (self.document.byline.clone().unwrap_or_default(), SpeakerKind::Person),
        };
        let role = match found.who {
            Who::Person(person) => self.telling_role(person, found.role),
            Who::Named(_) => found.role,
            _ => None,
        };
        Speaker {
            name,
            kind,
            role: role.map(|role| words_of(role.of(text))).map(|role| singular(&role).unwrap_or(role)),
            how: found.how,
            antecedent: found.antecedent,
            confidence: found.sure,
        }
    }

    /// The speakers of an attribution, from its source.
    fn speakers(&self, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let attribution = &attributions[place];
        if let Some(label) = attribution.source.first().and_then(|source| self.label(*source)) {
            return vec![label];
        }
        // "Low has been accused of saying": those who accuse are not told.
        if self.is_undergone(attribution) || self.is_asked(attribution) {
            return Vec::new();
        }
        for &source in &attribution.source {
            let found = self.in_source(source, place, attributions);
            if !found.is_empty() {
                return found;
            }
        }
        if attribution.source.is_empty() { self.carried(place, attributions) } else { Vec::new() }
    }

    /// Whether the words that report are a passive, so that what stands before them is who was accused, told or named, and nobody
    /// is told of who did so: "Low has been accused of saying", "Low was briefed on the pier".
    fn is_undergone(&self, attribution: &Attribution) -> bool {
        let names = self.names;
        let [cue] = attribution.cue[..] else { return false };
        let words = names.tokens_in(cue);
        let before = attribution.source.iter().all(|source| source.end <= cue.start);
        let by = words.clone().any(|at| matches!(names.word(at), "by" | "saying" | "as"));
        if by || !before || attribution.source.is_empty() {
            return false;
        }
        let Some(participle) = words.clone().find(|&at| is_done_to(names.word(at))) else { return false };
        // "Sailors accused of theft".
        if names.word(participle) == "accused" && names.word(participle + 1) == "of" {
            return true;
        }
        // "One, asked about it,".
        let plain = attribution.source.iter().all(|source| !source.of(names.text).contains(','));
        let aside = plain && names.tokens[participle].gap == Gap::Comma && participle == words.start;
        if aside && matches!(names.word(participle), "asked" | "accused") {
            return true;
        }
        const ADVERBS: usize = 2;
        let sentence = names.tokens[participle].sentence;
        let near = (participle.saturating_sub(1 + ADVERBS)..participle).rev();
        let mut near = near.take_while(|&at| names.tokens[at].sentence == sentence);
        near.find(|&at| {
            !names.word(at).ends_with("ly") && !matches!(names.word(at), "also" | "not" | "never" | "now")
        })
        .is_some_and(|at| {
            matches!(
                names.word(at),
                "is" | "are" | "was" | "were" | "be" | "been" | "being" | "get" | "gets" | "got"
            )
        })
    }

    /// Whether what stands as the source is who was asked, criticised or praised: "Asked about the pier, Low said", "Low drew
    /// criticism". Who asked is not told.
    fn is_asked(&self, attribution: &Attribution) -> bool {
        let names = self.names;
        let ([source], [cue]) = (&attribution.source[..], &attribution.cue[..]) else { return false };
        let (words, source) = (names.tokens_in(*cue), names.tokens_in(*source));
        let Some(last) = words.end.checked_sub(1).filter(|last| words.contains(last)) else { return false };
        if source.start >= words.end {
            let opens = words.start;
            let when = opens.checked_sub(1).is_some_and(|before| {
                names.tokens[before].sentence == names.tokens[opens].sentence
                    && matches!(names.word(before), "When" | "when")
            });
            let asked = |word: &str| {
                matches!(
                    word.to_lowercase().as_str(),
                    "asked" | "pressed" | "questioned" | "quizzed" | "challenged" | "grilled" | "prodded"
                )
            };
            let capital = names.word(opens).starts_with(char::is_uppercase);
            let comma = names.tokens.get(source.start).is_some_and(|token| token.gap == Gap::Comma);
            if source.start.checked_sub(1).is_some_and(|before| names.word(before) == "by") {
                return false;
            }
            let begins = capital || when || matches!(names.word(opens), "When" | "when");
            return begins && words.clone().any(|at| asked(names.word(at))) && (comma || capital || when);
        }
        let met = matches!(
            names.word(last),
            "criticism"
                | "praise"
                | "condemnation"
                | "backlash"
                | "scrutiny"
                | "fire"
                | "rebukes"
                | "ridicule"
                | "questions"
        );
        let from = source.end.max(last.saturating_sub(6));
        met && (from..last).any(|at| {
            matches!(
                names.word(at),
                "received"
                    | "receives"
                    | "receive"
                    | "receiving"
                    | "faced"
                    | "faces"
                    | "face"
                    | "facing"
                    | "drew"
                    | "drawn"
                    | "draws"
                    | "drawing"
                    | "draw"
                    | "earned"
                    | "attracted"
                    | "sparked"
                    | "under"
                    | "met"
            )
        })
    }

    fn in_source(&self, source: Span, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let mut tokens = self.names.tokens_in(source);
        // A span may begin inside a word where the annotator cut it so.
        tokens.end = tokens.end.min(tokens.start + 80);
        let whole = self.to_the_end(tokens.clone());
        let until = self.names.tokens.get(whole.saturating_sub(1)).map_or(0, |token| token.span.end);
        let told = attributions[place].cue.iter().chain(&attributions[place].content);
        // What reports or is reported belongs to nobody's name.
        if told.into_iter().all(|told| told.end <= source.start || told.start >= until) {
            tokens.end = whole;
        }
        let two = self.two_nations(tokens.clone());
        if !two.is_empty() {
            return two;
        }
        let two = self.the_two(tokens.clone(), attributions);
        if !two.is_empty() {
            return two;
        }
        let several = self.the_several(tokens.clone(), place, attributions);
        if !several.is_empty() {
            return several;
        }
        while let Some(word) = tokens.clone().next().map(|first| self.names.word(first)) {
            let neither = || tokens.clone().any(|at| self.names.word(at) == "nor");
            let leads =
                words::leads(word, Lead::Source) || matches!(word, "Neither" | "neither") && neither();
            if leads && tokens.len() > 1 {
                tokens.start += 1;
            } else {
                break;
            }
        }
        // "Low last" of "Low last Thursday said".
        while tokens.len() > 1 && self.hangs_on(tokens.end - 1) {
            tokens.end -= 1;
        }
        if tokens.is_empty() {
            return Vec::new();
        }
        let first = self.names.word(tokens.start).to_lowercase();
        if let Some(pronoun) = pronoun(&first).filter(|_| !is_acronym(self.names.word(tokens.start)))
            && (tokens.len() <= 2 && !self.possessive_pronoun(&first, tokens.len()))
        {
            return self.pronoun(pronoun, tokens.start, source, place, attributions);
        }
        let members = self.named_members(tokens.clone());
        if !members.is_empty() {
            return members;
        }
        let examples = self.named_examples(tokens.clone());
        if !examples.is_empty() {
            return examples;
        }
        if let Some(name) = self.apposed_to(tokens.clone()) {
            return self.named(name, name.last as usize, tokens.end).into_iter().collect();
        }
        let mut found: Vec<Found> = Vec::new();
        for part in self.joint(tokens.clone()) {
            found.extend(self.one(part, place, attributions));
        }
        found.dedup_by(|next, before| next.who == before.who);
        if found.len() > 1 {
            found.iter_mut().for_each(|found| found.sure *= sure::ONE_OF_JOINT);
        }
        found
    }

    /// The persons whose names, and nothing else, stand behind a group and a comma or a dash: "two senators, Westby's Ann Low and
    /// Vardin's Tom Brant,".
    fn named_members(&self, tokens: std::ops::Range<usize>) -> Vec<Found> {
        let names = self.names;
        let apart = |at: &usize| matches!(names.tokens[*at].gap, Gap::Comma | Gap::Other);
        let Some(comma) = (tokens.start + 1..tokens.end).find(apart) else { return Vec::new() };
        let several = |at: usize| words::plural_role(&names.word(at).to_lowercase()).is_some();
        let group = (tokens.start..comma).any(several) && self.person_among(tokens.start..comma).is_none();
        if !group {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut from = comma;
        while from < tokens.end {
            let Some(name) = self.person_among(from..tokens.end) else { break };
            let (first, last) = (name.first as usize, name.last as usize);
            // Only his title, where he is from, "and" and articles stand before a name.
            let plain = (from..first).all(|at| {
                let word = names.word(at);
                word.starts_with(char::is_uppercase)
                    || matches!(word, "and" | "the" | "of" | "for")
                    || words::role(word).is_some()
            });
            let close = last >= tokens.end || names.word(last) == "and" || apart(&last);
            if !plain || !close || names.tokens[last - 1].possessive {
                return Vec::new();
            }
            found.extend(self.named(name, last, last));
            from = last;
        }
        if found.len() < 2 || from < tokens.end {
            return Vec::new();
        }
        found.iter_mut().for_each(|found| found.sure *= sure::ONE_OF_JOINT);
        found
    }

    /// A group and the persons that are named of it: "members like Ann Low and Tom Brant", "some, including Mayor Ann Low".
    fn named_examples(&self, tokens: std::ops::Range<usize>) -> Vec<Found> {
        let names = self.names;
        let begins = |at: &usize| {
            matches!(names.word(*at), "like" | "including")
                || names.word(*at) == "such" && names.word(at + 1) == "as"
        };
        let several = |at: usize| {
            let lower = names.word(at).to_lowercase();
            words::plural_role(&lower).is_some() || group(&lower) || collective(&lower) || lower == "figures"
        };
        let Some(like) = (tokens.start + 1..tokens.end).find(begins) else { return Vec::new() };
        if !(tokens.start..like).any(several) || self.person_among(tokens.start..like).is_some() {
            return Vec::new();
        }
        let words =
            Span { start: names.tokens[tokens.start].span.start, end: names.tokens[like - 1].span.end };
        let mut found = vec![unnamed(words)];
        let mut from = like + 1;
        while let Some(name) = self.person_among(from..tokens.end) {
            let last = name.last as usize;
            if !names.tokens[last - 1].possessive {
                found.extend(self.named(name, last, last));
            }
            from = last;
        }
        if found.len() < 2 {
            return Vec::new();
        }
        found.dedup_by(|next, before| next.who == before.who);
        found.iter_mut().for_each(|found| found.sure *= sure::ONE_OF_JOINT);
        found
    }

    /// The person right before a source that is no more than what he is, between commas: "Low, ⟦a veteran of the port⟧, said".
    fn apposed_to(&self, tokens: std::ops::Range<usize>) -> Option<&Name> {
        let names = self.names;
        let apart = |at: usize| names.tokens.get(at).is_some_and(|token| token.gap == Gap::Comma);
        let before = tokens.start.checked_sub(1)?;
        let name = self.name_at(before).filter(|name| name.last as usize == tokens.start)?;
        let one = matches!(names.word(tokens.start), "a" | "an" | "the")
            && names.tokens[before].sentence == names.tokens[tokens.start].sentence;
        let closed = apart(tokens.end) || names.tokens[tokens.end - 1].span.of(names.text).ends_with(',');
        let plural = tokens.clone().any(|at| words::plural_role(&names.word(at).to_lowercase()).is_some());
        let words =
            Span { start: names.tokens[tokens.start].span.start, end: names.tokens[tokens.end - 1].span.end };
        let named = names.names_in(words).any(|(_, name)| name.person.is_some());
        (one && apart(tokens.start) && closed && !plural && !named && name.person.is_some()).then_some(name)
    }

    /// Whether a word at the end of a source belongs to the words that report, not to who speaks.
    fn hangs_on(&self, at: usize) -> bool {
        let word = self.names.word(at);
        let hangs = words::is_weekday(word)
            || matches!(
                word,
                "last"
                    | "later"
                    | "earlier"
                    | "early"
                    | "late"
                    | "also"
                    | "then"
                    | "again"
                    | "recently"
                    | "reportedly"
                    | "repeatedly"
                    | "has"
                    | "have"
                    | "had"
                    | "did"
                    | "this"
                    | "on"
            );
        hangs && self.names.tokens[at].gap == Gap::Space
    }

    /// Where the words of a source end: with the name or the title that they break off in ("State" of "State Sen. Low"),
    /// and with the group that they only modify ("Low" of "Low supporters").
    fn to_the_end(&self, tokens: std::ops::Range<usize>) -> usize {
        let names = self.names;
        let Some(last) = tokens.end.checked_sub(1).filter(|last| tokens.contains(last)) else {
            return tokens.end;
        };
        if self.is_in_headline(names.tokens[last].span.start) {
            return tokens.end;
        }
        if let Some(name) = self.name_at(last).filter(|name| name.last as usize > tokens.end) {
            return name.last as usize;
        }
        let at = names.tokens[last].span.start;
        let next = names.names.partition_point(|name| (name.first as usize) <= last);
        if let Some(name) = names.names.get(next)
            && name.title.is_some_and(|title| title.start <= at && at < title.end)
            && name.kind == NameKind::Person
        {
            return name.last as usize;
        }
        let group = names.tokens.get(tokens.end).is_some_and(|token| {
            token.gap == Gap::Space
                && token.sentence == names.tokens[last].sentence
                && !names.tokens[last].possessive
                && self.name_at(last).is_some()
                && matches!(
                    names.word(tokens.end),
                    "supporters"
                        | "voters"
                        | "aides"
                        | "allies"
                        | "advisers"
                        | "advisors"
                        | "officials"
                        | "critics"
                        | "fans"
                        | "backers"
                        | "followers"
                        | "staffers"
                        | "surrogates"
                        | "delegates"
                )
        });
        tokens.end + usize::from(group)
    }

    /// The name that a token belongs to.
    fn name_at(&self, token: usize) -> Option<&Name> {
        let after = self.names.names.partition_point(|name| name.first as usize <= token);
        let name = &self.names.names[after.checked_sub(1)?];
        (token < name.last as usize).then_some(name)
    }

    /// The person who spoke last, in this paragraph or the one before.
    fn last_person(&self, place: usize, attributions: &[Attribution]) -> Option<u32> {
        let here =
            self.block_of(attributions[place].source.first().or(attributions[place].content.first())?.start);
        let mut last = self.last?;
        // In one paragraph whoever spoke before a body or a paper did goes on.
        for _ in 0..3 {
            let there = self.block_of(envelope(&attributions[last])?.end.saturating_sub(1));
            match self.known[last].as_deref()? {
                [Found { who: Who::Person(person), .. }] if here.abs_diff(there) <= 1 => {
                    return Some(*person);
                }
                [Found { who: Who::Organisation(_), .. }] if here == there => {}
                _ => return None,
            }
            last = (0..last).rev().find(|&other| {
                attributions[other].parent.is_none()
                    && self.known[other].as_deref().is_some_and(|found| !found.is_empty())
            })?;
            let there = self.block_of(envelope(&attributions[last])?.end.saturating_sub(1));
            if there != here {
                return None;
            }
        }
        None
    }

    /// Whether a word stands in a headline.
    fn is_in_headline(&self, at: u32) -> bool {
        sentences::is_in_headline(&self.document.blocks, at)
    }

    /// The place of the block that holds a byte.
    fn block_of(&self, at: u32) -> usize {
        sentences::block_of(&self.document.blocks, at)
    }

    /// The place of the outermost quotation that holds a byte.
    fn quotation_at(&self, at: u32) -> Option<usize> {
        let mut place =
            self.quotations.partition_point(|quotation| quotation.span.start <= at).checked_sub(1)?;
        while let Some(outer) = self.quotations[place].within {
            place = outer as usize;
        }
        (at < self.quotations[place].span.end).then_some(place)
    }
}

/// What others do to who stands before it in the passive.
fn is_done_to(word: &str) -> bool {
    matches!(
        word,
        "accused"
            | "blamed"
            | "asked"
            | "told"
            | "briefed"
            | "nominated"
            | "considered"
            | "allowed"
            | "required"
            | "urged"
            | "ordered"
            | "warned"
            | "named"
            | "advised"
            | "informed"
            | "criticized"
            | "criticised"
            | "praised"
            | "ridiculed"
            | "condemned"
            | "deemed"
            | "viewed"
            | "regarded"
            | "described"
            | "identified"
            | "charged"
            | "permitted"
            | "forced"
            | "invited"
            | "encouraged"
            | "denounced"
            | "hailed"
            | "mocked"
            | "questioned"
            | "expected"
            | "rumored"
            | "rumoured"
            | "supposed"
    )
}

/// Words up to the mark and the bracket that belong to them: "38" of "38%", "a third (31" of "a third (31%)".
fn with_its_end(span: Span, text: &str) -> Span {
    let mut end = span.end;
    for mark in ["%", ")"] {
        let open = || span.of(text).matches('(').count() > span.of(text).matches(')').count();
        if text[end as usize..].starts_with(mark) && (mark == "%" || open()) {
            end += 1;
        }
    }
    Span { end, ..span }
}

#[cfg(test)]
mod tests;

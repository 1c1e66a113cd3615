//! Speakers: whom the source of an attribution names or stands for.
//!
//! Rules over names, roles and nouns, and a small scorer for "he" and "she". A construction has a file: names joined by
//! "and", descriptions, institutions, pronouns, words without a source, labels of interviews. Every answer carries the
//! measured chance that it is right (`sure.rs`, `weights.rs`); where there is no more than a guess there is none.

use std::collections::HashMap;

use saidline_html::{BlockKind, Document, Span};

use crate::attribution::{Attribution, How, Mention, QuotationKind, Speaker, SpeakerKind};
use crate::names::{Gap, Name, NameKind, Names, group, words_of};
use crate::quotations::Quotation;
use crate::sentences;
use crate::words::{self, Gender, RoleClass};

mod carried;
mod chain;
mod descriptions;
mod epithets;
mod hearers;
mod institutions;
mod joint;
mod labels;
mod pairs;
mod pronouns;
mod roles;
mod sure;
mod weights;

use chain::{envelope, nest};
use descriptions::{bearers, collective, looks_like_a_person, unnamed};
pub(crate) use hearers::name_hearers;
use institutions::{Body, authorities, bodies, message, record};
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
        let share = sure::of_attribution(attribution.confidence);
        attribution.speakers.iter_mut().for_each(|speaker| speaker.confidence *= share);
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
            Who::Unnamed(span) => (words_of(span.of(text)), SpeakerKind::Unnamed),
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
            role: role.map(|role| words_of(role.of(text))),
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
        for &source in &attribution.source {
            let found = self.in_source(source, place, attributions);
            if !found.is_empty() {
                return found;
            }
        }
        if attribution.source.is_empty() { self.carried(place, attributions) } else { Vec::new() }
    }

    fn in_source(&self, source: Span, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let mut tokens = self.names.tokens_in(source);
        // A span may begin inside a word where the annotator cut it so.
        tokens.end = tokens.end.min(tokens.start + 80);
        let two = self.two_nations(tokens.clone());
        if !two.is_empty() {
            return two;
        }
        let two = self.the_two(tokens.clone(), attributions);
        if !two.is_empty() {
            return two;
        }
        while let Some(word) = tokens.clone().next().map(|first| self.names.word(first)) {
            if matches!(word, "and" | "And" | "by" | "from" | "to" | "but" | "Both" | "both" | "as")
                && tokens.len() > 1
            {
                tokens.start += 1;
            } else {
                break;
            }
        }
        if tokens.is_empty() {
            return Vec::new();
        }
        let first = self.names.word(tokens.start).to_lowercase();
        if let Some(pronoun) = pronoun(&first)
            && (tokens.len() <= 2 && !self.possessive_pronoun(&first, tokens.len()))
        {
            return self.pronoun(pronoun, tokens.start, source, place, attributions);
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

    fn inside_name(&self, token: usize) -> bool {
        self.name_at(token).is_some_and(|name| (name.first as usize) < token)
    }

    /// The name that a token belongs to.
    fn name_at(&self, token: usize) -> Option<&Name> {
        let after = self.names.names.partition_point(|name| name.first as usize <= token);
        let name = &self.names.names[after.checked_sub(1)?];
        (token < name.last as usize).then_some(name)
    }

    /// Whom one part of a source stands for.
    fn one(
        &self,
        tokens: std::ops::Range<usize>,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let mut tokens = tokens;
        while tokens.len() > 1 && matches!(names.word(tokens.start), "and" | "both" | "Both") {
            tokens.start += 1;
        }
        let alone = names.word(tokens.start).to_lowercase();
        if tokens.len() == 1
            && matches!(alone.as_str(), "you" | "neither" | "either" | "each" | "nobody" | "self")
        {
            return None;
        }
        if tokens.len() == 1
            && let Some(pronoun) = pronoun(&names.word(tokens.start).to_lowercase())
        {
            return self
                .pronoun(pronoun, tokens.start, names.tokens[tokens.start].span, place, attributions)
                .pop();
        }
        let start = tokens.start;
        // The head ends at a comma, a preposition or a relative pronoun.
        let mut end = start + 1;
        while end < tokens.end {
            let token = names.tokens[end];
            let inside = self.inside_name(end) || self.inside_title(end);
            let only_article = end == start + 1 && article(&names.word(start).to_lowercase());
            if !inside
                && !only_article
                && (matches!(token.gap, Gap::Comma | Gap::Other | Gap::Mark)
                    || preposition(names.word(end))
                    || participle(names.word(end)))
            {
                break;
            }
            end += 1;
        }
        let words =
            Span { start: names.tokens[start].span.start, end: names.tokens[tokens.end - 1].span.end };
        if let Some(name) = self.name_at(end - 1).filter(|name| name.last as usize <= end) {
            let last = names.tokens[end - 1];
            let first = name.first as usize;
            // "A Westby Harbourist": a word for people, though it has a capital.
            let is_role = first + 1 == name.last as usize
                && name.person.is_none()
                && words::role(&names.word(first).to_lowercase())
                    .is_some_and(|role| role.class == RoleClass::Role);
            let at_end = name.last as usize == end && !is_role;
            // "Lavrov's" by itself is whose statement it is.
            let known = name.person.is_some() || name.kind != NameKind::Unknown;
            // A word with a capital after "the" or "Smith's" is no person.
            let after_article = first > start && article(&names.word(first - 1).to_lowercase());
            let owned = first > start && names.tokens[first - 1].possessive;
            // "The Harbourists", "most Harbourists" are a group.
            let word = names.word(first);
            let plural = word.ends_with('s') && !word.ends_with("ss") && first + 1 == name.last as usize;
            let counted = first > start && collective(&names.word(first - 1).to_lowercase());
            // So are "Harbourists" at the head of a sentence or among the capitals of a headline.
            let opens = names
                .tokens
                .get(first.wrapping_sub(1))
                .is_none_or(|before| before.sentence != names.tokens[first].sentence)
                || self.is_in_headline(names.tokens[first].span.start);
            let common = words::plural_role(&word.to_lowercase()).is_some()
                || group(&word.to_lowercase())
                || authorities(&word.to_lowercase())
                || word.ends_with("ists")
                || word.ends_with("ians");
            // "House Harbourists" are some of them, not the House.
            let members = names.word(name.last as usize - 1);
            if at_end
                && name.kind == NameKind::Organisation
                && name.last - name.first > 1
                && members.ends_with('s')
                && group(&members.to_lowercase())
            {
                return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
            }
            if at_end
                && plural
                && name.person.is_none()
                && name.kind == NameKind::Unknown
                && (after_article
                    || counted
                    || (opens || first > start) && common
                    || opens && !last.possessive && !self.is_repeated(name))
            {
                return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
            }
            // "The Post’s Brant" writes there.
            if at_end && !known && owned && !after_article && first + 1 == name.last as usize {
                return Some(Found { sure: sure::BARE_NAME * 0.9, ..self.named(name, end, tokens.end)? });
            }
            if at_end && !known && first + 1 == name.last as usize && (after_article || owned) {
                return after_article.then(|| Found {
                    who: Who::Organisation(names.span(name)),
                    how: How::Name,
                    antecedent: None,
                    role: None,
                    sure: sure::UNKNOWN_WORDS,
                });
            }
            if at_end && (!last.possessive || end == tokens.end || first == start) {
                return self.named(name, end, tokens.end);
            }
        }
        // "The party today" is the party.
        if end > start + 1
            && matches!(names.word(end - 1), "today" | "yesterday" | "now" | "itself" | "himself")
        {
            end -= 1;
        }
        let head = names.word(end - 1).to_lowercase();
        let role = words::role(&head).filter(|role| role.class == RoleClass::Role);
        let plural = words::plural_role(&head);
        // "Obama's spokesman, Josh Low": the name follows.
        if end < tokens.end
            && names.tokens[end].gap == Gap::Comma
            && let Some(name) = self.apposed(end, tokens.end).or_else(|| {
                // Capitals of several words after "another partner," are a name, whoever bears it.
                let person = role.is_some() && !group(&head);
                self.name_at(end).filter(|name| {
                    person
                        && name.first as usize == end
                        && name.last - name.first > 1
                        && name.kind == NameKind::Unknown
                })
            })
        {
            let mut found = self.named(name, name.last as usize, tokens.end)?;
            let role = Span { start: names.tokens[start].span.start, end: names.tokens[end - 1].span.end };
            // "Its leader, the deputy minister": whose leader stands elsewhere.
            let whose = self.possessive_pronoun(&names.word(start).to_lowercase(), 2) && found.role.is_some();
            if plural.is_none() && !group(&head) && !whose {
                found.role = Some(self.without_article(role));
            }
            return Some(found);
        }
        // "A spokeswoman for the ministry, Ann Low": behind what belongs to the noun.
        if role.is_some() && plural.is_none() && end < tokens.end && names.tokens[end].gap == Gap::Space {
            let comma = (end..tokens.end).find(|&at| names.tokens[at].gap == Gap::Comma);
            if let Some(comma) = comma
                && let Some(name) = self.apposed(comma, tokens.end)
                && name.last as usize == tokens.end
            {
                let mut found = self.named(name, name.last as usize, tokens.end)?;
                let stated = names.tokens[comma - 1].span.end;
                found.role =
                    Some(self.without_article(Span { start: names.tokens[start].span.start, end: stated }));
                return Some(found);
            }
        }
        let first = names.word(start).to_lowercase();
        let definite = matches!(first.as_str(), "the" | "this" | "that");
        // "The Westby Union Leader" is called so.
        let titled_so = end > start + 2
            && names.word(end - 1).starts_with(char::is_uppercase)
            && names.word(end - 2).starts_with(char::is_uppercase)
            && words::role(&names.word(end - 2).to_lowercase()).is_none()
            && words::nation(names.word(end - 2)).is_none()
            && head == "leader";
        let person = !titled_so && (role.is_some() || self.singular_capital_role(end - 1));
        let aged = head.ends_with("-old");
        if plural.is_none() && (person || aged) {
            let owned = names.tokens[start..end - 1].iter().any(|token| token.possessive);
            let titled = role.is_some()
                && end - start <= 3
                && names.word(start).starts_with(char::is_uppercase)
                && !article(&first)
                && !matches!(first.as_str(), "another" | "one" | "every" | "any" | "no");
            let counterpart = head == "counterpart";
            if !definite && let Some(found) = self.spokesman_named(start..end, tokens.end) {
                return Some(found);
            }
            if !article(&first)
                && let Some(found) = self.announced(&head, words.start)
            {
                return Some(found);
            }
            if definite || counterpart || titled && !owned {
                return self.described(start..end, words, place, attributions);
            }
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        // "Authorities", "local media": nobody in particular.
        if matches!(
            head.as_str(),
            "authorities" | "companies" | "newspapers" | "media" | "regulators" | "agencies" | "outlets"
        ) && !definite
        {
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        if authorities(&head) && plural.is_none() || head == "authorities" {
            return Some(self.organisation(start..end, self.with_of(start, end, tokens.end)));
        }
        if plural.is_some() || group(&head) || collective(&head) || collective(&first) {
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        if words::organisation_noun(&head) && words::source_noun(&head) != Some(words::SourceNoun::Document) {
            return Some(self.organisation(start..end, self.with_of(start, end, tokens.end)));
        }
        if words::source_noun(&head) == Some(words::SourceNoun::Court) {
            return Some(self.organisation(start..end, self.with_of(start, end, tokens.end)));
        }
        // "His claim", "Low's plan" are the owner's.
        let owner = (start..end - 1).rev().find(|&token| names.tokens[token].possessive);
        let owned_by = |token: usize| {
            let name = self.name_at(token)?;
            let mut found = self.named(name, name.last as usize, name.last as usize)?;
            found.sure = found.sure.min(sure::GIVER);
            Some(found)
        };
        if record(&head) {
            // "A statement from the ministry" speaks for the ministry; "a report" by its words.
            if message(&head) {
                if let Some(found) = owner.and_then(owned_by) {
                    return Some(found);
                }
                if end - start == 2
                    && let Some(of) = pronoun(&first).filter(|_| self.possessive_pronoun(&first, 2))
                    && let Some(mut found) =
                        self.pronoun(of, start, names.tokens[start].span, place, attributions).pop()
                {
                    found.sure = found.sure.min(sure::OWNER);
                    return Some(found);
                }
                let from = matches!(names.word(end), "from" | "by" | "of").then_some(end + 1);
                let from = from.map(|from| if names.word(from) == "the" { from + 1 } else { from });
                if let Some(found) = from.filter(|&from| from < tokens.end).and_then(owned_by) {
                    return Some(found);
                }
            }
            return Some(Found {
                who: Who::Organisation(self.with_of(start, end, tokens.end)),
                how: How::Description,
                antecedent: None,
                role: None,
                sure: sure::DOCUMENT,
            });
        }
        // A demonym by itself ("Republicans", "the Russians") is a group; capitals may be a party or a company.
        let capital = names.word(end - 1).starts_with(char::is_uppercase);
        if capital && head.ends_with('s') {
            return Some(Found { sure: sure::UNNAMED * 0.8, ..unnamed(words) });
        }
        if capital && end - start == 1 + usize::from(first == "the") || titled_so {
            let from = if titled_so { start + usize::from(first == "the") } else { end - 1 };
            let span = Span { start: names.tokens[from].span.start, end: names.tokens[end - 1].span.end };
            return Some(Found {
                who: Who::Organisation(span),
                how: How::Name,
                antecedent: None,
                role: None,
                sure: sure::UNKNOWN_WORDS,
            });
        }
        let people = looks_like_a_person(&head)
            || (start..end).any(|token| {
                let lower = names.word(token).to_lowercase();
                words::plural_role(&lower).is_some()
                    || words::role(&lower).is_some_and(|role| role.class == RoleClass::Role)
            });
        if people || head.ends_with('s') && !head.ends_with("ss") {
            return Some(Found { sure: sure::UNKNOWN_WORDS, ..unnamed(words) });
        }
        if let Some(found) = owner.and_then(owned_by) {
            return Some(Found { sure: found.sure.min(sure::OWNER), ..found });
        }
        Some(Found { sure: sure::UNKNOWN_WORDS, ..unnamed(self.with_of(start, end, tokens.end)) })
    }

    /// The words of an institution, with the "of …" that belongs to its name.
    fn with_of(&self, start: usize, end: usize, last: usize) -> Span {
        let names = self.names;
        let mut stop = end;
        if stop < last && names.word(stop) == "of" {
            stop += 1;
            while stop < last
                && stop - end < 10
                && matches!(names.tokens[stop].gap, Gap::Space | Gap::Stop)
                && (names.word(stop) == "of" || !preposition(names.word(stop)))
                && !matches!(names.word(stop), "published" | "released" | "conducted")
            {
                stop += 1;
            }
        }
        // "Data from the Harbour Office".
        if stop < last && matches!(names.word(stop), "from" | "by") {
            let body = stop + 1 + usize::from(names.word(stop + 1) == "the");
            if let Some(name) = self.name_at(body).filter(|_| body < last) {
                stop = (name.last as usize).min(last);
            }
        }
        Span { start: names.tokens[start].span.start, end: names.tokens[stop - 1].span.end }
    }

    fn inside_title(&self, token: usize) -> bool {
        let at = self.names.tokens[token].span.start;
        let next = self.names.names.partition_point(|name| (name.first as usize) <= token);
        let titled = self.names.names.get(next).and_then(|name| name.title);
        titled.is_some_and(|title| title.start < at && at < title.end)
    }

    /// The person whose name, or the title before it, begins at a token. A title can hold names itself: "longtime Ann
    /// Low aide Tom Brant".
    fn person_from(&self, at: usize, end: usize) -> Option<&Name> {
        let start = self.names.tokens.get(at)?.span.start;
        let first = self.names.names.partition_point(|name| (name.last as usize) <= at);
        self.names.names[first..]
            .iter()
            .take(4)
            .take_while(|name| (name.first as usize) < end.min(at + 10))
            .find(|name| {
                let titled = name.title.is_some_and(|title| title.start <= start);
                name.kind == NameKind::Person && (name.first as usize == at || titled)
            })
    }

    /// The person in apposition behind a comma: "its leader, the deputy minister Ann Low".
    fn apposed(&self, at: usize, end: usize) -> Option<&Name> {
        let article = matches!(self.names.word(at), "the" | "a" | "an");
        self.person_from(at, end).or_else(|| self.person_from(at + 1, end).filter(|_| article))
    }

    fn without_article(&self, span: Span) -> Span {
        let text = span.of(&self.document.text);
        let bare =
            ["the ", "a ", "an ", "The ", "A ", "An "].iter().find_map(|article| text.strip_prefix(article));
        let start = bare.map_or(span.start, |bare| span.end - bare.len() as u32);
        Span { start, end: span.end }
    }

    /// Whom a name in a source stands for; `after` and `end` bound what follows the name in the source.
    fn named(&self, name: &Name, after: usize, end: usize) -> Option<Found> {
        let span = self.names.span(name);
        let found = |who, how, sure| Found { who, how, antecedent: None, role: name.title, sure };
        Some(match name.kind {
            NameKind::Organisation | NameKind::Place => self.institution(name),
            NameKind::Person | NameKind::Unknown => match name.person {
                Some(person) => {
                    let full = &self.names.names[self.names.persons[person as usize].full as usize];
                    let short = (full.last - full.first) > (name.last - name.first);
                    let role = name
                        .title
                        .or_else(|| self.names.role_before(name))
                        .or_else(|| self.names.role_after(name));
                    if short {
                        let sure = self.names.short(name).map_or(sure::BARE_NAME, |(_, sure)| sure);
                        let antecedent = Some(self.names.span(full));
                        Found { antecedent, role, ..found(Who::Person(person), How::ShortName, sure) }
                    } else {
                        let sure =
                            if full.last - full.first > 1 { sure::FULL_NAME } else { sure::LIKELY_NAME };
                        Found { role, ..found(Who::Person(person), How::Name, sure) }
                    }
                }
                None => {
                    let several = name.last - name.first > 1;
                    let described = after < end && self.names.role_after(name).is_some();
                    let sure = if several || described { sure::LIKELY_NAME } else { sure::BARE_NAME };
                    Found { role: self.names.role_after(name), ..found(Who::Named(span), How::Name, sure) }
                }
            },
        })
    }

    /// The person who spoke last, in this paragraph or the one before.
    fn last_person(&self, place: usize, attributions: &[Attribution]) -> Option<u32> {
        let last = self.last?;
        let here =
            self.block_of(attributions[place].source.first().or(attributions[place].content.first())?.start);
        let there = self.block_of(envelope(&attributions[last])?.end.saturating_sub(1));
        match self.known[last].as_deref()? {
            [Found { who: Who::Person(person), .. }] if here.abs_diff(there) <= 1 => Some(*person),
            _ => None,
        }
    }

    /// Whether a word stands in a headline.
    fn is_in_headline(&self, at: u32) -> bool {
        sentences::is_in_headline(&self.document.blocks, at)
    }

    /// Whether the page has the word of a name once more, where no sentence opens with it.
    fn is_repeated(&self, name: &Name) -> bool {
        let names = self.names;
        let word = names.word(name.first as usize);
        names.names.iter().take(400).any(|other| {
            let first = other.first as usize;
            first != name.first as usize
                && first > 0
                && names.tokens[first - 1].sentence == names.tokens[first].sentence
                && (first..other.last as usize).any(|at| names.word(at) == word)
                && !self.is_in_headline(names.tokens[first].span.start)
        })
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

fn article(lower: &str) -> bool {
    matches!(lower, "the" | "a" | "an")
}

/// Words that end the head of a source.
fn preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "at"
            | "from"
            | "in"
            | "to"
            | "with"
            | "on"
            | "who"
            | "which"
            | "that"
            | "whose"
            | "whom"
            | "familiar"
            | "close"
            | "across"
            | "throughout"
            | "around"
            | "between"
            | "without"
            | "outside"
            | "behind"
            | "inside"
            | "within"
            | "near"
            | "about"
            | "against"
            | "during"
            | "after"
            | "before"
            | "under"
            | "over"
            | "among"
            | "including"
            | "like"
            | "as"
            | "by"
            | "speaking"
            | "involved"
            | "said"
            | "told"
            | "has"
            | "had"
            | "was"
            | "were"
            | "is"
            | "are"
    )
}

/// Words that go on after the noun of a source with what was done to it.
fn participle(word: &str) -> bool {
    matches!(
        word,
        "published"
            | "released"
            | "conducted"
            | "obtained"
            | "filed"
            | "based"
            | "funded"
            | "led"
            | "made"
            | "issued"
            | "signed"
            | "seen"
            | "written"
            | "called"
            | "known"
            | "named"
            | "commissioned"
            | "posted"
            | "sent"
            | "adopted"
            | "passed"
            | "backed"
            | "provided"
    )
}

#[cfg(test)]
mod tests;

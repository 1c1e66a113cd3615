//! Speakers: whom the source of an attribution names or stands for.
//!
//! A first form, by rules over names, titles and pronouns. Where it is unsure it gives none: a wrong name under a
//! quotation is worse than no name.

use std::collections::HashMap;

use saidline_html::{BlockKind, Document, Span};

use crate::attribution::{Attribution, How, Mention, QuotationKind, Speaker, SpeakerKind};
use crate::names::{Gap, Name, NameKind, Names, group, words_of};
use crate::quotations::Quotation;
use crate::words::{self, Gender, RoleClass};

/// How sure a speaker is, by the evidence. Written from reading the results on several hundred attributions of news
/// text, and rounded: they order the evidence, they do not promise a rate.
mod sure {
    /// The source holds a full name, known as a person's.
    pub const FULL_NAME: f32 = 0.97;
    /// The source holds capitals of several words that nothing else tells are a person's.
    pub const LIKELY_NAME: f32 = 0.75;
    /// One capitalised word that the page never gives in full.
    pub const BARE_NAME: f32 = 0.6;
    /// An organisation or a place by its name.
    pub const ORGANISATION: f32 = 0.93;
    /// An organisation by a noun alone: "the ministry".
    pub const ORGANISATION_NOUN: f32 = 0.8;
    /// Somebody not named: "a senior official".
    pub const UNNAMED: f32 = 0.85;
    /// Words that name nobody by any table.
    pub const UNKNOWN_WORDS: f32 = 0.5;
    /// A pronoun, when only one person before it fits.
    pub const ONLY_ONE_FITS: f32 = 0.88;
    /// A pronoun, when one person fits far better than any other.
    pub const FITS_BEST: f32 = 0.8;
    /// A pronoun, when one person fits a little better.
    pub const FITS_BETTER: f32 = 0.65;
    /// "They" after several speakers, or after a group.
    pub const SAME_GROUP: f32 = 0.75;
    /// "I" and "we" inside somebody's words.
    pub const FIRST_PERSON: f32 = 0.9;
    /// "I" outside of anybody's words: the author.
    pub const AUTHOR: f32 = 0.6;
    /// "The minister", when one person bears that role.
    pub const ONE_BEARER: f32 = 0.8;
    /// The same, when the role's other words ("foreign") are not found beside the name.
    pub const ONE_BEARER_LOOSELY: f32 = 0.65;
    /// A quotation opened again at the next paragraph.
    pub const SAME_SPEECH: f32 = 0.95;
    /// Words in quotation marks right after an attribution, in the same paragraph.
    pub const SAME_PARAGRAPH: f32 = 0.85;
    /// The same at the start of the next paragraph.
    pub const NEXT_PARAGRAPH: f32 = 0.65;
}

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
    nest(attributions);
    let names = Names::of(document, sentences);
    let mut page = Page {
        document,
        names: &names,
        quotations,
        last: None,
        known: vec![None; attributions.len()],
        bearers: bearers(&names),
    };
    for place in 0..attributions.len() {
        let found = page.speakers(place, attributions);
        if attributions[place].parent.is_none() && !found.is_empty() {
            page.last = Some(place);
        }
        attributions[place].speakers = found.iter().map(|found| page.speaker(found)).collect();
        page.known[place] = Some(found);
    }
    page.carry_on(attributions);
    page.first_person(attributions);
    name_the_chain(attributions);
}

/// Sets the parent of each attribution whose spans all lie inside one piece of another's content.
fn nest(attributions: &mut [Attribution]) {
    let mut contents: Vec<(Span, usize)> = Vec::new();
    let mut whole: Vec<(Span, usize)> = Vec::new();
    for (place, attribution) in attributions.iter().enumerate() {
        contents.extend(attribution.content.iter().map(|span| (*span, place)));
        if let Some(envelope) = envelope(attribution) {
            whole.push((envelope, place));
        }
    }
    let outer_first = |(span, place): &(Span, usize)| (span.start, std::cmp::Reverse(span.end), *place);
    contents.sort_by_key(outer_first);
    whole.sort_by_key(outer_first);
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut next = 0;
    for (envelope, place) in whole {
        while next < contents.len() && contents[next].0.start <= envelope.start {
            while open.last().is_some_and(|(span, _)| span.end <= contents[next].0.start) {
                open.pop();
            }
            open.push(contents[next]);
            next += 1;
        }
        // The innermost content around it; content spans of a page hardly nest, so few are looked at.
        let parent =
            open.iter().rev().take(32).find(|(span, owner)| *owner != place && span.contains(envelope));
        attributions[place].parent = parent.map(|(_, owner)| *owner);
        attributions[place].via.clear();
    }
    // Two attributions of the same words would be each other's parent.
    for place in 0..attributions.len() {
        let mut above = attributions[place].parent;
        for _ in 0..32 {
            match above {
                Some(parent) if parent == place => {
                    attributions[place].parent = None;
                    break;
                }
                Some(parent) => above = attributions[parent].parent,
                None => break,
            }
        }
        if above.is_some() {
            attributions[place].parent = None;
        }
    }
}

/// From the first byte to the last of an attribution.
fn envelope(attribution: &Attribution) -> Option<Span> {
    let spans = || attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    Some(Span { start: spans().map(|span| span.start).min()?, end: spans().map(|span| span.end).max()? })
}

/// Fills `via`: the speakers of the attributions around each, outermost first.
fn name_the_chain(attributions: &mut [Attribution]) {
    for place in 0..attributions.len() {
        let mut via = Vec::new();
        let mut above = attributions[place].parent;
        while let Some(parent) = above.filter(|_| via.len() < 16) {
            let outer = &attributions[parent];
            if let Some(&span) = outer.source.first() {
                let speaker = outer.speakers.first();
                via.push(Mention {
                    span,
                    name: speaker.map(|speaker| speaker.name.clone()),
                    kind: speaker.map(|speaker| speaker.kind),
                });
            }
            above = outer.parent;
        }
        via.reverse();
        attributions[place].via = via;
    }
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

/// Persons by the last word of their roles, in the order of the text: where the role stands, and whose it is.
fn bearers(names: &Names) -> HashMap<String, Vec<(Span, u32)>> {
    let mut table: HashMap<String, Vec<(Span, u32)>> = HashMap::new();
    for (place, person) in names.persons.iter().enumerate() {
        for &role in &person.roles {
            if let Some(head) = role_head(role.of(names.text)) {
                table.entry(head).or_default().push((role, place as u32));
            }
        }
    }
    table
}

/// The noun that a role turns on, in lower case: "minister" of "Russian Foreign Minister", "spokesman" of "a
/// spokesman for the ministry".
fn role_head(role: &str) -> Option<String> {
    let mut head = None;
    for word in role.split(|c: char| !c.is_alphanumeric() && c != '-').take(16) {
        let lower = word.to_lowercase();
        if matches!(
            lower.as_str(),
            "of" | "for" | "at" | "in" | "to" | "from" | "with" | "on" | "who" | "under"
        ) {
            if head.is_some() {
                break;
            }
        } else if words::role(&lower).is_some_and(|role| role.class == RoleClass::Role) {
            head = Some(lower);
        }
    }
    head
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
}

/// The pronouns that stand for a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pronoun {
    He,
    She,
    They,
    It,
    First,
    Who,
}

fn pronoun(lower: &str) -> Option<Pronoun> {
    Some(match lower {
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "they" | "them" | "their" | "both" => Pronoun::They,
        "it" | "its" | "itself" => Pronoun::It,
        "i" | "me" | "my" | "myself" | "we" | "us" | "our" => Pronoun::First,
        "who" | "whom" | "which" => Pronoun::Who,
        _ => return None,
    })
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
        let role = found.role.or_else(|| match found.who {
            Who::Person(person) => self.names.persons[person as usize].roles.first().copied(),
            _ => None,
        });
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
        let mut found = Vec::new();
        for part in self.joint(tokens.clone()) {
            found.extend(self.one(part, place, attributions));
        }
        found.dedup_by(|next, before| next.who == before.who);
        found
    }

    /// "His lawyer", "their spokesman": the pronoun belongs to the noun.
    fn possessive_pronoun(&self, lower: &str, words: usize) -> bool {
        words > 1 && matches!(lower, "his" | "her" | "their" | "its" | "my" | "our" | "which" | "both" | "us")
    }

    /// The parts of a joint source: "Smith and Jones", "Low, Ito and the minister".
    fn joint(&self, tokens: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        let mut parts = Vec::new();
        let mut start = tokens.start;
        // A part that has gone on with "of", "who" or the like keeps what "and" joins, unless a comma ends it.
        let mut trailing = false;
        let mut at = tokens.start;
        while at < tokens.end {
            let word = self.names.word(at);
            let comma = self.names.tokens[at].gap == Gap::Comma && at > start;
            let and = matches!(word, "and" | "or") && at > start;
            if and && self.inside_name(at) {
                at += 1;
                continue;
            }
            if preposition(word) {
                trailing = true;
            }
            let next = at + usize::from(and);
            let splits = (and || comma)
                && next < tokens.end
                && self.begins_person(next, tokens.end, and && !trailing)
                && {
                    let named = self.ends_in_person(start..at);
                    if and { !trailing && self.begins_somebody(start, at) || named || comma } else { named }
                };
            // "Low, a professor of law, and Ito": the comma before "and" has ended the first.
            if splits {
                parts.push(start..at);
                start = next;
                trailing = false;
                at = next;
            }
            at += 1;
        }
        parts.push(start..tokens.end);
        parts
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

    /// Whether a person (or, when `loosely`, anybody) begins at a token of a list and takes up what is left to the
    /// next comma or "and".
    fn begins_person(&self, at: usize, end: usize, loosely: bool) -> bool {
        if loosely {
            return self.begins_somebody(at, end);
        }
        let name = (at..end.min(at + 5)).find_map(|token| self.name_at(token));
        let Some(name) = name.filter(|name| name.kind == NameKind::Person) else { return false };
        let titled = name.title.is_some_and(|title| title.start <= self.names.tokens[at].span.start);
        let reaches = (name.last as usize) < end;
        let closed = !reaches
            || self.names.tokens[name.last as usize].gap == Gap::Comma
            || matches!(self.names.word(name.last as usize), "and" | "or" | "of" | "who");
        (name.first as usize == at || titled)
            && closed
            && !self.names.tokens[name.last as usize - 1].possessive
    }

    fn begins_somebody(&self, at: usize, end: usize) -> bool {
        let word = self.names.word(at).to_lowercase();
        self.name_at(at).is_some()
            || (at..end.min(at + 6)).any(|token| {
                let lower = self.names.word(token).to_lowercase();
                words::role(&lower).or_else(|| words::plural_role(&lower)).is_some()
                    || words::organisation_noun(&lower)
            })
            || matches!(word.as_str(), "others" | "many" | "some")
    }

    fn ends_in_person(&self, tokens: std::ops::Range<usize>) -> bool {
        let Some(last) = tokens.end.checked_sub(1).filter(|last| *last >= tokens.start) else { return false };
        self.name_at(last).is_some_and(|name| name.kind == NameKind::Person && name.last as usize == last + 1)
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
            if !inside && (matches!(token.gap, Gap::Comma | Gap::Other) || preposition(names.word(end))) {
                break;
            }
            end += 1;
        }
        let words =
            Span { start: names.tokens[start].span.start, end: names.tokens[tokens.end - 1].span.end };
        if let Some(name) = self.name_at(end - 1).filter(|name| name.last as usize <= end) {
            let last = names.tokens[end - 1];
            let at_end = name.last as usize == end;
            // "Lavrov's" by itself is whose statement it is.
            let first = name.first as usize;
            let known = name.person.is_some() || name.kind != NameKind::Unknown;
            // A word with a capital after "the" or "Smith's" is no person.
            let after_article = first > start && article(&names.word(first - 1).to_lowercase());
            let owned = first > start && names.tokens[first - 1].possessive;
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
        let head = names.word(end - 1).to_lowercase();
        let role = words::role(&head).filter(|role| role.class == RoleClass::Role);
        let plural = words::plural_role(&head);
        // "Obama's spokesman, Josh Low": the name follows.
        if end < tokens.end
            && names.tokens[end].gap == Gap::Comma
            && let Some(name) = self.name_after(end, tokens.end)
        {
            let mut found = self.named(name, name.last as usize, tokens.end)?;
            let role = Span { start: names.tokens[start].span.start, end: names.tokens[end - 1].span.end };
            if plural.is_none() && !group(&head) {
                found.role = Some(self.without_article(role));
            }
            return Some(found);
        }
        let first = names.word(start).to_lowercase();
        if plural.is_none() && (role.is_some() || self.singular_capital_role(end - 1)) {
            if matches!(first.as_str(), "the" | "this" | "that")
                || role.is_some()
                    && end - start <= 3
                    && names.word(start).starts_with(char::is_uppercase)
                    && !article(&first)
            {
                return self.described(start..end, words, place, attributions);
            }
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        if plural.is_some() || group(&head) || collective(&head) || collective(&first) {
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        if words::organisation_noun(&head) {
            return Some(self.organisation(start..end));
        }
        if record(&head) {
            // "A statement from the ministry" speaks for the ministry; "a report" for nobody known.
            let whose = (start..end - 1).rev().find(|&token| names.tokens[token].possessive);
            let giver = whose.or_else(|| {
                let from = matches!(names.word(end), "from" | "by" | "of").then_some(end + 1)?;
                let from = if names.word(from) == "the" { from + 1 } else { from };
                (from < tokens.end).then_some(from)
            })?;
            let name = self.name_at(giver)?;
            let mut found = self.named(name, name.last as usize, name.last as usize)?;
            found.sure *= 0.75;
            return Some(found);
        }
        // A demonym by itself ("Republicans", "the Russians") is a group; capitals may be a party or a company.
        let capital = names.word(end - 1).starts_with(char::is_uppercase);
        if capital && head.ends_with('s') {
            return Some(Found { sure: sure::UNNAMED * 0.8, ..unnamed(words) });
        }
        if capital && end - start == 1 + usize::from(first == "the") {
            let span = names.tokens[end - 1].span;
            return Some(Found {
                who: Who::Organisation(span),
                how: How::Name,
                antecedent: None,
                role: None,
                sure: sure::UNKNOWN_WORDS,
            });
        }
        let people = (start..end).any(|token| {
            let lower = names.word(token).to_lowercase();
            words::plural_role(&lower).is_some()
                || words::role(&lower).is_some_and(|role| role.class == RoleClass::Role)
        });
        people.then(|| Found { sure: sure::UNKNOWN_WORDS, ..unnamed(words) })
    }

    /// A role written with a capital, as some pages do: "the President".
    fn singular_capital_role(&self, token: usize) -> bool {
        let word = self.names.word(token);
        word.starts_with(char::is_uppercase)
            && words::role(&word.to_lowercase()).is_some_and(|role| role.class == RoleClass::Role)
    }

    fn inside_title(&self, token: usize) -> bool {
        let at = self.names.tokens[token].span.start;
        let next = self.names.names.partition_point(|name| (name.first as usize) <= token);
        let titled = self.names.names.get(next).and_then(|name| name.title);
        titled.is_some_and(|title| title.start < at && at < title.end)
    }

    /// The person whose name (its title included) begins at a token.
    fn name_after(&self, at: usize, end: usize) -> Option<&Name> {
        let name = (at..end.min(at + 5)).find_map(|token| self.name_at(token))?;
        let titled = name.title.is_some_and(|title| title.start <= self.names.tokens[at].span.start);
        (name.kind == NameKind::Person && (name.first as usize == at || titled)).then_some(name)
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
            NameKind::Organisation | NameKind::Place => {
                Found { role: None, ..found(Who::Organisation(span), How::Name, sure::ORGANISATION) }
            }
            NameKind::Person | NameKind::Unknown => match name.person {
                Some(person) => {
                    let full = &self.names.names[self.names.persons[person as usize].full as usize];
                    let short = (full.last - full.first) > (name.last - name.first);
                    let role = name.title.or_else(|| self.names.role_after(name));
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

    /// "The ministry": the organisation of the page whose name ends so, when there is one before it; else the words.
    fn organisation(&self, tokens: std::ops::Range<usize>) -> Found {
        let names = self.names;
        let words =
            Span { start: names.tokens[tokens.start].span.start, end: names.tokens[tokens.end - 1].span.end };
        let noun = names.word(tokens.end - 1);
        let article = names.word(tokens.start).eq_ignore_ascii_case("the") && tokens.len() == 2;
        let mut only: Option<&Name> = None;
        let before = names.names.partition_point(|name| (name.first as usize) < tokens.start);
        if article {
            let near = names.names[..before].iter().rev().take(500);
            for name in near.filter(|name| name.kind == NameKind::Organisation) {
                let fits = [name.first as usize, name.last as usize - 1]
                    .iter()
                    .any(|&word| names.word(word).eq_ignore_ascii_case(noun));
                if fits
                    && only.is_some_and(|only| {
                        names.span(only).of(names.text) != names.span(name).of(names.text)
                    })
                {
                    only = None;
                    break;
                }
                if fits {
                    only = only.or(Some(name));
                }
            }
        }
        let found = Found {
            who: Who::Organisation(words),
            how: How::Description,
            antecedent: None,
            role: None,
            sure: sure::ORGANISATION_NOUN,
        };
        match only {
            Some(name) => {
                let span = names.span(name);
                Found { who: Who::Organisation(span), antecedent: Some(span), ..found }
            }
            None => found,
        }
    }

    /// "The minister", "the Russian president": the one person before it who bears that role.
    fn described(
        &self,
        tokens: std::ops::Range<usize>,
        words: Span,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let at = names.tokens[tokens.start].span.start;
        let head = names.word(tokens.end - 1).to_lowercase();
        let extra: Vec<String> = (tokens.start..tokens.end - 1)
            .map(|token| names.word(token).to_lowercase())
            .filter(|word| !article(word) && !matches!(word.as_str(), "this" | "that" | "former" | "then"))
            .collect();
        let all = self.bearers.get(&head).map(Vec::as_slice).unwrap_or_default();
        let mut closely: Vec<(Span, u32)> = Vec::new();
        let mut loosely: Vec<(Span, u32)> = Vec::new();
        for &(role, person) in all.iter().filter(|(role, _)| role.start < at).take(64) {
            let stated = role.of(names.text).to_lowercase();
            let list = if extra.iter().all(|word| stated.contains(word.as_str())) {
                &mut closely
            } else {
                &mut loosely
            };
            if list.iter().all(|(_, had)| *had != person) {
                list.push((role, person));
            }
        }
        let (candidates, sure) = if closely.is_empty() {
            (loosely, sure::ONE_BEARER_LOOSELY)
        } else {
            (closely, sure::ONE_BEARER)
        };
        let found = |person: u32, sure| Found {
            who: Who::Person(person),
            how: How::Description,
            antecedent: Some(names.span(&names.names[names.persons[person as usize].full as usize])),
            role: None,
            sure,
        };
        match candidates[..] {
            [] => Some(Found { sure: sure::UNKNOWN_WORDS, ..unnamed(words) }),
            [(_, person)] => Some(found(person, sure)),
            _ => {
                // Several bear it: only the one who has just spoken is likely enough.
                let last = self.last_person(place, attributions)?;
                candidates.iter().any(|(_, person)| *person == last).then(|| found(last, sure::FITS_BETTER))
            }
        }
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

    /// The place of the block that holds a byte.
    fn block_of(&self, at: u32) -> usize {
        self.document.blocks.partition_point(|block| block.span.end <= at)
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

    fn pronoun(
        &self,
        pronoun: Pronoun,
        token: usize,
        source: Span,
        place: usize,
        attributions: &[Attribution],
    ) -> Vec<Found> {
        match pronoun {
            Pronoun::He => {
                self.person_before(token, Some(Gender::Male), place, attributions).into_iter().collect()
            }
            Pronoun::She => {
                self.person_before(token, Some(Gender::Female), place, attributions).into_iter().collect()
            }
            Pronoun::They => self.group_before(source, place, attributions),
            Pronoun::It => self.organisation_before(token, place, attributions).into_iter().collect(),
            Pronoun::Who => self.relative(token).into_iter().collect(),
            // Whose words they stand in is known once all others are.
            Pronoun::First => Vec::new(),
        }
    }

    /// "Smith, who said …": the name right before.
    fn relative(&self, token: usize) -> Option<Found> {
        let sentence = self.names.tokens[token].sentence;
        let before = self.names.names.partition_point(|name| (name.first as usize) < token);
        let name = self.names.names[..before].last()?;
        let near =
            self.names.tokens[name.first as usize].sentence == sentence && token - (name.last as usize) <= 8;
        let apposition = name.last as usize == token || self.names.role_after(name).is_some();
        let person = name.person.filter(|_| near && apposition)?;
        let span = self.names.span(name);
        Some(Found {
            who: Who::Person(person),
            how: How::Pronoun,
            antecedent: Some(span),
            role: name.title,
            sure: sure::FITS_BEST,
        })
    }

    /// The person before a pronoun whom it fits best: near, a subject, the last speaker.
    fn person_before(
        &self,
        token: usize,
        gender: Option<Gender>,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let sentence = names.tokens[token].sentence;
        let inside = attributions[place].parent.is_some()
            || self.quotation_at(names.tokens[token].span.start).is_some();
        let last = self.last_person(place, attributions);
        let before = names.names.partition_point(|name| (name.first as usize) < token);
        // The best of each person's mentions.
        let mut scores: Vec<(u32, f32, usize)> = Vec::new();
        for (mention, name) in names.names[..before].iter().enumerate().rev().take(40) {
            let Some(person) = name.person else { continue };
            let first = names.tokens[name.first as usize];
            let distance = sentence - first.sentence;
            let known = names.persons[person as usize].gender;
            if distance > 8 || known.is_some() && gender.is_some() && known != gender {
                continue;
            }
            let mut score = 3.0 - distance.min(6) as f32 * 0.75;
            let opens = name.first == 0 || names.tokens[name.first as usize - 1].sentence != first.sentence;
            let titled = name.title.is_some_and(|title| {
                names
                    .tokens_in(title)
                    .start
                    .checked_sub(1)
                    .is_none_or(|at| names.tokens[at].sentence != first.sentence)
            });
            if opens || titled || self.before_verb(name) {
                score += 1.5;
            }
            if names.tokens[name.last as usize - 1].possessive {
                score -= 1.0;
            }
            // Whom somebody's words speak of is seldom whom the page goes on about.
            if !inside && self.quotation_at(first.span.start).is_some() {
                score -= 2.0;
            }
            if last == Some(person) {
                score += 2.0;
            }
            if known.is_some() {
                score += 1.0;
            }
            match scores.iter_mut().find(|(had, ..)| *had == person) {
                Some(had) => had.1 = had.1.max(score) + 0.1,
                None => scores.push((person, score, mention)),
            }
        }
        scores.sort_by(|one, other| other.1.total_cmp(&one.1).then(other.2.cmp(&one.2)));
        let &(person, score, mention) = scores.first()?;
        let lead = scores.get(1).map_or(f32::INFINITY, |next| score - next.1);
        let mut sure = match lead {
            f32::INFINITY => sure::ONLY_ONE_FITS,
            lead if lead >= 1.5 => sure::FITS_BEST,
            lead if lead >= 0.5 => sure::FITS_BETTER,
            _ => return None,
        };
        if names.persons[person as usize].gender.is_none() {
            sure -= 0.1;
        }
        if sentence - names.tokens[names.names[mention].first as usize].sentence > 4 {
            sure -= 0.15;
        }
        Some(Found {
            who: Who::Person(person),
            how: How::Pronoun,
            antecedent: Some(names.span(&names.names[mention])),
            role: None,
            sure,
        })
    }

    /// Whether a verb of speech or a plain verb follows a name: its subject.
    fn before_verb(&self, name: &Name) -> bool {
        let next = self.names.word(name.last as usize);
        matches!(
            next,
            "said"
                | "says"
                | "told"
                | "added"
                | "is"
                | "was"
                | "has"
                | "had"
                | "did"
                | "will"
                | "would"
                | "also"
                | "and"
                | "who"
                | "called"
                | "argued"
                | "asked"
                | "wrote"
                | "tweeted"
                | "warned"
                | "noted"
                | "insisted"
        ) || next.len() > 4 && next.ends_with("ed")
    }

    /// "They": the speakers of the attribution before, when they are several or a group.
    fn group_before(&self, source: Span, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let Some(last) = self.last else { return Vec::new() };
        let Some(there) = envelope(&attributions[last]) else { return Vec::new() };
        let near = self.block_of(source.start).abs_diff(self.block_of(there.end.saturating_sub(1))) <= 1;
        let found = self.known[last].as_deref().unwrap_or_default();
        let group = found.len() > 1
            || found.iter().any(|found| match found.who {
                Who::Unnamed(span) => self.plural(span),
                Who::Organisation(_) => true,
                _ => false,
            });
        if !near || !group || last == place {
            return Vec::new();
        }
        let antecedent = attributions[last].source.first().copied();
        found
            .iter()
            .map(|found| Found {
                how: How::Pronoun,
                antecedent,
                sure: sure::SAME_GROUP.min(found.sure),
                ..found.clone()
            })
            .collect()
    }

    fn plural(&self, span: Span) -> bool {
        self.names.tokens_in(span).take(12).any(|token| {
            let lower = self.names.word(token).to_lowercase();
            words::plural_role(&lower).is_some() || collective(&lower)
        })
    }

    /// "It": the organisation that spoke last, or the only one named in the sentence before.
    fn organisation_before(&self, token: usize, place: usize, attributions: &[Attribution]) -> Option<Found> {
        let last = self.last.filter(|last| *last != place)?;
        let here = self.block_of(self.names.tokens[token].span.start);
        let there = self.block_of(envelope(&attributions[last])?.end.saturating_sub(1));
        match self.known[last].as_deref()? {
            [found @ Found { who: Who::Organisation(_), .. }] if here.abs_diff(there) <= 1 => Some(Found {
                how: How::Pronoun,
                antecedent: attributions[last].source.first().copied(),
                sure: sure::SAME_GROUP.min(found.sure),
                ..found.clone()
            }),
            _ => None,
        }
    }

    /// No source: words in quotation marks right after somebody's.
    fn carried(&self, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let attribution = &attributions[place];
        let (Some(last), Some(content)) = (self.last, attribution.content.first()) else { return Vec::new() };
        if attribution.kind == QuotationKind::Indirect || attribution.parent.is_some() {
            return Vec::new();
        }
        let Some(there) = envelope(&attributions[last]) else { return Vec::new() };
        let (here, before) = (self.block_of(content.start), self.block_of(there.end.saturating_sub(1)));
        // Somebody else named between the two may have spoken.
        let between = Span { start: there.end.min(content.start), end: content.start };
        // A block set apart is as often somebody else's words.
        if self.document.blocks.get(here).is_some_and(|block| block.kind == BlockKind::Quotation)
            && here != before
        {
            return Vec::new();
        }
        let interrupted = self.names.names_in(between).take(64).any(|(_, name)| {
            let speaker = self.known[last].as_deref().and_then(|found| found.first().map(|found| &found.who));
            name.person.is_none_or(|person| speaker != Some(&Who::Person(person)))
        });
        let opens = self.document.blocks.get(here).is_some_and(|block| {
            let lead = content.start.saturating_sub(block.span.start);
            lead <= 4 && block.kind != BlockKind::Headline
        });
        let sure = if interrupted || content.start < there.start {
            return Vec::new();
        } else if here == before {
            sure::SAME_PARAGRAPH
        } else if here == before + 1 && opens && attributions[last].kind != QuotationKind::Indirect {
            sure::NEXT_PARAGRAPH
        } else {
            return Vec::new();
        };
        self.carry(last, attributions, sure)
    }

    /// The speakers of another attribution, carried on.
    fn carry(&self, from: usize, attributions: &[Attribution], sure: f32) -> Vec<Found> {
        let found = self.known[from].as_deref().unwrap_or_default();
        let antecedent = attributions[from].source.first().copied();
        found
            .iter()
            .map(|found| Found {
                how: How::Carried,
                antecedent: antecedent.or(found.antecedent),
                sure: sure.min(found.sure),
                ..found.clone()
            })
            .collect()
    }

    /// A speech of several paragraphs has the speaker of whichever piece names one.
    fn carry_on(&mut self, attributions: &mut [Attribution]) {
        if !self.quotations.iter().any(|quotation| quotation.continued) {
            return;
        }
        // The speech that each outermost quotation belongs to.
        let mut speech: HashMap<usize, usize> = HashMap::new();
        let mut before: Option<usize> = None;
        for (place, quotation) in
            self.quotations.iter().enumerate().filter(|(_, quotation)| quotation.depth == 0)
        {
            let of = match before {
                Some(before) if quotation.continued => *speech.get(&before).unwrap_or(&place),
                _ => place,
            };
            speech.insert(place, of);
            before = Some(place);
        }
        // The speech of each attribution whose content begins in a quotation.
        let speeches: Vec<Option<usize>> = attributions
            .iter()
            .map(|attribution| {
                let place = self.quotation_at(attribution.content.first()?.start)?;
                speech.get(&place).copied()
            })
            .collect();
        let mut speaker: HashMap<usize, usize> = HashMap::new();
        for (place, attribution) in attributions.iter().enumerate() {
            if attribution.parent.is_none()
                && !attribution.source.is_empty()
                && !attribution.speakers.is_empty()
                && let Some(speech) = speeches[place]
            {
                speaker.entry(speech).or_insert(place);
            }
        }
        for place in 0..attributions.len() {
            let attribution = &attributions[place];
            if !attribution.source.is_empty() || attribution.parent.is_some() {
                continue;
            }
            let Some(&from) = speeches[place].and_then(|speech| speaker.get(&speech)) else { continue };
            let carried = self.carry(from, attributions, sure::SAME_SPEECH);
            attributions[place].speakers = carried.iter().map(|found| self.speaker(found)).collect();
            self.known[place] = Some(carried);
        }
    }

    /// "I" and "we" stand for whoever's words they stand in, and outside of any for the author.
    fn first_person(&self, attributions: &mut [Attribution]) {
        for place in 0..attributions.len() {
            let attribution = &attributions[place];
            let Some(&source) = attribution.source.first() else { continue };
            let token = self.names.tokens_in(source).start;
            let first = self.names.word(token).to_lowercase();
            if pronoun(&first) != Some(Pronoun::First) || self.names.tokens_in(source).len() != 1 {
                continue;
            }
            let found = match attribution.parent {
                Some(parent) => attributions[parent]
                    .speakers
                    .iter()
                    .map(|speaker| Speaker {
                        how: How::Pronoun,
                        antecedent: attributions[parent].source.first().copied().or(speaker.antecedent),
                        confidence: sure::FIRST_PERSON.min(speaker.confidence),
                        ..speaker.clone()
                    })
                    .collect(),
                None if first == "i"
                    && self.document.byline.is_some()
                    && self.quotation_at(source.start).is_none() =>
                {
                    vec![self.speaker(&Found {
                        who: Who::Author,
                        how: How::Pronoun,
                        antecedent: None,
                        role: None,
                        sure: sure::AUTHOR,
                    })]
                }
                None => continue,
            };
            attributions[place].speakers = found;
        }
    }
}

fn unnamed(words: Span) -> Found {
    Found {
        who: Who::Unnamed(words),
        how: How::Description,
        antecedent: None,
        role: None,
        sure: sure::UNNAMED,
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

/// Words for people without a name or a number.
fn collective(lower: &str) -> bool {
    matches!(
        lower,
        "some"
            | "many"
            | "others"
            | "most"
            | "several"
            | "few"
            | "those"
            | "people"
            | "everyone"
            | "everybody"
            | "someone"
            | "somebody"
            | "nobody"
            | "anyone"
            | "experts"
            | "critics"
            | "sources"
            | "majority"
            | "americans"
            | "voters"
            | "public"
            | "none"
            | "half"
            | "percent"
            | "respondents"
            | "one"
            | "another"
            | "two"
            | "three"
            | "four"
            | "five"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "community"
            | "crowd"
    )
}

/// Things that hold words and say nothing by themselves.
fn record(lower: &str) -> bool {
    matches!(
        lower,
        "statement"
            | "statements"
            | "report"
            | "reports"
            | "poll"
            | "polls"
            | "survey"
            | "study"
            | "letter"
            | "memo"
            | "email"
            | "e-mail"
            | "emails"
            | "document"
            | "documents"
            | "release"
            | "tweet"
            | "post"
            | "filing"
            | "lawsuit"
            | "complaint"
            | "transcript"
            | "article"
            | "story"
            | "editorial"
            | "column"
            | "speech"
            | "remarks"
            | "comments"
            | "message"
            | "interview"
            | "account"
            | "book"
            | "video"
            | "ad"
            | "indictment"
            | "affidavit"
            | "ruling"
            | "order"
            | "review"
            | "analysis"
            | "data"
            | "figures"
            | "records"
            | "words"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotations::{kind_of, quotations};
    use crate::sentences::sentences;
    use crate::testing::paragraphs_of;

    /// Attributions as source and content, each searched from where the one before began. An empty source is none.
    fn read(text: &str, said: &[(&str, &str)]) -> Vec<Attribution> {
        let blocks = paragraphs_of(text);
        let document = Document {
            text: text.to_owned(),
            blocks,
            byline: Some("Ann Author".to_owned()),
            ..Document::default()
        };
        let (quotations, _) = quotations(text, &document.blocks);
        let sentences = sentences(text, &document.blocks);
        let mut from = 0;
        let mut attributions: Vec<Attribution> = said
            .iter()
            .map(|(source, content)| {
                let find = |words: &str| {
                    let at = from
                        + text[from..].find(words).unwrap_or_else(|| panic!("`{words}` is not in: {text}"));
                    Span::new(at, at + words.len())
                };
                let source: Vec<Span> =
                    Some(*source).filter(|source| !source.is_empty()).map(find).into_iter().collect();
                let content = vec![find(content)];
                from = source.iter().chain(&content).map(|span| span.start as usize).min().unwrap_or(0);
                Attribution::new(kind_of(text, &content, &quotations), source, vec![], content, 1.0)
            })
            .collect();
        resolve(&document, &sentences, &quotations, &mut attributions);
        attributions
    }

    /// The speakers of the last attribution: `name`, `name (role)`, `name [how]`, or both; several joined by ` + `,
    /// none as an empty text.
    #[track_caller]
    fn check(text: &str, said: &[(&str, &str)], expected: &str) {
        let attributions = read(text, said);
        let last = attributions.last().expect("an attribution");
        let shown: Vec<String> = last
            .speakers
            .iter()
            .map(|speaker| {
                let role = speaker.role.as_deref().map_or(String::new(), |role| format!(" ({role})"));
                let how = if speaker.how == How::Name {
                    String::new()
                } else {
                    format!(" [{}]", speaker.how.name())
                };
                format!("{}{role}{how}", speaker.name)
            })
            .collect();
        assert_eq!(shown.join(" + "), expected, "in: {text}");
    }

    /// One attribution that opens the text.
    #[track_caller]
    fn source(words: &str, expected: &str) {
        check(&format!("{words} said that it rained."), &[(words, "it rained")], expected);
    }

    #[test]
    fn full_names_and_roles() {
        source("Sergey Lavrov", "Sergey Lavrov");
        source("Foreign Minister Pavel Orlov", "Pavel Orlov (Foreign Minister)");
        source("Russian Foreign Minister Pavel Orlov", "Pavel Orlov (Russian Foreign Minister)");
        source("Pavel Orlov, Russia's foreign minister,", "Pavel Orlov (Russia's foreign minister)");
        source("spokeswoman Maria Zorina", "Maria Zorina (spokeswoman)");
        source("The ministry's spokeswoman, Maria Zorina,", "Maria Zorina (ministry's spokeswoman)");
        source("Sen. Ann Low (D-Calif.)", "Ann Low (Sen.)");
        source("former U.S. Secretary of State John Brant", "John Brant (former U.S. Secretary of State)");
        source(
            "Governor of the Bank of Ruritania Otto Klein",
            "Otto Klein (Governor of the Bank of Ruritania)",
        );
        source("Mr. Brant", "Brant");
        source("Pope Julius", "Pope Julius (Pope)");
        source("Larry King", "Larry King");
        source("Mette van der Berg", "Mette van der Berg");
        source("Crown Prince Faisal bin Rashid", "Faisal bin Rashid (Crown Prince)");
        source("Martin Lowe Jr.", "Martin Lowe Jr.");
        source(
            "Peter Low, a professor of law and politics at Northern University,",
            "Peter Low (professor of law and politics at Northern University)",
        );
    }

    #[test]
    fn short_names() {
        let text = "Pavel Orlov came on Monday. ";
        check(
            &format!("{text}Orlov said it rained."),
            &[("Orlov said", "it rained")],
            "Pavel Orlov [short-name]",
        );
        check(
            &format!("{text}Mr. Orlov said it rained."),
            &[("Mr. Orlov", "it rained")],
            "Pavel Orlov [short-name]",
        );
        check(
            "Orlov said it rained. Later Pavel Orlov left.",
            &[("Orlov", "it rained")],
            "Pavel Orlov [short-name]",
        );
        check(
            "Sergei Ivlev came. Sergey Ivlev said it rained.",
            &[("Sergey Ivlev", "it rained")],
            "Sergei Ivlev",
        );
        let two = "Ann Low and her brother Tom Low came. ";
        check(&format!("{two}Ms. Low said it rained."), &[("Ms. Low", "it rained")], "Ann Low [short-name]");
        check(
            "Hisham al-Rashid came. Rashid said it rained.",
            &[("Rashid said", "it rained")],
            "Hisham al-Rashid [short-name]",
        );
    }

    #[test]
    fn pronouns() {
        let one = "Pavel Orlov came on Monday. ";
        check(&format!("{one}He said it rained."), &[("He", "it rained")], "Pavel Orlov [pronoun]");
        check(&format!("{one}She said it rained."), &[("She", "it rained")], "");
        let two = "Minister Ann Low met Pavel Orlov on Monday. ";
        check(&format!("{two}She said it rained."), &[("She", "it rained")], "Ann Low (Minister) [pronoun]");
        check(&format!("{two}He said it rained."), &[("He", "it rained")], "Pavel Orlov [pronoun]");
        check(
            "Tom Brant met Pavel Orlov. Brant said it rained. He said it was late.",
            &[("Brant", "it rained"), ("He", "it was late")],
            "Tom Brant [pronoun]",
        );
        check(
            "Low and Ito said it rained. They said it was late.",
            &[("Low and Ito", "it rained"), ("They", "it was late")],
            "Low [pronoun] + Ito [pronoun]",
        );
        check("I said it rained.", &[("I", "it rained")], "Ann Author [pronoun]");
        check("Pavel Orlov, who said it rained, left.", &[("who", "it rained")], "Pavel Orlov [pronoun]");
        check(
            "Quill Arden, 45, came. She left. She said it rained.",
            &[("She said", "it rained")],
            "Quill Arden [pronoun]",
        );
    }

    #[test]
    fn descriptions() {
        let one = "Foreign Minister Pavel Orlov met Mayor Ann Low. ";
        check(
            &format!("{one}The minister said it rained."),
            &[("The minister", "it rained")],
            "Pavel Orlov (Foreign Minister) [description]",
        );
        check(
            &format!("{one}The mayor said it rained."),
            &[("The mayor", "it rained")],
            "Ann Low (Mayor) [description]",
        );
        let two = "Finance Minister Pavel Orlov met Justice Minister Ann Low. ";
        check(&format!("{two}The minister said it rained."), &[("The minister", "it rained")], "");
        check(
            &format!("{two}The justice minister said it rained."),
            &[("The justice minister", "it rained")],
            "Ann Low (Justice Minister) [description]",
        );
        check("The minister said it rained.", &[("The minister", "it rained")], "The minister [description]");
    }

    #[test]
    fn joint_sources() {
        source("Ann Low and Tom Brant", "Ann Low + Tom Brant");
        source("Sens. Ann Low and Tom Brant", "Ann Low (Sens.) + Tom Brant");
        source("Ann Low, Tom Brant and Pavel Orlov", "Ann Low + Tom Brant + Pavel Orlov");
        source("Ann Low and other officials", "Ann Low + other officials [description]");
        source("Ann Low, the mayor of Westby, and Tom Brant", "Ann Low (mayor of Westby) + Tom Brant");
        source("the Department of Health and Human Services", "Department of Health and Human Services");
    }

    #[test]
    fn organisations() {
        source("Reuters", "Reuters");
        source("the White House", "White House");
        source("Moscow", "Moscow");
        source("the Foreign Ministry", "Foreign Ministry");
        source("the ministry", "the ministry [description]");
        source("a statement from the Foreign Ministry", "Foreign Ministry");
        check(
            "The Ruritanian Foreign Ministry met. The ministry said it rained.",
            &[("The ministry", "it rained")],
            "Ruritanian Foreign Ministry [description]",
        );
        source("the Brant campaign", "the Brant campaign [description]");
    }

    #[test]
    fn unnamed() {
        source("a senior official", "a senior official [description]");
        source(
            "two officials who asked not to be named",
            "two officials who asked not to be named [description]",
        );
        source("sources", "sources [description]");
        source("Critics", "Critics [description]");
        source("a spokesman for Ann Low", "a spokesman for Ann Low [description]");
        source("Many Democrats", "Many Democrats [description]");
        source("Brant's lawyer", "Brant's lawyer [description]");
        source("the report", "");
        source("you", "");
    }

    #[test]
    fn carried_on() {
        check(
            "“It rained,” Ann Low said. “It was late.”",
            &[("Ann Low", "“It rained,”"), ("", "“It was late.”")],
            "Ann Low [carried]",
        );
        let speech = "“It rained.\n\n“It was late,” Ann Low said.";
        check(speech, &[("Ann Low", "“It was late,”")], "Ann Low");
        let carried = read(speech, &[("", "“It rained."), ("Ann Low", "“It was late,”")]);
        assert_eq!(carried[0].speakers[0].name, "Ann Low");
        assert_eq!(carried[0].speakers[0].how, How::Carried);
        check(
            "“It rained,” Ann Low said. Tom Brant laughed. “It was late.”",
            &[("Ann Low", "“It rained,”"), ("", "“It was late.”")],
            "",
        );
    }

    #[test]
    fn nested_reports() {
        let text = "Reuters reported that Pavel Orlov said it rained.";
        let found = read(text, &[("Reuters", "Pavel Orlov said it rained"), ("Pavel Orlov", "it rained")]);
        assert_eq!((found[0].parent, found[1].parent), (None, Some(0)));
        assert_eq!(found[1].via.len(), 1);
        assert_eq!(found[1].via[0].name.as_deref(), Some("Reuters"));
        check(
            "Ann Low said: “I think it rained.”",
            &[("Ann Low", "“I think it rained.”"), ("I", "it rained")],
            "Ann Low [pronoun]",
        );
        let twice = read("A said B. A said B.", &[("", "A said B"), ("", "A said B")]);
        assert!(twice.iter().all(|attribution| attribution.parent.is_none() || attribution.via.is_empty()));
    }
}

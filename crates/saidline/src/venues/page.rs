//! The words of a page, and the phrases that hold somebody.

use std::ops::Range;

use saidline_html::{Document, Span};

use crate::attribution::{Attribution, Mention, SpeakerKind, VenueKind};
use crate::names::{Gap, Name, NameKind, Names, group, words_of};
use crate::sentences;
use crate::words::{self, RoleClass};

use super::media::is_paper;
use super::particles::{is_boundary, is_day, is_determiner, is_part_of_day, is_pronoun};
use super::tables;

/// The words of the longest phrase that is looked at.
const LONGEST: usize = 14;

/// Outside of all contents.
pub(super) const NOBODY: u32 = u32::MAX;

/// A day of the week, or one that counts from the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
    Yesterday,
    Today,
}

impl Day {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "monday" => Self::Monday,
            "tuesday" => Self::Tuesday,
            "wednesday" => Self::Wednesday,
            "thursday" => Self::Thursday,
            "friday" => Self::Friday,
            "saturday" => Self::Saturday,
            "sunday" => Self::Sunday,
            "yesterday" => Self::Yesterday,
            "today" | "tonight" => Self::Today,
            _ => return None,
        })
    }
}

/// What the stage knows of a page.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub names: &'a Names<'a>,
    /// All words in lower case, one after another, and where each begins.
    lower: String,
    starts: Vec<u32>,
    /// Of each word: the attribution in whose content it stands, the innermost.
    owners: Vec<u32>,
}

impl<'a> Page<'a> {
    pub fn of(document: &'a Document, names: &'a Names<'a>, attributions: &[Attribution]) -> Self {
        let mut lower = String::with_capacity(document.text.len());
        let mut starts = Vec::with_capacity(names.tokens.len() + 1);
        starts.push(0);
        for token in &names.tokens {
            lower.extend(token.span.of(&document.text).chars().flat_map(char::to_lowercase));
            starts.push(lower.len() as u32);
        }
        let owners = owners(names, attributions);
        Self { document, names, lower, starts, owners }
    }

    /// A word in lower case, without a possessive ending; empty behind the last.
    pub fn word(&self, token: usize) -> &str {
        match (self.starts.get(token), self.starts.get(token + 1)) {
            (Some(start), Some(end)) => &self.lower[*start as usize..*end as usize],
            _ => "",
        }
    }

    pub fn len(&self) -> usize {
        self.names.tokens.len()
    }

    pub fn is_capital(&self, token: usize) -> bool {
        self.names.word(token).starts_with(char::is_uppercase)
    }

    pub fn possessive(&self, token: usize) -> bool {
        self.names.tokens.get(token).is_some_and(|token| token.possessive)
    }

    /// The content that a word stands in.
    pub fn owner(&self, token: usize) -> u32 {
        self.owners.get(token).copied().unwrap_or(NOBODY)
    }

    /// Whether a word is in the sentence and the content of the word before it.
    pub fn goes_on(&self, token: usize) -> bool {
        token > 0
            && self.names.tokens.get(token).is_some_and(|next| {
                next.sentence == self.names.tokens[token - 1].sentence
                    && self.owner(token) == self.owner(token - 1)
            })
    }

    /// Whether nothing but white space stands before a word that goes on.
    pub fn spaced(&self, token: usize) -> bool {
        self.goes_on(token) && matches!(self.names.tokens[token].gap, Gap::Space | Gap::Stop)
    }

    pub fn sentence(&self, token: usize) -> Option<u32> {
        Some(self.names.tokens.get(token)?.sentence)
    }

    /// From the first word of a phrase to its last; a quotation that begins or ends on the way ends it.
    pub fn span(&self, tokens: &Range<usize>) -> Option<Span> {
        if tokens.is_empty() {
            return None;
        }
        let first = self.names.tokens.get(tokens.start)?;
        let last = self.names.tokens.get(tokens.end.checked_sub(1)?)?;
        let span = Span { start: first.span.start, end: last.span.end.max(first.span.start) };
        let words = span.of(&self.document.text);
        let Some(mark) = words.find(['"', '“', '”', '\n']) else { return Some(span) };
        let kept = words[..mark].trim_end_matches(|letter: char| !letter.is_alphanumeric());
        (!kept.is_empty()).then(|| Span { start: span.start, end: span.start + kept.len() as u32 })
    }

    /// The name that a word belongs to.
    pub fn name_at(&self, token: usize) -> Option<&Name> {
        let after = self.names.names.partition_point(|name| name.first as usize <= token);
        let name = &self.names.names[after.checked_sub(1)?];
        (token < name.last as usize).then_some(name)
    }

    /// The names that begin in a phrase.
    pub fn names_of(&self, tokens: Range<usize>) -> impl Iterator<Item = &Name> {
        let first = self.names.names.partition_point(|name| (name.first as usize) < tokens.start);
        self.names.names[first..].iter().take_while(move |name| (name.first as usize) < tokens.end)
    }

    /// The place of the block that holds a byte.
    pub fn block_of(&self, at: u32) -> usize {
        sentences::block_of(&self.document.blocks, at)
    }

    /// The words of a span, those only that lie in it.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        self.names.tokens_in(span)
    }

    /// Whether quotation marks open right before a word.
    pub fn quote_opens(&self, token: usize) -> bool {
        let Some(next) = self.names.tokens.get(token) else { return false };
        let before = &self.document.text[..next.span.start as usize];
        before.ends_with(['“', '"', '‘']) || before.ends_with("''")
    }

    /// A title in quotation marks that begins at a word.
    pub fn title_at(&self, token: usize) -> Option<Range<usize>> {
        if !self.quote_opens(token) || !self.is_capital(token) && !self.is_number(token) {
            return None;
        }
        let last = (token..self.len().min(token + 9)).find(|&at| {
            let behind = &self.document.text[self.names.tokens[at].span.end as usize..];
            behind.trim_start_matches([',', '.', '?', '!']).starts_with("''")
                || behind
                    .trim_start_matches([',', '.', '?', '!', '\'', '’', 's'])
                    .starts_with(['”', '"', '’'])
        })?;
        let whole = self.sentence(token) == self.sentence(last) && self.owner(token) == self.owner(last);
        whole.then_some(token..last + 1)
    }

    /// The first word at or behind a byte.
    pub fn token_at(&self, at: u32) -> usize {
        self.names.tokens.partition_point(|token| token.span.start < at)
    }

    /// Whether a sentence says before a word that it is about a time long past: "Eight years ago", "In 2008".
    pub fn long_past(&self, token: usize) -> bool {
        let Some(sentence) = self.sentence(token) else { return false };
        let first = self.names.tokens.partition_point(|other| other.sentence < sentence);
        (first..token.min(first + 40)).filter(|&at| self.owner(at) == NOBODY).any(|at| {
            matches!(self.word(at), "ago" | "previously") || self.is_year(at) || self.is_long_later(at)
        })
    }

    /// "Two years later", "a week earlier": another day than the one told before.
    fn is_long_later(&self, token: usize) -> bool {
        matches!(self.word(token), "later" | "earlier")
            && token.checked_sub(1).is_some_and(|unit| {
                matches!(
                    self.word(unit),
                    "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
                )
            })
    }

    /// The day that the sentence of a word tells outside of what was said, the nearest to the word.
    pub fn day_beside(&self, token: usize) -> Option<Day> {
        const FARTHEST: usize = 40;
        let sentence = self.sentence(token);
        let near = token.saturating_sub(FARTHEST)..self.len().min(token + FARTHEST);
        // "Since Monday’s storm" is about the storm.
        let tells =
            |at: &usize| self.sentence(*at) == sentence && self.owner(*at) == NOBODY && !self.possessive(*at);
        let days = near.filter(tells);
        let days = days.filter_map(|at| Some((at.abs_diff(token), Day::of(self.word(at))?)));
        days.min_by_key(|(distance, _)| *distance).map(|(_, day)| day)
    }

    /// Where the sentence of a word opens with a time longer than a day, or tells one right behind: "last year, Lund said",
    /// "said in January".
    pub fn period_beside(&self, token: usize) -> Option<usize> {
        const OPENING: usize = 8;
        const BEHIND: usize = 5;
        let sentence = self.sentence(token)?;
        let first = self.names.tokens.partition_point(|other| other.sentence < sentence);
        let near = (first..token.min(first + OPENING)).chain(token..self.len().min(token + BEHIND));
        near.filter(|&at| self.owner(at) == NOBODY && self.sentence(at + 1) == Some(sentence)).find(|&at| {
            let next = self.word(at + 1);
            match self.word(at) {
                "last" | "previous" | "past" => {
                    matches!(
                        next,
                        "week" | "month" | "year" | "summer" | "fall" | "autumn" | "winter" | "spring"
                    )
                }
                "earlier" => next == "this",
                "for" => matches!(next, "weeks" | "months" | "years" | "decades"),
                // "After the debate" it is over.
                "after" | "before" => is_determiner(next) && tables::noun(self.word(at + 2)).is_some(),
                "in" => is_day(next) && !next.ends_with("day") && self.is_capital(at + 1),
                "previously" | "repeatedly" => true,
                _ => false,
            }
        })
    }

    /// Whether "had" or "have" hangs on a word: "she’d", "they’ve".
    pub fn has_contracted(&self, token: usize) -> bool {
        self.names.tokens.get(token).is_some_and(|token| {
            let behind = &self.document.text[token.span.end as usize..];
            ["’d ", "'d ", "’ve ", "'ve "].iter().any(|ending| behind.starts_with(ending))
        })
    }

    /// The network that the page named last before a word.
    pub fn network_before(&self, token: usize) -> Option<Span> {
        let before = self.names.names.partition_point(|name| (name.first as usize) < token);
        let mut near = self.names.names[..before].iter().rev().take(24);
        near.find_map(|name| {
            let span = self.names.span(name);
            (tables::medium(span.of(self.names.text)) == Some(VenueKind::Post)).then_some(span)
        })
    }

    /// Whether words name a time that is over, or their sentence tells one beside them: "in a 2012 interview", "at last month’s
    /// convention", "in Vienna in 2021".
    pub fn is_of_another_time(&self, words: Span) -> bool {
        const BESIDE: usize = 6;
        let words = self.tokens_in(words);
        let sentence = self.sentence(words.start);
        let beside = (words.start.saturating_sub(BESIDE)..words.start)
            .chain(words.end..self.len().min(words.end + BESIDE))
            .filter(|at| self.sentence(*at) == sentence && self.owner(*at) == NOBODY);
        let is_over = |at: usize, longer: bool| {
            let next = self.word(at + 1);
            self.is_year(at)
                || self.word(at) == "last" && (matches!(next, "month" | "year") || longer && next == "week")
        };
        words.clone().any(|at| is_over(at, true)) || beside.clone().any(|at| is_over(at, false))
    }

    /// Whether a word is the number of a year.
    fn is_year(&self, token: usize) -> bool {
        self.is_number(token) && self.word(token).len() == 4
    }

    /// The persons whom the sentence of a word names before it, outside of what somebody said.
    pub fn persons_before(&self, token: usize) -> impl Iterator<Item = u32> {
        let sentence = self.sentence(token);
        let before = self.names.names.partition_point(|name| (name.first as usize) < token);
        self.names.names[..before]
            .iter()
            .rev()
            .take(12)
            .take_while(move |name| Some(self.names.tokens[name.first as usize].sentence) == sentence)
            .filter(|name| self.owner(name.first as usize) == NOBODY)
            .filter_map(|name| name.person)
    }

    pub fn is_number(&self, token: usize) -> bool {
        self.word(token).starts_with(|c: char| c.is_ascii_digit())
    }

    /// Past words that tell only when: "on Monday", "late last week", "March 5".
    pub fn after_date(&self, mut token: usize) -> usize {
        for _ in 0..6 {
            let on = matches!(self.word(token), "on" | "in" | "earlier" | "late" | "early");
            let at = token + usize::from(on);
            if !self.goes_on(token) || on && !self.goes_on(at) {
                break;
            }
            if is_day(self.word(at)) && (self.is_capital(at) || self.word(at).ends_with("day")) {
                token = at + 1;
                while self.goes_on(token) && (self.is_number(token) || is_part_of_day(self.word(token))) {
                    token += 1;
                }
            } else if matches!(self.word(at), "last" | "this" | "that" | "earlier" | "next" | "same")
                && self.goes_on(at + 1)
                && (is_part_of_day(self.word(at + 1)) || is_day(self.word(at + 1)))
            {
                token = at + 2;
            } else if matches!(
                self.word(token),
                "yesterday" | "today" | "tonight" | "recently" | "afterward" | "afterwards" | "later"
            ) {
                token += 1;
            } else if on && self.is_number(at) && self.word(at).len() == 4 {
                token = at + 1;
            } else {
                break;
            }
        }
        token
    }

    /// Past the day that opens a sentence: "On Monday", "Thursday night", "This month".
    pub fn after_opening_date(&self, first: usize) -> usize {
        let mut at = match self.word(first) {
            "on" | "late" | "early" | "earlier" => return self.after_date(first + 1),
            "this" | "last" if is_part_of_day(self.word(first + 1)) => first + 1,
            day if is_day(day) && self.is_capital(first) => first + 1,
            _ => return first,
        };
        let last = at + 3;
        while at < last && self.spaced(at) && (is_part_of_day(self.word(at)) || self.is_number(at)) {
            at += 1;
        }
        at
    }

    /// The phrase that begins at a word and can name somebody: to a comma, a verb, a preposition; `stop` ends it too.
    pub fn phrase(&self, start: usize, stop: impl Fn(usize) -> bool) -> Option<Range<usize>> {
        if start >= self.len() || is_boundary(self.word(start)) && !self.inside_name(start) || stop(start) {
            return None;
        }
        if matches!(self.word(start), "me" | "him" | "us" | "them" | "you" | "himself" | "herself") {
            return Some(start..start + 1);
        }
        let mut end = start + 1;
        while end < self.len() && end - start < LONGEST && self.goes_on(end) && !stop(end) {
            let word = self.word(end);
            // "USA Today" is no day.
            let inside = self.inside_name(end) || word == "today" && self.is_capital(end);
            let of = matches!(word, "of" | "from") && self.spaced(end + 1) && !stop(end + 1);
            let of = of && !is_pronoun(self.word(end + 1)) && self.after_date(end) == end;
            // The host whom a title goes before: "the Post’s Ann Low".
            if !self.spaced(end) && !inside || !inside && !of && (is_boundary(word) || is_determiner(word)) {
                // "The newspaper the Sundvik Post".
                let called = word == "the" && is_outlet_noun(self.word(end - 1)) && self.is_capital(end + 1);
                let after_of = matches!(self.word(end - 1), "of" | "from") && is_determiner(word) || called;
                if !after_of || !self.spaced(end) {
                    break;
                }
            }
            // The "Sunday Post" is no day.
            let paper = self.is_capital(end)
                && self.is_capital(end + 1)
                && self.spaced(end + 1)
                && is_paper(self, &(end + 1..end + 2));
            if !inside && !paper && self.after_date(end) > end {
                break;
            }
            end += 1;
        }
        while end > start + 1 && matches!(self.word(end - 1), "of" | "from" | "the" | "a") {
            end -= 1;
        }
        if end == start + 1 && is_determiner(self.word(start)) && !matches!(self.word(start), "her" | "those")
        {
            return None;
        }
        Some(start..end)
    }

    /// Such a phrase, which a rough number may open: "more than 300 people".
    pub fn audience(&self, start: usize, stop: impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let rough = match (self.word(start), self.word(start + 1)) {
            ("more" | "fewer" | "less", "than") => 2,
            ("about" | "around" | "nearly" | "almost", _) => 1,
            _ => 0,
        };
        let number = start + rough;
        if rough == 0 || !self.spaced(number) || !self.is_number(number) {
            return self.phrase(start, stop);
        }
        // "3,000" is two words.
        let mut last = number;
        while self.is_number(last + 1) && self.goes_on(last + 1) && !self.spaced(last + 1) {
            last += 1;
        }
        Some(start..self.phrase(last, stop)?.end)
    }

    fn inside_name(&self, token: usize) -> bool {
        self.name_at(token).is_some_and(|name| (name.first as usize) < token)
    }

    /// The noun that a phrase turns on.
    pub fn head(&self, tokens: &Range<usize>) -> usize {
        let of = (tokens.start + 1..tokens.end)
            .find(|&at| matches!(self.word(at), "of" | "from") && !self.inside_name(at));
        of.unwrap_or(tokens.end) - 1
    }

    /// Whether a phrase names somebody who can be spoken to.
    pub fn is_somebody(&self, tokens: &Range<usize>) -> bool {
        let head = self.head(tokens);
        let lower = self.word(head);
        if self.name_at(head).is_some() {
            return !self.possessive(head) || head + 1 == tokens.end;
        }
        is_pronoun(lower)
            || matches!(lower, "those" | "her")
            || tables::hears(lower)
            || words::role(lower).is_some_and(|role| role.class == RoleClass::Role)
            || words::plural_role(lower).is_some()
            || words::organisation_noun(lower) && tables::noun(lower).is_none()
            || group(lower)
    }

    /// The phrase as somebody spoken to; `not` are the names of who speaks.
    pub fn mention(&self, tokens: &Range<usize>, not: &[&str]) -> Option<Mention> {
        let span = self.span(tokens)?;
        let head = self.head(tokens);
        let mention = |name, kind| Some(Mention { span, name, kind });
        if let Some(outlet) = self.outlet_in(tokens) {
            return mention(Some(words_of(outlet.of(self.names.text))), Some(SpeakerKind::Organisation));
        }
        // "Director of Harbours Ina Lund".
        let titled = self.name_at(tokens.end - 1).filter(|name| {
            let first = name.first as usize;
            first > head + 2
                && !matches!(self.word(first - 1), "of" | "from" | "the" | "and")
                && self.is_capital(first - 1)
        });
        if let Some(person) = titled.and_then(|name| name.person) {
            return mention(Some(self.names.full_name(person)), Some(SpeakerKind::Person));
        }
        if let Some(name) = self.name_at(head) {
            if self.possessive(head) && tokens.end > head + 1 {
                return mention(None, None);
            }
            return match (name.person, name.kind) {
                (Some(person), _) => mention(Some(self.names.full_name(person)), Some(SpeakerKind::Person)),
                (None, NameKind::Organisation | NameKind::Place) => {
                    mention(Some(self.name_of(name)), Some(SpeakerKind::Organisation))
                }
                (None, kind) => {
                    let known = tables::medium(self.names.span(name).of(self.names.text)).is_some()
                        || name.first > 0 && self.word(name.first as usize - 1) == "the";
                    let kind = match kind {
                        _ if known => Some(SpeakerKind::Organisation),
                        NameKind::Person => Some(SpeakerKind::Person),
                        _ => None,
                    };
                    mention(Some(self.name_of(name)), kind)
                }
            };
        }
        let lower = self.word(head);
        if tokens.len() == 1
            && let "him" | "her" | "he" | "she" = lower
        {
            let gender = match lower {
                "him" | "he" => words::Gender::Male,
                _ => words::Gender::Female,
            };
            return match self.person_before(tokens.start, gender, not) {
                Some(person) => mention(Some(self.names.full_name(person)), Some(SpeakerKind::Person)),
                None => mention(None, None),
            };
        }
        // "Told the paper": the one that the page named last.
        let known = matches!(self.word(tokens.start), "the" | "that") && is_outlet_noun(lower);
        if known && let Some(outlet) = self.outlet_before(tokens.start) {
            return mention(Some(outlet), Some(SpeakerKind::Organisation));
        }
        let kind = if is_pronoun(lower) {
            None
        } else if words::organisation_noun(lower) {
            Some(SpeakerKind::Organisation)
        } else {
            Some(SpeakerKind::Unnamed)
        };
        mention(None, kind)
    }

    /// The outlet that a phrase is about, where its name is more than the one at its head: "the Sundvik Post", "the Post
    /// newspaper", "USA TODAY", "Sundvik.com".
    fn outlet_in(&self, tokens: &Range<usize>) -> Option<Span> {
        let mut last = tokens.end - 1;
        let called = tokens.len() > 1 && is_outlet_noun(self.word(last)) && !self.is_capital(last);
        last -= usize::from(called);
        let known = |first: usize| {
            self.span(&(first..last + 1)).filter(|span| tables::medium(span.of(self.names.text)).is_some())
        };
        if let Some(span) = (tokens.start..last).find_map(known) {
            return Some(span);
        }
        let words = self.names.word(last);
        let site = words.contains('.') && words.to_lowercase().ends_with(".com");
        let name = self.name_at(last);
        let person = name.is_some_and(|name| name.person.is_some());
        let called = called && name.is_some_and(|name| name.kind != NameKind::Place);
        let paper = is_paper(self, &(last..last + 1)) && self.is_capital(last);
        if person || !(called && self.is_capital(last) || site || paper) {
            return None;
        }
        // The name goes back over its capitals: "San Felipe Chronicle".
        let mut first = last;
        while first > tokens.start
            && self.spaced(first)
            && self.is_capital(first - 1)
            && !self.possessive(first - 1)
            && !is_determiner(self.word(first - 1))
        {
            first -= 1;
        }
        self.span(&(first..last + 1))
    }

    /// The outlet that the page named last before a word.
    fn outlet_before(&self, token: usize) -> Option<String> {
        let before = self.names.names.partition_point(|name| (name.first as usize) < token);
        let mut near = self.names.names[..before].iter().rev().take(40);
        let outlet = near.find(|name| {
            let words = self.names.span(name).of(self.names.text);
            let range = name.first as usize..name.last as usize;
            tables::medium(words).is_some_and(|kind| kind != VenueKind::Post)
                || name.person.is_none() && range.len() > 1 && is_paper(self, &range)
        });
        outlet.map(|name| self.name_of(name))
    }

    fn name_of(&self, name: &Name) -> String {
        words_of(self.names.span(name).of(self.names.text))
    }

    /// The one person before a pronoun who is not the speaker: in this sentence, else in one of the two before it.
    fn person_before(&self, token: usize, gender: words::Gender, not: &[&str]) -> Option<u32> {
        let sentence = self.sentence(token)?;
        let before = self.names.names.partition_point(|name| (name.first as usize) < token);
        let mut found: Option<(u32, u32)> = None;
        for name in self.names.names[..before].iter().rev().take(24) {
            let there = self.names.tokens[name.first as usize].sentence;
            if sentence - there > 2 || found.is_some_and(|(_, nearest)| nearest != there) {
                break;
            }
            let Some(person) = name.person.filter(|person| found.is_none_or(|(had, _)| had != *person))
            else {
                continue;
            };
            let known = self.names.persons[person as usize].gender;
            if known.is_some_and(|known| known != gender)
                || not.contains(&self.names.full_name(person).as_str())
            {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some((person, there));
        }
        found.map(|(person, _)| person)
    }
}

/// What an outlet is called behind or before its name: "the Post newspaper", "the newspaper the Post".
fn is_outlet_noun(word: &str) -> bool {
    matches!(
        word,
        "newspaper"
            | "paper"
            | "magazine"
            | "tabloid"
            | "broadcaster"
            | "network"
            | "website"
            | "broadsheet"
            | "weekly"
            | "daily"
    )
}

/// Of each word the attribution in whose content it stands, the innermost.
fn owners(names: &Names, attributions: &[Attribution]) -> Vec<u32> {
    let mut contents: Vec<(Span, u32)> = Vec::new();
    for (place, attribution) in attributions.iter().enumerate() {
        contents.extend(attribution.content.iter().map(|span| (*span, place as u32)));
    }
    contents.sort_by_key(|(span, place)| (span.start, std::cmp::Reverse(span.end), *place));
    let mut open: Vec<(Span, u32)> = Vec::new();
    let mut next = 0;
    let owner = |at: u32, open: &mut Vec<(Span, u32)>, next: &mut usize| {
        while let Some(content) = contents.get(*next).filter(|(span, _)| span.start <= at) {
            open.push(*content);
            *next += 1;
        }
        while open.last().is_some_and(|(span, _)| span.end <= at) {
            open.pop();
        }
        // Contents that cross are few; further down only such can be over already.
        open.iter().rev().take(8).find(|(span, _)| at < span.end).map_or(NOBODY, |(_, place)| *place)
    };
    let mut owners: Vec<u32> =
        names.tokens.iter().map(|token| owner(token.span.start, &mut open, &mut next)).collect();
    // Of "said the pier leaked during | a speech" the preposition goes with what follows.
    for at in (1..owners.len()).rev() {
        let dangles = owners[at - 1] != owners[at]
            && names.tokens[at - 1].sentence == names.tokens[at].sentence
            && matches!(names.word(at - 1), "during" | "in" | "at" | "on" | "via")
            && !names.word(at).starts_with(|first: char| first.is_ascii_punctuation());
        if dangles && owners[at] == NOBODY {
            owners[at - 1] = NOBODY;
        }
    }
    owners
}

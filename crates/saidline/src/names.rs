//! Names in a text: who and what is named where, and which names mean one person.
//!
//! Names are found by their capitals and the word tables. What a sentence's first word or a headline's capitals
//! could only seem to name is not taken for a name unless the page names it elsewhere. Everything outside this file
//! sees [`Names`] only: tokens, names, persons.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use saidline_html::{BlockKind, Document, Span};

use crate::attribution::SpeakerKind;
use crate::words::{self, Gender, Known, RoleClass};

mod find;
mod persons;
mod roles;
mod tokens;

pub(crate) use find::legal_form;
pub(crate) use find::party_and_state;
use find::{Finder, no_name, particle};
pub(crate) use roles::{gender_of_role, singular};
use tokens::{part_links, tokenize};

/// A word of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// Where it is, without a possessive ending.
    pub span: Span,
    /// The place of its sentence.
    pub sentence: u32,
    /// Whether "'s" or the apostrophe of a plural follows.
    pub possessive: bool,
    /// What stands between the word before and this one.
    pub gap: Gap,
}

/// What stands between two words of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing before: the first word of a sentence.
    Start,
    /// White space.
    Space,
    /// A full stop and white space.
    Stop,
    /// A comma.
    Comma,
    /// A quotation mark.
    Mark,
    /// Anything else.
    Other,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    Person,
    Organisation,
    Place,
    /// Capitals without evidence of what they name.
    Unknown,
}

/// A name where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    /// The first of its words: a place in [`Names::tokens`].
    pub first: u32,
    /// One past the last of its words.
    pub last: u32,
    pub kind: NameKind,
    /// The title or role before it, in the document's words.
    pub title: Option<Span>,
    /// What the title before it says of gender.
    pub gender: Option<Gender>,
    /// Whether a title or form of address stands before it.
    pub addressed: bool,
    /// The person, once that is known.
    pub person: Option<u32>,
}

/// A person whom the page names.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The fullest name: a place in [`Names::names`].
    pub full: u32,
    pub gender: Option<Gender>,
    /// Whether a title or a role tells the gender ("Ms.", "spokeswoman").
    titled: bool,
    /// The roles beside the names, in the order of the text.
    pub roles: Vec<Span>,
    /// The organisation that the page sets beside the name as the one he is of: "the Courier's Ann Low".
    pub of: Option<Span>,
    /// How often the page names the person.
    pub count: u32,
}

/// The words, names and persons of a document.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    /// In the order of the text, disjoint.
    pub names: Vec<Name>,
    pub persons: Vec<Person>,
    /// Persons by the last word of their names in lower case.
    families: HashMap<String, Vec<u32>>,
    /// Persons by the first word of their names.
    givens: HashMap<&'a str, Vec<u32>>,
    /// Family names that a father and a son of one name bear.
    juniors: HashSet<String>,
    /// What pronouns tell of the gender of those who are called by a family name alone.
    told_genders: HashMap<String, Gender>,
}

/// Whom or what a page names.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The fullest name that the page gives.
    pub name: String,
    /// A person or an organisation.
    pub kind: SpeakerKind,
    /// The titles and roles beside a person's names, in the page's words and order.
    pub roles: Vec<String>,
    /// Where it is named, in the order of the text.
    pub at: Vec<Span>,
}

/// Persons with one family name that are told apart; further ones go without being joined.
const NAMESAKES: usize = 16;

/// No run of capitals is longer than so many words.
const LONGEST: usize = 16;

impl<'a> Names<'a> {
    /// Finds the names of a document.
    pub fn of(document: &'a Document, sentences: &[Span]) -> Self {
        let text = document.text.as_str();
        let mut names = Self {
            text,
            tokens: Vec::new(),
            names: Vec::new(),
            persons: Vec::new(),
            families: HashMap::new(),
            givens: HashMap::new(),
            juniors: HashSet::new(),
            told_genders: HashMap::new(),
        };
        let mut lines = Vec::new();
        let mut links = Vec::new();
        for (place, sentence) in sentences.iter().enumerate() {
            let first = names.tokens.len();
            tokenize(text, *sentence, place as u32, &mut names.tokens);
            links.extend(part_links(text, first, &mut names.tokens));
            lines.push((first, names.tokens.len()));
        }
        let uncapitalised: HashSet<&str> = names
            .tokens
            .iter()
            .map(|token| token.span.of(text))
            .filter(|word| word.starts_with(char::is_lowercase))
            .collect();
        let mut block = 0;
        for (sentence, (first, last)) in sentences.iter().zip(lines) {
            while document.blocks.get(block).is_some_and(|b| b.span.end <= sentence.start) {
                block += 1;
            }
            let kind = document.blocks.get(block).map_or(BlockKind::Paragraph, |block| block.kind);
            // Authors and repeated words are nobody that "he" could mean.
            let is_line_of_author = document.blocks.get(block).is_some_and(|found| {
                block < BYLINES && kind == BlockKind::Paragraph && is_byline(found.span.of(text))
            });
            if matches!(kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::PullQuote)
                || is_line_of_author
            {
                continue;
            }
            let headline = matches!(kind, BlockKind::Headline | BlockKind::Subheadline);
            // Some pages write headlines as they write sentences.
            let title_case = names.capitals_among(first, last, if headline { 7 } else { 9 });
            Finder { names: &mut names, uncapitalised: &uncapitalised, title_case }.find(first, last);
        }
        names.take_links(&links);
        names.share_titles();
        names.gather_persons();
        names
    }

    /// Takes the text of each link behind a name for one name or none: it says the name before it in full, where that
    /// is a family name alone or has the same given name.
    fn take_links(&mut self, links: &[Range<usize>]) {
        if links.is_empty() {
            return;
        }
        let mut rest = std::mem::take(&mut self.names).into_iter().peekable();
        for link in links {
            while let Some(name) = rest.next_if(|name| (name.last as usize) <= link.start) {
                self.names.push(name);
            }
            while rest.next_if(|name| (name.first as usize) < link.end).is_some() {}
            let spaced = self.tokens[link.start + 1..link.end]
                .iter()
                .all(|token| matches!(token.gap, Gap::Space | Gap::Stop));
            let says_in_full = self.names.last().is_some_and(|before| {
                let given = self.word(before.first as usize);
                before.last as usize == link.start
                    && (self.name_words(before) == 1 || words::same_given(given, self.word(link.start)))
            });
            if spaced && says_in_full {
                self.names.push(Name {
                    first: link.start as u32,
                    last: link.end as u32,
                    kind: NameKind::Person,
                    title: None,
                    gender: None,
                    addressed: false,
                    person: None,
                });
            }
        }
        self.names.extend(rest);
    }

    /// Gives the title of several people to each of them: "senators Ann Low, Otto Klein and Maria Brandt".
    fn share_titles(&mut self) {
        for place in 1..self.names.len() {
            let name = self.names[place];
            // The one before may be the town that the last person is from.
            let before = (place.saturating_sub(2)..place).rev().map(|before| self.names[before]);
            let titled = before.into_iter().find_map(|before| Some((before, before.title?)));
            let Some((before, title)) = titled.filter(|(_, title)| singular(title.of(self.text)).is_some())
            else {
                continue;
            };
            let first = name.first as usize;
            let joined = self.is_joined(before.last as usize, first);
            let fits = matches!(name.kind, NameKind::Person | NameKind::Unknown) && name.title.is_none();
            if joined
                && fits
                && self.tokens[name.first as usize].sentence == self.tokens[before.first as usize].sentence
            {
                self.names[place].title = Some(title);
                self.names[place].addressed = true;
            }
        }
    }

    /// Whether what stands between two places of a list is no more than "and" or a comma, and where the first is from: "of
    /// Westby", "(I-Westby)", ", I-Westby".
    fn is_joined(&self, from: usize, to: usize) -> bool {
        const LONGEST: usize = 6;
        let and = to > from && self.word(to - 1) == "and";
        if to < from || to - from > LONGEST || !and && self.tokens[to].gap != Gap::Comma {
            return false;
        }
        let mut home = from..to - usize::from(and);
        if self.word(home.start) == "of" {
            home.start += 1;
        }
        home.into_iter().all(|at| self.word(at).starts_with(char::is_uppercase))
    }

    /// A token's word.
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| token.span.of(self.text))
    }

    /// Where a name stands.
    pub fn span(&self, name: &Name) -> Span {
        let (first, last) = (self.tokens[name.first as usize], self.tokens[name.last as usize - 1]);
        Span { start: first.span.start, end: self.with_stop(last.span.end, name.last as usize - 1) }
    }

    /// "Jr." and "J." keep their stop at the end of a name.
    fn with_stop(&self, end: u32, token: usize) -> u32 {
        let short = matches!(self.word(token), "Jr" | "Sr");
        let stop = self.text[end as usize..].starts_with('.') && short;
        end + u32::from(stop)
    }

    /// The fullest name of a person, white space as one space. The title of a king or a pope is part of it.
    pub fn full_name(&self, person: u32) -> String {
        let name = &self.names[self.persons[person as usize].full as usize];
        let bare = words_of(self.span(name).of(self.text));
        let title = name.title.and_then(|title| title.of(self.text).split_whitespace().last());
        match title {
            Some(title) if is_crown(title) && self.name_words(name) == 1 => format!("{title} {bare}"),
            _ => bare,
        }
    }

    /// Whom and what the page names, each with its roles and every place where it is named; a country or a city may
    /// speak too. Names in capitals without evidence of what they name are left out.
    pub fn named(&self) -> Vec<Named> {
        let mut all: Vec<Named> = (0..self.persons.len() as u32)
            .map(|person| {
                let roles = &self.persons[person as usize].roles;
                Named {
                    name: self.full_name(person),
                    kind: SpeakerKind::Person,
                    roles: roles.iter().map(|role| words_of(role.of(self.text))).collect(),
                    at: Vec::new(),
                }
            })
            .collect();
        let bearers: Vec<usize> = self.bearers();
        let mut organisations: HashMap<String, usize> = HashMap::new();
        for name in &self.names {
            let span = self.span(name);
            match (name.person, name.kind) {
                (Some(person), _) => all[bearers[person as usize]].at.push(span),
                (None, NameKind::Organisation | NameKind::Place) => {
                    let words = words_of(span.of(self.text));
                    let place = *organisations.entry(words.clone()).or_insert(all.len());
                    if place == all.len() {
                        let kind = SpeakerKind::Organisation;
                        all.push(Named { name: words, kind, roles: Vec::new(), at: Vec::new() });
                    }
                    all[place].at.push(span);
                }
                _ => {}
            }
        }
        all.retain(|named| !named.at.is_empty());
        all
    }

    /// For each person who it is: somebody else where what stands before the family name is no given name, as a word
    /// that begins the sentence or a particle, and the page names a bearer of the family name in full.
    fn bearers(&self) -> Vec<usize> {
        let small: HashSet<&str> = self
            .tokens
            .iter()
            .map(|token| token.span.of(self.text))
            .filter(|word| word.starts_with(char::is_lowercase))
            .collect();
        let real = |person: usize| {
            let name = &self.names[self.persons[person].full as usize];
            let word = self.word(name.first as usize);
            let lower = word.to_lowercase();
            let two = self.name_words(name) == 2;
            let known = words::known_name(std::iter::once(word)).is_some();
            let stray = known
                || no_name(word)
                || particle(&lower)
                || words::organisation_noun(&lower)
                || small.contains(lower.as_str());
            self.name_words(name) > 1 && (words::given(word).is_some() || !two || !stray)
        };
        (0..self.persons.len())
            .map(|person| {
                if real(person) {
                    return person;
                }
                let name = &self.names[self.persons[person].full as usize];
                let family = self.families.get(&self.family(name)).map(Vec::as_slice).unwrap_or_default();
                let others = family.iter().map(|other| *other as usize).filter(|&other| real(other));
                let most = others.max_by_key(|&other| (self.persons[other].count, std::cmp::Reverse(other)));
                most.unwrap_or(person)
            })
            .collect()
    }

    /// The names that share a byte with a span.
    pub fn names_in(&self, span: Span) -> impl Iterator<Item = (usize, &Name)> {
        let first = self.names.partition_point(|name| self.span(name).end <= span.start);
        self.names[first..]
            .iter()
            .enumerate()
            .map(move |(place, name)| (first + place, name))
            .take_while(move |(_, name)| self.span(name).start < span.end)
    }

    /// The tokens that lie in a span.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        let last = self.tokens.partition_point(|token| token.span.start < span.end);
        first..last.max(first)
    }

    /// Whether at least so many tenths of a sentence's longer words have capitals.
    fn capitals_among(&self, first: usize, last: usize, tenths: usize) -> bool {
        let long = |token: &&Token| token.span.len() > 3;
        let words = self.tokens[first..last].iter().filter(long).count();
        let capitals = self.tokens[first..last]
            .iter()
            .filter(long)
            .filter(|token| token.span.of(self.text).starts_with(char::is_uppercase))
            .count();
        let few = if tenths < 9 { 1 } else { 4 };
        words >= few && capitals * 10 >= words * tenths
    }

    /// How many words a name has, "Jr." and the like not counted.
    fn name_words(&self, name: &Name) -> usize {
        let words = (name.last - name.first) as usize;
        words - usize::from(words > 1 && suffix(self.word(name.last as usize - 1)))
    }

    /// The last word of a name that is no suffix, in lower case and without an article ("al-").
    fn family(&self, name: &Name) -> String {
        family_key(self.word(name.first as usize + self.name_words(name) - 1))
    }
}

/// So many blocks at the head of a page are looked at for who wrote it.
const BYLINES: usize = 8;

/// Whether a line of plain text only tells who wrote: "By Ann Low", "Ann Low, Westby Courier".
fn is_byline(line: &str) -> bool {
    const LONGEST: usize = 70;
    let line = line.trim();
    if line.len() > LONGEST || line.ends_with(['.', '!', '?', ':', '"', '”']) {
        return false;
    }
    let mut words = line.split_whitespace();
    let capitals = line.split_whitespace().all(|word| {
        word.starts_with(|c: char| !c.is_lowercase()) || matches!(word, "and" | "of" | "the" | "for")
    });
    if words.next().is_some_and(|by| matches!(by, "By" | "BY" | "by")) {
        return capitals || line.starts_with("by ");
    }
    let Some((name, outlet)) = line.split_once(',') else { return false };
    let given = name.split_whitespace().next().is_some_and(|first| words::given(first).is_some());
    let outlet = outlet.trim();
    let outlet = outlet.strip_prefix("The ").unwrap_or(outlet);
    let known = matches!(words::organisation_class(outlet), Some("outlet" | "agency"));
    let last = outlet.rsplit(' ').next().unwrap_or_default();
    let paper = matches!(
        last,
        "Journal"
            | "Times"
            | "Post"
            | "News"
            | "Tribune"
            | "Herald"
            | "Register"
            | "Press"
            | "Today"
            | "TODAY"
            | "Republic"
    );
    given
        && capitals
        && name.split_whitespace().count() <= 4
        && (known || paper || outlet.contains("Writer") || outlet.contains("Correspondent"))
}

/// A plural of people: "aides", "Republicans", "Russians".
pub(crate) fn group(lower: &str) -> bool {
    words::plural_role(lower).is_some()
        || lower.strip_suffix('s').is_some_and(|stem| {
            let mut name = stem.to_owned();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            words::known_name(std::iter::once(name.as_str()))
                .is_some_and(|(_, known)| known == Known::Demonym)
        })
}

/// White space as one space, without an editor's brackets.
pub(crate) fn words_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|letter: char| letter.is_whitespace() || matches!(letter, '[' | ']')) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A family name without an article.
fn bare_family(word: &str) -> &str {
    ["al-", "el-", "Al-", "El-"].iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word)
}

fn family_key(word: &str) -> String {
    bare_family(word).to_lowercase()
}

/// Titles that are part of a name of one word.
fn is_crown(title: &str) -> bool {
    matches!(title, "Pope" | "King" | "Queen" | "Prince" | "Princess" | "Emperor" | "Sultan")
}

pub(super) fn suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV")
}

//! Names in a text: who and what is named where, and which names mean one person.
//!
//! Names are found by their capitals and the word tables. What a sentence's first word or a headline's capitals
//! could only seem to name is not taken for a name unless the page names it elsewhere. Everything outside this file
//! sees [`Names`] only: tokens, names, persons.

use std::collections::{HashMap, HashSet};

use saidline_html::{BlockKind, Document, Span};

use crate::attribution::SpeakerKind;
use crate::words::{self, Gender, Known, RoleClass};

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
        };
        let mut lines = Vec::new();
        for (place, sentence) in sentences.iter().enumerate() {
            let first = names.tokens.len();
            tokenize(text, *sentence, place as u32, &mut names.tokens);
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
            if matches!(kind, BlockKind::Byline | BlockKind::Dateline | BlockKind::PullQuote) {
                continue;
            }
            let title_case = matches!(kind, BlockKind::Headline | BlockKind::Subheadline)
                || names.in_title_case(first, last);
            Finder { names: &mut names, uncapitalised: &uncapitalised, title_case }.find(first, last);
        }
        names.gather_persons();
        names
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
            Some(title @ ("Pope" | "King" | "Queen" | "Prince" | "Princess" | "Emperor" | "Sultan"))
                if self.name_words(name) == 1 =>
            {
                format!("{title} {bare}")
            }
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

    fn in_title_case(&self, first: usize, last: usize) -> bool {
        let long = |token: &&Token| token.span.len() > 3;
        let words = self.tokens[first..last].iter().filter(long).count();
        let capitals = self.tokens[first..last]
            .iter()
            .filter(long)
            .filter(|token| token.span.of(self.text).starts_with(char::is_uppercase))
            .count();
        words >= 4 && capitals * 10 >= words * 9
    }

    /// Takes names of several words for persons' where what stands beside them says so: a verb of speech, a role,
    /// or the last word by itself elsewhere.
    fn promote(&mut self) {
        let alone: HashSet<&str> = self
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Unknown && name.last - name.first == 1)
            .map(|name| self.word(name.first as usize))
            .collect();
        for place in 0..self.names.len() {
            let name = self.names[place];
            if name.kind != NameKind::Unknown || !(2..=4).contains(&self.name_words(&name)) {
                continue;
            }
            let speaks = matches!(
                self.word(name.last as usize),
                "said" | "says" | "told" | "tells" | "tweeted" | "wrote" | "added" | "argued" | "who"
            );
            let family = self.word(name.first as usize + self.name_words(&name) - 1);
            if speaks || alone.contains(bare_family(family)) || self.role_after(&name).is_some() {
                self.names[place].kind = NameKind::Person;
            }
        }
    }

    /// Joins names into persons.
    fn gather_persons(&mut self) {
        self.promote();
        for place in 0..self.names.len() {
            let name = self.names[place];
            if name.kind == NameKind::Person && self.name_words(&name) > 1 {
                self.join_full(place);
            }
        }
        for place in 0..self.names.len() {
            let name = self.names[place];
            if name.person.is_some() || !matches!(name.kind, NameKind::Person | NameKind::Unknown) {
                continue;
            }
            if self.name_words(&name) == 1 {
                if let Some((person, _)) = self.short(&name) {
                    self.count(place, person);
                } else if name.addressed {
                    self.join_full(place);
                }
            } else if let Some(person) = self.namesake(&name) {
                self.count(place, person);
            }
        }
        self.pronoun_votes();
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

    /// The person with the same family name and a given name that can be the same.
    fn namesake(&self, name: &Name) -> Option<u32> {
        let given = self.word(name.first as usize);
        self.families.get(&self.family(name))?.iter().copied().find(|&person| {
            let full = &self.names[self.persons[person as usize].full as usize];
            self.name_words(full) == 1 || words::same_given(self.word(full.first as usize), given)
        })
    }

    /// Joins a full name to its person, or makes one.
    fn join_full(&mut self, place: usize) {
        let name = self.names[place];
        if let Some(person) = self.namesake(&name) {
            return self.count(place, person);
        }
        let given = self.word(name.first as usize);
        let gender =
            words::given(given).and_then(|given| given.gender).filter(|_| self.name_words(&name) > 1);
        let person = self.persons.len() as u32;
        self.persons.push(Person { full: place as u32, gender, titled: false, roles: Vec::new(), count: 0 });
        let family = self.families.entry(self.family(&name)).or_default();
        if family.len() < NAMESAKES {
            family.push(person);
        }
        let several = self.name_words(&name) > 1;
        let namesakes = self.givens.entry(given).or_default();
        if namesakes.len() < NAMESAKES && several {
            namesakes.push(person);
        }
        self.count(place, person);
    }

    /// Counts a name as a person's.
    fn count(&mut self, place: usize, person: u32) {
        self.names[place].person = Some(person);
        self.names[place].kind = NameKind::Person;
        let name = self.names[place];
        let role = name.title.or_else(|| self.role_after(&name));
        let known = &self.persons[person as usize];
        let longer = self.name_words(&name) > self.name_words(&self.names[known.full as usize]);
        let told = name.gender.or_else(|| role.and_then(|role| gender_of_role(role.of(self.text))));
        let person = &mut self.persons[person as usize];
        person.count += 1;
        if longer {
            person.full = place as u32;
        }
        person.gender = told.or(person.gender);
        person.titled |= told.is_some();
        if let Some(role) = role
            && person.roles.len() < NAMESAKES
        {
            person.roles.push(role);
        }
    }

    /// Whom a name of one word means, and how sure that is: the only bearer, the nearest, or by far the most named.
    pub fn short(&self, name: &Name) -> Option<(u32, f32)> {
        let word = self.word(name.first as usize + self.name_words(name) - 1);
        let fits = |person: &&u32| {
            let known = self.persons[**person as usize].gender;
            name.gender.is_none() || known.is_none() || known == name.gender
        };
        let bearers = self.families.get(&family_key(word)).map(Vec::as_slice).unwrap_or_default();
        let bearers: Vec<u32> = bearers.iter().filter(fits).copied().collect();
        match bearers[..] {
            [one] => return Some((one, 0.95)),
            [] => {}
            _ => return self.likeliest(&bearers, name),
        }
        let bearers = self.givens.get(word).map(Vec::as_slice).unwrap_or_default();
        match bearers {
            [one] if fits(&one) => Some((*one, 0.85)),
            _ => None,
        }
    }

    /// Among persons with one family name: the one that a name before this one meant, close by; else the one that
    /// the page names three times as often as any other.
    fn likeliest(&self, bearers: &[u32], name: &Name) -> Option<(u32, f32)> {
        let before = self.names.partition_point(|other| other.first < name.first);
        let near = self.names[..before]
            .iter()
            .rev()
            .take(12)
            .find(|other| other.person.is_some_and(|person| bearers.contains(&person)))
            .and_then(|other| other.person);
        let count = |person: u32| self.persons[person as usize].count;
        let most =
            bearers.iter().copied().max_by_key(|&person| (count(person), std::cmp::Reverse(person)))?;
        let clear = bearers.iter().all(|&other| other == most || count(other) * 3 <= count(most));
        match near {
            Some(near) if near == most => Some((near, 0.8)),
            Some(near) if !clear => Some((near, 0.6)),
            _ if clear => Some((most, 0.65)),
            _ => None,
        }
    }

    /// The role after a name, between commas: "Lavrov, Russia's foreign minister,".
    pub fn role_after(&self, name: &Name) -> Option<Span> {
        let first = name.last as usize;
        let sentence = self.tokens[first - 1].sentence;
        let tokens = self.tokens.get(first..)?;
        if tokens.first()?.gap != Gap::Comma || self.tokens[first - 1].possessive {
            return None;
        }
        let mut end = 0;
        let mut role = None;
        // Words that no table knows; a clause has more of them before its first role than an apposition.
        let mut strange = 0;
        for (place, token) in tokens.iter().enumerate().take(16) {
            let stop = place > 0 && !matches!(token.gap, Gap::Space | Gap::Stop);
            let word = token.span.of(self.text);
            // "… of law and politics" goes on; "… and Ann Low" does not.
            let next = self.word(first + place + 1);
            let joins =
                word == "and" && (role.is_none() || !next.starts_with(char::is_lowercase) || next == "the");
            if token.sentence != sentence || stop || joins || ends_apposition(word) {
                break;
            }
            if role.is_none() {
                let lower = word.to_lowercase();
                let known = words::role(&lower);
                if known.is_some_and(|role| role.class == RoleClass::Role) {
                    role = Some(place);
                } else if matches!(
                    word,
                    "in" | "of" | "at" | "to" | "for" | "on" | "with" | "by" | "from" | "right"
                ) {
                    break;
                } else if known.is_none()
                    && !word.starts_with(char::is_uppercase)
                    && !token.possessive
                    && !words::organisation_noun(&lower)
                    && !matches!(
                        word,
                        "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one" | "then" | "now"
                    )
                {
                    strange += 1;
                    if strange > 3 {
                        break;
                    }
                }
            }
            end = place + 1;
        }
        role?;
        let article = matches!(tokens[0].span.of(self.text), "a" | "an" | "the") && end > 1;
        let start = tokens[usize::from(article)].span.start;
        Some(Span { start, end: tokens[end - 1].span.end })
    }

    /// The pronoun that opens the sentence after one that names nobody else tells a person's gender. It beats a
    /// given name when it comes twice and never otherwise; a title beats it.
    fn pronoun_votes(&mut self) {
        let mut votes = vec![[0_u32; 2]; self.persons.len()];
        for (place, name) in self.names.iter().enumerate() {
            let Some(person) = name.person else { continue };
            let sentence = self.tokens[name.first as usize].sentence;
            let alone = |other: Option<&Name>| {
                other.is_none_or(|other| {
                    other.person.is_none_or(|with| with == person)
                        || self.tokens[other.first as usize].sentence != sentence
                })
            };
            let before = place.checked_sub(1).and_then(|before| self.names.get(before));
            if !alone(before) || !alone(self.names.get(place + 1)) {
                continue;
            }
            let next = self.tokens.partition_point(|token| token.sentence <= sentence);
            if self.tokens.get(next).is_some_and(|token| token.sentence == sentence + 1) {
                match self.word(next) {
                    "He" | "His" => votes[person as usize][0] += 1,
                    "She" | "Her" => votes[person as usize][1] += 1,
                    _ => {}
                }
            }
        }
        for (person, votes) in self.persons.iter_mut().zip(votes) {
            let needed = if person.gender.is_none() { 1 } else { 2 };
            match votes {
                _ if person.titled => {}
                [he, 0] if he >= needed => person.gender = Some(Gender::Male),
                [0, she] if she >= needed => person.gender = Some(Gender::Female),
                _ => {}
            }
        }
    }
}

/// Finds the names of one sentence.
struct Finder<'n, 'a> {
    names: &'n mut Names<'a>,
    /// The words that the document writes without a capital somewhere.
    uncapitalised: &'n HashSet<&'a str>,
    title_case: bool,
}

impl Finder<'_, '_> {
    fn find(&mut self, first: usize, last: usize) {
        let mut at = first;
        while at < last {
            if !self.capital(at, first) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < last && end - at < LONGEST && self.joined(at, end, last, first) {
                end += 1;
            }
            // A connector may not end a name.
            while end > at + 1
                && !self.names.word(end - 1).contains(|c: char| c.is_uppercase() || c.is_ascii_digit())
            {
                end -= 1;
            }
            self.run(at, end, first);
            at = end;
        }
    }

    /// Whether a token is capitalised as names are.
    fn capital(&self, at: usize, first: usize) -> bool {
        let word = self.names.word(at);
        let article_name = ["al-", "el-", "Al-", "El-"].iter().any(|article| {
            word.strip_prefix(article).is_some_and(|rest| rest.starts_with(char::is_uppercase))
        });
        if !word.starts_with(char::is_uppercase) {
            return article_name;
        }
        if no_name(word) {
            // "Will" and "May" are names too, where another capital follows and the sentence is under way.
            let next = self.names.word(at + 1).starts_with(char::is_uppercase);
            return at > first
                && next
                && words::given(word).is_some()
                && self.names.tokens[at].gap == Gap::Space;
        }
        true
    }

    /// Whether the token `end` goes on the run of capitals that began at `at`.
    fn joined(&self, at: usize, end: usize, last: usize, first: usize) -> bool {
        let names = &*self.names;
        let token = names.tokens[end];
        let before = names.word(end - 1);
        let spaced = match token.gap {
            Gap::Space => true,
            // "J. Smith", "Sen. Low", "Jr." after a comma.
            Gap::Stop => before.chars().count() == 1 || short_title(before) || before.contains('.'),
            Gap::Comma => matches!(names.word(end), "Jr" | "Sr" | "II" | "III"),
            _ => false,
        };
        if !spaced || names.tokens[end - 1].possessive {
            return false;
        }
        if self.capital(end, first) {
            // In title case every word has a capital: only a given name and what follows it are sure to be one.
            return !self.title_case
                || end == at + 1 && words::given(before).is_some() && !self.common(end)
                || matches!(names.word(end), "Jr" | "Sr");
        }
        let next = end + 1 < last && names.tokens[end + 1].gap == Gap::Space && self.capital(end + 1, first);
        match names.word(end) {
            "de" | "da" | "di" | "del" | "della" | "der" | "den" | "van" | "von" | "bin" | "ibn" | "bint"
            | "al" | "el" | "la" | "le" | "ben" | "du" | "dos" | "das" | "ter" | "ten" => {
                let far = end + 2 < last && particle(names.word(end + 1)) && self.capital(end + 2, first);
                (next || far) && !self.title_case
            }
            "of" | "for" | "the" | "and" | "&" | "on" => {
                let connector = names.word(end);
                let the = end + 2 < last && names.word(end + 1) == "the" && self.capital(end + 2, first);
                let role =
                    words::role(&before.to_lowercase()).is_some_and(|role| role.class == RoleClass::Role);
                let head = connector == "of" && role
                    || (at..end).any(|place| {
                        names.word(place) == "of"
                            || words::organisation_noun(&names.word(place).to_lowercase())
                    });
                let after_of = matches!(before, "of" | "for" | "on");
                let inside = match connector {
                    "and" => (at..end).any(|place| names.word(place) == "of"),
                    "the" => after_of,
                    _ => true,
                };
                head && inside && (next || the) && !self.title_case
            }
            _ => false,
        }
    }

    /// Whether the document writes this word without its capital elsewhere.
    fn common(&self, at: usize) -> bool {
        let word = self.names.word(at);
        let lower = word.to_lowercase();
        self.uncapitalised.contains(lower.as_str())
            || words::role(&lower).is_some() && words::given(word).is_none()
            || words::organisation_noun(&lower)
    }

    /// Cuts a run of capitals into titles and names.
    fn run(&mut self, mut at: usize, end: usize, first: usize) {
        // The first word of a sentence has its capital by position.
        if at == first && end > at && words::given(self.names.word(at)).is_none() && self.common(at) {
            let lower = self.names.word(at).to_lowercase();
            let useful = words::role(&lower).is_some() || words::organisation_noun(&lower) && end > at + 1;
            if !useful || end == at + 1 {
                at += 1;
            }
        }
        if end == at + 1 && group(&self.names.word(at).to_lowercase()) {
            return;
        }
        let start = at;
        while at < end {
            let found = words::known_name((at..end).map(|place| self.names.word(place)));
            match found {
                Some((length, Known::Organisation)) => {
                    // "Senate Majority Leader Ann Low": the body is part of the title.
                    let rest = at + length;
                    let role = (rest..end).any(|place| self.role(place).is_some());
                    let noun =
                        rest < end && words::organisation_noun(&self.names.word(end - 1).to_lowercase());
                    let more = rest < end && words::given(self.names.word(rest)).is_none();
                    if (noun || more) && !role {
                        return self.push(at, end, NameKind::Organisation, None);
                    }
                    self.push(at, rest, NameKind::Organisation, None);
                    at = rest;
                    if !role {
                        continue;
                    }
                }
                Some((length, known)) if at + length < end || known == Known::Place => {
                    let rest = at + length;
                    let noun = (rest..end)
                        .any(|place| words::organisation_noun(&self.names.word(place).to_lowercase()));
                    let role = (rest..end).any(|place| self.role(place).is_some());
                    let given =
                        known == Known::Place && words::given(self.names.word(at)).is_some() && length == 1;
                    if given && rest < end && !role {
                        // "Georgia Meloni", "Jordan Smith".
                        return self.person_or(at, end, start);
                    }
                    if noun && !role {
                        return self.push(at, end, NameKind::Organisation, None);
                    }
                    if known == Known::Place && rest == end {
                        return self.push(at, rest, NameKind::Place, None);
                    }
                    at = rest;
                    if known == Known::Place && !role {
                        self.push(at - length, at, NameKind::Place, None);
                        continue;
                    }
                }
                Some((_, Known::Demonym)) => return,
                _ => {}
            }
            return self.person_or(at, end, start);
        }
    }

    /// The class of a title or role at a token; a surname that looks like one ("Larry King") is none.
    fn role(&self, at: usize) -> Option<words::Role> {
        let word = self.names.word(at);
        let role = words::role(&word.to_lowercase()).filter(|role| role.class != RoleClass::Modifier)?;
        let surname = at > 0
            && words::given(self.names.word(at - 1)).is_some()
            && words::role(&self.names.word(at - 1).to_lowercase()).is_none()
            && self.names.tokens[at].gap == Gap::Space
            && !matches!(role.class, RoleClass::Title | RoleClass::Honorific);
        (!surname).then_some(role)
    }

    /// A run without a known name at its start: titles, then a person; or an organisation; or something unknown.
    fn person_or(&mut self, at: usize, end: usize, start: usize) {
        if at >= end {
            return;
        }
        let given_first = words::given(self.names.word(at)).is_some();
        let mut role = (at..end)
            .rev()
            .find(|&place| self.role(place).is_some() && !(place == at && given_first && end > at + 1))
            .filter(|&place| place + 1 < end || !given_first);
        let mut name = role.map_or(at, |role| role + 1);
        if role.is_some() && matches!(self.names.word(name), "of" | "for") {
            let body = name + 1 + usize::from(self.names.word(name + 1) == "the");
            name = (body..end)
                .find(|&place| {
                    words::given(self.names.word(place)).is_some()
                        && words::known_name(std::iter::once(self.names.word(place))).is_none()
                })
                .unwrap_or(body + 1);
        }
        // A heading in capitals is no name.
        let shouted = |place: usize| !self.names.word(place).contains(char::is_lowercase);
        if name >= end || end - name > 3 && (name..end).all(shouted) {
            return;
        }
        let mut gender = None;
        let mut addressed = false;
        if let Some(place) = role {
            let found = self.role(place);
            gender = found.and_then(|role| role.gender);
            addressed = true;
            // "Mr." alone is no role.
            if found.is_some_and(|role| role.class == RoleClass::Honorific) {
                role = (at..place).rev().find(|&before| self.role(before).is_some());
            }
        }
        let organisation =
            (name..end).find(|&place| words::organisation_noun(&self.names.word(place).to_lowercase()));
        let given = words::given(self.names.word(name)).is_some();
        if let Some(noun) = organisation
            && (noun + 1 == end || noun == name || !given)
            && !(given && end - name == 2 && addressed)
        {
            return self.push(if addressed { name } else { at }, end, NameKind::Organisation, None);
        }
        let title = match role {
            Some(place) => Some(Span {
                start: self.names.tokens[self.title_start(start)].span.start,
                end: self.stop_after(if matches!(self.names.word(place + 1), "of" | "for") {
                    name - 1
                } else {
                    place
                }),
            }),
            None => self.title_before(name).map(|(span, told)| {
                gender = gender.or(told);
                addressed = true;
                span
            }),
        };
        let length = end - name;
        let word = self.names.word(name);
        let acronym = length == 1
            && word.len() >= 2
            && word.len() <= 6
            && word.chars().all(|c| c.is_uppercase() || c == '&');
        let initial = (name..end - 1).any(|place| self.names.word(place).chars().count() == 1);
        // "Paris Agreement" is as likely as "Paris Hilton".
        let place = words::known_name(std::iter::once(word)).is_some_and(|(_, known)| known == Known::Place);
        let person =
            addressed || length > 1 && length <= 5 && (given && !place || initial || self.age_after(end));
        let kind = if person && !acronym {
            NameKind::Person
        } else if acronym && !self.title_case {
            NameKind::Organisation
        } else {
            NameKind::Unknown
        };
        self.push(name, end, kind, title);
        if let Some(last) = self.names.names.last_mut() {
            last.gender = gender;
            last.addressed = addressed;
        }
    }

    /// "Sen." keeps its stop in a title.
    fn stop_after(&self, token: usize) -> u32 {
        let end = self.names.tokens[token].span.end;
        end + u32::from(
            self.names.text[end as usize..].starts_with('.') && short_title(self.names.word(token)),
        )
    }

    /// Whether an age follows: ", 45,".
    fn age_after(&self, end: usize) -> bool {
        self.names.tokens.get(end).is_some_and(|token| token.gap == Gap::Comma)
            && self.names.word(end).len() <= 3
            && self.names.word(end).bytes().all(|b| b.is_ascii_digit())
    }

    /// A role without a capital before a name: "spokeswoman Maria Low", and what it says of gender.
    fn title_before(&self, name: usize) -> Option<(Span, Option<Gender>)> {
        let before = name.checked_sub(1)?;
        let near = |at: usize| {
            self.names.tokens[at].gap == Gap::Space
                && self.names.tokens[at - 1].sentence == self.names.tokens[at].sentence
        };
        if !near(name) || self.names.tokens[before].possessive {
            return None;
        }
        let role = self.role(before).filter(|role| role.class == RoleClass::Role)?;
        let span = Span {
            start: self.names.tokens[self.title_start(before)].span.start,
            end: self.names.tokens[before].span.end,
        };
        Some((span, role.gender))
    }

    /// The first token of a title that includes the token `at`: modifiers, names and possessives before it belong
    /// to it.
    fn title_start(&self, mut at: usize) -> usize {
        for _ in 0..8 {
            let Some(before) = at.checked_sub(1) else { break };
            let (token, this) = (self.names.tokens[before], self.names.tokens[at]);
            let word = self.names.word(before);
            let spaced = this.gap == Gap::Space || this.gap == Gap::Stop && word.contains('.');
            if token.sentence != this.sentence || !spaced {
                break;
            }
            let lower = word.to_lowercase();
            let fits = if word.starts_with(char::is_uppercase) {
                !no_name(word)
            } else {
                words::role(&lower).is_some_and(|role| role.class != RoleClass::Honorific)
                    || words::organisation_noun(&lower)
            };
            if !fits {
                break;
            }
            at = before;
        }
        at
    }

    fn push(&mut self, first: usize, last: usize, kind: NameKind, title: Option<Span>) {
        self.names.names.push(Name {
            first: first as u32,
            last: last as u32,
            kind,
            title,
            gender: None,
            addressed: false,
            person: None,
        });
    }
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

/// What a role says of gender: "spokeswoman".
pub(crate) fn gender_of_role(role: &str) -> Option<Gender> {
    role.split(|c: char| !c.is_alphanumeric() && c != '-')
        .take(12)
        .find_map(|word| words::role(&word.to_lowercase()).and_then(|role| role.gender))
}

/// White space as one space.
pub(crate) fn words_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Words that belong to a clause and end an apposition.
fn ends_apposition(word: &str) -> bool {
    matches!(
        word,
        "who"
            | "which"
            | "that"
            | "but"
            | "said"
            | "says"
            | "told"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "did"
            | "does"
            | "when"
            | "while"
            | "because"
            | "if"
            | "as"
            | "now"
            | "whose"
            | "where"
            | "speaking"
            | "added"
    )
}

/// A family name without an article.
fn bare_family(word: &str) -> &str {
    ["al-", "el-", "Al-", "El-"].iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word)
}

fn family_key(word: &str) -> String {
    bare_family(word).to_lowercase()
}

fn suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV")
}

fn particle(word: &str) -> bool {
    matches!(word, "de" | "da" | "di" | "del" | "der" | "den" | "van" | "von" | "bin" | "al" | "la" | "le")
}

/// A short title or form of address, which is written with a full stop.
fn short_title(word: &str) -> bool {
    let short = matches!(words::abbreviation(word), Some(words::Abbreviation::Title));
    short || matches!(word, "Jr" | "Sr")
}

/// Words that are no names although a capital begins them.
fn no_name(word: &str) -> bool {
    crate::sentences::opens_sentences(word)
        || matches!(
            word,
            "I" | "Hundreds"
                | "Thousands"
                | "Dozens"
                | "Millions"
                | "Half"
                | "Critics"
                | "Experts"
                | "Everything"
                | "Others"
                | "Sources"
                | "Aides"
                | "Officials"
                | "Monday"
                | "Tuesday"
                | "Wednesday"
                | "Thursday"
                | "Friday"
                | "Saturday"
                | "Sunday"
                | "January"
                | "February"
                | "March"
                | "April"
                | "May"
                | "June"
                | "July"
                | "August"
                | "September"
                | "October"
                | "November"
                | "December"
                | "Today"
                | "Yesterday"
                | "Tomorrow"
                | "Tonight"
                | "God"
                | "Internet"
                | "Christmas"
                | "Easter"
                | "Ramadan"
                | "OK"
                | "TV"
                | "Photo"
                | "Video"
                | "Image"
                | "File"
                | "Though"
                | "Despite"
                | "Just"
                | "Asked"
                | "Speaking"
                | "Citing"
                | "Like"
                | "Unlike"
                | "Well"
                | "Never"
                | "Nothing"
                | "Everyone"
                | "Everybody"
                | "Nobody"
                | "Someone"
                | "Somebody"
                | "People"
                | "Thank"
                | "Thanks"
                | "Please"
                | "Oh"
                | "Sure"
                | "Maybe"
                | "Democracy"
                | "Mr"
                | "Him"
                | "Me"
                | "Us"
                | "Them"
                | "Be"
                | "Been"
                | "Being"
                | "Could"
                | "Should"
                | "Would"
                | "Must"
                | "Might"
        )
}

/// Appends the words of a sentence.
fn tokenize(text: &str, sentence: Span, place: u32, tokens: &mut Vec<Token>) {
    let whole = sentence.of(text);
    let base = sentence.start as usize;
    let mut at = 0;
    // Where the word before ended, its possessive ending included.
    let mut done = None;
    while let Some(found) = whole[at..].find(char::is_alphanumeric) {
        let start = at + found;
        let mut end = start;
        let mut segment = 0;
        let mut letters = whole[start..].char_indices().peekable();
        while let Some((offset, c)) = letters.next() {
            let next = letters.peek().map(|(_, c)| *c);
            let goes_on = next.is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || combining(c) {
                segment += 1;
            } else if matches!(c, '-' | '\'' | '’' | '&' | '‑') && goes_on
                || c == '.' && segment == 1 && goes_on
            {
                segment = 0;
            } else {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        let word = &whole[start..end];
        let bare =
            ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let contracted = ["'ve", "’ve", "'m", "’m", "'re", "’re", "'ll", "’ll", "'d", "’d"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending))
            .filter(|_| bare.len() == word.len());
        let (word, bare) = contracted.map_or((word, bare), |stem| (stem, stem));
        let plural = bare.len() == word.len() && bare.ends_with('s') && whole[end..].starts_with(['\'', '’']);
        let gap = done.map_or(Gap::Start, |done| gap(&whole[done..start]));
        tokens.push(Token {
            span: Span::new(base + start, base + start + bare.len()),
            sentence: place,
            possessive: bare.len() < word.len() || plural,
            gap,
        });
        done = Some(end);
        at = end;
    }
}

fn combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{ad}')
}

fn gap(between: &str) -> Gap {
    match between.trim() {
        // An apostrophe is what a plural's possessive leaves.
        "" | "'" | "’" => Gap::Space,
        "." => Gap::Stop,
        "," | ".," | "'," | "’," => Gap::Comma,
        _ => Gap::Other,
    }
}

//! Persons: given names, family names, and what stands beside them.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::spellings::{folded, slip, sounded};
use super::{Key, Match, Profile, Reason};
use crate::words::{self, Known, RoleClass};

/// No name has more words than are looked at.
const WORDS: usize = 10;

/// No more roles, or persons beside, are looked at.
const CONTEXT: usize = 200;

/// No more words of roles are kept.
const OFFICES: usize = 24;

/// A word of a name: as it is written, folded, and in one spelling.
#[derive(Debug, Clone)]
struct Word<'a> {
    written: &'a str,
    folded: String,
    sounded: String,
}

impl Word<'_> {
    fn initial(&self) -> bool {
        self.folded.chars().count() == 1
    }

    fn first(&self) -> Option<char> {
        self.sounded.chars().next()
    }
}

/// A person's name in parts.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// All before the family name.
    given: Vec<Word<'a>>,
    /// Empty only where the name has no letters.
    family: Word<'a>,
    /// The words of a double family name.
    halves: Vec<Word<'a>>,
    suffix: Option<String>,
    /// A nickname between quotation marks.
    called: Option<Word<'a>>,
}

impl Parts<'_> {
    /// All words without spaces.
    fn together(&self) -> String {
        self.given.iter().chain([&self.family]).map(|word| word.folded.as_str()).collect()
    }

    /// What can be the family name where words of it are written as one, or apart: the last words, without spaces, but not all
    /// of them. An initial is never part of another word.
    fn ends(&self) -> impl Iterator<Item = String> {
        let last = if self.halves.is_empty() { std::slice::from_ref(&self.family) } else { &self.halves[..] };
        let words: Vec<&str> = self.given.iter().chain(last).map(|word| word.folded.as_str()).collect();
        let joined = |from: usize| {
            let last = &words[from..];
            let whole = last.len() == 1 || last.iter().all(|word| word.chars().count() > 1);
            whole.then(|| last.concat())
        };
        let from = words.len().saturating_sub(ENDS).max(1);
        (from..words.len()).filter_map(joined).collect::<Vec<_>>().into_iter()
    }
}

fn word(written: &str) -> Word<'_> {
    let folded = folded(written);
    let sounded = sounded(&folded);
    Word { written, folded, sounded }
}

/// The words of a name as they are written, without titles before it; points between initials part them.
struct Raw<'a> {
    words: Vec<&'a str>,
    suffix: Option<&'a str>,
    called: Option<&'a str>,
}

fn raw(name: &str) -> Raw<'_> {
    let mut suffix = None;
    let mut called = None;
    let mut words: Vec<&str> = Vec::new();
    for piece in name.split_whitespace().take(2 * WORDS) {
        let quoted = piece.starts_with(['"', '“', '‘', '(', '\'']) && piece.len() > 3;
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = ["'s", "’s"].iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
        if bare.is_empty() {
            continue;
        }
        if quoted && !words.is_empty() {
            called = Some(bare);
        } else if !words.is_empty() && is_suffix(bare) {
            suffix = Some(bare);
        } else if bare.contains('.') {
            words.extend(bare.split('.').filter(|letters| !letters.is_empty()));
        } else {
            words.push(bare);
        }
    }
    words.truncate(WORDS);
    words.drain(..titles(&words));
    Raw { words, suffix, called }
}

/// The words before a family name that are names, each of its parts by itself.
fn pieces<'a>(before: &[&'a str]) -> impl Iterator<Item = &'a str> {
    let names = before.iter().filter(|piece| !particle(piece));
    names.flat_map(|piece| piece.split(['-', '‑', '–'])).map(without_article)
}

pub(super) fn parts(name: &str) -> Parts<'_> {
    let raw = raw(name);
    let (last, before) = raw.words.split_last().map_or(("", &[][..]), |(last, before)| (*last, before));
    let given: Vec<Word> = pieces(before).map(word).filter(|word| !word.folded.is_empty()).collect();
    let last = without_article(last);
    let halves: Vec<Word> =
        last.split(['-', '‑', '–']).filter(|_| last.contains(['-', '‑', '–'])).map(word).collect();
    let suffix =
        raw.suffix.map(|suffix| suffix.to_lowercase().replace("junior", "jr").replace("senior", "sr"));
    Parts { given, family: word(last), halves, suffix, called: raw.called.map(word) }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "jr" | "sr" | "II" | "III" | "IV" | "Junior" | "Senior")
}

fn particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "di"
            | "del"
            | "della"
            | "der"
            | "den"
            | "van"
            | "von"
            | "bin"
            | "ibn"
            | "bint"
            | "al"
            | "el"
            | "la"
            | "le"
            | "dos"
            | "das"
            | "du"
            | "ter"
            | "ten"
            | "zu"
            | "zur"
            | "y"
            | "e"
            | "Al"
            | "El"
            | "Van"
            | "Von"
            | "De"
            | "Der"
            | "Bin"
            | "Ben"
    ) && word != "Ben"
}

fn without_article(word: &str) -> &str {
    ["al-", "el-", "Al-", "El-", "as-", "ash-", "ad-", "an-", "ar-", "ul-", "d'", "d’"]
        .iter()
        .find_map(|article| word.strip_prefix(article))
        .filter(|rest| rest.chars().count() > 2)
        .unwrap_or(word)
}

/// How many words before a name are titles, roles, places or strays; at least one word is left.
fn titles(words: &[&str]) -> usize {
    let class = |word: &str| words::role(&word.to_lowercase()).map(|role| role.class);
    let given = |word: &str| words::given(word).is_some();
    // All up to the last title: "Committee Chairman Jane Lund". A given name can look like one: "Dean Lund".
    let last = (0..words.len().saturating_sub(1)).rev().find(|&at| {
        let follow = words.len() - at - 1;
        match class(words[at]) {
            Some(RoleClass::Title | RoleClass::Honorific) => !given(words[at]) || follow > 1,
            Some(RoleClass::Role) => {
                !given(words[at]) && (follow > 1 || at > 0 && !given(words[at - 1]) || at == 0)
            }
            _ => false,
        }
    });
    let mut start = last.map_or(0, |last| last + 1);
    while start + 1 < words.len() && !given(words[start]) {
        let word = words[start];
        let place = words::known_name(words[start..].iter().copied()).filter(|(length, known)| {
            matches!(known, Known::Place | Known::Demonym) && start + length < words.len()
        });
        let modifier = matches!(class(word), Some(RoleClass::Modifier));
        if let Some((length, _)) = place {
            start += length;
        } else if modifier || words::organisation_noun(&word.to_lowercase()) || stray(word) {
            start += 1;
        } else {
            break;
        }
    }
    start
}

/// Words that begin a sentence before a name and are no part of it.
fn stray(word: &str) -> bool {
    crate::sentences::opens_sentences(word)
        || words::is_weekday(word)
        || matches!(word, "Whatever" | "Images")
}

/// No more words are taken together for a family name.
const ENDS: usize = 3;

/// No more groups of forms of a given name have keys.
const KIN: usize = 3;

/// The family name by its spelling, with each initial and each form that a given name goes by; both in any order; and, for slips,
/// the given name with either end of the family name. What a name has for keys begins with the family name and an initial: where
/// keys are kept in order they lie together.
pub(super) fn keys(name: &str) -> Vec<Key> {
    let parts = parts(name);
    let halves = parts.halves.iter().filter(|half| half.folded.len() > 2).take(2);
    let families: Vec<&str> =
        std::iter::once(&parts.family).chain(halves).map(|word| word.sounded.as_str()).collect();
    let whole = families[0];
    let mut keys: Vec<Key> = families.iter().map(|family| Key::of(format!("{family}{FAMILY}"))).collect();
    if parts.given.is_empty() {
        keys.extend(families.iter().map(|family| Key::of(format!("{family}{SHORT}"))));
    }
    // The names that somebody may go by, under the whole family name and its halves.
    for (n, word) in parts.given.iter().take(3).chain(&parts.called).enumerate() {
        for family in if n == 0 { &families[..] } else { &families[..1] } {
            let initials = [word.folded.chars().next(), word.first()];
            keys.extend(initials.into_iter().flatten().map(|initial| Key {
                text: format!("{family}/{initial}:i"),
                given: Some(word.written.to_owned()),
            }));
        }
        let kin = words::given(word.written).into_iter().flat_map(|given| &given.forms_of);
        let kin = kin.take(if n == 0 { KIN } else { 1 });
        keys.extend(kin.map(|form| Key::of(format!("{}:k:{form}", beside(whole, form)))));
    }
    if let Some(first) = parts.given.first() {
        keys.push(Key::of(in_any_order(&parts)));
        let together = parts.together();
        let written = parts.ends().map(|end| beside(&sounded(&end), &together));
        keys.extend(written.map(|place| Key::of(format!("{place}:t:{together}"))));
        if !first.initial() {
            keys.push(Key::of(format!("{}{WHOLE}{}", beside(whole, &first.sounded), first.sounded)));
            keys.push(Key::of(format!("b:{}:{}", first.sounded, bones(whole))));
            if whole.is_ascii() && whole.len() >= 5 {
                keys.push(Key::of(format!("s:{}:{}", first.sounded, &whole[..3])));
                keys.push(Key::of(format!("e:{}:{}", first.sounded, &whole[whole.len() - 3..])));
            }
        }
    }
    keys
}

/// Where keys lie: the family name, and the initial of another word.
fn beside(family: &str, word: &str) -> String {
    let initial = word.chars().next().into_iter().flat_map(char::to_lowercase).collect::<String>();
    format!("{family}/{initial}")
}

/// How a key of a family name ends.
const FAMILY: &str = "/:p";

/// How a key of a family name ends that is all of the name.
const SHORT: &str = "/:f";

/// Behind the place of a key that has all of the first given name.
const WHOLE: &str = ":w:";

/// Of a key of a family name the one that only those have whose name is no more.
pub(super) fn key_of_short(key: &str) -> Option<String> {
    key.strip_suffix(FAMILY).map(|family| format!("{family}{SHORT}"))
}

/// Whether a key is one of a family name that is all of the name.
pub(super) fn is_key_of_short(key: &str) -> bool {
    key.ends_with(SHORT)
}

/// Whether a key has all of the first given name.
pub(super) fn is_narrow(key: &str) -> bool {
    key.contains(WHOLE)
}

/// The key of all words in whatever order. It begins with a word that is no given name that many bear, which as a rule is the
/// family name, whichever of them stands last.
fn in_any_order(parts: &Parts) -> String {
    let mut all: Vec<&str> =
        parts.given.iter().chain([&parts.family]).map(|word| word.sounded.as_str()).collect();
    all.sort_unstable();
    let first = all.iter().position(|word| !known_given().contains(*word)).unwrap_or_default();
    let second = all[usize::from(first == 0)];
    format!("{}:n:{}", beside(all[first], second), all.concat())
}

/// The given names that are known, in one spelling.
fn known_given() -> &'static HashSet<String> {
    static KNOWN: OnceLock<HashSet<String>> = OnceLock::new();
    KNOWN.get_or_init(|| words::given_names().map(|name| sounded(&folded(name))).collect())
}

/// Given names of one who has a key, to be held against those of others who have it.
#[derive(Debug)]
pub(super) struct GivenWords<'a>(Vec<Word<'a>>);

impl<'a> GivenWords<'a> {
    pub(super) fn new(given: &'a str) -> Self {
        Self(given.split_whitespace().map(word).collect())
    }

    /// Whether one of them can be one of these: the same, an initial, a part, a short form, another spelling, a slip.
    pub(super) fn fit(&self, others: &str) -> bool {
        others.split_whitespace().any(|other| {
            let folded = folded(other);
            let begins = |own: &Word| own.folded.starts_with(&folded) || folded.starts_with(&own.folded);
            self.0.iter().any(begins) || {
                let other = word(other);
                self.0.iter().any(|own| fit_given(own, &other) != Fit::Other)
            }
        })
    }
}

/// How two words go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Sounds,
    Nick,
    Initial,
    Slip,
    Other,
}

fn fit_given(a: &Word, b: &Word) -> Fit {
    if a.folded == b.folded {
        Fit::Same
    } else if a.initial() || b.initial() {
        if a.folded.chars().next() == b.folded.chars().next() || a.first() == b.first() {
            Fit::Initial
        } else {
            Fit::Other
        }
    } else if a.sounded == b.sounded {
        Fit::Sounds
    } else if words::same_given(a.written, b.written) {
        Fit::Nick
    } else if a.folded.len() >= 5 && b.folded.len() >= 5 && slip(&a.folded, &b.folded) && !told_apart(a, b) {
        Fit::Slip
    } else {
        Fit::Other
    }
}

/// Whether two given names are of different genders.
fn told_apart(a: &Word, b: &Word) -> bool {
    let gender = |word: &Word| words::given(word.written).and_then(|given| given.gender);
    gender(a).zip(gender(b)).is_some_and(|(a, b)| a != b)
}

fn fit_family(a: &Word, b: &Word) -> Fit {
    if a.folded == b.folded {
        Fit::Same
    } else if a.sounded == b.sounded && a.folded.len().min(b.folded.len()) > 2 {
        Fit::Sounds
    } else if a.folded.len().min(b.folded.len()) >= 5
        && (slip(&a.folded, &b.folded)
            || slip(&a.sounded, &b.sounded)
            || bones(&a.sounded) == bones(&b.sounded))
    {
        Fit::Slip
    } else {
        Fit::Other
    }
}

/// The consonants of a word of one spelling.
fn bones(sounded: &str) -> String {
    sounded.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect()
}

/// Whether it is a family name alone.
pub(super) fn is_short(name: &str) -> bool {
    let raw = raw(name);
    let (last, before) = raw.words.split_last().map_or(("", &[][..]), |(last, before)| (*last, before));
    // What has no letters and no digits is nothing when it is folded.
    let given = pieces(before).any(|piece| piece.contains(char::is_alphanumeric));
    !given && folded(without_article(last)).chars().count() > 1
}

/// Whether two roles hardly are one person's at once: both name an office or a trade and where it is, and they share neither.
pub(super) fn at_odds(role: &str, other: &str) -> bool {
    let (one, other) = (Post::new(role), Post::new(other));
    let apart =
        |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && a.iter().all(|word| !b.contains(word));
    apart(&one.offices, &other.offices) && apart(&one.of, &other.of)
}

/// A role in parts: offices and trades, and the names of what they are of.
struct Post {
    offices: Vec<String>,
    of: Vec<String>,
}

impl Post {
    fn new(role: &str) -> Self {
        let (mut offices, mut of) = (Vec::new(), Vec::new());
        let words = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words.take(2 * WORDS) {
            let lower = word.to_lowercase();
            let class = words::role(&lower).map(|role| role.class);
            match class {
                Some(RoleClass::Honorific | RoleClass::Modifier) => {}
                Some(_) => put(&mut offices, office(&lower).to_owned()),
                None if word.starts_with(char::is_uppercase) => put(&mut of, lower),
                None => {}
            }
        }
        // Who was it once may be something else now.
        if role
            .split_whitespace()
            .any(|word| matches!(word.to_lowercase().as_str(), "former" | "ex" | "then"))
        {
            offices.clear();
        }
        Self { offices, of }
    }
}

/// How likely two persons' names are one voice's.
pub(super) fn compare((a, one): (&Profile, &Parts), b: &Profile) -> Match {
    let other = parts(&b.name);
    if one.family.folded.is_empty() || other.family.folded.is_empty() {
        let same = a.name == b.name;
        return Match { same: if same { 0.5 } else { 0.05 }, reason: Reason::OtherFamilyName };
    }
    let context = context(a, b);
    let by_name = by_name(one, &other, &context);
    match (&one.suffix, &other.suffix) {
        (Some(first), Some(second)) if first != second => {
            return Match { same: by_name.same.min(0.02), reason: Reason::OtherSuffix };
        }
        (Some(_), None) | (None, Some(_)) if by_name.same > 0.5 => {
            let same = if context.supports() { by_name.same.min(0.92) } else { by_name.same.min(0.7) };
            return Match { same, reason: Reason::SuffixLeftOut };
        }
        _ => {}
    }
    if context.odds && by_name.same > 0.3 {
        let same = if by_name.reason == Reason::SameName { 0.5 } else { 0.15 };
        return Match { same: by_name.same.min(same), reason: Reason::RolesAtOdds };
    }
    by_name
}

fn told(same: f32, reason: Reason) -> Match {
    Match { same, reason }
}

fn by_name(one: &Parts, other: &Parts, context: &Context) -> Match {
    if one.given.is_empty() || other.given.is_empty() {
        return short(one, other, context);
    }
    let family = fit_family(&one.family, &other.family);
    // "Kim Sol-mi" and "Kim Sol Mi", but not "Ann Elund" and "Anne Lund".
    if family != Fit::Same && one.together() == other.together() {
        let others: Vec<String> = other.ends().collect();
        if one.ends().any(|end| others.contains(&end)) {
            return told(0.96, Reason::Spelling);
        }
    }
    let family = match family {
        Fit::Same | Fit::Sounds => family,
        _ if part_of_family(one, other) => {
            let given = fit_given(&one.given[0], &other.given[0]);
            let fits = matches!(given, Fit::Same | Fit::Sounds | Fit::Nick);
            let same = match (fits, context.supports()) {
                (true, true) => 0.93,
                (true, false) => 0.75,
                _ => 0.05,
            };
            return told(same, Reason::PartOfFamilyName);
        }
        Fit::Slip => Fit::Slip,
        _ => {
            let mut words: Vec<&str> =
                one.given.iter().chain([&one.family]).map(|word| word.sounded.as_str()).collect();
            let mut others: Vec<&str> =
                other.given.iter().chain([&other.family]).map(|word| word.sounded.as_str()).collect();
            words.sort_unstable();
            others.sort_unstable();
            return if words == others {
                told(0.92, Reason::NameOrder)
            } else {
                told(0.01, Reason::OtherFamilyName)
            };
        }
    };
    let (mut given, mut reason) = given_names(one, other);
    if family == Fit::Slip {
        // Two people can bear such names; what stands beside them must agree.
        let same = match given {
            _ if given < 0.93 => 0.03,
            _ if context.weight() >= 3 || context.roles > 0 && context.strongly() => 0.92,
            _ if context.supports() => 0.6,
            _ => 0.15,
        };
        return told(same, if same > 0.5 { Reason::Slip } else { Reason::OtherFamilyName });
    }
    if given > 0.2 && given < 0.9 {
        // What the names leave open, the pages may tell.
        if context.strongly() && reason != Reason::Slip || reason == Reason::Slip && context.roles > 0 {
            given = given.max(0.93);
        } else if context.supports() {
            given = (given + 0.12).min(0.93);
        }
    }
    if family == Fit::Sounds && given > 0.5 {
        given = (given - 0.02).min(0.95);
        if matches!(reason, Reason::SameName | Reason::MiddleName) {
            let accents = |word: &Word| !word.written.is_ascii();
            let spelt = accents(&one.family) || accents(&other.family);
            reason = if spelt { Reason::Spelling } else { Reason::Transliteration };
        }
    }
    told(given, reason)
}

/// A double family name, and one of its halves or both written apart.
fn part_of_family(one: &Parts, other: &Parts) -> bool {
    let part = |double: &Parts, single: &Parts| {
        double.halves.iter().any(|half| half.folded.len() > 2 && half.sounded == single.family.sounded)
            || double.halves.is_empty()
                && double.given.len() > 1
                && double
                    .given
                    .last()
                    .is_some_and(|last| !last.initial() && last.sounded == single.family.sounded)
                && double.given[0].sounded == single.given[0].sounded
    };
    part(one, other) || part(other, one)
}

/// What the given names tell, where the family names go together.
fn given_names(one: &Parts, other: &Parts) -> (f32, Reason) {
    let joined = |parts: &Parts| parts.given.iter().map(|word| word.folded.as_str()).collect::<String>();
    let (first, second) = (&one.given[0], &other.given[0]);
    let whole = one.given.len() == other.given.len()
        && one.given.iter().zip(&other.given).all(|(a, b)| a.folded == b.folded);
    if whole {
        let initials = one.given.iter().all(Word::initial);
        return if initials { (0.8, Reason::Initial) } else { (0.97, Reason::SameName) };
    }
    let called = |parts: &Parts, with: &Word| {
        parts
            .called
            .as_ref()
            .is_some_and(|called| matches!(fit_given(called, with), Fit::Same | Fit::Nick | Fit::Sounds))
    };
    if called(one, second) || called(other, first) {
        return (0.95, Reason::Nickname);
    }
    if joined(one) == joined(other) {
        return (0.95, Reason::Spelling);
    }
    let fit = fit_given(first, second);
    // "J. Robert Lund" and "Robert Lund": the name that is used is the second.
    if matches!(fit, Fit::Other | Fit::Initial) {
        let used = |long: &Parts, short: &Word| {
            long.given.len() > 1
                && !short.initial()
                && long.given[1..]
                    .iter()
                    .any(|middle| matches!(fit_given(middle, short), Fit::Same | Fit::Nick))
        };
        if used(one, second) || used(other, first) {
            return (if fit == Fit::Initial { 0.93 } else { 0.88 }, Reason::MiddleName);
        }
    }
    let (mut same, mut reason) = match fit {
        Fit::Same => (0.96, Reason::MiddleName),
        Fit::Sounds if !first.written.is_ascii() || !second.written.is_ascii() => (0.95, Reason::Spelling),
        Fit::Sounds => (0.95, Reason::Transliteration),
        Fit::Nick => (0.93, Reason::Nickname),
        Fit::Initial => (0.72, Reason::Initial),
        Fit::Slip => (0.7, Reason::Slip),
        Fit::Other => return (0.02, Reason::OtherGivenName),
    };
    if one.given.len() > 1 && other.given.len() > 1 {
        let agree = match fit_given(&one.given[1], &other.given[1]) {
            Fit::Same => true,
            Fit::Other => return (0.1, Reason::OtherMiddleName),
            _ => false,
        };
        if agree && same < 0.9 {
            same = 0.93;
        }
        if reason == Reason::MiddleName {
            reason = if agree { Reason::MiddleName } else { Reason::Initial };
        }
    }
    (same, reason)
}

/// A name of one word: as much as the pages tell.
fn short(one: &Parts, other: &Parts, context: &Context) -> Match {
    let both = one.given.is_empty() && other.given.is_empty();
    let (short, full) = if one.given.is_empty() { (one, other) } else { (other, one) };
    let family = fit_family(&short.family, &full.family);
    let half = full.halves.iter().chain(&short.halves).any(|half| {
        half.folded.len() > 2 && (half.sounded == short.family.sounded || half.sounded == full.family.sounded)
    });
    let given = full.given.first().is_some_and(|given| given.folded == short.family.folded);
    let (base, close) = match family {
        Fit::Same => (0.5, true),
        Fit::Sounds => (0.45, true),
        _ if half => (0.4, true),
        Fit::Slip => (0.1, false),
        _ if given => (0.3, true),
        _ => return told(0.01, Reason::OtherFamilyName),
    };
    let odds = context.odds;
    let mut same: f32 = base + if both { 0.1 } else { 0.0 };
    if close {
        same += [0.0, 0.2, 0.4, 0.45][context.weight().min(3)];
        same += if context.close(3) { 0.1 } else { 0.0 } + if context.outlet { 0.02 } else { 0.0 };
    }
    let same = if odds { 0.1 } else { same.clamp(0.02, 0.95) };
    told(same, Reason::ShortName)
}

/// What two pages tell beside the names.
#[derive(Debug, Default)]
struct Context {
    /// How many words of offices and trades both have.
    roles: usize,
    /// A place that stands in roles of both.
    place: bool,
    /// Roles that one person hardly has at once.
    odds: bool,
    /// Persons that both name.
    beside: usize,
    /// Days between them, where both are dated.
    days: Option<i32>,
    outlet: bool,
}

impl Context {
    fn close(&self, days: i32) -> bool {
        self.days.is_some_and(|apart| apart <= days)
    }

    /// How much tells that the pages are of one person.
    fn weight(&self) -> usize {
        let told = self.roles.min(2) + usize::from(self.place) + self.beside.min(2);
        let near = told > 0 && self.close(60);
        if self.odds { 0 } else { told + usize::from(near) }
    }

    /// Something tells it.
    fn supports(&self) -> bool {
        self.weight() >= 1
    }

    /// More than one thing tells it.
    fn strongly(&self) -> bool {
        self.weight() >= 2
    }
}

fn context(a: &Profile, b: &Profile) -> Context {
    let days = match (a.days, b.days) {
        (Some(a), Some(b)) => Some(a.0.saturating_sub(b.1).max(b.0.saturating_sub(a.1)).max(0)),
        _ => None,
    };
    let ends = |profile: &Profile| {
        let mut ends: Vec<String> =
            profile.beside.iter().take(CONTEXT).map(|name| name.to_lowercase()).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    };
    let (one, other) = (ends(a), ends(b));
    let full = |name: &&String| name.contains(' ') && other.binary_search(*name).is_ok();
    let beside = one.iter().filter(full).count();
    // Roles tell something only where both have some.
    let told = !a.roles.is_empty() && !b.roles.is_empty();
    let (one, other) = if told { (offices(&a.roles), offices(&b.roles)) } else { Default::default() };
    let roles = one.words.iter().filter(|word| other.words.contains(word)).count();
    let place = one.places.iter().any(|place| other.places.contains(place));
    let apart = |one: &[String], other: &[String]| {
        !one.is_empty() && !other.is_empty() && one.iter().all(|word| !other.contains(word))
    };
    // The same office of two places, close in time.
    let odds = roles > 0 && apart(&one.places, &other.places) && days.is_none_or(|days| days < 2000);
    let outlet = a.outlets.iter().take(CONTEXT).any(|outlet| b.outlets.contains(outlet));
    Context { roles, place, odds, beside, days, outlet }
}

/// What roles tell: offices and trades, and places.
#[derive(Debug, Default)]
struct Offices {
    words: Vec<String>,
    places: Vec<String>,
}

fn offices(roles: &[String]) -> Offices {
    let mut found = Offices::default();
    for role in roles.iter().take(CONTEXT) {
        let pieces: Vec<&str> =
            role.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).take(12).collect();
        let mut at = 0;
        while at < pieces.len() {
            if let Some((length, known)) = words::known_name(pieces[at..].iter().copied())
                && known != Known::Organisation
            {
                let place = super::organisations::place(&pieces[at..at + length].join(" "));
                if !matches!(place.as_str(), "united states" | "washington" | "us" | "u s") {
                    put(&mut found.places, place);
                }
                at += length;
                continue;
            }
            let lower = pieces[at].to_lowercase();
            if words::role(&lower).is_some_and(|role| role.class != RoleClass::Honorific)
                && !matches!(lower.as_str(), "former" | "then" | "senior" | "president")
            {
                put(&mut found.words, office(&lower).to_owned());
            }
            at += 1;
        }
    }
    found
}

/// Puts in a word once.
fn put(list: &mut Vec<String>, word: String) {
    if list.len() < OFFICES && !list.contains(&word) {
        list.push(word);
    }
}

/// The short forms of titles as the words that they stand for.
fn office(lower: &str) -> &str {
    match lower {
        "sen" => "senator",
        "rep" | "congressman" | "congresswoman" | "congressperson" => "representative",
        "gov" => "governor",
        "gen" => "general",
        "prof" => "professor",
        "pres" => "president",
        "spokesman" | "spokeswoman" => "spokesperson",
        "chairman" | "chairwoman" | "chairperson" => "chair",
        "lt" => "lieutenant",
        "sgt" => "sergeant",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Profile, Reason, Verdict, blocking_keys, compare};
    use crate::SpeakerKind;

    fn check(one: &str, other: &str, verdict: Verdict, reason: Reason) {
        let of = |name: &str| Profile::named(name, SpeakerKind::Person);
        let told = compare(&of(one), &of(other));
        assert_eq!((told.verdict(), told.reason), (verdict, reason), "{one} {other} {}", told.same);
        if verdict == Verdict::One {
            let keys: Vec<String> = blocking_keys(one, SpeakerKind::Person).collect();
            // By the family name alone only those are found that are no more.
            let alone = super::is_short(one) || super::is_short(other);
            let shared = blocking_keys(other, SpeakerKind::Person)
                .any(|key| keys.contains(&key) && (alone || super::key_of_short(&key).is_none()));
            assert!(shared, "{one} {other} share no key");
        }
    }

    #[test]
    fn names_alone_tell_much() {
        check("Jane Lund", "Jane Lund", Verdict::One, Reason::SameName);
        check("Sen. Jane Lund", "Jane Lund", Verdict::One, Reason::SameName);
        check("Sergei Vetrov", "Serguei Vetroff", Verdict::One, Reason::Transliteration);
        check("Jörg Löwe", "Joerg Loewe", Verdict::One, Reason::Spelling);
        check("Bill Lund", "William Lund", Verdict::One, Reason::Nickname);
        check("Jane Q. Lund", "Jane Lund", Verdict::One, Reason::MiddleName);
        check("Kim Sol-mi", "Kim Sol Mi", Verdict::One, Reason::Spelling);
        check("Vardi Peter", "Peter Vardi", Verdict::One, Reason::NameOrder);
    }

    #[test]
    fn what_names_leave_open_stays_open() {
        check("J. K. Lund", "Jane Lund", Verdict::Doubtful, Reason::Initial);
        check("Lund", "Jane Lund", Verdict::Doubtful, Reason::ShortName);
        check("Jane Lund Jr.", "Jane Lund", Verdict::Doubtful, Reason::SuffixLeftOut);
    }

    #[test]
    fn names_keep_people_apart() {
        check("Jane Lund", "Mary Lund", Verdict::Two, Reason::OtherGivenName);
        check("Jane Lund", "Jane Vetter", Verdict::Two, Reason::OtherFamilyName);
        check("Peter Lund Jr.", "Peter Lund Sr.", Verdict::Two, Reason::OtherSuffix);
        check("Peter A. Lund", "Peter B. Lund", Verdict::Two, Reason::OtherMiddleName);
        check("Mark Calder", "Mark Caldes", Verdict::Two, Reason::OtherFamilyName);
    }

    #[test]
    fn roles_of_two_people_are_told() {
        use super::super::at_odds;
        assert!(at_odds("mayor of Morvenec", "goalkeeper of Sundvik"));
        assert!(at_odds("the Morvenec mayor", "Sundvik striker"));
        for (one, other) in [
            ("mayor of Morvenec", "mayor"),
            ("mayor of Morvenec", "goalkeeper of Morvenec"),
            ("mayor of Morvenec", "former goalkeeper of Sundvik"),
            ("mayor of Morvenec", "Mayor of Morvenec"),
        ] {
            assert!(!at_odds(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_family_name_alone_is_short() {
        use super::super::is_short;
        assert!(is_short("Talvorin") && is_short("Mayor Talvorin"));
        assert!(!is_short("Andrei Talvorin") && !is_short("J. Talvorin") && !is_short("") && !is_short("…"));
    }

    #[test]
    fn the_same_office_of_two_places_is_doubtful() {
        let of = |role: &str| Profile {
            roles: vec![role.to_owned()],
            ..Profile::named("Jane Lund", SpeakerKind::Person)
        };
        let told = compare(&of("Governor of Ohio"), &of("Governor of Iowa"));
        assert_eq!((told.verdict(), told.reason), (Verdict::Doubtful, Reason::RolesAtOdds));
        let told = compare(&of("Governor of Ohio"), &of("Ohio governor"));
        assert_eq!(told.reason, Reason::SameName);
    }
}

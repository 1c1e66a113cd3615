//! The word tables of `words/`, embedded and parsed once.
//!
//! A table is tab-separated text: lines that begin with `#` are comments (the first names source and licence), a
//! row is a word and what is known of it.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::attribution::{ActClass, ActType};

/// The rows of a table, cut at the tabs.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// What each word of a table is, by what its second column says; rows of which that is not known are left out.
fn classed<T>(table: &'static str, known: impl Fn(&str) -> Option<T>) -> HashMap<&'static str, T> {
    rows(table).filter_map(|row| Some((row[0], known(row.get(1)?)?))).collect()
}

/// How an abbreviation behaves at the end of what could be a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name: never ends a sentence.
    Title,
    /// Ends no sentence before a digit.
    Number,
    /// Ends no sentence before a digit or a word that does not open sentences.
    Month,
    /// Ends a sentence only before a word that opens sentences.
    Any,
    /// Ends no sentence.
    Never,
}

/// The class of an abbreviation, given without its last full stop.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    static TABLE: OnceLock<HashMap<&str, Abbreviation>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            classed(include_str!("../words/abbreviations.tsv"), |class| match class {
                "title" => Some(Abbreviation::Title),
                "number" => Some(Abbreviation::Number),
                "month" => Some(Abbreviation::Month),
                "any" => Some(Abbreviation::Any),
                "never" => Some(Abbreviation::Never),
                _ => None,
            })
        })
        .get(word)
        .copied()
}

/// What the words that report tell of the act that they report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    pub r#type: ActType,
    /// It can hardly mean anything but speech before a clause.
    pub clause: bool,
    /// Said of a court it is a ruling.
    pub rules: bool,
    /// Said of a text or a picture it is a finding.
    pub shows: bool,
    /// Where most of the content stands in quotation marks, it is a statement.
    pub weak: bool,
    /// A word behind it tells what was done with the words.
    pub light: bool,
    /// It gives somebody a name, good or bad.
    pub names: bool,
    /// The content is denied.
    pub denies: bool,
    /// Nothing is said.
    pub silent: bool,
    /// Where words are refused, nothing is said.
    pub refuses: bool,
    /// The content is asked.
    pub asks: bool,
}

impl Cue {
    /// The class that its type belongs to.
    pub fn class(self) -> ActClass {
        self.r#type.class()
    }
}

/// The most words that a row of the table of cues has.
pub(crate) const CUE_WORDS: usize = 4;

/// What words of a cue tell, in lower case with single spaces between; any form of them.
pub(crate) fn cue(words: &str) -> Option<Cue> {
    static TABLE: OnceLock<HashMap<String, Cue>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            let mut table = HashMap::new();
            for (words, cue) in cues() {
                table.entry(words).or_insert(cue);
            }
            table
        })
        .get(words)
        .copied()
}

/// The rows of the table of cues, each form by itself.
fn cues() -> Vec<(String, Cue)> {
    let table: Vec<_> = rows(include_str!("../words/cues.tsv")).collect();
    let given: HashMap<&str, &str> = table
        .iter()
        .filter(|row| row.get(1) == Some(&"verb"))
        .filter_map(|row| Some((row[0], *row.get(4)?)))
        .collect();
    let mut cues = Vec::new();
    for row in &table {
        let Some(r#type) = ActType::ALL.into_iter().find(|one| row.get(2) == Some(&one.name())) else {
            continue;
        };
        let marked = |mark: &str| row.get(3).is_some_and(|marks| marks.split(' ').any(|one| one == mark));
        let cue = Cue {
            r#type,
            clause: marked("clause"),
            rules: marked("rules"),
            shows: marked("shows"),
            weak: marked("weak"),
            light: marked("light"),
            names: marked("names"),
            denies: marked("denies"),
            silent: marked("silent"),
            refuses: marked("refuses"),
            asks: marked("asks"),
        };
        cues.push((row[0].to_owned(), cue));
        match row.get(1) {
            Some(&"verb") => {
                let (verb, rest) =
                    row[0].split_once(' ').map_or((row[0], None), |(verb, rest)| (verb, Some(rest)));
                let forms = match given.get(verb) {
                    Some(forms) => forms.split(',').map(str::to_owned).collect(),
                    None => Vec::from(regular_forms(verb)),
                };
                let whole = |form: String| rest.map_or(form.clone(), |rest| format!("{form} {rest}"));
                cues.extend(forms.into_iter().map(|form| (whole(form), cue)));
            }
            Some(&"noun") => cues.push((with_s(row[0]), cue)),
            _ => {}
        }
    }
    cues
}

/// A word with the s of the plural or of the third person.
fn with_s(word: &str) -> String {
    match word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        None => format!("{word}s"),
    }
}

/// The forms of a regular verb, itself left out.
pub(crate) fn regular_forms(verb: &str) -> [String; 3] {
    let silent = verb.strip_suffix('e');
    let past = match (silent, verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))) {
        (Some(_), _) => format!("{verb}d"),
        (_, Some(stem)) => format!("{stem}ied"),
        _ => format!("{verb}ed"),
    };
    let ing = match silent.filter(|stem| !stem.ends_with(['e', 'o'])) {
        Some(stem) => format!("{stem}ing"),
        None => format!("{verb}ing"),
    };
    [with_s(verb), past, ing]
}

/// Whether a word, in lower case, is a form of a verb that reports speech and can hardly mean anything else before a
/// clause.
pub(crate) fn reports_speech(word: &str) -> bool {
    cue(word).is_some_and(|cue| cue.clause)
}

/// Whether a word in lower case, said of somebody, is blame (`false`) or praise (`true`).
pub(crate) fn praises(lower: &str) -> Option<bool> {
    static TABLE: OnceLock<HashMap<&str, bool>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            rows(include_str!("../words/judgements.tsv"))
                .filter_map(|row| Some((row[0], *row.get(1)? == "good")))
                .collect()
        })
        .get(lower)
        .copied()
}

/// What a source is that is no person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceNoun {
    /// A study, a count, a record.
    Document,
    /// Words or a picture: a letter, footage.
    Text,
    /// What it says holds.
    Law,
    /// Who rules.
    Court,
    /// Who rules, also before a name: "Judge Orla Finch".
    Judge,
}

/// What a noun in lower case, or its plural, names as a source.
pub(crate) fn source_noun(lower: &str) -> Option<SourceNoun> {
    static TABLE: OnceLock<HashMap<&str, SourceNoun>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        classed(include_str!("../words/source-nouns.tsv"), |what| match what {
            "document" => Some(SourceNoun::Document),
            "text" => Some(SourceNoun::Text),
            "law" => Some(SourceNoun::Law),
            "court" => Some(SourceNoun::Court),
            "judge" => Some(SourceNoun::Judge),
            _ => None,
        })
    });
    let of = |word: &str| table.get(word).copied();
    of(lower).or_else(|| of(lower.strip_suffix('s')?))
}

/// What a word is although a capital begins it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Capital {
    /// Neither a name nor a part of one.
    NoName,
    /// What somebody is called before the name.
    Abuse,
}

/// What a word is, as it is written, although a capital begins it; none where that may be a name.
pub(crate) fn capital(word: &str) -> Option<Capital> {
    static TABLE: OnceLock<HashMap<&str, Capital>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        classed(include_str!("../words/capitals.tsv"), |what| match what {
            "no-name" => Some(Capital::NoName),
            "abuse" => Some(Capital::Abuse),
            _ => None,
        })
    });
    table.get(word).copied()
}

/// Before what a word stands of which it is no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    /// A relative clause behind another.
    Clause,
    /// The words of a source.
    Source,
    /// The subject of a sentence.
    Sentence,
}

impl Lead {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "clause" => Self::Clause,
            "source" => Self::Source,
            "sentence" => Self::Sentence,
            _ => return None,
        })
    }
}

/// Whether a word, as it is written, stands before this and is no part of it.
pub(crate) fn leads(word: &str, before: Lead) -> bool {
    static TABLE: OnceLock<HashMap<&str, Vec<Lead>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        rows(include_str!("../words/leads.tsv"))
            .map(|row| {
                (
                    row[0],
                    row.get(1).into_iter().flat_map(|of| of.split(' ')).filter_map(Lead::named).collect(),
                )
            })
            .collect()
    });
    table.get(word).is_some_and(|of| of.contains(&before))
}

/// What a word, a title or a name says of gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

fn gender(letter: &str) -> Option<Gender> {
    match letter {
        "f" => Some(Gender::Female),
        "m" => Some(Gender::Male),
        _ => None,
    }
}

/// What a word is in or before a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleClass {
    /// A person by office, trade or relation: "minister".
    Role,
    /// A short form before a name: "Sen.".
    Title,
    /// A form of address before a name: "Mr.".
    Honorific,
    /// A word before a role: "former", "foreign".
    Modifier,
}

/// A row of the table of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    pub class: RoleClass,
    pub gender: Option<Gender>,
}

/// The role that a word in lower case means; not its plural.
pub(crate) fn role(lower: &str) -> Option<Role> {
    static TABLE: OnceLock<HashMap<&str, Role>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            rows(include_str!("../words/roles.tsv"))
                .filter_map(|row| {
                    let class = match *row.get(1)? {
                        "role" => RoleClass::Role,
                        "title" => RoleClass::Title,
                        "honorific" => RoleClass::Honorific,
                        "modifier" => RoleClass::Modifier,
                        _ => return None,
                    };
                    Some((row[0], Role { class, gender: gender(row.get(2).unwrap_or(&"u")) }))
                })
                .collect()
        })
        .get(lower)
        .copied()
        .or_else(|| {
            // "co-author", "ex-mayor", "then-governor".
            let (before, rest) = lower.split_once('-')?;
            matches!(before, "co" | "ex" | "then" | "vice" | "deputy" | "former" | "acting" | "sub")
                .then(|| role(rest))?
                .filter(|role| role.class == RoleClass::Role)
        })
        .or_else(|| {
            // "senator-elect", "editor-in-chief".
            let (office, behind) = lower.split_once('-')?;
            matches!(
                behind,
                "elect" | "designate" | "nominee" | "select" | "general" | "in-chief" | "at-large"
            )
            .then(|| role(office))?
            .filter(|role| role.class == RoleClass::Role)
        })
        .or_else(|| {
            let trade = ["ologist", "ographer", "writer", "keeper", "fighter", "owner"]
                .iter()
                .any(|end| lower.len() > end.len() && lower.ends_with(end));
            trade.then_some(Role { class: RoleClass::Role, gender: None })
        })
        .or_else(|| {
            // "actor-singer": two in one.
            let (one, other) = lower.split_once('-')?;
            let both = [one, other].map(|word| role(word).filter(|role| role.class == RoleClass::Role));
            both[0].and(both[1])
        })
}

/// The roles that a noun in lower case can mean beside itself, in lower case; `*` stands for anybody.
pub(crate) fn role_kin(lower: &str) -> &'static [&'static str] {
    static TABLE: OnceLock<HashMap<&str, Vec<&str>>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            rows(include_str!("../words/role-kin.tsv"))
                .filter_map(|row| Some((row[0], row.get(1)?.split(',').collect())))
                .collect()
        })
        .get(lower)
        .map_or(&[], Vec::as_slice)
}

/// The role of which a word in lower case is the plural.
pub(crate) fn plural_role(lower: &str) -> Option<Role> {
    let people = |word: &str| word == "people" || word == "leadership";
    let singular = lower
        .strip_suffix("men")
        .or(lower.strip_suffix("women"))
        .map(|stem| role(&format!("{stem}man")).or_else(|| role(&format!("{stem}woman"))));
    if let Some(role) = singular.flatten() {
        return Some(role);
    }
    if people(lower) {
        return Some(Role { class: RoleClass::Role, gender: None });
    }
    let lower = lower.strip_prefix("co-").unwrap_or(lower);
    let stem = lower.strip_suffix('s')?;
    role(stem)
        .or_else(|| role(stem.strip_suffix('e')?))
        .or_else(|| role(&format!("{}y", stem.strip_suffix("ie")?)))
        .filter(|role| role.class == RoleClass::Role)
}

/// A given name: which gender it tells, and the groups of forms that it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub gender: Option<Gender>,
    groups: Vec<u32>,
    /// The name that stands for each group.
    pub forms_of: Vec<&'static str>,
}

/// Given names, as they are spelt.
pub(crate) fn given_names() -> impl Iterator<Item = &'static str> {
    given_table().keys().copied()
}

fn given_table() -> &'static HashMap<&'static str, Given> {
    static TABLE: OnceLock<HashMap<&str, Given>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<&str, Given> = HashMap::new();
        for (group, row) in rows(include_str!("../words/given-names.tsv")).enumerate() {
            let entry = table.entry(row[0]).or_default();
            entry.gender = gender(row.get(1).unwrap_or(&"u"));
            if let Some(forms) = row.get(2) {
                for name in std::iter::once(row[0]).chain(forms.split(',')) {
                    let entry = table.entry(name).or_default();
                    entry.groups.push(group as u32);
                    entry.forms_of.push(row[0]);
                }
            }
        }
        table
    })
}

/// A given name, spelt as names are ("Sergei") or in capitals.
pub(crate) fn given(name: &str) -> Option<&'static Given> {
    let table = given_table();
    table.get(name).or_else(|| {
        let capitals = name.len() > 2 && name.chars().all(char::is_uppercase);
        let (first, rest) = name.split_at_checked(1).filter(|_| capitals)?;
        table.get(format!("{first}{}", rest.to_lowercase()).as_str())
    })
}

/// Whether two given names can be one: the same, forms of one another, or an initial of the other.
pub(crate) fn same_given(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let initial = |short: &str, long: &str| {
        let mut letters = short.chars().filter(|c| *c != '.');
        letters.next().is_some_and(|first| long.starts_with(first)) && letters.next().is_none()
    };
    if initial(one, other) || initial(other, one) {
        return true;
    }
    match (given(one), given(other)) {
        (Some(one), Some(other)) => one.groups.iter().any(|group| other.groups.contains(group)),
        _ => false,
    }
}

/// Whether a noun in lower case names an organisation.
pub(crate) fn organisation_noun(lower: &str) -> bool {
    organisation_nouns().get(lower).is_some_and(|in_names_only| !in_names_only)
}

/// Whether a word in lower case heads names of organisations, though by itself it may mean something else ("Watch").
pub(crate) fn heads_organisations(lower: &str) -> bool {
    organisation_nouns().contains_key(lower)
}

/// The nouns for organisations, and whether each is one only in a name.
fn organisation_nouns() -> &'static HashMap<&'static str, bool> {
    static TABLE: OnceLock<HashMap<&str, bool>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../words/organisation-nouns.tsv"))
            .map(|row| (row[0], row.get(1).is_some_and(|mark| *mark == "name")))
            .collect()
    })
}

/// The class of an organisation of the table, and whether it is marked as one that sells pictures.
fn organisation(name: &str) -> Option<(&'static str, bool)> {
    static TABLE: OnceLock<HashMap<&str, (&str, bool)>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            rows(include_str!("../words/organisations.tsv"))
                .filter_map(|row| Some((row[0], (*row.get(1)?, row.get(2) == Some(&"pictures")))))
                .collect()
        })
        .get(name)
        .copied()
}

/// The class of an organisation of the table: `agency`, `outlet`, `body` or `company`.
pub(crate) fn organisation_class(name: &str) -> Option<&'static str> {
    organisation(name).map(|(class, _)| class)
}

/// Whether an organisation of the table sells pictures, so that its name stands before that of whoever took one.
pub(crate) fn sells_pictures(name: &str) -> bool {
    organisation(name).is_some_and(|(_, pictures)| pictures)
}

/// What a word is that tells that a name is an outlet's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutletWord {
    /// It stands in the names of papers, magazines and stations.
    Part,
    /// A channel by its short name.
    Channel,
}

/// What a word in lower case tells of a name that has it, where it tells that it is an outlet's.
pub(crate) fn outlet_word(lower: &str) -> Option<OutletWord> {
    static TABLE: OnceLock<HashMap<&str, OutletWord>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        classed(include_str!("../words/outlet-words.tsv"), |what| match what {
            "part" => Some(OutletWord::Part),
            "channel" => Some(OutletWord::Channel),
            _ => None,
        })
    });
    table.get(lower).copied()
}

/// A country of the table of places.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Nation {
    /// Its name.
    pub name: &'static str,
    /// What belongs to it ("Russian"), and short forms of its name ("UK").
    pub forms: Vec<&'static str>,
    /// Its capital and other seats of its government.
    pub seats: Vec<&'static str>,
}

/// The country that has a name, a form or a seat of government of this spelling.
pub(crate) fn nation(name: &str) -> Option<&'static Nation> {
    static TABLE: OnceLock<(Vec<Nation>, HashMap<&str, usize>)> = OnceLock::new();
    let (nations, by_name) = TABLE.get_or_init(|| {
        let mut nations = Vec::new();
        let mut by_name = HashMap::new();
        for row in rows(include_str!("../words/places.tsv")) {
            let list = |at: usize| -> Vec<&'static str> {
                row.get(at)
                    .into_iter()
                    .flat_map(|names| names.split(','))
                    .filter(|name| !name.is_empty())
                    .collect()
            };
            let (forms, seats) = (list(1), list(2));
            for &name in [row[0]].iter().chain(&forms).chain(&seats) {
                by_name.entry(name).or_insert(nations.len());
            }
            nations.push(Nation { name: row[0], forms, seats });
        }
        (nations, by_name)
    });
    nations.get(*by_name.get(name)?)
}

/// What a name of the tables names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// A news agency, an outlet, a body of a state, a company.
    Organisation,
    /// A country, a region, a city.
    Place,
    /// A people, or what belongs to it: "Russian".
    Demonym,
}

/// Whether a word is the name of a day of the week, with its capital.
pub(crate) fn is_weekday(word: &str) -> bool {
    matches!(word, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")
}

/// Whether a word is the name of a month, with its capital.
pub(crate) fn is_month(word: &str) -> bool {
    matches!(
        word,
        "January"
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
    )
}

/// No known name has more words.
const KNOWN_WORDS: usize = 7;

/// The longest name of the tables that words begin with: how many words, and what it names. `words` gives the first
/// words of a stretch of text, as they are written.
pub(crate) fn known_name<'a>(words: impl Iterator<Item = &'a str>) -> Option<(usize, Known)> {
    static TABLE: OnceLock<HashMap<String, Known>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        let mut put = |name: &str, known| {
            if !name.is_empty() {
                table.insert(name.to_owned(), known);
            }
        };
        for row in rows(include_str!("../words/places.tsv")) {
            put(row[0], Known::Place);
            row.get(1).into_iter().flat_map(|names| names.split(',')).for_each(|name| {
                // Short forms of a country's own name stand among its demonyms, in capitals.
                let short = name.chars().all(|c| c.is_uppercase() || c == '.');
                put(name, if short { Known::Place } else { Known::Demonym });
            });
            row.get(2)
                .into_iter()
                .flat_map(|names| names.split(','))
                .for_each(|name| put(name, Known::Place));
        }
        for row in rows(include_str!("../words/organisations.tsv")) {
            put(row[0], Known::Organisation);
        }
        table
    });
    let mut name = String::new();
    let mut best = None;
    for (place, word) in words.take(KNOWN_WORDS).enumerate() {
        if place > 0 {
            name.push(' ');
        }
        name.push_str(word);
        let plural = name.strip_suffix('s').filter(|_| !table.contains_key(&name));
        if let Some(known) =
            table.get(plural.unwrap_or(&name)).filter(|known| plural.is_none() || **known == Known::Demonym)
        {
            best = Some((place + 1, *known));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_tell_two_classes() {
        let mut told: HashMap<String, ActClass> = HashMap::new();
        for (words, cue) in cues() {
            let class = cue.class();
            let count = words.split(' ').count();
            assert!((1..=CUE_WORDS).contains(&count), "`{words}` is too long to be found");
            let before = *told.entry(words.clone()).or_insert(class);
            assert_eq!(before, class, "`{words}`");
        }
    }

    #[test]
    fn every_row_of_the_table_of_cues_is_read() {
        for row in rows(include_str!("../words/cues.tsv")) {
            let r#type = row.get(2).copied().unwrap_or_default();
            let known = r#type == "-" || ActType::ALL.iter().any(|one| one.name() == r#type);
            assert!(known && ["verb", "noun", "fixed"].contains(&row[1]) && row.len() <= 5, "{row:?}");
            let marks = row.get(3).copied().unwrap_or_default().split(' ').filter(|mark| !mark.is_empty());
            for mark in marks {
                let marks = [
                    "clause", "rules", "shows", "weak", "light", "names", "denies", "silent", "refuses",
                    "asks",
                ];
                assert!(marks.contains(&mark), "{row:?}");
            }
        }
    }

    #[test]
    fn every_row_of_the_table_of_capitals_is_read() {
        for row in rows(include_str!("../words/capitals.tsv")) {
            assert!(row.len() == 2 && capital(row[0]).is_some(), "{row:?}");
            let once = rows(include_str!("../words/capitals.tsv")).filter(|other| other[0] == row[0]).count();
            assert_eq!(once, 1, "{row:?}");
        }
    }

    #[test]
    fn every_row_of_the_table_of_leads_is_read() {
        for row in rows(include_str!("../words/leads.tsv")) {
            assert!(row.len() == 2 && row[1].split(' ').all(|of| Lead::named(of).is_some()), "{row:?}");
        }
        assert!(leads("and", Lead::Clause) && leads("and", Lead::Source) && !leads("and", Lead::Sentence));
        assert!(leads("When", Lead::Sentence) && !leads("when", Lead::Sentence));
    }

    #[test]
    fn every_row_of_the_table_of_outlet_words_is_read() {
        for row in rows(include_str!("../words/outlet-words.tsv")) {
            assert!(row.len() == 2 && outlet_word(row[0]).is_some(), "{row:?}");
        }
    }

    #[test]
    fn every_form_of_a_cue_is_known() {
        let check = |words: &str, expected: Option<ActClass>| {
            assert_eq!(cue(words).map(Cue::class), expected, "{words}");
        };
        for form in ["carry", "ties", "sayed", "made", "take", "is", ""] {
            check(form, None);
        }
        for form in
            ["deny", "denies", "denied", "denying", "threaten", "argue", "arguing", "agreed", "agreeing"]
        {
            check(form, Some(ActClass::Speech));
        }
        for form in [
            "called for",
            "calling on",
            "pointed out",
            "laid out",
            "shot back",
            "promises",
            "pleas",
            "were denied",
        ] {
            check(form, Some(ActClass::Speech));
        }
        for form in ["thinks", "thought", "worried", "foresaw", "beliefs", "anxieties", "skeptical"] {
            check(form, Some(ActClass::Thought));
        }
        for form in ["planned", "sought", "aims", "decides", "decisions", "was determined"] {
            check(form, Some(ActClass::Plan));
        }
        for form in ["found", "shown", "proving", "evidence"] {
            check(form, Some(ActClass::Finding));
        }
        for form in ["ruled", "banning", "acquitted", "struck down", "verdicts", "executive orders"] {
            check(form, Some(ActClass::Order));
        }
    }

    #[test]
    fn verbs_that_report_speech_are_few() {
        let check = |word: &str, expected: bool| assert_eq!(reports_speech(word), expected, "{word}");
        for word in ["says", "told", "according", "acknowledging", "testified", "denied"] {
            check(word, true);
        }
        for word in ["thinks", "called", "asked", "plan", "ruled", "table", ""] {
            check(word, false);
        }
    }

    #[test]
    fn sources_that_are_no_person_are_known() {
        let check =
            |noun: &str, expected: Option<SourceNoun>| assert_eq!(source_noun(noun), expected, "{noun}");
        check("study", Some(SourceNoun::Document));
        check("studies", Some(SourceNoun::Document));
        check("polls", Some(SourceNoun::Document));
        check("letters", Some(SourceNoun::Text));
        check("statute", Some(SourceNoun::Law));
        check("courts", Some(SourceNoun::Court));
        check("judge", Some(SourceNoun::Judge));
        check("minister", None);
        check("s", None);
    }
}

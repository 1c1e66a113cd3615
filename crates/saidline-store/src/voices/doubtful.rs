//! What is most worth a look: pairs of names that may be one voice's, and names that seem to be several people's.
//!
//! A pair is worth the more the more reports hang on it, the nearer it is to being joined without a person, and if what the pages
//! tell of the two speaks for one and for two at once. What a person has decided is not asked again.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};
use saidline::SpeakerKind;
use saidline::voices::{Profile, Reason, SURE, at_odds, compare};

use super::decided::{VoiceName, named, reason_in_words, wishes};
use super::imported;
use crate::error::StoreError;
use crate::open::Store;
use crate::{heard, roles, rows};

/// Two names of which a person should say whether they are one voice's.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtfulPair {
    /// The first name, with the id by which it is named and in how many reports it speaks.
    pub a: (VoiceName, String, usize),
    /// The other.
    pub b: (VoiceName, String, usize),
    /// How likely they are one voice's by their names, 0 to 1.
    pub chance: f64,
    /// The reason's name in data.
    pub reason: String,
    /// What the pages tell that speaks for one voice, in words for people.
    pub for_one: Vec<String>,
    /// What speaks for two.
    pub for_two: Vec<String>,
}

/// A name of which a person should say whether it is one voice's.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtfulName {
    /// The name, with the id by which it is named and in how many reports it speaks.
    pub name: (VoiceName, String, usize),
    /// The reason's name in data: `roles-at-odds`, or `several-people` of whom a table of people has the name.
    pub reason: String,
    /// The roles that are at odds, the one that it has less often last; or the identifiers of the people.
    pub between: Vec<String>,
    /// In how many of its reports it has the last of these roles; of several people in all.
    pub hang: usize,
}

impl DoubtfulName {
    /// Why it is doubtful, in words for people.
    pub fn in_words(&self) -> String {
        let between = listed(&self.between);
        match self.reason.as_str() {
            SEVERAL => format!("several people have the name who were imported: {between}"),
            reason => format!("{}: {between}", reason_in_words(reason)),
        }
    }
}

/// The reason's name in data where several people have a name who were imported.
const SEVERAL: &str = "several-people";

/// What a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubtful {
    /// Whether two names are one voice's.
    Pair(DoubtfulPair),
    /// Whether one name is one voice's.
    Name(DoubtfulName),
}

impl Doubtful {
    /// Why it is doubtful, in words for people.
    pub fn in_words(&self) -> String {
        match self {
            Self::Pair(pair) => pair.in_words(),
            Self::Name(name) => name.in_words(),
        }
    }

    /// How much it is worth a look.
    fn worth(&self) -> f64 {
        match self {
            Self::Pair(pair) => {
                let conflict = !pair.for_one.is_empty() && !pair.for_two.is_empty();
                by_numbers(self.heard(), pair.chance) * if conflict { CONFLICT } else { 1.0 }
            }
            // One voice by its name, several by what is told of it.
            Self::Name(_) => by_numbers(self.heard(), f64::from(SURE)) * CONFLICT,
        }
    }

    /// What is heard of it: in how many reports the name that is heard less, or the role, and the other.
    fn heard(&self) -> Heard {
        match self {
            Self::Pair(pair) => (pair.a.2.min(pair.b.2), pair.a.2.max(pair.b.2)),
            Self::Name(name) => (name.hang, name.name.2),
        }
    }

    /// The names that it is about.
    fn names(&self) -> (&VoiceName, &VoiceName) {
        match self {
            Self::Pair(pair) => (&pair.a.0, &pair.b.0),
            Self::Name(name) => (&name.name.0, &name.name.0),
        }
    }

    /// What is most worth a look comes first; of equals what is heard most, then the first in the alphabet.
    fn before(&self, other: &Self) -> Ordering {
        let worth = other.worth().total_cmp(&self.worth());
        worth.then_with(|| other.heard().cmp(&self.heard())).then_with(|| self.names().cmp(&other.names()))
    }
}

impl DoubtfulPair {
    /// Why it is doubtful, in words for people.
    pub fn in_words(&self) -> String {
        let mut words = reason_in_words(&self.reason);
        if self.chance >= f64::from(SURE) {
            words.push_str("; but there are others of whom that holds, and who are not one voice");
        }
        for (what, told) in [("one", &self.for_one), ("two", &self.for_two)] {
            if !told.is_empty() {
                words.push_str(&format!("; for {what}: {}", told.join(", ")));
            }
        }
        words
    }
}

/// In how many reports the name of a pair that is heard less speaks, and the other.
type Heard = (usize, usize);

/// How much more a pair is worth a look of which what is told speaks for one and for two.
const CONFLICT: f64 = 1.5;

/// How much a pair is worth a look by the numbers alone: ten times as many reports are worth about three times as much, and one that
/// is nearly sure to be one, or would be but for others, three times as much as one that hardly is.
fn by_numbers((fewer, _): Heard, chance: f64) -> f64 {
    let near = 1.0 - (f64::from(SURE) - chance).max(0.0);
    (1.0 + fewer as f64).ln() * near
}

/// Words in backticks with commas between.
fn listed(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

impl Store {
    /// What is most worth a look, and how much is doubtful in all: pairs of names, one of each two voices, and among them names that
    /// seem to be several people's. First comes on what most reports hang, what is nearest to being sure, and of what the roles,
    /// outlets and dates tell this and that. Pairs of whose voices a person has said that they are one or two are not among them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn doubtful_voices(&self, limit: usize) -> Result<(usize, Vec<Doubtful>), StoreError> {
        doubtful(&self.connection, limit).map_err(|error| self.failed(error))
    }
}

fn doubtful(connection: &Connection, limit: usize) -> rusqlite::Result<(usize, Vec<Doubtful>)> {
    let transaction = connection.unchecked_transaction()?;
    let counts: HashMap<i64, usize> = heard::counts(&transaction)?.into_iter().collect();
    let count = |nr: i64| counts.get(&nr).copied().unwrap_or_default();
    let of = |nr: i64| -> rusqlite::Result<_> {
        let id = transaction
            .prepare_cached("SELECT id FROM voice WHERE nr = ?1")?
            .query_row([nr], |row| row.get::<_, String>(0))?;
        Ok((named(&transaction, nr)?, id, count(nr)))
    };
    let mut found = Vec::new();
    for Odd { nr, reason, between, hang } in names(&transaction)? {
        if count(nr) > 0 {
            let (name, hang) = (of(nr)?, hang.unwrap_or(count(nr)));
            found.push(Doubtful::Name(DoubtfulName { name, reason: reason.to_owned(), between, hang }));
        }
    }
    let pairs = pairs(&transaction, count)?;
    let total = pairs.len() + found.len();
    found.sort_by(Doubtful::before);
    for Pair { heard, a, b, chance, reason, .. } in pairs {
        // What comes now is worth less than the last that is wanted, whatever is told of it.
        let last = limit.checked_sub(1).and_then(|last| found.get(last));
        if last.is_some_and(|last| last.worth() > by_numbers(heard, chance) * CONFLICT) {
            break;
        }
        let ((one, other), (mut a, mut b)) = ((of(a)?, of(b)?), (a, b));
        let is_first = (one.2, &other.0) >= (other.2, &one.0);
        if !is_first {
            std::mem::swap(&mut a, &mut b);
        }
        let Told { for_one, for_two } = told(&transaction, a, b)?;
        let (a, b) = if is_first { (one, other) } else { (other, one) };
        let pair = Doubtful::Pair(DoubtfulPair { a, b, chance, reason, for_one, for_two });
        let at = found.partition_point(|other| other.before(&pair) == Ordering::Less);
        found.insert(at, pair);
    }
    found.truncate(limit);
    Ok((total, found))
}

/// Two names, by their rows, that may be one voice's.
struct Pair {
    heard: Heard,
    a: i64,
    b: i64,
    chance: f64,
    reason: String,
}

impl Pair {
    /// By the numbers alone, what is worth most first.
    fn before(&self, other: &Self) -> Ordering {
        let worth = |pair: &Self| by_numbers(pair.heard, pair.chance);
        worth(other).total_cmp(&worth(self)).then_with(|| other.heard.cmp(&self.heard))
    }
}

/// Of each two voices the pair of names that is worth most by the numbers, these first; none of which a person has said anything.
fn pairs(connection: &Connection, count: impl Fn(i64) -> usize) -> rusqlite::Result<Vec<Pair>> {
    let decided = decided(connection)?;
    let mut best: HashMap<(i64, i64), Pair> = HashMap::new();
    let mut select = connection.prepare(
        "SELECT j.a, j.b, j.chance, j.reason, coalesce(a.head, a.nr), coalesce(b.head, b.nr) FROM voice_join AS j \
         JOIN voice AS a ON a.nr = j.a JOIN voice AS b ON b.nr = j.b \
         WHERE j.doubt AND coalesce(a.head, a.nr) <> coalesce(b.head, b.nr)",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (a, b): (i64, i64) = (row.get(0)?, row.get(1)?);
        let voices: (i64, i64) = (row.get(4)?, row.get(5)?);
        let voices = (voices.0.min(voices.1), voices.0.max(voices.1));
        let heard = (count(a).min(count(b)), count(a).max(count(b)));
        if heard.0 == 0 || decided.contains(&voices) {
            continue;
        }
        let pair = Pair { heard, a, b, chance: row.get(2)?, reason: row.get(3)? };
        let better = match best.get(&voices) {
            None => true,
            Some(other) => match pair.before(other) {
                Ordering::Equal => name_pair(connection, &pair)? < name_pair(connection, other)?,
                order => order == Ordering::Less,
            },
        };
        if better {
            best.insert(voices, pair);
        }
    }
    let mut pairs: Vec<Pair> = best.into_values().collect();
    pairs.sort_by(Pair::before);
    Ok(pairs)
}

fn name_pair(connection: &Connection, pair: &Pair) -> rusqlite::Result<(VoiceName, VoiceName)> {
    let (a, b) = (named(connection, pair.a)?, named(connection, pair.b)?);
    Ok(if a < b { (a, b) } else { (b, a) })
}

/// The voices of which a person has said that they are one or two, by the rows of the names that stand for them.
fn decided(connection: &Connection) -> rusqlite::Result<HashSet<(i64, i64)>> {
    let mut head =
        connection.prepare_cached("SELECT coalesce(head, nr) FROM voice WHERE name = ?1 AND kind = ?2")?;
    let mut head =
        |(name, kind): &(String, String)| head.query_row([name, kind], |row| row.get::<_, i64>(0)).optional();
    let mut decided = HashSet::new();
    for wish in wishes(connection)?.iter().filter(|wish| !wish.renames()) {
        if let (Some(a), Some(b)) = (head(&wish.a)?, head(&wish.b)?) {
            decided.insert((a.min(b), a.max(b)));
        }
    }
    Ok(decided)
}

/// What the pages tell of two names, in words for people.
#[derive(Default)]
struct Told {
    for_one: Vec<String>,
    for_two: Vec<String>,
}

/// Of so many of the roles of a name, those on most pages, it is looked whether they agree.
const ROLES: i64 = 12;

/// From so many outlets of either on it tells something that no outlet has both names.
const OUTLETS: usize = 3;

/// So many years between the last report of one and the first of the other tell something.
const YEARS: i32 = 5;

fn told(connection: &Connection, a: i64, b: i64) -> rusqlite::Result<Told> {
    let mut told = Told::default();
    let values = |nr: i64, what: &str, most: i64| -> rusqlite::Result<Vec<String>> {
        connection
            .prepare_cached(
                "SELECT value FROM voice_told WHERE voice = ?1 AND what = ?2 ORDER BY documents DESC, value LIMIT ?3",
            )?
            .query_map(params![nr, what, most], |row| row.get(0))?
            .collect()
    };
    let (ours, theirs) = (values(a, "role", ROLES)?, values(b, "role", ROLES)?);
    let both = || ours.iter().flat_map(|one| theirs.iter().map(move |other| (one, other)));
    if let Some((one, other)) = both().find(|(one, other)| roles::agree(one, other)) {
        let role = if one.len() >= other.len() { one } else { other };
        told.for_one.push(format!("both are called `{role}`"));
    }
    if let Some((one, other)) = both().find(|(one, other)| are_of_two(one, other)) {
        told.for_two.push(format!("one is called `{one}`, the other `{other}`"));
    }
    let (ours, theirs) = (values(a, "outlet", -1)?, values(b, "outlet", -1)?);
    let theirs_too: Vec<&String> = ours.iter().filter(|outlet| theirs.contains(outlet)).collect();
    match theirs_too.as_slice() {
        [] if ours.len() >= OUTLETS && theirs.len() >= OUTLETS => {
            told.for_two.push("no outlet has both".to_owned());
        }
        [] => {}
        [outlet] => told.for_one.push(format!("`{}` has both", outlet_name(connection, outlet)?)),
        several => told.for_one.push(format!("{} outlets have both", several.len())),
    }
    // A page that has two names of persons tells them apart; of an organisation it gives the short one behind the long one.
    if named(connection, a)?.kind == SpeakerKind::Person.name() {
        match pages_of_both(connection, a, b)? {
            0 => {}
            1 => told.for_two.push("both speak on 1 page".to_owned()),
            pages => told.for_two.push(format!("both speak on {pages} pages")),
        }
    }
    if let (Some(ours), Some(theirs)) = (years(connection, a)?, years(connection, b)?) {
        let (first, last) = if ours <= theirs { (ours, theirs) } else { (theirs, ours) };
        if last.0 - first.1 > YEARS {
            told.for_two.push(format!("one is heard until {}, the other from {} on", first.1, last.0));
        }
    }
    Ok(told)
}

/// Whether two roles hardly are one person's: other offices of other places, or one office of two places.
fn are_of_two(one: &str, other: &str) -> bool {
    // The name is the same, so that the roles alone tell.
    let of = |role: &str| Profile {
        roles: vec![role.to_owned()],
        ..Profile::named("Jane Lund", SpeakerKind::Person)
    };
    at_odds(one, other) || compare(&of(one), &of(other)).reason == Reason::RolesAtOdds
}

fn outlet_name(connection: &Connection, outlet: &str) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT name FROM outlet WHERE nr = CAST(?1 AS INTEGER)")?
        .query_row([outlet], |row| row.get(0))
}

/// On how many pages that count both names speak.
fn pages_of_both(connection: &Connection, a: i64, b: i64) -> rusqlite::Result<usize> {
    let documents = |nr: i64| -> rusqlite::Result<BTreeSet<i64>> {
        connection
            .prepare_cached(
                "SELECT DISTINCT d.nr FROM speaker AS s CROSS JOIN attribution AS a ON a.nr = s.attribution \
                 CROSS JOIN document AS d ON d.nr = a.document WHERE s.voice = ?1 AND d.shown AND NOT a.rejected",
            )?
            .query_map([nr], |row| row.get(0))?
            .collect()
    };
    Ok(documents(a)?.intersection(&documents(b)?).count())
}

/// The years of the first and of the last report of a name.
fn years(connection: &Connection, nr: i64) -> rusqlite::Result<Option<(i32, i32)>> {
    let (first, last): (Option<String>, Option<String>) = connection
        .prepare_cached(
            "SELECT min(a.date), max(a.date) FROM speaker AS s CROSS JOIN attribution AS a ON a.nr = s.attribution \
             CROSS JOIN document AS d ON d.nr = a.document WHERE s.voice = ?1 AND d.shown AND NOT a.rejected",
        )?
        .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let year = |date: Option<String>| date?.get(..4)?.parse().ok();
    Ok(year(first).zip(year(last)))
}

/// A name, by its row, that seems to be several people's.
struct Odd {
    nr: i64,
    reason: &'static str,
    between: Vec<String>,
    /// On how many of its reports it hangs; none where on all.
    hang: Option<usize>,
}

/// The names that seem to be several people's.
fn names(connection: &Connection) -> rusqlite::Result<Vec<Odd>> {
    let several = imported::unsettled(connection)?.into_iter();
    let mut found: Vec<_> =
        several.map(|(nr, between)| Odd { nr, reason: SEVERAL, between, hang: None }).collect();
    // Of the roles of a name those that are borne in the same stretch of time.
    let mut several = connection.prepare(
        "SELECT voice FROM voice_told WHERE what = 'role' GROUP BY voice HAVING count(*) > 1 ORDER BY voice",
    )?;
    let mut uses = connection.prepare_cached(
        "SELECT s.role, min(a.date), max(a.date), count(*) FROM speaker AS s JOIN attribution AS a ON a.nr = s.attribution \
         JOIN document AS d ON d.nr = a.document WHERE s.voice = ?1 AND s.role IS NOT NULL AND d.shown AND NOT a.rejected \
         GROUP BY s.role ORDER BY count(*) DESC, s.role LIMIT 12",
    )?;
    for nr in several.query_map([], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()? {
        let uses: Vec<roles::Use> = uses
            .query_map([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, rows::count(row, 3)? as u64)))?
            .collect::<rusqlite::Result<_>>()?;
        let meet = |a: &roles::Use, b: &roles::Use| {
            let begins = |of: &roles::Use, other: &roles::Use| {
                of.1.as_ref().is_none_or(|date| roles::holds((other.1.as_deref(), other.2.as_deref()), date))
            };
            begins(a, b) || begins(b, a)
        };
        let pairs = uses.iter().enumerate().flat_map(|(n, a)| uses[n + 1..].iter().map(move |b| (a, b)));
        let odd = pairs.into_iter().find(|(a, b)| meet(a, b) && at_odds(&a.0, &b.0));
        if let Some((a, b)) = odd {
            found.push(Odd {
                nr,
                reason: Reason::RolesAtOdds.name(),
                between: vec![a.0.clone(), b.0.clone()],
                hang: usize::try_from(b.3).ok(),
            });
        }
    }
    Ok(found)
}

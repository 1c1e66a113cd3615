//! Which names are one voice: pairs of names that the engine compares, and what people decide, made into voices.
//!
//! What tells is names and kinds alone, and what people decided: so neither the order nor the batches in which pages come
//! change anything. Whatever touches names marks them (`due`), and at the end of its transaction [`link`] makes anew what
//! they are part of.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, params};
use saidline::SpeakerKind;
use saidline::voices::{Match, Profile, SURE, Verdict, blocking_keys, compare};

use super::decided::{self, Wish};
use crate::rows;

/// A key that more names share than this is passed over: two names are compared only where another key agrees, too. So
/// a name is compared with so many others for each of its (eight at most) keys, however large the record is.
const MOST: i64 = 300;

/// Of so many of the names that are taken for one with a name it is looked whether they are two among themselves.
const NEIGHBOURS: usize = 64;

/// A name: what it is called and what it is.
type Name = (String, String);

/// Notes that what a name is part of must be made anew at the end of the transaction; `fresh` when it must be compared
/// with others, too.
pub(super) fn mark(connection: &Connection, nr: i64, fresh: bool) -> rusqlite::Result<()> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS voice_due (nr INTEGER PRIMARY KEY, fresh INTEGER NOT NULL)",
    )?;
    connection
        .prepare_cached(
            "INSERT INTO temp.voice_due (nr, fresh) VALUES (?1, ?2) \
             ON CONFLICT (nr) DO UPDATE SET fresh = max(fresh, excluded.fresh)",
        )?
        .execute(params![nr, fresh])?;
    Ok(())
}

/// Stores the keys of a name that is new, and marks it.
pub(super) fn appeared(
    connection: &Connection,
    nr: i64,
    (name, kind): (&str, SpeakerKind),
) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO voice_key (key, voice) VALUES (?1, ?2)")?;
    for key in blocking_keys(name, kind) {
        insert.execute(params![key, nr])?;
    }
    mark(connection, nr, true)
}

/// Marks what a name that is about to go leaves behind: those that it is one voice with or was compared with, and, where
/// a key of it was shared by one name too many, all of that key.
pub(super) fn disappears(connection: &Connection, nr: i64) -> rusqlite::Result<()> {
    let left: Vec<i64> = connection
        .prepare_cached(
            "SELECT b FROM voice_join WHERE a = ?1 UNION SELECT a FROM voice_join WHERE b = ?1 \
             UNION SELECT nr FROM voice WHERE head = (SELECT coalesce(head, nr) FROM voice WHERE nr = ?1) \
             UNION SELECT head FROM voice WHERE nr = ?1 AND head IS NOT NULL",
        )?
        .query_map([nr], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for other in left {
        mark(connection, other, false)?;
    }
    for key in keys(connection, nr)? {
        if sharing(connection, &key)? == MOST + 1 {
            for other in with_key(connection, &key)? {
                mark(connection, other, true)?;
            }
        }
    }
    Ok(())
}

/// The keys of a name.
fn keys(connection: &Connection, nr: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT key FROM voice_key WHERE voice = ?1")?
        .query_map([nr], |row| row.get(0))?
        .collect()
}

/// How many names share a key; no more than one more than [`MOST`] and one are counted.
fn sharing(connection: &Connection, key: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM voice_key WHERE key = ?1 LIMIT ?2)")?
        .query_row(params![key, MOST + 2], |row| row.get(0))
}

fn with_key(connection: &Connection, key: &str) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT voice FROM voice_key WHERE key = ?1")?
        .query_map([key], |row| row.get(0))?
        .collect()
}

/// Makes the voices anew of which names have come, gone, or been decided on since the transaction began.
pub(crate) fn link(connection: &Connection) -> rusqlite::Result<()> {
    let there = "SELECT 1 FROM temp.sqlite_schema WHERE name = 'voice_due'";
    if !connection.prepare_cached(there)?.exists([])? {
        return Ok(());
    }
    let due: Vec<(i64, bool)> = connection
        .prepare_cached("SELECT nr, fresh FROM temp.voice_due ORDER BY nr")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if due.is_empty() {
        return Ok(());
    }
    connection.execute("DELETE FROM temp.voice_due", [])?;
    let mut touched: BTreeSet<i64> = due.iter().map(|(nr, _)| *nr).collect();
    let fresh = due.into_iter().filter_map(|(nr, fresh)| fresh.then_some(nr)).collect();
    pair(connection, &fresh, &mut touched)?;
    settle(connection, touched)
}

/// Compares all names and makes all voices anew, as for a store that knew nothing of keys.
pub(crate) fn link_all(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .execute_batch("DELETE FROM voice_key; DELETE FROM voice_join; UPDATE voice SET head = NULL")?;
    let names: Vec<(i64, String, String)> = connection
        .prepare("SELECT nr, name, kind FROM voice ORDER BY nr")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, name, kind) in names {
        appeared(connection, nr, (&name, rows::speaker_kind(&kind)?))?;
    }
    link(connection)
}

/// A name of the store; none where it has gone again.
fn name_of(connection: &Connection, nr: i64) -> rusqlite::Result<Option<Name>> {
    connection
        .prepare_cached("SELECT name, kind FROM voice WHERE nr = ?1")?
        .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn compared((name, kind): &Name, (other, of_kind): &Name) -> rusqlite::Result<Match> {
    let profile = |name: &str, kind: &str| rows::speaker_kind(kind).map(|kind| Profile::named(name, kind));
    Ok(compare(&profile(name, kind)?, &profile(other, of_kind)?))
}

/// A chance as the store has it: the shortest decimal number that is this one.
fn decimal(chance: f32) -> f64 {
    chance.to_string().parse().unwrap_or_default()
}

/// Compares names with those that share a key, and writes the pairs that are one voice's, or may be.
fn pair(connection: &Connection, fresh: &BTreeSet<i64>, touched: &mut BTreeSet<i64>) -> rusqlite::Result<()> {
    let mut shared: HashMap<String, i64> = HashMap::new();
    let mut share = |connection: &Connection, key: &str| match shared.get(key) {
        Some(count) => Ok(*count),
        None => sharing(connection, key).map(|count| *shared.entry(key.to_owned()).or_insert(count)),
    };
    let mut common = BTreeSet::new();
    for nr in fresh {
        let Some(name) = name_of(connection, *nr)? else { continue };
        let mut others = BTreeSet::new();
        for key in keys(connection, *nr)? {
            match share(connection, &key)? <= MOST {
                true => others.extend(with_key(connection, &key)?),
                false => {
                    common.insert(key);
                }
            }
        }
        for other in others {
            // Of two that are fresh, the first looks at the other.
            if other == *nr || (other < *nr && fresh.contains(&other)) {
                continue;
            }
            let Some(other_name) = name_of(connection, other)?.filter(|(_, kind)| *kind == name.1) else {
                continue;
            };
            let found = compared(&name, &other_name)?;
            if found.verdict() != Verdict::Two {
                connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO voice_join (a, b, chance, reason, doubt) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![
                        other.min(*nr),
                        other.max(*nr),
                        decimal(found.same),
                        found.reason.name(),
                        found.verdict() == Verdict::Doubtful
                    ])?;
                touched.insert(other);
            }
        }
    }
    for key in common {
        let names: BTreeSet<i64> = with_key(connection, &key)?.into_iter().collect();
        // It was passed over before, too: then no pair of it is there for its sake alone.
        let before = names.difference(fresh).count() as i64;
        if before > MOST {
            continue;
        }
        for a in &names {
            let pairs: Vec<i64> = connection
                .prepare_cached("SELECT b FROM voice_join WHERE a = ?1")?
                .query_map([a], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for b in pairs.into_iter().filter(|b| names.contains(b)) {
                let mut agrees = false;
                let of_b = keys(connection, b)?;
                for key in keys(connection, *a)?.iter().filter(|key| of_b.contains(key)) {
                    agrees |= share(connection, key)? <= MOST;
                }
                if !agrees {
                    connection
                        .prepare_cached("DELETE FROM voice_join WHERE a = ?1 AND b = ?2")?
                        .execute([*a, b])?;
                    touched.extend([*a, b]);
                }
            }
        }
    }
    Ok(())
}

/// A pair of names, as they lie in a list, that the engine takes for one voice's.
struct Edge {
    a: usize,
    b: usize,
    chance: f64,
}

/// Makes the voices anew that these names are part of.
fn settle(connection: &Connection, touched: BTreeSet<i64>) -> rusqlite::Result<()> {
    let wishes = decided::wishes(connection)?;
    let numbers = around(connection, touched, &wishes)?;
    let mut names = Vec::with_capacity(numbers.len());
    for nr in numbers {
        names.extend(name_of(connection, nr)?.map(|name| (name, nr)));
    }
    names.sort();
    let at: HashMap<i64, usize> = names.iter().enumerate().map(|(at, (_, nr))| (*nr, at)).collect();
    let mut edges = Vec::new();
    let mut select = connection.prepare_cached("SELECT b, chance FROM voice_join WHERE a = ?1")?;
    for (_, nr) in &names {
        let mut rows = select.query([nr])?;
        while let Some(row) = rows.next()? {
            let (b, chance): (i64, f64) = (row.get(0)?, row.get(1)?);
            if let Some(b) = at.get(&b).filter(|_| chance >= decimal(SURE)) {
                let (a, b) = (at[nr].min(*b), at[nr].max(*b));
                edges.push(Edge { a, b, chance });
            }
        }
    }
    edges.sort_by(|a, b| b.chance.total_cmp(&a.chance).then_with(|| (a.a, a.b).cmp(&(b.a, b.b))));
    drop_ambiguous(connection, &names, &mut edges)?;
    let groups = Groups::new(&names, &edges, &wishes);
    let mut set = connection.prepare_cached("UPDATE voice SET head = ?2 WHERE nr = ?1 AND head IS NOT ?2")?;
    for members in groups.members() {
        let head = names[head(&members, &names, &wishes)].1;
        for member in members {
            let nr = names[member].1;
            set.execute(params![nr, Some(head).filter(|head| *head != nr)])?;
        }
    }
    Ok(())
}

/// These names and all that are linked with them: by sure pairs, by merges, by being one voice until now.
fn around(
    connection: &Connection,
    touched: BTreeSet<i64>,
    wishes: &[Wish],
) -> rusqlite::Result<BTreeSet<i64>> {
    let mut merged: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut by_name = connection.prepare_cached("SELECT nr FROM voice WHERE name = ?1 AND kind = ?2")?;
    for wish in wishes.iter().filter(|wish| wish.merges()) {
        let mut row = |(name, kind): &Name| by_name.query_row([name, kind], |row| row.get(0)).optional();
        if let (Some(a), Some(b)) = (row(&wish.a)?, row(&wish.b)?) {
            merged.entry(a).or_default().push(b);
            merged.entry(b).or_default().push(a);
        }
    }
    let mut linked = connection.prepare_cached(
        "SELECT b FROM voice_join WHERE a = ?1 AND chance >= ?2 \
         UNION SELECT a FROM voice_join WHERE b = ?1 AND chance >= ?2 \
         UNION SELECT nr FROM voice WHERE head = (SELECT coalesce(head, nr) FROM voice WHERE nr = ?1) \
         UNION SELECT head FROM voice WHERE nr = ?1 AND head IS NOT NULL",
    )?;
    let mut open: Vec<i64> = touched.iter().copied().collect();
    let mut around = touched;
    while let Some(nr) = open.pop() {
        let mut others: Vec<i64> = linked
            .query_map(params![nr, decimal(SURE)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        others.extend(merged.get(&nr).into_iter().flatten());
        open.extend(others.into_iter().filter(|other| around.insert(*other)));
    }
    Ok(around)
}

/// Drops the pairs of names that are taken for one with two names that are two: whose they are is not known, and a person
/// should say. Writes which pairs are doubtful.
fn drop_ambiguous(
    connection: &Connection,
    names: &[(Name, i64)],
    edges: &mut Vec<Edge>,
) -> rusqlite::Result<()> {
    let mut neighbours: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for edge in edges.iter() {
        neighbours.entry(edge.a).or_default().insert(edge.b);
        neighbours.entry(edge.b).or_default().insert(edge.a);
    }
    let mut ambiguous = BTreeSet::new();
    for (name, around) in neighbours {
        let around: Vec<_> = around.into_iter().take(NEIGHBOURS).collect();
        let pairs =
            around.iter().enumerate().flat_map(|(n, a)| around[n + 1..].iter().map(move |b| (*a, *b)));
        for (a, b) in pairs {
            if compared(&names[a].0, &names[b].0)?.verdict() == Verdict::Two {
                ambiguous.insert(name);
                break;
            }
        }
    }
    let mut set = connection
        .prepare_cached("UPDATE voice_join SET doubt = ?3 WHERE a = ?1 AND b = ?2 AND doubt <> ?3")?;
    for edge in edges.iter() {
        let (a, b) = (names[edge.a].1, names[edge.b].1);
        let doubt = ambiguous.contains(&edge.a) || ambiguous.contains(&edge.b);
        set.execute(params![a.min(b), a.max(b), doubt])?;
    }
    edges.retain(|edge| !ambiguous.contains(&edge.a) && !ambiguous.contains(&edge.b));
    Ok(())
}

/// Names in groups, each of which is a voice.
struct Groups(Vec<usize>);

impl Groups {
    /// Joins what people joined, the latest first, then what the engine takes for one, the surest first; but nothing that
    /// would bring two names together that a person has split. So of a chain that would, the weakest link is left out.
    fn new(names: &[(Name, i64)], edges: &[Edge], wishes: &[Wish]) -> Self {
        let at = |name: &Name| names.binary_search_by(|(other, _)| other.cmp(name)).ok();
        let pair = |wish: &Wish| Some((at(&wish.a)?, at(&wish.b)?));
        let split: Vec<_> = wishes.iter().filter(|wish| wish.splits()).filter_map(pair).collect();
        let mut groups = Self((0..names.len()).collect());
        let merged = wishes.iter().rev().filter(|wish| wish.merges()).filter_map(pair);
        for (a, b) in merged.chain(edges.iter().map(|edge| (edge.a, edge.b))) {
            let (a, b) = (groups.of(a), groups.of(b));
            let meets = |(x, y): &(usize, usize)| {
                let (x, y) = (groups.of(*x), groups.of(*y));
                (x, y) == (a, b) || (x, y) == (b, a)
            };
            if a != b && !split.iter().any(meets) {
                groups.0[a.max(b)] = a.min(b);
            }
        }
        groups
    }

    /// What stands for the group of a name.
    fn of(&self, mut name: usize) -> usize {
        while self.0[name] != name {
            name = self.0[name];
        }
        name
    }

    fn members(&self) -> impl Iterator<Item = Vec<usize>> + use<> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for name in 0..self.0.len() {
            members.entry(self.of(name)).or_default().push(name);
        }
        members.into_values()
    }
}

/// The name that stands for a voice: the one that a person chose last; else the one of most words, of these the one of
/// most letters, of these the first in the alphabet.
fn head(members: &[usize], names: &[(Name, i64)], wishes: &[Wish]) -> usize {
    let at = |name: &Name| members.iter().copied().find(|member| names[*member].0 == *name);
    let chosen = wishes.iter().rev().filter(|wish| wish.renames());
    let chosen = chosen.filter_map(|wish| at(&wish.a).and(at(&wish.b))).next();
    let fuller = |a: &usize, b: &usize| -> Ordering {
        let size = |at: usize| {
            let name = &names[at].0.0;
            (name.split_whitespace().count(), name.chars().filter(|letter| letter.is_alphabetic()).count())
        };
        size(*a).cmp(&size(*b)).then_with(|| b.cmp(a))
    };
    chosen.or_else(|| members.iter().copied().max_by(fuller)).unwrap_or_default()
}

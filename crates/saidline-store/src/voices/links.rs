//! Which names are one voice: pairs of names that the engine compares, and what people decide and import, made into voices.
//!
//! What tells is names and kinds, of family names alone also the outlets and roles of all reports that count, and what people
//! decided and imported: all of it is the same whatever the order and the batches in which pages came. Whatever touches names
//! marks them (`due`), and at the end of its transaction [`link`] makes anew what they are part of.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};
use saidline::SpeakerKind;
use saidline::voices::{
    Comparison, GivenNames, Key, Match, Profile, Verdict, compare, is_key_of_short, is_of_slip, is_short,
    key_of_short,
};

use super::decided::{self, Wish};
use super::imported::{self, Person};
use super::short_names::{self, Changed};
use super::{parted, told};
use crate::{folded, rows};

/// A key that more names share than this is passed over: two names are compared only where another key agrees, too. So
/// a name is compared with so many others for each of its (24 at most) keys, however large the record is.
const MOST: i64 = 300;

/// Of so many of the names that are taken for one with a name it is looked whether they are two among themselves.
pub(super) const NEIGHBOURS: usize = 64;

/// A name: what it is called and what it is.
pub(super) type Name = (String, String);

/// What a name is marked for at the end of the transaction, beside that it is made anew what it is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// It must be compared with others.
    pub(super) fresh: bool,
    /// It is told under other roles than it was.
    pub(super) roles: bool,
}

/// Notes that what a name is part of must be made anew at the end of the transaction.
pub(super) fn mark(connection: &Connection, nr: i64, due: Due) -> rusqlite::Result<()> {
    let insert = || {
        connection.prepare_cached(
            "INSERT INTO temp.voice_due (nr, fresh, roles) VALUES (?1, ?2, ?3) \
             ON CONFLICT (nr) DO UPDATE SET fresh = max(fresh, excluded.fresh), roles = max(roles, excluded.roles)",
        )
    };
    // Where the table is not there yet, the statement cannot be.
    let mut statement = match insert() {
        Ok(statement) => statement,
        Err(_) => {
            connection.execute_batch(
                "CREATE TEMP TABLE IF NOT EXISTS voice_due \
                 (nr INTEGER PRIMARY KEY, fresh INTEGER NOT NULL, roles INTEGER NOT NULL)",
            )?;
            insert()?
        }
    };
    statement.execute(params![nr, due.fresh, due.roles]).map(|_| ())
}

/// The keys by which a name is found. The names alone are compared here, and by these a slip in the family name joins nobody: what its
/// keys would find is not looked for.
fn keys(name: &str, kind: SpeakerKind) -> impl Iterator<Item = Key> {
    saidline::voices::keys(name, kind).into_iter().filter(|key| !is_of_slip(&key.text))
}

/// Stores the keys of a name that is new, and marks it.
pub(super) fn appeared(
    connection: &Connection,
    nr: i64,
    (name, kind): (&str, SpeakerKind),
) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO voice_key (key, voice, given) VALUES (?1, ?2, ?3)")?;
    for key in keys(name, kind) {
        // Who looks for a family name alone reads here what it is called.
        let given = if is_key_of_short(&key.text) { Some(name) } else { key.given.as_deref() };
        insert.execute(params![key.text, nr, given])?;
    }
    mark(connection, nr, Due { fresh: true, roles: true })
}

/// Deletes the pairs of a name that is about to go, and marks what it leaves behind: those that it is one voice with or was compared
/// with, and, where a key of it was shared by one name too many, all of that key.
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
        mark(connection, other, Due::default())?;
    }
    connection.prepare_cached("DELETE FROM voice_join WHERE a = ?1 OR b = ?1")?.execute([nr])?;
    connection.prepare_cached("DELETE FROM voice_common WHERE voice = ?1")?.execute([nr])?;
    for key in kept(connection, nr)? {
        // Not every pair of these is stored.
        for short in
            key_of_short(&key).map(|key| common_with_key(connection, &key)).transpose()?.unwrap_or_default()
        {
            mark(connection, short, Due::default())?;
        }
        let is_one_too_many =
            is_shared_by_more(connection, &key, MOST)? && !is_shared_by_more(connection, &key, MOST + 1)?;
        if is_one_too_many {
            for other in all_with_key(connection, &key)? {
                mark(connection, other, Due { fresh: true, roles: true })?;
            }
        }
    }
    Ok(())
}

/// The keys of a name, as they are stored.
fn kept(connection: &Connection, nr: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT key FROM voice_key WHERE voice = ?1")?
        .query_map([nr], |row| row.get(0))?
        .collect()
}

/// Whether more than so many names share a key.
fn is_shared_by_more(connection: &Connection, key: &str, than: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM voice_key WHERE key = ?1 LIMIT 1 OFFSET ?2")?
        .exists(params![key, than])
}

const WITH_KEY: &str = "SELECT voice FROM voice_key WHERE key = ?1";

fn all_with_key(connection: &Connection, key: &str) -> rusqlite::Result<Vec<i64>> {
    connection.prepare_cached(WITH_KEY)?.query_map([key], |row| row.get(0))?.collect()
}

/// The family names alone that have a key and can stand for many.
fn common_with_key(connection: &Connection, key: &str) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(
            "SELECT k.voice FROM voice_key AS k CROSS JOIN voice_common AS c ON c.voice = k.voice WHERE k.key = ?1",
        )?
        .query_map([key], |row| row.get(0))?
        .collect()
}

/// The family names alone that can stand for many, among them for this name.
pub(super) fn common_beside(
    connection: &Connection,
    name: &Name,
    names: &mut Names<'_>,
) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    for key in keys(&name.0, rows::speaker_kind(&name.1)?) {
        let Some(short) = key_of_short(&key.text) else { continue };
        for nr in common_with_key(connection, &short)? {
            let meets = !is_shared_by_more(connection, &key.text, MOST)?
                || match names.of(nr)? {
                    Some(short) => meet(connection, name, &short)?,
                    None => false,
                };
            if meets {
                found.push(nr);
            }
        }
    }
    Ok(found)
}

/// The names that a family name alone is to be compared with.
pub(super) fn around_short(connection: &Connection, nr: i64, name: &Name) -> rusqlite::Result<BTreeSet<i64>> {
    let kind = rows::speaker_kind(&name.1)?;
    let Met { others, mut bearers } = to_compare(connection, nr, (&name.0, kind), &mut BTreeSet::new())?;
    bearers.extend(others.into_keys());
    Ok(bearers)
}

/// Makes the voices anew of which names have come, gone, been decided on, or are told something else of since the transaction
/// began. Returns how many voices have come about of names that were there before.
pub(crate) fn link(connection: &Connection) -> rusqlite::Result<usize> {
    parted::place(connection)?;
    let there = "SELECT 1 FROM temp.sqlite_schema WHERE name = 'voice_due'";
    if !connection.prepare_cached(there)?.exists([])? {
        return Ok(0);
    }
    let due: Vec<(i64, Due)> = connection
        .prepare_cached("SELECT nr, fresh, roles FROM temp.voice_due ORDER BY nr")?
        .query_map([], |row| Ok((row.get(0)?, Due { fresh: row.get(1)?, roles: row.get(2)? })))?
        .collect::<rusqlite::Result<_>>()?;
    if due.is_empty() {
        return Ok(0);
    }
    connection.execute("DELETE FROM temp.voice_due", [])?;
    let mut touched: BTreeSet<i64> = due.iter().map(|(nr, _)| *nr).collect();
    let of = |wanted: fn(&Due) -> bool| {
        due.iter().filter(move |(_, due)| wanted(due)).map(|(nr, _)| *nr).collect()
    };
    let fresh: BTreeSet<i64> = of(|due| due.fresh);
    let mut names = Names::new(connection);
    let paired = pair(connection, &fresh, &mut names, &mut touched)?;
    let mut changed =
        Changed { names: due.iter().map(|(nr, _)| *nr).collect(), roles: of(|due| due.roles), fresh };
    changed.names.extend(paired.parted);
    short_names::tell(connection, &changed, paired.beside_short, &mut names, &mut touched)?;
    let fresh = changed.fresh;
    settle(connection, touched, &fresh, &mut names)
}

/// Compares all names and makes all voices anew, as for a store that knew nothing of keys.
pub(crate) fn link_all(connection: &Connection) -> rusqlite::Result<()> {
    connection
        .execute_batch(
            "DELETE FROM voice_key; DELETE FROM voice_join; DELETE FROM voice_common; UPDATE voice SET head = NULL",
        )?;
    told::count_all(connection)?;
    imported::name_all(connection)?;
    let names: Vec<(i64, String, String)> = connection
        .prepare("SELECT nr, name, kind FROM voice ORDER BY nr")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, name, kind) in names {
        appeared(connection, nr, (&name, rows::speaker_kind(&kind)?))?;
    }
    link(connection).map(|_| ())
}

/// The names of a store by their rows, each read once: in a large record what is read lies far apart.
pub(super) struct Names<'c> {
    connection: &'c Connection,
    known: HashMap<i64, Option<Rc<Name>>>,
}

impl<'c> Names<'c> {
    fn new(connection: &'c Connection) -> Self {
        Self { connection, known: HashMap::new() }
    }

    /// A name; none where it has gone again.
    pub(super) fn of(&mut self, nr: i64) -> rusqlite::Result<Option<Rc<Name>>> {
        if let Some(known) = self.known.get(&nr) {
            return Ok(known.clone());
        }
        let found = self
            .connection
            .prepare_cached("SELECT name, kind FROM voice WHERE nr = ?1")?
            .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .map(Rc::new);
        self.known.insert(nr, found.clone());
        Ok(found)
    }

    /// Takes in a name that was read with something else.
    fn put(&mut self, nr: i64, name: Name) {
        self.known.entry(nr).or_insert_with(|| Some(Rc::new(name)));
    }
}

fn profile_of((name, kind): &Name) -> rusqlite::Result<Profile> {
    Ok(Profile::named(name, rows::speaker_kind(kind)?))
}

pub(super) fn compared(name: &Name, other: &Name) -> rusqlite::Result<Match> {
    Ok(compare(&profile_of(name)?, &profile_of(other)?))
}

/// A chance as the store has it: the shortest decimal number that is this one.
pub(super) fn decimal(chance: f32) -> f64 {
    chance.to_string().parse().unwrap_or_default()
}

/// A name that shares a key, with the given names for whose sake it has it.
type Sharing = (i64, Option<String>);

/// The names that share a key; none where they are more than [`MOST`].
fn all_sharing(connection: &Connection, key: &str) -> rusqlite::Result<Option<Vec<Sharing>>> {
    let sharing: Vec<Sharing> = connection
        .prepare_cached("SELECT voice, given FROM voice_key WHERE key = ?1 LIMIT ?2")?
        .query_map(params![key, MOST + 1], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(sharing).filter(|sharing| sharing.len() as i64 <= MOST))
}

/// The names that a name is to be compared with.
#[derive(Default)]
struct Met {
    /// Those that are family names alone with what they are called, where that is known.
    others: BTreeMap<i64, Option<String>>,
    /// Of a family name alone: those who have it, family names alone among them.
    bearers: BTreeSet<i64>,
}

/// The names that a name is to be compared with for the sake of its keys. Keys that too many share are put among the common ones.
fn to_compare(
    connection: &Connection,
    nr: i64,
    (name, kind): (&str, SpeakerKind),
    common: &mut BTreeSet<String>,
) -> rusqlite::Result<Met> {
    let Met { mut others, mut bearers } = Met::default();
    let alone = is_short(name);
    let mut crowded = false;
    let (narrow, wide): (Vec<Key>, Vec<Key>) = keys(name, kind).partition(Key::is_narrow);
    for key in wide {
        // One who has a given name looks under the family name only for those who have none.
        if let Some(short) = key_of_short(&key.text).filter(|_| !alone) {
            let shorts = all_sharing(connection, &short)?;
            if shorts.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            match shorts.filter(|_| !common.contains(&key.text)) {
                Some(shorts) if !is_shared_by_more(connection, &key.text, MOST)? => {
                    others.extend(shorts);
                }
                _ => {
                    common.insert(key.text);
                }
            }
            continue;
        }
        let sharing = match common.contains(&key.text) {
            true => None,
            false => all_sharing(connection, &key.text)?,
        };
        let Some(sharing) = sharing else {
            crowded |= key.given.is_some();
            common.insert(key.text);
            continue;
        };
        if alone && key_of_short(&key.text).is_some() {
            bearers.extend(sharing.into_iter().map(|(other, _)| other));
            continue;
        }
        if is_key_of_short(&key.text) {
            others.extend(sharing);
            continue;
        }
        let own = key.given.as_deref().map(GivenNames::new);
        let fits = |given: &Option<String>| match (&own, given) {
            (Some(own), Some(given)) => own.fit(given),
            _ => true,
        };
        for (other, _) in sharing.into_iter().filter(|(other, given)| *other != nr && fits(given)) {
            others.entry(other).or_default();
        }
    }
    for key in narrow.into_iter().filter(|_| crowded) {
        match all_sharing(connection, &key.text)? {
            Some(sharing) => sharing.into_iter().for_each(|(other, _)| {
                others.entry(other).or_default();
            }),
            None => {
                common.insert(key.text);
            }
        }
    }
    others.remove(&nr);
    bearers.remove(&nr);
    Ok(Met { others, bearers })
}

/// Whether two names are compared for the sake of a key that not too many share.
fn meet(connection: &Connection, one: &Name, other: &Name) -> rusqlite::Result<bool> {
    let alone = is_short(&one.0) || is_short(&other.0);
    let others: HashMap<String, Option<String>> =
        keys(&other.0, rows::speaker_kind(&other.1)?).map(|key| (key.text, key.given)).collect();
    for key in keys(&one.0, rows::speaker_kind(&one.1)?) {
        let Some(given) = others.get(&key.text) else { continue };
        let fits = match (&key.given, given) {
            (Some(own), Some(given)) => GivenNames::new(own).fit(given),
            _ => alone || key_of_short(&key.text).is_none(),
        };
        if fits && !is_shared_by_more(connection, &key.text, MOST)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What comes of comparing names.
#[derive(Default)]
struct Paired {
    /// The names that have lost a pair, or may have.
    parted: BTreeSet<i64>,
    /// Of family names alone, the names that they are still to be compared with: all, where they are fresh themselves, else those that
    /// are.
    beside_short: BTreeMap<i64, BTreeSet<i64>>,
}

/// Compares names with those that share a key, and writes the pairs that are one voice's, or may be; not those of a family name
/// alone and a name that is more, which [`short_names`] writes.
fn pair(
    connection: &Connection,
    fresh: &BTreeSet<i64>,
    names: &mut Names<'_>,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<Paired> {
    let Paired { mut parted, mut beside_short } = Paired::default();
    let mut common = BTreeSet::new();
    let mut insert = connection.prepare_cached(
        "INSERT OR REPLACE INTO voice_join (a, b, chance, reason, doubt) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for nr in fresh {
        let Some(name) = names.of(*nr)? else { continue };
        let own = profile_of(&name)?;
        let comparison = Comparison::new(&own);
        let alone = own.kind == SpeakerKind::Person && is_short(&own.name);
        let met = to_compare(connection, *nr, (&own.name, own.kind), &mut common)?;
        if alone {
            beside_short.entry(*nr).or_default().extend(met.bearers);
        }
        for (other, short) in met.others {
            // Of two that are fresh, the first looks at the other.
            let both = fresh.contains(&other);
            if other < *nr && both && !alone {
                continue;
            }
            if let Some(short) = short {
                names.put(other, (short, SpeakerKind::Person.name().to_owned()));
            }
            let Some(other_name) = names.of(other)?.filter(|other| other.1 == name.1) else { continue };
            if own.kind == SpeakerKind::Person && is_short(&other_name.0) != alone {
                let (short, full) = if alone { (*nr, other) } else { (other, *nr) };
                // Of two that are fresh, the one that is a family name alone knows the other.
                if alone || !both {
                    beside_short.entry(short).or_default().insert(full);
                }
                continue;
            }
            if other < *nr && both {
                continue;
            }
            let found = comparison.with(&profile_of(&other_name)?);
            if found.verdict() != Verdict::Two {
                insert.execute(params![
                    other.min(*nr),
                    other.max(*nr),
                    decimal(found.same),
                    found.reason.name(),
                    found.verdict() == Verdict::Doubtful
                ])?;
                // What is not sure joins nobody.
                if found.verdict() == Verdict::One {
                    touched.insert(other);
                }
            }
        }
    }
    drop(insert);
    for key in common {
        // It was passed over before, too: then no pair of it is there for its sake alone. So many share it that this holds whichever
        // of them are fresh, and they need not be read.
        if is_shared_by_more(connection, &key, MOST + fresh.len() as i64)? {
            continue;
        }
        let sharing: BTreeSet<i64> = all_with_key(connection, &key)?.into_iter().collect();
        if sharing.difference(fresh).count() as i64 > MOST {
            continue;
        }
        for a in &sharing {
            // Of a family name alone not every pair is stored.
            if names.of(*a)?.is_some_and(|name| is_short(&name.0)) {
                parted.insert(*a);
            }
            let pairs: Vec<i64> = connection
                .prepare_cached("SELECT b FROM voice_join WHERE a = ?1")?
                .query_map([a], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for b in pairs.into_iter().filter(|b| sharing.contains(b)) {
                let both = names.of(*a)?.zip(names.of(b)?);
                let meet = both.map(|(one, other)| meet(connection, &one, &other)).transpose()?;
                if meet != Some(true) {
                    connection
                        .prepare_cached("DELETE FROM voice_join WHERE a = ?1 AND b = ?2")?
                        .execute([*a, b])?;
                    touched.extend([*a, b]);
                    parted.extend([*a, b]);
                }
            }
        }
    }
    Ok(Paired { parted, beside_short })
}

/// A pair of names, as they lie in a list, that the engine takes for one voice's.
struct Edge {
    a: usize,
    b: usize,
    chance: f64,
}

/// Makes the voices anew that these names are part of. Returns how many there are now that have other names than any had
/// before, names that are fresh left aside.
fn settle(
    connection: &Connection,
    touched: BTreeSet<i64>,
    fresh: &BTreeSet<i64>,
    known: &mut Names<'_>,
) -> rusqlite::Result<usize> {
    let wishes = decided::wishes(connection)?;
    let imported = imported::any(connection)?;
    let numbers = around(connection, touched, &wishes, known, imported)?;
    let mut names = Vec::with_capacity(numbers.len());
    let mut before: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for nr in numbers {
        let Some(name) = known.of(nr)? else { continue };
        if !fresh.contains(&nr) {
            before.entry(super::head(connection, nr)?).or_default().insert(nr);
        }
        names.push((Name::clone(&name), nr));
    }
    names.sort();
    let at: HashMap<i64, usize> = names.iter().enumerate().map(|(at, (_, nr))| (*nr, at)).collect();
    let mut edges = Vec::new();
    let mut select =
        connection.prepare_cached("SELECT b, chance FROM voice_join WHERE a = ?1 AND chance >= 0.9")?;
    for (_, nr) in &names {
        let mut rows = select.query([nr])?;
        while let Some(row) = rows.next()? {
            let (b, chance): (i64, f64) = (row.get(0)?, row.get(1)?);
            if let Some(b) = at.get(&b) {
                let (a, b) = (at[nr].min(*b), at[nr].max(*b));
                edges.push(Edge { a, b, chance });
            }
        }
    }
    edges.sort_by(|a, b| b.chance.total_cmp(&a.chance).then_with(|| (a.a, a.b).cmp(&(b.a, b.b))));
    let people = if imported { People::of(connection, &names)? } else { People::default() };
    drop_ambiguous(connection, &names, &people, &mut edges)?;
    let groups = Groups::new(&names, &people, &edges, &wishes);
    if imported {
        imported::write(connection, &people.with(&groups, &names))?;
    }
    let before: BTreeSet<BTreeSet<i64>> = before.into_values().collect();
    let mut changed = 0;
    let mut set = connection.prepare_cached("UPDATE voice SET head = ?2 WHERE nr = ?1 AND head IS NOT ?2")?;
    for members in groups.members(names.len()) {
        let head = names[head(&members, &names, &wishes)].1;
        let old: BTreeSet<i64> =
            members.iter().map(|member| names[*member].1).filter(|nr| !fresh.contains(nr)).collect();
        changed += usize::from(!old.is_empty() && !before.contains(&old));
        for member in members {
            let nr = names[member].1;
            set.execute(params![nr, Some(head).filter(|head| *head != nr)])?;
        }
    }
    // Which names stand for somebody with an identifier is known only now.
    if imported::ever(connection)? {
        for (_, nr) in &names {
            super::settle_id(connection, *nr)?;
        }
    }
    Ok(changed)
}

/// Whose names are, by the tables of people that were imported.
#[derive(Default)]
struct People {
    people: Vec<Person>,
    /// A name, as it lies in the list, and who has it, as they lie in `people`.
    of_names: Vec<(usize, usize)>,
    /// The names of which it is not known whose they are.
    unsettled: BTreeSet<usize>,
}

impl People {
    fn of(connection: &Connection, names: &[(Name, i64)]) -> rusqlite::Result<Self> {
        let mut found = Self::default();
        let mut of_names = Vec::new();
        for (at, ((name, kind), nr)) in names.iter().enumerate() {
            let meant = imported::meant(connection, *nr, (name, kind))?;
            if meant.unsettled {
                found.unsettled.insert(at);
            }
            of_names.extend(meant.people.into_iter().map(|person| (at, person)));
        }
        let all: BTreeSet<&Person> = of_names.iter().map(|(_, person)| person).collect();
        found.people = all.into_iter().cloned().collect();
        let place = |person: &Person| found.people.binary_search(person).unwrap_or_default();
        found.of_names = of_names.iter().map(|(at, person)| (*at, place(person))).collect();
        Ok(found)
    }

    /// The identifier that a name has.
    fn identifier(&self, name: usize) -> Option<&str> {
        let first = self.of_names.partition_point(|(at, _)| *at < name);
        let mut of_name = self.of_names[first..].iter().take_while(|(at, _)| *at == name);
        of_name.find_map(|(_, person)| self.people[*person].identifier.as_deref())
    }

    /// Of each name the people with whom it is one voice.
    fn with(&self, groups: &Groups, names: &[(Name, i64)]) -> BTreeMap<i64, Vec<Person>> {
        let mut with: BTreeMap<i64, Vec<Person>> = names.iter().map(|(_, nr)| (*nr, Vec::new())).collect();
        for (at, person) in &self.of_names {
            if groups.of(*at) == groups.of(names.len() + person) {
                with.entry(names[*at].1).or_default().push(self.people[*person].clone());
            }
        }
        with
    }
}

/// These names and all that are linked with them: by sure pairs, by merges, by a person who was imported, by being one voice
/// until now.
fn around(
    connection: &Connection,
    touched: BTreeSet<i64>,
    wishes: &[Wish],
    names: &mut Names<'_>,
    imported: bool,
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
        "SELECT b FROM voice_join WHERE a = ?1 AND chance >= 0.9 \
         UNION ALL SELECT a FROM voice_join WHERE b = ?1 AND chance >= 0.9 \
         UNION ALL SELECT nr FROM voice WHERE head = (SELECT coalesce(head, nr) FROM voice WHERE nr = ?1) \
         UNION ALL SELECT head FROM voice WHERE nr = ?1 AND head IS NOT NULL",
    )?;
    let mut open: Vec<i64> = touched.iter().copied().collect();
    let mut around = touched;
    while let Some(nr) = open.pop() {
        let mut others: Vec<i64> =
            linked.query_map([nr], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        others.extend(merged.get(&nr).into_iter().flatten());
        if imported && let Some(name) = names.of(nr)? {
            others.extend(imported::linked(connection, (&name.0, &name.1))?);
        }
        open.extend(others.into_iter().filter(|other| around.insert(*other)));
    }
    Ok(around)
}

/// Drops the pairs of names that are taken for one with two names that are two, or that several people have who were imported:
/// whose they are is not known, and a person should say. Writes which pairs are doubtful.
fn drop_ambiguous(
    connection: &Connection,
    names: &[(Name, i64)],
    people: &People,
    edges: &mut Vec<Edge>,
) -> rusqlite::Result<()> {
    let mut neighbours: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for edge in edges.iter() {
        neighbours.entry(edge.a).or_default().insert(edge.b);
        neighbours.entry(edge.b).or_default().insert(edge.a);
    }
    // A family name alone is told by the pages, not by what it is beside another name.
    let short: BTreeSet<usize> = neighbours.keys().copied().filter(|at| is_short(&names[*at].0.0)).collect();
    let mut ambiguous = people.unsettled.clone();
    for (name, around) in neighbours {
        let around: Vec<_> = around.into_iter().take(NEIGHBOURS).collect();
        let pairs =
            around.iter().enumerate().flat_map(|(n, a)| around[n + 1..].iter().map(move |b| (*a, *b)));
        for (a, b) in pairs {
            if short.contains(&a) || short.contains(&b) {
                continue;
            }
            let others = people.identifier(a).zip(people.identifier(b)).is_some_and(|(a, b)| a != b);
            if others || compared(&names[a].0, &names[b].0)?.verdict() == Verdict::Two {
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

/// Names in groups, each of which is a voice; behind the names stand the people who were imported.
struct Groups(Vec<usize>);

impl Groups {
    /// Joins what people joined, the latest first, then what they imported, then what the engine takes for one, the surest first;
    /// but nothing that would bring two names together that a person has split, and nothing that the engine takes for one where
    /// it would bring two identifiers together. So of a chain that would, the weakest link is left out.
    fn new(names: &[(Name, i64)], people: &People, edges: &[Edge], wishes: &[Wish]) -> Self {
        let at = |name: &Name| names.binary_search_by(|(other, _)| other.cmp(name)).ok();
        let pair = |wish: &Wish| Some((at(&wish.a)?, at(&wish.b)?));
        let split: Vec<_> = wishes.iter().filter(|wish| wish.splits()).filter_map(pair).collect();
        let mut groups = Self((0..names.len() + people.people.len()).collect());
        let merged = wishes.iter().rev().filter(|wish| wish.merges()).filter_map(pair);
        let identified = |(_, person): &&(usize, usize)| people.people[*person].identifier.is_some();
        let of_people = |all: Vec<&(usize, usize)>| -> Vec<(usize, usize)> {
            all.into_iter().map(|(name, person)| (*name, names.len() + person)).collect()
        };
        let (with, without): (Vec<_>, Vec<_>) = people.of_names.iter().partition(identified);
        for (a, b) in merged.chain(of_people(with)) {
            groups.join((a, b), &split);
        }
        // What has an identifier, by what stands for its group.
        let mut identifiers: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (n, person) in people.people.iter().enumerate() {
            if let Some(identifier) = &person.identifier {
                identifiers.entry(groups.of(names.len() + n)).or_default().insert(identifier);
            }
        }
        for (a, b) in of_people(without).into_iter().chain(edges.iter().map(|edge| (edge.a, edge.b))) {
            let (a, b) = (groups.of(a), groups.of(b));
            let others = identifiers.get(&a).zip(identifiers.get(&b)).is_some_and(|(a, b)| a != b);
            if !others && groups.join((a, b), &split) {
                let both: Vec<_> =
                    [a, b].into_iter().filter_map(|group| identifiers.remove(&group)).flatten().collect();
                if !both.is_empty() {
                    identifiers.insert(groups.of(a), both.into_iter().collect());
                }
            }
        }
        groups
    }

    /// Joins two groups, unless that brings names together that were split; says whether they are joined now that were not.
    fn join(&mut self, (a, b): (usize, usize), split: &[(usize, usize)]) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        let meets = |(x, y): &(usize, usize)| {
            let (x, y) = (self.of(*x), self.of(*y));
            (x, y) == (a, b) || (x, y) == (b, a)
        };
        if a == b || split.iter().any(meets) {
            return false;
        }
        self.0[a.max(b)] = a.min(b);
        true
    }

    /// What stands for the group of a name.
    fn of(&self, mut name: usize) -> usize {
        while self.0[name] != name {
            name = self.0[name];
        }
        name
    }

    /// The groups of the first so many, which are the names.
    fn members(&self, names: usize) -> impl Iterator<Item = Vec<usize>> + use<> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for name in 0..names {
            members.entry(self.of(name)).or_default().push(name);
        }
        members.into_values()
    }
}

/// The name that stands for a voice: the one that a person chose last; else, of those with two words or more, the one whose
/// words most of the names share, so that a word which only one page puts beside the name ("June President Donald Berg") does not
/// stand for it everywhere; of these the one of most words, of these the one of most letters, of these the first in the alphabet.
fn head(members: &[usize], names: &[(Name, i64)], wishes: &[Wish]) -> usize {
    let at = |name: &Name| members.iter().copied().find(|member| names[*member].0 == *name);
    let chosen = wishes.iter().rev().filter(|wish| wish.renames());
    let chosen = chosen.filter_map(|wish| at(&wish.a).and(at(&wish.b))).next();
    let words = |at: usize| folded::words(&names[at].0.0).collect::<BTreeSet<_>>();
    let mut bearing: HashMap<String, usize> = HashMap::new();
    for member in members {
        words(*member).into_iter().for_each(|word| *bearing.entry(word).or_default() += 1);
    }
    let size = |at: usize| {
        let name = &names[at].0.0;
        let shared = words(at).iter().map(|word| bearing[word]).min().unwrap_or_default();
        let count = name.split_whitespace().count();
        (count > 1, shared, count, name.chars().filter(|letter| letter.is_alphabetic()).count())
    };
    let fuller = |a: &usize, b: &usize| -> Ordering { size(*a).cmp(&size(*b)).then_with(|| b.cmp(a)) };
    chosen.or_else(|| members.iter().copied().max_by(fuller)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn what_is_sure_is_what_statements_and_indexes_take_for_sure() {
        // `chance >= 0.9` stands in them by itself: else SQLite could not take the indexes of what is sure.
        assert!((decimal(saidline::voices::SURE) - 0.9).abs() < f64::EPSILON);
    }
}

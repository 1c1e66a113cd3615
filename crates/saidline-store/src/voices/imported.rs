//! Tables of people that were imported: who has which names, identifiers and roles.
//!
//! A row stays with the decision that imported it. Names of the record that are equal to a name in it, case and accents left
//! aside, are that person's voice, whatever came first. A name that two identifiers have joins neither, unless the roles that
//! pages put beside it are those of one of them alone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use saidline::SpeakerKind;

use super::decided::{self, VoiceDecision};
use super::links;
use crate::decisions::Who;
use crate::error::{Failed, StoreError};
use crate::open::Store;
use crate::{folded, roles};

/// A row of a table of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityRow {
    /// By what an authority file knows them, as a Wikidata item.
    pub identifier: Option<String>,
    /// The name.
    pub name: String,
    /// What bears it.
    pub kind: SpeakerKind,
    /// Further names.
    pub aliases: Vec<String>,
    /// An office or trade.
    pub role: Option<String>,
    /// Since when they have it, ISO 8601 of any precision.
    pub from: Option<String>,
    /// Until when, included.
    pub to: Option<String>,
}

/// What an import has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The decision; none where all rows were here already.
    pub decision: Option<VoiceDecision>,
    /// How many rows are new.
    pub rows: usize,
    /// How many rows were here already.
    pub known: usize,
    /// How many people the new rows are about.
    pub people: usize,
    /// How many voices of the record are theirs.
    pub voices: usize,
    /// Names of the record that several of the people have, and that are joined to none.
    pub unsettled: Vec<String>,
}

/// Somebody who was imported: by the identifier, else by the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Person {
    pub(super) identifier: Option<String>,
    /// The folded name of one who has no identifier.
    name: String,
    kind: String,
}

/// A name as it is compared.
fn fold(name: &str) -> String {
    folded::words(name).collect::<Vec<_>>().join(" ")
}

/// Whether anything was ever imported.
pub(super) fn ever(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM voice_decision WHERE action = 'import' LIMIT 1")?.exists([])
}

/// Whether anything that was imported is in force.
pub(super) fn any(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM authority_name LIMIT 1")?.exists([])
}

/// The people that have a name.
fn bearing(connection: &Connection, folded: &str, kind: &str) -> rusqlite::Result<BTreeSet<Person>> {
    connection
        .prepare_cached(
            "SELECT p.identifier, p.name FROM authority_name AS n JOIN authority AS p ON p.nr = n.authority \
             WHERE n.folded = ?1 AND p.kind = ?2",
        )?
        .query_map([folded, kind], |row| {
            let (identifier, name): (Option<String>, String) = (row.get(0)?, row.get(1)?);
            let name = if identifier.is_some() { String::new() } else { fold(&name) };
            Ok(Person { identifier, name, kind: kind.to_owned() })
        })?
        .collect()
}

/// The rows of a person.
fn rows_of(connection: &Connection, person: &Person) -> rusqlite::Result<Vec<i64>> {
    match &person.identifier {
        Some(identifier) => connection
            .prepare_cached(
                "SELECT nr FROM authority AS p WHERE identifier = ?1 AND kind = ?2 \
                 AND EXISTS (SELECT 1 FROM authority_name WHERE authority = p.nr)",
            )?
            .query_map([identifier, &person.kind], |row| row.get(0))?
            .collect(),
        None => {
            let rows: Vec<(i64, String)> = connection
                .prepare_cached(
                    "SELECT p.nr, p.name FROM authority_name AS n JOIN authority AS p ON p.nr = n.authority \
                     WHERE n.folded = ?1 AND p.kind = ?2 AND p.identifier IS NULL",
                )?
                .query_map([&person.name, &person.kind], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(rows.into_iter().filter(|(_, name)| fold(name) == person.name).map(|(nr, _)| nr).collect())
        }
    }
}

/// The names of the record that are equal to a name, case and accents left aside.
fn with_name(connection: &Connection, wanted: &str, kind: &str) -> rusqlite::Result<Vec<i64>> {
    // The longest word is borne by fewest.
    let Some(word) = wanted.split(' ').max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
    let with: Vec<(i64, String)> = connection
        .prepare_cached(
            "SELECT v.nr, v.name FROM voice_word AS w JOIN voice AS v ON v.nr = w.voice WHERE w.word = ?1 AND v.kind = ?2",
        )?
        .query_map([word, kind], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(with.into_iter().filter(|(_, name)| fold(name) == wanted).map(|(nr, _)| nr).collect())
}

/// The names of the record that share a person with a name.
pub(super) fn linked(connection: &Connection, (name, kind): (&str, &str)) -> rusqlite::Result<Vec<i64>> {
    let mut names = BTreeSet::new();
    for person in bearing(connection, &fold(name), kind)? {
        for row in rows_of(connection, &person)? {
            names.extend(names_of(connection, row)?);
        }
    }
    let mut linked = Vec::new();
    for name in names {
        linked.extend(with_name(connection, &name, kind)?);
    }
    Ok(linked)
}

/// The folded names of a row.
fn names_of(connection: &Connection, row: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT folded FROM authority_name WHERE authority = ?1")?
        .query_map([row], |row| row.get(0))?
        .collect()
}

/// Whose a name is.
pub(super) struct Meant {
    /// The people that have it: one with an identifier at most.
    pub(super) people: Vec<Person>,
    /// Whether several with identifiers have it, and nothing tells whose it is.
    pub(super) unsettled: bool,
}

/// Whose a name of the record is.
pub(super) fn meant(connection: &Connection, nr: i64, (name, kind): (&str, &str)) -> rusqlite::Result<Meant> {
    let (identified, others): (Vec<_>, Vec<_>) =
        bearing(connection, &fold(name), kind)?.into_iter().partition(|person| person.identifier.is_some());
    let one = match identified.len() {
        0 | 1 => identified.clone(),
        _ => by_roles(connection, nr, &identified)?.into_iter().collect(),
    };
    let unsettled = one.is_empty() && !identified.is_empty();
    Ok(Meant { people: one.into_iter().chain(others).collect(), unsettled })
}

/// The one of several people whose roles are those that pages put beside the name, when they were said to have them.
fn by_roles(connection: &Connection, nr: i64, people: &[Person]) -> rusqlite::Result<Option<Person>> {
    let used: Vec<(String, Option<String>)> = connection
        .prepare_cached(
            "SELECT DISTINCT s.role, a.date FROM speaker AS s JOIN attribution AS a ON a.nr = s.attribution \
             JOIN document AS d ON d.nr = a.document \
             WHERE s.voice = ?1 AND s.role IS NOT NULL AND d.shown AND NOT a.rejected",
        )?
        .query_map([nr], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut fitting = Vec::new();
    for person in people {
        let mut held = Vec::new();
        for row in rows_of(connection, person)? {
            held.extend(role_of(connection, row)?);
        }
        let fits = |(role, date): &(String, Option<String>)| {
            held.iter().any(|(has, from, to)| {
                let within = |date: &String| roles::holds((from.as_deref(), to.as_deref()), date);
                roles::agree(has, role) && date.as_ref().is_none_or(within)
            })
        };
        if used.iter().any(fits) {
            fitting.push(person.clone());
        }
    }
    Ok(if fitting.len() == 1 { fitting.pop() } else { None })
}

/// A role with its dates.
type Held = (String, Option<String>, Option<String>);

fn role_of(connection: &Connection, row: i64) -> rusqlite::Result<Option<Held>> {
    connection
        .prepare_cached("SELECT role, role_from, role_to FROM authority WHERE nr = ?1 AND role IS NOT NULL")?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()
}

/// Writes whose the names of the record are: of each name the people with whom it is one voice.
pub(super) fn write(connection: &Connection, of_names: &BTreeMap<i64, Vec<Person>>) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached("DELETE FROM voice_authority WHERE voice = ?1")?;
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO voice_authority (voice, authority) VALUES (?1, ?2)")?;
    for (nr, people) in of_names {
        delete.execute([nr])?;
        for person in people {
            for row in rows_of(connection, person)? {
                insert.execute([*nr, row])?;
            }
        }
    }
    Ok(())
}

/// The id that a name has because it stands for the voice of somebody with an identifier; of several identifiers the first in the
/// alphabet counts that no other voice has.
pub(super) fn id(connection: &Connection, nr: i64) -> rusqlite::Result<Option<String>> {
    let identifiers: Vec<(String, String)> = connection
        .prepare_cached(
            "SELECT DISTINCT p.identifier, p.kind FROM voice AS v JOIN voice_authority AS t ON t.voice = v.nr \
             JOIN authority AS p ON p.nr = t.authority WHERE (v.nr = ?1 OR v.head = ?1) AND p.identifier IS NOT NULL \
             AND (SELECT head IS NULL FROM voice WHERE nr = ?1) ORDER BY 1, 2",
        )?
        .query_map([nr], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    // A person's word can leave two voices with one identifier.
    let mut first = connection.prepare_cached(
        "SELECT h.nr FROM authority AS p JOIN voice_authority AS t ON t.authority = p.nr JOIN voice AS v ON v.nr = t.voice \
         JOIN voice AS h ON h.nr = coalesce(v.head, v.nr) WHERE p.identifier = ?1 AND p.kind = ?2 \
         ORDER BY h.name, h.kind LIMIT 1",
    )?;
    for (identifier, kind) in identifiers {
        if first.query_row([&identifier, &kind], |row| row.get::<_, i64>(0))? == nr {
            return Ok(Some(super::id_by_identifier(&identifier, &kind)));
        }
    }
    Ok(None)
}

/// The ids of all names that have one because of an identifier, by their rows.
pub(crate) fn ids(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, String>> {
    let heads: Vec<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT coalesce(v.head, v.nr) FROM voice_authority AS t JOIN voice AS v ON v.nr = t.voice \
             JOIN authority AS p ON p.nr = t.authority WHERE p.identifier IS NOT NULL",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut ids = BTreeMap::new();
    for head in heads {
        ids.extend(id(connection, head)?.map(|id| (head, id)));
    }
    Ok(ids)
}

/// What is known of a voice beside what pages tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Names that the record does not have, each with who gave it, in the alphabet's order.
    pub(crate) aliases: Vec<(String, String)>,
    /// Identifiers, in the alphabet's order.
    pub(crate) identifiers: Vec<String>,
    /// Roles with their dates, the earliest first.
    pub(crate) roles: Vec<Held>,
}

/// What is known of a voice, by the row of the name that stands for it.
pub(crate) fn known(connection: &Connection, head: i64) -> rusqlite::Result<Known> {
    let mut has: BTreeSet<String> = BTreeSet::new();
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    let mut names = connection.prepare_cached("SELECT name FROM voice WHERE nr = ?1 OR head = ?1")?;
    let mut rows = names.query([head])?;
    while let Some(row) = rows.next()? {
        has.insert(fold(row.get_ref(0)?.as_str()?));
    }
    let mut given = connection.prepare_cached(
        "SELECT d.name_b, d.by, d.nr FROM voice_decision AS d JOIN voice AS v ON v.name = d.name_a AND v.kind = d.kind_a \
         WHERE d.action = 'alias' AND d.undone_at IS NULL AND (v.nr = ?1 OR v.head = ?1) ORDER BY d.nr",
    )?;
    let mut rows = given.query([head])?;
    while let Some(row) = rows.next()? {
        let (name, by, nr): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        aliases.insert(name, format!("given by {by} (m-{nr})"));
    }
    let (mut identifiers, mut held) = (BTreeSet::new(), BTreeSet::new());
    let mut imported = connection.prepare_cached(
        "SELECT DISTINCT p.identifier, p.name, p.aliases, p.role, p.role_from, p.role_to, p.decision FROM voice AS v \
         JOIN voice_authority AS t ON t.voice = v.nr JOIN authority AS p ON p.nr = t.authority \
         WHERE v.nr = ?1 OR v.head = ?1 ORDER BY p.nr",
    )?;
    let mut rows = imported.query([head])?;
    while let Some(row) = rows.next()? {
        identifiers.extend(row.get::<_, Option<String>>(0)?);
        let more: Vec<String> = serde_json::from_str(row.get_ref(2)?.as_str()?).unwrap_or_default();
        let decision: i64 = row.get(6)?;
        for name in [row.get::<_, String>(1)?].into_iter().chain(more) {
            aliases.entry(name).or_insert_with(|| format!("imported (m-{decision})"));
        }
        if let Some(role) = row.get::<_, Option<String>>(3)? {
            held.insert((row.get::<_, Option<String>>(4)?, row.get::<_, Option<String>>(5)?, role));
        }
    }
    Ok(Known {
        aliases: aliases.into_iter().filter(|(name, _)| !has.contains(&fold(name))).collect(),
        identifiers: identifiers.into_iter().collect(),
        roles: held.into_iter().map(|(from, to, role)| (role, from, to)).collect(),
    })
}

/// The names of the record whose voice is also called so, without that a page has it.
pub(crate) fn also_called(connection: &Connection, name: &str) -> rusqlite::Result<Vec<i64>> {
    let wanted = fold(name);
    let mut called: Vec<i64> = connection
        .prepare_cached(
            "SELECT t.voice FROM authority_name AS n JOIN voice_authority AS t ON t.authority = n.authority \
             WHERE n.folded = ?1",
        )?
        .query_map([&wanted], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut given = connection.prepare_cached(
        "SELECT d.name_b, v.nr FROM voice_decision AS d JOIN voice AS v ON v.name = d.name_a AND v.kind = d.kind_a \
         WHERE d.action = 'alias' AND d.undone_at IS NULL",
    )?;
    let mut rows = given.query([])?;
    while let Some(row) = rows.next()? {
        if fold(row.get_ref(0)?.as_str()?) == wanted {
            called.push(row.get(1)?);
        }
    }
    Ok(called)
}

/// The names of the record whose voice an imported table knows by exactly this identifier.
pub(crate) fn identified(connection: &Connection, identifier: &str) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT t.voice FROM authority AS p JOIN voice_authority AS t ON t.authority = p.nr \
             WHERE p.identifier = ?1 ORDER BY 1",
        )?
        .query_map([identifier], |row| row.get(0))?
        .collect()
}

/// Forgets what was imported of a name.
pub(crate) fn forget_imported(connection: &Connection, (name, kind): (&str, &str)) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM authority WHERE kind = ?2 AND nr IN (SELECT authority FROM authority_name WHERE folded = ?1)",
        )?
        .execute([&fold(name), kind])?;
    // Those that were undone are found by no name.
    let undone: Vec<(i64, String, String)> = connection
        .prepare_cached(
            "SELECT nr, name, aliases FROM authority AS p WHERE kind = ?1 \
             AND NOT EXISTS (SELECT 1 FROM authority_name WHERE authority = p.nr)",
        )?
        .query_map([kind], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, has, aliases) in undone {
        let aliases: Vec<String> = serde_json::from_str(&aliases).unwrap_or_default();
        if [has].iter().chain(&aliases).any(|has| fold(has) == fold(name)) {
            connection.prepare_cached("DELETE FROM authority WHERE nr = ?1")?.execute([nr])?;
        }
    }
    Ok(())
}

/// A name of the record that several people have who were imported, and that is joined to none: its row, and their identifiers.
pub(super) type Unsettled = (i64, Vec<String>);

/// The names of the record of which it is not known whose they are.
pub(super) fn unsettled(connection: &Connection) -> rusqlite::Result<Vec<Unsettled>> {
    let shared: Vec<(String, String)> = connection
        .prepare_cached(
            "SELECT n.folded, p.kind FROM authority_name AS n JOIN authority AS p ON p.nr = n.authority \
             GROUP BY n.folded, p.kind HAVING count(DISTINCT p.identifier) > 1 ORDER BY 1, 2",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for (name, kind) in shared {
        let people = bearing(connection, &name, &kind)?;
        let identifiers: Vec<String> = people.into_iter().filter_map(|person| person.identifier).collect();
        for nr in with_name(connection, &name, &kind)? {
            if meant(connection, nr, (&name, &kind))?.unsettled {
                found.push((nr, identifiers.clone()));
            }
        }
    }
    Ok(found)
}

/// Puts the rows of an import out of force, and marks the names of the record that they are about.
pub(super) fn take_back(connection: &Connection, decision: i64) -> rusqlite::Result<()> {
    mark(connection, decision)?;
    let of = "(SELECT nr FROM authority WHERE decision = ?1)";
    connection.execute(&format!("DELETE FROM voice_authority WHERE authority IN {of}"), [decision])?;
    connection.execute(&format!("DELETE FROM authority_name WHERE authority IN {of}"), [decision])?;
    Ok(())
}

/// Marks the names of the record that the rows of an import are about; returns them.
fn mark(connection: &Connection, decision: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let names: Vec<(String, String)> = connection
        .prepare_cached(
            "SELECT DISTINCT n.folded, p.kind FROM authority AS p JOIN authority_name AS n ON n.authority = p.nr \
             WHERE p.decision = ?1",
        )?
        .query_map([decision], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut marked = BTreeSet::new();
    for (name, kind) in names {
        for nr in with_name(connection, &name, &kind)? {
            links::mark(connection, nr, links::Due::default())?;
            marked.insert(nr);
        }
    }
    Ok(marked)
}

impl Store {
    /// Takes in a table of people: their names join the voices that bear them. What is here already is passed over. With
    /// `dry_run` nothing is written; what comes back says what would be.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn import_voices(
        &mut self,
        file: &str,
        rows: &[AuthorityRow],
        dry_run: bool,
        who: Who<'_>,
    ) -> Result<Imported, StoreError> {
        let import = |connection: &mut Connection| -> Result<Imported, Failed> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut imported = Imported::default();
            let mut decision = None;
            let mut people = BTreeSet::new();
            for row in rows {
                if is_known(&transaction, row)? {
                    imported.known += 1;
                    continue;
                }
                let nr = match decision {
                    Some(nr) => nr,
                    None => decided::insert_import(&transaction, file, who)?,
                };
                decision = Some(nr);
                insert(&transaction, nr, row)?;
                imported.rows += 1;
                people.insert(row.identifier.clone().ok_or_else(|| fold(&row.name)));
            }
            imported.people = people.len();
            if let Some(nr) = decision {
                decided::set_rows(&transaction, nr, imported.rows)?;
                let marked = mark(&transaction, nr)?;
                links::link(&transaction)?;
                crate::statements::settle(&transaction)?;
                imported.decision = decided::decision(&transaction, nr)?;
                let mut voices = BTreeSet::new();
                for name in marked {
                    let of = "SELECT 1 FROM voice_authority WHERE voice = ?1";
                    match transaction.prepare_cached(of)?.exists([name])? {
                        true => {
                            voices.insert(super::head(&transaction, name)?);
                        }
                        false => imported.unsettled.push(decided::named(&transaction, name)?.name),
                    }
                }
                imported.voices = voices.len();
            }
            match dry_run {
                true => transaction.rollback()?,
                false => transaction.commit()?,
            }
            Ok(imported)
        };
        let imported = import(&mut self.connection).map_err(|error| error.of(&self.path))?;
        self.settle_log();
        Ok(imported)
    }
}

/// Whether the same row is in force.
fn is_known(connection: &Connection, row: &AuthorityRow) -> rusqlite::Result<bool> {
    let AuthorityRow { identifier, name, kind, aliases, role, from, to } = row;
    let aliases = serde_json::to_string(aliases).unwrap_or_default();
    connection
        .prepare_cached(
            "SELECT 1 FROM authority_name AS n JOIN authority AS p ON p.nr = n.authority WHERE n.folded = ?1 \
             AND p.identifier IS ?2 AND p.name = ?3 AND p.kind = ?4 AND p.aliases = ?5 AND p.role IS ?6 \
             AND p.role_from IS ?7 AND p.role_to IS ?8",
        )?
        .exists(params![fold(name), identifier, name, kind.name(), aliases, role, from, to])
}

fn insert(connection: &Connection, decision: i64, row: &AuthorityRow) -> rusqlite::Result<()> {
    let AuthorityRow { identifier, name, kind, aliases, role, from, to } = row;
    let all = serde_json::to_string(aliases).unwrap_or_default();
    let nr = connection
        .prepare_cached(
            "INSERT INTO authority (decision, identifier, name, kind, aliases, role, role_from, role_to) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .insert(params![decision, identifier, name, kind.name(), all, role, from, to])?;
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO authority_name (folded, authority) VALUES (?1, ?2)")?;
    for name in [name].into_iter().chain(aliases) {
        insert.execute(params![fold(name), nr])?;
    }
    Ok(())
}

/// Makes anew by which names what is in force is found.
pub(super) fn name_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("DELETE FROM authority_name; DELETE FROM voice_authority")?;
    let rows: Vec<(i64, String, String)> = connection
        .prepare(
            "SELECT p.nr, p.name, p.aliases FROM authority AS p JOIN voice_decision AS d ON d.nr = p.decision \
             WHERE d.undone_at IS NULL",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut insert =
        connection.prepare("INSERT OR IGNORE INTO authority_name (folded, authority) VALUES (?1, ?2)")?;
    for (nr, name, aliases) in rows {
        let aliases: Vec<String> = serde_json::from_str(&aliases).unwrap_or_default();
        for name in [name].iter().chain(&aliases) {
            insert.execute(params![fold(name), nr])?;
        }
    }
    Ok(())
}

//! What people decide about voices: that two names are one voice's or two voices', and which name stands for a voice.
//!
//! A decision is kept by name and kind. So it holds whatever is read again, and when a name has gone it waits until the
//! name comes back.

use std::cmp::Reverse;
use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use saidline::voices::{Reason, SURE};
use saidline::wire;

use super::links;
use crate::decisions::Who;
use crate::error::{Failed, StoreError};
use crate::open::Store;
use crate::{find, heard, search};

/// A name, as the record has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VoiceName {
    /// The name.
    pub name: String,
    /// `person`, `organisation` or `unnamed`.
    pub kind: String,
}

/// What a person decided about voices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceDecision {
    /// Its number in this file; it is shown as `m-` and the number.
    pub nr: i64,
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub by: String,
    /// `merge` (the two are one voice's), `split` (they are two voices'), `rename` (the second stands for the voice of the
    /// first).
    pub action: String,
    /// The names that it is about, in the order in which they were given; none where one was forgotten.
    pub names: Option<(VoiceName, VoiceName)>,
    /// When it was undone, and by whom.
    pub undone: Option<(String, String)>,
}

/// Two names of which a person should say whether they are one voice's.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtfulPair {
    /// The first name, with the id by which it is named and in how many reports it speaks.
    pub a: (VoiceName, String, usize),
    /// The other.
    pub b: (VoiceName, String, usize),
    /// How likely they are one voice's, 0 to 1.
    pub chance: f64,
    /// The reason's name in data.
    pub reason: String,
}

impl DoubtfulPair {
    /// Why it is doubtful, in words for people.
    pub fn in_words(&self) -> String {
        let words = reason_in_words(&self.reason);
        match self.chance >= f64::from(SURE) {
            true => format!("{words}; but there are others of whom that holds, and who are not one voice"),
            false => words,
        }
    }
}

/// A reason in words for people.
pub(crate) fn reason_in_words(reason: &str) -> String {
    let known = Reason::ALL.into_iter().find(|known| known.name() == reason);
    known.map_or_else(|| reason.to_owned(), |known| known.words().to_owned())
}

/// What selects all decisions about voices, in the order in which they were made.
pub(crate) fn select_all() -> String {
    format!("SELECT {COLUMNS} FROM voice_decision ORDER BY nr")
}

const COLUMNS: &str = "nr, at, by, action, name_a, kind_a, name_b, kind_b, undone_at, undone_by";

impl VoiceDecision {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let name = |name: &str, kind: &str| -> rusqlite::Result<Option<VoiceName>> {
            let (name, kind): (Option<String>, Option<String>) = (row.get(name)?, row.get(kind)?);
            Ok(name.zip(kind).map(|(name, kind)| VoiceName { name, kind }))
        };
        Ok(Self {
            nr: row.get("nr")?,
            at: row.get("at")?,
            by: row.get("by")?,
            action: row.get("action")?,
            names: name("name_a", "kind_a")?.zip(name("name_b", "kind_b")?),
            undone: row.get::<_, Option<String>>("undone_at")?.zip(row.get("undone_by")?),
        })
    }

    /// Its id.
    pub fn id(&self) -> String {
        format!("m-{}", self.nr)
    }

    /// What it says, in words for people.
    pub fn in_words(&self) -> String {
        let Some((a, b)) = &self.names else { return format!("{}: forgotten", self.action) };
        let (a, b) = (&a.name, &b.name);
        match self.action.as_str() {
            "merge" => format!("`{a}` and `{b}` are one voice"),
            "split" => format!("`{a}` and `{b}` are two voices"),
            _ => format!("the voice of `{a}` is shown as `{b}`"),
        }
    }

    /// Appends its line on the wire.
    pub fn write(&self, out: &mut String) {
        let names = self.names.iter().flat_map(|(a, b)| [a, b]);
        let names: Vec<_> = names.map(|name| (name.name.as_str(), name.kind.as_str())).collect();
        let decision = wire::Decision {
            id: &self.id(),
            at: &self.at,
            by: &self.by,
            action: &self.action,
            field: None,
            value: None,
            page: None,
            address: None,
            content: None,
            source: None,
            attribution: None,
            names: &names,
            undone: self.undone.as_ref().map(|(at, by)| (at.as_str(), by.as_str())),
        };
        wire::write_decision(out, &decision);
    }
}

/// A decision that holds, by the names that it is about.
pub(super) struct Wish {
    action: String,
    pub(super) a: (String, String),
    pub(super) b: (String, String),
}

impl Wish {
    pub(super) fn merges(&self) -> bool {
        self.action == "merge"
    }

    pub(super) fn splits(&self) -> bool {
        self.action == "split"
    }

    pub(super) fn renames(&self) -> bool {
        self.action == "rename"
    }
}

/// The decisions that hold, in the order in which they were made: of several on the same two names the last.
pub(super) fn wishes(connection: &Connection) -> rusqlite::Result<Vec<Wish>> {
    let mut wishes: Vec<Wish> = connection
        .prepare_cached(
            "SELECT action, name_a, kind_a, name_b, kind_b FROM voice_decision \
             WHERE undone_at IS NULL AND name_a IS NOT NULL AND name_b IS NOT NULL ORDER BY nr",
        )?
        .query_map([], |row| {
            let (a, b) = ((row.get(1)?, row.get(2)?), (row.get(3)?, row.get(4)?));
            Ok(Wish { action: row.get(0)?, a, b })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut last = HashMap::new();
    for (n, wish) in wishes.iter().enumerate().filter(|(_, wish)| !wish.renames()) {
        last.insert((wish.a.clone().min(wish.b.clone()), wish.a.clone().max(wish.b.clone())), n);
    }
    let mut n = 0;
    wishes.retain(|wish| {
        n += 1;
        let pair = (wish.a.clone().min(wish.b.clone()), wish.a.clone().max(wish.b.clone()));
        wish.renames() || last.get(&pair) == Some(&(n - 1))
    });
    Ok(wishes)
}

/// Takes a name that is forgotten out of the decisions about it.
pub(crate) fn forget_name(connection: &Connection, (name, kind): (&str, &str)) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE voice_decision SET name_a = NULL, kind_a = NULL, name_b = NULL, kind_b = NULL \
             WHERE name_a = ?1 AND kind_a = ?2 OR name_b = ?1 AND kind_b = ?2",
        )?
        .execute([name, kind])?;
    Ok(())
}

impl Store {
    /// Joins the voices of two names. Each is given by an id, by the name, or by words that only one name has.
    ///
    /// # Errors
    /// When a name is not known, or several are meant, or both are the same; or when the store cannot be written.
    pub fn merge_voices(&mut self, a: &str, b: &str, who: Who<'_>) -> Result<VoiceDecision, StoreError> {
        self.decide_on_voices(|connection| {
            let (a, b) = (name_meant(connection, a)?, name_meant(connection, b)?);
            insert(connection, "merge", (a, b), who)
        })
    }

    /// Parts two names: they are two voices', whatever joined them. Each is given as with [`Store::merge_voices`].
    ///
    /// # Errors
    /// As [`Store::merge_voices`].
    pub fn split_voices(&mut self, a: &str, b: &str, who: Who<'_>) -> Result<VoiceDecision, StoreError> {
        self.decide_on_voices(|connection| {
            let (a, b) = (name_meant(connection, a)?, name_meant(connection, b)?);
            insert(connection, "split", (a, b), who)
        })
    }

    /// Lets a voice be shown by another of its names. `name` is compared exactly.
    ///
    /// # Errors
    /// As [`Store::merge_voices`], and when the voice has no such name.
    pub fn rename_voice(&mut self, a: &str, name: &str, who: Who<'_>) -> Result<VoiceDecision, StoreError> {
        self.decide_on_voices(|connection| {
            let a = name_meant(connection, a)?;
            let mut has = Vec::new();
            for nr in super::names(connection, a)? {
                has.push((nr, named(connection, nr)?.name));
            }
            match has.iter().find(|(_, has)| has == name) {
                Some((b, _)) => insert(connection, "rename", (a, *b), who),
                None => {
                    let has: Vec<_> = has.iter().take(8).map(|(_, name)| format!("`{name}`")).collect();
                    let message =
                        format!("the voice has no name `{name}` in the record: it has {}", has.join(", "));
                    Err(StoreError::Unknown(message).into())
                }
            }
        })
    }

    /// Undoes the decision about voices with this number.
    ///
    /// # Errors
    /// When there is none, or it was undone already, or the store cannot be written.
    pub fn undo_voices(&mut self, nr: i64, who: Who<'_>) -> Result<VoiceDecision, StoreError> {
        self.decide_on_voices(|connection| {
            let found = decision(connection, nr)?
                .ok_or_else(|| StoreError::Unknown(format!("no decision `m-{nr}`")))?;
            if let Some((at, by)) = found.undone {
                return Err(
                    StoreError::Unknown(format!("`m-{nr}` was undone already, by {by} at {at}")).into()
                );
            }
            connection.execute(
                "UPDATE voice_decision SET undone_at = ?2, undone_by = ?3 WHERE nr = ?1",
                params![nr, who.at, who.by],
            )?;
            Ok(nr)
        })
    }

    /// All decisions about voices, in the order in which they were made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn voice_decisions(&self) -> Result<Vec<VoiceDecision>, StoreError> {
        let select = |connection: &Connection| -> rusqlite::Result<Vec<_>> {
            connection.prepare(&select_all())?.query_map([], VoiceDecision::from_row)?.collect()
        };
        select(&self.connection).map_err(|error| self.failed(error))
    }

    /// The pairs of names that are most worth a look, and how many pairs are doubtful in all: first those of which both
    /// names are heard most. What a person has decided on is not among them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn doubtful_voices(&self, limit: usize) -> Result<(usize, Vec<DoubtfulPair>), StoreError> {
        doubtful(&self.connection, limit).map_err(|error| self.failed(error))
    }

    /// Writes a decision, and makes the voices anew that it is about, in one transaction.
    fn decide_on_voices(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<i64, Failed>,
    ) -> Result<VoiceDecision, StoreError> {
        let decide = |connection: &mut Connection| -> Result<VoiceDecision, Failed> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let nr = change(&transaction)?;
            let made = decision(&transaction, nr)?
                .ok_or_else(|| StoreError::Unknown(format!("no decision `m-{nr}`")))?;
            for name in made.names.iter().flat_map(|(a, b)| [a, b]) {
                let row = transaction
                    .query_row(
                        "SELECT nr FROM voice WHERE name = ?1 AND kind = ?2",
                        [&name.name, &name.kind],
                        |row| row.get(0),
                    )
                    .optional()?;
                if let Some(row) = row {
                    links::mark(&transaction, row, false)?;
                }
            }
            links::link(&transaction)?;
            transaction.commit()?;
            Ok(made)
        };
        let decided = decide(&mut self.connection).map_err(|error| error.of(&self.path))?;
        self.settle_log();
        Ok(decided)
    }
}

fn decision(connection: &Connection, nr: i64) -> rusqlite::Result<Option<VoiceDecision>> {
    let select = format!("SELECT {COLUMNS} FROM voice_decision WHERE nr = ?1");
    connection.prepare_cached(&select)?.query_row([nr], VoiceDecision::from_row).optional()
}

fn insert(connection: &Connection, action: &str, (a, b): (i64, i64), who: Who<'_>) -> Result<i64, Failed> {
    let (a_name, b_name) = (named(connection, a)?, named(connection, b)?);
    if a == b && action != "rename" {
        return Err(StoreError::Wrong(format!("both are the one name `{}`", a_name.name)).into());
    }
    for name in [&a_name, &b_name] {
        if name.kind == "unnamed" {
            let message = format!("`{}` is no name: it may be somebody else on every page", name.name);
            return Err(StoreError::Wrong(message).into());
        }
    }
    let insert = "INSERT INTO voice_decision (at, by, action, name_a, kind_a, name_b, kind_b) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    Ok(connection.prepare_cached(insert)?.insert(params![
        who.at,
        who.by,
        action,
        a_name.name,
        a_name.kind,
        b_name.name,
        b_name.kind
    ])?)
}

fn named(connection: &Connection, nr: i64) -> rusqlite::Result<VoiceName> {
    connection
        .prepare_cached("SELECT name, kind FROM voice WHERE nr = ?1")?
        .query_row([nr], |row| Ok(VoiceName { name: row.get(0)?, kind: row.get(1)? }))
}

/// The row of the one name that is meant: by an id or the beginning of one, by the name, by words of it.
fn name_meant(connection: &Connection, asked: &str) -> Result<i64, Failed> {
    if asked.starts_with("v-") {
        let id = find::voice(connection, asked)?;
        let row = connection.query_row("SELECT nr FROM voice WHERE id = ?1", [id], |row| row.get(0))?;
        return Ok(row);
    }
    let mut exact: Vec<i64> = connection
        .prepare_cached("SELECT nr FROM voice WHERE name = ?1 ORDER BY nr")?
        .query_map([asked], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if exact.is_empty() {
        exact = search::names_of(connection, asked)?;
    }
    match exact.as_slice() {
        [one] => Ok(*one),
        [] => Err(StoreError::Unknown(format!("no voice `{asked}`")).into()),
        several => {
            let mut told = Vec::new();
            for nr in several.iter().take(5) {
                let select = "SELECT name, kind, id FROM voice WHERE nr = ?1";
                told.push(connection.prepare_cached(select)?.query_row([nr], |row| {
                    let (name, kind, id): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    Ok(format!("`{name}` ({kind}, `{id}`)"))
                })?);
            }
            let more = if several.len() > 5 { ", …" } else { "" };
            let message = format!("`{asked}` can be several names: {}{more}", told.join(", "));
            Err(StoreError::Unknown(message).into())
        }
    }
}

fn doubtful(connection: &Connection, limit: usize) -> rusqlite::Result<(usize, Vec<DoubtfulPair>)> {
    let transaction = connection.unchecked_transaction()?;
    let counts: HashMap<i64, usize> = heard::counts(&transaction)?.into_iter().collect();
    let mut select = transaction.prepare(
        "SELECT j.a, j.b, j.chance, j.reason FROM voice_join AS j JOIN voice AS a ON a.nr = j.a \
         JOIN voice AS b ON b.nr = j.b WHERE j.doubt AND coalesce(a.head, a.nr) <> coalesce(b.head, b.nr) \
         AND NOT EXISTS (SELECT 1 FROM voice_decision AS d WHERE d.undone_at IS NULL AND d.action <> 'rename' \
         AND (d.name_a = a.name AND d.kind_a = a.kind AND d.name_b = b.name AND d.kind_b = b.kind \
         OR d.name_a = b.name AND d.kind_a = b.kind AND d.name_b = a.name AND d.kind_b = a.kind))",
    )?;
    let count = |nr: i64| counts.get(&nr).copied().unwrap_or_default();
    let mut pairs = Vec::new();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (a, b): (i64, i64) = (row.get(0)?, row.get(1)?);
        let heard = (count(a).min(count(b)), count(a).max(count(b)));
        if heard.0 > 0 {
            pairs.push((heard, a, b, row.get::<_, f64>(2)?, row.get::<_, String>(3)?));
        }
    }
    let total = pairs.len();
    pairs.sort_by_key(|pair| Reverse(pair.0));
    // All that are as much heard as the last wanted stay, so that their names decide.
    if let Some(least) = limit.checked_sub(1).and_then(|last| pairs.get(last)).map(|pair| pair.0) {
        pairs.retain(|pair| pair.0 >= least);
    }
    let mut found = Vec::with_capacity(pairs.len());
    for (_, a, b, chance, reason) in pairs {
        let of = |nr: i64| -> rusqlite::Result<_> {
            let id = transaction
                .prepare_cached("SELECT id FROM voice WHERE nr = ?1")?
                .query_row([nr], |row| row.get::<_, String>(0))?;
            Ok((named(&transaction, nr)?, id, count(nr)))
        };
        let (a, b) = (of(a)?, of(b)?);
        let (a, b) = if (a.2, &b.0) >= (b.2, &a.0) { (a, b) } else { (b, a) };
        found.push(DoubtfulPair { a, b, chance, reason });
    }
    found.sort_by(|a, b| {
        let least = |pair: &DoubtfulPair| (pair.a.2.min(pair.b.2), pair.a.2.max(pair.b.2));
        least(b).cmp(&least(a)).then_with(|| (&a.a.0, &a.b.0).cmp(&(&b.a.0, &b.b.0)))
    });
    found.truncate(limit);
    Ok((total, found))
}

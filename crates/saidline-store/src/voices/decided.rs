//! What people decide about voices: that two names are one voice's or two voices', and which name stands for a voice.
//!
//! A decision is kept by name and kind. So it holds whatever is read again, and when a name has gone it waits until the
//! name comes back.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use saidline::voices::Reason;
use saidline::wire;
use serde::{Deserialize, Serialize};

use super::parted::{self, PartedReport, Parting};
use super::{imported, links};
use crate::decisions::Who;
use crate::error::{Failed, StoreError};
use crate::open::Store;
use crate::{find, search};

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
    /// first), `alias` (the voice of the first has the second, too), `part` (some reports of the first are another voice's, which is called
    /// by the second), `import` (of a table of people).
    pub action: String,
    /// The names that it is about, in the order in which they were given; none where one was forgotten.
    pub names: Option<(VoiceName, VoiceName)>,
    /// Of an import the table and how many rows of it are new.
    pub import: Option<(String, u64)>,
    /// Of a parting which reports of the first name are the second's.
    pub parting: Option<Parting>,
    /// Whether both names are one voice's now; none where not both are in the record.
    pub one: Option<bool>,
    /// When it was undone, and by whom.
    pub undone: Option<(String, String)>,
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

const COLUMNS: &str = "nr, at, by, action, name_a, kind_a, name_b, kind_b, value, undone_at, undone_by, \
                       (SELECT coalesce(a.head, a.nr) = coalesce(b.head, b.nr) FROM voice AS a, voice AS b \
                        WHERE a.name = name_a AND a.kind = kind_a AND b.name = name_b AND b.kind = kind_b) AS one";

impl VoiceDecision {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let name = |name: &str, kind: &str| -> rusqlite::Result<Option<VoiceName>> {
            let (name, kind): (Option<String>, Option<String>) = (row.get(name)?, row.get(kind)?);
            Ok(name.zip(kind).map(|(name, kind)| VoiceName { name, kind }))
        };
        let (action, value): (String, Option<String>) = (row.get("action")?, row.get("value")?);
        let of = |of: &str| value.as_deref().filter(|_| action == of);
        Ok(Self {
            nr: row.get("nr")?,
            at: row.get("at")?,
            by: row.get("by")?,
            names: name("name_a", "kind_a")?.zip(name("name_b", "kind_b")?),
            import: of("import")
                .and_then(|json| serde_json::from_str::<Import>(json).ok())
                .map(|import| (import.file, import.rows)),
            parting: of("part").and_then(|json| serde_json::from_str(json).ok()),
            action,
            one: row.get("one")?,
            undone: row.get::<_, Option<String>>("undone_at")?.zip(row.get("undone_by")?),
        })
    }

    /// Its id.
    pub fn id(&self) -> String {
        format!("m-{}", self.nr)
    }

    /// What it says, in words for people.
    pub fn in_words(&self) -> String {
        if let Some((file, rows)) = &self.import {
            return format!("{rows} {} imported from `{file}`", if *rows == 1 { "row" } else { "rows" });
        }
        let Some((a, b)) = &self.names else { return format!("{}: forgotten", self.action) };
        let (a, b) = (&a.name, &b.name);
        if let Some(parting) = &self.parting {
            return format!("`{a}` {} is another voice: `{b}`", parting.in_words());
        }
        match self.action.as_str() {
            "merge" => format!("`{a}` and `{b}` are one voice"),
            "split" => format!("`{a}` and `{b}` are two voices"),
            "alias" => format!("the voice of `{a}` is called `{b}`, too"),
            _ => format!("the voice of `{a}` is shown as `{b}`"),
        }
    }

    /// What holds now that it is undone, in words for people.
    pub fn undone_in_words(&self) -> String {
        if let Some((file, rows)) = &self.import {
            let rows = if *rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            return format!("what {rows} of `{file}` say holds no more");
        }
        let Some((a, b)) = &self.names else { return format!("{}: forgotten", self.action) };
        let (a, b) = (&a.name, &b.name);
        if let Some(parting) = &self.parting {
            return format!("`{a}` {} is no more parted from `{a}` by your word", parting.in_words());
        }
        match (self.action.as_str(), self.one) {
            ("merge", Some(true)) => {
                format!("`{a}` and `{b}` are one voice still, without that a person says so")
            }
            ("merge", _) => format!("`{a}` and `{b}` are two voices again"),
            ("split", Some(false)) => {
                format!("`{a}` and `{b}` are two voices still, without that a person says so")
            }
            ("split", _) => format!("`{a}` and `{b}` are one voice again"),
            ("alias", _) => format!("the voice of `{a}` is no more called `{b}` by your word"),
            _ => format!("the voice of `{a}` is no more shown as `{b}` by your word"),
        }
    }

    /// Appends its line on the wire.
    pub fn write(&self, out: &mut String) {
        let names = self.names.iter().flat_map(|(a, b)| [a, b]);
        let names: Vec<_> = names.map(|name| (name.name.as_str(), name.kind.as_str())).collect();
        let import =
            self.import.as_ref().map(|(file, rows)| Import { file: file.clone(), rows: *rows }.json());
        let value =
            import.or_else(|| self.parting.as_ref().and_then(|parting| serde_json::to_string(parting).ok()));
        let decision = wire::Decision {
            id: &self.id(),
            at: &self.at,
            by: &self.by,
            action: &self.action,
            field: None,
            value: value.as_deref(),
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

/// What the row of an import holds.
#[derive(Serialize, Deserialize)]
struct Import {
    file: String,
    rows: u64,
}

impl Import {
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
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
        // A further name is one that may not be there yet.
        matches!(self.action.as_str(), "merge" | "alias")
    }

    pub(super) fn splits(&self) -> bool {
        matches!(self.action.as_str(), "split" | "part")
    }

    pub(super) fn renames(&self) -> bool {
        self.action == "rename"
    }
}

/// The decisions that hold, in the order in which they were made: of several on the same two names the last.
pub(super) fn wishes(connection: &Connection) -> rusqlite::Result<Vec<Wish>> {
    // With each, behind which decision of the other sort it was made.
    let mut made: Vec<(i64, Wish)> = connection
        .prepare_cached(
            "SELECT behind, action, name_a, kind_a, name_b, kind_b FROM voice_decision \
             WHERE undone_at IS NULL AND name_a IS NOT NULL AND name_b IS NOT NULL ORDER BY nr",
        )?
        .query_map([], |row| {
            let (a, b) = ((row.get(2)?, row.get(3)?), (row.get(4)?, row.get(5)?));
            Ok((row.get(0)?, Wish { action: row.get(1)?, a, b }))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, PartedReport { name, kind, to }) in parted::reports(connection)? {
        let at = made.partition_point(|(behind, _)| *behind < nr);
        made.insert(at, (nr, Wish { action: "part".to_owned(), a: (name, kind.clone()), b: (to, kind) }));
    }
    let mut wishes: Vec<Wish> = made.into_iter().map(|(_, wish)| wish).collect();
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
    /// Joins the voices of two names. Each is given by an id, by the name, or by words that only one name has. A person and an
    /// organisation are joined only with `force`.
    ///
    /// # Errors
    /// When a name is not known, or several are meant, or both are the same; [`StoreError::Refused`] where `force` is needed; or
    /// when the store cannot be written.
    pub fn merge_voices(
        &mut self,
        a: &str,
        b: &str,
        force: bool,
        who: Who<'_>,
    ) -> Result<VoiceDecision, StoreError> {
        self.decide_on_voices(|connection| {
            let (a, b) = (name_meant(connection, a)?, name_meant(connection, b)?);
            let (one, other) = (named(connection, a)?, named(connection, b)?);
            let kinds = [&one, &other].map(|name| name.kind.as_str());
            if kinds[0] != kinds[1] && !force && !kinds.contains(&"unnamed") {
                let of = |kind: &str| format!("{} {kind}", if kind == "organisation" { "an" } else { "a" });
                let message =
                    format!("`{}` is {} and `{}` {}", one.name, of(kinds[0]), other.name, of(kinds[1]));
                return Err(StoreError::Refused(message, "`--force` joins them all the same").into());
            }
            insert(connection, "merge", (a, b), who)
        })
    }

    /// Gives a voice a further name, which no page need have yet. The voice is given as with [`Store::merge_voices`]; the name is
    /// taken as it is written.
    ///
    /// # Errors
    /// As [`Store::merge_voices`]; [`StoreError::Refused`] when another voice has the name, or this one has it already.
    pub fn alias_voice(
        &mut self,
        voice: &str,
        name: &str,
        who: Who<'_>,
    ) -> Result<VoiceDecision, StoreError> {
        let name = name.trim();
        self.decide_on_voices(|connection| {
            let a = name_meant(connection, voice)?;
            let of = named(connection, a)?;
            if of.kind == "unnamed" {
                return Err(no_name(&of).into());
            }
            if !name.contains(char::is_alphanumeric) {
                return Err(StoreError::Wrong(format!("`{name}` is no name")).into());
            }
            let head = super::head(connection, a)?;
            let known: Option<i64> = connection
                .prepare_cached("SELECT nr FROM voice WHERE name = ?1 AND kind = ?2")?
                .query_row([name, &of.kind], |row| row.get(0))
                .optional()?;
            let mut heads: BTreeSet<i64> = BTreeSet::new();
            for nr in super::also_called(connection, name)?.into_iter().chain(known) {
                heads.insert(super::head(connection, nr)?);
            }
            if heads.remove(&head) {
                let message = format!("the voice of `{}` is called `{name}` already", of.name);
                return Err(StoreError::Wrong(message).into());
            }
            if let Some(other) = heads.into_iter().next() {
                let other = named(connection, other)?.name;
                let whose = if other == name { String::new() } else { format!(", of `{other}`") };
                let message = format!("`{name}` is a name of another voice{whose}");
                let hint = "`saidline voices merge NAME OTHER` makes two voices one";
                return Err(StoreError::Refused(message, hint).into());
            }
            let b = VoiceName { name: name.to_owned(), kind: of.kind.clone() };
            insert_row(connection, "alias", (Some(&of), Some(&b)), None, who)
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

    /// Parts reports of one name, which several people bear: those that meet what is asked for are the voice's that is called `to`,
    /// by which it is found from now on. Without `to` it is the name with what is asked for in brackets. Pages that come later are
    /// parted by the same.
    ///
    /// # Errors
    /// As [`Store::merge_voices`]; [`StoreError::Refused`] when the record has the name `to` already, or when all reports of the
    /// name meet what is asked for; [`StoreError::Unknown`] when none does.
    pub fn part_voice(
        &mut self,
        name: &str,
        parting: &Parting,
        to: Option<&str>,
        who: Who<'_>,
    ) -> Result<VoiceDecision, StoreError> {
        self.decide_on_voices(|connection| {
            let from = named(connection, name_meant(connection, name)?)?;
            if from.kind == "unnamed" {
                return Err(no_name(&from).into());
            }
            let parting = parting.settled(connection)?;
            let to = to.map_or_else(|| parted::called(&from, &parting), |to| to.trim().to_owned());
            if !to.contains(char::is_alphanumeric) {
                return Err(StoreError::Wrong(format!("`{to}` is no name")).into());
            }
            let known = "SELECT 1 FROM voice WHERE name = ?1 AND kind = ?2 AND NOT EXISTS (SELECT 1 FROM voice_decision \
                         WHERE action = 'part' AND undone_at IS NULL AND name_a = ?3 AND kind_a = ?2 AND name_b = ?1)";
            if connection.prepare_cached(known)?.exists([&to, &from.kind, &from.name])? {
                let message = format!("the record has the name `{to}` already");
                return Err(StoreError::Refused(message, "`--as` gives another name").into());
            }
            match parted::weigh(connection, (&from.name, &from.kind), &parting)? {
                (0, _) => {
                    let message = format!("no page has `{}` {}", from.name, parting.in_words());
                    return Err(StoreError::Unknown(message).into());
                }
                (_, 0) => {
                    let message = format!("all pages have `{}` {}: nothing would be left", from.name, parting.in_words());
                    return Err(StoreError::Refused(message, "`saidline voices --doubtful` lists roles by which names can be parted").into());
                }
                _ => {}
            }
            let value = serde_json::to_string(&parting).unwrap_or_default();
            let to = VoiceName { name: to, kind: from.kind.clone() };
            insert_row(connection, "part", (Some(&from), Some(&to)), Some(&value), who)
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
            if found.import.is_some() {
                imported::take_back(connection, nr)?;
            }
            Ok(nr)
        })
    }

    /// The number of the last decision about voices that is in force, where none of another sort was made after it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_voice_decision(&self) -> Result<Option<i64>, StoreError> {
        let select = "SELECT max(nr) FROM voice_decision WHERE undone_at IS NULL \
                      AND behind >= coalesce((SELECT max(nr) FROM decision WHERE undone_at IS NULL), 0)";
        self.connection.query_row(select, [], |row| row.get(0)).map_err(|error| self.failed(error))
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
                    links::mark(&transaction, row, links::Due::default())?;
                }
            }
            links::link(&transaction)?;
            crate::statements::settle(&transaction)?;
            // Whether both are one voice's is known only now.
            let made = decision(&transaction, nr)?.unwrap_or(made);
            transaction.commit()?;
            Ok(made)
        };
        let decided = decide(&mut self.connection).map_err(|error| error.of(&self.path))?;
        self.settle_log();
        Ok(decided)
    }
}

pub(crate) fn decision(connection: &Connection, nr: i64) -> rusqlite::Result<Option<VoiceDecision>> {
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
            return Err(no_name(name).into());
        }
    }
    insert_row(connection, action, (Some(&a_name), Some(&b_name)), None, who)
}

pub(super) fn no_name(name: &VoiceName) -> StoreError {
    StoreError::Wrong(format!("`{}` is no name: it may be somebody else on every page", name.name))
}

fn insert_row(
    connection: &Connection,
    action: &str,
    (a, b): (Option<&VoiceName>, Option<&VoiceName>),
    value: Option<&str>,
    who: Who<'_>,
) -> Result<i64, Failed> {
    let insert = "INSERT INTO voice_decision (at, by, action, name_a, kind_a, name_b, kind_b, value, behind) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce((SELECT max(nr) FROM decision), 0))";
    let part = |of: Option<&VoiceName>| of.map(|of| (of.name.clone(), of.kind.clone())).unzip();
    let ((name_a, kind_a), (name_b, kind_b)): ((Option<_>, Option<_>), (Option<_>, Option<_>)) =
        (part(a), part(b));
    Ok(connection
        .prepare_cached(insert)?
        .insert(params![who.at, who.by, action, name_a, kind_a, name_b, kind_b, value])?)
}

/// The decision that a table of people is imported by; its rows are not counted yet.
pub(super) fn insert_import(connection: &Connection, file: &str, who: Who<'_>) -> Result<i64, Failed> {
    let value = Import { file: file.to_owned(), rows: 0 }.json();
    insert_row(connection, "import", (None, None), Some(&value), who)
}

/// How many rows of an import are new.
pub(super) fn set_rows(connection: &Connection, nr: i64, rows: usize) -> rusqlite::Result<()> {
    let set = "UPDATE voice_decision SET value = json_set(value, '$.rows', ?2) WHERE nr = ?1";
    connection.execute(set, params![nr, rows as i64]).map(|_| ())
}

pub(super) fn named(connection: &Connection, nr: i64) -> rusqlite::Result<VoiceName> {
    connection
        .prepare_cached("SELECT name, kind FROM voice WHERE nr = ?1")?
        .query_row([nr], |row| Ok(VoiceName { name: row.get(0)?, kind: row.get(1)? }))
}

/// The row of the one name that is meant: by an id or the beginning of one, by the name, by words of it.
pub(super) fn name_meant(connection: &Connection, asked: &str) -> Result<i64, Failed> {
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

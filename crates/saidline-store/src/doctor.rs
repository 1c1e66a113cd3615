//! Whether a store is sound: the file itself, its tables against each other, and what was derived against what it was
//! derived from. What can be derived again is repaired where that is wanted.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};
use saidline::wire::AttributionIds;
use saidline::{Points, Span};
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::forget;
use crate::load;
use crate::open::Store;
use crate::rows::{self, Stored};
use crate::write;
use crate::{statements, voices};

/// What was looked at, and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at, in a few words.
    pub of: &'static str,
    /// What came out.
    pub state: State,
}

/// What came out of a check. Each says more in a sentence without a final stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// All is well.
    Sound(String),
    /// It was wrong, and is well now.
    Repaired(String),
    /// It is wrong, and `--repair` makes it well again.
    Repairable(String),
    /// It is wrong: what, and what can be done.
    Wrong(String, &'static str),
    /// It could not be looked at: why.
    Unchecked(String),
}

/// All that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checkup {
    /// In the order in which it was looked at.
    pub checks: Vec<Check>,
}

impl Checkup {
    /// Whether something is wrong and was not repaired.
    pub fn is_wrong(&self) -> bool {
        self.checks.iter().any(|check| matches!(check.state, State::Repairable(_) | State::Wrong(..)))
    }
}

/// How many faults of one sort are told; the others are only counted by their being more.
const TOLD: usize = 3;

/// What is lost with the page of a file.
const RESTORE: &str = "bring a copy back if you have one; else `saidline export` what can still be read, and add the \
                       pages again to a new store";
/// What was derived from pages whose bytes are there.
const REFRESH: &str = "`saidline refresh` reads the pages again and makes it anew";
/// What is wrong in a page itself.
const ADD: &str = "`saidline forget page ID` takes it out; add it again from where it came";

impl Store {
    /// Looks at the store at `path` from all sides. With `deep`, every document and page is read whole. With `repair`,
    /// what can be derived again is.
    ///
    /// # Errors
    /// When there is no store at the path, or it cannot be opened at all.
    pub fn examine(path: &Path, deep: bool, repair: bool) -> Result<Checkup, StoreError> {
        // A file that may not be written can still be looked at.
        let (mut store, writable) = match Self::open(path) {
            Ok(store) => (store, true),
            Err(StoreError::ReadOnly(_)) if !repair => (Self::read(path)?, false),
            Err(error) => return Err(error),
        };
        let mut checkup = Checkup::default();
        let mut take = |of, state: rusqlite::Result<State>| {
            let state = state.unwrap_or_else(|error| {
                State::Wrong(format!("it cannot be read ({})", plainly(path, error)), RESTORE)
            });
            checkup.checks.push(Check { of, state });
        };
        take("cleaning after forgetting", store.check_cleaning(writable));
        let file = store.check_file(repair);
        // In a file whose own pages are broken the rest says little, and repairing would spread it.
        let whole = matches!(file, Ok(State::Sound(_) | State::Repaired(_)));
        take("the file", file);
        take("references", check_references(&store.connection));
        take("index of words", store.check_index(writable, repair && whole));
        take("voices", store.check_voices(repair && whole));
        take("names of voices", store.check_names(writable, repair && whole));
        take("statements", store.check_statements(writable, deep, repair && whole));
        take("versions", store.check_versions(repair && whole));
        take("places", check_places(&store.connection));
        if deep {
            take("documents", store.check_documents());
            take("pages", store.check_pages());
        }
        Ok(checkup)
    }

    fn check_cleaning(&mut self, writable: bool) -> rusqlite::Result<State> {
        if forget::due(&self.connection)?.is_none() {
            return Ok(State::Sound("nothing is due".to_owned()));
        }
        if !writable {
            return Ok(State::Repairable("words that were forgotten may still be in the file".to_owned()));
        }
        Ok(match self.finish_cleaning() {
            Ok(forget::Cleaning::Done) => State::Repaired(
                "words that were forgotten were still in the file, and are out now".to_owned(),
            ),
            Ok(forget::Cleaning::Held) => State::Wrong(
                "words that were forgotten may still be in the log of writes, which others who read hold"
                    .to_owned(),
                "run it again when nobody reads the store",
            ),
            Err(error) => State::Wrong(
                format!("words that were forgotten may still be in the file ({error})"),
                "run it again when that is mended",
            ),
        })
    }

    /// `PRAGMA integrity_check`: the pages of the file, the order and number of entries of its indexes, the types of
    /// columns.
    fn check_file(&mut self, repair: bool) -> rusqlite::Result<State> {
        let faults = integrity(&self.connection)?;
        if faults.is_empty() {
            let pages = self.connection.query_row(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                [],
                |row| row.get::<_, i64>(0),
            )?;
            return Ok(State::Sound(format!("{:.1} MB fit together", pages as f64 / 1e6)));
        }
        if !faults.iter().all(|fault| fault.contains(" index ")) {
            return Ok(State::Wrong(told(&faults), RESTORE));
        }
        if !repair {
            return Ok(State::Repairable(told(&faults)));
        }
        self.connection.execute_batch("REINDEX")?;
        let left = integrity(&self.connection)?;
        Ok(match left.is_empty() {
            true => State::Repaired(format!("the indexes were made anew: {}", told(&faults))),
            false => State::Wrong(told(&left), RESTORE),
        })
    }

    /// The index of words against the view that it is made from.
    fn check_index(&mut self, writable: bool, repair: bool) -> rusqlite::Result<State> {
        if !writable {
            return Ok(State::Unchecked("that takes the right to write the file".to_owned()));
        }
        let check = "INSERT INTO quote_fts (quote_fts, rank) VALUES ('integrity-check', 1)";
        let Err(error) = self.connection.execute(check, []) else {
            let reports = self
                .connection
                .query_row("SELECT count(*) FROM quote_fts_docsize", [], |row| row.get::<_, i64>(0))?;
            return Ok(State::Sound(format!("{reports} reports are in it as they are in the tables")));
        };
        if error.sqlite_error_code() != Some(rusqlite::ffi::ErrorCode::DatabaseCorrupt) {
            return Err(error);
        }
        let fault = "it differs from the tables".to_owned();
        if !repair {
            return Ok(State::Repairable(fault));
        }
        self.connection.execute("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')", [])?;
        self.connection.execute(check, [])?;
        Ok(State::Repaired("it differed from the tables and was made anew".to_owned()))
    }

    /// Voices against their attributions: their ids are made from the smallest of these, or from an identifier.
    fn check_voices(&mut self, repair: bool) -> rusqlite::Result<State> {
        let (mut wrong, mut misnamed, mut count) = (Vec::new(), Vec::new(), 0_u64);
        let by_identifier = voices::imported_ids(&self.connection)?;
        {
            let mut select = self.connection.prepare(
                "SELECT v.nr, v.id, v.attribution, v.n, v.name, v.kind, \
                 (SELECT a.id || ' ' || s.n FROM speaker AS s JOIN attribution AS a ON a.nr = s.attribution \
                  WHERE s.voice = v.nr ORDER BY a.id, s.n LIMIT 1), \
                 EXISTS (SELECT 1 FROM speaker AS s WHERE s.voice = v.nr \
                         AND (s.name <> v.name OR s.kind <> v.kind) \
                         AND NOT EXISTS (SELECT 1 FROM voice_decision AS d WHERE d.action = 'part' AND d.undone_at IS NULL \
                         AND d.name_a = s.name AND d.kind_a = s.kind AND d.name_b = v.name AND d.kind_b = v.kind) \
                         AND NOT EXISTS (SELECT 1 FROM decision AS d JOIN attribution AS a ON a.id = d.attribution \
                         WHERE d.pair IS NOT NULL AND d.action = 'part' AND d.undone_at IS NULL AND a.nr = s.attribution \
                         AND json_extract(d.value, '$.name') = s.name AND json_extract(d.value, '$.kind') = s.kind \
                         AND json_extract(d.value, '$.to') = v.name AND s.kind = v.kind)) \
                 FROM voice AS v",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                count += 1;
                let (nr, id, attribution, n): (i64, String, String, i64) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let (name, kind): (String, String) = (row.get(4)?, row.get(5)?);
                let first: Option<String> = row.get(6)?;
                let has = format!("{attribution} {n}");
                let own = || voices::voice_id((&attribution, n), (&name, &kind));
                let expected = by_identifier.get(&nr).cloned().unwrap_or_else(own);
                if first.as_deref() != Some(&has) || id != expected {
                    wrong.push((nr, name));
                }
                if row.get(7)? {
                    misnamed.push(row.get::<_, String>(4)?);
                }
            }
        }
        if !misnamed.is_empty() {
            let names: Vec<_> = misnamed.iter().map(|name| format!("`{name}`")).collect();
            return Ok(State::Wrong(
                format!("speakers are called otherwise than their voices: {}", told(&names)),
                REFRESH,
            ));
        }
        if wrong.is_empty() {
            return Ok(State::Sound(format!(
                "{count} have the ids that their attributions and identifiers give"
            )));
        }
        let names: Vec<_> = wrong.iter().map(|(_, name)| format!("`{name}`")).collect();
        let fault = format!("ids that the attributions do not give: {}", told(&names));
        if !repair {
            return Ok(State::Repairable(fault));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (nr, _) in wrong {
            voices::settle(&transaction, nr)?;
        }
        voices::link(&transaction)?;
        statements::settle(&transaction)?;
        transaction.commit()?;
        Ok(State::Repaired(format!("made anew, {fault}")))
    }

    /// The names of voices against what is made of them: keys, pairs, and which name stands for which voice.
    fn check_names(&mut self, writable: bool, repair: bool) -> rusqlite::Result<State> {
        if !writable {
            return Ok(State::Unchecked("that takes the right to write the file".to_owned()));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = made_of_names(&transaction)?;
        voices::link_all(&transaction)?;
        let made = made_of_names(&transaction)?;
        if found == made {
            // Nothing has changed, and nothing need be written.
            transaction.rollback()?;
            let voices =
                self.connection.query_row("SELECT count(*) FROM voice WHERE head IS NULL", [], |row| {
                    row.get::<_, i64>(0)
                })?;
            return Ok(State::Sound(format!(
                "{voices} voices are as their names and the decisions make them"
            )));
        }
        let parts = ["names", "keys", "pairs", "what many have", "what is told of names", "imported names"];
        let faults: Vec<_> = parts
            .into_iter()
            .enumerate()
            .filter(|(n, _)| found[*n] != made[*n])
            .map(|(_, what)| what.to_owned())
            .collect();
        let fault = format!("{} are otherwise than names and decisions make them", told(&faults));
        if !repair {
            transaction.rollback()?;
            return Ok(State::Repairable(fault));
        }
        statements::settle(&transaction)?;
        transaction.commit()?;
        Ok(State::Repaired(format!("made anew, {fault}")))
    }

    /// Statements against their reports, and, where it goes deep, against what grouping all reports anew makes.
    fn check_statements(&mut self, writable: bool, deep: bool, repair: bool) -> rusqlite::Result<State> {
        if !writable {
            return Ok(State::Unchecked("that takes the right to write the file".to_owned()));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let fault = match statements::fault(&transaction)? {
            None if deep => {
                let found = statements::all(&transaction)?;
                statements::settle_all(&transaction)?;
                (found != statements::all(&transaction)?)
                    .then(|| "reports are put together otherwise than their words tell".to_owned())
            }
            fault => fault,
        };
        let Some(fault) = fault else {
            transaction.rollback()?;
            let count = "SELECT count(*), coalesce(sum(reports), 0) FROM statement";
            let (statements, reports): (i64, i64) =
                self.connection.query_row(count, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            return Ok(State::Sound(format!("{reports} reports are put together into {statements}")));
        };
        if !repair {
            transaction.rollback()?;
            return Ok(State::Repairable(fault));
        }
        statements::settle_all(&transaction)?;
        transaction.commit()?;
        Ok(State::Repaired(format!("made anew: {fault}")))
    }

    /// Of the versions of an address, one is shown; and each document has pages.
    fn check_versions(&mut self, repair: bool) -> rusqlite::Result<State> {
        let orphans: i64 = self.connection.query_row(
            "SELECT count(*) FROM document WHERE NOT EXISTS (SELECT 1 FROM page WHERE page.document = document.nr)",
            [],
            |row| row.get(0),
        )?;
        if orphans > 0 {
            return Ok(State::Wrong(format!("documents without a page: {orphans}"), RESTORE));
        }
        let is_copy = write::is_copy();
        let wrong = |connection: &Connection| -> rusqlite::Result<Vec<(i64, Option<String>, String)>> {
            connection
                .prepare(&format!(
                    "SELECT min(nr), address, sha256 FROM document WHERE address IS NOT NULL GROUP BY address \
                     HAVING sum(shown <> 0) <> 1 \
                     UNION ALL SELECT nr, NULL, sha256 FROM document AS d WHERE address IS NULL AND shown <> NOT ({is_copy})"
                ))?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        };
        let found = wrong(&self.connection)?;
        if found.is_empty() {
            let waiting: i64 =
                self.connection
                    .query_row("SELECT count(*) FROM document WHERE reading = ''", [], |row| row.get(0))?;
            return Ok(State::Sound(match waiting {
                0 => "one of each page is shown".to_owned(),
                waiting => {
                    format!("one of each page is shown; {waiting} wait to be read again (`saidline refresh`)")
                }
            }));
        }
        let fault = format!("pages of which not one version is shown: {}", found.len());
        if !repair {
            return Ok(State::Repairable(fault));
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("UPDATE document SET shown = 0 WHERE shown NOT IN (0, 1)", [])?;
        for (nr, address, sha256) in found {
            write::show_newest(&transaction, nr, address.as_deref())?;
            write::settle_copies(&transaction, &sha256)?;
        }
        transaction.execute("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')", [])?;
        // What counts tells of names, too.
        voices::link_all(&transaction)?;
        statements::settle(&transaction)?;
        transaction.commit()?;
        Ok(State::Repaired(format!("put in order, {fault}")))
    }

    /// Every document against its digest, its blocks against its text, its attributions against their ids.
    fn check_documents(&self) -> rusqlite::Result<State> {
        let (mut texts, mut derived, mut redacted, mut count) = (Vec::new(), Vec::new(), 0_u64, 0_u64);
        let mut select = self.connection.prepare("SELECT nr FROM document ORDER BY nr")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            count += 1;
            let nr: i64 = row.get(0)?;
            match document_faults(&self.connection, nr) {
                Ok(Faults { is_redacted, text, derived: fault }) => {
                    redacted += u64::from(is_redacted);
                    texts.extend(text.map(|text| format!("document {nr}: {text}")));
                    derived.extend(fault.map(|fault| format!("document {nr}: {fault}")));
                }
                Err(error) => derived.push(format!("document {nr}: {}", plainly(&self.path, error))),
            }
        }
        Ok(if !texts.is_empty() {
            State::Wrong(told(&texts), RESTORE)
        } else if !derived.is_empty() {
            State::Wrong(told(&derived), REFRESH)
        } else if redacted > 0 {
            State::Sound(format!(
                "{count} have their text ({redacted} without words that were forgotten) and all that was read of it"
            ))
        } else {
            State::Sound(format!("{count} have their text and all that was read of it"))
        })
    }

    /// The bytes of every page against its id.
    fn check_pages(&self) -> rusqlite::Result<State> {
        let (mut faults, mut count, mut forgotten) = (Vec::new(), 0_u64, 0_u64);
        let mut select = self.connection.prepare(
            "SELECT page.*, document.text AS text, document.nul AS nul FROM page \
             JOIN document ON document.nr = page.document ORDER BY page.nr",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            count += 1;
            match page_bytes(row) {
                Ok(Bytes::Right) => {}
                Ok(Bytes::Forgotten) => forgotten += 1,
                Ok(Bytes::Wrong(id)) => faults.push(format!("`{id}` has other bytes than its id says")),
                Err(error) => {
                    let id = row.get::<_, String>("id").unwrap_or_else(|_| "a page".to_owned());
                    faults.push(format!("`{id}`: {}", plainly(&self.path, error)));
                }
            }
        }
        Ok(match (faults.is_empty(), forgotten) {
            (false, _) => State::Wrong(told(&faults), ADD),
            (true, 0) => State::Sound(format!("{count} have the bytes that their ids say")),
            (true, _) => State::Sound(format!("{count}, of which {forgotten} without bytes (forgotten)")),
        })
    }
}

/// What SQLite says, without the name of the file.
fn plainly(path: &Path, error: rusqlite::Error) -> String {
    match StoreError::new(path, error) {
        StoreError::Damaged { why, .. } | StoreError::Unreadable { why, .. } => why,
        StoreError::Sql { error, .. } => error.to_string(),
        error => error.to_string(),
    }
}

/// The first of several faults.
fn told(faults: &[String]) -> String {
    let told = faults[..faults.len().min(TOLD)].join("; ");
    match faults.len().saturating_sub(TOLD) {
        0 => told,
        more => format!("{told}; and {more} more"),
    }
}

/// What `PRAGMA integrity_check` finds.
fn integrity(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = connection.prepare("PRAGMA integrity_check(50)")?;
    let lines = check.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let lines = lines.iter().flat_map(|line| line.lines()).map(str::trim);
    // The index of words is looked at by itself.
    let fault = |line: &&str| {
        *line != "ok"
            && !line.is_empty()
            && !line.starts_with("*** in database")
            && !line.contains("quote_fts")
    };
    Ok(lines.filter(fault).map(str::to_owned).collect())
}

fn check_references(connection: &Connection) -> rusqlite::Result<State> {
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let faults = check
        .query_map([], |row| {
            let (table, of): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("a row of `{table}` names a row of `{of}` that is not there"))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(match faults.is_empty() {
        true => State::Sound("every row that another names is there".to_owned()),
        false => State::Wrong(told(&faults), REFRESH),
    })
}

/// Every place in a text lies in it.
fn check_places(connection: &Connection) -> rusqlite::Result<State> {
    let mut select = connection.prepare(
        "SELECT d.nr, length(d.text) < max( \
           coalesce(max(d.published_start, d.published_end), 0), coalesce(max(d.updated_start, d.updated_end), 0), \
           coalesce((SELECT max(max(start, \"end\")) FROM block WHERE document = d.nr), 0), \
           coalesce((SELECT max(max(start, \"end\")) FROM note WHERE document = d.nr AND start IS NOT NULL), 0), \
           coalesce((SELECT max(max(s.start, s.\"end\")) FROM attribution AS a JOIN span AS s ON s.attribution = a.nr \
             WHERE a.document = d.nr), 0), \
           coalesce((SELECT max(max(said_start, said_end)) FROM attribution WHERE document = d.nr \
             AND said_start IS NOT NULL), 0), \
           coalesce((SELECT max(max(s.antecedent_start, s.antecedent_end)) FROM attribution AS a \
             JOIN speaker AS s ON s.attribution = a.nr WHERE a.document = d.nr AND s.antecedent_start IS NOT NULL), 0)) \
         OR EXISTS (SELECT 1 FROM attribution AS a JOIN span AS s ON s.attribution = a.nr \
           WHERE a.document = d.nr AND (s.start < 0 OR s.\"end\" < s.start \
           OR typeof(s.start) <> 'integer' OR typeof(s.\"end\") <> 'integer')) \
         OR EXISTS (SELECT 1 FROM block WHERE document = d.nr AND (start < 0 OR \"end\" < start)) \
         FROM document AS d",
    )?;
    let mut rows = select.query([])?;
    let (mut faults, mut count) = (Vec::new(), 0_u64);
    while let Some(row) = rows.next()? {
        count += 1;
        if row.get::<_, Option<bool>>(1)?.unwrap_or(true) {
            faults.push(format!("document {}: places beyond its text", row.get::<_, i64>(0)?));
        }
    }
    Ok(match faults.is_empty() {
        true => State::Sound(format!("all lie in the texts of {count} documents")),
        false => State::Wrong(told(&faults), REFRESH),
    })
}

/// What is wrong with a document.
struct Faults {
    is_redacted: bool,
    /// In its text, which nothing but its page can give back.
    text: Option<&'static str>,
    /// In what was read of it.
    derived: Option<String>,
}

fn document_faults(connection: &Connection, nr: i64) -> rusqlite::Result<Faults> {
    let (sha256, is_redacted, is_waiting, as_read): (String, bool, bool, bool) = connection
        .prepare_cached(
            "SELECT sha256, redacted, reading = '', corrected IS NULL FROM document WHERE nr = ?1",
        )?
        .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let (document, _, _) = rows::document(connection, nr)?;
    let text = &document.text;
    let wrong =
        (!is_redacted && write::hex(text) != sha256).then_some("its text is not the one that was stored");
    let mut faults = Faults { is_redacted, text: wrong, derived: None };
    if is_waiting || faults.text.is_some() {
        return Ok(faults);
    }
    let mut at = 0;
    let follows = |span: &Span| std::mem::replace(&mut at, span.end) == span.start;
    let partition = document.blocks.iter().map(|block| block.span).collect::<Vec<_>>().iter().all(follows);
    if !partition || at as usize != text.len() {
        faults.derived = Some("its blocks do not cover its text".to_owned());
        return Ok(faults);
    }
    let attributions = rows::attributions(connection, nr, &Points::new(text))?;
    for stored in &attributions {
        let attribution = &stored.attribution;
        if attribution.content.is_empty() || attribution.content.iter().any(|span| span.is_empty()) {
            faults.derived = Some(format!("the quotation of `{}` is not on it", stored.id));
            return Ok(faults);
        }
        if attribution.parent.is_some_and(|parent| parent >= attributions.len()) {
            faults.derived = Some(format!("`{}` stands in an attribution that is not there", stored.id));
            return Ok(faults);
        }
    }
    // Ids are made of the text and of what was read: they say whether any of it has changed.
    if as_read && !is_redacted {
        let page: Option<String> = connection
            .prepare_cached(
                "SELECT page.id FROM document JOIN page ON page.nr = document.page WHERE document.nr = ?1",
            )?
            .query_row([nr], |row| row.get(0))
            .map(Some)
            .or_else(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => Ok(None),
                error => Err(error),
            })?;
        if let Some(stored) = page.map(|page| load::page(connection, &page)).transpose()?.flatten() {
            let ids = AttributionIds::all(&stored.page, &stored.reading);
            let put_right = |fields: &Option<String>| {
                let fields = fields.as_deref().unwrap_or_default();
                fields.split(',').any(|field| matches!(field, "kind" | "source" | "content"))
            };
            let other = ids
                .iter()
                .zip(&stored.attributions)
                .find(|(id, stored)| **id != stored.id && !put_right(&stored.corrected));
            faults.derived = other.map(|(_, stored)| format!("`{}` says other words than its id", stored.id));
        }
    }
    Ok(faults)
}

/// Whether the bytes of a page are what its id says.
enum Bytes {
    Right,
    Forgotten,
    Wrong(String),
}

fn page_bytes(row: &rusqlite::Row<'_>) -> rusqlite::Result<Bytes> {
    let (id, mut page) = rows::page(row)?;
    let stored: String = row.get("stored")?;
    if stored == "forgotten" {
        return Ok(Bytes::Forgotten);
    }
    let text = match stored.as_str() {
        "text" => Stored::restored(row.get("text")?, row.get("nul")?),
        _ => String::new(),
    };
    let Some(bytes) = rows::bytes(&stored, row.get("size")?, row.get("bytes")?, &text)? else {
        return Ok(Bytes::Wrong(id.to_string()));
    };
    page.bytes = bytes;
    Ok(if page.id() == id { Bytes::Right } else { Bytes::Wrong(id.to_string()) })
}

/// Digests of what is made of the names of voices: which stands for which, the keys, the pairs, which can stand for many, what is
/// told of them, whose they are by what was imported.
fn made_of_names(connection: &Connection) -> rusqlite::Result<[Vec<u8>; 6]> {
    let digest = |select: &str| -> rusqlite::Result<Vec<u8>> {
        let mut digest = Sha256::new();
        let mut select = connection.prepare(select)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            digest.update(row.get_ref(0)?.as_str()?);
            digest.update([0]);
        }
        Ok(digest.finalize().to_vec())
    };
    Ok([
        digest("SELECT nr || ' ' || coalesce(head, '') FROM voice ORDER BY nr")?,
        digest(
            "SELECT voice || ' ' || key || ' ' || coalesce(given, '') FROM voice_key ORDER BY key, voice",
        )?,
        digest(
            "SELECT a || ' ' || b || ' ' || chance || ' ' || reason || ' ' || doubt FROM voice_join ORDER BY a, b",
        )?,
        digest("SELECT voice || '' FROM voice_common ORDER BY voice")?,
        digest(
            "SELECT voice || ' ' || what || ' ' || value || ' ' || documents FROM voice_told ORDER BY voice, what, value",
        )?,
        digest(
            "SELECT authority || ' ' || folded FROM authority_name \
             UNION ALL SELECT authority || ' of ' || voice FROM voice_authority ORDER BY 1",
        )?,
    ])
}

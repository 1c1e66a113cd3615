//! Forgetting: words out for good, and a tombstone that keeps them out.
//!
//! A transaction takes the rows out and notes that the file has to be cleaned; then the index of words is made anew,
//! the file is written anew without its free pages, and the log of writes is emptied. What is still due stands in
//! `state`, so that a kill in between is made good when the store is next opened to write.

mod redact;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use saidline::{PageId, Reading};

use crate::decisions::{self, Who};
use crate::error::{Failed, StoreError};
use crate::open::{PATIENCE, Store};
use crate::{find, forward, voices, write};

pub(crate) use redact::{bring_back, is_taken_out, is_waiting, keep_out, redact};

/// What is to be forgotten, and what would go with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToForget {
    /// Pages: their ids and paths, sorted by id.
    pub pages: Vec<(String, String)>,
    /// Voices: the ids, names and kinds of all their names, sorted by id.
    pub voices: Vec<(String, String, String)>,
    /// How many attributions go.
    pub attributions: u64,
    /// How many documents lose words of their text: those in which the voices speak.
    pub documents: u64,
}

/// What was forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Pages whose rows are gone.
    pub pages: usize,
    /// Names of voices that are gone because they were to be forgotten.
    pub voices: usize,
    /// Documents whose text has lost words.
    pub documents: usize,
    /// Attributions that are gone.
    pub attributions: usize,
    /// Other captures of the same text that are left, by id: their words stay.
    pub left: Vec<String>,
    /// Documents that wait to be read again, because the page that stood for them is gone.
    pub waiting: usize,
    /// Whether the file is clean.
    pub cleaning: Cleaning,
}

/// Whether the words are out of the file and of what lies beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cleaning {
    /// They are.
    #[default]
    Done,
    /// Others who read the store hold its log of writes, in which they may still be found.
    Held,
}

impl Store {
    /// What forgetting pages would take out; each is named by its id, an unambiguous beginning of it, a path or an
    /// address. A path or address may name several pages.
    ///
    /// # Errors
    /// When one is not known, or the store cannot be read.
    pub fn pages_to_forget(&self, names: &[String]) -> Result<ToForget, StoreError> {
        let weigh = |connection: &Connection| -> Result<ToForget, Failed> {
            let mut ids = BTreeSet::new();
            for name in names {
                ids.extend(find::pages(connection, name)?);
            }
            let path = |id: &String| {
                let select = "SELECT path FROM page WHERE id = ?1";
                connection.prepare_cached(select)?.query_row([id], |row| row.get(0))
            };
            let pages = ids.iter().map(|id| Ok((id.clone(), path(id)?)));
            let pages = pages.collect::<rusqlite::Result<Vec<_>>>()?;
            let mut attributions = 0;
            for (document, gone) in by_document(connection, ids.iter().map(String::as_str))? {
                if representative(connection, document)?.is_none_or(|(_, id)| gone.contains(&id)) {
                    attributions += attribution_ids(connection, document)?.len() as u64;
                }
            }
            Ok(ToForget { pages, voices: Vec::new(), attributions, documents: 0 })
        };
        weigh(&self.connection).map_err(|error| error.of(&self.path))
    }

    /// What forgetting voices would take out; each is named by its id, an unambiguous beginning of it, or an id that it
    /// had.
    ///
    /// # Errors
    /// When one is not known, or the store cannot be read.
    pub fn voices_to_forget(&self, names: &[String]) -> Result<ToForget, StoreError> {
        let weigh = |connection: &Connection| -> Result<ToForget, Failed> {
            let mut ids = BTreeSet::new();
            for name in names {
                let id = find::voice(connection, name)?;
                let nr =
                    connection.query_row("SELECT nr FROM voice WHERE id = ?1", [&id], |row| row.get(0))?;
                for nr in voices::names(connection, nr)? {
                    let id = "SELECT id FROM voice WHERE nr = ?1";
                    ids.insert(connection.query_row(id, [nr], |row| row.get::<_, String>(0))?);
                }
            }
            let (mut voices, mut attributions, mut documents) =
                (Vec::new(), BTreeSet::new(), BTreeSet::new());
            for id in ids {
                let (nr, name, kind) =
                    connection.query_row("SELECT nr, name, kind FROM voice WHERE id = ?1", [&id], |row| {
                        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
                    })?;
                // Its pages have another name than it, and new ones would be told from those of others by what is forgotten.
                if let Some(parted) = voices::parting_of(connection, (&name, &kind))? {
                    let message = format!("`{name}` is one of several voices of one name (`{parted}`)");
                    let hint = "`saidline undo` with that id makes them one, which can be forgotten";
                    return Err(StoreError::Refused(message, hint).into());
                }
                let mut spoken = connection.prepare_cached(
                    "SELECT a.nr, a.document FROM speaker AS s JOIN attribution AS a ON a.nr = s.attribution \
                     WHERE s.voice = ?1",
                )?;
                let mut rows = spoken.query([nr])?;
                while let Some(row) = rows.next()? {
                    attributions.insert(row.get::<_, i64>(0)?);
                    documents.insert(row.get::<_, i64>(1)?);
                }
                voices.push((id, name, kind));
            }
            let (attributions, documents) = (attributions.len() as u64, documents.len() as u64);
            Ok(ToForget { pages: Vec::new(), voices, attributions, documents })
        };
        weigh(&self.connection).map_err(|error| error.of(&self.path))
    }

    /// Takes pages and voices out for good, and cleans the file. It writes the whole file anew and needs as much room
    /// again for a while.
    ///
    /// # Errors
    /// When the store cannot be written. Where the rows are out and only the cleaning has failed, it is done when the
    /// store is next opened to write.
    pub fn forget(&mut self, what: &ToForget, who: Who<'_>) -> Result<Forgotten, StoreError> {
        let mut forgotten = self.take_rows_out(what, who)?;
        forgotten.cleaning = self.finish_cleaning()?;
        Ok(forgotten)
    }

    /// The first step: one transaction, after which the words are in no row.
    fn take_rows_out(&mut self, what: &ToForget, who: Who<'_>) -> Result<Forgotten, StoreError> {
        let take = |connection: &mut Connection| -> rusqlite::Result<Forgotten> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut forgotten = Forgotten::default();
            let ids = what.pages.iter().map(|(id, _)| id.as_str());
            for (document, gone) in by_document(&transaction, ids)? {
                take_captures_out(&transaction, (document, &gone), who, &mut forgotten)?;
            }
            for (_, name, kind) in &what.voices {
                redact::take_voice_out(&transaction, (name, kind), who, &mut forgotten)?;
            }
            decisions::drop_unused_outlets(&transaction)?;
            voices::link(&transaction)?;
            crate::statements::settle(&transaction)?;
            set_due(&transaction, Step::Words)?;
            transaction.commit()?;
            Ok(forgotten)
        };
        take(&mut self.connection).map_err(|error| self.failed(error))
    }
}

/// Pages by their documents.
fn by_document<'a>(
    connection: &Connection,
    pages: impl Iterator<Item = &'a str>,
) -> rusqlite::Result<Vec<(i64, BTreeSet<String>)>> {
    let mut documents = std::collections::BTreeMap::<i64, BTreeSet<String>>::new();
    for id in pages {
        let document = connection
            .prepare_cached("SELECT document FROM page WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(document) = document {
            documents.entry(document).or_default().insert(id.to_owned());
        }
    }
    Ok(documents.into_iter().collect())
}

/// The page that stands for a document: its row and its id.
fn representative(connection: &Connection, document: i64) -> rusqlite::Result<Option<(i64, String)>> {
    connection
        .prepare_cached(
            "SELECT page.nr, page.id FROM document JOIN page ON page.nr = document.page WHERE document.nr = ?1",
        )?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn attribution_ids(connection: &Connection, document: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT id FROM attribution WHERE document = ?1")?
        .query_map([document], |row| row.get(0))?
        .collect()
}

/// Takes captures of a document out, and the document with the last of them.
fn take_captures_out(
    connection: &Connection,
    (document, gone): (i64, &BTreeSet<String>),
    who: Who<'_>,
    forgotten: &mut Forgotten,
) -> rusqlite::Result<()> {
    let about = decisions::about(connection, document)?;
    let (sha256, address): (String, Option<String>) = connection
        .prepare_cached("SELECT sha256, address FROM document WHERE nr = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let stood_for = representative(connection, document)?.is_none_or(|(_, id)| gone.contains(&id));
    write::unindex(connection, document)?;
    for id in gone {
        connection
            .prepare_cached("DELETE FROM unread WHERE path = (SELECT path FROM page WHERE id = ?1)")?
            .execute([id])?;
        connection.prepare_cached("DELETE FROM page WHERE id = ?1")?.execute([id])?;
        bury(connection, Tomb::Page, id, who)?;
    }
    forgotten.pages += gone.len();
    let left = first_capture(connection, document)?;
    if stood_for {
        forgotten.attributions += take_reading_out(connection, document)?;
    }
    match left {
        Some((nr, id)) => {
            if stood_for {
                // What was read of the page that is gone must go, its title and its blocks too; what there is to be
                // known of the others is made from their own bytes.
                connection
                    .prepare_cached("UPDATE document SET page = ?2 WHERE nr = ?1")?
                    .execute([document, nr])?;
                forgotten.waiting += 1;
            }
            for decision in about.iter().filter(|decision| gone.contains(&decision.page)) {
                connection
                    .prepare_cached("UPDATE decision SET page = ?2 WHERE nr = ?1")?
                    .execute(params![decision.nr, id])?;
            }
            forgotten.left.extend(captures(connection, document)?);
            write::index(connection, document)
        }
        None => {
            connection.prepare_cached("DELETE FROM document WHERE nr = ?1")?.execute([document])?;
            bury(connection, Tomb::Text, &sha256, who)?;
            let versions = write::versions(connection, document, address.as_deref())?;
            if let (Some(address), true) = (&address, versions.is_empty()) {
                bury(connection, Tomb::Address, address, who)?;
            }
            for decision in about.iter().filter(|decision| gone.contains(&decision.page)) {
                move_decision(connection, decision, &versions)?;
            }
            write::show_newest(connection, document, address.as_deref())?;
            write::settle_copies(connection, &sha256)?;
            for (version, _) in versions {
                write::unindex(connection, version)?;
                decisions::reapply(connection, version)?;
                write::index(connection, version)?;
            }
            Ok(())
        }
    }
}

/// The capture that stands for a document from now on.
fn first_capture(connection: &Connection, document: i64) -> rusqlite::Result<Option<(i64, String)>> {
    connection
        .prepare_cached(
            "SELECT nr, id FROM page WHERE document = ?1 ORDER BY fetched IS NULL, fetched, id LIMIT 1",
        )?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn captures(connection: &Connection, document: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT id FROM page WHERE document = ?1 ORDER BY id")?
        .query_map([document], |row| row.get(0))?
        .collect()
}

/// Takes out of a document what was read of its page, but for the text. The document must be out of the index.
/// Returns how many attributions it had.
fn take_reading_out(connection: &Connection, document: i64) -> rusqlite::Result<usize> {
    let ids = attribution_ids(connection, document)?;
    let spoke = write::voices_of(connection, document)?;
    for table in ["attribution", "block", "note"] {
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE document = ?1"))?
            .execute([document])?;
    }
    connection
        .prepare_cached(
            "UPDATE document SET outlet = NULL, title = NULL, byline = NULL, agencies = '[]', language = NULL, \
             published_from = NULL, published_to = NULL, published_text = NULL, published_start = NULL, \
             published_end = NULL, published_basis = NULL, updated_from = NULL, updated_to = NULL, \
             updated_text = NULL, updated_start = NULL, updated_end = NULL, updated_basis = NULL, \
             read_outlet = CASE WHEN address IS NULL THEN read_outlet END, \
             corrected = NULL, original = NULL, reading = '' WHERE nr = ?1",
        )?
        .execute([document])?;
    connection
        .prepare_cached(
            "UPDATE decision SET attribution = NULL WHERE attribution IN (SELECT value FROM json_each(?1))",
        )?
        .execute([serde_json::to_string(&ids).unwrap_or_default()])?;
    settle_and_forget_ids(connection, &spoke, ids.clone())?;
    Ok(ids.len())
}

/// Settles voices that have lost attributions, and forgets what led to ids that are gone: these attributions', and
/// those of the voices that are gone with them.
fn settle_and_forget_ids(
    connection: &Connection,
    spoke: &BTreeSet<i64>,
    mut gone: Vec<String>,
) -> rusqlite::Result<()> {
    let mut voice = connection.prepare_cached("SELECT id, name, kind FROM voice WHERE nr = ?1")?;
    for nr in spoke {
        let before: Option<(String, String, String)> =
            voice.query_row([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        voices::settle(connection, *nr)?;
        if let Some((before, name, kind)) = before
            && !voice.exists([nr])?
        {
            voices::forget_name(connection, (&name, &kind))?;
            gone.push(before);
        }
    }
    forward::forget(connection, gone)
}

/// A decision that was made on a page that is gone takes its words from a version that is left, if it stands there;
/// else it loses them.
fn move_decision(
    connection: &Connection,
    decision: &decisions::Decision,
    versions: &[(i64, bool)],
) -> rusqlite::Result<()> {
    for (version, _) in versions {
        let Some((_, page)) = first_capture(connection, *version)? else { continue };
        if decision.is_of_page() {
            connection
                .prepare_cached("UPDATE decision SET page = ?2 WHERE nr = ?1")?
                .execute(params![decision.nr, page])?;
            return Ok(());
        }
        let placed = decisions::places(connection, *version)?;
        if let Some(attribution) =
            placed.iter().find(|(other, _)| other.nr == decision.nr).and_then(|(_, at)| *at)
        {
            return decisions::re_anchor(connection, decision, *version, attribution, &page);
        }
    }
    connection
        .prepare_cached(
            "UPDATE decision SET page = 'forgotten', address = NULL, value = NULL, content = NULL, source = NULL, \
             n = NULL, start = NULL, attribution = NULL WHERE nr = ?1",
        )?
        .execute([decision.nr])?;
    Ok(())
}

/// What a tombstone stands for.
#[derive(Debug, Clone, Copy)]
enum Tomb {
    Page,
    Text,
    Address,
    Voice,
}

impl Tomb {
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Text => "text",
            Self::Address => "address",
            Self::Voice => "voice",
        }
    }

    fn digest(self, of: &str) -> String {
        format!("{}:{}", self.name(), write::hex(of))
    }
}

/// The words that the tombstone of a voice is made of.
fn voice_words(name: &str, kind: &str) -> String {
    format!("{kind}\0{name}")
}

fn bury(connection: &Connection, tomb: Tomb, of: &str, who: Who<'_>) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO forgotten (digest, of, at, by) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![tomb.digest(of), tomb.name(), who.at, who.by])?;
    Ok(())
}

fn is_buried(connection: &Connection, tomb: Tomb, of: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM forgotten WHERE digest = ?1")?.exists([tomb.digest(of)])
}

/// Whether there is any tombstone of this sort.
fn any_buried(connection: &Connection, tomb: Tomb) -> rusqlite::Result<bool> {
    // The tags are the beginnings of the digests, and `;` comes after `:`.
    let name = tomb.name();
    connection
        .prepare_cached("SELECT 1 FROM forgotten WHERE digest > ?1 || ':' AND digest < ?1 || ';' LIMIT 1")?
        .exists([name])
}

fn unbury(connection: &Connection, tomb: Tomb, of: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM forgotten WHERE digest = ?1")?.execute([tomb.digest(of)])?;
    Ok(())
}

/// Whether the page was forgotten, by its id, its text or its address.
pub(crate) fn is_forgotten(
    connection: &Connection,
    page: PageId,
    text_sha256: &str,
    address: Option<&str>,
) -> rusqlite::Result<bool> {
    Ok(is_buried(connection, Tomb::Page, &page.to_string())?
        || is_buried(connection, Tomb::Text, text_sha256)?
        || address.map_or(Ok(false), |address| is_buried(connection, Tomb::Address, address))?)
}

/// Takes the tombstones of a page away.
pub(crate) fn remember(
    connection: &Connection,
    page: PageId,
    text_sha256: &str,
    address: Option<&str>,
) -> rusqlite::Result<()> {
    unbury(connection, Tomb::Page, &page.to_string())?;
    unbury(connection, Tomb::Text, text_sha256)?;
    address.map_or(Ok(()), |address| unbury(connection, Tomb::Address, address))
}

/// Takes the tombstones of the voices that speak in a reading away.
pub(crate) fn remember_voices(connection: &Connection, reading: &Reading) -> rusqlite::Result<()> {
    if any_buried(connection, Tomb::Voice)? {
        for speaker in reading.attributions.iter().flat_map(|attribution| &attribution.speakers) {
            unbury(connection, Tomb::Voice, &voice_words(&speaker.name, speaker.kind.name()))?;
        }
    }
    Ok(())
}

/// What is still to be done until the words are out of the file, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The index of words is to be made anew: it keeps words of rows that are gone.
    Words,
    /// The file is to be written anew, without free pages and half-filled ones.
    Pages,
    /// The log of writes is to be emptied, and our copies of the file are to be deleted.
    Log,
}

impl Step {
    const ALL: [Self; 3] = [Self::Words, Self::Pages, Self::Log];

    fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Pages => "pages",
            Self::Log => "log",
        }
    }
}

/// The name in `state` of the cleaning that is due.
const CLEANING: &str = "cleaning";

/// How long the cleaning that an earlier command left waits for others, in commands that are about something else.
const SHORT_PATIENCE: Duration = Duration::from_millis(50);

fn set_due(connection: &Connection, step: Step) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO state (name, value) VALUES (?1, ?2)")?
        .execute([CLEANING, step.name()])?;
    Ok(())
}

/// The step that is due; the first where somebody wrote what we do not know.
pub(crate) fn due(connection: &Connection) -> rusqlite::Result<Option<Step>> {
    let value: Option<String> = connection
        .prepare_cached("SELECT value FROM state WHERE name = ?1")?
        .query_row([CLEANING], |row| row.get(0))
        .optional()?;
    let step = |value: String| Step::ALL.into_iter().find(|step| step.name() == value).unwrap_or(Step::Words);
    Ok(value.map(step))
}

impl Store {
    /// Does what is left to be done after forgetting, where something is.
    ///
    /// # Errors
    /// When the store cannot be written; it is then still due.
    pub fn finish_cleaning(&mut self) -> Result<Cleaning, StoreError> {
        while let Some(step) = due(&self.connection).map_err(|error| self.failed(error))? {
            let cleaning = self.clean(step).map_err(|error| self.failed(error))?;
            if cleaning == Cleaning::Held {
                return Ok(cleaning);
            }
        }
        Ok(Cleaning::Done)
    }

    /// [`Store::finish_cleaning`] for a command that is about something else: it neither waits for others nor fails.
    pub(crate) fn finish_cleaning_if_possible(&mut self) {
        if matches!(due(&self.connection), Ok(Some(_))) {
            let _ = self.connection.busy_timeout(SHORT_PATIENCE);
            let _ = self.finish_cleaning();
            let _ = self.connection.busy_timeout(PATIENCE);
        }
    }

    fn clean(&mut self, step: Step) -> rusqlite::Result<Cleaning> {
        let connection = &mut self.connection;
        match step {
            Step::Words => {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                // Not `optimize`: that leaves an index that is in one piece as it is, with words of rows that came and
                // went in one transaction.
                transaction.execute("INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')", [])?;
                set_due(&transaction, Step::Pages)?;
                transaction.commit()?;
            }
            Step::Pages => {
                connection.flush_prepared_statement_cache();
                // What is left of a large store need not fit in memory.
                connection.pragma_update(None, "temp_store", "FILE")?;
                let written = connection.execute_batch("VACUUM");
                connection.pragma_update(None, "temp_store", "MEMORY")?;
                written?;
                set_due(connection, Step::Log)?;
            }
            Step::Log => {
                if !empty_log(connection)? {
                    return Ok(Cleaning::Held);
                }
                for copy in self.copies() {
                    fs::remove_file(&copy).map_err(|_| rusqlite::Error::InvalidPath(copy))?;
                }
                self.connection.execute("DELETE FROM state WHERE name = ?1", [CLEANING])?;
                self.settle_log();
            }
        }
        Ok(Cleaning::Done)
    }

    /// The copies of the store that were made before it was brought to a later format, which hold all it held then.
    fn copies(&self) -> Vec<PathBuf> {
        let (Some(folder), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            return Vec::new();
        };
        let folder = if folder.as_os_str().is_empty() { ".".as_ref() } else { folder };
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut begins = name.as_encoded_bytes().to_vec();
        begins.extend_from_slice(b".before-");
        let is_copy = |path: &PathBuf| {
            let rest =
                path.file_name().and_then(|name| name.as_encoded_bytes().strip_prefix(begins.as_slice()));
            rest.is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit))
        };
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(is_copy).collect()
    }
}

/// Takes the log of writes into the file and makes it empty; false where others who read hold it.
fn empty_log(connection: &Connection) -> rusqlite::Result<bool> {
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        .map(|busy| busy == 0)
}

#[cfg(test)]
mod tests;

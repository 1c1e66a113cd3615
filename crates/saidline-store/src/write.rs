//! Adding pages and reading them again: in batches, each one transaction, so that a kill at any instant leaves a
//! store that holds whole pages only.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use saidline::wire::{self, AttributionIds, Recorded, RecordedAttribution, WireOptions};
use saidline::{Page, PageId, Points, Reading};
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::open::Store;
use crate::{decisions, forget, forward, meanings, rows, voices};

/// A use of a command that reads pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The command: `add`, `refresh`, `demo`.
    pub command: &'static str,
    /// The version of saidline.
    pub version: String,
    /// The name of the model ("accurate-2").
    pub model: String,
    /// The checksum of the weights (`sha256:…`).
    pub weights: String,
    /// The options that bear on the reading, as a JSON object.
    pub options: String,
    /// Who ran it.
    pub by: String,
    /// When it began, ISO 8601 in UTC.
    pub began: String,
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    New,
    /// The same bytes were there, with the same metadata.
    Known,
    /// Another text of an address that is there.
    Version,
    /// The same text of an address or a path that is there, captured once more.
    Capture,
    /// It was forgotten and does not come back unless forced.
    Forgotten,
}

/// A page, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The page's path.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
    /// How many attributions its document has.
    pub attributions: usize,
    /// Another page with the same text: one that is captured once more, else one of another outlet or address.
    pub same: Option<String>,
}

/// What a reading anew has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Pages read.
    pub pages: usize,
    /// Documents that came out otherwise.
    pub documents: usize,
    /// Attributions that were not there, and take the place of none that was.
    pub new: usize,
    /// Attributions whose id now leads to another.
    pub moved: usize,
    /// Attributions that nothing takes the place of.
    pub gone: usize,
    /// Decisions of a person that found no place any more.
    pub displaced: usize,
}

impl Changes {
    /// Adds what another page has changed.
    pub(crate) fn add(&mut self, more: Self) {
        let Self { pages, documents, new, moved, gone, displaced } = more;
        self.pages += pages;
        self.documents += documents;
        self.new += new;
        self.moved += moved;
        self.gone += gone;
        self.displaced += displaced;
    }
}

/// A batch is written when it holds so many pages,
const BATCH_PAGES: usize = 64;
/// or so many bytes,
const BATCH_BYTES: usize = 8 << 20;
/// or when so much time has gone by since the first of them came.
const BATCH_TIME: Duration = Duration::from_secs(2);

/// Whether a batch of so many pages and bytes, the first of which came at `since`, is to be written.
pub(crate) fn is_due(pages: usize, bytes: usize, since: Instant) -> bool {
    pages >= BATCH_PAGES || bytes >= BATCH_BYTES || since.elapsed() >= BATCH_TIME
}

/// Adds pages to a store.
#[derive(Debug)]
pub struct Writer<'s> {
    store: &'s mut Store,
    run: Run,
    /// The row of the run, from the first page on that changed something.
    nr: Option<i64>,
    /// Whether what was forgotten may come back.
    force: bool,
    plain: bool,
    batch: Vec<(Page, Reading)>,
    /// Inputs that could not be read, and why; no reason for one that can be read again.
    unread: Vec<(String, Option<String>)>,
    /// Whether the store names inputs that could not be read.
    has_unread: bool,
    bytes: usize,
    since: Instant,
    /// How many voices have other names, of those that were there, because of what has come.
    relinked: usize,
}

impl Store {
    /// Begins to add pages. `plain` says how they are read; with `force`, what was forgotten may come back.
    pub fn writer(&mut self, run: Run, plain: bool, force: bool) -> Writer<'_> {
        let has_unread = self.connection.query_row("SELECT 1 FROM unread", [], |_| Ok(())).is_ok();
        Writer {
            store: self,
            run,
            nr: None,
            force,
            plain,
            batch: Vec::new(),
            unread: Vec::new(),
            has_unread,
            bytes: 0,
            since: Instant::now(),
            relinked: 0,
        }
    }
}

impl Writer<'_> {
    /// Takes in a page. It is written with its batch: what comes back is what has become of the pages of the batch
    /// that this one has filled, and nothing before.
    ///
    /// # Errors
    /// When the store cannot be written; the pages of the batch are then not in it.
    pub fn add(&mut self, page: Page, reading: Reading) -> Result<Vec<Added>, StoreError> {
        if self.batch.is_empty() && self.unread.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += page.bytes.len() + reading.document.text.len();
        self.batch.push((page, reading));
        match is_due(self.batch.len(), self.bytes, self.since) {
            true => self.flush(),
            false => Ok(Vec::new()),
        }
    }

    /// Takes in that an input could not be read, and why.
    pub fn unread(&mut self, path: &str, why: &str) {
        self.has_unread = true;
        self.unread.push((path.to_owned(), Some(why.to_owned())));
    }

    /// Takes in that an input could be read, and that its page is in the store already.
    pub fn known(&mut self, path: &str) {
        if self.has_unread {
            self.unread.push((path.to_owned(), None));
        }
    }

    /// Writes what is waiting, as one transaction.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of the batch is in it.
    pub fn flush(&mut self) -> Result<Vec<Added>, StoreError> {
        let (batch, unread) = (std::mem::take(&mut self.batch), std::mem::take(&mut self.unread));
        self.bytes = 0;
        if batch.is_empty() && unread.is_empty() {
            return Ok(Vec::new());
        }
        let before = self.nr;
        let Self { store, run, nr, force, plain, .. } = self;
        let mut write = |connection: &mut Connection| -> rusqlite::Result<(Vec<Added>, usize)> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut put = Put { connection: &transaction, run, nr, force: *force, plain: *plain };
            let mut added = Vec::with_capacity(batch.len());
            for (page, reading) in &batch {
                let outcome = put.add(page, reading)?;
                added.push(Added {
                    path: page.path.clone(),
                    same: put.same(reading, &outcome)?,
                    outcome,
                    attributions: reading.attributions.len(),
                });
            }
            for (path, why) in &unread {
                match why {
                    Some(why) => put.unread(path, why)?,
                    None => put.can_be_read(path)?,
                }
            }
            let changed = voices::link(&transaction)?;
            crate::statements::settle(&transaction)?;
            transaction.commit()?;
            Ok((added, changed))
        };
        let written = write(&mut store.connection);
        if written.is_err() {
            *nr = before;
        }
        let (added, changed) = written.map_err(|error| store.failed(error))?;
        self.relinked += changed;
        Ok(added)
    }

    /// How many voices that were there have come to have other names, since what was written tells who is one and who is not.
    pub fn relinked(&self) -> usize {
        self.relinked
    }

    /// Writes what is waiting, and that the run has ended. The log of writes is taken into the file, so that a copy of
    /// the one file is whole.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn finish(mut self, ended: &str) -> Result<Vec<Added>, StoreError> {
        let added = self.flush()?;
        if let Some(nr) = self.nr {
            let end = "UPDATE run SET ended = ?2 WHERE nr = ?1";
            self.store
                .connection
                .execute(end, params![nr, ended])
                .map_err(|error| self.store.failed(error))?;
        }
        self.store.settle_log();
        Ok(added)
    }
}

impl Store {
    /// Takes the log of writes into the file. While somebody reads it cannot be done, and need not be.
    pub(crate) fn settle_log(&self) {
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
}

/// Puts readings into a store, inside a transaction.
struct Put<'t> {
    connection: &'t Transaction<'t>,
    run: &'t Run,
    nr: &'t mut Option<i64>,
    force: bool,
    plain: bool,
}

impl Put<'_> {
    /// The row of the run; made when it is first wanted, so that a run that changes nothing leaves nothing.
    fn run(&mut self) -> rusqlite::Result<i64> {
        if let Some(nr) = *self.nr {
            return Ok(nr);
        }
        let nr = insert_run(self.connection, self.run)?;
        *self.nr = Some(nr);
        Ok(nr)
    }

    fn unread(&mut self, path: &str, why: &str) -> rusqlite::Result<()> {
        let known = self
            .connection
            .prepare_cached("SELECT why FROM unread WHERE path = ?1")?
            .query_row([path], |row| row.get::<_, String>(0))
            .optional()?;
        if known.is_some_and(|known| known == why) {
            return Ok(());
        }
        let run = self.run()?;
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO unread (path, why, run) VALUES (?1, ?2, ?3)")?
            .execute(params![path, why, run])?;
        Ok(())
    }

    fn can_be_read(&self, path: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached("DELETE FROM unread WHERE path = ?1")?.execute([path])?;
        Ok(())
    }

    fn add(&mut self, page: &Page, reading: &Reading) -> rusqlite::Result<Outcome> {
        let connection = self.connection;
        self.can_be_read(&page.path)?;
        let back = self.force && forget::is_taken_out(connection, reading.page)?;
        if !back && is_known(connection, reading.page)? {
            return Ok(Outcome::Known);
        }
        let place = Place::new(page, reading);
        if forget::is_forgotten(connection, reading.page, &place.sha256, place.address)? {
            if !self.force {
                return Ok(Outcome::Forgotten);
            }
            forget::remember(connection, reading.page, &place.sha256, place.address)?;
        }
        let run = self.run()?;
        let text = &reading.document.text;
        let Some(document) = place.find(connection)? else {
            let is_version = place.has_versions(connection)?;
            let document = next_document(connection)?;
            if self.force {
                forget::bring_back(connection, document, page, reading)?;
            }
            let nr = rows::insert_page(connection, page, reading.page, self.plain, (document, text), run)?;
            insert_whole(connection, (document, nr), reading, &place, run, !is_version)?;
            if is_version {
                show_newest(connection, document, place.address)?;
            }
            settle_copies(connection, &place.sha256)?;
            return Ok(match is_version {
                true => Outcome::Version,
                false if has_copies(connection, document)? => Outcome::Capture,
                false => Outcome::New,
            });
        };
        if self.force {
            forget::bring_back(connection, document, page, reading)?;
        }
        let nr = rows::insert_page(connection, page, reading.page, self.plain, (document, text), run)?;
        forget::keep_out(connection, document, nr)?;
        if represents(connection, document, nr)? || forget::is_waiting(connection, document)? {
            replace(connection, document, (nr, page), reading, &place, run)?;
        }
        show_newest(connection, document, place.address)?;
        settle_copies(connection, &place.sha256)?;
        Ok(Outcome::Capture)
    }

    /// Another page with the text of this one, those of its own document and path first.
    fn same(&self, reading: &Reading, outcome: &Outcome) -> rusqlite::Result<Option<String>> {
        if matches!(outcome, Outcome::Known | Outcome::Forgotten) {
            return Ok(None);
        }
        self.connection
            .prepare_cached(
                "SELECT p.id FROM page AS own JOIN document AS d ON d.nr = own.document \
                 JOIN document AS e ON e.sha256 = d.sha256 JOIN page AS p ON p.document = e.nr AND p.nr <> own.nr \
                 WHERE own.id = ?1 ORDER BY e.nr <> d.nr, p.path <> own.path, p.nr LIMIT 1",
            )?
            .query_row([reading.page.to_string()], |row| row.get(0))
            .optional()
    }
}

/// Writes the row of a run.
pub(crate) fn insert_run(connection: &Connection, run: &Run) -> rusqlite::Result<i64> {
    let Run { command, version, model, weights, options, by, began } = run;
    connection
        .prepare_cached(
            "INSERT INTO run (command, version, model, weights, options, by, began) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .insert(params![command, version, model, weights, options, by, began])
}

/// Whether the page is in the store.
pub(crate) fn is_known(connection: &Connection, id: PageId) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM page WHERE id = ?1")?.exists([id.to_string()])
}

/// What says which document a page is a capture of: the text, and the address; where there is no address, the outlet,
/// so that the same words printed by two outlets are two documents. Of the same the ids of attributions are made.
pub(crate) struct Place<'a> {
    pub(crate) sha256: String,
    pub(crate) address: Option<&'a str>,
    /// The outlet as it was read: a person may have put that of the document right since.
    outlet: Option<&'a str>,
    /// The ids of the attributions that were read.
    ids: Vec<String>,
    /// A digest of all that was read, by which a change is noticed.
    fingerprint: String,
}

impl<'a> Place<'a> {
    pub(crate) fn new(page: &'a Page, reading: &'a Reading) -> Self {
        let document = &reading.document;
        let named = |id| RecordedAttribution { id, ..Default::default() };
        let attributions = AttributionIds::all(page, reading).into_iter().map(named).collect();
        let recorded = Recorded { attributions, ..Recorded::default() };
        let mut lines = String::new();
        wire::write_recorded(&mut lines, page, reading, WireOptions::default(), &recorded);
        Self {
            sha256: hex(&document.text),
            address: document.canonical.as_deref().or(page.known.address.as_deref()),
            outlet: document.outlet.as_deref(),
            ids: recorded.attributions.into_iter().map(|attribution| attribution.id).collect(),
            fingerprint: hex(&lines),
        }
    }

    /// Whether the document has this text, address and outlet.
    pub(crate) fn is_of(&self, connection: &Connection, document: i64) -> rusqlite::Result<bool> {
        connection
            .prepare_cached(
                "SELECT 1 FROM document WHERE nr = ?1 AND sha256 = ?2 AND address IS ?3 \
                 AND (?3 IS NOT NULL OR read_outlet IS ?4)",
            )?
            .exists(params![document, self.sha256, self.address, self.outlet])
    }

    /// The document that the page is a capture of.
    pub(crate) fn find(&self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        connection
            .prepare_cached(
                "SELECT nr FROM document WHERE sha256 = ?1 AND address IS ?2 \
                 AND (?2 IS NOT NULL OR read_outlet IS ?3)",
            )?
            .query_row(params![self.sha256, self.address, self.outlet], |row| row.get(0))
            .optional()
    }

    /// Whether the address has another text in the store.
    fn has_versions(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let Some(address) = self.address else { return Ok(false) };
        connection.prepare_cached("SELECT 1 FROM document WHERE address = ?1")?.exists([address])
    }
}

/// The SHA-256 of a text in hexadecimal digits.
pub(crate) fn hex(text: &str) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default();
    Sha256::digest(text).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The number that the next document gets.
pub(crate) fn next_document(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(max(nr), 0) + 1 FROM document")?
        .query_row([], |row| row.get(0))
}

/// Inserts a document that was not there, with all that was read of it; the page that stands for it is there. Returns
/// how many decisions found no place in it.
pub(crate) fn insert_whole(
    connection: &Connection,
    (document, page): (i64, i64),
    reading: &Reading,
    place: &Place<'_>,
    run: i64,
    shown: bool,
) -> rusqlite::Result<usize> {
    let outlet =
        reading.document.outlet.as_deref().map(|outlet| self::outlet(connection, outlet)).transpose()?;
    let names = (place.address, place.sha256.as_str(), place.fingerprint.as_str());
    rows::insert_document(connection, (document, page), reading, names, outlet, (run, shown))?;
    insert_attributions(connection, document, &place.ids, reading)?;
    forget::redact(connection, document)?;
    let displaced = decisions::apply(connection, document)?;
    if shown {
        index(connection, document)?;
    }
    Ok(displaced)
}

/// Whether a capture is the one whose reading its document has: the earliest fetched; where that is not known, the one
/// with the smallest id. So the order in which pages are added changes nothing.
pub(crate) fn represents(connection: &Connection, document: i64, page: i64) -> rusqlite::Result<bool> {
    let first: i64 = connection
        .prepare_cached(
            "SELECT nr FROM page WHERE document = ?1 ORDER BY fetched IS NULL, fetched, id LIMIT 1",
        )?
        .query_row([document], |row| row.get(0))?;
    Ok(first == page)
}

/// Puts a reading in the place of what a document has, unless that is the same; decisions find their place again, and
/// the ids that are gone lead to what took their place.
pub(crate) fn replace(
    connection: &Connection,
    document: i64,
    (page, _): (i64, &Page),
    reading: &Reading,
    place: &Place<'_>,
    run: i64,
) -> rusqlite::Result<Changes> {
    let (had, shown): (String, bool) = connection
        .prepare_cached("SELECT reading, shown FROM document WHERE nr = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
    connection
        .prepare_cached("UPDATE document SET page = ?2, run = ?3, reading = ?4 WHERE nr = ?1")?
        .execute(params![document, page, run, place.fingerprint])?;
    if had == place.fingerprint {
        return Ok(Changes::default());
    }
    let removed = remove_reading(connection, document, shown)?;
    fill(connection, document, &place.ids, reading)?;
    let mut changes = removed.forward(connection, &place.ids, reading)?;
    forget::redact(connection, document)?;
    changes.displaced = decisions::apply(connection, document)?;
    if shown {
        index(connection, document)?;
    }
    Ok(changes)
}

/// Writes the metadata and the attributions of a reading to a document that has none.
fn fill(connection: &Connection, document: i64, ids: &[String], reading: &Reading) -> rusqlite::Result<()> {
    let outlet =
        reading.document.outlet.as_deref().map(|outlet| self::outlet(connection, outlet)).transpose()?;
    rows::set_document(connection, document, reading, outlet)?;
    insert_attributions(connection, document, ids, reading)
}

/// Inserts the attributions of a document that has none, with their speakers.
fn insert_attributions(
    connection: &Connection,
    document: i64,
    ids: &[String],
    reading: &Reading,
) -> rusqlite::Result<()> {
    let points = Points::new(&reading.document.text);
    let published = reading.document.published.as_ref().map(|dated| dated.when.from.to_string());
    let mut inserted = Vec::with_capacity(ids.len());
    for (n, (attribution, id)) in reading.attributions.iter().zip(ids).enumerate() {
        let nr = rows::insert_attribution(
            connection,
            document,
            (n, id),
            attribution,
            published.as_deref(),
            &points,
        )?;
        insert_speakers(connection, (nr, id), &attribution.speakers, &points)?;
        forward::clear(connection, id)?;
        inserted.push(nr);
    }
    // Afterwards: what is written of an attribution takes away the vectors of all that stand beside it.
    for (nr, vector) in inserted.into_iter().zip(&reading.meanings) {
        meanings::keep(connection, nr, vector)?;
    }
    Ok(())
}

/// Inserts the speakers of an attribution, each with a voice.
pub(crate) fn insert_speakers(
    connection: &Connection,
    (nr, id): (i64, &str),
    speakers: &[saidline::Speaker],
    points: &Points<'_>,
) -> rusqlite::Result<()> {
    for (n, speaker) in speakers.iter().enumerate() {
        let voice = voices::of_speaker(connection, (&speaker.name, speaker.kind), (id, n as i64))?;
        rows::insert_speaker(connection, (nr, n), voice, speaker, points)?;
    }
    Ok(())
}

/// The row of an outlet; made where there is none.
pub(crate) fn outlet(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    let known = connection
        .prepare_cached("SELECT nr FROM outlet WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    match known {
        Some(nr) => Ok(nr),
        None => connection.prepare_cached("INSERT INTO outlet (name) VALUES (?1)")?.insert([name]),
    }
}

/// Takes the reports of a document into the index of words, and what they tell of their speakers.
pub(crate) fn index(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    voices::count_told(connection, document, false)?;
    each_report(connection, document, "INSERT INTO quote_fts (rowid, content, tags) VALUES (?1, ?2, ?3)")
}

/// Takes the reports of a document out of the index of words. Their rows must still be as they were when they went in.
pub(crate) fn unindex(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    voices::count_told(connection, document, true)?;
    let delete = "INSERT INTO quote_fts (quote_fts, rowid, content, tags) VALUES ('delete', ?1, ?2, ?3)";
    each_report(connection, document, delete)
}

/// Lets a statement have each report of a document as the view has it. One `INSERT … SELECT` would do the same, but
/// before a statement of several rows the index writes out all that it holds, and that for each document.
fn each_report(connection: &Connection, document: i64, statement: &str) -> rusqlite::Result<()> {
    let mut select =
        connection.prepare_cached("SELECT rowid, content, tags FROM quote WHERE document = ?1")?;
    let mut write = connection.prepare_cached(statement)?;
    let mut rows = select.query([document])?;
    while let Some(row) = rows.next()? {
        let column = |n| row.get_ref(n).map(ToSqlOutput::Borrowed);
        write.execute(params![column(0)?, column(1)?, column(2)?])?;
    }
    Ok(())
}

/// The versions of an address, the newest first: the last fetched, then the last updated or published as it was read.
/// With each comes whether it is shown. A document without an address has no versions but itself.
pub(crate) fn versions(
    connection: &Connection,
    document: i64,
    address: Option<&str>,
) -> rusqlite::Result<Vec<(i64, bool)>> {
    connection
        .prepare_cached(
            "SELECT nr, shown FROM document WHERE nr = ?1 OR address = ?2 ORDER BY \
             (SELECT max(coalesce(fetched, '')) FROM page WHERE page.document = document.nr) DESC, \
             coalesce(updated_to, '') DESC, \
             coalesce(CASE WHEN original IS NULL THEN published_to ELSE original ->> '$.published.to' END, '') DESC, \
             sha256 DESC",
        )?
        .query_map(params![document, address], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Of the versions of an address, shows the newest.
pub(crate) fn show_newest(
    connection: &Connection,
    document: i64,
    address: Option<&str>,
) -> rusqlite::Result<()> {
    let versions = versions(connection, document, address)?;
    let set = |nr: i64, shown: bool| {
        let update = "UPDATE document SET shown = ?2 WHERE nr = ?1";
        connection.prepare_cached(update)?.execute(params![nr, shown])
    };
    for (n, (nr, shown)) in versions.into_iter().enumerate() {
        match (shown, n == 0) {
            (true, false) => {
                unindex(connection, nr)?;
                set(nr, false)?;
            }
            (false, true) => {
                set(nr, true)?;
                index(connection, nr)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Documents `e` with the text of a document `d`, of which a page was found at the same path: what is added again because
/// more is known of it (`--meta`). What comes through standard input has no path.
const SAME_AT_PATH: &str = "page AS p JOIN page AS q ON q.path = p.path AND q.document <> p.document \
     JOIN document AS e ON e.nr = q.document WHERE p.document = d.nr AND e.sha256 = d.sha256 \
     AND p.path <> '-' AND p.path NOT LIKE '-:%'";

/// The condition that a document `d` is a copy that does not count: without an address, where another at its path has one
/// or came later.
pub(crate) fn is_copy() -> String {
    format!(
        "d.address IS NULL AND EXISTS (SELECT 1 FROM {SAME_AT_PATH} AND (e.address IS NOT NULL OR \
         (SELECT max(nr) FROM page WHERE document = e.nr) > (SELECT max(nr) FROM page WHERE document = d.nr)))"
    )
}

/// Whether a document is a copy of another, or another of this one.
fn has_copies(connection: &Connection, document: i64) -> rusqlite::Result<bool> {
    let any = "AND (d.address IS NULL OR e.address IS NULL)";
    connection
        .prepare_cached(&format!(
            "SELECT 1 FROM document AS d WHERE d.nr = ?1 AND EXISTS (SELECT 1 FROM {SAME_AT_PATH} {any})"
        ))?
        .exists([document])
}

/// Of the documents with this text and no address, shows those that are no copies and hides those that are.
pub(crate) fn settle_copies(connection: &Connection, sha256: &str) -> rusqlite::Result<()> {
    let is_copy = is_copy();
    let wrong = connection
        .prepare_cached(&format!(
            "SELECT nr, shown FROM document AS d WHERE sha256 = ?1 AND address IS NULL AND shown = ({is_copy})"
        ))?
        .query_map([sha256], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(i64, bool)>>>()?;
    for (nr, shown) in wrong {
        if shown {
            unindex(connection, nr)?;
        }
        connection.prepare_cached("UPDATE document SET shown = NOT shown WHERE nr = ?1")?.execute([nr])?;
        if !shown {
            index(connection, nr)?;
        }
    }
    Ok(())
}

/// The attributions that were taken out of a document, and the voices that spoke in them.
struct Removed {
    attributions: Vec<(String, String)>,
    voices: BTreeSet<i64>,
}

/// Takes the attributions of a document out.
fn remove_reading(connection: &Connection, document: i64, shown: bool) -> rusqlite::Result<Removed> {
    if shown {
        unindex(connection, document)?;
    }
    let attributions = connection
        .prepare_cached(
            "SELECT a.id, (SELECT group_concat(substr(d.text, s.start + 1, s.\"end\" - s.start), ' ') FROM span AS s \
             WHERE s.attribution = a.nr AND s.part = 'content') \
             FROM attribution AS a JOIN document AS d ON d.nr = a.document WHERE a.document = ?1",
        )?
        .query_map([document], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default())))?
        .collect::<rusqlite::Result<_>>()?;
    let voices = voices_of(connection, document)?;
    connection.prepare_cached("DELETE FROM attribution WHERE document = ?1")?.execute([document])?;
    Ok(Removed { attributions, voices })
}

/// Deletes a document that no page is a capture of any more; the ids of its attributions lead to those of the
/// reading that takes its place. Where captures are left, the first of them stands for it from now on, and nothing comes
/// back. Of what does, `new` are the attributions of that reading to which none leads.
pub(crate) fn abandon(
    connection: &Connection,
    document: i64,
    ids: &[String],
    reading: &Reading,
) -> rusqlite::Result<Option<Changes>> {
    let (shown, address, sha256): (bool, Option<String>, String) = connection
        .prepare_cached("SELECT shown, address, sha256 FROM document WHERE nr = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let first: Option<i64> = connection
        .prepare_cached(
            "SELECT nr FROM page WHERE document = ?1 ORDER BY fetched IS NULL, fetched, id LIMIT 1",
        )?
        .query_row([document], |row| row.get(0))
        .optional()?;
    if let Some(first) = first {
        connection
            .prepare_cached("UPDATE document SET page = ?2 WHERE nr = ?1")?
            .execute([document, first])?;
        return Ok(None);
    }
    let changes = remove_reading(connection, document, shown)?.forward(connection, ids, reading)?;
    connection.prepare_cached("DELETE FROM document WHERE nr = ?1")?.execute([document])?;
    if let Some(address) = address {
        show_newest(connection, document, Some(&address))?;
    }
    settle_copies(connection, &sha256)?;
    Ok(Some(changes))
}

/// The voices that speak in a document.
pub(crate) fn voices_of(connection: &Connection, document: i64) -> rusqlite::Result<BTreeSet<i64>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT speaker.voice FROM attribution JOIN speaker ON speaker.attribution = attribution.nr \
             WHERE attribution.document = ?1",
        )?
        .query_map([document], |row| row.get(0))?
        .collect()
}

impl Removed {
    /// Lets the ids that are gone lead to those whose words overlap most, and makes the ids of the voices anew.
    fn forward(
        self,
        connection: &Connection,
        ids: &[String],
        reading: &Reading,
    ) -> rusqlite::Result<Changes> {
        let mut changes = Changes { documents: 1, ..Changes::default() };
        let had: BTreeSet<_> = self.attributions.iter().map(|(id, _)| id.as_str()).collect();
        let mut new: BTreeSet<_> = ids.iter().map(String::as_str).filter(|id| !had.contains(id)).collect();
        let now: Vec<_> = reading.attributions.iter().map(|now| words(now, &reading.document.text)).collect();
        for (old, content) in &self.attributions {
            if ids.contains(old) {
                continue;
            }
            let old_words: BTreeSet<_> = content.split_whitespace().collect();
            let shared = |n: usize| now[n].intersection(&old_words).count();
            let best = (0..now.len()).max_by_key(|n| (shared(*n), std::cmp::Reverse(*n)));
            // Half of the words of the shorter: less is another utterance about the same thing.
            let best = best.filter(|n| shared(*n) * 2 >= old_words.len().min(now[*n].len()).max(1));
            match best {
                Some(n) => {
                    changes.moved += 1;
                    new.remove(ids[n].as_str());
                }
                None => changes.gone += 1,
            }
            forward::set(connection, old, best.map(|n| ids[n].as_str()))?;
        }
        changes.new = new.len();
        for voice in self.voices {
            voices::settle(connection, voice)?;
        }
        Ok(changes)
    }
}

/// The words of what was said.
fn words<'a>(attribution: &saidline::Attribution, text: &'a str) -> BTreeSet<&'a str> {
    attribution.content.iter().flat_map(|span| span.of(text).split_whitespace()).collect()
}

//! Reading the stored pages again, with the present model.

use std::time::Instant;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use saidline::wire::AttributionIds;
use saidline::{Page, Reading};

use crate::error::StoreError;
use crate::open::Store;
use crate::write::{self, Changes, Place, Run};
use crate::{forget, rows, voices};

/// Reads the pages of a store again. One that was stopped goes on where it was, as long as the same version, model and
/// weights read.
#[derive(Debug)]
pub struct Refresh<'s> {
    store: &'s mut Store,
    run: i64,
    resumed: bool,
    batch: Vec<(Page, Reading)>,
    bytes: usize,
    since: Instant,
    changes: Changes,
}

/// The name in `state` of the refresh that has begun and not ended.
const BEGUN: &str = "refresh";

impl Store {
    /// Begins to read all pages again, or goes on with what was begun.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn refresh(&mut self, run: &Run) -> Result<Refresh<'_>, StoreError> {
        let begin = |connection: &mut Connection| -> rusqlite::Result<(i64, bool)> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let begun = transaction
                .query_row(
                    "SELECT run.nr FROM state JOIN run ON run.nr = CAST(state.value AS INTEGER) \
                     WHERE state.name = ?1 AND run.version = ?2 AND run.model = ?3 AND run.weights = ?4",
                    params![BEGUN, run.version, run.model, run.weights],
                    |row| row.get(0),
                )
                .optional()?;
            let nr = match begun {
                Some(nr) => nr,
                None => {
                    let nr = write::insert_run(&transaction, run)?;
                    let set = "INSERT OR REPLACE INTO state (name, value) VALUES (?1, ?2)";
                    transaction.execute(set, params![BEGUN, nr.to_string()])?;
                    nr
                }
            };
            transaction.commit()?;
            Ok((nr, begun.is_some()))
        };
        let (run, resumed) =
            begin(&mut self.connection).map_err(|error| StoreError::new(&self.path, error))?;
        Ok(Refresh {
            store: self,
            run,
            resumed,
            batch: Vec::new(),
            bytes: 0,
            since: Instant::now(),
            changes: Changes::default(),
        })
    }
}

impl Refresh<'_> {
    /// Whether it goes on with one that was stopped.
    pub fn resumed(&self) -> bool {
        self.resumed
    }

    /// How many pages are still to be read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn left(&self) -> Result<u64, StoreError> {
        let count =
            format!("SELECT count(*) FROM page JOIN document ON document.nr = page.document WHERE {DUE}");
        self.store
            .connection
            .query_row(&count, [self.run], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
            .map_err(|error| self.store.failed(error))
    }

    /// How many pages cannot be read again, because their bytes were forgotten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn without_bytes(&self) -> Result<u64, StoreError> {
        self.store
            .connection
            .query_row("SELECT count(*) FROM page WHERE stored = 'forgotten'", [], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
            .map_err(|error| self.store.failed(error))
    }

    /// The pages still to be read that are to be read as plain text, or the others. It may go to another thread.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pages(&self, plain: bool) -> Result<PagesToRead, StoreError> {
        PagesToRead::new(self.store, self.run, plain)
    }

    /// Takes in a page that was read again; it is written with its batch.
    ///
    /// # Errors
    /// When the store cannot be written; the pages of the batch are then as they were.
    pub fn put(&mut self, page: Page, reading: Reading) -> Result<(), StoreError> {
        if self.batch.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += page.bytes.len() + reading.document.text.len();
        self.batch.push((page, reading));
        if write::is_due(self.batch.len(), self.bytes, self.since) { self.flush() } else { Ok(()) }
    }

    /// Writes what is waiting, as one transaction.
    ///
    /// # Errors
    /// When the store cannot be written; then the pages of the batch are as they were.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.batch);
        self.bytes = 0;
        let (run, before) = (self.run, self.changes.clone());
        let write = |connection: &mut Connection, changes: &mut Changes| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (page, reading) in &batch {
                changes.add(put(&transaction, page, reading, run)?);
            }
            voices::link(&transaction)?;
            crate::statements::settle(&transaction)?;
            transaction.commit()
        };
        let written = write(&mut self.store.connection, &mut self.changes);
        if written.is_err() {
            self.changes = before;
        }
        written.map_err(|error| self.store.failed(error))
    }

    /// Ends it, when no page is left: says what has changed.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn finish(mut self, ended: &str) -> Result<Changes, StoreError> {
        self.flush()?;
        let run = self.run;
        let end = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute("UPDATE run SET ended = ?2 WHERE nr = ?1", params![run, ended])?;
            transaction.execute("DELETE FROM state WHERE name = ?1", [BEGUN])?;
            let unused =
                "DELETE FROM outlet WHERE nr NOT IN (SELECT outlet FROM document WHERE outlet IS NOT NULL)";
            transaction.execute(unused, [])?;
            transaction.commit()
        };
        end(&mut self.store.connection).map_err(|error| self.store.failed(error))?;
        self.store.settle_log();
        Ok(self.changes)
    }
}

/// The pages that a refresh has still to read: those it has not read, and those that stand for a document whose
/// reading is older, because the page that stood for it has moved to another.
const DUE: &str = "page.stored <> 'forgotten' AND \
                   (page.read <> ?1 OR (document.page = page.nr AND document.run <> ?1))";

/// Pages of a store, with their bytes.
#[derive(Debug)]
pub struct PagesToRead {
    connection: Connection,
    path: std::path::PathBuf,
    run: i64,
    plain: bool,
    /// The row of the last page given.
    at: i64,
}

impl PagesToRead {
    fn new(store: &Store, run: i64, plain: bool) -> Result<Self, StoreError> {
        Ok(Self { connection: second(store)?, path: store.path.clone(), run, plain, at: 0 })
    }

    fn next_page(&mut self) -> rusqlite::Result<Option<Page>> {
        let select = format!(
            "SELECT page.*, document.text, document.nul FROM page JOIN document ON document.nr = page.document \
             WHERE page.nr > ?2 AND page.plain = ?3 AND {DUE} ORDER BY page.nr LIMIT 1"
        );
        let page = self
            .connection
            .prepare_cached(&select)?
            .query_row(params![self.run, self.at, self.plain], |row| {
                let (_, mut page) = rows::page(row)?;
                let stored: String = row.get("stored")?;
                let text = match stored.as_str() {
                    "text" => rows::Stored::restored(row.get("text")?, row.get("nul")?),
                    _ => String::new(),
                };
                let bytes = rows::bytes(&stored, row.get("size")?, row.get("bytes")?, &text)?;
                page.bytes = bytes.unwrap_or_default();
                Ok((row.get("nr")?, page))
            })
            .optional()?;
        Ok(page.map(|(nr, page)| {
            self.at = nr;
            page
        }))
    }
}

impl Iterator for PagesToRead {
    type Item = Result<Page, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = self.next_page();
        if page.is_err() {
            // What comes after a page that cannot be read is not to be asked for again and again.
            self.at = i64::MAX;
        }
        page.map_err(|error| StoreError::new(&self.path, error)).transpose()
    }
}

/// A second connection to the file of a store, only to read.
pub(crate) fn second(store: &Store) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(&store.path, flags)?;
        connection.busy_timeout(crate::open::PATIENCE)?;
        Ok(connection)
    };
    open().map_err(|error| store.failed(error))
}

/// Puts what was read again in the place of what the page had.
fn put(connection: &Connection, page: &Page, reading: &Reading, run: i64) -> rusqlite::Result<Changes> {
    let id = reading.page.to_string();
    let known = connection
        .prepare_cached("SELECT nr, document, read = ?2 FROM page WHERE id = ?1")?
        .query_row(params![id, run], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, bool>(2)?))
        })
        .optional()?;
    // It may have been forgotten while it was being read.
    let Some((nr, old, once_more)) = known else { return Ok(Changes::default()) };
    connection.prepare_cached("UPDATE page SET read = ?2 WHERE nr = ?1")?.execute([nr, run])?;
    let place = Place::new(page, reading);
    // One that has to stand for a document whose page has moved is read once more, and counts once.
    let mut changes = Changes { pages: usize::from(!once_more), ..Changes::default() };
    if place.is_of(connection, old)? {
        if write::represents(connection, old, nr)? {
            changes.add(write::replace(connection, old, (nr, page), reading, &place, run)?);
            write::show_newest(connection, old, place.address)?;
            write::settle_copies(connection, &place.sha256)?;
        }
        return Ok(changes);
    }
    let found = place.find(connection)?;
    let new = found.map_or_else(|| write::next_document(connection), Ok)?;
    connection.prepare_cached("UPDATE page SET document = ?2 WHERE nr = ?1")?.execute([nr, new])?;
    if found.is_none() {
        changes.displaced += write::insert_whole(connection, (new, nr), reading, &place, run, false)?;
        changes.documents += 1;
    }
    if write::represents(connection, new, nr)? {
        changes.add(write::replace(connection, new, (nr, page), reading, &place, run)?);
    }
    let ids = AttributionIds::all(page, reading);
    let abandoned = write::abandon(connection, old, &ids, reading)?;
    if found.is_none() {
        // Those to which reports of the document that is gone lead are not new.
        changes.new += abandoned.as_ref().map_or(ids.len(), |abandoned| abandoned.new);
    }
    // The document that is gone was counted with the one that is new, or is one of those that are there.
    changes.add(Changes { documents: 0, new: 0, ..abandoned.unwrap_or_default() });
    write::show_newest(connection, new, place.address)?;
    write::settle_copies(connection, &place.sha256)?;
    Ok(changes)
}

/// Tells which pages are in a store already; it may go to another thread.
#[derive(Debug)]
pub struct KnownPages {
    connection: Connection,
    path: std::path::PathBuf,
    force: bool,
}

impl Store {
    /// What tells which pages are here already. With `force`, one whose bytes were forgotten is not, so that they can
    /// come back.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn known_pages(&self, force: bool) -> Result<KnownPages, StoreError> {
        Ok(KnownPages { connection: second(self)?, path: self.path.clone(), force })
    }
}

impl KnownPages {
    /// Whether the page is in the store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn contains(&self, id: saidline::PageId) -> Result<bool, StoreError> {
        let known = || -> rusqlite::Result<bool> {
            Ok(write::is_known(&self.connection, id)?
                && !(self.force && forget::is_taken_out(&self.connection, id)?))
        };
        known().map_err(|error| StoreError::new(&self.path, error))
    }
}

//! Opening the file: made where there is none, brought up to date where it is old, refused in a sentence where it is
//! not ours.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::StoreError;
use crate::{statements, voices};

/// What the header of the file says it is: the letters `said`.
pub const APPLICATION_ID: i64 = 0x7361_6964;

/// The format this version writes, in the file's `user_version`.
pub const FORMAT: i64 = MIGRATIONS.len() as i64;

/// What leads from each format to the next; the first makes a store out of nothing.
const MIGRATIONS: [&str; 7] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
];

/// How long a command waits for another that writes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The record: one SQLite file.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens a store to write in it, and makes it where there is none.
    ///
    /// # Errors
    /// When the file is not a store, was written by a later version, is damaged, or cannot be written.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let exists = looks_like_a_store(path)?;
        if exists && fs::metadata(path).is_ok_and(|file| file.permissions().readonly()) {
            return Err(StoreError::ReadOnly(path.to_owned()));
        }
        // Its first bytes could be read: what cannot be done is to make the log of writes beside it.
        let or_read_only = |error| match error {
            StoreError::Unreadable { .. } if exists => StoreError::ReadOnly(path.to_owned()),
            StoreError::Unreadable { .. } => why_not_made(path),
            error => error,
        };
        let failed = |error: rusqlite::Error| or_read_only(StoreError::new(path, error));
        let connection = Connection::open(path).map_err(failed)?;
        let mut store = Self { connection, path: path.to_owned() };
        store.prepare().map_err(failed)?;
        store.bring_up_to_date().map_err(or_read_only)?;
        store.finish_cleaning_if_possible();
        Ok(store)
    }

    /// Opens a store that is there, to write in it.
    ///
    /// # Errors
    /// As [`Store::create`], and when there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !looks_like_a_store(path)? {
            return Err(StoreError::Missing(path.to_owned()));
        }
        Self::create(path)
    }

    /// Opens a store that is there, only to read it. It needs no right to write, and never waits for one who writes.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        if !looks_like_a_store(path)? {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let failed = |error| StoreError::new(path, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = |connection: rusqlite::Result<Connection>| {
            let store = Self { connection: connection.map_err(failed)?, path: path.to_owned() };
            store.connection.busy_timeout(PATIENCE).map_err(failed)?;
            store.connection.pragma_update(None, "cache_size", CACHE_KIB).map_err(failed)?;
            store.connection.set_prepared_statement_cache_capacity(STATEMENTS);
            stable_plans(&store.connection).map_err(failed)?;
            match store.format()? {
                FORMAT => Ok(store),
                found if found > FORMAT => {
                    Err(StoreError::Newer { path: path.to_owned(), found, known: FORMAT })
                }
                _ => Err(StoreError::Older(path.to_owned())),
            }
        };
        match open(Connection::open_with_flags(path, flags)) {
            // Reading a log of writes needs a file beside the store. Where none can be made, and no writes are
            // waiting in a log, the file stands still and can be read as it is.
            Err(StoreError::Unreadable { .. } | StoreError::ReadOnly(_)) if !has_log(path) => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                open(Connection::open_with_flags(immutable(path), flags))
            }
            Err(StoreError::Older(_)) => Self::open(path),
            opened => opened,
        }
    }

    /// Where the store lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What SQLite says, in our words.
    pub(crate) fn failed(&self, error: rusqlite::Error) -> StoreError {
        StoreError::new(&self.path, error)
    }

    /// The format of the file; 0 where nothing is in it yet.
    fn format(&self) -> Result<i64, StoreError> {
        let of = |name| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (application, format) = of("application_id")
            .and_then(|application| Ok((application, of("user_version")?)))
            .map_err(|error| self.failed(error))?;
        let tables = || {
            let count = "SELECT count(*) FROM sqlite_schema";
            self.connection
                .query_row(count, [], |row| row.get::<_, i64>(0))
                .map_err(|error| self.failed(error))
        };
        match (application, format) {
            (APPLICATION_ID, format) => Ok(format),
            (0, 0) if tables()? == 0 => Ok(0),
            _ => Err(StoreError::NotAStore(self.path.clone())),
        }
    }

    /// What holds for every connection that writes.
    fn prepare(&self) -> rusqlite::Result<()> {
        let connection = &self.connection;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        stable_plans(connection)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What was acknowledged survives a power cut, not only a kill.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted is overwritten, so that what is forgotten can't be found in free pages.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        connection.pragma_update(None, "journal_size_limit", 64 << 20)
    }

    /// Brings the file to the present format, in one transaction: it is old or new, never between.
    ///
    /// A store of an earlier format is copied first, to `NAME.before-N` beside it.
    fn bring_up_to_date(&mut self) -> Result<(), StoreError> {
        let found = self.format()?;
        if found > FORMAT {
            return Err(StoreError::Newer { path: self.path.clone(), found, known: FORMAT });
        }
        self.migrate(found).map_err(|error| self.failed(error))
    }

    fn migrate(&mut self, found: i64) -> rusqlite::Result<()> {
        // Readers go on while somebody writes. The mode stays with the file.
        self.connection.pragma_update(None, "journal_mode", "WAL")?;
        if found == FORMAT {
            return Ok(());
        }
        if found > 0 {
            let copy = before(&self.path, FORMAT);
            self.connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Somebody else may have done it in the meantime.
        let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(MIGRATIONS.len())) {
            transaction.execute_batch(migration)?;
        }
        if found > 0 {
            // Which names are one voice's, and which reports are of one statement, is not told by SQL.
            voices::link_all(&transaction)?;
            statements::settle(&transaction)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.commit()
    }
}

/// Keeps the plan of a statement whatever is bound to it: where an index holds only some rows, SQLite would make a new
/// one for every value.
fn stable_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

/// How many statements a connection keeps prepared: more than writing a page and linking its names take.
const STATEMENTS: usize = 256;

/// The cache of a connection, in KiB with a minus, as SQLite has it.
const CACHE_KIB: i64 = -65_536;

/// From so many pages on the log of writes is taken into the file. In a large record every page that is added writes in many
/// places: what several batches write in one place is then written there once.
const LOG_PAGES: i64 = 4_000;

/// Whether there is a file to open; one that is there must begin as SQLite's do.
fn looks_like_a_store(path: &Path) -> Result<bool, StoreError> {
    let unreadable = |error: std::io::Error| match error.kind() {
        ErrorKind::PermissionDenied => {
            StoreError::Unreadable { path: path.to_owned(), why: "permission denied".to_owned() }
        }
        _ => StoreError::Unreadable { path: path.to_owned(), why: error.to_string() },
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unreadable(error)),
    };
    if path.is_dir() {
        return Err(StoreError::NotAStore(path.to_owned()));
    }
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head).map_err(unreadable)?;
    match head.as_slice() {
        [] => Ok(false),
        b"SQLite format 3\0" => Ok(true),
        _ => Err(StoreError::NotAStore(path.to_owned())),
    }
}

/// Why a new store could not be made: most likely its folder is missing or may not be written.
fn why_not_made(path: &Path) -> StoreError {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() {
        StoreError::ReadOnly(path.to_owned())
    } else {
        StoreError::Unreadable { path: path.to_owned(), why: "its folder does not exist".to_owned() }
    }
}

/// Whether writes wait in a log beside the store.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// The copy that is made of a store before it is brought to `format`.
pub(crate) fn before(path: &Path, format: i64) -> PathBuf {
    let mut copy = path.as_os_str().to_owned();
    copy.push(format!(".before-{format}"));
    copy.into()
}

/// The name by which SQLite opens a file that nobody changes.
fn immutable(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte))
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

//! How much of what is in a store.

use rusqlite::{Connection, OptionalExtension, Row};
use saidline::{ActClass, QuotationKind};

use crate::error::StoreError;
use crate::open::Store;
use crate::rows;

/// How much of what is in a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// The length of the file, in bytes, with the log of writes that waits beside it.
    pub size: u64,
    /// Pages, each as it came.
    pub pages: usize,
    /// Documents: pages read, the same text at the same address or path once.
    pub documents: usize,
    /// Documents in whose place a newer version is shown.
    pub versions: usize,
    /// Pages that are one more capture of a document.
    pub captures: usize,
    /// Reports that count, by kind.
    pub attributions: Vec<(QuotationKind, usize)>,
    /// Reports that count, by act; none for what an earlier version read, which did not tell.
    pub acts: Vec<(Option<ActClass>, usize)>,
    /// Reports that a person rejected.
    pub rejected: usize,
    /// Reports that only an earlier version of a page has.
    pub earlier: usize,
    /// Reports that count and name a speaker.
    pub named: usize,
    /// Reports that count and whose speakers are all unnamed ("a senior official").
    pub unnamed: usize,
    /// Reports that count and for which no speaker is known.
    pub without_speaker: usize,
    /// Voices with a name.
    pub voices_named: usize,
    /// Voices without one.
    pub voices_unnamed: usize,
    /// How many documents that are shown each outlet has of each month, both where known; in order.
    pub months: Vec<OutletMonth>,
    /// How many notes there are of each code, the most frequent first.
    pub notes: Vec<(String, usize)>,
    /// What could not be read, and why, in order.
    pub unread: Vec<(String, String)>,
    /// Decisions of people that hold.
    pub decisions: usize,
    /// The uses of commands that wrote, the first first.
    pub runs: Vec<StoredRun>,
}

/// The documents of an outlet and a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletMonth {
    /// The outlet, where it is known.
    pub outlet: Option<String>,
    /// The month of publication (`2024-10`); the year where no more is known.
    pub month: Option<String>,
    /// How many documents.
    pub documents: usize,
}

/// A use of a command that wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRun {
    /// The command.
    pub command: String,
    /// The version of saidline.
    pub version: String,
    /// The name of the model.
    pub model: String,
    /// Who ran it.
    pub by: String,
    /// When it began, ISO 8601.
    pub began: String,
    /// When it ended; none where it was broken off.
    pub ended: Option<String>,
    /// How many of the pages it brought.
    pub pages: usize,
    /// How many of the pages it was the last to read: those that it brought, or read again, and none has since.
    pub read: usize,
}

impl Store {
    /// Counts what is in the store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let mut stats = stats(&self.connection).map_err(|error| self.failed(error))?;
        let length = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let mut log = self.path.as_os_str().to_owned();
        log.push("-wal");
        stats.size = length(&self.path) + length(log.as_ref());
        Ok(stats)
    }
}

/// The condition that a document is but another capture of one that counts: versions have an address.
const COPY: &str = "NOT shown AND address IS NULL";

fn stats(connection: &Connection) -> rusqlite::Result<Stats> {
    // One state of the store for all that is counted.
    let transaction = connection.unchecked_transaction()?;
    let count = |sql: &str| transaction.query_row(sql, [], |row| rows::count(row, 0));
    let mut stats = Stats {
        pages: count("SELECT count(*) FROM page")?,
        documents: count(&format!("SELECT count(*) FROM document WHERE NOT ({COPY})"))?,
        versions: count(&format!("SELECT count(*) FROM document WHERE NOT shown AND NOT ({COPY})"))?,
        rejected: count("SELECT count(*) FROM attribution WHERE rejected")?,
        decisions: count(
            "SELECT (SELECT count(*) FROM decision WHERE undone_at IS NULL) \
             + (SELECT count(*) FROM voice_decision WHERE undone_at IS NULL)",
        )?,
        voices_unnamed: count("SELECT count(*) FROM voice WHERE kind = 'unnamed' AND head IS NULL")?,
        ..Stats::default()
    };
    stats.captures = stats.pages.saturating_sub(stats.documents);
    stats.voices_named =
        count("SELECT count(*) FROM voice WHERE head IS NULL")?.saturating_sub(stats.voices_unnamed);
    count_attributions(&transaction, &mut stats)?;
    stats.months = all(
        &transaction,
        "SELECT o.name, substr(d.published_from, 1, 7) AS month, count(*) FROM document AS d \
         LEFT JOIN outlet AS o ON o.nr = d.outlet WHERE d.shown GROUP BY o.name, month ORDER BY o.name, month",
        |row| Ok(OutletMonth { outlet: row.get(0)?, month: row.get(1)?, documents: rows::count(row, 2)? }),
    )?;
    stats.notes = all(
        &transaction,
        "SELECT code, count(*) FROM note GROUP BY code ORDER BY count(*) DESC, code",
        |row| Ok((row.get(0)?, rows::count(row, 1)?)),
    )?;
    stats.unread = all(&transaction, "SELECT path, why FROM unread ORDER BY path", |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    stats.runs = all(
        &transaction,
        "SELECT command, version, model, by, began, ended, coalesce(brought.pages, 0), coalesce(last.pages, 0) FROM run \
         LEFT JOIN (SELECT added, count(*) AS pages FROM page GROUP BY added) AS brought ON brought.added = run.nr \
         LEFT JOIN (SELECT read, count(*) AS pages FROM page GROUP BY read) AS last ON last.read = run.nr \
         ORDER BY run.nr",
        |row| {
            Ok(StoredRun {
                command: row.get(0)?,
                version: row.get(1)?,
                model: row.get(2)?,
                by: row.get(3)?,
                began: row.get(4)?,
                ended: row.get(5)?,
                pages: rows::count(row, 6)?,
                read: rows::count(row, 7)?,
            })
        },
    )?;
    Ok(stats)
}

/// Counts reports by kind, by act, and by whether they name somebody, in one pass.
fn count_attributions(connection: &Connection, stats: &mut Stats) -> rusqlite::Result<()> {
    let mut kinds = QuotationKind::ALL.map(|kind| (kind, 0));
    let acts = ActClass::ALL.into_iter().map(Some).chain([None]);
    let mut acts: Vec<_> = acts.map(|act| (act, 0)).collect();
    // None of a copy, whose reports are those of another.
    let mut shown = connection
        .prepare(&format!("SELECT CASE WHEN {COPY} THEN NULL ELSE shown END FROM document WHERE nr = ?1"))?;
    let mut last: Option<(i64, Option<bool>)> = None;
    let mut select = connection.prepare(
        "SELECT a.document, a.rejected, a.kind, \
         (SELECT min(s.kind = 'unnamed') FROM speaker AS s WHERE s.attribution = a.nr), a.act FROM attribution AS a",
    )?;
    let mut reports = select.query([])?;
    while let Some(row) = reports.next()? {
        let document: i64 = row.get(0)?;
        let counts = match last {
            Some((same, shown)) if same == document => shown,
            _ => shown.query_row([document], |row| row.get(0)).optional()?.unwrap_or(Some(false)),
        };
        last = Some((document, counts));
        if row.get::<_, bool>(1)? || counts.is_none() {
            continue;
        }
        if counts == Some(false) {
            stats.earlier += 1;
            continue;
        }
        let kind = row.get_ref(2)?.as_str()?;
        kinds.iter_mut().filter(|(of, _)| of.name() == kind).for_each(|(_, count)| *count += 1);
        let act = row.get_ref(4)?.as_str_or_null()?;
        let counted = acts.iter_mut().filter(|(of, _)| of.map(ActClass::name) == act);
        counted.for_each(|(_, count)| *count += 1);
        match row.get::<_, Option<bool>>(3)? {
            Some(false) => stats.named += 1,
            Some(true) => stats.unnamed += 1,
            None => stats.without_speaker += 1,
        }
    }
    stats.attributions = kinds.to_vec();
    stats.acts = acts;
    Ok(())
}

fn all<T>(
    connection: &Connection,
    select: &str,
    map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(select)?.query_map([], map)?.collect()
}

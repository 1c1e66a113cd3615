//! Statements: which attributions report one utterance, kept up to date with every change of the record.
//!
//! The engine compares and groups ([`saidline::statements`]); here are the rows. Triggers note which attributions have changed
//! (`statement_due`), and [`settle`] makes good at the end of the transaction what hangs on them: it takes in the reports that
//! are new, goes from there along the pairs that can be one to whole connected parts of the record, and groups each part anew.
//! A part is grouped by what is in it alone, so that the order in which pages came changes nothing.

mod checked;
mod decided;
mod kept;
mod settled;
mod told;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StoreError;
use crate::open::Store;
use crate::write::hex;

pub use checked::{Checked, CheckedDifference, Draft, EvidenceView};
pub use decided::StatementDecision;
pub(crate) use settled::{of_attribution, settle, settle_all};
pub use view::{
    DifferenceView, Earliest, ReportView, SimilarStatement, StatementRow, StatementView, Timeline,
    TimelineQuery,
};
pub(crate) use view::{lines, view};

/// The id of a statement: the first ten bytes of the SHA-256 of `statement`, a zero byte, and the smallest id among its
/// attributions.
pub(crate) fn statement_id(attribution: &str) -> String {
    let digest = hex(&format!("statement\0{attribution}"));
    format!("s-{}", &digest[..20])
}

impl Store {
    /// Puts all reports together anew, as is done when another version of the engine opens a store.
    ///
    /// # Errors
    /// When the store cannot be written; then it is as it was.
    pub fn group_anew(&mut self) -> Result<(), StoreError> {
        let group = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            settle_all(&transaction)?;
            transaction.commit()
        };
        group(&mut self.connection).map_err(|error| self.failed(error))?;
        self.settle_log();
        Ok(())
    }
}

/// The version of the engine's grouping that made the statements of a store; none where none has.
fn made_by(connection: &Connection) -> rusqlite::Result<Option<u32>> {
    use rusqlite::OptionalExtension;
    let select = "SELECT value FROM state WHERE name = 'statements'";
    let value: Option<String> = connection.query_row(select, [], |row| row.get(0)).optional()?;
    Ok(value.and_then(|value| value.parse().ok()))
}

/// What is wrong with the rows of statements, in words; none where nothing is.
pub(crate) fn fault(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let checks = [
        ("attributions are not yet put into statements", "SELECT count(*) FROM statement_due"),
        (
            "reports are of no attribution that counts",
            "SELECT count(*) FROM report WHERE attribution NOT IN (SELECT rowid FROM quote)",
        ),
        (
            "statements have other reports than they say",
            "SELECT count(*) FROM statement AS s \
             WHERE reports <> (SELECT count(*) FROM report AS r WHERE r.statement = s.nr) OR reports = 0",
        ),
        (
            "statements have not the smallest of their reports",
            "SELECT count(*) FROM statement AS s WHERE attribution IS NOT (SELECT min(a.id) FROM report AS r \
             JOIN attribution AS a ON a.nr = r.attribution WHERE r.statement = s.nr)",
        ),
    ];
    for (what, count) in checks {
        let faults: i64 = connection.query_row(count, [], |row| row.get(0))?;
        if faults > 0 {
            return Ok(Some(format!("{faults} {what}")));
        }
    }
    let left_out = left_out(connection)?;
    if left_out > 0 {
        return Ok(Some(format!("{left_out} attributions that were said are in no statement")));
    }
    let mut select = connection.prepare("SELECT id, attribution FROM statement")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (id, attribution): (String, String) = (row.get(0)?, row.get(1)?);
        if id != statement_id(&attribution) {
            return Ok(Some(format!("`{id}` is not the id that its reports give")));
        }
    }
    Ok(None)
}

/// How many attributions are in no statement though they report what was said. Many tell a saying and are none of it on
/// purpose, as the words of menus and captions are nobody's: their documents are read again to tell.
fn left_out(connection: &Connection) -> rusqlite::Result<usize> {
    let mut by_document: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut select = connection.prepare(
        "SELECT a.document, q.rowid FROM quote AS q JOIN attribution AS a ON a.nr = q.rowid \
         LEFT JOIN report AS r ON r.attribution = q.rowid \
         WHERE coalesce(q.act, 'speech') = 'speech' AND q.content IS NOT NULL AND r.statement IS NULL",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        by_document.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    let mut left_out = 0;
    for (document, attributions) in by_document {
        let reports = kept::make(connection, document)?;
        left_out += reports.iter().filter(|made| attributions.contains(&made.attribution)).count();
    }
    Ok(left_out)
}

/// All that is derived of statements, without the numbers of their rows.
pub(crate) fn all(connection: &Connection) -> rusqlite::Result<[Vec<String>; 3]> {
    let strings = |select: &str| -> rusqlite::Result<Vec<String>> {
        connection.prepare(select)?.query_map([], |row| row.get(0))?.collect()
    };
    Ok([
        strings(
            "SELECT s.id || char(31) || r.attribution || char(31) || r.status || char(31) || coalesce(r.of, '') || char(31) || \
             coalesce(r.\"from\", '') || char(31) || coalesce(r.wording, '') || char(31) || coalesce(r.against, '') || char(31) || coalesce(r.differences, '') || char(31) || \
             coalesce(r.passage, '') || char(31) || hex(r.words) FROM report AS r JOIN statement AS s ON s.nr = r.statement \
             ORDER BY r.attribution",
        )?,
        strings(
            "SELECT id || char(31) || attribution || char(31) || coalesce(date, '') || char(31) || coalesce(said_from, '') || \
             char(31) || coalesce(said_to, '') || char(31) || coalesce(dated, '') || char(31) || fullest || char(31) || reports || \
             char(31) || outlets || char(31) || independent || char(31) || cut || char(31) || altered FROM statement ORDER BY id",
        )?,
        strings(
            "SELECT key || ' ' || attribution FROM report_key UNION ALL SELECT 'repeat ' || a || ' ' || b FROM report_repeat \
             ORDER BY 1",
        )?,
    ])
}

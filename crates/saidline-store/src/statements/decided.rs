//! What people decided about statements: that reports are of one, or are not.
//!
//! A decision is a row for each report that it is about, of the same form as a correction's: each holds the words of its report
//! and finds its place again after a reading. Rows with one `pair` belong together: the first report is merged with, or split
//! from, each of the others.

use std::collections::HashMap;

use rusqlite::{Connection, TransactionBehavior, params};
use saidline::statements::Decided;

use super::settled::{of_attribution, settle};
use crate::decisions::{self, Who};
use crate::error::{Failed, StoreError};
use crate::find;
use crate::open::Store;

/// A decision about statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementDecision {
    /// Its number in this file; it is shown as `d-` and the number.
    pub nr: i64,
    /// `merge` or `split`.
    pub action: String,
    /// The statements that there are now of the reports that it is about, by id.
    pub statements: Vec<String>,
}

/// The attributions that a person said are of one statement with this one.
pub(super) fn merged_with(connection: &Connection, id: &str) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(
            "SELECT a.nr FROM decision AS d JOIN decision AS e ON e.pair = d.pair AND e.nr <> d.nr \
             JOIN attribution AS a ON a.id = e.attribution \
             WHERE d.attribution = ?1 AND d.pair IS NOT NULL AND d.action = 'merge' AND d.undone_at IS NULL \
             AND (d.nr = d.pair OR e.nr = d.pair)",
        )?
        .query_map([id], |row| row.get(0))?
        .collect()
}

/// What was decided of these reports, as places; the last word on a pair is the one that counts.
pub(super) fn pairs(
    connection: &Connection,
    places: &HashMap<&str, usize>,
) -> rusqlite::Result<Vec<(usize, usize, Decided)>> {
    let any =
        "SELECT 1 FROM decision WHERE pair IS NOT NULL AND action <> 'part' AND undone_at IS NULL LIMIT 1";
    if !connection.prepare_cached(any)?.exists([])? {
        return Ok(Vec::new());
    }
    let mut select = connection.prepare_cached(
        "SELECT d.attribution, e.attribution, d.action FROM decision AS d \
         JOIN decision AS e ON e.pair = d.nr AND e.nr <> d.nr \
         WHERE d.pair = d.nr AND d.action <> 'part' AND d.undone_at IS NULL AND d.attribution IS NOT NULL AND e.attribution IS NOT NULL \
         ORDER BY d.nr, e.nr",
    )?;
    let mut rows = select.query(params![])?;
    let mut decided: HashMap<(usize, usize), (usize, Decided)> = HashMap::new();
    let mut n = 0;
    while let Some(row) = rows.next()? {
        let place = |column: usize| -> rusqlite::Result<Option<usize>> {
            Ok(places.get(row.get_ref(column)?.as_str()?).copied())
        };
        let (Some(one), Some(other)) = (place(0)?, place(1)?) else { continue };
        let what = if row.get_ref(2)?.as_str()? == "merge" { Decided::One } else { Decided::Two };
        decided.insert((one.min(other), one.max(other)), (n, what));
        n += 1;
    }
    // The latest first: an older word that goes against it has no force.
    let mut all: Vec<_> = decided.into_iter().collect();
    all.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
    Ok(all.into_iter().map(|((one, other), (_, what))| (one, other, what)).collect())
}

impl Store {
    /// Says that two statements are one: a report of each is joined, and with it what is one with it. Each is named by its id, by
    /// an unambiguous beginning of it, or by the id of a report.
    ///
    /// # Errors
    /// When one is not known, or both are one already; [`StoreError::Refused`] where their named voices are others and `force`
    /// is not given; or the store cannot be written.
    pub fn merge_statements(
        &mut self,
        a: &str,
        b: &str,
        force: bool,
        who: Who<'_>,
    ) -> Result<StatementDecision, StoreError> {
        self.decide_on_statements("merge", who, |connection| {
            let (one, other) = (find::statement(connection, a)?, find::statement(connection, b)?);
            if one == other {
                return Err(StoreError::Wrong(format!("`{a}` and `{b}` are one statement already")).into());
            }
            let (ours, theirs) = (named_voices(connection, &one)?, named_voices(connection, &other)?);
            let apart = ours.iter().all(|voice| !theirs.contains(voice));
            if apart && !force && !ours.is_empty() && !theirs.is_empty() {
                let message = format!(
                    "`{one}` is of {} and `{other}` of {}: two people do not make one statement",
                    ours.join(", "),
                    theirs.join(", ")
                );
                let hint = "`saidline voices merge` where both are one voice; `--force` joins the statements all the same";
                return Err(StoreError::Refused(message, hint).into());
            }
            Ok(vec![first_report(connection, &one)?, first_report(connection, &other)?])
        })
    }

    /// Says that a report is not of the statement that it is in: it is parted from all the others there.
    ///
    /// # Errors
    /// When the report is not known, is the only one of its statement, or the store cannot be written.
    pub fn split_statement(&mut self, report: &str, who: Who<'_>) -> Result<StatementDecision, StoreError> {
        self.decide_on_statements("split", who, |connection| {
            let attribution = find::attribution(connection, report)?;
            let others: Vec<String> = connection
                .prepare_cached(
                    "SELECT DISTINCT b.id FROM attribution AS a JOIN report AS r ON r.attribution = a.nr \
                     JOIN report AS s ON s.statement = r.statement AND s.attribution <> r.attribution \
                     JOIN attribution AS b ON b.nr = s.attribution WHERE a.id = ?1 AND b.id <> ?1 ORDER BY b.id",
                )?
                .query_map([&attribution], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            if others.is_empty() {
                return Err(
                    StoreError::Wrong(format!("`{report}` is the only report of its statement")).into()
                );
            }
            Ok([vec![attribution], others].concat())
        })
    }

    /// Writes a decision about these reports and brings statements up to date.
    fn decide_on_statements(
        &mut self,
        action: &str,
        who: Who<'_>,
        about: impl FnOnce(&Connection) -> Result<Vec<String>, Failed>,
    ) -> Result<StatementDecision, StoreError> {
        let decide = |connection: &mut Connection| -> Result<StatementDecision, Failed> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let reports = about(&transaction)?;
            let rows: Vec<_> = reports.iter().map(|report| (report.clone(), None)).collect();
            let made = decisions::insert_about(&transaction, &rows, action, who)?;
            for report in &reports {
                transaction
                    .prepare_cached(
                        "INSERT OR IGNORE INTO statement_due SELECT nr FROM attribution WHERE id = ?1",
                    )?
                    .execute([report])?;
            }
            settle(&transaction)?;
            let mut statements = Vec::new();
            for report in &reports {
                let of = of_attribution(&transaction, report)?;
                statements.extend(of.filter(|id| !statements.contains(id)));
            }
            transaction.commit()?;
            let nr = made.first().copied().unwrap_or_default();
            Ok(StatementDecision { nr, action: action.to_owned(), statements })
        };
        let decided = decide(&mut self.connection).map_err(|error| error.of(&self.path))?;
        self.settle_log();
        Ok(decided)
    }
}

/// The names of the named voices to whom reports of a statement give it, in the order of the alphabet.
fn named_voices(connection: &Connection, statement: &str) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT coalesce(head.name, v.name) AS name FROM statement AS s \
             JOIN report AS r ON r.statement = s.nr JOIN speaker AS k ON k.attribution = r.attribution \
             JOIN voice AS v ON v.nr = k.voice LEFT JOIN voice AS head ON head.nr = v.head \
             WHERE s.id = ?1 AND k.kind <> 'unnamed' ORDER BY name",
        )?
        .query_map([statement], |row| row.get(0))?
        .collect()
}

/// The id of the report by which a statement is known.
fn first_report(connection: &Connection, statement: &str) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT attribution FROM statement WHERE id = ?1")?
        .query_row([statement], |row| row.get(0))
}

//! Statements as they are looked at: one with its reports side by side, many by time, the first of some words, those that were
//! changed, those that are like another.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use saidline::statements::{Read, Reason, WordingKind, reasons};
use saidline::wire;

use super::kept::Reports;
use crate::error::{Failed, StoreError};
use crate::open::Store;
use crate::search::{self, FoundReport, Narrowed, ReportFilter};
use crate::{find, rows};

/// A statement in a list: what is told of it, in the words of its fullest report.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementRow {
    /// Its id.
    pub id: String,
    /// What it goes by in time: when it was said where a report tells that, else when it was first published. ISO 8601.
    pub date: Option<String>,
    /// Whether the date is that of the saying.
    pub dated: bool,
    /// How many reports it has.
    pub reports: usize,
    /// How many outlets carried it.
    pub outlets: usize,
    /// How many of them reported it themselves: no copies, not from somebody else.
    pub independent: usize,
    /// How many reports have fewer of the words.
    pub cut: usize,
    /// How many have other words within the marks.
    pub altered: usize,
    /// The report that has the most of the words.
    pub fullest: FoundReport,
}

/// A statement with all that reports it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementView {
    /// What is told of it.
    pub row: StatementRow,
    /// The interval in which it was said and the name of the basis, by the report that tells it most exactly.
    pub said: Option<(Option<String>, Option<String>, String)>,
    /// Its reports, the first published first; those of unknown time last.
    pub reports: Vec<ReportView>,
    /// The ids of the reports that were published first: all that may have been.
    pub first: Vec<String>,
    /// Statements in which the same voice said the same words on other days.
    pub repeats: Vec<StatementRow>,
}

/// A report of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportView {
    /// What it says.
    pub report: FoundReport,
    /// `own`, `reprint` or `second-hand`.
    pub status: String,
    /// Whose it is, where it is not its own: an attribution's id, and a name.
    pub from: (Option<String>, Option<String>),
    /// How its words in marks differ from those of the fullest report; none of the fullest itself, and where nothing is to be
    /// held against it.
    pub wording: Option<WordingKind>,
    /// The id of the report that it is held against.
    pub against: Option<String>,
    /// Where they differ.
    pub differences: Vec<DifferenceView>,
    /// The differences as the wire has them.
    json: Option<String>,
    /// When the page was captured: fetched, else added. ISO 8601.
    pub captured: Option<String>,
}

/// A place where the words of two reports differ.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceView {
    /// Of which kind it is.
    pub kind: WordingKind,
    /// The words here; none where they are only there.
    pub here: Option<String>,
    /// The words there; none where they are only here.
    pub there: Option<String>,
}

/// Statements by time.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// What the filters came to.
    pub narrowed: Narrowed,
    /// How many statements fit.
    pub total: usize,
    /// Those that were wanted, in order.
    pub rows: Vec<StatementRow>,
    /// How many statements each month has, ISO 8601; those without a date are left out.
    pub months: Vec<(String, usize)>,
}

/// Which statements are wanted, and how many.
#[derive(Debug, Clone, Default)]
pub struct TimelineQuery {
    /// Which of their reports must be meant.
    pub filter: ReportFilter,
    /// Only those with altered words, the most reported first; else all, the earliest first.
    pub changed: bool,
    /// The most that are wanted.
    pub limit: usize,
    /// How many of the first are passed over.
    pub offset: usize,
}

/// Who had some words first.
#[derive(Debug, Clone, Default)]
pub struct Earliest {
    /// What the filters came to.
    pub narrowed: Narrowed,
    /// How many reports have the words.
    pub total: usize,
    /// Those that were published first: all of the earliest time.
    pub first: Vec<(FoundReport, String)>,
    /// Those of unknown time.
    pub undated: Vec<(FoundReport, String)>,
}

/// A statement that is like another.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarStatement {
    /// The statement.
    pub row: StatementRow,
    /// How likely their words are the same, whatever tells against it: `0.0..=1.0`.
    pub likeness: f32,
    /// What they have in common.
    pub reasons: Vec<Reason>,
}

/// How many similar statements are shown.
const SIMILAR: usize = 10;

/// What is less likely the same is not alike.
const ALIKE: f32 = 0.1;

/// Words of a statement by which others are found that are like it.
const WORDS: usize = 12;

/// Reports that are compared with one, at most.
const COMPARED: i64 = 400;

impl Store {
    /// Statements by time, of reports that a filter means; or those of which words were altered.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn timeline(&self, query: &TimelineQuery) -> Result<Timeline, StoreError> {
        let look = || -> rusqlite::Result<Timeline> {
            let transaction = self.connection.unchecked_transaction()?;
            let everything = query.filter.is_empty();
            let (meant, narrowed) = match everything {
                true => (Vec::new(), Narrowed::default()),
                false => search::meant(&transaction, &query.filter, false)?,
            };
            let of = match everything {
                true => "statement AS s WHERE ?1 = ?1".to_owned(),
                false => "statement AS s WHERE s.nr IN (SELECT r.statement FROM json_each(?1) AS m \
                          JOIN report AS r ON r.attribution = m.value)"
                    .to_owned(),
            };
            let (which, order) = match query.changed {
                true => ("AND s.altered > 0", "s.reports DESC, s.altered DESC, s.date, s.id"),
                false => ("", "s.date IS NULL, s.date, s.id"),
            };
            let list = serde_json::to_string(&meant).unwrap_or_default();
            let mut select =
                transaction.prepare(&format!("SELECT s.nr, s.date FROM {of} {which} ORDER BY {order}"))?;
            let found: Vec<(i64, Option<String>)> = select
                .query_map([&list], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut months: BTreeMap<String, usize> = BTreeMap::new();
            for date in found.iter().filter_map(|(_, date)| date.as_deref()) {
                *months.entry(date.chars().take(7).collect()).or_default() += 1;
            }
            let wanted = found.iter().skip(query.offset).take(query.limit);
            let rows = wanted.map(|(nr, _)| row(&transaction, *nr)).collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(Timeline {
                narrowed,
                total: found.len(),
                rows: rows.into_iter().flatten().collect(),
                months: months.into_iter().collect(),
            })
        };
        look().map_err(|error| self.failed(error))
    }

    /// The reports of some words that were published first, and those of unknown time; each with the id of its statement.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn first(&self, filter: &ReportFilter) -> Result<Earliest, StoreError> {
        let look = || -> rusqlite::Result<Earliest> {
            let transaction = self.connection.unchecked_transaction()?;
            let (meant, narrowed) = search::meant(&transaction, filter, false)?;
            let list = serde_json::to_string(&meant).unwrap_or_default();
            let mut select = transaction.prepare(
                "SELECT r.attribution, d.published_from, s.id FROM json_each(?1) AS m \
                 JOIN report AS r ON r.attribution = m.value JOIN statement AS s ON s.nr = r.statement \
                 JOIN document AS d ON d.nr = r.document ORDER BY d.published_from, r.attribution",
            )?;
            let found: Vec<(i64, Option<String>, String)> = select
                .query_map([&list], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut earliest = Earliest { narrowed, total: found.len(), ..Earliest::default() };
            let first = found.iter().find_map(|(_, published, _)| published.clone());
            for (nr, published, statement) in found {
                let list = match (&published, &first) {
                    (None, _) => &mut earliest.undated,
                    (Some(published), Some(first)) if may_be_one(published, first) => &mut earliest.first,
                    _ => continue,
                };
                list.push((search::plain_report(&transaction, nr)?, statement));
            }
            Ok(earliest)
        };
        look().map_err(|error| self.failed(error))
    }

    /// Statements that are like one, the likest first: other sayings of the same, and what was said about the same thing. It is
    /// named by its id, an unambiguous beginning of it, or the id of a report.
    ///
    /// # Errors
    /// When it is not known, or the store cannot be read.
    pub fn similar(&self, to: &str) -> Result<(StatementRow, Vec<SimilarStatement>), StoreError> {
        let look = || -> Result<(StatementRow, Vec<SimilarStatement>), Failed> {
            let transaction = self.connection.unchecked_transaction()?;
            let id = find::statement(&transaction, to)?;
            let nr: i64 =
                transaction.query_row("SELECT nr FROM statement WHERE id = ?1", [&id], |row| row.get(0))?;
            let own =
                row(&transaction, nr)?.ok_or_else(|| StoreError::Unknown(format!("no statement `{to}`")))?;
            let mut like = similar(&transaction, nr, &own)?;
            like.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            like.truncate(SIMILAR);
            let like = like.into_iter().map(|(nr, likeness, reasons)| {
                Ok(row(&transaction, nr)?.map(|row| SimilarStatement { row, likeness, reasons }))
            });
            let like = like.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok((own, like.into_iter().flatten().collect()))
        };
        look().map_err(|error| error.of(&self.path))
    }
}

/// Whether two moments of any precision may be one: one begins with the other.
fn may_be_one(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Other statements that are like one, with likeness and what they have in common.
fn similar(
    connection: &Connection,
    nr: i64,
    own: &StatementRow,
) -> rusqlite::Result<Vec<(i64, f32, Vec<Reason>)>> {
    let reports = Reports::new(connection);
    let fullest = attribution(connection, &own.fullest.id)?;
    let Some(kept) = reports.get(fullest)? else { return Ok(Vec::new()) };
    let mut candidates: BTreeSet<i64> = reports.worth_comparing(fullest, &kept)?.iter().copied().collect();
    let mut words: Vec<String> = own
        .fullest
        .content
        .iter()
        .flat_map(|piece| crate::folded::words(piece).collect::<Vec<_>>())
        .filter(|word| word.chars().count() > 3)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(saidline::statements::weight(word).to_bits()));
    words.dedup();
    words.truncate(WORDS);
    if !words.is_empty() {
        let any: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let mut select = connection
            .prepare_cached("SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?1 ORDER BY rank LIMIT ?2")?;
        for found in select
            .query_map(params![format!("content : ({})", any.join(" OR ")), COMPARED], |row| row.get(0))?
        {
            candidates.insert(found?);
        }
    }
    let read = Read::new(&kept.report);
    let mut best: BTreeMap<i64, (f32, i64)> = BTreeMap::new();
    for other in candidates {
        let Some(with) = reports.get(other)? else { continue };
        let Some(statement) = with.statement.filter(|statement| *statement != nr) else { continue };
        // By the words alone: what was said again years later is like it, too.
        let likeness = read.alike(&Read::new(&with.report));
        if likeness < ALIKE {
            continue;
        }
        let known = best.entry(statement).or_insert((likeness, other));
        if likeness > known.0 {
            *known = (likeness, other);
        }
    }
    let mut like = Vec::new();
    for (statement, (likeness, other)) in best {
        let Some(with) = reports.get(other)? else { continue };
        like.push((statement, likeness, reasons(&kept.report, &with.report)));
    }
    Ok(like)
}

/// The row of an attribution that counts.
fn attribution(connection: &Connection, id: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "SELECT a.nr FROM attribution AS a JOIN report AS r ON r.attribution = a.nr WHERE a.id = ?1 ORDER BY a.nr LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))
}

/// A statement for a list; none where it is gone.
pub(super) fn row(connection: &Connection, nr: i64) -> rusqlite::Result<Option<StatementRow>> {
    let mut select = connection.prepare_cached(
        "SELECT id, date, dated IS NOT NULL, reports, outlets, independent, cut, altered, fullest FROM statement WHERE nr = ?1",
    )?;
    select
        .query_row([nr], |row| {
            Ok(StatementRow {
                id: row.get(0)?,
                date: row.get(1)?,
                dated: row.get(2)?,
                reports: rows::count(row, 3)?,
                outlets: rows::count(row, 4)?,
                independent: rows::count(row, 5)?,
                cut: rows::count(row, 6)?,
                altered: rows::count(row, 7)?,
                fullest: search::plain_report(connection, row.get(8)?)?,
            })
        })
        .optional()
}

/// A statement with its reports; none where there is none with this id.
pub(crate) fn view(connection: &Connection, id: &str) -> rusqlite::Result<Option<StatementView>> {
    let nr: Option<i64> = connection
        .prepare_cached("SELECT nr FROM statement WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some((nr, row)) = nr.map(|nr| Ok::<_, rusqlite::Error>((nr, row(connection, nr)?))).transpose()?
    else {
        return Ok(None);
    };
    let Some(row) = row else { return Ok(None) };
    let said = connection
        .prepare_cached(
            "SELECT a.said_from, a.said_to, a.said_basis FROM statement AS s JOIN attribution AS a ON a.nr = s.dated \
             WHERE s.nr = ?1",
        )?
        .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let mut select = connection.prepare_cached(
        "SELECT r.attribution, r.status, (SELECT id FROM attribution WHERE nr = r.of), r.\"from\", r.wording, \
         (SELECT id FROM attribution WHERE nr = r.against), r.differences, \
         (SELECT text FROM document WHERE nr = r.document), \
         (SELECT d.text FROM attribution AS a JOIN document AS d ON d.nr = a.document WHERE a.nr = r.against), \
         coalesce(p.fetched, (SELECT began FROM run WHERE nr = p.added)), d.published_from \
         FROM report AS r JOIN document AS d ON d.nr = r.document LEFT JOIN page AS p ON p.nr = d.page \
         JOIN attribution AS a ON a.nr = r.attribution \
         WHERE r.statement = ?1 ORDER BY d.published_from IS NULL, d.published_from, a.id",
    )?;
    let mut reports = Vec::new();
    let mut published: Vec<Option<String>> = Vec::new();
    let mut rows = select.query([nr])?;
    while let Some(row) = rows.next()? {
        published.push(row.get(10)?);
        reports.push(report(connection, row)?);
    }
    let earliest = published.first().cloned().flatten();
    let first = reports
        .iter()
        .zip(&published)
        .filter(|(_, published)| match (published, &earliest) {
            (Some(published), Some(earliest)) => may_be_one(published, earliest),
            _ => false,
        })
        .map(|(report, _)| report.report.id.clone())
        .collect();
    let mut repeats = Vec::new();
    for other in repeated(connection, nr)? {
        repeats.extend(self::row(connection, other)?);
    }
    Ok(Some(StatementView { row, said, reports, first, repeats }))
}

/// The statements that repeat one, the earliest first.
fn repeated(connection: &Connection, nr: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached(
            "SELECT DISTINCT s.nr FROM report AS r \
             JOIN (SELECT a, b FROM report_repeat UNION ALL SELECT b, a FROM report_repeat) AS p ON p.a = r.attribution \
             JOIN report AS o ON o.attribution = p.b JOIN statement AS s ON s.nr = o.statement \
             WHERE r.statement = ?1 AND s.nr <> ?1 ORDER BY s.date, s.id",
        )?
        .query_map([nr], |row| row.get(0))?
        .collect()
}

fn report(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<ReportView> {
    let wording: Option<String> = row.get(4)?;
    let wording = wording.as_deref().map(wording_kind).transpose()?;
    let json: Option<String> = row.get(6)?;
    let (here, there): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    let differences = match &json {
        None => Vec::new(),
        Some(json) => {
            differences(json, here.as_deref().unwrap_or_default(), there.as_deref().unwrap_or_default())?
        }
    };
    Ok(ReportView {
        report: search::plain_report(connection, row.get(0)?)?,
        status: row.get(1)?,
        from: (row.get(2)?, row.get(3)?),
        wording,
        against: row.get(5)?,
        differences,
        json,
        captured: row.get(9)?,
    })
}

fn wording_kind(name: &str) -> rusqlite::Result<WordingKind> {
    let kind = WordingKind::ALL.into_iter().find(|kind| kind.name() == name);
    kind.ok_or_else(|| crate::error::impossible("a kind of wording", name))
}

/// Differences with their words, from JSON in code points.
fn differences(json: &str, here: &str, there: &str) -> rusqlite::Result<Vec<DifferenceView>> {
    #[derive(serde::Deserialize)]
    struct Stored {
        kind: String,
        here: Option<(u32, u32)>,
        there: Option<(u32, u32)>,
    }
    let stored: Vec<Stored> = serde_json::from_str(json)
        .map_err(|_| crate::error::impossible("the differences of a wording", json))?;
    let (here, there) = (saidline::Points::new(here), saidline::Points::new(there));
    let words = |points: &saidline::Points<'_>, place: Option<(u32, u32)>| {
        let word =
            |(start, end)| rows::span(points, start, end).map(|span| span.of(points.text()).to_owned());
        place.map(word).transpose()
    };
    stored
        .into_iter()
        .map(|one| {
            Ok(DifferenceView {
                kind: wording_kind(&one.kind)?,
                here: words(&here, one.here)?,
                there: words(&there, one.there)?,
            })
        })
        .collect()
}

/// Appends the lines of a statement on the wire: its own, then those of its wordings.
pub(crate) fn lines(connection: &Connection, out: &mut String, id: &str) -> rusqlite::Result<()> {
    if let Some(view) = view(connection, id)? {
        view.write(out);
    }
    Ok(())
}

impl StatementView {
    /// The ids of the voices that speak in its reports, in the order of these.
    pub fn voices(&self) -> Vec<String> {
        let mut voices = Vec::new();
        let speakers = self.reports.iter().flat_map(|one| &one.report.speakers);
        for speaker in speakers.filter(|speaker| speaker.kind != "unnamed") {
            if !voices.contains(&speaker.voice) {
                voices.push(speaker.voice.clone());
            }
        }
        voices
    }

    /// Appends its lines on the wire: its own, then those of its wordings.
    pub fn write(&self, out: &mut String) {
        let repeats: Vec<_> = self.repeats.iter().map(|repeat| repeat.id.clone()).collect();
        let mut reports: Vec<_> = self.reports.iter().collect();
        reports.sort_by(|a, b| a.report.id.cmp(&b.report.id));
        let said =
            self.said.as_ref().map(|(from, to, basis)| (from.as_deref(), to.as_deref(), basis.as_str()));
        wire::write_statement(
            out,
            &wire::RecordedStatement {
                id: &self.row.id,
                voices: &self.voices(),
                said,
                reports: reports
                    .iter()
                    .map(|one| {
                        let from = one.from.0.as_deref().or(one.from.1.as_deref());
                        (one.report.id.as_str(), one.status.as_str(), from)
                    })
                    .collect(),
                first: self.first.iter().map(String::as_str).collect(),
                repeats: &repeats,
            },
        );
        for one in reports {
            let (Some(kind), Some(against)) = (one.wording, &one.against) else { continue };
            wire::write_wording(
                out,
                &wire::RecordedWording {
                    statement: &self.row.id,
                    attribution: &one.report.id,
                    kind: kind.name(),
                    against,
                    differences: one.json.as_deref(),
                },
            );
        }
    }
}

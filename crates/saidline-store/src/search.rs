//! Asking: who said what, found by words, speaker, outlet, kind and time.
//!
//! The rows that fit come from the index alone, in which filters are words too. Only those shown are read whole.

mod closer;
mod clues;
mod facets;
mod filters;
mod likeliest;
#[cfg(test)]
mod tests;
mod told;
mod words;

use std::ops::Range;
use std::sync::Arc;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Null;
use rusqlite::{Connection, Transaction, params};
use saidline::{
    ActClass, ActType, Meaning, Moment, Points, Polarity, QuotationKind, Said, Span, Vector, VenueKind, When,
};

pub use facets::{Facet, Facets};
use filters::{Dates, Filters, TOUCHES};
pub(crate) use filters::{names_of, nearest_voices, voices_of};
use words::{Marker, Phrase};

use crate::error::StoreError;
use crate::open::Store;
use crate::rows;

/// Which reports are meant: the same for all that chooses among them.
#[derive(Debug, Clone, Default)]
pub struct ReportFilter {
    /// Words as they were typed: each must stand in what was said, `"words in marks"` in this order, `begun*` words with
    /// anything behind. Everything else is plain words; where there are none, every report fits.
    pub words: String,
    /// Who said it, one of these: an id of a voice, a name, or words of a name without regard to case and accents.
    pub speakers: Vec<String>,
    /// Who printed it, one of these: a name, or words of it.
    pub outlets: Vec<String>,
    /// The kind.
    pub kind: Option<QuotationKind>,
    /// Whether it was said, thought, planned, found or ordered, one of these; all where there are none. What an earlier
    /// version read, which did not tell, counts as said.
    pub acts: Vec<ActClass>,
    /// What was done with the words, one of these.
    pub types: Vec<ActType>,
    /// Whether saying or content is negated, one of these.
    pub polarities: Vec<Polarity>,
    /// To whom it was said, one of these: all words of each must stand in an addressee's name, else in the words of the page, or in
    /// a role in which somebody of that name speaks.
    pub addressees: Vec<String>,
    /// Where or through what it was said, one of these: all words of each must stand in the words of the venue or its name.
    pub venues: Vec<String>,
    /// What the venue is, one of these.
    pub venue_kinds: Vec<VenueKind>,
    /// Nothing that was over before this. What is dated less precisely counts when it may lie within. Times are taken
    /// as they stand on the page, without offsets.
    pub since: Option<Moment>,
    /// Nothing that began after this.
    pub until: Option<Moment>,
}

impl ReportFilter {
    /// Whether it leaves nothing out.
    pub fn is_empty(&self) -> bool {
        let Self { words, speakers, outlets, kind, acts, types, polarities, .. } = self;
        let Self { addressees, venues, venue_kinds, since, until, .. } = self;
        words.trim().is_empty()
            && [speakers, outlets, addressees, venues].into_iter().all(Vec::is_empty)
            && (acts.is_empty() && types.is_empty() && polarities.is_empty() && venue_kinds.is_empty())
            && (kind.is_none() && since.is_none() && until.is_none())
    }
}

/// What is asked of a store.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Which reports.
    pub filter: ReportFilter,
    /// Also what a person rejected, and what only an earlier version of a page says.
    pub all: bool,
    /// What comes first.
    pub order: Order,
    /// The most reports that are wanted.
    pub limit: usize,
    /// How many of the first are passed over.
    pub offset: usize,
    /// How many of the most frequent speakers and outlets are counted, and whether months are; 0 for none. Not counted where
    /// something is asked for by its meaning.
    pub facets: usize,
    /// What is asked for by its meaning: then what comes nearest to it comes first, one report of a statement.
    pub meaning: Option<Meant>,
}

/// Words of a question, and their vector.
#[derive(Debug, Clone)]
pub struct Meant {
    /// The words.
    pub words: String,
    /// The vector that the model of [`saidline::Meaning`] gives them.
    pub vector: Vector,
    /// The model, which reads the likeliest once more beside the question; none where vectors and words are to tell alone.
    pub model: Option<&'static Meaning>,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The newest; what has no date comes last.
    #[default]
    Newest,
    /// The oldest, by the day it was said, else published; what has no date comes last.
    Oldest,
    /// Where the words weigh most (BM25): often, in few words.
    Best,
    /// What comes nearest to the meaning that was asked for.
    Likeliest,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many reports fit, exactly.
    pub total: usize,
    /// Those that were wanted, in order.
    pub rows: Vec<FoundReport>,
    /// The order they are in: the newest first, too, where the words are too common to be weighed.
    pub order: Order,
    /// What the filters came to.
    pub narrowed: Narrowed,
    /// The counts, where they were wanted.
    pub facets: Option<Facets>,
    /// Reports that could not be found by their meaning, because they have no vector yet.
    pub without_meaning: usize,
}

/// What the filters of a query came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// The names of the voices that were meant.
    pub speakers: Vec<String>,
    /// The outlets that were meant.
    pub outlets: Vec<String>,
    /// What nothing fits.
    pub unmatched: Vec<Unmatched>,
}

/// A name that is not in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// What was asked for.
    pub asked: String,
    /// By which option: `--speaker`, `--outlet`, `--addressee` or `--venue`.
    pub option: &'static str,
    /// The names that are nearest to it, the nearest first.
    pub nearest: Vec<String>,
    /// Of addressees and venues, where none is near: what there is most often.
    pub commonest: Vec<String>,
}

/// A report that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundReport {
    /// The attribution's id.
    pub id: String,
    /// Its kind.
    pub kind: QuotationKind,
    /// Whether it was said, thought, planned, found or ordered; none where an earlier version read it.
    pub act: Option<ActClass>,
    /// What was done with the words; none where an earlier version read it.
    pub act_type: Option<ActType>,
    /// Whether saying or content is negated; none where an earlier version read it.
    pub polarity: Option<Polarity>,
    /// Who said it.
    pub speakers: Vec<FoundSpeaker>,
    /// To whom.
    pub addressees: Vec<FoundAddressee>,
    /// Where or through what: the kind, and the words of the page.
    pub venue: Option<(VenueKind, String)>,
    /// The words that name the speaker, joined by ` […] `.
    pub source: String,
    /// The words that report, joined by ` […] `.
    pub cue: String,
    /// What was said, piece by piece.
    pub content: Vec<String>,
    /// Of each piece, whether words were left out before it.
    pub omitted: Vec<bool>,
    /// Where the words asked for stand in the content: which piece, and which of its bytes.
    pub marks: Vec<(usize, Range<usize>)>,
    /// The date that searching goes by, ISO 8601 of any precision.
    pub date: Option<String>,
    /// When it was said, and how that is known; none where the page does not tell.
    pub said: Option<Said>,
    /// When the page was published.
    pub published: Option<When>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// The title of the page.
    pub title: Option<String>,
    /// The address of the page.
    pub address: Option<String>,
    /// The page's id and path; none where it was forgotten.
    pub page: Option<(String, String)>,
    /// The chance that the spans and their link are right, `0.0..=1.0`.
    pub confidence: f64,
    /// The fields that a person put right.
    pub corrected: Vec<String>,
    /// Whether a person rejected it.
    pub rejected: bool,
    /// Whether its page is the newest version.
    pub shown: bool,
    /// The statement that it reports; only told where something was asked for by its meaning.
    pub statement: Option<FoundStatement>,
    /// How well it fits what was asked for by its meaning, the more the better: how near it comes, 1 for the same, and what the
    /// words of the question and a closer reading of the likeliest add. None where nothing was asked for so.
    pub likeness: Option<f32>,
}

/// The statement that a report was shown for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundStatement {
    /// Its id.
    pub id: String,
    /// How many reports it has.
    pub reports: usize,
    /// How many outlets have it.
    pub outlets: usize,
}

/// To whom something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAddressee {
    /// The words of the page.
    pub text: String,
    /// The name that they stand for, where it is known.
    pub name: Option<String>,
}

impl FoundAddressee {
    /// The name, else the words of the page.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.text)
    }
}

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSpeaker {
    /// The name.
    pub name: String,
    /// `person`, `organisation` or `unnamed`.
    pub kind: String,
    /// The title or role beside the name, in the page's words.
    pub role: Option<String>,
    /// The id of the voice.
    pub voice: String,
}

impl Store {
    /// Whether there is anything that is only searched when all is asked for: reports that a person rejected, earlier
    /// versions of pages.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn leaves_out(&self) -> Result<bool, StoreError> {
        let any = "SELECT EXISTS (SELECT 1 FROM document WHERE NOT shown) \
                   OR EXISTS (SELECT 1 FROM attribution WHERE rejected)";
        self.connection.query_row(any, [], |row| row.get(0)).map_err(|error| self.failed(error))
    }

    /// Finds what a query asks for. Nothing that can be typed is an error.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found, StoreError> {
        search(&self.connection, query, COSTS).map_err(|error| self.failed(error))
    }
}

/// Where one way to an answer costs more than another. The answers are the same, the order of what is too common
/// excepted.
#[derive(Debug, Clone, Copy)]
struct Costs {
    /// More rows than this are counted and not listed, where counts are all that is wanted.
    many: usize,
    /// So many of the first rows by date are held against the index to find the first of many: where they are not enough, all
    /// are listed after all.
    tried: usize,
    /// So many rows are looked up one by one, where walking through all dates may take longer.
    few: usize,
    /// How much less it is to pass a row by on that walk than to look up another.
    walk: usize,
    /// More rows than this are not weighed: it takes as long as finding them ten times.
    weighed: usize,
    /// A word in more rows than this weighs next to nothing, and costs most.
    common: usize,
    /// More voices or outlets than this are not written into an expression: the index would look at each for every row.
    tags: usize,
}

const COSTS: Costs =
    Costs { many: 60_000, tried: 1_000, few: 2_000, walk: 4, weighed: 5_000, common: 20_000, tags: 48 };

/// A number as SQL has it.
fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The rows that fit.
enum Fitting {
    /// All that count.
    All,
    /// Too many to be listed: how many, and those that are wanted.
    Many(usize, Vec<i64>),
    /// These, in ascending order.
    These(Vec<i64>),
}

fn search(connection: &Connection, query: &Query, costs: Costs) -> rusqlite::Result<Found> {
    // One state of the store for all that is asked of it; and what is made for the search goes with it.
    let transaction = connection.unchecked_transaction()?;
    if let Some(meant) = &query.meaning {
        return likeliest::search(&transaction, query, meant);
    }
    let (filters, narrowed) = Filters::new(&transaction, &query.filter, costs.tags)?;
    let phrases = words::parse(&query.filter.words);
    let is_nothing = filters.nothing || phrases.is_empty() && !query.filter.words.trim().is_empty();
    let by_date = match query.order {
        Order::Oldest => Order::Oldest,
        Order::Newest | Order::Best | Order::Likeliest => Order::Newest,
    };
    let mut found = Found { narrowed, order: by_date, ..Found::default() };
    if is_nothing {
        found.facets = (query.facets > 0).then(Facets::default);
        return Ok(found);
    }
    let words = (!phrases.is_empty()).then(|| words::expression(&phrases));
    // To hold one row against words only begun takes as long as to find all that begin so.
    let is_plain = query.facets == 0 && !query.all && !phrases.iter().any(|phrase| phrase.begun);
    let shown = match words.is_none() && filters.is_empty() && is_plain {
        true => Fitting::All,
        false => {
            let many = match is_plain {
                true => many(&transaction, words.as_deref(), &filters, (query, by_date), costs)?,
                false => None,
            };
            match many {
                Some((count, wanted)) => Fitting::Many(count, wanted),
                None => Fitting::These(fitting(&transaction, SHOWN, words.as_deref(), &filters)?),
            }
        }
    };
    let hidden = match query.all {
        true => {
            hide(&transaction)?;
            fitting(&transaction, HIDDEN, words.as_deref(), &filters)?
        }
        false => Vec::new(),
    };
    let (from, to) = (query.offset, query.offset.saturating_add(query.limit));
    let wanted: Vec<i64>;
    match shown {
        Fitting::All => {
            found.total = count(&transaction)?;
            wanted = first_of_all(&transaction, by_date, from, query.limit)?;
        }
        Fitting::Many(count, rows) => {
            found.total = count;
            wanted = rows;
        }
        Fitting::These(shown) => {
            found.total = shown.len() + hidden.len();
            let ranked = match query.order {
                Order::Best => ranked(&transaction, &phrases, &shown, to, costs)?,
                Order::Newest | Order::Oldest | Order::Likeliest => None,
            };
            let all = merged(shown, hidden.clone());
            let ordered = match ranked {
                Some(mut ranked) => {
                    found.order = Order::Best;
                    // What is hidden cannot be weighed against the rest.
                    let more = to.saturating_sub(ranked.len());
                    ranked.extend(first(&transaction, Order::Newest, &hidden, more, costs)?);
                    ranked
                }
                None => first(&transaction, by_date, &all, to, costs)?,
            };
            wanted = ordered.into_iter().skip(from).take(query.limit).collect();
            if query.facets > 0 {
                found.facets = Some(facets::count(&transaction, &all, query.facets)?);
            }
        }
    }
    let marker = Marker::new(&phrases);
    found.rows = wanted.into_iter().map(|nr| report(&transaction, nr, &marker)).collect::<Result<_, _>>()?;
    Ok(found)
}

/// The rows of all reports that a filter means, in ascending order, and what the filter came to. With `all`, also what a
/// person rejected and what only an earlier version of a page says.
pub(crate) fn meant(
    transaction: &Transaction<'_>,
    filter: &ReportFilter,
    all: bool,
) -> rusqlite::Result<(Vec<i64>, Narrowed)> {
    let (filters, narrowed) = Filters::new(transaction, filter, COSTS.tags)?;
    let phrases = words::parse(&filter.words);
    if filters.nothing || phrases.is_empty() && !filter.words.trim().is_empty() {
        return Ok((Vec::new(), narrowed));
    }
    let words = (!phrases.is_empty()).then(|| words::expression(&phrases));
    let shown = fitting(transaction, SHOWN, words.as_deref(), &filters)?;
    if !all {
        return Ok((shown, narrowed));
    }
    hide(transaction)?;
    let hidden = fitting(transaction, HIDDEN, words.as_deref(), &filters)?;
    Ok((merged(shown, hidden), narrowed))
}

fn merged(mut one: Vec<i64>, other: Vec<i64>) -> Vec<i64> {
    if !other.is_empty() {
        one.extend(other);
        one.sort_unstable();
    }
    one
}

/// The index of what counts, and that of what does not, which is made when it is asked for.
const SHOWN: &str = "quote_fts";
const HIDDEN: &str = "temp.hidden_fts";

/// How many rows fit, and the first by date that are wanted, where they are many; then what comes first is best found by going
/// through the dates. None where they are few, or lie far behind.
fn many(
    connection: &Connection,
    words: Option<&str>,
    filters: &Filters,
    (query, order): (&Query, Order),
    costs: Costs,
) -> rusqlite::Result<Option<(usize, Vec<i64>)>> {
    let to = query.offset.saturating_add(query.limit);
    if filters.voices.is_some() || filters.outlets.is_some() || to > costs.tried {
        return Ok(None);
    }
    let common = common(words, filters);
    let with = |tags: &[String]| and(common.iter().chain([&filters::any(tags.iter().cloned())]));
    let Dates { inside, edge, since, until } = match &filters.dates {
        Some(dates) => dates,
        None => &Dates::default(),
    };
    let main = match (&filters.dates, inside.is_empty()) {
        (None, _) => and(&common),
        (Some(_), true) => return Ok(None),
        (Some(_), false) => with(inside),
    };
    let mut first = connection
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM quote_fts WHERE quote_fts MATCH ?1 LIMIT ?2)")?;
    if first.query_row(params![main, number(costs.many) + 1], |row| rows::count(row, 0))? <= costs.many {
        return Ok(None);
    }
    // `?1` is there to be passed over: the others are numbered as the condition has them.
    let within = match &filters.dates {
        Some(_) => format!("WHERE a.date < ?3 || '~' AND a.date >= substr(?2, 1, 4) AND {TOUCHES}"),
        None => "WHERE ?1 IS NULL AND ?2 = ?2 AND ?3 = ?3".to_owned(),
    };
    let mut fits =
        connection.prepare_cached("SELECT 1 FROM quote_fts WHERE quote_fts MATCH ?1 AND rowid = ?2")?;
    let (mut wanted, plain) = (Vec::new(), and(&common));
    let mut tries = costs.tried;
    for walk in by_dates(order) {
        let mut tried = connection.prepare_cached(&format!(
            "SELECT a.nr FROM attribution AS a INDEXED BY attribution_date {within} AND {walk}"
        ))?;
        let mut rows = tried.query(params![Null, since, until])?;
        while tries > 0
            && wanted.len() < to
            && let Some(row) = rows.next()?
        {
            tries -= 1;
            let nr: i64 = row.get(0)?;
            if fits.exists(params![plain, nr])? {
                wanted.push(nr);
            }
        }
    }
    if wanted.len() < to {
        return Ok(None);
    }
    let mut all = connection.prepare_cached("SELECT count(*) FROM quote_fts WHERE quote_fts MATCH ?1")?;
    let mut count = all.query_row([&main], |row| rows::count(row, 0))?;
    if filters.dates.is_some() {
        let edge = format!("({}) NOT {}", with(edge), filters::any(inside.iter().cloned()));
        let mut some = connection.prepare_cached(&format!(
            "SELECT count(*) FROM quote_fts AS f CROSS JOIN attribution AS a ON a.nr = f.rowid \
             WHERE f.quote_fts MATCH ?1 AND {TOUCHES}"
        ))?;
        count += some.query_row(params![edge, since, until], |row| rows::count(row, 0))?;
    }
    Ok(Some((count, wanted.split_off(query.offset))))
}

/// An expression of which all parts must hold; one that every row fits where there is none.
fn and<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    let parts: Vec<_> = parts.into_iter().map(String::as_str).collect();
    match parts.is_empty() {
        true => filters::any(QuotationKind::ALL.iter().map(|kind| format!("xk{}", kind.name()))),
        false => parts.join(" AND "),
    }
}

/// The expressions of the words and the filters, without the dates.
fn common(words: Option<&str>, filters: &Filters) -> Vec<String> {
    words.map(str::to_owned).into_iter().chain(filters.tags.iter().cloned()).collect()
}

/// The rows of an index that fit, in ascending order.
fn fitting(
    connection: &Connection,
    index: &str,
    words: Option<&str>,
    filters: &Filters,
) -> rusqlite::Result<Vec<i64>> {
    let common = common(words, filters);
    if let (None, None, Some(voices)) = (words, &filters.dates, &filters.voices) {
        return of_voices(connection, index, &common, (filters, voices));
    }
    let mut found = fitting_all(connection, index, &common, filters)?;
    found.sort_unstable();
    if let Some(voices) = &filters.voices {
        let mut theirs = Vec::new();
        for voice in voices {
            let select = "SELECT attribution FROM speaker WHERE voice = ?1";
            collect(connection, select, params![voice], &mut theirs)?;
        }
        theirs.sort_unstable();
        found.retain(|nr| theirs.binary_search(nr).is_ok());
    }
    of_outlets(connection, found, filters)
}

/// So many voices are asked for at a time: the index looks at each for every row of all of them.
const VOICES_AT_ONCE: usize = 32;

/// The rows of voices that are too many for one expression, in ascending order.
fn of_voices(
    connection: &Connection,
    index: &str,
    common: &[String],
    (filters, voices): (&Filters, &[i64]),
) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    for some in voices.chunks(VOICES_AT_ONCE) {
        let theirs = filters::any(some.iter().map(|voice| format!("xv{voice}")));
        let common: Vec<_> = common.iter().cloned().chain([theirs]).collect();
        found.extend(fitting_all(connection, index, &common, filters)?);
    }
    // Who speaks together stands in several.
    found.sort_unstable();
    found.dedup();
    of_outlets(connection, found, filters)
}

/// The rows of an index that fit expressions and dates.
fn fitting_all(
    connection: &Connection,
    index: &str,
    common: &[String],
    filters: &Filters,
) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    let hidden_column = index.rsplit('.').next().unwrap_or(index);
    let all = format!("SELECT rowid FROM {index} WHERE {hidden_column} MATCH ?1");
    match &filters.dates {
        None => {
            collect(connection, &all, params![and(common)], &mut found)?;
        }
        Some(dates) => {
            let with = |tags: &[String]| and(common.iter().chain([&filters::any(tags.iter().cloned())]));
            let mut edge = with(&dates.edge);
            if !dates.inside.is_empty() {
                collect(connection, &all, params![with(&dates.inside)], &mut found)?;
                edge = format!("({edge}) NOT {}", filters::any(dates.inside.iter().cloned()));
            }
            // From the index to the rows, never the other way round.
            let some = format!(
                "SELECT f.rowid FROM {index} AS f CROSS JOIN attribution AS a ON a.nr = f.rowid \
                 WHERE f.{hidden_column} MATCH ?1 AND {TOUCHES}"
            );
            collect(connection, &some, params![edge, dates.since, dates.until], &mut found)?;
        }
    }
    Ok(found)
}

/// Of these rows those of the outlets that are too many for an expression.
fn of_outlets(connection: &Connection, mut found: Vec<i64>, filters: &Filters) -> rusqlite::Result<Vec<i64>> {
    if let Some(outlets) = &filters.outlets {
        let mut outlet = connection.prepare_cached(
            "SELECT d.outlet FROM attribution AS a JOIN document AS d ON d.nr = a.document WHERE a.nr = ?1",
        )?;
        let mut theirs = Vec::new();
        for nr in found {
            let outlet: Option<i64> = outlet.query_row([nr], |row| row.get(0))?;
            if outlet.is_some_and(|outlet| outlets.contains(&outlet)) {
                theirs.push(nr);
            }
        }
        found = theirs;
    }
    Ok(found)
}

/// Appends the first column of all rows.
fn collect(
    connection: &Connection,
    select: &str,
    params: impl rusqlite::Params,
    found: &mut Vec<i64>,
) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(select)?;
    let mut rows = select.query(params)?;
    while let Some(row) = rows.next()? {
        found.push(row.get(0)?);
    }
    Ok(())
}

/// Makes an index of what does not count: reports that were rejected, and those of earlier versions.
fn hide(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "CREATE VIRTUAL TABLE temp.hidden_fts USING fts5(\
         content, tags, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    )?;
    let view: String =
        transaction.query_row("SELECT sql FROM sqlite_schema WHERE name = 'quote'", [], |row| row.get(0))?;
    // What the view leaves out, by its own words.
    let select = view.split_once(" AS\n").map_or("", |(_, select)| select);
    let (select, counts) = select.rsplit_once("WHERE ").unwrap_or_default();
    transaction.execute(
        &format!(
            "INSERT INTO temp.hidden_fts (rowid, content, tags) \
             SELECT rowid, content, tags FROM ({select} WHERE NOT ({counts}))"
        ),
        [],
    )?;
    Ok(())
}

/// How many reports count.
fn count(connection: &Connection) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("SELECT count(*) FROM quote_fts_docsize")?
        .query_row([], |row| row.get::<_, i64>(0))
        .map(|count| usize::try_from(count).unwrap_or(0))
}

/// Conditions on attributions with their orders: one after the other they give all by date. The index of dates has them so, forwards or
/// backwards.
fn by_dates(order: Order) -> &'static [&'static str] {
    match order {
        Order::Oldest => &["a.date IS NOT NULL ORDER BY a.date, a.nr", "a.date IS NULL ORDER BY a.nr"],
        Order::Newest | Order::Best | Order::Likeliest => &["TRUE ORDER BY a.date DESC, a.nr"],
    }
}

/// Of all rows that count so many by date.
fn first_of_all(
    connection: &Connection,
    order: Order,
    offset: usize,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    let (mut found, mut before) = (Vec::new(), offset);
    for walk in by_dates(order) {
        let mut select = connection.prepare_cached(&format!(
            "SELECT a.nr FROM attribution AS a INDEXED BY attribution_date \
             CROSS JOIN document AS d ON d.nr = a.document WHERE d.shown AND NOT a.rejected AND {walk}"
        ))?;
        let mut rows = select.query([])?;
        while found.len() < limit
            && let Some(row) = rows.next()?
        {
            match before {
                0 => found.push(row.get(0)?),
                _ => before -= 1,
            }
        }
    }
    Ok(found)
}

/// The first `wanted` of these rows by date; those of one day as their pages have them.
fn first(
    connection: &Connection,
    order: Order,
    these: &[i64],
    wanted: usize,
    costs: Costs,
) -> rusqlite::Result<Vec<i64>> {
    let wanted = wanted.min(these.len());
    if these.len() > costs.few {
        let mut found = Vec::with_capacity(wanted);
        let mut tries = these.len().saturating_mul(costs.walk);
        for walk in by_dates(order) {
            let mut walk = connection.prepare_cached(&format!(
                "SELECT a.nr FROM attribution AS a INDEXED BY attribution_date WHERE {walk}"
            ))?;
            let mut rows = walk.query([])?;
            while tries > 0
                && found.len() < wanted
                && let Some(row) = rows.next()?
            {
                tries -= 1;
                let nr = row.get(0)?;
                if these.binary_search(&nr).is_ok() {
                    found.push(nr);
                }
            }
        }
        if found.len() == wanted {
            return Ok(found);
        }
    }
    let mut date = connection.prepare_cached("SELECT date FROM attribution WHERE nr = ?1")?;
    let mut dated: Vec<(Option<String>, i64)> = Vec::with_capacity(these.len());
    for nr in these {
        dated.push((date.query_row([nr], |row| row.get(0))?, *nr));
    }
    let earlier = |a: &(Option<String>, i64), b: &(Option<String>, i64)| {
        let by_date = match order {
            Order::Oldest => (a.0.is_none(), &a.0).cmp(&(b.0.is_none(), &b.0)),
            Order::Newest | Order::Best | Order::Likeliest => b.0.cmp(&a.0),
        };
        by_date.then(a.1.cmp(&b.1))
    };
    if wanted < dated.len() {
        dated.select_nth_unstable_by(wanted, earlier);
        dated.truncate(wanted);
    }
    dated.sort_unstable_by(earlier);
    Ok(dated.into_iter().map(|(_, nr)| nr).collect())
}

/// These rows, the best first; none where they are too many, or all words too common.
fn ranked(
    connection: &Connection,
    phrases: &[Phrase],
    these: &[i64],
    to: usize,
    costs: Costs,
) -> rusqlite::Result<Option<Vec<i64>>> {
    if phrases.is_empty() || these.len() > costs.weighed {
        return Ok(None);
    }
    let mut in_rows = connection
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM quote_fts WHERE quote_fts MATCH ?1 LIMIT ?2)")?;
    let mut rare = Vec::new();
    for phrase in phrases {
        let most = number(costs.common) + 1;
        let count =
            in_rows.query_row(params![words::expression([phrase]), most], |row| rows::count(row, 0))?;
        if count <= costs.common {
            rare.push(phrase);
        }
    }
    if rare.is_empty() {
        return Ok(None);
    }
    let wanted: Arc<[i64]> = these.into();
    connection.create_scalar_function("is_wanted", 1, FunctionFlags::SQLITE_UTF8, move |row| {
        Ok(wanted.binary_search(&row.get::<i64>(0)?).is_ok())
    })?;
    // Not kept: the function is another next time.
    let mut weigh = connection.prepare(
        "SELECT rowid, CASE WHEN is_wanted(rowid) THEN bm25(quote_fts) END FROM quote_fts WHERE quote_fts MATCH ?1",
    )?;
    let mut weighed: Vec<(f64, i64)> = Vec::with_capacity(these.len());
    let mut rows = weigh.query([words::expression(rare)])?;
    while let Some(row) = rows.next()? {
        if let Some(weight) = row.get(1)? {
            weighed.push((weight, row.get(0)?));
        }
    }
    drop(rows);
    drop(weigh);
    connection.remove_function("is_wanted", 1)?;
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut ranked = Vec::with_capacity(weighed.len());
    // Of those that weigh the same the newest come first, as far as anybody looks.
    for same in weighed.chunk_by(|a, b| a.0 == b.0) {
        let same: Vec<_> = same.iter().map(|(_, nr)| *nr).collect();
        match same.len() > 1 && ranked.len() < to {
            true => ranked.extend(first(connection, Order::Newest, &same, same.len(), costs)?),
            false => ranked.extend(same),
        }
    }
    Ok(Some(ranked))
}

/// A report as it is shown, without marks.
pub(crate) fn unmarked(connection: &Connection, nr: i64) -> rusqlite::Result<FoundReport> {
    report(connection, nr, &Marker::new(&[]))
}

/// A report as it is shown.
/// The report of an attribution, without marks.
pub(crate) fn plain_report(connection: &Connection, nr: i64) -> rusqlite::Result<FoundReport> {
    report(connection, nr, &Marker::new(&[]))
}

fn report(connection: &Connection, nr: i64, marker: &Marker) -> rusqlite::Result<FoundReport> {
    let mut speakers = connection.prepare_cached(
        "SELECT s.name, s.kind, s.role, h.id FROM speaker AS s JOIN voice AS v ON v.nr = s.voice \
         JOIN voice AS h ON h.nr = coalesce(v.head, v.nr) \
         WHERE s.attribution = ?1 ORDER BY s.n",
    )?;
    let speakers = speakers
        .query_map([nr], |row| {
            Ok(FoundSpeaker { name: row.get(0)?, kind: row.get(1)?, role: row.get(2)?, voice: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut spans = connection.prepare_cached(
        "SELECT part, start, \"end\", name, kind FROM span WHERE attribution = ?1 AND part <> 'via' ORDER BY part, n",
    )?;
    let mut select = connection.prepare_cached(
        "SELECT a.id, a.kind, a.confidence, a.date, a.corrected, a.rejected, d.shown, d.text, d.title, d.address, \
         o.name, p.id, p.path, a.act, a.act_type, a.polarity, a.said_from, a.said_to, a.said_start, a.said_end, \
         a.said_basis, d.published_from, d.published_to FROM attribution AS a JOIN document AS d ON d.nr = a.document \
         LEFT JOIN outlet AS o ON o.nr = d.outlet LEFT JOIN page AS p ON p.nr = d.page WHERE a.nr = ?1",
    )?;
    select.query_row([nr], |row| {
        let kind: String = row.get(1)?;
        let points = Points::new(row.get_ref(7)?.as_str()?);
        let (mut source, mut cue, mut content) = (Vec::new(), Vec::new(), Vec::new());
        let (mut addressees, mut venue) = (Vec::new(), None);
        let (mut omitted, mut before): (_, Option<Span>) = (Vec::new(), None);
        let mut spans = spans.query([nr])?;
        while let Some(span) = spans.next()? {
            let place = rows::span(&points, span.get(1)?, span.get(2)?)?;
            let words = place.of(points.text()).to_owned();
            match span.get_ref(0)?.as_str()? {
                "content" => {
                    omitted.push(before.is_some_and(|before| before.is_parted_from(place, points.text())));
                    before = Some(place);
                    content.push(words);
                }
                "cue" => cue.push(words),
                "addressee" => addressees.push(FoundAddressee { text: words, name: span.get(3)? }),
                "venue" => venue = Some((rows::venue_kind(&span.get::<_, String>(4)?)?, words)),
                _ => source.push(words),
            }
        }
        let marks = content.iter().enumerate();
        let marks = marks.flat_map(|(n, piece)| marker.marks(piece).into_iter().map(move |mark| (n, mark)));
        let corrected: Option<String> = row.get(4)?;
        let (page, path): (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
        Ok(FoundReport {
            id: row.get(0)?,
            kind: rows::quotation_kind(&kind)?,
            act: rows::act(row.get(13)?)?,
            act_type: rows::act_type(row.get(14)?)?,
            polarity: rows::polarity(row.get(15)?)?,
            speakers,
            addressees,
            venue,
            source: source.join(" […] "),
            cue: cue.join(" […] "),
            marks: marks.collect(),
            content,
            omitted,
            date: row.get(3)?,
            said: rows::said(row, &points, 16)?,
            published: rows::when(row.get(21)?, row.get(22)?)?,
            outlet: row.get(10)?,
            title: row.get(8)?,
            address: row.get(9)?,
            page: page.zip(path),
            confidence: row.get(2)?,
            corrected: corrected.iter().flat_map(|fields| fields.split(',')).map(str::to_owned).collect(),
            rejected: row.get(5)?,
            shown: row.get(6)?,
            statement: None,
            likeness: None,
        })
    })
}

//! The reports of a store: made from attributions, kept as rows, found by their keys.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};
use saidline::stages::{Quotation, quotations};
use saidline::statements::{CROWD, Passages, Report, are_near};
use saidline::{Attribution, Document, Points, SpeakerKind};

use crate::rows::{self, StoredAttribution};

/// A report as the store keeps it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// The id of its attribution.
    pub(super) id: String,
    /// The row of its document.
    pub(super) document: i64,
    /// The row of the statement that it was last put into.
    pub(super) statement: Option<i64>,
    pub(super) report: Report,
}

/// A document with what wordings need of it.
#[derive(Debug)]
pub(super) struct Texted {
    pub(super) document: Document,
    pub(super) marks: Vec<Quotation>,
    /// The attributions by their rows.
    pub(super) attributions: BTreeMap<i64, Attribution>,
}

/// Documents that are held at most, of some ten kilobytes; when there are more, all are let go.
const HELD: usize = 2_000;

/// Reports that are kept in memory from one step to the next, of half a kilobyte or so.
const MOST_READ: usize = 100_000;

/// Which attributions have which key, in memory: some twelve bytes a pair. Where a whole record is put together, looking
/// millions of keys up in the file one by one would be a third of the work.
struct Index {
    /// The keys that several have, in order.
    keys: Vec<i64>,
    /// Where in `attributions` those of each key begin, and where the last ones end.
    starts: Vec<u32>,
    attributions: Vec<i64>,
}

impl Index {
    /// Reads all keys in their order; one more than a crowd is kept of each, at most.
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut select =
            connection.prepare("SELECT key, attribution FROM report_key ORDER BY key, attribution")?;
        let mut rows = select.query([])?;
        let mut index = Self { keys: Vec::new(), starts: vec![0], attributions: Vec::new() };
        let mut of_key: Vec<i64> = Vec::new();
        let mut before = None;
        while let Some(row) = rows.next()? {
            let (key, attribution): (i64, i64) = (row.get(0)?, row.get(1)?);
            if before != Some(key) {
                index.keep(before, &mut of_key);
                before = Some(key);
            }
            if of_key.len() <= CROWD {
                of_key.push(attribution);
            }
        }
        index.keep(before, &mut of_key);
        Ok(index)
    }

    /// Takes in a key, unless one alone has it.
    fn keep(&mut self, key: Option<i64>, of_key: &mut Vec<i64>) {
        if let Some(key) = key.filter(|_| of_key.len() > 1) {
            self.keys.push(key);
            self.attributions.append(of_key);
            self.starts.push(self.attributions.len() as u32);
        }
        of_key.clear();
    }

    fn with_key(&self, key: i64) -> &[i64] {
        match self.keys.binary_search(&key) {
            Ok(place) => &self.attributions[self.starts[place] as usize..self.starts[place + 1] as usize],
            Err(_) => &[],
        }
    }
}

/// The reports of a store, each read once as long as they are not very many.
pub(super) struct Reports<'c> {
    connection: &'c Connection,
    /// All keys, where they were read at once.
    index: Option<Index>,
    kept: RefCell<HashMap<i64, Option<Rc<Kept>>>>,
    documents: RefCell<HashMap<i64, Rc<Texted>>>,
    /// The reports of documents that were asked for.
    of_document: RefCell<HashMap<i64, Rc<Vec<i64>>>>,
    /// What reports were found to be worth comparing with, as long as no report changes.
    worth_comparing: RefCell<HashMap<i64, Rc<[i64]>>>,
}

impl<'c> Reports<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self {
            connection,
            index: None,
            kept: RefCell::default(),
            documents: RefCell::default(),
            of_document: RefCell::default(),
            worth_comparing: RefCell::default(),
        }
    }

    /// Reads all keys at once: from now on none may change.
    pub(super) fn read_keys(&mut self) -> rusqlite::Result<()> {
        self.index = Some(Index::read(self.connection)?);
        Ok(())
    }

    /// The report of an attribution; none where it has none.
    pub(super) fn get(&self, attribution: i64) -> rusqlite::Result<Option<Rc<Kept>>> {
        if let Some(kept) = self.kept.borrow().get(&attribution) {
            return Ok(kept.clone());
        }
        let row = self
            .connection
            .prepare_cached(
                "SELECT coalesce(a.id, ''), r.document, r.statement, r.words FROM report AS r \
                 LEFT JOIN attribution AS a ON a.nr = r.attribution WHERE r.attribution = ?1",
            )?
            .query_row([attribution], |row| {
                let bytes = row.get_ref(3)?.as_blob()?;
                let document: i64 = row.get(1)?;
                let report = Report::from_bytes(document as u32, bytes);
                Ok(report.map(|report| Kept {
                    id: row.get(0).unwrap_or_default(),
                    document,
                    statement: row.get(2).unwrap_or_default(),
                    report,
                }))
            })
            .optional()?;
        let kept = row.flatten().map(Rc::new);
        self.kept.borrow_mut().insert(attribution, kept.clone());
        Ok(kept)
    }

    /// Lets go of what was read, where that is much.
    pub(super) fn let_go(&self) {
        if self.kept.borrow().len() > MOST_READ {
            self.kept.borrow_mut().clear();
            self.of_document.borrow_mut().clear();
            self.worth_comparing.borrow_mut().clear();
        }
    }

    /// What was read of a report, or of a document's, no longer holds.
    pub(super) fn changed(&self, attribution: i64, document: i64) {
        self.kept.borrow_mut().remove(&attribution);
        self.of_document.borrow_mut().remove(&document);
        self.worth_comparing.borrow_mut().clear();
    }

    /// The attributions that have a report in a document.
    pub(super) fn of_document(&self, document: i64) -> rusqlite::Result<Rc<Vec<i64>>> {
        if let Some(of) = self.of_document.borrow().get(&document) {
            return Ok(of.clone());
        }
        let select = "SELECT attribution FROM report WHERE document = ?1 ORDER BY attribution";
        let of: Vec<i64> = self
            .connection
            .prepare_cached(select)?
            .query_map([document], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let of = Rc::new(of);
        self.of_document.borrow_mut().insert(document, of.clone());
        Ok(of)
    }

    /// The attributions whose reports are worth comparing with the report of one: those that share a key, unless it is one of a
    /// crowd, and those beside it in its document; in ascending order, the report itself perhaps among them.
    pub(super) fn worth_comparing(&self, attribution: i64, kept: &Kept) -> rusqlite::Result<Rc<[i64]>> {
        if let Some(found) = self.worth_comparing.borrow().get(&attribution) {
            return Ok(found.clone());
        }
        let mut found = Vec::new();
        for key in kept.report.keys_near() {
            let before = found.len();
            self.with_key(key as i64, &mut found)?;
            if found.len() - before > CROWD {
                found.truncate(before);
            }
        }
        for &other in self.of_document(kept.document)?.iter() {
            if self.get(other)?.is_some_and(|other| are_near(&kept.report, &other.report)) {
                found.push(other);
            }
        }
        found.sort_unstable();
        found.dedup();
        let found: Rc<[i64]> = found.into();
        self.worth_comparing.borrow_mut().insert(attribution, found.clone());
        Ok(found)
    }

    /// Adds the attributions with a key, but for one that has it alone; one more than a crowd at most.
    pub(super) fn with_key(&self, key: i64, found: &mut Vec<i64>) -> rusqlite::Result<()> {
        if let Some(index) = &self.index {
            found.extend(index.with_key(key));
            return Ok(());
        }
        let mut select =
            self.connection.prepare_cached("SELECT attribution FROM report_key WHERE key = ?1 LIMIT ?2")?;
        let mut rows = select.query(params![key, CROWD as i64 + 1])?;
        while let Some(row) = rows.next()? {
            found.push(row.get(0)?);
        }
        Ok(())
    }

    /// How many attributions have a key; no more than so many are counted.
    pub(super) fn sharing(&self, key: i64, most: usize) -> rusqlite::Result<usize> {
        self.connection
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM report_key WHERE key = ?1 LIMIT ?2)")?
            .query_row(params![key, most as i64], |row| rows::count(row, 0))
    }

    /// A document with its quotation marks and attributions.
    pub(super) fn texted(&self, document: i64) -> rusqlite::Result<Rc<Texted>> {
        if let Some(texted) = self.documents.borrow().get(&document) {
            return Ok(texted.clone());
        }
        let (read, attributions) = read(self.connection, document)?;
        let (marks, _) = quotations(&read.text, &read.blocks);
        let attributions = attributions.into_iter().map(|stored| (stored.nr, stored.attribution)).collect();
        let texted = Rc::new(Texted { document: read, marks, attributions });
        let mut held = self.documents.borrow_mut();
        if held.len() >= HELD {
            held.clear();
        }
        held.insert(document, texted.clone());
        Ok(texted)
    }
}

pub(super) fn read(
    connection: &Connection,
    document: i64,
) -> rusqlite::Result<(Document, Vec<StoredAttribution>)> {
    let (read, _, _) = rows::document(connection, document)?;
    let attributions = rows::attributions(connection, document, &Points::new(&read.text))?;
    Ok((read, attributions))
}

/// A report that was made from an attribution.
pub(super) struct Made {
    pub(super) attribution: i64,
    pub(super) report: Report,
    pub(super) passage: Option<i64>,
}

/// The reports of a document as they are to be: of the version of an address that counts, without what a person rejected.
pub(super) fn make(connection: &Connection, document: i64) -> rusqlite::Result<Vec<Made>> {
    let shown = connection
        .prepare_cached("SELECT shown FROM document WHERE nr = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    if shown != Some(true) {
        return Ok(Vec::new());
    }
    let (read, stored) = read(connection, document)?;
    let voices = voices(connection, document)?;
    let attributions: Vec<Attribution> = stored.iter().map(|stored| stored.attribution.clone()).collect();
    let (marks, _) = quotations(&read.text, &read.blocks);
    let passages = Passages::new(&read, &marks);
    let of = |place: usize| voices.get(&stored[place].nr).cloned().unwrap_or_default();
    let reports = Report::all(&read, &marks, &attributions, document as u32, of);
    Ok(reports
        .into_iter()
        .filter(|(place, _)| !stored[*place].rejected)
        .map(|(place, report)| Made {
            attribution: stored[place].nr,
            passage: passages.digest(&attributions[place]).map(|digest| digest as i64),
            report,
        })
        .collect())
}

/// Of each attribution of a document the rows of the names that stand for the voices that speak, unnamed ones left out.
pub(super) fn voices(connection: &Connection, document: i64) -> rusqlite::Result<HashMap<i64, Vec<u64>>> {
    let mut select = connection.prepare_cached(
        "SELECT s.attribution, coalesce(v.head, v.nr) FROM attribution AS a JOIN speaker AS s ON s.attribution = a.nr \
         JOIN voice AS v ON v.nr = s.voice WHERE a.document = ?1 AND v.kind <> ?2 ORDER BY s.attribution, s.n",
    )?;
    let mut rows = select.query(params![document, SpeakerKind::Unnamed.name()])?;
    let mut voices: HashMap<i64, Vec<u64>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (attribution, voice): (i64, i64) = (row.get(0)?, row.get(1)?);
        let of = voices.entry(attribution).or_default();
        if !of.contains(&(voice as u64)) {
            of.push(voice as u64);
        }
    }
    Ok(voices)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys read at once tell the same as keys looked up, but for those that one attribution has alone.
    #[test]
    fn keys_in_memory_are_those_of_the_file() -> rusqlite::Result<()> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(
            "CREATE TABLE report_key (key INTEGER, attribution INTEGER, PRIMARY KEY (key, attribution)) WITHOUT ROWID",
        )?;
        let crowd = CROWD as i64;
        let sizes = [(-7, 1), (0, 2), (3, crowd), (4, crowd + 1), (9, crowd + 20), (i64::MAX, 3)];
        for (key, size) in sizes {
            for attribution in 0..size {
                connection.execute("INSERT INTO report_key VALUES (?1, ?2)", [key, 3 * attribution])?;
            }
        }
        let looked_up = Reports::new(&connection);
        let mut in_memory = Reports::new(&connection);
        in_memory.read_keys()?;
        for key in [-8, -7, 0, 1, 3, 4, 9, i64::MAX] {
            let (mut one, mut other) = (Vec::new(), Vec::new());
            looked_up.with_key(key, &mut one)?;
            in_memory.with_key(key, &mut other)?;
            assert_eq!(if one.len() == 1 { Vec::new() } else { one }, other, "of the key {key}");
        }
        Ok(())
    }
}

//! Who speaks, how often and where.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;
use crate::open::Store;
use crate::rows;
use crate::search::{Unmatched, nearest_voices, voices_of};
use crate::voices;

/// Which voices are wanted.
#[derive(Debug, Clone, Default)]
pub struct VoicesQuery {
    /// A voice's id, a name, or words of names; all voices where there is none.
    pub name: Option<String>,
    /// What comes first.
    pub sort: VoicesOrder,
    /// The most voices that are wanted.
    pub limit: usize,
    /// How many of the first are passed over.
    pub offset: usize,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VoicesOrder {
    /// Who is most heard.
    #[default]
    Count,
    /// The first in the alphabet.
    Name,
}

/// Voices of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voices {
    /// How many fit.
    pub total: usize,
    /// Those that were wanted, in order.
    pub rows: Vec<Voice>,
    /// The name that nothing fits, where that is so.
    pub unmatched: Option<Unmatched>,
}

/// Somebody who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The id.
    pub id: String,
    /// The name that stands for the voice.
    pub name: String,
    /// The other names, in the alphabet's order.
    pub aliases: Vec<String>,
    /// `person`, `organisation` or `unnamed`.
    pub kind: String,
    /// In how many reports that count; one in which two of its names speak counts for both.
    pub count: usize,
    /// Where, with how many of the reports; the outlet with most first.
    pub outlets: Vec<(String, usize)>,
    /// The earliest date of a report, ISO 8601 of any precision.
    pub first: Option<String>,
    /// The latest.
    pub last: Option<String>,
}

impl Store {
    /// Lists who speaks in the reports that count.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn voices(&self, query: &VoicesQuery) -> Result<Voices, StoreError> {
        voices(&self.connection, query).map_err(|error| self.failed(error))
    }
}

fn voices(connection: &Connection, query: &VoicesQuery) -> rusqlite::Result<Voices> {
    // One state of the store for all that is asked; and what is made for it goes with it.
    let transaction = connection.unchecked_transaction()?;
    let mut counted = by_voice(&transaction, counts(&transaction)?)?;
    let mut unmatched = None;
    if let Some(asked) = &query.name {
        let meant: BTreeSet<_> = voices_of(&transaction, asked)?.into_iter().collect();
        counted.retain(|(nr, _)| meant.contains(nr));
        if counted.is_empty() {
            unmatched = Some(nearest_voices(&transaction, asked)?);
        }
    }
    let total = counted.len();
    let mut name = transaction.prepare_cached("SELECT name, kind, id FROM voice WHERE nr = ?1")?;
    if query.sort == VoicesOrder::Count {
        counted.sort_unstable_by_key(|(_, count)| std::cmp::Reverse(*count));
        // All that are as frequent as the last wanted stay, so that their names decide.
        let end = query.offset.saturating_add(query.limit);
        if let Some((_, least)) = end.checked_sub(1).and_then(|last| counted.get(last)).copied() {
            let fewer = counted.partition_point(|(_, count)| *count >= least);
            counted.truncate(fewer);
        }
    }
    let mut named = Vec::with_capacity(counted.len());
    for (nr, count) in counted {
        // What the index has and the tables have not is for the doctor to find.
        let voice = name.query_row([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        named.extend(voice.map(|voice: (String, String, String)| (voice, nr, count)));
    }
    named.sort_unstable_by(|a, b| match query.sort {
        VoicesOrder::Count => b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)),
        VoicesOrder::Name => a.0.cmp(&b.0),
    });
    let wanted = named.into_iter().skip(query.offset).take(query.limit);
    let rows = wanted.map(|(voice, nr, count)| heard(&transaction, voice, nr, count));
    Ok(Voices { total, rows: rows.collect::<Result<_, _>>()?, unmatched })
}

/// In how many reports each name speaks, out of the index, where each is a word.
pub(crate) fn counts(connection: &Connection) -> rusqlite::Result<Vec<(i64, usize)>> {
    connection.execute_batch("CREATE VIRTUAL TABLE temp.tag USING fts5vocab(main, quote_fts, col)")?;
    let mut select = connection
        .prepare("SELECT term, doc FROM temp.tag WHERE term >= 'xv' AND term < 'xw' AND col = 'tags'")?;
    let mut terms = select.query([])?;
    let mut counts = Vec::new();
    while let Some(row) = terms.next()? {
        if let Ok(nr) = row.get_ref(0)?.as_str()?.trim_start_matches("xv").parse() {
            counts.push((nr, rows::count(row, 1)?));
        }
    }
    Ok(counts)
}

/// Sums what is counted for names for the voices that they are of, each under the name that stands for it.
fn by_voice(connection: &Connection, counted: Vec<(i64, usize)>) -> rusqlite::Result<Vec<(i64, usize)>> {
    let heads = voices::heads(connection)?;
    if heads.is_empty() {
        return Ok(counted);
    }
    let mut summed: HashMap<i64, usize> = HashMap::with_capacity(counted.len());
    for (nr, count) in counted {
        *summed.entry(heads.get(&nr).copied().unwrap_or(nr)).or_default() += count;
    }
    Ok(summed.into_iter().collect())
}

/// The other names of a voice than the one that stands for it, those that people gave it among them, in the alphabet's order.
pub(crate) fn aliases(connection: &Connection, head: i64) -> rusqlite::Result<Vec<String>> {
    let mut names: Vec<String> = connection
        .prepare_cached("SELECT name FROM voice WHERE head = ?1 ORDER BY name, kind")?
        .query_map([head], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    names.extend(voices::known(connection, head)?.aliases.into_iter().map(|(name, _)| name));
    names.sort_unstable();
    Ok(names)
}

fn heard(
    connection: &Connection,
    (name, kind, id): (String, String, String),
    nr: i64,
    count: usize,
) -> rusqlite::Result<Voice> {
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT a.nr, a.date, d.outlet FROM speaker AS s CROSS JOIN attribution AS a ON a.nr = s.attribution \
         CROSS JOIN document AS d ON d.nr = a.document WHERE s.voice = ?1 AND d.shown AND NOT a.rejected",
    )?;
    let mut outlets: HashMap<i64, usize> = HashMap::new();
    let (mut first, mut last) = (None, None);
    for name in voices::names(connection, nr)? {
        let mut reports = select.query([name])?;
        while let Some(row) = reports.next()? {
            if let Some(outlet) = row.get(2)? {
                *outlets.entry(outlet).or_default() += 1;
            }
            let date: Option<String> = row.get(1)?;
            if date.is_some() && (first.is_none() || date < first) {
                first.clone_from(&date);
            }
            if date > last {
                last = date;
            }
        }
    }
    let mut outlet = connection.prepare_cached("SELECT name FROM outlet WHERE nr = ?1")?;
    let mut named = Vec::new();
    for (nr, count) in outlets {
        named.push((outlet.query_row([nr], |row| row.get::<_, String>(0))?, count));
    }
    named.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let aliases = aliases(connection, nr)?;
    Ok(Voice { id, name, aliases, kind, count, outlets: named, first, last })
}

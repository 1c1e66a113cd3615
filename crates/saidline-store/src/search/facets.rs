//! How what was found is spread: over speakers, outlets and months.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::voices;

/// How what was found is spread. A report by two speakers counts for both; one without speaker, outlet or date counts
/// for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// The speakers most heard, the first first.
    pub speakers: Vec<Facet>,
    /// How many speakers there are.
    pub speakers_total: usize,
    /// The outlets with most reports, the first first.
    pub outlets: Vec<Facet>,
    /// How many outlets there are.
    pub outlets_total: usize,
    /// All months (`2024-10`; `2024` where no month is known), in order.
    pub months: Vec<Facet>,
}

/// How often something is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The id of a voice; none for outlets and months.
    pub id: Option<String>,
    /// A name, or a month.
    pub name: String,
    /// How many reports.
    pub count: usize,
}

/// Where one row in so many is wanted, reading all of them in turn is less than looking each up.
const READ_ALL: i64 = 8;

/// Counts speakers, outlets and months of these rows, which are in ascending order.
pub(crate) fn count(connection: &Connection, these: &[i64], most: usize) -> rusqlite::Result<Facets> {
    let (Some(first), Some(last)) = (these.first(), these.last()) else { return Ok(Facets::default()) };
    let in_turn = last.saturating_sub(*first) / READ_ALL < these.len() as i64;
    let mut heard_of: HashMap<i64, usize> = HashMap::new();
    let heads = voices::heads(connection)?;
    let mut outlets: HashMap<Option<i64>, usize> = HashMap::new();
    let mut months: HashMap<Option<String>, usize> = HashMap::new();
    let mut of_document: HashMap<i64, Option<i64>> = HashMap::new();
    let mut outlet = connection.prepare_cached("SELECT outlet FROM document WHERE nr = ?1")?;
    each(connection, "attribution", "nr, document, substr(date, 1, 7)", "nr", these, in_turn, |row| {
        let document: i64 = row.get(1)?;
        let outlet = match of_document.get(&document) {
            Some(outlet) => *outlet,
            None => {
                let outlet = outlet.query_row([document], |row| row.get(0))?;
                *of_document.entry(document).or_insert(outlet)
            }
        };
        *outlets.entry(outlet).or_default() += 1;
        *months.entry(row.get(2)?).or_default() += 1;
        Ok(())
    })?;
    let (mut before, mut heard) = (0, Vec::new());
    each(connection, "speaker", "attribution, voice", "attribution, n", these, in_turn, |row| {
        let (nr, voice): (i64, i64) = (row.get(0)?, row.get(1)?);
        let voice = heads.get(&voice).copied().unwrap_or(voice);
        if nr != before {
            (before, heard) = (nr, Vec::new());
        }
        // Who is named twice in one report is heard once.
        if !heard.contains(&voice) {
            heard.push(voice);
            *heard_of.entry(voice).or_default() += 1;
        }
        Ok(())
    })?;
    outlets.remove(&None);
    let mut months: Vec<_> = months
        .into_iter()
        .filter_map(|(month, count)| month.map(|name| Facet { id: None, name, count }))
        .collect();
    months.sort_by(|a, b| a.name.cmp(&b.name));
    let (speakers_total, outlets_total) = (heard_of.len(), outlets.len());
    let mut voice = connection.prepare_cached("SELECT name, id FROM voice WHERE nr = ?1")?;
    let mut name = connection.prepare_cached("SELECT name FROM outlet WHERE nr = ?1")?;
    let speakers =
        top(heard_of, most, |nr| voice.query_row([nr], |row| Ok((row.get(0)?, Some(row.get(1)?)))))?;
    let outlets = top(outlets, most, |nr| name.query_row([nr], |row| Ok((row.get(0)?, None))))?;
    Ok(Facets { speakers, speakers_total, outlets, outlets_total, months })
}

/// Calls `take` for the rows of a table that belong to these, in their order.
fn each(
    connection: &Connection,
    table: &str,
    columns: &str,
    order: &str,
    these: &[i64],
    in_turn: bool,
    mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let key = order.split(',').next().unwrap_or(order);
    let mut select = connection.prepare_cached(&format!(
        "SELECT {columns} FROM {table} WHERE {key} BETWEEN ?1 AND ?2 ORDER BY {order}"
    ))?;
    if !in_turn {
        for nr in these {
            let mut rows = select.query([nr, nr])?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
        }
        return Ok(());
    }
    let (Some(first), Some(last)) = (these.first(), these.last()) else { return Ok(()) };
    let mut rows = select.query([first, last])?;
    let mut wanted = these.iter().peekable();
    while let Some(row) = rows.next()? {
        let nr: i64 = row.get(0)?;
        while wanted.next_if(|wanted| **wanted < nr).is_some() {}
        if wanted.peek().is_some_and(|wanted| **wanted == nr) {
            take(row)?;
        }
    }
    Ok(())
}

/// The most frequent, with their names and ids; of equals the first by name.
fn top<K>(
    counts: HashMap<K, usize>,
    most: usize,
    mut named: impl FnMut(K) -> rusqlite::Result<(String, Option<String>)>,
) -> rusqlite::Result<Vec<Facet>> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    if most < counts.len() {
        // All that are as frequent as the last stay, so that their names decide.
        let (_, least, _) =
            counts.select_nth_unstable_by_key(most.saturating_sub(1), |c| std::cmp::Reverse(c.1));
        let least = least.1;
        counts.retain(|(_, count)| *count >= least);
    }
    let mut top = Vec::with_capacity(counts.len());
    for (key, count) in counts {
        let (name, id) = named(key)?;
        top.push(Facet { id, name, count });
    }
    top.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id)));
    top.truncate(most);
    Ok(top)
}

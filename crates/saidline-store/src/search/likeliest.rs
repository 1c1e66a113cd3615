//! What comes nearest to a meaning: by vectors, a little by words, one report of a statement.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use saidline::MEANING_STEPS;

use super::words::{self, Marker, Phrase};
use super::{Costs, Found, FoundStatement, Meant, Order, Query, meant, number, report};
use crate::{folded, meanings, rows};

/// What the words of a question count beside its meaning, 1 for the report that has most of them. Names, titles and what
/// is meant are in the vectors; the words decide between what means the same. More makes it worse: who asks in words of
/// his own, of which some are in many reports, is led away by them.
const WORDS: f32 = 0.02;

/// At least so many of the best are looked at for their statements; all where that is not enough.
const FIRST: usize = 1_000;

/// Finds what a query asks for by its meaning.
pub(super) fn search(
    transaction: &Transaction<'_>,
    query: &Query,
    asked: &Meant,
    costs: Costs,
) -> rusqlite::Result<Found> {
    let (these, narrowed) = meant(transaction, &query.filter, query.all)?;
    let near = meanings::near(transaction, &asked.vector, &these)?;
    let weights = weights(transaction, &asked.words, &near, costs)?;
    let mut found = Found {
        total: near.len(),
        order: Order::Likeliest,
        narrowed,
        without_meaning: these.len() - near.len(),
        ..Found::default()
    };
    let mut scored = combined(&near, &weights);
    let to = query.offset.saturating_add(query.limit);
    let mut first = to.saturating_mul(8).max(FIRST).min(scored.len());
    let wanted = loop {
        if first < scored.len() {
            scored.select_nth_unstable_by(first, best_first);
        }
        scored[..first].sort_unstable_by(best_first);
        let wanted = one_of_a_statement(transaction, &scored[..first], to)?;
        if wanted.len() >= to || first == scored.len() {
            break wanted;
        }
        first = scored.len();
    };
    let marker = Marker::new(&words::parse(&query.filter.words));
    for (nr, likeness, statement) in wanted.into_iter().skip(query.offset) {
        let of = statement.map(|nr| of_statement(transaction, nr)).transpose()?.flatten();
        // The fullest report stands for all, where it is among those that are asked for.
        let shown = match &of {
            Some((fullest, _)) if these.binary_search(fullest).is_ok() => *fullest,
            _ => nr,
        };
        let mut row = report(transaction, shown, &marker)?;
        row.likeness = Some(likeness);
        row.statement = of.map(|(_, statement)| statement);
        found.rows.push(row);
    }
    Ok(found)
}

/// How likely each report is what was meant: the cosine of the vectors, and a little for the words. Both lists are in the
/// order of the rows.
fn combined(near: &[(i64, i32)], weights: &[(i64, f32)]) -> Vec<(i64, f32)> {
    let most = weights.iter().map(|(_, weight)| *weight).fold(f32::MIN_POSITIVE, f32::max);
    let mut weights = weights.iter().peekable();
    let score = |(nr, product): &(i64, i32)| {
        while weights.next_if(|(other, _)| other < nr).is_some() {}
        let weight = weights.next_if(|(other, _)| other == nr).map_or(0.0, |(_, weight)| weight / most);
        (*nr, *product as f32 / (MEANING_STEPS * MEANING_STEPS) + WORDS * weight)
    };
    near.iter().map(score).collect()
}

fn best_first(a: &(i64, f32), b: &(i64, f32)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

/// How much the words of a question weigh (BM25) in each of these reports that has one of them, in the order of the rows. Words
/// in too many reports are not weighed.
fn weights(
    connection: &Connection,
    asked: &str,
    these: &[(i64, i32)],
    costs: Costs,
) -> rusqlite::Result<Vec<(i64, f32)>> {
    let mut in_rows = connection
        .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM quote_fts WHERE quote_fts MATCH ?1 LIMIT ?2)")?;
    let (mut rare, mut seen) = (Vec::new(), HashSet::new());
    for word in folded::words(asked).filter(|word| seen.insert(word.clone())).take(MOST_WORDS) {
        let phrase = Phrase { text: word, begun: false };
        let most = number(costs.common) + 1;
        let count =
            in_rows.query_row(params![words::expression([&phrase]), most], |row| rows::count(row, 0))?;
        if (1..=costs.common).contains(&count) {
            rare.push(phrase.expression());
        }
    }
    if rare.is_empty() {
        return Ok(Vec::new());
    }
    let mut weigh = connection.prepare_cached(
        "SELECT rowid, bm25(quote_fts) FROM quote_fts WHERE quote_fts MATCH ?1 ORDER BY rowid",
    )?;
    let mut rows = weigh.query([format!("content : ({})", rare.join(" OR "))])?;
    let mut weights = Vec::new();
    while let Some(row) = rows.next()? {
        let nr: i64 = row.get(0)?;
        if these.binary_search_by_key(&nr, |(nr, _)| *nr).is_ok() {
            weights.push((nr, -row.get::<_, f64>(1)? as f32));
        }
    }
    Ok(weights)
}

/// No question has more words that matter.
const MOST_WORDS: usize = 64;

/// The first `most` reports that are not of a statement that came before, each with the row of its own, where it has one.
fn one_of_a_statement(
    connection: &Connection,
    best: &[(i64, f32)],
    most: usize,
) -> rusqlite::Result<Vec<(i64, f32, Option<i64>)>> {
    let mut statement = connection.prepare_cached("SELECT statement FROM report WHERE attribution = ?1")?;
    let (mut wanted, mut seen) = (Vec::new(), HashSet::new());
    for (nr, likeness) in best {
        if wanted.len() == most {
            break;
        }
        let of: Option<i64> = statement.query_row([nr], |row| row.get(0)).optional()?.flatten();
        if of.is_none_or(|of| seen.insert(of)) {
            wanted.push((*nr, *likeness, of));
        }
    }
    Ok(wanted)
}

/// The fullest report of a statement, and what is told of it.
fn of_statement(connection: &Connection, nr: i64) -> rusqlite::Result<Option<(i64, FoundStatement)>> {
    connection
        .prepare_cached("SELECT fullest, id, reports, outlets FROM statement WHERE nr = ?1")?
        .query_row([nr], |row| {
            let (reports, outlets) = (rows::count(row, 2)?, rows::count(row, 3)?);
            Ok((row.get(0)?, FoundStatement { id: row.get(1)?, reports, outlets }))
        })
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_between_what_means_the_same() {
        let near = [(1, 80_000), (2, 80_000), (4, 120_000), (7, 79_000)];
        let mut scored = combined(&near, &[(2, 3.0), (3, 9.0), (7, 6.0)]);
        scored.sort_by(best_first);
        assert_eq!(scored.iter().map(|(nr, _)| *nr).collect::<Vec<_>>(), [4, 7, 2, 1]);
        assert!((scored[0].1 - 0.75).abs() < 1e-6);
        assert!(combined(&[], &[(1, 1.0)]).is_empty());
    }
}

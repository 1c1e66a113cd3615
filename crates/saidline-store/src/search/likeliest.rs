//! What comes nearest to a meaning: by vectors, by who is named and what is spoken of around, one report of a statement; the
//! likeliest are read once more beside the question.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Transaction};
use saidline::statements::Question;

use super::words::{self, Marker};
use super::{Found, FoundStatement, Meant, Order, Query, closer, clues, count, meant, report};
use crate::{meanings, rows};

/// What it counts beside a cosine that the speaker bears a name of the question, were the name nobody else's and of one report.
const NAMED: f32 = 0.4;

/// What it counts beside a cosine that all words of the question stand in a report and around it. (Chosen, like the other, on
/// questions that are not those that are measured on: `bench/meaning`.)
const AROUND: f32 = 0.4;

/// So many of the nearest have their pages looked at; what comes behind them stays behind.
const LOOKED_AT: usize = 2_000;

/// Finds what a query asks for by its meaning.
pub(super) fn search(transaction: &Transaction<'_>, query: &Query, asked: &Meant) -> rusqlite::Result<Found> {
    let (these, narrowed) = meant(transaction, &query.filter, query.all)?;
    let near = meanings::near(transaction, &asked.vector, &these)?;
    let named = clues::named(transaction, &asked.words, count(transaction)?)?;
    let mut found = Found {
        total: near.len(),
        order: Order::Likeliest,
        narrowed,
        without_meaning: these.len() - near.len(),
        ..Found::default()
    };
    let mut scored = combined(&near, &named);
    let looked_at = LOOKED_AT.min(scored.len());
    best_to_front(&mut scored, looked_at);
    look_closer(transaction, &asked.words, &mut scored[..looked_at])?;
    let to = query.offset.saturating_add(query.limit);
    // As many are ordered for one row as for all, so that pages of rows fit together.
    let ordered = to.max(closer::READ);
    let mut wanted = one_of_a_statement(transaction, &scored[..looked_at], ordered)?;
    if wanted.len() < ordered && looked_at < scored.len() {
        scored[looked_at..].sort_unstable_by(best_first);
        wanted = one_of_a_statement(transaction, &scored, ordered)?;
    }
    if let Some(model) = asked.model
        && to > query.offset
    {
        closer::read(transaction, model, &asked.words, &mut wanted)?;
    }
    let marker = Marker::new(&words::parse(&query.filter.words));
    for (nr, likeness, statement) in wanted.into_iter().take(to).skip(query.offset) {
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

/// How likely each report is what was meant: the cosine of the vectors, and something for a speaker who is named. Both lists are
/// in the order of the rows.
fn combined(near: &[(i64, i32)], named: &[(i64, f32)]) -> Vec<(i64, f32)> {
    let mut named = named.iter().peekable();
    let score = |(nr, product): &(i64, i32)| {
        while named.next_if(|(other, _)| other < nr).is_some() {}
        let name = named.next_if(|(other, _)| other == nr).map_or(0.0, |(_, name)| *name);
        (*nr, meanings::cosine(*product) + NAMED * name)
    };
    near.iter().map(score).collect()
}

/// Puts the best `many` before all others.
fn best_to_front(scored: &mut [(i64, f32)], many: usize) {
    if many < scored.len() {
        scored.select_nth_unstable_by(many, best_first);
    }
}

/// Counts what is spoken of around these reports, too, and puts the best first. It only adds, so none of them falls behind those
/// that were not looked at.
fn look_closer(connection: &Connection, asked: &str, scored: &mut [(i64, f32)]) -> rusqlite::Result<()> {
    let nrs: Vec<i64> = scored.iter().map(|(nr, _)| *nr).collect();
    let around = clues::around(connection, &Question::new(asked), &nrs)?;
    for ((_, score), around) in scored.iter_mut().zip(around) {
        *score += AROUND * around;
    }
    scored.sort_unstable_by(best_first);
    Ok(())
}

fn best_first(a: &(i64, f32), b: &(i64, f32)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

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
    fn a_speaker_who_is_named_comes_before_another_of_the_same_meaning() {
        let near = [(1, 80_000), (2, 80_000), (4, 140_000), (7, 79_000)];
        let mut scored = combined(&near, &[(2, 0.1), (3, 0.6), (7, 0.3)]);
        scored.sort_by(best_first);
        assert_eq!(scored.iter().map(|(nr, _)| *nr).collect::<Vec<_>>(), [4, 7, 2, 1]);
        assert!((scored[0].1 - 0.875).abs() < 1e-6);
        assert!(combined(&[], &[(1, 1.0)]).is_empty());
    }

    #[test]
    fn the_best_are_put_to_the_front_whatever_their_order() {
        let mut scored: Vec<_> = (0..9).map(|nr| (nr, (nr * 7 % 9) as f32)).collect();
        best_to_front(&mut scored, 3);
        let mut front: Vec<_> = scored[..3].iter().map(|(_, score)| *score as u32).collect();
        front.sort_unstable();
        assert_eq!(front, [6, 7, 8]);
        best_to_front(&mut scored, 9);
    }
}

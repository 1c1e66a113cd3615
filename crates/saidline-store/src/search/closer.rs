//! A closer reading of the reports that are likeliest meant: each once more beside the question, with what stands around it.

use std::thread::available_parallelism;

use rusqlite::{Connection, OptionalExtension};
use saidline::{Meaning, Told, meaning_words};

/// So many are read: on two threads that takes a fifth of a second, and twice as long on slow ones. What comes behind them stays
/// behind.
pub(super) const READ: usize = 30;

/// What it counts beside a cosine that every piece of the question stands in a report in the same sense. (Chosen as those of
/// `likeliest` were, on questions that are not those that are measured on.)
const CLOSE: f32 = 1.5;

/// What stands before a report is read from so many code points before its first word on.
const BEFORE: i64 = 220;

/// Reports with what they count, best first: puts the best of the first `READ` anew in order. It only adds, so none of them falls
/// behind those that are not read.
pub(super) fn read<T>(
    connection: &Connection,
    model: &Meaning,
    question: &str,
    best: &mut [(i64, f32, T)],
) -> rusqlite::Result<()> {
    let read = READ.min(best.len());
    let best = &mut best[..read];
    let told = best.iter().map(|(nr, ..)| told(connection, *nr)).collect::<rusqlite::Result<Vec<_>>>()?;
    let threads = available_parallelism().map_or(1, usize::from);
    for ((_, score, _), close) in best.iter_mut().zip(model.closeness(question, &told, threads)) {
        *score += CLOSE * close;
    }
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Ok(())
}

/// A report as its vector was made of it, and what stands around; nothing where the store is damaged.
fn told(connection: &Connection, nr: i64) -> rusqlite::Result<Told> {
    let mut names =
        connection.prepare_cached("SELECT name FROM speaker WHERE attribution = ?1 ORDER BY n")?;
    let names = names.query_map([nr], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let mut words = connection.prepare_cached(
        "SELECT trim(substr(d.text, s.start + 1, s.\"end\" - s.start)) FROM span AS s \
         JOIN attribution AS a ON a.nr = s.attribution JOIN document AS d ON d.nr = a.document \
         WHERE s.attribution = ?1 AND s.part = ?2 ORDER BY s.n",
    )?;
    let mut words = |part| -> rusqlite::Result<String> {
        let spans = words.query_map((nr, part), |row| row.get(0))?;
        Ok(spans.collect::<rusqlite::Result<Vec<String>>>()?.join(" "))
    };
    let report = meaning_words(&names.join(", "), &words("source")?, &words("content")?);
    let around = connection
        .prepare_cached(
            "SELECT coalesce(d.title, ''), substr(d.text, max(f.start - ?2, 0) + 1, min(f.start, ?2)) FROM attribution AS a \
             JOIN document AS d ON d.nr = a.document JOIN (SELECT min(start) AS start FROM span \
             WHERE attribution = ?1 AND part IN ('source', 'cue', 'content')) AS f WHERE a.nr = ?1",
        )?
        .query_row([nr, BEFORE], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default())))
        .optional()?;
    let (title, before) = around.unwrap_or_default();
    Ok(Told { report, title, before })
}

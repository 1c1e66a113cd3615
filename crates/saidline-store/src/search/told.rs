//! Addressees and venues that nobody has: which there are, and which are near.
//!
//! Only the index knows all of them without reading every row: its vocabulary holds each word of each.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use saidline::VenueKind;

use super::Unmatched;
use super::filters::{NEAR, NEAREST, any, nearest, one_of, tag};
use crate::folded;

/// What the index has of a part of an attribution.
pub(super) struct Part {
    /// What its words begin with in the index.
    pub(super) prefix: &'static str,
    /// The option that asks for it.
    option: &'static str,
    /// How its rows are called.
    name: &'static str,
}

pub(super) const ADDRESSEE: Part = Part { prefix: "xd", option: "--addressee", name: "addressee" };
pub(super) const VENUE: Part = Part { prefix: "xq", option: "--venue", name: "venue" };

/// How many reports are looked at for the names that a word stands in.
const LOOKED_AT: i64 = 20;
/// How many of the commonest words are looked at, of which most may stand in the same names.
const COMMON_WORDS: usize = 12;

/// Words that stand in many names and tell none.
const EMPTY: [&str; 30] = [
    "the", "a", "an", "this", "that", "of", "in", "at", "on", "to", "and", "with", "from", "by", "for",
    "over", "his", "her", "their", "its", "our", "my", "me", "us", "you", "him", "them", "it", "s", "during",
];

/// The names that no report has, with what is near to them, or else with what there is. With each name that was asked for comes
/// what is meant by it ([`meant`]).
pub(super) fn unmatched(
    connection: &Connection,
    part: &Part,
    names: &[(&str, Vec<String>)],
) -> rusqlite::Result<Vec<Unmatched>> {
    let mut unmatched = Vec::new();
    for (asked, meant) in names {
        if is_there(connection, &one_of(part.prefix, meant))? {
            continue;
        }
        let words = words(connection, part.prefix)?;
        let nearest = nearest(asked, &names_with(connection, part, near(asked, &words))?);
        let mut commonest = Vec::new();
        if nearest.is_empty() {
            let telling = words.iter().map(|(word, _)| word).filter(|word| !EMPTY.contains(&word.as_str()));
            commonest = names_with(connection, part, telling.take(COMMON_WORDS))?;
            commonest.truncate(NEAREST);
            if part.option == VENUE.option {
                commonest = kinds(connection)?.into_iter().chain(commonest).collect();
            }
        }
        unmatched.push(Unmatched { asked: (*asked).to_owned(), option: part.option, nearest, commonest });
    }
    Ok(unmatched)
}

/// The names that are meant: of an addressee also those of whom a page tells such a role, wherever they speak.
pub(super) fn meant(connection: &Connection, part: &Part, asked: &str) -> rusqlite::Result<Vec<String>> {
    let mut names = vec![asked.to_owned()];
    if part.option == ADDRESSEE.option {
        names.extend(with_role(connection, asked)?);
    }
    Ok(names)
}

/// The names of those who speak with a role that has all words of one, the most heard first.
fn with_role(connection: &Connection, asked: &str) -> rusqlite::Result<Vec<String>> {
    /// Names that are taken: more are hardly meant.
    const NAMES: usize = 200;
    let wanted: BTreeSet<String> = folded::words(asked).collect();
    let Some(longest) = wanted.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
    // Case and accents of other letters are not known to SQLite: then all roles are looked at.
    let like = if longest.is_ascii() { format!("%{longest}%") } else { "%".to_owned() };
    let mut select = connection.prepare_cached(
        "SELECT name, role FROM speaker WHERE role LIKE ?1 GROUP BY name, role ORDER BY count(*) DESC, name, role",
    )?;
    let rows = select.query_map([like], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let (mut names, mut had) = (Vec::new(), BTreeSet::new());
    for row in rows {
        let (name, role) = row?;
        let role: BTreeSet<String> = folded::words(&role).collect();
        if wanted.is_subset(&role) && names.len() < NAMES && had.insert(name.clone()) {
            names.push(name);
        }
    }
    Ok(names)
}

/// The kinds of venues that no report has, with those that there are.
pub(super) fn unmatched_kinds(
    connection: &Connection,
    asked: &[VenueKind],
) -> rusqlite::Result<Vec<Unmatched>> {
    let mut unmatched = Vec::new();
    for kind in asked {
        if !is_there(connection, &any([tag("xu", kind.name())]))? {
            let (asked, option) = (kind.name().to_owned(), VENUE.option);
            unmatched.push(Unmatched { asked, option, nearest: Vec::new(), commonest: kinds(connection)? });
        }
    }
    Ok(unmatched)
}

/// Whether a report fits an expression of the index.
fn is_there(connection: &Connection, expression: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM quote_fts WHERE quote_fts MATCH ?1 LIMIT 1")?
        .exists([expression])
}

/// The kinds of venues that there are, the commonest first.
fn kinds(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let there = words(connection, "xu")?;
    let name = |word: &String| VenueKind::ALL.into_iter().find(|kind| tag("", kind.name()) == *word);
    Ok(there.iter().filter_map(|(word, _)| name(word)).map(|kind| kind.name().to_owned()).collect())
}

/// The words of the index with a prefix, without it, and in how many reports each is; the commonest first.
fn words(connection: &Connection, prefix: &str) -> rusqlite::Result<Vec<(String, i64)>> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.quote_words USING fts5vocab(main, quote_fts, 'col')",
    )?;
    // Letters and digits come before `~`, those of other scripts behind it.
    let mut select = connection.prepare_cached(
        "SELECT substr(term, length(?1) + 1), doc FROM temp.quote_words \
         WHERE term > ?1 AND term < ?1 || char(0x10ffff) AND col = 'tags' ORDER BY doc DESC, term",
    )?;
    select.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Of these words those that are nearest to a word asked for.
fn near<'a>(asked: &str, words: &'a [(String, i64)]) -> impl Iterator<Item = &'a String> {
    let wanted: Vec<_> = folded::words(asked).filter(|word| word.len() <= 64).take(8).collect();
    let score = |word: &str| {
        wanted.iter().map(|wanted| strsim::normalized_damerau_levenshtein(wanted, word)).fold(0.0, f64::max)
    };
    let mut scored: Vec<_> =
        words.iter().map(|(word, _)| (score(word), word)).filter(|(score, _)| *score >= NEAR).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(NEAREST).map(|(_, word)| word)
}

/// The names in which these words stand, each once: by the name that is known, else in the words of the page.
fn names_with<'a>(
    connection: &Connection,
    part: &Part,
    words: impl Iterator<Item = &'a String>,
) -> rusqlite::Result<Vec<String>> {
    let mut reports =
        connection.prepare_cached("SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?1 LIMIT ?2")?;
    let mut name = connection.prepare_cached(
        "SELECT coalesce(s.name, substr(d.text, s.start + 1, s.\"end\" - s.start)) FROM span AS s \
         JOIN attribution AS a ON a.nr = s.attribution JOIN document AS d ON d.nr = a.document \
         WHERE s.attribution = ?1 AND s.part = ?2 ORDER BY s.n",
    )?;
    let (mut names, mut had) = (Vec::new(), BTreeSet::new());
    for word in words {
        let expression = any([format!("\"{}{word}\"", part.prefix)]);
        let rows = reports
            .query_map(params![expression, LOOKED_AT], |row| row.get::<_, i64>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for row in rows {
            let found = name
                .query_map(params![row, part.name], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()?;
            names.extend(found.into_iter().filter(|found| had.insert(found.clone())));
        }
    }
    Ok(names)
}

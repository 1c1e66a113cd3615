//! The word tables of `words/`, embedded and parsed once.
//!
//! A table is tab-separated text: lines that begin with `#` are comments (the first names source and licence), a
//! row is a word and what is known of it.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The rows of a table, cut at the tabs.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// How an abbreviation behaves at the end of what could be a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name: never ends a sentence.
    Title,
    /// Ends no sentence before a digit.
    Number,
    /// Ends no sentence before a digit or a word that does not open sentences.
    Month,
    /// Ends a sentence only before a word that opens sentences.
    Any,
    /// Ends no sentence.
    Never,
}

/// The class of an abbreviation, given without its last full stop.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    static TABLE: OnceLock<HashMap<&str, Abbreviation>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            rows(include_str!("../words/abbreviations.tsv"))
                .filter_map(|row| {
                    let class = match *row.get(1)? {
                        "title" => Abbreviation::Title,
                        "number" => Abbreviation::Number,
                        "month" => Abbreviation::Month,
                        "any" => Abbreviation::Any,
                        "never" => Abbreviation::Never,
                        _ => return None,
                    };
                    Some((row[0], class))
                })
                .collect()
        })
        .get(word)
        .copied()
}

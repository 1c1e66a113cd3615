//! Whether words were likely said in another language than that in which they are quoted.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::attribution::{Attribution, SpeakerKind};
use crate::words::rows;

/// Bytes around an attribution in which somebody who translates is looked for.
const NEAR: usize = 60;

/// Whether an attribution's words were likely said in another language: somebody translates them, or who says them holds an
/// office of a country of another language.
pub(super) fn is_foreign(text: &str, attribution: &Attribution) -> bool {
    is_translated(text, attribution)
        || attribution.speakers.iter().any(|speaker| {
            let organisation = speaker.kind != SpeakerKind::Person;
            speaker.role.as_deref().is_some_and(of_another_country)
                || organisation && of_another_country(&speaker.name)
        })
        || attribution.source.iter().any(|span| of_another_country(span.of(text)))
}

/// "Through an interpreter", "in Spanish", "translated" beside the words.
fn is_translated(text: &str, attribution: &Attribution) -> bool {
    let spans = || attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    let (Some(start), Some(end)) = (spans().map(|span| span.start).min(), spans().map(|span| span.end).max())
    else {
        return false;
    };
    let around = |from: usize, to: usize| {
        let from = text.floor_char_boundary(from);
        &text[from..text.ceil_char_boundary(to.min(text.len())).max(from)]
    };
    // What is quoted may speak of interpreters itself.
    let contents = &attribution.content;
    let first = contents.iter().map(|span| span.start).min().unwrap_or(start) as usize;
    let last = contents.iter().map(|span| span.end).max().unwrap_or(end) as usize;
    let start = start as usize;
    let before = around(start.min(first.saturating_sub(NEAR)), first);
    let after = around(last, (last + NEAR).max(end as usize));
    let parts = [(before.rsplit(['.', '\n']).next(), ()), (after.split(['.', '\n']).next(), ())];
    parts.iter().filter_map(|(part, ())| *part).any(|part| {
        let words: Vec<String> = part
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words
            .iter()
            .any(|word| matches!(word.as_str(), "interpreter" | "translator" | "translation" | "translated"))
            || words.windows(2).any(|pair| pair[0] == "in" && languages().contains(pair[1].as_str()))
    })
}

/// Whether a role or a name is of a country where another language than English is spoken: "the Turkish president", not "the
/// envoy to Turkey".
pub fn of_another_country(words: &str) -> bool {
    let mut before = "";
    words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
        let found = countries().contains(word)
            && !matches!(before, "to" | "on" | "with" | "against" | "for" | "in" | "at" | "near" | "about");
        before = word;
        found
    })
}

/// The languages, in small letters.
fn languages() -> &'static HashSet<String> {
    static TABLE: OnceLock<HashSet<String>> = OnceLock::new();
    TABLE.get_or_init(|| table().map(|row| row[0].to_lowercase()).collect())
}

/// The countries and peoples where they are spoken.
fn countries() -> &'static HashSet<&'static str> {
    static TABLE: OnceLock<HashSet<&'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        table().filter_map(|row| row.get(1).copied()).flat_map(|names| names.split(',')).collect()
    })
}

fn table() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../../words/languages.tsv"))
}

//! The word lists: plain tables that anyone can correct without knowing this code.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a phrase of page furniture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Sharing and following.
    Share,
    /// Subscribing, signing in, giving.
    Join,
    /// Rights, terms, cookies.
    Legal,
    /// Comments and letters.
    Talk,
    /// Ways to other stories.
    More,
    /// Credits and captions of pictures.
    Credit,
    /// Menus.
    Menu,
    /// Advertisements.
    Ad,
    /// Players, and words shown while something loads.
    Wait,
}

/// How many classes of furniture there are.
pub(super) const FURNITURE_CLASSES: usize = 9;

/// The lines of a table that are not remarks.
fn entries(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Words that say how a sentence hangs together and not what it is about, in lower case.
pub(super) static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    entries(include_str!("../../words/function-words.txt")).flat_map(str::split_whitespace).collect()
});

/// How a phrase goes on after its first word, and its class.
type Tail = (Vec<&'static str>, Furniture);

/// Phrases of page furniture by their first word, longest first.
pub(super) static FURNITURE: LazyLock<HashMap<&'static str, Vec<Tail>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&'static str, Vec<Tail>> = HashMap::new();
    for entry in entries(include_str!("../../words/furniture.txt")) {
        let Some((class, phrase)) = entry.split_once(": ") else { continue };
        let class = match class {
            "share" => Furniture::Share,
            "join" => Furniture::Join,
            "legal" => Furniture::Legal,
            "talk" => Furniture::Talk,
            "more" => Furniture::More,
            "credit" => Furniture::Credit,
            "menu" => Furniture::Menu,
            "ad" => Furniture::Ad,
            _ => Furniture::Wait,
        };
        let mut words = super::features::words(phrase);
        if let Some(first) = words.next() {
            phrases.entry(first).or_default().push((words.collect(), class));
        }
    }
    for tails in phrases.values_mut() {
        tails.sort_by_key(|(tail, _)| std::cmp::Reverse(tail.len()));
    }
    phrases
});

/// News agencies: the spelling of a credit, and the name for the record.
pub(super) static AGENCIES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    entries(include_str!("../../words/agencies.txt")).filter_map(|line| line.split_once(": ")).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_name_source_and_licence_in_their_first_line() {
        for table in [
            include_str!("../../words/function-words.txt"),
            include_str!("../../words/furniture.txt"),
            include_str!("../../words/agencies.txt"),
        ] {
            let first = table.lines().next().unwrap_or_default();
            assert!(first.contains("Source: ") && first.contains("Licence: "), "{first}");
        }
    }

    #[test]
    fn every_entry_is_well_formed() {
        for entry in entries(include_str!("../../words/furniture.txt")) {
            let (class, phrase) = entry.split_once(": ").expect(entry);
            assert!(
                ["share", "join", "legal", "talk", "more", "credit", "menu", "ad", "wait"].contains(&class),
                "{entry}"
            );
            assert_eq!(phrase, phrase.to_lowercase(), "{entry}");
        }
        for entry in entries(include_str!("../../words/agencies.txt")) {
            assert!(entry.split_once(": ").is_some(), "{entry}");
        }
        assert!(
            FUNCTION_WORDS.contains("don't")
                && FURNITURE.contains_key("read")
                && AGENCIES["REUTERS"] == "Reuters"
        );
    }
}

//! What changed between two versions of a text, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of the comparison of two texts, in their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit<'t> {
    /// In both; as the later one has it, since white space is not compared.
    Same(&'t str),
    /// Only in the earlier.
    Cut(&'t str),
    /// Only in the later.
    Added(&'t str),
}

/// The edits that lead from one text to another, in their order. What is the same and what was added make up `new`,
/// character for character; what is the same and what was cut make up `old`, white space aside.
///
/// The edits are few but not always the fewest: the search for fewer is given up where it would take long, so that
/// texts that have nothing in common cost little more than their length.
pub fn edits<'t>(old: &'t str, new: &'t str) -> Vec<Edit<'t>> {
    let (before, after) = (words(old), words(new));
    let keys = |text: &'t str, words: &[(usize, usize)]| -> Vec<&'t str> {
        words.iter().map(|&(start, end)| text[start..end].trim_end()).collect()
    };
    let (old_keys, new_keys) = (keys(old, &before), keys(new, &after));
    let slice = |text: &'t str, words: &[(usize, usize)]| match (words.first(), words.last()) {
        (Some(first), Some(last)) => &text[first.0..last.1],
        _ => "",
    };
    let mut edits = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        let cut = slice(old, &before[op.old_range()]);
        let new = slice(new, &after[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => edits.push(Edit::Same(new)),
            DiffOp::Delete { .. } => edits.push(Edit::Cut(cut)),
            DiffOp::Insert { .. } => edits.push(Edit::Added(new)),
            DiffOp::Replace { .. } => edits.extend([Edit::Cut(cut), Edit::Added(new)]),
        }
    }
    edits
}

/// The words of a text, each with the white space after it: bytes from and to. White space before the first is a word
/// of its own.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let (mut start, mut in_space) = (0, true);
    for (at, letter) in text.char_indices() {
        let space = letter.is_whitespace();
        if in_space && !space && at > start {
            words.push((start, at));
            start = at;
        }
        in_space = space;
    }
    if start < text.len() {
        words.push((start, text.len()));
    }
    words
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use proptest::prelude::*;

    use super::*;

    fn shown(edits: &[Edit<'_>]) -> String {
        edits
            .iter()
            .map(|edit| match edit {
                Edit::Same(words) => (*words).to_owned(),
                Edit::Cut(words) => format!("[-{words}-]"),
                Edit::Added(words) => format!("{{+{words}+}}"),
            })
            .collect()
    }

    #[test]
    fn edits_are_whole_words() {
        let check = |old: &str, new: &str, expected: &str| assert_eq!(shown(&edits(old, new)), expected);
        check("", "", "");
        check("a b", "a b", "a b");
        check("", "new words", "{+new words+}");
        check("old words", "", "[-old words-]");
        check("the ferry sails at dawn", "the ferry sails at noon", "the ferry sails at [-dawn-]{+noon+}");
        check("he said so", "he said it is so", "he said {+it is +}so");
        check("one\ntwo", "one two", "one two");
        check("  one", "one", "[-  -]one");
        check("Löw — ja", "Löw – ja", "Löw [-— -]{+– +}ja");
    }

    proptest! {
        #[test]
        fn both_texts_are_in_the_edits(old in "[ab \nü]{0,60}", new in "[ab \nü]{0,60}") {
            let edits = edits(&old, &new);
            let join = |wanted: fn(&Edit<'_>) -> bool| -> String {
                edits.iter().filter(|edit| wanted(edit)).map(|edit| match edit {
                    Edit::Same(words) | Edit::Cut(words) | Edit::Added(words) => *words,
                }).collect()
            };
            prop_assert_eq!(join(|edit| !matches!(edit, Edit::Cut(_))), new.as_str());
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&join(|edit| !matches!(edit, Edit::Added(_)))), squeezed(&old));
        }
    }

    #[test]
    fn texts_with_nothing_and_with_everything_in_common_take_no_longer_than_they_are() {
        let scramble = |seed: u32, among: u32| -> String {
            let mut state = seed;
            let mut word = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                format!("w{} ", (state >> 8) % among)
            };
            (0..100_000).map(|_| word()).collect()
        };
        for (old, new) in [(scramble(1, 20), scramble(2, 20)), (scramble(1, 90_000), scramble(2, 90_000))] {
            let began = Instant::now();
            assert!(!edits(&old, &new).is_empty());
            assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
        }
    }
}

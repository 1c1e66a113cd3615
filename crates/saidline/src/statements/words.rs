//! The words of what was said: as grouping sees them, folded and weighed, and as wordings are compared, each in its place.

use std::collections::HashMap;
use std::sync::OnceLock;

use saidline_html::Span;

use crate::words::rows;

/// A word of what was said, as grouping sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// What is the same in all its forms: "vowed", "vows".
    pub stem: u32,
    /// What is the same in all words of a family, nearly: "apology", "apologises".
    pub root: u32,
    /// How often its document has words of the family, up to 255: what a whole page is about tells no remark from another.
    pub times: u8,
    /// How much it tells: little where many articles have it, nothing where it only joins others.
    pub weight: f32,
    /// Whether it stands within quotation marks.
    pub quoted: bool,
    /// Whether it is written with a capital or in digits.
    pub marked: bool,
    /// Whether it negates.
    pub negates: bool,
}

/// A word in its place, as wordings are compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Where it stands in its document.
    pub(super) span: Span,
    /// What is the same in all its spellings: case, and the form of the apostrophe.
    pub(super) folded: u64,
    /// What is the same in all its forms.
    pub(super) stem: u64,
}

/// Parts of a weight that are kept.
const STEPS: f32 = 50.0;

/// What a word weighs that few articles have.
const RARE: f32 = 4.8;

/// How often a text has the words of each family.
pub(super) struct Roots(HashMap<u32, u8>);

impl Roots {
    pub(super) fn of(text: &str) -> Self {
        let mut times: HashMap<u32, u8> = HashMap::new();
        each(text, Span::new(0, text.len()), |_, _, folded| {
            let seen = times.entry(hash(root(folded)) as u32).or_default();
            *seen = seen.saturating_add(1);
        });
        Self(times)
    }
}

/// The words of a span as grouping sees them, each asked whether it is quoted.
pub(super) fn read(
    text: &str,
    span: Span,
    roots: &Roots,
    quoted: impl Fn(u32) -> bool,
    words: &mut Vec<Word>,
) {
    each(text, span, |span, word, folded| {
        let first = word.chars().next();
        let root = hash(root(folded)) as u32;
        words.push(Word {
            stem: stem_of(folded),
            root,
            times: roots.0.get(&root).copied().unwrap_or(1),
            weight: (weight(folded) * STEPS).round() / STEPS,
            quoted: quoted(span.start),
            marked: first.is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit()),
            negates: is_negation(folded),
        });
    });
}

/// What is the same in all forms of a word in small letters.
pub(super) fn stem_of(folded: &str) -> u32 {
    hash(stem(folded)) as u32
}

/// Whether a word in small letters, with a straight apostrophe, negates.
pub(super) fn is_negation(folded: &str) -> bool {
    matches!(
        folded,
        "not" | "no" | "never" | "nothing" | "none" | "nobody" | "without" | "false" | "untrue" | "cannot"
    ) || folded.ends_with("n't")
}

/// The words of a span in their places, those that are wanted.
pub(super) fn place(text: &str, span: Span, wanted: impl Fn(u32) -> bool, words: &mut Vec<Placed>) {
    each(text, span, |span, _, folded| {
        if wanted(span.start) {
            words.push(Placed { span, folded: hash(folded), stem: hash(stem(folded)) });
        }
    });
}

/// Gives each word of a span: where it stands, as it stands, and in small letters with straight apostrophes.
pub(super) fn each(text: &str, span: Span, mut give: impl FnMut(Span, &str, &str)) {
    let base = span.start as usize;
    let mut folded = String::new();
    for (start, end) in places(span.of(text)) {
        let word = &span.of(text)[start..end];
        folded.clear();
        folded.extend(
            word.chars().map(|letter| if letter == '’' { '\'' } else { letter }).flat_map(char::to_lowercase),
        );
        give(Span::new(base + start, base + end), word, &folded);
    }
}

/// Where the words of a text stand: letters and digits, and between two of them an apostrophe, a hyphen, a point or a
/// comma.
fn places(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let mut end = start;
        let mut letters = text[start..].char_indices().peekable();
        while let Some((offset, letter)) = letters.next() {
            let next = letters.peek().map(|(_, next)| *next);
            let inner =
                matches!(letter, '\'' | '’' | '-' | '.' | ',') && next.is_some_and(char::is_alphanumeric);
            if !letter.is_alphanumeric() && !inner {
                break;
            }
            end = start + offset + letter.len_utf8();
        }
        at = end;
        Some((start, end))
    })
}

/// What is left of a folded word without its ending.
pub(super) fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 17] = [
        "ingly", "edly", "ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "ly", "'s",
        "s'", "s", "e",
    ];
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    let ending = ENDINGS.iter().find(|ending| bare.ends_with(**ending) && bare.len() >= ending.len() + 3);
    let short = ending.map_or(bare, |ending| &bare[..bare.len() - ending.len()]);
    short.strip_suffix('e').filter(|short| short.len() > 3).unwrap_or(short)
}

/// What the words of a family begin with: of the stem so many letters.
pub(super) fn root(word: &str) -> &str {
    const LETTERS: usize = 5;
    let bare = stem(word.split('\'').next().unwrap_or(word));
    bare.char_indices().nth(LETTERS).map_or(bare, |(end, _)| &bare[..end])
}

/// How much a word in small letters tells: the logarithm of how seldom articles have it.
pub fn weight(word: &str) -> f32 {
    static TABLE: OnceLock<HashMap<&str, f32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        rows(include_str!("../../words/frequencies.tsv"))
            .filter_map(|row| Some((row[0], row.get(1)?.parse::<f32>().ok()?)))
            .map(|(word, articles)| (word, (1000.0 / articles.max(1.0)).ln()))
            .collect()
    });
    table.get(word).copied().unwrap_or(RARE)
}

/// FNV-1a: the same in every process and version, as records keep it.
pub(super) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A weight in whole steps, and back.
pub(super) fn steps(weight: f32) -> u8 {
    (weight.max(0.0) * STEPS).round() as u8
}

pub(super) fn from_steps(steps: u8) -> f32 {
    f32::from(steps) / STEPS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        places(text).map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn words_keep_what_joins_them() {
        assert_eq!(
            words("The U.S. won’t pay $1,200 — “half-hearted”."),
            ["The", "U.S", "won’t", "pay", "1,200", "half-hearted"]
        );
    }

    #[test]
    fn forms_of_a_word_are_one() {
        for (one, other) in
            [("vowed", "vows"), ("making", "make"), ("policies", "policy's"), ("lund's", "lund")]
        {
            let cut = |word| stem(word).trim_end_matches('y');
            assert_eq!(cut(one), cut(other), "{one}, {other}");
        }
    }

    #[test]
    fn words_of_a_family_have_one_root() {
        for (one, other) in [("apology", "apologises"), ("critical", "criticised"), ("harbour's", "harbours")]
        {
            assert_eq!(root(one), root(other), "{one}, {other}");
        }
    }

    #[test]
    fn rare_words_weigh_most() {
        assert!(weight("the") < 0.01 && weight("minister") > weight("said") && weight("sundvik") == RARE);
    }
}

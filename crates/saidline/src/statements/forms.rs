//! Forms of one word: another tense, person or number.

use super::words::Placed;

/// Whether one word is the other in another tense, person or number.
pub(super) fn is_shifted(here: &str, one: &Placed, there: &str, other: &Placed) -> bool {
    const PAIRS: [(&str, &str); 29] = [
        ("will", "would"),
        ("can", "could"),
        ("may", "might"),
        ("is", "was"),
        ("are", "were"),
        ("am", "was"),
        ("am", "is"),
        ("have", "had"),
        ("has", "had"),
        ("have", "has"),
        ("do", "did"),
        ("does", "did"),
        ("i", "he"),
        ("i", "she"),
        ("we", "they"),
        ("me", "him"),
        ("me", "her"),
        ("us", "them"),
        ("my", "his"),
        ("my", "her"),
        ("our", "their"),
        ("you", "they"),
        ("your", "their"),
        ("our", "its"),
        ("we", "it"),
        ("are", "is"),
        ("man", "men"),
        ("woman", "women"),
        ("child", "children"),
    ];
    if one.folded == other.folded {
        return true;
    }
    let (one_word, other_word) = (one.span.of(here).to_lowercase(), other.span.of(there).to_lowercase());
    let known = PAIRS
        .iter()
        .any(|(a, b)| (*a == one_word && *b == other_word) || (*b == one_word && *a == other_word));
    known || one.stem == other.stem && are_forms(&one_word, &other_word)
}

/// Whether words of one stem are forms of one word: "sort" and "sorts", "relate" and "relating"; not "quick" and "quickly", nor "pay"
/// and "payer".
fn are_forms(one: &str, other: &str) -> bool {
    let makes_another =
        |word: &str| ["ly", "er", "ers", "ation", "ations"].iter().any(|end| word.ends_with(end));
    let is_number = |word: &str| word.contains(|letter: char| letter.is_ascii_digit());
    let bare = |word: &str| word.trim_end_matches("'s").to_owned();
    !is_number(one) && makes_another(one) == makes_another(other) && bare(one) != bare(other)
}

/// Whether one word is the other in the third person: "looks" for "look".
pub(super) fn is_third_person(here: &str, one: &Placed, there: &str, other: &Placed) -> bool {
    let (one_word, other_word) = (one.span.of(here).to_lowercase(), other.span.of(there).to_lowercase());
    one.stem == other.stem && one_word.ends_with('s') != other_word.ends_with('s')
}

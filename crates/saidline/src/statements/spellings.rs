//! Words that are the same, spelt otherwise.

/// Whether two stretches are the same words in other spellings: "per cent", "12" and "twelve", a slip of the finger, "I'd" and
/// "I would".
pub(super) fn is_spelling(one: &str, other: &str) -> bool {
    let bare = |words: &str| -> String { words.chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let (one_bare, other_bare) = (bare(one), bare(other));
    if one_bare == other_bare || is_number_of(one, other) || is_number_of(other, one) {
        return true;
    }
    let owned = |words: &str| words.trim_end_matches("'s").trim_end_matches('\'').to_owned();
    // "The Times' pier", "the Times's pier".
    let of_one = one.ends_with("s'") || other.ends_with("s'");
    let written_out = [(" is", " would"), (" has", " had")];
    if of_one && owned(one) == owned(other)
        || written_out.iter().any(|short| expanded(one, *short) == expanded(other, *short))
        || is_of_one_of(one, other)
        || is_ordinal_of(one, other)
        || is_ordinal_of(other, one)
    {
        return true;
    }
    let letters = one_bare.chars().count().min(other_bare.chars().count());
    // A word of one letter more is another word ("a ferry", "the ferries"); one letter changed inside a long one is a slip.
    letters >= 6
        && !one_bare.contains(|letter: char| letter.is_ascii_digit())
        && one.split(' ').count() == 1
        && other.split(' ').count() == 1
        && is_slip(&one_bare, &other_bare)
}

/// Whether two words are one in the spelling of Britain and of America, or "a" and "an".
fn is_of_one_of(one: &str, other: &str) -> bool {
    let american = |word: &str| {
        let word = word
            .replace("our", "or")
            .replace("isation", "ization")
            .replace("ise", "ize")
            .replace("ising", "izing");
        word.replace("bussed", "bused")
            .replace("centre", "center")
            .replace("defence", "defense")
            .replace("lled", "led")
    };
    let single = !one.contains(' ') && !other.contains(' ');
    single && one.len().min(other.len()) > 3 && american(one) == american(other)
        || matches!((one, other), ("a", "an") | ("an", "a") | ("than", "then") | ("then", "than"))
        // "The Times’ pier", where the apostrophe is no part of the word, and "the Times's pier".
        || single && (is_owner(one, other) || is_owner(other, one))
}

/// Whether the second is the first, which ends with an s, as somebody who owns.
fn is_owner(one: &str, other: &str) -> bool {
    one.ends_with('s') && other.strip_suffix("'s") == Some(one)
}

/// "12" for "12th".
fn is_ordinal_of(digits: &str, ordinal: &str) -> bool {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| ordinal.strip_suffix(ending));
    number == Some(digits) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Contractions written out; those that can be short for two words for the ones given: "it's", "I'd".
fn expanded(words: &str, (is, would): (&str, &str)) -> String {
    let mut out = String::new();
    for word in words.split(' ') {
        let whole = match word {
            "gonna" => "going to",
            "wanna" => "want to",
            "gotta" => "got to",
            "can't" => "can not",
            "cannot" => "can not",
            "won't" => "will not",
            "ok" | "o.k" => "okay",
            "percent" => "per cent",
            "jan" => "january",
            "feb" => "february",
            "aug" => "august",
            "sept" => "september",
            "oct" => "october",
            "nov" => "november",
            "dec" => "december",
            "bc" => "because",
            "sen" => "senator",
            "rep" => "representative",
            "gov" => "governor",
            "gen" => "general",
            "dept" => "department",
            "mr" => "mister",
            "dr" => "doctor",
            "govt" => "government",
            "thru" => "through",
            "tonite" => "tonight",
            "'cause" | "cuz" => "because",
            "'em" => "them",
            _ => "",
        };
        if !out.is_empty() {
            out.push(' ');
        }
        if !whole.is_empty() {
            out.push_str(whole);
            continue;
        }
        let parts = [
            ("n't", " not"),
            ("'re", " are"),
            ("'ve", " have"),
            ("'ll", " will"),
            ("'m", " am"),
            ("'d", would),
            ("'s", is),
        ];
        match parts.iter().find_map(|(short, long)| Some((word.strip_suffix(short)?, long))) {
            Some((stem, long)) => {
                out.push_str(stem);
                out.push_str(long);
            }
            None => out.push_str(word),
        }
    }
    out
}

fn is_number_of(digits: &str, words: &str) -> bool {
    const NUMBERS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    digits.parse::<usize>().ok().and_then(|number| NUMBERS.get(number)).is_some_and(|name| *name == words)
}

/// Whether two words differ by one letter put in, left out or changed, and not in their last one.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let back = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let longest = one.len().max(other.len());
    back > 0 && same > 0 && same + back + 1 >= longest && one.len().abs_diff(other.len()) <= 1
}

/// What stands for a letter that is hidden.
pub(super) fn is_hidden(letter: char) -> bool {
    matches!(letter, '-' | '*' | '–' | '—' | '_')
}

/// Whether a stretch is a word whose letters were hidden: "b----r", "b***r", "b-----" for "blazer".
pub(super) fn is_masked(stretch: &str, word: &str) -> bool {
    let (stretch, word) = (stretch.to_lowercase(), word.to_lowercase());
    let marks = stretch.chars().filter(|letter| is_hidden(*letter)).count();
    let ends = |text: &str| (text.chars().next(), text.chars().next_back());
    let shown = stretch.trim_end_matches(is_hidden);
    let to_the_end = !shown.is_empty()
        && shown.len() < stretch.len()
        && word.starts_with(shown)
        && stretch.chars().count() == word.chars().count();
    let bare = !stretch.contains(char::is_whitespace) && !word.contains(char::is_whitespace);
    bare && marks >= 2 && (to_the_end || ends(&stretch) == ends(&word))
}

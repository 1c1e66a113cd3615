//! Words without case and accents, so that `Muller` finds `Müller`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, folded, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    places(text).map(|place| fold(&text[place]))
}

/// Where the words of a text stand: runs of letters, digits and the marks upon them.
pub(crate) fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = letters.find(|(_, letter)| letter.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, letter)| belongs(*letter)) {
            end = at + letter.len_utf8();
        }
        Some(start..end)
    })
}

fn belongs(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// A word in small letters, without accents.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            // These have no parts that Unicode names.
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            // What a small letter is written with when its capital has a mark ("İ").
            letter if is_combining_mark(letter) => {}
            letter => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let check = |text: &str, expected: &[&str]| assert_eq!(words(text).collect::<Vec<_>>(), expected);
        check("Ines Calder", &["ines", "calder"]);
        check("Søren Łukasz MÜLLER-Weiß", &["soren", "lukasz", "muller", "weiss"]);
        check("O’Neill & Sons, Ltd.", &["o", "neill", "sons", "ltd"]);
        check("e\u{301}lan İnce", &["elan", "ince"]);
        check("\u{301}x", &["x"]);
        check("日本 24", &["日本", "24"]);
        check("…!?", &[]);
        check("", &[]);
    }
}

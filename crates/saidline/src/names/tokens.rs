//! Cuts sentences into words.

use super::{Gap, Token};
use saidline_html::Span;

/// Appends the words of a sentence.
pub(super) fn tokenize(text: &str, sentence: Span, place: u32, tokens: &mut Vec<Token>) {
    let whole = sentence.of(text);
    let base = sentence.start as usize;
    let mut at = 0;
    // Where the word before ended, its possessive ending included.
    let mut done = None;
    while let Some(found) = whole[at..].find(char::is_alphanumeric) {
        let start = at + found;
        let mut end = start;
        let mut segment = 0;
        let mut letters = whole[start..].char_indices().peekable();
        while let Some((offset, c)) = letters.next() {
            let next = letters.peek().map(|(_, c)| *c);
            let goes_on = next.is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || combining(c) {
                segment += 1;
            } else if matches!(c, '-' | '\'' | '’' | '&' | '‑') && goes_on
                || c == '.' && segment == 1 && goes_on
            {
                segment = 0;
            } else {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        let word = &whole[start..end];
        let bare =
            ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let contracted = ["'ve", "’ve", "'m", "’m", "'re", "’re", "'ll", "’ll", "'d", "’d"]
            .iter()
            .find_map(|ending| word.strip_suffix(ending))
            .filter(|_| bare.len() == word.len());
        let (word, bare) = contracted.map_or((word, bare), |stem| (stem, stem));
        let plural = bare.len() == word.len() && bare.ends_with('s') && whole[end..].starts_with(['\'', '’']);
        let gap = done.map_or(Gap::Start, |done| gap(&whole[done..start]));
        tokens.push(Token {
            span: Span::new(base + start, base + start + bare.len()),
            sentence: place,
            possessive: bare.len() < word.len() || plural,
            gap,
        });
        done = Some(end);
        at = end;
    }
}

fn combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{ad}')
}

fn gap(between: &str) -> Gap {
    match between.trim() {
        // An apostrophe is what a plural's possessive leaves.
        "" | "'" | "’" => Gap::Space,
        "." => Gap::Stop,
        "," | ".," | "'," | "’," => Gap::Comma,
        "\"" | "“" | "”" | "''" | "‘" => Gap::Mark,
        _ => Gap::Other,
    }
}

//! Cuts sentences into words.

use std::ops::Range;

use super::{Gap, Token};
use crate::words;
use saidline_html::Span;

/// Whether the last stop of an abbreviation goes on in one word with what it modifies: "U.S.-backed".
fn modified(from_stop: &str) -> bool {
    from_stop.strip_prefix(".-").is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// Whether a word with its "'s" is the name of a firm or a body, or its first word.
fn is_owned_name(word: &str) -> bool {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    bare.is_some_and(|bare| {
        matches!(
            bare,
            "McDonald"
                | "Macy"
                | "Moody"
                | "Poor"
                | "Sotheby"
                | "Arby"
                | "Hardee"
                | "Bloomingdale"
                | "Sainsbury"
                | "Domino"
        )
    })
}

/// Where the next word begins, in bytes: at a letter or a digit, or at an "&" that stands between spaces.
fn next_word(text: &str) -> Option<usize> {
    let alone = |at: usize| text[..at].ends_with(' ') && text[at + 1..].starts_with(' ');
    let mut letters = text.char_indices();
    letters.find(|&(at, c)| c.is_alphanumeric() || c == '&' && alone(at)).map(|(at, _)| at)
}

/// Appends the words of a sentence.
pub(super) fn tokenize(text: &str, sentence: Span, place: u32, tokens: &mut Vec<Token>) {
    let whole = sentence.of(text);
    let base = sentence.start as usize;
    let mut at = 0;
    // Where the word before ended, its possessive ending included.
    let mut done = None;
    while let Some(found) = next_word(&whole[at..]) {
        let start = at + found;
        let mut end = start;
        let mut segment = 0;
        let mut letters = whole[start..].char_indices().peekable();
        while let Some((offset, c)) = letters.next() {
            let next = letters.peek().map(|(_, c)| *c);
            let goes_on = next.is_some_and(char::is_alphanumeric);
            if c.is_alphanumeric() || combining(c) || c == '&' && offset == 0 {
                segment += 1;
            } else if matches!(c, '-' | '\'' | '’' | '&' | '‑') && goes_on
                || c == '.' && segment == 1 && goes_on
                || c == '.' && segment == 1 && modified(&whole[start + offset..])
            {
                segment = 0;
            } else {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        let word = &whole[start..end];
        let owns = |ending: &&str| word.strip_suffix(*ending).filter(|_| !is_owned_name(word));
        let bare = ["'s", "’s", "'S", "’S"].iter().find_map(owns).unwrap_or(word);
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

/// Words that one outlet's pages have run together: behind a person's name the text of a link, which is the full name,
/// and without a space the first headline behind that link ("Mayor Low Ann Mary LowHarbour wins prize").
///
/// Such a word is cut in two after the family name, and what a link gives is parted from the words around it. The
/// answer is the full names, each the tokens of its words; `tokens` are those of one sentence from `from` on.
pub(super) fn part_links(text: &str, from: usize, tokens: &mut Vec<Token>) -> Vec<Range<usize>> {
    /// Words of the longest full name.
    const LONGEST: usize = 7;
    let mut links = Vec::new();
    if !tokens[from..].iter().any(|token| runs_together(token.span.of(text))) {
        return links;
    }
    for whole in tokens.split_off(from) {
        let word = whole.span.of(text);
        let at = tokens.len();
        let family = tokens[from..].iter().rev().take(LONGEST).position(|before| {
            let family = before.span.of(text);
            family.starts_with(char::is_uppercase)
                && family.ends_with(char::is_lowercase)
                && word.strip_prefix(family).is_some_and(|rest| rest.starts_with(begins_headline))
        });
        let first = family.map_or(at, |words| at - words);
        let touches = |at: usize| tokens[at - 1].span.end == tokens[at].span.start;
        let named = first < at
            && (tokens[first].gap == Gap::Space || touches(first))
            && tokens[first..]
                .iter()
                .all(|token| token.span.of(text).starts_with(char::is_uppercase) && token.gap != Gap::Comma);
        if !named {
            let given = tokens[from..].last().and_then(|before| given_again(word, before.span.of(text)));
            let start = whole.span.end - given.unwrap_or(0) as u32;
            let possessive = whole.possessive && given.is_none();
            tokens.push(Token { span: Span { end: start, ..whole.span }, possessive, ..whole });
            if given.is_some() {
                tokens.push(Token { span: Span { start, ..whole.span }, gap: Gap::Other, ..whole });
            }
            continue;
        }
        let end = whole.span.start + tokens[first - 1].span.len() as u32;
        tokens[first].gap = Gap::Other;
        tokens.push(Token { span: Span { end, ..whole.span }, possessive: false, ..whole });
        tokens.push(Token { span: Span { start: end, ..whole.span }, gap: Gap::Other, ..whole });
        links.push(first..at + 1);
    }
    links
}

/// The length of the given name before a word that ends the word too: the link can touch the name ("Ann LowAnn LowHarbour").
fn given_again(word: &str, before: &str) -> Option<usize> {
    let family = word.strip_suffix(before)?;
    let name = family.starts_with(char::is_uppercase) && family.ends_with(char::is_lowercase);
    (name && words::given(before).is_some()).then_some(before.len())
}

/// Whether a small letter is followed at once by a capital or a digit.
fn runs_together(word: &str) -> bool {
    let mut letters = word.chars().zip(word.chars().skip(1));
    letters.any(|(one, next)| one.is_lowercase() && begins_headline(next))
}

fn begins_headline(letter: char) -> bool {
    letter.is_uppercase() || letter.is_ascii_digit()
}

fn combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{ad}')
}

fn gap(between: &str) -> Gap {
    match between.trim() {
        // An apostrophe is what a plural's possessive leaves; what an editor puts in brackets goes on the sentence
        // ("[Mayor Ann] Low").
        "" | "'" | "’" | "[" | "]" => Gap::Space,
        "." => Gap::Stop,
        "," | ".," | "'," | "’," => Gap::Comma,
        "\"" | "“" | "”" | "''" | "‘" => Gap::Mark,
        _ => Gap::Other,
    }
}

//! The words of a text as those see them who look for time: what each is, and what stands before it.

use std::collections::HashMap;
use std::sync::OnceLock;

use saidline_html::{Document, Span};

use crate::sentences::paragraphs;
use crate::words::rows;

/// What a word is, by `words/times.tsv` and by its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// 0 is Monday.
    Weekday(i8),
    Month(i8),
    /// The month in which it begins.
    Season(i8),
    /// In words, or in digits that can only count.
    Number(i32),
    /// So many digits that make this number; `20th` too.
    Digits(i32, u8),
    /// "1990s"
    Decade(i16),
    Part,
    Unit(Unit),
    Offset(i32),
    Vague,
    Bound,
    Future,
    Says,
    Venue,
    Issued,
    /// "Good" before Friday.
    Feast,
    /// "Times" behind Sunday.
    Masthead,
    Clause,
    That,
    But,
    And,
    After,
    Before,
    Ago,
    Last,
    Past,
    This,
    Next,
    Early,
    Late,
    Mid,
    Earlier,
    Later,
    In,
    On,
    At,
    Over,
    Of,
    The,
    A,
    Same,
    Few,
    Couple,
    Other,
}

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Hours, minutes, seconds.
    Hour,
    Day,
    Week,
    Month,
    Year,
    Weekend,
    Decade,
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// It opens its paragraph.
    Start,
    Space,
    Comma,
    /// A hyphen or a short dash without spaces.
    Hyphen,
    Slash,
    /// A full stop: of an abbreviation, or of a sentence.
    Stop,
    Other,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Without a possessive ending.
    pub span: Span,
    pub word: Word,
    pub capital: bool,
    /// Whether "'s" or the apostrophe of a plural follows.
    pub possessive: bool,
    pub gap: Gap,
    /// The place of its paragraph.
    pub paragraph: u32,
}

/// The words of all that is no boilerplate, in the order of the text. Linear in it.
pub(super) fn tokens(document: &Document) -> Vec<Token> {
    let text = document.text.as_str();
    let mut tokens = Vec::with_capacity(text.len() / 6);
    for (place, paragraph) in paragraphs(text, &document.blocks).enumerate() {
        read(text, paragraph.span, place as u32, &mut tokens);
    }
    tokens
}

fn read(text: &str, paragraph: Span, place: u32, tokens: &mut Vec<Token>) {
    let base = paragraph.start as usize;
    let words = paragraph.of(text);
    let mut at = 0;
    let mut before = None;
    while let Some(skip) = words[at..].find(char::is_alphanumeric) {
        let start = at + skip;
        let length = words[start..].find(|letter: char| !letter.is_alphanumeric());
        let end = length.map_or(words.len(), |length| start + length);
        let after = &words[end..];
        let apostrophe = after.chars().next().filter(|mark| matches!(mark, '’' | '\''));
        let behind = apostrophe.map_or(after, |mark| &after[mark.len_utf8()..]);
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        // "'s" is no word of its own; "Mondays'" ends in the apostrophe alone.
        let with_s = apostrophe.is_some() && behind.starts_with(['s', 'S']) && ends(&behind[1..]);
        let bare = apostrophe.is_some() && words[start..end].ends_with('s') && ends(behind);
        let word = &words[start..end];
        tokens.push(Token {
            span: Span::new(base + start, base + end),
            word: of(word, &words[..start], after),
            capital: word.starts_with(char::is_uppercase),
            possessive: with_s || bare,
            gap: before.map_or(Gap::Start, |before: usize| gap(&words[before..start])),
            paragraph: place,
        });
        let tail = if with_s { words.len() - behind.len() + 1 } else { end };
        before = Some(tail);
        at = tail;
    }
}

fn gap(between: &str) -> Gap {
    match between.trim() {
        "" => Gap::Space,
        "," => Gap::Comma,
        "." => Gap::Stop,
        "-" | "–" | "‑" if between.len() <= 3 && !between.contains(' ') => Gap::Hyphen,
        "/" => Gap::Slash,
        _ => Gap::Other,
    }
}

/// What a word is. `before` and `after` are what stands around it: a number that money, a decimal or a percentage is
/// made of counts nothing here.
fn of(word: &str, before: &str, after: &str) -> Word {
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        let amount = before.ends_with(['$', '£', '€', '.', '#', ':'])
            || before
                .strip_suffix(',')
                .is_some_and(|before| before.ends_with(|last: char| last.is_ascii_digit()))
            || after.starts_with('%')
            || [",", ".", ":"].iter().any(|mark| {
                after
                    .strip_prefix(mark)
                    .is_some_and(|after| after.starts_with(|next: char| next.is_ascii_digit()))
            });
        return if amount { Word::Other } else { number(word) };
    }
    // The longest word of the table has twelve letters.
    let mut lower = [0_u8; 12];
    let Some(room) = lower.get_mut(..word.len()) else { return Word::Other };
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    let found = std::str::from_utf8(room).ok().and_then(|lower| table().get(lower)).copied();
    match found {
        // "may" and "march" are verbs, and "second" counts.
        Some(Word::Month(_) | Word::Weekday(_))
            if !word.starts_with(|first: char| first.is_ascii_uppercase()) =>
        {
            if word == "may" {
                Word::Future
            } else {
                Word::Other
            }
        }
        found => found.unwrap_or(Word::Other),
    }
}

fn number(word: &str) -> Word {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (Ok(value), ending) = (word[..digits].parse::<i32>(), &word[digits..]) else { return Word::Other };
    match (digits, ending) {
        (1..=4, "") => Word::Digits(value, digits as u8),
        (1..=2, "st" | "nd" | "rd" | "th") => Word::Digits(value, digits as u8),
        (4, "s") if value % 10 == 0 => Word::Decade(value as i16),
        _ => Word::Other,
    }
}

fn table() -> &'static HashMap<&'static str, Word> {
    static TABLE: OnceLock<HashMap<&str, Word>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for row in rows(include_str!("../../words/times.tsv")) {
            let value = row.get(2).and_then(|value| value.parse::<i8>().ok()).unwrap_or_default();
            if let Some(word) = row.get(1).and_then(|kind| named(kind, value)) {
                table.entry(row[0]).or_insert(word);
            }
        }
        table
    })
}

fn named(kind: &str, value: i8) -> Option<Word> {
    Some(match kind {
        "weekday" => Word::Weekday(value),
        "month" => Word::Month(value),
        "season" => Word::Season(value),
        "number" => Word::Number(value.into()),
        "part" => Word::Part,
        "unit" => Word::Unit(match value {
            0 => Unit::Hour,
            1 => Unit::Day,
            2 => Unit::Week,
            3 => Unit::Month,
            4 => Unit::Year,
            5 => Unit::Weekend,
            _ => Unit::Decade,
        }),
        "offset" => Word::Offset(value.into()),
        "vague" => Word::Vague,
        "bound" => Word::Bound,
        "future" => Word::Future,
        "says" => Word::Says,
        "venue" => Word::Venue,
        "issued" => Word::Issued,
        "feast" => Word::Feast,
        "masthead" => Word::Masthead,
        "clause" => Word::Clause,
        "that" => Word::That,
        "but" => Word::But,
        "and" => Word::And,
        "after" => Word::After,
        "before" => Word::Before,
        "ago" => Word::Ago,
        "last" => Word::Last,
        "past" => Word::Past,
        "this" => Word::This,
        "next" => Word::Next,
        "early" => Word::Early,
        "late" => Word::Late,
        "mid" => Word::Mid,
        "earlier" => Word::Earlier,
        "later" => Word::Later,
        "in" => Word::In,
        "on" => Word::On,
        "at" => Word::At,
        "over" => Word::Over,
        "of" => Word::Of,
        "the" => Word::The,
        "a" => Word::A,
        "same" => Word::Same,
        "few" => Word::Few,
        "couple" => Word::Couple,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_known() {
        for row in rows(include_str!("../../words/times.tsv")) {
            let value = row.get(2).map_or(Ok(0), |value| value.parse::<i8>());
            let known = value.is_ok_and(|value| row.get(1).is_some_and(|kind| named(kind, value).is_some()));
            assert!(known && row[0].len() <= 12, "{row:?}");
            assert!(row[0] == "may" || table().contains_key(row[0]));
        }
    }
}

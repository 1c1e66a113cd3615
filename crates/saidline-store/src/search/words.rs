//! What a person types, as phrases to look for. None of it ever reaches the index as its syntax.

use std::ops::Range;

use crate::folded;

/// One thing to be found: words in this order, the last perhaps only begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The words as typed.
    pub(crate) text: String,
    /// Whether other letters may follow the last word.
    pub(crate) begun: bool,
}

/// What marks a phrase, wherever it stands: people mix the two ends, and keyboards know one.
const MARKS: [char; 7] = ['"', '“', '”', '„', '‟', '«', '»'];

/// The phrases in what was typed: `"words in marks"`, other words one by one, each with `*` behind it perhaps. A mark
/// that is never closed marks nothing.
pub(crate) fn parse(typed: &str) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    // A zero would end the expression for the index.
    let typed = typed.replace('\0', " ");
    let mut rest = typed.as_str();
    while let Some(at) = rest.find(MARKS) {
        let (before, marked) = rest.split_at(at);
        let inside = &marked[marked.chars().next().map_or(0, char::len_utf8)..];
        let Some(end) = inside.find(MARKS) else {
            plain(before, &mut phrases);
            rest = inside;
            break;
        };
        plain(before, &mut phrases);
        let after = &inside[end..];
        rest = &after[after.chars().next().map_or(0, char::len_utf8)..];
        let unstarred = rest.trim_start_matches('*');
        push(&inside[..end], unstarred.len() < rest.len(), &mut phrases);
        rest = unstarred;
    }
    plain(rest, &mut phrases);
    phrases
}

fn plain(words: &str, phrases: &mut Vec<Phrase>) {
    for word in words.split_whitespace() {
        let stem = word.trim_end_matches('*');
        push(stem, stem.len() < word.len(), phrases);
    }
}

fn push(text: &str, begun: bool, phrases: &mut Vec<Phrase>) {
    // What holds no letter cannot be looked for, and is not in the index.
    if text.chars().any(char::is_alphanumeric) {
        phrases.push(Phrase { text: text.to_owned(), begun });
    }
}

impl Phrase {
    /// The phrase as the index takes it.
    pub(crate) fn expression(&self) -> String {
        let star = if self.begun { " *" } else { "" };
        format!("\"{}\"{star}", self.text.replace('"', "\"\""))
    }
}

/// An expression of which all the phrases must stand among the words said.
pub(crate) fn expression<'a>(phrases: impl IntoIterator<Item = &'a Phrase>) -> String {
    let phrases: Vec<_> = phrases.into_iter().map(Phrase::expression).collect();
    format!("content : ({})", phrases.join(" "))
}

/// Finds the words of phrases in a text.
pub(crate) struct Marker {
    phrases: Vec<(Vec<String>, bool)>,
}

impl Marker {
    pub(crate) fn new(phrases: &[Phrase]) -> Self {
        let folded = |phrase: &Phrase| (folded::words(&phrase.text).collect::<Vec<_>>(), phrase.begun);
        Self { phrases: phrases.iter().map(folded).filter(|(words, _)| !words.is_empty()).collect() }
    }

    /// Where the phrases stand in `text`, in bytes, in order, without overlaps.
    pub(crate) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        if self.phrases.is_empty() {
            return Vec::new();
        }
        let places: Vec<_> = folded::places(text).collect();
        let words: Vec<_> = places.iter().map(|place| folded::fold(&text[place.clone()])).collect();
        let mut marks: Vec<Range<usize>> = Vec::new();
        for n in 0..words.len() {
            for (phrase, begun) in &self.phrases {
                if stands(phrase, *begun, &words[n..]) {
                    marks.push(places[n].start..places[n + phrase.len() - 1].end);
                }
            }
        }
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for mark in marks {
            match apart.last_mut().filter(|last| mark.start < last.end) {
                Some(last) => last.end = last.end.max(mark.end),
                None => apart.push(mark),
            }
        }
        apart
    }
}

/// Whether `words` begin with the phrase.
fn stands(phrase: &[String], begun: bool, words: &[String]) -> bool {
    let Some((last, whole)) = phrase.split_last() else { return false };
    let Some(found) = words.get(whole.len()) else { return false };
    words.starts_with(whole) && if begun { found.starts_with(last.as_str()) } else { found == last }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_phrases() {
        let check = |typed: &str, expected: &[&str]| {
            let phrases: Vec<_> = parse(typed).iter().map(Phrase::expression).collect();
            assert_eq!(phrases, expected, "{typed}");
        };
        check("", &[]);
        check(" \t\n", &[]);
        check("harbour", &["\"harbour\""]);
        check("harbour stays open", &["\"harbour\"", "\"stays\"", "\"open\""]);
        check("\"stays open\"", &["\"stays open\""]);
        check("“stays open”", &["\"stays open\""]);
        check("„stays open“ «all night»", &["\"stays open\"", "\"all night\""]);
        check("\"stays open”", &["\"stays open\""]);
        check("the“stays open”door", &["\"the\"", "\"stays open\"", "\"door\""]);
        check("harb*", &["\"harb\" *"]);
        check("harb***", &["\"harb\" *"]);
        check("\"stays op\"*", &["\"stays op\" *"]);
        check("\"stays op\" *", &["\"stays op\""]);
        check("\"stays op*\"", &["\"stays op*\""]);
        check("ha*rb", &["\"ha*rb\""]);
        check("*harb", &["\"*harb\""]);
        check("\"stays open", &["\"stays\"", "\"open\""]);
        check("one \"two three\" \"four five", &["\"one\"", "\"two three\"", "\"four\"", "\"five\""]);
        check("\"\"", &[]);
        check("\"\"\"", &[]);
        check("“”", &[]);
        check("a AND b OR NOT c", &["\"a\"", "\"AND\"", "\"b\"", "\"OR\"", "\"NOT\"", "\"c\""]);
        check("NEAR(a b, 5)", &["\"NEAR(a\"", "\"b,\"", "\"5)\""]);
        check("tags:xv1", &["\"tags:xv1\""]);
        check("^first {a b}: -c +d", &["\"^first\"", "\"{a\"", "\"b}:\"", "\"-c\"", "\"+d\""]);
        check("well-known don't don’t", &["\"well-known\"", "\"don't\"", "\"don’t\""]);
        check("!!! … — 🎉", &[]);
        check("tax 🎉", &["\"tax\""]);
        check("a\0b", &["\"a\"", "\"b\""]);
        check("Käse 日本 24%", &["\"Käse\"", "\"日本\"", "\"24%\""]);
    }

    #[test]
    fn what_was_found_is_marked() {
        let check = |typed: &str, text: &str, expected: &[&str]| {
            let marks = Marker::new(&parse(typed)).marks(text);
            assert_eq!(marks.into_iter().map(|mark| &text[mark]).collect::<Vec<_>>(), expected, "{typed}");
        };
        check("harbour", "The Harbour, our HARBOUR", &["Harbour", "HARBOUR"]);
        check("harb*", "The harbours", &["harbours"]);
        check("harb", "The harbours", &[]);
        check(
            "\"stays open\" open",
            "It stays, open or not, stays open: open",
            &["stays, open", "stays open", "open"],
        );
        check("\"stays op\"*", "It stays open", &["stays open"]);
        check("cafe", "the café", &["café"]);
        check("don't", "I don’t", &["don’t"]);
        check("\"a b\" \"b c\"", "a b c", &["a b c"]);
        check("", "anything", &[]);
        check("open", "", &[]);
        check("\"stays open\"", "stays", &[]);
    }
}

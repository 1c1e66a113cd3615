//! Sources that stop in mid-phrase: "Dr" of "Dr. Lund", "The" of "The harbour board", "some as".
//!
//! The decoder ends a source where the scores do, and a full stop behind a title or a rare name can end them too
//! early. A source that ends in a word that cannot end a phrase runs on to the end of the name or the noun phrase that
//! follows directly; where none follows, the word is let go, if others are left.

use saidline_html::Span;

use super::Found;
use crate::words::{self, Abbreviation, RoleClass};

/// Words of the longest phrase that a source runs on over.
const LONGEST: usize = 8;

/// Words that are let go at the end of a source, at most.
const MOST_LET_GO: usize = 3;

/// Mends the sources that stop in mid-phrase. They reach over no cue or content of their attribution.
pub(super) fn mend(text: &str, found: &mut [Found]) {
    for one in found.iter_mut() {
        let Some(source) = one.source.last().copied() else { continue };
        let beside = one.cue.iter().chain(&one.content).map(|span| span.start);
        let limit = beside.filter(|start| *start >= source.end).min().unwrap_or(text.len() as u32);
        let mended = whole(text, source, limit);
        one.source.last_mut().into_iter().for_each(|source| *source = mended);
    }
}

/// What a word at the end of a source tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// A name comes after it: "Dr".
    Title,
    /// More of the phrase comes after it: "the", "of", "and".
    Opens,
    /// As `Opens`, but a phrase with a verb before it can end so: "those she works for".
    MayEnd,
    /// Ties the phrase to something else: "as".
    Ties,
}

/// What the last word of a source tells, if it should not be the last. A word that stands for itself is in small
/// letters, so that "Witness A" is whole.
fn ending(word: &str, alone: bool) -> Option<Ending> {
    let lower = word.to_lowercase();
    let title = words::abbreviation(word) == Some(Abbreviation::Title)
        || words::role(&lower)
            .is_some_and(|role| matches!(role.class, RoleClass::Title | RoleClass::Honorific));
    if title && word.starts_with(char::is_uppercase) {
        return Some(Ending::Title);
    }
    if word != lower && !alone {
        return None;
    }
    match lower.as_str() {
        "the" | "a" | "an" | "of" | "and" | "or" => Some(Ending::Opens),
        "for" | "in" | "at" | "from" | "with" | "by" | "on" | "to" => Some(Ending::MayEnd),
        "as" | "but" | "than" | "because" | "while" | "whether" => Some(Ending::Ties),
        _ => None,
    }
}

/// The source run on to the end of its phrase, or without the words that hang at its end.
fn whole(text: &str, source: Span, limit: u32) -> Span {
    let mut end = source.end as usize;
    for _ in 0..MOST_LET_GO {
        let words = text[source.start as usize..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        let space = words.char_indices().rev().find(|(_, c)| c.is_whitespace());
        let start = space.map_or(0, |(at, c)| at + c.len_utf8());
        let start = start + words[start..].find(char::is_alphanumeric).unwrap_or(0);
        let before = words[..start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let Some(ending) = ending(&words[start..], before.is_empty()) else { break };
        let at = source.start as usize + words.len();
        let phrase = match ending {
            Ending::Ties => None,
            _ => phrase(text, at, limit as usize, ending),
        };
        match phrase {
            Some(end) => return Span::new(source.start as usize, end),
            None if matches!(ending, Ending::Opens | Ending::Ties) && !before.is_empty() => {
                end = source.start as usize + before.len();
            }
            None => break,
        }
    }
    Span::new(source.start as usize, end)
}

/// Where the name or the noun phrase ends that comes right after `at`, and ends before `limit`.
fn phrase(text: &str, at: usize, limit: usize, ending: Ending) -> Option<usize> {
    let next = |at: usize| next_word(text, at, limit);
    // Behind a title a stop may stand.
    let stop = usize::from(ending == Ending::Title && text[at..].starts_with('.'));
    let mut word = next(at + stop)?;
    let mut end = None;
    if ending != Ending::Title && determines(word.of(text)) {
        word = next(word.end as usize)?;
    } else if ending == Ending::MayEnd && !capital(word.of(text)) {
        // "those she works for now": only what is plainly a phrase follows a preposition.
        return None;
    }
    for _ in 0..LONGEST {
        let written = word.of(text);
        let after = next(word.end as usize);
        let of_name = capital(written) || particle(written) && leads_to_name(text, word, limit);
        if !of_name {
            return if ending == Ending::Title { end } else { noun_phrase(text, word, limit).or(end) };
        }
        let owner = ["'s", "’s"].iter().find_map(|ending| written.strip_suffix(ending));
        if let Some(owner) = owner {
            let name = word.start as usize + owner.len();
            return after.and_then(|word| noun_phrase(text, word, limit)).or(Some(name));
        }
        end = Some(word.end as usize);
        // The stop of an initial ends no name.
        let initial = written.chars().nth(1).is_none() && text[word.end as usize..].starts_with('.');
        let stop = u32::from(initial);
        match next((word.end + stop) as usize) {
            Some(more) if capital(more.of(text)) || particle(more.of(text)) || ending != Ending::Title => {
                word = more;
            }
            _ => return end,
        }
        if !capital(word.of(text)) && !particle(word.of(text)) {
            // "The Vardin harbour board": a name in a noun phrase.
            return noun_phrase(text, word, limit).or(end);
        }
    }
    end
}

/// Where the noun phrase ends that begins with `word`: at `limit` or a mark if nothing but words of a phrase stand
/// before it, else behind the last word that names people or what they belong to.
fn noun_phrase(text: &str, word: Span, limit: usize) -> Option<usize> {
    let mut word = word;
    let mut head = None;
    for _ in 0..LONGEST {
        let written = word.of(text);
        if ends_phrases(written) {
            return head;
        }
        if heads(written) {
            head = Some(word.end as usize);
        }
        match next_word(text, word.end as usize, limit) {
            Some(next) => word = next,
            None => {
                let rest = text[word.end as usize..limit].trim();
                return if rest.is_empty() { Some(word.end as usize) } else { head };
            }
        }
    }
    head
}

/// The word behind `at`, when white space alone stands before it and it ends before `limit`.
fn next_word(text: &str, at: usize, limit: usize) -> Option<Span> {
    let rest = text.get(at..limit)?;
    let start = rest.find(|c: char| !c.is_whitespace())?;
    if rest[..start].matches('\n').count() > 1 || (start == 0 && !text[..at].ends_with('.')) {
        return None;
    }
    let inside = |c: char| matches!(c, '-' | '‑' | '\'' | '’' | '&');
    let length =
        rest[start..].find(|c: char| !c.is_alphanumeric() && !inside(c)).unwrap_or(rest.len() - start);
    let word = rest[start..start + length].trim_end_matches(inside);
    let begins = word.starts_with(char::is_alphanumeric);
    begins.then(|| Span::new(at + start, at + start + word.len()))
}

fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Words of names in small letters: "van der Velde".
fn particle(word: &str) -> bool {
    const PARTICLES: [&str; 22] = [
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter",
        "zu", "al", "el", "bin", "ibn", "ben", "y",
    ];
    PARTICLES.contains(&word) || word.starts_with("al-") || word.starts_with("el-")
}

/// Whether a word in capitals comes after this particle, with particles alone between them.
fn leads_to_name(text: &str, from: Span, limit: usize) -> bool {
    let mut at = from;
    if at.of(text).contains('-') {
        return true;
    }
    for _ in 0..LONGEST {
        match next_word(text, at.end as usize, limit) {
            Some(next) if capital(next.of(text)) => return true,
            Some(next) if particle(next.of(text)) => at = next,
            _ => return false,
        }
    }
    false
}

/// Whether a noun phrase can begin with the word.
fn determines(word: &str) -> bool {
    const DETERMINERS: [&str; 14] = [
        "the", "a", "an", "his", "her", "their", "its", "our", "my", "your", "this", "these", "those",
        "several",
    ];
    DETERMINERS.contains(&word)
}

/// Whether a word names people, or what they belong to.
fn heads(word: &str) -> bool {
    let lower = word.to_lowercase();
    let role = |role: words::Role| role.class == RoleClass::Role;
    words::role(&lower).is_some_and(role)
        || words::plural_role(&lower).is_some()
        || words::organisation_noun(&lower)
        || words::source_noun(&lower).is_some()
}

/// Whether a word ends the noun phrase before it.
fn ends_phrases(word: &str) -> bool {
    const ENDS: [&str; 44] = [
        "who", "whom", "whose", "which", "that", "and", "or", "but", "as", "than", "because", "while",
        "when", "where", "if", "whether", "in", "on", "at", "by", "for", "with", "from", "to", "of", "into",
        "over", "after", "before", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can",
        "could", "may", "might", "he", "she",
    ];
    ENDS.contains(&word) || words::reports_speech(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with what the decoder found of its source in `[…]`, its cue in `{…}` and its content in `<…>`.
    fn check(marked: &str, expected: &str) {
        let text: String = marked.chars().filter(|c| !"[]{}<>".contains(*c)).collect();
        let span = |open: char, close: char| {
            let plain = |end: usize| {
                marked[..end].chars().filter(|c| !"[]{}<>".contains(*c)).map(char::len_utf8).sum()
            };
            let (from, to) = (marked.find(open).expect("opens"), marked.find(close).expect("closes"));
            Span::new(plain(from), plain(to))
        };
        let mut found = [Found {
            source: vec![span('[', ']')],
            cue: vec![span('{', '}')],
            ..Found::unattributed(span('<', '>'), 0.5)
        }];
        mend(&text, &mut found);
        assert_eq!(found[0].source[0].of(&text), expected, "{marked:?}");
    }

    #[test]
    fn a_source_that_stops_at_a_title_runs_on_to_the_end_of_the_name() {
        check(
            "Asked whether it would rain, [Dr]. van der Velde-Okafor {replied} <that it might>.",
            "Dr. van der Velde-Okafor",
        );
        check("<It rained>, [Mr] Low {said}.", "Mr Low");
        check("<It rained>, {said} [Sen.] Ann M. Low, a farmer.", "Sen. Ann M. Low");
        check("<It rained>, {said} [Prof]. al-Vardi on Monday.", "Prof. al-Vardi");
        check("<It rained>, [Mrs]. Low's lawyer {said}.", "Mrs. Low's lawyer");
        check("<It rained>, {said} [Mr]. Low's on Monday.", "Mr. Low");
    }

    #[test]
    fn a_source_that_stops_at_an_article_runs_on_to_the_end_of_the_phrase() {
        check("[The] harbour board {said} <it rained>.", "The harbour board");
        check("[The] Vardin harbour board {said} <it rained>.", "The Vardin harbour board");
        check("<It rained>, {according to} [a] senior official who saw it.", "a senior official");
        check("<It rained>, {said} [a spokeswoman for] the ministry.", "a spokeswoman for the ministry");
        check("[Low and] Ann Moor {said} <it rained>.", "Low and Ann Moor");
        check("<It rained>, {said} [the mayor of] Port Lorne on Monday.", "the mayor of Port Lorne");
    }

    #[test]
    fn a_word_that_hangs_at_the_end_of_a_source_is_let_go() {
        check("{seen} by [some as] <a mistake>", "some");
        check("<It rained>, {said} [Ann Low and], later, others.", "Ann Low");
        check("<It rained>, {said} [Ann Low and the].", "Ann Low");
    }

    #[test]
    fn whole_sources_stay_as_they_are() {
        for whole in
            ["Ann Low", "the minister", "Witness A", "those she works for", "Dr. Low", "A", "The", "Mr"]
        {
            check(&format!("<It rained>, {{said}} [{whole}]: then it stopped."), whole);
            check(&format!("[{whole}] {{said}} <it rained>."), whole);
        }
        check("[Gov]. {said} <it rained>.", "Gov");
        check("It was late, {said} [those she works for] now and <that was that>.", "those she works for");
    }

    #[test]
    fn odd_letters_are_no_trouble() {
        check("[The]  \u{301}é\u{2028} {said} <it rained>.", "The");
        check("<It rained>, {said} [Ann\u{2003}of].", "Ann");
        check("[’]’ {said} <it>", "’");
        check("<é>[Dr]{.}É", "Dr");
    }
}

//! Finding the place of a decision among the attributions of a document.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use saidline::Points;

use super::Decision;
use super::values::{At, OriginalAttribution};
use crate::rows;

/// An attribution as the engine read it: what decisions are held against.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) nr: i64,
    pub(super) id: String,
    /// What was said; pieces are joined as the view `quote` joins them.
    pub(super) content: String,
    pub(super) source: String,
    /// Where the content begins, in code points.
    pub(super) start: i64,
}

/// What stands between the pieces of discontinuous words, in the view `quote` too.
pub(super) const JOINT: &str = " […] ";

/// The text of a document as its row holds it.
pub(super) fn text(connection: &Connection, document: i64) -> rusqlite::Result<String> {
    let text = connection
        .prepare_cached("SELECT text FROM document WHERE nr = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    Ok(text.unwrap_or_default())
}

/// The attributions of a document as they were read, in the order of the text.
pub(super) fn candidates(connection: &Connection, document: i64) -> rusqlite::Result<Vec<Candidate>> {
    let text = text(connection, document)?;
    let points = Points::new(&text);
    let mut select = connection
        .prepare_cached("SELECT nr, id, original FROM attribution WHERE document = ?1 ORDER BY n, nr")?;
    let mut spans = connection
        .prepare_cached("SELECT start, \"end\" FROM span WHERE attribution = ?1 AND part = ?2 ORDER BY n")?;
    let mut rows = select.query([document])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let nr: i64 = row.get(0)?;
        let mut of = |part: &str| -> rusqlite::Result<Vec<At>> {
            spans.query_map((nr, part), |row| Ok(At(row.get(0)?, row.get(1)?)))?.collect()
        };
        let (content, source) = match row.get::<_, Option<String>>(2)? {
            Some(original) => {
                let OriginalAttribution { content, source, .. } = OriginalAttribution::from_json(&original)?;
                (content, source)
            }
            None => (of("content")?, of("source")?),
        };
        all.push(Candidate {
            nr,
            id: row.get(1)?,
            content: words(&points, &content)?,
            source: words(&points, &source)?,
            start: content.first().map_or(0, |at| i64::from(at.0)),
        });
    }
    Ok(all)
}

/// The words of several spans.
pub(super) fn words(points: &Points<'_>, spans: &[At]) -> rusqlite::Result<String> {
    let pieces = spans.iter().map(|at| Ok(rows::span(points, at.0, at.1)?.of(points.text())));
    Ok(pieces.collect::<rusqlite::Result<Vec<_>>>()?.join(JOINT))
}

/// Which attribution a decision is about: the one with the very words, else, in the document of the page it was made
/// on, the one that shares most of them. (In another version of the page other words are other words: nobody has judged
/// them.) Among several the words of the source decide, then their order.
pub(super) fn pick(decision: &Decision, candidates: &[Candidate], own: bool) -> Option<usize> {
    let content = decision.content.as_deref()?;
    let source = decision.source.as_deref().unwrap_or_default();
    let exact: Vec<_> = (0..candidates.len()).filter(|at| candidates[*at].content == content).collect();
    if !exact.is_empty() {
        let with_source: Vec<_> =
            exact.iter().copied().filter(|at| candidates[*at].source == source).collect();
        let among = if with_source.is_empty() { &exact } else { &with_source };
        let n = usize::try_from(decision.n).unwrap_or_default().min(among.len() - 1);
        return Some(among[n]);
    }
    if !own {
        return None;
    }
    let wanted = Words::new(content);
    let similar = |at: &usize| {
        let candidate = &candidates[*at];
        let likeness = wanted.likeness(&Words::new(&candidate.content))?;
        Some((likeness, candidate.source == source, std::cmp::Reverse(*at)))
    };
    (0..candidates.len()).filter_map(|at| similar(&at)).max().map(|(_, _, at)| at.0)
}

/// Whether a document is that of the page on which a decision was made.
pub(super) fn is_own(connection: &Connection, decision: &Decision, document: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM page WHERE id = ?1 AND document = ?2")?
        .exists((&decision.page, document))
}

/// The different words of a text, small and without the marks around them.
struct Words(BTreeSet<String>);

impl Words {
    fn new(text: &str) -> Self {
        let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
        Self(text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect())
    }

    /// How alike two texts are, in thousandths: the shared words twice over all words. None where they share less
    /// than half of the shorter or are less alike than a third: that is another utterance about the same thing.
    fn likeness(&self, other: &Self) -> Option<usize> {
        let shared = self.0.intersection(&other.0).count();
        let (all, shorter) = (self.0.len() + other.0.len(), self.0.len().min(other.0.len()));
        let likeness = 2000 * shared / all.max(1);
        (shared > 0 && 2 * shared >= shorter && likeness >= 333).then_some(likeness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(content: &str, source: &str) -> Candidate {
        let (content, source) = (content.to_owned(), source.to_owned());
        Candidate { nr: 0, id: String::new(), content, source, start: 0 }
    }

    /// Which of `candidates` (content, source) a decision about `content` by `source`, the `n`th of its like, is about.
    fn check(about: (&str, &str, i64), candidates: &[(&str, &str)], expected: Option<usize>) {
        let decision = Decision {
            nr: 1,
            at: String::new(),
            by: String::new(),
            action: "reject".to_owned(),
            field: None,
            value: None,
            page: String::new(),
            address: None,
            content: Some(about.0.to_owned()),
            source: Some(about.1.to_owned()),
            attribution: None,
            undone: None,
            standing: super::super::Standing::Stands,
            pair: None,
            n: about.2,
            start: 0,
        };
        let candidates: Vec<_> = candidates.iter().map(|(c, s)| candidate(c, s)).collect();
        assert_eq!(pick(&decision, &candidates, true), expected, "{about:?}");
    }

    #[test]
    fn the_very_words_come_first() {
        check(("we wait", "she", 0), &[("we wait here", "she"), ("we wait", "he")], Some(1));
        check(("we wait", "she", 0), &[("we wait", "he"), ("we wait", "she")], Some(1));
        check(("we wait", "she", 0), &[], None);
    }

    #[test]
    fn the_same_words_twice_keep_their_order() {
        let twice = [("no comment", "he"), ("something else", "he"), ("no comment", "he")];
        check(("no comment", "he", 0), &twice, Some(0));
        check(("no comment", "he", 1), &twice, Some(2));
        check(("no comment", "he", 1), &twice[..2], Some(0));
        check(("no comment", "she", 1), &twice, Some(2));
    }

    #[test]
    fn most_of_the_words_are_enough() {
        let about = ("The harbour stays open all winter", "she", 0);
        check(about, &[("“The harbour stays open”", "she")], Some(0));
        check(about, &[("the harbour stays open", "he"), ("the harbour stays open", "she")], Some(1));
        check(about, &[("the harbour stays", "she"), ("the harbour stays open, all winter", "he")], Some(1));
    }

    #[test]
    fn a_few_words_are_not() {
        let about = ("The harbour stays open all winter", "she", 0);
        check(about, &[("the ferry is late", "she")], None);
        check(about, &[("the", "she")], None);
        check(about, &[("", "")], None);
        check(("…", "she", 0), &[("???", "she")], None);
        check(
            ("the talks", "she", 0),
            &[("the talks will begin again in the spring when both of the sides come to the town", "she")],
            None,
        );
    }
}

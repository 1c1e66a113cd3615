//! What the network reads at once: paragraphs, and of very long ones, runs of sentences.

use saidline_html::{Block, BlockKind, Note, Span};

use crate::sentences::sentences;

/// Bytes of a paragraph beyond which it is cut at sentence ends: about as many word pieces as the network was
/// trained to see together.
const LONGEST: usize = 1000;

/// Whether a unit can hold a report: it is words, and not a heap of marks with letters here and there, which would
/// cost the network a word piece for every byte.
fn has_words(unit: &str) -> bool {
    let marks = unit.chars().filter(|letter| !letter.is_alphanumeric() && !letter.is_whitespace()).count();
    let letters = unit.chars().filter(|letter| letter.is_alphabetic()).count();
    letters > marks
}

/// How much of a text may cost more than prose does. The network's work grows with the word pieces: prose has one for
/// four or five bytes, but words that no vocabulary knows, single letters and lines of a word or two have one for each
/// byte or two. A little of that is in every page (`"No," she said.`); a page of nothing else is searched only so far.
pub(super) struct Allowance {
    /// Pieces that may still be read in passages denser than prose.
    left: usize,
    /// From the first passage left out to the last.
    left_out: Option<Span>,
}

impl Allowance {
    /// Pieces of dense passages that any text may have, and the bytes of text that allow one more.
    const ANY: usize = 512;
    const BYTES: usize = 12;

    pub(super) fn of(text: &str) -> Self {
        Self { left: Self::ANY + text.len() / Self::BYTES, left_out: None }
    }

    /// Whether a unit of so many pieces is read; with the mark that parts it from the next, it costs one more.
    fn affords(&mut self, bytes: usize, pieces: usize) -> bool {
        let cost = pieces + 1;
        let dense = 5 * cost > 2 * (bytes + 1);
        if dense && cost > self.left {
            return false;
        }
        self.left -= if dense { cost } else { 0 };
        true
    }

    /// Like [`Self::affords`]; remembers what is left out.
    pub(super) fn allows(&mut self, unit: Span, pieces: usize) -> bool {
        let allowed = self.affords(unit.len(), pieces);
        if !allowed {
            self.left_out =
                Some(Span { start: self.left_out.map_or(unit.start, |out| out.start), end: unit.end });
        }
        allowed
    }

    /// What the user should know of it.
    pub(super) fn note(&self) -> Option<Note> {
        let message = "there are passages here that are no prose (odd words, single letters or marks); the page has \
                       too many of them, and these were not searched";
        self.left_out.map(|span| Note {
            code: "not-prose".into(),
            span: Some(span),
            message: message.to_owned(),
        })
    }
}

/// Paragraphs that hold words, the long ones cut: at sentence ends where there are any, else at white space, else anywhere between
/// two characters. In order.
pub(super) fn units(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut units = Vec::with_capacity(paragraphs.len());
    for &paragraph in paragraphs {
        if paragraph.len() <= LONGEST {
            units.push(paragraph);
            continue;
        }
        let block = Block { kind: BlockKind::Paragraph, span: paragraph, time: None };
        let mut open: Option<Span> = None;
        for sentence in sentences(text, &[block]) {
            match &mut open {
                Some(unit) if (sentence.end - unit.start) as usize <= LONGEST => unit.end = sentence.end,
                _ => {
                    units.extend(open.take());
                    open = Some(sentence);
                    while let Some(rest) = open.filter(|unit| unit.len() > LONGEST) {
                        let cut = cut(rest.of(text));
                        let at = rest.start as usize + cut;
                        units.push(Span::new(rest.start as usize, at));
                        open = Some(Span::new(at, rest.end as usize));
                    }
                }
            }
        }
        units.extend(open);
    }
    units.retain(|unit| has_words(unit.of(text)));
    units
}

/// Where to cut a sentence that is too long: after the last white space that still fits.
fn cut(sentence: &str) -> usize {
    let end = (0..=LONGEST).rev().find(|&at| sentence.is_char_boundary(at)).unwrap_or(sentence.len());
    match sentence[..end].rfind(char::is_whitespace) {
        Some(space) if space > 0 => space + sentence[space..].chars().next().map_or(1, char::len_utf8),
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lengths: &[usize]) {
        let whole = Span::new(0, text.len());
        let units = units(text, &[whole]);
        assert!(units.windows(2).all(|pair| pair[0].end <= pair[1].start), "in order: {units:?}");
        assert_eq!(units.iter().map(|unit| unit.len()).collect::<Vec<_>>(), lengths);
    }

    #[test]
    fn dense_passages_are_read_only_so_far() {
        let check = |units: &[(usize, usize)], read: usize| {
            let mut allowance = Allowance::of(&"x".repeat(units.iter().map(|(bytes, _)| bytes).sum()));
            assert_eq!(
                units.iter().filter(|(bytes, pieces)| allowance.affords(*bytes, *pieces)).count(),
                read
            );
        };
        check(&[(400, 90); 1000], 1000);
        // Letters by themselves: a piece for two bytes.
        check(&[(1000, 500); 2], 1);
        check(&[(14, 8); 60], 60);
        check(&[(3, 2); 10_000], 1004);
        // What is prose is read whatever stood before it.
        check(&[(1000, 900), (1000, 900), (400, 90)], 1);
    }

    #[test]
    fn short_paragraphs_stay_whole() {
        check("He spoke. She listened.", &[23]);
    }

    #[test]
    fn long_paragraphs_are_cut_at_sentence_ends() {
        let sentence = format!("The {}council met.", "very ".repeat(80));
        check(&format!("{sentence} {sentence} {sentence}"), &[2 * sentence.len() + 1, sentence.len()]);
    }

    #[test]
    fn long_sentences_are_cut_at_white_space() {
        check(&"word ".repeat(400), &[1000, 999]);
    }

    #[test]
    fn a_text_without_white_space_is_cut_between_characters() {
        check(&"é".repeat(1200), &[1000, 1000, 400]);
    }
}

//! What somebody asks for in words of his own, and how much of it is spoken of around a report.

use saidline_html::Span;

use super::words::{each, hash, stem, weight};

/// The words of a question, by their stems, each with what it weighs.
#[derive(Debug, Clone)]
pub struct Question {
    /// In ascending order of the stems.
    words: Vec<(u64, f32)>,
}

/// So far from a report, in bytes, its page still speaks of the same (a paragraph or two), and so far of the same subject. What
/// stands in the nearer reach counts whole, what only in the wider one half.
const REACHES: [u32; 2] = [400, 1_600];

impl Question {
    /// Reads what is asked for. A word that stands in it twice counts once.
    pub fn new(asked: &str) -> Self {
        let mut words = Vec::new();
        each(asked, Span::new(0, asked.len()), |_, _, folded| words.push((key(folded), weight(folded))));
        words.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        words.dedup_by_key(|(key, _)| *key);
        Self { words }
    }

    /// How much of what is asked for stands in each of these reports and around it, from 0 to 1: the share of its words, each
    /// counted by how rare it is, those further off half. A report is the whole stretch from its first to its last word.
    ///
    /// # Panics
    /// When a stretch does not lie in the text.
    pub fn around(&self, text: &str, reports: &[Span]) -> Vec<f32> {
        let all: f32 = self.words.iter().map(|(_, weight)| weight).sum();
        if all <= 0.0 || reports.is_empty() {
            return vec![0.0; reports.len()];
        }
        let stretch = Span::new(0, text.len());
        let mut places = vec![Vec::new(); self.words.len()];
        each(text, stretch, |span, _, folded| {
            if let Ok(word) = self.words.binary_search_by_key(&key(folded), |(key, _)| *key) {
                places[word].push(span.start);
            }
        });
        let is_within = |reach: u32, places: &[u32], report: &Span| {
            let first = places.partition_point(|place| place.saturating_add(reach) < report.start);
            places.get(first).is_some_and(|place| *place <= report.end.saturating_add(reach))
        };
        let share = |report: &Span| {
            let counted = self.words.iter().zip(&places).map(|((_, weight), places)| {
                let reached = REACHES.iter().filter(|reach| is_within(**reach, places, report)).count();
                weight * reached as f32
            });
            counted.sum::<f32>() / (all * REACHES.len() as f32)
        };
        reports.iter().map(share).collect()
    }
}

/// What is the same in all forms of a word.
fn key(folded: &str) -> u64 {
    hash(stem(folded).trim_end_matches('y'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Ferries will sail at night, Ines Calder said. The harbour stays open.";

    fn around(asked: &str, text: &str, report: &str) -> f32 {
        let start = text.find(report).expect("the report stands in the text");
        Question::new(asked).around(text, &[Span::new(start, start + report.len())])[0]
    }

    #[test]
    fn forms_of_a_word_count_and_words_of_every_page_hardly() {
        let check = |asked: &str, expected: f32| {
            let share = around(asked, PAGE, "Ferries will sail");
            assert!((share - expected).abs() < 0.02, "{asked}: {share}");
        };
        check("ferry sailing", 1.0);
        check("Calder's ferries", 1.0);
        check("the ferry of and the", 1.0);
        check("tram bridge", 0.0);
        check("", 0.0);
        check("…!?", 0.0);
        let one_of_two = around("harbour sundvik", PAGE, "Ferries will sail");
        assert!(one_of_two > 0.2 && one_of_two < 0.8, "{one_of_two}");
        assert_eq!(one_of_two, around("harbour harbours sundvik", PAGE, "Ferries will sail"));
    }

    #[test]
    fn what_stands_further_off_counts_half_and_what_is_far_not_at_all() {
        let page = |letters: usize| {
            format!("Ferries sail. {} The lamp is out, Calder said.", "é".repeat(letters / 2))
        };
        let check = |letters: usize, expected: f32| {
            let page = page(letters);
            assert_eq!(around("ferries", &page, "The lamp is out"), expected, "{letters}");
            assert_eq!(around("calder", &page, "Ferries sail"), expected, "{letters}");
            assert_eq!(around("calder", &page, "The lamp is out"), 1.0, "{letters}");
        };
        check(300, 1.0);
        check(1_000, 0.5);
        check(4_000, 0.0);
        assert!(Question::new("calder").around("", &[]).is_empty());
    }
}

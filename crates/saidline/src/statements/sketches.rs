//! What a page is about, in little: by this reports of two pages know whether the pages tell of one event.
//!
//! Each report keeps its page's sketch, so that comparing two needs nothing else.

use std::collections::HashMap;

use saidline_html::Document;

use super::words::{each, hash, root, stem_of, weight};
use crate::quotations::Quotation;
use crate::sentences::paragraphs;

/// Words that a sketch has at most.
const WORDS: usize = 40;

/// Words that more than one article in ten has tell of no event.
const TELLING: f32 = 2.3;

/// Words in a row, within quotation marks, that are kept as one number,
const RUN: usize = 5;

/// of so many such runs about one: those whose numbers can be divided by it, so that two pages keep the same ones,
const SAMPLED: u32 = 4;

/// and of these the smallest.
const RUNS: usize = 48;

/// Numbers are kept in three bytes.
const KEPT: u32 = 0x00ff_ffff;

/// What a page is about, and some of what it quotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// The words that tell most, sorted, each with its part of the length of the vector that they are, in 255 steps.
    pub(super) words: Vec<(u32, u8)>,
    /// Some runs of quoted words, sorted.
    pub(super) runs: Vec<u32>,
}

impl Sketch {
    /// The sketch of a document, whose quotations are `marks`.
    pub(super) fn of(document: &Document, marks: &[Quotation]) -> Self {
        let text = document.text.as_str();
        let mut found: HashMap<u32, (f32, f32)> = HashMap::new();
        for paragraph in paragraphs(text, &document.blocks) {
            each(text, paragraph.span, |_, _, folded| {
                let tells = weight(folded);
                if tells >= TELLING && folded.len() > 1 {
                    let word = found.entry(hash(root(folded)) as u32 & KEPT).or_default();
                    *word = (word.0 + 1.0, word.1.max(tells));
                }
            });
        }
        let mut words: Vec<(u32, f32)> =
            found.into_iter().map(|(word, (times, tells))| (word, (1.0 + times.ln()) * tells)).collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(WORDS);
        let length = words.iter().map(|word| word.1 * word.1).sum::<f32>().sqrt();
        let mut words: Vec<(u32, u8)> =
            words.into_iter().map(|(word, tells)| (word, (tells / length * 255.0).round() as u8)).collect();
        words.sort_unstable();
        let mut runs = Vec::new();
        for quotation in marks.iter().filter(|quotation| quotation.depth == 0) {
            let mut stems = Vec::new();
            each(text, quotation.inner, |_, _, folded| stems.push(stem_of(folded)));
            runs.extend(sampled(&stems));
        }
        runs.sort_unstable();
        runs.dedup();
        runs.truncate(RUNS);
        Self { words, runs }
    }

    /// How much two pages are about the same: the cosine of their words, `0.0..=1.0`.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        let both = in_both(&self.words, &other.words, |word| word.0);
        let both = both.map(|(one, other)| f32::from(one.1) * f32::from(other.1)).sum::<f32>();
        (both / (255.0 * 255.0)).min(1.0)
    }

    /// How many of the kept runs both pages quote, those left aside that are among `but`, which is sorted.
    pub(super) fn shared_runs(&self, other: &Self, but: &[u32]) -> usize {
        let both = in_both(&self.runs, &other.runs, |run| *run);
        both.filter(|(run, _)| but.binary_search(run).is_err()).count()
    }
}

/// Of words that follow each other the runs that a sketch may keep.
pub(super) fn sampled(stems: &[u32]) -> impl Iterator<Item = u32> {
    let runs = stems.windows(RUN).map(|run| {
        let mixed = run.iter().fold(0xcbf2_9ce4_8422_2325_u64, |mixed, stem| {
            (mixed ^ u64::from(*stem)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
        });
        (mixed >> 32) as u32 & KEPT
    });
    runs.filter(|run| run % SAMPLED == 0)
}

/// Pairs of what two sorted lists have in common.
fn in_both<'a, T>(
    one: &'a [T],
    other: &'a [T],
    key: impl Fn(&T) -> u32,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    let (mut ours, mut theirs) = (one.iter().peekable(), other.iter().peekable());
    std::iter::from_fn(move || {
        loop {
            match key(ours.peek()?).cmp(&key(theirs.peek()?)) {
                std::cmp::Ordering::Less => ours.next(),
                std::cmp::Ordering::Greater => theirs.next(),
                std::cmp::Ordering::Equal => return Some((ours.next()?, theirs.next()?)),
            };
        }
    })
}

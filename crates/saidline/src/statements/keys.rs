//! By what two reports find each other: keys that reports of one statement are likely to share, and others are not.

use super::Report;
use super::words::{Word, hash};

/// Days of a window: reports of an event are published within so many, and find each other in the window of the day or
/// those beside it.
const WINDOW: i32 = 7;

/// Of the words that tell most so many are keys,
const TELLING: usize = 5;

/// those that weigh as much at least.
const LEAST: f32 = 1.2;

/// Words in a row, within quotation marks, that are one key,
const RUN: usize = 4;

/// of so many runs one after the other the one: what shares `RUN + RUNS - 1` words shares a key.
const RUNS: usize = 4;

/// Keys of runs that a report has at most.
const MOST_RUNS: usize = 24;

impl Report {
    /// The keys under which the report is found, sorted. They are made of the report alone.
    pub fn keys(&self) -> Vec<u64> {
        let mut keys = self.runs();
        self.telling_keys(self.window(), &mut keys);
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The keys of reports that may be of the same statement, sorted: its own, and those of the windows of days beside its
    /// own. What it finds by them finds it by its own keys too.
    pub fn keys_near(&self) -> Vec<u64> {
        let mut keys = self.runs();
        match self.window() {
            Some(window) => {
                for window in window - 1..=window + 1 {
                    self.telling_keys(Some(window), &mut keys);
                }
            }
            None => self.telling_keys(None, &mut keys),
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The keys of its words in rows within quotation marks, sorted: those that a report of any day shares.
    pub fn keys_of_runs(&self) -> Vec<u64> {
        self.runs()
    }

    fn window(&self) -> Option<i32> {
        let published = self.published?;
        let days = jiff::civil::Date::constant(2000, 1, 1).until(published).ok()?.get_days();
        Some(days.div_euclid(WINDOW))
    }

    /// Keys of voice, window and a telling word; where nobody is named, of window and word.
    fn telling_keys(&self, window: Option<i32>, keys: &mut Vec<u64>) {
        let mut words: Vec<Word> =
            self.words.iter().chain(&self.cue).filter(|word| word.weight >= LEAST).copied().collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
        words.dedup_by_key(|word| word.stem);
        let nobody = [0];
        let voices = if self.voices.is_empty() { &nobody[..] } else { &self.voices };
        for word in words.iter().take(TELLING) {
            keys.extend(voices.iter().map(|voice| {
                mixed(&[1, *voice, window.map_or(0, |window| window as u64 + 1), u64::from(word.stem)])
            }));
        }
    }

    /// Keys of words in a row within quotation marks: of each stretch of runs the one with the smallest number.
    fn runs(&self) -> Vec<u64> {
        let quoted: Vec<u64> =
            self.words.iter().filter(|word| word.quoted).map(|word| u64::from(word.stem)).collect();
        let runs: Vec<u64> = quoted
            .windows(RUN)
            .map(|run| {
                let mut of = [2; RUN + 1];
                of[1..].copy_from_slice(run);
                mixed(&of)
            })
            .collect();
        let mut keys: Vec<u64> = match runs.len() {
            0 => Vec::new(),
            // What is told again long after shares fewer words with what was told of it then, and no window of days.
            _ if self.days_long_before().is_some() => runs,
            few if few <= RUNS => vec![runs.iter().copied().min().unwrap_or_default()],
            _ => runs.windows(RUNS).map(|runs| runs.iter().copied().min().unwrap_or_default()).collect(),
        };
        keys.dedup();
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(MOST_RUNS);
        keys
    }
}

/// Numbers as one: the same for the same numbers in the same order.
fn mixed(numbers: &[u64]) -> u64 {
    let mut text = String::with_capacity(numbers.len() * 17);
    for number in numbers {
        use std::fmt::Write;
        let _ = write!(text, "{number:x} ");
    }
    hash(&text)
}

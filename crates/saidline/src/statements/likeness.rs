//! How likely two reports are of the same words.

use std::collections::HashMap;

use super::Report;
use super::weights::{BIAS, WEIGHTS};
use super::words::Word;
use crate::attribution::{Polarity, QuotationKind};

/// How many numbers describe a pair of reports.
pub const FEATURES: usize = 34;

/// Days by which the days of two reports may differ and still be one: a time zone, a night.
const APART: i32 = 1;

/// Words that only join others weigh less than this.
const TELLING: f32 = 0.6;

/// Words of a report that are looked at; what is longer is a text printed whole.
const LONGEST: usize = 400;

/// The chance that two reports are of the same utterance, `0.0..=1.0`; none where they cannot be: other voices speak, one says
/// that it was not said, or the days are others. The order of the two does not matter.
///
/// Time is the product of the two numbers of words, at most some hundred each.
pub fn compare(one: &Report, other: &Report) -> Option<f32> {
    let features = features(one, other)?;
    let score: f32 = features.iter().zip(&WEIGHTS).map(|(number, weight)| number * weight).sum();
    Some(1.0 / (1.0 + (-(score + BIAS)).exp()))
}

/// The numbers that describe a pair of reports, in the order of the trainer; none where they cannot be one.
pub fn features(one: &Report, other: &Report) -> Option<[f32; FEATURES]> {
    if !can_be_one(one, other) {
        return None;
    }
    let same_voice = one.voices.iter().any(|voice| other.voices.contains(voice));
    let same_document = one.document == other.document;
    let (first, second) = if (one.document, one.span.start, one.span.end)
        <= (other.document, other.span.start, other.span.end)
    {
        (one, other)
    } else {
        (other, one)
    };
    let gap = if same_document { second.span.start.saturating_sub(first.span.end) } else { u32::MAX };
    let direct = |report: &Report| report.kind == QuotationKind::Direct;
    let indirect = |report: &Report| report.kind == QuotationKind::Indirect;
    let both_direct = direct(one) && direct(other);
    let both_indirect = indirect(one) && indirect(other);
    let (of_one, of_other) = (bag(&one.words, &[]), bag(&other.words, &[]));
    let (all_of_one, all_of_other) =
        (bag(&one.words, telling_cue(one)), bag(&other.words, telling_cue(other)));
    let shared = common(&of_one, &of_other);
    let (weight_of_one, weight_of_other) = (weight(&of_one), weight(&of_other));
    let least = weight_of_one.min(weight_of_other).max(1e-3);
    let contained = shared / least;
    let jaccard = shared / (weight_of_one + weight_of_other - shared).max(1e-3);
    let with_cue =
        common(&all_of_one, &all_of_other) / weight(&all_of_one).min(weight(&all_of_other)).max(1e-3);
    let quoted = |report: &Report| -> Vec<u64> {
        report.words.iter().filter(|word| word.quoted).take(LONGEST).map(|word| word.folded).collect()
    };
    let plain =
        |report: &Report| -> Vec<u64> { report.words.iter().take(LONGEST).map(|word| word.folded).collect() };
    let quoted_run = longest_run(&quoted(one), &quoted(other)) as f32;
    let run = longest_run(&plain(one), &plain(other)) as f32;
    let few = of_one.len().min(of_other.len());
    let names = |report: &Report| {
        let marked: Vec<Word> = report.words.iter().filter(|word| word.marked).copied().collect();
        bag(&marked, &[])
    };
    let shared_names = common(&names(one), &names(other));
    let number = |told: bool| f32::from(u8::from(told));
    let next_to = same_document && gap < 200;
    let leads_in = next_to && same_voice && !direct(first) && direct(second);
    let headline = same_document && (one.in_headline || other.in_headline);
    let quoted_part = quoted_share(one, other, &of_one, &of_other);
    let mixed = !both_direct && !both_indirect;
    Some([
        number(same_voice),
        quoted_run.min(12.0) / 4.0,
        number(quoted_run >= 4.0),
        run.min(12.0) / 4.0,
        number(run >= 4.0),
        contained,
        jaccard,
        with_cue,
        contained * number(few >= 4),
        shared / 20.0,
        shared_names / 10.0,
        number(same_document),
        number(next_to),
        number(same_document && gap < 600),
        number(leads_in),
        number(leads_in) * contained,
        number(headline),
        number(headline) * contained,
        number(both_direct),
        number(both_indirect),
        number(both_direct) * contained,
        number(both_indirect) * contained,
        number(mixed) * contained,
        quoted_part,
        quoted_part * number(mixed),
        number(one.polarity == other.polarity),
        number(one.act == other.act),
        (1.0 + few as f32).ln(),
        number(few <= 2),
        number(one.venue.is_some() && one.venue == other.venue),
        number(one.venue.is_some() && other.venue.is_some() && one.venue != other.venue),
        number(same_voice && contained > 0.5),
        number(same_document) * contained,
        number(!same_document && one.paragraph.max(other.paragraph) <= 2),
    ])
}

/// Whether nothing stands against it that two reports are one.
fn can_be_one(one: &Report, other: &Report) -> bool {
    let voices = one.voices.is_empty()
        || other.voices.is_empty()
        || one.voices.iter().any(|voice| other.voices.contains(voice));
    let denied = |report: &Report| report.polarity == Polarity::SayingDenied;
    let against = |report: &Report| report.polarity == Polarity::ContentDenied;
    // "Denied that it leaked" and "it does not leak" are one; "denied that it leaked" and "it leaks" are not.
    let opposed = against(one) != against(other) && {
        let affirmed = if against(one) { other } else { one };
        affirmed.polarity == Polarity::Affirmed && !affirmed.words.iter().any(|word| word.negates)
    };
    let days = match (one.days, other.days) {
        (Some(one), Some(other)) => {
            let apart = |earlier: jiff::civil::Date, later: jiff::civil::Date| {
                earlier.until(later).map_or(i32::MAX, |span| span.get_days()) > APART
            };
            !apart(one.1, other.0) && !apart(other.1, one.0)
        }
        _ => true,
    };
    voices && denied(one) == denied(other) && !opposed && days
}

/// The words that report, where they tell more than that somebody spoke.
fn telling_cue(report: &Report) -> &[Word] {
    if report.kind == QuotationKind::Direct { &[] } else { &report.cue }
}

/// The stems of words that tell something, each once with its weight.
fn bag(words: &[Word], more: &[Word]) -> HashMap<u64, f32> {
    let telling = words.iter().take(LONGEST).chain(more).filter(|word| word.weight >= TELLING);
    telling.map(|word| (word.stem, word.weight)).collect()
}

fn weight(bag: &HashMap<u64, f32>) -> f32 {
    // In the order of the words: sums of fractions depend on it.
    let mut weights: Vec<f32> = bag.values().copied().collect();
    weights.sort_by(f32::total_cmp);
    weights.iter().sum()
}

fn common(one: &HashMap<u64, f32>, other: &HashMap<u64, f32>) -> f32 {
    let mut weights: Vec<f32> =
        one.iter().filter_map(|(stem, weight)| Some(weight.min(*other.get(stem)?))).collect();
    weights.sort_by(f32::total_cmp);
    weights.iter().sum()
}

/// How much of what one has in quotation marks the other has: of the one with fewer such words.
fn quoted_share(
    one: &Report,
    other: &Report,
    of_one: &HashMap<u64, f32>,
    of_other: &HashMap<u64, f32>,
) -> f32 {
    let marks = |report: &Report| {
        let quoted: Vec<Word> = report.words.iter().filter(|word| word.quoted).copied().collect();
        bag(&quoted, &[])
    };
    let (quoted_one, quoted_other) = (marks(one), marks(other));
    let share =
        |quoted: &HashMap<u64, f32>, all: &HashMap<u64, f32>| common(quoted, all) / weight(quoted).max(1e-3);
    match (quoted_one.is_empty(), quoted_other.is_empty()) {
        (true, true) => 0.0,
        (false, true) => share(&quoted_one, of_other),
        (true, false) => share(&quoted_other, of_one),
        (false, false) if quoted_one.len() <= quoted_other.len() => share(&quoted_one, of_other),
        (false, false) => share(&quoted_other, of_one),
    }
}

/// The length of the longest run of words that both have.
fn longest_run(one: &[u64], other: &[u64]) -> usize {
    let mut before = vec![0; other.len() + 1];
    let mut longest = 0;
    for word in one {
        let mut diagonal = 0;
        for (at, counterpart) in other.iter().enumerate() {
            let run = if word == counterpart { diagonal + 1 } else { 0 };
            diagonal = before[at + 1];
            before[at + 1] = run;
            longest = longest.max(run);
        }
    }
    longest
}

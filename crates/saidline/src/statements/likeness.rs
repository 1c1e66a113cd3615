//! How likely two reports are of the same words.

use jiff::civil::Date;

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

/// So many words in a row are nobody's by chance.
const LONG_RUN: usize = 6;

/// Words of a report that are looked at; what is longer is a text printed whole.
const LONGEST: usize = 400;

/// Why two reports cannot be of one utterance, however much alike their words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bar {
    /// Others speak.
    Voices,
    /// One tells what was said, the other that it was not said, or the contrary of it.
    Polarity,
    /// They were said on other days.
    Days,
}

impl Bar {
    /// The bar's name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Voices => "voices",
            Self::Polarity => "polarity",
            Self::Days => "days",
        }
    }
}

/// The chance that two reports are of the same utterance, `0.0..=1.0`; none where something bars it. The order of the two does
/// not matter.
///
/// Time is the product of the two numbers of words, at most some hundred each.
pub fn compare(one: &Report, other: &Report) -> Option<f32> {
    match bar(one, other) {
        None => Some(chance(&features(&Read::new(one), &Read::new(other)))),
        Some(_) => None,
    }
}

fn chance(features: &[f32; FEATURES]) -> f32 {
    let score: f32 = features.iter().zip(&WEIGHTS).map(|(number, weight)| number * weight).sum();
    1.0 / (1.0 + (-(score + BIAS)).exp())
}

/// Reports read for comparing: what each comparison needs of them is made once.
#[derive(Debug)]
pub struct Read<'a> {
    /// The report.
    pub report: &'a Report,
    all: Bag,
    with_cue: Bag,
    quoted: Bag,
    names: Bag,
    stems: Vec<u32>,
    quoted_stems: Vec<u32>,
}

impl<'a> Read<'a> {
    /// Reads a report for comparing.
    pub fn new(report: &'a Report) -> Self {
        let words = || report.words.iter().take(LONGEST);
        Self {
            report,
            all: Bag::new(words()),
            with_cue: Bag::new(words().chain(telling_cue(report))),
            quoted: Bag::new(words().filter(|word| word.quoted)),
            names: Bag::new(words().filter(|word| word.marked)),
            stems: words().map(|word| word.stem).collect(),
            quoted_stems: words().filter(|word| word.quoted).map(|word| word.stem).collect(),
        }
    }

    /// Whether one has a long run of the other's words in marks, so that they are the same words, whenever they were spoken.
    pub fn quotes_as(&self, other: &Self) -> bool {
        let few = self.quoted_stems.len().min(other.quoted_stems.len());
        let run = longest_run(&self.quoted_stems, &other.quoted_stems);
        run >= LONG_RUN && 2 * run >= few
    }

    /// How many words in a row both have within marks, and how many at all.
    pub fn in_a_row_with(&self, other: &Self) -> (usize, usize) {
        let quoted = longest_run(&self.quoted_stems, &other.quoted_stems);
        (quoted, longest_run(&self.stems, &other.stems))
    }

    /// The chance that two reports are of the same utterance, whatever bars it.
    pub fn chance(&self, other: &Self) -> f32 {
        chance(&features(self, other))
    }

    /// How much the telling words of this one weigh that the other has too, those that report among them; and how much all of
    /// them weigh.
    pub fn shared_with(&self, other: &Self) -> (f32, f32) {
        (self.with_cue.shared(&other.with_cue), self.with_cue.weight)
    }

    /// The same of the words in marks, wherever the other has them.
    pub fn quoted_shared_with(&self, other: &Self) -> (f32, f32) {
        (self.quoted.shared(&other.all), self.quoted.weight)
    }

    /// How much the names of this one weigh that the other has not.
    pub(super) fn names_missing_in(&self, other: &Self) -> f32 {
        self.names.weight - self.names.shared(&other.all)
    }
}

/// The numbers that describe a pair of reports, in the order of the trainer.
pub fn features(one: &Read, other: &Read) -> [f32; FEATURES] {
    let (of_one, of_other) = (one, other);
    let (one, other) = (one.report, other.report);
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
    let shared = of_one.all.shared(&of_other.all);
    let least = of_one.all.weight.min(of_other.all.weight).max(1e-3);
    let contained = shared / least;
    let jaccard = shared / (of_one.all.weight + of_other.all.weight - shared).max(1e-3);
    let with_cue = of_one.with_cue.shared(&of_other.with_cue)
        / of_one.with_cue.weight.min(of_other.with_cue.weight).max(1e-3);
    let quoted_run = longest_run(&of_one.quoted_stems, &of_other.quoted_stems) as f32;
    let run = longest_run(&of_one.stems, &of_other.stems) as f32;
    let few = of_one.all.words.len().min(of_other.all.words.len());
    let shared_names = of_one.names.shared(&of_other.names);
    let number = |told: bool| f32::from(u8::from(told));
    let next_to = same_document && gap < 200;
    let leads_in = next_to && same_voice && !direct(first) && direct(second);
    let headline = same_document && (one.in_headline || other.in_headline);
    let quoted_part = quoted_share(of_one, of_other);
    let mixed = !both_direct && !both_indirect;
    [
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
    ]
}

/// What bars two reports from being of one utterance; none where nothing does.
pub fn bar(one: &Report, other: &Report) -> Option<Bar> {
    if others_speak(one, other) {
        return Some(Bar::Voices);
    }
    if are_opposed(one, other) {
        return Some(Bar::Polarity);
    }
    are_of_other_days(one, other).then_some(Bar::Days)
}

/// Whether both name who speaks, and not the same.
pub(super) fn others_speak(one: &Report, other: &Report) -> bool {
    !one.voices.is_empty()
        && !other.voices.is_empty()
        && !one.voices.iter().any(|voice| other.voices.contains(voice))
}

/// Whether one tells what was said, the other that it was not said, or the contrary of it.
pub(super) fn are_opposed(one: &Report, other: &Report) -> bool {
    let denied = |report: &Report| report.polarity == Polarity::SayingDenied;
    let against = |report: &Report| report.polarity == Polarity::ContentDenied;
    // "Denied that it leaked" and "it does not leak" are one; "denied that it leaked" and "it leaks" are not.
    let opposed = against(one) != against(other) && {
        let affirmed = if against(one) { other } else { one };
        affirmed.polarity == Polarity::Affirmed && !affirmed.words.iter().any(|word| word.negates)
    };
    denied(one) != denied(other) || opposed
}

/// Whether they were said on other days.
pub(super) fn are_of_other_days(one: &Report, other: &Report) -> bool {
    match (one.days, other.days) {
        (Some(one), Some(other)) => is_after(other.0, one.1) || is_after(one.0, other.1),
        (Some(days), None) => other.published.is_some_and(|published| is_after(days.0, published)),
        (None, Some(days)) => one.published.is_some_and(|published| is_after(days.0, published)),
        (None, None) => false,
    }
}

/// Whether a day is later than another by more than a night or a time zone.
fn is_after(day: Date, other: Date) -> bool {
    other.until(day).is_ok_and(|span| span.get_days() > APART)
}

/// The words that report, where they tell more than that somebody spoke.
fn telling_cue(report: &Report) -> &[Word] {
    if report.kind == QuotationKind::Direct { &[] } else { &report.cue }
}

/// The stems of words that tell something, each once with its weight, sorted.
#[derive(Debug)]
struct Bag {
    words: Vec<(u32, f32)>,
    weight: f32,
}

impl Bag {
    fn new<'w>(words: impl Iterator<Item = &'w Word>) -> Self {
        let telling = words.filter(|word| word.weight >= TELLING);
        let mut words: Vec<(u32, f32)> = telling.map(|word| (word.stem, word.weight)).collect();
        words.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
        words.dedup_by_key(|word| word.0);
        Self { weight: words.iter().map(|word| word.1).sum(), words }
    }

    /// The weight of what both have.
    fn shared(&self, other: &Self) -> f32 {
        let (mut ours, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut sum = 0.0;
        while let (Some(one), Some(two)) = (ours.peek(), theirs.peek()) {
            match one.0.cmp(&two.0) {
                std::cmp::Ordering::Less => ours.next(),
                std::cmp::Ordering::Greater => theirs.next(),
                std::cmp::Ordering::Equal => {
                    sum += one.1.min(two.1);
                    ours.next();
                    theirs.next()
                }
            };
        }
        sum
    }
}

/// How much of what one has in quotation marks the other has: of the one with fewer such words.
fn quoted_share(one: &Read, other: &Read) -> f32 {
    let share = |quoted: &Bag, all: &Bag| quoted.shared(all) / quoted.weight.max(1e-3);
    match (one.quoted.words.is_empty(), other.quoted.words.is_empty()) {
        (true, true) => 0.0,
        (false, true) => share(&one.quoted, &other.all),
        (true, false) => share(&other.quoted, &one.all),
        (false, false) if one.quoted.words.len() <= other.quoted.words.len() => {
            share(&one.quoted, &other.all)
        }
        (false, false) => share(&other.quoted, &one.all),
    }
}

/// The length of the longest run of words that both have.
fn longest_run(one: &[u32], other: &[u32]) -> usize {
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

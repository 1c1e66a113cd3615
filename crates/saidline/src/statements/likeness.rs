//! How likely two reports are of the same words.

use jiff::civil::Date;
use saidline_html::Span;

use super::features::{Pages, described};
use super::voicing::{Whose, are_two_persons, whose};
use super::weights::{ASKED_OF_PAGE, ASKED_OF_PAGES, ASKED_OF_RUNS, BIAS, WEIGHTS};
use super::{Read, Report};
use crate::attribution::{Polarity, QuotationKind};

/// Days by which the days of two reports may differ and still be one: a time zone, a night.
const APART: i32 = 1;

/// Days between two pages after which words can be said again: then only a long run of the same words, within marks in both,
/// tells that they are one. Pages about one event, by which the rest is learned, are nearer each other.
const LONG_AFTER: i32 = 14;

/// So many words in a row must two pages share where it is not known when one was published.
const UNDATED_RUN: usize = 5;

/// So many words in a row, and so much of what the shorter tells, are hardly two remarks' of one voice.
const SOME_RUN: usize = 4;
const FOR_THE_MOST: f32 = 0.6;

/// So many words in a row, within marks in both, must two reports share that do not tell who speaks, or tell others: somebody who
/// is not named can be anybody, a phrase is used by many, and what somebody says that others say is not their saying it.
const STRANGERS_RUN: usize = 7;

/// Of a report that is no quotation the extraction must be so sure, in parts of a hundred: of what it is less sure of, half is no
/// reported speech, or somebody else's.
const SURE: u8 = 60;

/// How many words such a run has.
const LONG_RUN: usize = 8;

/// So many words in a row, within marks in both, are enough where a page tells itself that it quotes what was said long before,
/// in the days of the other: it is another's report of those words, and not a new saying of them.
const RETOLD_RUN: usize = 5;

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
        None => Some(Read::new(one).chance(&Read::new(other))),
        Some(_) => None,
    }
}

impl Read<'_> {
    /// Whether one has a long run of the other's words in marks, so that they are the same words, whenever they were spoken.
    pub fn quotes_as(&self, other: &Self) -> bool {
        let few = self.lengths().1.min(other.lengths().1);
        let run = self.quoted_run(other);
        run >= LONG_RUN && 2 * run >= few
    }

    /// How many words in a row both have within marks, and how many at all.
    pub fn in_a_row_with(&self, other: &Self) -> (usize, usize) {
        (self.quoted_run(other), self.run(other).0)
    }

    /// The chance that two reports are of the same utterance, whatever bars it.
    pub fn chance(&self, other: &Self) -> f32 {
        let one_page = self.report.document == other.report.document;
        let strangers = !is_one_voice(self.report, other.report);
        if is_long_after(self.report, other.report) && self.quoted_run(other) < self.run_asked_of(other)
            || !one_page && is_undated(self.report, other.report) && self.run(other).0 < UNDATED_RUN
            || strangers && self.quoted_run(other) < STRANGERS_RUN
            || is_nested(self.report, other.report) && !self.is_quoted_by(other)
        {
            return 0.0;
        }
        let direct = |read: &Self| read.report.kind == QuotationKind::Direct;
        let both_direct = direct(self) && direct(other);
        if !both_direct && self.report.sureness.min(other.report.sureness) < SURE {
            return 0.0;
        }
        let asked = match (both_direct, one_page) {
            (true, _) => 0.0,
            (false, true) => ASKED_OF_PAGE,
            (false, false) if self.has_run_of(other) => ASKED_OF_RUNS,
            (false, false) => ASKED_OF_PAGES,
        };
        1.0 / (1.0 + (-(self.score(other, Pages::of(self, other)) - asked)).exp())
    }

    /// The same by their words alone, whenever and wherever they were printed: of a draft's words one knows who is meant to have
    /// said them, and not when they were published.
    pub fn alike(&self, other: &Self) -> f32 {
        1.0 / (1.0 + (-self.score(other, Pages::UNKNOWN)).exp())
    }

    /// What the numbers of a pair weigh: the logarithm of the odds that they are one.
    fn score(&self, other: &Self, pages: Pages) -> f32 {
        let numbers = described(self, other, pages);
        BIAS + numbers.iter().zip(&WEIGHTS).map(|(number, weight)| number * weight).sum::<f32>()
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

impl Read<'_> {
    /// Whether both have some words in marks in a row, and neither is somebody else's or nobody's.
    fn is_quoted_by(&self, other: &Self) -> bool {
        self.quoted_run(other) >= SOME_RUN
            && matches!(whose(self.report, other.report), Whose::Same | Whose::Unsure)
    }

    /// How many words in a row, within marks in both, two reports must share that were printed long after one another.
    fn run_asked_of(&self, other: &Self) -> usize {
        if is_retold(self.report, other.report) && self.has_run_of(other) { RETOLD_RUN } else { LONG_RUN }
    }

    /// Whether the shorter's words are for the most part the longer's, some in a row.
    fn has_run_of(&self, other: &Self) -> bool {
        self.run(other).0 >= SOME_RUN && self.all.contained(&other.all) >= FOR_THE_MOST
    }
}

/// Whether one tells within its content what the other reports: "Lund said that Berg had warned of ice" tells what Lund said, and
/// what Berg did. Which of the two speaks there is easily misread, and a report of what was said is another thing than what was said.
fn is_nested(one: &Report, other: &Report) -> bool {
    let within = |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
    one.document == other.document && (within(one.span, other.span) || within(other.span, one.span))
}

/// Whether one speaks in both as far as the pages tell: the same, or an organisation and who speaks for it.
fn is_one_voice(one: &Report, other: &Report) -> bool {
    matches!(whose(one, other), Whose::Same | Whose::Kin)
}

/// Whether of one of two pages it is not known when it was published: it may be of any year.
fn is_undated(one: &Report, other: &Report) -> bool {
    one.published.is_none() || other.published.is_none()
}

/// Whether one page was published long after the other.
fn is_long_after(one: &Report, other: &Report) -> bool {
    let (Some(one), Some(other)) = (one.published, other.published) else { return false };
    one.until(other).is_ok_and(|span| span.get_days().abs() > LONG_AFTER)
}

/// Whether the later of two pages tells that it quotes what was said long before, and the other is of those days.
fn is_retold(one: &Report, other: &Report) -> bool {
    let (earlier, later) = if one.published <= other.published { (one, other) } else { (other, one) };
    let (Some((from, to)), Some(published)) = (later.days_long_before(), earlier.published) else {
        return false;
    };
    match earlier.days {
        Some((earliest, latest)) => from <= latest && earliest <= to,
        // What a page of those days tells was said shortly before.
        None => from <= published && to.until(published).is_ok_and(|span| span.get_days() <= LONG_AFTER),
    }
}

impl Report {
    /// The days on which its page, printed long after them, tells that it was said; none where these are more than a year.
    pub(super) fn days_long_before(&self) -> Option<(Date, Date)> {
        const YEAR: i32 = 366;
        let ((from, to), published) = (self.days?, self.published?);
        let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        (days(to, published) > LONG_AFTER && days(from, to) <= YEAR).then_some((from, to))
    }
}

/// What bars two reports from being of one utterance; none where nothing does.
pub fn bar(one: &Report, other: &Report) -> Option<Bar> {
    if whose(one, other) == Whose::Others {
        return Some(Bar::Voices);
    }
    if are_opposed(one, other) {
        return Some(Bar::Polarity);
    }
    are_of_other_days(one, other).then_some(Bar::Days)
}

/// Whether both name who speaks, and not the same.
pub(super) fn others_speak(one: &Report, other: &Report) -> bool {
    matches!(whose(one, other), Whose::Others | Whose::Unsure)
        || !one.voices.is_empty() && !other.voices.is_empty() && are_two_persons(one, other)
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

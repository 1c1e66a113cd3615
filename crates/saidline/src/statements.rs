//! Statements: which reports are of one utterance.
//!
//! A [`Report`] is what grouping needs of an attribution. [`compare`] tells of two how likely they report the same words, or
//! that they cannot; [`group`] puts many together. Both are pure: the caller knows the voices, and feeds those that are worth
//! comparing. Reports are joined by the words that they share, weighed by how rare these are, by whose they are, and by where
//! they stand; never two voices, nor "said" and "did not say", nor days that cannot be one.

mod alignment;
mod bags;
mod checking;
mod features;
mod forms;
mod furniture;
mod groups;
mod keys;
mod languages;
mod likeness;
mod matching;
mod packed;
mod passages;
mod questions;
mod reasons;
mod sketches;
mod spellings;
mod voicing;
mod weights;
mod wording;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use saidline_html::{Document, Moment, Span};

use crate::attribution::{ActClass, ActType, Attribution, Polarity, QuotationKind, SaidBasis, VenueKind};
use crate::quotations::Quotation;
use crate::sentences::{block_of, is_in_headline};
use crate::speakers::envelope;

pub use bags::Read;
pub use checking::{Candidate, Claim, Occasion, Verdict, VerdictKind, claims, verdict};
pub use features::{FEATURES, features};
pub use groups::{CROWD, are_near, group, joins};
pub use languages::of_another_country;
pub use likeness::{Bar, bar, compare};
pub use passages::Passages;
pub use questions::Question;
pub use reasons::{Reason, reasons};
pub use sketches::Sketch;
pub use voicing::{Voicing, Whose};
pub use wording::{Difference, Quoted, Wording, WordingKind, wording};
pub use words::{Word, weight};

/// The version of all that puts reports together: of the numbers that were learned, the keys, and how reports are kept. Whoever
/// keeps groups makes them anew when it has changed.
pub const VERSION: u32 = 8;

/// What a person said of two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decided {
    /// They are of one statement.
    One,
    /// They are not.
    Two,
}

/// What grouping needs of an attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The caller's number of the document.
    pub document: u32,
    /// The caller's numbers of the voices that speak, in order; none where nobody is named.
    pub voices: Vec<u64>,
    /// How the page names them.
    pub voicing: Voicing,
    /// Which of its voice's reports in the document it is, from zero, and how many these are: what somebody says only once on
    /// each of two pages is likely one.
    pub turn: (u32, u32),
    /// Whether the words are given as spoken.
    pub kind: QuotationKind,
    /// Whether the saying or what was said is negated.
    pub polarity: Polarity,
    /// What kind of act it was.
    pub act: Option<ActType>,
    /// Where or through what it was said.
    pub venue: Option<VenueKind>,
    /// The first and the last day on which it can have been said, where the page tells that.
    pub days: Option<(Date, Date)>,
    /// The day on which the page was published, at the latest.
    pub published: Option<Date>,
    /// How sure it is that this was said, in parts of a hundred: the extraction's chance that its spans and links are right.
    pub sureness: u8,
    /// Where source, cue and content begin and end in the text.
    pub span: Span,
    /// The place of its paragraph in the document.
    pub paragraph: u32,
    /// Whether a headline reports it.
    pub in_headline: bool,
    /// What its document is about.
    pub sketch: Arc<Sketch>,
    /// The words of the content.
    pub words: Vec<Word>,
    /// Those of the words that report which tell something: "vowed", "criticised".
    pub cue: Vec<Word>,
}

impl Report {
    /// The reports of a document: one for each attribution that tells what was said, with the attribution's place; thoughts,
    /// plans, findings and orders are left out. `marks` are the document's quotations; `voices` gives the numbers of an
    /// attribution's speakers, by its place.
    pub fn all(
        document: &Document,
        marks: &[Quotation],
        attributions: &[Attribution],
        number: u32,
        voices: impl Fn(usize) -> Vec<u64>,
    ) -> Vec<(usize, Report)> {
        let text = document.text.as_str();
        let quoted = |at: u32| is_quoted(marks, at);
        let published = document.published.as_ref().and_then(|dated| last_day(dated.when.to));
        let spoken = |one: &Attribution| one.act.is_none_or(|act| act.class == ActClass::Speech);
        let roots = words::Roots::of(text);
        let sketch = Arc::new(Sketch::of(document, marks));
        let mut reports = Vec::new();
        for (place, one) in attributions.iter().enumerate().filter(|(_, one)| spoken(one)) {
            let Some(span) = envelope(one) else { continue };
            let mut words = Vec::new();
            let direct = one.kind == QuotationKind::Direct;
            if furniture::is_furniture(text, span, direct) || furniture::names_a_work(text, &one.cue) {
                continue;
            }
            for span in &one.content {
                words::read(text, *span, &roots, |at| direct || quoted(at), &mut words);
            }
            let mut cue = Vec::new();
            for span in &one.cue {
                words::read(text, *span, &roots, |_| false, &mut cue);
            }
            reports.push((
                place,
                Report {
                    document: number,
                    voices: voices(place),
                    voicing: Voicing::new(&one.speakers),
                    turn: (0, 0),
                    kind: one.kind,
                    polarity: one.polarity.unwrap_or(Polarity::Affirmed),
                    act: one.act.and_then(|act| act.r#type),
                    venue: one.venue.as_ref().map(|venue| venue.kind),
                    days: days(one),
                    published,
                    sureness: (100.0 * one.confidence.clamp(0.0, 1.0)).round() as u8,
                    span,
                    paragraph: block_of(&document.blocks, span.start) as u32,
                    in_headline: is_in_headline(&document.blocks, span.start),
                    sketch: Arc::clone(&sketch),
                    words,
                    cue,
                },
            ));
        }
        count_turns(&mut reports);
        reports
    }

    /// Sets the days on which it can have been said where it tells none itself, but another report of the same utterance does:
    /// some days more or less, as that one may err.
    pub fn set_days_about(&mut self, from: Moment, to: Moment) {
        const ABOUT: i32 = 3;
        let moved = |day: Date, days: i32| day.checked_add(jiff::Span::new().days(days)).unwrap_or(day);
        if let (None, Some(from), Some(to)) = (self.days, first_day(from), last_day(to)) {
            self.days = Some((moved(from, -ABOUT), moved(to, ABOUT)));
        }
    }
}

/// Counts each voice's reports; where several voices speak, those of the one with most; those of nobody as of one.
fn count_turns(reports: &mut [(usize, Report)]) {
    let mut by_voice: HashMap<Option<u64>, Vec<(u32, u32, usize)>> = HashMap::new();
    for (place, (_, report)) in reports.iter().enumerate() {
        let place = (report.span.start, report.span.end, place);
        if report.voices.is_empty() {
            by_voice.entry(None).or_default().push(place);
        }
        for &voice in &report.voices {
            let places = by_voice.entry(Some(voice)).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    for places in by_voice.into_values() {
        let mut places = places;
        places.sort_unstable();
        let all = places.len() as u32;
        for (turn, (_, _, place)) in places.into_iter().enumerate() {
            let known = &mut reports[place].1.turn;
            // Of two voices with as many the one whose turn comes first: whatever the order of a map.
            if all > known.1 || all == known.1 && (turn as u32) < known.0 {
                *known = (turn as u32, all);
            }
        }
    }
}

/// Whether a byte stands within quotation marks.
fn is_quoted(marks: &[Quotation], at: u32) -> bool {
    let place = marks.partition_point(|quotation| quotation.span.start <= at);
    marks[place.saturating_sub(8)..place].iter().any(|quotation| at < quotation.span.end)
}

/// The days on which an attribution's words tell that it was said.
fn days(attribution: &Attribution) -> Option<(Date, Date)> {
    let said = attribution.said.as_ref()?;
    if matches!(said.basis, SaidBasis::Published) {
        return None;
    }
    Some((first_day(said.from?)?, last_day(said.to?)?))
}

/// The first day of a moment of any precision.
pub fn first_day(moment: Moment) -> Option<Date> {
    match moment {
        Moment::Day(day) => Some(day),
        Moment::Minute(at, _) => Some(at.date()),
        Moment::Month(year, month) => Date::new(year, month, 1).ok(),
        Moment::Year(year) => Date::new(year, 1, 1).ok(),
    }
}

fn last_day(moment: Moment) -> Option<Date> {
    match moment {
        Moment::Month(year, month) => Date::new(year, month, 1).ok().map(Date::last_of_month),
        Moment::Year(year) => Date::new(year, 12, 31).ok(),
        day => first_day(day),
    }
}

#[cfg(test)]
mod tests;

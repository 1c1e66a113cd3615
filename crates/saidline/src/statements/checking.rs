//! Checking: what a draft says that somebody said, against the reports of a record.
//!
//! [`claims`] takes a draft apart; [`verdict`] holds one claim against the reports that the caller found for it. Both are pure.
//! The closest report decides. That the record does not have something says nothing about whether it was said: a claim that is
//! not on record is never called false. And where words differ so much that they may be another utterance, they are not called
//! altered.

mod claims;
mod contrary;
mod occasions;
mod told;

use saidline_html::Span;

pub use self::claims::{Claim, claims};
use self::contrary::{negated_apart, reversed};
pub use self::occasions::Occasion;
use self::told::of_claim;
use super::likeness::{are_of_other_days, are_opposed, others_speak};
use super::matching::{Match, lay};
use super::wording::{Difference, Quoted, WordingKind};
use super::{Read, Report, words};
use crate::attribution::QuotationKind;

/// What a record says to a claim, the least grave first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    /// The same words.
    Verbatim,
    /// Fewer of the words, none of them others.
    Cut,
    /// A claim without marks that the record bears out.
    Supported,
    /// The same in other words, as two translators would put it.
    OtherRendering,
    /// Quoted, where the record only has reports without the words.
    IndirectOnly,
    /// The words are on record, from another day, another place or to somebody else.
    OtherOccasion,
    /// The record has the contrary.
    Opposite,
    /// The words are on record, by somebody else.
    OtherSpeaker,
    /// Other words within the marks.
    Altered,
    /// Nothing on record.
    NotOnRecord,
}

impl VerdictKind {
    /// All of them, the least grave first.
    pub const ALL: [Self; 10] = [
        Self::Verbatim,
        Self::Cut,
        Self::Supported,
        Self::OtherRendering,
        Self::IndirectOnly,
        Self::OtherOccasion,
        Self::Opposite,
        Self::OtherSpeaker,
        Self::Altered,
        Self::NotOnRecord,
    ];

    /// How far a report that gives this verdict is from the claim: words in marks that were changed are nearer than no marks.
    fn distance(self) -> usize {
        const NEAREST_FIRST: [VerdictKind; 10] = [
            VerdictKind::Verbatim,
            VerdictKind::Cut,
            VerdictKind::Supported,
            VerdictKind::OtherOccasion,
            VerdictKind::Opposite,
            VerdictKind::OtherSpeaker,
            VerdictKind::Altered,
            VerdictKind::OtherRendering,
            VerdictKind::IndirectOnly,
            VerdictKind::NotOnRecord,
        ];
        NEAREST_FIRST.iter().position(|kind| *kind == self).unwrap_or_default()
    }

    /// The verdict's name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Cut => "cut",
            Self::Supported => "supported",
            Self::OtherRendering => "other-rendering",
            Self::IndirectOnly => "indirect-only",
            Self::OtherOccasion => "other-occasion",
            Self::Opposite => "opposite",
            Self::OtherSpeaker => "other-speaker",
            Self::Altered => "altered",
            Self::NotOnRecord => "not-on-record",
        }
    }

    /// Whether somebody should look at it. What was said without marks is often on no record.
    pub fn is_finding(self, quoted: bool) -> bool {
        match self {
            Self::Altered | Self::OtherSpeaker | Self::OtherOccasion | Self::Opposite => true,
            Self::NotOnRecord => quoted,
            _ => false,
        }
    }
}

/// A report that may bear on a claim.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its words in marks.
    pub quoted: Quoted<'a>,
    /// Where and to whom it was said.
    pub occasion: Occasion,
    /// How near it is to the words themselves: a transcript before a report, a report before a copy. The less the nearer.
    pub standing: u8,
    /// The cosine of its meaning to that of the claim, where both were made vectors of ([`Meaning`](crate::Meaning)).
    pub nearness: Option<f32>,
}

/// What the record says to a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The verdict.
    pub kind: VerdictKind,
    /// The places of the candidates that bear it, the one that decides first. Of what is not on record, those that come near.
    pub evidence: Vec<usize>,
    /// How the words differ from those of the first; none where there is nothing to be held against them.
    pub wording: Option<WordingKind>,
    /// Where they differ from those of the first, each with where in the draft it is, or the words would stand that are missing.
    pub differences: Vec<(Difference, u32)>,
}

/// Words in marks that are fewer are too few to be called altered, or somebody else's.
const FEW: usize = 5;

/// So few words leave nothing out but what turns their sense round.
const SHORT: usize = 8;

/// What words must tell together, so that two people, or one on two days, do not say them by chance.
const TELLING: f32 = 6.0;

/// The same for words that are somebody else's,
const TELLING_OF_OTHERS: f32 = 9.0;

/// where they are fewer than so many; more in a row are hardly chance.
const MANY: usize = 7;
const TELLING_OF_MANY: f32 = 8.0;

/// The part of the words that must be the same where some are altered,
const SAME: f32 = 0.7;

/// The part at which words of another day are the same remark,
const NEARLY_ALL: f32 = 0.8;

/// where they tell so much.
const MUCH: f32 = 15.0;

/// and in a row.
const RUN: usize = 4;

/// So many in a row are the same remark, whatever its day.
const LONG_RUN: usize = 8;

/// Reports that come near, shown where nothing is on record.
const NEAR: usize = 3;

/// What comes so near by its sense is shown there.
const NEAR_BY_SENSE: f32 = 0.34;

/// Holds a claim against the reports that were found for it.
///
/// Time is that of laying the words in marks among those of each candidate.
pub fn verdict(text: &str, claim: &Claim, candidates: &[Candidate]) -> Verdict {
    let quoted = Quoted::of_report(text, &claim.content, &claim.report);
    if quoted.is_empty() {
        return of_claim(claim, candidates);
    }
    let read = Read::new(&claim.report);
    let mut weighed: Vec<Weighed> = Vec::new();
    let mut partial: Vec<(usize, Match)> = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let laid = lay(&quoted, &candidate.quoted);
        match of_quotation(claim, (&quoted, &read), candidate, &laid) {
            Some(kind) => weighed.push(Weighed { kind, place, laid: Some(laid) }),
            None => partial.push((place, laid)),
        }
    }
    if weighed.iter().all(|one| one.kind > VerdictKind::Cut) {
        weighed.extend(together(claim, candidates, &partial));
    }
    if weighed.iter().any(|one| one.kind == VerdictKind::OtherOccasion) {
        // A report that tells neither day nor place says nothing for a day or a place against one that does.
        weighed.retain(|one| one.kind > VerdictKind::Cut || bears_occasion(claim, &candidates[one.place]));
    }
    let is_of_another = weighed.iter().any(|one| one.kind == VerdictKind::OtherSpeaker);
    let names = |one: &Weighed| !candidates[one.place].report.voices.is_empty();
    let is_own = |one: &Weighed| one.kind != VerdictKind::OtherSpeaker && names(one);
    if is_of_another && !weighed.iter().any(is_own) {
        // A page that does not name who spoke speaks for nobody against one that does.
        weighed.retain(names);
    }
    if weighed.is_empty() {
        // None of them was told of by its words alone, so all of them are here, in order.
        weighed.extend(partial.iter().filter_map(|(place, laid)| {
            let kind = of_sense(claim, &candidates[*place], laid)?;
            let laid = (kind == VerdictKind::Altered).then(|| laid.clone());
            Some(Weighed { kind, place: *place, laid })
        }));
    }
    if weighed.is_empty() {
        let near = partial.iter().filter(|(place, laid)| {
            let named = !claim.report.voices.is_empty() && !candidates[*place].report.voices.is_empty();
            laid.run >= (if named { RUN } else { RUN + 2 })
                && laid.telling_share() >= 0.3
                && laid.weight.0 >= TELLING * 0.75
                && !others_speak(&claim.report, candidates[*place].report)
        });
        let mut near: Vec<_> = near.collect();
        near.sort_by_key(|(place, laid)| {
            (std::cmp::Reverse(laid.shared), candidates[*place].standing, *place)
        });
        let near = near.into_iter().take(NEAR).map(|(place, _)| *place).collect();
        return nothing(near_by_sense(claim, candidates, near));
    }
    closest(candidates, weighed)
}

/// Nothing on record, and what comes near.
fn nothing(near: Vec<usize>) -> Verdict {
    Verdict { kind: VerdictKind::NotOnRecord, evidence: near, wording: None, differences: Vec::new() }
}

/// What comes near by its words, and behind it what the same voice said that comes near by its sense.
fn near_by_sense(claim: &Claim, candidates: &[Candidate], mut near: Vec<usize>) -> Vec<usize> {
    let mut sense: Vec<(f32, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| {
            !candidate.report.voices.is_empty() && !others_speak(&claim.report, candidate.report)
        })
        .filter_map(|(place, candidate)| {
            Some((candidate.nearness.filter(|near| *near >= NEAR_BY_SENSE)?, place))
        })
        .collect();
    sense.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, place) in sense {
        if near.len() < NEAR && !near.contains(&place) {
            near.push(place);
        }
    }
    near
}

struct Weighed {
    kind: VerdictKind,
    place: usize,
    laid: Option<Match>,
}

/// The verdict of the closest: of those that are least grave, the one nearest to the words themselves.
fn closest(candidates: &[Candidate], mut weighed: Vec<Weighed>) -> Verdict {
    weighed.sort_by(|a, b| {
        let key = |one: &Weighed| {
            let wording = one.laid.as_ref().map(|laid| (laid.beyond(), laid.kind, laid.differences.len()));
            (one.kind.distance(), candidates[one.place].standing, wording, one.place)
        };
        key(a).cmp(&key(b))
    });
    let kind = weighed[0].kind;
    // Of altered words the report decides that has most of them; who has it at first hand comes after that.
    if kind == VerdictKind::Altered {
        weighed.sort_by_key(|one| {
            let shared = one.laid.as_ref().map_or(0, |laid| laid.shared);
            (one.kind.distance(), std::cmp::Reverse(shared), candidates[one.place].standing, one.place)
        });
    }
    let first = weighed[0].laid.take();
    Verdict {
        kind,
        evidence: weighed.iter().filter(|one| one.kind == kind).map(|one| one.place).collect(),
        wording: first.as_ref().map(|laid| laid.kind),
        differences: first
            .map(|laid| laid.differences.into_iter().zip(laid.at).collect())
            .unwrap_or_default(),
    }
}

/// What a report says to words in marks; none where it says nothing, or not enough.
fn of_quotation(
    claim: &Claim,
    (quoted, read): (&Quoted, &Read),
    candidate: &Candidate,
    laid: &Match,
) -> Option<VerdictKind> {
    let (ours, theirs) = (&claim.report, candidate.report);
    let others = others_speak(ours, theirs);
    let other_days = are_of_other_days(ours, theirs) || is_long_before(ours, theirs);
    let other_occasion = other_days || claim.occasion.is_another(&candidate.occasion);
    if laid.is_clean() {
        if others {
            let telling = if laid.words >= MANY { TELLING_OF_MANY } else { TELLING_OF_OTHERS };
            let strong = laid.words >= FEW && laid.weight.0 >= telling;
            return strong.then_some(VerdictKind::OtherSpeaker);
        }
        // A word or two prove nothing where nobody is named, nor for another day.
        let few = laid.words < 3 || laid.weight.0 < TELLING / 3.0;
        if few && (ours.voices.is_empty() || theirs.voices.is_empty() || other_occasion) {
            return None;
        }
        // What a long quotation leaves out may negate something else.
        let cut = laid.words <= SHORT && laid.run < laid.words || turned_between(quoted, candidate, laid);
        if are_opposed(ours, theirs)
            || laid.words < FEW && negated_apart(ours, theirs)
            || cut && reversed(claim, theirs)
        {
            return Some(VerdictKind::Opposite);
        }
        if other_occasion && laid.words >= FEW {
            return Some(VerdictKind::OtherOccasion);
        }
        if other_occasion {
            return None;
        }
        return Some(if laid.kind < WordingKind::Cut { VerdictKind::Verbatim } else { VerdictKind::Cut });
    }
    // Words of another day are another remark, unless they are many and nearly all the same.
    let much = laid.share() >= NEARLY_ALL && laid.weight.0 >= MUCH
        || laid.share() >= SAME && laid.run >= LONG_RUN && laid.weight.0 >= TELLING_OF_OTHERS;
    if others || other_occasion && !much {
        return None;
    }
    let with = Read::new(theirs);
    if is_altered(claim, laid, read, &with) {
        return Some(match turns_over(quoted, candidate, laid) || reversed(claim, theirs) {
            true => VerdictKind::Opposite,
            false => VerdictKind::Altered,
        });
    }
    let nameless = ours.voices.is_empty() || theirs.voices.is_empty();
    if !nameless && laid.share() >= SAME && reversed(claim, theirs) {
        return Some(VerdictKind::Opposite);
    }
    if other_occasion { None } else { in_other_words(claim, laid, read, &with) }
}

/// Whether a report tells of the day or the place that a claim tells of.
fn bears_occasion(claim: &Claim, candidate: &Candidate) -> bool {
    let days = claim.report.days.zip(candidate.report.days);
    days.is_some_and(|(ours, theirs)| ours.0 <= theirs.1 && theirs.0 <= ours.1)
        || claim.occasion.is_same(&candidate.occasion)
}

/// Whether a claim tells a day, and a report that tells none was published so long after it that it would have told one.
fn is_long_before(ours: &Report, theirs: &Report) -> bool {
    const LONG: i32 = 30;
    const MONTH: i32 = 31;
    let days = |from: jiff::civil::Date, to| from.until(to).map_or(0, |span| span.get_days());
    let (Some((from, to)), None, Some(published)) = (ours.days, theirs.days, theirs.published) else {
        return false;
    };
    days(from, to) <= MONTH && days(to, published) > LONG
}

/// Whether what was changed in the words is that they are negated, or are so no more. What is said twice is turned twice: "You
/// can. You just can."
fn turns_over(quoted: &Quoted, candidate: &Candidate, laid: &Match) -> bool {
    let (mut put_in, mut left_out) = (0, 0);
    for one in &laid.differences {
        let (ours, theirs) = ((quoted.text(), one.here), (candidate.quoted.text(), one.there));
        let here = negations(ours.0, ours.1) + usize::from(is_against(ours, theirs));
        let there = negations(theirs.0, theirs.1) + usize::from(is_against(theirs, ours));
        if here % 2 != there % 2 {
            put_in += usize::from(here > there);
            left_out += usize::from(there > here);
        }
    }
    put_in != left_out && (put_in == 0 || left_out == 0 || (put_in + left_out) % 2 == 1)
}

/// Whether one stretch has "against" where the other has "in" or "for": "against our interest".
fn is_against(one: (&str, Option<Span>), other: (&str, Option<Span>)) -> bool {
    let has = |(text, span): (&str, Option<Span>), wanted: &[&str]| {
        let stretch = span.map(|span| span.of(text).to_lowercase()).unwrap_or_default();
        stretch.split(|letter: char| !letter.is_alphanumeric()).any(|word| wanted.contains(&word))
    };
    has(one, &["against"]) && has(other, &["in", "for", "with"])
}

/// Whether a word or two that are put in or left out within the words negate.
fn turned_between(quoted: &Quoted, candidate: &Candidate, laid: &Match) -> bool {
    const LITTLE: usize = 3;
    let little = |text: &str, span: Option<Span>| {
        span.is_none_or(|span| span.of(text).split_whitespace().count() <= LITTLE)
    };
    let (ours, theirs) = (quoted.text(), candidate.quoted.text());
    laid.differences.iter().any(|one| {
        little(ours, one.here)
            && little(theirs, one.there)
            && (negations(ours, one.here) > 0) != (negations(theirs, one.there) > 0)
    })
}

/// How many words of a stretch negate.
fn negations(text: &str, span: Option<Span>) -> usize {
    let stretch = span.map(|span| span.of(text).to_lowercase().replace('’', "'")).unwrap_or_default();
    let each = stretch.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    each.filter(|word| words::is_negation(word)).count()
}

/// Whether words are a report's with some of them changed, and not another utterance that is like it.
fn is_altered(claim: &Claim, laid: &Match, read: &Read, with: &Read) -> bool {
    if laid.kind < WordingKind::Shifted {
        return false;
    }
    let nameless = claim.report.voices.is_empty() || with.report.voices.is_empty();
    let places = laid.differences.iter().filter(|one| one.kind >= WordingKind::Shifted).count();
    let enough = if nameless { TELLING_OF_OTHERS } else { TELLING };
    // One word changed is a slip of whoever wrote; each further place makes another utterance likelier.
    let enough = match places {
        0 | 1 if laid.share() >= 0.8 && !nameless => 0.7 * enough,
        places => enough * (1.0 + 0.5 * places.saturating_sub(1) as f32).min(2.5),
    };
    let changed = laid.words - laid.shared;
    if laid.words < FEW {
        return laid.words >= 3 && changed <= 1 && !nameless && laid.run >= 2 && read.alike(with) >= 0.9;
    }
    laid.share() >= SAME
        && laid.telling_share() >= 0.55
        && laid.weight.0 >= enough
        && (laid.run >= RUN || laid.run >= 3 && laid.share() >= 0.8)
        && 5 * laid.beyond() <= laid.words
}

/// Whether a report has what is quoted in other words, or without marks.
fn in_other_words(claim: &Claim, laid: &Match, read: &Read, with: &Read) -> Option<VerdictKind> {
    let nameless = claim.report.voices.is_empty() || with.report.voices.is_empty();
    if are_opposed(&claim.report, with.report) || laid.words < 3 {
        return None;
    }
    let (shared, all) = read.quoted_shared_with(with);
    let chance = read.alike(with);
    let kind = with.report.kind;
    let same = match nameless {
        // Of nobody's, all the words must be there, and tell much.
        true => shared >= 0.9 * all && shared >= MUCH,
        false => shared >= 0.7 * all && shared >= TELLING,
    };
    // Few words, all of them there, must tell more.
    let enough = laid.words >= FEW || shared >= 0.95 * all && shared >= TELLING_OF_OTHERS;
    if kind != QuotationKind::Direct && same && chance >= 0.6 && enough {
        return Some(VerdictKind::IndirectOnly);
    }
    if nameless {
        return None;
    }
    let (run, share) = (laid.run, laid.share());
    let spoken = kind == QuotationKind::Direct && with.report.days.is_some() && claim.report.days.is_some();
    // Who speaks another language is put into words by whoever translates.
    let translated = kind != QuotationKind::Indirect && claim.foreign;
    let least = if translated { 0.35 } else { 0.5 };
    let alike = shared >= least * all && shared >= TELLING && run < RUN && share < SAME;
    let sure = chance >= if translated { 0.5 } else { 0.7 };
    ((spoken || translated) && alike && sure).then_some(VerdictKind::OtherRendering)
}

/// What a report of the same voice says by its sense to words in marks that no report has: the same in other words, or without
/// marks.
fn of_sense(claim: &Claim, candidate: &Candidate, laid: &Match) -> Option<VerdictKind> {
    /// What is quoted from a speaker of another language may lie so much less near: no two translators choose the same words.
    const TRANSLATED: f32 = 0.01;
    /// What is told without marks lies so near,
    const INDIRECT: f32 = 0.51;
    /// with nearly all of the words, the contrary,
    const CONTRARY: f32 = 0.49;
    /// and with so many of them what was changed. A translator may have more of them by chance.
    const CHANGED: f32 = 0.6;
    const HALF: f32 = 0.5;
    const MOST: f32 = 0.6;
    /// What lies so much nearer than chance is the same in other words, whoever speaks.
    const SURELY: f32 = 0.11;
    /// Of so few words the names alone make two that are about one thing lie near: they must lie so near.
    const SHORT: usize = 9;
    const NEAR_IN_FEW_WORDS: f32 = 0.575;
    let (ours, theirs) = (&claim.report, candidate.report);
    let nameless = ours.voices.is_empty() || theirs.voices.is_empty();
    let near = candidate.nearness.filter(|_| !nameless && !others_speak(ours, theirs))?;
    if are_of_other_days(ours, theirs) || are_opposed(ours, theirs) {
        return None;
    }
    if near >= CONTRARY && reversed(claim, theirs) {
        return Some(VerdictKind::Opposite);
    }
    let spoken = theirs.kind != QuotationKind::Indirect;
    let much = if claim.foreign { MOST } else { HALF };
    if theirs.kind == QuotationKind::Direct && near >= CHANGED && laid.share() >= much && laid.run >= 3 {
        return Some(VerdictKind::Altered);
    }
    // Most of the words, some in a row, and the same sense: what was changed, unless it was translated twice.
    let most = laid.share() >= MOST && laid.run >= RUN;
    if theirs.kind == QuotationKind::Direct && most && !claim.foreign && near >= claim.near_enough() {
        return Some(VerdictKind::Altered);
    }
    let nearer = if claim.foreign { -TRANSLATED } else { SURELY };
    let enough = claim.near_enough() + nearer;
    let enough = if laid.words <= SHORT { enough.max(NEAR_IN_FEW_WORDS) } else { enough };
    if spoken && near >= enough {
        return Some(VerdictKind::OtherRendering);
    }
    (theirs.kind == QuotationKind::Indirect && near >= INDIRECT).then_some(VerdictKind::IndirectOnly)
}

/// Words of which no report has all, but several together: a draft that joins what a page gives in two pieces.
fn together(claim: &Claim, candidates: &[Candidate], partial: &[(usize, Match)]) -> Vec<Weighed> {
    let mut usable: Vec<&(usize, Match)> = partial
        .iter()
        .filter(|(place, laid)| {
            let candidate = &candidates[*place];
            laid.run >= RUN.min(laid.words)
                && laid.kind < WordingKind::Shifted
                && !others_speak(&claim.report, candidate.report)
                && !are_opposed(&claim.report, candidate.report)
                && !are_of_other_days(&claim.report, candidate.report)
        })
        .collect();
    usable.sort_by_key(|(place, laid)| (std::cmp::Reverse(laid.shared), candidates[*place].standing, *place));
    let Some((_, first)) = usable.first() else { return Vec::new() };
    let mut left = first.beyond.clone();
    let mut used = vec![usable[0]];
    for one in &usable[1..] {
        let fills = left.iter().zip(&one.1.covered).any(|(left, covered)| *left && *covered);
        if fills {
            left.iter_mut().zip(&one.1.covered).for_each(|(left, covered)| *left &= !covered);
            used.push(one);
        }
    }
    if left.contains(&true) {
        return Vec::new();
    }
    let kind = VerdictKind::Cut;
    used.into_iter().map(|(place, laid)| Weighed { kind, place: *place, laid: Some(laid.clone()) }).collect()
}

#[cfg(test)]
mod tests;

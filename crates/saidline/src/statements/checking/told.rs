//! What reports say to a claim without marks.

use std::sync::OnceLock;

use super::super::likeness::{are_of_other_days, others_speak};
use super::super::words::stem_of;
use super::super::{Read, Report};
use super::contrary::{contrary, negated_apart, reversed, turns};
use super::{
    Candidate, Claim, FEW, TELLING, TELLING_OF_OTHERS, Verdict, VerdictKind, Weighed, closest, near_by_sense,
    nothing,
};
use crate::attribution::Polarity;

/// What the part of the telling words that are the same counts beside the nearness of the whole.
const WORDS: f32 = 0.15;

/// What turns the sense round leaves the words so near.
const NEAR_CONTRARY: f32 = 0.38;

/// The same where words that negate are all that tells so.
const NEAR_TURNED: f32 = 0.45;

/// Whether a report of one short sentence negates what it tells; none where it is longer, and may negate anything. "Without" and
/// "no longer" turn a part of it.
fn negates(report: &Report) -> Option<bool> {
    const SHORT: usize = 22;
    static WEAK: OnceLock<[u32; 2]> = OnceLock::new();
    let weak = WEAK.get_or_init(|| ["without", "no"].map(stem_of));
    let words = report.words.iter().filter(|word| word.negates && !weak.contains(&word.stem)).count();
    let denied = usize::from(report.polarity == Polarity::ContentDenied);
    let refused = usize::from(turns(report));
    (report.words.len() <= SHORT).then_some((words + denied + refused) % 2 == 1)
}

pub(super) fn of_claim(claim: &Claim, candidates: &[Candidate]) -> Verdict {
    let read = Read::new(&claim.report);
    let mut weighed: Vec<Weighed> = candidates
        .iter()
        .enumerate()
        .filter_map(|(place, candidate)| {
            Some(Weighed { kind: of_report(claim, &read, candidate)?, place, laid: None })
        })
        .collect();
    if weighed.is_empty() {
        return nothing(near_by_sense(claim, candidates, Vec::new()));
    }
    // Whether a claim is borne out or contradicted the likest report decides.
    let likeness = |one: &Weighed| {
        let candidate = &candidates[one.place];
        let (shared, all) = read.shared_with(&Read::new(candidate.report));
        candidate.nearness.unwrap_or_default() + 0.5 * shared / all.max(1e-3)
    };
    let decides = |one: &&Weighed| matches!(one.kind, VerdictKind::Supported | VerdictKind::Opposite);
    let likest = weighed.iter().filter(decides).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    if let Some(kind) = likest.map(|one| one.kind) {
        weighed.retain(|one| one.kind == kind);
        weighed.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    }
    closest(candidates, weighed)
}

/// What one report says to it; none where it says nothing, or not enough.
fn of_report(claim: &Claim, read: &Read, candidate: &Candidate) -> Option<VerdictKind> {
    let (ours, theirs) = (&claim.report, candidate.report);
    let with = Read::new(theirs);
    let (shared, all) = read.shared_with(&with);
    let share = shared / all.max(1e-3);
    if others_speak(ours, theirs) {
        let (_, run) = read.in_a_row_with(&with);
        let words = ours.words.len();
        let copied = words >= 8 && 10 * run >= 8 * words && share >= 0.8 && shared >= TELLING_OF_OTHERS;
        return copied.then_some(VerdictKind::OtherSpeaker);
    }
    let nameless = ours.voices.is_empty() || theirs.voices.is_empty();
    let sense = candidate.nearness.filter(|_| !nameless).unwrap_or(0.0);
    if contrary(claim, candidate) || sense >= NEAR_CONTRARY && reversed(claim, theirs) {
        let strong = share >= 0.75 && shared >= TELLING && read.alike(&with) >= 0.5;
        let plain = ours.words.len() >= FEW && !turns(ours) && !turns(theirs);
        return (plain && !nameless && (strong || sense >= NEAR_CONTRARY)).then_some(VerdictKind::Opposite);
    }
    if nameless && (share < 0.85 || shared < 2.0 * TELLING) {
        return None;
    }
    // A claim is not borne out by what negates it somewhere in a longer speech.
    if negated_apart(ours, theirs) {
        return None;
    }
    // Numbers and names that the report does not have are the point of many a claim.
    let same = share >= 0.55 && shared >= TELLING * 0.9 && read.names_missing_in(&with) < 4.0;
    let meant = sense + WORDS * share >= claim.near_enough();
    if are_of_other_days(ours, theirs) {
        return (same && share >= 0.75).then_some(VerdictKind::OtherOccasion);
    }
    if same && (share >= 0.8 || read.alike(&with) >= 0.6) {
        return Some(VerdictKind::Supported);
    }
    // Of the same sense but for a negation is either the contrary or another matter.
    let turned = negates(ours).zip(negates(theirs)).is_some_and(|(ours, theirs)| ours != theirs);
    match meant {
        true if turned && sense >= NEAR_TURNED => Some(VerdictKind::Opposite),
        true if !turned => Some(VerdictKind::Supported),
        _ => None,
    }
}

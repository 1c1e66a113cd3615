//! Two lists of words laid beside each other: what both have, and what only one has.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::words::Placed;

/// Words in a row that both have, no more than so many, are an accident where
const ISLAND: usize = 2;

/// so many words or more, that only one has, part them from all others that both have.
const SEA: usize = 4;

/// Places of words that the two do not share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The words here; empty where some are left out.
    pub(super) ours: Range<usize>,
    /// The words there; empty where some are put in.
    pub(super) theirs: Range<usize>,
}

/// The stretches that only one has, in order; what stands between them both have, word for word. `parted` tells whether a gap
/// before a word of ours, or of theirs, is told to be one: where words left out can be taken to stand there or beside it, they
/// stand there.
pub(super) fn hunks(
    ours: &[Placed],
    theirs: &[Placed],
    parted_here: impl Fn(usize) -> bool,
    parted_there: impl Fn(usize) -> bool,
) -> Vec<Hunk> {
    let mut input = InternedInput::default();
    input.update_before(ours.iter().map(|word| word.folded));
    input.update_after(theirs.iter().map(|word| word.folded));
    let places = |range: Range<u32>| range.start as usize..range.end as usize;
    let mut hunks: Vec<Hunk> = Diff::compute(Algorithm::Myers, &input)
        .hunks()
        .map(|hunk| Hunk { ours: places(hunk.before), theirs: places(hunk.after) })
        .collect();
    sink_islands(&mut hunks, ours, theirs);
    slide(&mut hunks, ours, theirs, &parted_here, &parted_there);
    hunks
}

/// Takes a word or two that both have by accident, far from all others, for words that only each has: from both ends inwards, and
/// then those beside the first that are no accident are laid beside each other anew.
fn sink_islands(hunks: &mut Vec<Hunk>, ours: &[Placed], theirs: &[Placed]) {
    // From the beginning: an island, then a sea.
    let mut first = 0;
    for at in 0..hunks.len() {
        let begin = if at == 0 { 0 } else { hunks[at - 1].ours.end };
        let sea = hunks[at].theirs.len().max(hunks[at].ours.len());
        let more = hunks.get(at + 1).map_or(ours.len(), |next| next.ours.start) - hunks[at].ours.end;
        if hunks[at].ours.start - begin > ISLAND || sea < SEA || more <= ISLAND {
            break;
        }
        first = at + 1;
    }
    if first > 0 {
        let (mut end, mut their_end) = (hunks[first - 1].ours.end, hunks[first - 1].theirs.end);
        while end > 0 && their_end > 0 && ours[end - 1].folded == theirs[their_end - 1].folded {
            (end, their_end) = (end - 1, their_end - 1);
        }
        hunks.splice(..first, [Hunk { ours: 0..end, theirs: 0..their_end }]);
        hunks.retain(|hunk| !hunk.ours.is_empty() || !hunk.theirs.is_empty());
    }
    // From the end.
    let mut last = hunks.len();
    for at in (0..hunks.len()).rev() {
        let end = hunks.get(at + 1).map_or(ours.len(), |next| next.ours.start);
        let sea = hunks[at].theirs.len().max(hunks[at].ours.len());
        let before = hunks[at].ours.start - if at == 0 { 0 } else { hunks[at - 1].ours.end };
        if end - hunks[at].ours.end > ISLAND || sea < SEA || before <= ISLAND {
            break;
        }
        last = at;
    }
    if last < hunks.len() {
        let (mut start, mut their_start) = (hunks[last].ours.start, hunks[last].theirs.start);
        while start < ours.len()
            && their_start < theirs.len()
            && ours[start].folded == theirs[their_start].folded
        {
            (start, their_start) = (start + 1, their_start + 1);
        }
        hunks.truncate(last);
        let rest = Hunk { ours: start..ours.len(), theirs: their_start..theirs.len() };
        if !rest.ours.is_empty() || !rest.theirs.is_empty() {
            hunks.push(rest);
        }
    }
}

/// Words that only one has can often be taken to stand a little earlier or later: "so [and so] it is", "[so and] so it is". They
/// are moved to an end, or where a gap is told.
fn slide(
    hunks: &mut Vec<Hunk>,
    ours: &[Placed],
    theirs: &[Placed],
    parted_here: &impl Fn(usize) -> bool,
    parted_there: &impl Fn(usize) -> bool,
) {
    for at in 0..hunks.len() {
        let hunk = hunks[at].clone();
        if hunk.ours.is_empty() == hunk.theirs.is_empty() {
            continue;
        }
        let left_out = hunk.ours.is_empty();
        let words = if left_out { theirs } else { ours };
        let range = if left_out { hunk.theirs.clone() } else { hunk.ours.clone() };
        let (before, after) = (
            hunk.ours.start - if at == 0 { 0 } else { hunks[at - 1].ours.end },
            hunks.get(at + 1).map_or(ours.len(), |next| next.ours.start) - hunk.ours.end,
        );
        let back = (1..=before)
            .take_while(|by| words[range.start - by].folded == words[range.end - by].folded)
            .count();
        let forth = (0..after)
            .take_while(|by| words[range.start + by].folded == words[range.end + by].folded)
            .count();
        let told = |by: isize| {
            // The gap is in the one that has no words there.
            let place = if left_out { hunk.ours.start } else { hunk.theirs.start }.wrapping_add_signed(by);
            let words = if left_out { ours.len() } else { theirs.len() };
            place > 0 && place < words && if left_out { parted_here(place) } else { parted_there(place) }
        };
        let shifts = || -(back as isize)..=forth as isize;
        let to_end = if back > 0 && hunk.ours.start == back && (at == 0 || hunk.theirs.start == back) {
            Some(-(back as isize))
        } else if forth > 0 && hunk.ours.end + forth == ours.len() && hunk.theirs.end + forth == theirs.len()
        {
            Some(forth as isize)
        } else {
            None
        };
        let to_gap = || shifts().filter(|by| told(*by)).min_by_key(|by| by.unsigned_abs());
        // Not beside a gap: to the hunk before it, so that the two are one.
        let to_other = || (at > 0 && back > 0 && back == before).then_some(-(back as isize));
        let Some(by) = to_end.or_else(to_gap).or_else(to_other) else { continue };
        let moved =
            |range: &Range<usize>| range.start.wrapping_add_signed(by)..range.end.wrapping_add_signed(by);
        hunks[at] = Hunk { ours: moved(&hunk.ours), theirs: moved(&hunk.theirs) };
    }
    // Those that touch now are one.
    let mut at = 0;
    while at + 1 < hunks.len() {
        let (one, next) = (&hunks[at], &hunks[at + 1]);
        if one.ours.end == next.ours.start && one.theirs.end == next.theirs.start {
            hunks[at] =
                Hunk { ours: one.ours.start..next.ours.end, theirs: one.theirs.start..next.theirs.end };
            hunks.remove(at + 1);
        } else {
            at += 1;
        }
    }
}

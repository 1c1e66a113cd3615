//! Whether of two reports one says the contrary of the other.

use std::sync::OnceLock;

use super::super::words::stem_of;
use super::super::{Report, Word};
use super::{Candidate, Claim};
use crate::attribution::Polarity;

/// Whether the words that report turn what is said into something else than an assertion: "refused to", "opposed".
pub(super) fn turns(report: &Report) -> bool {
    use crate::attribution::ActType::{Deny, Disapprove, Doubt, Fear, Forbid, Oppose, Refuse};
    report.act.is_some_and(|act| matches!(act, Deny | Disapprove | Doubt | Fear | Forbid | Oppose | Refuse))
        && report.polarity == Polarity::Affirmed
}

/// Whether the words that two reports share are negated in one of them and not in the other: close before the last of those that
/// tell something.
pub(super) fn negated_apart(ours: &Report, theirs: &Report) -> bool {
    const CLOSE: usize = 4;
    let negated = |report: &Report, at: usize| {
        report.words[at.saturating_sub(CLOSE)..at].iter().filter(|word| word.negates).count() % 2 == 1
    };
    let known = |word: &Word| {
        word.weight >= 0.6 && !word.negates && theirs.words.iter().any(|other| other.stem == word.stem)
    };
    let Some(last) = ours.words.iter().rposition(known) else { return false };
    let stem = ours.words[last].stem;
    let mut places = theirs.words.iter().enumerate().filter(|(_, word)| word.stem == stem).peekable();
    let denied = |report: &Report| report.polarity == Polarity::ContentDenied;
    let apart = |at: usize| (negated(ours, last) != denied(ours)) != (negated(theirs, at) != denied(theirs));
    places.peek().is_some() && places.all(|(at, _)| apart(at))
}

/// Whether a report says the contrary of a claim: one of them negates, in what they have in common, and the other does not.
pub(super) fn contrary(claim: &Claim, candidate: &Candidate) -> bool {
    let (ours, theirs) = (&claim.report, candidate.report);
    let unsaid = |report: &Report| report.polarity == Polarity::SayingDenied;
    if unsaid(ours) || unsaid(theirs) {
        return unsaid(ours) != unsaid(theirs);
    }
    let around = |report: &Report, other: &Report| {
        let shares = |word: &Word| {
            word.weight >= 0.6 && other.words.iter().chain(&other.cue).any(|with| with.stem == word.stem)
        };
        let first = report.words.iter().position(shares).unwrap_or_default().saturating_sub(4);
        let last = report.words.iter().rposition(shares).map_or(report.words.len(), |last| last + 1);
        first..last.max(first)
    };
    let (our_part, their_part) = (around(ours, theirs), around(theirs, ours));
    // A long speech negates somewhere.
    if their_part.len() > 2 * our_part.len() + 8 {
        return false;
    }
    let negates = |report: &Report, part: std::ops::Range<usize>| {
        let words = report.words[part].iter().filter(|word| word.negates).count();
        (words + usize::from(report.polarity == Polarity::ContentDenied)) % 2 == 1
    };
    negates(ours, our_part) != negates(theirs, their_part)
}

/// Whether most words of a claim stand in one place of a report, and are negated in one of the two and not in the other: "we will
/// not close it" for "we will close it".
pub(super) fn reversed(claim: &Claim, theirs: &Report) -> bool {
    /// So many words of a report more than a claim has are looked at in one place.
    const WIDER: usize = 4;
    /// A word that negates may stand so far before the first that both have: "neither the council".
    const BEFORE: usize = 2;
    /// Less tells a word that only joins others.
    const TELLING_WORD: f32 = 0.6;
    let quoted = claim.is_quoted();
    let ours: Vec<&Word> = claim.report.words.iter().filter(|word| word.quoted || !quoted).collect();
    let [no, neither, nor, does] = particles();
    // "They do not" has a word more than "they".
    let is_plain = |word: &Word| !word.negates && ![neither, nor, does].contains(&word.stem);
    let roots: Vec<u32> = ours.iter().filter(|word| is_plain(word)).map(|word| word.root).collect();
    if roots.len() < 3 {
        return false;
    }
    let there = &theirs.words;
    let known = |word: &Word| is_plain(word) && roots.contains(&word.root);
    let width = ours.len() + WIDER;
    // Of the places that have most of the words the narrowest.
    let place = |from: usize| {
        let place = &there[from..(from + width).min(there.len())];
        let count = roots.iter().filter(|root| place.iter().any(|word| word.root == **root)).count();
        // Words that only join others stand in the next sentence, too.
        let tells = |word: &Word| known(word) && word.weight >= TELLING_WORD;
        let last =
            place.iter().rposition(tells).or_else(|| place.iter().rposition(known)).unwrap_or_default();
        (count, std::cmp::Reverse(last), std::cmp::Reverse(from))
    };
    let begins = (0..there.len()).filter(|from| known(&there[*from]));
    let Some((count, std::cmp::Reverse(last), std::cmp::Reverse(from))) = begins.map(place).max() else {
        return false;
    };
    if 4 * count < 3 * roots.len() {
        return false;
    }
    // What a claim has behind the last word that both have, a report has in other words.
    let shared =
        |word: &&Word| is_plain(word) && there[from..=from + last].iter().any(|with| with.root == word.root);
    let behind = ours.len() - ours.iter().rposition(shared).map_or(ours.len(), |at| at + 1);
    let to = (from + last + 1 + behind).min(there.len());
    let negations = |words: &mut dyn Iterator<Item = (usize, &Word)>| {
        let (mut number, mut joined) = (0, false);
        for (at, word) in words {
            // "No, we have not": the answer is no negation of what follows. "Neither he nor she": one is enough.
            let counts = match word.stem {
                stem if stem == neither => true,
                stem if stem == nor => !joined,
                stem => word.negates && !(at == 0 && stem == no),
            };
            joined |= word.stem == neither;
            number += usize::from(counts);
        }
        number
    };
    let before = from.saturating_sub(BEFORE);
    let own = negations(&mut ours.iter().map(|word| &**word).enumerate());
    let other = negations(&mut (before..to).map(|at| (at, &there[at])));
    let denied = |report: &Report| usize::from(report.polarity == Polarity::ContentDenied);
    (own + denied(&claim.report)) % 2 != (other + denied(theirs)) % 2
}

/// The stems of "no", "neither", "nor" and "do".
fn particles() -> [u32; 4] {
    static STEMS: OnceLock<[u32; 4]> = OnceLock::new();
    *STEMS.get_or_init(|| ["no", "neither", "nor", "do"].map(stem_of))
}

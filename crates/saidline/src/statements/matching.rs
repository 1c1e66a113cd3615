//! Where the words in marks of a draft stand among those of a report: stretches that both have, and what differs between them.
//!
//! [`wording`](super::wording()) lays two reports of one utterance side by side. Here it is not known yet whether the two are of
//! one: a report may be a speech of an hour of which a draft has a sentence, or another sentence of the same speaker. So common
//! stretches are sought, the longest first, and a word alone only counts beside one.

use std::ops::Range;

use super::alignment::Hunk;
use super::wording::{self, Difference, Quoted, WordingKind};
use super::words::{Placed, is_negation, weight};

/// Words of a draft's quotation that are looked at.
const LONGEST: usize = 400;

/// Words of a report that are looked at: more than an hour of speech.
const LONGEST_THERE: usize = 12_000;

/// Fewer words in a row than this only count beside others.
const STRETCH: usize = 4;

/// So many words more than are missing here may be passed over there to a stretch that is too short to count alone.
const NEAR: usize = 4;

/// More words than this that are other ones at an end are no change, but words from elsewhere.
const CHANGED_END: usize = 4;

/// Words that weigh less than this at an end are no claim: "And", "But".
const TELLING: f32 = 0.6;

/// A stretch of words that both have.
#[derive(Debug, Clone, Copy)]
struct Block {
    here: usize,
    there: usize,
    length: usize,
}

/// How the words of a draft stand among those of a report.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// The gravest difference of what both have; `Identical` where there is none.
    pub(super) kind: WordingKind,
    /// Where they differ.
    pub(super) differences: Vec<Difference>,
    /// Of each difference where in the draft it is, or the words would stand that are missing.
    pub(super) at: Vec<u32>,
    /// Of each word of the draft whether the report has it.
    pub(super) covered: Vec<bool>,
    /// Of each word of the draft whether the report neither has it nor has another in its place.
    pub(super) beyond: Vec<bool>,
    /// How many words the draft has.
    pub(super) words: usize,
    /// How many of them the report has.
    pub(super) shared: usize,
    /// How much those tell, and how much all of the draft's do.
    pub(super) weight: (f32, f32),
    /// The longest run of words that both have.
    pub(super) run: usize,
}

impl Match {
    /// Whether the report has all of the draft's words that tell something, none of them changed.
    pub(super) fn is_clean(&self) -> bool {
        self.kind < WordingKind::Shifted && !self.beyond.contains(&true)
    }

    /// The part of the words that the report has.
    pub(super) fn share(&self) -> f32 {
        self.shared as f32 / self.words.max(1) as f32
    }

    /// The part of what the words tell.
    pub(super) fn telling_share(&self) -> f32 {
        self.weight.0 / self.weight.1.max(1e-3)
    }

    /// How many words are neither there nor changed.
    pub(super) fn beyond(&self) -> usize {
        self.beyond.iter().filter(|beyond| **beyond).count()
    }
}

/// How much each of the words in marks tells.
fn weights(quoted: &Quoted) -> Vec<f32> {
    let text = quoted.text();
    quoted
        .words()
        .iter()
        .take(LONGEST)
        .map(|word| weight(&word.span.of(text).to_lowercase().replace('’', "'")))
        .collect()
}

/// Lays the words of a draft among those of a report.
///
/// Time is the product of the two numbers of words, some hundred and some thousand at most, for each stretch that both have.
pub(super) fn lay(here: &Quoted, there: &Quoted) -> Match {
    let (ours, theirs) = (here.words(), there.words());
    let ours = &ours[..ours.len().min(LONGEST)];
    let theirs = &theirs[..theirs.len().min(LONGEST_THERE)];
    let weights = weights(here);
    let mut blocks = Vec::new();
    find(ours, theirs, 0..ours.len(), 0..theirs.len(), (false, false), &mut blocks);
    blocks.sort_by_key(|block| block.here);
    let mut covered = vec![false; ours.len()];
    for block in &blocks {
        covered[block.here..block.here + block.length].fill(true);
    }
    let shared = blocks.iter().map(|block| block.length).sum();
    let told = weights.iter().zip(&covered).filter(|(_, covered)| **covered).map(|(weight, _)| weight).sum();
    let mut found = Match {
        kind: WordingKind::Identical,
        differences: Vec::new(),
        at: Vec::new(),
        beyond: vec![false; ours.len()],
        words: ours.len(),
        shared,
        weight: (told, weights.iter().sum()),
        run: longest(&blocks),
        covered,
    };
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => {
            let (first, last) = (*first, *last);
            let sides = Sides { here, there, ours, theirs, weights: &weights };
            sides.beginning(first, &mut found);
            for pair in blocks.windows(2) {
                sides.between(pair[0], pair[1], &mut found);
            }
            sides.end(last, &mut found);
            let whole = first.there == 0 && last.there + last.length == theirs.len();
            let least = if whole { WordingKind::Identical } else { WordingKind::Cut };
            let gravest = found.differences.iter().map(|one| one.kind).max();
            found.kind = gravest.unwrap_or(WordingKind::Identical).max(least);
        }
        _ => found.beyond.fill(true),
    }
    found
}

/// The longest run, where runs that follow each other in both are one.
fn longest(blocks: &[Block]) -> usize {
    let (mut longest, mut run): (usize, usize) = (0, 0);
    let mut before: Option<Block> = None;
    for block in blocks {
        let follows = before.is_some_and(|before| {
            before.here + before.length == block.here && before.there + before.length == block.there
        });
        run = if follows { run + block.length } else { block.length };
        longest = longest.max(run);
        before = Some(*block);
    }
    longest
}

/// Finds the stretches that two ranges have in common, in the same order in both. `beside` says on which sides a stretch lies
/// already.
fn find(
    ours: &[Placed],
    theirs: &[Placed],
    here: Range<usize>,
    there: Range<usize>,
    beside: (bool, bool),
    blocks: &mut Vec<Block>,
) {
    if here.is_empty() || there.is_empty() {
        return;
    }
    let mut best = run(ours, theirs, here.clone(), there.clone());
    let alone = STRETCH.min(ours.len());
    if best.length < alone {
        // Too short to count alone: only what is near counts.
        let room = here.len() + NEAR;
        best.length = 0;
        if beside.0 {
            let near = there.start..there.end.min(there.start + room);
            best = run(ours, theirs, here.clone(), near);
        }
        if beside.1 {
            let near = there.start.max(there.end.saturating_sub(room))..there.end;
            let other = run(ours, theirs, here.clone(), near);
            if other.length > best.length {
                best = other;
            }
        }
        if best.length == 0 {
            return;
        }
    }
    let (here_end, there_end) = (best.here + best.length, best.there + best.length);
    find(ours, theirs, here.start..best.here, there.start..best.there, (beside.0, true), blocks);
    blocks.push(best);
    find(ours, theirs, here_end..here.end, there_end..there.end, (true, beside.1), blocks);
}

/// The longest run of words that two ranges have in common, the first of equals.
fn run(ours: &[Placed], theirs: &[Placed], here: Range<usize>, there: Range<usize>) -> Block {
    let mut before = vec![0_u32; there.len() + 1];
    let mut best = Block { here: here.start, there: there.start, length: 0 };
    for at in here {
        let mut diagonal = 0;
        for (n, other) in theirs[there.clone()].iter().enumerate() {
            let length = if ours[at].folded == other.folded { diagonal + 1 } else { 0 };
            diagonal = before[n + 1];
            before[n + 1] = length;
            if length as usize > best.length {
                let length = length as usize;
                best = Block { here: at + 1 - length, there: there.start + n + 1 - length, length };
            }
        }
    }
    best
}

struct Sides<'a> {
    here: &'a Quoted<'a>,
    there: &'a Quoted<'a>,
    ours: &'a [Placed],
    theirs: &'a [Placed],
    weights: &'a [f32],
}

impl Sides<'_> {
    fn differ(&self, kind: WordingKind, ours: Range<usize>, theirs: Range<usize>, found: &mut Match) {
        let before = ours.start.checked_sub(1).map_or(0, |before| self.ours[before].span.end);
        found.at.push(if ours.is_empty() { before } else { self.ours[ours.start].span.start });
        found.differences.push(Difference {
            kind,
            here: wording::around(self.ours, &ours),
            there: wording::around(self.theirs, &theirs),
        });
    }

    /// Words that the report does not have, and in whose place it has no others.
    fn beyond(&self, ours: Range<usize>, found: &mut Match) {
        let tells = ours.len() > 2 || self.weights[ours.clone()].iter().any(|weight| *weight >= TELLING);
        if tells {
            found.beyond[ours].fill(true);
        }
    }

    fn kind(&self, ours: Range<usize>, theirs: Range<usize>) -> WordingKind {
        let hunk = Hunk { ours, theirs };
        wording::kind(self.here.text(), self.ours, self.there.text(), self.theirs, &hunk)
    }

    /// Whether something between a word and the next tells that words may be missing, or a sentence ends.
    fn is_parted(text: &str, words: &[Placed], next: usize) -> bool {
        let (Some(one), Some(other)) = (words.get(next.wrapping_sub(1)), words.get(next)) else {
            return true;
        };
        let between = &text[one.span.end as usize..other.span.start.max(one.span.end) as usize];
        between.contains(['.', '!', '?', ';', ':']) || wording::is_parted(text, one, other)
    }

    fn are_parted(&self, ours: usize, theirs: usize) -> bool {
        Self::is_parted(self.here.text(), self.ours, ours)
            || Self::is_parted(self.there.text(), self.theirs, theirs)
    }

    fn beginning(&self, first: Block, found: &mut Match) {
        let ours = 0..first.here;
        if ours.is_empty() {
            return;
        }
        let theirs = first.there.saturating_sub(ours.len())..first.there;
        self.changed_end(ours, theirs, (first.here, first.there), found);
    }

    fn end(&self, last: Block, found: &mut Match) {
        let (here, there) = (last.here + last.length, last.there + last.length);
        let ours = here..self.ours.len();
        if ours.is_empty() {
            return;
        }
        let theirs = there..self.theirs.len().min(there + ours.len());
        self.changed_end(ours, theirs, (here, there), found);
    }

    /// Words at an end: others than the report's in their place, or words of which it has nothing.
    fn changed_end(
        &self,
        ours: Range<usize>,
        theirs: Range<usize>,
        (here, there): (usize, usize),
        found: &mut Match,
    ) {
        if self.ours[ours.clone()].iter().all(|word| wording::in_brackets(self.here.text(), word.span)) {
            return self.differ(WordingKind::Bracketed, ours, 0..0, found);
        }
        // "[W]e will" is "We will".
        let text = self.there.text();
        let near = theirs.start.saturating_sub(1)..(theirs.end + 1).min(self.theirs.len());
        if ours.len() == 1 && self.theirs[near].iter().any(|word| wording::in_brackets(text, word.span)) {
            return self.differ(WordingKind::Bracketed, ours, theirs, found);
        }
        if theirs.is_empty() || self.are_parted(here, there) || ours.len() > CHANGED_END {
            return self.beyond(ours, found);
        }
        let kind = self.kind(ours.clone(), theirs.clone());
        match kind {
            WordingKind::Cut | WordingKind::Joined => {
                self.differ(WordingKind::Altered, ours, theirs, found);
            }
            kind => self.differ(kind, ours, theirs, found),
        }
    }

    /// What stands between two stretches.
    fn between(&self, one: Block, next: Block, found: &mut Match) {
        let ours = one.here + one.length..next.here;
        let theirs = one.there + one.length..next.there;
        if ours.is_empty() && theirs.is_empty() {
            return;
        }
        if ours.is_empty() && self.are_fillers(&theirs) {
            return self.differ(WordingKind::Cut, ours, theirs, found);
        }
        let parted_here = |at| Self::is_parted(self.here.text(), self.ours, at);
        if ours.len() > CHANGED_END && (parted_here(ours.start) || parted_here(ours.end)) {
            // A piece from elsewhere, set between two of these.
            return self.beyond(ours, found);
        }
        let mut kind = self.kind(ours.clone(), theirs.clone());
        if ours.is_empty() && kind == WordingKind::Altered && (!self.weigh(&theirs) || self.is_aside(&theirs))
        {
            // Fewer of the words, and none of them others.
            kind = WordingKind::Cut;
        }
        if theirs.is_empty() && kind < WordingKind::Shifted && kind != WordingKind::Bracketed {
            // The report leaves out what the draft has.
            self.beyond(ours.clone(), found);
        }
        self.differ(kind, ours, theirs, found);
    }

    /// Whether words are a clause between commas or dashes: without it the sentence says the same, only less.
    fn is_aside(&self, theirs: &Range<usize>) -> bool {
        /// Fewer may hold back what is said: ", I hope,".
        const CLAUSE: usize = 5;
        let text = self.there.text();
        let parts = |at: usize| {
            let (Some(one), Some(other)) = (self.theirs.get(at.wrapping_sub(1)), self.theirs.get(at)) else {
                return false;
            };
            let between = &text[one.span.end as usize..other.span.start.max(one.span.end) as usize];
            between.contains([',', '—', '–']) || between.contains("--")
        };
        theirs.len() >= CLAUSE && parts(theirs.start) && parts(theirs.end)
    }

    /// Whether a sentence is quoted for another without some of the report's words: one of them negates or holds back ("I hope",
    /// "perhaps"), or a sentence ends among them.
    fn weigh(&self, theirs: &Range<usize>) -> bool {
        const HOLD_BACK: [&str; 24] = [
            "almost",
            "barely",
            "believe",
            "could",
            "except",
            "guess",
            "hardly",
            "hope",
            "if",
            "likely",
            "may",
            "maybe",
            "might",
            "nearly",
            "only",
            "perhaps",
            "possibly",
            "probably",
            "seldom",
            "some",
            "sometimes",
            "suppose",
            "think",
            "unless",
        ];
        let text = self.there.text();
        let weighs = |word: &Placed| {
            let folded = word.span.of(text).to_lowercase().replace('’', "'");
            is_negation(&folded) || HOLD_BACK.contains(&folded.as_str())
        };
        let words = &self.theirs[theirs.clone()];
        let before = theirs.start.checked_sub(1).and_then(|at| self.theirs.get(at));
        let from = before.map_or(0, |word| word.span.end as usize);
        let to = words.last().map_or(from, |word| word.span.end as usize);
        words.iter().any(weighs) || text[from..to.max(from)].contains(['.', '!', '?'])
    }

    /// Whether words are mere sounds of speaking, or said twice: whoever leaves them out changes nothing.
    fn are_fillers(&self, theirs: &Range<usize>) -> bool {
        const FILLERS: [&str; 8] = ["uh", "um", "er", "ah", "eh", "hmm", "you know", "i mean"];
        let text = self.there.text();
        let words = &self.theirs[theirs.clone()];
        let said: Vec<String> = words.iter().take(4).map(|word| word.span.of(text).to_lowercase()).collect();
        let mut fillers = words.len() <= 4;
        let mut rest = said.as_slice();
        while fillers && let Some((first, after)) = rest.split_first() {
            let two = after.first().map(|second| format!("{first} {second}"));
            rest = match two {
                Some(two) if FILLERS.contains(&two.as_str()) => &after[1..],
                _ => after,
            };
            fillers = rest.len() < after.len() || FILLERS.contains(&first.as_str());
        }
        let after = self.theirs.get(theirs.end..theirs.end + words.len()).unwrap_or_default();
        let before =
            theirs.start.checked_sub(words.len()).and_then(|from| self.theirs.get(from..theirs.start));
        let same = |others: &[Placed]| {
            words.len() == others.len() && words.iter().zip(others).all(|(a, b)| a.folded == b.folded)
        };
        fillers || same(after) || before.is_some_and(same)
    }
}

//! Reports read for comparing: what each comparison needs of them is made once.

use super::Report;
use super::sketches::sampled;
use super::words::Word;
use crate::attribution::QuotationKind;

/// Words that only join others weigh less than this.
const TELLING: f32 = 0.6;

/// Words that can stand in a telling pair of neighbours weigh this at least.
const SAYS_SOMETHING: f32 = 0.3;

/// Words of a report that are looked at; what is longer is a text printed whole.
const LONGEST: usize = 400;

/// A report read for comparing.
#[derive(Debug)]
pub struct Read<'a> {
    /// The report.
    pub report: &'a Report,
    /// The words of the content.
    pub(super) all: Bag,
    /// With the words that report.
    pub(super) with_cue: Bag,
    /// Those within quotation marks.
    pub(super) quoted: Bag,
    /// Those with a capital, and numbers.
    pub(super) names: Bag,
    /// By their roots; what the page is about weighs little.
    pub(super) roots: Bag,
    /// With the words that report.
    pub(super) roots_with_cue: Bag,
    /// The words that report, of direct reports too.
    pub(super) cue: Bag,
    /// Pairs of neighbours that tell something.
    pub(super) neighbours: Bag,
    /// Of its words within marks the runs that its page's sketch may keep, sorted.
    pub(super) runs: Vec<u32>,
    words: Vec<(u32, f32)>,
    quoted_words: Vec<(u32, f32)>,
    pub(super) negates: bool,
}

impl<'a> Read<'a> {
    /// Reads a report for comparing.
    pub fn new(report: &'a Report) -> Self {
        let words = || report.words.iter().take(LONGEST);
        // Of a quotation the words that report tell little: "said".
        let cue = if report.kind == QuotationKind::Direct { &[][..] } else { &report.cue };
        let says: Vec<&Word> = words().filter(|word| word.weight >= SAYS_SOMETHING).collect();
        let pairs = says.windows(2).map(|pair| {
            let key = pair[0].stem.rotate_left(7) ^ pair[1].stem;
            (key, (pair[0].weight + pair[1].weight) / 2.0)
        });
        let quoted: Vec<u32> = report.words.iter().filter(|word| word.quoted).map(|word| word.stem).collect();
        let mut runs: Vec<u32> = sampled(&quoted).collect();
        runs.sort_unstable();
        Self {
            report,
            runs,
            all: Bag::of(words()),
            with_cue: Bag::of(words().chain(cue)),
            quoted: Bag::of(words().filter(|word| word.quoted)),
            names: Bag::of(words().filter(|word| word.marked)),
            roots: Bag::of_roots(words()),
            roots_with_cue: Bag::of_roots(words().chain(cue)),
            cue: Bag::of(report.cue.iter()),
            neighbours: Bag::new(pairs.collect()),
            words: words().map(|word| (word.stem, word.weight)).collect(),
            quoted_words: words().filter(|word| word.quoted).map(|word| (word.stem, word.weight)).collect(),
            negates: words().any(|word| word.negates),
        }
    }

    /// How many words in a row both have within marks.
    pub(super) fn quoted_run(&self, other: &Self) -> usize {
        longest_run(&self.quoted_words, &other.quoted_words).length
    }

    /// How many words in a row both have within marks, and how many words beside these only one has.
    pub(super) fn quoted_run_and_apart(&self, other: &Self) -> (usize, usize) {
        let run = longest_run(&self.quoted_words, &other.quoted_words);
        (run.length, apart_beside(&self.quoted_words, &other.quoted_words, run))
    }

    /// How many words in a row both have, and how much the weightiest such run weighs.
    pub(super) fn run(&self, other: &Self) -> (usize, f32) {
        let run = longest_run(&self.words, &other.words);
        (run.length, run.weight)
    }

    /// How many words were read, and how many of them within marks.
    pub(super) fn lengths(&self) -> (usize, usize) {
        (self.words.len(), self.quoted_words.len())
    }
}

/// What tells something, each once with its weight, sorted.
#[derive(Debug)]
pub(super) struct Bag {
    pub(super) words: Vec<(u32, f32)>,
    pub(super) weight: f32,
}

impl Bag {
    fn new(mut words: Vec<(u32, f32)>) -> Self {
        words.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
        words.dedup_by_key(|word| word.0);
        Self { weight: words.iter().map(|word| word.1).sum(), words }
    }

    fn of<'w>(words: impl Iterator<Item = &'w Word>) -> Self {
        let telling = words.filter(|word| word.weight >= TELLING);
        Self::new(telling.map(|word| (word.stem, word.weight)).collect())
    }

    fn of_roots<'w>(words: impl Iterator<Item = &'w Word>) -> Self {
        let telling = words.filter(|word| word.weight >= TELLING);
        let here = |word: &Word| word.weight / (1.0 + f32::from(word.times.max(1)).ln());
        Self::new(telling.map(|word| (word.root, here(word))).collect())
    }

    /// The weights of what both have.
    fn both(&self, other: &Self) -> impl Iterator<Item = f32> {
        let (mut ours, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        std::iter::from_fn(move || {
            loop {
                match ours.peek()?.0.cmp(&theirs.peek()?.0) {
                    std::cmp::Ordering::Less => ours.next(),
                    std::cmp::Ordering::Greater => theirs.next(),
                    std::cmp::Ordering::Equal => return Some(ours.next()?.1.min(theirs.next()?.1)),
                };
            }
        })
    }

    /// The weight of what both have.
    pub(super) fn shared(&self, other: &Self) -> f32 {
        self.both(other).sum()
    }

    /// The weight of what both have, of the lighter's.
    pub(super) fn contained(&self, other: &Self) -> f32 {
        self.shared(other) / self.weight.min(other.weight).max(1e-3)
    }

    /// The weight of what both have, of all that either has.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let shared = self.shared(other);
        shared / (self.weight + other.weight - shared).max(1e-3)
    }

    /// How many of those that both have weigh so much, and what the weightiest weighs.
    pub(super) fn rarest(&self, other: &Self, least: f32) -> (usize, f32) {
        self.both(other).fold((0, 0.0_f32), |(many, most), weight| {
            (many + usize::from(weight >= least), most.max(weight))
        })
    }
}

/// Words in a row that two have.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    /// How many the longest are.
    length: usize,
    /// Where the longest ends in the one and in the other.
    ends: (usize, usize),
    /// What the weightiest weigh.
    weight: f32,
}

fn longest_run(one: &[(u32, f32)], other: &[(u32, f32)]) -> Run {
    let mut before = vec![(0, 0.0_f32); other.len() + 1];
    let mut found = Run::default();
    for (at, (word, weight)) in one.iter().enumerate() {
        let mut diagonal = (0, 0.0);
        for (there, (counterpart, _)) in other.iter().enumerate() {
            let run = if word == counterpart { (diagonal.0 + 1, diagonal.1 + weight) } else { (0, 0.0) };
            diagonal = before[there + 1];
            before[there + 1] = run;
            if run.0 > found.length {
                (found.length, found.ends) = (run.0, (at + 1, there + 1));
            }
            found.weight = found.weight.max(run.1);
        }
    }
    found
}

/// Of the words before and behind a run, as far as both go on, how many only one has: what is said once and quoted twice goes on
/// alike, what is said twice goes on otherwise.
fn apart_beside(one: &[(u32, f32)], other: &[(u32, f32)], run: Run) -> usize {
    let (here, there) = run.ends;
    let behind = apart(one[here..].iter(), other[there..].iter());
    let before = apart(one[..here - run.length].iter().rev(), other[..there - run.length].iter().rev());
    behind + before
}

/// Of the first words of two, as far as both go, how many only one has.
fn apart<'w>(
    one: impl ExactSizeIterator<Item = &'w (u32, f32)>,
    other: impl ExactSizeIterator<Item = &'w (u32, f32)>,
) -> usize {
    /// Words on each side that are looked at.
    const BESIDE: usize = 8;
    let few = one.len().min(other.len()).min(BESIDE);
    let mut theirs: Vec<u32> = other.take(few).map(|word| word.0).collect();
    one.take(few)
        .filter(|word| match theirs.iter().position(|other| *other == word.0) {
            Some(at) => {
                theirs.swap_remove(at);
                false
            }
            None => true,
        })
        .count()
}

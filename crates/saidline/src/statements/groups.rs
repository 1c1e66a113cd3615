//! Reports put together into statements.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::likeness::bar;
use super::weights::{JOINED, JOINS, MOST_COUNTS, QUOTATIONS};
use super::{Decided, Read, Report};
use crate::attribution::QuotationKind;

/// A group of more is a campaign line, not an utterance: it grows no more.
const LARGEST: usize = 200;

/// What so many reports share tells nothing: a key of more is not used.
pub const CROWD: usize = 400;

/// Puts reports together: the places of those that are of one statement, groups in the order of their first report. Each report
/// stands in one group. `decided` are pairs of places that a person said are one, or are not,
/// the latest word first: what goes against one before it has no force.
///
/// Groups come together where they have a pair that [joins](joins), the likest first. Two that both have quotations only by a
/// pair of quotations: what sums up two of somebody's remarks does not make them one.
///
/// What comes out depends on the reports and what was decided alone, but for ties: these go by the order of the reports. Only
/// reports that share a [key](Report::keys), or stand next to each other in a document, can bring groups together.
pub fn group(reports: &[Report], decided: &[(usize, usize, Decided)]) -> Vec<Vec<usize>> {
    Grouping::new(reports, decided).run()
}

/// Whether two reports with this chance of being one can bring their groups together.
pub fn joins(chance: f32) -> bool {
    chance >= JOINS
}

/// Whether two reports of a document stand so near each other that they are compared, whatever words they share.
pub fn are_near(one: &Report, other: &Report) -> bool {
    one.document == other.document && one.paragraph.abs_diff(other.paragraph) <= 1
}

/// Pairs of places that are worth comparing, the smaller first.
fn candidates(reports: &[Report]) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut by_document: HashMap<u32, Vec<usize>> = HashMap::new();
    for (place, report) in reports.iter().enumerate() {
        for key in report.keys() {
            by_key.entry(key).or_default().push(place);
        }
        by_document.entry(report.document).or_default().push(place);
    }
    let mut pairs = Vec::new();
    for (place, report) in reports.iter().enumerate() {
        let mut others: Vec<usize> = report
            .keys_near()
            .iter()
            .filter_map(|key| by_key.get(key))
            .filter(|places| places.len() <= CROWD)
            .flatten()
            .copied()
            .chain(
                by_document[&report.document]
                    .iter()
                    .copied()
                    .filter(|&other| are_near(report, &reports[other])),
            )
            .filter(|&other| other > place)
            .collect();
        others.sort_unstable();
        others.dedup();
        pairs.extend(others.into_iter().map(|other| (place, other)));
    }
    pairs
}

/// Two groups that may be joined, and how alike they are. The likest comes first out of a heap; of equals those of the first
/// places.
#[derive(Debug, PartialEq)]
struct Likely {
    alike: f32,
    one: usize,
    other: usize,
    /// How many joins either had seen when this was told: what is older is out of date.
    joins: (u32, u32),
}

impl Eq for Likely {}

impl PartialOrd for Likely {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Likely {
    fn cmp(&self, other: &Self) -> Ordering {
        self.alike
            .total_cmp(&other.alike)
            .then_with(|| (other.one, other.other).cmp(&(self.one, self.other)))
            .then_with(|| self.joins.cmp(&other.joins))
    }
}

/// Groups that grow by joining the two that are most alike.
struct Grouping<'a> {
    reports: &'a [Report],
    read: Vec<Read<'a>>,
    /// How likely pairs are one, the smaller place first; none for those that cannot be. Told when it is asked for.
    chances: HashMap<(usize, usize), Option<f32>>,
    /// The members of each group; a group that went into another has none.
    groups: Vec<Vec<usize>>,
    /// The group of each report.
    of: Vec<usize>,
    /// The groups with which each has a pair that can bring them together.
    near: Vec<HashSet<usize>>,
    joins: Vec<u32>,
    /// Pairs that a person said are not one.
    parted: HashSet<(usize, usize)>,
    decided: &'a [(usize, usize, Decided)],
    heap: BinaryHeap<Likely>,
}

impl<'a> Grouping<'a> {
    fn new(reports: &'a [Report], decided: &'a [(usize, usize, Decided)]) -> Self {
        let mut new = Self {
            reports,
            read: reports.iter().map(Read::new).collect(),
            chances: HashMap::new(),
            groups: (0..reports.len()).map(|place| vec![place]).collect(),
            of: (0..reports.len()).collect(),
            near: vec![HashSet::new(); reports.len()],
            joins: vec![0; reports.len()],
            parted: HashSet::new(),
            decided,
            heap: BinaryHeap::new(),
        };
        for (one, other) in candidates(reports) {
            if new.chance(one, other).is_some_and(joins) {
                new.near[one].insert(other);
                new.near[other].insert(one);
            }
        }
        for &(one, other, what) in decided {
            if what == Decided::Two {
                new.parted.insert((one.min(other), one.max(other)));
            }
        }
        new
    }

    fn run(mut self) -> Vec<Vec<usize>> {
        self.join_likely();
        // What a person joins are whole groups, whatever bars two of their reports.
        for &(one, other, what) in self.decided {
            let (one, other) = (self.of[one], self.of[other]);
            if what == Decided::One && one != other && !self.are_parted(one, other) {
                self.join(one, other);
            }
        }
        let mut groups: Vec<Vec<usize>> = self.groups.into_iter().filter(|group| !group.is_empty()).collect();
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.sort_unstable();
        groups
    }

    fn join_likely(&mut self) {
        for group in 0..self.groups.len() {
            for other in self.near[group].clone() {
                if group < other && !self.groups[group].is_empty() {
                    self.offer(group, other);
                }
            }
        }
        while let Some(likely) = self.heap.pop() {
            let (one, other) = (likely.one, likely.other);
            let current = likely.joins == (self.joins[one], self.joins[other]);
            if !current || self.groups[one].is_empty() || self.groups[other].is_empty() {
                continue;
            }
            self.join(one, other);
            for other in self.near[one].clone() {
                self.offer(one.min(other), one.max(other));
            }
        }
    }

    /// The chance that two reports are one; none where they cannot be.
    fn chance(&mut self, one: usize, other: usize) -> Option<f32> {
        let pair = (one.min(other), one.max(other));
        *self.chances.entry(pair).or_insert_with(|| {
            let can = bar(&self.reports[one], &self.reports[other]).is_none();
            can.then(|| self.read[one].chance(&self.read[other]))
        })
    }

    /// Puts two groups up for joining, where they are alike enough.
    fn offer(&mut self, one: usize, other: usize) {
        if self.groups[one].len() + self.groups[other].len() > LARGEST {
            return;
        }
        if let Some(alike) = self.between(one, other).filter(|alike| *alike >= JOINED) {
            self.heap.push(Likely { alike, one, other, joins: (self.joins[one], self.joins[other]) });
        }
    }

    /// Whether a person said of two in these groups that they are not one.
    fn are_parted(&self, one: usize, other: usize) -> bool {
        self.parted.iter().any(|&(left, right)| {
            let groups = (self.of[left], self.of[right]);
            groups == (one, other) || groups == (other, one)
        })
    }

    /// How alike two groups are, by the likeliest pair and by all; none where two in them cannot be one, or where both have
    /// quotations and no two of these are one.
    fn between(&mut self, one: usize, other: usize) -> Option<f32> {
        let (mut most, mut sum, mut quotations) = (0.0_f32, 0.0_f32, None);
        let (ours, theirs) = (self.groups[one].clone(), self.groups[other].clone());
        for &left in &ours {
            for &right in &theirs {
                if self.parted.contains(&(left.min(right), left.max(right))) {
                    return None;
                }
                let like = self.chance(left, right)?;
                most = most.max(like);
                sum += like;
                if self.quotes(left) && self.quotes(right) {
                    quotations = Some(like.max(quotations.unwrap_or(0.0)));
                }
            }
        }
        if quotations.is_some_and(|like| like < QUOTATIONS) {
            return None;
        }
        let mean = sum / (ours.len() * theirs.len()) as f32;
        Some(MOST_COUNTS * most + (1.0 - MOST_COUNTS) * mean)
    }

    /// Whether a report gives the words as spoken.
    fn quotes(&self, place: usize) -> bool {
        self.reports[place].kind == QuotationKind::Direct
    }

    /// The second goes into the first.
    fn join(&mut self, one: usize, other: usize) {
        let moved = std::mem::take(&mut self.groups[other]);
        for &place in &moved {
            self.of[place] = one;
        }
        self.groups[one].extend(moved);
        // Sums of fractions depend on the order.
        self.groups[one].sort_unstable();
        for third in std::mem::take(&mut self.near[other]) {
            self.near[third].remove(&other);
            if third != one {
                self.near[third].insert(one);
                self.near[one].insert(third);
            }
        }
        self.near[one].remove(&other);
        self.joins[one] += 1;
        self.joins[other] += 1;
    }
}

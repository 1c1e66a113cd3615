//! Reports put together into statements.

use std::collections::{HashMap, HashSet};

use super::weights::JOINED;
use super::{Report, compare};
use crate::attribution::QuotationKind;

/// Pairs less likely than this are taken for unlike.
const UNLIKE: f32 = 0.05;

/// A group of more is a campaign line, not an utterance: it grows no more.
const LARGEST: usize = 200;

/// Puts reports together: the places of those that are of one statement, groups in the order of their first report. Each report
/// stands in one group. What comes out depends on the reports alone, not on their order.
///
/// All pairs are compared: the caller feeds reports of one voice, or of one event. Time is the square of their number.
pub fn group(reports: &[Report]) -> Vec<Vec<usize>> {
    let mut likeness: HashMap<(usize, usize), Option<f32>> = HashMap::new();
    let mut near: Vec<(f32, usize, usize)> = Vec::new();
    for one in 0..reports.len() {
        for other in one + 1..reports.len() {
            let like = compare(&reports[one], &reports[other]);
            if like.is_none_or(|like| like >= UNLIKE) {
                likeness.insert((one, other), like);
            }
            if let Some(like) = like.filter(|like| *like >= UNLIKE) {
                near.push((like, one, other));
            }
        }
    }
    let like = |one: usize, other: usize| {
        likeness.get(&(one.min(other), one.max(other))).copied().unwrap_or(Some(0.0))
    };
    // How alike two groups are: half by the likeliest pair, half by all; none where two in them cannot be one.
    let between = |one: &[usize], other: &[usize]| -> Option<f32> {
        let (mut most, mut sum) = (0.0_f32, 0.0_f32);
        for &left in one {
            for &right in other {
                let like = like(left, right)?;
                most = most.max(like);
                sum += like;
            }
        }
        let mean = sum / (one.len() * other.len()) as f32;
        let by_words = !quotes_alone(reports, one) || !quotes_alone(reports, other) || most >= 0.5;
        by_words.then_some(0.5 * most + 0.5 * mean)
    };
    let mut groups: Vec<Vec<usize>> = (0..reports.len()).map(|place| vec![place]).collect();
    let mut of: Vec<usize> = (0..reports.len()).collect();
    loop {
        // Only groups with a likely pair can be joined.
        let mut best: Option<(f32, usize, usize)> = None;
        let mut seen: HashSet<(usize, usize)> = HashSet::new();
        for &(_, one, other) in &near {
            let (one, other) = (of[one].min(of[other]), of[one].max(of[other]));
            if one == other || !seen.insert((one, other)) || groups[one].len() + groups[other].len() > LARGEST
            {
                continue;
            }
            let Some(alike) = between(&groups[one], &groups[other]) else { continue };
            let better = best.is_none_or(|(had, first, second)| {
                alike.total_cmp(&had).then_with(|| (first, second).cmp(&(one, other))).is_gt()
            });
            if better {
                best = Some((alike, one, other));
            }
        }
        let Some((alike, one, other)) = best else { break };
        if alike < JOINED {
            break;
        }
        let moved = std::mem::take(&mut groups[other]);
        for &place in &moved {
            of[place] = one;
        }
        groups[one].extend(moved);
        groups[one].sort_unstable();
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// Whether all of a group's reports give the words as spoken.
fn quotes_alone(reports: &[Report], group: &[usize]) -> bool {
    group.iter().all(|&place| reports[place].kind == QuotationKind::Direct)
}

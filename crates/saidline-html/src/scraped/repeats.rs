//! Finds lines that stand whole inside another line: words of the article, repeated large for show.

use std::collections::HashMap;

use super::features::words;

/// No shorter line is taken for a repetition: a few words repeat by chance.
const FEWEST_WORDS: usize = 6;
/// So many places are compared for each line; a page that repeats the same words more often is not read for this.
const MOST_PLACES: usize = 8;
/// No more words of a page are compared; an article has a hundredth of that.
const MOST_WORDS: usize = 200_000;

/// Of the lines given (each with its number), the numbers of those whose words stand in a row in another, longer
/// one. Linear in the lines' length.
pub(super) fn inside_others<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<usize> {
    let mut all: Vec<String> = Vec::new();
    let mut ranges: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for (number, line) in lines {
        let from = all.len();
        if from > MOST_WORDS {
            break;
        }
        all.extend(words(line).take(MOST_WORDS).map(str::to_lowercase));
        ranges.push((number, from..all.len()));
    }
    let mut places: HashMap<[&str; 4], Vec<usize>> = HashMap::new();
    let mut line_of = vec![0_usize; all.len()];
    for (index, (_, range)) in ranges.iter().enumerate() {
        line_of[range.clone()].fill(index);
        for at in range.start..range.end.saturating_sub(3) {
            let found = places.entry([&all[at], &all[at + 1], &all[at + 2], &all[at + 3]]).or_default();
            if found.len() < MOST_PLACES {
                found.push(at);
            }
        }
    }
    let mut repeated = Vec::new();
    for (index, (number, range)) in ranges.iter().enumerate() {
        if range.len() < FEWEST_WORDS {
            continue;
        }
        let wanted = &all[range.clone()];
        let Some(found) = places.get(&[&*wanted[0], &wanted[1], &wanted[2], &wanted[3]].map(|w: &str| w))
        else {
            continue;
        };
        let stands_in = |at: usize| {
            let other = &ranges[line_of[at]].1;
            line_of[at] != index
                && other.len() > wanted.len()
                && other.end - at >= wanted.len()
                && all[at..at + wanted.len()] == *wanted
        };
        if found.iter().any(|at| stands_in(*at)) {
            repeated.push(*number);
        }
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &[usize]) {
        assert_eq!(inside_others(lines.iter().copied().enumerate()), expected, "{lines:?}");
    }

    #[test]
    fn finds_what_is_said_twice() {
        check(&["“We will not close the landing!”", "“We will not close the landing,” she said."], &[0]);
        check(&["She said: “We will not close the landing now.”", "We will not close the landing"], &[1]);
        check(&["We will not close the landing", "We will not close the landing"], &[]);
        check(&["We will close", "We will close the landing"], &[]);
        check(&["We will not close the landing", "We will not close the old landing"], &[]);
        check(&[], &[]);
    }

    #[test]
    fn endless_repetition_ends_in_linear_time() {
        let long = "no ".repeat(100_000);
        let shorter = "no ".repeat(50_000);
        let found = inside_others([(0, long.as_str()), (1, shorter.as_str())].into_iter());
        assert_eq!(found, [1]);
    }
}

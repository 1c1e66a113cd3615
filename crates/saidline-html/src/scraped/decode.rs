//! From a score for each line to what is article and what is not: articles are contiguous.

/// What it costs to pass from article to furniture or back, in units of log-odds.
const SWITCH: f32 = 0.5;
/// What speaks for the article before anything is known, in units of log-odds: a lost quotation costs more than a
/// line of furniture that is read.
const LEANING: f32 = 0.3;
/// No single line speaks louder than this.
const LOUDEST: f32 = 4.0;

/// Whether each line belongs to the article: the sequence of labels with the greatest sum of log-odds, less a
/// cost for each change. A missing score counts as an even chance.
pub(super) fn article_lines(scores: &[f32]) -> Vec<bool> {
    // Two states, so the way back is two bits a line.
    let mut came_from: Vec<[bool; 2]> = Vec::with_capacity(scores.len());
    let mut best = [0.0_f32; 2];
    for score in scores {
        let odds = log_odds(*score) + LEANING;
        let mut next = [0.0; 2];
        let mut from = [false; 2];
        for state in [false, true] {
            let (stay, change) = (best[usize::from(state)], best[usize::from(!state)] - SWITCH);
            from[usize::from(state)] = if change > stay { !state } else { state };
            let gain = if state { odds } else { -odds } / 2.0;
            next[usize::from(state)] = stay.max(change) + gain;
        }
        came_from.push(from);
        // Kept near zero, so that a long page loses no precision.
        best = [next[0] - next[0].max(next[1]), next[1] - next[0].max(next[1])];
    }
    let mut state = best[1] > best[0];
    let mut labels = vec![false; scores.len()];
    for (label, from) in labels.iter_mut().zip(&came_from).rev() {
        *label = state;
        state = from[usize::from(state)];
    }
    labels
}

fn log_odds(score: f32) -> f32 {
    if score.is_nan() {
        return 0.0;
    }
    let chance = score.clamp(1e-6, 1.0 - 1e-6);
    (chance / (1.0 - chance)).ln().clamp(-LOUDEST, LOUDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scores: &[f32], expected: &str) {
        let labels: String =
            article_lines(scores).into_iter().map(|inside| if inside { 'A' } else { '.' }).collect();
        assert_eq!(labels, expected, "{scores:?}");
    }

    #[test]
    fn follows_clear_scores() {
        check(&[], "");
        check(&[0.9], "A");
        check(&[0.1], ".");
        check(&[0.01, 0.99, 0.98, 0.02], ".AA.");
        check(&[0.99, 0.01, 0.99], "A.A");
    }

    #[test]
    fn a_doubtful_line_goes_with_its_neighbours() {
        check(&[0.99, 0.4, 0.99], "AAA");
        check(&[0.01, 0.5, 0.01], "...");
    }

    #[test]
    fn odd_scores_do_no_harm() {
        check(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 2.0, -1.0], "AA.A.");
        assert_eq!(article_lines(&vec![0.7; 1 << 20]).len(), 1 << 20);
    }
}

//! What tells that two reports are of the same words, and how much. Learned by `training/statements/train.py`.

use super::features::FEATURES;

/// What each number weighs; the order is that of `features`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    1.66, -0.75, -0.31, -0.81, 0.22, 0.11, 0.04, 0.74, 0.01, 0.16, 0.12, 0.53, 0.40, 0.12, -0.48, -0.15,
    0.09, 0.53, 1.20, 0.51, 0.94, -0.08, -0.09, -0.39, 0.27, -0.02, -0.09, 0.50, 0.23, 0.16, -0.24, -0.36,
    -0.28, 0.32, -0.25, -0.13, -0.05, 0.26, 0.76, 0.07, -0.12, -0.13, 0.24, -0.31, 0.04, 0.04, 0.88, 0.35,
    0.21, -0.21, 0.35, -0.48, -0.54, -0.13, 0.26, -0.29, 0.48, 0.03, -0.12, -0.26, 0.57, 0.42, 0.36, -0.14,
    0.11, 0.03, 0.36, -0.28, -0.38, -0.36, 0.27, 0.98, 0.41, -0.28, 0.04, -0.17, -0.03, -0.23, -0.38, 0.57,
    0.96, 0.25, 0.56, 0.21, 0.13, 0.12, 0.75, -0.08, 0.32, 0.20, -0.09, 0.85, -0.41, 0.17, 0.22, 0.09, 0.09,
    0.54, 0.13, 0.13, 0.11, 0.15, 0.30, 0.18, 0.13, 0.06, -0.20, 0.14, 0.25, -0.68, -0.32, -0.42, -0.29,
    -0.17,
];

/// What is added to their sum.
pub(super) const BIAS: f32 = -3.82;

/// Two reports with such a chance of being one can bring their groups together,
pub(super) const JOINS: f32 = 0.3;

/// where the groups are as alike as this,
pub(super) const JOINED: f32 = 0.25;

/// counting the likeliest pair for so much and the mean of all for the rest,
pub(super) const MOST_COUNTS: f32 = 0.3;

/// and where both have quotations, two of these have such a chance.
pub(super) const QUOTATIONS: f32 = 0.65;

/// A pair that is not of two quotations must show so much more (in the logarithm of the odds) where it is of two pages that share
/// no words in a row,
pub(super) const ASKED_OF_PAGES: f32 = 1.85;

/// so much where they share some,
pub(super) const ASKED_OF_RUNS: f32 = 1.3;

/// and so much more where it is of one: a page goes on from one remark to the next, and sums up what it quotes. Both were chosen
/// by statements of a large record that were read, where the events asked for less.
pub(super) const ASKED_OF_PAGE: f32 = 2.5;

//! What tells that two reports are of the same words, and how much. Learned by `training/statements/train.py`.

use super::features::FEATURES;

/// What each number weighs; the order is that of `features`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    1.70, -0.77, -0.37, -0.79, 0.22, -0.38, -0.01, 0.52, 0.08, 0.29, 0.09, 0.60, 0.38, 0.12, -0.58, -0.47,
    0.06, 0.49, 1.20, 0.29, 0.92, -0.13, -0.22, -0.44, 0.11, 0.14, 0.04, 0.47, 0.36, 0.23, -0.26, -0.36,
    -0.32, 0.33, -0.11, -0.02, -0.42, 0.26, 0.49, 0.02, 0.05, -0.12, 0.06, -0.31, 0.13, 0.05, 0.86, 0.33,
    0.15, -0.23, 0.41, -0.63, -0.78, -0.11, 0.24, -0.27, 0.52, 0.06, -0.16, -0.12, 0.61, 0.37, 0.26, -0.26,
    -0.04, 0.06, 0.35, -0.16, -0.46, -0.25, 0.08, 1.00, 0.48, -0.30, 0.09, -0.48, -0.08, -0.15, -0.33, 0.58,
    1.08, 0.36, 0.60, 0.06, 0.17, 0.33, 0.83, -0.06, 0.33, 0.30,
];

/// What is added to their sum.
pub(super) const BIAS: f32 = -3.30;

/// Two reports with such a chance of being one can bring their groups together,
pub(super) const JOINS: f32 = 0.3;

/// where the groups are as alike as this,
pub(super) const JOINED: f32 = 0.25;

/// counting the likeliest pair for so much and the mean of all for the rest,
pub(super) const MOST_COUNTS: f32 = 0.3;

/// and where both have quotations, two of these have such a chance.
pub(super) const QUOTATIONS: f32 = 0.75;

/// A pair that is not of two quotations must show so much more (in the logarithm of the odds) where it is of two pages that share
/// no words in a row,
pub(super) const ASKED_OF_PAGES: f32 = 2.6;

/// and so much more where it is of one: a page goes on from one remark to the next, and sums up what it quotes. Both were chosen
/// by statements of a large record that were read, where the events asked for less.
pub(super) const ASKED_OF_PAGE: f32 = 2.7;

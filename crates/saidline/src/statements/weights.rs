//! What tells that two reports are of the same words, and how much. Learned by `training/statements/train.py`.

use super::features::FEATURES;

/// What each number weighs; the order is that of `features`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    1.75, -0.79, -0.42, -0.83, 0.28, -0.11, 0.08, 0.34, -0.00, 0.28, -0.05, 0.67, 0.41, -0.00, -0.44, -0.44,
    0.20, 0.49, 0.98, 0.21, 0.88, -0.16, -0.31, -0.40, 0.05, 0.11, 0.12, 0.48, 0.43, 0.23, -0.24, -0.32,
    -0.35, 0.39, -0.20, 0.06, -0.42, 0.25, 0.54, 0.07, -0.05, -0.23, 0.07, -0.24, 0.12, 0.12, 0.84, 0.36,
    0.20, -0.10, 0.32, -0.71, -0.79, -0.14, 0.18, -0.28, 0.54, 0.11, -0.26, -0.14, 0.63, 0.52, 0.19, -0.27,
    -0.15, -0.03, 0.38, -0.18, -0.33, -0.43, 0.03, 1.08, 0.39, -0.36, -0.08, -0.38, -0.12, -0.14, -0.30,
    0.60, 1.09, 0.28, 0.65, -0.00, 0.15, 0.26, 0.83, -0.06, 0.29, 0.43,
];

/// What is added to their sum.
pub(super) const BIAS: f32 = -3.08;

/// Two reports with such a chance of being one can bring their groups together,
pub(super) const JOINS: f32 = 0.3;

/// where the groups are as alike as this,
pub(super) const JOINED: f32 = 0.25;

/// counting the likeliest pair for so much and the mean of all for the rest,
pub(super) const MOST_COUNTS: f32 = 0.3;

/// and where both have quotations, two of these have such a chance.
pub(super) const QUOTATIONS: f32 = 0.75;

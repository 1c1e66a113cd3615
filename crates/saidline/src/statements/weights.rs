//! What tells that two reports are of the same words, and how much. Learned by `training/statements/train.py`.

use super::likeness::FEATURES;

/// What each number weighs; the order is that of `features`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    2.05, -0.65, 0.93, 0.55, 0.15, 0.22, 1.29, 2.53, 1.58, 0.29, -1.75, -0.91, 0.58, 0.80, 0.68, 0.43, 1.56,
    -0.13, -0.79, -0.50, 0.39, 0.22, -0.40, 1.37, 0.95, -0.06, -0.24, -0.50, -0.48, 0.38, -0.31, 0.39, -0.61,
    1.91,
];

/// What is added to their sum.
pub(super) const BIAS: f32 = -3.31;

/// Groups as alike as this are joined.
pub(super) const JOINED: f32 = 0.4;

//! What tells that two reports are of the same words, and how much. Learned by `training/statements/train.py`.

use super::likeness::FEATURES;

/// What each number weighs; the order is that of `features`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    2.21, -0.67, 1.01, 0.48, 0.17, 0.25, 1.24, 2.63, 1.78, 0.16, -1.72, -0.84, 0.66, 0.85, 0.60, 0.50, 1.52,
    -0.09, -0.81, -0.38, 0.42, 0.15, -0.32, 1.34, 0.89, 0.08, -0.27, -0.44, -0.41, -0.12, -0.45, 0.45, -0.69,
    1.93,
];

/// What is added to their sum.
pub(super) const BIAS: f32 = -3.64;

/// Groups as alike as this are joined.
pub(super) const JOINED: f32 = 0.4;

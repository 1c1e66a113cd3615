//! What tells whom "he" or "she" means, and how much: a logistic scorer over the persons named around.
//!
//! Learned by `training/pronouns/train.py` on GUM; `examples/pronouns.rs` prints what it learns from.

/// How many numbers describe a candidate.
pub(crate) const FEATURES: usize = 18;

/// What each number weighs; the order is that of `Page::candidates`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    1.40, 0.46, 0.38, -1.45, -0.02, 0.68, 0.52, 0.00, -0.87, 0.42, 0.43, 1.05, -0.49, 0.53, 0.52, -0.24, 1.47, 0.39,
];

/// The weight of nobody among them.
pub(super) const NOBODY: f32 = 1.78;

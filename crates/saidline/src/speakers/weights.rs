//! What tells whom "he" or "she" means, and how much: a logistic scorer over the persons named around.
//!
//! Learned by `training/pronouns/train.py` on annotated attributions, drawn towards what GUM's pronouns tell.

/// How many numbers describe a candidate.
pub(crate) const FEATURES: usize = 22;

/// What each number weighs; the order is that of `Page::candidates`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    1.10, 0.56, 0.47, -1.14, 0.23, 0.23, 0.38, 0.14, -0.90, 1.58, 0.56, 0.56, -0.28, 0.76, -0.08, 0.36, 0.26,
    0.29, 0.34, -0.42, 0.12, 0.67,
];

/// The weight of nobody among them.
pub(super) const NOBODY: f32 = 0.70;

//! What tells whom "he" or "she" means, and how much: a logistic scorer over the persons named around.
//!
//! Learned by `training/pronouns/train.py` on annotated attributions, drawn towards what GUM's pronouns tell.

/// How many numbers describe a candidate.
pub(crate) const FEATURES: usize = 22;

/// What each number weighs; the order is that of `Page::candidates`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    0.97, 0.66, 0.49, -1.12, 0.52, 0.29, 0.42, 0.11, -0.71, 1.88, 0.79, 0.30, -0.37, 0.79, -0.36, 0.50, 0.47,
    0.24, 0.56, -0.77, 0.02, 0.84,
];

/// The weight of nobody among them.
pub(super) const NOBODY: f32 = 0.69;

//! What tells whom "he" or "she" means, and how much: a logistic scorer over the persons named around.
//!
//! Learned by `training/pronouns/train.py` on GUM; `examples/pronouns.rs` prints what it learns from. Four numbers are
//! set by hand, as a pronoun of GUM is no attribution: that somebody spoke last says more of who speaks (1.3, learned
//! 0.42), lives told from their first sentence on fill half of GUM (the article's first sentences: 0.8, learned 1.47; a
//! name after the pronoun: 0.5, learned -0.24), and "he" of an attribution seldom means nobody (0.9, learned 1.78). With
//! them 97 % of the pronouns of its news are right, with the learned ones alone 94 %.

/// How many numbers describe a candidate.
pub(crate) const FEATURES: usize = 18;

/// What each number weighs; the order is that of `Page::candidates`.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    1.40, 0.46, 0.38, -1.45, -0.02, 0.68, 0.52, 0.00, -0.87, 1.30, 0.43, 1.05, -0.49, 0.53, 0.52, 0.50, 0.80,
    0.39,
];

/// The weight of nobody among them.
pub(super) const NOBODY: f32 = 0.9;

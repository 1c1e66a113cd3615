//! Reads scraped text without markup.

use crate::document::{Document, Note};
use crate::{Input, ScoreLines, plain};

/// Reads a decoded text.
pub(crate) fn read_text(text: String, _: &Input<'_>, _: &ScoreLines<'_>) -> (Document, Vec<Note>) {
    (plain::read(text), Vec::new())
}

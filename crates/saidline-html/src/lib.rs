//! The only crate that knows markup and character sets: bytes in (plain text too); visible text, labelled
//! blocks and metadata out.
//!
//! [`read`] never fails and never panics: what it cannot make sense of becomes a [`Note`]. The text of an HTML
//! document is the visible text of its body in reading order, white space as a browser shows it; the text of a
//! plain-text input is that file, character for character (a byte order mark is not counted). Blocks partition
//! the text in order; boilerplate is marked, never deleted.

mod dates;
mod document;
mod moment;
mod scraped;

pub use document::{Basis, Block, BlockKind, Dated, Document, Known, Note, Span};
pub use moment::{Moment, When};

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Told from the content.
    #[default]
    Auto,
    /// Text without markup.
    Text,
    /// HTML.
    Html,
}

/// A page as it came, and how it is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The bytes, decompressed.
    pub bytes: &'a [u8],
    /// What the bytes are.
    pub kind: Kind,
    /// The whole input is article text: no boilerplate is sought.
    pub plain: bool,
    /// The charset label that the transport named (an HTTP header, a WARC record), if any.
    pub charset: Option<&'a str>,
    /// What the caller knows; it beats what is inferred here.
    pub known: &'a Known,
}

/// Scores lines of text: rows of [`LINE_FEATURES`] numbers, one row a line, flattened; a score a line out, the
/// chance in `0.0..=1.0` that the line belongs to the article.
///
/// The weights live in another crate; this one only says what the numbers are.
pub type ScoreLines<'a> = dyn Fn(&[f32]) -> Vec<f32> + 'a;

/// How many numbers describe a line, in the rows that go to [`ScoreLines`].
pub const LINE_FEATURES: usize = scraped::LINE_FEATURES;

/// What each of the [`LINE_FEATURES`] numbers is, in their order: a phrase for people and for the trainer's report.
pub fn line_feature_names() -> Vec<String> {
    scraped::line_feature_names()
}

/// Reads a page: decodes it, finds its visible text, labels its blocks and collects its metadata.
pub fn read(input: Input<'_>, score_lines: &ScoreLines<'_>) -> (Document, Vec<Note>) {
    let text = String::from_utf8_lossy(input.bytes).into_owned();
    scraped::read_text(text, &input, score_lines)
}

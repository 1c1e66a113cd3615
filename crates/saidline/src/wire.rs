//! The wire: typed JSON lines, offsets in Unicode code points into the document's text.

use crate::{Page, Reading};

/// How readings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WireOptions {
    /// Put the document's text on the page line even when the input itself is that text.
    pub with_text: bool,
}

/// Appends the lines of one reading to `out`: a `page` line, the `attribution` lines in the order of the text, the
/// `note` lines. Each ends with a line feed.
pub fn write(out: &mut String, page: &Page, reading: &Reading, options: WireOptions) {
    let _ = (out, page, reading, options);
    todo!("wire")
}

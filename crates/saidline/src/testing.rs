//! What the tests of several stages share.

use saidline_html::{Block, BlockKind, Span};

/// A text as one block a paragraph, cut at empty lines.
pub(crate) fn paragraphs_of(text: &str) -> Vec<Block> {
    let mut start = 0;
    text.split_inclusive("\n\n")
        .map(|part| {
            let span = Span::new(start, start + part.len());
            start += part.len();
            Block { kind: BlockKind::Paragraph, span, time: None }
        })
        .collect()
}

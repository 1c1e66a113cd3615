//! Reads a text that is all article.

use crate::document::{Block, BlockKind, Document, Span};

/// Every line that is not blank a paragraph, the text untouched.
pub(crate) fn read(text: String) -> Document {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut shows = false;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            // White space above the first line belongs to it, any other to the line before.
            if shows {
                blocks.push(paragraph(start, at));
                start = at;
            }
            shows = true;
        }
        at += line.len();
    }
    if at > start {
        blocks.push(paragraph(start, at));
    }
    Document { text, blocks, ..Document::default() }
}

fn paragraph(start: usize, end: usize) -> Block {
    Block { kind: BlockKind::Paragraph, span: Span::new(start, end), time: None }
}

//! Resolves expressions of time whose places are given.
//!
//! Reads a JSON object a line: `id`, `text` (its lines are the paragraphs), `published` (ISO 8601, or null) and `spans`
//! (a list of `[start, end]` in code points). Writes for each span a line with `id`, `span`, and `said`: null where no
//! expression was found there, else its `words`, `from`, `to` (null where not known) and `basis`.

use std::io::{BufRead, Write};

use saidline::stages::time_expressions;
use saidline::{Basis, Dated, Document, Points, When};
use saidline_html::{Block, BlockKind, Span};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Given {
    id: String,
    text: String,
    published: Option<String>,
    spans: Vec<(u32, u32)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Given { id, text, published, spans } = serde_json::from_str(&line?)?;
        let published = match published {
            Some(day) => Some(Dated {
                when: When::at(day.parse().map_err(|_| format!("`{day}` is no date"))?),
                text: None,
                span: None,
                basis: Basis::Caller,
            }),
            None => None,
        };
        let blocks = paragraphs(&text);
        let document = Document { text, blocks, published, ..Document::default() };
        let found = time_expressions(&document);
        let points = Points::new(&document.text);
        for (start, end) in spans {
            let given = points.span(start, end).ok_or("a place outside the text")?;
            let shared = |span: Span| span.end.min(given.end).saturating_sub(span.start.max(given.start));
            let best = found.iter().filter(|one| one.span.overlaps(given)).max_by_key(|one| shared(one.span));
            let said = best.map(|one| {
                json!({
                    "words": one.span.of(&document.text),
                    "from": one.said.from.map(|moment| moment.to_string()),
                    "to": one.said.to.map(|moment| moment.to_string()),
                    "basis": one.said.basis.name(),
                })
            });
            writeln!(out, "{}", json!({ "id": id, "span": [start, end], "said": said }))?;
        }
    }
    Ok(())
}

/// The lines of a text as its paragraphs, each with the white space behind it.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        blocks.push(Block { kind: BlockKind::Paragraph, span, time: None });
        at += line.len();
    }
    blocks
}

//! Documents whose attributions are given by their spans: what the examples read that tell or group them.

use saidline::stages::{Quotation, kind_of, quotations};
use saidline::{Attribution, Basis, Dated, Document, Points, Span, When};
use saidline_html::{Block, BlockKind};
use serde::Deserialize;

/// The spans of an attribution: pairs of code points.
#[derive(Deserialize)]
pub struct Parts {
    source: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
    /// How sure an extraction is of it; wholly, where people marked it.
    #[serde(default = "sure")]
    confidence: f32,
}

fn sure() -> f32 {
    1.0
}

/// A document with what is given of it.
pub struct Given {
    pub document: Document,
    pub quotations: Vec<Quotation>,
    pub attributions: Vec<Attribution>,
}

/// The document of a text, whose lines are the paragraphs, with its quotations and the attributions that are given.
pub fn read(
    text: String,
    published: Option<&str>,
    outlet: Option<String>,
    parts: &[Parts],
) -> Result<Given, Box<dyn std::error::Error>> {
    let blocks = paragraphs(&text);
    let (quotations, _) = quotations(&text, &blocks);
    let points = Points::new(&text);
    let spans = |places: &[(u32, u32)]| {
        let span = |&(start, end): &(u32, u32)| points.span(start, end).ok_or("a place outside the text");
        places.iter().map(span).collect::<Result<Vec<Span>, _>>()
    };
    let mut found = Vec::new();
    for Parts { source, cue, content, confidence } in parts {
        let content = spans(content)?;
        let kind = kind_of(&text, &content, &quotations);
        found.push(Attribution::new(kind, spans(source)?, spans(cue)?, content, *confidence));
    }
    let published = match published {
        Some(day) => Some(Dated {
            when: When::at(day.parse().map_err(|_| format!("`{day}` is no date"))?),
            text: None,
            span: None,
            basis: Basis::Caller,
        }),
        None => None,
    };
    drop(points);
    let document = Document { text, blocks, published, outlet, ..Document::default() };
    Ok(Given { document, quotations, attributions: found })
}

/// The lines of a text as its paragraphs, the first as its headline, each with the white space behind it.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match blocks.last_mut() {
            Some(last) if line.trim().is_empty() => last.span.end += line.len() as u32,
            _ => blocks.push(Block {
                kind: if blocks.is_empty() { BlockKind::Headline } else { BlockKind::Paragraph },
                span: Span::new(at, at + line.len()),
                time: None,
            }),
        }
        at += line.len();
    }
    blocks
}

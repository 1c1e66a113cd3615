//! Tells of attributions whose spans are given whose words they are, to whom, where, when, and what kind of act.
//!
//! Reads a JSON object a line: `name`, `text` (its lines are the paragraphs), `published` (ISO 8601, or null),
//! `outlet` (or null), `attributions` (lists of `[start, end]` in code points: `source`, `cue`, `content`). Writes for each the lines of the
//! wire, with `name` as the path: what `extract` would print had it found these spans.
//!
//! With `--pronouns` it writes what `training/pronouns/train.py` learns from: for each attribution whose source is "he" or
//! "she" a line with `name`, its place `n`, and the persons whom it can mean: `[full name, numbers]`.

use std::borrow::Cow;
use std::io::{BufRead, Write};

use saidline::stages::{kind_of, pronoun_candidates, quotations, sentences, tell};
use saidline::{Attribution, Basis, Dated, Document, Page, Points, Reading, Span, When, wire};
use saidline_html::{Block, BlockKind};
use serde::Deserialize;

#[derive(Deserialize)]
struct Given {
    name: String,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
    attributions: Vec<Parts>,
}

#[derive(Deserialize)]
struct Parts {
    source: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pronouns = std::env::args().any(|argument| argument == "--pronouns");
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Given { name, text, published, outlet, attributions } = serde_json::from_str(&line?)?;
        let blocks = paragraphs(&text);
        let (found, _) = quotations(&text, &blocks);
        let points = Points::new(&text);
        let spans = |places: &[(u32, u32)]| {
            let span = |&(start, end): &(u32, u32)| points.span(start, end).ok_or("a place outside the text");
            places.iter().map(span).collect::<Result<Vec<Span>, _>>()
        };
        let mut given = Vec::new();
        for Parts { source, cue, content } in &attributions {
            let content = spans(content)?;
            given.push(Attribution::new(
                kind_of(&text, &content, &found),
                spans(source)?,
                spans(cue)?,
                content,
                1.0,
            ));
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
        let document = Document { text, blocks, published, outlet, ..Document::default() };
        let sentences = sentences(&document.text, &document.blocks);
        if pronouns {
            let all = pronoun_candidates(&document, &sentences, &found, &mut given);
            for (n, candidates) in all.iter().enumerate().filter(|(_, candidates)| !candidates.is_empty()) {
                let persons: Vec<_> =
                    candidates.iter().map(|(_, person, numbers)| (person, numbers)).collect();
                writeln!(out, "{}", serde_json::json!({ "name": name, "n": n, "persons": persons }))?;
            }
            continue;
        }
        tell(&document, &sentences, &found, &mut given);
        let page = Page { path: name, ..Page::default() };
        let reading = Reading {
            page: page.id(),
            document,
            attributions: given,
            notes: Vec::new(),
            model: Cow::Borrowed("given"),
        };
        let mut lines = String::new();
        wire::write(&mut lines, &page, &reading, Default::default());
        out.write_all(lines.as_bytes())?;
    }
    Ok(())
}

/// The lines of a text as its paragraphs, each with the white space behind it.
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

//! Asks about voices across pages, for the bench: a JSON object a line in, one out.
//!
//! `{"text", "spans"}` (pairs of code points; the lines of the text are the paragraphs) gives for each span what the page
//! knows of whom it names: `name` (the fullest), `kind`, `roles`, `beside` (the other persons of the page). `{"a", "b"}`
//! (profiles: `name`, `kind`, `roles`, `outlets`, `day` since 1970, `beside`) gives `same`, `reason`, `shared` (whether
//! they share a blocking key).

use std::io::{BufRead, Write};

use saidline::stages::{named, sentences};
use saidline::voices::{Profile, blocking_keys, compare};
use saidline::{Block, BlockKind, Document, Points, Span, SpeakerKind};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(untagged)]
enum Asked {
    Page { text: String, spans: Vec<(u32, u32)> },
    Pair { a: Box<Given>, b: Box<Given> },
}

#[derive(Deserialize)]
struct Given {
    name: String,
    kind: String,
    roles: Vec<String>,
    outlets: Vec<String>,
    day: Option<i32>,
    beside: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let told = match serde_json::from_str(&line?)? {
            Asked::Page { text, spans } => page(text, &spans)?,
            Asked::Pair { a, b } => {
                let (a, b) = (profile(*a), profile(*b));
                let keys: Vec<String> = blocking_keys(&a.name, a.kind).collect();
                let shared = blocking_keys(&b.name, b.kind).any(|key| keys.contains(&key));
                let told = compare(&a, &b);
                json!({ "same": told.same, "reason": told.reason.name(), "shared": shared })
            }
        };
        writeln!(out, "{told}")?;
    }
    Ok(())
}

fn profile(given: Given) -> Profile {
    let kind = SpeakerKind::ALL.into_iter().find(|kind| kind.name() == given.kind);
    Profile {
        name: given.name,
        kind: kind.unwrap_or(SpeakerKind::Unnamed),
        roles: given.roles,
        outlets: given.outlets,
        days: given.day.map(|day| (day, day)),
        beside: given.beside,
    }
}

fn page(text: String, spans: &[(u32, u32)]) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + line.len()), time: None });
        at += line.len();
    }
    let points = Points::new(&text);
    let spans: Option<Vec<Span>> = spans.iter().map(|&(start, end)| points.span(start, end)).collect();
    let spans = spans.ok_or("a place outside the text")?;
    let document = Document { text, blocks, ..Document::default() };
    let all = named(&document, &sentences(&document.text, &document.blocks));
    let told: Vec<_> = spans
        .iter()
        .map(|span| {
            // Spans are a little ragged: a word too much before the name, or the name's end cut off.
            let touches = |at: &Span| span.start < at.end && at.start < span.end && at.end + 3 >= span.end;
            let last = |place: &usize| all[*place].at.iter().filter(|at| touches(at)).map(|at| at.end).max();
            let found = (0..all.len()).filter(|place| last(place).is_some()).max_by_key(|place| last(place));
            let beside: Vec<&str> = (0..all.len())
                .filter(|place| Some(*place) != found && all[*place].kind == SpeakerKind::Person)
                .map(|place| all[place].name.as_str())
                .collect();
            match found {
                Some(found) => {
                    let found = &all[found];
                    json!({ "name": found.name, "kind": found.kind.name(), "roles": found.roles, "beside": beside })
                }
                None => json!({ "name": span.of(&document.text), "kind": null, "roles": [], "beside": beside }),
            }
        })
        .collect();
    Ok(json!(told))
}

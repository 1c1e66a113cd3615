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

use saidline::stages::{pronoun_candidates, sentences, tell};
use saidline::{Page, Reading, wire};
use serde::Deserialize;

mod given;

use given::Parts;

#[derive(Deserialize)]
struct Given {
    name: String,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
    attributions: Vec<Parts>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pronouns = std::env::args().any(|argument| argument == "--pronouns");
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Given { name, text, published, outlet, attributions } = serde_json::from_str(&line?)?;
        let given::Given { document, quotations: found, attributions: mut given } =
            given::read(text, published.as_deref(), outlet, &attributions)?;
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
            meanings: Vec::new(),
        };
        let mut lines = String::new();
        wire::write(&mut lines, &page, &reading, Default::default());
        out.write_all(lines.as_bytes())?;
    }
    Ok(())
}

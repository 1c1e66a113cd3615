//! Tells the acts of attributions that are given, for the bench: what the stage does with spans that are right.
//!
//! `acts < articles.jsonl`: each line is `{"text": …, "attributions": [{"source": [[0, 4]], "cue": …, "content": …}]}`,
//! places in code points. For each a JSON list is printed: the class of each attribution, in order.

use std::io::BufRead;

use saidline::stages::{kind_of, lines, quotations, resolve, sentences, tell_acts};
use saidline::{Attribution, Block, BlockKind, Document, Points, Span};

#[derive(serde::Deserialize)]
struct Article {
    text: String,
    attributions: Vec<Given>,
}

#[derive(serde::Deserialize)]
struct Given {
    source: Vec<(u32, u32)>,
    cue: Vec<(u32, u32)>,
    content: Vec<(u32, u32)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let Article { text, attributions } = serde_json::from_str(&line?)?;
        let paragraph = |span| Block { kind: BlockKind::Paragraph, span, time: None };
        let blocks: Vec<Block> = lines(&text).into_iter().map(paragraph).collect();
        let (found, _) = quotations(&text, &blocks);
        let points = Points::new(&text);
        let span = |&(start, end): &(u32, u32)| points.span(start, end).ok_or("a place outside the text");
        let spans = |places: &[(u32, u32)]| places.iter().map(span).collect::<Result<Vec<Span>, _>>();
        let mut given = Vec::new();
        for Given { source, cue, content } in &attributions {
            let content = spans(content)?;
            let kind = kind_of(&text, &content, &found);
            given.push(Attribution::new(kind, spans(source)?, spans(cue)?, content, 1.0));
        }
        let document = Document { text, blocks, ..Document::default() };
        resolve(&document, &sentences(&document.text, &document.blocks), &found, &mut given);
        tell_acts(&document.text, &found, &mut given);
        let classes: Vec<_> = given.iter().filter_map(|one| Some(one.act?.class.name())).collect();
        println!("{}", serde_json::to_string(&classes)?);
    }
    Ok(())
}

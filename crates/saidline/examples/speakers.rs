//! Prints the speakers that the engine finds for annotated attributions, for reading by eye:
//! `cargo run -p saidline --example speakers -- [documents] [first]`.
//!
//! The annotations are those of PolNeAR train, found by the environment variable `SAIDLINE_DATA`.

use std::path::{Path, PathBuf};

use saidline::stages::{kind_of, quotations, resolve, sentences};
use saidline::{Attribution, Block, BlockKind, Document, Span};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let (documents, first) = (arguments.next().unwrap_or(3), arguments.next().unwrap_or(0));
    let data =
        std::env::var_os("SAIDLINE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let train = data.join("polnear/train");
    if !train.is_dir() {
        eprintln!(
            "no corpus at `{}`\nhint: set `SAIDLINE_DATA` to the folder that holds `polnear`",
            train.display()
        );
        return Ok(());
    }
    let mut texts: Vec<PathBuf> = train
        .join("text")
        .read_dir()?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    texts.sort();
    let mut counts = [0; 4];
    for path in texts.iter().skip(first).take(documents) {
        let text = std::fs::read_to_string(path)?;
        let document = Document { blocks: lines(&text), text, ..Document::default() };
        let (quotations, _) = quotations(&document.text, &document.blocks);
        let sentences = sentences(&document.text, &document.blocks);
        let mut attributions = annotated(&train.join("attributions"), path, &document.text)?;
        for attribution in &mut attributions {
            attribution.kind = kind_of(&document.text, &attribution.content, &quotations);
        }
        resolve(&document, &sentences, &quotations, &mut attributions);
        println!("== {}", path.display());
        for attribution in &attributions {
            let source: Vec<&str> = attribution.source.iter().map(|span| span.of(&document.text)).collect();
            let speakers: Vec<String> = attribution
                .speakers
                .iter()
                .map(|speaker| {
                    let role = speaker.role.as_deref().map_or(String::new(), |role| format!(" ({role})"));
                    let (how, kind) = (speaker.how.name(), speaker.kind.name());
                    format!("{}{role} [{kind}, {how}, {:.2}]", speaker.name, speaker.confidence)
                })
                .collect();
            counts[0] += 1;
            counts[1] += usize::from(!attribution.source.is_empty());
            counts[2] += usize::from(!attribution.speakers.is_empty());
            counts[3] += usize::from(attribution.parent.is_some());
            println!("{:60} -> {}", source.join(" … "), speakers.join("; "));
        }
    }
    let [all, with_source, resolved, nested] = counts;
    println!("{all} attributions, {with_source} with a source, {resolved} with a speaker, {nested} nested");
    Ok(())
}

/// A line is a paragraph in this corpus.
fn lines(text: &str) -> Vec<Block> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len();
            Block { kind: BlockKind::Paragraph, span, time: None }
        })
        .collect()
}

/// The attributions of a text in brat's stand-off form; the first annotator's, where there are several.
fn annotated(folder: &Path, text_path: &Path, text: &str) -> std::io::Result<Vec<Attribution>> {
    let stem = text_path.file_stem().unwrap_or_default().to_string_lossy();
    let mut files: Vec<PathBuf> = folder.read_dir()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        name.rsplit_once('_').is_some_and(|(document, _)| document == stem)
    });
    files.sort();
    let Some(file) = files.first() else { return Ok(Vec::new()) };
    let byte_of: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let file = std::fs::read_to_string(file)?;
    let mut spans = std::collections::HashMap::new();
    let mut found = Vec::new();
    for fields in file.lines().map(|line| line.split('\t').collect::<Vec<_>>()) {
        match fields[..] {
            [id, place, ..] if id.starts_with('T') => {
                let pieces = place.split_once(' ').map_or("", |(_, offsets)| offsets).split(';');
                let pieces = pieces.filter_map(|piece| {
                    let (start, end) = piece.split_once(' ')?;
                    Some(Span::new(
                        *byte_of.get(start.parse::<usize>().ok()?)?,
                        *byte_of.get(end.parse::<usize>().ok()?)?,
                    ))
                });
                spans.insert(id.to_owned(), pieces.collect::<Vec<Span>>());
            }
            [id, roles] if id.starts_with('E') => {
                let of = |role: &str| {
                    let mut all: Vec<Span> = roles
                        .split(' ')
                        .skip(1)
                        .filter_map(|argument| argument.split_once(':'))
                        .filter(|(name, _)| name.trim_end_matches(char::is_numeric) == role)
                        .flat_map(|(_, id)| spans.get(id).cloned().unwrap_or_default())
                        .collect();
                    all.sort();
                    all
                };
                let kind = saidline::QuotationKind::Indirect;
                found.push(Attribution::new(kind, of("Source"), of("Cue"), of("Content"), 1.0));
            }
            _ => {}
        }
    }
    found.sort_by_key(|attribution| {
        attribution.source.iter().chain(&attribution.cue).chain(&attribution.content).min().copied()
    });
    Ok(found)
}

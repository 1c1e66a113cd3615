//! Measures "he" and "she" against annotated coreference: `cargo run -p saidline --example pronouns -- [genre]…`.
//!
//! The annotations are those of GUM, found by the environment variable `SAIDLINE_DATA`. Every "he" and "she" of the
//! chosen genres (news, if none is named) is asked for as if it were the source of an attribution; an answer is right
//! when its antecedent, or the name it gives, stands in the same chain.
//!
//! With `--candidates` first it prints what `training/pronouns/train.py` learns from: a line for each pronoun, its file
//! and place, and for each candidate `1` or `0` (in the chain or not) and the numbers that describe it, tabs between.

use std::collections::HashMap;
use std::path::PathBuf;

use saidline::stages::{pronoun_candidates, quotations, resolve, sentences};
use saidline::{Attribution, Block, BlockKind, Document, QuotationKind, Span};

fn main() -> std::io::Result<()> {
    let mut genres: Vec<String> = std::env::args().skip(1).collect();
    let candidates = genres.first().is_some_and(|first| first == "--candidates");
    if candidates {
        genres.remove(0);
    }
    if genres.is_empty() {
        genres.push("news".to_owned());
    }
    let data =
        std::env::var_os("SAIDLINE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let folder = data.join("gum/conllu");
    if !folder.is_dir() {
        eprintln!(
            "no corpus at `{}`\nhint: set `SAIDLINE_DATA` to the folder that holds `gum`",
            folder.display()
        );
        return Ok(());
    }
    let mut files: Vec<PathBuf> = folder.read_dir()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let (mut asked, mut answered, mut right) = (0, 0, 0);
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !genres.iter().any(|genre| name.contains(&format!("_{genre}_"))) {
            continue;
        }
        let (text, mentions) = annotated(&std::fs::read_to_string(&path)?);
        let mut start = 0;
        let blocks: Vec<Block> = text
            .split_inclusive("\n\n")
            .map(|part| {
                let span = Span::new(start, start + part.len());
                start += part.len();
                Block { kind: BlockKind::Paragraph, span, time: None }
            })
            .collect();
        let (quotations, _) = quotations(&text, &blocks);
        let sentences = sentences(&text, &blocks);
        let pronouns: Vec<&(Span, u32)> = mentions
            .iter()
            .filter(|(span, _)| matches!(span.of(&text), "he" | "He" | "she" | "She"))
            .collect();
        let mut attributions: Vec<Attribution> = pronouns
            .iter()
            .map(|(span, _)| Attribution::new(QuotationKind::Indirect, vec![*span], vec![], vec![], 1.0))
            .collect();
        let document = Document { text, blocks, ..Document::default() };
        if candidates {
            // Attributions are rarer than pronouns: each third by itself, so that "who spoke last" is not too near.
            for third in 0..3 {
                let part = || pronouns.iter().enumerate().filter(|(n, _)| n % 3 == third).map(|(_, p)| *p);
                let mut some: Vec<Attribution> = part()
                    .map(|(span, _)| {
                        Attribution::new(QuotationKind::Indirect, vec![*span], vec![], vec![], 1.0)
                    })
                    .collect();
                let all = pronoun_candidates(&document, &sentences, &quotations, &mut some);
                for ((span, chain), candidates) in part().zip(all) {
                    print!("{name}\t{}", span.start);
                    for (mention, _, features) in candidates {
                        let right = mentions.iter().any(|(other, of)| {
                            of == chain
                                && other.contains(mention)
                                && other.len() <= mention.len() * 4 + 40
                                && !matches!(other.of(&document.text), "He" | "She" | "he" | "she")
                        });
                        let numbers: Vec<String> = features.iter().map(|f| format!("{f:.3}")).collect();
                        print!("\t{} {}", i32::from(right), numbers.join(" "));
                    }
                    println!();
                }
            }
            continue;
        }
        resolve(&document, &sentences, &quotations, &mut attributions);
        for (attribution, (span, chain)) in attributions.iter().zip(&pronouns) {
            let of_chain = || mentions.iter().filter(|(_, other)| other == chain);
            let text = &document.text;
            // A pronoun whose chain has no name before it asks for what the page does not say.
            if !of_chain().any(|(other, _)| {
                other.start < span.start
                    && other.of(text).starts_with(char::is_uppercase)
                    && !matches!(other.of(text), "He" | "She" | "His" | "Her" | "The" | "A")
            }) {
                continue;
            }
            asked += 1;
            let Some(speaker) = attribution.speakers.first() else { continue };
            answered += 1;
            let antecedent = speaker.antecedent;
            let hit = of_chain().any(|(other, _)| {
                antecedent.is_some_and(|antecedent| {
                    other.contains(antecedent) && other.len() <= antecedent.len() * 4 + 40
                })
            });
            right += i32::from(hit);
            if !hit {
                let line = text[..span.start as usize].chars().rev().take(160).collect::<String>();
                let line: String = line.chars().rev().collect();
                println!(
                    "{name}: {} [{:.2}] for: …{} [{}]",
                    speaker.name,
                    speaker.confidence,
                    line.replace('\n', " "),
                    span.of(text)
                );
            }
        }
    }
    if candidates {
        return Ok(());
    }
    let percent = |part: i32, whole: i32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    println!(
        "{asked} asked, {answered} answered ({:.1} %), {right} right ({:.1} % of answers, {:.1} % of all)",
        percent(answered, asked),
        percent(right, answered),
        percent(right, asked)
    );
    Ok(())
}

/// The text of a file in CoNLL-U, and its mentions with the numbers of their chains.
fn annotated(file: &str) -> (String, Vec<(Span, u32)>) {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut open: HashMap<u32, Vec<usize>> = HashMap::new();
    for line in file.lines() {
        if line.starts_with("# newpar") && !line.starts_with("# newpar_block") && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < 10 || fields[0].contains('.') {
            continue;
        }
        // A word of several tokens ("don't") is written once, before them.
        let (number, misc) = (fields[0], fields[9]);
        let start = text.len();
        text.push_str(fields[1]);
        let end = text.len();
        if number.contains('-') {
            text.truncate(start);
            continue;
        }
        for entry in misc.split('|').filter_map(|entry| entry.strip_prefix("Entity=")) {
            let mut rest = entry;
            while !rest.is_empty() {
                if let Some(opened) = rest.strip_prefix('(') {
                    let length = opened.find(['(', ')']).unwrap_or(opened.len());
                    let number = opened[..length].split('-').next().and_then(|id| id.parse().ok());
                    if let Some(number) = number {
                        if opened[length..].starts_with(')') {
                            mentions.push((Span::new(start, end), number));
                        } else {
                            open.entry(number).or_default().push(start);
                        }
                    }
                    rest = opened[length..].strip_prefix(')').unwrap_or(&opened[length..]);
                } else {
                    let length = rest.find(['(', ')']).unwrap_or(rest.len());
                    if let Ok(number) = rest[..length].parse::<u32>()
                        && let Some(start) = open.get_mut(&number).and_then(Vec::pop)
                    {
                        mentions.push((Span::new(start, end), number));
                    }
                    rest = rest[length..].strip_prefix(')').unwrap_or(&rest[length..]);
                }
            }
        }
        if !misc.contains("SpaceAfter=No") {
            text.push(' ');
        }
    }
    mentions.sort();
    (text, mentions)
}

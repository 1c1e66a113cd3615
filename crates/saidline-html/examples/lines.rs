//! Rows for the trainer of the line classifier, and its judgement back as blocks: feature rows are made and labels
//! decoded in Rust only.
//!
//! ```text
//! lines names                      the names of the features, one a line
//! lines rows LIST ROWS BLOCKS      the rows of every page named in LIST (a path a line), as little-endian f32,
//!                                  and the lines they describe: page, kind, start, end (bytes)
//! lines label LIST SCORES BLOCKS   the blocks of every page, labelled by the scores (little-endian f32, a line
//!                                  each), and as `=published` and `=updated` the dates read, with the value
//! ```

use std::cell::RefCell;
use std::fs;
use std::io::{BufWriter, Write};

use saidline_html::{Input, Kind, Known, LINE_FEATURES, line_feature_names, read};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["names"] => {
            for name in line_feature_names() {
                println!("{name}");
            }
            Ok(())
        }
        ["rows", list, rows, blocks] => {
            let out = RefCell::new(BufWriter::new(fs::File::create(rows)?));
            read_pages(list, blocks, &|numbers| {
                let mut out = out.borrow_mut();
                for number in numbers {
                    out.write_all(&number.to_le_bytes()).expect("rows can be written");
                }
                vec![0.5; numbers.len() / LINE_FEATURES]
            })?;
            out.into_inner().flush()
        }
        ["label", list, scores, blocks] => {
            let bytes = fs::read(scores)?;
            let at =
                RefCell::new(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
            read_pages(list, blocks, &|numbers| {
                let lines = numbers.len() / LINE_FEATURES;
                let scores: Vec<f32> = at.borrow_mut().by_ref().take(lines).collect();
                assert_eq!(scores.len(), lines, "fewer scores than lines");
                scores
            })
        }
        _ => {
            eprintln!("usage: lines names | rows LIST ROWS BLOCKS | label LIST SCORES BLOCKS");
            std::process::exit(2);
        }
    }
}

fn read_pages(list: &str, blocks: &str, score: &dyn Fn(&[f32]) -> Vec<f32>) -> std::io::Result<()> {
    let known = Known::default();
    let mut out = BufWriter::new(fs::File::create(blocks)?);
    for (page, path) in fs::read_to_string(list)?.lines().enumerate() {
        let bytes = fs::read(path)?;
        let input = Input { bytes: &bytes, kind: Kind::Text, plain: false, charset: None, known: &known };
        let (document, _) = read(input, score);
        for block in &document.blocks {
            writeln!(out, "{page}\t{}\t{}\t{}", block.kind.name(), block.span.start, block.span.end)?;
        }
        for (name, date) in [("=published", &document.published), ("=updated", &document.updated)] {
            if let Some((date, span)) = date.as_ref().and_then(|date| Some((date, date.span?))) {
                writeln!(out, "{page}\t{name}\t{}\t{}\t{}", span.start, span.end, date.when.from)?;
            }
        }
    }
    out.flush()
}

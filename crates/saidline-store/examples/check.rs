//! Holds pages of a record against the rest of it, as drafts, and prints each verdict as a line: to read what is called altered
//! that is not. `cargo run --release -p saidline-store --example check -- STORE [EVERY] [FROM]`: every so many-th page.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use saidline_store::{Draft, Store};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("a store");
    let mut number = || arguments.next().and_then(|number| number.parse::<usize>().ok());
    let (every, from) = (number().unwrap_or(100).max(1), number().unwrap_or(0));
    let store = Store::read(Path::new(&path)).expect("it can be read");
    let meaning = saidline::Meaning::embedded().expect("the model is whole");
    let pages = store.page_ids().expect("they can be listed");
    let (mut counts, mut spent, mut claims): (BTreeMap<_, usize>, _, usize) = (BTreeMap::new(), 0.0, 0);
    let mut slowest: f64 = 0.0;
    for id in pages.iter().skip(from).step_by(every) {
        let Ok(Some(page)) = store.page(id) else { continue };
        let (path, document) = (&page.page.path, &page.reading.document);
        let draft = Draft {
            document,
            attributions: &page.reading.attributions,
            address: page.page.known.address.as_deref(),
            as_of: None,
            meaning: Some(meaning),
        };
        let began = Instant::now();
        let checked = store.check(&draft).expect("it can be checked");
        let took = began.elapsed().as_secs_f64();
        spent += took;
        slowest = slowest.max(took);
        claims += checked.len();
        for one in checked {
            *counts.entry((one.quoted, one.verdict)).or_default() += 1;
            let speakers = one.place.map(|place| &page.reading.attributions[place].speakers);
            let speakers = speakers.map(|all| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
            let first = one.evidence.first();
            let there = first.map(|first| first.report.content.join(" […] "));
            let by = first
                .map(|first| first.report.speakers.iter().map(|one| one.name.clone()).collect::<Vec<_>>());
            println!(
                "{}\t{}\t{path}\t{:?}\t{}\t{:?}\t{}\t{:?}",
                one.verdict.name(),
                one.quoted,
                speakers.unwrap_or_default(),
                one.span.of(&document.text).replace(['\n', '\t'], " "),
                by.unwrap_or_default(),
                there.unwrap_or_default().replace(['\n', '\t'], " "),
                one.differences
                    .iter()
                    .map(|one| (
                        one.kind.name(),
                        one.here.map(|span| span.of(&document.text)),
                        &one.there_text
                    ))
                    .collect::<Vec<_>>(),
            );
        }
    }
    for ((quoted, verdict), count) in counts {
        eprintln!("{}\t{}\t{count}", if quoted { "quoted" } else { "indirect" }, verdict.name());
    }
    eprintln!("{claims} claims, {spent:.1} s, the slowest page {slowest:.2} s");
}

//! What was said stays the same however a page prints it: invented pages, changed as web sites and editors change them.
//!
//! `bench/sameness` measures the same over the corpus.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use saidline::{Kind, Known, Model, Models, Options, Page, Reader, Span};

/// A text that was changed: its characters, each with its byte in the original, or none for one that was put in.
type Changed = Vec<(char, Option<usize>)>;

/// Source, cue and content of an attribution, in bytes of the original text.
type Found = [Vec<Option<(usize, usize)>>; 3];

/// The share of attributions that must come back from all pages together.
const LEAST: f64 = 0.97;

fn examples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("examples").map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("an example is text")).collect()
}

fn unchanged(text: &str) -> Changed {
    text.char_indices().map(|(at, letter)| (letter, Some(at))).collect()
}

fn attributions(changed: &Changed, plain: bool) -> BTreeMap<Found, usize> {
    let mut text = String::new();
    let mut places = Vec::new();
    for &(letter, at) in changed {
        text.push(letter);
        // A byte order mark is no part of the text that is read.
        if letter != '\u{feff}' {
            places.extend(std::iter::repeat_n(at, letter.len_utf8()));
        }
    }
    let known = Known { language: Some("en".to_owned()), ..Known::default() };
    let page = Page {
        bytes: text.into_bytes(),
        kind: Kind::Text,
        path: "page".to_owned(),
        known,
        ..Page::default()
    };
    let models = Models::embedded(Model::default()).expect("the build's own weights load");
    let reading = Reader::new(models, Options { plain }).read(&page);
    let back = |span: &Span| {
        let mut kept = places[span.range()].iter().flatten();
        let first = *kept.next()?;
        Some((first, *kept.next_back().unwrap_or(&first)))
    };
    let mut found = BTreeMap::new();
    for attribution in &reading.attributions {
        let roles = [&attribution.source, &attribution.cue, &attribution.content];
        *found.entry(roles.map(|spans| spans.iter().map(back).collect())).or_default() += 1;
    }
    found
}

/// Checks that of all attributions of the example pages enough come back when the pages are changed so.
fn check(least: f64, plain: bool, after: impl Fn(&str) -> Changed) {
    let (mut all, mut same) = (0, 0);
    for text in examples() {
        let changed = attributions(&after(&text), plain);
        for (found, count) in attributions(&unchanged(&text), plain) {
            all += count;
            same += count.min(changed.get(&found).copied().unwrap_or(0));
        }
    }
    assert!(all >= 30, "the examples hold attributions: {all}");
    assert!(same as f64 >= least * all as f64, "{same} of {all} came back");
}

fn straight(text: &str) -> Changed {
    let straight = |letter| match letter {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    };
    unchanged(text).into_iter().map(|(letter, at)| (straight(letter), at)).collect()
}

#[test]
fn straight_marks_change_nothing() {
    check(LEAST, true, straight);
}

#[test]
fn blank_lines_more_change_nothing() {
    check(LEAST, true, |text| {
        let twice = |(letter, at)| {
            if letter == '\n' { vec![(letter, at), (letter, None)] } else { vec![(letter, at)] }
        };
        unchanged(text).into_iter().flat_map(twice).collect()
    });
}

#[test]
fn line_ends_of_windows_change_nothing() {
    check(LEAST, true, |text| {
        let with_return =
            |(letter, at)| if letter == '\n' { vec![('\r', None), (letter, at)] } else { vec![(letter, at)] };
        unchanged(text).into_iter().flat_map(with_return).collect()
    });
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    check(LEAST, true, |text| std::iter::once(('\u{feff}', None)).chain(unchanged(text)).collect());
}

#[test]
fn a_menu_before_the_text_changes_nothing() {
    let menu = "Skip to content\nHome\nPolitics\nBusiness\nSport\nSubscribe to our newsletter\nShare on Facebook\n\n";
    check(LEAST, false, |text| menu.chars().map(|letter| (letter, None)).chain(unchanged(text)).collect());
}

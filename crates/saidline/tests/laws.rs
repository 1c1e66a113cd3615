//! Laws of reading, on random and hostile pages, through the model and all.
//!
//! A smoke run by default; `PROPTEST_CASES=5000` tries more, `SAIDLINE_LONG=1` reads hostile pages of 256 KiB.

use proptest::prelude::*;
use saidline::wire::{self, WireOptions};
use saidline::{Kind, Known, Model, Models, Options, Page, Reader, Reading, Span, read_all};

fn reader(plain: bool) -> Reader<'static> {
    let models = Models::embedded(Model::Accurate).expect("the build's own weights load");
    Reader::new(models, Options { plain })
}

fn page(text: &str, kind: Kind) -> Page {
    // Said to be English, so that soup is not set aside as another language.
    let known = Known { language: Some("en".to_owned()), ..Known::default() };
    Page { bytes: text.as_bytes().to_vec(), kind, path: "page".to_owned(), known, ..Page::default() }
}

fn lines(page: &Page, reading: &Reading) -> String {
    let mut out = String::new();
    wire::write(&mut out, page, reading, WireOptions::default());
    out
}

/// What must hold of every reading; returns its lines.
fn check(text: &str, kind: Kind, plain: bool) -> String {
    let page = page(text, kind);
    let reading = reader(plain).read(&page);
    let document = &reading.document;
    if !document.from_markup {
        assert_eq!(
            document.text,
            text.strip_prefix('\u{feff}').unwrap_or(text),
            "a text input is its document"
        );
    }
    let mut at = 0;
    for block in &document.blocks {
        assert_eq!(block.span.start, at, "blocks partition the text");
        at = block.span.end;
    }
    assert!(document.blocks.is_empty() || at as usize == document.text.len(), "blocks reach the end");
    let slices = |span: &Span| assert!(document.text.get(span.range()).is_some(), "{span:?} slices");
    let in_order =
        |spans: &[Span]| assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
    for (n, attribution) in reading.attributions.iter().enumerate() {
        assert!(!attribution.content.is_empty(), "an attribution has content");
        assert!((0.0..=1.0).contains(&attribution.confidence));
        assert!(attribution.act.is_some(), "every reading tells acts");
        for spans in [&attribution.source, &attribution.cue, &attribution.content] {
            spans.iter().for_each(slices);
            assert!(spans.iter().all(|span| !span.is_empty()));
            in_order(spans);
        }
        for speaker in &attribution.speakers {
            assert!(!speaker.name.is_empty() && (0.0..=1.0).contains(&speaker.confidence));
            speaker.antecedent.iter().for_each(slices);
        }
        attribution.via.iter().for_each(|link| slices(&link.span));
        assert!(attribution.parent.is_none_or(|parent| parent != n && parent < reading.attributions.len()));
    }
    reading.notes.iter().filter_map(|note| note.span.as_ref()).for_each(slices);
    lines(&page, &reading)
}

/// What pages are made of, in pieces, whole clauses among them so that attributions are found.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Vesk said ",
        "“Nothing has changed,” ",
        "she told reporters. ",
        "according to the ministry",
        "“",
        "”",
        "\"",
        "'",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        ". ",
        ", ",
        ": ",
        "\0",
        "\u{feff}",
        "\u{301}",
        "é",
        "字",
        "🦀",
        "<p>",
        "</p>",
        "<div>",
        "<blockquote>",
        "</blockquote>",
        "&quot;",
        "&#0;",
        "<script>",
        "<!--",
        "WASHINGTON (AP) — ",
        "By Staff",
        "denied that ",
        "the minister ",
        "He ",
        "3 hours ago",
        "Share",
        "19 Oct, 2024 17:01",
        "<time datetime=2024>",
        "«",
        "»",
        "‘",
        "’",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150),
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_reading_keeps_the_laws(text in soup(), markup: bool, plain: bool) {
        check(&text, if markup { Kind::Html } else { Kind::Text }, plain);
    }

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let page = Page { bytes, path: "page".to_owned(), ..Page::default() };
        let reading = reader(false).read(&page);
        prop_assert_eq!(lines(&page, &reading), lines(&page, &reader(false).read(&page)));
    }

    #[test]
    fn neither_order_nor_threads_nor_company_change_a_reading(texts in prop::collection::vec(soup(), 1..6), threads in 1..4usize) {
        let pages: Vec<Page> = texts.iter().map(|text| page(text, Kind::Auto)).collect();
        let alone: Vec<String> = pages.iter().map(|page| lines(page, &reader(false).read(page))).collect();
        let input: Vec<Result<Page, ()>> = pages.iter().rev().cloned().map(Ok).collect();
        let mut together: Vec<String> = read_all(reader(false), input.into_iter(), threads)
            .map(|read| read.map(|(page, reading)| lines(&page, &reading)).expect("every page was given"))
            .collect();
        together.reverse();
        prop_assert_eq!(alone, together);
    }
}

#[test]
fn hostile_pages_are_read() {
    // A quarter of a megabyte of each takes some minutes: the smoke run takes a fraction of it.
    let bytes = if std::env::var_os("SAIDLINE_LONG").is_some() { 1 << 18 } else { 1 << 12 };
    for unit in [
        "“",
        "”",
        "\"",
        "'",
        "(",
        "<div>",
        "<p>“",
        "a",
        "word ",
        "\u{301}",
        "\0",
        "\n",
        "said ",
        "he said “x” ",
        "字",
    ] {
        let text = unit.repeat(bytes / unit.len());
        for kind in [Kind::Text, Kind::Html] {
            check(&text, kind, false);
        }
        check(&text, Kind::Text, true);
    }
}

#[test]
fn work_on_text_without_words_is_skipped() {
    let marks = "“(«:».)”—".repeat(2000);
    assert!(!check(&marks, Kind::Text, true).contains("attribution"));
}

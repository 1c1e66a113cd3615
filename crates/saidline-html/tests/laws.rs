//! What holds for every input, whatever it is.
//!
//! A short run by default; `SAIDLINE_LONG=1` runs the hostile pages at full size and many more random ones.

use proptest::prelude::*;
use saidline_html::{Document, Input, Kind, Known, LINE_FEATURES, Note, codes, read};
use std::time::Instant;

fn long() -> bool {
    std::env::var_os("SAIDLINE_LONG").is_some()
}

fn read_as(bytes: &[u8], kind: Kind, plain: bool) -> (Document, Vec<Note>) {
    let known = Known::default();
    let input = Input { bytes, kind, plain, charset: None, known: &known };
    read(input, &|rows| vec![0.5; rows.len() / LINE_FEATURES.max(1)])
}

/// Every law that a reading keeps.
#[track_caller]
fn check_laws(document: &Document, notes: &[Note]) {
    let text = &document.text;
    let mut at = 0;
    for block in &document.blocks {
        assert_eq!(block.span.start as usize, at, "blocks follow each other");
        assert!(block.span.end > block.span.start, "no block is empty");
        at = block.span.end as usize;
        assert!(text.is_char_boundary(at));
    }
    assert_eq!(at, text.len(), "blocks reach the end");
    for dated in document.published.iter().chain(&document.updated) {
        if let Some(span) = dated.span {
            assert_eq!(Some(span.of(text)), dated.text.as_deref(), "a date's words stand under its span");
        }
    }
    for note in notes {
        assert!(codes::ALL.iter().any(|(code, _)| *code == note.code), "`{}` is explained", note.code);
        if let Some(span) = note.span {
            assert!(text.get(span.range()).is_some());
        }
    }
}

/// Pieces that markup is made of, well and badly put together.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>".to_owned()),
        Just("</p>".to_owned()),
        Just("<div class='article-body'>".to_owned()),
        Just("</div>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("</table>".to_owned()),
        Just("<a href='/x'>".to_owned()),
        Just("</a>".to_owned()),
        Just("<b><i>".to_owned()),
        Just("</b>".to_owned()),
        Just("<blockquote>".to_owned()),
        Just("<li>".to_owned()),
        Just("<br>".to_owned()),
        Just("<pre>\n\n".to_owned()),
        Just("<q>".to_owned()),
        Just("</q>".to_owned()),
        Just("<h1>".to_owned()),
        Just("</h1>".to_owned()),
        Just("<!-- ".to_owned()),
        Just("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"".to_owned()),
        Just("</script>".to_owned()),
        Just("<template>".to_owned()),
        Just("<svg><p>".to_owned()),
        Just("<math><mi>".to_owned()),
        Just("<select><option>".to_owned()),
        Just("<frameset>".to_owned()),
        Just("<time datetime='2024-10-19'>".to_owned()),
        Just("<meta name=date content='2024-10-19'>".to_owned()),
        Just("October 19, 2024 ".to_owned()),
        Just("By Ada Example ".to_owned()),
        Just("The mayor said on Friday that “nobody was hurt” in the fire at the old mill. ".to_owned()),
        Just("\u{F0001}\u{10FFFD}".to_owned()),
        "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(if long() { 20_000 } else { 300 })
    })]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400), plain: bool, html: bool) {
        let kind = if html { Kind::Html } else { Kind::Auto };
        let (document, notes) = read_as(&bytes, kind, plain);
        check_laws(&document, &notes);
        prop_assert_eq!((document, notes), read_as(&bytes, kind, plain));
    }

    #[test]
    fn tag_soup(html in soup(), plain: bool) {
        let (document, notes) = read_as(html.as_bytes(), Kind::Html, plain);
        check_laws(&document, &notes);
        prop_assert_eq!((document, notes), read_as(html.as_bytes(), Kind::Html, plain));
    }

    #[test]
    fn a_text_is_the_file(text in "(\\PC|[\\x00-\\x1f\u{7f}\u{85}\u{2028}]|\r\n){0,200}", plain: bool) {
        let (document, notes) = read_as(text.as_bytes(), Kind::Text, plain);
        check_laws(&document, &notes);
        prop_assert_eq!(document.text.as_str(), text.strip_prefix('\u{feff}').unwrap_or(&text));
    }
}

/// Reads a large page and says how long it took.
#[track_caller]
fn check_hostile(name: &str, page: &str) {
    for kind in [Kind::Html, Kind::Text] {
        let begun = Instant::now();
        let (document, notes) = read_as(page.as_bytes(), kind, false);
        check_laws(&document, &notes);
        if kind == Kind::Text {
            assert_eq!(document.text, page);
        }
        let kept = document.text.len();
        println!("{name} {kind:?}: {} bytes, {:?}, {kept} bytes of text", page.len(), begun.elapsed());
    }
}

#[test]
fn hostile_pages() {
    let size = if long() { 1_000_000 } else { 100_000 };
    let filled = |piece: &str| piece.repeat(size / piece.len());
    let pages: Vec<(&str, String)> = vec![
        ("open divs", filled("<div>")),
        ("divs", format!("{}x{}", filled("<div>"), filled("</div>"))),
        ("quotation marks", filled("“")),
        ("one line", filled("word ")),
        ("one word", filled("x")),
        ("combining marks", format!("e{}", filled("\u{301}"))),
        ("nuls", filled("\0")),
        ("open formatting", filled("<b><i><a href=x>")),
        ("open formatting with attributes", (0..size / 16).map(|n| format!("<p><font a{n}=1>x")).collect()),
        ("misnested", filled("<a href=x><p></a><b><div></b>x")),
        ("paragraphs", filled("<p>The mayor said so.")),
        (
            "long paragraphs",
            filled("<p>The mayor said on Friday that nobody was hurt in the fire at the mill.</p>"),
        ),
        ("tables", filled("<table><tr><td>x")),
        ("misplaced in tables", filled("<table><div>x<table><b>")),
        ("one tag", format!("<p{}>x", (0..size / 8).map(|n| format!(" a{n}=1")).collect::<String>())),
        ("one attribute", format!("<p title='{}'>x", filled("x "))),
        ("open comment", format!("<!--{}", filled("- "))),
        ("open brackets", filled("<")),
        ("entities", filled("&amp;&#x301;&lt")),
        ("dates", filled("<p>19 October 2024 ")),
        ("quotations", filled("<blockquote>The mayor said nobody was hurt.</blockquote>")),
        ("live", filled("<div class=live-entry><time datetime=2024-10-19>x</time><p>The mayor.</div>")),
        ("options", filled("<select><option>x")),
        ("linked data", format!("<script type=application/ld+json>{}</script>", filled("["))),
        ("bodies", filled("<body a=1><html b=2>")),
        ("lines", filled("x\n")),
        ("breaks", filled("x<br>")),
        ("preformatted", format!("<pre>{}", filled("x\n\n"))),
        ("templates", filled("<template><p>x")),
        ("foreign", filled("<svg><math><p>x")),
        ("list items", filled("<li><a href=x>More</a>")),
        ("headings", filled("<h1>News</h1><h2>x")),
        ("nested lists", filled("<ul><li>x")),
        ("spans", format!("<p>{}", filled("<span>x</span>"))),
    ];
    for (name, page) in pages {
        check_hostile(name, &page);
    }
}

#[test]
fn a_huge_page_is_cut_with_a_note() {
    if !long() {
        return;
    }
    let page =
        "<p>The mayor said on Friday that nobody was hurt in the fire at the mill.</p>\n".repeat(650_000);
    let begun = Instant::now();
    let (document, notes) = read_as(page.as_bytes(), Kind::Auto, false);
    println!("{} bytes, {:?}", page.len(), begun.elapsed());
    check_laws(&document, &notes);
    assert!(notes.iter().any(|note| note.code == codes::PAGE_TOO_LARGE));
}

//! Invented pages of markup, and what is read from them.

use saidline_html::{Basis, Document, Input, Kind, Known, LINE_FEATURES, Note, codes, read};

fn read_page(html: &str, known: &Known) -> (Document, Vec<Note>) {
    let input = Input { bytes: html.as_bytes(), kind: Kind::Auto, plain: false, charset: None, known };
    read(input, &|rows| vec![0.5; rows.len() / LINE_FEATURES.max(1)])
}

/// A page of an invented outlet: `head` in the head, `top` under the headline, `story` among the paragraphs.
fn page(head: &str, top: &str, story: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Harbour bridge shut for two weeks | The Quayside Courier</title>{head}</head>
        <body><header><nav><ul><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav></header>
        <main><article><h1>Harbour bridge shut for two weeks</h1>{top}
        <p>The old harbour bridge will stay shut for another two weeks while engineers look for cracks in its northern pillars, the town said on Friday, three days after a lorry driver saw a gap in the road.</p>
        <p>“Nobody should expect it sooner, and nobody should try to cross it on foot,” said Ada Example, who runs the roads office and has looked after the bridge for eleven years now.</p>
        {story}
        <p>The ferry will sail twice as often until then, from six in the morning until midnight, and tickets for the bus are good on board as well, the office added in a statement on its site.</p>
        </article></main>
        <footer><p>© 2023 The Quayside Courier. All rights reserved.</p><a href=/privacy>Privacy</a></footer></body></html>"
    )
}

/// The kind of the block that holds `words`.
#[track_caller]
fn check_kind(html: &str, words: &str, expected: &str) {
    let (document, _) = read_page(html, &Known::default());
    let block = document.blocks.iter().find(|block| block.span.of(&document.text).contains(words));
    let kind = block.map(|block| block.kind.name());
    assert_eq!(kind, Some(expected), "{words:?} in {:#?}", document.text);
}

#[test]
fn kinds_of_blocks() {
    let plain = page("", "", "");
    check_kind(&plain, "Harbour bridge shut", "headline");
    check_kind(&plain, "old harbour bridge", "paragraph");
    check_kind(&plain, "Nobody should expect", "paragraph");
    check_kind(&plain, "The ferry will sail", "paragraph");
    check_kind(&plain, "News", "boilerplate");
    check_kind(&plain, "All rights reserved", "boilerplate");
    check_kind(&page("", "<p class=byline>By Bert Sample</p>", ""), "Bert Sample", "byline");
    let quotation = "<blockquote><p>We looked at every bolt of it in spring and found nothing that worried us at all, not one.</p></blockquote>";
    check_kind(&page("", "", quotation), "every bolt", "quotation");
    let pull =
        "<blockquote>Nobody should expect it sooner, and nobody should try to cross it on foot</blockquote>";
    let html = page("", "", pull);
    let (document, _) = read_page(&html, &Known::default());
    let pulled = document.blocks.iter().filter(|block| block.kind.name() == "pull-quote").count();
    let quoted = document.blocks.iter().filter(|block| block.kind.name() == "quotation").count();
    assert_eq!((pulled, quoted), (1, 0), "{document:#?}");
    check_kind(&page("", "", "<h2>What the driver saw</h2>"), "What the driver saw", "sub-headline");
    let list = "<ul><li>The bridge is shut to cars, buses and lorries until the second of the month, the office says.</li>\
        <li>The bridge is shut to people on foot as well, and boats may not pass beneath it at night.</li></ul>";
    check_kind(&page("", "", list), "people on foot", "list-item");
}

#[test]
fn live_entries_have_their_times() {
    let entries: String = (0..4)
        .map(|n| {
            format!(
                "<div class=liveblog-entry><time datetime=2024-10-19T1{n}:30:00Z>1{n}:30</time><p>The roads office says for the {n}th time \
                today that nobody was hurt, that the pillars hold and that the ferry sails every half an hour.</p></div>"
            )
        })
        .collect();
    let (document, _) = read_page(&page("", "", &entries), &Known::default());
    let times: Vec<String> = document
        .blocks
        .iter()
        .filter(|block| block.kind.name() == "live-entry")
        .filter_map(|block| block.time.map(|time| time.from.to_string()))
        .collect();
    assert_eq!(
        times,
        [
            "2024-10-19T10:30+00:00",
            "2024-10-19T11:30+00:00",
            "2024-10-19T12:30+00:00",
            "2024-10-19T13:30+00:00"
        ]
    );
}

/// The publication date and how it was come by, or "none".
#[track_caller]
fn check_published(html: &str, address: Option<&str>, expected: &str) {
    let known = Known { address: address.map(str::to_owned), ..Known::default() };
    let (document, _) = read_page(html, &known);
    let shown =
        document.published.map_or("none".to_owned(), |d| format!("{} {}", d.when.from, d.basis.name()));
    assert_eq!(shown, expected);
}

#[test]
fn dates_of_publication() {
    check_published(&page("", "", ""), None, "none");
    check_published(
        &page(
            "",
            "",
            "<p>The bridge was built on 4 May 1961 and mended on 7 June 2001, both on rainy days, as people here will tell.</p>",
        ),
        None,
        "none",
    );
    check_published(&page("", "<p>19 October 2024, 17:01</p>", ""), None, "2024-10-19T17:01 visible");
    check_published(&page("", "<p>Updated 19 October 2024</p>", ""), None, "none");
    check_published(
        &page("<meta property=article:published_time content=2024-10-19T17:01:00+02:00>", "", ""),
        None,
        "2024-10-19T17:01+02:00 metadata",
    );
    let linked = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2001-01-01"},
        {"@type":"NewsArticle","headline":"Harbour bridge shut for two weeks","datePublished":"2024-10-18T22:30:00Z","author":{"name":"Bert Sample"}}]}</script>"#;
    check_published(&page(linked, "", ""), None, "2024-10-18T22:30+00:00 metadata");
    // The day that readers see, where metadata in another zone say the day before.
    check_published(&page(linked, "<p>19 October 2024</p>", ""), None, "2024-10-19 visible");
    check_published(
        &page("", "", ""),
        Some("https://courier.example/2024/10/19/bridge"),
        "2024-10-19 address",
    );
    check_published(&page("", "", ""), Some("https://courier.example/2024/10/bridge"), "2024-10 address");
    check_published(&page("", "", ""), Some("https://courier.example/id/20249999/bridge"), "none");
}

#[test]
fn what_the_caller_knows_beats_the_page() {
    let html =
        page("<meta property=og:site_name content='The Quayside Courier'>", "<p>19 October 2024</p>", "");
    let known = Known {
        title: Some("Bridge".into()),
        outlet: Some("Somebody Else".into()),
        byline: Some("Cleo Instance".into()),
        published: Some("9/6/17".into()),
        language: Some("de-AT".into()),
        ..Known::default()
    };
    let (document, notes) = read_page(&html, &known);
    assert_eq!(document.title.as_deref(), Some("Bridge"));
    assert_eq!(document.outlet.as_deref(), Some("Somebody Else"));
    assert_eq!(document.byline.as_deref(), Some("Cleo Instance"));
    assert_eq!(document.language.as_deref(), Some("de"));
    let published = document.published.unwrap();
    assert_eq!((published.when.from.to_string().as_str(), published.basis), ("2017-09-06", Basis::Caller));
    assert!(notes.iter().any(|note| note.code == codes::OTHER_LANGUAGE));

    let known = Known { published: Some("last spring".into()), ..Known::default() };
    let (document, notes) = read_page(&html, &known);
    assert!(notes.iter().any(|note| note.code == codes::UNREADABLE_DATE));
    assert_eq!(document.published.map(|dated| dated.basis), Some(Basis::Visible));
}

#[test]
fn metadata() {
    let head = "<meta property=og:title content='Harbour bridge shut for two weeks'><link rel=canonical href=/bridge>\
        <meta name=author content='Bert Sample'>";
    let html = page(head, "<p>19 October 2024</p>", "");
    let known = Known { address: Some("https://quaysidecourier.example/x?y".into()), ..Known::default() };
    let (document, notes) = read_page(&html, &known);
    assert_eq!(document.title.as_deref(), Some("Harbour bridge shut for two weeks"));
    assert_eq!(document.outlet.as_deref(), Some("The Quayside Courier"));
    assert_eq!(document.byline.as_deref(), Some("Bert Sample"));
    assert_eq!(document.canonical.as_deref(), Some("https://quaysidecourier.example/bridge"));
    assert_eq!(document.language.as_deref(), Some("en"));
    let published = document.published.unwrap();
    assert_eq!(published.span.unwrap().of(&document.text), "19 October 2024");
    assert_eq!(notes, []);
}

#[test]
fn agencies_are_read_from_dateline_and_byline() {
    let html = page("", "<p class=byline>By Bert Sample, Associated Press</p>", "");
    let (document, _) = read_page(&html, &Known::default());
    assert_eq!(document.agencies, ["AP"]);
}

#[test]
fn plain_takes_everything_visible_as_article() {
    let html = page("", "", "");
    let known = Known::default();
    let input = Input { bytes: html.as_bytes(), kind: Kind::Html, plain: true, charset: None, known: &known };
    let (document, _) = read(input, &|rows| vec![0.5; rows.len() / LINE_FEATURES.max(1)]);
    assert!(document.blocks.iter().all(|block| block.kind.name() != "boilerplate"));
}

//! Scraped text without markup, read with the weights that are built in. All pages are invented.

use saidline_html::{BlockKind, Document, Input, Kind, Known, LINE_FEATURES, read};
use saidline_models::{Model, Models};

fn document(text: &str, plain: bool) -> Document {
    let models = Models::embedded(Model::Accurate).expect("the weights are whole");
    let known = Known::default();
    let input = Input { bytes: text.as_bytes(), kind: Kind::Text, plain, charset: None, known: &known };
    let (document, _) = read(input, &|rows| models.lines.score(rows));
    assert_eq!(document.text, text, "the text is the input");
    let mut at = 0;
    for block in &document.blocks {
        assert_eq!(block.span.start, at, "blocks partition the text");
        assert!(text.is_char_boundary(block.span.end as usize));
        at = block.span.end;
    }
    assert!(document.blocks.is_empty() || at as usize == text.len());
    document
}

/// Each line of `page` begins with the letter of its expected kind and a space, which are not part of the text:
/// `H` headline, `S` sub-headline, `D` dateline, `B` byline, `P` paragraph, `L` list item, `C` caption, `Q` pull
/// quote, `-` boilerplate, `?` either.
fn check(page: &str) -> Document {
    check_lines(page, "\n")
}

fn check_lines(page: &str, separator: &str) -> Document {
    let lines: Vec<(&str, &str)> = page.lines().map(|line| line.split_at(2)).collect();
    let text = lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join(separator);
    let document = document(&text, false);
    let found: Vec<String> = document
        .blocks
        .iter()
        .zip(&lines)
        .map(|(block, (wanted, _))| {
            let letter = match block.kind {
                BlockKind::Headline => "H",
                BlockKind::Subheadline => "S",
                BlockKind::Dateline => "D",
                BlockKind::Byline => "B",
                BlockKind::Paragraph => "P",
                BlockKind::ListItem => "L",
                BlockKind::Caption => "C",
                BlockKind::PullQuote => "Q",
                BlockKind::Boilerplate => "-",
                BlockKind::Quotation | BlockKind::LiveEntry => "!",
            };
            let letter = if *wanted == "? " { "?" } else { letter };
            format!("{letter} {}", block.span.of(&text).trim_end())
        })
        .collect();
    assert_eq!(found.join("\n"), page.trim_end(), "separator {separator:?}");
    document
}

fn published(document: &Document) -> Option<(String, &str)> {
    let dated = document.published.as_ref()?;
    let span = dated.span?;
    assert_eq!(dated.text.as_deref(), Some(span.of(&document.text)));
    Some((dated.when.from.to_string(), span.of(&document.text)))
}

const FERRY: &str = "\
- Home
- World
- Business
- Opinion
- facebook-ftwitter-whitestubmleupon
- Share this article
- Please Wait…
H Council votes to close the old ferry landing before winter
H Council votes to close the old ferry landing before winter
- 3 hours ago
B By Staff, Agencies
D 19 Oct, 2024 17:01
- Listen to this article
- 0:00 / 3:42
P PORT ELLERY (AP) — The harbour council voted on Tuesday to close the old ferry landing before the winter, a decision that its critics called hasty.
P “We will not wait until somebody drowns,” Mayor Tom Reyes told reporters after the meeting in the town hall.
- Read more: Ferry crews end their strike after five days
P The crews, who had asked for a delay, said that they had learned of the vote from the newspaper and not from the council.
- Advertisement
P Odile Varga, who owns two of the boats, called the landing “the heart of this town” and promised to go to court.
S What comes next
P A smaller landing will be built upstream, at a cost of two million, and the ferry will run as it does now until May.
P “Nobody loses anything by this,” Reyes said. Varga did not agree: “We all lose by it, and he knows it.”
- Support independent journalism: donate now
- Sign up for our newsletter and get the best of the Courier in your inbox
- Related stories
- Storm leaves nine hundred homes without power
- Old mill to become a museum of rope
- Join the conversation: leave a comment
- We use cookies to improve your experience. Accept all
- © 2024 The Ellery Courier. All rights reserved.
";

#[test]
fn a_scraped_page() {
    for separator in ["\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n"] {
        let document = check_lines(FERRY, separator);
        assert_eq!(
            document.title.as_deref(),
            Some("Council votes to close the old ferry landing before winter")
        );
        assert_eq!(document.byline.as_deref(), Some("Staff, Agencies"));
        assert_eq!(document.agencies, ["AP"]);
        assert_eq!(published(&document), Some(("2024-10-19T17:01".to_owned(), "19 Oct, 2024 17:01")));
        assert_eq!(document.updated, None);
    }
}

#[test]
fn weights_and_features_belong_together() {
    assert_eq!(
        Models::embedded(Model::Accurate).expect("the weights are whole").lines.features(),
        LINE_FEATURES
    );
}

#[test]
fn a_page_that_is_all_article() {
    let document = check(
        "\
H Ferry landing to close
P PORT ELLERY, Oct 3 (Reuters) - The harbour council voted on Tuesday to close the old ferry landing before the winter.
P “We will not wait until somebody drowns,” Mayor Tom Reyes told reporters after the meeting.
P The crews, who had asked for a delay, said that they had learned of the vote from the newspaper.
P “Nobody asked us,” said one.
",
    );
    assert_eq!(document.agencies, ["Reuters"]);
    assert_eq!(document.published, None, "a day and a month without a year are no date");
}

#[test]
fn a_sentence_on_each_line() {
    check(
        "\
H Council votes to close the old ferry landing
B By Odile Varga
P The harbour council voted on Tuesday to close the old ferry landing.
P It will be gone before the winter.
P “We will not wait until somebody drowns,” Mayor Tom Reyes said.
P He spoke for an hour.
P The crews had asked for a delay.
P They said that they had learned of the vote from the newspaper.
P “Nobody asked us,” said one.
P The council meets again in May.
- Share this story
- © 2024 The Ellery Courier
",
    );
}

#[test]
fn dates_that_a_page_states() {
    let page = |lines: &str| {
        format!(
            "Politics\nCouncil votes to close the old ferry landing\n{lines}\nThe harbour council voted on Tuesday to close the \
             old ferry landing before the winter, a decision that its critics called hasty.\n“We will not wait until \
             somebody drowns,” Mayor Tom Reyes told reporters after the meeting, on 12 May 2021, of the council.\nThe \
             crews, who had asked for a delay, said that they had learned of the vote from the newspaper.\n© 2019 The \
             Ellery Courier. All rights reserved.\n"
        )
    };
    let check = |lines: &str, published_at: Option<&str>, updated_at: Option<&str>| {
        let document = document(&page(lines), false);
        assert_eq!(published(&document).map(|(at, _)| at).as_deref(), published_at, "{lines}");
        assert_eq!(
            document.updated.map(|dated| dated.when.from.to_string()).as_deref(),
            updated_at,
            "{lines}"
        );
    };
    check("19 Oct, 2024 17:01", Some("2024-10-19T17:01"), None);
    check("Published: 19 October 2024", Some("2024-10-19"), None);
    check("Published\n19 October 2024", Some("2024-10-19"), None);
    check("Published: 19 October 2024\nUpdated: 20 October 2024", Some("2024-10-19"), Some("2024-10-20"));
    check("Updated 20 October 2024", None, Some("2024-10-20"));
    check("By Odile Varga | October 19, 2024", Some("2024-10-19"), None);
    check("By Odile Varga", None, None);
    check("3 hours ago", None, None);
    check("October 19", None, None);
    check("March 3, 2019\nStorm leaves nine hundred homes dark\nMay 12, 2018", None, None);
    check("19 Oct, 2024 17:01\n19 October 2024", Some("2024-10-19T17:01"), None);
}

#[test]
fn lines_broken_at_a_fixed_width() {
    let text = "\
Council votes to close the old ferry landing

The harbour council of Port Ellery voted on Tuesday to close the old
ferry landing before the winter, a decision that its critics called
hasty and that its supporters said was long overdue.

Mayor Odile Varga told reporters after the meeting that \"nobody on this
council wanted to see the landing go, but the timbers are rotten and we
will not wait until somebody drowns\". She said that a smaller landing
would be built upstream, and that the ferry would run as it does now.
";
    for plain in [false, true] {
        let document = document(text, plain);
        assert_eq!(document.blocks.len(), 3, "{:?}", document.blocks);
        assert!(document.blocks[1..].iter().all(|block| block.kind == BlockKind::Paragraph));
    }
}

#[test]
fn plain_text_is_all_paragraphs() {
    let document = document("Share this\n\nBy Odile Varga\r\nWASHINGTON (AP) — No.\nAdvertisement", true);
    assert_eq!(document.blocks.len(), 4);
    assert!(document.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
    assert_eq!((document.title, document.byline, document.published), (None, None, None));
}

#[test]
fn a_line_that_is_menu_and_article_in_one_is_kept_whole() {
    let text = "Home News Sport Share facebook twitter Council votes to close the old ferry landing PORT ELLERY — The \
                harbour council voted on Tuesday to close the old ferry landing before the winter. “We will not wait until \
                somebody drowns,” Mayor Tom Reyes told reporters after the meeting. The crews, who had asked for a delay, \
                said that they had learned of the vote from the newspaper. “Nobody asked us,” said one of them on the quay.";
    let document = document(text, false);
    assert_eq!(document.blocks.len(), 1);
    assert_eq!(document.blocks[0].kind, BlockKind::Paragraph);
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for text in [
        String::new(),
        " \n\r\n\t".to_owned(),
        "\0".repeat(1 << 20),
        "“".repeat(1 << 18),
        "\u{301}".repeat(1 << 19),
        "word ".repeat(1 << 18),
        "\n".repeat(1 << 20),
        "a\n".repeat(1 << 14),
        "By By By, ".repeat(1 << 16),
        "19 Oct 2024 ".repeat(1 << 16),
        "A (A) — ".repeat(1 << 16),
        "The council met on Tuesday and it voted to close the landing.\n".repeat(1 << 12),
        format!("{}\n{}", "no ".repeat(1 << 16), "no ".repeat(1 << 15)),
    ] {
        let document = document(&text, false);
        let shown = document.blocks.iter().map(|block| block.span.len()).sum::<usize>();
        assert!(document.blocks.is_empty() || shown == text.len());
    }
}

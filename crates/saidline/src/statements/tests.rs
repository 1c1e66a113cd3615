//! Reports of invented pages, each a direct or indirect content by itself.

use super::*;
use crate::attribution::{Act, ActClass};
use saidline_html::{Block, BlockKind};

/// A report of a text's one attribution: all of it is content.
fn report(text: &str, document: u32, voice: u64) -> (Document, Report) {
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), time: None }];
    let document_of = Document { text: text.to_owned(), blocks, ..Document::default() };
    let (marks, _) = quotations(text, &document_of.blocks);
    let content = vec![Span::new(0, text.len())];
    let kind = crate::quotations::kind_of(text, &content, &marks);
    let one = Attribution {
        act: Some(Act { class: ActClass::Speech, r#type: None }),
        polarity: Some(Polarity::Affirmed),
        ..Attribution::new(kind, Vec::new(), Vec::new(), content, 1.0)
    };
    let (_, report) = Report::all(&document_of, &[one], document, |_| vec![voice]).remove(0);
    (document_of, report)
}

fn kind_of_wording(here: &str, there: &str) -> &'static str {
    let ((here, one), (there, other)) = (report(here, 0, 1), report(there, 1, 1));
    let (here, there) = (Side { text: &here.text, report: &one }, Side { text: &there.text, report: &other });
    let wording = wording(here, there);
    for difference in &wording.differences {
        for (span, side) in [(difference.here, here), (difference.there, there)] {
            assert!(span.is_none_or(|span| side.text.get(span.start as usize..span.end as usize).is_some()));
        }
    }
    wording.kind.name()
}

#[test]
fn wordings_differ_by_kind() {
    let full = "“The ferry is safe, and it will sail in May. We will not pay a cent for the old pier.”";
    for (here, kind) in [
        (full, "identical"),
        (
            "“The ferry is safe and it will sail in May. We will not pay a cent for the old pier.”",
            "punctuation",
        ),
        ("“The ferry is safe, and it’ll sail in May. We won’t pay a cent for the old pier.”", "spelling"),
        (
            "“The ferry [Ina] is safe, and it will sail in May. We will not pay a cent for the old pier.”",
            "bracketed",
        ),
        ("“It will sail in May.”", "cut"),
        ("the ferry “will sail in May”", "cut"),
        ("“The ferry is safe … We will not pay a cent for the old pier.”", "cut"),
        (
            "“The ferry is safe, and it would sail in May. We will not pay a cent for the old pier.”",
            "shifted",
        ),
        (
            "“The ferry is safe, and it will sail in June. We will not pay a cent for the old pier.”",
            "altered",
        ),
        ("“The ferry is safe, and it will sail in May. We will pay a cent for the old pier.”", "altered"),
        ("that the ferry was safe", "indirect"),
    ] {
        assert_eq!(kind_of_wording(here, full), kind, "{here}");
    }
}

/// Ten thousand times the same word: linear, or this takes minutes.
#[test]
fn a_long_repetition_is_laid_beside_another() {
    let many = |word: &str, times: usize| format!("“{}”", vec![word; times].join(" "));
    assert_eq!(kind_of_wording(&many("no", 10_000), &many("no", 10_001)), "cut");
    assert_eq!(kind_of_wording(&many("no", 10_000), &many("yes", 10_000)), "cut");
}

#[test]
fn reports_of_the_same_words_are_one_statement() {
    let texts = [
        ("“The harbour council will close the northern pier by Thursday,”", 0, 1),
        ("“The harbour council will close the northern pier”", 1, 1),
        ("that the harbour council would close the northern pier", 2, 1),
        // Another voice, and another remark of the same one.
        ("“The harbour council will close the northern pier by Thursday,”", 3, 2),
        ("“Nobody asked the fishermen of Sundvik about their nets,”", 4, 1),
    ];
    let reports: Vec<Report> =
        texts.iter().map(|(text, document, voice)| report(text, *document, *voice).1).collect();
    assert_eq!(group(&reports), [vec![0, 1, 2], vec![3], vec![4]]);
    // In whatever order they come.
    let backwards: Vec<Report> = reports.iter().rev().cloned().collect();
    assert_eq!(group(&backwards), [vec![0], vec![1], vec![2, 3, 4]]);
}

#[test]
fn what_was_not_said_is_no_report_of_what_was() {
    let (_, said) = report("“The harbour council will close the northern pier by Thursday,”", 0, 1);
    let (_, mut other) = report("“The harbour council will close the northern pier by Thursday,”", 1, 1);
    assert!(compare(&said, &other).is_some_and(|like| like > 0.9));
    assert_eq!(compare(&said, &other), compare(&other, &said));
    other.polarity = Polarity::SayingDenied;
    assert_eq!(compare(&said, &other), None);
    other.polarity = Polarity::ContentDenied;
    assert_eq!(compare(&said, &other), None);
    other.polarity = Polarity::Affirmed;
    let day = |day| Some((Date::constant(2014, 3, day), Date::constant(2014, 3, day)));
    let mut said = said;
    (said.days, other.days) = (day(3), day(4));
    assert!(compare(&said, &other).is_some());
    other.days = day(7);
    assert_eq!(compare(&said, &other), None);
}

//! Reports of invented pages, each a direct or indirect content by itself.

use super::*;
use crate::attribution::{Act, ActClass};
use saidline_html::{Block, BlockKind};

/// A text that is one attribution's content.
pub(super) fn said(text: &str) -> (Document, Attribution) {
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), time: None }];
    let document = Document { text: text.to_owned(), blocks, ..Document::default() };
    let (marks, _) = quotations(text, &document.blocks);
    let content = vec![Span::new(0, text.len())];
    let kind = crate::quotations::kind_of(text, &content, &marks);
    let one = Attribution {
        act: Some(Act { class: ActClass::Speech, r#type: None }),
        polarity: Some(Polarity::Affirmed),
        ..Attribution::new(kind, Vec::new(), Vec::new(), content, 1.0)
    };
    (document, one)
}

/// A report of a text's one attribution: all of it is content.
fn report(text: &str, document: u32, voice: u64) -> Report {
    let (of, one) = said(text);
    Report::all(&of, &[one], document, |_| vec![voice]).remove(0).1
}

fn kind_of_wording(here: &str, there: &str) -> &'static str {
    let ((here, one), (there, other)) = (said(here), said(there));
    let marks = |document: &Document| quotations(&document.text, &document.blocks).0;
    let (here_marks, there_marks) = (marks(&here), marks(&there));
    let (here, there) =
        (Quoted::new(&here.text, &here_marks, &one), Quoted::new(&there.text, &there_marks, &other));
    let wording = wording(&here, &there);
    for difference in &wording.differences {
        for (span, side) in [(difference.here, &here), (difference.there, &there)] {
            assert!(span.is_none_or(|span| side.text().get(span.range()).is_some()));
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
        texts.iter().map(|(text, document, voice)| report(text, *document, *voice)).collect();
    assert_eq!(group(&reports, &[]), [vec![0, 1, 2], vec![3], vec![4]]);
    // In whatever order they come.
    let backwards: Vec<Report> = reports.iter().rev().cloned().collect();
    assert_eq!(group(&backwards, &[]), [vec![0], vec![1], vec![2, 3, 4]]);
}

#[test]
fn what_was_not_said_is_no_report_of_what_was() {
    let said = report("“The harbour council will close the northern pier by Thursday,”", 0, 1);
    let mut other = report("“The harbour council will close the northern pier by Thursday,”", 1, 1);
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

#[test]
fn what_a_person_decided_stands() {
    let reports = [
        report("“The harbour council will close the northern pier by Thursday,”", 0, 1),
        report("“The harbour council will close the northern pier”", 1, 1),
        report("“Nobody asked the fishermen of Sundvik about their nets,”", 2, 1),
    ];
    assert_eq!(group(&reports, &[(0, 1, Decided::Two)]), [vec![0], vec![1], vec![2]]);
    assert_eq!(group(&reports, &[(2, 1, Decided::One)]), [vec![0, 1, 2]]);
}

#[test]
fn a_report_is_kept_as_bytes() {
    let mut one = report("“We will not pay 12 cents for Sundvik’s old pier,” and “never”", 7, u64::MAX);
    assert_eq!(Report::from_bytes(7, &one.to_bytes()).as_ref(), Some(&one));
    (one.days, one.published) =
        (Some((Date::constant(1912, 4, 15), Date::constant(2031, 1, 1))), Some(Date::constant(2000, 1, 1)));
    let bytes = one.to_bytes();
    assert_eq!(Report::from_bytes(7, &bytes).as_ref(), Some(&one));
    // Damaged bytes are none, or another report: never a panic.
    for end in 0..bytes.len() {
        assert_eq!(Report::from_bytes(7, &bytes[..end]), None);
        let mut wrong = bytes.clone();
        wrong[end] ^= 0xff;
        let _ = Report::from_bytes(7, &wrong);
    }
}

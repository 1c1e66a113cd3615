//! Reports of invented pages, each a direct or indirect content by itself.

use super::*;
use crate::attribution::{Act, ActClass};
use crate::quotations::quotations;
use saidline_html::{Block, BlockKind};

/// A text that is one attribution's content, with its quotations.
pub(super) fn said(text: &str) -> (Document, Vec<Quotation>, Attribution) {
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
    (document, marks, one)
}

/// A report of a text's one attribution: all of it is content.
fn report(text: &str, document: u32, voice: u64) -> Report {
    let (of, marks, one) = said(text);
    let mut report = Report::all(&of, &marks, &[one], document, |_| vec![voice]).remove(0).1;
    report.published = Some(Date::constant(2014, 3, 4));
    report.voicing = Voicing { named: true, person: true, ..Voicing::default() };
    report
}

fn kind_of_wording(here: &str, there: &str) -> &'static str {
    let ((here, here_marks, one), (there, there_marks, other)) = (said(here), said(there));
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
        // Other words at the end of a sentence that both begin, and the beginning of what is left out.
        ("“The ferry is safe, and it will sail in May. We will not pay a cent to anybody here.”", "altered"),
        ("“The ferry is safe, and it will sail before Easter.”", "altered"),
        ("“The ferry is safe, and it will sail in May. We will not pay a cents”", "shifted"),
        ("“The ferry is safe, and it’ll sail”", "cut"),
        ("“The ferry is safe, and it will sail in May. Ask me about whales tomorrow.”", "cut"),
        ("“The ferry is safe, and it will sail” in the first week of spring, “ask me about whales”", "cut"),
        ("that the ferry was safe", "indirect"),
    ] {
        assert_eq!(kind_of_wording(here, full), kind, "{here}");
    }
}

#[test]
fn signs_and_slips_are_spellings() {
    for (here, there) in [
        (
            "“Some 70% of the boats sail in Feb. if they can”",
            "“Some 70 percent of the boats sail in February if they can”",
        ),
        ("“We will close the the northern pier in May”", "“We will close the northern pier in May”"),
        ("“It was the Harbours’ wish to close the pier”", "“It was the Harbours’s wish to close the pier”"),
    ] {
        assert_eq!(kind_of_wording(here, there), "spelling", "{here}");
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
    assert!(compare(&said, &other).is_some_and(joins));
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
fn what_a_later_page_quotes_of_those_days_is_the_same_remark() {
    let then = report(
        "“We have never sunk the ferry of Sundvik. We have only stopped bailing it out with hats.”",
        0,
        1,
    );
    let mut later =
        report("“We never drowned the ferry of Sundvik; we only stopped bailing it out with hats.”", 1, 1);
    later.published = Some(Date::constant(2018, 3, 4));
    // Said again years after, as far as one can tell.
    assert_eq!(compare(&then, &later), Some(0.0));
    let year = |year| Some((Date::constant(year, 1, 1), Date::constant(year, 12, 31)));
    later.days = year(2014);
    assert!(compare(&then, &later).is_some_and(joins));
    let shared = |one: &Report, other: &Report| one.keys_near().iter().any(|key| other.keys().contains(key));
    assert!(shared(&then, &later) && shared(&later, &then));
    // Of another year, or of no time in particular.
    later.days = year(2016);
    assert!(!compare(&then, &later).is_some_and(joins));
    later.days = Some((Date::constant(2010, 1, 1), Date::constant(2016, 12, 31)));
    assert_eq!(compare(&then, &later), Some(0.0));
    // Four words in a row are a phrase that somebody uses again.
    let mut phrase = report("“We only stopped bailing the ferry.”", 1, 1);
    (phrase.published, phrase.days) = (later.published, year(2014));
    assert_eq!(compare(&then, &phrase), Some(0.0));
}

#[test]
fn whoever_is_not_named_can_be_anybody() {
    let mut one = report("“Nobody asked the fishermen about nets,”", 0, 1);
    let mut other = report("that nobody asked the fishermen about nets", 1, 1);
    (one.voices, other.voices) = (Vec::new(), Vec::new());
    assert_eq!(compare(&one, &other), Some(0.0));
    other = report("“Nobody asked the fishermen about nets when you closed it,”", 1, 1);
    one = report("“Nobody asked the fishermen about nets when you closed it”", 0, 1);
    (one.voices, other.voices) = (Vec::new(), Vec::new());
    assert!(compare(&one, &other).is_some_and(joins));
}

#[test]
fn what_the_extraction_is_not_sure_of_joins_nothing() {
    let one = report("“The harbour council will close the northern pier by Thursday,”", 0, 1);
    let mut other = report("that the harbour council would close the northern pier", 1, 1);
    assert!(compare(&one, &other).is_some_and(joins));
    other.sureness = 59;
    assert_eq!(compare(&one, &other), Some(0.0));
}

#[test]
fn what_stands_within_a_report_is_another_unless_it_is_quoted() {
    let outer = report("that Olaf Berg had warned the council not to close the northern pier", 0, 1);
    let mut inner = report("not to close the northern pier", 0, 1);
    inner.span = Span::new(30, 60);
    assert_eq!(compare(&outer, &inner), Some(0.0));
    inner.span = Span::new(100, 130);
    assert!(compare(&outer, &inner).is_some_and(|chance| chance > 0.0));
    let outer = report("that Olaf Berg had said “do not close the northern pier by Thursday”", 0, 1);
    let mut inner = report("“do not close the northern pier by Thursday”", 0, 1);
    inner.span = Span::new(20, 60);
    assert!(compare(&outer, &inner).is_some_and(|chance| chance > 0.0));
}

#[test]
fn pages_of_one_event_are_known_by_their_words_and_quotations() {
    let page = |text: &str| {
        let (document, marks, _) = said(text);
        Sketch::of(&document, &marks)
    };
    let pier = page(
        "The council of Sundvik closes the pier. “Nobody asked the fishermen of Sundvik about their nets and boats”",
    );
    let again = page(
        "Fishermen of Sundvik protest: “Nobody asked the fishermen of Sundvik about their nets and boats”",
    );
    let other = page(
        "A glacier calved in Austfjord, geologists measured it. “We measured a wave of eleven metres in the fjord”",
    );
    assert!(pier.likeness(&again) > 0.4 && pier.likeness(&other) < 0.1);
    assert_eq!(pier.likeness(&again), again.likeness(&pier));
    assert!(pier.shared_runs(&again, &[]) > 0);
    assert_eq!(pier.shared_runs(&again, &pier.runs), 0);
    assert_eq!(pier.shared_runs(&other, &[]), 0);
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
    one.sketch = Arc::new(Sketch { words: vec![(7, 255), (0x00ff_ffff, 1)], runs: vec![4, 8] });
    one.sureness = 61;
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

#[test]
fn what_speaks_for_two_reports_being_one_is_told() {
    let one = report("“The harbour council will close the northern pier by Thursday,”", 0, 1);
    let other = report("“The harbour council will close the northern pier”", 1, 1);
    let told: Vec<String> = reasons(&one, &other).iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "8 words in a row within marks");
    assert!(told.contains(&"the same voice".to_owned()));
    assert_eq!(reasons(&one, &other), reasons(&other, &one));
}

#[test]
fn long_after_only_the_same_words_are_one() {
    let mut one = report("“We will close the northern pier,”", 0, 1);
    let mut other = report("“We will close the northern pier”", 1, 1);
    (one.published, other.published) = (Some(Date::constant(2031, 1, 1)), Some(Date::constant(2031, 3, 1)));
    assert_eq!(compare(&one, &other), Some(0.0));
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    /// Contents of few words, so that many are shared.
    fn text() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "ferry", "pier", "the", "not", "closes", "closed", "Sundvik", "12", "it’s", "”", "“", "…", "and",
            "[the", "crew]", ".", ",", "harbour", "won’t", "mayor",
        ]);
        prop::collection::vec(word, 1..24).prop_map(|words| words.join(" "))
    }

    fn reports() -> impl Strategy<Value = Vec<Report>> {
        prop::collection::vec((text(), 0_u32..3, 1_u64..3), 1..10).prop_map(|all| {
            let mut reports: Vec<Report> =
                all.iter().map(|(text, document, voice)| report(text, *document, *voice)).collect();
            // Each in a place of its own, as in a document.
            for (place, report) in reports.iter_mut().enumerate() {
                report.paragraph = place as u32;
                report.span.start += 1000 * place as u32;
                report.span.end += 1000 * place as u32;
            }
            reports
        })
    }

    proptest! {
        #[test]
        fn comparing_goes_both_ways_and_reports_come_back(reports in reports()) {
            for one in &reports {
                prop_assert_eq!(Report::from_bytes(one.document, &one.to_bytes()), Some(one.clone()));
                for other in &reports {
                    prop_assert_eq!(compare(one, other), compare(other, one));
                }
            }
        }

        #[test]
        fn groups_are_the_same_backwards(reports in reports()) {
            let names = |reports: &[Report], groups: Vec<Vec<usize>>| -> Vec<Vec<u32>> {
                let mut groups: Vec<Vec<u32>> = groups
                    .iter()
                    .map(|group| {
                        let mut names: Vec<u32> = group.iter().map(|&at| reports[at].paragraph).collect();
                        names.sort_unstable();
                        names
                    })
                    .collect();
                groups.sort_unstable();
                groups
            };
            let forwards = names(&reports, group(&reports, &[]));
            let mut backwards = reports.clone();
            backwards.reverse();
            // But for ties, which pages of the same words have.
            let mut chances: Vec<u32> = Vec::new();
            for (place, one) in reports.iter().enumerate() {
                chances.extend(reports[place + 1..].iter().filter_map(|other| compare(one, other)).map(f32::to_bits));
            }
            let all = chances.len();
            chances.sort_unstable();
            chances.dedup();
            prop_assume!(chances.len() == all);
            let groups = group(&backwards, &[]);
            prop_assert_eq!(forwards, names(&backwards, groups));
        }

        #[test]
        fn what_both_have_and_what_one_has_are_all(here in text(), there in text()) {
            let place = |text: &str| {
                let mut words = Vec::new();
                super::super::words::place(text, Span::new(0, text.len()), |_| true, &mut words);
                words
            };
            let (ours, theirs) = (place(&here), place(&there));
            let hunks = alignment::hunks(&ours, &theirs, |at| at % 3 == 0, |at| at % 2 == 0);
            let (mut at, mut their_at) = (0, 0);
            for hunk in &hunks {
                prop_assert!(hunk.ours.start >= at && hunk.theirs.start >= their_at);
                prop_assert_eq!(hunk.ours.start - at, hunk.theirs.start - their_at);
                for (one, other) in ours[at..hunk.ours.start].iter().zip(&theirs[their_at..hunk.theirs.start]) {
                    prop_assert_eq!(one.folded, other.folded);
                }
                (at, their_at) = (hunk.ours.end, hunk.theirs.end);
            }
            prop_assert_eq!(ours.len() - at, theirs.len() - their_at);
            for (one, other) in ours[at..].iter().zip(&theirs[their_at..]) {
                prop_assert_eq!(one.folded, other.folded);
            }
        }
    }
}

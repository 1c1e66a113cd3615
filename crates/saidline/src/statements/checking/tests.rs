//! Drafts and records of one sentence each, all invented.

use jiff::civil::Date;

use super::super::tests::said;
use super::*;
use crate::attribution::Polarity;

/// Voices: who speaks in a draft or a report.
const LUND: u64 = 1;
const BERG: u64 = 2;

#[derive(Clone)]
struct Told {
    text: &'static str,
    voice: u64,
    day: Option<Date>,
    polarity: Polarity,
    hearer: &'static str,
    standing: u8,
    nearness: Option<f32>,
}

fn told(text: &'static str, voice: u64) -> Told {
    Told { text, voice, day: None, polarity: Polarity::Affirmed, hearer: "", standing: 1, nearness: None }
}

impl Told {
    fn on(self, day: i8) -> Self {
        Self { day: Some(Date::constant(2024, 3, day)), ..self }
    }

    fn to(self, hearer: &'static str) -> Self {
        Self { hearer, ..self }
    }

    fn near(self, nearness: f32) -> Self {
        Self { nearness: Some(nearness), ..self }
    }

    fn denied(self) -> Self {
        Self { polarity: Polarity::ContentDenied, ..self }
    }

    fn occasion(&self) -> Occasion {
        let mut occasion = Occasion::default();
        if !self.hearer.is_empty() {
            occasion.add_hearer(self.hearer, Some(self.hearer));
        }
        occasion
    }
}

fn held(draft: &Told, record: &[Told]) -> Verdict {
    let read = |told: &Told, number: u32| {
        let (document, marks, mut one) = said(told.text);
        one.polarity = Some(told.polarity);
        let voices = move |_: usize| Some(told.voice).into_iter().filter(|voice| *voice > 0).collect();
        let mut report =
            Report::all(&document, &marks, std::slice::from_ref(&one), number, voices).remove(0).1;
        report.days = told.day.map(|day| (day, day));
        (report, one.content)
    };
    let (report, content) = read(draft, 0);
    let claim =
        Claim { place: Some(0), content, report, occasion: draft.occasion(), foreign: false, among: 64 };
    let kept: Vec<_> = record.iter().zip(1..).map(|(told, number)| (told, read(told, number))).collect();
    let candidates: Vec<Candidate> = kept
        .iter()
        .map(|(told, (report, content))| Candidate {
            report,
            quoted: Quoted::of_report(told.text, content, report),
            occasion: told.occasion(),
            standing: told.standing,
            nearness: told.nearness,
        })
        .collect();
    verdict(draft.text, &claim, &candidates)
}

#[track_caller]
fn check(draft: Told, record: &[Told], expected: &str) -> Verdict {
    let verdict = held(&draft, record);
    assert_eq!(verdict.kind.name(), expected, "{} {:?}", draft.text, verdict);
    verdict
}

const PIER: &str = "“The harbour council will close the northern pier by Thursday. Nobody asked the fishermen of Sundvik about their nets.”";

#[test]
fn the_same_words_are_verbatim() {
    let record = [told(PIER, LUND)];
    check(told(PIER, LUND), &record, "verbatim");
    // Another comma, another spelling, an insertion in brackets.
    for draft in [
        "“The harbor council will close the northern pier by Thursday. Nobody asked the fishermen of Sundvik about their nets.”",
        "\"The harbour council will close the northern pier, by Thursday; nobody asked the fishermen of Sundvik about their nets.\"",
        "“The harbour council will close the northern [old] pier by Thursday. Nobody asked the fishermen of Sundvik about their nets.”",
    ] {
        check(told(draft, LUND), &record, "verbatim");
    }
    // Of nobody in particular, and of somebody whom the page does not name.
    check(told(PIER, 0), &record, "verbatim");
    check(told(PIER, LUND), &[told(PIER, 0)], "verbatim");
}

#[test]
fn fewer_words_are_cut() {
    let record = [told(PIER, LUND)];
    for draft in [
        "“Nobody asked the fishermen of Sundvik about their nets.”",
        "the council “will close the northern pier by Thursday”",
        "“The harbour council will close the northern pier … Nobody asked the fishermen.”",
        "the council would “close the northern pier” and that “nobody asked the fishermen of Sundvik”",
        "she was sure that it “will close”",
    ] {
        check(told(draft, LUND), &record, "cut");
    }
    // What a speaker says between the words is no word of the speech.
    let spoken =
        "“The harbour council will, uh, close the northern pier by Thursday, you know, by Thursday.”";
    check(
        told("“The harbour council will close the northern pier by Thursday,”", LUND),
        &[told(spoken, LUND)],
        "cut",
    );
}

#[test]
fn what_two_reports_have_together_is_on_record() {
    let record = [
        told("“The harbour council will close the northern pier by Thursday,”", LUND),
        told("“Nobody asked the fishermen of Sundvik about their nets.”", LUND),
    ];
    let verdict = check(told(PIER, LUND), &record, "cut");
    assert_eq!(verdict.evidence.len(), 2);
    // But not what another one said.
    let others = [record[0].clone(), told(record[1].text, BERG)];
    check(told(PIER, LUND), &others, "not-on-record");
}

#[test]
fn a_negation_put_in_or_left_out_is_the_contrary() {
    let record = [told(PIER, LUND)];
    for draft in [
        "“The harbour council will not close the northern pier by Thursday.”",
        "“Everybody asked the fishermen of Sundvik about their nets.”",
    ] {
        check(told(draft, LUND), &record, "opposite");
    }
}

#[test]
fn other_words_within_the_marks_are_altered() {
    let record = [told(PIER, LUND)];
    for draft in [
        "“The harbour council must close the northern pier by Thursday.”",
        "“The harbour council will close the southern pier by Thursday. Nobody asked the fishermen of Sundvik about their nets.”",
        "“The harbour council would close the northern pier by Thursday.”",
        "“The harbour council will close the northern pier by Friday.”",
    ] {
        let verdict = check(told(draft, LUND), &record, "altered");
        assert_eq!(verdict.evidence, [0]);
        assert!(!verdict.differences.is_empty());
        for (difference, at) in &verdict.differences {
            assert!(
                difference.here.is_none_or(|span| span.start == *at && draft.get(span.range()).is_some())
            );
        }
    }
}

/// The closest report decides: a page that altered the words does not make the right ones wrong.
#[test]
fn the_closest_report_decides() {
    let altered = "“The harbour council must close the northern pier by Thursday. Nobody asked the fishermen of Sundvik about their nets.”";
    let record = [told(altered, LUND), told(PIER, LUND)];
    assert_eq!(check(told(PIER, LUND), &record, "verbatim").evidence, [1]);
    let copy = Told { standing: 3, ..told(PIER, LUND) };
    let transcript = Told { standing: 0, ..told(PIER, LUND) };
    let record = [copy, told(PIER, LUND), transcript];
    assert_eq!(check(told(PIER, LUND), &record, "verbatim").evidence, [2, 1, 0]);
}

#[test]
fn another_utterance_is_not_called_altered() {
    let record = [told(PIER, LUND)];
    for draft in [
        "“The harbour council will build a school in Osterby by Thursday.”",
        "“We will close the shop.”",
        "“Nobody asked me.”",
        "“The northern pier is the pride of Sundvik, and I will not see it close.”",
        "“The council”",
        "a “northern scandal”",
        // More than the record has: what it has not may well have been said.
        "“The harbour council will close the northern pier by Thursday, and it will pay for every single boat that lies there.”",
    ] {
        check(told(draft, LUND), &record, "not-on-record");
    }
    // The same formula on another day.
    let formula = [told("“I want to thank the people of Sundvik for their patience.”", LUND).on(3)];
    check(
        told("“I want to thank the people of Osterby for their patience.”", LUND).on(20),
        &formula,
        "not-on-record",
    );
}

#[test]
fn what_comes_near_is_shown() {
    let draft = "“The harbour council will close the northern pier by Thursday, and it will pay for every single boat that lies there.”";
    assert_eq!(check(told(draft, LUND), &[told(PIER, LUND)], "not-on-record").evidence, [0]);
    assert!(
        check(told("“We will close the shop.”", LUND), &[told(PIER, LUND)], "not-on-record")
            .evidence
            .is_empty()
    );
}

#[test]
fn words_of_somebody_else_are_told() {
    let record = [told(PIER, LUND)];
    check(told(PIER, BERG), &record, "other-speaker");
    check(told("“Nobody asked the fishermen of Sundvik about their nets.”", BERG), &record, "other-speaker");
    // Too few to be anybody's.
    check(told("“by Thursday”", BERG), &record, "not-on-record");
    // Where both said them, nothing is wrong.
    check(told(PIER, BERG), &[told(PIER, LUND), told(PIER, BERG)], "verbatim");
}

#[test]
fn words_from_another_occasion_are_told() {
    check(told(PIER, LUND).on(20), &[told(PIER, LUND).on(3)], "other-occasion");
    check(told(PIER, LUND).on(20), &[told(PIER, LUND).on(19)], "verbatim");
    // A report that tells no day says nothing for another day than the one told.
    check(told(PIER, LUND).on(20), &[told(PIER, LUND).on(3), told(PIER, LUND)], "other-occasion");
    check(told(PIER, LUND).on(20), &[told(PIER, LUND).on(3), told(PIER, LUND).on(20)], "verbatim");
    check(told(PIER, LUND).on(20), &[told(PIER, LUND)], "verbatim");
    let gazette = || told(PIER, LUND).to("harbour gazette");
    check(told(PIER, LUND).to("northline television"), &[gazette()], "other-occasion");
    check(told(PIER, LUND).to("the harbour gazette"), &[gazette()], "verbatim");
    check(told(PIER, LUND), &[gazette()], "verbatim");
    // A channel and its programme may be one, two channels or a channel and a newspaper are not.
    let channel = || told(PIER, LUND).to("nlt");
    check(told(PIER, LUND).to("northline television"), &[channel()], "other-occasion");
    check(told(PIER, LUND).to("north lake tonight"), &[channel()], "verbatim");
    check(told(PIER, LUND).to("morning with moe"), &[channel()], "verbatim");
    check(told(PIER, LUND).to("kbs"), &[channel()], "other-occasion");
    check(told(PIER, LUND).to("the osterby herald"), &[channel()], "other-occasion");
}

#[test]
fn the_contrary_is_told() {
    check(
        told(PIER, LUND),
        &[told("“The harbour council will close the northern pier by Thursday.”", LUND).denied()],
        "not-on-record",
    );
    let pier = "“The harbour council will close the northern pier by Thursday.”";
    check(told(pier, LUND), &[told(pier, LUND).denied()], "opposite");
    let closes = "that the harbour council would close the northern pier";
    check(told(closes, LUND).denied(), &[told(closes, LUND)], "opposite");
    check(
        told("that the harbour council would not close the northern pier", LUND),
        &[told(closes, LUND)],
        "opposite",
    );
    check(
        told(closes, LUND),
        &[told("that the harbour council would never close the northern pier", LUND)],
        "opposite",
    );
    // Denied that it would, and said that it would not, are one.
    check(
        told(closes, LUND).denied(),
        &[told("that the harbour council would not close the northern pier", LUND)],
        "supported",
    );
}

#[test]
fn claims_without_marks_are_borne_out_by_either_kind() {
    let claim = "that the harbour council would close the northern pier by Thursday";
    check(told(claim, LUND), &[told(PIER, LUND)], "supported");
    check(
        told(claim, LUND),
        &[told("the harbour council was to close the northern pier", LUND)],
        "supported",
    );
    check(told(claim, LUND), &[told("the ferry to Osterby was safe", LUND)], "not-on-record");
    check(
        told(claim, LUND),
        &[told("that the harbour council would close the northern pier by Thursday", BERG)],
        "other-speaker",
    );
    assert!(!VerdictKind::NotOnRecord.is_finding(false) && VerdictKind::NotOnRecord.is_finding(true));
}

#[test]
fn a_quotation_of_which_only_indirect_reports_are_there_is_told() {
    let record = [told("that the harbour council would close the northern pier by Thursday", LUND)];
    check(
        told("“The harbour council will close the northern pier by Thursday.”", LUND),
        &record,
        "indirect-only",
    );
}

#[test]
fn two_renderings_of_one_speech_are_told() {
    let one = "“The northern pier of Sundvik shall be shut before the fishermen return from the herring.”";
    let other = "“Before the herring fishermen come back, we are shutting Sundvik’s northern pier.”";
    check(told(one, LUND).on(3), &[told(other, LUND).on(3)], "other-rendering");
}

#[test]
fn no_words_and_many_words_are_held() {
    assert_eq!(held(&told(PIER, LUND), &[]).kind, VerdictKind::NotOnRecord);
    let many: &'static str = Box::leak(format!("“{}”", vec!["no pier"; 20_000].join(" ")).into_boxed_str());
    let _ = held(&told(many, LUND), &[told(many, LUND), told(PIER, LUND)]);
    let _ = held(&told(PIER, LUND), &[told(many, LUND)]);
    let _ = held(&told("“…”", LUND), &[told("“—”", LUND)]);
}

#[test]
fn words_negated_in_one_place_only_are_the_contrary() {
    let contrary = |draft, record| check(told(draft, LUND), &[told(record, LUND).near(0.9)], "opposite");
    contrary(
        "“The fishermen and their council are well served by a pier that was built before most of us were born.”",
        "“Neither the fishermen nor their council are well served by a pier that was built before most of us were born.”",
    );
    contrary(
        "“We do touch the harbour fund.”",
        "“Well, that is just wrong. We don't touch the harbour fund at all. We don't touch any of the funds for the pier.”",
    );
    contrary(
        "“We do not know where the nets of Sundvik are.”",
        "“Do not deceive us! We know where the nets of Sundvik are.”",
    );
    contrary("“Yes, we do have that harbour.”", "“No, we do not have that harbour.”");
    contrary("“This is a fishing matter.”", "“This is not a fishing matter. This is a matter of the town.”");
}

#[test]
fn what_is_left_out_and_negates_something_else_turns_nothing_round() {
    check(
        told("“The pier is sound, but … a sound pier needs care.”", LUND),
        &[told(
            "“The pier is sound, but, as I do not tire of telling the council of the town, a sound pier needs care.”",
            LUND,
        )],
        "cut",
    );
    check(
        told("“I have no doubt that the pier will stand so that it never falls on a boat.”", LUND),
        &[told("“I have no doubt that the pier will stand so that it does not fall on a boat.”", LUND)
            .near(0.8)],
        "altered",
    );
}

#[test]
fn other_words_of_the_same_sense_bear_a_claim_out() {
    let claim = "Lund said that the quay would be shut before the weekend.";
    let record = "The council of the harbour was closing the northern pier by Thursday.";
    check(told(claim, LUND), &[told(record, LUND).near(0.5)], "supported");
    check(told(claim, LUND), &[told(record, LUND).near(0.2)], "not-on-record");
    check(told(claim, LUND), &[told(record, BERG).near(0.5)], "not-on-record");
    let shown =
        check(told("“We shall bolt the quay.”", LUND), &[told(record, LUND).near(0.39)], "not-on-record");
    assert_eq!(shown.evidence, [0], "what comes near is shown");
}

#[test]
fn what_was_told_to_a_committee_was_not_told_on_the_air() {
    check(told(PIER, LUND).to("a Senate panel"), &[told(PIER, LUND).to("the crowd")], "other-occasion");
    check(told(PIER, LUND).to("reporters"), &[told(PIER, LUND).to("the crowd")], "verbatim");
    check(told(PIER, LUND).to("CNN"), &[told(PIER, LUND).to("Fox News")], "other-occasion");
    check(told(PIER, LUND).to("CNN"), &[told(PIER, LUND).to("Morning Talk")], "verbatim");
    check(told(PIER, LUND).to("a Senate panel"), &[told(PIER, LUND).to("Fox News")], "other-occasion");
}

#[test]
fn a_turn_that_is_made_twice_is_no_turn_back() {
    check(
        told("“You can have a pier without nets. You just can,”", LUND),
        &[told("“You can’t have a pier without nets. You just can’t,”", LUND)],
        "opposite",
    );
    check(
        told(
            "“Closing the northern pier of Sundvik now runs clearly against the interest of the fishermen,”",
            LUND,
        ),
        &[told(
            "“Closing the northern pier of Sundvik now is clearly in the interest of the fishermen,”",
            LUND,
        )],
        "opposite",
    );
}

#[test]
fn a_clause_between_commas_may_be_left_out() {
    let record = [told(
        "“The northern pier of Sundvik, which nobody can repair but the old masons, is needed by every fisherman.”",
        LUND,
    )];
    check(told("“The northern pier of Sundvik is needed by every fisherman.”", LUND), &record, "cut");
    // What holds back stays.
    check(
        told("“The northern pier will be sold to Osterby by Thursday.”", LUND),
        &[told("“The northern pier will, I hope, not be sold to Osterby by Thursday.”", LUND)],
        "opposite",
    );
}

#[test]
fn words_that_lie_very_near_are_other_words_for_the_same_whoever_speaks() {
    let draft = "“We shall bolt the quay before the boats of the village are home.”";
    let record = "“The council of the harbour was closing the northern pier by Thursday.”";
    check(told(draft, LUND), &[told(record, LUND).near(0.49)], "other-rendering");
    // Of a few words the names alone can make two lie near.
    check(told("“We shall bolt the quay.”", LUND), &[told(record, LUND).near(0.49)], "not-on-record");
    check(told("“We shall bolt the quay.”", LUND), &[told(record, LUND).near(0.6)], "other-rendering");
    check(told(draft, LUND), &[told(record, LUND).near(0.39)], "not-on-record");
    check(told(draft, LUND), &[told(record, BERG).near(0.9)], "not-on-record");
    // Most of the words in a row, and the same sense: some of them were changed.
    check(
        told("“Nobody asked the fishermen of Sundvik for so much as one net of their fathers.”", LUND),
        &[told("“Nobody asked the fishermen of Sundvik for so much as a word on this folly.”", LUND)
            .near(0.49)],
        "altered",
    );
}

#[test]
fn words_of_nobody_that_are_there_without_marks_are_told() {
    check(
        told(
            "the council “thoughtlessly assumed that the northern pier of Sundvik was unlikely to be crushed by herring”",
            0,
        ),
        &[told(
            "that the council thoughtlessly assumed that the northern pier of Sundvik was unlikely to be crushed by herring",
            0,
        )],
        "indirect-only",
    );
}

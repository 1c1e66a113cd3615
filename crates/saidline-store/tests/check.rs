//! A draft held against a record. All names are invented.

mod common;
mod record;

use common::Story;
use record::Record;
use saidline::{Act, ActClass, Meaning, Mention, Moment, Polarity, Said, SaidBasis, When, meanings};
use saidline_store::{Checked, Draft};

/// A page on which people say something.
fn page(path: &str, says: &[(&str, &str)]) -> Story {
    let text: String = says.iter().map(|(name, content)| format!("{content} {name} said.\n")).collect();
    says.iter().fold(Story::new(path, &text), |story, (name, content)| {
        story.says(name, name, content).but(|attribution| {
            attribution.act = Some(Act { class: ActClass::Speech, r#type: None });
            attribution.polarity = Some(Polarity::Affirmed);
        })
    })
}

const PIER: &str = "“The harbour council will close the northern pier by Thursday,”";
const NETS: &str = "“Nobody asked the fishermen of Sundvik about their nets before the vote,”";
const BUDGET: &str = "that the budget of the lighthouse museum would be halved";

fn record() -> Record {
    Record::with([
        page("a.txt", &[("Ina Lund", PIER), ("Olaf Berg", NETS)])
            .outlet("Gazette")
            .published("2024-10-19")
            .title("The pier")
            .address("https://gazette.example/pier"),
        page("b.txt", &[("Ina K. Lund", PIER), ("Ina Lund", BUDGET)])
            .outlet("Courier")
            .published("2024-10-20"),
        page("c.txt", &[("Lund", "“It was a mistake to sell the old lifeboat to Osterby,”")])
            .outlet("Herald")
            .published("2024-11-02"),
    ])
}

fn check(record: &mut Record, draft: Story, as_of: Option<&str>) -> Vec<Checked> {
    checked(record, draft, as_of, None)
}

fn checked(
    record: &mut Record,
    draft: Story,
    as_of: Option<&str>,
    meaning: Option<&Meaning>,
) -> Vec<Checked> {
    let (page, reading) = draft.build();
    let as_of = as_of.map(|date| date.parse::<Moment>().expect("a date"));
    let draft = Draft {
        document: &reading.document,
        attributions: &reading.attributions,
        address: page.known.address.as_deref(),
        as_of,
        meaning,
    };
    record.store().check(&draft).expect("it can be checked")
}

#[track_caller]
fn verdicts(record: &mut Record, says: &[(&str, &str)], expected: &[&str]) -> Vec<Checked> {
    let checked = check(record, page("draft.txt", says), None);
    let found: Vec<_> = checked.iter().map(|one| one.verdict.name()).collect();
    assert_eq!(found, expected, "{checked:#?}");
    checked
}

#[test]
fn each_claim_has_its_verdict() {
    let mut record = record();
    let checked = verdicts(
        &mut record,
        &[
            ("Ina Lund", PIER),
            ("Lund", "“The harbour council will close the northern pier,”"),
            ("Ina Lund", "“The harbour council must close the northern pier by Thursday,”"),
            ("Ina Lund", NETS),
            ("Ina Lund", "that the budget of the lighthouse museum would be halved next year"),
            ("Ina Lund", "that the budget of the lighthouse museum would not be halved"),
            ("Ina Lund", "“The budget of the lighthouse museum will be halved,”"),
            ("Ina Lund", "“I have never seen so many jellyfish in one summer,”"),
            ("Ina Lund", "“It was a mistake to sell the old lifeboat to Osterby,”"),
            ("Jette Moe", NETS),
        ],
        &[
            "verbatim",
            "cut",
            "altered",
            "other-speaker",
            "supported",
            "opposite",
            "indirect-only",
            "not-on-record",
            "verbatim",
            "other-speaker",
        ],
    );
    // The middle name makes no difference, and each outlet counts once.
    assert_eq!((checked[0].evidence.len(), checked[0].independent), (2, 2));
    let altered = &checked[2];
    assert_eq!(altered.differences.len(), 1);
    assert_eq!(altered.differences[0].there_text.as_deref(), Some("will"));
    assert!(altered.is_finding() && altered.evidence[0].statement.is_some());
    assert!(checked[7].evidence.is_empty() && checked[7].independent == 0);
}

#[test]
fn the_day_of_the_draft_is_held_against_that_of_the_record() {
    let mut record = record();
    let on = |day: &str| {
        let day: Moment = day.parse().expect("a day");
        let said = Said::within(When::at(day), None, SaidBasis::Explicit);
        page("draft.txt", &[("Ina Lund", PIER)]).but(|attribution| attribution.said = Some(said))
    };
    assert_eq!(check(&mut record, on("2024-10-18"), None)[0].verdict.name(), "verbatim");
    // It was printed before.
    assert_eq!(check(&mut record, on("2024-12-24"), None)[0].verdict.name(), "other-occasion");
}

#[test]
fn a_hearer_of_another_name_is_another_occasion() {
    let told = [("Olaf Berg", NETS), ("Ina Lund", PIER)];
    let mut record = Record::with([page("a.txt", &told).but(|attribution| {
        let name = Some("Harbour Gazette".to_owned());
        attribution.addressees = vec![Mention { span: attribution.source[0], name, kind: None }];
    })]);
    let to = |name: &str| {
        let name = Some(name.to_owned());
        page("draft.txt", &[("Ina Lund", PIER)]).but(|attribution| {
            attribution.addressees = vec![Mention { span: attribution.source[0], name, kind: None }];
        })
    };
    assert_eq!(check(&mut record, to("The Harbour Gazette"), None)[0].verdict.name(), "verbatim");
    assert_eq!(check(&mut record, to("Northline Television"), None)[0].verdict.name(), "other-occasion");
}

#[test]
fn what_came_later_is_no_evidence() {
    let mut record = record();
    let draft = || {
        page(
            "draft.txt",
            &[("Ina Lund", PIER), ("Ina Lund", "“It was a mistake to sell the old lifeboat to Osterby,”")],
        )
    };
    let on = |record: &mut Record, date| -> Vec<String> {
        let checked = check(record, draft(), Some(date));
        checked.iter().map(|one| format!("{} {}", one.verdict.name(), one.evidence.len())).collect()
    };
    assert_eq!(on(&mut record, "2024-12"), ["verbatim 2", "verbatim 1"]);
    assert_eq!(on(&mut record, "2024-10-19"), ["verbatim 1", "not-on-record 0"]);
    assert_eq!(on(&mut record, "2024-10-18"), ["not-on-record 0", "not-on-record 0"]);
    // Without a date it counts from when it was captured.
    let mut record = Record::with([page("d.txt", &[("Ina Lund", PIER)]).fetched("2024-03-03T08:00:00Z")]);
    assert_eq!(on(&mut record, "2024-03-03"), ["verbatim 1", "not-on-record 0"]);
    assert_eq!(on(&mut record, "2024-03-02"), ["not-on-record 0", "not-on-record 0"]);
}

#[test]
fn the_own_page_is_no_evidence() {
    let mut record = record();
    let own = |story: Story| check(&mut Record::with([story.clone()]), story, None)[0].verdict.name();
    // The same text.
    assert_eq!(own(page("own.txt", &[("Ina Lund", PIER)])), "not-on-record");
    // The same address, with another text.
    let draft = page("draft.txt", &[("Olaf Berg", NETS)]).address("https://gazette.example/pier");
    assert_eq!(check(&mut record, draft, None)[0].verdict.name(), "not-on-record");
    let draft = page("draft.txt", &[("Olaf Berg", NETS)]).address("https://gazette.example/nets");
    assert_eq!(check(&mut record, draft, None)[0].verdict.name(), "verbatim");
}

#[test]
fn what_was_rejected_is_no_evidence_and_nothing_is_written() {
    let mut record = record();
    let id = record.attribution(NETS);
    record.store().reject(&[id], record::WHO).expect("it can be rejected");
    let before = record.export();
    verdicts(&mut record, &[("Olaf Berg", NETS)], &["not-on-record"]);
    assert_eq!(record.export(), before);
}

#[test]
fn a_long_quotation_of_nobody_is_checked() {
    let mut record = record();
    let text = format!("Somebody has painted it on the wall: {NETS} it reads. The “old pier” is shut.\n");
    let checked = check(&mut record, Story::new("draft.txt", &text), None);
    let found: Vec<_> = checked.iter().map(|one| (one.place, one.verdict.name())).collect();
    assert_eq!(found, [(None, "verbatim")]);
}

#[test]
fn what_is_told_in_other_words_is_found_by_its_meaning() {
    let mut record = record();
    let meaning = Meaning::embedded().expect("the model is whole");
    let draft = || {
        page(
            "draft.txt",
            &[(
                "Ina Lund",
                "that the exhibition in the old beacon would get only fifty per cent of its funding",
            )],
        )
    };
    let by_words = checked(&mut record, draft(), None, Some(meaning));
    assert_eq!(by_words[0].verdict.name(), "not-on-record", "the record has no vectors yet: {by_words:#?}");
    let store = record.store();
    let without = store.without_meaning(None, 100).expect("it can be read");
    let vectors = |of: &saidline_store::WithoutMeaning| meanings(meaning, &of.document, &of.attributions);
    let made: Vec<_> =
        without.into_iter().map(|of| (vectors(&of), of)).map(|(made, of)| (of, made)).collect();
    store.keep_meanings(&made).expect("they can be kept");
    let found = checked(&mut record, draft(), None, Some(meaning));
    assert_eq!(found[0].verdict.name(), "supported", "{found:#?}");
    assert_eq!(found[0].evidence[0].report.content, [BUDGET]);
    let other = page("draft.txt", &[("Ina Lund", "that the choir of the school would sing on the ferry")]);
    assert_eq!(checked(&mut record, other, None, Some(meaning))[0].verdict.name(), "not-on-record");
}

#[test]
fn a_thought_is_a_claim_and_a_finding_is_evidence() {
    let found = |class| {
        page("a.txt", &[("Ina Lund", BUDGET)]).but(|attribution| {
            attribution.act = Some(Act { class, r#type: None });
        })
    };
    let halved = "that the budget of the lighthouse museum would be halved next year";
    let thought = page("draft.txt", &[("Ina Lund", halved)]).but(|attribution| {
        attribution.act = Some(Act { class: ActClass::Thought, r#type: None });
    });
    let mut record = Record::with([found(ActClass::Finding)]);
    let checked = check(&mut record, thought, None);
    let verdicts: Vec<_> = checked.iter().map(|one| one.verdict.name()).collect();
    assert_eq!(verdicts, ["supported"]);
}

#[test]
fn names_that_begin_with_a_small_word_are_names() {
    let mut record = Record::with([page("a.txt", &[("Maria de Vries", NETS)])]);
    verdicts(&mut record, &[("de Vries", NETS), ("van Dam", NETS)], &["verbatim", "other-speaker"]);
    // What has no proper name is nobody.
    verdicts(&mut record, &[("the letter", NETS)], &["verbatim"]);
}

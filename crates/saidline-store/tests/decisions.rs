//! Decisions: what they change, what undoing gives back, and that they find their place again.

mod common;
mod record;

use common::Story;
use record::Record;
use saidline::{QuotationKind, SpeakerKind};
use saidline_store::{Correction, NewSpeaker, Standing, StoreError};

const TEXT: &str = "Zoë Quarle came late.\n“The harbour stays open,” she said, “all winter.”\n\
                    “No comment,” Bram Odell said.\nThe ferry is late, she said.\n“No comment,” Bram Odell said.\n";

fn harbour() -> Story {
    Story::new("harbour.txt", TEXT)
        .address("https://gazette.example/1")
        .outlet("The Gazette")
        .published("2024-10-19")
        .says("Zoë Quarle", "she", "“The harbour stays open,” … “all winter.”")
        .says("Bram Odell", "Bram Odell", "“No comment,”")
        .says("Zoë Quarle", "she", "The ferry is late")
        .says("Bram Odell", "Bram Odell", "“No comment,”")
}

fn speaker(name: &str) -> Correction {
    Correction::Speakers(vec![NewSpeaker { name: name.to_owned(), kind: SpeakerKind::Person, role: None }])
}

fn date(date: &str) -> saidline::When {
    saidline::When::at(date.parse().expect("it is a date"))
}

/// Corrects the attribution with these words in a fresh record; the line of it must then hold `expected`, and undoing
/// must give back all that was.
#[track_caller]
fn check(words: &str, correction: Correction, expected: &[&str]) {
    let mut record = Record::with([harbour()]);
    let (before, rows) = (record.export(), record.rows());
    let field = correction.field();
    record.correct(words, &[correction]);
    record.is_sound();
    let lines = record.export();
    for expected in expected.iter().copied().chain([format!("\"corrected\":[\"{field}\"]").as_str()]) {
        assert!(lines.contains(expected), "no {expected} in\n{lines}");
    }
    record.undo(None);
    record.is_sound();
    assert_eq!(record.export(), before);
    assert_eq!(record.rows(), rows);
}

#[test]
fn every_field_can_be_put_right_and_back() {
    let ferry = "The ferry is late";
    check(
        ferry,
        speaker("Ada Finch"),
        &[
            r#""name":"Ada Finch","kind":"person","role":null,"how":"corrected","antecedent":null,"confidence":1.0,"#,
        ],
    );
    check(ferry, speaker("Bram Odell"), &[]);
    check(ferry, Correction::Speakers(Vec::new()), &[r#""speakers":[]"#]);
    check(
        ferry,
        Correction::Said(date("2024-10")),
        &[
            r#""said":{"from":"2024-10","to":"2024-10","text":null,"start":null,"end":null,"basis":"corrected"}"#,
        ],
    );
    check(ferry, Correction::Kind(QuotationKind::Mixed), &[r#""kind":"mixed""#]);
    let zoe = [(0, 10)];
    check(
        ferry,
        Correction::Content(zoe.to_vec()),
        &[r#""content":[{"start":0,"end":10,"text":"Zoë Quarle"}]"#],
    );
    check(
        ferry,
        Correction::Source(zoe.to_vec()),
        &[r#""source":[{"start":0,"end":10,"text":"Zoë Quarle"}]"#],
    );
    check(ferry, Correction::Source(Vec::new()), &[r#""source":[]"#]);
    check(ferry, Correction::Cue(Vec::new()), &[r#""cue":[]"#]);
    check("page", Correction::Outlet("The Mirror".to_owned()), &[r#""outlet":"The Mirror""#]);
    check(
        "page",
        Correction::Published(date("2024-10-20")),
        &[
            r#""published":{"from":"2024-10-20","to":"2024-10-20","text":null,"start":null,"end":null,"basis":"corrected"}"#,
        ],
    );
}

#[test]
fn what_is_searched_by_follows() {
    let mut record = Record::with([harbour()]);
    let words = |record: &Record, of: &str| record.strings(&format!("SELECT {of} FROM quote ORDER BY id"));
    record.correct(
        "page",
        &[Correction::Published(date("2023-05")), Correction::Outlet("The Mirror".to_owned())],
    );
    assert_eq!(words(&record, "date || outlet"), ["2023-05The Mirror"; 4]);
    record.correct("The ferry is late", &[Correction::Said(date("2022-01-02")), speaker("Ada Finch")]);
    let found = |record: &Record, query: &str| {
        record.strings(&format!(
            "SELECT quote.content FROM quote_fts JOIN quote ON quote.rowid = quote_fts.rowid WHERE quote_fts MATCH '{query}'"
        ))
    };
    assert_eq!(found(&record, "tags: xm202201"), ["The ferry is late"]);
    let ada = record.strings("SELECT 'xv' || nr FROM voice WHERE name = 'Ada Finch'").remove(0);
    assert_eq!(found(&record, &format!("tags: {ada} AND content: ferry")), ["The ferry is late"]);
    assert_eq!(record.strings("SELECT name FROM outlet"), ["The Mirror"]);
    record.correct("The ferry is late", &[Correction::Content(vec![(0, 10)])]);
    assert_eq!(found(&record, "content: ferry"), [""; 0]);
    assert_eq!(found(&record, "content: quarle"), ["Zoë Quarle"]);
}

#[test]
fn rejected_ones_do_not_count() {
    let mut record = Record::with([harbour()]);
    let before = record.export();
    let ferry = record.attribution("The ferry is late");
    let made = record.store().reject(&[ferry.clone(), ferry.clone()], record::WHO).expect("it is rejected");
    assert_eq!(made.len(), 1);
    assert!(record.store().reject(&[ferry], record::WHO).expect("it is passed over").is_empty());
    assert_eq!(record.strings("SELECT id FROM quote").len(), 3);
    assert!(record.export().contains("\"rejected\":true"));
    record.is_sound();
    record.undo(None);
    assert_eq!(record.export(), before);
}

#[test]
fn undoing_one_leaves_the_others() {
    let mut record = Record::with([harbour()]);
    let made =
        record.correct("The ferry is late", &[speaker("Ada Finch"), Correction::Kind(QuotationKind::Mixed)]);
    assert_eq!(made.iter().map(|decision| decision.id()).collect::<Vec<_>>(), ["d-1", "d-2"]);
    record.correct("The ferry is late", &[speaker("Cato Lind")]);
    let names = "SELECT name FROM speaker JOIN attribution ON attribution.nr = attribution WHERE corrected IS NOT NULL";
    record.undo(Some(2));
    assert_eq!(record.strings("SELECT corrected FROM attribution WHERE corrected IS NOT NULL"), ["speakers"]);
    assert_eq!(record.strings(names), ["Cato Lind"]);
    record.undo(None);
    assert_eq!(record.strings(names), ["Ada Finch"]);
    record.undo(Some(1));
    assert_eq!(record.strings(names), [""; 0]);
    record.is_sound();
    let again = record.store().undo(Some(1), record::WHO).expect_err("it is undone");
    assert_eq!(again.to_string(), "`d-1` was undone already, by Vera at 2025-01-01T00:00:00Z");
    assert!(matches!(record.store().undo(None, record::WHO), Err(StoreError::Unknown(_))));
    assert!(matches!(record.store().undo(Some(9), record::WHO), Err(StoreError::Unknown(_))));
}

/// Decides on `harbour`, then reads it again as `read`: says where the decisions stand, and the export.
fn read_again(decide: impl FnOnce(&mut Record), read: Story) -> (Record, Vec<Standing>, usize) {
    let mut record = Record::with([harbour()]);
    decide(&mut record);
    let changes = record.refresh([read]);
    record.is_sound();
    let standing = record.store().decisions().expect("they can be read").iter().map(|d| d.standing).collect();
    (record, standing, changes.displaced)
}

#[test]
fn decisions_outlive_another_reading() {
    let other = Story::new("harbour.txt", TEXT)
        .address("https://gazette.example/1")
        .outlet("The Gazette")
        .says("", "she", "“The harbour stays open,”")
        .says("Bram Odell", "Bram Odell", "“No comment,”")
        .says("Bram Odell", "she", "ferry is late")
        .says("Bram Odell", "Bram Odell", "“No comment,”");
    let decide = |record: &mut Record| {
        record.correct("The ferry is late", &[speaker("Ada Finch"), Correction::Cue(vec![(11, 15)])]);
        record.correct("“The harbour", &[Correction::Kind(QuotationKind::Mixed)]);
        record.correct("page", &[Correction::Outlet("The Mirror".to_owned())]);
    };
    let (mut record, standing, displaced) = read_again(decide, other.clone());
    assert_eq!((standing.as_slice(), displaced), (&[Standing::Stands; 4][..], 0));
    let lines = record.export();
    for expected in
        [r#""name":"Ada Finch""#, r#""cue":[{"start":11,"end":15,"text":"came"}]"#, r#""kind":"mixed""#]
    {
        assert!(lines.contains(expected), "no {expected} in\n{lines}");
    }
    // What is given back is what was read last.
    (0..4).for_each(|_| record.undo(None));
    assert_eq!(record.export(), Record::with([other]).export());
    record.is_sound();
}

#[test]
fn of_the_same_words_the_right_ones_are_meant() {
    let mut record = Record::with([harbour()]);
    let of = |record: &Record| {
        record.strings(
            "SELECT n FROM attribution WHERE rejected UNION ALL \
             SELECT n FROM attribution WHERE corrected IS NOT NULL",
        )
    };
    let second = record.strings("SELECT id FROM attribution WHERE n = 3").remove(0);
    record.store().reject(&[second], record::WHO).expect("it is rejected");
    assert_eq!(of(&record), ["3"]);
    record.refresh([harbour().byline("another reading")]);
    assert_eq!(of(&record), ["3"]);
    // A later version: a paragraph comes first, and everything has moved.
    record.add([Story::new("later.txt", &format!("Rain fell.\n{TEXT}"))
        .address("https://gazette.example/1")
        .fetched("2024-11-01")
        .says("Bram Odell", "Bram Odell", "“No comment,”")
        .says("Bram Odell", "Bram Odell", "“No comment,”")]);
    assert_eq!(of(&record), ["3", "1"]);
    record.is_sound();
}

#[test]
fn decisions_stand_in_newer_versions() {
    let mut record = Record::with([harbour()]);
    record.correct("The ferry is late", &[speaker("Ada Finch"), Correction::Source(vec![(0, 10)])]);
    record.correct("page", &[Correction::Published(date("2024-01-01"))]);
    let newer = Story::new("later.txt", &format!("It rained.\n{TEXT}"))
        .address("https://gazette.example/1")
        .fetched("2024-11-01")
        .says("Bram Odell", "she", "The ferry is late");
    let id = newer.id();
    record.add([newer]);
    let page = record.page(&id);
    assert!(page.shown && page.corrected.as_deref() == Some("published"));
    let stored = &page.attributions[0];
    assert_eq!(stored.attribution.speakers[0].name, "Ada Finch");
    assert_eq!(stored.attribution.source[0].of(&page.reading.document.text), "Zoë Quarle");
    let decisions = record.store().decisions().expect("they can be read");
    assert_eq!(decisions[0].attribution.as_ref(), Some(&stored.id));
    record.is_sound();
    // The older one keeps them, too, and undoing reaches both.
    assert_eq!(
        record.strings("SELECT DISTINCT document FROM attribution WHERE corrected IS NOT NULL").len(),
        2
    );
    (0..3).for_each(|_| record.undo(None));
    assert_eq!(
        record.strings("SELECT id FROM attribution WHERE corrected IS NOT NULL OR original IS NOT NULL"),
        [""; 0]
    );
    record.is_sound();
}

#[test]
fn decisions_without_a_place_wait() {
    let none = Story::new("harbour.txt", TEXT)
        .address("https://gazette.example/1")
        .outlet("The Gazette")
        .says("Bram Odell", "Bram Odell", "“No comment,”");
    let decide = |record: &mut Record| {
        record.correct("The ferry is late", &[speaker("Ada Finch")]);
    };
    let (mut record, standing, displaced) = read_again(decide, none);
    assert_eq!((standing.as_slice(), displaced), (&[Standing::Nowhere][..], 1));
    let decision = record.store().decisions().expect("they can be read").remove(0);
    assert_eq!((decision.attribution, decision.content.as_deref()), (None, Some("The ferry is late")));
    assert_eq!(record.refresh([harbour()]).displaced, 0);
    assert_eq!(record.store().decisions().expect("they can be read")[0].standing, Standing::Stands);
    assert!(record.export().contains(r#""name":"Ada Finch""#));
    record.is_sound();
}

#[test]
fn a_voice_that_changes_its_first_attribution_keeps_the_record_sound() {
    // The same attribution, now by another: the voices' ids are made of it.
    let mut record = Record::with([harbour()]);
    record.refresh([Story::new("harbour.txt", TEXT)
        .address("https://gazette.example/1")
        .outlet("The Gazette")
        .says("Bram Odell", "she", "“The harbour stays open,” … “all winter.”")
        .says("Zoë Quarle", "Bram Odell", "“No comment,”")
        .says("Bram Odell", "she", "The ferry is late")
        .says("Zoë Quarle", "Bram Odell", "“No comment,”")]);
    record.is_sound();
    for words in ["“The harbour", "The ferry is late", "“No comment,”"] {
        record.correct(words, &[speaker("Ada Finch")]);
        record.is_sound();
    }
    (0..3).for_each(|_| record.undo(None));
    record.is_sound();
}

#[test]
fn what_cannot_be_is_said() {
    let mut record = Record::with([harbour(), Story::new("other.txt", "Nobody said a word.\n")]);
    let ferry = record.attribution("The ferry is late");
    let page = harbour().id();
    let mut check = |of: &str, correction: Correction, expected: &str| {
        let error = record.store().correct(of, &[correction], record::WHO).expect_err("it cannot be");
        assert_eq!(error.to_string(), expected);
    };
    check(&ferry, Correction::Content(Vec::new()), "the content of an attribution cannot be empty");
    check(&ferry, Correction::Cue(vec![(3, 3)]), "`3-3` is no place: the end comes first");
    check(
        &ferry,
        Correction::Cue(vec![(3, 6), (5, 9)]),
        "`5-9` begins before the place that it follows has ended",
    );
    check(&ferry, Correction::Cue(vec![(3, 999)]), "`3-999` lies beyond the text, which ends at 163");
    check(&ferry, speaker(" "), "a speaker's name cannot be empty");
    check(&ferry, speaker("a\0b"), "a speaker's name cannot hold control characters");
    check(&ferry, Correction::Outlet("O".to_owned()), "`outlet` is of a page, and this is an attribution");
    check(&page, speaker("A"), "`speakers` is of an attribution, and this is a page");
    check("a-00000000000000000000", speaker("A"), "no attribution `a-00000000000000000000`");
    check("gone.txt", Correction::Outlet("O".to_owned()), "no page `gone.txt`");
    assert!(record.store().decisions().expect("they can be read").is_empty());
    for name in ["harbour.txt", "https://gazette.example/1", &page[..15], &page[7..15]] {
        let outlet = [Correction::Outlet("The Mirror".to_owned())];
        assert_eq!(record.store().correct(name, &outlet, record::WHO).expect("it is known")[0].page, page);
    }
    let made = record.store().correct(&ferry[..10], &[speaker("A")], record::WHO).expect("it is known");
    assert_eq!(made[0].attribution.as_ref(), Some(&ferry));
}

#[test]
fn decisions_are_lines_on_the_wire() {
    let mut record = Record::with([harbour()]);
    record.correct("The ferry is late", &[speaker("Ada Finch")]);
    record.undo(None);
    let mut line = String::new();
    record.store().decisions().expect("they can be read")[0].write(&mut line);
    let (page, id) = (harbour().id(), record.attribution("The ferry is late"));
    assert_eq!(
        line,
        format!(
            r#"{{"type":"decision","version":1,"id":"d-1","at":"2025-01-01T00:00:00Z","by":"Vera","action":"correct","field":"speakers","value":[{{"name":"Ada Finch","kind":"person","role":null}}],"page":"{page}","address":"https://gazette.example/1","content":"The ferry is late","source":"she","attribution":"{id}","names":[],"undone":{{"at":"2025-01-01T00:00:00Z","by":"Vera"}}}}"#
        ) + "\n"
    );
}

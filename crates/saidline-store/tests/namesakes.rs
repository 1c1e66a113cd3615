//! Two people of one name: what a person parts stays parted whatever comes or is read again, in any order, and can be taken back.
//! All names are invented.

mod common;
mod record;

use common::Story;
use record::{Record, WHO};
use saidline_store::{
    Doubtful, Parting, ReportFilter, Store, StoreError, Thing, TimelineQuery, VoiceDecision, VoicesQuery,
};

const NAME: &str = "Ines Calder";
const OTHER: &str = "Ines Calder (Sundvik)";

/// A page on which the name says something, with a role.
fn page(path: &str, role: Option<&str>, says: &str) -> Story {
    let said = format!("“{says},”");
    Story::new(path, &format!("{said} Ines Calder said.\n“Quay {path} stays open,” Ada Finch said.\n"))
        .address(&format!("https://gazette.example/{path}"))
        .outlet(if path < "c" { "The Gazette" } else { "The Ledger" })
        .published("2024-10-19")
        .says(NAME, NAME, &said)
        .but(|attribution| attribution.speakers[0].role = role.map(str::to_owned))
        .says("Ada Finch", "Ada Finch", &format!("“Quay {path} stays open,”"))
}

const SAME: &str = "The northern harbour breakwater must be rebuilt before winter storms return";

fn pages() -> Vec<Story> {
    vec![
        page("a.txt", Some("mayor of Morvenec"), SAME),
        page("b.txt", Some("the Sundvik goalkeeper"), SAME),
        page("c.txt", Some("Morvenec mayor"), "The ferry budget is settled for this year"),
        page("d.txt", Some("goalkeeper of Sundvik"), "Our defence slept through the second half"),
        page("e.txt", None, "Nobody asked me about the lighthouse"),
    ]
}

fn by_role(role: &str) -> Parting {
    Parting { role: Some(role.to_owned()), ..Parting::default() }
}

fn part(record: &mut Record, parting: &Parting) -> VoiceDecision {
    record.store().part_voice(NAME, parting, Some(OTHER), WHO).expect("it can be parted")
}

/// How many reports each voice has, by name.
fn heard(record: &mut Record) -> Vec<(String, usize)> {
    let query = VoicesQuery { limit: 100, ..VoicesQuery::default() };
    let found = record.store().voices(&query).expect("it can be read");
    let mut heard: Vec<_> = found
        .rows
        .into_iter()
        .filter(|voice| voice.name != "Ada Finch")
        .map(|voice| (voice.name, voice.count))
        .collect();
    heard.sort();
    heard
}

fn expected(own: usize, other: usize) -> Vec<(String, usize)> {
    vec![(NAME.to_owned(), own), (OTHER.to_owned(), other)]
}

/// Every row that is made of pages and decisions, without the numbers by which rows of statements know each other.
fn dump(record: &Record) -> Vec<String> {
    let mut rows = Vec::new();
    for table in record.strings("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        // Where ids lead that were is more than before; the index of words is checked by `is_sound`.
        if matches!(table.as_str(), "voice_decision" | "forward") || table.starts_with("quote_fts_") {
            continue;
        }
        let number = matches!(table.as_str(), "statement" | "report");
        let columns = record.strings(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns: Vec<_> = columns
            .iter()
            .filter(|name| !(number && matches!(name.as_str(), "nr" | "statement" | "words")))
            .map(|name| format!("quote(\"{name}\")"))
            .collect();
        let select = format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || '|' || "));
        rows.extend(record.strings(&select).into_iter().map(|row| format!("{table}: {row}")));
    }
    rows
}

fn is_sound(record: &mut Record) {
    record.close();
    let checked = Store::examine(&record.path(), true, false).expect("it can be looked at");
    assert!(!checked.is_wrong(), "{checked:?}");
}

/// The reports of each statement that a voice has.
fn statements(record: &mut Record, name: &str) -> Vec<u64> {
    let names = record.strings(&format!(
        "SELECT s.reports || '' FROM statement AS s JOIN speaker AS p ON p.attribution = s.fullest \
         JOIN voice AS v ON v.nr = p.voice WHERE v.name = '{name}' ORDER BY 1"
    ));
    names.iter().map(|count| count.parse().expect("it is a number")).collect()
}

#[test]
fn reports_of_one_name_are_parted_and_put_back() {
    let mut record = Record::with(pages());
    let before = dump(&record);
    assert_eq!(heard(&mut record), [(NAME.to_owned(), 5)]);
    assert_eq!(statements(&mut record, NAME), [1, 1, 1, 2]);
    let made = part(&mut record, &by_role("sundvik GOALKEEPER"));
    assert_eq!(
        made.in_words(),
        "`Ines Calder` with a role of `sundvik GOALKEEPER` is another voice: `Ines Calder (Sundvik)`"
    );
    assert_eq!(heard(&mut record), expected(3, 2));
    // Statements never join two voices.
    assert_eq!(statements(&mut record, NAME), [1, 1, 1]);
    assert_eq!(statements(&mut record, OTHER), [1, 1]);
    is_sound(&mut record);
    record.store().undo_voices(made.nr, WHO).expect("it can be undone");
    assert_eq!(heard(&mut record), [(NAME.to_owned(), 5)]);
    assert_eq!(dump(&record), before);
    is_sound(&mut record);
}

#[test]
fn what_comes_later_goes_where_it_belongs_in_any_order() {
    let mut whole = Record::with(pages());
    part(&mut whole, &by_role("goalkeeper"));
    let (export, voices) = (whole.export(), heard(&mut whole));
    assert_eq!(voices, expected(3, 2));
    for order in [[1, 0, 4, 3, 2], [0, 3, 2, 1, 4], [4, 3, 2, 1, 0]] {
        let mut record = Record::with([]);
        let [first, second, rest @ ..] = order;
        record.add([pages().remove(first), pages().remove(second), pages().remove(3), pages().remove(0)]);
        part(&mut record, &by_role("goalkeeper"));
        for at in rest {
            record.add([pages().remove(at)]);
        }
        assert_eq!(heard(&mut record), voices, "{order:?}");
        assert_eq!(record.export(), export, "{order:?}");
        is_sound(&mut record);
    }
}

#[test]
fn a_parting_outlives_reading_again() {
    let mut record = Record::with(pages());
    part(&mut record, &by_role("goalkeeper"));
    record.refresh(pages());
    assert_eq!(heard(&mut record), expected(3, 2));
    // What is read otherwise is parted otherwise.
    let mut read = pages();
    read[4] = page("e.txt", Some("goalkeeper"), "Nobody asked me about the lighthouse");
    record.refresh(read);
    assert_eq!(heard(&mut record), expected(2, 3));
    is_sound(&mut record);
}

#[test]
fn pages_and_outlets_part_too() {
    let mut record = Record::with(pages());
    let parting = Parting { pages: vec!["e.txt".to_owned()], ..Parting::default() };
    let made = part(&mut record, &parting);
    assert_eq!(
        made.parting.map(|parting| parting.pages),
        Some(vec!["https://gazette.example/e.txt".to_owned()])
    );
    assert_eq!(heard(&mut record), expected(4, 1));
    // More of it can go to the same voice.
    part(&mut record, &by_role("goalkeeper"));
    assert_eq!(heard(&mut record), expected(2, 3));
    record.store().undo_voices(2, WHO).expect("it can be undone");
    record.store().undo_voices(1, WHO).expect("it can be undone");
    let parting = Parting { outlet: Some("the ledger".to_owned()), ..Parting::default() };
    part(&mut record, &parting);
    assert_eq!(heard(&mut record), expected(2, 3));
    is_sound(&mut record);
}

#[test]
fn the_parted_voice_is_found_shown_and_told_why() {
    let mut record = Record::with(pages());
    part(&mut record, &by_role("goalkeeper"));
    let Thing::Voice(view) = record.store().show(OTHER, false).expect("it is there").thing else {
        panic!("it is a voice")
    };
    assert_eq!((view.name.as_str(), view.reports), (OTHER, 2));
    assert_eq!(
        view.parted,
        [
            "`Ines Calder` with a role of `goalkeeper` is another voice: `Ines Calder (Sundvik)`, by Vera (m-1)"
        ]
    );
    let found = record.store().timeline(&TimelineQuery {
        filter: ReportFilter { speakers: vec![OTHER.to_owned()], ..ReportFilter::default() },
        ..TimelineQuery::default()
    });
    assert_eq!(found.expect("it can be read").total, 2);
    // One who joins them says that they are one after all, and no report need go back.
    record.store().merge_voices(NAME, OTHER, false, WHO).expect("they can be joined");
    assert_eq!(heard(&mut record).len(), 1);
    is_sound(&mut record);
}

#[test]
fn what_cannot_be_parted_is_refused() {
    let mut record = Record::with(pages());
    let mut parted = |parting: &Parting, to: &str| record.store().part_voice(NAME, parting, Some(to), WHO);
    assert!(matches!(parted(&Parting::default(), OTHER), Err(StoreError::Wrong(_))));
    assert!(matches!(parted(&by_role(" … "), OTHER), Err(StoreError::Wrong(_))));
    assert!(matches!(parted(&by_role("astronaut"), OTHER), Err(StoreError::Unknown(_))));
    assert!(matches!(parted(&by_role("mayor"), "Ada Finch"), Err(StoreError::Refused(..))));
    assert!(matches!(parted(&by_role("mayor"), NAME), Err(StoreError::Refused(..))));
    let mut record = Record::with([page("a.txt", Some("mayor"), SAME)]);
    let all = record.store().part_voice(NAME, &by_role("mayor"), None, WHO);
    assert!(matches!(all, Err(StoreError::Refused(..))), "{all:?}");
}

#[test]
fn a_voice_of_a_shared_name_is_forgotten_only_when_it_is_one() {
    let mut record = Record::with(pages());
    let made = part(&mut record, &by_role("goalkeeper"));
    let id =
        |record: &Record, name: &str| record.strings(&format!("SELECT id FROM voice WHERE name = '{name}'"));
    for name in [NAME, OTHER] {
        let ids = id(&record, name);
        assert!(matches!(record.store().voices_to_forget(&ids), Err(StoreError::Refused(..))));
    }
    let old = id(&record, OTHER);
    record.store().undo_voices(made.nr, WHO).expect("it can be undone");
    // The id that was leads to the one voice.
    let what = record.store().voices_to_forget(&old).expect("it can be forgotten");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert!(heard(&mut record).is_empty());
}

#[test]
fn names_of_which_roles_are_at_odds_are_listed_until_they_are_parted() {
    let mut record = Record::with(pages());
    let listed = |record: &mut Record| {
        let (_, doubts) = record.store().doubtful_voices(10).expect("it can be read");
        doubts.into_iter().any(|doubt| matches!(doubt, Doubtful::Name(name) if name.name.0.name == NAME))
    };
    assert!(listed(&mut record));
    part(&mut record, &by_role("goalkeeper"));
    assert!(!listed(&mut record));
}

/// A page on which two people of the name speak, and what each of them says.
fn shared_page() -> Story {
    let (one, other) = ("“The quay needs a new roof,”", "“We kept a clean sheet on Sunday,”");
    Story::new("f.txt", &format!("{one} Ines Calder said.\n{other} Ines Calder said.\n"))
        .address("https://gazette.example/f.txt")
        .outlet("The Gazette")
        .published("2024-10-20")
        .says(NAME, NAME, one)
        .says(NAME, NAME, other)
}

fn with_shared_page() -> Vec<Story> {
    pages().into_iter().chain([shared_page()]).collect()
}

fn part_reports(record: &mut Record, begin: &[&str]) -> Vec<i64> {
    let ids: Vec<_> = begin.iter().map(|begins| record.attribution(begins)).collect();
    let made = record.store().part_reports(NAME, &ids, Some(OTHER), WHO).expect("they can be parted");
    made.iter().map(|decision| decision.nr).collect()
}

#[test]
fn single_reports_are_parted_and_put_back() {
    let mut record = Record::with(with_shared_page());
    let before: Vec<_> = dump(&record).into_iter().filter(|row| !row.starts_with("decision: ")).collect();
    assert_eq!(heard(&mut record), [(NAME.to_owned(), 7)]);
    let made = part_reports(&mut record, &["“We kept", "“Our defence"]);
    assert_eq!(made, [1, 2]);
    assert_eq!(heard(&mut record), expected(5, 2));
    assert_eq!(statements(&mut record, OTHER), [1, 1]);
    is_sound(&mut record);
    let Thing::Voice(view) = record.store().show(OTHER, false).expect("it is there").thing else {
        panic!("it is a voice")
    };
    let words = "in 2 reports `Ines Calder` is another voice: `Ines Calder (Sundvik)`, by Vera (d-1)";
    assert_eq!(view.parted, [words]);
    // One command is undone with one word, whichever of its reports is named.
    record.undo(Some(2));
    assert_eq!(heard(&mut record), [(NAME.to_owned(), 7)]);
    let after: Vec<_> = dump(&record).into_iter().filter(|row| !row.starts_with("decision: ")).collect();
    assert_eq!(after, before);
    is_sound(&mut record);
}

#[test]
fn parted_reports_stay_parted_in_any_order_and_when_read_again() {
    let mut whole = Record::with(with_shared_page());
    part_reports(&mut whole, &["“We kept"]);
    let mut record = Record::with([shared_page()]);
    part_reports(&mut record, &["“We kept"]);
    record.add(pages());
    assert_eq!(record.export(), whole.export());
    assert_eq!(heard(&mut record), expected(6, 1));
    record.refresh(with_shared_page());
    assert_eq!(heard(&mut record), expected(6, 1));
    is_sound(&mut record);
    // Where the words are gone the decision waits for them.
    let without = pages().into_iter().chain([Story::new("f.txt", &shared_page().build().1.document.text)
        .address("https://gazette.example/f.txt")
        .outlet("The Gazette")
        .published("2024-10-20")
        .says(NAME, NAME, "“The quay needs a new roof,”")]);
    record.refresh(without);
    assert_eq!(heard(&mut record), [(NAME.to_owned(), 6)]);
    record.refresh(with_shared_page());
    assert_eq!(heard(&mut record), expected(6, 1));
    is_sound(&mut record);
}

#[test]
fn a_report_is_parted_whatever_its_page_is_parted_to_and_corrected_after_that() {
    let mut record = Record::with(with_shared_page());
    part(&mut record, &Parting { pages: vec!["f.txt".to_owned()], ..Parting::default() });
    assert_eq!(heard(&mut record), expected(5, 2));
    let id = record.attribution("“The quay needs");
    let made = record.store().part_reports(OTHER, &[id], Some("Ines Calder (quay master)"), WHO);
    assert_eq!(
        made.expect("it can be parted")[0].in_words(),
        "`Ines Calder` is another voice: `Ines Calder (quay master)`"
    );
    assert_eq!(heard(&mut record).len(), 3);
    is_sound(&mut record);
    // Who says afterwards that somebody spoke has the last word.
    let speaker =
        saidline_store::NewSpeaker { name: NAME.to_owned(), kind: saidline::SpeakerKind::Person, role: None };
    record.correct("“The quay needs", &[saidline_store::Correction::Speakers(vec![speaker])]);
    assert_eq!(heard(&mut record), expected(5, 2));
    is_sound(&mut record);
}

#[test]
fn reports_that_cannot_be_parted_are_refused() {
    let mut record = Record::with(with_shared_page());
    let (quay, finch) = (record.attribution("“The quay needs"), record.attribution("“Quay a.txt"));
    let all = record.strings("SELECT DISTINCT id FROM quote WHERE speaker = 'Ines Calder'");
    let mut parted = |ids: &[&String], to: Option<&str>| {
        let ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
        record.store().part_reports(NAME, &ids, to, WHO)
    };
    assert!(matches!(parted(&[&finch], None), Err(StoreError::Unknown(_))));
    assert!(matches!(parted(&[&quay, &finch], Some(OTHER)), Err(StoreError::Unknown(_))));
    assert!(matches!(parted(&[&"a-00000000".to_owned()], None), Err(StoreError::Unknown(_))));
    assert!(matches!(parted(&[&quay], Some(NAME)), Err(StoreError::Refused(..))));
    assert!(matches!(parted(&[&quay], Some(" … ")), Err(StoreError::Wrong(_))));
    assert!(matches!(parted(&all.iter().collect::<Vec<_>>(), None), Err(StoreError::Refused(..))));
    // Somebody who is in the record already can be meant; without a name it is told by role, outlet or page.
    assert!(parted(&[&quay], Some("Ada Finch")).is_ok());
    record.undo(None);
    let made = record.store().part_reports(NAME, &[quay], None, WHO).expect("it can be parted");
    assert_eq!(made[0].in_words(), "`Ines Calder` is another voice: `Ines Calder (harbour master)`");
    is_sound(&mut record);
}

#[test]
fn a_voice_whose_reports_were_parted_is_forgotten_only_when_it_is_one() {
    let mut record = Record::with(with_shared_page());
    part_reports(&mut record, &["“We kept"]);
    let ids = record.strings(&format!("SELECT id FROM voice WHERE name = '{OTHER}'"));
    let refused = record.store().voices_to_forget(&ids);
    assert!(matches!(refused, Err(StoreError::Refused(ref message, _)) if message.contains("`d-1`")));
    record.undo(None);
    let what = record.store().voices_to_forget(&ids).expect("it can be forgotten");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert!(heard(&mut record).is_empty());
    assert_eq!(record.strings("SELECT value FROM decision WHERE value IS NOT NULL"), Vec::<String>::new());
}

//! Which names are one voice's: the same whatever the order of the pages; what people decide beats what was compared, and
//! can be taken back row for row. All names are invented.

mod common;
mod record;

use std::fs;

use common::Story;
use record::{Record, WHO};
use saidline_store::{
    Checkup, Doubtful, DoubtfulPair, Query, ReportFilter, State, Store, Thing, VoiceDecision, VoiceView,
    VoicesQuery,
};

/// A page on which each of these says something.
fn page(path: &str, names: &[&str]) -> Story {
    let says: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(n, name)| format!("“Quay {n} of {path} stays open,” {name} said.\n"))
        .collect();
    let story = Story::new(path, &says.concat()).outlet("The Gazette").published("2024-10-19");
    names
        .iter()
        .enumerate()
        .fold(story, |story, (n, name)| story.says(name, name, &format!("“Quay {n} of {path} stays open,”")))
}

fn pages() -> Vec<Story> {
    vec![
        page("a.txt", &["Sergei Vetrov", "Ada Finch", "William Lund"]),
        page("b.txt", &["Serguei Vetroff", "Bill Lund", "Mara Q. Holm"]),
        page("c.txt", &["Mara Holm", "J. Finch", "Jane Finch"]),
        page("d.txt", &["Mara B. Holm", "Sergei Vetrov", "Joan Finch"]),
        page("e.txt", &["Bill Lund", "Peter Oster", "Peter Oster Jr."]),
    ]
}

/// The names of each voice, sorted.
fn voices(record: &mut Record) -> Vec<Vec<String>> {
    let query = VoicesQuery { limit: 100, ..VoicesQuery::default() };
    let found = record.store().voices(&query).expect("it can be read");
    let mut voices: Vec<_> =
        found.rows.into_iter().map(|voice| [vec![voice.name], voice.aliases].concat()).collect();
    voices.sort();
    voices
}

/// The voice that a name is of: all its names, the one that stands for it first.
fn voice_of(record: &mut Record, name: &str) -> Vec<String> {
    let all = voices(record);
    all.into_iter().find(|voice| voice.iter().any(|has| has == name)).unwrap_or_default()
}

fn shown(record: &mut Record, what: &str) -> VoiceView {
    match record.store().show(what, false).expect("it is there").thing {
        Thing::Voice(view) => *view,
        other => panic!("`{what}` is {other:?}"),
    }
}

/// Every row of every table but those of decisions.
fn dump(record: &Record) -> Vec<String> {
    let mut rows = Vec::new();
    for table in record.strings("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
        if table == "voice_decision" || table.starts_with("quote_fts_") {
            continue;
        }
        let columns = record.strings(&format!("SELECT name FROM pragma_table_info('{table}')"));
        let columns: Vec<_> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
        let select = format!("SELECT {} FROM {table} ORDER BY 1", columns.join(" || '|' || "));
        rows.extend(record.strings(&select).into_iter().map(|row| format!("{table}: {row}")));
    }
    rows
}

fn merge(record: &mut Record, a: &str, b: &str) -> VoiceDecision {
    record.store().merge_voices(a, b, false, WHO).expect("they can be joined")
}

fn split(record: &mut Record, a: &str, b: &str) -> VoiceDecision {
    record.store().split_voices(a, b, WHO).expect("they can be parted")
}

fn is_sound(record: &mut Record, repair: bool) -> Checkup {
    record.close();
    Store::examine(&record.path(), true, repair).expect("it can be looked at")
}

#[test]
fn names_of_one_are_joined_and_others_are_not() {
    let mut record = Record::with(pages());
    assert_eq!(voice_of(&mut record, "Serguei Vetroff"), ["Serguei Vetroff", "Sergei Vetrov"]);
    assert_eq!(voice_of(&mut record, "Bill Lund"), ["William Lund", "Bill Lund"]);
    assert_eq!(voice_of(&mut record, "Ada Finch"), ["Ada Finch"]);
    // Whose an initial is is not known.
    assert_eq!(voice_of(&mut record, "J. Finch"), ["J. Finch"]);
    assert!(!is_sound(&mut record, false).is_wrong());
}

#[test]
fn who_is_one_with_two_who_are_not_one_joins_nobody() {
    let mut record = Record::with([page("a.txt", &["Mara Q. Holm", "Mara Holm"])]);
    assert_eq!(voice_of(&mut record, "Mara Holm"), ["Mara Holm", "Mara Q. Holm"]);
    let before = dump(&record);
    record.add([page("b.txt", &["Mara B. Holm"])]);
    assert_eq!(voice_of(&mut record, "Mara Holm"), ["Mara Holm"]);
    assert_eq!(voice_of(&mut record, "Mara Q. Holm"), ["Mara Q. Holm"]);
    let (total, pairs) = record.store().doubtful_voices(10).expect("it can be read");
    assert_eq!((total, pairs.len()), (2, 2));
    assert!(pairs[0].in_words().contains("a middle name that the other leaves out; but"), "{pairs:?}");
    // When the other has gone, it is as before.
    let what = record.store().pages_to_forget(&["b.txt".to_owned()]).expect("it is there");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert_eq!(voice_of(&mut record, "Mara Holm"), ["Mara Holm", "Mara Q. Holm"]);
    let joins = |rows: &[String]| -> Vec<String> {
        rows.iter().filter(|row| row.starts_with("voice")).cloned().collect()
    };
    assert_eq!(joins(&dump(&record)), joins(&before));
}

#[test]
fn the_order_of_pages_changes_no_voice() {
    let mut expected: Option<(Vec<Vec<String>>, String)> = None;
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [3, 4, 0, 2, 1], [1, 3, 2, 4, 0]] {
        let mut record = Record::with([]);
        for (n, at) in order.into_iter().enumerate() {
            let story = pages().remove(at);
            match n % 2 {
                0 => record.add([story]),
                _ => record.add([story.clone(), story]),
            };
        }
        let found = (voices(&mut record), record.export());
        assert_eq!(*expected.get_or_insert_with(|| found.clone()), found, "{order:?}");
        assert!(!is_sound(&mut record, false).is_wrong());
    }
}

#[test]
fn a_wrong_merge_that_is_split_or_undone_leaves_every_row_as_it_was() {
    let mut record = Record::with(pages());
    let before = dump(&record);
    let export = record.export();
    let made = merge(&mut record, "Ada Finch", "Peter Oster");
    assert_eq!(made.id(), "m-1");
    assert_eq!(voice_of(&mut record, "Ada Finch"), ["Peter Oster", "Ada Finch"]);
    assert_ne!(dump(&record), before);
    split(&mut record, "Ada Finch", "Peter Oster");
    assert_eq!(dump(&record), before);
    assert_eq!(record.export(), export);
    let made = merge(&mut record, "Ada Finch", "Peter Oster");
    assert_eq!(voice_of(&mut record, "Ada Finch"), ["Peter Oster", "Ada Finch"]);
    record.store().undo_voices(made.nr, WHO).expect("it can be undone");
    assert_eq!(dump(&record), before);
    assert!(record.store().undo_voices(made.nr, WHO).is_err());
    assert!(!is_sound(&mut record, false).is_wrong());
}

#[test]
fn a_split_parts_what_was_compared_and_chains() {
    let mut record = Record::with([page("a.txt", &["William Lund", "Bill Lund", "William R. Lund"])]);
    assert_eq!(voice_of(&mut record, "Bill Lund").len(), 3);
    split(&mut record, "Bill Lund", "William R. Lund");
    let (one, other) = (voice_of(&mut record, "Bill Lund"), voice_of(&mut record, "William R. Lund"));
    assert!(!one.contains(&"William R. Lund".to_owned()), "{one:?}");
    assert_eq!(one.len() + other.len(), 3, "the third stays with one of them");
    record.store().undo_voices(1, WHO).expect("it can be undone");
    assert_eq!(voice_of(&mut record, "Bill Lund").len(), 3);
}

#[test]
fn a_person_chooses_the_name_that_is_shown() {
    let mut record = Record::with(pages());
    let other = record.store().rename_voice("Bill Lund", "Someone Else", WHO);
    assert!(other.is_err_and(|error| error.to_string().contains("`William Lund`")));
    record.store().rename_voice("William Lund", "Bill Lund", WHO).expect("it has the name");
    assert_eq!(voice_of(&mut record, "Bill Lund"), ["Bill Lund", "William Lund"]);
    record.store().undo_voices(1, WHO).expect("it can be undone");
    assert_eq!(voice_of(&mut record, "Bill Lund"), ["William Lund", "Bill Lund"]);
}

#[test]
fn decisions_hold_when_names_come_back() {
    let mut record = Record::with(pages());
    merge(&mut record, "Ada Finch", "Peter Oster");
    // All is read as nothing, and then as it was.
    let nothing = |story: Story| {
        let (page, mut reading) = story.build();
        reading.attributions.clear();
        (page, reading)
    };
    let run = record::run("refresh", "invented-2");
    let mut refresh = record.store().refresh(&run).expect("it can begin");
    for (page, reading) in pages().into_iter().map(nothing) {
        refresh.put(page, reading).expect("it can be put");
    }
    refresh.finish(WHO.at).expect("it can end");
    assert!(voices(&mut record).is_empty());
    assert!(record.strings("SELECT key FROM voice_key").is_empty());
    record.refresh(pages());
    assert_eq!(voice_of(&mut record, "Ada Finch"), ["Peter Oster", "Ada Finch"]);
    assert_eq!(voice_of(&mut record, "Bill Lund"), ["William Lund", "Bill Lund"]);
}

#[test]
fn every_name_leads_to_the_voice() {
    let mut record = Record::with(pages());
    let view = shown(&mut record, "Bill Lund");
    assert_eq!((view.name.as_str(), view.reports), ("William Lund", 3));
    assert_eq!(view.aliases.len(), 1);
    assert_eq!(view.aliases[0].reason, "a short form of the given name");
    assert_eq!(view.aliases[0].with, "William Lund");
    let id = view.aliases[0].id.clone();
    assert_eq!(shown(&mut record, &id).id, view.id);
    for asked in ["Bill Lund", "William Lund", &id, "bill"] {
        let filter = ReportFilter { speakers: vec![asked.to_owned()], ..ReportFilter::default() };
        let query = Query { filter, limit: 10, ..Query::default() };
        let found = record.store().search(&query).expect("it can be searched");
        assert_eq!(found.total, 3, "{asked}");
        assert!(found.rows.iter().all(|row| row.speakers.iter().all(|speaker| speaker.voice == view.id)));
    }
    let lines = record.export();
    let line = lines
        .lines()
        .find(|line| line.contains(&format!("\"type\":\"voice\",\"version\":1,\"id\":\"{}\"", view.id)));
    assert!(line.is_some_and(|line| line.contains("\"aliases\":[\"Bill Lund\"]")), "{line:?}");
    assert!(!lines.contains(&format!("\"voice\":\"{id}\"")));
}

#[test]
fn a_voice_is_forgotten_with_all_its_names() {
    let mut record = Record::with(pages());
    merge(&mut record, "Bill Lund", "Mara Holm");
    let id = shown(&mut record, "Bill Lund").id;
    let what = record.store().voices_to_forget(&[id]).expect("it is there");
    let names: Vec<_> = what.voices.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert!(voice_of(&mut record, "William Lund").is_empty());
    let decisions = record.store().voice_decisions().expect("they can be read");
    assert_eq!(decisions[0].names, None);
    record.close();
    let file = fs::read(record.path()).expect("the store is there");
    for words in ["Bill Lund", "William Lund", "Mara Holm"] {
        assert!(!file.windows(words.len()).any(|found| found == words.as_bytes()), "{words}");
    }
}

#[test]
fn the_doctor_makes_heads_keys_and_joins_again() {
    let harms = [
        "DELETE FROM voice_key",
        "DELETE FROM voice_join",
        "INSERT INTO voice_common SELECT nr FROM voice LIMIT 1",
        "UPDATE voice SET head = NULL",
    ];
    for harm in harms {
        let mut record = Record::with(pages());
        let before = dump(&record);
        record.close();
        record.connection().execute_batch(harm).expect("it is SQL");
        assert!(is_sound(&mut record, false).is_wrong(), "{harm}");
        let checkup = is_sound(&mut record, true);
        assert!(checkup.checks.iter().any(|check| matches!(check.state, State::Repaired(_))), "{harm}");
        assert_eq!(dump(&record), before, "{harm}");
    }
}

#[test]
fn a_name_that_very_many_share_joins_only_where_another_key_agrees() {
    // More share the family name than are compared.
    let names: Vec<_> = (0..310_u32)
        .map(|n| {
            let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
            format!(
                "{}{}{}e Dorn",
                letter(n).to_ascii_uppercase(),
                "aeiou".as_bytes()[n as usize % 5] as char,
                letter(n / 26)
            )
        })
        .collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let last = ["William Dorn", "Bill Dorn", "Dorn"];
    let first = || {
        let mut record = Record::with([page("z.txt", &last)]);
        record.add([page("a.txt", &all)]);
        record
    };
    let later = || {
        let mut record = Record::with([page("a.txt", &all)]);
        record.add([page("z.txt", &last)]);
        record
    };
    let (mut one, mut other) = (first(), later());
    assert_eq!(voices(&mut one), voices(&mut other));
    let joins = "SELECT min(a.name, b.name) || ' ' || max(a.name, b.name) || ' ' || j.reason || j.doubt FROM voice_join AS j \
                 JOIN voice AS a ON a.nr = j.a JOIN voice AS b ON b.nr = j.b ORDER BY 1";
    assert_eq!(one.strings(joins), other.strings(joins));
    for record in [&mut one, &mut other] {
        assert!(!is_sound(record, false).is_wrong());
    }
    // A family name that many have is nobody's of them while more share it than are compared.
    let role = |story: Story| story.but(|attribution| attribution.speakers[0].role = Some("minister".into()));
    let mut grows = Record::with([role(page("x.txt", &["Dorn"])), page("a.txt", &all[..290])]);
    for (n, some) in all[290..].chunks(4).enumerate() {
        grows.add([page(&format!("{n}.txt"), some)]);
        assert!(!is_sound(&mut grows, false).is_wrong(), "{n}");
    }
    for n in 0..4 {
        let what = grows.store().pages_to_forget(&[format!("{n}.txt")]).expect("it is there");
        grows.store().forget(&what, WHO).expect("it can be forgotten");
        assert!(!is_sound(&mut grows, false).is_wrong(), "without {n}");
    }
    // When fewer are left, they are compared again.
    let what = one.store().pages_to_forget(&["a.txt".to_owned()]).expect("it is there");
    one.store().forget(&what, WHO).expect("it can be forgotten");
    let alone = Record::with([page("z.txt", &last)]);
    assert_eq!(one.strings(joins), alone.strings(joins));
}

/// A page in an outlet and a year on which each of these says something in a role.
fn told(path: &str, (outlet, year): (&str, &str), says: &[(&str, &str)]) -> Story {
    let words: Vec<_> = (0..says.len()).map(|n| format!("“Quay {n} of {path} stays open,”")).collect();
    let text: String =
        says.iter().zip(&words).map(|((name, _), words)| format!("{words} {name} said.\n")).collect();
    let story = Story::new(path, &text).outlet(outlet).published(&format!("{year}-10-19"));
    says.iter().zip(&words).fold(story, |story, ((name, role), words)| {
        let role = Some((*role).to_owned()).filter(|role| !role.is_empty());
        story.says(name, name, words).but(|attribution| attribution.speakers[0].role = role)
    })
}

fn doubtful(record: &mut Record) -> Vec<DoubtfulPair> {
    let (total, doubts) = record.store().doubtful_voices(10).expect("it can be read");
    assert_eq!(total, doubts.len());
    let pairs = doubts.into_iter().map(|doubt| match doubt {
        Doubtful::Pair(pair) => pair,
        Doubtful::Name(name) => panic!("no single name is doubtful: {name:?}"),
    });
    pairs.collect()
}

#[test]
fn what_is_most_worth_a_look_comes_first_with_what_speaks_for_and_against() {
    let gazette = ("The Gazette", "2024");
    let pages = [
        // Heard as often as the others, and nothing more is told.
        told("a.txt", gazette, &[("J. Brandal", "")]),
        told("b.txt", ("The Ledger", "2024"), &[("Jan Brandal", "")]),
        // One role of both, but other offices of other places beside it, and long ago.
        told("c.txt", gazette, &[("E. Finch", "harbour master")]),
        told("d.txt", gazette, &[("E. Finch", "goalkeeper of Sundvik")]),
        told("e.txt", ("The Ledger", "2012"), &[("Ella Finch", "Harbour Master")]),
        told("f.txt", ("The Ledger", "2012"), &[("Ella Finch", "mayor of Morvenec")]),
        // Many reports hang on it.
        told("g.txt", gazette, &[("P. Oster", ""), ("P. Oster", ""), ("P. Oster", ""), ("P. Oster", "")]),
        told("h.txt", gazette, &[("P. Oster", ""), ("P. Oster", ""), ("P. Oster", ""), ("P. Oster", "")]),
        told(
            "i.txt",
            gazette,
            &[("Peter Oster", ""), ("Peter Oster", ""), ("Peter Oster", ""), ("Peter Oster", "")],
        ),
        told("j.txt", gazette, &[("Peter Oster", ""), ("P. Oster", ""), ("Peter Oster", "")]),
    ];
    let mut record = Record::with(pages.clone());
    let pairs = doubtful(&mut record);
    let named: Vec<_> = pairs.iter().map(|pair| pair.a.0.name.as_str()).collect();
    assert_eq!(named, ["P. Oster", "E. Finch", "J. Brandal"], "{pairs:?}");
    assert_eq!(
        pairs[0].in_words(),
        "an initial for the given name; for one: `The Gazette` has both; for two: both speak on 1 page"
    );
    assert_eq!(
        pairs[1].in_words(),
        "an initial for the given name; for one: both are called `harbour master`; for two: one is called \
         `goalkeeper of Sundvik`, the other `mayor of Morvenec`, one is heard until 2012, the other from 2024 on"
    );
    assert_eq!(pairs[2].in_words(), "an initial for the given name");
    // Only the best is looked at where no more is wanted, and it is the same.
    let (total, first) = record.store().doubtful_voices(1).expect("it can be read");
    assert_eq!((total, first), (3, vec![Doubtful::Pair(pairs[0].clone())]));
    // The order of the pages makes no difference.
    let mut other = Record::with(pages.into_iter().rev());
    assert_eq!(doubtful(&mut other), pairs);
}

#[test]
fn what_a_person_has_decided_is_not_doubtful_whichever_name_was_meant() {
    let gazette = ("The Gazette", "2024");
    let mut record = Record::with([
        told("a.txt", gazette, &[("William Lund", ""), ("Bill Lund", "")]),
        told("b.txt", gazette, &[("W. Lund", ""), ("J. Finch", ""), ("Jane Finch", "")]),
    ]);
    // One of each two voices, though the initial is that of both names of one.
    let named = |record: &mut Record| -> Vec<(String, String)> {
        doubtful(record).into_iter().map(|pair| (pair.a.0.name, pair.b.0.name)).collect()
    };
    let both = named(&mut record);
    assert_eq!(both.len(), 2, "{both:?}");
    split(&mut record, "W. Lund", "Bill Lund");
    assert_eq!(named(&mut record), [("J. Finch".to_owned(), "Jane Finch".to_owned())]);
    let merged = merge(&mut record, "J. Finch", "Jane Finch");
    assert_eq!(named(&mut record), []);
    record.store().undo_voices(merged.nr, WHO).expect("it can be undone");
    assert_eq!(named(&mut record).len(), 1);
}

#[test]
fn a_name_hangs_by_the_reports_with_the_role_that_it_has_less_often() {
    let gazette = ("The Gazette", "2024");
    let mayor = ("Ella Finch", "mayor of Morvenec");
    let mut record = Record::with([
        told("a.txt", gazette, &[mayor, mayor, mayor, mayor, mayor, ("P. Oster", ""), ("P. Oster", "")]),
        told("b.txt", gazette, &[("Ella Finch", "goalkeeper of Sundvik")]),
        told(
            "c.txt",
            gazette,
            &[("Peter Oster", ""), ("Peter Oster", ""), ("P. Oster", ""), ("P. Oster", "")],
        ),
        told("d.txt", gazette, &[("Peter Oster", ""), ("Peter Oster", "")]),
    ]);
    let (total, doubts) = record.store().doubtful_voices(10).expect("it can be read");
    let [Doubtful::Pair(pair), Doubtful::Name(name)] = &doubts[..] else { panic!("{total} {doubts:?}") };
    assert_eq!((pair.a.2, pair.b.2), (4, 4));
    assert_eq!((name.name.2, name.hang), (6, 1));
    assert_eq!(name.between, ["mayor of Morvenec", "goalkeeper of Sundvik"]);
}

//! What a reading anew is said to have changed, and by which names a voice is found.

mod common;
mod record;

use common::Story;
use record::Record;

const TEXT: &str = "The ferry is late, she said.\n“No comment,” Bram Odell said.\n";

/// A page of markup whose text comes out as `text`.
fn story(text: &str) -> Story {
    Story::new("ferry.html", text).markup("<p>The ferry").address("https://gazette.example/1")
}

#[test]
fn a_report_that_moved_is_not_new() {
    let read = |text: &str| {
        story(text).says("Zoë Quarle", "she", "The ferry is late").says(
            "Bram Odell",
            "Bram Odell",
            "“No comment,”",
        )
    };
    let mut record = Record::with([read(TEXT)]);
    // The same text, and one content a word shorter.
    let shorter = story(TEXT).says("Zoë Quarle", "she", "ferry is late").says(
        "Bram Odell",
        "Bram Odell",
        "“No comment,”",
    );
    let changes = record.refresh([shorter]);
    assert_eq!((changes.pages, changes.documents), (1, 1));
    assert_eq!((changes.new, changes.moved, changes.gone), (0, 1, 0));
    // Another text of the same page: every id is another, and one report is new.
    let longer = format!("The harbour\n{TEXT}It rained all day, Ann Low said.\n");
    let changes = record.refresh([read(&longer).says("Ann Low", "Ann Low", "It rained all day")]);
    assert_eq!((changes.pages, changes.documents), (1, 1));
    assert_eq!((changes.new, changes.moved, changes.gone), (1, 2, 0));
    let changes = record.refresh([read(&longer)]);
    assert_eq!((changes.new, changes.moved, changes.gone), (0, 0, 1));
    record.is_sound();
}

#[test]
fn a_refresh_is_counted_with_the_pages_that_it_read() {
    let read = || story(TEXT).says("Zoë Quarle", "she", "The ferry is late");
    let mut record = Record::with([read()]);
    let counts = |record: &mut Record| {
        let runs = record.store().stats().expect("it can be counted").runs;
        runs.into_iter().map(|run| (run.command, run.pages, run.read)).collect::<Vec<_>>()
    };
    let (add, refresh) = (|read| ("add".to_owned(), 1, read), |read| ("refresh".to_owned(), 0, read));
    assert_eq!(counts(&mut record), [add(1)]);
    record.refresh([read()]);
    assert_eq!(counts(&mut record), [add(0), refresh(1)]);
    record.refresh([read()]);
    assert_eq!(counts(&mut record), [add(0), refresh(0), refresh(1)]);
}

#[test]
fn a_voice_is_found_by_its_name_in_small_letters_without_accents() {
    let mut record = Record::with([story(TEXT).says("Zoë Quarle", "she", "The ferry is late").says(
        "Bram Odell",
        "Bram Odell",
        "“No comment,”",
    )]);
    for name in ["Zoë Quarle", "zoe quarle", "ZOË QUARLE", " Zoe\u{a0}Quarle ", "zoe-quarle"] {
        assert_eq!(record.shown(name), "Zoë Quarle", "{name:?}");
    }
    assert_eq!(record.shown("nobody"), "there is no `nobody` here");
    assert_eq!(record.shown("…"), "there is no `…` here");
}

#[test]
fn names_that_are_not_one_voice_s_are_listed() {
    let mut record = Record::with([story(TEXT).says("Zoe Quarle", "she", "The ferry is late").says(
        "Zoë Quarle",
        "Bram Odell",
        "“No comment,”",
    )]);
    // They are taken for one until somebody says otherwise.
    for name in ["Zoë Quarle", "zoe quarle"] {
        assert_eq!(record.shown(name), "Zoe Quarle");
    }
    record.store().split_voices("Zoë Quarle", "Zoe Quarle", record::WHO).expect("they can be parted");
    // The exact name is one's own.
    assert_eq!(record.shown("Zoë Quarle"), "Zoë Quarle");
    let several = record.shown("zoe quarle");
    assert!(several.starts_with("`zoe quarle` can be several things: `Zoe Quarle` (`v-"), "{several}");
    assert!(several.contains(", `Zoë Quarle` (`v-"), "{several}");
    let part = record.shown("quarle");
    assert!(part.starts_with("there is no `quarle` here, but `Zoe Quarle` (`v-"), "{part}");
}

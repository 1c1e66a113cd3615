//! The doctor: what is wrong is found and named, what can be derived is made again, and no file makes it panic or hang.

mod common;
mod record;

use std::fs;
use std::time::{Duration, Instant};

use common::Story;
use record::{Record, WHO};
use saidline_store::{Checkup, Correction, State, Store, StoreError};

fn harbour() -> Record {
    let mut record = Record::with((0..12).map(|n| {
        let text = format!(
            "“The harbour stays open {n},” Ada Finch said.\nThe ferry is late, Bram Odell said {n} times.\n"
        );
        let story = Story::new(&format!("{n}.txt"), &text).outlet("The Mirror").published("2024-10-19");
        let story = if n % 2 == 0 { story.markup(&format!("<p>{text}")) } else { story };
        story
            .address(&format!("https://mirror.example/{}", n / 2))
            .says("Ada Finch", "Ada Finch", &format!("“The harbour stays open {n},”"))
            .says("Bram Odell", "Bram Odell", "The ferry is late")
            .note("a note")
    }));
    record.correct("The ferry", &[Correction::Cue(Vec::new())]);
    record.close();
    record
}

fn state(checkup: &Checkup, of: &str) -> State {
    checkup.checks.iter().find(|check| check.of == of).expect("it was looked at").state.clone()
}

/// Damages a store with SQL; then the doctor must find fault with `of` alone, and repair it where that is `possible`.
#[track_caller]
fn check(sql: &str, of: &str, possible: bool) {
    let mut record = harbour();
    let connection = record.connection();
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON").expect("it is SQL");
    connection.execute_batch(sql).expect("it is SQL");
    drop(connection);
    let found = Store::examine(&record.path(), true, false).expect("it can be examined");
    assert!(found.is_wrong(), "{sql}: {found:#?}");
    let wrong = state(&found, of);
    let repairable = matches!(wrong, State::Repairable(_));
    assert!(repairable || matches!(wrong, State::Wrong(..)), "{sql}: {found:#?}");
    assert_eq!(repairable, possible, "{sql}: {wrong:?}");
    if possible {
        let repaired = Store::examine(&record.path(), true, true).expect("it can be repaired");
        assert!(matches!(state(&repaired, of), State::Repaired(_)), "{sql}: {repaired:#?}");
        record.is_sound();
    }
}

#[test]
fn a_store_is_sound() {
    harbour().is_sound();
}

#[test]
fn what_is_wrong_is_found() {
    check("INSERT INTO quote_fts (quote_fts) VALUES ('delete-all')", "index of words", true);
    check("INSERT INTO quote_fts (rowid, content, tags) VALUES (999, 'x', 'y')", "index of words", true);
    check("UPDATE voice SET id = 'v-0' WHERE nr = 1", "voices", true);
    check(
        "INSERT INTO voice (id, name, kind, attribution, n) VALUES ('v-1', 'N', 'person', 'a-1', 0)",
        "voices",
        true,
    );
    check("UPDATE speaker SET name = 'N' WHERE voice = 1", "voices", false);
    check("UPDATE document SET shown = 1", "versions", true);
    check(
        "UPDATE document SET shown = 0 WHERE nr IN (SELECT min(nr) FROM document GROUP BY address) OR shown",
        "versions",
        true,
    );
    check("UPDATE span SET \"end\" = 9999 WHERE attribution = 1 AND part = 'cue'", "places", false);
    check("UPDATE span SET \"end\" = 0 WHERE attribution = 1 AND part = 'cue'", "places", false);
    check("UPDATE block SET start = -1 WHERE n = 0", "places", false);
    check("UPDATE attribution SET document = 999 WHERE nr = 1", "references", false);
    check("DELETE FROM voice WHERE nr = 1", "references", false);
    check("UPDATE document SET text = replace(text, 'harbour', 'harbor ') WHERE nr = 1", "documents", false);
    check("DELETE FROM block WHERE document = 1 AND n = 0", "documents", false);
    check("DELETE FROM span WHERE attribution = 1 AND part = 'content'", "documents", false);
    check("UPDATE span SET start = start + 1 WHERE attribution = 1 AND part = 'content'", "documents", false);
    check("UPDATE attribution SET kind = 'sung' WHERE nr = 1", "documents", false);
    check("UPDATE attribution SET parent = 7 WHERE nr = 1", "documents", false);
    check("UPDATE page SET bytes = x'00' WHERE nr = 1", "pages", false);
    check("UPDATE page SET title = 'Another' WHERE nr = 1", "pages", false);
    check("DELETE FROM page WHERE nr = 1", "versions", false);
}

#[test]
fn cleaning_that_is_due_is_done() {
    let mut record = harbour();
    record.connection().execute_batch("INSERT INTO state VALUES ('cleaning', 'words')").expect("it is SQL");
    // Opening to write does it already; nothing is left for the check.
    let checkup = Store::examine(&record.path(), false, false).expect("it can be examined");
    assert!(!checkup.is_wrong());
    assert_eq!(record.strings("SELECT name FROM state WHERE name <> 'statements'"), [""; 0]);
    record.is_sound();
}

#[test]
fn what_is_no_store_is_said() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("saidline.db");
    let check = |expected: &str| {
        let error = Store::examine(&path, true, true).expect_err("it is no store");
        assert_eq!(error.to_string().replace(&path.display().to_string(), "F"), expected);
    };
    check("there is no store at `F`");
    fs::write(&path, "").expect("it can be written");
    check("there is no store at `F`");
    fs::write(&path, "who said what").expect("it can be written");
    check("`F` is not a store of saidline");
    fs::remove_file(&path).expect("it can be removed");
    let foreign = rusqlite::Connection::open(&path).expect("it can be made");
    foreign.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").expect("it is SQL");
    drop(foreign);
    let before = fs::read(&path).expect("it can be read");
    check("`F` is not a store of saidline");
    assert_eq!(fs::read(&path).expect("it can be read"), before);
    fs::remove_file(&path).expect("it can be removed");
    fs::create_dir(&path).expect("it can be made");
    check("`F` is not a store of saidline");
}

#[test]
fn a_file_that_was_cut_is_found() {
    let record = harbour();
    let bytes = fs::read(record.path()).expect("it can be read");
    for part in 1..=16 {
        fs::write(record.path(), &bytes[..bytes.len() * part / 17]).expect("it can be written");
        match Store::examine(&record.path(), true, true) {
            Ok(checkup) => assert!(checkup.is_wrong(), "{part}: {checkup:#?}"),
            Err(StoreError::Damaged { .. } | StoreError::NotAStore(_) | StoreError::Sql { .. }) => {}
            Err(error) => panic!("{part}: {error}"),
        }
    }
}

/// A generator of numbers that are the same every time.
fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    }
}

#[test]
fn flipped_bytes_neither_panic_nor_hang() {
    let record = harbour();
    let bytes = fs::read(record.path()).expect("it can be read");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("saidline.db");
    let mut number = numbers(7);
    let (mut found, mut times) = (0, 0);
    for _ in 0..200 {
        let mut damaged = bytes.clone();
        for _ in 0..=number(4) {
            let at = number(damaged.len());
            damaged[at] ^= 1 << number(8);
        }
        fs::write(&path, &damaged).expect("it can be written");
        for beside in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("saidline.db{beside}")));
        }
        let began = Instant::now();
        for repair in [false, true] {
            times += 1;
            let wrong = Store::examine(&path, true, repair).map_or(true, |checkup| checkup.is_wrong());
            found += u32::from(wrong);
        }
        // Other ways into a damaged file.
        if let Ok(mut store) = Store::open(&path) {
            let _ = store.decisions();
            let _ = store.page_ids().map(|ids| ids.iter().for_each(|id| drop(store.page(id))));
            let _ = store.undo(None, WHO);
            let _ = store.pages_to_forget(&["1.txt".to_owned()]).map(|what| store.forget(&what, WHO));
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    }
    // Most of a small store is unused bytes, in which a flip changes nothing.
    assert!(found * 6 > times, "{found} of {times}");
}

//! A store of every format that was ever released can be opened, and says the same.
//!
//! `formats/N.db` is a store of the invented pages in format N, `formats/N.jsonl` its export. How they are made stands
//! in `formats/README.md`.

#[path = "common/invented.rs"]
#[allow(dead_code)]
mod invented;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use saidline::ActClass;
use saidline_store::{FORMAT, Query, ReportFilter, Store, StoreError};

const HOW: &str = "see crates/saidline-store/tests/formats/README.md";

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

/// A copy of the kept store of a format, so that the kept one stays as it is.
fn copy(format: i64) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("saidline.db");
    fs::copy(kept(&format!("{format}.db")), &path)
        .unwrap_or_else(|error| panic!("format {format}: {error}; {HOW}"));
    (folder, path)
}

fn export(store: &Store) -> String {
    let mut lines = String::new();
    let page = |page: &str| -> Result<(), StoreError> {
        lines.push_str(page);
        Ok(())
    };
    store
        .export(&ReportFilter::default(), true, true)
        .and_then(|export| export.lines(page))
        .expect("it can be taken out");
    lines
}

/// What a file is made of: the statements that make its tables, views and indexes.
fn schema(path: &Path) -> Vec<(String, Option<String>)> {
    let connection = Connection::open(path).expect("it can be opened");
    let mut select =
        connection.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").expect("it is SQL");
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("there is a schema");
    rows.collect::<Result<_, _>>().expect("it can be read")
}

#[test]
fn every_format_is_read_and_brought_up_to_date() {
    for format in 1..=FORMAT {
        let (_folder, path) = copy(format);
        let expected = fs::read_to_string(kept(&format!("{format}.jsonl"))).expect("its export is kept");
        let store = Store::read(&path).expect("it can be read");
        assert_eq!(export(&store), expected, "format {format} as it is read");
        drop(store);
        let store = Store::open(&path).expect("it can be opened to write");
        assert_eq!(export(&store), expected, "format {format} brought up to date");
        let found = store.show("Ines Calder", false).expect("a voice is there");
        assert!(found.forwarded.is_none());
        drop(store);
        let connection = Connection::open(&path).expect("it can be opened");
        let found: i64 = connection
            .query_row("SELECT count(*) FROM quote_fts WHERE quote_fts MATCH 'content : ferry'", [], |row| {
                row.get(0)
            })
            .expect("it can be searched");
        assert_eq!(found, 1);
        let sound: String =
            connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be checked");
        assert_eq!(sound, "ok");
    }
}

#[test]
fn an_old_store_ends_as_a_new_one() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let fresh = folder.path().join("fresh.db");
    drop(Store::create(&fresh).expect("a store can be made"));
    for format in 1..=FORMAT {
        let (_folder, path) = copy(format);
        drop(Store::open(&path).expect("it can be opened"));
        assert_eq!(schema(&path), schema(&fresh), "format {format}; {HOW}");
    }
}

#[test]
fn what_was_read_before_there_were_acts_counts_as_said() {
    let (_folder, path) = copy(1);
    let store = Store::open(&path).expect("it can be opened");
    let count = |acts: &[ActClass]| {
        let filter = ReportFilter { acts: acts.to_vec(), ..ReportFilter::default() };
        let query = Query { filter, limit: 10, ..Query::default() };
        let found = store.search(&query).expect("it can be searched");
        assert!(found.rows.iter().all(|row| row.act.is_none()));
        found.total
    };
    let all = count(&[]);
    assert!(all > 0);
    assert_eq!(count(&[ActClass::Speech]), all);
    assert_eq!(count(&[ActClass::Thought, ActClass::Plan, ActClass::Finding, ActClass::Order]), 0);
}

/// Makes the kept files of the present format.
#[test]
#[ignore = "it writes the kept files of the present format"]
fn keep_the_present_format() {
    let path = kept(&format!("{FORMAT}.db"));
    let _ = fs::remove_file(&path);
    let mut store = Store::create(&path).expect("a store can be made");
    invented::fill(&mut store).expect("it can be filled");
    fs::write(path.with_extension("jsonl"), export(&store)).expect("it can be written");
    drop(store);
    let connection = Connection::open(&path).expect("it can be opened");
    connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)").expect("it can be made small");
}

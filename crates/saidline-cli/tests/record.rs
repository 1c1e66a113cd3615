//! The record gives back what was read: the same lines as `extract`, whatever the order and the number of threads.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::Place;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

/// A folder with the example pages in `pages`.
fn with_examples() -> Place {
    let place = Place::with(&[]);
    fs::create_dir(place.at("pages")).expect("a folder can be made");
    for path in examples() {
        let name = path.file_name().expect("it has a name");
        fs::copy(&path, place.at("pages").join(name)).expect("it can be copied");
    }
    place
}

/// The example pages.
fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the examples are there")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "md"))
        .collect();
    paths.sort();
    paths
}

#[track_caller]
fn done(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {messages}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// The lines of `type`s, without what only a record knows, sorted.
fn lines(output: &str, types: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for line in output.lines() {
        let mut line: Value = serde_json::from_str(line).expect("a line is JSON");
        if !types.iter().any(|wanted| line["type"] == *wanted) {
            continue;
        }
        for speaker in line["speakers"].as_array_mut().into_iter().flatten() {
            speaker.as_object_mut().expect("a speaker is an object").remove("voice");
        }
        line.as_object_mut().expect("a line is an object").remove("statement");
        found.push(line.to_string());
    }
    found.sort();
    found
}

const READ: [&str; 3] = ["page", "attribution", "note"];

#[test]
fn export_gives_the_lines_of_extract() {
    let place = with_examples();
    done(&place, &["add", "pages"]);
    let extracted = done(&place, &["extract", "pages", "--format", "jsonl"]);
    let exported = done(&place, &["export"]);
    let expected = lines(&extracted, &READ);
    assert!(expected.len() > 200);
    assert_eq!(lines(&exported, &READ), expected);
    // With the text, too, where it is asked for.
    let extracted = done(&place, &["extract", "pages", "--format", "jsonl", "--with-text"]);
    assert_eq!(lines(&done(&place, &["export", "--with-text"]), &READ), lines(&extracted, &READ));
    // Each voice that speaks has a line, and no other.
    let voices = |of: &dyn Fn(&Value) -> Vec<String>| {
        let mut found: Vec<_> = exported
            .lines()
            .flat_map(|line| of(&serde_json::from_str(line).expect("a line is JSON")))
            .collect();
        found.sort();
        found.dedup();
        found
    };
    let id = |value: &Value| value.as_str().expect("an id is a string").to_owned();
    let speaking = voices(&|line| {
        line["speakers"].as_array().into_iter().flatten().map(|speaker| id(&speaker["voice"])).collect()
    });
    let told = voices(&|line| if line["type"] == "voice" { vec![id(&line["id"])] } else { vec![] });
    assert!(speaking.len() > 20);
    assert_eq!(told, speaking);
}

#[test]
fn order_and_threads_change_nothing() {
    let first = with_examples();
    done(&first, &["add", "pages", "--threads", "1"]);
    let expected = done(&first, &["export"]);
    let mut names: Vec<_> = fs::read_dir(first.at("pages"))
        .expect("it can be listed")
        .map(|file| format!("pages/{}", file.expect("a file").file_name().display()))
        .collect();
    names.sort();
    let turned: Vec<_> = names.iter().rev().map(String::as_str).collect();
    let second = with_examples();
    done(&second, &[&["add", "--threads", "3"], turned.as_slice()].concat());
    assert_eq!(done(&second, &["export"]), expected);
    // And one at a time, each in a run of its own.
    let third = with_examples();
    let (odd, even): (Vec<_>, Vec<_>) = turned.iter().enumerate().partition(|(n, _)| n % 2 == 1);
    for (_, name) in odd.into_iter().chain(even) {
        done(&third, &["add", name]);
    }
    assert_eq!(done(&third, &["export"]), expected);
}

#[test]
fn captures_and_versions_of_one_address() {
    let line = |text: &str, fetched: &str| {
        format!("{{\"text\":\"{text}\",\"url\":\"https://gazette.example/1\",\"fetched\":\"{fetched}\"}}\n")
    };
    let old = "The harbour of Skarn stays open, Ines Calder said on Monday.";
    let new = "The harbour of Skarn stays closed, Ines Calder said on Monday.";
    let place = Place::with(&[
        ("1.jsonl", line(old, "2024-03-01").as_bytes()),
        ("2.jsonl", line(new, "2024-03-02").as_bytes()),
        ("3.html", format!("<html lang=en><body><p>{new}</p></body></html>").as_bytes()),
    ]);
    done(&place, &["add", "2.jsonl"]);
    assert!(
        done(&place, &["add", "1.jsonl"]).contains("1.jsonl:1: another version of a page that is there\n")
    );
    let url = "https://gazette.example/1";
    let captured = done(&place, &["add", "3.html", "--url", url]);
    assert!(captured.contains("3.html: the same text as page `sha256:"), "{captured}");
    assert!(captured.contains("`, which it is another capture of: they count once\n"), "{captured}");
    // The newer counts, though the older came later.
    let found = done(&place, &["search", "harbour", "--format", "jsonl"]);
    let reports = found.lines().filter(|line| line.contains("\"type\":\"found\""));
    assert_eq!(reports.count(), 1, "{found}");
    assert!(found.contains("closed"), "{found}");
    let exported = done(&place, &["export"]);
    let of = |wanted: &str| -> Vec<Value> {
        let lines = exported.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
        lines.filter(|line| line["type"] == wanted).collect()
    };
    let same: Vec<_> = of("page").into_iter().filter(|page| !page["same"].is_null()).collect();
    assert_eq!(same.len(), 1);
    assert_eq!(same[0]["path"], "3.html");
    assert_eq!(of("attribution").len(), 2, "each attribution once");
}

#[test]
fn reading_goes_on_while_another_adds() {
    let lines: String = (0..700)
        .map(|n| {
            format!("{{\"text\":\"The harbour stays open for {n} days, Ines Calder said on Monday.\"}}\n")
        })
        .collect();
    let place = Place::with(&[("pages.jsonl", lines.as_bytes())]);
    let mut command = place.command(&["add", "pages.jsonl"]);
    let mut child = command.stdout(Stdio::null()).spawn().expect("the command runs");
    let store = place.at("saidline.db");
    while !store.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let (mut slowest, mut reads, mut last) = (Duration::ZERO, 0, 0);
    while child.try_wait().expect("it can be asked").is_none() {
        let began = Instant::now();
        let read = || -> rusqlite::Result<i64> {
            let store = Connection::open_with_flags(&store, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            store.query_row("SELECT count(*) FROM quote_fts WHERE quote_fts MATCH 'harbour'", [], |row| {
                row.get(0)
            })
        };
        match read() {
            Ok(found) => {
                assert!(found >= last, "nothing that was there goes away");
                last = found;
                reads += 1;
            }
            // Before the first transaction there is a file and nothing in it.
            Err(error) => assert!(reads == 0 && error.to_string().contains("no such table"), "{error}"),
        }
        slowest = slowest.max(began.elapsed());
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().expect("it ends").success());
    assert!(reads > 20 && last > 0, "{reads} reads, {last} found");
    // The measure is 0.2 s; on a machine that does other work besides, the system alone can take longer.
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

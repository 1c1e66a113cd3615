//! `search --meaning`, from pages to rows.

mod common;

use common::Place;
use serde_json::Value;

const HARBOUR: &str = "The harbour will stay open all night, Ines Calder said on Friday.\n\n“Nobody has to wait for the \
                       tide any more,” she said.\n\nThe school needs two more teachers, Tom Quill told parents on Friday.\n";

fn lines(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let output = place.run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).expect("it is text");
    printed.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

#[test]
fn what_means_the_same_comes_first_whatever_its_words() {
    let place = Place::with(&[("a.txt", HARBOUR.as_bytes())]);
    assert_eq!(place.run(&["add", "--plain", "a.txt"]).status.code(), Some(0));
    let asked = ["search", "--format", "jsonl", "--meaning", "can boats get into the port after dark?"];
    let found = lines(&place, &asked);
    assert_eq!(found[0]["order"], "likeliest");
    assert_eq!(found[0]["without_meaning"], 0);
    assert!(
        found[1]["content"][0].as_str().is_some_and(|words| words.contains("open all night")),
        "{}",
        found[1]
    );
    let likeness = |line: &Value| line["likeness"].as_f64().expect("it is a number");
    assert!(found[1..].is_sorted_by(|a, b| likeness(a) >= likeness(b)));
    assert_eq!(found[1]["statement"]["outlets"], 1);
    let by_quill = lines(&place, &[&asked[..], &["--speaker", "Quill"]].concat());
    assert_eq!(by_quill.len(), 2, "filters hold");
    let table =
        place.run(&["search", "--format", "table", "--meaning", "more staff for pupils", "--limit", "1"]);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.contains("teachers") && table.contains("the likeliest first"), "{table}");
}

#[test]
fn what_is_missing_is_made_by_the_first_search() {
    let place = Place::with(&[("a.txt", HARBOUR.as_bytes())]);
    assert_eq!(place.run(&["add", "--plain", "--without-meaning", "a.txt"]).status.code(), Some(0));
    let store = || rusqlite::Connection::open(place.at("saidline.db")).expect("it can be opened");
    let vectors = || -> i64 {
        store().query_row("SELECT count(*) FROM meaning", [], |row| row.get(0)).expect("it can be counted")
    };
    assert_eq!(vectors(), 0);
    let found = lines(&place, &["search", "--format", "jsonl", "--meaning", "more staff for pupils"]);
    assert!(found[1]["content"][0].as_str().is_some_and(|words| words.contains("teachers")));
    let made = vectors();
    assert!(made >= 3);
    let added = {
        let other = Place::with(&[("a.txt", HARBOUR.as_bytes())]);
        assert_eq!(other.run(&["add", "--plain", "a.txt"]).status.code(), Some(0));
        lines(&other, &["search", "--format", "jsonl", "--meaning", "more staff for pupils"])
    };
    assert_eq!(found, added, "made later or at once, it is the same");
    store().execute("DELETE FROM meaning WHERE attribution = 1", []).expect("it can be deleted");
    assert_eq!(place.run(&["refresh"]).status.code(), Some(0));
    assert_eq!(vectors(), made);
}

#[test]
fn what_makes_no_sense_beside_it_is_refused() {
    let place = Place::with(&[]);
    for more in [&["--sort", "newest"][..], &["--facets"]] {
        let arguments = [&["search", "--meaning", "anything"][..], more].concat();
        assert_eq!(place.run(&arguments).status.code(), Some(2), "{more:?}");
    }
    assert_eq!(place.run(&["search", "--models", "x", "anything"]).status.code(), Some(2));
}

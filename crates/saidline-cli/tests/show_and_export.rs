//! `show` and `export` as their users meet them, on a record of invented pages.

mod common;
#[path = "../../saidline-store/tests/common/invented.rs"]
#[allow(dead_code)]
mod invented;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::Place;
use saidline_store::Store;
use serde_json::Value;

/// A folder with the invented record.
fn with_record() -> Place {
    let place = Place::with(&[]);
    let mut store = Store::create(&place.at("saidline.db")).expect("a store can be made");
    invented::fill(&mut store).expect("it can be filled");
    place
}

/// Runs SQL on the record, as a person's decision or a later version would have changed it.
fn change(place: &Place, sql: &str) {
    let connection = rusqlite::Connection::open(place.at("saidline.db")).expect("it can be opened");
    connection.execute_batch(sql).expect("it is SQL");
}

/// What the command answered: its status, then each line of standard output behind `|`, of standard error behind `!`.
fn answer(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    let mut answer = format!("{}\n", output.status.code().expect("it was not killed"));
    for (sign, lines) in [("|", &output.stdout), ("!", &output.stderr)] {
        for line in String::from_utf8(lines.clone()).expect("output is UTF-8").lines() {
            answer.push_str(format!("{sign} {line}").trim_end());
            answer.push('\n');
        }
    }
    answer
}

#[track_caller]
fn check(place: &Place, arguments: &[&str], expected: &str) {
    let expected: String = expected.lines().map(|line| format!("{}\n", line.trim())).collect();
    let found: String =
        answer(place, arguments).lines().map(|line| format!("{}\n", squeezed(line))).collect();
    assert_eq!(found, expected.lines().map(|line| format!("{}\n", squeezed(line))).collect::<String>());
}

/// One blank for many.
fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

const HINT: &str = "! hint: name it by an id or at least 8 digits of it, a page by its path or address, too, a voice by \
                    its name";

#[test]
fn a_page_is_shown_with_its_versions_and_its_text() {
    let place = with_record();
    check(
        &place,
        &["show", "https://gazette.example/ferry", "--format", "table"],
        "0
        | Ferry to sail again
        | outlet Harbour Gazette
        | by Tom Quill, with Boreal Wire, AB \"C\"
        | published 2024-10-19 17:01+02:00 (metadata, “2024-10-19T17:01+02:00”)
        | updated 2024-10-19 18:30 (visible)
        | address https://gazette.example/ferry
        | path ferry-2.html
        | page sha256:01cf0c03d148bb4777e89571ba323b1a59de51799467c9b7a2ec72511cd82f42
        | 2 captures fetched 2024-10-20T08:00:00Z · sha256:01cf0c03d148 · ferry-2.html
        | fetched 2024-10-21T08:00:00Z · sha256:4868b64ed5f9 · ferry-3.html
        | 2 versions fetched 2024-10-19T18:00:00Z · sha256:f6c2389b4a22
        | fetched 2024-10-20T08:00:00Z · sha256:01cf0c03d148 · this one ·
        | the one that counts
        | read by `saidline add` 0.1.0, model accurate-1 (sha256:00), options
        | {\"plain\":false}, 2026-01-02T03:04:05Z, nora
        |
        | edits since the version before
        | … The Morvenec ferry will sail at [-dawn,-] {+noon,+} Ines Calder said on
        | Friday. “We … the port said the crew had [-agreed.-] {+agreed to nothing.+}
        |
        | (boilerplate, 1 line)
        | # Ferry to sail again
        | By Tom Quill
        | ⟦The Morvenec ferry will sail at noon⟧[1], Ines Calder said on Friday.
        | ⟦“We have waited,”⟧[2] she said, ⟦“and we are ready.”⟧[2]
        | The union and the port said ⟦the crew had agreed to nothing⟧[3].
        |
        | [1] Ines Calder (harbour master) · said · indirect · said 18 October 2024 ·
        | a-76e6465b4b8f822816ac
        | [2] Ines Calder (harbour master) [she] · said · direct · a-c6c8919075e456af2a85
        | [3] Ferry Union and Port of Morvenec [The union and the port] · said · indirect
        | · a-dcf867477f39699d14f4",
    );
    // What stands in each other, and a live blog.
    let text = answer(&place, &["show", "committee.txt", "--format", "table"]);
    assert!(text.contains("⟦that Łucja Brandt had told a committee ⟦the dam was"), "{text}");
    assert!(text.contains("safe⟧[2]⟧[1]."), "{text}");
    let text = answer(&place, &["show", "live.html", "--format", "table"]);
    assert!(
        text.contains("(2024-02-29T14:05) 14:05") && text.contains("published     2024 (visible, “live”)")
    );
    let text = answer(&place, &["show", "tides.txt", "--format", "table"]);
    assert!(text.contains("(nobody is said to have said anything)") && text.contains("not in English"));
}

#[test]
fn an_attribution_is_shown_in_its_context() {
    check(
        &with_record(),
        &["show", "a-c6c89190", "--format", "table"],
        "0
        | Ines Calder (harbour master) said:
        | “We have waited,” […] “and we are ready.”
        |
        | attribution a-c6c8919075e456af2a85
        | statement s-ec7747f5eb535b5bc350 (1 report)
        | kind direct
        | act speech: state
        | source she
        | cue said
        | speaker Ines Calder, harbour master (person) · v-5e65b686d6d70fffd7d4 ·
        | pronoun ← “Ines Calder” in line 4 · 0.90
        | said when is not known; the page was published 2024-10-19 17:01+02:00
        | confidence 0.88
        |
        | ⟦“We have waited,”⟧ she said, ⟦“and we are ready.”⟧
        |
        | Ferry to sail again
        | outlet Harbour Gazette
        | by Tom Quill, with Boreal Wire, AB \"C\"
        | published 2024-10-19 17:01+02:00 (metadata, “2024-10-19T17:01+02:00”)
        | updated 2024-10-19 18:30 (visible)
        | address https://gazette.example/ferry
        | path ferry-2.html
        | page sha256:01cf0c03d148bb4777e89571ba323b1a59de51799467c9b7a2ec72511cd82f42
        | place characters 115–132, 143–162
        | read by `saidline add` 0.1.0, model accurate-1 (sha256:00), options
        | {\"plain\":false}, 2026-01-02T03:04:05Z, nora",
    );
}

#[test]
fn a_voice_is_shown_with_its_latest() {
    check(
        &with_record(),
        &["show", "Ines Calder", "--format", "table"],
        "0
        | Ines Calder
        | voice v-5e65b686d6d70fffd7d4
        | kind person
        | reports 2 in 1 outlet
        | roles harbour master (2 reports; 19 October 2024)
        |
        | direct · said
        | “We have waited,” […] “and we are ready.”
        | published 19 October 2024 · Harbour Gazette · a-c6c8919075e456af2a85
        |
        | indirect · said
        | The Morvenec ferry will sail at noon
        | said 18 October 2024 · Harbour Gazette · a-76e6465b4b8f822816ac
        |",
    );
}

#[test]
fn decisions_are_shown_with_who_and_when() {
    let place = with_record();
    change(
        &place,
        "UPDATE attribution SET corrected = 'said', rejected = 1 WHERE id = 'a-76e6465b4b8f822816ac';
         UPDATE document SET corrected = 'outlet' WHERE title LIKE 'Ferry%' AND shown;
         INSERT INTO decision (at, by, action, field, value, page, address, content, attribution) VALUES
         ('2026-02-01T00:00:00Z', 'nora', 'correct', 'outlet', 'Gazette', 'p', 'https://gazette.example/ferry', NULL, NULL),
         ('2026-02-02T00:00:00Z', 'nora', 'correct', 'said', '2024', 'p', NULL, 'w', 'a-76e6465b4b8f822816ac'),
         ('2026-02-03T00:00:00Z', 'omar', 'reject', NULL, NULL, 'p', NULL, 'w', 'a-76e6465b4b8f822816ac');",
    );
    let page = answer(&place, &["show", "ferry-2.html", "--format", "table"]);
    assert!(page.contains("corrected     outlet by nora, 2026-02-01T00:00:00Z"), "{page}");
    assert!(
        squeezed(&page.replace('|', "")).contains("· rejected by omar, 2026-02-03T00:00:00Z ·"),
        "{page}"
    );
    assert!(page.contains("|   The Morvenec ferry will"), "what is rejected is not marked: {page}");
    let attribution = answer(&place, &["show", "a-76e6465b4b8f822816ac", "--format", "table"]);
    assert!(attribution.contains("corrected     said by nora, 2026-02-02T00:00:00Z"), "{attribution}");
    assert!(attribution.contains("rejected      by omar, 2026-02-03T00:00:00Z"), "{attribution}");

    // What is rejected leaves the export, unless all is wanted; the numbers of the others stay.
    let ids = |arguments: &[&str]| -> Vec<(String, u64)> {
        let lines = String::from_utf8(place.run(arguments).stdout).expect("output is UTF-8");
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
        let attributions =
            lines.filter(|line| line["type"] == "attribution" && line["path"] == "ferry-2.html");
        attributions
            .map(|line| {
                (line["id"].as_str().expect("an id").to_owned(), line["n"].as_u64().expect("a number"))
            })
            .collect()
    };
    let (some, all) = (ids(&["export"]), ids(&["export", "--all"]));
    assert_eq!(all.len(), 3);
    assert_eq!(some, all[1..]);
    let rows =
        |arguments: &[&str]| String::from_utf8(place.run(arguments).stdout).expect("UTF-8").lines().count();
    assert_eq!(rows(&["export", "--format", "csv"]), 1 + 7);
    assert_eq!(rows(&["export", "--format", "csv", "--all"]), 1 + 8 + 3, "and those of the older version");
}

#[test]
fn ids_that_were_lead_to_what_they_are() {
    let place = with_record();
    change(
        &place,
        "INSERT INTO forward VALUES ('a-00000000000000000000', 'a-11111111111111111111'),
         ('a-11111111111111111111', 'a-c6c8919075e456af2a85'), ('v-22222222222222222222', NULL);",
    );
    let found = answer(&place, &["show", "a-00000000", "--format", "jsonl"]);
    assert!(found.starts_with("0\n| {\"type\":\"attribution\""), "{found}");
    assert!(
        found.ends_with("! warning: `a-00000000000000000000` is now `a-c6c8919075e456af2a85`\n"),
        "{found}"
    );
    check(
        &place,
        &["show", "v-22222222222222222222"],
        &format!("1\n! error: `v-22222222222222222222` is gone, and nothing took its place\n{HINT}"),
    );
}

#[test]
fn what_is_not_there_or_not_clear_is_said() {
    let place = with_record();
    let check = |what: &str, why: &str| {
        check(&place, &["show", what], &format!("1\n! error: {why}\n{HINT}"));
    };
    check("a-c6c8", "`a-c6c8` is too short for an id: it takes at least 8 digits");
    check("a-ffffffffff", "there is no `a-ffffffffff` here");
    check("nobody at all", "there is no `nobody at all` here");
    check("", "there is no `` here");
    change(
        &place,
        "UPDATE voice SET name = 'police', kind = 'person' WHERE name = 'Ferry Union';
         UPDATE page SET path = 'police' WHERE path = 'tides.txt'",
    );
    check(
        "police",
        "`police` can be several things: \
         `sha256:af9cbf46ea628067106e563f25bc56cb773f26f23a05469ae278f45ec13379d0`, `v-5db92bd68769b28baec7`, \
         `v-d57f2cbd41e9a335fa65`",
    );
    let missing = Place::with(&[]);
    assert!(answer(&missing, &["show", "x"]).starts_with("3\n! error: there is no store at `saidline.db`\n"));
    assert!(answer(&missing, &["export"]).starts_with("3\n! error: there is no store at `saidline.db`\n"));
}

#[test]
fn lines_are_those_of_the_export() {
    let place = with_record();
    let export = String::from_utf8(place.run(&["export", "--with-text"]).stdout).expect("output is UTF-8");
    for what in ["ferry-1.html", "ferry-3.html", "committee.txt", "a-c6c8919075e456af2a85", "police"] {
        let shown = place.run(&["show", what, "--format", "jsonl"]).stdout;
        let shown = String::from_utf8(shown).expect("output is UTF-8");
        assert!(!shown.is_empty() && export.contains(&shown), "{what}: {shown}");
    }
    let kinds: Vec<_> = export.lines().map(|line| line.split('"').nth(3).expect("a type")).collect();
    let count = |kind: &str| kinds.iter().filter(|found| **found == kind).count();
    assert_eq!(["page", "attribution", "note", "voice"].map(count), [6, 11, 2, 7]);
}

#[test]
fn tables_fit_their_description() {
    let place = with_record();
    assert_eq!(answer(&place, &["export", "--into", "out", "--with-text"]), "0\n");
    let names: BTreeSet<_> = fs::read_dir(place.at("out"))
        .expect("it is a folder")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"))
        .collect();
    let tables =
        ["pages", "quotes", "speakers", "voices", "statements", "reports", "wordings", "notes", "decisions"];
    let expected = tables.iter().map(|name| format!("{name}.csv")).chain(["datapackage.json".to_owned()]);
    assert_eq!(names, expected.collect());

    let package = fs::read(place.at("out/datapackage.json")).expect("it can be read");
    let package: Value = serde_json::from_slice(&package).expect("it is JSON");
    assert_eq!(package["profile"], "tabular-data-package");
    let list = |value: &Value| -> Vec<String> {
        let words = value.as_array().expect("a list").iter();
        words.map(|word| word.as_str().expect("a word").to_owned()).collect()
    };
    let mut keys: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
    let resources = package["resources"].as_array().expect("a list");
    assert_eq!(resources.len(), tables.len());
    for resource in resources {
        let name = resource["name"].as_str().expect("a name");
        assert_eq!(resource["path"], format!("{name}.csv"));
        assert_eq!(resource["profile"], "tabular-data-resource");
        let schema = &resource["schema"];
        let fields = schema["fields"].as_array().expect("a list");
        let mut reader =
            csv::Reader::from_path(place.at("out").join(format!("{name}.csv"))).expect("a table");
        let header: Vec<_> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
        let names: Vec<_> =
            fields.iter().map(|field| field["name"].as_str().expect("a name").to_owned()).collect();
        assert_eq!(header, names, "{name}");
        let at =
            |wanted: &str| names.iter().position(|name| name == wanted).unwrap_or_else(|| panic!("{wanted}"));
        let primary: Vec<_> = list(&schema["primaryKey"]).iter().map(|key| at(key)).collect();
        let foreign = schema["foreignKeys"].as_array().cloned().unwrap_or_default();
        let own = keys.entry(name.to_owned()).or_default().clone();
        assert!(own.is_empty());
        let mut own = own;
        for record in reader.records() {
            let record = record.expect("a row fits the header");
            for (cell, field) in record.iter().zip(fields) {
                let required = field["constraints"]["required"] == true;
                assert!(!required || !cell.is_empty(), "{name}.{}", field["name"]);
                let fits = cell.is_empty()
                    || match field["type"].as_str().expect("a type") {
                        "string" => true,
                        "integer" => cell.parse::<i64>().is_ok(),
                        "number" => cell.parse::<f64>().is_ok(),
                        "boolean" => ["true", "false"].contains(&cell),
                        other => panic!("{other} is no type"),
                    };
                assert!(fits, "{name}.{}: {cell}", field["name"]);
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
                assert!(field["description"].as_str().is_some_and(|words| !words.is_empty()));
            }
            let key = primary.iter().map(|at| record[*at].to_owned()).collect();
            assert!(own.insert(key), "{name}: the key is not unique");
            for key in &foreign {
                let fields =
                    list(&key["fields"]).iter().map(|field| record[at(field)].to_owned()).collect::<Vec<_>>();
                let to = key["reference"]["resource"].as_str().expect("a name");
                assert!(keys[to].contains(&fields), "{name}: {fields:?} is not in {to}");
            }
        }
        keys.insert(name.to_owned(), own);
    }
    assert_eq!(keys["quotes"].len(), 8);
    assert_eq!(keys["pages"].len(), 6);

    // A folder with something in it is left alone, unless told; and nothing but whole files is left there.
    let refused = answer(&place, &["export", "--into", "out"]);
    assert!(refused.starts_with("2\n! error: there is something in `out`\n! hint: "), "{refused}");
    assert_eq!(answer(&place, &["export", "--into", "out", "--force"]), "0\n");
    let unwanted = fs::read_dir(place.at("out")).expect("it is a folder").count();
    assert_eq!(unwanted, 10);
    let refused = answer(&place, &["export", "--into", "out2", "--format", "jsonl"]);
    assert!(refused.starts_with("2\n! error: `--into` writes tables, which are CSV\n"), "{refused}");
}

#[test]
fn pages_that_name_no_outlet_are_counted_as_pages() {
    let place = Place::with(&[
        ("a.txt", "“The harbour opens on Monday,” Ines Calder said.\n".as_bytes()),
        ("b.txt", "“We lost the match on Sunday,” Ines Calder said.\n".as_bytes()),
        ("c.txt", "“Every lamp on the quay is lit,” Ines Calder said.\n".as_bytes()),
    ]);
    let places = |place: &Place| {
        let shown = answer(place, &["show", "Ines Calder", "--format", "table"]);
        let line = shown.lines().find_map(|line| line.strip_prefix("| reports"));
        line.unwrap_or_else(|| panic!("{shown}")).trim().to_owned()
    };
    assert_eq!(place.run(&["add", "a.txt"]).status.code(), Some(0));
    assert_eq!(places(&place), "1 on 1 page");
    assert_eq!(place.run(&["add", "b.txt"]).status.code(), Some(0));
    assert_eq!(places(&place), "2 on 2 pages");
    let timeline = answer(&place, &["timeline", "Ines Calder", "--format", "table"]);
    assert_eq!(timeline.matches("1 report on 1 page").count(), 2, "{timeline}");
    assert_eq!(place.run(&["add", "c.txt", "--outlet", "The Gazette"]).status.code(), Some(0));
    assert_eq!(places(&place), "3 in 1 outlet and on 2 pages that name none");
    let timeline = answer(&place, &["timeline", "Ines Calder", "--format", "table"]);
    assert!(timeline.contains("1 report in The Gazette"), "{timeline}");
}

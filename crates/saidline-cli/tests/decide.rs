//! Correcting, rejecting, undoing, forgetting and the doctor of stores, as their users meet them.

mod common;

use std::fs;
use std::process::Output;

use common::Place;

const FERRY: &[u8] =
    b"\"The harbour stays open,\" Ines Calder said on Monday. The ferry is late, Bram Odell said.\n";

/// A folder with a store of one page.
fn with_store() -> Place {
    let place = Place::with(&[("ferry.txt", FERRY), ("other.txt", b"Nobody came.\n")]);
    assert_eq!(place.run(&["add", "ferry.txt", "other.txt", "--by", "Vera"]).status.code(), Some(0));
    place
}

/// Exit status, standard output behind `|`, messages behind `!`; ids and moments of the day left out.
fn answer(output: &Output) -> String {
    let mut answer = format!("{}\n", output.status.code().expect("it was not killed"));
    for (mark, bytes) in [('|', &output.stdout), ('!', &output.stderr)] {
        for line in String::from_utf8_lossy(bytes).lines() {
            answer.push_str(&format!("{mark} {line}\n"));
        }
    }
    answer
}

#[track_caller]
fn check(place: &Place, arguments: &[&str], expected: &str) {
    assert_eq!(answer(&place.run(arguments)), expected, "saidline {}", arguments.join(" "));
}

fn lines(place: &Place, r#type: &str) -> Vec<serde_json::Value> {
    let output = place.run(&["export", "--all"]);
    let lines = String::from_utf8(output.stdout).expect("output is UTF-8");
    let lines =
        lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("it is JSON"));
    lines.filter(|line| line["type"] == r#type).collect()
}

/// The id of the attribution whose content holds `words`.
fn attribution(place: &Place, words: &str) -> String {
    let all = lines(place, "attribution");
    let found = all.iter().find(|line| line["content"].to_string().contains(words));
    found.expect("it was found")["id"].as_str().expect("it has an id").to_owned()
}

#[test]
fn an_attribution_is_put_right_and_back() {
    let place = with_store();
    let before = place.run(&["export", "--all"]).stdout;
    let id = attribution(&place, "harbour");
    check(
        &place,
        &[
            "correct",
            &id,
            "--speaker",
            "Ada Finch",
            "--role",
            "master",
            "--said",
            "2024-10..2024-11",
            "--by",
            "Vera",
        ],
        &format!("0\n| d-1 of {id}: speakers: Ada Finch\n| d-2 of {id}: said: 2024-10 to 2024-11\n"),
    );
    check(&place, &["reject", &id, "--by", "Vera"], &format!("0\n| d-3 of {id}: rejected\n"));
    check(&place, &["reject", &id], "0\n| all of them were rejected already\n");
    let decisions = lines(&place, "decision");
    assert_eq!(decisions.len(), 3);
    assert_eq!((&decisions[0]["by"], &decisions[0]["value"][0]["role"]), (&"Vera".into(), &"master".into()));
    let list = place.run(&["undo", "--list", "--format", "table"]);
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(
        list.starts_with("d-1 · Vera · ") && list.contains(" · in force\n  speakers: Ada Finch\n  on a-"),
        "{list}"
    );
    let csv = place.run(&["undo", "--list", "--format", "csv"]);
    assert_eq!(String::from_utf8_lossy(&csv.stdout).lines().count(), 4);
    check(&place, &["undo"], &format!("0\n| undone: d-3 of {id}: no more rejected\n"));
    check(
        &place,
        &["undo", "d-1"],
        &format!("0\n| undone: d-1 of {id}: `speakers: Ada Finch` holds no more\n"),
    );
    check(
        &place,
        &["undo", "2"],
        &format!("0\n| undone: d-2 of {id}: `said: 2024-10 to 2024-11` holds no more\n"),
    );
    check(&place, &["undo"], "1\n! error: there is no decision to undo\n");
    let after = String::from_utf8(place.run(&["export", "--all"]).stdout).expect("output is UTF-8");
    let after: String =
        after.split_inclusive('\n').filter(|line| !line.contains("\"type\":\"decision\"")).collect();
    assert_eq!(after.as_bytes(), before);
}

#[test]
fn what_cannot_be_is_said() {
    let place = with_store();
    let id = attribution(&place, "harbour");
    let hint =
        "! hint: `--outlet` and `--published` are of a page, everything else of an attribution (`a-…`)\n";
    check(
        &place,
        &["correct", &id],
        "2\n! error: nothing is said that is to be put right\n! hint: `saidline help correct` lists what can be put right\n",
    );
    check(
        &place,
        &["correct", &id, "--outlet", "O"],
        &format!("2\n! error: `{id}` is an attribution, not a page\n{hint}"),
    );
    check(
        &place,
        &["correct", "ferry.txt", "--no-speaker"],
        &format!("2\n! error: `ferry.txt` is not an attribution\n{hint}"),
    );
    check(
        &place,
        &["correct", &id, "--said", "soon"],
        "2\n! error: `--said soon`: `soon` is not a date: write `2024`, `2024-10` or `2024-10-19`\n",
    );
    check(
        &place,
        &["correct", &id, "--content", "0-9999"],
        "2\n! error: `0-9999` lies beyond the text, which ends at 90\n",
    );
    check(&place, &["correct", "gone.txt", "--outlet", "O"], "1\n! error: no page `gone.txt`\n");
    check(&place, &["undo", "--list"], "1\n");
    check(
        &place,
        &["undo", "x"],
        "2\n! error: `x` is not a decision\n! hint: `saidline undo --list` lists them, as `d-1`, `d-2` and so on, those about voices as `m-1`\n",
    );
    check(
        &place,
        &["reject", &id, "--store", "gone.db"],
        "3\n! error: there is no store at `gone.db`\n! hint: `saidline add PATH` makes one; `--store FILE` names another\n",
    );
}

#[test]
fn a_page_is_forgotten_and_comes_back_when_forced() {
    let place = with_store();
    let before = place.run(&["export"]).stdout;
    let count = lines(&place, "attribution").len();
    check(
        &place,
        &["forget", "page", "ferry.txt"],
        "2\n! error: forgetting cannot be undone, and there is no terminal to ask\n! hint: `--yes` forgets without asking\n",
    );
    let many = if count == 1 { "" } else { "s" };
    check(
        &place,
        &["forget", "page", "ferry.txt", "--yes"],
        &format!("0\n| forgotten: 1 page, {count} attribution{many}\n"),
    );
    let bytes = fs::read(place.at("saidline.db")).expect("it can be read");
    assert!(!bytes.windows(7).any(|part| part == b"harbour"));
    let again = answer(&place.run(&["add", "ferry.txt"]));
    assert!(again.starts_with("0\n| ferry.txt: not added, because it was forgotten"), "{again}");
    assert_eq!(place.run(&["add", "ferry.txt", "--force"]).status.code(), Some(0));
    assert_eq!(place.run(&["export"]).stdout, before);
}

#[test]
fn a_voice_is_forgotten_and_comes_back_when_forced() {
    let place = with_store();
    let before = place.run(&["export"]).stdout;
    let voices = lines(&place, "voice");
    let voice = voices.iter().find(|voice| voice["name"] == "Ines Calder").expect("she speaks");
    let answer =
        answer(&place.run(&["forget", "voice", voice["id"].as_str().expect("it has an id"), "--yes"]));
    assert_eq!(answer, "0\n| forgotten: 1 voice, 1 attribution; words were taken out of 1 document\n");
    let bytes = fs::read(place.at("saidline.db")).expect("it can be read");
    assert!(
        !bytes.windows(7).any(|part| part == b"harbour") && bytes.windows(5).any(|part| part == b"ferry")
    );
    assert_eq!(place.run(&["doctor", "--deep"]).status.code(), Some(0));
    assert_eq!(place.run(&["add", "ferry.txt"]).status.code(), Some(0));
    assert!(
        !fs::read(place.at("saidline.db")).expect("it can be read").windows(7).any(|part| part == b"harbour")
    );
    assert_eq!(place.run(&["add", "ferry.txt", "--force"]).status.code(), Some(0));
    assert_eq!(place.run(&["export"]).stdout, before);
}

#[test]
fn the_doctor_looks_at_a_store() {
    let place = with_store();
    let report = String::from_utf8(place.run(&["doctor"]).stdout).expect("output is UTF-8");
    let store = report.split("\nstore `saidline.db`\n").nth(1).expect("it looked at the store");
    assert!(store.lines().count() >= 6 && store.lines().all(|line| line.contains("sound: ")), "{store}");
    let connection = rusqlite::Connection::open(place.at("saidline.db")).expect("it can be opened");
    connection.execute_batch("INSERT INTO quote_fts (quote_fts) VALUES ('delete-all')").expect("it is SQL");
    drop(connection);
    let wrong = place.run(&["doctor"]);
    assert_eq!(wrong.status.code(), Some(3));
    assert_eq!(
        String::from_utf8_lossy(&wrong.stderr),
        "error: index of words of `saidline.db`: wrong\nhint: `saidline doctor --repair` makes it again\n"
    );
    let repaired = place.run(&["doctor", "--repair"]);
    assert_eq!(repaired.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&repaired.stdout).contains("repaired: "));
    fs::write(place.at("saidline.db"), "not a store").expect("it can be written");
    let none = place.run(&["doctor"]);
    assert_eq!(none.status.code(), Some(3));
    assert_eq!(
        String::from_utf8_lossy(&none.stderr),
        "error: `saidline.db` is not a store of saidline\nhint: `--store FILE` names the store\n"
    );
}

#[test]
fn names_are_joined_and_parted() {
    let place = with_store();
    let before = place.run(&["export", "--all"]).stdout;
    check(
        &place,
        &["voices", "merge", "Ines Calder", "odell", "--by", "Vera"],
        "0\n| m-1: `Ines Calder` and `Bram Odell` are one voice\n",
    );
    let voices = lines(&place, "voice");
    assert_eq!(voices.len(), 1, "{voices:?}");
    assert_eq!(voices[0]["aliases"], serde_json::json!(["Bram Odell"]));
    let shown = place.run(&["show", "Bram Odell", "--format", "table"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.starts_with("Ines Calder\n") && shown.contains("joined by Vera (m-1)"), "{shown}");
    let table = place.run(&["voices", "--format", "table"]);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.contains("also Bram Odell") && table.ends_with("1 voice\n"), "{table}");
    check(
        &place,
        &["voices", "rename", "Ines Calder", "Bram Odell"],
        "0\n| m-2: the voice of `Ines Calder` is shown as `Bram Odell`\n",
    );
    assert_eq!(lines(&place, "voice")[0]["name"], "Bram Odell");
    let decisions = lines(&place, "decision");
    assert_eq!(decisions[0]["names"][1]["name"], "Bram Odell");
    let list = place.run(&["undo", "--list", "--format", "csv"]);
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), 3);
    check(
        &place,
        &["undo", "m-1"],
        "0\n| undone: m-1: `Ines Calder` and `Bram Odell` are two voices again\n",
    );
    let after = String::from_utf8(place.run(&["export", "--all"]).stdout).expect("output is UTF-8");
    let after: String =
        after.split_inclusive('\n').filter(|line| !line.contains("\"type\":\"decision\"")).collect();
    assert_eq!(after.as_bytes(), before);
    check(
        &place,
        &["voices", "merge", "Ines Calder", "nobody"],
        "1\n! error: no voice `nobody`\n! hint: `saidline voices NAME` lists voices with their names and ids\n",
    );
    check(&place, &["voices", "--doubtful"], "1\n");
}

#[test]
fn a_voice_has_further_names() {
    let place = with_store();
    check(
        &place,
        &["voices", "alias", "calder", "The Warden", "--by", "Vera"],
        "0\n| m-1: the voice of `Ines Calder` is called `The Warden`, too\n",
    );
    let shown = place.run(&["show", "the warden", "--format", "table"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown.starts_with("Ines Calder\n") && shown.contains("(Ines Calder: given by Vera (m-1))"),
        "{shown}"
    );
    let voices = lines(&place, "voice");
    let calder = voices.iter().find(|voice| voice["name"] == "Ines Calder").expect("she speaks");
    assert_eq!(calder["aliases"], serde_json::json!(["The Warden"]));
    check(
        &place,
        &["voices", "alias", "Bram Odell", "Ines Calder"],
        "2\n! error: `Ines Calder` is a name of another voice\n! hint: `saidline voices merge NAME OTHER` makes two voices one\n",
    );
    check(
        &place,
        &["undo"],
        "0\n| undone: m-1: the voice of `Ines Calder` is no more called `The Warden` by your word\n",
    );
}

#[test]
fn undo_takes_back_what_was_decided_last() {
    let place = with_store();
    let id = attribution(&place, "harbour");
    place.run(&["reject", &id]);
    place.run(&["voices", "merge", "Ines Calder", "Bram Odell"]);
    check(&place, &["undo"], "0\n| undone: m-1: `Ines Calder` and `Bram Odell` are two voices again\n");
    check(&place, &["undo"], &format!("0\n| undone: d-1 of {id}: no more rejected\n"));
    place.run(&["voices", "merge", "Ines Calder", "Bram Odell"]);
    place.run(&["reject", &id]);
    check(&place, &["undo"], &format!("0\n| undone: d-2 of {id}: no more rejected\n"));
}

#[test]
fn undo_names_each_report_of_a_decision_on_statements() {
    let place = with_store();
    let ids: Vec<String> = lines(&place, "attribution")
        .iter()
        .map(|line| line["id"].as_str().expect("it has an id").to_owned())
        .collect();
    let [one, other, ..] = &ids[..] else { panic!("two reports: {ids:?}") };
    let undone = || String::from_utf8_lossy(&place.run(&["undo"]).stdout).into_owned();
    let told = |n: usize, holds_no_more: &str| {
        let line = |nr: usize, id: &str| format!("undone: d-{nr} of {id}: {holds_no_more} by your word\n");
        [line(n, one) + &line(n + 1, other), line(n, other) + &line(n + 1, one)]
    };
    let merge = ["statements", "merge", one, other, "--force"];
    assert_eq!(place.run(&merge).status.code(), Some(0));
    let shown = undone();
    assert!(told(1, "no more of one statement").contains(&shown), "{shown}");
    assert_eq!(place.run(&merge).status.code(), Some(0));
    assert_eq!(place.run(&["statements", "split", other]).status.code(), Some(0));
    let shown = undone();
    assert!(told(5, "no more kept out of one statement").contains(&shown), "{shown}");
}

#[test]
fn a_person_and_an_organisation_are_joined_when_forced() {
    let place = with_store();
    let id = attribution(&place, "late");
    place.run(&["correct", &id, "--speaker", "Ferry Union", "--speaker-kind", "organisation"]);
    check(
        &place,
        &["voices", "merge", "Ines Calder", "Ferry Union"],
        "2\n! error: `Ines Calder` is a person and `Ferry Union` an organisation\n! hint: `--force` joins them all the same\n",
    );
    check(
        &place,
        &["voices", "merge", "Ines Calder", "Ferry Union", "--force"],
        "0\n| m-1: `Ines Calder` and `Ferry Union` are one voice\n",
    );
}

#[test]
fn a_table_of_people_is_taken_in() {
    let place = with_store();
    let table = "role,Name,identifier,from,to,alias\n\
                 harbour master,INES CALDER,Q1,2020,2023-05,The Warden | Calder I.\n\
                 captain,Nora Vell,,soon,,\n\
                 captain,,Q3,,,\n\
                 short\n\
                 ,Bram Odell,Q2,2020,,\n\
                 pilot,Bram Odell,Q2,2023,2020,\n\
                 pilot,Bram Odell,Q2,,,\n";
    fs::write(place.at("people.csv"), table).expect("it can be written");
    let bad = "! warning: people.csv:3: `soon` is not a date: write `2024`, `2024-10` or `2024-10-19`\n\
               ! warning: people.csv:4: no name\n\
               ! warning: people.csv:5: 1 columns where the first line has 6\n\
               ! warning: people.csv:6: dates without a role\n\
               ! warning: people.csv:7: `2023` is later than `2020`\n";
    check(
        &place,
        &["voices", "import", "people.csv", "--dry-run"],
        &format!("4\n| would import 2 rows about 2 people; 2 voices of the record are theirs\n{bad}"),
    );
    assert!(lines(&place, "decision").is_empty());
    check(
        &place,
        &["voices", "import", "people.csv", "--by", "Vera"],
        &format!("4\n| m-1: 2 rows about 2 people imported; 2 voices of the record are theirs\n{bad}"),
    );
    check(
        &place,
        &["voices", "import", "people.csv"],
        &format!("4\n| nothing new; 2 rows known already\n{bad}"),
    );
    let voices = lines(&place, "voice");
    let calder = voices.iter().find(|voice| voice["name"] == "Ines Calder").expect("she speaks");
    assert_eq!(calder["identifiers"], serde_json::json!(["Q1"]));
    assert_eq!(calder["aliases"], serde_json::json!(["Calder I.", "The Warden"]));
    let role = serde_json::json!({"role": "harbour master", "from": "2020", "to": "2023-05"});
    assert!(calder["roles"].as_array().expect("a list").contains(&role), "{calder}");
    let shown =
        String::from_utf8_lossy(&place.run(&["show", "The Warden", "--format", "table"]).stdout).into_owned();
    assert!(shown.contains("identifier    Q1\n"), "{shown}");
    assert!(shown.contains("harbour master (imported; 2020 to May 2023)"), "{shown}");
    assert_eq!(lines(&place, "decision")[0]["value"], serde_json::json!({"file": "people.csv", "rows": 2}));
    let list =
        String::from_utf8_lossy(&place.run(&["undo", "--list", "--format", "table"]).stdout).into_owned();
    assert!(list.contains("2 rows imported from `people.csv`"), "{list}");
    check(&place, &["undo"], "0\n| undone: m-1: what 2 rows of `people.csv` say holds no more\n");
    assert_eq!(place.run(&["doctor"]).status.code(), Some(0));
    fs::write(place.at("none.csv"), "who\nAda\n").expect("it can be written");
    check(
        &place,
        &["voices", "import", "none.csv"],
        "2\n! error: `none.csv` has no column `name`\n! hint: the first line names the columns: name, alias, identifier, role, from, to, kind\n",
    );
    check(
        &place,
        &["voices", "import", "gone.csv"],
        "4\n! error: cannot read `gone.csv`: no such file or folder\n",
    );
}

#[test]
fn a_name_that_seems_to_be_two_people_s_is_listed() {
    let place = with_store();
    for (words, role) in [("harbour", "mayor of Morvenec"), ("late", "goalkeeper of Sundvik")] {
        place.run(&["correct", &attribution(&place, words), "--speaker", "Ines Calder", "--role", role]);
    }
    let why = "roles that one person hardly has at once: `goalkeeper of Sundvik`, `mayor of Morvenec`";
    let table = place.run(&["voices", "--doubtful", "--format", "table"]);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.starts_with("Ines Calder · 2 reports · v-"), "{table}");
    assert!(table.ends_with("1 name is doubtful\n"), "{table}");
    let command = table.lines().find(|line| line.contains("saidline voices split v-")).expect("it says how");
    assert!(command.ends_with(" --role 'mayor of Morvenec'"), "{command}");
    let line = place.run(&["voices", "--doubtful"]).stdout;
    let line: serde_json::Value = serde_json::from_slice(&line).expect("it is JSON");
    assert_eq!((&line["words"], &line["reason"]), (&why.into(), &"roles-at-odds".into()));
    assert_eq!(line["between"], serde_json::json!(["goalkeeper of Sundvik", "mayor of Morvenec"]));
    let csv = place.run(&["voices", "--doubtful", "--format", "csv"]);
    assert!(String::from_utf8_lossy(&csv.stdout).ends_with(&format!(",,,,person,,\"{why}\"\n")));
}

#[test]
fn reports_of_one_name_are_parted_and_put_back() {
    let place = Place::with(&[
        ("a.txt", "“The harbour opens on Monday,” Ines Calder said.\n".as_bytes()),
        ("b.txt", "“We lost the match on Sunday,” Ines Calder said.\n".as_bytes()),
    ]);
    for (file, outlet) in [("a.txt", "The Gazette"), ("b.txt", "The Ledger")] {
        assert_eq!(place.run(&["add", file, "--outlet", outlet]).status.code(), Some(0));
    }
    check(
        &place,
        &[
            "voices",
            "split",
            "Ines Calder",
            "--outlet",
            "the ledger",
            "--as",
            "Ines Calder II",
            "--by",
            "Vera",
        ],
        "0\n| m-1: `Ines Calder` in `the ledger` is another voice: `Ines Calder II`\n",
    );
    let shown = place.run(&["show", "Ines Calder II", "--format", "table"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("parted") && shown.contains("by Vera (m-1)"), "{shown}");
    let count = |place: &Place| String::from_utf8_lossy(&place.run(&["voices"]).stdout).lines().count();
    assert_eq!(count(&place), 2);
    let decision = &lines(&place, "decision")[0];
    assert_eq!(decision["action"], "part");
    assert_eq!(decision["value"], serde_json::json!({"outlet": "the ledger"}));
    check(
        &place,
        &["undo", "m-1"],
        "0\n| undone: m-1: `Ines Calder` in `the ledger` is no more parted from `Ines Calder` by your word\n",
    );
    assert_eq!(count(&place), 1);
    let nobody = place.run(&["voices", "split", "Ines Calder", "--role", "pilot"]);
    assert!(
        String::from_utf8_lossy(&nobody.stderr).contains("no page has `Ines Calder` with a role of `pilot`")
    );
    assert_ne!(nobody.status.code(), Some(0));
    // Two names and what parts one name are not asked for together.
    assert_eq!(place.run(&["voices", "split", "Ines Calder", "X", "--role", "pilot"]).status.code(), Some(2));
}

#[test]
fn single_reports_are_parted_with_one_command_and_put_back_with_one() {
    let page = "“The harbour opens on Monday,” Ines Calder said.\n\n“We lost the match on Sunday,” Ines Calder said.\n\n\
                “The boats are old,” Ines Calder said.\n";
    let place = Place::with(&[("a.txt", page.as_bytes())]);
    assert_eq!(place.run(&["add", "a.txt"]).status.code(), Some(0));
    let count = |place: &Place| String::from_utf8_lossy(&place.run(&["voices"]).stdout).lines().count();
    let mut ids: Vec<String> = lines(&place, "attribution")
        .iter()
        .filter(|line| !line["content"].to_string().contains("harbour"))
        .map(|line| line["id"].as_str().expect("it has an id").to_owned())
        .collect();
    ids.sort();
    let [one, other] = &ids[..] else { panic!("two reports: {ids:?}") };
    let split =
        ["voices", "split", "Ines Calder", "--report", one, "--report", other, "--as", "Ines Calder II"];
    let said =
        |n: usize, id: &str| format!("| d-{n} of {id}: `Ines Calder` is another voice: `Ines Calder II`\n");
    check(&place, &split, &format!("0\n{}{}", said(1, one), said(2, other)));
    assert_eq!(count(&place), 2);
    let decision = &lines(&place, "decision")[1];
    assert_eq!(
        (decision["action"].as_str(), decision["attribution"].as_str()),
        (Some("part"), Some(other.as_str()))
    );
    assert_eq!(decision["names"][1], serde_json::json!({"name": "Ines Calder II", "kind": "person"}));
    let shown = place.run(&["show", one, "--format", "table"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.lines().any(|line| line.starts_with("parted ")), "{shown}");
    let undone = |n: usize, id: &str| {
        format!("| undone: d-{n} of {id}: `Ines Calder` is no more parted as `Ines Calder II` by your word\n")
    };
    check(&place, &["undo"], &format!("0\n{}{}", undone(1, one), undone(2, other)));
    assert_eq!(count(&place), 1);
    // What is wrong with a report is hinted at with reports.
    check(
        &place,
        &["voices", "split", "Ines Calder", "--report", "a-0000"],
        "1\n! error: no attribution `a-0000`\n! hint: `saidline show NAME` and `saidline search` list reports with their ids (`a-…`), `saidline voices` voices\n",
    );
    // The other ways to part are not asked for together with it.
    let both = ["voices", "split", "Ines Calder", "--report", one, "--role", "pilot"];
    assert_eq!(place.run(&both).status.code(), Some(2));
}

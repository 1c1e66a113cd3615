//! Asking a record: what is printed, and with which exit status.

mod common;

use common::Place;
use saidline::{
    Act, ActClass, ActType, Attribution, Basis, Dated, Document, How, Kind, Known, Mention, Page, Polarity,
    QuotationKind, Reading, Said, SaidBasis, Span, Speaker, SpeakerKind, Venue, VenueKind, When,
};
use saidline_store::{Run, Store};

/// A page on which each of `said` is said by somebody.
fn page(n: usize, outlet: &str, date: &str, said: &[(&str, &str)]) -> (Page, Reading) {
    let mut text = String::new();
    let mut attributions = Vec::new();
    for (name, words) in said {
        let content = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        text.push_str(", said ");
        let source = Span::new(text.len(), text.len() + name.len());
        text.push_str(name);
        text.push_str(". ");
        let speaker = Speaker {
            name: (*name).to_owned(),
            kind: SpeakerKind::Person,
            role: None,
            how: How::Name,
            antecedent: None,
            confidence: 0.9,
        };
        let cue = Span::new(content.end as usize + 2, content.end as usize + 6);
        attributions.push(Attribution {
            speakers: vec![speaker],
            act: Some(Act { class: ActClass::Speech, r#type: None }),
            ..Attribution::new(QuotationKind::Direct, vec![source], vec![cue], vec![content], 0.9)
        });
    }
    let page = Page {
        bytes: text.clone().into_bytes(),
        kind: Kind::Text,
        path: format!("{n}.txt"),
        known: Known { outlet: Some(outlet.to_owned()), ..Known::default() },
        ..Page::default()
    };
    let when = When::at(date.parse().expect("a date"));
    let document = Document {
        text,
        title: Some(format!("Page {n}")),
        outlet: Some(outlet.to_owned()),
        published: Some(Dated { when, text: None, span: None, basis: Basis::Caller }),
        ..Document::default()
    };
    let reading = Reading {
        page: page.id(),
        document,
        attributions,
        notes: Vec::new(),
        model: "m".into(),
        meanings: Vec::new(),
    };
    (page, reading)
}

/// A folder with a record of three pages.
fn place() -> Place {
    kept([
        page(
            1,
            "The Gazette",
            "2024-03-01",
            &[("Ines Calder", "the harbour stays open"), ("Tom Low", "it closes")],
        ),
        page(2, "The Gazette", "2024-05", &[("Ines Calder", "=harbour taxes, all of them")]),
        page(3, "Star", "2023-11-02", &[("Søren Aurland", "\u{1b}[31mwe wait for the harbour")]),
    ])
}

/// A folder with a record of a page of which not all was said.
fn place_of_acts() -> Place {
    let said = [
        ("Ines Calder", "the harbour stays open"),
        ("Ines Calder", "the harbour may close"),
        ("Tom Low", "to sell the harbour"),
        ("Tom Low", "the harbour is full"),
        ("Tom Low", "harbours are read again"),
    ];
    let (page, mut reading) = page(1, "The Gazette", "2024-03-01", &said);
    let acts = [ActClass::Speech, ActClass::Thought, ActClass::Plan, ActClass::Finding];
    let acts = acts.map(|class| Some(Act { class, r#type: None })).into_iter().chain([None]);
    reading.attributions.iter_mut().zip(acts).for_each(|(attribution, act)| attribution.act = act);
    kept([(page, reading)])
}

/// A folder with a record of pages.
fn kept(pages: impl IntoIterator<Item = (Page, Reading)>) -> Place {
    let place = Place::with(&[]);
    let mut store = Store::create(&place.at("saidline.db")).expect("a store can be made");
    let run = Run {
        command: "add",
        version: "0.1.0".to_owned(),
        model: "m".to_owned(),
        weights: String::new(),
        options: "{}".to_owned(),
        by: "tester".to_owned(),
        began: "2025-01-01T00:00:00Z".to_owned(),
    };
    let mut writer = store.writer(run, true, false);
    for (page, reading) in pages {
        writer.add(page, reading).expect("a page can be added");
    }
    writer.unread("broken.gz", "the gzip data is damaged");
    writer.finish("2025-01-01T00:00:01Z").expect("the run ends");
    place
}

/// Runs `saidline` on the record and holds exit status, output (`|`) and messages (`!`) against `expected`; ids are
/// shown as `ID`.
#[track_caller]
fn check(arguments: &[&str], expected: &str) {
    check_in(&place(), arguments, expected);
}

#[track_caller]
fn check_in(place: &Place, arguments: &[&str], expected: &str) {
    let output = place.run(arguments);
    let mut answer = format!("{}\n", output.status.code().expect("it was not killed"));
    for (mark, lines) in [('|', &output.stdout), ('!', &output.stderr)] {
        for line in String::from_utf8(lines.clone()).expect("it is text").lines() {
            answer.push_str(format!("{mark} {line}").trim_end());
            answer.push('\n');
        }
    }
    let is_id = |word: &str| {
        let digits = word.trim_start_matches("a-").trim_start_matches("v-").trim_start_matches("sha256:");
        digits.len() >= 20 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut shown = String::new();
    for part in answer.split_inclusive([' ', ',', '"', '\n']) {
        let word = part.trim_end_matches([' ', ',', '"', '\n']);
        shown.push_str(&if is_id(word) { part.replace(word, "ID") } else { part.to_owned() });
    }
    assert_eq!(shown, expected, "saidline {}", arguments.join(" "));
}

#[test]
fn a_search_shows_reports() {
    check(
        &["search", "stays", "open", "--format", "table"],
        "0\n| Ines Calder · said\n|     the harbour stays open\n\
         |     published 1 March 2024 · The Gazette · Page 1 · ID\n|\n| 1 report, best first\n",
    );
    check(
        &["search", "--speaker", "soren", "--format", "table"],
        "0\n| Søren Aurland · said\n|     [31mwe wait for the harbour\n\
         |     published 2 November 2023 · Star · Page 3 · ID\n|\n| 1 report, newest first\n",
    );
    check(
        &["search", "harbour", "--sort", "oldest", "--limit", "1", "--format", "table"],
        "0\n| Søren Aurland · said\n|     [31mwe wait for the harbour\n\
         |     published 2 November 2023 · Star · Page 3 · ID\n|\n| 1 of 3 reports, oldest first\n",
    );
    check(&["search", "parliament", "--format", "table"], "1\n| nothing fits\n");
    check(
        &["search", "harbour", "--limit", "0", "--facets", "--format", "table"],
        "0\n| 0 of 3 reports, best first\n|\n| speakers\n\
         |   Ines Calder    2  ████████████████████████████████████████\n\
         |   Søren Aurland  1  ████████████████████\n|\n| outlets\n\
         |   The Gazette  2  ████████████████████████████████████████\n\
         |   Star         1  ████████████████████\n|\n| months\n\
         |   2023-11  1  ████████████████████████████████████████\n\
         |   2024-03  1  ████████████████████████████████████████\n\
         |   2024-05  1  ████████████████████████████████████████\n",
    );
}

/// The words that a search in the record of acts shows, and what it says below.
#[track_caller]
fn check_acts(arguments: &[&str], status: i32, expected: &str) {
    let output = place_of_acts().run(&[&["search", "--format", "table"], arguments].concat());
    let shown = String::from_utf8(output.stdout).expect("it is text");
    let lines = shown.lines().filter(|line| !line.is_empty() && !line.contains("Page 1"));
    let lines: Vec<_> = lines.map(str::trim).collect();
    assert_eq!((output.status.code(), lines.join(" | ").as_str()), (Some(status), expected), "{arguments:?}");
}

#[test]
fn a_search_shows_what_was_said_and_how_much_else_there_is() {
    // Of what was read before acts were told nobody knows that it was not said.
    check_acts(
        &[],
        0,
        "Ines Calder · said | the harbour stays open | Tom Low · said | harbours are read again | \
         2 reports, newest first | 3 more that were thought, planned, found or ordered: `--all`",
    );
    check_acts(&["full"], 1, "nothing fits | 1 more that was thought, planned, found or ordered: `--all`");
    check_acts(
        &["full", "--all"],
        0,
        "Tom Low · said · finding | the harbour is full | 1 report, best first",
    );
    check_acts(
        &["--act", "plan", "--act", "thought"],
        0,
        "Ines Calder · said · thought | the harbour may close | Tom Low · said · plan | to sell the harbour | \
         2 reports, newest first",
    );
    check_acts(&["--act", "order", "--all"], 1, "nothing fits");
    check_acts(&["--all", "--limit", "0"], 0, "0 of 5 reports, newest first");
    let output = place_of_acts().run(&["search", "--format", "jsonl"]);
    let shown = String::from_utf8(output.stdout).expect("it is text");
    let lines: Vec<serde_json::Value> =
        shown.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!((&lines[0]["total"], &lines[0]["left_out"]), (&2.into(), &3.into()));
    assert_eq!((&lines[1]["act"]["class"], &lines[2]["act"]), (&"speech".into(), &serde_json::Value::Null));
}

#[test]
fn a_page_and_a_voice_are_shown_with_what_was_said() {
    let check = |arguments: &[&str], there: &[&str], absent: &[&str]| {
        let output = place_of_acts().run(&[&["show", "--format", "table"], arguments].concat());
        let shown = String::from_utf8(output.stdout).expect("it is text");
        there.iter().for_each(|line| assert!(shown.contains(line), "{arguments:?}: `{line}` in\n{shown}"));
        absent.iter().for_each(|line| assert!(!shown.contains(line), "{arguments:?}: `{line}` in\n{shown}"));
    };
    let left_out = "3 more that were thought, planned, found or ordered: `--all`";
    check(&["1.txt"], &["[1] Ines", "[5] Tom", left_out], &["[2] Ines", "[3] Tom", "[4] Tom", "plan ·"]);
    check(&["1.txt", "--all"], &["[2] Ines", "· thought", "· plan", "· finding"], &[left_out]);
    let left_out = "2 more that were thought, planned, found or ordered: `--all`";
    check(&["Tom Low"], &["reports       3", "harbours are read again", left_out], &["to sell the harbour"]);
    check(
        &["Tom Low", "--all"],
        &["harbours are read again", "· plan\n", "to sell the harbour"],
        &["more that"],
    );
}

#[test]
fn stats_count_acts() {
    let output = place_of_acts().run(&["stats", "--format", "table"]);
    let shown = String::from_utf8(output.stdout).expect("it is text");
    let line = "1 speech · 1 thought · 1 plan · 1 finding · 1 read before acts were told\n";
    assert!(shown.contains(line), "{shown}");
    let output = place_of_acts().run(&["stats", "--format", "csv"]);
    let shown = String::from_utf8(output.stdout).expect("it is text");
    assert!(shown.contains("acts,plan,,1\nacts,finding,,1\nacts,order,,0\nacts,none,,1\n"), "{shown}");
}

#[test]
fn a_search_prints_for_programs_and_spreadsheets() {
    check(
        &["search", "\"harbour taxes\"", "--format", "csv"],
        "0\n| id,speaker,role,voice,kind,act,act_type,polarity,addressee,venue,content,cue,date,said_basis,outlet,title,url,page,path,confidence,corrected,statement,reports,outlets,likeness\n\
         | ID,Ines Calder,,ID,direct,speech,,,,,\"'=harbour taxes, all of them\",said,2024-05,,The Gazette,Page 2,,ID,2.txt,0.9,,,,,\n",
    );
    check(
        &["search", "wait*", "--since", "2023", "--until", "2023-11"],
        "0\n| {\"left_out\":0,\"order\":\"best\",\"outlets\":[],\"speakers\":[],\"total\":1,\"type\":\"search\",\"unmatched\":[],\"version\":1,\"without_meaning\":0}\n\
         | {\"act\":{\"class\":\"speech\",\"type\":null},\"addressees\":[],\"confidence\":0.9,\"content\":[\"\\u001b[31mwe wait for the harbour\"],\"corrected\":[],\"cue\":\"said\",\
         \"date\":\"2023-11-02\",\"id\":\"ID\",\"kind\":\"direct\",\"likeness\":null,\"marks\":[{\"end\":12,\"piece\":0,\"start\":8}],\
         \"outlet\":\"Star\",\"page\":\"ID\",\"path\":\"3.txt\",\"polarity\":null,\"rejected\":false,\"said\":null,\"shown\":true,\"source\":\"Søren \
         Aurland\",\"speakers\":[{\"kind\":\"person\",\"name\":\"Søren Aurland\",\"role\":null,\"voice\":\"ID\"}],\"statement\":null,\
         \"title\":\"Page 3\",\"type\":\"found\",\"url\":null,\"venue\":null,\"version\":1}\n",
    );
}

#[test]
fn what_cannot_be_asked_is_explained() {
    check(
        &["search", "--facets", "--format", "csv"],
        "2\n! error: `--facets` cannot be printed as CSV\n! hint: `--format jsonl` has both\n",
    );
    check(
        &["search", "--speaker", "Caldr", "--format", "table"],
        "1\n| nothing fits\n! warning: no voice is called `Caldr`\n! hint: near to it: `Ines Calder`\n",
    );
    check(
        &["search", "--store", "gone.db"],
        "3\n! error: there is no store at `gone.db`\n\
         ! hint: `saidline add PATH` makes one; `--store FILE` names another\n",
    );
    let output = place().run(&["search", "--act", "deny"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("speech, thought, plan, finding, order"));
    let output = place().run(&["search", "--since", "yesterday"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("write it as 2024, 2024-10,"));
}

#[test]
fn voices_are_listed() {
    check(
        &["voices", "--limit", "1", "--format", "table"],
        "0\n| Ines Calder · 2 reports · ID\n|     1 March 2024 to May 2024 · The Gazette 2\n| 1 of 3 voices\n",
    );
    check(
        &["voices", "low", "--format", "csv"],
        "0\n| id,name,kind,count,outlets,first,last,aliases\n| ID,Tom Low,person,1,1,2024-03-01,2024-03-01,\n",
    );
    check(
        &["voices", "--sort", "name", "--offset", "2"],
        "0\n| {\"aliases\":[],\"count\":1,\"first\":\"2024-03-01\",\"id\":\"ID\",\"kind\":\"person\",\"last\":\"2024-03-01\",\
         \"name\":\"Tom Low\",\"outlets\":[{\"count\":1,\"name\":\"The Gazette\"}],\"type\":\"heard\",\"version\":1}\n",
    );
    check(
        &["voices", "Aurlund", "--format", "table"],
        "1\n| 0 voices\n! warning: no voice is called `Aurlund`\n! hint: near to it: `Søren Aurland`\n",
    );
}

#[test]
fn stats_say_what_is_there() {
    let output = place().run(&["stats", "--format", "table"]);
    let shown = String::from_utf8(output.stdout).expect("it is text");
    for line in [
        "          3 pages      3 documents\n",
        "          4 reports    4 direct\n                       4 speech\n",
        "          3 voices     3 with a name\n",
        "pages by month\n  2023-11  1  ███",
        "  broken.gz: the gzip data is damaged\n",
        "  2025-01-01T00:00:00Z  add of 3 pages by tester, saidline 0.1.0, m\n",
    ] {
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
    let output = place().run(&["stats"]);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is an object");
    assert_eq!((&line["pages"], &line["attributions"]["direct"]), (&3.into(), &4.into()));
    let output = place().run(&["stats", "--format", "csv"]);
    let shown = String::from_utf8(output.stdout).expect("it is text");
    assert!(shown.contains("month,The Gazette,2024-05,1\n"), "{shown}");
}

/// What a command prints on a record, which it must do without a word on standard error.
#[track_caller]
fn shown(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    String::from_utf8(output.stdout).expect("it is text")
}

#[test]
fn what_was_not_asserted_says_so_in_every_table() {
    let said = [
        ("Ines Calder", "the harbour is sold"),
        ("Ines Calder", "the pier is shut"),
        ("Ines Calder", "the crane is lost"),
        ("Ines Calder", "the quay is safe"),
        ("Ines Calder", "the boats are here"),
    ];
    let (page, mut reading) = page(1, "The Gazette", "2024-03-01", &said);
    let polarities = [
        Polarity::ContentDenied,
        Polarity::SayingDenied,
        Polarity::Hypothetical,
        Polarity::Asked,
        Polarity::Affirmed,
    ];
    for (attribution, polarity) in reading.attributions.iter_mut().zip(polarities) {
        attribution.polarity = Some(polarity);
    }
    let place = kept([(page, reading)]);
    for arguments in [&["search"][..], &["show", "Ines Calder"], &["show", "1.txt"]] {
        let found = shown(&place, &[arguments, &["--format", "table"]].concat());
        for denial in ["denies this", "did not say", "might say this", "asks this"] {
            assert_eq!(found.matches(&format!(" · {denial} · said")).count(), 1, "{denial} in\n{found}");
        }
    }
    let id = shown(&place, &["search", "sold", "--format", "csv"]);
    let id = id.lines().nth(1).and_then(|row| row.split(',').next()).expect("a row").to_owned();
    let found = shown(&place, &["show", &id, "--format", "table"]);
    assert!(found.starts_with("Ines Calder said – denies this:\n    the harbour is sold\n"), "{found}");
}

#[test]
fn whom_where_and_how_the_date_is_known_is_told() {
    let words = "that the pier is shut, in an interview with the Star for reporters on Tuesday";
    let (page, mut reading) = page(1, "The Gazette", "2024-03-06", &[("Ines Calder", words)]);
    let of = |words: &str| {
        let start = reading.document.text.find(words).expect("the words stand there");
        Span::new(start, start + words.len())
    };
    let (venue, star, reporters, day) =
        (of("in an interview with the Star"), of("the Star"), of("reporters"), of("on Tuesday"));
    let told = &mut reading.attributions[0];
    told.content = vec![Span::new(0, "that the pier is shut".len())];
    let mention = |span| Mention { span, name: None, kind: None };
    told.addressees = vec![mention(star), mention(reporters)];
    told.venue = Some(Venue { span: venue, name: Some("Star".to_owned()), kind: VenueKind::Interview });
    let when = When::at("2024-03-05".parse().expect("a date"));
    told.said = Some(Said::within(when, Some(day), SaidBasis::Event));
    let place = kept([(page, reading)]);
    check_in(
        &place,
        &["search", "pier", "--format", "table"],
        "0\n| Ines Calder · said\n|     that the pier is shut\n\
         |     to reporters · in an interview with the Star · said 5 March 2024 (day of the\n\
         |     event) · The Gazette · Page 1 · ID\n|\n| 1 report, best first\n",
    );
    check_in(
        &place,
        &["search", "--to", "Reporter", "--venue", "post", "--format", "table"],
        "1\n| nothing fits\n! warning: no venue is called `post`\n! hint: the commonest are `interview`\n\
         ! warning: no addressee is called `Reporter`\n! hint: near to it: `reporters`\n",
    );
    check_in(
        &place,
        &["search", "--venue", "xyzzy", "--format", "table"],
        "1\n| nothing fits\n! warning: no venue is called `xyzzy`\n! hint: the commonest are `interview`, `Star`\n",
    );
}

#[test]
fn a_page_that_comes_again_with_more_known_of_it_counts_once() {
    let said = [("Ines Calder", "the harbour stays open")];
    let again = |outlet| page(1, outlet, "2024-03-01", &said);
    let place = kept([again("Gazete"), again("The Gazette"), page(2, "Star", "2024-03-01", &said)]);
    let found = shown(&place, &["search", "harbour", "--format", "table"]);
    assert!(found.contains("· The Gazette · Page 1 ·") && found.contains("· Star · Page 2 ·"), "{found}");
    assert!(found.ends_with("2 reports, best first\n"), "{found}");
    let stats = shown(&place, &["stats", "--format", "table"]);
    assert!(stats.contains("  3 pages      2 documents · 1 captured again\n"), "{stats}");
    assert!(stats.contains("  2 reports    2 direct\n"), "{stats}");
    let lines = shown(&place, &["export"]);
    assert_eq!(lines.matches("\"type\":\"attribution\"").count(), 2, "{lines}");
    assert_eq!(lines.matches("\"same\":\"sha256:").count(), 1, "{lines}");
    let checked = String::from_utf8(place.run(&["doctor"]).stdout).expect("it is text");
    assert!(checked.contains("one of each page is shown"), "{checked}");
}

#[test]
fn a_surname_shows_whom_it_is_short_for() {
    let pages = |names: &[&str]| -> Vec<_> {
        let pages = names.iter().enumerate();
        let words = |n| format!("the harbour stays open on day {n}");
        pages.map(|(n, name)| page(n, "Star", "2024", &[(*name, words(n).as_str())])).collect()
    };
    let first_lines = |names: &[&str], asked: &str| {
        let output = kept(pages(names)).run(&["show", asked, "--format", "table"]);
        let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().next().map(str::to_owned);
        (lines(&output.stdout).unwrap_or_default(), lines(&output.stderr).unwrap_or_default())
    };
    let (shown, warned) = first_lines(&["Ines Calder"], "Calder");
    assert_eq!((shown.as_str(), warned.as_str()), ("Ines Calder", ""));
    let (shown, warned) = first_lines(&["Ines Calder", "Tom Calder"], "Calder");
    assert_eq!(shown, "");
    assert!(warned.starts_with("error: there is no `Calder` here, but `Ines Calder` (`v-"), "{warned}");
    let (shown, warned) = first_lines(&["Ines Calder", "Tom Calder", "Calder"], "Calder");
    assert_eq!(shown, "Calder");
    assert!(warned.starts_with("warning: `Calder` can also mean `Ines Calder` (`v-"), "{warned}");
    assert!(warned.contains(", 1 report), `Tom Calder` (`v-"), "{warned}");
    // Whoever is heard most is meant, and the others are named.
    let (shown, warned) = first_lines(&["Ines Calder", "Tom Calder", "Ines Calder", "Calder"], "Calder");
    assert_eq!(shown, "Ines Calder");
    assert!(warned.starts_with("warning: `Calder` can also mean `Calder` (`v-"), "{warned}");
    assert!(warned.contains(", 1 report), `Tom Calder` (`v-"), "{warned}");
    let (shown, warned) = first_lines(&["Ines Calder", "Tom Calder", "Ines Calder"], "Calder");
    assert_eq!(shown, "Ines Calder");
    assert!(warned.starts_with("warning: `Calder` can also mean `Tom Calder` (`v-"), "{warned}");
}

#[test]
fn what_is_like_a_statement_shares_words_with_it_and_nothing_else_does() {
    let said = [
        ("Ines Calder", "“We have only stopped bailing the old ferry of Morvenec out”"),
        ("Tom Low", "“My wife grew the tallest roses of the whole parish”"),
    ];
    let place = kept([
        page(1, "Star", "2021-06-10", &said),
        page(
            2,
            "Gazette",
            "2025-05-16",
            &[("Ines Calder", "“The old ferry of Morvenec was never bailed out”")],
        ),
    ]);
    let id = |name: &str| {
        let lines = shown(&place, &["timeline", name, "--until", "2022", "--format", "jsonl"]);
        let line: serde_json::Value =
            serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
        line["statement"].as_str().expect("an id").to_owned()
    };
    // Years later, too; and what is not alike is not listed.
    let like = shown(&place, &["similar", &id("Ines Calder"), "--format", "jsonl"]);
    assert_eq!(like.lines().count(), 1, "{like}");
    assert!(like.contains("was never bailed out"), "{like}");
    let alone = place.run(&["similar", &id("Tom Low"), "--format", "table"]);
    assert!(String::from_utf8_lossy(&alone.stdout).contains("nothing is like it"));
    assert_eq!(alone.status.code(), Some(1));
}

#[test]
fn who_asks_for_denials_in_one_way_is_told_of_the_other() {
    let (page, mut reading) = page(1, "Star", "2024-03-01", &[("Ines Calder", "the harbour closes")]);
    reading.attributions[0].act = Some(Act { class: ActClass::Speech, r#type: Some(ActType::Oppose) });
    reading.attributions[0].polarity = Some(Polarity::ContentDenied);
    let place = kept([(page, reading)]);
    let output = place.run(&["search", "--type", "deny", "--format", "table"]);
    let warned = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(warned.contains("hint: 1 report fits with `--polarity content-denied`"), "{warned}");
    let output = place.run(&["search", "--polarity", "content-denied", "--format", "table"]);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn an_export_takes_what_a_search_finds() {
    let place = place();
    let types = |arguments: &[&str]| -> Vec<String> {
        let lines = shown(&place, &[&["export"], arguments].concat());
        let lines = lines.lines().map(serde_json::from_str::<serde_json::Value>);
        let lines = lines.map(|line| line.expect("a line is JSON"));
        lines
            .map(|line| {
                let name = [&line["name"], &line["path"]].into_iter().find_map(|name| name.as_str());
                format!("{} {}", line["type"].as_str().expect("a type"), name.unwrap_or_default())
            })
            .collect()
    };
    let calder = ["attribution 2.txt", "page 2.txt", "statement ", "voice Ines Calder"];
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(types(&["--speaker", "calder", "--since", "2024-04"])), calder);
    assert_eq!(sorted(types(&["harbour", "taxes"])), calder);
    // Of a page only what is meant.
    let low = ["attribution 1.txt", "page 1.txt", "statement ", "voice Tom Low"];
    assert_eq!(sorted(types(&["--speaker", "low"])), low);
    let rows = shown(&place, &["export", "--format", "csv", "--outlet", "star"]);
    assert_eq!(rows.lines().count(), 2, "{rows}");
    assert_eq!(shown(&place, &["export", "--into", "tables", "--speaker", "low"]), "");
    for (table, rows) in [("pages", 1), ("quotes", 1), ("speakers", 1), ("voices", 1), ("decisions", 0)] {
        let table = std::fs::read_to_string(place.at("tables").join(format!("{table}.csv"))).expect("text");
        assert_eq!(table.lines().count(), 1 + rows, "{table}");
    }
    check_in(
        &place,
        &["export", "--speaker", "Caldr"],
        "1\n! warning: no voice is called `Caldr`\n! hint: near to it: `Ines Calder`\n\
         ! warning: nothing fits, and nothing is written\n",
    );
}

#[test]
fn a_page_without_a_title_is_known_by_its_first_words_and_its_path() {
    let (page, mut reading) = page(1, "The Gazette", "2024-03-01", &[("Ines Calder", "the harbour is sold")]);
    reading.document.title = None;
    let place = kept([(page, reading)]);
    let found = shown(&place, &["show", "1.txt", "--format", "table"]);
    assert!(found.starts_with("(no title) the harbour is sold, said Ines Calder. …\n"), "{found}");
    let found = shown(&place, &["search", "--format", "table"]);
    assert!(found.contains("published 1 March 2024 · The Gazette · 1.txt · a-"), "{found}");
}

#[test]
fn of_very_many_reports_so_many_are_shown_as_are_wanted() {
    let words: Vec<String> = (1..=14).map(|n| format!("crane {n} of the northern quay is lost")).collect();
    let said: Vec<_> = words.iter().map(|words| ("Ines Calder", words.as_str())).collect();
    let place = kept([
        page(1, "The Gazette", "2024-03-01", &said),
        page(2, "The Ledger", "2024-03-02", &[("Ada Finch", "nobody sails from the old harbour in winter")]),
        page(3, "The Star", "2024-03-02", &[("Ada Finch", "nobody sails from the old harbour in winter")]),
    ]);
    let check = |asked: &[&str], reports: usize, more: &str| {
        let found = shown(&place, &[&["show", "--format", "table"], asked].concat());
        let listed = found.lines().filter(|line| line.contains("· said") || line.contains("· a-"));
        // In the text of a page the same ids do not stand.
        let listed = listed.filter(|line| line.contains("a-")).count();
        assert_eq!(listed, reports, "{asked:?}\n{found}");
        let told: Vec<_> = found.lines().filter(|line| line.contains("`--limit`")).map(str::trim).collect();
        assert_eq!(told.join(""), more, "{asked:?}\n{found}");
    };
    check(&["Ines Calder"], 10, "and 4 earlier: `--limit`");
    check(&["Ines Calder", "--limit", "3"], 3, "and 11 earlier: `--limit`");
    check(&["Ines Calder", "--limit", "20"], 14, "");
    check(&["1.txt"], 14, "");
    check(&["1.txt", "--limit", "5"], 5, "and 9 more: `--limit`");
    let id = shown(&place, &["timeline", "Ada Finch", "--format", "jsonl"]);
    let id =
        id.split("\"statement\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a statement");
    check(&[id], 2, "");
    check(&[id, "--limit", "1"], 1, "and 1 more: `--limit`");
}

//! `check` as its users meet it, on the examples.

mod common;

use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Output;

use common::Place;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const DRAFT: &str = "Kestria’s foreign minister, Andrei Talvorin, has not given up on Norway.

“I have seen the timetable and I have seen the boat,” Talvorin told a trade fair in Vardin. “They’re both in worse condition than the diplomacy was.”

“A neighbour is somebody whose roof you can see from your kitchen, and whose smoke you can smell,” he told the Harbour Gazette.

“They are talking about smoke and roofs,” said Marit Tveitmark, the Norwegian foreign minister.

Talvorin said that he had every sympathy with the dockers.

“The cable was cut by a swordfish with a grudge,” said Grete Fjellstad.
";

const VERDICTS: [&str; 5] = ["altered", "cut", "other-speaker", "supported", "not-on-record"];

/// A folder with a record of two examples.
fn with_record() -> Place {
    let place = Place::with(&[("draft.txt", DRAFT.as_bytes())]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let paths = ["northline-24-ferry.txt", "harbour-gazette-interview.html"].map(|name| examples.join(name));
    let paths: Vec<_> = paths.iter().map(|path| path.to_str().expect("a path in UTF-8")).collect();
    let added = place.run(&["add", paths[0], paths[1]]);
    assert!(added.status.success(), "{added:?}");
    place
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn verdicts(output: &Output) -> Vec<String> {
    let lines = text(output);
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
    lines.map(|line| line["verdict"].as_str().expect("it has a verdict").to_owned()).collect()
}

/// A Word document of these paragraphs.
fn word(paragraphs: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part can be begun");
    let paragraphs = paragraphs.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"));
    let body: String = paragraphs.collect();
    write!(writer, "<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
        .expect("it can be written");
    writer.finish().expect("it can be closed").into_inner()
}

#[test]
fn a_draft_is_held_against_the_record() {
    let place = with_record();
    let run = |arguments: &[&str]| place.run(&[&["check", "--plain"], arguments].concat());

    let lines = run(&["draft.txt"]);
    assert_eq!((status(&lines), verdicts(&lines)), (1, VERDICTS.map(str::to_owned).to_vec()));
    let first: Value =
        serde_json::from_str(text(&lines).lines().next().expect("a line")).expect("it is JSON");
    assert_eq!(first["path"], "draft.txt");
    let (start, end) = (first["start"].as_u64().expect("a place"), first["end"].as_u64().expect("a place"));
    let letters: String = DRAFT.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(first["text"], letters.as_str());
    let here = &first["differences"][0]["here"];
    let (start, end) = (here[0].as_u64().expect("a place"), here[1].as_u64().expect("a place"));
    assert_eq!(DRAFT.chars().skip(start as usize).take((end - start) as usize).collect::<String>(), "worse");
    assert!(first["finding"] == true && first["independent"] == 1 && first["wording"] == "altered");

    // Findings whole, the rest counted; all with `--all`.
    let table = text(&run(&["draft.txt", "--format", "table"]));
    for shown in [
        "3 findings",
        "in [-better-] {+worse+} condition",
        "said by Jonas Birkeland-Roos",
        "\n    not on record\n",
    ] {
        assert!(table.contains(shown), "{shown}: {table}");
    }
    assert!(!table.contains("had every sympathy"));
    let table = text(&run(&["draft.txt", "--format", "table", "--all"]));
    assert!(table.contains("the record bears it out"), "{table}");

    let markdown = text(&run(&["draft.txt", "--format", "markdown"]));
    for shown in [
        "### altered: Andrei Talvorin",
        "~~better~~ **worse**",
        "captured ",
        "“Ferry to Bergen may sail again by spring, Kestria says”",
    ] {
        assert!(markdown.contains(shown), "{shown}: {markdown}");
    }

    // Before anything was printed nothing is on record; between the two the interview is.
    let before = run(&["draft.txt", "--as-of", "2023-10-01"]);
    assert_eq!(verdicts(&before), ["not-on-record"; 5]);
    let between = run(&["draft.txt", "--as-of", "2023-10-06"]);
    assert_eq!(verdicts(&between)[..2], ["not-on-record", "cut"]);
    // What was published at the draft's own address is no evidence: what is left is the other paper's rendering.
    let own = run(&["draft.txt", "--url", "https://harbourgazette.example/interviews/talvorin-neighbour/"]);
    assert_eq!(verdicts(&own)[1], "other-rendering");

    // A draft without a finding.
    let fine = place.command(&["check", "--plain", "-"]);
    assert_eq!(
        status(&with_input(fine, "Andrei Talvorin said that he had every sympathy with the dockers.\n")),
        0
    );
}

fn with_input(mut command: std::process::Command, text: &str) -> Output {
    use std::process::Stdio;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    child.stdin.take().expect("it has an input").write_all(text.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_word_document_is_a_draft() {
    let place = with_record();
    let whole = word(DRAFT);
    std::fs::write(place.at("draft.docx"), &whole).expect("it can be written");
    let checked = place.run(&["check", "--plain", "draft.docx"]);
    assert_eq!((status(&checked), verdicts(&checked)), (1, VERDICTS.map(str::to_owned).to_vec()));
    // `extract` and `add` read it, too.
    let read = text(&place.run(&["extract", "--plain", "draft.docx"]));
    assert!(read.contains("swordfish with a grudge"));
    assert!(place.run(&["add", "--plain", "draft.docx"]).status.success());

    // A damaged one is told, and the others are read.
    std::fs::write(place.at("broken.docx"), &whole[..whole.len() / 2]).expect("it can be written");
    let checked = place.run(&["check", "--plain", "broken.docx", "draft.txt"]);
    assert_eq!((status(&checked), verdicts(&checked).len()), (4, 5));
    let message = String::from_utf8_lossy(&checked.stderr);
    assert!(message.contains("cannot read `broken.docx`: the Word data is damaged"), "{message}");
    assert_eq!(status(&place.run(&["check", "missing.txt"])), 4);
    assert_eq!(status(&place.run(&["check", "draft.txt", "--store", "missing.db"])), 3);
}

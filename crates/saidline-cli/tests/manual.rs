//! The manual is kept true: what it shows runs, and what there is stands in it.
//!
//! In `README.md` and all Markdown below `docs`, each line of a block marked `console` that begins with `$ ` is run,
//! one after another, in a folder that holds the examples; so is each line of a block marked `sh` that begins with
//! `saidline` or `cargo run --release -- `. Getting the source, building, testing and training are left to the
//! reader. In a `console` block the lines below a command are what it must answer, `…` for any number of lines.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Place;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files_below(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.expect("a folder can be listed").path()) {
        if path.is_dir() {
            files_below(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
}

/// README and manual.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    files_below(&root().join("docs"), "md", &mut found);
    found.extend([root().join("README.md")].into_iter().filter(|readme| readme.exists()));
    found
}

/// A command in a document, and what it is shown to answer.
struct Shown {
    command: String,
    answer: Option<Vec<String>>,
}

/// The commands of a document, in order.
fn commands(document: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut fence = None;
    for line in document.lines() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            fence = if fence.is_some() { None } else { Some(info.trim().to_owned()) };
            continue;
        }
        let Some(info) = &fence else { continue };
        let prompt = line.strip_prefix("$ ").filter(|_| info == "console");
        if prompt.is_some_and(is_left_to_the_reader) {
            continue;
        }
        let script = (info == "sh" && (line.starts_with("saidline ") || line.starts_with(FROM_SOURCE)))
            .then_some(line);
        if let Some(command) = prompt.or(script) {
            let command = command.split("  #").next().unwrap_or(command).trim_end().to_owned();
            shown.push(Shown { command, answer: prompt.map(|_| Vec::new()) });
        } else if info == "console"
            && let Some(answer) = shown.last_mut().and_then(|shown| shown.answer.as_mut())
        {
            answer.push(line.trim_end().to_owned());
        }
    }
    shown
}

const FROM_SOURCE: &str = "cargo run --release -- ";

/// Whether a command gets, builds, tests or trains, which takes the repository, the network or hours.
fn is_left_to_the_reader(command: &str) -> bool {
    let word = command.split(' ').next().unwrap_or_default();
    ["git", "cargo", "cd", "./test", "python", "python3", "pip"].contains(&word)
        && !command.starts_with(FROM_SOURCE)
}

/// Whether `found` is what was shown, where `…` stands for any number of lines.
fn fits(shown: &[String], found: &[&str]) -> bool {
    match shown.split_first() {
        None => found.is_empty(),
        Some((line, rest)) if line.trim() == "…" => {
            (0..=found.len()).any(|skipped| fits(rest, &found[skipped..]))
        }
        Some((line, rest)) => {
            found.first().is_some_and(|found| line_fits(line, found)) && fits(rest, &found[1..])
        }
    }
}

/// Whether a line is what is shown, `…` standing for any words.
fn line_fits(shown: &str, found: &str) -> bool {
    match shown.split_once('…') {
        None => shown == found,
        Some((begin, rest)) => found.strip_prefix(begin).is_some_and(|found| {
            found
                .char_indices()
                .map(|(at, _)| at)
                .chain([found.len()])
                .any(|at| line_fits(rest, &found[at..]))
        }),
    }
}

#[test]
fn every_command_shown_runs() {
    let mut run = 0;
    let mut wrong = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document can be read");
        let place = Place::with(&[]);
        copy(&root().join("examples"), &place.at("examples"));
        for shown in commands(&text) {
            run += 1;
            let command = shown.command.replace(FROM_SOURCE, "saidline ");
            let binary = Path::new(env!("CARGO_BIN_EXE_saidline")).parent().expect("it lies in a folder");
            let path = std::env::var("PATH").unwrap_or_default();
            let output = Command::new("sh")
                .args(["-c", &command])
                .current_dir(place.at(""))
                .env("PATH", format!("{}:{path}", binary.display()))
                .env("COLUMNS", "80")
                .env_remove("NO_COLOR")
                .output()
                .expect("a shell runs");
            let about = format!("`{command}` in {}", document.display());
            let messages = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{about} failed:\n{messages}");
            if let Some(answer) = shown.answer.filter(|answer| !answer.is_empty()) {
                let found = String::from_utf8_lossy(&output.stdout);
                let found: Vec<_> = found.lines().map(str::trim_end).collect();
                if !fits(&answer, &found) {
                    wrong.push(format!("{about} answered:\n{}", found.join("\n")));
                }
            }
        }
    }
    assert!(run > 0, "the manual shows no command");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the examples are there") {
        let path = entry.expect("a folder can be listed").path();
        let name = path.file_name().expect("it has a name");
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a file can be copied");
        }
    }
}

/// The words of `help` that begin a line: commands, or options.
fn help(arguments: &[&str]) -> (BTreeSet<String>, BTreeSet<String>) {
    let output = Place::with(&[]).run(arguments);
    let help = String::from_utf8(output.stdout).expect("help is UTF-8");
    let section = |name: &str| {
        let section = help.split(&format!("\n{name}:\n")).nth(1).unwrap_or_default();
        section.split("\n\n\n").next().unwrap_or_default().to_owned()
    };
    let commands = section("Commands");
    let commands = commands.lines().take_while(|line| !line.is_empty());
    let commands = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned));
    let words = help
        .split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '-'));
    let options = words.filter(|word| word.starts_with("--") && word.len() > 2).map(str::to_owned);
    (commands.filter(|name| !name.is_empty()).collect(), options.collect())
}

#[test]
fn every_command_and_option_stands_in_the_manual() {
    let manual = fs::read_to_string(root().join("docs/reference/command.md")).expect("the manual is there");
    let (commands, _) = help(&["--help"]);
    assert!(commands.contains("extract") && commands.contains("man"), "{commands:?}");
    for command in commands.iter().filter(|command| *command != "help") {
        let heading = format!("## `saidline {command}`\n");
        let section = manual.split_once(&heading).unwrap_or_else(|| panic!("no section {heading:?}")).1;
        let section = section.split("\n## ").next().unwrap_or_default();
        let (_, options) = help(&[command, "--help"]);
        for option in options.iter().filter(|option| !["--help", "--color"].contains(&option.as_str())) {
            assert!(
                section.contains(&format!("`{option}")),
                "`{option}` of `{command}` is not in the manual"
            );
        }
    }
    for status in ["0", "2", "3", "4", "130"] {
        assert!(manual.contains(&format!("| {status} |")), "exit status {status} is not in the manual");
    }
    assert!(manual.contains("`--color"));
}

/// Where the code of a note stands in the sources: behind one of these.
const BEFORE_CODES: [&str; 5] = ["code: \"", "note(\"", "note_odd(\"", "Note::new(\"", ": &str = \""];

/// The codes of the notes in the sources of the engine.
fn codes() -> BTreeSet<String> {
    let mut sources = Vec::new();
    for name in ["saidline", "saidline-html"] {
        files_below(&root().join("crates").join(name).join("src"), "rs", &mut sources);
    }
    let mut codes = BTreeSet::new();
    for path in sources {
        let source = fs::read_to_string(&path).expect("a source can be read");
        if path.ends_with("tests.rs") || !(source.contains("Note") || path.ends_with("codes.rs")) {
            continue;
        }
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for before in BEFORE_CODES {
            let literals = source.split(before).skip(1).filter_map(|after| after.split('"').next());
            let is_code = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            codes.extend(literals.filter(|word| word.len() > 2).filter(is_code).map(str::to_owned));
        }
    }
    codes
}

#[test]
fn every_note_stands_in_the_manual() {
    let manual = fs::read_to_string(root().join("docs/reference/notes.md")).expect("the manual is there");
    let rows = manual.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let rows: BTreeSet<_> = rows.map(str::to_owned).collect();
    assert_eq!(codes(), rows, "left: in the sources, right: in docs/reference/notes.md");
}

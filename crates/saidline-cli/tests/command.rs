//! The command as its users meet it: exit status, standard output and standard error together.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::Place;
use flate2::Compression;
use flate2::write::GzEncoder;

const HARBOUR: &[u8] = b"The harbour stays open, Ines Calder said on Monday.\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// Runs `saidline` in `place` with `input` on standard input.
fn run_with(place: &Place, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = place.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    let mut stdin = child.stdin.take().expect("it has an input");
    // A command that ends early does not read it all.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

/// What the command answered: exit status, then each line of standard output behind `|`, each of standard error
/// behind `!`. Of JSONL only the pages' paths are shown: what a model finds in them is tested elsewhere.
fn answer(output: &Output) -> String {
    let mut answer = format!("{}\n", output.status.code().expect("it was not killed"));
    for line in String::from_utf8(output.stdout.clone()).expect("output is UTF-8").lines() {
        match serde_json::from_str::<serde_json::Value>(line) {
            Ok(line) if line["type"] == "page" => {
                let _ = writeln!(answer, "| page {}", line["path"].as_str().expect("a page has a path"));
            }
            Ok(line) if line["type"].is_string() => {}
            _ => {
                let _ = writeln!(answer, "| {line}");
            }
        }
    }
    for line in String::from_utf8(output.stderr.clone()).expect("messages are UTF-8").lines() {
        let _ = writeln!(answer, "! {line}");
    }
    answer.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Runs `saidline` with `arguments` among `files` and holds the answer against `expected`.
#[track_caller]
fn check(files: &[(&str, &[u8])], arguments: &[&str], expected: &str) {
    let place = Place::with(files);
    let root = format!("{}/", place.at("").display()).replace("//", "/");
    let found = answer(&place.run(arguments)).replace(&root, "");
    assert_eq!(found, expected, "saidline {}", arguments.join(" "));
}

#[test]
fn pages_are_read_in_order() {
    let files: &[(&str, &[u8])] = &[("b.txt", HARBOUR), ("in/a.txt", HARBOUR), ("in/c.gz", &gzip(HARBOUR))];
    check(files, &["extract", "b.txt", "in"], "0\n| page b.txt\n| page in/a.txt\n| page in/c.gz\n");
    check(
        files,
        &["extract", "--threads", "3", "in", "b.txt"],
        "0\n| page in/a.txt\n| page in/c.gz\n| page b.txt\n",
    );
    check(files, &["extract", "--include", "*.txt", "in"], "0\n| page in/a.txt\n");
}

#[test]
fn inputs_that_cannot_be_read_are_named() {
    // Digits that gzip makes little of: what is cut off is longer than what is looked at first.
    let long: Vec<u8> =
        (0..9999_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_string().into_bytes()).collect();
    let short = &gzip(&long)[..9999];
    let check = |name: &str, bytes: &[u8], expected: &str| {
        let files: &[(&str, &[u8])] = &[(name, bytes), ("good.txt", HARBOUR)];
        let after = "! warning: 1 of 2 inputs could not be read\n";
        check(files, &["extract", name, "good.txt"], &format!("4\n| page good.txt\n{expected}{after}"));
    };
    check(
        "short.gz",
        short,
        "! error: cannot read `short.gz`: the gzip data ends too early\n\
         ! hint: the file may not have been copied whole: fetch it again\n",
    );
    check(
        "bad.gz",
        b"\x1f\x8b\x08\0abcdefghijklmnopqrst",
        "! error: cannot read `bad.gz`: the gzip data is damaged\n",
    );
    check(
        "bomb.gz",
        &gzip(&vec![b'a'; 64 << 20]),
        "! error: cannot read `bomb.gz`: longer than 32 MiB, the most that is read as one page\n",
    );
    check(
        "paper",
        b"%PDF-1.7",
        "! error: cannot read `paper`: this is a PDF, not text or HTML\n\
         ! hint: to read it nevertheless, say `--input text` or `--input html`\n",
    );
    check(
        "array.json",
        b"[{\"text\":\"a\"}]",
        "! error: cannot read `array.json`: this is JSON, but not one object a line\n\
         ! hint: `jq -c '.[]' FILE` turns an array into lines, `jq -c . FILE` an object\n",
    );
}

#[test]
fn places_that_cannot_be_read_are_named() {
    check(&[], &["extract", "gone.txt"], "4\n! error: cannot read `gone.txt`: no such file or folder\n");
    check(
        &[("in/.hidden", b"")],
        &["extract", "in"],
        "4\n! error: cannot read `in`: no files in this folder\n! hint: hidden files and folders are not read unless named\n",
    );
    check(
        &[("in/a.txt", HARBOUR)],
        &["extract", "--exclude", "a.*", "in"],
        "4\n! error: cannot read `in`: no file in this folder fits `--include` and `--exclude`\n",
    );
    check(&[("a", b"")], &["extract", "a/b"], "4\n! error: cannot read `a/b`: not a directory\n");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("secret.txt", HARBOUR)]);
    let closed = fs::Permissions::from_mode(0o000);
    fs::set_permissions(place.at("secret.txt"), closed).expect("permissions can be set");
    let found = answer(&place.run(&["extract", "secret.txt"]));
    // The superuser may read everything.
    let may = fs::read(place.at("secret.txt")).is_ok();
    let denied = "4\n! error: cannot read `secret.txt`: permission denied\n";
    assert_eq!(found, if may { "0\n| page secret.txt\n" } else { denied });
}

#[test]
fn bad_lines_are_named_with_their_number() {
    let lines = b"{\"text\":\"one\"}\nno\n{\"text\":3}\n{\"text\":\"\xff\"}\n\n{}\n{\"text\":\"seven\"}\n{\"text\":\"ei";
    check(
        &[("in.jsonl", lines)],
        &["extract", "in.jsonl"],
        "4\n| page in.jsonl:1\n| page in.jsonl:7\n\
         ! error: cannot read `in.jsonl:2`: not a JSON object\n\
         ! error: cannot read `in.jsonl:3`: invalid type: integer `3`, expected a string, at byte 9\n\
         ! error: cannot read `in.jsonl:4`: not JSON: invalid unicode code point, at byte 10\n\
         ! error: cannot read `in.jsonl:6`: neither `text` nor `html`\n\
         ! error: cannot read `in.jsonl:8`: not JSON: EOF while parsing a string, at byte 11\n\
         ! warning: 5 of 7 inputs could not be read\n",
    );
}

#[test]
fn each_of_200_broken_among_2000_is_named() {
    let lines: String = (1..=2000)
        .map(|n| if n % 10 == 0 { "broken\n".to_owned() } else { format!("{{\"text\":\"Page {n}.\"}}\n") })
        .collect();
    let place = Place::with(&[("in.jsonl", lines.as_bytes())]);
    let output = place.run(&["extract", "in.jsonl", "--threads", "2"]);
    let (mut pages, mut errors) = (String::from("4\n"), String::new());
    for n in 1..=2000 {
        if n % 10 == 0 {
            errors.push_str(&format!("! error: cannot read `in.jsonl:{n}`: not a JSON object\n"));
        } else {
            pages.push_str(&format!("| page in.jsonl:{n}\n"));
        }
    }
    assert_eq!(answer(&output), format!("{pages}{errors}! warning: 200 of 2000 inputs could not be read\n"));
}

#[test]
fn wrong_usage_is_explained() {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", HARBOUR),
        ("no.csv", b"outlet\nO\n"),
        ("bad.csv", b"path,outlet\na.txt\n"),
        ("in/b.txt", b""),
    ];
    let check = |arguments: &[&str], expected: &str| check(files, arguments, expected);
    let columns = "! hint: the first line names the columns: `path,url,outlet,published,fetched`\n";
    let several = "! error: `--url` is the address of one page, and here are several\n\
                   ! hint: `--meta` takes a table with the address of each\n";
    check(&["extract", "a.txt", "in", "--url", "U"], &format!("2\n{several}"));
    check(&["extract", "in", "--url", "U"], &format!("2\n{several}"));
    check(
        &["extract", "a.txt", "--meta", "no.csv"],
        &format!("2\n! error: `no.csv` has no column `path`\n{columns}"),
    );
    check(
        &["extract", "a.txt", "--meta", "bad.csv"],
        &format!(
            "2\n! error: cannot read `bad.csv:2`: a row of 1 columns where the first line has 2\n{columns}"
        ),
    );
    check(
        &["extract", "a.txt", "--meta", "gone.csv"],
        &format!("2\n! error: cannot read `gone.csv`: no such file or folder\n{columns}"),
    );
    check(
        &["extract", "a.txt", "--exclude", "a["],
        "2\n! error: cannot understand the pattern `a[`: unclosed character class; missing ']'\n",
    );
    check(&["man", "fly"], "2\n! error: no command `fly`\n! hint: `saidline help` lists the commands\n");
    for arguments in [
        &["extract"][..],
        &[],
        &["fly"],
        &["extract", "--threads", "0", "a.txt"],
        &["extract", "--model", "slow", "a.txt"],
    ] {
        let output = Place::with(files).run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn tables_of_what_is_known_are_used_and_checked() {
    let place = Place::with(&[
        ("in/a.txt", HARBOUR),
        ("meta.csv", b"path,outlet,stars\nin/a.txt,The Gazette,5\nin/b.txt,O,1\nin/c.txt,O,2\n"),
    ]);
    let output = place.run(&["extract", "in", "--meta", "meta.csv"]);
    assert_eq!(
        answer(&output),
        "0\n| page in/a.txt\n\
         ! warning: the column `stars` of `meta.csv` is not known and not used\n\
         ! warning: no page for the row of `in/b.txt` and 1 more in the table of `--meta`\n"
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains(r#""outlet":"The Gazette""#));
}

#[test]
fn standard_input_is_a_page_or_lines() {
    let place = Place::with(&[]);
    let page = run_with(&place, &["extract", "-", "--url", "https://gazette.example/1"], HARBOUR);
    assert_eq!(answer(&page), "0\n| page -\n");
    assert!(String::from_utf8_lossy(&page.stdout).contains(r#""url":"https://gazette.example/1""#));
    let lines = run_with(&place, &["extract", "-"], &gzip(b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"));
    assert_eq!(answer(&lines), "0\n| page -:1\n| page -:2\n");
}

#[test]
fn threads_change_nothing() {
    let lines: String =
        (0..40).map(|n| format!("{{\"text\":\"“We wait,” Ines Calder said {n} times.\"}}\n")).collect();
    let place = Place::with(&[("in.jsonl", lines.as_bytes())]);
    let with = |threads: &str| place.run(&["extract", "in.jsonl", "--threads", threads]).stdout;
    let one = with("1");
    assert!(one.iter().filter(|&&byte| byte == b'\n').count() >= 40);
    assert!(one == with("2") && one == with("7"));
}

#[test]
fn text_goes_out_when_asked_for() {
    let place = Place::with(&[("a.txt", HARBOUR)]);
    let has_text = |arguments: &[&str]| {
        String::from_utf8_lossy(&place.run(arguments).stdout).contains(r#""text":"The harbour stays open,"#)
    };
    assert!(has_text(&["extract", "a.txt", "--with-text"]));
    let page = |arguments: &[&str]| {
        String::from_utf8_lossy(&place.run(arguments).stdout).lines().next().map(str::to_owned)
    };
    assert!(page(&["extract", "a.txt"]).expect("there is a page line").contains(r#""text":null"#));
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let place = Place::with(&[("a.txt", HARBOUR)]);
    let coloured = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = place.command(&[&["extract", "a.txt", "--format", "table"], arguments].concat());
        command.envs(variable);
        command.output().expect("the command runs").stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], None));
    assert!(!coloured(&["--color", "never"], None));
    assert!(coloured(&["--color", "always"], None));
    assert!(coloured(&["--color", "always"], Some(("NO_COLOR", "1"))));
}

#[test]
fn a_table_shows_what_was_said_and_how_much_else_there_is() {
    let text = "The harbour stays open, Ines Calder told the council on Monday.\n\n\
                The council plans to sell the ferry next year.\n";
    let place = Place::with(&[("a.txt", text.as_bytes())]);
    let table = |arguments: &[&str]| {
        let output = place.run(&[&["extract", "a.txt", "--plain", "--format", "table"], arguments].concat());
        String::from_utf8(output.stdout).expect("output is UTF-8")
    };
    let (said, all) = (table(&[]), table(&["--all"]));
    assert!(said.contains("The harbour stays open") && !said.contains("to sell the ferry"), "{said}");
    assert!(said.contains("\n  1 more that was thought, planned, found or ordered: `--all`\n"), "{said}");
    assert!(all.contains("· plans · plan\n") && all.contains("to sell the ferry"), "{all}");
    assert!(!all.contains("1 more"), "{all}");
    // Programs get everything.
    let lines =
        String::from_utf8(place.run(&["extract", "a.txt", "--plain"]).stdout).expect("output is UTF-8");
    assert_eq!(lines.matches(r#""act":{"class":"#).count(), 2, "{lines}");
    assert!(lines.contains(r#""act":{"class":"speech","type":"state"}"#), "{lines}");
    assert!(lines.contains(r#""act":{"class":"plan","type":"intend"}"#), "{lines}");
}

#[test]
fn tables_keep_to_the_width() {
    let text = "“The harbour stays open, and it will stay open for as long as I am asked to keep it open by those \
                who elected me to keep it open,” Ines Calder said on Monday.\n";
    let place = Place::with(&[("a.txt", text.as_bytes())]);
    for columns in ["40", "60", "100"] {
        let mut command = place.command(&["extract", "a.txt", "--format", "table"]);
        let output = command.env("COLUMNS", columns).output().expect("the command runs");
        let table = String::from_utf8(output.stdout).expect("output is UTF-8");
        let widest = table.lines().map(|line| line.chars().count()).max().expect("there are lines");
        assert!(widest <= columns.parse().expect("a number"), "{widest} in {columns}:\n{table}");
    }
}

#[test]
fn models_from_a_folder_are_checked() {
    let place = Place::with(&[("a.txt", HARBOUR)]);
    for arguments in [&["extract", "a.txt", "--models", "gone"][..], &["doctor", "--models", "gone"]] {
        let output = place.run(arguments);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(messages.starts_with("error: cannot use the models in `gone`: cannot read `"), "{messages}");
        assert!(messages.contains("\nhint: "), "{messages}");
    }
}

#[test]
fn a_truncated_or_altered_model_is_named_as_the_manual_says() {
    let models = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let place = Place::with(&[("a.txt", HARBOUR)]);
    for folder in ["fast-1", "lines-1"] {
        std::fs::create_dir_all(place.at("weights").join(folder)).expect("a folder can be made");
        for file in saidline::EMBEDDED.iter().filter(|file| file.name.starts_with(folder)) {
            std::fs::write(place.at("weights").join(file.name), file.bytes).expect("it can be written");
        }
        let sums = format!("{folder}/SHA256SUMS");
        std::fs::copy(models.join(&sums), place.at("weights").join(&sums)).expect("the sums are there");
    }
    let arguments = ["extract", "a.txt", "--models", "weights", "--model", "fast"];
    assert_eq!(place.run(&arguments).status.code(), Some(0));
    let manual = include_str!("../../../docs/reference/command.md");
    let check = |file: &str, change: fn(&mut Vec<u8>), expected: &str| {
        let path = place.at("weights").join(file);
        let whole = std::fs::read(&path).expect("it is there");
        let mut changed = whole.clone();
        change(&mut changed);
        std::fs::write(&path, changed).expect("it can be written");
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(3), "{file}");
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        let message = messages.lines().next().expect("it says why").replace("`weights`", "`DIR`");
        assert_eq!(message, format!("error: cannot use the models in `DIR`: {expected}"));
        assert!(messages.contains("\nhint: "), "{messages}");
        std::fs::write(&path, whole).expect("it can be written");
        message
    };
    let altered = "`fast-1/decoder.json` is truncated or was altered: its SHA-256 is not the one in `fast-1/SHA256SUMS`";
    assert!(manual.contains(&check("fast-1/decoder.json", |bytes| bytes.truncate(9), altered)));
    assert!(manual.contains(&check("fast-1/decoder.json", |bytes| bytes[0] ^= 1, altered)));
    std::fs::remove_file(place.at("weights/lines-1/lines.bin")).expect("it can be removed");
    let messages = String::from_utf8_lossy(&place.run(&arguments).stderr).into_owned();
    let message = messages.lines().next().expect("it says why").replace("`weights`", "`DIR`");
    assert!(manual.contains(&message), "{message}");
    for file in saidline::EMBEDDED {
        let (folder, name) = file.name.split_once('/').expect("weights lie in a folder");
        let row = manual.lines().find(|line| line.starts_with(&format!("| `{folder}` | `")));
        assert!(
            row.is_some_and(|row| row.contains(&format!("`{name}`"))),
            "{} is not in the manual",
            file.name
        );
    }
}

#[test]
fn the_doctor_finds_the_models() {
    let output = Place::with(&[]).run(&["doctor"]);
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0));
    assert!(report.contains("models in the binary\n") && report.contains("sha256:"), "{report}");
    assert!(
        report.contains("accurate-2 loads and can be used\n  fast-1 loads and can be used\n  meaning-2 loads and can be used\n"),
        "{report}"
    );
}

#[test]
fn the_demo_needs_nothing_but_the_binary() {
    let place = Place::with(&[]);
    let output = place.run(&["demo"]);
    assert_eq!(output.status.code(), Some(0));
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    let next: Vec<_> = shown.split("try next:\n").nth(1).expect("commands to try").lines().collect();
    assert_eq!(next.len(), 5);
    for line in next {
        // Each stands on a line with what it does, two spaces or more between them.
        let command = line.trim().split("  ").next().expect("a command");
        // As a shell takes it apart: names stand in quotation marks.
        let arguments: Vec<_> = command
            .split('"')
            .enumerate()
            .flat_map(|(n, part)| match n % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![part],
            })
            .skip(1)
            .collect();
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(!output.stdout.is_empty(), "{command}");
    }
    assert!(place.at("saidline.db").exists());
}

#[test]
fn completions_and_manual_pages_are_there() {
    let place = Place::with(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = place.run(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stdout).contains("with-text"), "{shell}");
    }
    for (arguments, name) in [(&["man"][..], "saidline"), (&["man", "extract"], "saidline-extract")] {
        let page = String::from_utf8_lossy(&place.run(arguments).stdout).into_owned();
        assert!(page.contains(&format!(".TH {name} ")), "{page}");
    }
}

/// A stream of pages that never ends, until nobody reads it.
fn feed(mut input: impl Write + Send + 'static) {
    thread::spawn(move || {
        for n in 0_u64.. {
            if writeln!(input, "{{\"text\":\"The harbour stays open, Ines Calder said {n} times.\"}}")
                .is_err()
            {
                return;
            }
        }
    });
}

#[test]
fn quiet_when_nobody_reads_on() {
    let place = Place::with(&[]);
    let mut command = place.command(&["extract", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    feed(child.stdin.take().expect("it has an input"));
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("it has an output"))
        .read_line(&mut first)
        .expect("a line comes");
    assert!(first.starts_with("{\"type\":\"page\""));
    let mut messages = String::new();
    child.stderr.take().expect("it has messages").read_to_string(&mut messages).expect("they are text");
    assert_eq!((child.wait().expect("it ends").code(), messages.as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_between_lines() {
    let place = Place::with(&[]);
    let mut command = place.command(&["extract", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    feed(child.stdin.take().expect("it has an input"));
    let mut output = BufReader::new(child.stdout.take().expect("it has an output"));
    let mut printed = String::new();
    for _ in 0..20 {
        output.read_line(&mut printed).expect("a line comes");
    }
    let sent = Instant::now();
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("`kill` is there").success());
    output.read_to_string(&mut printed).expect("the rest comes");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert!(sent.elapsed() < Duration::from_secs(5));
    assert!(printed.ends_with('\n'));
    for line in printed.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("each line is whole");
    }
    let mut messages = String::new();
    child.stderr.take().expect("it has messages").read_to_string(&mut messages).expect("they are text");
    assert_eq!(messages, "");
}

//! What can go wrong with a store and with what goes into it: a clear word that names the file, the documented exit
//! status, and nothing lost.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::Place;
use flate2::Compression;
use flate2::write::GzEncoder;
use rusqlite::Connection;

/// A page of a few words; each number gives another.
fn page(n: usize) -> String {
    format!("The harbour of Skarn stays open for {n} days, Ines Calder said on Monday.\n")
}

/// `pages` short pages as JSONL, each with an address of its own.
fn jsonl(pages: usize) -> String {
    (0..pages)
        .map(|n| {
            let text = page(n).trim_end().to_owned();
            format!(
                "{{\"text\":\"{text}\",\"url\":\"https://gazette.example/{n}\",\"outlet\":\"The Gazette\"}}\n"
            )
        })
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn messages(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// Exit status and messages.
fn answer(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), messages(output))
}

/// How many pages a store holds; it must be whole.
fn pages_in(store: &Path) -> i64 {
    let store = Connection::open(store).expect("the store opens");
    let whole: String =
        store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be checked");
    assert_eq!(whole, "ok");
    store.query_row("SELECT count(*) FROM page", [], |row| row.get(0)).expect("it can be read")
}

/// All that a store holds, table by table, without the runs, which tell when.
fn content(store: &Path) -> Vec<String> {
    let store = Connection::open(store).expect("the store opens");
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'quote_fts%' ORDER BY name";
    let mut tables = store.prepare(tables).expect("it can be read");
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .expect("it can be read")
        .map(|name| name.expect("a name"))
        .collect();
    let mut rows = Vec::new();
    for table in tables {
        let mut select = store.prepare(&format!("SELECT * FROM {table} ")).expect("it can be read");
        let columns = select.column_count();
        let mut found = select.query([]).expect("it can be read");
        while let Some(row) = found.next().expect("it can be read") {
            let values: Vec<_> =
                (0..columns).map(|n| format!("{:?}", row.get_ref(n).expect("a value"))).collect();
            rows.push(format!("{table}: {}", values.join(" | ")));
        }
    }
    rows
}

/// A script in a file system of its own, on which little fits: `$1` is its folder. None where this machine has no way
/// to make one.
fn in_small_file_system(place: &Place, size: &str, script: &str) -> Option<Output> {
    fs::create_dir_all(place.at("small")).expect("a folder can be made");
    let mount = format!("mount -t tmpfs -o size={size} tmpfs small && {{ {script}\n}}");
    let able =
        Command::new("unshare").args(["-rm", "true"]).output().is_ok_and(|output| output.status.success());
    if !able {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "a file system of its own can be had in CI");
        eprintln!("skipped: `unshare -rm` does not work here");
        return None;
    }
    let mut command = place.command(&[]);
    let saidline = command.get_program().to_owned();
    command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &mount]).env("SAIDLINE", saidline).current_dir(place.at(""));
    Some(command.stdin(Stdio::null()).output().expect("the script runs"))
}

#[test]
fn a_full_disk_loses_nothing_that_was_added() {
    let place = Place::with(&[("pages.jsonl", jsonl(600).as_bytes())]);
    let script = "\"$SAIDLINE\" add pages.jsonl --store small/full.db; echo $? > status; cp small/full.db* .";
    let Some(output) = in_small_file_system(&place, "700k", script) else { return };
    assert_eq!(
        fs::read_to_string(place.at("status")).expect("the status is there"),
        "3\n",
        "{}",
        messages(&output)
    );
    assert_eq!(
        messages(&output),
        "error: no space is left for `small/full.db`\nhint: nothing that was added before is lost: make room and run \
         the same command again\n"
    );
    let held = pages_in(&place.at("full.db"));
    assert!((1..600).contains(&held), "{held} pages");
    // With room, the same command does the rest.
    let output = place.run(&["add", "pages.jsonl", "--store", "full.db"]);
    assert_eq!(answer(&output), (Some(0), String::new()));
    assert_eq!(pages_in(&place.at("full.db")), 600);
}

#[test]
fn a_folder_that_may_only_be_read() {
    let place = Place::with(&[("a.txt", page(1).as_bytes()), ("b.txt", page(2).as_bytes())]);
    let script = "\"$SAIDLINE\" add a.txt --store small/saidline.db && mount -o remount,ro small && {
        \"$SAIDLINE\" search harbour --store small/saidline.db > found; echo $? > status
        \"$SAIDLINE\" add b.txt --store small/saidline.db; echo $? >> status
        \"$SAIDLINE\" add b.txt --store small/other.db; echo $? >> status
    }";
    let Some(output) = in_small_file_system(&place, "4m", script) else { return };
    let hintless = "cannot be written: the file or its folder may only be read";
    assert_eq!(
        messages(&output),
        format!("error: `small/saidline.db` {hintless}\nerror: `small/other.db` {hintless}\n")
    );
    assert_eq!(fs::read_to_string(place.at("status")).expect("the status is there"), "0\n3\n3\n");
    assert!(fs::read_to_string(place.at("found")).expect("it was found").contains("Ines Calder"));
}

#[test]
fn a_store_that_another_process_holds() {
    let place = Place::with(&[("a.txt", page(1).as_bytes()), ("b.txt", page(2).as_bytes())]);
    assert!(place.run(&["add", "a.txt"]).status.success());
    let other = Connection::open(place.at("saidline.db")).expect("the store opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("it can be held");
    let waited = Instant::now();
    let output = place.run(&["add", "b.txt"]);
    assert!(waited.elapsed() > Duration::from_secs(4), "it waits a while");
    assert_eq!(
        answer(&output),
        (
            Some(3),
            "error: `saidline.db` is in use by another process\nhint: try again when the other command is done\n"
                .to_owned()
        )
    );
    // Reading goes on meanwhile, without waiting.
    let waited = Instant::now();
    assert_eq!(place.run(&["search", "harbour"]).status.code(), Some(0));
    assert!(waited.elapsed() < Duration::from_secs(2));
    other.execute_batch("ROLLBACK").expect("it can be let go");
    assert_eq!(place.run(&["add", "b.txt"]).status.code(), Some(0));
}

#[test]
fn files_that_are_not_a_store_stay_as_they_are() {
    let check = |bytes: &[u8], expected: &str| {
        let place = Place::with(&[("a.txt", page(1).as_bytes()), ("it.db", bytes)]);
        for arguments in [&["add", "a.txt", "--store", "it.db"][..], &["search", "x", "--store", "it.db"]] {
            let output = place.run(arguments);
            let (status, messages) = answer(&output);
            assert_eq!(status, Some(3), "{messages}");
            assert_eq!(messages.lines().next(), Some(expected));
            assert_eq!(fs::read(place.at("it.db")).expect("it is there"), bytes);
        }
    };
    check(b"dear diary", "error: `it.db` is not a store of saidline");
    let made = |statements: &str| {
        let place = Place::with(&[]);
        let other = Connection::open(place.at("other.db")).expect("a file can be made");
        other.execute_batch(statements).expect("it can be written");
        drop(other);
        fs::read(place.at("other.db")).expect("it is there")
    };
    check(&made("CREATE TABLE diary (day, words)"), "error: `it.db` is not a store of saidline");
    check(
        &made("PRAGMA application_id = 1935763812; PRAGMA user_version = 4711; CREATE TABLE page (id)"),
        "error: `it.db` was written by a later saidline (format 4711; this one knows up to 7)",
    );
    let place = Place::with(&[("a.txt", page(1).as_bytes()), ("folder/b", b"")]);
    let output = place.run(&["add", "a.txt", "--store", "folder"]);
    assert_eq!(messages(&output).lines().next(), Some("error: `folder` is not a store of saidline"));
    let output = place.run(&["add", "a.txt", "--store", "none/saidline.db"]);
    assert_eq!(
        answer(&output),
        (Some(3), "error: cannot open `none/saidline.db`: its folder does not exist\n".to_owned())
    );
    let output = place.run(&["search", "x"]);
    assert_eq!(
        answer(&output),
        (
            Some(3),
            "error: there is no store at `saidline.db`\nhint: `saidline add PATH` makes one; `--store FILE` names \
             another\n"
                .to_owned()
        )
    );
}

#[test]
fn a_store_that_was_cut_off_or_has_wrong_bytes() {
    let place = Place::with(&[("pages.jsonl", jsonl(120).as_bytes()), ("b.txt", page(5000).as_bytes())]);
    assert!(place.run(&["add", "pages.jsonl"]).status.success());
    let whole = fs::read(place.at("saidline.db")).expect("it is there");
    let mut wrong = whole.clone();
    wrong[4096..].iter_mut().step_by(97).for_each(|byte| *byte ^= 0x5a);
    for damaged in [&whole[..whole.len() / 2], &whole[..5000], &wrong] {
        fs::write(place.at("saidline.db"), damaged).expect("it can be written");
        for arguments in [&["search", "harbour"][..], &["add", "b.txt"], &["stats"], &["export"]] {
            let (status, messages) = answer(&place.run(arguments));
            assert_eq!(status, Some(3), "{arguments:?}: {messages}");
            let first = messages.lines().next().unwrap_or_default();
            assert!(first.starts_with("error: `saidline.db` is damaged: "), "{arguments:?}: {messages}");
        }
    }
}

#[test]
fn inputs_that_cannot_be_read_are_remembered_until_they_can() {
    let whole = gzip(page(1).as_bytes());
    let place = Place::with(&[("good.txt", page(2).as_bytes()), ("cut.gz", &whole[..whole.len() - 9])]);
    let output = place.run(&["add", "good.txt", "cut.gz"]);
    let (status, messages) = answer(&output);
    assert_eq!(status, Some(4));
    assert!(
        messages.starts_with("error: cannot read `cut.gz`: the gzip data ends too early\n"),
        "{messages}"
    );
    let unread = |place: &Place| {
        let store = Connection::open(place.at("saidline.db")).expect("the store opens");
        let mut select = store.prepare("SELECT path || ': ' || why FROM unread").expect("it can be read");
        let rows: Vec<String> = select
            .query_map([], |row| row.get(0))
            .expect("it can be read")
            .map(|row| row.expect("a row"))
            .collect();
        rows
    };
    assert_eq!(unread(&place), ["cut.gz: the gzip data ends too early"]);
    fs::write(place.at("cut.gz"), &whole).expect("it can be written");
    assert_eq!(place.run(&["add", "good.txt", "cut.gz"]).status.code(), Some(0));
    assert!(unread(&place).is_empty());
    assert_eq!(pages_in(&place.at("saidline.db")), 2);
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_and_a_link_to_nothing() {
    let place = Place::with(&[("in/a.txt", page(1).as_bytes())]);
    std::os::unix::fs::symlink("../in", place.at("in/again")).expect("a link can be made");
    std::os::unix::fs::symlink("nothing", place.at("in/gone.txt")).expect("a link can be made");
    let (status, messages) = answer(&place.run(&["add", "in"]));
    assert_eq!(status, Some(4), "{messages}");
    assert!(messages.starts_with("error: cannot read `in/gone.txt`: no such file or folder\n"), "{messages}");
    assert_eq!(pages_in(&place.at("saidline.db")), 1);
}

#[test]
fn two_hundred_broken_files_among_two_thousand() {
    let whole = gzip(page(1).as_bytes());
    let files: Vec<(String, Vec<u8>)> = (0..2000)
        .map(|n| match n % 10 {
            7 => (format!("in/{n:04}.gz"), whole[..whole.len() - 9].to_vec()),
            _ => (format!("in/{n:04}.txt"), page(n).into_bytes()),
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let place = Place::with(&files);
    let (status, messages) = answer(&place.run(&["add", "in"]));
    assert_eq!(status, Some(4));
    for n in (7..2000).step_by(10) {
        assert!(
            messages.contains(&format!("error: cannot read `in/{n:04}.gz`: the gzip data ends too early\n"))
        );
    }
    assert!(messages.ends_with("200 of 2000 inputs could not be read\n"), "{messages}");
    assert_eq!(pages_in(&place.at("saidline.db")), 1800);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_after_what_is_being_read() {
    let place = Place::with(&[]);
    let mut command = place.command(&["add", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    let mut stdin = child.stdin.take().expect("it has an input");
    let feeder = thread::spawn(move || {
        for n in 0.. {
            let line = jsonl(1).replace("0 days", &format!("{n} days")).replace("/0", &format!("/{n}"));
            if stdin.write_all(line.as_bytes()).is_err() {
                return;
            }
        }
    });
    // Interrupted when the first batch is in.
    let store = place.at("saidline.db");
    let begun = Instant::now();
    while !Connection::open(&store)
        .and_then(|store| store.query_row("SELECT count(*) > 0 FROM page", [], |row| row.get(0)))
        .unwrap_or(false)
    {
        assert!(begun.elapsed() < Duration::from_secs(60), "pages come in");
        thread::sleep(Duration::from_millis(20));
    }
    let interrupt = || {
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("`kill` is there").success());
    };
    interrupt();
    let status = child.wait().expect("it ends");
    feeder.join().expect("the feeder ends");
    let mut messages = String::new();
    child.stderr.take().expect("it has messages").read_to_string(&mut messages).expect("they are text");
    assert_eq!(status.code(), Some(130), "{messages}");
    assert_eq!(
        messages,
        "warning: stopping after the pages that are being read\nhint: Ctrl-C once more stops at once\nwarning: stopped \
         before the end\nhint: the same command goes on where it stopped\n"
    );
    assert!(pages_in(&store) > 0);
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_ends_it_at_once() {
    let place = Place::with(&[("a.txt", page(1).as_bytes())]);
    assert!(place.run(&["add", "a.txt"]).status.success());
    // Nothing comes from standard input, so the first interrupt alone would wait.
    let mut command = place.command(&["add", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command runs");
    thread::sleep(Duration::from_millis(1500));
    let interrupt = |child: &std::process::Child| {
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("`kill` is there").success());
    };
    interrupt(&child);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(child.try_wait().expect("it can be asked"), None);
    let sent = Instant::now();
    interrupt(&child);
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert!(sent.elapsed() < Duration::from_secs(2));
    assert_eq!(pages_in(&place.at("saidline.db")), 1);
}

#[test]
fn adding_twice_changes_nothing() {
    let place = Place::with(&[("pages.jsonl", jsonl(40).as_bytes())]);
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let examples = examples.to_str().expect("a path in UTF-8");
    let add = |arguments: &[&str]| {
        let output = place.run(&[&["add"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
    };
    add(&["pages.jsonl", examples]);
    let once = content(&place.at("saidline.db"));
    add(&["pages.jsonl", examples]);
    assert_eq!(content(&place.at("saidline.db")), once);
}

#[test]
fn random_bytes_are_named_as_unreadable_and_not_added() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    let junk: Vec<u8> = std::iter::repeat_with(next).take(20_000).collect();
    let place = Place::with(&[("junk", &junk), ("good.txt", page(1).as_bytes())]);
    let (status, messages) = answer(&place.run(&["add", "junk", "good.txt"]));
    assert_eq!(status, Some(4), "{messages}");
    let first = "error: cannot read `junk`: this is binary data, not text or HTML\n";
    assert!(messages.starts_with(first), "{messages}");
    assert_eq!(pages_in(&place.at("saidline.db")), 1);
}

#[test]
fn no_store_is_made_for_what_cannot_be_read() {
    let place = Place::with(&[("bad.gz", b"\x1f\x8b nothing"), ("good.txt", page(1).as_bytes())]);
    for unreadable in [&["bad.gz"][..], &["gone.txt", "bad.gz"]] {
        let output = place.run(&[&["add"], unreadable].concat());
        assert_eq!(output.status.code(), Some(4), "{}", messages(&output));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "nothing to add; `saidline.db` was not made\n");
        assert!(!place.at("saidline.db").exists());
    }
    // What could not be read before the first page is kept in mind with it.
    assert_eq!(place.run(&["add", "bad.gz", "good.txt"]).status.code(), Some(4));
    let stats = place.run(&["stats", "--format", "jsonl"]);
    assert!(String::from_utf8_lossy(&stats.stdout).contains("\"path\":\"bad.gz\""));
}

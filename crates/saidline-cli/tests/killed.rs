//! A store can be killed at any instant and loses nothing that it acknowledged: after the next run of the same command
//! its export is that of a store that nobody disturbed, line for line.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use common::Place;
use sha2::{Digest, Sha256};

/// How often each command is killed.
const KILLS: (usize, usize, usize) = (20, 5, 5);

/// Pages of a few sentences, some with two versions.
fn pages() -> String {
    // Many speakers: what one says over and over again is compared with all of it each time.
    let given = ["Ines", "Corin", "Odile", "Bram"];
    let family =
        ["Calder", "Halberd", "Vance", "Tervo", "Aurland", "Brandvei", "Selmane", "Korvath", "Quiralt"];
    let name = |n: usize| format!("{} {}", given[n % 4], family[n % 9]);
    (0..260)
        .map(|n| {
            let (name, other) = (name(n), name(n + 1));
            let text = format!(
                "The ferry to Skarn sails {n} times a year, {name} told reporters on Monday.\\n\\n“We have boats and \
                 {n} captains,” said {other}. “What we need is a harbour.”"
            );
            // Each tenth address has another text than before.
            let address = n - usize::from(n % 10 == 9);
            format!("{{\"text\":\"{text}\",\"url\":\"https://gazette.example/{address}\",\"outlet\":\"The Gazette\"}}\n")
        })
        .collect()
}

/// A random number below `below`, another for each call; the seed is the time, which a failure tells.
struct Random(u64);

impl Random {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }
}

/// When a run is killed.
enum Moment {
    /// So long after its beginning.
    After(Duration),
    /// So long after it has begun to write.
    AfterWriting(Duration),
}

/// Runs a command and kills it; whether it was still running.
fn kill(place: &Place, arguments: &[&str], moment: &Moment) -> bool {
    let log = place.at("saidline.db-wal");
    let length = |path: &Path| fs::metadata(path).map(|file| file.len()).unwrap_or(0);
    let before = length(&log);
    let mut command = place.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command runs");
    let wait = match moment {
        Moment::After(time) => *time,
        Moment::AfterWriting(time) => {
            while length(&log) == before && child.try_wait().expect("it can be asked").is_none() {
                thread::sleep(Duration::from_micros(200));
            }
            *time
        }
    };
    thread::sleep(wait);
    let running = child.try_wait().expect("it can be asked").is_none();
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    running
}

#[track_caller]
fn done(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {messages}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// Kills `command` in stores made by `prepare` at `times` random moments and holds the exports after the next run
/// against that of an undisturbed one.
fn check(times: usize, prepare: impl Fn() -> Place, command: &[&str]) {
    let seed = std::time::UNIX_EPOCH.elapsed().expect("a time").as_nanos() as u64;
    let mut random = Random(seed);
    let undisturbed = prepare();
    let begun = Instant::now();
    done(&undisturbed, command);
    let whole = begun.elapsed();
    let expected = done(&undisturbed, &["export"]);
    assert!(expected.lines().count() > 200);
    let mut alive = 0;
    for n in 0..times {
        let moment = match n % 2 {
            0 => Moment::After(whole.mul_f64(random.below(1000) as f64 / 1000.0)),
            _ => Moment::AfterWriting(Duration::from_micros(random.below(40_000))),
        };
        let place = prepare();
        alive += usize::from(kill(&place, command, &moment));
        if place.at("saidline.db").exists() && place.run(&["stats"]).status.success() {
            done(&place, &["doctor", "--store", "saidline.db", "--deep"]);
        }
        // What was done before the kill may not be there to be done again.
        let again = place.run(command).status.code();
        assert!(matches!(again, Some(0 | 1)), "seed {seed}, kill {n}: {again:?}");
        done(&place, &["doctor", "--store", "saidline.db", "--deep"]);
        let found = done(&place, &["export"]);
        assert!(found == expected, "seed {seed}, kill {n}: the export differs");
    }
    assert!(alive * 2 > times, "only {alive} of {times} were still running when they were killed");
}

/// Models that find fewer attributions than those in the binary.
fn other_models(to: &Path) {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    for folder in ["accurate-2", "lines-1", "meaning-2"] {
        fs::create_dir_all(to.join(folder)).expect("a folder can be made");
        for file in fs::read_dir(models.join(folder)).expect("the models are there") {
            let file: PathBuf = file.expect("a file").path();
            let name = file.file_name().expect("it has a name");
            fs::copy(&file, to.join(folder).join(name)).expect("it can be copied");
        }
    }
    let decoder = to.join("accurate-2/decoder.json");
    let had = fs::read_to_string(&decoder).expect("it is there");
    let has = had.replace("\"least_confidence\": 0.", "\"least_confidence\": 0.9");
    assert_ne!(had, has);
    fs::write(&decoder, &has).expect("it can be written");
    let sum = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let sums = to.join("accurate-2/SHA256SUMS");
    let listed = fs::read_to_string(&sums).expect("it is there").replace(&sum(&had), &sum(&has));
    fs::write(&sums, listed).expect("it can be written");
}

/// A folder with a copy of a store.
fn copy_of(store: &[u8]) -> Place {
    Place::with(&[("saidline.db", store)])
}

#[test]
fn add_can_be_killed() {
    let pages = pages();
    check(KILLS.0, || Place::with(&[("pages.jsonl", pages.as_bytes())]), &["add", "pages.jsonl"]);
}

#[test]
fn refresh_and_forget_can_be_killed() {
    let place = Place::with(&[("pages.jsonl", pages().as_bytes())]);
    done(&place, &["add", "pages.jsonl"]);
    let store = fs::read(place.at("saidline.db")).expect("the store is there");

    let models = place.at("other");
    other_models(&models);
    let models = models.to_str().expect("a path in UTF-8");
    check(KILLS.1, || copy_of(&store), &["refresh", "--models", models]);

    let export = done(&place, &["export"]);
    let voice = export
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find(|line| line["type"] == "voice" && line["name"] == "Ines Calder")
        .expect("she speaks");
    let voice = voice["id"].as_str().expect("it has an id");
    check(KILLS.2, || copy_of(&store), &["forget", "voice", voice, "--yes"]);
}

//! Measures the store. `README.md` says which command makes which number.

mod invent;
mod linking;
mod queries;
mod statements;
mod storing;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use saidline_store::{Run, Store};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate", file, count] => generate(Path::new(file), count.parse()?),
        ["search", file] => queries::inside(Path::new(file)),
        ["command", file, binary] => queries::as_command(Path::new(file), Path::new(binary)),
        ["storing", file, count] => storing::compare(Path::new(file), count.parse()?),
        ["clean", file] => storing::clean(Path::new(file)),
        ["linking", folder] => {
            let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("linking.md");
            linking::compare(Path::new(folder), &table)
        }
        ["statements", files @ ..] if !files.is_empty() => {
            let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("statements.md");
            statements::compare(files, &table)
        }
        _ => bail!(
            "usage: generate FILE N | search FILE | command FILE SAIDLINE | storing FILE N | clean FILE | \
             linking FOLDER | statements FILE …"
        ),
    }
}

/// The run in whose name everything is written.
fn run() -> Run {
    Run {
        command: "add",
        version: "0.0.0".to_owned(),
        model: "invented".to_owned(),
        weights: "sha256:".to_owned(),
        options: "{}".to_owned(),
        by: "bench".to_owned(),
        began: "2025-01-01T00:00:00Z".to_owned(),
    }
}

/// Makes a store of about `count` attributions.
fn generate(file: &Path, count: u64) -> Result<()> {
    let began = Instant::now();
    let mut store = Store::create(file)?;
    let mut writer = store.writer(run(), true, false);
    let (mut written, mut n) = (0, 0);
    while written < count {
        let (page, reading) = invent::page(n, count);
        written += reading.attributions.len() as u64;
        n += 1;
        writer.add(page, reading)?;
        if n % 5_000 == 0 {
            eprintln!("{written} attributions of {n} pages in {:.0} s", began.elapsed().as_secs_f64());
        }
    }
    writer.finish("2025-01-01T00:00:01Z")?;
    println!("{written} attributions of {n} pages in {:.1} s", began.elapsed().as_secs_f64());
    println!("{} bytes", std::fs::metadata(file)?.len());
    Ok(())
}

/// The time the threads of this process have used of all processors, in its own code and in the system's. A tick of
/// `/proc/self/stat` is too long: half of what linking a hundred pages takes.
fn cpu() -> Result<Duration> {
    let mut all = 0;
    for thread in std::fs::read_dir("/proc/self/task")? {
        let stat = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        all += stat.split_whitespace().next().context("a thread has a time")?.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(all))
}

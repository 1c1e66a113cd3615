//! `saidline demo`: what it does, on pages that are in the binary.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::thread::available_parallelism;

use include_dir::{Dir, File, include_dir};
use saidline::{Page, Reader, Reading, read_all};
use saidline_sources::{Options, Place, Sources, Why};

use crate::args::{Color, Demo};
use crate::failure::{Failure, UNUSABLE};
use crate::out;
use crate::people::Table;

/// The invented pages that the README, the tests and this command share.
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// How many speakers are shown, and how much of each: about a screen.
const SHOWN: (usize, usize) = (5, 3);

pub(crate) fn run(args: Demo, color: Color) -> Result<ExitCode, Failure> {
    if let Some(folder) = &args.save {
        return save(folder);
    }
    let reader = Reader::new(super::models(None)?, saidline::Options::default());
    let places = pages().map(|(path, bytes)| Place::Memory { path, bytes });
    let sources = Sources::new(places.collect::<Vec<_>>(), Options::default());
    let threads = available_parallelism().map_or(1, usize::from);
    let mut readings = Vec::new();
    for reading in read_all(reader, sources, threads) {
        readings.push(reading.map_err(|unread| Failure::new(UNUSABLE, unread))?);
    }
    let mut shown = summary(&readings);
    Table::new(color).by_speaker(&mut shown, &readings, SHOWN.0, SHOWN.1);
    shown.push_str("\ntry next:\n");
    for (command, what) in [
        ("saidline demo --save pages", "write these pages to a folder"),
        ("saidline extract pages --format table", "who said what, page by page"),
        ("saidline extract pages --format jsonl", "the same for programs, an object a line"),
    ] {
        shown.push_str(&format!("  {command:<40}{what}\n"));
    }
    out::print(&shown)?;
    Ok(ExitCode::SUCCESS)
}

/// The pages, by name; what lies beside them is for whoever reads the folder.
fn pages() -> impl Iterator<Item = (String, &'static [u8])> {
    let is_page = |file: &&File<'_>| {
        let name = file.path().to_string_lossy();
        !name.starts_with('.') && !name.ends_with(".md") && !name.ends_with(".csv")
    };
    let mut files: Vec<_> = EXAMPLES.files().filter(is_page).collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().map(|file| (file.path().to_string_lossy().into_owned(), file.contents()))
}

fn save(folder: &Path) -> Result<ExitCode, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(
            UNUSABLE,
            anyhow::anyhow!("cannot write to `{}`: {}", folder.display(), Why::from(error)),
        )
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut saved = 0;
    for (name, bytes) in pages() {
        fs::write(folder.join(name), bytes).map_err(failed)?;
        saved += 1;
    }
    out::print(&format!("{saved} pages written to `{}`\n", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn summary(readings: &[(Page, Reading)]) -> String {
    let outlets: BTreeSet<_> =
        readings.iter().filter_map(|(_, reading)| reading.document.outlet.as_ref()).collect();
    let attributions = || readings.iter().flat_map(|(_, reading)| &reading.attributions);
    let speakers: BTreeSet<_> =
        attributions().flat_map(|attribution| &attribution.speakers).map(|speaker| &speaker.name).collect();
    format!(
        "{} invented pages of {} outlets: {} attributions, {} speakers named\n",
        readings.len(),
        outlets.len(),
        attributions().count(),
        speakers.len()
    )
}

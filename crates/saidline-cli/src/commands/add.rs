//! `saidline add`: pages into the record.

use std::process::ExitCode;

use saidline::{Page, read_all};
use saidline_sources::Unread;
use saidline_store::{Added, KnownPages, Outcome, Store, StoreError};

use super::inputs::{Inputs, Tally};
use super::meaning;
use crate::args::{Add, ModelName};
use crate::failure::{Failure, INTERRUPTED};
use crate::out;
use crate::people::{clean, count, short};
use crate::progress::Progress;

pub(crate) fn run(args: Add) -> Result<ExitCode, Failure> {
    let reading = &args.reading;
    let Inputs { mut sources, meta, mut reader } = Inputs::new(reading)?;
    // With the fast model it would take several times as long as all of the reading.
    let accurate = matches!(args.reading.models.model, ModelName::Accurate);
    if accurate && !args.without_meaning {
        reader = reader.with_meaning(meaning::model(reading.models.models.as_deref())?);
    }
    let run = super::run("add", &reading.models, Some(reading.plain), &args.by)?;
    let path = &args.store.store;
    let mut progress = Progress::of_sources(&sources);
    // No store is made for inputs of which none can be read.
    let mut first = Vec::new();
    if !path.exists() {
        for page in sources.by_ref() {
            let readable = page.is_ok();
            first.push(page);
            if readable {
                break;
            }
        }
        if first.iter().all(Result::is_err) {
            let mut tally = Tally::of(first.len() as u64);
            first.iter().filter_map(|page| page.as_ref().err()).for_each(|unread| tally.unread(unread));
            drop(progress);
            out::print(&format!("nothing to add; `{}` was not made\n", path.display()))?;
            return Ok(tally.end());
        }
    }
    let mut store = Store::create(path)?;
    let known = store.known_pages(args.force)?;
    let mut writer = store.writer(run, reading.plain, args.force);
    let (mut tally, mut sums) = (Tally::default(), Sums::default());
    out::end_by_itself();
    let pages = first
        .into_iter()
        .chain(sources)
        .map(move |page| page.map_err(NotRead::Unread).and_then(|page| unless_known(page, &known)));
    for item in read_all(reader, pages, reading.threads.count()) {
        if out::is_interrupted() {
            break;
        }
        tally.inputs += 1;
        match item {
            Ok((page, reading)) => sums.all(writer.add(page, reading)?, &progress)?,
            Err(NotRead::Known(path)) => {
                sums.known += 1;
                writer.known(&path);
            }
            Err(NotRead::Unread(unread)) => {
                writer.unread(&unread.path, &unread.why.to_string());
                progress.aside(|| tally.unread(&unread));
            }
            Err(NotRead::Store(error)) => return Err(error.into()),
        }
        progress.page();
    }
    sums.all(writer.flush()?, &progress)?;
    sums.relinked = writer.relinked() as u64;
    sums.all(writer.finish(&super::now())?, &progress)?;
    drop(progress);
    out::print(&format!("{} in `{}`\n", sums.said(), path.display()))?;
    if out::is_interrupted() {
        out::warning("stopped before the end", Some("the same command goes on where it stopped"));
        return Ok(ExitCode::from(INTERRUPTED));
    }
    if let Some(meta) = meta {
        meta.warn_of_unused();
    }
    Ok(tally.end())
}

/// Why a page is not read.
enum NotRead {
    Unread(Unread),
    /// It is in the store: its path.
    Known(String),
    Store(StoreError),
}

/// Pages that are in the store need no reading.
fn unless_known(page: Page, known: &KnownPages) -> Result<Page, NotRead> {
    match known.contains(page.id()) {
        Ok(false) => Ok(page),
        Ok(true) => Err(NotRead::Known(page.path)),
        Err(error) => Err(NotRead::Store(error)),
    }
}

/// What has become of the pages.
#[derive(Default)]
struct Sums {
    new: u64,
    versions: u64,
    captures: u64,
    known: u64,
    forgotten: u64,
    attributions: usize,
    /// Voices that were there and have other names now.
    relinked: u64,
}

impl Sums {
    /// Counts the pages of a batch; those with which something is special are named.
    fn all(&mut self, added: Vec<Added>, progress: &Progress) -> Result<(), Failure> {
        for Added { path, outcome, attributions, same } in added {
            let same = same.map(|same| format!("the same text as page `{}`", short(&same)));
            let special = match outcome {
                Outcome::New => {
                    self.new += 1;
                    same.map(|same| format!("{same}, of another outlet or address: both count"))
                }
                Outcome::Known => {
                    self.known += 1;
                    continue;
                }
                Outcome::Version => {
                    self.versions += 1;
                    Some("another version of a page that is there".to_owned())
                }
                Outcome::Capture => {
                    self.captures += 1;
                    same.map(|same| format!("{same}, which it is another capture of: they count once"))
                }
                Outcome::Forgotten => {
                    self.forgotten += 1;
                    Some("not added, because it was forgotten; `--force` lets it come back".to_owned())
                }
            };
            if !matches!(outcome, Outcome::Forgotten | Outcome::Capture) {
                self.attributions += attributions;
            }
            if let Some(special) = special {
                let mut said = Ok(());
                progress.aside(|| said = out::print(&format!("{}: {special}\n", clean(&path))));
                said?;
            }
        }
        Ok(())
    }

    fn said(&self) -> String {
        let added = self.new + self.versions + self.captures;
        let mut parts = vec![format!("{} added", count(added, "page"))];
        let mut part = |number: u64, words: &str| {
            if number > 0 {
                parts.push(format!("{number} {words}"));
            }
        };
        part(self.versions, "of them another version of a page");
        part(self.captures, "of them with a text that was there");
        part(self.known, "known already");
        part(self.forgotten, "forgotten and not added");
        let relinked = match self.relinked {
            0 => String::new(),
            number => format!("; {} joined or parted anew", count(number, "voice")),
        };
        format!("{}; {}{relinked}", parts.join(", "), count(self.attributions as u64, "attribution"))
    }
}

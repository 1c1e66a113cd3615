//! `saidline demo`: a record of the invented pages that are in the binary.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::thread::available_parallelism;

use include_dir::{Dir, File, include_dir};
use saidline::{Model, Page, Reader, Reading, SpeakerKind, read_all};
use saidline_sources::{Options, Place, Sources, Unread, Why};
use saidline_store::{Store, VoicesQuery};

use crate::args::{Color, Demo, ModelArgs};
use crate::failure::{Failure, UNUSABLE};
use crate::out;
use crate::people::{Table, count};

/// The invented pages that the README, the tests and this command share.
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// How many speakers are shown, and how much of each: about a screen.
const SHOWN: (usize, usize) = (4, 3);

/// What to try on the store that was made.
const NEXT: [(&str, &str); 5] = [
    ("saidline search ferry", "who said something about the ferry"),
    ("saidline search --meaning \"will boats run at night?\"", "the same, whatever the words"),
    ("saidline show \"Andrei Talvorin\"", "one voice, in all outlets"),
    ("saidline changed", "whose words an outlet has changed"),
    ("saidline voices", "who speaks, how often and where"),
];

pub(crate) fn run(args: Demo, color: Color) -> Result<ExitCode, Failure> {
    if let Some(folder) = &args.save {
        return save(folder);
    }
    let path = &args.store.store;
    let mut store = Store::create(path)?;
    let examples = read_examples()?;
    let ours: BTreeSet<_> = examples.iter().map(|page| page.id().to_string()).collect();
    let had = store.page_ids()?;
    if had.iter().any(|id| !ours.contains(id)) {
        return Err(Failure::usage(format!(
            "`{}` holds other pages, and the demo would mix with them",
            path.display()
        ))
        .hint("`--store demo.db` puts it elsewhere"));
    }
    fill(&mut store, examples, &had, &args)?;
    let mut readings: Vec<(Page, Reading)> = Vec::new();
    for id in store.page_ids()? {
        readings.extend(store.page(&id)?.map(|stored| (stored.page, stored.reading)));
    }
    call_voices_by_one_name(&store, &mut readings)?;
    let mut shown = summary(&readings, path);
    Table::new(color, false).by_speaker(&mut shown, &readings, SHOWN.0, SHOWN.1);
    shown.push_str("\ntry next:\n");
    // The store is named where the commands would not find it by themselves.
    let elsewhere =
        if path == Path::new("saidline.db") { String::new() } else { format!(" --store {}", path.display()) };
    let longest = NEXT.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    let width = longest + elsewhere.len() + 3;
    for (command, what) in NEXT {
        shown.push_str(&format!("  {:<width$}{what}\n", format!("{command}{elsewhere}")));
    }
    out::print(&shown)?;
    Ok(ExitCode::SUCCESS)
}

/// Gives every speaker the name of the voice, so that who is written in two ways is listed once.
fn call_voices_by_one_name(store: &Store, readings: &mut [(Page, Reading)]) -> Result<(), Failure> {
    let everybody = VoicesQuery { limit: usize::MAX, ..VoicesQuery::default() };
    let mut names = HashMap::new();
    for voice in store.voices(&everybody)?.rows {
        names.extend(voice.aliases.iter().map(|alias| (alias.clone(), voice.name.clone())));
    }
    let attributions = readings.iter_mut().flat_map(|(_, reading)| &mut reading.attributions);
    for speaker in attributions.flat_map(|attribution| &mut attribution.speakers) {
        if let Some(name) = names.get(&speaker.name) {
            speaker.name.clone_from(name);
        }
    }
    Ok(())
}

/// Adds the pages that are not in the store.
fn fill(store: &mut Store, mut examples: Vec<Page>, had: &[String], args: &Demo) -> Result<(), Failure> {
    examples.retain(|page| !had.contains(&page.id().to_string()));
    if examples.is_empty() {
        return Ok(());
    }
    let run = super::run("demo", &ModelArgs::default(), Some(false), &args.by)?;
    let reader = Reader::new(super::models(Model::default(), None)?, saidline::Options::default())
        .with_meaning(super::meaning::model(None)?);
    let threads = available_parallelism().map_or(1, usize::from);
    let mut writer = store.writer(run, false, false);
    for read in read_all(reader, examples.into_iter().map(Ok::<_, Unread>), threads) {
        let (page, reading) = read.map_err(|unread| Failure::new(UNUSABLE, unread))?;
        writer.add(page, reading)?;
    }
    writer.finish(&super::now())?;
    Ok(())
}

fn read_examples() -> Result<Vec<Page>, Failure> {
    let places: Vec<_> = pages().map(|(path, bytes)| Place::Memory { path, bytes }).collect();
    let pages = Sources::new(places, Options::default()).collect::<Result<_, _>>();
    pages.map_err(|unread| Failure::new(UNUSABLE, unread))
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

fn summary(readings: &[(Page, Reading)], store: &Path) -> String {
    let outlets: BTreeSet<_> =
        readings.iter().filter_map(|(_, reading)| reading.document.outlet.as_ref()).collect();
    let attributions = || readings.iter().flat_map(|(_, reading)| &reading.attributions);
    let named = attributions().flat_map(|attribution| &attribution.speakers);
    let named = named.filter(|speaker| speaker.kind != SpeakerKind::Unnamed);
    let speakers: BTreeSet<_> = named.map(|speaker| &speaker.name).collect();
    format!(
        "{} of {}, all invented, are in `{}`: {}, {} named\n",
        count(readings.len() as u64, "page"),
        count(outlets.len() as u64, "outlet"),
        store.display(),
        count(attributions().count() as u64, "attribution"),
        count(speakers.len() as u64, "speaker"),
    )
}

//! What it costs to tell whose the names on a page are, in a small and in a large store.
//!
//! Names come as in the world: a few family names are borne by very many, most by few; some stand with an initial, a short form
//! or a middle name, some alone. The pages that are timed are the same for both stores: half of their speakers are in both, half
//! in neither.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::Connection;
use saidline::{
    Act, ActClass, Attribution, Block, BlockKind, Document, How, Kind, Known, Page, QuotationKind, Reading,
    Span, Speaker, SpeakerKind,
};
use saidline_store::Store;

use crate::invent::{Chance, capital, word};
use crate::{cpu, run};

/// How many names the stores have.
const SIZES: [usize; 2] = [2_000, 200_000];
/// Pages that are timed.
const PAGES: usize = 100;
/// Speakers on a page.
const SPEAKERS: usize = 8;
/// How often each is timed, one store after the other.
const ROUNDS: usize = 7;
/// To how many copies of each store the pages are added in a round: what is short is timed more often.
const COPIES: [usize; 2] = [10, 5];

/// How many there are of something, and how level the commonest are: the one of rank `r` comes about `1 / (r + level)` as often
/// (the law of Zipf and Mandelbrot).
struct Tail {
    of: f64,
    level: f64,
}

/// Family names: the commonest is borne by one in 190, the first hundred by a fifth, as in the United States.
const FAMILIES: Tail = Tail { of: 150_000.0, level: 20.0 };
/// Given names: the commonest is one in 70.
const GIVEN_NAMES: Tail = Tail { of: 5_000.0, level: 10.0 };
const OFFICES_HELD: Tail = Tail { of: OFFICES.len() as f64, level: 5.0 };
/// Towns, ministries and companies that offices are held in.
const PLACES: Tail = Tail { of: 8_000.0, level: 5.0 };

impl Tail {
    fn draw(&self, chance: &mut Chance) -> usize {
        (self.level * ((self.of / self.level + 1.0).powf(chance.unit()) - 1.0)) as usize
    }
}

const OFFICES: [&str; 40] = [
    "spokesman",
    "spokeswoman",
    "president",
    "minister",
    "analyst",
    "professor",
    "chief executive",
    "director",
    "senator",
    "mayor",
    "coach",
    "economist",
    "lawyer",
    "prosecutor",
    "governor",
    "resident",
    "researcher",
    "police chief",
    "ambassador",
    "secretary",
    "judge",
    "manager",
    "chairman",
    "author",
    "striker",
    "trader",
    "farmer",
    "teacher",
    "doctor",
    "engineer",
    "editor",
    "colonel",
    "bishop",
    "goalkeeper",
    "strategist",
    "curator",
    "nurse",
    "union leader",
    "deputy",
    "actor",
];

/// The commonest given names, some with their short forms.
const GIVEN: [&str; 24] = [
    "William",
    "Bill",
    "Robert",
    "Bob",
    "Jane",
    "Mary",
    "Peter",
    "Sergei",
    "Serguei",
    "Andrei",
    "Andrey",
    "Anna",
    "Thomas",
    "Tom",
    "Elizabeth",
    "Liz",
    "Katherine",
    "Kate",
    "Michael",
    "Mike",
    "Jorg",
    "Ines",
    "Ada",
    "Mara",
];

/// The name of a rank; two ranks may have one name, as in the world.
fn name(rank: usize) -> String {
    let mut chance = Chance((rank as u64).wrapping_mul(0x9e6c_63d0_876a_3f35) ^ 0x51ed);
    let family = capital(&word(12_000 + FAMILIES.draw(&mut chance)));
    let given = GIVEN_NAMES.draw(&mut chance);
    let given = GIVEN.get(given).map_or_else(|| capital(&word(1_000 + given)), |given| (*given).to_owned());
    let initial = |chance: &mut Chance| char::from(b'A' + chance.below(26) as u8);
    match chance.below(100) {
        0..4 => family,
        4..9 => format!("{given} {}. {family}", initial(&mut chance)),
        9..12 => format!("{}. {family}", initial(&mut chance)),
        _ => format!("{given} {family}"),
    }
}

/// What the one of a rank is, wherever it is told.
fn role(rank: usize) -> String {
    let mut chance = Chance((rank as u64).wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x0ff1ce);
    let office = OFFICES[OFFICES_HELD.draw(&mut chance).min(OFFICES.len() - 1)];
    let place = capital(&word(2_000 + PLACES.draw(&mut chance)));
    match chance.below(10) {
        0..3 => office.to_owned(),
        3..7 => format!("{place} {office}"),
        _ => format!("{office} of {place}"),
    }
}

/// The first ranks whose names differ, so many.
fn differing(count: usize) -> (Vec<usize>, HashSet<String>) {
    let mut names = HashSet::new();
    let ranks = (0..).filter(|rank| names.insert(name(*rank))).take(count).collect();
    (ranks, names)
}

/// What all say: words so common that no report of them is held against another. Another paragraph stands between any two. So
/// statements cost the same whether or not the speakers are named, and do not count as linking.
const SAID: &str = "It was so";

/// A page on which these speak; with `named` false, the same without anybody's name being told.
fn page(n: usize, ranks: &[usize], named: bool) -> (Page, Reading) {
    let mut chance = Chance(n as u64 ^ 0x00c0_ffee);
    let (mut text, mut blocks, mut attributions) = (String::new(), Vec::new(), Vec::new());
    for rank in ranks {
        let start = text.len();
        text.push_str(SAID);
        let content = Span::new(start, text.len());
        text.push_str(", ");
        let name = name(*rank);
        let source = Span::new(text.len(), text.len() + name.len());
        text.push_str(&name);
        let cue = Span::new(text.len() + 1, text.len() + 5);
        text.push_str(" said.\n");
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()), time: None });
        let start = text.len();
        text.push_str("And so it was.\n");
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()), time: None });
        let kind = if named { SpeakerKind::Person } else { SpeakerKind::Unnamed };
        let role = (chance.below(10) < 4).then(|| role(*rank));
        let speaker = Speaker { name, kind, role, how: How::Name, antecedent: None, confidence: 0.9 };
        attributions.push(Attribution {
            speakers: vec![speaker],
            act: Some(Act { class: ActClass::Speech, r#type: None }),
            ..Attribution::new(QuotationKind::Indirect, vec![source], vec![cue], vec![content], 0.9)
        });
    }
    let outlet = format!("The {} Gazette", capital(&word(2_000 + chance.below(300) as usize)));
    let page = Page {
        bytes: text.clone().into_bytes(),
        kind: Kind::Text,
        path: format!("{n}.txt"),
        known: Known {
            address: Some(format!("https://gazette.example/{n}")),
            outlet: Some(outlet.clone()),
            ..Known::default()
        },
        ..Page::default()
    };
    let document = Document { text, blocks, outlet: Some(outlet), ..Document::default() };
    let reading = Reading {
        page: page.id(),
        document,
        attributions,
        notes: Vec::new(),
        model: "invented".into(),
        meanings: Vec::new(),
    };
    (page, reading)
}

/// Makes the stores in a folder, times both in turn, and writes `bench/store/linking.md`.
pub fn compare(folder: &Path, table: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for size in SIZES {
        let file = folder.join(format!("{size}.db"));
        if !file.exists() {
            make(&file, size)?;
        }
        files.push(file);
    }
    let (in_both, _) = differing(SIZES[0]);
    let (_, known) = differing(SIZES[1]);
    let mut new = (10 * SIZES[1]..).filter(|rank| !known.contains(&name(*rank)));
    let mut chance = Chance(0xbeef);
    let mut ranks = vec![Vec::new(); PAGES];
    for rank in (0..PAGES * SPEAKERS).map(|n| match n % 2 {
        0 => Some(in_both[chance.below(SIZES[0] as u64) as usize]),
        _ => new.next(),
    }) {
        let page = ranks.iter_mut().find(|page: &&mut Vec<usize>| page.len() < SPEAKERS);
        page.context("there are as many speakers as places")?.extend(rank);
    }
    let mut linking = vec![Vec::new(); files.len()];
    let mut whole = vec![Vec::new(); files.len()];
    for round in 0..ROUNDS {
        for (n, file) in files.iter().enumerate() {
            let (mut named, mut unnamed) = (0.0, 0.0);
            for _ in 0..COPIES[n] {
                named += time(file, folder, &ranks, true)? / COPIES[n] as f64;
                unnamed += time(file, folder, &ranks, false)? / COPIES[n] as f64;
            }
            eprintln!("round {round}, {} names: {named:.4} s, without names {unnamed:.4} s", SIZES[n]);
            whole[n].push(named);
            linking[n].push((named - unnamed).max(0.0));
        }
    }
    let ratios: Vec<f64> = linking[1].iter().zip(&linking[0]).map(|(large, small)| large / small).collect();
    let mut rows = String::new();
    for (n, file) in files.iter().enumerate() {
        let connection = Connection::open(file)?;
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        rows.push_str(&format!(
            "| {} | {} | {} | {:.2} | {} | {} |\n",
            count("SELECT count(*) FROM voice")?,
            count("SELECT count(*) FROM voice WHERE head IS NULL")?,
            count(
                "SELECT max(n) FROM (SELECT count(*) AS n FROM voice_key WHERE key GLOB '*/:p' GROUP BY key)"
            )?,
            median(&linking[n]) * 1e3 / PAGES as f64,
            all(&linking[n]),
            all(&whole[n]),
        ));
    }
    let text = format!(
        "# Whose the names on a page are\n\nMade by `cargo run --release --manifest-path bench/store/Cargo.toml -- linking FOLDER`.\n\n\
         {PAGES} pages of {SPEAKERS} speakers are added to each of two stores, in turn; half of the speakers are in both, half in \
         neither. Each round is the mean of {} copies of the small store and {} of the large one. What linking costs is what adding costs more than adding the same pages with speakers that are nobody's name.\n\n\
         | names | voices | names with the commonest family name | linking, ms a page (median) | linking {PAGES} pages, CPU s | adding them, CPU s |\n\
         |---|---|---|---|---|---|\n{rows}\n\
         Large against small, by rounds: {}; the median **{:.2}** (must be 3 at most, aim 1.5).\n",
        COPIES[0],
        COPIES[1],
        all(&ratios),
        median(&ratios),
    );
    fs::write(table, &text).with_context(|| format!("cannot write `{}`", table.display()))?;
    print!("{text}");
    Ok(())
}

fn all(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{number:.3}")).collect::<Vec<_>>().join(", ")
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Makes a store of the first so many names, each on a page, the first of them on many.
fn make(file: &Path, size: usize) -> Result<()> {
    let mut store = Store::create(file)?;
    let mut writer = store.writer(run(), true, false);
    let mut chance = Chance(size as u64);
    let (all, _) = differing(size);
    for (n, these) in all.chunks(15).enumerate() {
        let mut ranks = these.to_vec();
        ranks.extend((0..5).map(|_| all[chance.rank(size)]));
        let (page, reading) = page(1_000_000 + n, &ranks, true);
        writer.add(page, reading)?;
        if n % 1_000 == 999 {
            eprintln!("{} of {size} names", 15 * n);
        }
    }
    writer.finish("2025-01-01T00:00:01Z")?;
    Ok(())
}

/// The processor time of adding the pages to a copy of a store.
fn time(file: &Path, folder: &Path, ranks: &[Vec<usize>], named: bool) -> Result<f64> {
    let copy = folder.join("copy.db");
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("copy.db{end}")));
    }
    fs::copy(file, &copy)?;
    // Else the first page that is written would wait for all of the copy.
    File::open(&copy)?.sync_all()?;
    let pages: Vec<_> = ranks.iter().enumerate().map(|(n, ranks)| page(n, ranks, named)).collect();
    let mut store = Store::create(&copy)?;
    let began = cpu()?;
    let mut writer = store.writer(run(), true, false);
    for (page, reading) in pages {
        writer.add(page, reading)?;
    }
    writer.finish("2025-01-01T00:00:01Z")?;
    Ok((cpu()? - began).as_secs_f64())
}

//! What it costs to tell whose the names on a page are, in a small and in a large store.
//!
//! Names come as in the world: a few family names are borne by very many, most by few; some stand with an initial, a short form
//! or a middle name, some alone. The pages that are timed are the same for both stores: half of their speakers are in both, half
//! in neither.

use std::fs;
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

/// How many voices the stores have.
const SIZES: [usize; 2] = [2_000, 200_000];
/// Pages that are timed.
const PAGES: usize = 100;
/// Speakers on a page.
const SPEAKERS: usize = 8;
/// How often each is timed, one store after the other.
const ROUNDS: usize = 7;
/// Family names that there are. A few are common: the commonest is borne by one in a hundred.
const FAMILIES: f64 = 30_000.0;
const FIRST_FAMILY: f64 = 10.0;

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
    let family = (FIRST_FAMILY * (FAMILIES / FIRST_FAMILY).powf(chance.unit())) as usize;
    let family = capital(&word(4_000 + family));
    let given = match chance.below(10) {
        0..4 => GIVEN[chance.below(GIVEN.len() as u64) as usize].to_owned(),
        _ => capital(&word(1_000 + chance.below(900) as usize)),
    };
    let initial = |chance: &mut Chance| char::from(b'A' + chance.below(26) as u8);
    match chance.below(100) {
        0..4 => family,
        4..9 => format!("{given} {}. {family}", initial(&mut chance)),
        9..12 => format!("{}. {family}", initial(&mut chance)),
        _ => format!("{given} {family}"),
    }
}

/// A page on which these speak; with `named` false, the same without anybody's name being told.
fn page(n: usize, ranks: &[usize], named: bool) -> (Page, Reading) {
    let mut chance = Chance(n as u64 ^ 0x00c0_ffee);
    let (mut text, mut blocks, mut attributions) = (String::new(), Vec::new(), Vec::new());
    for rank in ranks {
        let start = text.len();
        text.push_str("Quay ");
        text.push_str(&word(chance.below(9_000) as usize));
        text.push_str(" stays open");
        let content = Span::new(start, text.len());
        text.push_str(", ");
        let name = name(*rank);
        let source = Span::new(text.len(), text.len() + name.len());
        text.push_str(&name);
        let cue = Span::new(text.len() + 1, text.len() + 5);
        text.push_str(" said.\n");
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()), time: None });
        let kind = if named { SpeakerKind::Person } else { SpeakerKind::Unnamed };
        let role = (chance.below(10) < 4).then(|| format!("{} minister", word(50 + rank % 400)));
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
    let reading =
        Reading { page: page.id(), document, attributions, notes: Vec::new(), model: "invented".into() };
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
    let mut chance = Chance(0xbeef);
    let ranks: Vec<Vec<usize>> = (0..PAGES)
        .map(|_| {
            (0..SPEAKERS)
                .map(|n| match n % 2 {
                    0 => chance.below(SIZES[0] as u64) as usize,
                    _ => 10 * SIZES[1] + chance.below(1_000_000) as usize,
                })
                .collect()
        })
        .collect();
    let mut linking = vec![Vec::new(); files.len()];
    let mut whole = vec![Vec::new(); files.len()];
    for round in 0..ROUNDS {
        for (n, file) in files.iter().enumerate() {
            let named = time(file, folder, &ranks, true)?;
            let unnamed = time(file, folder, &ranks, false)?;
            eprintln!("round {round}, {} voices: {named:.2} s, without names {unnamed:.2} s", SIZES[n]);
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
            "| {} | {} | {} | {:.1} | {} | {} |\n",
            count("SELECT count(*) FROM voice")?,
            count("SELECT count(*) FROM voice WHERE head IS NULL")?,
            count(
                "SELECT max(n) FROM (SELECT count(*) AS n FROM voice_key WHERE key GLOB 'p:*' GROUP BY key)"
            )?,
            median(&linking[n]) * 1e3 / PAGES as f64,
            all(&linking[n]),
            all(&whole[n]),
        ));
    }
    let text = format!(
        "# Whose the names on a page are\n\nMade by `cargo run --release --manifest-path bench/store/Cargo.toml -- linking FOLDER`.\n\n\
         {PAGES} pages of {SPEAKERS} speakers are added to each of two stores, in turn; half of the speakers are in both, half in \
         neither. What linking costs is what adding costs more than adding the same pages with speakers that are nobody's name.\n\n\
         | names | voices | names with the commonest family name | linking, ms a page (median) | linking {PAGES} pages, CPU s | adding them, CPU s |\n\
         |---|---|---|---|---|---|\n{rows}\n\
         Large against small, by rounds: {}; the median **{:.2}** (must be 3 at most, aim 1.5).\n",
        all(&ratios),
        median(&ratios),
    );
    fs::write(table, &text).with_context(|| format!("cannot write `{}`", table.display()))?;
    print!("{text}");
    Ok(())
}

fn all(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{number:.2}")).collect::<Vec<_>>().join(", ")
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
    for (n, start) in (0..size).step_by(15).enumerate() {
        let mut ranks: Vec<usize> = (start..(start + 15).min(size)).collect();
        ranks.extend((0..5).map(|_| chance.rank(size)));
        let (page, reading) = page(1_000_000 + n, &ranks, true);
        writer.add(page, reading)?;
        if n % 1_000 == 999 {
            eprintln!("{} of {size} names", start + 15);
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

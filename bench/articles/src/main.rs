//! Article extraction, side by side: F1 of word 4-grams against the true article text of saved news pages.
//!
//! The measure is that of the scrapinghub article-extraction-benchmark: per page the multisets of 4-grams of
//! `\w+` tokens (case kept; a text shorter than four tokens is one shorter gram) of the true and the found text
//! give true positives, false positives and false negatives; the three are divided by their sum, so that every
//! page weighs the same, averaged over the pages, and precision, recall and F1 taken from the averages.
//!
//! Run from the repository root: `cargo run --release --manifest-path bench/articles/Cargo.toml`.
//! `SAIDLINE_DATA` names the folder that holds `articles/` (default `../shared/data`). With `--pages` the F1 of
//! each page is printed too; with `--only NAME` one extractor runs; with `--page PREFIX` the blocks of one page; with `--wrong` every block of every page
//! that is labelled against the true text. With `--dates` the publication dates are scored instead, against
//! `bench/articles/dates.jsonl` (written by reading the pages; `DATES.md` tells how).

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

struct Page {
    name: String,
    address: String,
    bytes: Vec<u8>,
    html: String,
    truth: String,
}

type Extract = fn(&Page) -> String;

const EXTRACTORS: &[(&str, Extract)] = &[
    ("saidline", saidline),
    ("trafilatura 0.6, precision", |page| trafilatura(page, trafilatura::ExtractionFocus::FavorPrecision)),
    ("trafilatura 0.6, default", |page| trafilatura(page, trafilatura::ExtractionFocus::Balanced)),
    ("trafilatura 0.6, recall", |page| trafilatura(page, trafilatura::ExtractionFocus::FavorRecall)),
    ("rs-trafilatura 0.2", rs_trafilatura),
    ("dom_smoothie 0.19", dom_smoothie),
    ("libreadability 0.3", libreadability),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let per_page = arguments.iter().any(|a| a == "--pages");
    let one = arguments.iter().position(|a| a == "--page").and_then(|at| arguments.get(at + 1));
    let data = std::env::var_os("SAIDLINE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let pages = match pages(&data.join("articles")) {
        Ok(pages) => pages,
        Err(error) => {
            eprintln!("error: no pages under `{}`: {error}", data.display());
            eprintln!("hint: set `SAIDLINE_DATA` to the folder that holds `articles/`");
            std::process::exit(2);
        }
    };
    if arguments.iter().any(|a| a == "--dates") {
        dates(&pages);
        return;
    }
    if arguments.iter().any(|a| a == "--wrong") {
        for page in &pages {
            wrong(page);
        }
        return;
    }
    if let Some(prefix) = one {
        for page in pages.iter().filter(|page| page.name.starts_with(prefix.as_str())) {
            show(page);
        }
        return;
    }
    println!("{} pages\n", pages.len());
    println!("| extractor | F1 | precision | recall | quotations whole | pages empty | ms a page |");
    println!("|---|---|---|---|---|---|---|");
    let mut scores: Vec<Vec<f64>> = vec![Vec::new(); pages.len()];
    let only = arguments.iter().position(|a| a == "--only").and_then(|at| arguments.get(at + 1));
    for (name, extract) in EXTRACTORS.iter().filter(|(name, _)| only.is_none_or(|only| name.starts_with(only.as_str()))) {
        let mut sums = [0.0; 3];
        let (mut whole, mut quotations, mut empty) = (0, 0, 0);
        let mut time = Duration::ZERO;
        for (at, page) in pages.iter().enumerate() {
            let begun = Instant::now();
            // A peer that panics has found nothing.
            let found = std::panic::catch_unwind(|| extract(page)).unwrap_or_default();
            time += begun.elapsed();
            empty += usize::from(found.trim().is_empty());
            let counts = compare(&page.truth, &found);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
            scores[at].push(precision_recall_f1(counts).2);
            let (here, all) = quotations_whole(&page.truth, &found);
            whole += here;
            quotations += all;
        }
        let (precision, recall, f1) = precision_recall_f1(sums);
        println!(
            "| {name} | {f1:.4} | {precision:.4} | {recall:.4} | {:.1} % of {quotations} | {empty} | {:.1} |",
            100.0 * whole as f64 / quotations as f64,
            time.as_secs_f64() * 1000.0 / pages.len() as f64
        );
    }
    if per_page {
        println!();
        for (page, scores) in pages.iter().zip(scores) {
            let scores: Vec<String> = scores.iter().map(|score| format!("{score:.3}")).collect();
            println!("{} {} {}", &page.name[..8], scores.join(" "), page.address);
        }
    }
}

fn pages(folder: &Path) -> Result<Vec<Page>, Box<dyn std::error::Error>> {
    let truth: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(&std::fs::read(folder.join("ground-truth.json"))?)?;
    let mut pages = Vec::new();
    for (name, truth) in truth {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(folder.join("html").join(format!("{name}.html.gz")))?;
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
        let field = |field: &str| truth[field].as_str().unwrap_or_default().to_owned();
        pages.push(Page {
            html: String::from_utf8_lossy(&bytes).into_owned(),
            address: field("url"),
            truth: field("articleBody"),
            name,
            bytes,
        });
    }
    Ok(pages)
}

fn saidline(page: &Page) -> String {
    let document = read(page);
    let kept = document.blocks.iter().filter(|block| {
        !matches!(block.kind, saidline_html::BlockKind::Boilerplate | saidline_html::BlockKind::Headline)
    });
    kept.map(|block| block.span.of(&document.text)).collect::<Vec<_>>().join("\n")
}

fn read(page: &Page) -> saidline_html::Document {
    let known = saidline_html::Known { address: Some(page.address.clone()), ..Default::default() };
    let input = saidline_html::Input {
        bytes: &page.bytes,
        kind: saidline_html::Kind::Html,
        plain: false,
        charset: None,
        known: &known,
    };
    saidline_html::read(input, &|rows| vec![0.0; rows.len() / saidline_html::LINE_FEATURES.max(1)]).0
}

fn trafilatura(page: &Page, focus: trafilatura::ExtractionFocus) -> String {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_focus(focus);
    trafilatura::extract(&page.html, &options).map(|found| found.content_text).unwrap_or_default()
}

fn rs_trafilatura(page: &Page) -> String {
    let options = rs_trafilatura::Options { include_comments: false, ..Default::default() };
    rs_trafilatura::extract_with_options(&page.html, &options)
        .map(|found| found.content_text)
        .unwrap_or_default()
}

fn dom_smoothie(page: &Page) -> String {
    // Formatted text keeps words of neighbouring blocks apart.
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    dom_smoothie::Readability::new(page.html.as_str(), None, Some(config))
        .and_then(|mut readability| readability.parse())
        .map(|article| article.text_content.to_string())
        .unwrap_or_default()
}

fn libreadability(page: &Page) -> String {
    libreadability::extract(&page.html, None).map(|article| article.text_content).unwrap_or_default()
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|token| !token.is_empty()).collect()
}

fn grams(text: &str) -> HashMap<Vec<&str>, f64> {
    let tokens = tokens(text);
    let mut grams = HashMap::new();
    if tokens.len() < 4 {
        if !tokens.is_empty() {
            grams.insert(tokens, 1.0);
        }
        return grams;
    }
    for gram in tokens.windows(4) {
        *grams.entry(gram.to_vec()).or_default() += 1.0;
    }
    grams
}

/// True positives, false positives and false negatives, divided by their sum.
fn compare(truth: &str, found: &str) -> [f64; 3] {
    let (truth, found) = (grams(truth), grams(found));
    let (mut both, mut only_found, mut only_true) = (0.0, 0.0, 0.0);
    for (gram, count) in &truth {
        let here = found.get(gram).copied().unwrap_or_default();
        both += count.min(here);
        only_true += (count - here).max(0.0);
    }
    for (gram, count) in &found {
        only_found += (count - truth.get(gram).copied().unwrap_or_default()).max(0.0);
    }
    let sum = both + only_found + only_true;
    if sum == 0.0 { [0.0; 3] } else { [both / sum, only_found / sum, only_true / sum] }
}

fn precision_recall_f1([both, only_found, only_true]: [f64; 3]) -> (f64, f64, f64) {
    let ratio = |wrong: f64| match (both, wrong) {
        (_, 0.0) => 1.0,
        (0.0, _) => 0.0,
        _ => both / (both + wrong),
    };
    let (precision, recall) = (ratio(only_found), ratio(only_true));
    let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    (precision, recall, f1)
}

/// How many quotations of the true text (four words or more between double marks, in one paragraph) stand whole
/// in the found text, word for word, and how many there are.
fn quotations_whole(truth: &str, found: &str) -> (usize, usize) {
    let found = format!(" {} ", tokens(found).join(" "));
    let (mut whole, mut all) = (0, 0);
    for paragraph in truth.lines() {
        let mut rest = paragraph;
        while let Some(open) = rest.find(['“', '"']) {
            let mark = rest[open..].chars().next().unwrap();
            let inner = &rest[open + mark.len_utf8()..];
            let Some(close) = inner.find(if mark == '“' { '”' } else { '"' }) else { break };
            let words = tokens(&inner[..close]);
            if words.len() >= 4 {
                all += 1;
                whole += usize::from(found.contains(&format!(" {} ", words.join(" "))));
            }
            rest = &inner[close..];
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        }
    }
    (whole, all)
}

/// Publication dates against those found by reading: right of those stated, and invented where none is stated.
fn dates(pages: &[Page]) {
    let gold = match std::fs::read_to_string("bench/articles/dates.jsonl") {
        Ok(gold) => gold,
        Err(error) => {
            eprintln!("error: `bench/articles/dates.jsonl` can't be read: {error}");
            eprintln!("hint: run from the repository root");
            std::process::exit(2);
        }
    };
    // The day stated, and the days that are right as well.
    let gold: HashMap<String, Vec<String>> = gold
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| {
            let also = row["also"].as_array().map(Vec::as_slice).unwrap_or_default();
            let days = std::iter::once(&row["published"]).chain(also).filter_map(|day| day.as_str());
            Some((row["page"].as_str()?.to_owned(), days.map(str::to_owned).collect()))
        })
        .collect();
    let (mut right, mut stated, mut invented, mut none) = (0, 0, 0, 0);
    let mut bases: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for page in pages {
        let Some(truth) = gold.get(&page.name) else { continue };
        let found = read(page).published;
        // The day; a month or a year alone is right only where no more is stated.
        let day = found.as_ref().map(|dated| dated.when.from.to_string().chars().take(10).collect::<String>());
        let basis = found.as_ref().map_or("none", |dated| dated.basis.name());
        let good = match &day {
            Some(day) => truth.contains(day),
            None => truth.is_empty(),
        };
        if truth.is_empty() {
            none += 1;
            invented += usize::from(!good);
        } else {
            stated += 1;
            right += usize::from(good);
        }
        let count = bases.entry(basis).or_default();
        count.0 += usize::from(good);
        count.1 += 1;
        if !good {
            println!("{} true {truth:?} found {found:?}", &page.name[..8]);
        }
    }
    println!("\nright: {right} of {stated} stated ({:.1} %)", 100.0 * f64::from(right as u32) / f64::from(stated as u32));
    println!("invented: {invented} of {none} that state none");
    for (basis, (good, all)) in bases {
        println!("by {basis}: {good} of {all}");
    }
}

/// The blocks of a page that are kept though their words are not in the true text, or the other way round.
fn wrong(page: &Page) {
    let document = read(page);
    let truth = grams(&page.truth);
    let (found, score) = {
        let kept = saidline(page);
        (kept.len(), precision_recall_f1(compare(&page.truth, &kept)).2)
    };
    println!("== {} {score:.3} {found} bytes {}", &page.name[..8], page.address);
    for block in &document.blocks {
        let text = block.span.of(&document.text);
        let grams = grams(text);
        let all: f64 = grams.values().sum();
        let shared: f64 = grams.iter().filter(|(gram, _)| truth.contains_key(*gram)).map(|(_, n)| n).sum();
        let kind = block.kind.name();
        let dropped = matches!(kind, "boilerplate" | "headline");
        let words = tokens(text).len();
        if if dropped { shared > all / 2.0 && words >= 4 } else { shared <= all / 2.0 && words > 0 } {
            let shown: String = text.trim().chars().take(110).collect();
            println!("  {} {kind:12} {words:4} {shown:?}", if dropped { "-" } else { "+" });
        }
    }
}

/// One page's blocks, each with how many of its words are in the true text; and the lines of the true text that
/// the kept blocks lack.
fn show(page: &Page) {
    println!("== {} {}", page.name, page.address);
    let document = read(page);
    let truth = grams(&page.truth);
    println!(
        "title {:?}\noutlet {:?} byline {:?} agencies {:?}\npublished {:?}\nupdated {:?}\nlanguage {:?} canonical {:?}",
        document.title,
        document.outlet,
        document.byline,
        document.agencies,
        document.published,
        document.updated,
        document.language,
        document.canonical
    );
    for block in &document.blocks {
        let text = block.span.of(&document.text);
        let grams = grams(text);
        let all: f64 = grams.values().sum();
        let shared: f64 = grams.iter().filter(|(gram, _)| truth.contains_key(*gram)).map(|(_, n)| n).sum();
        let shown: String = text.trim().chars().take(150).collect();
        let share = if all == 0.0 { 0.0 } else { shared / all };
        println!("{:12} {:4.2} {:4} {:?}", block.kind.name(), share, tokens(text).len(), shown);
    }
    let kept = saidline(page);
    let kept = self::grams(&kept);
    for line in page.truth.lines() {
        let grams = self::grams(line);
        let all = grams.len();
        let missing = grams.keys().filter(|gram| !kept.contains_key(*gram)).count();
        if missing * 4 > all {
            println!("MISSED {line:?}");
        }
    }
}

//! Fifty searches of every sort, with words and names of the store that is measured.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OpenFlags};
use saidline::{ActClass, QuotationKind};
use saidline_store::{Order, Query, Store};

const QUERIES: &str = include_str!("../queries.txt");
/// How often each is asked; the median counts.
const TIMES: usize = 7;

/// Measures the searches within one process.
pub fn inside(file: &Path) -> Result<()> {
    let lines = filled(file)?;
    let store = Store::read(file)?;
    let mut times = Vec::new();
    for line in &lines {
        let query = query(&words(line))?;
        // A connection of its own: nothing of the file is in its memory, though it is in the system's.
        let fresh = Store::read(file)?;
        let began = Instant::now();
        fresh.search(&query)?;
        let first = began.elapsed();
        let mut each = Vec::new();
        let mut total = 0;
        for _ in 0..TIMES {
            let began = Instant::now();
            total = store.search(&query)?.total;
            each.push(began.elapsed());
        }
        each.sort_unstable();
        times.push((each[TIMES / 2], first));
        println!("{:>9.2} ms {:>9.2} ms first {total:>8} found  {line}", ms(each[TIMES / 2]), ms(first));
    }
    summary("kept open", times.iter().map(|(kept, _)| *kept).collect());
    summary("newly opened", times.iter().map(|(_, first)| *first).collect());
    Ok(())
}

/// Measures the searches as commands, from their start to their end.
pub fn as_command(file: &Path, binary: &Path) -> Result<()> {
    let mut times = Vec::new();
    for line in filled(file)? {
        let mut each = Vec::new();
        for _ in 0..TIMES {
            let mut command = Command::new(binary);
            command.arg("search").arg("--store").arg(file).args(["--format", "table"]).args(words(&line));
            let began = Instant::now();
            let output = command.output()?;
            each.push(began.elapsed());
            if !matches!(output.status.code(), Some(0 | 1)) {
                bail!("{line}: {}", String::from_utf8_lossy(&output.stderr));
            }
        }
        each.sort_unstable();
        times.push(each[TIMES / 2]);
        println!("{:>9.2} ms  {line}", ms(each[TIMES / 2]));
    }
    summary("as a command", times);
    Ok(())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn summary(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| ms(times[((times.len() - 1) as f64 * share).round() as usize]);
    println!(
        "{what}: p50 {:.2} ms, p95 {:.2} ms, max {:.2} ms of {}",
        at(0.5),
        at(0.95),
        at(1.0),
        times.len()
    );
}

/// The words of a line, as a shell has them.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted) = (String::new(), false);
    let mut is_option = false;
    for letter in line.chars().chain([' ']) {
        match letter {
            '"' => {
                quoted = !quoted;
                // Of a phrase the marks are part of what is typed, of an option they are not.
                if !is_option {
                    word.push('"');
                }
            }
            ' ' if !quoted => {
                if !word.is_empty() {
                    is_option = word.starts_with("--") && !["--facets", "--all"].contains(&word.as_str());
                    words.push(std::mem::take(&mut word));
                }
            }
            letter => word.push(letter),
        }
    }
    words
}

/// The query that a command makes of its words.
fn query(words: &[String]) -> Result<Query> {
    let mut query = Query { limit: 20, ..Query::default() };
    let mut sort = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().context("an option has a value");
        match word.as_str() {
            "--speaker" => query.filter.speakers.push(value()?.clone()),
            "--outlet" => query.filter.outlets.push(value()?.clone()),
            "--since" => query.filter.since = value()?.parse().ok(),
            "--until" => query.filter.until = value()?.parse().ok(),
            "--limit" => query.limit = value()?.parse()?,
            "--offset" => query.offset = value()?.parse()?,
            "--facets" => query.facets = 10,
            "--all" => query.all = true,
            "--kind" => {
                let name = value()?;
                query.filter.kind = QuotationKind::ALL.into_iter().find(|kind| kind.name() == name);
            }
            "--sort" => sort = Some(if value()? == "best" { Order::Best } else { Order::Newest }),
            word if word.starts_with("--") => bail!("no option `{word}`"),
            word => query.filter.words = format!("{} {word}", query.filter.words),
        }
    }
    if !query.all {
        query.filter.acts = vec![ActClass::Speech];
    }
    let by_words = if query.filter.words.is_empty() { Order::Newest } else { Order::Best };
    query.order = sort.unwrap_or(by_words);
    Ok(query)
}

/// The list, with what stands in braces put in.
fn filled(file: &Path) -> Result<Vec<String>> {
    let words = Holdings::open(file)?;
    let lines = QUERIES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut filled = String::new();
            let mut rest = line;
            while let Some((before, after)) = rest.split_once('{') {
                let (name, after) = after.split_once('}').context("a brace is closed")?;
                filled.push_str(before);
                filled.push_str(&words.value(name)?);
                rest = after;
            }
            Ok(filled + rest)
        })
        .collect()
}

/// What the store holds that can be asked for.
struct Holdings {
    connection: Connection,
    /// The words of what was said, the commonest first.
    words: Vec<String>,
    speakers: Vec<(String, String)>,
    outlets: Vec<String>,
    dates: HashMap<&'static str, String>,
}

impl Holdings {
    fn open(file: &Path) -> Result<Self> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.execute_batch("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, quote_fts, col)")?;
        let words = connection
            .prepare("SELECT term FROM temp.word WHERE col = 'content' ORDER BY doc DESC, term LIMIT 20000")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let speakers = connection
            .prepare(
                "SELECT v.name, v.id FROM speaker AS s JOIN voice AS v ON v.nr = s.voice WHERE v.kind = 'person' \
                 GROUP BY v.nr ORDER BY count(*) DESC, v.name LIMIT 20",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let outlets = connection
            .prepare(
                "SELECT o.name FROM document AS d JOIN outlet AS o ON o.nr = d.outlet \
                 GROUP BY o.nr ORDER BY count(*) DESC, o.name LIMIT 20",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let dated: i64 =
            connection
                .query_row("SELECT count(*) FROM attribution WHERE date IS NOT NULL", [], |row| row.get(0))?;
        let mut dates = HashMap::new();
        for (name, share, length) in [("y1", 0.25, 4), ("y2", 0.5, 4), ("m1", 0.6, 7), ("d1", 0.6, 10)] {
            let at = (dated as f64 * share) as i64;
            let date: String = connection.query_row(
                "SELECT date FROM attribution WHERE date IS NOT NULL ORDER BY date LIMIT 1 OFFSET ?1",
                [at],
                |row| row.get(0),
            )?;
            dates.insert(name, date.chars().take(length).collect());
        }
        Ok(Self { connection, words, speakers, outlets, dates })
    }

    fn value(&self, name: &str) -> Result<String> {
        if let Some(date) = self.dates.get(name) {
            return Ok(date.clone());
        }
        let nth = |name: &str| name[1..].parse::<usize>().map(|n| n - 1);
        match name.split_once(':') {
            None => match &name[..1] {
                "w" => Ok(self.word(nth(name)?)?.to_owned()),
                "s" => Ok(self.speakers.get(nth(name)?).context("too few speakers")?.0.clone()),
                "o" => Ok(self.outlets.get(nth(name)?).context("too few outlets")?.clone()),
                _ => bail!("`{name}` is not known"),
            },
            Some((how, of)) => {
                let n = nth(of)?;
                match how {
                    "id" => Ok(self.speakers[n].1.clone()),
                    "last" => {
                        Ok(self.speakers[n].0.split_whitespace().next_back().unwrap_or_default().to_owned())
                    }
                    "pair" => self.phrase(self.word(n)?, 2),
                    "three" => self.phrase(self.word(n)?, 3),
                    how => {
                        let letters: usize = how[1..].parse()?;
                        Ok(self.word(n)?.chars().take(letters).collect())
                    }
                }
            }
        }
    }

    /// The word of a rank; of a small store the rarest that there is.
    fn word(&self, n: usize) -> Result<&str> {
        let n = n.min(self.words.len().saturating_sub(1));
        self.words.get(n).map(String::as_str).context("no words")
    }

    /// A word and what comes behind it, in the first report where enough does.
    fn phrase(&self, word: &str, length: usize) -> Result<String> {
        let mut select =
            self.connection.prepare("SELECT content FROM quote WHERE rowid IN (SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?1 LIMIT 50)")?;
        let mut rows = select.query([format!("content : \"{word}\"")])?;
        while let Some(row) = rows.next()? {
            let content: String = row.get(0)?;
            let content = content.to_lowercase();
            let said: Vec<_> = content.split(|letter: char| !letter.is_alphanumeric()).collect();
            let found = said
                .windows(length)
                .find(|words| words[0] == word && words.iter().all(|word| !word.is_empty()));
            if let Some(found) = found {
                return Ok(found.join(" "));
            }
        }
        bail!("nothing comes behind `{word}`")
    }
}

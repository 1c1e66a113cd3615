//! A table of what is known of pages: CSV with the columns `path`, `url`, `outlet`, `published`, `fetched`.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use saidline::Known;

/// The columns that are understood; `path` must be there.
const COLUMNS: [&str; 8] = ["path", "url", "outlet", "published", "fetched", "title", "byline", "language"];

/// What is known of pages, by their path.
#[derive(Debug)]
pub struct Meta {
    rows: Vec<Row>,
    by_path: HashMap<PathBuf, usize>,
    unknown_columns: Vec<String>,
    here: PathBuf,
}

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    path: String,
    pub(crate) known: Known,
    pub(crate) fetched: Option<String>,
    used: AtomicBool,
}

/// Why a table could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MetaError {
    /// The file could not be read.
    #[error("cannot read `{path}`: {why}")]
    Unreadable {
        /// The table's path.
        path: String,
        /// The reason.
        why: crate::Why,
    },
    /// A row that is not CSV.
    #[error("cannot read `{path}`: {message}")]
    Csv {
        /// The table's path, and the line.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// No column says which page a row is about.
    #[error("`{path}` has no column `path`")]
    NoPath {
        /// The table's path.
        path: String,
    },
}

impl Meta {
    /// Reads a table. Paths in it are looked up beside the table first, then in the working folder; `file.jsonl:3`
    /// is the third line of a JSONL file. Comma, semicolon or tab between the columns, told from the first line.
    ///
    /// # Errors
    /// When the file cannot be read, is not CSV, or has no column `path`.
    pub fn read(table: &Path) -> Result<Self, MetaError> {
        let shown = table.to_string_lossy().into_owned();
        let unreadable =
            |error: std::io::Error| MetaError::Unreadable { path: shown.clone(), why: error.into() };
        let mut file = BufReader::new(File::open(table).map_err(unreadable)?);
        let first = file.fill_buf().map_err(unreadable)?;
        let first = first.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let delimiter = [b',', b';', b'\t'].into_iter().find(|delimiter| first.contains(delimiter));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .trim(csv::Trim::All)
            .from_reader(file);
        let bad = |error: csv::Error| not_csv(&shown, &error);
        let columns: Vec<_> = reader.headers().map_err(bad)?.iter().map(str::to_ascii_lowercase).collect();
        if !columns.iter().any(|column| column == "path") {
            return Err(MetaError::NoPath { path: shown.clone() });
        }
        let here = std::env::current_dir().map_err(unreadable)?;
        let beside = here.join(table.parent().unwrap_or(Path::new("")));
        let mut meta = Self { rows: Vec::new(), by_path: HashMap::new(), unknown_columns: Vec::new(), here };
        for record in reader.records() {
            let record = record.map_err(bad)?;
            meta.add(&columns, &record, &beside);
        }
        meta.unknown_columns =
            columns.into_iter().filter(|column| !COLUMNS.contains(&column.as_str())).collect();
        Ok(meta)
    }

    fn add(&mut self, columns: &[String], record: &csv::StringRecord, beside: &Path) {
        let value = |name: &str| {
            let place = columns.iter().position(|column| column == name)?;
            record.get(place).filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let Some(path) = value("path") else { return };
        let known = Known {
            address: value("url"),
            title: value("title"),
            outlet: value("outlet"),
            byline: value("byline"),
            published: value("published"),
            language: value("language"),
        };
        let place = self.rows.len();
        for folder in [beside, &self.here] {
            self.by_path.entry(plain(&folder.join(&path))).or_insert(place);
        }
        self.rows.push(Row { path, known, fetched: value("fetched"), used: AtomicBool::new(false) });
    }

    /// The row for a path, or for a line of the JSONL file at that path.
    pub(crate) fn get(&self, path: &str, line: Option<u64>) -> Option<&Row> {
        let path = match line {
            None => self.here.join(path),
            Some(line) => self.here.join(format!("{path}:{line}")),
        };
        let row = &self.rows[*self.by_path.get(&plain(&path))?];
        row.used.store(true, Ordering::Relaxed);
        Some(row)
    }

    /// The paths of the rows that no page has asked for so far.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|row| !row.used.load(Ordering::Relaxed)).map(|row| row.path.as_str())
    }

    /// The columns that mean nothing here.
    pub fn unknown_columns(&self) -> &[String] {
        &self.unknown_columns
    }
}

/// A path without `.` and `..`, so that two ways to write it meet. Links are left alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn not_csv(path: &str, error: &csv::Error) -> MetaError {
    let line = error.position().map(|position| format!(":{}", position.line())).unwrap_or_default();
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("a row of {len} columns where the first line has {expected_len}")
        }
        csv::ErrorKind::Io(error) => error.kind().to_string(),
        _ => "not CSV".to_owned(),
    };
    MetaError::Csv { path: format!("{path}{line}"), message }
}

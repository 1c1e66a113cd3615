//! JSONL: a page a line.

use std::io::{self, BufRead};
use std::sync::Arc;

use saidline::{Kind, Known, Page};
use serde::Deserialize;
use serde_json::error::Category;

use crate::known::Caller;
use crate::open::{Expanded, MAX_PAGE_BYTES};
use crate::unread::{Unread, Why};

/// The pages of a JSONL file, read line by line.
#[derive(Debug)]
pub(crate) struct Lines {
    path: String,
    reader: Expanded,
    caller: Arc<Caller>,
    line: Vec<u8>,
    number: u64,
    ended: bool,
}

/// The fields of a line; others are passed over.
#[derive(Deserialize)]
struct Fields {
    text: Option<String>,
    html: Option<String>,
    url: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    byline: Option<Words>,
    published: Option<Words>,
    date: Option<Words>,
    fetched: Option<Words>,
    language: Option<String>,
}

/// A value that people write in more than one way.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string, a number or a list of strings")]
enum Words {
    One(String),
    Many(Vec<String>),
    Number(serde_json::Number),
}

impl Words {
    fn join(self) -> Option<String> {
        some(Some(match self {
            Self::One(words) => words,
            Self::Many(words) => words.join(", "),
            Self::Number(number) => number.to_string(),
        }))
    }
}

/// An empty value says nothing.
fn some(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}

/// How reading a line went.
#[derive(PartialEq, Eq)]
enum Took {
    Line,
    TooLong,
    End,
}

impl Lines {
    pub(crate) fn new(path: &str, reader: Expanded, caller: Arc<Caller>) -> Self {
        Self { path: path.to_owned(), reader, caller, line: Vec::new(), number: 0, ended: false }
    }

    /// Takes a line into `self.line`, never more than [`MAX_PAGE_BYTES`] of it; the rest of a longer one is skipped.
    fn take_line(&mut self) -> io::Result<Took> {
        self.line.clear();
        self.line.shrink_to(1 << 20);
        let mut took = Took::End;
        loop {
            let ahead = self.reader.fill_buf()?;
            if ahead.is_empty() {
                return Ok(took);
            }
            let end = ahead.iter().position(|&byte| byte == b'\n');
            let part = &ahead[..end.unwrap_or(ahead.len())];
            if took == Took::End {
                took = Took::Line;
            }
            if self.line.len() + part.len() > MAX_PAGE_BYTES {
                took = Took::TooLong;
                self.line = Vec::new();
            }
            if took == Took::Line {
                self.line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                return Ok(took);
            }
        }
    }

    fn page(&mut self) -> Result<Page, Why> {
        let line = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line);
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(Why::Line { message: "not a JSON object".to_owned() });
        }
        let fields: Fields = serde_json::from_slice(line).map_err(|error| {
            // An object that goes on after its first line is JSON, but not JSONL: one message, not one a line.
            if self.number == 1 && error.classify() == Category::Eof && line.len() < 3 {
                self.ended = true;
                return Why::JsonNotLines;
            }
            Why::Line { message: message(&error) }
        })?;
        let (kind, bytes) = match (some(fields.html), fields.text) {
            (Some(html), _) => (Kind::Html, html),
            (None, Some(text)) => (Kind::Text, text),
            (None, None) => return Err(Why::Line { message: "neither `text` nor `html`".to_owned() }),
        };
        let known = Known {
            address: some(fields.url),
            title: some(fields.title),
            outlet: some(fields.outlet),
            byline: fields.byline.and_then(Words::join),
            published: fields.published.and_then(Words::join).or_else(|| fields.date.and_then(Words::join)),
            language: some(fields.language),
        };
        let own = (known, fields.fetched.and_then(Words::join));
        let (known, fetched) = self.caller.known(&self.path, Some(self.number), own);
        // JSON is Unicode, whatever charset the markup in it speaks of.
        let charset = Some("utf-8".to_owned());
        Ok(Page { bytes: bytes.into_bytes(), kind, path: self.shown(), fetched, charset, known })
    }

    fn shown(&self) -> String {
        format!("{}:{}", self.path, self.number)
    }
}

impl Iterator for Lines {
    type Item = Result<Page, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.number += 1;
            let page = match self.take_line() {
                Ok(Took::End) => break,
                Ok(Took::TooLong) => Err(Why::TooLong),
                Ok(Took::Line) if self.line.trim_ascii().is_empty() => continue,
                Ok(Took::Line) => self.page(),
                // What went wrong below the lines ends them: a line cut short is not taken for a page.
                Err(error) => {
                    self.ended = true;
                    Err(Why::from(error))
                }
            };
            let path = match page {
                Err(Why::JsonNotLines) => self.path.clone(),
                _ => self.shown(),
            };
            return Some(page.map_err(|why| Unread { path, why }));
        }
        self.ended = true;
        None
    }
}

/// What is wrong with a line, without the line number that is always 1.
fn message(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        Category::Data if error.column() == 0 => words.to_owned(),
        Category::Data => format!("{words}, at byte {}", error.column()),
        _ => format!("not JSON: {words}, at byte {}", error.column()),
    }
}

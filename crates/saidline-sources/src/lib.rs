//! The only crate that reads the outside: files, folders, standard input, JSONL; pages (bytes, and the charset that
//! the transport named) out. Of a Word document the page is its text.
//!
//! [`Sources`] is an iterator of pages. What cannot be read comes as an [`Unread`] in its place, with its name and
//! the reason, and the pages after it follow: nothing is dropped in silence. Pages are read one at a time and JSONL
//! line by line, so memory does not grow with the input.
//!
//! # Bounds
//! A page, or a line of JSONL, is at most [`MAX_PAGE_BYTES`] long once expanded. Compressed data that has expanded
//! beyond twice that may go on (a long JSONL file) as long as it has grown no more than [`MAX_EXPANSION`]-fold.

mod docx;
mod jsonl;
mod known;
mod meta;
mod open;
mod places;
mod unread;
mod zstd;

pub use meta::{Meta, MetaError};
pub use open::{MAX_EXPANSION, MAX_PAGE_BYTES};
pub use places::{Globs, Place};
pub use unread::{Unread, Why};

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use saidline::{Kind, Page};

use jsonl::Lines;
use known::Caller;
use open::{Opened, Sniffed};
use places::Files;

/// What the inputs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Input {
    /// Told from the content of each.
    #[default]
    Auto,
    /// Text without markup, a page a file.
    Text,
    /// HTML, a page a file.
    Html,
    /// JSON, a page a line.
    Jsonl,
}

/// How inputs are read, and what the caller knows of them.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the inputs are.
    pub input: Input,
    /// The address of the pages that are not given one by a line of JSONL or by [`Options::meta`].
    pub address: Option<String>,
    /// The outlet of the pages that are not given one by a line of JSONL or by [`Options::meta`].
    pub outlet: Option<String>,
    /// What is known of pages, by their path.
    pub meta: Option<Arc<Meta>>,
    /// Which files of folders are read.
    pub globs: Globs,
}

/// Pages from files, folders, standard input and JSONL, in order: the places as given, a folder's files by name.
#[derive(Debug)]
pub struct Sources {
    places: VecDeque<Place>,
    input: Input,
    globs: Globs,
    caller: Arc<Caller>,
    files: Option<Files>,
    lines: Option<Lines>,
    read: Arc<AtomicU64>,
}

impl Sources {
    /// The pages of `places`. Nothing is opened before the first page is asked for.
    pub fn new(places: impl IntoIterator<Item = Place>, options: Options) -> Self {
        let Options { input, address, outlet, meta, globs } = options;
        Self {
            places: places.into_iter().collect(),
            input,
            globs,
            caller: Arc::new(Caller { address, outlet, meta }),
            files: None,
            lines: None,
            read: Arc::default(),
        }
    }

    /// A counter of the bytes read so far, as they are stored (compressed where they are compressed): with
    /// [`Sources::stored_bytes`] it says how far the work has come.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// How many bytes the places hold, as they are stored. Walks the folders; `None` where standard input is among
    /// the places or a size cannot be had.
    pub fn stored_bytes(&self) -> Option<u64> {
        self.places.iter().map(|place| place.stored_bytes(&self.globs)).sum()
    }

    /// Opens a place and takes its first page; a folder or a JSONL file stays open for the pages that follow.
    fn enter(&mut self, place: Place) -> Option<Result<Page, Unread>> {
        if let Place::Path(path) = &place
            && path.is_dir()
        {
            self.files = Some(Files::new(path, self.globs.clone()));
            return None;
        }
        let path = place.shown();
        match self.open(place, &path) {
            Ok(page) => page.map(Ok),
            Err(why) => Some(Err(Unread { path, why })),
        }
    }

    fn open(&mut self, place: Place, path: &str) -> Result<Option<Page>, Why> {
        let bytes = place.open()?;
        let Opened { head, mut reader } = open::expand(bytes, Arc::clone(&self.read))?;
        let kind = match self.input {
            Input::Text => Kind::Text,
            Input::Html => Kind::Html,
            Input::Jsonl => {
                self.lines = Some(Lines::new(path, reader, Arc::clone(&self.caller)));
                return Ok(None);
            }
            Input::Auto => match open::sniff(&head) {
                Sniffed::Page => Kind::Auto,
                Sniffed::Archive => {
                    let bytes = open::whole(&mut reader)?;
                    let Some(text) = docx::text(&bytes)? else { return Err(Why::Binary(open::ARCHIVE)) };
                    return Ok(Some(self.page(path, text.into_bytes(), Kind::Text)));
                }
                Sniffed::Binary(format) => return Err(Why::Binary(format)),
                Sniffed::JsonArray => return Err(Why::JsonNotLines),
                Sniffed::Jsonl => {
                    self.lines = Some(Lines::new(path, reader, Arc::clone(&self.caller)));
                    return Ok(None);
                }
            },
        };
        let bytes = open::whole(&mut reader)?;
        Ok(Some(self.page(path, bytes, kind)))
    }

    fn page(&self, path: &str, bytes: Vec<u8>, kind: Kind) -> Page {
        let (known, fetched) = self.caller.known(path, None, Default::default());
        Page { bytes, kind, path: path.to_owned(), fetched, charset: None, known }
    }
}

impl Iterator for Sources {
    type Item = Result<Page, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(page) => return Some(page),
                    None => self.lines = None,
                }
            }
            let place = match &mut self.files {
                Some(files) => match files.next() {
                    Some(Ok(path)) => Place::Path(path),
                    Some(Err(unread)) => return Some(Err(unread)),
                    None => {
                        self.files = None;
                        continue;
                    }
                },
                None => self.places.pop_front()?,
            };
            if let Some(page) = self.enter(place) {
                return Some(page);
            }
        }
    }
}

/// Counts the bytes that pass.
fn count(counter: &AtomicU64, bytes: usize) {
    counter.fetch_add(bytes as u64, Ordering::Relaxed);
}

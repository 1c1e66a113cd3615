//! What could not be read, and why.

use std::io;

use crate::open::{MAX_EXPANSION, MAX_PAGE_BYTES};

/// An input that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`: {why}")]
pub struct Unread {
    /// Its path, or `path:line` for a line of JSONL.
    pub path: String,
    /// The reason.
    #[source]
    pub why: Why,
}

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// There is nothing at that path.
    #[error("no such file or folder")]
    Missing,
    /// The user may not read it.
    #[error("permission denied")]
    Denied,
    /// Reading failed.
    #[error("{}", lower(.0))]
    Io(#[source] io::Error),
    /// Compressed data that stops before its end.
    #[error("the {0} data ends too early")]
    Truncated(&'static str),
    /// Compressed data that is not what it should be.
    #[error("the {0} data is damaged")]
    Damaged(&'static str),
    /// More than a page can hold.
    #[error("longer than {} MiB, the most that is read as one page", MAX_PAGE_BYTES >> 20)]
    TooLong,
    /// Compressed data that grows beyond all measure.
    #[error("the {0} data grows more than {MAX_EXPANSION}-fold, which is refused")]
    Expands(&'static str),
    /// Something that is not a page.
    #[error("this is {0}, not text or HTML")]
    Binary(&'static str),
    /// A folder with nothing to read in it.
    #[error("no files in this folder")]
    EmptyFolder,
    /// A folder where every file was ruled out.
    #[error("no file in this folder fits `--include` and `--exclude`")]
    NothingIncluded,
    /// JSON, but not an object a line.
    #[error("this is JSON, but not one object a line")]
    JsonNotLines,
    /// A line that is not an object with the fields of a page.
    #[error("{message}")]
    Line {
        /// What is wrong with it.
        message: String,
    },
}

impl Why {
    /// What could be done about it, where there is something to be said.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Expands(_) => Some("if this is meant, decompress it first and read the result"),
            Self::JsonNotLines => {
                Some("`jq -c '.[]' FILE` turns an array into lines, `jq -c . FILE` an object")
            }
            Self::Binary(_) => Some("to read it nevertheless, say `--input text` or `--input html`"),
            Self::Truncated(_) => Some("the file may not have been copied whole: fetch it again"),
            Self::EmptyFolder => Some("hidden files and folders are not read unless named"),
            _ => None,
        }
    }
}

impl From<io::Error> for Why {
    fn from(error: io::Error) -> Self {
        if error.get_ref().is_some_and(|inner| inner.is::<Why>()) {
            let inner = error.into_inner().and_then(|inner| inner.downcast::<Why>().ok());
            return inner.map_or(Self::Io(io::ErrorKind::Other.into()), |why| *why);
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::Io(error),
        }
    }
}

/// The system's words in the style of ours: lower case, without the number of the error.
fn lower(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or(&words);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

//! From stored bytes to plain ones: compression told by its first bytes, growth bounded, and what they are.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::unread::Why;
use crate::zstd::Zstd;

/// The most bytes that one page, or one line of JSONL, may have once expanded (32 MiB). A long page has a hundredth
/// of it.
pub const MAX_PAGE_BYTES: usize = 32 << 20;

/// How many times its own size compressed data may grow, once it has grown beyond twice [`MAX_PAGE_BYTES`] (before
/// that it is a page too long). News text grows about three-fold, a file of nothing but repetitions a thousandfold.
pub const MAX_EXPANSION: u64 = 200;

/// How much of an input is looked at to tell what it is.
const HEAD: u64 = 4096;

pub(crate) type Bytes = Box<dyn Read + Send>;

/// An input, expanded: its first bytes, and a reader of all of it (the first bytes included).
pub(crate) struct Opened {
    pub(crate) head: Vec<u8>,
    pub(crate) reader: Expanded,
}

/// A reader of plain bytes.
pub(crate) struct Expanded(Box<dyn BufRead + Send>);

impl fmt::Debug for Expanded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Expanded")
    }
}

impl Read for Expanded {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        self.0.read(target)
    }
}

impl BufRead for Expanded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.0.consume(bytes);
    }
}

/// Expands `stored` if it is compressed, and counts what is read of it in `total`.
pub(crate) fn expand(stored: Bytes, total: Arc<AtomicU64>) -> Result<Opened, Why> {
    let own = Arc::new(AtomicU64::new(0));
    let mut stored = BufReader::with_capacity(64 << 10, Counted { stored, own: Arc::clone(&own), total });
    let head = head_of(&mut stored)?;
    let stored = Cursor::new(head.clone()).chain(stored);
    let (format, expanded): (_, Box<dyn Read + Send>) = match head.as_slice() {
        [0x1f, 0x8b, ..] => ("gzip", Box::new(MultiGzDecoder::new(stored))),
        // A frame, or a skippable one before it.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            ("zstd", Box::new(Zstd::new(stored)))
        }
        _ => return Ok(Opened { head, reader: Expanded(Box::new(stored)) }),
    };
    let expanding = Expanding { expanded, format, stored: own, grown: 0 };
    let mut expanding = BufReader::with_capacity(64 << 10, expanding);
    let head = head_of(&mut expanding)?;
    Ok(Opened { head: head.clone(), reader: Expanded(Box::new(Cursor::new(head).chain(expanding))) })
}

fn head_of(reader: &mut impl Read) -> Result<Vec<u8>, Why> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// All of a page.
pub(crate) fn whole(reader: &mut impl Read) -> Result<Vec<u8>, Why> {
    let mut bytes = Vec::new();
    reader.take(MAX_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_PAGE_BYTES { Err(Why::TooLong) } else { Ok(bytes) }
}

/// What an input is, by its first bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// Text or HTML.
    Page,
    /// JSON, an object a line.
    Jsonl,
    /// JSON, an array of objects.
    JsonArray,
    /// A ZIP archive, which may be a Word document.
    Archive,
    /// Something else, by name.
    Binary(&'static str),
}

/// What a ZIP archive is called.
pub(crate) const ARCHIVE: &str = "a ZIP archive";

/// First bytes that no text begins with, and what begins with them.
const SIGNATURES: [(&[u8], &str); 17] = [
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1a\x45\xdf\xa3", "a video"),
];

/// Tells what an input is.
pub(crate) fn sniff(head: &[u8]) -> Sniffed {
    let has_nul = head.contains(&0);
    for (signature, name) in SIGNATURES {
        // "RIFF raff" may be a headline: letters alone prove nothing without a byte that text does not have.
        if head.starts_with(signature)
            && (has_nul || signature.iter().any(|&byte| byte > 0x7e || byte == b'%'))
        {
            return if name == ARCHIVE { Sniffed::Archive } else { Sniffed::Binary(name) };
        }
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let after = |open: u8| start.strip_prefix(&[open]).map(<[u8]>::trim_ascii_start);
    if let Some(rest) = after(b'{')
        && rest.starts_with(b"\"")
    {
        return Sniffed::Jsonl;
    }
    if let Some(rest) = after(b'[')
        && let Some(rest) = rest.strip_prefix(b"{")
        && rest.trim_ascii_start().starts_with(b"\"")
    {
        return Sniffed::JsonArray;
    }
    if !saidline::is_text(head) {
        return Sniffed::Binary("binary data");
    }
    Sniffed::Page
}

/// Counts the stored bytes that pass, for one input and for all.
struct Counted {
    stored: Bytes,
    own: Arc<AtomicU64>,
    total: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let bytes = self.stored.read(target)?;
        crate::count(&self.own, bytes);
        crate::count(&self.total, bytes);
        Ok(bytes)
    }
}

/// Refuses compressed data that grows beyond all measure, and names what is wrong with data that does not expand.
struct Expanding<R> {
    expanded: R,
    format: &'static str,
    stored: Arc<AtomicU64>,
    grown: u64,
}

impl<R: Read> Read for Expanding<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let bytes = self.expanded.read(target).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::other(Why::Truncated(self.format)),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                io::Error::other(Why::Damaged(self.format))
            }
            _ => error,
        })?;
        self.grown += bytes as u64;
        let bound = self.stored.load(Ordering::Relaxed).saturating_mul(MAX_EXPANSION);
        if self.grown > bound.max(2 * MAX_PAGE_BYTES as u64) {
            return Err(io::Error::other(Why::Expands(self.format)));
        }
        Ok(bytes)
    }
}

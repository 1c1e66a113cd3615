//! What the world gave: bytes, and what came with them.

use saidline_html::{Kind, Known};
use sha2::{Digest, Sha256};

/// A page: bytes as they came, and what the caller knows of them.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// What they are.
    pub kind: Kind,
    /// Where they were found, for messages and the wire: a path, `path:line` for a line of JSONL, `-`.
    pub path: String,
    /// When they were fetched, as the caller wrote it.
    pub fetched: Option<String>,
    /// The charset label that the transport named.
    pub charset: Option<String>,
    /// What the caller knows: address, outlet, title, byline, publication date, language.
    pub known: Known,
}

/// The SHA-256 of a page's bytes and of what the caller gave with them (path and time fetched excepted).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(pub [u8; 32]);

impl Page {
    /// The page's id: the same bytes printed by two outlets are two pages.
    ///
    /// Where the caller gave nothing, it is the plain SHA-256 of the bytes, which `sha256sum` prints too.
    pub fn id(&self) -> PageId {
        let mut hash = Sha256::new();
        hash.update(&self.bytes);
        let Known { address, title, outlet, byline, published, language } = &self.known;
        let known = [
            ("address", address),
            ("title", title),
            ("outlet", outlet),
            ("byline", byline),
            ("published", published),
            ("language", language),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                // Lengths keep apart what plain joining would run together.
                hash.update(format!("\0{name}:{}:", value.len()));
                hash.update(value);
            }
        }
        PageId(hash.finalize().into())
    }
}

impl std::fmt::Display for PageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

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

/// Reads what [`PageId`] shows.
impl std::str::FromStr for PageId {
    type Err = NotAPageId;

    fn from_str(text: &str) -> Result<Self, NotAPageId> {
        let digits = text.strip_prefix("sha256:").filter(|digits| digits.len() == 64).ok_or(NotAPageId)?;
        let mut id = [0; 32];
        for (byte, pair) in id.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
            let digit = |digit: u8| char::from(digit).to_digit(16).ok_or(NotAPageId);
            *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Ok(Self(id))
    }
}

/// The text is not `sha256:` and 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPageId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_read_again() {
        let id = Page { bytes: b"a page".to_vec(), ..Page::default() }.id();
        assert_eq!(id.to_string().parse(), Ok(id));
        for not in ["", "sha256:", "sha256:00", &id.to_string()[1..], &id.to_string().replace('a', "g")] {
            assert_eq!(not.parse::<PageId>(), Err(NotAPageId), "{not}");
        }
    }
}

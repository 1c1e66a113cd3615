//! Forgetting: words out for good, and a tombstone that keeps them out.

use rusqlite::Connection;
use saidline::PageId;

/// Whether the page was forgotten, by its id, its text or its address.
pub(crate) fn is_forgotten(
    _connection: &Connection,
    _page: PageId,
    _text_sha256: &str,
    _address: Option<&str>,
) -> rusqlite::Result<bool> {
    Ok(false)
}

/// Takes the tombstones of a page away.
pub(crate) fn remember(
    _connection: &Connection,
    _page: PageId,
    _text_sha256: &str,
    _address: Option<&str>,
) -> rusqlite::Result<()> {
    Ok(())
}

/// Takes the words of forgotten voices out of a document.
pub(crate) fn redact(_connection: &Connection, _document: i64) -> rusqlite::Result<()> {
    Ok(())
}

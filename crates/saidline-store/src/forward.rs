//! Ids that were, and what they are now.

use rusqlite::{Connection, OptionalExtension, params};

/// Lets an id lead to another, or nowhere. What is now an id of its own no longer leads elsewhere.
pub(crate) fn set(connection: &Connection, old: &str, new: Option<&str>) -> rusqlite::Result<()> {
    if let Some(new) = new {
        connection.prepare_cached("DELETE FROM forward WHERE old = ?1")?.execute([new])?;
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO forward (old, new) VALUES (?1, ?2)")?
        .execute(params![old, new])?;
    Ok(())
}

/// An id is one of its own again.
pub(crate) fn clear(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM forward WHERE old = ?1")?.execute([id])?;
    Ok(())
}

/// Forgets ids, and all that lead to them.
pub(crate) fn forget(connection: &Connection, mut ids: Vec<String>) -> rusqlite::Result<()> {
    while !ids.is_empty() {
        let list = serde_json::to_string(&ids).unwrap_or_default();
        connection
            .prepare_cached("DELETE FROM forward WHERE old IN (SELECT value FROM json_each(?1))")?
            .execute([&list])?;
        // Those led to these, and others may lead to those.
        ids = connection
            .prepare_cached(
                "DELETE FROM forward WHERE new IN (SELECT value FROM json_each(?1)) RETURNING old",
            )?
            .query_map([&list], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
    }
    Ok(())
}

/// Where an id leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Forward {
    /// It never was an id that changed.
    Unknown,
    /// It is now this one.
    To(String),
    /// What it named is gone, and nothing took its place.
    Gone,
}

/// Follows an id to what it is now.
pub(crate) fn follow(connection: &Connection, id: &str) -> rusqlite::Result<Forward> {
    let mut select = connection.prepare_cached("SELECT new FROM forward WHERE old = ?1")?;
    let mut at = Forward::Unknown;
    let mut id = id.to_owned();
    // A ring cannot come about, but a file may have been made by somebody else.
    for _ in 0..1000 {
        match select.query_row([&id], |row| row.get::<_, Option<String>>(0)).optional()? {
            None => return Ok(at),
            Some(None) => return Ok(Forward::Gone),
            Some(Some(new)) => {
                at = Forward::To(new.clone());
                id = new;
            }
        }
    }
    Ok(Forward::Gone)
}

//! What a person means by an id, the beginning of one, a path or an address.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Failed, StoreError};
use crate::forward::{self, Forward};
use crate::statements;

/// The fewest digits of the beginning of an id.
const FEWEST: usize = 4;

/// So many ids at most are given that begin alike.
const MOST: i64 = 6;

/// What has an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A page.
    Page,
    /// An attribution.
    Attribution,
    /// A voice.
    Voice,
    /// A statement.
    Statement,
}

impl Sort {
    /// What an id, or the beginning of one, is of; none where it begins as none does.
    pub(crate) fn of(id: &str) -> Option<Self> {
        let all = [Self::Page, Self::Attribution, Self::Voice, Self::Statement];
        all.into_iter().find(|sort| id.starts_with(sort.begins()))
    }

    /// What stands before the digits of its ids.
    pub(crate) fn begins(self) -> &'static str {
        match self {
            Self::Page => "sha256:",
            Self::Attribution => "a-",
            Self::Voice => "v-",
            Self::Statement => "s-",
        }
    }

    fn table(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Attribution => "attribution",
            Self::Voice => "voice",
            Self::Statement => "statement",
        }
    }
}

/// The attribution with this id or this beginning of one; an id that was leads to what it is now.
pub(crate) fn attribution(connection: &Connection, name: &str) -> Result<String, Failed> {
    let unknown = || StoreError::Unknown(format!("no attribution `{name}`"));
    let ids = beginning(connection, Sort::Attribution, name)?;
    match ids.as_slice() {
        [id] => Ok(id.clone()),
        [] => match forward::follow(connection, name)? {
            Forward::To(id) => Ok(id),
            Forward::Gone => Err(StoreError::Unknown(format!(
                "the attribution `{name}` is gone: nothing took its place when its page was read again"
            ))
            .into()),
            Forward::Unknown => Err(unknown().into()),
        },
        _ => Err(several("attributions", name).into()),
    }
}

/// The voice with this id or this beginning of one; an id that was leads to what it is now.
pub(crate) fn voice(connection: &Connection, name: &str) -> Result<String, Failed> {
    let ids = beginning(connection, Sort::Voice, name)?;
    match ids.as_slice() {
        [id] => Ok(id.clone()),
        [] => match forward::follow(connection, name)? {
            Forward::To(id) => Ok(id),
            _ => Err(StoreError::Unknown(format!("no voice `{name}`")).into()),
        },
        _ => Err(several("voices", name).into()),
    }
}

/// The statement with this id or this beginning of one, or that an attribution with this id reports; an id that was leads to
/// what it is now.
pub(crate) fn statement(connection: &Connection, name: &str) -> Result<String, Failed> {
    if Sort::of(name) == Some(Sort::Attribution) {
        let attribution = attribution(connection, name)?;
        return statements::of_attribution(connection, &attribution)?.ok_or_else(|| {
            StoreError::Unknown(format!(
                "`{name}` is of no statement: it was not said, it was rejected, or another version of its page counts"
            ))
            .into()
        });
    }
    let ids = beginning(connection, Sort::Statement, name)?;
    match ids.as_slice() {
        [id] => Ok(id.clone()),
        [] => match forward::follow(connection, &forwarded(connection, name)?)? {
            Forward::To(id) => Ok(id),
            Forward::Gone => Err(StoreError::Unknown(format!(
                "the statement `{name}` is gone: none of its reports is here any more"
            ))
            .into()),
            Forward::Unknown => Err(StoreError::Unknown(format!("no statement `{name}`")).into()),
        },
        _ => Err(several("statements", name).into()),
    }
}

/// The pages with this id, this beginning of one, this path or this address, sorted by id; never none.
pub(crate) fn pages(connection: &Connection, name: &str) -> Result<Vec<String>, Failed> {
    let digits = name.strip_prefix(Sort::Page.begins()).unwrap_or(name);
    let mut ids = beginning(connection, Sort::Page, &format!("{}{digits}", Sort::Page.begins()))?;
    if ids.len() > 1 {
        return Err(several("pages", name).into());
    }
    if ids.is_empty() {
        let mut select = connection.prepare_cached(
            "SELECT id FROM page WHERE path = ?1 UNION SELECT id FROM page WHERE address = ?1 \
             UNION SELECT page.id FROM document JOIN page ON page.document = document.nr WHERE document.address = ?1 \
             ORDER BY id",
        )?;
        ids = select.query_map([name], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    }
    if ids.is_empty() {
        return Err(StoreError::Unknown(format!("no page `{name}`")).into());
    }
    Ok(ids)
}

/// The one page with this id, this beginning of one, this path or this address.
pub(crate) fn page(connection: &Connection, name: &str) -> Result<String, Failed> {
    let mut ids = pages(connection, name)?;
    match ids.len() {
        1 => Ok(ids.remove(0)),
        n => Err(StoreError::Unknown(format!("`{name}` names {n} pages: give the id of one")).into()),
    }
}

/// The ids of one sort that begin so, a few at most; the one that is whole, where there is one.
pub(crate) fn beginning(connection: &Connection, sort: Sort, name: &str) -> rusqlite::Result<Vec<String>> {
    among((sort.table(), "id"), connection, (sort, name))
}

/// The same of ids that were.
pub(crate) fn former(connection: &Connection, sort: Sort, name: &str) -> rusqlite::Result<Vec<String>> {
    among(("forward", "old"), connection, (sort, name))
}

/// The same among the ids in a column of a table.
fn among(
    (table, column): (&str, &str),
    connection: &Connection,
    (sort, name): (Sort, &str),
) -> rusqlite::Result<Vec<String>> {
    let digits = name.strip_prefix(sort.begins()).unwrap_or_default();
    if digits.len() < FEWEST || !digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return Ok(Vec::new());
    }
    let whole = format!("SELECT {column} FROM {table} WHERE {column} = ?1 LIMIT 1");
    if let Some(id) = connection.prepare_cached(&whole)?.query_row([name], |row| row.get(0)).optional()? {
        return Ok(vec![id]);
    }
    // `g` comes after every digit.
    let select = format!(
        "SELECT DISTINCT {column} FROM {table} WHERE {column} > ?1 AND {column} < ?1 || 'g' ORDER BY {column} LIMIT ?2"
    );
    connection.prepare_cached(&select)?.query_map(params![name, MOST], |row| row.get(0))?.collect()
}

/// The former id that begins so, where there is one alone; else what was given.
fn forwarded(connection: &Connection, name: &str) -> rusqlite::Result<String> {
    let mut old = former(connection, Sort::Statement, name)?;
    Ok(if old.len() == 1 { old.remove(0) } else { name.to_owned() })
}

fn several(what: &str, name: &str) -> StoreError {
    StoreError::Unknown(format!("several {what} begin with `{name}`: give more of the id"))
}

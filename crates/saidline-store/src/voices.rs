//! Voices: the same speaker across documents. A row is one exact name and kind; which of them are one voice's is told in
//! `links` and `decided`.

mod decided;
mod doubtful;
mod imported;
mod links;
mod parted;
mod short_names;
mod told;

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use saidline::SpeakerKind;

use crate::write::hex;
use crate::{folded, forward};

pub use decided::{VoiceDecision, VoiceName};
pub(crate) use decided::{decision, forget_name, reason_in_words, select_all};
pub use doubtful::{Doubtful, DoubtfulName, DoubtfulPair};
pub use imported::{AuthorityRow, Imported};
pub(crate) use imported::{also_called, forget_imported, identified, ids as imported_ids, known};
pub(crate) use links::{link, link_all};
pub use parted::Parting;
pub(crate) use parted::{PartedReport, of_name as parting_of, undone as parting_undone};
pub(crate) use told::count as count_told;

/// The id that a name has by its attributions: the first ten bytes of the SHA-256 of `voice`, a zero byte, the smallest id among
/// these, a zero byte, the place of the speaker there in decimal, a zero byte, its kind, a zero byte, its name. With kind and name
/// in it, an id never passes to somebody else, as when a person says that another one spoke.
pub(crate) fn voice_id((attribution, n): (&str, i64), (name, kind): (&str, &str)) -> String {
    id_of(&format!("voice\0{attribution}\0{n}\0{kind}\0{name}"))
}

/// The id of the voice of somebody who was imported with an identifier, which is the same in every record: the first ten bytes of
/// the SHA-256 of `voice`, a zero byte, `identifier`, a zero byte, the kind, a zero byte, the identifier.
fn id_by_identifier(identifier: &str, kind: &str) -> String {
    id_of(&format!("voice\0identifier\0{kind}\0{identifier}"))
}

fn id_of(what: &str) -> String {
    format!("v-{}", &hex(what)[..20])
}

/// The row of the voice with this name and kind; made where there is none. A voice that had only attributions with
/// greater ids gets a new id, and the old one leads to it.
pub(crate) fn of_speaker(
    connection: &Connection,
    (name, kind): (&str, SpeakerKind),
    (attribution, n): (&str, i64),
) -> rusqlite::Result<i64> {
    let known = connection
        .prepare_cached("SELECT nr, attribution, n FROM voice WHERE name = ?1 AND kind = ?2")?
        .query_row(params![name, kind.name()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })
        .optional()?;
    match known {
        None => {
            let id = voice_id((attribution, n), (name, kind.name()));
            // A voice that was gone may come back, as when a correction is undone.
            forward::clear(connection, &id)?;
            let nr = connection
                .prepare_cached(
                    "INSERT INTO voice (id, name, kind, attribution, n) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .insert(params![id, name, kind.name(), attribution, n])?;
            let mut insert = connection
                .prepare_cached("INSERT OR IGNORE INTO voice_word (voice, word) VALUES (?1, ?2)")?;
            for word in folded::words(name) {
                insert.execute(params![nr, word])?;
            }
            links::appeared(connection, nr, (name, kind))?;
            Ok(nr)
        }
        Some((nr, first, at)) => {
            if (attribution, n) < (first.as_str(), at) {
                set_first(connection, nr, (attribution, n))?;
            }
            Ok(nr)
        }
    }
}

/// Makes the id of a voice anew from the smallest of its attributions; a voice that has none is deleted, and its id
/// leads nowhere.
pub(crate) fn settle(connection: &Connection, nr: i64) -> rusqlite::Result<()> {
    let first = connection
        .prepare_cached(
            "SELECT attribution.id, speaker.n FROM speaker JOIN attribution ON attribution.nr = speaker.attribution \
             WHERE speaker.voice = ?1 ORDER BY attribution.id, speaker.n LIMIT 1",
        )?
        .query_row([nr], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    match first {
        Some((attribution, n)) => set_first(connection, nr, (&attribution, n)),
        None => {
            links::disappears(connection, nr)?;
            let old = connection
                .prepare_cached("DELETE FROM voice WHERE nr = ?1 RETURNING id")?
                .query_row([nr], |row| row.get::<_, String>(0))
                .optional()?;
            old.map_or(Ok(()), |old| forward::set(connection, &old, None))
        }
    }
}

/// Makes this the attribution of which the id of a voice is made; the id it had leads to the new one.
fn set_first(connection: &Connection, nr: i64, first: (&str, i64)) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE voice SET attribution = ?2, n = ?3 WHERE nr = ?1 AND (attribution <> ?2 OR n <> ?3)",
        )?
        .execute(params![nr, first.0, first.1])?;
    settle_id(connection, nr)
}

/// Gives a voice the id that it has by its identifier, else by its attributions; the one it had leads to it.
fn settle_id(connection: &Connection, nr: i64) -> rusqlite::Result<()> {
    let id = match imported::id(connection, nr)? {
        Some(id) => id,
        None => own_id(connection, nr)?,
    };
    let old: String =
        connection.prepare_cached("SELECT id FROM voice WHERE nr = ?1")?.query_row([nr], |row| row.get(0))?;
    if old == id {
        return Ok(());
    }
    // What a name had for its identifier goes over to another that stands for the voice now.
    let other: Option<i64> = connection
        .prepare_cached("SELECT nr FROM voice WHERE id = ?1")?
        .query_row([&id], |row| row.get(0))
        .optional()?;
    if let Some(other) = other {
        let own = own_id(connection, other)?;
        forward::clear(connection, &own)?;
        connection.prepare_cached("UPDATE voice SET id = ?2 WHERE nr = ?1")?.execute(params![other, own])?;
    }
    connection.prepare_cached("UPDATE voice SET id = ?2 WHERE nr = ?1")?.execute(params![nr, id])?;
    forward::set(connection, &old, Some(&id))
}

/// The id that a name has by its attributions.
fn own_id(connection: &Connection, nr: i64) -> rusqlite::Result<String> {
    connection.prepare_cached("SELECT attribution, n, name, kind FROM voice WHERE nr = ?1")?.query_row(
        [nr],
        |row| {
            let (attribution, name, kind): (String, String, String) = (row.get(0)?, row.get(2)?, row.get(3)?);
            Ok(voice_id((&attribution, row.get(1)?), (&name, &kind)))
        },
    )
}

/// The row of the name that stands for the voice that a name is one of.
pub(crate) fn head(connection: &Connection, nr: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(head, nr) FROM voice WHERE nr = ?1")?
        .query_row([nr], |row| row.get(0))
}

/// Of each name that does not stand for its voice itself, the row of the one that does.
pub(crate) fn heads(connection: &Connection) -> rusqlite::Result<HashMap<i64, i64>> {
    connection
        .prepare_cached("SELECT nr, head FROM voice WHERE head IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The rows of all names of the voice that a name is one of, the one that stands for it first.
pub(crate) fn names(connection: &Connection, nr: i64) -> rusqlite::Result<Vec<i64>> {
    let head = head(connection, nr)?;
    connection
        .prepare_cached("SELECT nr FROM voice WHERE nr = ?1 OR head = ?1 ORDER BY nr <> ?1, name, kind")?
        .query_map([head], |row| row.get(0))?
        .collect()
}

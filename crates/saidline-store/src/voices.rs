//! Voices: the same speaker across documents. For now a voice is one exact name and kind.

use rusqlite::{Connection, OptionalExtension, params};
use saidline::SpeakerKind;
use sha2::{Digest, Sha256};

use crate::{folded, forward};

/// The id of a voice, made from the smallest id among its attributions and the place of the speaker there: the first
/// ten bytes of the SHA-256 of `voice`, a zero byte, the attribution's id, a zero byte, the place in decimal.
pub(crate) fn voice_id(attribution: &str, n: i64) -> String {
    let digest = Sha256::digest(format!("voice\0{attribution}\0{n}"));
    digest[..10].iter().fold(String::from("v-"), |id, byte| id + &format!("{byte:02x}"))
}

/// Added to the place of the speaker where two voices would have the same id. That takes two documents with the same
/// text, outlet and attribution, of which a person put one right.
pub(crate) const ANOTHER: i64 = 1_000_000;

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
            let (n, moved) = make_room(connection, None, attribution, n)?;
            let id = voice_id(attribution, n);
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
            settle_moved(connection, moved)?;
            Ok(nr)
        }
        Some((nr, first, at)) => {
            if (attribution, n) < (first.as_str(), at) {
                set_first(connection, nr, attribution, n)?;
            }
            Ok(nr)
        }
    }
}

/// Makes the id of a voice anew from the smallest of its attributions; a voice that has none is deleted, and its id
/// leads nowhere.
pub(crate) fn settle(connection: &Connection, nr: i64) -> rusqlite::Result<()> {
    match first(connection, nr)? {
        Some((attribution, n)) => set_first(connection, nr, &attribution, n),
        None => {
            let old = connection
                .prepare_cached("DELETE FROM voice WHERE nr = ?1 RETURNING id")?
                .query_row([nr], |row| row.get::<_, String>(0))
                .optional()?;
            old.map_or(Ok(()), |old| forward::set(connection, &old, None))
        }
    }
}

/// The smallest attribution of a voice, and the place of the speaker there.
fn first(connection: &Connection, nr: i64) -> rusqlite::Result<Option<(String, i64)>> {
    connection
        .prepare_cached(
            "SELECT attribution.id, speaker.n FROM speaker JOIN attribution ON attribution.nr = speaker.attribution \
             WHERE speaker.voice = ?1 ORDER BY attribution.id, speaker.n LIMIT 1",
        )?
        .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn set_first(connection: &Connection, nr: i64, attribution: &str, n: i64) -> rusqlite::Result<()> {
    let old: String =
        connection.prepare_cached("SELECT id FROM voice WHERE nr = ?1")?.query_row([nr], |row| row.get(0))?;
    if old == voice_id(attribution, n) {
        return Ok(());
    }
    let (n, moved) = make_room(connection, Some(nr), attribution, n)?;
    let new = voice_id(attribution, n);
    if old != new {
        rename(connection, nr, (&new, attribution, n))?;
        forward::set(connection, &old, Some(&new))?;
    }
    settle_moved(connection, moved)
}

fn rename(connection: &Connection, nr: i64, (id, attribution, n): (&str, &str, i64)) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE voice SET id = ?2, attribution = ?3, n = ?4 WHERE nr = ?1")?
        .execute(params![nr, id, attribution, n])?;
    Ok(())
}

/// Takes the id made of an attribution and a place from the voice that has it only because its attributions have
/// changed and it was not settled since; `settle_moved` finds it another. Says which place is to be used: another one
/// where the voice that has the id has it by right.
fn make_room(
    connection: &Connection,
    but: Option<i64>,
    attribution: &str,
    n: i64,
) -> rusqlite::Result<(i64, Option<i64>)> {
    let holder = connection
        .prepare_cached("SELECT nr FROM voice WHERE id = ?1 AND nr IS NOT ?2")?
        .query_row(params![voice_id(attribution, n), but], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(holder) = holder else { return Ok((n, None)) };
    if first(connection, holder)?.is_some_and(|(first, at)| first == attribution && at == n % ANOTHER) {
        return make_room(connection, but, attribution, n + ANOTHER);
    }
    connection.prepare_cached("UPDATE voice SET id = 'moving ' || nr WHERE nr = ?1")?.execute([holder])?;
    Ok((n, Some(holder)))
}

/// Gives voices ids whose own were taken. The ids that they had belong to others now, and lead nowhere else.
fn settle_moved(connection: &Connection, mut moved: Option<i64>) -> rusqlite::Result<()> {
    while let Some(nr) = moved {
        moved = match first(connection, nr)? {
            None => {
                connection.prepare_cached("DELETE FROM voice WHERE nr = ?1")?.execute([nr])?;
                None
            }
            Some((attribution, n)) => {
                let (n, next) = make_room(connection, Some(nr), &attribution, n)?;
                let id = voice_id(&attribution, n);
                forward::clear(connection, &id)?;
                rename(connection, nr, (&id, &attribution, n))?;
                next
            }
        };
    }
    Ok(())
}

//! Taking the words of a voice out of the documents in which it speaks.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use saidline::wire::AttributionIds;
use saidline::{Page, Reading};

use super::{Forgotten, Tomb, any_buried, bury, is_buried, settle_and_forget_ids, voice_words};
use crate::decisions::{self, OriginalAttribution, Who};
use crate::rows::{self, Stored};
use crate::{voices, write};

/// What stands where a code point was taken out.
const BLANK: char = '\u{2588}';

/// A voice as its tombstone knows it: name and kind.
type Voice<'a> = (&'a str, &'a str);

/// Takes the words of forgotten voices out of a document that was just read. The document must be out of the index.
pub(crate) fn redact(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    if !any_buried(connection, Tomb::Voice)? {
        return Ok(());
    }
    let speakers: Vec<(String, String)> = connection
        .prepare_cached(
            "SELECT DISTINCT s.name, s.kind FROM attribution AS a JOIN speaker AS s ON s.attribution = a.nr \
             WHERE a.document = ?1",
        )?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (name, kind) in &speakers {
        if is_buried(connection, Tomb::Voice, &voice_words(name, kind))? {
            take_out(connection, document, (name, kind))?;
        }
    }
    Ok(())
}

/// Takes a voice out of all documents in which it speaks, and puts a tombstone in its place.
pub(super) fn take_voice_out(
    connection: &Connection,
    voice: Voice<'_>,
    who: Who<'_>,
    forgotten: &mut Forgotten,
) -> rusqlite::Result<()> {
    let (name, kind) = voice;
    bury(connection, Tomb::Voice, &voice_words(name, kind), who)?;
    for document in documents(connection, voice)? {
        write::unindex(connection, document)?;
        forgotten.attributions += take_out(connection, document, voice)?;
        write::index(connection, document)?;
        forgotten.documents += 1;
    }
    // Decisions that named the voice and were undone, or found no place.
    for decision in decisions::naming(connection, voice)? {
        connection.prepare_cached("UPDATE decision SET value = NULL WHERE nr = ?1")?.execute([decision])?;
    }
    voices::forget_name(connection, voice)?;
    voices::forget_imported(connection, voice)?;
    forgotten.voices += 1;
    Ok(())
}

/// The documents in which a voice speaks, or was read to speak before a person put it right.
fn documents(connection: &Connection, (name, kind): Voice<'_>) -> rusqlite::Result<BTreeSet<i64>> {
    let mut documents: BTreeSet<i64> = connection
        .prepare_cached(
            "SELECT a.document FROM voice AS v JOIN speaker AS s ON s.voice = v.nr \
             JOIN attribution AS a ON a.nr = s.attribution WHERE v.name = ?1 AND v.kind = ?2",
        )?
        .query_map([name, kind], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut corrected =
        connection.prepare_cached("SELECT document, original FROM attribution WHERE original IS NOT NULL")?;
    let mut rows = corrected.query([])?;
    while let Some(row) = rows.next()? {
        let original = OriginalAttribution::from_json(&row.get::<_, String>(1)?)?;
        if original.speakers.iter().any(|speaker| speaker.name == name && speaker.kind == kind) {
            documents.insert(row.get(0)?);
        }
    }
    Ok(documents)
}

/// Takes the attributions of a voice out of a document, and their words and its name out of the text; the bytes of the
/// pages go, too. The document must be out of the index. Returns how many attributions are gone.
fn take_out(connection: &Connection, document: i64, voice: Voice<'_>) -> rusqlite::Result<usize> {
    let (name, kind) = voice;
    let placed = decisions::places(connection, document)?;
    let spoke = write::voices_of(connection, document)?;
    let text: String = connection
        .prepare_cached("SELECT text FROM document WHERE nr = ?1")?
        .query_row([document], |row| row.get(0))?;
    let mut letters: Vec<char> = text.chars().collect();
    let spoken = attributions(
        connection,
        "SELECT DISTINCT a.nr FROM attribution AS a JOIN speaker AS s ON s.attribution = a.nr \
         WHERE a.document = ?1 AND s.name = ?2 AND s.kind = ?3",
        params![document, name, kind],
    )?;
    for attribution in &spoken {
        for (start, end) in spans(connection, *attribution, &["source", "content"])? {
            blank(&mut letters, start, end);
        }
    }
    let text: String = blank_name(&letters.iter().collect::<String>(), name);
    let letters: Vec<char> = text.chars().collect();
    // What stood wholly in words that were taken out has nothing left to say.
    let mut gone = spoken;
    for attribution in
        attributions(connection, "SELECT nr FROM attribution WHERE document = ?1", params![document])?
    {
        let content = spans(connection, attribution, &["content"])?;
        let words = content.iter().flat_map(|(start, end)| letters.get(*start..*end).unwrap_or_default());
        let mut words = words.filter(|letter| letter.is_alphanumeric() || **letter == BLANK).peekable();
        if words.peek().is_some() && words.all(|letter| *letter == BLANK) {
            gone.insert(attribution);
        }
    }
    let ids = remove(connection, document, &gone)?;
    write_text(connection, document, &text, name)?;
    blank_rows(connection, document, voice)?;
    for (decision, at) in placed {
        match at {
            Some(at) if !gone.contains(&at) => {
                let page = decision.page.clone();
                decisions::re_anchor(connection, &decision, document, at, &page)?;
            }
            // It stands in another version, which is looked at by itself.
            None if decision.is_of_page()
                || decision.attribution.as_ref().is_some_and(|at| !ids.contains(at)) => {}
            _ => {
                connection
                    .prepare_cached(
                        "UPDATE decision SET value = NULL, content = NULL, source = NULL, n = NULL, start = NULL, \
                         attribution = NULL WHERE nr = ?1",
                    )?
                    .execute([decision.nr])?;
            }
        }
    }
    settle_and_forget_ids(connection, &spoke, ids)?;
    Ok(gone.len())
}

fn attributions(
    connection: &Connection,
    select: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<BTreeSet<i64>> {
    connection.prepare_cached(select)?.query_map(params, |row| row.get(0))?.collect()
}

fn spans(connection: &Connection, nr: i64, parts: &[&str]) -> rusqlite::Result<Vec<(usize, usize)>> {
    let mut select = connection
        .prepare_cached("SELECT start, \"end\" FROM span WHERE attribution = ?1 AND part = ?2 ORDER BY n")?;
    let mut spans = Vec::new();
    for part in parts {
        let mut rows = select.query((nr, part))?;
        while let Some(row) = rows.next()? {
            spans.push((row.get::<_, u32>(0)? as usize, row.get::<_, u32>(1)? as usize));
        }
    }
    Ok(spans)
}

/// Blanks code points, but for the ends of lines and what else is no word.
fn blank(letters: &mut [char], start: usize, end: usize) {
    let end = end.min(letters.len());
    for letter in letters.get_mut(start..end).unwrap_or_default() {
        if !matches!(letter, '\n' | '\r') {
            *letter = BLANK;
        }
    }
}

/// Blanks a name wherever it stands as words of its own, code point by code point.
pub(super) fn blank_name(text: &str, name: &str) -> String {
    if name.is_empty() {
        return text.to_owned();
    }
    let mut blanked = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(name) {
        let end = at + name.len();
        let part_of_a_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        if part_of_a_word(text[..at].chars().next_back()) || part_of_a_word(text[end..].chars().next()) {
            continue;
        }
        blanked.push_str(&text[from..at]);
        blanked.extend(name.chars().map(|_| BLANK));
        from = end;
    }
    blanked.push_str(&text[from..]);
    blanked
}

/// Deletes attributions of a document; those that stood in them stand in what these stood in. Returns their ids.
fn remove(connection: &Connection, document: i64, gone: &BTreeSet<i64>) -> rusqlite::Result<Vec<String>> {
    let mut select = connection
        .prepare_cached("SELECT nr, id, n, parent FROM attribution WHERE document = ?1 ORDER BY n, nr")?;
    let mut rows = select.query([document])?;
    let (mut ids, mut left) = (Vec::new(), Vec::new());
    let (mut places, mut parents) = (BTreeMap::new(), BTreeMap::new());
    while let Some(row) = rows.next()? {
        let (nr, n, parent): (i64, i64, Option<i64>) = (row.get(0)?, row.get(2)?, row.get(3)?);
        if gone.contains(&nr) {
            ids.push(row.get(1)?);
            parents.insert(n, parent);
        } else {
            places.insert(n, left.len() as i64);
            left.push((nr, parent));
        }
    }
    let mut renumber =
        connection.prepare_cached("UPDATE attribution SET n = ?2, parent = ?3 WHERE nr = ?1")?;
    for (n, (nr, mut parent)) in left.into_iter().enumerate() {
        // At most as many steps as are gone: a circle would never end.
        for _ in 0..parents.len() {
            match parent.and_then(|parent| parents.get(&parent)) {
                Some(above) => parent = *above,
                None => break,
            }
        }
        let parent = parent.and_then(|parent| places.get(&parent));
        renumber.execute(params![nr, n as i64, parent])?;
    }
    for nr in gone {
        connection.prepare_cached("DELETE FROM attribution WHERE nr = ?1")?.execute([nr])?;
    }
    Ok(ids)
}

/// Writes the text of a document from which words were taken out; the bytes of its pages go.
fn write_text(connection: &Connection, document: i64, text: &str, name: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE document SET text = ?2, redacted = 1 WHERE nr = ?1")?
        .execute(params![document, text])?;
    connection
        .prepare_cached("UPDATE page SET stored = 'forgotten', bytes = NULL WHERE document = ?1")?
        .execute([document])?;
    let places = [
        ("document", "title", "nr"),
        ("document", "byline", "nr"),
        ("document", "published_text", "nr"),
        ("document", "updated_text", "nr"),
        ("page", "title", "document"),
        ("page", "byline", "document"),
        ("note", "message", "document"),
    ];
    for (table, column, key) in places {
        blank_column(connection, (table, column), &format!("{key} = ?1"), document, name)?;
    }
    Ok(())
}

/// Blanks a name in a column of the rows that a condition on `?1` names.
fn blank_column(
    connection: &Connection,
    (table, column): (&str, &str),
    condition: &str,
    of: i64,
    name: &str,
) -> rusqlite::Result<()> {
    let select =
        format!("SELECT DISTINCT {column} FROM {table} WHERE {condition} AND instr({column}, ?2) > 0");
    let found: Vec<String> = connection
        .prepare_cached(&select)?
        .query_map(params![of, name], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for words in found {
        let update = format!("UPDATE {table} SET {column} = ?3 WHERE {condition} AND {column} = ?2");
        connection.prepare_cached(&update)?.execute(params![of, words, blank_name(&words, name)])?;
    }
    Ok(())
}

/// Blanks the name of a voice in what is left of a document's attributions: in roles, in the names of those who passed
/// words on, and in what was read before a person put it right.
fn blank_rows(connection: &Connection, document: i64, (name, kind): Voice<'_>) -> rusqlite::Result<()> {
    let of_document = "attribution IN (SELECT nr FROM attribution WHERE document = ?1)";
    blank_column(connection, ("speaker", "role"), of_document, document, name)?;
    blank_speakers(connection, document, name)?;
    blank_column(connection, ("span", "name"), of_document, document, name)?;
    let originals: Vec<(i64, String)> = connection
        .prepare_cached("SELECT nr, original FROM attribution WHERE document = ?1 AND original IS NOT NULL")?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, json) in originals {
        let mut original = OriginalAttribution::from_json(&json)?;
        original.speakers.retain(|speaker| speaker.name != name || speaker.kind != kind);
        for speaker in &mut original.speakers {
            speaker.name = blank_name(&speaker.name, name);
            speaker.role = speaker.role.take().map(|role| blank_name(&role, name));
        }
        connection
            .prepare_cached("UPDATE attribution SET original = ?2 WHERE nr = ?1")?
            .execute(params![nr, original.to_json()])?;
    }
    Ok(())
}

/// Blanks a name in the names of other speakers of a document ("the mayor, Ines Calder"): each is another voice then.
fn blank_speakers(connection: &Connection, document: i64, name: &str) -> rusqlite::Result<()> {
    let others: Vec<(i64, i64, String, String, String)> = connection
        .prepare_cached(
            "SELECT a.nr, s.n, s.name, s.kind, a.id FROM attribution AS a JOIN speaker AS s ON s.attribution = a.nr \
             WHERE a.document = ?1 AND instr(s.name, ?2) > 0",
        )?
        .query_map(params![document, name], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, n, had, kind, id) in others {
        let has = blank_name(&had, name);
        let voice = voices::of_speaker(connection, (&has, rows::speaker_kind(&kind)?), (&id, n))?;
        connection
            .prepare_cached("UPDATE speaker SET name = ?3, voice = ?4 WHERE attribution = ?1 AND n = ?2")?
            .execute(params![nr, n, has, voice])?;
    }
    Ok(())
}

/// A further capture of a text from which words were taken out: its bytes, and the title and byline that came with it,
/// stay out, too.
pub(crate) fn keep_out(connection: &Connection, document: i64, page: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE page SET stored = 'forgotten', bytes = NULL, title = NULL, byline = NULL \
             WHERE nr = ?2 AND EXISTS (SELECT 1 FROM document WHERE nr = ?1 AND redacted)",
        )?
        .execute([document, page])?;
    Ok(())
}

/// Whether the page is in the store without its bytes.
pub(crate) fn is_taken_out(connection: &Connection, page: saidline::PageId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM page WHERE id = ?1 AND stored = 'forgotten'")?
        .exists([page.to_string()])
}

/// Gives a document the words back that were taken out of it, from a page that is added with force; it then waits to
/// be read. The row of the page is deleted, if there is one, to be made again.
pub(crate) fn bring_back(
    connection: &Connection,
    document: i64,
    page: &Page,
    reading: &Reading,
) -> rusqlite::Result<()> {
    super::remember_voices(connection, reading)?;
    let redacted = connection
        .prepare_cached("SELECT redacted FROM document WHERE nr = ?1")?
        .query_row([document], |row| row.get::<_, bool>(0))
        .optional()?;
    let was: Option<i64> = connection
        .prepare_cached("DELETE FROM page WHERE id = ?1 AND stored = 'forgotten' RETURNING document")?
        .query_row([reading.page.to_string()], |row| row.get(0))
        .optional()?;
    if let Some(was) = was.filter(|was| *was != document) {
        // Another version reads another text out of it.
        write::abandon(connection, was, &AttributionIds::all(page, reading), reading)?;
    }
    if redacted != Some(true) {
        return Ok(());
    }
    write::unindex(connection, document)?;
    let spoke = write::voices_of(connection, document)?;
    connection.prepare_cached("DELETE FROM attribution WHERE document = ?1")?.execute([document])?;
    for voice in spoke {
        voices::settle(connection, voice)?;
    }
    let Stored { text, nul } = Stored::new(&reading.document.text);
    connection
        .prepare_cached("UPDATE document SET text = ?2, nul = ?3, redacted = 0, reading = '' WHERE nr = ?1")?
        .execute(params![document, text, nul])?;
    Ok(())
}

/// Whether a document waits to be read.
pub(crate) fn is_waiting(connection: &Connection, document: i64) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM document WHERE nr = ?1 AND reading = ''")?.exists([document])
}

//! What the reports that count tell of a person's name beside the name: in which outlets, under which roles.
//!
//! It is counted by documents, together with the index of words, so that it is the same whatever the order in which pages
//! came and went.

use rusqlite::{Connection, params};
use saidline::SpeakerKind;
use saidline::voices::Profile;

use super::{imported, links};

/// The rows of a document, or of all: each name with an outlet or a role, once for each document.
fn rows(of: &str) -> String {
    let from = "FROM attribution AS a CROSS JOIN speaker AS s ON s.attribution = a.nr \
                CROSS JOIN document AS d ON d.nr = a.document WHERE d.shown AND NOT a.rejected AND s.kind = 'person'";
    format!(
        "SELECT DISTINCT s.voice AS voice, 'role' AS what, s.role AS value, a.document AS document {from} \
         AND s.role IS NOT NULL {of} \
         UNION ALL SELECT DISTINCT s.voice, 'outlet', CAST(d.outlet AS TEXT), a.document {from} \
         AND d.outlet IS NOT NULL {of}"
    )
}

/// Counts what a document that comes to count tells, or, with `goes`, one that is about to count no more. The names of which
/// something else is told now are marked.
pub(crate) fn count(connection: &Connection, document: i64, goes: bool) -> rusqlite::Result<()> {
    let told: Vec<(i64, String, String)> = connection
        .prepare_cached(&rows("AND a.document = ?1"))?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut more = connection.prepare_cached(
        "INSERT INTO voice_told (voice, what, value, documents) VALUES (?1, ?2, ?3, 1) \
         ON CONFLICT DO UPDATE SET documents = documents + 1 RETURNING documents",
    )?;
    let mut less = connection.prepare_cached(
        "UPDATE voice_told SET documents = documents - 1 WHERE voice = ?1 AND what = ?2 AND value = ?3 RETURNING documents",
    )?;
    let mut none = connection.prepare_cached(
        "DELETE FROM voice_told WHERE voice = ?1 AND what = ?2 AND value = ?3 AND documents < 1",
    )?;
    // When a role was borne matters to names that several people of a table of people have.
    let dated = imported::any(connection)?;
    for (voice, what, value) in told {
        let count = if goes { &mut less } else { &mut more };
        let counted: Vec<i64> = count
            .query_map(params![voice, what, value], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if goes {
            none.execute(params![voice, what, value])?;
        }
        let is_other = counted == [i64::from(!goes)];
        if dated || is_other {
            let roles = is_other && what == "role";
            links::mark(connection, voice, links::Due { roles, ..links::Due::default() })?;
        }
    }
    Ok(())
}

/// Counts all anew.
pub(super) fn count_all(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM voice_told", [])?;
    let insert = format!(
        "INSERT INTO voice_told (voice, what, value, documents) \
         SELECT voice, what, value, count(*) FROM ({}) GROUP BY voice, what, value",
        rows("")
    );
    connection.execute(&insert, []).map(|_| ())
}

/// No more roles of a name are looked at.
const ROLES: i64 = 200;

/// A person's name with the roles that are told of it.
pub(super) fn profile(connection: &Connection, nr: i64, name: &str) -> rusqlite::Result<Profile> {
    let mut profile = Profile::named(name, SpeakerKind::Person);
    profile.roles = connection
        .prepare_cached(
            "SELECT value FROM voice_told WHERE voice = ?1 AND what = 'role' ORDER BY value LIMIT ?2",
        )?
        .query_map([nr, ROLES], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(profile)
}

/// The outlets of a name, by their rows.
pub(super) fn outlets(connection: &Connection, nr: i64) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT value FROM voice_told WHERE voice = ?1 AND what = 'outlet'")?
        .query_map([nr], |row| row.get(0))?
        .collect()
}

/// How many of these outlets a name is in.
pub(super) fn shared(connection: &Connection, nr: i64, outlets: &[String]) -> rusqlite::Result<usize> {
    let mut is_in = connection
        .prepare_cached("SELECT 1 FROM voice_told WHERE voice = ?1 AND what = 'outlet' AND value = ?2")?;
    let mut shared = 0;
    for outlet in outlets {
        shared += usize::from(is_in.exists(params![nr, outlet])?);
    }
    Ok(shared)
}

//! One name that several people bear: the reports that a person has parted from it are another voice's.
//!
//! A name on a page is one person's: what is parted are all reports of the name on the pages that meet what the decision asks for.
//! Nothing is written beside the decision but whose voice the reports are, and that is made anew from the decisions at the end of
//! every transaction. So it holds whatever is read again, for pages that come later, and in whatever order they came.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::decided::VoiceName;
use super::links;
use crate::error::{Failed, StoreError};
use crate::{find, folded, forward, rows, write};

/// Which reports of a name are parted from it: those on pages of which all that is given here holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parting {
    /// Words that a role of the name on the page has, case and accents left aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The outlet, case and accents left aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The page is one of these, each by its address, or its id where it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<String>,
}

impl Parting {
    /// What it asks for, in words for people.
    pub fn in_words(&self) -> String {
        let quoted = |text: &String| format!("`{text}`");
        let role = self.role.as_ref().map(|role| format!("with a role of {}", quoted(role)));
        let outlet = self.outlet.as_ref().map(|outlet| format!("in {}", quoted(outlet)));
        let pages: Vec<_> = self.pages.iter().map(quoted).collect();
        let pages = (!pages.is_empty()).then(|| format!("on {}", pages.join(", ")));
        role.into_iter().chain(outlet).chain(pages).collect::<Vec<_>>().join(" ")
    }

    /// The pages as a decision keeps them: an address outlives what is read again, and holds for all versions.
    pub(super) fn settled(&self, connection: &Connection) -> Result<Self, Failed> {
        let given = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| folded::words(text).next().is_some())
                .map(str::to_owned)
        };
        let mut pages = BTreeSet::new();
        for page in &self.pages {
            for id in find::pages(connection, page)? {
                let address: Option<String> = connection
                    .prepare_cached(
                        "SELECT d.address FROM page AS p JOIN document AS d ON d.nr = p.document WHERE p.id = ?1",
                    )?
                    .query_row([&id], |row| row.get(0))?;
                pages.insert(address.unwrap_or(id));
            }
        }
        let settled =
            Self { role: given(&self.role), outlet: given(&self.outlet), pages: pages.into_iter().collect() };
        if settled == Self::default() {
            let message = "by nothing no reports are told from the others".to_owned();
            return Err(StoreError::Wrong(message).into());
        }
        Ok(settled)
    }

    fn holds(&self, place: &Place) -> bool {
        let words = |text: &str| folded::words(text).collect::<Vec<_>>();
        let role = self.role.as_ref().is_none_or(|role| {
            let asked = words(role);
            place.roles.iter().any(|role| {
                let has = words(role);
                asked.iter().all(|word| has.contains(word))
            })
        });
        let outlet = self
            .outlet
            .as_ref()
            .is_none_or(|outlet| place.outlet.as_ref().is_some_and(|other| words(other) == words(outlet)));
        let page = self.pages.is_empty() || self.pages.iter().any(|page| place.pages.contains(page));
        role && outlet && page
    }
}

/// A document in which a name speaks.
#[derive(Default)]
struct Place {
    outlet: Option<String>,
    /// Its address and the ids of its pages.
    pages: BTreeSet<String>,
    shown: bool,
    roles: Vec<String>,
    /// The reports of the name: attribution, its id, the place of the speaker, the voice.
    speakers: Vec<(i64, String, i64, i64)>,
}

/// A decision that parts reports from a name.
struct Decided {
    to: String,
    parting: Parting,
    holds: bool,
}

/// Lets each report be the voice's whose it is by the decisions.
pub(super) fn place(connection: &Connection) -> rusqlite::Result<()> {
    for ((name, kind), decided) in all(connection)? {
        for (document, place) in places(connection, (&name, &kind), &decided)? {
            // Of several that hold the last.
            let to = decided.iter().rev().find(|decided| decided.holds && decided.parting.holds(&place));
            move_to(connection, (document, &place), (to.map_or(&name, |to| &to.to), &kind))?;
        }
    }
    Ok(())
}

/// How many documents with a name meet what a parting asks for, and how many do not.
pub(super) fn weigh(
    connection: &Connection,
    (name, kind): (&str, &str),
    parting: &Parting,
) -> rusqlite::Result<(usize, usize)> {
    let places = places(connection, (name, kind), &[])?;
    let met = places.values().filter(|place| parting.holds(place)).count();
    Ok((met, places.len() - met))
}

/// By name and kind the decisions on it, in the order in which they were made; of those that were undone, too, as reports may be
/// parted still.
fn all(connection: &Connection) -> rusqlite::Result<BTreeMap<(String, String), Vec<Decided>>> {
    let mut all: BTreeMap<_, Vec<Decided>> = BTreeMap::new();
    let mut select = connection.prepare_cached(
        "SELECT name_a, kind_a, name_b, value, undone_at IS NULL FROM voice_decision WHERE action = 'part' \
         AND name_a IS NOT NULL AND name_b IS NOT NULL ORDER BY nr",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let value: Option<String> = row.get(3)?;
        let Some(parting) = value.and_then(|value| serde_json::from_str(&value).ok()) else { continue };
        let decided = Decided { to: row.get(2)?, parting, holds: row.get(4)? };
        all.entry((row.get(0)?, row.get(1)?)).or_default().push(decided);
    }
    Ok(all)
}

/// The documents in which a name speaks, whosever voice its reports are now.
fn places(
    connection: &Connection,
    (name, kind): (&str, &str),
    decided: &[Decided],
) -> rusqlite::Result<BTreeMap<i64, Place>> {
    let names: BTreeSet<&str> =
        decided.iter().map(|decided| decided.to.as_str()).chain(std::iter::once(name)).collect();
    let mut places: BTreeMap<i64, Place> = BTreeMap::new();
    let mut select = connection.prepare_cached(
        "SELECT a.document, a.nr, a.id, s.n, s.voice, s.role FROM voice AS v CROSS JOIN speaker AS s ON s.voice = v.nr \
         JOIN attribution AS a ON a.nr = s.attribution WHERE v.name = ?1 AND v.kind = ?2 AND s.name = ?3 ORDER BY a.nr, s.n",
    )?;
    for of in names {
        let mut rows = select.query([of, kind, name])?;
        while let Some(row) = rows.next()? {
            let place = places.entry(row.get(0)?).or_default();
            place.speakers.push((row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
            place.roles.extend(row.get::<_, Option<String>>(5)?);
        }
    }
    let mut known = connection.prepare_cached(
        "SELECT o.name, d.address, d.shown FROM document AS d LEFT JOIN outlet AS o ON o.nr = d.outlet WHERE d.nr = ?1",
    )?;
    let mut ids = connection.prepare_cached("SELECT id FROM page WHERE document = ?1")?;
    for (document, place) in &mut places {
        let (outlet, address, shown): (Option<String>, Option<String>, bool) =
            known.query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let pages =
            ids.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        *place = Place {
            outlet,
            shown,
            pages: pages.into_iter().chain(address).collect(),
            ..std::mem::take(place)
        };
    }
    Ok(places)
}

/// Makes the reports of a name in a document those of a voice, where they are not.
fn move_to(
    connection: &Connection,
    (document, place): (i64, &Place),
    (name, kind): (&str, &str),
) -> rusqlite::Result<()> {
    let now: Option<i64> = connection
        .prepare_cached("SELECT nr FROM voice WHERE name = ?1 AND kind = ?2")?
        .query_row([name, kind], |row| row.get(0))
        .optional()?;
    if place.speakers.iter().all(|(.., voice)| Some(*voice) == now) {
        return Ok(());
    }
    if place.shown {
        write::unindex(connection, document)?;
    }
    let mut left = BTreeSet::new();
    for (attribution, id, n, voice) in &place.speakers {
        let to = super::of_speaker(connection, (name, rows::speaker_kind(kind)?), (id, *n))?;
        if to != *voice {
            connection
                .prepare_cached("UPDATE speaker SET voice = ?3 WHERE attribution = ?1 AND n = ?2")?
                .execute(params![attribution, n, to])?;
            left.insert((*voice, to));
        }
    }
    if place.shown {
        write::index(connection, document)?;
    }
    for (old, to) in left {
        let id = |nr: i64| {
            connection
                .prepare_cached("SELECT id FROM voice WHERE nr = ?1")?
                .query_row([nr], |row| row.get::<_, String>(0))
                .optional()
        };
        let was = id(old)?;
        super::settle(connection, old)?;
        match (was, id(old)?, id(to)?) {
            // A voice that is gone is the one that has its reports.
            (Some(was), None, Some(is)) => forward::set(connection, &was, Some(&is))?,
            (_, Some(_), _) => links::mark(connection, old, links::Due::default())?,
            _ => {}
        }
        links::mark(connection, to, links::Due::default())?;
    }
    Ok(())
}

/// Of a voice's name the decision in force that parts reports from it or gave them to it, where there is one.
pub(crate) fn of_name(connection: &Connection, (name, kind): (&str, &str)) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT nr FROM voice_decision WHERE action = 'part' AND undone_at IS NULL AND name_a IS NOT NULL \
             AND (name_a = ?1 AND kind_a = ?2 OR name_b = ?1 AND kind_b = ?2) ORDER BY nr LIMIT 1",
        )?
        .query_row([name, kind], |row| row.get(0))
        .optional()
}

/// What the reports of a name are parted to where nothing else is said: the name, and by what they are told in brackets.
pub(super) fn called(name: &VoiceName, parting: &Parting) -> String {
    let told = parting.role.iter().chain(&parting.outlet).chain(&parting.pages).next();
    told.map_or_else(|| name.name.clone(), |told| format!("{} ({told})", name.name))
}

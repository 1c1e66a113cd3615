//! One name that several people bear: the reports that a person has parted from it are another voice's.
//!
//! A name on a page is one person's: what is parted are all reports of the name on the pages that meet what the decision asks for.
//! Where that does not hold, single reports are parted by a decision that finds its words again, as a correction does.
//! Nothing is written beside the decision but whose voice the reports are, and that is made anew from the decisions at the end of
//! every transaction. So it holds whatever is read again, for pages that come later, and in whatever order they came.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::decided::{self, VoiceName};
use super::links;
use crate::decisions::{self, Decision, Who};
use crate::error::{Failed, StoreError};
use crate::open::Store;
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

/// What a decision that parts a single report keeps beside its words: whose name is another voice's there, and what that is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartedReport {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) to: String,
}

impl PartedReport {
    /// What a decision says; nothing where its names were forgotten, or it is about something else.
    pub(crate) fn of(action: &str, value: Option<&str>) -> Option<Self> {
        value.filter(|_| action == "part").and_then(|json| serde_json::from_str(json).ok())
    }

    /// What it says, in words for people.
    pub(crate) fn in_words(&self) -> String {
        format!("`{}` is another voice: `{}`", self.name, self.to)
    }

    /// What holds no more when it is undone, in words for people.
    pub(crate) fn undone_in_words(&self) -> String {
        format!("`{}` is no more parted as `{}` by your word", self.name, self.to)
    }
}

/// The decisions that part single reports and are in force, each with its number, in the order in which they were made.
pub(super) fn reports(connection: &Connection) -> rusqlite::Result<Vec<(i64, PartedReport)>> {
    let mut select = connection.prepare_cached(
        "SELECT nr, action, value FROM decision WHERE pair IS NOT NULL AND action = 'part' AND undone_at IS NULL ORDER BY nr",
    )?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (action, value): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        if let Some(parted) = PartedReport::of(&action, value.as_deref()) {
            found.push((row.get(0)?, parted));
        }
    }
    Ok(found)
}

/// Notes that the names must be made anew that a decision is about which parted single reports, as it was undone.
pub(crate) fn undone(connection: &Connection, decision: &Decision) -> rusqlite::Result<()> {
    let names: Vec<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT v.nr FROM decision AS d JOIN voice AS v ON v.kind = json_extract(d.value, '$.kind') \
             AND v.name IN (json_extract(d.value, '$.name'), json_extract(d.value, '$.to')) \
             WHERE d.pair = ?1 AND d.action = 'part'",
        )?
        .query_map([decision.pair], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    names.into_iter().try_for_each(|nr| links::mark(connection, nr, links::Due::default()))
}

/// What was decided of a name.
#[derive(Default)]
struct OfName {
    /// The decisions on all pages that meet something, in the order in which they were made.
    partings: Vec<Decided>,
    /// Of single reports, by id, what their voice is called.
    reports: BTreeMap<String, String>,
    /// Every voice to which reports of the name were parted; of decisions that were undone, too, as reports may be parted still.
    others: BTreeSet<String>,
}

impl OfName {
    /// What the voice of a report is called, where it is parted: what was said of it alone counts first.
    fn to<'a>(&'a self, report: &str, parting: Option<&'a Decided>) -> Option<&'a str> {
        let alone = self.reports.get(report).map(String::as_str);
        alone.or_else(|| parting.map(|decided| decided.to.as_str()))
    }
}

/// Lets each report be the voice's whose it is by the decisions.
pub(super) fn place(connection: &Connection) -> rusqlite::Result<()> {
    for ((name, kind), decided) in all(connection)? {
        for (document, place) in places(connection, (&name, &kind), &decided.others)? {
            // Of several that hold the last.
            let parting =
                decided.partings.iter().rev().find(|decided| decided.holds && decided.parting.holds(&place));
            move_to(connection, (document, &place), &kind, |report| {
                decided.to(report, parting).unwrap_or(&name)
            })?;
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
    let places = places(connection, (name, kind), &BTreeSet::new())?;
    let met = places.values().filter(|place| parting.holds(place)).count();
    Ok((met, places.len() - met))
}

/// What was decided, by name and kind.
fn all(connection: &Connection) -> rusqlite::Result<BTreeMap<(String, String), OfName>> {
    let mut all: BTreeMap<_, OfName> = BTreeMap::new();
    let mut select = connection.prepare_cached(
        "SELECT name_a, kind_a, name_b, value, undone_at IS NULL FROM voice_decision WHERE action = 'part' \
         AND name_a IS NOT NULL AND name_b IS NOT NULL ORDER BY nr",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let value: Option<String> = row.get(3)?;
        let Some(parting) = value.and_then(|value| serde_json::from_str(&value).ok()) else { continue };
        let decided = Decided { to: row.get(2)?, parting, holds: row.get(4)? };
        let of_name = all.entry((row.get(0)?, row.get(1)?)).or_default();
        of_name.others.insert(decided.to.clone());
        of_name.partings.push(decided);
    }
    // Who says later that somebody spoke means the voice of that name.
    let mut select = connection.prepare_cached(
        "SELECT action, value, attribution, undone_at IS NULL, EXISTS (SELECT 1 FROM decision AS c \
         WHERE c.attribution = d.attribution AND c.field = 'speakers' AND c.undone_at IS NULL AND c.nr > d.nr) \
         FROM decision AS d WHERE pair IS NOT NULL AND action = 'part' ORDER BY nr",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (action, value): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let Some(PartedReport { name, kind, to }) = PartedReport::of(&action, value.as_deref()) else {
            continue;
        };
        let (report, holds, corrected): (Option<String>, bool, bool) =
            (row.get(2)?, row.get(3)?, row.get(4)?);
        let of_name = all.entry((name, kind)).or_default();
        of_name.others.insert(to.clone());
        if let Some(report) = report.filter(|_| holds && !corrected) {
            of_name.reports.insert(report, to);
        }
    }
    Ok(all)
}

/// The documents in which a name speaks, whosever voice its reports are now.
fn places(
    connection: &Connection,
    (name, kind): (&str, &str),
    others: &BTreeSet<String>,
) -> rusqlite::Result<BTreeMap<i64, Place>> {
    let names: BTreeSet<&str> = others.iter().map(String::as_str).chain(std::iter::once(name)).collect();
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

/// Makes each report of a name in a document that voice's which is called as is told for it, where it is not.
fn move_to<'a>(
    connection: &Connection,
    (document, place): (i64, &Place),
    kind: &str,
    to: impl Fn(&str) -> &'a str,
) -> rusqlite::Result<()> {
    let mut is_there = true;
    for (_, report, _, voice) in &place.speakers {
        is_there &= connection
            .prepare_cached("SELECT 1 FROM voice WHERE nr = ?1 AND name = ?2 AND kind = ?3")?
            .exists(params![voice, to(report), kind])?;
    }
    if is_there {
        return Ok(());
    }
    if place.shown {
        write::unindex(connection, document)?;
    }
    let mut left = BTreeSet::new();
    for (attribution, id, n, voice) in &place.speakers {
        let to = super::of_speaker(connection, (to(id), rows::speaker_kind(kind)?), (id, *n))?;
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

/// Of a voice's name the id of a decision in force that parts reports from it or gave them to it, where there is one.
pub(crate) fn of_name(
    connection: &Connection,
    (name, kind): (&str, &str),
) -> rusqlite::Result<Option<String>> {
    let of_pages = connection
        .prepare_cached(
            "SELECT 'm-' || nr FROM voice_decision WHERE action = 'part' AND undone_at IS NULL AND name_a IS NOT NULL \
             AND (name_a = ?1 AND kind_a = ?2 OR name_b = ?1 AND kind_b = ?2) ORDER BY nr LIMIT 1",
        )?
        .query_row([name, kind], |row| row.get(0))
        .optional()?;
    if of_pages.is_some() {
        return Ok(of_pages);
    }
    let of_reports = reports(connection)?.into_iter();
    let mut of_reports = of_reports
        .filter(|(_, parted)| parted.kind == kind && [&parted.name, &parted.to].contains(&&name.to_owned()));
    Ok(of_reports.next().map(|(nr, _)| format!("d-{nr}")))
}

/// What the reports of a name are parted to where nothing else is said: the name, and by what they are told in brackets.
pub(super) fn called(name: &VoiceName, parting: &Parting) -> String {
    let told = parting.role.iter().chain(&parting.outlet).chain(&parting.pages).next();
    told.map_or_else(|| name.name.clone(), |told| format!("{} ({told})", name.name))
}

impl Store {
    /// Parts single reports from a voice: they are the voice's that is called `to`, which the record may have already. Without `to`
    /// it is the name with the role of the first report in brackets, or its outlet, or its page. The reports are given by their ids
    /// (`a-…`); all of them are one decision, which finds each again by its words.
    ///
    /// # Errors
    /// As [`Store::merge_voices`]; [`StoreError::Unknown`] when a report is not known or is not the voice's, [`StoreError::Refused`]
    /// when `to` is a name of that voice, when the record has the name that was not given already, or when no report of the voice
    /// would be left.
    pub fn part_reports(
        &mut self,
        voice: &str,
        reports: &[String],
        to: Option<&str>,
        who: Who<'_>,
    ) -> Result<Vec<Decision>, StoreError> {
        self.decide(|connection| {
            let meant = decided::name_meant(connection, voice)?;
            let from = decided::named(connection, meant)?;
            if from.kind == "unnamed" {
                return Err(decided::no_name(&from).into());
            }
            let names = super::names(connection, meant)?;
            let mut parted = Vec::new();
            let mut told = None;
            for report in reports {
                let report = find::attribution(connection, report)?;
                let spoken = spoken(connection, &report, &names)?;
                if spoken.is_empty() {
                    let message = format!("`{report}` is not by `{}`", from.name);
                    return Err(StoreError::Unknown(message).into());
                }
                told = told.or(Some(told_by(connection, &report, &spoken)?));
                parted.extend(spoken.into_iter().map(|speaker| (report.clone(), speaker.name, speaker.kind)));
            }
            let to = match to {
                Some(to) => to.trim().to_owned(),
                None => called(&from, &told.unwrap_or_default()),
            };
            if !to.contains(char::is_alphanumeric) {
                return Err(StoreError::Wrong(format!("`{to}` is no name")).into());
            }
            refuse_own(connection, &names, &to)?;
            if !is_left(connection, &names, &parted)? {
                let message = format!("`{}` has no other report: nothing would be left", from.name);
                return Err(
                    StoreError::Refused(message, "`saidline correct ID --speaker` says who spoke").into()
                );
            }
            parted.sort();
            parted.dedup();
            let rows: Vec<_> = parted
                .into_iter()
                .map(|(report, name, kind)| {
                    let value = PartedReport { name, kind, to: to.clone() };
                    (report, serde_json::to_string(&value).ok())
                })
                .collect();
            let made = decisions::insert_about(connection, &rows, "part", who)?;
            for nr in names {
                links::mark(connection, nr, links::Due::default())?;
            }
            Ok((made, BTreeSet::new()))
        })
    }
}

/// A speaker of a report.
struct Spoken {
    name: String,
    kind: String,
    role: Option<String>,
}

/// The speakers of a report that are of a voice, given by the rows of its names.
fn spoken(connection: &Connection, report: &str, names: &[i64]) -> rusqlite::Result<Vec<Spoken>> {
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT s.voice, s.name, s.kind, s.role FROM attribution AS a JOIN speaker AS s ON s.attribution = a.nr \
         WHERE a.id = ?1 ORDER BY s.n",
    )?;
    let mut rows = select.query([report])?;
    let mut spoken = Vec::new();
    while let Some(row) = rows.next()? {
        if names.contains(&row.get(0)?) {
            spoken.push(Spoken { name: row.get(1)?, kind: row.get(2)?, role: row.get(3)? });
        }
    }
    Ok(spoken)
}

/// By what a report can be told from others of its speaker's name.
fn told_by(connection: &Connection, report: &str, spoken: &[Spoken]) -> rusqlite::Result<Parting> {
    let (outlet, page) = connection.query_row(
        "SELECT o.name, coalesce(d.address, p.id) FROM attribution AS a JOIN document AS d ON d.nr = a.document \
         JOIN page AS p ON p.document = d.nr LEFT JOIN outlet AS o ON o.nr = d.outlet WHERE a.id = ?1 \
         ORDER BY d.shown DESC, p.id LIMIT 1",
        [report],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let role = spoken.iter().find_map(|speaker| speaker.role.clone());
    Ok(Parting { role, outlet, pages: vec![page] })
}

/// Refuses a name that the voice has itself.
fn refuse_own(connection: &Connection, names: &[i64], to: &str) -> Result<(), Failed> {
    for nr in names {
        if decided::named(connection, *nr)?.name == to {
            let message = format!("`{to}` is a name of the same voice");
            return Err(StoreError::Refused(message, "`--as` gives another name").into());
        }
    }
    Ok(())
}

/// Whether a voice, given by the rows of its names, has a report that counts beside these.
fn is_left(
    connection: &Connection,
    names: &[i64],
    parted: &[(String, String, String)],
) -> rusqlite::Result<bool> {
    let mut select = connection.prepare_cached(
        "SELECT a.id FROM speaker AS s JOIN attribution AS a ON a.nr = s.attribution \
         JOIN document AS d ON d.nr = a.document WHERE s.voice = ?1 AND d.shown AND NOT a.rejected",
    )?;
    for nr in names {
        let mut rows = select.query([nr])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            if !parted.iter().any(|(report, ..)| *report == id) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

//! The values of corrections: how they are kept, and what they change in the rows.

use rusqlite::{Connection, OptionalExtension, params};
use saidline::{Basis, How, Points, QuotationKind, SaidBasis, Speaker, SpeakerKind, When};
use serde::{Deserialize, Serialize};

use super::place::{self, Candidate};
use super::{Correction, Decision, NewSpeaker};
use crate::error::{StoreError, impossible};
use crate::{rows, voices, write};

/// A place in a text, in code points: start and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct At(pub(super) u32, pub(super) u32);

/// Words that a person pointed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Words {
    start: u32,
    end: u32,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SpeakerValue {
    pub(crate) name: String,
    pub(crate) kind: String,
    role: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Interval {
    from: String,
    to: String,
}

impl Interval {
    fn new(when: When) -> Self {
        Self { from: when.from.to_string(), to: when.to.to_string() }
    }

    fn when(&self) -> rusqlite::Result<When> {
        rows::when(Some(self.from.clone()), Some(self.to.clone()))?
            .ok_or_else(|| impossible("a date", &self.from))
    }
}

/// The value of a correction as a decision keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Speakers(Vec<SpeakerValue>),
    When(Interval),
    Name(String),
    Words(Vec<Words>),
}

impl Value {
    /// The value of a correction on a text; says what cannot be.
    pub(super) fn new(correction: &Correction, text: &str) -> Result<Self, StoreError> {
        match correction {
            Correction::Speakers(speakers) => speakers
                .iter()
                .map(|NewSpeaker { name, kind, role }| {
                    Ok(SpeakerValue {
                        name: line(name, "a speaker's name")?,
                        kind: kind.name().to_owned(),
                        role: role.as_deref().map(|role| line(role, "a role")).transpose()?,
                    })
                })
                .collect::<Result<_, _>>()
                .map(Self::Speakers),
            Correction::Said(when) | Correction::Published(when) => Ok(Self::When(Interval::new(*when))),
            Correction::Kind(kind) => Ok(Self::Name(kind.name().to_owned())),
            Correction::Outlet(name) => line(name, "an outlet's name").map(Self::Name),
            Correction::Content(spans) if spans.is_empty() => {
                Err(StoreError::Wrong("the content of an attribution cannot be empty".to_owned()))
            }
            Correction::Source(spans) | Correction::Cue(spans) | Correction::Content(spans) => {
                words(spans, text).map(Self::Words)
            }
        }
    }

    pub(super) fn to_json(&self) -> String {
        let json = match self {
            Self::Speakers(speakers) => serde_json::to_string(speakers),
            Self::When(when) => serde_json::to_string(when),
            Self::Name(name) => serde_json::to_string(name),
            Self::Words(words) => serde_json::to_string(words),
        };
        // Strings, numbers and lists always have a form in JSON.
        json.unwrap_or_default()
    }

    /// The value in words for people.
    pub(super) fn in_words(&self) -> String {
        let joined = |parts: Vec<&str>, joint: &str| match parts.is_empty() {
            true => "none".to_owned(),
            false => parts.join(joint),
        };
        match self {
            Self::Speakers(speakers) => joined(speakers.iter().map(|s| s.name.as_str()).collect(), " and "),
            Self::When(Interval { from, to }) if from == to => from.clone(),
            Self::When(Interval { from, to }) => format!("{from} to {to}"),
            Self::Name(name) => name.clone(),
            Self::Words(words) => joined(words.iter().map(|w| w.text.as_str()).collect(), place::JOINT),
        }
    }

    /// The value that a decision keeps; none where its words were forgotten.
    pub(super) fn of(decision: &Decision) -> rusqlite::Result<Option<Self>> {
        let (Some(field), Some(json)) = (&decision.field, &decision.value) else { return Ok(None) };
        let value = match field.as_str() {
            "speakers" => serde_json::from_str(json).map(Self::Speakers),
            "said" | "published" => serde_json::from_str(json).map(Self::When),
            "kind" | "outlet" => serde_json::from_str(json).map(Self::Name),
            "source" | "cue" | "content" => serde_json::from_str(json).map(Self::Words),
            _ => return Err(impossible("a field that can be put right", field)),
        };
        value.map(Some).map_err(|_| impossible("the value of a decision", json))
    }
}

/// A name: one line that is not empty.
fn line(name: &str, what: &str) -> Result<String, StoreError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(StoreError::Wrong(format!("{what} cannot be empty")));
    }
    if name.chars().any(char::is_control) {
        return Err(StoreError::Wrong(format!("{what} cannot hold control characters")));
    }
    Ok(name.to_owned())
}

/// The words under spans, which must lie in the text one after another.
fn words(spans: &[(u32, u32)], text: &str) -> Result<Vec<Words>, StoreError> {
    let points = Points::new(text);
    let mut last = 0;
    spans
        .iter()
        .map(|&(start, end)| {
            if start >= end {
                return Err(StoreError::Wrong(format!("`{start}-{end}` is no place: the end comes first")));
            }
            if start < last {
                let why = format!("`{start}-{end}` begins before the place that it follows has ended");
                return Err(StoreError::Wrong(why));
            }
            last = end;
            let span = points.span(start, end).ok_or_else(|| {
                let length = points.of_byte(u32::try_from(text.len()).unwrap_or(u32::MAX));
                StoreError::Wrong(format!("`{start}-{end}` lies beyond the text, which ends at {length}"))
            })?;
            Ok(Words { start, end, text: span.of(text).to_owned() })
        })
        .collect()
}

/// What was read of an attribution: what a correction can change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OriginalAttribution {
    kind: String,
    said: Option<OriginalSaid>,
    pub(super) source: Vec<At>,
    cue: Vec<At>,
    pub(super) content: Vec<At>,
    pub(crate) speakers: Vec<OriginalSpeaker>,
}

impl OriginalAttribution {
    pub(crate) fn from_json(json: &str) -> rusqlite::Result<Self> {
        serde_json::from_str(json).map_err(|_| impossible("what was read of an attribution", json))
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What the rows of an attribution hold.
    fn of(connection: &Connection, nr: i64) -> rusqlite::Result<Self> {
        let (kind, said) = connection
            .prepare_cached(
                "SELECT kind, said_from, said_to, said_start, said_end, said_basis FROM attribution WHERE nr = ?1",
            )?
            .query_row([nr], |row| {
                let said = match row.get::<_, Option<String>>(5)? {
                    None => None,
                    Some(basis) => Some(OriginalSaid {
                        from: row.get(1)?,
                        to: row.get(2)?,
                        start: row.get(3)?,
                        end: row.get(4)?,
                        basis,
                    }),
                };
                Ok((row.get(0)?, said))
            })?;
        let spans = |part: &str| -> rusqlite::Result<Vec<At>> {
            connection
                .prepare_cached(
                    "SELECT start, \"end\" FROM span WHERE attribution = ?1 AND part = ?2 ORDER BY n",
                )?
                .query_map((nr, part), |row| Ok(At(row.get(0)?, row.get(1)?)))?
                .collect()
        };
        let speakers = connection
            .prepare_cached(
                "SELECT name, kind, role, how, antecedent_start, antecedent_end, confidence FROM speaker \
                 WHERE attribution = ?1 ORDER BY n",
            )?
            .query_map([nr], |row| {
                Ok(OriginalSpeaker {
                    name: row.get(0)?,
                    kind: row.get(1)?,
                    role: row.get(2)?,
                    how: row.get(3)?,
                    antecedent: row.get::<_, Option<u32>>(4)?.zip(row.get(5)?).map(|(s, e)| At(s, e)),
                    confidence: row.get(6)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let (source, cue, content) = (spans("source")?, spans("cue")?, spans("content")?);
        Ok(Self { kind, said, source, cue, content, speakers })
    }
}

/// A date as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OriginalDate {
    from: String,
    to: Option<String>,
    text: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
    basis: Option<String>,
}

/// When something was said, as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OriginalSaid {
    from: Option<String>,
    to: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
    basis: String,
}

/// A speaker as it was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OriginalSpeaker {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) role: Option<String>,
    how: String,
    antecedent: Option<At>,
    confidence: f64,
}

/// What was read of a page: what a correction can change.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OriginalPage {
    outlet: Option<String>,
    published: Option<OriginalDate>,
}

/// Where the words of a correction stand in a text: where they were, when it is the same page; else the nearest that
/// stand as far from the content as they did. None where they are not there, or not one after another.
fn find_words(
    connection: &Connection,
    document: i64,
    candidate: &Candidate,
    decision: &Decision,
    words: &[Words],
) -> rusqlite::Result<Option<Vec<At>>> {
    let same_page = connection
        .prepare_cached("SELECT 1 FROM page WHERE id = ?1 AND document = ?2")?
        .exists(params![decision.page, document])?;
    let shift = if same_page { 0 } else { candidate.start - decision.start };
    let text = place::text(connection, document)?;
    let points = Points::new(&text);
    let (mut found, mut last) = (Vec::with_capacity(words.len()), 0);
    for Words { start, end, text: wanted } in words {
        let expected = i64::from(*start) + shift;
        let length = end.saturating_sub(*start);
        let there = |start: u32| {
            points
                .span(start, start.checked_add(length)?)
                .filter(|span| span.of(&text) == wanted)
                .map(|_| start)
        };
        let start = match u32::try_from(expected).ok().and_then(there) {
            Some(start) => Some(start),
            None => text
                .match_indices(wanted.as_str())
                .filter_map(|(byte, _)| u32::try_from(byte).ok())
                .map(|byte| points.of_byte(byte))
                .min_by_key(|start| (i64::from(*start) - expected).abs()),
        };
        let Some(start) = start.filter(|start| *start >= last) else { return Ok(None) };
        last = start + length;
        found.push(At(start, last));
    }
    Ok(Some(found))
}

/// Whether a decision can be carried out on an attribution: whether the words that it points at are there.
pub(super) fn fits(
    connection: &Connection,
    document: i64,
    candidate: &Candidate,
    decision: &Decision,
) -> rusqlite::Result<bool> {
    match Value::of(decision)? {
        Some(Value::Words(words)) => {
            Ok(find_words(connection, document, candidate, decision, &words)?.is_some())
        }
        _ => Ok(true),
    }
}

/// The value of a decision on another text, where its words stand elsewhere.
pub(super) fn moved(
    connection: &Connection,
    document: i64,
    candidate: &Candidate,
    decision: &Decision,
) -> rusqlite::Result<Option<String>> {
    let Some(Value::Words(words)) = Value::of(decision)? else { return Ok(decision.value.clone()) };
    let Some(places) = find_words(connection, document, candidate, decision, &words)? else {
        return Ok(None);
    };
    let text = place::text(connection, document)?;
    let places: Vec<_> = places.iter().map(|at| (at.0, at.1)).collect();
    Ok(self::words(&places, &text).ok().map(|words| Value::Words(words).to_json()))
}

/// Changes the rows of an attribution as a decision says.
pub(super) fn put_right(
    connection: &Connection,
    document: i64,
    candidate: &Candidate,
    decision: &Decision,
) -> rusqlite::Result<()> {
    let nr = candidate.nr;
    if decision.action == "reject" {
        connection.prepare_cached("UPDATE attribution SET rejected = 1 WHERE nr = ?1")?.execute([nr])?;
        return Ok(());
    }
    let (Some(field), Some(value)) = (decision.field.as_deref(), Value::of(decision)?) else { return Ok(()) };
    let places = match &value {
        Value::Words(words) => match find_words(connection, document, candidate, decision, words)? {
            Some(places) => places,
            None => return Ok(()),
        },
        _ => Vec::new(),
    };
    keep_original(connection, nr)?;
    match &value {
        Value::Speakers(speakers) => {
            let speakers = speakers
                .iter()
                .map(|speaker| {
                    Ok(Speaker {
                        name: speaker.name.clone(),
                        kind: rows::speaker_kind(&speaker.kind)?,
                        role: speaker.role.clone(),
                        how: How::Corrected,
                        antecedent: None,
                        confidence: 1.0,
                    })
                })
                .collect::<rusqlite::Result<Vec<_>>>()?;
            connection.prepare_cached("DELETE FROM speaker WHERE attribution = ?1")?.execute([nr])?;
            write::insert_speakers(connection, (nr, &candidate.id), &speakers, &Points::new(""))?;
        }
        Value::When(interval) => {
            let Interval { from, to } = interval;
            interval.when()?;
            connection
                .prepare_cached(
                    "UPDATE attribution SET said_from = ?2, said_to = ?3, said_start = NULL, said_end = NULL, \
                     said_basis = ?4 WHERE nr = ?1",
                )?
                .execute(params![nr, from, to, SaidBasis::Corrected.name()])?;
        }
        Value::Name(kind) => {
            let kind: QuotationKind = rows::quotation_kind(kind)?;
            connection
                .prepare_cached("UPDATE attribution SET kind = ?2 WHERE nr = ?1")?
                .execute(params![nr, kind.name()])?;
        }
        Value::Words(_) => set_spans(connection, nr, field, &places)?,
    }
    name_field(connection, "attribution", nr, field)
}

/// Changes the row of a document as a decision about its page says.
pub(super) fn put_page_right(
    connection: &Connection,
    document: i64,
    decision: &Decision,
) -> rusqlite::Result<()> {
    let (Some(field), Some(value)) = (decision.field.as_deref(), Value::of(decision)?) else { return Ok(()) };
    keep_original_page(connection, document)?;
    match value {
        Value::Name(outlet) => {
            let outlet = write::outlet(connection, &outlet)?;
            connection
                .prepare_cached("UPDATE document SET outlet = ?2 WHERE nr = ?1")?
                .execute([document, outlet])?;
        }
        Value::When(interval) => {
            interval.when()?;
            let date = OriginalDate {
                from: interval.from,
                to: Some(interval.to),
                text: None,
                start: None,
                end: None,
                basis: Some(Basis::Corrected.name().to_owned()),
            };
            set_published(connection, document, Some(&date))?;
        }
        Value::Speakers(_) | Value::Words(_) => return Err(impossible("a field of a page", field)),
    }
    name_field(connection, "document", document, field)
}

/// Notes that a field was put right.
fn name_field(connection: &Connection, table: &str, nr: i64, field: &str) -> rusqlite::Result<()> {
    let select = format!("SELECT corrected FROM {table} WHERE nr = ?1");
    let corrected: Option<String> = connection.prepare_cached(&select)?.query_row([nr], |row| row.get(0))?;
    let corrected = match corrected {
        Some(corrected) if corrected.split(',').any(|known| known == field) => return Ok(()),
        Some(corrected) => format!("{corrected},{field}"),
        None => field.to_owned(),
    };
    let update = format!("UPDATE {table} SET corrected = ?2 WHERE nr = ?1");
    connection.prepare_cached(&update)?.execute(params![nr, corrected])?;
    Ok(())
}

fn keep_original(connection: &Connection, nr: i64) -> rusqlite::Result<()> {
    let kept = connection
        .prepare_cached("SELECT 1 FROM attribution WHERE nr = ?1 AND original IS NOT NULL")?
        .exists([nr])?;
    if kept {
        return Ok(());
    }
    let original = OriginalAttribution::of(connection, nr)?.to_json();
    connection
        .prepare_cached("UPDATE attribution SET original = ?2 WHERE nr = ?1")?
        .execute(params![nr, original])?;
    Ok(())
}

fn keep_original_page(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    let original = connection
        .prepare_cached(
            "SELECT outlet.name, published_from, published_to, published_text, published_start, published_end, \
             published_basis FROM document LEFT JOIN outlet ON outlet.nr = document.outlet \
             WHERE document.nr = ?1 AND original IS NULL",
        )?
        .query_row([document], |row| {
            let published = match row.get::<_, Option<String>>(1)? {
                None => None,
                Some(from) => Some(OriginalDate {
                    from,
                    to: row.get(2)?,
                    text: row.get(3)?,
                    start: row.get(4)?,
                    end: row.get(5)?,
                    basis: row.get(6)?,
                }),
            };
            Ok(OriginalPage { outlet: row.get(0)?, published })
        })
        .optional()?;
    let Some(original) = original else { return Ok(()) };
    connection
        .prepare_cached("UPDATE document SET original = ?2 WHERE nr = ?1")?
        .execute(params![document, serde_json::to_string(&original).unwrap_or_default()])?;
    Ok(())
}

fn set_spans(connection: &Connection, nr: i64, part: &str, places: &[At]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM span WHERE attribution = ?1 AND part = ?2")?
        .execute(params![nr, part])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO span (attribution, part, n, start, \"end\") VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (n, At(start, end)) in places.iter().enumerate() {
        insert.execute(params![nr, part, n as i64, start, end])?;
    }
    Ok(())
}

fn set_published(
    connection: &Connection,
    document: i64,
    date: Option<&OriginalDate>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE document SET published_from = ?2, published_to = ?3, published_text = ?4, \
             published_start = ?5, published_end = ?6, published_basis = ?7 WHERE nr = ?1",
        )?
        .execute(params![
            document,
            date.map(|date| &date.from),
            date.map(|date| &date.to),
            date.map(|date| &date.text),
            date.map(|date| date.start),
            date.map(|date| date.end),
            date.map(|date| &date.basis),
        ])?;
    Ok(())
}

/// Makes the dates by which a document's attributions are searched: when it was said, else when the page was published.
pub(super) fn date(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE attribution SET date = coalesce(said_from, \
             (SELECT published_from FROM document WHERE document.nr = attribution.document)) WHERE document = ?1",
        )?
        .execute([document])?;
    Ok(())
}

/// Gives a document and its attributions back what was read.
pub(super) fn restore(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    let original: Option<String> = connection
        .prepare_cached("SELECT original FROM document WHERE nr = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?
        .flatten();
    if let Some(original) = original {
        let OriginalPage { outlet, published } =
            serde_json::from_str(&original).map_err(|_| impossible("what was read of a page", &original))?;
        let outlet = outlet.map(|outlet| write::outlet(connection, &outlet)).transpose()?;
        connection
            .prepare_cached(
                "UPDATE document SET outlet = ?2, corrected = NULL, original = NULL WHERE nr = ?1",
            )?
            .execute(params![document, outlet])?;
        set_published(connection, document, published.as_ref())?;
    }
    connection
        .prepare_cached("UPDATE attribution SET rejected = 0 WHERE document = ?1 AND rejected")?
        .execute([document])?;
    let originals: Vec<(i64, String, String)> = connection
        .prepare_cached(
            "SELECT nr, id, original FROM attribution WHERE document = ?1 AND original IS NOT NULL",
        )?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (nr, id, original) in originals {
        restore_attribution(connection, (nr, &id), &OriginalAttribution::from_json(&original)?)?;
    }
    Ok(())
}

fn restore_attribution(
    connection: &Connection,
    (nr, id): (i64, &str),
    original: &OriginalAttribution,
) -> rusqlite::Result<()> {
    let OriginalAttribution { kind, said, source, cue, content, speakers } = original;
    let said = said.as_ref();
    connection
        .prepare_cached(
            "UPDATE attribution SET kind = ?2, said_from = ?3, said_to = ?4, said_start = ?5, said_end = ?6, \
             said_basis = ?7, corrected = NULL, original = NULL WHERE nr = ?1",
        )?
        .execute(params![
            nr,
            kind,
            said.map(|said| &said.from),
            said.map(|said| &said.to),
            said.map(|said| said.start),
            said.map(|said| said.end),
            said.map(|said| &said.basis),
        ])?;
    for (part, places) in [("source", source), ("cue", cue), ("content", content)] {
        set_spans(connection, nr, part, places)?;
    }
    connection.prepare_cached("DELETE FROM speaker WHERE attribution = ?1")?.execute([nr])?;
    for (n, speaker) in speakers.iter().enumerate() {
        let OriginalSpeaker { name, kind, role, how, antecedent, confidence } = speaker;
        let of_kind: SpeakerKind = rows::speaker_kind(kind)?;
        let voice = voices::of_speaker(connection, (name, of_kind), (id, n as i64))?;
        connection
            .prepare_cached(
                "INSERT INTO speaker (attribution, n, voice, name, kind, role, how, antecedent_start, \
                 antecedent_end, confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                nr,
                n as i64,
                voice,
                name,
                kind,
                role,
                how,
                antecedent.map(|at| at.0),
                antecedent.map(|at| at.1),
                confidence,
            ])?;
    }
    Ok(())
}

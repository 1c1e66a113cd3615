//! What people decide: corrections and rejections, kept as rows and applied again after every reading.
//!
//! A decision holds the words that it is about as the engine read them, so that it finds its place again where ids
//! and offsets have changed. The rows of attributions and documents hold the values as they stand, with all decisions
//! that are in force; what was read is in `original`, so that they can be made from it anew whenever a decision comes
//! or goes.

mod place;
mod values;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use saidline::wire;
use saidline::{QuotationKind, SpeakerKind, When};

use crate::error::{Failed, StoreError};
use crate::open::Store;
use crate::voices::PartedReport;
use crate::{find, voices, write};
use place::{Candidate, candidates, is_own, pick};
use values::{SpeakerValue, Value};

pub(crate) use values::OriginalAttribution;

/// Who decides, and when.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The person.
    pub by: &'a str,
    /// The moment, ISO 8601 in UTC.
    pub at: &'a str,
}

/// A speaker that a person names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSpeaker {
    /// The name.
    pub name: String,
    /// What the speaker is.
    pub kind: SpeakerKind,
    /// The title or role.
    pub role: Option<String>,
}

/// What a person puts right. Places are given in code points of the document's text, as start and end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// Who spoke; nobody where it is not clear.
    Speakers(Vec<NewSpeaker>),
    /// When it was said.
    Said(When),
    /// Whether the words are given as spoken.
    Kind(QuotationKind),
    /// The words that name the speaker.
    Source(Vec<(u32, u32)>),
    /// The words that report.
    Cue(Vec<(u32, u32)>),
    /// What was said.
    Content(Vec<(u32, u32)>),
    /// Who published the page.
    Outlet(String),
    /// When the page was published.
    Published(When),
}

impl Correction {
    /// The name of the field, as on the wire.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Speakers(_) => "speakers",
            Self::Said(_) => "said",
            Self::Kind(_) => "kind",
            Self::Source(_) => "source",
            Self::Cue(_) => "cue",
            Self::Content(_) => "content",
            Self::Outlet(_) => "outlet",
            Self::Published(_) => "published",
        }
    }

    /// Whether it is about a page and not about an attribution.
    fn is_of_page(&self) -> bool {
        matches!(self, Self::Outlet(_) | Self::Published(_))
    }
}

/// Whether a decision is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Stands,
    /// Its words are nowhere in the record now; it takes effect when they come back.
    Nowhere,
    /// It was undone.
    Undone,
}

/// A decision as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its number in this file; it is shown as `d-` and the number.
    pub nr: i64,
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub by: String,
    /// `correct`, `reject` or `part` (the report is another voice's); of statements `merge` or `split`.
    pub action: String,
    /// The field that was put right.
    pub field: Option<String>,
    /// Its value, as JSON.
    pub value: Option<String>,
    /// The page that it was made on.
    pub page: String,
    /// The address of the page.
    pub address: Option<String>,
    /// What was said, as it was read; pieces are joined by ` […] `.
    pub content: Option<String>,
    /// The words that name the speaker, as they were read.
    pub source: Option<String>,
    /// The attribution where it stands now; none for a decision about a page, and for one that stands nowhere.
    pub attribution: Option<String>,
    /// When it was undone, and by whom.
    pub undone: Option<(String, String)>,
    /// Whether it is in force.
    pub standing: Standing,
    /// Where it is about several reports: the number of the row of the first of them.
    pub pair: Option<i64>,
    /// How many attributions with the same words came before its own.
    n: i64,
    /// Where the content began, in code points.
    start: i64,
}

/// The columns of [`Decision::from_row`].
pub(crate) const COLUMNS: &str = "nr, at, by, action, field, value, page, address, content, source, n, start, attribution, \
                       undone_at, undone_by, pair, \
                       EXISTS (SELECT 1 FROM page WHERE page.id = decision.page) OR \
                       EXISTS (SELECT 1 FROM document WHERE document.address = decision.address) AS there";

/// What selects all decisions, in the order in which they were made.
pub(crate) fn select_all() -> String {
    format!("SELECT {COLUMNS} FROM decision ORDER BY nr")
}

impl Decision {
    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let undone = row.get::<_, Option<String>>("undone_at")?.zip(row.get("undone_by")?);
        let attribution: Option<String> = row.get("attribution")?;
        let content: Option<String> = row.get("content")?;
        let field: Option<String> = row.get("field")?;
        let of_page = matches!(field.as_deref(), Some("outlet" | "published"));
        let standing = match (&undone, of_page) {
            (Some(_), _) => Standing::Undone,
            (None, true) if row.get("there")? => Standing::Stands,
            (None, false) if attribution.is_some() => Standing::Stands,
            _ => Standing::Nowhere,
        };
        Ok(Self {
            nr: row.get("nr")?,
            at: row.get("at")?,
            by: row.get("by")?,
            action: row.get("action")?,
            field,
            value: row.get("value")?,
            page: row.get("page")?,
            address: row.get("address")?,
            content,
            source: row.get("source")?,
            n: row.get::<_, Option<i64>>("n")?.unwrap_or_default(),
            start: row.get::<_, Option<i64>>("start")?.unwrap_or_default(),
            attribution,
            undone,
            standing,
            pair: row.get("pair")?,
        })
    }

    /// Whether it is about a page and not about an attribution.
    pub fn is_of_page(&self) -> bool {
        matches!(self.field.as_deref(), Some("outlet" | "published"))
    }

    /// What it says, in words for people: what was put right and how, or that it was rejected.
    pub fn in_words(&self) -> String {
        match (&self.field, &self.value) {
            (None, _) if self.action == "merge" => "of one statement".to_owned(),
            (None, _) if self.action == "split" => "not of one statement".to_owned(),
            (None, _) if self.action == "part" => match self.parted() {
                Some(parted) => parted.in_words(),
                None => "part: forgotten".to_owned(),
            },
            (None, _) => "rejected".to_owned(),
            (Some(field), None) => format!("{field}: forgotten"),
            (Some(field), Some(json)) => {
                let value = Value::of(self).ok().flatten();
                format!("{field}: {}", value.map_or_else(|| json.clone(), |value| value.in_words()))
            }
        }
    }

    /// What holds no more now that it is undone, in words for people.
    pub fn undone_in_words(&self) -> String {
        match (&self.field, self.action.as_str()) {
            (Some(_), _) => format!("`{}` holds no more", self.in_words()),
            (None, "merge") => "no more of one statement by your word".to_owned(),
            (None, "split") => "no more kept out of one statement by your word".to_owned(),
            (None, "part") => {
                self.parted().map_or_else(|| self.in_words(), |parted| parted.undone_in_words())
            }
            (None, _) => "no more rejected".to_owned(),
        }
    }

    /// Its id.
    pub fn id(&self) -> String {
        format!("d-{}", self.nr)
    }

    /// Whose report it is, where it says that.
    fn parted(&self) -> Option<PartedReport> {
        PartedReport::of(&self.action, self.value.as_deref())
    }

    /// Appends its line on the wire.
    pub fn write(&self, out: &mut String) {
        let parted = self.parted();
        let names = parted.iter().flat_map(|PartedReport { name, kind, to }| [(name, kind), (to, kind)]);
        let names: Vec<_> = names.map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
        let decision = wire::Decision {
            id: &self.id(),
            at: &self.at,
            by: &self.by,
            action: &self.action,
            field: self.field.as_deref(),
            value: self.value.as_deref(),
            page: Some(&self.page),
            address: self.address.as_deref(),
            content: self.content.as_deref(),
            source: self.source.as_deref(),
            attribution: self.attribution.as_deref(),
            names: &names,
            undone: self.undone.as_ref().map(|(at, by)| (at.as_str(), by.as_str())),
        };
        wire::write_decision(out, &decision);
    }
}

impl Store {
    /// All decisions, in the order in which they were made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let select = |connection: &Connection| -> rusqlite::Result<Vec<_>> {
            connection.prepare(&select_all())?.query_map([], Decision::from_row)?.collect()
        };
        select(&self.connection).map_err(|error| self.failed(error))
    }

    /// Puts fields of an attribution or of a page right, each with a decision of its own; all or none.
    ///
    /// `of` is an attribution's id (`a-…`) or a page's (`sha256:…`), an unambiguous beginning of one, or a path or
    /// address that names one page.
    ///
    /// # Errors
    /// When nothing or several things are named so, when a value cannot be (`StoreError::Wrong`), or when the store
    /// cannot be written.
    pub fn correct(
        &mut self,
        of: &str,
        corrections: &[Correction],
        who: Who<'_>,
    ) -> Result<Vec<Decision>, StoreError> {
        self.decide(|connection| {
            let subject = Subject::new(connection, of)?;
            let mut made = Vec::new();
            for correction in corrections {
                let value = subject.value(connection, correction)?;
                let field = (Some(correction.field()), Some(value.as_str()));
                made.push(subject.insert(connection, who, "correct", field)?);
            }
            Ok((made, subject.documents(connection)?))
        })
    }

    /// Takes attributions out of what counts. One that is out already is passed over.
    ///
    /// # Errors
    /// When one is not known, or when the store cannot be written; then all of them stay.
    pub fn reject(&mut self, ids: &[String], who: Who<'_>) -> Result<Vec<Decision>, StoreError> {
        self.decide(|connection| {
            let (mut made, mut documents) = (Vec::new(), BTreeSet::new());
            let mut seen = BTreeSet::new();
            for id in ids {
                let subject = Subject::attribution(connection, &find::attribution(connection, id)?)?;
                let Subject::Attribution { candidate, rejected, .. } = &subject else { continue };
                if !rejected && seen.insert(candidate.nr) {
                    made.push(subject.insert(connection, who, "reject", (None, None))?);
                    documents.extend(subject.documents(connection)?);
                }
            }
            Ok((made, documents))
        })
    }

    /// Undoes the decision with this number, or the last that is not undone: one that is about several reports for all of them,
    /// each of which has a row. Returns the rows that are undone, in the order in which they were made.
    ///
    /// # Errors
    /// When there is none, or it was undone already, or the store cannot be written.
    pub fn undo(&mut self, nr: Option<i64>, who: Who<'_>) -> Result<Vec<Decision>, StoreError> {
        self.decide(|connection| {
            let nr = match nr {
                Some(nr) => nr,
                None => connection
                    .query_row(
                        "SELECT max(coalesce(pair, nr)) FROM decision WHERE undone_at IS NULL",
                        [],
                        |row| row.get::<_, Option<i64>>(0),
                    )?
                    .ok_or_else(|| StoreError::Unknown("there is no decision to undo".to_owned()))?,
            };
            let decision = decision(connection, nr)?
                .ok_or_else(|| StoreError::Unknown(format!("no decision `d-{nr}`")))?;
            if let Some((at, by)) = decision.undone {
                return Err(
                    StoreError::Unknown(format!("`d-{nr}` was undone already, by {by} at {at}")).into()
                );
            }
            let documents = match decision.pair {
                None => documents(connection, &decision.page, decision.address.as_deref())?,
                // It changes no row of a document.
                Some(_) => BTreeSet::new(),
            };
            let undone = connection
                .prepare_cached("SELECT nr FROM decision WHERE nr = ?1 OR pair = ?2 ORDER BY nr")?
                .query_map(params![nr, decision.pair], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()?;
            connection.execute(
                "UPDATE decision SET undone_at = ?2, undone_by = ?3 WHERE nr = ?1 OR pair = ?4",
                params![nr, who.at, who.by, decision.pair],
            )?;
            voices::parting_undone(connection, &decision)?;
            Ok((undone, documents))
        })
    }

    /// Changes decisions in one transaction, and makes the rows of the documents that they are about anew. `change`
    /// says which decisions and which documents those are; it leaves the rows of documents alone.
    pub(crate) fn decide(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<(Vec<i64>, BTreeSet<i64>), Failed>,
    ) -> Result<Vec<Decision>, StoreError> {
        let decide = |connection: &mut Connection| -> Result<Vec<Decision>, Failed> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (made, documents) = change(&transaction)?;
            for document in documents {
                write::unindex(&transaction, document)?;
                reapply(&transaction, document)?;
                write::index(&transaction, document)?;
            }
            drop_unused_outlets(&transaction)?;
            voices::link(&transaction)?;
            crate::statements::settle(&transaction)?;
            let made = made.iter().filter_map(|nr| decision(&transaction, *nr).transpose());
            let made = made.collect::<rusqlite::Result<_>>()?;
            transaction.commit()?;
            Ok(made)
        };
        let decided = decide(&mut self.connection).map_err(|error| error.of(&self.path))?;
        self.settle_log();
        Ok(decided)
    }
}

/// Deletes the outlets of which no document is left.
pub(crate) fn drop_unused_outlets(connection: &Connection) -> rusqlite::Result<usize> {
    connection.execute(
        "DELETE FROM outlet WHERE nr NOT IN (SELECT outlet FROM document WHERE outlet IS NOT NULL)",
        [],
    )
}

/// Writes a decision about several reports that changes nothing of their own rows: a row for each, with its value, all with the
/// number of the first.
pub(crate) fn insert_about(
    connection: &Connection,
    reports: &[(String, Option<String>)],
    action: &str,
    who: Who<'_>,
) -> Result<Vec<i64>, Failed> {
    let mut made = Vec::with_capacity(reports.len());
    for (report, value) in reports {
        let nr = Subject::attribution(connection, report)?.insert(
            connection,
            who,
            action,
            (None, value.as_deref()),
        )?;
        made.push(nr);
        // Told with the first, so that the trigger notes what has to be made anew.
        connection
            .prepare_cached("UPDATE decision SET pair = ?2 WHERE nr = ?1")?
            .execute(params![nr, made[0]])?;
    }
    Ok(made)
}

fn decision(connection: &Connection, nr: i64) -> rusqlite::Result<Option<Decision>> {
    let select = format!("SELECT {COLUMNS} FROM decision WHERE nr = ?1");
    connection.prepare_cached(&select)?.query_row([nr], Decision::from_row).optional()
}

/// What a decision is made on.
enum Subject {
    Attribution {
        candidate: Candidate,
        document: i64,
        n: i64,
        rejected: bool,
        page: String,
        address: Option<String>,
    },
    Page {
        page: String,
        address: Option<String>,
    },
}

impl Subject {
    fn new(connection: &Connection, name: &str) -> Result<Self, Failed> {
        if name.starts_with("a-") {
            return Self::attribution(connection, &find::attribution(connection, name)?);
        }
        let page = find::page(connection, name)?;
        let address = connection.query_row(
            "SELECT document.address FROM page JOIN document ON document.nr = page.document WHERE page.id = ?1",
            [&page],
            |row| row.get(0),
        )?;
        Ok(Self::Page { page, address })
    }

    fn attribution(connection: &Connection, id: &str) -> Result<Self, Failed> {
        // The id may stand in two documents that share text, address and outlet; then the one that is shown is meant.
        let found = connection
            .query_row(
                "SELECT a.nr, a.document, a.rejected, d.address, \
                 coalesce((SELECT id FROM page WHERE page.nr = d.page), \
                          (SELECT min(id) FROM page WHERE page.document = d.nr)) \
                 FROM attribution AS a JOIN document AS d ON d.nr = a.document \
                 WHERE a.id = ?1 ORDER BY d.shown DESC, a.nr LIMIT 1",
                [id],
                |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
            .optional()?;
        let unknown = || StoreError::Unknown(format!("no attribution `{id}`"));
        let (nr, document, rejected, address, page) = found.ok_or_else(unknown)?;
        let all = candidates(connection, document)?;
        let at = all.iter().position(|candidate| candidate.nr == nr).ok_or_else(unknown)?;
        let same = |other: &&Candidate| other.content == all[at].content && other.source == all[at].source;
        let n = all[..at].iter().filter(same).count() as i64;
        let candidate = all[at].clone();
        Ok(Self::Attribution { candidate, document, n, rejected, page, address })
    }

    /// The value of a correction, as it is kept.
    fn value(&self, connection: &Connection, correction: &Correction) -> Result<String, Failed> {
        match self {
            Self::Attribution { .. } if correction.is_of_page() => {
                let field = correction.field();
                Err(StoreError::Wrong(format!("`{field}` is of a page, and this is an attribution")).into())
            }
            Self::Attribution { document, .. } => {
                let text = place::text(connection, *document)?;
                Ok(Value::new(correction, &text)?.to_json())
            }
            Self::Page { .. } if !correction.is_of_page() => {
                let field = correction.field();
                Err(StoreError::Wrong(format!("`{field}` is of an attribution, and this is a page")).into())
            }
            Self::Page { .. } => Ok(Value::new(correction, "")?.to_json()),
        }
    }

    fn insert(
        &self,
        connection: &Connection,
        who: Who<'_>,
        action: &str,
        (field, value): (Option<&str>, Option<&str>),
    ) -> rusqlite::Result<i64> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO decision (at, by, action, field, value, page, address, content, source, n, start, \
             attribution) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        let (page, address, meant) = match self {
            Self::Page { page, address } => (page, address, None),
            Self::Attribution { candidate, n, page, address, .. } => (page, address, Some((candidate, n))),
        };
        insert.insert(params![
            who.at,
            who.by,
            action,
            field,
            value,
            page,
            address,
            meant.map(|(candidate, _)| &candidate.content),
            meant.map(|(candidate, _)| &candidate.source),
            meant.map(|(_, n)| n),
            meant.map(|(candidate, _)| candidate.start),
            meant.map(|(candidate, _)| &candidate.id),
        ])
    }

    fn documents(&self, connection: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
        let (Self::Attribution { page, address, .. } | Self::Page { page, address }) = self;
        documents(connection, page, address.as_deref())
    }
}

/// The documents that a decision is about: that of its page, and the versions of its address.
fn documents(connection: &Connection, page: &str, address: Option<&str>) -> rusqlite::Result<BTreeSet<i64>> {
    connection
        .prepare_cached(
            "SELECT document FROM page WHERE id = ?1 UNION SELECT nr FROM document WHERE address = ?2",
        )?
        .query_map(params![page, address], |row| row.get(0))?
        .collect()
}

/// The decisions about a document, undone ones too, in the order in which they were made.
pub(crate) fn about(connection: &Connection, document: i64) -> rusqlite::Result<Vec<Decision>> {
    let select = format!(
        "SELECT {COLUMNS} FROM decision WHERE nr IN ( \
         SELECT decision.nr FROM page JOIN decision ON decision.page = page.id WHERE page.document = ?1 \
         UNION \
         SELECT decision.nr FROM document JOIN decision ON decision.address = document.address \
         WHERE document.nr = ?1) ORDER BY nr"
    );
    connection.prepare_cached(&select)?.query_map([document], Decision::from_row)?.collect()
}

/// Lets the decisions about a document find their place in it again, when it was just read. Returns how many lost
/// theirs. The document must be out of the index.
pub(crate) fn apply(connection: &Connection, document: i64) -> rusqlite::Result<usize> {
    let mut decisions = about(connection, document)?;
    decisions.retain(|decision| decision.undone.is_none());
    if decisions.is_empty() {
        return Ok(0);
    }
    let candidates = candidates(connection, document)?;
    let mut touched = write::voices_of(connection, document)?;
    for decision in &decisions {
        if decision.is_of_page() {
            values::put_page_right(connection, document, decision)?;
        } else if let Some(at) = pick(decision, &candidates, is_own(connection, decision, document)?) {
            values::put_right(connection, document, &candidates[at], decision)?;
        }
    }
    values::date(connection, document)?;
    touched.extend(write::voices_of(connection, document)?);
    for voice in touched {
        voices::settle(connection, voice)?;
    }
    let mut displaced = 0;
    for decision in decisions.iter().filter(|decision| !decision.is_of_page()) {
        let now = find_place(connection, document, decision)?;
        displaced += usize::from(decision.attribution.is_some() && now.is_none());
        if now != decision.attribution {
            connection
                .prepare_cached("UPDATE decision SET attribution = ?2 WHERE nr = ?1")?
                .execute(params![decision.nr, now])?;
        }
    }
    Ok(displaced)
}

/// Where a decision stands: in the newest version in which it finds its words.
fn find_place(
    connection: &Connection,
    document: i64,
    decision: &Decision,
) -> rusqlite::Result<Option<String>> {
    for (version, _) in write::versions(connection, document, decision.address.as_deref())? {
        let all = candidates(connection, version)?;
        let own = is_own(connection, decision, version)?;
        let Some(at) = pick(decision, &all, own) else { continue };
        if values::fits(connection, version, &all[at], decision)? {
            return Ok(Some(all[at].id.clone()));
        }
    }
    Ok(None)
}

/// Makes the rows of a document anew from what was read and the decisions that are in force. The document must be out
/// of the index.
pub(crate) fn reapply(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    let touched = write::voices_of(connection, document)?;
    values::restore(connection, document)?;
    apply(connection, document)?;
    values::date(connection, document)?;
    for voice in touched {
        voices::settle(connection, voice)?;
    }
    Ok(())
}

/// Which attribution of a document each decision about it stands on, and `None` for one that stands on none in it.
pub(crate) fn places(
    connection: &Connection,
    document: i64,
) -> rusqlite::Result<Vec<(Decision, Option<i64>)>> {
    let decisions = about(connection, document)?;
    if decisions.is_empty() {
        return Ok(Vec::new());
    }
    let all = candidates(connection, document)?;
    let mut placed = Vec::with_capacity(decisions.len());
    for decision in decisions {
        let at = match decision.is_of_page() {
            true => None,
            false => pick(&decision, &all, is_own(connection, &decision, document)?),
        };
        placed.push((decision, at.map(|at| all[at].nr)));
    }
    Ok(placed)
}

/// Takes into a decision the words of the attribution where it stands now, on this page.
pub(crate) fn re_anchor(
    connection: &Connection,
    decision: &Decision,
    document: i64,
    attribution: i64,
    page: &str,
) -> rusqlite::Result<()> {
    let all = candidates(connection, document)?;
    let Some(at) = all.iter().position(|candidate| candidate.nr == attribution) else { return Ok(()) };
    let candidate = &all[at];
    let same = |other: &&Candidate| other.content == candidate.content && other.source == candidate.source;
    let n = all[..at].iter().filter(same).count() as i64;
    let value = values::moved(connection, document, candidate, decision)?;
    connection
        .prepare_cached(
            "UPDATE decision SET page = ?2, content = ?3, source = ?4, n = ?5, start = ?6, value = ?7 WHERE nr = ?1",
        )?
        .execute(params![decision.nr, page, candidate.content, candidate.source, n, candidate.start, value])?;
    Ok(())
}

/// The decisions that name a voice as the speaker, or part a report from it or to it.
pub(crate) fn naming(connection: &Connection, (name, kind): (&str, &str)) -> rusqlite::Result<Vec<i64>> {
    let mut select = connection
        .prepare_cached("SELECT nr, value, action FROM decision WHERE (field = 'speakers' OR action = 'part') AND value IS NOT NULL")?;
    let mut rows = select.query([])?;
    let mut naming = Vec::new();
    while let Some(row) = rows.next()? {
        let (value, action): (String, String) = (row.get(1)?, row.get(2)?);
        if let Some(parted) = PartedReport::of(&action, Some(&value)) {
            if parted.kind == kind && (parted.name == name || parted.to == name) {
                naming.push(row.get(0)?);
            }
            continue;
        }
        let speakers: Vec<SpeakerValue> = serde_json::from_str(&value)
            .map_err(|_| crate::error::impossible("the value of a decision", &value))?;
        if speakers.iter().any(|speaker| speaker.name == name && speaker.kind == kind) {
            naming.push(row.get(0)?);
        }
    }
    Ok(naming)
}

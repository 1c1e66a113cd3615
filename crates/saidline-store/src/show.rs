//! Looking one thing up: a page, an attribution or a voice, by its id or by the name that people know it by.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use saidline::wire::{self, WireOptions};

use crate::error::StoreError;
use crate::find::{self, Sort};
use crate::forward::{self, Forward};
use crate::load::{self, StoredPage};
use crate::open::Store;
use crate::search::{self, FoundReport};
use crate::statements::{self, StatementView};
use crate::voices::PartedReport;
use crate::{export, folded, roles, rows, voices};

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The id that was asked for and the one it is now, where the two differ.
    pub forwarded: Option<(String, String)>,
    /// The thing itself.
    pub thing: Thing,
    /// Where a voice was asked for by a name: the others that it can mean, the most heard first.
    pub namesakes: Vec<Namesake>,
}

/// Another voice that a name can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesake {
    /// Its id.
    pub id: String,
    /// The name that stands for it.
    pub name: String,
    /// How many attributions it has, of those that count.
    pub reports: u64,
}

/// A thing with an id.
#[derive(Debug, Clone)]
pub enum Thing {
    /// A page.
    Page(Box<PageView>),
    /// An attribution.
    Attribution(Box<AttributionView>),
    /// A voice.
    Voice(Box<VoiceView>),
    /// A statement.
    Statement(Box<StatementView>),
}

/// A page, with what the store knows beside what was read of it.
#[derive(Debug, Clone)]
pub struct PageView {
    /// The page and its reading.
    pub page: StoredPage,
    /// All captures of its text, this one among them: the earliest fetched first, those of unknown time last.
    pub captures: Vec<Capture>,
    /// The versions of its address, oldest first, this one among them; only this one where there is no address.
    pub versions: Vec<Version>,
    /// The text of the version before this one.
    pub text_before: Option<String>,
    /// How it was derived.
    pub derived: Derivation,
    /// What people put right of the page itself, as it stands.
    pub decided: Vec<Decided>,
    /// Of each attribution, in order, what people decided, as it stands.
    pub attributions_decided: Vec<Vec<Decided>>,
}

/// A page as it came once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The page's id.
    pub id: String,
    /// Where it was found.
    pub path: String,
    /// When it was fetched, as the caller wrote it.
    pub fetched: Option<String>,
    /// When it was added, ISO 8601 in UTC.
    pub added: String,
}

/// A text that an address had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The id of the page that stands for it.
    pub page: String,
    /// When that page was fetched, as the caller wrote it.
    pub fetched: Option<String>,
    /// Whether it is the one that counts.
    pub shown: bool,
    /// Whether it is the one that is looked at.
    pub here: bool,
}

/// What made the rows of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The command that read it.
    pub command: String,
    /// The version of saidline.
    pub version: String,
    /// The name of the model.
    pub model: String,
    /// The checksum of the weights (`sha256:…`).
    pub weights: String,
    /// The options that bore on the reading, as a JSON object.
    pub options: String,
    /// Who ran it.
    pub by: String,
    /// When that run began, ISO 8601 in UTC.
    pub began: String,
}

/// What a person decided, and has not undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When, ISO 8601 in UTC.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was done (`correct`, `reject`).
    pub action: String,
    /// The field that was put right.
    pub field: Option<String>,
    /// What it is now.
    pub value: Option<String>,
}

/// An attribution in its page.
#[derive(Debug, Clone)]
pub struct AttributionView {
    /// Its page and the reading it is part of.
    pub page: StoredPage,
    /// Its place among the attributions of the reading.
    pub n: usize,
    /// How it was derived.
    pub derived: Derivation,
    /// What people decided of it.
    pub decided: Vec<Decided>,
    /// Of each speaker without a role in the page, the role that others give for that time.
    pub roles_then: Vec<Option<RoleThen>>,
    /// The id of the statement that it reports, and how many reports that has; none where it is of none.
    pub statement: Option<(String, usize)>,
}

/// A role that somebody had when they spoke, told elsewhere than on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleThen {
    /// The role.
    pub role: String,
    /// Whether it was imported; else other pages put it beside the name, before and after.
    pub imported: bool,
}

/// A voice, and where it was heard. Only what counts is counted: the newest version of a page, without what was
/// rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceView {
    /// Its id.
    pub id: String,
    /// The name that stands for it.
    pub name: String,
    /// Its other names, in the alphabet's order.
    pub aliases: Vec<Alias>,
    /// What it is (`person`, `organisation`, `unnamed`).
    pub kind: String,
    /// How many attributions it has.
    pub reports: u64,
    /// In how many of them something was said; the others are thoughts, plans, findings and orders.
    pub said: u64,
    /// How many outlets carried them.
    pub outlets: u64,
    /// On how many pages that name no outlet they stand; versions that do not count are left out.
    pub pages_without_outlet: u64,
    /// The roles that were put beside the name, the most frequent first.
    pub roles: Vec<RoleUse>,
    /// The roles that were imported, each with its first and its last date, the earliest first.
    pub held: Vec<(String, Option<String>, Option<String>)>,
    /// By what imported tables of people know it.
    pub identifiers: Vec<String>,
    /// What parts its reports from others of the same name, in words for people.
    pub parted: Vec<String>,
    /// Its latest attributions, newest first, ten at most: of what was said, or of all where all was asked for.
    pub latest: Vec<FoundReport>,
}

/// Another name of a voice, and what joins it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The id by which the name is known; empty where no page has it.
    pub id: String,
    /// The name of the voice that it is joined with.
    pub with: String,
    /// Why: in words for people, or that a person joined them or gave the name.
    pub reason: String,
}

/// A role, and when it was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleUse {
    /// The role, in the documents' words.
    pub role: String,
    /// The date of the earliest attribution with it, ISO 8601.
    pub from: Option<String>,
    /// The date of the latest.
    pub to: Option<String>,
    /// How many attributions have it.
    pub reports: u64,
}

/// How many of a voice's attributions are shown where nothing else is asked for.
pub const LATEST: usize = 10;

impl Store {
    /// Looks up a page (by id, by `sha256:` and at least 8 digits of it, by path or address), an attribution, a statement or a
    /// voice (by id, by at least 8 digits of it; a voice by its name, too, whose case and accents matter only where several voices
    /// have it). Ids that were lead to what they are now. A surname stands for the one voice with a fuller name that ends
    /// in it, where there is but one and it is heard no less than the voice that is only called so.
    /// Among the latest of a voice are only those in which something was said, unless `all` are wanted.
    ///
    /// # Errors
    /// When the store cannot be read; [`StoreError::Unknown`] when nothing fits, several things do, or what was asked
    /// for is gone.
    pub fn show(&self, what: &str, all: bool) -> Result<Shown, StoreError> {
        self.show_latest(what, all, LATEST)
    }

    /// The same, with so many of the latest of a voice at most.
    ///
    /// # Errors
    /// As [`Store::show`].
    pub fn show_latest(&self, what: &str, all: bool, latest: usize) -> Result<Shown, StoreError> {
        let look = || -> rusqlite::Result<Result<Shown, String>> {
            // One snapshot: what is looked up and what is shown of it stem from the same moment.
            let transaction = self.connection.unchecked_transaction()?;
            let (mut named, forwarded) = match meant(&transaction, what)? {
                Ok(found) => found,
                Err(why) => return Ok(Err(why)),
            };
            let mut namesakes = Vec::new();
            if as_id(what.trim()).is_none()
                && let Named::Voice(id) = &named
            {
                let meant;
                (meant, namesakes) = meant_by_name(&transaction, what, id)?;
                named = Named::Voice(meant);
            }
            let thing = match &named {
                Named::Page(id) => page(&transaction, id)?.map(|page| Thing::Page(Box::new(page))),
                Named::Attribution(id) => {
                    attribution(&transaction, id)?.map(|shown| Thing::Attribution(Box::new(shown)))
                }
                Named::Voice(id) => {
                    voice(&transaction, id, (all, latest))?.map(|voice| Thing::Voice(Box::new(voice)))
                }
                Named::Statement(id) => {
                    statements::view(&transaction, id)?.map(|view| Thing::Statement(Box::new(view)))
                }
            };
            Ok(thing
                .map(|thing| Shown { forwarded, thing, namesakes })
                .ok_or_else(|| format!("there is no `{what}` here")))
        };
        look().map_err(|error| self.failed(error))?.map_err(StoreError::Unknown)
    }
}

impl Shown {
    /// Appends the lines of the thing on the wire: a page with its attributions and notes, or the line of an
    /// attribution, or that of a voice, or that of a statement and those of its wordings. A page line carries the text.
    pub fn write(&self, out: &mut String) {
        let options = WireOptions { with_text: true };
        match &self.thing {
            Thing::Page(view) => view.page.write(out, options),
            Thing::Attribution(view) => {
                let mut lines = String::new();
                view.page.write(&mut lines, options);
                // The first line is the page's.
                out.extend(lines.split_inclusive('\n').nth(view.n + 1));
            }
            Thing::Statement(view) => view.write(out),
            Thing::Voice(view) => {
                let aliases: Vec<_> = view.aliases.iter().map(|alias| alias.name.clone()).collect();
                let used = view.roles.iter().map(|used| (&used.role, &used.from, &used.to));
                let held = view.held.iter().map(|(role, from, to)| (role, from, to));
                let mut roles: Vec<_> = used
                    .chain(held)
                    .map(|(role, from, to)| (role.as_str(), from.as_deref(), to.as_deref()))
                    .collect();
                // As they are exported.
                roles.sort_by_key(|(role, from, to)| (*from, *to, *role));
                roles.dedup();
                let VoiceView { id, name, kind, identifiers, .. } = view.as_ref();
                let aliases = &aliases;
                wire::write_voice(out, &wire::RecordedVoice { id, name, kind, aliases, roles, identifiers });
            }
        }
    }
}

/// Something with an id.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Named {
    Page(String),
    Attribution(String),
    Voice(String),
    Statement(String),
}

impl Named {
    fn of_id(id: String) -> Self {
        match Sort::of(&id) {
            Some(Sort::Attribution) => Self::Attribution(id),
            Some(Sort::Voice) => Self::Voice(id),
            Some(Sort::Statement) => Self::Statement(id),
            Some(Sort::Page) | None => Self::Page(id),
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Page(id) | Self::Attribution(id) | Self::Voice(id) | Self::Statement(id) => id,
        }
    }
}

/// What was found, with the id that led to it and the one it led to; or a sentence that says why nothing was.
type Found = Result<(Named, Option<(String, String)>), String>;

/// The fewest digits by which something can be called.
const FEWEST_DIGITS: usize = 8;

/// How many things are named when several fit.
const MOST_NAMED: usize = 5;

fn meant(connection: &Connection, what: &str) -> rusqlite::Result<Found> {
    let what = what.trim();
    let id = as_id(what);
    if let Some(id) = &id
        && let Some(found) = by_id(connection, id)?
    {
        return Ok(found);
    }
    let mut named = by_name(connection, what)?;
    if named.is_empty() {
        named = by_further_name(connection, what)?;
    }
    let voice = |id: &str| Ok((Named::Voice(id.to_owned()), None));
    match named.len() {
        1 => Ok(Ok((named.remove(0), None))),
        0 => {
            let (same, parts): (Vec<_>, Vec<_>) =
                like_name(connection, what)?.into_iter().partition(|voice| voice.whole);
            let like = if same.is_empty() { &parts } else { &same };
            if let Some(most) = most_heard(connection, like.iter().map(|like| like.id.as_str()))? {
                return Ok(voice(&most));
            }
            Ok(match (same.as_slice(), parts.as_slice()) {
                ([], []) if id.is_none() && is_short_id(what) => {
                    Err(format!("`{what}` is too short for an id: it takes at least {FEWEST_DIGITS} digits"))
                }
                ([], []) => Err(format!("there is no `{what}` here")),
                ([], parts) => Err(format!("there is no `{what}` here, but {}", voices(parts))),
                (same, _) => Err(format!("`{what}` can be several things: {}", voices(same))),
            })
        }
        _ => {
            let is_voice = |one: &Named| matches!(one, Named::Voice(_));
            let most = match named.iter().all(is_voice) {
                true => most_heard(connection, named.iter().map(Named::id))?,
                false => None,
            };
            Ok(most.map_or_else(|| Err(several(what, named.iter().map(Named::id))), |most| voice(&most)))
        }
    }
}

/// Of voices the id of the one that is heard most; none where two are heard as often.
fn most_heard<'a>(
    connection: &Connection,
    ids: impl Iterator<Item = &'a str>,
) -> rusqlite::Result<Option<String>> {
    let mut head = connection.prepare_cached("SELECT coalesce(head, nr) FROM voice WHERE id = ?1")?;
    let mut first: BTreeMap<i64, &str> = BTreeMap::new();
    for id in ids {
        first.entry(head.query_row([id], |row| row.get(0))?).or_insert(id);
    }
    let heard = first.into_iter().map(|(head, id)| Ok((namesake(connection, head)?.reports, id)));
    let mut heard = heard.collect::<rusqlite::Result<Vec<_>>>()?;
    heard.sort_by_key(|(reports, _)| std::cmp::Reverse(*reports));
    Ok(match heard.as_slice() {
        [(_, only)] => Some((*only).to_owned()),
        [(most, one), (next, _), ..] if most > next => Some((*one).to_owned()),
        _ => None,
    })
}

/// The beginning of an id that `what` can be; none where it is a name.
fn as_id(what: &str) -> Option<String> {
    let lower = what.to_ascii_lowercase();
    let (before, digits) = parts(&lower);
    (digits.len() >= FEWEST_DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .then(|| format!("{}{digits}", if before.is_empty() { Sort::Page.begins() } else { before }))
}

fn is_short_id(what: &str) -> bool {
    let (before, digits) = parts(what);
    !before.is_empty() && !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// What an id begins with, and its digits.
fn parts(id: &str) -> (&str, &str) {
    id.split_at(Sort::of(id).map_or("", Sort::begins).len())
}

fn several<'a>(what: &str, ids: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = ids.len();
    let mut named: Vec<_> = ids.take(MOST_NAMED).map(|id| format!("`{id}`")).collect();
    if count > MOST_NAMED {
        named.push("…".to_owned());
    }
    format!("`{what}` can be several things: {}", named.join(", "))
}

/// A voice with words of a name.
struct Like {
    id: String,
    name: String,
    /// The row of the name that stands for the voice.
    head: i64,
    /// Whether the words are the whole name.
    whole: bool,
    is_person: bool,
}

/// The voices whose names hold all words of a name, whatever their case and accents, by name.
fn like_name(connection: &Connection, what: &str) -> rusqlite::Result<Vec<Like>> {
    let wanted: Vec<String> = folded::words(what).collect();
    let Some(longest) = wanted.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
    let mut select = connection.prepare(
        "SELECT v.id, v.name, coalesce(v.head, v.nr), v.kind = 'person' FROM voice_word AS w JOIN voice AS v ON v.nr = w.voice WHERE w.word = ?1 \
         ORDER BY v.name, v.id",
    )?;
    let voices = select.query_map([longest], |row| {
        let (id, name): (_, String) = (row.get(0)?, row.get(1)?);
        let words: Vec<String> = folded::words(&name).collect();
        let holds = wanted.iter().all(|word| words.contains(word));
        let (head, is_person) = (row.get(2)?, row.get(3)?);
        Ok(holds.then(|| Like { id, head, whole: words == wanted, name, is_person }))
    })?;
    voices.filter_map(Result::transpose).collect()
}

/// Whom a name means that leads to the voice `id`, and the others that it can mean, those with most reports first. Who is only
/// called by a surname is often somebody who has a fuller name elsewhere, and nothing told so: of these the one with most reports
/// is meant.
fn meant_by_name(connection: &Connection, what: &str, id: &str) -> rusqlite::Result<(String, Vec<Namesake>)> {
    let (head, kind, name): (i64, String, String) = connection
        .prepare("SELECT coalesce(head, nr), kind, name FROM voice WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let wanted: Vec<String> = folded::words(what).collect();
    let is_surname_in = |name: &str| {
        let words: Vec<String> = folded::words(name).collect();
        words.len() > wanted.len() && words.ends_with(&wanted)
    };
    let is_whole = folded::words(&name).eq(wanted.iter().cloned());
    let own = namesake(connection, head)?;
    let fuller = |like: &Like| kind == "person" && like.is_person && is_surname_in(&like.name);
    let like = like_name(connection, what)?.into_iter().filter(|like| like.head != head);
    let like = like.filter(|like| !is_whole || like.whole || fuller(like));
    let others: BTreeMap<i64, bool> = like.map(|like| (like.head, is_whole && fuller(&like))).collect();
    let others = others.into_iter().map(|(head, fuller)| Ok((namesake(connection, head)?, fuller)));
    let mut others = others.collect::<rusqlite::Result<Vec<_>>>()?;
    others.sort_by(|(a, _), (b, _)| b.reports.cmp(&a.reports).then_with(|| a.name.cmp(&b.name)));
    let meant = match others.as_slice() {
        [] => false,
        [(only, fuller)] => *fuller && only.reports >= own.reports,
        [(most, fuller), (next, _), ..] => *fuller && most.reports > own.reports.max(next.reports),
    };
    let mut others: Vec<Namesake> = others.into_iter().map(|(other, _)| other).collect();
    if !meant || is_surname_in(&own.name) {
        return Ok((id.to_owned(), others));
    }
    let meant = others.remove(0).id;
    others.insert(others.partition_point(|other| other.reports > own.reports), own);
    Ok((meant, others))
}

/// A voice by the row of the name that stands for it, and how often it is heard.
fn namesake(connection: &Connection, head: i64) -> rusqlite::Result<Namesake> {
    connection
        .prepare_cached(
            "SELECT v.id, v.name, (SELECT count(DISTINCT a.nr) FROM speaker AS s JOIN attribution AS a \
             ON a.nr = s.attribution JOIN document AS d ON d.nr = a.document WHERE s.voice IN \
             (SELECT nr FROM voice WHERE nr = ?1 OR head = ?1) AND d.shown AND NOT a.rejected) \
             FROM voice AS v WHERE v.nr = ?1",
        )?
        .query_row([head], |row| {
            Ok(Namesake { id: row.get(0)?, name: row.get(1)?, reports: row.get::<_, i64>(2)?.unsigned_abs() })
        })
}

/// Voices by name and id, for people.
fn voices(voices: &[Like]) -> String {
    let named = voices.iter().take(MOST_NAMED).map(|Like { id, name, .. }| format!("`{name}` (`{id}`)"));
    let more = (voices.len() > MOST_NAMED).then(|| "…".to_owned());
    named.chain(more).collect::<Vec<_>>().join(", ")
}

/// What an id or the beginning of one stands for; none where nothing ever had it.
fn by_id(connection: &Connection, id: &str) -> rusqlite::Result<Option<Found>> {
    let sort = Sort::of(id).unwrap_or(Sort::Page);
    let mut ids = find::beginning(connection, sort, id)?;
    match ids.len() {
        0 => {}
        1 => return Ok(Some(Ok((Named::of_id(ids.remove(0)), None)))),
        _ => return Ok(Some(Err(several(id, ids.iter().map(String::as_str))))),
    }
    let mut old = find::former(connection, sort, id)?;
    match old.len() {
        0 => Ok(None),
        1 => {
            let old = old.remove(0);
            Ok(Some(match forward::follow(connection, &old)? {
                Forward::To(new) => Ok((Named::of_id(new.clone()), Some((old, new)))),
                Forward::Unknown | Forward::Gone => {
                    Err(format!("`{old}` is gone, and nothing took its place"))
                }
            }))
        }
        _ => Ok(Some(Err(several(id, old.iter().map(String::as_str))))),
    }
}

/// A page that was found by its path or address.
struct PageFound {
    id: String,
    document: i64,
    address: Option<String>,
    shown: bool,
    represents: bool,
}

/// The pages with this path or address, and the voices with this name. Pages that are captures or versions of one
/// address are one: the version that counts.
fn by_name(connection: &Connection, what: &str) -> rusqlite::Result<Vec<Named>> {
    let mut pages = connection
        .prepare(
            "SELECT page.id, document.nr, document.address, document.shown, document.page IS page.nr FROM page \
             JOIN document ON document.nr = page.document WHERE page.nr IN ( \
                 SELECT nr FROM page WHERE path = ?1 UNION SELECT nr FROM page WHERE address = ?1 \
                 UNION SELECT page FROM document WHERE address = ?1) ORDER BY page.id",
        )?
        .query_map([what], |row| {
            Ok(PageFound {
                id: row.get(0)?,
                document: row.get(1)?,
                address: row.get(2)?,
                shown: row.get(3)?,
                represents: row.get(4)?,
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    // Of each report one page: of the version that counts, the capture that stands for it.
    pages.sort_by_key(|page| (!page.shown, !page.represents));
    let mut named: Vec<PageFound> = Vec::new();
    for page in pages {
        let same = |other: &PageFound| {
            other.document == page.document || (page.address.is_some() && other.address == page.address)
        };
        if !named.iter().any(same) {
            named.push(page);
        }
    }
    let mut named: Vec<_> = named.into_iter().map(|page| Named::Page(page.id)).collect();
    let voices = connection
        .prepare("SELECT id FROM voice WHERE name = ?1 ORDER BY id")?
        .query_map([what], |row| row.get(0).map(Named::Voice))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    named.extend(voices);
    Ok(named)
}

/// The voices that people gave this name, though no page has it, or this identifier.
fn by_further_name(connection: &Connection, what: &str) -> rusqlite::Result<Vec<Named>> {
    let mut ids = BTreeSet::new();
    for nr in voices::also_called(connection, what)?.into_iter().chain(voices::identified(connection, what)?)
    {
        let head = voices::head(connection, nr)?;
        let id = connection
            .prepare_cached("SELECT id FROM voice WHERE nr = ?1")?
            .query_row([head], |row| row.get::<_, String>(0))?;
        ids.insert(id);
    }
    Ok(ids.into_iter().map(Named::Voice).collect())
}

fn page(connection: &Connection, id: &str) -> rusqlite::Result<Option<PageView>> {
    let Some(page) = load::page(connection, id)? else { return Ok(None) };
    let document = page.document;
    let captures = connection
        .prepare(
            "SELECT page.id, path, fetched, run.began FROM page JOIN run ON run.nr = page.added \
             WHERE document = ?1 ORDER BY fetched IS NULL, fetched, page.id",
        )?
        .query_map([document], |row| {
            Ok(Capture { id: row.get(0)?, path: row.get(1)?, fetched: row.get(2)?, added: row.get(3)? })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    // The order in which the newest is chosen, the other way round.
    let versions = connection
        .prepare(
            "SELECT v.nr, page.id, page.fetched, v.shown FROM document AS v LEFT JOIN page ON page.nr = v.page \
             WHERE v.nr = ?1 OR v.address = (SELECT address FROM document WHERE nr = ?1) ORDER BY v.shown, \
             (SELECT max(coalesce(fetched, '')) FROM page WHERE page.document = v.nr), \
             coalesce(v.updated_to, ''), coalesce(v.published_to, ''), v.sha256",
        )?
        .query_map([document], |row| {
            let nr: i64 = row.get(0)?;
            let page = row.get::<_, Option<String>>(1)?.unwrap_or_default();
            Ok((nr, Version { page, fetched: row.get(2)?, shown: row.get(3)?, here: nr == document }))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let before = versions.iter().position(|(nr, _)| *nr == document).and_then(|here| here.checked_sub(1));
    let text_before = before.map(|before| load::text(connection, versions[before].0)).transpose()?;
    let decided = connection
        .prepare(
            "SELECT at, by, action, field, value FROM decision WHERE undone_at IS NULL AND attribution IS NULL \
             AND content IS NULL AND (page IN (SELECT id FROM page WHERE document = ?1) \
             OR address = (SELECT address FROM document WHERE nr = ?1)) ORDER BY nr",
        )?
        .query_map([document], decided)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let attributions_decided = page
        .attributions
        .iter()
        .map(|stored| match stored.corrected.is_some() || stored.rejected {
            true => decided_of(connection, &stored.id),
            false => Ok(Vec::new()),
        })
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Some(PageView {
        derived: derivation(connection, document)?,
        versions: versions.into_iter().map(|(_, version)| version).collect(),
        page,
        captures,
        text_before,
        decided,
        attributions_decided,
    }))
}

fn decided(row: &Row<'_>) -> rusqlite::Result<Decided> {
    Ok(Decided {
        at: row.get(0)?,
        by: row.get(1)?,
        action: row.get(2)?,
        field: row.get(3)?,
        value: row.get(4)?,
    })
}

/// What people decided of an attribution.
fn decided_of(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Decided>> {
    connection
        .prepare_cached(
            "SELECT at, by, action, field, value FROM decision WHERE undone_at IS NULL AND attribution = ?1 ORDER BY nr",
        )?
        .query_map([id], decided)?
        .collect()
}

fn derivation(connection: &Connection, document: i64) -> rusqlite::Result<Derivation> {
    connection
        .prepare_cached(
            "SELECT command, version, model, weights, options, by, began FROM run \
             JOIN document ON document.run = run.nr WHERE document.nr = ?1",
        )?
        .query_row([document], |row| {
            Ok(Derivation {
                command: row.get(0)?,
                version: row.get(1)?,
                model: row.get(2)?,
                weights: row.get(3)?,
                options: row.get(4)?,
                by: row.get(5)?,
                began: row.get(6)?,
            })
        })
}

fn attribution(connection: &Connection, id: &str) -> rusqlite::Result<Option<AttributionView>> {
    let found = connection
        .prepare(
            "SELECT page.id, attribution.nr FROM attribution JOIN document ON document.nr = attribution.document \
             JOIN page ON page.nr = document.page WHERE attribution.id = ?1 ORDER BY document.shown DESC, page.id, \
             attribution.n LIMIT 1",
        )?
        .query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    let Some((page, nr)) = found else { return Ok(None) };
    let Some(page) = load::page(connection, &page)? else { return Ok(None) };
    let Some(n) = page.attributions.iter().position(|stored| stored.nr == nr) else { return Ok(None) };
    let derived = derivation(connection, page.document)?;
    let roles_then = roles_then(connection, nr)?;
    let statement = connection
        .prepare_cached(
            "SELECT s.id, s.reports FROM report AS r JOIN statement AS s ON s.nr = r.statement WHERE r.attribution = ?1",
        )?
        .query_row([nr], |row| Ok((row.get(0)?, rows::count(row, 1)?)))
        .optional()?;
    let decided = decided_of(connection, id)?;
    Ok(Some(AttributionView { n, derived, decided, page, roles_then, statement }))
}

/// The roles at the time of an attribution of its speakers without a role.
fn roles_then(connection: &Connection, attribution: i64) -> rusqlite::Result<Vec<Option<RoleThen>>> {
    let speakers: Vec<(bool, i64, Option<String>)> = connection
        .prepare_cached(
            "SELECT s.role IS NOT NULL OR s.kind = 'unnamed', coalesce(v.head, v.nr), a.date FROM speaker AS s JOIN voice AS v ON v.nr = s.voice \
             JOIN attribution AS a ON a.nr = s.attribution WHERE s.attribution = ?1 ORDER BY s.n",
        )?
        .query_map([attribution], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let then = |(told, voice, date): (bool, i64, Option<String>)| -> rusqlite::Result<Option<RoleThen>> {
        let Some(date) = date.filter(|_| !told) else { return Ok(None) };
        let held = |from: &Option<String>, to: &Option<String>| {
            (from.is_some() || to.is_some()) && roles::holds((from.as_deref(), to.as_deref()), &date)
        };
        let mut imported = voices::known(connection, voice)?.roles.into_iter();
        // Of several the one that began last.
        if let Some((role, ..)) = imported.rfind(|(_, from, to)| held(from, to)) {
            return Ok(Some(RoleThen { role, imported: true }));
        }
        let role = roles::around(&export::roles_by_day(connection, voice)?, &date);
        Ok(role.map(|role| RoleThen { role, imported: false }))
    };
    speakers.into_iter().map(then).collect()
}

fn voice(
    connection: &Connection,
    id: &str,
    (all, most): (bool, usize),
) -> rusqlite::Result<Option<VoiceView>> {
    let found = connection
        .prepare("SELECT nr FROM voice WHERE id = ?1")?
        .query_row([id], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(of_name) = found else { return Ok(None) };
    // A name leads to the voice that it is one of.
    let nr = voices::head(connection, of_name)?;
    let (id, name, kind): (String, String, String) = connection
        .prepare("SELECT id, name, kind FROM voice WHERE nr = ?1")?
        .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    const COUNTED: &str = "FROM speaker AS s JOIN attribution AS a ON a.nr = s.attribution \
                           JOIN document AS d ON d.nr = a.document \
                           WHERE s.voice IN (SELECT nr FROM voice WHERE nr = ?1 OR head = ?1) \
                           AND d.shown AND NOT a.rejected";
    // What an earlier version read, which did not tell acts, counts as said.
    const SAID: &str = "coalesce(a.act, 'speech') = 'speech'";
    let count = format!(
        "SELECT count(DISTINCT a.nr), count(DISTINCT CASE WHEN {SAID} THEN a.nr END), count(DISTINCT d.outlet), \
         count(DISTINCT CASE WHEN d.outlet IS NULL THEN d.nr END) {COUNTED}"
    );
    let (reports, said, outlets, pages_without_outlet) =
        connection.prepare(&count)?.query_row([nr], |row| {
            let count = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
            Ok((count(0)?, count(1)?, count(2)?, count(3)?))
        })?;
    let roles = export::roles(connection, nr, false)?.into_iter();
    let roles = roles.map(|(role, from, to, reports)| RoleUse { role, from, to, reports }).collect();
    // First which, then their words: cutting out the words of all would take long for those who speak much.
    let latest =
        format!("SELECT a.nr {COUNTED} AND (?3 OR {SAID}) GROUP BY a.nr ORDER BY a.date DESC, a.id LIMIT ?2");
    let latest = connection
        .prepare(&latest)?
        .query_map(params![nr, i64::try_from(most).unwrap_or(i64::MAX), all], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    let latest = latest.into_iter().map(|report| search::unmarked(connection, report));
    let latest = latest.collect::<rusqlite::Result<Vec<_>>>()?;
    let known = voices::known(connection, nr)?;
    let mut aliases = aliases(connection, nr)?;
    let given = known.aliases.into_iter();
    aliases.extend(given.map(|(given, reason)| Alias {
        name: given,
        id: String::new(),
        with: name.clone(),
        reason,
    }));
    aliases.sort_by(|a, b| a.name.cmp(&b.name));
    let (held, identifiers) = (known.roles, known.identifiers);
    let parted = partings(connection, nr)?;
    Ok(Some(VoiceView {
        id,
        name,
        aliases,
        kind,
        reports,
        said,
        outlets,
        pages_without_outlet,
        roles,
        held,
        identifiers,
        parted,
        latest,
    }))
}

/// The decisions in force that part reports from a name of a voice, or gave them to it.
fn partings(connection: &Connection, head: i64) -> rusqlite::Result<Vec<String>> {
    let mut parted: Vec<String> = connection
        .prepare(
            "SELECT DISTINCT d.nr FROM voice_decision AS d JOIN voice AS w \
             ON d.name_a = w.name AND d.kind_a = w.kind OR d.name_b = w.name AND d.kind_b = w.kind \
             WHERE d.action = 'part' AND d.undone_at IS NULL AND (w.nr = ?1 OR w.head = ?1) ORDER BY d.nr",
        )?
        .query_map([head], |row| row.get::<_, i64>(0))?
        .map(|nr| {
            let decided = voices::decision(connection, nr?)?;
            Ok(decided.map(|decided| format!("{}, by {} ({})", decided.in_words(), decided.by, decided.id())))
        })
        .filter_map(Result::transpose)
        .collect::<rusqlite::Result<_>>()?;
    let mut of_reports = connection.prepare(
        "SELECT min(d.action), min(d.value), count(*), min(d.by), d.pair FROM decision AS d JOIN voice AS w \
         ON w.kind = json_extract(d.value, '$.kind') \
         AND w.name IN (json_extract(d.value, '$.name'), json_extract(d.value, '$.to')) \
         WHERE d.pair IS NOT NULL AND d.action = 'part' AND d.undone_at IS NULL AND (w.nr = ?1 OR w.head = ?1) \
         GROUP BY d.pair, d.value, w.nr ORDER BY d.pair, d.value",
    )?;
    let mut rows = of_reports.query([head])?;
    while let Some(row) = rows.next()? {
        let (action, value): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let Some(words) = PartedReport::of(&action, value.as_deref()) else { continue };
        let (reports, by, nr): (i64, String, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let reports = if reports == 1 { "1 report".to_owned() } else { format!("{reports} reports") };
        parted.push(format!("in {reports} {}, by {by} (d-{nr})", words.in_words()));
    }
    parted.dedup();
    Ok(parted)
}

/// The other names of a voice, each with what joins it most surely to another of its names: a person's word, else the
/// pair with the greatest chance.
fn aliases(connection: &Connection, head: i64) -> rusqlite::Result<Vec<Alias>> {
    let mut by_person = connection.prepare_cached(
        "SELECT w.name, d.by, 'm-' || d.nr FROM voice_decision AS d JOIN voice AS w \
         ON d.name_a = w.name AND d.kind_a = w.kind OR d.name_b = w.name AND d.kind_b = w.kind \
         WHERE d.undone_at IS NULL AND d.action IN ('merge', 'alias') AND w.nr <> ?1 AND (w.nr = ?4 OR w.head = ?4) \
         AND (d.name_a = ?2 AND d.kind_a = ?3 OR d.name_b = ?2 AND d.kind_b = ?3) ORDER BY d.nr DESC LIMIT 1",
    )?;
    let mut by_engine = connection.prepare_cached(
        "SELECT w.name, j.reason FROM voice_join AS j JOIN voice AS w ON w.nr = CASE j.a WHEN ?1 THEN j.b ELSE j.a END \
         WHERE (j.a = ?1 OR j.b = ?1) AND NOT j.doubt AND (w.nr = ?2 OR w.head = ?2) \
         ORDER BY j.chance DESC, w.nr <> ?2, w.name LIMIT 1",
    )?;
    let mut by_import = connection.prepare_cached(
        "SELECT w.name, p.decision FROM voice_authority AS t JOIN voice_authority AS o ON o.authority = t.authority \
         JOIN authority AS p ON p.nr = t.authority JOIN voice AS w ON w.nr = o.voice \
         WHERE t.voice = ?1 AND w.nr <> ?1 AND (w.nr = ?2 OR w.head = ?2) ORDER BY w.nr <> ?2, w.name LIMIT 1",
    )?;
    let imported = |row: &Row<'_>| -> rusqlite::Result<(String, String)> {
        Ok((row.get(0)?, format!("imported as names of one (m-{})", row.get::<_, i64>(1)?)))
    };
    let mut names = connection
        .prepare_cached("SELECT nr, name, kind, id FROM voice WHERE head = ?1 ORDER BY name, kind")?;
    let mut aliases = Vec::new();
    let mut rows = names.query([head])?;
    while let Some(row) = rows.next()? {
        let (nr, name, kind, id): (i64, String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let person = by_person
            .query_row(params![nr, name, kind, head], |row| {
                let (with, by, id): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok((with, format!("joined by {by} ({id})")))
            })
            .optional()?;
        let found = match person
            .map_or_else(|| by_import.query_row([nr, head], imported).optional(), |one| Ok(Some(one)))?
        {
            Some(person) => Some(person),
            None => by_engine
                .query_row([nr, head], |row| {
                    Ok((row.get(0)?, voices::reason_in_words(&row.get::<_, String>(1)?)))
                })
                .optional()?,
        };
        let (with, reason) = found.unwrap_or_default();
        aliases.push(Alias { name, id, with, reason });
    }
    Ok(aliases)
}

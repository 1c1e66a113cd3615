//! A reading as rows: what goes in comes out the same.

use rusqlite::{Connection, Row, named_params, params};
use saidline::{
    Act, ActClass, ActType, Attribution, Basis, Block, BlockKind, Dated, Document, How, Kind, Known, Mention,
    Moment, Note, Page, PageId, Points, Polarity, QuotationKind, Reading, Said, SaidBasis, Span, Speaker,
    SpeakerKind, Venue, VenueKind, When,
};

use crate::error::impossible;

/// A text as the store holds it: NUL ends a text for SQL, so each stands as U+FFFD, and where they were is kept.
pub(crate) struct Stored<'a> {
    pub(crate) text: std::borrow::Cow<'a, str>,
    /// The code points that are NUL, as a JSON list.
    pub(crate) nul: Option<String>,
}

impl<'a> Stored<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        if !text.contains('\0') {
            return Self { text: text.into(), nul: None };
        }
        let places: Vec<_> =
            text.chars().enumerate().filter(|(_, c)| *c == '\0').map(|(n, _)| n.to_string()).collect();
        Self { text: text.replace('\0', "\u{fffd}").into(), nul: Some(format!("[{}]", places.join(","))) }
    }

    /// The text as it was.
    pub(crate) fn restored(text: String, nul: Option<String>) -> String {
        let Some(nul) = nul else { return text };
        let places = nul.trim_matches(['[', ']']).split(',').filter_map(|place| place.parse::<usize>().ok());
        let mut places = places.peekable();
        let restore = |(n, c)| if places.next_if_eq(&n).is_some() { '\0' } else { c };
        text.chars().enumerate().map(restore).collect()
    }
}

/// A chance as the wire shows it: to three digits.
pub(crate) fn chance(chance: f32) -> f64 {
    (f64::from(chance) * 1000.0).round() / 1000.0
}

/// A count in a column.
pub(crate) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let count: i64 = row.get(column)?;
    usize::try_from(count).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, count))
}

/// The value with this name.
fn named<T: Copy>(what: &str, all: &[T], name: fn(T) -> &'static str, wanted: &str) -> rusqlite::Result<T> {
    all.iter().copied().find(|value| name(*value) == wanted).ok_or_else(|| impossible(what, wanted))
}

pub(crate) fn quotation_kind(name: &str) -> rusqlite::Result<QuotationKind> {
    named("a kind of attribution", &QuotationKind::ALL, QuotationKind::name, name)
}

pub(crate) fn speaker_kind(name: &str) -> rusqlite::Result<SpeakerKind> {
    named("a kind of speaker", &SpeakerKind::ALL, SpeakerKind::name, name)
}

pub(crate) fn act(name: Option<String>) -> rusqlite::Result<Option<ActClass>> {
    name.map(|name| named("a kind of act", &ActClass::ALL, ActClass::name, &name)).transpose()
}

pub(crate) fn act_type(name: Option<String>) -> rusqlite::Result<Option<ActType>> {
    name.map(|name| named("a type of act", &ActType::ALL, ActType::name, &name)).transpose()
}

pub(crate) fn polarity(name: Option<String>) -> rusqlite::Result<Option<Polarity>> {
    name.map(|name| named("a polarity", &Polarity::ALL, Polarity::name, &name)).transpose()
}

pub(crate) fn venue_kind(name: &str) -> rusqlite::Result<VenueKind> {
    named("a kind of venue", &VenueKind::ALL, VenueKind::name, name)
}

fn moment(text: &str) -> rusqlite::Result<Moment> {
    text.parse().map_err(|_| impossible("a date", text))
}

/// An interval from its two columns; none where the first is NULL.
pub(crate) fn when(from: Option<String>, to: Option<String>) -> rusqlite::Result<Option<When>> {
    let Some(from) = from else { return Ok(None) };
    let to = to.as_deref().unwrap_or(&from);
    Ok(Some(When { from: moment(&from)?, to: moment(to)? }))
}

/// The span between two code points that a row names.
pub(crate) fn span(points: &Points<'_>, start: u32, end: u32) -> rusqlite::Result<Span> {
    points.span(start, end).ok_or_else(|| impossible("a place in the text", &format!("{start}-{end}")))
}

fn optional_span(points: &Points<'_>, place: (Option<u32>, Option<u32>)) -> rusqlite::Result<Option<Span>> {
    match place {
        (Some(start), Some(end)) => span(points, start, end).map(Some),
        _ => Ok(None),
    }
}

/// How much a page is compressed: little more is won by more, at several times the cost.
const LEVEL: i32 = 3;

/// Inserts the row of a page, with the bytes as they came.
pub(crate) fn insert_page(
    connection: &Connection,
    page: &Page,
    id: PageId,
    plain: bool,
    (document, text): (i64, &str),
    run: i64,
) -> rusqlite::Result<i64> {
    // A page of plain text is its document's text; it need not be kept twice.
    let (stored, bytes) = match page.bytes == text.as_bytes() {
        true => ("text", None),
        false => {
            let bytes = zstd::bulk::compress(&page.bytes, LEVEL);
            ("zstd", Some(bytes.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?))
        }
    };
    let Known { address, title, outlet, byline, published, language } = &page.known;
    connection
        .prepare_cached(
            "INSERT INTO page (id, document, path, fetched, address, title, outlet, byline, published, language, \
             charset, input, plain, added, read, size, stored, bytes) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15, ?16, ?17)",
        )?
        .insert(params![
            id.to_string(),
            document,
            page.path,
            page.fetched,
            address,
            title,
            outlet,
            byline,
            published,
            language,
            page.charset,
            input_name(page.kind),
            plain,
            run,
            page.bytes.len() as i64,
            stored,
            bytes,
        ])
}

/// The most bytes that a page can have had: what is read as one page, and some.
const MOST_BYTES: usize = 256 << 20;

/// The bytes of a page as they came; none when they were forgotten.
pub(crate) fn bytes(
    stored: &str,
    size: i64,
    bytes: Option<Vec<u8>>,
    text: &str,
) -> rusqlite::Result<Option<Vec<u8>>> {
    match (stored, bytes) {
        ("text", _) => Ok(Some(text.as_bytes().to_vec())),
        ("zstd", Some(bytes)) => {
            let size = usize::try_from(size).unwrap_or(0).min(MOST_BYTES);
            zstd::bulk::decompress(&bytes, size)
                .map(Some)
                .map_err(|_| impossible("the compressed bytes of a page", "a row of `page`"))
        }
        _ => Ok(None),
    }
}

fn input_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Auto => "auto",
        Kind::Text => "text",
        Kind::Html => "html",
    }
}

fn input_kind(name: &str) -> rusqlite::Result<Kind> {
    named("an input", &[Kind::Auto, Kind::Text, Kind::Html], input_name, name)
}

/// Inserts a document with all that was read of it but its attributions. The row is written once: its text is long, and
/// every change to the row would write it again.
pub(crate) fn insert_document(
    connection: &Connection,
    (nr, page): (i64, i64),
    reading: &Reading,
    (address, sha256, fingerprint): (Option<&str>, &str, &str),
    outlet: Option<i64>,
    (run, shown): (i64, bool),
) -> rusqlite::Result<()> {
    let document = &reading.document;
    let points = Points::new(&document.text);
    let Stored { text, nul } = Stored::new(&document.text);
    let agencies = serde_json::to_string(&document.agencies).unwrap_or_default();
    let published = DateColumns::new(document.published.as_ref(), &points);
    let updated = DateColumns::new(document.updated.as_ref(), &points);
    connection
        .prepare_cached(
            "INSERT INTO document (nr, sha256, address, canonical, outlet, read_outlet, title, byline, agencies, language, \
             published_from, published_to, published_text, published_start, published_end, published_basis, \
             updated_from, updated_to, updated_text, updated_start, updated_end, updated_basis, \
             from_markup, shown, run, page, reading, nul, text) \
             VALUES (:nr, :sha256, :address, :canonical, :outlet, :read_outlet, :title, :byline, :agencies, :language, \
             :pf, :pt, :px, :ps, :pe, :pb, :uf, :ut, :ux, :us, :ue, :ub, \
             :markup, :shown, :run, :page, :reading, :nul, :text)",
        )?
        .execute(named_params! {
            ":nr": nr,
            ":sha256": sha256,
            ":address": address,
            ":canonical": document.canonical,
            ":outlet": outlet,
            ":read_outlet": document.outlet,
            ":title": document.title,
            ":byline": document.byline,
            ":agencies": agencies,
            ":language": document.language,
            ":pf": published.from, ":pt": published.to, ":px": published.text,
            ":ps": published.start, ":pe": published.end, ":pb": published.basis,
            ":uf": updated.from, ":ut": updated.to, ":ux": updated.text,
            ":us": updated.start, ":ue": updated.end, ":ub": updated.basis,
            ":markup": document.from_markup,
            ":shown": shown,
            ":run": run,
            ":page": page,
            ":reading": fingerprint,
            ":nul": nul,
            ":text": text,
        })?;
    insert_blocks(connection, nr, reading, &points)
}

/// Writes what was read of a document besides its text: metadata, blocks, notes. What was there is replaced.
pub(crate) fn set_document(
    connection: &Connection,
    nr: i64,
    reading: &Reading,
    outlet: Option<i64>,
) -> rusqlite::Result<()> {
    let document = &reading.document;
    let points = Points::new(&document.text);
    let agencies = serde_json::to_string(&document.agencies).unwrap_or_default();
    let published = DateColumns::new(document.published.as_ref(), &points);
    let updated = DateColumns::new(document.updated.as_ref(), &points);
    connection
        .prepare_cached(
            "UPDATE document SET canonical = :canonical, outlet = :outlet, title = :title, byline = :byline, \
             agencies = :agencies, language = :language, published_from = :pf, published_to = :pt, \
             published_text = :px, published_start = :ps, published_end = :pe, published_basis = :pb, \
             updated_from = :uf, updated_to = :ut, updated_text = :ux, updated_start = :us, updated_end = :ue, \
             updated_basis = :ub, read_outlet = :read_outlet, from_markup = :from_markup, corrected = NULL, original = NULL WHERE nr = :nr",
        )?
        .execute(named_params! {
            ":nr": nr,
            ":canonical": document.canonical,
            ":outlet": outlet,
            ":read_outlet": document.outlet,
            ":title": document.title,
            ":byline": document.byline,
            ":agencies": agencies,
            ":language": document.language,
            ":from_markup": document.from_markup,
            ":pf": published.from, ":pt": published.to, ":px": published.text,
            ":ps": published.start, ":pe": published.end, ":pb": published.basis,
            ":uf": updated.from, ":ut": updated.to, ":ux": updated.text,
            ":us": updated.start, ":ue": updated.end, ":ub": updated.basis,
        })?;
    connection.prepare_cached("DELETE FROM block WHERE document = ?1")?.execute([nr])?;
    connection.prepare_cached("DELETE FROM note WHERE document = ?1")?.execute([nr])?;
    insert_blocks(connection, nr, reading, &points)
}

/// Inserts the blocks and the notes of a document that has none.
fn insert_blocks(
    connection: &Connection,
    nr: i64,
    reading: &Reading,
    points: &Points<'_>,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO block (document, n, kind, start, \"end\", time_from, time_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (n, block) in reading.document.blocks.iter().enumerate() {
        let (start, end) = points.of_span(block.span);
        let time = block.time.map(|time| (time.from.to_string(), time.to.to_string())).unzip();
        insert.execute(params![nr, n as i64, block.kind.name(), start, end, time.0, time.1])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO note (document, n, code, start, \"end\", message) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (n, note) in reading.notes.iter().enumerate() {
        let (start, end) = note.span.map(|span| points.of_span(span)).unzip();
        insert.execute(params![nr, n as i64, note.code, start, end, note.message])?;
    }
    Ok(())
}

/// A date of a page as columns.
#[derive(Default)]
struct DateColumns<'a> {
    from: Option<String>,
    to: Option<String>,
    text: Option<&'a str>,
    start: Option<u32>,
    end: Option<u32>,
    basis: Option<&'static str>,
}

impl<'a> DateColumns<'a> {
    fn new(dated: Option<&'a Dated>, points: &Points<'_>) -> Self {
        let Some(dated) = dated else { return Self::default() };
        let (start, end) = dated.span.map(|span| points.of_span(span)).unzip();
        Self {
            from: Some(dated.when.from.to_string()),
            to: Some(dated.when.to.to_string()),
            text: dated.text.as_deref(),
            start,
            end,
            basis: Some(dated.basis.name()),
        }
    }
}

/// Inserts an attribution with its spans; its speakers are the business of the voices.
pub(crate) fn insert_attribution(
    connection: &Connection,
    document: i64,
    (n, id): (usize, &str),
    attribution: &Attribution,
    published: Option<&str>,
    points: &Points<'_>,
) -> rusqlite::Result<i64> {
    let said = attribution.said.as_ref();
    let end_of = |end: Option<Moment>| end.map(|end| end.to_string());
    let (from, to) = said.map_or((None, None), |said| (end_of(said.from), end_of(said.to)));
    let (start, end) = said.and_then(|said| said.span).map(|span| points.of_span(span)).unzip();
    let nr = connection
        .prepare_cached(
            "INSERT INTO attribution (id, document, n, parent, kind, confidence, date, said_from, said_to, \
             said_start, said_end, said_basis, act, act_type, polarity) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .insert(params![
            id,
            document,
            n as i64,
            attribution.parent.map(|parent| parent as i64),
            attribution.kind.name(),
            chance(attribution.confidence),
            from.as_deref().or(published),
            from,
            to,
            start,
            end,
            said.map(|said| said.basis.name()),
            attribution.act.map(|act| act.class.name()),
            attribution.act.and_then(|act| act.r#type).map(|of_type| of_type.name()),
            attribution.polarity.map(|polarity| polarity.name()),
        ])?;
    insert_spans(connection, nr, attribution, points)?;
    Ok(nr)
}

/// Inserts the spans of an attribution.
pub(crate) fn insert_spans(
    connection: &Connection,
    nr: i64,
    attribution: &Attribution,
    points: &Points<'_>,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO span (attribution, part, n, start, \"end\", name, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    // In the order of their key, so that each row comes behind the last.
    let mut mention = |part, n: usize, span, name: Option<&str>, kind: Option<&str>| {
        let (start, end) = points.of_span(span);
        insert.execute(params![nr, part, n as i64, start, end, name, kind]).map(|_| ())
    };
    for (n, one) in attribution.addressees.iter().enumerate() {
        mention("addressee", n, one.span, one.name.as_deref(), one.kind.map(SpeakerKind::name))?;
    }
    let parts =
        [("content", &attribution.content), ("cue", &attribution.cue), ("source", &attribution.source)];
    for (part, spans) in parts {
        for (n, span) in spans.iter().enumerate() {
            mention(part, n, *span, None, None)?;
        }
    }
    if let Some(venue) = &attribution.venue {
        mention("venue", 0, venue.span, venue.name.as_deref(), Some(venue.kind.name()))?;
    }
    for (n, link) in attribution.via.iter().enumerate() {
        mention("via", n, link.span, link.name.as_deref(), link.kind.map(SpeakerKind::name))?;
    }
    Ok(())
}

/// Inserts a speaker of an attribution.
pub(crate) fn insert_speaker(
    connection: &Connection,
    (attribution, n): (i64, usize),
    voice: i64,
    speaker: &Speaker,
    points: &Points<'_>,
) -> rusqlite::Result<()> {
    let (start, end) = speaker.antecedent.map(|span| points.of_span(span)).unzip();
    connection
        .prepare_cached(
            "INSERT INTO speaker (attribution, n, voice, name, kind, role, how, antecedent_start, antecedent_end, \
             confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            attribution,
            n as i64,
            voice,
            speaker.name,
            speaker.kind.name(),
            speaker.role,
            speaker.how.name(),
            start,
            end,
            chance(speaker.confidence),
        ])?;
    Ok(())
}

/// The page that a row of `page` holds, without its bytes.
pub(crate) fn page(row: &Row<'_>) -> rusqlite::Result<(PageId, Page)> {
    let id: String = row.get("id")?;
    let page = Page {
        bytes: Vec::new(),
        kind: input_kind(&row.get::<_, String>("input")?)?,
        path: row.get("path")?,
        fetched: row.get("fetched")?,
        charset: row.get("charset")?,
        known: Known {
            address: row.get("address")?,
            title: row.get("title")?,
            outlet: row.get("outlet")?,
            byline: row.get("byline")?,
            published: row.get("published")?,
            language: row.get("language")?,
        },
    };
    Ok((id.parse().map_err(|_| impossible("the id of a page", &id))?, page))
}

/// The document with this number, with the name of the model that read it, and its notes.
pub(crate) fn document(connection: &Connection, nr: i64) -> rusqlite::Result<(Document, Vec<Note>, String)> {
    let mut select = connection.prepare_cached(
        "SELECT document.*, outlet.name AS outlet_name, run.model AS model FROM document \
         JOIN run ON run.nr = document.run LEFT JOIN outlet ON outlet.nr = document.outlet WHERE document.nr = ?1",
    )?;
    select.query_row([nr], |row| {
        let text = Stored::restored(row.get("text")?, row.get("nul")?);
        let points = Points::new(&text);
        let agencies: String = row.get("agencies")?;
        let published = dated(row, "published", &points)?;
        let updated = dated(row, "updated", &points)?;
        let blocks = blocks(connection, nr, &points)?;
        let notes = notes(connection, nr, &points)?;
        let document = Document {
            blocks,
            from_markup: row.get("from_markup")?,
            title: row.get("title")?,
            outlet: row.get("outlet_name")?,
            byline: row.get("byline")?,
            agencies: serde_json::from_str(&agencies)
                .map_err(|_| impossible("a list of agencies", &agencies))?,
            published,
            updated,
            canonical: row.get("canonical")?,
            language: row.get("language")?,
            text,
        };
        Ok((document, notes, row.get("model")?))
    })
}

fn dated(row: &Row<'_>, of: &str, points: &Points<'_>) -> rusqlite::Result<Option<Dated>> {
    let column = |part: &str| format!("{of}_{part}");
    let from = row.get(column("from").as_str())?;
    let to = row.get(column("to").as_str())?;
    let Some(when) = when(from, to)? else { return Ok(None) };
    let basis: String = row.get(column("basis").as_str())?;
    Ok(Some(Dated {
        when,
        text: row.get(column("text").as_str())?,
        span: optional_span(points, (row.get(column("start").as_str())?, row.get(column("end").as_str())?))?,
        basis: named("the basis of a date", &Basis::ALL, Basis::name, &basis)?,
    }))
}

fn blocks(connection: &Connection, document: i64, points: &Points<'_>) -> rusqlite::Result<Vec<Block>> {
    let mut select = connection.prepare_cached(
        "SELECT kind, start, \"end\", time_from, time_to FROM block WHERE document = ?1 ORDER BY n",
    )?;
    let mut rows = select.query([document])?;
    let mut blocks = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        blocks.push(Block {
            kind: named("a kind of block", &BlockKind::ALL, BlockKind::name, &kind)?,
            span: span(points, row.get(1)?, row.get(2)?)?,
            time: when(row.get(3)?, row.get(4)?)?,
        });
    }
    Ok(blocks)
}

fn notes(connection: &Connection, document: i64, points: &Points<'_>) -> rusqlite::Result<Vec<Note>> {
    let mut select = connection
        .prepare_cached("SELECT code, start, \"end\", message FROM note WHERE document = ?1 ORDER BY n")?;
    let mut rows = select.query([document])?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        notes.push(Note {
            code: row.get::<_, String>(0)?.into(),
            span: optional_span(points, (row.get(1)?, row.get(2)?))?,
            message: row.get(3)?,
        });
    }
    Ok(notes)
}

/// An attribution as it stands in the store.
#[derive(Debug, Clone)]
pub struct StoredAttribution {
    /// Its row.
    pub(crate) nr: i64,
    /// Its id, as it was made from the reading.
    pub id: String,
    /// What it says now, with what a person put right.
    pub attribution: Attribution,
    /// The id of each speaker's voice, in order.
    pub voices: Vec<String>,
    /// The fields that a person put right, separated by commas.
    pub corrected: Option<String>,
    /// Whether a person rejected it.
    pub rejected: bool,
    /// The id of the statement that it reports; none where it is of none.
    pub statement: Option<String>,
}

/// The attributions of a document, in the order of its text.
pub(crate) fn attributions(
    connection: &Connection,
    document: i64,
    points: &Points<'_>,
) -> rusqlite::Result<Vec<StoredAttribution>> {
    let mut select = connection.prepare_cached(
        "SELECT nr, id, parent, kind, confidence, said_from, said_to, said_start, said_end, said_basis, rejected, \
         corrected, act, act_type, polarity, (SELECT s.id FROM report AS r JOIN statement AS s ON s.nr = r.statement \
         WHERE r.attribution = attribution.nr) FROM attribution WHERE document = ?1 ORDER BY n",
    )?;
    let mut rows = select.query([document])?;
    let mut attributions = Vec::new();
    while let Some(row) = rows.next()? {
        let nr: i64 = row.get(0)?;
        let kind: String = row.get(3)?;
        let (speakers, voices) = speakers(connection, nr, points)?;
        let confidence = row.get::<_, f64>(4)? as f32;
        let of_type = act_type(row.get(13)?)?;
        let mut attribution = Attribution {
            speakers,
            said: said(row, points, 5)?,
            act: act(row.get(12)?)?.map(|class| Act { class, r#type: of_type }),
            polarity: polarity(row.get(14)?)?,
            parent: row.get::<_, Option<u32>>(2)?.map(|parent| parent as usize),
            ..Attribution::new(quotation_kind(&kind)?, vec![], vec![], vec![], confidence)
        };
        spans(connection, nr, points, &mut attribution)?;
        attributions.push(StoredAttribution {
            nr,
            id: row.get(1)?,
            attribution,
            voices,
            corrected: row.get(11)?,
            rejected: row.get(10)?,
            statement: row.get(15)?,
        });
    }
    Ok(attributions)
}

/// When something was said, from `said_from`, `said_to`, `said_start`, `said_end` and `said_basis`, side by side from the
/// column `first` on.
pub(crate) fn said(row: &Row<'_>, points: &Points<'_>, first: usize) -> rusqlite::Result<Option<Said>> {
    let Some(basis) = row.get::<_, Option<String>>(first + 4)? else { return Ok(None) };
    let end_of = |end: Option<String>| end.as_deref().map(moment).transpose();
    Ok(Some(Said {
        from: end_of(row.get(first)?)?,
        to: end_of(row.get(first + 1)?)?,
        span: optional_span(points, (row.get(first + 2)?, row.get(first + 3)?))?,
        basis: named("the basis of a time", &SaidBasis::ALL, SaidBasis::name, &basis)?,
    }))
}

fn spans(
    connection: &Connection,
    nr: i64,
    points: &Points<'_>,
    attribution: &mut Attribution,
) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(
        "SELECT part, start, \"end\", name, kind FROM span WHERE attribution = ?1 ORDER BY part, n",
    )?;
    let mut rows = select.query([nr])?;
    while let Some(row) = rows.next()? {
        let span = span(points, row.get(1)?, row.get(2)?)?;
        let mention = |row: &Row<'_>| -> rusqlite::Result<Mention> {
            let kind: Option<String> = row.get(4)?;
            Ok(Mention { span, name: row.get(3)?, kind: kind.as_deref().map(speaker_kind).transpose()? })
        };
        match row.get_ref(0)?.as_str()? {
            "source" => attribution.source.push(span),
            "cue" => attribution.cue.push(span),
            "content" => attribution.content.push(span),
            "addressee" => attribution.addressees.push(mention(row)?),
            "via" => attribution.via.push(mention(row)?),
            "venue" => {
                let kind: String = row.get(4)?;
                attribution.venue = Some(Venue { span, name: row.get(3)?, kind: venue_kind(&kind)? });
            }
            other => return Err(impossible("a part of an attribution", other)),
        }
    }
    Ok(())
}

/// The speakers of an attribution, and the ids of their voices.
fn speakers(
    connection: &Connection,
    nr: i64,
    points: &Points<'_>,
) -> rusqlite::Result<(Vec<Speaker>, Vec<String>)> {
    let mut select = connection.prepare_cached(
        "SELECT speaker.name, speaker.kind, role, how, antecedent_start, antecedent_end, confidence, head.id \
         FROM speaker JOIN voice ON voice.nr = speaker.voice \
         JOIN voice AS head ON head.nr = coalesce(voice.head, voice.nr) WHERE speaker.attribution = ?1 ORDER BY speaker.n",
    )?;
    let mut rows = select.query([nr])?;
    let (mut speakers, mut voices) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let (kind, how): (String, String) = (row.get(1)?, row.get(3)?);
        speakers.push(Speaker {
            name: row.get(0)?,
            kind: speaker_kind(&kind)?,
            role: row.get(2)?,
            how: named("a way to a speaker", &How::ALL, How::name, &how)?,
            antecedent: optional_span(points, (row.get(4)?, row.get(5)?))?,
            confidence: row.get::<_, f64>(6)? as f32,
        });
        voices.push(row.get(7)?);
    }
    Ok((speakers, voices))
}

//! The wire: typed JSON lines, offsets in Unicode code points into the document's text.
//!
//! A reading is a `page` line, an `attribution` line for each attribution in the order of the text, and a `note`
//! line for each note. What is absent is `null` or `[]`, never a guess; a stage that is not built yet leaves its
//! fields absent. Every field stands in `docs/reference/wire.md`.

use serde::Serialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::points::Points;
use crate::{
    Act, Attribution, Block, BlockKind, Dated, Mention, Page, Reading, Said, Span, Speaker, Venue, When,
};

/// The version of the wire. A field, once released as 1.0, keeps its name and meaning within it.
pub const VERSION: u32 = 1;

/// How readings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WireOptions {
    /// Put the document's text on the page line even when the input itself is that text.
    pub with_text: bool,
}

/// What a record adds to the lines of a reading.
#[derive(Debug, Clone, Default)]
pub struct Recorded<'a> {
    /// The page whose text was captured before, and on whose lines the text, the blocks and the attributions stand.
    pub same: Option<String>,
    /// Of each attribution, in order, what the record knows.
    pub attributions: Vec<RecordedAttribution<'a>>,
    /// The fields of the page that a person put right.
    pub corrected: Vec<&'a str>,
}

/// What a record adds to the line of an attribution.
#[derive(Debug, Clone, Default)]
pub struct RecordedAttribution<'a> {
    /// The id, as it was made from the reading: it stays when a person puts the words right.
    pub id: String,
    /// The voice of each speaker, in order.
    pub voices: Vec<String>,
    /// The fields that a person put right.
    pub corrected: Vec<&'a str>,
    /// Whether a person rejected it.
    pub rejected: bool,
    /// The id of the statement that it reports.
    pub statement: Option<String>,
}

/// Appends the lines of one reading to `out`: a `page` line, the `attribution` lines in the order of the text, the
/// `note` lines. Each ends with a line feed.
pub fn write(out: &mut String, page: &Page, reading: &Reading, options: WireOptions) {
    let ids = AttributionIds::all(page, reading);
    let attributions = ids.into_iter().map(|id| RecordedAttribution { id, ..Default::default() }).collect();
    write_recorded(out, page, reading, options, &Recorded { attributions, ..Default::default() });
}

/// Appends the lines of one reading to `out` as [`write()`] does, with what a record adds to them. A page whose text
/// was captured before is a page line alone.
pub fn write_recorded(
    out: &mut String,
    page: &Page,
    reading: &Reading,
    options: WireOptions,
    recorded: &Recorded<'_>,
) {
    let text = Points::new(&reading.document.text);
    let id = reading.page.to_string();
    line(out, &PageLine::new(page, reading, &id, &text, options, recorded));
    if recorded.same.is_some() {
        return;
    }
    for (n, (attribution, own)) in reading.attributions.iter().zip(&recorded.attributions).enumerate() {
        line(out, &AttributionLine::new(page, reading, &id, &text, attribution, n, own));
    }
    for note in &reading.notes {
        let at = note.span.map(|span| at(&text, span));
        line(
            out,
            &NoteLine {
                r#type: "note",
                version: VERSION,
                page: &id,
                path: &page.path,
                code: &note.code,
                start: at.map(|at| at.start),
                end: at.map(|at| at.end),
                message: &note.message,
            },
        );
    }
}

/// A voice, as the line of it in a record's export.
#[derive(Serialize)]
struct VoiceLine<'a> {
    r#type: &'static str,
    version: u32,
    id: &'a str,
    name: &'a str,
    kind: &'a str,
    aliases: &'a [String],
    roles: Vec<RoleOut<'a>>,
    identifiers: &'a [String],
}

#[derive(Serialize)]
struct RoleOut<'a> {
    role: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

/// A voice, as a record knows it.
#[derive(Debug, Clone, Default)]
pub struct RecordedVoice<'a> {
    /// The id.
    pub id: &'a str,
    /// The name that stands for it.
    pub name: &'a str,
    /// `person`, `organisation` or `unnamed`.
    pub kind: &'a str,
    /// Its other names.
    pub aliases: &'a [String],
    /// The roles that were put beside its names, each with the first and the last date, ISO 8601; and those that were imported.
    pub roles: Vec<(&'a str, Option<&'a str>, Option<&'a str>)>,
    /// By what authority files know it.
    pub identifiers: &'a [String],
}

/// Appends the line of a voice to `out`.
pub fn write_voice(out: &mut String, voice: &RecordedVoice<'_>) {
    let RecordedVoice { id, name, kind, aliases, roles, identifiers } = voice;
    let roles = roles.iter().map(|(role, from, to)| RoleOut { role, from: *from, to: *to }).collect();
    line(out, &VoiceLine { r#type: "voice", version: VERSION, id, name, kind, aliases, roles, identifiers });
}

/// A statement, as a record knows it.
#[derive(Debug, Clone)]
pub struct RecordedStatement<'a> {
    /// The id.
    pub id: &'a str,
    /// The ids of the voices that speak.
    pub voices: &'a [String],
    /// When it was said, by the report that tells it most exactly: from, to, and the name of the basis.
    pub said: Option<(Option<&'a str>, Option<&'a str>, &'a str)>,
    /// Its reports: the attribution's id, `own`, `reprint` or `second-hand`, and whose it is: an attribution's id, else a name.
    pub reports: Vec<(&'a str, &'a str, Option<&'a str>)>,
    /// The ids of the reports that were published first.
    pub first: Vec<&'a str>,
    /// The ids of statements in which the same voice said the same words on other days.
    pub repeats: &'a [String],
}

#[derive(Serialize)]
struct StatementLine<'a> {
    r#type: &'static str,
    version: u32,
    id: &'a str,
    voices: &'a [String],
    said: Option<SaidBound<'a>>,
    reports: Vec<ReportOut<'a>>,
    first: &'a [&'a str],
    repeats: &'a [String],
}

#[derive(Serialize)]
struct SaidBound<'a> {
    from: Option<&'a str>,
    to: Option<&'a str>,
    basis: &'a str,
}

#[derive(Serialize)]
struct ReportOut<'a> {
    attribution: &'a str,
    status: &'a str,
    from: Option<&'a str>,
}

/// Appends the line of a statement to `out`.
pub fn write_statement(out: &mut String, statement: &RecordedStatement<'_>) {
    let RecordedStatement { id, voices, said, reports, first, repeats } = statement;
    let said = said.map(|(from, to, basis)| SaidBound { from, to, basis });
    let out_of = |&(attribution, status, from): &(_, _, _)| ReportOut { attribution, status, from };
    let reports = reports.iter().map(out_of).collect();
    line(
        out,
        &StatementLine { r#type: "statement", version: VERSION, id, voices, said, reports, first, repeats },
    );
}

/// How a report words a statement, as a record knows it.
#[derive(Debug, Clone)]
pub struct RecordedWording<'a> {
    /// The statement's id.
    pub statement: &'a str,
    /// The attribution's id.
    pub attribution: &'a str,
    /// The name of the gravest difference.
    pub kind: &'a str,
    /// The id of the attribution that it is held against.
    pub against: &'a str,
    /// The differences: a JSON list of `{"kind", "here": [start, end], "there": [start, end]}` in code points.
    pub differences: Option<&'a str>,
}

#[derive(Serialize)]
struct WordingLine<'a> {
    r#type: &'static str,
    version: u32,
    statement: &'a str,
    attribution: &'a str,
    kind: &'a str,
    against: &'a str,
    differences: &'a RawValue,
}

/// Appends the line of a wording to `out`; nothing where the differences are no JSON.
pub fn write_wording(out: &mut String, wording: &RecordedWording<'_>) {
    let RecordedWording { statement, attribution, kind, against, differences } = wording;
    let Ok(differences) = serde_json::from_str(differences.unwrap_or("[]")) else { return };
    line(
        out,
        &WordingLine {
            r#type: "wording",
            version: VERSION,
            statement,
            attribution,
            kind,
            against,
            differences,
        },
    );
}

/// A claim of a draft and what a record says to it.
#[derive(Debug, Clone)]
pub struct CheckedClaim<'a> {
    /// The path of the draft.
    pub path: &'a str,
    /// From the first word of what is said to the last.
    pub span: Span,
    /// The name of the claim's kind.
    pub kind: &'a str,
    /// The name of the verdict.
    pub verdict: &'a str,
    /// Whether somebody should look at it.
    pub finding: bool,
    /// Who is said to have said it.
    pub speakers: &'a [Speaker],
    /// The id of the statement of the first evidence.
    pub statement: Option<&'a str>,
    /// The ids of the reports that bear the verdict, the closest first.
    pub evidence: Vec<&'a str>,
    /// How many outlets have it themselves.
    pub independent: usize,
    /// The name of the gravest difference from the first evidence.
    pub wording: Option<&'a str>,
    /// Where they differ from the first evidence.
    pub differences: Vec<CheckedPlace<'a>>,
}

/// A place where a draft differs from a report.
#[derive(Debug, Clone, Copy)]
pub struct CheckedPlace<'a> {
    /// The name of the kind of difference.
    pub kind: &'a str,
    /// Where in the draft.
    pub here: Option<Span>,
    /// Where in the text of the report, in code points.
    pub there: Option<(u32, u32)>,
}

#[derive(Serialize)]
struct VerdictLine<'a> {
    r#type: &'static str,
    version: u32,
    path: &'a str,
    #[serde(flatten)]
    words: Words<'a>,
    kind: &'a str,
    verdict: &'a str,
    finding: bool,
    speakers: Vec<SpeakerOut<'a>>,
    statement: Option<&'a str>,
    evidence: &'a [&'a str],
    independent: usize,
    wording: Option<&'a str>,
    differences: Vec<DifferenceOut<'a>>,
}

#[derive(Serialize)]
struct DifferenceOut<'a> {
    kind: &'a str,
    here: Option<(u32, u32)>,
    there: Option<(u32, u32)>,
}

/// Appends the line of a verdict to `out`; `text` is the draft's.
pub fn write_verdict(out: &mut String, text: &Points<'_>, claim: &CheckedClaim<'_>) {
    let CheckedClaim { path, span, kind, verdict, finding, speakers, statement, .. } = claim;
    let differences = claim.differences.iter().map(|one| DifferenceOut {
        kind: one.kind,
        here: one.here.map(|span| text.of_span(span)),
        there: one.there,
    });
    line(
        out,
        &VerdictLine {
            r#type: "verdict",
            version: VERSION,
            path,
            words: words(text, *span),
            kind,
            verdict,
            finding: *finding,
            speakers: speakers.iter().map(|speaker| SpeakerOut::new(speaker, None, text)).collect(),
            statement: *statement,
            evidence: &claim.evidence,
            independent: claim.independent,
            wording: claim.wording,
            differences: differences.collect(),
        },
    );
}

/// A decision of a person, as a record holds it.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// `d-` or, where it is about voices, `m-` and its number in the record.
    pub id: &'a str,
    /// When it was made, ISO 8601 in UTC.
    pub at: &'a str,
    /// Who made it.
    pub by: &'a str,
    /// `correct` or `reject`; of voices `merge`, `split`, `rename`, `alias` or `import`.
    pub action: &'a str,
    /// The field that was put right.
    pub field: Option<&'a str>,
    /// Its value, as JSON.
    pub value: Option<&'a str>,
    /// The page that it was made on; none where it is about voices.
    pub page: Option<&'a str>,
    /// The address of the page.
    pub address: Option<&'a str>,
    /// What was said, as it was read.
    pub content: Option<&'a str>,
    /// The words that name the speaker, as they were read.
    pub source: Option<&'a str>,
    /// The attribution where it stands.
    pub attribution: Option<&'a str>,
    /// The names of voices that it is about, with their kinds.
    pub names: &'a [(&'a str, &'a str)],
    /// When it was undone, and by whom.
    pub undone: Option<(&'a str, &'a str)>,
}

#[derive(Serialize)]
struct DecisionLine<'a> {
    r#type: &'static str,
    version: u32,
    id: &'a str,
    at: &'a str,
    by: &'a str,
    action: &'a str,
    field: Option<&'a str>,
    value: Option<&'a RawValue>,
    page: Option<&'a str>,
    address: Option<&'a str>,
    content: Option<&'a str>,
    source: Option<&'a str>,
    attribution: Option<&'a str>,
    names: Vec<NameOut<'a>>,
    undone: Option<UndoneOut<'a>>,
}

#[derive(Serialize)]
struct NameOut<'a> {
    name: &'a str,
    kind: &'a str,
}

#[derive(Serialize)]
struct UndoneOut<'a> {
    at: &'a str,
    by: &'a str,
}

/// Appends the line of a decision to `out`. A value that is no JSON is left out.
pub fn write_decision(out: &mut String, decision: &Decision<'_>) {
    let Decision {
        id,
        at,
        by,
        action,
        field,
        value,
        page,
        address,
        content,
        source,
        attribution,
        names,
        undone,
    } = decision.clone();
    line(
        out,
        &DecisionLine {
            r#type: "decision",
            version: VERSION,
            id,
            at,
            by,
            action,
            field,
            value: value.and_then(|value| serde_json::from_str(value).ok()),
            page,
            address,
            content,
            source,
            attribution,
            names: names.iter().map(|(name, kind)| NameOut { name, kind }).collect(),
            undone: undone.map(|(at, by)| UndoneOut { at, by }),
        },
    );
}

/// The ids of a reading's attributions: `a-` and twenty hexadecimal digits.
///
/// They are the first ten bytes of the SHA-256 of: the 32 bytes of the SHA-256 of the document's text; then, of
/// `address` (the canonical one, else the one the page came with), `outlet`, `kind`, `source` and `content`, each
/// that is there as a zero byte, the name, `:`, the length of the value in bytes, `:`, the value. Source and content
/// are written `start-end,start-end` in code points. So a second capture of the same text has the same ids.
#[derive(Debug)]
pub struct AttributionIds {
    /// What the attributions have in common, already taken in.
    common: Sha256,
}

impl AttributionIds {
    /// Takes in what all the attributions of a reading have in common.
    pub fn new(page: &Page, reading: &Reading) -> Self {
        let document = &reading.document;
        let mut common = Sha256::new();
        common.update(Sha256::digest(&document.text));
        if let Some(address) = document.canonical.as_ref().or(page.known.address.as_ref()) {
            field(&mut common, "address", address);
        }
        if let Some(outlet) = &document.outlet {
            field(&mut common, "outlet", outlet);
        }
        Self { common }
    }

    /// The id of each attribution of `reading`, in its order.
    pub fn all(page: &Page, reading: &Reading) -> Vec<String> {
        let (ids, text) = (Self::new(page, reading), Points::new(&reading.document.text));
        reading.attributions.iter().map(|attribution| ids.of_points(attribution, &text)).collect()
    }

    fn of_points(&self, attribution: &Attribution, text: &Points<'_>) -> String {
        let mut hash = self.common.clone();
        field(&mut hash, "kind", attribution.kind.name());
        for (name, spans) in [("source", &attribution.source), ("content", &attribution.content)] {
            let mut places = String::new();
            for span in spans {
                let At { start, end } = at(text, *span);
                let comma = if places.is_empty() { "" } else { "," };
                places.push_str(&format!("{comma}{start}-{end}"));
            }
            field(&mut hash, name, &places);
        }
        let mut id = String::with_capacity(22);
        id.push_str("a-");
        for byte in &hash.finalize()[..10] {
            id.push_str(&format!("{byte:02x}"));
        }
        id
    }
}

/// Lengths keep apart what plain joining would run together.
fn field(hash: &mut Sha256, name: &str, value: &str) {
    hash.update(format!("\0{name}:{}:", value.len()));
    hash.update(value);
}

fn line(out: &mut String, line: &impl Serialize) {
    // Strings, numbers and lists always have a form in JSON.
    if let Ok(json) = serde_json::to_string(line) {
        out.push_str(&json);
        out.push('\n');
    }
}

/// A span as the wire shows it.
fn at(text: &Points<'_>, span: Span) -> At {
    let (start, end) = text.of_span(span);
    At { start, end }
}

fn words<'a>(text: &Points<'a>, span: Span) -> Words<'a> {
    let At { start, end } = at(text, span);
    Words { start, end, text: span.of(text.text()) }
}

fn all<'a>(text: &Points<'a>, spans: &[Span]) -> Vec<Words<'a>> {
    spans.iter().map(|span| words(text, *span)).collect()
}

/// A chance, to three digits: more would differ between processors.
fn chance(chance: f32) -> f64 {
    (f64::from(chance) * 1000.0).round() / 1000.0
}

#[derive(Serialize)]
struct PageLine<'a> {
    r#type: &'static str,
    version: u32,
    id: &'a str,
    path: &'a str,
    url: Option<&'a str>,
    canonical: Option<&'a str>,
    fetched: Option<&'a str>,
    title: Option<&'a str>,
    text: Option<&'a str>,
    outlet: Option<&'a str>,
    byline: Option<&'a str>,
    agencies: &'a [String],
    published: Option<Date<'a>>,
    updated: Option<Date<'a>>,
    same: Option<&'a str>,
    language: Option<&'a str>,
    blocks: Vec<BlockAt>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    corrected: &'a [&'a str],
}

impl<'a> PageLine<'a> {
    fn new(
        page: &'a Page,
        reading: &'a Reading,
        id: &'a str,
        text: &Points<'a>,
        options: WireOptions,
        recorded: &'a Recorded<'a>,
    ) -> Self {
        let document = &reading.document;
        let with_text = (document.from_markup || options.with_text) && recorded.same.is_none();
        let blocks: &[Block] = if recorded.same.is_none() { &document.blocks } else { &[] };
        Self {
            r#type: "page",
            version: VERSION,
            id,
            path: &page.path,
            url: page.known.address.as_deref(),
            canonical: document.canonical.as_deref(),
            fetched: page.fetched.as_deref(),
            title: document.title.as_deref(),
            text: with_text.then_some(text.text()),
            outlet: document.outlet.as_deref(),
            byline: document.byline.as_deref(),
            agencies: &document.agencies,
            published: document.published.as_ref().map(|dated| Date::new(dated, text)),
            updated: document.updated.as_ref().map(|dated| Date::new(dated, text)),
            same: recorded.same.as_deref(),
            language: document.language.as_deref(),
            corrected: &recorded.corrected,
            blocks: blocks
                .iter()
                .map(|block| BlockAt {
                    kind: block.kind.name(),
                    at: at(text, block.span),
                    time: (block.kind == BlockKind::LiveEntry).then(|| block.time.map(Interval::new)),
                })
                .collect(),
        }
    }
}

/// A place in the text, in code points.
#[derive(Serialize, Clone, Copy)]
struct At {
    start: u32,
    end: u32,
}

/// A place in the text, and the words there.
#[derive(Serialize)]
struct Words<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct BlockAt {
    kind: &'static str,
    #[serde(flatten)]
    at: At,
    /// On live entries only.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Option<Interval>>,
}

#[derive(Serialize)]
struct Interval {
    from: String,
    to: String,
}

impl Interval {
    fn new(when: When) -> Self {
        Self { from: when.from.to_string(), to: when.to.to_string() }
    }
}

#[derive(Serialize)]
struct Date<'a> {
    #[serde(flatten)]
    when: Interval,
    text: Option<&'a str>,
    start: Option<u32>,
    end: Option<u32>,
    basis: &'static str,
}

impl<'a> Date<'a> {
    fn new(dated: &'a Dated, text: &Points<'a>) -> Self {
        let at = dated.span.map(|span| at(text, span));
        Self {
            when: Interval::new(dated.when),
            text: dated.text.as_deref().or_else(|| dated.span.map(|span| span.of(text.text()))),
            start: at.map(|at| at.start),
            end: at.map(|at| at.end),
            basis: dated.basis.name(),
        }
    }
}

#[derive(Serialize)]
struct AttributionLine<'a> {
    r#type: &'static str,
    version: u32,
    page: &'a str,
    path: &'a str,
    n: usize,
    id: &'a str,
    kind: &'static str,
    source: Vec<Words<'a>>,
    cue: Vec<Words<'a>>,
    content: Vec<Words<'a>>,
    confidence: f64,
    speakers: Vec<SpeakerOut<'a>>,
    addressees: Vec<Link<'a>>,
    venue: Option<Link<'a>>,
    said: Option<SaidOut<'a>>,
    act: Option<ActOut>,
    polarity: Option<&'static str>,
    parent: Option<usize>,
    via: Vec<Link<'a>>,
    model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    corrected: &'a [&'a str],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rejected: bool,
}

impl<'a> AttributionLine<'a> {
    fn new(
        page: &'a Page,
        reading: &'a Reading,
        id: &'a str,
        text: &Points<'a>,
        attribution: &'a Attribution,
        n: usize,
        own: &'a RecordedAttribution<'a>,
    ) -> Self {
        let voices = own.voices.iter().map(|voice| Some(voice.as_str())).chain(std::iter::repeat(None));
        let speakers = attribution.speakers.iter().zip(voices);
        let speakers = speakers.map(|(speaker, voice)| SpeakerOut::new(speaker, voice, text)).collect();
        let links =
            |mentions: &'a [Mention]| mentions.iter().map(|one| Link::of_mention(one, text)).collect();
        Self {
            r#type: "attribution",
            version: VERSION,
            page: id,
            path: &page.path,
            n,
            id: &own.id,
            kind: attribution.kind.name(),
            source: all(text, &attribution.source),
            cue: all(text, &attribution.cue),
            content: all(text, &attribution.content),
            confidence: chance(attribution.confidence),
            speakers,
            addressees: links(&attribution.addressees),
            venue: attribution.venue.as_ref().map(|venue| Link::of_venue(venue, text)),
            said: attribution.said.as_ref().map(|said| SaidOut::new(said, text)),
            act: attribution.act.map(ActOut::new),
            polarity: attribution.polarity.map(|polarity| polarity.name()),
            parent: attribution.parent,
            via: links(&attribution.via),
            model: &reading.model,
            statement: own.statement.as_deref(),
            corrected: &own.corrected,
            rejected: own.rejected,
        }
    }
}

#[derive(Serialize)]
struct SaidOut<'a> {
    from: Option<String>,
    to: Option<String>,
    text: Option<&'a str>,
    start: Option<u32>,
    end: Option<u32>,
    basis: &'static str,
}

impl<'a> SaidOut<'a> {
    fn new(said: &Said, text: &Points<'a>) -> Self {
        let at = said.span.map(|span| at(text, span));
        Self {
            from: said.from.map(|from| from.to_string()),
            to: said.to.map(|to| to.to_string()),
            text: said.span.map(|span| span.of(text.text())),
            start: at.map(|at| at.start),
            end: at.map(|at| at.end),
            basis: said.basis.name(),
        }
    }
}

#[derive(Serialize)]
struct ActOut {
    class: &'static str,
    r#type: Option<&'static str>,
}

impl ActOut {
    fn new(act: Act) -> Self {
        Self { class: act.class.name(), r#type: act.r#type.map(|of_type| of_type.name()) }
    }
}

#[derive(Serialize)]
struct SpeakerOut<'a> {
    name: &'a str,
    kind: &'static str,
    role: Option<&'a str>,
    how: &'static str,
    antecedent: Option<At>,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<&'a str>,
}

impl<'a> SpeakerOut<'a> {
    fn new(speaker: &'a Speaker, voice: Option<&'a str>, text: &Points<'_>) -> Self {
        Self {
            name: &speaker.name,
            kind: speaker.kind.name(),
            role: speaker.role.as_deref(),
            how: speaker.how.name(),
            antecedent: speaker.antecedent.map(|span| at(text, span)),
            confidence: chance(speaker.confidence),
            voice,
        }
    }
}

#[derive(Serialize)]
struct Link<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    name: Option<&'a str>,
    kind: Option<&'static str>,
}

impl<'a> Link<'a> {
    fn of_mention(mention: &'a Mention, text: &Points<'a>) -> Self {
        Self {
            words: words(text, mention.span),
            name: mention.name.as_deref(),
            kind: mention.kind.map(|kind| kind.name()),
        }
    }

    fn of_venue(venue: &'a Venue, text: &Points<'a>) -> Self {
        Self { words: words(text, venue.span), name: venue.name.as_deref(), kind: Some(venue.kind.name()) }
    }
}

#[derive(Serialize)]
struct NoteLine<'a> {
    r#type: &'static str,
    version: u32,
    page: &'a str,
    path: &'a str,
    code: &'a str,
    start: Option<u32>,
    end: Option<u32>,
    message: &'a str,
}

#[cfg(test)]
mod tests;

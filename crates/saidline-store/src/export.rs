//! Taking the record out of the store: as the lines of the wire, or as flat tables for spreadsheets and data frames.
//!
//! Everything is read in one transaction, so that what comes out is the store at one moment, and row by row, so that a
//! large store needs no more memory than a small one.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Transaction};
use saidline::wire::{self, WireOptions};
use serde_json::{Value, json};

use crate::decisions::{self, Decision};
use crate::error::StoreError;
use crate::load;
use crate::open::Store;
use crate::rows::StoredAttribution;
use crate::search::{self, Narrowed, ReportFilter};
use crate::voices::VoiceDecision;
use crate::{heard, roles, rows, statements, voices};

/// The store at one moment, to be taken out.
#[derive(Debug)]
pub struct Export<'s> {
    store: &'s Store,
    transaction: Transaction<'s>,
    all: bool,
    with_text: bool,
    /// Where there is a filter, the rows of the attributions that it means, in ascending order, and what it came to;
    /// `temp.meant` has the rows, too.
    meant: Option<(Vec<i64>, Narrowed)>,
}

impl Store {
    /// Begins to take the record out, or of it what a filter means: these attributions with their pages, notes and voices,
    /// and what people decided of them. With `all`, what a person rejected comes too, and, in tables and with a filter,
    /// what is said in versions of a page that are not the newest. With `with_text`, pages carry their text even where
    /// the input itself is that text.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn export(
        &self,
        filter: &ReportFilter,
        all: bool,
        with_text: bool,
    ) -> Result<Export<'_>, StoreError> {
        let begin = || {
            let transaction = self.connection.unchecked_transaction()?;
            let mut meant = None;
            if !filter.is_empty() {
                let (rows, narrowed) = search::meant(&transaction, filter, all)?;
                note_meant(&transaction, &rows)?;
                meant = Some((rows, narrowed));
            }
            Ok(Export { store: self, transaction, all, with_text, meant })
        };
        begin().map_err(|error| self.failed(error))
    }
}

/// Puts down which attributions are meant; it goes with the transaction.
fn note_meant(transaction: &Transaction<'_>, meant: &[i64]) -> rusqlite::Result<()> {
    transaction.execute_batch("CREATE TABLE temp.meant (nr INTEGER PRIMARY KEY)")?;
    let mut insert = transaction.prepare("INSERT INTO temp.meant (nr) VALUES (?1)")?;
    meant.iter().try_for_each(|nr| insert.execute([nr]).map(drop))
}

impl Export<'_> {
    /// What the filter came to, and how many attributions it means; none where there is no filter.
    pub fn narrowed(&self) -> Option<(&Narrowed, usize)> {
        self.meant.as_ref().map(|(meant, narrowed)| (narrowed, meant.len()))
    }

    /// The condition that a row of a table is of what the filter means, where there is one.
    fn is_meant(&self, table: Table) -> &'static str {
        if self.meant.is_some() { table.is_meant() } else { "1" }
    }

    /// Hands over the lines of the wire, a page at a time: pages sorted by id, each with its attributions and notes, as
    /// `extract` gives them; then the voices and the statements with their wordings, sorted by id; then the decisions in the order in which they were made.
    /// Attributions that were rejected are left out unless all are wanted, and so are those that the filter does not mean;
    /// the numbers of the others (`n`, `parent`) stay as they are.
    ///
    /// # Errors
    /// When the store cannot be read, and what `each` gives.
    pub fn lines<E: From<StoreError>>(&self, mut each: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        let mut lines = String::new();
        let pages = format!("SELECT p.id FROM page AS p WHERE {} ORDER BY p.id", self.is_meant(Table::Pages));
        self.rows(&pages, |connection, row| {
            let id: String = row.get(0)?;
            lines.clear();
            if let Some(page) = load::page(connection, &id)? {
                self.page(&mut lines, &page);
            }
            Ok(each(&lines))
        })?;
        let voices = format!(
            "SELECT nr, id, name, kind FROM voice AS v WHERE head IS NULL AND (?1 OR EXISTS ( \
             SELECT 1 FROM voice AS w JOIN speaker AS s ON s.voice = w.nr \
             JOIN attribution AS a ON a.nr = s.attribution \
             WHERE (w.nr = v.nr OR w.head = v.nr) AND NOT a.rejected)) AND {} ORDER BY id",
            self.is_meant(Table::Voices)
        );
        self.rows(&voices, |connection, row| {
            lines.clear();
            let (id, name, kind): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let aliases = heard::aliases(connection, row.get(0)?)?;
            let known = voices::known(connection, row.get(0)?)?;
            let roles = roles(connection, row.get(0)?, self.all)?;
            let roles = roles.iter().map(|(role, from, to, _)| (role, from, to));
            let roles = roles.chain(known.roles.iter().map(|(role, from, to)| (role, from, to)));
            let mut roles: Vec<_> =
                roles.map(|(role, from, to)| (role.as_str(), from.as_deref(), to.as_deref())).collect();
            roles.sort_by_key(|(role, from, to)| (*from, *to, *role));
            roles.dedup();
            let (aliases, identifiers) = (&aliases, &known.identifiers);
            let voice =
                wire::RecordedVoice { id: &id, name: &name, kind: &kind, aliases, roles, identifiers };
            wire::write_voice(&mut lines, &voice);
            Ok(each(&lines))
        })?;
        let statements = format!(
            "SELECT s.id FROM statement AS s WHERE {} ORDER BY s.id",
            self.is_meant(Table::Statements)
        );
        self.rows(&statements, |connection, row| {
            lines.clear();
            statements::lines(connection, &mut lines, row.get_ref(0)?.as_str()?)?;
            Ok(each(&lines))
        })?;
        let meant = |all: String, of_voices: u8| {
            let these = self.is_meant(Table::Decisions);
            let these = format!("SELECT nr FROM {DECIDED} AS e WHERE of_voices = {of_voices} AND {these}");
            format!("SELECT * FROM ({all}) WHERE nr IN ({these}) ORDER BY nr")
        };
        self.rows(&meant(decisions::select_all(), 0), |_, row| {
            lines.clear();
            Decision::from_row(row)?.write(&mut lines);
            Ok(each(&lines))
        })?;
        self.rows(&meant(voices::select_all(), 1), |_, row| {
            lines.clear();
            VoiceDecision::from_row(row)?.write(&mut lines);
            Ok(each(&lines))
        })
    }

    /// Appends the lines of a page.
    fn page(&self, out: &mut String, page: &load::StoredPage) {
        let options = WireOptions { with_text: self.with_text };
        let is_out = |stored: &StoredAttribution| {
            let is_meant = |(meant, _): &(Vec<i64>, _)| meant.binary_search(&stored.nr).is_ok();
            stored.rejected && !self.all || !self.meant.as_ref().is_none_or(is_meant)
        };
        if page.same.is_some() || !page.attributions.iter().any(is_out) {
            return page.write(out, options);
        }
        let mut lines = String::new();
        page.write(&mut lines, options);
        for (n, line) in lines.split_inclusive('\n').enumerate() {
            // The first line is the page's; behind the attributions are notes.
            let stored = n.checked_sub(1).and_then(|n| page.attributions.get(n));
            if stored.is_none_or(|stored| !is_out(stored)) {
                out.push_str(line);
            }
        }
    }

    /// Hands over the rows of a table, sorted by its key: of each the cells as text, empty where the store has NULL.
    ///
    /// # Errors
    /// When the store cannot be read, and what `each` gives.
    pub fn table<E: From<StoreError>>(
        &self,
        table: Table,
        mut each: impl FnMut(&[String]) -> Result<(), E>,
    ) -> Result<(), E> {
        let fields = self.fields(table);
        let mut cells = vec![String::new(); fields.len()];
        let columns: Vec<_> =
            fields.iter().map(|field| format!("{} AS \"{}\"", field.sql, field.name)).collect();
        let from = table.from().replace("{decided}", DECIDED).replace("{meant}", self.is_meant(table));
        let sql = format!("SELECT {} {from}", columns.join(", "));
        self.rows(&sql, |_, row| {
            for (n, (cell, field)) in cells.iter_mut().zip(&fields).enumerate() {
                cell.clear();
                match row.get_ref(n)? {
                    ValueRef::Null | ValueRef::Blob(_) => {}
                    ValueRef::Integer(truth) if field.kind == FieldKind::Boolean => {
                        cell.push_str(if truth == 0 { "false" } else { "true" });
                    }
                    ValueRef::Integer(number) => cell.push_str(&number.to_string()),
                    ValueRef::Real(number) => cell.push_str(&number.to_string()),
                    ValueRef::Text(text) => cell.push_str(&String::from_utf8_lossy(text)),
                }
            }
            Ok(each(&cells))
        })
    }

    /// The fields of a table, in the order of its cells.
    pub fn fields(&self, table: Table) -> Vec<Field> {
        let optional = |field: &&Field| self.with_text || field.name != "text";
        table.all_fields().iter().filter(optional).copied().collect()
    }

    /// What describes the tables to programs: a tabular data package (<https://datapackage.org>, version 1), to lie
    /// beside the files `NAME.csv` as `datapackage.json`.
    pub fn package(&self) -> String {
        let resources: Vec<_> = Table::ALL
            .into_iter()
            .map(|table| {
                let fields: Vec<_> = self.fields(table).iter().map(Field::describe).collect();
                let mut schema = json!({ "fields": fields, "missingValues": [""] });
                schema["primaryKey"] = json!(table.key());
                let foreign: Vec<_> = table.foreign_keys().iter().map(ForeignKey::describe).collect();
                if !foreign.is_empty() {
                    schema["foreignKeys"] = Value::Array(foreign);
                }
                json!({
                    "name": table.name(),
                    "path": format!("{}.csv", table.name()),
                    "description": table.description(),
                    "profile": "tabular-data-resource",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "schema": schema,
                })
            })
            .collect();
        let package = json!({
            "profile": "tabular-data-package",
            "name": "saidline-record",
            "title": "who said what",
            "description": "A record of who said what in news pages, taken out of a store of saidline.",
            "resources": resources,
        });
        format!("{package:#}\n")
    }

    /// Runs a query whose one parameter, where it has one, says whether all is wanted.
    fn rows<E: From<StoreError>>(
        &self,
        sql: &str,
        mut each: impl FnMut(&Connection, &Row<'_>) -> rusqlite::Result<Result<(), E>>,
    ) -> Result<(), E> {
        let mut select = || -> rusqlite::Result<Result<(), E>> {
            let mut select = self.transaction.prepare(sql)?;
            if select.parameter_count() > 0 {
                select.raw_bind_parameter(1, self.all)?;
            }
            let mut rows = select.raw_query();
            while let Some(row) = rows.next()? {
                if let Err(error) = each(&self.transaction, row)? {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        };
        select().unwrap_or_else(|error| Err(self.store.failed(error).into()))
    }
}

/// The uses of roles beside the names of a voice, in what counts or in all there is.
const USES: &str = "FROM voice AS w JOIN speaker AS s ON s.voice = w.nr JOIN attribution AS a ON a.nr = s.attribution \
                    JOIN document AS d ON d.nr = a.document \
                    WHERE (w.nr = ?1 OR w.head = ?1) AND s.role IS NOT NULL AND (?2 OR d.shown AND NOT a.rejected)";

/// The day of such a use: that of the page, as a page calls people what they are when it is written; else that of the words.
const USED: &str = "substr(coalesce(d.published_from, a.date), 1, 10)";

/// The roles that were put beside the names of a voice in what counts, or in all there is, with the dates of their use. Those
/// that differ in marks alone are one.
pub(crate) fn roles(connection: &Connection, head: i64, all: bool) -> rusqlite::Result<Vec<roles::Use>> {
    let used = connection
        .prepare_cached(&format!(
            "SELECT s.role, min({USED}), max({USED}), count(DISTINCT a.nr) AS reports {USES} \
                 GROUP BY s.role ORDER BY reports DESC, s.role"
        ))?
        .query_map(rusqlite::params![head, all], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, rows::count(row, 3)? as u64))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut together = roles::together(used);
    together.sort_by(|a, b| b.3.cmp(&a.3).then_with(|| a.0.cmp(&b.0)));
    Ok(together)
}

/// The roles that pages put beside the names of a voice in what counts, with the day of the pages and their number.
pub(crate) fn roles_by_day(
    connection: &Connection,
    head: i64,
) -> rusqlite::Result<Vec<(String, String, u64)>> {
    connection
        .prepare_cached(&format!(
            "SELECT s.role, {USED} AS day, count(DISTINCT d.nr) {USES} GROUP BY s.role, day HAVING day IS NOT NULL"
        ))?
        .query_map(rusqlite::params![head, false], |row| Ok((row.get(0)?, row.get(1)?, rows::count(row, 2)? as u64)))?
        .collect()
}

/// A table that is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Pages, each once.
    Pages,
    /// Attributions, one a row, with what is known of their pages.
    Quotes,
    /// The speakers of attributions.
    Speakers,
    /// Voices.
    Voices,
    /// Notes of pages.
    Notes,
    /// Statements.
    Statements,
    /// The reports of statements.
    Reports,
    /// How reports are worded.
    Wordings,
    /// What people decided.
    Decisions,
}

/// What the cells of a field are, in the words of Table Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number with a point.
    Number,
    /// `true` or `false`.
    Boolean,
}

/// A field of a table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, in the first row.
    pub name: &'static str,
    /// What its cells are.
    pub kind: FieldKind,
    /// What it says, in a sentence.
    pub description: &'static str,
    /// Whether every row has it.
    required: bool,
    /// Where it comes from.
    sql: &'static str,
}

impl Field {
    fn describe(&self) -> Value {
        let kind = match self.kind {
            FieldKind::String => "string",
            FieldKind::Integer => "integer",
            FieldKind::Number => "number",
            FieldKind::Boolean => "boolean",
        };
        let mut field = json!({ "name": self.name, "type": kind, "description": self.description });
        if self.required {
            field["constraints"] = json!({ "required": true });
        }
        field
    }
}

/// Columns that lead to the key of another table.
struct ForeignKey {
    fields: &'static [&'static str],
    to: Table,
}

impl ForeignKey {
    fn describe(&self) -> Value {
        let reference = json!({ "resource": self.to.name(), "fields": self.to.key() });
        json!({ "fields": self.fields, "reference": reference })
    }
}

impl Table {
    /// Every table, in the order in which they are written: each after those that it leads to.
    pub const ALL: [Table; 9] = [
        Self::Pages,
        Self::Voices,
        Self::Statements,
        Self::Quotes,
        Self::Speakers,
        Self::Reports,
        Self::Wordings,
        Self::Notes,
        Self::Decisions,
    ];

    /// Its name, and that of its file without `.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Quotes => "quotes",
            Self::Speakers => "speakers",
            Self::Voices => "voices",
            Self::Notes => "notes",
            Self::Statements => "statements",
            Self::Reports => "reports",
            Self::Wordings => "wordings",
            Self::Decisions => "decisions",
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Pages => "the pages of the store, each once",
            Self::Quotes => "who said what, one attribution a row",
            Self::Speakers => "the speakers of each attribution, one a row",
            Self::Voices => "the speakers across pages",
            Self::Notes => "what should be known of a page's reading",
            Self::Statements => "what was said, one utterance a row, in the words of its fullest report",
            Self::Reports => "which attributions report which statement",
            Self::Wordings => {
                "how the words of reports differ from those of the fullest report of their statement"
            }
            Self::Decisions => {
                "what people put right or rejected, and what they said about voices and statements"
            }
        }
    }

    fn key(self) -> &'static [&'static str] {
        match self {
            Self::Pages | Self::Voices | Self::Statements | Self::Decisions => &["id"],
            Self::Reports | Self::Wordings => &["page", "quote"],
            Self::Quotes => &["page", "n"],
            Self::Speakers => &["page", "quote", "n"],
            Self::Notes => &["page", "n"],
        }
    }

    fn foreign_keys(self) -> &'static [ForeignKey] {
        const PAGE: ForeignKey = ForeignKey { fields: &["page"], to: Table::Pages };
        const QUOTE: ForeignKey = ForeignKey { fields: &["page", "quote"], to: Table::Quotes };
        const VOICE: ForeignKey = ForeignKey { fields: &["voice"], to: Table::Voices };
        const STATEMENT: ForeignKey = ForeignKey { fields: &["statement"], to: Table::Statements };
        match self {
            Self::Pages | Self::Voices | Self::Statements | Self::Decisions => &[],
            Self::Reports | Self::Wordings => &[QUOTE, STATEMENT],
            Self::Quotes | Self::Notes => &[PAGE],
            Self::Speakers => &[QUOTE, VOICE],
        }
    }

    /// What of the store its rows are: the end of a query, from its `FROM` on, with `{meant}` for the condition that a row
    /// is meant. `CROSS JOIN` keeps the order, so that rows come sorted without being held.
    fn from(self) -> &'static str {
        match self {
            Self::Pages => {
                "FROM page AS p CROSS JOIN document AS d ON d.nr = p.document \
                 LEFT JOIN outlet AS o ON o.nr = d.outlet WHERE {meant} ORDER BY p.id"
            }
            Self::Quotes => {
                "FROM page AS p CROSS JOIN document AS d ON d.nr = p.document AND d.page = p.nr \
                 CROSS JOIN attribution AS a ON a.document = d.nr LEFT JOIN outlet AS o ON o.nr = d.outlet \
                 WHERE (?1 OR (d.shown AND NOT a.rejected)) AND {meant} ORDER BY p.id, a.n"
            }
            Self::Speakers => {
                "FROM page AS p CROSS JOIN document AS d ON d.nr = p.document AND d.page = p.nr \
                 CROSS JOIN attribution AS a ON a.document = d.nr CROSS JOIN speaker AS s ON s.attribution = a.nr \
                 CROSS JOIN voice AS w ON w.nr = s.voice CROSS JOIN voice AS v ON v.nr = coalesce(w.head, w.nr) \
                 WHERE (?1 OR (d.shown AND NOT a.rejected)) AND {meant} ORDER BY p.id, a.n, s.n"
            }
            Self::Voices => {
                "FROM voice AS v WHERE v.head IS NULL AND (?1 OR EXISTS (SELECT 1 FROM voice AS w \
                 JOIN speaker AS s ON s.voice = w.nr \
                 JOIN attribution AS a ON a.nr = s.attribution JOIN document AS d ON d.nr = a.document \
                 WHERE (w.nr = v.nr OR w.head = v.nr) AND d.shown AND NOT a.rejected)) AND {meant} ORDER BY v.id"
            }
            Self::Notes => {
                "FROM page AS p CROSS JOIN document AS d ON d.nr = p.document AND d.page = p.nr \
                 CROSS JOIN note AS t ON t.document = d.nr WHERE {meant} ORDER BY p.id, t.n"
            }
            Self::Statements => {
                "FROM statement AS s JOIN quote AS q ON q.rowid = s.fullest WHERE {meant} ORDER BY s.id"
            }
            Self::Reports => {
                "FROM page AS p CROSS JOIN document AS d ON d.nr = p.document AND d.page = p.nr \
                 CROSS JOIN attribution AS a ON a.document = d.nr CROSS JOIN report AS r ON r.attribution = a.nr \
                 CROSS JOIN statement AS s ON s.nr = r.statement WHERE {meant} ORDER BY p.id, a.n"
            }
            Self::Wordings => {
                "FROM page AS p CROSS JOIN document AS d ON d.nr = p.document AND d.page = p.nr \
                 CROSS JOIN attribution AS a ON a.document = d.nr CROSS JOIN report AS r ON r.attribution = a.nr \
                 CROSS JOIN statement AS s ON s.nr = r.statement \
                 WHERE r.wording IS NOT NULL AND {meant} ORDER BY p.id, a.n"
            }
            Self::Decisions => "FROM {decided} AS e WHERE {meant} ORDER BY e.of_voices, e.nr",
        }
    }

    /// The condition that a row belongs to the attributions in `temp.meant`: of pages and notes that the document has some,
    /// of decisions that they are about one, about a page that has some, or about the voice of one.
    fn is_meant(self) -> &'static str {
        match self {
            Self::Quotes | Self::Speakers | Self::Reports | Self::Wordings => {
                "a.nr IN (SELECT nr FROM temp.meant)"
            }
            Self::Statements => {
                "s.nr IN (SELECT r.statement FROM temp.meant AS m JOIN report AS r ON r.attribution = m.nr)"
            }
            Self::Pages | Self::Notes => {
                "p.document IN (SELECT document FROM attribution JOIN temp.meant USING (nr))"
            }
            Self::Voices => {
                "v.nr IN (SELECT coalesce(w.head, w.nr) FROM temp.meant AS m \
                 JOIN speaker AS s ON s.attribution = m.nr JOIN voice AS w ON w.nr = s.voice)"
            }
            Self::Decisions => {
                "CASE WHEN e.of_voices THEN e.nr IN (SELECT d.nr FROM voice_decision AS d JOIN voice AS n \
                 ON n.name = d.name_a AND n.kind = d.kind_a OR n.name = d.name_b AND n.kind = d.kind_b \
                 WHERE coalesce(n.head, n.nr) IN (SELECT coalesce(w.head, w.nr) FROM temp.meant AS m \
                 JOIN speaker AS s ON s.attribution = m.nr JOIN voice AS w ON w.nr = s.voice)) \
                 WHEN e.content IS NULL THEN e.page IN (SELECT id FROM page WHERE document IN \
                 (SELECT document FROM attribution JOIN temp.meant USING (nr))) \
                 ELSE e.attribution IN (SELECT id FROM attribution JOIN temp.meant USING (nr)) END"
            }
        }
    }

    fn all_fields(self) -> &'static [Field] {
        match self {
            Self::Pages => PAGES,
            Self::Quotes => QUOTES,
            Self::Speakers => SPEAKERS,
            Self::Voices => VOICES,
            Self::Notes => NOTES,
            Self::Statements => STATEMENTS,
            Self::Reports => REPORTS,
            Self::Wordings => WORDINGS,
            Self::Decisions => DECISIONS,
        }
    }
}

/// What people decided, of readings and of voices, as one table.
const DECIDED: &str = "(SELECT 0 AS of_voices, nr, 'd-' || nr AS id, at, by, action, field, value, page, address, \
                       content, source, attribution, undone_at, undone_by FROM decision \
                       UNION ALL SELECT 1, nr, 'm-' || nr, at, by, action, 'voices', \
                       coalesce(value, name_a || ' | ' || name_b), NULL, NULL, NULL, NULL, NULL, undone_at, undone_by FROM voice_decision)";

/// The words of one part of an attribution, its pieces joined.
macro_rules! pieces {
    ($part:literal) => {
        concat!(
            "(SELECT group_concat(words, ' […] ') FROM (",
            "SELECT substr(d.text, s.start + 1, s.\"end\" - s.start) AS words ",
            "FROM span AS s WHERE s.attribution = a.nr AND s.part = '",
            $part,
            "' ORDER BY s.n))"
        )
    };
}

/// A field that every row has.
const fn always(name: &'static str, kind: FieldKind, sql: &'static str, description: &'static str) -> Field {
    Field { name, kind, description, required: true, sql }
}

/// A field of text that may be empty.
const fn maybe(name: &'static str, sql: &'static str, description: &'static str) -> Field {
    Field { name, kind: FieldKind::String, description, required: false, sql }
}

use FieldKind::{Boolean, Integer, Number, String as Text};

const STATEMENTS: &[Field] = &[
    always("id", Text, "s.id", "the statement's id"),
    maybe("speaker", "q.speaker", "who said it; several are separated by commas"),
    maybe("role", "q.role", "the role beside the first speaker's name"),
    maybe(
        "content",
        "q.content",
        "what was said, in the words of the fullest report; pieces are separated by ` […] `",
    ),
    maybe(
        "date",
        "s.date",
        "when it was said where a report tells that, else when it was first published; ISO 8601",
    ),
    maybe(
        "said_from",
        "s.said_from",
        "when it was said: the beginning, by the report that tells it most exactly",
    ),
    maybe("said_to", "s.said_to", "when it was said: the end, included"),
    always("reports", Integer, "s.reports", "how many attributions report it"),
    always("outlets", Integer, "s.outlets", "how many outlets carried it"),
    always(
        "independent",
        Integer,
        "s.independent",
        "how many outlets reported it themselves: neither copies nor from somebody else",
    ),
    always("cut", Integer, "s.cut", "how many reports have fewer of the words in marks"),
    always("altered", Integer, "s.altered", "how many reports have other words within the marks"),
    always("fullest", Text, "q.id", "the attribution that has the most of the words"),
];

const REPORTS: &[Field] = &[
    always("page", Text, "p.id", "the page of the report"),
    always("quote", Integer, "a.n", "its number among the attributions of the page"),
    always("attribution", Text, "a.id", "its attribution's id"),
    always("statement", Text, "s.id", "the statement that it reports"),
    always("status", Text, "r.status", "`own`, `reprint` or `second-hand`"),
    maybe(
        "of",
        "(SELECT o.id FROM attribution AS o WHERE o.nr = r.of)",
        "the attribution that it repeats or was taken from",
    ),
    maybe("from", "r.\"from\"", "from whom it was taken, where the page says so"),
];

const WORDINGS: &[Field] = &[
    always("page", Text, "p.id", "the page of the report"),
    always("quote", Integer, "a.n", "its number among the attributions of the page"),
    always("attribution", Text, "a.id", "its attribution's id"),
    always("statement", Text, "s.id", "the statement that it reports"),
    always(
        "kind",
        Text,
        "r.wording",
        "the gravest difference: `identical`, `punctuation`, `spelling`, `bracketed`, `cut`, `joined`, `shifted`, `altered`, \
         `translation` or `indirect`",
    ),
    maybe(
        "against",
        "(SELECT o.id FROM attribution AS o WHERE o.nr = r.against)",
        "the attribution that it is held against",
    ),
    maybe(
        "differences",
        "r.differences",
        "where they differ: a JSON list of `kind`, `here` and `there`, these as start and end in code points of each page's text",
    ),
];

const PAGES: &[Field] = &[
    always("id", Text, "p.id", "the page's id"),
    maybe(
        "same",
        "(SELECT id FROM page AS f WHERE f.nr = d.page AND f.nr <> p.nr)",
        "the page with the same text on whose rows the quotes and notes stand; empty where they stand on this one's",
    ),
    always("shown", Boolean, "d.shown", "whether it is the version of its address that counts"),
    always("path", Text, "p.path", "where it was found"),
    maybe(
        "address",
        "coalesce(d.canonical, p.address)",
        "its address: its own word for it, else the one it was fetched from",
    ),
    maybe("fetched", "p.fetched", "when it was fetched, as it was given"),
    maybe("title", "d.title", "the article's title"),
    maybe("outlet", "o.name", "who published it"),
    maybe("byline", "d.byline", "who wrote it"),
    maybe(
        "agencies",
        "(SELECT group_concat(value, '; ') FROM json_each(d.agencies))",
        "the news agencies credited, separated by semicolons",
    ),
    maybe("language", "d.language", "its language, ISO 639-1"),
    maybe(
        "published_from",
        "d.published_from",
        "when it was published: the beginning, ISO 8601, as precise as is known",
    ),
    maybe("published_to", "d.published_to", "when it was published: the end, included"),
    maybe("published_basis", "d.published_basis", "how the date was come by"),
    maybe("updated_from", "d.updated_from", "when it was last changed: the beginning"),
    maybe("updated_to", "d.updated_to", "when it was last changed: the end, included"),
    maybe("updated_basis", "d.updated_basis", "how that date was come by"),
    maybe("corrected", "d.corrected", "the fields that a person put right, separated by commas"),
    always("characters", Integer, "length(d.text)", "the length of its text in Unicode code points"),
    maybe("text", "d.text", "its text; a NUL stands as U+FFFD"),
];

const QUOTES: &[Field] = &[
    always("id", Text, "a.id", "the attribution's id"),
    always("page", Text, "p.id", "the page it stands in"),
    always("n", Integer, "a.n", "its number among the attributions of the page, from 0"),
    Field {
        name: "parent",
        kind: Integer,
        description: "the number of the attribution that this one stands in",
        required: false,
        sql: "a.parent",
    },
    maybe(
        "speaker",
        "(SELECT group_concat(name, ', ') FROM (SELECT s.name FROM speaker AS s WHERE s.attribution = a.nr ORDER BY s.n))",
        "whom the source stands for; several are separated by commas (the table of speakers has them apart)",
    ),
    maybe(
        "role",
        "(SELECT s.role FROM speaker AS s WHERE s.attribution = a.nr AND s.n = 0)",
        "the role beside the first speaker's name",
    ),
    maybe("content", pieces!("content"), "what was said; pieces are separated by ` […] `"),
    maybe("cue", pieces!("cue"), "the words that report"),
    maybe("source", pieces!("source"), "the words that name the speaker"),
    always("kind", Text, "a.kind", "`direct` (words given as spoken), `indirect` or `mixed`"),
    maybe(
        "act",
        "a.act",
        "`speech`, `thought`, `plan`, `finding` or `order`; empty where an earlier version of saidline read the page",
    ),
    maybe("act_type", "a.act_type", "what was done with the words: `state`, `deny`, `promise`, …"),
    maybe(
        "polarity",
        "a.polarity",
        "`affirmed`, `saying-denied`, `content-denied`, `hypothetical` or `asked`",
    ),
    maybe(
        "addressee",
        "(SELECT group_concat(name, ', ') FROM (SELECT coalesce(s.name, substr(d.text, s.start + 1, s.\"end\" - s.start)) AS name \
         FROM span AS s WHERE s.attribution = a.nr AND s.part = 'addressee' ORDER BY s.n))",
        "to whom; several are separated by commas",
    ),
    maybe(
        "venue_kind",
        "(SELECT s.kind FROM span AS s WHERE s.attribution = a.nr AND s.part = 'venue')",
        "what the venue is: `interview`, `speech`, `post`, …",
    ),
    maybe("venue", pieces!("venue"), "where or through what it was said, in the words of the page"),
    maybe(
        "date",
        "a.date",
        "when it was said where that is known, else when the page was published; ISO 8601",
    ),
    maybe("said_from", "a.said_from", "when it was said: the beginning"),
    maybe("said_to", "a.said_to", "when it was said: the end, included"),
    maybe("said_basis", "a.said_basis", "how that was derived"),
    maybe("outlet", "o.name", "who published the page"),
    maybe("title", "d.title", "the page's title"),
    maybe("published", "d.published_from", "when the page was published"),
    maybe("address", "coalesce(d.canonical, p.address)", "the page's address"),
    always("path", Text, "p.path", "where the page was found"),
    always("confidence", Number, "a.confidence", "the chance that spans and links are right, 0 to 1"),
    maybe("corrected", "a.corrected", "the fields that a person put right, separated by commas"),
    always("shown", Boolean, "d.shown", "whether the page is the version of its address that counts"),
    always("rejected", Boolean, "a.rejected", "whether a person rejected it"),
];

const SPEAKERS: &[Field] = &[
    always("page", Text, "p.id", "the page"),
    always("quote", Integer, "a.n", "the number of the attribution in the page"),
    always("n", Integer, "s.n", "the place of the speaker in the attribution, from 0"),
    always("id", Text, "a.id", "the attribution's id"),
    always("voice", Text, "v.id", "the voice"),
    always("name", Text, "s.name", "the fullest name in the page"),
    always("kind", Text, "s.kind", "`person`, `organisation` or `unnamed`"),
    maybe("role", "s.role", "the title or role beside the name"),
    always("how", Text, "s.how", "how the source came to the speaker"),
    always("confidence", Number, "s.confidence", "the chance that this speaker is right, 0 to 1"),
];

const VOICES: &[Field] = &[
    always("id", Text, "v.id", "the voice's id"),
    always("name", Text, "v.name", "the name that stands for the voice"),
    always("kind", Text, "v.kind", "`person`, `organisation` or `unnamed`"),
    maybe(
        "aliases",
        "(SELECT group_concat(name, ' | ') FROM (SELECT w.name FROM voice AS w WHERE w.head = v.nr \
         ORDER BY w.name, w.kind))",
        "the other names, parted by ` | `",
    ),
    maybe(
        "identifiers",
        "(SELECT group_concat(identifier, ' | ') FROM (SELECT DISTINCT p.identifier FROM voice AS w \
         JOIN voice_authority AS t ON t.voice = w.nr JOIN authority AS p ON p.nr = t.authority \
         WHERE (w.nr = v.nr OR w.head = v.nr) AND p.identifier IS NOT NULL ORDER BY p.identifier))",
        "by what imported tables of people know it, parted by ` | `",
    ),
];

const NOTES: &[Field] = &[
    always("page", Text, "p.id", "the page"),
    always("n", Integer, "t.n", "the number of the note in the page, from 0"),
    always("code", Text, "t.code", "what sort of note it is"),
    Field {
        name: "start",
        kind: Integer,
        description: "where in the text, in code points; empty when it is about no place",
        required: false,
        sql: "t.start",
    },
    Field { name: "end", kind: Integer, description: "the end, excluded", required: false, sql: "t.\"end\"" },
    always("message", Text, "t.message", "a sentence for people"),
];

const DECISIONS: &[Field] = &[
    always("id", Text, "e.id", "the decision's id in this store: `d-…`, about voices `m-…`"),
    always("at", Text, "e.at", "when, ISO 8601 in UTC"),
    always("by", Text, "e.by", "who"),
    always("action", Text, "e.action", "what was done"),
    maybe("field", "e.field", "the field that was put right; `voices` where it is about those"),
    maybe(
        "value",
        "e.value",
        "what it was put to, as JSON; of voices the two names, parted by ` | `, or the table that was imported",
    ),
    maybe("page", "e.page", "the page; empty where it is about voices"),
    maybe("address", "e.address", "the page's address"),
    maybe("content", "e.content", "the quoted words by which the decision finds its place"),
    maybe("source", "e.source", "the words that name the speaker"),
    maybe(
        "attribution",
        "e.attribution",
        "where the decision stands now; empty when it stands nowhere, or on the page",
    ),
    maybe("undone_at", "e.undone_at", "when it was undone"),
    maybe("undone_by", "e.undone_by", "who undid it"),
];

//! From rows to readings.

use rusqlite::{Connection, OptionalExtension};
use saidline::wire::{self, Recorded, RecordedAttribution, WireOptions};
use saidline::{Page, PageId, Points, Reading};

use crate::error::StoreError;
use crate::open::Store;
use crate::rows::{self, StoredAttribution};

/// A page as it stands in the store, with what was read of it.
#[derive(Debug, Clone)]
pub struct StoredPage {
    /// Its document's row.
    pub(crate) document: i64,
    /// The page, without its bytes.
    pub page: Page,
    /// What was read of its document, with what a person put right.
    pub reading: Reading,
    /// The attributions of the reading with what the store knows of them, in the same order.
    pub attributions: Vec<StoredAttribution>,
    /// The page on whose lines the attributions stand, when that is another: the same text was captured before.
    pub same: Option<PageId>,
    /// The fields of the page that a person put right, separated by commas.
    pub corrected: Option<String>,
    /// Whether it is the version of its address that counts.
    pub shown: bool,
}

impl StoredPage {
    /// Appends its lines on the wire.
    pub fn write(&self, out: &mut String, options: WireOptions) {
        let attributions = self.attributions.iter().map(|attribution| RecordedAttribution {
            id: attribution.id.clone(),
            voices: attribution.voices.clone(),
            corrected: fields(&attribution.corrected),
            rejected: attribution.rejected,
            statement: attribution.statement.clone(),
        });
        let recorded = Recorded {
            same: self.same.map(|page| page.to_string()),
            attributions: attributions.collect(),
            corrected: fields(&self.corrected),
        };
        wire::write_recorded(out, &self.page, &self.reading, options, &recorded);
    }
}

/// The names in a list separated by commas.
fn fields(corrected: &Option<String>) -> Vec<&str> {
    corrected.iter().flat_map(|fields| fields.split(',')).collect()
}

impl Store {
    /// The page with this id; none where it is not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn page(&self, id: &str) -> Result<Option<StoredPage>, StoreError> {
        page(&self.connection, id).map_err(|error| self.failed(error))
    }

    /// The ids of all pages, sorted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn page_ids(&self) -> Result<Vec<String>, StoreError> {
        let select = |connection: &Connection| -> rusqlite::Result<Vec<_>> {
            connection.prepare("SELECT id FROM page ORDER BY id")?.query_map([], |row| row.get(0))?.collect()
        };
        select(&self.connection).map_err(|error| self.failed(error))
    }
}

pub(crate) fn page(connection: &Connection, id: &str) -> rusqlite::Result<Option<StoredPage>> {
    let found = connection
        .prepare_cached(
            "SELECT page.*, document.page AS first, document.corrected AS corrected, document.shown AS shown, \
             (SELECT id FROM page AS other WHERE other.nr = document.page) AS first_id, \
             CASE WHEN NOT document.shown AND document.address IS NULL THEN (SELECT first.id FROM page AS own \
             JOIN page AS twin ON twin.path = own.path AND twin.document <> own.document \
             JOIN document AS e ON e.nr = twin.document JOIN page AS first ON first.nr = e.page \
             WHERE own.document = document.nr AND e.sha256 = document.sha256 \
             ORDER BY e.address IS NULL, e.shown DESC, first.nr LIMIT 1) END AS copied \
             FROM page JOIN document ON document.nr = page.document WHERE page.id = ?1",
        )?
        .query_row([id], |row| {
            let same = (row.get::<_, Option<i64>>("first")? != Some(row.get("nr")?))
                .then(|| row.get::<_, Option<String>>("first_id"))
                .transpose()?
                .flatten();
            let document: i64 = row.get("document")?;
            let same = same.or(row.get("copied")?);
            Ok((rows::page(row)?, document, same, row.get("corrected")?, row.get("shown")?))
        })
        .optional()?;
    let Some(((id, page), nr, same, corrected, shown)) = found else { return Ok(None) };
    let (document, notes, model) = rows::document(connection, nr)?;
    let attributions = rows::attributions(connection, nr, &Points::new(&document.text))?;
    let reading = Reading {
        page: id,
        document,
        attributions: attributions.iter().map(|stored| stored.attribution.clone()).collect(),
        notes,
        model: model.into(),
        meanings: Vec::new(),
    };
    let same = same.and_then(|same| same.parse().ok());
    Ok(Some(StoredPage { document: nr, page, reading, attributions, same, corrected, shown }))
}

/// The text of a document.
pub(crate) fn text(connection: &Connection, document: i64) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT text, nul FROM document WHERE nr = ?1")?
        .query_row([document], |row| Ok(rows::Stored::restored(row.get(0)?, row.get(1)?)))
}

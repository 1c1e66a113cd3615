//! Vectors of what was said: kept beside attributions, made where they are missing, and which of them lie near to one.
//!
//! Here they are only numbers. What turns words into them is the engine's; a caller that has it makes those that are missing
//! ([`Store::without_meaning`], [`Store::keep_meanings`]).

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use saidline::{Attribution, Document, MEANING_STEPS, MEANING_WIDTH, Meaning, Points, Vector};

use crate::error::StoreError;
use crate::open::Store;
use crate::rows;

/// A document of which some attributions have no vector, or one of another model: all of them, since those beside it count in
/// each.
#[derive(Debug, Clone)]
pub struct WithoutMeaning {
    /// The document.
    pub document: Document,
    /// Its attributions, in order.
    pub attributions: Vec<Attribution>,
    /// The rows of the document and of the attributions.
    nr: i64,
    rows: Vec<i64>,
}

impl Store {
    /// How many attributions have no vector of the present model.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_without_meaning(&self) -> Result<usize, StoreError> {
        let count = format!("SELECT count(*) FROM attribution AS a WHERE {LACKS}");
        self.connection
            .query_row(&count, [Meaning::NAME], |row| rows::count(row, 0))
            .map_err(|error| self.failed(error))
    }

    /// The next `most` documents, after one of them, of which some attributions have no vector of the present model.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn without_meaning(
        &self,
        after: Option<&WithoutMeaning>,
        most: usize,
    ) -> Result<Vec<WithoutMeaning>, StoreError> {
        let after = after.map_or(0, |document| document.nr);
        let find = |connection: &Connection| -> rusqlite::Result<Vec<WithoutMeaning>> {
            let mut select = connection.prepare_cached(&format!(
                "SELECT nr FROM document AS d \
                 WHERE d.nr > ?3 AND EXISTS (SELECT 1 FROM attribution AS a WHERE a.document = d.nr AND {LACKS}) \
                 ORDER BY d.nr LIMIT ?2"
            ))?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let documents = select.query_map(params![Meaning::NAME, most, after], |row| row.get(0))?;
            let documents =
                documents.map(|nr| whole(connection, nr?)).collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(documents.into_iter().flatten().collect())
        };
        find(&self.connection).map_err(|error| self.failed(error))
    }

    /// Keeps the vectors of documents, each one's in order. A document of which the words have changed since is passed over.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of it is kept.
    pub fn keep_meanings(&mut self, made: &[(WithoutMeaning, Vec<Vector>)]) -> Result<(), StoreError> {
        let keep_all = |connection: &mut Connection| -> rusqlite::Result<()> {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (of, vectors) in made {
                let now = whole(&transaction, of.nr)?;
                let same = now.as_ref().is_some_and(|now| {
                    now.rows == of.rows
                        && now.attributions == of.attributions
                        && now.document.text == of.document.text
                        && now.document.title == of.document.title
                });
                for (nr, vector) in of.rows.iter().zip(vectors).filter(|_| same) {
                    keep(&transaction, *nr, vector)?;
                }
            }
            transaction.commit()
        };
        keep_all(&mut self.connection).map_err(|error| StoreError::new(&self.path, error))
    }
}

/// Whether an attribution `a` lacks a vector of the model `?1`.
const LACKS: &str = "NOT EXISTS (SELECT 1 FROM meaning AS m WHERE m.attribution = a.nr AND m.model = ?1)";

/// A document with its attributions; none where it is not there any more.
fn whole(connection: &Connection, nr: i64) -> rusqlite::Result<Option<WithoutMeaning>> {
    let Some((document, ..)) = rows::document(connection, nr).optional()? else { return Ok(None) };
    let all = rows::attributions(connection, nr, &Points::new(&document.text))?;
    let (rows, attributions) = all.into_iter().map(|stored| (stored.nr, stored.attribution)).unzip();
    Ok(Some(WithoutMeaning { document, attributions, nr, rows }))
}

/// Keeps the vector of an attribution.
pub(crate) fn keep(connection: &Connection, attribution: i64, vector: &Vector) -> rusqlite::Result<()> {
    let bytes = vector.map(i8::cast_unsigned);
    connection
        .prepare_cached("INSERT OR REPLACE INTO meaning (attribution, model, vector) VALUES (?1, ?2, ?3)")?
        .execute(params![attribution, Meaning::NAME, bytes.as_slice()])?;
    Ok(())
}

/// A vector that others are held against.
#[derive(Debug, Clone)]
pub struct Asked([i16; MEANING_WIDTH]);

/// So many numbers are multiplied at a time.
const LANES: usize = 64;

impl Asked {
    /// The vector, made ready.
    pub fn new(vector: &Vector) -> Self {
        Self(vector.map(i16::from))
    }

    /// The product with a vector as it is kept: the greater, the nearer. Nothing for bytes that are not a vector.
    pub fn nearness(&self, kept: &[u8]) -> i32 {
        if kept.len() != MEANING_WIDTH {
            return 0;
        }
        let mut sum = 0;
        for (asked, kept) in self.0.chunks_exact(LANES).zip(kept.chunks_exact(LANES)) {
            // First made wide, then multiplied: each of the two is a loop that processors do in a few steps, both at once are not.
            let wide: [i16; LANES] = std::array::from_fn(|n| i16::from(kept[n].cast_signed()));
            sum += asked.iter().zip(&wide).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>();
        }
        sum
    }

    /// The cosine to another vector.
    pub fn nearness_of(&self, vector: &Vector) -> f32 {
        cosine(self.nearness(&vector.map(i8::cast_unsigned)))
    }
}

/// The cosine of two vectors, of their product.
pub(crate) fn cosine(product: i32) -> f32 {
    product as f32 / (MEANING_STEPS * MEANING_STEPS)
}

/// So few rows are looked up one by one; for more, all vectors are gone through.
const FEW: usize = 2_000;

/// How near to a vector each of these attributions is, given and returned in ascending order; those without a vector are
/// not among them.
pub(crate) fn near(
    connection: &Connection,
    asked: &Vector,
    these: &[i64],
) -> rusqlite::Result<Vec<(i64, i32)>> {
    let asked = Asked::new(asked);
    let mut found = Vec::with_capacity(these.len());
    if these.len() <= FEW {
        let mut select =
            connection.prepare_cached("SELECT model, vector FROM meaning WHERE attribution = ?1")?;
        for nr in these {
            let mut rows = select.query([nr])?;
            if let Some(row) = rows.next()?
                && row.get_ref(0)?.as_str()? == Meaning::NAME
            {
                found.push((*nr, asked.nearness(row.get_ref(1)?.as_blob()?)));
            }
        }
        return Ok(found);
    }
    let mut select =
        connection.prepare_cached("SELECT attribution, model, vector FROM meaning ORDER BY attribution")?;
    let mut rows = select.query([])?;
    let mut these = these.iter().copied().peekable();
    while let Some(row) = rows.next()? {
        let nr: i64 = row.get(0)?;
        while these.next_if(|wanted| *wanted < nr).is_some() {}
        if these.next_if_eq(&nr).is_some() && row.get_ref(1)?.as_str()? == Meaning::NAME {
            found.push((nr, asked.nearness(row.get_ref(2)?.as_blob()?)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_exact() {
        let check = |a: i8, b: i8| {
            let (asked, kept) = ([a; MEANING_WIDTH], [b.cast_unsigned(); MEANING_WIDTH]);
            assert_eq!(
                Asked::new(&asked).nearness(&kept),
                i32::from(a) * i32::from(b) * MEANING_WIDTH as i32
            );
        };
        for a in [-128, -127, -1, 0, 1, 127] {
            for b in [-128, -127, -1, 0, 1, 127] {
                check(a, b);
            }
        }
        assert_eq!(Asked::new(&[1; MEANING_WIDTH]).nearness(b"damaged"), 0);
    }
}

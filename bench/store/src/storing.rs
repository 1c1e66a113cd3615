//! What it costs to store, and to make a store clean again.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use saidline_store::Store;

use crate::{cpu, invent, run};

/// How often each is measured; the least counts, since other work on the machine only adds.
const TIMES: usize = 3;
/// Pages in a transaction, as the store has them.
const BATCH: usize = 64;

/// Compares the processor time of storing with that of inserting the same rows, in the same tables with the same
/// indexes, from memory and without a question asked: `FILE` and `FILE.bare` are made.
pub fn compare(file: &Path, count: u64) -> Result<()> {
    let mut pages = Vec::new();
    let (mut written, mut n) = (0, 0);
    while written < count {
        let (page, reading) = invent::page(n, count);
        written += reading.attributions.len() as u64;
        n += 1;
        pages.push((page, reading));
    }
    let (storing, bare) = (0..TIMES).try_fold((f64::MAX, f64::MAX), |least, _| -> Result<_> {
        let _ = std::fs::remove_file(file);
        let _ = std::fs::remove_file(beside(file));
        let mut store = Store::create(file)?;
        let pages = pages.clone();
        let began = cpu()?;
        let mut writer = store.writer(run(), true, false);
        for (page, reading) in pages {
            writer.add(page, reading)?;
        }
        writer.finish("2025-01-01T00:00:01Z")?;
        let storing = (cpu()? - began).as_secs_f64();
        drop(store);
        Ok((least.0.min(storing), least.1.min(bare(file)?)))
    })?;
    let text: usize = pages.iter().map(|(_, reading)| reading.document.text.len()).sum();
    let pages_count = pages.len();
    let size = std::fs::metadata(file)?.len();
    println!("{written} attributions of {pages_count} pages, the least of {TIMES} times");
    println!("storing: {storing:.2} s, {:.2} ms a page", storing * 1e3 / pages_count as f64);
    println!("bare insert: {bare:.2} s");
    println!("storing as a multiple: {:.2}", storing / bare);
    println!("size: {size} bytes, {:.2} a byte of text", size as f64 / text as f64);
    Ok(())
}

fn beside(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".bare");
    path.into()
}

/// The rows of a table, in batches of documents.
struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

fn bare(file: &Path) -> Result<f64> {
    let made = Connection::open(file)?;
    let mut bare = Connection::open(beside(file))?;
    bare.pragma_update(None, "journal_mode", "WAL")?;
    bare.pragma_update(None, "foreign_keys", true)?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    bare.pragma_update(None, "secure_delete", true)?;
    bare.pragma_update(None, "cache_size", -65_536)?;
    bare.set_prepared_statement_cache_capacity(64);
    let mut tables = Vec::new();
    let mut schema = made.prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'quote_fts_%' ORDER BY rowid",
    )?;
    let mut rows = schema.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        bare.execute_batch(&sql)?;
        if kind == "table" {
            tables.push(name);
        }
    }
    drop(rows);
    let mut all = Vec::new();
    for name in tables {
        // What is asked for the index comes from memory too.
        let (select, insert) = match name.as_str() {
            "quote_fts" => (
                "SELECT rowid, content, tags FROM quote".to_owned(),
                "INSERT INTO quote_fts (rowid, content, tags) VALUES (?, ?, ?)".to_owned(),
            ),
            name => (format!("SELECT * FROM \"{name}\""), String::new()),
        };
        let mut select = made.prepare(&select)?;
        let columns = select.column_count();
        let insert = match insert.is_empty() {
            true => format!("INSERT INTO \"{name}\" VALUES ({})", vec!["?"; columns].join(", ")),
            false => insert,
        };
        let mut rows = select.query([])?;
        let mut values = Vec::new();
        while let Some(row) = rows.next()? {
            values.push((0..columns).map(|n| row.get(n)).collect::<rusqlite::Result<Vec<Value>>>()?);
        }
        all.push(Table { insert, rows: values });
    }
    let pages: i64 = made.query_row("SELECT count(*) FROM page", [], |row| row.get(0))?;
    let batches = (pages as usize).div_ceil(BATCH).max(1);
    bare.pragma_update(None, "foreign_keys", false)?;
    let began = cpu()?;
    for batch in 0..batches {
        let transaction = bare.transaction()?;
        for table in &all {
            let mut insert = transaction.prepare_cached(&table.insert)?;
            let share = |batch: usize| table.rows.len() * batch / batches;
            for row in &table.rows[share(batch)..share(batch + 1)] {
                insert.execute(params_from_iter(row))?;
            }
        }
        transaction.commit()?;
    }
    bare.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok((cpu()? - began).as_secs_f64())
}

/// What it takes to write the index anew without what was deleted, and the file without its free pages.
pub fn clean(file: &Path) -> Result<()> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    for (what, sql) in [
        ("optimize", "INSERT INTO quote_fts (quote_fts) VALUES ('optimize')"),
        ("rebuild", "INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')"),
        ("VACUUM", "VACUUM"),
        ("checkpoint", "PRAGMA wal_checkpoint(TRUNCATE)"),
        ("integrity_check", "PRAGMA integrity_check"),
    ] {
        let (began, used) = (Instant::now(), cpu()?);
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        println!(
            "{what}: {:.1} s ({:.1} s of processor time), {} bytes",
            began.elapsed().as_secs_f64(),
            (cpu()? - used).as_secs_f64(),
            std::fs::metadata(file)?.len()
        );
    }
    Ok(())
}

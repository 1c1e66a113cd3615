//! `docs/reference/store.md` is kept true: what is in the file stands there, what stands there is in the file, and the
//! queries run.

#[path = "common/invented.rs"]
#[allow(dead_code)]
mod invented;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;
use saidline_store::{APPLICATION_ID, FORMAT, Store};

fn manual() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/store.md");
    fs::read_to_string(path).expect("the manual is there")
}

/// A store of invented pages, opened as any other tool opens it.
fn opened() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("saidline.db");
    let mut store = Store::create(&path).expect("a store can be made");
    invented::fill(&mut store).expect("it can be filled");
    drop(store);
    (folder, Connection::open(path).expect("it can be opened"))
}

/// The columns of each table and view, with their types: those that FTS5 keeps for itself left out.
fn columns(connection: &Connection) -> BTreeMap<String, Vec<(String, String)>> {
    let mut tables = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB 'quote_fts_*'",
        )
        .expect("the schema can be read");
    let names = tables.query_map([], |row| row.get::<_, String>(0)).expect("the schema can be read");
    let columns = |table: &str| {
        let mut columns =
            connection.prepare("SELECT name, lower(type) FROM pragma_table_info(?1)").expect("it is SQL");
        let columns = columns.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)));
        columns.expect("a table has columns").collect::<Result<Vec<_>, _>>().expect("they have names")
    };
    names
        .map(|name| name.expect("it has a name"))
        .map(|name| (columns(&name), name))
        .map(|(c, n)| (n, c))
        .collect()
}

/// The columns that the manual gives for each table, with their types.
fn documented(manual: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let mut tables: BTreeMap<String, Vec<_>> = BTreeMap::new();
    let mut table = None;
    for line in manual.lines() {
        if line.starts_with('#') {
            table = line.split('`').nth(1).map(str::to_owned);
        } else if let Some((name, rest)) = line.strip_prefix("| `").and_then(|line| line.split_once("` | ")) {
            let kind = rest.split(" |").next().expect("a row has cells");
            let table = table.clone().unwrap_or_else(|| panic!("{line:?} stands under no table"));
            tables.entry(table).or_default().push((name.to_owned(), kind.to_owned()));
        }
    }
    tables
}

#[test]
fn every_table_and_column_stands_in_the_manual_and_nothing_else() {
    let (_folder, connection) = opened();
    let (mut found, mut shown) = (columns(&connection), documented(&manual()));
    assert_eq!(found.keys().collect::<Vec<_>>(), shown.keys().collect::<Vec<_>>(), "left: in the file");
    // Of views and of the index SQLite does not know the types.
    for table in ["quote", "quote_fts", "reports", "statements"] {
        for tables in [&mut found, &mut shown] {
            tables.get_mut(table).expect("it is there").iter_mut().for_each(|(_, kind)| kind.clear());
        }
    }
    for (table, columns) in found {
        assert_eq!(columns, shown[&table], "{table}; left: in the file");
    }
}

#[test]
fn columns_that_can_be_null_say_what_that_means() {
    let (_folder, connection) = opened();
    let manual = manual();
    let mut table = String::new();
    for line in manual.lines() {
        if line.starts_with('#') {
            table = line.split('`').nth(1).unwrap_or_default().to_owned();
        }
        let Some((column, _)) = line.strip_prefix("| `").and_then(|line| line.split_once("` | ")) else {
            continue;
        };
        // Of the view and the index SQLite knows only what is in them.
        let (question, of) = match table.starts_with("quote")
            || ["reports", "statements"].contains(&table.as_str())
        {
            true => (format!("SELECT 1 FROM \"{table}\" WHERE \"{column}\" IS NULL"), None),
            false => {
                let of = "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2 AND NOT \"notnull\" AND NOT pk";
                (of.to_owned(), Some([&table, column]))
            }
        };
        let nullable = connection.prepare(&question).and_then(|mut select| match of {
            Some(of) => select.exists(of),
            None => select.exists([]),
        });
        let nullable = nullable.expect("a column can be asked");
        assert!(
            line.contains("NULL: ") || !nullable,
            "the manual does not say what NULL means in `{table}.{column}`"
        );
        assert!(
            nullable
                || !line.contains("NULL: ")
                || ["quote", "reports", "statements"].contains(&table.as_str()),
            "`{table}.{column}` is never NULL"
        );
    }
}

#[test]
fn the_numbers_of_the_format_stand_in_the_manual() {
    let manual = manual();
    assert!(manual.contains(&format!("`application_id` is {APPLICATION_ID} ")));
    assert!(manual.contains(&format!("the format: **{FORMAT}**")));
}

#[test]
fn every_query_finds_something() {
    let (_folder, connection) = opened();
    let manual = manual();
    let queries: Vec<_> = manual
        .split("```sql\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("a block ends"))
        .collect();
    assert_eq!(queries.len(), 11);
    for query in queries {
        let found = connection.prepare(query).and_then(|mut query| query.exists([]));
        assert!(found.as_ref().is_ok_and(|found| *found), "{found:?} for\n{query}");
    }
}

//! A store of invented pages in a folder of its own.

#![allow(dead_code)]

use std::path::PathBuf;

use rusqlite::Connection;
use saidline_store::{
    Added, Changes, Correction, Decision, ReportFilter, Run, Store, StoreError, StoredPage, Who,
};
use tempfile::TempDir;

use crate::common::Story;

pub const WHO: Who<'_> = Who { by: "Vera", at: "2025-01-01T00:00:00Z" };

pub fn run(command: &'static str, model: &str) -> Run {
    Run {
        command,
        version: "0".to_owned(),
        model: model.to_owned(),
        weights: "sha256:0".to_owned(),
        options: "{}".to_owned(),
        by: "Vera".to_owned(),
        began: WHO.at.to_owned(),
    }
}

pub struct Record {
    folder: TempDir,
    store: Option<Store>,
    refreshed: usize,
}

impl Record {
    pub fn with(stories: impl IntoIterator<Item = Story>) -> Self {
        let mut record =
            Self { folder: TempDir::new().expect("a folder can be made"), store: None, refreshed: 0 };
        record.add(stories);
        record
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("saidline.db")
    }

    pub fn store(&mut self) -> &mut Store {
        let path = self.path();
        self.store.get_or_insert_with(|| Store::create(&path).expect("a store can be made"))
    }

    pub fn close(&mut self) {
        self.store = None;
    }

    pub fn add(&mut self, stories: impl IntoIterator<Item = Story>) -> Vec<Added> {
        self.add_with(stories, false)
    }

    pub fn add_with(&mut self, stories: impl IntoIterator<Item = Story>, force: bool) -> Vec<Added> {
        let mut writer = self.store().writer(run("add", "invented-1"), false, force);
        let mut added = Vec::new();
        for story in stories {
            let (page, reading) = story.build();
            added.extend(writer.add(page, reading).expect("it can be added"));
        }
        added.extend(writer.finish(WHO.at).expect("it can be written"));
        added
    }

    /// Reads pages again, as another model would.
    pub fn refresh(&mut self, stories: impl IntoIterator<Item = Story>) -> Changes {
        self.refreshed += 1;
        let run = run("refresh", &format!("invented-{}", self.refreshed + 1));
        let mut refresh = self.store().refresh(&run).expect("it can begin");
        for story in stories {
            let (page, reading) = story.build();
            refresh.put(page, reading).expect("it can be put");
        }
        refresh.finish(WHO.at).expect("it can end")
    }

    /// The id of the first attribution whose content begins so.
    pub fn attribution(&self, begins: &str) -> String {
        let select = "SELECT id FROM quote WHERE content LIKE ?1 || '%' ORDER BY rowid";
        self.connection()
            .query_row(select, [begins], |row| row.get(0))
            .unwrap_or_else(|_| panic!("no attribution `{begins}`"))
    }

    /// Corrects the attribution whose content begins so, or the first page (`page`).
    pub fn correct(&mut self, of: &str, corrections: &[Correction]) -> Vec<Decision> {
        let id = match of {
            "page" => self.strings("SELECT id FROM page ORDER BY nr").remove(0),
            words => self.attribution(words),
        };
        self.store().correct(&id, corrections, WHO).expect("it can be put right")
    }

    pub fn undo(&mut self, nr: Option<i64>) {
        self.store().undo(nr, WHO).expect("it can be undone");
    }

    pub fn page(&mut self, id: &str) -> StoredPage {
        self.store().page(id).expect("it can be read").expect("it is there")
    }

    /// What is shown of a voice: its name, or why nothing is.
    pub fn shown(&mut self, what: &str) -> String {
        match self.store().show(what, false) {
            Ok(saidline_store::Shown { thing: saidline_store::Thing::Voice(voice), .. }) => voice.name,
            Ok(other) => panic!("`{what}` is {other:?}"),
            Err(error) => error.to_string(),
        }
    }

    /// All pages and voices as lines, without the decisions.
    pub fn export(&mut self) -> String {
        let mut lines = String::new();
        let refreshed = self.refreshed;
        let export = self.store().export(&ReportFilter::default(), true, true).expect("it can be read");
        let each = |more: &str| -> Result<(), StoreError> {
            lines.extend(
                more.split_inclusive('\n').filter(|line| !line.starts_with("{\"type\":\"decision\"")),
            );
            Ok(())
        };
        export.lines(each).expect("it can be read");
        // The model is another after another reading.
        (1..=refreshed + 1).fold(lines, |lines, n| lines.replace(&format!("invented-{n}"), "invented"))
    }

    pub fn connection(&self) -> Connection {
        Connection::open(self.path()).expect("the store can be opened")
    }

    pub fn strings(&self, select: &str) -> Vec<String> {
        let connection = self.connection();
        let text = |row: &rusqlite::Row<'_>| {
            Ok(match row.get::<_, rusqlite::types::Value>(0)? {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                other => format!("{other:?}"),
            })
        };
        let mut select = connection.prepare(select).expect("it is SQL");
        select.query_map([], text).expect("it runs").collect::<Result<_, _>>().expect("it can be read")
    }

    /// The rows of everything that is derived, but for the numbers of voices and outlets.
    pub fn rows(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for select in [
            "SELECT quote(nr) || quote(id) || quote(document) || quote(n) || quote(parent) || quote(kind) || \
             quote(confidence) || quote(date) || quote(said_from) || quote(said_to) || quote(said_start) || \
             quote(said_basis) || quote(rejected) || quote(corrected) || quote(original) FROM attribution ORDER BY nr",
            "SELECT quote(attribution) || quote(part) || quote(n) || quote(start) || quote(\"end\") || quote(name) \
             FROM span ORDER BY attribution, part, n",
            "SELECT quote(attribution) || quote(n) || quote(name) || quote(kind) || quote(role) || quote(how) || \
             quote(antecedent_start) || quote(confidence) FROM speaker ORDER BY attribution, n",
            "SELECT quote(id) || quote(name) || quote(kind) || quote(attribution) || quote(n) FROM voice ORDER BY id",
            "SELECT quote(published_from) || quote(published_to) || quote(published_text) || quote(published_start) || \
             quote(published_basis) || quote(corrected) || quote(original) || (SELECT name FROM outlet WHERE outlet.nr = outlet) \
             FROM document ORDER BY nr",
        ] {
            rows.extend(self.strings(select));
        }
        rows
    }

    /// Holds the store against everything the doctor knows.
    #[track_caller]
    pub fn is_sound(&mut self) {
        self.close();
        let checkup = Store::examine(&self.path(), true, false).expect("it can be examined");
        assert!(!checkup.is_wrong(), "{checkup:#?}");
    }
}

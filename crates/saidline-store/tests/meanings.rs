//! Vectors of what was said: they come with pages, go with words, are made where they are missing, and find statements.

#[path = "common/invented.rs"]
#[allow(dead_code)]
mod invented;

use rusqlite::Connection;
use saidline::{ActClass, MEANING_WIDTH, Vector};
use saidline_store::{Found, Meant, Order, Query, ReportFilter, Store};

/// A store of the invented pages, whose vectors all point the same way.
fn filled() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut store = Store::create(&folder.path().join("saidline.db")).expect("a store can be made");
    invented::fill(&mut store).expect("it can be filled");
    (folder, store)
}

fn beside(folder: &tempfile::TempDir) -> Connection {
    let connection = Connection::open(folder.path().join("saidline.db")).expect("it can be opened");
    connection.pragma_update(None, "foreign_keys", true).expect("it can be set");
    connection
}

fn count(connection: &Connection, select: &str) -> usize {
    let count: i64 = connection.query_row(select, [], |row| row.get(0)).expect("it can be counted");
    usize::try_from(count).expect("a count")
}

/// A vector of which only one number is not nought.
fn pointing(at: usize) -> Vector {
    std::array::from_fn(|n| if n == at { 127 } else { 0 })
}

/// Gives each attribution the vector that its row says.
fn point(connection: &Connection) {
    let nrs: Vec<i64> = connection
        .prepare("SELECT attribution FROM meaning")
        .and_then(|mut select| select.query_map([], |row| row.get(0))?.collect())
        .expect("there are vectors");
    for nr in nrs {
        let bytes = pointing(nr as usize).map(i8::cast_unsigned);
        connection
            .execute("UPDATE meaning SET vector = ?2 WHERE attribution = ?1", (nr, bytes.as_slice()))
            .expect("it can be written");
    }
}

fn ask(store: &Store, vector: Vector, words: &str, filter: ReportFilter) -> Found {
    let meaning = Some(Meant { words: words.to_owned(), vector, model: None });
    store.search(&Query { filter, meaning, limit: 20, ..Query::default() }).expect("it can be searched")
}

#[test]
fn a_page_brings_its_vectors_and_takes_them_along() {
    let (folder, store) = filled();
    assert_eq!(store.count_without_meaning().expect("it can be counted"), 0);
    let connection = beside(&folder);
    let all = count(&connection, "SELECT count(*) FROM attribution");
    assert_eq!(count(&connection, "SELECT count(*) FROM meaning"), all);
    connection.execute("DELETE FROM attribution WHERE nr = 1", []).expect("it can be deleted");
    assert_eq!(count(&connection, "SELECT count(*) FROM meaning"), all - 1);
}

#[test]
fn what_comes_nearest_comes_first_and_once_a_statement() {
    let (folder, store) = filled();
    let connection = beside(&folder);
    point(&connection);
    let (nr, id): (i64, String) = connection
        .query_row("SELECT rowid, id FROM quote WHERE content LIKE '%bridge%'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("it is there");
    let found =
        ask(&store, pointing(nr as usize), "is the way over the river closed", ReportFilter::default());
    assert_eq!((found.order, found.without_meaning), (Order::Likeliest, 0));
    assert_eq!(found.rows[0].id, id);
    assert!(found.rows[0].likeness.is_some_and(|likeness| likeness > 0.1));
    assert_eq!(found.total, count(&connection, "SELECT count(*) FROM quote"));
    let mut statements: Vec<_> =
        found.rows.iter().filter_map(|row| row.statement.as_ref()).map(|of| &of.id).collect();
    let many = statements.len();
    statements.sort_unstable();
    statements.dedup();
    assert_eq!(statements.len(), many, "a statement comes once");
    assert!(many > 1);
}

#[test]
fn words_decide_between_equals_and_filters_hold() {
    let (_folder, store) = filled();
    let all = [7; MEANING_WIDTH];
    let found = ask(&store, all, "when does the ferry sail?", ReportFilter::default());
    assert!(found.rows[0].content[0].contains("ferry will sail"), "{:?}", found.rows[0]);
    let speakers = vec!["police".to_owned()];
    let found =
        ask(&store, all, "when does the ferry sail?", ReportFilter { speakers, ..Default::default() });
    assert_eq!(found.rows.len(), 1);
    let acts = vec![ActClass::Thought];
    let found = ask(&store, all, "", ReportFilter { acts, ..Default::default() });
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0].statement, None, "what was only thought is no statement");
    let words = "bridge".to_owned();
    let found = ask(&store, all, "anything", ReportFilter { words, ..Default::default() });
    assert_eq!(found.rows.len(), 1);
}

#[test]
fn who_is_named_comes_first_of_what_means_the_same() {
    let (_folder, store) = filled();
    let asked = |words: &str| ask(&store, [7; MEANING_WIDTH], words, ReportFilter::default()).rows;
    let first = |words: &str| {
        let rows = asked(words);
        let is_first = |row: &&saidline_store::FoundReport| row.likeness == rows[0].likeness;
        rows.iter()
            .take_while(is_first)
            .flat_map(|row| row.speakers.iter().map(|speaker| speaker.name.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(first("Brandt on quarries"), ["Łucja Brandt"]);
    assert_eq!(first("brandt on quarries"), ["Łucja Brandt"], "without any capital each word may be a name");
    assert!(first("brandt, say the Quarries").len() > 1, "among capitals a small word is no name");
    let likeness: Vec<_> = asked("Brandt on quarries").iter().filter_map(|row| row.likeness).collect();
    assert!(likeness.is_sorted_by(|a, b| a >= b));
}

#[test]
fn a_vector_goes_with_its_words_and_is_made_again() {
    let (folder, mut store) = filled();
    let connection = beside(&folder);
    let changes = [
        "UPDATE span SET start = start + 1 WHERE part = 'content' AND attribution = 1 AND n = 0",
        "UPDATE speaker SET name = 'Orla Tennant' WHERE attribution = 1",
        "DELETE FROM speaker WHERE attribution = 1",
        "UPDATE document SET title = 'Ferries' WHERE nr = (SELECT document FROM attribution WHERE nr = 1)",
        "UPDATE meaning SET model = 'meaning-0' WHERE attribution = 1",
    ];
    for change in changes {
        connection.execute(change, []).unwrap_or_else(|error| panic!("{change}: {error}"));
        let lacking = store.count_without_meaning().expect("it can be counted");
        assert!(lacking >= 1, "{change}");
        let found = ask(&store, [7; MEANING_WIDTH], "ferry", ReportFilter::default());
        assert!(found.without_meaning <= lacking);
        let documents = store.without_meaning(None, 10).expect("it can be read");
        assert_eq!(documents.len(), 1, "{change}");
        assert!(documents[0].attributions.len() >= lacking, "{change}");
        assert!(store.without_meaning(documents.last(), 10).expect("it can be read").is_empty());
        let vectors = |of: &saidline_store::WithoutMeaning| vec![[7; MEANING_WIDTH]; of.attributions.len()];
        let made: Vec<_> =
            documents.into_iter().map(|of| (vectors(&of), of)).map(|(v, of)| (of, v)).collect();
        store.keep_meanings(&made).expect("they can be kept");
        assert_eq!(store.count_without_meaning().expect("it can be counted"), 0, "{change}");
    }
}

#[test]
fn a_vector_of_words_that_have_changed_since_is_not_kept() {
    let (folder, mut store) = filled();
    let connection = beside(&folder);
    connection.execute("DELETE FROM meaning WHERE attribution = 1", []).expect("it can be deleted");
    let documents = store.without_meaning(None, 10).expect("it can be read");
    connection
        .execute("UPDATE span SET start = start + 1 WHERE part = 'content' AND attribution = 1 AND n = 0", [])
        .expect("it can be changed");
    let made: Vec<_> = documents.into_iter().map(|of| (of, vec![[7; MEANING_WIDTH]; 3])).collect();
    store.keep_meanings(&made).expect("they can be written");
    assert!(store.count_without_meaning().expect("it can be counted") >= 1);
}

#[test]
fn the_likeliest_are_read_beside_the_question() {
    let (folder, store) = filled();
    let connection = beside(&folder);
    // As far from what is asked for as one another: only reading them tells.
    let none = saidline::Vector::from([0; saidline::MEANING_WIDTH]);
    let bytes = none.map(i8::cast_unsigned);
    connection.execute("UPDATE meaning SET vector = ?1", [bytes.as_slice()]).expect("it can be written");
    let (id, content): (String, String) = connection
        .query_row("SELECT id, content FROM quote WHERE content LIKE '%bridge%'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .expect("it is there");
    let model = Some(saidline::Meaning::embedded().expect("the build's own weights load"));
    let ask = |model, limit, offset| {
        let meaning = Some(Meant { words: content.clone(), vector: none, model });
        let found =
            store.search(&Query { meaning, limit, offset, ..Query::default() }).expect("it can be searched");
        found.rows.into_iter().map(|row| (row.id, row.likeness)).collect::<Vec<_>>()
    };
    let read = ask(model, 20, 0);
    assert_eq!(read[0].0, id);
    assert!(read.windows(2).all(|two| two[0].1 >= two[1].1), "the best first: {read:?}");
    assert!(read[0].1 > ask(None, 20, 0)[0].1, "reading adds");
    // Pages of rows fit together.
    assert_eq!([ask(model, 1, 0), ask(model, 2, 1)].concat(), read[..3]);
}

//! Searching, held against looking at every row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;
use saidline::{
    Act, ActClass, ActType, Attribution, Basis, Block, BlockKind, Dated, Document, How, Kind, Known, Moment,
    Page, Polarity, QuotationKind, Reading, Said, SaidBasis, Span, Speaker, SpeakerKind, VenueKind, When,
};
use tempfile::TempDir;

use super::{COSTS, Costs, Found, Order, Query, ReportFilter, search};
use crate::{Run, Store};

/// An attribution of an invented page.
#[derive(Debug, Clone)]
struct Says {
    kind: QuotationKind,
    speakers: Vec<&'static str>,
    pieces: Vec<String>,
    said: Option<(&'static str, &'static str)>,
    act: Option<ActClass>,
}

/// An invented page.
#[derive(Debug, Clone)]
struct Told {
    /// Pages with the same address are versions of one.
    address: u8,
    fetched: u8,
    outlet: Option<&'static str>,
    date: Option<&'static str>,
    says: Vec<Says>,
}

fn when(from: &str, to: &str) -> When {
    let moment = |text: &str| text.parse::<Moment>().expect("the date is one");
    When { from: moment(from), to: moment(to) }
}

fn read(told: &Told) -> (Page, Reading) {
    let mut text = String::from("Seen. ");
    let mut attributions = Vec::new();
    for says in &told.says {
        let mut content = Vec::new();
        for piece in &says.pieces {
            let start = text.len();
            text.push_str(piece);
            content.push(Span::new(start, text.len()));
            text.push_str(", ");
        }
        let start = text.len();
        text.push_str("said");
        let cue = vec![Span::new(start, text.len())];
        text.push_str(". ");
        let speakers = says.speakers.iter().map(|name| Speaker {
            name: (*name).to_owned(),
            kind: if name.starts_with("a ") { SpeakerKind::Unnamed } else { SpeakerKind::Person },
            role: None,
            how: How::Name,
            antecedent: None,
            confidence: 0.9,
        });
        let said = says.said.map(|(from, to)| Said::within(when(from, to), None, SaidBasis::Explicit));
        attributions.push(Attribution {
            speakers: speakers.collect(),
            said,
            act: says.act.map(|class| Act { class, r#type: None }),
            ..Attribution::new(says.kind, vec![], cue, content, 0.5)
        });
    }
    let published = told.date.map(|date| Dated {
        when: when(date, date),
        text: None,
        span: None,
        basis: Basis::Metadata,
    });
    let page = Page {
        bytes: text.clone().into_bytes(),
        kind: Kind::Text,
        path: format!("{}-{}.txt", told.address, told.fetched),
        fetched: Some(format!("2025-01-{:02}T00:00:00Z", told.fetched)),
        known: Known {
            address: Some(format!("https://gazette.example/{}", told.address)),
            outlet: told.outlet.map(str::to_owned),
            ..Known::default()
        },
        charset: None,
    };
    let whole = Span::new(0, text.len());
    let document = Document {
        text,
        blocks: vec![Block { kind: BlockKind::Paragraph, span: whole, time: None }],
        outlet: told.outlet.map(str::to_owned),
        published,
        ..Document::default()
    };
    let reading = Reading {
        page: page.id(),
        document,
        attributions,
        notes: Vec::new(),
        model: "m".into(),
        meanings: Vec::new(),
    };
    (page, reading)
}

fn stored(folder: &Path, pages: &[Told]) -> Store {
    let run = Run {
        command: "add",
        version: String::new(),
        model: String::new(),
        weights: String::new(),
        options: "{}".to_owned(),
        by: String::new(),
        began: String::new(),
    };
    let mut store = Store::create(&folder.join("saidline.db")).expect("a store can be made");
    let mut writer = store.writer(run, true, false);
    for told in pages {
        let (page, reading) = read(told);
        writer.add(page, reading).expect("a page can be added");
    }
    writer.finish("").expect("the run ends");
    store
}

/// Rejects the reports whose row is a multiple of `each`, as a person would.
fn reject(folder: &Path, each: i64) {
    let connection = Connection::open(folder.join("saidline.db")).expect("the file opens");
    connection
        .execute_batch(&format!(
            "INSERT INTO quote_fts (quote_fts, rowid, content, tags) \
             SELECT 'delete', rowid, content, tags FROM quote WHERE rowid % {each} = 0;\n\
             UPDATE attribution SET rejected = 1 WHERE nr % {each} = 0;"
        ))
        .expect("rows can be rejected");
}

/// A row, as looking at all of them sees it.
#[derive(Debug, Clone)]
struct Seen {
    id: String,
    content: String,
    kind: String,
    act: Option<String>,
    date: Option<String>,
    until: Option<String>,
    outlet: Option<String>,
    speakers: BTreeSet<String>,
    counts: bool,
}

fn everything(folder: &Path) -> Vec<Seen> {
    let connection = Connection::open(folder.join("saidline.db")).expect("the file opens");
    let mut select = connection
        .prepare(
            "SELECT a.nr, a.id, a.kind, a.date, coalesce(a.said_to, a.date), o.name, d.text, \
             d.shown AND NOT a.rejected, a.act FROM attribution AS a JOIN document AS d ON d.nr = a.document \
             LEFT JOIN outlet AS o ON o.nr = d.outlet ORDER BY a.date DESC, a.nr",
        )
        .expect("the tables are there");
    let mut spans = connection
        .prepare("SELECT start, \"end\" FROM span WHERE attribution = ?1 AND part = 'content' ORDER BY n")
        .expect("the tables are there");
    let mut speakers =
        connection.prepare("SELECT name FROM speaker WHERE attribution = ?1").expect("the tables are there");
    let seen = select.query_map([], |row| {
        let nr: i64 = row.get(0)?;
        let text: Vec<char> = row.get::<_, String>(6)?.chars().collect();
        let pieces = spans.query_map([nr], |row| {
            Ok(text[row.get::<_, u32>(0)? as usize..row.get::<_, u32>(1)? as usize]
                .iter()
                .collect::<String>())
        })?;
        Ok(Seen {
            id: row.get(1)?,
            content: pieces.collect::<rusqlite::Result<Vec<_>>>()?.join(" […] "),
            kind: row.get(2)?,
            act: row.get(8)?,
            date: row.get(3)?,
            until: row.get(4)?,
            outlet: row.get(5)?,
            speakers: speakers.query_map([nr], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
            counts: row.get(7)?,
        })
    });
    seen.expect("rows come").collect::<rusqlite::Result<_>>().expect("rows are whole")
}

/// The words of a text, by the simplest rule.
fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('ä', "a").replace('ö', "o").replace('é', "e");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What is asked, in a form that can be held against a row.
#[derive(Debug, Clone)]
struct Asked {
    /// Words in this order, and whether the last is only begun.
    phrases: Vec<(&'static str, bool)>,
    speakers: Vec<&'static str>,
    outlets: Vec<&'static str>,
    kind: Option<QuotationKind>,
    acts: Vec<ActClass>,
    since: Option<&'static str>,
    until: Option<&'static str>,
    all: bool,
}

impl Asked {
    fn query(&self) -> Query {
        let typed = self.phrases.iter().map(|(phrase, begun)| {
            let star = if *begun { "*" } else { "" };
            if phrase.contains(' ') { format!("“{phrase}”{star}") } else { format!("{phrase}{star}") }
        });
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let filter = ReportFilter {
            words: typed.collect::<Vec<_>>().join(" "),
            speakers: owned(&self.speakers),
            outlets: owned(&self.outlets),
            kind: self.kind,
            acts: self.acts.clone(),
            since: self.since.map(|date| date.parse().expect("a date")),
            until: self.until.map(|date| date.parse().expect("a date")),
            ..ReportFilter::default()
        };
        Query {
            filter,
            all: self.all,
            order: Order::Newest,
            limit: 1000,
            offset: 0,
            facets: 50,
            meaning: None,
        }
    }

    fn fits(&self, row: &Seen) -> bool {
        let said = words(&row.content);
        let phrase = |(phrase, begun): &(&str, bool)| {
            let wanted = words(phrase);
            said.windows(wanted.len()).any(|found| {
                let (last, whole) = wanted.split_last().expect("a phrase has words");
                let end = &found[whole.len()];
                found.starts_with(whole) && if *begun { end.starts_with(last) } else { end == last }
            })
        };
        let named = |asked: &[&str], names: Vec<&String>| {
            asked.is_empty()
                || names.iter().any(|name| {
                    let name: BTreeSet<_> = words(name).into_iter().collect();
                    asked.iter().any(|asked| words(asked).iter().all(|word| name.contains(word)))
                })
        };
        // The first and the last minute that a date can mean, as far as letters tell.
        let (first, last) = ("0000-00-00T00:00", "9999-99-99T99:99");
        let early = |date: &str| date[..date.len().min(16)].to_owned() + &first[date.len().min(16)..];
        let late = |date: &str| date[..date.len().min(16)].to_owned() + &last[date.len().min(16)..];
        let dated = match (&row.date, &row.until, self.since, self.until) {
            (_, _, None, None) => true,
            (Some(from), Some(to), since, until) => {
                since.is_none_or(|since| late(to) >= early(since))
                    && until.is_none_or(|until| early(from) <= late(until))
            }
            _ => false,
        };
        (self.all || row.counts)
            && self.phrases.iter().all(phrase)
            && named(&self.speakers, row.speakers.iter().collect())
            && named(&self.outlets, row.outlet.iter().collect())
            && self.kind.is_none_or(|kind| kind.name() == row.kind)
            && (self.acts.is_empty()
                || self.acts.iter().any(|act| row.act.as_deref().unwrap_or("speech") == act.name()))
            && dated
    }
}

fn facets_of(rows: &[&Seen]) -> [BTreeMap<String, usize>; 3] {
    let mut facets: [BTreeMap<String, usize>; 3] = Default::default();
    for row in rows {
        row.speakers.iter().for_each(|name| *facets[0].entry(name.clone()).or_default() += 1);
        row.outlet.iter().for_each(|name| *facets[1].entry(name.clone()).or_default() += 1);
        let month = row.date.iter().map(|date| date.chars().take(7).collect());
        month.for_each(|month| *facets[2].entry(month).or_default() += 1);
    }
    facets
}

const WORDS: [&str; 14] = [
    "harbour",
    "harbours",
    "stays",
    "open",
    "tax",
    "Käse",
    "well-known",
    "don’t",
    "x",
    "xv1",
    "xkdirect",
    "24",
    "café",
    "the",
];
const SPEAKERS: [&str; 6] =
    ["Ines Calder", "Tom Calder", "Käthe Löw", "Harbour Office", "a senior official", "Tom"];
const OUTLETS: [&str; 4] = ["The Gazette", "Evening Gazette", "Le Café", "Star"];
const DATES: [&str; 10] = [
    "2022",
    "2023",
    "2023-05",
    "2023-05-07",
    "2023-05-07T10:30",
    "2023-05-07T10:30+02:00",
    "2023-05-08",
    "2023-11",
    "2024-02-29T23:59",
    "2024",
];

fn says() -> impl Strategy<Value = Says> {
    let piece = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..6);
    let said = prop::option::weighted(0.2, prop::sample::subsequence(&DATES[..], 2));
    (
        prop::sample::select(&QuotationKind::ALL[..]),
        prop::sample::subsequence(&SPEAKERS[..], 0..3),
        prop::collection::vec(piece, 1..3),
        said,
        prop::option::of(prop::sample::select(&ActClass::ALL[..])),
    )
        .prop_map(|(kind, speakers, pieces, said, act)| Says {
            kind,
            speakers,
            pieces: pieces.into_iter().map(|words| words.join(" ")).collect(),
            said: said.map(|dates| (dates[0], dates[1])),
            act,
        })
}

fn told() -> impl Strategy<Value = Told> {
    (
        0_u8..12,
        1_u8..28,
        prop::option::of(prop::sample::select(&OUTLETS[..])),
        prop::option::of(prop::sample::select(&DATES[..])),
        prop::collection::vec(says(), 0..5),
    )
        .prop_map(|(address, fetched, outlet, date, says)| Told { address, fetched, outlet, date, says })
}

fn asked() -> impl Strategy<Value = Asked> {
    const PHRASES: [&str; 17] = [
        "harbour",
        "HARB",
        "stays open",
        "open the",
        "tax",
        "kase",
        "Käse",
        "well-known",
        "known",
        "don't",
        "xv1",
        "xkdirect",
        "xk",
        "24",
        "cafe",
        "the",
        "x",
    ];
    let names = |names: &'static [&'static str]| prop::collection::vec(prop::sample::select(names), 0..2);
    (
        prop::collection::vec((prop::sample::select(&PHRASES[..]), any::<bool>()), 0..3),
        names(&["Ines Calder", "calder", "LOW", "tom", "official", "Kathe Löw", "Tom"]),
        names(&["gazette", "The Gazette", "cafe", "Star"]),
        prop::option::weighted(0.3, prop::sample::select(&QuotationKind::ALL[..])),
        prop::sample::subsequence(&ActClass::ALL[..], 0..3),
        prop::option::weighted(0.4, prop::sample::select(&DATES[..])),
        prop::option::weighted(0.4, prop::sample::select(&DATES[..])),
        any::<bool>(),
    )
        .prop_map(|(phrases, speakers, outlets, kind, acts, since, until, all)| Asked {
            phrases,
            speakers,
            outlets,
            kind,
            acts,
            since,
            until,
            all,
        })
}

fn ids(found: &Found) -> Vec<&str> {
    found.rows.iter().map(|row| row.id.as_str()).collect()
}

fn sorted(mut ids: Vec<&str>) -> Vec<&str> {
    ids.sort_unstable();
    ids
}

/// With these, the ways of large stores are taken in small ones.
const ANYTHING_IS_MUCH: Costs = Costs { many: 1, tried: 6, few: 1, walk: 2, weighed: 2, common: 3, tags: 1 };

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_is_what_looking_at_all_finds(
        pages in prop::collection::vec(told(), 0..16),
        asked in prop::collection::vec(asked(), 24),
        each in 2_i64..9,
    ) {
        let folder = TempDir::new().expect("a folder can be made");
        let store = stored(folder.path(), &pages);
        reject(folder.path(), each);
        let rows = everything(folder.path());
        for asked in asked {
            let expected: Vec<_> = rows.iter().filter(|row| asked.fits(row)).collect();
            let wanted: Vec<_> = expected.iter().map(|row| row.id.as_str()).collect();
            for costs in [COSTS, ANYTHING_IS_MUCH] {
                let search = |query: &Query| search(&store.connection, query, costs).expect("it reads");
                let query = asked.query();
                let found = search(&query);
                prop_assert_eq!(found.total, expected.len(), "{:?}", asked);
                prop_assert_eq!(ids(&found), wanted.clone(), "{:?}", asked);
                for (row, seen) in found.rows.iter().zip(&expected) {
                    prop_assert_eq!(row.content.join(" […] "), seen.content.clone());
                    prop_assert_eq!(row.act.map(ActClass::name), seen.act.as_deref());
                    prop_assert_eq!(row.shown && !row.rejected, seen.counts);
                    prop_assert!(row.speakers.iter().all(|speaker| seen.speakers.contains(&speaker.name)));
                }
                let facets = found.facets.expect("counts were wanted");
                let counted: [BTreeMap<String, usize>; 3] =
                    [&facets.speakers, &facets.outlets, &facets.months]
                        .map(|facets| facets.iter().map(|facet| (facet.name.clone(), facet.count)).collect());
                prop_assert_eq!(counted, facets_of(&expected), "{:?}", asked);

                // The same without counts, part by part; and the best first are the same rows.
                let part = search(&Query { facets: 0, limit: 2, offset: 1, ..query.clone() });
                prop_assert_eq!(part.total, expected.len(), "{:?}", asked);
                let few: Vec<_> = wanted.iter().copied().skip(1).take(2).collect();
                prop_assert_eq!(ids(&part), few, "{:?}", asked);
                let best = search(&Query { order: Order::Best, ..query.clone() });
                prop_assert_eq!(sorted(ids(&best)), sorted(wanted.clone()), "{:?}", asked);

                // The oldest first; what has no date is last there, too.
                let mut oldest = expected.clone();
                oldest.sort_by_key(|seen| (seen.date.is_none(), &seen.date));
                let oldest: Vec<_> = oldest.iter().map(|row| row.id.as_str()).collect();
                let query = Query { order: Order::Oldest, ..query };
                let all = search(&query);
                prop_assert_eq!(ids(&all), oldest.clone(), "{:?}", asked);
                let part = search(&Query { facets: 0, limit: 3, offset: 1, ..query });
                prop_assert_eq!(part.order, Order::Oldest);
                prop_assert_eq!(ids(&part), oldest.into_iter().skip(1).take(3).collect::<Vec<_>>(), "{:?}", asked);
            }
        }
    }

    #[test]
    fn nothing_that_is_typed_is_an_error(
        typed in prop::collection::vec("[\"“”*'’:^(){}+\\-.,\u{0}a-cö🎉 ]{0,12}|AND|OR|NOT|NEAR|tags|content|\\PC{0,8}", 0..8)
    ) {
        let folder = TempDir::new().expect("a folder can be made");
        let store = stored(folder.path(), &[]);
        for order in [Order::Newest, Order::Best] {
            let words = typed.join(" ");
            let filter = ReportFilter { words: words.clone(), ..ReportFilter::default() };
            let query = Query { filter, order, limit: 5, facets: 3, all: true, ..Query::default() };
            prop_assert!(store.search(&query).is_ok(), "{words:?}");
            let (speakers, outlets) = (typed.clone(), typed.clone());
            let (addressees, venues) = (typed.clone(), typed.clone());
            let query = only(ReportFilter { speakers, outlets, ..ReportFilter::default() });
            prop_assert!(store.search(&query).is_ok(), "{words:?}");
            let query = only(ReportFilter { addressees, venues, ..ReportFilter::default() });
            prop_assert!(store.search(&query).is_ok(), "{words:?}");
        }
    }
}

fn example() -> Vec<Told> {
    let says = |speaker: &'static str, words: &str| Says {
        kind: QuotationKind::Direct,
        speakers: vec![speaker],
        pieces: vec![words.to_owned()],
        said: None,
        act: None,
    };
    let told = |address, fetched, date, says| Told {
        address,
        fetched,
        outlet: Some("The Gazette"),
        date: Some(date),
        says,
    };
    vec![
        told(
            1,
            1,
            "2024-03-01",
            vec![
                says("Ines Calder", "the harbour stays open"),
                Says { act: Some(ActClass::Plan), ..says("Tom Low", "it closes") },
            ],
        ),
        told(
            2,
            1,
            "2024-05",
            vec![Says { act: Some(ActClass::Speech), ..says("Ines Calder", "harbour, harbour, harbour") }],
        ),
        told(3, 1, "2024", vec![says("Søren Aurland", "we wait — don't panic")]),
        told(4, 1, "2023-12-31", vec![says("Tom Low", "old words")]),
        told(4, 2, "2023-12-31", vec![says("Tom Low", "newer words")]),
    ]
}

fn typed(words: &str) -> Query {
    only(ReportFilter { words: words.to_owned(), ..ReportFilter::default() })
}

/// The first that a filter leaves.
fn only(filter: ReportFilter) -> Query {
    Query { filter, limit: 10, ..Query::default() }
}

#[track_caller]
fn check(query: Query, expected: &[&str]) {
    let folder = TempDir::new().expect("a folder can be made");
    let store = stored(folder.path(), &example());
    let found = store.search(&query).expect("the store can be read");
    let said: Vec<_> = found.rows.iter().map(|row| row.content.join(" […] ")).collect();
    assert_eq!(said, expected, "{query:?}");
}

#[test]
fn words_are_found() {
    check(typed("harbour"), &["harbour, harbour, harbour", "the harbour stays open"]);
    check(
        Query { order: Order::Newest, ..typed("harb*") },
        &["harbour, harbour, harbour", "the harbour stays open"],
    );
    check(typed("\"stays open\""), &["the harbour stays open"]);
    check(typed("\"open stays\""), &[]);
    check(typed("don’t"), &["we wait — don't panic"]);
    check(typed("panic AND"), &[]);
    check(typed("words"), &["newer words"]);
    check(Query { all: true, ..typed("words") }, &["old words", "newer words"]);
    check(typed("!?"), &[]);
    check(
        typed(""),
        &[
            "harbour, harbour, harbour",
            "the harbour stays open",
            "it closes",
            "we wait — don't panic",
            "newer words",
        ],
    );
    check(Query { offset: 3, limit: 1, ..typed("") }, &["we wait — don't panic"]);
    let oldest = Query { order: Order::Oldest, ..typed("harbour") };
    check(oldest, &["the harbour stays open", "harbour, harbour, harbour"]);
    check(Query { offset: 9, ..typed("") }, &[]);
    check(Query { limit: 0, ..typed("") }, &[]);
}

#[test]
fn filters_narrow() {
    let speaker =
        |name: &str| only(ReportFilter { speakers: vec![name.to_owned()], ..ReportFilter::default() });
    check(speaker("low"), &["it closes", "newer words"]);
    check(speaker("SOREN"), &["we wait — don't panic"]);
    check(speaker("Tom Calder"), &[]);
    check(speaker("v-00000000000000000000"), &[]);
    check(
        only(ReportFilter { outlets: vec!["gazette".to_owned()], ..typed("closes").filter }),
        &["it closes"],
    );
    let acts = |acts: &[ActClass]| only(ReportFilter { acts: acts.to_vec(), ..ReportFilter::default() });
    check(acts(&[ActClass::Plan]), &["it closes"]);
    check(acts(&[ActClass::Thought, ActClass::Order]), &[]);
    // Of what has no act nobody knows that it was not said.
    let said =
        ["harbour, harbour, harbour", "the harbour stays open", "we wait — don't panic", "newer words"];
    check(acts(&[ActClass::Speech]), &said);
    let since = |date: &str| only(ReportFilter { since: date.parse().ok(), ..ReportFilter::default() });
    check(since("2024-04"), &["harbour, harbour, harbour", "we wait — don't panic"]);
    check(since("2024-05-31T12:00"), &["harbour, harbour, harbour", "we wait — don't panic"]);
    check(only(ReportFilter { until: "2023".parse().ok(), ..ReportFilter::default() }), &["newer words"]);
    check(since("2026"), &[]);
}

#[test]
fn a_voice_is_found_by_its_id_and_a_wrong_name_by_its_neighbours() {
    let folder = TempDir::new().expect("a folder can be made");
    let store = stored(folder.path(), &example());
    let id = store.search(&typed("closes")).expect("it reads").rows[0].speakers[0].voice.clone();
    let by_id = store
        .search(&only(ReportFilter { speakers: vec![id], ..ReportFilter::default() }))
        .expect("it reads");
    assert_eq!((by_id.total, by_id.narrowed.speakers), (2, vec!["Tom Low".to_owned()]));
    let query = only(ReportFilter {
        speakers: vec!["Calda".to_owned(), "Low".to_owned()],
        ..ReportFilter::default()
    });
    let wrong = store.search(&query).expect("it reads");
    assert_eq!(wrong.total, 2);
    assert_eq!(wrong.narrowed.unmatched.len(), 1);
    assert_eq!(wrong.narrowed.unmatched[0].nearest, ["Ines Calder"]);
}

#[test]
fn the_best_come_first_and_words_are_marked() {
    let folder = TempDir::new().expect("a folder can be made");
    let store = stored(folder.path(), &example());
    let found = store.search(&Query { order: Order::Best, ..typed("harbour") }).expect("it reads");
    assert_eq!(found.order, Order::Best);
    let first = &found.rows[0];
    assert_eq!(first.content, ["harbour, harbour, harbour"]);
    assert_eq!(first.marks, [(0, 0..7), (0, 9..16), (0, 18..25)]);
}

#[test]
fn whom_where_and_what_was_done_narrow() {
    let folder = TempDir::new().expect("a folder can be made");
    let store = stored(folder.path(), &example());
    let nr: i64 = store
        .connection
        .query_row("SELECT rowid FROM quote WHERE content = 'the harbour stays open'", [], |row| row.get(0))
        .expect("it is there");
    store
        .connection
        .execute_batch(&format!(
            "INSERT INTO span (attribution, part, n, start, \"end\", name, kind) VALUES \
             ({nr}, 'addressee', 0, 0, 3, 'the Quay-side Post', 'organisation'), ({nr}, 'venue', 0, 0, 3, 'Morvenec', 'news-conference'); \
             UPDATE attribution SET act_type = 'consider-doing', polarity = 'saying-denied' WHERE nr = {nr}; \
             INSERT INTO quote_fts (quote_fts) VALUES ('rebuild')"
        ))
        .expect("it can be told more of");
    let total = |query: Query| store.search(&query).expect("the store can be read").total;
    let to = |name: &str| only(ReportFilter { addressees: vec![name.to_owned()], ..ReportFilter::default() });
    let venue = |name: &str| only(ReportFilter { venues: vec![name.to_owned()], ..ReportFilter::default() });
    let unmatched = |query: Query| {
        let found = store.search(&query).expect("the store can be read");
        let told = found.narrowed.unmatched.into_iter();
        told.map(|told| (told.option, told.asked, told.nearest, told.commonest)).collect::<Vec<_>>()
    };
    assert_eq!(total(to("QUAY side post")), 1);
    assert_eq!(total(to("quay-side")), 1);
    assert_eq!(total(to("Quayside")), 0);
    assert_eq!(total(to("…")), 0);
    // By a role in which whoever is called so speaks elsewhere in the record.
    let role = "INSERT INTO speaker (attribution, n, name, kind, role, how, confidence, voice) \
                SELECT attribution, 7, 'The Quay-side Post', kind, 'owner of the Évening Star', how, confidence, voice FROM speaker LIMIT 1";
    assert_eq!(total(to("owner")), 0);
    store.connection.execute_batch(role).expect("a role can be told");
    assert_eq!(total(to("star Owner")), 1);
    assert_eq!(unmatched(to("owner")), []);
    assert_eq!(total(to("owner of the pier")), 0);
    assert_eq!(
        total(only(ReportFilter {
            addressees: vec!["Low".to_owned(), "post".to_owned()],
            ..ReportFilter::default()
        })),
        1
    );
    assert_eq!(total(venue("morvenec")), 1);
    assert_eq!(total(venue("the Post")), 0);
    let kinds = |kind| only(ReportFilter { venue_kinds: vec![kind], ..ReportFilter::default() });
    assert_eq!(total(kinds(VenueKind::NewsConference)), 1);
    assert_eq!(total(kinds(VenueKind::Interview)), 0);
    assert_eq!(
        total(only(ReportFilter {
            types: vec![ActType::ConsiderDoing, ActType::Deny],
            ..ReportFilter::default()
        })),
        1
    );
    assert_eq!(total(only(ReportFilter { types: vec![ActType::Deny], ..ReportFilter::default() })), 0);
    assert_eq!(
        total(only(ReportFilter { polarities: vec![Polarity::SayingDenied], ..ReportFilter::default() })),
        1
    );
    assert_eq!(total(only(ReportFilter { polarities: vec![Polarity::Asked], ..ReportFilter::default() })), 0);
    let found = store.search(&to("post")).expect("the store can be read");
    assert_eq!(found.rows[0].addressees[0].name(), "the Quay-side Post");
    assert_eq!(found.rows[0].polarity, Some(Polarity::SayingDenied));

    // What nobody was told, and where nothing was said, is named with what is near, or else with what there is.
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let row = |option, asked: &str, nearest: &[&str], commonest: &[&str]| {
        vec![(option, asked.to_owned(), names(nearest), names(commonest))]
    };
    assert_eq!(unmatched(to("post")), []);
    assert_eq!(unmatched(to("Posd")), row("--addressee", "Posd", &["the Quay-side Post"], &[]));
    assert_eq!(unmatched(to("xyzzy")), row("--addressee", "xyzzy", &[], &["the Quay-side Post"]));
    assert_eq!(unmatched(venue("Morvenek")), row("--venue", "Morvenek", &["Morvenec"], &[]));
    assert_eq!(unmatched(venue("xyzzy")), row("--venue", "xyzzy", &[], &["news-conference", "Morvenec"]));
    assert_eq!(unmatched(kinds(VenueKind::Post)), row("--venue", "post", &[], &["news-conference"]));
}

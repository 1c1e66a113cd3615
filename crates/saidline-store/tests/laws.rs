//! What holds for any readings: they come out of a store as they went in, in whatever order and batches they came.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use saidline::wire::{self, WireOptions};
use saidline::{
    Act, ActClass, ActType, Attribution, Basis, Block, BlockKind, Dated, Document, How, Kind, Known, Mention,
    Moment, Note, Page, Polarity, QuotationKind, Reading, Said, SaidBasis, Span, Speaker, SpeakerKind, Venue,
    VenueKind, When,
};
use saidline_store::{Outcome, ReportFilter, Run, Store, StoreError, Table};

fn moment() -> impl Strategy<Value = Moment> {
    let day =
        || (0..=9999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day"));
    let at = || {
        (day(), 0..24_i8, 0..60_i8).prop_map(|(day, h, m)| {
            DateTime::from_parts(day, jiff::civil::Time::new(h, m, 0, 0).expect("a time"))
        })
    };
    let offset = (-14 * 60..=14 * 60_i32).prop_map(|m| Offset::from_seconds(m * 60).expect("an offset"));
    prop_oneof![
        (0..=9999_i16).prop_map(Moment::Year),
        (0..=9999_i16, 1..=12_i8).prop_map(|(year, month)| Moment::Month(year, month)),
        day().prop_map(Moment::Day),
        (at(), option::of(offset)).prop_map(|(at, offset)| Moment::Minute(at, offset)),
    ]
}

fn interval() -> impl Strategy<Value = When> {
    prop_oneof![moment().prop_map(When::at), (moment(), moment()).prop_map(|(from, to)| When { from, to })]
}

fn words() -> impl Strategy<Value = String> {
    "[ -~é“日𝄞]{1,12}"
}

/// Places in a text: turned into spans when the text is known.
type Place = (Index, Index);

fn place() -> impl Strategy<Value = Place> {
    any::<(Index, Index)>()
}

fn span(text: &str, (a, b): Place) -> Span {
    let starts: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (a, b) = (*a.get(&starts), *b.get(&starts));
    Span::new(a.min(b), a.max(b))
}

#[derive(Debug, Clone)]
struct Date2 {
    when: When,
    text: Option<String>,
    place: Option<Place>,
    basis: Basis,
}

impl Date2 {
    fn of(self, text: &str) -> Dated {
        let span = self.place.map(|place| span(text, place));
        Dated { when: self.when, text: self.text, span, basis: self.basis }
    }
}

fn date() -> impl Strategy<Value = Option<Date2>> {
    let parts = (interval(), option::of(words()), option::of(place()), select(Basis::ALL.to_vec()));
    option::of(parts.prop_map(|(when, text, place, basis)| Date2 { when, text, place, basis }))
}

type SpeakerParts = (&'static str, SpeakerKind, Option<String>, How, Option<Place>, f32);

/// Few names, so that voices have several attributions.
fn speaker() -> impl Strategy<Value = SpeakerParts> {
    (
        select(vec!["Ines Calder", "Łucja Brandt", "the port", "a \"b\"\\"]),
        select(SpeakerKind::ALL.to_vec()),
        option::of(words()),
        select(How::ALL.to_vec()),
        option::of(place()),
        0.0..=1.0_f32,
    )
}

type AttributionParts = (
    (QuotationKind, [Vec<Place>; 3], f32),
    Vec<SpeakerParts>,
    (Option<SaidParts>, Option<(ActClass, Option<ActType>)>, Option<Polarity>),
    Option<usize>,
    (Vec<MentionParts>, Option<(Place, Option<String>, VenueKind)>, Vec<MentionParts>),
);

type SaidParts = ((Option<Moment>, Option<Moment>), Option<Place>, SaidBasis);

type MentionParts = (Place, Option<String>, Option<SpeakerKind>);

fn mention() -> impl Strategy<Value = MentionParts> {
    (place(), option::of(words()), option::of(select(SpeakerKind::ALL.to_vec())))
}

/// A stretch of time; now and then an end of it is open.
fn open_interval() -> impl Strategy<Value = (Option<Moment>, Option<Moment>)> {
    (interval(), 0..6_u8)
        .prop_map(|(when, open)| (Some(when.from).filter(|_| open > 1), Some(when.to).filter(|_| open != 1)))
}

fn attribution() -> impl Strategy<Value = AttributionParts> {
    let parts = [vec(place(), 0..3), vec(place(), 0..2), vec(place(), 0..4)];
    (
        (select(QuotationKind::ALL.to_vec()), parts, 0.0..=1.0_f32),
        vec(speaker(), 0..3),
        (
            option::of((open_interval(), option::of(place()), select(SaidBasis::ALL.to_vec()))),
            option::of((select(ActClass::ALL.to_vec()), option::of(select(ActType::ALL.to_vec())))),
            option::of(select(Polarity::ALL.to_vec())),
        ),
        option::of(0..3_usize),
        (
            vec(mention(), 0..3),
            option::of((place(), option::of(words()), select(VenueKind::ALL.to_vec()))),
            vec(mention(), 0..3),
        ),
    )
}

fn build(
    text: &str,
    (words, speakers, (said, act, polarity), parent, (addressees, venue, via)): AttributionParts,
) -> Attribution {
    let (kind, [source, cue, content], confidence) = words;
    let spans = |places: Vec<Place>| places.into_iter().map(|place| span(text, place)).collect();
    let speaker = |(name, kind, role, how, antecedent, confidence): SpeakerParts| Speaker {
        name: name.to_owned(),
        kind,
        role,
        how,
        antecedent: antecedent.map(|place| span(text, place)),
        confidence,
    };
    let mention = |(place, name, kind)| Mention { span: span(text, place), name, kind };
    Attribution {
        speakers: speakers.into_iter().map(speaker).collect(),
        addressees: addressees.into_iter().map(mention).collect(),
        venue: venue.map(|(place, name, kind)| Venue { span: span(text, place), name, kind }),
        said: said.map(|((from, to), place, basis)| Said {
            from,
            to,
            span: place.map(|place| span(text, place)),
            basis,
        }),
        act: act.map(|(class, of_type)| Act { class, r#type: of_type }),
        polarity,
        parent,
        via: via.into_iter().map(mention).collect(),
        ..Attribution::new(kind, spans(source), spans(cue), spans(content), confidence)
    }
}

fn document() -> impl Strategy<Value = Document> {
    // Few texts come often, so that one is captured several times; addresses likewise, for versions.
    let text = prop_oneof![
        Just("The harbour stays open, she said.".to_owned()),
        Just("The harbour — “shut”.\r\n".to_owned()),
        "[ -~é“”日𝄞\u{0}\r\n]{0,200}",
    ];
    let address = select(vec![None, Some("https://a.example/1"), Some("https://a.example/2")]);
    let block = (any::<Index>(), select(BlockKind::ALL.to_vec()), option::of(interval()));
    let known = (option::of(words()), option::of(words()), vec(words(), 0..3));
    (text, vec(block, 0..6), any::<bool>(), known, date(), date(), address, option::of("[a-z]{2}")).prop_map(
        |(text, cuts, from_markup, (title, byline, agencies), published, updated, address, language)| {
            let mut at: Vec<_> = cuts.iter().map(|(index, ..)| span(&text, (*index, *index)).start).collect();
            at.sort_unstable();
            let ends = at.iter().skip(1).copied().chain([text.len() as u32]);
            let blocks = at.iter().zip(ends).zip(&cuts).map(|((start, end), (_, kind, time))| Block {
                kind: *kind,
                span: Span { start: *start, end },
                time: time.filter(|_| *kind == BlockKind::LiveEntry),
            });
            Document {
                blocks: blocks.collect(),
                from_markup,
                title,
                outlet: None,
                byline,
                agencies,
                published: published.map(|date| date.of(&text)),
                updated: updated.map(|date| date.of(&text)),
                canonical: address.map(str::to_owned),
                language,
                text,
            }
        },
    )
}

fn page_and_reading() -> impl Strategy<Value = (Page, Reading)> {
    let known = [0; 6].map(|_| option::of(words()));
    let note = (select(vec!["no-date", "unclosed-quotation"]), option::of(place()), words());
    let fetched = select(vec![None, Some("2024-10-19"), Some("2024-10-20T08:00:00Z")]);
    (
        document(),
        vec(attribution(), 0..5),
        vec(note, 0..3),
        known,
        (option::of(vec(any::<u8>(), 0..40)), words(), fetched, option::of(words())),
        select(vec![Kind::Auto, Kind::Text, Kind::Html]),
    )
        .prop_map(|(mut document, attributions, notes, known, (bytes, path, fetched, charset), kind)| {
            let [address, title, outlet, byline, published, language] = known;
            // What the caller knows beats what is read.
            document.outlet = outlet.clone();
            let page = Page {
                bytes: bytes.unwrap_or_else(|| document.text.as_bytes().to_vec()),
                kind,
                path,
                fetched: fetched.map(str::to_owned),
                charset,
                known: Known { address, title, outlet, byline, published, language },
            };
            let text = &document.text;
            let note = |(code, place, message): (&'static str, Option<Place>, String)| Note {
                code: code.into(),
                span: place.map(|place| span(text, place)),
                message,
            };
            // No two reports of one document are of the same kind, by the same words, with the same words.
            let mut seen = Vec::new();
            let mut is_new = |report: &Attribution| {
                let words = (report.kind, report.source.clone(), report.content.clone());
                let new = !seen.contains(&words);
                seen.push(words);
                new
            };
            let attributions = attributions.into_iter().map(|parts| build(text, parts));
            let reading = Reading {
                page: page.id(),
                attributions: attributions.filter(|report| is_new(report)).collect(),
                notes: notes.into_iter().map(note).collect(),
                model: "accurate-1".into(),
                meanings: Vec::new(),
                document,
            };
            (page, reading)
        })
}

fn run() -> Run {
    Run {
        command: "add",
        version: "0".to_owned(),
        model: "accurate-1".to_owned(),
        weights: String::new(),
        options: String::new(),
        by: String::new(),
        began: String::new(),
    }
}

/// A store of these pages, written in batches that end where `ends` says.
fn store_of(
    pages: &[(Page, Reading)],
    ends: impl Fn(usize) -> bool,
) -> (tempfile::TempDir, Store, Vec<Outcome>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut store = Store::create(&folder.path().join("saidline.db")).expect("a store can be made");
    let mut writer = store.writer(run(), false, false);
    let mut added = Vec::new();
    for (n, (page, reading)) in pages.iter().enumerate() {
        added.extend(writer.add(page.clone(), reading.clone()).expect("it can be added"));
        if ends(n) {
            added.extend(writer.flush().expect("it can be written"));
        }
    }
    added.extend(writer.finish("").expect("it can be written"));
    (folder, store, added.into_iter().map(|added| added.outcome).collect())
}

/// All that can be taken out of a store: the lines, then the tables.
fn taken_out(store: &Store) -> Vec<String> {
    let mut out = Vec::new();
    let export = store.export(&ReportFilter::default(), true, false).expect("it can be read");
    let line = |lines: &str| -> Result<(), StoreError> {
        out.extend(lines.lines().map(str::to_owned));
        Ok(())
    };
    export.lines(line).expect("it can be taken out");
    for table in Table::ALL {
        let row = |cells: &[String]| -> Result<(), StoreError> {
            out.push(format!("{}: {}", table.name(), cells.join("|")));
            Ok(())
        };
        export.table(table, row).expect("it can be taken out");
    }
    out
}

/// The lines of a reading without the voices and statements, which only a store knows.
fn without_voices(lines: &str) -> String {
    let without = |lines: &str, what: &str| {
        let mut parts = lines.split(what);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |lines, part| lines + part.split_once('"').expect("an id ends").1)
    };
    without(&without(lines, ",\"voice\":\""), ",\"statement\":\"")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_in_comes_out((page, reading) in page_and_reading(), with_text: bool) {
        let options = WireOptions { with_text };
        let mut expected = String::new();
        wire::write(&mut expected, &page, &reading, options);
        let pages = [(page, reading)];
        let (_folder, store, outcomes) = store_of(&pages, |_| true);
        prop_assert_eq!(outcomes, vec![Outcome::New]);
        let stored = store.page(&pages[0].1.page.to_string()).expect("it can be read").expect("it is there");
        let mut found = String::new();
        stored.write(&mut found, options);
        prop_assert_eq!(without_voices(&found), expected);
    }

    #[test]
    fn order_and_batches_change_nothing(
        pages in vec(page_and_reading(), 1..7),
        order in vec(any::<u32>(), 7),
        ends in vec(any::<bool>(), 7),
    ) {
        let mut seen = BTreeSet::new();
        let mut pages: Vec<_> = pages.into_iter().filter(|(_, reading)| seen.insert(reading.page)).collect();
        let (_first, store, _) = store_of(&pages, |_| false);
        let expected = taken_out(&store);
        let mut turned: Vec<_> = order.into_iter().zip(pages.drain(..)).collect();
        turned.sort_by_key(|(key, _)| *key);
        let turned: Vec<_> = turned.into_iter().map(|(_, page)| page).collect();
        let (_second, store, _) = store_of(&turned, |n| ends[n]);
        prop_assert_eq!(taken_out(&store), expected);

        // And each page has the lines that `extract` gives for it.
        let mut lines = Vec::new();
        let export = store.export(&ReportFilter::default(), false, false).expect("it can be read");
        let page = |page: &str| -> Result<(), StoreError> { lines.push(page.to_owned()); Ok(()) };
        export.lines(page).expect("it can be taken out");
        for (page, reading) in &turned {
            let mut expected = String::new();
            wire::write(&mut expected, page, reading, WireOptions::default());
            let id = format!("\"id\":\"{}\"", reading.page);
            let found = lines.iter().find(|lines| lines.contains(&id)).expect("the page is there");
            if found.contains("\"same\":null") {
                prop_assert_eq!(without_voices(found), expected);
            }
        }
    }
}

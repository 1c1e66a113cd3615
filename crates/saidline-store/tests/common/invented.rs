//! A small record of invented pages, with every feature that a reading can have. The people, the outlets and their
//! words are made up. It is what the documentation's queries, the tests of other tools and the kept files of each
//! format are made from: it must stay as it is.

use saidline::{
    Act, ActClass, ActType, Attribution, Basis, Block, BlockKind, Dated, Document, How, Kind, Known, Mention,
    Moment, Note, Page, Polarity, QuotationKind, Reading, Said, SaidBasis, Span, Speaker, SpeakerKind, When,
};
use saidline_store::{Run, Store, StoreError};

/// The run that adds the invented pages.
pub fn run() -> Run {
    Run {
        command: "add",
        version: "0.1.0".to_owned(),
        model: "accurate-1".to_owned(),
        weights: "sha256:00".to_owned(),
        options: "{\"plain\":false}".to_owned(),
        by: "nora".to_owned(),
        began: "2026-01-02T03:04:05Z".to_owned(),
    }
}

/// Puts the invented pages into a store.
pub fn fill(store: &mut Store) -> Result<(), StoreError> {
    let mut writer = store.writer(run(), false, false);
    for (page, reading) in pages() {
        writer.add(page, reading)?;
    }
    writer.unread("broken.gz", "the gzip data is damaged");
    writer.finish("2026-01-02T03:04:06Z").map(drop)
}

/// The words `words` in `text`; a digit behind `#` says which time they stand there.
pub fn find(text: &str, words: &str) -> Span {
    let (words, nth) = match words.rsplit_once('#') {
        Some((words, nth)) => (words, nth.parse().expect("a number")),
        None => (words, 0),
    };
    let (start, found) =
        text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("{words:?} is not there"));
    Span::new(start, start + found.len())
}

fn all(text: &str, words: &[&str]) -> Vec<Span> {
    words.iter().map(|words| find(text, words)).collect()
}

/// A date from the form in which it is shown.
pub fn when(from: &str, to: &str) -> When {
    When { from: from.parse().expect("a date"), to: to.parse().expect("a date") }
}

fn day(day: &str) -> When {
    When::at(day.parse::<Moment>().expect("a date"))
}

fn person(name: &str, role: Option<&str>, how: How) -> Speaker {
    Speaker {
        name: name.to_owned(),
        kind: SpeakerKind::Person,
        role: role.map(str::to_owned),
        how,
        antecedent: None,
        confidence: 0.9,
    }
}

fn attribution(
    text: &str,
    kind: QuotationKind,
    [source, cue, content]: [&[&str]; 3],
    speakers: Vec<Speaker>,
) -> Attribution {
    Attribution {
        speakers,
        act: Some(Act { class: ActClass::Speech, r#type: Some(ActType::State) }),
        polarity: Some(Polarity::Affirmed),
        ..Attribution::new(kind, all(text, source), all(text, cue), all(text, content), 0.875)
    }
}

/// The blocks of a text that are given by the kind of each line.
fn blocks(text: &str, kinds: &[BlockKind]) -> Vec<Block> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').zip(kinds);
    let blocks: Vec<_> = lines
        .map(|(line, kind)| {
            let span = Span::new(start, start + line.len());
            start = span.end as usize;
            Block { kind: *kind, span, time: None }
        })
        .collect();
    assert_eq!(start, text.len(), "a kind for each line");
    blocks
}

fn reading(
    page: &Page,
    document: Document,
    attributions: Vec<Attribution>,
    notes: Vec<Note>,
) -> (Page, Reading) {
    let meanings = vec![[7; saidline::MEANING_WIDTH]; attributions.len()];
    let model = "accurate-1".into();
    let reading = Reading { page: page.id(), document, attributions, notes, model, meanings };
    (page.clone(), reading)
}

const FERRY: &str = "Home News Sport\nFerry to sail again\nBy Tom Quill\nThe Morvenec ferry will sail at dawn, Ines \
                     Calder said on Friday.\n“We have waited,” she said, “and we are ready.”\nThe union and the port \
                     said the crew had agreed.\n";

const FERRY_LATER: &str = "Home News Sport\nFerry to sail again\nBy Tom Quill\nThe Morvenec ferry will sail at noon, \
                           Ines Calder said on Friday.\n“We have waited,” she said, “and we are ready.”\nThe union \
                           and the port said the crew had agreed to nothing.\n";

/// The same article at two times, the later twice.
fn ferry(text: &str, path: &str, fetched: &str, note: bool) -> (Page, Reading) {
    let page = Page {
        bytes: format!("<p>{text}<!-- {path} -->").into_bytes(),
        kind: Kind::Html,
        path: path.to_owned(),
        fetched: Some(fetched.to_owned()),
        charset: Some("utf-8".to_owned()),
        known: Known {
            address: Some("https://gazette.example/ferry?from=feed".to_owned()),
            ..Known::default()
        },
    };
    use BlockKind::{Boilerplate, Byline, Headline, Paragraph};
    let hour = if text == FERRY { "dawn" } else { "noon" };
    let agreed = if text == FERRY { "the crew had agreed" } else { "the crew had agreed to nothing" };
    let calder = |how| person("Ines Calder", Some("harbour master"), how);
    let sail = format!("The Morvenec ferry will sail at {hour}");
    let mut first = attribution(
        text,
        QuotationKind::Indirect,
        [&["Ines Calder"], &["said#0"], &[&sail]],
        vec![calder(How::Name)],
    );
    first.said = Some(Said::within(day("2024-10-18"), Some(find(text, "on Friday")), SaidBasis::Relative));
    let second = attribution(
        text,
        QuotationKind::Direct,
        [&["she"], &["said#1"], &["“We have waited,”", "“and we are ready.”"]],
        vec![Speaker { antecedent: Some(find(text, "Ines Calder")), ..calder(How::Pronoun) }],
    );
    let union = Speaker { kind: SpeakerKind::Organisation, ..person("Ferry Union", None, How::ShortName) };
    let port =
        Speaker { kind: SpeakerKind::Organisation, ..person("Port of Morvenec", None, How::Description) };
    let third = attribution(
        text,
        QuotationKind::Indirect,
        [&["The union and the port"], &["said#2"], &[agreed]],
        vec![union, port],
    );
    let document = Document {
        blocks: blocks(text, &[Boilerplate, Headline, Byline, Paragraph, Paragraph, Paragraph]),
        text: text.to_owned(),
        from_markup: true,
        title: Some("Ferry to sail again".to_owned()),
        outlet: Some("Harbour Gazette".to_owned()),
        byline: Some("Tom Quill".to_owned()),
        agencies: vec!["Boreal Wire".to_owned(), "AB \"C\"".to_owned()],
        published: Some(Dated {
            when: day("2024-10-19T17:01+02:00"),
            text: Some("2024-10-19T17:01+02:00".to_owned()),
            span: None,
            basis: Basis::Metadata,
        }),
        updated: Some(Dated { when: day("2024-10-19T18:30"), text: None, span: None, basis: Basis::Visible }),
        canonical: Some("https://gazette.example/ferry".to_owned()),
        language: Some("en".to_owned()),
    };
    let notes = note.then(|| Note {
        code: "unclosed-quotation".into(),
        span: Some(find(text, "“and")),
        message: "a quotation mark is never closed".to_owned(),
    });
    reading(&page, document, vec![first, second, third], notes.into_iter().collect())
}

/// Plain text: CRLF, a NUL, letters of several bytes, a report within a report, words passed on.
fn committee() -> (Page, Reading) {
    let text = "State radio reported that Łucja Brandt had told a committee the dam \u{0}was safe.\r\n\r\n=SUM(1) \
                was on the board 🎻, an official said.\r\n";
    let page = Page {
        bytes: text.as_bytes().to_vec(),
        path: "committee.txt".to_owned(),
        known: Known {
            outlet: Some("Vardin Courier".to_owned()),
            published: Some("March 2024".to_owned()),
            ..Known::default()
        },
        ..Page::default()
    };
    let radio = Speaker { kind: SpeakerKind::Organisation, ..person("State radio", None, How::Name) };
    let official = Speaker { kind: SpeakerKind::Unnamed, ..person("an official", None, How::Description) };
    let outer = attribution(
        text,
        QuotationKind::Indirect,
        [&["State radio"], &["reported"], &["that Łucja Brandt had told a committee the dam \u{0}was safe"]],
        vec![radio],
    );
    let inner = Attribution {
        parent: Some(0),
        via: vec![Mention {
            span: find(text, "State radio"),
            name: Some("State radio".to_owned()),
            kind: Some(SpeakerKind::Organisation),
        }],
        ..attribution(
            text,
            QuotationKind::Mixed,
            [&["Łucja Brandt"], &["had told"], &["the dam \u{0}was safe"]],
            vec![person("Łucja Brandt", None, How::Name)],
        )
    };
    let last = Attribution {
        act: Some(Act { class: ActClass::Thought, r#type: Some(ActType::Hope) }),
        ..attribution(
            text,
            QuotationKind::Indirect,
            [&["an official"], &["said"], &["=SUM(1) was on the board 🎻"]],
            vec![official],
        )
    };
    let document = Document {
        blocks: blocks(text, &[BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Paragraph]),
        text: text.to_owned(),
        outlet: Some("Vardin Courier".to_owned()),
        published: Some(Dated {
            when: day("2024-03"),
            text: Some("March 2024".to_owned()),
            span: None,
            basis: Basis::Caller,
        }),
        ..Document::default()
    };
    reading(&page, document, vec![outer, inner, last], Vec::new())
}

/// A live blog: entries with times, a date that is an interval, nobody named.
fn live() -> (Page, Reading) {
    let text =
        "Storm: live\n14:05\nThe bridge is shut, police say.\nno time here\nIt will open by evening.\n";
    let page = Page {
        bytes: format!("<main>{text}</main>").into_bytes(),
        kind: Kind::Html,
        path: "live.html".to_owned(),
        known: Known { address: Some("https://courier.example/storm".to_owned()), ..Known::default() },
        ..Page::default()
    };
    use BlockKind::{Headline, ListItem, LiveEntry, Paragraph};
    let mut blocks = blocks(text, &[Headline, LiveEntry, Paragraph, LiveEntry, ListItem]);
    blocks[1].time = Some(day("2024-02-29T14:05"));
    let police = Speaker { kind: SpeakerKind::Organisation, ..person("police", None, How::Name) };
    let mut shut = attribution(
        text,
        QuotationKind::Indirect,
        [&["police"], &["say"], &["The bridge is shut"]],
        vec![police],
    );
    shut.said = Some(Said::within(when("2024-02", "2024-03"), None, SaidBasis::Event));
    let open =
        attribution(text, QuotationKind::Direct, [&[], &[], &["It will open by evening."]], Vec::new());
    let document = Document {
        blocks,
        text: text.to_owned(),
        from_markup: true,
        title: Some("Storm: live".to_owned()),
        outlet: Some("Vardin Courier".to_owned()),
        published: Some(Dated {
            when: day("2024"),
            text: Some("live".to_owned()),
            span: Some(find(text, "live")),
            basis: Basis::Visible,
        }),
        ..Document::default()
    };
    reading(&page, document, vec![shut, open], Vec::new())
}

/// A page in which nobody says anything, with a note about all of it.
fn silent() -> (Page, Reading) {
    let page = Page { bytes: b"Tides".to_vec(), path: "tides.txt".to_owned(), ..Page::default() };
    let document = Document {
        blocks: blocks("Tides", &[BlockKind::Paragraph]),
        text: "Tides".to_owned(),
        language: Some("de".to_owned()),
        ..Document::default()
    };
    let note =
        Note { code: "not-english".into(), span: None, message: "the page is not in English".to_owned() };
    reading(&page, document, Vec::new(), vec![note])
}

/// All of them.
pub fn pages() -> Vec<(Page, Reading)> {
    vec![
        ferry(FERRY, "ferry-1.html", "2024-10-19T18:00:00Z", true),
        ferry(FERRY_LATER, "ferry-2.html", "2024-10-20T08:00:00Z", false),
        ferry(FERRY_LATER, "ferry-3.html", "2024-10-21T08:00:00Z", false),
        committee(),
        live(),
        silent(),
    ]
}

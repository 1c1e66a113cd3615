use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::{
    ActClass, ActType, Basis, Block, Document, How, Kind, Known, Mention, Moment, Note, Polarity,
    QuotationKind, SaidBasis, SpeakerKind, VenueKind,
};

/// The span of the `nth` place where `words` stand.
fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

/// A reading that has everything a reading can have.
fn full() -> (Page, Reading) {
    let text = "Éva Löw: “Nein”, she said — ‘ja’, an aide said Löw told her.\nLive at 10.05".to_owned();
    let at = |words: &str| span(&text, words);
    let day = When::at(Moment::Year(2024));
    let speaker = Speaker {
        name: "Éva Löw".to_owned(),
        kind: SpeakerKind::Person,
        role: Some("mayor".to_owned()),
        how: How::Pronoun,
        antecedent: Some(at("Éva Löw")),
        confidence: 0.971_234,
    };
    let mention = |words: &str, kind| Mention { span: at(words), name: Some(words.to_owned()), kind };
    let content = vec![at("“Nein”"), at("‘ja’")];
    let attribution = Attribution {
        speakers: vec![speaker],
        addressees: vec![mention("Live", None)],
        venue: Some(Venue { span: at("Live"), name: Some("Live".to_owned()), kind: VenueKind::Broadcast }),
        said: Some(Said::within(day, Some(at("Live")), SaidBasis::Explicit)),
        act: Some(Act { class: ActClass::Finding, r#type: Some(ActType::Find) }),
        polarity: Some(Polarity::ContentDenied),
        parent: Some(0),
        via: vec![mention("an aide", Some(SpeakerKind::Unnamed))],
        ..Attribution::new(QuotationKind::Direct, vec![at("she")], vec![at("said")], content, 0.5)
    };
    let dated = Dated { when: day, text: None, span: Some(at("10.05")), basis: Basis::Visible };
    let live = text.find("Live").expect("it stands there");
    let document = Document {
        blocks: vec![
            Block { kind: BlockKind::Paragraph, span: Span::new(0, live), time: None },
            Block { kind: BlockKind::LiveEntry, span: Span::new(live, text.len()), time: Some(day) },
        ],
        from_markup: true,
        title: Some("A title".to_owned()),
        outlet: Some("The Harbour Gazette".to_owned()),
        byline: Some("Ann Author".to_owned()),
        agencies: vec!["AP".to_owned()],
        published: Some(dated.clone()),
        updated: Some(dated),
        canonical: Some("https://gazette.example/1".to_owned()),
        language: Some("en".to_owned()),
        text: text.clone(),
    };
    let known = Known { address: Some("https://gazette.example/1?a".to_owned()), ..Known::default() };
    let page = Page {
        bytes: b"<p>".to_vec(),
        kind: Kind::Html,
        path: "a.html".to_owned(),
        fetched: Some("2024-10-20".to_owned()),
        charset: None,
        known,
    };
    let notes = vec![Note {
        code: "unclosed-quotation".into(),
        span: Some(at("‘ja’")),
        message: "quotation mark never closed".to_owned(),
    }];
    let reading = Reading {
        page: page.id(),
        document,
        attributions: vec![attribution],
        notes,
        model: "accurate-1".into(),
        meanings: Vec::new(),
    };
    (page, reading)
}

fn lines(page: &Page, reading: &Reading, with_text: bool) -> Vec<Value> {
    let mut out = String::new();
    write(&mut out, page, reading, WireOptions { with_text });
    assert!(out.ends_with('\n'));
    out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn lines_are_those_of_the_design() {
    let (page, reading) = full();
    let mut out = String::new();
    write(&mut out, &page, &reading, WireOptions::default());
    let id = reading.page.to_string();
    let own = &AttributionIds::all(&page, &reading)[0];
    let date = r#"{"from":"2024","to":"2024","text":"10.05","start":69,"end":74,"basis":"visible"}"#;
    let text = serde_json::to_string(&reading.document.text).expect("a string is JSON");
    let expected = [
        format!(
            r#"{{"type":"page","version":1,"id":"{id}","path":"a.html","url":"https://gazette.example/1?a","canonical":"https://gazette.example/1","fetched":"2024-10-20","title":"A title","text":{text},"outlet":"The Harbour Gazette","byline":"Ann Author","agencies":["AP"],"published":{date},"updated":{date},"same":null,"language":"en","blocks":[{{"kind":"paragraph","start":0,"end":61}},{{"kind":"live-entry","start":61,"end":74,"time":{{"from":"2024","to":"2024"}}}}]}}"#
        ),
        format!(
            r#"{{"type":"attribution","version":1,"page":"{id}","path":"a.html","n":0,"id":"{own}","kind":"direct","source":[{{"start":17,"end":20,"text":"she"}}],"cue":[{{"start":21,"end":25,"text":"said"}}],"content":[{{"start":9,"end":15,"text":"“Nein”"}},{{"start":28,"end":32,"text":"‘ja’"}}],"confidence":0.5,"speakers":[{{"name":"Éva Löw","kind":"person","role":"mayor","how":"pronoun","antecedent":{{"start":0,"end":7}},"confidence":0.971}}],"addressees":[{{"start":61,"end":65,"text":"Live","name":"Live","kind":null}}],"venue":{{"start":61,"end":65,"text":"Live","name":"Live","kind":"broadcast"}},"said":{{"from":"2024","to":"2024","text":"Live","start":61,"end":65,"basis":"explicit"}},"act":{{"class":"finding","type":"find"}},"polarity":"content-denied","parent":0,"via":[{{"start":34,"end":41,"text":"an aide","name":"an aide","kind":"unnamed"}}],"model":"accurate-1"}}"#
        ),
        format!(
            r#"{{"type":"note","version":1,"page":"{id}","path":"a.html","code":"unclosed-quotation","start":28,"end":32,"message":"quotation mark never closed"}}"#
        ),
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn text_is_there_for_markup_and_when_asked_for() {
    let (page, mut reading) = full();
    assert!(lines(&page, &reading, false)[0]["text"].is_string());
    reading.document.from_markup = false;
    assert!(lines(&page, &reading, false)[0]["text"].is_null());
    assert!(lines(&page, &reading, true)[0]["text"].is_string());
}

#[test]
fn absent_is_null_or_an_empty_list() {
    let (page, reading) = (Page::default(), full().1);
    let bare = Attribution::new(QuotationKind::Indirect, vec![], vec![], vec![], 1.0);
    let notes = vec![Note { code: "no-date".into(), span: None, message: "no date found".to_owned() }];
    let reading = Reading { document: Document::default(), attributions: vec![bare], notes, ..reading };
    for line in lines(&page, &reading, false) {
        for (name, value) in line.as_object().expect("a line is an object") {
            let given = ["type", "version", "id", "page", "path", "n", "kind", "confidence", "model"];
            let said = given.contains(&name.as_str()) || ["code", "message"].contains(&name.as_str());
            let absent = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            assert!(said != absent, "{name}: {value}");
        }
    }
}

/// Every name of a field, however deep.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

#[test]
fn every_field_stands_in_the_manual() {
    let manual = include_str!("../../../../docs/reference/wire.md");
    let (page, reading) = full();
    for line in lines(&page, &reading, true) {
        let kind = line["type"].as_str().expect("a line has a type").to_owned();
        // The fields of a line stand in the section with its name.
        let heading = format!("## The line `{kind}`\n");
        let section = manual.split_once(&heading).unwrap_or_else(|| panic!("no section {heading:?}")).1;
        let section = section.split("\n## ").next().unwrap_or_default();
        let mut found = BTreeSet::new();
        fields(&line, &mut found);
        for name in found {
            assert!(section.contains(&format!("`{name}`")), "`{name}` of `{kind}` is not in the manual");
        }
    }
}

#[test]
fn ends_of_a_time_that_are_not_known_are_null() {
    let (page, mut reading) = full();
    let said = reading.attributions[0].said.as_mut().expect("it has a time");
    (said.from, said.to) = (None, None);
    let said = &lines(&page, &reading, false)[1]["said"];
    assert!(said["from"].is_null() && said["to"].is_null(), "{said}");
    assert_eq!((&said["text"], &said["basis"]), (&Value::from("Live"), &Value::from("explicit")));
}

#[test]
fn every_name_stands_in_the_manual() {
    let manual = include_str!("../../../../docs/reference/wire.md");
    let names = BlockKind::ALL.map(BlockKind::name).into_iter();
    let names = names.chain(QuotationKind::ALL.map(QuotationKind::name));
    let names = names.chain(SpeakerKind::ALL.map(SpeakerKind::name)).chain(How::ALL.map(How::name));
    let names = names.chain(ActClass::ALL.map(ActClass::name));
    let names = names.chain(Polarity::ALL.map(Polarity::name)).chain(VenueKind::ALL.map(VenueKind::name));
    for name in names.chain(Basis::ALL.map(Basis::name)).chain(SaidBasis::ALL.map(SaidBasis::name)) {
        assert!(manual.contains(&format!("`{name}`")), "`{name}` is not in the manual");
    }
}

#[test]
fn every_name_of_an_act_stands_in_the_list_of_acts() {
    let manual = include_str!("../../../../docs/reference/acts.md");
    let cell = |name: &str| manual.contains(&format!("| `{name}` |"));
    for class in ActClass::ALL {
        let heading = format!("## `{}`\n", class.name());
        let section = manual.split_once(&heading).unwrap_or_else(|| panic!("no section {heading:?}")).1;
        let section = section.split("\n## ").next().unwrap_or_default();
        for of_type in ActType::ALL.into_iter().filter(|of_type| of_type.class() == class) {
            assert!(
                section.contains(&format!("| `{}` |", of_type.name())),
                "{of_type:?} is not under {class:?}"
            );
        }
    }
    for polarity in Polarity::ALL {
        assert!(cell(polarity.name()), "{polarity:?}");
    }
}

#[test]
fn ids_follow_what_they_are_made_of() {
    let (page, reading) = full();
    let id = |page: &Page, reading: &Reading| AttributionIds::all(page, reading).remove(0);
    let first = id(&page, &reading);
    assert_eq!(first.len(), 22);
    let change = |change: fn(&mut Page, &mut Reading)| {
        let (mut page, mut reading) = (page.clone(), reading.clone());
        change(&mut page, &mut reading);
        id(&page, &reading) != first
    };
    assert!(change(|_, reading| reading.document.text.push('.')));
    assert!(change(|_, reading| reading.document.canonical = None));
    assert!(change(|_, reading| reading.document.outlet = None));
    assert!(change(|_, reading| reading.attributions[0].kind = QuotationKind::Mixed));
    assert!(change(|_, reading| reading.attributions[0].source.clear()));
    assert!(change(|_, reading| reading.attributions[0].content.truncate(1)));
    // A second capture: another path, another time, other bytes, other scores.
    assert!(!change(|page, reading| {
        page.path.push('2');
        page.fetched = None;
        page.bytes.clear();
        reading.page = page.id();
        reading.attributions[0].confidence = 0.1;
    }));
}

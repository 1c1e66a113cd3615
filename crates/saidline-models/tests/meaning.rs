//! Rust and the trainer give invented sentences the same vectors (`training/meaning/export.py` writes them), and a vector is
//! what its text alone makes it.

use saidline_models::{MEANING_STEPS, Meaning, Told, Vector};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    text: String,
    float: Vec<f32>,
    int8: Vec<f32>,
}

fn meaning() -> &'static Meaning {
    Meaning::embedded().expect("the build's own weights load")
}

fn vectors(texts: &[&str]) -> Vec<Vector> {
    meaning().vectors(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
}

fn likeness(ours: &Vector, theirs: &[f32]) -> f32 {
    ours.iter().zip(theirs).map(|(a, b)| f32::from(*a) / MEANING_STEPS * b).sum()
}

#[test]
fn vectors_are_the_trainers() {
    let fixtures: Vec<Fixture> =
        serde_json::from_str(include_str!("../../../models/meaning-2/parity.json")).expect("fixtures parse");
    for fixture in &fixtures {
        let ours = &vectors(&[&fixture.text])[0];
        // The same int8 graph in another runtime, and the float network that it was made of.
        let (int8, float) = (likeness(ours, &fixture.int8), likeness(ours, &fixture.float));
        assert!((0.99..1.01).contains(&int8), "{:?}: {int8}", fixture.text);
        assert!(float > 0.95, "{:?}: quantising turned it to {float}", fixture.text);
        assert!(ours.iter().all(|number| number.abs() < 127), "{:?}: a number is cut", fixture.text);
    }
}

#[test]
fn a_vector_depends_on_its_text_alone() {
    let texts = ["The harbour stays open.", "no", "The harbour stays open.", "", &"long ".repeat(4_000)];
    let together = vectors(&texts);
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(vectors(&[text])[0], *vector, "{text:?}");
    }
    assert_eq!(together[4], vectors(&[&"long ".repeat(126)])[0], "what lies behind is not looked at");
}

#[test]
fn what_means_the_same_lies_near() {
    let [asked, right, wrong] = vectors(&[
        "will the harbour close at night?",
        "Orla Tennant: the port is going to stay open around the clock",
        "Orla Tennant: the school needs two more teachers",
    ])[..] else {
        panic!("three vectors")
    };
    let near = |other: &Vector| likeness(&asked, &other.map(f32::from));
    assert!(near(&right) > near(&wrong) * 1.5, "{} and {}", near(&right), near(&wrong));
}

#[test]
fn what_answers_a_question_is_closer_and_what_stands_around_counts() {
    let told = |report: &str, title: &str, before: &str| Told {
        report: report.to_owned(),
        title: title.to_owned(),
        before: before.to_owned(),
    };
    let long = "word ".repeat(2_000);
    let reports = [
        told("Orla Tennant: the port is going to stay open around the clock", "", ""),
        told("Orla Tennant: the school needs two more teachers", "", ""),
        told("Orla Tennant: it is going to stay open around the clock", "", ""),
        told(
            "Orla Tennant: it is going to stay open around the clock",
            "The harbour at night",
            "Ships ask for longer hours.",
        ),
        told("", "", ""),
        told(&long, &long, &long),
    ];
    let question = "will the harbour close at night?";
    let close = meaning().closeness(question, &reports, 1);
    assert!(close.iter().all(|close| (-1.0..=1.001).contains(close)), "{close:?}");
    assert!(close[0] > close[1] + 0.05, "{close:?}");
    assert!(close[3] > close[2], "{close:?}");
    // Each is read by itself: neither the others nor the threads change it.
    assert_eq!(meaning().closeness(question, &reports, 4), close);
    assert_eq!(meaning().closeness(question, &reports[3..4], 2), close[3..4]);
    let same = told(question, "", "");
    assert!(meaning().closeness(question, &[same], 1)[0] > close[0]);
    assert!(meaning().closeness(question, &[], 2).is_empty());
}

//! Reports of one utterance are one statement, whatever the order in which they came, and a person has the last word. All names
//! are invented.

mod common;
mod record;

use common::Story;
use record::{Record, WHO};
use saidline::{Act, ActClass, Polarity};

/// A page on which somebody says something.
fn page(path: &str, outlet: &str, day: &str, says: &[(&str, &str)]) -> Story {
    let text: String = says.iter().map(|(name, content)| format!("{content} {name} said.\n")).collect();
    let story = Story::new(path, &text).outlet(outlet).published(day);
    says.iter().fold(story, |story, (name, content)| {
        story.says(name, name, content).but(|attribution| {
            attribution.act = Some(Act { class: ActClass::Speech, r#type: None });
            attribution.polarity = Some(Polarity::Affirmed);
        })
    })
}

const PIER: &str = "“The harbour council will close the northern pier by Thursday,”";
const CUT: &str = "“The harbour council will close the northern pier”";
const ALTERED: &str = "“The harbour council must close the northern pier by Thursday,”";
const NETS: &str = "“Nobody asked the fishermen of Sundvik about their nets,”";

fn three() -> [Story; 3] {
    [
        page("a.txt", "Gazette", "2024-10-19", &[("Ina Lund", PIER), ("Olaf Berg", NETS)]),
        page("b.txt", "Courier", "2024-10-20", &[("Ina Lund", CUT)]),
        page("c.txt", "Herald", "2024-10-21", &[("Ina Lund", ALTERED)]),
    ]
}

/// The statements: of each the contents of its reports, sorted.
fn statements(record: &Record) -> Vec<String> {
    record.strings(
        "SELECT group_concat(content, ' | ') FROM (SELECT r.statement, q.content FROM report AS r \
         JOIN quote AS q ON q.rowid = r.attribution ORDER BY q.content) GROUP BY statement ORDER BY 1",
    )
}

/// All that is told of statements, without the numbers of rows.
fn told(record: &Record) -> Vec<String> {
    record.strings(
        "SELECT s.id || ' ' || a.id || ' ' || r.status || ' ' || coalesce(r.wording, '-') || ' ' || \
         coalesce((SELECT id FROM attribution WHERE nr = r.against), '-') || ' ' || coalesce(s.date, '-') || ' ' || \
         s.reports || ' ' || s.outlets || ' ' || s.independent || ' ' || s.cut || ' ' || s.altered \
         FROM report AS r JOIN attribution AS a ON a.nr = r.attribution JOIN statement AS s ON s.nr = r.statement \
         ORDER BY s.id, a.id",
    )
}

#[test]
fn reports_of_one_utterance_are_one_statement() {
    let mut record = Record::with(three());
    assert_eq!(statements(&record), [NETS.to_owned(), format!("{ALTERED} | {PIER} | {CUT}")]);
    assert_eq!(
        record.strings(
            "SELECT wording || ' ' || status FROM report WHERE wording IS NOT NULL ORDER BY wording"
        ),
        ["altered own", "cut own"]
    );
    assert_eq!(
        record.strings(
            "SELECT reports || ' ' || outlets || ' ' || cut || ' ' || altered FROM statement ORDER BY reports"
        ),
        ["1 1 0 0", "3 3 1 1"]
    );
    // Adding them again changes nothing.
    let before = told(&record);
    record.add(three());
    assert_eq!(told(&record), before);
    record.is_sound();
}

/// The words of a gallery are nobody's: they are in no statement, and nothing is wrong with that.
#[test]
fn what_is_no_speech_is_in_no_statement_and_the_record_is_sound() {
    let text = "Ships at the pier Hide Caption The pier is closed to all ships, the sign said.\n";
    let story = Story::new("d.txt", text).outlet("Star").published("2024-10-21");
    let story = story.says("the sign", "the sign", "The pier is closed to all ships").but(|attribution| {
        attribution.act = Some(Act { class: ActClass::Speech, r#type: None });
    });
    let mut record = Record::with(three().into_iter().chain([story]));
    assert_eq!(
        record.strings("SELECT content FROM quote WHERE rowid NOT IN (SELECT attribution FROM report)").len(),
        1
    );
    record.is_sound();
}

#[test]
fn a_page_that_is_forgotten_takes_its_reports_along() {
    let mut record = Record::with(three());
    let whole = record.strings("SELECT id FROM statement WHERE reports = 3").remove(0);
    let what = record.store().pages_to_forget(&["a.txt".to_owned()]).expect("it is there");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert_eq!(statements(&record), [format!("{ALTERED} | {CUT}")]);
    let left = record.strings("SELECT id FROM statement").remove(0);
    let leads = record.strings("SELECT new FROM forward WHERE old LIKE 's-%' AND new IS NOT NULL");
    assert!(left == whole || leads == [left], "{leads:?}");
    record.is_sound();
    // As if it had never been there.
    let never = Record::with(three().into_iter().skip(1));
    assert_eq!(told(&record), told(&never));
}

#[test]
fn what_a_person_rejects_or_corrects_is_grouped_anew() {
    let mut record = Record::with(three());
    let before = told(&record);
    let id = record.attribution(CUT);
    record.store().reject(&[id], WHO).expect("it can be rejected");
    assert_eq!(statements(&record), [NETS.to_owned(), format!("{ALTERED} | {PIER}")]);
    record.undo(None);
    assert_eq!(told(&record), before);
    record.is_sound();
}

#[test]
fn statements_of_two_voices_are_merged_only_by_force() {
    let mut record = Record::with(three());
    record.add([page("d.txt", "Star", "2024-10-21", &[("Otto Berg", "“The quay is dry.”")])]);
    let (nets, quay) = (record.attribution(NETS), record.attribution("“The quay is dry.”"));
    let refused =
        record.store().merge_statements(&nets, &quay, false, WHO).expect_err("they are two people's");
    assert!(
        refused.to_string().contains("Otto Berg") && refused.to_string().contains("Olaf Berg"),
        "{refused}"
    );
    let before = statements(&record).len();
    record.store().merge_statements(&nets, &quay, true, WHO).expect("it is forced");
    assert_eq!(statements(&record).len(), before - 1);
    record.is_sound();
}

#[test]
fn a_statement_that_was_merged_is_known_by_the_beginning_of_its_former_id() {
    let mut record = Record::with(three());
    let (nets, pier) = (record.attribution(NETS), record.attribution(PIER));
    let ids = |record: &Record| record.strings("SELECT id FROM statement ORDER BY id");
    let former = ids(&record);
    record.store().merge_statements(&nets, &pier, true, WHO).expect("it is forced");
    let now = ids(&record).remove(0);
    let gone = former.iter().find(|id| **id != now).expect("one of the two is merged away");
    let refused = record.store().merge_statements(&gone[..10], &now, true, WHO).expect_err("they are one");
    assert!(refused.to_string().contains("one statement already"), "{refused}");
}

#[test]
fn a_split_and_a_merge_stand_until_they_are_undone() {
    let mut record = Record::with(three());
    let before = told(&record);
    let id = record.attribution(ALTERED);
    let decided = record.store().split_statement(&id, WHO).expect("it can be split");
    assert_eq!(decided.statements.len(), 2);
    assert_eq!(statements(&record), [NETS.to_owned(), ALTERED.to_owned(), format!("{PIER} | {CUT}")]);
    // A new page changes nothing of it.
    record.add([page("d.txt", "Star", "2024-10-21", &[("Ina Lund", PIER)])]);
    assert_eq!(
        statements(&record),
        [NETS.to_owned(), ALTERED.to_owned(), format!("{PIER} | {PIER} | {CUT}")]
    );
    let what = record.store().pages_to_forget(&["d.txt".to_owned()]).expect("it is there");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    record.undo(None);
    assert_eq!(told(&record), before);

    let nets = record.attribution(NETS);
    let pier = record.attribution(PIER);
    record.store().merge_statements(&nets, &pier, true, WHO).expect("it can be merged");
    assert_eq!(statements(&record).len(), 1);
    record.is_sound();
    assert!(record.store().merge_statements(&nets, &pier, true, WHO).is_err());
    record.undo(None);
    assert_eq!(told(&record), before);
    record.is_sound();
}

#[test]
fn names_that_are_found_to_be_one_voice_bring_statements_together() {
    let mut record = Record::with([
        page("a.txt", "Gazette", "2024-10-19", &[("Sergei Maltov", PIER)]),
        page("b.txt", "Courier", "2024-10-20", &[("Ivan Gorlin", PIER)]),
    ]);
    assert_eq!(statements(&record).len(), 2);
    record.store().merge_voices("Sergei Maltov", "Ivan Gorlin", true, WHO).expect("they can be merged");
    assert_eq!(statements(&record).len(), 1);
    record.is_sound();
}

/// Tells a day on which an attribution was said.
fn day(day: &str) -> impl Fn(&mut saidline::Attribution) + use<> {
    let said = saidline::Said {
        from: day.parse().ok(),
        to: day.parse().ok(),
        span: None,
        basis: saidline::SaidBasis::Explicit,
    };
    move |attribution| attribution.said = Some(said.clone())
}

#[test]
fn the_same_words_on_another_day_are_repeated() {
    let mut record = Record::with([
        page("a.txt", "Gazette", "2024-10-19", &[("Ina Lund", PIER)]).but(day("2024-10-18")),
        page("b.txt", "Courier", "2024-11-20", &[("Ina Lund", PIER)]).but(day("2024-11-18")),
    ]);
    assert_eq!(statements(&record).len(), 2);
    assert_eq!(record.strings("SELECT count(*) FROM report_repeat"), ["1"]);
    record.is_sound();
}

/// A report that goes over to a nearer one: the statement that it leaves counts one less, whichever of the two is written first.
#[test]
fn a_statement_that_loses_a_report_to_another_is_told_anew() {
    // Ids, and with them the order in which statements are written, hang on the outlets.
    let outlets = ["Herald", "Bulletin", "Mirror", "Beacon"];
    let orders = (0..64).map(|n| [outlets[n % 4], outlets[n / 4 % 4], outlets[n / 16]]);
    for [first, nearer, nearest] in orders.filter(|[a, b, c]| a != b && b != c && c != a) {
        let mut record = Record::with([
            page("a.txt", first, "2024-10-19", &[("Ina Lund", ALTERED)]).but(day("2024-10-18")),
            page("b.txt", nearer, "2024-10-25", &[("Ina Lund", PIER)]),
        ]);
        assert_eq!(statements(&record).len(), 1);
        record.add([page("c.txt", nearest, "2024-10-25", &[("Ina Lund", PIER)]).but(day("2024-10-23"))]);
        assert_eq!(statements(&record), [ALTERED.to_owned(), format!("{PIER} | {PIER}")]);
        record.is_sound();
    }
}

/// A stream of numbers that is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

const WORDS: [&str; 40] = [
    "harbour",
    "council",
    "pier",
    "ferry",
    "Thursday",
    "budget",
    "fishermen",
    "nets",
    "engine",
    "leak",
    "crane",
    "mayor",
    "bridge",
    "winter",
    "storm",
    "insurance",
    "tunnel",
    "railway",
    "licence",
    "court",
    "verdict",
    "school",
    "teachers",
    "strike",
    "wages",
    "treaty",
    "border",
    "visa",
    "embassy",
    "sanctions",
    "grain",
    "drought",
    "dam",
    "power",
    "station",
    "turbine",
    "coal",
    "forest",
    "wolves",
    "sheep",
];

/// Pages on which a few people say much the same things, whole, cut or with a word changed.
fn many() -> Vec<Story> {
    let mut chance = Chance(11);
    let sentences: Vec<Vec<&str>> =
        (0..30).map(|_| (0..10).map(|_| WORDS[chance.below(WORDS.len())]).collect()).collect();
    let names = ["Ina Lund", "Olaf Berg", "Lund", "Petra Sundvik", "Ivo Kallas"];
    (0..150)
        .map(|n| {
            let says: Vec<(String, String)> = (0..1 + chance.below(4))
                .map(|_| {
                    let mut words = sentences[chance.below(sentences.len())].clone();
                    match chance.below(4) {
                        0 => words.truncate(6),
                        1 => {
                            words.remove(4);
                        }
                        2 => words[3] = WORDS[chance.below(WORDS.len())],
                        _ => {}
                    }
                    let (before, after) = if chance.below(3) == 0 { ("that ", "") } else { ("“", ",”") };
                    (
                        names[chance.below(names.len())].to_owned(),
                        format!("{before}{n} {}{after}", words.join(" the ")),
                    )
                })
                .collect();
            let says: Vec<_> = says.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
            let outlet = ["Gazette", "Courier", "Herald", "Star"][chance.below(4)];
            page(&format!("{n}.txt"), outlet, &format!("2024-10-{:02}", 1 + chance.below(28)), &says)
        })
        .collect()
}

#[test]
fn any_order_and_batches_give_the_same_statements() {
    let mut expected: Option<Vec<String>> = None;
    for (turn, batch) in [150, 1, 7, 64, 33].into_iter().enumerate() {
        let mut pages = many();
        Chance(turn as u64).shuffle(&mut pages);
        let mut record = Record::with([]);
        for some in pages.chunks(batch) {
            record.add(some.to_vec());
        }
        let found = told(&record);
        assert!(
            record.strings("SELECT max(reports) FROM statement")[0].parse::<usize>().expect("a number") > 2
        );
        assert!(*expected.get_or_insert_with(|| found.clone()) == found, "order {turn}, by {batch}");
        record.is_sound();
    }
}

//! A family name alone is told by what all pages tell, and by nothing of the order in which they came. All names are invented.

mod common;
mod record;

use common::Story;
use record::{Record, WHO};
use saidline_store::VoicesQuery;

/// A page of an outlet on which each of these says something in a role.
fn page(path: &str, outlet: &str, says: &[(&str, &str)]) -> Story {
    let text: String = says
        .iter()
        .enumerate()
        .map(|(n, (name, _))| format!("“Quay {n} of {path} stays open,” {name} said.\n"))
        .collect();
    let story = Story::new(path, &text).outlet(outlet).published("2024-10-19");
    says.iter().enumerate().fold(story, |story, (n, (name, role))| {
        let role = Some((*role).to_owned()).filter(|role| !role.is_empty());
        story
            .says(name, name, &format!("“Quay {n} of {path} stays open,”"))
            .but(|attribution| attribution.speakers[0].role = role)
    })
}

/// The names of each voice, sorted.
fn voices(record: &mut Record) -> Vec<Vec<String>> {
    let query = VoicesQuery { limit: 100_000, ..VoicesQuery::default() };
    let found = record.store().voices(&query).expect("it can be read");
    let mut voices: Vec<_> =
        found.rows.into_iter().map(|voice| [vec![voice.name], voice.aliases].concat()).collect();
    voices.sort();
    voices
}

fn voice_of(record: &mut Record, name: &str) -> Vec<String> {
    voices(record).into_iter().find(|voice| voice.iter().any(|has| has == name)).unwrap_or_default()
}

#[test]
fn a_family_name_is_that_of_the_only_one_who_has_it_there() {
    let mut record = Record::with([page("a.txt", "Gazette", &[("Talvorin", "")])]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Talvorin"]);
    record.add([page("b.txt", "Gazette", &[("Andrei Talvorin", "")])]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Andrei Talvorin", "Talvorin"]);
    record.is_sound();
    // Another one has it now.
    record.add([page("c.txt", "Courier", &[("Petra Talvorin", "")])]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Talvorin"]);
    record.is_sound();
    let what = record.store().pages_to_forget(&["c.txt".to_owned()]).expect("it is there");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Andrei Talvorin", "Talvorin"]);
    record.is_sound();
    // In another outlet it may be anybody.
    record.add([page("d.txt", "Herald", &[("Talvorin", "")])]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Talvorin"]);
    record.is_sound();
}

#[test]
fn roles_tell_whose_a_family_name_is() {
    let mut record = Record::with([
        page("a.txt", "Gazette", &[("Talvorin", "harbour minister")]),
        page("b.txt", "Gazette", &[("Petra Talvorin", "surgeon")]),
    ]);
    record.add([page("c.txt", "Gazette", &[("Andrei Talvorin", "the harbour minister")])]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Andrei Talvorin", "Talvorin"]);
    record.is_sound();
    // When both have the role, nobody knows.
    record.add([page("d.txt", "Gazette", &[("Petra Talvorin", "minister")])]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Talvorin"]);
    record.is_sound();
}

#[test]
fn what_comes_late_is_counted() {
    let mut record = Record::with([
        page("a.txt", "Gazette", &[("Talvorin", ""), ("Ada Finch", "")]),
        page("b.txt", "Courier", &[("Andrei Talvorin", "")]),
    ]);
    let mut writer = record.store().writer(record::run("add", "invented-1"), false, false);
    let (page, reading) = page("c.txt", "Gazette", &[("Andrei Talvorin", ""), ("Jon Vass", "")]).build();
    writer.add(page, reading).expect("it can be added");
    writer.flush().expect("it can be written");
    assert_eq!(writer.relinked(), 1);
    writer.finish(WHO.at).expect("it can be written");
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Andrei Talvorin", "Talvorin"]);
}

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    fn of<'a>(&mut self, these: &[&'a str]) -> &'a str {
        these[self.below(these.len())]
    }

    fn shuffle<T>(&mut self, these: &mut [T]) {
        for n in (1..these.len()).rev() {
            these.swap(n, self.below(n + 1));
        }
    }
}

const GIVEN: [&str; 16] = [
    "Sergei", "Serguei", "William", "Bill", "Jane", "J.", "Mara", "Mara B.", "Mara Q.", "Andrei", "Andrey",
    "Peter", "Jörg", "Joerg", "Ada", "W.",
];
const FAMILY: [&str; 40] = [
    "Vetrov",
    "Vetroff",
    "Lund",
    "Holm",
    "Finch",
    "Oster",
    "Löwe",
    "Loewe",
    "Talvorin",
    "Calder",
    "Caldes",
    "Roth-Holm",
    "Odell",
    "Vass",
    "Quill",
    "Brandt",
    "Halberd",
    "Sundby",
    "Morven",
    "Kestrel",
    "Ostrava",
    "Pellard",
    "Dunmere",
    "Aldane",
    "Varnik",
    "Tressel",
    "Hobarth",
    "Ilvesk",
    "Norquay",
    "Selvane",
    "Thorby",
    "Wexley",
    "Yarrick",
    "Zandor",
    "Belmar",
    "Corvane",
    "Delmore",
    "Estrand",
    "Farrow",
    "Gantry",
];
const ROLES: [&str; 8] =
    ["", "", "", "harbour minister", "the Harbour minister", "mayor of Morvenec", "surgeon", "union leader"];
const OUTLETS: [&str; 6] = ["Gazette", "Courier", "Herald", "Star", "Observer", "Post"];

/// Five hundred short pages. Family names alone come often, in the pages of some outlets before anybody has them in full.
fn many() -> Vec<Story> {
    let mut chance = Chance(7);
    let speaker = |chance: &mut Chance| {
        let family = chance.of(&FAMILY);
        let name = match chance.below(10) {
            0..3 => family.to_owned(),
            3 => format!("{} {family} Jr.", chance.of(&GIVEN)),
            _ => format!("{} {family}", chance.of(&GIVEN)),
        };
        (name, chance.of(&ROLES))
    };
    (0..500)
        .map(|n| {
            let says: Vec<_> = (0..1 + chance.below(3)).map(|_| speaker(&mut chance)).collect();
            let says: Vec<_> = says.iter().map(|(name, role)| (name.as_str(), *role)).collect();
            page(&format!("{n}.txt"), chance.of(&OUTLETS), &says)
        })
        .collect()
}

#[test]
fn five_hundred_pages_give_the_same_voices_in_any_order_and_batches() {
    let mut expected: Option<(Vec<Vec<String>>, String, Vec<String>)> = None;
    for (turn, batch) in [500, 1, 7, 64, 33].into_iter().enumerate() {
        let mut pages = many();
        Chance(turn as u64).shuffle(&mut pages);
        let mut record = Record::with([]);
        for some in pages.chunks(batch) {
            record.add(some.to_vec());
        }
        let ids = record.strings("SELECT id || ' ' || name FROM voice ORDER BY id");
        let found = (voices(&mut record), record.export(), ids);
        assert!(found.0.iter().any(|voice| voice.len() > 1 && voice.iter().any(|name| !name.contains(' '))));
        assert!(*expected.get_or_insert_with(|| found.clone()) == found, "order {turn}, by {batch}");
        record.is_sound();
    }
}

/// The pairs with a family name alone that are stored, as the record lists them for a person to look at.
fn doubtful(record: &mut Record) -> Vec<String> {
    let mut pairs: Vec<_> = record
        .strings(
            "SELECT min(a.name, b.name) || ' | ' || max(a.name, b.name) || ' | ' || j.chance || ' ' || j.doubt FROM voice_join AS j \
             JOIN voice AS a ON a.nr = j.a JOIN voice AS b ON b.nr = j.b WHERE j.reason = 'short-name'",
        );
    pairs.sort();
    pairs
}

const BEARERS: [&str; 6] =
    ["Ada Talvorin", "Jon Talvorin", "Mara Talvorin", "Petra Talvorin", "Sven Talvorin", "Uwe Talvorin"];

#[test]
fn a_family_name_that_many_have_is_held_against_those_for_whom_more_speaks() {
    let talvorin = || page("z.txt", "Gazette", &[("Talvorin", "harbour minister")]);
    let of = |name: &str, role: &str| page(&format!("{name}.txt"), "Gazette", &[(name, role)]);
    let mut record = Record::with([talvorin()]);
    for (n, name) in BEARERS.iter().enumerate() {
        record.add([of(name, "")]);
        // While they are few, a person can look at each.
        assert_eq!(doubtful(&mut record).len(), if n < 4 { n + 1 } else { 0 }, "{name}");
        record.is_sound();
    }
    // What tells whose it is comes late, of somebody who is no pair.
    record.add([page("y.txt", "Courier", &[("Sven Talvorin", "minister")])]);
    assert_eq!(doubtful(&mut record), ["Sven Talvorin | Talvorin | 0.9 0"]);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Sven Talvorin", "Talvorin"]);
    record.is_sound();
    // And goes again; and so do those who made them many, by one of whom nothing is stored beside the name.
    let forget = |record: &mut Record, path: &str| {
        let what = record.store().pages_to_forget(&[path.to_owned()]).expect("it is there");
        record.store().forget(&what, WHO).expect("it can be forgotten");
        record.is_sound();
    };
    forget(&mut record, "y.txt");
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Talvorin"]);
    assert!(doubtful(&mut record).is_empty());
    for (n, name) in BEARERS.iter().enumerate().rev() {
        forget(&mut record, &format!("{name}.txt"));
        assert_eq!(doubtful(&mut record).len(), if n <= 4 { n } else { 0 }, "without {name}");
    }
    // Whoever stays is the only one again.
    record.add_with([of(BEARERS[0], "")], true);
    assert_eq!(voice_of(&mut record, "Talvorin"), ["Ada Talvorin", "Talvorin"]);
    // A role by which one of them cannot be meant leaves few, too.
    record.add_with(BEARERS[1..5].iter().map(|name| of(name, "")), true);
    assert!(doubtful(&mut record).is_empty());
    record.add([
        page("w.txt", "Courier", &[("Talvorin", "minister of France")]),
        page("x.txt", "Courier", &[("Jon Talvorin", "minister of Denmark")]),
    ]);
    assert_eq!(doubtful(&mut record).len(), 5);
    record.is_sound();
    forget(&mut record, "x.txt");
    assert!(doubtful(&mut record).is_empty());
}

/// The five orders and batches above end with all pages; here some go and come again all the time, and few family names have many.
#[test]
fn pages_that_come_and_go_leave_what_the_others_make() {
    for seed in 0..4 {
        let mut chance = Chance(seed);
        let families = &FAMILY[3 * seed as usize..][..3];
        let mut pages: Vec<Story> = (0..90)
            .map(|n| {
                let family = chance.of(families);
                let name = match chance.below(10) {
                    0..3 => family.to_owned(),
                    3 => format!("{} {family} Jr.", chance.of(&GIVEN)),
                    _ => format!("{} {family}", chance.of(&GIVEN)),
                };
                let roles =
                    [&ROLES[..], &["minister of France", "minister of Denmark", "mayor of Paris"]].concat();
                page(&format!("{n}.txt"), chance.of(&OUTLETS[..3]), &[(&name, chance.of(&roles))])
            })
            .collect();
        let mut record = Record::with([]);
        let mut there: Vec<Story> = Vec::new();
        for turn in 0..12 {
            let coming = pages.split_off(pages.len().saturating_sub(1 + chance.below(12)));
            record.add_with(coming.clone(), true);
            there.extend(coming);
            chance.shuffle(&mut there);
            let going = there.split_off(there.len() - chance.below(1 + there.len() / 3));
            let paths: Vec<String> = going.iter().map(|page| page.clone().build().0.path).collect();
            if !paths.is_empty() {
                let what = record.store().pages_to_forget(&paths).expect("they are there");
                record.store().forget(&what, WHO).expect("they can be forgotten");
            }
            pages.extend(going);
            chance.shuffle(&mut pages);
            record.is_sound();
            let mut alone = Record::with(there.clone());
            assert_eq!(doubtful(&mut record), doubtful(&mut alone), "{families:?}, turn {turn}");
            assert_eq!(voices(&mut record), voices(&mut alone), "{families:?}, turn {turn}");
        }
    }
}

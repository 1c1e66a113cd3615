//! Further names and tables of people: they hold whatever comes first, join nobody whom two people's name would join, and can be
//! taken back. All people are invented.

mod common;
mod record;

use common::Story;
use record::{Record, WHO};
use saidline::SpeakerKind;
use saidline_store::{AuthorityRow, Doubtful, Imported, StoreError, Thing, VoiceView, VoicesQuery};

/// A page on which each of these says something in a role.
fn page(path: &str, published: &str, says: &[(&str, Option<&str>)]) -> Story {
    let text: String = says
        .iter()
        .enumerate()
        .map(|(n, (name, _))| format!("“Quay {n} of {path} stays open,” {name} said.\n"))
        .collect();
    let story = Story::new(path, &text).outlet("The Gazette").published(published);
    says.iter().enumerate().fold(story, |story, (n, (name, role))| {
        story
            .says(name, name, &format!("“Quay {n} of {path} stays open,”"))
            .but(|attribution| attribution.speakers[0].role = role.map(str::to_owned))
    })
}

fn row(identifier: &str, name: &str, aliases: &[&str], role: Option<(&str, &str, &str)>) -> AuthorityRow {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    AuthorityRow {
        identifier: some(identifier),
        name: name.to_owned(),
        kind: SpeakerKind::Person,
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        role: role.map(|(role, ..)| role.to_owned()),
        from: role.and_then(|(_, from, _)| some(from)),
        to: role.and_then(|(.., to)| some(to)),
    }
}

fn import(record: &mut Record, rows: &[AuthorityRow]) -> Imported {
    record.store().import_voices("people.csv", rows, false, WHO).expect("it can be imported")
}

fn shown(record: &mut Record, what: &str) -> VoiceView {
    match record.store().show(what, false).expect("it is there").thing {
        Thing::Voice(view) => *view,
        other => panic!("`{what}` is {other:?}"),
    }
}

fn names(record: &mut Record, what: &str) -> Vec<String> {
    let view = shown(record, what);
    [view.name].into_iter().chain(view.aliases.into_iter().map(|alias| alias.name)).collect()
}

fn pages() -> Vec<Story> {
    vec![
        page("a.txt", "2024-10-19", &[("Ines Calder", Some("harbour master")), ("Ada Finch", None)]),
        page("b.txt", "2024-11-02", &[("Inés Calder-Roth", None), ("The Lantern", None)]),
    ]
}

fn people() -> Vec<AuthorityRow> {
    vec![
        row(
            "Q1",
            "Ines Calder",
            &["Ines Calder-Roth", "The lantern"],
            Some(("mayor of Morvenec", "2019", "2023")),
        ),
        row("Q1", "Ines Calder", &[], Some(("harbour master", "2024", ""))),
        row("Q2", "Ada Finch", &["Addie F."], None),
    ]
}

#[test]
fn an_import_before_or_after_the_pages_gives_the_same_record() {
    let mut after = Record::with(pages());
    let done = import(&mut after, &people());
    assert_eq!((done.rows, done.known, done.people, done.voices), (3, 0, 2, 2), "{done:?}");
    let mut before = Record::with([]);
    import(&mut before, &people());
    let [first, second] = <[Story; 2]>::try_from(pages()).expect("there are two");
    before.add([second]);
    before.add([first]);
    assert_eq!(after.export(), before.export());
    for record in [&mut after, &mut before] {
        assert_eq!(names(record, "the lantern"), ["Ines Calder", "Inés Calder-Roth", "The Lantern"]);
        let view = shown(record, "Ines Calder");
        assert_eq!(view.identifiers, ["Q1"]);
        assert_eq!(view.held.len(), 2);
        assert_eq!(names(record, "Addie F."), ["Ada Finch", "Addie F."]);
        assert!(record.export().contains("\"identifiers\":[\"Q1\"]"));
        record.is_sound();
    }
}

#[test]
fn the_same_table_twice_changes_nothing_and_undo_takes_it_back() {
    let mut record = Record::with(pages());
    let before = record.export();
    let nr = import(&mut record, &people()).decision.expect("it is a decision").nr;
    let after = record.export();
    let again = import(&mut record, &people());
    assert_eq!((again.decision, again.rows, again.known), (None, 0, 3));
    assert_eq!(record.export(), after);
    let undone = record.store().undo_voices(nr, WHO).expect("it can be undone");
    assert_eq!(undone.undone_in_words(), "what 3 rows of `people.csv` say holds no more");
    assert_eq!(record.export(), before);
    record.is_sound();
    assert_eq!(import(&mut record, &people()).rows, 3);
    assert_eq!(record.export(), after);
    record.refresh(pages());
    assert_eq!(record.export(), after);
    record.is_sound();
}

#[test]
fn a_voice_is_found_by_its_imported_identifier() {
    let mut record = Record::with(pages());
    let nr = import(&mut record, &people()).decision.expect("it is a decision").nr;
    let view = shown(&mut record, "Ines Calder");
    assert_eq!(shown(&mut record, "Q1").id, view.id);
    assert_eq!(names(&mut record, "Q1"), names(&mut record, "Ines Calder"));
    assert_eq!(names(&mut record, "Q2"), names(&mut record, "Ada Finch"));
    let query = VoicesQuery { name: Some("Q1".to_owned()), limit: 10, ..VoicesQuery::default() };
    let listed = record.store().voices(&query).expect("they can be listed").rows;
    assert_eq!(listed.iter().map(|voice| &voice.id).collect::<Vec<_>>(), [&view.id]);
    // Only exactly, and only while the table holds.
    let found = |record: &mut Record, what: &str| record.store().show(what, false).is_ok();
    assert!(!found(&mut record, "Q") && !found(&mut record, "Q3"));
    record.store().undo_voices(nr, WHO).expect("it can be undone");
    assert!(!found(&mut record, "Q1"));
    record.is_sound();
}

#[test]
fn a_dry_run_writes_nothing() {
    let mut record = Record::with(pages());
    let before = record.export();
    let done = record.store().import_voices("people.csv", &people(), true, WHO).expect("it can be asked");
    assert_eq!((done.rows, done.voices), (3, 2));
    assert_eq!(record.export(), before);
    assert!(record.strings("SELECT nr FROM authority").is_empty());
}

#[test]
fn two_people_of_one_name_are_kept_apart_unless_roles_tell() {
    let people = [
        row("Q1", "Mara Holm", &["Mara B. Holm"], Some(("mayor of Morvenec", "2019", "2023"))),
        row("Q2", "Mara Holm", &["Mara Q. Holm"], Some(("goalkeeper", "2019", ""))),
    ];
    let stories = [page("a.txt", "2024-10-19", &[("Mara Holm", None), ("Mara Q. Holm", None)])];
    let mut record = Record::with(stories);
    let done = import(&mut record, &people);
    assert_eq!(done.unsettled, ["Mara Holm"]);
    assert!(shown(&mut record, "Mara Holm").identifiers.is_empty());
    assert_eq!(shown(&mut record, "Mara Q. Holm").identifiers, ["Q2"]);
    let (_, doubts) = record.store().doubtful_voices(10).expect("it can be read");
    let named = doubts.iter().any(|doubt| {
        matches!(doubt, Doubtful::Name(name) if name.name.0.name == "Mara Holm" && name.between == ["Q1", "Q2"])
    });
    assert!(named, "{doubts:?}");
    // The mayor was mayor until 2023.
    record.add([page("b.txt", "2024-01-01", &[("Mara Holm", Some("Morvenec mayor"))])]);
    assert!(shown(&mut record, "Mara Holm").identifiers.is_empty());
    record.add([page("c.txt", "2021-01-01", &[("Mara Holm", Some("the mayor of Morvenec"))])]);
    assert_eq!(shown(&mut record, "Mara Holm").identifiers, ["Q1"]);
    record.is_sound();
    // Now pages use it for both.
    record.add([page("d.txt", "2021-01-02", &[("Mara Holm", Some("goalkeeper"))])]);
    assert!(shown(&mut record, "Mara Holm").identifiers.is_empty());
    let what = record.store().pages_to_forget(&["d.txt".to_owned()]).expect("it is there");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    assert_eq!(shown(&mut record, "Mara Holm").identifiers, ["Q1"]);
    record.is_sound();
}

#[test]
fn what_looks_alike_joins_no_two_identifiers() {
    let mut record =
        Record::with([page("a.txt", "2024-10-19", &[("William Lund", None), ("Bill Lund", None)])]);
    assert_eq!(names(&mut record, "Bill Lund").len(), 2);
    let nr = import(&mut record, &[row("Q1", "William Lund", &[], None), row("Q2", "Bill Lund", &[], None)])
        .decision
        .expect("it is a decision")
        .nr;
    assert_eq!(names(&mut record, "Bill Lund"), ["Bill Lund"]);
    record.is_sound();
    // A person's word is stronger.
    record.store().merge_voices("Bill Lund", "William Lund", false, WHO).expect("they can be joined");
    assert_eq!(shown(&mut record, "Bill Lund").identifiers, ["Q1", "Q2"]);
    record.store().undo_voices(nr + 1, WHO).expect("it can be undone");
    record.store().undo_voices(nr, WHO).expect("it can be undone");
    assert_eq!(names(&mut record, "Bill Lund").len(), 2);
}

#[test]
fn a_forgotten_voice_leaves_nothing_of_what_was_imported() {
    let mut record = Record::with(pages());
    import(&mut record, &people());
    let id = shown(&mut record, "Ada Finch").id;
    let what = record.store().voices_to_forget(&[id]).expect("it is there");
    record.store().forget(&what, WHO).expect("it can be forgotten");
    record.close();
    let file = std::fs::read(record.path()).expect("the store is there");
    for words in ["Ada Finch", "Addie F."] {
        assert!(!file.windows(words.len()).any(|found| found == words.as_bytes()), "{words}");
    }
    record.is_sound();
}

#[test]
fn a_further_name_holds_when_it_comes_and_after_refresh() {
    let mut record = Record::with(pages());
    let made = record.store().alias_voice("Ada Finch", "The Warden", WHO).expect("it can be given");
    assert_eq!(made.in_words(), "the voice of `Ada Finch` is called `The Warden`, too");
    assert_eq!(names(&mut record, "The Warden"), ["Ada Finch", "The Warden"]);
    let query = VoicesQuery { name: Some("The Warden".to_owned()), limit: 5, ..VoicesQuery::default() };
    assert_eq!(record.store().voices(&query).expect("it can be read").rows[0].aliases, ["The Warden"]);
    record.add([page("c.txt", "2024-11-03", &[("The Warden", None)])]);
    assert_eq!(shown(&mut record, "Ada Finch").reports, 2);
    record.is_sound();
    let borne = record.store().alias_voice("Ines Calder", "The Warden", WHO);
    assert!(
        matches!(borne, Err(StoreError::Refused(why, _)) if why == "`The Warden` is a name of another voice")
    );
    let twice = record.store().alias_voice("Ada Finch", "The Warden", WHO);
    assert!(matches!(twice, Err(StoreError::Wrong(_))), "{twice:?}");
    record.store().undo_voices(made.nr, WHO).expect("it can be undone");
    assert_eq!(names(&mut record, "The Warden"), ["The Warden"]);
    record.is_sound();
}

#[test]
fn two_people_of_one_name_are_listed_where_their_roles_are_at_odds() {
    let mut record = Record::with([
        page("a.txt", "2024-10-19", &[("Jon Vass", Some("mayor of Morvenec"))]),
        page("b.txt", "2024-10-20", &[("Jon Vass", Some("goalkeeper of Sundvik"))]),
        page("c.txt", "2024-10-18", &[("Jon Vass", Some("mayor of Morvenec"))]),
        page("d.txt", "2024-10-21", &[("Jon Vass", Some("mayor of Morvenec"))]),
    ]);
    let (total, doubts) = record.store().doubtful_voices(10).expect("it can be read");
    assert_eq!(total, 1);
    assert_eq!(
        doubts[0].in_words(),
        "roles that one person hardly has at once: `mayor of Morvenec`, `goalkeeper of Sundvik`"
    );
}

#[test]
fn an_attribution_has_the_role_of_its_time() {
    let mut record = Record::with([
        page("a.txt", "2022-10-19", &[("Ines Calder", None)]),
        page("b.txt", "2024-10-19", &[("Ines Calder", None)]),
        page("c.txt", "2024-09-01", &[("Ines Calder", Some("the harbour master"))]),
        page("d.txt", "2024-11-01", &[("Ines Calder", Some("Harbour Master"))]),
        page("e.txt", "2018-11-01", &[("Ines Calder", None)]),
    ]);
    import(&mut record, &people()[..1]);
    let then = |record: &mut Record, path: &str| {
        let id = record.attribution(&format!("“Quay 0 of {path}"));
        match record.store().show(&id, true).expect("it is there").thing {
            Thing::Attribution(view) => {
                view.roles_then.into_iter().flatten().map(|then| (then.role, then.imported)).next()
            }
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(then(&mut record, "a.txt"), Some(("mayor of Morvenec".to_owned(), true)));
    assert_eq!(then(&mut record, "b.txt"), Some(("Harbour Master".to_owned(), false)));
    assert_eq!(then(&mut record, "c.txt"), None);
    assert_eq!(then(&mut record, "e.txt"), None);
    let view = shown(&mut record, "Ines Calder");
    let uses: Vec<_> = view.roles.iter().map(|used| (used.role.as_str(), used.reports)).collect();
    assert_eq!(uses, [("Harbour Master", 2)]);
    assert_eq!(view.roles[0].from.as_deref(), Some("2024-09-01"));
}

/// The id of the voice that is asked for.
fn id(record: &mut Record, what: &str) -> String {
    shown(record, what).id
}

#[test]
fn a_voice_with_an_identifier_has_the_same_id_in_every_record() {
    let mut one = Record::with(pages());
    let was = id(&mut one, "Ines Calder");
    let finch = id(&mut one, "Ada Finch");
    import(&mut one, &people());
    let is = id(&mut one, "Ines Calder");
    assert_ne!(is, was);
    assert_ne!(id(&mut one, "Ada Finch"), is);
    // What a voice was called leads to what it is called.
    assert_eq!(id(&mut one, &was), is);
    one.is_sound();
    // Another record has other pages, and another name of theirs.
    let mut other = Record::with([]);
    import(&mut other, &people());
    other.add([page("c.txt", "2025-01-02", &[("Ines Calder-Roth", None), ("Ada Finch", None)])]);
    assert_eq!(id(&mut other, "Ines Calder-Roth"), is);
    assert_eq!(id(&mut other, "Ada Finch"), id(&mut one, "Ada Finch"));
    // Pages that give the voice other names and smaller attributions leave it as it is, and so does reading again.
    other.add(pages());
    assert_eq!(id(&mut other, "The Lantern"), is);
    other.refresh(pages());
    assert_eq!(id(&mut other, "Ines Calder"), is);
    other.is_sound();
    let nr = one.store().voice_decisions().expect("they can be read")[0].nr;
    one.store().undo_voices(nr, WHO).expect("it can be undone");
    assert_eq!((id(&mut one, "Ines Calder"), id(&mut one, &is)), (was.clone(), was));
    assert_eq!(id(&mut one, "Ada Finch"), finch);
    one.is_sound();
}

#[test]
fn a_further_name_imported_later_meets_the_same_voice() {
    let mut record = Record::with(pages());
    import(&mut record, &people());
    let is = id(&mut record, "Ines Calder");
    record.add([page("c.txt", "2025-01-02", &[("Nessie of the Quay", None)])]);
    let alone = id(&mut record, "Nessie of the Quay");
    assert_ne!(alone, is);
    import(&mut record, &[row("Q1", "Ines Calder", &["Nessie of the Quay"], None)]);
    assert_eq!(id(&mut record, "Nessie of the Quay"), is);
    assert_eq!(id(&mut record, &alone), is);
    // Whichever of its names stands for the voice.
    record.store().rename_voice("Ines Calder", "Nessie of the Quay", WHO).expect("it can be renamed");
    assert_eq!(shown(&mut record, &is).name, "Nessie of the Quay");
    assert_eq!(id(&mut record, "Ines Calder"), is);
    record.is_sound();
    record.store().rename_voice("Ines Calder", "Ines Calder", WHO).expect("it can be renamed");
    assert_eq!(shown(&mut record, &is).name, "Ines Calder");
    record.is_sound();
}

#[test]
fn a_name_that_a_person_parts_from_somebody_imported_has_an_id_of_its_own() {
    let mut record = Record::with(pages());
    import(&mut record, &people());
    let is = id(&mut record, "Ines Calder");
    let split = record.store().split_voices("Ines Calder", "The Lantern", WHO).expect("they can be parted");
    let (one, other) = (id(&mut record, "Ines Calder"), id(&mut record, "The Lantern"));
    assert_eq!([&one, &other].into_iter().filter(|id| **id == is).count(), 1);
    assert_ne!(one, other);
    record.is_sound();
    record.store().undo_voices(split.nr, WHO).expect("it can be undone");
    assert_eq!((id(&mut record, "The Lantern"), id(&mut record, &other)), (is.clone(), is));
    record.is_sound();
}

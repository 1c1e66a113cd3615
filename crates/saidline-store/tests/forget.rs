//! Forgetting: the words are nowhere in the file and beside it, and do not come back.

mod common;
mod record;

use std::fs;

use common::Story;
use record::{Record, WHO};
use saidline::SpeakerKind;
use saidline_store::{Cleaning, Correction, Forgotten, NewSpeaker, Outcome, Standing, Store};

const ADDRESS: &str = "https://gazette.example/1";

/// A story of invented words, each with a first letter of its own, so that no index can hide them behind others.
fn secret() -> Story {
    Story::new(
        "secret.txt",
        "Jorvex Klimt came.\n“The quandorl zibbers wexly,” Jorvex Klimt said on Uldrday.\n",
    )
    .address(ADDRESS)
    .outlet("The Yammerton Vole")
    .title("Pflugbeil revealed")
    .says("Jorvex Klimt", "Jorvex Klimt", "“The quandorl zibbers wexly,”")
}

const WORDS: [&str; 9] =
    ["Jorvex", "Klimt", "quandorl", "zibbers", "wexly", "Uldrday", "Yammerton", "Vole", "Pflugbeil"];

fn plain() -> Story {
    Story::new("plain.txt", "“The harbour stays open,” Ada Finch said.\nAda Finch said the ferry is late.\n")
        .address("https://mirror.example/2")
        .outlet("The Mirror")
        .says("Ada Finch", "Ada Finch", "“The harbour stays open,”")
        .says("Ada Finch", "Ada Finch", "the ferry is late")
}

/// The files of a record that hold one of `words`, in whatever case.
fn holding(record: &Record, words: &[&str]) -> Vec<String> {
    let folder = record.path();
    let folder = folder.parent().expect("it lies in a folder");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be listed") {
        let path = entry.expect("a file").path();
        let bytes = fs::read(&path).expect("it can be read").to_ascii_lowercase();
        for word in words {
            let word = word.to_lowercase();
            if bytes.windows(word.len()).any(|part| part == word.as_bytes()) {
                found.push(format!("{word} in {}", path.display()));
            }
        }
    }
    found
}

fn forget_pages(record: &mut Record, names: &[&str]) -> Forgotten {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let what = record.store().pages_to_forget(&names).expect("they are known");
    let forgotten = record.store().forget(&what, WHO).expect("they can be forgotten");
    assert_eq!(what.attributions, forgotten.attributions as u64);
    forgotten
}

fn forget_voice(record: &mut Record, name: &str) -> Forgotten {
    let id = record.strings(&format!("SELECT id FROM voice WHERE name = '{name}'")).remove(0);
    let what = record.store().voices_to_forget(&[id]).expect("it is known");
    record.store().forget(&what, WHO).expect("it can be forgotten")
}

fn ada() -> Correction {
    let name = "Nemmira Obst".to_owned();
    Correction::Speakers(vec![NewSpeaker {
        name,
        kind: SpeakerKind::Person,
        role: Some("Gnarlwarden".to_owned()),
    }])
}

#[test]
fn a_page_leaves_nothing() {
    let mut record = Record::with([plain()]);
    // (The id of a voice that is gone leads nowhere: nothing can be read from it.)
    let forward = "SELECT old || new FROM forward WHERE new IS NOT NULL";
    let (rows, export, forwards) = (record.rows(), record.export(), record.strings(forward));
    record.add([secret()]);
    record.correct("“The quandorl", &[ada(), Correction::Cue(vec![(0, 6)])]);
    record.undo(None);
    assert!(!holding(&record, &["quandorl"]).is_empty() && !holding(&record, &["nemmira"]).is_empty());
    let forgotten = forget_pages(&mut record, &["secret.txt"]);
    assert_eq!((forgotten.pages, forgotten.attributions, forgotten.cleaning), (1, 1, Cleaning::Done));
    record.is_sound();
    assert_eq!(holding(&record, &WORDS), [""; 0]);
    assert_eq!(
        holding(&record, &["nemmira", "obst", "gnarlwarden", "secret.txt", ADDRESS, &secret().id()]),
        [""; 0]
    );
    assert_eq!((record.rows(), record.export()), (rows, export));
    let decisions = record.store().decisions().expect("they can be read");
    assert_eq!(decisions.len(), 2);
    assert!(decisions.iter().all(|decision| decision.content.is_none() && decision.value.is_none()));
    assert_eq!(decisions[0].standing, Standing::Nowhere);
    assert_eq!(record.strings(forward), forwards);
}

#[test]
fn words_of_rows_that_came_and_went_at_once_leave_the_index() {
    // Both versions in one batch: the older goes into the index and out of it in one transaction.
    let newer = Story::new("later.txt", "“The harbour stays open,” Ada Finch said.\n")
        .address(ADDRESS)
        .fetched("2024-11-01")
        .says("Ada Finch", "Ada Finch", "“The harbour stays open,”");
    let mut record = Record::with([secret(), newer]);
    forget_pages(&mut record, &["secret.txt"]);
    assert_eq!(holding(&record, &WORDS), [""; 0]);
    record.is_sound();
}

#[test]
fn a_forgotten_page_does_not_come_back_unless_forced() {
    let mut record = Record::with([secret(), plain()]);
    let export = record.export();
    forget_pages(&mut record, &[ADDRESS]);
    let same_text = secret().title("Another title");
    let same_address = Story::new("other.txt", "Nothing else.\n").address(ADDRESS);
    for story in [secret(), same_text, same_address] {
        assert_eq!(record.add([story])[0].outcome, Outcome::Forgotten);
    }
    assert_eq!(holding(&record, &WORDS), [""; 0]);
    assert_eq!(record.add_with([secret()], true)[0].outcome, Outcome::New);
    assert_eq!(record.export(), export);
    assert_eq!(record.strings("SELECT digest FROM forgotten"), [""; 0]);
    record.is_sound();
}

#[test]
fn the_other_captures_of_a_text_stay_and_are_read_again() {
    let second = secret().title("Rhabarber").fetched("2025-01-01");
    let mut record = Record::with([secret().fetched("2024-01-01"), second.clone()]);
    record.correct("“The quandorl", &[ada()]);
    // Not the one that stands for the document: nothing else changes.
    let third = secret().title("Xylocopa").fetched("2026-01-01");
    record.add([third.clone()]);
    let forgotten = forget_pages(&mut record, &[&third.id()]);
    assert_eq!((forgotten.attributions, forgotten.waiting, forgotten.left.len()), (0, 0, 2));
    assert_eq!(holding(&record, &["xylocopa"]), [""; 0]);
    record.is_sound();
    let forgotten = forget_pages(&mut record, &[&secret().id()]);
    assert_eq!((forgotten.attributions, forgotten.waiting), (1, 1));
    assert_eq!(forgotten.left, [second.id()]);
    assert_eq!(holding(&record, &["pflugbeil"]), [""; 0]);
    assert_eq!(record.strings("SELECT id FROM quote"), [""; 0]);
    record.is_sound();
    record.refresh([second.clone()]);
    record.is_sound();
    assert_eq!(record.strings("SELECT title || speaker FROM quote"), ["RhabarberNemmira Obst"]);
    // The text is still there, and may be captured again.
    assert_eq!(record.add([secret().title("Fourth")])[0].outcome, Outcome::Capture);
}

#[test]
fn the_version_before_is_shown_again() {
    let older = Story::new("older.txt", "“The harbour stays open,” Ada Finch said.\n")
        .address(ADDRESS)
        .fetched("2023-01-01")
        .says("Ada Finch", "Ada Finch", "“The harbour stays open,”");
    let newer = Story::new("newer.txt", "“The harbour stays open, wexly,” Ada Finch said.\n")
        .address(ADDRESS)
        .fetched("2024-01-01")
        .says("Ada Finch", "Ada Finch", "“The harbour stays open, wexly,”");
    let mut record = Record::with([older.clone()]);
    let export = record.export();
    record.add([newer.clone()]);
    record.correct("“The harbour", &[ada()]);
    forget_pages(&mut record, &["newer.txt"]);
    assert_eq!(holding(&record, &["wexly"]), [""; 0]);
    assert_eq!(
        record.strings("SELECT content || speaker FROM quote"),
        ["“The harbour stays open,”Ada Finch"]
    );
    let decision = record.store().decisions().expect("they can be read").remove(0);
    // Nobody has judged the words of the older version.
    assert_eq!((decision.standing, decision.content), (Standing::Nowhere, None));
    record.is_sound();
    record.undo(None);
    assert_eq!(record.export(), export);
    // The address was not forgotten: what is left of it may have new versions.
    assert_eq!(record.add([newer])[0].outcome, Outcome::Forgotten);
    assert_eq!(record.add([older.fetched("2026-01-01").title("again")])[0].outcome, Outcome::Capture);
}

/// A page on which a voice speaks among others, in them, and is named by them.
fn mixed() -> Story {
    let text = "Jorvex Klimt and Ada Finch met.\n“The quandorl\nzibbers,” Jorvex Klimt said.\n\
                Ada Finch said the harbour stays open.\nAda Finch said that it wexly smells, Jorvex Klimt said.\n\
                Klimts are many, Jorvex Klimtson said.\n";
    Story::new("mixed.txt", text)
        .markup("<p>Jorvex Klimt and so on")
        .address("https://mirror.example/3")
        .title("Jorvex Klimt speaks")
        .byline("Jorvex Klimt")
        .note("no date beside Jorvex Klimt")
        .says("Jorvex Klimt", "Jorvex Klimt", "“The quandorl\nzibbers,”")
        .says("Ada Finch", "Ada Finch", "the harbour stays open")
        .says("Ada Finch", "Ada Finch", "that it wexly smells, Jorvex Klimt said")
        .says("Jorvex Klimt", "Jorvex Klimt", "it wexly smells")
        .within(2)
        .says("Jorvex Klimtson", "Jorvex Klimtson", "Klimts are many")
}

#[test]
fn a_voice_leaves_its_words_nowhere() {
    let mut record = Record::with([mixed(), plain(), secret()]);
    record.correct("the harbour stays open", &[ada()]);
    record.correct("“The quandorl", &[Correction::Cue(vec![(0, 6)])]);
    record.correct("it wexly", &[Correction::Cue(vec![(0, 6)])]);
    let page = record.page(&mixed().id());
    let length = page.reading.document.text.chars().count();
    let forgotten = forget_voice(&mut record, "Jorvex Klimt");
    assert_eq!((forgotten.voices, forgotten.attributions, forgotten.documents), (1, 3, 2));
    assert_eq!(forgotten.cleaning, Cleaning::Done);
    record.is_sound();
    assert_eq!(holding(&record, &["quandorl", "zibbers", "wexly", "smells"]), [""; 0]);
    assert_eq!(holding(&record, &["jorvex klimt ", "jorvex klimt\"", "jorvex klimt<"]), [""; 0]);
    let page = record.page(&mixed().id());
    let document = &page.reading.document;
    assert_eq!(document.text.chars().count(), length);
    assert!(
        document.text.starts_with("████████████ and Ada Finch met.\n█████████████\n████████"),
        "{}",
        document.text
    );
    assert!(document.text.ends_with("Klimts are many, Jorvex Klimtson said.\n"));
    assert_eq!(
        (document.title.as_deref(), document.byline.as_deref()),
        (Some("████████████ speaks"), Some("████████████"))
    );
    let left: Vec<_> = page
        .attributions
        .iter()
        .map(|stored| (stored.attribution.speakers[0].name.as_str(), stored.attribution.parent))
        .collect();
    assert_eq!(left, [("Nemmira Obst", None), ("Ada Finch", None), ("Jorvex Klimtson", None)]);
    assert_eq!(record.strings("SELECT stored FROM page ORDER BY path"), ["forgotten", "text", "forgotten"]);
    let decisions = record.store().decisions().expect("they can be read");
    let kept: Vec<_> = decisions.iter().map(|decision| decision.content.is_some()).collect();
    assert_eq!(kept, [true, false, false]);
    // Adding the pages again brings nothing back.
    assert_eq!(record.add([mixed()])[0].outcome, Outcome::Known);
    record.add([mixed().outlet("Elsewhere"), secret().title("Fourth capture")]);
    record.is_sound();
    assert_eq!(holding(&record, &["quandorl", "zibbers", "wexly", "smells"]), [""; 0]);
}

#[test]
fn a_voice_is_not_named_by_others_who_speak_beside_it() {
    let text = "The keeper, Jorvex Klimt, welcomed the plan.\n“The quandorl,” Jorvex Klimt said.\n";
    let story = Story::new("keeper.txt", text)
        .says("The keeper, Jorvex Klimt", "The keeper, Jorvex Klimt", "the plan")
        .says("Jorvex Klimt", "Jorvex Klimt", "“The quandorl,”");
    let mut record = Record::with([story, plain()]);
    forget_voice(&mut record, "Jorvex Klimt");
    record.is_sound();
    assert_eq!(holding(&record, &["jorvex klimt", "quandorl"]), [""; 0]);
    let kept = "SELECT name FROM voice WHERE name LIKE 'The keeper%'";
    assert_eq!(record.strings(kept), ["The keeper, ████████████"]);
}

#[test]
fn a_forgotten_voice_is_taken_out_of_new_pages_unless_forced() {
    let mut record = Record::with([secret(), plain()]);
    forget_voice(&mut record, "Jorvex Klimt");
    assert_eq!(record.add([mixed()])[0].outcome, Outcome::New);
    record.is_sound();
    assert_eq!(holding(&record, &["quandorl", "zibbers", "wexly"]), [""; 0]);
    assert_eq!(record.strings("SELECT redacted FROM document ORDER BY nr"), ["1", "0", "1"]);
    let mut whole = Record::with([plain(), mixed(), secret()]);
    record.add_with([mixed(), secret()], true);
    record.is_sound();
    assert_eq!(record.export(), whole.export());
    assert_eq!(record.strings("SELECT digest FROM forgotten"), [""; 0]);
}

#[test]
fn a_voice_that_was_put_right_leaves_no_name() {
    let mut record = Record::with([secret(), plain()]);
    record.correct("“The quandorl", &[ada()]);
    record.correct("the ferry is late", &[ada()]);
    record.undo(None);
    // Read as spoken by one, put right to be spoken by another: the words are the other's.
    forget_voice(&mut record, "Nemmira Obst");
    assert_eq!(holding(&record, &["quandorl", "nemmira"]), [""; 0]);
    assert_eq!(record.strings("SELECT content FROM quote").len(), 2);
    record.is_sound();
    let mut record = Record::with([secret()]);
    record.correct("“The quandorl", &[ada()]);
    let what = record.store().voices_to_forget(&["v-00000000000000000000".to_owned()]);
    assert!(what.is_err());
    record.is_sound();
}

#[test]
fn while_others_read_the_log_is_held() {
    let mut record = Record::with([secret(), plain()]);
    let reader = record.connection();
    reader.execute_batch("BEGIN; SELECT count(*) FROM page").expect("it reads");
    let forgotten = forget_pages(&mut record, &["secret.txt"]);
    assert_eq!(forgotten.cleaning, Cleaning::Held);
    record.close();
    assert!(!holding(&record, &WORDS).is_empty());
    drop(reader);
    // The next command that writes makes it good.
    record.store();
    record.close();
    assert_eq!(holding(&record, &WORDS), [""; 0]);
    record.is_sound();
}

#[test]
fn our_copies_of_the_file_go_too() {
    let mut record = Record::with([secret(), plain()]);
    record.close();
    let beside = |name: &str| record.path().with_file_name(name);
    for name in ["saidline.db.before-2", "saidline.db.before-x", "other.db.before-2"] {
        fs::copy(record.path(), beside(name)).expect("it can be copied");
    }
    let paths = ["saidline.db.before-2", "saidline.db.before-x", "other.db.before-2"].map(beside);
    forget_pages(&mut record, &["secret.txt"]);
    assert_eq!(paths.map(|path| path.exists()), [false, true, true]);
    assert!(Store::open(&record.path()).is_ok());
}

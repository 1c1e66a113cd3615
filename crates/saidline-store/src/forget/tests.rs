//! A kill between the steps of forgetting: what is due is done at the next opening.

use std::fs;
use std::path::Path;

use super::*;
use crate::write::Run;

#[path = "../../tests/common/mod.rs"]
mod common;

use common::Story;

const WHO: Who<'_> = Who { by: "Vera", at: "2025-01-01T00:00:00Z" };

fn make(path: &Path) -> Store {
    let mut store = Store::create(path).expect("a store can be made");
    let run = Run {
        command: "add",
        version: "0".to_owned(),
        model: "invented-1".to_owned(),
        weights: "sha256:0".to_owned(),
        options: "{}".to_owned(),
        by: "Vera".to_owned(),
        began: WHO.at.to_owned(),
    };
    let mut writer = store.writer(run, false, false);
    for story in [
        Story::new("secret.txt", "“The quandorl zibbers,” Jorvex Klimt said.\n").says(
            "Jorvex Klimt",
            "Jorvex Klimt",
            "“The quandorl zibbers,”",
        ),
        Story::new("plain.txt", "“The harbour stays open,” Ada Finch said.\n").says(
            "Ada Finch",
            "Ada Finch",
            "“The harbour stays open,”",
        ),
    ] {
        let (page, reading) = story.build();
        writer.add(page, reading).expect("it can be added");
    }
    writer.finish(WHO.at).expect("it can be written");
    store
}

fn holds(folder: &Path, word: &str) -> bool {
    fs::read_dir(folder).expect("a folder can be listed").any(|entry| {
        let bytes = fs::read(entry.expect("a file").path()).expect("it can be read").to_ascii_lowercase();
        bytes.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

/// A copy of the store's files as a kill would leave them, with `steps` of the cleaning done.
fn killed_after(steps: usize, to: &Path) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut store = make(&folder.path().join("saidline.db"));
    let what = store.pages_to_forget(&["secret.txt".to_owned()]).expect("it is known");
    store.take_rows_out(&what, WHO).expect("the rows can be taken out");
    for _ in 0..steps {
        let step = due(&store.connection).expect("it can be read").expect("something is due");
        store.clean(step).expect("it can be done");
    }
    // Copied while the store is open: closing it would tidy up.
    for entry in fs::read_dir(folder.path()).expect("a folder can be listed") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("it has a name");
        if !name.to_string_lossy().ends_with("-shm") {
            fs::copy(&path, to.join(name)).expect("it can be copied");
        }
    }
}

#[test]
fn a_kill_between_the_steps_is_made_good() {
    for steps in 0..=3 {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("saidline.db");
        killed_after(steps, folder.path());
        // Before the file is written anew, the words are still in it: that is what the other steps are for.
        assert_eq!(holds(folder.path(), "zibbers"), steps < 3, "after {steps} steps");
        drop(Store::open(&path).expect("it can be opened"));
        for word in ["quandorl", "zibbers", "jorvex", "klimt"] {
            assert!(!holds(folder.path(), word), "`{word}` after {steps} steps and opening");
        }
        assert!(holds(folder.path(), "harbour"));
        let checkup = Store::examine(&path, true, false).expect("it can be examined");
        assert!(!checkup.is_wrong(), "{checkup:?}");
    }
}

#[test]
fn a_name_is_blanked_as_words_only() {
    let check = |text: &str, expected: &str| assert_eq!(redact::blank_name(text, "Al Ö"), expected);
    check("Al Ö", "████");
    check("said Al Ö, and Al Ö’s", "said ████, and ████’s");
    check("Cal Ö, Al Öl, Pal Ö", "Cal Ö, Al Öl, Pal Ö");
    check("Al Ö.Al Ö", "████.████");
    check("", "");
}

//! `saidline forget`: pages and voices out of the record, for good.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::process::ExitCode;

use saidline_store::{Cleaning, Forgotten, Store, ToForget, Who};

use crate::args::{Forget, Forgettable};
use crate::failure::{Failure, NOTHING, UNUSABLE};
use crate::out;
use crate::people::{clean, count};

/// How many pages or voices are named before they are forgotten.
const NAMED: usize = 10;

pub(crate) fn run(args: Forget) -> Result<ExitCode, Failure> {
    let mut store = Store::open(&args.store.store)?;
    let what = match args.what {
        Forgettable::Page => store.pages_to_forget(&args.ids)?,
        // A name may be that of several, and what is forgotten is gone.
        Forgettable::Voice => store.voices_to_forget(&args.ids).map_err(|error| {
            Failure::from(error).hint("a voice is named by its id here: `saidline voices NAME` tells it")
        })?,
    };
    if !args.yes && !is_wanted(&what)? {
        out::print("nothing was forgotten\n")?;
        return Ok(ExitCode::from(NOTHING));
    }
    let (by, at) = (super::who(&args.by), super::now());
    let forgotten = store.forget(&what, Who { by: &by, at: &at })?;
    out::print(&said(&what, &forgotten))?;
    if !forgotten.left.is_empty() {
        let left = count(forgotten.left.len() as u64, "other capture");
        let hint = format!("to forget them, too: `saidline forget page {}`", forgotten.left.join(" "));
        out::warning(format!("the words stay, because {left} of the same text are left"), Some(&hint));
    }
    if forgotten.waiting > 0 {
        let documents = count(forgotten.waiting as u64, "document");
        let message =
            format!("{documents} must be read again from another capture and cannot be searched until then");
        out::warning(message, Some("`saidline refresh` reads them"));
    }
    if forgotten.cleaning == Cleaning::Held {
        let message = format!(
            "another process reads `{}`: the words may still be in its log of writes",
            args.store.store.display()
        );
        out::error(message, Some("`saidline doctor` takes them out when nobody reads the store"));
        return Ok(ExitCode::from(UNUSABLE));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is about to go, and whether that is wanted.
fn is_wanted(what: &ToForget) -> Result<bool, Failure> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(Failure::usage("forgetting cannot be undone, and there is no terminal to ask")
            .hint("`--yes` forgets without asking"));
    }
    let pages = what.pages.iter().map(|(id, path)| format!("  {} ({id})\n", clean(path)));
    let voices = what.voices.iter().map(|(id, name, kind)| format!("  {} ({kind}, {id})\n", clean(name)));
    let named: Vec<_> = pages.chain(voices).collect();
    let mut message: String = named.iter().take(NAMED).map(String::as_str).collect();
    if named.len() > NAMED {
        message.push_str(&format!("  and {} more\n", named.len() - NAMED));
    }
    if what.voices.len() > 1 {
        message.push_str("a voice goes with all its names\n");
    }
    let attributions = count(what.attributions, "attribution");
    message.push_str(&match what.documents {
        0 => format!("forgetting this takes out {attributions} and cannot be undone; go on? [y/N] "),
        documents => format!(
            "forgetting this takes out {attributions}, and words of {}, and cannot be undone; go on? [y/N] ",
            count(documents, "document")
        ),
    });
    let mut answer = String::new();
    // Whoever cannot be asked has not said yes.
    let asked = stderr().write_all(message.as_bytes()).and_then(|()| stdin().read_line(&mut answer));
    Ok(asked.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn said(what: &ToForget, forgotten: &Forgotten) -> String {
    let attributions = count(forgotten.attributions as u64, "attribution");
    match what.voices.is_empty() {
        true => format!("forgotten: {}, {attributions}\n", count(forgotten.pages as u64, "page")),
        false => format!(
            "forgotten: {}, {attributions}; words were taken out of {}\n",
            match forgotten.voices {
                1 => "1 voice".to_owned(),
                names => format!("{names} names of voices"),
            },
            count(forgotten.documents as u64, "document")
        ),
    }
}

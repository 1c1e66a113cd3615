//! `saidline doctor`: what is there, what is missing, what to do.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use saidline::{EMBEDDED, Meaning, Model};
use saidline_sources::Why;
use saidline_store::{Check, State, Store};
use sha2::{Digest, Sha256};

use crate::args::Doctor;
use crate::failure::{Failure, UNUSABLE};
use crate::out;
use crate::people::clean;

pub(crate) fn run(args: Doctor) -> Result<ExitCode, Failure> {
    let folder = args.models.as_deref();
    let place = folder.map_or("in the binary".to_owned(), |folder| format!("in `{}`", folder.display()));
    let mut report = format!("saidline {}\n\nmodels {place}\n", env!("CARGO_PKG_VERSION"));
    for file in EMBEDDED {
        let state = match folder {
            None => describe(file.bytes),
            Some(folder) => match fs::read(folder.join(file.name)) {
                Ok(bytes) => describe(&bytes),
                Err(error) => Why::from(error).to_string(),
            },
        };
        report.push_str(&format!("  {:<30} {state}\n", file.name));
    }
    let mut models = Ok(());
    for model in Model::ALL {
        let loaded = super::models(model, folder);
        let state = if loaded.is_ok() { "loads and can be used" } else { "cannot be used" };
        report.push_str(&format!("  {} {state}\n", model.name()));
        models = models.and(loaded.map(|_| ()));
    }
    let loaded = super::meaning::model(folder);
    let state = if loaded.is_ok() { "loads and can be used" } else { "cannot be used" };
    report.push_str(&format!("  {} {state}\n", Meaning::NAME));
    models = models.and(loaded.map(|_| ()));
    report.push_str(&corpora());
    out::print(&report)?;
    let store = store(&args);
    if let Err(failure) = models {
        let hint = "without `--models` the models in the binary are used; a folder needs the files above and the \
                    `SHA256SUMS` of each model";
        let hint = if folder.is_some() { Some(hint) } else { failure.hint.as_deref() };
        out::error(&failure, hint);
        store?;
        return Ok(ExitCode::from(UNUSABLE));
    }
    store
}

/// Where a store lies when none is named.
const STORE: &str = "saidline.db";

/// Looks at the store, where one is named or there is one.
fn store(args: &Doctor) -> Result<ExitCode, Failure> {
    let path = match &args.store {
        Some(path) => path.as_path(),
        None if args.deep || args.repair || Path::new(STORE).exists() => Path::new(STORE),
        None => return Ok(ExitCode::SUCCESS),
    };
    out::print(&format!("\nstore `{}`\n", path.display()))?;
    let checkup = Store::examine(path, args.deep, args.repair)?;
    let mut lines = String::new();
    for Check { of, state } in &checkup.checks {
        let (word, what) = match state {
            State::Sound(what) => ("sound", what),
            State::Repaired(what) => ("repaired", what),
            State::Repairable(what) | State::Wrong(what, _) => ("wrong", what),
            State::Unchecked(what) => ("not checked", what),
        };
        lines.push_str(&format!("  {of:<28}{word}: {}\n", clean(what)));
    }
    out::print(&lines)?;
    for Check { of, state } in &checkup.checks {
        match state {
            State::Repairable(_) => {
                out::error(
                    format!("{of} of `{}`: wrong", path.display()),
                    Some("`saidline doctor --repair` makes it again"),
                );
            }
            State::Wrong(_, hint) => out::error(format!("{of} of `{}`: wrong", path.display()), Some(hint)),
            _ => {}
        }
    }
    Ok(if checkup.is_wrong() { ExitCode::from(UNUSABLE) } else { ExitCode::SUCCESS })
}

/// Size and checksum of a file of weights.
fn describe(bytes: &[u8]) -> String {
    let sum: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{:>6.1} MB  sha256:{sum}", bytes.len() as f64 / 1e6)
}

/// The corpora are for those who train and measure; nobody else needs them.
fn corpora() -> String {
    let named = env::var_os("SAIDLINE_DATA").map(PathBuf::from);
    let folder = named.as_deref().unwrap_or(Path::new("../shared/data"));
    let shown = folder.display();
    match (folder.is_dir(), named.is_some()) {
        (true, _) => format!("\ncorpora for training and measuring\n  found in `{shown}`\n"),
        (false, true) => format!("\ncorpora for training and measuring\n  not in `{shown}`, which `SAIDLINE_DATA` names\n"),
        (false, false) => "\ncorpora for training and measuring\n  none, and none are needed for reading pages; `SAIDLINE_DATA` names their folder\n".to_owned(),
    }
}

//! The commands. Each only connects what the other crates do.

pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod extract;
pub(crate) mod man;
pub(crate) mod search;
pub(crate) mod stats;
pub(crate) mod voices;

use std::env;
use std::fs;
use std::path::Path;

use saidline::Models;
use saidline_sources::Why;

use crate::args::ByArgs;
use crate::failure::{Failure, UNUSABLE};

/// The present moment, ISO 8601 in UTC, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// Who decides: as said, else the name of the user on this machine.
fn who(by: &ByArgs) -> String {
    let environment = || ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| env::var(name).ok());
    by.by.clone().or_else(environment).filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}

/// The models in the binary, or those of a folder.
fn models(folder: Option<&Path>) -> Result<&'static Models, Failure> {
    let Some(folder) = folder else {
        return Models::embedded().map_err(|error| {
            Failure::new(UNUSABLE, error).hint("this binary is broken: build or download it again")
        });
    };
    let read = |file: &str| fs::read(folder.join(file)).map_err(|error| Why::from(error).to_string());
    // Read once and used until the end: the threads that read pages may outlive the command.
    Models::from_files(read).map(|models| &*Box::leak(Box::new(models))).map_err(|error| {
        Failure::new(UNUSABLE, anyhow::Error::from(error).context(format!("cannot use the models in `{}`", folder.display())))
            .hint("`saidline doctor --models DIR` says what is missing; without `--models` those in the binary are used")
    })
}

//! The commands. Each only connects what the other crates do.

pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod extract;
pub(crate) mod man;

use std::fs;
use std::path::Path;

use saidline::Models;
use saidline_sources::Why;

use crate::failure::{Failure, UNUSABLE};

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

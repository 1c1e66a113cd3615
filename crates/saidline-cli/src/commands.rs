//! The commands. Each only connects what the other crates do.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod correct;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod first;
pub(crate) mod forget;
pub(crate) mod import;
mod inputs;
pub(crate) mod man;
mod meaning;
pub(crate) mod refresh;
pub(crate) mod reject;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod similar;
pub(crate) mod statements;
pub(crate) mod stats;
pub(crate) mod timeline;
pub(crate) mod undo;
pub(crate) mod voices;

use std::env;
use std::fs;
use std::path::Path;

use saidline::{Model, ModelError, Models};
use saidline_sources::Why;
use saidline_store::Run;
use sha2::{Digest, Sha256};

use crate::args::{ByArgs, ModelArgs};
use crate::failure::{Failure, UNUSABLE};

/// A use of a command that reads pages, for the record.
fn run(command: &'static str, models: &ModelArgs, plain: Option<bool>, by: &ByArgs) -> Result<Run, Failure> {
    let plain = plain.map(|plain| format!("{{\"plain\":{plain}}}"));
    Ok(Run {
        command,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: Model::from(models.model).name().to_owned(),
        weights: weights(models)?,
        options: plain.unwrap_or_else(|| "{}".to_owned()),
        by: who(by),
        began: now(),
    })
}

/// The checksum of the weights that read: the SHA-256 of the names and the bytes of all their files.
fn weights(models: &ModelArgs) -> Result<String, Failure> {
    let mut hash = Sha256::new();
    for file in Model::from(models.model).files() {
        hash.update(format!("{}\0", file.name));
        match &models.models {
            None => hash.update(file.bytes),
            Some(folder) => hash.update(fs::read(folder.join(file.name)).map_err(|error| {
                Failure::new(UNUSABLE, anyhow::anyhow!("cannot read `{}`: {}", file.name, Why::from(error)))
            })?),
        }
    }
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("sha256:{digits}"))
}

/// The day that it is here.
fn today() -> saidline::Moment {
    saidline::Moment::Day(jiff::Zoned::now().date())
}

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

/// A model in the binary, or of a folder.
fn models(model: Model, folder: Option<&Path>) -> Result<&'static Models, Failure> {
    let Some(folder) = folder else {
        return Models::embedded(model).map_err(|error| {
            Failure::new(UNUSABLE, error).hint("this binary is broken: build or download it again")
        });
    };
    let read = |file: &str| fs::read(folder.join(file)).map_err(|error| Why::from(error).to_string());
    // Read once and used until the end: the threads that read pages may outlive the command.
    Models::from_files(model, read)
        .map(|models| &*Box::leak(Box::new(models)))
        .map_err(|error| unusable(folder, error))
}

/// Models of a folder that cannot be used.
fn unusable(folder: &Path, error: ModelError) -> Failure {
    let context = format!("cannot use the models in `{}`", folder.display());
    Failure::new(UNUSABLE, anyhow::Error::from(error).context(context)).hint(
        "`saidline doctor --models DIR` says what is missing; without `--models` those in the binary are used",
    )
}

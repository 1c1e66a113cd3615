//! `saidline reject`: attributions that do not count.

use std::process::ExitCode;

use saidline_store::{Store, Who};

use super::correct::said;
use crate::args::Reject;
use crate::failure::Failure;
use crate::out;

pub(crate) fn run(args: Reject) -> Result<ExitCode, Failure> {
    let (by, at) = (super::who(&args.by), super::now());
    let made = Store::open(&args.store.store)?.reject(&args.ids, Who { by: &by, at: &at })?;
    match made.is_empty() {
        true => out::print("all of them were rejected already\n")?,
        false => out::print(&made.iter().map(said).collect::<String>())?,
    }
    Ok(ExitCode::SUCCESS)
}

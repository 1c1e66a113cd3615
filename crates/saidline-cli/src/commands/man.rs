//! `saidline man`: the manual page.

use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::{Cli, Man};
use crate::failure::Failure;
use crate::out;

pub(crate) fn run(args: Man) -> Result<ExitCode, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let command = match &args.command {
        None => &whole,
        Some(name) => whole.find_subcommand(name).ok_or_else(|| {
            Failure::usage(format!("no command `{name}`")).hint("`saidline help` lists the commands")
        })?,
    };
    let mut page = Vec::new();
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(command.clone()).render(&mut page);
    out::print(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}

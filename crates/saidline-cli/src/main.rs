//! The command `saidline`: the only crate that prints, reads the environment or exits.

mod args;
mod bars;
mod commands;
mod csv_out;
mod failure;
mod lists;
mod out;
mod people;
mod progress;
mod style;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    out::end_cleanly_when_interrupted();
    let done = match cli.command {
        Command::Add(args) => commands::add::run(args),
        Command::Refresh(args) => commands::refresh::run(args),
        Command::Check(args) => commands::check::run(args, cli.color),
        Command::Extract(args) => commands::extract::run(args, cli.color),
        Command::Demo(args) => commands::demo::run(args, cli.color),
        Command::Correct(args) => commands::correct::run(args),
        Command::Reject(args) => commands::reject::run(args),
        Command::Undo(args) => commands::undo::run(args, cli.color),
        Command::Forget(args) => commands::forget::run(args),
        Command::Doctor(args) => commands::doctor::run(args),
        Command::Export(args) => commands::export::run(args),
        Command::Show(args) => commands::show::run(args, cli.color),
        Command::Search(args) => commands::search::run(args, cli.color),
        Command::Timeline(args) => commands::timeline::timeline(args, cli.color),
        Command::Changed(args) => commands::timeline::changed(args, cli.color),
        Command::First(args) => commands::first::run(args, cli.color),
        Command::Similar(args) => commands::similar::run(args, cli.color),
        Command::Statements(args) => commands::statements::run(args),
        Command::Stats(args) => commands::stats::run(args, cli.color),
        Command::Voices(args) => commands::voices::run(args, cli.color),
        Command::Completions(args) => commands::completions::run(args),
        Command::Man(args) => commands::man::run(args),
    };
    done.unwrap_or_else(|failure| {
        out::error(&failure, failure.hint.as_deref());
        ExitCode::from(failure.status)
    })
}

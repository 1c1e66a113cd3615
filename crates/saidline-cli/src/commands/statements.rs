//! `saidline statements`: what a person says of which reports are one statement.

use std::process::ExitCode;

use saidline_store::{Store, StoreError, Who};

use crate::args::{DecideOnStatements, Statements};
use crate::failure::Failure;
use crate::out;

pub(crate) fn run(args: Statements) -> Result<ExitCode, Failure> {
    let (by, store) = match &args.decide {
        DecideOnStatements::Merge(args) => (&args.by, &args.store),
        DecideOnStatements::Split(args) => (&args.by, &args.store),
    };
    let (by, at) = (super::who(by), super::now());
    let who = Who { by: &by, at: &at };
    let mut store = Store::open(&store.store)?;
    let (made, what) = match &args.decide {
        DecideOnStatements::Merge(args) => {
            (store.merge_statements(&args.a, &args.b, args.force, who), "merged into")
        }
        DecideOnStatements::Split(args) => (store.split_statement(&args.report, who), "split into"),
    };
    let made = made.map_err(|error| match error {
        // Each says by itself what can be done, or that there is nothing to do.
        StoreError::Refused(..) | StoreError::Wrong(_) => Failure::from(error),
        _ => Failure::from(error).hint(match &args.decide {
            DecideOnStatements::Merge(_) => {
                "`saidline timeline VOICE` and `saidline show ID` give the ids of statements and their reports"
            }
            DecideOnStatements::Split(_) => "a report is split off by its own id (`a-…`), which `saidline show ID` gives",
        }),
    })?;
    let statements: Vec<_> = made.statements.iter().map(|id| format!("`{id}`")).collect();
    out::print(&format!("d-{}: {what} {}\n", made.nr, statements.join(" and ")))?;
    Ok(ExitCode::SUCCESS)
}

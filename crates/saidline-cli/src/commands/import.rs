//! `saidline voices import`: a table of people into the record.

use std::fs::File;
use std::process::ExitCode;

use anyhow::Context;
use saidline::{Moment, SpeakerKind};
use saidline_store::{AuthorityRow, Imported, Store, Who};

use crate::args::ImportVoices;
use crate::failure::{Failure, UNREAD};
use crate::out;
use crate::people::{clean, count};

/// The columns that are understood; `name` must be there.
const COLUMNS: [&str; 7] = ["name", "alias", "identifier", "role", "from", "to", "kind"];

pub(crate) fn run(args: &ImportVoices) -> Result<ExitCode, Failure> {
    let shown = args.table.to_string_lossy().into_owned();
    let (rows, bad) = read(args, &shown)?;
    let (by, at) = (super::who(&args.by), super::now());
    let imported = Store::open(&args.store.store)?.import_voices(
        &shown,
        &rows,
        args.dry_run,
        Who { by: &by, at: &at },
    )?;
    out::print(&said(&imported, args.dry_run))?;
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(UNREAD) })
}

/// The rows of a table, and how many could not be taken; each of those is named with its line.
fn read(args: &ImportVoices, shown: &str) -> Result<(Vec<AuthorityRow>, usize), Failure> {
    let open = || -> anyhow::Result<csv::Reader<File>> {
        let file = File::open(&args.table)
            .map_err(saidline_sources::Why::from)
            .map_err(|why| anyhow::anyhow!("{why}"))
            .with_context(|| format!("cannot read `{shown}`"))?;
        Ok(csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file))
    };
    let mut reader = open().map_err(|error| Failure::new(UNREAD, error))?;
    let not_csv = |error: csv::Error| match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        csv::ErrorKind::Io(error) => error.kind().to_string(),
        _ => "not CSV".to_owned(),
    };
    let headers = reader.headers().map_err(|error| {
        Failure::new(UNREAD, anyhow::anyhow!("cannot read `{shown}`: {}", not_csv(error)))
    })?;
    let columns: Vec<String> =
        headers.iter().map(|name| name.trim_start_matches('\u{feff}').to_ascii_lowercase()).collect();
    if !columns.iter().any(|column| column == "name") {
        return Err(Failure::usage(format!("`{}` has no column `name`", clean(shown)))
            .hint(format!("the first line names the columns: {}", COLUMNS.join(", "))));
    }
    let unknown: Vec<_> = columns.iter().filter(|column| !COLUMNS.contains(&column.as_str())).collect();
    if !unknown.is_empty() {
        let names: Vec<_> = unknown.iter().map(|name| format!("`{}`", clean(name))).collect();
        out::warning(format!("columns that mean nothing here: {}", names.join(", ")), None);
    }
    let (mut rows, mut bad) = (Vec::new(), 0);
    for record in reader.records() {
        let (line, row) = match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let cell = |name: &str| {
                    let place = columns.iter().position(|column| column == name)?;
                    record.get(place).filter(|cell| !cell.is_empty())
                };
                let row = match record.len() == columns.len() {
                    true => authority(cell),
                    false => {
                        Err(format!("{} columns where the first line has {}", record.len(), columns.len()))
                    }
                };
                (line, row)
            }
            Err(error) => (error.position().map_or(0, csv::Position::line), Err(not_csv(error))),
        };
        match row {
            Ok(row) => rows.push(row),
            Err(why) => {
                bad += 1;
                out::warning(format!("{}:{line}: {}", clean(shown), clean(&why)), None);
            }
        }
    }
    Ok((rows, bad))
}

/// A row of the table, by its cells that are not empty; or why it is none.
fn authority<'a>(cell: impl Fn(&str) -> Option<&'a str>) -> Result<AuthorityRow, String> {
    let is_name = |name: &str| name.contains(char::is_alphanumeric);
    let name = cell("name").ok_or("no name")?;
    if !is_name(name) {
        return Err(format!("`{name}` is no name"));
    }
    let kind = match cell("kind") {
        None | Some("person") => SpeakerKind::Person,
        Some("organisation") => SpeakerKind::Organisation,
        Some(other) => return Err(format!("`{other}` is no kind: there are person, organisation")),
    };
    let date = |column: &str| match cell(column) {
        Some(text) if text.parse::<Moment>().is_err() => {
            Err(format!("`{text}` is not a date: write `2024`, `2024-10` or `2024-10-19`"))
        }
        text => Ok(text.map(str::to_owned)),
    };
    let (from, to) = (date("from")?, date("to")?);
    if let (Some(from), Some(to)) = (&from, &to)
        && from > to
        && !from.starts_with(to.as_str())
    {
        return Err(format!("`{from}` is later than `{to}`"));
    }
    let role = cell("role").map(str::to_owned);
    if role.is_none() && (from.is_some() || to.is_some()) {
        return Err("dates without a role".to_owned());
    }
    let aliases: Vec<_> = cell("alias").unwrap_or_default().split('|').map(str::trim).collect();
    if let Some(none) = aliases.iter().find(|alias| !alias.is_empty() && !is_name(alias)) {
        return Err(format!("`{none}` is no name"));
    }
    let aliases = aliases.into_iter().filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
    Ok(AuthorityRow {
        identifier: cell("identifier").map(str::to_owned),
        name: name.to_owned(),
        kind,
        aliases,
        role,
        from,
        to,
    })
}

/// What was imported, or would be.
fn said(imported: &Imported, dry_run: bool) -> String {
    let Imported { decision, rows, known, people, voices, unsettled } = imported;
    let mut said = match decision {
        None => "nothing new".to_owned(),
        Some(decision) => {
            let whose = match voices {
                1 => "1 voice of the record is theirs".to_owned(),
                voices => format!("{voices} voices of the record are theirs"),
            };
            let people = if *people == 1 { "1 person".to_owned() } else { format!("{people} people") };
            let rows = count(*rows as u64, "row");
            match dry_run {
                true => format!("would import {rows} about {people}; {whose}"),
                false => format!("{}: {rows} about {people} imported; {whose}", decision.id()),
            }
        }
    };
    if *known > 0 {
        said.push_str(&format!("; {} known already", count(*known as u64, "row")));
    }
    said.push('\n');
    for name in unsettled {
        let name = clean(name);
        said.push_str(&format!("`{name}`: several people have the name, and no role tells who is meant\n"));
    }
    said
}

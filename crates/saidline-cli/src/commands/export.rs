//! `saidline export`: the record, to be taken elsewhere.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use saidline_sources::Why;
use saidline_store::{Store, Table};

use crate::args::{Export, ExportFormat};
use crate::csv_out;
use crate::failure::{Failure, NOTHING, UNUSABLE, USAGE};
use crate::lists::tell_unmatched;
use crate::out;

/// How much is gathered before it is written, in bytes.
const ENOUGH: usize = 1 << 16;

pub(crate) fn run(args: Export) -> Result<ExitCode, Failure> {
    if args.into.is_some() && args.format == Some(ExportFormat::Jsonl) {
        return Err(Failure::usage("`--into` writes tables, which are CSV")
            .hint("without `--into`, `saidline export > FILE` writes JSON lines to a file"));
    }
    let store = Store::read(&args.store.store)?;
    let export = store.export(&args.filter.filter(), args.all, args.with_text)?;
    if let Some((narrowed, meant)) = export.narrowed() {
        tell_unmatched(&narrowed.unmatched);
        if meant == 0 {
            out::warning("nothing fits, and nothing is written", None);
            return Ok(ExitCode::from(NOTHING));
        }
    }
    match (&args.into, args.format) {
        (Some(folder), _) => to_folder(&export, folder, args.force)?,
        (None, Some(ExportFormat::Csv)) => csv(&export, Table::Quotes, out::print)?,
        (None, Some(ExportFormat::Jsonl) | None) => {
            let mut gathered = String::new();
            export.lines(|lines| -> Result<(), Failure> {
                gathered.push_str(lines);
                if gathered.len() >= ENOUGH {
                    out::print(&gathered)?;
                    gathered.clear();
                }
                Ok(())
            })?;
            out::print(&gathered)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Hands over a table as CSV, many rows at a time, the names of the fields first.
fn csv(
    export: &saidline_store::Export<'_>,
    table: Table,
    mut each: impl FnMut(&str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut gathered = String::new();
    csv_out::row(&mut gathered, export.fields(table).iter().map(|field| field.name));
    export.table(table, |cells| -> Result<(), Failure> {
        csv_out::row(&mut gathered, cells.iter().map(String::as_str));
        if gathered.len() >= ENOUGH {
            each(&gathered)?;
            gathered.clear();
        }
        Ok(())
    })?;
    each(&gathered)
}

/// Writes all tables to a folder, and then what describes them.
fn to_folder(export: &saidline_store::Export<'_>, folder: &Path, force: bool) -> Result<(), Failure> {
    let failed = |path: &Path, error: io::Error| {
        Failure::new(UNUSABLE, anyhow::anyhow!("cannot write `{}`: {}", path.display(), Why::from(error)))
    };
    if !force && !is_free(folder).map_err(|error| failed(folder, error))? {
        return Err(Failure::new(USAGE, anyhow::anyhow!("there is something in `{}`", folder.display()))
            .hint(
                "name another folder, or say `--force` to replace what an earlier export has written there",
            ));
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    // A file has its name only when all of it is written.
    let whole = |name: &str, write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Failure>| {
        let (path, part) = (folder.join(name), folder.join(format!("{name}.part")));
        let written = File::create(&part).map_err(|error| failed(&path, error)).and_then(|file| {
            let mut file = BufWriter::new(file);
            write(&mut file)?;
            file.into_inner()
                .map_err(|error| failed(&path, error.into_error()))?
                .sync_all()
                .map_err(|error| failed(&path, error))
        });
        let named = written.and_then(|()| fs::rename(&part, &path).map_err(|error| failed(&path, error)));
        if named.is_err() {
            // It says nothing that the message does not.
            let _ = fs::remove_file(&part);
        }
        named
    };
    for table in Table::ALL {
        let name = format!("{}.csv", table.name());
        whole(&name, &mut |file| {
            csv(export, table, |rows| {
                file.write_all(rows.as_bytes()).map_err(|error| failed(&folder.join(&name), error))
            })
        })?;
    }
    whole("datapackage.json", &mut |file| {
        let package = export.package();
        file.write_all(package.as_bytes()).map_err(|error| failed(&folder.join("datapackage.json"), error))
    })
}

/// Whether nothing is in a folder, or there is none.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

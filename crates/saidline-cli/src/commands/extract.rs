//! `saidline extract`: pages in, who said what out.

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;

use saidline::wire::{self, WireOptions};
use saidline::{Model, Reader, read_all};
use saidline_sources::{Globs, Input, Meta, Options, Place, Sources, Unread};

use crate::args::{Color, Extract, Format, InputKind, ModelName};
use crate::failure::{Failure, UNREAD, USAGE};
use crate::out;
use crate::people::Table;
use crate::progress::Progress;

pub(crate) fn run(args: Extract, color: Color) -> Result<ExitCode, Failure> {
    let table = match args.format {
        Some(format) => format == Format::Table,
        None => out::stdout_is_terminal(),
    };
    let table = table.then(|| Table::new(color));
    let meta = args.meta.as_deref().map(read_meta).transpose()?;
    let sources = sources(&args, meta.clone())?;
    let models = super::models(args.models.models.as_deref())?;
    let model = match args.models.model {
        ModelName::Accurate => Model::Accurate,
    };
    let reader = Reader::new(models, saidline::Options { plain: args.plain, model });
    let threads = args.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);

    let mut progress = Progress::new(&sources);
    let mut tally = Tally::default();
    let mut lines = String::new();
    for item in read_all(reader, sources, threads) {
        tally.inputs += 1;
        match item {
            Err(unread) => progress.aside(|| tally.unread(&unread)),
            Ok((page, reading)) => {
                lines.clear();
                match &table {
                    Some(table) => table.write(&mut lines, &page, &reading),
                    None => {
                        wire::write(&mut lines, &page, &reading, WireOptions { with_text: args.with_text })
                    }
                }
                out::print(&lines)?;
                progress.page();
            }
        }
    }
    drop(progress);
    if let Some(meta) = meta {
        warn_of_unused(&meta);
    }
    Ok(tally.end())
}

fn sources(args: &Extract, meta: Option<Arc<Meta>>) -> Result<Sources, Failure> {
    if args.url.is_some() && (args.paths.len() > 1 || args.paths[0].is_dir()) {
        return Err(Failure::usage("`--url` is the address of one page, and here are several")
            .hint("`--meta` takes a table with the address of each"));
    }
    let place = |path: &std::path::PathBuf| match path.to_str() {
        Some("-") => Place::Stdin,
        _ => Place::Path(path.clone()),
    };
    let input = match args.input {
        InputKind::Auto => Input::Auto,
        InputKind::Text => Input::Text,
        InputKind::Html => Input::Html,
        InputKind::Jsonl => Input::Jsonl,
    };
    let globs = Globs::new(&args.include, &args.exclude).map_err(Failure::usage)?;
    let options = Options { input, address: args.url.clone(), outlet: args.outlet.clone(), meta, globs };
    Ok(Sources::new(args.paths.iter().map(place), options))
}

fn read_meta(path: &Path) -> Result<Arc<Meta>, Failure> {
    let meta = Meta::read(path).map_err(|error| {
        Failure::new(USAGE, error)
            .hint("the first line names the columns: `path,url,outlet,published,fetched`")
    })?;
    for column in meta.unknown_columns() {
        out::warning(
            format!("the column `{column}` of `{}` is not known and not used", path.display()),
            None,
        );
    }
    Ok(Arc::new(meta))
}

/// Rows for pages that were not there: most likely their paths are written wrongly.
fn warn_of_unused(meta: &Meta) {
    let unused: Vec<_> = meta.unused().collect();
    if let Some(first) = unused.first() {
        let more = if unused.len() > 1 { format!(" and {} more", unused.len() - 1) } else { String::new() };
        out::warning(format!("no page for the row of `{first}`{more} in the table of `--meta`"), None);
    }
}

/// How many inputs there were, and how many of them could not be read.
#[derive(Default)]
struct Tally {
    inputs: u64,
    unread: u64,
    hints: HashSet<&'static str>,
}

impl Tally {
    fn unread(&mut self, unread: &Unread) {
        self.unread += 1;
        // The same hint two hundred times would bury the names.
        let hint = unread.why.hint().filter(|hint| self.hints.insert(hint));
        out::error(unread, hint);
    }

    fn end(&self) -> ExitCode {
        if self.unread == 0 {
            return ExitCode::SUCCESS;
        }
        if self.inputs > 1 {
            out::warning(format!("{} of {} inputs could not be read", self.unread, self.inputs), None);
        }
        ExitCode::from(UNREAD)
    }
}

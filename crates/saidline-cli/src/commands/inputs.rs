//! The inputs of the commands that read pages.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use saidline::{Options as Reading, Reader};
use saidline_sources::{Globs, Input, Meta, Options, Place, Sources, Unread};

use crate::args::{InputKind, ReadingArgs};
use crate::failure::{Failure, UNREAD, USAGE};
use crate::out;

/// What a command reads, and with what.
pub(crate) struct Inputs {
    pub(crate) sources: Sources,
    /// The table of what is known of pages.
    pub(crate) meta: Option<Table>,
    pub(crate) reader: Reader<'static>,
}

impl Inputs {
    /// Checks what was asked for before the models are loaded.
    pub(crate) fn new(args: &ReadingArgs) -> Result<Self, Failure> {
        let meta = args.meta.as_deref().map(read_meta).transpose()?;
        let sources = sources(args, meta.clone())?;
        let models = super::models(args.models.model.into(), args.models.models.as_deref())?;
        let reader = Reader::new(models, Reading { plain: args.plain });
        Ok(Self { sources, meta: meta.map(Table), reader })
    }
}

/// The table of what is known of pages.
pub(crate) struct Table(Arc<Meta>);

impl Table {
    /// Warns of rows for pages that were not there: most likely their paths are written wrongly.
    pub(crate) fn warn_of_unused(&self) {
        let unused: Vec<_> = self.0.unused().collect();
        if let Some(first) = unused.first() {
            let more =
                if unused.len() > 1 { format!(" and {} more", unused.len() - 1) } else { String::new() };
            out::warning(format!("no page for the row of `{first}`{more} in the table of `--meta`"), None);
        }
    }
}

fn sources(args: &ReadingArgs, meta: Option<Arc<Meta>>) -> Result<Sources, Failure> {
    if args.url.is_some() && (args.paths.len() > 1 || args.paths[0].is_dir()) {
        return Err(Failure::usage("`--url` is the address of one page, and here are several")
            .hint("`--meta` takes a table with the address of each"));
    }
    let place = |path: &PathBuf| match path.to_str() {
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

/// How many inputs there were, and how many of them could not be read.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) inputs: u64,
    unread: u64,
    hints: HashSet<&'static str>,
}

impl Tally {
    /// Of so many inputs none of which could not be read yet.
    pub(crate) fn of(inputs: u64) -> Self {
        Self { inputs, ..Self::default() }
    }

    /// Says that an input could not be read.
    pub(crate) fn unread(&mut self, unread: &Unread) {
        self.unread += 1;
        // The same hint two hundred times would bury the names.
        let hint = unread.why.hint().filter(|hint| self.hints.insert(hint));
        out::error(unread, hint);
    }

    /// The exit status.
    pub(crate) fn end(&self) -> ExitCode {
        if self.unread == 0 {
            return ExitCode::SUCCESS;
        }
        if self.inputs > 1 {
            out::warning(format!("{} of {} inputs could not be read", self.unread, self.inputs), None);
        }
        ExitCode::from(UNREAD)
    }
}

//! `saidline extract`: pages in, who said what out.

use std::process::ExitCode;

use saidline::read_all;
use saidline::wire::{self, WireOptions};

use super::inputs::{Inputs, Tally};
use crate::args::{Color, Extract, Format};
use crate::failure::Failure;
use crate::out;
use crate::people::Table;
use crate::progress::Progress;

pub(crate) fn run(args: Extract, color: Color) -> Result<ExitCode, Failure> {
    let table = Format::or_default(args.format) == Format::Table;
    let table = table.then(|| Table::new(color, args.all));
    let Inputs { sources, meta, reader } = Inputs::new(&args.reading)?;

    let mut progress = Progress::beside_pages(&sources);
    let mut tally = Tally::default();
    let mut lines = String::new();
    for item in read_all(reader, sources, args.reading.threads.count()) {
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
        meta.warn_of_unused();
    }
    Ok(tally.end())
}

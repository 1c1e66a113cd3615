//! `saidline show`: one thing and what the store knows of it.

use std::process::ExitCode;

use saidline_store::{Namesake, Store, StoreError};

use crate::args::{Color, Format, Show};
use crate::failure::Failure;
use crate::out;
use crate::people::{Table, clean, count};

pub(crate) fn run(args: Show, color: Color) -> Result<ExitCode, Failure> {
    let table = match args.format {
        Some(format) => format == Format::Table,
        None => out::stdout_is_terminal(),
    };
    let store = Store::read(&args.store.store)?;
    let shown = store.show(&args.id, args.all).map_err(|error| {
        let unknown = matches!(error, StoreError::Unknown(_));
        let failure = Failure::from(error);
        if unknown { failure.hint(HINT) } else { failure }
    })?;
    if let Some((old, new)) = &shown.forwarded {
        out::warning(format!("`{old}` is now `{new}`"), None);
    }
    let others = shown.namesakes.iter().map(|Namesake { id, name, reports }| {
        format!("`{}` (`{id}`, {})", clean(name), count(*reports, "report"))
    });
    let others = others.collect::<Vec<_>>();
    if !others.is_empty() {
        let hint = "an id shows one of them; `saidline voices merge` joins two that are one voice's";
        out::warning(format!("`{}` can also mean {}", clean(&args.id), others.join(", ")), Some(hint));
    }
    let mut lines = String::new();
    if table {
        Table::new(color, args.all).thing(&mut lines, &shown.thing);
    } else {
        shown.write(&mut lines);
    }
    out::print(&lines)?;
    Ok(ExitCode::SUCCESS)
}

const HINT: &str = "name it by an id or at least 8 digits of it, a page by its path or address, too, a voice by its \
                    name";

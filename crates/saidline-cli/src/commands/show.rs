//! `saidline show`: one thing and what the store knows of it.

use std::process::ExitCode;

use saidline_store::{LATEST, Namesake, Store, StoreError, Thing};

use crate::args::{Color, Show, ViewFormat};
use crate::failure::Failure;
use crate::out;
use crate::people::{Table, clean, count, statement_markdown};

pub(crate) fn run(args: Show, color: Color) -> Result<ExitCode, Failure> {
    let format = ViewFormat::or_default(args.format);
    let store = Store::read(&args.store.store)?;
    let shown = store.show_latest(&args.id, args.all, args.limit.unwrap_or(LATEST)).map_err(|error| {
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
    match (format, &shown.thing) {
        (ViewFormat::Table, thing) => Table::new(color, args.all).thing(&mut lines, thing, args.limit),
        (ViewFormat::Jsonl, _) => shown.write(&mut lines),
        (ViewFormat::Markdown, Thing::Statement(view)) => statement_markdown(&mut lines, view),
        (ViewFormat::Markdown, _) => {
            return Err(Failure::usage("only a statement can be shown as Markdown").hint(
                "`saidline show ID --format table` shows of an attribution which statement it reports",
            ));
        }
    }
    out::print(&lines)?;
    Ok(ExitCode::SUCCESS)
}

const HINT: &str = "name it by an id or at least 8 digits of it, a page by its path or address, too, a voice by its \
                    name";

//! `saidline similar`: statements that are like another.

use std::process::ExitCode;

use saidline_store::Store;
use serde_json::json;

use super::search::line;
use super::timeline::row_line;
use crate::args::{Color, Format, Similar};
use crate::failure::{Failure, NOTHING};
use crate::lists::Lists;
use crate::out;
use crate::people::push;

pub(crate) fn run(args: Similar, color: Color) -> Result<ExitCode, Failure> {
    let (own, found) = Store::read(&args.store.store)?.similar(&args.id)?;
    let table = Format::or_default(args.format) == Format::Table;
    let mut lines = String::new();
    if table {
        let lists = Lists::new(color);
        lists.statement_row(&mut lines, &own, None);
        let title = if found.is_empty() { "nothing is like it" } else { "like it, the likest first" };
        push(&mut lines, 0, "");
        push(&mut lines, 0, &lists.styles.title.of(title));
        found.iter().for_each(|one| lists.similar(&mut lines, one));
    } else {
        for one in &found {
            let mut value = row_line(&one.row);
            value["to"] = json!(own.id);
            value["likeness"] = json!((f64::from(one.likeness) * 1000.0).round() / 1000.0);
            value["reasons"] = json!(one.reasons.iter().map(|reason| reason.to_string()).collect::<Vec<_>>());
            line(&mut lines, &value);
        }
    }
    out::print(&lines)?;
    Ok(if found.is_empty() { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

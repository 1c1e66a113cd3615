//! `saidline first`: who had some words first.

use std::process::ExitCode;

use saidline_store::{FoundReport, Store};
use serde_json::json;

use super::search::{found_line, line};
use crate::args::{Color, First, Format};
use crate::failure::{Failure, NOTHING};
use crate::lists::{Lists, tell_unmatched};
use crate::out;
use crate::people::{count, push};

/// Reports of unknown time that are shown.
const UNDATED: usize = 10;

pub(crate) fn run(args: First, color: Color) -> Result<ExitCode, Failure> {
    let found = Store::read(&args.store.store)?.first(&args.filter.filter())?;
    tell_unmatched(&found.narrowed.unmatched);
    let table = Format::or_default(args.format) == Format::Table;
    let mut lines = String::new();
    if table {
        let lists = Lists::new(color);
        let list = |lines: &mut String, some: &[(FoundReport, String)], title: &str| {
            if !some.is_empty() {
                push(lines, 0, &lists.styles.title.of(title));
                lines.push('\n');
            }
            some.iter().for_each(|(report, _)| lists.report(lines, report));
        };
        list(&mut lines, &found.first, "published first");
        let undated = &found.undated[..found.undated.len().min(UNDATED)];
        list(&mut lines, undated, "of unknown time: they may be earlier");
        let total = match found.total {
            0 => "nobody has these words".to_owned(),
            total => format!("{} with these words", count(total as u64, "report")),
        };
        push(&mut lines, 0, &lists.styles.faint.of(total));
    } else {
        for (rank, some) in [("first", &found.first), ("undated", &found.undated)] {
            for (report, statement) in some {
                let mut value = found_line(report);
                value["rank"] = json!(rank);
                value["statement"] = json!(statement);
                line(&mut lines, &value);
            }
        }
    }
    out::print(&lines)?;
    Ok(if found.total == 0 { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

//! `saidline timeline` and `saidline changed`: statements by time, and those whose words were altered.

use std::process::ExitCode;

use saidline::ActClass;
use saidline_store::{StatementRow, Store, Timeline, TimelineQuery};
use serde_json::json;

use super::search::line;
use crate::args::{self, Color, FilterArgs, ViewFormat};
use crate::failure::{Failure, NOTHING};
use crate::lists::{Lists, tell_unmatched};
use crate::out;
use crate::people::{push, row_markdown, thousands};

/// Months that are plotted at most, the newest.
const MONTHS: usize = 24;

pub(crate) fn timeline(args: args::Timeline, color: Color) -> Result<ExitCode, Failure> {
    let mut filter = args.filter.filter();
    filter.words = args.about.join(" ");
    filter.speakers.push(args.voice.clone());
    if filter.acts.is_empty() {
        filter.acts.push(ActClass::Speech);
    }
    let query = TimelineQuery { filter, changed: false, limit: args.limit, offset: args.offset };
    let found = Store::read(&args.store.store)?.timeline(&query)?;
    print(&found, args.format, color, true)
}

pub(crate) fn changed(args: args::Changed, color: Color) -> Result<ExitCode, Failure> {
    let filter = FilterArgs::filter(&args.filter);
    let query = TimelineQuery { filter, changed: true, limit: args.limit, offset: args.offset };
    let found = Store::read(&args.store.store)?.timeline(&query)?;
    print(&found, args.format, color, false)
}

fn print(
    found: &Timeline,
    format: Option<ViewFormat>,
    color: Color,
    plot: bool,
) -> Result<ExitCode, Failure> {
    tell_unmatched(&found.narrowed.unmatched);
    let mut lines = String::new();
    match ViewFormat::or_default(format) {
        ViewFormat::Table => {
            let lists = Lists::new(color);
            found.rows.iter().for_each(|row| lists.statement_row(&mut lines, row, None));
            let left = found.total.saturating_sub(found.rows.len());
            let total = match (found.total, left) {
                (0, _) => "nothing fits".to_owned(),
                (1, _) => "1 statement".to_owned(),
                (total, 0) => format!("{} statements", thousands(total)),
                (total, _) => format!("{} of {} statements", thousands(found.rows.len()), thousands(total)),
            };
            if plot && found.months.len() > 1 {
                lines.push('\n');
                let months: Vec<_> = found.months.iter().rev().take(MONTHS).rev().cloned().collect();
                lists.plot(&mut lines, &months);
            }
            push(&mut lines, 0, &lists.styles.faint.of(total));
        }
        ViewFormat::Jsonl => found.rows.iter().for_each(|row| line(&mut lines, &row_line(row))),
        ViewFormat::Markdown => found.rows.iter().for_each(|row| row_markdown(&mut lines, row)),
    }
    out::print(&lines)?;
    Ok(if found.total == 0 { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

/// A statement of a list as JSON.
pub(super) fn row_line(row: &StatementRow) -> serde_json::Value {
    let speakers = row.fullest.speakers.iter().map(|speaker| {
        json!({"name": speaker.name, "kind": speaker.kind, "role": speaker.role, "voice": speaker.voice})
    });
    json!({
        "type": "listed", "version": saidline::wire::VERSION, "statement": row.id, "date": row.date, "dated": row.dated,
        "speakers": speakers.collect::<Vec<_>>(), "content": row.fullest.content, "reports": row.reports,
        "outlets": row.outlets, "independent": row.independent, "cut": row.cut, "altered": row.altered,
        "fullest": row.fullest.id, "outlet": row.fullest.outlet, "title": row.fullest.title, "url": row.fullest.address,
    })
}

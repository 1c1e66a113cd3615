//! `saidline stats`: how much of what is in the record.

use std::collections::BTreeMap;
use std::process::ExitCode;

use saidline::ActClass;
use saidline_store::{OutletMonth, Stats, Store, StoredRun};
use serde_json::json;

use super::search::line;
use crate::args::{self, Color, ListFormat};
use crate::bars::spark;
use crate::failure::Failure;
use crate::lists::Lists;
use crate::people::{clean, count, push, thousands};
use crate::{csv_out, out};

/// More months than this are shown by year.
const MOST_MONTHS: usize = 36;
/// How many outlets, notes, unread inputs and runs the table names.
const SHOWN: usize = 8;

pub(crate) fn run(args: args::Stats, color: Color) -> Result<ExitCode, Failure> {
    let stats = Store::read(&args.store.store)?.stats()?;
    let mut lines = String::new();
    match ListFormat::or_default(args.format) {
        ListFormat::Table => {
            let name = args.store.store.display().to_string();
            table(&mut lines, &clean(&name), &stats, &Lists::new(color));
        }
        ListFormat::Jsonl => line(&mut lines, &object(&stats)),
        ListFormat::Csv => csv(&mut lines, &stats),
    }
    out::print(&lines)?;
    Ok(ExitCode::SUCCESS)
}

fn table(out: &mut String, name: &str, stats: &Stats, lists: &Lists) {
    let reports: usize = stats.attributions.iter().map(|(_, count)| count).sum();
    let kinds = stats.attributions.iter().map(|(kind, count)| (*count, kind.name()));
    let acts = stats
        .acts
        .iter()
        .map(|(act, count)| (*count, act.map_or("read before acts were told", ActClass::name)));
    push(out, 0, &lists.styles.title.of(name));
    push(out, 0, &lists.styles.faint.of(format!("{:.1} MB", stats.size as f64 / 1e6)));
    out.push('\n');
    let rows = [
        (
            stats.pages,
            "pages",
            vec![
                (stats.documents, "documents"),
                (stats.versions, "earlier versions"),
                (stats.captures, "captured again"),
            ],
        ),
        (reports, "reports", kinds.collect()),
        (0, "", acts.collect()),
        (
            0,
            "",
            vec![
                (stats.named, "with a name"),
                (stats.unnamed, "unnamed"),
                (stats.without_speaker, "without a speaker"),
            ],
        ),
        (0, "", vec![(stats.rejected, "rejected"), (stats.earlier, "of earlier versions left out")]),
        (
            stats.voices_named + stats.voices_unnamed,
            "voices",
            vec![(stats.voices_named, "with a name"), (stats.voices_unnamed, "unnamed")],
        ),
        (stats.decisions, "decisions", vec![]),
    ];
    for (count, what, parts) in rows {
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", thousands(count)))
            .collect();
        let head = if what.is_empty() { String::new() } else { thousands(count) };
        if !head.is_empty() || !parts.is_empty() {
            push(out, 0, &format!("{head:>11} {what:<10} {}", lists.styles.faint.of(parts.join(" · "))));
        }
    }
    plot(out, &stats.months, lists);
    let notes = stats.notes.iter().map(|(code, count)| (clean(code), *count)).collect::<Vec<_>>();
    section(out, "notes", notes.len(), lists, |out| lists.plot(out, &notes[..notes.len().min(SHOWN)]));
    section(out, "not read", stats.unread.len(), lists, |out| {
        for (path, why) in stats.unread.iter().take(SHOWN) {
            push(out, 2, &format!("{}: {}", clean(path), clean(why)));
        }
    });
    section(out, "runs", stats.runs.len(), lists, |out| {
        for run in stats.runs.iter().rev().take(SHOWN) {
            let ended = if run.ended.is_some() { "" } else { ", not ended" };
            let line = format!(
                "{}  {} of {} by {}, saidline {}, {}{ended}",
                clean(&run.began),
                clean(&run.command),
                pages_of(run),
                clean(&run.by),
                clean(&run.version),
                clean(&run.model)
            );
            push(out, 2, &line);
        }
    });
}

/// How many pages a run was about: those that it brought, else those that it read and no run has read since.
fn pages_of(run: &StoredRun) -> String {
    match (run.command.as_str(), run.read) {
        ("refresh", 0) => "pages that were read again since".to_owned(),
        ("refresh", read) => count(read as u64, "page"),
        _ => count(run.pages as u64, "page"),
    }
}

fn section(out: &mut String, name: &str, count: usize, lists: &Lists, write: impl FnOnce(&mut String)) {
    if count == 0 {
        return;
    }
    out.push('\n');
    push(out, 0, &lists.styles.title.of(name));
    write(out);
    if count > SHOWN {
        push(out, 2, &lists.styles.faint.of(format!("and {} more", thousands(count - SHOWN))));
    }
}

/// The pages of each month, or of each year where there are many months, and how the largest outlets share in them.
fn plot(out: &mut String, months: &[OutletMonth], lists: &Lists) {
    let dated = || months.iter().filter_map(|row| Some((row.month.as_deref()?, row)));
    let distinct = dated().map(|(month, _)| month).collect::<std::collections::BTreeSet<_>>();
    let (what, length) = if distinct.len() > MOST_MONTHS { ("years", 4) } else { ("months", 7) };
    let period = |month: &str| month.chars().take(length).collect::<String>();
    let mut all: BTreeMap<String, usize> = BTreeMap::new();
    dated().for_each(|(month, row)| *all.entry(period(month)).or_default() += row.documents);
    if !all.is_empty() {
        out.push('\n');
        push(out, 0, &lists.styles.title.of(format!("pages by {}", &what[..what.len() - 1])));
        lists.plot(out, &all.iter().map(|(period, count)| (clean(period), *count)).collect::<Vec<_>>());
    }
    let undated: usize = months.iter().filter(|row| row.month.is_none()).map(|row| row.documents).sum();
    if undated > 0 {
        push(out, 2, &lists.styles.faint.of(format!("and {} without a date", thousands(undated))));
    }
    let mut outlets: BTreeMap<&str, (usize, BTreeMap<String, usize>)> = BTreeMap::new();
    for row in months {
        let Some(name) = &row.outlet else { continue };
        let outlet = outlets.entry(name).or_default();
        outlet.0 += row.documents;
        row.month.iter().for_each(|month| *outlet.1.entry(period(month)).or_default() += row.documents);
    }
    let mut outlets: Vec<_> = outlets.into_iter().collect();
    outlets.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    section(out, "outlets", outlets.len(), lists, |out| {
        // As many of the last periods as there is room for.
        let shown: Vec<_> = all.keys().skip(all.len().saturating_sub(MOST_MONTHS)).collect();
        for (name, (count, periods)) in outlets.iter().take(SHOWN) {
            let counts: Vec<_> =
                shown.iter().map(|period| periods.get(*period).copied().unwrap_or(0)).collect();
            let spark = lists.styles.direct.of(spark(&counts));
            push(out, 2, &format!("{:>7}  {spark}  {}", thousands(*count), clean(name)));
        }
    });
}

/// The name of an act; `none` stands for what an earlier version read.
fn act_name(act: Option<ActClass>) -> &'static str {
    act.map_or("none", ActClass::name)
}

fn object(stats: &Stats) -> serde_json::Value {
    let kinds: serde_json::Map<_, _> =
        stats.attributions.iter().map(|(kind, count)| (kind.name().to_owned(), json!(count))).collect();
    let acts: serde_json::Map<_, _> =
        stats.acts.iter().map(|(act, count)| (act_name(*act).to_owned(), json!(count))).collect();
    let months = stats
        .months
        .iter()
        .map(|row| json!({"outlet": row.outlet, "month": row.month, "documents": row.documents}));
    let notes: serde_json::Map<_, _> =
        stats.notes.iter().map(|(code, count)| (code.clone(), json!(count))).collect();
    let unread = stats.unread.iter().map(|(path, why)| json!({"path": path, "why": why}));
    let runs = stats.runs.iter().map(|run| {
        json!({
            "command": run.command, "version": run.version, "model": run.model, "by": run.by,
            "began": run.began, "ended": run.ended, "pages": run.pages, "read": run.read,
        })
    });
    json!({
        "type": "stats", "version": saidline::wire::VERSION, "size": stats.size, "pages": stats.pages,
        "documents": stats.documents, "versions": stats.versions, "captures": stats.captures,
        "attributions": kinds, "acts": acts, "rejected": stats.rejected, "earlier": stats.earlier, "named": stats.named,
        "unnamed": stats.unnamed, "without_speaker": stats.without_speaker,
        "voices_named": stats.voices_named, "voices_unnamed": stats.voices_unnamed,
        "decisions": stats.decisions, "months": months.collect::<Vec<_>>(), "notes": notes,
        "unread": unread.collect::<Vec<_>>(), "runs": runs.collect::<Vec<_>>(),
    })
}

fn csv(out: &mut String, stats: &Stats) {
    csv_out::row(out, ["what", "name", "month", "count"]);
    let mut row = |what: &str, name: &str, month: &str, count: usize| {
        csv_out::row(out, [what, name, month, &count.to_string()]);
    };
    row("bytes", "", "", usize::try_from(stats.size).unwrap_or(usize::MAX));
    for (what, count) in [
        ("pages", stats.pages),
        ("documents", stats.documents),
        ("versions", stats.versions),
        ("captures", stats.captures),
        ("rejected", stats.rejected),
        ("earlier", stats.earlier),
        ("named", stats.named),
        ("unnamed", stats.unnamed),
        ("without_speaker", stats.without_speaker),
        ("voices_named", stats.voices_named),
        ("voices_unnamed", stats.voices_unnamed),
        ("decisions", stats.decisions),
    ] {
        row(what, "", "", count);
    }
    stats.attributions.iter().for_each(|(kind, count)| row("attributions", kind.name(), "", *count));
    stats.acts.iter().for_each(|(act, count)| row("acts", act_name(*act), "", *count));
    for month in &stats.months {
        let outlet = month.outlet.as_deref().unwrap_or_default();
        row("month", outlet, month.month.as_deref().unwrap_or_default(), month.documents);
    }
    stats.notes.iter().for_each(|(code, count)| row("note", code, "", *count));
    stats.unread.iter().for_each(|(path, _)| row("unread", path, "", 1));
    stats.runs.iter().for_each(|run| row("run", &run.command, "", run.pages));
    stats.runs.iter().for_each(|run| row("read", &run.command, "", run.read));
}

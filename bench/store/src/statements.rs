//! What statements cost in a large record: putting all reports together, adding pages, looking at what came out.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use saidline_store::{ReportFilter, Store, TimelineQuery, VoicesQuery};

use crate::{cpu, invent, run};

/// Pages that are added.
const PAGES: u64 = 100;

/// Statements and voices that are looked at.
const LOOKS: usize = 200;

struct Cost {
    attributions: u64,
    group: Duration,
    add: Duration,
    show: (Duration, Duration),
    timeline: (Duration, Duration),
    peak: u64,
}

/// Measures stores, each in a copy beside it, and writes the table.
pub(crate) fn compare(files: &[&str], table: &Path) -> Result<()> {
    let costs = files.iter().map(|file| cost(Path::new(file))).collect::<Result<Vec<_>>>()?;
    let mut out = String::from(
        "# What statements cost in a large record\n\nMade by `B statements FILE …` (see the README) from invented records, or any others. \
         CPU seconds of this process, times of looking from the clock; p50 / p95.\n\n",
    );
    let of = |value: &dyn Fn(&Cost) -> String| costs.iter().map(value).collect::<Vec<_>>().join(" | ");
    let seconds = |time: Duration| format!("{:.1} s", time.as_secs_f64());
    let both = |(half, most): (Duration, Duration)| {
        format!("{:.1} / {:.1} ms", half.as_secs_f64() * 1e3, most.as_secs_f64() * 1e3)
    };
    writeln!(out, "| | {} |", of(&|cost| format!("{} attributions", cost.attributions)))?;
    writeln!(out, "|---|{}", "---|".repeat(costs.len()))?;
    writeln!(out, "| putting all together anew | {} |", of(&|cost| seconds(cost.group)))?;
    writeln!(
        out,
        "| the same, an attribution | {} |",
        of(&|cost| format!("{:.0} µs", cost.group.as_secs_f64() * 1e6 / cost.attributions as f64))
    )?;
    writeln!(
        out,
        "| peak memory of the process by then | {} |",
        of(&|cost| format!("{} MB", cost.peak / 1024))
    )?;
    writeln!(out, "| adding {PAGES} pages that were read | {} |", of(&|cost| seconds(cost.add)))?;
    writeln!(out, "| `show` of a statement | {} |", of(&|cost| both(cost.show)))?;
    writeln!(out, "| `timeline` of a voice, the most heard first | {} |", of(&|cost| both(cost.timeline)))?;
    print!("{out}");
    std::fs::write(table, out)?;
    Ok(())
}

fn cost(original: &Path) -> Result<Cost> {
    let file = original.with_extension("copy");
    std::fs::copy(original, &file)?;
    let mut store = Store::open(&file)?;
    let stats = store.stats()?;
    let count: u64 = stats.attributions.iter().map(|(_, count)| *count as u64).sum();
    let began = cpu()?;
    store.group_anew()?;
    let group = cpu()? - began;
    let peak = peak()?;
    let began = cpu()?;
    let mut writer = store.writer(run(), true, false);
    for n in 0..PAGES {
        let (page, reading) = invent::page(10_000_000 + count + n, count);
        writer.add(page, reading)?;
    }
    writer.finish("2025-01-01T00:00:02Z")?;
    let add = cpu()? - began;
    drop(store);
    let store = Store::read(&file)?;
    let query = TimelineQuery { limit: LOOKS, offset: 1000, ..TimelineQuery::default() };
    let statements: Vec<String> = store.timeline(&query)?.rows.into_iter().map(|row| row.id).collect();
    let voices = store.voices(&VoicesQuery { limit: LOOKS, ..VoicesQuery::default() })?.rows;
    let show = times(statements.iter(), |id| store.show(id, false).map(drop).context("it can be shown"))?;
    let timeline = times(voices.iter(), |voice| {
        let filter = ReportFilter { speakers: vec![voice.id.clone()], ..ReportFilter::default() };
        let query = TimelineQuery { filter, limit: 50, ..TimelineQuery::default() };
        store.timeline(&query).map(drop).context("it can be listed")
    })?;
    std::fs::remove_file(&file)?;
    Ok(Cost { attributions: count, group, add, show, timeline, peak })
}

/// Half of the looks took no longer than the first, 95 of 100 no longer than the second.
fn times<T>(
    of: impl Iterator<Item = T>,
    mut look: impl FnMut(T) -> Result<()>,
) -> Result<(Duration, Duration)> {
    let mut took = Vec::new();
    for one in of {
        let began = Instant::now();
        look(one)?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or_default();
    Ok((at(50), at(95)))
}

/// The most memory that this process has had, in KiB.
fn peak() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("Linux tells the peak")?;
    line.split_whitespace().nth(1).context("a number of KiB")?.parse().context("a number")
}

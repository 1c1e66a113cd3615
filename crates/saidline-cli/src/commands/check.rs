//! `saidline check`: a draft held against the record.

use std::process::ExitCode;

use saidline::statements::VerdictKind;
use saidline::wire::{self, CheckedClaim, CheckedPlace};
use saidline::{Basis, Moment, Page, Points, Reading, Speaker, read_all};
use saidline_store::{Checked, Draft, Store};

use super::inputs::{Inputs, Tally};
use crate::args::{Check, Color, InputKind, ReadingArgs, ThreadArgs, ViewFormat};
use crate::failure::{FINDING, Failure};
use crate::lists::read_date;
use crate::out;
use crate::people::{Findings, markdown};

pub(crate) fn run(args: Check, color: Color) -> Result<ExitCode, Failure> {
    let Check { paths, as_of, date, url, plain, all, format, models, store } = args;
    let format = ViewFormat::or_default(format);
    let store = Store::read(&store.store)?;
    let meaning = super::meaning::model(models.models.as_deref())?;
    let reading = ReadingArgs {
        paths,
        plain,
        input: InputKind::Auto,
        meta: None,
        outlet: None,
        url,
        include: Vec::new(),
        exclude: Vec::new(),
        threads: ThreadArgs { threads: None },
        models,
    };
    let Inputs { sources, reader, .. } = Inputs::new(&reading)?;
    let (told, today) = (date.or(as_of), super::today());
    let reader = reader.with_undated_at(told.unwrap_or(today));
    let assumed = told.is_none().then_some(today);
    let mut tally = Tally::default();
    let mut found = false;
    for item in read_all(reader, sources, reading.threads.count()) {
        tally.inputs += 1;
        let (page, reading) = match item {
            Ok(read) => read,
            Err(unread) => {
                tally.unread(&unread);
                continue;
            }
        };
        let draft = Draft {
            document: &reading.document,
            attributions: &reading.attributions,
            address: page.known.address.as_deref(),
            as_of,
            meaning: Some(meaning),
        };
        let checked = store.check(&draft)?;
        found |= checked.iter().any(Checked::is_finding);
        tell_assumed_day(assumed, &reading, &checked);
        let mut lines = String::new();
        match format {
            ViewFormat::Table => Findings::new(color, all).write(&mut lines, &page, &reading, &checked),
            ViewFormat::Markdown => markdown(&mut lines, &page, &reading, &checked, all),
            ViewFormat::Jsonl => jsonl(&mut lines, &page, &reading, &checked),
        }
        out::print(&lines)?;
    }
    let read = tally.end();
    Ok(if found && read == ExitCode::SUCCESS { ExitCode::from(FINDING) } else { read })
}

/// Says that a draft without a date was read as of today, where a finding hangs on a day.
fn tell_assumed_day(assumed: Option<Moment>, reading: &Reading, checked: &[Checked]) {
    let published = reading.document.published.as_ref();
    let is_assumed = published.is_some_and(|dated| dated.basis == Basis::Caller && dated.span.is_none());
    let hangs = checked.iter().any(|one| one.verdict == VerdictKind::OtherOccasion);
    if let Some(today) = assumed.filter(|_| is_assumed && hangs) {
        out::warning(
            format!(
                "the draft tells no date of its own: its days are read as of today, {}",
                read_date(&today.to_string())
            ),
            Some("`--date` tells when it is to appear"),
        );
    }
}

fn jsonl(out: &mut String, page: &Page, reading: &Reading, checked: &[Checked]) {
    let points = Points::new(&reading.document.text);
    for one in checked {
        let attribution = one.place.and_then(|place| reading.attributions.get(place));
        let speakers: &[Speaker] = attribution.map_or(&[], |attribution| &attribution.speakers);
        let differences = one.differences.iter().map(|one| CheckedPlace {
            kind: one.kind.name(),
            here: one.here,
            there: one.there,
        });
        let claim = CheckedClaim {
            path: &page.path,
            span: one.span,
            kind: attribution.map_or("direct", |attribution| attribution.kind.name()),
            verdict: one.verdict.name(),
            finding: one.is_finding(),
            speakers,
            statement: one.evidence.first().and_then(|first| first.statement.as_deref()),
            evidence: one.evidence.iter().map(|one| one.report.id.as_str()).collect(),
            independent: one.independent,
            wording: one.wording.map(|wording| wording.name()),
            differences: differences.collect(),
        };
        wire::write_verdict(out, &points, &claim);
    }
}

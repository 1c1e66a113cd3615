//! `saidline search`: who said what, in the record.

use std::process::ExitCode;
use std::thread::available_parallelism;

use saidline::{ActClass, ActType, Moment, Polarity, SaidBasis};
use saidline_store::{
    Facet, Facets, Found, FoundAddressee, FoundReport, FoundStatement, Order, Query, ReportFilter, Store,
};
use serde_json::json;

use super::meaning;
use crate::args::{Color, ListFormat, Search, SearchOrder};
use crate::failure::{Failure, NOTHING};
use crate::lists::{Lists, tell_unmatched};
use crate::people::thousands;
use crate::{csv_out, out};

/// How many speakers and outlets are counted.
const FACETS: usize = 10;

pub(crate) fn run(args: Search, color: Color) -> Result<ExitCode, Failure> {
    let format = ListFormat::or_default(args.format);
    if args.facets && format == ListFormat::Csv {
        return Err(Failure::usage("`--facets` cannot be printed as CSV").hint("`--format jsonl` has both"));
    }
    let mut query = query(&args);
    let model = args.meaning.is_some().then(|| meaning::model(args.models.as_deref())).transpose()?;
    query.meaning = model.zip(args.meaning.as_ref()).map(|(model, words)| meaning::meant(model, words));
    let mut store = Store::read(&args.store.store)?;
    let mut found = store.search(&query)?;
    if let Some(model) = model
        && meaning::is_made_at_once(&found)
        && let Ok(mut to_write) = Store::open(&args.store.store)
    {
        meaning::make_missing(&mut to_write, model, available_parallelism().map_or(1, usize::from))?;
        drop(to_write);
        store = Store::read(&args.store.store)?;
        found = store.search(&query)?;
    }
    let left_out = match args.all
        || args.meaning.is_some()
        || !args.filter.narrow.act.is_empty()
        || !args.filter.narrow.types.is_empty()
    {
        true => 0,
        false => store.search(&others(&query))?.total,
    };
    tell_unmatched(&found.narrowed.unmatched);
    let mut lines = String::new();
    match format {
        ListFormat::Table => {
            let lists = Lists::new(color);
            found.rows.iter().for_each(|report| lists.report(&mut lines, report));
            lists.total(&mut lines, &found, query.order, left_out);
            if let Some(facets) = &found.facets {
                lists.facets(&mut lines, facets);
            }
        }
        ListFormat::Jsonl => jsonl(&mut lines, &found, left_out),
        ListFormat::Csv => csv(&mut lines, &found),
    }
    out::print(&lines)?;
    meaning::tell_missing(&found);
    if found.total == 0
        && let Some((other, options)) = denials_otherwise(&query)
    {
        let total = store.search(&other)?.total;
        if total > 0 {
            let fit = if total == 1 {
                "1 report fits".to_owned()
            } else {
                format!("{} reports fit", thousands(total))
            };
            out::warning(
                "to deny is an act (`--type deny`), and that something was denied is a polarity (`--polarity content-denied`)",
                Some(&format!("{fit} with `{options}`")),
            );
        }
    }
    if found.total == 0 && !query.all && store.leaves_out()? {
        out::warning(
            "what was rejected and earlier versions of pages are not searched",
            Some("`--all` searches them, too"),
        );
    }
    Ok(if found.total == 0 { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

fn query(args: &Search) -> Query {
    let mut filter = args.filter.filter();
    // Who asks by meaning does not know by which word a page reports it.
    let by_meaning = args.meaning.is_some();
    if filter.acts.is_empty() && filter.types.is_empty() && !args.all && !by_meaning {
        filter.acts.push(ActClass::Speech);
    }
    let order = match args.sort {
        Some(SearchOrder::Best) => Order::Best,
        Some(SearchOrder::Oldest) => Order::Oldest,
        None if !filter.words.trim().is_empty() => Order::Best,
        _ => Order::Newest,
    };
    Query {
        filter,
        all: args.all,
        order,
        limit: args.limit,
        offset: args.offset,
        facets: if args.facets { FACETS } else { 0 },
        meaning: None,
    }
}

/// The same query for the other of the two ways in which a record knows denials, with the options that ask for it; none where it
/// asks for neither.
fn denials_otherwise(query: &Query) -> Option<(Query, &'static str)> {
    let mut filter = query.filter.clone();
    let options = match (filter.types.as_slice(), filter.polarities.as_slice()) {
        ([ActType::Deny], []) => {
            (filter.types, filter.polarities) = (Vec::new(), vec![Polarity::ContentDenied]);
            "--polarity content-denied"
        }
        ([], [Polarity::ContentDenied]) => {
            (filter.types, filter.polarities) = (vec![ActType::Deny], Vec::new());
            "--type deny"
        }
        _ => return None,
    };
    Some((Query { filter, limit: 0, offset: 0, facets: 0, meaning: None, ..query.clone() }, options))
}

/// What else would fit, had it been said: counted, not listed.
fn others(query: &Query) -> Query {
    let acts = ActClass::ALL.into_iter().filter(|act| !query.filter.acts.contains(act)).collect();
    let filter = ReportFilter { acts, ..query.filter.clone() };
    Query { filter, limit: 0, offset: 0, facets: 0, meaning: None, ..query.clone() }
}

fn jsonl(out: &mut String, found: &Found, left_out: usize) {
    let order = match found.order {
        Order::Newest => "newest",
        Order::Oldest => "oldest",
        Order::Best => "best",
        Order::Likeliest => "likeliest",
    };
    let unmatched = found.narrowed.unmatched.iter().map(|unmatched| {
        json!({
            "option": unmatched.option, "asked": unmatched.asked, "nearest": unmatched.nearest,
            "commonest": unmatched.commonest,
        })
    });
    line(
        out,
        &json!({
            "type": "search", "version": saidline::wire::VERSION, "total": found.total, "left_out": left_out, "order": order,
            "without_meaning": found.without_meaning,
            "speakers": found.narrowed.speakers, "outlets": found.narrowed.outlets, "unmatched": unmatched.collect::<Vec<_>>(),
        }),
    );
    for report in &found.rows {
        line(out, &found_line(report));
    }
    if let Some(facets) = &found.facets {
        let Facets { speakers, outlets, months, .. } = facets;
        for (of, facets) in [("speaker", speakers), ("outlet", outlets), ("month", months)] {
            for Facet { id, name, count } in facets {
                line(
                    out,
                    &json!({
                        "type": "facet", "version": saidline::wire::VERSION, "of": of, "id": id, "name": name,
                        "count": count,
                    }),
                );
            }
        }
    }
}

/// A report as JSON.
pub(crate) fn found_line(report: &FoundReport) -> serde_json::Value {
    let speakers = report.speakers.iter().map(|speaker| {
        json!({"name": speaker.name, "kind": speaker.kind, "role": speaker.role, "voice": speaker.voice})
    });
    let marks = report.marks.iter().map(|(n, mark)| {
        let points = |byte: usize| report.content[*n][..byte].chars().count();
        json!({"piece": n, "start": points(mark.start), "end": points(mark.end)})
    });
    let said = report.said.as_ref().map(|said| {
        let moment = |moment: Option<Moment>| moment.map(|moment| moment.to_string());
        json!({"from": moment(said.from), "to": moment(said.to), "basis": said.basis.name()})
    });
    json!({
        "type": "found", "version": saidline::wire::VERSION, "id": report.id, "kind": report.kind.name(),
        "act": report.act.map(|act| json!({"class": act.name(), "type": report.act_type.map(ActType::name)})),
        "polarity": report.polarity.map(Polarity::name), "said": said,
        "addressees": report.addressees.iter().map(FoundAddressee::name).collect::<Vec<_>>(),
        "venue": report.venue.as_ref().map(|(kind, words)| json!({"kind": kind.name(), "text": words})),
        "speakers": speakers.collect::<Vec<_>>(), "source": report.source, "cue": report.cue,
        "content": report.content, "marks": marks.collect::<Vec<_>>(), "date": report.date,
        "outlet": report.outlet, "title": report.title, "url": report.address,
        "page": report.page.as_ref().map(|(id, _)| id), "path": report.page.as_ref().map(|(_, path)| path),
        "confidence": report.confidence, "corrected": report.corrected, "rejected": report.rejected,
        "shown": report.shown, "likeness": report.likeness,
        "statement": report.statement.as_ref().map(|FoundStatement { id, reports, outlets }| {
            json!({"id": id, "reports": reports, "outlets": outlets})
        }),
    })
}

/// Appends a line of JSON.
pub(crate) fn line(out: &mut String, value: &serde_json::Value) {
    out.push_str(&value.to_string());
    out.push('\n');
}

fn csv(out: &mut String, found: &Found) {
    csv_out::row(
        out,
        [
            "id",
            "speaker",
            "role",
            "voice",
            "kind",
            "act",
            "act_type",
            "polarity",
            "addressee",
            "venue",
            "content",
            "cue",
            "date",
            "said_basis",
            "outlet",
            "title",
            "url",
            "page",
            "path",
            "confidence",
            "corrected",
            "statement",
            "reports",
            "outlets",
            "likeness",
        ],
    );
    for report in &found.rows {
        let speakers = |of: fn(&saidline_store::FoundSpeaker) -> &str, between: &str| {
            report.speakers.iter().map(of).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(between)
        };
        let page = report.page.clone().unwrap_or_default();
        csv_out::row(
            out,
            [
                report.id.as_str(),
                &speakers(|speaker| &speaker.name, ", "),
                &speakers(|speaker| speaker.role.as_deref().unwrap_or_default(), ", "),
                &speakers(|speaker| &speaker.voice, " "),
                report.kind.name(),
                report.act.map_or("", ActClass::name),
                report.act_type.map_or("", ActType::name),
                report.polarity.map_or("", Polarity::name),
                &report.addressees.iter().map(FoundAddressee::name).collect::<Vec<_>>().join(", "),
                report.venue.as_ref().map_or("", |(_, words)| words),
                &report.content.join(" […] "),
                &report.cue,
                report.date.as_deref().unwrap_or_default(),
                report.said.as_ref().map_or("", |said| SaidBasis::name(said.basis)),
                report.outlet.as_deref().unwrap_or_default(),
                report.title.as_deref().unwrap_or_default(),
                report.address.as_deref().unwrap_or_default(),
                &page.0,
                &page.1,
                &report.confidence.to_string(),
                &report.corrected.join(","),
                report.statement.as_ref().map_or("", |statement| &statement.id),
                &report.statement.as_ref().map_or(String::new(), |statement| statement.reports.to_string()),
                &report.statement.as_ref().map_or(String::new(), |statement| statement.outlets.to_string()),
                &report.likeness.map_or(String::new(), |likeness| likeness.to_string()),
            ],
        );
    }
}

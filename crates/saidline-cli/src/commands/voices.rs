//! `saidline voices`: who speaks, how often and where.

use std::process::ExitCode;

use saidline_store::{Store, Voice, Voices, VoicesOrder, VoicesQuery};
use serde_json::json;

use super::search::line;
use crate::args::{self, Color, ListFormat};
use crate::failure::{Failure, NOTHING};
use crate::lists::{Lists, read_date, tell_unmatched};
use crate::people::thousands;
use crate::people::{clean, push};
use crate::{csv_out, out};

/// How many outlets of a voice are named in the table.
const OUTLETS: usize = 3;

pub(crate) fn run(args: args::Voices, color: Color) -> Result<ExitCode, Failure> {
    let sort = match args.sort {
        args::VoicesOrder::Count => VoicesOrder::Count,
        args::VoicesOrder::Name => VoicesOrder::Name,
    };
    let name = (!args.name.is_empty()).then(|| args.name.join(" "));
    let query = VoicesQuery { name, sort, limit: args.limit, offset: args.offset };
    let voices = Store::read(&args.store.store)?.voices(&query)?;
    tell_unmatched(voices.unmatched.as_slice());
    let mut lines = String::new();
    match ListFormat::or_default(args.format) {
        ListFormat::Table => table(&mut lines, &voices, &Lists::new(color)),
        ListFormat::Jsonl => voices.rows.iter().for_each(|voice| jsonl(&mut lines, voice)),
        ListFormat::Csv => csv(&mut lines, &voices),
    }
    out::print(&lines)?;
    Ok(if voices.total == 0 { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

fn table(out: &mut String, voices: &Voices, lists: &Lists) {
    let styles = &lists.styles;
    for voice in &voices.rows {
        let kind = if voice.kind == "person" { String::new() } else { format!(" · {}", clean(&voice.kind)) };
        let reports = if voice.count == 1 { "report" } else { "reports" };
        let count = format!(" · {} {reports}{kind} · {}", thousands(voice.count), voice.id);
        push(out, 0, &format!("{}{}", styles.speaker.of(clean(&voice.name)), styles.faint.of(count)));
        let named = voice.outlets.iter().take(OUTLETS);
        let mut about: Vec<_> =
            named.map(|(outlet, count)| format!("{} {}", clean(outlet), thousands(*count))).collect();
        if voice.outlets.len() > OUTLETS {
            about.push(format!("{} more", thousands(voice.outlets.len() - OUTLETS)));
        }
        if let (Some(first), Some(last)) = (&voice.first, &voice.last) {
            let (first, last) = (read_date(first), read_date(last));
            about.insert(0, if first == last { first } else { format!("{first} to {last}") });
        }
        for line in crate::people::wrap(&about.join(" · "), lists.width.saturating_sub(4)) {
            push(out, 4, &line);
        }
    }
    let total = thousands(voices.total);
    let word = if voices.total == 1 { "voice" } else { "voices" };
    let line = match voices.rows.len() {
        shown if shown == voices.total => format!("{total} {word}"),
        shown => format!("{} of {total} {word}", thousands(shown)),
    };
    push(out, 0, &styles.faint.of(line));
}

fn jsonl(out: &mut String, voice: &Voice) {
    let outlets = voice.outlets.iter().map(|(name, count)| json!({"name": name, "count": count}));
    line(
        out,
        &json!({
            "type": "heard", "version": saidline::wire::VERSION, "id": voice.id, "name": voice.name,
            "kind": voice.kind, "count": voice.count, "first": voice.first, "last": voice.last,
            "outlets": outlets.collect::<Vec<_>>(),
        }),
    );
}

fn csv(out: &mut String, voices: &Voices) {
    csv_out::row(out, ["id", "name", "kind", "count", "outlets", "first", "last"]);
    for voice in &voices.rows {
        csv_out::row(
            out,
            [
                voice.id.as_str(),
                &voice.name,
                &voice.kind,
                &voice.count.to_string(),
                &voice.outlets.len().to_string(),
                voice.first.as_deref().unwrap_or_default(),
                voice.last.as_deref().unwrap_or_default(),
            ],
        );
    }
}

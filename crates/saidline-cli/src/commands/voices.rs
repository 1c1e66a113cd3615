//! `saidline voices`: who speaks, how often and where.

use std::process::ExitCode;

use saidline_store::{
    Doubtful, DoubtfulName, DoubtfulPair, Parting, Store, StoreError, Voice, VoiceDecision, Voices,
    VoicesOrder, VoicesQuery, Who,
};
use serde_json::json;

use super::search::line;
use crate::args::{self, Color, DecideOnVoices, ListFormat};
use crate::failure::{Failure, NOTHING};
use crate::lists::{Lists, read_date, tell_unmatched};
use crate::people::thousands;
use crate::people::{clean, push};
use crate::{csv_out, out};

/// How many outlets of a voice are named in the table.
const OUTLETS: usize = 3;
/// How many other names of a voice are named in the table.
const ALIASES: usize = 5;

pub(crate) fn run(args: args::Voices, color: Color) -> Result<ExitCode, Failure> {
    if let Some(decide) = args.decide {
        return decided(decide);
    }
    if args.doubtful {
        return doubtful(&args, color);
    }
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
    let shown = voices.rows.len() + args.offset;
    if shown < voices.total && !matches!(ListFormat::or_default(args.format), ListFormat::Table) {
        let more = format!("`--limit {}` prints all", voices.total);
        out::warning(format!("{} of {} voices are printed", voices.rows.len(), voices.total), Some(&more));
    }
    Ok(if voices.total == 0 { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

/// Writes what a person decides, and says it.
fn decided(decide: DecideOnVoices) -> Result<ExitCode, Failure> {
    let (by, store) = match &decide {
        DecideOnVoices::Import(args) => return super::import::run(args),
        DecideOnVoices::Merge(args) => (&args.names.by, &args.names.store),
        DecideOnVoices::Split(args) => (&args.by, &args.store),
        DecideOnVoices::Rename(args) => (&args.by, &args.store),
        DecideOnVoices::Alias(args) => (&args.by, &args.store),
    };
    let (by, at) = (super::who(by), super::now());
    let who = Who { by: &by, at: &at };
    let mut store = Store::open(&store.store)?;
    let of_names = |made: VoiceDecision| said(&made);
    let made = match &decide {
        DecideOnVoices::Import(args) => return super::import::run(args),
        DecideOnVoices::Merge(args) => {
            store.merge_voices(&args.names.a, &args.names.b, args.force, who).map(of_names)
        }
        DecideOnVoices::Alias(args) => store.alias_voice(&args.voice, &args.name, who).map(of_names),
        DecideOnVoices::Rename(args) => store.rename_voice(&args.voice, &args.name, who).map(of_names),
        DecideOnVoices::Split(args) => match &args.b {
            Some(b) => store.split_voices(&args.a, b, who).map(of_names),
            None if !args.report.is_empty() => store
                .part_reports(&args.a, &args.report, args.called.as_deref(), who)
                .map(|made| made.iter().map(super::correct::said).collect()),
            None => {
                let parting = Parting {
                    role: args.role.clone(),
                    outlet: args.outlet.clone(),
                    pages: args.page.clone(),
                };
                store.part_voice(&args.a, &parting, args.called.as_deref(), who).map(of_names)
            }
        },
    };
    let made = made.map_err(|error| match error {
        StoreError::Refused(..) => Failure::from(error),
        _ => Failure::from(error).hint(match &decide {
            DecideOnVoices::Split(args) if !args.report.is_empty() => {
                "`saidline show NAME` and `saidline search` list reports with their ids (`a-…`), `saidline voices` voices"
            }
            _ => "`saidline voices NAME` lists voices with their names and ids",
        }),
    })?;
    out::print(&made)?;
    Ok(ExitCode::SUCCESS)
}

/// What was decided about voices, and its id.
pub(super) fn said(decision: &VoiceDecision) -> String {
    format!("{}: {}\n", decision.id(), clean(&decision.in_words()))
}

/// Lists what is most worth a look: pairs of names, and names that seem to be several people's.
fn doubtful(args: &args::Voices, color: Color) -> Result<ExitCode, Failure> {
    let (total, doubts) = Store::read(&args.store.store)?.doubtful_voices(args.limit)?;
    let mut lines = String::new();
    match ListFormat::or_default(args.format) {
        ListFormat::Table => doubtful_table(&mut lines, total, &doubts, &Lists::new(color)),
        ListFormat::Jsonl => doubts.iter().for_each(|doubt| doubtful_jsonl(&mut lines, doubt)),
        ListFormat::Csv => {
            csv_out::row(
                &mut lines,
                ["name", "id", "count", "other", "other_id", "other_count", "kind", "chance", "reason"],
            );
            for doubt in &doubts {
                let (a, b, chance) = match doubt {
                    Doubtful::Pair(DoubtfulPair { a, b, chance, .. }) => (a, Some(b), format!("{chance:.2}")),
                    Doubtful::Name(DoubtfulName { name, .. }) => (name, None, String::new()),
                };
                let other = b.map(|b| [b.0.name.clone(), b.1.clone(), b.2.to_string()]).unwrap_or_default();
                let count = a.2.to_string();
                let [name, id, other_count] = &other;
                let words = doubt.in_words();
                let cells = [&a.0.name, &a.1, &count, name, id, other_count, &a.0.kind, &chance, &words];
                csv_out::row(&mut lines, cells.map(String::as_str));
            }
        }
    }
    out::print(&lines)?;
    Ok(if total == 0 { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

/// The names that something doubtful is about: one or two.
fn names(doubt: &Doubtful) -> impl Iterator<Item = &(saidline_store::VoiceName, String, usize)> {
    match doubt {
        Doubtful::Pair(pair) => [Some(&pair.a), Some(&pair.b)],
        Doubtful::Name(name) => [Some(&name.name), None],
    }
    .into_iter()
    .flatten()
}

/// The command that parts a name of which roles are at odds: by the role that it has less often.
fn command(doubt: &Doubtful) -> Option<String> {
    match doubt {
        Doubtful::Name(name) if name.reason == "roles-at-odds" => {
            let role = name.between.last()?;
            Some(format!("saidline voices split {} --role {}", quoted(&name.name.1), quoted(role)))
        }
        _ => None,
    }
}

/// Words as a shell takes them for one.
fn quoted(words: &str) -> String {
    match words.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        true => words.to_owned(),
        false => format!("'{}'", clean(words).replace('\'', "'\\''")),
    }
}

fn doubtful_table(out: &mut String, total: usize, doubts: &[Doubtful], lists: &Lists) {
    let styles = &lists.styles;
    for doubt in doubts {
        for (name, id, count) in names(doubt) {
            let reports = if *count == 1 { "report" } else { "reports" };
            let about = format!(" · {} {reports} · {id}", thousands(*count));
            push(out, 0, &format!("{}{}", styles.speaker.of(clean(&name.name)), styles.faint.of(about)));
        }
        let chance = match doubt {
            Doubtful::Pair(pair) => format!("{:.2}: ", pair.chance),
            Doubtful::Name(_) => String::new(),
        };
        let words = format!("{chance}{}", clean(&doubt.in_words()));
        for line in crate::people::wrap(&words, lists.width.saturating_sub(4)) {
            push(out, 4, &line);
        }
        if let Some(command) = command(doubt) {
            // Whole, so that it can be copied.
            push(out, 4, &styles.faint.of(command));
        }
    }
    let sort = match (doubts, total) {
        ([Doubtful::Name(_)], 1) => "name",
        (_, 1) => "pair",
        _ if doubts.iter().any(|doubt| matches!(doubt, Doubtful::Name(_))) => "names or pairs",
        _ => "pairs",
    };
    let verb = if total == 1 { "is" } else { "are" };
    push(out, 0, &styles.faint.of(format!("{} {sort} {verb} doubtful", thousands(total))));
}

fn doubtful_jsonl(out: &mut String, doubt: &Doubtful) {
    let names: Vec<_> = names(doubt)
        .map(|(name, id, count)| json!({"id": id, "name": name.name, "kind": name.kind, "count": count}))
        .collect();
    let (chance, reason, between, told) = match doubt {
        Doubtful::Pair(pair) => {
            (Some(pair.chance), &pair.reason, &[][..], [pair.for_one.as_slice(), &pair.for_two])
        }
        Doubtful::Name(name) => (None, &name.reason, name.between.as_slice(), [&[][..]; 2]),
    };
    line(
        out,
        &json!({
            "type": "doubtful", "version": saidline::wire::VERSION, "names": names, "chance": chance,
            "reason": reason, "between": between, "for_one": told[0], "for_two": told[1], "words": doubt.in_words(), "command": command(doubt),
        }),
    );
}

fn table(out: &mut String, voices: &Voices, lists: &Lists) {
    let styles = &lists.styles;
    for voice in &voices.rows {
        let kind = if voice.kind == "person" { String::new() } else { format!(" · {}", clean(&voice.kind)) };
        let reports = if voice.count == 1 { "report" } else { "reports" };
        let count = format!(" · {} {reports}{kind} · {}", thousands(voice.count), voice.id);
        push(out, 0, &format!("{}{}", styles.speaker.of(clean(&voice.name)), styles.faint.of(count)));
        if !voice.aliases.is_empty() {
            let mut also: Vec<_> = voice.aliases.iter().take(ALIASES).map(|name| clean(name)).collect();
            if voice.aliases.len() > ALIASES {
                also.push(format!("{} more", thousands(voice.aliases.len() - ALIASES)));
            }
            for line in
                crate::people::wrap(&format!("also {}", also.join(" · ")), lists.width.saturating_sub(4))
            {
                push(out, 4, &line);
            }
        }
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
            "aliases": voice.aliases, "kind": voice.kind, "count": voice.count, "first": voice.first, "last": voice.last,
            "outlets": outlets.collect::<Vec<_>>(),
        }),
    );
}

fn csv(out: &mut String, voices: &Voices) {
    csv_out::row(out, ["id", "name", "kind", "count", "outlets", "first", "last", "aliases"]);
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
                &voice.aliases.join(" | "),
            ],
        );
    }
}

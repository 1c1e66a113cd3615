//! `saidline undo`: decisions taken back, or listed.

use std::process::ExitCode;

use saidline_store::{Decision, Standing, Store, VoiceDecision, Who};

use super::correct::subject;
use crate::args::{Color, ListFormat, Undo};
use crate::failure::{Failure, NOTHING};
use crate::people::clean;
use crate::style::Styles;
use crate::{csv_out, out};

pub(crate) fn run(args: Undo, color: Color) -> Result<ExitCode, Failure> {
    if args.list {
        let store = Store::read(&args.store.store)?;
        let (decisions, on_voices) = (store.decisions()?, store.voice_decisions()?);
        out::print(&list(&decisions, &on_voices, ListFormat::or_default(args.format), color))?;
        return Ok(if decisions.is_empty() && on_voices.is_empty() {
            ExitCode::from(NOTHING)
        } else {
            ExitCode::SUCCESS
        });
    }
    let mut of_voices = args.id.as_ref().is_some_and(|id| id.starts_with("m-"));
    let number = |id: &String| {
        let digits = id.strip_prefix(if of_voices { "m-" } else { "d-" }).unwrap_or(id);
        digits.parse().map_err(|_| {
            Failure::usage(format!("`{id}` is not a decision")).hint(
                "`saidline undo --list` lists them, as `d-1`, `d-2` and so on, those about voices as `m-1`",
            )
        })
    };
    let mut nr = args.id.as_ref().map(number).transpose()?;
    let (by, at) = (super::who(&args.by), super::now());
    let (mut store, who) = (Store::open(&args.store.store)?, Who { by: &by, at: &at });
    if nr.is_none() {
        nr = store.last_voice_decision()?;
        of_voices = nr.is_some();
    }
    if let Some(nr) = nr.filter(|_| of_voices) {
        let undone = store.undo_voices(nr, who)?;
        out::print(&format!("undone: {}: {}\n", undone.id(), clean(&undone.undone_in_words())))?;
        return Ok(ExitCode::SUCCESS);
    }
    let undone: String = store.undo(nr, who)?.iter().map(undone).collect();
    out::print(&undone)?;
    Ok(ExitCode::SUCCESS)
}

/// What was undone, and what holds no more, on one line.
fn undone(decision: &Decision) -> String {
    format!("undone: {} of {}: {}\n", decision.id(), subject(decision), clean(&decision.undone_in_words()))
}

fn list(decisions: &[Decision], on_voices: &[VoiceDecision], format: ListFormat, color: Color) -> String {
    let mut lines = String::new();
    match format {
        ListFormat::Jsonl => {
            decisions.iter().for_each(|decision| decision.write(&mut lines));
            on_voices.iter().for_each(|decision| decision.write(&mut lines));
        }
        ListFormat::Csv => {
            let names = [
                "id",
                "at",
                "by",
                "action",
                "field",
                "value",
                "page",
                "address",
                "content",
                "source",
                "attribution",
                "undone_at",
                "undone_by",
            ];
            csv_out::row(&mut lines, names);
            for decision in decisions {
                let of = |value: &Option<String>| value.clone().unwrap_or_default();
                let (undone_at, undone_by) = decision.undone.clone().unwrap_or_default();
                let cells = [
                    decision.id(),
                    decision.at.clone(),
                    decision.by.clone(),
                    decision.action.clone(),
                    of(&decision.field),
                    of(&decision.value),
                    decision.page.clone(),
                    of(&decision.address),
                    of(&decision.content),
                    of(&decision.source),
                    of(&decision.attribution),
                    undone_at,
                    undone_by,
                ];
                csv_out::row(&mut lines, cells.iter().map(String::as_str));
            }
            for decision in on_voices {
                let names = decision.names.as_ref().map(|(a, b)| format!("{} | {}", a.name, b.name));
                let names = names.or_else(|| decision.import.as_ref().map(|(file, _)| file.clone()));
                let (undone_at, undone_by) = decision.undone.clone().unwrap_or_default();
                let mut cells = vec![
                    decision.id(),
                    decision.at.clone(),
                    decision.by.clone(),
                    decision.action.clone(),
                    "voices".to_owned(),
                    names.unwrap_or_default(),
                ];
                cells.resize(11, String::new());
                cells.extend([undone_at, undone_by]);
                csv_out::row(&mut lines, cells.iter().map(String::as_str));
            }
        }
        ListFormat::Table => {
            let styles = Styles::of_stdout(color);
            for decision in decisions {
                let standing = match (&decision.undone, decision.standing) {
                    (Some((at, by)), _) => format!("undone by {} at {at}", clean(by)),
                    (None, Standing::Nowhere) => "found no place in what was read last".to_owned(),
                    (None, _) => "in force".to_owned(),
                };
                let about = format!(" · {} · {} · {standing}", clean(&decision.by), decision.at);
                lines.push_str(&format!("{}{}\n", styles.title.of(decision.id()), styles.faint.of(about)));
                lines.push_str(&format!("  {}\n", clean(&decision.in_words())));
                let words = decision.content.as_deref().map(clean);
                let of = decision.attribution.as_deref().unwrap_or(&decision.page);
                let on = words.map_or_else(|| of.to_owned(), |words| format!("{of}: {words}"));
                lines.push_str(&format!("  {}\n", styles.faint.of(format!("on {on}"))));
            }
            for decision in on_voices {
                let standing = match &decision.undone {
                    Some((at, by)) => format!("undone by {} at {at}", clean(by)),
                    None => "in force".to_owned(),
                };
                let about = format!(" · {} · {} · {standing}", clean(&decision.by), decision.at);
                lines.push_str(&format!("{}{}\n", styles.title.of(decision.id()), styles.faint.of(about)));
                lines.push_str(&format!("  {}\n", clean(&decision.in_words())));
            }
        }
    }
    lines
}

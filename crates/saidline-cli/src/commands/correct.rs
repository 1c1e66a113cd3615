//! `saidline correct`: what was read, put right by a person.

use std::process::ExitCode;

use saidline::{Moment, When};
use saidline_store::{Correction, Decision, NewSpeaker, Store, Who};

use crate::args::Correct;
use crate::failure::Failure;
use crate::out;
use crate::people::clean;

pub(crate) fn run(args: Correct) -> Result<ExitCode, Failure> {
    let corrections = corrections(&args)?;
    let (by, at) = (super::who(&args.by), super::now());
    let made = Store::open(&args.store.store)?.correct(&args.id, &corrections, Who { by: &by, at: &at })?;
    out::print(&made.iter().map(said).collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

/// A decision that was just made, on one line.
pub(crate) fn said(decision: &Decision) -> String {
    format!("{} of {}: {}\n", decision.id(), subject(decision), clean(&decision.in_words()))
}

/// The id of what a decision is about: an attribution, or a page.
pub(super) fn subject(decision: &Decision) -> &str {
    decision.attribution.as_deref().unwrap_or(&decision.page)
}

fn corrections(args: &Correct) -> Result<Vec<Correction>, Failure> {
    let mut corrections = Vec::new();
    if args.no_speaker || !args.speaker.is_empty() {
        corrections.push(Correction::Speakers(speakers(args)?));
    }
    if let Some(said) = &args.said {
        corrections.push(Correction::Said(when("--said", said)?));
    }
    if let Some(kind) = args.kind {
        corrections.push(Correction::Kind(kind.into()));
    }
    for (option, value, correction) in [
        ("--source", &args.source, Correction::Source as fn(_) -> _),
        ("--cue", &args.cue, Correction::Cue),
        ("--content", &args.content, Correction::Content),
    ] {
        if let Some(value) = value {
            corrections.push(correction(places(option, value)?));
        }
    }
    let of_page = args.outlet.is_some() || args.published.is_some();
    let of_attribution = args.id.starts_with("a-");
    let hint = "`--outlet` and `--published` are of a page, everything else of an attribution (`a-…`)";
    match (of_page, corrections.is_empty(), of_attribution) {
        (false, true, _) => {
            let help = "`saidline help correct` lists what can be put right";
            return Err(Failure::usage("nothing is said that is to be put right").hint(help));
        }
        (true, _, true) => {
            return Err(Failure::usage(format!("`{}` is an attribution, not a page", args.id)).hint(hint));
        }
        (_, false, false) => {
            return Err(Failure::usage(format!("`{}` is not an attribution", args.id)).hint(hint));
        }
        _ => {}
    }
    corrections.extend(args.outlet.clone().map(Correction::Outlet));
    if let Some(published) = &args.published {
        corrections.push(Correction::Published(when("--published", published)?));
    }
    Ok(corrections)
}

fn speakers(args: &Correct) -> Result<Vec<NewSpeaker>, Failure> {
    let (names, kinds, roles) = (&args.speaker, &args.speaker_kind, &args.role);
    if kinds.len() > 1 && kinds.len() != names.len() {
        let message = format!("{} of `--speaker-kind` for {} of `--speaker`", kinds.len(), names.len());
        return Err(Failure::usage(message).hint("give one for each speaker, or one for all"));
    }
    if roles.len() > names.len() {
        return Err(Failure::usage("more of `--role` than of `--speaker`"));
    }
    let kind = |n: usize| kinds.get(n).or(kinds.first()).copied().unwrap_or_default().into();
    let speaker = |(n, name): (usize, &String)| NewSpeaker {
        name: name.clone(),
        kind: kind(n),
        role: roles.get(n).cloned(),
    };
    Ok(names.iter().enumerate().map(speaker).collect())
}

/// A date, or two with `..` between.
fn when(option: &str, value: &str) -> Result<When, Failure> {
    let moment = |text: &str| {
        text.parse::<Moment>()
            .map_err(|error| Failure::usage(format!("`{option} {value}`: `{text}` is {error}")))
    };
    let when = match value.split_once("..") {
        Some((from, to)) => When { from: moment(from)?, to: moment(to)? },
        None => When::at(moment(value)?),
    };
    // Of two dates as precise as each other, what comes first in the alphabet comes first in time.
    let (from, to) = (when.from.to_string(), when.to.to_string());
    let length = from.len().min(to.len());
    if from[..length] > to[..length] {
        return Err(Failure::usage(format!("`{option} {value}` ends before it begins")));
    }
    Ok(when)
}

/// Places in a text: `START-END`, several with commas between; `none` for none.
fn places(option: &str, value: &str) -> Result<Vec<(u32, u32)>, Failure> {
    if value == "none" {
        return Ok(Vec::new());
    }
    let place = |place: &str| {
        let (start, end) = place.trim().split_once('-')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    value
        .split(',')
        .map(|part| {
            place(part).ok_or_else(|| {
                Failure::usage(format!("`{option} {value}`: `{part}` is not `START-END`"))
                    .hint("places count code points of the page's text, as `start` and `end` on the wire do")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_one_or_two() {
        let check = |value: &str, expected: Option<(&str, &str)>| {
            let found = when("--said", value).ok().map(|when| (when.from.to_string(), when.to.to_string()));
            assert_eq!(found.as_ref().map(|(from, to)| (from.as_str(), to.as_str())), expected, "{value}");
        };
        check("2024", Some(("2024", "2024")));
        check("2024-10..2024-12", Some(("2024-10", "2024-12")));
        check("2024..2024-12-01", Some(("2024", "2024-12-01")));
        check("2024-12..2024-10", None);
        check("yesterday", None);
        check("2024..", None);
    }

    #[test]
    fn places_are_pairs() {
        let check = |value: &str, expected: Option<&[(u32, u32)]>| {
            assert_eq!(places("--cue", value).ok().as_deref(), expected, "{value}");
        };
        check("3-9", Some(&[(3, 9)]));
        check("3-9,12-15", Some(&[(3, 9), (12, 15)]));
        check("none", Some(&[]));
        check("", None);
        check("3", None);
        check("-3-9", None);
        check("3-99999999999", None);
    }
}

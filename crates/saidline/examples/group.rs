//! Puts reports of an event together into statements.
//!
//! Reads a JSON object a line: `event`, and `articles`, each with `text` (its lines are the paragraphs), `published` (ISO 8601,
//! or null) and `attributions` (lists of `[start, end]` in code points: `source`, `cue`, `content`). Writes for each a line with
//! `event` and `groups`: lists of `[article, attribution]`. With `--pairs` it writes what `training/statements/train.py` learns
//! from instead: `pairs`, each `[[article, attribution], [article, attribution], numbers, whether they find each other and can join, whether
//! both are quotations]`, null for numbers where the two cannot be one; with `--pairs --found` only those that find each other. With `--wordings` an event has `against`, a list of `[article, attribution, article, attribution]`, and the line written
//! has `wordings`: of each the kind of the first's wording against the second's.

use std::io::{BufRead, Write};

use saidline::stages::{sentences, tell};
use saidline::statements::{Quoted, Read, Report, are_near, bar, features, group, wording};
use saidline::voices::{Profile, compare};
use saidline::{Attribution, Document, QuotationKind, SpeakerKind};
use serde::Deserialize;
use serde_json::json;

mod given;

use given::{Given, Parts};

#[derive(Deserialize)]
struct Event {
    event: String,
    articles: Vec<Article>,
    #[serde(default)]
    against: Vec<(usize, usize, usize, usize)>,
}

#[derive(Deserialize)]
struct Article {
    text: String,
    published: Option<String>,
    attributions: Vec<Parts>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = |name: &str| std::env::args().any(|argument| argument == name);
    let (pairs, only_found) = (asked("--pairs"), asked("--found"));
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Event { event, articles, against } = serde_json::from_str(&line?)?;
        let read = articles.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let mut known = Known::default();
        for Given { document, attributions, .. } in &read {
            known.meet(document, attributions);
        }
        let mut places = Vec::new();
        let mut reports = Vec::new();
        for (number, Given { document, quotations, attributions }) in read.iter().enumerate() {
            let voices = |place: usize| {
                let speakers = attributions[place].speakers.iter();
                let named = speakers.filter(|speaker| speaker.kind != SpeakerKind::Unnamed);
                named.filter_map(|speaker| known.number(&speaker.name, speaker.kind)).collect()
            };
            for (place, report) in Report::all(document, quotations, attributions, number as u32, voices) {
                places.push((number, place));
                reports.push(report);
            }
        }
        if !against.is_empty() {
            let side = |article: usize, attribution: usize| {
                let Given { document, quotations, attributions } = &read[article];
                Some(Quoted::new(&document.text, quotations, attributions.get(attribution)?))
            };
            let kinds: Vec<Option<&str>> = against
                .iter()
                .map(|&(a, n, b, m)| Some(wording(&side(a, n)?, &side(b, m)?).kind.name()))
                .collect();
            writeln!(out, "{}", json!({ "event": event, "wordings": kinds }))?;
            continue;
        }
        if pairs {
            let mut all = Vec::new();
            let read: Vec<Read> = reports.iter().map(Read::new).collect();
            let keys: Vec<Vec<u64>> = reports.iter().map(Report::keys).collect();
            let keys_near: Vec<Vec<u64>> = reports.iter().map(Report::keys_near).collect();
            let direct = |report: &Report| report.kind == QuotationKind::Direct;
            for one in 0..reports.len() {
                for other in one + 1..reports.len() {
                    let find = (are_near(&reports[one], &reports[other])
                        || keys_near[one].iter().any(|key| keys[other].binary_search(key).is_ok()))
                        && read[one].chance(&read[other]) > 0.0;
                    if only_found && !find {
                        continue;
                    }
                    let numbers = match bar(&reports[one], &reports[other]) {
                        None => Some(features(&read[one], &read[other]).to_vec()),
                        Some(_) => None,
                    };
                    let quoted = direct(&reports[one]) && direct(&reports[other]);
                    all.push((places[one], places[other], numbers, find, quoted));
                }
            }
            writeln!(out, "{}", json!({ "event": event, "pairs": all }))?;
        } else {
            let groups: Vec<Vec<(usize, usize)>> = group(&reports, &[])
                .iter()
                .map(|group| group.iter().map(|&place| places[place]).collect())
                .collect();
            writeln!(out, "{}", json!({ "event": event, "groups": groups }))?;
        }
    }
    Ok(())
}

/// The names of an event, those of one voice under one number.
#[derive(Default)]
struct Known(Vec<(Profile, u64)>);

impl Known {
    fn meet(&mut self, document: &Document, attributions: &[Attribution]) {
        for speaker in attributions.iter().flat_map(|one| &one.speakers) {
            if speaker.kind == SpeakerKind::Unnamed || self.number(&speaker.name, speaker.kind).is_some() {
                continue;
            }
            let roles: Vec<String> = speaker.role.iter().cloned().collect();
            let profile = Profile {
                roles,
                outlets: document.outlet.iter().cloned().collect(),
                ..Profile::named(&speaker.name, speaker.kind)
            };
            let likest = self
                .0
                .iter()
                .map(|(other, number)| (compare(&profile, other).same, *number))
                .max_by(|one, other| one.0.total_cmp(&other.0));
            let number = match likest {
                // All pages are of one event.
                Some((same, number)) if same >= 0.5 => number,
                _ => self.0.len() as u64,
            };
            self.0.push((profile, number));
        }
    }

    fn number(&self, name: &str, kind: SpeakerKind) -> Option<u64> {
        self.0
            .iter()
            .find(|(profile, _)| profile.name == name && profile.kind == kind)
            .map(|(_, number)| *number)
    }
}

fn read(article: &Article) -> Result<Given, Box<dyn std::error::Error>> {
    let mut read =
        given::read(article.text.clone(), article.published.as_deref(), None, &article.attributions)?;
    let sentences = sentences(&read.document.text, &read.document.blocks);
    tell(&read.document, &sentences, &read.quotations, &mut read.attributions);
    Ok(read)
}

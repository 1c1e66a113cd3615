//! Quotations of two occasions: “The pier is safe,” he said in May. Two years later came the apology: “I was wrong.”
//!
//! The decoder joins the pieces of an interrupted quotation, and takes what stands between two of them for the interruption. A
//! sentence of its own that begins with another time interrupts nothing: what it quotes was said on another day.

use saidline_html::{Document, Span};

use super::Found;
use super::settle::UNATTRIBUTED;
use crate::sentences::sentences;
use crate::times::time_expressions;

/// Parts contents between which a sentence begins that tells another time before it goes on with the next piece. What comes
/// behind it is left as words of which nobody nearby says whose they are.
pub(super) fn part_other_times(document: &Document, found: &mut Vec<Found>) {
    let text = &document.text;
    let is_parted = |one: &Found| one.content.windows(2).any(|pair| holds_a_sentence(text, pair[0], pair[1]));
    if !found.iter().any(is_parted) {
        return;
    }
    let sentences = sentences(text, &document.blocks);
    let times: Vec<Span> = time_expressions(document).into_iter().map(|time| time.span).collect();
    let mut others = Vec::new();
    for one in found.iter_mut() {
        let reports: Vec<u32> = one.source.iter().chain(&one.cue).map(|span| span.start).collect();
        let opens_another_time = |before: Span, next: Span| {
            let place = sentences.partition_point(|sentence| sentence.end <= next.start);
            let sentence = sentences.get(place).filter(|sentence| sentence.start >= before.end)?;
            let first = times.partition_point(|time| time.start < sentence.start);
            let time =
                times.get(first).filter(|time| time.start == sentence.start && time.end <= next.start)?;
            let is_reported_here = reports.iter().any(|at| sentence.range().contains(&(*at as usize)));
            (!is_reported_here && is_another_day(time.of(text))).then_some(())
        };
        let place = one.content.windows(2).position(|pair| opens_another_time(pair[0], pair[1]).is_some());
        if let Some(place) = place {
            let content = one.content.split_off(place + 1);
            others.push(Found { content, ..Found::unattributed(one.content[0], UNATTRIBUTED) });
        }
    }
    found.extend(others);
}

/// Whether a sentence ends behind a piece, and another begins before the next one.
fn holds_a_sentence(text: &str, before: Span, next: Span) -> bool {
    let between = text.get(before.end as usize..next.start as usize).unwrap_or_default();
    between.contains(". ") || between.contains(".\n") || between.trim_start().starts_with(char::is_uppercase)
}

/// Whether an expression of time leads to another day: not "moments later", nor "then".
fn is_another_day(time: &str) -> bool {
    const SAME_DAY: [&str; 8] =
        ["moment", "moments", "second", "seconds", "minute", "minutes", "hour", "hours"];
    let words = time.to_lowercase();
    let mut words = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let several = words.clone().nth(1).is_some();
    several && !words.any(|word| SAME_DAY.contains(&word))
}

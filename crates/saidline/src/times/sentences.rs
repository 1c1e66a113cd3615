//! A day that one sentence or one post tells for several reports.

use saidline_html::Span;

use super::choice::{Owners, Told, anchor, is_present};
use super::events::{event, is_of_when, is_open};
use super::lexicon::Word;
use super::speakers::in_order;
use super::{Page, said};
use crate::attribution::{Attribution, SaidBasis, SpeakerKind, VenueKind};

/// What opens a sentence dates all that it reports: "In a survey in May, half said they would pay, while a third said".
pub(super) fn openings(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    const WORDS: usize = 4;
    let mut opened: Option<(usize, usize)> = None;
    for (at, place) in in_order(attributions) {
        let Some(sentence) = page.sentence(at) else { continue };
        let span = page.sentences[sentence];
        let is_plain = owners.at(at).is_none_or(|owner| owner == place);
        if let Some(expression) = told[place].expression {
            let found = &page.expressions[expression];
            let opens = span.contains(found.span)
                && found.span.end <= at
                && page.tokens_between(span.start, found.span.start).len() <= WORDS;
            opened = (opens && is_plain && !told[place].closed).then_some((sentence, expression));
        } else if let Some((there, expression)) = opened
            && there == sentence
            && is_plain
            && is_open(&told[place], &attributions[place])
            && !is_present(page, &attributions[place])
            && !is_of_when(page, &attributions[place])
            && !is_of_but(page, &attributions[place])
        {
            let said = said(&page.expressions[expression], page.published, true);
            attributions[place].said = event(&said, SaidBasis::Event);
        }
    }
}

/// Whether "but" stands before a report: somebody else may hold it at another time.
fn is_of_but(page: &Page, one: &Attribution) -> bool {
    const NEAR: u32 = 24;
    let Some(first) = one.source.first().or(one.cue.first()) else { return false };
    let before = page.tokens_between(first.start.saturating_sub(NEAR), first.start);
    before.iter().rev().take(2).any(|token| token.word == Word::But)
}

/// A post that the page shows with its signature, "— Ina Lund (@inalund) March 5, 2014", dates what is told of it before.
pub(super) fn posts(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const LONGEST: usize = 80;
    const PARAGRAPHS: u32 = 2;
    let text = page.document.text.as_str();
    let signed =
        page.expressions.iter().filter(|found| found.is_day() && found.is_explicit()).filter_map(|found| {
            let before = text[..found.span.start as usize].trim_end();
            let mut from = before.len().saturating_sub(LONGEST);
            while !before.is_char_boundary(from) {
                from += 1;
            }
            let (name, _) = before[from..].strip_suffix(')')?.rsplit_once("(@")?;
            let name = name.rsplit_once('—').map_or(name, |(_, name)| name);
            Some((found, name.split_whitespace().map(str::to_owned).collect::<Vec<_>>()))
        });
    let signed: Vec<_> = signed.collect();
    if signed.is_empty() {
        return;
    }
    for (one, told) in attributions.iter_mut().zip(told) {
        let Some(at) = anchor(one).map(|at: Span| at.start) else { continue };
        let speaker = one.speakers.first().filter(|one| one.kind != SpeakerKind::Unnamed);
        let Some(last) = speaker.and_then(|one| one.name.rsplit(' ').next()) else { continue };
        if !is_open(told, one) || one.venue.as_ref().is_some_and(|venue| venue.kind != VenueKind::Post) {
            continue;
        }
        let next = signed.partition_point(|(found, _)| found.span.start < at);
        let post = signed[next..].iter().take(2).find(|(found, name)| {
            found.paragraph - page.paragraph(at) <= PARAGRAPHS && name.iter().any(|word| word == last)
        });
        if let Some((found, _)) = post {
            one.said = event(&said(found, page.published, true), SaidBasis::Event);
        }
    }
}

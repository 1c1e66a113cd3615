//! Days told elsewhere on the page that hold for a report: of the same speech, of an interview, of the dateline.

use std::collections::HashMap;

use saidline_html::{BlockKind, Span, dateline_end};

use super::choice::{Told, anchor};
use super::{Page, said};
use crate::attribution::{ActClass, Attribution, Said, SaidBasis, SpeakerKind};
use crate::sentences::paragraphs;

/// Paragraphs from one report to the next across which a day is carried on.
const PARAGRAPHS: u32 = 2;

/// Fills in what no words of its own date.
pub(super) fn carry(page: &Page, told: &mut [Told], attributions: &mut [Attribution]) {
    interview(page, told, attributions);
    speakers(page, told, attributions);
    dateline(page, told, attributions);
}

fn event(said: &Said, basis: SaidBasis) -> Option<Said> {
    Some(Said { basis, ..said.clone() })
}

/// Whether a day told elsewhere may hold for an attribution.
fn is_open(told: &Told, attribution: &Attribution) -> bool {
    attribution.said.is_none()
        && !told.closed
        && told.expression.is_none()
        && attribution.act.is_none_or(|act| matches!(act.class, ActClass::Speech | ActClass::Finding))
}

/// What one speaker says goes on at the same occasion.
fn speakers(page: &Page, told: &mut [Told], attributions: &mut [Attribution]) {
    struct Last {
        said: Said,
        paragraph: u32,
    }
    let mut order: Vec<(u32, usize)> = attributions
        .iter()
        .enumerate()
        .filter_map(|(place, one)| Some((anchor(one)?.start, place)))
        .collect();
    order.sort_unstable();
    let mut last: HashMap<String, Last> = HashMap::new();
    for (at, place) in order {
        let attribution = &attributions[place];
        let Some(speaker) = attribution.speakers.first().filter(|one| one.kind != SpeakerKind::Unnamed)
        else {
            continue;
        };
        let paragraph = page.paragraph(at);
        if let Some(said) = &attribution.said {
            let is_day = told[place].expression.is_some_and(|place| page.expressions[place].is_day());
            let name = speaker.name.clone();
            match is_day {
                true => drop(last.insert(name, Last { said: said.clone(), paragraph })),
                false => drop(last.remove(&name)),
            }
            continue;
        }
        if told[place].closed {
            continue;
        }
        if is_open(&told[place], attribution)
            && let Some(known) = last.get_mut(&speaker.name)
            && paragraph - known.paragraph <= PARAGRAPHS
        {
            known.paragraph = paragraph;
            attributions[place].said = event(&known.said, SaidBasis::Event);
        }
    }
    headlines(page, told, attributions);
}

/// A headline tells what the first paragraphs date.
fn headlines(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const LOOKED_AT: usize = 8;
    let is_headline = |at: u32| {
        let place = page.document.blocks.partition_point(|block| block.span.end <= at);
        page.document
            .blocks
            .get(place)
            .is_some_and(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Subheadline))
    };
    for place in 0..attributions.len().min(LOOKED_AT) {
        let one = &attributions[place];
        let Some(at) = anchor(one) else { continue };
        if !is_headline(at.start) || !is_open(&told[place], one) {
            continue;
        }
        let Some(speaker) = one.speakers.first() else { continue };
        let found = attributions[place + 1..]
            .iter()
            .take(LOOKED_AT)
            .find(|other| other.speakers.first().is_some_and(|other| other.name == speaker.name));
        if let Some(said) = found.and_then(|other| other.said.as_ref()) {
            attributions[place].said = event(said, SaidBasis::Event);
        }
    }
}

/// The turns of an interview have the day that its introduction tells.
fn interview(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const TURNS: usize = 4;
    let text = page.document.text.as_str();
    let is_turn = |one: &Attribution| {
        matches!(&one.cue[..], [cue] if cue.of(text).trim() == ":") && !one.source.is_empty()
    };
    let turns: Vec<usize> = (0..attributions.len()).filter(|place| is_turn(&attributions[*place])).collect();
    if turns.len() < TURNS {
        return;
    }
    let first = attributions[turns[0]].source[0].start;
    let is_interview = |span: Span| {
        page.tokens_between(span.start, span.end).iter().any(|token| {
            let word = token.span.of(text);
            ["interview", "interviewed", "interviews", "spoke", "talked", "talks"]
                .iter()
                .any(|one| word.eq_ignore_ascii_case(one))
        })
    };
    let found = page.expressions[page.expressions_between(0, first)].iter().find(|found| {
        found.is_day()
            && !found.bound
            && page.sentence(found.span.start).is_some_and(|place| is_interview(page.sentences[place]))
    });
    if let Some(found) = found {
        let said = Said { basis: SaidBasis::Event, ..said(found, page.published, true) };
        for place in turns {
            if attributions[place].said.is_none() && !told[place].closed {
                attributions[place].said = Some(said.clone());
            }
        }
    }
}

/// A dateline with a day holds for all that nothing else dates.
fn dateline(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const LOOKED_AT: usize = 8;
    let text = page.document.text.as_str();
    let found = paragraphs(text, &page.document.blocks).take(LOOKED_AT).find_map(|paragraph| {
        let end = paragraph.span.start + dateline_end(paragraph.span.of(text))? as u32;
        let mut inside = page.expressions_between(paragraph.span.start, end);
        // A date without a place before it is the page's, not the story's.
        inside.find(|place| {
            let found = &page.expressions[*place];
            found.is_day() && found.span.start > paragraph.span.start
        })
    });
    let Some(found) = found else { return };
    let said = Said { basis: SaidBasis::Dateline, ..said(&page.expressions[found], page.published, true) };
    for (one, told) in attributions.iter_mut().zip(told) {
        if is_open(told, one) {
            one.said = Some(said.clone());
        }
    }
}

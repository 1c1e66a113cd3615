//! Days told elsewhere on the page that hold for a report: of the same speech, of an interview, of the dateline.

use std::collections::HashMap;

use saidline_html::{BlockKind, Span, dateline_end};

use super::choice::{Told, anchor};
use super::lexicon::{Gap, Word};
use super::{Page, said};
use crate::attribution::{ActClass, Attribution, Said, SaidBasis, SpeakerKind};
use crate::sentences::paragraphs;

/// Paragraphs from one report to the next across which a day is carried on.
const PARAGRAPHS: u32 = 2;

/// Paragraphs of the story that may tell its day.
const LEAD: usize = 2;

/// Fills in what no words of its own date.
pub(super) fn carry(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
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
fn speakers(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
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
    let lead = lead(page, attributions);
    let mut last: HashMap<String, Last> = HashMap::new();
    // The report right before, where nobody is named: "the filing … It said".
    let mut before: Option<(Said, u32)> = None;
    for (at, place) in order {
        let attribution = &attributions[place];
        let paragraph = page.paragraph(at);
        let name = name(page, attribution);
        if let Some(said) = &attribution.said {
            let is_day = told[place].expression.is_some_and(|place| page.expressions[place].is_day());
            before = is_day.then(|| (said.clone(), paragraph));
            if let Some(name) = name {
                // Another time told of the same speaker ends the first.
                match is_day {
                    true => drop(last.insert(name, Last { said: said.clone(), paragraph })),
                    false => drop(last.remove(&name)),
                }
            }
            continue;
        }
        if !is_open(&told[place], attribution) || is_elsewhere(page, attribution) {
            continue;
        }
        let Some(name) = name else {
            let is_it = matches!(&attribution.source[..], [it] if it.of(&page.document.text).eq_ignore_ascii_case("it"));
            if let Some((said, of)) = &before
                && is_it
                && paragraph == *of
            {
                attributions[place].said = event(said, SaidBasis::Event);
            }
            continue;
        };
        if let Some(known) = last.get_mut(&name) {
            if paragraph - known.paragraph <= PARAGRAPHS {
                known.paragraph = paragraph;
                attributions[place].said = event(&known.said, SaidBasis::Event);
            }
        } else if let Some((sentence, said)) = &lead
            && paragraph > page.paragraph(sentence.start)
            && stands_in(&name, sentence.of(&page.document.text))
        {
            attributions[place].said = event(said, SaidBasis::Event);
        }
    }
    headlines(page, told, attributions, lead.as_ref());
}

/// The name by which a speaker is known again: of a person or an organisation that is named, else the last word of a
/// source that is a text ("the lawsuit").
fn name(page: &Page, attribution: &Attribution) -> Option<String> {
    if let Some(speaker) = attribution.speakers.first().filter(|one| one.kind != SpeakerKind::Unnamed) {
        return Some(speaker.name.clone());
    }
    let [source] = attribution.source[..] else { return None };
    let last = page.tokens_between(source.start, source.end).last()?;
    (last.word == Word::Venue).then(|| last.span.of(&page.document.text).to_lowercase())
}

/// Whether the last word of a name stands in a sentence.
fn stands_in(name: &str, sentence: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last.len() > 2
        && sentence.match_indices(last).any(|(at, _)| {
            let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            edge(sentence[..at].chars().next_back()) && edge(sentence[at + last.len()..].chars().next())
        })
}

/// Whether the words that report tell of an occasion of their own: "told the Quayside Post", "wrote on Facebook".
fn is_elsewhere(page: &Page, attribution: &Attribution) -> bool {
    let text = page.document.text.as_str();
    attribution.cue.iter().any(|cue| {
        let told = page.tokens_between(cue.start, cue.end).iter().any(|token| {
            matches!(token.span.of(text), "told" | "tells" | "tweeted" | "wrote")
        });
        let next = page.tokens_between(cue.start, cue.end + 24);
        told && next.iter().skip(1).any(|token| token.capital && token.gap == Gap::Space)
            && attribution.content.iter().all(|content| !content.contains(*cue))
            && next.get(1).is_some_and(|token| {
                token.capital || token.word == Word::The && next.get(2).is_some_and(|next| next.capital)
            })
    })
}

/// The sentence of the first paragraphs that tells the day of the story, and that day.
fn lead(page: &Page, attributions: &[Attribution]) -> Option<(Span, Said)> {
    let text = page.document.text.as_str();
    let body = paragraphs(text, &page.document.blocks)
        .filter(|paragraph| matches!(paragraph.kind, BlockKind::Paragraph) && paragraph.span.of(text).len() > 60)
        .take(LEAD);
    for paragraph in body {
        let found = page.expressions_between(paragraph.span.start, paragraph.span.end).find(|place| {
            let found = &page.expressions[*place];
            let inside = attributions.iter().take(16).flat_map(|one| &one.content).any(|span| span.overlaps(found.span));
            found.is_day() && !found.bound && !found.possessive && !found.future && !inside
        });
        if let Some(place) = found {
            let found = &page.expressions[place];
            let sentence = page.sentences[page.sentence(found.span.start)?];
            return Some((sentence, said(found, page.published, true)));
        }
    }
    None
}

/// A headline tells what the first paragraphs date.
fn headlines(page: &Page, told: &[Told], attributions: &mut [Attribution], lead: Option<&(Span, Said)>) {
    const LOOKED_AT: usize = 8;
    let Some((_, said)) = lead else { return };
    let is_headline = |at: u32| {
        let place = page.document.blocks.partition_point(|block| block.span.end <= at);
        let block = page.document.blocks.get(place);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Subheadline))
    };
    for (one, told) in attributions.iter_mut().zip(told).take(LOOKED_AT) {
        if anchor(one).is_some_and(|at| is_headline(at.start)) && is_open(told, one) {
            one.said = event(said, SaidBasis::Event);
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

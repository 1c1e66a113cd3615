//! Interviews printed as turns: who is the other party, and what the page tells of the interview.

use saidline_html::{BlockKind, Span};

use crate::attribution::{Attribution, Mention, Venue, VenueKind};
use crate::names::words_of;

use super::page::Page;
use super::phrases::Phrase;

/// Fewer turns make no interview.
const FEWEST: usize = 4;

/// Tells of the turns of an interview the other party as the addressee, and as the venue what the page says of it.
pub(super) fn tell_turns(page: &Page, found: &[Phrase], attributions: &mut [Attribution]) {
    let text = page.document.text.as_str();
    let turns: Vec<usize> =
        (0..attributions.len()).filter(|&place| is_turn(page, &attributions[place])).collect();
    if turns.len() < FEWEST {
        return;
    }
    let label = |place: usize| attributions[place].source[0];
    let mut labels: Vec<&str> = turns.iter().map(|&turn| label(turn).of(text)).collect();
    labels.sort_unstable();
    labels.dedup();
    // One voice alone is no interview; many are a transcript of something else.
    if !(2..=4).contains(&labels.len()) {
        return;
    }
    let first = page.tokens_in(label(turns[0])).start;
    // The party that asks is the outlet, unless its label is a person's name.
    let asks = |name: &str| {
        let own = turns.iter().filter(|&&turn| label(turn).of(text) == name);
        own.filter(|&&turn| attributions[turn].content.iter().any(|part| part.of(text).contains('?'))).count()
    };
    let asker = labels.iter().copied().max_by_key(|name| asks(name));
    let outlet =
        asker.filter(|name| name.len() > 2 && !name.contains(char::is_whitespace)).map(str::to_owned);
    let venue = introduction(page, found, first).map(|(span, name)| Venue {
        span,
        name: name.map(|name| words_of(name.of(text))).or_else(|| outlet.clone()),
        kind: VenueKind::Interview,
    });
    let others: Vec<Option<usize>> = (0..turns.len())
        .map(|turn| {
            let own = label(turns[turn]).of(text);
            let differs = |&&other: &&usize| label(other).of(text) != own;
            // Who asks is heard by who answers next, and the other way round: the nearer label of the two.
            let before = turns[..turn].iter().rev().take(8).find(differs).copied();
            let after = turns[turn..].iter().take(8).find(differs).copied();
            match (before, after) {
                (Some(before), Some(after)) => {
                    let here = label(turns[turn]).start;
                    let later = label(after).start - here < here - label(before).start;
                    Some(if later { after } else { before })
                }
                (before, after) => before.or(after),
            }
        })
        .collect();
    let tell: Vec<(usize, Mention)> = turns
        .iter()
        .zip(others)
        .filter_map(|(&turn, other)| {
            let other = other?;
            let speaker = attributions[other].speakers.first();
            Some((
                turn,
                Mention {
                    span: label(other),
                    name: speaker.map(|speaker| speaker.name.clone()),
                    kind: speaker.map(|speaker| speaker.kind),
                },
            ))
        })
        .collect();
    for (turn, mention) in tell {
        attributions[turn].addressees = vec![mention];
        if venue.is_some() {
            attributions[turn].venue = venue.clone();
        }
    }
}

/// Whether an attribution is a turn: a label at the head of its paragraph and a colon behind it.
fn is_turn(page: &Page, attribution: &Attribution) -> bool {
    let [label] = attribution.source[..] else { return false };
    let text = page.document.text.as_str();
    let Some(block) = page.document.blocks.get(page.block_of(label.start)) else { return false };
    let opens = text[block.span.start as usize..].get(..(label.start - block.span.start) as usize);
    let opens = opens.is_some_and(|before| !before.contains(char::is_alphanumeric));
    let behind = text[label.end as usize..].trim_start_matches([' ', '*', '\u{a0}', ')', ']', '\t']);
    opens && block.kind != BlockKind::Headline && behind.starts_with(':')
}

/// Where the page tells of the interview, before its first turn: a phrase, or "interviewed", "spoke with".
fn introduction(page: &Page, found: &[Phrase], first: usize) -> Option<(Span, Option<Span>)> {
    let phrase = found
        .iter()
        .take_while(|phrase| phrase.tokens.start < first)
        .find(|phrase| phrase.kind == VenueKind::Interview);
    if let Some(phrase) = phrase {
        return Some((page.span(&phrase.tokens)?, phrase.name));
    }
    let at = (0..first).find(|&at| {
        matches!(page.word(at), "interviewed" | "interviews" | "interview" | "q&a")
            || matches!(page.word(at), "spoke" | "talked" | "speaks" | "talks" | "sat")
                && matches!(page.word(at + 1), "with" | "to" | "down")
    })?;
    Some((page.span(&(at..at + 1))?, None))
}

//! Venues told in another sentence: "Lund held a rally in Sundvik. … The pier leaks, she said."
//!
//! A venue holds for what else the same speaker says: for what follows, as far as its kind reaches, and for the head of
//! the page, which the text tells again. It does not hold for what is said to be past or of another day, for what
//! somebody only thinks, and for words that stand in another's.

use std::collections::HashSet;

use crate::attribution::{Attribution, Mention, SpeakerKind, VenueKind};

use super::page::Page;
use super::phrases::Phrase;
use super::tables::{self, Verb};
use super::tellings::{Telling, Tellings, carries};
use super::when::{Time, is_said, of_this_time};

/// Gives attributions that tell no venue themselves the one that the page tells elsewhere, where it holds for them.
pub(super) fn carry(page: &Page, found: &[Phrase], attributions: &mut [Attribution]) {
    let tellings = Tellings::of(page, found, attributions);
    let elsewhere: HashSet<String> = attributions
        .iter()
        .filter(|other| {
            let verb = start_of(other);
            other.venue.is_none() && other.addressees.iter().any(|hearer| hearer.span.start > verb)
        })
        .filter_map(|other| Some(carries(other)?.to_owned()))
        .collect();
    for attribution in attributions.iter_mut().filter(|attribution| attribution.venue.is_none()) {
        let Some(speaker) = carries(attribution) else { continue };
        let at = start_of(attribution);
        let at = page.token_at(at);
        let block = page.block_of(start_of(attribution));
        let continues = continues(page, attribution);
        let telling = tellings.holds(page, speaker, at, block, continues).filter(|telling| {
            // "Lund to call for a pier" is not said yet.
            telling.at <= at || block > 0 || !matches!(page.word(at), "to" | "will")
        });
        let telling = telling.or_else(|| {
            let alone =
                !tellings.has_told(speaker, at) && !elsewhere.contains(speaker) && is_said(page, attribution);
            tellings.joint(at).filter(|_| alone)
        });
        let Some(telling) = telling.filter(|telling| goes_on(page, attribution, telling)) else { continue };
        attribution.venue = Some(telling.venue.clone());
        if attribution.addressees.is_empty() {
            attribution.addressees = telling.hearing.clone();
        }
    }
}

/// Whether the words that report go on those before: "she added".
fn continues(page: &Page, attribution: &Attribution) -> bool {
    attribution.cue.first().is_some_and(|cue| {
        page.tokens_in(*cue).take(4).any(|at| {
            matches!(
                page.word(at),
                "added" | "adding" | "adds" | "continued" | "continues" | "concluded" | "wrote"
            ) || page.word(at) == "went" && page.word(at + 1) == "on"
        })
    })
}

pub(super) fn start_of(attribution: &Attribution) -> u32 {
    attribution.cue.first().or(attribution.content.first()).map_or(0, |span| span.start)
}

/// Whether what an attribution reports can have been said at the venue of another.
fn goes_on(page: &Page, attribution: &Attribution, telling: &Telling) -> bool {
    // Who is told something is spoken to elsewhere, unless he is part of the venue, or asked there: "Pressed by Low,".
    let verb = start_of(attribution);
    let is_conference = telling.venue.kind == VenueKind::NewsConference;
    let is_broadcast = telling.venue.kind == VenueKind::Broadcast;
    let venue_words = telling.venue.span.of(page.names.text);
    let part = |hearer: &Mention| {
        // Reporters are who hears a news conference.
        let press =
            page.tokens_in(hearer.span).any(|at| matches!(page.word(at), "reporters" | "journalists"));
        // Of "a host of Channel 4" the channel on which it was said.
        let on_air = is_broadcast
            && page.names_of(page.tokens_in(hearer.span)).any(|name| {
                let words = page.names.span(name).of(page.names.text);
                words
                    .split(' ')
                    .next()
                    .is_some_and(|first| venue_words.contains(first) && tables::medium(first).is_some())
            });
        if is_conference && press || on_air || is_there(page, telling.venue.kind, hearer) {
            return true;
        }
        let name = hearer.name.as_deref();
        hearer.span.end <= verb || telling.is_with(page, name)
    };
    if !calls_on(page, attribution) && !attribution.addressees.iter().all(part) {
        return false;
    }
    // What leads a page tells its own day, and the words from there need not; nor need those right before.
    let own = start_of(attribution);
    let near = page.block_of(own) <= telling.block + 1;
    let time = if near && telling.time.day.is_none() {
        Time { day: Time::of(page, page.token_at(own)).day, ..telling.time }
    } else {
        telling.time
    };
    of_this_time(page, attribution, time) && !(is_written(telling.venue.kind) && replies(page, attribution))
}

/// Whether those who were told something are at the occasion: the crowd of a speech, the panel of a hearing.
fn is_there(page: &Page, kind: VenueKind, hearer: &Mention) -> bool {
    use VenueKind::{Debate, Meeting, NewsConference, Speech, Testimony};
    let words = page.tokens_in(hearer.span);
    if words.is_empty() {
        return false;
    }
    let crowd = matches!(
        page.word(page.head(&words)),
        "audience" | "crowd" | "attendees" | "room" | "supporters" | "graduates" | "delegates" | "gathering"
    );
    let panel = matches!(
        page.word(page.head(&words)),
        "panel"
            | "committee"
            | "subcommittee"
            | "senators"
            | "lawmakers"
            | "members"
            | "court"
            | "jury"
            | "jurors"
    );
    match kind {
        Speech | Meeting | Debate | NewsConference => crowd,
        Testimony => panel || crowd || hearer.kind == Some(SpeakerKind::Person),
        _ => false,
    }
}

/// "Called on owners to pay", "urged them to": those need not be there; "asked the crowd" whoever is there.
fn calls_on(page: &Page, attribution: &Attribution) -> bool {
    attribution.cue.first().is_some_and(|cue| {
        page.tokens_in(*cue).take(6).any(|at| {
            tables::verb(page.word(at)).is_some_and(|told| {
                matches!(told.hearer, Some(Verb::On | Verb::Urged | Verb::Warned | Verb::Asked))
            })
        })
    })
}

/// Whether one writes there, and nobody answers.
fn is_written(kind: VenueKind) -> bool {
    use VenueKind::{Article, Document, Letter, Post, Statement};
    matches!(kind, Article | Document | Letter | Post | Statement)
}

/// "Answered", "responded", "told the crowd": spoken with somebody there.
fn replies(page: &Page, attribution: &Attribution) -> bool {
    attribution.cue.first().is_some_and(|cue| {
        page.tokens_in(*cue).take(6).any(|at| {
            matches!(
                page.word(at),
                "replied" | "answered" | "responded" | "replies" | "answers" | "responds" | "quipped"
            )
        })
    })
}

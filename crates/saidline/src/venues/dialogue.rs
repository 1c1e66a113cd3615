//! Questions and answers in running text: who asks is heard by who answers, and both speak at one place.

use crate::attribution::{Attribution, Mention, SpeakerKind, Venue, VenueKind};

use super::carried::start_of;
use super::page::Page;
use super::tables;
use super::when::{Time, of_this_time};

/// An answer goes on in so many attributions at most.
const LONGEST: usize = 8;

/// Gives a question the venue of its answer, the asker whoever answers as the addressee, and the other way round.
pub(super) fn tell_dialogues(page: &Page, attributions: &mut [Attribution]) {
    for place in 0..attributions.len() {
        answer_back(page, place, attributions);
        let Some(asking) = asking(page, &attributions[place]) else { continue };
        share_venue(page, place, attributions);
        let Some(answer) = answer(page, place, attributions) else { continue };
        let together =
            page.block_of(start_of(&attributions[place])) == page.block_of(start_of(&attributions[answer]));
        // "Asked whether it leaked, Lund said": the question has no other hearer.
        if attributions[place].addressees.is_empty() && together && asking == Asking::Passive {
            attributions[place].addressees.extend(named(&attributions[answer]));
        }
        name_asked(page, place, answer, attributions);
        let told = |to: &Attribution| {
            let name = to.speakers.first().map(|speaker| &speaker.name);
            name.is_some() && attributions[place].addressees.iter().any(|hearer| hearer.name.as_ref() == name)
        };
        let replies = replies(page, &attributions[answer]);
        let asker = named(&attributions[place]).filter(|_| told(&attributions[answer]) || replies);
        let Some(asker) = asker else { continue };
        let answers = answer..attributions.len().min(answer + LONGEST);
        for other in
            answers.take_while(|&other| goes_on(page, answer, other, attributions)).collect::<Vec<_>>()
        {
            let own = &attributions[other].addressees;
            let of_venue = |venue: &Venue| own.iter().all(|hearer| venue.span.contains(hearer.span));
            if own.is_empty() || attributions[other].venue.as_ref().is_some_and(of_venue) {
                attributions[other].addressees = vec![asker.clone()];
            }
        }
    }
}

/// "“It leaks,” Lund told Berg. Berg replied": who replies is heard by whoever spoke right before.
fn answer_back(page: &Page, place: usize, attributions: &mut [Attribution]) {
    let (before, here) = attributions.split_at_mut(place);
    let Some(here) = here.first_mut().filter(|here| here.addressees.is_empty() && here.parent.is_none())
    else {
        return;
    };
    let shot = here.cue.first().is_some_and(|cue| {
        page.tokens_in(*cue).take(4).any(|at| {
            matches!(page.word(at), "replied" | "replies" | "answered" | "retorted")
                || page.word(at) == "back"
                    && at > 0
                    && matches!(page.word(at - 1), "shot" | "fired" | "snapped")
        })
    });
    let Some(other) = before.iter().rev().find(|other| other.parent.is_none()).filter(|_| shot) else {
        return;
    };
    let differ = match (other.speakers.first(), here.speakers.first()) {
        (Some(one), Some(other)) => one.kind == SpeakerKind::Person && one.name != other.name,
        _ => false,
    };
    if differ && near(page, other, here) && of_this_time(page, other, Time::default()) {
        here.addressees.extend(named(other));
    }
}

/// "Low asked the front-runner": whoever answers is meant.
fn name_asked(page: &Page, place: usize, answer: usize, attributions: &mut [Attribution]) {
    let Some(speaker) = attributions[answer].speakers.first() else { return };
    let (name, kind) = (speaker.name.clone(), speaker.kind);
    let [asked] = &mut attributions[place].addressees[..] else { return };
    let words = page.tokens_in(asked.span);
    // A crowd is not the one who answers.
    let described = !words.is_empty()
        && matches!(page.word(words.start), "the" | "him" | "her")
        && !tables::hears(page.word(page.head(&words)));
    if asked.name.is_none() && described && kind == SpeakerKind::Person {
        asked.name = Some(name);
        asked.kind = Some(kind);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Active,
    /// "Asked whether", "was pressed by".
    Passive,
}

/// Whether an attribution is a question to somebody.
fn asking(page: &Page, attribution: &Attribution) -> Option<Asking> {
    let cue = page.tokens_in(*attribution.cue.first()?);
    let at = cue.clone().take(6).find(|&at| {
        matches!(
            page.word(at),
            "asked" | "asks" | "asking" | "pressed" | "pressing" | "questioned" | "quizzed" | "grilled"
        )
    })?;
    let subject = attribution.source.first().is_some_and(|source| page.tokens_in(*source).start < at);
    Some(if subject || page.word(at).ends_with("ing") { Asking::Active } else { Asking::Passive })
}

/// What asks takes the venue of the next attribution, or else of the one before.
fn share_venue(page: &Page, place: usize, attributions: &mut [Attribution]) {
    use VenueKind::{Broadcast, Debate, Interview, Meeting, NewsConference, Testimony};
    if attributions[place].venue.is_some() {
        return;
    }
    let near = |other: &usize| {
        near(page, &attributions[place], &attributions[*other])
            && attributions[*other].venue.as_ref().is_some_and(|venue| {
                matches!(venue.kind, Broadcast | Debate | Interview | Meeting | NewsConference | Testimony)
            })
    };
    let behind = Some(place + 1).filter(|&next| next < attributions.len()).filter(near);
    if let Some(other) = behind.or_else(|| place.checked_sub(1).filter(near)) {
        attributions[place].venue = attributions[other].venue.clone();
    }
}

/// The next attribution, by somebody else, in this paragraph or the next.
fn answer(page: &Page, place: usize, attributions: &[Attribution]) -> Option<usize> {
    let next = (place + 1..attributions.len()).find(|&next| attributions[next].parent.is_none())?;
    let (question, answer) = (&attributions[place], &attributions[next]);
    let differ = match (question.speakers.first(), answer.speakers.first()) {
        (Some(one), Some(other)) => one.name != other.name,
        _ => question.source.is_empty() != answer.source.is_empty(),
    };
    (differ && near(page, question, answer)).then_some(next)
}

fn near(page: &Page, one: &Attribution, other: &Attribution) -> bool {
    page.block_of(start_of(one)).abs_diff(page.block_of(start_of(other))) <= 1
}

/// Whether the one who answered goes on in another attribution.
fn goes_on(page: &Page, answer: usize, other: usize, attributions: &[Attribution]) -> bool {
    let (first, next) = (&attributions[answer], &attributions[other]);
    let same = first
        .speakers
        .first()
        .is_some_and(|speaker| next.speakers.first().is_some_and(|other| other.name == speaker.name));
    answer == other || same && near(page, first, next)
}

fn replies(page: &Page, attribution: &Attribution) -> bool {
    attribution.cue.first().is_some_and(|cue| {
        page.tokens_in(*cue).take(6).any(|at| {
            matches!(
                page.word(at),
                "replied"
                    | "replies"
                    | "responded"
                    | "responds"
                    | "answered"
                    | "answers"
                    | "reply"
                    | "response"
                    | "retorted"
                    | "countered"
            )
        })
    })
}

/// The words that name a speaker, as a hearer.
fn named(attribution: &Attribution) -> Option<Mention> {
    let speaker = attribution.speakers.first();
    Some(Mention {
        span: *attribution.source.first().filter(|source| !source.is_empty())?,
        name: speaker.map(|speaker| speaker.name.clone()),
        kind: speaker.map(|speaker| speaker.kind),
    })
}

//! Polls: what people answered was said on the days on which they were asked, which a page tells once.

use saidline_html::{Moment, Span, When};

use super::choice::{Told, anchor};
use super::events::is_open;
use super::lexicon::Word;
use super::{Page, said};
use crate::attribution::{Attribution, Said, SaidBasis};

/// How a poll is taken.
const TAKEN: [&str; 6] = ["conducted", "surveyed", "taken", "fielded", "polled", "interviewed"];

const POLLS: [&str; 5] = ["poll", "survey", "polling", "adults", "voters"];

/// Who answers.
const PEOPLE: [&str; 9] = [
    "voters",
    "Americans",
    "adults",
    "respondents",
    "Democrats",
    "Republicans",
    "independents",
    "majority",
    "those",
];

/// Fills in the days of the page's one poll for what it found.
pub(super) fn tell(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    let Some(said) = asked(page) else { return };
    for (one, told) in attributions.iter_mut().zip(told) {
        let Some(at) = anchor(one).map(|at| at.start) else { continue };
        if is_open(told, one) && is_of_poll(page, one) && !tells_a_time(page, at) {
            one.said = Some(Said { basis: SaidBasis::Event, ..said.clone() });
        }
    }
}

/// When the people were asked, where the page tells it of one poll.
fn asked(page: &Page) -> Option<Said> {
    const BEHIND: usize = 14;
    let text = page.document.text.as_str();
    let mut found: Option<Said> = None;
    for (place, token) in page.tokens.iter().enumerate() {
        if !TAKEN.contains(&token.span.of(text)) {
            continue;
        }
        let Some(sentence) = page.sentence(token.span.start).map(|place| page.sentences[place]) else {
            continue;
        };
        let words = page.tokens_between(sentence.start, sentence.end);
        let is_poll = words.iter().take(64).any(|token| {
            let word = token.span.of(text);
            POLLS.iter().any(|poll| poll.eq_ignore_ascii_case(word))
        });
        let until =
            page.tokens.get(place + BEHIND).map_or(sentence.end, |token| token.span.end.min(sentence.end));
        let Some(said) = is_poll.then(|| stretch(page, token.span.end, until)).flatten() else { continue };
        match &found {
            None => found = Some(said),
            Some(other) if (other.from, other.to) == (said.from, said.to) => {}
            // Of several polls nobody knows which is meant.
            Some(_) => return None,
        }
    }
    found
}

/// The first day or stretch told between two bytes: "Oct. 28 through Oct. 29", "April 20 to 26", "June 4-10".
fn stretch(page: &Page, from: u32, until: u32) -> Option<Said> {
    let text = page.document.text.as_str();
    let mut places = page.expressions_between(from, until);
    let first = &page.expressions[places.next()?];
    let begin = said(first, page.published, true);
    let mut when = begin.when()?;
    let Moment::Day(day) = when.from else { return None };
    let mut end = first.span.end;
    let joins = |token: &super::Token| matches!(token.span.of(text), "to" | "through" | "and" | "until");
    if let Some(next) = places.next().map(|place| &page.expressions[place])
        && let [join] = page.tokens_between(first.span.end, next.span.start)
        && joins(join)
        && let Some(When { to, .. }) = said(next, page.published, true).when()
    {
        when.to = to;
        end = next.span.end;
    } else if let [join, number, ..] = page.tokens.get(first.last as usize..)?
        && joins(join)
        && let Word::Digits(value, 1..=2) = number.word
        && let Ok(last) = day.with().day(i8::try_from(value).ok()?).build()
        && last > day
    {
        when.to = Moment::Day(last);
        end = number.span.end;
    }
    let span = Span { start: first.span.start, end };
    Some(Said { from: Some(when.from), to: Some(when.to), span: Some(span), basis: SaidBasis::Event })
}

/// Whether a source is a poll, or a share of those whom it asked.
fn is_of_poll(page: &Page, one: &Attribution) -> bool {
    let text = page.document.text.as_str();
    let [source] = one.source[..] else { return false };
    let words = source.of(text);
    let has = |names: &[&str]| {
        words
            .split(|letter: char| !letter.is_alphanumeric())
            .take(24)
            .any(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
    };
    let is_share = words.contains('%')
        || has(&["percent", "half", "third", "thirds", "quarter", "quarters", "majority"]);
    let is_poll = has(&["poll", "survey"]) && page.tokens_between(source.start, source.end).len() <= 6;
    is_share && (has(&PEOPLE) || words.len() <= 12) || is_poll
}

/// Whether the sentence of a report tells a time of its own: of an earlier poll.
fn tells_a_time(page: &Page, at: u32) -> bool {
    let sentence = page.sentence(at).map(|place| page.sentences[place]);
    sentence.is_some_and(|sentence| !page.expressions_between(sentence.start, sentence.end).is_empty())
}

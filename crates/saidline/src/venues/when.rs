//! Whether words were spoken on an occasion of which the page tells, as far as their verb and their time show.

use std::ops::Range;

use crate::attribution::{ActClass, Attribution};
use crate::words;

use super::page::{Day, Page};

/// What the sentence of a word tells of when.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    pub day: Option<Day>,
    /// The word with which a longer time begins: "last year", "in January".
    pub period: Option<usize>,
}

impl Time {
    pub fn of(page: &Page, token: usize) -> Self {
        Self { day: page.day_beside(token), period: page.period_beside(token) }
    }

    /// Whether this is another time than one of which the page has told.
    fn differs(self, page: &Page, told: Self) -> bool {
        let other_day = self.day.is_some() && told.day.is_some() && self.day != told.day;
        let same_period = |own: usize| {
            told.period.is_some_and(|told| {
                page.word(own) == page.word(told) && page.word(own + 1) == page.word(told + 1)
            })
        };
        other_day || self.period.is_some_and(|own| !same_period(own))
    }
}

/// Whether words are spoken on the occasion of which the page tells, as far as the verb shows: not "has said", not years
/// ago, and not what somebody only thinks.
pub(super) fn of_this_time(page: &Page, attribution: &Attribution, time: Time) -> bool {
    let Some(cue) = attribution.cue.first() else {
        // Words that nothing reports go on with those before, unless their sentence opens with another time.
        let words = attribution.content.first().map_or(0, |content| content.start);
        return !page.long_past(page.token_at(words));
    };
    let tokens = page.tokens_in(*cue);
    // "Has said", "may have said" are of no one time.
    let first = tokens.start.saturating_sub(1);
    let vague = (first..tokens.end.min(first + 4)).any(|at| of_no_one_time(page, at));
    if vague || is_later(page, &tokens) || page.long_past(tokens.start) {
        return false;
    }
    // Another day, another place.
    let own = Time::of(page, tokens.start);
    let dated = page.after_date(tokens.end) > tokens.end;
    if own.differs(page, time) || dated && (own.day.is_none() || own.day != time.day) {
        return false;
    }
    // "Is familiar with", "was careful" tell of no saying; "was comparing" does.
    let is = matches!(page.word(tokens.start), "is" | "are" | "isn" | "aren" | "isn't" | "aren't" | "isn’t");
    let was = matches!(page.word(tokens.start), "was" | "were");
    let speaks = |at: usize| {
        words::cue(page.word(at))
            .is_some_and(|cue| matches!(cue.class(), ActClass::Speech | ActClass::Finding))
    };
    let goes_on = tokens.clone().take(4).any(|at| page.word(at).ends_with("ing"));
    if (is || was && !goes_on) && !tokens.clone().any(speaks) {
        return false;
    }
    // What somebody thinks and plans he may have said anywhere.
    tokens.take(6).all(|at| {
        words::cue(page.word(at))
            .is_none_or(|cue| matches!(cue.class(), ActClass::Speech | ActClass::Finding))
    })
}

/// "Later announced", "subsequently warned": at another time. "She later added" goes on.
fn is_later(page: &Page, cue: &Range<usize>) -> bool {
    let adverb = |at: usize| matches!(page.word(at), "later" | "subsequently" | "eventually");
    let goes_on = |at: usize| {
        matches!(
            page.word(at),
            "said" | "saying" | "added" | "adding" | "told" | "asked" | "noted" | "joked" | "quipped"
        )
    };
    let near = cue.start.saturating_sub(1)..cue.end.min(cue.start + 3);
    near.clone().any(adverb) && !near.clone().any(goes_on)
}

/// Whether the verb is one of speech in the past.
pub(super) fn is_said(page: &Page, attribution: &Attribution) -> bool {
    attribution.cue.first().is_some_and(|cue| {
        page.tokens_in(*cue).take(6).any(|at| {
            let word = page.word(at);
            !word.ends_with('s') && words::cue(word).is_some_and(|cue| cue.class() == ActClass::Speech)
        })
    })
}

/// "Has said", "had often said", "may have said".
fn of_no_one_time(page: &Page, at: usize) -> bool {
    if matches!(page.word(at), "may" | "might") {
        return true;
    }
    let adverb =
        |word: &str| word.ends_with("ly") || matches!(word, "also" | "since" | "long" | "often" | "never");
    let next = at + 1 + usize::from(adverb(page.word(at + 1)));
    let word = page.word(next);
    (matches!(page.word(at), "has" | "have" | "had") || page.has_contracted(at))
        && (word.ends_with("ed") || words::cue(word).is_some() || matches!(word, "been" | "made" | "given"))
}

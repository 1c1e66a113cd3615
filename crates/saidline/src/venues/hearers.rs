//! To whom something was said, by the verb that reports it.

use std::ops::Range;

use crate::attribution::Attribution;
use crate::names::Gap;

use super::page::Page;
use super::particles::{is_boundary, is_determiner, is_preposition, is_pronoun};
use super::tables::{self, Verb};

/// So many words at most stand between a verb and the "to" of what is urged.
const FARTHEST: usize = 12;

/// The phrases that name the hearers of an attribution, in the order of the text; empty where its verb has none.
pub(super) fn hearers(page: &Page, place: usize, attribution: &Attribution) -> Vec<Range<usize>> {
    if let Some(asked) = asked_before(page, attribution) {
        return vec![asked];
    }
    for cue in &attribution.cue {
        let tokens = page.tokens_in(*cue);
        let tokens = tokens.start..tokens.end.min(tokens.start + 16);
        // "In an emailed statement".
        let noun = |at: usize| {
            at > 0 && matches!(page.word(at - 1), "a" | "an" | "the" | "his" | "her" | "its" | "their")
        };
        for at in tokens.clone().filter(|&at| !noun(at)) {
            let Some(verb) = tables::verb(page.word(at)).and_then(|told| told.hearer) else { continue };
            let found = of_verb(page, place, attribution, verb, at, tokens.end);
            if !found.is_empty() {
                return found;
            }
        }
    }
    // "Lund attacked the plan, telling reporters".
    let Some(end) = attribution.cue.first().map(|cue| page.tokens_in(*cue).end) else { return Vec::new() };
    let telling = (end..end + 12)
        .take_while(|&at| same_sentence(page, at))
        .find(|&at| page.word(at) == "telling" && page.owner(at) != place as u32);
    let found = match telling {
        Some(at) => of_verb(page, place, attribution, Verb::Object, at, at + 1),
        None => beside_source(page, place, attribution),
    };
    if found.is_empty() { of_governing(page, place, attribution) } else { found }
}

/// "Greeted reporters by saying", "telephoned Berg to ask": the object of the verb on which the cue hangs.
fn of_governing(page: &Page, place: usize, attribution: &Attribution) -> Vec<Range<usize>> {
    const WORDS: usize = 12;
    let Some(cue) = attribution.cue.first().map(|cue| page.tokens_in(*cue)) else { return Vec::new() };
    let hangs = (cue.start..cue.end.min(cue.start + 3)).any(|at| {
        let word = page.word(at);
        matches!(word, "saying" | "asking" | "telling" | "warning" | "urging")
            || matches!(word, "ask" | "say" | "warn") && at > 0 && page.word(at - 1) == "to"
    });
    if !hangs {
        return Vec::new();
    }
    let own = |token: usize| page.owner(token) == place as u32 || cue.contains(&token);
    let mut before = (cue.start.saturating_sub(WORDS)..cue.start).rev().filter(|&at| {
        page.sentence(at) == page.sentence(cue.start) && page.owner(at) == page.owner(cue.start)
    });
    let reaches = |at: &usize| {
        matches!(
            page.word(*at),
            "greeted"
                | "telephoned"
                | "phoned"
                | "emailed"
                | "e-mailed"
                | "texted"
                | "messaged"
                | "addressed"
                | "contacted"
        ) && page.spaced(at + 1)
    };
    before
        .find(reaches)
        .map_or_else(Vec::new, |at| list(page, at + 1, own, |page, part| page.is_somebody(part)))
}

/// "When asked about the pier, Lund said": who follows the question heard it.
fn asked_before(page: &Page, attribution: &Attribution) -> Option<Range<usize>> {
    let source = page.tokens_in(*attribution.source.first()?);
    let asked = page
        .tokens_in(*attribution.cue.first()?)
        .find(|&at| matches!(page.word(at), "asked" | "pressed" | "questioned" | "quizzed" | "challenged"))?;
    let opens = asked == 0
        || page.sentence(asked - 1) != page.sentence(asked)
        || matches!(page.word(asked - 1), "when" | "if" | "once")
        || page.names.tokens[asked].gap == Gap::Comma;
    let behind = source.start > asked && page.sentence(source.start) == page.sentence(asked);
    let by = page.word(source.start.saturating_sub(1)) == "by";
    (opens && behind && !by && !source.is_empty()).then_some(source)
}

/// "Pressed by Ann Low, Lund said", "Lund, speaking to reporters, said".
fn beside_source(page: &Page, place: usize, attribution: &Attribution) -> Vec<Range<usize>> {
    let Some(source) = attribution.source.first().map(|source| page.tokens_in(*source)) else {
        return Vec::new();
    };
    // Its own verb has been looked at already.
    let own = |token: usize| {
        page.owner(token) == place as u32
            || attribution.cue.iter().any(|cue| page.tokens_in(*cue).contains(&token))
    };
    let near = source.start.saturating_sub(12)..source.end + 6;
    let words = near.filter(|&at| page.sentence(at) == page.sentence(source.start) && !own(at));
    let mut hearer = words.filter_map(|at| {
        let to = match page.word(at) {
            "asked" | "pressed" | "questioned" | "quizzed" | "challenged" | "reached" | "contacted"
                if at < source.start =>
            {
                "by"
            }
            "speaking" | "talking" => "to",
            "addressing" | "briefing" if page.spaced(at + 1) => return Some(at + 1),
            _ => return None,
        };
        let first = page.after_date(at + 1);
        let fits = page.word(first) == to || to == "to" && page.word(first) == "with";
        (fits && page.spaced(first) && page.spaced(first + 1)).then_some(first + 1)
    });
    let hearer = hearer.next_back().map(|first| list(page, first, own, |page, part| page.is_somebody(part)));
    hearer.unwrap_or_default()
}

fn of_verb(
    page: &Page,
    place: usize,
    attribution: &Attribution,
    verb: Verb,
    at: usize,
    cue_end: usize,
) -> Vec<Range<usize>> {
    let own = |token: usize| page.owner(token) == place as u32;
    if passive(page, at) && !matches!(verb, Verb::To | Verb::On) {
        return subject(page, place, attribution, at).into_iter().collect();
    }
    let mut next = at + 1;
    while goes_on(page, next) && is_adverb(page.word(next)) {
        next += 1;
    }
    match verb {
        Verb::To => {
            // "Said Monday to reporters".
            let dated = page.after_date(next);
            let mut to = if same_sentence(page, dated) { dated } else { next };
            to += usize::from(matches!(page.word(to), "himself" | "herself" | "themselves"));
            let with = page.word(to) == "with"
                && matches!(page.word(at), "spoke" | "speaking" | "talked" | "talking");
            // "Wrote the mayor on Monday".
            let written = page.word(at) == "wrote";
            let is_source = |token: usize| {
                attribution.source.iter().any(|source| page.tokens_in(*source).contains(&token))
            };
            if written && page.word(to) != "to" && page.spaced(next) && !own(next) && !is_source(next) {
                let somebody = |page: &Page, part: &Range<usize>| {
                    page.is_somebody(part) && page.names_of(part.clone()).any(|name| name.person.is_some())
                };
                return list(page, next, own, somebody);
            }
            if !(page.word(to) == "to" || with) || !same_sentence(page, to + 1) || own(to + 1) {
                return Vec::new();
            }
            return list(page, to + 1, own, |page, part| page.is_somebody(part));
        }
        Verb::On => {
            if !matches!(page.word(next), "on" | "upon") || !same_sentence(page, next + 1) {
                return Vec::new();
            }
            next += 1;
        }
        _ => {}
    }
    if !same_sentence(page, next) || own(next) && !own(next.saturating_sub(1)) && next < cue_end {
        return Vec::new();
    }
    // "Urged owners to pay": those who shall stand at the beginning of what is urged.
    if let Some(urged) = urged(page, next) {
        return each(page, urged);
    }
    if own(next) || matches!(verb, Verb::Urged | Verb::On) {
        let opens = matches!(verb, Verb::Object | Verb::Warned) && own(next);
        let part = page.phrase(next, |_| false).filter(|part| {
            // Of "warned Lund could fall" Lund hears nothing.
            let told = match verb {
                Verb::Object => {
                    matches!(page.word(part.end), "that" | "he" | "she" | "they" | "it")
                        || page.name_at(part.start).is_some()
                }
                _ => page.word(part.end) == "that",
            };
            opens && page.is_somebody(part) && told
                || matches!(verb, Verb::Urged | Verb::On | Verb::Asked | Verb::Warned)
                    && is_pronoun(page.word(part.start))
                    && part.len() == 1
        });
        return part.into_iter().collect();
    }
    // "Asked, looking at the pier".
    if page.names.tokens[next].gap == Gap::Comma {
        return Vec::new();
    }
    list(page, next, own, |page, part| match verb {
        Verb::Object => page.is_somebody(part) || !is_story(page.word(page.head(part))),
        Verb::Asked => {
            page.is_somebody(part)
                || matches!(page.word(part.end), "if" | "whether" | "for" | "about" | "why" | "how" | "what")
        }
        _ => page.is_somebody(part),
    })
}

/// Of "the mayor and the council" both.
fn each(page: &Page, part: Range<usize>) -> Vec<Range<usize>> {
    let somebody = |part: &Range<usize>| !part.is_empty() && page.is_somebody(part);
    // "The Board of Harbours and Bridges" is one.
    let joins = |at: usize| {
        let whole = page.is_capital(at - 1)
            && page.is_capital(at + 1)
            && (part.start..at).any(|before| matches!(page.word(before), "of" | "for"));
        page.word(at) == "and"
            && page.name_at(at).is_none_or(|name| name.first as usize == at)
            && (!whole || is_determiner(page.word(at + 1)))
    };
    let and = (part.start + 1..part.end.saturating_sub(1))
        .find(|&at| joins(at) && somebody(&(part.start..at)) && somebody(&(at + 1..part.end)));
    match and {
        Some(and) => vec![part.start..and, and + 1..part.end],
        None => vec![part],
    }
}

/// Those whom the words of a venue name as hearing it: "a letter to the mayor and the council".
pub(super) fn of_venue(page: &Page, first: &Range<usize>) -> Vec<Range<usize>> {
    let mut all = list(page, first.start, |_| false, |_, _| true);
    if all.first() != Some(first) {
        all = vec![first.clone()];
    }
    all
}

/// A phrase and those that "and" joins to it.
fn list(
    page: &Page,
    start: usize,
    own: impl Fn(usize) -> bool,
    fits: impl Fn(&Page, &Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    let Some(first) = page.audience(start, &own).map(|part| outlet_before(page, part)) else {
        return Vec::new();
    };
    if !fits(page, &first) {
        return Vec::new();
    }
    let mut found = vec![first];
    while found.len() < 4 {
        let end = found.last().map_or(start, |part| part.end);
        if page.word(end) != "and" || !page.spaced(end) || !page.spaced(end + 1) || own(end) {
            break;
        }
        let next = page.phrase(end + 1, &own).filter(|part| page.is_somebody(part));
        // "Told reporters and the mayor said": who speaks next is no hearer.
        let next = next.filter(|part| {
            let behind = page.word(part.end);
            !page.goes_on(part.end)
                || behind == "that"
                || own(part.end)
                || !is_boundary(behind)
                || is_preposition(behind)
                || page.after_date(part.end) > part.end
        });
        match next {
            Some(next) => found.push(next),
            None => break,
        }
    }
    found
}

/// Of "told CNN Lund had lied" the outlet: what follows it without a "that" is what was told.
fn outlet_before(page: &Page, part: Range<usize>) -> Range<usize> {
    let start = part.start + usize::from(page.word(part.start) == "the");
    let outlet = |end: usize| {
        page.span(&(start..end)).is_some_and(|span| tables::medium(span.of(page.names.text)).is_some())
    };
    // "Told reporters Lund had lied".
    let several = |end: usize| tables::hears(page.word(end - 1)) && page.word(end - 1).ends_with('s');
    let Some(end) = (start + 1..part.end).rev().find(|&end| outlet(end) || several(end)) else { return part };
    let group = matches!(page.word(end), "democrats" | "republicans" | "americans");
    let person = page.names_of(end..end + 1).any(|name| name.person.is_some());
    if !page.possessive(end - 1) && (group || person) { part.start..end } else { part }
}

/// "From selling": what those before it shall not do.
fn is_kept(page: &Page, at: usize) -> bool {
    page.word(at) == "from" && page.word(at + 1).ends_with("ing") && page.spaced(at + 1)
}

/// Of "owners to pay" the owners.
fn urged(page: &Page, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while end < page.len() && end - start <= FARTHEST {
        let word = page.word(end);
        if end > start && !same_sentence(page, end) {
            return None;
        }
        if word == "to" || is_kept(page, end) && end > start {
            break;
        }
        let inside = end > start && page.name_at(end).is_some_and(|name| (name.first as usize) < end);
        let joins = end > start
            && matches!(word, "in" | "of" | "and" | "from" | "for" | "at" | "with" | "not" | "on");
        let him = end == start && (is_pronoun(word) || word == "her");
        if is_boundary(word) && !inside && !joins && !him {
            return None;
        }
        end += 1;
    }
    if page.word(end) != "to" && !is_kept(page, end) || end == start || !same_sentence(page, end + 1) {
        return None;
    }
    // "Ordered the pier to be closed": a pier hears nothing.
    let what = page.word(end + 1);
    let mut last = end;
    while last > start + 1 && matches!(page.word(last - 1), "not" | "also" | "instead") {
        last -= 1;
    }
    let part = start..last;
    let is_end = what == "the" || what == "a" || what == "be" && !page.is_somebody(&part);
    let trails = matches!(page.word(last - 1), "and" | "of" | "in" | "for" | "from" | "with" | "on" | "at");
    let thing = is_story(page.word(page.head(&part))) || tables::noun(page.word(page.head(&part))).is_some();
    (!is_end && !trails && !thing).then_some(part)
}

/// Whether a verb is in the passive: "was ordered".
fn passive(page: &Page, at: usize) -> bool {
    let ends = |word: &str| word.ends_with("ed") || matches!(word, "told" | "asked" | "begged");
    if !ends(page.word(at)) {
        return false;
    }
    // "Those ordered by a court".
    if page.word(at + 1) == "by" && page.spaced(at + 1) {
        return true;
    }
    let mut before = at;
    while let Some(next) = before.checked_sub(1).filter(|_| page.goes_on(before)) {
        before = next;
        if !is_adverb(page.word(before)) {
            return matches!(
                page.word(before),
                "was" | "were" | "been" | "being" | "is" | "are" | "be" | "got"
            );
        }
    }
    false
}

/// Who "was ordered": the words before it that the content holds, or the subject.
fn subject(page: &Page, place: usize, attribution: &Attribution, at: usize) -> Option<Range<usize>> {
    let first = page.names.tokens.get(at)?.span.start;
    let of_content = attribution.content.iter().find(|piece| {
        piece.end <= first && {
            // "Why so late? Lund was asked": a question before is none.
            page.tokens_in(**piece).end + 3 >= at
        }
    });
    if let Some(piece) = of_content {
        let tokens = page.tokens_in(*piece);
        let part = page.phrase(tokens.start, |stop| stop >= tokens.end).or_else(|| {
            (tokens.len() == 1
                && matches!(page.word(tokens.start), "he" | "she" | "they" | "who" | "i" | "we"))
            .then_some(tokens.clone())
        })?;
        return (part.end >= tokens.end).then_some(part);
    }
    // Back to where the phrase begins.
    let mut end = at;
    while end > 0 && at - end < 4 && page.goes_on(end) {
        let word = page.word(end - 1);
        if !is_adverb(word)
            && !matches!(
                word,
                "was" | "were" | "been" | "being" | "is" | "are" | "be" | "had" | "have" | "has"
            )
        {
            break;
        }
        end -= 1;
    }
    if end == 0 || !page.goes_on(end) || page.owner(end - 1) == place as u32 {
        return None;
    }
    if matches!(page.word(end - 1), "he" | "she" | "they" | "i" | "we") {
        return Some(end - 1..end);
    }
    let mut start = end;
    while start > 0
        && end - start < 8
        && (start == end || page.spaced(start))
        && !is_boundary(page.word(start - 1))
    {
        start -= 1;
    }
    let part = start..end;
    (start < end && page.is_somebody(&part)).then_some(part)
}

/// Whether a word goes on the sentence, in whosever content it stands.
fn same_sentence(page: &Page, token: usize) -> bool {
    token > 0 && page.sentence(token).is_some() && page.sentence(token) == page.sentence(token - 1)
}

fn goes_on(page: &Page, token: usize) -> bool {
    page.spaced(token)
}

fn is_adverb(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ly")
        && !matches!(word, "family" | "assembly" | "daily" | "italy" | "weekly")
        || matches!(
            word,
            "also" | "then" | "not" | "later" | "once" | "again" | "now" | "still" | "today" | "never"
        )
}

/// What one tells, and to nobody by these words: "told a different story".
fn is_story(word: &str) -> bool {
    matches!(
        word,
        "story"
            | "stories"
            | "truth"
            | "lie"
            | "lies"
            | "tale"
            | "tales"
            | "joke"
            | "jokes"
            | "version"
            | "account"
            | "side"
            | "question"
            | "questions"
            | "detail"
            | "details"
            | "anecdote"
            | "anything"
            | "nothing"
            | "something"
            | "fortune"
            | "time"
            | "difference"
            | "much"
            | "more"
            | "permission"
            | "help"
            | "caution"
            | "restraint"
            | "calm"
            | "action"
            | "it"
            | "plan"
            | "plans"
            | "change"
            | "changes"
            | "effort"
            | "efforts"
            | "refusal"
            | "steps"
            | "things"
            | "need"
            | "right"
            | "rights"
            | "moves"
            | "attempt"
            | "attempts"
            | "way"
            | "ways"
            | "support"
            | "investigation"
            | "inquiry"
            | "shift"
            | "issue"
            | "bill"
            | "review"
    )
}

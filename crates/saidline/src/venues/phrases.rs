//! The phrases of a page that tell a venue: "in an interview with the Quayside Post".

use std::collections::HashMap;
use std::ops::Range;

use saidline_html::Span;

use crate::attribution::{Venue, VenueKind};
use crate::names::{Gap, NameKind, words_of};
use crate::words;

use super::media::{in_medium, is_paper, with_outlet};
use super::page::Page;
use super::particles::{is_boundary, is_day, is_determiner, is_preposition};
use super::programmes::told_programme;
use super::tables::{self, Noun};

/// So many words stand at most between the preposition and its noun.
const FARTHEST: usize = 10;

/// How a phrase stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// After a preposition: "in a statement".
    Preposition,
    /// The object of a verb that makes it: "issued a statement".
    Made,
    /// Who hears it: "told a news conference".
    Hearer,
    /// Named without more: "the debate".
    Bare,
}

/// Words that tell a venue.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub tokens: Range<usize>,
    pub how: How,
    pub kind: VenueKind,
    /// The outlet, platform, event or place that it names.
    pub name: Option<Span>,
    /// Who is spoken to there.
    pub hearer: Option<Range<usize>>,
}

/// The venue that a phrase tells.
pub(super) fn venue(page: &Page, phrase: &Phrase) -> Option<Venue> {
    let span = page.span(&phrase.tokens)?;
    let name = phrase.name.map(|name| words_of(name.of(&page.document.text)));
    let tweeted = || {
        let word = page.word(phrase.tokens.end - 1);
        (phrase.kind == VenueKind::Post && word.trim_end_matches('s').ends_with("tweet"))
            .then(|| "Twitter".to_owned())
    };
    Some(Venue { span, name: name.or_else(tweeted), kind: phrase.kind })
}

/// All phrases of a page that tell a venue, in the order of the text.
pub(super) fn phrases(page: &Page) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let mut pair = String::new();
    for at in 0..page.len() {
        let here = noun_at(page, at, &mut pair)
            .and_then(|noun| phrase(page, at, noun))
            .or_else(|| told_programme(page, at))
            .or_else(|| in_medium(page, at))
            .or_else(|| with_outlet(page, at));
        let Some(here) = here else { continue };
        // "In an interview with the Post in Sundvik": what stands inside another adds nothing.
        match found.last() {
            Some(last) if last.tokens.end > here.tokens.start => {
                let better = here.tokens.start <= last.tokens.start && here.tokens.end > last.tokens.end;
                if better {
                    found.pop();
                    found.push(here);
                }
            }
            _ => found.push(here),
        }
    }
    found.sort_by_key(|phrase| phrase.tokens.start);
    name_again(page, &mut found);
    found
}

/// Gives the phrases that name nothing what the page tells elsewhere of the one they mean: before, or else behind.
fn name_again(page: &Page, found: &mut [Phrase]) {
    let mut before: HashMap<VenueKind, Span> = HashMap::new();
    let mut heard: HashMap<VenueKind, Range<usize>> = HashMap::new();
    for phrase in found.iter_mut() {
        let again = is_again(page, phrase);
        if phrase.name.is_none() && again {
            phrase.name = before.get(&phrase.kind).copied();
        }
        phrase.name = phrase.name.or_else(|| place_of(page, phrase));
        // "In the letter": to whom it was.
        if matches!(phrase.kind, VenueKind::Interview | VenueKind::Letter) {
            if again {
                phrase.hearer = heard.get(&phrase.kind).cloned();
            } else if let Some(hearer) = &phrase.hearer {
                heard.insert(phrase.kind, hearer.clone());
            }
        }
        if let Some(name) = phrase.name {
            before.insert(phrase.kind, name);
        }
    }
    let mut behind: HashMap<VenueKind, Span> = HashMap::new();
    for phrase in found.iter_mut().rev() {
        // "The piece" is one of several of which a page tells.
        if phrase.name.is_none() && phrase.kind != VenueKind::Article && is_again(page, phrase) {
            phrase.name = behind.get(&phrase.kind).copied();
        }
        if let Some(name) = phrase.name {
            behind.insert(phrase.kind, name);
        }
    }
}

/// "In the interview", "in his column": one of which the page may have told before, with its name.
fn is_again(page: &Page, phrase: &Phrase) -> bool {
    use VenueKind::{
        Article, Broadcast, Debate, Interview, Letter, Meeting, NewsConference, Speech, Testimony,
    };
    let determiner = page.word(phrase.tokens.start + 1);
    let of_somebody = matches!(determiner, "his" | "her" | "their");
    phrase.hearer.is_none()
        && match phrase.kind {
            Interview | Broadcast | Article | NewsConference => {
                of_somebody || matches!(determiner, "the" | "that" | "this")
            }
            Speech | Debate | Meeting | Testimony | Letter => {
                phrase.tokens.len() <= 5 && matches!(determiner, "the" | "that" | "this")
            }
            _ => false,
        }
}

/// The place that an occasion without a name has further on in its sentence: "in a speech to farmers in Sundvik".
pub(super) fn place_of(page: &Page, phrase: &Phrase) -> Option<Span> {
    use VenueKind::{Debate, Meeting, NewsConference, Place, Speech};
    if !matches!(phrase.kind, NewsConference | Speech | Debate | Meeting | Place) {
        return None;
    }
    let last = phrase.tokens.end - 1;
    let owner = page.owner(last);
    let near = (last + 1..page.len().min(last + if phrase.kind == Place { 4 } else { 24 }))
        .take_while(|&at| page.sentence(at) == page.sentence(last));
    // "Near the end of his visit to Denmark".
    let visits = |at: usize| {
        matches!(page.word(at), "to" | "through" | "of")
            && matches!(page.word(at - 1), "visit" | "trip" | "stop" | "swing" | "tour")
    };
    near.filter(|&at| page.owner(at) == owner && (matches!(page.word(at), "in" | "at") || visits(at)))
        .find_map(|at| {
            let first = at
                + 1
                + usize::from(matches!(
                    page.word(at + 1),
                    "the" | "downtown" | "central" | "nearby" | "northern"
                ));
            let name =
                page.name_at(first).filter(|name| name.first as usize == first && page.spaced(first))?;
            let place = match name.kind {
                NameKind::Place | NameKind::Organisation => true,
                NameKind::Person => false,
                _ => page.word(at) == "in" && name.person.is_none() && page.after_date(at) == at,
            };
            (place && !page.possessive(name.last as usize - 1)).then(|| page.names.span(name))
        })
}

/// What the noun at a word tells; of two words, where a row fits them.
pub(super) fn noun_at(page: &Page, at: usize, pair: &mut String) -> Option<Noun> {
    let lower = page.word(at);
    if at > 0 && page.spaced(at) {
        pair.clear();
        pair.push_str(page.word(at - 1));
        pair.push(' ');
        pair.push_str(lower);
        if let Some(noun) = tables::noun(pair) {
            return Some(noun);
        }
    }
    tables::noun(lower)
}

/// The phrase whose noun stands at a word.
fn phrase(page: &Page, head: usize, noun: Noun) -> Option<Phrase> {
    // "The report’s authors", "a press conference call": the noun turns on nothing here.
    if page.possessive(head) {
        return None;
    }
    let next = page.word(head + 1);
    if page.spaced(head + 1)
        && (tables::noun(next).is_some() && !matches!(next, "address" | "post" | "call" | "stand" | "paper")
            || matches!(next, "room" | "table" | "card" | "center" | "stage" | "line" | "season" | "process"))
        && next != "show"
    {
        return None;
    }
    let (start, how) = begin(page, head, noun)?;
    // "In the week helped advance the bill": a clause stands between.
    let is_time =
        |at: usize| matches!(page.word(at), "week" | "month" | "year" | "weeks" | "months" | "years");
    if (start..head).any(|at| is_time(at) && page.word(at + 1).ends_with("ed")) {
        return None;
    }
    let mut phrase = Phrase { tokens: start..head + 1, how, kind: noun.kind, name: None, hearer: None };
    let before = name_before(page, start..head, noun.kind);
    tail(page, head + 1, &mut phrase);
    if let Some((outlet, tokens)) = before {
        // "In a CNBC interview": the outlet hears it.
        if noun.kind == VenueKind::Interview && outlet {
            phrase.hearer = phrase.hearer.or(Some(tokens.clone()));
        }
        if phrase.name.is_none() || outlet {
            phrase.name = page.span(&tokens).or(phrase.name);
        }
    }
    if noun.kind == VenueKind::Interview
        && phrase.name.is_none()
        && let Some(hearer) = &phrase.hearer
    {
        phrase.name = outlet_of(page, hearer.clone());
    }
    if phrase.kind == VenueKind::Post && phrase.name.is_none() && page.word(head).starts_with("post") {
        phrase.name = page.network_before(start);
    }
    // "A message on Twitter".
    let network = phrase.name.and_then(|name| tables::medium(name.of(page.names.text)));
    if phrase.kind == VenueKind::Letter && network == Some(VenueKind::Post) {
        phrase.kind = VenueKind::Post;
    }
    if phrase.kind == VenueKind::Broadcast && phrase.name.is_none() && !noun.bare && how != How::Preposition {
        return None;
    }
    if !is_on_air(page, start..head + 1, phrase.name) {
        return None;
    }
    if phrase.kind == VenueKind::Place && phrase.name.is_none() {
        phrase.name = place_of(page, &phrase);
        phrase.name?;
    }
    Some(phrase)
}

/// Whether a "program" is one of radio or television, and none for borrowers; whether "shows" are such.
pub(super) fn is_on_air(page: &Page, tokens: Range<usize>, name: Option<Span>) -> bool {
    let head = page.word(tokens.end - 1);
    if !(head.starts_with("program") || head == "shows") {
        return true;
    }
    let airs = tokens.clone().any(|at| {
        matches!(
            page.word(at),
            "tv" | "television"
                | "radio"
                | "news"
                | "talk"
                | "weekly"
                | "daily"
                | "nightly"
                | "morning"
                | "evening"
                | "late-night"
                | "interview"
                | "broadcast"
                | "sunday"
        )
    });
    airs || name.is_some_and(|name| {
        let words = name.of(page.names.text);
        tables::medium(words).is_some() || page.quote_opens(page.token_at(name.start))
    })
}

/// Where the phrase of a noun begins: at its preposition, or at its article behind a verb.
fn begin(page: &Page, head: usize, noun: Noun) -> Option<(usize, How)> {
    let mut at = head;
    let mut settled = noun.bare;
    for _ in 0..FARTHEST {
        let before = at.checked_sub(1)?;
        let comma = page.goes_on(at) && page.names.tokens[at].gap == Gap::Comma;
        if !(page.spaced(at) || comma && at < head + 1 && !settled) {
            return None;
        }
        let word = page.word(before);
        if is_day(word) || page.is_number(before) && !settled {
            // "During Friday's hearing".
            settled |= page.is_number(before) || page.possessive(before);
            at = before;
            continue;
        }
        // "A Council on Foreign Bridges event".
        if page.name_at(before).is_some_and(|name| (name.first as usize) < before) {
            at = before;
            continue;
        }
        // "At last week’s hearing".
        if settled && matches!(word, "last" | "this" | "next") && page.possessive(at) {
            at = before;
            continue;
        }
        // "In TV advertising".
        let unaired = word == "in" && noun.kind == VenueKind::Broadcast && noun.bare;
        if fits(noun.kind, word) && !unaired {
            return settled.then_some((before, How::Preposition));
        }
        if word == "of" {
            let kind_of = before.checked_sub(1).map(|container| page.word(container))?;
            if !is_container(kind_of) {
                return None;
            }
            settled |= kind_of.ends_with('s');
            at = before - 1;
            continue;
        }
        // "Put out a memo" as "issued a memo".
        let out = word == "out" && before > 0 && page.spaced(before);
        let word = match page.word(before.saturating_sub(1)) {
            "put" | "putting" | "puts" | "sent" | "sending" if out => "issued",
            _ => word,
        };
        if let Some(told) = tables::verb(word).filter(|_| settled && at <= head) {
            let heard = matches!(
                noun.kind,
                VenueKind::NewsConference | VenueKind::Meeting | VenueKind::Testimony | VenueKind::Debate
            ) || noun.kind == VenueKind::Speech
                && matches!(page.word(head), "rally" | "event" | "convention");
            if told.hearer == Some(tables::Verb::Object) && heard {
                return Some((at, How::Hearer));
            }
            let written = matches!(
                noun.kind,
                VenueKind::Statement
                    | VenueKind::Letter
                    | VenueKind::Document
                    | VenueKind::Article
                    | VenueKind::Post
                    | VenueKind::Speech
                    | VenueKind::Interview
                    | VenueKind::NewsConference
                    | VenueKind::Call
                    | VenueKind::Meeting
            );
            // "Made false statements": at several times.
            let several = matches!(page.word(head), "statements" | "comments" | "remarks" | "declarations");
            return (told.makes && written && !several).then_some((at, How::Made));
        }
        if word == "and" && before > 0 && page.spaced(before) && !settled {
            at = before;
            continue;
        }
        // "In polls that show": a relative clause.
        let relative = word == "that" && before > 0 && !is_preposition(page.word(before - 1));
        if relative && before + 1 == head {
            return None;
        }
        let capital = page.is_capital(before);
        if is_determiner(word) || page.possessive(before) {
            settled = true;
        } else if !capital && is_boundary(word) && !ordinal(page, before) {
            return None;
        }
        at = before;
    }
    None
}

/// "Her last speech", "the next debate": which of several it is.
pub(super) fn ordinal(page: &Page, at: usize) -> bool {
    at > 0
        && matches!(page.word(at), "last" | "next" | "late" | "early" | "earlier" | "later" | "only")
        && (is_determiner(page.word(at - 1)) || page.possessive(at - 1))
}

/// Nouns that hold venues: "in a series of tweets".
fn is_container(word: &str) -> bool {
    matches!(
        word,
        "series"
            | "string"
            | "pair"
            | "number"
            | "slew"
            | "flurry"
            | "text"
            | "transcript"
            | "copy"
            | "course"
            | "couple"
            | "round"
            | "version"
            | "draft"
            | "edition"
            | "episode"
            | "sidelines"
            | "margins"
            | "set"
            | "barrage"
            | "part"
            | "handful"
            | "end"
            | "start"
            | "opening"
            | "issue"
            | "page"
            | "pages"
            | "spate"
            | "one"
            | "installment"
            | "instalment"
            | "segment"
    )
}

/// Whether a venue of that kind follows a preposition.
fn fits(kind: VenueKind, word: &str) -> bool {
    use VenueKind::*;
    match word {
        "in" => true,
        "at" => matches!(kind, NewsConference | Speech | Testimony | Debate | Meeting),
        "inside" => matches!(kind, NewsConference | Speech | Testimony | Debate | Meeting),
        "during" | "throughout" => !matches!(kind, Statement | Post | Letter | Document),
        "on" => {
            matches!(kind, Post | Broadcast | Call | Article | Testimony | Meeting | Speech | NewsConference)
        }
        "via" | "through" => matches!(kind, Statement | Post | Letter | Call | Broadcast),
        "by" => matches!(kind, Letter | Call),
        "over" => matches!(kind, Call),
        "under" => kind == Testimony,
        "with" => false,
        "for" => kind == Article,
        _ => false,
    }
}

/// The outlet, event or place that stands before the noun, and whether it is an outlet or a platform.
pub(super) fn name_before(
    page: &Page,
    tokens: Range<usize>,
    kind: VenueKind,
) -> Option<(bool, Range<usize>)> {
    let mut best: Option<(bool, Range<usize>)> = None;
    for name in page.names_of(tokens.clone()) {
        let range = name.first as usize..name.last as usize;
        let words = page.names.span(name).of(page.names.text);
        let outlet = tables::medium(words).is_some() || is_paper(page, &range);
        let person = name.person.is_some() || name.kind == NameKind::Person;
        let event = matches!(kind, VenueKind::Testimony | VenueKind::Debate | VenueKind::Meeting);
        let known = outlet || name.kind == NameKind::Organisation && kind != VenueKind::Document || event;
        if person && !outlet || is_day(page.word(range.start)) {
            continue;
        }
        // Whose book or lawsuit it is does not name it.
        if range.end <= tokens.end && (known || !page.possessive(range.end - 1)) {
            let interview = kind == VenueKind::Interview;
            let outlet = outlet || interview && !page.possessive(range.end - 1) || interview && known;
            if best.as_ref().is_none_or(|(had, _)| !had) {
                best = Some((outlet, range));
            }
        }
    }
    best
}

/// The first outlet or organisation in a phrase.
fn outlet_of(page: &Page, tokens: Range<usize>) -> Option<Span> {
    let mut names =
        page.names_of(tokens).filter(|name| name.person.is_none() && name.kind != NameKind::Person);
    let first = names.next()?;
    // Of "Denmark's Sundvik" the town.
    let name = if page.possessive(first.last as usize - 1) { names.next().unwrap_or(first) } else { first };
    Some(page.names.span(name))
}

/// Reads on behind the noun: with whom, where, published by whom.
pub(super) fn tail(page: &Page, mut at: usize, phrase: &mut Phrase) {
    use VenueKind::*;
    // "In the journal Tides", "in her memoir, “Low Water”".
    if matches!(phrase.kind, Document | Broadcast | Article | Speech) && page.goes_on(at) {
        let title = page.title_at(at).or_else(|| {
            let name = page.name_at(at).filter(|name| page.spaced(at) && name.first as usize == at)?;
            (name.person.is_none() || phrase.kind == Document)
                .then_some(name.first as usize..name.last as usize)
        });
        if let Some(title) = title {
            phrase.name = page.span(&title);
            phrase.tokens.end = title.end;
            at = title.end;
        }
    }
    for _ in 0..5 {
        let dated = page.after_date(at);
        let made = made(page, dated);
        let next = made.map_or(dated, |made| page.after_date(made + 1));
        let made = made.is_some();
        if !page.spaced(next) || !page.goes_on(next + 1) {
            break;
        }
        let preposition = page.word(next);
        let Some(part) = page.audience(next + 1, |stop| stop > next + 1 && page.word(stop) == "about") else {
            break;
        };
        let hearing = match preposition {
            "with" => matches!(phrase.kind, Interview | Call | Meeting | Letter | Debate | Speech),
            "to" => matches!(phrase.kind, Interview | Call | Letter | Statement | Speech | Post | Testimony),
            "before" => phrase.kind == Speech && page.is_somebody(&part),
            _ => false,
        };
        // "An email to members attacking the plan".
        let shorter = part.start..part.end - 1;
        let trails = page.word(part.end - 1).ends_with("ing") && !page.is_capital(part.end - 1);
        let part = if trails && hearing && !shorter.is_empty() && page.is_somebody(&shorter) {
            shorter
        } else {
            part
        };
        if hearing {
            if !(page.is_somebody(&part) || preposition == "with" && phrase.kind == Interview) {
                break;
            }
            if phrase.hearer.is_none() && phrase.kind != Debate {
                phrase.hearer = Some(part.clone());
            }
            phrase.tokens.end = part.end;
            phrase.name = phrase.name.or_else(|| outlet_of(page, part.clone()));
            at = part.end;
            // "With Ann Low of the Quayside Post" is in the phrase; "with CNN’s “The Lead”" goes on.
            if let Some(title) = page.title_at(at) {
                phrase.tokens.end = title.end;
                at = title.end;
            }
            continue;
        }
        if !matches!(
            preposition,
            "on" | "in" | "at" | "for" | "before" | "of" | "from" | "by" | "outside" | "near"
        ) {
            break;
        }
        let behind = page.sentence(part.end) == page.sentence(next);
        let title = page.title_at(next + 1).or_else(|| page.title_at(part.end).filter(|_| behind));
        let name = outlet_of(page, part.clone());
        let by_noun = words::organisation_noun(page.word(page.head(&part)));
        if title.is_none() && name.is_none() && !by_noun {
            break;
        }
        let end = title.as_ref().map_or(part.end, |title| title.end.max(part.end));
        // "Published by the Quayside Post"; "a statement by the harbour board" has no name.
        let outlet =
            made && matches!(phrase.kind, Interview | Article | Broadcast | Meeting | Debate | Speech);
        if preposition != "by" || phrase.kind == Document || outlet {
            if outlet && preposition == "by" && phrase.kind == Interview && phrase.hearer.is_none() {
                phrase.hearer = Some(part.clone());
            }
            // "By telephone on the Morning Show" is on the air.
            let on_air = |name: &Span| tables::medium(name.of(page.names.text)) == Some(Broadcast);
            if phrase.kind == Call
                && preposition == "on"
                && (title.is_some() || name.as_ref().is_some_and(on_air))
            {
                phrase.kind = Broadcast;
            }
            phrase.name = phrase.name.or_else(|| title.and_then(|title| page.span(&title))).or(name);
        }
        phrase.tokens.end = end;
        at = end;
    }
}

/// The participle that stands at a word, or behind a relative there: "published", "that aired", "which was taped".
fn made(page: &Page, mut at: usize) -> Option<usize> {
    if matches!(page.word(at), "that" | "which") && page.goes_on(at) {
        at += 1;
        at += usize::from(matches!(page.word(at), "was" | "is" | "were"));
    }
    (page.spaced(at) && is_participle(page.word(at))).then_some(at)
}

fn is_participle(word: &str) -> bool {
    matches!(
        word,
        "published"
            | "posted"
            | "broadcast"
            | "aired"
            | "airing"
            | "airs"
            | "released"
            | "issued"
            | "taped"
            | "held"
            | "dated"
            | "sent"
            | "addressed"
            | "conducted"
            | "delivered"
            | "recorded"
            | "given"
            | "filed"
            | "written"
            | "printed"
            | "hosted"
            | "organized"
            | "organised"
            | "called"
            | "titled"
            | "entitled"
            | "submitted"
            | "shared"
            | "provided"
    )
}

//! What the words beside an attribution tell: the venue that its verb takes, and who hears it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::attribution::{Attribution, Mention, SpeakerKind, Venue, VenueKind};
use crate::names::words_of;

use super::hearers;
use super::media::signed_post;
use super::mentions::mention_at;
use super::page::{NOBODY, Page};
use super::particles::is_determiner;
use super::phrases::{How, Phrase, phrases, venue};
use super::places::place_beside;
use super::tables;
use super::turns;

/// So many words stand at most between a verb and the phrase that it takes.
const FARTHEST: usize = 40;

/// Fills in what the words beside each attribution tell; returns the phrases of the page that tell a venue.
pub(super) fn tell_beside(page: &Page, attributions: &mut [Attribution]) -> Vec<Phrase> {
    let found = phrases(page);
    let beside = Beside::of(page, attributions);
    let told: Vec<Told> =
        (0..attributions.len()).map(|place| told(page, place, attributions, &found, &beside)).collect();
    for (attribution, told) in attributions.iter_mut().zip(told) {
        attribution.addressees = told.addressees;
        attribution.venue = told.venue;
    }
    turns::tell_turns(page, &found, attributions);
    found
}

/// What is told of one attribution.
#[derive(Default)]
struct Told {
    addressees: Vec<Mention>,
    venue: Option<Venue>,
}

/// Where the words that report stand: what is nearest to a phrase takes it.
struct Beside {
    /// Of each attribution: the first and one past the last word of its anchor.
    anchors: Vec<Option<(usize, usize)>>,
    /// Anchors by their last word, with whose they are.
    ends: Vec<(usize, usize)>,
}

impl Beside {
    fn of(page: &Page, attributions: &[Attribution]) -> Self {
        let anchors: Vec<_> = attributions.iter().map(|attribution| anchor(page, attribution)).collect();
        let mut ends: Vec<_> = anchors
            .iter()
            .enumerate()
            .filter_map(|(place, anchor)| Some((anchor.as_ref()?.1, place)))
            .collect();
        ends.sort_unstable();
        Self { anchors, ends }
    }

    /// The attributions whose anchor ends last before a word, all that end there.
    fn before(&self, token: usize) -> impl Iterator<Item = usize> {
        let after = self.ends.partition_point(|(end, _)| *end <= token);
        let last = after.checked_sub(1).map(|last| self.ends[last].0);
        self.ends[..after]
            .iter()
            .rev()
            .take_while(move |(end, _)| Some(*end) == last)
            .map(|(_, place)| *place)
            .take(8)
    }
}

/// The words that report, or else those that name the source.
fn anchor(page: &Page, attribution: &Attribution) -> Option<(usize, usize)> {
    let spans = if attribution.cue.is_empty() { &attribution.source } else { &attribution.cue };
    let first = page.tokens_in(*spans.first()?);
    // A cue of two pieces has its content or source between them.
    Some((first.start, first.end.max(first.start + 1))).filter(|_| first.start < page.len())
}

/// What the words beside an attribution tell.
fn told(page: &Page, place: usize, attributions: &[Attribution], found: &[Phrase], beside: &Beside) -> Told {
    let attribution = &attributions[place];
    let Some((first, last)) = beside.anchors[place] else { return Told::default() };
    let mut hearing = hearers::hearers(page, place, attribution);
    let phrase = nearest(page, place, attributions, found, beside);
    let phrase = phrase.as_deref();
    // "Told a news conference" is a venue and nobody.
    hearing.retain(|part| {
        !phrase.is_some_and(|phrase| phrase.how == How::Hearer && phrase.tokens.start == part.start)
    });
    // "Wrote the mayor", "wrote to the council": a letter.
    let written = (first..last.min(first + 4))
        .find(|&at| page.word(at) == "wrote" && !hearing.is_empty() && phrase.is_none());
    let verb = medium_in(page, first, last).or(written.map(|at| (at, VenueKind::Letter)));
    let told = match (phrase, verb) {
        (_, Some((at, kind))) if phrase.is_none_or(|phrase| phrase.kind != kind) => {
            told_by_verb(page, at, kind)
        }
        (Some(phrase), _) => {
            let asked = (first..last.min(first + 6)).any(|at| matches!(page.word(at), "asked" | "pressed"));
            hear_at(page, phrase, asked, &mut hearing);
            venue(page, phrase)
        }
        (None, _) => place_beside(page, place, attributions, last, &hearing),
    };
    let mut venue = told.or_else(|| signed_post(page, attribution));
    hearing.sort_by_key(|part| part.start);
    let addressees = mentions(page, attribution, phrase, &hearing);
    // "Told the Post in an interview at the fair": the outlet names it.
    if let Some(venue) = &mut venue
        && venue.kind == VenueKind::Interview
        && phrase.is_none_or(|phrase| phrase.hearer.is_none())
    {
        let outlet = addressees
            .iter()
            .find(|hearer| hearer.kind == Some(SpeakerKind::Organisation) && hearer.name.is_some());
        venue.name = outlet.and_then(|outlet| outlet.name.clone()).or_else(|| venue.name.take());
    }
    Told { addressees, venue }
}

/// The word of a cue that is a medium by itself, and which: "tweeted", "testified".
fn medium_in(page: &Page, first: usize, last: usize) -> Option<(usize, VenueKind)> {
    // "Responded to that tweet" tells of another's; "advised in her blog post" is told by the noun.
    let noun = |at: usize| at > 0 && (is_determiner(page.word(at - 1)) || page.possessive(at - 1));
    let base = |at: usize| {
        matches!(page.word(at), "post" | "tweet" | "retweet" | "text" | "email" | "e-mail" | "message")
            && at > first
            && !matches!(
                page.word(at - 1),
                "to" | "will" | "would" | "can" | "could" | "did" | "not" | "also"
            )
    };
    let mut verbs = (first..last.min(first + 16)).filter(|&at| !noun(at) && !base(at));
    verbs.find_map(|at| Some((at, tables::verb(page.word(at))?.venue?)))
}

fn told_by_verb(page: &Page, at: usize, kind: VenueKind) -> Option<Venue> {
    let end = testified_before(page, at, kind);
    let text = page.names.text;
    let named = page.names_of(at..end).find(|name| name.person.is_none()).map(|name| page.names.span(name));
    let network = || match kind {
        VenueKind::Post if page.word(at).starts_with("post") => {
            page.network_before(at).map(|name| words_of(name.of(text)))
        }
        VenueKind::Post => Some("Twitter".to_owned()),
        _ => None,
    };
    let name = named.map(|name| words_of(name.of(text))).or_else(network);
    page.span(&(at..end)).map(|span| Venue { span, name, kind })
}

/// Adds those whom the words of a venue name as hearing it, unless the verb has hearers who are others.
fn hear_at(page: &Page, phrase: &Phrase, asked: bool, hearing: &mut Vec<Range<usize>>) {
    let Some(hearer) = &phrase.hearer else { return };
    // "Told Fox in the interview": of another one the page told before.
    let own = !asked && phrase.tokens.start <= hearer.start;
    let apart = hearing.iter().all(|part| part.start >= hearer.end || part.end <= hearer.start);
    if !(own || hearing.is_empty()) || !apart {
        return;
    }
    match phrase.how {
        How::Hearer => hearing.push(hearer.clone()),
        _ => hearing.extend(hearers::of_venue(page, hearer)),
    }
}

/// The hearers as they are known, each name once: "the Times" and "the newspaper" are one.
fn mentions(
    page: &Page,
    attribution: &Attribution,
    phrase: Option<&Phrase>,
    hearing: &[Range<usize>],
) -> Vec<Mention> {
    let speakers: Vec<&str> = attribution.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let programme = phrase.filter(|phrase| phrase.how == How::Hearer);
    let source = attribution.source.first().map(|source| page.tokens_in(*source));
    let mention = |part: &Range<usize>| {
        if let Some(programme) = programme.filter(|programme| programme.hearer.as_ref() == Some(part)) {
            let name = programme.name.map(|name| words_of(name.of(page.names.text)));
            return Some(Mention { span: page.span(part)?, name, kind: Some(SpeakerKind::Organisation) });
        }
        // "He was briefed on": the subject, whom the source names, is who heard it.
        let subject = attribution
            .speakers
            .first()
            .filter(|heard| heard.kind == SpeakerKind::Person && source.as_ref() == Some(part));
        match subject {
            Some(heard) => {
                let name = Some(heard.name.clone());
                Some(Mention { span: page.span(part)?, name, kind: Some(heard.kind) })
            }
            None => page.mention(part, &speakers),
        }
    };
    let mut heard: HashSet<String> = HashSet::new();
    let mentions = hearing.iter().filter_map(mention);
    mentions.filter(|hearer| hearer.name.as_ref().is_none_or(|name| heard.insert(name.clone()))).collect()
}

/// "Testified Monday before the committee": the words to the end of the committee.
fn testified_before(page: &Page, at: usize, kind: VenueKind) -> usize {
    let next = page.after_date(at + 1);
    if kind == VenueKind::Testimony
        && page.spaced(next)
        && matches!(page.word(next), "before" | "to" | "in" | "at")
        && page.goes_on(next + 1)
        && let Some(part) = page.phrase(next + 1, |_| false)
    {
        return part.end;
    }
    at + 1
}

/// The phrase of the sentence that an attribution takes: the one right behind its verb, else before it.
fn nearest<'p>(
    page: &Page,
    place: usize,
    attributions: &[Attribution],
    found: &'p [Phrase],
    beside: &Beside,
) -> Option<Cow<'p, Phrase>> {
    let attribution = &attributions[place];
    let (first, last) = beside.anchors[place]?;
    let sentence = page.sentence(first)?;
    if let Some(relative) = relative(page, attribution, found) {
        return Some(Cow::Owned(relative));
    }
    let around = attribution.parent.map_or(NOBODY, |parent| parent as u32);
    let from = found.partition_point(|phrase| phrase.tokens.start + FARTHEST < first);
    let mut best: Option<(usize, &Phrase)> = None;
    for phrase in found[from..].iter().take_while(|phrase| phrase.tokens.start < last + FARTHEST).take(24) {
        let start = phrase.tokens.start;
        let in_cue = start >= first && start < last;
        if page.sentence(start) != Some(sentence) || page.owner(start) != around && !in_cue {
            continue;
        }
        // A venue that is the source itself is none.
        if is_source(page, attribution, phrase) {
            continue;
        }
        let distance = if in_cue {
            0
        } else if start >= last {
            if !takes(page, place, attributions, phrase, beside) || in_other_clause(page, last, start) {
                continue;
            }
            1 + words_outside(page, last, start)
        } else if hangs_on_another(page, attribution, phrase) {
            continue;
        } else {
            // What another attribution's verb stands before belongs to that.
            let other = beside.before(start).find(|other| {
                beside.anchors[*other].is_some_and(|(at, _)| page.sentence(at) == Some(sentence))
            });
            // "Asked at a briefing whether it leaks, Lund said": who asked is not told, and both were there.
            let asked = |other: usize| attributions[other].speakers.is_empty();
            if other.is_some_and(|other| !asked(other) && !same_speaker(&attributions[other], attribution)) {
                continue;
            }
            // "In the broadcast, Lund praised Berg, who has vowed": what stands between took it.
            let between = beside.before(first).any(|other| {
                beside.anchors[other].is_some_and(|(at, _)| at >= phrase.tokens.end)
                    && attributions[other].parent == attribution.parent
                    && !asked(other)
                    && !same_speaker(&attributions[other], attribution)
            });
            if between {
                continue;
            }
            if phrase.how == How::Made && other.is_none() && !made_by(page, attribution, phrase) {
                continue;
            }
            3 + words_outside(page, phrase.tokens.end, first)
        };
        if phrase.how == How::Made && start >= last && !in_cue && distance > 2 {
            continue;
        }
        if best.is_none_or(|(had, _)| distance < had) {
            best = Some((distance, phrase));
        }
    }
    best.map(|(_, phrase)| Cow::Borrowed(phrase))
}

/// "An interview published by the Post, in which Lund said", "a summit where she said": the phrase that the relative
/// stands behind.
fn relative(page: &Page, attribution: &Attribution, found: &[Phrase]) -> Option<Phrase> {
    const FARTHEST: usize = 24;
    const BETWEEN: usize = 8;
    let source = page.tokens_in(*attribution.source.first()?).start;
    let which = source.checked_sub(1)?;
    let in_which =
        page.word(which) == "which" && which > 0 && matches!(page.word(which - 1), "in" | "during" | "at");
    if !(in_which || page.word(which) == "where") || page.sentence(which) != page.sentence(source) {
        return None;
    }
    let before = found.partition_point(|phrase| phrase.tokens.start < which).checked_sub(1);
    let whole = before.map(|before| &found[before]).filter(|phrase| {
        page.sentence(phrase.tokens.start) == page.sentence(source) && phrase.tokens.end + BETWEEN >= which
    });
    if let Some(phrase) = whole {
        return in_which.then(|| phrase.clone());
    }
    let mut pair = String::new();
    let same =
        |at: &usize| page.sentence(*at) == page.sentence(source) && page.owner(*at) == page.owner(which);
    let heads = (which.saturating_sub(FARTHEST)..which).rev().take_while(same);
    let mentioned = heads.filter_map(|head| mention_at(page, head, &mut pair)).next()?;
    // Of "the town where" something was said the town is told by other words.
    use VenueKind::{Debate, Meeting, NewsConference, Speech, Testimony};
    let held = matches!(mentioned.kind, Debate | Meeting | NewsConference | Speech | Testimony);
    (mentioned.tokens.end + BETWEEN >= which && (in_which || held)).then_some(mentioned)
}

/// Whether a phrase behind the verb of an attribution belongs to it: to the last verb before it, or to one of the same
/// speaker.
fn takes(page: &Page, place: usize, attributions: &[Attribution], phrase: &Phrase, beside: &Beside) -> bool {
    let around = attributions[place].parent;
    let mut others = beside.before(phrase.tokens.start).peekable();
    if others.peek().is_none() {
        return true;
    }
    others.any(|other| {
        other == place
            || attributions[other].parent != around
            || same_speaker(&attributions[other], &attributions[place])
                && page.owner(phrase.tokens.start) != other as u32
    })
}

/// Whether a clause opens between two words, outside of contents: "said Lund, who had spoken on Twitter", "praised Berg
/// and has appeared on Fox News".
fn in_other_clause(page: &Page, from: usize, to: usize) -> bool {
    let other_verb = |at: usize| {
        matches!(page.word(at), "and" | "but")
            && matches!(page.word(at + 1), "has" | "have" | "had" | "was" | "were" | "is" | "are")
    };
    let opens = |at: usize| {
        matches!(page.word(at), "who" | "whose" | "which" | "when" | "after" | "before" | "because" | "where")
    };
    (from..to).filter(|&at| page.owner(at) == NOBODY).any(|at| opens(at) || other_verb(at))
}

/// "It was published in the Post after Lund said": what stands before the conjunction is not about the saying.
fn hangs_on_another(page: &Page, attribution: &Attribution, phrase: &Phrase) -> bool {
    attribution.source.first().is_some_and(|source| {
        let first = page.tokens_in(*source).start;
        first > phrase.tokens.end
            && page.spaced(first)
            && matches!(
                page.word(first - 1),
                "after" | "before" | "because" | "since" | "until" | "although" | "though"
            )
    })
}

/// How many words outside of contents stand between two words.
fn words_outside(page: &Page, from: usize, to: usize) -> usize {
    (from..to).filter(|&at| page.owner(at) == NOBODY).count()
}

/// Whether the source stands before a verb whose object the phrase is: "Lund issued a statement saying".
fn made_by(page: &Page, attribution: &Attribution, phrase: &Phrase) -> bool {
    attribution.source.first().is_some_and(|source| {
        let end = page.tokens_in(*source).end;
        end <= phrase.tokens.start && phrase.tokens.start - end <= 6
    })
}

/// Whether the noun of a phrase is what the source names: "in the report, its authors" is not.
fn is_source(page: &Page, attribution: &Attribution, phrase: &Phrase) -> bool {
    let Some(span) = page.span(&phrase.tokens) else { return true };
    attribution.source.iter().any(|source| source.start >= span.start && source.end <= span.end)
}

/// Whether two attributions have the same speakers, by their names or the words that name them.
fn same_speaker(one: &Attribution, other: &Attribution) -> bool {
    match (one.speakers.first(), other.speakers.first()) {
        (Some(one), Some(other)) => one.name == other.name,
        _ => !one.source.is_empty() && one.source.first() == other.source.first(),
    }
}

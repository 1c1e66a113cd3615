//! Venues: to whom something was said, and where or through what.
//!
//! By rules, in four steps. The phrases of the page that tell a venue are found once ("in an interview with the
//! Quayside Post"); each attribution takes the one that stands beside its verb, and the hearers that its verb has
//! ("told reporters"); what a speaker plainly goes on saying keeps the venue that another sentence tells (`carried.rs`);
//! who asks is heard by who answers, and the outlet that somebody told is a link of the chain. Nothing is taken from
//! inside what was said, but the hearers of what is urged, who open it. Where it is unsure it gives none.

mod carried;
mod dialogue;
mod hearers;
mod media;
mod mentions;
mod outlets;
mod page;
mod particles;
mod phrases;
mod programmes;
mod tables;
mod tellings;
mod turns;
mod when;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use saidline_html::{Document, Span};

use crate::attribution::{Attribution, Mention, SpeakerKind, Venue, VenueKind};
use crate::names::{Names, words_of};
use crate::speakers::name_hearers;

use self::page::{NOBODY, Page};
use self::particles::is_determiner;
use self::phrases::{How, Phrase};

/// So many words stand at most between a verb and the phrase that it takes.
const FARTHEST: usize = 40;

/// Fills [`Attribution::addressees`] and [`Attribution::venue`] of the attributions of a document, whose speakers are
/// known already; what they hold in these two fields is replaced. Outlets that were told are added to
/// [`Attribution::via`].
///
/// `sentences` are those of the document. Time is linear in the text and the attributions.
pub fn tell_venues(document: &Document, sentences: &[Span], attributions: &mut [Attribution]) {
    tell_venues_among(document, &Names::of(document, sentences), attributions);
}

/// [`tell_venues`], where the names of the document are found already.
pub(crate) fn tell_venues_among(document: &Document, names: &Names<'_>, attributions: &mut [Attribution]) {
    let page = Page::of(document, names, attributions);
    let found = tell_beside(&page, attributions);
    carried::carry(&page, &found, attributions);
    name_hearers(document, names, attributions);
    dialogue::tell_dialogues(&page, attributions);
    outlets::pass_on(&page, attributions);
}

/// Fills in what the words beside each attribution tell; returns the phrases of the page that tell a venue.
fn tell_beside(page: &Page, attributions: &mut [Attribution]) -> Vec<Phrase> {
    let found = phrases::phrases(page);
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
    let mut told = Told::default();
    let speakers: Vec<&str> = attribution.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let mut hearing = hearers::hearers(page, place, attribution);
    let Some((first, last)) = beside.anchors[place] else { return told };
    let phrase = nearest(page, place, attributions, found, beside);
    let phrase = phrase.as_deref();
    // "Told a news conference" is a venue and nobody.
    hearing.retain(|part| {
        !phrase.is_some_and(|phrase| phrase.how == How::Hearer && phrase.tokens.start == part.start)
    });
    // "Responded to that tweet" tells of another's; "advised in her blog post" is told by the noun.
    let base = |at: usize| {
        matches!(page.word(at), "post" | "tweet" | "retweet" | "text" | "email" | "e-mail" | "message")
            && at > first
            && !matches!(
                page.word(at - 1),
                "to" | "will" | "would" | "can" | "could" | "did" | "not" | "also"
            )
    };
    let noun =
        |at: usize| at > 0 && (is_determiner(page.word(at - 1)) || page.possessive(at - 1)) || base(at);
    let mut verbs = (first..last.min(first + 16)).filter(|&at| !noun(at));
    let verb = verbs.find_map(|at| Some((at, tables::verb(page.word(at))?.venue?)));
    // "Wrote the mayor", "wrote to the council": a letter.
    let written = (first..last.min(first + 4))
        .find(|&at| page.word(at) == "wrote" && !hearing.is_empty() && phrase.is_none());
    let verb = verb.or(written.map(|at| (at, VenueKind::Letter)));
    told.venue = match (phrase, verb) {
        (_, Some((at, kind))) if phrase.is_none_or(|phrase| phrase.kind != kind) => {
            let end = testified_before(page, at, kind);
            let name = page
                .names_of(at..end)
                .find(|name| name.person.is_none())
                .map(|name| words_of(page.names.span(name).of(&page.document.text)));
            let network = || match kind {
                VenueKind::Post if page.word(at).starts_with("post") => {
                    page.network_before(at).map(|name| words_of(name.of(&page.document.text)))
                }
                VenueKind::Post => Some("Twitter".to_owned()),
                _ => None,
            };
            page.span(&(at..end)).map(|span| Venue { span, name: name.or_else(network), kind })
        }
        (Some(phrase), _) => {
            let asked = (first..last.min(first + 6)).any(|at| matches!(page.word(at), "asked" | "pressed"));
            if let Some(hearer) = &phrase.hearer
                && (!asked && phrase.tokens.start <= hearer.start || hearing.is_empty())
                && hearing.iter().all(|part| part.start >= hearer.end || part.end <= hearer.start)
            {
                match phrase.how {
                    How::Hearer => hearing.push(hearer.clone()),
                    _ => hearing.extend(hearers::of_venue(page, hearer)),
                }
            }
            venue(page, phrase)
        }
        (None, _) => place_beside(page, place, attributions, last, &hearing),
    };
    told.venue = told.venue.or_else(|| media::signed_post(page, attribution));
    // "Told the Post in an interview at the fair": the outlet names it.
    if let Some(venue) = &mut told.venue
        && venue.kind == VenueKind::Interview
        && phrase.is_none_or(|phrase| phrase.hearer.is_none())
    {
        let outlet = hearing
            .iter()
            .filter_map(|part| page.mention(part, &speakers))
            .find(|hearer| hearer.kind == Some(SpeakerKind::Organisation) && hearer.name.is_some());
        venue.name = outlet.and_then(|outlet| outlet.name).or_else(|| venue.name.take());
    }
    hearing.sort_by_key(|part| part.start);
    let programme = phrase.filter(|phrase| phrase.how == How::Hearer && phrase.hearer.is_some());
    let mention = |part: &Range<usize>| match programme {
        Some(programme) if programme.hearer.as_ref() == Some(part) => Some(Mention {
            span: page.span(part)?,
            name: programme.name.map(|name| words_of(name.of(&page.document.text))),
            kind: Some(SpeakerKind::Organisation),
        }),
        // "He was briefed on": the subject, whom the source names, is who heard it.
        _ if attribution.source.first().is_some_and(|source| page.tokens_in(*source) == *part) => {
            let heard = attribution.speakers.first().filter(|heard| heard.kind == SpeakerKind::Person);
            match heard {
                Some(heard) => Some(Mention {
                    span: page.span(part)?,
                    name: Some(heard.name.clone()),
                    kind: Some(heard.kind),
                }),
                None => page.mention(part, &speakers),
            }
        }
        _ => page.mention(part, &speakers),
    };
    let mut heard: HashSet<String> = HashSet::new();
    // "The Times" and "the newspaper" are one.
    let mentions = hearing.iter().filter_map(mention);
    told.addressees = mentions
        .filter(|hearer| hearer.name.as_ref().is_none_or(|name| heard.insert(name.clone())))
        .collect();
    told
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

fn venue(page: &Page, phrase: &Phrase) -> Option<Venue> {
    let span = page.span(&phrase.tokens)?;
    let name = phrase.name.map(|name| words_of(name.of(&page.document.text)));
    let tweeted = || {
        let word = page.word(phrase.tokens.end - 1);
        (phrase.kind == VenueKind::Post && word.trim_end_matches('s').ends_with("tweet"))
            .then(|| "Twitter".to_owned())
    };
    Some(Venue { span, name: name.or_else(tweeted), kind: phrase.kind })
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
    let mentioned = heads.filter_map(|head| mentions::mention_at(page, head, &mut pair)).next()?;
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

/// "Speaking at the White House, Lund said", "Lund, speaking to reporters from the pier, said": the place of who speaks.
fn speaking_at(page: &Page, source: &Range<usize>, verb: usize) -> Option<Phrase> {
    const WORDS: usize = 12;
    let sentence = page.sentence(source.start)?;
    let until = if verb >= source.end { verb } else { source.end };
    let near = source.start.saturating_sub(WORDS)..until.min(source.end + WORDS);
    let mut speaks = near.filter(|&at| page.sentence(at) == Some(sentence) && page.owner(at) == NOBODY);
    speaks.find_map(|at| {
        let speaks = matches!(page.word(at), "speaking" | "appearing" | "talking");
        let is_there = matches!(page.word(at), "standing" | "arriving" | "campaigning");
        let opens = at == 0 || page.sentence(at - 1) != Some(sentence);
        if !(speaks && (opens || at >= source.start) || is_there && opens) {
            return None;
        }
        let mut next = page.after_date(at + 1);
        if matches!(page.word(next), "to" | "with") && page.spaced(next) {
            next = page.after_date(page.phrase(next + 1, |_| false)?.end);
        }
        phrases::place(page, next)
    })
}

/// "On Thursday in Sundvik, Lund said": a place with a day that opens the sentence, right before the source. "In Denmark,"
/// alone may open what holds for the whole country.
fn opening_place(page: &Page, source: usize) -> Option<Phrase> {
    const WORDS: usize = 12;
    let sentence = page.sentence(source)?;
    let first = (source.saturating_sub(WORDS)..source).find(|&at| page.sentence(at) == Some(sentence))?;
    if first > 0 && page.sentence(first - 1) == Some(sentence) {
        return None;
    }
    let dated = page.after_opening_date(first);
    let place = phrases::place(page, dated)?;
    let behind = page.after_date(place.tokens.end);
    let day = dated > first || behind > place.tokens.end;
    (day && behind == source && !page.spaced(source)).then_some(place)
}

/// "Said while campaigning in Sundvik".
fn while_at(page: &Page, at: usize) -> Option<Phrase> {
    let there = page.word(at) == "while"
        && page.goes_on(at)
        && matches!(
            page.word(at + 1),
            "speaking" | "campaigning" | "appearing" | "standing" | "traveling" | "travelling" | "stumping"
        );
    there.then(|| phrases::place(page, page.after_date(at + 2)))?
}

/// A place alone, right behind the verb, its hearers and the day, or at the head of the sentence.
fn place_beside(
    page: &Page,
    place: usize,
    attributions: &[Attribution],
    last: usize,
    hearing: &[Range<usize>],
) -> Option<Venue> {
    let mut at = last;
    if let Some(hearer) = hearing.iter().filter(|part| part.end <= last + 12).map(|part| part.end).max() {
        at = at.max(hearer);
    }
    let source = attributions[place].source.first().map(|source| page.tokens_in(*source));
    let told = source.as_ref().and_then(|source| {
        speaking_at(page, source, last)
            .or_else(|| opening_place(page, source.start).filter(|_| source.end + 2 >= last))
    });
    if let Some(told) = told.or_else(|| while_at(page, page.after_date(at))) {
        return venue(page, &told);
    }
    if let Some(source) = source.filter(|source| source.start == at) {
        at = source.end;
    }
    let at = page.after_date(at);
    if !page.spaced(at) || page.owner(at) == place as u32 {
        return None;
    }
    let phrase = phrases::place(page, at)?;
    // Of "said in Sundvik the pier" the pier is not in the place.
    (phrase.tokens.len() <= 8).then(|| venue(page, &phrase)).flatten()
}

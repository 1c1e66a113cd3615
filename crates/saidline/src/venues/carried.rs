//! Venues told in another sentence: "Lund held a rally in Sundvik. … The pier leaks, she said."
//!
//! A venue holds for what else the same speaker says: for what follows, as far as its kind reaches, and for the head of
//! the page, which the text tells again. It does not hold for what is said to be past or of another day, for what
//! somebody only thinks, and for words that stand in another's.

use std::collections::{HashMap, HashSet};

use saidline_html::Span;

use crate::attribution::{ActClass, Attribution, Mention, SpeakerKind, Venue, VenueKind};
use crate::words;

use super::mentions::mentions;
use super::page::{NOBODY, Page};
use super::phrases::{How, Phrase};
use super::tables::{self, Verb};

/// In so many blocks at the head of a page the venue of what is said may be told later,
const HEAD: usize = 4;

/// in one of so many blocks behind.
const AHEAD: usize = 4;

/// A venue that the page tells somewhere.
struct Telling {
    /// The word that its attribution, or else it, begins with, and the block of that.
    at: usize,
    block: usize,
    venue: Venue,
    /// Those who are spoken to by the venue itself.
    hearing: Vec<Mention>,
    /// Whether it stands before the verb: "In an interview, Lund said" begins something new.
    opens: bool,
}

/// The venues that a page tells, by who speaks there, in the order of the text.
#[derive(Default)]
struct Tellings {
    /// Those beside words that are reported.
    beside: HashMap<String, Vec<Telling>>,
    /// Those of sentences that report nothing there: "Lund held a rally on Monday".
    apart: HashMap<String, Vec<Telling>>,
    /// The occasions of a page that begins with one at which several speak.
    joint: Vec<(usize, Option<Telling>)>,
}

impl Tellings {
    fn of(page: &Page, found: &[Phrase], attributions: &[Attribution]) -> Self {
        use VenueKind::{Article, Document, Letter, NewsConference, Speech};
        let mut all = Self::default();
        let mut kinds: HashSet<VenueKind> = HashSet::new();
        let mut taken = vec![false; page.len()];
        for attribution in attributions {
            let Some(venue) = &attribution.venue else { continue };
            kinds.insert(venue.kind);
            page.tokens_in(venue.span).for_each(|word| taken[word] = true);
            let speaker = carries(attribution).filter(|_| !page.names_a_year(venue.span));
            let Some(speaker) = speaker else { continue };
            let at = start_of(attribution);
            // "The head of the board, Ann Lund": known further on as Lund.
            let named = attribution.source.iter().flat_map(|source| page.names_of(page.tokens_in(*source)));
            let named =
                named.take(8).filter_map(|name| name.person).map(|person| page.names.full_name(person));
            let mut speakers: Vec<String> = named.collect();
            speakers.push(speaker.to_owned());
            speakers.dedup();
            for speaker in speakers {
                all.beside.entry(speaker).or_default().push(Telling {
                    at: page.token_at(at),
                    block: page.block_of(at),
                    venue: venue.clone(),
                    hearing: by_the_venue(&attribution.addressees, venue),
                    opens: venue.span.end <= at,
                });
            }
        }
        for phrase in found.iter().chain(&mentions(page)) {
            let first = phrase.tokens.start;
            // "The programme" is one of which the page has told.
            let known = kinds.contains(&phrase.kind) && matches!(page.word(first), "the" | "that" | "this");
            if matches!(phrase.kind, Letter | Document | Article) || phrase.how == How::Bare && known {
                continue;
            }
            if page.owner(first) != NOBODY {
                continue;
            }
            let Some(venue) = super::venue(page, phrase).filter(|venue| !page.names_a_year(venue.span))
            else {
                continue;
            };
            // Whose rally it is speaks there too, whoever else does: "a woman at one of Lund's rallies".
            let owners = page.names_of(phrase.tokens.clone()).filter(|name| {
                page.possessive(name.last as usize - 1) && matches!(phrase.kind, Speech | NewsConference)
            });
            let mut persons: Vec<u32> = owners.filter_map(|name| name.person).collect();
            if !taken[phrase.tokens.clone()].contains(&true) {
                persons.extend(page.persons_before(first));
            }
            persons.sort_unstable();
            persons.dedup();
            for person in persons {
                let name = page.names.full_name(person);
                let hearing = phrase.hearer.as_ref().and_then(|hearer| page.mention(hearer, &[&name]));
                all.apart.entry(name).or_default().push(Telling {
                    at: first,
                    block: page.block_of(venue.span.start),
                    venue: venue.clone(),
                    hearing: hearing.into_iter().collect(),
                    opens: phrase.how == How::Bare,
                });
            }
            taken[phrase.tokens.clone()].fill(true);
        }
        all.joint = occasions(page, found, attributions);
        for told in all.beside.values_mut().chain(all.apart.values_mut()) {
            told.sort_by_key(|telling| telling.at);
        }
        all
    }

    /// The venue that holds for what a speaker says at a word of a block: one told in the same paragraph, before or
    /// behind; the last one told before; at the head of the page the next one.
    fn holds(&self, speaker: &str, at: usize, block: usize) -> Option<&Telling> {
        let told = self.beside.get(speaker).map(Vec::as_slice).unwrap_or_default();
        let next = told.partition_point(|telling| telling.at <= at);
        let before = || {
            let near = told[..next].iter().rev().take(4);
            near.clone().find(|telling| block.abs_diff(telling.block) <= reach(telling.venue.kind))
        };
        let behind = told.get(next);
        let here = before().filter(|telling| telling.block == block);
        here.or_else(|| behind.filter(|telling| telling.block == block && !telling.opens))
            .or_else(before)
            .or_else(|| self.apart(speaker, at, block))
            .or_else(|| behind.filter(|telling| ahead(telling, block)))
    }

    /// The occasion of several that goes on at a word.
    fn joint(&self, at: usize) -> Option<&Telling> {
        let last = self.joint.partition_point(|(told, _)| *told <= at).checked_sub(1)?;
        self.joint[last].1.as_ref()
    }

    /// The last one told apart, before.
    fn apart(&self, speaker: &str, at: usize, block: usize) -> Option<&Telling> {
        let told = self.apart.get(speaker)?;
        let last = told.partition_point(|telling| telling.at <= at).checked_sub(1)?;
        let reach = |telling: &&Telling| if telling.opens { 0 } else { reach(telling.venue.kind) };
        Some(&told[last]).filter(|telling| block.abs_diff(telling.block) <= reach(telling))
    }
}

/// Where a page that begins with a debate, or with a news conference of several, tells of occasions: of the debate, or
/// of another one that ends it.
fn occasions(page: &Page, found: &[Phrase], attributions: &[Attribution]) -> Vec<(usize, Option<Telling>)> {
    // "They debated"; "the debate" adds nothing to it.
    let debated = mentions(page);
    let debated = debated.iter().filter(|phrase| phrase.tokens.len() == 1);
    let mut all: Vec<&Phrase> = found.iter().chain(debated).collect();
    all.retain(|phrase| page.owner(phrase.tokens.start) == NOBODY);
    all.sort_by_key(|phrase| phrase.tokens.start);
    let group = |other: &&Attribution| {
        other.speakers.len() > 1 || other.speakers.iter().any(|speaker| speaker.kind == SpeakerKind::Unnamed)
    };
    let of_groups: HashSet<Span> = attributions
        .iter()
        .filter(group)
        .filter_map(|other| other.venue.as_ref().map(|venue| venue.span))
        .collect();
    let several = |phrase: &Phrase| page.span(&phrase.tokens).is_some_and(|span| of_groups.contains(&span));
    let of_several = |phrase: &Phrase| match phrase.kind {
        VenueKind::Debate => true,
        VenueKind::NewsConference => several(phrase),
        _ => false,
    };
    let at_head =
        |phrase: &&&Phrase| page.span(&phrase.tokens).is_some_and(|span| page.block_of(span.start) < HEAD);
    let Some(kind) =
        all.iter().take_while(at_head).find(|phrase| of_several(phrase)).map(|phrase| phrase.kind)
    else {
        return Vec::new();
    };
    let telling = |phrase: &Phrase| {
        let venue = super::venue(page, phrase).filter(|_| phrase.kind == kind)?;
        let block = page.block_of(venue.span.start);
        Some(Telling { at: phrase.tokens.start, block, venue, hearing: Vec::new(), opens: false })
    };
    all.iter().map(|phrase| (phrase.tokens.start, telling(phrase))).collect()
}

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
        let telling = tellings.holds(speaker, at, block).filter(|telling| {
            // "Lund to call for a pier" is not said yet.
            telling.at <= at || block > 0 || !matches!(page.word(at), "to" | "will")
        });
        let telling = telling.or_else(|| {
            let told = tellings.beside.get(speaker).and_then(|told| told.first());
            let alone = told.is_none_or(|telling| telling.at > at)
                && !elsewhere.contains(speaker)
                && is_said(page, attribution);
            tellings.joint(at).filter(|_| alone)
        });
        let Some(telling) = telling.filter(|telling| goes_on(page, attribution, telling)) else { continue };
        attribution.venue = Some(telling.venue.clone());
        if attribution.addressees.is_empty() {
            attribution.addressees = telling.hearing.clone();
        }
    }
}

/// Whether a venue told behind holds for the head of the page too; a single message only for the headline.
fn ahead(telling: &Telling, block: usize) -> bool {
    block < HEAD
        && telling.block.abs_diff(block) <= AHEAD
        && (telling.venue.kind != VenueKind::Post || block == 0 || telling.block == block + 1)
}

pub(super) fn start_of(attribution: &Attribution) -> u32 {
    attribution.cue.first().or(attribution.content.first()).map_or(0, |span| span.start)
}

/// Those of the hearers who are spoken to by the venue itself: who stands inside it, and the outlet of an interview.
fn by_the_venue(hearers: &[Mention], venue: &Venue) -> Vec<Mention> {
    let outlet = |hearer: &Mention| {
        venue.kind == VenueKind::Interview && hearer.name.is_some() && hearer.name == venue.name
    };
    hearers.iter().filter(|hearer| venue.span.contains(hearer.span) || outlet(hearer)).cloned().collect()
}

/// So many blocks further a venue of a kind holds: a tweet is one message, and a place is left soon.
fn reach(kind: VenueKind) -> usize {
    match kind {
        VenueKind::Post => 0,
        VenueKind::Place => 2,
        VenueKind::Document | VenueKind::Debate => 1,
        _ => usize::MAX,
    }
}

/// Whose words can go on those of another attribution.
fn carries(attribution: &Attribution) -> Option<&str> {
    let speaker = attribution.speakers.first()?;
    attribution.parent.is_none().then_some(speaker.name.as_str())
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
        if is_conference && press || on_air {
            return true;
        }
        let name = hearer.name.as_deref();
        hearer.span.end <= verb
            || name.is_some()
                && (name == telling.venue.name.as_deref()
                    || telling.hearing.iter().any(|other| other.name.as_deref() == name))
    };
    if !calls_on(page, attribution) && !attribution.addressees.iter().all(part) {
        return false;
    }
    of_this_time(page, attribution)
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

/// Whether words are spoken on the occasion of which the page tells, as far as the verb shows: not "has said", not years
/// ago, and not what somebody only thinks.
pub(super) fn of_this_time(page: &Page, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.first() else { return true };
    let tokens = page.tokens_in(*cue);
    // "Has said", "may have said" are of no one time.
    let first = tokens.start.saturating_sub(1);
    if (first..tokens.end.min(first + 4)).any(|at| of_no_one_time(page, at)) || page.long_past(tokens.start) {
        return false;
    }
    // Another day, another place; and what somebody thinks and plans he may have said anywhere.
    page.after_date(tokens.end) == tokens.end
        && tokens.take(6).all(|at| {
            words::cue(page.word(at))
                .is_none_or(|cue| matches!(cue.class(), ActClass::Speech | ActClass::Finding))
        })
}

/// Whether the verb is one of speech in the past.
fn is_said(page: &Page, attribution: &Attribution) -> bool {
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
    let next = at + 1 + usize::from(page.word(at + 1).ends_with("ly") || page.word(at + 1) == "also");
    let word = page.word(next);
    matches!(page.word(at), "has" | "have" | "had")
        && (word.ends_with("ed") || words::cue(word).is_some() || matches!(word, "been" | "made" | "given"))
}

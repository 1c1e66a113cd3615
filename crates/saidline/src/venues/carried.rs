//! Venues told in another sentence: "Lund held a rally in Sundvik. … The pier leaks, she said."
//!
//! A venue holds for what else the same speaker says: for what follows, as far as its kind reaches, and for the head of
//! the page, which the text tells again. It does not hold for what is said to be past or of another day, for what
//! somebody only thinks, and for words that stand in another's.

use std::collections::{HashMap, HashSet};

use saidline_html::Span;

use crate::attribution::{ActClass, Attribution, Mention, QuotationKind, SpeakerKind, Venue, VenueKind};
use crate::words;

use super::mentions::mentions;
use super::page::{Day, NOBODY, Page};
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
    /// When it was, as far as its sentence tells.
    time: Time,
    /// The block in which the same speaker leads up to its quotation: "Lund attacked Berg. / “He lies,” she wrote in a
    /// letter."
    led_up_in: Option<usize>,
}

/// What the sentence of a word tells of when.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    day: Option<Day>,
    /// The word with which a longer time begins: "last year", "in January".
    period: Option<usize>,
}

impl Time {
    fn of(page: &Page, token: usize) -> Self {
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

impl Telling {
    /// Whether an outlet has part in it: it names the venue, hears it, or stands in its words.
    fn is_with(&self, page: &Page, outlet: Option<&str>) -> bool {
        same_outlet(self.venue.name.as_deref(), outlet)
            || self.hearing.iter().any(|hearer| same_outlet(hearer.name.as_deref(), outlet))
            || page
                .names_of(page.tokens_in(self.venue.span))
                .any(|name| same_outlet(Some(page.names.span(name).of(page.names.text)), outlet))
    }
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
    /// Where whom told an outlet something, without a venue.
    elsewhere: HashMap<String, Vec<(usize, Option<String>)>>,
}

impl Tellings {
    fn of(page: &Page, found: &[Phrase], attributions: &[Attribution]) -> Self {
        use VenueKind::{Article, Document, Letter, NewsConference, Speech};
        let mut all = Self::default();
        let mut kinds: HashSet<VenueKind> = HashSet::new();
        let mut taken = vec![false; page.len()];
        let mut previous: Option<&Attribution> = None;
        for attribution in attributions {
            let before = previous;
            if attribution.parent.is_none() {
                previous = Some(attribution);
            }
            all.note_elsewhere(page, attribution);
            let Some(venue) = &attribution.venue else { continue };
            kinds.insert(venue.kind);
            page.tokens_in(venue.span).for_each(|word| taken[word] = true);
            let speaker = carries(attribution).filter(|_| !page.is_of_another_time(venue.span));
            let Some(speaker) = speaker else { continue };
            let at = start_of(attribution);
            let led_up = before.filter(|before| {
                carries(before) == Some(speaker)
                    && before.kind != QuotationKind::Direct
                    && attribution.kind != QuotationKind::Indirect
                    && venue.kind != VenueKind::Place
            });
            let led_up_in = led_up.map(|before| page.block_of(start_of(before)));
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
                    time: Time::of(page, page.token_at(at)),
                    led_up_in,
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
            let Some(venue) = super::venue(page, phrase).filter(|venue| !page.is_of_another_time(venue.span))
            else {
                continue;
            };
            // Whose rally it is speaks there too, whoever else does: "a woman at one of Lund's rallies".
            let owners = page.names_of(phrase.tokens.clone()).filter(|name| {
                page.possessive(name.last as usize - 1) && matches!(phrase.kind, Speech | NewsConference)
            });
            let mut persons: Vec<u32> = owners.filter_map(|name| name.person).collect();
            // "As they did at his rallies" tells of many.
            let several =
                matches!(page.word(phrase.tokens.end - 1), "rallies" | "speeches" | "events" | "interviews");
            if persons.is_empty() && !several && !taken[phrase.tokens.clone()].contains(&true) {
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
                    time: Time::of(page, first),
                    led_up_in: None,
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

    /// Where somebody told an outlet something: "Lund told the Quayside Post" is no occasion told of before.
    fn note_elsewhere(&mut self, page: &Page, attribution: &Attribution) {
        let Some(speaker) = carries(attribution).filter(|_| attribution.venue.is_none()) else { return };
        let verb = start_of(attribution);
        let outlet = attribution.addressees.iter().find(|hearer| {
            hearer.span.start > verb
                && hearer.kind == Some(SpeakerKind::Organisation)
                && hearer.name.is_some()
        });
        if let Some(outlet) = outlet {
            let told = (page.token_at(verb), outlet.name.clone());
            self.elsewhere.entry(speaker.to_owned()).or_default().push(told);
        }
    }

    /// Whether a speaker told another outlet something between a telling and a word.
    fn left(&self, page: &Page, speaker: &str, telling: &Telling, at: usize) -> bool {
        let told = self.elsewhere.get(speaker).map(Vec::as_slice).unwrap_or_default();
        let after = told.partition_point(|(there, _)| *there <= telling.at);
        let mut since = told[after..].iter().take_while(|(there, _)| *there < at);
        since.any(|(_, outlet)| !telling.is_with(page, outlet.as_deref()))
    }

    /// The venue that holds for what a speaker says at a word of a block: one told in the same paragraph, before or
    /// behind; one to whose quotation the words lead up; the last one told before; at the head of the page the next one.
    fn holds(
        &self,
        page: &Page,
        speaker: &str,
        at: usize,
        block: usize,
        continues: bool,
    ) -> Option<&Telling> {
        let told = self.beside.get(speaker).map(Vec::as_slice).unwrap_or_default();
        let next = told.partition_point(|telling| telling.at <= at);
        let before = || {
            let near = told[..next].iter().rev().take(4);
            let reach = |kind| match kind {
                VenueKind::Post if continues => 2,
                kind => reach(kind),
            };
            let mut near =
                near.clone().filter(|telling| block.abs_diff(telling.block) <= reach(telling.venue.kind));
            near.next().filter(|telling| !self.left(page, speaker, telling, at))
        };
        let behind = told.get(next);
        let here = before().filter(|telling| telling.block == block);
        here.or_else(|| behind.filter(|telling| telling.block == block && !telling.opens))
            .or_else(|| {
                behind.filter(|telling| telling.led_up_in == Some(block) && telling.block == block + 1)
            })
            .or_else(before)
            .or_else(|| self.apart(speaker, at, block))
            .or_else(|| behind.filter(|telling| ahead(telling, block)))
            .or_else(|| self.apart_behind(speaker, at, block))
    }

    /// At the head of the page the next one told apart: "The pier leaks, Lund said. / She held a news conference".
    fn apart_behind(&self, speaker: &str, at: usize, block: usize) -> Option<&Telling> {
        use VenueKind::{Interview, NewsConference, Speech};
        let told = self.apart.get(speaker)?;
        told.get(told.partition_point(|telling| telling.at <= at)).filter(|telling| {
            matches!(telling.venue.kind, Interview | NewsConference | Speech)
                && !telling.opens
                && ahead(telling, block)
        })
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
        let time = Time::of(page, phrase.tokens.start);
        let at = phrase.tokens.start;
        Some(Telling { at, block, venue, hearing: Vec::new(), opens: false, time, led_up_in: None })
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
        let telling =
            tellings.holds(page, speaker, at, block, continues(page, attribution)).filter(|telling| {
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
        VenueKind::Letter => 3,
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

/// Whether two names are those of one outlet: "Fox News" and "Fox News Sunday".
fn same_outlet(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short)
        .or(long.strip_suffix(short))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || rest.ends_with(' '))
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

/// Whether words are spoken on the occasion of which the page tells, as far as the verb shows: not "has said", not years
/// ago, and not what somebody only thinks.
pub(super) fn of_this_time(page: &Page, attribution: &Attribution, time: Time) -> bool {
    let Some(cue) = attribution.cue.first() else { return true };
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
    // What somebody thinks and plans he may have said anywhere.
    tokens.take(6).all(|at| {
        words::cue(page.word(at))
            .is_none_or(|cue| matches!(cue.class(), ActClass::Speech | ActClass::Finding))
    })
}

/// "Later announced", "subsequently warned": at another time. "She later added" goes on.
fn is_later(page: &Page, cue: &std::ops::Range<usize>) -> bool {
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
    let adverb =
        |word: &str| word.ends_with("ly") || matches!(word, "also" | "since" | "long" | "often" | "never");
    let next = at + 1 + usize::from(adverb(page.word(at + 1)));
    let word = page.word(next);
    matches!(page.word(at), "has" | "have" | "had")
        && (word.ends_with("ed") || words::cue(word).is_some() || matches!(word, "been" | "made" | "given"))
}

//! Where a page tells of venues, and for whom and how far each of them holds.

use std::collections::{HashMap, HashSet};

use saidline_html::Span;

use crate::attribution::{Attribution, Mention, QuotationKind, SpeakerKind, Venue, VenueKind};

use super::carried::start_of;
use super::mentions::mentions;
use super::page::{NOBODY, Page};
use super::phrases::{How, Phrase, venue};
use super::tables;
use super::when::Time;

/// In so many blocks at the head of a page the venue of what is said may be told later,
const HEAD: usize = 4;

/// in one of so many blocks behind.
const AHEAD: usize = 4;

/// A venue that the page tells somewhere.
#[derive(Clone)]
pub(super) struct Telling {
    /// The word that its attribution, or else it, begins with, and the block of that.
    pub at: usize,
    pub block: usize,
    pub venue: Venue,
    /// Those who are spoken to by the venue itself.
    pub hearing: Vec<Mention>,
    /// Whether it stands before the verb: "In an interview, Lund said" begins something new.
    opens: bool,
    /// When it was, as far as its sentence tells.
    pub time: Time,
    /// The block in which the same speaker leads up to its quotation: "Lund attacked Berg. / “He lies,” she wrote in a
    /// letter."
    led_up_in: Option<usize>,
}

impl Telling {
    /// Whether an outlet has part in it: it names the venue, hears it, or stands in its words.
    pub fn is_with(&self, page: &Page, outlet: Option<&str>) -> bool {
        same_outlet(self.venue.name.as_deref(), outlet)
            || self.hearing.iter().any(|hearer| same_outlet(hearer.name.as_deref(), outlet))
            || page
                .names_of(page.tokens_in(self.venue.span))
                .any(|name| same_outlet(Some(page.names.span(name).of(page.names.text)), outlet))
    }
}

/// The venues that a page tells, by who speaks there, in the order of the text.
#[derive(Default)]
pub(super) struct Tellings {
    /// Those beside words that are reported.
    beside: HashMap<String, Vec<Telling>>,
    /// Those of sentences that report nothing there: "Lund held a rally on Monday".
    apart: HashMap<String, Vec<Telling>>,
    /// The occasions of a page that begins with one at which several speak.
    joint: Vec<(usize, Option<Telling>)>,
    /// Where whom told an outlet something, without a venue.
    elsewhere: HashMap<String, Vec<(usize, String)>>,
}

impl Tellings {
    pub fn of(page: &Page, found: &[Phrase], attributions: &[Attribution]) -> Self {
        let mut all = Self::default();
        let mut previous: Option<&Attribution> = None;
        for attribution in attributions {
            all.note_elsewhere(page, attribution);
            all.note_beside(page, attribution, previous);
            if attribution.parent.is_none() {
                previous = Some(attribution);
            }
        }
        all.note_apart(page, found, attributions);
        all.joint = occasions(page, found, attributions);
        for told in all.beside.values_mut().chain(all.apart.values_mut()) {
            told.sort_by_key(|telling| telling.at);
        }
        all
    }

    /// The venue beside an attribution, for its speakers and for whom they speak to.
    fn note_beside(&mut self, page: &Page, attribution: &Attribution, previous: Option<&Attribution>) {
        let Some(venue) = &attribution.venue else { return };
        let speaker = carries(attribution).filter(|_| !page.is_of_another_time(venue.span));
        let Some(speaker) = speaker else { return };
        let at = start_of(attribution);
        let led_up = previous.filter(|before| {
            carries(before) == Some(speaker)
                && before.kind != QuotationKind::Direct
                && attribution.kind != QuotationKind::Indirect
                && venue.kind != VenueKind::Place
        });
        let telling = Telling {
            at: page.token_at(at),
            block: page.block_of(at),
            venue: venue.clone(),
            hearing: by_the_venue(&attribution.addressees, venue),
            opens: venue.span.end <= at,
            time: Time::of(page, page.token_at(at)),
            led_up_in: led_up.map(|before| page.block_of(start_of(before))),
        };
        // "The head of the board, Ann Lund": known further on as Lund.
        let named = attribution.source.iter().flat_map(|source| page.names_of(page.tokens_in(*source)));
        let named = named.take(8).filter_map(|name| name.person).map(|person| page.names.full_name(person));
        let mut speakers: Vec<String> = named.collect();
        speakers.push(speaker.to_owned());
        speakers.dedup();
        for speaker in speakers {
            self.beside.entry(speaker).or_default().push(telling.clone());
        }
    }

    /// The venues of sentences that report nothing there, for those whom they name.
    fn note_apart(&mut self, page: &Page, found: &[Phrase], attributions: &[Attribution]) {
        use VenueKind::{Article, Document, Letter, NewsConference, Speech};
        let beside = || attributions.iter().filter_map(|attribution| attribution.venue.as_ref());
        let kinds: HashSet<VenueKind> = beside().map(|venue| venue.kind).collect();
        let mut taken = vec![false; page.len()];
        beside().flat_map(|venue| page.tokens_in(venue.span)).for_each(|word| taken[word] = true);
        for phrase in found.iter().chain(&mentions(page)) {
            let first = phrase.tokens.start;
            // "The programme" is one of which the page has told.
            let known = kinds.contains(&phrase.kind) && matches!(page.word(first), "the" | "that" | "this");
            if matches!(phrase.kind, Letter | Document | Article)
                || phrase.how == How::Bare && known
                || page.owner(first) != NOBODY
            {
                continue;
            }
            let Some(venue) = venue(page, phrase).filter(|venue| !page.is_of_another_time(venue.span)) else {
                continue;
            };
            // Whose rally it is speaks there, whoever else does: "a woman at one of Lund's rallies".
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
                self.apart.entry(name).or_default().push(Telling {
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
    }

    /// Whether a venue of what a speaker says has been told before a word.
    pub fn has_told(&self, speaker: &str, at: usize) -> bool {
        self.beside.get(speaker).and_then(|told| told.first()).is_some_and(|telling| telling.at <= at)
    }

    /// Where somebody told an outlet something: "Lund told the Quayside Post" is no occasion told of before.
    fn note_elsewhere(&mut self, page: &Page, attribution: &Attribution) {
        let Some(speaker) = carries(attribution).filter(|_| attribution.venue.is_none()) else { return };
        let verb = start_of(attribution);
        let behind = attribution.addressees.iter().filter(|hearer| hearer.span.start > verb);
        let outlet = behind.filter_map(|hearer| {
            // "Told CBS’s Ann Low" too.
            let mut names = page.names_of(page.tokens_in(hearer.span)).map(|name| page.names.span(name));
            let of_outlet = names.find(|name| tables::medium(name.of(page.names.text)).is_some());
            let organisation = hearer.name.clone().filter(|_| hearer.kind == Some(SpeakerKind::Organisation));
            of_outlet.map(|name| name.of(page.names.text).to_owned()).or(organisation)
        });
        if let Some(outlet) = outlet.into_iter().next() {
            let told = (page.token_at(verb), outlet);
            self.elsewhere.entry(speaker.to_owned()).or_default().push(told);
        }
    }

    /// Whether a speaker told another outlet something between a telling and a word.
    fn left(&self, page: &Page, speaker: &str, telling: &Telling, at: usize) -> bool {
        let told = self.elsewhere.get(speaker).map(Vec::as_slice).unwrap_or_default();
        let after = told.partition_point(|(there, _)| *there <= telling.at);
        let mut since = told[after..].iter().take(8).take_while(|(there, _)| *there < at);
        since.any(|(_, outlet)| !telling.is_with(page, Some(outlet.as_str())))
    }

    /// The venue that holds for what a speaker says at a word of a block: one told in the same paragraph, before or
    /// behind; one to whose quotation the words lead up; the last one told before; at the head of the page the next one.
    pub fn holds(
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
            let reach = |telling: &Telling| match telling.venue.kind {
                VenueKind::Post if continues => 2,
                kind => reach(kind),
            };
            let mut near = near.clone().filter(|telling| block.abs_diff(telling.block) <= reach(telling));
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
            .or_else(|| behind.filter(|telling| ahead(page, telling, block)))
            .or_else(|| self.apart_behind(page, speaker, at, block))
    }

    /// At the head of the page the next one told apart: "The pier leaks, Lund said. / She held a news conference".
    fn apart_behind(&self, page: &Page, speaker: &str, at: usize, block: usize) -> Option<&Telling> {
        use VenueKind::{Interview, NewsConference, Speech};
        let told = self.apart.get(speaker)?;
        told.get(told.partition_point(|telling| telling.at <= at)).filter(|telling| {
            matches!(telling.venue.kind, Interview | NewsConference | Speech)
                && !telling.opens
                && ahead(page, telling, block)
        })
    }

    /// The occasion of several that goes on at a word.
    pub fn joint(&self, at: usize) -> Option<&Telling> {
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
        let venue = venue(page, phrase).filter(|_| phrase.kind == kind)?;
        let block = page.block_of(venue.span.start);
        let time = Time::of(page, phrase.tokens.start);
        let at = phrase.tokens.start;
        Some(Telling { at, block, venue, hearing: Vec::new(), opens: false, time, led_up_in: None })
    };
    all.iter().map(|phrase| (phrase.tokens.start, telling(phrase))).collect()
}

/// Whether a venue told behind holds for the head of the page too; a single message only for the headline.
fn ahead(page: &Page, telling: &Telling, block: usize) -> bool {
    // "During a trip" is where some of it was said.
    let on_a_trip = telling.venue.kind == VenueKind::Place
        && page.word(page.token_at(telling.venue.span.start)) == "during";
    block < HEAD
        && telling.block.abs_diff(block) <= AHEAD
        && !on_a_trip
        && (telling.venue.kind != VenueKind::Post || block == 0 || telling.block == block + 1)
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
        VenueKind::Document | VenueKind::Debate | VenueKind::Letter => 3,
        _ => usize::MAX,
    }
}

/// Whose words can go on those of another attribution.
pub(super) fn carries(attribution: &Attribution) -> Option<&str> {
    let speaker = attribution.speakers.first()?;
    attribution.parent.is_none().then_some(speaker.name.as_str())
}

/// Whether two names are those of one outlet: "Fox News" and "Fox News Sunday".
fn same_outlet(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short)
        .or(long.strip_suffix(short))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || rest.ends_with(' '))
}

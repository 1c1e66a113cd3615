//! Checking: what a draft says that somebody said, against the reports of a record.
//!
//! [`claims`] takes a draft apart; [`verdict`] holds one claim against the reports that the caller found for it. Both are pure.
//! The closest report decides. That the record does not have something says nothing about whether it was said: a claim that is
//! not on record is never called false. And where words differ so much that they may be another utterance, they are not called
//! altered.

use saidline_html::{BlockKind, Document, Span};

use super::likeness::{are_of_other_days, are_opposed, others_speak};
use super::matching::{Match, lay};
use super::wording::{Difference, Quoted, WordingKind};
use super::{Read, Report, words};
use crate::attribution::{ActClass, Attribution, Polarity, QuotationKind, SaidBasis};
use crate::quotations::{kind_of, quotations};

/// What a record says to a claim, the least grave first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictKind {
    /// The same words.
    Verbatim,
    /// Fewer of the words, none of them others.
    Cut,
    /// A claim without marks that the record bears out.
    Supported,
    /// The same in other words, as two translators would put it.
    OtherRendering,
    /// Quoted, where the record only has reports without the words.
    IndirectOnly,
    /// The words are on record, from another day, another place or to somebody else.
    OtherOccasion,
    /// The record has the contrary.
    Opposite,
    /// The words are on record, by somebody else.
    OtherSpeaker,
    /// Other words within the marks.
    Altered,
    /// Nothing on record.
    NotOnRecord,
}

impl VerdictKind {
    /// All of them, the least grave first.
    pub const ALL: [Self; 10] = [
        Self::Verbatim,
        Self::Cut,
        Self::Supported,
        Self::OtherRendering,
        Self::IndirectOnly,
        Self::OtherOccasion,
        Self::Opposite,
        Self::OtherSpeaker,
        Self::Altered,
        Self::NotOnRecord,
    ];

    /// How far a report that gives this verdict is from the claim: words in marks that were changed are nearer than no marks.
    fn distance(self) -> usize {
        const NEAREST_FIRST: [VerdictKind; 10] = [
            VerdictKind::Verbatim,
            VerdictKind::Cut,
            VerdictKind::Supported,
            VerdictKind::OtherOccasion,
            VerdictKind::Opposite,
            VerdictKind::OtherSpeaker,
            VerdictKind::Altered,
            VerdictKind::OtherRendering,
            VerdictKind::IndirectOnly,
            VerdictKind::NotOnRecord,
        ];
        NEAREST_FIRST.iter().position(|kind| *kind == self).unwrap_or_default()
    }

    /// The verdict's name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Cut => "cut",
            Self::Supported => "supported",
            Self::OtherRendering => "other-rendering",
            Self::IndirectOnly => "indirect-only",
            Self::OtherOccasion => "other-occasion",
            Self::Opposite => "opposite",
            Self::OtherSpeaker => "other-speaker",
            Self::Altered => "altered",
            Self::NotOnRecord => "not-on-record",
        }
    }

    /// Whether somebody should look at it. What was said without marks is often on no record.
    pub fn is_finding(self, quoted: bool) -> bool {
        match self {
            Self::Altered | Self::OtherSpeaker | Self::OtherOccasion | Self::Opposite => true,
            Self::NotOnRecord => quoted,
            _ => false,
        }
    }
}

/// Where and to whom something was said, as far as names tell it; in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occasion {
    /// Outlets and people that it was told to.
    pub hearers: Vec<String>,
    /// Events and places.
    pub places: Vec<String>,
}

impl Occasion {
    /// Of an attribution, by the names of its venue and its addressees.
    pub fn of(attribution: &Attribution) -> Self {
        let mut occasion = Self::default();
        for mention in &attribution.addressees {
            occasion.hearers.extend(mention.name.as_deref().map(str::to_lowercase));
        }
        if let Some(venue) = &attribution.venue
            && let Some(name) = &venue.name
        {
            occasion.add_venue(venue.kind, name);
        }
        occasion
    }

    /// Adds the name of a venue: what carries words is a hearer, what people come to is a place.
    pub fn add_venue(&mut self, kind: crate::attribution::VenueKind, name: &str) {
        use crate::attribution::VenueKind::{Article, Broadcast, Interview, NewsConference, Place, Speech};
        match kind {
            Interview | Broadcast | Article => self.hearers.push(name.to_lowercase()),
            Speech | Place | NewsConference => self.places.push(name.to_lowercase()),
            _ => {}
        }
    }

    /// Whether both tell where or to whom, and not the same.
    fn is_another(&self, other: &Self) -> bool {
        let apart = |ours: &[String], theirs: &[String]| {
            let shares = |one: &String| theirs.iter().any(|other| share_a_word(one, other));
            !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(shares)
        };
        apart(&self.hearers, &other.hearers) || apart(&self.places, &other.places)
    }
}

/// Whether two names may be one's: they share a word, or one is short and the other may be its programme, or what its letters stand
/// for. Two short ones are two channels, and so are a short one and a newspaper.
fn share_a_word(one: &str, other: &str) -> bool {
    const OUTLETS: [&str; 20] = [
        "times",
        "post",
        "herald",
        "gazette",
        "journal",
        "tribune",
        "courier",
        "chronicle",
        "guardian",
        "telegraph",
        "independent",
        "examiner",
        "observer",
        "magazine",
        "newspaper",
        "radio",
        "television",
        "tv",
        "weekly",
        "daily",
    ];
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.len() > 1 && *word != "the").map(str::to_owned).collect()
    };
    let (ours, theirs) = (words(one), words(other));
    if ours.iter().any(|word| theirs.contains(word)) {
        return true;
    }
    let is_short = |words: &[String]| words.len() == 1 && words[0].len() <= 5;
    let is_outlet = |words: &[String]| words.iter().any(|word| OUTLETS.contains(&word.as_str()));
    let stands_for = |short: &[String], long: &[String]| {
        let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
        is_short(short) && initials == short[0]
    };
    match (is_short(&ours), is_short(&theirs)) {
        (true, true) | (false, false) => false,
        _ => {
            stands_for(&ours, &theirs)
                || stands_for(&theirs, &ours)
                || !is_outlet(&ours) && !is_outlet(&theirs)
        }
    }
}

/// Something that a draft says that somebody said.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The place of the attribution; none where words stand in marks and nobody is said to have said them.
    pub place: Option<usize>,
    /// What is said, in one piece or several.
    pub content: Vec<Span>,
    /// The claim as comparing sees it.
    pub report: Report,
    /// Where and to whom.
    pub occasion: Occasion,
    /// Whether the words were likely said in another language than the draft's.
    pub foreign: bool,
}

impl Claim {
    /// From the first word of what is said to the last.
    pub fn span(&self) -> Span {
        let start = self.content.iter().map(|span| span.start).min().unwrap_or_default();
        Span { start, end: self.content.iter().map(|span| span.end).max().unwrap_or(start) }
    }

    /// Whether words of it stand in marks.
    pub fn is_quoted(&self) -> bool {
        self.report.words.iter().any(|word| word.quoted)
    }

    /// Its words as they stand in the text, those in marks where any do, each once, the most telling first: by which reports of
    /// it can be found.
    pub fn telling_words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let quoted = self.is_quoted();
        let mut placed = Vec::new();
        for span in &self.content {
            words::place(text, *span, |_| true, &mut placed);
        }
        let of = placed.iter().zip(&self.report.words).filter(|(_, word)| word.quoted || !quoted);
        let mut telling: Vec<_> = of.map(|(placed, word)| (placed.span.of(text), word)).collect();
        telling.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| a.1.stem.cmp(&b.1.stem)));
        telling.dedup_by_key(|(_, word)| word.stem);
        telling.into_iter().map(|(text, _)| text).collect()
    }
}

/// Words in marks that nobody is said to have said are a claim when they are so many; fewer may be a title or a word at arm's
/// length.
const UNATTRIBUTED: usize = 6;

/// What a draft claims: a claim for each attribution that tells what was said, and for each other one with words in marks; and
/// for long quotations of nobody. `voices` gives the numbers of an attribution's speakers, by its place.
pub fn claims(
    document: &Document,
    attributions: &[Attribution],
    voices: impl Fn(usize) -> Vec<u64>,
) -> Vec<Claim> {
    let text = document.text.as_str();
    let (marks, _) = quotations(text, &document.blocks);
    let mut all: Vec<Attribution> = attributions.to_vec();
    for one in &mut all {
        // A thought in marks is words that somebody spoke.
        if one.kind != QuotationKind::Indirect
            && let Some(act) = &mut one.act
        {
            act.class = ActClass::Speech;
        }
    }
    let known = all.len();
    for mark in marks.iter().filter(|mark| mark.within.is_none() && !mark.inner.is_empty()) {
        let block = document.blocks.get(super::block_of(&document.blocks, mark.span.start));
        let is_text = block.is_some_and(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
        });
        let is_told = attributions.iter().any(|one| {
            one.content.iter().chain(&one.source).chain(&one.cue).any(|span| span.overlaps(mark.inner))
        });
        if is_text && !is_told && mark.inner.of(text).split_whitespace().count() >= UNATTRIBUTED {
            let content = vec![mark.span];
            let kind = kind_of(text, &content, &marks);
            all.push(Attribution::new(kind, Vec::new(), Vec::new(), content, 1.0));
        }
    }
    let outer = outer_only(&all);
    let reports =
        Report::all(
            document,
            &marks,
            &all,
            0,
            |place| if place < known { voices(place) } else { Vec::new() },
        );
    let mut claims: Vec<Claim> = reports
        .into_iter()
        .filter(|(place, report)| !outer.contains(place) && !report.words.is_empty())
        .map(|(place, mut report)| {
            // What is later than the draft is left to the caller.
            report.published = None;
            // What another sentence tells of the day is not what this one claims.
            let said = all[place].said.as_ref().map(|said| said.basis);
            if !matches!(said, Some(SaidBasis::Explicit | SaidBasis::Relative)) {
                report.days = None;
            }
            Claim {
                place: (place < known).then_some(place),
                content: all[place].content.clone(),
                occasion: Occasion::of(&all[place]),
                foreign: super::languages::is_foreign(text, &all[place]),
                report,
            }
        })
        .collect();
    claims.sort_by_key(|claim| (claim.span().start, claim.span().end));
    claims
}

/// The attributions that say little more than that somebody else said something: what that one said is a claim by itself.
fn outer_only(attributions: &[Attribution]) -> Vec<usize> {
    let long = |one: &Attribution| one.content.iter().map(|span| span.len()).sum::<usize>();
    let inner = attributions.iter().filter_map(|one| Some((one.parent?, one)));
    inner
        .filter(|(parent, one)| attributions.get(*parent).is_some_and(|outer| 2 * long(one) > long(outer)))
        .map(|(parent, _)| parent)
        .collect()
}

/// A report that may bear on a claim.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its words in marks.
    pub quoted: Quoted<'a>,
    /// Where and to whom it was said.
    pub occasion: Occasion,
    /// How near it is to the words themselves: a transcript before a report, a report before a copy. The less the nearer.
    pub standing: u8,
}

/// What the record says to a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The verdict.
    pub kind: VerdictKind,
    /// The places of the candidates that bear it, the one that decides first. Of what is not on record, those that come near.
    pub evidence: Vec<usize>,
    /// How the words differ from those of the first; none where there is nothing to be held against them.
    pub wording: Option<WordingKind>,
    /// Where they differ from those of the first, each with where in the draft it is, or the words would stand that are missing.
    pub differences: Vec<(Difference, u32)>,
}

/// Words in marks that are fewer are too few to be called altered, or somebody else's.
const FEW: usize = 5;

/// What words must tell together, so that two people, or one on two days, do not say them by chance.
const TELLING: f32 = 6.0;

/// The same for words that are somebody else's.
const TELLING_OF_OTHERS: f32 = 9.0;

/// The part of the words that must be the same where some are altered,
const SAME: f32 = 0.7;

/// and in a row.
const RUN: usize = 4;

/// Reports that come near, shown where nothing is on record.
const NEAR: usize = 3;

/// Holds a claim against the reports that were found for it.
///
/// Time is that of laying the words in marks among those of each candidate.
pub fn verdict(text: &str, claim: &Claim, candidates: &[Candidate]) -> Verdict {
    let quoted = Quoted::of_report(text, &claim.content, &claim.report);
    if quoted.is_empty() {
        return of_claim(claim, candidates);
    }
    let read = Read::new(&claim.report);
    let mut weighed: Vec<Weighed> = Vec::new();
    let mut partial: Vec<(usize, Match)> = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let laid = lay(&quoted, &candidate.quoted);
        match of_quotation(claim, (&quoted, &read), candidate, &laid) {
            Some(kind) => weighed.push(Weighed { kind, place, laid: Some(laid) }),
            None => partial.push((place, laid)),
        }
    }
    if weighed.iter().all(|one| one.kind > VerdictKind::Cut) {
        weighed.extend(together(claim, candidates, &partial));
    }
    let is_of_another = weighed.iter().any(|one| one.kind == VerdictKind::OtherSpeaker);
    let names = |one: &Weighed| !candidates[one.place].report.voices.is_empty();
    let is_own = |one: &Weighed| one.kind != VerdictKind::OtherSpeaker && names(one);
    if is_of_another && !weighed.iter().any(is_own) {
        // A page that does not name who spoke speaks for nobody against one that does.
        weighed.retain(names);
    }
    if weighed.is_empty() {
        let near = partial.iter().filter(|(place, laid)| {
            let named = !claim.report.voices.is_empty() && !candidates[*place].report.voices.is_empty();
            laid.run >= (if named { RUN } else { RUN + 2 })
                && laid.telling_share() >= 0.3
                && laid.weight.0 >= TELLING * 0.75
                && !others_speak(&claim.report, candidates[*place].report)
        });
        let mut near: Vec<_> = near.collect();
        near.sort_by_key(|(place, laid)| {
            (std::cmp::Reverse(laid.shared), candidates[*place].standing, *place)
        });
        return Verdict {
            kind: VerdictKind::NotOnRecord,
            evidence: near.into_iter().take(NEAR).map(|(place, _)| *place).collect(),
            wording: None,
            differences: Vec::new(),
        };
    }
    closest(candidates, weighed)
}

struct Weighed {
    kind: VerdictKind,
    place: usize,
    laid: Option<Match>,
}

/// The verdict of the closest: of those that are least grave, the one nearest to the words themselves.
fn closest(candidates: &[Candidate], mut weighed: Vec<Weighed>) -> Verdict {
    weighed.sort_by(|a, b| {
        let key = |one: &Weighed| {
            let wording = one.laid.as_ref().map(|laid| (laid.beyond(), laid.kind, laid.differences.len()));
            (one.kind.distance(), candidates[one.place].standing, wording, one.place)
        };
        key(a).cmp(&key(b))
    });
    let kind = weighed[0].kind;
    // Of altered words the report decides that has most of them; who has it at first hand comes after that.
    if kind == VerdictKind::Altered {
        weighed.sort_by_key(|one| {
            let shared = one.laid.as_ref().map_or(0, |laid| laid.shared);
            (one.kind.distance(), std::cmp::Reverse(shared), candidates[one.place].standing, one.place)
        });
    }
    let first = weighed[0].laid.take();
    Verdict {
        kind,
        evidence: weighed.iter().filter(|one| one.kind == kind).map(|one| one.place).collect(),
        wording: first.as_ref().map(|laid| laid.kind),
        differences: first
            .map(|laid| laid.differences.into_iter().zip(laid.at).collect())
            .unwrap_or_default(),
    }
}

/// What a report says to words in marks; none where it says nothing, or not enough.
fn of_quotation(
    claim: &Claim,
    (quoted, read): (&Quoted, &Read),
    candidate: &Candidate,
    laid: &Match,
) -> Option<VerdictKind> {
    let (ours, theirs) = (&claim.report, candidate.report);
    let others = others_speak(ours, theirs);
    let other_days = are_of_other_days(ours, theirs) || is_long_before(ours, theirs);
    let other_occasion = other_days || claim.occasion.is_another(&candidate.occasion);
    if laid.is_clean() {
        if others {
            let strong = laid.words >= FEW && laid.weight.0 >= TELLING_OF_OTHERS;
            return strong.then_some(VerdictKind::OtherSpeaker);
        }
        // A word or two prove nothing where nobody is named, nor for another day.
        let few = laid.words < 3 || laid.weight.0 < TELLING / 3.0;
        if few && (ours.voices.is_empty() || theirs.voices.is_empty() || other_occasion) {
            return None;
        }
        if are_opposed(ours, theirs) || laid.words < FEW && negated_apart(ours, theirs) {
            return Some(VerdictKind::Opposite);
        }
        if other_occasion && laid.words >= FEW {
            return Some(VerdictKind::OtherOccasion);
        }
        if other_occasion {
            return None;
        }
        return Some(if laid.kind < WordingKind::Cut { VerdictKind::Verbatim } else { VerdictKind::Cut });
    }
    if others || other_occasion {
        return None;
    }
    let with = Read::new(theirs);
    if is_altered(claim, laid, read, &with) {
        return Some(match turns_over(quoted, candidate, laid) {
            true => VerdictKind::Opposite,
            false => VerdictKind::Altered,
        });
    }
    in_other_words(claim, laid, read, &with)
}

/// Whether a claim tells a day, and a report that tells none was published so long after it that it would have told one.
fn is_long_before(ours: &Report, theirs: &Report) -> bool {
    const LONG: i32 = 60;
    const MONTH: i32 = 31;
    let days = |from: jiff::civil::Date, to| from.until(to).map_or(0, |span| span.get_days());
    let (Some((from, to)), None, Some(published)) = (ours.days, theirs.days, theirs.published) else {
        return false;
    };
    days(from, to) <= MONTH && days(to, published) > LONG
}

/// Whether what was changed in the words is that they are negated, or are so no more.
fn turns_over(quoted: &Quoted, candidate: &Candidate, laid: &Match) -> bool {
    let negations = |text: &str, span: Option<Span>| {
        let stretch = span.map(|span| span.of(text).to_lowercase().replace('’', "'")).unwrap_or_default();
        let each = stretch.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        each.filter(|word| words::is_negation(word)).count()
    };
    let here: usize = laid.differences.iter().map(|one| negations(quoted.text(), one.here)).sum();
    let there: usize = laid.differences.iter().map(|one| negations(candidate.quoted.text(), one.there)).sum();
    here % 2 != there % 2
}

/// Whether words are a report's with some of them changed, and not another utterance that is like it.
fn is_altered(claim: &Claim, laid: &Match, read: &Read, with: &Read) -> bool {
    if laid.kind < WordingKind::Shifted {
        return false;
    }
    let nameless = claim.report.voices.is_empty() || with.report.voices.is_empty();
    let places = laid.differences.iter().filter(|one| one.kind >= WordingKind::Shifted).count();
    let enough = if nameless { TELLING_OF_OTHERS } else { TELLING };
    // One word changed is a slip of whoever wrote; each further place makes another utterance likelier.
    let enough = match places {
        0 | 1 if laid.share() >= 0.8 && !nameless => 0.7 * enough,
        places => enough * (1.0 + 0.5 * places.saturating_sub(1) as f32).min(2.5),
    };
    let changed = laid.words - laid.shared;
    if laid.words < FEW {
        return laid.words >= 3 && changed <= 1 && !nameless && laid.run >= 2 && read.alike(with) >= 0.9;
    }
    laid.share() >= SAME
        && laid.telling_share() >= 0.55
        && laid.weight.0 >= enough
        && (laid.run >= RUN || laid.run >= 3 && laid.share() >= 0.8)
        && 5 * laid.beyond() <= laid.words
}

/// Whether a report has what is quoted in other words, or without marks.
fn in_other_words(claim: &Claim, laid: &Match, read: &Read, with: &Read) -> Option<VerdictKind> {
    let nameless = claim.report.voices.is_empty() || with.report.voices.is_empty();
    if nameless || are_opposed(&claim.report, with.report) || laid.words < 3 {
        return None;
    }
    let (shared, all) = read.quoted_shared_with(with);
    let chance = read.alike(with);
    let kind = with.report.kind;
    let same = shared >= 0.7 * all && shared >= TELLING && chance >= 0.6;
    if kind != QuotationKind::Direct && same && laid.words >= FEW {
        return Some(VerdictKind::IndirectOnly);
    }
    let (run, share) = (laid.run, laid.share());
    let spoken = kind == QuotationKind::Direct && with.report.days.is_some() && claim.report.days.is_some();
    // Who speaks another language is put into words by whoever translates.
    let translated = kind != QuotationKind::Indirect && claim.foreign;
    let least = if translated { 0.35 } else { 0.5 };
    let alike = shared >= least * all && shared >= TELLING && run < RUN && share < SAME;
    let sure = chance >= if translated { 0.5 } else { 0.7 };
    ((spoken || translated) && alike && sure).then_some(VerdictKind::OtherRendering)
}

/// Words of which no report has all, but several together: a draft that joins what a page gives in two pieces.
fn together(claim: &Claim, candidates: &[Candidate], partial: &[(usize, Match)]) -> Vec<Weighed> {
    let mut usable: Vec<&(usize, Match)> = partial
        .iter()
        .filter(|(place, laid)| {
            let candidate = &candidates[*place];
            laid.run >= RUN.min(laid.words)
                && laid.kind < WordingKind::Shifted
                && !others_speak(&claim.report, candidate.report)
                && !are_opposed(&claim.report, candidate.report)
                && !are_of_other_days(&claim.report, candidate.report)
        })
        .collect();
    usable.sort_by_key(|(place, laid)| (std::cmp::Reverse(laid.shared), candidates[*place].standing, *place));
    let Some((_, first)) = usable.first() else { return Vec::new() };
    let mut left = first.beyond.clone();
    let mut used = vec![usable[0]];
    for one in &usable[1..] {
        let fills = left.iter().zip(&one.1.covered).any(|(left, covered)| *left && *covered);
        if fills {
            left.iter_mut().zip(&one.1.covered).for_each(|(left, covered)| *left &= !covered);
            used.push(one);
        }
    }
    if left.contains(&true) {
        return Vec::new();
    }
    let kind = VerdictKind::Cut;
    used.into_iter().map(|(place, laid)| Weighed { kind, place: *place, laid: Some(laid.clone()) }).collect()
}

/// What reports say to a claim without marks.
fn of_claim(claim: &Claim, candidates: &[Candidate]) -> Verdict {
    let read = Read::new(&claim.report);
    let mut weighed = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        let with = Read::new(candidate.report);
        let (shared, all) = read.shared_with(&with);
        let share = shared / all.max(1e-3);
        let others = others_speak(&claim.report, candidate.report);
        let nameless = claim.report.voices.is_empty() || candidate.report.voices.is_empty();
        let other_days = are_of_other_days(&claim.report, candidate.report);
        let near = share >= 0.55 && shared >= TELLING * 0.9;
        // Numbers and names that the report does not have are the point of many a claim.
        let same = near && read.names_missing_in(&with) < 4.0;
        let kind = match () {
            () if others => {
                let (_, run) = read.in_a_row_with(&with);
                let words = claim.report.words.len();
                let copied =
                    words >= 8 && 10 * run >= 8 * words && share >= 0.8 && shared >= TELLING_OF_OTHERS;
                copied.then_some(VerdictKind::OtherSpeaker)
            }
            () if contrary(claim, candidate) => {
                let strong = share >= 0.75 && shared >= TELLING && read.alike(&with) >= 0.5;
                let plain =
                    claim.report.words.len() >= FEW && !turns(&claim.report) && !turns(candidate.report);
                (strong && plain && !nameless).then_some(VerdictKind::Opposite)
            }
            () if nameless && (share < 0.85 || shared < 2.0 * TELLING) => None,
            // A claim is not borne out by what negates it somewhere in a longer speech.
            () if negated_apart(&claim.report, candidate.report) => None,
            () if same && other_days => (share >= 0.75).then_some(VerdictKind::OtherOccasion),
            () if same && (share >= 0.8 || read.alike(&with) >= 0.6) => Some(VerdictKind::Supported),
            () => None,
        };
        if let Some(kind) = kind {
            weighed.push(Weighed { kind, place, laid: None });
        }
    }
    if weighed.is_empty() {
        return Verdict {
            kind: VerdictKind::NotOnRecord,
            evidence: Vec::new(),
            wording: None,
            differences: Vec::new(),
        };
    }
    closest(candidates, weighed)
}

/// Whether the words that report turn what is said into something else than an assertion: "refused to", "opposed".
fn turns(report: &Report) -> bool {
    use crate::attribution::ActType::{Deny, Disapprove, Doubt, Fear, Forbid, Oppose, Refuse};
    report.act.is_some_and(|act| matches!(act, Deny | Disapprove | Doubt | Fear | Forbid | Oppose | Refuse))
        && report.polarity == Polarity::Affirmed
}

/// Whether the words that two reports share are negated in one of them and not in the other: close before the last of those that
/// tell something.
fn negated_apart(ours: &Report, theirs: &Report) -> bool {
    const CLOSE: usize = 4;
    let negated = |report: &Report, at: usize| {
        report.words[at.saturating_sub(CLOSE)..at].iter().filter(|word| word.negates).count() % 2 == 1
    };
    let known = |word: &super::Word| {
        word.weight >= 0.6 && !word.negates && theirs.words.iter().any(|other| other.stem == word.stem)
    };
    let Some(last) = ours.words.iter().rposition(known) else { return false };
    let stem = ours.words[last].stem;
    let mut places = theirs.words.iter().enumerate().filter(|(_, word)| word.stem == stem).peekable();
    let denied = |report: &Report| report.polarity == Polarity::ContentDenied;
    let apart = |at: usize| (negated(ours, last) != denied(ours)) != (negated(theirs, at) != denied(theirs));
    places.peek().is_some() && places.all(|(at, _)| apart(at))
}

/// Whether a report says the contrary of a claim: one of them negates, in what they have in common, and the other does not.
fn contrary(claim: &Claim, candidate: &Candidate) -> bool {
    let (ours, theirs) = (&claim.report, candidate.report);
    let unsaid = |report: &Report| report.polarity == Polarity::SayingDenied;
    if unsaid(ours) || unsaid(theirs) {
        return unsaid(ours) != unsaid(theirs);
    }
    let around = |report: &Report, other: &Report| {
        let shares = |word: &super::Word| {
            word.weight >= 0.6 && other.words.iter().chain(&other.cue).any(|with| with.stem == word.stem)
        };
        let first = report.words.iter().position(shares).unwrap_or_default().saturating_sub(4);
        let last = report.words.iter().rposition(shares).map_or(report.words.len(), |last| last + 1);
        first..last.max(first)
    };
    let (our_part, their_part) = (around(ours, theirs), around(theirs, ours));
    // A long speech negates somewhere.
    if their_part.len() > 2 * our_part.len() + 8 {
        return false;
    }
    let negates = |report: &Report, part: std::ops::Range<usize>| {
        let words = report.words[part].iter().filter(|word| word.negates).count();
        (words + usize::from(report.polarity == Polarity::ContentDenied)) % 2 == 1
    };
    negates(ours, our_part) != negates(theirs, their_part)
}

#[cfg(test)]
mod tests;

//! Institutions as speakers: organisations, governments, documents, laws and polls.

use super::*;
use crate::names::legal_form;

/// How many organisations of a page are looked at before one of its words: bounds the time on hostile pages.
const NEAR: usize = 200;

/// An organisation by words without a capital of their own: "the Brant campaign", "the Ruritanian ministry".
#[derive(Debug, Clone, Copy)]
pub(super) struct Body {
    /// The first of its words, its article left out.
    first: usize,
    /// The noun that it turns on.
    head: usize,
}

/// The organisations that a page names by a noun with a name before it, by that noun, in the order of the text.
pub(super) fn bodies(names: &Names) -> HashMap<String, Vec<Body>> {
    let mut table: HashMap<String, Vec<Body>> = HashMap::new();
    for head in 1..names.tokens.len() {
        let word = names.word(head);
        if !word.starts_with(char::is_lowercase) || !(words::organisation_noun(word) || record(word)) {
            continue;
        }
        let mut first = head;
        let mut named = false;
        while head - first < 5 && first > 0 {
            let (before, this) = (names.tokens[first - 1], names.tokens[first]);
            let modifier = names.word(first - 1);
            let capital = modifier.starts_with(char::is_uppercase) && !article(&modifier.to_lowercase());
            if before.sentence != this.sentence
                || this.gap != Gap::Space
                || !(capital || words::role(modifier).is_some())
            {
                break;
            }
            named |= capital && !crate::sentences::opens_sentences(modifier);
            first -= 1;
        }
        if named {
            table.entry(word.to_owned()).or_default().push(Body { first, head });
        }
    }
    table
}

impl Page<'_> {
    /// A name of an organisation or a place that speaks: the fullest form of it that the page gives.
    pub(super) fn institution(&self, name: &Name) -> Found {
        let span = self.names.span(name);
        let government = match name.kind {
            NameKind::Place => Some(self.government(name)),
            _ => self.half_of_a_country(name),
        };
        let (full, sure) = match government {
            Some(government) => (government, sure::GOVERNMENT),
            None => (self.fullest(name), sure::ORGANISATION),
        };
        let other = full != span && full.of(self.names.text) != span.of(self.names.text);
        Found {
            who: Who::Organisation(full),
            how: if other { How::ShortName } else { How::Name },
            antecedent: other.then_some(full),
            role: None,
            sure,
        }
    }

    /// "The North" where the page names North Korea, or whatever else is called so.
    pub(super) fn half_of_a_country(&self, name: &Name) -> Option<Span> {
        let word = self.names.word(name.first as usize);
        let half = name.last - name.first == 1 && matches!(word, "North" | "South");
        let whole = |other: &&Name| {
            other.kind == NameKind::Place
                && other.last - other.first > 1
                && self.names.word(other.first as usize) == word
        };
        let found = self.names.names.iter().take(NEAR).filter(|_| half).find(whole)?;
        Some(self.names.span(found))
    }

    /// The country whose capital or seat of government speaks, where the page names it.
    fn government(&self, name: &Name) -> Span {
        let span = self.names.span(name);
        let word = words_of(span.of(self.names.text));
        let Some(nation) = words::nation(&word) else { return span };
        if !nation.seats.contains(&word.as_str()) {
            return span;
        }
        let places = self.names.names.iter().take(NEAR).filter(|name| name.kind == NameKind::Place);
        let mut country = None;
        for place in places {
            let place = self.names.span(place);
            let named = words_of(place.of(self.names.text));
            if named == nation.name || nation.forms.contains(&named.as_str()) {
                country = country.or(Some(place));
            }
        }
        country.unwrap_or(span)
    }

    /// The longest name of the page that begins or ends with the words of an organisation's name, or whose first
    /// letters they are.
    fn fullest(&self, name: &Name) -> Span {
        let names = self.names;
        let short: Vec<&str> = (name.first..name.last).map(|word| names.word(word as usize)).collect();
        let span = names.span(name);
        let initials = match short[..] {
            [one] if one.len() >= 2 && one.len() <= 6 && one.chars().all(|c| c.is_uppercase()) => Some(one),
            _ => None,
        };
        let generic = match short[..] {
            [one] => words::organisation_noun(&one.to_lowercase()),
            _ => false,
        };
        // The House is never the White one.
        let whole = span.of(names.text);
        let known = matches!(words::organisation_class(whole), Some("body" | "company"));
        if short == ["House"]
            || known && initials.is_none()
            || short.len() > 2
            || initials.is_none() && !generic && short.len() > 1
        {
            return span;
        }
        // "Church" of a page with two churches stays as it stands.
        let mut best: Option<&Name> = None;
        for other in names.names.iter().take(2 * NEAR) {
            let length = (other.last - other.first) as usize;
            if length <= short.len()
                || other.person.is_some()
                || !matches!(other.kind, NameKind::Organisation | NameKind::Unknown)
            {
                continue;
            }
            let words = || (other.first..other.last).map(|word| names.word(word as usize));
            let fits = match initials {
                Some(initials) => words()
                    .filter(|word| word.starts_with(char::is_uppercase))
                    .filter_map(|word| word.chars().next())
                    .eq(initials.chars()),
                None => {
                    words().take(short.len()).eq(short.iter().copied())
                        || words().skip(length - short.len()).eq(short.iter().copied())
                        || generic && words().any(|word| word == short[0])
                }
            };
            // Who is known by these words is no part of what is called after it ("Senate", "Senate Harbour Committee").
            if !fits || known && initials.is_none() && !legal_form(names.word(other.last as usize - 1)) {
                continue;
            }
            match best {
                Some(best)
                    if generic && names.span(best).of(names.text) != names.span(other).of(names.text) =>
                {
                    return span;
                }
                Some(best) if best.last - best.first >= other.last - other.first => {}
                _ => best = Some(other),
            }
        }
        best.map_or(span, |best| names.span(best))
    }

    /// "The ministry": the organisation of the page whose name has that noun, or that is of that sort ("the paper"),
    /// when there is one before it; else the words. `tokens` end with the noun, `words` with what belongs to it.
    pub(super) fn organisation(&self, tokens: std::ops::Range<usize>, words: Span) -> Found {
        let names = self.names;
        let noun = names.word(tokens.end - 1).to_lowercase();
        let first = names.word(tokens.start);
        let definite = matches!(first, "the" | "The" | "this" | "This" | "that" | "That");
        // "The ministry of fisheries" is that one, whatever ministry the page names besides.
        let stated = names.word(tokens.end) == "of" && names.tokens[tokens.end].span.end <= words.end;
        // "The seven-member court", "the Westby-based firm" tell none apart.
        let open = (tokens.start + usize::from(definite)..tokens.end - 1).all(|at| is_open(names.word(at)));
        let bare = definite && open && !stated;
        let found = |who: Span, other: bool, sure| Found {
            who: Who::Organisation(who),
            how: How::Description,
            antecedent: other.then_some(who),
            role: None,
            sure,
        };
        if !definite || !bare {
            return found(words, false, sure::ORGANISATION_NOUN);
        }
        let before = names.names.partition_point(|name| (name.first as usize) < tokens.start);
        // One name with that noun, whatever its forms; of several the words stand for themselves.
        let mut only: Option<&Name> = None;
        let mut several = false;
        let mut nearest: Option<(&Name, usize)> = None;
        for name in names.names[..before].iter().rev().take(NEAR) {
            if !matches!(name.kind, NameKind::Organisation | NameKind::Unknown) || name.person.is_some() {
                continue;
            }
            let fits = [name.first as usize, name.last as usize - 1]
                .iter()
                .any(|&word| names.word(word).eq_ignore_ascii_case(&noun));
            if fits && name.last - name.first > 1 {
                match only {
                    Some(had) if !same_words(names, had, name) => several = true,
                    Some(had) if had.last - had.first >= name.last - name.first => {}
                    _ => only = Some(name),
                }
            }
            // The one that the page has named most: "the company" of a list of them is whom the story is about.
            if self.is_a(name, &noun) && nearest.is_none_or(|(_, had)| self.times_named(name) > had) {
                nearest = Some((name, self.times_named(name)));
            }
        }
        let body = self.bodies.get(&noun).filter(|_| !is_firm(&noun)).and_then(|bodies| {
            let before = bodies.partition_point(|body| body.head < tokens.start);
            bodies[..before].last().filter(|body| !self.is_owned_since(&noun, body.head, tokens.start))
        });
        // Two that differ, one by its name and one by a noun: no telling.
        let differ = only
            .zip(body)
            .is_some_and(|(only, body)| names.word(body.first) != names.word(only.first as usize));
        // "The appeals court … The court", though the page names the Supreme Court further up.
        let since = only.map_or(0, |only| only.last as usize);
        if let Some(other) = self.told_apart_since(&noun, since, tokens.start) {
            return found(other, true, sure::ORGANISATION_NOUN);
        }
        if let (Some(only), false) = (only, several || differ) {
            return found(names.span(only), true, sure::ONE_ORGANISATION);
        }
        if let (Some(body), None) = (body, only) {
            let span =
                Span { start: names.tokens[body.first].span.start, end: names.tokens[body.head].span.end };
            return found(span, true, sure::ONE_ORGANISATION);
        }
        if let (Some((nearest, _)), false) = (nearest, several) {
            return found(self.fullest(nearest), true, sure::ORGANISATION_OF_THAT_SORT);
        }
        if matches!(noun.as_str(), "country" | "nation" | "state" | "city" | "town" | "kingdom") {
            // "Westby, Vardin": the town's province is no town.
            let town = matches!(noun.as_str(), "city" | "town");
            let behind_town = |name: &Name| {
                let first = name.first as usize;
                town && first > 0
                    && names.tokens[first].gap == Gap::Comma
                    && self
                        .name_at(first - 1)
                        .is_some_and(|before| before.kind != NameKind::Person || before.person.is_none())
            };
            let place = names.names[..before]
                .iter()
                .rev()
                .take(20)
                .find(|name| name.kind == NameKind::Place && !behind_town(name));
            if let Some(place) = place {
                return found(names.span(place), true, sure::ORGANISATION_OF_THAT_SORT);
            }
        }
        found(words, false, sure::ORGANISATION_NOUN)
    }

    /// The last body between two words that has that noun and before it what tells which: "appeals court".
    fn told_apart_since(&self, noun: &str, from: usize, until: usize) -> Option<Span> {
        const FAR: usize = 120;
        let names = self.names;
        let at =
            ((from + 1).max(until.saturating_sub(FAR))..until).rev().find(|&at| names.word(at) == noun)?;
        let tells = names.word(at - 1);
        let (before, this) = (names.tokens[at - 1], names.tokens[at]);
        let one = this.gap == Gap::Space && before.sentence == this.sentence && !before.possessive;
        (one && tells_rank(tells)).then_some(Span { start: before.span.start, end: this.span.end })
    }

    /// Whether between two words it is told of somebody's ("his administration"): that is meant further on.
    fn is_owned_since(&self, noun: &str, from: usize, until: usize) -> bool {
        const FAR: usize = 400;
        ((from + 1).max(until.saturating_sub(FAR))..until).any(|at| {
            self.names.word(at) == noun && matches!(self.names.word(at - 1), "his" | "her" | "their" | "its")
        })
    }

    /// How often the page has the first words of a name, among its first names.
    fn times_named(&self, name: &Name) -> usize {
        let word = self.names.word(name.first as usize);
        self.names
            .names
            .iter()
            .take(NEAR)
            .filter(|other| self.names.word(other.first as usize) == word)
            .count()
    }

    /// Whether a name is of the sort that a noun tells: an outlet for "the paper", a company for "the company".
    pub(super) fn is_a(&self, name: &Name, noun: &str) -> bool {
        let last = self.names.word(name.last as usize - 1).to_lowercase();
        let whole = words_of(self.names.span(name).of(self.names.text));
        let class = words::organisation_class(&whole);
        match noun {
            "paper" | "newspaper" | "magazine" | "weekly" | "daily" | "outlet" | "broadcaster"
            | "network" | "channel" | "station" | "website" | "site" | "tabloid" => {
                class == Some("outlet")
                    || class.is_none()
                        && matches!(
                            last.as_str(),
                            "times"
                                | "post"
                                | "tribune"
                                | "herald"
                                | "gazette"
                                | "news"
                                | "journal"
                                | "magazine"
                                | "courier"
                                | "chronicle"
                                | "globe"
                                | "observer"
                                | "mail"
                                | "telegraph"
                                | "mirror"
                                | "star"
                                | "weekly"
                                | "radio"
                                | "television"
                        )
            }
            "agency" => class == Some("agency") || last == "agency",
            noun if makes_or_sells(noun) || noun == "giant" => {
                class == Some("company")
                    || matches!(
                        last.as_str(),
                        "inc"
                            | "corp"
                            | "corporation"
                            | "company"
                            | "co"
                            | "ltd"
                            | "llc"
                            | "plc"
                            | "group"
                            | "holdings"
                            | "industries"
                            | "motors"
                            | "energy"
                            | "pharmaceuticals"
                            | "airlines"
                    )
            }
            _ => false,
        }
    }

    /// "Both nations", "the two countries": the two that the page has named last.
    pub(super) fn two_nations(&self, tokens: std::ops::Range<usize>) -> Vec<Found> {
        let names = self.names;
        let number =
            (tokens.start..tokens.end).any(|at| matches!(names.word(at), "both" | "Both" | "two" | "Two"));
        let noun = if tokens.is_empty() { "" } else { names.word(tokens.end - 1) };
        let wanted = match noun {
            "nations" | "countries" | "states" | "governments" | "sides" => NameKind::Place,
            "companies" | "firms" | "giants" => NameKind::Organisation,
            _ => return Vec::new(),
        };
        if !number {
            return Vec::new();
        }
        let before = names.names.partition_point(|name| (name.first as usize) < tokens.start);
        // "Ruritania and Westland sued Eastland. The two states": those that "and" joins.
        let near: Vec<&Name> =
            names.names[..before].iter().rev().take(30).filter(|name| name.kind == wanted).collect();
        let joined = near.windows(2).find(|two| self.are_joined(two[1], two[0]));
        let mut two: Vec<(&str, Span)> = joined
            .iter()
            .flat_map(|two| two.iter())
            .map(|name| {
                let span = names.span(name);
                let word = span.of(names.text);
                (words::nation(word).map_or(word, |nation| nation.name), span)
            })
            .collect();
        for name in names.names[..before].iter().rev().take(30) {
            if name.kind != wanted || two.len() == 2 {
                continue;
            }
            let span = names.span(name);
            let word = span.of(names.text);
            let key = words::nation(word).map_or(word, |nation| nation.name);
            if two.iter().all(|(had, _)| *had != key) {
                two.push((key, span));
            }
        }
        if two.len() < 2 {
            return Vec::new();
        }
        two.iter()
            .rev()
            .map(|&(_, span)| Found {
                who: Who::Organisation(span),
                how: How::Description,
                antecedent: Some(span),
                role: None,
                sure: sure::TWO_NATIONS,
            })
            .collect()
    }
}

/// Whether a noun is that of a firm: the words before one tell of what sort it is ("AI company"), and seldom which.
fn is_firm(noun: &str) -> bool {
    makes_or_sells(noun) || matches!(noun, "giant" | "startup")
}

/// Nouns for a company.
pub(super) fn makes_or_sells(noun: &str) -> bool {
    matches!(noun, "company" | "firm" | "manufacturer" | "maker" | "retailer" | "carmaker" | "automaker")
}

/// Words before a noun that tell nothing of which one it is.
fn is_open(word: &str) -> bool {
    matches!(word, "news" | "whole" | "full" | "same" | "top" | "high" | "lower" | "divided" | "entire")
        || ["-based", "-member", "-run", "-owned", "-led"].iter().any(|end| word.ends_with(end))
}

/// Words without a capital that tell which court, agency or committee is meant.
fn tells_rank(word: &str) -> bool {
    matches!(
        word,
        "appeals"
            | "appellate"
            | "circuit"
            | "constitutional"
            | "criminal"
            | "district"
            | "family"
            | "federal"
            | "international"
            | "juvenile"
            | "local"
            | "military"
            | "municipal"
            | "provincial"
            | "regional"
            | "state"
            | "superior"
            | "supreme"
            | "trial"
    )
}

/// Whether one name's words are among the other's.
fn same_words(names: &Names, one: &Name, other: &Name) -> bool {
    let words = |name: &Name| -> Vec<String> {
        (name.first..name.last).map(|word| names.word(word as usize).to_lowercase()).collect()
    };
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.iter().all(|word| long.contains(word))
}

/// Nouns that hold words: a study, a law, a letter.
pub(super) fn record(lower: &str) -> bool {
    words::source_noun(lower)
        .is_some_and(|what| !matches!(what, words::SourceNoun::Court | words::SourceNoun::Judge))
        || message(lower)
        || matches!(
            lower,
            "filing"
                | "filings"
                | "lawsuit"
                | "suit"
                | "complaint"
                | "indictment"
                | "affidavit"
                | "ruling"
                | "story"
                | "editorial"
                | "column"
                | "account"
                | "ad"
                | "ads"
                | "paperwork"
                | "agreement"
                | "deal"
                | "plan"
                | "policy"
                | "proposal"
                | "resolution"
                | "verdict"
                | "judgment"
                | "judgement"
                | "sign"
                | "banner"
                | "label"
                | "guidelines"
                | "rules"
                | "figures"
                | "papers"
        )
}

/// Of these what is agreed, planned or claimed rather than written: its words are somebody's.
pub(super) fn deed(lower: &str) -> bool {
    matches!(
        lower.strip_suffix('s').unwrap_or(lower),
        "deal" | "plan" | "policy" | "proposal" | "agreement" | "claim" | "remark" | "comment" | "word"
    )
}

/// Nouns for the words of somebody who sent or gave them.
pub(super) fn message(lower: &str) -> bool {
    matches!(
        lower.strip_suffix('s').unwrap_or(lower),
        "statement"
            | "letter"
            | "memo"
            | "email"
            | "e-mail"
            | "release"
            | "tweet"
            | "post"
            | "message"
            | "remark"
            | "comment"
            | "speech"
            | "interview"
            | "word"
            | "announcement"
            | "claim"
            | "declaration"
            | "testimony"
            | "note"
            | "op-ed"
    )
}

/// Bodies that have a plural or a mass noun for a name: "New York authorities", "police".
pub(super) fn authorities(lower: &str) -> bool {
    matches!(
        lower,
        "authorities"
            | "police"
            | "nations"
            | "countries"
            | "governments"
            | "states"
            | "courts"
            | "companies"
            | "agencies"
            | "regulators"
            | "country"
            | "nation"
            | "state"
            | "city"
            | "town"
            | "kingdom"
            | "judiciary"
            | "press"
            | "newspapers"
            | "weekly"
            | "daily"
            | "tabloid"
            | "giant"
            | "carmaker"
    )
}

//! Bodies and groups that words name again: "the agency", "the companies", "the lawmakers" go on about those who have
//! spoken, or of whom the sentences before tell.

use super::part::Part;
use super::*;

/// So many attributions, and so many paragraphs, lie at most between the words and who spoke before.
const ATTRIBUTIONS: usize = 6;
const PARAGRAPHS: usize = 3;

/// So many sentences back a body is looked for.
const SENTENCES: u32 = 2;

impl Page<'_> {
    /// Whom a definite noun means that names nobody by itself.
    pub(super) fn again(&self, part: &Part, place: usize, attributions: &[Attribution]) -> Option<Found> {
        let names = self.names;
        let definite = matches!(part.first.as_str(), "the" | "this");
        if !definite || !general(&part.head) || part.end < part.last {
            return None;
        }
        let modifiers = part.start + 1..part.end - 1;
        let tells_apart = |at: usize| {
            let word = names.word(at);
            word.starts_with(char::is_uppercase)
                && !word.contains("-based")
                && !names.word(at + 1).contains("-based")
                || matches!(word, "other" | "rival" | "new" | "parent" | "second" | "local")
                // "The dockers' union" is no union told of before.
                || names.tokens[at].possessive
        };
        if modifiers.clone().any(tells_apart) {
            return None;
        }
        // What the page names by that noun is told from its names.
        let body = self.organisation(part.start..part.end, part.words);
        if body.antecedent.is_some() {
            return None;
        }
        let again = |span: Span, sure: f32| Found {
            who: Who::Organisation(span),
            how: How::Description,
            antecedent: Some(span),
            role: None,
            sure,
        };
        self.body_that_spoke(part, place, attributions)
            .map(|span| again(span, sure::BODY_AGAIN))
            .or_else(|| self.body_told_of(part).map(|span| again(span, sure::BODY_TOLD_OF)))
    }

    /// The organisation by name that spoke last, close before.
    fn body_that_spoke(&self, part: &Part, place: usize, attributions: &[Attribution]) -> Option<Span> {
        let last = self.last.filter(|last| *last != place)?;
        let there = envelope(&attributions[last])?;
        let near = self.block_of(part.words.start).abs_diff(self.block_of(there.end.saturating_sub(1))) <= 1;
        match self.known[last].as_deref()? {
            [Found { who: Who::Organisation(span), .. }] if near => {
                let name = self.names.names_in(*span).map(|(_, name)| name).next()?;
                (self.names.span(name) == *span && self.can_be(name, &part.head)).then_some(*span)
            }
            // One capital word of which nothing tells whether it is a person is one rather not, if "the firm" follows.
            [Found { who: Who::Named(span), .. }] if near && business(&part.head) => {
                let name = self.names.names_in(*span).map(|(_, name)| name).next()?;
                (name.last - name.first == 1 && !name.addressed).then_some(*span)
            }
            _ => None,
        }
    }

    /// The organisation that opens one of the sentences before.
    fn body_told_of(&self, part: &Part) -> Option<Span> {
        let names = self.names;
        let sentence = names.tokens[part.start].sentence;
        let before = names.names.partition_point(|name| (name.first as usize) < part.start);
        names.names[..before]
            .iter()
            .rev()
            .take(24)
            .take_while(|name| names.tokens[name.first as usize].sentence + SENTENCES >= sentence)
            .find(|name| {
                self.can_be(name, &part.head) && (self.opens_sentence(name) || self.before_verb(name))
            })
            .map(|name| self.institution(name))
            .and_then(|found| if let Who::Organisation(span) = found.who { Some(span) } else { None })
    }

    /// Whether a name can be what a general noun means: no person, no place, no body of another sort.
    fn can_be(&self, name: &Name, noun: &str) -> bool {
        let whole = words_of(self.names.span(name).of(self.names.text));
        let class = words::organisation_class(&whole);
        let kind = match noun {
            _ if business(noun) => class.is_none() || class == Some("company"),
            "broadcaster" | "network" | "outlet" | "magazine" | "newspaper" | "paper" | "website"
            | "site" => class == Some("outlet"),
            "agency" => class != Some("outlet") && class != Some("company"),
            _ => class != Some("outlet"),
        };
        let body =
            name.kind == NameKind::Organisation || name.kind == NameKind::Unknown && self.is_repeated(name);
        kind && body && name.person.is_none()
    }

    /// "The lawmakers", "the companies": those of a joint source a little before.
    pub(super) fn the_several(
        &self,
        tokens: std::ops::Range<usize>,
        place: usize,
        attributions: &[Attribution],
    ) -> Vec<Found> {
        let names = self.names;
        if tokens.len() != 2 || !matches!(names.word(tokens.start), "the" | "The") {
            return Vec::new();
        }
        let noun = names.word(tokens.start + 1).to_lowercase();
        let bodies = matches!(
            noun.as_str(),
            "companies"
                | "firms"
                | "agencies"
                | "groups"
                | "organizations"
                | "organisations"
                | "banks"
                | "airlines"
        );
        let people = words::plural_role(&noun).is_some()
            && !matches!(
                noun.as_str(),
                "candidates"
                    | "contenders"
                    | "hopefuls"
                    | "rivals"
                    | "officials"
                    | "members"
                    | "voters"
                    | "republicans"
                    | "democrats"
            );
        if !(bodies || people) {
            return Vec::new();
        }
        let here = self.block_of(names.tokens[tokens.start].span.start);
        let before = (0..place).rev().filter(|&other| attributions[other].parent.is_none());
        for other in before.take(ATTRIBUTIONS) {
            let Some(there) = envelope(&attributions[other]) else { continue };
            if here.abs_diff(self.block_of(there.start)) > PARAGRAPHS {
                break;
            }
            let Some(found) = self.known[other].as_deref().filter(|found| found.len() > 1) else { continue };
            let fits = |found: &Found| match found.who {
                Who::Organisation(_) => bodies,
                Who::Person(_) | Who::Named(_) => people && !bodies,
                _ => false,
            };
            if found.iter().all(fits) {
                return found
                    .iter()
                    .map(|found| Found {
                        how: How::Description,
                        antecedent: attributions[other].source.first().copied(),
                        sure: sure::SAME_GROUP.min(found.sure),
                        ..found.clone()
                    })
                    .collect();
            }
        }
        // "Low and Ito wrote to the board. The lawmakers": whom the sentence before begins with.
        if people { self.joined_openers(tokens.start) } else { Vec::new() }
    }

    /// The two persons, joined by "and", with whom the sentence before a token begins.
    fn joined_openers(&self, token: usize) -> Vec<Found> {
        const LEAD: u32 = 10;
        let names = self.names;
        let Some(wanted) = names.tokens[token].sentence.checked_sub(1) else { return Vec::new() };
        let opens = names.tokens.partition_point(|other| other.sentence < wanted) as u32;
        let first = names.names.partition_point(|name| name.first < opens);
        let [one, other, ..] = &names.names[first..] else { return Vec::new() };
        let near = other.first <= opens + 2 * LEAD && names.tokens[other.first as usize].sentence == wanted;
        let persons = one.person.is_some() && other.person.is_some() && one.person != other.person;
        if !(near && persons && self.opens_sentence(one) && self.are_joined(one, other)) {
            return Vec::new();
        }
        [one, other]
            .map(|name| Found {
                who: Who::Person(name.person.unwrap_or_default()),
                how: How::Description,
                antecedent: Some(names.span(name)),
                role: None,
                sure: sure::JOINED_BEFORE,
            })
            .to_vec()
    }
}

/// Nouns for whoever trades.
fn business(noun: &str) -> bool {
    makes_or_sells(noun) || matches!(noun, "startup" | "bank" | "airline")
}

/// Nouns for a body that hardly tell which.
fn general(noun: &str) -> bool {
    matches!(
        noun,
        "agency"
            | "company"
            | "firm"
            | "group"
            | "network"
            | "organization"
            | "organisation"
            | "association"
            | "union"
            | "bank"
            | "charity"
            | "non-profit"
            | "nonprofit"
            | "foundation"
            | "institute"
            | "manufacturer"
            | "maker"
            | "retailer"
            | "carmaker"
            | "automaker"
            | "airline"
            | "startup"
            | "broadcaster"
            | "newspaper"
            | "paper"
            | "magazine"
            | "outlet"
            | "website"
            | "site"
    )
}

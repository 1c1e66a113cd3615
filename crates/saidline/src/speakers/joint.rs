//! Joint sources: who of several speaks.

use super::*;

impl Page<'_> {
    /// The parts of a joint source: "Smith and Jones", "Low, Ito and the minister".
    pub(super) fn joint(&self, tokens: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        if let Some(bodies) = self.listed_bodies(tokens.clone()) {
            return bodies;
        }
        let mut parts = Vec::new();
        let mut start = tokens.start;
        // A part that has gone on with "of", "who" or the like keeps what "and" joins, unless a comma ends it.
        let mut trailing = false;
        let mut listed = false;
        let mut at = tokens.start;
        while at < tokens.end {
            let word = self.names.word(at);
            let comma = self.names.tokens[at].gap == Gap::Comma && at > start;
            let and = matches!(word, "and" | "or" | "nor" | "&") && at > start;
            if and && (self.inside_name(at) || self.inside_title(at)) {
                at += 1;
                continue;
            }
            // "Low, along with Ito": both.
            let with = at > start
                && matches!(word, "along" | "together")
                && at + 2 < tokens.end
                && self.names.word(at + 1) == "with";
            if with {
                parts.push(start..at);
                start = at + 2;
                trailing = false;
                at = start;
                continue;
            }
            if preposition(word) && !self.is_home_of_listed(start, at, tokens.end) {
                trailing = true;
            }
            // "… such as Low and Ito" is what somebody is, not who speaks; "top Ruritanian and Westby officials" are
            // one group.
            listed |= matches!(word, "such" | "including");
            // "Low, chief executive and grandson of the founder": two things that one person is.
            let apposed = (and || comma) && self.goes_on_in_apposition(start, at, tokens.end);
            if apposed || and && (listed && !comma || self.shares_noun(start, at, tokens.end)) {
                at += 1;
                continue;
            }
            // "Harbour master and ferry owner Ann Low", "the founder and owner": two offices of one person.
            if and && !comma && !trailing && self.holds_both(start, at, tokens.end) {
                if self.person_among(at + 1..tokens.end).is_some() {
                    start = at + 1;
                }
                at += 1;
                continue;
            }
            let next = at + usize::from(and);
            let splits = (and || comma)
                && next < tokens.end
                && self.begins_person(next, tokens.end, and && !trailing)
                && {
                    let named = self.ends_in_person(start..at);
                    // "Aides who served Low and Mayor Ito": the two belong to what goes on.
                    let listed = named && (!trailing || self.begins_person(start, at, false));
                    if and { !trailing && self.begins_somebody(start, at) || listed || comma } else { named }
                };
            // "Low, a professor of law, and Ito": the comma before "and" has ended the first.
            if splits {
                parts.push(start..at);
                start = next;
                trailing = false;
                at = next;
            }
            at += 1;
        }
        parts.push(start..tokens.end);
        parts
    }

    /// The names of a list that has nothing else, of bodies and places: "Ruritania, Westland and the Harbour Union".
    fn listed_bodies(&self, tokens: std::ops::Range<usize>) -> Option<Vec<std::ops::Range<usize>>> {
        let names = self.names;
        let mut parts = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let and = at > tokens.start && names.word(at) == "and";
            let listed = at == tokens.start || and || names.tokens[at].gap == Gap::Comma;
            let first = at + usize::from(and);
            let first = first + usize::from(matches!(names.word(first), "the" | "The"));
            let name = self.name_at(first).filter(|name| {
                name.first as usize == first
                    && name.last as usize <= tokens.end
                    && name.person.is_none()
                    && matches!(name.kind, NameKind::Organisation | NameKind::Place)
            })?;
            if !listed || names.tokens[name.last as usize - 1].possessive {
                return None;
            }
            parts.push(first..name.last as usize);
            at = name.last as usize;
        }
        (parts.len() > 2).then_some(parts)
    }

    /// Whether a token is the "of" of where somebody in a list is from: "Low of Westby and Tom Brant of Vardin".
    fn is_home_of_listed(&self, start: usize, of: usize, end: usize) -> bool {
        if of == start || !self.ends_in_person(start..of) {
            return false;
        }
        let and = self.names.behind_place(of, |at| at < end);
        and > of && and < end && self.names.word(and) == "and" && self.begins_person(and + 1, end, false)
    }

    /// Whether what "and" or a comma joins at a token is one more description of the person whose name, and a comma, begin
    /// the part: it names nobody, and has no number and no plural ("Low, a teacher and a member of the council"). An article
    /// follows only on another.
    fn goes_on_in_apposition(&self, start: usize, at: usize, end: usize) -> bool {
        const LONGEST: usize = 10;
        let and = matches!(self.names.word(at), "and" | "or");
        let from = at + usize::from(and);
        let Some(comma) = (start + 1..at).find(|at| self.names.tokens[*at].gap == Gap::Comma) else {
            return false;
        };
        if !self.ends_in_person(start..comma) {
            return false;
        }
        let article = |at: usize| matches!(self.names.word(at), "a" | "an" | "the");
        let next = self.names.word(from);
        if article(from) && !article(comma)
            // A list of what somebody is goes on in one manner.
            || !and && (next == "the" || !article(from))
            || and && self.names.tokens[at].gap == Gap::Comma && !matches!(next, "a" | "an")
        {
            return false;
        }
        let told = (from + usize::from(article(from))..end.min(from + LONGEST)).take_while(|&at| {
            at == from || self.names.tokens[at].gap == Gap::Space && !preposition(self.names.word(at))
        });
        let Some(head) = told.last() else { return false };
        let (first, last) = (self.names.word(from).to_lowercase(), self.names.word(head).to_lowercase());
        let determined = matches!(
            first.as_str(),
            "his"
                | "her"
                | "their"
                | "its"
                | "other"
                | "others"
                | "some"
                | "several"
                | "many"
                | "two"
                | "three"
                | "four"
                | "five"
                | "more"
                | "one"
                | "another"
                | "fellow"
        );
        let several = |lower: &str| words::plural_role(lower).is_some();
        let capital = next.starts_with(char::is_uppercase);
        !determined
            && !several(&first)
            && !several(&last)
            && !self.ends_in_person(from..head + 1)
            && (is_office(&last) || !article(from) && !capital)
    }

    /// Whether "and" joins two offices that one person holds: neither names anybody, and the second has no article.
    fn holds_both(&self, start: usize, and: usize, end: usize) -> bool {
        const LONGEST: usize = 8;
        let names = self.names;
        let lower = |at: usize| names.word(at).to_lowercase();
        let office = |at: usize| is_office(&lower(at));
        let first = and - 1;
        let named =
            names.names_in(Span { start: names.tokens[start].span.start, end: names.tokens[first].span.end });
        let plain = and > start && office(first) && named.into_iter().all(|(_, name)| name.person.is_none());
        let determined = matches!(
            names.word(and + 1),
            "a" | "an"
                | "the"
                | "his"
                | "her"
                | "their"
                | "its"
                | "other"
                | "another"
                | "one"
                | "some"
                | "two"
        );
        if !plain || determined || and - start > LONGEST {
            return false;
        }
        let definite = article(&lower(start));
        if let Some(name) = self.person_among(and + 1..end) {
            // Between them stands the second office, and nothing else.
            let before = and + 1..name.first as usize;
            return !before.is_empty()
                && before.len() <= LONGEST
                && (!definite || names.word(before.start).starts_with(char::is_lowercase))
                && before.clone().skip(1).all(|at| matches!(names.tokens[at].gap, Gap::Space | Gap::Stop))
                && before.clone().all(|at| words::plural_role(&lower(at)).is_none())
                && (name.title.is_some() || before.clone().last().is_some_and(office));
        }
        // "The owner and founder".
        definite && end - and <= 3 && office(end - 1)
    }

    /// The first person whose name begins among tokens.
    pub(super) fn person_among(&self, tokens: std::ops::Range<usize>) -> Option<&Name> {
        const LOOKED_AT: usize = 4;
        let first = self.names.names.partition_point(|name| (name.first as usize) < tokens.start);
        let near = self.names.names[first..].iter().take(LOOKED_AT);
        let mut near = near.take_while(|name| (name.first as usize) < tokens.end);
        near.find(|name| name.kind == NameKind::Person)
    }

    /// Whether a person (or, when `loosely`, anybody) begins at a token of a list and takes up what is left to the
    /// next comma or "and".
    pub(super) fn begins_person(&self, at: usize, end: usize, loosely: bool) -> bool {
        if loosely {
            return self.begins_somebody(at, end);
        }
        let Some(name) = self.person_from(at, end) else { return false };
        let titled = name.title.is_some_and(|title| title.start <= self.names.tokens[at].span.start);
        let reaches = (name.last as usize) < end;
        let closed = !reaches
            || self.names.tokens[name.last as usize].gap == Gap::Comma
            || matches!(self.names.word(name.last as usize), "and" | "or" | "of" | "who");
        (name.first as usize == at || titled)
            && closed
            && !self.names.tokens[name.last as usize - 1].possessive
    }

    /// Whether places before and after an "and" share the noun of a group: "U.S. and Chinese negotiators".
    fn shares_noun(&self, start: usize, and: usize, end: usize) -> bool {
        let Some(last) = and.checked_sub(1).filter(|last| *last >= start) else { return false };
        let place = |token: usize| {
            self.name_at(token).is_some_and(|name| name.kind == NameKind::Place)
                || words::nation(self.names.word(token)).is_some()
                || self.names.tokens[token].span.of(self.names.text).contains('.')
        };
        let head = (and + 1..end.min(and + 6))
            .take_while(|&token| {
                token == and + 1
                    || self.names.tokens[token].gap == Gap::Space && !preposition(self.names.word(token))
            })
            .last();
        let several = |token: usize| words::plural_role(&self.names.word(token).to_lowercase()).is_some();
        let group_after =
            head.is_some_and(|token| several(token) || authorities(&self.names.word(token).to_lowercase()));
        // "State and federal regulators", "House and Senate leaders": a bare word in the singular stands for nobody.
        let bare = || {
            let (word, alone) =
                (self.names.word(last), last - start <= usize::from(self.names.word(start) == "both"));
            let lower = word.to_lowercase();
            let opens = self.names.tokens[start].gap == Gap::Start;
            let nobody = (word.starts_with(char::is_lowercase) || opens)
                && !word.ends_with('s')
                && !collective(&lower)
                || matches!(word, "House" | "Senate" | "Republican" | "Democratic");
            alone
                && nobody
                && !matches!(
                    lower.as_str(),
                    "police" | "parliament" | "congress" | "he" | "she" | "they" | "it" | "i" | "we"
                )
                && head.is_some_and(|head| head > and + 1 && several(head))
                && !matches!(
                    self.names.word(and + 1),
                    "a" | "an" | "the" | "his" | "her" | "their" | "its" | "other" | "some"
                )
        };
        place(last) && place(and + 1) && group_after || bare()
    }

    pub(super) fn begins_somebody(&self, at: usize, end: usize) -> bool {
        let word = self.names.word(at).to_lowercase();
        self.name_at(at).is_some()
            || (at..end.min(at + 6)).any(|token| {
                let lower = self.names.word(token).to_lowercase();
                words::role(&lower).or_else(|| words::plural_role(&lower)).is_some()
                    || words::organisation_noun(&lower)
            })
            || matches!(word.as_str(), "others" | "many" | "some")
    }

    pub(super) fn ends_in_person(&self, tokens: std::ops::Range<usize>) -> bool {
        let Some(mut last) = tokens.end.checked_sub(1).filter(|last| *last >= tokens.start) else {
            return false;
        };
        if last > tokens.start && party_and_state(self.names.word(last)) {
            last -= 1;
        }
        self.name_at(last).is_some_and(|name| name.kind == NameKind::Person && name.last as usize == last + 1)
    }
}

/// Whether a noun in lower case is what one person can be.
fn is_office(lower: &str) -> bool {
    words::plural_role(lower).is_none()
        && (words::role(lower).is_some_and(|role| role.class == RoleClass::Role)
            || looks_like_a_person(lower) && !words::organisation_noun(lower))
}

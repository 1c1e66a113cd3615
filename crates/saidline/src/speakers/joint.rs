//! Joint sources: who of several speaks.

use super::*;

impl Page<'_> {
    /// The parts of a joint source: "Smith and Jones", "Low, Ito and the minister".
    pub(super) fn joint(&self, tokens: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        let mut parts = Vec::new();
        let mut start = tokens.start;
        // A part that has gone on with "of", "who" or the like keeps what "and" joins, unless a comma ends it.
        let mut trailing = false;
        let mut listed = false;
        let mut at = tokens.start;
        while at < tokens.end {
            let word = self.names.word(at);
            let comma = self.names.tokens[at].gap == Gap::Comma && at > start;
            let and = matches!(word, "and" | "or") && at > start;
            if and && (self.inside_name(at) || self.inside_title(at)) {
                at += 1;
                continue;
            }
            if preposition(word) && !self.is_home_of_listed(start, at, tokens.end) {
                trailing = true;
            }
            // "… such as Low and Ito" is what somebody is, not who speaks; "top Ruritanian and Westby officials" are
            // one group.
            listed |= matches!(word, "such" | "including");
            // "Low, chief executive and grandson of the founder": two things that one person is.
            let apposed = and && !comma && self.goes_on_in_apposition(start, at);
            if and && (apposed || listed && !comma || self.shares_noun(start, at, tokens.end)) {
                at += 1;
                continue;
            }
            let next = at + usize::from(and);
            let splits = (and || comma)
                && next < tokens.end
                && self.begins_person(next, tokens.end, and && !trailing)
                && {
                    let named = self.ends_in_person(start..at);
                    if and { !trailing && self.begins_somebody(start, at) || named || comma } else { named }
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

    /// Whether a token is the "of" of where somebody in a list is from: "Low of Westby and Tom Brant of Vardin".
    fn is_home_of_listed(&self, start: usize, of: usize, end: usize) -> bool {
        const LONGEST: usize = 4;
        if !matches!(self.names.word(of), "of" | "from") || of == start || !self.ends_in_person(start..of) {
            return false;
        }
        let home = (of + 1..end.min(of + 1 + LONGEST))
            .take_while(|&at| self.names.word(at).starts_with(char::is_uppercase))
            .count();
        let and = of + 1 + home;
        home > 0 && and < end && self.names.word(and) == "and" && self.begins_person(and + 1, end, false)
    }

    /// Whether what "and" joins at a token is one more description of the person whose name, and a comma, begin the part:
    /// it has neither article nor number nor capital.
    fn goes_on_in_apposition(&self, start: usize, and: usize) -> bool {
        let next = self.names.word(and + 1);
        let determined = matches!(
            next,
            "a" | "an"
                | "the"
                | "his"
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
                | "former"
                | "fellow"
        );
        let comma = (start + 1..and).find(|at| self.names.tokens[*at].gap == Gap::Comma);
        let singular = words::plural_role(&next.to_lowercase()).is_none();
        !determined
            && singular
            && next.starts_with(char::is_lowercase)
            && comma.is_some_and(|comma| self.ends_in_person(start..comma))
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
        let group_after = (and + 1..end.min(and + 6))
            .take_while(|&token| token == and + 1 || self.names.tokens[token].gap == Gap::Space)
            .last()
            .is_some_and(|token| {
                let lower = self.names.word(token).to_lowercase();
                words::plural_role(&lower).is_some() || authorities(&lower)
            });
        place(last) && place(and + 1) && group_after
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
        let Some(last) = tokens.end.checked_sub(1).filter(|last| *last >= tokens.start) else { return false };
        self.name_at(last).is_some_and(|name| name.kind == NameKind::Person && name.last as usize == last + 1)
    }
}

//! Two persons by one word: "both", "the two candidates", "they".

use super::*;

/// So many sentences back the two are looked for.
const BACK: u32 = 3;

impl Page<'_> {
    /// "The two", "both candidates": the two persons meant, where that is all that the words tell.
    pub(super) fn the_two(&self, tokens: std::ops::Range<usize>, attributions: &[Attribution]) -> Vec<Found> {
        let names = self.names;
        let word = |at: usize| names.word(at).to_lowercase();
        let mut rest = tokens.clone();
        if rest.len() > 1 && matches!(word(rest.start).as_str(), "the" | "these") {
            rest.start += 1;
        }
        let counted = matches!(word(rest.start).as_str(), "two" | "both" | "pair");
        let persons = match rest.len() {
            1 => true,
            // "Both of them", "the two leading candidates".
            2..=4 => {
                let last = word(rest.end - 1);
                words::plural_role(&last).is_some() || matches!(last.as_str(), "them" | "men" | "women")
            }
            _ => false,
        };
        // "Two candidates" without an article are somebody else.
        let definite = rest.start > tokens.start || word(rest.start) == "both";
        if !(counted && persons && definite) {
            return Vec::new();
        }
        self.pair_before(tokens.start, How::Description, attributions)
    }

    /// The two persons of a joint source right before, else those whom the sentence or one of the three before it joins
    /// ("between Low and Ito"), else the only two whom these sentences name.
    pub(super) fn pair_before(&self, token: usize, how: How, attributions: &[Attribution]) -> Vec<Found> {
        let names = self.names;
        let here = names.tokens[token];
        if let Some(last) = self.last
            && let Some(found @ [Found { who: Who::Person(_), .. }, Found { who: Who::Person(_), .. }]) =
                self.known[last].as_deref()
            && envelope(&attributions[last]).is_some_and(|there| {
                self.block_of(here.span.start).abs_diff(self.block_of(there.end.saturating_sub(1))) <= 1
            })
        {
            let antecedent = attributions[last].source.first().copied();
            let again = |found: &Found| Found { how, antecedent, sure: sure::SAME_GROUP, ..found.clone() };
            return found.iter().map(again).collect();
        }
        let before = names.names.partition_point(|name| (name.first as usize) < token);
        let near: Vec<&Name> = names.names[..before]
            .iter()
            .rev()
            .take(24)
            .take_while(|name| here.sentence - names.tokens[name.first as usize].sentence <= BACK)
            .filter(|name| name.person.is_some())
            .collect();
        let found = |name: &Name, sure| Found {
            who: Who::Person(name.person.unwrap_or_default()),
            how,
            antecedent: Some(names.span(name)),
            role: None,
            sure,
        };
        for two in near.windows(2) {
            let (second, first) = (two[0], two[1]);
            if second.person != first.person && self.are_joined(first, second) {
                return vec![found(first, sure::JOINED_BEFORE), found(second, sure::JOINED_BEFORE)];
            }
        }
        let mut persons: Vec<&Name> = Vec::new();
        for name in near {
            if persons.iter().all(|had| had.person != name.person) {
                persons.push(name);
            }
        }
        match persons[..] {
            [second, first] => vec![found(first, sure::TWO_NAMED), found(second, sure::TWO_NAMED)],
            _ => Vec::new(),
        }
    }

    /// Whether only "and", and what goes before a name, stands between two names: "Low and Mayor Ito".
    pub(super) fn are_joined(&self, first: &Name, second: &Name) -> bool {
        let names = self.names;
        let start = second.title.map_or(second.first as usize, |title| names.tokens_in(title).start);
        let mut and = first.last as usize;
        // "Low (H-Westby) and Ito".
        if let Some(found) = (and..and + 5).find(|&at| names.word(at) == "and")
            && self.opening_bracket(found - 1, found) == Some(and - 1)
        {
            and = found;
        }
        names.word(and) == "and" && start.min(second.first as usize) == and + 1
    }
}

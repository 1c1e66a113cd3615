//! Words on paper: statements and letters speak for whoever gave them, reports and laws by their own words.

use super::part::Part;
use super::*;

impl Page<'_> {
    /// "His claim", "Low's plan": the owner of what a head names.
    pub(super) fn owner(&self, part: &Part) -> Option<Found> {
        self.giver(self.owning(part)?)
    }

    /// The last token before a head that owns it.
    fn owning(&self, part: &Part) -> Option<usize> {
        (part.start..part.end - 1).rev().find(|&token| self.names.tokens[token].possessive)
    }

    /// "The pope's letter": the owner of what a head names, where a description tells who that is.
    fn described_owner(&self, part: &Part, place: usize, attributions: &[Attribution]) -> Option<Found> {
        let found = self.one(part.start..self.owning(part)? + 1, place, attributions)?;
        let known = matches!(found.who, Who::Person(_));
        known.then(|| Found { sure: found.sure.min(sure::GIVER), ..found })
    }

    /// Whom the name at a token stands for, as the giver of words.
    fn giver(&self, token: usize) -> Option<Found> {
        let name = self.name_at(token)?;
        let found = self.named(name, name.last as usize, name.last as usize)?;
        Some(Found { sure: found.sure.min(sure::GIVER), ..found })
    }

    /// "A statement from the ministry" speaks for the ministry; "a report" by its words.
    pub(super) fn record_or_message(
        &self,
        part: &Part,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let Part { start, end, last, .. } = *part;
        if !record(&part.head) {
            return None;
        }
        // "An article by the Courier's editor Ann Low", "a post from Mr. Low".
        if (message(&part.head) || authored(&part.head))
            && matches!(names.word(end), "from" | "by" | "of")
            && let Some(name) = self.author_behind(end + 1, last)
        {
            let found = self.named(name, name.last as usize, name.last as usize)?;
            return Some(Found { sure: found.sure.min(sure::GIVER), ..found });
        }
        if message(&part.head) {
            if part.is_definite()
                && end - start == 2
                && end == last
                && let Some(found) = self.sender_before(part, place, attributions)
            {
                return Some(found);
            }
            if let Some(found) = self.owner(part).or_else(|| self.described_owner(part, place, attributions))
            {
                return Some(found);
            }
            if end - start == 2
                && let Some(of) = pronoun(&part.first).filter(|_| self.possessive_pronoun(&part.first, 2))
                && let Some(mut found) =
                    self.pronoun(of, start, names.tokens[start].span, place, attributions).pop()
            {
                found.sure = found.sure.min(sure::OWNER);
                return Some(found);
            }
            let from = matches!(names.word(end), "from" | "by" | "of").then_some(end + 1);
            let from = from.map(|from| from + usize::from(names.word(from) == "the"));
            // "A post by Ruritania’s embassy" is the embassy's.
            let embassy = |from: usize| {
                let name = self.name_at(from)?;
                let owner = names.tokens[name.last as usize - 1].possessive && (name.last as usize) < last;
                if owner { self.one(from..last, place, attributions) } else { self.giver(from) }
            };
            if let Some(found) = from.filter(|&from| from < last).and_then(embassy) {
                return Some(found);
            }
        }
        Some(Found {
            who: Who::Organisation(self.with_of(start, end, last)),
            how: How::Description,
            antecedent: None,
            role: None,
            // Whose "a message" is the page tells elsewhere.
            sure: match message(&part.head) {
                true => sure::DOCUMENT.min(sure::OWNER),
                false if deed(&part.head) => sure::DEED,
                false => sure::DOCUMENT,
            },
        })
    }

    /// Whose "the statement" is: who has just spoken in one, or who opens a sentence before that tells of one ("The ministry
    /// issued a statement").
    fn sender_before(&self, part: &Part, place: usize, attributions: &[Attribution]) -> Option<Found> {
        const SENTENCES: u32 = 2;
        const FAR: usize = 6;
        let names = self.names;
        let sentence = names.tokens[part.start].sentence;
        let noun = part.head.as_str();
        // "In a statement", outside of what was said.
        let tells = |of: &Attribution, until: u32| {
            let from = envelope(of).map_or(until, |there| there.start);
            let mut tokens = names.tokens_in(Span { start: from, end: until.max(from) });
            tokens.any(|at| {
                let token = names.tokens[at];
                names.word(at) == noun
                    && token.sentence < sentence
                    && !of.content.iter().any(|content| content.contains(token.span))
            })
        };
        let sent = |found: &Found, antecedent: Option<Span>| Found {
            how: How::Description,
            antecedent: antecedent.or(found.antecedent),
            role: None,
            sure: sure::OWNER.min(found.sure),
            ..found.clone()
        };
        if let Some(last) = self.last.filter(|last| *last != place)
            && let Some(there) = envelope(&attributions[last])
            && self.block_of(part.words.start).abs_diff(self.block_of(there.end.saturating_sub(1))) <= 1
            && let Some([found]) = self.known[last].as_deref()
            && matches!(found.who, Who::Person(_) | Who::Organisation(_) | Who::Named(_))
        {
            let until = names.tokens[part.start].span.start;
            if tells(&attributions[last], until) {
                return Some(sent(found, attributions[last].source.first().copied()));
            }
        }
        let opens = names.tokens.partition_point(|token| token.sentence + SENTENCES < sentence);
        let article = |at: usize| matches!(names.word(at), "a" | "an");
        let told = (opens.max(2)..part.start).rev().find(|&at| {
            names.word(at) == noun
                && names.tokens[at].sentence < sentence
                && (article(at - 1) || article(at - 2))
        })?;
        let before = names.names.partition_point(|name| (name.last as usize) <= told);
        let name = names.names[..before].last().filter(|name| {
            names.tokens[name.first as usize].sentence == names.tokens[told].sentence
                && told - (name.last as usize) <= FAR
                && name.kind != NameKind::Place
                && !self.is_object(name)
                && !names.tokens[name.last as usize - 1].possessive
        })?;
        let found = self.named(name, name.last as usize, name.last as usize)?;
        Some(sent(&found, Some(names.span(name))))
    }

    /// The person whose name, with what he is before it, follows "by".
    fn author_behind(&self, from: usize, last: usize) -> Option<&Name> {
        const LONGEST: usize = 6;
        let names = self.names;
        let plain = |at: &usize| matches!(names.tokens[*at].gap, Gap::Space | Gap::Stop);
        let until = (from..last.min(from + LONGEST)).take_while(plain).last()? + 1;
        let name =
            (from..until).find_map(|at| self.name_at(at).filter(|name| name.kind == NameKind::Person))?;
        (!names.tokens[name.last as usize - 1].possessive).then_some(name)
    }

    /// The words of an institution, with the "of …" that belongs to its name.
    pub(super) fn with_of(&self, start: usize, end: usize, last: usize) -> Span {
        let names = self.names;
        let mut stop = end;
        if stop < last && names.word(stop) == "of" {
            stop += 1;
            while stop < last
                && stop - end < 10
                && matches!(names.tokens[stop].gap, Gap::Space | Gap::Stop)
                && (names.word(stop) == "of" || !preposition(names.word(stop)))
                && !matches!(names.word(stop), "published" | "released" | "conducted")
            {
                stop += 1;
            }
        }
        // "Data from the Harbour Office".
        if stop < last && matches!(names.word(stop), "from" | "by") {
            let body = stop + 1 + usize::from(names.word(stop + 1) == "the");
            if let Some(name) = self.name_at(body).filter(|_| body < last) {
                stop = (name.last as usize).min(last);
            }
        }
        Span { start: names.tokens[start].span.start, end: names.tokens[stop - 1].span.end }
    }
}

/// What somebody writes under his name.
fn authored(lower: &str) -> bool {
    matches!(
        lower,
        "article"
            | "column"
            | "essay"
            | "op-ed"
            | "editorial"
            | "book"
            | "memoir"
            | "blog"
            | "forecast"
            | "thread"
    )
}

//! One part of a source: its head, and by which construction it stands for somebody.

use super::*;

/// One part of a source: "Ann Low", "the ministry of fisheries", "a spokesman for Low".
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub start: usize,
    /// One past the head: it ends at a comma, a preposition or a relative pronoun.
    pub end: usize,
    /// One past the last token.
    pub last: usize,
    /// All its words.
    pub words: Span,
    /// The first word and the head's last one, in lower case.
    pub first: String,
    pub head: String,
}

impl Part {
    /// "The", "this".
    pub fn is_definite(&self) -> bool {
        matches!(self.first.as_str(), "the" | "this" | "that")
    }
}

impl Page<'_> {
    /// Whom one part of a source stands for.
    pub(super) fn one(
        &self,
        tokens: std::ops::Range<usize>,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let mut tokens = tokens;
        while tokens.len() > 1 && matches!(names.word(tokens.start), "and" | "both" | "Both") {
            tokens.start += 1;
        }
        let alone = names.word(tokens.start).to_lowercase();
        // "Low, I-Westby,": his party and where he is from stand for him.
        if tokens.len() == 1 && party_and_state(names.word(tokens.start)) {
            let name = self.name_at(tokens.start.checked_sub(1)?)?;
            return self.named(name, name.last as usize, tokens.start);
        }
        if tokens.len() == 1 {
            if matches!(alone.as_str(), "you" | "neither" | "either" | "each" | "nobody" | "self") {
                return None;
            }
            if let Some(pronoun) = pronoun(&alone).filter(|_| !is_acronym(names.word(tokens.start))) {
                let span = names.tokens[tokens.start].span;
                return self.pronoun(pronoun, tokens.start, span, place, attributions).pop();
            }
        }
        // "Low himself" is Low.
        let emphatic = |at: usize| matches!(names.word(at), "himself" | "herself" | "itself" | "themselves");
        let emphasised = tokens.len() > 1 && emphatic(tokens.end - 1);
        // "Low I-Westby" is Low.
        let party = tokens.len() > 1
            && party_and_state(names.word(tokens.end - 1))
            && self.name_at(tokens.end - 2).is_some();
        let mut part = self.part(tokens.start..tokens.end - usize::from(emphasised || party));
        // "“Morning Tide” co-host Ann Low": the programme is part of her title.
        if let Some(token) =
            names.tokens.get(part.end).filter(|token| token.gap == Gap::Mark && part.end < tokens.end)
            && let Some(name) = self.person_among(part.end..tokens.end)
            && name.title.is_some_and(|title| title.start == token.span.start)
        {
            return self.named(name, name.last as usize, tokens.end);
        }
        if counts_roughly(&part.first) && part.last > part.start + 1 {
            return Some(Found { sure: sure::UNNAMED, ..unnamed(part.words) });
        }
        if let Some(found) = self.capitals(&part) {
            return Some(found);
        }
        // "The party today" is the party.
        if part.end > part.start + 1 && matches!(names.word(part.end - 1), "today" | "yesterday" | "now") {
            part.end -= 1;
            part.head = names.word(part.end - 1).to_lowercase();
        }
        if let Some(found) = self.name_behind(&part) {
            return Some(found);
        }
        if self.is_somebody(&part) {
            return self.somebody(&part, place, attributions);
        }
        if let Some(found) = self.again(&part, place, attributions) {
            return Some(found);
        }
        self.group_or_body(&part)
            .or_else(|| self.record_or_message(&part, place, attributions))
            .or_else(|| self.strange(&part))
    }

    /// The head of a part and what stands around it.
    fn part(&self, tokens: std::ops::Range<usize>) -> Part {
        let names = self.names;
        let start = tokens.start;
        let first = names.word(start).to_lowercase();
        let mut end = start + 1;
        while end < tokens.end {
            let token = names.tokens[end];
            let inside = self.inside_name(end) || self.inside_title(end);
            let only_article = end == start + 1 && article(&first);
            // "A Courier/Herald poll".
            let before = names.tokens[end - 1].span.end as usize;
            let slash = names.text[before..].starts_with('/') && token.span.start as usize == before + 1;
            if !inside
                && !only_article
                && !slash
                && (self.tells_when(end)
                    || matches!(token.gap, Gap::Comma | Gap::Other | Gap::Mark)
                    || preposition(names.word(end))
                    || participle(names.word(end)))
            {
                break;
            }
            end += 1;
        }
        let words =
            Span { start: names.tokens[start].span.start, end: names.tokens[tokens.end - 1].span.end };
        Part { start, end, last: tokens.end, words, first, head: names.word(end - 1).to_lowercase() }
    }

    /// "Last month", "this week" behind a noun.
    fn tells_when(&self, at: usize) -> bool {
        matches!(self.names.word(at), "last" | "this" | "earlier")
            && matches!(
                self.names.word(at + 1),
                "week"
                    | "month"
                    | "year"
                    | "weekend"
                    | "summer"
                    | "spring"
                    | "fall"
                    | "winter"
                    | "this"
                    | "last"
            )
    }

    /// A group ("aides", "local media") or a body ("the ministry", "the court") by its noun.
    fn group_or_body(&self, part: &Part) -> Option<Found> {
        let head = part.head.as_str();
        let nobody = || Some(Found { sure: sure::UNNAMED, ..unnamed(part.words) });
        let body =
            || Some(self.organisation(part.start..part.end, self.with_of(part.start, part.end, part.last)));
        let several = words::plural_role(head).is_some();
        // "Authorities", "local media": nobody in particular.
        if matches!(
            head,
            "authorities" | "companies" | "newspapers" | "media" | "regulators" | "agencies" | "outlets"
        ) && (!part.is_definite() || head == "media")
        {
            return nobody();
        }
        if authorities(head) && !several || head == "authorities" {
            return body();
        }
        // "A group of protesters", "senior figures" are people.
        if self.is_of_people(part) {
            return nobody();
        }
        if several || group(head) || collective(head) || collective(&part.first) {
            return nobody();
        }
        // "A post by the ministry" is no house.
        let sent = message(head) && self.names.word(part.end - 1).starts_with(char::is_lowercase);
        let organisation = words::organisation_noun(head)
            && !sent
            && words::source_noun(head) != Some(words::SourceNoun::Document);
        if organisation || words::source_noun(head) == Some(words::SourceNoun::Court) {
            return body();
        }
        None
    }

    /// "A crowd of residents", "opposition figures": people, though the noun may be a body's or a paper's.
    fn is_of_people(&self, part: &Part) -> bool {
        const FAR: usize = 4;
        let names = self.names;
        let people = |at: usize| words::plural_role(&names.word(at).to_lowercase()).is_some();
        let counts = matches!(
            part.head.as_str(),
            "group" | "number" | "crowd" | "coalition" | "panel" | "handful" | "band" | "team" | "pair"
        );
        let of = counts
            && names.word(part.end) == "of"
            && (part.end + 1..part.last.min(part.end + 1 + FAR)).any(people);
        let figures = part.head == "figures"
            && part.end > part.start + 1
            && (part.start..part.end - 1).any(|at| {
                let lower = names.word(at).to_lowercase();
                matches!(lower.as_str(), "senior" | "leading" | "opposition" | "public" | "religious" | "top")
                    || matches!(lower.as_str(), "political" | "prominent" | "key" | "party")
            });
        of || figures
    }

    /// What no table tells: capitals may be a party or a company, an ending may be a person's.
    fn strange(&self, part: &Part) -> Option<Found> {
        let names = self.names;
        let Part { start, end, words, .. } = *part;
        // A demonym by itself ("Republicans", "the Russians") is a group.
        let capital = names.word(end - 1).starts_with(char::is_uppercase);
        if capital && part.head.ends_with('s') {
            return Some(Found { sure: sure::UNNAMED * 0.8, ..unnamed(words) });
        }
        let titled_so = self.is_titled_so(part);
        let the = usize::from(part.first == "the");
        if capital && end - start == 1 + the || titled_so {
            let from = if titled_so { start + the } else { end - 1 };
            let span = Span { start: names.tokens[from].span.start, end: names.tokens[end - 1].span.end };
            return Some(Found {
                who: Who::Organisation(span),
                how: How::Name,
                antecedent: None,
                role: None,
                sure: sure::UNKNOWN_WORDS,
            });
        }
        let people = looks_like_a_person(&part.head)
            || (start..end).any(|token| {
                let lower = names.word(token).to_lowercase();
                words::plural_role(&lower).is_some()
                    || words::role(&lower).is_some_and(|role| role.class == RoleClass::Role)
            });
        if people || part.head.ends_with('s') && !part.head.ends_with("ss") {
            return Some(Found { sure: sure::UNKNOWN_WORDS, ..unnamed(words) });
        }
        if let Some(found) = self.owner(part) {
            return Some(Found { sure: found.sure.min(sure::OWNER), ..found });
        }
        Some(Found { sure: sure::UNKNOWN_WORDS, ..unnamed(self.with_of(start, end, part.last)) })
    }

    /// "The Westby Union Leader" is called so.
    pub(super) fn is_titled_so(&self, part: &Part) -> bool {
        let names = self.names;
        let end = part.end;
        end > part.start + 2
            && names.word(end - 1).starts_with(char::is_uppercase)
            && names.word(end - 2).starts_with(char::is_uppercase)
            && words::role(&names.word(end - 2).to_lowercase()).is_none()
            && words::nation(names.word(end - 2)).is_none()
            && part.head == "leader"
    }

    pub(super) fn inside_name(&self, token: usize) -> bool {
        self.name_at(token).is_some_and(|name| (name.first as usize) < token)
    }

    pub(super) fn inside_title(&self, token: usize) -> bool {
        let at = self.names.tokens[token].span.start;
        let next = self.names.names.partition_point(|name| (name.first as usize) <= token);
        // Names of bodies can stand within a title: "director of the Harbour Office for Westby".
        const WITHIN: usize = 3;
        let titles = self.names.names[next..].iter().take(WITHIN).filter_map(|name| name.title);
        titles.into_iter().any(|title| title.start < at && at < title.end)
    }
}

/// "Just over half", "nearly a third": no names follow.
fn counts_roughly(lower: &str) -> bool {
    matches!(lower, "just" | "nearly" | "roughly" | "almost" | "about" | "fewer" | "approximately")
}

/// "US", "WHO", "IT" are no pronouns.
pub(super) fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

pub(super) fn article(lower: &str) -> bool {
    matches!(lower, "the" | "a" | "an")
}

/// Words that end the head of a source.
pub(super) fn preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "at"
            | "from"
            | "in"
            | "to"
            | "with"
            | "on"
            | "who"
            | "which"
            | "that"
            | "whose"
            | "whom"
            | "familiar"
            | "close"
            | "across"
            | "throughout"
            | "around"
            | "between"
            | "without"
            | "outside"
            | "behind"
            | "inside"
            | "within"
            | "near"
            | "about"
            | "against"
            | "during"
            | "after"
            | "before"
            | "under"
            | "over"
            | "among"
            | "including"
            | "like"
            | "as"
            | "by"
            | "speaking"
            | "involved"
            | "said"
            | "told"
            | "has"
            | "had"
            | "was"
            | "were"
            | "is"
            | "are"
    )
}

/// Words that go on after the noun of a source with what was done to it.
fn participle(word: &str) -> bool {
    matches!(
        word,
        "published"
            | "released"
            | "conducted"
            | "obtained"
            | "filed"
            | "based"
            | "funded"
            | "led"
            | "made"
            | "issued"
            | "signed"
            | "seen"
            | "written"
            | "called"
            | "known"
            | "named"
            | "commissioned"
            | "posted"
            | "sent"
            | "adopted"
            | "passed"
            | "backed"
            | "provided"
    )
}

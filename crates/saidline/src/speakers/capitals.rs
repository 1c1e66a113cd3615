//! Names in a source: at the end of its head, or in apposition behind it.

use super::part::Part;
use super::*;

impl Page<'_> {
    /// Whom the name at the end of a head stands for.
    pub(super) fn capitals(&self, part: &Part) -> Option<Found> {
        let names = self.names;
        let Part { start, end, words, .. } = *part;
        let nobody = || Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        let name = self.name_at(end - 1).filter(|name| name.last as usize <= end)?;
        let last = names.tokens[end - 1];
        let first = name.first as usize;
        let single = first + 1 == name.last as usize;
        let word = names.word(first);
        // "A Westby Harbourist": a word for people, though it has a capital.
        let is_role = single
            && name.person.is_none()
            && words::role(&word.to_lowercase()).is_some_and(|role| role.class == RoleClass::Role);
        if name.last as usize != end || is_role {
            return None;
        }
        // "Lavrov's" by itself is whose statement it is.
        let known = name.person.is_some() || name.kind != NameKind::Unknown;
        // A word with a capital after "the" or "Smith's" is no person.
        let after_article = first > start && article(&names.word(first - 1).to_lowercase());
        let owned = first > start && names.tokens[first - 1].possessive;
        // "The Harbourists", "most Harbourists" are a group.
        let plural = word.ends_with('s') && !word.ends_with("ss") && single;
        let counted = first > start && collective(&names.word(first - 1).to_lowercase());
        // So are "Harbourists" at the head of a sentence or among the capitals of a headline.
        let opens = names
            .tokens
            .get(first.wrapping_sub(1))
            .is_none_or(|before| before.sentence != names.tokens[first].sentence)
            || self.is_in_headline(names.tokens[first].span.start);
        let common = words::plural_role(&word.to_lowercase()).is_some()
            || group(&word.to_lowercase())
            || authorities(&word.to_lowercase())
            || word.ends_with("ists")
            || word.ends_with("ians");
        // "House Harbourists" are some of them, not the House.
        let members = names.word(name.last as usize - 1);
        if name.kind == NameKind::Organisation
            && name.last - name.first > 1
            && members.ends_with('s')
            && group(&members.to_lowercase())
        {
            return nobody();
        }
        if plural
            && !known
            && (after_article
                || counted
                || (opens || first > start) && common
                || opens && !last.possessive && !self.is_repeated(name))
        {
            return nobody();
        }
        // "The Post’s Brant" writes there.
        if !known && owned && !after_article && single {
            return Some(Found { sure: sure::BARE_NAME * 0.9, ..self.named(name, end, part.last)? });
        }
        if !known && single && after_article && self.half_of_a_country(name).is_some() {
            return Some(self.institution(name));
        }
        if !known && single && after_article {
            return Some(Found {
                who: Who::Organisation(names.span(name)),
                how: How::Name,
                antecedent: None,
                role: None,
                sure: sure::UNKNOWN_WORDS,
            });
        }
        if !last.possessive || end == part.last || first == start {
            return self.named(name, end, part.last);
        }
        None
    }

    /// "Obama's spokesman, Josh Low", "a spokeswoman for the ministry, Ann Low": the name follows.
    pub(super) fn name_behind(&self, part: &Part) -> Option<Found> {
        let names = self.names;
        let Part { start, end, last, .. } = *part;
        if end == last {
            return None;
        }
        let role = words::role(&part.head).filter(|role| role.class == RoleClass::Role);
        let several = words::plural_role(&part.head).is_some();
        let stated = |end: usize| {
            let span = Span { start: names.tokens[start].span.start, end: names.tokens[end - 1].span.end };
            Some(self.without_article(span))
        };
        if names.tokens[end].gap == Gap::Comma
            && let Some(name) = self.apposed(end, last).or_else(|| {
                // Capitals of several words after "another partner," are a name, whoever bears it.
                let person = role.is_some() && !group(&part.head);
                self.name_at(end).filter(|name| {
                    person
                        && name.first as usize == end
                        && name.last - name.first > 1
                        && name.kind == NameKind::Unknown
                })
            })
        {
            let mut found = self.named(name, name.last as usize, last)?;
            // "Its leader, the deputy minister": whose leader stands elsewhere.
            let whose = self.possessive_pronoun(&part.first, 2) && found.role.is_some();
            if !several && !group(&part.head) && !whose {
                found.role = stated(end);
            }
            return Some(found);
        }
        if several || group(&part.head) && !words::organisation_noun(&part.head) {
            return None;
        }
        // Behind what belongs to the noun: "one member of the council — Mayor Ann Low of Westby", "a pilot who saw it, Tom
        // Brant,", "this baker (identified as Otto Klein)".
        let one =
            role.is_some() || part.head == "one" || looks_like_a_person(&part.head) || part.head == "member";
        if one {
            let apart = |at: &usize| matches!(names.tokens[*at].gap, Gap::Comma | Gap::Other);
            let identified = |at: usize| {
                at + if names.word(at) == "identified" && names.word(at + 1) == "as" { 2 } else { 0 }
            };
            let closed = |name: &Name| {
                let after = name.last as usize;
                after >= last
                    || matches!(names.tokens[after].gap, Gap::Comma | Gap::Other)
                    || matches!(names.word(after), "of" | "who" | "by" | "from")
            };
            let at = (end..last)
                .filter(apart)
                .find(|&at| self.apposed(identified(at), last).is_some_and(closed))?;
            let name = self.apposed(identified(at), last)?;
            let clause = (end..at).any(|at| matches!(names.word(at), "who" | "which" | "that"));
            let role = stated(if clause { end } else { at });
            return Some(Found { role, ..self.named(name, name.last as usize, last)? });
        }
        self.body_behind(part)
    }

    /// "A liberal group, Harbour Watch,", "the town’s paper, the Courier", "a group called Clean Piers": the name of a body.
    fn body_behind(&self, part: &Part) -> Option<Found> {
        let names = self.names;
        let Part { end, last, .. } = *part;
        let called = matches!(names.word(end), "called" | "named" | "dubbed");
        if !words::organisation_noun(&part.head) && !matches!(part.head.as_str(), "watchdog" | "arm") {
            return None;
        }
        let from = match names.tokens[end].gap {
            Gap::Space if called => end + 1,
            Gap::Comma => end,
            _ => return None,
        };
        let from = from + usize::from(matches!(names.word(from), "the" | "The"));
        let inside = |at: &usize| {
            let word = names.word(*at);
            *at < last
                && (*at == from || names.tokens[*at].gap == Gap::Space)
                && (word.starts_with(char::is_uppercase)
                    || matches!(word, "of" | "for" | "and" | "the" | "&"))
        };
        let stop = (from..last).take_while(inside).last()? + 1;
        let closed = stop == last || names.tokens[stop].gap != Gap::Space;
        let name = self.name_at(from).filter(|name| name.person.is_none() && name.kind != NameKind::Place)?;
        let whole = Span { start: names.tokens[from].span.start, end: names.tokens[stop - 1].span.end };
        let ends = names.word(stop - 1).starts_with(char::is_uppercase);
        (closed && ends && name.kind != NameKind::Person).then_some(Found {
            who: Who::Organisation(whole),
            how: How::Name,
            antecedent: None,
            role: None,
            sure: sure::ORGANISATION,
        })
    }

    /// The person whose name, or the title before it, begins at a token. A title can hold names itself: "longtime Ann
    /// Low aide Tom Brant".
    pub(super) fn person_from(&self, at: usize, end: usize) -> Option<&Name> {
        let start = self.names.tokens.get(at)?.span.start;
        let first = self.names.names.partition_point(|name| (name.last as usize) <= at);
        self.names.names[first..]
            .iter()
            .take(4)
            .take_while(|name| (name.first as usize) < end.min(at + 10))
            .find(|name| {
                let titled = name.title.is_some_and(|title| title.start <= start);
                name.kind == NameKind::Person && (name.first as usize == at || titled)
            })
    }

    /// The person in apposition behind a comma: "its leader, the deputy minister Ann Low".
    pub(super) fn apposed(&self, at: usize, end: usize) -> Option<&Name> {
        let article = matches!(self.names.word(at), "the" | "a" | "an");
        self.person_from(at, end).or_else(|| self.person_from(at + 1, end).filter(|_| article))
    }

    pub(super) fn without_article(&self, span: Span) -> Span {
        let text = span.of(&self.document.text);
        let bare = [
            "the ", "a ", "an ", "The ", "A ", "An ", "one ", "One ", "this ", "This ", "another ",
            "Another ",
        ]
        .iter()
        .find_map(|article| text.strip_prefix(article));
        let start = bare.map_or(span.start, |bare| span.end - bare.len() as u32);
        Span { start, end: span.end }
    }

    /// Whom a name in a source stands for; `after` and `end` bound what follows the name in the source.
    pub(super) fn named(&self, name: &Name, after: usize, end: usize) -> Option<Found> {
        let span = self.names.span(name);
        let found = |who, how, sure| Found { who, how, antecedent: None, role: name.title, sure };
        Some(match name.kind {
            NameKind::Organisation | NameKind::Place => self.institution(name),
            NameKind::Person | NameKind::Unknown => match name.person {
                Some(person) => {
                    let full = &self.names.names[self.names.persons[person as usize].full as usize];
                    let short = (full.last - full.first) > (name.last - name.first);
                    let role = name
                        .title
                        .or_else(|| self.names.role_before(name))
                        .or_else(|| self.names.role_after(name));
                    if short {
                        let sure = self.names.short(name).map_or(sure::BARE_NAME, |(_, sure)| sure);
                        let antecedent = Some(self.names.span(full));
                        Found { antecedent, role, ..found(Who::Person(person), How::ShortName, sure) }
                    } else {
                        let sure =
                            if full.last - full.first > 1 { sure::FULL_NAME } else { sure::LIKELY_NAME };
                        Found { role, ..found(Who::Person(person), How::Name, sure) }
                    }
                }
                None => {
                    let several = name.last - name.first > 1;
                    let last = self.names.word(name.last as usize - 1);
                    // "Westby Harbourists" are several, and "the Harbour Interest" is no person.
                    if several && last.ends_with('s') && group(&last.to_lowercase()) {
                        return Some(found(Who::Unnamed(span), How::Description, sure::UNNAMED));
                    }
                    if several && self.behind_article(name) || self.names.is_sort_told(name) {
                        return Some(found(Who::Organisation(span), How::Name, sure::LIKELY_NAME));
                    }
                    let described = after < end && self.names.role_after(name).is_some();
                    let sure = if several || described { sure::LIKELY_NAME } else { sure::BARE_NAME };
                    Found { role: self.names.role_after(name), ..found(Who::Named(span), How::Name, sure) }
                }
            },
        })
    }

    /// Whether an article stands before a name.
    fn behind_article(&self, name: &Name) -> bool {
        let first = name.first as usize;
        first > 0
            && self.names.tokens[first].gap == Gap::Space
            && self.names.tokens[first - 1].sentence == self.names.tokens[first].sentence
            && matches!(self.names.word(first - 1), "the" | "The")
    }

    /// Whether the page has the word of a name once more, where no sentence opens with it.
    pub(super) fn is_repeated(&self, name: &Name) -> bool {
        let names = self.names;
        let word = names.word(name.first as usize);
        names.names.iter().take(400).any(|other| {
            let first = other.first as usize;
            first != name.first as usize
                && first > 0
                && names.tokens[first - 1].sentence == names.tokens[first].sentence
                && (first..other.last as usize).any(|at| names.word(at) == word)
                && !self.is_in_headline(names.tokens[first].span.start)
        })
    }
}

//! Pronouns: he, she, they, it, who, which, I, we, and the possessives of them.

use super::weights::{FEATURES, NOBODY, WEIGHTS};
use super::*;

/// Days and months have capitals, too.
fn is_time(word: &str) -> bool {
    word.ends_with("day") || words::is_month(word)
}

/// The pronouns that stand for a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    They,
    It,
    First,
    Who,
}

pub(super) fn pronoun(lower: &str) -> Option<Pronoun> {
    Some(match lower {
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "they" | "them" | "their" | "theirs" | "both" => Pronoun::They,
        "it" | "its" | "itself" => Pronoun::It,
        "i" | "me" | "my" | "myself" | "we" | "us" | "our" | "ours" | "mine" => Pronoun::First,
        "who" | "whom" | "which" | "whose" | "that" => Pronoun::Who,
        _ => return None,
    })
}

/// Somebody whom a pronoun can mean.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub person: u32,
    /// The nearest mention: a place in [`Names::names`].
    pub mention: usize,
    pub features: [f32; FEATURES],
}

/// The likeliest of those whom words can mean, and its chance beside the others and nobody; `more` speaks for one or
/// against it besides what is learned.
pub(super) fn likeliest(
    candidates: &[Candidate],
    more: impl Fn(&Candidate) -> f32,
) -> Option<(&Candidate, f32)> {
    let weigh = |candidate: &Candidate| -> f32 {
        let learned: f32 =
            candidate.features.iter().zip(&WEIGHTS).map(|(number, weight)| number * weight).sum();
        learned + more(candidate)
    };
    let scores: Vec<f32> = candidates.iter().map(weigh).collect();
    let total: f32 = NOBODY.exp() + scores.iter().map(|score| score.exp()).sum::<f32>();
    let (best, score) =
        scores.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0)))?;
    Some((&candidates[best], score.exp() / total))
}

impl Page<'_> {
    /// "His lawyer", "their spokesman": the pronoun belongs to the noun.
    pub(super) fn possessive_pronoun(&self, lower: &str, words: usize) -> bool {
        words > 1
            && matches!(
                lower,
                "his" | "her" | "their" | "its" | "my" | "our" | "which" | "both" | "us" | "whose" | "that"
            )
    }

    pub(super) fn pronoun(
        &self,
        pronoun: Pronoun,
        token: usize,
        source: Span,
        place: usize,
        attributions: &[Attribution],
    ) -> Vec<Found> {
        let one = match pronoun {
            Pronoun::He => self.person_before(token, Gender::Male, place, attributions),
            Pronoun::She => self.person_before(token, Gender::Female, place, attributions),
            Pronoun::They => return self.group_before(token, source, place, attributions),
            Pronoun::It => self.organisation_before(token, place, attributions),
            Pronoun::Who => return self.relative(token, place, attributions),
            // Whose words they stand in is known once all others are.
            Pronoun::First => None,
        };
        one.into_iter().collect()
    }

    /// "Low, who said …", "the agency, which said …", "officials who say …": what stands right before.
    fn relative(&self, token: usize, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let names = self.names;
        let Some(mut last) = token.checked_sub(1) else { return Vec::new() };
        let sentence = names.tokens[token].sentence;
        // "Low (H-Westby), who": what the brackets hold belongs to the name.
        if let Some(open) = self.opening_bracket(last, token) {
            last = open;
        }
        // "A motion on Monday that": the day stands between.
        if last > 1 && words::is_weekday(names.word(last)) {
            last -= 1 + usize::from(names.word(last - 1) == "on");
        }
        // "Three reports, in which it was told".
        while last > 0 && matches!(names.word(last), "in" | "of" | "by" | "to" | "from" | "with" | "on") {
            last -= 1;
        }
        // "Low, who led the town and who now leads the port": whom the first "who" told of.
        if words::leads(names.word(last), Lead::Clause) {
            let opens = names.tokens.partition_point(|other| other.sentence < sentence);
            let first = (opens..last).rev().find(|&at| matches!(names.word(at), "who" | "which"));
            return first.map_or(Vec::new(), |first| self.relative(first, place, attributions));
        }
        if names.tokens[last].sentence != sentence {
            return Vec::new();
        }
        let by_name = |name: &Name, sure: f32| {
            self.named(name, name.last as usize, name.last as usize).map(|found| Found {
                how: How::Pronoun,
                antecedent: Some(names.span(name)),
                sure: sure.min(found.sure),
                ..found
            })
        };
        // "Low, a pilot from Westby who": what stands behind the comma tells of the name.
        let before = names.names.partition_point(|name| (name.first as usize) < token);
        let apposed = names.names[..before].iter().rev().take(4).find(|name| {
            let after = name.last as usize;
            name.person.is_some()
                && names.tokens[name.first as usize].sentence == sentence
                && after < token
                && names.tokens[after].gap == Gap::Comma
                && matches!(names.word(after), "a" | "an" | "the" | "one")
                && (after + 1..=token).all(|at| matches!(names.tokens[at].gap, Gap::Space | Gap::Stop))
        });
        if let Some(name) = apposed.filter(|_| matches!(names.word(token), "who" | "whose")) {
            return by_name(name, sure::RELATIVE).into_iter().collect();
        }
        // "Low, Democrat of Westby, who", "Ito, head of Westby Television, who": neither place nor house.
        let person = matches!(names.word(token), "who" | "whom");
        let can_be = |name: &&Name| !person || !matches!(name.kind, NameKind::Place | NameKind::Organisation);
        if let Some(name) = self.name_at(last).filter(can_be) {
            // "Funds that", "PACs that" are many; "which" is nobody by a name that no person bears.
            let word = names.word(name.last as usize - 1);
            if !person && name.person.is_none() && name.kind == NameKind::Unknown && word.ends_with('s') {
                let found = unnamed(names.span(name));
                return vec![Found { how: How::Pronoun, sure: sure::RELATIVE_OF_WORDS, ..found }];
            }
            return by_name(name, sure::RELATIVE).into_iter().collect();
        }
        // "Low, the mayor of Westby, who": the apposition belongs to the name.
        let before = names.names.partition_point(|name| (name.first as usize) < token);
        let near = names.names[..before].last().filter(|name| {
            names.tokens[name.first as usize].sentence == sentence && token - (name.last as usize) <= 8
        });
        if let Some(name) = near.filter(|name| name.person.is_some() && names.role_after(name).is_some()) {
            return by_name(name, sure::RELATIVE).into_iter().collect();
        }
        // Words: back to their article, or to where something else ends. "Members of the council who", "officials with the
        // ministry who": who is of something, or with somebody, is a person.
        let people = |at: usize| {
            let lower = names.word(at).to_lowercase();
            words::plural_role(&lower).is_some()
                || words::role(&lower).is_some_and(|role| role.class == RoleClass::Role)
                || matches!(lower.as_str(), "members" | "people" | "authorities" | "democrat" | "republican")
        };
        let belongs = |first: usize| {
            first >= 2
                && person
                && matches!(names.word(first - 1), "of" | "from" | "with" | "at" | "in" | "for" | "on")
                && names.tokens[first].gap == Gap::Space
                && names.tokens[first - 1].gap == Gap::Space
                && names.tokens[first - 2].sentence == sentence
                && people(first - 2)
        };
        let mut first = last;
        while first > 0 && last - first < 8 {
            let (this, word) = (names.tokens[first], names.word(first).to_lowercase());
            let determiner = article(&word)
                || matches!(
                    word.as_str(),
                    "some"
                        | "many"
                        | "several"
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "two"
                        | "three"
                        | "those"
                        | "another"
                );
            if belongs(first) {
                first -= 2;
                continue;
            }
            if determiner || this.gap != Gap::Space || names.tokens[first - 1].sentence != sentence {
                break;
            }
            let before = names.word(first - 1);
            // "They spoke with officials who said": who is spoken with. "A study of harbours, which": the study.
            let open = matches!(before, "of" | "for" | "at" | "in" | "and") || word == "of" && !person;
            if !open && (words::cue(before).is_some() || preposition(before) || before == "than") {
                break;
            }
            first -= 1;
        }
        // "The claims of voters who", "But the owner who".
        while first < last
            && (preposition(names.word(first))
                || matches!(
                    names.word(first),
                    "and"
                        | "And"
                        | "but"
                        | "But"
                        | "or"
                        | "Yet"
                        | "yet"
                        | "When"
                        | "when"
                        | "If"
                        | "if"
                        | "while"
                        | "What"
                ))
        {
            first += 1;
        }
        self.one(first..last + 1, place, attributions)
            .map(|found| Found {
                how: How::Pronoun,
                antecedent: found.antecedent.or(Some(Span {
                    start: names.tokens[first].span.start,
                    end: names.tokens[last].span.end,
                })),
                sure: sure::RELATIVE_OF_WORDS.min(found.sure),
                ..found
            })
            .into_iter()
            .collect()
    }

    /// The token before the bracket that closes between two tokens, where one does.
    pub(super) fn opening_bracket(&self, last: usize, next: usize) -> Option<usize> {
        const WORDS: usize = 8;
        let names = self.names;
        let between = |one: usize, other: usize| {
            names.text.get(names.tokens[one].span.end as usize..names.tokens[other].span.start as usize)
        };
        if !between(last, next)?.contains(')') {
            return None;
        }
        (last.saturating_sub(WORDS)..last)
            .rev()
            .find(|&at| between(at, at + 1).is_some_and(|words| words.contains('(')))
    }

    /// The persons whom "he", "she" or a description at a token can mean, each once.
    pub(super) fn candidates(
        &self,
        token: usize,
        gender: Option<Gender>,
        place: usize,
        attributions: &[Attribution],
    ) -> Vec<Candidate> {
        let names = self.names;
        let here = names.tokens[token];
        let sentence = here.sentence;
        let block = self.block_of(here.span.start);
        let inside = self.quotation_at(here.span.start);
        let last = self.last_person(place, attributions);
        let spoken: Vec<u32> = self.spoken_before(place, attributions);
        let same_paragraph = self.last.filter(|last| *last != place).is_some_and(|last| {
            envelope(&attributions[last])
                .is_some_and(|there| self.block_of(there.end.saturating_sub(1)) == block)
        });
        let content = &attributions[place].content;
        let before = names.names.partition_point(|name| (name.first as usize) < token);
        // "As she left, Low said": a name after the pronoun, where a subordinate clause opens the sentence.
        let opens = names.tokens.partition_point(|other| other.sentence < sentence);
        let subordinate = matches!(
            names.word(opens),
            "As" | "When"
                | "While"
                | "After"
                | "Before"
                | "Although"
                | "Though"
                | "In"
                | "Despite"
                | "If"
                | "Since"
                | "Even"
                | "During"
                | "For"
                | "At"
                | "On"
                | "With"
                | "By"
        );
        let after = names.names[before..]
            .iter()
            .enumerate()
            .take(if subordinate { 3 } else { 0 })
            .take_while(|(_, name)| names.tokens[name.first as usize].sentence == sentence)
            .map(|(place, name)| (before + place, name));
        let earlier = names.names[..before].iter().enumerate().rev().take(60);
        let mut found: Vec<Candidate> = Vec::new();
        let mut order = 0;
        for (mention, name) in earlier.chain(after) {
            let Some(person) = name.person else { continue };
            let first = names.tokens[name.first as usize];
            let follows = first.sentence == sentence && name.first as usize > token;
            let distance = if follows { 0 } else { sentence - first.sentence };
            let known = names.persons[person as usize].gender;
            let other = known.is_some() && gender.is_some() && known != gender;
            // "But Low, he added, had left": an aside within what is told of somebody else.
            let aside = name.last as usize == token && here.gap == Gap::Comma && self.opens_sentence(name);
            if distance > 12 || other || aside || self.modifies(name) {
                continue;
            }
            let had = found.iter().position(|candidate| candidate.person == person);
            let opener = self.opens_sentence(name);
            let subject = opener || self.before_verb(name);
            let quoted = inside.is_none() && self.quotation_at(first.span.start).is_some();
            let place = match had {
                Some(place) => place,
                None => {
                    let mut f = [0.0; FEATURES];
                    f[0] = f32::from(u8::from(distance == 0 && !follows));
                    f[1] = f32::from(u8::from(distance == 1));
                    f[2] = f32::from(u8::from(distance == 2));
                    f[3] = distance.min(8) as f32 / 4.0;
                    f[4] = f32::from(u8::from(order == 0));
                    f[5] = f32::from(u8::from(subject));
                    f[6] = f32::from(u8::from(opener));
                    f[7] = f32::from(u8::from(names.tokens[name.last as usize - 1].possessive));
                    f[8] = f32::from(u8::from(quoted));
                    f[9] = f32::from(u8::from(last == Some(person)));
                    f[10] = f32::from(u8::from(known.is_some()));
                    f[11] = (1.0 + names.persons[person as usize].count as f32).ln();
                    f[13] = f32::from(u8::from(self.block_of(first.span.start) == block && !follows));
                    f[14] = f32::from(u8::from(name.title.is_some()));
                    f[15] = f32::from(u8::from(follows));
                    f[16] = f32::from(u8::from(self.first_named(person) < self.body));
                    f[18] = f32::from(u8::from(last == Some(person) && same_paragraph));
                    f[19] = f32::from(u8::from(self.is_named_in(person, content)));
                    f[20] = f32::from(u8::from(self.is_object(name)));
                    f[21] = f32::from(u8::from(spoken.contains(&person)));
                    order += 1;
                    found.push(Candidate { person, mention, features: f });
                    found.len() - 1
                }
            };
            let f = &mut found[place].features;
            if distance <= 4 {
                f[12] = (f[12] + 1.0).min(4.0);
            }
            if subject && distance <= 2 && !quoted {
                f[17] = 1.0;
            }
        }
        found
    }

    /// The persons who have spoken a little before, the last one left out.
    fn spoken_before(&self, place: usize, attributions: &[Attribution]) -> Vec<u32> {
        const LOOKED_AT: usize = 4;
        let persons = |place: usize| self.known[place].iter().flatten();
        (0..place)
            .rev()
            .filter(|&other| Some(other) != self.last && attributions[other].parent.is_none())
            .take(LOOKED_AT)
            .flat_map(persons)
            .filter_map(|found| if let Who::Person(person) = found.who { Some(person) } else { None })
            .collect()
    }

    /// Whether words that somebody said name a person; nobody speaks of himself so.
    fn is_named_in(&self, person: u32, content: &[Span]) -> bool {
        content
            .iter()
            .any(|content| self.names.names_in(*content).any(|(_, name)| name.person == Some(person)))
    }

    /// Whether a name, its title included, stands behind a preposition: "of Low", "about Mr. Low".
    pub(super) fn is_object(&self, name: &Name) -> bool {
        let names = self.names;
        let first = name.title.map_or(name.first as usize, |title| names.tokens_in(title).start);
        let first = first.min(name.first as usize);
        first.checked_sub(1).is_some_and(|before| {
            names.tokens[before].sentence == names.tokens[first].sentence
                && matches!(
                    names.word(before),
                    "of" | "for"
                        | "about"
                        | "to"
                        | "by"
                        | "with"
                        | "on"
                        | "against"
                        | "from"
                        | "over"
                        | "behind"
                        | "like"
                        | "than"
                )
        })
    }

    /// "A Klein supporter", "the Otto Klein books": a name that says only whose something is.
    fn modifies(&self, name: &Name) -> bool {
        let names = self.names;
        let after = name.last as usize;
        let first = name.first as usize;
        if first > 0 && name.title.is_none() && article(&names.word(first - 1).to_lowercase()) {
            return true;
        }
        let word = names.word(after);
        let plain = names.tokens.get(after).is_some_and(|next| next.gap == Gap::Space);
        plain
            && !names.tokens[after - 1].possessive
            && word.starts_with(char::is_lowercase)
            && (words::plural_role(word).is_some()
                || words::role(word).is_some_and(|role| role.class == RoleClass::Role))
    }

    /// Whether a name, its title included, opens its sentence.
    pub(super) fn opens_sentence(&self, name: &Name) -> bool {
        let names = self.names;
        let sentence = names.tokens[name.first as usize].sentence;
        let mut at = name.first as usize;
        if let Some(title) = name.title {
            at = names.tokens_in(title).start.min(at);
        }
        at == 0
            || names.tokens[at - 1].sentence != sentence
            || article(&names.word(at - 1).to_lowercase())
                && (at == 1 || names.tokens[at - 2].sentence != sentence)
            || matches!(names.word(at - 1), "But" | "And" | "Then" | "Yet" | "So" | "Instead")
    }

    /// The person whom "he" or "she" at a token most likely means, with that chance.
    fn person_before(
        &self,
        token: usize,
        gender: Gender,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let candidates = self.candidates(token, Some(gender), place, attributions);
        let nearest = candidates
            .iter()
            .map(|candidate| names.names[candidate.mention].first as usize)
            .filter(|&first| first < token)
            .max();
        if let Some(same) = self.same_unnamed(nearest, token, place, attributions) {
            return Some(same);
        }
        let (best, sure) = likeliest(&candidates, |_| 0.0)?;
        // Less than that is a guess.
        (sure >= 0.2).then(|| self.meant(best, How::Pronoun, sure.min(0.95)))
    }

    /// A person whom a pronoun or a description means.
    pub(super) fn meant(&self, candidate: &Candidate, how: How, sure: f32) -> Found {
        Found {
            who: Who::Person(candidate.person),
            how,
            antecedent: Some(self.names.span(&self.names.names[candidate.mention])),
            role: None,
            sure,
        }
    }

    /// The person whom "him" or "her" most likely means, who is not the speaker.
    pub(super) fn other_before(
        &self,
        token: usize,
        gender: Gender,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let own = |person: u32| {
            let name = self.names.full_name(person);
            attributions[place].speakers.iter().any(|speaker| speaker.name == name)
        };
        let mut others = self.candidates(token, Some(gender), place, attributions);
        others.retain(|candidate| !own(candidate.person));
        let (best, sure) = likeliest(&others, |_| 0.0)?;
        // Less than that is a guess.
        (sure >= 0.4).then(|| self.meant(best, How::Pronoun, sure))
    }

    /// Somebody not named who has just spoken, when nobody is named since.
    fn same_unnamed(
        &self,
        nearest: Option<usize>,
        token: usize,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let last = self.last.filter(|last| *last != place)?;
        let source = *attributions[last].source.first()?;
        let here = self.block_of(self.names.tokens[token].span.start);
        let near = here.abs_diff(self.block_of(source.start)) <= 1;
        match self.known[last].as_deref()? {
            [found @ Found { who: Who::Unnamed(words), .. }]
                if near && found.sure > sure::UNKNOWN_WORDS && !self.plural(*words) =>
            {
                let since =
                    nearest.is_some_and(|nearest| self.names.tokens[nearest].span.start >= source.start);
                (!since).then(|| Found {
                    how: How::Pronoun,
                    antecedent: Some(source),
                    sure: sure::SAME_UNNAMED.min(found.sure),
                    ..found.clone()
                })
            }
            _ => None,
        }
    }

    /// Whether a verb of speech or a plain verb follows a name: its subject.
    pub(super) fn before_verb(&self, name: &Name) -> bool {
        let next = self.names.word(name.last as usize);
        matches!(
            next,
            "is" | "was"
                | "has"
                | "had"
                | "did"
                | "will"
                | "would"
                | "also"
                | "and"
                | "who"
                | "can"
                | "could"
                | "does"
                | "then"
                | "never"
                | "later"
        ) || words::reports_speech(next)
            || next.len() > 4 && next.ends_with("ed")
    }

    /// "They": the speakers of the attribution before, when they are several or a group; else what the sentence before
    /// is about.
    fn group_before(
        &self,
        token: usize,
        source: Span,
        place: usize,
        attributions: &[Attribution],
    ) -> Vec<Found> {
        let spoken = self.last.filter(|last| *last != place).and_then(|last| {
            let there = envelope(&attributions[last])?;
            let near = self.block_of(source.start).abs_diff(self.block_of(there.end.saturating_sub(1))) <= 1;
            let found = self.known[last].as_deref()?;
            let group = found.len() > 1
                || found.iter().any(|found| match found.who {
                    Who::Unnamed(span) => self.plural(span),
                    Who::Organisation(_) => true,
                    _ => false,
                });
            (near && group).then_some((last, found))
        });
        // A group of which the page has told since is meant before a body that has spoken.
        let subject = || self.subject_before(token, true, place, attributions);
        let several = |found: &Found| matches!(found.who, Who::Unnamed(span) if self.plural(span));
        if let Some((last, _)) = spoken
            && let Some(group) = subject().filter(several)
            && let (Some(told), Some(source)) = (group.antecedent, attributions[last].source.first())
            && told.start > source.start
        {
            return vec![group];
        }
        if let Some((last, found)) = spoken {
            let antecedent = attributions[last].source.first().copied();
            return found
                .iter()
                .map(|found| Found {
                    how: How::Pronoun,
                    antecedent,
                    sure: sure::SAME_GROUP.min(found.sure),
                    ..found.clone()
                })
                .collect();
        }
        let both = self.names.word(token).eq_ignore_ascii_case("both");
        if !both && let Some(subject) = subject() {
            return vec![subject];
        }
        let mut two = self.pair_before(token, How::Pronoun, attributions);
        // "They" can be anybody; only whom the page joins are likely enough.
        two.retain(|found| both || found.sure > sure::TWO_NAMED);
        if both || !two.is_empty() {
            return two;
        }
        self.body_near(token, true).into_iter().collect()
    }

    pub(super) fn plural(&self, span: Span) -> bool {
        self.names.tokens_in(span).take(12).any(|token| {
            let lower = self.names.word(token).to_lowercase();
            words::plural_role(&lower).is_some() || group(&lower) || collective(&lower)
        })
    }

    /// "It": the organisation or the document that the sentence before is about, or that spoke last.
    fn organisation_before(&self, token: usize, place: usize, attributions: &[Attribution]) -> Option<Found> {
        let subject = self.subject_before(token, false, place, attributions);
        let spoken = self.last.filter(|last| *last != place).and_then(|last| {
            let here = self.block_of(self.names.tokens[token].span.start);
            let there = self.block_of(envelope(&attributions[last])?.end.saturating_sub(1));
            match self.known[last].as_deref()? {
                [found @ Found { who: Who::Organisation(_), .. }] if here.abs_diff(there) <= 1 => {
                    Some(Found {
                        how: How::Pronoun,
                        antecedent: attributions[last].source.first().copied(),
                        sure: sure::SAME_GROUP.min(found.sure),
                        ..found.clone()
                    })
                }
                _ => None,
            }
        });
        subject.or(spoken).or_else(|| self.body_near(token, false))
    }

    /// The nearest organisation before a token, in its sentence or the two before; for "they" a group too.
    fn body_near(&self, token: usize, several: bool) -> Option<Found> {
        let names = self.names;
        let sentence = names.tokens[token].sentence;
        let found = |who: Who, span: Span| Found {
            who,
            how: How::Pronoun,
            antecedent: Some(span),
            role: None,
            sure: sure::BODY_NEAR,
        };
        for at in (token.saturating_sub(80)..token).rev() {
            if sentence - names.tokens[at].sentence > 2 {
                break;
            }
            if let Some(name) = self.name_at(at) {
                if name.kind == NameKind::Organisation {
                    return Some(found(self.institution(name).who, names.span(name)));
                }
                continue;
            }
            let word = names.word(at);
            let span = names.tokens[at].span;
            if several && group(&word.to_lowercase()) {
                return Some(found(Who::Unnamed(span), span));
            }
            if words::organisation_noun(word) && at > 0 && article(&names.word(at - 1).to_lowercase()) {
                let whole = Span { start: names.tokens[at - 1].span.start, end: span.end };
                return Some(Found { sure: sure::BODY_NEAR, ..self.organisation(at - 1..at + 1, whole) })
                    .map(|body| Found {
                        how: How::Pronoun,
                        antecedent: body.antecedent.or(Some(whole)),
                        ..body
                    });
            }
        }
        None
    }

    /// What one of the two sentences before is about, by its first words: an organisation or a document for "it"; for
    /// "they" a group too.
    fn subject_before(
        &self,
        token: usize,
        several: bool,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let sentence = names.tokens[token].sentence;
        for back in 0..=2 {
            let wanted = sentence.checked_sub(back)?;
            let mut first = names.tokens.partition_point(|other| other.sentence < wanted);
            // "But the company", "When sailors land, they".
            let until = names.tokens.len().min(token);
            while first < until
                && names.tokens[first].sentence == wanted
                && words::leads(names.word(first), Lead::Sentence)
            {
                first += 1;
            }
            let mut end = first;
            while end < until
                && end - first < 10
                && names.tokens[end].sentence == wanted
                && (end == first || names.tokens[end].gap == Gap::Space)
                && (end == first || self.name_at(end).is_some() || words::cue(names.word(end)).is_none())
                && !(end > first && self.name_at(end).is_none() && preposition(names.word(end)))
            {
                end += 1;
                // A name that opens the sentence is its subject by itself.
                let named = self.name_at(end - 1).filter(|name| name.last as usize == end);
                if named.is_some() && !names.tokens[end - 1].possessive && end - first <= 4 {
                    let next = names.word(end);
                    if !words::organisation_noun(next) && !record(next) {
                        break;
                    }
                }
                let lower = names.word(end - 1).to_lowercase();
                let goes_on = self.name_at(end - 1).is_some_and(|name| name.last as usize > end);
                if !goes_on && (words::organisation_noun(&lower) || record(&lower) || group(&lower)) {
                    break;
                }
            }
            // "After the board met, …": what follows the comma is its subject.
            let opener = names.word(first);
            if end == first
                || pronoun(&opener.to_lowercase()).is_some()
                || preposition(&opener.to_lowercase())
            {
                continue;
            }
            let head = names.word(end - 1).to_lowercase();
            // "Quaycall suspended her account; it did not say why": a name that nobody bears.
            let unknown = |name: &Name| {
                name.kind == NameKind::Unknown
                    && name.person.is_none()
                    && !name.addressed
                    && !several
                    && !is_time(names.word(name.first as usize))
                    && (self.before_verb(name) || self.is_repeated(name))
            };
            let body = self
                .name_at(end - 1)
                .is_some_and(|name| name.kind == NameKind::Organisation || unknown(name))
                || words::organisation_noun(&head)
                || record(&head)
                || authorities(&head);
            if !(body || several && group(&head)) {
                continue;
            }
            let mut found = self.one(first..end, place, attributions)?;
            if let Some(name) = self.name_at(end - 1).filter(|name| unknown(name)) {
                found.who = Who::Organisation(names.span(name));
            }
            if matches!(found.who, Who::Organisation(_)) || several && matches!(found.who, Who::Unnamed(_)) {
                let antecedent =
                    Span { start: names.tokens[first].span.start, end: names.tokens[end - 1].span.end };
                return Some(Found {
                    how: How::Pronoun,
                    antecedent: Some(antecedent),
                    role: None,
                    sure: sure::SUBJECT_BEFORE,
                    ..found
                });
            }
        }
        None
    }

    /// Whom one of the last paragraphs tells of as of the author: "Ina Lund is a nurse in Westby.", named nowhere before it.
    fn signed(&self) -> Option<(u32, Span)> {
        const LOOKED_AT: usize = 8;
        let text = self.document.text.as_str();
        let names = self.names;
        let told = self
            .document
            .blocks
            .iter()
            .rev()
            .filter(|block| block.span.of(text).chars().any(char::is_alphanumeric));
        told.take(LOOKED_AT).enumerate().find_map(|(back, block)| {
            let (_, name) = names.names_in(block.span).find(|(_, name)| name.person.is_some())?;
            let person = name.person?;
            let opens =
                self.opens_sentence(name) && names.tokens_in(block.span).start + 4 > name.first as usize;
            let next = name.last as usize;
            let is = matches!(
                names.word(next),
                "is" | "was" | "chairs" | "teaches" | "writes" | "lives" | "works"
            );
            // What follows may be about the page; what stands before the last paragraph must say that it is of the author.
            let told = match back {
                0 => is || names.tokens.get(next).is_some_and(|token| token.gap == Gap::Comma),
                _ => {
                    is && (next + 1..next + 6).any(|at| {
                        words::role(&names.word(at).to_lowercase())
                            .is_some_and(|role| role.class == RoleClass::Role)
                            || looks_like_a_person(&names.word(at).to_lowercase())
                    })
                }
            };
            (opens && told && self.first_named(person) >= block.span.start && name.last - name.first > 1)
                .then(|| (person, names.span(name)))
        })
    }

    /// "I" and "we" stand for whoever's words they stand in, and outside of any for the author.
    pub(super) fn first_person(&self, attributions: &mut [Attribution]) {
        for place in 0..attributions.len() {
            let attribution = &attributions[place];
            let Some(&source) = attribution.source.first() else { continue };
            let tokens = self.names.tokens_in(source);
            let first = self.names.word(tokens.start).to_lowercase();
            if pronoun(&first) != Some(Pronoun::First) || tokens.len() != 1 {
                continue;
            }
            let quoted = self.quotation_at(source.start);
            let whose = attribution.parent.or_else(|| {
                // The words of the same quotation that are somebody's already.
                let quoted = quoted?;
                let near = place.saturating_sub(3)..(place + 4).min(attributions.len());
                near.into_iter().find(|&other| {
                    other != place
                        && attributions[other].kind != QuotationKind::Indirect
                        && !attributions[other].speakers.is_empty()
                        && attributions[other]
                            .content
                            .iter()
                            .any(|content| self.quotation_at(content.start) == Some(quoted))
                })
            });
            // Nobody is said to speak there: whom the sentence before the quotation begins with.
            let before = quoted.filter(|_| whose.is_none()).and_then(|quoted| {
                let found = self.told_before(&self.quotations[quoted].span)?;
                Some(Found { how: How::Pronoun, ..found })
            });
            let turn = self.turn(source.start).filter(|_| whose.is_none() && quoted.is_none());
            let found = match whose {
                None if before.is_some() => before.iter().map(|found| self.speaker(found)).collect(),
                _ if turn.is_some() => turn.iter().map(|found| self.speaker(found)).collect(),
                Some(parent) => attributions[parent]
                    .speakers
                    .iter()
                    .map(|speaker| Speaker {
                        how: How::Pronoun,
                        antecedent: attributions[parent].source.first().copied().or(speaker.antecedent),
                        confidence: sure::FIRST_PERSON.min(speaker.confidence),
                        ..speaker.clone()
                    })
                    .collect(),
                None if matches!(first.as_str(), "i" | "me" | "my") && quoted.is_none() => {
                    // Of a page without a byline the author is a voice by the word for it.
                    let signed = self.signed().filter(|_| self.document.byline.is_none());
                    let who = match (&self.document.byline, signed) {
                        (Some(_), _) => Who::Author,
                        (None, Some((person, _))) => Who::Person(person),
                        (None, None) => Who::Unnamed(source),
                    };
                    vec![self.speaker(&Found {
                        who,
                        how: How::Pronoun,
                        antecedent: signed.map(|(_, span)| span),
                        role: None,
                        sure: if signed.is_some() { sure::SIGNED } else { sure::AUTHOR },
                    })]
                }
                None => continue,
            };
            attributions[place].speakers = found;
        }
    }
}

//! Descriptions: "the minister", "the top diplomat", "the American president".

use super::part::Part;
use super::pronouns::{Candidate, likeliest};
use super::*;

/// Persons by the nouns of their roles, in the order of the text: where the role stands, and whose it is.
pub(super) fn bearers(names: &Names) -> HashMap<String, Vec<(Span, u32)>> {
    let mut table: HashMap<String, Vec<(Span, u32)>> = HashMap::new();
    for (place, person) in names.persons.iter().enumerate() {
        for &role in &person.roles {
            if let Some(head) = role_head(role.of(names.text)) {
                table.entry(head).or_default().push((role, place as u32));
            }
        }
    }
    // A person's roles stand together; the text's order is wanted.
    table.values_mut().for_each(|roles| roles.sort_by_key(|(role, _)| role.start));
    table
}

/// The noun that a role turns on, in lower case: "minister" of "Russian Foreign Minister", "spokesman" of "a
/// spokesman for the ministry", "sen" of "Sen.".
pub(super) fn role_head(role: &str) -> Option<String> {
    let mut head = None;
    for word in role.split(|c: char| !c.is_alphanumeric() && c != '-').take(16) {
        let lower = word.to_lowercase();
        if matches!(
            lower.as_str(),
            "of" | "for" | "at" | "in" | "to" | "from" | "with" | "on" | "who" | "under"
        ) {
            if head.is_some() {
                break;
            }
        } else if words::role(&lower)
            .is_some_and(|role| matches!(role.class, RoleClass::Role | RoleClass::Title))
        {
            head = Some(lower);
        }
    }
    head
}

/// Whether a role is said to be past.
pub(super) fn past(role: &str) -> bool {
    role.split(|c: char| !c.is_alphanumeric())
        .take(8)
        .any(|word| matches!(word.to_lowercase().as_str(), "former" | "ex" | "then" | "late" | "onetime"))
}

impl Page<'_> {
    /// Whether a part is about one person by a role ("the minister") or an age.
    pub(super) fn is_somebody(&self, part: &Part) -> bool {
        let role = words::role(&part.head).is_some_and(|role| role.class == RoleClass::Role);
        let person = !self.is_titled_so(part) && (role || self.singular_capital_role(part.end - 1));
        words::plural_role(&part.head).is_none() && (person || part.head.ends_with("-old"))
    }

    /// Whom a role or an age stands for: somebody whom the page names, or nobody named.
    pub(super) fn somebody(&self, part: &Part, place: usize, attributions: &[Attribution]) -> Option<Found> {
        let names = self.names;
        let Part { start, end, words, .. } = *part;
        let first = part.first.as_str();
        let owned = names.tokens[start..end - 1].iter().any(|token| token.possessive);
        let titled = words::role(&part.head).is_some_and(|role| role.class == RoleClass::Role)
            && end - start <= 3
            && names.word(start).starts_with(char::is_uppercase)
            && !article(first)
            && !matches!(first, "another" | "one" | "every" | "any" | "no");
        if !part.is_definite()
            && let Some(found) = self.spokesman_named(start..end, part.last)
        {
            return Some(found);
        }
        if !article(first)
            && let Some(found) = self.announced(&part.head, words.start)
        {
            return Some(found);
        }
        if matches!(first, "a" | "an")
            && let Some(found) = self.named_soon(part)
        {
            return Some(found);
        }
        if part.is_definite() || part.head == "counterpart" || titled && !owned {
            return self.described(start..end, words, place, attributions);
        }
        Some(Found { sure: sure::UNNAMED, ..unnamed(words) })
    }

    /// "The minister", "the Russian president", "the top diplomat": the one person who bears that role, first of those
    /// that the page has named before, then of those that it names later.
    pub(super) fn described(
        &self,
        tokens: std::ops::Range<usize>,
        words: Span,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let at = names.tokens[tokens.start].span.start;
        let head = names.word(tokens.end - 1).to_lowercase();
        let gender = words::role(&head).and_then(|role| role.gender);
        // "The source" is nobody whom the page names.
        if head == "source" {
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        let formerly = past(words.of(names.text));
        let extra: Vec<String> = (tokens.start..tokens.end - 1)
            .map(|token| names.word(token))
            .filter(|word| !vague(&word.to_lowercase()))
            .map(str::to_owned)
            .collect();
        // "An official with the ministry … the official": the page has told whom it means, and names nobody.
        if !self.bearers.contains_key(&head) && self.is_introduced(&head, tokens.start) {
            return Some(Found { sure: sure::UNNAMED, ..unnamed(words) });
        }
        let last = self.last_person(place, attributions);
        let mut ranked: [Vec<u32>; 3] = Default::default();
        let kin = words::role_kin(&head);
        let anybody = kin == ["*"];
        let mut roles: Vec<(Span, u32)> = Vec::new();
        if !anybody {
            let of = |noun: &str| self.bearers.get(noun).map(Vec::as_slice).unwrap_or_default();
            roles.extend(of(&head).iter().take(64));
            for kin in kin {
                let noun = kin.rsplit(' ').next().unwrap_or(kin);
                roles.extend(of(noun).iter().take(64).filter(|(role, _)| {
                    noun.len() == kin.len() || role.of(names.text).to_lowercase().contains(kin)
                }));
            }
        }
        for (role, person) in roles {
            let known = names.persons[person as usize].gender;
            if gender.is_some() && known.is_some() && gender != known {
                continue;
            }
            let stated = role.of(names.text);
            // "The president" is not the vice president, nor "the energy minister" the prime minister.
            let ranked_so = |rank: &str| stated.to_lowercase().split([' ', '-']).any(|word| word == rank);
            let said_so =
                |rank: &str| extra.iter().any(|word| word.to_lowercase().split('-').any(|word| word == rank));
            if ["vice", "deputy"].iter().any(|rank| ranked_so(rank) != said_so(rank))
                || head == "minister" && ranked_so("prime") && !said_so("prime") && !extra.is_empty()
            {
                continue;
            }
            // "The president" alone leads a country, unless the president of a firm has just spoken.
            let of_a_body =
                head == "president" && extra.is_empty() && self.is_of_a_body(role) && last != Some(person);
            if of_a_body {
                continue;
            }
            let fits = extra.iter().all(|word| states(stated, word)) && past(stated) == formerly;
            let before = role.start < at || self.first_named(person) < at;
            let rank = match (fits, before) {
                (true, true) => 0,
                (false, true) if !extra.iter().any(|word| tells_apart(word)) => 1,
                (false, true) => continue,
                (true, false) => 2,
                (false, false) => continue,
            };
            if ranked.iter().all(|list| !list.contains(&person)) {
                ranked[rank].push(person);
            }
        }
        let found = |person: u32, sure| Found {
            who: Who::Person(person),
            how: How::Description,
            antecedent: Some(names.span(&names.names[names.persons[person as usize].full as usize])),
            role: None,
            sure,
        };
        let sures = [sure::ONE_BEARER, sure::ONE_BEARER_LOOSELY, sure::ONE_BEARER_LATER];
        for (candidates, sure) in ranked.iter().zip(sures) {
            match candidates[..] {
                [] => {}
                [person] => return Some(found(person, sure)),
                _ => {
                    // Several bear it: only the one who has just spoken is likely enough.
                    let last = last.filter(|last| candidates.contains(last))?;
                    return Some(found(last, sure::ONE_OF_SEVERAL));
                }
            }
        }
        // "The Courier host" of a page that names the Courier's Ann Low.
        if !extra.is_empty()
            && let Some(person) = self.only_one_of(&extra.join(" "))
        {
            return Some(found(person, sure::ONE_BEARER_LOOSELY));
        }
        // "The 61-year-old", "the man" go on about whoever has just spoken.
        let aged = head.ends_with("-old") || head.ends_with("-something");
        if anybody || aged || of_public_life(&head) {
            let fits = |person: &u32| {
                let known = names.persons[*person as usize].gender;
                gender.is_none() || known.is_none() || known == gender
            };
            if let Some(last) = last.filter(fits) {
                // "The minority leader" tells a role, "the man" none.
                let stated = Span { start: names.tokens[tokens.start].span.start, end: words.end };
                let role = (!anybody && !aged && head != "democrat" && head != "republican").then(|| {
                    let end = names.tokens[tokens.end - 1].span.end;
                    self.without_article(Span { end, ..stated })
                });
                return Some(Found { role, ..found(last, sure::GOES_ON_ABOUT) });
            }
        }
        let salient = self.salient(tokens.clone(), words, gender, place, attributions);
        salient.or(Some(Found { sure: sure::UNKNOWN_WORDS, ..unnamed(words) }))
    }

    /// Whether a role names an organisation: "president of the Harbour Institute".
    fn is_of_a_body(&self, role: Span) -> bool {
        self.names.names_in(role).any(|(_, name)| name.kind == NameKind::Organisation)
    }

    /// The only person whom the page sets beside a body as of it.
    fn only_one_of(&self, house: &str) -> Option<u32> {
        let text = self.names.text;
        let persons = self.names.persons.iter().enumerate();
        let mut of = persons.filter(|(_, person)| person.of.is_some_and(|of| of.of(text) == house));
        let (one, _) = of.next()?;
        (of.next().is_none() && house.starts_with(char::is_uppercase)).then_some(one as u32)
    }

    /// "The Vermont senator", where the page gives nobody that role: whom "he" would mean there. Not with words behind it
    /// that tell who it is ("the nurse who found him"), and not where somebody unnamed was called so before.
    fn salient(
        &self,
        tokens: std::ops::Range<usize>,
        words: Span,
        gender: Option<Gender>,
        place: usize,
        attributions: &[Attribution],
    ) -> Option<Found> {
        let names = self.names;
        let head = names.word(tokens.end - 1).to_lowercase();
        let is_bare = names.tokens[tokens.end - 1].span.end + 3 > words.end;
        let is_owned = names.tokens[tokens.start..tokens.end - 1].iter().any(|token| token.possessive);
        let definite = names.word(tokens.start).eq_ignore_ascii_case("the");
        // "The vice president", of whom the page tells nothing, is not whom it tells of.
        let deputy = |at: usize| {
            matches!(names.word(at).to_lowercase().as_str(), "vice" | "deputy" | "vice-president")
        };
        if !past(words.of(names.text)) && (tokens.start..tokens.end).any(deputy) {
            return None;
        }
        // "The White House adviser" is somebody of that house, whom the page need not name.
        let of_a_house =
            self.names.names_in(words).any(|(_, name)| matches!(name.kind, NameKind::Organisation));
        if !definite || !is_bare || is_owned || of_a_house || self.is_introduced(&head, tokens.start) {
            return None;
        }
        let candidates = self.candidates(tokens.start, gender, place, attributions);
        // Who bears another role is less likely meant.
        let other = |candidate: &Candidate| {
            const NEVER: f32 = -9.0;
            let roles = &names.persons[candidate.person as usize].roles;
            let vice = |role: &Span| {
                let role = role.of(names.text).to_lowercase();
                role.split([' ', '-']).any(|word| matches!(word, "vice" | "deputy")) && role.contains(&head)
            };
            match roles.iter().any(|role| role_head(role.of(names.text)).is_some()) {
                _ if !past(words.of(names.text)) && roles.iter().any(vice) => NEVER,
                _ if head == "president" && is_bare && roles.iter().any(|role| self.is_of_a_body(*role)) => {
                    NEVER
                }
                true => -0.7,
                false => 0.0,
            }
        };
        let (best, sure) = likeliest(&candidates, other)?;
        (sure >= 0.35)
            .then(|| self.meant(best, How::Description, (sure * sure::SALIENT).min(sure::ONE_BEARER)))
    }

    /// "A Westby judge ruled" in an article's first sentences: the one bearer whom the next ones name.
    fn named_soon(&self, part: &Part) -> Option<Found> {
        const SENTENCES: u32 = 3;
        let names = self.names;
        let at = part.words.start;
        if at >= self.body || part.end < part.last {
            return None;
        }
        let sentence = names.tokens[part.start].sentence;
        let gender = words::role(&part.head).and_then(|role| role.gender);
        let kin = words::role_kin(&part.head).iter().copied().filter(|kin| !kin.contains(' '));
        let mut one = None;
        for noun in std::iter::once(part.head.as_str()).chain(kin) {
            for &(role, person) in
                self.bearers.get(noun).map(Vec::as_slice).unwrap_or_default().iter().take(32)
            {
                let known = names.persons[person as usize].gender;
                let first = names.tokens.partition_point(|token| token.span.start < self.first_named(person));
                let soon =
                    names.tokens.get(first).is_some_and(|token| token.sentence <= sentence + SENTENCES);
                let fits = gender.is_none() || known.is_none() || known == gender;
                if role.start < at || self.first_named(person) < at || !soon || !fits {
                    continue;
                }
                if one.is_some_and(|one| one != person) {
                    return None;
                }
                one = Some(person);
            }
        }
        let person = one?;
        Some(Found {
            who: Who::Person(person),
            how: How::Description,
            antecedent: Some(names.span(&names.names[names.persons[person as usize].full as usize])),
            role: None,
            sure: sure::ANNOUNCED,
        })
    }

    /// Whether somebody not named was called so before: "a team leader".
    fn is_introduced(&self, head: &str, before: usize) -> bool {
        const LOOKED_AT: usize = 600;
        let names = self.names;
        (before.saturating_sub(LOOKED_AT)..before).any(|at| {
            names.word(at).eq_ignore_ascii_case(head)
                && (at.saturating_sub(4)..at).any(|first| {
                    matches!(
                        names.word(first),
                        "his"
                            | "her"
                            | "their"
                            | "a"
                            | "an"
                            | "A"
                            | "An"
                            | "another"
                            | "one"
                            | "second"
                            | "unnamed"
                            | "anonymous"
                    ) && names.tokens[first].sentence == names.tokens[at].sentence
                        || first + 1 == at && names.tokens[first].possessive
                })
                && self.name_at(at + 1).is_none()
                && names
                    .tokens
                    .get(at + 1)
                    .is_none_or(|next| next.gap != Gap::Comma || self.person_from(at + 1, at + 4).is_none())
        })
    }

    /// Where a person is named first.
    pub(super) fn first_named(&self, person: u32) -> u32 {
        self.first.get(person as usize).copied().unwrap_or(u32::MAX)
    }

    /// "A spokesman for Ann Low" where the page names one spokesman of hers: him.
    pub(super) fn spokesman_named(&self, tokens: std::ops::Range<usize>, end: usize) -> Option<Found> {
        let names = self.names;
        let head = names.word(tokens.end - 1).to_lowercase();
        if !matches!(head.as_str(), "spokesman" | "spokeswoman" | "spokesperson")
            || !matches!(names.word(tokens.end), "for" | "of")
        {
            return None;
        }
        let owner = (tokens.end + 1..end.min(tokens.end + 9)).rev().find_map(|token| self.name_at(token))?;
        let family = names.word(owner.last as usize - 1);
        let mut one = None;
        for noun in ["spokesman", "spokeswoman", "spokesperson"] {
            for &(role, person) in
                self.bearers.get(noun).map(Vec::as_slice).unwrap_or_default().iter().take(32)
            {
                if role.of(names.text).contains(family) {
                    if one.is_some_and(|one| one != person) {
                        return None;
                    }
                    one = Some(person);
                }
            }
        }
        let person = one?;
        Some(Found {
            who: Who::Person(person),
            how: How::Description,
            antecedent: Some(names.span(&names.names[names.persons[person as usize].full as usize])),
            role: None,
            sure: sure::ONE_BEARER_LATER,
        })
    }

    /// A headline that describes somebody ("Local baker says …"): the first person whom the article's first words name
    /// and whom it can mean.
    pub(super) fn announced(&self, head: &str, at: u32) -> Option<Found> {
        let block = self.document.blocks.get(self.block_of(at))?;
        if !matches!(block.kind, BlockKind::Headline | BlockKind::Subheadline) {
            return None;
        }
        let gender = words::role(head).and_then(|role| role.gender);
        let names = self.names;
        let from = names.names.partition_point(|name| names.span(name).start < block.span.end);
        let sentence = names.tokens.get(names.names.get(from)?.first as usize)?.sentence;
        let fits = |name: &&Name| {
            name.person.is_some_and(|person| {
                let known = names.persons[person as usize].gender;
                gender.is_none() || known.is_none() || known == gender
            })
        };
        let bears = |name: &&Name| {
            let roles = name.person.map(|person| &names.persons[person as usize].roles);
            let is_it = |role: &Span| role_head(role.of(names.text)).is_some_and(|noun| noun == head);
            roles.is_some_and(|roles| roles.iter().any(is_it))
        };
        let first = || {
            let near = names.names[from..].iter().take(8);
            near.take_while(|name| names.tokens[name.first as usize].sentence <= sentence + 1).filter(fits)
        };
        let name = first().find(bears).or_else(|| first().next())?;
        let person = name.person?;
        Some(Found {
            who: Who::Person(person),
            how: How::Description,
            antecedent: Some(names.span(name)),
            role: None,
            sure: sure::ANNOUNCED,
        })
    }

    /// A role written with a capital, as some pages do: "the President".
    pub(super) fn singular_capital_role(&self, token: usize) -> bool {
        let word = self.names.word(token);
        word.starts_with(char::is_uppercase)
            && words::role(&word.to_lowercase()).is_some_and(|role| role.class == RoleClass::Role)
    }
}

/// Words by which news goes on about somebody in public life whom it has just named, without a role beside the name.
pub(super) fn of_public_life(head: &str) -> bool {
    matches!(
        head,
        "candidate"
            | "nominee"
            | "contender"
            | "hopeful"
            | "frontrunner"
            | "democrat"
            | "republican"
            | "leader"
            | "businessman"
            | "businesswoman"
            | "actor"
            | "actress"
            | "lawmaker"
    )
}

/// Whether a role states a word of a description: itself, or the country that it belongs to.
fn states(role: &str, word: &str) -> bool {
    if role.to_lowercase().contains(&word.to_lowercase()) {
        return true;
    }
    words::nation(word).is_some_and(|nation| {
        role.contains(nation.name)
            || nation.forms.iter().chain(&nation.seats).any(|form| form.len() > 2 && role.contains(form))
    })
}

/// Words that would stand in the role of whom they describe: peoples and parties.
fn tells_apart(word: &str) -> bool {
    words::nation(word).is_some()
        || matches!(
            word.to_lowercase().as_str(),
            "republican"
                | "democratic"
                | "conservative"
                | "labour"
                | "liberal"
                | "socialist"
                | "vice"
                | "prime"
                | "deputy"
        )
}

/// Words of a description that tell nothing of who is described.
fn vague(lower: &str) -> bool {
    article(lower)
        || matches!(
            lower,
            "this"
                | "that"
                | "former"
                | "then"
                | "top"
                | "senior"
                | "embattled"
                | "new"
                | "current"
                | "sitting"
                | "his"
                | "her"
                | "their"
                | "its"
                | "chief"
                | "longtime"
                | "veteran"
                | "controversial"
        )
}

pub(super) fn unnamed(words: Span) -> Found {
    Found {
        who: Who::Unnamed(words),
        how: How::Description,
        antecedent: None,
        role: None,
        sure: sure::UNNAMED,
    }
}

/// Words for people without a name or a number.
pub(super) fn collective(lower: &str) -> bool {
    matches!(
        lower,
        "some"
            | "many"
            | "others"
            | "most"
            | "several"
            | "few"
            | "those"
            | "people"
            | "everyone"
            | "everybody"
            | "someone"
            | "somebody"
            | "nobody"
            | "anyone"
            | "experts"
            | "critics"
            | "sources"
            | "majority"
            | "americans"
            | "voters"
            | "public"
            | "none"
            | "half"
            | "percent"
            | "respondents"
            | "one"
            | "another"
            | "two"
            | "three"
            | "four"
            | "five"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "community"
            | "crowd"
            | "all"
            | "both"
            | "fewer"
            | "more"
            | "nearly"
            | "about"
            | "roughly"
    )
}

/// Whether a noun without a row in any table looks like a word for a person.
pub(super) fn looks_like_a_person(lower: &str) -> bool {
    [
        "er", "or", "ist", "ian", "man", "woman", "person", "ee", "ant", "-old", "guy", "kid", "dad", "mom",
        "teen",
    ]
    .iter()
    .any(|end| (lower == "person" || lower.len() > end.len()) && lower.ends_with(end))
        && !matches!(
            lower,
            "paper" | "letter" | "computer" | "number" | "weather" | "order" | "matter" | "power"
        )
}

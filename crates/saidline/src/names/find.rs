//! Finds the names of a sentence by its capitals and the word tables.

use std::collections::HashSet;

use super::*;

/// Finds the names of one sentence.
pub(super) struct Finder<'n, 'a> {
    pub names: &'n mut Names<'a>,
    /// The words that the document writes without a capital somewhere.
    pub uncapitalised: &'n HashSet<&'a str>,
    pub title_case: bool,
}

impl Finder<'_, '_> {
    pub fn find(&mut self, first: usize, last: usize) {
        let mut at = first;
        while at < last {
            if !self.capital(at, first) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < last && end - at < LONGEST && self.joined(at, end, last, first) {
                end += 1;
            }
            // A connector may not end a name.
            while end > at + 1
                && !self.names.word(end - 1).contains(|c: char| c.is_uppercase() || c.is_ascii_digit())
            {
                end -= 1;
            }
            self.run(at, end, first);
            at = end;
        }
    }

    /// Whether a token is capitalised as names are.
    fn capital(&self, at: usize, first: usize) -> bool {
        let word = self.names.word(at);
        let article_name = ["al-", "el-", "Al-", "El-"].iter().any(|article| {
            word.strip_prefix(article).is_some_and(|rest| rest.starts_with(char::is_uppercase))
        });
        if !word.starts_with(char::is_uppercase) {
            return article_name;
        }
        if party_and_state(word) || modifies(word) {
            return false;
        }
        // "A. Low": one letter and its stop are an initial, though "A" opens sentences.
        let next = self.names.tokens.get(at + 1);
        if word.len() == 1
            && next
                .is_some_and(|next| next.gap == Gap::Stop && next.sentence == self.names.tokens[at].sentence)
            && self.names.word(at + 1).starts_with(char::is_uppercase)
        {
            return true;
        }
        if no_name(word) {
            // "Will" and "May" are names too, where another capital follows and the sentence is under way.
            let next = self.names.word(at + 1).starts_with(char::is_uppercase);
            return at > first
                && next
                && words::given(word).is_some()
                && self.names.tokens[at].gap == Gap::Space;
        }
        true
    }

    /// Whether the token `end` goes on the run of capitals that began at `at`.
    fn joined(&self, at: usize, end: usize, last: usize, first: usize) -> bool {
        let names = &*self.names;
        let token = names.tokens[end];
        let before = names.word(end - 1);
        let spaced = match token.gap {
            Gap::Space => true,
            // "J. Smith", "Sen. Low", "Jr." after a comma.
            Gap::Stop => before.chars().count() == 1 || short_title(before) || before.contains('.'),
            Gap::Comma => matches!(names.word(end), "Jr" | "Sr" | "II" | "III"),
            // `William "Bill" Low`: a nickname in marks.
            Gap::Mark => {
                self.nickname(end, last, first) || end > at + 1 && self.nickname(end - 1, last, first)
            }
            _ => false,
        };
        if !spaced || names.tokens[end - 1].possessive {
            return false;
        }
        // "Theresa May" has no month.
        let month = end == at + 1
            && names.word(end) == "May"
            && self.given_alone(at)
            && !names.word(end + 1).starts_with(|c: char| c.is_ascii_digit());
        if month {
            return true;
        }
        if self.capital(end, first) {
            // In title case every word has a capital: only a given name and what follows it are sure to be one.
            return !self.title_case
                || end == at + 1
                    && words::given(before).is_some()
                    && !self.common(end)
                    && !words::reports_speech(&names.word(end).to_lowercase())
                    && words::known_name(std::iter::once(names.word(end))).is_none()
                || matches!(names.word(end), "Jr" | "Sr");
        }
        let next = end + 1 < last && names.tokens[end + 1].gap == Gap::Space && self.capital(end + 1, first);
        if next && is_year(names.word(end)) && !self.title_case {
            return self.organisation_goes_on(end + 1, last, first);
        }
        // "The Center for Ships and Harbours", "USA Today": what the table of organisations has goes on to its end.
        if self.known_over(at, end, last) {
            return true;
        }
        match names.word(end) {
            "de" | "da" | "di" | "del" | "della" | "der" | "den" | "van" | "von" | "bin" | "ibn" | "bint"
            | "al" | "el" | "la" | "le" | "ben" | "du" | "dos" | "das" | "ter" | "ten" => {
                let far = end + 2 < last && particle(names.word(end + 1)) && self.capital(end + 2, first);
                (next || far) && !self.title_case
            }
            // "Harbour & Harbour", but not "Ann Low & Otto Klein".
            "&" if next && !self.title_case && (end == at + 1 || words::given(names.word(at)).is_none()) => {
                true
            }
            "of" | "for" | "the" | "and" | "&" | "on" => {
                let connector = names.word(end);
                let the = end + 2 < last && names.word(end + 1) == "the" && self.capital(end + 2, first);
                let role =
                    words::role(&before.to_lowercase()).is_some_and(|role| role.class == RoleClass::Role);
                let committee = connector == "and" && self.names_a_committee(end + 1, last, first);
                let head = committee
                    || connector == "of" && role
                    || (at..end).any(|place| names.word(place) == "of" || self.heads_organisation(place));
                let after_of = matches!(before, "of" | "for" | "on");
                let inside = match connector {
                    // "The Institute for Ships and Harbours"; "… for Ships and Ann Low" are two.
                    "and" if committee => true,
                    "and" => (at..end).any(|place| {
                        names.word(place) == "of"
                            || matches!(names.word(place), "for" | "on") && self.is_subject(end + 1)
                    }),
                    "the" => after_of,
                    _ => true,
                };
                // "Senate Leader Ann Low on the Harbour": a person's name has no more behind it.
                let person = end - at > 2
                    && self.given_alone(end - 2)
                    && (at..end - 2).any(|place| self.role(place).is_some());
                head && inside && !person && (next || the) && !self.title_case
            }
            _ => false,
        }
    }

    /// Whether a known organisation begins within a run and goes on over one of its words: "Food and Drug Administration".
    fn known_over(&self, at: usize, end: usize, last: usize) -> bool {
        (at..end).any(|from| {
            let known = words::known_name((from..last).map(|place| self.names.word(place)));
            matches!(known, Some((length, Known::Organisation)) if from + length > end)
        })
    }

    /// Whether a word with a capital heads names of organisations.
    fn heads_organisation(&self, at: usize) -> bool {
        words::heads_organisations(&self.names.word(at).to_lowercase())
    }

    /// Whether a word can be what an organisation is for: no name of its own.
    fn is_subject(&self, at: usize) -> bool {
        let word = self.names.word(at);
        words::given(word).is_none() && words::known_name(std::iter::once(word)).is_none()
    }

    /// Whether the capitals from `at` on end in a word that heads organisations: "Harbour-Watch 2020 Ferry Tracker".
    fn organisation_goes_on(&self, at: usize, last: usize, first: usize) -> bool {
        const FAR: usize = 5;
        let capitals = (at..last.min(at + FAR)).take_while(|&place| {
            self.capital(place, first)
                && self.names.tokens[place].gap == Gap::Space
                && !self.names.tokens[place - 1].possessive
        });
        capitals.last().is_some_and(|place| self.heads_organisation(place))
    }

    /// Whether capitals from `at` on end the name of a committee, and no person's stands among them: "Harbours and ⟦Means
    /// Committee⟧".
    fn names_a_committee(&self, at: usize, last: usize, first: usize) -> bool {
        const FAR: usize = 5;
        let mut capitals = (at..last.min(at + FAR)).take_while(|&place| {
            self.capital(place, first)
                && self.names.tokens[place].gap == Gap::Space
                && !self.given_alone(place)
        });
        capitals.any(|place| matches!(self.names.word(place), "Committee" | "Subcommittee"))
    }

    /// Whether a token is a nickname in marks between two words of a name.
    fn nickname(&self, token: usize, last: usize, first: usize) -> bool {
        let names = &*self.names;
        let marked = |at: usize| names.tokens[at].gap == Gap::Mark;
        token > first
            && token + 1 < last
            && marked(token)
            && marked(token + 1)
            && words::given(names.word(token - 1)).is_some()
            && self.capital(token, first)
            && self.capital(token + 1, first)
    }

    /// Whether the document writes this word without its capital elsewhere.
    fn common(&self, at: usize) -> bool {
        let word = self.names.word(at);
        let lower = word.to_lowercase();
        self.uncapitalised.contains(lower.as_str())
            || words::role(&lower).is_some() && words::given(word).is_none()
            || words::organisation_noun(&lower)
    }

    /// Cuts a run of capitals into titles and names.
    fn run(&mut self, mut at: usize, end: usize, first: usize) {
        // The first word of a sentence has its capital by position, but not an initial.
        let initial = self.names.word(at).len() == 1 && end > at + 1;
        if at == first
            && end > at
            && !initial
            && words::given(self.names.word(at)).is_none()
            && self.common(at)
        {
            let lower = self.names.word(at).to_lowercase();
            let useful = words::role(&lower).is_some() || words::organisation_noun(&lower) && end > at + 1;
            if !useful || end == at + 1 {
                at += 1;
            }
        }
        if end == at + 1 && group(&self.names.word(at).to_lowercase()) {
            return;
        }
        at += self.abuse(at, end);
        at += self.shouted(at, end);
        at += usize::from(self.says_at_the_head(at, end, first));
        let start = at;
        while at < end {
            let found = words::known_name((at..end).map(|place| self.names.word(place)));
            match found {
                Some((length, Known::Organisation)) => {
                    // "Senate Majority Leader Ann Low": the body is part of the title.
                    let rest = at + length;
                    let role = (rest..end).any(|place| self.role(place).is_some());
                    let noun = rest < end && self.heads_organisation(end - 1);
                    // An agency's name stands before others as a credit: "Getty Images Low".
                    let more = rest < end
                        && words::given(self.names.word(rest)).is_none()
                        && !words::sells_pictures(&self.in_one(at..rest));
                    if (noun || more) && !role {
                        return self.push(at, end, NameKind::Organisation, None);
                    }
                    self.push(at, rest, NameKind::Organisation, None);
                    at = rest;
                    if !role {
                        continue;
                    }
                    // "They told the Courier President Low left": an outlet has no president in its pages.
                    let outlet =
                        || words::organisation_class(&self.in_one(rest - length..rest)) == Some("outlet");
                    let office = matches!(
                        self.names.word(at),
                        "President"
                            | "Sen"
                            | "Senator"
                            | "Rep"
                            | "Representative"
                            | "Secretary"
                            | "Gov"
                            | "Governor"
                            | "Mr"
                            | "Mrs"
                            | "Ms"
                    );
                    if office && outlet() {
                        return self.person_or(at, end, at);
                    }
                }
                Some((length, known)) if at + length < end || known == Known::Place => {
                    let rest = at + length;
                    let noun = (rest..end).any(|place| self.heads_organisation(place));
                    let role = (rest..end).any(|place| self.role(place).is_some());
                    let given =
                        known == Known::Place && words::given(self.names.word(at)).is_some() && length == 1;
                    if given && rest < end && !role {
                        // "Georgia Meloni", "Jordan Smith".
                        return self.person_or(at, end, start);
                    }
                    if noun && !role {
                        return self.push(at, end, NameKind::Organisation, None);
                    }
                    if known == Known::Place && rest == end {
                        return self.push(at, rest, NameKind::Place, None);
                    }
                    at = rest;
                    if known == Known::Place && !role {
                        self.push(at - length, at, NameKind::Place, None);
                        continue;
                    }
                }
                Some((_, Known::Demonym)) => return,
                _ if self.is_land(start, end) => return self.push(start, end, NameKind::Place, None),
                _ => {}
            }
            return self.person_or(at, end, start);
        }
    }

    /// "Lund County", "West Africa": by its last word, which some persons bear, too, or by its quarter and its continent.
    fn is_land(&self, at: usize, end: usize) -> bool {
        let (first, last) = (self.names.word(at), self.names.word(end - 1));
        let quarter = matches!(
            first,
            "North" | "South" | "East" | "West" | "Central" | "Northern" | "Southern" | "Eastern" | "Western"
        );
        let land = matches!(last, "County" | "Island" | "Islands" | "Province" | "Township" | "Peninsula")
            || matches!(last, "Valley" | "Parish") && words::given(first).is_none();
        let continent = matches!(last, "Africa" | "America" | "Asia" | "Europe" | "Coast");
        end > at + 1 && (land || continent && quarter) && (at..end).all(|place| self.role(place).is_none())
    }

    /// Words with spaces between.
    fn in_one(&self, words: std::ops::Range<usize>) -> String {
        words.map(|place| self.names.word(place)).collect::<Vec<_>>().join(" ")
    }

    /// How many words of a label in capitals stand before a name that is not: "JUST WATCHED Low". One alone may be a body.
    fn shouted(&self, at: usize, end: usize) -> usize {
        const LEAST: usize = 4;
        let capitals = |word: &str| word.len() >= LEAST && word.chars().all(char::is_uppercase);
        let count = (at..end).take_while(|&place| capitals(self.names.word(place))).count();
        if count > 1 && at + count < end { count } else { 0 }
    }

    /// "Said Low:", "Meet Ann Low" at the head of a sentence: a verb, where no other follows the name as behind Said Low's.
    fn says_at_the_head(&self, at: usize, end: usize, first: usize) -> bool {
        const FAR: usize = 3;
        let reports = |place: usize| words::reports_speech(&self.names.word(place).to_lowercase());
        let verb = reports(at)
            || matches!(self.names.word(at), "Meet" | "Watch" | "See" | "Read" | "Hear")
                && words::given(self.names.word(at + 1)).is_some();
        at == first && end > at + 1 && verb && !(end..end + FAR).any(reports)
    }

    /// How many words at the beginning of a run abuse whom it names: "Sleepy Eyes Ann Low".
    fn abuse(&self, at: usize, end: usize) -> usize {
        const LONGEST: usize = 2;
        if !abusive(self.names.word(at)) {
            return 0;
        }
        let given = (at + 1..end.min(at + 1 + LONGEST)).find(|&place| self.given_alone(place));
        given.map_or(0, |given| given - at)
    }

    /// Whether a word is a given name and the name of no place or body.
    fn given_alone(&self, at: usize) -> bool {
        let word = self.names.word(at);
        words::given(word).is_some() && words::known_name(std::iter::once(word)).is_none()
    }

    /// Where a person's name begins behind the name of a body that opens a run: "Center for Harbour Services Ann Low".
    fn person_behind_body(&self, at: usize, end: usize) -> Option<usize> {
        let begins = end.checked_sub(2).filter(|&begins| begins > at + 1 && self.given_alone(begins))?;
        let of = |place: usize| matches!(self.names.word(place), "of" | "for" | "on" | "the" | "and" | "&");
        let body = (at..begins).any(|place| matches!(self.names.word(place), "of" | "for" | "on"));
        let surname = !self.heads_organisation(end - 1) && !legal_form(self.names.word(end - 1));
        (body && !of(begins - 1) && words::given(self.names.word(begins - 1)).is_none() && surname)
            .then_some(begins)
    }

    /// Where a second person's name begins in a run of capitals: a given and a family name, and again.
    fn second_person(&self, at: usize, end: usize) -> Option<usize> {
        let first = end.checked_sub(4).filter(|&first| first >= at)?;
        let given = |place: usize| words::given(self.names.word(place)).is_some();
        let plain = (first..end).all(|place| {
            let word = self.names.word(place);
            word.chars().count() > 1
                && !suffix(word)
                && word.contains(char::is_lowercase)
                && words::role(&word.to_lowercase()).is_none()
        });
        let titled = (at..first).all(|place| self.role(place).is_some() || !given(place));
        (plain
            && titled
            && self.given_alone(first)
            && !given(first + 1)
            && self.given_alone(first + 2)
            && !given(first + 3))
        .then_some(first + 2)
    }

    /// Where a person's name begins behind the country of a role: "envoy for Ruritania Ann Low".
    fn person_behind_country(&self, at: usize, end: usize) -> Option<usize> {
        let of = at.checked_sub(1).filter(|&of| self.names.word(of) != "at")?;
        let head = self.head_before(of)?;
        let near = self.names.tokens[of].sentence == self.names.tokens[at].sentence
            && self.role(head).is_some_and(|role| role.class == RoleClass::Role);
        let begins = (at + 1..end.saturating_sub(1)).find(|&place| self.given_alone(place))?;
        (near && words::given(self.names.word(at)).is_none()).then_some(begins)
    }

    /// The role before a word behind which its body or country stands: "envoy for".
    fn head_before(&self, of: usize) -> Option<usize> {
        let head = of.checked_sub(1).filter(|&head| self.role(head).is_some())?;
        let near = self.names.tokens[head].sentence == self.names.tokens[of].sentence;
        (near && matches!(self.names.word(of), "for" | "of" | "to" | "at")).then_some(head)
    }

    /// The class of a title or role at a token; a surname that looks like one ("Larry King") is none.
    fn role(&self, at: usize) -> Option<words::Role> {
        let word = self.names.word(at);
        if matches!(word, "DA" | "AG" | "VP") {
            return words::role("president").map(|role| words::Role { gender: None, ..role });
        }
        let role = words::role(&word.to_lowercase()).filter(|role| role.class != RoleClass::Modifier)?;
        let surname = at > 0
            && word.starts_with(char::is_uppercase)
            && words::given(self.names.word(at - 1)).is_some()
            && words::role(&self.names.word(at - 1).to_lowercase()).is_none()
            && self.names.tokens[at].gap == Gap::Space
            // "Virginia Governor Ann Low" has a name behind it.
            && words::given(self.names.word(at + 1)).is_none()
            && !matches!(role.class, RoleClass::Title | RoleClass::Honorific);
        (!surname).then_some(role)
    }

    /// A run without a known name at its start: titles, then a person; or an organisation; or something unknown.
    fn person_or(&mut self, at: usize, end: usize, start: usize) {
        if at >= end {
            return;
        }
        // "General Harbour Co": what could be a rank is part of a company's name.
        if end > at + 1
            && legal_form(self.names.word(end - 1))
            && (at..end).all(|place| !matches!(self.names.word(place), "of" | "for"))
        {
            return self.push(at, end, NameKind::Organisation, None);
        }
        // "Senators Ann Low and Otto Klein", "Associate Justices Ann Low".
        let several = |place: usize| {
            let word = self.names.word(place);
            words::plural_role(&word.to_lowercase()).is_some()
                && words::given(word).is_none()
                && self.given_alone(place + 1)
        };
        if let Some(place) = (at..end.saturating_sub(2)).find(|&place| several(place)) {
            return self.person_or(place + 1, end, at);
        }
        // "Billionaire Ann Low".
        let modifier = words::role(&self.names.word(at).to_lowercase())
            .is_some_and(|role| role.class == RoleClass::Modifier);
        if modifier && end > at + 2 && words::given(self.names.word(at)).is_none() && self.given_alone(at + 1)
        {
            return self.person_or(at + 1, end, at + 1);
        }
        // "President Otto Klein Ann Low", as in "counselor to President …": two people.
        if let Some(second) = self.second_person(at, end) {
            self.person_or(at, second, start);
            return self.person_or(second, end, second);
        }
        if let Some(begins) = self.person_behind_country(at, end) {
            return self.person_or(begins, end, begins);
        }
        let given_first = words::given(self.names.word(at)).is_some();
        let mut role = (at..end)
            .rev()
            .find(|&place| self.role(place).is_some() && !(place == at && given_first && end > at + 1))
            .filter(|&place| place + 1 < end || !given_first);
        let mut name = role.map_or(at, |role| role + 1);
        if role.is_some() && matches!(self.names.word(name), "of" | "for") {
            let body = name + 1 + usize::from(self.names.word(name + 1) == "the");
            let known = words::known_name((body..end).map(|place| self.names.word(place)));
            if let Some((length, Known::Organisation)) = known
                && body + length == end
            {
                return self.push(body, end, NameKind::Organisation, None);
            }
            name = (body..end)
                .find(|&place| self.given_alone(place))
                .unwrap_or(body + 1 + usize::from(opens_body(self.names.word(body))));
        }
        // "Ann Low Live" is a programme.
        if given_first && end > at + 2 && matches!(self.names.word(end - 1), "Live" | "Show" | "Tonight") {
            return self.push(at, end, NameKind::Organisation, None);
        }
        // "Ruritanian Prince Otto": the word is what he is, and people call him so.
        let prince = |place: usize| matches!(self.names.word(place), "Prince" | "Princess");
        let crown = name > at + 1 && self.names.word(name - 2) == "Crown";
        if role.is_some() && !crown && prince(name - 1) {
            name -= 1;
        }
        // A heading in capitals is no name.
        let shouted = |place: usize| !self.names.word(place).contains(char::is_lowercase);
        if name >= end || end - name > 3 && (name..end).all(shouted) {
            return;
        }
        let mut gender = None;
        let mut addressed = false;
        if let Some(place) = role {
            let found = self.role(place);
            gender = found.and_then(|role| role.gender);
            addressed = true;
            // "Mr." alone is no role.
            if found.is_some_and(|role| role.class == RoleClass::Honorific) {
                role = (at..place).rev().find(|&before| self.role(before).is_some());
            }
        }
        let given_at = |place: usize| words::given(self.names.word(place)).is_some();
        // "Harbour Watch" is one, "Watch Ann Low" is none.
        let organisation = (name..end).find(|&place| {
            let lower = self.names.word(place).to_lowercase();
            // "The Westby Courier-Journal".
            let lower = lower.rsplit_once('-').map_or(lower.as_str(), |(_, last)| last);
            words::organisation_noun(lower)
                || words::heads_organisations(lower)
                    && if place + 1 == end { place > name } else { !given_at(place + 1) }
        });
        let given = given_at(name);
        if let Some(noun) = organisation
            && (noun + 1 == end || noun == name || !given)
            && !(given && end - name == 2 && addressed)
        {
            // "Conservative Party": the word that could be a role belongs to the noun right behind it; so does
            // "General", which is no rank before what is no name of a person ("General Harbour Office").
            let rank = role == Some(at) && matches!(self.names.word(at), "General" | "Major") && !given;
            let whole = !addressed || rank || noun == name && end == name + 1;
            if let Some(begins) = self.person_behind_body(name, end) {
                self.push(if whole { at } else { name }, begins, NameKind::Organisation, None);
                return self.person_or(begins, end, begins);
            }
            return self.push(if whole { at } else { name }, end, NameKind::Organisation, None);
        }
        // Where the word is no role, as it can be a given name, it is one before a name.
        let role = role.or_else(|| Some(name).filter(|&name| end > name + 1 && prince(name)));
        let title = match role {
            Some(place) => {
                let of = place < name && matches!(self.names.word(place + 1), "of" | "for");
                Some(Span {
                    start: self.names.tokens[self.title_start(start)].span.start,
                    end: self.stop_after(if of { name - 1 } else { place }),
                })
            }
            None => self.title_before(name).map(|(span, told)| {
                gender = gender.or(told);
                addressed = true;
                span
            }),
        };
        let length = end - name;
        let word = self.names.word(name);
        if (name..end).any(|place| self.names.word(place) == "&") {
            return self.push(name, end, NameKind::Organisation, None);
        }
        let acronym = length == 1
            && word.len() >= 2
            && word.len() <= 6
            && word.chars().all(|c| c.is_uppercase() || c == '&' || c.is_ascii_digit());
        let initial = (name..end - 1).any(|place| self.names.word(place).chars().count() == 1);
        // "Paris Agreement" is as likely as "Paris Hilton".
        let place = words::known_name(std::iter::once(word)).is_some_and(|(_, known)| known == Known::Place);
        let person =
            addressed || length > 1 && length <= 5 && (given && !place || initial || self.age_after(end));
        let kind = if person && !acronym {
            NameKind::Person
        } else if acronym && !self.title_case {
            NameKind::Organisation
        } else {
            NameKind::Unknown
        };
        self.push(name, end, kind, title);
        if let Some(last) = self.names.names.last_mut() {
            last.gender = gender;
            last.addressed = addressed;
        }
    }

    /// "Sen." keeps its stop in a title.
    fn stop_after(&self, token: usize) -> u32 {
        let end = self.names.tokens[token].span.end;
        end + u32::from(
            self.names.text[end as usize..].starts_with('.') && short_title(self.names.word(token)),
        )
    }

    /// Whether an age follows: ", 45,".
    fn age_after(&self, end: usize) -> bool {
        self.names.tokens.get(end).is_some_and(|token| token.gap == Gap::Comma)
            && self.names.word(end).len() <= 3
            && self.names.word(end).bytes().all(|b| b.is_ascii_digit())
    }

    /// A role without a capital before a name: "spokeswoman Maria Low", and what it says of gender.
    fn title_before(&self, name: usize) -> Option<(Span, Option<Gender>)> {
        let before = name.checked_sub(1)?;
        let near = |at: usize| {
            self.names.tokens[at].gap == Gap::Space
                && self.names.tokens[at - 1].sentence == self.names.tokens[at].sentence
        };
        if !near(name) || self.names.tokens[before].possessive {
            return None;
        }
        let several = words::plural_role(&self.names.word(before).to_lowercase());
        let head = if several.is_some() || self.role(before).is_some() {
            before
        } else {
            self.head_of_body(before)?
        };
        let role = several.or_else(|| self.role(head)).filter(|role| {
            role.class == RoleClass::Role || several.is_some() && role.class == RoleClass::Title
        })?;
        let span = Span {
            start: self.names.tokens[self.title_start(head)].span.start,
            end: self.names.tokens[before].span.end,
        };
        Some((span, role.gender))
    }

    /// The role whose body or country ends at a token: "special envoy for Ruritania", before "Ann Low".
    fn head_of_body(&self, last: usize) -> Option<usize> {
        const LONGEST: usize = 12;
        let mut at = last;
        while last - at < LONGEST {
            let (before, this) = (at.checked_sub(1)?, self.names.tokens[at]);
            let word = self.names.word(at);
            let inside = word.starts_with(char::is_uppercase) && !no_name(word)
                || is_field(word)
                || at < last && matches!(word, "the" | "of" | "and" | "at" | "for");
            if !inside || this.gap != Gap::Space || self.names.tokens[before].sentence != this.sentence {
                return None;
            }
            if let Some(head) = self.head_before(before) {
                let spaced = self.names.tokens[before].gap == Gap::Space;
                if spaced && !self.names.tokens[head].possessive {
                    return Some(head);
                }
            }
            at = before;
        }
        None
    }

    /// The first token of a title that includes the token `at`: modifiers, names and possessives before it belong
    /// to it.
    fn title_start(&self, mut at: usize) -> usize {
        for _ in 0..8 {
            let Some(before) = at.checked_sub(1) else { break };
            let (token, this) = (self.names.tokens[before], self.names.tokens[at]);
            let word = self.names.word(before);
            let spaced = this.gap == Gap::Space || this.gap == Gap::Stop && word.contains('.');
            if token.sentence != this.sentence || !spaced {
                break;
            }
            let lower = word.to_lowercase();
            // "Health and Westby Services Secretary".
            if word == "and"
                && before > 0
                && (is_portfolio(self.names.word(before - 1))
                    || heads_firm(self.names.word(before - 1)) && heads_firm(self.names.word(at)))
                && self.names.tokens[before - 1].sentence == this.sentence
            {
                at = before - 1;
                continue;
            }
            // "Port chaplain and harbour pilot": two offices of one person, where no article makes them two people's.
            if word == "and"
                && before > 0
                && self.names.tokens[before - 1].sentence == this.sentence
                && token.gap == Gap::Space
                && self.role(before - 1).is_some_and(|role| role.class == RoleClass::Role)
            {
                let first = self.title_start(before - 1);
                let opener = first.checked_sub(1).filter(|&opener| {
                    self.names.tokens[opener].sentence == this.sentence
                        && self.names.tokens[first].gap == Gap::Space
                });
                let article = opener.map_or("", |opener| self.names.word(opener));
                if !matches!(article, "the" | "The" | "a" | "an" | "A" | "An" | "and" | "with" | "to") {
                    return first;
                }
            }
            let fits = if word.starts_with(char::is_uppercase) || word == "&" {
                !no_name(word)
            } else {
                words::role(&lower).is_some_and(|role| role.class != RoleClass::Honorific)
                    || words::organisation_noun(&lower)
                    || self.names.tokens[before].possessive && !matches!(word, "that" | "it" | "what")
                    || self.between_capital_and_role(before)
                    || before > 1
                        && self.names.word(before - 1) == "and"
                        && self.role(before - 2).is_some_and(|role| role.class == RoleClass::Role)
                        && words::cue(word).is_none()
            };
            if !fits {
                break;
            }
            at = before;
        }
        // "Pilots for Westby adviser": all of the name belongs to it.
        let name = self.names.names.iter().rev().find(|name| (name.first as usize) < at);
        match name.filter(|name| (name.last as usize) > at && name.kind == NameKind::Organisation) {
            Some(name) => name.first as usize,
            None => at,
        }
    }

    /// Whether a plain word stands between a name and a role: "Daily Herald opinion editor".
    fn between_capital_and_role(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| {
            let (one, this) = (self.names.tokens[before], self.names.tokens[at]);
            one.sentence == this.sentence && this.gap == Gap::Space && !one.possessive
        });
        let word = self.names.word(at);
        before.is_some_and(|before| {
            let word = self.names.word(before);
            word.starts_with(char::is_uppercase) && !no_name(word)
        }) && word.len() > 3
            && !["ed", "ing", "ly"].iter().any(|end| word.ends_with(end))
            && words::cue(word).is_none()
            && !crate::sentences::opens_sentences(word)
            && !matches!(word, "from" | "with" | "that" | "when" | "than" | "have" | "says" | "were" | "into")
    }

    fn push(&mut self, first: usize, last: usize, kind: NameKind, title: Option<Span>) {
        self.names.names.push(Name {
            first: first as u32,
            last: last as u32,
            kind,
            title,
            gender: None,
            addressed: false,
            person: None,
        });
    }
}

/// Words that open the name of what somebody is at the head of, and are no part of his own: "Director of National Safety Low".
fn opens_body(word: &str) -> bool {
    matches!(
        word,
        "National"
            | "Homeland"
            | "Veterans"
            | "Public"
            | "Foreign"
            | "Central"
            | "Federal"
            | "Human"
            | "Social"
    )
}

/// What somebody is at the head of, or teaches, without a capital: "chief of staff", "professor of political science".
fn is_field(word: &str) -> bool {
    matches!(
        word,
        "staff"
            | "state"
            | "defense"
            | "defence"
            | "finance"
            | "intelligence"
            | "national"
            | "homeland"
            | "security"
            | "justice"
            | "health"
            | "public"
            | "education"
            | "energy"
            | "communications"
            | "operations"
            | "research"
            | "policy"
            | "foreign"
            | "affairs"
            | "economics"
            | "law"
            | "history"
            | "political"
            | "science"
            | "sociology"
            | "psychology"
            | "medicine"
            | "engineering"
            | "government"
    )
}

/// Offices in a company, of which one person can have two: "Westby Ferries chairman and CEO Low".
fn heads_firm(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(
        lower.as_str(),
        "chairman"
            | "chairwoman"
            | "chair"
            | "president"
            | "founder"
            | "co-founder"
            | "owner"
            | "director"
            | "publisher"
            | "ceo"
    )
}

/// What a ministry is for, where one has two of them: "Health and Sports Minister".
fn is_portfolio(word: &str) -> bool {
    matches!(
        word,
        "Health"
            | "Housing"
            | "Food"
            | "Agriculture"
            | "Business"
            | "Trade"
            | "Foreign"
            | "Culture"
            | "Education"
            | "Energy"
            | "Environment"
            | "Science"
            | "Transport"
            | "Labor"
            | "Labour"
            | "Work"
            | "Justice"
            | "Interior"
            | "Finance"
            | "Tourism"
            | "Communities"
            | "Fisheries"
    )
}

/// "R-MI", "D-Westby": what stands in brackets behind a politician's name.
pub(crate) fn party_and_state(word: &str) -> bool {
    ["R-", "D-", "I-"]
        .iter()
        .any(|party| word.strip_prefix(party).is_some_and(|state| state.starts_with(char::is_uppercase)))
}

/// Whether a word with a hyphen says something of a name behind it and is no part of it: "Westby-based".
fn modifies(word: &str) -> bool {
    word.rsplit_once(['-', '‑']).is_some_and(|(_, last)| {
        matches!(
            last,
            "based"
                | "born"
                | "bred"
                | "raised"
                | "led"
                | "backed"
                | "run"
                | "owned"
                | "controlled"
                | "funded"
                | "appointed"
                | "trained"
                | "educated"
                | "aligned"
                | "linked"
                | "allied"
                | "affiliated"
                | "sponsored"
                | "area"
                | "era"
                | "style"
        )
    })
}

/// The form of a company that ends its name.
pub(crate) fn legal_form(word: &str) -> bool {
    matches!(
        word,
        "Co" | "Corp" | "Inc" | "Ltd" | "LLC" | "LLP" | "PLC" | "Plc" | "plc" | "NV" | "GmbH" | "Company"
    )
}

/// Whether a word is a year of our time.
fn is_year(word: &str) -> bool {
    word.len() == 4
        && word.bytes().all(|b| b.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

/// Words of abuse that are set before a name.
fn abusive(word: &str) -> bool {
    words::capital(word) == Some(words::Capital::Abuse)
}

pub(super) fn particle(word: &str) -> bool {
    matches!(word, "de" | "da" | "di" | "del" | "der" | "den" | "van" | "von" | "bin" | "al" | "la" | "le")
}

/// A short title or form of address, which is written with a full stop.
fn short_title(word: &str) -> bool {
    let short = matches!(words::abbreviation(word), Some(words::Abbreviation::Title));
    short || matches!(word, "Jr" | "Sr")
}

/// Words that are no names although a capital begins them.
pub(super) fn no_name(word: &str) -> bool {
    crate::sentences::opens_sentences(word)
        || words::is_weekday(word)
        || words::is_month(word)
        || words::capital(word) == Some(words::Capital::NoName)
}

//! The roles beside a name: before it, after it, and said of it.

use super::*;

impl Names<'_> {
    /// The role before a name and a comma: "The Ruritanian president, Otto Klein,".
    pub fn role_before(&self, name: &Name) -> Option<Span> {
        let first = name.first as usize;
        if self.tokens[first].gap != Gap::Comma {
            return None;
        }
        let sentence = self.tokens[first].sentence;
        let last = first.checked_sub(1)?;
        // After the name the sentence must go on with a comma or a verb, or it is a list; "and his" is none.
        let next = self.tokens.get(name.last as usize).filter(|next| next.sentence == sentence);
        let lists = self.word(name.last as usize) == "and"
            && !matches!(self.word(name.last as usize + 1), "his" | "her" | "its" | "their");
        let closed = next.is_none_or(|next| {
            next.gap == Gap::Comma && !lists || words::cue(self.word(name.last as usize)).is_some()
        });
        let head = self.tokens[last];
        // "Secretary of State", "chief of staff": the role is the word before "of".
        let role_at = |at: usize| Some((at, words::role(&self.word(at).to_lowercase())?));
        let of = || last.checked_sub(2).filter(|_| self.word(last - 1) == "of" && head.gap == Gap::Space);
        let role = role_at(last).or_else(|| role_at(of()?));
        if !closed || head.possessive || head.sentence != sentence {
            return None;
        }
        let (mut at, _) = role.filter(|(_, role)| role.class == RoleClass::Role)?;
        while let Some(before) = at.checked_sub(1) {
            let token = self.tokens[before];
            if last - before > 7 || token.sentence != sentence || self.tokens[at].gap != Gap::Space {
                return None;
            }
            let word = self.word(before);
            if matches!(
                word,
                "The"
                    | "the"
                    | "His"
                    | "his"
                    | "Her"
                    | "her"
                    | "Its"
                    | "its"
                    | "Their"
                    | "their"
                    | "A"
                    | "a"
                    | "An"
                    | "an"
                    | "One"
                    | "one"
                    | "Another"
                    | "another"
            ) {
                return Some(Span { start: self.tokens[at].span.start, end: head.span.end });
            }
            if token.possessive {
                // "Ruritania's president, Otto Klein,": up to where the owner begins.
                let mut owner = before;
                while owner > 0
                    && before - owner < 4
                    && self.tokens[owner].gap == Gap::Space
                    && self.tokens[owner - 1].sentence == sentence
                    && self.word(owner - 1).starts_with(char::is_uppercase)
                    && !matches!(self.word(owner - 1), "The" | "A")
                {
                    owner -= 1;
                }
                return Some(Span { start: self.tokens[owner].span.start, end: head.span.end });
            }
            let lower = word.to_lowercase();
            let fits = word.starts_with(char::is_uppercase)
                || words::role(&lower).is_some()
                || words::organisation_noun(&lower);
            if !fits {
                return None;
            }
            at = before;
        }
        None
    }

    /// The role that the page says somebody has: "Otto Klein is the mayor of Westby".
    pub fn role_said(&self, name: &Name) -> Option<Span> {
        let start = self.predicate(name)?;
        let sentence = self.tokens[name.last as usize - 1].sentence;
        let here = |at: usize| self.tokens.get(at).is_some_and(|token| token.sentence == sentence);
        let mut end = None;
        for at in start..start + 8 {
            let plain = here(at) && (at == start || self.tokens[at].gap == Gap::Space);
            if !plain || ends_apposition(self.word(at)) {
                break;
            }
            let lower = self.word(at).to_lowercase();
            if words::role(&lower).is_some_and(|role| role.class == RoleClass::Role) {
                end = Some(at);
            } else if matches!(lower.as_str(), "of" | "at" | "for" | "in") {
                // "… of Westby": the body with a capital belongs to it.
                if end.is_some() {
                    let mut last = at;
                    while last - at < 6
                        && here(last + 1)
                        && self.tokens[last + 1].gap == Gap::Space
                        && (self.word(last + 1).starts_with(char::is_uppercase)
                            || matches!(self.word(last + 1), "the" | "of"))
                    {
                        last += 1;
                    }
                    if self.word(last).starts_with(char::is_uppercase) {
                        end = Some(last);
                    }
                }
                break;
            } else if end.is_some() {
                break;
            }
        }
        let end = end?;
        Some(Span { start: self.tokens[start].span.start, end: self.tokens[end].span.end })
    }

    /// The token with which a role begins that a clause tells of a name.
    fn predicate(&self, name: &Name) -> Option<usize> {
        const PLACE: usize = 5;
        let sentence = self.tokens[name.last as usize - 1].sentence;
        let here = |at: usize| self.tokens.get(at).is_some_and(|token| token.sentence == sentence);
        let article = |at: usize| here(at) && matches!(self.word(at), "a" | "an" | "the");
        let after = name.last as usize;
        // "Klein, who was the mayor".
        let verb = after + usize::from(self.word(after) == "who");
        let start = match self.word(verb) {
            "is" | "was" if article(verb + 1) => verb + 2,
            // "Low, who was press secretary in Westby".
            "is" | "was" if verb > after && here(verb + 1) && self.begins_bare_role(verb + 1) => verb + 1,
            // "Low, who works in retail as a manager".
            "serves" | "served" | "works" | "worked" | "acts" | "acted" => {
                let after = (verb + 1..verb + 1 + PLACE).take_while(|at| here(*at));
                let role = after.into_iter().find(|at| self.word(*at) == "as")? + 1;
                role + usize::from(article(role))
            }
            // "With Low as the nominee".
            "as" if matches!(self.word(verb + 1), "the" | "its" | "their") => {
                let before = self.word((name.first as usize).checked_sub(1)?);
                matches!(before, "with" | "With").then_some(verb + 2)?
            }
            _ => return None,
        };
        here(start).then_some(start)
    }

    /// Whether a role without an article begins at a token: "press secretary", "mayor".
    fn begins_bare_role(&self, at: usize) -> bool {
        let role = |at: usize| {
            words::role(&self.word(at).to_lowercase()).is_some_and(|role| role.class == RoleClass::Role)
        };
        let word = self.word(at);
        let participle = word.ends_with("ed") || word.ends_with("ing");
        role(at)
            || !participle
                && self.tokens.get(at + 1).is_some_and(|next| next.gap == Gap::Space)
                && role(at + 1)
    }

    /// Where what stands between a name and an apposition ends: "Low of Westby, Southmark, the chair", else the name's end.
    fn behind_home(&self, name: &Name) -> usize {
        let end = name.last as usize;
        let sentence = self.tokens[end - 1].sentence;
        let spaced = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.gap == Gap::Space && token.sentence == sentence)
        };
        if !spaced(end) || self.tokens[end - 1].possessive {
            return end;
        }
        self.behind_place(end, spaced)
    }

    /// Where the place ends where somebody is from, of a few words with capitals that may belong to it: behind "of Westby", "from
    /// Westby"; else where it would begin.
    pub(crate) fn behind_place(&self, of: usize, may_belong: impl Fn(usize) -> bool) -> usize {
        const LONGEST: usize = 4;
        if !matches!(self.word(of), "of" | "from") {
            return of;
        }
        let capitals = (of + 1..of + 1 + LONGEST)
            .take_while(|&at| may_belong(at) && self.word(at).starts_with(char::is_uppercase))
            .count();
        if capitals == 0 { of } else { of + 1 + capitals }
    }

    /// The role after a name, between commas: "Lavrov, Russia's foreign minister,".
    pub fn role_after(&self, name: &Name) -> Option<Span> {
        let mut first = self.behind_home(name);
        let sentence = self.tokens[first - 1].sentence;
        // "Low, 45, a nurse".
        let age = self.word(first);
        if self.tokens.get(first + 1).is_some_and(|next| next.gap == Gap::Comma)
            && age.len() <= 3
            && age.bytes().all(|b| b.is_ascii_digit())
            && !age.is_empty()
        {
            first += 1;
        }
        // "In a letter to Otto Low, she demanded": a clause, not what he is.
        if matches!(self.word(first), "he" | "she" | "they" | "it" | "we" | "I" | "you") {
            return None;
        }
        if self.tokens.get(first)?.gap != Gap::Comma || self.tokens[first - 1].possessive {
            return None;
        }
        // "Low, now the mayor", but "Low, greeting the mayor" tells what she did.
        if matches!(self.word(first), "now" | "currently" | "then")
            && self.tokens.get(first + 1)?.gap == Gap::Space
        {
            first += 1;
        }
        let opener = self.word(first);
        if opener.ends_with("ing") && opener.starts_with(char::is_lowercase) && words::role(opener).is_none()
        {
            return None;
        }
        let tokens = self.tokens.get(first..)?;
        let mut end = 0;
        let mut role = None;
        // Words that no table knows; a clause has more of them before its first role than an apposition.
        let mut strange = 0;
        for (place, token) in tokens.iter().enumerate().take(16) {
            let stop = place > 0 && !matches!(token.gap, Gap::Space | Gap::Stop);
            let word = token.span.of(self.text);
            // "such as", "including" begin a list.
            if matches!(word, "such" | "including" | "like") {
                break;
            }
            // "… of law and politics" goes on; "… and Ann Low" does not.
            let next = self.word(first + place + 1);
            let fields = role.is_none() && place > 1 && next.starts_with(char::is_lowercase);
            let joins = word == "and"
                && !fields
                && (role.is_none() || !next.starts_with(char::is_lowercase) || next == "the");
            if token.sentence != sentence || stop || joins || ends_apposition(word) {
                break;
            }
            if role.is_none() {
                let lower = word.to_lowercase();
                let known = words::role(&lower);
                if known.is_some_and(|role| role.class == RoleClass::Role) {
                    role = Some(place);
                } else if matches!(
                    word,
                    "in" | "of" | "at" | "to" | "for" | "on" | "with" | "by" | "from" | "right"
                ) {
                    break;
                } else if known.is_none()
                    && !word.starts_with(char::is_uppercase)
                    && !token.possessive
                    && !words::organisation_noun(&lower)
                    && !matches!(
                        word,
                        "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one" | "then" | "now"
                    )
                {
                    strange += 1;
                    if strange > 3 {
                        break;
                    }
                }
            }
            end = place + 1;
        }
        role?;
        if end == 0 || self.begins_another(first, first + end) {
            return None;
        }
        // "… against Low, a judge has ruled": the words go on as a clause of their own.
        let next = tokens.get(end).filter(|next| next.sentence == sentence && next.gap == Gap::Space);
        let clause = next.is_some_and(|next| {
            let word = next.span.of(self.text);
            matches!(
                word,
                "is" | "was" | "has" | "had" | "have" | "will" | "would" | "did" | "does" | "are" | "were"
            ) || words::reports_speech(word)
        });
        // "Low, a spokeswoman said": at the head of a sentence or behind quoted words the name is its subject.
        let name_first = name.first as usize;
        let heads = self.tokens[name_first].gap == Gap::Mark
            || name_first == 0
            || self.tokens[name_first - 1].sentence != sentence;
        if clause && !heads && matches!(tokens[0].span.of(self.text), "a" | "an")
            || tokens[0].span.of(self.text) == "not"
        {
            return None;
        }
        let article = matches!(tokens[0].span.of(self.text), "a" | "an" | "the") && end > 1;
        let start = tokens[usize::from(article)].span.start;
        Some(Span { start, end: tokens[end - 1].span.end })
    }
}

impl Names<'_> {
    /// Whether the words behind a name are the title of another person in a list: "Mayor Ann Low, Senator Otto Klein".
    fn begins_another(&self, first: usize, end: usize) -> bool {
        let from = self.names.partition_point(|name| (name.first as usize) <= first);
        let mut near = self.names[from..].iter().take_while(|name| (name.first as usize) <= end);
        near.any(|name| {
            let title = name.title.map(|title| self.tokens_in(title).start);
            let given = words::given(self.word(name.first as usize)).is_some();
            let of = name.title.is_some_and(|title| title.of(self.text).contains(" of "));
            name.kind == NameKind::Person && (given || !of) && title == Some(first)
        })
    }

    /// The organisation that stands beside a name as the one he is of: "the Courier's Ann Low", "Ann Low of the Courier".
    pub fn affiliation(&self, name: &Name) -> Option<Span> {
        let organisation = |found: &&Name| found.kind == NameKind::Organisation;
        let at = self.names.partition_point(|other| other.first < name.first);
        let before = at.checked_sub(1).map(|before| &self.names[before]);
        let owner = before.filter(|owner| {
            owner.last == name.first
                && self.tokens[owner.last as usize - 1].possessive
                && self.tokens[name.first as usize].gap == Gap::Space
        });
        if let Some(owner) = owner.filter(organisation) {
            return Some(self.span(owner));
        }
        let of = name.last as usize;
        let spaced = |at: usize| {
            let same =
                |token: &Token| token.gap == Gap::Space && token.sentence == self.tokens[of - 1].sentence;
            self.tokens.get(at).is_some_and(same)
        };
        if self.tokens[of - 1].possessive || !spaced(of) || !matches!(self.word(of), "of" | "with" | "at") {
            return None;
        }
        let first = of + 1 + usize::from(self.word(of + 1) == "the" || self.word(of + 1) == "The");
        let behind = self.names.get(at + 1).filter(|behind| behind.first as usize == first && spaced(first));
        behind.filter(organisation).map(|behind| self.span(behind))
    }
}

/// The title of one of several people: "Senator" for "Senators"; none where it is one's already.
pub(crate) fn singular(title: &str) -> Option<String> {
    let last = title.rsplit(char::is_whitespace).next()?;
    let bare = last.trim_end_matches('.');
    let lower = bare.to_lowercase();
    let stem = bare.strip_suffix('s')?;
    let class = words::role(&stem.to_lowercase())?.class;
    // "Sens." is a title of its own in the table.
    if words::role(&lower).is_some() && class != RoleClass::Title {
        return None;
    }
    Some(format!("{}{stem}{}", &title[..title.len() - last.len()], &last[bare.len()..]))
}

/// Words that belong to a clause and end an apposition.
pub(super) fn ends_apposition(word: &str) -> bool {
    matches!(
        word,
        "who"
            | "which"
            | "that"
            | "but"
            | "said"
            | "says"
            | "told"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "did"
            | "does"
            | "when"
            | "while"
            | "because"
            | "during"
            | "if"
            | "as"
            | "now"
            | "whose"
            | "where"
            | "speaking"
            | "added"
    )
}

/// What a role says of gender: "spokeswoman".
pub(crate) fn gender_of_role(role: &str) -> Option<Gender> {
    role.split(|c: char| !c.is_alphanumeric() && c != '-')
        .take(12)
        .find_map(|word| words::role(&word.to_lowercase()).and_then(|role| role.gender))
}

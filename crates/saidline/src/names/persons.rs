//! Which names mean one person.

use super::roles::ends_apposition;
use super::*;

impl<'a> Names<'a> {
    /// Words by which alone the page calls somebody or something, each with where they stand; not what a house is called after.
    fn alone(&self) -> HashMap<&'a str, Vec<&Name>> {
        let mut alone: HashMap<&'a str, Vec<&Name>> = HashMap::new();
        for name in &self.names {
            let is_one = name.kind == NameKind::Unknown && name.last - name.first == 1;
            if is_one && !self.names_a_house(name) {
                alone.entry(self.word(name.first as usize)).or_default().push(name);
            }
        }
        alone
    }

    /// Of words that stand alone the given names that are somebody's: they speak, come more than once, or are told as such ("a man
    /// named Otto").
    fn first_names(&self, alone: &HashMap<&'a str, Vec<&Name>>) -> HashSet<&'a str> {
        let speaks = |name: &&Name| {
            words::reports_speech(self.word(name.last as usize)) || self.word_before(name) == "named"
        };
        let given = |word: &str| words::given(word).is_some_and(|given| given.gender.is_some());
        let persons =
            alone.iter().filter(|(word, names)| given(word) && (names.len() > 1 || names.iter().any(speaks)));
        persons.map(|(word, _)| *word).collect()
    }

    /// Of words that stand alone the family names that are somebody's: they come more than once, speak or do something, and nothing
    /// before them tells of a place or a thing.
    fn family_names(&self, alone: &HashMap<&'a str, Vec<&Name>>) -> HashSet<&'a str> {
        let speaks = |name: &&Name| {
            let next = self.tokens.get(name.last as usize).is_some_and(|next| next.gap == Gap::Space);
            next && words::reports_speech(self.word(name.last as usize))
                || matches!(self.word_before(name), "said" | "says" | "added")
        };
        let is_thing = |name: &&Name| {
            let end = self.tokens[name.last as usize - 1].span.end as usize;
            let before = self.word_before(name);
            matches!(before, "the" | "The" | "in" | "In" | "at" | "At" | "near" | "a" | "an")
                || self.text[end..].starts_with(':')
                || self.tokens[name.first as usize].gap == Gap::Start && self.text[end..].starts_with('\n')
        };
        let can_be = |word: &str| {
            !(is_shouted(word) || word.ends_with('s') && group(&word.to_lowercase()))
                && words::known_name(std::iter::once(word)).is_none()
        };
        let persons = alone.iter().filter(|(word, names)| {
            names.len() > 1 && names.iter().any(speaks) && !names.iter().any(is_thing) && can_be(word)
        });
        persons.map(|(word, _)| *word).collect()
    }

    /// The word before a name in its sentence; empty where nothing stands before it.
    fn word_before(&self, name: &Name) -> &'a str {
        let first = name.first as usize;
        let sentence = self.tokens[first].sentence;
        let before = first.checked_sub(1).filter(|&before| self.tokens[before].sentence == sentence);
        before.map_or("", |before| self.word(before))
    }

    /// "Ida's Table": what the name owns has a capital, too.
    fn names_a_house(&self, name: &Name) -> bool {
        let next = name.last as usize;
        self.tokens[next - 1].possessive
            && self.tokens.get(next).is_some_and(|token| token.gap == Gap::Space)
            && self.word(next).starts_with(char::is_uppercase)
    }

    /// Whether a name of a place or a body stands as a person's would ("Camp said"): a surname that the page has given in
    /// full, and no preposition before it.
    fn speaks_by_a_family_name(&self, name: &Name) -> bool {
        let before = self.word_before(name);
        let body = name.kind == NameKind::Organisation;
        let known = words::organisation_class(self.span(name).of(self.text)).is_some();
        self.name_words(name) == 1
            && !(body && (known || is_shouted(self.word(name.first as usize)) && !self.is_label(name)))
            && self.families.contains_key(&self.family(name))
            && !matches!(
                before,
                "in" | "to" | "from" | "of" | "at" | "near" | "for" | "outside" | "across" | "the"
            )
    }

    /// Whether a name in capitals is the label of a turn: "DOOCY: …".
    fn is_label(&self, name: &Name) -> bool {
        let first = name.first as usize;
        let opens = first == 0 || self.tokens[first - 1].sentence != self.tokens[first].sentence;
        let end = self.tokens[name.last as usize - 1].span.end as usize;
        opens && self.text[end..].starts_with(':')
    }

    /// Whether a noun before a name tells of what sort of body it is: "the grid operator Harbour Volt".
    pub(crate) fn is_sort_told(&self, name: &Name) -> bool {
        let before = self.word_before(name);
        self.tokens[name.first as usize].gap == Gap::Space
            && (words::organisation_noun(before)
                || is_firm(before) && !matches!(before, "publisher" | "employer" | "business" | "broker")
                || matches!(before, "weekly" | "daily"))
    }

    /// Takes names of several words for persons' where what stands beside them says so: a verb of speech, a role,
    /// or the last word by itself elsewhere.
    pub(super) fn promote(&mut self) {
        let alone: HashSet<&str> = self
            .names
            .iter()
            .filter(|name| {
                matches!(name.kind, NameKind::Unknown | NameKind::Person) && name.last - name.first == 1
            })
            .map(|name| self.word(name.first as usize))
            .collect();
        for place in 0..self.names.len() {
            let name = self.names[place];
            if name.kind != NameKind::Unknown || !(2..=4).contains(&self.name_words(&name)) {
                continue;
            }
            let speaks = matches!(
                self.word(name.last as usize),
                "said" | "says" | "told" | "tells" | "tweeted" | "wrote" | "added" | "argued" | "who"
            );
            let family = self.word(name.first as usize + self.name_words(&name) - 1);
            // "The Harbour Interest" is no person, nor are "Westby Harbourists".
            let before = self.word_before(&name);
            if matches!(before, "the" | "The") || group(&family.to_lowercase()) {
                continue;
            }
            if self.is_sort_told(&name) {
                self.names[place].kind = NameKind::Organisation;
                continue;
            }
            if speaks
                || alone.contains(bare_family(family))
                || self.role_after(&name).is_some()
                || self.role_before(&name).is_some()
            {
                self.names[place].kind = NameKind::Person;
            }
        }
    }

    /// Takes the first word of a company's name by itself for the company: "Brant" of a page that names "Brant Ferry Co".
    fn companies_by_one_word(&mut self) {
        let first_words: HashSet<&str> = self
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Organisation && name.last - name.first > 1)
            .filter(|name| {
                legal_form(self.word(name.last as usize - 1))
                    || (name.first as usize..name.last as usize).any(|at| self.word(at) == "&")
            })
            .map(|name| self.word(name.first as usize))
            .collect();
        for place in 0..self.names.len() {
            let name = self.names[place];
            if name.kind == NameKind::Unknown
                && name.last - name.first == 1
                && first_words.contains(self.word(name.first as usize))
                && !self.families.contains_key(&self.family(&name))
            {
                self.names[place].kind = NameKind::Organisation;
            }
        }
    }

    /// Takes names for organisations' where the page tells so of one of their mentions, unless a title stands before another:
    /// "Harbour Cross, an insurer", "her insurer, Harbour Cross", "Harbour Cross said it would", "Harbour's board".
    fn organisations_by_what_is_told(&mut self) {
        let could_be = |name: &Name| matches!(name.kind, NameKind::Unknown | NameKind::Person);
        let mut told: HashSet<String> = HashSet::new();
        let mut persons: HashSet<String> = HashSet::new();
        for name in self.names.iter().filter(|name| could_be(name)) {
            let words = || words_of(self.span(name).of(self.text));
            let several = self.name_words(name) > 1;
            if name.addressed || name.title.is_some() || name.gender.is_some() {
                persons.insert(words());
            } else if several && words::given(self.word(name.first as usize)).is_some() {
                // Who has a given name is called by the family's, too.
                persons.insert(self.word(name.first as usize + self.name_words(name) - 1).to_owned());
                if self.is_told_as_body(name) {
                    told.insert(words());
                }
            } else if self.is_told_as_body(name) {
                told.insert(words());
            }
        }
        for place in 0..self.names.len() {
            let name = self.names[place];
            if could_be(&name) {
                let words = words_of(self.span(&name).of(self.text));
                if told.contains(&words) && !persons.contains(&words) {
                    self.names[place].kind = NameKind::Organisation;
                }
            }
        }
    }

    /// Whether the words beside a name tell that it is a body's or a firm's.
    fn is_told_as_body(&self, name: &Name) -> bool {
        let (first, after) = (name.first as usize, name.last as usize);
        let sentence = self.tokens[first].sentence;
        let here = |at: usize| self.tokens.get(at).is_some_and(|token| token.sentence == sentence);
        let spaced = |at: usize| here(at) && self.tokens[at].gap == Gap::Space;
        if self.is_sort_told(name) && !self.tokens[first - 1].possessive {
            return true;
        }
        let given = words::given(self.word(first)).is_some();
        let several = self.name_words(name) > 1;
        let comma = here(after) && self.tokens[after].gap == Gap::Comma;
        // "…, a harbour union representing".
        if comma && matches!(self.word(after), "a" | "an" | "one") && self.sort_of_body(after).is_some() {
            return true;
        }
        let owns = self.tokens[after - 1].possessive
            && spaced(after)
            && matches!(
                self.word(after),
                "board"
                    | "CEO"
                    | "shares"
                    | "shareholders"
                    | "stock"
                    | "headquarters"
                    | "customers"
                    | "stores"
                    | "factories"
            );
        let led = spaced(after)
            && matches!(self.word(after), "CEO" | "shares" | "stock" | "executives" | "employees");
        if owns || led {
            return !given || !several;
        }
        // "Her insurer, Harbour Cross".
        if first > 1
            && self.tokens[first].gap == Gap::Comma
            && self.tokens[first - 1].sentence == sentence
            && is_firm(self.word(first - 1))
            && matches!(self.word(first - 2), "her" | "his" | "their" | "my" | "our" | "the" | "its")
        {
            return true;
        }
        // "Harbour Cross said it would"; of a single word and of who has a given name "it" may be the weather.
        let verb = spaced(after) && words::reports_speech(&self.word(after).to_lowercase());
        let it = after + 1 + usize::from(self.word(after + 1) == "that");
        verb && several
            && !given
            && spaced(it)
            && self.word(it) == "it"
            && matches!(
                self.word(it + 1),
                "will"
                    | "would"
                    | "has"
                    | "had"
                    | "plans"
                    | "planned"
                    | "expects"
                    | "expected"
                    | "intends"
                    | "does"
                    | "did"
            )
    }

    /// The noun on which an apposition turns that begins with the article at a token, where it tells of a body: "a harbour
    /// union representing".
    fn sort_of_body(&self, article: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        let sentence = self.tokens[article].sentence;
        let mut head = None;
        for at in article + 1..article + 1 + LONGEST {
            let spaced = |token: &Token| token.sentence == sentence && token.gap == Gap::Space;
            let word = self.word(at);
            let ends = ends_apposition(word)
                || matches!(
                    word,
                    "of" | "for" | "in" | "on" | "with" | "at" | "to" | "from" | "by" | "under"
                );
            let goes_on = word.ends_with("ing") || word.ends_with("ed");
            if !self.tokens.get(at).is_some_and(spaced) || ends || goes_on && head.is_some() {
                break;
            }
            head = (words::organisation_noun(word) || is_firm(word)).then_some(at);
        }
        head
    }

    /// Takes a name that no table has for a country's where the page has what is called after it ("Ruritania" beside
    /// "Ruritanian") or gives it ministers ("Ruritania's foreign minister").
    fn countries_by_what_is_theirs(&mut self) {
        let capitals: HashSet<&str> = self
            .tokens
            .iter()
            .map(|token| token.span.of(self.text))
            .filter(|word| word.starts_with(char::is_uppercase))
            .collect();
        let single = |name: &Name| name.kind == NameKind::Unknown && name.last - name.first == 1;
        let ministers = |name: &Name| {
            let at = name.last as usize;
            self.tokens[at - 1].possessive
                && matches!(self.word(at), "foreign" | "prime" | "Foreign" | "Prime")
                && matches!(self.word(at + 1), "minister" | "Minister")
        };
        let countries: HashSet<&str> = self
            .names
            .iter()
            .filter(|name| single(name))
            .filter(|name| {
                let word = self.word(name.first as usize);
                let called_after = word.ends_with('a') && capitals.contains(format!("{word}n").as_str());
                called_after && words::given(word).is_none() || ministers(name)
            })
            .map(|name| self.word(name.first as usize))
            .collect();
        for place in 0..self.names.len() {
            let name = self.names[place];
            if single(&name) && countries.contains(self.word(name.first as usize)) {
                self.names[place].kind = NameKind::Place;
            }
        }
    }

    /// Joins names into persons.
    pub(super) fn gather_persons(&mut self) {
        self.countries_by_what_is_theirs();
        self.organisations_by_what_is_told();
        self.promote();
        let alone = self.alone();
        let mut firsts = self.first_names(&alone);
        firsts.extend(self.family_names(&alone));
        self.juniors = self.families_with_juniors();
        self.told_genders = self.genders_of_bare_names();
        for place in 0..self.names.len() {
            let name = self.names[place];
            if name.kind == NameKind::Person
                && self.name_words(&name) > 1
                && !self.begins_with_particle(&name)
                && words::given(self.word(name.first as usize)).is_some()
            {
                self.join_full(place);
            }
        }
        // "Van Low" is the family name of an Ann Van Low, or somebody called Van; so are names whose first word is no given one.
        for place in 0..self.names.len() {
            let name = self.names[place];
            let full = name.kind == NameKind::Person && self.name_words(&name) > 1 && name.person.is_none();
            if full && !self.is_family_name(&name) {
                self.join_full(place);
            }
        }
        self.companies_by_one_word();
        self.join_short(&firsts);
        self.find_family_names();
        // A title further on may have told who else bears the family name.
        self.join_short(&firsts);
        self.pronoun_votes();
    }

    /// Finds family names that are common words or months, once the page has named their bearers in full: "Carpenter said" at the
    /// head of a sentence, "May said".
    fn find_family_names(&mut self) {
        let mut found = Vec::new();
        let mut next = 0;
        for at in 0..self.tokens.len() {
            while self.names.get(next).is_some_and(|name| name.last as usize <= at) {
                next += 1;
            }
            let inside = self.names.get(next).is_some_and(|name| name.first as usize <= at);
            let word = self.word(at);
            if inside
                || !word.starts_with(char::is_uppercase)
                || !self.full_names_of(word).any(|full| self.is_spelled_so(full, word))
            {
                continue;
            }
            let sentence = self.tokens[at].sentence;
            let after =
                self.tokens.get(at + 1).filter(|token| token.sentence == sentence && token.gap == Gap::Space);
            let speaks = after.is_some() && words::reports_speech(&self.word(at + 1).to_lowercase());
            let before = at.checked_sub(1).filter(|&before| self.tokens[before].sentence == sentence);
            let told = before.is_some_and(|before| words::reports_speech(&self.word(before).to_lowercase()));
            let mister = before.is_some_and(|before| {
                words::role(&self.word(before).to_lowercase())
                    .is_some_and(|role| matches!(role.class, RoleClass::Honorific | RoleClass::Title))
            });
            // "Carpenter knows", "with Carpenter": a verb in the singular follows, or no sentence begins with it.
            let singular = after.is_some() && is_singular_verb(self.word(at + 1));
            let within =
                before.is_some() && self.tokens[at].gap == Gap::Space && !is_month(word) && !is_shouted(word);
            if speaks || told || mister || singular || within || self.tokens[at].possessive && !is_month(word)
            {
                found.push(Name {
                    first: at as u32,
                    last: at as u32 + 1,
                    kind: NameKind::Unknown,
                    title: None,
                    gender: None,
                    addressed: false,
                    person: None,
                });
            }
        }
        if !found.is_empty() {
            // The places of names are known by their order.
            let old = std::mem::take(&mut self.names);
            let mut moved = Vec::with_capacity(old.len());
            let mut found = found.into_iter().peekable();
            for name in old {
                while let Some(new) = found.next_if(|new| new.first < name.first) {
                    self.names.push(new);
                }
                moved.push(self.names.len() as u32);
                self.names.push(name);
            }
            self.names.extend(found);
            for person in &mut self.persons {
                person.full = moved[person.full as usize];
            }
        }
    }

    /// Whether the family name of a full name, of two words or more, is spelled as a word is.
    fn is_spelled_so(&self, full: &Name, word: &str) -> bool {
        let words = self.name_words(full);
        words > 1 && self.word(full.first as usize + words - 1) == word
    }

    /// Joins names of one word, and others that nothing tells to be a person's, to the persons whom they mean.
    fn join_short(&mut self, firsts: &HashSet<&'a str>) {
        for place in 0..self.names.len() {
            let name = self.names[place];
            let surname = matches!(name.kind, NameKind::Place | NameKind::Organisation)
                && self.speaks_by_a_family_name(&name);
            if name.person.is_some() || !surname && !matches!(name.kind, NameKind::Person | NameKind::Unknown)
            {
                continue;
            }
            if self.name_words(&name) == 1 || self.is_family_name(&name) {
                if let Some((person, _)) = self.short(&name) {
                    self.count(place, person);
                } else if name.addressed
                    || firsts.contains(self.word(name.first as usize))
                    || self.is_another_than_all(&name)
                {
                    self.join_full(place);
                }
            } else if let Some(person) = self.namesake(&name) {
                self.count(place, person);
            }
        }
    }

    /// Whether pronouns tell that who is called by a family name is none of those who bear it in full.
    fn is_another_than_all(&self, name: &Name) -> bool {
        let family = self.family(name);
        let bearers = self.families.get(&family).map(Vec::as_slice).unwrap_or_default();
        let told = self.told_genders.get(&family);
        told.is_some_and(|told| {
            let other =
                |person: &u32| self.persons[*person as usize].gender.is_some_and(|gender| gender != *told);
            !bearers.is_empty() && bearers.iter().all(other)
        })
    }

    /// Whether a name of several words is a family name with its particles, of somebody whom the page has by a longer one: "de
    /// Low", "Van Low" beside "Ann Van Low".
    fn is_family_name(&self, name: &Name) -> bool {
        let (first, last) = (name.first as usize, name.first as usize + self.name_words(name) - 1);
        // "McMorris Rodgers" of a Cathy McMorris Rodgers, too.
        let particles = (first..last).all(|at| particle(&self.word(at).to_lowercase()));
        if first == last || !particles && words::given(self.word(first)).is_some() {
            return false;
        }
        let small = particles && self.word(first).starts_with(char::is_lowercase);
        self.full_names_of(self.word(last)).any(|full| {
            let tail = (full.first as usize + self.name_words(full)).checked_sub(last + 1 - first);
            full.last - full.first > name.last - name.first
                && tail.is_some_and(|tail| {
                    (0..last - first)
                        .all(|at| self.word(tail + at).eq_ignore_ascii_case(self.word(first + at)))
                })
        }) || small && self.families.contains_key(&family_key(self.word(last)))
    }

    /// Whether a name begins as a family name with a particle does: "de Low", "Van Low".
    fn begins_with_particle(&self, name: &Name) -> bool {
        particle(&self.word(name.first as usize).to_lowercase())
    }

    /// The fullest names of those who bear a family name.
    fn full_names_of(&self, family: &str) -> impl Iterator<Item = &Name> {
        let persons = self.families.get(&family_key(family)).into_iter().flatten();
        persons.map(|person| &self.names[self.persons[*person as usize].full as usize])
    }

    /// The person with the same family name and a given name that can be the same; else one whose name begins with all of this
    /// one, or the other way round.
    pub(super) fn namesake(&self, name: &Name) -> Option<u32> {
        let given = self.word(name.first as usize);
        let parted = |full: &Name| {
            let junior = |name: &Name| suffix(self.word(name.last as usize - 1));
            junior(full) != junior(name) && self.juniors.contains(&self.family(name))
        };
        let family = self.families.get(&self.family(name)).into_iter().flatten().copied();
        family
            .into_iter()
            .find(|&person| {
                let full = &self.names[self.persons[person as usize].full as usize];
                self.name_words(full) == 1
                    || words::same_given(self.word(full.first as usize), given)
                        && !self.initials_contradict(full, name)
                        && !parted(full)
            })
            .or_else(|| {
                let namesakes = self.givens.get(given)?.iter().copied();
                namesakes.into_iter().find(|&person| {
                    let full = &self.names[self.persons[person as usize].full as usize];
                    self.begins_alike(full, name) && !parted(full)
                })
            })
    }

    /// Whether one of two names goes on where the other ends: "Prince Otto", "Prince Otto bin Klein".
    fn begins_alike(&self, one: &Name, other: &Name) -> bool {
        let words = |name: &Name| (name.first as usize..name.last as usize).map(|at| self.word(at));
        let shared = self.name_words(one).min(self.name_words(other));
        shared > 1 && words(one).take(shared).eq(words(other).take(shared))
    }

    /// Whether two names of one family name have middle names that cannot be the same: "Ann B. Low" and "Ann C. D. Low".
    /// One that is left out contradicts nothing, and of two that are both written out one may be a family name.
    fn initials_contradict(&self, one: &Name, other: &Name) -> bool {
        self.middle_names(one).zip(self.middle_names(other)).any(|(one, other)| {
            let initial = one.chars().nth(1).is_none() || other.chars().nth(1).is_none();
            initial && one.chars().next() != other.chars().next()
        })
    }

    /// The names between the first and the family name, without particles and nicknames in marks.
    fn middle_names(&self, name: &Name) -> impl Iterator<Item = &'a str> {
        let first = name.first as usize;
        (first + 1..first + self.name_words(name) - 1)
            .filter(|&at| self.tokens[at].gap != Gap::Mark)
            .map(|at| self.word(at))
            .filter(|word| word.starts_with(char::is_uppercase))
    }

    /// Joins a full name to its person, or makes one.
    pub(super) fn join_full(&mut self, place: usize) {
        let name = self.names[place];
        if let Some(person) = self.namesake(&name) {
            return self.count(place, person);
        }
        let given = self.word(name.first as usize);
        // "Low" may be a given name; whom the page calls by one is known by it.
        let called = self.name_words(&name) > 1 || !name.addressed;
        let gender = words::given(given).and_then(|given| given.gender).filter(|_| called);
        let person = self.persons.len() as u32;
        self.persons.push(Person {
            full: place as u32,
            gender,
            titled: false,
            roles: Vec::new(),
            of: None,
            count: 0,
        });
        let family = self.families.entry(self.family(&name)).or_default();
        if family.len() < NAMESAKES {
            family.push(person);
        }
        let several = self.name_words(&name) > 1;
        let namesakes = self.givens.entry(given).or_default();
        if namesakes.len() < NAMESAKES && several {
            namesakes.push(person);
        }
        self.count(place, person);
    }

    /// Counts a name as a person's.
    pub(super) fn count(&mut self, place: usize, person: u32) {
        self.names[place].person = Some(person);
        self.names[place].kind = NameKind::Person;
        let name = self.names[place];
        let roles = [name.title, self.role_before(&name), self.role_after(&name), self.role_said(&name)];
        let role = roles.iter().copied().flatten().next();
        let of = self.persons[person as usize].of.or_else(|| self.affiliation(&name));
        let known = &self.persons[person as usize];
        let longer = self.name_words(&name) > self.name_words(&self.names[known.full as usize]);
        let told = name.gender.or_else(|| role.and_then(|role| gender_of_role(role.of(self.text))));
        let person = &mut self.persons[person as usize];
        person.count += 1;
        if longer {
            person.full = place as u32;
        }
        person.gender = told.or(person.gender);
        person.titled |= told.is_some();
        person.of = of;
        for role in roles.into_iter().flatten() {
            if person.roles.len() < NAMESAKES && person.roles.last() != Some(&role) {
                person.roles.push(role);
            }
        }
    }

    /// Among persons with one family name: the one that a name before this one meant, close by; else the one that
    /// the page names three times as often as any other.
    pub(super) fn likeliest(&self, bearers: &[u32], name: &Name) -> Option<(u32, f32)> {
        let before = self.names.partition_point(|other| other.first < name.first);
        let near = self.names[..before]
            .iter()
            .rev()
            .take(12)
            .filter(|other| !self.is_named_in_passing(other))
            .find(|other| other.person.is_some_and(|person| bearers.contains(&person)))
            .and_then(|other| other.person);
        let count = |person: u32| self.persons[person as usize].count;
        let most =
            bearers.iter().copied().max_by_key(|&person| (count(person), std::cmp::Reverse(person)))?;
        let clear = bearers.iter().all(|&other| other == most || count(other) * 3 <= count(most));
        // Whom the page has just given in full is meant for a while.
        let fresh = near.is_some_and(|near| {
            const SENTENCES: u32 = 4;
            let here = self.tokens[name.first as usize].sentence;
            self.names[..before].iter().rev().take(12).any(|other| {
                other.person == Some(near)
                    && self.name_words(other) > 1
                    && words::given(self.word(other.first as usize)).is_some()
                    && self.tokens[other.first as usize].sentence + SENTENCES >= here
            })
        });
        // Not so where the page is about the other.
        const ABOUT: u32 = 6;
        let fresh = fresh && near.is_some_and(|near| count(most) < ABOUT * count(near).max(1));
        match near {
            Some(near) if near != most && fresh => Some((near, 0.7)),
            Some(near) if near == most => Some((near, 0.8)),
            Some(near) if !clear => Some((near, 0.6)),
            _ if clear => Some((most, 0.65)),
            _ => None,
        }
    }

    /// Whether a full name only says whose something or somebody is: "President Otto Klein's aide", "the son of Otto Klein".
    fn is_named_in_passing(&self, name: &Name) -> bool {
        let first = name
            .title
            .map_or(name.first as usize, |title| self.tokens_in(title).start.min(name.first as usize));
        let relative = first >= 2 && self.word(first - 1) == "of" && {
            let near = first.saturating_sub(3)..first - 1;
            near.into_iter().any(|at| kin(self.word(at)))
        };
        self.name_words(name) > 1 && (self.tokens[name.last as usize - 1].possessive || relative)
    }

    /// The pronoun that opens the sentence after one that names nobody else tells a person's gender. It beats a
    /// given name when it comes twice and never otherwise; a title beats it.
    pub(super) fn pronoun_votes(&mut self) {
        let mut votes = vec![[0_u32; 2]; self.persons.len()];
        for (place, name) in self.names.iter().enumerate() {
            let Some(person) = name.person else { continue };
            let sentence = self.tokens[name.first as usize].sentence;
            let alone = |other: Option<&Name>| {
                other.is_none_or(|other| {
                    other.person.is_none_or(|with| with == person)
                        || self.tokens[other.first as usize].sentence != sentence
                })
            };
            let before = place.checked_sub(1).and_then(|before| self.names.get(before));
            if !alone(before) || !alone(self.names.get(place + 1)) {
                continue;
            }
            let next = self.tokens.partition_point(|token| token.sentence <= sentence);
            if self.tokens.get(next).is_some_and(|token| token.sentence == sentence + 1) {
                match self.word(next) {
                    "He" | "His" => votes[person as usize][0] += 1,
                    "She" | "Her" => votes[person as usize][1] += 1,
                    _ => {}
                }
            }
        }
        for (person, votes) in self.persons.iter_mut().zip(votes) {
            let needed = if person.gender.is_none() { 1 } else { 2 };
            match votes {
                _ if person.titled => {}
                [he, 0] if he >= needed => person.gender = Some(Gender::Male),
                [0, she] if she >= needed => person.gender = Some(Gender::Female),
                _ => {}
            }
        }
    }

    /// Of those who bear a family name, whom a name of one word can mean: not whom the page tells of as somebody's son or
    /// wife where there is another, and "Low Jr." never the father. None where it is another person than all of them: "Low's
    /// son Otto Low" or "First Lady Ann Low" where the name is "Low" or "President Low".
    fn of_one_generation(&self, bearers: Vec<u32>, name: &Name) -> Option<Vec<u32>> {
        let junior = suffix(self.word(name.last as usize - 1));
        if junior {
            let young: Vec<u32> = bearers.iter().copied().filter(|&bearer| self.is_junior(bearer)).collect();
            return Some(if young.is_empty() { bearers } else { young });
        }
        let parted = |bearer: u32| {
            let full = &self.names[self.persons[bearer as usize].full as usize];
            self.is_kin(bearer) || self.is_junior(bearer) && self.juniors.contains(&self.family(full))
        };
        if name.title.is_none() && self.is_subject_just_named(&bearers, name) {
            return Some(bearers);
        }
        let heads: Vec<u32> = bearers.iter().copied().filter(|&bearer| !parted(bearer)).collect();
        if !heads.is_empty() {
            return Some(heads);
        }
        let family = self.word(name.first as usize + self.name_words(name) - 1);
        let roles = || bearers.iter().flat_map(|&bearer| self.persons[bearer as usize].roles.iter());
        let owned = roles().any(|role| role.of(self.text).starts_with(family));
        let title = name.title.map(|title| title.of(self.text).to_lowercase());
        let office = title.is_some_and(|title| {
            let last = title.rsplit(' ').next().unwrap_or_default().trim_end_matches('.').to_owned();
            words::role(&last).is_some_and(|role| role.class != RoleClass::Honorific)
                && !roles().any(|role| role.of(self.text).to_lowercase().contains(&last))
        });
        (!owned && !office && self.juniors.is_empty()).then_some(bearers)
    }

    /// Whether the last bearer of a family name before a name has just been named in full, at the head of a sentence: "Her
    /// brother, Otto Low, was glad. Low said".
    fn is_subject_just_named(&self, bearers: &[u32], name: &Name) -> bool {
        const SENTENCES: u32 = 2;
        const LOOKED_AT: usize = 8;
        const OPENING: usize = 4;
        let here = self.tokens[name.first as usize].sentence;
        let before = self.names.partition_point(|other| other.first < name.first);
        let mut near = self.names[..before].iter().rev().take(LOOKED_AT);
        let last = near.find(|other| other.person.is_some_and(|person| bearers.contains(&person)));
        last.is_some_and(|last| {
            let first = last.first as usize;
            let sentence = self.tokens[first].sentence;
            let opens = self.tokens.partition_point(|token| token.sentence < sentence);
            // "Low's son Otto Low" is named by the way.
            let owned = (opens..first).any(|at| self.tokens[at].possessive);
            self.name_words(last) > 1
                && sentence + SENTENCES >= here
                && first - opens <= OPENING
                && !owned
                && !self.tokens[last.last as usize - 1].possessive
        })
    }

    /// Whether all that the page tells of somebody is whose son or wife it is.
    fn is_kin(&self, person: u32) -> bool {
        let roles = &self.persons[person as usize].roles;
        let of_family = |role: &Span| {
            let words = role.of(self.text).to_lowercase();
            words.ends_with("first lady") || words.split(' ').any(kin)
        };
        !roles.is_empty() && roles.iter().all(of_family)
    }

    /// Whether the fullest name of somebody ends in "Jr." or the like.
    fn is_junior(&self, person: u32) -> bool {
        let full = &self.names[self.persons[person as usize].full as usize];
        suffix(self.word(full.last as usize - 1))
    }

    /// The gender that pronouns tell of those whom a page calls by a family name alone ("Low left his ship"), where it tells so
    /// more than once and nothing else.
    fn genders_of_bare_names(&self) -> HashMap<String, Gender> {
        const FAR: usize = 12;
        let mut votes: HashMap<String, [u32; 2]> = HashMap::new();
        for (place, name) in self.names.iter().enumerate() {
            if self.name_words(name) != 1
                || name.gender.is_some()
                || !matches!(name.kind, NameKind::Unknown | NameKind::Person)
            {
                continue;
            }
            let sentence = self.tokens[name.first as usize].sentence;
            let until = self.names.get(place + 1).map_or(usize::MAX, |next| next.first as usize);
            let behind = (name.last as usize..self.tokens.len().min(name.last as usize + FAR))
                .take_while(|&at| at < until && self.tokens[at].sentence == sentence);
            let mut behind = behind.map(|at| self.word(at));
            let vote = behind.find_map(|word| match word {
                "he" | "his" | "himself" => Some(0),
                "she" | "her" | "herself" => Some(1),
                _ => None,
            });
            if let Some(vote) = vote {
                votes.entry(self.family(name)).or_default()[vote] += 1;
            }
        }
        let told = votes.into_iter().filter_map(|(family, votes)| match votes {
            [he, 0] if he > 1 => Some((family, Gender::Male)),
            [0, she] if she > 1 => Some((family, Gender::Female)),
            _ => None,
        });
        told.collect()
    }

    /// The family names of those whom the page calls "Low Jr.", or whose son it tells an "Otto Low Jr." to be: two people bear
    /// them.
    fn families_with_juniors(&self) -> HashSet<String> {
        let junior = self.names.iter().filter(|name| suffix(self.word(name.last as usize - 1)));
        let parted = junior.filter(|name| {
            self.name_words(name) == 1
                || [name.title, self.role_after(name)]
                    .into_iter()
                    .flatten()
                    .any(|role| role.of(self.text).to_lowercase().split(' ').any(kin))
        });
        parted.map(|name| self.family(name)).collect()
    }

    /// Whom a name of one word means, and how sure that is: the only bearer, the nearest, or by far the most named.
    pub fn short(&self, name: &Name) -> Option<(u32, f32)> {
        let word = self.word(name.first as usize + self.name_words(name) - 1);
        let told = name.gender.or_else(|| self.told_genders.get(&family_key(word)).copied());
        let fits = |person: &&u32| {
            let known = self.persons[**person as usize].gender;
            told.is_none() || known.is_none() || known == told
        };
        let bearers = self.families.get(&family_key(word)).map(Vec::as_slice).unwrap_or_default();
        let mut bearers: Vec<u32> = bearers.iter().filter(fits).copied().collect();
        if bearers.iter().any(|&bearer| self.is_kin(bearer) || self.is_junior(bearer)) {
            bearers = self.of_one_generation(bearers, name)?;
        }
        match bearers[..] {
            [one] => return Some((one, 0.95)),
            [] => {}
            _ => return self.likeliest(&bearers, name),
        }
        // "Pope Clement" is not Clement Low.
        let crowned = name.title.and_then(|title| title.of(self.text).split_whitespace().last());
        if crowned.is_some_and(is_crown) {
            return None;
        }
        let bearers = self.givens.get(word).map(Vec::as_slice).unwrap_or_default();
        match bearers {
            [one] if fits(&one) => Some((*one, 0.85)),
            _ => None,
        }
    }
}

/// Months that are family names, too.
fn is_month(word: &str) -> bool {
    matches!(word, "May" | "March" | "April" | "June" | "August")
}

/// Whether a word looks like a verb of one subject.
fn is_singular_verb(word: &str) -> bool {
    matches!(word, "is" | "was" | "has" | "had" | "does" | "did" | "will" | "would" | "also" | "never")
        || words::cue(word).is_some()
            && word.len() > 3
            && (word.ends_with('s') && !word.ends_with("ss") || word.ends_with("ed"))
}

/// Whether a word is all in capitals.
fn is_shouted(word: &str) -> bool {
    !word.contains(char::is_lowercase)
}

/// Words for relatives, in lower case.
fn kin(word: &str) -> bool {
    matches!(
        word,
        "son"
            | "daughter"
            | "wife"
            | "husband"
            | "widow"
            | "widower"
            | "brother"
            | "sister"
            | "father"
            | "mother"
            | "stepson"
            | "stepdaughter"
            | "nephew"
            | "niece"
            | "cousin"
            | "grandson"
            | "granddaughter"
            | "son-in-law"
            | "daughter-in-law"
            | "sister-in-law"
            | "brother-in-law"
    )
}

/// Nouns for firms and bodies that stand beside their names, and are in no table of what speaks by its noun.
fn is_firm(word: &str) -> bool {
    matches!(
        word,
        "insurer"
            | "operator"
            | "lender"
            | "broker"
            | "carmaker"
            | "automaker"
            | "retailer"
            | "supplier"
            | "charity"
            | "broadcaster"
            | "startup"
            | "nonprofit"
            | "non-profit"
            | "website"
            | "airline"
            | "carrier"
            | "manufacturer"
            | "producer"
            | "maker"
            | "drugmaker"
            | "brewer"
            | "chain"
            | "conglomerate"
            | "consultancy"
            | "brokerage"
            | "publisher"
            | "utility"
            | "provider"
            | "distributor"
            | "subsidiary"
            | "business"
            | "brand"
            | "platform"
            | "organization"
            | "organisation"
            | "employer"
            | "company"
            | "firm"
            | "super-PAC"
            | "PAC"
            | "tank"
            | "NGO"
    )
}

//! Voices: which names on different pages are one speaker's.
//!
//! [`compare`] tells how likely two names with what is known of them are one voice's, and why; [`blocking_keys`] tells
//! which names are worth comparing at all. Both are pure, take microseconds and any text. Who is joined with whom is not
//! decided here but where the record is.

mod organisations;
mod persons;
mod spellings;

use crate::attribution::SpeakerKind;

/// From this chance on two names are taken to be one voice's.
pub const SURE: f32 = 0.9;

/// Up to this chance two names are taken to be two voices'; between this and [`SURE`] it is doubtful.
pub const UNLIKELY: f32 = 0.2;

/// What is known of a name: on one page, or on all the pages of a voice.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The fullest name that the page gives.
    pub name: String,
    /// What bears it.
    pub kind: SpeakerKind,
    /// The titles and roles beside it, in the pages' words.
    pub roles: Vec<String>,
    /// Who published the pages.
    pub outlets: Vec<String>,
    /// The first and the last day of the pages, in days since the beginning of 1970.
    pub days: Option<(i32, i32)>,
    /// The other persons that its pages name.
    pub beside: Vec<String>,
}

impl Profile {
    /// A name of which nothing more is known.
    pub fn named(name: &str, kind: SpeakerKind) -> Self {
        let name = name.to_owned();
        Self { name, kind, roles: Vec::new(), outlets: Vec::new(), days: None, beside: Vec::new() }
    }
}

/// How likely two names are one voice's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The chance that they are, `0.0..=1.0`.
    pub same: f32,
    /// What tells it most.
    pub reason: Reason,
}

impl Match {
    /// What the chance comes to.
    pub fn verdict(self) -> Verdict {
        if self.same >= SURE {
            Verdict::One
        } else if self.same <= UNLIKELY {
            Verdict::Two
        } else {
            Verdict::Doubtful
        }
    }
}

/// What a chance comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// One voice.
    One,
    /// Two voices.
    Two,
    /// A person should say.
    Doubtful,
}

impl Verdict {
    /// The verdict's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Doubtful => "doubtful",
        }
    }
}

/// Why two names are told to be one voice's, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The names are the same.
    SameName,
    /// They differ in accents, hyphens or marks only.
    Spelling,
    /// They are one name of another script or language, written in two ways.
    Transliteration,
    /// An initial stands for a given name.
    Initial,
    /// A short form stands for a given name.
    Nickname,
    /// Family name and given name change places.
    NameOrder,
    /// One has a middle name that the other leaves out.
    MiddleName,
    /// One has a suffix such as "Jr." that the other leaves out.
    SuffixLeftOut,
    /// They differ by a letter, as a typing slip makes it.
    Slip,
    /// One is part of a double family name.
    PartOfFamilyName,
    /// A part of the name, and what the pages tell beside it.
    ShortName,
    /// An abbreviation and what it stands for.
    Abbreviation,
    /// The same words in another order or form.
    OtherOrder,
    /// A government by its country, capital or seat.
    Government,
    /// The given names differ.
    OtherGivenName,
    /// The middle names differ.
    OtherMiddleName,
    /// The family names differ.
    OtherFamilyName,
    /// The suffixes differ: father and son.
    OtherSuffix,
    /// The institutions differ.
    OtherInstitution,
    /// They are of different places.
    OtherPlace,
    /// One name, and roles that one person hardly has at the same time.
    RolesAtOdds,
    /// A person and an organisation, or somebody without a name.
    OtherKind,
}

impl Reason {
    /// The reason's name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameName => "same-name",
            Self::Spelling => "spelling",
            Self::Transliteration => "transliteration",
            Self::Initial => "initial",
            Self::Nickname => "nickname",
            Self::NameOrder => "name-order",
            Self::MiddleName => "middle-name",
            Self::SuffixLeftOut => "suffix-left-out",
            Self::Slip => "slip",
            Self::PartOfFamilyName => "part-of-family-name",
            Self::ShortName => "short-name",
            Self::Abbreviation => "abbreviation",
            Self::OtherOrder => "other-order",
            Self::Government => "government",
            Self::OtherGivenName => "other-given-name",
            Self::OtherMiddleName => "other-middle-name",
            Self::OtherFamilyName => "other-family-name",
            Self::OtherSuffix => "other-suffix",
            Self::OtherInstitution => "other-institution",
            Self::OtherPlace => "other-place",
            Self::RolesAtOdds => "roles-at-odds",
            Self::OtherKind => "other-kind",
        }
    }

    /// The reason in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::SameName => "the same name",
            Self::Spelling => "the same name but for accents, hyphens or marks",
            Self::Transliteration => "one name, written in two ways",
            Self::Initial => "an initial for the given name",
            Self::Nickname => "a short form of the given name",
            Self::NameOrder => "family name and given name in the other order",
            Self::MiddleName => "a middle name that the other leaves out",
            Self::SuffixLeftOut => "a suffix that the other leaves out",
            Self::Slip => "a slip of one letter",
            Self::PartOfFamilyName => "part of a double family name",
            Self::ShortName => "part of the name, told by what stands beside it",
            Self::Abbreviation => "an abbreviation and what it stands for",
            Self::OtherOrder => "the same words in another order or form",
            Self::Government => "a government by its country, capital or seat",
            Self::OtherGivenName => "another given name",
            Self::OtherMiddleName => "another middle name",
            Self::OtherFamilyName => "another family name",
            Self::OtherSuffix => "another suffix",
            Self::OtherInstitution => "another institution",
            Self::OtherPlace => "of another place",
            Self::RolesAtOdds => "roles that one person hardly has at once",
            Self::OtherKind => "another kind of speaker",
        }
    }

    /// Every reason, in the order of declaration.
    pub const ALL: [Reason; 22] = [
        Self::SameName,
        Self::Spelling,
        Self::Transliteration,
        Self::Initial,
        Self::Nickname,
        Self::NameOrder,
        Self::MiddleName,
        Self::SuffixLeftOut,
        Self::Slip,
        Self::PartOfFamilyName,
        Self::ShortName,
        Self::Abbreviation,
        Self::OtherOrder,
        Self::Government,
        Self::OtherGivenName,
        Self::OtherMiddleName,
        Self::OtherFamilyName,
        Self::OtherSuffix,
        Self::OtherInstitution,
        Self::OtherPlace,
        Self::RolesAtOdds,
        Self::OtherKind,
    ];
}

/// Keys of a name: names that can be one voice's share one. At most 28; none for somebody unnamed.
pub fn blocking_keys(name: &str, kind: SpeakerKind) -> impl Iterator<Item = String> + use<> {
    keys(name, kind).into_iter().map(|key| key.text)
}

/// A key of a name, with what need not be looked up to know of many who share it that they are two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// What those share who can be one voice's.
    pub text: String,
    /// The given names, parted by spaces, for whose sake the name has the key; none where it does not have it for theirs.
    pub given: Option<String>,
}

impl Key {
    /// A key that says all itself.
    fn of(text: String) -> Self {
        Self { text, given: None }
    }

    /// Whether it has all of a person's first given name. Those who share it share the initial with the family name, too: it is
    /// needed only where these are shared by too many.
    pub fn is_narrow(&self) -> bool {
        persons::is_narrow(&self.text)
    }
}

/// The keys of a name in the order of their texts, each once.
pub fn keys(name: &str, kind: SpeakerKind) -> Vec<Key> {
    let mut keys = match kind {
        SpeakerKind::Person => persons::keys(name),
        SpeakerKind::Organisation => organisations::keys(name).into_iter().map(Key::of).collect(),
        SpeakerKind::Unnamed => Vec::new(),
    };
    keys.sort();
    keys.dedup();
    keys.dedup_by(|later, first| {
        let same = later.text == first.text;
        if let (true, Some(first), Some(later)) = (same, &mut first.given, &later.given) {
            first.push(' ');
            first.push_str(later);
        }
        same
    });
    keys
}

/// The given names of a [`Key`], to be held against those of others who have it.
#[derive(Debug)]
pub struct GivenNames<'a>(persons::GivenWords<'a>);

impl<'a> GivenNames<'a> {
    /// Given names, parted by spaces.
    pub fn new(given: &'a str) -> Self {
        Self(persons::GivenWords::new(given))
    }

    /// Whether, for the sake of this key, two who have it can be one voice's: one of the given names of either is the same, an
    /// initial, a part, a short form, another spelling or a slip of one of the other's.
    pub fn fit(&self, others: &str) -> bool {
        self.0.fit(others)
    }
}

/// Of a key that is a person's family name, the key that only those share whose name is no more. A name that is more and another
/// that is more need not be compared for the sake of the family name: what else can make them one has keys of its own.
pub fn key_of_short(key: &str) -> Option<String> {
    persons::key_of_short(key)
}

/// Whether a key is a person's given name with the consonants or either end of the family name. A slip in the family name is told
/// only by what stands beside the names: two who are sure to be one by their names alone share another key, too.
pub fn is_of_slip(key: &str) -> bool {
    ["s:", "e:", "b:"].iter().any(|begins| key.starts_with(begins))
}

/// Whether a person's name is a family name alone, titles before it left aside: whose it is only the pages can tell.
pub fn is_short(name: &str) -> bool {
    persons::is_short(name)
}

/// Whether two roles are such as one person hardly has at the same time: other offices or trades, of other places or bodies.
pub fn at_odds(role: &str, other: &str) -> bool {
    persons::at_odds(role, other)
}

/// Whether a key is one that only family names alone have.
pub fn is_key_of_short(key: &str) -> bool {
    persons::is_key_of_short(key)
}

/// How likely two names are one voice's, and why. The order of the two does not matter.
///
/// Words are looked at to a bounded length, lists to a bounded number.
pub fn compare(a: &Profile, b: &Profile) -> Match {
    Comparison::new(a).with(b)
}

/// A name that is compared with several: what its words tell is told once.
#[derive(Debug)]
pub struct Comparison<'a> {
    profile: &'a Profile,
    /// Of a person only.
    parts: Option<persons::Parts<'a>>,
}

impl<'a> Comparison<'a> {
    /// The comparison of a name with others.
    pub fn new(profile: &'a Profile) -> Self {
        let parts = (profile.kind == SpeakerKind::Person).then(|| persons::parts(&profile.name));
        Self { profile, parts }
    }

    /// What [`compare`] says of it and another.
    pub fn with(&self, other: &Profile) -> Match {
        match (&self.parts, self.profile.kind, other.kind) {
            (Some(parts), _, SpeakerKind::Person) => persons::compare((self.profile, parts), other),
            (_, SpeakerKind::Organisation, SpeakerKind::Organisation) => {
                organisations::compare(self.profile, other)
            }
            // Two who are not named are never known to be one.
            _ => Match { same: 0.01, reason: Reason::OtherKind },
        }
    }
}

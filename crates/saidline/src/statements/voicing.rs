//! How a page names those who speak, and what that tells of whether two reports have one voice.

use super::Report;
use super::words::hash;
use crate::attribution::{How, Speaker, SpeakerKind};

/// How a page names the speakers of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voicing {
    /// Whether all are named where they speak: not by a pronoun or a description, which can be misread.
    pub named: bool,
    /// Whether one is a person.
    pub person: bool,
    /// Whether one is an organisation.
    pub organisation: bool,
    /// The words of their names, sorted.
    pub names: Vec<u32>,
    /// The words of their roles, sorted: a spokesman's tell for whom he speaks.
    pub roles: Vec<u32>,
}

/// What two reports' voices are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// One speaks in both.
    Same,
    /// One report tells nobody.
    OneOfNobody,
    /// Neither tells anybody.
    BothOfNobody,
    /// Others, but with words of a name in common: an organisation and who speaks for it.
    Kin,
    /// Others, but one of them only by a pronoun or a description.
    Unsure,
    /// Two who are named.
    Others,
}

impl Voicing {
    pub(super) fn new(speakers: &[Speaker]) -> Self {
        let known = || speakers.iter().filter(|speaker| speaker.kind != SpeakerKind::Unnamed);
        let words = |texts: &mut dyn Iterator<Item = &str>| {
            let mut words: Vec<u32> = texts.flat_map(name_words).collect();
            words.sort_unstable();
            words.dedup();
            words
        };
        Self {
            named: known().count() > 0
                && known().all(|speaker| matches!(speaker.how, How::Name | How::ShortName | How::Corrected)),
            person: speakers.iter().any(|speaker| speaker.kind == SpeakerKind::Person),
            organisation: speakers.iter().any(|speaker| speaker.kind == SpeakerKind::Organisation),
            names: words(&mut speakers.iter().map(|speaker| speaker.name.as_str())),
            roles: words(&mut speakers.iter().filter_map(|speaker| speaker.role.as_deref())),
        }
    }

    /// The three that are true or not, as bits.
    pub(super) fn flags(&self) -> u64 {
        u64::from(self.named) | u64::from(self.person) << 1 | u64::from(self.organisation) << 2
    }

    pub(super) fn from_flags(flags: u64, names: Vec<u32>, roles: Vec<u32>) -> Self {
        Self { named: flags & 1 != 0, person: flags & 2 != 0, organisation: flags & 4 != 0, names, roles }
    }
}

/// What the voices of two reports are to each other.
pub(super) fn whose(one: &Report, other: &Report) -> Whose {
    if one.voices.iter().any(|voice| other.voices.contains(voice)) {
        return Whose::Same;
    }
    match (one.voices.is_empty(), other.voices.is_empty()) {
        (true, true) => return Whose::BothOfNobody,
        (false, false) => {}
        _ => return Whose::OneOfNobody,
    }
    let (one, other) = (&one.voicing, &other.voicing);
    // A name is one voice's unless a person says that several bear it: then the name tells nothing.
    if one.person && other.person && one.names == other.names {
        return Whose::Others;
    }
    let kin =
        share(&one.names, &other.names) || share(&one.names, &other.roles) || share(&one.roles, &other.names);
    let both_named = one.named && other.named;
    let persons = !one.organisation && !other.organisation;
    match (both_named, kin) {
        // A name and the family name alone may be one person's, whom the record could not tell from others of the family.
        (true, _) if persons && (within(&one.names, &other.names) || within(&other.names, &one.names)) => {
            Whose::Kin
        }
        // Else two persons who are named are two, whatever their names share.
        (true, _) if persons => Whose::Others,
        (true, false) => Whose::Others,
        (_, true) => Whose::Kin,
        (false, false) => Whose::Unsure,
    }
}

/// Whether two reports name two persons, whose names are not one's in part: whatever roles they have.
pub(super) fn are_two_persons(one: &Report, other: &Report) -> bool {
    let (one_of, other_of) = (&one.voicing, &other.voicing);
    let persons = one_of.person && other_of.person && !one_of.organisation && !other_of.organisation;
    let same = one.voices.iter().any(|voice| other.voices.contains(voice));
    persons && !same && !within(&one_of.names, &other_of.names) && !within(&other_of.names, &one_of.names)
}

/// Whether a name has all words of another one.
fn within(one: &[u32], other: &[u32]) -> bool {
    !one.is_empty() && one.iter().all(|word| other.binary_search(word).is_ok())
}

fn share(one: &[u32], other: &[u32]) -> bool {
    one.iter().any(|word| other.binary_search(word).is_ok())
}

/// The words of a name or a role that tell something.
fn name_words(name: &str) -> Vec<u32> {
    const EMPTY: [&str; 14] =
        ["the", "of", "a", "and", "for", "former", "top", "in", "to", "mr", "mrs", "ms", "sen", "rep"];
    let folded = name.to_lowercase().replace("’s", "").replace("'s", "");
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !EMPTY.contains(word)).map(|word| hash(word) as u32).collect()
}

//! The tables of the stage: nouns for venues, media, verbs that take a hearer.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::attribution::VenueKind;
use crate::words::{regular_forms, rows};

/// What a noun tells of a venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noun {
    pub kind: VenueKind,
    /// Stands without an article too: "in testimony".
    pub bare: bool,
}

fn kind(name: &str) -> Option<VenueKind> {
    VenueKind::ALL.into_iter().find(|kind| kind.name() == name)
}

/// What a noun, or two with a space between, tells of a venue; in lower case.
pub(super) fn noun(lower: &str) -> Option<Noun> {
    static TABLE: OnceLock<HashMap<&str, Noun>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            rows(include_str!("../../words/venues.tsv"))
                .filter_map(|row| {
                    let bare = row.get(2) == Some(&"bare");
                    Some((row[0], Noun { kind: kind(row.get(1)?)?, bare }))
                })
                .collect()
        })
        .get(lower)
        .copied()
}

/// What the name of a medium tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Medium {
    kind: VenueKind,
    /// A programme and no channel.
    programme: bool,
}

fn media() -> &'static HashMap<&'static str, Medium> {
    static TABLE: OnceLock<HashMap<&str, Medium>> = OnceLock::new();
    TABLE.get_or_init(|| {
        rows(include_str!("../../words/media.tsv"))
            .filter_map(|row| {
                let programme = row.get(2) == Some(&"programme");
                Some((row[0], Medium { kind: kind(row.get(1)?)?, programme }))
            })
            .collect()
    })
}

/// The kind of venue that words in a medium have, by its name as it is written.
pub(super) fn medium(name: &str) -> Option<VenueKind> {
    media().get(name).map(|medium| medium.kind)
}

/// Whether a name as it is written is that of a programme: "Meet the Press".
pub(super) fn is_programme(name: &str) -> bool {
    media().get(name).is_some_and(|medium| medium.programme)
}

/// Where the hearer of a verb stands, and what else a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Its object is the hearer: "told reporters".
    Object,
    /// So too, where the object is somebody or a question or an aim follows: "asked the council whether".
    Asked,
    /// So too, where the object is somebody or what is warned of follows: "warned owners that".
    Warned,
    /// Its object is the hearer where "to" follows: "urged owners to pay".
    Urged,
    /// The hearer follows "to": "said to reporters".
    To,
    /// The hearer follows "on": "called on owners to pay".
    On,
}

/// What a word tells as a verb.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Where its hearer stands.
    pub hearer: Option<Verb>,
    /// The venue that the verb is by itself: "tweeted".
    pub venue: Option<VenueKind>,
    /// A venue is its object: "issued a statement".
    pub makes: bool,
}

#[derive(Default)]
struct Hearers {
    verbs: HashMap<String, Told>,
    nouns: HashMap<&'static str, ()>,
}

fn hearers() -> &'static Hearers {
    static TABLE: OnceLock<Hearers> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Hearers::default();
        for row in rows(include_str!("../../words/hearers.tsv")) {
            let word = row[0];
            let set: fn(&mut Told) = match row.get(1).copied() {
                Some("hearer") => {
                    table.nouns.insert(word, ());
                    continue;
                }
                Some("object") => |told| told.hearer = Some(Verb::Object),
                Some("asked") => |told| told.hearer = Some(Verb::Asked),
                Some("warned") => |told| told.hearer = Some(Verb::Warned),
                Some("urged") => |told| told.hearer = Some(Verb::Urged),
                Some("to") => |told| told.hearer = Some(Verb::To),
                Some("on") => |told| told.hearer = Some(Verb::On),
                Some("tweet") => |told| told.venue = Some(VenueKind::Post),
                Some("letter") => |told| told.venue = Some(VenueKind::Letter),
                Some("testify") => |told| told.venue = Some(VenueKind::Testimony),
                Some("make") => |told| told.makes = true,
                _ => continue,
            };
            match row.get(2) {
                Some(forms) => {
                    forms.split(',').for_each(|form| set(table.verbs.entry(form.to_owned()).or_default()))
                }
                None => {
                    set(table.verbs.entry(word.to_owned()).or_default());
                    regular_forms(word)
                        .into_iter()
                        .for_each(|form| set(table.verbs.entry(form).or_default()));
                }
            }
        }
        table
    })
}

/// What a word in lower case tells as a verb.
pub(super) fn verb(lower: &str) -> Option<Told> {
    hearers().verbs.get(lower).copied()
}

/// Whether a noun in lower case is one for somebody who can be spoken to.
pub(super) fn hears(lower: &str) -> bool {
    hearers().nouns.contains_key(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        for row in rows(include_str!("../../words/venues.tsv")) {
            let marks = row.get(2).is_none_or(|marks| *marks == "bare");
            assert!(noun(row[0]).is_some() && marks && row.len() <= 3, "{row:?}");
        }
        for row in rows(include_str!("../../words/media.tsv")) {
            let marks = row.get(2).is_none_or(|marks| *marks == "programme");
            assert!(medium(row[0]).is_some() && marks && row.len() <= 3, "{row:?}");
        }
        for row in rows(include_str!("../../words/hearers.tsv")) {
            let form = row.get(2).and_then(|forms| forms.split(',').next()).unwrap_or(row[0]);
            assert!(verb(form).is_some() || hears(form), "{row:?}");
        }
    }
}

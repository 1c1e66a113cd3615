//! Where and to whom something was said, and whether two tellings of it cannot be of one occasion.

use saidline_html::Span;

use crate::attribution::{Attribution, VenueKind};
use crate::speakers::envelope;
use crate::words::{self, OutletWord};

/// Where and to whom something was said, as far as a page tells it; in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occasion {
    /// Outlets and people that it was told to, by name.
    hearers: Vec<String>,
    /// Events and places, by name.
    places: Vec<String>,
    /// What kind of occasion it was.
    settings: Vec<Setting>,
}

/// What kind of occasion words were spoken on, as far as that sets it apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// On a programme, or to somebody who interviews.
    Air,
    /// In a parliament, a court, or before a committee.
    Assembly,
    /// Before people who came to hear.
    Crowd,
    /// To reporters.
    Press,
    /// Written for all to read.
    Post,
}

impl Setting {
    fn of_venue(kind: VenueKind) -> Option<Self> {
        match kind {
            VenueKind::Interview | VenueKind::Broadcast => Some(Self::Air),
            VenueKind::Testimony => Some(Self::Assembly),
            VenueKind::Speech => Some(Self::Crowd),
            VenueKind::NewsConference => Some(Self::Press),
            VenueKind::Post => Some(Self::Post),
            _ => None,
        }
    }

    /// Of the words for those who heard it: "a Senate panel", "the crowd".
    fn of_hearers(words: &str) -> Option<Self> {
        const ASSEMBLIES: [&str; 18] = [
            "committee",
            "subcommittee",
            "panel",
            "senate",
            "senators",
            "house",
            "congress",
            "lawmakers",
            "legislators",
            "parliament",
            "lords",
            "commons",
            "knesset",
            "duma",
            "bundestag",
            "assembly",
            "jury",
            "court",
        ];
        const CROWDS: [&str; 24] = [
            "crowd",
            "crowds",
            "audience",
            "rally",
            "supporters",
            "students",
            "graduates",
            "voters",
            "delegates",
            "troops",
            "soldiers",
            "sailors",
            "marines",
            "cadets",
            "veterans",
            "farmers",
            "workers",
            "bankers",
            "worshippers",
            "parishioners",
            "protesters",
            "thousands",
            "hundreds",
            "donors",
        ];
        const PRESS: [&str; 4] = ["reporters", "journalists", "press", "correspondents"];
        let lower = words.to_lowercase();
        let has = |list: &[&str]| {
            lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| list.contains(&word))
        };
        // "The White House" hears nothing in session.
        if has(&ASSEMBLIES) && !lower.contains("white house") {
            Some(Self::Assembly)
        } else if has(&CROWDS) {
            Some(Self::Crowd)
        } else if has(&PRESS) {
            Some(Self::Press)
        } else {
            None
        }
    }

    /// Whether both may be told of one occasion: reporters hear speeches and watch programmes, and what somebody posts he also
    /// says to them.
    fn may_be_with(self, other: Self) -> bool {
        use Setting::{Air, Assembly, Crowd, Post, Press};
        match (self, other) {
            (Air | Post, Assembly | Crowd)
            | (Assembly | Crowd, Air | Post)
            | (Assembly, Crowd | Press)
            | (Crowd | Press, Assembly) => false,
            (Air | Crowd | Press | Assembly | Post, _) => true,
        }
    }
}

impl Occasion {
    /// Of an attribution, by its venue and its addressees.
    pub fn of(text: &str, attribution: &Attribution) -> Self {
        let mut occasion = Self::default();
        for mention in &attribution.addressees {
            occasion.add_hearer(mention.span.of(text), mention.name.as_deref());
        }
        if let Some(venue) = &attribution.venue {
            occasion.add_venue(venue.kind, venue.name.as_deref());
        }
        if occasion.settings.is_empty() {
            occasion.settings.extend(Self::of_frame(text, attribution));
        }
        occasion
    }

    /// Adds somebody who heard it: the words for him, and his name where he has one.
    pub fn add_hearer(&mut self, words: &str, name: Option<&str>) {
        self.hearers.extend(name.map(str::to_lowercase));
        self.settings.extend(Setting::of_hearers(words));
    }

    /// Adds a venue: what carries words is a hearer, what people come to is a place.
    pub fn add_venue(&mut self, kind: VenueKind, name: Option<&str>) {
        use VenueKind::{Article, Broadcast, Interview, NewsConference, Place, Speech};
        let name = name.map(str::to_lowercase);
        match kind {
            Interview | Broadcast | Article => self.hearers.extend(name),
            Speech | Place | NewsConference => self.places.extend(name),
            _ => {}
        }
        self.settings.extend(Setting::of_venue(kind));
    }

    /// Whether both tell where or to whom, and that it was the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let shared = |ours: &[String], theirs: &[String]| {
            ours.iter().any(|one| theirs.iter().any(|other| share_a_word(one, other)))
        };
        self.settings.iter().any(|one| other.settings.contains(one))
            || shared(&self.hearers, &other.hearers)
            || shared(&self.places, &other.places)
    }

    /// Its settings; whoever tells an outlet is on air or interviewed.
    fn all_settings(&self) -> Vec<Setting> {
        let heard = self.hearers.iter().any(|name| is_outlet(name));
        self.settings.iter().copied().chain(heard.then_some(Setting::Air)).collect()
    }

    /// What the words around an attribution tell of its setting, where neither venue nor addressee does: "on the floor of the
    /// Senate", "at a conference".
    fn of_frame(text: &str, attribution: &Attribution) -> Option<Setting> {
        const FLOORS: [&str; 4] = ["floor of the", "the senate floor", "the house floor", "hearings on"];
        const GATHERINGS: [&str; 5] = ["conference", "convention", "trade fair", "commencement", "symposium"];
        let frame = frame(text, attribution).to_lowercase();
        let gathers = |word: &str| {
            let at = frame.find(word);
            at.is_some_and(|at| {
                let (before, after) = (&frame[..at], &frame[at + word.len()..]);
                !before.ends_with("news ") && !before.ends_with("press ") && !after.starts_with(" call")
            })
        };
        if FLOORS.iter().any(|words| frame.contains(words)) {
            Some(Setting::Assembly)
        } else if GATHERINGS.iter().any(|word| gathers(word)) {
            Some(Setting::Crowd)
        } else {
            None
        }
    }

    /// Whether both tell where or to whom, and not the same.
    pub(super) fn is_another(&self, other: &Self) -> bool {
        let apart = |ours: &[String], theirs: &[String]| {
            let shares = |one: &String| theirs.iter().any(|other| share_a_word(one, other));
            !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(shares)
        };
        let (ours, theirs) = (self.all_settings(), other.all_settings());
        let settings = !ours.is_empty() && !theirs.is_empty() && {
            let fits = |one: &Setting| theirs.iter().any(|with| one.may_be_with(*with));
            !ours.iter().any(fits)
        };
        settings || apart(&self.hearers, &other.hearers) || apart(&self.places, &other.places)
    }
}

/// Whether a name in small letters is an outlet's.
fn is_outlet(name: &str) -> bool {
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| words::outlet_word(word).is_some())
}

/// The words of the sentence of an attribution that are no content.
fn frame(text: &str, attribution: &Attribution) -> String {
    let Some(Span { start, end }) = envelope(attribution) else { return String::new() };
    let from = text[..start as usize].rfind(['.', '\n', '?', '!']).map_or(0, |at| at + 1);
    let to = text[end as usize..].find(['.', '\n', '?', '!']).map_or(text.len(), |at| end as usize + at);
    let mut frame = String::new();
    let mut at = from;
    let mut contents = attribution.content.clone();
    contents.sort_by_key(|span| span.start);
    for content in contents {
        frame.push_str(text.get(at..content.start as usize).unwrap_or_default());
        frame.push(' ');
        at = at.max(content.end as usize);
    }
    frame.push_str(text.get(at..to).unwrap_or_default());
    frame
}

/// Whether two names may be one's: they share a word, or one is short and the other may be its programme, or what its letters stand
/// for. Two short ones are two channels, and so are a short one and a newspaper.
fn share_a_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.len() > 1 && *word != "the").map(str::to_owned).collect()
    };
    let (ours, theirs) = (words(one), words(other));
    if ours.iter().any(|word| theirs.contains(word)) {
        return true;
    }
    let is_channel =
        |words: &[String]| words.iter().any(|word| words::outlet_word(word) == Some(OutletWord::Channel));
    if is_channel(&ours) && is_channel(&theirs) {
        return false;
    }
    let is_short = |words: &[String]| words.len() == 1 && words[0].len() <= 5;
    let is_outlet =
        |words: &[String]| words.iter().any(|word| words::outlet_word(word) == Some(OutletWord::Part));
    let stands_for = |short: &[String], long: &[String]| {
        let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
        is_short(short) && initials == short[0]
    };
    match (is_short(&ours), is_short(&theirs)) {
        (true, true) | (false, false) => false,
        _ => {
            stands_for(&ours, &theirs)
                || stands_for(&theirs, &ours)
                || !is_outlet(&ours) && !is_outlet(&theirs)
        }
    }
}

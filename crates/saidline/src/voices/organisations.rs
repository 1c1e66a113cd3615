//! Organisations and governments: their words, abbreviations, and the places they are of.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::spellings::folded;
use super::{Match, Profile, Reason};
use crate::words;

/// No name has more words than are looked at.
const WORDS: usize = 16;

/// An organisation's name in parts.
#[derive(Debug)]
struct Parts {
    /// The words of substance, folded, in the order of the name; places as their countries.
    words: Vec<String>,
    /// The places among them, as the table writes them.
    places: Vec<String>,
    /// The initials: without and with the words that join,
    /// and without the nation before it.
    initials: [String; 3],
    /// The country whose government it is.
    government: Option<String>,
    /// Whether it is an abbreviation: capitals, without a space.
    short: bool,
}

/// Countries by their names, demonyms, capitals and seats.
struct Places {
    /// Folded names and demonyms of places, with the place.
    names: HashMap<String, String>,
    /// Folded names of capitals and seats, with the country.
    seats: HashMap<String, String>,
    /// Most words of a name.
    longest: usize,
}

fn spaced(name: &str) -> String {
    name.split_whitespace().map(folded).collect::<Vec<_>>().join(" ")
}

fn places() -> &'static Places {
    static TABLE: OnceLock<Places> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Places { names: HashMap::new(), seats: HashMap::new(), longest: 1 };
        let canonical = |name: &str| match name {
            "America" => "united states".to_owned(),
            "United Kingdom" => "britain".to_owned(),
            name => spaced(name),
        };
        for row in words::rows(include_str!("../../words/places.tsv")) {
            let place = canonical(row[0]);
            table.names.insert(spaced(row[0]), place.clone());
            for demonym in
                row.get(1).into_iter().flat_map(|names| names.split(',')).filter(|name| !name.is_empty())
            {
                table.names.insert(spaced(demonym), place.clone());
            }
            for seat in
                row.get(2).into_iter().flat_map(|names| names.split(',')).filter(|name| !name.is_empty())
            {
                table.seats.insert(spaced(seat), place.clone());
            }
        }
        for name in ["us", "usa"] {
            table.names.insert(name.to_owned(), "united states".to_owned());
        }
        for row in words::rows(include_str!("../../words/seats.tsv")) {
            if let Some(country) = row.get(1) {
                table.seats.insert(spaced(row[0]), canonical(country));
            }
        }
        table.longest = table.names.keys().map(|name| name.split(' ').count()).max().unwrap_or(1);
        table
    })
}

/// The country of a demonym or of another of its names, folded; another place as it is.
pub(super) fn place(name: &str) -> String {
    let name = spaced(name);
    let stem = name.strip_suffix('s').unwrap_or(&name);
    let names = &places().names;
    names.get(&name).or_else(|| names.get(stem)).cloned().unwrap_or(name)
}

fn joins(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "and"
            | "the"
            | "in"
            | "on"
            | "at"
            | "to"
            | "a"
            | "an"
            | "de"
            | "du"
            | "des"
            | "la"
            | "le"
            | ""
    )
}

/// One form for words that are written in several ways.
fn one_form(word: String) -> String {
    match word.as_str() {
        "dept" => "department".to_owned(),
        "univ" => "university".to_owned(),
        "centre" | "centers" | "centres" => "center".to_owned(),
        "organisation" => "organization".to_owned(),
        "defence" => "defense".to_owned(),
        "labour" => "labor".to_owned(),
        "govt" => "government".to_owned(),
        "assn" => "association".to_owned(),
        "comm" => "commission".to_owned(),
        "natl" => "national".to_owned(),
        "intl" => "international".to_owned(),
        _ => word,
    }
}

fn parts(name: &str) -> Parts {
    let table = places();
    let mut initials = [String::new(), String::new(), String::new()];
    let mut pieces: Vec<String> = Vec::new();
    let mut written = 0;
    let mut capitals = true;
    for piece in name.split_whitespace().take(WORDS) {
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = ["'s", "’s"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
        let word = folded(bare);
        // "S." is what is left of "U.S.".
        if word.is_empty() || written == 0 && piece == "S." {
            continue;
        }
        written += 1;
        capitals &= bare.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&'));
        // A hyphen parts words for the initials only.
        for part in bare.split('-').map(folded).filter(|part| !part.is_empty()) {
            let first = part.chars().next().unwrap_or(' ');
            if !joins(&part) {
                initials[0].push(first);
            }
            if part != "the" {
                initials[1].push(first);
            }
            if !joins(&part) && !table.names.contains_key(&part) {
                initials[2].push(first);
            }
        }
        pieces.push(word);
    }
    let short = written == 1 && capitals && (2..=7).contains(&pieces[0].len());
    let whole =
        pieces.iter().filter(|piece| *piece != "the").map(String::as_str).collect::<Vec<_>>().join(" ");
    let seat = table.seats.get(&whole).or_else(|| table.names.get(&whole)).cloned();
    let mut words = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let place = (1..=table.longest.min(pieces.len() - at)).rev().find_map(|length| {
            table.names.get(&pieces[at..at + length].join(" ")).map(|place| (length, place.clone()))
        });
        if let Some((length, place)) = place {
            if !found.contains(&place) {
                found.push(place);
            }
            at += length;
            continue;
        }
        if !joins(&pieces[at])
            && !matches!(pieces[at].as_str(), "inc" | "corp" | "co" | "ltd" | "llc" | "plc")
        {
            words.push(one_form(std::mem::take(&mut pieces[at])));
        }
        at += 1;
    }
    let governs = matches!(&words[..], [one] if one == "government") && found.len() == 1;
    let government =
        if governs { found.first().cloned() } else { seat.filter(|_| words.is_empty() || !governs) };
    Parts { words, places: found, initials, government, short }
}

/// The words in any order, the initials, the government.
pub(super) fn keys(name: &str) -> Vec<String> {
    let parts = parts(name);
    let mut keys = Vec::new();
    if let Some(country) = &parts.government {
        keys.push(format!("g:{country}"));
    }
    if !parts.words.is_empty() {
        keys.push(format!("o:{}", sorted(&parts.words).concat()));
    } else {
        keys.push(format!("o:{}", parts.places.concat()));
    }
    if parts.short {
        keys.push(format!("a:{}", parts.initials_of_short()));
    } else {
        keys.extend(
            parts.initials.iter().filter(|letters| letters.len() > 1).map(|letters| format!("a:{letters}")),
        );
    }
    keys
}

fn sorted(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

impl Parts {
    /// The letters of an abbreviation.
    fn initials_of_short(&self) -> String {
        self.words.first().or(self.places.first()).cloned().unwrap_or_default()
    }
}

fn told(same: f32, reason: Reason) -> Match {
    Match { same, reason }
}

/// How likely two organisations' names are one voice's.
pub(super) fn compare(a: &Profile, b: &Profile) -> Match {
    let (one, other) = (parts(&a.name), parts(&b.name));
    if spaced(&a.name) == spaced(&b.name) {
        return told(
            if one.words.is_empty() && one.places.is_empty() { 0.5 } else { 0.97 },
            Reason::SameName,
        );
    }
    if let (Some(first), Some(second)) = (&one.government, &other.government) {
        return if first == second { told(0.93, Reason::Government) } else { told(0.02, Reason::OtherPlace) };
    }
    if one.short != other.short {
        let (short, long) = if one.short { (&one, &other) } else { (&other, &one) };
        let letters = short.initials_of_short();
        let fits = long.initials.contains(&letters);
        let same = match letters.len() {
            0..=1 => 0.02,
            2 if fits => 0.6,
            _ if fits => 0.93,
            _ => 0.02,
        };
        return told(same, if fits { Reason::Abbreviation } else { Reason::OtherInstitution });
    }
    let nation = "united states";
    let apart = |one: &Parts, other: &Parts| {
        one.places.iter().any(|place| place != nation && !other.places.contains(place))
    };
    let strays = apart(&one, &other) || apart(&other, &one);
    let same_words = sorted(&one.words) == sorted(&other.words) && !one.words.is_empty();
    if !same_words {
        return told(0.02, Reason::OtherInstitution);
    }
    if strays {
        return told(0.03, Reason::OtherPlace);
    }
    if one.places != other.places {
        // "Justice Department" and "U.S. Justice Department", unless others have one too.
        return told(0.92, Reason::Spelling);
    }
    // "University of Ostby" and "Ostby University" can be two.
    let university = one.words.iter().any(|word| word == "university" || word == "college");
    if one.words == other.words && order(&a.name) == order(&b.name) {
        told(0.96, Reason::Spelling)
    } else if university {
        told(0.6, Reason::OtherOrder)
    } else {
        told(0.95, Reason::OtherOrder)
    }
}

/// Whether a place or another word is joined with "of".
fn order(name: &str) -> bool {
    name.split_whitespace().any(|word| word == "of")
}

#[cfg(test)]
mod tests {
    use super::super::{Profile, Reason, Verdict, blocking_keys, compare};
    use crate::SpeakerKind;

    #[test]
    fn organisations_are_told_apart_by_their_words_and_places() {
        let check = |one: &str, other: &str, verdict: Verdict, reason: Reason| {
            let of = |name: &str| Profile::named(name, SpeakerKind::Organisation);
            let told = compare(&of(one), &of(other));
            assert_eq!((told.verdict(), told.reason), (verdict, reason), "{one} {other} {}", told.same);
            if verdict == Verdict::One {
                let keys: Vec<String> = blocking_keys(one, SpeakerKind::Organisation).collect();
                let shared = blocking_keys(other, SpeakerKind::Organisation).any(|key| keys.contains(&key));
                assert!(shared, "{one} {other} share no key");
            }
        };
        check("the Harbour Board", "Harbour Board", Verdict::One, Reason::Spelling);
        check("Department of Ports", "Ports Department", Verdict::One, Reason::OtherOrder);
        check("Federal Bureau of Ports", "FBP", Verdict::One, Reason::Abbreviation);
        check("Federal Bureau of Ports", "FBI", Verdict::Two, Reason::OtherInstitution);
        check("Russia’s Foreign Ministry", "Russian Foreign Ministry", Verdict::One, Reason::Spelling);
        check("Iowa Ferry Party", "Ohio Ferry Party", Verdict::Two, Reason::OtherPlace);
        check("Moscow", "the Kremlin", Verdict::One, Reason::Government);
        check("Russian government", "Moscow", Verdict::One, Reason::Government);
        check("Moscow", "Beijing", Verdict::Two, Reason::OtherPlace);
        check("University of Ostby", "Ostby University", Verdict::Doubtful, Reason::OtherOrder);
        check("Iowa Department of Ports", "Department of Ports", Verdict::Two, Reason::OtherPlace);
    }
}

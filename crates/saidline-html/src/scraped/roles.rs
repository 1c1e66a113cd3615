//! What a line is, told from its words: a byline, a dateline, a date, a credit, a heading.

use crate::dates;
use crate::document::Span;

use super::features::{MONTHS_AND_DAYS, ends_sentence, words};
use super::tables::AGENCIES;

/// No line that names authors or a date is longer, in bytes: past that it is running text.
const LONGEST_STAMP: usize = 200;

/// The words of a line in small letters, a space between them: equal for a headline and its double.
pub(super) fn normal(line: &str) -> String {
    let mut normal = String::new();
    for word in words(line) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    normal
}

/// Takes `word` off the front of `text`, in any case, when no letter follows it.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    let rest = &text[word.len()..];
    (head.eq_ignore_ascii_case(word) && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// Words in small letters that stand between names in a byline.
const BETWEEN_NAMES: &[&str] = &[
    "and", "with", "for", "of", "the", "in", "at", "de", "da", "del", "della", "di", "du", "la", "le", "van",
    "von", "der", "den", "ter", "bin", "bint", "ibn", "al", "el", "y", "e", "und", "et", "dos", "das", "do",
    "to", "from", "as",
];

/// Words that end the names of a byline, as months and days do: what follows is a date, a duration or a button.
const AFTER_NAMES: &[&str] = &[
    "published",
    "updated",
    "posted",
    "last",
    "first",
    "modified",
    "created",
    "share",
    "comments",
    "comment",
    "on",
    "min",
    "mins",
    "minutes",
    "hours",
    "hour",
    "read",
    "follow",
    "email",
    "today",
    "yesterday",
    "am",
    "pm",
];

/// Whether a word in small letters ends the names of a byline.
fn ends_names(word: &str) -> bool {
    AFTER_NAMES.contains(&word) || MONTHS_AND_DAYS.contains(&word)
}

/// The authors that a line names, without "By", when it does nothing else but name them and perhaps say when.
pub(super) fn byline(line: &str) -> Option<&str> {
    if line.len() > LONGEST_STAMP {
        return None;
    }
    let mut rest = line.trim_start_matches(['(', '[', '-', '–', '—', ' ']);
    for opening in
        ["written", "story", "reported", "reporting", "analysis", "posted", "words", "article", "text"]
    {
        if let Some(after) = strip_word(rest, opening) {
            rest = after.trim_start();
            break;
        }
    }
    let after = strip_word(rest, "by")?;
    let names = after.trim_start_matches([':', ' ', '\u{a0}']);
    if names.len() == after.len() {
        return None;
    }
    let names = author_names(names)?;
    Some(names)
}

/// The authors that a line names below a line that says no more than "By".
pub(super) fn names(line: &str) -> Option<&str> {
    author_names(line).filter(|names| names.len() <= 80 && words(names).count() <= 8)
}

/// The outlet in "Headline | Outlet", when the headline's words are `wanted` (see [`normal`]).
pub(super) fn outlet_after<'a>(line: &'a str, wanted: &str) -> Option<&'a str> {
    [" | ", " - ", " – ", " — ", " · "].into_iter().find_map(|mark| {
        let (head, outlet) = line.rsplit_once(mark)?;
        let outlet = outlet.trim();
        let name = (1..=5).contains(&words(outlet).count()) && outlet.starts_with(char::is_uppercase);
        (name && normal(head) == wanted).then_some(outlet)
    })
}

/// Whether a line after the story is there to credit others: "Source: …", "… contributed to this report".
pub(super) fn is_credit(line: &str) -> bool {
    let normal = normal(line);
    let opens = [
        "source",
        "sources",
        "with inputs from",
        "with reporting",
        "with files from",
        "reporting by",
        "agencies",
    ];
    let inside = ["contributed to this", "contributed reporting", "contributed to the"];
    opens.iter().any(|words| normal.starts_with(words))
        || inside.iter().any(|words| normal.contains(words))
        || words(line).count() <= 4 && !ends_sentence(line)
        || line.starts_with('(') && line.ends_with(')') && words(line).count() <= 8
}

/// The names at the beginning of `text`; none when something else stands among them.
fn author_names(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut names = 0;
    for word in words(text) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let between = &text[end..at];
        let (first_digit, lower) = (word.starts_with(|c: char| c.is_ascii_digit()), word.to_lowercase());
        if names > 0 && (first_digit || ends_names(&lower) || between.contains(['|', '•', '·', '/'])) {
            break;
        }
        // A full stop after a whole word ends a sentence, after an initial it does not.
        let sentence = between.contains(['!', '?', ';', '"', '“', '”'])
            || between.contains(". ")
                && text[..at].trim_end_matches(['.', ' ']).rsplit([' ', '.']).next().is_some_and(|w| {
                    w.chars().count() > 3 || w.chars().next().is_some_and(char::is_lowercase)
                });
        if sentence {
            return None;
        }
        if word.starts_with(char::is_uppercase) || between.ends_with('@') {
            names += 1;
        } else if !BETWEEN_NAMES.contains(&lower.as_str()) && names == 0 || !named_lower(&lower, between) {
            return None;
        }
        if names > 14 {
            return None;
        }
        end = at + word.len();
    }
    let names = text[..end].trim();
    let tail = &text[end..];
    // What is left must be a date, a duration or marks; a sentence that goes on is no byline.
    let rest_is_stamp = words(tail).count() <= 14 && !(ends_sentence(tail) && words(tail).count() > 4);
    (!names.is_empty() && rest_is_stamp).then_some(names)
}

/// Whether a word in small letters may stand among names here.
fn named_lower(word: &str, between: &str) -> bool {
    BETWEEN_NAMES.contains(&word)
        // A role after a comma: "Jane Doe, political editor".
        || between.contains(',')
        || matches!(
            word,
            "editor" | "correspondent" | "reporter" | "writer" | "staff" | "contributor" | "columnist" | "agencies"
                | "political" | "diplomatic" | "foreign" | "chief" | "senior" | "deputy" | "special" | "bureau"
                | "producer" | "analyst" | "affairs" | "news" | "international" | "agency" | "wire" | "wires"
                | "reports"
        )
}

/// The place and agency at the head of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline<'a> {
    /// Where the story itself begins, in bytes of the line.
    pub end: usize,
    /// The agencies named, as the record names them; one that no table knows, as the line does.
    pub agencies: Vec<&'a str>,
    /// Where the dateline's date stands in the line, and what it is, when it is written out with its year.
    pub date: Option<dates::Found>,
}

/// The dateline that a line begins with: `WASHINGTON (AP) —`, `PARIS, Oct 3 (Reuters) -`, `Dekalb, Ill. —`.
///
/// A place in capitals and a dash are enough; a place in small letters needs an agency, or a comma and a dash.
pub(crate) fn dateline(line: &str) -> Option<Dateline<'_>> {
    // The dash comes early: no dateline is longer than this.
    const LONGEST: usize = 110;
    let window = line.char_indices().nth(LONGEST).map_or(line, |(at, _)| &line[..at]);
    let (dash, mark) = window.char_indices().find(|(at, c)| match c {
        '—' | '–' | '―' => true,
        // A hyphen inside a word joins; a dash has space on a side.
        '-' => {
            line[..*at].ends_with([' ', '\u{a0}', ')']) || line[at + 1..].starts_with(['-', ' ', '\u{a0}'])
        }
        _ => false,
    })?;
    let head = line[..dash].trim_end();
    if head.is_empty() || head.contains(['"', '“', '”', '?', '!', ';', ':', '|']) {
        return None;
    }
    let end =
        dash + line[dash..].find(|c: char| c != mark && !c.is_whitespace()).unwrap_or(line.len() - dash);

    let (place, parens) = match head.split_once(['(', '[']) {
        Some((place, rest)) => {
            let (inside, after) = rest.split_once([')', ']'])?;
            if after.chars().any(char::is_alphanumeric) {
                return None;
            }
            (place, Some(inside))
        }
        None => (head, None),
    };
    let mut agencies: Vec<&str> = Vec::new();
    // Letters in brackets behind a place in capitals are an agency, whether or not a table knows it.
    let mut by_form: Vec<&str> = Vec::new();
    for piece in parens.into_iter().flat_map(|inside| inside.split(['/', ',', '-', '–', '—'])) {
        let piece = piece.trim();
        match AGENCIES.get(piece) {
            Some(name) => agencies.push(name),
            None if (2..=6).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                by_form.push(piece);
            }
            None => {}
        }
    }
    let (place, slashed) = match place.split_once(" /") {
        Some((place, wire)) => (place, Some(wire)),
        None => (place, None),
    };
    if slashed.is_some_and(|wire| !wire.trim_end().ends_with('/')) {
        return None;
    }
    let date = dates::find(place).into_iter().next();
    // The place is what stands before its date, or before the first comma that a month follows.
    let mut name = date.as_ref().map_or(place, |found| &place[..found.range.start]);
    if date.is_none()
        && let Some((before, after)) = name.rsplit_once(',')
        && words(after).next().is_some_and(|word| ends_names(&word.to_lowercase()))
        && words(after).count() <= 3
    {
        name = before;
    }
    let name = name.trim().trim_end_matches(',');
    let count = words(name).count();
    if count == 0 || count > 7 || name.starts_with(|c: char| !c.is_uppercase()) {
        return None;
    }
    // The city is in capitals; what follows its comma (a state, a country) need not be.
    let city = name.split(',').next().unwrap_or(name);
    let letters = || city.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() >= 2 && letters().all(char::is_uppercase);
    let proper = words(name).all(|word| {
        word.starts_with(char::is_uppercase)
            || BETWEEN_NAMES.contains(&word)
            || matches!(word, "al" | "el" | "on")
    });
    if agencies.is_empty() && capitals {
        agencies = by_form;
    }
    let credited = !agencies.is_empty();
    let credible = if capitals {
        proper && (credited || date.is_some() || slashed.is_some() || parens.is_none())
    } else {
        proper && (credited || name.contains(',') && name.len() < 40 && parens.is_none() && date.is_none())
    };
    // "SMITH — that is his name" in a transcript, "UPDATE — ": one word and no agency is a place only at the
    // head of a sentence.
    let story = line[end..].trim_start();
    let begins = story.is_empty()
        || credited
        || story
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\''));
    (credible && begins).then_some(Dateline { end, agencies, date })
}

/// Spellings that mean something else more often than the agency, unless a dateline has them in brackets.
const AMBIGUOUS: &[&str] = &[
    "AA", "CP", "PA", "TT", "CNA", "SPA", "MENA", "Fars", "RIA", "Trend", "APA", "PAP", "STT", "ANP", "MTI",
    "NTB", "SANA", "WAM", "QNA", "ANI", "AAP", "Antara", "Turan", "Belga", "Lusa", "Tass",
];

/// The agencies that a line credits, as the record names them: names that stand by themselves, between marks or
/// after a word that credits, and not inside a sentence.
pub(crate) fn credited_agencies(line: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    if line.len() > 400 {
        return found;
    }
    let all: Vec<&str> = words(line).collect();
    let offset = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let credits = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "by" | "from"
                | "source"
                | "sources"
                | "and"
                | "via"
                | "the"
                | "with"
                | "contributed"
                | "agencies"
        )
    };
    let mut at = 0;
    while at < all.len() {
        let longest = (1..=4).rev().find_map(|n| {
            let last = all.get(at + n - 1)?;
            let (start, end) = (offset(all[at]), offset(last) + last.len());
            let spelling = &line[start..end];
            let name = *AGENCIES.get(spelling)?;
            if AMBIGUOUS.contains(&spelling) {
                return None;
            }
            let before = line[..start].trim_end();
            let after = line[end..].trim_start();
            let opens = before.is_empty()
                || before.ends_with(|c: char| !c.is_alphanumeric() && c != '.' && c != '@' && c != '#')
                || at > 0 && credits(all[at - 1]);
            let next = all.get(at + n).copied().unwrap_or_default();
            let closes = after.is_empty()
                || after.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
                || after.starts_with(|c: char| c.is_ascii_digit())
                || ends_names(&next.to_lowercase())
                || credits(next);
            (opens && closes).then_some((n, name))
        });
        match longest {
            Some((n, name)) => {
                if !found.contains(&name) {
                    found.push(name);
                }
                at += n;
            }
            None => at += 1,
        }
    }
    found
}

/// What a date on a page is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOf {
    /// First published.
    Publication,
    /// Last changed.
    Update,
    /// Not said.
    Unsaid,
}

/// A date that a line shows, and what it is the date of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stamp {
    pub of: DateOf,
    pub moment: crate::Moment,
    /// Where its words stand in the document's text.
    pub span: Span,
}

/// The dates of a line whose purpose is to show them; none when it is running text. `start` is where the line
/// begins in the document's text.
pub(super) fn stamps(line: &str, start: usize) -> Vec<Stamp> {
    if line.len() > LONGEST_STAMP {
        return Vec::new();
    }
    let found = dates::find(line);
    let Some(first) = found.first() else { return Vec::new() };
    let mut before = 0;
    let mut stamps: Vec<Stamp> = Vec::new();
    let mut others = 0;
    for date in &found {
        let lead = &line[before..date.range.start];
        others += words(lead).count();
        // The nearest word that says so decides: "First published … Updated …".
        let of = words(lead).map(str::to_lowercase).fold(DateOf::Unsaid, |of, word| match word.as_str() {
            "updated" | "update" | "modified" | "edited" | "revised" | "changed" => DateOf::Update,
            "published" | "publication" | "posted" | "created" | "issued" | "released" | "date" | "dated" => {
                DateOf::Publication
            }
            _ => of,
        });
        stamps.push(Stamp {
            of,
            moment: date.moment,
            span: Span::new(start + date.range.start, start + date.range.end),
        });
        before = date.range.end;
    }
    others += words(&line[before..]).count();
    let said = stamps.iter().any(|stamp| stamp.of != DateOf::Unsaid);
    // Names and a place may stand beside a date; a sentence may not.
    let few = others <= if said || byline(line).is_some() { 14 } else { 8 };
    let sentence = ends_sentence(line) && others > 4 && !said;
    let copyright = line[..first.range.start].contains(['©', 'ⓒ']);
    if few && !sentence && !copyright { stamps } else { Vec::new() }
}

/// Whether a line is the words under a picture: it names the picture's maker, or says that it is a picture.
pub(super) fn caption(line: &str) -> bool {
    let lower = line.to_lowercase();
    let opens = [
        "image:",
        "photo:",
        "photograph:",
        "picture:",
        "pictured:",
        "file photo",
        "image caption",
        "caption:",
        "video:",
    ]
    .iter()
    .any(|word| lower.starts_with(word));
    let maker = [
        "getty images",
        "file photo",
        "/reuters",
        "/ap)",
        "/ap photo",
        "(ap photo",
        "/afp",
        "/epa",
        "/shutterstock",
        "/alamy",
        "photo credit:",
        "photograph by",
        "photo by",
        "photo:",
        "photograph:",
        "credit:",
        "credit...",
        "(reuters)",
        "courtesy of",
        "/pool",
        "handout",
        "[getty",
        "[reuters",
        "[ap",
        "[afp",
        "[file",
        "image source,",
        "image copyright",
        "image credit",
    ];
    opens && words(line).count() >= 5
        || words(line).count() >= 5 && line.len() < 600 && {
            // The maker stands at the end, where running text has its full stop.
            let tail_at = lower.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
            maker.iter().any(|mark| lower[tail_at..].contains(mark))
        }
}

/// Whether a line leads to another story and says so first: "Read more: …", "RELATED: …".
pub(super) fn leads_elsewhere(line: &str) -> bool {
    const LEADS: &[&str] = &[
        "read more",
        "read also",
        "also read",
        "read next",
        "read",
        "see also",
        "see more",
        "related",
        "related story",
        "related article",
        "more",
        "more on this",
        "watch",
        "watch more",
        "don't miss",
        "must read",
        "recommended",
        "you may also like",
        "in case you missed it",
        "up next",
    ];
    let Some((lead, title)) = line.split_once([':', '>', '»', '|']) else { return false };
    LEADS.contains(&normal(lead).as_str())
        && line.len() < 250
        && !title.trim().is_empty()
        && !title.trim().ends_with('.')
}

/// Whether a line begins as an item of a list does.
pub(super) fn bulleted(line: &str) -> bool {
    line.starts_with(['•', '▪', '‣', '◦', '●', '■', '◆', '►', '▸', '✔', '✓', '∙', '·'])
}

/// Whether a line begins with a sign that may be a bullet, or a number; a list has several.
pub(super) fn maybe_bulleted(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        || digits == 0 && ["- ", "* ", "– ", "— ", "+ "].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_byline(line: &str, expected: Option<&str>) {
        assert_eq!(byline(line), expected, "{line:?}");
    }

    #[test]
    fn bylines() {
        check_byline("By Staff, Agencies", Some("Staff, Agencies"));
        check_byline("By Odile Varga", Some("Odile Varga"));
        check_byline("BY ODILE VARGA AND TOM REYES", Some("ODILE VARGA AND TOM REYES"));
        check_byline("By: Odile Varga", Some("Odile Varga"));
        check_byline(
            "Written by Odile Varga and Tomas de la Reyes",
            Some("Odile Varga and Tomas de la Reyes"),
        );
        check_byline("By Odile Varga | October 3, 2024", Some("Odile Varga"));
        check_byline("By Odile Varga - 10/03/24 11:04 PM EST", Some("Odile Varga"));
        check_byline("By Odile Varga Published October 3, 2024 5:00 pm", Some("Odile Varga"));
        check_byline("By Odile Varga, political editor", Some("Odile Varga, political editor"));
        check_byline("by J. R. Varga, The Ellery Courier", Some("J. R. Varga, The Ellery Courier"));
        check_byline("By the time the council met, the landing had burned.", None);
        check_byline("By Tuesday the ferry will run again.", None);
        check_byline(
            "By Odile Varga's own account the vote was lost. Nobody else agrees with her on that.",
            None,
        );
        check_byline("Bystanders called for help", None);
        check_byline("By", None);
        check_byline("", None);
    }

    fn check_dateline(line: &str, story: Option<&str>, agencies: &[&str]) {
        let found = dateline(line);
        assert_eq!(found.as_ref().map(|found| &line[found.end..]), story, "{line:?}");
        assert_eq!(found.map(|found| found.agencies).unwrap_or_default(), agencies, "{line:?}");
    }

    #[test]
    fn datelines() {
        check_dateline("WASHINGTON (AP) — The vote is off.", Some("The vote is off."), &["AP"]);
        check_dateline("PARIS, Oct 3 (Reuters) - The vote is off.", Some("The vote is off."), &["Reuters"]);
        check_dateline("PORT ELLERY — The vote is off.", Some("The vote is off."), &[]);
        check_dateline("PORT ELLERY, N.D. – The vote is off.", Some("The vote is off."), &[]);
        check_dateline("Port Ellery, Ill. — The vote is off.", Some("The vote is off."), &[]);
        check_dateline("Port Ellery (AFP) - The vote is off.", Some("The vote is off."), &["AFP"]);
        check_dateline(
            "ELLERY/PARIS (Reuters) -- \"We won,\" she said.",
            Some("\"We won,\" she said."),
            &["Reuters"],
        );
        check_dateline(
            "BEIJING, Oct. 3, 2024 (Xinhua) -- The vote is off.",
            Some("The vote is off."),
            &["Xinhua"],
        );
        check_dateline("WASHINGTON (AP) —", Some(""), &["AP"]);
        check_dateline("The mayor — who lost the vote — said nothing.", None, &[]);
        check_dateline("Odile Varga - the mayor - said nothing.", None, &[]);
        check_dateline("NATO (the alliance) — The vote is off.", None, &[]);
        check_dateline("well-known writers met", None, &[]);
        check_dateline("VARDIN (BWS) — The talks go on.", Some("The talks go on."), &["BWS"]);
        check_dateline("Vardin (BWS) — The talks go on.", None, &[]);
        check_dateline("— Odile Varga", None, &[]);
        check_dateline("\"NO\" — The mayor", None, &[]);
        check_dateline("", None, &[]);
    }

    #[test]
    fn a_dateline_keeps_its_date_only_with_a_year() {
        assert!(dateline("PARIS, Oct 3 (Reuters) - The vote is off.").unwrap().date.is_none());
        let date = dateline("BEIJING, Oct. 3, 2024 (Xinhua) -- The vote is off.").unwrap().date.unwrap();
        assert_eq!(date.moment.to_string(), "2024-10-03");
    }

    fn check_agencies(line: &str, expected: &[&str]) {
        assert_eq!(credited_agencies(line), expected, "{line:?}");
    }

    #[test]
    fn agency_credits() {
        check_agencies("REUTERS", &["Reuters"]);
        check_agencies("Associated Press October 3, 2024, 9:02 AM", &["AP"]);
        check_agencies("By Odile Varga, The Associated Press", &["AP"]);
        check_agencies("The Associated Press contributed to this report.", &["AP"]);
        check_agencies("With inputs from PTI and Reuters", &["PTI", "Reuters"]);
        check_agencies("Source: AFP", &["AFP"]);
        check_agencies("(Xinhua)", &["Xinhua"]);
        check_agencies("The mayor told Reuters that the vote is off", &[]);
        check_agencies("PA system fails", &[]);
        check_agencies("Reuters' office burned", &[]);
        check_agencies("By Michael Bloomberg", &[]);
    }

    fn check_stamps(line: &str, expected: &[(DateOf, &str, &str)]) {
        let text = format!("x {line}");
        let found: Vec<(DateOf, String, &str)> = stamps(line, 2)
            .into_iter()
            .map(|stamp| (stamp.of, stamp.moment.to_string(), stamp.span.of(&text)))
            .collect();
        let found: Vec<(DateOf, &str, &str)> =
            found.iter().map(|(of, at, words)| (*of, at.as_str(), *words)).collect();
        assert_eq!(found, expected, "{line:?}");
    }

    #[test]
    fn date_lines() {
        use DateOf::{Publication, Unsaid, Update};
        check_stamps("19 Oct, 2024 17:01", &[(Unsaid, "2024-10-19T17:01", "19 Oct, 2024 17:01")]);
        check_stamps("Published: 19 October 2024", &[(Publication, "2024-10-19", "19 October 2024")]);
        check_stamps("Updated October 19, 2024", &[(Update, "2024-10-19", "October 19, 2024")]);
        check_stamps(
            "First published on 18 October 2024, last updated 19 October 2024",
            &[(Publication, "2024-10-18", "18 October 2024"), (Update, "2024-10-19", "19 October 2024")],
        );
        check_stamps("By Odile Varga | October 3, 2024", &[(Unsaid, "2024-10-03", "October 3, 2024")]);
        check_stamps("3 hours ago", &[]);
        check_stamps("© 19 October 2024 The Ellery Courier", &[]);
        check_stamps(
            "The council will meet again on 19 October 2024 to hear from the ferry's crew and from its owners",
            &[],
        );
        check_stamps("She was born on 19 October 2024 in Ellery.", &[]);
    }

    fn check_leads(line: &str, expected: bool) {
        assert_eq!(leads_elsewhere(line), expected, "{line:?}");
    }

    #[test]
    fn lines_that_lead_to_other_stories() {
        check_leads("Read more: Ferry crews end their strike after five days", true);
        check_leads("RELATED: Ferry crews end their strike", true);
        check_leads("Also read | Ferry crews end their strike", true);
        check_leads("Read more:", false);
        check_leads("Read my lips: no new tolls.", false);
        check_leads("More than that: the crews were not asked.", false);
        check_leads("Watch: the vote was lost by two.", false);
    }

    fn check_caption(line: &str, expected: bool) {
        assert_eq!(caption(line), expected, "{line:?}");
    }

    #[test]
    fn captions() {
        check_caption("Odile Varga at the old ferry landing on Tuesday. (Tom Reyes/AP)", true);
        check_caption("Image caption The old ferry landing was closed in May", true);
        check_caption("Odile Varga speaks to reporters in Port Ellery. File photo", true);
        check_caption(
            "\"The photo: it was all we had,\" she said of the months that she and her children spent at sea, waiting.",
            false,
        );
        check_caption("Getty Images", false);
        check_caption("The landing was closed in May.", false);
    }
}

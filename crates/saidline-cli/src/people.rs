//! Readings as people want to see them.

mod sentence;
mod show;
mod statement;
mod told;
mod verdict;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use saidline::{
    ActClass, Attribution, BlockKind, Document, How, Moment, Page, QuotationKind, Reading, Span, When,
};
use textwrap::{Options, WordSplitter};

use crate::args::Color;
use crate::style::Styles;

pub(crate) use show::short;
pub(crate) use statement::{places, row_markdown, statement_markdown, who};
pub(crate) use told::Told;
pub(crate) use verdict::{Findings, markdown};

/// Confidence below which the table calls an attribution doubtful.
pub(crate) const DOUBTFUL: f32 = 0.5;

/// The page with its attributions, speaker in front.
pub(crate) struct Table {
    styles: Styles,
    width: usize,
    /// Whether what was thought, planned, found or ordered is shown, too.
    all: bool,
}

impl Table {
    pub(crate) fn new(color: Color, all: bool) -> Self {
        Self { styles: Styles::of_stdout(color), width: width(), all }
    }

    /// Whether an attribution is shown.
    fn shows(&self, attribution: &Attribution) -> bool {
        self.all || was_said(attribution)
    }

    /// Appends how many attributions are not shown, where there are any.
    fn left_out(&self, out: &mut String, left_out: usize) {
        if left_out > 0 {
            for line in wrap(&left_out_line(left_out), self.width.saturating_sub(2)) {
                push(out, 2, &self.styles.faint.of(line));
            }
        }
    }

    /// Appends a page: its title, outlet and date, then who said what, then the notes.
    pub(crate) fn write(&self, out: &mut String, page: &Page, reading: &Reading) {
        let document = &reading.document;
        for line in wrap(&title(document), self.width) {
            push(out, 0, &self.styles.title.of(line));
        }
        let about = [
            document.outlet.as_deref().map(clean),
            document.published.as_ref().map(|dated| date(dated.when)),
            Some(clean(&page.path)),
        ];
        let about: Vec<_> = about.into_iter().flatten().collect();
        push(out, 0, &self.styles.faint.of(about.join(" · ")));
        let shown =
            reading.attributions.iter().enumerate().filter(|(_, attribution)| self.shows(attribution));
        let mut left_out = reading.attributions.len();
        for (n, attribution) in shown {
            left_out -= 1;
            out.push('\n');
            self.attribution(out, document, attribution, 2 + 4 * self.depth(reading, n));
        }
        if left_out > 0 {
            out.push('\n');
        }
        self.left_out(out, left_out);
        if reading.attributions.is_empty() {
            push(out, 2, &self.styles.faint.of("(nobody is said to have said anything)"));
        }
        if !reading.notes.is_empty() {
            out.push('\n');
        }
        for note in &reading.notes {
            let place = note
                .span
                .map(|span| format!(": {}…", clean(&excerpt(&document.text[span.start as usize..]))));
            let message = format!("{}{}", clean(&note.message), place.unwrap_or_default());
            self.wrapped(out, &message, 2, &format!("{}: ", self.styles.hint.of("note")), 6);
        }
        out.push('\n');
    }

    fn attribution(&self, out: &mut String, document: &Document, attribution: &Attribution, indent: usize) {
        let told = Told::of_attribution(document, attribution);
        let via = attribution.via.iter().map(|link| format!("via {}", clean(link.span.of(&document.text))));
        let doubt = (attribution.confidence < DOUBTFUL).then(|| "doubtful".to_owned());
        let (who, how) = speaker(document, attribution);
        let who = format!("{}{}", self.styles.speaker.of(who), self.styles.faint.of(how));
        push(out, indent, &told.headed(&self.styles, &who, via.chain(doubt)));
        self.content(out, document, attribution, indent + 4);
        // When the page was published stands above all that it says.
        let about = told.hearers_and_venue().chain(told.said()).collect::<Vec<_>>().join(" · ");
        for line in wrap(&about, self.width.saturating_sub(indent + 4).max(20)) {
            if !line.is_empty() {
                push(out, indent + 4, &self.styles.faint.of(line));
            }
        }
    }

    /// How deep an attribution stands in others that are shown.
    fn depth(&self, reading: &Reading, n: usize) -> usize {
        let parent = |n: &usize| reading.attributions.get(*n).and_then(|attribution| attribution.parent);
        // Beyond this nobody counts, and a circle would never end.
        let outer = std::iter::successors(parent(&n), parent).take(4);
        outer.filter(|n| reading.attributions.get(*n).is_some_and(|outer| self.shows(outer))).count()
    }

    /// The words, wrapped; those given as spoken stand out.
    pub(crate) fn content(
        &self,
        out: &mut String,
        document: &Document,
        attribution: &Attribution,
        indent: usize,
    ) {
        let words = said(&document.text, &attribution.content);
        for line in wrap(&words, self.width.saturating_sub(indent).max(20)) {
            let direct = attribution.kind == QuotationKind::Direct;
            push(out, indent, &if direct { self.styles.direct.of(line) } else { line.into_owned() });
        }
    }

    /// A line of words behind a label `label_width` columns wide.
    fn wrapped(&self, out: &mut String, words: &str, indent: usize, label: &str, label_width: usize) {
        let room = self.width.saturating_sub(indent + label_width).max(20);
        for (n, line) in wrap(words, room).into_iter().enumerate() {
            if n == 0 {
                push(out, indent, &format!("{label}{line}"));
            } else {
                push(out, indent + label_width, &line);
            }
        }
    }

    /// What several pages say, by speaker: the most heard first, with outlet and date.
    pub(crate) fn by_speaker(
        &self,
        out: &mut String,
        readings: &[(Page, Reading)],
        speakers: usize,
        each: usize,
    ) {
        let mut heard: BTreeMap<&str, Vec<(&Reading, &Attribution)>> = BTreeMap::new();
        for (_, reading) in readings {
            for attribution in reading.attributions.iter().filter(|attribution| self.shows(attribution)) {
                for speaker in &attribution.speakers {
                    heard.entry(&speaker.name).or_default().push((reading, attribution));
                }
            }
        }
        let mut heard: Vec<_> = heard.into_iter().collect();
        heard.sort_by_key(|(_, said)| std::cmp::Reverse((pages(said), said.len())));
        for (name, mut said) in heard.into_iter().take(speakers) {
            said.sort_by_key(|(reading, _)| {
                reading.document.published.as_ref().map(|dated| dated.when.from.to_string())
            });
            let role = commonest(said.iter().flat_map(|(_, attribution)| {
                attribution
                    .speakers
                    .iter()
                    .filter(|speaker| speaker.name == name)
                    .filter_map(|speaker| speaker.role.as_deref())
            }));
            let role = role.map(|role| format!(", {}", clean(role))).unwrap_or_default();
            out.push('\n');
            push(out, 0, &format!("{}{}", self.styles.speaker.of(clean(name)), self.styles.faint.of(role)));
            let left = said.len().saturating_sub(each);
            for (reading, attribution) in one_of_each_page(said).into_iter().take(each) {
                let document = &reading.document;
                let told = Told::of_attribution(document, attribution);
                let when = self.styles.faint.of(told.when());
                // A page that names no outlet is told by its title.
                let outlet = document.outlet.as_deref().map(clean);
                let title = || document.title.as_ref().map(|title| format!("“{}”", clean(title)));
                let carrier = outlet.or_else(title);
                let line = told.headed(&self.styles, &when, told.hearers_and_venue().chain(carrier));
                for line in wrap(&line, self.width - 4) {
                    push(out, 2, &line);
                }
                self.content(out, document, attribution, 4);
            }
            if left > 0 {
                push(out, 2, &self.styles.faint.of(format!("and {left} more")));
            }
        }
    }
}

/// The word that comes most often; of equals the first in the alphabet.
fn commonest<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts.into_iter().max_by_key(|&(word, count)| (count, std::cmp::Reverse(word))).map(|(word, _)| word)
}

/// The pages among what somebody said.
fn pages(said: &[(&Reading, &Attribution)]) -> usize {
    let mut pages: Vec<_> = said.iter().map(|(reading, _)| reading.page).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.len()
}

/// The first of each page, then the second of each, and so on: a few show as many pages as can be.
fn one_of_each_page<'a>(said: Vec<(&'a Reading, &'a Attribution)>) -> Vec<(&'a Reading, &'a Attribution)> {
    let mut seen = BTreeMap::new();
    let mut turns: Vec<_> = said
        .into_iter()
        .map(|said| {
            let turn = seen.entry(said.0.page).or_insert(0);
            *turn += 1;
            (*turn, said)
        })
        .collect();
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, said)| said).collect()
}

/// Who said it, and how that is known when it is not the name itself. A source that is not resolved is shown in the
/// page's own words.
fn speaker(document: &Document, attribution: &Attribution) -> (String, String) {
    let source = said(&document.text, &attribution.source);
    if attribution.speakers.is_empty() {
        let who = if source.is_empty() { "(not named)".to_owned() } else { source };
        return (who, String::new());
    }
    let names: Vec<_> = attribution
        .speakers
        .iter()
        .map(|speaker| match &speaker.role {
            None => clean(&speaker.name),
            Some(role) => format!("{} ({})", clean(&speaker.name), clean(role)),
        })
        .collect();
    let named = attribution.speakers.iter().all(|speaker| matches!(speaker.how, How::Name | How::ShortName));
    let names = names.join(" and ");
    let bare = source.trim_matches(|letter: char| !letter.is_alphanumeric());
    let plain = named || bare.is_empty() || bare == names;
    let how = if plain { String::new() } else { format!(" [{bare}]") };
    (names, how)
}

/// The words of several spans, what lies between them left out.
fn said(text: &str, spans: &[Span]) -> String {
    let before = std::iter::once(None).chain(spans.iter().map(Some));
    joined(spans.iter().zip(before).map(|(span, before)| {
        (clean(span.of(text)), before.is_some_and(|before| before.is_parted_from(*span, text)))
    }))
}

/// Pieces of what was said, each with whether words were left out before it. Where only a paragraph ends between two,
/// nothing was.
pub(crate) fn joined(pieces: impl Iterator<Item = (String, bool)>) -> String {
    let mut words = String::new();
    for (n, (piece, omitted)) in pieces.enumerate() {
        if n > 0 {
            words.push_str(if omitted { " […] " } else { " " });
        }
        words.push_str(&piece);
    }
    words
}

/// The title of a page; where none was found, the first words of its article.
fn title(document: &Document) -> String {
    if let Some(title) = &document.title {
        return clean(title);
    }
    let article = document.blocks.iter().find(|block| block.kind != BlockKind::Boilerplate);
    let words = article.map_or(document.text.as_str(), |block| block.span.of(&document.text));
    let begun = clean(words).split(' ').take(TITLE_WORDS).collect::<Vec<_>>().join(" ");
    if begun.is_empty() { "(no title)".to_owned() } else { format!("(no title) {begun} …") }
}

/// How many words stand for a title.
const TITLE_WORDS: usize = 10;

/// The first words of a text.
fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Whether something was said, and not thought, planned, found or ordered. What an earlier version read, which did not
/// tell, counts as said.
fn was_said(attribution: &Attribution) -> bool {
    attribution.act.is_none_or(|act| act.class == ActClass::Speech)
}

/// How many were left out because nothing was said in them, and how to see them.
pub(crate) fn left_out_line(count: usize) -> String {
    let were = if count == 1 { "was" } else { "were" };
    format!("{} more that {were} thought, planned, found or ordered: `--all`", thousands(count))
}

/// How many are not shown for the sake of a limit: "and 12 earlier: `--limit`".
pub(crate) fn more_line(count: usize, which: &str) -> String {
    format!("and {} {which}: `--limit`", thousands(count))
}

/// Words on one line, without what could command a terminal or turn the direction of the line.
pub(crate) fn clean(words: &str) -> String {
    let words: String = words.chars().filter(|letter| is_seen(*letter)).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words in which nothing is taken for a mark of Markdown.
pub(crate) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '|') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// Whether a letter neither commands a terminal nor turns the direction of a line.
pub(crate) fn is_seen(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_whitespace() || !letter.is_control()) && !turns
}

pub(crate) fn push(out: &mut String, indent: usize, line: &str) {
    out.extend(std::iter::repeat_n(' ', indent));
    out.push_str(line.trim_end());
    out.push('\n');
}

/// A date as it is written in English.
pub(crate) fn date(when: When) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = |month: i8| {
        MONTHS.get(usize::from(month.unsigned_abs()).wrapping_sub(1)).copied().unwrap_or_default()
    };
    let moment = |moment: Moment| match moment {
        Moment::Year(year) => year.to_string(),
        Moment::Month(year, number) => format!("{} {year}", month(number)),
        Moment::Day(day) => format!("{} {} {}", day.day(), month(day.month()), day.year()),
        Moment::Minute(at, _) => format!("{} {} {}", at.day(), month(at.month()), at.year()),
    };
    let (from, to) = (moment(when.from), moment(when.to));
    if from == to { from } else { format!("{from} to {to}") }
}

/// The width of the terminal, within what can be read with ease.
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0.into()));
    width.unwrap_or(80).clamp(40, 100)
}

/// Words in lines of so many columns. Nothing is cut at a hyphen: an id is to be copied.
pub(crate) fn wrap(words: &str, width: usize) -> Vec<Cow<'_, str>> {
    textwrap::wrap(words, Options::new(width).word_splitter(WordSplitter::NoHyphenation))
}

/// A number with its thousands apart.
pub(crate) fn thousands(number: impl Display) -> String {
    let digits = number.to_string();
    let mut apart = String::with_capacity(digits.len() * 2);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart
}

/// A number of things: `1 page`, `12,000 pages`.
pub(crate) fn count(number: u64, thing: &str) -> String {
    let grouped = thousands(number);
    let plural = if number == 1 { "" } else { "s" };
    format!("{grouped} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let check = |count: u64, expected: &str| assert_eq!(thousands(count), expected);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(1_234_567, "1,234,567");
    }

    #[test]
    fn numbers_can_be_read() {
        for (number, expected) in
            [(0, "0 pages"), (1, "1 page"), (999, "999 pages"), (12_000, "12,000 pages")]
        {
            assert_eq!(count(number, "page"), expected);
        }
    }

    #[test]
    fn words_cannot_command_the_terminal() {
        let check = |words: &str, expected: &str| assert_eq!(clean(words), expected);
        check("plain  words\n of a page", "plain words of a page");
        check("\u{1b}[31mred\u{1b}[0m", "[31mred[0m");
        check("bell\u{7}, C1\u{9b}31m", "bell, C131m");
        check("\u{202e}desrever\u{202c}", "desrever");
    }

    #[test]
    fn dates_are_as_precise_as_known() {
        let check = |when: When, expected: &str| assert_eq!(date(when), expected);
        check(When::at(Moment::Year(2024)), "2024");
        check(When::at(Moment::Month(2024, 3)), "March 2024");
        check(When { from: Moment::Month(2024, 3), to: Moment::Month(2024, 5) }, "March 2024 to May 2024");
    }
}

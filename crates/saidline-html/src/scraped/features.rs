//! What is measured on each line before the model scores it. This is the only implementation: the trainer gets
//! its rows from here.

use std::collections::HashMap;

use crate::document::Span;

use super::layout::Unit;
use super::roles::{self, Stamp};
use super::tables::{FUNCTION_WORDS, FURNITURE, FURNITURE_CLASSES};

/// The words of a text: runs of letters and digits, apostrophes inside them included.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '\u{301}')
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
}

/// A number measured on a line alone.
macro_rules! measures {
    ($($name:ident: $what:literal,)*) => {
        /// What is measured on a line by itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(clippy::enum_variant_names)]
        enum Measure { $(#[doc = $what] $name,)* }

        impl Measure {
            const ALL: &[(Measure, &str)] = &[$((Measure::$name, $what),)*];
        }
    };
}

measures! {
    Chars: "code points, ln(1 + n)",
    Words: "words, ln(1 + n); two ideographs count as a word",
    WordLength: "mean length of a word in code points",
    LongestWord: "code points of the longest word, ln(1 + n)",
    FunctionWords: "share of words that are English function words",
    Capitalised: "share of words with a capital first",
    AllCapitals: "share of words of two letters or more in capitals only",
    Digits: "share of code points that are digits",
    Commas: "commas per word",
    SentenceEnds: "ends of sentences inside the line, ln(1 + n)",
    EndsSentence: "1 when the line ends as a sentence does",
    EndsOpen: "1 when it ends with a colon, a dash or an ellipsis",
    Quotes: "double quotation marks and guillemets, ln(1 + n)",
    StartsQuote: "1 when it begins with a quotation mark",
    StartsLower: "1 when it begins with a small letter",
    StartsDigit: "1 when it begins with a digit",
    StartsMark: "1 when it begins with a bullet, an arrow or another sign",
    Bars: "bars, arrows and middle dots per word",
    Brackets: "round and square brackets per word",
    Address: "1 when it holds a web or mail address or an @name",
    Rights: "1 when it holds a copyright sign",
    FirstPerson: "share of words that are I, me, my, we, us, our",
    SecondPerson: "share of words that are you, your",
    ThirdPerson: "share of words that are he, she, they, his, her, their, him, them, it, its",
    Said: "1 when it holds a common verb of speech in the past",
    By: "1 when it begins with the word by",
    DateLike: "1 when it holds the name of a month or a day beside a number, or a date in digits",
    ClockLike: "1 when it holds a time of day or a length of play",
    Ago: "1 when it says how long ago",
    Stamp: "1 when it begins with a word that introduces a date (published, updated, posted)",
    RunTogether: "words with a small letter before a capital, per word",
    Share: "share of words in phrases for sharing and following",
    Join: "share of words in phrases for subscribing, signing in and giving",
    Legal: "share of words in phrases of rights, terms and cookies",
    Talk: "share of words in phrases for comments and letters",
    More: "share of words in phrases that lead to other stories",
    Credit: "share of words in phrases of picture credits and captions",
    Menu: "share of words in phrases of menus",
    Ad: "share of words in phrases of advertisements",
    Wait: "share of words in phrases of players and loading",
    Foreign: "share of letters outside ASCII",
}

const MEASURES: usize = Measure::ALL.len();

/// What is measured of a line's place in the page.
const PLACES: &[&str] = &[
    "lines of the page, ln(1 + n)",
    "words of the page, ln(1 + n)",
    "lines before, ln(1 + n)",
    "lines after, ln(1 + n)",
    "lines before, as a share of the page",
    "words before, as a share of the page",
    "earlier lines with the same words, ln(1 + n)",
    "later lines with the same words, ln(1 + n)",
    "share of its words that are about something and stand in running text elsewhere in the page",
    "the same with other lines that have those words counted, ln(1 + mean)",
    "1 when it is running text: ten words or more, sentences, no furniture",
    "lines since the last running text, ln(1 + n)",
    "words since the last running text, ln(1 + n)",
    "lines to the next running text, ln(1 + n)",
    "words to the next running text, ln(1 + n)",
    "share of words in running text, 3 lines each way",
    "share of words in running text, 8 lines each way",
    "share of words in running text, 25 lines each way",
    "words of running text before, as a share of all of the page",
    "words of running text 8 lines each way, ln(1 + n)",
    "1 inside the stretch of the page with most running text and least else",
    "lines since that stretch began, ln(1 + n); negative before it",
    "lines since that stretch ended, ln(1 + n); negative before its end",
    "words of that stretch, ln(1 + n)",
    "share of the page's running text that lies in that stretch",
    "share of function words in the running text of the page",
    "lines since the last line that leads to other stories, ln(1 + n)",
    "lines since the last line that invites comments, ln(1 + n)",
    "lines since the last line that looks like a byline or a date, ln(1 + n)",
    "lines with a date, a time or an age, 12 lines each way, as a share",
    "1 when the running text nearest before it ends inside a quotation",
    "mean words of a line, 5 lines each way, ln(1 + n)",
    "its words against the mean of the 5 lines each way, ln of the ratio",
    "share of its words that stand in the line before or after",
    "lines of running text with no line of furniture between, ln(1 + n)",
];

/// What of its neighbours' measures goes into a line's row.
const OF_NEIGHBOURS: &[Measure] = &[
    Measure::Words,
    Measure::FunctionWords,
    Measure::Capitalised,
    Measure::EndsSentence,
    Measure::SentenceEnds,
    Measure::DateLike,
    Measure::Quotes,
];
/// The neighbours, by distance in lines.
const NEIGHBOURS: &[isize] = &[-3, -2, -1, 1, 2, 3];
/// For each neighbour besides: furniture of all classes, and whether it is running text.
const NEIGHBOUR_EXTRAS: usize = 2;

/// How many numbers describe a line.
pub(crate) const COUNT: usize =
    MEASURES + 1 + PLACES.len() + NEIGHBOURS.len() * (OF_NEIGHBOURS.len() + NEIGHBOUR_EXTRAS);

/// What each number of a row is, in the order of the row.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> = Measure::ALL.iter().map(|(_, what)| (*what).to_owned()).collect();
    names.push("share of words in phrases of furniture of any class".to_owned());
    names.extend(PLACES.iter().map(|what| (*what).to_owned()));
    for distance in NEIGHBOURS {
        for measure in OF_NEIGHBOURS {
            names.push(format!("line {distance:+}: {}", Measure::ALL[*measure as usize].1));
        }
        names.push(format!("line {distance:+}: share of words in phrases of furniture of any class"));
        names.push(format!("line {distance:+}: running text"));
    }
    names
}

/// A line by itself.
#[derive(Debug, Clone)]
struct Alone {
    measures: [f32; MEASURES],
    /// Share of words in phrases of furniture.
    furniture: f32,
    /// Words, two ideographs being one.
    words: u32,
    /// Running text: what articles are made of, though comments and teasers have it too.
    running: bool,
    /// Ends inside a quotation.
    open_quotation: bool,
    /// A sum of its words in small letters, for finding the same line again.
    same: u64,
    /// Looks like a byline or a date: short, and says by whom or when.
    stamp: bool,
}

impl Alone {
    fn get(&self, measure: Measure) -> f32 {
        self.measures[measure as usize]
    }
}

/// No more words of one line are looked at; they are enough to know it by.
const MOST_WORDS: usize = 4_000;
/// No more of a page's running text is remembered for finding its words elsewhere.
const MOST_REMEMBERED: usize = 200_000;

fn ln(n: f32) -> f32 {
    n.max(0.0).ln_1p()
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// FNV-1a: the same on every machine.
fn hash(bytes: &[u8], seed: u64) -> u64 {
    bytes.iter().fold(seed, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

const HASH_SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Months and days of the week, in small letters, in full and as they are cut.
pub(super) const MONTHS_AND_DAYS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];
const SAID: &[&str] = &[
    "said",
    "says",
    "told",
    "added",
    "asked",
    "wrote",
    "tweeted",
    "announced",
    "according",
    "claimed",
    "argued",
    "stated",
    "insisted",
    "warned",
    "declared",
    "noted",
    "explained",
    "replied",
    "called",
    "vowed",
    "denied",
];
const STAMPS: &[&str] =
    &["published", "updated", "posted", "modified", "created", "edited", "first", "last", "date", "dated"];

/// Whether the text ends as a sentence does: a full stop or the like, closing marks after it allowed.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', ' '])
        .ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

fn alone(line: &str) -> Alone {
    use Measure as M;
    let mut m = [0.0_f32; MEASURES];
    let (mut chars, mut digits, mut letters, mut foreign, mut quotes, mut bars, mut brackets, mut commas) =
        (0_u32, 0_u32, 0_u32, 0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    let (mut ends, mut clock, mut straight, mut depth) = (0_u32, false, 0_u32, 0_i32);
    let (mut before, mut before_that) = (' ', ' ');
    for c in line.chars() {
        chars += 1;
        match c {
            '"' => (quotes, straight) = (quotes + 1, straight + 1),
            '“' | '„' | '«' => (quotes, depth) = (quotes + 1, depth + 1),
            '”' => (quotes, depth) = (quotes + 1, depth - 1),
            // At the end of a button an arrow, in French a mark; the buttons are by far the more.
            '»' if depth > 0 => (quotes, depth) = (quotes + 1, depth - 1),
            '|' | '»' | '›' | '→' | '•' | '·' | '▸' | '►' | '/' | '>' | '<' => bars += 1,
            '(' | ')' | '[' | ']' => brackets += 1,
            ',' | '،' | '、' => commas += 1,
            '©' | '®' | 'ⓒ' => m[M::Rights as usize] = 1.0,
            '@' => m[M::Address as usize] = 1.0,
            '。' | '！' | '？' => ends += 1,
            c if c.is_whitespace() && matches!(before, '.' | '!' | '?') && before_that.is_lowercase() => {
                ends += 1
            }
            c if c.is_whitespace()
                && matches!(before, '"' | '”' | '’')
                && matches!(before_that, '.' | '!' | '?') =>
            {
                ends += 1;
            }
            _ => {}
        }
        if c.is_alphabetic() {
            letters += 1;
            foreign += u32::from(!c.is_ascii());
        }
        if c.is_numeric() {
            digits += 1;
            clock |= before == ':' && before_that.is_ascii_digit();
        }
        (before_that, before) = (before, c);
    }
    let lower = line.to_lowercase().replace('’', "'");
    if ["http://", "https://", "www.", ".com", ".org", ".net"].iter().any(|part| lower.contains(part)) {
        m[M::Address as usize] = 1.0;
    }

    let (mut count, mut length, mut longest, mut capitalised, mut capitals, mut together) =
        (0_u32, 0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    for word in words(line).take(MOST_WORDS) {
        let (mut size, mut upper, mut ideographs, mut joined, mut small) =
            (0_u32, 0_u32, 0_u32, false, false);
        let mut first = true;
        for c in word.chars() {
            let big = c.is_uppercase();
            upper += u32::from(big);
            capitalised += u32::from(first && big);
            joined |= big && small;
            small = c.is_lowercase();
            ideographs += u32::from(is_ideograph(c));
            size += 1;
            first = false;
        }
        count += (ideographs / 2).max(1);
        length += size;
        longest = longest.max(size);
        capitals += u32::from(upper == size && size > 1);
        together += u32::from(joined);
    }
    let spoken: Vec<&str> = words(&lower).take(MOST_WORDS).collect();
    let (mut function, mut first_person, mut second_person, mut third_person) = (0_u32, 0_u32, 0_u32, 0_u32);
    let (mut said, mut date, mut ago) = (false, false, false);
    let mut same = HASH_SEED;
    for (i, word) in spoken.iter().enumerate() {
        same = hash(b" ", hash(word.as_bytes(), same));
        function += u32::from(FUNCTION_WORDS.contains(word));
        match *word {
            "i" | "me" | "my" | "we" | "us" | "our" | "i'm" | "we're" => first_person += 1,
            "you" | "your" | "you're" | "yours" => second_person += 1,
            "he" | "she" | "they" | "his" | "her" | "their" | "him" | "them" | "it" | "its" => {
                third_person += 1
            }
            "ago" => ago |= i > 0,
            _ => {}
        }
        said |= SAID.contains(word);
        let number = |at: Option<&&str>| at.is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        date |= MONTHS_AND_DAYS.contains(word)
            && (number(spoken.get(i + 1)) || number(i.checked_sub(1).and_then(|at| spoken.get(at))));
    }
    date |= digits_date(&lower);

    let mut in_phrases = [0_u32; FURNITURE_CLASSES];
    let mut at = 0;
    while at < spoken.len() {
        let rest = &spoken[at + 1..];
        let found = FURNITURE.get(spoken[at]).and_then(|tails| {
            tails.iter().find(|(tail, _)| rest.len() >= tail.len() && rest[..tail.len()] == tail[..])
        });
        match found {
            Some((tail, class)) => {
                in_phrases[*class as usize] += 1 + tail.len() as u32;
                at += 1 + tail.len();
            }
            None => at += 1,
        }
    }

    let n = count as f32;
    let seen = spoken.len() as f32;
    let initial = line.chars().next().unwrap_or(' ');
    let last = line.chars().next_back().unwrap_or(' ');
    let mut set = |measure: Measure, value: f32| m[measure as usize] = value;
    set(M::Chars, ln(chars as f32));
    set(M::Words, ln(n));
    set(M::WordLength, ratio(length as f32, n).min(40.0));
    set(M::LongestWord, ln(longest as f32));
    set(M::FunctionWords, ratio(function as f32, seen));
    set(M::Capitalised, ratio(capitalised as f32, n));
    set(M::AllCapitals, ratio(capitals as f32, n));
    set(M::Digits, ratio(digits as f32, chars as f32));
    set(M::Commas, ratio(commas as f32, n.max(1.0)));
    set(M::SentenceEnds, ln(ends as f32));
    set(M::EndsSentence, f32::from(u8::from(ends_sentence(line))));
    set(
        M::EndsOpen,
        f32::from(u8::from(matches!(last, ':' | '-' | '–' | '—' | '…') || line.ends_with("..."))),
    );
    set(M::Quotes, ln(quotes as f32));
    set(M::StartsQuote, f32::from(u8::from(matches!(initial, '"' | '“' | '‘' | '\'' | '«' | '„'))));
    set(M::StartsLower, f32::from(u8::from(initial.is_lowercase())));
    set(M::StartsDigit, f32::from(u8::from(initial.is_numeric())));
    set(
        M::StartsMark,
        f32::from(u8::from(
            !initial.is_alphanumeric() && !matches!(initial, '"' | '“' | '‘' | '\'' | '«' | '„' | '('),
        )),
    );
    set(M::Bars, ratio(bars as f32, n.max(1.0)));
    set(M::Brackets, ratio(brackets as f32, n.max(1.0)));
    set(M::FirstPerson, ratio(first_person as f32, seen));
    set(M::SecondPerson, ratio(second_person as f32, seen));
    set(M::ThirdPerson, ratio(third_person as f32, seen));
    set(M::Said, f32::from(u8::from(said)));
    set(M::By, f32::from(u8::from(spoken.first() == Some(&"by"))));
    set(M::DateLike, f32::from(u8::from(date)));
    set(M::ClockLike, f32::from(u8::from(clock)));
    set(M::Ago, f32::from(u8::from(ago)));
    set(M::Stamp, f32::from(u8::from(spoken.first().is_some_and(|word| STAMPS.contains(word)))));
    set(M::RunTogether, ratio(together as f32, n));
    for (class, covered) in in_phrases.iter().enumerate() {
        m[M::Share as usize + class] = ratio(*covered as f32, seen);
    }
    m[M::Foreign as usize] = ratio(foreign as f32, letters as f32);

    let furniture = ratio(in_phrases.iter().sum::<u32>() as f32, seen);
    let sentence = ends_sentence(line) || ends > 0;
    Alone {
        running: count >= 10 && sentence && furniture < 0.25 && m[M::Capitalised as usize] < 0.6,
        stamp: count <= 16 && (date || ago || m[M::By as usize] > 0.0),
        open_quotation: straight % 2 == 1 || depth > 0,
        furniture,
        words: count,
        measures: m,
        same,
    }
}

/// Whether the text holds a date in digits: `2024-10-19`, `19/10/2024`, `10.19.24`.
fn digits_date(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))).any(|piece| {
        ['-', '/', '.'].iter().any(|mark| {
            let parts = || piece.trim_matches('.').split(*mark);
            parts().count() == 3
                && parts()
                    .all(|part| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit()))
        })
    })
}

/// The words of a line that say what it is about, as hashes.
fn topical(line: &str, each: &mut impl FnMut(u64)) {
    let lower = line.to_lowercase();
    for word in words(&lower).take(MOST_WORDS) {
        if word.len() >= 4 && !FUNCTION_WORDS.contains(word) {
            each(hash(word.as_bytes(), HASH_SEED));
        }
    }
}

/// The lines of a page, measured.
pub(super) struct Page<'a> {
    text: &'a str,
    units: &'a [Unit],
    alone: Vec<Alone>,
    places: Vec<Place>,
    /// In how many lines of running text each topical word stands.
    topics: HashMap<u64, u32>,
    stretch: std::ops::Range<usize>,
    stretch_words: f32,
    words: f32,
    running_words: f32,
    function_share: f32,
}

/// Running sums up to a line, itself not included.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    words: f32,
    running_words: f32,
    stamps: u32,
    earlier_same: u32,
    later_same: u32,
    since_running: u32,
    words_since_running: f32,
    to_running: u32,
    words_to_running: f32,
    since_more: u32,
    since_talk: u32,
    since_stamp: u32,
    in_open_quotation: bool,
    unbroken: u32,
}

impl<'a> Page<'a> {
    /// Measures the lines of a page.
    pub fn new(text: &'a str, units: &'a [Unit]) -> Self {
        let alone: Vec<Alone> = units.iter().map(|unit| alone(unit.of(text))).collect();
        let mut topics = HashMap::new();
        let (mut remembered, mut function, mut running_lines) = (0, 0.0, 0.0);
        let mut seen = std::collections::HashSet::new();
        for (unit, line) in units.iter().zip(&alone) {
            if line.running {
                function += line.get(Measure::FunctionWords);
                running_lines += 1.0;
                if remembered < MOST_REMEMBERED {
                    seen.clear();
                    topical(unit.of(text), &mut |word| {
                        if seen.insert(word) {
                            *topics.entry(word).or_insert(0) += 1;
                            remembered += 1;
                        }
                    });
                }
            }
        }
        let places = places(&alone);
        let stretch = densest_stretch(&alone);
        let words_of = |lines: &[Alone]| lines.iter().map(|line| line.words as f32).sum::<f32>();
        let running_of = |lines: &[Alone]| {
            lines.iter().filter(|line| line.running).map(|line| line.words as f32).sum::<f32>()
        };
        Self {
            text,
            units,
            topics,
            places,
            stretch_words: running_of(&alone[stretch.clone()]),
            words: words_of(&alone),
            running_words: running_of(&alone),
            function_share: ratio(function, running_lines),
            stretch,
            alone,
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// The text that the lines are lines of.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The words of a line.
    pub fn line(&self, at: usize) -> &'a str {
        self.units[at].of(self.text)
    }

    /// A piece of a line as a span of the text.
    pub fn span(&self, at: usize, piece: std::ops::Range<usize>) -> Span {
        Span::new(self.units[at].start + piece.start, self.units[at].start + piece.end)
    }

    /// How many words a line has; two ideographs count as one.
    pub fn word_count(&self, at: usize) -> u32 {
        self.alone[at].words
    }

    /// Whether a line is running text.
    pub fn running(&self, at: usize) -> bool {
        self.alone[at].running
    }

    /// The share of its words in phrases of page furniture.
    pub fn furniture(&self, at: usize) -> f32 {
        self.alone[at].furniture
    }

    /// Whether it looks like a byline or a date.
    pub fn stamp(&self, at: usize) -> bool {
        self.alone[at].stamp
    }

    /// How many other lines have the same words.
    pub fn doubles(&self, at: usize) -> u32 {
        self.places[at].earlier_same + self.places[at].later_same
    }

    /// The share of its topical words that stand in running text elsewhere in the page.
    pub fn cohesion(&self, at: usize) -> f32 {
        self.topics_elsewhere(at).0
    }

    /// The dates that a line is there to show.
    pub fn stamps(&self, at: usize) -> Vec<Stamp> {
        roles::stamps(self.line(at), self.units[at].start)
    }

    /// Of a line's topical words: the share that stands in running text elsewhere, and in how many lines on average.
    fn topics_elsewhere(&self, at: usize) -> (f32, f32) {
        let itself = u32::from(self.alone[at].running);
        let (mut all, mut shared, mut others) = (0.0, 0.0, 0.0);
        topical(self.line(at), &mut |word| {
            let elsewhere = self.topics.get(&word).copied().unwrap_or(0).saturating_sub(itself);
            all += 1.0;
            shared += f32::from(u8::from(elsewhere > 0));
            others += elsewhere as f32;
        });
        (ratio(shared, all), ratio(others, all))
    }

    /// Appends the rows of the given lines, [`COUNT`] numbers each.
    pub fn rows(&self, lines: std::ops::Range<usize>, rows: &mut Vec<f32>) {
        for at in lines {
            self.row(at, rows);
        }
    }

    fn row(&self, at: usize, row: &mut Vec<f32>) {
        let line = &self.alone[at];
        row.extend_from_slice(&line.measures);
        row.push(line.furniture);
        self.place(at, row);
        for distance in NEIGHBOURS {
            match at.checked_add_signed(*distance).and_then(|other| self.alone.get(other)) {
                Some(other) => {
                    row.extend(OF_NEIGHBOURS.iter().map(|measure| other.get(*measure)));
                    row.push(other.furniture);
                    row.push(f32::from(u8::from(other.running)));
                }
                None => row.extend(std::iter::repeat_n(-1.0, OF_NEIGHBOURS.len() + NEIGHBOUR_EXTRAS)),
            }
        }
    }

    fn place(&self, at: usize, row: &mut Vec<f32>) {
        let line = &self.alone[at];
        let place = &self.places[at];
        let lines = self.alone.len();
        let signed = |distance: isize| {
            let size = ln(distance.unsigned_abs() as f32);
            if distance < 0 { -size } else { size }
        };
        let (shared, others) = self.topics_elsewhere(at);
        row.extend([
            ln(lines as f32),
            ln(self.words),
            ln(at as f32),
            ln((lines - at - 1) as f32),
            ratio(at as f32, lines as f32),
            ratio(place.words, self.words),
            ln(place.earlier_same as f32),
            ln(place.later_same as f32),
            shared,
            ln(others),
            f32::from(u8::from(line.running)),
            ln(place.since_running as f32),
            ln(place.words_since_running),
            ln(place.to_running as f32),
            ln(place.words_to_running),
            self.density(at, 3),
            self.density(at, 8),
            self.density(at, 25),
            ratio(place.running_words, self.running_words),
            ln(self.running_around(at, 8)),
            f32::from(u8::from(self.stretch.contains(&at))),
            signed(at as isize - self.stretch.start as isize),
            signed(at as isize - self.stretch.end as isize),
            ln(self.stretch_words),
            ratio(self.stretch_words, self.running_words),
            self.function_share,
            ln(place.since_more as f32),
            ln(place.since_talk as f32),
            ln(place.since_stamp as f32),
            self.stamps_around(at, 12),
            f32::from(u8::from(place.in_open_quotation)),
            ln(self.mean_words(at, 5)),
            (line.words as f32 + 1.0).ln() - (self.mean_words(at, 5) + 1.0).ln(),
            self.shared_with_neighbours(at),
            ln(place.unbroken as f32),
        ]);
    }

    fn around(&self, at: usize, reach: usize) -> (Place, Place, usize) {
        let from = at.saturating_sub(reach);
        let to = (at + reach + 1).min(self.alone.len());
        // `places` has one entry more than there are lines: the sums over the whole page.
        (self.places[from], self.places[to], to - from)
    }

    fn density(&self, at: usize, reach: usize) -> f32 {
        let (from, to, _) = self.around(at, reach);
        ratio(to.running_words - from.running_words, to.words - from.words)
    }

    fn running_around(&self, at: usize, reach: usize) -> f32 {
        let (from, to, _) = self.around(at, reach);
        to.running_words - from.running_words
    }

    fn stamps_around(&self, at: usize, reach: usize) -> f32 {
        let (from, to, lines) = self.around(at, reach);
        ratio((to.stamps - from.stamps) as f32, lines as f32)
    }

    fn mean_words(&self, at: usize, reach: usize) -> f32 {
        let (from, to, lines) = self.around(at, reach);
        ratio(to.words - from.words, lines as f32)
    }

    fn shared_with_neighbours(&self, at: usize) -> f32 {
        let mut near = std::collections::HashSet::new();
        for other in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
            if let Some(unit) = self.units.get(other) {
                topical(unit.of(self.text), &mut |word| {
                    near.insert(word);
                });
            }
        }
        let (mut all, mut shared) = (0.0, 0.0);
        topical(self.units[at].of(self.text), &mut |word| {
            all += 1.0;
            shared += f32::from(u8::from(near.contains(&word)));
        });
        ratio(shared, all)
    }
}

/// Distance in lines from something that has not been seen.
const NEVER: u32 = 1_000;

fn places(alone: &[Alone]) -> Vec<Place> {
    let mut same: HashMap<u64, u32> = HashMap::new();
    let mut places = Vec::with_capacity(alone.len() + 1);
    let mut now = Place {
        since_running: NEVER,
        since_more: NEVER,
        since_talk: NEVER,
        since_stamp: NEVER,
        words_since_running: 0.0,
        ..Place::default()
    };
    for line in alone {
        let earlier = same.entry(line.same).or_insert(0);
        places.push(Place { earlier_same: *earlier, ..now });
        *earlier += 1;
        now.words += line.words as f32;
        now.running_words += if line.running { line.words as f32 } else { 0.0 };
        now.stamps += u32::from(line.stamp);
        now.since_running = if line.running { 0 } else { (now.since_running + 1).min(NEVER) };
        now.words_since_running =
            if line.running { 0.0 } else { now.words_since_running + line.words as f32 };
        let leads = |measure| line.words <= 12 && line.get(measure) >= 0.5;
        now.since_more = if leads(Measure::More) { 0 } else { (now.since_more + 1).min(NEVER) };
        now.since_talk = if leads(Measure::Talk) { 0 } else { (now.since_talk + 1).min(NEVER) };
        now.since_stamp = if line.stamp { 0 } else { (now.since_stamp + 1).min(NEVER) };
        if line.running {
            now.in_open_quotation = line.open_quotation;
            now.unbroken += 1;
        } else if line.furniture >= 0.5 {
            now.unbroken = 0;
        }
    }
    places.push(now);
    let (mut to_running, mut words_to_running) = (NEVER, 0.0);
    for (place, line) in places.iter_mut().zip(alone).rev() {
        (place.to_running, place.words_to_running) = (to_running, words_to_running);
        place.later_same = same.get(&line.same).copied().unwrap_or(0).saturating_sub(place.earlier_same + 1);
        (to_running, words_to_running) = if line.running {
            (0, 0.0)
        } else {
            ((to_running + 1).min(NEVER), words_to_running + line.words as f32)
        };
    }
    places
}

/// The stretch of lines whose sum is greatest, when running text counts for its words and all else against.
fn densest_stretch(alone: &[Alone]) -> std::ops::Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0_f32);
    for (at, line) in alone.iter().enumerate() {
        sum += if line.running { (line.words as f32).min(80.0) } else { -6.0 - 30.0 * line.furniture };
        if sum <= 0.0 {
            (start, sum) = (at + 1, 0.0);
        } else if sum > best_sum {
            (best, best_sum) = (start..at + 1, sum);
        }
    }
    best
}

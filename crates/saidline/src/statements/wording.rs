//! How a report words what another gives more of: word by word, and of which kind each difference is.
//!
//! Only words in quotation marks are compared, as only they claim to be somebody's. The kinds are those of DESIGN: a cut is no
//! fault; `altered` are other words within the marks.

use imara_diff::{Algorithm, Diff, InternedInput};
use saidline_html::Span;

use super::Report;
use super::words::{self, Placed};
use crate::attribution::{Attribution, QuotationKind};
use crate::quotations::Quotation;

/// How a wording differs from another, the least grave first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordingKind {
    /// The same words, and as many.
    Identical,
    /// Other commas, stops or capitals.
    Punctuation,
    /// The same words in another spelling.
    Spelling,
    /// An insertion of the editor's in brackets.
    Bracketed,
    /// Fewer words: at the ends, or inside with a sign of it.
    Cut,
    /// Words from two places, put together without a sign of the gap.
    Joined,
    /// Tense or person changed, as in indirect speech.
    Shifted,
    /// Other words within the marks, or words left out inside without a sign.
    Altered,
    /// The same in quite other words, as two translators would put it.
    Translation,
    /// No words in marks.
    Indirect,
}

impl WordingKind {
    /// All of them, the least grave first.
    pub const ALL: [Self; 10] = [
        Self::Identical,
        Self::Punctuation,
        Self::Spelling,
        Self::Bracketed,
        Self::Cut,
        Self::Joined,
        Self::Shifted,
        Self::Altered,
        Self::Translation,
        Self::Indirect,
    ];

    /// The kind's name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Punctuation => "punctuation",
            Self::Spelling => "spelling",
            Self::Bracketed => "bracketed",
            Self::Cut => "cut",
            Self::Joined => "joined",
            Self::Shifted => "shifted",
            Self::Altered => "altered",
            Self::Translation => "translation",
            Self::Indirect => "indirect",
        }
    }
}

/// A place where two wordings differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Of which kind it is.
    pub kind: WordingKind,
    /// The words here, in their document; none where words were left out.
    pub here: Option<Span>,
    /// The words there, in the other document; none where words were put in.
    pub there: Option<Span>,
}

/// How a report words a statement, against a fuller report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The gravest of the differences.
    pub kind: WordingKind,
    /// All of them, in the order of the words.
    pub differences: Vec<Difference>,
}

/// Words that both have and that are fewer than this share of the shorter's are an accident: the two quote other sentences.
const SHARED: f32 = 0.34;

/// What a report gives as somebody's words: those in quotation marks, in their places.
#[derive(Debug, Clone)]
pub struct Quoted<'a> {
    text: &'a str,
    words: Vec<Placed>,
}

impl<'a> Quoted<'a> {
    /// The words in marks of an attribution; `marks` are the quotations of the text.
    pub fn new(text: &'a str, marks: &[Quotation], attribution: &Attribution) -> Self {
        let direct = attribution.kind == QuotationKind::Direct;
        let mut words = Vec::new();
        for span in &attribution.content {
            words::place(text, *span, |at| direct || super::is_quoted(marks, at), &mut words);
        }
        Self { text, words }
    }

    /// The words in marks of a report whose content stands in these places of a text: its own words tell which are in marks.
    pub fn of_report(text: &'a str, content: &[Span], report: &Report) -> Self {
        let mut words = Vec::new();
        for span in content {
            words::place(text, *span, |_| true, &mut words);
        }
        if words.len() == report.words.len() {
            let mut quoted = report.words.iter().map(|word| word.quoted);
            words.retain(|_| quoted.next().unwrap_or_default());
        } else if report.kind != QuotationKind::Direct {
            words.clear();
        }
        Self { text, words }
    }

    pub(super) fn words(&self) -> &[Placed] {
        &self.words
    }

    /// The text that they stand in.
    pub fn text(&self) -> &str {
        self.text
    }

    /// How many words they are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether nothing stands in marks.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Compares the words in marks of a report with those of another one that has more of them.
///
/// Time is about linear in the words, and bounded on hostile ones.
pub fn wording(here: &Quoted, there: &Quoted) -> Wording {
    let (ours, theirs) = (&here.words, &there.words);
    if ours.is_empty() || theirs.is_empty() {
        return Wording { kind: WordingKind::Indirect, differences: Vec::new() };
    }
    let mut differences = Vec::new();
    let hunks = hunks(ours, theirs);
    let left_out: usize = hunks.iter().map(|hunk| hunk.ours.len()).sum();
    let shared = ours.len() - left_out;
    // The two quote different sentences of one passage.
    if (shared as f32) < SHARED * ours.len().min(theirs.len()) as f32 {
        return Wording { kind: WordingKind::Cut, differences: Vec::new() };
    }
    for hunk in &hunks {
        let kind = kind(here.text, ours, there.text, theirs, hunk);
        differences.push(Difference {
            kind,
            here: around(ours, &hunk.ours),
            there: around(theirs, &hunk.theirs),
        });
    }
    differences.extend(punctuation(here.text, ours, there.text, theirs, &hunks));
    let kind = differences.iter().map(|one| one.kind).max().unwrap_or(WordingKind::Identical);
    differences.sort_by_key(|one| (one.here.map(|span| span.start), one.there.map(|span| span.start)));
    Wording { kind, differences }
}

/// Places of words that the two do not share.
pub(super) struct Hunk {
    pub(super) ours: std::ops::Range<usize>,
    pub(super) theirs: std::ops::Range<usize>,
}

fn hunks(ours: &[Placed], theirs: &[Placed]) -> Vec<Hunk> {
    let mut input = InternedInput::default();
    input.update_before(ours.iter().map(|word| word.folded));
    input.update_after(theirs.iter().map(|word| word.folded));
    let places = |range: std::ops::Range<u32>| range.start as usize..range.end as usize;
    Diff::compute(Algorithm::Myers, &input)
        .hunks()
        .map(|hunk| Hunk { ours: places(hunk.before), theirs: places(hunk.after) })
        .collect()
}

/// The stretch from the first of some words to the last.
pub(super) fn around(words: &[Placed], range: &std::ops::Range<usize>) -> Option<Span> {
    let some = words.get(range.clone())?;
    Some(Span { start: some.first()?.span.start, end: some.last()?.span.end })
}

pub(super) fn kind(here: &str, ours: &[Placed], there: &str, theirs: &[Placed], hunk: &Hunk) -> WordingKind {
    let at_end = hunk.ours.start == 0 && hunk.theirs.start == 0
        || hunk.ours.end == ours.len() && hunk.theirs.end == theirs.len();
    let bracketed = |text: &str, words: &[Placed], range: &std::ops::Range<usize>| {
        words[range.clone()].iter().any(|word| in_brackets(text, word.span))
    };
    if bracketed(here, ours, &hunk.ours) || bracketed(there, theirs, &hunk.theirs) {
        return WordingKind::Bracketed;
    }
    if hunk.ours.is_empty() || hunk.theirs.is_empty() {
        if at_end {
            return WordingKind::Cut;
        }
        // Words left out here, or there: by a sign, or by the author's words between two pieces.
        let (text, words, at) = if hunk.ours.is_empty() {
            (here, ours, hunk.ours.start)
        } else {
            (there, theirs, hunk.theirs.start)
        };
        if is_parted(text, &words[at - 1], &words[at]) {
            return WordingKind::Cut;
        }
        let (other, some) = if hunk.ours.is_empty() {
            (there, &theirs[hunk.theirs.clone()])
        } else {
            (here, &ours[hunk.ours.clone()])
        };
        let before = if hunk.ours.is_empty() {
            theirs.get(hunk.theirs.start.wrapping_sub(1))
        } else {
            ours.get(hunk.ours.start.wrapping_sub(1))
        };
        let from = before.map_or(some[0].span.start, |before| before.span.end);
        let sentence_ends =
            other[from as usize..some[some.len() - 1].span.end as usize].contains(['.', '!', '?']);
        // A word said twice, a filler.
        return match (sentence_ends && some.len() > 3, hunk.ours.is_empty()) {
            (true, _) => WordingKind::Joined,
            (false, _) => WordingKind::Altered,
        };
    }
    let (ours, theirs) = (&ours[hunk.ours.clone()], &theirs[hunk.theirs.clone()]);
    let words = |text: &str, words: &[Placed]| -> String {
        words
            .iter()
            .map(|word| word.span.of(text).to_lowercase().replace('’', "'"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (our_words, their_words) = (words(here, ours), words(there, theirs));
    if is_spelling(&our_words, &their_words) {
        return WordingKind::Spelling;
    }
    // At an end each has words that the other lacks: they quote other parts.
    if at_end && (ours.len() > 2 || theirs.len() > 2) {
        return WordingKind::Cut;
    }
    if ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|(one, other)| is_shifted(here, one, there, other))
    {
        return WordingKind::Shifted;
    }
    WordingKind::Altered
}

/// Whether brackets hold a word: "[the ferry]".
pub(super) fn in_brackets(text: &str, span: Span) -> bool {
    const NEAR: usize = 80;
    let (start, end) = (span.start as usize, span.end as usize);
    let before = &text[text.floor_char_boundary(start.saturating_sub(NEAR))..start];
    let after = &text[end..text.ceil_char_boundary((end + NEAR).min(text.len()))];
    let opens = before.rfind('[').is_some_and(|at| !before[at..].contains(']'));
    opens && after.find(']').is_some_and(|at| !after[..at].contains('['))
}

/// Whether something between two words tells that words are missing: an ellipsis, or the end of a quotation.
pub(super) fn is_parted(text: &str, one: &Placed, next: &Placed) -> bool {
    let between = &text[one.span.end as usize..next.span.start.max(one.span.end) as usize];
    between.contains(['…', '“', '”', '"', '«', '»', '\n', '['])
        || between.contains("...")
        || between.contains(". . .")
        || between.contains("''")
        || between.chars().filter(|letter| letter.is_alphanumeric()).count() > 0
}

/// Whether two stretches are the same words in other spellings: "per cent", "12" and "twelve", a slip of the finger, "I'd" and
/// "I would".
fn is_spelling(one: &str, other: &str) -> bool {
    let bare = |words: &str| -> String { words.chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let (one_bare, other_bare) = (bare(one), bare(other));
    if one_bare == other_bare || is_number_of(one, other) || is_number_of(other, one) {
        return true;
    }
    if expanded(one) == expanded(other) {
        return true;
    }
    let letters = one_bare.chars().count().min(other_bare.chars().count());
    // A word of one letter more is another word ("a ferry", "the ferries"); one letter changed inside a long one is a slip.
    letters >= 6
        && one.split(' ').count() == 1
        && other.split(' ').count() == 1
        && is_slip(&one_bare, &other_bare)
}

/// A contraction written out.
fn expanded(words: &str) -> String {
    let mut out = String::new();
    for word in words.split(' ') {
        let whole = match word {
            "gonna" => "going to",
            "wanna" => "want to",
            "gotta" => "got to",
            "can't" => "can not",
            "cannot" => "can not",
            "won't" => "will not",
            "ok" | "o.k" => "okay",
            "percent" => "per cent",
            _ => "",
        };
        if !out.is_empty() {
            out.push(' ');
        }
        if !whole.is_empty() {
            out.push_str(whole);
            continue;
        }
        let parts = [
            ("n't", " not"),
            ("'re", " are"),
            ("'ve", " have"),
            ("'ll", " will"),
            ("'m", " am"),
            ("'d", " would"),
            ("'s", " is"),
        ];
        match parts.iter().find_map(|(short, long)| Some((word.strip_suffix(short)?, long))) {
            Some((stem, long)) => {
                out.push_str(stem);
                out.push_str(long);
            }
            None => out.push_str(word),
        }
    }
    out
}

fn is_number_of(digits: &str, words: &str) -> bool {
    const NUMBERS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    digits.parse::<usize>().ok().and_then(|number| NUMBERS.get(number)).is_some_and(|name| *name == words)
}

/// Whether two words differ by one letter put in, left out or changed, and not in their last one.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let back = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let longest = one.len().max(other.len());
    back > 0 && same > 0 && same + back + 1 >= longest && one.len().abs_diff(other.len()) <= 1
}

/// Whether one word is the other in another tense or person.
fn is_shifted(here: &str, one: &Placed, there: &str, other: &Placed) -> bool {
    const PAIRS: [(&str, &str); 26] = [
        ("will", "would"),
        ("can", "could"),
        ("may", "might"),
        ("is", "was"),
        ("are", "were"),
        ("am", "was"),
        ("am", "is"),
        ("have", "had"),
        ("has", "had"),
        ("have", "has"),
        ("do", "did"),
        ("does", "did"),
        ("i", "he"),
        ("i", "she"),
        ("we", "they"),
        ("me", "him"),
        ("me", "her"),
        ("us", "them"),
        ("my", "his"),
        ("my", "her"),
        ("our", "their"),
        ("you", "they"),
        ("your", "their"),
        ("our", "its"),
        ("we", "it"),
        ("are", "is"),
    ];
    if one.folded == other.folded {
        return true;
    }
    let (one_word, other_word) = (one.span.of(here).to_lowercase(), other.span.of(there).to_lowercase());
    let known = PAIRS
        .iter()
        .any(|(a, b)| (*a == one_word && *b == other_word) || (*b == one_word && *a == other_word));
    let past = |present: &str, past: &str| past.ends_with("ed") && !present.ends_with("ed");
    known || one.stem == other.stem && (past(&one_word, &other_word) || past(&other_word, &one_word))
}

/// Where the words are the same and what stands between them is not: commas, stops, capitals. Dashes and quotation marks of
/// whatever form are one, and so is what stands where either is parted.
fn punctuation(
    here: &str,
    ours: &[Placed],
    there: &str,
    theirs: &[Placed],
    hunks: &[Hunk],
) -> Vec<Difference> {
    let mut found = Vec::new();
    let (mut ours_at, mut theirs_at) = (0, 0);
    let mut next = hunks.iter().peekable();
    while ours_at < ours.len() && theirs_at < theirs.len() {
        if let Some(hunk) = next.peek()
            && hunk.ours.start == ours_at
            && hunk.theirs.start == theirs_at
        {
            ours_at = hunk.ours.end;
            theirs_at = hunk.theirs.end;
            next.next();
            continue;
        }
        let (one, other) = (ours[ours_at], theirs[theirs_at]);
        let inside =
            ours_at > 0 && theirs_at > 0 && next.peek().is_none_or(|hunk| hunk.ours.start != ours_at);
        let joined = ours_at
            .checked_sub(1)
            .zip(theirs_at.checked_sub(1))
            .is_some_and(|(a, b)| ours[a].folded == theirs[b].folded);
        if inside && joined {
            let (before, their_before) = (&ours[ours_at - 1], &theirs[theirs_at - 1]);
            let parted = is_parted(here, before, &one) || is_parted(there, their_before, &other);
            let marks = |text: &str, from: u32, to: u32| -> String {
                text[from as usize..to.max(from) as usize]
                    .chars()
                    .filter(|mark| {
                        !mark.is_whitespace() && !matches!(mark, '\'' | '’' | '‘' | '-' | '–' | '—' | '−')
                    })
                    .collect()
            };
            let differ = marks(here, before.span.end, one.span.start)
                != marks(there, their_before.span.end, other.span.start);
            let capital = one.span.of(here).chars().next().map(char::is_uppercase)
                != other.span.of(there).chars().next().map(char::is_uppercase);
            if !parted && (differ || capital) {
                found.push(Difference {
                    kind: WordingKind::Punctuation,
                    here: Some(one.span),
                    there: Some(other.span),
                });
            }
        }
        ours_at += 1;
        theirs_at += 1;
    }
    found
}

//! How a report words what another gives more of: word by word, and of which kind each difference is.
//!
//! Only words in quotation marks are compared, as only they claim to be somebody's. The kinds are those of DESIGN: a cut is no
//! fault; `altered` are other words within the marks.

use std::collections::HashSet;

use saidline_html::Span;

use super::Report;
use super::alignment::{Hunk, hunks};
use super::forms::{is_shifted, is_third_person};
use super::languages;
use super::spellings::{is_hidden, is_masked, is_spelling};
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
    /// Tense, person or number changed, as in indirect speech.
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

/// The same where they have no three of them in a row.
const HALF: f32 = 0.5;

/// Two translations share fewer words than this, of the shorter's,
const TRANSLATED: f32 = 0.67;

/// or differ in so many places: one other word is altered, whoever said it.
const SPREAD: usize = 2;

/// What a report gives as somebody's words: those in quotation marks, in their places.
#[derive(Debug, Clone)]
pub struct Quoted<'a> {
    text: &'a str,
    words: Vec<Placed>,
    /// Whether the words were likely said in another language than the page's.
    foreign: bool,
}

impl<'a> Quoted<'a> {
    /// The words in marks of an attribution; `marks` are the quotations of the text.
    pub fn new(text: &'a str, marks: &[Quotation], attribution: &Attribution) -> Self {
        let direct = attribution.kind == QuotationKind::Direct;
        let mut words = Vec::new();
        for span in &attribution.content {
            words::place(text, *span, |at| direct || super::is_quoted(marks, at), &mut words);
        }
        Self { text, words, foreign: languages::is_foreign(text, attribution) }
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
        Self { text, words, foreign: false }
    }

    pub(super) fn words(&self) -> &[Placed] {
        &self.words
    }

    /// The text that they stand in.
    pub fn text(&self) -> &str {
        self.text
    }

    /// Whether the words were likely said in another language: by a foreign office, through an interpreter.
    pub fn is_foreign(&self) -> bool {
        self.foreign
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
    let hunks = hunks(
        ours,
        theirs,
        |at| is_parted(here.text, &ours[at - 1], &ours[at]),
        |at| is_parted(there.text, &theirs[at - 1], &theirs[at]),
    );
    let left_out: usize = hunks.iter().map(|hunk| hunk.ours.len()).sum();
    let shared = (ours.len() - left_out) as f32;
    let shortest = ours.len().min(theirs.len()) as f32;
    let foreign = here.foreign || there.foreign;
    if foreign && shared < TRANSLATED * shortest && is_translation(here, there) {
        return Wording { kind: WordingKind::Translation, differences: Vec::new() };
    }
    // The two quote different sentences of one passage: words that stand alone between others are both's by accident.
    if (in_runs(&hunks, ours.len()) as f32) < HALF * shortest
        || shared < SHARED * shortest
        || longest_shared(&hunks, ours.len()) < 3 && shared < HALF * shortest
    {
        return Wording { kind: WordingKind::Cut, differences: Vec::new() };
    }
    for hunk in &hunks {
        differences.push(Difference {
            kind: kind(here.text, ours, there.text, theirs, hunk),
            here: around(ours, &hunk.ours),
            there: around(theirs, &hunk.theirs),
        });
    }
    let altered = differences.iter().filter(|one| one.kind == WordingKind::Altered).count();
    if foreign && altered >= SPREAD && is_translation(here, there) {
        for one in differences.iter_mut().filter(|one| one.kind == WordingKind::Altered) {
            one.kind = WordingKind::Translation;
        }
    }
    differences.extend(punctuation(here.text, ours, there.text, theirs, &hunks));
    let kind = differences.iter().map(|one| one.kind).max().unwrap_or(WordingKind::Identical);
    differences.sort_by_key(|one| (one.here.map(|span| span.start), one.there.map(|span| span.start)));
    Wording { kind, differences }
}

/// How many words both have, two or more in a row.
fn in_runs(hunks: &[Hunk], ours: usize) -> usize {
    let begins = std::iter::once(0).chain(hunks.iter().map(|hunk| hunk.ours.end));
    let ends = hunks.iter().map(|hunk| hunk.ours.start).chain(std::iter::once(ours));
    begins.zip(ends).map(|(begin, end)| end.saturating_sub(begin)).filter(|run| *run > 1).sum()
}

/// Whether two wordings of foreign words can be two translations of the same: of about one length, with words in common, and
/// neither the numbers nor what is denied differs.
fn is_translation(here: &Quoted, there: &Quoted) -> bool {
    let (ours, theirs) = (here.words.len() as f32, there.words.len() as f32);
    let known: HashSet<u64> = there.words.iter().map(|word| word.stem).collect();
    let tells = |word: &&Placed| word.span.of(here.text).chars().count() > 3;
    let some = here.words.iter().filter(tells).any(|word| known.contains(&word.stem));
    let numbers = |quoted: &Quoted| {
        let words = quoted.words.iter().map(|word| word.span.of(quoted.text));
        let mut numbers: Vec<String> = words
            .filter(|word| word.contains(|letter: char| letter.is_ascii_digit()))
            .map(|word| word.chars().filter(char::is_ascii_digit).collect())
            .collect();
        numbers.sort_unstable();
        numbers
    };
    let denies = |quoted: &Quoted| {
        quoted.words.iter().any(|word| {
            let word = word.span.of(quoted.text).to_lowercase().replace('’', "'");
            matches!(
                word.as_str(),
                "not" | "no" | "never" | "nobody" | "nothing" | "none" | "cannot" | "without"
            ) || word.ends_with("n't")
        })
    };
    ours.max(theirs) <= 2.5 * ours.min(theirs)
        && some
        && numbers(here) == numbers(there)
        && denies(here) == denies(there)
}

/// The longest stretch that both have.
fn longest_shared(hunks: &[Hunk], words: usize) -> usize {
    let starts = std::iter::once(0).chain(hunks.iter().map(|hunk| hunk.ours.end));
    let ends = hunks.iter().map(|hunk| hunk.ours.start).chain(std::iter::once(words));
    starts.zip(ends).map(|(start, end)| end - start).max().unwrap_or(0)
}

/// The stretch of the text that holds some words, whose pieces may have been read in another order than they stand in.
pub(super) fn around(words: &[Placed], range: &std::ops::Range<usize>) -> Option<Span> {
    let some = words.get(range.clone())?.iter().map(|word| word.span);
    some.reduce(|all, one| Span { start: all.start.min(one.start), end: all.end.max(one.end) })
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
        let sentence_ends = other
            .get(from as usize..some[some.len() - 1].span.end as usize)
            .is_some_and(|words| words.contains(['.', '!', '?']));
        // "Gulls & boats": the mark is no word.
        let and = some.len() == 1 && matches!(some[0].span.of(other), "and" | "And");
        // What was said may stand in pieces in another order than it was read.
        let gap =
            text.get(words[at - 1].span.end as usize..words[at].span.start as usize).unwrap_or_default();
        if and && gap.contains('&') {
            return WordingKind::Spelling;
        }
        // "70% of them": the sign is no word; and words printed twice are a slip.
        let put_in = some.iter().map(|word| word.span.of(other).to_lowercase());
        let percent = put_in.collect::<String>() == "percent" && gap.starts_with('%');
        let folded = |words: &[Placed]| words.iter().map(|word| word.folded).collect::<Vec<_>>();
        let beside = |from: Option<usize>| {
            let same = from.and_then(|from| words.get(from..from + some.len()));
            same.is_some_and(|same| folded(same) == folded(some))
        };
        let twice = beside(at.checked_sub(some.len())) || beside(Some(at));
        if percent || twice {
            return WordingKind::Spelling;
        }
        return match (sentence_ends && some.len() > 3, hunk.ours.is_empty()) {
            (true, _) => WordingKind::Joined,
            (false, _) => WordingKind::Altered,
        };
    }
    let (all_ours, all_theirs) = (ours, theirs);
    let (ours, theirs) = (&ours[hunk.ours.clone()], &theirs[hunk.theirs.clone()]);
    let whole = |text: &str, words: &[Placed]| -> String {
        match (words.first(), words.last()) {
            (Some(first), Some(last)) if first.span.start <= last.span.end => {
                // Letters that are hidden at a word's end are no part of it.
                let hidden = &text[last.span.end as usize..];
                let hidden = hidden.len() - hidden.trim_start_matches(is_hidden).len();
                text[first.span.start as usize..last.span.end as usize + hidden].to_owned()
            }
            _ => String::new(),
        }
    };
    let (whole_ours, whole_theirs) = (whole(here, ours), whole(there, theirs));
    if is_masked(&whole_ours, &whole_theirs) || is_masked(&whole_theirs, &whole_ours) {
        return WordingKind::Spelling;
    }
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
    // At an end each has words that the other lacks: they quote other parts, unless one sentence goes on otherwise.
    if at_end && (ours.len() > 2 || theirs.len() > 2) {
        return other_ending((here, all_ours), (there, all_theirs), hunk).unwrap_or(WordingKind::Cut);
    }
    // "Looks forward" for "I look forward": the author's words go before.
    if hunk.ours.start == 0
        && let (Some(one), Some(other)) = (ours.last(), theirs.last())
        && ours.len() == 1
        && is_third_person(here, one, there, other)
    {
        return WordingKind::Shifted;
    }
    // Beside a gap that is told each has words of another part.
    let told = |text: &str, words: &[Placed], range: &std::ops::Range<usize>| {
        let gap = |at: usize| at > 0 && at < words.len() && is_parted(text, &words[at - 1], &words[at]);
        gap(range.start) || gap(range.end)
    };
    let parted = told(here, all_ours, &hunk.ours) || told(there, all_theirs, &hunk.theirs);
    if parted && (at_end || ours.len() > 2 || theirs.len() > 2) {
        return WordingKind::Cut;
    }
    if ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|(one, other)| is_shifted(here, one, there, other))
    {
        return WordingKind::Shifted;
    }
    WordingKind::Altered
}

/// Of which kind it is where a sentence that both begin ends in other words here than there; none where something between the
/// last word that both have and these tells of a gap, or the words here are the same in another spelling.
fn other_ending(
    (here, ours): (&str, &[Placed]),
    (there, theirs): (&str, &[Placed]),
    hunk: &Hunk,
) -> Option<WordingKind> {
    /// Words in a row before it that both have: fewer begin many sentences.
    const BEGUN: usize = 5;
    /// More words of one's own are likely another remark that begins alike.
    const ENDING: usize = 4;
    let (at, their_at) = (hunk.ours.start, hunk.theirs.start);
    let both = ours[..at].iter().rev().zip(theirs[..their_at].iter().rev());
    let begun = both.take_while(|(one, other)| one.folded == other.folded).count();
    let length = hunk.ours.len();
    if hunk.ours.end != ours.len() || length > ENDING || begun < BEGUN {
        return None;
    }
    let is_of_one_sentence = |text: &str, words: &[Placed], from: usize| {
        (from..words.len().min(from + length)).all(|at| {
            let (one, next) = (&words[at - 1], &words[at]);
            let between = text.get(one.span.end as usize..next.span.start as usize).unwrap_or_default();
            !is_parted(text, one, next) && !between.contains(['.', '!', '?', ';', ':'])
        })
    };
    if !is_of_one_sentence(here, ours, at) || !is_of_one_sentence(there, theirs, their_at) {
        return None;
    }
    let (ours, theirs) = (&ours[at..], &theirs[their_at..]);
    let spelt = |text: &str, words: &[Placed]| {
        let words = words.iter().map(|word| word.span.of(text).to_lowercase().replace('’', "'"));
        words.collect::<Vec<_>>().join(" ")
    };
    if (1..=theirs.len().min(length + 2))
        .any(|some| is_spelling(&spelt(here, ours), &spelt(there, &theirs[..some])))
    {
        return None;
    }
    let shifted = ours.len() <= theirs.len()
        && ours.iter().zip(theirs).all(|(one, other)| is_shifted(here, one, there, other));
    Some(if shifted { WordingKind::Shifted } else { WordingKind::Altered })
}

/// Whether brackets hold a word: "[the ferry]".
pub(super) fn in_brackets(text: &str, span: Span) -> bool {
    const NEAR: usize = 80;
    let (start, end) = (span.start as usize, span.end as usize);
    let before = &text[text.floor_char_boundary(start.saturating_sub(NEAR))..start];
    let after = &text[end..text.ceil_char_boundary((end + NEAR).min(text.len()))];
    // Some put their insertions into round ones.
    [('[', ']'), ('(', ')')].into_iter().any(|(open, close)| {
        let opens = before.rfind(open).is_some_and(|at| !before[at..].contains(close));
        opens && after.find(close).is_some_and(|at| !after[..at].contains(open))
    })
}

/// Whether something between two words tells that words are missing: an ellipsis, or the end of a quotation.
pub(super) fn is_parted(text: &str, one: &Placed, next: &Placed) -> bool {
    // A content's pieces come in any order, on hostile pages.
    if next.span.start < one.span.end {
        return true;
    }
    let between = &text[one.span.end as usize..next.span.start as usize];
    between.contains(['…', '“', '”', '"', '«', '»', '\n', '['])
        || between.contains("...")
        || between.contains(". . .")
        || between.contains("''")
        || between.chars().filter(|letter| letter.is_alphanumeric()).count() > 0
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

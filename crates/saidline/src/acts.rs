//! Acts: whether something was said, thought, planned, found or ordered.
//!
//! The words that report decide, by the table of cues (`words/cues.tsv`): "said" is speech, "plans" a plan. What the
//! source is can turn that: what a study "says" is a finding, what a law "says" an order, what a court "denied" an
//! order too. Where nothing tells otherwise it is speech: most of what is reported was said, and so was what stands in
//! quotation marks with nothing beside it.

use saidline_html::Span;

use crate::attribution::{Act, ActClass, Attribution, How, QuotationKind, SpeakerKind};
use crate::quotations::{Quotation, quoted_letters};
use crate::words::{self, CUE_WORDS, SourceNoun};

/// Words of a cue or a source that are looked at: longer ones say nothing new.
const MOST_WORDS: usize = 32;

/// Tells the act of every attribution. Their kinds and speakers are known already; `quotations` are those of the text.
///
/// Time is linear in the attributions.
pub fn tell_acts(text: &str, quotations: &[Quotation], attributions: &mut [Attribution]) {
    let mut scratch = Words::default();
    for attribution in attributions {
        let quoted = || match attribution.kind {
            QuotationKind::Direct => true,
            QuotationKind::Indirect => false,
            QuotationKind::Mixed => {
                let (quoted, all) = quoted_letters(text, &attribution.content, quotations);
                quoted * 2 >= all
            }
        };
        let source = source(text, attribution, &mut scratch);
        let class = class(text, &attribution.cue, source, quoted, &mut scratch);
        attribution.act = Some(Act { class });
    }
}

/// The class of what these words report.
fn class(
    text: &str,
    cue: &[Span],
    source: Option<SourceNoun>,
    quoted: impl Fn() -> bool,
    words: &mut Words,
) -> ActClass {
    words.read(text, cue, is_filler);
    let found = (0..words.len()).find_map(|first| {
        let longest = CUE_WORDS.min(words.len() - first);
        (1..=longest).rev().find_map(|count| Some((first + count, words::cue(words.several(first, count))?)))
    });
    // "said in a report": where it was said tells that somebody had looked.
    let behind = found.map_or(0, |(next, _)| next);
    let in_document = || (behind..words.len()).any(|at| is_study(words, at));
    let is_document = source == Some(SourceNoun::Document);
    let Some((_, cue)) = found else {
        return match source {
            Some(SourceNoun::Law) => ActClass::Order,
            _ if is_document || in_document() => ActClass::Finding,
            _ => ActClass::Speech,
        };
    };
    match (cue.class, source) {
        (ActClass::Speech | ActClass::Thought | ActClass::Finding, Some(SourceNoun::Law)) => ActClass::Order,
        (_, Some(SourceNoun::Court | SourceNoun::Judge)) if cue.rules => ActClass::Order,
        (ActClass::Speech | ActClass::Thought, Some(SourceNoun::Document)) => ActClass::Finding,
        (ActClass::Speech, _) if in_document() => ActClass::Finding,
        _ if cue.weak && quoted() => ActClass::Speech,
        (class, _) => class,
    }
}

/// What the source is, where it is no person: by the last noun of its first phrase ("a new study from the institute"),
/// or, where that is a name ("the University of Sydney review"), of a later one.
fn source(text: &str, attribution: &Attribution, words: &mut Words) -> Option<SourceNoun> {
    words.read(text, attribution.source.get(..1)?, |word| word == "s");
    let end = (0..words.len())
        .find(|at| matches!(words.word(*at), "who" | "whose" | "which" | "that") || *at > 0 && words.after_mark(*at))
        .unwrap_or(words.len());
    let mut first = 0;
    while first < end {
        let next = (first..end).find(|at| is_preposition(words.word(*at))).unwrap_or(end);
        let head = next.checked_sub(1).filter(|head| *head >= first);
        if let Some(head) = head {
            if let Some(noun) = words::source_noun(words.word(head)) {
                let is_name = words.is_capital(head) && (words.word(head) == "bill" || is_person(attribution));
                return match noun {
                    SourceNoun::Judge => Some(noun),
                    SourceNoun::Document if is_news(words, head) => None,
                    _ => Some(noun).filter(|_| !is_name),
                };
            }
            if (first..head).any(|at| words::source_noun(words.word(at)) == Some(SourceNoun::Judge)) {
                return Some(SourceNoun::Judge);
            }
            if !words.is_capital(head) {
                return None;
            }
        }
        first = next + 1;
    }
    None
}

/// Whether a person's name stands in the source.
fn is_person(attribution: &Attribution) -> bool {
    attribution
        .speakers
        .iter()
        .any(|speaker| speaker.kind == SpeakerKind::Person && matches!(speaker.how, How::Name | How::ShortName))
}

/// Whether the word at a place names what somebody found by looking; a report of the news is none.
fn is_study(words: &Words, at: usize) -> bool {
    let named = ["report", "study", "survey", "poll", "analysis", "review", "audit", "research"];
    let word = words.word(at);
    named.contains(&word.strip_suffix('s').unwrap_or(word)) && !is_news(words, at)
}

/// Whether the word before tells that newspapers and the like are meant.
fn is_news(words: &Words, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| words.word(before));
    matches!(before, Some("media" | "news" | "press" | "newspaper" | "television" | "tv" | "radio" | "published"))
}

/// Words of a cue that tell nothing and stand between those that do: "has also *repeatedly* called for".
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 32] = [
        "also", "not", "t", "s", "d", "ll", "ve", "n", "never", "still", "now", "just", "already", "ever", "even",
        "often", "always", "once", "again", "later", "since", "first", "so", "then", "twice", "very", "more", "much",
        "too", "yet", "soon", "long",
    ];
    const VERBS: [&str; 4] = ["reply", "rely", "imply", "apply"];
    word.ends_with("ly") && !VERBS.contains(&word) && words::cue(word).is_none() || FILLERS.contains(&word)
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "of" | "from" | "by" | "for" | "in" | "on" | "at" | "with" | "to" | "about" | "into" | "against")
}

/// The words of a few spans in lower case, one space between: kept from one attribution to the next, so that nothing is
/// allocated for each.
#[derive(Default)]
struct Words {
    lower: String,
    /// Of each word: where it stands in `lower`, whether it is written with a capital, whether a mark that ends a phrase
    /// stands before it.
    places: Vec<(usize, usize, bool, bool)>,
}

impl Words {
    /// Reads the words of spans, those left out that `left_out` names.
    fn read(&mut self, text: &str, spans: &[Span], left_out: impl Fn(&str) -> bool) {
        self.lower.clear();
        self.places.clear();
        for span in spans {
            let words = span.of(text);
            let mut at = 0;
            while self.places.len() < MOST_WORDS {
                let Some(start) = words[at..].find(char::is_alphanumeric).map(|start| at + start) else { break };
                let length = words[start..].find(|letter: char| !letter.is_alphanumeric());
                let end = length.map_or(words.len(), |length| start + length);
                let after_mark = words[at..start].contains([',', ';', '(', ':', '—', '–']);
                self.push(&words[start..end], after_mark, &left_out);
                at = end;
            }
        }
    }

    fn push(&mut self, word: &str, after_mark: bool, left_out: impl Fn(&str) -> bool) {
        let before = self.lower.len();
        if before > 0 {
            self.lower.push(' ');
        }
        let start = self.lower.len();
        self.lower.extend(word.chars().flat_map(char::to_lowercase));
        if left_out(&self.lower[start..]) {
            self.lower.truncate(before);
            return;
        }
        let is_capital = word.starts_with(char::is_uppercase);
        self.places.push((start, self.lower.len(), is_capital, after_mark));
    }

    fn len(&self) -> usize {
        self.places.len()
    }

    fn word(&self, at: usize) -> &str {
        self.several(at, 1)
    }

    /// So many words from a place on.
    fn several(&self, first: usize, count: usize) -> &str {
        match (self.places.get(first), self.places.get(first + count - 1)) {
            (Some((start, ..)), Some((_, end, ..))) => &self.lower[*start..*end],
            _ => "",
        }
    }

    fn is_capital(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| place.2)
    }

    fn after_mark(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| place.3)
    }
}

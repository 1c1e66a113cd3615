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
        attribution.act = Some(Act { class, r#type: None });
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
        (_, Some(SourceNoun::Text)) if cue.shows => ActClass::Finding,
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
        .find(|at| {
            matches!(words.word(*at), "who" | "whose" | "which" | "that") || *at > 0 && words.after_mark(*at)
        })
        .unwrap_or(words.len());
    let mut first = 0;
    while first < end {
        let next = (first..end).find(|at| is_preposition(words.word(*at))).unwrap_or(end);
        let head = next.checked_sub(1).filter(|head| *head >= first);
        if let Some(head) = head {
            if let Some(noun) = words::source_noun(words.word(head)) {
                let is_name =
                    words.is_capital(head) && (words.word(head) == "bill" || is_person(attribution));
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
    attribution.speakers.iter().any(|speaker| {
        speaker.kind == SpeakerKind::Person && matches!(speaker.how, How::Name | How::ShortName)
    })
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
    matches!(
        before,
        Some("media" | "news" | "press" | "newspaper" | "television" | "tv" | "radio" | "published")
    )
}

/// Words of a cue that tell nothing and stand between those that do: "has also *repeatedly* called for".
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 32] = [
        "also", "not", "t", "s", "d", "ll", "ve", "n", "never", "still", "now", "just", "already", "ever",
        "even", "often", "always", "once", "again", "later", "since", "first", "so", "then", "twice", "very",
        "more", "much", "too", "yet", "soon", "long",
    ];
    const VERBS: [&str; 4] = ["reply", "rely", "imply", "apply"];
    word.ends_with("ly") && !VERBS.contains(&word) && words::cue(word).is_none() || FILLERS.contains(&word)
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "from" | "by" | "for" | "in" | "on" | "at" | "with" | "to" | "about" | "into" | "against"
    )
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
                let Some(start) = words[at..].find(char::is_alphanumeric).map(|start| at + start) else {
                    break;
                };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Speaker;
    use crate::quotations::{kind_of, quotations};
    use crate::testing::paragraphs_of;

    /// The act of one attribution, whose parts stand one after another.
    fn told(source: &str, cue: &str, content: &str, speakers: Vec<Speaker>) -> Option<ActClass> {
        let text = format!("{source} {cue} {content}");
        let span = |start: usize, words: &str| match words.is_empty() {
            true => vec![],
            false => vec![Span::new(start, start + words.len())],
        };
        let content = span(source.len() + cue.len() + 2, content);
        let (quotations, _) = quotations(&text, &paragraphs_of(&text));
        let kind = kind_of(&text, &content, &quotations);
        let cue = span(source.len() + 1, cue);
        let mut attributions =
            [Attribution { speakers, ..Attribution::new(kind, span(0, source), cue, content, 1.0) }];
        tell_acts(&text, &quotations, &mut attributions);
        attributions[0].act.map(|act| act.class)
    }

    fn check(source: &str, cue: &str, content: &str, expected: ActClass) {
        let shown: String = cue.chars().take(40).collect();
        assert_eq!(told(source, cue, content, vec![]), Some(expected), "{shown} | {content}");
    }

    use ActClass::{Finding, Order, Plan, Speech, Thought};

    #[test]
    fn the_words_that_report_decide() {
        check("Ina Lund", "said", "the ferry would sail", Speech);
        check("", "According to", "the ferry will sail", Speech);
        check("Ina Lund", "has repeatedly called for", "an inquiry", Speech);
        check("Ina Lund", "vowed", "to reopen the pier", Speech);
        check("Ina Lund", "declined", "to comment", Speech);
        check("Ina Lund", "believes", "the pier is safe", Thought);
        check("Ina Lund", "was not sure", "whether the pier was safe", Thought);
        check("", "is widely expected", "rates to rise", Thought);
        check("his", "fear", "that the pier would fall", Thought);
        check("Ina Lund", "plans", "to stand again", Plan);
        check("The council", "has decided", "to close the pier", Plan);
        check("the mayor’s", "plan", "to dredge the bay", Plan);
        check("Divers", "found", "that the piles were rotten", Finding);
        check("The ministry", "banned", "fishing in the bay", Order);
        check("", "was appointed", "Berg chief of the port", Order);
        check("", "were initially denied", "the crew visas", Order);
    }

    #[test]
    fn the_first_words_that_tell_decide_and_the_longest_of_them() {
        check("Ina Lund", "announced a plan", "to dredge the bay", Speech);
        check("Ina Lund", "expressed fear", "of a strike", Speech);
        check("Ina Lund", "wants to say", "that it is over", Thought);
        check("Ina Lund", "hit back at", "the mayor", Speech);
        check("Ina Lund", "ruled out", "a second term", Speech);
        check("The court", "ruled", "the fine void", Order);
        check("The crew", "was quick to point out", "that it had not been asked", Speech);
        check("Prosecutors", "charged", "that he had lied", Speech);
        check("", "was charged", "Berg with fraud", Order);
    }

    #[test]
    fn what_the_source_is_turns_it() {
        check("A new study from the Port Institute", "says", "the bay is warmer", Finding);
        check("the University of Sydney review of ferries", "according to", "they are late", Finding);
        check("Two polls", "suggest", "Labour leads", Finding);
        check("two polls", "in", "Labour leads", Finding);
        check("Report", ":", "Ferry fund off to a slow start", Finding);
        check("A panel", "said in a new report", "that the fund had lent nothing", Finding);
        check("Media reports", "said", "the ferry had sunk", Speech);
        check("The letter", "said", "the pier was closed", Speech);
        check("The letter", "suggests", "that the pier was never safe", Finding);
        check("The authors of the study", "said", "they were surprised", Speech);
        check("A critic of the law", "said", "it was needless", Speech);
        check("Federal law", "says", "nobody may fish", Order);
        check("the harbour act", "under", "nobody may fish", Order);
        check("The court", "found", "that the fine was due", Finding);
        check("The appeals court", "upheld", "the fine", Order);
        check("The appeals court", "denied", "the request", Order);
        check("Judge Orla Finch", "denied", "the request", Order);
        check("The company, which a court fined,", "denied", "the request", Speech);
        check("The company", "denied", "wrongdoing", Speech);
        check("Bill", "said", "it was late", Speech);
    }

    #[test]
    fn a_person_named_like_a_thing_is_a_person() {
        let speaker = |kind| Speaker {
            name: "Jens Law".to_owned(),
            kind,
            role: None,
            how: How::Name,
            antecedent: None,
            confidence: 1.0,
        };
        let class = |kind| told("Jens Law", "said", "it was late", vec![speaker(kind)]);
        assert_eq!(class(SpeakerKind::Person), Some(Speech));
        assert_eq!(class(SpeakerKind::Organisation), Some(Order));
    }

    #[test]
    fn words_in_marks_are_speech_unless_the_cue_is_clear() {
        check("", "", "“The pier is safe.”", Speech);
        check("Ina Lund", ":", "“The pier is safe.”", Speech);
        check("The crew", "seemed", "tired", Thought);
        check("The crew", "concluded", "that nobody cared", Finding);
        check("The crew", "concluded:", "“Nobody cares.”", Speech);
        check("The crew", "concluded", "that in the end “nobody on the quay cared”", Speech);
        check("The crew", "concluded", "that nobody who had been there on that day had “cared”", Finding);
        check("Ina Lund", "thought it", "“a disgrace”", Thought);
        check("The court", "ruled", "that the fine was “void”", Order);
    }

    #[test]
    fn odd_words_do_no_harm() {
        for cue in ["", "—", "…", "İ", "ß", "said\u{0}", &"so ".repeat(100_000), &"x".repeat(100_000)] {
            check("", cue, "it was late", Speech);
        }
        check(&"the of ".repeat(10_000), "said", "it was late", Speech);
    }
}

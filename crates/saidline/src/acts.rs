//! Acts: whether something was said, thought, planned, found or ordered, and what was done with the words.
//!
//! The words that report decide, by the table of cues (`words/cues.tsv`): "said" states, "plans" intends. A type belongs
//! to one class (said, thought, planned, found, ordered), so that the two never disagree. What the source is can turn
//! it: what a study "says" is a finding, what a law "says" an order, and a court that "denied" ruled. So can the first
//! words of the content, where a cue leaves it open: "asked whether" asks, "asked the crew to" demands. Where nothing
//! tells otherwise it is a statement: most of what is reported was said, and so was what stands in quotation marks with
//! nothing beside it.

use saidline_html::Span;

use crate::attribution::{Act, ActClass, ActType, Attribution, How, QuotationKind, SpeakerKind};
use crate::polarity::polarity;
use crate::quotations::{Quotation, quoted_letters};
use crate::words::{self, CUE_WORDS, Cue, SourceNoun};

/// Words of a cue, a source or a content that are looked at: longer ones say nothing new.
const MOST_WORDS: usize = 32;

/// Tells the act of every attribution and its polarity. Their kinds and speakers are known already; `quotations` are
/// those of the text.
///
/// Time is linear in the attributions.
pub fn tell_acts(text: &str, quotations: &[Quotation], attributions: &mut [Attribution]) {
    let mut scratch = Scratch::default();
    for attribution in attributions {
        let quoted = || match attribution.kind {
            QuotationKind::Direct => true,
            QuotationKind::Indirect => false,
            QuotationKind::Mixed => {
                let (quoted, all) = quoted_letters(text, &attribution.content, quotations);
                quoted * 2 >= all
            }
        };
        let told = told(text, attribution, quoted, &mut scratch);
        attribution.polarity = Some(polarity(text, attribution, &told, &mut scratch));
        attribution.act = Some(Act { class: told.r#type.class(), r#type: Some(told.r#type) });
    }
}

/// Words that are read, kept from one attribution to the next, so that nothing is allocated for each.
#[derive(Default)]
pub(crate) struct Scratch {
    /// Those of the cue or the source.
    pub words: Words,
    /// The first ones of the content.
    pub content: Words,
}

/// What is told of an attribution's act, and by what.
pub(crate) struct Told {
    pub r#type: ActType,
    /// The row of the table that the cue holds.
    pub cue: Option<Cue>,
    /// Where in the text the words of that row begin.
    pub head: Option<u32>,
    /// Whether the content is a question.
    pub is_question: bool,
}

/// The words of the table that a cue holds: their places and their row.
#[derive(Clone, Copy)]
struct Found {
    first: usize,
    next: usize,
    cue: Cue,
}

/// The first words of the table from a place on, the longest of those that begin at the same word.
fn find(words: &Words, from: usize) -> Option<Found> {
    (from..words.len()).find_map(|first| {
        let longest = CUE_WORDS.min(words.len() - first);
        (1..=longest).rev().find_map(|count| {
            Some(Found { first, next: first + count, cue: words::cue(words.several(first, count))? })
        })
    })
}

/// What these words report.
fn told(text: &str, attribution: &Attribution, quoted: impl Fn() -> bool, scratch: &mut Scratch) -> Told {
    let source = source(text, attribution, &mut scratch.words);
    let Scratch { words, content } = scratch;
    words.read(text, &attribution.cue, is_filler);
    content.read(text, without_relative(text, attribution), |_| false);
    let found = find(words, 0);
    // "said in a report": where it was said tells that somebody had looked.
    let behind = found.map_or(0, |found| found.next);
    let in_document = || (behind..words.len()).any(|at| is_study(words, at));
    let is_document = source == Some(SourceNoun::Document);
    let asks_aloud = || {
        found.is_some_and(|found| words.word(found.first).starts_with("ask"))
            && attribution.content.iter().any(|span| closes_question(text, *span))
    };
    let is_question = is_question(text, attribution)
        || found.is_none() && begins_question(text, attribution, content)
        || attribution.kind == QuotationKind::Direct && asks_aloud();
    let r#type = match (found.map(|found| (found, found.cue.class())), source) {
        (None, Some(SourceNoun::Law)) => by_law(content),
        (None, _) if is_document || in_document() => ActType::Find,
        (None, _) if is_question => ActType::Ask,
        (None, _) => ActType::State,
        (Some((_, ActClass::Speech | ActClass::Thought | ActClass::Finding)), Some(SourceNoun::Law)) => {
            by_law(content)
        }
        (Some((found, _)), Some(SourceNoun::Court | SourceNoun::Judge)) if found.cue.rules => ActType::Rule,
        (Some((_, ActClass::Speech | ActClass::Thought)), Some(SourceNoun::Document)) => ActType::Find,
        (Some((found, _)), Some(SourceNoun::Text)) if found.cue.shows => ActType::Find,
        (Some((_, ActClass::Speech)), _) if in_document() => ActType::Find,
        (Some((found, _)), _) if found.cue.weak && quoted() => ActType::State,
        // "Not" is left out of the words that are looked up.
        (Some((found, _)), _)
            if words.word(found.first).starts_with("plead") && is_not_guilty(text, attribution) =>
        {
            ActType::Deny
        }
        (Some((found, _)), _) => match by_content(words, found, content, is_question) {
            ActType::State if is_question => ActType::Ask,
            r#type => r#type,
        },
    };
    let head = found.map(|found| words.place(found.first));
    Told { r#type, cue: found.map(|found| found.cue), head, is_question }
}

/// The spans of a content, but for a "who" alone before the cue that only takes up what went before: "guests *who* are
/// asked *to comment*".
fn without_relative<'a>(text: &str, attribution: &'a Attribution) -> &'a [Span] {
    match (&*attribution.content, attribution.cue.first()) {
        ([first, rest @ ..], Some(cue)) if !rest.is_empty() && first.end <= cue.start => {
            match first.of(text).trim() {
                "who" | "whom" | "which" | "that" => rest,
                _ => &attribution.content,
            }
        }
        _ => &attribution.content,
    }
}

/// The type of the words found in a cue, where words behind them leave or turn it.
fn by_content(words: &Words, found: Found, content: &Words, is_question: bool) -> ActType {
    let head = words.word(found.first);
    let is_one_word = found.next == found.first + 1;
    let wants_deed =
        || words.word(words.len() - 1) == "to" && words.len() > found.next || is_infinitive(content);
    match found.cue.r#type {
        r#type if found.cue.light => light(words, found, r#type),
        ActType::Ask if is_question || is_interrogative(content.word(0)) => ActType::Ask,
        ActType::Ask if head.starts_with("ask") => {
            let names_deed = matches!(content.word(0), "that" | "for")
                || (1..content.len().min(10)).any(|at| content.word(at) == "to");
            if wants_deed() || names_deed { ActType::Demand } else { ActType::Ask }
        }
        // "questioned the fine" finds fault with it; "questions about the fine" ask.
        ActType::Ask if matches!(head, "questioned" | "questioning") && words.len() == found.next => {
            ActType::Criticise
        }
        ActType::State if matches!(head, "tell" | "tells" | "told" | "telling") && wants_deed() => {
            ActType::Demand
        }
        ActType::State if is_one_word && matches!(head, "call" | "calls") && is_infinitive(content) => {
            ActType::Demand
        }
        ActType::State if found.cue.names => {
            match (0..content.len()).find_map(|at| words::praises(content.word(at))) {
                Some(true) => ActType::Praise,
                Some(false) => ActType::Criticise,
                None => ActType::State,
            }
        }
        ActType::Propose if head.starts_with("suggest") && is_assertion(content) => ActType::State,
        // Who denies a visa grants none; who denies a deed speaks of it.
        ActType::Deny if (0..content.len().min(8)).any(|at| is_granted(content.word(at))) => ActType::Refuse,
        // "is considering selling": what somebody may do is no view.
        ActType::Believe
            if matches!(
                head,
                "considering" | "contemplating" | "consider" | "considered" | "contemplate"
            ) && content.word(0).len() > 4
                && content.word(0).ends_with("ing") =>
        {
            ActType::ConsiderDoing
        }
        r#type => r#type,
    }
}

/// What is done by a cue whose first words only say that something was uttered ("issued a warning", "expressed support"):
/// a word behind tells, turned into the speech that it is where it names a thought.
fn light(words: &Words, found: Found, otherwise: ActType) -> ActType {
    let mut from = found.next;
    while let Some(next) = find(words, from) {
        from = next.next;
        let told = match next.cue.r#type {
            ActType::State | ActType::Believe | ActType::Hope | ActType::Ask => continue,
            ActType::Doubt | ActType::Disapprove => ActType::Criticise,
            ActType::Expect => ActType::Predict,
            ActType::Fear => ActType::Warn,
            ActType::Want => ActType::Demand,
            ActType::Approve => ActType::Support,
            r#type => r#type,
        };
        if told.class() == ActClass::Speech {
            return told;
        }
    }
    otherwise
}

/// What a law does: by the words that tell what may be done under it.
fn by_law(content: &Words) -> ActType {
    let has = |some: &[&str]| (0..content.len()).any(|at| some.contains(&content.word(at)));
    if has(&["nobody", "cannot", "illegal", "unlawful", "forbidden", "prohibited", "banned", "barred"])
        || (1..content.len()).any(|at| {
            matches!(content.word(at), "not" | "no" | "t") && matches!(content.word(at - 1), "may" | "can")
        })
    {
        return ActType::Forbid;
    }
    let binds = has(&["must", "shall", "required", "requires"]);
    match !binds && has(&["may", "can", "legal", "allowed", "permitted", "entitled", "free"]) {
        true => ActType::Permit,
        false => ActType::Order,
    }
}

/// Whether a content says what should be done by its first words: "to leave", "them to leave".
fn is_infinitive(content: &Words) -> bool {
    let somebody = ["them", "him", "her", "us", "me", "people", "everyone", "everybody", "it", "all"];
    content.word(0) == "to" || content.word(1) == "to" && somebody.contains(&content.word(0))
}

/// Whether a word begins a question that is reported.
pub(crate) fn is_interrogative(word: &str) -> bool {
    matches!(
        word,
        "whether" | "if" | "who" | "whom" | "whose" | "what" | "when" | "where" | "why" | "how" | "which"
    )
}

/// Whether a content tells how things are, and does not propose what should be done.
fn is_assertion(content: &Words) -> bool {
    let first = content.len().min(12);
    let any = |some: &[&str]| (0..first).any(|at| some.contains(&content.word(at)));
    !any(&["should", "could", "might", "ought", "must", "be"])
        && (content.word(0) == "that"
            || any(&["is", "are", "was", "were", "has", "had", "did", "does", "will", "would"]))
}

/// Whether a word in lower case names what is granted or refused, and not a deed or a claim.
fn is_granted(word: &str) -> bool {
    const GRANTED: [&str; 24] = [
        "access",
        "admission",
        "appeal",
        "application",
        "applications",
        "asylum",
        "bail",
        "benefits",
        "bond",
        "care",
        "clemency",
        "coverage",
        "entry",
        "motion",
        "parole",
        "passage",
        "permission",
        "permit",
        "permits",
        "petition",
        "request",
        "requests",
        "visa",
        "visas",
    ];
    GRANTED.contains(&word)
}

/// Whether somebody pleaded not guilty.
fn is_not_guilty(text: &str, attribution: &Attribution) -> bool {
    attribution.cue.iter().chain(attribution.content.first()).any(|span| span.of(text).contains("not guilty"))
}

/// Whether words given as spoken with no verb beside them begin with a question, as the turns of an interview do.
fn begins_question(text: &str, attribution: &Attribution, content: &Words) -> bool {
    let first = attribution.content.first().map_or("", |span| span.of(text));
    let end = first.find(['.', '?', '!']).and_then(|end| first[end..].chars().next());
    opens_question(content.word(0)) && end == Some('?')
}

/// Whether a question may begin with this word.
fn opens_question(word: &str) -> bool {
    const AUXILIARIES: [&str; 13] =
        ["do", "does", "did", "is", "are", "was", "were", "can", "could", "will", "would", "have", "has"];
    AUXILIARIES.contains(&word) || is_interrogative(word)
}

/// Whether a content is a question by itself: it closes with a question mark, and begins as words given as spoken do.
/// Words of several sentences or pieces are one only when they begin with a question: what is stated and then asked
/// ("We have boats. Who needs a bridge?") is a statement.
fn is_question(text: &str, attribution: &Attribution) -> bool {
    let closes = attribution.content.last().is_some_and(|span| closes_question(text, *span));
    let begins = || {
        let first = attribution.content.first().and_then(|span| span.of(text).chars().next());
        first.is_some_and(|letter| letter.is_uppercase() || "\"'“‘«".contains(letter))
    };
    let opens = || {
        let first = attribution.content.first().map_or("", |span| span.of(text));
        let word = first.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
        opens_question(&word.unwrap_or_default().to_lowercase())
    };
    let several = attribution.content.len() > 1
        || attribution
            .content
            .iter()
            .any(|span| [". ", "! ", ".\n"].iter().any(|end| span.of(text).contains(end)));
    closes && (attribution.kind == QuotationKind::Direct || begins()) && (!several || opens())
}

/// Whether a question mark closes a span, marks of quotation behind it or not.
fn closes_question(text: &str, span: Span) -> bool {
    let mark = |letter: char| letter.is_whitespace() || "\"'“”’»)],".contains(letter);
    span.of(text).trim_end_matches(mark).ends_with('?')
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

/// The words of a few spans in lower case, one space between.
#[derive(Default)]
pub(crate) struct Words {
    lower: String,
    places: Vec<Place>,
}

/// A word of [`Words`].
struct Place {
    /// Where it stands in the words.
    start: usize,
    end: usize,
    /// Where it begins in the text.
    at: u32,
    /// Whether it is written with a capital.
    is_capital: bool,
    /// Whether a mark that ends a phrase stands before it.
    after_mark: bool,
}

impl Words {
    /// Reads the words of spans, those left out that `left_out` names.
    pub fn read(&mut self, text: &str, spans: &[Span], left_out: impl Fn(&str) -> bool) {
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
                self.push(&words[start..end], span.start + start as u32, after_mark, &left_out);
                at = end;
            }
        }
    }

    fn push(&mut self, word: &str, at: u32, after_mark: bool, left_out: impl Fn(&str) -> bool) {
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
        self.places.push(Place { start, end: self.lower.len(), at, is_capital, after_mark });
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The word at a place; empty where there is none.
    pub fn word(&self, at: usize) -> &str {
        self.several(at, 1)
    }

    /// So many words from a place on, one at least.
    fn several(&self, first: usize, count: usize) -> &str {
        match (self.places.get(first), (first + count).checked_sub(1).and_then(|last| self.places.get(last)))
        {
            (Some(first), Some(last)) => &self.lower[first.start..last.end],
            _ => "",
        }
    }

    /// Where in the text the word at a place begins.
    pub fn place(&self, at: usize) -> u32 {
        self.places.get(at).map_or(0, |place| place.at)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| place.is_capital)
    }

    fn after_mark(&self, at: usize) -> bool {
        self.places.get(at).is_some_and(|place| place.after_mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Speaker;
    use crate::quotations::{kind_of, quotations};
    use crate::testing::paragraphs_of;

    /// The act of one attribution, whose parts stand one after another.
    fn told(source: &str, cue: &str, content: &str, speakers: Vec<Speaker>) -> Option<Act> {
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
        attributions[0].act
    }

    fn check(source: &str, cue: &str, content: &str, expected: ActClass) {
        let shown: String = cue.chars().take(40).collect();
        let class = told(source, cue, content, vec![]).map(|act| act.class);
        assert_eq!(class, Some(expected), "{shown} | {content}");
    }

    fn check_type(source: &str, cue: &str, content: &str, expected: ActType) {
        let act = told(source, cue, content, vec![]);
        assert_eq!(act.and_then(|act| act.r#type), Some(expected), "{source} | {cue} | {content}");
        assert_eq!(act.map(|act| act.class), Some(expected.class()), "{source} | {cue} | {content}");
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
        check("", "were initially denied", "the crew visas", Speech);
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
        let class = |kind| told("Jens Law", "said", "it was late", vec![speaker(kind)]).map(|act| act.class);
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
    fn the_cue_tells_the_type() {
        check_type("Ina Lund", "said", "she would never forgive them", ActType::State);
        check_type("Ina Lund", "told", "the Quayside Post the pier was safe", ActType::State);
        check_type("Ina Lund", "announced", "that the pier would close", ActType::Announce);
        check_type("Ina Lund", "had predicted", "a storm", ActType::Predict);
        check_type("Ina Lund", "had expected", "a storm", ActType::Expect);
        check_type("Ina Lund", "was expected", "to resign", ActType::Expect);
        check_type("Ina Lund", "called for", "an inquiry", ActType::Demand);
        check_type("Ina Lund’s", "call for", "an inquiry", ActType::Demand);
        check_type("Ina Lund’s", "criticism of", "the fund", ActType::Criticise);
        check_type("Ina Lund", "welcomed", "the ruling", ActType::Praise);
        check_type("Ina Lund", "came out against", "the bridge", ActType::Oppose);
        check_type("Ina Lund", "campaigned for", "the bridge", ActType::Support);
        check_type("Ina Lund", "ruled out", "a second term", ActType::Deny);
        check_type("Ina Lund", "said she was sorry for", "the delay", ActType::Apologise);
        check_type("The crew", "accused", "the owner of theft", ActType::Accuse);
        check_type("The owner", "sued", "the crew", ActType::Charge);
        check_type("The owner", "is considering", "selling the ferry", ActType::ConsiderDoing);
        check_type("The owner", "considered", "the ferry a wreck", ActType::Believe);
        check_type("The mayor", "banned", "swimming", ActType::Forbid);
        check_type("", "being acquitted in", "the theft", ActType::Rule);
    }

    #[test]
    fn the_content_turns_the_type() {
        check_type("Ina Lund", "asked", "whether the pier was safe", ActType::Ask);
        check_type("Ina Lund", "asked", "the council to close the pier", ActType::Demand);
        check_type("Ina Lund", "asked for", "an inquiry", ActType::Demand);
        check_type("Ina Lund", "asked", "“Is it safe?”", ActType::Ask);
        check_type("Ina Lund", "said", "“Is it safe?”", ActType::Ask);
        check_type("", "", "“Is it safe?”", ActType::Ask);
        check_type("Ina Lund", "said", "that it was “safe”. Is it?", ActType::State);
        check_type("Ina Lund", "questioned", "the mayor’s motives", ActType::Criticise);
        check_type("Ina Lund", "questioned", "why nobody came", ActType::Ask);
        check_type("Ina Lund", "told", "them to leave", ActType::Demand);
        check_type("Ina Lund", "called", "the fund a disgrace", ActType::Criticise);
        check_type("Ina Lund", "called", "the diver a hero", ActType::Praise);
        check_type("Ina Lund", "called", "the vote “a fork in the river”", ActType::State);
        check_type("Ina Lund", "suggested", "that the crew had slept", ActType::State);
        check_type("Ina Lund", "suggested", "a later ferry", ActType::Propose);
        check_type("The port", "denied", "any part in it", ActType::Deny);
        check_type("The port", "denied", "the crew entry", ActType::Refuse);
    }

    #[test]
    fn a_word_behind_a_light_one_tells_the_type() {
        check_type("The office", "issued", "a statement that it was safe", ActType::State);
        check_type("The office", "issued a warning", "of high waves", ActType::Warn);
        check_type("Ina Lund", "expressed support for", "the crew", ActType::Support);
        check_type("Ina Lund", "voiced her opposition to", "the bridge", ActType::Criticise);
        check_type("Ina Lund", "filed a petition for", "a hearing", ActType::Demand);
        check_type("Ina Lund", "said in a warning tone", "that it was late", ActType::State);
    }

    #[test]
    fn the_source_turns_the_type() {
        check_type("The appeals court", "denied", "the request", ActType::Rule);
        check_type("The appeals court", "upheld", "the fine", ActType::Rule);
        check_type("The appeals court", "sentenced", "him to a year", ActType::Punish);
        check_type("A survey", "says", "ferries run late", ActType::Find);
        check_type("the harbour act", "under", "anyone may fish", ActType::Permit);
        check_type("the harbour act", "under", "nobody may fish", ActType::Forbid);
        check_type("The harbour act", "says", "owners must pay", ActType::Order);
    }

    #[test]
    fn odd_words_do_no_harm() {
        for cue in ["", "—", "…", "İ", "ß", "said\u{0}", &"so ".repeat(100_000), &"x".repeat(100_000)] {
            check("", cue, "it was late", Speech);
        }
        check(&"the of ".repeat(10_000), "said", "it was late", Speech);
    }
}

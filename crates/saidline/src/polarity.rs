//! Polarity: whether something was said at all, whether what was said is that something is not so, or is asked.
//!
//! A "not" counts where it governs the words that report: among the words of the cue before the one that tells the act,
//! and directly before the cue ("did not immediately ⟦say⟧"), or before its source ("nor did ⟦Lund⟧ ⟦say⟧"), or as the
//! source itself ("nobody"). A "not" inside the content is part of what was said, and changes nothing here.

use saidline_html::Span;

use crate::acts::{Scratch, Told, Words, is_interrogative};
use crate::attribution::{ActClass, ActType, Attribution, Polarity};
use crate::words;

/// Bytes before a cue or a source that are looked at: enough for a few short words.
const BEFORE: usize = 80;

/// The polarity of an attribution, whose act is told already. The words of the content stand in `scratch`.
pub(crate) fn polarity(
    text: &str,
    attribution: &Attribution,
    told: &Told,
    scratch: &mut Scratch,
) -> Polarity {
    let Scratch { words, content } = scratch;
    let mut denied = is_nobody(text, attribution, words);
    let mut open = false;
    if let Some(before) = governing(text, attribution) {
        words.read(text, &[before], |_| false);
        let first = (0..words.len()).rev().take_while(|at| is_auxiliary(words, *at)).last();
        let from = first.unwrap_or(words.len());
        denied |= (from..words.len()).any(|at| negates(words, at));
        open |= (from..words.len()).any(|at| opens(words, at));
    }
    if let Some(before) = before_source(text, attribution) {
        words.read(text, &[before], |_| false);
        let first = (0..words.len()).rev().take_while(|at| is_auxiliary(words, *at)).last();
        let mut some = first.unwrap_or(words.len())..words.len();
        // "She is not [the only one] to back it".
        denied |= !is_one_of_several(text, attribution)
            // "Whether or not [they] agree" denies nothing.
            && some.clone().any(|at| {
                let choice = at > 0 && words.word(at - 1) == "or";
                matches!(words.word(at), "not" | "nor" | "neither" | "never") && !choice
            });
        open |= some.any(|at| matches!(words.word(at), "if" | "unless" | "whether"));
        // "Should [they] say so", "will [she] decide?"
        open |= words.len().checked_sub(1).is_some_and(|last| inverts(words.word(last)));
        // "Is [the board] hinting at": a question.
        open |= words.len() == 1 && words.is_capital(0) && is_question_word(words.word(0));
        // "it is doubtful that [she] knew".
        let last = (0..words.len()).rev().find(|at| words.word(*at) != "that");
        open |= last.is_some_and(|last| matches!(words.word(last), "doubtful" | "unlikely" | "possible"));
    }
    words.read(text, &attribution.cue, |_| false);
    let head = (0..words.len()).find(|at| Some(words.place(*at)) == told.head);
    let before_head = head.unwrap_or(words.len());
    denied |= (0..before_head).any(|at| negates(words, at));
    // "did not hesitate to say", "has not gone unnoticed": a second negation takes back the first.
    denied &= !(0..words.len()).any(|at| is_taken_back(words.word(at)));
    // "Kept silent on"; "cannot keep silent" speaks.
    let silent = (0..words.len()).any(|at| matches!(words.word(at), "silent" | "silence" | "mum"));
    // "Has not the slightest doubt".
    let certain = (1..words.len())
        .any(|at| words.word(at) == "doubt" && matches!(words.word(at - 1), "slightest" | "no" | "little"));
    let keeps_silent = silent && told.r#type.class() == ActClass::Speech;
    let speaks_out = keeps_silent && denied;
    denied = (denied || keeps_silent) && !speaks_out && !certain;
    // "That is not true": the words that report deny it.
    let untrue = (1..words.len()).any(|at| {
        words.word(at) == "true" && matches!(words.word(at - 1), "not" | "t" | "never")
            || words.word(at) == "untrue"
            || words.word(at) == "false" && matches!(words.word(at - 1), "is" | "was" | "are" | "were" | "s")
    });
    if untrue {
        return Polarity::ContentDenied;
    }
    // "it is not clear whether" asks as "it is unclear whether" does.
    let last = words.len().checked_sub(1).map_or("", |last| words.word(last));
    let is_open_question = denied
        && (last == "whether" || is_interrogative(content.word(0)))
        && (0..words.len()).any(|at| is_settled(words.word(at)));
    denied &= !is_open_question;
    open |= (0..before_head).any(|at| opens(words, at));
    // What can be said, or will be, was not said yet; who can see sees, and who will support is for it already.
    let is_event = told.r#type == ActType::Decide
        || matches!(told.r#type.class(), ActClass::Speech | ActClass::Finding | ActClass::Order);
    open |= (0..before_head).any(|at| match words.word(at) {
        "can" => {
            matches!(told.r#type.class(), ActClass::Speech | ActClass::Order) && words.word(at + 1) != "t"
        }
        "will" => is_event,
        // "He’ll share", "they’ll back": nothing has been said.
        "ll" => true,
        // "Is expected to argue", "needs to say".
        "expected" | "set" | "due" | "poised" | "need" | "needs" => words.word(at + 1) == "to",
        // "We’d be looking at".
        "d" => words.word(at + 1) == "be",
        _ => false,
    });
    // "[Lund] to call for": a headline's future.
    let to_come = told.r#type.class() == ActClass::Speech
        && words.word(0) == "to"
        && !is_one_of_several(text, attribution)
        && !is_brought_to(text, attribution)
        && attribution.source.first().zip(attribution.cue.first()).is_some_and(|(source, cue)| {
            text.get(source.end as usize..cue.start as usize)
                .is_some_and(|between| !between.is_empty() && between.trim().is_empty())
        });
    open |= to_come;
    // "to decide whether" is still open.
    let to_decide = matches!(told.r#type, ActType::Decide | ActType::Find | ActType::Rule)
        && before_head.checked_sub(1).is_some_and(|at| words.word(at) == "to")
        && content.word(0) == "whether";
    let behind = head.map_or(words.len(), |head| head + 1);
    // "is unlikely to tell", "will likely report".
    open |= (matches!(words.word(before_head), "likely" | "unlikely")
        || words.word(before_head) == "expected" && words.word(behind) == "to")
        && (behind..words.len()).any(|at| is_speech_word(words.word(at)));
    // "said nothing", "expressed no support"; but "found no leak" tells that there was none.
    let is_speech = told.r#type.class() == ActClass::Speech;
    denied |= is_speech && words.word(behind) == "nothing"
        || told.cue.is_some_and(|cue| cue.light) && words.word(behind) == "no"
        || words.word(behind) == "no" && words.word(before_head).starts_with("cit")
        || is_wish(words, before_head)
        || behind == words.len()
            && (content.word(0) == "nothing" && !content.is_capital(0) && told.r#type == ActType::State
                || content.word(0) == "no"
                    && !content.is_capital(0)
                    && (gives(words.word(before_head)) || matches!(words.word(0), "were" | "was")));
    denied |= !speaks_out
        && told.cue.is_some_and(|cue| cue.silent || cue.refuses && refuses_words(words, behind, content));
    if denied {
        return Polarity::SayingDenied;
    }
    if open || to_decide {
        return Polarity::Hypothetical;
    }
    // "disagree over how": nobody denies, it is a question to them.
    let head_word = words.word(before_head);
    let differ = head_word.starts_with("disagree") && is_interrogative(content.word(0)) || last == "whether";
    // "Has been in dispute with": nothing is denied.
    let in_dispute = head_word == "dispute"
        && before_head.checked_sub(1).is_some_and(|at| matches!(words.word(at), "in" | "a" | "the"));
    let denies = !differ
        && !in_dispute
        && (told.r#type == ActType::Deny
            || told.cue.is_some_and(|cue| cue.denies) && told.r#type.class() != ActClass::Order);
    let against = (behind..words.len()).any(|at| {
        matches!(words.word(at), "not" | "never")
            && matches!(words.word(at + 1), "to") | (at + 1 == words.len())
            && words.word(at.max(1) - 1) != "as"
    });
    if denies && told.r#type != ActType::Refuse || against || rejects_claim(words, behind, content, told) {
        return Polarity::ContentDenied;
    }
    let wonders = head_word.starts_with("wonder");
    // "the debate about how", "wanted to know why", "can only guess what": nobody tells it.
    let puzzles = is_interrogative(content.word(0))
        && !content.is_capital(0)
        && (0..words.len())
            .any(|at| leaves_asking(words.word(at)) || words.word(at) == "know" && is_wanted(words, at));
    let asks = told.r#type == ActType::Ask
        || told.r#type == ActType::Doubt && (wonders || is_interrogative(content.word(0)))
        || differ
        || puzzles
        || is_open_question;
    // "“Whether we win …,” he said" is no question.
    let whether =
        content.word(0) == "whether" && !content.is_capital(0) && told.r#type.class() != ActClass::Order;
    match asks || whether || told.is_question {
        true => Polarity::Asked,
        false => Polarity::Affirmed,
    }
}

/// Whether the source says that nobody said it: "nobody", "no official", "neither of them".
fn is_nobody(text: &str, attribution: &Attribution, words: &mut Words) -> bool {
    let Some(first) = attribution.source.get(..1) else { return false };
    words.read(text, first, |_| false);
    match words.word(0) {
        "nobody" | "none" | "neither" | "nor" | "not" => true,
        "no" => words.word(1).starts_with(char::is_alphabetic),
        _ => false,
    }
}

/// Whether what stands before the source has brought it to speak: "the storm prompted [the council] to call".
fn is_brought_to(text: &str, attribution: &Attribution) -> bool {
    let Some(before) = before_source(text, attribution) else { return false };
    let near = before.of(text).rsplit(' ').take(3);
    let brings = |word: &str| {
        matches!(
            word,
            "led"
                | "prompted"
                | "forced"
                | "caused"
                | "drove"
                | "pushed"
                | "moved"
                | "roused"
                | "inspired"
                | "spurred"
                | "provoked"
                | "compelled"
                | "prompting"
                | "leading"
                | "forcing"
                | "causing"
                | "inspiring"
        )
    };
    near.into_iter().any(brings)
}

/// Whether a source tells which of several it is: "the only one", "the first".
fn is_one_of_several(text: &str, attribution: &Attribution) -> bool {
    let source = attribution.source.first().map_or("", |source| source.of(text));
    let mut words = source.split(' ').take(3);
    let ordinal =
        |word: &str| word.ends_with("th") && word.starts_with(|letter: char| letter.is_ascii_digit());
    words
        .any(|word| matches!(word, "only" | "first" | "last" | "latest" | "second" | "sole") || ordinal(word))
}

/// The words directly before the cue, as far as they are no part of the attribution and no mark stands between.
fn governing(text: &str, attribution: &Attribution) -> Option<Span> {
    before(text, attribution, attribution.cue.first()?.start as usize)
}

/// The words directly before the source, where the cue goes on from it.
fn before_source(text: &str, attribution: &Attribution) -> Option<Span> {
    let (source, cue) = (attribution.source.first()?, attribution.cue.first()?);
    let goes_on = source.end <= cue.start && (cue.start - source.end) as usize <= BEFORE;
    goes_on.then(|| before(text, attribution, source.start as usize)).flatten()
}

fn before(text: &str, attribution: &Attribution, end: usize) -> Option<Span> {
    let mut start = text.floor_char_boundary(end.saturating_sub(BEFORE));
    let own = attribution.source.iter().chain(&attribution.content).map(|span| span.end as usize);
    start = own.filter(|own| *own <= end).fold(start, usize::max);
    let words = text.get(start..end)?;
    let marks = ['.', ',', ';', ':', '!', '?', '\n', '"', '“', '”', '(', ')', '—', '–', '…'];
    let cut = words.char_indices().rev().find(|(_, letter)| marks.contains(letter));
    start += cut.map_or(0, |(at, mark)| at + mark.len_utf8());
    (start < end).then(|| Span::new(start, end))
}

/// Whether a word can stand between what governs a cue and the cue: auxiliaries, adverbs, what negates.
fn is_auxiliary(words: &Words, at: usize) -> bool {
    const AUXILIARIES: [&str; 73] = [
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "having",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "to",
        "yet",
        "ever",
        "even",
        "also",
        "still",
        "not",
        "never",
        "no",
        "longer",
        "nor",
        "neither",
        "without",
        "cannot",
        "t",
        "fail",
        "fails",
        "failed",
        "failing",
        "refused",
        "refusing",
        "refuses",
        "declined",
        "declines",
        "declining",
        "instead",
        "of",
        "rather",
        "than",
        "short",
        "if",
        "unless",
        "whether",
        "hardly",
        "scarcely",
        "become",
        "begin",
        "start",
        "continue",
        "seem",
        "appear",
        "try",
        "attempt",
        "bother",
        "dare",
        "choose",
        "want",
        "wish",
        "mean",
    ];
    let word = words.word(at);
    AUXILIARIES.contains(&word) || word.ends_with("ly") || is_contracted(words, at)
}

/// Whether a word is what stands before the "t" of a negation: "did", of "didn’t", as "didn".
fn is_contracted(words: &Words, at: usize) -> bool {
    words.word(at + 1) == "t" && words.word(at).ends_with('n')
}

/// Whether a word before the one that reports says that nothing was said.
fn negates(words: &Words, at: usize) -> bool {
    let next = words.word(at + 1);
    match words.word(at) {
        // "not only said" affirms.
        "not" => !matches!(next, "only" | "just" | "merely" | "simply" | "least"),
        "never" | "no" | "nor" | "neither" | "without" | "nobody" | "cannot" | "nothing" | "none"
        | "unable" | "hardly" | "scarcely" => true,
        // "can’t just say" denies, "isn’t just saying" does not.
        "t" => {
            at > 0
                && words.word(at - 1).ends_with('n')
                && (!matches!(next, "only" | "just") || words.word(at - 1) == "can")
        }
        "fail" | "fails" | "failed" | "failing" | "avoid" | "avoids" | "avoided" | "avoiding" => true,
        "refuse" | "refused" | "refuses" | "refusing" | "decline" | "declined" | "declines" | "declining" => {
            next == "to"
        }
        "yet" => next == "to",
        "instead" | "short" => next == "of",
        "rather" => next == "than",
        "refrain" | "refrains" | "refrained" | "refraining" => next == "from",
        "failure" => next == "to",
        _ => false,
    }
}

/// Whether a word before the one that reports leaves open whether it is said.
fn opens(words: &Words, at: usize) -> bool {
    match words.word(at) {
        // "would later say" tells of what was said.
        "would" => !(at + 1..at + 4).any(|at| is_said_anyway(words.word(at))),
        "could" | "might" | "if" | "unless" | "should" => true,
        // Not the month.
        "may" => !words.is_capital(at) || at == 0,
        _ => false,
    }
}

/// Whether a word behind a negation takes it back.
fn is_taken_back(word: &str) -> bool {
    ["hesitat", "minc", "unnotic", "unheard", "escap"].iter().any(|stem| word.starts_with(stem))
}

/// Whether a word says that something is settled, which a question is not.
fn is_settled(word: &str) -> bool {
    matches!(
        word,
        "clear" | "certain" | "sure" | "known" | "obvious" | "apparent" | "consensus" | "agreement"
    )
}

/// Whether a word before its subject leaves open what is said of it, or asks for it.
fn inverts(word: &str) -> bool {
    matches!(word, "should" | "would" | "could" | "might" | "will" | "can")
}

/// Whether words that report leave the question open that follows: "speculation about when".
fn leaves_asking(word: &str) -> bool {
    ["debat", "speculat", "differ", "divi", "feud", "wrangl", "puzzl", "wonder", "guess"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Whether what stands at a place is wanted: "wants to know".
fn is_wanted(words: &Words, at: usize) -> bool {
    at > 1 && words.word(at - 1) == "to" && words.word(at - 2).starts_with("want")
}

/// Whether a word that opens a sentence asks: "is the board hinting at".
fn is_question_word(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "do" | "does" | "did" | "has" | "have")
}

/// Whether a word can report speech.
fn is_speech_word(word: &str) -> bool {
    words::cue(word).is_some_and(|cue| cue.r#type.class() == ActClass::Speech)
}

/// Whether words can be given: "offered no details".
fn gives(word: &str) -> bool {
    ["cit", "offer", "giv", "gave", "provid", "mak", "made", "express", "issue", "voic", "rais"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Whether somebody shows no wish, finds no fault or makes no mention; "found no leak" only tells that there was none.
fn is_wish(words: &Words, head: usize) -> bool {
    const WISHES: [&str; 9] = [
        "appetite",
        "desire",
        "inclination",
        "intention",
        "interest",
        "sign",
        "signs",
        "support",
        "willingness",
    ];
    let next = words.word(head + 2);
    let mentions = |word: &str| matches!(word, "mention" | "mentions" | "reference" | "references" | "hint");
    words.word(head + 1) == "no"
        && (next == "fault" || words.word(head).starts_with("show") && WISHES.contains(&next))
        || (head..words.len()).any(|at| words.word(at) == "no" && mentions(words.word(at + 1)))
}

/// Whether a word behind "would" tells that it was said or held for all that: "would later say", "would love".
fn is_said_anyway(word: &str) -> bool {
    matches!(
        word,
        "later"
            | "eventually"
            | "go"
            | "soon"
            | "love"
            | "prefer"
            | "hope"
            | "expect"
            | "think"
            | "imagine"
            | "hate"
    )
}

/// Whether it is words that are refused: "to comment", "to say", an interview. `behind` is where the cue goes on.
fn refuses_words(words: &Words, behind: usize, content: &Words) -> bool {
    let cue = (behind..words.len()).map(|at| words.word(at));
    let content = (0..content.len().min(6)).map(|at| content.word(at));
    let (mut after_to, mut before) = (false, "");
    let mut is_bare = true;
    for word in cue.chain(content) {
        is_bare = false;
        if told_in_words(word) || before == "rule" && word == "out" {
            return true;
        }
        if after_to && (is_speech_word(word) || speaks(word)) {
            return true;
        }
        after_to = word == "to" || after_to && word.ends_with("ly");
        before = word;
    }
    is_bare
}

/// Whether a word names what is given in words.
fn told_in_words(word: &str) -> bool {
    matches!(
        word,
        "comment"
            | "comments"
            | "interview"
            | "interviews"
            | "answer"
            | "answers"
            | "questions"
            | "details"
            | "specifics"
            | "documentation"
            | "explanation"
            | "information"
            | "particulars"
    )
}

/// Whether a verb that is no cue by itself is done in words where it is refused: "declined to identify the crew".
fn speaks(word: &str) -> bool {
    matches!(
        word,
        "identify"
            | "name"
            | "speak"
            | "talk"
            | "specify"
            | "elaborate"
            | "discuss"
            | "disclose"
            | "reveal"
            | "speculate"
            | "respond"
            | "reply"
            | "utter"
            | "acknowledge"
            | "detail"
            | "clarify"
            | "divulge"
            | "characterize"
            | "characterise"
    )
}

/// Whether somebody rejects or dismisses what others say: that it is so is denied.
fn rejects_claim(words: &Words, behind: usize, content: &Words, told: &Told) -> bool {
    const CLAIMS: [&str; 29] = [
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "argument",
        "assertion",
        "assertions",
        "attacks",
        "characterisation",
        "characterization",
        "charge",
        "charges",
        "claim",
        "claims",
        "contention",
        "criticism",
        "idea",
        "notion",
        "premise",
        "reports",
        "rumor",
        "rumors",
        "rumour",
        "rumours",
        "speculation",
        "suggestion",
        "suggestions",
        "theories",
        "theory",
    ];
    let cue = (behind..words.len()).map(|at| words.word(at));
    let content = (0..content.len().min(6)).map(|at| content.word(at));
    told.r#type == ActType::Oppose && cue.chain(content).any(|word| CLAIMS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::tell_acts;
    use crate::quotations::{kind_of, quotations};
    use crate::testing::paragraphs_of;

    /// The polarity of an attribution that is marked in its text: `[source]`, `{cue}`, `<content>`.
    fn check(marked: &str, expected: Polarity) {
        let mut text = String::new();
        let (mut source, mut cue, mut content) = (vec![], vec![], vec![]);
        let mut start = 0;
        for letter in marked.chars() {
            let here = text.len();
            match letter {
                '[' | '{' | '<' => start = here,
                ']' => source.push(Span::new(start, here)),
                '}' => cue.push(Span::new(start, here)),
                '>' => content.push(Span::new(start, here)),
                _ => text.push(letter),
            }
        }
        let (quotations, _) = quotations(&text, &paragraphs_of(&text));
        let kind = kind_of(&text, &content, &quotations);
        let mut attributions = [Attribution::new(kind, source, cue, content, 1.0)];
        tell_acts(&text, &quotations, &mut attributions);
        assert_eq!(attributions[0].polarity, Some(expected), "{marked}");
    }

    use Polarity::{Affirmed, Asked, ContentDenied, Hypothetical, SayingDenied};

    #[test]
    fn what_is_said_is_affirmed_whatever_it_denies() {
        check("[Lund] {said} <that it was not true>", Affirmed);
        check("[Lund] {said} <she would never say so>", Affirmed);
        check("[Lund] {not only said} <that it leaked>", Affirmed);
        check("[Lund] {would later say} <that it leaked>", Affirmed);
        check("[She] {would like} <a new pier>", Affirmed);
        check("[Lund] {refused} <to pay>", Affirmed);
        check("{were denied} <the crew visas>", Affirmed);
        check("[The court] {denied} <the claim>", Affirmed);
        check("<“It is not,”> [Lund] {said}.", Affirmed);
        check("It did not help. [Lund] {said} <it might>", Affirmed);
        check("[Lund] {did not hesitate to say} <that it leaked>", Affirmed);
        check("[Lund] {minced no words about} <the leak>", Affirmed);
        check("[The leak] {has not gone unnoticed by} <the crew>", Affirmed);
        check("[She] {can’t just say} <that it leaks>", SayingDenied);
        check("[She] {isn’t just saying} <that it leaks>", Affirmed);
        check("<who> {were asked} <to close the pier>", Affirmed);
        check("[No. 10] {said} <it was late>", Affirmed);
        check("<“Nothing here leaks,”> [Lund] {wrote}.", Affirmed);
        check("[Lund] {has not the slightest doubt} <that it leaks>", Affirmed);
        check("[Lund] {cannot keep silent on} <the leak>", Affirmed);
        check("[Lund] {has been in dispute with} <the owners>", Affirmed);
        check("She is not [the only owner] {to endorse} <the bridge>", Affirmed);
        check("", Affirmed);
    }

    #[test]
    fn a_saying_is_denied_where_the_negation_governs_the_cue() {
        check("[Lund] {did not say} <why>", SayingDenied);
        check("[Lund] {didn’t say} <why>", SayingDenied);
        check("[Lund] did not immediately {say} <why>", SayingDenied);
        check("[Lund] {never claimed} <that it was safe>", SayingDenied);
        check("[Lund] {has not decided} <on a date>", SayingDenied);
        check("[Lund] {no longer wants} <a pier>", SayingDenied);
        check("[Lund] {has no plans} <to resign>", SayingDenied);
        check("She left without {saying} <why>", SayingDenied);
        check("[Lund] {neither confirmed nor denied} <the leak>", SayingDenied);
        check("[Nobody] {said} <that it leaked>", SayingDenied);
        check("[No official] {said} <that it leaked>", SayingDenied);
        check("Nor did [Lund] {say} <why>", SayingDenied);
        check("[Lund] {failed to mention} <the leak>", SayingDenied);
        check("[Lund] {has yet to say} <why>", SayingDenied);
        check("[Lund] {stopped short of calling} <it a leak>", SayingDenied);
        check("[Lund] {said nothing of} <the leak>", SayingDenied);
        check("[Lund] {declined to say} <why>", SayingDenied);
        check("[Lund] {declined} <to comment>", SayingDenied);
        check("[Lund] {refused to comment on} <the leak>", SayingDenied);
        check("[Lund] {would not say} <why>", SayingDenied);
        check("[The act] {does not require} <a licence>", SayingDenied);
        check("[Lund] {declined} <to identify the crew>", SayingDenied);
        check("[Lund] {refused} <to rule out a new pier>", SayingDenied);
        check("[Lund] {declined to give any details of} <the leak>", SayingDenied);
        check("[Lund] {offered} <no details of the leak>", SayingDenied);
        check("[Lund] {offered} <“No pier at all”>", Affirmed);
        check("[Lund] {showed no interest in} <a new pier>", SayingDenied);
        check("[Divers] {found no fault with} <the pier>", SayingDenied);
        check("It was hardly {a call for} <a new pier>", SayingDenied);
        check("[The page] {makes no mention of} <the leak>", SayingDenied);
        check("[Lund] did not seem to {believe} <that it leaked>", SayingDenied);
        check("{it is not clear} <that it leaked>", SayingDenied);
        check("[Lund] {refrained from calling for} <a new pier>", SayingDenied);
        check("[Lund] {was silent on} <the leak>", SayingDenied);
        check("[Lund] {has kept her silence on} <the leak>", SayingDenied);
    }

    #[test]
    fn a_content_is_denied_by_the_cue() {
        check("[Lund] {denied} <that it leaked>", ContentDenied);
        check("[Lund] {has denied} <the claims>", ContentDenied);
        check("[Lund] {rejected} <claims that it leaked>", ContentDenied);
        check("[Lund] {decided against} <a new pier>", ContentDenied);
        check("[Lund] {decided not to} <build a pier>", ContentDenied);
        check("[Lund] {disputes} <that it leaked>", ContentDenied);
        check("[Lund] {rules out} <a new pier>", ContentDenied);
        check("[Lund] {pleaded not guilty to} <theft>", ContentDenied);
        check("[Lund] {disagreed} <that it leaked>", ContentDenied);
        check("[Lund] {contradicted} <the claims>", ContentDenied);
        check("[Lund] {rejected} <attacks that she knew of the leak>", ContentDenied);
        check("[Lund] {rejected} <the offer>", Affirmed);
        check("<that it leaks> {isn’t true}, [Lund] said", ContentDenied);
        check("[Lund] {denies any part in} <the theft>", ContentDenied);
    }

    #[test]
    fn what_might_be_said_is_hypothetical() {
        check("[Lund] {would say} <it leaked>", Hypothetical);
        check("[Critics] {could argue} <that it is late>", Hypothetical);
        check("[The owner] {may ask} <for a loan>", Hypothetical);
        check("if [she] {says} <it leaks>", Hypothetical);
        check("[Lund] might {want} <a pier>", Hypothetical);
        check("[The council] {to decide} <whether to close it>", Hypothetical);
        check("[The court] {will decide} <on the fine>", Hypothetical);
        check("[The survey] {will show} <if it leaks>", Hypothetical);
        check("[The council] {will ban} <fishing>", Hypothetical);
        check("[The council] {can ban} <fishing>", Hypothetical);
        check("[The crew] {is unlikely to tell} <the whole tale>", Hypothetical);
        check("[Lund] {to call for} <a new pier>", Hypothetical);
        check("Is [Lund] {hinting at} <a new pier>?", Hypothetical);
        check("If it leaked [we]{’d be looking at} <a new pier>", Hypothetical);
        check("Should [they] {reject} <the offer>, the pier closes", Hypothetical);
        check("Would [they] {prefer} <a new pier>?", Hypothetical);
        check("It is doubtful that [Lund] {knew} <of the leak>", Hypothetical);
        check("[She] {will support} <the bridge>", Affirmed);
        check("[She] {can see} <that it leaks>", Affirmed);
        check("[She] {would love} <a new pier>", Affirmed);
        check("In May [Lund] {said} <it leaked>", Affirmed);
    }

    #[test]
    fn what_is_a_question_is_asked() {
        check("[Lund] {asked} <whether it leaked>", Asked);
        check("[Lund] {wondered} <if it leaked>", Asked);
        check("[Lund] {asked}: <“Does it leak?”>", Asked);
        check("[Divers] {are divided on} <whether it leaks>", Asked);
        check("{is unclear} <how it sank>", Asked);
        check("{it is not clear} <whether it leaked>", Asked);
        check("{it was not clear whether} <it leaked>", Asked);
        check("[Divers] {disagree over} <how it sank>", Asked);
        check("{speculation about} <when it sank>", Asked);
        check("[Lund] {wanted to know} <why it sank>", Asked);
        check("[Lund] {came to know} <why it sank>", Affirmed);
        check("[Lund] {flip-flopped on whether} <it leaks>", Asked);
        check("[Lund] {wonders about} <the leak>", Asked);
        check("<“It leaks, doesn’t it?”> [Lund] {asked}. <“I think it leaks.”>", Asked);
        check("[Lund] {is considering} <whether to close it>", Asked);
        check("[Lund]: <“How does it feel? It must be hard.”>", Asked);
        check("[Divers] {found no} <leak>", Affirmed);
        check("[Lund] {asked} <the council to close it>", Affirmed);
        check("[Lund] {did not ask} <whether it leaked>", SayingDenied);
    }

    #[test]
    fn long_words_before_a_cue_do_no_harm() {
        let long = "é".repeat(10_000);
        check(&format!("{long} not [Lund] {{said}} <it leaked>"), SayingDenied);
        check(&format!("{long}[Lund] {{said}} <it leaked>"), Affirmed);
    }
}

//! Contents that begin before their cue: "The talks, she said, had failed", "which Vesk called a mistake".
//!
//! The decoder is shy of short pieces, because each costs something, and gives the longer one alone. What follows
//! from the sentence is put right here: words before an inserted cue belong to what was said, and so does the
//! pronoun that stands for what was said.

use saidline_html::{Document, Span};

use super::Found;
use crate::quotations::Quotation;
use crate::sentences::sentences;

/// Bytes of the longest insertion: source and cue between two commas.
const LONGEST_INSERTION: usize = 160;

/// Bytes that may stand between an insertion's last word and the comma that ends it: "told reporters in Vardin,".
const LONGEST_TAIL: usize = 60;

/// Adds to each content that begins after its cue the words before it that nothing else has claimed.
pub(super) fn inserted(document: &Document, quotations: &[Quotation], found: &mut [Found]) {
    let text = &document.text;
    let begins_after_cue = |one: &Found| matches!((&one.source[..], &one.cue[..]), ([source], [cue]) if one.content[0].start >= source.end.max(cue.end));
    if !found.iter().any(begins_after_cue) {
        return;
    }
    let sentences = sentences(text, &document.blocks);
    let claimed = Claimed::of(found, quotations);
    for one in found.iter_mut().filter(|one| begins_after_cue(one)) {
        let (source, cue) = (one.source[0], one.cue[0]);
        let aside = Span { start: source.start.min(cue.start), end: source.end.max(cue.end) };
        let next = sentences.partition_point(|sentence| sentence.end <= aside.start);
        let Some(sentence) = sentences.get(next).filter(|sentence| sentence.contains(aside)) else {
            continue;
        };
        let before = Span { start: sentence.start, end: aside.start };
        let piece = words_before_insertion(text, before, aside, one.content[0])
            .or_else(|| pronoun_before_source(text, before, source, cue, one.content[0]));
        if let Some(piece) = piece.filter(|piece| !claimed.touches(*piece)) {
            one.content.insert(0, piece);
        }
    }
}

/// What is quoted or stands in an attribution already.
struct Claimed {
    /// In order of their starts, each with the furthest end of those up to it.
    spans: Vec<(u32, u32)>,
}

impl Claimed {
    fn of(found: &[Found], quotations: &[Quotation]) -> Self {
        let of_attributions =
            found.iter().flat_map(|one| one.source.iter().chain(&one.cue).chain(&one.content));
        let of_quotations = quotations.iter().map(|quotation| &quotation.span);
        let mut spans: Vec<(u32, u32)> =
            of_attributions.chain(of_quotations).map(|span| (span.start, span.end)).collect();
        spans.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut spans {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { spans }
    }

    fn touches(&self, span: Span) -> bool {
        let before = self.spans.partition_point(|(start, _)| *start < span.end);
        before > 0 && self.spans[before - 1].1 > span.start
    }
}

/// The words before an `aside` between two commas, if they are more than a conjunction; of a relative clause its
/// pronoun alone.
fn words_before_insertion(text: &str, before: Span, aside: Span, content: Span) -> Option<Span> {
    let opens = before.of(text).trim_end().strip_suffix(',')?.trim_end();
    let tail = &text[aside.end as usize..content.start as usize];
    let closes = tail
        .trim_end()
        .strip_suffix(',')
        .is_some_and(|tail| tail.len() <= LONGEST_TAIL && !tail.contains(['.', ';', ':', '?', '!', '\n']));
    let relative = ["who ", "which ", "that "].iter().any(|pronoun| aside.of(text).starts_with(pronoun));
    if !closes || relative || aside.len() > LONGEST_INSERTION || opens.contains([';', ':', '\n']) {
        return None;
    }
    let last = opens.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let start = before.start as usize;
    match last.to_lowercase().as_str() {
        "which" | "who" | "whom" | "what" | "where" => {
            Some(Span::new(start + opens.len() - last.len(), start + opens.len()))
        }
        // A conjunction before the comma ties the aside to what came before, or the content to the cue.
        "" | "and" | "but" | "so" | "yet" | "still" | "or" | "because" | "that" | "however" | "after"
        | "while" => None,
        _ => Some(Span::new(start, start + opens.len())),
    }
}

/// The pronoun right before the source that stands for what is said: "which she said had failed".
fn pronoun_before_source(text: &str, before: Span, source: Span, cue: Span, content: Span) -> Option<Span> {
    if source.start >= cue.start || before.end != source.start {
        return None;
    }
    let whole = before.of(text).trim_end();
    let word = whole.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let first = content.of(text).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let stands_for_content = match word.to_lowercase().as_str() {
        "which" => first == "as" || is_auxiliary(first),
        "what" | "whom" | "who" => !matches!(first, "that" | "to"),
        _ => false,
    };
    let start = before.start as usize + whole.len() - word.len();
    stands_for_content.then(|| Span::new(start, start + word.len()))
}

/// Whether a word can only be the verb of a clause whose subject stands before it.
fn is_auxiliary(word: &str) -> bool {
    const AUXILIARIES: [&str; 17] = [
        "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might",
        "should", "must", "does", "did",
    ];
    AUXILIARIES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extraction::Found;
    use crate::quotations::quotations;
    use saidline_html::{Block, BlockKind};

    /// `text` with its source in `[…]`, its cue in `{…}` and what the decoder found of its content in `<…>`.
    fn check(marked: &str, expected: &[&str]) {
        let text: String = marked.chars().filter(|c| !"[]{}<>".contains(*c)).collect();
        let span = |open: char, close: char| {
            let plain = |end: usize| {
                marked[..end].chars().filter(|c| !"[]{}<>".contains(*c)).map(char::len_utf8).sum()
            };
            let (from, to) = (marked.find(open).expect("opens"), marked.find(close).expect("closes"));
            Span::new(plain(from), plain(to))
        };
        let whole = Span::new(0, text.len());
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: whole, time: None }];
        let (quotations, _) = quotations(&text, &blocks);
        let document = Document { text: text.clone(), blocks, ..Document::default() };
        let mut found = [Found {
            source: vec![span('[', ']')],
            cue: vec![span('{', '}')],
            ..Found::unattributed(span('<', '>'), 0.5)
        }];
        inserted(&document, &quotations, &mut found);
        let pieces: Vec<&str> = found[0].content.iter().map(|piece| piece.of(&text)).collect();
        assert_eq!(pieces, expected, "{marked:?}");
    }

    #[test]
    fn words_before_an_inserted_cue_are_content() {
        check("It rained. The talks, [she] {said}, <had failed>.", &["The talks", "had failed"]);
        check(
            "In May, {according to} [the harbour board], <nine ships sank>.",
            &["In May", "nine ships sank"],
        );
        check("The talks, [she] {said} in Vardin, <had failed>.", &["The talks", "had failed"]);
        check("It was a day on which, [he] {said}, <nobody worked>.", &["which", "nobody worked"]);
    }

    #[test]
    fn conjunctions_and_what_is_no_insertion_are_not() {
        check("But, [she] {said}, <the talks had failed>.", &["the talks had failed"]);
        check("The mayor left because, [she] {said}, <it rained>.", &["it rained"]);
        check("In Vardin, [she] {said} <the talks had failed>.", &["the talks had failed"]);
        check("Then came Vesk, [who] {said}, <it rained>.", &["it rained"]);
        check("“It rained”, [she] {said}, <and that was that>.", &["and that was that"]);
        check("It rained. [She] {said}, <and smiled, that it was late>.", &["and smiled, that it was late"]);
    }

    #[test]
    fn a_pronoun_that_stands_for_the_content_is_content() {
        check("the plan, which [she] {said} <had failed>", &["which", "had failed"]);
        check("the mayor, whom [Vesk] {called} <a fool>", &["whom", "a fool"]);
        check("what [they] {described} <as a mistake>", &["what", "as a mistake"]);
        check("a speech in which [she] {said} <the plan had failed>", &["the plan had failed"]);
        check("those who [he] {said} <that it rained to>", &["that it rained to"]);
    }
}

//! Who asks: of "said when asked whether it rained" nobody that stands before it, and of "Three sailors asked the judge to
//! wait" not the judge.
//!
//! The decoder takes the name next to the cue for the source. Before a participle and right behind the verb stands whoever
//! is asked.

use saidline_html::{Document, Span};

use super::Found;
use crate::sentences::sentences;

/// Takes away the sources that are asked, and gives the subject in their place where it was taken for content.
pub(super) fn askers(document: &Document, found: &mut [Found]) {
    let text = &document.text;
    if found.iter().all(|one| asks(text, one).is_none()) {
        return;
    }
    let sentences = sentences(text, &document.blocks);
    for one in found {
        let (Some(cue), [source]) = (asks(text, one), &one.source[..]) else { continue };
        if source.end <= cue.start && text[..cue.start as usize].trim_end().ends_with(" when") {
            one.source.clear();
            continue;
        }
        let next = sentences.partition_point(|sentence| sentence.end <= cue.start);
        let Some(sentence) = sentences.get(next).filter(|sentence| sentence.contains(*source)) else {
            continue;
        };
        if let Some(subject) = subject(text, *sentence, cue, *source, &one.content) {
            one.content.retain(|piece| piece.start >= cue.end);
            one.source = vec![subject];
        }
    }
}

/// The cue of an attribution, where it is one word by which somebody asks.
fn asks(text: &str, one: &Found) -> Option<Span> {
    let [cue] = one.cue[..] else { return None };
    let verb = cue.of(text).split_whitespace().next()?;
    matches!(verb, "asked" | "pressed" | "questioned").then_some(cue)
}

/// The one piece of the content before the cue, if it opens the sentence and what is asked for follows the source, which
/// stands right behind the verb: "[Three sailors,] asked the judge [to wait]".
fn subject(text: &str, sentence: Span, cue: Span, source: Span, content: &[Span]) -> Option<Span> {
    let behind = source.start >= cue.end && text[cue.end as usize..source.start as usize].trim().is_empty();
    let [first, second, ..] = content else { return None };
    let before = first.start == sentence.start && first.end <= cue.start && second.start >= source.end;
    let wanted = ["to ", "that ", "whether ", "if "].iter().any(|word| second.of(text).starts_with(word));
    let words = first.of(text).trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = !words.contains(['"', '“', '”', '‘']) && words.starts_with(char::is_uppercase);
    (behind && before && wanted && plain)
        .then(|| Span { start: first.start, end: first.start + words.len() as u32 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use saidline_html::{Block, BlockKind};

    /// `text` with its source in `[…]`, its cue in `{…}` and its content in `<…>`.
    fn check(marked: &str, source: Option<&str>, content: &[&str]) {
        let marks = |c: char| "[]{}<>".contains(c);
        let text: String = marked.chars().filter(|c| !marks(*c)).collect();
        let plain =
            |end: usize| -> usize { marked[..end].chars().filter(|c| !marks(*c)).map(char::len_utf8).sum() };
        let spans = |open: char, close: char| -> Vec<Span> {
            let opens = marked.match_indices(open).map(|(at, _)| plain(at));
            opens.zip(marked.match_indices(close)).map(|(from, (to, _))| Span::new(from, plain(to))).collect()
        };
        let whole = Span::new(0, text.len());
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: whole, time: None }];
        let document = Document { text: text.clone(), blocks, ..Document::default() };
        let mut found = [Found {
            source: spans('[', ']'),
            cue: spans('{', '}'),
            content: spans('<', '>'),
            ..Found::unattributed(whole, 0.5)
        }];
        askers(&document, &mut found);
        let pieces: Vec<&str> = found[0].content.iter().map(|piece| piece.of(&text)).collect();
        let sources: Vec<&str> = found[0].source.iter().map(|piece| piece.of(&text)).collect();
        assert_eq!((sources, pieces), (source.into_iter().collect(), content.to_vec()), "{marked:?}");
    }

    #[test]
    fn who_is_asked_is_no_source() {
        check("“Yes,” [Low] said when {asked} <whether it rained>.", None, &["whether it rained"]);
        check("It was when [Low] {asked} <whether it rained>.", Some("Low"), &["whether it rained"]);
    }

    #[test]
    fn the_subject_before_the_verb_is_the_source() {
        check(
            "<Three sailors,> who came late, {asked} [Judge Low] on Monday <to be heard>.",
            Some("Three sailors"),
            &["to be heard"],
        );
        check("<“Is it late?”> {asked} [Judge Low].", Some("Judge Low"), &["“Is it late?”"]);
        check("<“Is it late,”> {asked} [Low], <to be heard>", Some("Low"), &["“Is it late,”", "to be heard"]);
    }
}

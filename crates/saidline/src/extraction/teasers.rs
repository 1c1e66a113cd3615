//! Teasers that a site sets into a sentence behind a name: the name in full, headlines that link to it, and "MORE".
//!
//! "Mayor Ann Low Ann Marie LowFerry fares to rise Harbour plan is dead MORE said the talks had failed": in scraped text
//! they stand where the sentence goes on, and nobody says them.

use saidline_html::Span;

use super::Found;
use super::settle::trimmed;

/// The word that ends a teaser.
const LAST: &str = "MORE";

/// Bytes of the longest teaser.
const LONGEST: usize = 600;

/// Words of the longest name.
const NAME: usize = 6;

/// Takes teasers out of sources, cues and contents; what then has no content is dropped, and so is what had a cue or a
/// source in a teaser alone.
pub(super) fn without_teasers(text: &str, found: &mut Vec<Found>) {
    let teasers = teasers(text);
    if teasers.is_empty() {
        return;
    }
    found.retain_mut(|one| {
        let had = (!one.source.is_empty(), !one.cue.is_empty());
        for spans in [&mut one.source, &mut one.cue, &mut one.content] {
            *spans = spans.iter().flat_map(|span| around(text, *span, &teasers)).collect();
        }
        !one.content.is_empty() && had == (!one.source.is_empty(), !one.cue.is_empty())
    });
}

/// What of a span lies outside the teasers.
fn around(text: &str, span: Span, teasers: &[Span]) -> Vec<Span> {
    let first = teasers.partition_point(|teaser| teaser.end <= span.start);
    let mut left = Vec::with_capacity(1);
    let mut start = span.start;
    let mut keep = |start: u32, end: u32| {
        let piece = trimmed(Span { start, end }, text);
        if piece.of(text).contains(char::is_alphanumeric) {
            left.push(piece);
        }
    };
    for teaser in teasers[first..].iter().take_while(|teaser| teaser.start < span.end) {
        keep(start, teaser.start.max(start));
        start = teaser.end.min(span.end);
    }
    keep(start, span.end);
    left
}

/// The teasers of a text, in its order.
fn teasers(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(LAST) {
        let end = at + LAST.len();
        let ends = !text[end..].starts_with(char::is_alphanumeric) && text[..at].ends_with(' ');
        if !ends {
            continue;
        }
        let line = text[from..at].rfind('\n').map_or(from, |line| from + line + 1);
        let begin = text.ceil_char_boundary(line.max(at.saturating_sub(LONGEST)));
        if let Some(start) = full_name(text, begin, at) {
            found.push(Span::new(start, end));
        }
        from = end;
    }
    found
}

/// Where between two places a name is said again in full, with its family name glued to what follows or before a capital:
/// "Low Ann Marie LowFerry".
fn full_name(text: &str, begin: usize, end: usize) -> Option<usize> {
    let words: Vec<(usize, &str)> = text[begin..end]
        .split_ascii_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let capital = |word: &str| word.trim_start_matches(['(', '"', '“']).starts_with(char::is_uppercase);
    let again = |at: usize| {
        let (_, family) = words[at];
        let plain =
            family.len() > 2 && capital(family) && family.chars().all(|c| c.is_alphabetic() || c == '-');
        let mut rest = words[at + 1..].iter().take(NAME).take_while(|(_, word)| capital(word)).enumerate();
        plain
            && rest.any(|(place, (_, word))| {
                let next = || words.get(at + place + 2).is_some_and(|(_, next)| capital(next));
                place > 0
                    && word.strip_prefix(family).is_some_and(|glued| {
                        glued.starts_with(char::is_uppercase) || glued.is_empty() && next()
                    })
            })
    };
    let first = (0..words.len()).find(|&at| again(at))?;
    // "Ann Low Ann Marie LowFerry": the given name comes again too, and the family name behind it is what counts.
    let family = if words.len() > first + 1 && again(first + 1) { first + 1 } else { first };
    words.get(family + 1).map(|(start, _)| *start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        teasers(text).iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_teaser_begins_behind_the_name_and_ends_with_its_last_word() {
        let text = "Mayor Ann Low Ann Marie LowFerry fares to rise Harbour plan is dead MORE (I-Westby) said it had failed.";
        assert_eq!(of(text), ["Ann Marie LowFerry fares to rise Harbour plan is dead MORE"]);
        let text = "On Monday Klein Otto (Ott) KleinFerry sails: report MORE and Ann Low Ann LowHarbour opens MORE spoke.";
        assert_eq!(of(text), ["Otto (Ott) KleinFerry sails: report MORE", "Ann LowHarbour opens MORE"]);
        assert_eq!(of("They asked for MORE. Ann Low and Otto Low want MORE of it"), [""; 0]);
    }

    #[test]
    fn what_stands_in_a_teaser_is_no_part_of_a_report() {
        let text = "Mayor Ann Low Ann Marie LowOtto Klein: Ferry is dead MORE said the talks had failed.";
        let span = |words: &str| {
            let start = text.find(words).expect(words);
            Span::new(start, start + words.len())
        };
        let one = |source: &str, cue: &str, content: &str| Found {
            source: vec![span(source)],
            cue: vec![span(cue)],
            content: vec![span(content)],
            confidence: 0.9,
            evidence: Default::default(),
        };
        let mut found = vec![
            one("Mayor Ann Low Ann Marie LowOtto Klein: Ferry is dead MORE", "said", "the talks had failed"),
            one("Otto Klein", ":", "Ferry is dead"),
        ];
        without_teasers(text, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].source, [span("Mayor Ann Low")]);
    }
}

//! Laws of the stages on random and hostile text. `PROPTEST_CASES` sets how many texts are tried.

use proptest::prelude::*;
use saidline::stages::{
    Quotation, kind_of, quotations, resolve, sentences, tell_times, tell_venues, time_expressions,
};
use saidline::{Attribution, Basis, Block, BlockKind, Dated, Document, QuotationKind, SaidBasis, Span, When};

/// What hostile and ordinary pages are made of, in pieces.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "‚",
        "`",
        "``",
        "''",
        "″",
        "‹",
        "›",
        "「",
        "」",
        "?",
        "&quot;",
        "â€œ",
        "â€",
        "\u{9d}",
        "‚Äú",
        "\u{93}",
        "\u{fffd}",
        "\\\"",
        "a",
        "s",
        "Z",
        "é",
        "ß",
        "\u{301}",
        "字",
        "\0",
        "5",
        "5'10\"",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u{a0}",
        ".",
        ",",
        "!",
        "…",
        "...",
        ":",
        "—",
        "-",
        "(",
        ")",
        "Mr.",
        "U.S.",
        "p.m.",
        "Ann Low",
        "Low",
        "Pavel Orlov",
        "He ",
        "She ",
        "they",
        "I",
        "the minister",
        "Foreign Minister ",
        "said",
        "told ",
        "reporters ",
        "urged ",
        " to ",
        "in an interview with ",
        "in a statement",
        "at a rally in ",
        "tweeted",
        "on ",
        "Twitter",
        "was asked",
        "Monday",
        " and ",
        "of ",
        "who",
        "sources",
        "Reuters",
        "al-Rashid",
        "O'Brien",
        "Jr.",
        "'s ",
        "İ",
        "ﬁ",
        "🙂",
        "on Monday",
        "Tuesday's ",
        " in May ",
        "March 5",
        "2014",
        "31",
        "last week",
        "hours after ",
        "that year",
        "a 2016 interview",
        "yesterday",
        "two years ago",
    ])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(piece(), 0..80).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.join(" ")),
        ".{0,120}",
    ]
}

/// Cuts a text into blocks at character boundaries; kinds take turns.
fn blocks(text: &str, every: usize) -> Vec<Block> {
    let mut cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(every).step_by(every).collect();
    cuts.push(text.len());
    let mut start = 0;
    cuts.into_iter()
        .filter(|end| *end > 0)
        .enumerate()
        .map(|(place, end)| {
            let span = Span::new(start, end);
            start = end;
            Block { kind: BlockKind::ALL[(place * 5) % BlockKind::ALL.len()], span, time: None }
        })
        .collect()
}

fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    text.split_inclusive("\n\n")
        .map(|part| {
            let span = Span::new(start, start + part.len());
            start += part.len();
            Block { kind: BlockKind::Paragraph, span, time: None }
        })
        .collect()
}

fn slices(text: &str, span: Span) -> Result<&str, TestCaseError> {
    text.get(span.range()).ok_or_else(|| TestCaseError::fail(format!("{span:?} does not slice {text:?}")))
}

/// Attributions whose spans are stretches of the text between random characters.
fn attributions(text: &str, picks: &[(usize, usize, usize)]) -> Vec<Attribution> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let span = |from: usize, length: usize| {
        let start = from % bounds.len();
        let end = (start + length % 12).min(bounds.len() - 1);
        Span::new(bounds[start], bounds[end])
    };
    picks
        .iter()
        .map(|&(source, content, length)| {
            let source = if source % 4 == 0 { Vec::new() } else { vec![span(source, length / 3)] };
            let content = if content % 7 == 0 { Vec::new() } else { vec![span(content, length)] };
            Attribution::new(QuotationKind::Direct, source, vec![], content, 1.0)
        })
        .collect()
}

fn well_formed(text: &str, blocks: &[Block], found: &[Quotation]) -> Result<(), TestCaseError> {
    for (place, one) in found.iter().enumerate() {
        slices(text, one.span)?;
        slices(text, one.inner)?;
        prop_assert!(one.span.contains(one.inner));
        prop_assert!(
            blocks.iter().any(|block| block.span.contains(one.span) && block.kind != BlockKind::Boilerplate)
        );
        prop_assert!(place == 0 || found[place - 1].span.start <= one.span.start, "in order");
        for other in &found[..place] {
            let nested = other.span.contains(one.span) || !other.span.overlaps(one.span);
            prop_assert!(
                nested,
                "{:?} crosses {:?} in {text:?}",
                slices(text, other.span)?,
                slices(text, one.span)?
            );
        }
        let around: Vec<usize> = (0..place).filter(|&outer| found[outer].span.contains(one.span)).collect();
        prop_assert_eq!(usize::from(one.depth), around.len());
        prop_assert_eq!(one.within.map(|outer| outer as usize), around.last().copied());
    }
    Ok(())
}

proptest! {
    #[test]
    fn sentences_are_ordered_trimmed_and_within_blocks(text in text(), every in 1..40_usize) {
        let blocks = blocks(&text, every);
        let found = sentences(&text, &blocks);
        let mut end = 0;
        for span in &found {
            let words = slices(&text, *span)?;
            prop_assert!(!words.is_empty() && words.trim() == words, "{words:?}");
            prop_assert!(span.start >= end, "in order and disjoint");
            prop_assert!(blocks.iter().any(|block| block.span.contains(*span)));
            end = span.end;
        }
    }

    #[test]
    fn sentences_lose_no_word(text in text()) {
        let blocks = paragraphs(&text);
        let kept: usize = sentences(&text, &blocks).iter().map(|span| span.of(&text).split_whitespace().map(str::len).sum::<usize>()).sum();
        prop_assert_eq!(kept, text.split_whitespace().map(str::len).sum::<usize>());
    }

    #[test]
    fn quotations_nest(text in text(), every in 1..60_usize) {
        let blocks = blocks(&text, every);
        let (found, notes) = quotations(&text, &blocks);
        well_formed(&text, &blocks, &found)?;
        for note in notes {
            slices(&text, note.span.expect("a note on a mark has a place"))?;
        }
    }

    #[test]
    fn an_odd_mark_costs_its_paragraph_at_most(first in text(), second in text()) {
        let first = first.replace("\n\n", " ").trim().to_owned();
        let (_, notes) = quotations(&first, &paragraphs(&first));
        prop_assume!(!first.is_empty() && notes.iter().all(|note| note.code != "unclosed-quotation"));
        let both = format!("{first}\n\n{second}");
        let shift = (first.len() + 2) as u32;
        let later: Vec<(u32, u32)> = quotations(&both, &paragraphs(&both))
            .0
            .iter()
            .filter(|quotation| quotation.span.start >= shift)
            .map(|quotation| (quotation.span.start - shift, quotation.span.end - shift))
            .collect();
        let alone: Vec<(u32, u32)> =
            quotations(&second, &paragraphs(&second)).0.iter().map(|quotation| (quotation.span.start, quotation.span.end)).collect();
        prop_assert_eq!(later, alone);
    }

    #[test]
    fn speakers_are_words_of_the_page(text in text(), picks in prop::collection::vec((0..400_usize, 0..400_usize, 0..40_usize), 0..8)) {
        let blocks = blocks(&text, 30);
        let (quotations, _) = quotations(&text, &blocks);
        let sentences = sentences(&text, &blocks);
        let mut all = attributions(&text, &picks);
        for one in &mut all {
            one.kind = kind_of(&text, &one.content, &quotations);
        }
        let document = Document { text: text.clone(), blocks, ..Document::default() };
        resolve(&document, &sentences, &quotations, &mut all);
        let again = all.clone();
        for (place, one) in all.iter().enumerate() {
            for speaker in &one.speakers {
                prop_assert!((0.0..=1.0).contains(&speaker.confidence));
                if let Some(antecedent) = speaker.antecedent {
                    slices(&text, antecedent)?;
                }
                for word in speaker.name.split_whitespace() {
                    prop_assert!(text.contains(word), "{word:?} is not in {text:?}");
                }
            }
            let mut above = one.parent;
            for _ in 0..=all.len() {
                above = above.and_then(|parent| all[parent].parent);
            }
            prop_assert!(above.is_none() && one.parent != Some(place), "no attribution stands in itself");
        }
        resolve(&document, &sentences, &quotations, &mut all);
        prop_assert_eq!(all, again, "resolving twice is the same");
    }
}

proptest! {
    #[test]
    fn addressees_and_venues_are_words_of_the_page(text in text(), picks in prop::collection::vec((0..400_usize, 0..400_usize, 0..40_usize), 0..8)) {
        let blocks = blocks(&text, 30);
        let (quotations, _) = quotations(&text, &blocks);
        let sentences = sentences(&text, &blocks);
        let mut all = attributions(&text, &picks);
        let document = Document { text: text.clone(), blocks, ..Document::default() };
        // What stands before a content reports it, as often as not.
        for one in &mut all {
            if let Some(content) = one.content.first() {
                let start = text[..content.start as usize].rfind([' ', '\n']).map_or(0, |at| at + 1);
                let start = text[..start].trim_end().rfind([' ', '\n']).map_or(0, |at| at + 1);
                one.cue = vec![Span::new(start, content.start as usize)];
            }
        }
        resolve(&document, &sentences, &quotations, &mut all);
        tell_venues(&document, &sentences, &mut all);
        let again = all.clone();
        for one in &all {
            for addressee in &one.addressees {
                prop_assert!(!slices(&text, addressee.span)?.is_empty());
            }
            if let Some(venue) = &one.venue {
                prop_assert!(!slices(&text, venue.span)?.is_empty());
            }
        }
        tell_venues(&document, &sentences, &mut all);
        prop_assert_eq!(all, again, "telling twice is the same");
    }
}

proptest! {
    #[test]
    fn times_are_words_of_the_page(text in text(), year in -9999_i16..=9999, dated in any::<bool>(), picks in prop::collection::vec((0..400_usize, 0..400_usize, 0..40_usize), 0..8)) {
        let blocks = blocks(&text, 30);
        let (quotations, _) = quotations(&text, &blocks);
        let sentences = sentences(&text, &blocks);
        let mut all = attributions(&text, &picks);
        let day = format!("{year:04}-12-31").parse().ok().filter(|_| dated);
        let published = day.map(|day| Dated { when: When::at(day), text: None, span: None, basis: Basis::Caller });
        let has_day = published.is_some();
        let document = Document { text: text.clone(), blocks, published, ..Document::default() };
        let mut end = 0;
        for found in time_expressions(&document) {
            prop_assert!(found.span.start >= end && !slices(&text, found.span)?.is_empty(), "in order and disjoint");
            end = found.span.end;
        }
        tell_times(&document, &sentences, &quotations, &mut all);
        for one in &all {
            let Some(said) = &one.said else { continue };
            slices(&text, said.span.expect("a time that is read has words"))?;
            prop_assert_eq!(said.from.is_some(), said.to.is_some());
            prop_assert!(!matches!(said.basis, SaidBasis::Published | SaidBasis::Corrected));
            if !has_day && said.basis == SaidBasis::Relative && said.from.is_some() {
                // Only what the text tells in full can be counted from then.
                prop_assert!(text.contains(|letter: char| letter.is_ascii_digit()), "{text:?}");
            }
        }
        let again = all.clone();
        tell_times(&document, &sentences, &quotations, &mut all);
        prop_assert_eq!(all, again, "telling twice is the same");
    }
}

/// A megabyte of one thing. Were any step quadratic, this would take hours.
#[test]
fn a_megabyte_of_anything_is_read() {
    for unit in [
        ". ",
        "A. ",
        "A of ",
        "in the ",
        "told the report of ",
        "on Twitter ",
        "to reporters and ",
        "Mr. Low ",
        "“A” ",
        "?\n",
        "...",
        "Ann Low, Tom Brant and ",
        "a\u{301}",
        "\0",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let blocks = paragraphs(&text);
        let sentences = sentences(&text, &blocks);
        let (quotations, _) = quotations(&text, &blocks);
        let document = Document { text, blocks, ..Document::default() };
        let picks: Vec<(usize, usize, usize)> =
            (0..200).map(|place| (place * 37 + 1, place * 41 + 1, 11)).collect();
        let mut all = attributions(&document.text, &picks);
        resolve(&document, &sentences, &quotations, &mut all);
        tell_venues(&document, &sentences, &mut all);
        assert_eq!(all.len(), 200);
    }
}

/// A megabyte of times, and thousands of reports among them.
#[test]
fn a_megabyte_of_times_is_told() {
    for unit in [
        "Monday ",
        "on March 5, she ",
        "in May. ",
        "hours after ",
        "2014 and ",
        "Low said Monday that ",
        "yesterday\n\n",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let blocks = paragraphs(&text);
        let sentences = sentences(&text, &blocks);
        let (quotations, _) = quotations(&text, &blocks);
        let published = "2014-03-06".parse().expect("a day");
        let published =
            Some(Dated { when: When::at(published), text: None, span: None, basis: Basis::Caller });
        let document = Document { text, blocks, published, ..Document::default() };
        let picks: Vec<(usize, usize, usize)> =
            (0..5000).map(|place| (place * 37 + 1, place * 41 + 1, 11)).collect();
        let mut all = attributions(&document.text, &picks);
        tell_times(&document, &sentences, &quotations, &mut all);
        assert_eq!(all.len(), 5000);
    }
}

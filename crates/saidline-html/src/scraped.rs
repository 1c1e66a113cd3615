//! Text without markup: which of its lines are the article, and what the others are.
//!
//! The line is the unit, except where a text was clearly broken at a fixed width: there the lines of a paragraph
//! are one block. A model scores each line by the numbers in [`features`]; [`decode`] turns scores into labels,
//! knowing that articles are contiguous; [`label`] tells headline, byline, dateline and dates from the words.

mod decode;
mod features;
mod label;
mod layout;
mod repeats;
mod roles;
mod tables;

use std::borrow::Cow;

use crate::document::{Block, BlockKind, Document, Note, Span};
use crate::{Input, ScoreLines, codes, language};
use features::Page;
use layout::Unit;

pub(crate) use features::{COUNT as LINE_FEATURES, names as line_feature_names};
pub(crate) use roles::{credited_agencies, dateline};

/// So many lines go to the scorer at once, so that rows never need much memory.
const BATCH: usize = 4_096;
/// So many lines are judged; no page has more, and each costs memory.
const MOST_JUDGED: usize = 100_000;

/// Reads text without markup: a document whose text is `text`, character for character, and whose blocks are its
/// lines. With `input.plain` every line is a paragraph and nothing else is sought but the dateline's agency. What
/// the caller knows is not looked at.
pub(crate) fn read_text(
    text: String,
    input: &Input<'_>,
    score_lines: &ScoreLines<'_>,
) -> (Document, Vec<Note>) {
    let units = layout::units(&text);
    let mut document = Document::default();
    let mut notes = Vec::new();
    let mut kinds = vec![BlockKind::Paragraph; units.len()];
    if input.plain {
        // Where the story was filed is part of the text, whoever chose the text.
        let first = units.first().and_then(|unit| roles::dateline(unit.of(&text)));
        document.agencies.extend(first.into_iter().flat_map(|found| found.agencies).map(str::to_owned));
    } else {
        let judged = &units[..units.len().min(MOST_JUDGED)];
        if let Some(rest) = units.get(judged.len()) {
            notes.push(Note {
                code: codes::TOO_MANY_LINES.into(),
                span: Some(Span::new(rest.start, text.len())),
                message: format!(
                    "only the first {MOST_JUDGED} lines were judged: the rest is taken as paragraphs"
                ),
            });
        }
        let page = Page::new(&text, judged);
        let article = decode::article_lines(&scores(&page, score_lines));
        if !units.is_empty() && !article.contains(&true) {
            notes.push(Note {
                code: codes::NO_ARTICLE.into(),
                span: None,
                message: "no line of the text looks like part of an article".to_owned(),
            });
        }
        let labelled = label::label(&page, &article, &mut document);
        kinds[..labelled.len()].copy_from_slice(&labelled);
    }
    document.language = language::of(&article_sample(&text, &units, &kinds), None);
    document.blocks = blocks(&text, &units, &kinds);
    document.text = text;
    (document, notes)
}

/// The beginning of the article's text, by which its language is told; of the whole text when there is no article.
fn article_sample<'a>(text: &'a str, units: &[Unit], kinds: &[BlockKind]) -> Cow<'a, str> {
    const ENOUGH: usize = 20_000;
    let mut sample = String::new();
    let article = units.iter().zip(kinds).filter(|(_, kind)| **kind != BlockKind::Boilerplate);
    for (unit, _) in article {
        let line = unit.of(text);
        sample.push_str(&line[..line.floor_char_boundary(ENOUGH)]);
        sample.push('\n');
        if sample.len() >= ENOUGH {
            break;
        }
    }
    if sample.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(sample) }
}

/// The score of each line.
fn scores(page: &Page<'_>, score_lines: &ScoreLines<'_>) -> Vec<f32> {
    let mut scores = Vec::with_capacity(page.len());
    let mut rows = Vec::new();
    for from in (0..page.len()).step_by(BATCH) {
        let to = (from + BATCH).min(page.len());
        rows.clear();
        page.rows(from..to, &mut rows);
        // A scorer that says too little leaves the rest undecided.
        scores.extend(score_lines(&rows).into_iter().chain(std::iter::repeat(f32::NAN)).take(to - from));
    }
    scores
}

/// The blocks of a text: each unit with the white space after it; what stands before the first is the first's.
fn blocks(text: &str, units: &[Unit], kinds: &[BlockKind]) -> Vec<Block> {
    if units.is_empty() && !text.is_empty() {
        // Nothing but white space: blocks partition every text.
        return vec![Block { kind: BlockKind::Boilerplate, span: Span::new(0, text.len()), time: None }];
    }
    let starts = units.iter().enumerate().map(|(at, unit)| if at == 0 { 0 } else { unit.start });
    let ends = units.iter().skip(1).map(|next| next.start).chain([text.len()]);
    starts
        .zip(ends)
        .zip(kinds)
        .map(|((start, end), kind)| Block { kind: *kind, span: Span::new(start, end), time: None })
        .collect()
}

//! Days told elsewhere on the page that hold for a report: of the same speech, of an interview, of the dateline.

use saidline_html::{BlockKind, Moment, Span, dateline_end};

use super::choice::{Owners, Told, anchor};
use super::expressions::Expression;
use super::lexicon::{Gap, Word};
use super::speakers::name;
use super::{Page, exchanges, occasions, polls, said, sentences, speakers};
use crate::attribution::{ActClass, ActType, Attribution, QuotationKind, Said, SaidBasis};
use crate::sentences::paragraphs;

/// Paragraphs from one report to the next across which a day is carried on.
pub(super) const PARAGRAPHS: u32 = 3;

/// Paragraphs of the story that may tell its day.
const LEAD: usize = 2;

/// Bytes of a line that is no paragraph of running text.
const SHORT: usize = 60;

/// Fills in what no words of its own date.
pub(super) fn carry(page: &Page, owners: &Owners, told: &[Told], attributions: &mut [Attribution]) {
    interview(page, told, attributions);
    sentences::openings(page, owners, told, attributions);
    polls::tell(page, told, attributions);
    exchanges::tell(page, told, attributions);
    occasions::named(page, told, attributions);
    speakers::tell(page, owners, told, attributions);
    sentences::posts(page, told, attributions);
    occasions::venues(page, owners, told, attributions);
    occasions::story(page, owners, told, attributions);
    speakers::backwards(page, told, attributions);
    dateline(page, told, attributions);
}

pub(super) fn event(said: &Said, basis: SaidBasis) -> Option<Said> {
    Some(Said { basis, ..said.clone() })
}

/// Whether a day told elsewhere may hold for an attribution.
pub(super) fn is_open(told: &Told, attribution: &Attribution) -> bool {
    attribution.said.is_none()
        && !told.closed
        && told.expression.is_none()
        && attribution.act.is_none_or(|act| {
            matches!(act.class, ActClass::Speech | ActClass::Finding | ActClass::Order)
                || act.r#type == Some(ActType::Decide)
        })
}

/// The first paragraphs of the story.
pub(super) fn body<'a>(page: &'a Page) -> impl Iterator<Item = Span> + 'a {
    paragraphs(&page.document.text, &page.document.blocks)
        .filter(|paragraph| paragraph.kind == BlockKind::Paragraph && paragraph.span.len() > SHORT)
        .filter(|paragraph| paragraph.span.start >= page.headline)
        .take(LEAD)
        .map(|paragraph| paragraph.span)
}

/// "On the campaign trail, when he said": told so, it is another time.
pub(super) fn is_of_when(page: &Page, attribution: &Attribution) -> bool {
    let Some(first) = attribution.source.first().or(attribution.cue.first()) else { return false };
    let before = page.tokens_between(first.start.saturating_sub(8), first.start).last();
    before.is_some_and(|before| matches!(before.span.of(&page.document.text), "when" | "after"))
}

/// Whether a word is the last of a name.
pub(super) fn is_last_of(name: &str, word: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| last == word)
}

/// Whether an expression tells one day that has been, outside of what anybody said.
pub(super) fn is_plain_day(page: &Page, owners: &Owners, found: &Expression) -> bool {
    let is_to_come = || match (said(found, page.published, true).from, page.published) {
        (Some(Moment::Day(day)), Some(published)) => day > published,
        _ => false,
    };
    found.is_own_day()
        && !found.bound
        && !found.future
        && !is_to_come()
        && owners.at(page.tokens[found.first as usize].span.start).is_none()
}

/// Whether the words that report tell of an occasion of their own: "told the Quayside Post", "wrote on Facebook".
pub(super) fn is_elsewhere(page: &Page, attribution: &Attribution) -> bool {
    let text = page.document.text.as_str();
    attribution.cue.iter().any(|cue| {
        let words = page.tokens_between(cue.start, cue.end);
        if words.iter().skip(1).any(|token| token.word == Word::Venue) {
            return true;
        }
        let told = page
            .tokens_between(cue.start, cue.end)
            .iter()
            .any(|token| matches!(token.span.of(text), "told" | "tells" | "tweeted" | "wrote"));
        let next = page.tokens_between(cue.start, cue.end + 24);
        told && next.iter().skip(1).any(|token| token.capital && token.gap == Gap::Space)
            && attribution.content.iter().all(|content| !content.contains(*cue))
            && next.get(1).is_some_and(|token| {
                token.capital || token.word == Word::The && next.get(2).is_some_and(|next| next.capital)
            })
    })
}

/// What the first paragraphs tell of the story's day.
pub(super) struct Lead<'a> {
    pub said: Said,
    /// The expression that tells it.
    pub place: usize,
    /// The last word of who did it: "Lund on Saturday withdrew".
    pub actor: Option<&'a str>,
    pub paragraph: u32,
}

/// The day that the first paragraphs tell. A date in full belongs to a caption or to another story.
pub(super) fn lead<'a>(page: &Page<'a>, owners: &Owners) -> Option<Lead<'a>> {
    let text = page.document.text.as_str();
    for paragraph in body(page) {
        let mut found = page.expressions_between(paragraph.start, paragraph.end);
        let found = found.find(|place| {
            let found = &page.expressions[*place];
            is_plain_day(page, owners, found) && !found.possessive && !found.is_explicit()
        });
        if let Some(place) = found {
            let found = &page.expressions[place];
            let before = (found.first as usize).checked_sub(1).and_then(|before| page.tokens.get(before));
            let actor = before.filter(|token| token.capital && paragraph.contains(token.span));
            return Some(Lead {
                said: said(found, page.published, true),
                place,
                actor: actor.map(|token| token.span.of(text)),
                paragraph: found.paragraph,
            });
        }
    }
    None
}

/// A headline tells what the first paragraphs date, and who is in it is whom the story is about. Returns their names.
pub(super) fn headlines(
    page: &Page,
    told: &[Told],
    attributions: &mut [Attribution],
    lead: Option<&Lead>,
) -> Vec<String> {
    const LOOKED_AT: usize = 8;
    let mut actors = Vec::new();
    let Some(Lead { said, actor, place, .. }) = lead else { return actors };
    let is_told = told.iter().any(|told| told.expression == Some(*place));
    for (one, told) in attributions.iter_mut().zip(told).take(LOOKED_AT) {
        let is_actor = || {
            let name = name(page, one);
            actor.is_some_and(|actor| name.is_some_and(|name| is_last_of(&name, actor)))
        };
        if anchor(one).is_some_and(|at| page.is_in_headline(at.start))
            && is_open(told, one)
            && (is_told || is_actor())
        {
            one.said = event(said, SaidBasis::Event);
            actors.extend(name(page, one));
        }
    }
    actors
}

/// The turns of an interview have the day that its introduction tells.
fn interview(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const TURNS: usize = 4;
    let text = page.document.text.as_str();
    // A label at the start of its line, with a colon or with nothing behind it.
    let is_turn = |one: &Attribution| {
        let labelled = match &one.cue[..] {
            [] => one.kind == QuotationKind::Direct,
            [cue] => cue.of(text).trim() == ":",
            _ => false,
        };
        let opens = |source: &Span| text[..source.start as usize].trim_end_matches(' ').ends_with('\n');
        labelled && one.source.first().is_some_and(opens)
    };
    let turns: Vec<usize> = (0..attributions.len()).filter(|place| is_turn(&attributions[*place])).collect();
    if turns.len() < TURNS {
        return;
    }
    let first = attributions[turns[0]].source[0].start;
    let is_interview = |span: Span| {
        page.tokens_between(span.start, span.end).iter().any(|token| {
            let word = token.span.of(text);
            [
                "interview",
                "interviewed",
                "interviews",
                "spoke",
                "talked",
                "talks",
                "sat",
                "chatted",
                "conversation",
            ]
            .iter()
            .any(|one| word.eq_ignore_ascii_case(one))
        })
    };
    let found = page.expressions[page.expressions_between(0, first)].iter().find(|found| {
        found.is_day()
            && !found.bound
            && page.sentence(found.span.start).is_some_and(|place| is_interview(page.sentences[place]))
    });
    if let Some(found) = found {
        let said = Said { basis: SaidBasis::Event, ..said(found, page.published, true) };
        for place in turns {
            if attributions[place].said.is_none() && !told[place].closed {
                attributions[place].said = Some(said.clone());
            }
        }
    }
}

/// A dateline with a day holds for all that nothing else dates.
fn dateline(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    const LOOKED_AT: usize = 8;
    let text = page.document.text.as_str();
    let found = paragraphs(text, &page.document.blocks).take(LOOKED_AT).find_map(|paragraph| {
        let end = paragraph.span.start + dateline_end(paragraph.span.of(text))? as u32;
        let mut inside = page.expressions_between(paragraph.span.start, end);
        // A date without a place before it is the page's, not the story's.
        inside.find(|place| {
            let found = &page.expressions[*place];
            found.is_day() && found.span.start > paragraph.span.start
        })
    });
    let Some(found) = found else { return };
    let said = Said { basis: SaidBasis::Dateline, ..said(&page.expressions[found], page.published, true) };
    for (one, told) in attributions.iter_mut().zip(told) {
        if is_open(told, one) {
            one.said = Some(said.clone());
        }
    }
}

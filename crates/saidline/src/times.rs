//! Times: when something was said, by the words of the page.
//!
//! A page tells many days, and most of them date what happened, not what was said of it. So an expression of time counts
//! for an attribution only by where it stands: in the words that report, beside them or the source, or opening their
//! sentence; inside what was said only where that is an object and no clause. What goes on from a dated report (the same
//! speaker, no other occasion) keeps its day; so do the turns of an interview that the introduction dates, what a ruling's
//! judges write, what a poll's people answer, and a dateline with a day dates what nothing else does. The day of publication alone is never an answer.

mod calendar;
mod choice;
mod documents;
mod events;
mod exchanges;
mod expressions;
mod lexicon;
mod occasions;
mod polls;
mod sentences;
mod speakers;

use jiff::civil::Date;
use saidline_html::{BlockKind, Document, Moment, Span};

use crate::attribution::{Attribution, Said, SaidBasis};
use crate::quotations::Quotation;
use crate::sentences::{is_in_headline, paragraphs};

use expressions::Expression;
use lexicon::Token;

/// An expression of time where it stands, and what it means there.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// Its words, a preposition before them included.
    pub span: Span,
    /// What it means; no ends where that cannot be known, or where it tells no time at all ("recently").
    pub said: Said,
}

/// Finds the expressions of time of a document and resolves each for itself, whatever it dates: what words before it put
/// ahead ("would reopen on Friday") lies ahead. In the order of the text, disjoint; time is linear in it.
pub fn time_expressions(document: &Document) -> Vec<TimeExpression> {
    let published = published(document);
    let tokens = lexicon::tokens(document);
    expressions::find(&tokens, published)
        .into_iter()
        .map(|found| TimeExpression { span: found.span, said: said(&found, published, false) })
        .collect()
}

/// Fills [`Attribution::said`] of the attributions of a document; what they hold there is replaced. Speakers, parents
/// and acts are known already; `sentences` and `quotations` are those of the document.
///
/// Time is linear in the text and the attributions.
pub fn tell_times(
    document: &Document,
    sentences: &[Span],
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) {
    for attribution in attributions.iter_mut() {
        attribution.said = None;
    }
    if attributions.is_empty() {
        return;
    }
    let published = published(document);
    let tokens = lexicon::tokens(document);
    let expressions = expressions::find(&tokens, published);
    if expressions.is_empty() {
        return;
    }
    let headline = headline(document, &expressions);
    let page = Page {
        document,
        sentences,
        quotations,
        tokens: &tokens,
        expressions: &expressions,
        published,
        headline,
    };
    let owners = choice::Owners::of(attributions);
    let told = choice::choose(&page, &owners, attributions);
    for (attribution, told) in attributions.iter_mut().zip(&told) {
        attribution.said = told.expression.map(|place| said(&expressions[place], published, true));
    }
    events::carry(&page, &owners, &told, attributions);
}

/// What the steps share.
struct Page<'a> {
    document: &'a Document,
    sentences: &'a [Span],
    quotations: &'a [Quotation],
    tokens: &'a [Token],
    expressions: &'a [Expression],
    published: Option<Date>,
    /// Where the headline of a plain text ends; 0 where it has none.
    headline: u32,
}

impl Page<'_> {
    /// Whether a byte stands in a headline.
    fn is_in_headline(&self, at: u32) -> bool {
        at < self.headline || is_in_headline(&self.document.blocks, at)
    }

    /// The place of the sentence that holds a byte.
    fn sentence(&self, at: u32) -> Option<usize> {
        let place = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(place).filter(|sentence| sentence.start <= at).map(|_| place)
    }

    /// The tokens that begin between two bytes.
    fn tokens_between(&self, from: u32, to: u32) -> &[Token] {
        let first = self.tokens.partition_point(|token| token.span.start < from);
        let last = self.tokens.partition_point(|token| token.span.start < to);
        self.tokens.get(first..last).unwrap_or_default()
    }

    /// Whether words stand in quotation marks that other words do not stand in.
    fn is_quoted(&self, span: Span, other: Span) -> bool {
        const LOOKED_AT: usize = 8;
        let next = self.quotations.partition_point(|quotation| quotation.span.start <= span.start);
        self.quotations[next.saturating_sub(LOOKED_AT)..next]
            .iter()
            .any(|quotation| quotation.span.contains(span) && !quotation.span.contains(other))
    }

    /// The paragraph of the first word from a byte on.
    fn paragraph(&self, at: u32) -> u32 {
        let place = self.tokens.partition_point(|token| token.span.start < at);
        self.tokens.get(place).or(self.tokens.last()).map_or(0, |token| token.paragraph)
    }

    /// The places of the expressions that stand between two bytes.
    fn expressions_between(&self, from: u32, to: u32) -> std::ops::Range<usize> {
        let first = self.expressions.partition_point(|found| found.span.start < from);
        let last = self.expressions.partition_point(|found| found.span.start < to);
        first..last.max(first)
    }
}

/// Where the headline of a text ends that marks none: a short first line; a sentence that tells a time is none.
fn headline(document: &Document, expressions: &[Expression]) -> u32 {
    const LONGEST: usize = 200;
    const LONGEST_SENTENCE: usize = 120;
    let text = document.text.as_str();
    let mut all = paragraphs(text, &document.blocks);
    match (all.next(), all.next()) {
        (Some(first), Some(_)) if first.kind == BlockKind::Paragraph => {
            let words = first.span.of(text).trim_end();
            let is_sentence = words.ends_with('.');
            let longest = if is_sentence { LONGEST_SENTENCE } else { LONGEST };
            let tells_a_time = expressions.first().is_some_and(|found| found.span.start < first.span.end);
            let goes_on = words.ends_with([':', ',', ';', '"', '”']);
            if goes_on || is_sentence && tells_a_time || words.len() > longest { 0 } else { first.span.end }
        }
        _ => 0,
    }
}

/// The day of publication, where that is known to the day.
fn published(document: &Document) -> Option<Date> {
    match document.published.as_ref()?.when.from {
        Moment::Day(day) => Some(day),
        Moment::Minute(at, _) => Some(at.date()),
        Moment::Year(_) | Moment::Month(..) => None,
    }
}

fn said(found: &Expression, published: Option<Date>, past: bool) -> Said {
    let basis = if found.is_explicit() { SaidBasis::Explicit } else { SaidBasis::Relative };
    match found.when(published, past) {
        Some(when) => Said::within(when, Some(found.span), basis),
        None => Said { from: None, to: None, span: Some(found.span), basis },
    }
}

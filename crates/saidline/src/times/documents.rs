//! Texts whose day a page tells where they come out: a report, a letter, a poll.

use std::collections::HashMap;

use saidline_html::Moment;

use super::choice::Owners;
use super::events::is_plain_day;
use super::expressions::Expression;
use super::lexicon::{Gap, Word};
use super::{Page, said};
use crate::attribution::{Attribution, Said};

/// Days on which texts came out ("issued its report on Monday"), by the noun for the text.
pub(super) struct Documents<'a> {
    days: HashMap<&'a str, (u32, Said)>,
    /// Where a time opens the sentence, and the text comes out behind it: "this week she sent a letter". It holds near by.
    sent: Vec<(&'a str, u32, Said)>,
}

impl<'a> Documents<'a> {
    pub fn of_page(page: &Page<'a>, owners: &Owners) -> Self {
        Self { days: issued(page, owners), sent: sent(page, owners) }
    }

    /// The day of the text that is the source of an attribution.
    pub fn of(&self, page: &Page, attribution: &Attribution, at: u32) -> Option<&Said> {
        let [source] = attribution.source[..] else { return None };
        let last = page.tokens_between(source.start, source.end).last()?;
        // The noun stands in the table as the page has it; a source may open a sentence or a headline with it.
        let word = kind_of_text(last.span.of(&page.document.text));
        let lower = word.to_lowercase();
        let paragraph = page.paragraph(at);
        let before = self.sent.partition_point(|(_, from, _)| *from < at);
        let near = self.sent[..before]
            .iter()
            .rev()
            .take(4)
            .find(|(noun, from, _)| *noun == lower && paragraph - page.paragraph(*from) <= 1);
        if let Some((_, _, said)) = near {
            return Some(said);
        }
        let found = self.days.get(word).or_else(|| self.days.get(lower.as_str()));
        found.filter(|(from, _)| *from < at || page.is_in_headline(at)).map(|(_, said)| said)
    }
}

/// A noun for a text, the same for all that are the same.
fn kind_of_text(noun: &str) -> &str {
    match noun {
        "survey" => "poll",
        noun => noun,
    }
}

/// Finds them: the noun stands among the few words before the day, with how the text came out.
fn issued<'a>(page: &Page<'a>, owners: &Owners) -> HashMap<&'a str, (u32, Said)> {
    const WORDS: usize = 12;
    let text = page.document.text.as_str();
    let mut found = HashMap::new();
    // "A report to be released on Thursday", told on that day, is out.
    let is_today = |one: &Expression| one.future && is_published(page, one);
    let days = page.expressions.iter().filter(|one| is_plain_day(page, owners, one) || is_today(one));
    for expression in days {
        let first = expression.first as usize;
        let before = &page.tokens[first.saturating_sub(WORDS)..first];
        let same = before.iter().rposition(|token| matches!(token.gap, Gap::Start | Gap::Stop)).unwrap_or(0);
        let before = &before[same..];
        let noun = before.iter().rfind(|token| token.word == Word::Venue && !token.capital);
        if let Some(noun) = noun
            && (before.iter().any(|token| token.word == Word::Issued)
                // "A poll on Monday showed".
                || before.last().is_some_and(|last| last.span == noun.span))
        {
            let said = said(expression, page.published, true);
            found.entry(kind_of_text(noun.span.of(text))).or_insert((expression.span.start, said));
        }
    }
    found
}

/// Texts that come out behind a time that opens the sentence.
fn sent<'a>(page: &Page<'a>, owners: &Owners) -> Vec<(&'a str, u32, Said)> {
    const WORDS: usize = 16;
    let text = page.document.text.as_str();
    let mut all = Vec::new();
    for found in page.expressions.iter().filter(|one| !one.bound && !one.future && !one.possessive) {
        let Some(sentence) = page.sentence(found.span.start).map(|place| page.sentences[place]) else {
            continue;
        };
        let opens = page.tokens_between(sentence.start, found.span.start).len() <= 2;
        let said = said(found, page.published, true);
        if !opens || said.when().is_none() || owners.at(found.span.start).is_some() {
            continue;
        }
        let behind = page.tokens_between(found.span.end, sentence.end);
        let behind = &behind[..behind.len().min(WORDS)];
        if let Some(issued) = behind.iter().position(|token| token.word == Word::Issued)
            && let Some(noun) = behind[issued..].iter().take(6).find(|token| token.word == Word::Venue)
        {
            all.push((noun.span.of(text), found.span.start, said));
        }
    }
    all
}

/// Whether an expression tells the day of publication.
fn is_published(page: &Page, found: &Expression) -> bool {
    let day = said(found, page.published, true).from;
    found.is_own_day() && page.published.is_some() && day == page.published.map(Moment::Day)
}

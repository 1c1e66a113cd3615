//! The outlet that passed the words on: whom somebody told them.
//!
//! "Lund told the Quayside Post" on the page of another outlet makes the Post a link of the chain. The page's own outlet
//! is none.

use saidline_html::Span;

use crate::attribution::{Attribution, Mention, SpeakerKind, VenueKind};
use crate::names::{Name, NameKind, words_of};
use crate::words;

use super::carried::start_of;
use super::media::{is_host, is_paper};
use super::page::Page;
use super::tables;
use super::when::{Time, of_this_time};

/// Adds to [`Attribution::via`] the outlet that an attribution was told to, or that the same speaker told right before.
pub(super) fn pass_on(page: &Page, attributions: &mut [Attribution]) {
    let mut before: Option<(Mention, String, usize)> = None;
    // Whether nobody named told it: a pronoun that goes on may well have a name.
    let mut unnamed = false;
    for attribution in attributions {
        let own = attribution.speakers.first().map(|speaker| speaker.name.clone());
        let mut link = told(page, attribution);
        if attribution.parent.is_none() {
            let block = page.block_of(start_of(attribution));
            let alone = attribution.addressees.is_empty() && attribution.venue.is_none();
            if link.is_none() && alone && of_this_time(page, attribution, Time::default()) {
                let went_on = before.take().and_then(|(link, speaker, there)| {
                    let pronoun = is_pronoun(page, attribution);
                    let same = own.as_ref().map_or(pronoun, |own| *own == speaker || unnamed && pronoun);
                    (same && block.abs_diff(there) <= 1).then_some((link, speaker))
                });
                before = went_on.map(|(link, speaker)| (link, speaker, block));
                link = before.as_ref().map(|(link, ..)| link.clone());
            } else {
                before = link.clone().zip(own.clone()).map(|(link, own)| (link, own, block));
                unnamed =
                    attribution.speakers.first().is_some_and(|first| first.kind == SpeakerKind::Unnamed);
            }
        }
        let Some(link) = link else { continue };
        let known = |had: &Mention| had.name.is_some() && had.name == link.name;
        if link.name != own && !attribution.via.iter().any(known) {
            attribution.via.push(link);
        }
    }
}

/// Whether the source is "he" or "she", whoever that is.
fn is_pronoun(page: &Page, attribution: &Attribution) -> bool {
    attribution.source.first().is_some_and(|source| {
        let words = page.tokens_in(*source);
        words.len() == 1 && matches!(page.word(words.start), "he" | "she" | "they")
    })
}

/// The outlet, or who asked for one, among those who were told, or in the words of the interview.
fn told(page: &Page, attribution: &Attribution) -> Option<Mention> {
    // The turns of an interview are the page's own.
    let cue = attribution.cue.first()?;
    if page.tokens_in(*cue).is_empty() {
        return None;
    }
    let interview = attribution.venue.as_ref().filter(|venue| venue.kind == VenueKind::Interview);
    let heard = attribution.addressees.iter().find_map(|hearer| {
        let outlet = outlet_in(page, hearer.span);
        let hosted = page.tokens_in(hearer.span).any(|word| is_host(page.word(word)))
            || interview.is_some_and(|venue| venue.name.is_some() && venue.name == hearer.name);
        let hosted = hosted && hearer.kind == Some(SpeakerKind::Person) && hearer.name.is_some();
        match outlet {
            Some(name) if is_own(page, name) => None,
            Some(_) => Some(hearer.clone()),
            None => hosted.then(|| hearer.clone()),
        }
    });
    heard.or_else(|| {
        let name = outlet_in(page, interview?.span).filter(|name| !is_own(page, name))?;
        let span = page.names.span(name);
        Some(Mention {
            span,
            name: Some(words_of(span.of(page.names.text))),
            kind: Some(SpeakerKind::Organisation),
        })
    })
}

/// The outlet that words name.
fn outlet_in<'p>(page: &'p Page, words: Span) -> Option<&'p Name> {
    page.names_of(page.tokens_in(words)).find(|name| is_outlet(page, name))
}

fn is_outlet(page: &Page, name: &Name) -> bool {
    if name.person.is_some() || name.kind == NameKind::Place {
        return false;
    }
    let whole = words_of(page.names.span(name).of(page.names.text));
    let range = name.first as usize..name.last as usize;
    tables::medium(&whole).is_some_and(|kind| kind != VenueKind::Post)
        || matches!(words::organisation_class(&whole), Some("agency" | "outlet"))
        || (range.len() > 1 || page.word(range.end - 1).contains('-')) && is_paper(page, &range)
        || range.clone().any(|at| matches!(page.word(at), "broadcasting" | "news" | "press" | "radio"))
}

/// Whether an outlet is that of the page, by its name or a part of it: "the Post" of the Quayside Post.
fn is_own(page: &Page, name: &Name) -> bool {
    let words = words_of(page.names.span(name).of(page.names.text)).to_lowercase();
    page.document.outlet.as_ref().is_some_and(|outlet| {
        let outlet = outlet.to_lowercase();
        let bare = |name: &str| name.trim_start_matches("the ").to_owned();
        let (outlet, words) = (bare(&outlet), bare(&words));
        outlet == words || outlet.ends_with(&format!(" {words}")) || words.starts_with(&format!("{outlet} "))
    })
}

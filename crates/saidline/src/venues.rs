//! Venues: to whom something was said, and where or through what.
//!
//! By rules, in four steps. The phrases of the page that tell a venue are found once ("in an interview with the
//! Quayside Post"); each attribution takes the one that stands beside its verb, and the hearers that its verb has
//! ("told reporters", `beside.rs`); what a speaker plainly goes on saying keeps the venue that another sentence tells
//! (`carried.rs`);
//! who asks is heard by who answers, and the outlet that somebody told is a link of the chain. Nothing is taken from
//! inside what was said, but the hearers of what is urged, who open it. Where it is unsure it gives none.

mod beside;
mod carried;
mod dialogue;
mod hearers;
mod media;
mod mentions;
mod outlets;
mod page;
mod particles;
mod phrases;
mod places;
mod programmes;
mod tables;
mod tellings;
mod turns;
mod when;

use saidline_html::{Document, Span};

use crate::attribution::Attribution;
use crate::names::Names;
use crate::speakers::name_hearers;

use self::page::Page;

/// Fills [`Attribution::addressees`] and [`Attribution::venue`] of the attributions of a document, whose speakers are
/// known already; what they hold in these two fields is replaced. Outlets that were told are added to
/// [`Attribution::via`].
///
/// `sentences` are those of the document. Time is linear in the text and the attributions.
pub fn tell_venues(document: &Document, sentences: &[Span], attributions: &mut [Attribution]) {
    tell_venues_among(document, &Names::of(document, sentences), attributions);
}

/// [`tell_venues`], where the names of the document are found already.
pub(crate) fn tell_venues_among(document: &Document, names: &Names<'_>, attributions: &mut [Attribution]) {
    let page = Page::of(document, names, attributions);
    let found = beside::tell_beside(&page, attributions);
    carried::carry(&page, &found, attributions);
    name_hearers(document, names, attributions);
    dialogue::tell_dialogues(&page, attributions);
    outlets::pass_on(&page, attributions);
}

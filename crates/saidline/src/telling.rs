//! What is told of attributions beyond their spans: whose words they are, to whom, where and when they were said, and
//! what kind of act they were.

use saidline_html::{Document, Span};

use crate::acts::tell_acts;
use crate::attribution::Attribution;
use crate::names::Names;
use crate::quotations::Quotation;
use crate::speakers::resolve_among;
use crate::times::tell_times;
use crate::venues::tell_venues_among;

/// Fills in all fields of the attributions of a document but their spans, kinds and confidence, which are given.
///
/// `sentences` and `quotations` are those of the document. Time is linear in the text and the attributions.
pub fn tell(
    document: &Document,
    sentences: &[Span],
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) {
    let names = Names::of(document, sentences);
    resolve_among(document, &names, quotations, attributions);
    tell_venues_among(document, &names, attributions);
    tell_acts(&document.text, quotations, attributions);
    tell_times(document, sentences, quotations, attributions);
}

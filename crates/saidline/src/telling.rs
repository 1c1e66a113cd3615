//! What is told of attributions beyond their spans: whose words they are, to whom, where and when they were said, and
//! what kind of act they were.

use saidline_html::{Document, Span};

use crate::acts::tell_acts;
use crate::attribution::Attribution;
use crate::quotations::Quotation;
use crate::speakers::resolve;
use crate::times::tell_times;
use crate::venues::tell_venues;

/// Fills in all fields of the attributions of a document but their spans, kinds and confidence, which are given.
///
/// `sentences` and `quotations` are those of the document. Time is linear in the text and the attributions.
pub fn tell(
    document: &Document,
    sentences: &[Span],
    quotations: &[Quotation],
    attributions: &mut [Attribution],
) {
    resolve(document, sentences, quotations, attributions);
    tell_venues(document, sentences, attributions);
    tell_acts(&document.text, quotations, attributions);
    tell_times(document, sentences, quotations, attributions);
}

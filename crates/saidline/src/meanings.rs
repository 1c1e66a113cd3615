//! What was said, as vectors by which it is found.

use saidline_html::{Document, Span};
use saidline_models::{Meaning, Vector, mixed};

use crate::attribution::Attribution;

/// How much the title of the page counts beside who said what.
const TITLE: f32 = 0.6;

/// The vector of each attribution of a document, in order.
///
/// It is that of the speaker's name and the content, with some of the title's: who asks names the speaker more often than
/// not, and a content taken out of its page says "it" and "they" of what the title names. A page's attributions need not
/// all be given: each vector depends on its own and on the title.
pub fn meanings<'a>(
    model: &Meaning,
    document: &Document,
    attributions: impl IntoIterator<Item = &'a Attribution>,
) -> Vec<Vector> {
    let mut texts: Vec<_> = attributions.into_iter().map(|one| text_of(one, &document.text)).collect();
    let title = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    texts.extend(title.map(str::to_owned));
    let mut vectors = model.vectors(&texts);
    if let Some(title) = title.and_then(|_| vectors.pop()) {
        vectors.iter_mut().for_each(|vector| *vector = mixed(&[(vector, 1.0), (&title, TITLE)]));
    }
    vectors
}

/// The words that stand for an attribution: who speaks, by name where that is known, and what was said.
fn text_of(attribution: &Attribution, text: &str) -> String {
    let words = |spans: &[Span]| spans.iter().map(|span| span.of(text).trim()).collect::<Vec<_>>().join(" ");
    let names: Vec<_> = attribution.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let who = if names.is_empty() { words(&attribution.source) } else { names.join(", ") };
    let content = words(&attribution.content);
    if who.is_empty() { content } else { format!("{who}: {content}") }
}

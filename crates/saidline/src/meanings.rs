//! What was said, as vectors by which it is found.

use saidline_html::{Document, Span};
use saidline_models::{Meaning, Vector, mixed};

use crate::attribution::Attribution;

/// How much the title of the page counts beside who said what, and each of the attributions before and behind.
const TITLE: f32 = 0.4;
const BESIDE: f32 = 0.15;

/// The vector of each attribution of a document, in order.
///
/// It is that of the speaker's name and the content, with some of the title's and of those of the attributions before and
/// behind: who asks names the speaker more often than not, and a content taken out of its page says "it" and "they" of what
/// the title and the sentences around it name.
pub fn meanings(model: &Meaning, document: &Document, attributions: &[Attribution]) -> Vec<Vector> {
    let mut texts: Vec<_> = attributions.iter().map(|one| meaning_text(one, &document.text)).collect();
    let title = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    texts.extend(title.map(str::to_owned));
    let vectors = model.vectors(&texts);
    let (own, title) = vectors.split_at(attributions.len());
    let beside = |at: Option<usize>| at.and_then(|at| own.get(at)).map(|vector| (vector, BESIDE));
    (0..own.len())
        .map(|at| {
            let title = title.first().map(|title| (title, TITLE));
            let parts = [Some((&own[at], 1.0)), title, beside(at.checked_sub(1)), beside(Some(at + 1))];
            mixed(&parts.into_iter().flatten().collect::<Vec<_>>())
        })
        .collect()
}

/// The words that stand for an attribution where vectors are made: who speaks, by name where that is known, and what was said.
pub fn meaning_text(attribution: &Attribution, text: &str) -> String {
    let words = |spans: &[Span]| spans.iter().map(|span| span.of(text).trim()).collect::<Vec<_>>().join(" ");
    let names: Vec<_> = attribution.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    meaning_words(&names.join(", "), &words(&attribution.source), &words(&attribution.content))
}

/// The same of its parts: the names of the speakers, the words of the source, which count where there are no names, and those of
/// the content.
pub fn meaning_words(names: &str, source: &str, content: &str) -> String {
    let who = if names.is_empty() { source } else { names };
    if who.is_empty() { content.to_owned() } else { format!("{who}: {content}") }
}

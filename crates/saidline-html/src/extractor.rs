//! Asks an article extractor which of the visible text is the article.
//!
//! The extractor hands back text of its own making, so every longer run of visible text goes in with a character
//! of its own in front, one that no page has a use for (Unicode's supplementary private use areas), and whichever
//! of these come out again were kept. Short runs go in as they are, since extractors know some by their words
//! ("Advertisement"); they are looked for between the marked ones. Only what is visible goes in, without scripts
//! and within bounds on bytes, nodes and depth.

use crate::dom::{Data, Dom, Id, is_void};
use crate::visible::{Piece, Visible, body, is_hidden};
use html5ever::ns;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs of text the extractor sees at most; there are no more marks.
const MOST_PIECES: usize = 2 * PLANE;
/// Bytes of markup the extractor sees at most.
const MOST_BYTES: usize = 2 << 20;
/// Elements the extractor sees at most: it takes more than twice the time for twice as many.
const MOST_ELEMENTS: usize = 20_000;
/// Elements within each other the extractor sees at most.
const MOST_DEPTH: usize = 100;
/// Bytes of an attribute's value the extractor sees at most; it reads names in them.
const MOST_VALUE: usize = 300;

/// Runs of text longer than this, in bytes, are marked.
const SHORT: usize = 40;
/// How far a short run is looked for, in bytes of what the extractor kept.
const WINDOW: usize = 2_000;

/// Code points of a private use plane.
const PLANE: usize = 0xFFFE;

/// What the extractor made of a page.
#[derive(Debug)]
pub(crate) struct Kept {
    /// For each piece of the visible text, whether it belongs to the article.
    pub pieces: Vec<bool>,
    /// How many pieces the extractor was shown; the rest is past its bounds.
    pub seen: usize,
    /// The extractor failed on this page.
    pub failed: bool,
}

impl Kept {
    /// All of it is article.
    pub(crate) fn all(visible: &Visible) -> Self {
        Self { pieces: vec![true; visible.pieces.len()], seen: visible.pieces.len(), failed: false }
    }
}

/// Asks which pieces are the article. None is when the extractor finds no article.
pub(crate) fn article(dom: &Dom, visible: &Visible) -> Kept {
    if visible.pieces.is_empty() {
        return Kept::all(visible);
    }
    let (html, seen) = marked(dom, visible);
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled)
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
    // Bounded input has never made it fail; should it, the page is labelled without it.
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&html, &options)));
    let failed = found.is_err();
    let found = found.ok().and_then(Result::ok).map(|found| found.content_text).unwrap_or_default();
    let pieces = kept(visible, &found);
    Kept { pieces, seen, failed }
}

/// Which pieces stand in what the extractor kept.
fn kept(visible: &Visible, found: &str) -> Vec<bool> {
    let mut pieces = vec![false; visible.pieces.len()];
    // The words of what was kept, and where in them each mark stood, in the order of the page.
    let mut words = String::from(" ");
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for run in found.split_inclusive(|c| unmark(c).is_some()) {
        push_words(run, &mut words);
        if let Some(piece) = run.chars().next_back().and_then(unmark)
            && piece < pieces.len()
        {
            pieces[piece] = true;
            // Text that was moved is no guide to where its neighbours are.
            if marks.last().is_none_or(|(last, _)| *last < piece) {
                marks.push((piece, words.len() - 1));
            }
        }
    }
    let mut at = 0;
    let mut next = 0;
    let mut sought = String::new();
    for (n, piece) in visible.pieces.iter().enumerate() {
        sought.clear();
        sought.push(' ');
        push_words(&visible.text[piece.start..piece.end], &mut sought);
        if let Some((_, mark)) = marks.get(next).filter(|(piece, _)| *piece == n) {
            at = mark + sought.len() - 1;
            next += 1;
        } else if sought.len() > 1 && !is_marked(piece) {
            let end = marks.get(next).map_or(words.len(), |(_, at)| at + 1).min(at + WINDOW).min(words.len());
            if let Some(window) = words.as_bytes().get(at..end)
                && let Some(found) = memchr::memmem::find(window, sought.as_bytes())
            {
                pieces[n] = true;
                at += found + sought.len() - 1;
            }
        }
    }
    pieces
}

/// Whether a piece goes in with a mark.
fn is_marked(piece: &Piece) -> bool {
    piece.end - piece.start > SHORT
}

/// Appends the words of a text, each with a space after it.
fn push_words(text: &str, words: &mut String) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push_str(word);
        words.push(' ');
    }
}

/// The character that marks the `n`th piece.
fn mark(n: usize) -> char {
    let code = if n < PLANE { 0xF_0000 + n } else { 0x10_0000 + (n - PLANE) };
    u32::try_from(code).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
}

/// The piece that a character marks.
fn unmark(c: char) -> Option<usize> {
    match c as usize {
        code @ 0xF_0000..=0xF_FFFD => Some(code - 0xF_0000),
        code @ 0x10_0000..=0x10_FFFD => Some(code - 0x10_0000 + PLANE),
        _ => None,
    }
}

/// The visible part of the body as markup, each piece of text marked, and how many pieces it holds.
fn marked(dom: &Dom, visible: &Visible) -> (String, usize) {
    let mut html = String::from("<html><body>");
    let mut open: Vec<Id> = Vec::new();
    let mut piece = 0;
    let mut elements = 0;
    let Some(top) = body(dom) else { return (html, 0) };
    let mut next = dom.first_child(top);
    while let Some(id) = next {
        if html.len() >= MOST_BYTES || piece >= MOST_PIECES || elements >= MOST_ELEMENTS {
            break;
        }
        let parent = dom.parent(id).unwrap_or(top);
        while let Some(last) = open.last()
            && !dom.upwards(parent).any(|up| up == *last)
        {
            close(dom, &mut html, open.pop());
        }
        let mut into = false;
        match dom.data(id) {
            Data::Text(text) => {
                let shown = visible.pieces.get(piece).filter(|piece| piece.node == id);
                if let Some(shown) = shown {
                    let words = text.trim_start();
                    escape(&text[..text.len() - words.len()], &mut html);
                    if is_marked(shown) {
                        html.push(mark(piece));
                    }
                    escape(words, &mut html);
                    piece += 1;
                } else {
                    escape(text, &mut html);
                }
            }
            Data::Element { name, attributes } if !is_hidden(dom, id) => {
                into = true;
                if open.len() < MOST_DEPTH && name.ns == ns!(html) {
                    elements += 1;
                    html.push('<');
                    html.push_str(&name.local);
                    for attribute in attributes {
                        let name = &*attribute.name.local;
                        // Addresses of pictures are long and tell nothing; odd names would not parse again.
                        if matches!(name, "src" | "srcset" | "data-src" | "data-srcset")
                            || name.starts_with("on")
                            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                        {
                            continue;
                        }
                        let value = &*attribute.value;
                        html.push(' ');
                        html.push_str(name);
                        html.push_str("=\"");
                        escape(&value[..value.floor_char_boundary(MOST_VALUE)], &mut html);
                        html.push('"');
                    }
                    html.push('>');
                    if !is_void(&name.local) && dom.first_child(id).is_some() {
                        open.push(id);
                    } else {
                        into = dom.first_child(id).is_some();
                        if !is_void(&name.local) {
                            close(dom, &mut html, Some(id));
                        }
                    }
                }
            }
            _ => {}
        }
        next = match dom.first_child(id) {
            Some(child) if into => Some(child),
            _ => dom.skipping(id, top),
        };
    }
    while let Some(last) = open.pop() {
        close(dom, &mut html, Some(last));
    }
    (html, piece)
}

fn close(dom: &Dom, html: &mut String, id: Option<Id>) {
    if let Some(name) = id.and_then(|id| dom.tag(id)) {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c if unmark(c).is_some() => html.push('\u{fffd}'),
            c => html.push(c),
        }
    }
}

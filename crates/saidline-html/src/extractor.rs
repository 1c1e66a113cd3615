//! Asks an article extractor which of the visible text is the article.
//!
//! The extractor hands back text of its own making, so every run of visible text goes in with a character of its
//! own at its end, one that no page has a use for (Unicode's supplementary private use areas), and whichever of
//! these come out again were kept. Only what is visible goes in, without scripts and within bounds on bytes,
//! nodes and depth.

use crate::dom::{Data, Dom, Id, is_void};
use crate::visible::{Visible, body, is_hidden};
use html5ever::ns;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs of text the extractor sees at most; there are no more marks.
const MOST_PIECES: usize = 2 * PLANE;
/// Bytes of markup the extractor sees at most.
const MOST_BYTES: usize = 4 << 20;
/// Elements within each other the extractor sees at most.
const MOST_DEPTH: usize = 200;
/// Bytes of an attribute's value the extractor sees at most; it reads names in them.
const MOST_VALUE: usize = 300;

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
    let (html, seen) = marked(dom, visible);
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled)
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
    // Bounded input has never made it fail; should it, the page is labelled without it.
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(&html, &options)));
    let mut pieces = vec![false; visible.pieces.len()];
    let failed = found.is_err();
    if let Ok(Ok(found)) = found {
        for c in found.content_text.chars() {
            if let Some(kept) = unmark(c).and_then(|n| pieces.get_mut(n)) {
                *kept = true;
            }
        }
    }
    Kept { pieces, seen, failed }
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
    let Some(top) = body(dom) else { return (html, 0) };
    let mut next = dom.first_child(top);
    while let Some(id) = next {
        if html.len() >= MOST_BYTES || piece >= MOST_PIECES {
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
                escape(text, &mut html);
                if visible.pieces.get(piece).is_some_and(|p| p.node == id) {
                    // Right after the last word: white space at the end is not kept by everyone.
                    let end = html.trim_end().len();
                    html.insert(end, mark(piece));
                    piece += 1;
                }
            }
            Data::Element { name, attributes } if !is_hidden(dom, id) => {
                into = true;
                if open.len() < MOST_DEPTH && name.ns == ns!(html) {
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

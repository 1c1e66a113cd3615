//! The visible text of a page, in reading order, white space as a browser shows it.
//!
//! What a browser's style sheet for HTML does is followed: elements it does not display are left out, blocks
//! stand on lines of their own (paragraphs with a blank line between), runs of white space are one space except
//! in preformatted text, cells of a row are parted by a tab, and `<q>` brings its quotation marks.

use crate::dom::{Data, Dom, Id, is_block};
use html5ever::{LocalName, local_name, ns};

/// A stretch of the text that stands by itself on the page.
#[derive(Debug, Clone)]
pub(crate) struct Box {
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte that is not white space between blocks.
    pub end: usize,
    /// The text node it began with.
    pub first: Id,
    /// Bytes of it that stand in links.
    pub linked: usize,
}

/// The part of the text that came from one text node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// The text node.
    pub node: Id,
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// A page as it is shown.
#[derive(Debug, Default)]
pub(crate) struct Visible {
    /// The text.
    pub text: String,
    /// The boxes, in order; they do not overlap, and only white space lies between.
    pub boxes: Vec<Box>,
    /// Which text nodes the text came from, in order, those that show something.
    pub pieces: Vec<Piece>,
}

/// The white space due before the next character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Nothing,
    Space,
    Tab,
    Line,
    /// A new box, on the next line.
    Block,
    /// A new box, after a blank line.
    Paragraph,
}

struct Renderer<'d> {
    dom: &'d Dom,
    out: Visible,
    due: Due,
    /// Line breaks since the last character.
    breaks: usize,
    preformatted: usize,
    links: usize,
    quotations: usize,
}

/// What is to be undone at the end of an element.
#[derive(Clone, Copy, Default)]
struct Entered {
    block: Option<Due>,
    preformatted: bool,
    link: bool,
    quotation: bool,
    apart: bool,
}

/// The body's visible text.
pub(crate) fn render(dom: &Dom) -> Visible {
    let Some(body) = body(dom) else { return Visible::default() };
    let mut renderer = Renderer {
        dom,
        out: Visible::default(),
        due: Due::Nothing,
        breaks: 0,
        preformatted: 0,
        links: 0,
        quotations: 0,
    };
    renderer.walk(body);
    renderer.out
}

/// The page's body.
pub(crate) fn body(dom: &Dom) -> Option<Id> {
    let html = dom.children(Dom::ROOT).find(|id| dom.tag(*id) == Some(&local_name!("html")))?;
    dom.children(html).find(|id| matches!(dom.tag(*id), Some(&local_name!("body"))))
}

/// Whether a browser shows nothing of an element and what is in it.
pub(crate) fn is_hidden(dom: &Dom, id: Id) -> bool {
    let Data::Element { name, attributes } = dom.data(id) else { return false };
    if name.ns == ns!(svg) {
        return true;
    }
    let never = matches!(
        &*name.local,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "noframes"
            | "noembed"
            | "head"
            | "title"
            | "iframe"
            | "object"
            | "audio"
            | "video"
            | "canvas"
            | "datalist"
            | "rp"
            | "link"
            | "meta"
    );
    if never {
        return true;
    }
    let attribute = |wanted: &str| attributes.iter().find(|a| &*a.name.local == wanted);
    if name.local == local_name!("dialog") && attribute("open").is_none() {
        return true;
    }
    // Scripts show the body of a page that hides it at first.
    if name.local == local_name!("body") {
        return false;
    }
    attribute("hidden").is_some()
        || attribute("style").is_some_and(|style| {
            let style = declarations(&style.value);
            style.contains(";display:none") || style.contains(";visibility:hidden")
        })
}

/// A style attribute without white space, in lower case, each declaration led by a semicolon.
fn declarations(style: &str) -> String {
    let mut plain = String::from(";");
    plain.extend(style.chars().take(2_000).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()));
    plain
}

impl Renderer<'_> {
    fn walk(&mut self, top: Id) {
        let mut entered: Vec<(Id, Entered)> = Vec::new();
        let mut next = self.dom.first_child(top);
        loop {
            // Leave every element that `next` is not in.
            let parent = next.map_or(top, |id| self.dom.parent(id).unwrap_or(top));
            if next.is_none() {
                while let Some((_, undo)) = entered.pop() {
                    self.leave(undo);
                }
                return;
            }
            while let Some(&(id, undo)) = entered.last()
                && id != parent
            {
                entered.pop();
                self.leave(undo);
            }
            let Some(id) = next else { return };
            let into = match self.dom.data(id) {
                Data::Text(text) => {
                    self.text(id, text);
                    false
                }
                Data::Element { name, .. } if !is_hidden(self.dom, id) => {
                    let undo = self.enter(id, &name.local);
                    if self.dom.first_child(id).is_some() {
                        entered.push((id, undo));
                        true
                    } else {
                        self.leave(undo);
                        false
                    }
                }
                _ => false,
            };
            next = match self.dom.first_child(id) {
                Some(child) if into => Some(child),
                _ => self.dom.skipping(id, top),
            };
        }
    }

    fn enter(&mut self, id: Id, name: &LocalName) -> Entered {
        let mut undo = Entered::default();
        let style = self.dom.attribute(id, "style").map(declarations).unwrap_or_default();
        let block = if style.contains(";display:inline") || style.contains(";display:contents") {
            false
        } else {
            is_block(name)
                || [
                    ";display:block",
                    ";display:flex",
                    ";display:grid",
                    ";display:table;",
                    ";display:list-item",
                ]
                .iter()
                .any(|display| style.contains(display))
        };
        match &**name {
            "br" => {
                self.breaks += 1;
                self.due(if self.breaks == 1 { Due::Line } else { Due::Paragraph });
                return undo;
            }
            "pre" | "textarea" | "listing" | "xmp" | "plaintext" => undo.preformatted = true,
            "td" | "th" if self.dom.previous_sibling(id).is_some() => self.due(Due::Tab),
            "a" if self.dom.attribute(id, "href").is_some() => undo.link = true,
            "button" | "select" => undo.apart = true,
            "q" => undo.quotation = true,
            _ => {}
        }
        undo.preformatted |= style.contains(";white-space:pre");
        if block {
            let due = if has_margin(name) { Due::Paragraph } else { Due::Block };
            self.due(due);
            undo.block = Some(due);
        }
        if undo.apart {
            self.due(Due::Space);
        }
        self.preformatted += usize::from(undo.preformatted);
        self.links += usize::from(undo.link);
        if undo.quotation {
            self.mark(id, if self.quotations.is_multiple_of(2) { '“' } else { '‘' });
            self.quotations += 1;
        }
        undo
    }

    fn leave(&mut self, undo: Entered) {
        if undo.quotation {
            self.quotations -= 1;
            let mark = if self.quotations.is_multiple_of(2) { '”' } else { '’' };
            if self.due < Due::Block && !self.out.boxes.is_empty() {
                // The mark closes up to the last word, whatever white space the element ends with.
                self.close(mark);
            }
        }
        self.preformatted -= usize::from(undo.preformatted);
        self.links -= usize::from(undo.link);
        if undo.apart {
            self.due(Due::Space);
        }
        if let Some(due) = undo.block {
            self.due(due);
        }
    }

    fn due(&mut self, due: Due) {
        self.due = self.due.max(due);
    }

    fn mark(&mut self, node: Id, mark: char) {
        self.begin(node);
        self.push(mark.encode_utf8(&mut [0; 4]));
    }

    fn close(&mut self, mark: char) {
        self.push(mark.encode_utf8(&mut [0; 4]));
    }

    fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
        if let Some(last) = self.out.boxes.last_mut() {
            last.end = self.out.text.len();
            if self.links > 0 {
                last.linked += text.len();
            }
        }
        self.breaks = 0;
    }

    /// Writes the white space that is due, and opens a box if there is none or a new one is due.
    fn begin(&mut self, node: Id) {
        let first = self.out.boxes.is_empty();
        let text = &mut self.out.text;
        match std::mem::replace(&mut self.due, Due::Nothing) {
            Due::Nothing if !first => return,
            _ if first => {}
            Due::Nothing => {}
            Due::Space => return text.push(' '),
            Due::Tab => return text.push('\t'),
            Due::Line => return text.push('\n'),
            Due::Block => text.push('\n'),
            Due::Paragraph => text.push_str("\n\n"),
        }
        self.open(node);
    }

    fn open(&mut self, node: Id) {
        let start = self.out.text.len();
        self.out.boxes.push(Box { start, end: start, first: node, linked: 0 });
    }

    fn text(&mut self, node: Id, text: &str) {
        if self.preformatted > 0 {
            return self.preformatted_text(node, text);
        }
        let mut piece: Option<Piece> = None;
        for (at, word) in text.split(is_space).enumerate() {
            if at > 0 {
                self.due(Due::Space);
            }
            if word.is_empty() {
                continue;
            }
            self.begin(node);
            let start = self.out.text.len();
            self.push(word);
            let end = self.out.text.len();
            piece.get_or_insert(Piece { node, start, end }).end = end;
        }
        self.out.pieces.extend(piece);
    }

    /// Every character as it stands; a blank line begins a new box.
    fn preformatted_text(&mut self, node: Id, text: &str) {
        let mut piece: Option<Piece> = None;
        let mut lines = text.split('\n').peekable();
        let mut blank = false;
        while let Some(line) = lines.next() {
            let shows = line.contains(|c| !is_space(c));
            if shows {
                if blank && self.due < Due::Block && !self.out.boxes.is_empty() {
                    self.due = Due::Nothing;
                    self.open(node);
                } else {
                    self.begin(node);
                }
                blank = false;
                let start = self.out.text.len();
                self.push(line);
                let end = self.out.text.len();
                piece.get_or_insert(Piece { node, start, end }).end = end;
            } else if self.out.boxes.is_empty() || self.due >= Due::Block {
                // White space at the edge of a block.
                continue;
            } else {
                blank = true;
                self.out.text.push_str(line);
            }
            if lines.peek().is_some() {
                self.out.text.push('\n');
            }
        }
        self.out.pieces.extend(piece);
    }
}

/// The white space that collapses: not the no-break space.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Elements with a blank line around them.
fn has_margin(name: &LocalName) -> bool {
    matches!(
        &**name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "dl"
            | "ul"
            | "ol"
            | "menu"
            | "dir"
            | "figure"
            | "pre"
            | "listing"
            | "xmp"
            | "plaintext"
            | "hr"
            | "table"
            | "fieldset"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Limits;

    /// The boxes of a page, divided by `¦`, and the text between them.
    #[track_caller]
    fn check(html: &str, expected: &str) {
        let visible = render(&Dom::parse(html, Limits::USUAL));
        let mut shown = String::new();
        let mut at = 0;
        for (n, piece) in visible.boxes.iter().enumerate() {
            shown.push_str(&visible.text[at..piece.start]);
            if n > 0 {
                shown.push('¦');
            }
            shown.push_str(&visible.text[piece.start..piece.end]);
            at = piece.end;
        }
        shown.push_str(&visible.text[at..]);
        assert_eq!(shown, expected, "{html}");
    }

    #[test]
    fn white_space() {
        check("<p>One  two\n three </p>", "One two three");
        check("<p>One</p><p>two</p>", "One\n\n¦two");
        check("<div>One</div><div>two</div>", "One\n¦two");
        check("One <b> two</b> three", "One two three");
        check("One<b>two</b>", "Onetwo");
        check("<p>One<br>two</p>", "One\ntwo");
        check("<p>One<br> <br>two</p>", "One\n\n¦two");
        check("<p>One\u{a0} two</p>", "One\u{a0} two");
        check("<ul><li>One</li><li>two</li></ul>three", "One\n¦two\n\n¦three");
        check("<pre>  One\n   two</pre>", "  One\n   two");
        check("<pre>One\n\n\ntwo\n</pre>three", "One\n\n\n¦two\n\n\n¦three");
        check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\n¦c");
        check("<span style='display: block'>One</span><span style=\"DISPLAY:block\">two</span>", "One\n¦two");
        check("<button>Share</button><button>Save</button>", "Share Save");
        check("", "");
        check("<p> </p>", "");
    }

    #[test]
    fn what_a_browser_does_not_show() {
        check(
            "<p>One<script>x</script><style>x</style><template>x</template><noscript>x</noscript></p>",
            "One",
        );
        check("<p hidden>x</p><p style='color:red; display: none'>x</p><p>One</p>", "One");
        check("<title>x</title><svg><text>x</text></svg><p>One<!-- x --></p>", "One");
        check("<dialog>x</dialog><dialog open>One</dialog>", "One");
        check("<body style='visibility:hidden'><p>One</p>", "One");
        check("<p><span aria-hidden=true>One</span></p>", "One");
    }

    #[test]
    fn quotation_elements_show_marks() {
        check("<p>He said <q>come <q>now</q> </q>.</p>", "He said “come ‘now’” .");
        check("<p><q>Yes</q></p><p>No</p>", "“Yes”\n\n¦No");
        check("<q></q>", "“”");
    }

    #[test]
    fn deep_and_huge() {
        check(&"<div>".repeat(100_000), "");
        check(&format!("{}x{}", "<div>".repeat(10_000), "</div>".repeat(10_000)), "x");
        check(&"<b><i>".repeat(50_000), "");
        let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
        check(&format!("<p{attributes}>x</p><p title='a > b'>y</p>"), "x\n\n¦y");
    }
}

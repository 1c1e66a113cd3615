//! A page's element tree, parsed with bounds on bytes, nodes and depth.
//!
//! The parser is html5ever; the tree is ours, a flat list of nodes, so that neither walking nor dropping it
//! recurses. html5ever looks through its stack of open elements for many tags and through a tag's attributes for
//! each new one, which makes hostile pages quadratic; so both are bounded before it sees them: tags that would
//! open an element too deep are dropped (their text stays), and so are attributes past a thousand in one tag.

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EOFToken, EndTag, StartTag, Tag, TagToken, Token, TokenSink,
    TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, TokenizerResult, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// How much of a page is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of markup, in UTF-8.
    pub bytes: usize,
    /// Nodes of the tree: elements and runs of text.
    pub nodes: usize,
    /// Elements open at once.
    pub depth: usize,
    /// Attributes of one tag.
    pub attributes: usize,
}

impl Limits {
    /// What real pages need, several times over.
    pub(crate) const USUAL: Self = Self { bytes: 32 << 20, nodes: 2_000_000, depth: 200, attributes: 1_000 };
}

/// A node of a [`Dom`].
pub(crate) type Id = u32;

/// No node.
const NONE: Id = Id::MAX;

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// The root.
    Document,
    /// An element.
    Element { name: QualName, attributes: Vec<Attribute> },
    /// A run of text.
    Text(StrTendril),
    /// A comment, a processing instruction, the fragment of a template: nothing that is shown.
    Other,
}

#[derive(Debug)]
struct Node {
    parent: Id,
    previous: Id,
    next: Id,
    first: Id,
    last: Id,
    data: Data,
}

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    /// The markup was longer, or had more nodes, than the limits allow: the rest was not read.
    pub cut: bool,
    /// Elements lay deeper than the limits allow: they were opened into the one above.
    pub flattened: bool,
}

impl Dom {
    /// Parses a page. Linear in its length.
    pub(crate) fn parse(html: &str, limits: Limits) -> Self {
        let mut end = html.len();
        if end > limits.bytes {
            end = html.floor_char_boundary(limits.bytes);
        }
        let bounded = bound_attributes(&html[..end], limits.attributes);
        // One tag can make many elements, where formatting is open; no honest page has so many for its length.
        let limits = Limits { nodes: limits.nodes.min(50_000 + end / 2), ..limits };
        let builder = TreeBuilder::new(Sink::default(), TreeBuilderOpts::default());
        let filter = Filter {
            builder,
            limits,
            dropped: RefCell::default(),
            stopped: Cell::new(false),
            flattened: Cell::new(false),
        };
        let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
        let input = BufferQueue::default();
        // Small pieces: the tokenizer shares a piece's buffer with the text cut out of it.
        let mut rest: &str = &bounded;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(1 << 16));
            input.push_back(StrTendril::from_slice(piece));
            rest = after;
            while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) =
                tokenizer.feed(&input)
            {}
            if tokenizer.sink.stopped.get() {
                break;
            }
        }
        tokenizer.end();
        let stopped = tokenizer.sink.stopped.get();
        let flattened = tokenizer.sink.flattened.get();
        let nodes = tokenizer.sink.builder.sink.nodes.into_inner();
        Self { nodes, cut: stopped || end < html.len(), flattened }
    }

    /// The root.
    pub(crate) const ROOT: Id = 0;

    pub(crate) fn data(&self, id: Id) -> &Data {
        &self.nodes[id as usize].data
    }

    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].parent)
    }

    pub(crate) fn first_child(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].first)
    }

    pub(crate) fn next_sibling(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].next)
    }

    pub(crate) fn previous_sibling(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].previous)
    }

    /// The node, then its ancestors up to the root.
    pub(crate) fn upwards(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.first_child(id), |id| self.next_sibling(*id))
    }

    /// The node and all below it, in document order.
    pub(crate) fn descendants(&self, top: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(top), move |&id| self.following(id, top))
    }

    /// The node after `id` in document order, below `top`.
    fn following(&self, id: Id, top: Id) -> Option<Id> {
        self.first_child(id).or_else(|| self.skipping(id, top))
    }

    /// The node after all below `id`, in document order, below `top`.
    pub(crate) fn skipping(&self, id: Id, top: Id) -> Option<Id> {
        self.upwards(id).take_while(|&id| id != top).find_map(|id| self.next_sibling(id))
    }

    /// The tag of an HTML element, in lower case.
    pub(crate) fn tag(&self, id: Id) -> Option<&LocalName> {
        match self.data(id) {
            Data::Element { name, .. } if name.ns == ns!(html) => Some(&name.local),
            _ => None,
        }
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        match self.data(id) {
            Data::Element { attributes, .. } => {
                attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
            }
            _ => None,
        }
    }

    /// All text below a node, white space collapsed. At most about `most` bytes.
    pub(crate) fn text(&self, top: Id, most: usize) -> String {
        let mut text = String::new();
        for id in self.descendants(top) {
            if let Data::Text(piece) = self.data(id) {
                for word in piece.split_whitespace() {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(word);
                    if text.len() >= most {
                        return text;
                    }
                }
            }
        }
        text
    }
}

fn some(id: Id) -> Option<Id> {
    (id != NONE).then_some(id)
}

/// The markup with at most `most` attributes in each tag.
fn bound_attributes(html: &str, most: usize) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut kept: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        // As the tokenizer reads a tag: attributes are words outside quotes, and a quote counts only after "=".
        let mut attributes = 0;
        let mut in_word = true;
        let mut after_equals = false;
        let mut too_many_at = None;
        while at < bytes.len() {
            let byte = bytes[at];
            match byte {
                b'>' => break,
                b'"' | b'\'' if after_equals => {
                    at += 1;
                    at = memchr::memchr(byte, &bytes[at..]).map_or(bytes.len(), |found| at + found);
                    after_equals = false;
                    in_word = false;
                }
                b'=' => after_equals = true,
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' => in_word = after_equals && in_word,
                _ => {
                    if !in_word && !after_equals {
                        attributes += 1;
                        if attributes > most && too_many_at.is_none() {
                            too_many_at = Some(at);
                        }
                    }
                    in_word = true;
                    after_equals = false;
                }
            }
            at += 1;
        }
        at = at.min(bytes.len());
        if let Some(from) = too_many_at {
            let kept = kept.get_or_insert_with(String::new);
            // Any byte of a longer character is past the point where an attribute begins.
            kept.push_str(&html[copied..from]);
            copied = at;
        }
    }
    match kept {
        None => Cow::Borrowed(html),
        Some(mut kept) => {
            kept.push_str(&html[copied..]);
            Cow::Owned(kept)
        }
    }
}

/// Stands between the tokenizer and the tree builder and keeps the tree within its bounds.
struct Filter {
    builder: TreeBuilder<Id, Sink>,
    limits: Limits,
    /// Start tags dropped for depth, whose end tags are to be dropped as well.
    dropped: RefCell<HashMap<LocalName, usize>>,
    stopped: Cell<bool>,
    flattened: Cell<bool>,
}

/// Counts the elements that the tree builder holds.
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = Id;

    fn trace_handle(&self, _: &Id) {
        self.0.set(self.0.get() + 1);
    }
}

impl Filter {
    /// Whether as many elements are open as may be.
    fn full(&self) -> bool {
        let open = &self.builder.sink.open;
        if open.get() < self.limits.depth {
            return false;
        }
        // The sink is not told of every element that is closed: count.
        let count = Count(Cell::new(0));
        self.builder.trace_handles(&count);
        open.set(count.0.get());
        open.get() >= self.limits.depth
    }

    /// The tag to build instead of this one, if any.
    fn bounded(&self, tag: Tag) -> Option<Tag> {
        match tag.kind {
            StartTag => {
                if self.builder.sink.nodes.borrow().len() >= self.limits.nodes {
                    self.stopped.set(true);
                    return None;
                }
                // These hold no elements, only text, and the tokenizer must be told of them.
                if is_raw(&tag.name) || is_void(&tag.name) || !self.full() {
                    return Some(tag);
                }
                self.flattened.set(true);
                *self.dropped.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                // A line break keeps the words of two elements apart.
                is_block(&tag.name).then(|| Tag {
                    kind: StartTag,
                    name: local_name!("br"),
                    self_closing: false,
                    attrs: Vec::new(),
                    had_duplicate_attributes: false,
                })
            }
            EndTag => {
                if let Some(dropped) = self.dropped.borrow_mut().get_mut(&tag.name)
                    && *dropped > 0
                {
                    *dropped -= 1;
                    return None;
                }
                Some(tag)
            }
        }
    }
}

impl TokenSink for Filter {
    type Handle = Id;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Id> {
        if self.stopped.get() && !matches!(token, EOFToken) {
            return TokenSinkResult::Continue;
        }
        let token = match token {
            TagToken(tag) => match self.bounded(tag) {
                Some(tag) => TagToken(tag),
                None => return TokenSinkResult::Continue,
            },
            CharacterTokens(text) if self.builder.sink.nodes.borrow().len() >= self.limits.nodes => {
                self.stopped.set(true);
                let _ = text;
                return TokenSinkResult::Continue;
            }
            token => token,
        };
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements whose content is text to the tokenizer.
fn is_raw(name: &LocalName) -> bool {
    matches!(
        &**name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
    )
}

/// Elements without content.
pub(crate) fn is_void(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that a browser sets on lines of their own.
pub(crate) fn is_block(name: &LocalName) -> bool {
    matches!(
        &**name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Builds the flat tree.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// Elements open at most: created, less those reported closed.
    open: Cell<usize>,
}

impl Default for Sink {
    fn default() -> Self {
        let sink = Self { nodes: RefCell::default(), open: Cell::new(0) };
        sink.add(Data::Document);
        sink
    }
}

impl Sink {
    fn add(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        let id = nodes.len() as Id;
        nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, data });
        id
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let Node { parent, previous, next, .. } = nodes[id as usize];
        match some(previous) {
            Some(previous) => nodes[previous as usize].next = next,
            None if parent != NONE => nodes[parent as usize].first = next,
            None => {}
        }
        match some(next) {
            Some(next) => nodes[next as usize].previous = previous,
            None if parent != NONE => nodes[parent as usize].last = previous,
            None => {}
        }
        let node = &mut nodes[id as usize];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts a node without a parent before `next`, or last.
    fn insert(&self, parent: Id, next: Id, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let previous = if next == NONE { nodes[parent as usize].last } else { nodes[next as usize].previous };
        let node = &mut nodes[id as usize];
        (node.parent, node.previous, node.next) = (parent, previous, next);
        match some(previous) {
            Some(previous) => nodes[previous as usize].next = id,
            None => nodes[parent as usize].first = id,
        }
        match some(next) {
            Some(next) => nodes[next as usize].previous = id,
            None => nodes[parent as usize].last = id,
        }
    }

    fn place(&self, parent: Id, next: Id, child: NodeOrText<Id>) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                self.insert(parent, next, id);
            }
            NodeOrText::AppendText(text) => {
                let previous = {
                    let nodes = self.nodes.borrow();
                    if next == NONE { nodes[parent as usize].last } else { nodes[next as usize].previous }
                };
                if previous != NONE
                    && let Data::Text(before) = &mut self.nodes.borrow_mut()[previous as usize].data
                {
                    before.push_tendril(&text);
                    return;
                }
                let id = self.add(Data::Text(text));
                self.insert(parent, next, id);
            }
        }
    }
}

/// An element's name, by value: the list of nodes is borrowed only for a moment.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        Dom::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        match &self.nodes.borrow()[*target as usize].data {
            Data::Element { name, .. } => Name(name.clone()),
            _ => Name(QualName::new(None, ns!(), local_name!(""))),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.open.set(self.open.get() + 1);
        self.add(Data::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.place(*parent, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let parent = self.nodes.borrow()[*element as usize].parent;
        match some(parent) {
            Some(parent) => self.place(parent, *element, child),
            None => self.place(*previous, NONE, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, _: &Id) {
        self.open.set(self.open.get().saturating_sub(1));
    }

    fn get_template_contents(&self, _: &Id) -> Id {
        // What a template holds is not shown: it hangs from nothing.
        self.add(Data::Other)
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if parent != NONE {
            self.place(parent, *sibling, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target as usize].data {
            for attribute in more {
                if attributes.len() < Limits::USUAL.attributes
                    && !attributes.iter().any(|a| a.name == attribute.name)
                {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        loop {
            let first = self.nodes.borrow()[*node as usize].first;
            if first == NONE {
                return;
            }
            self.detach(first);
            self.insert(*new_parent, NONE, first);
        }
    }
}

//! Invented pages with readings as the engine would give them, so that tests of the store need no model.

#![allow(dead_code)]

use saidline::{
    Attribution, Basis, Block, BlockKind, Dated, Document, How, Kind, Known, Note, Page, QuotationKind,
    Reading, Span, Speaker, SpeakerKind, When,
};

/// A page in the making.
#[derive(Debug, Clone)]
pub struct Story {
    page: Page,
    document: Document,
    attributions: Vec<Attribution>,
    notes: Vec<Note>,
    /// Where the content of the last attribution began.
    at: usize,
}

impl Story {
    /// A page of plain text at `path`. Every line is a paragraph.
    pub fn new(path: &str, text: &str) -> Self {
        let mut at = 0;
        let blocks = text.split_inclusive('\n').map(|line| {
            at += line.len();
            Block { kind: BlockKind::Paragraph, span: Span::new(at - line.len(), at), time: None }
        });
        let document = Document { blocks: blocks.collect(), text: text.to_owned(), ..Document::default() };
        let page = Page {
            bytes: text.as_bytes().to_vec(),
            kind: Kind::Text,
            path: path.to_owned(),
            ..Page::default()
        };
        Self { page, document, attributions: Vec::new(), notes: Vec::new(), at: 0 }
    }

    pub fn address(mut self, address: &str) -> Self {
        self.page.known.address = Some(address.to_owned());
        self
    }

    pub fn outlet(mut self, outlet: &str) -> Self {
        self.page.known.outlet = Some(outlet.to_owned());
        self.document.outlet = Some(outlet.to_owned());
        self
    }

    pub fn title(mut self, title: &str) -> Self {
        self.page.known.title = Some(title.to_owned());
        self.document.title = Some(title.to_owned());
        self
    }

    pub fn byline(mut self, byline: &str) -> Self {
        self.document.byline = Some(byline.to_owned());
        self
    }

    pub fn fetched(mut self, fetched: &str) -> Self {
        self.page.fetched = Some(fetched.to_owned());
        self
    }

    pub fn published(mut self, date: &str) -> Self {
        let when = When::at(date.parse().expect("it is a date"));
        let text = Some(date.to_owned());
        self.document.published = Some(Dated { when, text, span: None, basis: Basis::Metadata });
        self
    }

    /// The text was taken out of markup with these `bytes`.
    pub fn markup(mut self, bytes: &str) -> Self {
        self.page.bytes = bytes.as_bytes().to_vec();
        self.page.kind = Kind::Html;
        self.document.from_markup = true;
        self
    }

    pub fn note(mut self, message: &str) -> Self {
        self.notes.push(Note { code: "no-date".into(), span: None, message: message.to_owned() });
        self
    }

    /// `speaker` (a person; nobody where it is empty) says `content` (pieces joined by ` … `), named as `source`. The
    /// words are the first of the text after the content before.
    pub fn says(mut self, speaker: &str, source: &str, content: &str) -> Self {
        let text = &self.document.text;
        let find = |words: &str, from: usize| {
            let start = text[from..].find(words).map(|at| from + at).or_else(|| text.find(words));
            let start = start.unwrap_or_else(|| panic!("`{words}` stands in the text"));
            Span::new(start, start + words.len())
        };
        let mut spans = Vec::new();
        let mut from = self.at;
        for piece in content.split(" … ") {
            let span = find(piece, from);
            from = span.end as usize;
            spans.push(span);
        }
        let first = spans[0];
        self.at =
            first.start as usize + text[first.start as usize..].chars().next().map_or(0, char::len_utf8);
        let source = if source.is_empty() { Vec::new() } else { vec![find(source, first.start as usize)] };
        let speakers = [speaker].into_iter().filter(|name| !name.is_empty()).map(|name| Speaker {
            name: name.to_owned(),
            kind: SpeakerKind::Person,
            role: Some("harbour master".to_owned()),
            how: How::Name,
            antecedent: None,
            confidence: 0.75,
        });
        let kind = if content.starts_with('“') { QuotationKind::Direct } else { QuotationKind::Indirect };
        let cue = vec![find("said", first.start as usize)];
        self.attributions.push(Attribution {
            speakers: speakers.collect(),
            ..Attribution::new(kind, source, cue, spans, 0.875)
        });
        self
    }

    /// The last attribution stands in that with this number.
    pub fn within(mut self, parent: usize) -> Self {
        self.attributions.last_mut().expect("there is one").parent = Some(parent);
        self
    }

    /// Changes the last attribution.
    pub fn but(mut self, change: impl FnOnce(&mut Attribution)) -> Self {
        change(self.attributions.last_mut().expect("there is one"));
        self
    }

    pub fn build(self) -> (Page, Reading) {
        let Self { page, document, attributions, notes, .. } = self;
        let id = page.id();
        (
            page,
            Reading {
                page: id,
                document,
                attributions,
                notes,
                model: "invented-1".into(),
                meanings: Vec::new(),
            },
        )
    }

    pub fn id(&self) -> String {
        self.page.id().to_string()
    }

    pub fn known(&self) -> &Known {
        &self.page.known
    }
}

//! What a page turns into: the frozen text, its blocks and what is known of it.

use std::borrow::Cow;

use crate::moment::When;

/// A half-open range of UTF-8 bytes in one document's text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    ///
    /// # Panics
    /// When an offset does not fit `u32`; documents are bounded well below that.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self {
            start: start.try_into().expect("offset fits u32"),
            end: end.try_into().expect("offset fits u32"),
        }
    }

    /// The text under the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range that slices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing lies under it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether there are words between this span and one that comes after it.
    pub fn is_parted_from(self, after: Span, text: &str) -> bool {
        let between = text.get(self.end as usize..after.start as usize);
        between.is_some_and(|between| !between.trim().is_empty())
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// What a block is. Closed: a new kind is a new version of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's title, wherever it is shown.
    Headline,
    /// A heading below the title or inside the article.
    Subheadline,
    /// A line that only says where (and when) the story was filed.
    Dateline,
    /// A line that names the authors.
    Byline,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// The words under a picture or a video.
    Caption,
    /// A quotation set as a block of its own: the words of whoever is quoted.
    Quotation,
    /// Words of the article, repeated large for show.
    PullQuote,
    /// An entry of a live blog (its time in [`Block::time`]).
    LiveEntry,
    /// Menus, share links, newsletter lines, and all else that is not the article.
    Boilerplate,
}

impl BlockKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [BlockKind; 11] = [
        Self::Headline,
        Self::Subheadline,
        Self::Dateline,
        Self::Byline,
        Self::Paragraph,
        Self::ListItem,
        Self::Caption,
        Self::Quotation,
        Self::PullQuote,
        Self::LiveEntry,
        Self::Boilerplate,
    ];

    /// The kind's name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Subheadline => "sub-headline",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list-item",
            Self::Caption => "caption",
            Self::Quotation => "quotation",
            Self::PullQuote => "pull-quote",
            Self::LiveEntry => "live-entry",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// A stretch of the text with one role. The blocks of a document partition its text in order: the white space
/// between two blocks belongs to the one before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is.
    pub span: Span,
    /// The time on a live entry, if it shows one.
    pub time: Option<When>,
}

/// How a date was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The caller said so.
    Caller,
    /// Machine-readable metadata of the page (JSON-LD, OpenGraph, meta, `<time datetime>`).
    Metadata,
    /// A line that a reader of the page sees.
    Visible,
    /// The page's address.
    Address,
    /// A person put it right afterwards.
    Corrected,
}

impl Basis {
    /// The basis' name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Metadata => "metadata",
            Self::Visible => "visible",
            Self::Address => "address",
            Self::Corrected => "corrected",
        }
    }

    /// Every basis, in the order of declaration.
    pub const ALL: [Basis; 5] = [Self::Caller, Self::Metadata, Self::Visible, Self::Address, Self::Corrected];
}

/// A date of the page, and how it was come by.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The date, as precise as its words and no more.
    pub when: When,
    /// The words it was read from (for [`Basis::Visible`] the text under the span).
    pub text: Option<String>,
    /// Where the words stand, when they stand in the document's text.
    pub span: Option<Span>,
    /// How it was come by.
    pub basis: Basis,
}

/// A page read: its text (frozen), its blocks, its metadata.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The text. Never altered once made.
    pub text: String,
    /// The blocks, which partition the text.
    pub blocks: Vec<Block>,
    /// Whether the text was taken out of markup (then offsets do not hold in the input).
    pub from_markup: bool,
    /// The article's title.
    pub title: Option<String>,
    /// Who published it ("The Daily Example").
    pub outlet: Option<String>,
    /// Who wrote it, without "By".
    pub byline: Option<String>,
    /// News agencies credited ("AP", "Reuters").
    pub agencies: Vec<String>,
    /// When it was published.
    pub published: Option<Dated>,
    /// When it was last changed.
    pub updated: Option<Dated>,
    /// Its canonical address.
    pub canonical: Option<String>,
    /// Its language, ISO 639-1 ("en"), when it can be told.
    pub language: Option<String>,
}

/// What the caller knows of a page. It beats what is inferred.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Known {
    /// The address it was fetched from.
    pub address: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its author or authors.
    pub byline: Option<String>,
    /// Its publication date, in the caller's words; one that can't be read becomes a note.
    pub published: Option<String>,
    /// Its language, ISO 639-1.
    pub language: Option<String>,
}

/// Something the user should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable name for this sort of note ("unclosed-quotation"); every code stands in the manual. Owned where a
    /// record gives back a note that another version wrote.
    pub code: Cow<'static, str>,
    /// Where in the document's text, when it is about a place.
    pub span: Option<Span>,
    /// A sentence for people: lower case, no final stop.
    pub message: String,
}

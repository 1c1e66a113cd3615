//! The only crate that knows markup and character sets: bytes in (plain text too); visible text, labelled
//! blocks and metadata out.
//!
//! [`read`] never fails and never panics: what it cannot make sense of becomes a [`Note`]. The text of an HTML
//! document is the visible text of its body in reading order, white space as a browser shows it; the text of a
//! plain-text input is that file, character for character (a byte order mark is not counted). Blocks partition
//! the text in order; boilerplate is marked, never deleted.

mod charset;
pub mod codes;
mod dates;
mod document;
mod dom;
mod extractor;
mod html;
mod label;
mod language;
mod metadata;
mod moment;
mod scraped;
mod visible;

pub use document::{Basis, Block, BlockKind, Dated, Document, Known, Note, Span};
pub use moment::{Moment, NotAMoment, When};

/// What the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Told from the content.
    #[default]
    Auto,
    /// Text without markup.
    Text,
    /// HTML.
    Html,
}

/// A page as it came, and how it is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The bytes, decompressed.
    pub bytes: &'a [u8],
    /// What the bytes are.
    pub kind: Kind,
    /// The whole input is article text: no boilerplate is sought.
    pub plain: bool,
    /// The charset label that the transport named (an HTTP header, a WARC record), if any.
    pub charset: Option<&'a str>,
    /// What the caller knows; it beats what is inferred here.
    pub known: &'a Known,
}

/// Scores lines of text: rows of [`LINE_FEATURES`] numbers, one row a line, flattened; a score a line out, the
/// chance in `0.0..=1.0` that the line belongs to the article.
///
/// The weights live in another crate; this one only says what the numbers are.
pub type ScoreLines<'a> = dyn Fn(&[f32]) -> Vec<f32> + 'a;

/// How many numbers describe a line, in the rows that go to [`ScoreLines`].
pub const LINE_FEATURES: usize = scraped::LINE_FEATURES;

/// What each of the [`LINE_FEATURES`] numbers is, in their order: a phrase for people and for the trainer's report.
pub fn line_feature_names() -> Vec<String> {
    scraped::line_feature_names()
}

/// Where the story begins behind the dateline that a paragraph opens with (`WASHINGTON (AP) — `), in bytes of the
/// paragraph; none where it opens with no dateline.
pub fn dateline_end(paragraph: &str) -> Option<usize> {
    scraped::dateline(paragraph).map(|dateline| dateline.end)
}

/// Whether the first bytes of a page (a few KiB) can be those of text or markup in any character set, marked or not.
/// False for what is full of control characters and undecodable bytes, as compressed data and programs are.
pub fn is_text(head: &[u8]) -> bool {
    charset::is_text(head)
}

/// Bytes of a page that are read; documents are addressed by 32 bits.
const MOST_BYTES: usize = 1 << 30;

/// Reads a page: decodes it, finds its visible text, labels its blocks and collects its metadata.
///
/// Never fails and never panics; takes time linear in the length of the input. What the caller knows stands in
/// the document as it was given.
pub fn read(input: Input<'_>, score_lines: &ScoreLines<'_>) -> (Document, Vec<Note>) {
    let bytes = &input.bytes[..input.bytes.len().min(MOST_BYTES)];
    let decoded = charset::decode(bytes, input.kind, input.charset, input.known.address.as_deref());
    let from_markup = decoded.kind == Kind::Html;
    let mut notes = decoding_notes(&decoded, from_markup);
    if bytes.len() < input.bytes.len() {
        notes.push(note(codes::PAGE_TOO_LARGE, "the input is too large: its end was not read"));
    }
    let (mut document, more) = if from_markup {
        html::read(&decoded.text, &input)
    } else {
        scraped::read_text(decoded.text, &input, score_lines)
    };
    notes.extend(more);
    if document.text.trim().is_empty() {
        notes.retain(|note| note.code != codes::NO_ARTICLE);
        notes.push(note(codes::EMPTY, "there is no text in the page"));
    }
    notes.extend(apply(input.known, &mut document));
    if let Some(language) = document.language.as_deref()
        && language != "en"
    {
        let message =
            format!("the page is in another language than English (`{language}`): it is not searched");
        notes.push(note(codes::OTHER_LANGUAGE, &message));
    }
    (document, notes)
}

fn note(code: &'static str, message: &str) -> Note {
    Note { code: code.into(), span: None, message: message.to_owned() }
}

fn decoding_notes(decoded: &charset::Decoded, from_markup: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    let name = decoded.encoding.name();
    if let Some(overruled) = decoded.overruled {
        let message = format!("the page was said to be in `{}` but is in `{name}`", overruled.name());
        notes.push(note(codes::WRONG_CHARSET, &message));
    }
    let (bad, at) = decoded.undecodable;
    if bad > 0 {
        let places = if bad == 1 { "1 place".to_owned() } else { format!("{bad} places") };
        let message = format!("bytes that mean nothing in `{name}`, in {places}");
        // In markup the place is not one in the document's text.
        let span = (!from_markup).then(|| Span::new(at, at + '\u{fffd}'.len_utf8()));
        notes.push(Note { code: codes::UNDECODABLE_BYTES.into(), span, message });
    }
    notes
}

/// What the caller knows beats what was inferred.
fn apply(known: &Known, document: &mut Document) -> Option<Note> {
    for (known, inferred) in [
        (&known.title, &mut document.title),
        (&known.outlet, &mut document.outlet),
        (&known.byline, &mut document.byline),
    ] {
        if let Some(known) = known.as_deref().map(str::trim).filter(|known| !known.is_empty()) {
            *inferred = Some(known.to_owned());
        }
    }
    if let Some(language) = known.language.as_deref().and_then(language::primary) {
        document.language = Some(language);
    }
    let published = known.published.as_deref().map(str::trim).filter(|published| !published.is_empty())?;
    match dates::parse(published) {
        Some(moment) => {
            let text = Some(published.to_owned());
            document.published =
                Some(Dated { when: When::at(moment), text, span: None, basis: Basis::Caller });
            None
        }
        None => {
            let shown: String = published.chars().take(60).collect();
            Some(note(
                codes::UNREADABLE_DATE,
                &format!("the publication date `{shown}` can't be read as a date"),
            ))
        }
    }
}

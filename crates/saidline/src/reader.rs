//! Reading: from a page to who said what. The whole of it fits on a screen.

use std::borrow::Cow;

use saidline_html::{Basis, Dated, Document, Input, Moment, Note, When};
use saidline_models::{Meaning, Models, Vector};

use crate::attribution::Attribution;
use crate::extraction::extract;
use crate::meanings::meanings;
use crate::page::{Page, PageId};
use crate::parallel;
use crate::quotations::quotations;
use crate::sentences::sentences;
use crate::telling::tell;

/// How pages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The whole input is article text: no boilerplate is sought.
    pub plain: bool,
}

/// What the engine returns for a page.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The page's id.
    pub page: PageId,
    /// The page read.
    pub document: Document,
    /// The attributions, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// What the user should know.
    pub notes: Vec<Note>,
    /// The model that made the attributions ("accurate-2"). Owned where a record gives back what another version read.
    pub model: Cow<'static, str>,
    /// A vector for each attribution, by which it is found; none where nobody asked for them.
    pub meanings: Vec<Vector>,
}

/// Reads pages. Cheap to share between threads.
#[derive(Debug)]
pub struct Reader<'m> {
    models: &'m Models,
    options: Options,
    meaning: Option<&'m Meaning>,
    undated: Option<Moment>,
}

impl<'m> Reader<'m> {
    /// A reader over loaded models.
    pub fn new(models: &'m Models, options: Options) -> Self {
        Self { models, options, meaning: None, undated: None }
    }

    /// The same, that also turns what was said into vectors.
    pub fn with_meaning(self, meaning: &'m Meaning) -> Self {
        Self { meaning: Some(meaning), ..self }
    }

    /// The same, that takes a page for published at this moment where neither the caller nor the page tells when it was: a draft is
    /// of today.
    pub fn with_undated_at(self, moment: Moment) -> Self {
        Self { undated: Some(moment), ..self }
    }

    /// Reads one page. Never fails: what could not be made sense of is in the notes.
    pub fn read(&self, page: &Page) -> Reading {
        let input = Input {
            bytes: &page.bytes,
            kind: page.kind,
            plain: self.options.plain,
            charset: page.charset.as_deref(),
            known: &page.known,
        };
        let (mut document, mut notes) = saidline_html::read(input, &|rows| self.models.lines.score(rows));
        if document.published.is_none() {
            let dated =
                |moment| Dated { when: When::at(moment), text: None, span: None, basis: Basis::Caller };
            document.published = self.undated.map(dated);
        }
        let mut attributions = Vec::new();
        if is_read(&document) {
            let sentences = sentences(&document.text, &document.blocks);
            let (quotations, more) = quotations(&document.text, &document.blocks);
            notes.extend(more);
            attributions = extract(&self.models.extractor, &document, &quotations, &mut notes);
            tell(&document, &sentences, &quotations, &mut attributions);
        }
        let meaning = self.meaning.map(|meaning| meanings(meaning, &document, &attributions));
        Reading {
            page: page.id(),
            document,
            attributions,
            notes,
            model: self.models.model.name().into(),
            meanings: meaning.unwrap_or_default(),
        }
    }
}

/// Whether a document is in a language that is read; one too short to tell is tried.
fn is_read(document: &Document) -> bool {
    document.language.as_deref().is_none_or(|language| language == "en")
}

/// Reads pages on `threads` threads; the readings come in the order of the pages. What `pages` yields as an error
/// (a file that could not be opened) passes through in its place.
///
/// Few pages are held at a time (twice as many as there are threads), whatever the input and however slowly the
/// readings are taken. When the iterator is dropped, the threads stop after the page they are at.
pub fn read_all<E: Send + 'static>(
    reader: Reader<'static>,
    pages: impl Iterator<Item = Result<Page, E>> + Send + 'static,
    threads: usize,
) -> impl Iterator<Item = Result<(Page, Reading), E>> {
    parallel::in_order(pages, threads, move |page| {
        page.map(|page| {
            let reading = reader.read(&page);
            (page, reading)
        })
    })
}

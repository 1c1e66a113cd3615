//! Reading: from a page to who said what. The whole of it fits on a screen.

use saidline_html::{Document, Note};
use saidline_models::Models;

use crate::attribution::Attribution;
use crate::page::{Page, PageId};

/// Which model tags the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The most accurate.
    #[default]
    Accurate,
    /// The fastest.
    Fast,
}

/// How pages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The whole input is article text: no boilerplate is sought.
    pub plain: bool,
    /// Which model tags the text.
    pub model: Model,
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
    /// The model that made the attributions ("accurate-1").
    pub model: &'static str,
}

/// Reads pages. Cheap to share between threads.
#[derive(Debug)]
pub struct Reader<'m> {
    models: &'m Models,
    options: Options,
}

impl<'m> Reader<'m> {
    /// A reader over loaded models.
    pub fn new(models: &'m Models, options: Options) -> Self {
        Self { models, options }
    }

    /// Reads one page. Never fails: what could not be made sense of is in the notes.
    pub fn read(&self, page: &Page) -> Reading {
        let _ = (self.models, self.options, page);
        todo!("read")
    }
}

/// Reads pages on `threads` threads; the readings come in the order of the pages. What `pages` yields as an error
/// (a file that could not be opened) passes through in its place.
pub fn read_all<'a, E: Send + 'a>(
    reader: &'a Reader<'a>,
    pages: impl Iterator<Item = Result<Page, E>> + Send + 'a,
    threads: usize,
) -> impl Iterator<Item = Result<(Page, Reading), E>> + 'a {
    let _ = threads;
    pages.map(move |page| {
        page.map(|page| {
            let reading = reader.read(&page);
            (page, reading)
        })
    })
}

//! How far the work has come, on standard error, for people only.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use saidline_sources::Sources;

use crate::out;

/// A line that shows the pages read, their rate and the time left; nothing where standard error is not a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    pages: u64,
    whole: Whole,
}

/// What says how far the work has come.
enum Whole {
    /// The bytes read, and how many there are where that is known.
    Bytes(Arc<AtomicU64>, Option<u64>),
    /// How many pages there are.
    Pages(u64),
}

impl Progress {
    /// For pages that are themselves printed: nothing is shown where they would run over it.
    pub(crate) fn beside_pages(sources: &Sources) -> Self {
        Self::of(sources, !out::stdout_is_terminal())
    }

    /// For pages that are read, and not printed.
    pub(crate) fn of_sources(sources: &Sources) -> Self {
        Self::of(sources, true)
    }

    /// For so many pages.
    pub(crate) fn of_pages(pages: u64) -> Self {
        Self::new(Whole::Pages(pages), stderr().is_terminal())
    }

    /// For pages of which nobody knows how many there are.
    pub(crate) fn of_unknown() -> Self {
        Self::new(Whole::Bytes(Arc::default(), None), stderr().is_terminal())
    }

    fn of(sources: &Sources, wanted: bool) -> Self {
        let shown = stderr().is_terminal() && wanted;
        let bytes = if shown { sources.stored_bytes() } else { None };
        Self::new(Whole::Bytes(sources.bytes_read(), bytes), shown)
    }

    fn new(whole: Whole, shown: bool) -> Self {
        let bar = if shown { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, pages: 0, whole }
    }

    /// One more page is done.
    pub(crate) fn page(&mut self) {
        self.pages += 1;
        if self.bar.is_hidden() {
            return;
        }
        let rate = self.pages as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
        let left = self.left().map(|left| format!(", {} left", HumanDuration(left))).unwrap_or_default();
        self.bar.set_message(format!("{} pages, {rate:.1} a second{left}", self.pages));
    }

    /// The time left, by the share of the work that has been done.
    fn left(&self) -> Option<Duration> {
        let (read, whole) = match &self.whole {
            Whole::Bytes(read, whole) => (read.load(Ordering::Relaxed), (*whole)?),
            Whole::Pages(whole) => (self.pages, *whole),
        };
        let read = read.max(1) as f64;
        let whole = (whole as f64).max(read);
        Some(self.bar.elapsed().mul_f64(whole / read - 1.0))
    }

    /// Says something without running into the line.
    pub(crate) fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

//! How far the work has come, on standard error, for people only.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use saidline_sources::Sources;

use crate::out;

/// A line that shows the pages read, their rate and the time left; nothing where standard error is not a terminal,
/// or where the pages themselves run over it.
pub(crate) struct Progress {
    bar: ProgressBar,
    pages: u64,
    bytes_read: Arc<AtomicU64>,
    bytes: Option<u64>,
}

impl Progress {
    pub(crate) fn new(sources: &Sources) -> Self {
        let shown = stderr().is_terminal() && !out::stdout_is_terminal();
        let bytes = if shown { sources.stored_bytes() } else { None };
        let bar = if shown { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, pages: 0, bytes_read: sources.bytes_read(), bytes }
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

    /// The time left, by the share of the bytes that has been read.
    fn left(&self) -> Option<Duration> {
        let read = self.bytes_read.load(Ordering::Relaxed).max(1) as f64;
        let whole = (self.bytes? as f64).max(read);
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

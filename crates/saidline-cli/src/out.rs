//! Standard output and standard error: whole lines or nothing, quiet when nobody reads on.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::thread::sleep;
use std::time::Duration;

use saidline_sources::Why;

use crate::failure::{Failure, INTERRUPTED, UNUSABLE};
use crate::style::Styles;

/// Held while output is being written.
static WRITING: Mutex<()> = Mutex::new(());

/// How often, and how many times, an interrupt looks whether the writing is done. A reader that has stopped reading
/// would hold it up for ever.
const LOOK: (Duration, u32) = (Duration::from_millis(10), 200);

/// Whether the command looks by itself whether it was interrupted.
static LOOKS: AtomicBool = AtomicBool::new(false);
/// Whether it was.
static INTERRUPTED_ONCE: AtomicBool = AtomicBool::new(false);

/// Lets the command end by itself at the first Ctrl-C, when what it holds is written; the second ends it at once.
pub(crate) fn end_by_itself() {
    LOOKS.store(true, Ordering::SeqCst);
}

/// Whether Ctrl-C asked the command to end.
pub(crate) fn is_interrupted() -> bool {
    INTERRUPTED_ONCE.load(Ordering::SeqCst)
}

/// Makes Ctrl-C end the command with status 130, after what is being written is written.
pub(crate) fn end_cleanly_when_interrupted() {
    // Where a handler cannot be set, the system's own way to end remains.
    let _ = ctrlc::set_handler(|| {
        if LOOKS.load(Ordering::SeqCst) && !INTERRUPTED_ONCE.swap(true, Ordering::SeqCst) {
            warning("stopping after the pages that are being read", Some("Ctrl-C once more stops at once"));
            return;
        }
        for _ in 0..LOOK.1 {
            match WRITING.try_lock() {
                Err(TryLockError::WouldBlock) => sleep(LOOK.0),
                _locked_for_good => exit(INTERRUPTED.into()),
            }
        }
        exit(INTERRUPTED.into());
    });
}

/// Writes whole lines to standard output. When nobody reads them (`| head`), the command ends quietly.
pub(crate) fn print(lines: &str) -> Result<(), Failure> {
    let writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut out = io::stdout().lock();
    match out.write_all(lines.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit(0),
        Err(error) => {
            drop(writing);
            Err(Failure::new(UNUSABLE, anyhow::anyhow!("cannot write the output: {}", Why::from(error))))
        }
    }
}

/// Says what went wrong.
pub(crate) fn error(message: impl Display, hint: Option<&str>) {
    let styles = Styles::of_stderr();
    say(&format!("{}: {message}", styles.error.of("error")), hint);
}

/// Says what the user should know, though the work goes on.
pub(crate) fn warning(message: impl Display, hint: Option<&str>) {
    let styles = Styles::of_stderr();
    say(&format!("{}: {message}", styles.warning.of("warning")), hint);
}

fn say(line: &str, hint: Option<&str>) {
    let hint = hint.map(|hint| format!("{}: {hint}\n", Styles::of_stderr().hint.of("hint")));
    // Nobody is left to tell when standard error is gone.
    let _ = io::stderr().write_all(format!("{line}\n{}", hint.unwrap_or_default()).as_bytes());
}

/// Whether people read standard output as it comes.
pub(crate) fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

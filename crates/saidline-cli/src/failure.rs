//! What ends a command: a message, perhaps a hint, and an exit status.

use std::fmt;

use saidline_store::StoreError;

/// Nothing was found.
pub(crate) const NOTHING: u8 = 1;
/// Something in a draft should be looked at.
pub(crate) const FINDING: u8 = 1;
/// Something was wrong with how the command was called.
pub(crate) const USAGE: u8 = 2;
/// The models or the store cannot be used, or the output cannot be written.
pub(crate) const UNUSABLE: u8 = 3;
/// Some inputs could not be read; the others were.
pub(crate) const UNREAD: u8 = 4;
/// Interrupted from the keyboard.
pub(crate) const INTERRUPTED: u8 = 130;

/// What ends a command.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: anyhow::Error,
    pub(crate) hint: Option<String>,
    pub(crate) status: u8,
}

impl Failure {
    pub(crate) fn new(status: u8, error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), hint: None, status }
    }

    pub(crate) fn usage(message: impl fmt::Display) -> Self {
        Self::new(USAGE, anyhow::anyhow!("{message}"))
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let hint = error.hint().map(str::to_owned);
        let status = match error {
            StoreError::Unknown(_) => NOTHING,
            StoreError::Wrong(_) | StoreError::Refused(..) => USAGE,
            _ => UNUSABLE,
        };
        Self { hint, ..Self::new(status, error) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.error)
    }
}

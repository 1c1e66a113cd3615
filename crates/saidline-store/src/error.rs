//! What can go wrong with a store, in words for people.

use std::path::{Path, PathBuf};

use rusqlite::ffi::ErrorCode;

/// Why a store cannot be used. Every message names the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is nothing at that path.
    #[error("there is no store at `{}`", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("`{}` is not a store of saidline", .0.display())]
    NotAStore(PathBuf),
    /// The file was written by a later version.
    #[error("`{}` was written by a later saidline (format {found}; this one knows up to {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The last version that is known here.
        known: i64,
    },
    /// The file was written by an earlier version, and may not be brought up to date because it is only read.
    #[error("`{}` is in an earlier format and cannot be brought up to date where it may only be read", .0.display())]
    Older(PathBuf),
    /// The file has lost bytes or has wrong ones.
    #[error("`{}` is damaged: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was seen.
        why: String,
    },
    /// Another process holds it.
    #[error("`{}` is in use by another process", .0.display())]
    Busy(PathBuf),
    /// No room is left where it lies.
    #[error("no space is left for `{}`", .0.display())]
    Full(PathBuf),
    /// It may not be written, or its folder may not.
    #[error("`{}` cannot be written: the file or its folder may only be read", .0.display())]
    ReadOnly(PathBuf),
    /// It cannot be opened or read.
    #[error("cannot open `{}`: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Something is asked for that the store does not hold.
    #[error("{0}")]
    Unknown(String),
    /// What is asked for cannot be done, whatever the store holds.
    #[error("{0}")]
    Wrong(String),
    /// What is asked for is not done unless it is asked for in another way, which stands beside it.
    #[error("{0}")]
    Refused(String, &'static str),
    /// Anything else that SQLite says.
    #[error("`{}`: {error}", path.display())]
    Sql {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        error: rusqlite::Error,
    },
}

impl StoreError {
    /// What SQLite says of the file at `path`, in our words.
    pub(crate) fn new(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let Some(code) = error.sqlite_error_code() else {
            return match error {
                // A value that cannot be: somebody else wrote it, or a byte has flipped.
                rusqlite::Error::FromSqlConversionFailure(_, _, why) => {
                    Self::Damaged { path, why: why.to_string() }
                }
                rusqlite::Error::InvalidColumnType(_, name, _) => {
                    Self::Damaged { path, why: format!("the column `{name}` holds what it cannot hold") }
                }
                rusqlite::Error::IntegralValueOutOfRange(..) => {
                    Self::Damaged { path, why: "a number is out of its range".to_owned() }
                }
                error => Self::Sql { path, error },
            };
        };
        match code {
            ErrorCode::DatabaseCorrupt => {
                Self::Damaged { path, why: "its pages do not fit together".to_owned() }
            }
            ErrorCode::NotADatabase => Self::NotAStore(path),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                Self::Busy(path)
            }
            ErrorCode::DiskFull => Self::Full(path),
            ErrorCode::ReadOnly => Self::ReadOnly(path),
            ErrorCode::CannotOpen => Self::Unreadable { path, why: "it cannot be opened".to_owned() },
            ErrorCode::PermissionDenied => Self::Unreadable { path, why: "permission denied".to_owned() },
            ErrorCode::SystemIoFailure if is_short_read(&error) => {
                Self::Damaged { path, why: "it ends too early".to_owned() }
            }
            ErrorCode::SystemIoFailure => {
                Self::Unreadable { path, why: "reading or writing failed".to_owned() }
            }
            _ => Self::Sql { path, error },
        }
    }

    /// What could be done about it, where there is something to be said.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Refused(_, hint) => Some(hint),
            Self::Missing(_) => Some("`saidline add PATH` makes one; `--store FILE` names another"),
            Self::NotAStore(_) => Some("`--store FILE` names the store"),
            Self::Newer { .. } => Some("use the saidline that wrote it, or a later one"),
            Self::Older(_) => Some("copy it to a folder where you may write"),
            Self::Damaged { .. } => Some("`saidline doctor` says what is wrong and what can be made again"),
            Self::Busy(_) => Some("try again when the other command is done"),
            Self::Full(_) => {
                Some("nothing that was added before is lost: make room and run the same command again")
            }
            _ => None,
        }
    }
}

/// What goes wrong inside: what SQLite says, still without the name of the file, or what is already in words.
#[derive(Debug)]
pub(crate) enum Failed {
    Sql(rusqlite::Error),
    Said(StoreError),
}

impl Failed {
    /// In our words, of the file at `path`.
    pub(crate) fn of(self, path: &Path) -> StoreError {
        match self {
            Self::Sql(error) => StoreError::new(path, error),
            Self::Said(error) => error,
        }
    }
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Said(error)
    }
}

/// A file that ends where SQLite expects more.
fn is_short_read(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHORT_READ)
}

/// A value that a row cannot hold.
pub(crate) fn impossible(what: &str, value: &str) -> rusqlite::Error {
    let why = format!("`{value}` is not {what}");
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, why.into())
}

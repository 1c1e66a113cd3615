//! Points and stretches of time, as precise as the words they were read from and no more.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// A point in time of limited precision. Shown as ISO 8601: `2024`, `2024-10`, `2024-10-19`,
/// `2024-10-19T17:01`, `2024-10-19T17:01+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A year.
    Year(i16),
    /// A month of a year (1 to 12).
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// A minute, and the offset from UTC when it is known.
    Minute(DateTime, Option<Offset>),
}

/// A stretch of time from one moment to another, both included; equal ends for a single moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    /// Its beginning.
    pub from: Moment,
    /// Its end, included.
    pub to: Moment,
}

impl When {
    /// A single moment.
    pub fn at(moment: Moment) -> Self {
        Self { from: moment, to: moment }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
            Self::Minute(at, offset) => {
                write!(f, "{}T{:02}:{:02}", at.date(), at.hour(), at.minute())?;
                match offset {
                    None => Ok(()),
                    Some(offset) => {
                        let minutes = offset.seconds() / 60;
                        let sign = if minutes < 0 { '-' } else { '+' };
                        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
                    }
                }
            }
        }
    }
}

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

/// Reads what [`Moment`] shows, and nothing else.
impl std::str::FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let read = || match text.len() {
            4 if digits(text) => text.parse().ok().map(Self::Year),
            7 => {
                let (year, month) =
                    text.split_once('-').filter(|(year, month)| digits(year) && digits(month))?;
                // A month is one that has a first day.
                let day = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
                Some(Self::Month(day.year(), day.month()))
            }
            10 => text.parse().ok().map(Self::Day),
            16 => text.parse().ok().map(|at| Self::Minute(at, None)),
            22 => {
                let (at, offset) = text.split_at_checked(16)?;
                let sign = match offset.as_bytes()[0] {
                    b'+' => 1,
                    b'-' => -1,
                    _ => return None,
                };
                let (hours, minutes) = offset[1..].split_once(':').filter(|(h, m)| digits(h) && digits(m))?;
                let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
                Some(Self::Minute(at.parse().ok()?, Some(Offset::from_seconds(sign * seconds).ok()?)))
            }
            _ => None,
        };
        read().ok_or(NotAMoment)
    }
}

/// The text is not a date of the form `2024`, `2024-10`, `2024-10-19`, `2024-10-19T17:01` or
/// `2024-10-19T17:01+02:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMoment;

impl std::fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a date: write `2024`, `2024-10` or `2024-10-19`")
    }
}

impl std::error::Error for NotAMoment {}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_read_again() {
        let check = |text: &str, readable: bool| {
            let read = text.parse::<Moment>().map(|moment| moment.to_string());
            assert_eq!(read.ok(), readable.then(|| text.to_owned()), "{text}");
        };
        for shown in [
            "2024",
            "0033",
            "2024-10",
            "2024-02-29",
            "2024-10-19T17:01",
            "2024-10-19T00:00+00:00",
            "2024-10-19T17:01-03:30",
            "2024-10-19T17:01+14:00",
        ] {
            check(shown, true);
        }
        for not in [
            "",
            "24",
            "+024",
            "2024-13",
            "2024-1-",
            "2023-02-29",
            "2024/10/19",
            "2024-10-19T25:00",
            "2024-10-19T17:01 02:00",
            "2024-10-19T17:01+é:0",
            "next week",
        ] {
            check(not, false);
        }
    }
}

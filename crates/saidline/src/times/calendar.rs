//! Days, weeks and months counted from a day.

use jiff::ToSpan;
use jiff::civil::Date;
use saidline_html::{Moment, When};

/// The day so many days later.
pub(super) fn plus_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(i64::from(days).days()).ok()
}

/// The month so many months later: its first day.
pub(super) fn plus_months(day: Date, months: i32) -> Option<Date> {
    day.first_of_month().checked_add(i64::from(months).months()).ok()
}

/// The Monday of the week so many weeks later.
pub(super) fn monday(day: Date, weeks: i32) -> Option<Date> {
    plus_days(day, weeks.checked_mul(7)? - i32::from(weekday(day)))
}

/// 0 for Monday.
pub(super) fn weekday(day: Date) -> i8 {
    day.weekday().to_monday_zero_offset()
}

pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn day(day: Date) -> When {
    When::at(Moment::Day(day))
}

pub(super) fn days(from: Date, to: Date) -> When {
    When { from: Moment::Day(from), to: Moment::Day(to) }
}

pub(super) fn month(of: Date) -> When {
    When::at(Moment::Month(of.year(), of.month()))
}

pub(super) fn year(year: i16) -> When {
    When::at(Moment::Year(year))
}

/// Months of the calendar from one to another, both included.
pub(super) fn months(year: i16, from: i8, to: i8) -> When {
    When { from: Moment::Month(year, from), to: Moment::Month(year, to) }
}

//! Finds written dates, and reads what metadata gives as one.
//!
//! A date here is told by its own words: a day, a month and a year, or at least a month and a year. "Monday",
//! "October 19" and "3 hours ago" need something else to be dated and are left alone.

use crate::moment::Moment;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use std::ops::Range;

/// A date written out in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its bytes in the line, weekday, time and zone included.
    pub range: Range<usize>,
    /// The date, as precise as it is written.
    pub moment: Moment,
}

/// Finds every date in `line`, from left to right; they never overlap. Linear in its length.
///
/// Where day and month can't be told apart ("9/6/17"), slashes are read the American way, month first, and dots
/// the European way, day first.
pub(crate) fn find(line: &str) -> Vec<Found> {
    let tokens = tokens(line);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match dated(&tokens, at) {
            Some((moment, end)) => {
                found.push(Found { range: tokens[at].start..tokens[end - 1].end, moment });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Reads a string that is nothing but a date: ISO 8601 in its usual forms, RFC 2822, the output of `date`, a date
/// in words, or numbers between slashes or dots.
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    // A date is short; longer text is not worth splitting.
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(text);
    }
    if let Some((year, month)) = text.split_once('-')
        && let (4, 2) = (year.len(), month.len())
        && let (Ok(year), Ok(month)) = (year.parse::<i16>(), month.parse::<i8>())
    {
        return (1..=12).contains(&month).then_some(Moment::Month(year, month));
    }
    if let Some(compact) = compact(text) {
        return Some(compact);
    }
    let found = find(text);
    let [only] = found.as_slice() else { return None };
    let rest = text[..only.range.start].chars().chain(text[only.range.end..].chars());
    rest.clone().all(|c| !c.is_alphanumeric()).then_some(only.moment)
}

/// A year, a day without hyphens, or seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<Moment> {
    let value = text.parse::<i64>().ok()?;
    match text.len() {
        4 => (1600..=2100).contains(&value).then_some(Moment::Year(value as i16)),
        8 => day((value / 10_000) as u32, (value / 100 % 100) as u32, (value % 100) as u32).map(Moment::Day),
        10 | 13 => {
            let seconds = if text.len() == 13 { value / 1000 } else { value };
            let at = jiff::Timestamp::from_second(seconds).ok()?;
            Some(Moment::Minute(to_minute(Offset::UTC.to_datetime(at)), Some(Offset::UTC)))
        }
        14 => {
            let date = day(
                (value / 10_000_000_000) as u32,
                (value / 100_000_000 % 100) as u32,
                (value / 1_000_000 % 100) as u32,
            )?;
            let time = Time::new((value / 10_000 % 100) as i8, (value / 100 % 100) as i8, 0, 0).ok()?;
            Some(Moment::Minute(date.to_datetime(time), None))
        }
        _ => None,
    }
}

/// `20241019T170100Z`, with or without seconds and zone.
fn compact(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once(['T', 't'])?;
    if date.len() != 8 || !date.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let Some(Moment::Day(date)) = digits(date) else { return None };
    let clock = time.bytes().take_while(u8::is_ascii_digit).count();
    if clock != 4 && clock != 6 {
        return None;
    }
    let time_of_day = Time::new(time[..2].parse().ok()?, time[2..4].parse().ok()?, 0, 0).ok()?;
    let rest = &time[clock..];
    let tokens = tokens(rest);
    let offset = if rest.is_empty() {
        None
    } else {
        let (offset, end) = zone(&tokens, 0)?;
        if end != tokens.len() {
            return None;
        }
        offset
    };
    Some(Moment::Minute(date.to_datetime(time_of_day), offset))
}

fn to_minute(at: DateTime) -> DateTime {
    at.date().to_datetime(Time::constant(at.hour(), at.minute(), 0, 0))
}

/// A piece of a line.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    start: usize,
    end: usize,
    shape: Shape<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape<'a> {
    /// Decimal digits: the value and how many there are.
    Number(u32, usize),
    Word(&'a str),
    /// White space, however much.
    Space,
    Mark(char),
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let start = line.len() - rest.len();
        let run = |of: fn(char) -> bool| rest.find(|c| !of(c)).unwrap_or(rest.len());
        let (length, shape) = if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            // Nothing that dates a page has more digits than nine.
            let value = rest[..length].parse().unwrap_or(u32::MAX);
            (length, Shape::Number(value, length))
        } else if is_han(first) {
            (first.len_utf8(), Shape::Mark(first))
        } else if first.is_alphabetic() {
            let length = run(|c| c.is_alphabetic() && !is_han(c));
            (length, Shape::Word(&rest[..length]))
        } else if first.is_whitespace() {
            (run(char::is_whitespace), Shape::Space)
        } else {
            (first.len_utf8(), Shape::Mark(first))
        };
        tokens.push(Token { start, end: start + length, shape });
        rest = &rest[length..];
    }
    tokens
}

/// The signs for year, month and day, which stand right between digits.
fn is_han(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// A date that begins right at token `at`: what it is, and the token after it.
fn dated(tokens: &[Token<'_>], at: usize) -> Option<(Moment, usize)> {
    if let Shape::Space | Shape::Mark(_) = tokens[at].shape {
        return None;
    }
    // Part of a longer number, an address, a version: "1.19.10.2024", "x2024-10-19".
    if at > 0 {
        let glued = match tokens[at - 1].shape {
            Shape::Number(..) => true,
            Shape::Word(_) => !matches!(tokens[at].shape, Shape::Word(_)),
            Shape::Mark(mark @ ('.' | '/' | '-' | '_' | '=' | '$' | '£' | '€')) => {
                matches!(tokens[at].shape, Shape::Number(..))
                    && (!matches!(mark, '.' | '-')
                        || at >= 2 && matches!(tokens[at - 2].shape, Shape::Number(..)))
            }
            _ => false,
        };
        if glued {
            return None;
        }
    }
    // "17:01, 19 October 2024"
    if let Some((clock, after)) = time(tokens, at) {
        let (offset, after) = spaced_zone(tokens, after);
        let mut next = gap(tokens, after);
        if let Some(Shape::Word(word)) = shape(tokens, next)
            && word.eq_ignore_ascii_case("on")
        {
            next = gap(tokens, next + 1);
        }
        if next > after
            && let Some((Moment::Day(date), end)) = day_month_year(tokens, next)
        {
            return Some((Moment::Minute(date.to_datetime(clock), offset), end));
        }
    }
    if let Some((date, end)) = unix_date(tokens, at) {
        return Some((date, end));
    }
    let (moment, end) = day_month_year(tokens, at)?;
    let Moment::Day(date) = moment else { return Some((moment, end)) };
    // "19 Oct, 2024 17:01", "2024-10-19T17:01Z", "October 19, 2024 at 5:01 p.m. EDT"
    let mut next = end;
    match shape(tokens, next) {
        Some(Shape::Word("T" | "t")) => next += 1,
        _ => {
            next = gap(tokens, next);
            if let Some(Shape::Word(word)) = shape(tokens, next)
                && word.eq_ignore_ascii_case("at")
            {
                next = gap(tokens, next + 1);
            }
        }
    }
    if next > end
        && let Some((clock, end)) = time(tokens, next)
    {
        let (offset, end) = spaced_zone(tokens, end);
        return Some((Moment::Minute(date.to_datetime(clock), offset), end));
    }
    Some((moment, end))
}

fn shape<'a>(tokens: &[Token<'a>], at: usize) -> Option<Shape<'a>> {
    tokens.get(at).map(|token| token.shape)
}

fn space(tokens: &[Token<'_>], at: usize) -> usize {
    at + usize::from(shape(tokens, at) == Some(Shape::Space))
}

/// Past what may stand between a date and its time.
fn gap(tokens: &[Token<'_>], at: usize) -> usize {
    let mut at = space(tokens, at);
    if let Some(Shape::Mark(',' | '|' | '-' | '–' | '—' | '·' | '•' | '@' | '/' | '(' | ':' | '.')) =
        shape(tokens, at)
    {
        at = space(tokens, at + 1);
    }
    at
}

/// `Sat Oct 19 17:01:00 UTC 2024`
fn unix_date(tokens: &[Token<'_>], at: usize) -> Option<(Moment, usize)> {
    let at = weekday(tokens, at)?;
    let Some(Shape::Word(word)) = shape(tokens, at) else { return None };
    let month = month(word)?;
    let at = space(tokens, at + 1);
    let Some(Shape::Number(day_of_month, 1..=2)) = shape(tokens, at) else { return None };
    let (clock, at) = time(tokens, space(tokens, at + 1))?;
    let (offset, at) = spaced_zone(tokens, at);
    let at = space(tokens, at);
    let Some(Shape::Number(year, 4)) = shape(tokens, at) else { return None };
    let date = day(year, month, day_of_month)?;
    Some((Moment::Minute(date.to_datetime(clock), offset), at + 1))
}

/// A date without its time.
fn day_month_year(tokens: &[Token<'_>], at: usize) -> Option<(Moment, usize)> {
    let at = weekday(tokens, at).unwrap_or(at);
    match shape(tokens, at)? {
        Shape::Word(word) => {
            let month = month(word)?;
            let mut next = at + 1;
            if let Some(Shape::Mark('.' | '-')) = shape(tokens, next) {
                next += 1;
            }
            next = space(tokens, next);
            // "October 2024", "October, 2024"
            let year_at = match shape(tokens, next) {
                Some(Shape::Mark(',')) => space(tokens, next + 1),
                _ => next,
            };
            // "31 February 2024" is no date at all.
            let numbered = at >= 2
                && tokens[at - 1].shape == Shape::Space
                && matches!(tokens[at - 2].shape, Shape::Number(_, 1..=2));
            if let Some(Shape::Number(year, 4)) = shape(tokens, year_at)
                && ends_number(tokens, year_at)
                && !numbered
                && word.chars().next().is_some_and(char::is_uppercase)
            {
                return Some((Moment::Month(plausible(year)?, month as i8), year_at + 1));
            }
            let Some(Shape::Number(day_of_month, 1..=2)) = shape(tokens, next) else { return None };
            let next = space(tokens, ordinal(tokens, next + 1));
            let year_at = match shape(tokens, next) {
                Some(Shape::Mark(',' | '-' | '.')) => space(tokens, next + 1),
                _ => next,
            };
            let Some(Shape::Number(year, 4)) = shape(tokens, year_at) else { return None };
            if !ends_number(tokens, year_at) {
                return None;
            }
            Some((Moment::Day(day(year, month, day_of_month)?), year_at + 1))
        }
        Shape::Number(first, digits) => {
            let separator = shape(tokens, at + 1)?;
            // "2024-10-19", "2024/10/19", "2024.10.19", "2024. 10. 19", "2024年10月19日"
            if digits == 4 {
                let Shape::Mark(mark @ ('-' | '/' | '.' | '年' | '년')) = separator else { return None };
                let next = space(tokens, at + 2);
                let Some(Shape::Number(month, 1..=2)) = shape(tokens, next) else { return None };
                let joined = match (mark, shape(tokens, next + 1)?) {
                    ('年', Shape::Mark('月')) | ('년', Shape::Mark('월')) => true,
                    (mark, Shape::Mark(second)) => mark == second,
                    _ => false,
                };
                let next = space(tokens, next + 2);
                let Some(Shape::Number(day_of_month, 1..=2)) = shape(tokens, next) else { return None };
                let mut end = next + 1;
                if let Some(Shape::Mark('日' | '일')) = shape(tokens, end) {
                    end += 1;
                }
                if !joined || mark != '.' && !ends_number(tokens, next) {
                    return None;
                }
                return Some((Moment::Day(day(first, month, day_of_month)?), end));
            }
            if digits > 2 {
                return None;
            }
            // "19/10/2024", "9/6/17", "19.10.2024", "19-10-2024"
            if let Shape::Mark(mark @ ('/' | '.' | '-')) = separator
                && let Some(Shape::Number(second, 1..=2)) = shape(tokens, at + 2)
            {
                if shape(tokens, at + 3) != Some(Shape::Mark(mark)) || !ends_number(tokens, at + 4) {
                    return None;
                }
                let year = match shape(tokens, at + 4)? {
                    Shape::Number(year, 4) => year,
                    Shape::Number(year, 2) if mark == '/' && year < 69 => 2000 + year,
                    Shape::Number(year, 2) if mark == '/' => 1900 + year,
                    _ => return None,
                };
                let (day_of_month, month) = match mark {
                    '/' if first <= 12 => (second, first),
                    _ if second > 12 => (second, first),
                    _ => (first, second),
                };
                return Some((Moment::Day(day(year, month, day_of_month)?), at + 5));
            }
            // "19 October 2024", "19th of October, 2024", "19-Oct-2024", "19Oct2024"
            let mut next = space(tokens, ordinal(tokens, at + 1));
            if let Some(Shape::Mark('-' | '/' | '.')) = shape(tokens, next) {
                next = space(tokens, next + 1);
            }
            if let Some(Shape::Word(word)) = shape(tokens, next)
                && word.eq_ignore_ascii_case("of")
            {
                next = space(tokens, next + 1);
            }
            let Some(Shape::Word(word)) = shape(tokens, next) else { return None };
            let month = month(word)?;
            next += 1;
            while let Some(Shape::Mark(',' | '.' | '-' | '/') | Shape::Space) = shape(tokens, next) {
                next += 1;
                if next > at + 10 {
                    return None;
                }
            }
            let Some(Shape::Number(year, 4)) = shape(tokens, next) else { return None };
            if !ends_number(tokens, next) {
                return None;
            }
            Some((Moment::Day(day(year, month, first)?), next + 1))
        }
        _ => None,
    }
}

/// Whether the number at `at` is not the beginning of a longer one ("2024.5", "2024/7").
fn ends_number(tokens: &[Token<'_>], at: usize) -> bool {
    !matches!(
        (shape(tokens, at + 1), shape(tokens, at + 2)),
        (Some(Shape::Mark('.' | '/' | '-' | '_')), Some(Shape::Number(..)))
    )
}

/// Past "st", "nd", "rd", "th".
fn ordinal(tokens: &[Token<'_>], at: usize) -> usize {
    let suffix = match shape(tokens, at) {
        Some(Shape::Word(word)) => ["st", "nd", "rd", "th"].iter().any(|s| word.eq_ignore_ascii_case(s)),
        _ => false,
    };
    at + usize::from(suffix)
}

/// Past a weekday and what follows it, if one stands at `at`.
fn weekday(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const SHORT: [&str; 9] = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat"];
    let Some(Shape::Word(word)) = shape(tokens, at) else { return None };
    let known = DAYS.iter().chain(&SHORT).chain(&["sun"]).any(|day| word.eq_ignore_ascii_case(day));
    if !known {
        return None;
    }
    let mut at = at + 1;
    if let Some(Shape::Mark('.')) = shape(tokens, at) {
        at += 1;
    }
    if let Some(Shape::Mark(',')) = shape(tokens, at) {
        at += 1;
    }
    Some(space(tokens, at))
}

/// The month's number, 1 to 12.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    let full_or_short = |month: &str| {
        word.eq_ignore_ascii_case(month)
            || word.eq_ignore_ascii_case(&month[..3])
            || (month == "september" && word.eq_ignore_ascii_case("sept"))
    };
    MONTHS.iter().position(|month| full_or_short(month)).map(|at| at as u32 + 1)
}

fn plausible(year: u32) -> Option<i16> {
    (1600..=2100).contains(&year).then_some(year as i16)
}

fn day(year: u32, month: u32, day_of_month: u32) -> Option<Date> {
    Date::new(plausible(year)?, month.try_into().ok()?, day_of_month.try_into().ok()?).ok()
}

/// A time of day: `17:01`, `17:01:59.5`, `5:01 p.m.`, `5pm`, `5.01pm`, `1701 GMT`.
fn time(tokens: &[Token<'_>], at: usize) -> Option<(Time, usize)> {
    let Shape::Number(hour, digits) = shape(tokens, at)? else { return None };
    if digits == 4 && hour < 2400 && zone(tokens, space(tokens, at + 1)).is_some() {
        return Some((Time::new((hour / 100) as i8, (hour % 100) as i8, 0, 0).ok()?, at + 1));
    }
    if digits > 2 || hour > 23 {
        return None;
    }
    let (minute, mut next, needs_half) = match (shape(tokens, at + 1), shape(tokens, at + 2)) {
        (Some(Shape::Mark(':')), Some(Shape::Number(minute, 2))) => (minute, at + 3, false),
        (Some(Shape::Word("h")), Some(Shape::Number(minute, 2))) => (minute, at + 3, false),
        (Some(Shape::Mark('.')), Some(Shape::Number(minute, 2))) => (minute, at + 3, true),
        _ => (0, at + 1, true),
    };
    if !needs_half {
        for mark in [':', '.'] {
            if shape(tokens, next) == Some(Shape::Mark(mark))
                && let Some(Shape::Number(..)) = shape(tokens, next + 1)
            {
                next += 2;
            }
        }
    }
    let hour = match half_of_day(tokens, space(tokens, next)) {
        Some((afternoon, end)) if (1..=12).contains(&hour) => {
            next = end;
            hour % 12 + if afternoon { 12 } else { 0 }
        }
        // "17:01 PM" is 17:01.
        Some((_, end)) if !needs_half => {
            next = end;
            hour
        }
        _ if needs_half => return None,
        _ => hour,
    };
    Some((Time::new(hour as i8, minute.try_into().ok()?, 0, 0).ok()?, next))
}

/// "am", "PM", "p.m.": whether it is the afternoon, and the token after it.
fn half_of_day(tokens: &[Token<'_>], at: usize) -> Option<(bool, usize)> {
    let Some(Shape::Word(word)) = shape(tokens, at) else { return None };
    if word.eq_ignore_ascii_case("am") {
        return Some((false, at + 1));
    }
    if word.eq_ignore_ascii_case("pm") {
        return Some((true, at + 1));
    }
    let afternoon = match word {
        "a" | "A" => false,
        "p" | "P" => true,
        _ => return None,
    };
    match (shape(tokens, at + 1), shape(tokens, at + 2), shape(tokens, at + 3)) {
        (Some(Shape::Mark('.')), Some(Shape::Word("m" | "M")), last) => {
            Some((afternoon, at + 3 + usize::from(last == Some(Shape::Mark('.')))))
        }
        _ => None,
    }
}

fn spaced_zone(tokens: &[Token<'_>], at: usize) -> (Option<Offset>, usize) {
    let mut next = space(tokens, at);
    let bracketed = shape(tokens, next) == Some(Shape::Mark('('));
    next += usize::from(bracketed);
    match zone(tokens, next) {
        Some((offset, end)) if bracketed && shape(tokens, end) == Some(Shape::Mark(')')) => (offset, end + 1),
        Some((offset, end)) if !bracketed => (offset, end),
        _ => (None, at),
    }
}

/// A zone: its offset from UTC where the name has only one (not "ET", whose offset changes with the season, nor
/// "IST", which three countries use), and the token after it.
fn zone(tokens: &[Token<'_>], at: usize) -> Option<(Option<Offset>, usize)> {
    let hours = |hours: i8| Some(Offset::constant(hours));
    match shape(tokens, at)? {
        Shape::Mark('+' | '-' | '−') => {
            let (offset, end) = numeric_offset(tokens, at)?;
            Some((Some(offset), end))
        }
        Shape::Word(name) => {
            let offset = match name {
                "Z" | "z" => Some(Offset::UTC),
                "UTC" | "GMT" => {
                    // "GMT+3"; but "UTC - Reuters" is only UTC.
                    match numeric_offset(tokens, at + 1) {
                        Some((offset, end)) => return Some((Some(offset), end)),
                        None => Some(Offset::UTC),
                    }
                }
                "EST" => hours(-5),
                "EDT" => hours(-4),
                "CST" => hours(-6),
                "CDT" => hours(-5),
                "MST" => hours(-7),
                "MDT" => hours(-6),
                "PST" => hours(-8),
                "PDT" => hours(-7),
                "BST" | "CET" => hours(1),
                "CEST" | "EET" | "SAST" => hours(2),
                "EEST" | "MSK" => hours(3),
                "SGT" | "HKT" => hours(8),
                "JST" | "KST" => hours(9),
                "AEST" => hours(10),
                "AEDT" => hours(11),
                "ET" | "CT" | "MT" | "PT" | "IST" => None,
                _ => return None,
            };
            Some((offset, at + 1))
        }
        _ => None,
    }
}

/// `+02:00`, `+0200`, `+2`.
fn numeric_offset(tokens: &[Token<'_>], at: usize) -> Option<(Offset, usize)> {
    let sign = match shape(tokens, at)? {
        Shape::Mark('+') => 1,
        Shape::Mark('-' | '−') => -1,
        _ => return None,
    };
    let Shape::Number(value, digits) = shape(tokens, at + 1)? else { return None };
    let (hours, minutes, end) = match (digits, shape(tokens, at + 2), shape(tokens, at + 3)) {
        (4, _, _) => (value / 100, value % 100, at + 2),
        (1..=2, Some(Shape::Mark(':')), Some(Shape::Number(minutes, 2))) => (value, minutes, at + 4),
        (1..=2, _, _) => (value, 0, at + 2),
        _ => return None,
    };
    if hours > 15 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60) as i32).ok().map(|offset| (offset, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a line, each as `words = ISO`.
    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found: Vec<String> =
            find(line).into_iter().map(|f| format!("{} = {}", &line[f.range], f.moment)).collect();
        assert_eq!(found, expected, "{line:?}");
    }

    #[track_caller]
    fn check_parse(text: &str, expected: &str) {
        let read = parse(text).map(|moment| moment.to_string()).unwrap_or_else(|| "none".into());
        assert_eq!(read, expected, "{text:?}");
    }

    #[test]
    fn dates_in_words() {
        check("19 Oct, 2024 17:01", &["19 Oct, 2024 17:01 = 2024-10-19T17:01"]);
        check("October 19, 2024", &["October 19, 2024 = 2024-10-19"]);
        check("Sat 19 Oct 2024", &["Sat 19 Oct 2024 = 2024-10-19"]);
        check("Saturday, October 19th, 2024", &["Saturday, October 19th, 2024 = 2024-10-19"]);
        check("on the 19th of October 2024.", &["19th of October 2024 = 2024-10-19"]);
        check("Published Sept. 3, 2021", &["Sept. 3, 2021 = 2021-09-03"]);
        check("OCT 19 2024 | 5:01 PM EDT", &["OCT 19 2024 | 5:01 PM EDT = 2024-10-19T17:01-04:00"]);
        check("Oct. 19, 2024 at 5:01 p.m. ET", &["Oct. 19, 2024 at 5:01 p.m. ET = 2024-10-19T17:01"]);
        check("19 October 2024 • 5.01pm", &["19 October 2024 • 5.01pm = 2024-10-19T17:01"]);
        check("19-Oct-2024", &["19-Oct-2024 = 2024-10-19"]);
        check("In October 2024 they met", &["October 2024 = 2024-10"]);
        check("17:01, 19 October 2024", &["17:01, 19 October 2024 = 2024-10-19T17:01"]);
        check("5pm GMT on 19 October 2024", &["5pm GMT on 19 October 2024 = 2024-10-19T17:00+00:00"]);
        check("Sat Oct 19 17:01:00 UTC 2024", &["Sat Oct 19 17:01:00 UTC 2024 = 2024-10-19T17:01+00:00"]);
        check("19 Oct 2024 1701 GMT", &["19 Oct 2024 1701 GMT = 2024-10-19T17:01+00:00"]);
    }

    #[test]
    fn dates_in_numbers() {
        check("2024-10-19", &["2024-10-19 = 2024-10-19"]);
        check("at 2024-10-19T17:01:59.250Z.", &["2024-10-19T17:01:59.250Z = 2024-10-19T17:01+00:00"]);
        check("19.10.2024", &["19.10.2024 = 2024-10-19"]);
        check("19/10/2024 17:01 (GMT+3)", &["19/10/2024 17:01 (GMT+3) = 2024-10-19T17:01+03:00"]);
        check("9/6/17", &["9/6/17 = 2017-09-06"]);
        check("2024年10月19日", &["2024年10月19日 = 2024-10-19"]);
        check("2024. 10. 19 17:01", &["2024. 10. 19 17:01 = 2024-10-19T17:01"]);
    }

    #[test]
    fn several_in_a_line() {
        check(
            "Published: 19 October 2024 | Updated: 20 October 2024 08:30",
            &["19 October 2024 = 2024-10-19", "20 October 2024 08:30 = 2024-10-20T08:30"],
        );
    }

    #[test]
    fn no_dates() {
        for line in [
            "Updated 3 hours ago",
            "October 19",
            "on Monday",
            "in 2024",
            "version 1.19.10.2024",
            "31 February 2024",
            "12/13/14/15",
            "it may 2024 times",
            "about 19 percent of 2024",
            "99/99/2024",
            "",
            "5:01 p.m.",
            "/2019/11/19/",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn whole_strings() {
        check_parse("2024", "2024");
        check_parse("2024-10", "2024-10");
        check_parse("20241019", "2024-10-19");
        check_parse("20241019T170100Z", "2024-10-19T17:01+00:00");
        check_parse("2024-10-19 17:01:00", "2024-10-19T17:01");
        check_parse("2024-10-19T17:01:00+0200", "2024-10-19T17:01+02:00");
        check_parse("Sat, 19 Oct 2024 17:01:00 +0000", "2024-10-19T17:01+00:00");
        check_parse("September 6, 2017", "2017-09-06");
        check_parse("9/6/17", "2017-09-06");
        check_parse("1729357260", "2024-10-19T17:01+00:00");
        check_parse("1729357260000", "2024-10-19T17:01+00:00");
        check_parse("yesterday", "none");
        check_parse("since 19 October 2024", "none");
        check_parse("2024-13-01", "none");
        check_parse("2024-13", "none");
        check_parse("", "none");
    }

    #[test]
    fn a_megabyte_takes_no_longer_than_it_should() {
        for piece in ["1", "1/", "19 Oct ", ",", "May ", "2024-", "年", "\u{301}"] {
            find(&piece.repeat(1_000_000 / piece.len()));
        }
    }
}

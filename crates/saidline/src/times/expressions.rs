//! Expressions of time: where they stand, and which days they mean.
//!
//! An expression is first read for what it says ("the last Wednesday", "July 20 of no year told") and resolved when
//! asked, as what it means can hang on what it dates: what was said lies behind, what is planned ahead. The conventions
//! are those of `docs/annotation-resolution.md`.

use jiff::civil::Date;
use saidline_html::{Moment, Span, When};

use super::calendar::{self, date, day, days, monday, month, months, plus_days, plus_months, weekday, year};
use super::lexicon::{Gap, Token, Unit, Word};

/// An expression where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expression {
    /// Its words, a preposition before them included.
    pub span: Span,
    /// Its first token, and one past the last.
    pub first: u32,
    pub last: u32,
    pub paragraph: u32,
    pub meaning: Meaning,
    /// Whether it is an end of a stretch ("since Monday") or stands in another relation that dates nothing.
    pub bound: bool,
    /// "Monday's": it tells the day of what is named behind it.
    pub possessive: bool,
    /// Whether words before it tell that it is still to come.
    pub future: bool,
    /// The day that the text tells before, for "hours later"; and the year, for "that year".
    near_day: Option<Date>,
    near_year: Option<i16>,
}

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A time that cannot be known.
    Open,
    /// "recently": no time at all.
    Vague,
    Weekday {
        day: i8,
        which: Which,
    },
    /// A weekday of the week so many weeks later.
    WeekdayOf {
        day: i8,
        weeks: i32,
    },
    Date {
        year: Year,
        month: i8,
        day: i8,
        last: i8,
        weekday: Option<i8>,
    },
    Month {
        year: Year,
        month: i8,
        part: Option<Third>,
    },
    Season {
        year: Year,
        month: i8,
        which: Which,
    },
    Years {
        from: i16,
        to: i16,
        part: Option<Third>,
    },
    /// Counted in days from the day of publication.
    Offset(i32),
    Week {
        weeks: i32,
        part: Option<Third>,
    },
    Months {
        months: i32,
        part: Option<Third>,
    },
    RelativeYear {
        years: i32,
        part: Option<Third>,
    },
    Weekend(Which),
    /// From the beginning of the week, month or year to publication.
    SoFar(Unit),
    /// The seven days, the month or the year up to publication.
    Past(Unit),
    /// The week in which a day so many months back lies.
    WeekMonthsAgo(i32),
    /// So many days after the day told before.
    Shift(i32),
    /// The year told before.
    ThatYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Bare,
    Last,
    This,
    Next,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Third {
    Early,
    Mid,
    Late,
}

/// The year of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Given(i16),
    /// So many years after that of publication.
    Relative(i16),
    /// The one told before.
    That,
    /// None is told, or "last May".
    Untold(Which),
}

impl Expression {
    /// The days that it means; none where they cannot be known. `past` says that what it dates has happened.
    pub fn when(&self, published: Option<Date>, past: bool) -> Option<When> {
        let future = self.future && !past;
        // "This week's games" go on to its end.
        if self.possessive && !past && self.meaning == Meaning::SoFar(Unit::Week) {
            return resolve(Meaning::Week { weeks: 0, part: None }, published, future);
        }
        match self.meaning {
            Meaning::Shift(by) => return plus_days(self.near_day?, by).map(day),
            Meaning::ThatYear => return self.near_year.map(year),
            Meaning::Date { year: Year::That, month, day: of, .. } => {
                return date(self.near_year?, month, of).map(day);
            }
            Meaning::Month { year: Year::That, month: of, part } => {
                return third_of_month(date(self.near_year?, of, 1)?, part);
            }
            _ => {}
        }
        resolve(self.meaning, published, future)
    }

    /// Whether its words alone give the date.
    pub fn is_explicit(&self) -> bool {
        match self.meaning {
            Meaning::Date { year, .. } | Meaning::Month { year, .. } | Meaning::Season { year, .. } => {
                matches!(year, Year::Given(_))
            }
            Meaning::Years { .. } => true,
            _ => false,
        }
    }

    /// Whether it means a day by itself, not one that the text tells elsewhere: such a day can be carried on.
    pub fn is_own_day(&self) -> bool {
        self.is_day() && !matches!(self.meaning, Meaning::Shift(_))
    }

    /// Whether it means a week or less, and more than a day.
    pub fn is_week(&self) -> bool {
        matches!(
            self.meaning,
            Meaning::Week { .. }
                | Meaning::Weekend(_)
                | Meaning::SoFar(Unit::Week)
                | Meaning::Past(Unit::Week)
        ) || matches!(self.meaning, Meaning::Date { day, last, .. } if day != last)
    }

    /// Whether it means one day, known or not.
    pub fn is_day(&self) -> bool {
        match self.meaning {
            Meaning::Weekday { .. } | Meaning::WeekdayOf { .. } | Meaning::Offset(_) | Meaning::Shift(_) => {
                true
            }
            Meaning::Date { day, last, .. } => day == last,
            _ => false,
        }
    }
}

/// What an expression that counts from the day of publication, or from nothing, means.
fn resolve(meaning: Meaning, published: Option<Date>, future: bool) -> Option<When> {
    // What gives its year needs no publication date.
    match meaning {
        Meaning::Years { from, to, part } => {
            return match part {
                Some(part) if from == to => Some(third_of_year(from, part)),
                _ => Some(When { from: Moment::Year(from), to: Moment::Year(to) }),
            };
        }
        Meaning::Date { year: Year::Given(of), month, day: first, last, .. } => {
            return Some(days(date(of, month, first)?, date(of, month, last)?));
        }
        Meaning::Month { year: Year::Given(of), month: in_year, part } => {
            return third_of_month(date(of, in_year, 1)?, part);
        }
        Meaning::Season { year: Year::Given(of), month, .. } => return season(of, month),
        _ => {}
    }
    let published = published?;
    match meaning {
        Meaning::Weekday { day: of, which } => {
            let back = i32::from((weekday(published) - of).rem_euclid(7));
            let by = match (which, back) {
                // On a Friday "last Thursday" is not the day before.
                (Which::Last, 0..=2) if weekday(published) < 5 => -7 - back,
                (Which::Last, 0) => -7,
                (Which::Next, _) => 7 - back,
                (Which::Bare | Which::This, 1..) if future => 7 - back,
                _ => -back,
            };
            plus_days(published, by).map(day)
        }
        Meaning::WeekdayOf { day: of, weeks } => plus_days(monday(published, weeks)?, of.into()).map(day),
        Meaning::Date { year: of, month, day: first, last, weekday } => {
            let one = |of: i16| Some((date(of, month, first)?, date(of, month, last)?));
            let (first, last) = match of {
                Year::Relative(by) => one(published.year().checked_add(by)?)?,
                _ => nearest(one, weekday, published, future)?,
            };
            Some(days(first, last))
        }
        Meaning::Month { year: of, month: in_year, part } => {
            let this = published.year();
            let of = match of {
                Year::Relative(by) => this.checked_add(by)?,
                Year::Untold(Which::Last) if in_year < published.month() => this,
                Year::Untold(Which::Last) => this - 1,
                Year::Untold(Which::Next) if in_year > published.month() => this,
                Year::Untold(Which::Next) => this + 1,
                Year::Untold(Which::This) => this,
                _ if in_year <= published.month() && !(future && in_year < published.month()) => this,
                _ if future && in_year > published.month() => this,
                _ if future => this + 1,
                _ => this - 1,
            };
            third_of_month(date(of, in_year, 1)?, part)
        }
        Meaning::Season { year: of, month, which } => {
            let this = published.year();
            if let Year::Relative(by) = of {
                return season(this.checked_add(by)?, month);
            }
            let begun = |of: i16| date(of, month, 1).is_some_and(|begin| begin <= published);
            let over = |of: i16| {
                date(of, month, 1).and_then(|begin| plus_months(begin, 3)).is_some_and(|end| end <= published)
            };
            let latest = if begun(this) { this } else { this - 1 };
            match which {
                // "Last summer" is over; in autumn it is rather this year's.
                Which::Last => season(if over(latest) { latest } else { latest - 1 }, month),
                Which::Next => season(latest + 1, month),
                _ if future && !begun(this) => season(this, month),
                _ if over(latest) || !begun(latest) => season(latest, month),
                // It is not over yet.
                _ => Some(When { from: Moment::Day(date(latest, month, 1)?), to: Moment::Day(published) }),
            }
        }
        Meaning::Offset(by) => plus_days(published, by).map(day),
        Meaning::Week { weeks, part } => {
            let first = monday(published, weeks)?;
            let (from, to) = match part {
                None => (0, 6),
                Some(Third::Early) => (0, 1),
                Some(Third::Mid) => (1, 3),
                Some(Third::Late) => (3, 6),
            };
            Some(days(plus_days(first, from)?, plus_days(first, to)?))
        }
        Meaning::Months { months, part } => third_of_month(plus_months(published, months)?, part),
        Meaning::RelativeYear { years, part } => {
            let of = i16::try_from(i32::from(published.year()).checked_add(years)?).ok()?;
            date(of, 1, 1)?;
            Some(part.map_or(year(of), |part| third_of_year(of, part)))
        }
        Meaning::Weekend(which) => {
            let saturday = plus_days(monday(published, 0)?, 5)?;
            let begun = saturday <= published;
            let first = match which {
                Which::Last => plus_days(saturday, -7)?,
                Which::Next => plus_days(saturday, if begun { 7 } else { 0 })?,
                _ if begun || future => saturday,
                _ => plus_days(saturday, -7)?,
            };
            let last = plus_days(first, 1)?;
            Some(days(first, if first <= published { last.min(published) } else { last }))
        }
        Meaning::SoFar(unit) => {
            let from = match unit {
                Unit::Week => monday(published, 0)?,
                Unit::Month => published.first_of_month(),
                _ => published.first_of_year(),
            };
            Some(days(from, published))
        }
        Meaning::Past(unit) => {
            let from = match unit {
                Unit::Week => plus_days(published, -6)?,
                Unit::Month => published.checked_sub(jiff::ToSpan::months(1)).ok()?,
                _ => published.checked_sub(jiff::ToSpan::years(1)).ok()?,
            };
            Some(days(from, published))
        }
        Meaning::WeekMonthsAgo(ago) => {
            let there = published.checked_sub(jiff::ToSpan::months(i64::from(ago))).ok()?;
            let first = monday(there, 0)?;
            Some(days(first, plus_days(first, 6)?))
        }
        _ => None,
    }
}

/// A date without a year: the last one up to the day of publication, or the next one where it is to come. One that
/// lies a few weeks ahead is ahead: a year back, its year would be told.
fn nearest(
    one: impl Fn(i16) -> Option<(Date, Date)>,
    of_week: Option<i8>,
    published: Date,
    future: bool,
) -> Option<(Date, Date)> {
    const WEEKS_AHEAD: i32 = 6;
    let this = published.year();
    let around = || [this - 1, this, this + 1].into_iter().filter_map(&one);
    if let Some(of_week) = of_week {
        let fits = around().filter(|(first, _)| weekday(*first) == of_week);
        let distance = |(first, _): &(Date, Date)| (*first - published).get_days().abs();
        if let Some(found) = fits.min_by_key(distance) {
            return Some(found);
        }
    }
    let past = around().filter(|(first, _)| *first <= published).max();
    let ahead = around().filter(|(first, _)| *first > published).min();
    let soon = ahead.filter(|(first, _)| {
        future || plus_days(published, 7 * WEEKS_AHEAD).is_some_and(|limit| *first <= limit)
    });
    soon.or(past).or(ahead)
}

fn third_of_month(of: Date, part: Option<Third>) -> Option<When> {
    let at = |number: i8| date(of.year(), of.month(), number);
    Some(match part {
        None => month(of),
        Some(Third::Early) => days(at(1)?, at(10)?),
        Some(Third::Mid) => days(at(11)?, at(20)?),
        Some(Third::Late) => days(at(21)?, of.last_of_month()),
    })
}

fn third_of_year(of: i16, part: Third) -> When {
    match part {
        Third::Early => months(of, 1, 3),
        Third::Mid => months(of, 5, 8),
        Third::Late => months(of, 10, 12),
    }
}

fn season(of: i16, begins: i8) -> Option<When> {
    let begin = date(of, begins, 1)?;
    let end = plus_months(begin, 2)?;
    Some(When { from: calendar::month(begin).from, to: calendar::month(end).to })
}

/// The expressions of a text, in its order and disjoint. Time is linear in the tokens.
pub(super) fn find(tokens: &[Token], published: Option<Date>) -> Vec<Expression> {
    let grammar = Grammar { tokens };
    let mut found: Vec<Expression> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match grammar.expression(at) {
            Some(core) if core.end > at => {
                let expression = grammar.placed(at, core);
                at = core.end;
                found.push(expression);
            }
            _ => at += 1,
        }
    }
    tell_surroundings(tokens, &mut found, published);
    found
}

/// Fills in what expressions take from others: the day before "hours later", the year before "that year".
fn tell_surroundings(tokens: &[Token], found: &mut [Expression], published: Option<Date>) {
    let mut near_day: Option<(Date, u32)> = None;
    let mut near_year = None;
    for place in 0..found.len() {
        let here = found[place];
        // "Hours later" is told of the day that the story is at; "two days later" needs its day close by.
        let reach = if here.meaning == Meaning::Shift(0) { u32::MAX } else { 0 };
        let near = near_day.filter(|(_, paragraph)| here.paragraph - paragraph <= reach);
        found[place].near_day = near.map(|(day, _)| day);
        found[place].near_year = near_year;
        // "Hours after Monday's attack": the day stands behind.
        if matches!(here.meaning, Meaning::Shift(_))
            && let Some(next) = found.get(place + 1)
            && next.first - here.last < 8
            && matches!(tokens[here.last as usize - 1].word, Word::After | Word::Before)
            && next.is_day()
            && let Some(When { from: Moment::Day(day), .. }) = next.when(published, true)
        {
            found[place].near_day = Some(day);
        }
        let here = found[place];
        if let Some(When { from, .. }) = here.when(published, false) {
            if let Moment::Day(day) = from
                && here.is_day()
                && !here.future
            {
                near_day = Some((day, here.paragraph));
            }
            near_year = match from {
                Moment::Year(year) | Moment::Month(year, _) => Some(year),
                Moment::Day(day) => Some(day.year()),
                Moment::Minute(at, _) => Some(at.year()),
            };
        }
    }
}

/// What was read from a place on.
#[derive(Debug, Clone, Copy)]
struct Core {
    meaning: Meaning,
    end: usize,
    adjective: bool,
}

impl Core {
    fn new(meaning: Meaning, end: usize) -> Option<Self> {
        Some(Self { meaning, end, adjective: false })
    }
}

struct Grammar<'a> {
    tokens: &'a [Token],
}

impl Grammar<'_> {
    /// The word at a place that goes on from the one before, over white space alone.
    fn next(&self, at: usize) -> Option<Word> {
        self.tokens.get(at).filter(|token| token.gap == Gap::Space).map(|token| token.word)
    }

    fn word(&self, at: usize) -> Option<Word> {
        self.tokens.get(at).map(|token| token.word)
    }

    fn gap(&self, at: usize) -> Option<Gap> {
        self.tokens.get(at).map(|token| token.gap)
    }

    /// The word before a place, over white space alone.
    fn before(&self, at: usize) -> Option<Word> {
        let token = self.tokens.get(at)?;
        (token.gap == Gap::Space).then(|| at.checked_sub(1).and_then(|before| self.word(before)))?
    }

    /// A core with its place, and what the words around say of it.
    fn placed(&self, at: usize, core: Core) -> Expression {
        let first = self.tokens[at];
        let last = self.tokens[core.end - 1];
        let bound = match self.before(at) {
            Some(Word::Bound) => true,
            // "After Monday", but "shortly after 5 p.m. Monday" is another matter.
            Some(Word::After | Word::Before) => true,
            // "Between March and May"
            _ => false,
        };
        Expression {
            span: Span { start: first.span.start, end: last.span.end },
            first: at as u32,
            last: core.end as u32,
            paragraph: first.paragraph,
            meaning: core.meaning,
            bound,
            possessive: last.possessive,
            future: self.is_to_come(at),
            near_day: None,
            near_year: None,
        }
    }

    /// Whether words before a place tell that what it dates is to come ("would reopen on Friday").
    fn is_to_come(&self, at: usize) -> bool {
        const LOOKED_AT: usize = 12;
        for before in (at.saturating_sub(LOOKED_AT)..at).rev() {
            match self.tokens[before].word {
                Word::Future => return true,
                Word::Says => return false,
                _ => {}
            }
            if matches!(self.tokens[before + 1].gap, Gap::Start | Gap::Other | Gap::Stop) {
                return false;
            }
        }
        false
    }

    /// The expression that begins at a place, prepositions included.
    fn expression(&self, at: usize) -> Option<Core> {
        match self.word(at)? {
            Word::In | Word::On | Word::At | Word::Over => {
                let after = self.next(at + 1)?;
                if matches!(self.word(at), Some(Word::In | Word::Over)) {
                    if after == Word::The
                        && let Some(found) = self.in_the(at + 2)
                    {
                        return Some(found);
                    }
                    if let Word::Month(_) = after {
                        return self.month(at + 1, None);
                    }
                    if let Word::Season(month) = after {
                        return self.season(at + 2, month, Which::Bare);
                    }
                    if let Word::Digits(..) = after
                        && let Some(found) = self.year(at + 1, None)
                    {
                        return Some(found);
                    }
                    if let Word::A = after {
                        return self.core(at + 1);
                    }
                }
                self.core(at + 1)
            }
            _ => self.core(at),
        }
    }

    /// What follows "in the": "past week", "summer of 2015", "early 1990s".
    fn in_the(&self, at: usize) -> Option<Core> {
        match self.next(at)? {
            Word::Past | Word::Last => match self.next(at + 1) {
                Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year))) => {
                    Core::new(Meaning::Past(unit), at + 2)
                }
                Some(Word::Unit(_)) => Core::new(Meaning::Vague, at + 2),
                Some(Word::Number(_) | Word::Digits(..) | Word::Few | Word::Couple) => {
                    Core::new(Meaning::Vague, at + 2)
                }
                // "in the past"
                _ if self.word(at) == Some(Word::Past) => Core::new(Meaning::Vague, at + 1),
                _ => None,
            },
            Word::Season(month) => self.season(at + 1, month, Which::Bare),
            Word::Decade(from) => Core::new(Meaning::Years { from, to: from + 9, part: None }, at + 1),
            Word::Early | Word::Mid | Word::Late => match self.word(at + 1) {
                Some(Word::Decade(_)) => Core::new(Meaning::Vague, at + 2),
                _ => None,
            },
            _ => None,
        }
    }

    /// The expression that begins at a place, without a preposition.
    fn core(&self, at: usize) -> Option<Core> {
        match self.word(at)? {
            Word::Weekday(day) => self.weekday(at, day, Which::Bare),
            Word::Early => self.part(at, Third::Early),
            Word::Mid => self.part(at, Third::Mid),
            Word::Late => self.part(at, Third::Late),
            Word::Earlier | Word::Later => self.earlier(at),
            Word::Last => self.last(at, None),
            Word::Past => None,
            Word::This => self.this(at, None),
            Word::Next => self.next_one(at),
            Word::Offset(_) if self.is_named(at) => None,
            Word::Offset(by) => {
                let end = at + 1 + usize::from(self.next(at + 1) == Some(Word::Part));
                Core::new(Meaning::Offset(by), end)
            }
            Word::Month(month) => self.month_alone(at, month),
            Word::Digits(value, digits) => self.digits(at, value, digits),
            Word::Number(value) => self.count(at, value),
            Word::A => match self.next(at + 1)? {
                Word::Unit(_) => self.counted(at + 1, Some(1)),
                Word::Couple => self.core(at + 1),
                Word::Few => self.core(at + 1),
                Word::Digits(..) => self.year_before_noun(at + 1),
                Word::Month(_) => self.month_before_noun(at + 1),
                _ => None,
            },
            Word::Couple => {
                let next = at + 1 + usize::from(self.next(at + 1) == Some(Word::Of));
                self.counted(next, Some(2))
            }
            Word::Few => self.counted(at + 1, None),
            Word::Unit(_) => self.counted(at, None),
            Word::The => self.the(at),
            Word::That => self.that(at + 1),
            Word::Same => None,
            Word::Season(month) => match self.next(at + 1) {
                Some(Word::Of | Word::Digits(..)) => {
                    self.season(at + 1, month, Which::Bare).filter(|found| found.end > at + 1)
                }
                _ => None,
            },
            // "As recently as last week" is last week.
            Word::Vague if self.next(at + 1) == Some(Word::Clause) => None,
            Word::Vague => Core::new(Meaning::Vague, at + 1),
            _ => None,
        }
    }

    /// Whether a word is the end of a name ("Low Today").
    fn is_named(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.tokens[before]);
        self.tokens[at].capital
            && self.gap(at) == Some(Gap::Space)
            && before.is_some_and(|before| before.capital && before.word == Word::Other)
    }

    fn weekday(&self, at: usize, of: i8, which: Which) -> Option<Core> {
        let token = self.tokens.get(at)?;
        // "Mondays'" and "Mondays" are no word of the table; "Sunday Times" and "Black Friday" are names.
        let next = self.tokens.get(at + 1).filter(|next| next.gap == Gap::Space && !token.possessive);
        if self.is_feast(at)
            || self.is_programme(at)
            || next.is_some_and(|next| next.word == Word::Masthead && next.capital)
        {
            return None;
        }
        if next.is_some_and(|next| next.capital && matches!(next.word, Word::Part)) {
            return None;
        }
        // "Tuesday, March 3"
        if matches!(self.gap(at + 1), Some(Gap::Comma | Gap::Space | Gap::Stop)) && !token.possessive {
            match self.word(at + 1) {
                Some(Word::Month(month)) => {
                    if let Some(core) = self.month_and_day(at + 1, month, Some(of)) {
                        return Some(core);
                    }
                }
                Some(Word::Digits(value, 1..=2)) => {
                    if let Some(core) = self.day_first(at + 1, value, Some(of)) {
                        return Some(core);
                    }
                }
                _ => {}
            }
        }
        let part = at + 1 + usize::from(!token.possessive && self.next(at + 1) == Some(Word::Part));
        // "Tuesday of last week"
        let skip = part + usize::from(self.next(part) == Some(Word::Of));
        let weeks = match (self.next(skip), self.next(skip + 1)) {
            (Some(Word::Last), Some(Word::Unit(Unit::Week))) => Some(-1),
            (Some(Word::This), Some(Word::Unit(Unit::Week))) => Some(0),
            (Some(Word::Next), Some(Word::Unit(Unit::Week))) => Some(1),
            _ => None,
        };
        match weeks {
            Some(weeks) => Core::new(Meaning::WeekdayOf { day: of, weeks }, skip + 2),
            None => Core::new(Meaning::Weekday { day: of, which }, part),
        }
    }

    /// Whether a weekday is that of a feast: "Good Friday".
    fn is_feast(&self, at: usize) -> bool {
        self.before(at) == Some(Word::Feast)
            && at.checked_sub(1).is_some_and(|before| self.tokens[before].capital)
    }

    /// "On Harbour News Sunday", "the station’s Harbour News Sunday"; but who "told Harbour News Sunday" told it on that day.
    fn is_programme(&self, at: usize) -> bool {
        const LONGEST: usize = 4;
        if self.before(at) != Some(Word::Venue) || !self.tokens[at - 1].capital {
            return false;
        }
        let mut first = at - 1;
        while first > 0
            && at - first < LONGEST
            && self.gap(first) == Some(Gap::Space)
            && self.tokens[first - 1].capital
            && !self.tokens[first - 1].possessive
        {
            first -= 1;
        }
        self.before(first) == Some(Word::On) || first > 0 && self.tokens[first - 1].possessive
    }

    /// "Late" and what it is late in.
    fn part(&self, at: usize, third: Third) -> Option<Core> {
        let mut next = at + 1;
        if !matches!(self.gap(next), Some(Gap::Space | Gap::Hyphen)) {
            return None;
        }
        if matches!(self.word(next), Some(Word::On | Word::In)) {
            next += 1;
        }
        match self.word(next)? {
            Word::Weekday(day) => self.weekday(next, day, Which::Bare),
            Word::Month(_) => self.month(next, Some(third)),
            Word::Offset(_) => self.core(next),
            Word::This => self.this(next, Some(third)),
            Word::Last => self.last(next, Some(third)),
            Word::Digits(..) => self.year(next, Some(third)),
            Word::The if self.next(next + 1) == Some(Word::Unit(Unit::Day)) => {
                Core::new(Meaning::Shift(0), next + 2)
            }
            _ => None,
        }
    }

    /// "Earlier this week", "earlier Thursday", "later in the day"; alone it tells nothing.
    fn earlier(&self, at: usize) -> Option<Core> {
        let alone = Core::new(Meaning::Vague, at + 1);
        let mut next = at + 1;
        if self.next(next) == Some(Word::In) && self.next(next + 1) == Some(Word::The) {
            next += 2;
            return match self.next(next) {
                Some(Word::Unit(Unit::Day)) | Some(Word::Part) => Core::new(Meaning::Shift(0), next + 1),
                Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year))) => {
                    Core::new(Meaning::SoFar(unit), next + 1)
                }
                _ => alone,
            };
        }
        if matches!(self.next(next), Some(Word::On | Word::In)) {
            next += 1;
        }
        match self.next(next) {
            Some(Word::Weekday(day)) => self.weekday(next, day, Which::Bare),
            Some(Word::Offset(_)) => self.core(next),
            Some(Word::This) => match self.next(next + 1) {
                Some(Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year))) => {
                    Core::new(Meaning::SoFar(unit), next + 2)
                }
                _ => self.this(next, None),
            },
            Some(Word::Last) => self.last(next, None),
            Some(Word::That) => self.that(next + 1),
            Some(Word::The) => self.the(next),
            Some(Word::Month(_)) => self.month(next, None),
            _ => None,
        }
        .or(alone)
    }

    fn last(&self, at: usize, third: Option<Third>) -> Option<Core> {
        let next = at + 1;
        match self.next(next)? {
            Word::Weekday(day) => self.weekday(next, day, Which::Last),
            Word::Unit(Unit::Week) => Core::new(Meaning::Week { weeks: -1, part: third }, next + 1),
            Word::Unit(Unit::Month) => Core::new(Meaning::Months { months: -1, part: third }, next + 1),
            Word::Unit(Unit::Year) => Core::new(Meaning::RelativeYear { years: -1, part: third }, next + 1),
            Word::Unit(Unit::Weekend) => Core::new(Meaning::Weekend(Which::Last), next + 1),
            Word::Unit(Unit::Decade) => Core::new(Meaning::Vague, next + 1),
            Word::Part => Core::new(Meaning::Offset(-1), next + 1),
            Word::Season(month) => Core::new(
                Meaning::Season { year: Year::Untold(Which::Last), month, which: Which::Last },
                next + 1,
            ),
            Word::Month(month) => {
                Core::new(Meaning::Month { year: Year::Untold(Which::Last), month, part: third }, next + 1)
            }
            Word::Number(_) | Word::Digits(..) | Word::Few | Word::Couple => {
                matches!(self.next(next + 1), Some(Word::Unit(_))).then(|| Core {
                    meaning: Meaning::Vague,
                    end: next + 2,
                    adjective: false,
                })
            }
            _ => None,
        }
    }

    fn this(&self, at: usize, third: Option<Third>) -> Option<Core> {
        let mut next = at + 1;
        if self.next(next) == Some(Word::Past) {
            next += 1;
            return match self.next(next)? {
                Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)) => {
                    Core::new(Meaning::Past(unit), next + 1)
                }
                _ => self.last(at + 1, third),
            };
        }
        match self.next(next)? {
            Word::Weekday(day) => self.weekday(next, day, Which::This),
            Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)) => Core::new(
                match (unit, third) {
                    (Unit::Week, Some(_)) => Meaning::Week { weeks: 0, part: third },
                    (Unit::Month, Some(_)) => Meaning::Months { months: 0, part: third },
                    (Unit::Year, Some(_)) => Meaning::RelativeYear { years: 0, part: third },
                    _ => Meaning::SoFar(unit),
                },
                next + 1,
            ),
            Word::Unit(Unit::Weekend) => Core::new(Meaning::Weekend(Which::This), next + 1),
            Word::Part => Core::new(Meaning::Offset(0), next + 1),
            Word::Season(month) => Core::new(
                Meaning::Season { year: Year::Untold(Which::This), month, which: Which::This },
                next + 1,
            ),
            Word::Month(month) => {
                Core::new(Meaning::Month { year: Year::Untold(Which::This), month, part: third }, next + 1)
            }
            Word::Next => self.next_one(next),
            _ => None,
        }
    }

    fn next_one(&self, at: usize) -> Option<Core> {
        let next = at + 1;
        match self.next(next)? {
            Word::Weekday(day) => self.weekday(next, day, Which::Next),
            Word::Unit(Unit::Week) => Core::new(Meaning::Week { weeks: 1, part: None }, next + 1),
            Word::Unit(Unit::Month) => Core::new(Meaning::Months { months: 1, part: None }, next + 1),
            Word::Unit(Unit::Year) => Core::new(Meaning::RelativeYear { years: 1, part: None }, next + 1),
            Word::Unit(Unit::Weekend) => Core::new(Meaning::Weekend(Which::Next), next + 1),
            Word::Month(month) => {
                Core::new(Meaning::Month { year: Year::Untold(Which::Next), month, part: None }, next + 1)
            }
            _ => None,
        }
    }

    /// "The weekend", "the day before", "the summer of 2015", "the 2016 interview".
    fn the(&self, at: usize) -> Option<Core> {
        match self.next(at + 1)? {
            Word::Unit(Unit::Weekend) => Core::new(Meaning::Weekend(Which::Bare), at + 2),
            Word::Unit(Unit::Day) => match self.next(at + 2) {
                Some(Word::Before) => Core::new(Meaning::Shift(-1), at + 3),
                Some(Word::After) => Core::new(Meaning::Shift(1), at + 3),
                Some(Word::Of | Word::That | Word::Other) => Core::new(Meaning::Open, at + 2),
                _ => None,
            },
            Word::Unit(Unit::Week | Unit::Month | Unit::Year) => match self.next(at + 2) {
                Some(Word::Before | Word::After) => Core::new(Meaning::Open, at + 3),
                _ => None,
            },
            Word::Next | Word::After => match self.next(at + 2)? {
                Word::Unit(Unit::Day) | Word::Part => Core::new(Meaning::Shift(1), at + 3),
                Word::Unit(_) => Core::new(Meaning::Open, at + 3),
                _ => None,
            },
            Word::Same => match self.next(at + 2)? {
                Word::Unit(Unit::Day) | Word::Part => Core::new(Meaning::Shift(0), at + 3),
                Word::Unit(Unit::Year) => Core::new(Meaning::ThatYear, at + 3),
                Word::Unit(_) => Core::new(Meaning::Open, at + 3),
                _ => None,
            },
            Word::Season(month) => match self.next(at + 2) {
                Some(Word::Of) => self.season(at + 2, month, Which::Bare).filter(|found| found.end > at + 2),
                _ => None,
            },
            Word::Digits(value, digits) => self
                .year_before_noun(at + 1)
                .or_else(|| self.day_first(at + 1, value, None).filter(|_| digits <= 2)),
            Word::Month(_) => self.month_before_noun(at + 1),
            _ => None,
        }
    }

    /// What follows "that".
    fn that(&self, at: usize) -> Option<Core> {
        let next = at + usize::from(self.next(at) == Some(Word::Same));
        match self.next(next)? {
            Word::Unit(Unit::Day) | Word::Part => Core::new(Meaning::Shift(0), next + 1),
            Word::Unit(Unit::Year) => Core::new(Meaning::ThatYear, next + 1),
            Word::Unit(Unit::Week | Unit::Month | Unit::Weekend) | Word::Season(_) => {
                Core::new(Meaning::Open, next + 1)
            }
            Word::Weekday(_) => Core::new(Meaning::Open, next + 1),
            _ => None,
        }
    }

    /// A number of units and how they lie: "two weeks ago", "hours after".
    fn count(&self, at: usize, value: i32) -> Option<Core> {
        self.counted(at + 1, Some(value))
    }

    /// The unit at a place and what follows it. `number` is none for "several" and for none at all.
    fn counted(&self, at: usize, number: Option<i32>) -> Option<Core> {
        let is_first = at == 0 || !matches!(self.gap(at), Some(Gap::Space));
        let Some(Word::Unit(unit)) = self.word(at) else { return None };
        if is_first && number.is_some() {
            return None;
        }
        match self.next(at + 1)? {
            Word::Ago => {
                let Some(number) = number else {
                    return Core::new(
                        if unit == Unit::Hour { Meaning::Offset(0) } else { Meaning::Vague },
                        at + 2,
                    );
                };
                if unit == Unit::Month
                    && self.next(at + 2) == Some(Word::This)
                    && self.next(at + 3) == Some(Word::Unit(Unit::Week))
                {
                    return Core::new(Meaning::WeekMonthsAgo(number), at + 4);
                }
                let meaning = match unit {
                    Unit::Hour => Meaning::Offset(0),
                    Unit::Day => Meaning::Offset(-number),
                    Unit::Week => Meaning::Week { weeks: -number, part: None },
                    Unit::Month => Meaning::Months { months: -number, part: None },
                    Unit::Year => Meaning::RelativeYear { years: -number, part: None },
                    Unit::Weekend | Unit::Decade => Meaning::Vague,
                };
                Core::new(meaning, at + 2)
            }
            way @ (Word::Earlier | Word::Before | Word::Later | Word::After) => {
                let sign = if matches!(way, Word::Earlier | Word::Before) { -1 } else { 1 };
                let meaning = match (unit, number) {
                    (Unit::Hour, _) => Meaning::Shift(0),
                    (Unit::Day, Some(number)) => Meaning::Shift(sign * number),
                    (_, Some(_)) => Meaning::Open,
                    (_, None) => Meaning::Vague,
                };
                Core::new(meaning, at + 2)
            }
            _ => None,
        }
    }

    /// A month after a preposition, with or without a day and a year.
    fn month(&self, at: usize, third: Option<Third>) -> Option<Core> {
        let Word::Month(of) = self.word(at)? else { return None };
        if third.is_none()
            && let Some(found) = self.month_and_day(at, of, None)
        {
            return Some(found);
        }
        let (year, end) = self.year_behind(at + 1).unwrap_or((Year::Untold(Which::Bare), at + 1));
        Core::new(Meaning::Month { year, month: of, part: third }, end)
    }

    /// A month without a preposition: only with a day or a year, or before a noun of saying.
    fn month_alone(&self, at: usize, of: i8) -> Option<Core> {
        if let Some(found) = self.month_and_day(at, of, None) {
            return Some(found);
        }
        if let Some((year, end)) = self.year_behind(at + 1) {
            return Core::new(Meaning::Month { year, month: of, part: None }, end);
        }
        let introduced = matches!(self.before(at), Some(Word::Of | Word::Bound | Word::After | Word::Before));
        if introduced {
            return Core::new(
                Meaning::Month { year: Year::Untold(Which::Bare), month: of, part: None },
                at + 1,
            );
        }
        self.month_before_noun(at)
    }

    /// "A January interview"
    fn month_before_noun(&self, at: usize) -> Option<Core> {
        let Word::Month(of) = self.word(at)? else { return None };
        if let Some(found) = self.month_and_day(at, of, None) {
            let noun = self.is_noun_of_saying(found.end);
            return Some(Core { adjective: noun, ..found });
        }
        let (year, end) = self.year_behind(at + 1).unwrap_or((Year::Untold(Which::Bare), at + 1));
        let noun = self.is_noun_of_saying(end);
        (noun || !matches!(year, Year::Untold(_))).then_some(Core {
            meaning: Meaning::Month { year, month: of, part: None },
            end,
            adjective: noun,
        })
    }

    /// Whether a noun for something said stands at a place or two words behind.
    fn is_noun_of_saying(&self, at: usize) -> bool {
        (at..at + 3)
            .take_while(|at| self.gap(*at) == Some(Gap::Space) || self.gap(*at) == Some(Gap::Hyphen))
            .any(|at| self.word(at) == Some(Word::Venue))
    }

    /// The year behind a month or a season: "2015", "of 2015", "last year", "that year".
    fn year_behind(&self, at: usize) -> Option<(Year, usize)> {
        let comma = self.gap(at) == Some(Gap::Comma);
        let stop = self.gap(at) == Some(Gap::Stop);
        if (comma || stop)
            && let Some(Word::Digits(value, 4)) = self.word(at)
            && plausible(value)
        {
            return Some((Year::Given(value as i16), at + 1));
        }
        let next = at + usize::from(self.next(at) == Some(Word::Of));
        match (self.next(next)?, self.next(next + 1)) {
            (Word::Digits(value, 4), _) if plausible(value) => Some((Year::Given(value as i16), next + 1)),
            (Word::Last, Some(Word::Unit(Unit::Year))) => Some((Year::Relative(-1), next + 2)),
            (Word::This, Some(Word::Unit(Unit::Year))) => Some((Year::Relative(0), next + 2)),
            (Word::Next, Some(Word::Unit(Unit::Year))) => Some((Year::Relative(1), next + 2)),
            (Word::That, Some(Word::Unit(Unit::Year))) => Some((Year::That, next + 2)),
            _ => None,
        }
    }

    /// "July 20", "Sept. 17, 2018", "March 3-5".
    fn month_and_day(&self, at: usize, of: i8, weekday: Option<i8>) -> Option<Core> {
        let next = at + 1;
        if self.tokens.get(at)?.possessive || !matches!(self.gap(next), Some(Gap::Space | Gap::Stop)) {
            return None;
        }
        let Some(Word::Digits(value, 1..=2)) = self.word(next) else { return None };
        let first = i8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        let mut end = next + 1;
        // "The September 11 attacks" are a name.
        if (of, first) == (9, 11) && self.next(end) == Some(Word::Other) {
            return None;
        }
        let mut last = first;
        if matches!(self.gap(end), Some(Gap::Hyphen))
            && let Some(Word::Digits(value, 1..=2)) = self.word(end)
            && (i32::from(first)..=31).contains(&value)
        {
            last = value as i8;
            end += 1;
        }
        let (year, end) = self.year_behind_day(end);
        Core::new(Meaning::Date { year, month: of, day: first, last, weekday }, end)
    }

    /// The year behind a day, after a comma or white space.
    fn year_behind_day(&self, at: usize) -> (Year, usize) {
        match (self.gap(at), self.word(at)) {
            (Some(Gap::Comma | Gap::Space), Some(Word::Digits(value, 4))) if plausible(value) => {
                (Year::Given(value as i16), at + 1)
            }
            _ => match (self.next(at), self.next(at + 1)) {
                (Some(Word::Last), Some(Word::Unit(Unit::Year))) => (Year::Relative(-1), at + 2),
                (Some(Word::This), Some(Word::Unit(Unit::Year))) => (Year::Relative(0), at + 2),
                (Some(Word::That), Some(Word::Unit(Unit::Year))) => (Year::That, at + 2),
                _ => (Year::Untold(Which::Bare), at),
            },
        }
    }

    /// "20 July 2018", "20th of July".
    fn day_first(&self, at: usize, value: i32, weekday: Option<i8>) -> Option<Core> {
        let day = i8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        let next = at + 1 + usize::from(self.next(at + 1) == Some(Word::Of));
        let Some(Word::Month(of)) = self.next(next) else { return None };
        let (year, end) = self.year_behind_day(next + 1);
        Core::new(Meaning::Date { year, month: of, day, last: day, weekday }, end)
    }

    /// What a number in digits begins.
    fn digits(&self, at: usize, value: i32, digits: u8) -> Option<Core> {
        if digits <= 2
            && let Some(found) = self.day_first(at, value, None)
        {
            return Some(found);
        }
        if let Some(found) = self.numbers_alone(at, value, digits) {
            return Some(found);
        }
        if let Some(found) = self.count(at, value) {
            return Some(found);
        }
        // A year stands after a preposition, which has been read, or after these.
        let introduced = matches!(
            self.before(at),
            Some(Word::Of | Word::Bound | Word::After | Word::Before | Word::Over | Word::And)
        );
        if introduced { self.year(at, None) } else { self.year_before_noun(at) }
    }

    /// `2018-09-17`, `9/17/2018`.
    fn numbers_alone(&self, at: usize, first: i32, digits: u8) -> Option<Core> {
        let (Some(Word::Digits(second, 1..=2)), Some(Word::Digits(third, length))) =
            (self.word(at + 1), self.word(at + 2))
        else {
            return None;
        };
        let between = (self.gap(at + 1)?, self.gap(at + 2)?);
        let (year, month, day) = match (between, digits, length) {
            ((Gap::Hyphen, Gap::Hyphen), 4, 2) => (first, second, third),
            ((Gap::Slash, Gap::Slash), 1..=2, 4) => (third, first, second),
            _ => return None,
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date(i16::try_from(year).ok()?, month, day).filter(|_| plausible(year))?;
        let year = Year::Given(year as i16);
        Core::new(Meaning::Date { year, month, day, last: day, weekday: None }, at + 3)
    }

    /// A year, or several: "1997 and 1998", "2015-16".
    fn year(&self, at: usize, third: Option<Third>) -> Option<Core> {
        let Word::Digits(value, 4) = self.word(at)? else { return None };
        if !plausible(value) || matches!(self.gap(at + 1), Some(Gap::Hyphen | Gap::Slash)) {
            return None;
        }
        let from = value as i16;
        if self.next(at + 1) == Some(Word::And)
            && let Some(Word::Digits(to, 4)) = self.next(at + 2)
            && plausible(to)
            && to >= value
        {
            return Core::new(Meaning::Years { from, to: to as i16, part: None }, at + 3);
        }
        let adjective = self.is_noun_of_saying(at + 1);
        Some(Core { meaning: Meaning::Years { from, to: from, part: third }, end: at + 1, adjective })
    }

    /// "A 2016 interview"
    fn year_before_noun(&self, at: usize) -> Option<Core> {
        let found = self.year(at, None)?;
        found.adjective.then_some(found)
    }

    /// A season, and the year behind it.
    fn season(&self, at: usize, month: i8, which: Which) -> Option<Core> {
        let (year, end) = self.year_behind(at).unwrap_or((Year::Untold(which), at));
        Core::new(Meaning::Season { year, month, which }, end)
    }
}

fn plausible(year: i32) -> bool {
    (1700..=2100).contains(&year)
}

#[cfg(test)]
mod tests {
    use saidline_html::{Block, BlockKind, Document};

    use super::super::lexicon::tokens;
    use super::*;

    /// The expressions of a text published on a day, each as `words = days`.
    #[track_caller]
    fn check(text: &str, published: &str, expected: &[&str]) {
        let span = Span::new(0, text.len());
        let blocks = vec![Block { kind: BlockKind::Paragraph, span, time: None }];
        let document = Document { text: text.to_owned(), blocks, ..Document::default() };
        let published = published.parse::<Date>().ok();
        let found: Vec<String> = find(&tokens(&document), published)
            .iter()
            .map(|found| {
                let days = match found.when(published, false) {
                    None => "open".to_owned(),
                    Some(When { from, to }) if from == to => from.to_string(),
                    Some(When { from, to }) => format!("{from}..{to}"),
                };
                let days = if found.meaning == Meaning::Vague { "vague".to_owned() } else { days };
                format!("{} = {days}", found.span.of(text))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    /// A Thursday.
    const DAY: &str = "2014-03-06";

    #[test]
    fn weekdays() {
        check("Lund said on Wednesday", DAY, &["on Wednesday = 2014-03-05"]);
        check("Lund said Thursday", DAY, &["Thursday = 2014-03-06"]);
        check("Lund said late Friday night", DAY, &["late Friday night = 2014-02-28"]);
        check("last Thursday", DAY, &["last Thursday = 2014-02-27"]);
        check("next Monday", DAY, &["next Monday = 2014-03-10"]);
        check("the pier would open on Friday", DAY, &["on Friday = 2014-03-07"]);
        check("Lund said on Wednesday", "", &["on Wednesday = open"]);
        check("Tuesday of last week", DAY, &["Tuesday of last week = 2014-02-25"]);
        check("on Mondays", DAY, &[]);
        check("Lund said on Harbour News Sunday", DAY, &[]);
        check("Lund said on the station’s Harbour News Sunday", DAY, &[]);
        check("Lund told Harbour News Sunday", DAY, &["Sunday = 2014-03-02"]);
    }

    #[test]
    fn dates() {
        check("on March 3, 2012, Lund", DAY, &["on March 3, 2012 = 2012-03-03"]);
        check("on Sept. 3", DAY, &["on Sept. 3 = 2013-09-03"]);
        check("3 March", DAY, &["3 March = 2014-03-03"]);
        check("Tuesday, March 4", DAY, &["Tuesday, March 4 = 2014-03-04"]);
        check("March 3-5", DAY, &["March 3-5 = 2014-03-03..2014-03-05"]);
        check("2014-03-01 and 3/2/2014", DAY, &["2014-03-01 = 2014-03-01", "3/2/2014 = 2014-03-02"]);
        check("February 30", DAY, &["February 30 = open"]);
        check("They may march 3 miles", DAY, &[]);
    }

    #[test]
    fn months_seasons_and_years() {
        check("in May", DAY, &["in May = 2013-05"]);
        check("in May 2011", "", &["in May 2011 = 2011-05"]);
        check("in January last year", DAY, &["in January last year = 2013-01"]);
        check("in mid-February", DAY, &["in mid-February = 2014-02-11..2014-02-20"]);
        check("in late February", DAY, &["in late February = 2014-02-21..2014-02-28"]);
        check("in a 2012 interview", DAY, &["in a 2012 = 2012"]);
        check("in 1997 and 1998", DAY, &["in 1997 and 1998 = 1997..1998"]);
        check("last summer", DAY, &["last summer = 2013-06..2013-08"]);
        check("in the fall of 2012", "", &["in the fall of 2012 = 2012-09..2012-11"]);
        check("late last year", DAY, &["late last year = 2013-10..2013-12"]);
        check("2012 people paid 1999 kroner, $2011 or 2,013", DAY, &[]);
    }

    #[test]
    fn counted_from_publication() {
        check("yesterday morning", DAY, &["yesterday morning = 2014-03-05"]);
        check("last night", DAY, &["last night = 2014-03-05"]);
        check("this week", DAY, &["this week = 2014-03-03..2014-03-06"]);
        check("last week", DAY, &["last week = 2014-02-24..2014-03-02"]);
        check("late last week", DAY, &["late last week = 2014-02-27..2014-03-02"]);
        check("earlier this year", DAY, &["earlier this year = 2014-01-01..2014-03-06"]);
        check("over the weekend", DAY, &["over the weekend = 2014-03-01..2014-03-02"]);
        check("three days ago", DAY, &["three days ago = 2014-03-03"]);
        check("two weeks ago", DAY, &["two weeks ago = 2014-02-17..2014-02-23"]);
        check("two months ago", DAY, &["two months ago = 2014-01"]);
        check("in the past week", DAY, &["in the past week = 2014-02-28..2014-03-06"]);
        check("a few months ago", DAY, &["a few months ago = vague"]);
        check("recently", DAY, &["recently = vague"]);
    }

    #[test]
    fn counted_from_what_the_text_tells() {
        check("on Monday. Hours later", DAY, &["on Monday = 2014-03-03", "Hours later = 2014-03-03"]);
        check("on Monday. The next day", DAY, &["on Monday = 2014-03-03", "The next day = 2014-03-04"]);
        check("in 1991. In May that year", DAY, &["in 1991 = 1991", "In May that year = 1991-05"]);
        check("hours after Monday’s fire", DAY, &["hours after = 2014-03-03", "Monday = 2014-03-03"]);
        check("Three days later", DAY, &["Three days later = open"]);
    }
}

//! What a search is narrowed to: voices, outlets, a kind, a stretch of time, as words of the index.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use saidline::{ActClass, Moment};

use super::{Narrowed, ReportFilter, Unmatched, told};
use crate::folded;
use crate::forward::{self, Forward};
use crate::voices;

/// A query's filters.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    /// Expressions of the index that must all hold.
    pub(crate) tags: Vec<String>,
    /// The rows of voices of which one must speak, where they are too many for an expression.
    pub(crate) voices: Option<Vec<i64>>,
    /// The rows of outlets of which one must have printed it, where they are too many for an expression.
    pub(crate) outlets: Option<BTreeSet<i64>>,
    /// The stretch of time.
    pub(crate) dates: Option<Dates>,
    /// Whether nothing can fit.
    pub(crate) nothing: bool,
}

/// A stretch of time. What lies `inside` fits; of what lies at the `edge`, each row has to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    pub(crate) inside: Vec<String>,
    pub(crate) edge: Vec<String>,
    pub(crate) since: String,
    pub(crate) until: String,
}

impl Filters {
    /// Looks up what a query is narrowed to. More voices or outlets than `most` are not written into an expression.
    pub(crate) fn new(
        connection: &Connection,
        query: &ReportFilter,
        most: usize,
    ) -> rusqlite::Result<(Self, Narrowed)> {
        let mut filters = Self::default();
        let mut narrowed = Narrowed::default();
        if !query.speakers.is_empty() {
            let voices = meant(connection, &query.speakers, &mut narrowed)?;
            filters.nothing |= voices.is_empty();
            match voices.len() > most {
                true => filters.voices = Some(voices),
                false => filters.tags.push(any(voices.iter().map(|nr| format!("xv{nr}")))),
            }
        }
        if !query.outlets.is_empty() {
            let outlets = outlets(connection, &query.outlets, &mut narrowed)?;
            filters.nothing |= outlets.is_empty();
            match outlets.len() > most {
                true => filters.outlets = Some(outlets),
                false => filters.tags.push(any(outlets.iter().map(|nr| format!("xo{nr}")))),
            }
        }
        if let Some(kind) = query.kind {
            filters.tags.push(any([format!("xk{}", kind.name())]));
        }
        if !query.acts.is_empty() {
            let unknown = query.acts.contains(&ActClass::Speech).then(|| "xanone".to_owned());
            let known = query.acts.iter().map(|act| format!("xa{}", act.name()));
            filters.tags.push(any(known.chain(unknown)));
        }
        if !query.types.is_empty() {
            filters.tags.push(any(query.types.iter().map(|of_type| tag("xt", of_type.name()))));
        }
        if !query.polarities.is_empty() {
            filters.tags.push(any(query.polarities.iter().map(|polarity| tag("xp", polarity.name()))));
        }
        if !query.venue_kinds.is_empty() {
            filters.tags.push(any(query.venue_kinds.iter().map(|kind| tag("xu", kind.name()))));
            narrowed.unmatched.extend(told::unmatched_kinds(connection, &query.venue_kinds)?);
        }
        for (names, part) in [(&query.addressees, &told::ADDRESSEE), (&query.venues, &told::VENUE)] {
            if !names.is_empty() {
                let mut asked = Vec::with_capacity(names.len());
                for name in names {
                    asked.push((name.as_str(), told::meant(connection, part, name)?));
                }
                let meant: Vec<_> = asked.iter().flat_map(|(_, meant)| meant.iter().cloned()).collect();
                filters.tags.push(one_of(part.prefix, &meant));
                narrowed.unmatched.extend(told::unmatched(connection, part, &asked)?);
            }
        }
        if query.since.is_some() || query.until.is_some() {
            let dates = Dates::new(connection, query.since, query.until)?;
            filters.nothing |= dates.inside.is_empty() && dates.edge.is_empty();
            filters.dates = Some(dates);
        }
        Ok((filters, narrowed))
    }

    /// Whether it narrows nothing.
    pub(crate) fn is_empty(&self) -> bool {
        !self.nothing
            && self.tags.is_empty()
            && self.voices.is_none()
            && self.outlets.is_none()
            && self.dates.is_none()
    }
}

/// An expression of which one of the words must stand among the tags.
pub(crate) fn any(words: impl IntoIterator<Item = String>) -> String {
    format!("tags : ({})", words.into_iter().collect::<Vec<_>>().join(" OR "))
}

/// The word of the index for a value out of a closed set.
pub(super) fn tag(prefix: &str, name: &str) -> String {
    format!("{prefix}{}", name.replace('-', ""))
}

/// An expression of which all words of one of the names must stand among the tags. A name without words fits nothing.
pub(super) fn one_of(prefix: &str, names: &[String]) -> String {
    let all_words = |name: &String| {
        let words: Vec<_> = name
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{prefix}{word}\""))
            .collect();
        if words.is_empty() { format!("{prefix}none0") } else { format!("({})", words.join(" AND ")) }
    };
    format!("tags : ({})", names.iter().map(all_words).collect::<Vec<_>>().join(" OR "))
}

/// The rows of the voices that are meant: by id, by name, by words of the name. Names with none are told, with the
/// nearest.
fn meant(connection: &Connection, wanted: &[String], narrowed: &mut Narrowed) -> rusqlite::Result<Vec<i64>> {
    let mut voices = BTreeSet::new();
    for asked in wanted {
        let found = voices_of(connection, asked)?;
        if found.is_empty() {
            narrowed.unmatched.push(nearest_voices(connection, asked)?);
        }
        voices.extend(found);
    }
    let mut name = connection.prepare_cached("SELECT name FROM voice WHERE nr = ?1 AND head IS NULL")?;
    for nr in &voices {
        narrowed.speakers.extend(name.query_row([nr], |row| row.get::<_, String>(0)).optional()?);
    }
    Ok(voices.into_iter().collect())
}

/// The rows of all names of the voices that a name or an id means.
pub(crate) fn voices_of(connection: &Connection, asked: &str) -> rusqlite::Result<Vec<i64>> {
    let mut all = BTreeSet::new();
    for nr in names_of(connection, asked)? {
        if !all.contains(&nr) {
            all.extend(voices::names(connection, nr)?);
        }
    }
    Ok(all.into_iter().collect())
}

/// The rows of the names that a name or an id means, without the others of their voices.
pub(crate) fn names_of(connection: &Connection, asked: &str) -> rusqlite::Result<Vec<i64>> {
    let by_id = |id: &str| {
        connection
            .prepare_cached("SELECT nr FROM voice WHERE id = ?1")?
            .query_row([id], |row| row.get::<_, i64>(0))
            .optional()
    };
    if let Some(nr) = by_id(asked)? {
        return Ok(vec![nr]);
    }
    if let Forward::To(id) = forward::follow(connection, asked)?
        && let Some(nr) = by_id(&id)?
    {
        return Ok(vec![nr]);
    }
    let mut found: BTreeSet<i64> = connection
        .prepare_cached("SELECT nr FROM voice WHERE name = ?1")?
        .query_map([asked], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut with_word = connection.prepare_cached("SELECT voice FROM voice_word WHERE word = ?1")?;
    let mut with_all: Option<BTreeSet<i64>> = None;
    for word in folded::words(asked).collect::<BTreeSet<_>>() {
        let with: BTreeSet<i64> =
            with_word.query_map([word], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        with_all = Some(match with_all {
            Some(all) => all.intersection(&with).copied().collect(),
            None => with,
        });
    }
    found.extend(with_all.unwrap_or_default());
    found.extend(voices::also_called(connection, asked)?);
    found.extend(voices::identified(connection, asked)?);
    Ok(found.into_iter().collect())
}

/// The rows of the outlets that are meant: by name, by words of the name.
fn outlets(
    connection: &Connection,
    wanted: &[String],
    narrowed: &mut Narrowed,
) -> rusqlite::Result<BTreeSet<i64>> {
    let all = connection
        .prepare_cached("SELECT nr, name FROM outlet ORDER BY nr")?
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut outlets = BTreeMap::new();
    for asked in wanted {
        let words: BTreeSet<_> = folded::words(asked).collect();
        let means = |name: &str| {
            name == asked
                || !words.is_empty() && words.is_subset(&folded::words(name).collect::<BTreeSet<_>>())
        };
        let mut any = false;
        for (nr, name) in all.iter().filter(|(_, name)| means(name)) {
            any = true;
            outlets.insert(*nr, name);
        }
        if !any {
            let names: Vec<_> = all.iter().map(|(_, name)| name.clone()).collect();
            narrowed.unmatched.push(Unmatched {
                asked: asked.clone(),
                option: "--outlet",
                nearest: nearest(asked, &names),
                commonest: Vec::new(),
            });
        }
    }
    narrowed.outlets = outlets.values().map(|name| (*name).clone()).collect();
    Ok(outlets.into_keys().collect())
}

/// The names of voices that are nearest to one that nobody has: of those that have a word near to one asked for.
pub(crate) fn nearest_voices(connection: &Connection, asked: &str) -> rusqlite::Result<Unmatched> {
    let mut names = BTreeSet::new();
    let wanted: Vec<_> = folded::words(asked).filter(|word| word.len() <= 64).take(8).collect();
    if !wanted.is_empty() {
        let mut near: Vec<Vec<(f64, String)>> = vec![Vec::new(); wanted.len()];
        let mut select = connection.prepare_cached("SELECT DISTINCT word FROM voice_word")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let word = row.get_ref(0)?.as_str()?;
            for (wanted, near) in wanted.iter().zip(&mut near) {
                // What differs more in length alone cannot be near.
                let (less, more) = (wanted.len().min(word.len()), wanted.len().max(word.len()));
                // (Lengths are in bytes, of which other letters than Latin ones take two or more.)
                let least = if wanted.is_ascii() && word.is_ascii() { NEAR } else { NEAR / 2.0 };
                if less as f64 >= more as f64 * least {
                    let score = strsim::normalized_damerau_levenshtein(wanted, word);
                    if score >= NEAR {
                        near.push((score, word.to_owned()));
                    }
                }
            }
        }
        let mut select = connection.prepare_cached(
            "SELECT v.name FROM voice_word AS w JOIN voice AS v ON v.nr = w.voice WHERE w.word = ?1 LIMIT 500",
        )?;
        for mut near in near {
            near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            for (_, word) in near.into_iter().take(NEAREST) {
                let with = select.query_map([word], |row| row.get(0))?;
                names.extend(with.collect::<rusqlite::Result<Vec<String>>>()?);
            }
        }
    }
    let names: Vec<_> = names.into_iter().collect();
    let nearest = nearest(asked, &names);
    Ok(Unmatched { asked: asked.to_owned(), option: "--speaker", nearest, commonest: Vec::new() })
}

/// How many names are proposed.
pub(super) const NEAREST: usize = 3;
/// How near a name must be to be proposed, 1 for the same.
pub(super) const NEAR: f64 = 0.6;

/// The names nearest to what was asked for: by the whole name, or by each word asked for.
pub(super) fn nearest(asked: &str, names: &[String]) -> Vec<String> {
    // Nobody's name is longer, and the work grows with the length.
    let asked: String = asked.chars().take(100).collect();
    let wanted: Vec<_> = folded::words(&asked).take(8).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let whole = wanted.join(" ");
    let score = |name: &String| {
        let words: Vec<_> = folded::words(name).take(16).collect();
        let best = |word: &String| {
            words.iter().map(|other| strsim::normalized_damerau_levenshtein(word, other)).fold(0.0, f64::max)
        };
        let each = wanted.iter().map(best).sum::<f64>() / wanted.len() as f64;
        each.max(strsim::normalized_damerau_levenshtein(&whole, &words.join(" ")))
    };
    let mut scored: Vec<_> =
        names.iter().map(|name| (score(name), name)).filter(|(score, _)| *score >= NEAR).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.into_iter().take(NEAREST).map(|(_, name)| name.clone()).collect()
}

impl Dates {
    fn new(connection: &Connection, since: Option<Moment>, until: Option<Moment>) -> rusqlite::Result<Self> {
        let bound = |moment: Option<Moment>| moment.map(|moment| without_offset(&moment.to_string()));
        let (since, until) =
            (bound(since).unwrap_or_default(), bound(until).unwrap_or_else(|| "9999".into()));
        let mut dates = Self { since, until, ..Self::default() };
        for year in periods(connection, 4, "", "")? {
            match dates.holds(&year) {
                Holds::All => dates.inside.push(format!("xy{year}")),
                Holds::None => {}
                Holds::Some => {
                    dates.edge.push(format!("xw{year}"));
                    for month in periods(connection, 7, &year, &format!("{year}~"))? {
                        let tag = format!("xm{}", month.replace('-', ""));
                        match dates.holds(&month) {
                            Holds::All => dates.inside.push(tag),
                            Holds::Some => dates.edge.push(tag),
                            Holds::None => {}
                        }
                    }
                }
            }
        }
        dates.edge.push("xwide".to_owned());
        Ok(dates)
    }

    /// Whether all of a period lies within, or none, as seen from its name (`2024`, `2024-10`).
    fn holds(&self, period: &str) -> Holds {
        let length = period.len();
        // Each is held against the other as precisely as both are.
        let (since, until) = (first(&self.since, length), first(&self.until, length));
        let (after, before) = (first(period, since.len()).cmp(since), first(period, until.len()).cmp(until));
        let begins = after.is_gt() || after.is_eq() && self.since.len() <= length;
        let ends = before.is_lt() || before.is_eq() && self.until.len() <= length;
        match (after.is_lt() || before.is_gt(), begins && ends) {
            (true, _) => Holds::None,
            (_, true) => Holds::All,
            _ => Holds::Some,
        }
    }

    /// Whether the stretch of time from `from` to `to` touches this one.
    #[cfg(test)]
    pub(crate) fn touches(&self, from: &str, to: &str) -> bool {
        let (from, to) = (without_offset(from), without_offset(to));
        to.as_str() >= first(&self.since, to.len()) && first(&from, self.until.len()) <= self.until.as_str()
    }
}

/// The condition that the date of a row touches: from `?2` to `?3`, each held against it as precisely as both are.
pub(crate) const TOUCHES: &str = "substr(coalesce(a.said_to, a.date), 1, 16) \
     >= substr(?2, 1, length(coalesce(a.said_to, a.date))) AND substr(a.date, 1, length(?3)) <= ?3";

enum Holds {
    All,
    Some,
    None,
}

/// The first letters of a date.
fn first(date: &str, length: usize) -> &str {
    date.get(..length).unwrap_or(date)
}

/// A time as it stands on the page: offsets are left out of account.
fn without_offset(date: &str) -> String {
    date.chars().take(16).collect()
}

/// The years (`length` 4) or months (7) in which something is dated, between two dates: one look for each.
fn periods(connection: &Connection, length: usize, from: &str, to: &str) -> rusqlite::Result<Vec<String>> {
    let mut next = connection.prepare_cached(
        "SELECT date FROM attribution WHERE date > ?1 AND (?2 = '' OR date < ?2) ORDER BY date LIMIT 1",
    )?;
    let mut periods = Vec::new();
    let mut after = from.to_owned();
    while let Some(date) = next.query_row(params![after, to], |row| row.get::<_, String>(0)).optional()? {
        // What is less precise has no place among them.
        let period = date.get(..length).map(str::to_owned);
        // `~` comes after all that stands in dates. What is no date must not hold up the walk.
        after = match &period {
            Some(period) => date.max(format!("{period}~")),
            None => date,
        };
        periods.extend(period);
    }
    Ok(periods)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_touch_as_far_as_they_are_known() {
        let check = |since: &str, until: &str, date: &str, expected: bool| {
            let dates = Dates { since: since.to_owned(), until: until.to_owned(), ..Dates::default() };
            assert_eq!(dates.touches(date, date), expected, "{since}..{until} {date}");
        };
        check("2024", "9999", "2024", true);
        check("2024", "9999", "2023-12-31T23:59", false);
        check("2024-03", "9999", "2024", true);
        check("2024-03", "9999", "2024-02", false);
        check("2024-03", "9999", "2024-03-01", true);
        check("2024-03-05", "9999", "2024-03", true);
        check("2024-03-05", "9999", "2024-03-04T23:59+02:00", false);
        check("2024-03-05", "9999", "2024-03-05T00:00+02:00", true);
        check("2024-03-05T12:00", "9999", "2024-03-05", true);
        check("2024-03-05T12:00", "9999", "2024-03-05T11:59", false);
        check("", "2024", "2024-12-31", true);
        check("", "2024", "2025-01", false);
        check("", "2024-03", "2024", true);
        check("", "2024-03", "2024-04", false);
        check("", "2024-03-05", "2024-03-05T23:59-11:00", true);
        check("", "2024-03-05T12:00", "2024-03-05T12:00", true);
        check("", "2024-03-05T12:00", "2024-03-05T12:01", false);
        check("2024-03", "2024-02", "2024", true);
        check("2025", "2023", "2024", false);
    }

    #[test]
    fn near_names_are_proposed() {
        let names = ["Ines Calder", "Ina Kalder", "Harbour Office", "Søren Aurland"].map(str::to_owned);
        let check = |asked: &str, expected: &[&str]| assert_eq!(nearest(asked, &names), expected, "{asked}");
        check("calder", &["Ines Calder", "Ina Kalder"]);
        check("Caldre", &["Ines Calder", "Ina Kalder"]);
        check("Soren Orland", &["Søren Aurland"]);
        check("zzz", &[]);
        check("…", &[]);
    }
}

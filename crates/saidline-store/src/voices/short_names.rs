//! Whose a family name is that stands alone on its pages: told by the outlets and roles of all reports that count.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rusqlite::{Connection, params};
use saidline::SpeakerKind;
use saidline::voices::{Match, Profile, Reason, SURE, UNLIKELY, Verdict, compare, is_short};

use super::links::{self, NEIGHBOURS, Name, Names, compared, decimal};
use super::told;

/// From this chance on more than the name speaks for a family name alone: a role that both have.
const SUPPORTED: f32 = 0.65;

/// Of no more people than these a person can look at each, to say whose a family name is that nothing else tells.
const FEW: usize = 4;

/// The names that are marked, or have lost a pair.
pub(super) struct Changed {
    pub(super) names: BTreeSet<i64>,
    /// Those of them that are told under other roles than they were, or are compared anew.
    pub(super) roles: BTreeSet<i64>,
    /// Those of them that are compared anew.
    pub(super) fresh: BTreeSet<i64>,
}

/// Of family names that stand alone on their pages, tells by outlets and roles whose they are, where something has changed that
/// can bear on it. `beside` has of each the names that it is still to be compared with.
pub(super) fn tell(
    connection: &Connection,
    changed: &Changed,
    beside: BTreeMap<i64, BTreeSet<i64>>,
    names: &mut Names<'_>,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let mut stored = connection.prepare_cached(
        "SELECT b FROM voice_join WHERE a = ?1 AND reason = ?2 \
         UNION ALL SELECT a FROM voice_join WHERE b = ?1 AND reason = ?2",
    )?;
    // Family names alone, with those of the names they can stand for that have changed.
    let mut shorts = beside;
    for nr in &changed.names {
        let Some(name) = names.of(*nr)?.filter(|name| name.1 == SpeakerKind::Person.name()) else { continue };
        if is_short(&name.0) {
            shorts.entry(*nr).or_default();
            continue;
        }
        let mut rows = stored.query(params![nr, Reason::ShortName.name()])?;
        while let Some(row) = rows.next()? {
            shorts.entry(row.get(0)?).or_default().insert(*nr);
        }
        // Not every pair of a family name that can stand for many is stored. What is fresh is among those beside.
        if changed.roles.contains(nr) && !changed.fresh.contains(nr) {
            for short in links::common_beside(connection, &name, names)? {
                shorts.entry(short).or_default().insert(*nr);
            }
        }
    }
    for (nr, beside) in shorts {
        let Some(name) = names.of(nr)?.filter(|name| is_short(&name.0)) else { continue };
        tell_one(connection, (nr, &name), &beside, changed, names, touched)?;
    }
    Ok(())
}

/// A name that a family name alone can stand for.
struct Bearer {
    nr: i64,
    name: Rc<Name>,
    /// How likely it is meant, by the names and the roles.
    same: f32,
    /// The chance and the doubt that the store has; none where it has no such pair.
    had: Option<(f64, bool)>,
}

/// A family name alone whose bearers are weighed.
struct Short<'a> {
    connection: &'a Connection,
    nr: i64,
    /// The name with its roles.
    profile: Profile,
    /// The pairs that are stored: chance and doubt by the bearer.
    had: BTreeMap<i64, (f64, bool)>,
    changed: &'a Changed,
}

impl Short<'_> {
    /// Weighs those of these names that it can stand for. Where the roles of both are what they were, the chance by names and roles is
    /// the one that the store has, unless more than these made it what it is.
    fn weigh<'n>(
        &self,
        these: impl IntoIterator<Item = &'n i64>,
        known: &mut Names<'_>,
    ) -> rusqlite::Result<Vec<Bearer>> {
        let mut bearers = Vec::new();
        for nr in these {
            let Some(name) = full(*nr, known)? else { continue };
            let had = self.had.get(nr).copied();
            let anew = self.changed.roles.contains(&self.nr) || self.changed.roles.contains(nr);
            let same = match had {
                Some((chance, _)) if !anew && chance < DOUBTFUL => chance as f32,
                None if self.by_name(&name.0).verdict() == Verdict::Two => continue,
                _ => self.same(*nr, &name.0)?,
            };
            bearers.push(Bearer { nr: *nr, name, same, had });
        }
        Ok(bearers)
    }

    /// Whether it can stand for many of these. No more are read than are needed to know it.
    fn can_be_many(&self, these: &BTreeSet<i64>, known: &mut Names<'_>) -> rusqlite::Result<bool> {
        let mut people = People::default();
        for nr in these {
            let Some(name) = full(*nr, known)? else { continue };
            if self.same(*nr, &name.0)? > UNLIKELY && people.are_many_with(name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn by_name(&self, name: &str) -> Match {
        let named = |name: &str| Profile::named(name, SpeakerKind::Person);
        compare(&named(&self.profile.name), &named(name))
    }

    /// How likely it is one's voice with a name that it can stand for, by the names and the roles of both.
    fn same(&self, nr: i64, name: &str) -> rusqlite::Result<f32> {
        // Without a role here, those there tell nothing.
        if self.profile.roles.is_empty() {
            return Ok(self.by_name(name).same);
        }
        Ok(compare(&self.profile, &told::profile(self.connection, nr, name)?).same)
    }
}

/// A person's name, if it is more than a family name.
fn full(nr: i64, known: &mut Names<'_>) -> rusqlite::Result<Option<Rc<Name>>> {
    let name = known.of(nr)?;
    Ok(name.filter(|name| name.1 == SpeakerKind::Person.name() && !is_short(&name.0)))
}

/// People who can be meant by a family name.
#[derive(Default)]
struct People {
    names: Vec<Rc<Name>>,
    /// Two of them are two between themselves.
    several: bool,
}

impl People {
    /// Adds one; says whether they are too many now for each to be looked at.
    fn are_many_with(&mut self, name: Rc<Name>) -> rusqlite::Result<bool> {
        for other in self.names.iter().take_while(|_| !self.several) {
            if compared(&name, other)?.verdict() == Verdict::Two {
                self.several = true;
                break;
            }
        }
        self.names.push(name);
        Ok(self.names.len() > FEW && self.several || self.names.len() > NEIGHBOURS)
    }
}

/// The pairs of a family name alone that are stored, by the other name.
fn stored(connection: &Connection, nr: i64) -> rusqlite::Result<BTreeMap<i64, (f64, bool)>> {
    connection
        .prepare_cached(
            "SELECT b, chance, doubt FROM voice_join WHERE a = ?1 AND reason = ?2 \
             UNION ALL SELECT a, chance, doubt FROM voice_join WHERE b = ?1 AND reason = ?2",
        )?
        .query_map(params![nr, Reason::ShortName.name()], |row| {
            Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
        })?
        .collect()
}

/// Tells whose a family name is, and writes its pairs: all of them, or, where it can stand for many, those with whom it shares more
/// than the name. `beside` are the names that changed; where it is fresh itself, all that it is to be compared with.
fn tell_one(
    connection: &Connection,
    (nr, name): (i64, &Name),
    beside: &BTreeSet<i64>,
    changed: &Changed,
    names: &mut Names<'_>,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let was_common =
        connection.prepare_cached("SELECT 1 FROM voice_common WHERE voice = ?1")?.exists([nr])?;
    let profile = told::profile(connection, nr, &name.0)?;
    let is_same = !changed.names.contains(&nr);
    // Without a role of it nobody shares more with it than the name.
    if was_common && is_same && profile.roles.is_empty() {
        return Ok(());
    }
    let short = Short { connection, nr, profile, had: stored(connection, nr)?, changed };
    let some: BTreeSet<i64> = short.had.keys().chain(beside).copied().collect();
    let (bearers, is_common) = if was_common && !changed.roles.contains(&nr) {
        let bearers = short.weigh(&some, names)?;
        // Where one has gone, or can no longer be meant, others may be few.
        let leaves = |bearer: &Bearer| bearer.same <= UNLIKELY && !changed.fresh.contains(&bearer.nr);
        if is_same && !bearers.iter().any(leaves) {
            (bearers, true)
        } else {
            let all = links::around_short(connection, nr, name)?;
            match short.can_be_many(&all, names)? {
                true => (bearers, true),
                false => (short.weigh(&all, names)?, false),
            }
        }
    } else {
        let is_fresh = changed.fresh.contains(&nr);
        let all = match was_common && !is_fresh {
            true => links::around_short(connection, nr, name)?,
            false => some,
        };
        // Where all that can be told is that they are many, not all are read.
        if is_fresh && short.profile.roles.is_empty() && short.can_be_many(&all, names)? {
            (short.weigh(short.had.keys(), names)?, true)
        } else {
            let bearers = short.weigh(&all, names)?;
            let (mut people, mut many) = (People::default(), false);
            for bearer in bearers.iter().filter(|bearer| bearer.same > UNLIKELY) {
                many = many || people.are_many_with(Rc::clone(&bearer.name))?;
            }
            (bearers, many)
        }
    };
    let meant = meant(connection, nr, &bearers, is_common)?;
    if is_common != was_common {
        let write = match is_common {
            true => "INSERT INTO voice_common (voice) VALUES (?1)",
            false => "DELETE FROM voice_common WHERE voice = ?1",
        };
        connection.prepare_cached(write)?.execute([nr])?;
    }
    write(&short, &bearers, &meant, is_common, touched)
}

/// Who is meant by a family name: one with whom it shares more than one thing; else one with whom it shares an outlet and a role;
/// else one who alone has that family name in the whole record, and is in all its outlets. Where that holds of several who are not
/// one, it is nobody's.
fn meant(
    connection: &Connection,
    nr: i64,
    bearers: &[Bearer],
    is_common: bool,
) -> rusqlite::Result<BTreeSet<i64>> {
    let from = |least: f32| bearers.iter().filter(move |bearer| bearer.same >= least);
    if is_common && from(SUPPORTED).next().is_none() {
        return Ok(BTreeSet::new());
    }
    let outlets = told::outlets(connection, nr)?;
    let mut meant: Vec<&Bearer> = from(SURE).collect();
    if meant.is_empty() {
        for bearer in from(SUPPORTED) {
            if told::shared(connection, bearer.nr, &outlets)? > 0 {
                meant.push(bearer);
                // With two who are two it is nobody's, whoever else there is.
                if !are_one(&meant)? {
                    break;
                }
            }
        }
    }
    if meant.is_empty() && !is_common && !outlets.is_empty() {
        let likely: Vec<&Bearer> = bearers.iter().filter(|bearer| bearer.same > UNLIKELY).collect();
        if are_one(&likely)? {
            for bearer in likely {
                if told::shared(connection, bearer.nr, &outlets)? == outlets.len() {
                    meant.push(bearer);
                }
            }
        }
    }
    Ok(match are_one(&meant)? {
        true => meant.into_iter().map(|bearer| bearer.nr).collect(),
        false => BTreeSet::new(),
    })
}

/// Whether none of these are two between themselves; not where they are too many to be looked at.
fn are_one(these: &[&Bearer]) -> rusqlite::Result<bool> {
    for (n, one) in these.iter().enumerate() {
        for other in &these[..n] {
            if compared(&one.name, &other.name)?.verdict() == Verdict::Two {
                return Ok(false);
            }
        }
        if n == NEIGHBOURS {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The greatest chance of a pair that is not sure.
const DOUBTFUL: f64 = 0.89;

/// Writes the pairs of a family name that are not yet as they are to be.
fn write(
    short: &Short<'_>,
    bearers: &[Bearer],
    meant: &BTreeSet<i64>,
    is_common: bool,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let (sure, unlikely) = (decimal(SURE), decimal(UNLIKELY));
    let mut set = short.connection.prepare_cached(
        "INSERT OR REPLACE INTO voice_join (a, b, chance, reason, doubt) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut delete = short.connection.prepare_cached("DELETE FROM voice_join WHERE a = ?1 AND b = ?2")?;
    for bearer in bearers {
        let (a, b) = (bearer.nr.min(short.nr), bearer.nr.max(short.nr));
        let was_sure = bearer.had.is_some_and(|(chance, _)| chance >= sure);
        if is_common && bearer.same < SUPPORTED {
            if bearer.had.is_some() {
                delete.execute([a, b])?;
                if was_sure {
                    touched.extend([a, b]);
                }
            }
            continue;
        }
        let is_meant = meant.contains(&bearer.nr);
        // Most are as they were, and need not be written as decimal numbers to know it.
        if !is_meant
            && bearer.had.is_some_and(|(chance, doubt)| {
                bearer.same == chance as f32 && chance <= DOUBTFUL && doubt == (chance > unlikely)
            })
        {
            continue;
        }
        let same = match is_meant {
            true => decimal(bearer.same.max(SURE)),
            // What is nobody's stays below the chance from which on names are joined.
            false => decimal(bearer.same).min(DOUBTFUL),
        };
        let is_sure = same >= sure;
        let doubt = !is_sure && same > unlikely;
        // Whether a sure pair is doubtful is told with the others.
        if bearer.had.is_none_or(|(chance, had)| chance != same || !is_sure && had != doubt) {
            set.execute(params![a, b, same, Reason::ShortName.name(), doubt])?;
            if is_sure || was_sure {
                touched.extend([a, b]);
            }
        }
    }
    Ok(())
}

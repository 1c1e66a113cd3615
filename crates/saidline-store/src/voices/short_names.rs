//! Whose a family name is that stands alone on its pages: told by the outlets and roles of all reports that count.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rusqlite::{Connection, params};
use saidline::SpeakerKind;
use saidline::voices::{Profile, Reason, SURE, UNLIKELY, Verdict, compare, is_short};

use super::links::{NEIGHBOURS, Name, Names, compared, decimal};
use super::told;

/// From this chance on more than the name speaks for a family name alone: a role that both have.
const SUPPORTED: f32 = 0.65;

/// A name that a family name alone can stand for.
struct Bearer {
    nr: i64,
    /// How likely it is meant, by the names and the roles.
    same: f32,
    /// The chance and the doubt that the store has.
    had: (f64, bool),
}

/// The names that are marked, or have lost a pair.
pub(super) struct Changed {
    pub(super) names: BTreeSet<i64>,
    /// Those of them that are told under other roles than they were, or are compared anew.
    pub(super) roles: BTreeSet<i64>,
}

/// Of family names that stand alone on their pages, tells by outlets and roles whose they are, where something has changed that
/// can bear on it.
pub(super) fn tell(
    connection: &Connection,
    changed: &Changed,
    names: &mut Names<'_>,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let mut beside = connection.prepare_cached(
        "SELECT b, chance FROM voice_join WHERE a = ?1 AND reason = ?2 \
         UNION ALL SELECT a, chance FROM voice_join WHERE b = ?1 AND reason = ?2",
    )?;
    // Family names alone, with those that changed of the names they can stand for and the chances that the store has.
    let mut shorts: BTreeMap<i64, Vec<(i64, f64)>> = BTreeMap::new();
    for nr in &changed.names {
        let Some(name) = names.of(*nr)? else { continue };
        if name.1 != SpeakerKind::Person.name() {
            continue;
        }
        if is_short(&name.0) {
            shorts.entry(*nr).or_default();
            continue;
        }
        let mut rows = beside.query(params![nr, Reason::ShortName.name()])?;
        while let Some(row) = rows.next()? {
            shorts.entry(row.get(0)?).or_default().push((*nr, row.get(1)?));
        }
    }
    for (nr, bearers) in shorts {
        let Some(name) = names.of(nr)?.filter(|name| is_short(&name.0)) else { continue };
        if !stays(connection, (nr, &name.0), &bearers, changed, names)? {
            tell_one(connection, (nr, &name.0), &changed.roles, names, touched)?;
        }
    }
    Ok(())
}

/// So many of the names that a family name can stand for are looked at, to know that they are several people's.
const WITNESSES: usize = 16;

/// Whether whose a family name is stays as it was, though something has changed of it or of some whom it can stand for. None of
/// these has, or had, more for them than the name; and either nobody is meant by it, and none of them is in all its outlets; or others
/// can be meant who are two, so that nobody is for being the only one, and where its own outlets are others, nobody has more for them.
/// Then the pairs of those who changed are put right.
fn stays(
    connection: &Connection,
    (nr, name): (i64, &str),
    bearers: &[(i64, f64)],
    changed: &Changed,
    names: &mut Names<'_>,
) -> rusqlite::Result<bool> {
    let (supported, unlikely) = (decimal(SUPPORTED), decimal(UNLIKELY));
    if changed.roles.contains(&nr) || bearers.iter().any(|(_, had)| *had >= supported) {
        return Ok(false);
    }
    let mut own = None;
    let mut pairs = Vec::with_capacity(bearers.len());
    for (other, had) in bearers.iter().filter(|(other, _)| changed.roles.contains(other)) {
        let own = match &mut own {
            Some(own) => own,
            none => none.insert(told::profile(connection, nr, name)?),
        };
        // Without a role of the family name the roles of others tell nothing of it.
        if own.roles.is_empty() {
            break;
        }
        let Some(full) = names.of(*other)? else { continue };
        let same = same_by_roles(connection, own, (*other, &full.0))?;
        if same >= SUPPORTED {
            return Ok(false);
        }
        pairs.push((*other, *had, decimal(same)));
    }
    // One who can no longer be meant may leave another to be the only one.
    let leaves = pairs.iter().any(|(_, had, same)| *had > unlikely && *same <= unlikely);
    let is_same = !changed.names.contains(&nr);
    if leaves || !is_same || !is_nobodys(connection, nr, bearers)? {
        let given = params![nr, Reason::ShortName.name(), supported];
        if !are_several(connection, nr, bearers, names)?
            || !is_same && connection.prepare_cached(HAS_SUPPORT)?.exists(given)?
        {
            return Ok(false);
        }
    }
    let mut set =
        connection.prepare_cached("UPDATE voice_join SET chance = ?3, doubt = ?4 WHERE a = ?1 AND b = ?2")?;
    for (other, had, same) in pairs {
        if had != same {
            set.execute(params![nr.min(other), nr.max(other), same, same > unlikely])?;
        }
    }
    Ok(true)
}

const HAS_SUPPORT: &str = "SELECT 1 FROM voice_join WHERE a = ?1 AND reason = ?2 AND chance >= ?3 \
                           UNION ALL SELECT 1 FROM voice_join WHERE b = ?1 AND reason = ?2 AND chance >= ?3";

/// Whether a family name is taken for nobody's, and none of these bearers is in all its outlets, which alone could make it theirs.
fn is_nobodys(connection: &Connection, nr: i64, bearers: &[(i64, f64)]) -> rusqlite::Result<bool> {
    let sure = "SELECT 1 FROM voice_join WHERE a = ?1 AND chance >= 0.9 \
                UNION ALL SELECT 1 FROM voice_join WHERE b = ?1 AND chance >= 0.9";
    if connection.prepare_cached(sure)?.exists([nr])? {
        return Ok(false);
    }
    for (bearer, _) in bearers {
        if told::is_in_all_outlets_of(connection, *bearer, nr)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether two of the names that a family name can stand for are two between themselves, those left aside of which something has
/// changed. The first are looked at: where many have the family name, these are enough.
fn are_several(
    connection: &Connection,
    nr: i64,
    changed: &[(i64, f64)],
    known: &mut Names<'_>,
) -> rusqlite::Result<bool> {
    let mut select = connection.prepare_cached(
        "SELECT b FROM voice_join WHERE a = ?1 AND reason = ?2 AND chance > ?3 AND chance < ?4 \
         UNION ALL SELECT a FROM voice_join WHERE b = ?1 AND reason = ?2 AND chance > ?3 AND chance < ?4",
    )?;
    let mut rows = select.query(params![nr, Reason::ShortName.name(), decimal(UNLIKELY), DOUBTFUL])?;
    let mut names: Vec<Rc<Name>> = Vec::new();
    while names.len() < WITNESSES
        && let Some(row) = rows.next()?
    {
        let other: i64 = row.get(0)?;
        if changed.iter().any(|(nr, _)| *nr == other) {
            continue;
        }
        let Some(name) = known.of(other)?.filter(|name| !is_short(&name.0)) else { continue };
        for one in &names {
            if compared(one, &name)?.verdict() == Verdict::Two {
                return Ok(true);
            }
        }
        names.push(name);
    }
    Ok(false)
}

/// Tells whose a family name is: one's with whom it shares more than one thing; else one's with whom it shares an outlet and a
/// role; else one's who alone has that family name in the whole record, and is in all its outlets. Where that holds of several
/// who are not one, it is nobody's.
fn tell_one(
    connection: &Connection,
    (nr, name): (i64, &str),
    changed: &BTreeSet<i64>,
    names: &mut Names<'_>,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let bearers = bearers(connection, (nr, name), changed, names)?;
    let outlets = told::outlets(connection, nr)?;
    let mut meant: Vec<i64> =
        bearers.iter().filter(|bearer| bearer.same >= SURE).map(|bearer| bearer.nr).collect();
    if meant.is_empty() {
        for bearer in bearers.iter().filter(|bearer| bearer.same >= SUPPORTED) {
            if told::shared(connection, bearer.nr, &outlets)? > 0 {
                meant.push(bearer.nr);
                // With two who are two it is nobody's, whoever else there is.
                if are_one(&meant, names)?.is_none() {
                    break;
                }
            }
        }
    }
    let mut one = are_one(&meant, names)?;
    if one.as_ref().is_some_and(Vec::is_empty) && !outlets.is_empty() {
        let likely: Vec<i64> =
            bearers.iter().filter(|bearer| bearer.same > UNLIKELY).map(|bearer| bearer.nr).collect();
        let mut everywhere = Vec::new();
        for bearer in are_one(&likely, names)?.unwrap_or_default() {
            if told::shared(connection, bearer, &outlets)? == outlets.len() {
                everywhere.push(bearer);
            }
        }
        one = Some(everywhere);
    }
    let meant = one.unwrap_or_default();
    let (sure, unlikely) = (decimal(SURE), decimal(UNLIKELY));
    let mut set =
        connection.prepare_cached("UPDATE voice_join SET chance = ?3, doubt = ?4 WHERE a = ?1 AND b = ?2")?;
    for bearer in &bearers {
        // What is nobody's stays below the chance from which on names are joined.
        let is_meant = meant.contains(&bearer.nr);
        // Most are as they were, and need not be written as decimal numbers to know it.
        if !is_meant
            && bearer.same == bearer.had.0 as f32
            && bearer.had.0 <= DOUBTFUL
            && bearer.had.1 == (bearer.had.0 > unlikely)
        {
            continue;
        }
        let same = match is_meant {
            true => decimal(bearer.same.max(SURE)),
            false => decimal(bearer.same).min(DOUBTFUL),
        };
        let doubt = same < sure && same > unlikely;
        let sure = same >= sure;
        // Whether a sure pair is doubtful is told with the others.
        if bearer.had.0 != same || (!sure && bearer.had.1 != doubt) {
            set.execute(params![bearer.nr.min(nr), bearer.nr.max(nr), same, doubt])?;
            if sure || bearer.had.0 >= decimal(SURE) {
                touched.extend([bearer.nr, nr]);
            }
        }
    }
    Ok(())
}

/// The greatest chance of a pair that is not sure.
const DOUBTFUL: f64 = 0.89;

/// The names that a family name can stand for. Where the roles of both are what they were, the chance by names and roles is the one
/// that the store has, unless more than these made it what it is.
fn bearers(
    connection: &Connection,
    (short, name): (i64, &str),
    changed: &BTreeSet<i64>,
    names: &mut Names<'_>,
) -> rusqlite::Result<Vec<Bearer>> {
    let own = told::profile(connection, short, name)?;
    let mut bearers: Vec<Bearer> = connection
        .prepare_cached(
            "SELECT b, chance, doubt FROM voice_join WHERE a = ?1 AND reason = ?2 \
             UNION ALL SELECT a, chance, doubt FROM voice_join WHERE b = ?1 AND reason = ?2",
        )?
        .query_map(params![short, Reason::ShortName.name()], |row| {
            let chance: f64 = row.get(1)?;
            Ok(Bearer { nr: row.get(0)?, same: chance as f32, had: (chance, row.get(2)?) })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let all = changed.contains(&short);
    for bearer in &mut bearers {
        if !all && !changed.contains(&bearer.nr) && bearer.had.0 < DOUBTFUL {
            continue;
        }
        let Some(other) = names.of(bearer.nr)? else { continue };
        bearer.same = same_by_roles(connection, &own, (bearer.nr, &other.0))?;
    }
    Ok(bearers)
}

/// How likely a family name is one's voice with a name that it can stand for, by the names and the roles of both. Of two family
/// names alone only the names tell it.
fn same_by_roles(connection: &Connection, own: &Profile, (nr, name): (i64, &str)) -> rusqlite::Result<f32> {
    if is_short(name) {
        let named = |name: &str| Profile::named(name, SpeakerKind::Person);
        return Ok(compare(&named(&own.name), &named(name)).same);
    }
    // Without a role here, those there tell nothing.
    let other = match own.roles.is_empty() {
        true => Profile::named(name, SpeakerKind::Person),
        false => told::profile(connection, nr, name)?,
    };
    Ok(compare(own, &other).same)
}

/// Of these names those that are more than a family name, where none of them are two between themselves; none at all where some
/// are, or where they are too many to be looked at.
fn are_one(these: &[i64], known: &mut Names<'_>) -> rusqlite::Result<Option<Vec<i64>>> {
    let mut names: Vec<Rc<Name>> = Vec::new();
    let mut one = Vec::new();
    for nr in these {
        let Some(name) = known.of(*nr)?.filter(|name| !is_short(&name.0)) else { continue };
        for other in &names {
            if compared(&name, other)?.verdict() == Verdict::Two {
                return Ok(None);
            }
        }
        if names.len() == NEIGHBOURS {
            return Ok(None);
        }
        names.push(name);
        one.push(*nr);
    }
    Ok(Some(one))
}

//! Statements brought up to date with what has changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};
use saidline::statements::{Bar, CROWD, Read, VERSION, bar, group, joins};

use super::kept::{Kept, Made, Reports, make};
use super::{decided, made_by, statement_id, told};
use crate::forward::{self, Forward};

/// Attributions that are taken in, or whose parts are grouped, at a time: bounds the memory where very many are due.
const AT_A_TIME: usize = 4000;

/// So many are a whole record or nearly so: then what is needed again and again is held in memory.
const MANY: usize = 100_000;

/// Keys that wait to be written together, 16 bytes each.
const KEYS_AT_A_TIME: usize = 2_000_000;

/// What bringing statements up to date has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    /// Statements that have several reports and were made or changed.
    pub(crate) statements: usize,
}

/// Makes anew what hangs on the attributions that have changed: first all reports are as they are to be, then what they are
/// part of is put together, each part once.
pub(crate) fn settle(connection: &Connection) -> rusqlite::Result<Changed> {
    let all_anew = made_by(connection)? != Some(VERSION);
    if all_anew {
        // Another version of the engine made them.
        connection.execute_batch(
            "DELETE FROM report_key; DELETE FROM report_repeat; \
             UPDATE report SET words = x''; INSERT OR IGNORE INTO statement_due SELECT nr FROM attribution; \
             INSERT OR IGNORE INTO statement_due SELECT attribution FROM report",
        )?;
        connection.execute(
            "INSERT OR REPLACE INTO state (name, value) VALUES ('statements', ?1)",
            [VERSION.to_string()],
        )?;
    }
    let _roomy = Roomy::where_many_are_due(connection)?;
    let mut settling = Settling::new(connection, all_anew);
    loop {
        let due: Vec<i64> = connection
            .prepare_cached("SELECT attribution FROM statement_due ORDER BY attribution LIMIT ?1")?
            .query_map([AT_A_TIME as i64], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let Some(last) = due.last() else { break };
        // The reports of a document are taken in together.
        connection.prepare_cached("DELETE FROM statement_due WHERE attribution <= ?1")?.execute([last])?;
        settling.renew(&due)?;
    }
    settling.put_together()
}

/// A larger cache for as long as it lives: where a whole record is put together, its keys are looked up all over the file.
struct Roomy<'c> {
    connection: &'c Connection,
    before: i64,
}

impl<'c> Roomy<'c> {
    /// None where so few attributions are due that what they need fits.
    fn where_many_are_due(connection: &'c Connection) -> rusqlite::Result<Option<Self>> {
        const CACHE_KIB: i64 = -786_432;
        let due: i64 = connection.query_row(
            "SELECT count(*) FROM (SELECT 1 FROM statement_due LIMIT ?1)",
            [MANY as i64],
            |row| row.get(0),
        )?;
        if due < MANY as i64 {
            return Ok(None);
        }
        let before = connection.pragma_query_value(None, "cache_size", |row| row.get(0))?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        Ok(Some(Self { connection, before }))
    }
}

impl Drop for Roomy<'_> {
    fn drop(&mut self) {
        // A cache that stays large does no harm but to the memory.
        let _ = self.connection.pragma_update(None, "cache_size", self.before);
    }
}

/// Makes all statements anew.
pub(crate) fn settle_all(connection: &Connection) -> rusqlite::Result<Changed> {
    connection.execute("DELETE FROM state WHERE name = 'statements'", [])?;
    settle(connection)
}

/// Parts of the record that are put together by themselves.
struct Parts {
    /// The attributions that were reached, with a report or without.
    reached: BTreeSet<i64>,
    /// The reports, by their attributions.
    reports: BTreeMap<i64, Rc<Kept>>,
}

struct Settling<'c> {
    connection: &'c Connection,
    reports: Reports<'c>,
    /// Whether all reports are made anew, so that all of them are affected whatever they share.
    all_anew: bool,
    /// The attributions from which the parts to be grouped anew are reached.
    affected: BTreeSet<i64>,
    /// Keys with the attributions that have them, which are to be written.
    waiting: Vec<(i64, i64)>,
    /// Of each key by how many reports it has more than before.
    keys: BTreeMap<i64, i64>,
    /// The reports whose rows are new.
    fresh: BTreeSet<i64>,
    /// The statements that have lost a report.
    left: BTreeSet<i64>,
}

impl<'c> Settling<'c> {
    fn new(connection: &'c Connection, all_anew: bool) -> Self {
        Self {
            connection,
            reports: Reports::new(connection),
            all_anew,
            affected: BTreeSet::new(),
            waiting: Vec::new(),
            keys: BTreeMap::new(),
            fresh: BTreeSet::new(),
            left: BTreeSet::new(),
        }
    }

    /// Makes the reports of attributions that are due as they are to be.
    fn renew(&mut self, due: &[i64]) -> rusqlite::Result<()> {
        let mut due: BTreeSet<i64> = due.iter().copied().collect();
        let made = self.made(&mut due)?;
        for &attribution in &due {
            self.take_out(attribution)?;
        }
        for made in made {
            self.take_in(made)?;
        }
        if self.waiting.len() >= KEYS_AT_A_TIME {
            self.put_keys()?;
        }
        self.reports.let_go();
        Ok(())
    }

    /// Puts together the parts that the affected reports are in, and writes what has changed.
    fn put_together(mut self) -> rusqlite::Result<Changed> {
        self.put_keys()?;
        self.note_crowds()?;
        let mut affected = std::mem::take(&mut self.affected);
        let order = if affected.len() >= MANY {
            self.reports.read_keys()?;
            self.by_day(&affected)?
        } else {
            affected.iter().copied().collect()
        };
        let mut changed = Changed::default();
        let mut next = order.into_iter().peekable();
        while next.peek().is_some() {
            let some: BTreeSet<i64> =
                next.by_ref().filter(|attribution| affected.contains(attribution)).take(AT_A_TIME).collect();
            let parts = self.parts_of(some)?;
            changed.statements += self.group(parts.reports)?;
            for attribution in parts.reached {
                affected.remove(&attribution);
            }
            self.reports.let_go();
        }
        for statement in &self.left {
            self.drop_empty(*statement)?;
        }
        Ok(changed)
    }

    /// Attributions by the day on which their pages came out: what is worth comparing is of the same week mostly, and so it is
    /// read once, not each time that something of another year has taken its place in memory.
    fn by_day(&self, attributions: &BTreeSet<i64>) -> rusqlite::Result<Vec<i64>> {
        let mut select = self.connection.prepare(
            "SELECT r.attribution FROM report AS r JOIN document AS d ON d.nr = r.document \
             ORDER BY d.published_from, r.attribution",
        )?;
        let mut order: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        order.retain(|attribution| attributions.contains(attribution));
        let found: BTreeSet<i64> = order.iter().copied().collect();
        order.extend(attributions.difference(&found));
        Ok(order)
    }

    /// The reports of the attributions that are due, as they are to be. Of their documents those become due, too, that are
    /// otherwise now: a report holds where it stands among those of its voice.
    fn made(&self, due: &mut BTreeSet<i64>) -> rusqlite::Result<Vec<Made>> {
        let mut of = self.connection.prepare_cached("SELECT document FROM attribution WHERE nr = ?1")?;
        let mut documents = BTreeSet::new();
        for attribution in due.iter() {
            documents.extend(of.query_row([attribution], |row| row.get::<_, i64>(0)).optional()?);
        }
        let mut kept = self.connection.prepare_cached("SELECT words FROM report WHERE attribution = ?1")?;
        let mut all = Vec::new();
        for document in documents {
            for made in make(self.connection, document)? {
                let same = |row: &rusqlite::Row<'_>| Ok(row.get_ref(0)?.as_blob()? == made.report.to_bytes());
                let mut is_same = || {
                    Ok::<_, rusqlite::Error>(
                        kept.query_row([made.attribution], same).optional()? == Some(true),
                    )
                };
                if due.contains(&made.attribution) || !is_same()? {
                    due.insert(made.attribution);
                    all.push(made);
                }
            }
        }
        Ok(all)
    }

    /// Takes a report out, where there is one. Those that it held together are affected.
    fn take_out(&mut self, attribution: i64) -> rusqlite::Result<()> {
        let row = self
            .connection
            .prepare_cached("SELECT document, statement FROM report WHERE attribution = ?1")?
            .query_row([attribution], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))
            .optional()?;
        let Some((document, statement)) = row else { return Ok(()) };
        if let Some(statement) = statement {
            self.affected.extend(members(self.connection, statement)?);
        }
        if let Some(kept) = self.reports.get(attribution)? {
            let neighbours = self.neighbours(attribution, &kept, &self.affected)?;
            self.affected.extend(neighbours);
            let mut delete = self
                .connection
                .prepare_cached("DELETE FROM report_key WHERE key = ?1 AND attribution = ?2")?;
            for key in kept.report.keys() {
                if delete.execute(params![key as i64, attribution])? > 0 {
                    *self.keys.entry(key as i64).or_default() -= 1;
                }
            }
        }
        for delete in
            ["DELETE FROM report_repeat WHERE a = ?1 OR b = ?1", "DELETE FROM report WHERE attribution = ?1"]
        {
            self.connection.prepare_cached(delete)?.execute([attribution])?;
        }
        self.affected.remove(&attribution);
        self.reports.changed(attribution, document);
        self.left.extend(statement);
        Ok(())
    }

    /// Writes a report; its keys wait.
    fn take_in(&mut self, made: Made) -> rusqlite::Result<()> {
        let Made { attribution, report, passage } = made;
        self.connection
            .prepare_cached(
                "INSERT INTO report (attribution, document, passage, words) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![attribution, report.document, passage, report.to_bytes()])?;
        self.waiting.extend(report.keys().into_iter().map(|key| (key as i64, attribution)));
        self.affected.insert(attribution);
        self.fresh.insert(attribution);
        self.reports.changed(attribution, i64::from(report.document));
        Ok(())
    }

    /// Writes the keys that wait, in their order: those that lie together in the file are written together.
    fn put_keys(&mut self) -> rusqlite::Result<()> {
        self.waiting.sort_unstable();
        let mut insert = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO report_key (key, attribution) VALUES (?1, ?2)")?;
        for (key, attribution) in self.waiting.drain(..) {
            if insert.execute([key, attribution])? > 0 && !self.all_anew {
                *self.keys.entry(key).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Where a key has become one of a crowd, or is none any more, all who have it are affected.
    fn note_crowds(&mut self) -> rusqlite::Result<()> {
        for (key, more) in std::mem::take(&mut self.keys) {
            let most = CROWD + 1 + usize::try_from(more).unwrap_or_default();
            let after = self.reports.sharing(key, most)? as i64;
            let crowd = CROWD as i64;
            if (after <= crowd) != (after - more <= crowd) {
                let with = "SELECT attribution FROM report_key WHERE key = ?1";
                let mut select = self.connection.prepare_cached(with)?;
                for attribution in select.query_map([key], |row| row.get(0))? {
                    self.affected.insert(attribution?);
                }
            }
        }
        Ok(())
    }

    /// The attributions whose reports can bring groups together with a report, those left aside that are known to be of its part.
    fn neighbours(&self, attribution: i64, kept: &Kept, known: &BTreeSet<i64>) -> rusqlite::Result<Vec<i64>> {
        let read = Read::new(&kept.report);
        let mut found = Vec::new();
        for &other in self.reports.worth_comparing(attribution, kept)?.iter() {
            if other == attribution || known.contains(&other) {
                continue;
            }
            let Some(with) = self.reports.get(other)? else { continue };
            if bar(&kept.report, &with.report).is_none() && joins(read.chance(&Read::new(&with.report))) {
                found.push(other);
            }
        }
        Ok(found)
    }

    /// The parts that these attributions are in: along pairs that join, statements as they were, and what a person decided.
    fn parts_of(&self, these: BTreeSet<i64>) -> rusqlite::Result<Parts> {
        let mut open: Vec<i64> = these.iter().copied().collect();
        let (mut known, mut reports) = (these, BTreeMap::new());
        while let Some(attribution) = open.pop() {
            let Some(kept) = self.reports.get(attribution)? else { continue };
            let mut reached = self.neighbours(attribution, &kept, &known)?;
            if let Some(statement) = kept.statement {
                reached.extend(members(self.connection, statement)?);
            }
            reached.extend(decided::merged_with(self.connection, &kept.id)?);
            open.extend(reached.into_iter().filter(|other| known.insert(*other)));
            reports.insert(attribution, kept);
        }
        Ok(Parts { reached: known, reports })
    }

    /// Groups parts anew and writes what has changed. Returns how many statements of several reports that were.
    fn group(&self, parts: BTreeMap<i64, Rc<Kept>>) -> rusqlite::Result<usize> {
        // By id, so that ties fall the same way in every store.
        let mut members: Vec<(i64, Rc<Kept>)> = parts.into_iter().collect();
        members.sort_by(|a, b| (&a.1.id, a.0).cmp(&(&b.1.id, b.0)));
        let reports: Vec<_> = members.iter().map(|(_, kept)| kept.report.clone()).collect();
        let places: HashMap<&str, usize> =
            members.iter().enumerate().map(|(place, (_, kept))| (kept.id.as_str(), place)).collect();
        let decided = decided::pairs(self.connection, &places)?;
        // How many reports each statement had: of one that lost some to a group written before, those left are not as they were.
        let mut before: BTreeMap<i64, usize> = BTreeMap::new();
        for statement in members.iter().filter_map(|(_, kept)| kept.statement) {
            *before.entry(statement).or_default() += 1;
        }
        let mut several = 0;
        for group in group(&reports, &decided) {
            let group: Vec<&(i64, Rc<Kept>)> = group.iter().map(|&place| &members[place]).collect();
            several += usize::from(self.write(&group, &before)?);
        }
        for statement in before.into_keys() {
            self.drop_empty(statement)?;
        }
        Ok(several)
    }

    /// Writes a statement; `before` has how many reports each had. Returns whether it has several reports and is not as it was.
    fn write(&self, group: &[&(i64, Rc<Kept>)], before: &BTreeMap<i64, usize>) -> rusqlite::Result<bool> {
        let Some((_, first)) = group.first() else { return Ok(false) };
        let id = statement_id(&first.id);
        let had = self
            .connection
            .prepare_cached("SELECT nr FROM statement WHERE id = ?1")?
            .query_row([&id], |row| row.get::<_, i64>(0))
            .optional()?;
        let same = had.is_some_and(|had| !self.left.contains(&had))
            && group.iter().all(|(nr, kept)| kept.statement == had && !self.fresh.contains(nr))
            && had.and_then(|had| before.get(&had)) == Some(&group.len());
        if same {
            return Ok(false);
        }
        let nr = match had {
            Some(nr) => nr,
            None => {
                forward::clear(self.connection, &id)?;
                self.connection
                    .prepare_cached(
                        "INSERT INTO statement (id, attribution, fullest, reports, outlets, independent, cut, altered) \
                         VALUES (?1, ?2, 0, 0, 0, 0, 0, 0)",
                    )?
                    .insert(params![id, first.id])?
            }
        };
        let mut set =
            self.connection.prepare_cached("UPDATE report SET statement = ?2 WHERE attribution = ?1")?;
        for (attribution, _) in group {
            set.execute([*attribution, nr])?;
        }
        told::tell(self.connection, &self.reports, nr, group)?;
        self.note_repeats(group)?;
        Ok(group.len() > 1)
    }

    /// Notes of which other statements this one repeats the words: the same voice, a long run in marks, other days.
    fn note_repeats(&self, group: &[&(i64, Rc<Kept>)]) -> rusqlite::Result<()> {
        for (attribution, kept) in group.iter().filter(|(nr, _)| self.fresh.contains(nr)) {
            let read = Read::new(&kept.report);
            for &other in self.reports.worth_comparing(*attribution, kept)?.iter() {
                let Some(with) = self.reports.get(other)? else { continue };
                if with.document != kept.document
                    && bar(&kept.report, &with.report) == Some(Bar::Days)
                    && !kept.report.voices.is_empty()
                    && !with.report.voices.is_empty()
                    && read.quotes_as(&Read::new(&with.report))
                {
                    self.connection
                        .prepare_cached("INSERT OR IGNORE INTO report_repeat (a, b) VALUES (?1, ?2)")?
                        .execute([(*attribution).min(other), (*attribution).max(other)])?;
                }
            }
        }
        Ok(())
    }

    /// Deletes a statement that has no report any more; its id leads to where its first report is now.
    fn drop_empty(&self, statement: i64) -> rusqlite::Result<()> {
        if !members(self.connection, statement)?.is_empty() {
            return Ok(());
        }
        let row = self
            .connection
            .prepare_cached("DELETE FROM statement WHERE nr = ?1 RETURNING id, attribution")?
            .query_row([statement], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        let Some((id, attribution)) = row else { return Ok(()) };
        let now = of_attribution(self.connection, &attribution)?;
        forward::set(self.connection, &id, now.filter(|now| *now != id).as_deref())
    }
}

/// The attributions of a statement.
pub(super) fn members(connection: &Connection, statement: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT attribution FROM report WHERE statement = ?1")?
        .query_map([statement], |row| row.get(0))?
        .collect()
}

/// The id of the statement that an attribution reports, by the attribution's id or by what that leads to.
pub(crate) fn of_attribution(connection: &Connection, attribution: &str) -> rusqlite::Result<Option<String>> {
    let now = match forward::follow(connection, attribution)? {
        Forward::To(now) => now,
        Forward::Gone => return Ok(None),
        Forward::Unknown => attribution.to_owned(),
    };
    connection
        .prepare_cached(
            "SELECT s.id FROM attribution AS a JOIN report AS r ON r.attribution = a.nr \
             JOIN statement AS s ON s.nr = r.statement WHERE a.id = ?1 ORDER BY a.nr LIMIT 1",
        )?
        .query_row([now], |row| row.get(0))
        .optional()
}

//! What is told of a statement beside its reports: when it was said, how each report words it, which are copies.

use std::collections::BTreeSet;
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};
use saidline::statements::{Quoted, Wording, WordingKind, wording};
use saidline::{Points, Span};

use super::kept::{Kept, Reports};
use crate::folded;

/// Sentences that two documents share, the author's words with them, so that one is a copy of the other.
const SHARED: i64 = 2;

/// Reports that are tried as the fullest, of those that have nearly the most words.
const CANDIDATES: usize = 6;

/// What the rows tell of a report.
struct Told {
    attribution: i64,
    said: (Option<String>, Option<String>),
    date: Option<String>,
    published: Option<String>,
    outlet: Option<(i64, String)>,
    document: i64,
    passage: Option<i64>,
    status: Status,
    wording: Option<WordingKind>,
    /// Where the words differ, as JSON.
    differences: Option<String>,
}

enum Status {
    Own,
    /// A copy of the report with this place.
    Reprint(usize),
    /// Taken from somebody with this name, in the report with this place where it is here.
    SecondHand(String, Option<usize>),
}

/// Writes what is told of a statement.
pub(super) fn tell(
    connection: &Connection,
    reports: &Reports<'_>,
    statement: i64,
    group: &[&(i64, Rc<Kept>)],
) -> rusqlite::Result<()> {
    let mut told = group.iter().map(|(nr, _)| read(connection, *nr)).collect::<rusqlite::Result<Vec<_>>>()?;
    let fullest = word(reports, group, &mut told)?;
    find_copies(connection, &mut told)?;
    for at in 0..told.len() {
        if !matches!(told[at].status, Status::Reprint(_))
            && let Some(from) = taken_from(connection, &told[at])?
        {
            let is_of = |other: &Told| other.outlet.as_ref().is_some_and(|(_, name)| is_name_of(name, &from));
            let of = told.iter().position(|other| other.document != told[at].document && is_of(other));
            told[at].status = Status::SecondHand(from, of);
        }
    }
    write(connection, statement, &told, fullest)
}

fn read(connection: &Connection, attribution: i64) -> rusqlite::Result<Told> {
    connection
        .prepare_cached(
            "SELECT CASE WHEN a.said_basis <> 'published' THEN a.said_from END, \
             CASE WHEN a.said_basis <> 'published' THEN a.said_to END, a.date, d.published_from, d.outlet, o.name, d.nr, \
             r.passage FROM attribution AS a JOIN document AS d ON d.nr = a.document \
             JOIN report AS r ON r.attribution = a.nr LEFT JOIN outlet AS o ON o.nr = d.outlet WHERE a.nr = ?1",
        )?
        .query_row([attribution], |row| {
            Ok(Told {
                attribution,
                said: (row.get(0)?, row.get(1)?),
                date: row.get(2)?,
                published: row.get(3)?,
                outlet: row.get::<_, Option<i64>>(4)?.zip(row.get(5)?),
                document: row.get(6)?,
                passage: row.get(7)?,
                status: Status::Own,
                wording: None,
                differences: None,
            })
        })
}

/// Finds the report that has the most of the words, in marks where any has, and how the others word it. Returns its place.
fn word(reports: &Reports<'_>, group: &[&(i64, Rc<Kept>)], told: &mut [Told]) -> rusqlite::Result<usize> {
    let most = |count: &dyn Fn(usize) -> usize| {
        (0..group.len()).max_by_key(|at| (count(*at), std::cmp::Reverse(*at))).unwrap_or_default()
    };
    let quoted = |at: usize| group[at].1.report.words.iter().filter(|word| word.quoted).count();
    let longest = most(&quoted);
    if quoted(longest) == 0 {
        let fullest = most(&|at| group[at].1.report.words.len());
        for (at, told) in told.iter_mut().enumerate() {
            told.wording = (at != fullest).then_some(WordingKind::Indirect);
        }
        return Ok(fullest);
    }
    if group.len() == 1 {
        return Ok(longest);
    }
    let texts =
        group.iter().map(|(_, kept)| reports.texted(kept.document)).collect::<rusqlite::Result<Vec<_>>>()?;
    let words: Vec<Option<Quoted>> = texts
        .iter()
        .zip(group)
        .map(|(texted, (nr, _))| {
            let attribution = texted.attributions.get(nr)?;
            Some(Quoted::new(&texted.document.text, &texted.marks, attribution))
        })
        .collect();
    // Of those that have nearly the most, the one that the fewest others contradict; the earliest of these.
    let mut full: Vec<usize> =
        (0..group.len()).filter(|at| 10 * quoted(*at) >= 9 * quoted(longest)).collect();
    full.sort_by_key(|at| {
        (std::cmp::Reverse(quoted(*at)), told[*at].published.is_none(), told[*at].published.clone(), *at)
    });
    full.truncate(CANDIDATES);
    let against = |full: usize| -> Vec<Option<Wording>> {
        let there = words[full].as_ref();
        (0..group.len()).map(|at| Some(wording(words[at].as_ref()?, there?)).filter(|_| at != full)).collect()
    };
    let contradicted = |wordings: &[Option<Wording>]| {
        wordings.iter().flatten().filter(|wording| wording.kind == WordingKind::Altered).count()
    };
    let best =
        full.into_iter().map(|full| (full, against(full))).min_by_key(|(_, wordings)| contradicted(wordings));
    let Some((fullest, wordings)) = best else { return Ok(longest) };
    let points: Vec<Points<'_>> = texts.iter().map(|texted| Points::new(&texted.document.text)).collect();
    for (at, wording) in wordings.into_iter().enumerate() {
        let Some(wording) = wording else { continue };
        told[at].wording = Some(wording.kind);
        told[at].differences =
            (!wording.differences.is_empty()).then(|| differences(&wording, &points[at], &points[fullest]));
    }
    Ok(fullest)
}

/// The places where wordings differ, in code points, as JSON.
fn differences(wording: &Wording, here: &Points<'_>, there: &Points<'_>) -> String {
    let place = |points: &Points<'_>, span: Option<Span>| span.map(|span| points.of_span(span));
    let all = wording.differences.iter().map(|difference| {
        let (here, there) = (place(here, difference.here), place(there, difference.there));
        serde_json::json!({ "kind": difference.kind.name(), "here": here, "there": there })
    });
    serde_json::Value::Array(all.collect()).to_string()
}

/// Finds which reports are copies of others: the same sentence with the author's own words, or the same words in a page that
/// shares several such sentences. The copy is the one that was published later.
fn find_copies(connection: &Connection, told: &mut [Told]) -> rusqlite::Result<()> {
    let mut order: Vec<usize> = (0..told.len()).collect();
    // What has no date comes last: nothing is a copy of it that has one.
    order.sort_by_key(|at| (told[*at].published.is_none(), told[*at].published.clone(), *at));
    for (n, &at) in order.iter().enumerate() {
        for &earlier in &order[..n] {
            let (one, other) = (&told[at], &told[earlier]);
            if one.document == other.document || matches!(other.status, Status::Reprint(_)) {
                continue;
            }
            let same_sentence = one.passage.is_some() && one.passage == other.passage;
            if same_sentence || is_copy_of(connection, one, other)? {
                told[at].status = Status::Reprint(earlier);
                break;
            }
        }
    }
    Ok(())
}

/// Whether two reports have the same words, in pages that share sentences.
fn is_copy_of(connection: &Connection, one: &Told, other: &Told) -> rusqlite::Result<bool> {
    let worded = |told: &Told| matches!(told.wording, None | Some(WordingKind::Identical));
    if !worded(one) || !worded(other) {
        return Ok(false);
    }
    let shared: i64 = connection
        .prepare_cached(
            "SELECT count(*) FROM report AS a JOIN report AS b ON b.passage = a.passage AND b.document = ?2 \
             WHERE a.document = ?1 AND a.passage IS NOT NULL",
        )?
        .query_row([one.document, other.document], |row| row.get(0))?;
    Ok(shared >= SHARED)
}

/// From whom an outlet has the words, where it says that it is another outlet or an agency.
fn taken_from(connection: &Connection, told: &Told) -> rusqlite::Result<Option<String>> {
    let mut select = connection.prepare_cached(
        "SELECT coalesce(s.name, substr(d.text, s.start + 1, s.\"end\" - s.start)) FROM span AS s \
         JOIN attribution AS a ON a.nr = s.attribution JOIN document AS d ON d.nr = a.document \
         WHERE s.attribution = ?1 AND (s.part = 'via' AND s.kind = 'organisation' \
         OR s.part = 'venue' AND s.kind IN ('interview', 'article', 'broadcast') AND s.name IS NOT NULL) \
         ORDER BY s.part DESC, s.n LIMIT 1",
    )?;
    let from: Option<String> = select.query_row([told.attribution], |row| row.get(0)).optional()?;
    let own = |name: &String| told.outlet.as_ref().is_some_and(|(_, own)| is_name_of(own, name));
    Ok(from.filter(|name| !own(name)))
}

/// Whether two names of outlets are one's: an article, capitals, accents and "com" aside.
fn is_name_of(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        folded::words(name).filter(|word| !matches!(&word[..], "the" | "com" | "news" | "www")).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && (one == other || one.concat() == other.concat())
}

fn write(connection: &Connection, statement: i64, told: &[Told], fullest: usize) -> rusqlite::Result<()> {
    let mut set = connection.prepare_cached(
        "UPDATE report SET status = ?2, of = ?3, \"from\" = ?4, wording = ?5, against = ?6, differences = ?7 \
         WHERE attribution = ?1",
    )?;
    let (mut outlets, mut independent) = (BTreeSet::new(), BTreeSet::new());
    let (mut cut, mut altered) = (0, 0);
    for one in told {
        let (status, of, from) = match &one.status {
            Status::Own => ("own", None, None),
            Status::Reprint(of) => ("reprint", Some(told[*of].attribution), None),
            Status::SecondHand(from, of) => {
                ("second-hand", of.map(|of| told[of].attribution), Some(from.as_str()))
            }
        };
        let against = one.wording.map(|_| told[fullest].attribution);
        let wording = one.wording.map(WordingKind::name);
        set.execute(params![one.attribution, status, of, from, wording, against, one.differences])?;
        // What names no outlet is told apart by its document.
        let outlet = one.outlet.as_ref().map_or(-one.document, |(nr, _)| *nr);
        outlets.insert(outlet);
        if status == "own" {
            independent.insert(outlet);
        }
        if status != "reprint" {
            cut += i64::from(matches!(one.wording, Some(WordingKind::Cut | WordingKind::Joined)));
            altered += i64::from(one.wording == Some(WordingKind::Altered));
        }
    }
    let dated = told.iter().filter(|one| one.said.0.is_some()).min_by_key(|one| days(&one.said));
    let first = told.iter().filter_map(|one| one.published.as_ref().or(one.date.as_ref())).min();
    let date = dated.and_then(|one| one.said.0.as_ref()).or(first);
    connection
        .prepare_cached(
            "UPDATE statement SET date = ?2, said_from = ?3, said_to = ?4, dated = ?5, fullest = ?6, reports = ?7, \
             outlets = ?8, independent = ?9, cut = ?10, altered = ?11 WHERE nr = ?1",
        )?
        .execute(params![
            statement,
            date,
            dated.and_then(|one| one.said.0.as_ref()),
            dated.and_then(|one| one.said.1.as_ref()),
            dated.map(|one| one.attribution),
            told[fullest].attribution,
            told.len() as i64,
            outlets.len() as i64,
            independent.len() as i64,
            cut,
            altered,
        ])?;
    Ok(())
}

/// How exact an interval is: a moment before a day, a day before a month, a closed one before an open one.
fn days((from, to): &(Option<String>, Option<String>)) -> (bool, bool, std::cmp::Reverse<usize>) {
    let from = from.as_deref().unwrap_or_default();
    (to.is_none(), to.as_deref() != Some(from), std::cmp::Reverse(from.len()))
}

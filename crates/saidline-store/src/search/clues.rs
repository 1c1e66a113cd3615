//! What the words of a question tell beside its meaning: who is said to speak, and what is spoken of around a report.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, params};
use saidline::statements::Question;
use saidline::{Points, Span, SpeakerKind};

use super::number;
use crate::folded;

/// A name tells nothing that is borne by the speakers of more reports than all reports to this power: 2,000 of 300,000.
const COMMON: f64 = 0.6;

/// No question names more people that matter.
const MOST_NAMES: usize = 64;

/// The reports whose speaker bears a name of the question, by their rows, each with how rare the rarest such name is: `COMMON`
/// for one that only one of `all` reports has, 0 for one that is too common. A name is a word with a capital, since "will" and
/// "rice" are names, too; where the question has no capitals, any word.
pub(super) fn named(connection: &Connection, asked: &str, all: usize) -> rusqlite::Result<Vec<(i64, f32)>> {
    let all = (all.max(2) as f64).ln();
    let most = (all * COMMON).exp() as usize;
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT s.attribution FROM voice_word AS w CROSS JOIN voice AS v ON v.nr = w.voice \
         CROSS JOIN speaker AS s ON s.voice = v.nr WHERE w.word = ?1 AND v.kind = ?2 LIMIT ?3",
    )?;
    let mut rarest: BTreeMap<i64, f32> = BTreeMap::new();
    for name in names(asked) {
        let theirs = select
            .query_map(params![name, SpeakerKind::Person.name(), number(most) + 1], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        if theirs.len() > most {
            continue;
        }
        let rare = (COMMON - (theirs.len().max(1) as f64).ln() / all) as f32;
        for nr in theirs {
            let known = rarest.entry(nr).or_default();
            *known = known.max(rare);
        }
    }
    Ok(rarest.into_iter().collect())
}

/// The words of a question that can be names, folded, each once.
fn names(asked: &str) -> Vec<String> {
    let any_capital = asked.contains(char::is_uppercase);
    let mut seen = HashSet::new();
    folded::places(asked)
        .map(|place| &asked[place])
        .filter(|word| word.chars().nth(1).is_some())
        .filter(|word| !any_capital || word.starts_with(char::is_uppercase))
        .map(folded::fold)
        .filter(|word| seen.insert(word.clone()))
        .take(MOST_NAMES)
        .collect()
}

/// How much of the question stands in each of these reports and around it on its page ([`Question::around`]).
pub(super) fn around(
    connection: &Connection,
    question: &Question,
    nrs: &[i64],
) -> rusqlite::Result<Vec<f32>> {
    let mut stretch = connection.prepare_cached(
        "SELECT a.document, min(s.start), max(s.\"end\") FROM attribution AS a CROSS JOIN span AS s ON s.attribution = a.nr \
         WHERE a.nr = ?1 AND s.part IN ('source', 'cue', 'content') GROUP BY a.document",
    )?;
    let mut on_page: BTreeMap<i64, Vec<(usize, u32, u32)>> = BTreeMap::new();
    for (place, nr) in nrs.iter().enumerate() {
        let mut rows = stretch.query([nr])?;
        while let Some(row) = rows.next()? {
            on_page.entry(row.get(0)?).or_default().push((place, row.get(1)?, row.get(2)?));
        }
    }
    let mut text = connection.prepare_cached("SELECT text FROM document WHERE nr = ?1")?;
    let mut shares = vec![0.0; nrs.len()];
    for (document, reports) in on_page {
        let text: String = text.query_row([document], |row| row.get(0))?;
        let points = Points::new(&text);
        // What does not lie in its text is damage, which `doctor` tells of.
        let lies_there = |(place, start, end): (usize, u32, u32)| {
            Some((place, Span { start: points.byte(start)?, end: points.byte(end)? }))
        };
        let (places, spans): (Vec<_>, Vec<_>) = reports.into_iter().filter_map(lies_there).unzip();
        for (place, share) in places.into_iter().zip(question.around(&text, &spans)) {
            shares[place] = share;
        }
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_capitals_where_anything_has() {
        assert_eq!(names("Will Calder sail? Calder’s ferry"), ["will", "calder"]);
        assert_eq!(names("will calder sail"), ["will", "calder", "sail"]);
        assert_eq!(names("Éva Örn: a U.S. boat"), ["eva", "orn"]);
        assert!(names("…").is_empty());
    }
}

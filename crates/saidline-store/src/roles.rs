//! Roles: which are one, and who bore which when.

use std::collections::{BTreeMap, BTreeSet};

use saidline::statements::first_day;

use crate::folded;

/// Days after which a use of a role tells half as much of a day.
const HALF: f64 = 60.0;

/// Days beyond which a use of a role tells nothing of a day: a year.
const FAR: i32 = 366;

/// What two roles share that are one: they differ only in case, accents, in how an apostrophe is written, or in "the".
pub(crate) fn key(role: &str) -> String {
    // An apostrophe parts no words: "Miners’ Union", "Miners' Union".
    let plain: String =
        role.chars().filter(|letter| !matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`')).collect();
    let words: Vec<_> = folded::words(&plain).filter(|word| word != "the").collect();
    words.join(" ")
}

/// The words of a role by which uses of it back each other: who leads, hopes or is named in a race is a candidate, a party
/// has one name, short titles are written out.
fn sense(role: &str) -> BTreeSet<String> {
    let plain = |word| match word {
        "contender" | "frontrunner" | "hopeful" | "nominee" | "runner" => "candidate",
        "front" | "presumptive" | "presumed" | "likely" => "",
        "gop" => "republican",
        "sen" => "senator",
        "rep" | "congressman" | "congresswoman" => "representative",
        "gov" => "governor",
        "pres" => "president",
        "gen" => "general",
        "then" | "ex" | "onetime" => FORMER,
        word => word,
    };
    key(role).split(' ').map(plain).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two roles can be of one person in one office: the words of one are all in the other ("mayor", "mayor of Morvenec").
pub(crate) fn agree(one: &str, other: &str) -> bool {
    let words = |role: &str| -> Vec<String> {
        let key = key(&role.replace("’s", " ").replace("'s", " "));
        let words = key
            .split(' ')
            .filter(|word| !matches!(*word, "" | "of" | "for" | "at" | "in" | "a" | "an" | "s"));
        words.map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|word| b.contains(word));
    within(&one, &other) || within(&other, &one)
}

/// Whether a date lies in a stretch of time, all ISO 8601 of any precision: one that is less precise lies in it where it can.
/// An end that is not known is open.
pub(crate) fn holds((from, to): (Option<&str>, Option<&str>), date: &str) -> bool {
    let day = |text: &str| text.get(..10).unwrap_or(text).to_owned();
    let date = day(date);
    let same = |end: &str| {
        let end = day(end);
        end.starts_with(&date) || date.starts_with(&end)
    };
    from.is_none_or(|from| day(from) <= date || same(from)) && to.is_none_or(|to| date <= day(to) || same(to))
}

/// A role with the first and the last date of its use.
pub(crate) type Use = (String, Option<String>, Option<String>, u64);

/// Uses of roles with those together that are one: under the words that are used most, of these the first in the alphabet.
pub(crate) fn together(uses: Vec<Use>) -> Vec<Use> {
    let mut joined: Vec<(String, Use, u64)> = Vec::new();
    for (role, from, to, count) in uses {
        let key = key(&role);
        match joined.iter_mut().find(|(other, ..)| *other == key) {
            None => joined.push((key, (role, from, to, count), count)),
            Some((_, used, most)) => {
                if (count, &used.0) > (*most, &role) {
                    used.0 = role;
                    *most = count;
                }
                used.1 = [used.1.take(), from].into_iter().flatten().min();
                used.2 = used.2.take().max(to);
                used.3 += count;
            }
        }
    }
    joined.into_iter().map(|(_, used, _)| used).collect()
}

/// The role that pages give somebody around a date (ISO 8601 of any precision), of uses as (role, date of the page, number of
/// pages). A page counts the more the nearer it lies, so that a single page with a wrong date decides nothing where others
/// are, and roles that share words count for each other ("nominee", "presidential nominee"). An office that pages up to
/// then call a former one ("Secretary", "former Secretary of State") is said by courtesy and counts as the former; and what
/// somebody is counts more than what he was. None where no page lies within a year.
pub(crate) fn around(uses: &[(String, String, u64)], date: &str) -> Option<String> {
    let day = |date: &str| first_day(date.get(..10).unwrap_or(date).parse().ok()?);
    let date = day(date)?;
    let mut worded: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (role, used, pages) in uses {
        let Some(used) = day(used) else { continue };
        let Ok(apart) = used.since(date).map(|span| span.get_days()) else { continue };
        if apart.abs() > FAR {
            continue;
        }
        let weight = *pages as f64 * (-f64::from(apart.abs()) / HALF).exp2();
        let (all, by_then) = worded.entry(role).or_default();
        *all += weight;
        *by_then += if apart <= 0 { weight } else { 0.0 };
    }
    let mut weighed: BTreeMap<BTreeSet<String>, Weighed> = BTreeMap::new();
    for (role, (weight, by_then)) in worded {
        let one = weighed.entry(sense(role)).or_default();
        one.weight += weight;
        one.by_then += by_then;
        // Of equals the first in the alphabet.
        if weight > one.most {
            (one.most, one.words) = (weight, role);
        }
    }
    let mut roles: Vec<_> = weighed.into_iter().collect();
    former_by_courtesy(&mut roles);
    let backed = |words: &BTreeSet<String>| -> f64 {
        let shared = |other: &BTreeSet<String>| {
            words.intersection(other).count() as f64 / words.union(other).count().max(1) as f64
        };
        let weight: f64 = roles.iter().map(|(other, one)| one.weight * shared(other)).sum();
        if words.contains(FORMER) { weight * PAST } else { weight }
    };
    let scored = roles.iter().filter(|(_, one)| one.weight > 0.0).map(|(words, one)| (backed(words), one));
    // Of equals the first in the alphabet, as the roles are in its order.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some(best.1.words.to_owned())
}

/// The word of roles that are over.
const FORMER: &str = "former";

/// What a role that is over counts, as a share of one that somebody has.
const PAST: f64 = 0.6;

/// The weight of pages up to a day that call an office a former one, as a share of those that give it without, from
/// which on it is said by courtesy.
const COURTESY: f64 = 0.2;

/// Gives the weight of offices that are said by courtesy to the roles that say that they are over.
fn former_by_courtesy(roles: &mut [(BTreeSet<String>, Weighed)]) {
    for title in 0..roles.len() {
        let office = roles[title].0.clone();
        if office.contains(FORMER) {
            continue;
        }
        let over =
            |(words, _): &&(BTreeSet<String>, Weighed)| words.contains(FORMER) && words.is_superset(&office);
        let told: f64 = roles.iter().filter(over).map(|(_, one)| one.by_then).sum();
        if told == 0.0 || told < roles[title].1.by_then * COURTESY {
            continue;
        }
        let best = |a: &usize, b: &usize| roles[*a].1.weight.total_cmp(&roles[*b].1.weight);
        let heir = (0..roles.len()).filter(|at| over(&&roles[*at])).max_by(best);
        if let Some(heir) = heir {
            roles[heir].1.weight += std::mem::take(&mut roles[title].1.weight);
        }
    }
}

/// How much the pages near a date give somebody one role.
#[derive(Debug, Default)]
struct Weighed<'a> {
    weight: f64,
    /// That of pages up to the date.
    by_then: f64,
    /// Its most used words, and how much they weigh.
    words: &'a str,
    most: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_that_differ_in_marks_are_one() {
        let check =
            |one: &str, other: &str, same: bool| assert_eq!(key(one) == key(other), same, "{one} {other}");
        check("the Miners’ Union leader", "Miners' union leader", true);
        check("Mayor of Morvenec", "the mayor of Morvenec", true);
        check("mayor of Morvenec", "mayor", false);
    }

    #[test]
    fn a_role_in_fewer_words_agrees() {
        assert!(agree("mayor", "the Mayor of Morvenec") && agree("Morvenec’s mayor", "mayor of Morvenec"));
        assert!(!agree("mayor of Morvenec", "mayor of Sundvik") && !agree("the", "mayor"));
    }

    #[test]
    fn a_date_lies_in_a_stretch_of_time() {
        let check = |from: &'static str, to: &'static str, date: &str, within: bool| {
            let end = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            assert_eq!(holds((end(from), end(to)), date), within, "{from} to {to}: {date}");
        };
        check("2019", "2023-05", "2019-02-01", true);
        check("2019", "2023-05", "2023-05-31", true);
        check("2019", "2023-05", "2023-06-01", false);
        check("2019", "2023-05", "2018-12-31", false);
        check("2019-06-01", "", "2019", true);
        check("", "", "2019", true);
        check("2019-06-01", "", "2019-05-31T23:00", false);
    }

    #[test]
    fn the_role_around_a_date_is_that_of_most_pages_near_it() {
        let used = |role: &str, date: &str, pages| (role.to_owned(), date.to_owned(), pages);
        let uses = [
            // A page with a wrong date.
            used("mayor", "2016-05-01", 1),
            used("candidate", "2016-04-20", 2),
            used("the candidate", "2016-05", 3),
            used("mayor", "2018", 40),
        ];
        assert_eq!(around(&uses, "2016-05-10").as_deref(), Some("the candidate"));
        assert_eq!(around(&uses, "2018-02").as_deref(), Some("mayor"));
        let alike =
            [used("presidential nominee", "2018", 2), used("nominee", "2018", 2), used("broker", "2018", 2)];
        assert_eq!(around(&alike, "2018").as_deref(), Some("nominee"));
        let courtesy = [
            used("Warden", "2018-03", 4),
            used("Warden of Sundvik", "2018-03", 1),
            used("former Warden of Sundvik", "2018-01", 2),
        ];
        assert_eq!(around(&courtesy, "2018-03").as_deref(), Some("former Warden of Sundvik"));
        let running = [
            used("former warden", "2018-03", 4),
            used("hopeful", "2018-03", 2),
            used("nominee", "2018-03", 1),
            used("leading candidate", "2018-03", 1),
        ];
        assert_eq!(around(&running, "2018-03").as_deref(), Some("hopeful"));
        assert_eq!(around(&uses, "2014-01-01"), None);
        assert_eq!(around(&uses, "soon"), None);
    }

    #[test]
    fn uses_of_one_role_are_put_together() {
        let used = |role: &str, from: &str, count| {
            (role.to_owned(), Some(from.to_owned()), Some(from.to_owned()), count)
        };
        let found =
            together(vec![used("the mayor", "2020", 1), used("Mayor", "2019", 2), used("clerk", "2018", 1)]);
        let mayor = ("Mayor".to_owned(), Some("2019".to_owned()), Some("2020".to_owned()), 3);
        assert_eq!(found, [mayor, used("clerk", "2018", 1)]);
    }
}

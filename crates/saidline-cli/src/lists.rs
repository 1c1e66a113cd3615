//! What was found in a store, as people want to see it.

use std::ops::Range;

use crate::people::wrap;
use saidline::When;
use saidline_store::{Facet, Facets, Found, FoundReport, FoundStatement, Order, Unmatched};

use crate::args::Color;
use crate::bars::bar;
use crate::out;
use crate::people::{
    DOUBTFUL, Told, clean, date, is_seen, joined, left_out_line, places, push, thousands, who, width,
};
use crate::style::{Ink, Styles};

/// Lists of reports and their counts.
pub(crate) struct Lists {
    pub(crate) styles: Styles,
    pub(crate) width: usize,
}

/// How many months are shown of the counts, the newest.
const MONTHS: usize = 24;

impl Lists {
    pub(crate) fn new(color: Color) -> Self {
        Self { styles: Styles::of_stdout(color), width: width() }
    }

    /// Appends a report: who, what, where and when, and its id, by which it can be shown.
    pub(crate) fn report(&self, out: &mut String, report: &FoundReport) {
        let path = report.page.as_ref().map(|(_, path)| path);
        let title = report.title.as_ref().or(report.address.as_ref()).or(path).map(|title| clean(title));
        self.report_below(out, report, &self.styles.speaker.of(who(report)), title);
    }

    /// Appends a report below what it begins with: how it was said, its words, to whom, where and when, the outlet, the
    /// title (or what stands for it), where it is wanted, and the id.
    pub(crate) fn report_below(
        &self,
        out: &mut String,
        report: &FoundReport,
        first: &str,
        title: Option<String>,
    ) {
        let styles = &self.styles;
        let told = Told::of_found(report);
        let state = [
            (report.confidence < f64::from(DOUBTFUL)).then_some("doubtful"),
            (!report.corrected.is_empty()).then_some("corrected"),
            report.rejected.then_some("rejected"),
            // Versions have an address.
            (!report.shown).then_some(match report.address {
                Some(_) => "of an earlier version",
                None => "of another capture",
            }),
        ];
        let head = told.headed(styles, first, state.into_iter().flatten().map(str::to_owned));
        for line in wrap(&head, self.width) {
            push(out, 0, &line);
        }
        let pieces = report.content.iter().zip(&report.omitted).enumerate().map(|(n, (piece, omitted))| {
            let marks = report.marks.iter().filter(|(of, _)| *of == n).map(|(_, mark)| mark.clone());
            (marked(piece, &marks.collect::<Vec<_>>(), styles.mark), *omitted)
        });
        for line in wrap(&joined(pieces), self.width.saturating_sub(4).max(20)) {
            push(out, 4, &line);
        }
        let outlet = report.outlet.as_deref().map(clean);
        let about = told.hearers_and_venue().chain([told.when()]).chain(outlet).chain(title);
        let statement =
            report.statement.as_ref().and_then(|statement| reported(statement, report.outlet.as_deref()));
        let about = about.chain(statement).chain([report.id.clone()]).collect::<Vec<_>>().join(" · ");
        for line in wrap(&about, self.width.saturating_sub(4).max(20)) {
            push(out, 4, &styles.faint.of(line));
        }
        out.push('\n');
    }

    /// Appends how many were found, in which order, how many were left out because nothing was said in them, and whom the
    /// filters came to.
    pub(crate) fn total(&self, out: &mut String, found: &Found, asked: Order, left_out: usize) {
        let order = match found.order {
            Order::Newest => "newest first",
            Order::Oldest => "oldest first",
            Order::Best => "best first",
            Order::Likeliest => "one of a statement, the likeliest first",
        };
        let reports = if found.total == 1 { "report" } else { "reports" };
        let total = thousands(found.total);
        let line = match found.rows.len() {
            _ if found.total == 0 => "nothing fits".to_owned(),
            shown if shown == found.total => format!("{total} {reports}, {order}"),
            shown => format!("{} of {total} {reports}, {order}", thousands(shown)),
        };
        push(out, 0, &self.styles.faint.of(line));
        if left_out > 0 {
            for line in wrap(&left_out_line(left_out), self.width) {
                push(out, 0, &self.styles.faint.of(line));
            }
        }
        if asked == Order::Best && found.order == Order::Newest && found.total > 0 {
            let note = "the words are too common to be weighed: the newest come first";
            push(out, 0, &format!("{}: {note}", self.styles.hint.of("note")));
        }
        let voices = &found.narrowed.speakers;
        if voices.len() > 1 {
            let names: Vec<_> = voices.iter().take(5).map(|name| clean(name)).collect();
            let more = if voices.len() > 5 { ", …" } else { "" };
            let note = format!("{} voices are meant: {}{more}", voices.len(), names.join(", "));
            for line in wrap(&note, self.width.saturating_sub(6).max(20)) {
                push(out, 0, &format!("{}: {line}", self.styles.hint.of("note")));
            }
        }
    }

    /// Appends the counts by speaker, outlet and month.
    pub(crate) fn facets(&self, out: &mut String, facets: &Facets) {
        let (speakers, outlets) = (facets.speakers_total, facets.outlets_total);
        self.counts(out, "speakers", &facets.speakers, speakers.saturating_sub(facets.speakers.len()));
        self.counts(out, "outlets", &facets.outlets, outlets.saturating_sub(facets.outlets.len()));
        let earlier = facets.months.len().saturating_sub(MONTHS);
        self.counts(out, "months", &facets.months[earlier..], 0);
        if earlier > 0 {
            push(out, 2, &self.styles.faint.of(format!("and {earlier} months before")));
        }
    }

    fn counts(&self, out: &mut String, what: &str, counts: &[Facet], more: usize) {
        if counts.is_empty() {
            return;
        }
        out.push('\n');
        push(out, 0, &self.styles.title.of(what));
        let rows: Vec<_> = counts.iter().map(|facet| (clean(&facet.name), facet.count)).collect();
        self.plot(out, &rows);
        if more > 0 {
            push(out, 2, &self.styles.faint.of(format!("and {} more", thousands(more))));
        }
    }

    /// Appends a bar for each row, with its count.
    pub(crate) fn plot(&self, out: &mut String, rows: &[(String, usize)]) {
        let names = rows.iter().map(|(name, _)| shortened(name, self.width / 2)).collect::<Vec<_>>();
        let columns = names.iter().map(|name| textwrap::core::display_width(name)).max().unwrap_or(0);
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let digits = thousands(most).len();
        let room = self.width.saturating_sub(columns + digits + 6).clamp(5, 40);
        for (name, (_, count)) in names.iter().zip(rows) {
            let pad = " ".repeat(columns - textwrap::core::display_width(name));
            let bar = self.styles.direct.of(bar(*count, most, room));
            push(out, 2, &format!("{name}{pad}  {:>digits$}  {bar}", thousands(*count)));
        }
    }
}

/// Tells of names that are not in the store, with those that are near, or with some that there are.
pub(crate) fn tell_unmatched(unmatched: &[Unmatched]) {
    let listed = |names: &[String]| {
        names.iter().map(|name| format!("`{}`", clean(name))).collect::<Vec<_>>().join(", ")
    };
    for Unmatched { asked, option, nearest, commonest } in unmatched {
        let asked = clean(asked);
        let (nothing, elsewhere) = match *option {
            "--outlet" => (format!("no outlet is called `{asked}`"), "`saidline stats` lists the outlets"),
            "--addressee" => {
                (format!("no addressee is called `{asked}`"), "no report of the record tells to whom")
            }
            "--venue" => (format!("no venue is called `{asked}`"), "no report of the record tells where"),
            _ => (format!("no voice is called `{asked}`"), "`saidline voices` lists who speaks"),
        };
        let hint = match (nearest.is_empty(), commonest.is_empty()) {
            (false, _) => format!("near to it: {}", listed(nearest)),
            (true, false) => format!("the commonest are {}", listed(commonest)),
            (true, true) => elsewhere.to_owned(),
        };
        out::warning(nothing, Some(&hint));
    }
}

/// How many outlets have a statement, where that is more than the one that is shown, whose outlet is given.
fn reported(statement: &FoundStatement, outlet: Option<&str>) -> Option<String> {
    match (statement.outlets, statement.reports) {
        (2.., _) => Some(places(statement.outlets, statement.reports, outlet)),
        (_, 2..) => Some(format!("reported {} times", thousands(statement.reports))),
        _ => None,
    }
}

/// A date as it is written in English; what is no date, as it is.
pub(crate) fn read_date(text: &str) -> String {
    text.parse().map_or_else(|_| clean(text), |moment| date(When::at(moment)))
}

/// The first letters of a name that is too long for its column.
fn shortened(name: &str, columns: usize) -> String {
    if textwrap::core::display_width(name) <= columns {
        return name.to_owned();
    }
    let mut short = String::new();
    for letter in name.chars() {
        if textwrap::core::display_width(&short) + 2 >= columns {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

/// Words on one line as [`clean`] makes them, with what was found in ink, word by word so that lines can be broken.
fn marked(words: &str, marks: &[Range<usize>], ink: Ink) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    let mut run_marked = false;
    let mut space = false;
    let flush = |out: &mut String, run: &mut String, marked: bool| {
        match marked && !run.is_empty() {
            true => out.push_str(&ink.of(&run)),
            false => out.push_str(run),
        }
        run.clear();
    };
    for (at, letter) in words.char_indices().filter(|(_, letter)| is_seen(*letter)) {
        if letter.is_whitespace() {
            space = true;
            continue;
        }
        let marked = marks.iter().any(|mark| mark.contains(&at));
        if space || marked != run_marked {
            flush(&mut out, &mut run, run_marked);
            run_marked = marked;
        }
        if std::mem::take(&mut space) && !out.is_empty() {
            out.push(' ');
        }
        run.push(letter);
    }
    flush(&mut out, &mut run, run_marked);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::single_range_in_vec_init, reason = "one place to be marked")]
    fn words_are_marked_one_by_one() {
        let check = |words: &str, marks: &[(usize, usize)], expected: &str| {
            let marks: Vec<_> = marks.iter().map(|(start, end)| *start..*end).collect();
            let ink = Styles::coloured().mark;
            let (on, off) =
                ink.of("|").split_once('|').map(|(on, off)| (on.to_owned(), off.to_owned())).unwrap();
            let found = marked(words, &marks, ink).replace(&on, "<").replace(&off, ">");
            assert_eq!(found, expected);
            assert_eq!(marked(words, &marks, Ink::default()), clean(words));
        };
        check("the harbour stays", &[(4, 11)], "the <harbour> stays");
        check("the harbour\n stays", &[(4, 18)], "the <harbour> <stays>");
        check("  don’t, I say ", &[(2, 9)], "<don’t>, I say");
        check("\u{1b}[31mred", &[(5, 8)], "[31m<red>");
        check("", &[], "");
    }
}

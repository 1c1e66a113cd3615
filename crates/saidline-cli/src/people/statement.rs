//! A statement with all that reports it, and statements in lists.

use saidline::statements::WordingKind;
use saidline_store::{
    DifferenceView, FoundReport, ReportView, SimilarStatement, StatementRow, StatementView,
};
use textwrap::core::display_width;

use super::{Told, clean, count, escaped, joined, more_line, push, thousands, wrap};
use crate::lists::{Lists, read_date};

/// How many differences of a report are shown.
const DIFFERENCES: usize = 6;

/// Letters of what a list shows of a statement.
const SHORT: usize = 240;

impl Lists {
    /// Appends a statement: who, when, its fullest words, then each report with how it is worded, the first published first, so many
    /// at most.
    pub(crate) fn statement(&self, out: &mut String, view: &StatementView, most: usize) {
        let row = &view.row;
        let head =
            format!("{} · {}", self.styles.speaker.of(who(&row.fullest)), self.styles.faint.of(&row.id));
        push(out, 0, &head);
        let about = [when(row), carried(row), firsts(view)];
        for line in wrap(&about.join(" · "), self.width) {
            push(out, 0, &self.styles.faint.of(line));
        }
        out.push('\n');
        for one in view.reports.iter().take(most) {
            self.statement_report(out, view, one);
        }
        if let more @ 1.. = view.reports.len().saturating_sub(most) {
            push(out, 0, &self.styles.faint.of(more_line(more, "more")));
            out.push('\n');
        }
        for repeat in &view.repeats {
            let words = format!("the same words {}: {}", when(repeat), repeat.id);
            for line in wrap(&words, self.width) {
                push(out, 0, &self.styles.faint.of(line));
            }
        }
    }

    fn statement_report(&self, out: &mut String, view: &StatementView, one: &ReportView) {
        let report = &one.report;
        let told = Told::of_found(report);
        let label = match one.wording {
            None if report.id == view.row.fullest.id && view.reports.len() > 1 => "fullest",
            None => report.kind.name(),
            Some(kind) => in_words(kind),
        };
        let ink = match one.wording {
            Some(WordingKind::Altered) => self.styles.warning,
            _ => self.styles.title,
        };
        let from = match (&one.from, one.status.as_str()) {
            (_, "own") => None,
            ((Some(id), _), "reprint") => Some(format!("a copy of {id}")),
            ((id, name), _) => {
                let id = id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
                Some(format!("from {}{id}", name.as_deref().map_or("elsewhere".to_owned(), clean)))
            }
        };
        let head = told.headed(&self.styles, &ink.of(label), from);
        for line in wrap(&head, self.width) {
            push(out, 0, &line);
        }
        for line in wrap(&words(report), self.width.saturating_sub(4).max(20)) {
            push(out, 4, &line);
        }
        if matches!(one.wording, Some(kind) if kind > WordingKind::Identical && kind < WordingKind::Indirect)
        {
            self.differences(out, &one.differences);
        }
        let title = report.title.as_ref().or(report.address.as_ref()).map(|title| clean(title));
        let about = [Some(told.when()), report.outlet.as_deref().map(clean), title, Some(report.id.clone())];
        let about: Vec<_> = about.into_iter().flatten().collect();
        for line in wrap(&about.join(" · "), self.width.saturating_sub(4).max(20)) {
            push(out, 4, &self.styles.faint.of(line));
        }
        out.push('\n');
    }

    /// The places where the words differ from the fullest: what is only here in one ink, what is missing in another.
    pub(crate) fn differences(&self, out: &mut String, differences: &[DifferenceView]) {
        for one in differences.iter().take(DIFFERENCES) {
            let here = one.here.as_deref().map(|words| self.put_in(words));
            let there = one.there.as_deref().map(|words| self.left_out_words(words));
            let words = [there, here].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let label = format!("{}: ", in_words(one.kind));
            for (n, line) in
                wrap(&words, self.width.saturating_sub(4 + display_width(&label)).max(20)).iter().enumerate()
            {
                match n {
                    0 => push(out, 4, &format!("{}{line}", self.styles.faint.of(&label))),
                    _ => push(out, 4 + display_width(&label), line),
                }
            }
        }
        if differences.len() > DIFFERENCES {
            let more = format!("and {} more differences", differences.len() - DIFFERENCES);
            push(out, 4, &self.styles.faint.of(more));
        }
    }

    /// Words that are only here: in ink, or between signs.
    fn put_in(&self, words: &str) -> String {
        let words = clean(words);
        if self.styles.colours { self.styles.direct.of(words) } else { format!("{{+{words}+}}") }
    }

    /// Words that are only in the fullest report.
    fn left_out_words(&self, words: &str) -> String {
        let words = clean(words);
        if self.styles.colours { self.styles.cut.of(words) } else { format!("[-{words}-]") }
    }

    /// Appends a statement of a list: when, who, in how many outlets, and its words.
    pub(crate) fn statement_row(&self, out: &mut String, row: &StatementRow, more: Option<String>) {
        let told = Told::of_found(&row.fullest);
        let first = format!("{} · {}", when(row), self.styles.speaker.of(who(&row.fullest)));
        let about = [more, Some(carried(row)), Some(row.id.clone())].into_iter().flatten();
        for line in wrap(&told.headed(&self.styles, &first, about), self.width) {
            push(out, 0, &line);
        }
        for line in wrap(&shortened(&words(&row.fullest)), self.width.saturating_sub(4).max(20)) {
            push(out, 4, &line);
        }
    }

    /// Appends a statement that is like another, with what they have in common.
    pub(crate) fn similar(&self, out: &mut String, one: &SimilarStatement) {
        let reasons: Vec<_> = one.reasons.iter().map(|reason| reason.to_string()).collect();
        let reasons = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
        self.statement_row(out, &one.row, Some(format!("{:.2}{reasons}", one.likeness)));
    }
}

/// A kind of wording, for people.
fn in_words(kind: WordingKind) -> &'static str {
    match kind {
        WordingKind::Identical => "the same words",
        WordingKind::Punctuation => "other punctuation",
        WordingKind::Spelling => "other spelling",
        WordingKind::Shifted => "tense, person or number shifted",
        WordingKind::Translation => "another translation",
        WordingKind::Indirect => "not in marks",
        kind => kind.name(),
    }
}

/// Who speaks in a report: the names with the roles beside them, else the words of the page.
pub(crate) fn who(report: &FoundReport) -> String {
    let names = report.speakers.iter().map(|speaker| match &speaker.role {
        None => clean(&speaker.name),
        Some(role) => format!("{} ({})", clean(&speaker.name), clean(role)),
    });
    let names = names.collect::<Vec<_>>().join(" and ");
    let source = || Some(clean(&report.source)).filter(|source| !source.is_empty());
    if names.is_empty() { source().unwrap_or_else(|| "(not named)".to_owned()) } else { names }
}

/// The words of a report on one line.
pub(crate) fn words(report: &FoundReport) -> String {
    joined(report.content.iter().zip(&report.omitted).map(|(piece, omitted)| (clean(piece), *omitted)))
}

/// When a statement was made, as far as that is known.
pub(crate) fn when(row: &StatementRow) -> String {
    match &row.date {
        None => "on an unknown day".to_owned(),
        Some(date) if row.dated => read_date(date),
        Some(date) => format!("by {}", read_date(date)),
    }
}

/// By whom a statement was carried, and what became of its words.
fn carried(row: &StatementRow) -> String {
    let places = match (row.outlets, &row.fullest.outlet) {
        (1, Some(outlet)) => format!("in {}", clean(outlet)),
        (outlets, outlet) => places(outlets, row.reports, outlet.as_deref()),
    };
    let mut carried = format!("{} {places}", count(row.reports as u64, "report"));
    if row.independent < row.outlets {
        carried.push_str(&format!(", {} independent", row.independent));
    }
    if row.cut > 0 {
        carried.push_str(&format!(", {} cut", row.cut));
    }
    if row.altered > 0 {
        carried.push_str(&format!(", {} altered", row.altered));
    }
    carried
}

/// In how many outlets a statement stands, of which one report's is given. A page that names none counts as one of its own.
pub(crate) fn places(outlets: usize, reports: usize, outlet: Option<&str>) -> String {
    match outlet {
        Some(_) => format!("in {}", count(outlets as u64, "outlet")),
        // Each report is on another page.
        None if outlets == reports || outlets == 1 => format!("on {}", count(outlets as u64, "page")),
        None => format!("in {} outlets or pages", thousands(outlets)),
    }
}

/// Which outlets had it first.
fn firsts(view: &StatementView) -> String {
    let mut outlets: Vec<String> = Vec::new();
    for one in view.reports.iter().filter(|one| view.first.contains(&one.report.id)) {
        let outlet = one.report.outlet.as_deref().map_or("an outlet not known".to_owned(), clean);
        if !outlets.contains(&outlet) {
            outlets.push(outlet);
        }
    }
    match outlets.as_slice() {
        [] => "who had it first is not known".to_owned(),
        [one] => format!("first in {one}"),
        several => format!("first in {}, at the same time as far as is known", several.join(" and ")),
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(SHORT) {
        None => words.to_owned(),
        Some((at, _)) => format!("{} …", words[..at].trim_end()),
    }
}

/// Markdown for pasting: a statement with a row for each report.
pub(crate) fn statement_markdown(out: &mut String, view: &StatementView) {
    let row = &view.row;
    push(
        out,
        0,
        &format!("**{}**, {} ({}; `{}`)", escaped(&who(&row.fullest)), when(row), carried(row), row.id),
    );
    out.push('\n');
    push(out, 0, &format!("> {}", escaped(&words(&row.fullest))));
    out.push('\n');
    push(out, 0, "| outlet | title | published | words | address | captured |");
    push(out, 0, "|---|---|---|---|---|---|");
    for one in &view.reports {
        let report = &one.report;
        let mut worded = match one.wording {
            None => "as above".to_owned(),
            Some(kind) => format!("{}: {}", in_words(kind), escaped(&words(report))),
        };
        if one.status != "own" {
            let whose = if one.status == "reprint" { "a copy" } else { "second-hand" };
            worded = format!("{whose}; {worded}");
        }
        report_markdown(out, report, &worded, one.captured.as_deref());
    }
}

/// A row of a table of reports.
fn report_markdown(out: &mut String, report: &FoundReport, worded: &str, captured: Option<&str>) {
    let of = |value: Option<&str>| value.map(|value| escaped(&clean(value))).unwrap_or_default();
    let published = report.published.map(super::date).unwrap_or_default();
    let address = report.address.as_deref().or(report.page.as_ref().map(|(_, path)| path.as_str()));
    push(
        out,
        0,
        &format!(
            "| {} | {} | {published} | {worded} | {} | {} |",
            of(report.outlet.as_deref()),
            of(report.title.as_deref()),
            of(address),
            of(captured),
        ),
    );
}

/// Statements by time as a list in Markdown.
pub(crate) fn row_markdown(out: &mut String, row: &StatementRow) {
    let report = &row.fullest;
    let outlet =
        report.outlet.as_deref().map(|outlet| format!(", {}", escaped(&clean(outlet)))).unwrap_or_default();
    let title =
        report.title.as_deref().map(|title| format!(", “{}”", escaped(&clean(title)))).unwrap_or_default();
    let address =
        report.address.as_deref().map(|address| format!(", <{}>", clean(address))).unwrap_or_default();
    let words = escaped(&words(report));
    push(
        out,
        0,
        &format!(
            "- {}: **{}**: {words} ({}{outlet}{title}{address}; `{}`)",
            when(row),
            escaped(&who(report)),
            carried(row),
            row.id
        ),
    );
}

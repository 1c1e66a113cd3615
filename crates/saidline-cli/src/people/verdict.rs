//! What the record says to a draft, as people want to see it.

use std::collections::BTreeMap;

use saidline::statements::{VerdictKind, WordingKind};
use saidline::{Document, Page, Reading, Span};
use saidline_store::{Checked, EvidenceView};

use super::{
    Told, clean, count, date, escaped, is_seen, joined, push, speaker, thousands, title, width, wrap,
};
use crate::args::Color;
use crate::lists::read_date;
use crate::style::{Ink, Styles};

/// Evidence that is shown with a claim.
const SHOWN: usize = 3;

/// Letters of a draft that are shown on each side of what is said, where its sentence is longer.
const AROUND: usize = 240;

/// The findings of drafts, for the terminal.
pub(crate) struct Findings {
    styles: Styles,
    width: usize,
    all: bool,
}

impl Findings {
    pub(crate) fn new(color: Color, all: bool) -> Self {
        Self { styles: Styles::of_stdout(color), width: width(), all }
    }

    /// Appends what was found of a draft: a line that counts, then each finding whole.
    pub(crate) fn write(&self, out: &mut String, page: &Page, reading: &Reading, checked: &[Checked]) {
        let document = &reading.document;
        for line in wrap(&format!("{} · {}", title(document), clean(&page.path)), self.width) {
            push(out, 0, &self.styles.title.of(line));
        }
        for line in wrap(&summary(checked), self.width) {
            push(out, 0, &self.styles.faint.of(line));
        }
        for one in checked.iter().filter(|one| self.all || one.is_finding()) {
            out.push('\n');
            self.finding(out, reading, one);
        }
        out.push('\n');
    }

    fn finding(&self, out: &mut String, reading: &Reading, one: &Checked) {
        let document = &reading.document;
        let ink = if one.is_finding() { self.styles.warning } else { self.styles.direct };
        let who = match one.place.and_then(|place| reading.attributions.get(place)) {
            Some(attribution) => speaker(document, attribution).0,
            None => "(nobody is named)".to_owned(),
        };
        let head = format!("{} · {}", ink.of(name(one.verdict)), self.styles.speaker.of(who));
        for line in wrap(&head, self.width) {
            push(out, 0, &line);
        }
        let marked = sentence(document, one, &str::to_owned, &|words, added| self.edited(words, added));
        self.lines(out, &marked, 4);
        self.lines(out, &in_words(one), 4);
        for evidence in one.evidence.iter().take(SHOWN) {
            let words = cited(evidence, None);
            for line in wrap(&words, self.width.saturating_sub(6).max(20)) {
                push(out, 6, &self.styles.faint.of(line));
            }
            if !matches!(one.verdict, VerdictKind::Verbatim) {
                self.lines(out, &said(evidence, one.span.of(&document.text)), 8);
            }
        }
        if one.evidence.len() > SHOWN {
            let more = format!("and {} more", thousands(one.evidence.len() - SHOWN));
            push(out, 6, &self.styles.faint.of(more));
        }
    }

    fn lines(&self, out: &mut String, words: &str, indent: usize) {
        for line in wrap(words, self.width.saturating_sub(indent).max(20)) {
            push(out, indent, &line);
        }
    }

    /// Words that only the draft (`added`) or only the record has: in colours, or between signs.
    fn edited(&self, words: &str, added: bool) -> String {
        let (ink, signs): (Ink, [&str; 2]) = match added {
            true => (self.styles.direct, ["{+", "+}"]),
            false => (self.styles.cut, ["[-", "-]"]),
        };
        let words =
            if self.styles.colours { words.to_owned() } else { format!("{}{words}{}", signs[0], signs[1]) };
        words.split_whitespace().map(|word| ink.of(word)).collect::<Vec<_>>().join(" ")
    }
}

/// Appends what was found of a draft as Markdown, to be pasted.
pub(crate) fn markdown(out: &mut String, page: &Page, reading: &Reading, checked: &[Checked], all: bool) {
    let document = &reading.document;
    push(out, 0, &format!("## {} ({})", escaped(&title(document)), escaped(&clean(&page.path))));
    out.push('\n');
    push(out, 0, &summary(checked));
    for one in checked.iter().filter(|one| all || one.is_finding()) {
        let who = match one.place.and_then(|place| reading.attributions.get(place)) {
            Some(attribution) => speaker(document, attribution).0,
            None => "(nobody is named)".to_owned(),
        };
        out.push('\n');
        push(out, 0, &format!("### {}: {}", name(one.verdict), escaped(&who)));
        out.push('\n');
        let marked = sentence(document, one, &escaped, &|words, added| match added {
            true => format!("**{}**", escaped(words)),
            false => format!("~~{}~~", escaped(words)),
        });
        push(out, 0, &format!("> {marked}"));
        out.push('\n');
        push(out, 0, &escaped(&in_words(one)));
        if !one.evidence.is_empty() {
            out.push('\n');
        }
        for evidence in one.evidence.iter().take(SHOWN) {
            let words = cited(evidence, Some(escaped));
            push(out, 0, &format!("- {words}"));
            push(out, 2, &format!("> {}", escaped(&said(evidence, one.span.of(&document.text)))));
        }
    }
    out.push('\n');
}

/// The verdict as a heading has it.
fn name(verdict: VerdictKind) -> &'static str {
    match verdict {
        VerdictKind::Verbatim => "verbatim",
        VerdictKind::Cut => "cut",
        VerdictKind::Supported => "supported",
        VerdictKind::OtherRendering => "other rendering",
        VerdictKind::IndirectOnly => "indirect only",
        VerdictKind::OtherOccasion => "other occasion",
        VerdictKind::Opposite => "opposite",
        VerdictKind::OtherSpeaker => "other speaker",
        VerdictKind::Altered => "altered",
        VerdictKind::NotOnRecord => "not on record",
    }
}

/// How many claims there are, and of each verdict, the findings first.
fn summary(checked: &[Checked]) -> String {
    let mut counts: BTreeMap<(bool, VerdictKind), u64> = BTreeMap::new();
    for one in checked {
        *counts.entry((!one.is_finding(), one.verdict)).or_default() += 1;
    }
    let found = checked.iter().filter(|one| one.is_finding()).count() as u64;
    let each = counts.iter().map(|((fine, verdict), number)| {
        let unmarked = *fine && *verdict == VerdictKind::NotOnRecord;
        format!("{} {}{}", thousands(number), name(*verdict), if unmarked { " (without marks)" } else { "" })
    });
    let each = each.collect::<Vec<_>>().join(", ");
    match checked.is_empty() {
        true => "nobody is said to have said anything".to_owned(),
        false => {
            format!("{} checked, {}: {each}", count(checked.len() as u64, "claim"), count(found, "finding"))
        }
    }
}

/// What the record says, in a sentence.
fn in_words(one: &Checked) -> String {
    let outlets = |independent: usize| match independent {
        0 => String::new(),
        number => format!(" ({})", count(number as u64, "independent outlet")),
    };
    let outlets = outlets(one.independent);
    let first = one.evidence.first();
    match one.verdict {
        VerdictKind::Verbatim => format!("on record in these words{outlets}"),
        VerdictKind::Cut => format!("on record; the draft has fewer of the words{outlets}"),
        VerdictKind::Supported => format!("the record bears it out{outlets}"),
        VerdictKind::OtherRendering => format!("on record in another rendering{outlets}"),
        VerdictKind::IndirectOnly => {
            format!("on record without the words: only indirectly reported{outlets}")
        }
        VerdictKind::OtherOccasion => {
            let told = first.map(|first| Told::of_found(&first.report));
            let about =
                told.map(|told| told.hearers_and_venue().chain([told.when()]).collect::<Vec<_>>().join(", "));
            format!("the words are on record from another occasion: {}{outlets}", about.unwrap_or_default())
        }
        VerdictKind::Opposite => format!("the record has the contrary{outlets}"),
        VerdictKind::OtherSpeaker => {
            format!("the words are on record, said by {}{outlets}", first.map(who).unwrap_or_default())
        }
        VerdictKind::Altered => {
            let shifted = one.wording == Some(WordingKind::Shifted);
            let how = if shifted { "tense, person or number is changed" } else { "words are changed" };
            format!("on record in other words: within the marks {how}{outlets}")
        }
        VerdictKind::NotOnRecord if one.evidence.is_empty() => "not on record".to_owned(),
        VerdictKind::NotOnRecord => "not on record in these words; what comes near:".to_owned(),
    }
}

/// Who speaks in a report.
fn who(evidence: &EvidenceView) -> String {
    let names: Vec<_> = evidence.report.speakers.iter().map(|speaker| clean(&speaker.name)).collect();
    if names.is_empty() { clean(&evidence.report.source) } else { names.join(" and ") }
}

/// What a report says; of a long one the part that has words of the claim. Before all else what keeps the words from being an
/// assertion: who denies something is not read as saying it.
fn said(evidence: &EvidenceView, claim: &str) -> String {
    let report = &evidence.report;
    let pieces = report.content.iter().zip(&report.omitted).map(|(piece, omitted)| (clean(piece), *omitted));
    let told = Told::of_found(report);
    let denial = told.denial().map(|denial| match told.cue() {
        Some(cue) => format!(" ({denial} · {})", clean(cue)),
        None => format!(" ({denial})"),
    });
    format!("{}{}: {}", who(evidence), denial.unwrap_or_default(), part(&joined(pieces), claim))
}

/// Words in a row by which a claim's place in a long text is found.
const ROW: usize = 4;

/// The part of some words that has the first of a claim's, with what is around it.
fn part(words: &str, claim: &str) -> String {
    if words.chars().count() <= 2 * AROUND {
        return words.to_owned();
    }
    let wanted: Vec<&str> = claim.split_whitespace().collect();
    let at = wanted.windows(ROW).find_map(|row| words.find(&row.join(" "))).unwrap_or_default();
    let start = words.floor_char_boundary(at.saturating_sub(AROUND / 2));
    let start = words[start..at].find(' ').filter(|_| start > 0).map_or(start, |space| start + space + 1);
    let end = words[start..].char_indices().nth(2 * AROUND).map_or(words.len(), |(end, _)| start + end);
    let end = if end < words.len() {
        words[..end].rfind(' ').filter(|space| *space > start).unwrap_or(end)
    } else {
        end
    };
    let (before, after) = (if start > 0 { "… " } else { "" }, if end < words.len() { " …" } else { "" });
    format!("{before}{}{after}", &words[start..end])
}

/// Where a report stands: outlet, date, title, address, how near it is to the words, and its id. As Markdown where there is a
/// way to escape words.
fn cited(evidence: &EvidenceView, escape: Option<fn(&str) -> String>) -> String {
    let report = &evidence.report;
    let plain = |words: &str| match escape {
        Some(escape) => escape(&clean(words)),
        None => clean(words),
    };
    let path = report.page.as_ref().map(|(_, path)| path.as_str());
    let outlet = report.outlet.as_deref().map(plain);
    let published = report.published.map_or_else(|| "no date".to_owned(), date);
    let named = report.title.as_deref().map(plain).map(|title| format!("“{title}”"));
    let captured = evidence.captured.as_deref().map(|at| format!("captured {}", read_date(at)));
    let standing = (evidence.standing != "own").then(|| evidence.standing.to_owned());
    let place = match (&report.address, escape) {
        (Some(address), Some(_)) => Some(format!("<{}>", clean(address))),
        (Some(address), None) => Some(clean(address)),
        (None, _) => path.map(plain),
    };
    let id = if escape.is_some() { format!("`{}`", report.id) } else { report.id.clone() };
    let all =
        [outlet, Some(published), named, place, captured.filter(|_| escape.is_some()), standing, Some(id)];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The draft's sentence, with what differs from the record marked.
fn sentence(
    document: &Document,
    one: &Checked,
    plain: &dyn Fn(&str) -> String,
    mark: &dyn Fn(&str, bool) -> String,
) -> String {
    let seen = |words: &str| plain(&words.chars().filter(|letter| is_seen(*letter)).collect::<String>());
    let text = document.text.as_str();
    let span = around(document, one.span);
    let mut marks: Vec<(u32, u32, Option<&str>)> = Vec::new();
    let changes = one.differences.iter().filter(|one| one.kind >= WordingKind::Shifted);
    if one.verdict == VerdictKind::Altered {
        for change in changes {
            let at = change.here.unwrap_or(Span { start: change.at, end: change.at });
            marks.push((at.start, at.end, change.there_text.as_deref()));
        }
    }
    marks.sort_unstable();
    let mut words = String::new();
    let mut from = span.start;
    for (start, end, there) in marks {
        if start < from || end > span.end {
            continue;
        }
        words.push_str(&seen(&text[from as usize..start as usize]));
        if let Some(there) = there {
            if !words.ends_with(char::is_whitespace) && start == end {
                words.push(' ');
            }
            words.push_str(&mark(&clean(there), false));
            if start < end {
                words.push(' ');
            }
        }
        if start < end {
            words.push_str(&mark(&clean(&text[start as usize..end as usize]), true));
        }
        from = end;
    }
    words.push_str(&seen(&text[from as usize..span.end as usize]));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences that some words stand in, as far as they are near.
fn around(document: &Document, span: Span) -> Span {
    let text = document.text.as_str();
    let sentences = saidline::stages::sentences(text, &document.blocks);
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = sentences.partition_point(|sentence| sentence.start < span.end);
    let start = sentences.get(first).map_or(span.start, |one| one.start.min(span.start));
    let end = last
        .checked_sub(1)
        .and_then(|last| sentences.get(last))
        .map_or(span.end, |one| one.end.max(span.end));
    let least = text.floor_char_boundary((span.start as usize).saturating_sub(AROUND));
    let most = text.ceil_char_boundary((span.end as usize + AROUND).min(text.len()));
    Span::new((start as usize).max(least), (end as usize).min(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_speech_the_part_is_shown_that_is_meant() {
        let speech =
            format!("{}the pier is safe and sound. {}", "On and on. ".repeat(90), "So it went. ".repeat(90));
        let shown = part(&speech, "“The pier is safe and sound,”");
        assert!(
            shown.contains("the pier is safe and sound.") && shown.chars().count() < 2 * AROUND + 8,
            "{shown}"
        );
        assert!(shown.starts_with("… ") && shown.ends_with(" …"));
        assert_eq!(part("the pier", "the pier"), "the pier");
        assert!(part(&"ø".repeat(2_000), "the pier").ends_with("ø …"));
    }

    #[test]
    fn words_are_no_markdown() {
        assert_eq!(escaped("a *b* [c](d) <e>"), "a \\*b\\* \\[c\\](d) \\<e\\>");
    }
}

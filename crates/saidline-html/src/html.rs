//! Reads a page of markup.

use crate::dates;
use crate::document::{Basis, BlockKind, Dated, Document, Note, Span};
use crate::dom::{Dom, Limits};
use crate::label::{self, Labelled};
use crate::metadata::{self, Stated, collapse};
use crate::moment::{Moment, When};
use crate::visible::{self, Visible};
use crate::{Input, codes, extractor, language, scraped};
use jiff::civil::Date;

/// Reads decoded markup.
pub(crate) fn read(markup: &str, input: &Input<'_>) -> (Document, Vec<Note>) {
    let mut notes = Vec::new();
    let mut note = |code: &'static str, message: &str| {
        notes.push(Note { code: code.into(), span: None, message: message.to_owned() })
    };
    let dom = Dom::parse(markup, Limits::USUAL);
    if dom.cut {
        note(codes::PAGE_TOO_LARGE, "the page is too large: its end was not read");
    }
    if dom.flattened {
        note(codes::TOO_DEEP, "elements of the page lie too deep in each other: some were taken for one");
    }
    let visible = visible::render(&dom);
    let stated = metadata::stated(&dom);
    let kept = if input.plain { extractor::Kept::all(&visible) } else { extractor::article(&dom, &visible) };
    if kept.failed {
        note(
            codes::UNLABELLED,
            "the article could not be told from the rest: blocks are labelled by simple signs",
        );
    } else if kept.seen < visible.pieces.len() {
        note(codes::UNLABELLED, "the page is long: blocks towards its end are labelled by simple signs");
    }
    let labelled = label::label(&dom, &visible, &kept, &stated, input.plain);
    let mut document = describe(&visible, &stated, &labelled, input);
    document.blocks = label::blocks(&visible, &labelled);
    document.text = visible.text;
    document.from_markup = true;
    (document, notes)
}

/// The metadata: what the markup states, weighed against what is shown.
fn describe(visible: &Visible, stated: &Stated, labelled: &Labelled, input: &Input<'_>) -> Document {
    let shown = labelled.headline.map(|at| label::line(visible, at));
    let outlet = outlet(stated, input.known.address.as_deref());
    let title = match (&shown, stated.titles.first().or(stated.head_title.as_ref())) {
        // The title as readers see it, unless it is something else ("News").
        (Some(shown), Some(title)) if metadata::alike(shown, title) => Some(shown.clone()),
        (_, Some(title)) => Some(without_outlet(title, outlet.as_deref())),
        (shown, None) => shown.clone(),
    };
    let bylines = (0..labelled.kinds.len()).filter(|at| labelled.kinds[*at] == BlockKind::Byline);
    let byline = match stated.authors.as_slice() {
        [] => bylines.map(|at| label::line(visible, at)).next().and_then(|line| authors(&line)),
        authors => Some(without_by(&authors.join(", "))).filter(|authors| !authors.is_empty()),
    };
    let address =
        stated.canonical.as_deref().and_then(|canonical| absolute(canonical, input.known.address.as_deref()));
    let (published, updated) = dated(visible, stated, labelled, input, address.as_deref());
    let article = labelled
        .article
        .map_or("", |(first, last)| &visible.text[visible.boxes[first].start..visible.boxes[last].end]);
    Document {
        title,
        agencies: agencies(byline.as_deref(), article),
        byline,
        outlet,
        published,
        updated,
        canonical: address,
        language: language::of(&running_text(visible, labelled), stated.language.as_deref()),
        ..Document::default()
    }
}

/// Enough of the article's text to tell its language.
fn running_text(visible: &Visible, labelled: &Labelled) -> String {
    let mut text = String::new();
    for (shown, kind) in visible.boxes.iter().zip(&labelled.kinds) {
        if *kind != BlockKind::Boilerplate && text.len() < 16 << 10 {
            text.push_str(&visible.text[shown.start..shown.end]);
            text.push('\n');
        }
    }
    // A page without an article still has a language.
    if text.is_empty() { visible.text.chars().take(8 << 10).collect() } else { text }
}

/// Who published the page.
fn outlet(stated: &Stated, address: Option<&str>) -> Option<String> {
    stated.outlets.iter().find(|outlet| outlet.len() < 100).cloned().or_else(|| {
        // "A title | The Outlet", where the outlet's letters are those of the host.
        let host = host(address.or(stated.canonical.as_deref())?)?;
        let title = stated.head_title.as_deref()?;
        let (_, suffix) = title.rsplit_once(SEPARATORS)?;
        let letters: String =
            suffix.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let host: String = host.chars().filter(|c| c.is_alphanumeric()).collect();
        (letters.len() >= 3 && host.contains(letters.strip_prefix("the").unwrap_or(&letters)))
            .then(|| collapse(suffix))
    })
}

/// What stands between a title and the outlet.
const SEPARATORS: [char; 6] = ['|', '–', '—', '-', '»', '•'];

/// A title without the outlet at its end.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    let bare = title.trim_end();
    if let Some(rest) = bare.strip_suffix(outlet) {
        let rest = rest.trim_end();
        if let Some(title) = rest.strip_suffix(SEPARATORS) {
            return title.trim_end().to_owned();
        }
    }
    title.to_owned()
}

/// The names in a byline.
fn authors(line: &str) -> Option<String> {
    let line = without_by(line);
    // "By Jane Doe | October 19, 2024", "By Jane Doe, Staff writer"
    let dated = dates::find(&line).first().map_or(line.len(), |found| found.range.start);
    let line = line[..dated].split(['|', '•', '·']).next().unwrap_or_default();
    let line = line.trim_end_matches([' ', ',', '-', '–', '—', ':']);
    (!line.is_empty()).then(|| line.to_owned())
}

/// Without the "By" in front.
fn without_by(line: &str) -> String {
    let line = line.trim();
    let start = ["written by ", "posted by ", "by: ", "by "]
        .into_iter()
        .find(|by| line.get(..by.len()).is_some_and(|start| start.eq_ignore_ascii_case(by)));
    line[start.map_or(0, str::len)..].trim_start().to_owned()
}

/// The news agencies that are credited in the byline or the dateline.
fn agencies(byline: Option<&str>, article: &str) -> Vec<String> {
    let mut found = scraped::credited_agencies(byline.unwrap_or_default());
    let first = article.trim_start().lines().next().unwrap_or_default();
    for agency in scraped::dateline(first).map(|dateline| dateline.agencies).unwrap_or_default() {
        if !found.contains(&agency) {
            found.push(agency);
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

/// The dates of publication and of the last change.
fn dated(
    visible: &Visible,
    stated: &Stated,
    labelled: &Labelled,
    input: &Input<'_>,
    canonical: Option<&str>,
) -> (Option<Dated>, Option<Dated>) {
    let shown = shown_dates(visible, labelled);
    let from_metadata = |stated: &Option<(Moment, String)>| {
        stated.as_ref().map(|(moment, text)| Dated {
            when: When::at(*moment),
            text: Some(text.clone()),
            span: None,
            basis: Basis::Metadata,
        })
    };
    let mut published = from_metadata(&stated.published);
    let mut updated = from_metadata(&stated.updated);
    // Metadata often counts in UTC; readers, and the "Monday" of the story, go by the day that is shown.
    if let Some(found) = &published
        && let Some(shown) = &shown.0
        && day_apart(found.when.from, shown.when.from)
    {
        published = Some(shown.clone());
    }
    let published = published.or(shown.0).or_else(|| {
        let address = input.known.address.as_deref().into_iter().chain(canonical);
        address.filter_map(in_address).max_by_key(|dated| matches!(dated.when.from, Moment::Day(_)))
    });
    updated = updated.or(shown.1);
    (published, updated)
}

/// Whether two moments are on neighbouring days.
fn day_apart(one: Moment, other: Moment) -> bool {
    match (day(one), day(other)) {
        (Some(one), Some(other)) => one.tomorrow().ok() == Some(other) || other.tomorrow().ok() == Some(one),
        _ => false,
    }
}

fn day(moment: Moment) -> Option<Date> {
    match moment {
        Moment::Day(day) => Some(day),
        Moment::Minute(at, _) => Some(at.date()),
        Moment::Year(_) | Moment::Month(..) => None,
    }
}

/// The dates of publication and change in the lines around the headline.
fn shown_dates(visible: &Visible, labelled: &Labelled) -> (Option<Dated>, Option<Dated>) {
    /// Words that a line may have besides its dates and still be only about them.
    const MOST_WORDS: usize = 14;
    let (mut published, mut updated) = (None, None);
    let Some((first, _)) = labelled.article else { return (None, None) };
    let from = labelled.headline.unwrap_or(first).min(first).saturating_sub(4);
    let to = (first + 3).min(visible.boxes.len());
    for at in from..to {
        if Some(at) == labelled.headline {
            continue;
        }
        let shown = &visible.boxes[at];
        let text = &visible.text[shown.start..shown.end];
        if text.len() > 400 || text.contains(['©', '“', '"']) {
            continue;
        }
        let mut from = 0;
        let found = dates::find(text);
        let dated: usize =
            found.iter().map(|found| text[found.range.clone()].split_whitespace().count()).sum();
        if text.split_whitespace().count() > dated + MOST_WORDS {
            continue;
        }
        for found in found {
            let (Moment::Day(_) | Moment::Minute(..)) = found.moment else { continue };
            let before = text[from..found.range.start].to_lowercase();
            from = found.range.end;
            let span = Span::new(shown.start + found.range.start, shown.start + found.range.end);
            let dated = Dated {
                when: When::at(found.moment),
                text: Some(text[found.range].to_owned()),
                span: Some(span),
                basis: Basis::Visible,
            };
            let change = ["updated", "modified", "last", "edited", "changed", "revised"];
            let slot =
                if change.iter().any(|word| before.contains(word)) { &mut updated } else { &mut published };
            if slot.is_none() {
                *slot = Some(dated);
            }
        }
    }
    (published, updated)
}

/// The date in an address: `/2024/10/19/`, `/2024-10-19-`, `/20241019/`, `/2024/10/`.
fn in_address(address: &str) -> Option<Dated> {
    let (_, rest) = address.split_once("://")?;
    let path_at = rest.find('/')?;
    let path = rest[path_at..].split(['?', '#']).next()?;
    let number = |text: &str| -> Option<(u32, usize)> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        Some((text[..length].parse().ok()?, length))
    };
    let bytes = path.as_bytes();
    for at in 1..bytes.len() {
        if bytes[at - 1].is_ascii_digit() || !bytes[at].is_ascii_digit() {
            continue;
        }
        let Some((value, length)) = number(&path[at..]) else { continue };
        let made = |moment: Moment, end: usize| Dated {
            when: When::at(moment),
            text: Some(path[at..end].to_owned()),
            span: None,
            basis: Basis::Address,
        };
        let date = |year: u32, month: u32, day: u32| {
            let year = i16::try_from(year).ok().filter(|year| (1990..=2100).contains(year))?;
            Date::new(year, month as i8, day as i8).ok()
        };
        if length == 8
            && let Some(day) = date(value / 10_000, value / 100 % 100, value % 100)
        {
            return Some(made(Moment::Day(day), at + 8));
        }
        let Some(separator @ (b'/' | b'-' | b'_')) = bytes.get(at + 4).copied().filter(|_| length == 4)
        else {
            continue;
        };
        let Some((month, digits @ 1..=2)) = number(&path[at + 5..]) else { continue };
        let month_end = at + 5 + digits;
        if bytes.get(month_end) == Some(&separator)
            && let Some((day, digits @ 1..=2)) = number(&path[month_end + 1..])
            && let Some(day) = date(value, month, day)
        {
            return Some(made(Moment::Day(day), month_end + 1 + digits));
        }
        if separator == b'/'
            && bytes[at - 1] == b'/'
            && bytes.get(month_end) == Some(&b'/')
            && digits == 2
            && date(value, month, 1).is_some()
        {
            return Some(made(Moment::Month(value as i16, month as i8), month_end));
        }
    }
    None
}

/// The host of an address, in lower case.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// An address made absolute by the one that the page came from.
fn absolute(address: &str, base: Option<&str>) -> Option<String> {
    if address.starts_with("http://") || address.starts_with("https://") {
        return Some(address.to_owned());
    }
    let base = base?;
    let (scheme, rest) = base.split_once("://")?;
    if let Some(rest) = address.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    address.starts_with('/').then(|| format!("{scheme}://{host}{address}"))
}

//! From "article or not" to what each line is, and what the lines say of the page.

use crate::document::{Basis, BlockKind, Dated, Document};
use crate::moment::{Moment, When};

use super::features::{Page, ends_sentence, words};
use super::repeats;
use super::roles::{self, DateOf, Stamp};

/// How many lines above the article's first paragraph its headline may stand.
const HEADLINE_REACH: usize = 40;
/// How many lines after the article may still speak of it.
const TAIL: usize = 8;

/// What each line of `page` is; `document` gets title, outlet, byline, agencies and dates where lines show them.
pub(super) fn label(page: &Page<'_>, article: &[bool], document: &mut Document) -> Vec<BlockKind> {
    let kinds = article
        .iter()
        .map(|inside| if *inside { BlockKind::Paragraph } else { BlockKind::Boilerplate })
        .collect();
    let inside = || (0..page.len()).filter(|at| article[*at]);
    // The article's first paragraph: what stands above is its head, what comes after its last line its tail.
    let Some(lead) = inside().find(|at| page.running(*at)).or_else(|| inside().next()) else { return kinds };
    let last = inside().next_back().unwrap_or(lead);
    let mut labels = Labels { page, article, kinds, lead, last, headline: None };
    labels.headline(document);
    labels.head_and_tail(document);
    labels.body();
    labels.dates(document);
    labels.agencies(document);
    labels.kinds
}

struct Labels<'a> {
    page: &'a Page<'a>,
    article: &'a [bool],
    kinds: Vec<BlockKind>,
    /// The article's first paragraph.
    lead: usize,
    /// The article's last line.
    last: usize,
    headline: Option<usize>,
}

impl<'a> Labels<'a> {
    fn line(&self, at: usize) -> &'a str {
        self.page.line(at)
    }

    /// Where the head of the article begins.
    fn head(&self) -> usize {
        self.headline.unwrap_or(self.lead).saturating_sub(4)
    }

    /// The end of the lines after the article that may still speak of it.
    fn tail_end(&self) -> usize {
        (self.last + 1 + TAIL).min(self.page.len())
    }

    /// Finds the headline and marks it wherever it stands; "Headline | Outlet" names the outlet.
    fn headline(&mut self, document: &mut Document) {
        let mut best_worth = 1.5;
        for at in self.lead.saturating_sub(HEADLINE_REACH)..self.lead {
            let worth = self.worth_as_headline(at);
            // Of two equal lines the first: the second is its double.
            if worth > best_worth {
                (self.headline, best_worth) = (Some(at), worth);
            }
        }
        let Some(headline) = self.headline else { return };
        let title = self.line(headline);
        let wanted = roles::normal(title);
        for at in 0..self.page.len() {
            let line = self.line(at);
            // A much longer line can't be equal, and need not be read.
            if line.len() > 2 * title.len() + 80 {
                continue;
            }
            if roles::normal(line) == wanted {
                self.kinds[at] = BlockKind::Headline;
            } else if at < self.lead
                && let Some(outlet) = roles::outlet_after(line, &wanted)
            {
                self.kinds[at] = BlockKind::Headline;
                document.outlet = Some(outlet.to_owned());
            }
        }
        document.title = Some(title.to_owned());
    }

    /// How like a headline of this article a line above it is; zero when it can't be one.
    fn worth_as_headline(&self, at: usize) -> f32 {
        let (line, page) = (self.line(at), self.page);
        let count = page.word_count(at);
        let impossible = !(3..=35).contains(&count)
            || line.len() > 300
            || page.running(at) && line.ends_with('.')
            || page.furniture(at) > 0.34
            || line.contains(['©', '@'])
            || line.ends_with([':', ',', ';'])
            || line.starts_with(char::is_lowercase)
            || roles::bulleted(line)
            || roles::caption(line)
            || roles::byline(line).is_some()
            || !roles::stamps(line, 0).is_empty();
        if impossible {
            return 0.0;
        }
        let stamped = (at + 1..self.lead.min(at + 5)).any(|next| page.stamp(next));
        3.0 * page.cohesion(at)
            + if (5..=20).contains(&count) { 1.0 } else { 0.0 }
            + if matches!(page.doubles(at), 1..=3) { 1.0 } else { 0.0 }
            + if stamped { 1.0 } else { 0.0 }
            + if at == 0 { 0.5 } else { 0.0 }
            - if line.ends_with('.') { 1.0 } else { 0.0 }
            - 0.05 * (self.lead - at) as f32
    }

    /// Bylines, datelines and captions around the article, and the sub-headline below its headline.
    fn head_and_tail(&mut self, document: &mut Document) {
        for at in self.head()..self.tail_end() {
            let line = self.line(at);
            // Inside the article the model knows better than a pattern.
            let head = at < self.lead || !self.article[at] && at <= self.lead + 2;
            let tail = at > self.last;
            if self.kinds[at] == BlockKind::Headline || !head && self.article[at] {
                continue;
            }
            let by_above = at > 0 && matches!(roles::normal(self.line(at - 1)).as_str(), "by" | "written by");
            if (head || tail)
                && let Some(names) = roles::byline(line)
            {
                self.kinds[at] = BlockKind::Byline;
                document.byline.get_or_insert_with(|| names.to_owned());
            } else if head
                && by_above
                && let Some(names) = roles::names(line)
            {
                self.kinds[at - 1] = BlockKind::Byline;
                self.kinds[at] = BlockKind::Byline;
                document.byline.get_or_insert_with(|| names.to_owned());
            } else if head && roles::dateline(line).is_some_and(|found| found.end >= line.len()) {
                self.kinds[at] = BlockKind::Dateline;
            } else if !self.article[at] && roles::caption(line) {
                self.kinds[at] = BlockKind::Caption;
            } else if self.headline.is_some_and(|headline| at == headline + 1)
                && at < self.lead
                && self.is_standfirst(at)
            {
                self.kinds[at] = BlockKind::Subheadline;
            }
        }
    }

    /// Whether a line right below the headline says more of the same story.
    fn is_standfirst(&self, at: usize) -> bool {
        self.page.word_count(at) >= 5
            && self.page.furniture(at) < 0.2
            && !self.page.stamp(at)
            && (self.article[at] || self.page.cohesion(at) >= 0.6)
    }

    /// Sub-headlines, items of lists and pull quotes inside the article.
    fn body(&mut self) {
        let repeated = repeats::inside_others(
            (0..self.page.len())
                .filter(|at| self.kinds[*at] == BlockKind::Paragraph)
                .map(|at| (at, self.line(at))),
        );
        for at in repeated {
            self.kinds[at] = BlockKind::PullQuote;
        }
        let paragraph = |labels: &Self, at: usize| {
            labels.article.get(at) == Some(&true) && labels.kinds[at] != BlockKind::Headline
        };
        for at in 0..self.page.len() {
            if self.kinds[at] != BlockKind::Paragraph {
                continue;
            }
            let line = self.line(at);
            if roles::leads_elsewhere(line) {
                self.kinds[at] = BlockKind::Boilerplate;
                continue;
            }
            let beside = |labels: &Self| {
                [at.checked_sub(1), Some(at + 1)]
                    .into_iter()
                    .flatten()
                    .any(|other| paragraph(labels, other) && roles::maybe_bulleted(labels.line(other)))
            };
            if roles::bulleted(line) || roles::maybe_bulleted(line) && beside(self) {
                self.kinds[at] = BlockKind::ListItem;
            } else if at > self.lead
                && self.is_heading(at)
                && paragraph(self, at + 1)
                && paragraph(self, at - 1)
            {
                self.kinds[at] = BlockKind::Subheadline;
            }
        }
    }

    /// Whether a line inside the article is short, ends like no sentence, and running text comes next.
    fn is_heading(&self, at: usize) -> bool {
        let line = self.line(at);
        (1..=12).contains(&self.page.word_count(at))
            && self.page.furniture(at) < 0.5
            && !ends_sentence(line.trim_end_matches('?'))
            && !line.ends_with([',', ';', ':', '-', '–', '—', '"', '”', ')'])
            && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '‘' | '“' | '"'))
            && at + 1 < self.page.len()
            && self.page.running(at + 1)
            && self.page.running(at - 1)
    }

    /// Dates of publication and of the last change, from lines that are there to show them.
    fn dates(&mut self, document: &mut Document) {
        let mut shown: Vec<(usize, Stamp)> = Vec::new();
        for at in self.head().saturating_sub(6)..self.tail_end() {
            let inside = at >= self.lead && self.article[at];
            if inside || self.kinds[at] == BlockKind::Headline {
                continue;
            }
            let mut stamps = self.page.stamps(at);
            // "Published", and the date on the next line.
            if let [stamp] = stamps.as_mut_slice()
                && stamp.of == DateOf::Unsaid
                && let Some(above) = at.checked_sub(1)
            {
                stamp.of = match roles::normal(self.line(above)).as_str() {
                    "published" | "published on" | "posted" | "posted on" | "date" => DateOf::Publication,
                    "updated" | "updated on" | "last updated" | "last modified" => DateOf::Update,
                    _ => DateOf::Unsaid,
                };
            }
            let near = at + 4 > self.headline.unwrap_or(self.lead);
            stamps.retain(|stamp| stamp.of != DateOf::Unsaid || near && at <= self.lead + 3);
            if !stamps.is_empty() && self.kinds[at] == BlockKind::Boilerplate {
                self.kinds[at] = BlockKind::Dateline;
            }
            if !stamps.is_empty() && at < self.lead && self.kinds[at] == BlockKind::Paragraph {
                self.kinds[at] = BlockKind::Dateline;
            }
            shown.extend(stamps.into_iter().map(|stamp| (at, stamp)));
        }
        if shown.iter().any(|(at, stamp)| stamp.of == DateOf::Unsaid && *at < self.lead) {
            shown.retain(|(at, stamp)| stamp.of != DateOf::Unsaid || *at < self.lead);
        }
        // Several days, and no word of which is this story's: a list of other stories. Then no day is.
        let mut days =
            shown.iter().filter(|(_, stamp)| stamp.of == DateOf::Unsaid).map(|(_, stamp)| day(stamp));
        if let Some(first) = days.next()
            && days.any(|other| other != first)
        {
            shown.retain(|(_, stamp)| stamp.of != DateOf::Unsaid);
        }
        let below = self.headline.unwrap_or(0);
        let find = |of: DateOf| {
            // Below the headline first: above it may stand the day on which the page was called up.
            let (after, before): (Vec<_>, Vec<_>) =
                shown.iter().filter(|(_, stamp)| stamp.of == of).partition(|(at, _)| *at > below);
            after.into_iter().next().or(before.into_iter().next_back()).map(|(_, stamp)| stamp)
        };
        let dated = |stamp: &Stamp| Dated {
            when: When::at(stamp.moment),
            text: Some(stamp.span.of(self.page.text()).to_owned()),
            span: Some(stamp.span),
            basis: Basis::Visible,
        };
        document.updated = find(DateOf::Update).map(dated);
        document.published = find(DateOf::Publication).or_else(|| find(DateOf::Unsaid)).map(dated);
        if document.published.is_none() {
            // A story is published on the day it was filed, when nothing else is said.
            document.published = (self.lead..self.page.len().min(self.lead + 2)).find_map(|at| {
                let date = roles::dateline(self.line(at))?.date?;
                Some(dated(&Stamp {
                    of: DateOf::Unsaid,
                    moment: date.moment,
                    span: self.page.span(at, date.range),
                }))
            });
        }
    }

    /// Agencies credited in datelines, in the article's head, and after its end.
    fn agencies(&self, document: &mut Document) {
        let mut credit = |name: &str| {
            if !document.agencies.iter().any(|known| known == name) {
                document.agencies.push(name.to_owned());
            }
        };
        for at in self.head()..self.tail_end() {
            let line = self.line(at);
            let caption = self.kinds[at] == BlockKind::Caption;
            if self.article[at]
                && let Some(dateline) = roles::dateline(line)
            {
                dateline.agencies.into_iter().for_each(&mut credit);
            }
            let short = words(line).take(17).count() <= 16;
            let head = at < self.lead && self.kinds[at] != BlockKind::Headline;
            let end = at + 2 > self.last && roles::is_credit(line);
            if short && !caption && (head && !ends_sentence(line) || end) {
                roles::credited_agencies(line).into_iter().for_each(&mut credit);
            }
        }
    }
}

/// The day of a date, whatever its time of day.
fn day(stamp: &Stamp) -> Moment {
    match stamp.moment {
        Moment::Minute(at, _) => Moment::Day(at.date()),
        other => other,
    }
}

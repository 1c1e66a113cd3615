//! One page, attribution or voice, with what the store knows of it.

use std::cmp::Reverse;

use saidline::{Act, Attribution, Block, BlockKind, Dated, Document, How, Said, Span, When};
use saidline_store::{
    AttributionView, Decided, Derivation, Edit, PageView, StoredPage, Thing, VoiceView, edits,
};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter, wrap};

use super::sentence::heading;
use super::{DOUBTFUL, Table, Told, clean, date, excerpt, more_line, push, said, speaker, title};
use crate::lists::Lists;
use crate::style::Ink;

/// How many words are shown on each side of an edit.
const AROUND: usize = 6;

/// How wide the column of labels is.
const LABEL: usize = 13;

/// A stretch of the text that is marked, and the sign behind it.
struct Mark {
    span: Span,
    sign: String,
}

impl Table {
    /// Appends the thing, with so many at most of the reports on a page or of a statement.
    pub(crate) fn thing(&self, out: &mut String, thing: &Thing, most: Option<usize>) {
        let most = most.unwrap_or(usize::MAX);
        match thing {
            Thing::Page(view) => self.page_view(out, view, most),
            Thing::Attribution(view) => self.attribution_view(out, view),
            Thing::Voice(view) => self.voice_view(out, view),
            Thing::Statement(view) => {
                let lists = Lists { styles: self.styles, width: self.width };
                lists.statement(out, view, most);
            }
        }
    }

    fn page_view(&self, out: &mut String, view: &PageView, most: usize) {
        let PageView { page, .. } = view;
        let document = &page.reading.document;
        self.title(out, document);
        self.about(out, page);
        if let Some(corrected) = &page.corrected {
            self.labelled(out, "corrected", &corrections(corrected, &view.decided));
        }
        self.captures(out, view);
        self.derived(out, &view.derived);
        if let Some(before) = &view.text_before {
            self.edits(out, before, &document.text);
        }
        out.push('\n');
        self.text(out, view);
        self.attributions(out, view, most);
        if !page.reading.notes.is_empty() {
            out.push('\n');
        }
        for note in &page.reading.notes {
            let place = note.span.map(|span| &document.text[span.start as usize..]);
            let place = place.map(|text| format!(": {}…", clean(&excerpt(text)))).unwrap_or_default();
            let label = format!("{}: ", self.styles.hint.of("note"));
            self.wrapped(out, &format!("{}{place}", clean(&note.message)), 0, &label, 6);
        }
    }

    fn title(&self, out: &mut String, document: &Document) {
        for line in wrap(&title(document), self.width) {
            push(out, 0, &self.styles.title.of(line));
        }
    }

    /// A label, and what it says.
    fn labelled(&self, out: &mut String, label: &str, words: &str) {
        let padded = format!("{label:<LABEL$} ");
        self.unbroken(out, words, &self.styles.faint.of(padded), LABEL + 1);
    }

    /// Words behind a label; none is broken, so that ids and addresses can be taken from the screen.
    fn unbroken(&self, out: &mut String, words: &str, label: &str, label_width: usize) {
        let room = self.width.saturating_sub(label_width).max(20);
        let options = Options::new(room).break_words(false).word_splitter(WordSplitter::NoHyphenation);
        for (n, line) in wrap(words, options).into_iter().enumerate() {
            match n {
                0 => push(out, 0, &format!("{label}{line}")),
                _ => push(out, label_width, &line),
            }
        }
    }

    fn about(&self, out: &mut String, page: &StoredPage) {
        let document = &page.reading.document;
        if let Some(outlet) = &document.outlet {
            self.labelled(out, "outlet", &clean(outlet));
        }
        let byline = document.byline.as_deref().map(clean);
        let agencies = (!document.agencies.is_empty()).then(|| clean(&document.agencies.join(", ")));
        match (byline, agencies) {
            (None, None) => {}
            (Some(byline), None) => self.labelled(out, "by", &byline),
            (None, Some(agencies)) => self.labelled(out, "by", &agencies),
            (Some(byline), Some(agencies)) => self.labelled(out, "by", &format!("{byline}, with {agencies}")),
        }
        for (label, dated) in [("published", &document.published), ("updated", &document.updated)] {
            if let Some(dated) = dated {
                self.labelled(out, label, &dated_words(dated, &document.text));
            }
        }
        let address = document.canonical.as_ref().or(page.page.known.address.as_ref());
        if let Some(address) = address {
            self.labelled(out, "address", &clean(address));
        }
        self.labelled(out, "path", &clean(&page.page.path));
        self.labelled(out, "page", &page.reading.page.to_string());
        if let Some(same) = &page.same {
            self.labelled(out, "same text as", &same.to_string());
        }
    }

    /// The captures of the text, where there are several, and the versions of the address.
    fn captures(&self, out: &mut String, view: &PageView) {
        let fetched = |fetched: &Option<String>| {
            fetched.as_deref().map_or("(when is not known)".to_owned(), |at| format!("fetched {}", clean(at)))
        };
        if let [capture] = view.captures.as_slice()
            && capture.fetched.is_some()
        {
            self.labelled(out, "capture", &fetched(&capture.fetched));
        }
        if view.captures.len() > 1 {
            for (n, capture) in view.captures.iter().enumerate() {
                let label = if n == 0 { format!("{} captures", view.captures.len()) } else { String::new() };
                let words = format!(
                    "{} · {} · {}",
                    fetched(&capture.fetched),
                    short(&capture.id),
                    clean(&capture.path)
                );
                self.labelled(out, &label, &words);
            }
        }
        if view.versions.len() > 1 {
            for (n, version) in view.versions.iter().enumerate() {
                let label = if n == 0 { format!("{} versions", view.versions.len()) } else { String::new() };
                let here = if version.here { " · this one" } else { "" };
                let counts = if version.shown { " · the one that counts" } else { "" };
                let words = format!("{} · {}{here}{counts}", fetched(&version.fetched), short(&version.page));
                self.labelled(out, &label, &words);
            }
        }
    }

    fn derived(&self, out: &mut String, derived: &Derivation) {
        let Derivation { command, version, model, weights, options, by, began } = derived;
        let words = format!(
            "by `saidline {command}` {version}, model {model} ({weights}), options {options}, {began}, {by}"
        );
        self.labelled(out, "read", &clean(&words));
    }

    /// What changed since the version before, with a few words around each edit.
    fn edits(&self, out: &mut String, before: &str, text: &str) {
        out.push('\n');
        push(out, 0, &self.styles.faint.of("edits since the version before"));
        let edits = edits(before, text);
        let mut words: Vec<String> = Vec::new();
        for (n, edit) in edits.iter().enumerate() {
            match edit {
                Edit::Same(same) => {
                    let same = clean(same);
                    let same: Vec<_> = same.split_whitespace().map(str::to_owned).collect();
                    let (first, last) = (n == 0, n + 1 == edits.len());
                    let head = if first { 0 } else { AROUND };
                    let tail = if last { 0 } else { AROUND };
                    if same.len() <= head + tail + 1 {
                        words.extend(same);
                    } else {
                        words.extend_from_slice(&same[..head]);
                        words.push(self.styles.faint.of("…"));
                        words.extend_from_slice(&same[same.len() - tail..]);
                    }
                }
                Edit::Cut(cut) => self.edited(&mut words, cut, self.styles.cut, ["[-", "-]"]),
                Edit::Added(added) => self.edited(&mut words, added, self.styles.direct, ["{+", "+}"]),
            }
        }
        for line in wrap(&words.join(" "), self.width - 2) {
            push(out, 2, &line);
        }
    }

    /// Words that only one version has: in colours, or between signs.
    fn edited(&self, words: &mut Vec<String>, edited: &str, ink: Ink, [before, after]: [&str; 2]) {
        let edited = clean(edited);
        if edited.is_empty() {
            return;
        }
        let edited = if self.styles.colours { edited } else { format!("{before}{edited}{after}") };
        words.extend(edited.split_whitespace().map(|word| ink.of(word)));
    }

    /// The whole text by its blocks, what was said marked; all that is not the article is folded.
    fn text(&self, out: &mut String, view: &PageView) {
        let reading = &view.page.reading;
        let marks: Vec<_> = reading
            .attributions
            .iter()
            .zip(&view.page.attributions)
            .enumerate()
            .filter(|(_, (attribution, stored))| !stored.rejected && self.shows(attribution))
            .flat_map(|(n, (attribution, _))| marks(attribution, &format!("[{}]", n + 1)))
            .collect();
        let mut folded: Option<usize> = None;
        for block in &reading.document.blocks {
            if block.kind == BlockKind::Boilerplate {
                let lines = block.span.of(&reading.document.text).lines();
                *folded.get_or_insert(0) += lines.filter(|line| !line.trim().is_empty()).count();
                continue;
            }
            self.fold(out, folded.take());
            self.block(out, &reading.document.text, block, &marks);
        }
        self.fold(out, folded);
    }

    fn fold(&self, out: &mut String, lines: Option<usize>) {
        let Some(lines) = lines.filter(|lines| *lines > 0) else { return };
        let plural = if lines == 1 { "" } else { "s" };
        push(out, 2, &self.styles.faint.of(format!("(boilerplate, {lines} line{plural})")));
    }

    fn block(&self, out: &mut String, text: &str, block: &Block, marks: &[Mark]) {
        let words = self.marked(text, block.span, marks);
        if words.trim().is_empty() {
            return;
        }
        let before = match block.kind {
            BlockKind::ListItem => "- ".to_owned(),
            BlockKind::Quotation | BlockKind::PullQuote => "> ".to_owned(),
            BlockKind::Caption => "(caption) ".to_owned(),
            BlockKind::LiveEntry => block.time.map(|time| format!("({}) ", time.from)).unwrap_or_default(),
            BlockKind::Headline | BlockKind::Subheadline => "# ".to_owned(),
            _ => String::new(),
        };
        let indent = 2 + before.len();
        let room = self.width.saturating_sub(indent).max(20);
        for (n, line) in wrap(&words, room).into_iter().enumerate() {
            match n {
                0 if before.is_empty() => push(out, 2, &line),
                0 => push(out, 2, &format!("{}{line}", self.styles.faint.of(&before))),
                _ => push(out, indent, &line),
            }
        }
    }

    /// The words of a stretch on one line, each marked one in colour or between signs, with the number of its
    /// attribution behind it.
    fn marked(&self, text: &str, within: Span, marks: &[Mark]) -> String {
        let near = marks.iter().filter(|mark| mark.span.overlaps(within)).map(|mark| {
            let span = Span { start: mark.span.start.max(within.start), end: mark.span.end.min(within.end) };
            (span, mark.sign.as_str())
        });
        // Outer ones open first and close last.
        let mut opening: Vec<_> = near.collect();
        let mut closing = opening.clone();
        opening.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
        closing.sort_by_key(|(span, _)| (span.end, Reverse(span.start)));
        let mut cuts: Vec<_> = opening.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
        cuts.extend([within.start, within.end]);
        cuts.sort_unstable();
        cuts.dedup();
        let (mut opening, mut closing) = (opening.into_iter().peekable(), closing.into_iter().peekable());
        let mut words = Words::default();
        let mut depth = 0_usize;
        for pair in cuts.windows(2) {
            let piece = Span { start: pair[0], end: pair[1] };
            while opening.next_if(|(span, _)| span.start == piece.start).is_some() {
                depth += 1;
                if !self.styles.colours {
                    words.open("⟦");
                }
            }
            words.push(piece.of(text), if depth > 0 { self.styles.direct } else { Ink::default() });
            while let Some((_, sign)) = closing.next_if(|(span, _)| span.end == piece.end) {
                depth = depth.saturating_sub(1);
                if !self.styles.colours {
                    words.close("⟧");
                }
                if !sign.is_empty() {
                    words.close(&self.styles.faint.of(sign));
                }
            }
        }
        words.0.join(" ")
    }

    /// The attributions of a page by the numbers that stand in its text, so many at most.
    fn attributions(&self, out: &mut String, view: &PageView, most: usize) {
        let document = &view.page.reading.document;
        out.push('\n');
        if view.page.attributions.is_empty() {
            push(out, 0, &self.styles.faint.of("(nobody is said to have said anything)"));
        }
        let (mut shown, mut left_out) = (0_usize, 0);
        for (n, stored) in view.page.attributions.iter().enumerate() {
            let attribution = &stored.attribution;
            if !self.shows(attribution) {
                left_out += 1;
                continue;
            }
            shown += 1;
            if shown > most {
                continue;
            }
            let (who, how) = speaker(document, attribution);
            let doubt = (attribution.confidence < DOUBTFUL).then(|| "doubtful".to_owned());
            let decided = view.attributions_decided.get(n).map(Vec::as_slice).unwrap_or_default();
            let state = match (&stored.corrected, stored.rejected) {
                (_, true) => Some(format!("rejected{}", by(decided, "reject"))),
                (Some(fields), false) => Some(format!("corrected: {}", corrections(fields, decided))),
                (None, false) => None,
            };
            let told = Told::of_attribution(document, attribution);
            let more = std::iter::once(attribution.kind.name().to_owned())
                .chain(told.hearers_and_venue())
                .chain(told.said())
                .chain(doubt)
                .chain(state)
                .chain([stored.id.clone()]);
            let who = format!("{}{}", self.styles.speaker.of(who), self.styles.faint.of(how));
            let words = told.headed(&self.styles, &who, more);
            let sign = format!("[{}] ", n + 1);
            self.unbroken(out, &words, &self.styles.faint.of(&sign), display_width(&sign));
        }
        if shown > most {
            push(out, 2, &self.styles.faint.of(more_line(shown - most, "more")));
        }
        self.left_out(out, left_out);
    }

    fn attribution_view(&self, out: &mut String, view: &AttributionView) {
        let document = &view.page.reading.document;
        let (Some(stored), text) = (view.page.attributions.get(view.n), &document.text) else { return };
        let attribution = &stored.attribution;
        let (who, _) = speaker(document, attribution);
        let told = Told::of_attribution(document, attribution);
        for line in wrap(&format!("{}:", heading(document, attribution, &who)), self.width) {
            push(out, 0, &self.styles.speaker.of(line));
        }
        self.content(out, document, attribution, 4);
        out.push('\n');
        self.labelled(out, "attribution", &stored.id);
        if let Some((id, reports)) = &view.statement {
            self.labelled(out, "statement", &format!("{id} ({})", count(*reports as u64, "report")));
        }
        self.labelled(out, "kind", attribution.kind.name());
        let act = attribution.act.map_or("(not told; `saidline refresh` tells it)".to_owned(), act_in_words);
        self.labelled(out, "act", &act);
        if let (Some(polarity), Some(denial)) = (attribution.polarity, told.denial()) {
            self.labelled(out, "polarity", &format!("{}: {denial}", polarity.name()));
        }
        let source = said(text, &attribution.source);
        self.labelled(out, "source", if source.is_empty() { "(none)" } else { &source });
        self.labelled(out, "cue", told.cue().unwrap_or("(none)"));
        for (n, speaker) in attribution.speakers.iter().enumerate() {
            let then = view.roles_then.get(n).and_then(Option::as_ref).map(|then| {
                let told = if then.imported { "imported" } else { "by other pages" };
                format!(", then {} ({told})", clean(&then.role))
            });
            let role = speaker.role.as_deref().map(|role| format!(", {}", clean(role)));
            let role = role.or(then).unwrap_or_default();
            let voice = stored.voices.get(n).map(|voice| format!(" · {voice}")).unwrap_or_default();
            let found = speaker.antecedent.map(|span| format!(" ← {}", antecedent(text, span)));
            let words = format!(
                "{}{role} ({}){voice} · {}{} · {:.2}",
                clean(&speaker.name),
                speaker.kind.name(),
                found_by(speaker.how),
                found.unwrap_or_default(),
                speaker.confidence
            );
            self.labelled(out, "speaker", &words);
        }
        if let Some(parent) = attribution.parent.and_then(|parent| view.page.attributions.get(parent)) {
            let (who, _) = speaker(document, &parent.attribution);
            self.labelled(out, "stands in", &format!("{} · {who}", parent.id));
        }
        for link in &attribution.via {
            self.labelled(out, "via", &clean(link.span.of(text)));
        }
        for one in &attribution.addressees {
            let name = one.name.as_deref().map(|name| format!(" ← {}", clean(name))).unwrap_or_default();
            self.labelled(out, "to", &format!("{}{name}", clean(one.span.of(text))));
        }
        if let Some(venue) = &attribution.venue {
            self.labelled(out, "venue", &format!("{} ({})", clean(venue.span.of(text)), venue.kind.name()));
        }
        self.labelled(out, "said", &when_said(attribution.said.as_ref(), document));
        self.labelled(out, "confidence", &format!("{:.2}", attribution.confidence));
        if let Some(fields) = &stored.corrected {
            self.labelled(out, "corrected", &corrections(fields, &view.decided));
        }
        if stored.rejected {
            self.labelled(out, "rejected", by(&view.decided, "reject").trim_start());
        }
        if view.decided.iter().any(|decided| decided.action == "part") {
            self.labelled(out, "parted", by(&view.decided, "part").trim_start());
        }
        out.push('\n');
        let marks = marks(attribution, "");
        let spans = [&attribution.source, &attribution.cue, &attribution.content];
        let touched =
            |block: &&Block| spans.iter().any(|spans| spans.iter().any(|span| span.overlaps(block.span)));
        for block in document.blocks.iter().filter(touched) {
            self.block(out, text, block, &marks);
        }
        out.push('\n');
        self.title(out, document);
        self.about(out, &view.page);
        if !view.page.shown && view.page.same.is_none() {
            self.labelled(out, "version", "an older one: a newer one counts");
        }
        self.labelled(out, "place", &places(attribution, text));
        self.derived(out, &view.derived);
    }

    fn voice_view(&self, out: &mut String, view: &VoiceView) {
        let VoiceView {
            id,
            name,
            aliases,
            kind,
            reports,
            said,
            outlets,
            pages_without_outlet,
            roles,
            held,
            identifiers,
            parted,
            latest,
        } = view;
        push(out, 0, &self.styles.speaker.of(clean(name)));
        self.labelled(out, "voice", id);
        for (n, alias) in aliases.iter().enumerate() {
            let because = match alias.with.is_empty() {
                true => String::new(),
                false => format!(" ({}: {})", clean(&alias.with), clean(&alias.reason)),
            };
            let label = if n == 0 { "also" } else { "" };
            self.labelled(out, label, &format!("{}{because}", clean(&alias.name)));
        }
        self.labelled(out, "kind", kind);
        for (n, identifier) in identifiers.iter().enumerate() {
            self.labelled(out, if n == 0 { "identifier" } else { "" }, &clean(identifier));
        }
        for (n, parted) in parted.iter().enumerate() {
            self.labelled(out, if n == 0 { "parted" } else { "" }, &clean(parted));
        }
        let places = match (*outlets, *pages_without_outlet) {
            (0, pages) => format!("on {}", count(pages, "page")),
            (outlets, 0) => format!("in {}", count(outlets, "outlet")),
            (outlets, pages) => {
                let name = if pages == 1 { "names" } else { "name" };
                format!("in {} and on {} that {name} none", count(outlets, "outlet"), count(pages, "page"))
            }
        };
        self.labelled(out, "reports", &format!("{reports} {places}"));
        for (n, used) in roles.iter().enumerate() {
            let dates = match (&used.from, &used.to) {
                (Some(from), Some(to)) if from == to => shown_date(from),
                (Some(from), Some(to)) => format!("{} to {}", shown_date(from), shown_date(to)),
                _ => "no date".to_owned(),
            };
            let label = if n == 0 { "roles" } else { "" };
            let words = format!("{} ({}; {dates})", clean(&used.role), count(used.reports, "report"));
            self.labelled(out, label, &words);
        }
        for (n, (role, from, to)) in held.iter().enumerate() {
            let dates = match (from.as_deref().map(shown_date), to.as_deref().map(shown_date)) {
                (None, None) => String::new(),
                (Some(from), None) => format!("; from {from} on"),
                (None, Some(to)) => format!("; until {to}"),
                (Some(from), Some(to)) => format!("; {from} to {to}"),
            };
            let label = if n == 0 && roles.is_empty() { "roles" } else { "" };
            self.labelled(out, label, &format!("{} (imported{dates})", clean(role)));
        }
        if !latest.is_empty() {
            out.push('\n');
        }
        let lists = Lists { styles: self.styles, width: self.width };
        for report in latest {
            lists.report_below(out, report, &self.styles.faint.of(report.kind.name()), None);
        }
        let listed = if self.all { reports } else { said };
        let left = usize::try_from(listed.saturating_sub(latest.len() as u64)).unwrap_or(usize::MAX);
        let left_out = usize::try_from(reports.saturating_sub(*listed)).unwrap_or(usize::MAX);
        if left > 0 {
            push(out, 2, &self.styles.faint.of(more_line(left, "earlier")));
        }
        self.left_out(out, left_out);
    }
}

/// Words as they are gathered, each whole: what a line breaks between.
#[derive(Default)]
struct Words(Vec<String>, String, bool);

impl Words {
    /// Appends a piece of the text in one ink.
    fn push(&mut self, piece: &str, ink: Ink) {
        let mut rest = piece;
        while !rest.is_empty() {
            let space = rest.len() - rest.trim_start().len();
            if space > 0 {
                self.2 = true;
                rest = &rest[space..];
                continue;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let word = clean(word);
            if !word.is_empty() {
                self.word(&ink.of(word));
            }
            rest = after;
        }
    }

    /// Appends to the word that is being gathered, or begins another after white space.
    fn word(&mut self, word: &str) {
        let opened = std::mem::take(&mut self.1);
        match self.0.last_mut().filter(|_| !self.2) {
            Some(last) => last.extend([opened.as_str(), word]),
            None => self.0.push(opened + word),
        }
        self.2 = false;
    }

    /// A sign that belongs to the word after it.
    fn open(&mut self, sign: &str) {
        self.1.push_str(sign);
    }

    /// A sign that belongs to the word before it.
    fn close(&mut self, sign: &str) {
        let opened = std::mem::take(&mut self.1);
        match self.0.last_mut() {
            Some(last) => last.extend([opened.as_str(), sign]),
            None => self.0.push(opened + sign),
        }
    }
}

/// The words of an attribution's content as marks, the sign behind each.
fn marks(attribution: &Attribution, sign: &str) -> Vec<Mark> {
    let spans = attribution.content.iter().filter(|span| !span.is_empty());
    spans.map(|span| Mark { span: *span, sign: sign.to_owned() }).collect()
}

/// A date of a page, and how it was come by.
fn dated_words(dated: &Dated, text: &str) -> String {
    let words = dated.span.map(|span| clean(span.of(text))).or_else(|| dated.text.as_deref().map(clean));
    let words = words.map(|words| format!(", “{words}”")).unwrap_or_default();
    format!("{} ({}{words})", precisely(dated.when), dated.basis.name())
}

fn when_said(said: Option<&Said>, document: &Document) -> String {
    match (said, &document.published) {
        (Some(said), _) => {
            let words = said.span.map(|span| format!(", “{}”", clean(span.of(&document.text))));
            format!("{} ({}{})", precise_stretch(said), said.basis.name(), words.unwrap_or_default())
        }
        (None, Some(published)) => {
            format!("when is not known; the page was published {}", precisely(published.when))
        }
        (None, None) => "when is not known".to_owned(),
    }
}

/// An act in words: `speech: deny`.
fn act_in_words(act: Act) -> String {
    match act.r#type {
        Some(of_type) => format!("{}: {}", act.class.name(), of_type.name()),
        None => act.class.name().to_owned(),
    }
}

/// A stretch of time with the time of day where it is known, an open end in words.
fn precise_stretch(said: &Said) -> String {
    let at = |moment| precisely(When::at(moment));
    match (said.from, said.to) {
        (Some(from), Some(to)) => precisely(When { from, to }),
        (Some(from), None) => format!("from {} on", at(from)),
        (None, Some(to)) => format!("by {}", at(to)),
        (None, None) => "on a day that is not known".to_owned(),
    }
}

/// A date in words, with the time of day where it is known.
fn precisely(when: When) -> String {
    let (from, to) = (when.from.to_string(), when.to.to_string());
    if from.contains('T') || to.contains('T') {
        return if from == to { from.replace('T', " ") } else { format!("{from} to {to}").replace('T', " ") };
    }
    date(when)
}

/// A date of the store in words.
fn shown_date(text: &str) -> String {
    text.parse().map_or_else(|_| clean(text), |moment| date(When::at(moment)))
}

/// The mention that named a speaker, with the words around it.
fn antecedent(text: &str, span: Span) -> String {
    let line = text[..span.start as usize].lines().count().max(1);
    format!("“{}” in line {line}", clean(span.of(text)))
}

fn found_by(how: How) -> &'static str {
    match how {
        How::Name => "named in full",
        How::ShortName => "short name",
        How::Pronoun => "pronoun",
        How::Description => "description",
        How::Carried => "carried on from the words before",
        How::Corrected => "put right by a person",
    }
}

/// The fields that were put right, each with who and when.
fn corrections(fields: &str, decided: &[Decided]) -> String {
    let one = |field: &str| {
        let last = decided.iter().rev().find(|decided| decided.field.as_deref() == Some(field));
        let by = last.map(|last| format!(" by {}, {}", clean(&last.by), clean(&last.at)));
        format!("{field}{}", by.unwrap_or_default())
    };
    fields.split(',').map(one).collect::<Vec<_>>().join("; ")
}

fn by(decided: &[Decided], action: &str) -> String {
    let last = decided.iter().rev().find(|decided| decided.action == action);
    last.map(|last| format!(" by {}, {}", clean(&last.by), clean(&last.at))).unwrap_or_default()
}

/// Where the content stands, in characters (code points) and lines.
fn places(attribution: &Attribution, text: &str) -> String {
    let points = saidline::Points::new(text);
    let place = |span: &Span| {
        let (start, end) = points.of_span(*span);
        format!("{start}–{end}")
    };
    let places: Vec<_> = attribution.content.iter().map(place).collect();
    if places.is_empty() { "(no content)".to_owned() } else { format!("characters {}", places.join(", ")) }
}

/// The beginning of a page's id, by which it can be shown.
pub(crate) fn short(id: &str) -> &str {
    id.get(.."sha256:".len() + 12).unwrap_or(id)
}

fn count(count: u64, of: &str) -> String {
    format!("{count} {of}{}", if count == 1 { "" } else { "s" })
}

//! Quotations: stretches between quotation marks, whatever marks a page uses.
//!
//! Marks are paired paragraph by paragraph, so that one odd mark never costs more than its paragraph. Double marks
//! and guillemets come first: they are never anything else, inches and seconds aside. Single marks come second and
//! pair only within one double quotation or outside all, because an apostrophe looks the same: a mark between two
//! letters never counts, one before "twas" or "90s" hardly ever, and one after a plural ("the ministers' plan") only
//! when no better mark closes the quotation.
//!
//! A quotation here is structure only: speech, the title of a book and a word held at arm's length look alike.

use saidline_html::{Block, BlockKind, Note, Span};

use crate::attribution::QuotationKind;
use crate::sentences::{paragraphs, sentence_start};

/// Which marks hold a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marks {
    /// Double marks, curly or straight: `“…”`, `"…"`, `„…“`, ``` ``…'' ```, `″…″`.
    Double,
    /// Single marks, curly or straight: `‘…’`, `'…'`, `‚…‘`.
    Single,
    /// Guillemets and corner brackets: `«…»`, `»…«`, `‹…›`, `「…」`.
    Angle,
    /// Marks that a conversion spoilt: `â€œ…â€`, `?…?`, `&quot;…&quot;`, replacement characters.
    Damaged,
}

impl Marks {
    /// The name of the marks, as cases in `spec/` write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::Single => "single",
            Self::Angle => "angle",
            Self::Damaged => "damaged",
        }
    }
}

/// A stretch between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The whole of it, its marks included.
    pub span: Span,
    /// What stands between the marks. Where one that was never closed was closed for it, up to where.
    pub inner: Span,
    /// Which marks hold it.
    pub marks: Marks,
    /// How many quotations it stands in.
    pub depth: u8,
    /// The place, in the list, of the innermost quotation that it stands in.
    pub within: Option<u32>,
    /// Whether it goes on from the last quotation of the paragraph before: a speech of several paragraphs, each
    /// opened and only the last one closed.
    pub continued: bool,
    /// Whether a mark closes it.
    pub closed: bool,
}

/// The quotations of a text in order (an outer one before those inside it), and notes on marks without a partner:
/// `unclosed-quotation` and `unopened-quotation`, at most one of each for a paragraph. Boilerplate is not searched.
///
/// Any two quotations are disjoint or nested. Time and memory are linear in the text.
pub fn quotations(text: &str, blocks: &[Block]) -> (Vec<Quotation>, Vec<Note>) {
    let mut all = Vec::new();
    let mut notes = Vec::new();
    let mut paragraph = InParagraph::default();
    // The quotation that the last paragraph of running text left open, and the note on it that waits until the next
    // paragraph has shown whether the speech goes on there.
    let mut open: Option<(Family, Note)> = None;
    for place in paragraphs(text, blocks) {
        let running = matches!(
            place.kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation | BlockKind::LiveEntry
        );
        let before = if running { open.take() } else { None };
        paragraph.read(place.span.of(text), before.as_ref().map(|(family, _)| *family));
        if let Some((_, note)) = before
            && !paragraph.goes_on
        {
            notes.push(note);
        }
        let base = place.span.start;
        let first = all.len();
        let shift = |span: Span| Span { start: span.start + base, end: span.end + base };
        for found in &paragraph.found {
            all.push(Quotation { span: shift(found.span), inner: shift(found.inner), ..*found });
        }
        nest(&mut all, first);
        for (code, span) in paragraph.odd.drain(..) {
            notes.push(note(code, shift(span)));
        }
        if let Some((family, span)) = paragraph.left_open {
            let note = note("unclosed-quotation", shift(span));
            if running {
                open = Some((family, note));
            } else {
                notes.push(note);
            }
        }
    }
    notes.extend(open.map(|(_, note)| note));
    notes.sort_by_key(|note| note.span);
    (all, notes)
}

/// The kind of an attribution with this content: direct when every letter and digit lies inside quotation marks,
/// indirect when none does, else mixed. Without letters and digits it is indirect.
///
/// `quotations` are those of the text, as [`quotations`] gives them.
pub fn kind_of(text: &str, content: &[Span], quotations: &[Quotation]) -> QuotationKind {
    match quoted_letters(text, content, quotations) {
        (0, _) => QuotationKind::Indirect,
        (quoted, all) if quoted == all => QuotationKind::Direct,
        _ => QuotationKind::Mixed,
    }
}

/// How many letters and digits of a content lie inside quotation marks, and how many it has.
pub(crate) fn quoted_letters(text: &str, content: &[Span], quotations: &[Quotation]) -> (usize, usize) {
    let count = |span: Span| {
        text.get(span.range()).unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).count()
    };
    let (mut all, mut quoted) = (0, 0);
    for &span in content {
        all += count(span);
        let mut at = span.start;
        while let Some(next) = outermost_from(quotations, at) {
            if next.span.start >= span.end {
                break;
            }
            let (start, end) = (next.span.start.max(span.start), next.span.end.min(span.end));
            if start < end {
                quoted += count(Span { start, end });
            }
            at = next.span.end.max(at + 1);
        }
    }
    (quoted, all)
}

/// The first outermost quotation that ends after byte `at`.
fn outermost_from(quotations: &[Quotation], at: u32) -> Option<&Quotation> {
    let next = quotations.partition_point(|quotation| quotation.span.start <= at);
    if let Some(mut outer) = quotations[..next].last() {
        while let Some(within) = outer.within.and_then(|place| quotations.get(place as usize)) {
            outer = within;
        }
        if outer.span.end > at {
            return Some(outer);
        }
    }
    quotations.get(next)
}

fn note(code: &'static str, span: Span) -> Note {
    let message = match code {
        "unclosed-quotation" => "a quotation mark opens here and never closes in its paragraph",
        _ => "a quotation mark closes here and none opened before it in its paragraph",
    };
    Note { code: code.into(), span: Some(span), message: message.to_owned() }
}

/// Fills depth and the enclosing quotation, for the quotations from place `first` on, which are in order.
fn nest(all: &mut [Quotation], first: usize) {
    let mut around: Vec<usize> = Vec::new();
    for place in first..all.len() {
        while around.last().is_some_and(|&outer| all[outer].span.end <= all[place].span.start) {
            around.pop();
        }
        all[place].depth = around.len().min(255) as u8;
        all[place].within = around.last().map(|&outer| outer as u32);
        around.push(place);
    }
}

/// Quotations inside quotations go no deeper than this in double marks and guillemets.
const DEEPEST: usize = 8;

/// Which marks can pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Angle,
    Corner,
    Single,
}

/// Which way a mark points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Open,
    Close,
    Either,
}

/// A quotation mark, and what its neighbours allow.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: u32,
    end: u32,
    family: Family,
    /// The way its shape points.
    shape: Way,
    /// Whether a conversion spoilt it.
    damaged: bool,
    /// Whether its neighbours let it open.
    can_open: bool,
    /// Whether its neighbours let it close.
    can_close: bool,
}

impl Mark {
    /// The way that the neighbours alone allow.
    fn context(&self) -> Way {
        match (self.can_open, self.can_close) {
            (true, false) => Way::Open,
            (false, true) => Way::Close,
            _ => Way::Either,
        }
    }
}

/// How much speaks for a single mark closing a quotation rather than being an apostrophe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// "the ministers' plan", "goin' home".
    Weak,
    /// "the ministers' and …".
    Fair,
    /// After a comma or stop, or after a word that is no plural.
    Strong,
}

/// The quotations of one paragraph, offsets from its start. Kept between paragraphs for its buffers.
#[derive(Default)]
struct InParagraph {
    found: Vec<Quotation>,
    /// Marks without a partner.
    odd: Vec<(&'static str, Span)>,
    /// The quotation that the end of the paragraph leaves open.
    left_open: Option<(Family, Span)>,
    /// Whether the quotation left open by the paragraph before goes on here.
    goes_on: bool,
    doubles: Vec<Mark>,
    singles: Vec<Mark>,
}

impl InParagraph {
    /// Finds the quotations of a paragraph; `open` is the family that the paragraph before left open.
    fn read(&mut self, text: &str, open: Option<Family>) {
        self.found.clear();
        self.odd.clear();
        self.left_open = None;
        self.goes_on = false;
        self.scan(text);
        self.pair_doubles(text, open);
        self.found.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
        self.pair_singles(text, open);
        self.found.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
        let first = self.found.first_mut().filter(|first| first.span.start == 0);
        if let (Some(first), Some(family)) = (first, open) {
            let same = match family {
                Family::Double => matches!(first.marks, Marks::Double | Marks::Damaged),
                Family::Angle | Family::Corner => first.marks == Marks::Angle,
                Family::Single => first.marks == Marks::Single,
            };
            if same {
                first.continued = true;
                self.goes_on = true;
            }
        }
    }

    /// Collects the marks.
    fn scan(&mut self, text: &str) {
        self.doubles.clear();
        self.singles.clear();
        let mut at = 0;
        let mut before = None;
        while let Some(c) = text[at..].chars().next() {
            let Some((length, family, shape, damaged)) = mark(&text[at..], c) else {
                before = Some(c);
                at += spoilt_other(&text[at..]).unwrap_or(c.len_utf8());
                continue;
            };
            // ''They said 'no.''' ends with a single mark and a doubled one.
            let triple = length == 2 && closes_after(before) && text[at..].starts_with("'''");
            let (length, family) = if triple { (1, Family::Single) } else { (length, family) };
            let end = at + length;
            let after = text[end..].chars().next();
            let follows = after.is_some_and(char::is_alphanumeric);
            // Between two letters a single mark is an apostrophe, and so is what a conversion made of one.
            let inside_word = before.is_some_and(char::is_alphanumeric) && follows;
            let apostrophe = inside_word && (family == Family::Single || c == '\u{fffd}');
            if !apostrophe {
                let mark = Mark {
                    start: at as u32,
                    end: end as u32,
                    family,
                    shape,
                    damaged,
                    can_open: opens_after(before) && after.is_some_and(|c| opens_before(c, &text[end..])),
                    can_close: closes_after(before) && !follows,
                };
                if family == Family::Single { &mut self.singles } else { &mut self.doubles }.push(mark);
            }
            before = Some(c);
            at = end;
        }
        if self.doubles.is_empty() && text.contains('?') {
            self.scan_question_marks(text);
        }
    }

    /// A conversion that could not write the marks put a question mark for each: `?We must go,? he said`. Only a
    /// question mark with a space before it and a letter after it can open; nothing in English looks so.
    fn scan_question_marks(&mut self, text: &str) {
        let mut open = None;
        let mut before = None;
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            if c == '?' {
                let mark = |start: usize, way| Mark {
                    start: start as u32,
                    end: start as u32 + 1,
                    family: Family::Double,
                    shape: way,
                    damaged: true,
                    can_open: way == Way::Open,
                    can_close: way == Way::Close,
                };
                let letter = rest.starts_with(char::is_alphabetic);
                let follows = rest.trim_start().chars().next();
                let closes = matches!(before, Some(',' | '.' | '!' | '?'))
                    || follows.is_none_or(|c| c.is_lowercase() || c.is_ascii_punctuation());
                if before.is_none_or(|c: char| c.is_whitespace() || c == '(') && letter {
                    open = Some(at);
                } else if let Some(start) = open.filter(|_| closes && !letter) {
                    self.doubles.push(mark(start, Way::Open));
                    self.doubles.push(mark(at, Way::Close));
                    open = None;
                }
            }
            before = Some(c);
        }
    }

    /// Pairs double marks, guillemets and corner brackets.
    fn pair_doubles(&mut self, text: &str, open: Option<Family>) {
        self.drop_inches(text);
        let marks = std::mem::take(&mut self.doubles);
        let (ways, balanced) = directions(&marks);
        let mut stack: Vec<usize> = Vec::new();
        for (place, mark) in marks.iter().enumerate() {
            if ways[place] == Way::Open {
                let same = stack.last().is_some_and(|&top| marks[top].family == mark.family);
                // A second opening mark means a quotation inside, when two closing marks follow; else the first one
                // was never closed, and what it opened ends here.
                let nested = ways[place + 1..].starts_with(&[Way::Close, Way::Close]);
                if same
                    && !balanced
                    && !nested
                    && let Some(top) = stack.pop()
                {
                    self.leave_open(text, &marks[top], mark.start as usize);
                }
                if stack.len() < DEEPEST {
                    stack.push(place);
                } else {
                    self.note_odd("unclosed-quotation", mark);
                }
                continue;
            }
            let partner = stack.iter().rposition(|&open| marks[open].family == mark.family);
            if let Some(partner) = partner {
                for top in stack.drain(partner + 1..) {
                    self.leave_open(text, &marks[top], mark.start as usize);
                }
                self.close(&marks[stack[partner]], mark);
                stack.truncate(partner);
            } else if place == 0 {
                self.close_unopened(text, mark, open);
            } else if !mark.damaged {
                self.note_odd("unopened-quotation", mark);
            }
        }
        // The innermost mark still open holds what is left of the paragraph, and those around it as much.
        for (above, &top) in stack.iter().enumerate() {
            if above == 0 {
                self.left_open =
                    Some((marks[top].family, Span { start: marks[top].start, end: marks[top].end }));
            }
            self.push_open(text, &marks[top], text.len());
        }
        self.doubles = marks;
    }

    /// Takes out marks that stand for inches or seconds: 5'10", a 27" screen.
    fn drop_inches(&mut self, text: &str) {
        if !self.doubles.iter().any(|mark| digit_before(text, mark.start)) {
            return;
        }
        let marks = std::mem::take(&mut self.doubles);
        let mut open = false;
        for (place, mark) in marks.iter().enumerate() {
            if mark.shape == Way::Either && digit_before(text, mark.start) && mark.context() != Way::Open {
                let number =
                    text[..mark.start as usize].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
                let digits = mark.start as usize - number.len();
                let feet = number.ends_with(['\'', '’', '′']);
                let closed_later = marks.get(place + 1).is_some_and(|next| {
                    next.context() == Way::Close && next.shape != Way::Open && !digit_before(text, next.start)
                });
                if feet || !open || digits <= 3 && closed_later {
                    continue;
                }
            }
            open = match (mark.shape, mark.context()) {
                (Way::Either, Way::Open) | (Way::Open, _) => true,
                (Way::Either, Way::Either) => !open,
                _ => false,
            };
            self.doubles.push(*mark);
        }
    }

    /// Pairs single marks, each within one double quotation or outside all. [`InParagraph::found`] holds the double
    /// ones in order.
    fn pair_singles(&mut self, text: &str, open: Option<Family>) {
        if self.singles.is_empty() {
            return;
        }
        let singles = std::mem::take(&mut self.singles);
        let doubles = self.found.len();
        let mut regions: Vec<Region> = vec![Region::default(); doubles + 1];
        let mut around: Vec<usize> = Vec::new();
        let mut next = 0;
        for mark in &singles {
            while next < doubles && self.found[next].span.start <= mark.start {
                while around
                    .last()
                    .is_some_and(|&outer| self.found[outer].span.end <= self.found[next].span.start)
                {
                    around.pop();
                }
                around.push(next);
                next += 1;
            }
            while around.last().is_some_and(|&outer| self.found[outer].span.end <= mark.start) {
                around.pop();
            }
            let region = &mut regions[around.last().map_or(doubles, |&outer| outer)];
            match single_way(text, mark, region.opener.is_some()) {
                Single::Apostrophe => {}
                Single::Opens => {
                    let done =
                        std::mem::replace(region, Region { opener: Some((*mark, true)), closer: None });
                    self.finish(text, done, mark.start as usize);
                }
                Single::MayOpen => {
                    if region.opener.is_none() {
                        region.opener = Some((*mark, false));
                    }
                }
                Single::Closes(strength) => match (region.opener, region.closer) {
                    (None, _) => {
                        // The speech of the paragraph before, if nothing but it came before.
                        let first = around.is_empty() && self.found.len() == doubles;
                        if first && strength == Strength::Strong && open == Some(Family::Single) {
                            self.close_unopened(text, mark, open);
                        }
                    }
                    // The first of the strongest closes; a stronger one than before replaces it, but nothing does
                    // once a strong one is found.
                    (Some(_), Some((_, had))) if had >= strength => {}
                    (Some(_), _) => region.closer = Some((*mark, strength)),
                },
            }
            // A strong mark settles it at once: what follows may open again.
            if let Region { opener: Some((opener, _)), closer: Some((closer, Strength::Strong)) } = *region {
                *region = Region::default();
                self.close(&opener, &closer);
            }
        }
        for (place, region) in regions.into_iter().enumerate() {
            let end = if place == doubles { text.len() } else { self.found[place].inner.end as usize };
            self.finish(text, region, end);
        }
        self.singles = singles;
    }

    /// Ends the search for what closes a single mark: its stretch of text ends at `end`, or another opens there.
    fn finish(&mut self, text: &str, region: Region, end: usize) {
        let Some((opener, true)) = region.opener else { return };
        if let Some((closer, _)) = region.closer {
            return self.close(&opener, &closer);
        }
        // Without a partner it is more likely an apostrophe, unless it opens the paragraph or a speech.
        let lead = text[..opener.start as usize].trim_end();
        let speech = lead.is_empty() || lead.ends_with([',', ':']);
        if !speech || !text[opener.end as usize..].starts_with(char::is_uppercase) {
            return;
        }
        if end == text.len() && self.left_open.is_none() {
            self.left_open = Some((Family::Single, Span { start: opener.start, end: opener.end }));
            self.push_open(text, &opener, end);
        } else {
            self.leave_open(text, &opener, end);
        }
    }

    /// A quotation between two marks.
    fn close(&mut self, open: &Mark, close: &Mark) {
        let marks = match open.family {
            _ if open.damaged || close.damaged => Marks::Damaged,
            Family::Double => Marks::Double,
            Family::Single => Marks::Single,
            Family::Angle | Family::Corner => Marks::Angle,
        };
        self.found.push(Quotation {
            span: Span { start: open.start, end: close.end },
            inner: Span { start: open.end, end: close.start },
            marks,
            depth: 0,
            within: None,
            continued: false,
            closed: true,
        });
    }

    /// A quotation never closed, which ends at `end`, and the note on it.
    fn leave_open(&mut self, text: &str, open: &Mark, end: usize) {
        self.note_odd("unclosed-quotation", open);
        self.push_open(text, open, end);
    }

    /// A quotation never closed, which ends at `end`. One with nothing in it is none.
    fn push_open(&mut self, text: &str, open: &Mark, end: usize) {
        let inside = text[open.end as usize..end].trim_end();
        if inside.is_empty() {
            return;
        }
        let end = open.end + inside.len() as u32;
        let edge = Mark { start: end, end, ..*open };
        self.close(open, &edge);
        if let Some(last) = self.found.last_mut() {
            last.closed = false;
        }
    }

    /// A mark that closes what no mark of the paragraph opened: the speech of the paragraph before, or a quotation
    /// whose first mark is lost.
    fn close_unopened(&mut self, text: &str, mark: &Mark, open: Option<Family>) {
        let goes_on = open == Some(mark.family);
        let start = if goes_on {
            0
        } else if mark.damaged {
            return;
        } else {
            self.note_odd("unopened-quotation", mark);
            let spoken = text[..mark.start as usize].ends_with(['.', ',', '!', '?', '…', '—', '-']);
            if !spoken {
                return;
            }
            sentence_start(text, mark.start as usize - 1)
        };
        let edge = Mark { start: start as u32, end: start as u32, ..*mark };
        self.close(&edge, mark);
    }

    /// Notes a mark without a partner, once for each code and paragraph.
    fn note_odd(&mut self, code: &'static str, mark: &Mark) {
        if self.odd.iter().all(|(had, _)| *had != code) {
            self.odd.push((code, Span { start: mark.start, end: mark.end }));
        }
    }
}

/// A stretch in which single marks pair: one double quotation, or all that is outside of them.
#[derive(Debug, Clone, Copy, Default)]
struct Region {
    /// The mark that opened, and whether it is sure to be no apostrophe.
    opener: Option<(Mark, bool)>,
    /// The best mark since that may close it.
    closer: Option<(Mark, Strength)>,
}

/// Which way each mark points, and whether every mark finds its partner by that.
fn directions(marks: &[Mark]) -> (Vec<Way>, bool) {
    let mut depth = 0_usize;
    let mut balanced = true;
    let ways = marks
        .iter()
        .map(|mark| {
            let way = match (mark.shape, mark.context()) {
                (Way::Either, Way::Open) => Way::Open,
                (Way::Either, Way::Close) => Way::Close,
                (Way::Either, Way::Either) if depth > 0 => Way::Close,
                (Way::Either, Way::Either) => Way::Open,
                // „…“ and »…« turn marks around; so do slips of typing (“Hello,“ he said).
                (Way::Open, Way::Close) => Way::Close,
                (Way::Close, Way::Open) if depth == 0 => Way::Open,
                (shape, _) => shape,
            };
            if way == Way::Open {
                depth += 1;
                balanced &= depth <= 3;
            } else {
                balanced &= depth > 0;
                depth = depth.saturating_sub(1);
            }
            way
        })
        .collect();
    (ways, balanced && depth == 0)
}

/// What a single mark is.
enum Single {
    Apostrophe,
    Opens,
    /// An apostrophe by its word ("'twas"), unless a strong mark closes.
    MayOpen,
    Closes(Strength),
}

fn single_way(text: &str, mark: &Mark, open: bool) -> Single {
    let (before, after) = (&text[..mark.start as usize], &text[mark.end as usize..]);
    let way = match (mark.shape, mark.context()) {
        (_, Way::Open) => Way::Open,
        (_, Way::Close) => Way::Close,
        (Way::Either, _) if open => Way::Close,
        (Way::Either, _) => Way::Open,
        (shape, _) => shape,
    };
    if way == Way::Open {
        if !mark.can_open {
            return Single::Apostrophe;
        }
        return if elision(after) || mark.shape == Way::Close { Single::MayOpen } else { Single::Opens };
    }
    let and = ["'n", "’n", "‘n", "'N"].iter().any(|and| before.ends_with(and));
    if !mark.can_close || and {
        return Single::Apostrophe;
    }
    let last = before.chars().next_back();
    let ends = |tail: &str| before.len() >= tail.len() && before.as_bytes().ends_with(tail.as_bytes());
    let next = after.trim_start();
    let spaced = next.len() < after.len();
    let word_follows = spaced && next.starts_with(char::is_alphanumeric);
    Single::Closes(match last {
        Some(c) if c.is_ascii_digit() => Strength::Fair,
        Some('s' | 'S') => match (word_follows, function_word(next)) {
            (true, true) => Strength::Fair,
            (true, false) => Strength::Weak,
            (false, _) => Strength::Strong,
        },
        Some(_) if word_follows && (ends("in") || ends(" o") || ends(" an") || ends(" th")) => Strength::Weak,
        _ => Strength::Strong,
    })
}

/// Words that lost their beginning to an apostrophe: 'twas, '90s, 'em, rock 'n' roll.
fn elision(after: &str) -> bool {
    let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
    let word = &after[..end];
    let year = word.strip_suffix('s').unwrap_or(word);
    if year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    const ELIDED: [&str; 21] = [
        "twas", "tis", "til", "till", "em", "cause", "bout", "round", "neath", "cos", "cuz", "coz", "n",
        "nuff", "tween", "twere", "twill", "fraid", "ere", "nother", "cept",
    ];
    word.len() <= 7 && ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(word))
}

/// Whether a text begins with a word that follows a quotation and hardly ever a possessive.
fn function_word(next: &str) -> bool {
    let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len()).min(10);
    matches!(
        next.get(..end).unwrap_or_default(),
        "a" | "about"
            | "after"
            | "against"
            | "also"
            | "an"
            | "and"
            | "are"
            | "as"
            | "at"
            | "because"
            | "before"
            | "but"
            | "by"
            | "can"
            | "could"
            | "did"
            | "does"
            | "during"
            | "for"
            | "from"
            | "had"
            | "has"
            | "have"
            | "he"
            | "if"
            | "in"
            | "into"
            | "is"
            | "it"
            | "may"
            | "might"
            | "must"
            | "not"
            | "of"
            | "on"
            | "or"
            | "rather"
            | "said"
            | "says"
            | "she"
            | "should"
            | "since"
            | "so"
            | "than"
            | "that"
            | "the"
            | "they"
            | "this"
            | "to"
            | "told"
            | "until"
            | "was"
            | "we"
            | "were"
            | "when"
            | "where"
            | "which"
            | "while"
            | "who"
            | "will"
            | "with"
            | "without"
            | "would"
            | "yet"
    )
}

fn digit_before(text: &str, at: u32) -> bool {
    text[..at as usize].ends_with(|c: char| c.is_ascii_digit())
}

/// Whether an opening mark can follow this character.
fn opens_after(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | ':' | '>' | '=' | '*' | '_')
            || quote(c)
    })
}

/// Whether an opening mark can stand before this character, the first of `rest`.
fn opens_before(after: char, rest: &str) -> bool {
    match after {
        '.' => rest.starts_with(".."),
        ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => false,
        c => !c.is_whitespace(),
    }
}

/// Whether a closing mark can follow this character.
fn closes_after(before: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '{'))
}

fn quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '″'
            | '\u{91}'
            | '\u{92}'
            | '\u{93}'
            | '\u{94}'
    )
}

/// The mark at the start of `text`, whose first character is `c`: its length in bytes, its family, the way its shape
/// points, and whether a conversion spoilt it.
fn mark(text: &str, c: char) -> Option<(usize, Family, Way, bool)> {
    use Family::{Angle, Corner, Double, Single};
    use Way::{Close, Either, Open};
    let length = c.len_utf8();
    let plain = |family, way| Some((length, family, way, false));
    match c {
        '"' | '″' | '〃' | '＂' => plain(Double, Either),
        '“' | '‟' => plain(Double, Open),
        '„' => plain(Double, Open),
        '”' => plain(Double, Close),
        '«' | '‹' => plain(Angle, Open),
        '»' | '›' => plain(Angle, Close),
        '「' | '『' => plain(Corner, Open),
        '」' | '』' => plain(Corner, Close),
        '`' if text.starts_with("``") => Some((2, Double, Open, false)),
        '\'' if text.starts_with("''") => Some((2, Double, Either, false)),
        '‘' if text.starts_with("‘‘") => Some((6, Double, Open, false)),
        '’' if text.starts_with("’’") => Some((6, Double, Close, false)),
        '\'' => plain(Single, Either),
        '‘' | '‛' | '`' => plain(Single, Open),
        '’' | '´' => plain(Single, Close),
        '‚' => match WRITTEN.iter().find(|(written, ..)| text.starts_with(written)) {
            Some(&(written, family, way)) => Some((written.len(), family, way, true)),
            None => plain(Single, Open),
        },
        '\u{93}' => Some((length, Double, Open, true)),
        '\u{94}' => Some((length, Double, Close, true)),
        '\u{91}' => Some((length, Single, Open, true)),
        '\u{92}' => Some((length, Single, Close, true)),
        '\u{fffd}' => Some((length, Double, Either, true)),
        '\\' if text.starts_with("\\\"") => Some((2, Double, Either, false)),
        '&' | 'â' => {
            if let Some(&(written, family, way)) =
                WRITTEN.iter().find(|(written, ..)| text.starts_with(written))
            {
                return Some((written.len(), family, way, true));
            }
            // The last byte of ” has no character in Windows-1252 and is often dropped.
            (text.starts_with("â€") && spoilt_other(text).is_none()).then_some((
                "â€".len(),
                Double,
                Close,
                true,
            ))
        }
        _ => None,
    }
}

/// The length of the spoilt form of a dash, an ellipsis, a dagger or a bullet at the start of a text: it can hold
/// what looks like a mark.
fn spoilt_other(text: &str) -> Option<usize> {
    const LAST: [char; 16] =
        ['”', '“', '"', '¦', '¢', '¡', '°', '¹', 'º', '²', '³', '‰', '\u{93}', '\u{94}', '\u{a0}', '\u{a6}'];
    let last = text.strip_prefix("â€")?.chars().next().filter(|c| LAST.contains(c))?;
    Some("â€".len() + last.len_utf8())
}

/// Marks that a conversion wrote as several characters.
const WRITTEN: [(&str, Family, Way); 31] = [
    ("â€œ", Family::Double, Way::Open),
    ("â€\u{9d}", Family::Double, Way::Close),
    ("â€\u{fffd}", Family::Double, Way::Close),
    ("â€˜", Family::Single, Way::Open),
    ("â€™", Family::Single, Way::Close),
    ("â€ž", Family::Double, Way::Open),
    ("â\u{80}\u{9c}", Family::Double, Way::Open),
    ("â\u{80}\u{9d}", Family::Double, Way::Close),
    ("â\u{80}\u{98}", Family::Single, Way::Open),
    ("â\u{80}\u{99}", Family::Single, Way::Close),
    ("‚Äú", Family::Double, Way::Open),
    ("‚Äù", Family::Double, Way::Close),
    ("‚Äò", Family::Single, Way::Open),
    ("‚Äô", Family::Single, Way::Close),
    ("&quot;", Family::Double, Way::Either),
    ("&amp;quot;", Family::Double, Way::Either),
    ("&#34;", Family::Double, Way::Either),
    ("&#x22;", Family::Double, Way::Either),
    ("&ldquo;", Family::Double, Way::Open),
    ("&rdquo;", Family::Double, Way::Close),
    ("&#8220;", Family::Double, Way::Open),
    ("&#8221;", Family::Double, Way::Close),
    ("&lsquo;", Family::Single, Way::Open),
    ("&rsquo;", Family::Single, Way::Close),
    ("&#8216;", Family::Single, Way::Open),
    ("&#8217;", Family::Single, Way::Close),
    ("&#39;", Family::Single, Way::Either),
    ("&#039;", Family::Single, Way::Either),
    ("&apos;", Family::Single, Way::Either),
    ("&laquo;", Family::Angle, Way::Open),
    ("&raquo;", Family::Angle, Way::Close),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::paragraphs_of;

    /// Each quotation with its marks: `>` for every quotation around it, `+` when it goes on the paragraph before,
    /// `~` when no mark closes it. Notes follow as `!code`.
    fn check(text: &str, expected: &[&str]) {
        let (found, notes) = quotations(text, &paragraphs_of(text));
        let mut shown: Vec<String> = found
            .iter()
            .map(|q| {
                let (depth, on) = (">".repeat(q.depth.into()), if q.continued { "+" } else { "" });
                format!("{depth}{on}{}{}", if q.closed { "" } else { "~" }, q.span.of(text))
            })
            .collect();
        shown.extend(notes.iter().map(|note| format!("!{}", note.code)));
        assert_eq!(shown, expected, "in: {text}");
    }

    #[test]
    fn conventions() {
        check("“We must go,” she said.", &["“We must go,”"]);
        check("\"We must go,\" she said.", &["\"We must go,\""]);
        check("\"We go,\" he said. “I stay,” she said.", &["\"We go,\"", "“I stay,”"]);
        check("“Curly then straight,\" he said.", &["“Curly then straight,\""]);
        check("He said, “She told me ‘no’ twice.”", &["“She told me ‘no’ twice.”", ">‘no’"]);
        check("\"He told me 'go away,'\" she said.", &["\"He told me 'go away,'\"", ">'go away,'"]);
        check("\"'Go,' he said, and I went,\" she said.", &["\"'Go,' he said, and I went,\"", ">'Go,'"]);
        check("‘She said “never” to me,’ he said.", &["‘She said “never” to me,’", ">“never”"]);
        check(
            "'She said \"never\",' he said. 'Twice.'",
            &["'She said \"never\",'", ">\"never\"", "'Twice.'"],
        );
        check("«We must go», she said.", &["«We must go»"]);
        check("« We must go », she said.", &["« We must go »"]);
        check("»Wir gehen«, sagte er.", &["»Wir gehen«"]);
        check("„Wir gehen“, sagte er. „Bald.“", &["„Wir gehen“", "„Bald.“"]);
        check("”Vi går”, sa han.", &["”Vi går”"]);
        check("“Hello,“ he said.", &["“Hello,“"]);
        check("He wrote “one” and “two” and 'three'.", &["“one”", "“two”", "'three'"]);
        check("A “deal“ – or a \"steal\"?", &["“deal“", "\"steal\""]);
        check("“A “very big” mistake,” he said.", &["“A “very big” mistake,”", ">“very big”"]);
        check("\"A \"very big\" mistake,\" he said.", &["\"A \"very big\" mistake,\"", ">\"very big\""]);
        check("“I—” he began. “No.”", &["“I—”", "“No.”"]);
        check("the so-called (“green”) plan—“mine,” he said", &["“green”", "“mine,”"]);
        check("“... we must go ...” he said", &["“... we must go ...”"]);
        check("She asked: “Why?” He said: “Because!”", &["“Why?”", "“Because!”"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("the ministers' plan and O'Brien's view, don't you know", &[]);
        check("'Twas the '90s, and rock 'n' roll was for the kids' sake.", &[]);
        check("In the ’90s the workers’ rights were ‘’em all.", &[]);
        check("'The ministers' plan is good,' he said.", &["'The ministers' plan is good,'"]);
        check("‘The ministers’ plan is good,’ he said.", &["‘The ministers’ plan is good,’"]);
        check("He called it a plan 'for losers' and the workers' union agreed.", &["'for losers'"]);
        check("the 'boys' club' of old", &["'boys' club'"]);
        check("'We told 'em to go,' she said.", &["'We told 'em to go,'"]);
        check("'We're goin' home,' she said.", &["'We're goin' home,'"]);
        check("‘It’s the ’90s again,’ O’Brien said.", &["‘It’s the ’90s again,’"]);
        check("Jones' and Smiths' houses", &[]);
        check(
            "“The ministers' plan is the workers' plan,” he said.",
            &["“The ministers' plan is the workers' plan,”"],
        );
        check("“We're goin' to 'Frisco,” he said.", &["“We're goin' to 'Frisco,”"]);
    }

    #[test]
    fn inches_are_no_marks() {
        check("He is 5'10\" tall and she is 6'2\".", &[]);
        check("a 27\" screen", &[]);
        check("\"It was 27\" wide,\" he said.", &["\"It was 27\" wide,\""]);
        check("\"He is 5'10\" tall,\" she said. \"Taller.\"", &["\"He is 5'10\" tall,\"", "\"Taller.\""]);
        check("\"We won in 2016\" was what \"he\" said.", &["\"We won in 2016\"", "\"he\""]);
    }

    #[test]
    fn odd_marks_cost_a_paragraph_at_most() {
        check(
            "“We go, he said.\n\nShe left. “Yes,” she said.",
            &["~“We go, he said.", "“Yes,”", "!unclosed-quotation"],
        );
        check("“We go, he said. “We must.”", &["~“We go, he said.", "“We must.”", "!unclosed-quotation"]);
        check(
            "\"We go, he said. \"We must.\"",
            &["~\"We go, he said.", "\"We must.\"", "!unclosed-quotation"],
        );
        check("He left. We go,” he said.\n\n“Yes,” she said.", &["We go,”", "“Yes,”", "!unopened-quotation"]);
        check("Odd” here. “Fine,” he said.", &["“Fine,”", "!unopened-quotation"]);
        check(
            "He said: ‘We go and that is it.\n\nNo more.",
            &["~‘We go and that is it.", "!unclosed-quotation"],
        );
        check(
            "“He said «no and left,” she said.",
            &["“He said «no and left,”", ">~«no and left,", "!unclosed-quotation"],
        );
    }

    #[test]
    fn speeches_of_several_paragraphs() {
        check("“One.\n\n“Two.\n\n“Three,” he said.", &["~“One.", "+~“Two.", "+“Three,”"]);
        check("\"One.\n\n\"Two,\" he said.", &["~\"One.", "+\"Two,\""]);
        check("‘One.\n\n‘Two,’ he said.", &["~‘One.", "+‘Two,’"]);
        check("He said: “One.\n\nTwo,” and left.", &["~“One.", "+Two,”"]);
        check("“One.”\n\n“Two,” he said.", &["“One.”", "“Two,”"]);
        check("“One.\n\n“Two.\n\nDone.", &["~“One.", "+~“Two.", "!unclosed-quotation"]);
    }

    #[test]
    fn marks_that_a_conversion_spoilt() {
        check("â€œWe must go,â€\u{9d} she said.", &["â€œWe must go,â€\u{9d}"]);
        check("â€œWe must go,â€ she said â€” twice.", &["â€œWe must go,â€"]);
        check("â€œItâ€™s late,â€ she said.", &["â€œItâ€™s late,â€"]);
        check("?We must go,? she said. Why?", &["?We must go,?"]);
        check("Is it? Yes. Why? Because.", &[]);
        check("\u{fffd}We don\u{fffd}t go,\u{fffd} he said", &["\u{fffd}We don\u{fffd}t go,\u{fffd}"]);
        check("``We must go,'' she said.", &["``We must go,''"]);
        check("''We must go,'' she said.", &["''We must go,''"]);
        check("`We must go,' she said.", &["`We must go,'"]);
        check("''She said, 'No.''' He left.", &["''She said, 'No.'''", ">'No.'"]);
        check("&quot;We must go,&quot; she said.", &["&quot;We must go,&quot;"]);
        check("″We must go,″ she said.", &["″We must go,″"]);
        check("\u{93}We don\u{92}t go,\u{94} she said.", &["\u{93}We don\u{92}t go,\u{94}"]);
        check("\\\"We must go,\\\" she said.", &["\\\"We must go,\\\""]);
    }

    #[test]
    fn kinds() {
        #[track_caller]
        fn check(text: &str, content: &[&str], expected: QuotationKind) {
            let (found, _) = quotations(text, &paragraphs_of(text));
            let spans: Vec<Span> = content
                .iter()
                .map(|piece| {
                    let at = text.find(piece).expect("the piece stands in the text");
                    Span::new(at, at + piece.len())
                })
                .collect();
            assert_eq!(kind_of(text, &spans, &found), expected, "{content:?} in: {text}");
        }
        use QuotationKind::{Direct, Indirect, Mixed};
        check("“We go,” he said, “now.”", &["“We go,”", "now"], Direct);
        check("He said they go.", &["they go"], Indirect);
        check("He said they go “now”.", &["they go “now”."], Mixed);
        check("'We go,' he said.", &["'We go,'"], Direct);
        check("“He said ‘go’ to me,” she said.", &["go"], Direct);
        check("“A ‘b’ c ‘d’ e,” she said.", &["d’ e"], Direct);
        check("He said.", &[], Indirect);
        check("“A” b “c”", &["A” b “c"], Mixed);
    }

    #[test]
    fn a_megabyte_of_marks() {
        // Were any step quadratic, this would take hours.
        for unit in ["“", "'", "\"", "«“", "“a", "'a ", "“‘\"'"] {
            let text = unit.repeat(1_000_000 / unit.len());
            let (found, notes) = quotations(&text, &paragraphs_of(&text));
            assert!(found.len() <= text.len() && notes.len() <= 2, "{unit}: {} notes", notes.len());
        }
    }
}

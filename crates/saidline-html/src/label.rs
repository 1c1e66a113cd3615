//! Labels the boxes of a page: the article extractor says which belong to the article, the markup says what they
//! are in it.

use crate::dates;
use crate::document::{Block, BlockKind, Span};
use crate::dom::{Dom, Id};
use crate::extractor::Kept;
use crate::metadata::{Stated, alike, collapse};
use crate::moment::{Moment, When};
use crate::visible::{Box, Visible};

/// What the markup around a box says of it.
#[derive(Debug, Clone, Default)]
struct Place {
    /// 1 to 6 in a heading.
    heading: u8,
    quotation: bool,
    item: bool,
    caption: bool,
    aside: bool,
    byline: bool,
    dateline: bool,
    pull_quote: bool,
    time: bool,
    /// The innermost element that is named as an entry of a live blog.
    entry: Option<Id>,
}

/// Boxes with what is known of each, on the way to blocks.
pub(crate) struct Labelled {
    /// A kind for each box.
    pub kinds: Vec<BlockKind>,
    /// The time of each live entry's box.
    pub times: Vec<Option<When>>,
    /// The first box that shows the article's title.
    pub headline: Option<usize>,
    /// The first and last box of the article's running text.
    pub article: Option<(usize, usize)>,
}

/// Labels every box.
///
/// A classifier of lines may one day have a say as well: its scores would be weighed in [`belongs`].
pub(crate) fn label(dom: &Dom, visible: &Visible, kept: &Kept, stated: &Stated, plain: bool) -> Labelled {
    let boxes = &visible.boxes;
    let text = |at: usize| &visible.text[boxes[at].start..boxes[at].end];
    let places: Vec<Place> = boxes.iter().map(|shown| place(dom, shown)).collect();
    let belongs = if plain { vec![true; boxes.len()] } else { belongs(dom, visible, kept, &places) };
    let running = |at: &usize| belongs[*at] && places[*at].heading == 0;
    let first = (0..boxes.len()).find(running);
    let last = (0..boxes.len()).rev().find(running);
    let headline = headline(visible, &places, &belongs, stated, first);

    let mut kinds: Vec<BlockKind> = (0..boxes.len())
        .map(|at| {
            let place = &places[at];
            let is_title =
                places[at].heading > 0 && headline.is_some_and(|headline| same(text(headline), text(at)));
            match () {
                () if Some(at) == headline || is_title => BlockKind::Headline,
                () if !belongs[at] => BlockKind::Boilerplate,
                () if place.heading == 1 && first.is_some_and(|first| at < first) => BlockKind::Headline,
                () if place.heading > 0 => BlockKind::Subheadline,
                () if place.pull_quote => BlockKind::PullQuote,
                () if place.quotation => BlockKind::Quotation,
                () if place.caption => BlockKind::Caption,
                () if place.item => BlockKind::ListItem,
                () => BlockKind::Paragraph,
            }
        })
        .collect();

    // Bylines and datelines stand between the headline and the first words of the story, or close to them.
    let from = headline.or(first).unwrap_or(0).saturating_sub(3);
    let to = first.map_or(0, |first| (first + 4).min(boxes.len()));
    let mut bylines = 0;
    for at in from..to {
        if !matches!(kinds[at], BlockKind::Boilerplate | BlockKind::Paragraph | BlockKind::ListItem) {
            continue;
        }
        if bylines < 1 && is_byline(text(at), &places[at], stated) {
            kinds[at] = BlockKind::Byline;
            bylines += 1;
        } else if is_dateline(text(at), &places[at]) {
            kinds[at] = BlockKind::Dateline;
        }
    }
    pull_quotes(visible, &places, &mut kinds);
    let times = live_entries(dom, &places, stated, &mut kinds);
    Labelled { kinds, times, headline, article: first.zip(last) }
}

/// The blocks of the text: each box, with the white space after it.
pub(crate) fn blocks(visible: &Visible, labelled: &Labelled) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(visible.boxes.len());
    for (at, kind) in labelled.kinds.iter().enumerate() {
        let start = if at == 0 { 0 } else { visible.boxes[at].start };
        let end = visible.boxes.get(at + 1).map_or(visible.text.len(), |next| next.start);
        blocks.push(Block { kind: *kind, span: Span::new(start, end), time: labelled.times[at] });
    }
    blocks
}

/// Which boxes are the article.
fn belongs(dom: &Dom, visible: &Visible, kept: &Kept, places: &[Place]) -> Vec<bool> {
    let boxes = &visible.boxes;
    let mut all = vec![0; boxes.len()];
    let mut inside = vec![0; boxes.len()];
    let mut at = 0;
    for (piece, kept) in visible.pieces.iter().zip(&kept.pieces) {
        while at + 1 < boxes.len() && boxes[at + 1].start <= piece.start {
            at += 1;
        }
        // Preformatted text may run over several boxes.
        let mut over = at;
        while over < boxes.len() && boxes[over].start < piece.end {
            let length = piece.end.min(boxes[over].end).saturating_sub(piece.start.max(boxes[over].start));
            all[over] += length;
            inside[over] += if *kept { length } else { 0 };
            over += 1;
        }
    }
    let mut belongs: Vec<bool> = (0..boxes.len()).map(|at| inside[at] * 2 > all[at]).collect();
    siblings(dom, visible, places, &mut belongs);
    let past = visible.pieces.get(kept.seen).map_or(usize::MAX, |piece| piece.start);
    let nothing = !belongs.contains(&true);
    for (at, shown) in boxes.iter().enumerate() {
        // All link: the way to another story.
        if shown.linked * 10 > (shown.end - shown.start) * 9 {
            belongs[at] = false;
        }
        if nothing || shown.start >= past {
            belongs[at] = reads_like_prose(&visible.text[shown.start..shown.end], shown, &places[at]);
        }
    }
    belongs
}

/// Adds the paragraphs that the extractor left out though they stand right among those it kept, in the same
/// element.
fn siblings(dom: &Dom, visible: &Visible, places: &[Place], belongs: &mut [bool]) {
    let boxes = &visible.boxes;
    let prose =
        |at: usize| reads_like_prose(&visible.text[boxes[at].start..boxes[at].end], &boxes[at], &places[at]);
    let mut parents: std::collections::HashMap<Id, usize> = std::collections::HashMap::new();
    let parent = |at: usize| {
        let mut up = dom.upwards(boxes[at].first).filter(|id| dom.tag(*id).is_some_and(crate::dom::is_block));
        let own = up.next()?;
        Some((own, up.next()?))
    };
    for (at, belongs) in belongs.iter().enumerate() {
        if *belongs
            && prose(at)
            && let Some((_, parent)) = parent(at)
        {
            *parents.entry(parent).or_default() += 1;
        }
    }
    for (at, belongs) in belongs.iter_mut().enumerate() {
        if !*belongs
            && prose(at)
            && !places[at].quotation
            && !places[at].item
            && let Some((own, parent)) = parent(at)
            && dom.tag(own).is_some_and(|tag| &**tag == "p")
            && parents.get(&parent).is_some_and(|kept| *kept >= 2)
        {
            *belongs = true;
        }
    }
}

/// Where the extractor is silent: a text long enough, with few links.
fn reads_like_prose(text: &str, shown: &Box, place: &Place) -> bool {
    let words = text.split_whitespace().take(15).count();
    !place.aside && words >= 15 && shown.linked * 3 < text.len()
}

/// What the elements that a box stands in say of it.
fn place(dom: &Dom, shown: &Box) -> Place {
    let mut place = Place::default();
    // Names count close by only: an "article-with-byline" around the whole page says nothing.
    for (distance, id) in dom.upwards(shown.first).enumerate() {
        let Some(tag) = dom.tag(id) else { continue };
        match &**tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if place.heading == 0 => {
                place.heading = tag.as_bytes()[1] - b'0';
            }
            "blockquote" => place.quotation = true,
            "li" | "dd" | "dt" => place.item = true,
            "figcaption" | "caption" => place.caption = true,
            "aside" | "nav" | "footer" => place.aside = true,
            "time" => place.time = true,
            "address" if distance <= 4 => place.byline = true,
            "body" => break,
            _ => {}
        }
        for name in ["class", "id", "rel", "itemprop"] {
            let Some(value) = dom.attribute(id, name) else { continue };
            if value.len() > 500 {
                continue;
            }
            let value = value.to_ascii_lowercase();
            let has = |part: &str| value.contains(part);
            if distance <= 4 {
                place.byline |= has("byline") || has("author") || has("contributor");
                place.dateline |= has("dateline");
                place.caption |= has("caption") && name != "itemprop";
            }
            if distance <= 5 {
                place.pull_quote |=
                    has("pullquote") || has("pull-quote") || has("pull_quote") || has("pulledquote");
            }
            if place.entry.is_none()
                && (has("live") || has("liveblog") || name == "itemprop" && has("liveblogupdate"))
                && (has("entry") || has("post") || has("update") || has("item") || has("block"))
            {
                place.entry = Some(id);
            }
        }
    }
    place
}

/// The box that shows the article's title.
fn headline(
    visible: &Visible,
    places: &[Place],
    belongs: &[bool],
    stated: &Stated,
    first: Option<usize>,
) -> Option<usize> {
    let text = |at: usize| &visible.text[visible.boxes[at].start..visible.boxes[at].end];
    let titled = |at: usize| {
        let shown = text(at);
        shown.len() < 500
            && stated
                .titles
                .iter()
                .chain(&stated.head_title)
                .any(|title| same(title, shown) || alike(title, shown))
    };
    let until = first.unwrap_or(visible.boxes.len());
    let level_one = |at: &usize| places[*at].heading == 1;
    let any_heading = |at: &usize| places[*at].heading > 0;
    let before = 0..until;
    before
        .clone()
        .rev()
        .filter(level_one)
        .find(|at| titled(*at))
        .or_else(|| (0..visible.boxes.len()).filter(level_one).find(|at| titled(*at)))
        .or_else(|| before.clone().rev().filter(any_heading).find(|at| titled(*at)))
        .or_else(|| before.clone().rev().find(|at| stated.titles.iter().any(|title| same(title, text(*at)))))
        .or_else(|| before.clone().rev().find(level_one))
        .or_else(|| (0..visible.boxes.len()).find(|at| belongs[*at] && level_one(at)))
}

/// Whether two texts are the same but for white space, case and punctuation.
fn same(one: &str, other: &str) -> bool {
    let letters = |c: &char| c.is_alphanumeric();
    one.chars()
        .filter(letters)
        .flat_map(char::to_lowercase)
        .eq(other.chars().filter(letters).flat_map(char::to_lowercase))
        && one.chars().any(|c| c.is_alphanumeric())
}

/// Whether a box only names the authors.
fn is_byline(text: &str, place: &Place, stated: &Stated) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(26).collect();
    if words.is_empty() || words.len() > 25 || text.ends_with(['?', '!', ':']) {
        return false;
    }
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let by = words[0].eq_ignore_ascii_case("by") && words.get(1).is_some_and(capital);
    let named = stated.authors.iter().any(|author| same(author, text.trim_start_matches("By ")));
    let marked = place.byline
        && !place.item
        && (2..=4).contains(&words.len())
        && words.iter().all(capital)
        && !text.contains(|c: char| c.is_ascii_digit() || c == ':');
    (by && !text.contains(". ") && words.len() <= 20) || named || (marked && !text.ends_with('.'))
}

/// Whether a box only says where the story was filed.
fn is_dateline(text: &str, place: &Place) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().take(11).count();
    if words == 0 || words > 10 {
        return false;
    }
    let bare = text.trim_end_matches(['—', '–', '-', ':', ' ']);
    let first = bare.split_whitespace().next().unwrap_or_default();
    let shouted =
        first.chars().filter(|c| c.is_uppercase()).count() >= 3 && !first.chars().any(char::is_lowercase);
    let agency = bare.ends_with(')') && bare.contains('(');
    let dashed = bare.len() < text.len() && !text.ends_with(':');
    let dated = !dates::find(bare).is_empty();
    shouted && (agency || dashed || dated && bare.contains(',')) || place.dateline && shouted
}

/// Marks the quotations that repeat words of the article for show.
fn pull_quotes(visible: &Visible, places: &[Place], kinds: &mut [BlockKind]) {
    // Each is sought in the whole article; no article has more of them.
    const MOST: usize = 40;
    let text = |at: usize| &visible.text[visible.boxes[at].start..visible.boxes[at].end];
    let candidates: Vec<usize> = (0..kinds.len())
        .filter(|at| match kinds[*at] {
            BlockKind::Quotation => true,
            BlockKind::Paragraph => places[*at].aside,
            _ => false,
        })
        .take(MOST + 1)
        .collect();
    if candidates.is_empty() || candidates.len() > MOST {
        return;
    }
    let mut article = String::from(" ");
    for (at, kind) in kinds.iter().enumerate() {
        if matches!(kind, BlockKind::Paragraph | BlockKind::ListItem) && !candidates.contains(&at) {
            push_words(text(at), &mut article);
        }
    }
    for at in candidates {
        let mut words = String::from(" ");
        push_words(text(at), &mut words);
        if words.split(' ').count() > 5
            && memchr::memmem::find(article.as_bytes(), words.as_bytes()).is_some()
        {
            kinds[at] = BlockKind::PullQuote;
        }
    }
}

fn push_words(text: &str, words: &mut String) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.extend(word.chars().flat_map(char::to_lowercase));
        words.push(' ');
    }
}

/// Marks the entries of a live blog, and gives each box its entry's time.
fn live_entries(dom: &Dom, places: &[Place], stated: &Stated, kinds: &mut [BlockKind]) -> Vec<Option<When>> {
    let mut times = vec![None; kinds.len()];
    let mut entries: Vec<(Id, Option<Moment>, bool)> = Vec::new();
    for place in places {
        let Some(entry) = place.entry else { continue };
        let known = entries.iter().rev().take(8).any(|(id, ..)| *id == entry);
        if !known {
            let time = dom
                .descendants(entry)
                .take(2_000)
                .find(|id| dom.tag(*id).is_some_and(|tag| &**tag == "time"));
            let moment = time.and_then(|id| {
                let stated = dom.attribute(id, "datetime").and_then(dates::parse);
                stated.or_else(|| dates::parse(&dom.text(id, 200)))
            });
            entries.push((entry, moment, time.is_some()));
        }
    }
    let timed = entries.iter().filter(|(.., timed)| *timed).count();
    if timed < 2 || !(stated.live || timed * 2 >= entries.len() && timed >= 3) {
        return times;
    }
    let by_entry: std::collections::HashMap<Id, Option<Moment>> =
        entries.iter().filter(|(.., timed)| *timed).map(|(id, moment, _)| (*id, *moment)).collect();
    for (at, place) in places.iter().enumerate() {
        if let (BlockKind::Paragraph | BlockKind::ListItem, Some(entry)) = (kinds[at], place.entry)
            && let Some(moment) = by_entry.get(&entry)
        {
            kinds[at] = BlockKind::LiveEntry;
            times[at] = moment.map(When::at);
        }
    }
    times
}

/// The words of a box on one line.
pub(crate) fn line(visible: &Visible, at: usize) -> String {
    collapse(&visible.text[visible.boxes[at].start..visible.boxes[at].end])
}

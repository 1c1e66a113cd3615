//! A draft taken apart into what it says that somebody said.

use saidline_html::{BlockKind, Document, Span};

use super::super::{Report, block_of, languages, words};
use super::Occasion;
use crate::attribution::{ActClass, Attribution, SaidBasis};
use crate::quotations::{kind_of, quotations};
use crate::speakers::envelope;

/// Something that a draft says that somebody said.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The place of the attribution; none where words stand in marks and nobody is said to have said them.
    pub place: Option<usize>,
    /// What is said, in one piece or several.
    pub content: Vec<Span>,
    /// The claim as comparing sees it.
    pub report: Report,
    /// Where and to whom.
    pub occasion: Occasion,
    /// Whether the words were likely said in another language than the draft's.
    pub foreign: bool,
    /// Of how many reports those were taken that lie nearest by their meaning: the more there are, the nearer the nearest lies by
    /// chance.
    pub among: usize,
}

impl Claim {
    /// From the first word of what is said to the last.
    pub fn span(&self) -> Span {
        let start = self.content.iter().map(|span| span.start).min().unwrap_or_default();
        Span { start, end: self.content.iter().map(|span| span.end).max().unwrap_or(start) }
    }

    /// How near what is meant to be the same must lie.
    pub(super) fn near_enough(&self) -> f32 {
        const LEAST: f32 = 0.27;
        const FOR_TWICE_AS_MANY: f32 = 0.009;
        LEAST + FOR_TWICE_AS_MANY * (self.among.max(1) as f32).log2()
    }

    /// Whether words of it stand in marks.
    pub fn is_quoted(&self) -> bool {
        self.report.words.iter().any(|word| word.quoted)
    }

    /// Its words as they stand in the text, those in marks where any do, each once, the most telling first: by which reports of
    /// it can be found.
    pub fn telling_words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let quoted = self.is_quoted();
        let mut placed = Vec::new();
        for span in &self.content {
            words::place(text, *span, |_| true, &mut placed);
        }
        let of = placed.iter().zip(&self.report.words).filter(|(_, word)| word.quoted || !quoted);
        let mut telling: Vec<_> = of.map(|(placed, word)| (placed.span.of(text), word)).collect();
        telling.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| a.1.stem.cmp(&b.1.stem)));
        telling.dedup_by_key(|(_, word)| word.stem);
        telling.into_iter().map(|(text, _)| text).collect()
    }
}

/// Words in marks that nobody is said to have said are a claim when they are so many; fewer may be a title or a word at arm's
/// length.
const UNATTRIBUTED: usize = 6;

/// What a draft claims: a claim for each attribution that tells what was said, and for each other one with words in marks; and
/// for long quotations of nobody. `voices` gives the numbers of an attribution's speakers, by its place.
pub fn claims(
    document: &Document,
    attributions: &[Attribution],
    voices: impl Fn(usize) -> Vec<u64>,
) -> Vec<Claim> {
    let text = document.text.as_str();
    let (marks, _) = quotations(text, &document.blocks);
    let mut all: Vec<Attribution> = attributions.to_vec();
    for one in &mut all {
        // Who says that somebody thought, found or ordered something says that it was made known.
        if let Some(act) = &mut one.act {
            act.class = ActClass::Speech;
        }
    }
    let known = all.len();
    for mark in marks.iter().filter(|mark| mark.within.is_none() && !mark.inner.is_empty()) {
        let block = document.blocks.get(block_of(&document.blocks, mark.span.start));
        let is_text = block.is_some_and(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
        });
        let is_told = attributions.iter().any(|one| {
            one.content.iter().chain(&one.source).chain(&one.cue).any(|span| span.overlaps(mark.inner))
        });
        if is_text && !is_told && mark.inner.of(text).split_whitespace().count() >= UNATTRIBUTED {
            let content = vec![mark.span];
            let kind = kind_of(text, &content, &marks);
            all.push(Attribution::new(kind, Vec::new(), Vec::new(), content, 1.0));
        }
    }
    let outer = outer_only(&all);
    let reports =
        Report::all(
            document,
            &marks,
            &all,
            0,
            |place| if place < known { voices(place) } else { Vec::new() },
        );
    let mut claims: Vec<Claim> = reports
        .into_iter()
        .filter(|(place, report)| !outer.contains(place) && !report.words.is_empty())
        .map(|(place, mut report)| {
            // What is later than the draft is left to the caller.
            report.published = None;
            if !tells_day(text, &all[place]) {
                report.days = None;
            }
            Claim {
                place: (place < known).then_some(place),
                content: all[place].content.clone(),
                occasion: Occasion::of(text, &all[place]),
                foreign: languages::is_foreign(text, &all[place]),
                among: 0,
                report,
            }
        })
        .collect();
    claims.sort_by_key(|claim| (claim.span().start, claim.span().end));
    claims
}

/// Whether the sentence of an attribution tells when it was said: what another sentence tells of the day is not what this one
/// claims.
fn tells_day(text: &str, attribution: &Attribution) -> bool {
    let Some(said) = &attribution.said else { return false };
    match said.basis {
        SaidBasis::Explicit | SaidBasis::Relative => true,
        SaidBasis::Event => {
            let Some((whole, told)) = envelope(attribution).zip(said.span) else { return false };
            let (from, to) =
                if told.start < whole.start { (told.end, whole.start) } else { (whole.end, told.start) };
            let between = text.get(from as usize..to.max(from) as usize).unwrap_or_default();
            !between.contains(['.', '\n', '?', '!'])
        }
        _ => false,
    }
}

/// The attributions that say little more than that somebody else said something: what that one said is a claim by itself.
fn outer_only(attributions: &[Attribution]) -> Vec<usize> {
    let long = |one: &Attribution| one.content.iter().map(|span| span.len()).sum::<usize>();
    let inner = attributions.iter().filter_map(|one| Some((one.parent?, one)));
    inner
        .filter(|(parent, one)| attributions.get(*parent).is_some_and(|outer| 2 * long(one) > long(outer)))
        .map(|(parent, _)| parent)
        .collect()
}

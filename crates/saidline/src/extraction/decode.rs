//! The decoder: from scores to attributions, one paragraph at a time.
//!
//! 1. Cues: the best sequence of tags (Viterbi over begin/inside/outside), with a bonus for cues, so that doubtful
//!    ones are proposed too. 2. One Viterbi over {nothing, cue, source of cue k, content of cue k} for all pieces
//!    together: contents of two cues compete for each piece, and an interrupted content comes out in its pieces with
//!    no rule. 3. For each cue with content, its best source outside all contents (two cues may share one).
//!    4. A confidence for each attribution from the evidence; the doubtful ones are dropped.

use std::ops::Range;

use saidline_html::Span;
use saidline_models::{DecoderWeights, Extractor, PAIR_CLASSES, Paragraph, TAG_CLASSES};

use super::{Evidence, Found};

/// Cues of one paragraph that are looked at, the likeliest first: it bounds the work on a paragraph of nothing but
/// verbs of speech.
const MOST_CUES: usize = 24;

/// Appends the attributions of one paragraph, in the order of their first word.
pub(super) fn decode(
    extractor: &Extractor,
    paragraph: &Paragraph,
    pieces: &[Span],
    text: &str,
    weights: &DecoderWeights,
    found: &mut Vec<Found>,
) {
    let tags: Vec<[f32; TAG_CLASSES]> = paragraph.tags.iter().map(|scores| log_softmax(*scores)).collect();
    let goes_on = inside_words(pieces, text);
    let cues = propose_cues(&tags, &goes_on, weights.cue_bonus);
    if cues.is_empty() {
        return;
    }
    let scores = extractor.score_pairs(paragraph, &cues);
    let pairs: Vec<Vec<Odds>> = (0..cues.len())
        .map(|cue| (0..pieces.len()).map(|piece| odds(log_softmax(scores.get(cue, piece)))).collect())
        .collect();
    let roles = joint(&tags, &pairs, &goes_on, weights);
    let in_content: Vec<bool> = roles.iter().map(|role| matches!(role, Role::Content(_))).collect();
    let from = found.len();
    for (k, cue) in cues.iter().enumerate() {
        let content = runs(&roles, k as u16);
        if content.is_empty() {
            continue;
        }
        let source = best_source(&pairs[k], &in_content, &goes_on, cue, weights.source_least);
        let evidence = evidence(&tags, &pairs[k], cue, source.as_ref(), &content);
        let confidence = confidence(&evidence, weights);
        if confidence < weights.least_confidence {
            continue;
        }
        let span = |range: &Range<usize>| spread(pieces, range);
        found.push(Found {
            source: source.iter().map(span).collect(),
            cue: vec![span(cue)],
            content: content.iter().map(span).collect(),
            confidence,
            evidence,
        });
    }
    found[from..].sort_by_key(Found::place);
}

/// Of each piece, whether it goes on with the word of the piece before: then it has the same role.
fn inside_words(pieces: &[Span], text: &str) -> Vec<bool> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let goes_on = |i: usize| {
        i > 0
            && pieces[i - 1].end == pieces[i].start
            && letter(pieces[i - 1].of(text).chars().next_back())
            && letter(pieces[i].of(text).chars().next())
    };
    (0..pieces.len()).map(goes_on).collect()
}

/// The text under a run of pieces.
fn spread(pieces: &[Span], range: &Range<usize>) -> Span {
    Span { start: pieces[range.start].start, end: pieces[range.end - 1].end }
}

/// Log probabilities of scores.
fn log_softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    scores.map(|score| score - most - sum.ln())
}

/// Of a (cue, piece) pair: log odds against "none" of source begins, source goes on, content begins, content goes on.
type Odds = [f32; 4];

fn odds(pair: [f32; PAIR_CLASSES]) -> Odds {
    std::array::from_fn(|i| pair[i + 1] - pair[0])
}

/// Cues by the best sequence of tags, at most [`MOST_CUES`], in order.
fn propose_cues(tags: &[[f32; TAG_CLASSES]], goes_on: &[bool], bonus: f32) -> Vec<Range<usize>> {
    const BEGIN: usize = 3;
    const INSIDE: usize = 4;
    let mut best = [f32::NEG_INFINITY; TAG_CLASSES];
    let mut back: Vec<[u8; TAG_CLASSES]> = Vec::with_capacity(tags.len());
    for (i, tag) in tags.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; TAG_CLASSES];
        let mut from = [0u8; TAG_CLASSES];
        let (top, top_score) = argmax(&best);
        for state in 0..TAG_CLASSES {
            let inside = state > 0 && state % 2 == 0;
            let (previous, score) = match (i, inside) {
                (0, false) => (0, 0.0),
                (0, true) => (0, f32::NEG_INFINITY),
                // Nothing begins or ends inside a word.
                (_, false) if goes_on[i] && state == 0 => (0, best[0]),
                (_, false) if goes_on[i] => (0, f32::NEG_INFINITY),
                (_, false) => (top, top_score),
                (_, true) if best[state] > best[state - 1] => (state, best[state]),
                (_, true) => (state - 1, best[state - 1]),
            };
            let extra = if state == BEGIN || state == INSIDE { bonus } else { 0.0 };
            next[state] = score + tag[state] + extra;
            from[state] = previous as u8;
        }
        best = next;
        back.push(from);
    }
    let mut cues: Vec<Range<usize>> = Vec::new();
    let mut state = argmax(&best).0;
    let mut end = None;
    for i in (0..tags.len()).rev() {
        match state {
            INSIDE => end = end.or(Some(i + 1)),
            BEGIN => cues.push(i..end.take().unwrap_or(i + 1)),
            _ => {}
        }
        state = usize::from(back[i][state]);
    }
    if cues.len() > MOST_CUES {
        cues.sort_by(|a, b| {
            tags[b.start][BEGIN].total_cmp(&tags[a.start][BEGIN]).then(a.start.cmp(&b.start))
        });
        cues.truncate(MOST_CUES);
    }
    cues.sort_by_key(|cue| cue.start);
    cues
}

fn argmax(scores: &[f32]) -> (usize, f32) {
    let mut top = (0, f32::NEG_INFINITY);
    for (i, &score) in scores.iter().enumerate() {
        if score > top.1 {
            top = (i, score);
        }
    }
    top
}

/// What a piece is in the joint reading; sources and contents with their cue's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Nothing,
    Cue,
    Source(u16),
    Content(u16),
}

/// The best joint reading of all pieces.
fn joint(
    tags: &[[f32; TAG_CLASSES]],
    pairs: &[Vec<Odds>],
    goes_on: &[bool],
    weights: &DecoderWeights,
) -> Vec<Role> {
    // States: nothing, a cue, then for each cue: source begins, source goes on, content begins, content goes on.
    let states = 2 + 4 * pairs.len();
    let mut best = vec![0.0f32; states];
    let mut next = vec![0.0f32; states];
    let mut back: Vec<u16> = Vec::with_capacity(states * tags.len());
    for (i, tag) in tags.iter().enumerate() {
        let (top, top_score) = if i == 0 { (0, 0.0) } else { argmax(&best) };
        if goes_on[i] {
            // Nothing begins or ends inside a word.
            next[0] = best[0] + weights.tags * tag[0];
            next[1] = best[1] + weights.tags * tag[3].max(tag[4]);
            back.extend([0, 1]);
        } else {
            next[0] = top_score + weights.tags * tag[0];
            next[1] = top_score + weights.tags * tag[3].max(tag[4]);
            back.extend([top as u16, top as u16]);
        }
        let begin = if goes_on[i] { f32::NEG_INFINITY } else { top_score };
        for (k, odds) in pairs.iter().enumerate() {
            let [source_begins, source_inside, begins, inside] = odds[i];
            let at = 2 + 4 * k;
            let stay = |begin: usize| {
                let (from, score) = match i {
                    0 => (0, f32::NEG_INFINITY),
                    _ if best[begin + 1] > best[begin] => (begin + 1, best[begin + 1]),
                    _ => (begin, best[begin]),
                };
                (from as u16, score)
            };
            let (source_from, source_score) = stay(at);
            let (content_from, content_score) = stay(at + 2);
            next[at] = begin + weights.tags * tag[1] + source_begins;
            next[at + 1] = source_score + weights.tags * tag[2] + source_inside;
            next[at + 2] =
                top_score + weights.tags * tag[5] + begins + weights.content_bonus - weights.fragment;
            next[at + 3] = content_score + weights.tags * tag[6] + inside + weights.content_bonus;
            back.extend([top as u16, source_from, top as u16, content_from]);
        }
        std::mem::swap(&mut best, &mut next);
    }
    let mut roles = vec![Role::Nothing; tags.len()];
    let mut state = argmax(&best).0;
    for i in (0..tags.len()).rev() {
        roles[i] = match state {
            0 => Role::Nothing,
            1 => Role::Cue,
            _ if (state - 2) % 4 < 2 => Role::Source(((state - 2) / 4) as u16),
            _ => Role::Content(((state - 2) / 4) as u16),
        };
        state = usize::from(back[i * states + state]);
    }
    roles
}

/// The runs of pieces that are content of cue `k`.
fn runs(roles: &[Role], k: u16) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, role) in roles.iter().enumerate() {
        if *role == Role::Content(k) {
            match runs.last_mut() {
                Some(run) if run.end == i => run.end = i + 1,
                _ => runs.push(i..i + 1),
            }
        }
    }
    runs
}

/// The best run of pieces outside all contents and outside the cue to be the cue's source, if its log odds exceed
/// `least`.
fn best_source(
    odds: &[Odds],
    in_content: &[bool],
    goes_on: &[bool],
    cue: &Range<usize>,
    least: f32,
) -> Option<Range<usize>> {
    let mut best: Option<(f32, Range<usize>)> = None;
    let mut open: Option<(f32, usize)> = None;
    for (i, &[begins, inside, ..]) in odds.iter().enumerate() {
        if in_content[i] || cue.contains(&i) {
            open = None;
            continue;
        }
        open = match open {
            Some((score, start)) if goes_on[i] || score + inside > begins => Some((score + inside, start)),
            None if goes_on[i] => None,
            _ => Some((begins, i)),
        };
        let ends_word = goes_on.get(i + 1).is_none_or(|goes_on| !goes_on);
        if let Some((score, start)) = open
            && ends_word
            && best.as_ref().is_none_or(|(top, _)| score > *top)
        {
            best = Some((score, start..i + 1));
        }
    }
    best.filter(|(score, _)| *score > least).map(|(_, range)| range)
}

/// The evidence for one attribution.
fn evidence(
    tags: &[[f32; TAG_CLASSES]],
    odds: &[Odds],
    cue: &Range<usize>,
    source: Option<&Range<usize>>,
    content: &[Range<usize>],
) -> Evidence {
    let mean = |sum: f32, count: usize| sum / count.max(1) as f32;
    let of_content = |i: usize| odds[i][2].max(odds[i][3]);
    let tag_of = |i: usize, begin: usize| tags[i][begin].max(tags[i][begin + 1]);
    let length: usize = content.iter().map(ExactSizeIterator::len).sum();
    let inside = || content.iter().flat_map(Clone::clone);
    let weakest = inside().map(of_content).fold(f32::INFINITY, f32::min);
    let edge = content.iter().map(|run| odds[run.start][2]).sum::<f32>();
    let source_odds = source
        .map_or(0.0, |run| mean(run.clone().map(|i| odds[i][0].max(odds[i][1])).sum::<f32>(), run.len()));
    let source_any = odds.iter().map(|odds| odds[0]).fold(f32::NEG_INFINITY, f32::max);
    let gap = match (content[0].start >= cue.end, content[content.len() - 1].end <= cue.start) {
        (true, _) => content[0].start - cue.end,
        (_, true) => cue.start - content[content.len() - 1].end,
        _ => 0,
    };
    [
        mean(cue.clone().map(|i| tag_of(i, 3)).sum::<f32>(), cue.len()),
        tags[cue.start][3],
        mean(inside().map(of_content).sum::<f32>(), length),
        weakest.clamp(-8.0, 8.0),
        mean(edge, content.len()),
        mean(inside().map(|i| tag_of(i, 5)).sum::<f32>(), length),
        source_odds,
        f32::from(u8::from(source.is_some())),
        source_any,
        (length as f32).ln(),
        content.len() as f32 - 1.0,
        (1.0 + gap as f32).ln(),
    ]
}

/// A logistic regression over the evidence.
fn confidence(evidence: &Evidence, weights: &DecoderWeights) -> f32 {
    let sum = weights.confidence_constant
        + evidence.iter().zip(&weights.confidence).map(|(value, weight)| value * weight).sum::<f32>();
    1.0 / (1.0 + (-sum).exp())
}

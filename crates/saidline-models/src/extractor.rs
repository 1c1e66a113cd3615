//! The extractor's network: word pieces, the encoder over windows of them, and the scorer of (cue, piece) pairs.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use rten::{Dimension, RunOptions, ValueView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use tokenizers::Tokenizer;

use crate::runtime::{Graph, on_one_thread, open};
use crate::{Bytes, ModelError};

/// Classes of a tag: none, source begins, source goes on, cue begins, goes on, content begins, goes on.
pub const TAG_CLASSES: usize = 7;
/// Classes of a (cue, piece) pair: none, source begins, source goes on, content begins, content goes on.
pub const PAIR_CLASSES: usize = 5;

/// Pieces of the longest window, its two end marks not counted: the length that the network was trained at.
const WINDOW: usize = 254;
/// Pieces of several paragraphs in a window. Attention costs the square of a window, and of what stands further away a
/// paragraph learns little: windows of 254 take a fifth more time for nothing that can be measured.
const COMPANY: usize = 126;
/// Upper ends of the distance buckets, in pieces; the trainer's `DISTANCES`.
const DISTANCES: [usize; 13] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96];

/// What the decoder weighs: numbers that go with one set of weights, chosen on held-out articles.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecoderWeights {
    /// Added to the log odds of cue tags when cues are proposed.
    pub cue_bonus: f32,
    /// Weight of the tags' log probabilities beside those of the pair scores.
    pub tags: f32,
    /// Cost of each fragment of a content.
    pub fragment: f32,
    /// Added to every piece of a content.
    pub content_bonus: f32,
    /// Log odds that the best source must exceed.
    pub source_least: f32,
    /// Weights of the evidence in the confidence's log odds.
    pub confidence: [f32; DecoderWeights::EVIDENCE],
    /// Constant of the confidence's log odds.
    pub confidence_constant: f32,
    /// Attributions of less confidence are dropped.
    pub least_confidence: f32,
}

impl DecoderWeights {
    /// How many numbers of evidence speak for an attribution.
    pub const EVIDENCE: usize = 12;
}

/// Finds sources, cues and contents: an encoder with two heads, int8.
pub struct Extractor {
    tokenizer: Tokenizer,
    begin: i32,
    end: i32,
    encoder: Encoder,
    pairs: Graph<4, 1>,
    /// Width of each of the four views of a piece that the pair scorer takes.
    width: usize,
    /// What the decoder weighs when it reads these scores.
    pub decoder: DecoderWeights,
}

/// The encoder; a network of convolutions needs no positions.
enum Encoder {
    Bert(Graph<2, 2>),
    Convolutions(Graph<1, 2>),
}

/// A paragraph's word pieces and what the encoder says of them.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Bytes of each piece in the paragraph's text, in order and disjoint.
    pub pieces: Vec<Range<usize>>,
    /// Scores of the [`TAG_CLASSES`] of each piece, unnormalised.
    pub tags: Vec<[f32; TAG_CLASSES]>,
    /// Where the views of its pieces are, window by window.
    views: Vec<Views>,
}

/// Four views (additive, bilinear, first of a cue, last of a cue) of a run of pieces, where the encoder wrote them.
#[derive(Debug, Clone)]
struct Views {
    /// Of all pieces of a window: [1, pieces, four times the width].
    window: Arc<NdTensor<f32, 3>>,
    /// Those of the run.
    pieces: Range<usize>,
}

impl Paragraph {
    fn unscored(pieces: Vec<Range<usize>>) -> Self {
        Self { tags: vec![[0.0; TAG_CLASSES]; pieces.len()], pieces, views: Vec::new() }
    }

    /// View `n` of the pieces in order, each of `width` numbers.
    fn view(&self, n: usize, width: usize) -> impl Iterator<Item = &[f32]> {
        self.views.iter().flat_map(move |run| {
            let numbers = run.window.data().expect("what the encoder writes has no gaps");
            run.pieces.clone().map(move |piece| &numbers[(4 * piece + n) * width..][..width])
        })
    }
}

/// Scores of every (cue, piece) pair of a paragraph, unnormalised.
#[derive(Debug, Clone)]
pub struct PairScores {
    scores: NdTensor<f32, 3>,
}

impl PairScores {
    /// The scores of the [`PAIR_CLASSES`] of a piece, seen from a cue.
    pub fn get(&self, cue: usize, piece: usize) -> [f32; PAIR_CLASSES] {
        std::array::from_fn(|class| self.scores[[cue, piece, class]])
    }
}

impl Extractor {
    pub(crate) fn load(
        folder: &str,
        get: &mut dyn FnMut(&str) -> Result<Bytes, ModelError>,
    ) -> Result<Self, ModelError> {
        let vocabulary = format!("{folder}/tokenizer.json");
        let unusable = |why: String| ModelError::Unusable { file: vocabulary.clone(), why };
        let tokenizer =
            Tokenizer::from_bytes(get(&vocabulary)?).map_err(|error| unusable(error.to_string()))?;
        let id = |token: &str| {
            let id = tokenizer.token_to_id(token).and_then(|id| i32::try_from(id).ok());
            id.ok_or_else(|| unusable(format!("it has no `{token}`")))
        };
        let (begin, end) = (id("[CLS]")?, id("[SEP]")?);
        let file = format!("{folder}/encoder.onnx");
        let encoder = open(&file, get)?;
        let encoder = if encoder.node_id("positions").is_ok() {
            Encoder::Bert(Graph::new(encoder, &file, ["ids", "positions"], ["tags", "views"])?)
        } else {
            Encoder::Convolutions(Graph::new(encoder, &file, ["ids"], ["tags", "views"])?)
        };
        let file = format!("{folder}/pairs.onnx");
        let pairs = open(&file, get)?;
        let pairs = Graph::new(pairs, &file, ["additive", "bilinear", "cue", "bucket"], ["scores"])?;
        let shape = pairs.model.node_info(pairs.inputs[0]).and_then(|input| input.shape());
        let width = match shape.as_deref() {
            Some([_, Dimension::Fixed(width)]) => *width,
            _ => return Err(ModelError::Unusable { file, why: "its views have no width".to_owned() }),
        };
        let file = format!("{folder}/decoder.json");
        let decoder = serde_json::from_slice(get(&file)?.as_ref())
            .map_err(|error| ModelError::Unusable { file, why: error.to_string() })?;
        Ok(Self { tokenizer, begin, end, encoder, pairs, width, decoder })
    }

    /// Scores paragraphs, each by itself or in a window with its neighbours, and hands each to `take` as soon as it is
    /// scored, in order: few are held at a time. What a paragraph's scores are depends on the paragraphs given
    /// together, never on what was scored before or beside them.
    ///
    /// A paragraph of more than 254 pieces is cut into windows: cut it at sentence ends before, where that matters.
    ///
    /// The work grows with the pieces, and a byte can be one. `worth` is asked with each paragraph's number and count
    /// of pieces; a paragraph that it refuses is handed over without pieces.
    pub fn score(
        &self,
        paragraphs: &[&str],
        mut worth: impl FnMut(usize, usize) -> bool + Send,
        mut take: impl FnMut(Paragraph) + Send,
    ) {
        on_one_thread(|options| {
            let mut window = Window::default();
            for (number, text) in paragraphs.iter().enumerate() {
                let (mut pieces, mut ids) = self.pieces(text);
                if !worth(number, pieces.len()) {
                    pieces.clear();
                    ids.clear();
                }
                window.waiting.push_back(Paragraph::unscored(pieces));
                for at in (0..ids.len()).step_by(WINDOW) {
                    let part = &ids[at..ids.len().min(at + WINDOW)];
                    if !window.has_room(part.len()) {
                        self.run_window(&mut window, options);
                        window.hand_over(1, &mut take);
                    }
                    window.push(at, part, self.begin, self.end);
                }
            }
            self.run_window(&mut window, options);
            window.hand_over(0, &mut take);
        });
    }

    /// Scores all pairs of a paragraph's pieces with `cues`, each a range of pieces.
    ///
    /// # Panics
    /// When a cue is empty or outside the paragraph.
    pub fn score_pairs(&self, paragraph: &Paragraph, cues: &[Range<usize>]) -> PairScores {
        let pieces = paragraph.pieces.len();
        if cues.is_empty() || pieces == 0 {
            return PairScores { scores: NdTensor::zeros([cues.len(), pieces, PAIR_CLASSES]) };
        }
        let width = self.width;
        let view = |n: usize| {
            let mut numbers = Vec::with_capacity(pieces * width);
            paragraph.view(n, width).for_each(|piece| numbers.extend_from_slice(piece));
            NdTensor::from_data([pieces, width], numbers)
        };
        let nth = |n: usize, piece: usize| paragraph.view(n, width).nth(piece).expect("a cue is of pieces");
        let mut cue = Vec::with_capacity(cues.len() * width);
        for Range { start, end } in cues {
            let (first, last) = (nth(2, *start), nth(3, *end - 1));
            cue.extend(first.iter().zip(last).map(|(first, last)| first + last));
        }
        let cue = NdTensor::from_data([cues.len(), width], cue);
        let bucket = NdTensor::from_fn([cues.len(), pieces], |[k, piece]| bucket(piece, &cues[k]));
        let (additive, bilinear) = (view(0), view(1));
        on_one_thread(|options| {
            let inputs: [ValueView; 4] =
                [additive.view().into(), bilinear.view().into(), cue.view().into(), bucket.view().into()];
            let [scores] = self.pairs.run(inputs, options);
            PairScores { scores: scores.try_into().expect("scores have three dimensions") }
        })
    }

    /// The word pieces of a text: their bytes and their ids.
    fn pieces(&self, text: &str) -> (Vec<Range<usize>>, Vec<i32>) {
        // The tokenizer fails only on a model without an unknown token.
        let Ok(encoded) = self.tokenizer.encode(text, false) else { return (Vec::new(), Vec::new()) };
        encoded
            .get_offsets()
            .iter()
            .zip(encoded.get_ids())
            .map(|(&(start, end), &id)| (start..end, id as i32))
            .unzip()
    }

    fn run_window(&self, window: &mut Window, options: &RunOptions) {
        if window.parts.is_empty() {
            return;
        }
        let mut ids = std::mem::take(&mut window.ids);
        ids.push(self.end);
        let length = ids.len();
        let ids = NdTensor::from_data([1, length], ids);
        let [tags, views] = match &self.encoder {
            Encoder::Bert(graph) => {
                let positions = NdTensor::from_fn([1, length], |[_, i]| i as i32);
                graph.run([ids.view().into(), positions.view().into()], options)
            }
            Encoder::Convolutions(graph) => graph.run([ids.view().into()], options),
        };
        let tags: NdTensor<f32, 3> = tags.try_into().expect("tags have three dimensions");
        let views: NdTensor<f32, 3> = views.try_into().expect("views have three dimensions");
        let views = Arc::new(views);
        for Part { paragraph, first, at, length } in window.parts.drain(..) {
            let paragraph = &mut window.waiting[paragraph - window.handed_over];
            for (i, tag) in paragraph.tags[first..first + length].iter_mut().enumerate() {
                *tag = std::array::from_fn(|class| tags[[0, at + i, class]]);
            }
            paragraph.views.push(Views { window: Arc::clone(&views), pieces: at..at + length });
        }
    }
}

impl std::fmt::Debug for Extractor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Extractor").finish_non_exhaustive()
    }
}

/// Pieces packed for one run of the encoder, and the paragraphs that they are of.
#[derive(Default)]
struct Window {
    ids: Vec<i32>,
    parts: Vec<Part>,
    /// Paragraphs not yet handed over: those of the window, the last perhaps with more to come.
    waiting: VecDeque<Paragraph>,
    /// Paragraphs handed over before them.
    handed_over: usize,
}

/// Where a stretch of a paragraph lies in a window.
struct Part {
    /// The paragraph's number among all.
    paragraph: usize,
    /// Its first piece in the paragraph.
    first: usize,
    /// Its first piece in the window.
    at: usize,
    /// Pieces.
    length: usize,
}

impl Window {
    fn has_room(&self, pieces: usize) -> bool {
        self.ids.len() + pieces <= COMPANY + 1 - usize::from(!self.parts.is_empty())
    }

    /// Adds pieces of the last paragraph that waits.
    fn push(&mut self, first: usize, ids: &[i32], begin: i32, separator: i32) {
        self.ids.push(if self.parts.is_empty() { begin } else { separator });
        let paragraph = self.handed_over + self.waiting.len() - 1;
        self.parts.push(Part { paragraph, first, at: self.ids.len(), length: ids.len() });
        self.ids.extend_from_slice(ids);
    }

    /// Hands over all waiting paragraphs but the last `keep`.
    fn hand_over(&mut self, keep: usize, take: &mut impl FnMut(Paragraph)) {
        while self.waiting.len() > keep {
            self.waiting.pop_front().into_iter().for_each(&mut *take);
            self.handed_over += 1;
        }
    }
}

/// The bucket of a piece's distance from a cue: 0 inside, odd before, even behind.
fn bucket(piece: usize, cue: &Range<usize>) -> i32 {
    if cue.contains(&piece) {
        return 0;
    }
    let behind = piece >= cue.end;
    let away = if behind { piece - cue.end + 1 } else { cue.start - piece };
    let step = DISTANCES.iter().filter(|&&end| away > end).count();
    (1 + 2 * step + usize::from(behind)) as i32
}

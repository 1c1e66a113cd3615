//! What a text is about, as a vector: texts that mean the same point the same way, whatever their words; and piece by piece, how
//! well a report answers a question.

use std::sync::OnceLock;

use rten::{RunOptions, Value};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use tokenizers::Tokenizer;

use crate::runtime::{Graph, on_one_thread, open};
use crate::{Bytes, ModelError, from_embedded, from_read};

/// Numbers of a vector.
pub const MEANING_WIDTH: usize = 384;

/// Word pieces of a text that are looked at, its two end marks among them; what comes behind is not.
pub const MEANING_PIECES: usize = 128;

/// How many steps of a vector's numbers make one. None of a text that was ever looked at came to 0.3; what would be
/// beyond the last step is cut to it.
pub const MEANING_STEPS: f32 = 400.0;

/// The direction of a text: numbers of a vector of length one in steps of 1/400.
pub type Vector = [i8; MEANING_WIDTH];

/// Turns texts into vectors: an encoder and the mean of its states, int8.
pub struct Meaning {
    tokenizer: Tokenizer,
    /// Gives the mean of the states, and the states.
    encoder: Graph<2, 2>,
}

/// A report and what stands around it, to be held against a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Who said what, as it is made into a vector.
    pub report: String,
    /// The title of the page, or nothing.
    pub title: String,
    /// What stands before it on the page; its end is read.
    pub before: String,
}

/// Word pieces that are read of a question, and of each part of what is told.
const QUESTION_PIECES: usize = 28;
const REPORT_PIECES: usize = 48;
const TITLE_PIECES: usize = 16;
const BEFORE_PIECES: usize = 24;

/// The states in the graph, by the name that `training/meaning/export.py` gave them.
const STATES: &str = "LayerNormalization_536";

impl Meaning {
    /// The name and version of the model, as they stand beside every vector; also the name of its folder.
    pub const NAME: &str = "meaning-2";

    /// The weights in this build, loaded once a process (tens of milliseconds) and shared.
    ///
    /// # Errors
    /// When the build itself is broken.
    pub fn embedded() -> Result<&'static Meaning, &'static ModelError> {
        static LOADED: OnceLock<Result<Meaning, ModelError>> = OnceLock::new();
        LOADED.get_or_init(|| Meaning::load(&mut from_embedded)).as_ref()
    }

    /// Weights from elsewhere. `read` is asked for each file by its path below the models' folder
    /// (`meaning-2/encoder.onnx`), and for the list of checksums.
    ///
    /// # Errors
    /// When `read` fails, when a file's checksum is wrong, or when the file is not a model of this version.
    pub fn from_files(mut read: impl FnMut(&str) -> Result<Vec<u8>, String>) -> Result<Meaning, ModelError> {
        Meaning::load(&mut |name| from_read(name, &mut read))
    }

    fn load(get: &mut dyn FnMut(&str) -> Result<Bytes, ModelError>) -> Result<Meaning, ModelError> {
        let file = format!("{}/tokenizer.json", Self::NAME);
        let tokenizer = Tokenizer::from_bytes(get(&file)?)
            .map_err(|error| ModelError::Unusable { file, why: error.to_string() })?;
        let file = format!("{}/encoder.onnx", Self::NAME);
        let encoder = Graph::new(open(&file, get)?, &file, ["ids", "positions"], ["meaning", STATES])?;
        Ok(Self { tokenizer, encoder })
    }

    /// The vector of each text, in order. Each text is run by itself: the numbers that a run is rounded to depend on all
    /// that is in it, and a text's vector is to depend on nothing but the text.
    ///
    /// A text without a word has a vector, too; one that only repeats a text before it is not run again.
    pub fn vectors(&self, texts: &[String]) -> Vec<Vector> {
        on_one_thread(|options| {
            let mut vectors: Vec<Vector> = Vec::with_capacity(texts.len());
            for (n, text) in texts.iter().enumerate() {
                let same = texts[..n].iter().rposition(|before| before == text).filter(|_| n < FEW);
                let vector = match same {
                    Some(before) => vectors[before],
                    None => {
                        let ids = self.marked([self.pieces(text, MEANING_PIECES - 2)]);
                        let [mean, _] = self.run(ids, options);
                        let mean: NdTensor<f32, 2> = mean.try_into().expect("a mean has two dimensions");
                        in_steps(mean.data().expect("what the encoder writes has no gaps"))
                    }
                };
                vectors.push(vector);
            }
            vectors
        })
    }

    /// How well each report answers a question, 1 where every piece of the question stands there in the same sense: the mean
    /// over the pieces of the question of the cosine of the piece's state and the nearest state of what is told (the late
    /// interaction of ColBERT, Khattab and Zaharia 2020, with the states of the encoder of the vectors). The vectors say what a
    /// report is about as a whole; this tells whether all that is asked for is in it, and it reads what stands around.
    ///
    /// Takes ten to twenty milliseconds a report and thread.
    pub fn closeness(&self, question: &str, reports: &[Told], threads: usize) -> Vec<f32> {
        let asked = on_one_thread(|options| {
            self.states(self.marked([self.pieces(question, QUESTION_PIECES)]), options)
        });
        let close = |told: &Told| {
            let parts = [
                self.pieces(&told.report, REPORT_PIECES),
                self.pieces(&told.title, TITLE_PIECES),
                self.last_pieces(&told.before, BEFORE_PIECES),
            ];
            on_one_thread(|options| nearness(&asked, &self.states(self.marked(parts), options)))
        };
        let each = reports.len().div_ceil(threads.max(1)).max(1);
        std::thread::scope(|scope| {
            let parts: Vec<_> = reports
                .chunks(each)
                .map(|part| scope.spawn(move || part.iter().map(close).collect::<Vec<f32>>()))
                .collect();
            // Where a thread panics, the whole command has.
            parts.into_iter().flat_map(|part| part.join().expect("a thread ends")).collect()
        })
    }

    /// Runs a text by itself.
    fn run(&self, ids: Vec<i32>, options: &RunOptions) -> [Value; 2] {
        let length = ids.len();
        let ids = NdTensor::from_data([1, length], ids);
        let positions = NdTensor::from_fn([1, length], |[_, i]| i as i32);
        self.encoder.run([ids.view().into(), positions.view().into()], options)
    }

    /// The states of a text's pieces one behind the other, each of length one.
    fn states(&self, ids: Vec<i32>, options: &RunOptions) -> Vec<f32> {
        let [_, states] = self.run(ids, options);
        let states: NdTensor<f32, 3> = states.try_into().expect("states have three dimensions");
        let mut states = states.into_data();
        for state in states.chunks_exact_mut(MEANING_WIDTH) {
            let length = length(state);
            state.iter_mut().for_each(|number| *number /= length);
        }
        states
    }

    /// Pieces of several parts with the marks of beginning and ends.
    fn marked<const PARTS: usize>(&self, parts: [Vec<i32>; PARTS]) -> Vec<i32> {
        let mark = |name| self.tokenizer.token_to_id(name).map_or(0, |id| id as i32);
        let end = mark("[SEP]");
        let mut ids = vec![mark("[CLS]")];
        for part in parts {
            ids.extend(part);
            ids.push(end);
        }
        ids
    }

    /// The first pieces of a text.
    fn pieces(&self, text: &str, most: usize) -> Vec<i32> {
        let near = text.char_indices().nth(most * LONGEST_PIECE).map_or(text, |(end, _)| &text[..end]);
        let mut ids = self.ids_of(near);
        ids.truncate(most);
        ids
    }

    /// The last pieces of a text.
    fn last_pieces(&self, text: &str, most: usize) -> Vec<i32> {
        let near =
            text.char_indices().rev().nth(most * LONGEST_PIECE).map_or(text, |(start, _)| &text[start..]);
        let mut ids = self.ids_of(near);
        ids.drain(..ids.len().saturating_sub(most));
        ids
    }

    /// The pieces of a text without marks. The tokenizer fails only on a model without an unknown token.
    fn ids_of(&self, text: &str) -> Vec<i32> {
        let encoded = self.tokenizer.encode_fast(text, false);
        encoded.map_or_else(|_| Vec::new(), |encoded| encoded.get_ids().iter().map(|&id| id as i32).collect())
    }
}

/// The mean over the states of a question of the cosine of the nearest state of what is told.
fn nearness(asked: &[f32], told: &[f32]) -> f32 {
    let product = |one: &[f32], other: &[f32]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
    let asked = asked.chunks_exact(MEANING_WIDTH);
    let pieces = asked.len().max(1);
    let nearest =
        |one: &[f32]| told.chunks_exact(MEANING_WIDTH).map(|other| product(one, other)).fold(-1.0, f32::max);
    asked.map(nearest).sum::<f32>() / pieces as f32
}

/// A piece is seldom of more letters: what lies further off than so many for each need not be cut to pieces first.
const LONGEST_PIECE: usize = 16;

/// Among so many texts the same one is looked for: those of a page, not those of a record.
const FEW: usize = 1_000;

/// The direction between vectors, each counting as much as stands beside it.
pub fn mixed(vectors: &[(&Vector, f32)]) -> Vector {
    let sum = |n: usize| vectors.iter().map(|(vector, share)| f32::from(vector[n]) * share).sum();
    in_steps(&std::array::from_fn::<f32, MEANING_WIDTH, _>(sum))
}

/// The length of a vector, never nought.
fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|number| number * number).sum::<f32>().sqrt().max(f32::MIN_POSITIVE)
}

/// Made of length one, and its numbers whole.
fn in_steps(mean: &[f32]) -> Vector {
    let length = length(mean);
    std::array::from_fn(|n| {
        let number = mean.get(n).copied().unwrap_or_default() / length;
        (number * MEANING_STEPS).round().clamp(-127.0, 127.0) as i8
    })
}

impl std::fmt::Debug for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Meaning").finish_non_exhaustive()
    }
}

//! The only crate with weights, vocabularies and a numeric runtime: text or feature rows in, scores out (per word
//! piece, with byte ranges); labels are numbers here.
//!
//! [`Models::embedded`] needs no file; [`Models::from_files`] loads other weights of the same shape. A truncated or
//! altered file is refused with a [`ModelError`] that names it.

mod extractor;
mod lines;
mod meaning;
mod runtime;

pub use extractor::{DecoderWeights, Extractor, PAIR_CLASSES, PairScores, Paragraph, TAG_CLASSES};
pub use lines::{Lines, LinesError};
pub use meaning::{MEANING_PIECES, MEANING_STEPS, MEANING_WIDTH, Meaning, Told, Vector, mixed};

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// Why weights could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The caller could not give the file.
    #[error("cannot read `{file}`: {why}")]
    Missing {
        /// The file asked for, as a path below the models' folder.
        file: String,
        /// The caller's reason.
        why: String,
    },
    /// The file's bytes are not those that the folder's checksums name.
    #[error("`{file}` is truncated or was altered: its SHA-256 is not the one in `{checksums}`")]
    Altered {
        /// The file.
        file: String,
        /// The list it was held against.
        checksums: String,
    },
    /// The file is whole, and still not what this version can use.
    #[error("`{file}` can't be used: {why}")]
    Unusable {
        /// The file.
        file: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Which network finds sources, cues and contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The most accurate: a BERT encoder.
    #[default]
    Accurate,
    /// The fastest: a few convolutions, taught by the most accurate.
    Fast,
}

impl Model {
    /// Its name and version ("accurate-2"), as they stand beside everything that was made with it; also the name of
    /// its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accurate => "accurate-2",
            Self::Fast => "fast-1",
        }
    }

    /// Every model, in the order of declaration.
    pub const ALL: [Model; 2] = [Self::Accurate, Self::Fast];

    /// The files of [`EMBEDDED`] that are read when this model is loaded.
    pub fn files(self) -> impl Iterator<Item = &'static WeightsFile> {
        let of_another = move |file: &WeightsFile| {
            Self::ALL.iter().any(|other| *other != self && file.folder() == other.name())
        };
        let reads = |file: &&WeightsFile| file.folder() != Meaning::NAME;
        EMBEDDED.iter().filter(reads).filter(move |file| !of_another(file))
    }
}

/// What is loaded to read with.
#[derive(Debug)]
pub struct Models {
    /// Which network the extractor is.
    pub model: Model,
    /// Finds sources, cues and contents.
    pub extractor: Extractor,
    /// Tells lines of the article from those around it, in text without markup.
    pub lines: Lines,
}

/// A file of weights, for `doctor` and for the record of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightsFile {
    /// Its path below the models' folder.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

impl WeightsFile {
    /// The model's folder.
    fn folder(&self) -> &'static str {
        self.name.split_once('/').map_or("", |(folder, _)| folder)
    }
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(WeightsFile { name: $name, bytes: include_bytes!(concat!("../../../models/", $name)) }),+]
    };
}

/// The weights in this build.
pub const EMBEDDED: &[WeightsFile] = embedded![
    "accurate-2/encoder.onnx",
    "accurate-2/pairs.onnx",
    "accurate-2/tokenizer.json",
    "accurate-2/decoder.json",
    "fast-1/encoder.onnx",
    "fast-1/pairs.onnx",
    "fast-1/tokenizer.json",
    "fast-1/decoder.json",
    "lines-1/lines.bin",
    "meaning-2/encoder.onnx",
    "meaning-2/tokenizer.json",
];

/// The name of the list of checksums in each model's folder, in the format of `sha256sum`.
pub const CHECKSUMS: &str = "SHA256SUMS";

impl Models {
    /// The weights in this build, each model loaded once a process (tens of milliseconds) and shared.
    ///
    /// # Errors
    /// When the build itself is broken.
    pub fn embedded(model: Model) -> Result<&'static Models, &'static ModelError> {
        static ACCURATE: OnceLock<Result<Models, ModelError>> = OnceLock::new();
        static FAST: OnceLock<Result<Models, ModelError>> = OnceLock::new();
        let loaded = match model {
            Model::Accurate => &ACCURATE,
            Model::Fast => &FAST,
        };
        loaded.get_or_init(|| Models::load(model, &mut from_embedded)).as_ref()
    }

    /// Weights from elsewhere. `read` is asked for each file by its path below the models' folder
    /// (`accurate-2/encoder.onnx`; those of [`Model::files`] and no others), and for the lists of checksums
    /// (`accurate-2/SHA256SUMS`).
    ///
    /// # Errors
    /// When `read` fails, when a file's checksum is wrong, or when the file is not a model of this version.
    pub fn from_files(
        model: Model,
        mut read: impl FnMut(&str) -> Result<Vec<u8>, String>,
    ) -> Result<Models, ModelError> {
        Models::load(model, &mut |name| from_read(name, &mut read))
    }

    fn load(
        model: Model,
        get: &mut dyn FnMut(&str) -> Result<Bytes, ModelError>,
    ) -> Result<Models, ModelError> {
        let file = "lines-1/lines.bin";
        let lines = Lines::from_bytes(get(file)?.as_ref());
        let lines =
            lines.map_err(|error| ModelError::Unusable { file: file.to_owned(), why: error.to_string() })?;
        Ok(Models { model, extractor: Extractor::load(model.name(), get)?, lines })
    }
}

/// A file of weights in this build.
fn from_embedded(name: &str) -> Result<Bytes, ModelError> {
    let file = EMBEDDED.iter().find(|file| file.name == name);
    Ok(Bytes::Static(file.expect("every file asked for is in the list").bytes))
}

/// A file of weights from elsewhere, held against the list of checksums beside it.
fn from_read(name: &str, read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>) -> Result<Bytes, ModelError> {
    let mut get = |name: &str| read(name).map_err(|why| ModelError::Missing { file: name.to_owned(), why });
    let bytes = get(name)?;
    let (folder, file) = name.split_once('/').expect("weights lie in a folder");
    let checksums = format!("{folder}/{CHECKSUMS}");
    let list = get(&checksums)?;
    if !listed(&list, file, &bytes) {
        return Err(ModelError::Altered { file: name.to_owned(), checksums });
    }
    Ok(Bytes::Owned(bytes))
}

/// Bytes of a file of weights: those in the build are never copied.
enum Bytes {
    Static(&'static [u8]),
    Owned(Vec<u8>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

/// Whether `list`, as `sha256sum` prints it, names `file` with the checksum of `bytes`.
fn listed(list: &[u8], file: &str, bytes: &[u8]) -> bool {
    let Ok(list) = std::str::from_utf8(list) else { return false };
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    list.lines().filter_map(|line| line.split_once("  ")).any(|(sum, name)| name == file && sum == hex)
}

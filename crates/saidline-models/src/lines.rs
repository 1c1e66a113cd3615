//! The line scorer: gradient-boosted trees over feature rows, in a small plain file.
//!
//! The file, little-endian throughout:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `SLLINES1` |
//! | 4 | numbers in a row, `u32` |
//! | 4 | trees, `u32` |
//! | 4 | added to the sum of all trees, `f32` |
//! | per tree 4 | nodes, `u32` |
//! | per node 10 | feature `u16`, threshold `f32`, left `u16`, right `u16`; a leaf has feature 65535 and its value in the threshold's place |
//! | 32 | SHA-256 of all the bytes before |
//!
//! A number that is at most the threshold goes left. Children stand after their parent, so that every walk ends.

use sha2::{Digest, Sha256};

/// Why weights can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinesError {
    /// The file is not of the kind that was asked for.
    #[error("not weights of the line scorer (they begin with `SLLINES1`)")]
    Unknown,
    /// The checksum at the end is not that of the content.
    #[error("the weights of the line scorer are damaged: their checksum does not fit")]
    Damaged,
    /// The checksum fits, and yet the content makes no sense.
    #[error("the weights of the line scorer are malformed: {0}")]
    Malformed(&'static str),
}

/// Tells for a line of text, by numbers measured on it, the chance that it belongs to the article.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    features: usize,
    bias: f32,
    nodes: Vec<Node>,
    /// Where each tree begins in `nodes`.
    roots: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Node {
    feature: u16,
    value: f32,
    left: u32,
    right: u32,
}

const MAGIC: &[u8; 8] = b"SLLINES1";
const LEAF: u16 = u16::MAX;
const CHECKSUM: usize = 32;

impl Lines {
    /// Reads weights from the bytes of their file.
    ///
    /// # Errors
    /// When the bytes are something else, cut, altered or malformed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LinesError> {
        if !bytes.starts_with(MAGIC) {
            return Err(LinesError::Unknown);
        }
        let (content, checksum) = bytes
            .len()
            .checked_sub(CHECKSUM)
            .and_then(|at| bytes.split_at_checked(at))
            .ok_or(LinesError::Damaged)?;
        if Sha256::digest(content)[..] != *checksum {
            return Err(LinesError::Damaged);
        }
        let mut rest = content.get(MAGIC.len()..).ok_or(LinesError::Damaged)?;
        let features = u32::from_le_bytes(take(&mut rest)?) as usize;
        let trees = u32::from_le_bytes(take(&mut rest)?);
        let bias = f32::from_le_bytes(take(&mut rest)?);
        if !(1..usize::from(LEAF)).contains(&features) || !bias.is_finite() {
            return Err(LinesError::Malformed("impossible numbers at the beginning"));
        }
        let (mut nodes, mut roots) = (Vec::new(), Vec::new());
        for _ in 0..trees {
            let count = u32::from_le_bytes(take(&mut rest)?);
            let root = nodes.len() as u32;
            if count == 0 || count > u32::from(u16::MAX) {
                return Err(LinesError::Malformed("an impossible number of nodes"));
            }
            roots.push(root);
            for at in 0..count {
                let feature = u16::from_le_bytes(take(&mut rest)?);
                let value = f32::from_le_bytes(take(&mut rest)?);
                let left = u32::from(u16::from_le_bytes(take(&mut rest)?));
                let right = u32::from(u16::from_le_bytes(take(&mut rest)?));
                if !value.is_finite() {
                    return Err(LinesError::Malformed("a value that is no number"));
                }
                if feature != LEAF {
                    if usize::from(feature) >= features {
                        return Err(LinesError::Malformed("a feature that no row has"));
                    }
                    if left <= at || right <= at || left >= count || right >= count {
                        return Err(LinesError::Malformed("a branch that leads nowhere"));
                    }
                }
                nodes.push(Node { feature, value, left: root + left, right: root + right });
            }
        }
        if !rest.is_empty() {
            return Err(LinesError::Malformed("bytes after the last tree"));
        }
        Ok(Self { features, bias, nodes, roots })
    }

    /// How many numbers a row has.
    pub fn features(&self) -> usize {
        self.features
    }

    /// The chance for each row, in `0.0..=1.0`, that its line belongs to the article. `rows` holds the rows one
    /// after another, [`Lines::features`] numbers each; numbers that do not fill a row are not looked at.
    pub fn score(&self, rows: &[f32]) -> Vec<f32> {
        rows.chunks_exact(self.features).map(|row| self.score_row(row)).collect()
    }

    fn score_row(&self, row: &[f32]) -> f32 {
        // Summed in f64 and in the order of the file: the same sum everywhere.
        let mut sum = f64::from(self.bias);
        for root in &self.roots {
            let mut at = *root;
            // Children stand after their parent, which `from_bytes` has checked, so this ends.
            while let Some(node) = self.nodes.get(at as usize) {
                if node.feature == LEAF {
                    sum += f64::from(node.value);
                    break;
                }
                let number = row.get(usize::from(node.feature)).copied().unwrap_or(0.0);
                at = if number <= node.value { node.left } else { node.right };
            }
        }
        (1.0 / (1.0 + (-sum).exp())) as f32
    }
}

/// The next `N` bytes.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], LinesError> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(LinesError::Malformed("it ends too soon"))?;
    *rest = tail;
    Ok(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of trees given as nodes: feature, value, left, right.
    fn file(features: u32, trees: &[&[(u16, f32, u16, u16)]]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(features.to_le_bytes());
        bytes.extend((trees.len() as u32).to_le_bytes());
        bytes.extend(0.5_f32.to_le_bytes());
        for tree in trees {
            bytes.extend((tree.len() as u32).to_le_bytes());
            for (feature, value, left, right) in *tree {
                bytes.extend(feature.to_le_bytes());
                bytes.extend(value.to_le_bytes());
                bytes.extend(left.to_le_bytes());
                bytes.extend(right.to_le_bytes());
            }
        }
        bytes.extend(Sha256::digest(&bytes));
        bytes
    }

    const STUMP: &[(u16, f32, u16, u16)] = &[(1, 2.0, 1, 2), (LEAF, -1.5, 0, 0), (LEAF, 0.5, 0, 0)];

    fn check(bytes: &[u8], expected: LinesError) {
        assert_eq!(Lines::from_bytes(bytes), Err(expected));
    }

    #[test]
    fn walks_trees() {
        let lines = Lines::from_bytes(&file(2, &[STUMP, STUMP])).unwrap();
        let sigmoid = |x: f32| 1.0 / (1.0 + (-x).exp());
        let scores = lines.score(&[9.0, 2.0, 9.0, 2.1, 9.0]);
        assert_eq!(scores.len(), 2, "a part of a row is not looked at");
        assert!((scores[0] - sigmoid(-2.5)).abs() < 1e-6 && (scores[1] - sigmoid(1.5)).abs() < 1e-6);
        assert_eq!(lines.score(&[]), Vec::<f32>::new());
        assert_eq!(lines.score(&[f32::NAN, f32::NAN]), vec![scores[1]], "what is no number goes right");
    }

    #[test]
    fn refuses_what_is_not_whole() {
        let good = file(2, &[STUMP]);
        for length in 0..good.len() {
            let expected = if length < MAGIC.len() { LinesError::Unknown } else { LinesError::Damaged };
            check(&good[..length], expected);
        }
        for at in 0..good.len() {
            let mut altered = good.clone();
            altered[at] ^= 1;
            assert!(Lines::from_bytes(&altered).is_err(), "byte {at}");
        }
        check(b"<html>", LinesError::Unknown);
    }

    #[test]
    fn refuses_what_makes_no_sense() {
        let malformed = LinesError::Malformed;
        check(&file(0, &[]), malformed("impossible numbers at the beginning"));
        check(&file(2, &[&[]]), malformed("an impossible number of nodes"));
        check(&file(2, &[&[(LEAF, f32::NAN, 0, 0)]]), malformed("a value that is no number"));
        check(&file(1, &[STUMP]), malformed("a feature that no row has"));
        check(&file(2, &[&[(0, 1.0, 0, 0)]]), malformed("a branch that leads nowhere"));
        check(&file(2, &[&[(0, 1.0, 1, 2), (LEAF, 1.0, 0, 0)]]), malformed("a branch that leads nowhere"));
    }

    #[test]
    fn scores_as_the_trainer_does() {
        // Rows of an invented page and what LightGBM said of them, written by training/lines.
        let fixture = include_str!("../../../models/lines-1/parity.tsv");
        let lines = &crate::Models::embedded(crate::Model::default()).unwrap().lines;
        let mut checked = 0;
        for line in fixture.lines().filter(|line| !line.starts_with('#')) {
            let numbers: Vec<f32> = line.split('\t').map(|number| number.parse().unwrap()).collect();
            let (expected, row) = numbers.split_first().unwrap();
            let score = lines.score(row)[0];
            assert!((score - expected).abs() < 1e-5, "{score} instead of {expected}");
            checked += 1;
        }
        assert!(checked >= 10, "the fixture has {checked} rows");
    }
}

//! What speaks for two reports being of one utterance, in words for people who ask why.

use super::Report;
use super::likeness::Read;

/// Something that two reports have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The same voice speaks.
    Voice,
    /// So many words in a row, within quotation marks.
    QuotedRun(usize),
    /// So many words in a row.
    Run(usize),
    /// They may have been said on the same day.
    Day,
    /// They were said at the same kind of venue.
    Venue,
}

impl Reason {
    /// The reason in words.
    pub fn words(self) -> String {
        match self {
            Self::Voice => "the same voice".to_owned(),
            Self::QuotedRun(run) => format!("{run} words in a row within marks"),
            Self::Run(run) => format!("{run} words in a row"),
            Self::Day => "the same day".to_owned(),
            Self::Venue => "the same kind of venue".to_owned(),
        }
    }
}

/// Fewer words in a row tell nothing.
const FEWEST: usize = 3;

/// What two reports have in common, the most telling first.
pub fn reasons(one: &Report, other: &Report) -> Vec<Reason> {
    let (quoted, run) = Read::new(one).in_a_row_with(&Read::new(other));
    let mut reasons = Vec::new();
    if quoted >= FEWEST {
        reasons.push(Reason::QuotedRun(quoted));
    }
    if run >= FEWEST && run > quoted {
        reasons.push(Reason::Run(run));
    }
    if one.voices.iter().any(|voice| other.voices.contains(voice)) {
        reasons.push(Reason::Voice);
    }
    if let (Some(ours), Some(theirs)) = (one.days, other.days)
        && ours.0 <= theirs.1
        && theirs.0 <= ours.1
    {
        reasons.push(Reason::Day);
    }
    if one.venue.is_some() && one.venue == other.venue {
        reasons.push(Reason::Venue);
    }
    reasons
}

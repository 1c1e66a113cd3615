//! What speaks for two reports being of one utterance, for people who look at a statement and ask why.

use std::fmt;

use super::voicing::{Whose, whose};
use super::{Read, Report, are_near};
use crate::attribution::{QuotationKind, VenueKind};

/// So many words in a row, or more, are no accident.
const RUN: usize = 4;

/// Of what the shorter report tells, the longer one has so much, where that is named.
const MOST: f32 = 0.5;

/// Something that speaks for two reports being one. Its [`Display`](fmt::Display) is a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// So many words in a row, within quotation marks in both.
    QuotedRun(usize),
    /// So many words in a row.
    Run(usize),
    /// The longer has most words that tell something of the shorter.
    SameWords,
    /// The same voice.
    SameVoice,
    /// An organisation, and somebody who speaks for it.
    KinVoices,
    /// Told to have been said on the same days.
    SameDays,
    /// The same kind of venue.
    SameVenue(VenueKind),
    /// On each page the only remark of the voice.
    OnlyRemark,
    /// One leads in the quotation that the other is.
    LeadsIn,
    /// A headline, and the text under it.
    Headline,
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::QuotedRun(words) => return write!(out, "{words} words in a row within marks"),
            Self::Run(words) => return write!(out, "{words} words in a row"),
            Self::SameVenue(venue) => return write!(out, "the same venue ({})", venue.name()),
            Self::SameWords => "most words of the shorter one",
            Self::SameVoice => "the same voice",
            Self::KinVoices => "an organisation and who speaks for it",
            Self::SameDays => "said on the same day",
            Self::OnlyRemark => "the voice's only remark on each page",
            Self::LeadsIn => "one leads in the other",
            Self::Headline => "a headline and the text under it",
        };
        out.write_str(sentence)
    }
}

/// What speaks for two reports being of one utterance, what tells most first. The order of the two does not matter.
pub fn reasons(one: &Report, other: &Report) -> Vec<Reason> {
    let (first, second) = if one.span.start <= other.span.start { (one, other) } else { (other, one) };
    let (of_first, of_second) = (Read::new(first), Read::new(second));
    let mut reasons = Vec::new();
    let quoted = of_first.quoted_run(&of_second);
    let run = of_first.run(&of_second).0;
    if quoted >= RUN {
        reasons.push(Reason::QuotedRun(quoted));
    } else if run >= RUN {
        reasons.push(Reason::Run(run));
    }
    if of_first.all.contained(&of_second.all) >= MOST {
        reasons.push(Reason::SameWords);
    }
    let same_document = first.document == second.document;
    let whose = whose(first, second);
    match whose {
        Whose::Same => reasons.push(Reason::SameVoice),
        Whose::Kin => reasons.push(Reason::KinVoices),
        _ => {}
    }
    if first.days.is_some() && first.days == second.days {
        reasons.push(Reason::SameDays);
    }
    if let Some(venue) = first.venue.filter(|venue| second.venue == Some(*venue)) {
        reasons.push(Reason::SameVenue(venue));
    }
    if whose == Whose::Same && !same_document && first.turn.1 == 1 && second.turn.1 == 1 {
        reasons.push(Reason::OnlyRemark);
    }
    let direct = |report: &Report| report.kind == QuotationKind::Direct;
    if are_near(first, second) && whose == Whose::Same && !direct(first) && direct(second) {
        reasons.push(Reason::LeadsIn);
    }
    if same_document && first.in_headline != second.in_headline {
        reasons.push(Reason::Headline);
    }
    reasons
}

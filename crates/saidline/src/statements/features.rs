//! The numbers that describe a pair of reports, in the order of the trainer.

use super::voicing::{Whose, whose};
use super::{Read, Report};
use crate::attribution::{ActType, QuotationKind};

/// How many numbers describe a pair of reports.
pub const FEATURES: usize = 114;

/// Shared words that weigh so much are rare.
const RARE: f32 = 2.5;

/// What two pages have in common besides what two reports tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pages {
    /// How much they are about the same, `0.0..=1.0`.
    likeness: f32,
    /// How many runs of quoted words both have, but for those in the two reports.
    runs: usize,
}

impl Pages {
    /// Where nothing is known of them: as much alike as pages of one event are at the least, without a quotation that both have.
    pub(super) const UNKNOWN: Self = Self { likeness: 0.3, runs: 0 };

    /// What the pages of two reports have in common.
    pub(super) fn of(one: &Read, other: &Read) -> Self {
        let (here, there) = (&one.report.sketch, &other.report.sketch);
        let own: Vec<u32> =
            one.runs.iter().filter(|run| other.runs.binary_search(run).is_ok()).copied().collect();
        Self { likeness: here.likeness(there), runs: here.shared_runs(there, &own) }
    }
}

/// The numbers that describe a pair of reports, in the order of the trainer. The order of the two does not matter.
pub fn features(one: &Read, other: &Read) -> [f32; FEATURES] {
    described(one, other, Pages::of(one, other))
}

/// The same, with what their pages have in common.
pub(super) fn described(one: &Read, other: &Read, pages: Pages) -> [f32; FEATURES] {
    let place = |read: &Read| {
        let report = read.report;
        let kind = QuotationKind::ALL.iter().position(|kind| *kind == report.kind);
        (report.document, report.span.start, report.span.end, report.turn, kind)
    };
    let (of_first, of_second) = if place(one) <= place(other) { (one, other) } else { (other, one) };
    let (first, second) = (of_first.report, of_second.report);
    let told = |told: bool| f32::from(u8::from(told));

    let whose = whose(first, second);
    let same_voice = whose == Whose::Same;
    let same = told(same_voice);

    let same_document = first.document == second.document;
    let gap = if same_document { second.span.start.saturating_sub(first.span.end) } else { u32::MAX };
    let next_to = same_document && gap < 200;
    let apart = first.paragraph.abs_diff(second.paragraph).min(40) as f32;
    let headline = told(same_document && (first.in_headline || second.in_headline));
    let headlines = !same_document && first.in_headline && second.in_headline;
    let headline_and_lead = told(
        !same_document
            && (first.in_headline && second.paragraph <= 3 || second.in_headline && first.paragraph <= 3),
    );
    let both_early = first.paragraph.max(second.paragraph) <= 2;

    let direct = |report: &Report| report.kind == QuotationKind::Direct;
    let indirect = |report: &Report| report.kind == QuotationKind::Indirect;
    let both_direct = told(direct(first) && direct(second));
    let both_indirect = told(indirect(first) && indirect(second));
    let mixed = 1.0 - both_direct - both_indirect;
    let leads_in = told(next_to && same_voice && !direct(first) && direct(second));

    let (quoted_run, apart_beside) = of_first.quoted_run_and_apart(of_second);
    let quoted_run = quoted_run as f32;
    let (run, run_weight) = of_first.run(of_second);
    let run = run as f32;
    let ((first_words, first_quoted), (second_words, second_quoted)) =
        (of_first.lengths(), of_second.lengths());
    let shared = of_first.all.shared(&of_second.all);
    let contained = of_first.all.contained(&of_second.all);
    let overlap = of_first.all.overlap(&of_second.all);
    let with_cue = of_first.with_cue.contained(&of_second.with_cue);
    let (rare, rarest) = of_first.all.rarest(&of_second.all, RARE);
    let rare = rare as f32;
    let few = of_first.all.words.len().min(of_second.all.words.len()) as f32;
    let many = of_first.all.words.len().max(of_second.all.words.len()) as f32;
    let long = told(few >= 4.0);
    let names = of_first.names.shared(&of_second.names);
    let quoted_part = quoted_share(of_first, of_second);
    let roots = of_first.roots.contained(&of_second.roots);
    let roots_with_cue = of_first.roots_with_cue.contained(&of_second.roots_with_cue);

    let telling = |act: Option<ActType>| !matches!(act, None | Some(ActType::State));
    let same_act = first.act == second.act;
    let (act, other_act) = (telling(first.act), telling(second.act));
    let same_venue = first.venue.is_some() && first.venue == second.venue;
    let other_venue = first.venue.is_some() && second.venue.is_some() && first.venue != second.venue;

    let ((turn, turns), (other_turn, other_turns)) = (first.turn, second.turn);
    let turns_of = |turns: u32| turns.max(1) as f32;
    let least_turns = turns_of(turns.min(other_turns));
    let through = |turn: u32, turns: u32| turn as f32 / turns_of(turns);
    let apart_in_turns = (through(turn, turns) - through(other_turn, other_turns)).abs().min(1.0);
    let other_page = told(!same_document);

    // Of quotations the words tell enough. What is told without marks is weighed by whether the pages tell of one event.
    let apart_told = other_page * (1.0 - both_direct);
    let about = apart_told * pages.likeness;
    let quoted_elsewhere = apart_told * (1.0 + pages.runs.min(12) as f32).ln();
    let page_told = told(same_document) * (1.0 - both_direct);
    // Words that the one has before and behind those that both have, and the other has not.
    let apart_beside = if quoted_run >= 3.0 { apart_beside as f32 / 8.0 } else { 0.0 };

    [
        same,
        told(whose == Whose::OneOfNobody),
        told(whose == Whose::BothOfNobody),
        told(whose == Whose::Unsure),
        told(whose == Whose::Kin),
        quoted_run.min(12.0) / 4.0,
        told(quoted_run >= 4.0),
        run.min(12.0) / 4.0,
        told(run >= 4.0),
        contained,
        overlap,
        with_cue,
        contained * long,
        shared / 20.0,
        names / 10.0,
        told(same_document),
        told(next_to),
        told(same_document && gap < 600),
        leads_in,
        leads_in * contained,
        headline,
        headline * contained,
        both_direct,
        both_indirect,
        both_direct * contained,
        both_indirect * contained,
        mixed * contained,
        quoted_part,
        quoted_part * mixed,
        told(first.polarity == second.polarity),
        told(same_act),
        (1.0 + few).ln(),
        told(few <= 2.0),
        told(same_venue),
        told(other_venue),
        told(same_voice && contained > 0.5),
        told(same_document) * contained,
        told(!same_document && both_early),
        quoted_run / first_quoted.min(second_quoted).max(1) as f32,
        run / first_words.min(second_words).max(1) as f32,
        rare.min(6.0) / 3.0,
        told(rare == 0.0),
        of_first.neighbours.shared(&of_second.neighbours).min(20.0) / 10.0,
        run_weight.min(20.0) / 10.0,
        rarest / 5.0,
        told(headlines),
        headline_and_lead,
        told(both_early),
        told(same_document && apart <= 1.0),
        told(same_document && apart == 0.0),
        told(first.days.is_some() && first.days == second.days),
        told(same_document) * apart / 20.0,
        other_page * apart.min(20.0) / 10.0,
        (1.0 + many).ln(),
        few / many.max(1.0),
        told(of_first.negates != of_second.negates),
        told(same_voice && first.voicing.named && second.voicing.named),
        same * with_cue,
        same * overlap,
        same * rare.min(4.0) / 2.0,
        (1.0 - same) * contained,
        told(of_first.cue.shared(&of_second.cue) > 0.0),
        both_direct * told(quoted_run >= 4.0),
        both_direct * told(quoted_run < 3.0),
        same * names / 10.0,
        told(first.voicing.organisation || second.voicing.organisation),
        headline * same,
        same * told(!same_document && turns == 1 && other_turns == 1),
        same * (turns_of(turns) * turns_of(other_turns)).ln() / 2.0,
        same * least_turns.ln(),
        same * told(!same_document && turn == 0 && other_turn == 0),
        same * other_page * apart_in_turns,
        same * told(same_document && other_turn == turn + 1),
        told(same_document && second.span.start < first.span.end),
        same * roots_with_cue * least_turns.ln(),
        told(same_document) * roots_with_cue,
        headline * roots_with_cue,
        headline_and_lead * roots_with_cue,
        told(both_early) * other_page * roots_with_cue,
        same * told(!same_document && first.paragraph.max(second.paragraph) <= 3),
        of_first.roots_with_cue.shared(&of_second.roots_with_cue).min(12.0) / 4.0,
        roots,
        roots_with_cue,
        of_first.roots_with_cue.overlap(&of_second.roots_with_cue),
        same * roots_with_cue,
        both_indirect * roots_with_cue,
        told(same_act && act),
        told(!same_act && act && other_act),
        told(act != other_act),
        same * told(same_act && act),
        apart_told,
        about,
        apart_told * told(pages.likeness < 0.1),
        apart_told * pages.likeness.min(0.3),
        about * roots_with_cue,
        quoted_elsewhere,
        apart_told * told(pages.runs == 0),
        quoted_elsewhere * roots_with_cue,
        apart_told * with_cue,
        apart_told * roots_with_cue,
        apart_told * run.min(12.0) / 4.0,
        apart_told * rare.min(6.0) / 3.0,
        apart_told * told(first.days.is_some() && first.days == second.days),
        page_told,
        page_told * with_cue,
        page_told * roots_with_cue,
        page_told * run.min(12.0) / 4.0,
        page_told * rare.min(6.0) / 3.0,
        page_told * same,
        page_told * quoted_run.min(12.0) / 4.0,
        other_page * both_direct * apart_beside,
        told(same_document) * both_direct * apart_beside,
        (1.0 - both_direct) * apart_beside,
        both_direct * told(apart_beside >= 1.0),
    ]
}

/// How much of what one has in quotation marks the other has: of the one with fewer such words.
fn quoted_share(one: &Read, other: &Read) -> f32 {
    let share = |of: &Read, all: &Read| of.quoted.shared(&all.all) / of.quoted.weight.max(1e-3);
    match (one.quoted.words.is_empty(), other.quoted.words.is_empty()) {
        (true, true) => 0.0,
        (false, true) => share(one, other),
        (true, false) => share(other, one),
        (false, false) if one.quoted.words.len() < other.quoted.words.len() => share(one, other),
        (false, false) if one.quoted.words.len() > other.quoted.words.len() => share(other, one),
        (false, false) => share(one, other).max(share(other, one)),
    }
}

//! Which expression of a sentence dates a report, and not what is reported or what somebody did.

use saidline_html::Span;

use super::Page;
use super::expressions::{Expression, Meaning};
use super::lexicon::{Gap, Token, Word};
use crate::attribution::{ActClass, Attribution, Polarity};

/// Expressions on each side of the words that report that are looked at; a sentence of news has few.
const LOOKED_AT: usize = 8;

/// Words from a month or a year that opens a sentence to the report that it dates.
const FAR: usize = 6;

/// The same where both the time and what follows it stand apart: "In May, a few weeks before the vote, Lund said".
const FAR_APART: usize = 24;

/// Verbs whose object is what happened: its day is not theirs.
const TELLING: [&str; 18] = [
    "said",
    "saying",
    "reported",
    "reporting",
    "told",
    "telling",
    "wrote",
    "noted",
    "mentioned",
    "recalled",
    "described",
    "saw",
    "found",
    "observed",
    "remembered",
    "called",
    "cited",
    "believed",
];

/// What was found for an attribution.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Told {
    /// The expression that dates it: a place in the page's.
    pub expression: Option<usize>,
    /// Whether its words tell that another day does not hold for it ("recently", "has often said").
    pub closed: bool,
}

/// How an expression lies to an attribution; the smaller, the closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// In the words that report.
    InCue,
    /// Behind them or the source, before what was said or behind it.
    Beside(usize),
    /// Right behind what was said.
    BehindContent,
    /// Opening the sentence.
    Opening,
}

/// Chooses for every attribution the expression that dates it.
pub(super) fn choose(page: &Page, owners: &Owners, attributions: &[Attribution]) -> Vec<Told> {
    let mut cues: Vec<(u32, usize)> = Vec::new();
    for (place, attribution) in attributions.iter().enumerate() {
        cues.extend(attribution.cue.iter().map(|cue| (cue.start, place)));
    }
    cues.sort_unstable();
    (0..attributions.len())
        .map(|place| Chooser { page, owners, cues: &cues, attributions, place }.told())
        .collect()
}

/// Whether the words that report stand in the present: "says", "say", "is arguing". They tell what somebody holds.
pub(super) fn is_present(page: &Page, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.first() else { return false };
    let mut words =
        page.tokens_between(cue.start, cue.end).iter().map(|token| token.span.of(&page.document.text));
    let word = words.find(|word| !is_adverb(word));
    word.is_some_and(|word| {
        matches!(word, "is" | "are" | "am")
            || matches!(word, "say" | "argue" | "insist")
            || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
    })
}

/// Whether a word may stand before the verb: "also said", "later added".
fn is_adverb(word: &str) -> bool {
    ["also", "later", "then", "still", "now", "again", "further", "too", "even", "once"].contains(&word)
        || word.len() > 4 && word.ends_with("ly")
}

/// Where an attribution is anchored: its cue, else its source, else what was said.
pub(super) fn anchor(attribution: &Attribution) -> Option<Span> {
    [&attribution.cue, &attribution.source, &attribution.content]
        .into_iter()
        .find_map(|spans| spans.first())
        .copied()
}

struct Chooser<'a> {
    page: &'a Page<'a>,
    owners: &'a Owners,
    /// Where the words that report begin, and whose they are.
    cues: &'a [(u32, usize)],
    attributions: &'a [Attribution],
    place: usize,
}

impl Chooser<'_> {
    fn told(&self) -> Told {
        let attribution = &self.attributions[self.place];
        let nothing = Told::default();
        let Some(anchor) = anchor(attribution) else { return nothing };
        let Some(sentence) = self.page.sentence(anchor.start) else { return nothing };
        let level = self.level(anchor.start, attribution);
        let sentence = self.within(level, anchor, self.page.sentences[sentence]);
        let all = self.page.expressions_between(sentence.start, sentence.end);
        let middle = self.page.expressions_between(sentence.start, anchor.start).end;
        let near = all.start.max(middle.saturating_sub(LOOKED_AT))..all.end.min(middle + LOOKED_AT);
        // The opening of a sentence counts however long the sentence is.
        let begin = near.start;
        let opening = all.clone().take(1).filter(|first| *first < begin);
        let mut pieces: Vec<(Span, Role)> = Vec::new();
        for (spans, role) in [
            (&attribution.source, Role::Source),
            (&attribution.cue, Role::Cue),
            (&attribution.content, Role::Content),
        ] {
            let here = spans.iter().filter(|span| span.overlaps(sentence)).take(LOOKED_AT);
            pieces.extend(here.map(|span| (*span, role)));
        }
        let best = opening
            .chain(near)
            .filter(|at| {
                let found = &self.page.expressions[*at];
                self.owners.at(self.page.tokens[found.last as usize - 1].span.start) == level
                    && !self.page.is_quoted(found.span, anchor)
            })
            .filter_map(|at| Some((self.closeness(&self.page.expressions[at], &pieces, sentence)?, at)))
            .min();
        let closed = self.is_of_no_day(attribution);
        // "On Monday the pier fell down, according to two people": that is when it fell.
        let is_account = attribution
            .cue
            .iter()
            .any(|cue| cue.of(&self.page.document.text).to_lowercase().starts_with("according to"))
            && !attribution.source.iter().any(|source| {
                self.page
                    .tokens_between(source.start, source.end)
                    .iter()
                    .any(|token| token.word == Word::Venue)
            });
        let best = best.filter(|(closeness, _)| !is_account || *closeness != Closeness::Opening);
        let inside = || Some((Closeness::BehindContent, self.inside(attribution, sentence)?));
        let best = best.or_else(inside);
        match best {
            Some((_, at)) if self.page.expressions[at].meaning == Meaning::Vague => {
                Told { expression: None, closed: true }
            }
            // "The town today believes": no day is meant.
            Some((closeness, at))
                if (self.page.expressions[at].meaning == Meaning::Offset(0)
                    || matches!(closeness, Closeness::Opening | Closeness::BehindContent))
                    && is_present(self.page, attribution) =>
            {
                Told { expression: None, closed: true }
            }
            Some((_, at)) => Told { expression: Some(at), closed },
            None => Told { expression: None, closed },
        }
    }

    /// The expression among the words of the content that dates the words that report: "criticised ⟦the council on
    /// Monday for closing the pier⟧", "said ⟦on Monday before the vote that⟧".
    fn inside(&self, attribution: &Attribution, sentence: Span) -> Option<usize> {
        let (cue, content) =
            (attribution.cue.last()?, attribution.content.iter().find(|content| content.overlaps(sentence))?);
        if is_present(self.page, attribution) || content.start < cue.end {
            return None;
        }
        let text = self.page.document.text.as_str();
        if text[content.start as usize..].starts_with(['"', '“', '‘', '\'']) {
            return None;
        }
        let beside = self.page.tokens_between(cue.end, content.start).is_empty();
        let place = self.page.expressions_between(content.start, content.end.min(sentence.end)).next()?;
        let found = &self.page.expressions[place];
        if found.bound || found.possessive || found.future || !content.contains(found.span) || !beside {
            return None;
        }
        let before = self.page.tokens_between(content.start, found.span.start);
        let next = self.page.tokens.get(found.last as usize).filter(|next| next.span.start < content.end);
        let word = next.map_or("", |next| next.span.of(text));
        let subject = next.is_some_and(|next| {
            is_clause(next) || matches!(next.word, Word::Future | Word::And) || self.is_verb(next)
        });
        // "Saying ⟦Friday the pier leaked⟧", not "said ⟦Friday was⟧".
        let says = attribution.act.is_some_and(|act| act.class == ActClass::Speech);
        let opens = found.is_own_day()
            && before.is_empty()
            && (matches!(word, "before" | "after" | "that") || says && next.is_some() && !subject);
        let is_plain = before.len() <= 8
            && !before.iter().any(|token| {
                is_clause(token) || matches!(token.word, Word::Future | Word::And) || self.is_verb(token)
            });
        let judges = is_plain
            && !before.is_empty()
            && word == "for"
            && self.page.tokens.get(found.last as usize + 1).is_some_and(|next| self.is_going_on(next));
        let order = attribution.act.is_some_and(|act| act.class == ActClass::Order)
            && is_plain
            && !before.is_empty()
            && (word == "for" || next.is_none());
        let object = self.is_object(attribution, before, found, next);
        (opens || judges || order || object).then_some(place)
    }

    /// Whether a day among the words of the content ends what is an object and no clause: "issued ⟦a warning on Monday to
    /// owners⟧", "voted ⟦to close the pier on Friday⟧".
    fn is_object(
        &self,
        attribution: &Attribution,
        before: &[Token],
        found: &Expression,
        next: Option<&Token>,
    ) -> bool {
        const LONGEST: usize = 24;
        let text = self.page.document.text.as_str();
        let first = before.first().map_or("", |token| token.span.of(text));
        let cue = attribution.cue.last().map_or("", |cue| cue.of(text));
        let is_done = ["voted", "declined", "refused", "continued"].iter().any(|done| cue.ends_with(done));
        let is_order = attribution.act.is_some_and(|act| matches!(act.class, ActClass::Order));
        // "Reported an air raid on Monday" tells when the raid was.
        let last = cue.rsplit(' ').next().unwrap_or_default();
        let tells =
            TELLING.contains(&last) || attribution.act.is_some_and(|act| act.class == ActClass::Finding);
        let ends = next.is_none_or(|next| {
            matches!(
                next.span.of(text),
                "of" | "to"
                    | "for"
                    | "as"
                    | "by"
                    | "regarding"
                    | "about"
                    | "on"
                    | "in"
                    | "at"
                    | "with"
                    | "over"
            )
        });
        if before.is_empty() || before.len() > LONGEST {
            return false;
        }
        let is_clause = before.iter().any(|token| {
            is_clause(token)
                || matches!(token.word, Word::Future | Word::Says | Word::After | Word::Before)
                || matches!(
                    token.span.of(text),
                    "he" | "she" | "they" | "it" | "we" | "I" | "not" | "n’t" | "did"
                )
        });
        found.is_own_day() && !tells && ends && !is_clause && (first != "to" || is_done || is_order)
    }

    /// The part of a sentence that is content of another attribution: what opens that opens what stands in it.
    fn within(&self, level: Option<usize>, anchor: Span, sentence: Span) -> Span {
        let outer = level.and_then(|level| {
            self.attributions[level].content.iter().find(|content| content.contains(anchor))
        });
        outer.map_or(sentence, |outer| Span {
            start: outer.start.max(sentence.start),
            end: outer.end.min(sentence.end),
        })
    }

    /// In whose content an attribution stands.
    fn level(&self, anchor: u32, attribution: &Attribution) -> Option<usize> {
        match self.owners.at(anchor) {
            Some(owner) if owner == self.place => attribution.parent,
            owner => owner,
        }
    }

    /// Whether the words that report tell of no one day: "has said", "had said", "would say", "has mocked … and said".
    fn is_of_no_day(&self, attribution: &Attribution) -> bool {
        let text = self.page.document.text.as_str();
        let shared = attribution.source.first().zip(attribution.cue.first()).is_some_and(|(source, cue)| {
            let behind = self.page.tokens_between(source.end, cue.start);
            behind.first().is_some_and(|token| matches!(token.span.of(text), "has" | "have" | "had"))
        });
        shared
            || attribution.cue.iter().any(|cue| {
                let words = self.page.tokens_between(cue.start, cue.end);
                words.iter().any(|token| {
                    let word = token.span.of(&self.page.document.text);
                    token.word == Word::Future
                        || ["has", "have", "had", "ve"].iter().any(|one| word.eq_ignore_ascii_case(one))
                })
            })
    }

    fn closeness(&self, found: &Expression, pieces: &[(Span, Role)], sentence: Span) -> Option<Closeness> {
        let bound = found.bound && !self.is_deadline_met(found, pieces, sentence);
        if self.is_to_come(found) {
            return None;
        }
        if bound || found.possessive && !self.is_of_saying(found) {
            return None;
        }
        let within = |role: Role| pieces.iter().find(|(span, of)| *of == role && span.contains(found.span));
        let overlaps = |role: Role| pieces.iter().any(|(span, of)| *of == role && span.overlaps(found.span));
        if overlaps(Role::Cue) {
            return Some(Closeness::InCue);
        }
        if let Some((source, _)) = within(Role::Source) {
            if found.possessive {
                return Some(Closeness::Beside(8));
            }
            // "A report released on Monday": its day is that of its words. What a person did on Monday is not; but
            // "the minister on Monday" at the end of the source is when he spoke.
            let before = self.page.tokens_between(source.start, found.span.start);
            let is_text = before.iter().any(|token| token.word == Word::Venue) || self.is_of_saying(found);
            let is_last = self.page.tokens_between(found.span.end, source.end).is_empty()
                && !before.iter().any(|token| self.is_verb(token) || token.word == Word::Issued);
            return ((is_text || is_last) && !before.iter().any(is_clause)).then_some(Closeness::Beside(8));
        }
        if self.leads_over(found, pieces) {
            return Some(Closeness::Beside(2));
        }
        let before =
            pieces.iter().filter(|(span, _)| span.end <= found.span.start).max_by_key(|(span, _)| span.end);
        let after =
            pieces.iter().filter(|(span, _)| span.start >= found.span.end).min_by_key(|(span, _)| span.start);
        let Some((before, role)) = before else {
            return self.opens(found, after?.0, sentence).then_some(Closeness::Opening);
        };
        let gap = self.page.tokens_between(before.end, found.span.start);
        let between = &self.page.document.text[before.end as usize..found.span.start as usize];
        // A source can end in its comma.
        let apart =
            between.trim_start().starts_with(',') || before.of(&self.page.document.text).ends_with(',');
        let after_role = after.map(|(_, role)| *role);
        // "filed the suit on Monday, saying": right before the words that report.
        if let Some((after, Role::Cue)) = after
            && *role == Role::Source
            && !gap.iter().any(is_clause)
        {
            let behind = self.page.tokens_between(found.span.end, after.start);
            // "Lund, the mayor, took a swipe at him on Monday, calling": the verb stands before the day.
            let first = self.page.tokens_between(after.start, after.end).first();
            let is_participle = first.is_some_and(|first| self.is_going_on(first))
                && self.page.document.text[..after.start as usize].trim_end().ends_with(',');
            if behind.is_empty() && gap.len() <= 16 && (!apart || is_participle || self.goes_on(gap)) {
                return Some(Closeness::Beside(1));
            }
            // "stopped short last week of calling it unsafe, saying".
            if is_participle
                && (1..=6).contains(&gap.len())
                && behind.len() <= 32
                && !behind.iter().any(is_clause)
            {
                return Some(Closeness::Beside(gap.len() + 4));
            }
        }
        if self.other_cue(before.end, found.span.start) {
            return None;
        }
        // "Wrote the mayor and the council on Monday ⟦demanding⟧": what is told stands right behind the day.
        let leads_on = after.is_some_and(|(after, role)| {
            *role == Role::Content && self.page.tokens_between(found.span.end, after.start).is_empty()
        });
        // "Said, with a vote expected this week".
        if *role == Role::Cue
            && apart
            && gap.first().is_some_and(|first| first.span.of(&self.page.document.text) == "with")
        {
            return None;
        }
        let parts = |token: &Token| match token.word {
            Word::And => !leads_on,
            // "Said before meeting Monday with the council"; "Lund, after talks with Berg on Monday, said".
            Word::After if *role == Role::Source => !apart,
            Word::After | Word::Before => gap.len() != 2 || !self.is_going_on(&gap[1]),
            _ => is_clause(token),
        };
        let gap = self.without_as(gap);
        // "Said in an interview that aired on Friday".
        let gap = match gap {
            [rest @ .., that, aired] if aired.word == Word::Issued && is_clause(that) => rest,
            [rest @ .., which, was, aired]
                if aired.word == Word::Issued && is_clause(which) && is_clause(was) =>
            {
                rest
            }
            gap => gap,
        };
        // "Said while campaigning in Sundvik this month".
        let gap = match gap {
            [when, verb, rest @ ..]
                if matches!(when.span.of(&self.page.document.text), "while" | "when")
                    && self.is_going_on(verb) =>
            {
                rest
            }
            gap => gap,
        };
        let present = is_present(self.page, &self.attributions[self.place]);
        if *role != Role::Source
            && !present
            && self.is_meanwhile(gap)
            && !between.contains(['.', ';', ':', '—'])
        {
            return Some(Closeness::BehindContent);
        }
        if gap.iter().any(parts) {
            return None;
        }
        match role {
            // "which Lund opposed, in 1920 the town …": behind a comma it must end with its phrase.
            Role::Cue => {
                let apart = between.trim_start().starts_with(',') && self.opens_a_clause(found);
                let reach = if leads_on { 20 } else { 14 };
                (gap.len() <= reach && !apart).then_some(Closeness::Beside(gap.len()))
            }
            // Behind a comma a participle tells what somebody did: "Lund, arrested on Monday, said".
            Role::Source if apart && after_role == Some(Role::Cue) => {
                (gap.len() <= 6 && self.goes_on(gap)).then_some(Closeness::Beside(gap.len()))
            }
            // "Who supported her last year and campaigned for her, described": the day is another verb's.
            Role::Source
                if after_role == Some(Role::Cue)
                    && matches!(self.page.tokens_between(before.start, before.end), [.., who] if is_clause(who))
                    && gap.iter().any(|token| self.is_verb(token)) =>
            {
                None
            }
            Role::Source => (gap.len() <= 10).then_some(Closeness::Beside(gap.len())),
            Role::Content => {
                let venue = gap.iter().any(|token| matches!(token.word, Word::Venue | Word::Issued));
                let through = venue && gap.len() <= 16 || self.is_phrase(gap) || self.is_place(gap);
                let closed = between.contains(['.', ';', ':', '—']);
                ((gap.is_empty() || through) && !closed).then_some(Closeness::BehindContent)
            }
        }
    }

    /// Whether an expression tells of what lies ahead, of a report of what was said: "next week", "later this year".
    fn is_to_come(&self, found: &Expression) -> bool {
        let text = self.page.document.text.as_str();
        let is_done = self.attributions[self.place].polarity != Some(Polarity::Hypothetical);
        let words = found.span.of(text);
        is_done
            && (found.future && found.meaning != Meaning::Vague
                || ["next ", "later this ", "coming "].iter().any(|one| words.starts_with(one)))
    }

    /// "By Monday evening, most had": it opens its sentence, and then it had happened.
    fn is_deadline_met(&self, found: &Expression, pieces: &[(Span, Role)], sentence: Span) -> bool {
        let text = self.page.document.text.as_str();
        let before = self.page.tokens_between(sentence.start, found.span.start);
        let first = pieces.iter().map(|(span, _)| span.start).min();
        matches!(before, [by] if by.span.of(text) == "By")
            && text[found.span.end as usize..].starts_with(',')
            && first.is_some_and(|first| self.page.tokens_between(found.span.end, first).is_empty())
    }

    /// Whether a word ends as a verb that goes on does.
    fn is_going_on(&self, token: &Token) -> bool {
        token.span.of(&self.page.document.text).ends_with("ing")
    }

    /// What is left of words before a time without "as recently as".
    fn without_as<'b>(&self, gap: &'b [Token]) -> &'b [Token] {
        let word = |token: &Token| token.span.of(&self.page.document.text);
        match gap {
            [rest @ .., first, _, last] if word(first).eq_ignore_ascii_case("as") && word(last) == "as" => {
                rest
            }
            [rest @ .., first, last] if word(first).eq_ignore_ascii_case("as") && word(last) == "of" => rest,
            gap => gap,
        }
    }

    /// Whether words tell what went on at the same time, of whom was spoken: "as she rode home", "when it was debated".
    fn is_meanwhile(&self, gap: &[Token]) -> bool {
        const LONGEST: usize = 16;
        let word = |token: &Token| token.span.of(&self.page.document.text);
        let [when, who, rest @ ..] = gap else { return false };
        gap.len() <= LONGEST
            && matches!(word(when), "as" | "while" | "when")
            && matches!(word(who), "he" | "she" | "it" | "they")
            && rest.iter().all(|token| !is_clause(token) || matches!(word(token), "was" | "were"))
            && !rest.iter().any(|token| matches!(token.word, Word::And | Word::Future | Word::Says))
    }

    /// Whether words are one short phrase that tells where or in what: "in a vote".
    fn is_place(&self, gap: &[Token]) -> bool {
        (2..=8).contains(&gap.len())
            && matches!(gap[0].word, Word::In | Word::At | Word::Over)
            && (matches!(gap[1].word, Word::A | Word::The) || gap[1].capital)
            && !gap.iter().any(|token| self.is_verb(token))
    }

    /// Whether more words follow an expression without a mark between.
    fn opens_a_clause(&self, found: &Expression) -> bool {
        let next = self.page.tokens.get(found.last as usize);
        next.is_some_and(|next| next.gap == Gap::Space && !is_clause(next))
    }

    /// "This month, when the ministry announced": the day of what follows.
    fn leads_over(&self, found: &Expression, pieces: &[(Span, Role)]) -> bool {
        let text = self.page.document.text.as_str();
        let next = found.last as usize;
        let when = self.page.tokens.get(next).filter(|when| matches!(when.gap, Gap::Space | Gap::Comma));
        let first = pieces.iter().map(|(span, _)| span.start).filter(|start| *start >= found.span.end).min();
        match (when, first) {
            (Some(when), Some(first)) => {
                let leads = match when.span.of(text) {
                    "when" | "as" => true,
                    // "It came up on Friday after Low had said": told so, the same day.
                    "after" => when.gap == Gap::Space,
                    _ => false,
                };
                leads
                    && self.page.tokens_between(when.span.end, first).len() <= 1
                    && pieces
                        .iter()
                        .all(|(span, role)| *role == Role::Content || span.start >= found.span.end)
            }
            _ => false,
        }
    }

    /// Whether a word looks like a verb in the past.
    fn is_verb(&self, token: &Token) -> bool {
        let word = token.span.of(&self.page.document.text);
        token.word == Word::Says || word.len() > 4 && word.ends_with("ed") && !token.capital
    }

    /// Whether what stands behind a comma goes on with how it was said: "Lund, in a letter on Monday, said".
    fn goes_on(&self, gap: &[Token]) -> bool {
        gap.first().is_none_or(|token| {
            matches!(token.word, Word::Issued | Word::In | Word::On | Word::At | Word::Over | Word::After)
                || token.span.of(&self.page.document.text).ends_with("ing")
        })
    }

    /// Whether words are one phrase that tells with whom: "with the host Otto Klein".
    fn is_phrase(&self, gap: &[Token]) -> bool {
        let text = self.page.document.text.as_str();
        gap.len() <= 8
            && gap.first().is_some_and(|first| first.span.of(text) == "with")
            && !gap.iter().any(|token| self.is_verb(token))
    }

    /// Whether a noun for something said stands behind "Monday's".
    fn is_of_saying(&self, found: &Expression) -> bool {
        let first = found.last as usize;
        self.page.tokens[first..]
            .iter()
            .take(4)
            .take_while(|token| matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::Other))
            .any(|token| token.word == Word::Venue)
    }

    /// Whether other words that report begin between two bytes.
    fn other_cue(&self, from: u32, to: u32) -> bool {
        let first = self.cues.partition_point(|(start, _)| *start < from);
        self.cues[first..]
            .iter()
            .take(LOOKED_AT)
            .take_while(|(start, _)| *start < to)
            .any(|(_, of)| *of != self.place)
    }

    /// Whether an expression opens the sentence, so that it holds for all that follows.
    fn opens(&self, found: &Expression, next: Span, sentence: Span) -> bool {
        let before = self.page.tokens_between(sentence.start, found.span.start);
        // A content can begin with "that".
        let before = match self.without_as(before) {
            [that, rest @ ..] if that.word == Word::That => rest,
            all => all,
        };
        let text = self.page.document.text.as_str();
        // "In 2011 he left the council, after she had warned him": her words are older.
        let between = self.page.tokens_between(found.span.end, next.start);
        if between.last().is_some_and(|last| matches!(last.word, Word::After | Word::Before)) {
            return false;
        }
        // "Last year the firm gave money to a group backing Low": a month or a year holds for what comes first.
        let ends_apart = |at: u32| text[..at as usize].trim_end().ends_with(',');
        let is_apart = text[found.span.end as usize..].starts_with(',') && ends_apart(next.start);
        // "Two years later came the roof and the smoke: “Norway is”": nothing else reports these words.
        let one = &self.attributions[self.place];
        let is_alone = one.cue.is_empty() && one.source.is_empty() && before.is_empty();
        if !found.is_day() && between.len() > if is_apart || is_alone { FAR_APART } else { FAR } {
            return false;
        }
        // "They went to court, but on Monday, the judge refused": it opens the clause.
        if between.is_empty()
            && found.is_day()
            && matches!(before, [.., joins] if matches!(joins.word, Word::But | Word::And) && joins.gap == Gap::Comma)
        {
            return true;
        }
        let Some(first) = before.first() else {
            // "Monday was a day of mourning"
            let next = self.page.tokens.get(found.last as usize);
            let is_subject = next.is_some_and(|next| next.gap == Gap::Space && is_clause(next));
            return !is_subject && next_in_sentence(next, sentence);
        };
        if before.len() > 18 || self.other_cue(sentence.start, next.start.min(found.span.start)) {
            return false;
        }
        let word = first.span.of(text);
        let introduces = matches!(
            first.word,
            Word::In
                | Word::On
                | Word::At
                | Word::Over
                | Word::But
                | Word::And
                | Word::Later
                | Word::Early
                | Word::Late
        ) || word.ends_with("ing") && first.word != Word::After
            || [
                "Amid",
                "Back",
                "By",
                "Then",
                "So",
                "Yet",
                "Meanwhile",
                "However",
                "Also",
                "Asked",
                "During",
                "Still",
                "Just",
                "For",
            ]
            .contains(&word);
        let has_verb = before.windows(2).enumerate().any(|(place, two)| {
            let (article, token) = (two[0].word, &two[1]);
            let word = token.span.of(text);
            // "In a paper handed to them", "a plan backed by the board".
            let is_participle =
                before.get(place + 2).is_some_and(|next| matches!(next.span.of(text), "by" | "to" | "with"));
            is_clause(token)
                || matches!(token.word, Word::After | Word::Before | Word::Says)
                || word.len() > 4
                    && word.ends_with("ed")
                    && !token.capital
                    && token.word != Word::Issued
                    && !is_participle
                    // "At a heated news conference".
                    && !matches!(article, Word::A | Word::The)
        });
        introduces && !has_verb
    }
}

fn next_in_sentence(next: Option<&Token>, sentence: Span) -> bool {
    next.is_some_and(|next| next.span.start < sentence.end)
}

fn is_clause(token: &Token) -> bool {
    matches!(token.word, Word::Clause | Word::That)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Source,
    Cue,
    Content,
}

/// Whose content a byte of the text stands in, the innermost.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// From a byte on; in order.
    from: Vec<(u32, Option<usize>)>,
}

impl Owners {
    pub fn of(attributions: &[Attribution]) -> Self {
        let mut contents: Vec<(Span, usize)> = Vec::new();
        for (place, attribution) in attributions.iter().enumerate() {
            contents.extend(
                attribution.content.iter().filter(|span| !span.is_empty()).map(|span| (*span, place)),
            );
        }
        contents.sort_unstable_by_key(|(span, place)| (span.start, std::cmp::Reverse(span.end), *place));
        let mut from: Vec<(u32, Option<usize>)> = Vec::new();
        let mut open: Vec<(u32, usize)> = Vec::new();
        let close = |open: &mut Vec<(u32, usize)>, from: &mut Vec<(u32, Option<usize>)>, until: u32| {
            while let Some(&(end, _)) = open.last()
                && end <= until
            {
                while open.last().is_some_and(|(other, _)| *other <= end) {
                    open.pop();
                }
                from.push((end, open.last().map(|(_, owner)| *owner)));
            }
        };
        for (span, owner) in contents {
            close(&mut open, &mut from, span.start);
            open.push((span.end, owner));
            from.push((span.start, Some(owner)));
        }
        close(&mut open, &mut from, u32::MAX);
        Self { from }
    }

    pub fn at(&self, byte: u32) -> Option<usize> {
        let place = self.from.partition_point(|(start, _)| *start <= byte);
        self.from.get(place.checked_sub(1)?)?.1
    }
}

//! The labels of an interview's turns: "Q:", "A:", initials.

use super::*;

/// How far back in its block a label is looked for, in bytes, and among how many persons: bounds the time on hostile
/// pages.
const FAR: u32 = 20_000;
const PERSONS: usize = 500;

impl Page<'_> {
    /// Whose turn of an interview a byte stands in, by the label at the head of its line: a name or initials and a colon.
    pub(super) fn turn(&self, at: u32) -> Option<Found> {
        let text = self.document.text.as_str();
        let block = self.document.blocks.get(self.block_of(at))?.span;
        if at.saturating_sub(block.start) > FAR {
            return None;
        }
        let line = text.get(block.start as usize..at as usize)?.rfind('\n').map_or(0, |end| end + 1);
        let start = block.start as usize + line;
        let label = text.get(start..at as usize)?.split(':').next()?;
        let behind = text.get(start + label.len()..)?.starts_with(':');
        if !behind || label.len() > 40 || label.trim().is_empty() {
            return None;
        }
        let lead = label.len() - label.trim_start().len();
        let span = Span::new(start + lead, start + label.trim_end().len());
        if let Some(found) = self.label(span) {
            return Some(Found { how: How::Pronoun, ..found });
        }
        let name = self.names.names_in(span).map(|(_, name)| name).find(|name| name.person.is_some())?;
        let found = self.named(name, name.last as usize, name.last as usize)?;
        let antecedent = Some(self.names.span(name));
        Some(Found { how: How::Pronoun, antecedent, sure: sure::LABEL.min(found.sure), ..found })
    }

    /// Whom the paragraph or heading between two interviews of a page introduces: the first person of the nearest block
    /// before a turn that is no turn itself, if turns stand before that, too.
    fn introduced(&self, at: u32) -> Option<usize> {
        const BLOCKS: usize = 200;
        let text = self.document.text.as_str();
        let here = self.block_of(at);
        let blocks = &self.document.blocks[here.saturating_sub(2 * BLOCKS)..here];
        let is_turn = |block: &saidline_html::Block| {
            let line = block.span.of(text).trim_start();
            let label = line.split([':', '.']).next().unwrap_or_default();
            line.len() > label.len() && matches!(label, "Q" | "A" | "Question" | "Answer" | "Interviewer")
        };
        let between = blocks.iter().rposition(|block| !is_turn(block))?;
        let earlier = &blocks[between.saturating_sub(BLOCKS)..between];
        if !earlier.iter().any(is_turn) {
            return None;
        }
        self.names
            .names_in(blocks[between].span)
            .find_map(|(_, name)| name.person)
            .map(|person| person as usize)
    }

    /// Whose turn a label opens. A label that is a name is read as any name is: then there is none here.
    pub(super) fn label(&self, source: Span) -> Option<Found> {
        let text = self.document.text.as_str();
        let block = self.document.blocks.get(self.block_of(source.start))?.span;
        if source.len() > 20 || source.start.saturating_sub(block.start) > FAR {
            return None;
        }
        let words = source.of(text).trim().trim_end_matches(':').trim_end_matches('.');
        let lead = text.get(block.start as usize..source.start as usize)?;
        // A line of the block is a turn as well.
        let opens = lead.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        let behind = source.of(text).trim_end().ends_with(':')
            || text[source.end as usize..].trim_start_matches(['.', ' ']).starts_with([':', '—', '–']);
        if !opens || words.len() > 16 {
            return None;
        }
        let found = |who: Who, how, antecedent| Found { who, how, antecedent, role: None, sure: sure::LABEL };
        match words {
            "Q" | "Question" | "Interviewer" if behind || words == "Q" => Some(match &self.document.byline {
                Some(_) => found(Who::Author, How::Description, None),
                None => Found { sure: sure::LABEL, ..unnamed(source) },
            }),
            "A" | "Answer" => {
                let most = || {
                    let persons = self.names.persons.iter().take(PERSONS).enumerate();
                    persons.max_by_key(|(place, person)| (person.count, std::cmp::Reverse(*place)))
                };
                let person = self.introduced(source.start).or_else(|| Some(most()?.0))?;
                let full = self.names.span(&self.names.names[self.names.persons[person].full as usize]);
                Some(found(Who::Person(person as u32), How::Description, Some(full)))
            }
            initials
                if behind
                    && (2..=3).contains(&initials.len())
                    && initials.bytes().all(|b| b.is_ascii_uppercase()) =>
            {
                let mut fits = self.names.persons.iter().take(PERSONS).enumerate().filter(|(_, person)| {
                    let name = &self.names.names[person.full as usize];
                    (name.first..name.last)
                        .filter_map(|word| self.names.word(word as usize).chars().next())
                        .filter(|letter| letter.is_uppercase())
                        .eq(initials.chars())
                });
                let (person, known) = fits.next()?;
                let full = self.names.span(&self.names.names[known.full as usize]);
                fits.next().is_none().then(|| found(Who::Person(person as u32), How::ShortName, Some(full)))
            }
            _ => None,
        }
    }
}

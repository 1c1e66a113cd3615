//! Words without a source: carried on from the attribution before, or from another piece of the same speech.

use super::*;

impl Page<'_> {
    /// No source: words in quotation marks right after somebody's.
    pub(super) fn carried(&self, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let attribution = &attributions[place];
        let (Some(last), Some(content)) = (self.last, attribution.content.first()) else { return Vec::new() };
        if attribution.kind == QuotationKind::Indirect || attribution.parent.is_some() {
            return Vec::new();
        }
        let Some(there) = envelope(&attributions[last]) else { return Vec::new() };
        let (here, before) = (self.block_of(content.start), self.block_of(there.end.saturating_sub(1)));
        // Somebody else named between the two may have spoken.
        let between = Span { start: there.end.min(content.start), end: content.start };
        // A block set apart is as often somebody else's words.
        if self.document.blocks.get(here).is_some_and(|block| block.kind == BlockKind::Quotation)
            && here != before
        {
            return Vec::new();
        }
        let interrupted = self.names.names_in(between).take(64).any(|(_, name)| {
            let speaker = self.known[last].as_deref().and_then(|found| found.first().map(|found| &found.who));
            name.person.is_none_or(|person| speaker != Some(&Who::Person(person)))
        });
        let opens = self.document.blocks.get(here).is_some_and(|block| {
            let lead = content.start.saturating_sub(block.span.start);
            lead <= 4 && block.kind != BlockKind::Headline
        });
        let sure = if interrupted || content.start < there.start {
            return Vec::new();
        } else if here == before {
            sure::SAME_PARAGRAPH
        } else if here == before + 1 && opens && attributions[last].kind != QuotationKind::Indirect {
            sure::NEXT_PARAGRAPH
        } else {
            return Vec::new();
        };
        self.carry(last, attributions, sure)
    }

    /// The speakers of another attribution, carried on.
    pub(super) fn carry(&self, from: usize, attributions: &[Attribution], sure: f32) -> Vec<Found> {
        let found = self.known[from].as_deref().unwrap_or_default();
        let antecedent = attributions[from].source.first().copied();
        found
            .iter()
            .map(|found| Found {
                how: How::Carried,
                antecedent: antecedent.or(found.antecedent),
                sure: sure.min(found.sure),
                ..found.clone()
            })
            .collect()
    }

    /// A speech of several paragraphs has the speaker of whichever piece names one.
    pub(super) fn carry_on(&mut self, attributions: &mut [Attribution]) {
        if !self.quotations.iter().any(|quotation| quotation.continued) {
            return;
        }
        // The speech that each outermost quotation belongs to.
        let mut speech: HashMap<usize, usize> = HashMap::new();
        let mut before: Option<usize> = None;
        for (place, quotation) in
            self.quotations.iter().enumerate().filter(|(_, quotation)| quotation.depth == 0)
        {
            let of = match before {
                Some(before) if quotation.continued => *speech.get(&before).unwrap_or(&place),
                _ => place,
            };
            speech.insert(place, of);
            before = Some(place);
        }
        // The speech of each attribution whose content begins in a quotation.
        let speeches: Vec<Option<usize>> = attributions
            .iter()
            .map(|attribution| {
                let place = self.quotation_at(attribution.content.first()?.start)?;
                speech.get(&place).copied()
            })
            .collect();
        let mut speaker: HashMap<usize, usize> = HashMap::new();
        for (place, attribution) in attributions.iter().enumerate() {
            if attribution.parent.is_none()
                && !attribution.source.is_empty()
                && !attribution.speakers.is_empty()
                && let Some(speech) = speeches[place]
            {
                speaker.entry(speech).or_insert(place);
            }
        }
        for place in 0..attributions.len() {
            let attribution = &attributions[place];
            if !attribution.source.is_empty() || attribution.parent.is_some() {
                continue;
            }
            let Some(&from) = speeches[place].and_then(|speech| speaker.get(&speech)) else { continue };
            let carried = self.carry(from, attributions, sure::SAME_SPEECH);
            attributions[place].speakers = carried.iter().map(|found| self.speaker(found)).collect();
            self.known[place] = Some(carried);
        }
    }
}

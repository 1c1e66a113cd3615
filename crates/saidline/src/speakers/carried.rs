//! Words without a source: carried on from the attribution before, or from another piece of the same speech.

use super::*;

impl Page<'_> {
    /// No source: words in quotation marks right after somebody's.
    pub(super) fn carried(&self, place: usize, attributions: &[Attribution]) -> Vec<Found> {
        let attribution = &attributions[place];
        let Some(content) = attribution.content.first() else { return Vec::new() };
        if attribution.kind == QuotationKind::Indirect || attribution.parent.is_some() {
            return Vec::new();
        }
        if self.is_shouted_by_many(attribution) {
            return Vec::new();
        }
        let carried = self.carried_from_last(content, attributions);
        if !carried.is_empty() && self.last.is_some_and(|last| self.tells_of_a_letter(&attributions[last])) {
            return Vec::new();
        }
        // Where somebody has spoken in the paragraph it may be either of the two.
        let spoken = self
            .last
            .and_then(|last| envelope(&attributions[last]))
            .is_some_and(|there| self.block_of(there.end.saturating_sub(1)) == self.block_of(content.start));
        if carried.is_empty() && !spoken {
            return self.told_before(content).into_iter().collect();
        }
        carried
    }

    /// "Klein resigned in a letter, reporter Low wrote": the words that follow are the letter's, not the reporter's.
    fn tells_of_a_letter(&self, attribution: &Attribution) -> bool {
        const FAR: usize = 60;
        let names = self.names;
        let letter = |span: &Span| {
            names.tokens_in(*span).take(FAR).any(|at| {
                matches!(names.word(at), "letter" | "memo" | "e-mail" | "email" | "note" | "resignation")
            })
        };
        let role = attribution.speakers.first().and_then(|speaker| speaker.role.as_deref());
        role.is_some_and(|role| {
            role.split_whitespace().any(|word| {
                let lower = word.to_lowercase();
                matches!(lower.as_str(), "reporter" | "journalist" | "correspondent" | "columnist")
            })
        }) && attribution.content.iter().any(letter)
    }

    /// Who opens the sentence right before words that stand by themselves, in their paragraph: "Low shook his head. “We
    /// did not.”"
    pub(super) fn told_before(&self, content: &Span) -> Option<Found> {
        let names = self.names;
        let first = names.tokens_in(*content).start;
        let token = names.tokens.get(first)?;
        let before = token.sentence.checked_sub(1)?;
        let opens = names.tokens.partition_point(|other| other.sentence < token.sentence);
        let start = names.tokens.partition_point(|other| other.sentence < before);
        let here = self.block_of(token.span.start);
        let quoted = self.quotation_at(token.span.start).is_some();
        let apart = opens == first && quoted && start < opens;
        // Into the next paragraph only a colon leads.
        let there = self.block_of(names.tokens[start].span.start);
        let gap =
            names.text.get(names.tokens[opens.checked_sub(1)?].span.end as usize..token.span.start as usize);
        if !apart || there != here && !(there + 1 == here && gap?.contains(':')) {
            return None;
        }
        let among = Span { start: names.tokens[start].span.start, end: names.tokens[opens - 1].span.end };
        let mut persons = names.names_in(among).map(|(_, name)| name).filter(|name| name.person.is_some());
        let one = persons.next()?;
        let alone = persons.all(|other| other.person == one.person);
        if !alone || !self.opens_sentence(one) || self.quotation_at(names.span(one).start).is_some() {
            return None;
        }
        Some(Found {
            who: Who::Person(one.person?),
            how: How::Carried,
            antecedent: Some(names.span(one)),
            role: None,
            sure: sure::TOLD_BEFORE,
        })
    }

    /// "“Shame!” shouted the crowd", "chants of “Shame!”": nobody named cries that.
    fn is_shouted_by_many(&self, attribution: &Attribution) -> bool {
        const FAR: usize = 6;
        let names = self.names;
        let Some(content) = attribution.content.first() else { return false };
        let cue = attribution.cue.iter().flat_map(|cue| names.tokens_in(*cue)).take(FAR);
        let tokens = names.tokens_in(*content);
        let around = (tokens.start.saturating_sub(FAR)..tokens.start).chain(tokens.end..tokens.end + FAR);
        cue.chain(around).any(|at| {
            matches!(
                names.word(at),
                "chant"
                    | "chants"
                    | "chanted"
                    | "chanting"
                    | "shouts"
                    | "cries"
                    | "crowd"
                    | "crowds"
                    | "protesters"
                    | "demonstrators"
                    | "hecklers"
                    | "banner"
                    | "banners"
                    | "placards"
                    | "signs"
            )
        })
    }

    /// Who spoke last, where nothing stands between.
    fn carried_from_last(&self, content: &Span, attributions: &[Attribution]) -> Vec<Found> {
        let Some(last) = self.last else { return Vec::new() };
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

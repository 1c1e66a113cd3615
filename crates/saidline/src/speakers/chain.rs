//! The chain: which attribution stands in which, and who passed the words on.

use super::*;

/// Sets the parent of each attribution whose spans all lie inside one piece of another's content.
pub(super) fn nest(attributions: &mut [Attribution]) {
    let mut contents: Vec<(Span, usize)> = Vec::new();
    let mut whole: Vec<(Span, usize)> = Vec::new();
    for (place, attribution) in attributions.iter().enumerate() {
        contents.extend(attribution.content.iter().map(|span| (*span, place)));
        if let Some(envelope) = envelope(attribution) {
            whole.push((envelope, place));
        }
    }
    let outer_first = |(span, place): &(Span, usize)| (span.start, std::cmp::Reverse(span.end), *place);
    contents.sort_by_key(outer_first);
    whole.sort_by_key(outer_first);
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut next = 0;
    for (envelope, place) in whole {
        while next < contents.len() && contents[next].0.start <= envelope.start {
            while open.last().is_some_and(|(span, _)| span.end <= contents[next].0.start) {
                open.pop();
            }
            open.push(contents[next]);
            next += 1;
        }
        // The innermost content around it; content spans of a page hardly nest, so few are looked at.
        let parent =
            open.iter().rev().take(32).find(|(span, owner)| *owner != place && span.contains(envelope));
        attributions[place].parent = parent.map(|(_, owner)| *owner);
        attributions[place].via.clear();
    }
    // Two attributions of the same words would be each other's parent.
    for place in 0..attributions.len() {
        let mut above = attributions[place].parent;
        for _ in 0..32 {
            match above {
                Some(parent) if parent == place => {
                    attributions[place].parent = None;
                    break;
                }
                Some(parent) => above = attributions[parent].parent,
                None => break,
            }
        }
        if above.is_some() {
            attributions[place].parent = None;
        }
    }
}

/// From the first byte to the last of an attribution.
pub(crate) fn envelope(attribution: &Attribution) -> Option<Span> {
    let spans = || attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    Some(Span { start: spans().map(|span| span.start).min()?, end: spans().map(|span| span.end).max()? })
}

/// No chain is longer.
const LINKS: usize = 16;

impl Page<'_> {
    /// Fills `via`: the speakers of the attributions around each, outermost first, then what the words were taken from.
    /// The page's own outlet, laws and the speaker himself are none.
    pub(super) fn name_the_chain(&self, attributions: &mut [Attribution]) {
        let owner = self.owners(attributions);
        for place in 0..attributions.len() {
            let mut via = Vec::new();
            let own = attributions[place].speakers.first().map(|speaker| speaker.name.clone());
            let mut above = attributions[place].parent;
            while let Some(parent) = above.filter(|_| via.len() < LINKS) {
                let outer = &attributions[parent];
                above = outer.parent;
                let Some(&span) = outer.source.first() else { continue };
                let speaker = outer.speakers.first();
                let link = Mention {
                    span,
                    name: speaker.map(|speaker| speaker.name.clone()),
                    kind: speaker.map(|speaker| speaker.kind),
                };
                let same = link.name.is_some() && link.name == own;
                if !same && !self.is_own_outlet(link.name.as_deref()) && !self.is_law(span) {
                    via.push(link);
                }
            }
            via.reverse();
            if let Some(link) = self.taken_from(place, attributions, &owner) {
                via.push(link);
            }
            attributions[place].via = via;
        }
    }

    /// The words of each attribution's content, source and cue, sorted: what is told beside them belongs to nobody.
    fn owners(&self, attributions: &[Attribution]) -> Vec<(Span, usize, bool)> {
        let mut all = Vec::new();
        for (place, attribution) in attributions.iter().enumerate() {
            all.extend(attribution.content.iter().map(|span| (*span, place, true)));
            all.extend(attribution.source.iter().chain(&attribution.cue).map(|span| (*span, place, false)));
        }
        all.sort_by_key(|(span, ..)| (span.start, span.end));
        all
    }

    /// Whether a byte lies in this attribution's content, or in another's source or cue.
    fn taken_by_others(&self, at: u32, place: usize, owners: &[(Span, usize, bool)]) -> bool {
        let next = owners.partition_point(|(span, ..)| span.start <= at);
        owners[..next]
            .iter()
            .rev()
            .take(24)
            .any(|(span, owner, content)| at < span.end && *content == (*owner == place))
    }

    /// Whether a byte lies in this attribution's content, or in any other attribution's source or cue.
    fn taken(&self, at: u32, place: usize, owners: &[(Span, usize, bool)]) -> bool {
        let next = owners.partition_point(|(span, ..)| span.start <= at);
        owners[..next]
            .iter()
            .rev()
            .take(24)
            .any(|(span, owner, content)| at < span.end && (*content == (*owner == place) || !*content))
    }

    /// The tokens of the sentence in which an attribution's cue, or else its source, stands.
    fn around(&self, attribution: &Attribution) -> Option<std::ops::Range<usize>> {
        let at = attribution.cue.first().or(attribution.source.first())?;
        let token = self.names.tokens_in(*at).start;
        let sentence = self.names.tokens.get(token)?.sentence;
        let first = self.names.tokens.partition_point(|token| token.sentence < sentence);
        let last = self.names.tokens.partition_point(|token| token.sentence <= sentence);
        Some(first..last.min(first + 120))
    }

    /// "…, according to a transcript", beside a source of its own.
    fn taken_from(
        &self,
        place: usize,
        attributions: &[Attribution],
        owners: &[(Span, usize, bool)],
    ) -> Option<Mention> {
        let attribution = &attributions[place];
        if attribution.source.is_empty() {
            return None;
        }
        let names = self.names;
        let tokens = self.around(attribution)?;
        let told = |at: usize| {
            let (word, next) = (names.word(at), names.word(at + 1));
            matches!(word, "according" | "According") && next == "to" || cites(word) && next == "by"
        };
        let at = (tokens.start..tokens.end.saturating_sub(2)).find(|&at| told(at))?;
        let first = at + 2;
        // "Low was quoted by the Post as saying": the words that cite may be the cue's own.
        let begins = names.tokens[at].span.start;
        let taken = if cites(names.word(at)) {
            self.taken_by_others(begins, place, owners)
        } else {
            self.taken(begins, place, owners)
        };
        if taken || self.taken(names.tokens[first].span.start, place, owners) {
            return None;
        }
        let mut last = first + 1;
        while last < tokens.end
            && last - first < 12
            && matches!(names.tokens[last].gap, Gap::Space | Gap::Stop)
            && !matches!(names.word(last), "who" | "which" | "that" | "and" | "but" | "said" | "says" | "as")
        {
            last += 1;
        }
        let span = Span { start: names.tokens[first].span.start, end: names.tokens[last - 1].span.end };
        let found = self.one(first..last, place, attributions);
        let speaker = found.map(|found| self.speaker(&found));
        Some(Mention {
            span,
            name: speaker.as_ref().map(|speaker| speaker.name.clone()),
            kind: speaker.map(|speaker| speaker.kind),
        })
    }

    fn is_own_outlet(&self, name: Option<&str>) -> bool {
        let bare = |name: &str| name.trim_start_matches("The ").trim_start_matches("the ").to_lowercase();
        match (&self.document.outlet, name) {
            (Some(outlet), Some(name)) => bare(outlet) == bare(name),
            _ => false,
        }
    }

    /// Whether a source is a law, which passes nothing on.
    fn is_law(&self, source: Span) -> bool {
        self.names.tokens_in(source).take(8).any(|token| {
            words::source_noun(&self.names.word(token).to_lowercase()) == Some(words::SourceNoun::Law)
        })
    }
}

/// Verbs of those who pass words on: "as cited by the Post".
fn cites(word: &str) -> bool {
    matches!(word, "cited" | "quoted")
}

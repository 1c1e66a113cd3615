//! Whom the words for a hearer stand for: "told him", "asked the minister".

use super::*;

/// Names those hearers of attributions that are given by a pronoun or a description, where the page names them; the
/// speakers are known already, and nobody tells himself.
pub(crate) fn name_hearers(document: &Document, names: &Names<'_>, attributions: &mut [Attribution]) {
    let page = Page::new(document, names, &[], attributions.len());
    for place in 0..attributions.len() {
        for hearer in 0..attributions[place].addressees.len() {
            let mention = &attributions[place].addressees[hearer];
            if mention.name.is_some() {
                continue;
            }
            let Some(person) = page.heard(mention.span, place, attributions) else { continue };
            let name = names.full_name(person);
            if attributions[place].speakers.iter().all(|speaker| speaker.name != name) {
                let mention = &mut attributions[place].addressees[hearer];
                mention.name = Some(name);
                mention.kind = Some(SpeakerKind::Person);
            }
        }
    }
}

impl Page<'_> {
    fn heard(&self, words: Span, place: usize, attributions: &[Attribution]) -> Option<u32> {
        let tokens = self.names.tokens_in(words);
        if tokens.is_empty() || tokens.len() > 8 {
            return None;
        }
        let first = self.names.word(tokens.start).to_lowercase();
        let found = match first.as_str() {
            "him" if tokens.len() == 1 => self.other_before(tokens.start, Gender::Male, place, attributions),
            "her" if tokens.len() == 1 => {
                self.other_before(tokens.start, Gender::Female, place, attributions)
            }
            "the" => self.one(tokens, place, attributions),
            _ => None,
        };
        match found?.who {
            Who::Person(person) => Some(person),
            _ => None,
        }
    }
}

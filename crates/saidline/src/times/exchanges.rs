//! Who answers a question does so on its day, and who speaks for an institution on the day of its statement.

use super::Page;
use super::choice::{Told, is_present};
use super::events::{event, is_of_when, is_open};
use super::speakers::in_order;
use crate::attribution::{ActType, Attribution, Polarity, QuotationKind, Said, SaidBasis, SpeakerKind};

/// Words of a source that speaks for another.
const SPEAKS_FOR: [&str; 6] =
    ["spokesman", "spokeswoman", "spokesperson", "spokespeople", "representative", "spokesmen"];

/// What was told last, and of which kind.
struct Last {
    said: Said,
    paragraph: u32,
    sentence: Option<usize>,
    is_question: bool,
    is_institution: bool,
    hearers: Vec<String>,
}

/// Fills in the day of answers, and of what a spokesman adds.
pub(super) fn tell(page: &Page, told: &[Told], attributions: &mut [Attribution]) {
    let text = page.document.text.as_str();
    let mut last: Option<Last> = None;
    for (at, place) in in_order(attributions) {
        let one = &attributions[place];
        let paragraph = page.paragraph(at);
        let sentence = page.sentence(at);
        if one.said.is_none()
            && is_open(&told[place], one)
            && !is_present(page, one)
            && !is_of_when(page, one)
            && let Some(known) = &last
            && paragraph - known.paragraph <= 1
        {
            let name = one.speakers.first().map(|speaker| speaker.name.as_str());
            let is_asked = name.is_some_and(|name| known.hearers.iter().any(|hearer| hearer == name));
            let answers = known.is_question && (known.sentence == sentence || is_asked);
            let source = one.source.first().map_or("", |source| source.of(text));
            let speaks_for = known.is_institution
                && one.kind != QuotationKind::Indirect
                && source.split([' ', ',']).any(|word| SPEAKS_FOR.contains(&word));
            if answers || speaks_for {
                attributions[place].said = event(&known.said, SaidBasis::Event);
            }
        }
        let one = &attributions[place];
        let said = one.said.clone().filter(|_| !told[place].closed);
        last = said.map(|said| Last {
            said,
            paragraph,
            sentence,
            is_question: one.polarity == Some(Polarity::Asked)
                || one.act.is_some_and(|act| act.r#type == Some(ActType::Ask)),
            is_institution: one
                .speakers
                .first()
                .is_some_and(|speaker| speaker.kind == SpeakerKind::Organisation),
            hearers: one.addressees.iter().filter_map(|hearer| hearer.name.clone()).collect(),
        });
    }
}

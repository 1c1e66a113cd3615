//! An attribution as a sentence that a person can read: who, to whom, where, when.

use saidline::{Attribution, Document, Polarity, Said};

use super::clean;
use super::show::stretch;

/// "Ines Calder, harbour master, to the Quayside Post, in an interview, 5 March 2024 (from “on Tuesday”)": what is told of
/// an attribution besides its words. What is not told is left out.
pub(super) fn heading(document: &Document, attribution: &Attribution, who: &str) -> String {
    let text = &document.text;
    let mut parts = vec![who.to_owned()];
    let venue = attribution.venue.as_ref();
    // "In an interview with the Quayside Post" names its hearer.
    let apart =
        attribution.addressees.iter().filter(|one| !venue.is_some_and(|venue| venue.span.contains(one.span)));
    let hearers: Vec<_> = apart
        .map(|one| {
            let words = clean(one.span.of(text));
            match one.name.as_deref().map(clean) {
                Some(name) if name != words => format!("{words} [{name}]"),
                _ => words,
            }
        })
        .collect();
    if !hearers.is_empty() {
        parts.push(format!("to {}", hearers.join(" and ")));
    }
    parts.extend(venue.map(|venue| clean(venue.span.of(text))));
    parts.extend(attribution.said.as_ref().map(|said| dated(document, said)));
    let mut sentence = parts.join(", ");
    let told = match attribution.polarity {
        None | Some(Polarity::Affirmed) => None,
        Some(Polarity::SayingDenied) => Some("did not say this"),
        Some(Polarity::ContentDenied) => Some("says this is not so"),
        Some(Polarity::Hypothetical) => Some("might say this"),
        Some(Polarity::Asked) => Some("a question"),
    };
    if let Some(told) = told {
        sentence.push_str(&format!(" ({told})"));
    }
    sentence
}

/// The days, and the words that they were read from.
fn dated(document: &Document, said: &Said) -> String {
    let words = said.span.map(|span| format!(" (from “{}”)", clean(span.of(&document.text))));
    format!("{}{}", stretch(said), words.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use saidline::{Mention, Moment, QuotationKind, SaidBasis, Span, Venue, VenueKind, When};

    use super::*;

    const TEXT: &str =
        "In an interview with the Quayside Post on Tuesday she told him that the pier was safe.";

    fn of(words: &str) -> Span {
        let start = TEXT.find(words).expect("the words stand there");
        Span::new(start, start + words.len())
    }

    fn check(attribution: Attribution, expected: &str) {
        let document = Document { text: TEXT.to_owned(), ..Document::default() };
        assert_eq!(heading(&document, &attribution, "Ines Calder (harbour master)"), expected);
    }

    fn bare() -> Attribution {
        Attribution::new(
            QuotationKind::Indirect,
            vec![of("she")],
            vec![of("told")],
            vec![of("the pier was safe")],
            0.9,
        )
    }

    #[test]
    fn what_is_told_is_said() {
        check(bare(), "Ines Calder (harbour master)");
        let hearer = |words, name: Option<&str>| Mention {
            span: of(words),
            name: name.map(str::to_owned),
            kind: None,
        };
        let day: Moment = "2024-03-05".parse().expect("a day");
        let full = Attribution {
            addressees: vec![hearer("the Quayside Post", None), hearer("him", Some("Olaf Berg"))],
            venue: Some(Venue {
                span: of("In an interview with the Quayside Post"),
                name: Some("Quayside Post".to_owned()),
                kind: VenueKind::Interview,
            }),
            said: Some(Said::within(When::at(day), Some(of("on Tuesday")), SaidBasis::Relative)),
            polarity: Some(Polarity::ContentDenied),
            ..bare()
        };
        check(
            full,
            "Ines Calder (harbour master), to him [Olaf Berg], In an interview with the Quayside Post, 5 March 2024 (from “on \
             Tuesday”) (says this is not so)",
        );
    }

    #[test]
    fn a_day_that_is_not_known_is_not_made_up() {
        let open = Said { from: None, to: None, span: Some(of("on Tuesday")), basis: SaidBasis::Relative };
        check(
            Attribution { said: Some(open), ..bare() },
            "Ines Calder (harbour master), on a day that is not known (from “on Tuesday”)",
        );
    }
}

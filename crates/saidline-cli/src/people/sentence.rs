//! An attribution as a sentence that a person can read: who, to whom, where, when.

use saidline::{Attribution, Document, Said, Span};

use super::clean;
use super::told::{Told, stretch};

/// "Ines Calder (harbour master) told reporters, in an interview, on 5 March 2024 (“on Tuesday”)": what is told of an
/// attribution besides its words. What is not told is left out.
pub(super) fn heading(document: &Document, attribution: &Attribution, who: &str) -> String {
    let told = Told::of_attribution(document, attribution);
    let mut sentence = match told.cue().map(|cue| cue.trim_end_matches([':', ',', ';'])) {
        Some(cue) if cue.to_lowercase().ends_with(" to") && is_in_front(attribution) => {
            format!("{cue} {who}")
        }
        Some(cue) => format!("{who} {cue}"),
        None => who.to_owned(),
    };
    let hearers = told.hearers().join(" and ");
    if !hearers.is_empty() {
        // "Told reporters", but "said, to reporters".
        let between = if is_object(document, attribution) { " " } else { ", to " };
        sentence = format!("{sentence}{between}{hearers}");
    }
    if let Some(venue) = told.venue() {
        sentence = go_on(&sentence, venue);
    }
    if let Some(said) = &attribution.said {
        sentence = format!("{sentence}, {}", dated(document, said, told.cue().unwrap_or_default()));
    }
    match told.denial() {
        // Last, where the eye is when the words begin.
        Some(denial) if !tells_denial(told.cue().unwrap_or_default()) => format!("{sentence} – {denial}"),
        _ => sentence,
    }
}

/// A sentence and a venue, of which the words that report may have begun to speak: "said in a letter", "in a letter to the
/// museum".
fn go_on(sentence: &str, venue: &str) -> String {
    let ends = venue.match_indices(' ').map(|(at, _)| at).rev();
    match ends.map(|end| venue.split_at(end)).find(|(begun, _)| sentence.ends_with(&format!(" {begun}"))) {
        Some((_, rest)) => format!("{sentence}{rest}"),
        None => format!("{sentence}, {venue}"),
    }
}

/// Whether the words that report say themselves that nothing was asserted.
fn tells_denial(cue: &str) -> bool {
    const WORDS: [&str; 10] =
        ["not", "never", "no", "deny", "denies", "denied", "denying", "declined", "refused", "asked"];
    let cue = cue.to_lowercase();
    let mut words = cue.split(|letter: char| !letter.is_alphanumeric() && letter != '’' && letter != '\'');
    words.any(|word| WORDS.contains(&word) || word.ends_with("n’t") || word.ends_with("n't"))
}

/// Whether the words that report stand in front of those that name the speaker: "according to the police".
fn is_in_front(attribution: &Attribution) -> bool {
    let begin = |spans: &[Span]| spans.first().map(|span| span.start);
    begin(&attribution.cue).is_some_and(|cue| begin(&attribution.source).is_some_and(|source| cue < source))
}

/// Whether a hearer follows the words that report: "told reporters".
fn is_object(document: &Document, attribution: &Attribution) -> bool {
    let Some(cue) = attribution.cue.last() else { return false };
    attribution
        .addressees
        .iter()
        .any(|one| cue.end <= one.span.start && !cue.is_parted_from(one.span, &document.text))
}

/// The days, and the words that they were read from, where nothing else says those.
fn dated(document: &Document, said: &Said, cue: &str) -> String {
    let when = stretch(said);
    let words = said.span.map(|span| clean(span.of(&document.text)));
    match words.filter(|words| !when.contains(words.as_str()) && !cue.contains(words.as_str())) {
        Some(words) if said.from.or(said.to).is_none() => format!("“{words}” (which day is not known)"),
        Some(words) => format!("{when} (“{words}”)"),
        None => when,
    }
}

#[cfg(test)]
mod tests {
    use saidline::{Mention, Moment, Polarity, QuotationKind, SaidBasis, Venue, VenueKind, When};

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
        check(bare(), "Ines Calder (harbour master) told");
        let him = Mention { span: of("him"), name: None, kind: None };
        check(Attribution { addressees: vec![him], ..bare() }, "Ines Calder (harbour master) told “him”");
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
            "Ines Calder (harbour master) told him [Olaf Berg], in an interview with the Quayside Post, on 5 March 2024 \
             (“on Tuesday”) – denies this",
        );
    }

    #[test]
    fn nothing_is_told_twice() {
        assert_eq!(
            go_on("She said in a letter", "in a letter to the museum"),
            "She said in a letter to the museum"
        );
        assert_eq!(go_on("She said", "in a letter"), "She said, in a letter");
        let check = |cue: &str, expected: bool| assert_eq!(tells_denial(cue), expected, "{cue}");
        check("has denied", true);
        check("doesn’t say", true);
        check("would not say", true);
        check("Asked", true);
        check("disputes", false);
        check("noted", false);
        check("will tell you", false);
    }

    #[test]
    fn a_day_that_is_not_known_is_not_made_up() {
        let open = Said { from: None, to: None, span: Some(of("on Tuesday")), basis: SaidBasis::Relative };
        check(
            Attribution { said: Some(open), ..bare() },
            "Ines Calder (harbour master) told, “on Tuesday” (which day is not known)",
        );
    }
}

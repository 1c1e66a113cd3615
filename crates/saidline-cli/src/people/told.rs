//! What is told of a report beside its words: how it was said, to whom, where and when, the same in every table.

use saidline::{Act, ActClass, ActType, Attribution, Document, Moment, Polarity, Said, SaidBasis, When};
use saidline_store::FoundReport;

use super::{clean, date};
use crate::style::Styles;

/// What is told of a report beside its words.
pub(crate) struct Told {
    polarity: Option<Polarity>,
    act: Option<Act>,
    cue: String,
    hearers: Vec<String>,
    venue: Option<String>,
    said: Option<Said>,
    published: Option<When>,
}

impl Told {
    /// Of an attribution in its document.
    pub(crate) fn of_attribution(document: &Document, attribution: &Attribution) -> Self {
        let text = &document.text;
        let venue = attribution.venue.as_ref().map(|venue| clean(venue.span.of(text)));
        let hearers =
            attribution.addressees.iter().map(|one| (clean(one.span.of(text)), one.name.as_deref()));
        let content = attribution.content.first().map(|span| clean(span.of(text)));
        let cue = super::said(text, &attribution.cue);
        Self {
            polarity: attribution.polarity,
            act: attribution.act,
            hearers: apart(hearers, [venue.as_deref(), Some(&cue)], content.as_deref()),
            venue: venue.filter(|venue| !stands_in(venue, &cue)).as_deref().map(within_a_sentence),
            cue,
            said: attribution.said.clone(),
            published: document.published.as_ref().map(|dated| dated.when),
        }
    }

    /// Of a report that was found in a store.
    pub(crate) fn of_found(report: &FoundReport) -> Self {
        let venue = report.venue.as_ref().map(|(_, words)| clean(words));
        let hearers = report.addressees.iter().map(|one| (clean(&one.text), one.name.as_deref()));
        let content = report.content.first().map(|piece| clean(piece));
        let cue = clean(&report.cue);
        Self {
            polarity: report.polarity,
            act: report.act.map(|class| Act { class, r#type: report.act_type }),
            hearers: apart(hearers, [venue.as_deref(), Some(&cue)], content.as_deref()),
            venue: venue.filter(|venue| !stands_in(venue, &cue)).as_deref().map(within_a_sentence),
            cue,
            said: report.said.clone(),
            published: report.published,
        }
    }

    /// The line above the words: who, or when; then, before all else, what keeps the words from being an assertion; then
    /// the words that report, the act, and what else is to be said.
    pub(crate) fn headed(
        &self,
        styles: &Styles,
        first: &str,
        more: impl IntoIterator<Item = String>,
    ) -> String {
        let denial = self.denial().map(|denial| format!(" · {}", styles.warning.of(denial)));
        let cue = self.cue().filter(|cue| !self.denial().is_some_and(|denial| tells_no_more(cue, denial)));
        let cue_and_act = [cue, self.act()].into_iter().flatten().map(str::to_owned);
        let more: String = cue_and_act.chain(more).map(|one| format!(" · {one}")).collect();
        format!("{first}{}{}", denial.unwrap_or_default(), styles.faint.of(more))
    }

    /// What keeps the words from being an assertion, where something does.
    pub(crate) fn denial(&self) -> Option<&'static str> {
        match self.polarity? {
            Polarity::Affirmed => None,
            Polarity::SayingDenied => Some("did not say"),
            Polarity::ContentDenied => Some("denies this"),
            Polarity::Hypothetical => Some("might say this"),
            Polarity::Asked => Some("asks this"),
        }
    }

    /// The words that report; a mere mark (`SILJE AURLAND: …`) is none.
    pub(crate) fn cue(&self) -> Option<&str> {
        Some(self.cue.as_str()).filter(|cue| cue.contains(char::is_alphanumeric))
    }

    /// What kind of act it is, where that is no plain statement and the words that report do not tell it. What was not done
    /// is none.
    pub(crate) fn act(&self) -> Option<&'static str> {
        let Act { class, r#type } = self.act?;
        if class != ActClass::Speech {
            return Some(class.name());
        }
        let name = r#type.filter(|of_type| *of_type != ActType::State)?.name();
        let stem = &name[..name.len().saturating_sub(1).min(5)];
        let is_told = self.denial().is_some() || self.cue.to_lowercase().contains(stem);
        (!is_told).then_some(name)
    }

    /// To whom, each as it is to be shown.
    pub(crate) fn hearers(&self) -> &[String] {
        &self.hearers
    }

    /// Where or through what.
    pub(crate) fn venue(&self) -> Option<&str> {
        self.venue.as_deref()
    }

    /// To whom, and where or through what.
    pub(crate) fn hearers_and_venue(&self) -> impl Iterator<Item = String> {
        let hearers = (!self.hearers.is_empty()).then(|| format!("to {}", self.hearers.join(" and ")));
        hearers.into_iter().chain(self.venue.clone())
    }

    /// When it was said, where that is told: by its own words, by the day of the speech or interview, or only by when it
    /// was published.
    pub(crate) fn said(&self) -> Option<String> {
        let Said { from, to, basis, .. } = self.said.as_ref()?;
        let verb = match self.act {
            Some(Act { class, .. }) if class != ActClass::Speech => "dated",
            _ => "said",
        };
        let when = match (*from, *to) {
            (Some(from), Some(to)) if from == to => date(When::at(from)),
            _ => stretch(self.said.as_ref()?),
        };
        let basis = match basis {
            SaidBasis::Explicit | SaidBasis::Relative | SaidBasis::Corrected => "",
            SaidBasis::Dateline => " (dateline)",
            SaidBasis::Event => " (day of the event)",
            SaidBasis::Published => " (when published)",
        };
        Some(format!("{verb} {when}{basis}"))
    }

    /// When it was said, else when it was published.
    pub(crate) fn when(&self) -> String {
        let published = || match self.published {
            Some(when) => format!("published {}", date(when)),
            None => "no date".to_owned(),
        };
        self.said().unwrap_or_else(published)
    }
}

/// Whether the words that report say what stands before them already: "did not say", "denied".
fn tells_no_more(cue: &str, denial: &str) -> bool {
    let cue = cue.to_lowercase();
    let words: &[&str] = match denial {
        "denies this" => &["deny", "denies", "denied"],
        "asks this" => &["ask", "asks", "asked"],
        _ => &[],
    };
    cue == denial || words.contains(&cue.as_str())
}

/// A day or a stretch of time with its preposition.
pub(super) fn stretch(said: &Said) -> String {
    let at = |moment| date(When::at(moment));
    match (said.from, said.to) {
        (Some(from), Some(to)) if from == to => {
            let preposition = match from {
                Moment::Year(_) | Moment::Month(..) => "in",
                Moment::Day(_) | Moment::Minute(..) => "on",
            };
            format!("{preposition} {}", at(from))
        }
        (Some(from), Some(to)) => format!("between {} and {}", at(from), at(to)),
        (Some(from), None) => format!("on or after {}", at(from)),
        (None, Some(to)) => format!("by {}", at(to)),
        (None, None) => "on a day that is not known".to_owned(),
    }
}

/// The hearers that neither other words nor the beginning of the content name: "in an interview with the Quayside Post"
/// has its own, and so has "urged | owners to pay".
fn apart<'a>(
    hearers: impl Iterator<Item = (String, Option<&'a str>)>,
    elsewhere: [Option<&str>; 2],
    content: Option<&str>,
) -> Vec<String> {
    let is_apart = |words: &str| {
        !elsewhere.iter().flatten().any(|elsewhere| stands_in(words, elsewhere))
            && !content.is_some_and(|content| format!("{content} ").starts_with(&format!("{words} ")))
    };
    let apart = hearers.filter(|(words, _)| is_apart(words));
    apart.map(|(words, name)| hearer(&words, name)).collect()
}

/// A hearer in the words of the page, with the name where those do not hold it.
fn hearer(words: &str, name: Option<&str>) -> String {
    const PRONOUNS: [&str; 7] = ["me", "us", "you", "him", "her", "them", "it"];
    let shown = within_a_sentence(words);
    match name.map(clean) {
        // "The Courier" says all that the name "Courier" does.
        Some(name) if !words.to_lowercase().contains(&name.to_lowercase()) => format!("{shown} [{name}]"),
        None if PRONOUNS.contains(&words.to_lowercase().as_str()) => format!("“{shown}”"),
        _ => shown,
    }
}

/// Whether words stand whole in others.
fn stands_in(words: &str, others: &str) -> bool {
    let is_end = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    others.match_indices(words).any(|(at, _)| {
        is_end(others[..at].chars().next_back()) && is_end(others[at + words.len()..].chars().next())
    })
}

/// Words that may have begun a sentence of the page, as they stand within one.
pub(super) fn within_a_sentence(words: &str) -> String {
    const SMALL: [&str; 22] = [
        "In", "At", "On", "Over", "Through", "During", "From", "By", "Via", "To", "After", "Before",
        "Inside", "Outside", "Within", "Speaking", "An", "A", "His", "Her", "Their", "Its",
    ];
    let first = words.split(' ').next().unwrap_or_default();
    match SMALL.contains(&first) {
        true => first.to_lowercase() + &words[first.len()..],
        false => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(polarity: Polarity, of_type: ActType, cue: &str) -> Told {
        Told {
            polarity: Some(polarity),
            act: Some(Act { class: ActClass::Speech, r#type: Some(of_type) }),
            cue: cue.to_owned(),
            hearers: Vec::new(),
            venue: None,
            said: None,
            published: None,
        }
    }

    #[test]
    fn an_act_is_named_where_nothing_else_tells_it() {
        let check = |polarity, of_type, cue: &str, expected: Option<&str>| {
            assert_eq!(told(polarity, of_type, cue).act(), expected, "{cue}");
        };
        check(Polarity::Affirmed, ActType::State, "said", None);
        check(Polarity::Affirmed, ActType::Promise, "vowed to", Some("promise"));
        check(Polarity::Affirmed, ActType::Promise, "promised to", None);
        check(Polarity::ContentDenied, ActType::Deny, "dismissed", None);
        check(Polarity::Affirmed, ActType::Oppose, "dismissed", Some("oppose"));
        check(Polarity::SayingDenied, ActType::Accuse, "has not blamed", None);
    }

    #[test]
    fn nothing_is_said_twice_above_the_words() {
        let check = |polarity, cue: &str, expected: &str| {
            let headed = told(polarity, ActType::State, cue).headed(&Styles::default(), "Strand", None);
            assert_eq!(headed, expected, "{cue}");
        };
        check(Polarity::SayingDenied, "did not say", "Strand · did not say");
        check(Polarity::SayingDenied, "has not blamed", "Strand · did not say · has not blamed");
        check(Polarity::ContentDenied, "Denied", "Strand · denies this");
        check(Polarity::ContentDenied, "dismissed", "Strand · denies this · dismissed");
        check(Polarity::Affirmed, "denied", "Strand · denied");
    }

    #[test]
    fn a_date_says_how_it_is_known() {
        let moment = |text: &str| text.parse().expect("a date");
        let check = |from: Option<&str>, to: Option<&str>, basis, expected: &str| {
            let said = Said { from: from.map(moment), to: to.map(moment), span: None, basis };
            let told = Told { said: Some(said), ..told(Polarity::Affirmed, ActType::State, "said") };
            assert_eq!(told.when(), expected);
        };
        let day = Some("2024-03-05");
        check(day, day, SaidBasis::Relative, "said 5 March 2024");
        check(Some("2024-02"), day, SaidBasis::Relative, "said between February 2024 and 5 March 2024");
        check(day, day, SaidBasis::Event, "said 5 March 2024 (day of the event)");
        check(day, day, SaidBasis::Dateline, "said 5 March 2024 (dateline)");
        check(None, day, SaidBasis::Published, "said by 5 March 2024 (when published)");
        let published = Some(When::at(moment("2024-03")));
        let told = Told { published, ..told(Polarity::Affirmed, ActType::State, "said") };
        assert_eq!(told.when(), "published March 2024");
    }

    #[test]
    fn a_hearer_is_named_once() {
        let check = |words: &str, name: Option<&str>, elsewhere: &str, content: &str, expected: &[&str]| {
            let hearers = [(words.to_owned(), name)].into_iter();
            assert_eq!(apart(hearers, [None, Some(elsewhere)], Some(content)), expected);
        };
        check("him", Some("Olaf Berg"), "said", "so", &["him [Olaf Berg]"]);
        check("him", None, "said", "so", &["“him”"]);
        check("him", None, "told him", "so", &[]);
        check("The Harbour Gazette", Some("Harbour Gazette"), "told", "so", &["The Harbour Gazette"]);
        check("the museum", None, "in a letter to the museum", "so", &[]);
        check("me", None, "at a meeting", "so", &["“me”"]);
        check("owners", None, "urged", "owners to pay", &[]);
    }
}

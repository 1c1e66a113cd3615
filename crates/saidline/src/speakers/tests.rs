use super::*;
use crate::quotations::{kind_of, quotations};
use crate::sentences::sentences;
use crate::testing::paragraphs_of;

/// Attributions as source and content, each searched from where the one before began. An empty source is none.
fn read(text: &str, said: &[(&str, &str)]) -> Vec<Attribution> {
    read_with_cue(text, said, "")
}

/// The same, where each attribution has the first such words behind its source for a cue.
fn read_with_cue(text: &str, said: &[(&str, &str)], cue: &str) -> Vec<Attribution> {
    let blocks = paragraphs_of(text);
    let document = Document {
        text: text.to_owned(),
        blocks,
        byline: Some("Ann Author".to_owned()),
        ..Document::default()
    };
    let (quotations, _) = quotations(text, &document.blocks);
    let sentences = sentences(text, &document.blocks);
    let mut from = 0;
    let mut attributions: Vec<Attribution> = said
        .iter()
        .map(|(source, content)| {
            let find = |words: &str| {
                let at =
                    from + text[from..].find(words).unwrap_or_else(|| panic!("`{words}` is not in: {text}"));
                Span::new(at, at + words.len())
            };
            let source: Vec<Span> =
                Some(*source).filter(|source| !source.is_empty()).map(find).into_iter().collect();
            let content = vec![find(content)];
            from = source.iter().chain(&content).map(|span| span.start as usize).min().unwrap_or(0);
            let cue = Some(cue).filter(|cue| !cue.is_empty()).map(|cue| {
                let behind = source.first().map_or(from, |source| source.end as usize);
                let at = behind + text[behind..].find(cue).expect("the cue stands behind the source");
                Span::new(at, at + cue.len())
            });
            let cue = cue.into_iter().collect();
            Attribution::new(kind_of(text, &content, &quotations), source, cue, content, 1.0)
        })
        .collect();
    resolve(&document, &sentences, &quotations, &mut attributions);
    attributions
}

/// The speakers of the last attribution: `name`, `name (role)`, `name [how]`, or both; several joined by ` + `,
/// none as an empty text.
#[track_caller]
fn check(text: &str, said: &[(&str, &str)], expected: &str) {
    let attributions = read(text, said);
    let last = attributions.last().expect("an attribution");
    let shown: Vec<String> = last
        .speakers
        .iter()
        .map(|speaker| {
            let role = speaker.role.as_deref().map_or(String::new(), |role| format!(" ({role})"));
            let how =
                if speaker.how == How::Name { String::new() } else { format!(" [{}]", speaker.how.name()) };
            format!("{}{role}{how}", speaker.name)
        })
        .collect();
    assert_eq!(shown.join(" + "), expected, "in: {text}");
}

/// One attribution that opens the text.
#[track_caller]
fn source(words: &str, expected: &str) {
    check(&format!("{words} said that it rained."), &[(words, "it rained")], expected);
}

#[test]
fn full_names_and_roles() {
    source("Sergey Lavrov", "Sergey Lavrov");
    source("Foreign Minister Pavel Orlov", "Pavel Orlov (Foreign Minister)");
    source("Russian Foreign Minister Pavel Orlov", "Pavel Orlov (Russian Foreign Minister)");
    source("Pavel Orlov, Russia's foreign minister,", "Pavel Orlov (Russia's foreign minister)");
    source("spokeswoman Maria Zorina", "Maria Zorina (spokeswoman)");
    source("The ministry's spokeswoman, Maria Zorina,", "Maria Zorina (ministry's spokeswoman)");
    source("Sen. Ann Low (D-Calif.)", "Ann Low (Sen.)");
    source("former U.S. Secretary of State John Brant", "John Brant (former U.S. Secretary of State)");
    source("Governor of the Bank of Ruritania Otto Klein", "Otto Klein (Governor of the Bank of Ruritania)");
    source("Mr. Brant", "Brant");
    source("Pope Julius", "Pope Julius (Pope)");
    source("Larry King", "Larry King");
    source("Mette van der Berg", "Mette van der Berg");
    source("Crown Prince Faisal bin Rashid", "Faisal bin Rashid (Crown Prince)");
    source("Martin Lowe Jr.", "Martin Lowe Jr.");
    source(
        "Peter Low, a professor of law and politics at Northern University,",
        "Peter Low (professor of law and politics at Northern University)",
    );
}

#[test]
fn short_names() {
    let text = "Pavel Orlov came on Monday. ";
    check(
        &format!("{text}Orlov said it rained."),
        &[("Orlov said", "it rained")],
        "Pavel Orlov [short-name]",
    );
    check(
        &format!("{text}Mr. Orlov said it rained."),
        &[("Mr. Orlov", "it rained")],
        "Pavel Orlov [short-name]",
    );
    check(
        "Orlov said it rained. Later Pavel Orlov left.",
        &[("Orlov", "it rained")],
        "Pavel Orlov [short-name]",
    );
    check(
        "Sergei Ivlev came. Sergey Ivlev said it rained.",
        &[("Sergey Ivlev", "it rained")],
        "Sergei Ivlev",
    );
    let two = "Ann Low and her brother Tom Low came. ";
    check(&format!("{two}Ms. Low said it rained."), &[("Ms. Low", "it rained")], "Ann Low [short-name]");
    check(
        "Hisham al-Rashid came. Rashid said it rained.",
        &[("Rashid said", "it rained")],
        "Hisham al-Rashid [short-name]",
    );
}

#[test]
fn pronouns() {
    let one = "Pavel Orlov came on Monday. ";
    check(&format!("{one}He said it rained."), &[("He", "it rained")], "Pavel Orlov [pronoun]");
    check(&format!("{one}She said it rained."), &[("She", "it rained")], "");
    let two = "Minister Ann Low met Pavel Orlov on Monday. ";
    check(&format!("{two}She said it rained."), &[("She", "it rained")], "Ann Low (Minister) [pronoun]");
    check(&format!("{two}He said it rained."), &[("He", "it rained")], "Pavel Orlov [pronoun]");
    check(
        "Tom Brant met Pavel Orlov. Brant said it rained. He said it was late.",
        &[("Brant", "it rained"), ("He", "it was late")],
        "Tom Brant [pronoun]",
    );
    check(
        "Low and Ito said it rained. They said it was late.",
        &[("Low and Ito", "it rained"), ("They", "it was late")],
        "Low [pronoun] + Ito [pronoun]",
    );
    check("I said it rained.", &[("I", "it rained")], "Ann Author [pronoun]");
    check("Pavel Orlov, who said it rained, left.", &[("who", "it rained")], "Pavel Orlov [pronoun]");
    check(
        "Quill Arden, 45, came. She left. She said it rained.",
        &[("She said", "it rained")],
        "Quill Arden [pronoun]",
    );
}

#[test]
fn descriptions() {
    let one = "Foreign Minister Pavel Orlov met Mayor Ann Low. ";
    check(
        &format!("{one}The minister said it rained."),
        &[("The minister", "it rained")],
        "Pavel Orlov (Foreign Minister) [description]",
    );
    check(
        &format!("{one}The mayor said it rained."),
        &[("The mayor", "it rained")],
        "Ann Low (Mayor) [description]",
    );
    let two = "Finance Minister Pavel Orlov met Justice Minister Ann Low. ";
    check(&format!("{two}The minister said it rained."), &[("The minister", "it rained")], "");
    check(
        &format!("{two}The justice minister said it rained."),
        &[("The justice minister", "it rained")],
        "Ann Low (Justice Minister) [description]",
    );
    check("The minister said it rained.", &[("The minister", "it rained")], "The minister [description]");
}

#[test]
fn joint_sources() {
    source("Ann Low and Tom Brant", "Ann Low + Tom Brant");
    source("Sens. Ann Low and Tom Brant", "Ann Low (Sen.) + Tom Brant (Sen.)");
    source("Ann Low, Tom Brant and Pavel Orlov", "Ann Low + Tom Brant + Pavel Orlov");
    source("Ann Low, along with Tom Brant,", "Ann Low + Tom Brant");
    source("Ann Low and other officials", "Ann Low + other officials [description]");
    source("Ann Low, the mayor of Westby, and Tom Brant", "Ann Low (mayor of Westby) + Tom Brant");
    source("the Department of Health and Human Services", "Department of Health and Human Services");
}

#[test]
fn organisations() {
    source("Reuters", "Reuters");
    source("the White House", "White House");
    source("Moscow", "Moscow");
    source("the Foreign Ministry", "Foreign Ministry");
    source("the ministry", "the ministry [description]");
    source("a statement from the Foreign Ministry", "Foreign Ministry");
    check(
        "The Ruritanian Foreign Ministry met. The ministry said it rained.",
        &[("The ministry", "it rained")],
        "Ruritanian Foreign Ministry [description]",
    );
    source("the Brant campaign", "the Brant campaign [description]");
}

#[test]
fn unnamed() {
    source("a senior official", "a senior official [description]");
    source(
        "two officials who asked not to be named",
        "two officials who asked not to be named [description]",
    );
    source("sources", "sources [description]");
    source("Critics", "Critics [description]");
    source("a spokesman for Ann Low", "a spokesman for Ann Low [description]");
    source("Many Democrats", "Many Democrats [description]");
    source("Brant's lawyer", "Brant's lawyer [description]");
    source("a familiar voice", "a familiar voice [description]");
    source("The dispute", "The dispute [description]");
    source("you", "");
}

#[test]
fn carried_on() {
    check(
        "“It rained,” Ann Low said. “It was late.”",
        &[("Ann Low", "“It rained,”"), ("", "“It was late.”")],
        "Ann Low [carried]",
    );
    let speech = "“It rained.\n\n“It was late,” Ann Low said.";
    check(speech, &[("Ann Low", "“It was late,”")], "Ann Low");
    let carried = read(speech, &[("", "“It rained."), ("Ann Low", "“It was late,”")]);
    assert_eq!(carried[0].speakers[0].name, "Ann Low");
    assert_eq!(carried[0].speakers[0].how, How::Carried);
    check(
        "“It rained,” Ann Low said. Tom Brant laughed. “It was late.”",
        &[("Ann Low", "“It rained,”"), ("", "“It was late.”")],
        "",
    );
}

#[test]
fn nested_reports() {
    let text = "Reuters reported that Pavel Orlov said it rained.";
    let found = read(text, &[("Reuters", "Pavel Orlov said it rained"), ("Pavel Orlov", "it rained")]);
    assert_eq!((found[0].parent, found[1].parent), (None, Some(0)));
    assert_eq!(found[1].via.len(), 1);
    assert_eq!(found[1].via[0].name.as_deref(), Some("Reuters"));
    check(
        "Ann Low said: “I think it rained.”",
        &[("Ann Low", "“I think it rained.”"), ("I", "it rained")],
        "Ann Low [pronoun]",
    );
    let twice = read("A said B. A said B.", &[("", "A said B"), ("", "A said B")]);
    assert!(twice.iter().all(|attribution| attribution.parent.is_none() || attribution.via.is_empty()));
}

#[test]
fn documents_and_laws() {
    source("the report", "the report [description]");
    source(
        "a Westby University review of 40 lakes published on Monday",
        "a Westby University review of 40 lakes [description]",
    );
    source("Ruritanian law", "Ruritanian law [description]");
    source("the data from the Harbour Office", "the data from the Harbour Office [description]");
    source("Ann Low\u{2019}s statement", "Ann Low");
}

#[test]
fn institutions_by_other_words() {
    check(
        "The Quayside Post printed it. The paper said it rained.",
        &[("The paper", "it rained")],
        "Quayside Post [description]",
    );
    check(
        "The Brant campaign met. The campaign said it rained.",
        &[("The campaign", "it rained")],
        "Brant campaign [description]",
    );
    check(
        "Russia closed the port. Moscow said it rained.",
        &[("Moscow", "it rained")],
        "Russia [short-name]",
    );
    check(
        "China and Japan met. Both nations said it rained.",
        &[("Both nations", "it rained")],
        "China [description] + Japan [description]",
    );
    check(
        "The Harbour Safety Board (HSB) met. The HSB said it rained.",
        &[("HSB said", "it rained")],
        "Harbour Safety Board [short-name]",
    );
}

#[test]
fn described_by_other_words() {
    check(
        "Foreign Minister Pavel Orlov came. The top diplomat said it rained.",
        &[("The top diplomat", "it rained")],
        "Pavel Orlov (Foreign Minister) [description]",
    );
    check(
        "Sen. Ann Low met former President Otto Klein and President Tom Brant. The former president said it rained.",
        &[("The former president", "it rained")],
        "Otto Klein (former President) [description]",
    );
    check(
        "A spokesman for Ann Low said it rained. Low spokesman Tom Brant left.",
        &[("A spokesman for Ann Low", "it rained")],
        "Tom Brant (Low spokesman) [description]",
    );
}

#[test]
fn roles_around_a_name() {
    source("The Ruritanian president, Otto Klein,", "Otto Klein (Ruritanian president)");
    source("the team's coach, Otto Klein,", "Otto Klein (team's coach)");
    source("co-author Ann Low", "Ann Low (co-author)");
    source("Low spokesman Tom Brant", "Tom Brant (Low spokesman)");
    check(
        "Otto Klein is a baker. Klein said it rained.",
        &[("Klein said", "it rained")],
        "Otto Klein (baker) [short-name]",
    );
    check(
        "In the case against Otto Klein, a judge has ruled. Klein said it rained.",
        &[("Klein said", "it rained")],
        "Otto Klein [short-name]",
    );
}

#[test]
fn relatives_and_possessives() {
    check(
        "The Harbour Board, which said it rained, met.",
        &[("which", "it rained")],
        "Harbour Board [pronoun]",
    );
    check(
        "Nobody spoke of the Harbour Board on Friday that said it rained.",
        &[("that", "it rained")],
        "Harbour Board [pronoun]",
    );
    check(
        "Pavel Orlov, whose claim that it rained fell flat, left.",
        &[("whose", "it rained")],
        "Pavel Orlov [pronoun]",
    );
    check(
        "Pavel Orlov came. His claim that it rained fell flat.",
        &[("His claim", "it rained")],
        "Pavel Orlov [pronoun]",
    );
    check(
        "The Harbour Board met. It said it rained.",
        &[("It said", "it rained")],
        "Harbour Board [pronoun]",
    );
}

#[test]
fn labels_of_turns() {
    check(
        "A talk with Pavel Orlov.\n\nPO: It was late.\n\nAL: Did it rain?",
        &[("PO", "It was late.")],
        "Pavel Orlov [short-name]",
    );
}

#[test]
fn bodies_by_name_are_no_persons() {
    let kind = |words: &str| {
        let text = format!("{words} said that it rained.");
        read(&text, &[(words, "it rained")])[0].speakers.first().map(|speaker| speaker.kind)
    };
    assert_eq!(kind("the Westby Courier-Journal"), Some(SpeakerKind::Organisation));
    assert_eq!(kind("the Coastal Interest"), Some(SpeakerKind::Organisation));
    assert_eq!(kind("Sundvik Democrats"), Some(SpeakerKind::Unnamed));
    assert_eq!(kind("Ann Low"), Some(SpeakerKind::Person));
    assert_eq!(kind("West Africa"), Some(SpeakerKind::Organisation));
    assert_eq!(kind("Lund County"), Some(SpeakerKind::Organisation));
    source("the Institute on Harbours and Coastal Policy", "Institute on Harbours and Coastal Policy");
}

#[test]
fn what_an_editor_puts_in_brackets_belongs_to_the_name() {
    source("[Board President Ann] Low", "Ann Low (Board President)");
}

#[test]
fn a_letter_is_its_writers_however_he_is_called() {
    check(
        "Mayor Ann Low wrote. The mayor's letter said it rained.",
        &[("The mayor's letter", "it rained")],
        "Ann Low (Mayor) [description]",
    );
}

#[test]
fn a_sort_of_company_is_no_company() {
    check(
        "Murmo is an AI company. The company said it rained.",
        &[("The company", "it rained")],
        "The company [description]",
    );
    // Whose administration was named last.
    check(
        "The Low administration built it, his administration will not. The administration said it rained.",
        &[("The administration", "it rained")],
        "The administration [description]",
    );
}

#[test]
fn who_is_accused_says_nothing() {
    let speakers = |text: &str, cue: &str| {
        let told = read_with_cue(text, &[("Ann Low", "saying that it rained")], cue);
        told[0].speakers.len()
    };
    assert_eq!(speakers("Ann Low has been accused of saying that it rained.", "been accused of"), 0);
    assert_eq!(speakers("Ann Low accused him of saying that it rained.", "accused him of"), 1);
}

#[test]
fn a_country_that_no_table_has() {
    let kind = |text: &str, name: &str| {
        let told = read(text, &[(name, "it rained")]);
        told[0].speakers.first().map(|speaker| (speaker.name.clone(), speaker.kind))
    };
    let body = |name: &str| Some((name.to_owned(), SpeakerKind::Organisation));
    assert_eq!(kind("Kestria said it rained. The Kestrian fleet sailed.", "Kestria"), body("Kestria"));
    assert_eq!(kind("Morlund said it rained. Morlund's prime minister left.", "Morlund"), body("Morlund"));
    // "Linda" is a woman, whatever "Lindan" is.
    let linda = kind("Linda said it rained. The Lindan fleet sailed.", "Linda");
    assert_eq!(linda, Some(("Linda".to_owned(), SpeakerKind::Person)));
    assert_eq!(
        kind("The insurer Nordhavn Volt said it rained.", "The insurer Nordhavn Volt"),
        body("Nordhavn Volt")
    );
}

#[test]
fn whose_group_is_no_group_told_of_before() {
    check(
        "The Harbour League said it rained. The dockers' league said it snowed.",
        &[("The Harbour League", "it rained"), ("The dockers' league", "it snowed")],
        "The dockers' league [description]",
    );
}

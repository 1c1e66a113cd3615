//! How sure a speaker is, by the evidence: measured rates, all in one place.
//!
//! Each is how often speakers by that evidence were right, counted on the annotated half that is chosen on
//! (`bench/resolution`, role `tune`) and, for pronouns, on GUM; where fewer than twenty cases speak, it is drawn towards
//! the kinds of evidence beside it. Pronouns for persons have no constant here: `weights.rs` gives them a chance each.

/// The source holds a full name, known as a person's.
pub const FULL_NAME: f32 = 0.98;
/// The source holds capitals of several words that nothing else tells are a person's.
pub const LIKELY_NAME: f32 = 0.93;
/// One capitalised word that the page never gives in full.
pub const BARE_NAME: f32 = 0.88;
/// Each of several speakers of one source: a share of the chance that it would have alone.
pub const ONE_OF_JOINT: f32 = 0.93;
/// An organisation by its name.
pub const ORGANISATION: f32 = 0.95;
/// A government, by the place that it rules or sits in.
pub const GOVERNMENT: f32 = 0.91;
/// An organisation by a noun, in the words of the page: "the ministry".
pub const ORGANISATION_NOUN: f32 = 0.88;
/// The one organisation of the page that has that noun in its name.
pub const ONE_ORGANISATION: f32 = 0.9;
/// The nearest organisation of that sort: an outlet for "the paper".
pub const ORGANISATION_OF_THAT_SORT: f32 = 0.7;
/// "The agency", when an organisation by name has just spoken.
pub const BODY_AGAIN: f32 = 0.75;
/// The same, when a sentence before tells of one.
pub const BODY_TOLD_OF: f32 = 0.6;
/// A study, a law, a report, a poll by its words.
pub const DOCUMENT: f32 = 0.95;
/// A deal, a plan, a claim by its words: what stands in it somebody may have said who is not told.
pub const DEED: f32 = 0.8;
/// Whose statement or letter it is.
pub const GIVER: f32 = 0.8;
/// "Both nations": the two named last.
pub const TWO_NATIONS: f32 = 0.6;
/// Somebody not named: "a senior official".
pub const UNNAMED: f32 = 0.85;
/// Words that name nobody by any table.
pub const UNKNOWN_WORDS: f32 = 0.5;
/// "They" after several speakers, or after a group.
pub const SAME_GROUP: f32 = 0.75;
/// "Both", "they": two whom a sentence before joins by "and".
pub const JOINED_BEFORE: f32 = 0.7;
/// The same: the only two whom the sentences before name.
pub const TWO_NAMED: f32 = 0.55;
/// "It" and "they": what the sentence before is about.
pub const SUBJECT_BEFORE: f32 = 0.6;
/// "It" and "they": the nearest that they can mean.
pub const BODY_NEAR: f32 = 0.45;
/// "He" after somebody not named.
pub const SAME_UNNAMED: f32 = 0.7;
/// "Who" right after a name.
pub const RELATIVE: f32 = 0.93;
/// "Who" after other words.
pub const RELATIVE_OF_WORDS: f32 = 0.75;
/// "I" and "we" inside somebody's words.
pub const FIRST_PERSON: f32 = 0.92;
/// "I" outside of anybody's words: the author.
pub const AUTHOR: f32 = 0.85;
/// The same, where the page's last paragraph tells who the author is.
pub const SIGNED: f32 = 0.75;
/// "The minister", when one person bears that role.
pub const ONE_BEARER: f32 = 0.85;
/// The same, when the role's other words ("foreign") are not found beside the name.
pub const ONE_BEARER_LOOSELY: f32 = 0.6;
/// The same, when the page names the bearer only afterwards.
pub const ONE_BEARER_LATER: f32 = 0.65;
/// One of several bearers, who has just spoken.
pub const ONE_OF_SEVERAL: f32 = 0.65;
/// "The man": who has just spoken.
pub const GOES_ON_ABOUT: f32 = 0.65;
/// "The senator", when nobody bears that role: a share of the chance that "he" would have.
pub const SALIENT: f32 = 0.85;
/// A headline's "local baker": the first person of the article.
pub const ANNOUNCED: f32 = 0.55;
/// "His claim": the owner's.
pub const OWNER: f32 = 0.8;
/// A quotation opened again at the next paragraph.
pub const SAME_SPEECH: f32 = 0.95;
/// Words in quotation marks right after an attribution, in the same paragraph.
pub const SAME_PARAGRAPH: f32 = 0.88;
/// The same at the start of the next paragraph.
pub const NEXT_PARAGRAPH: f32 = 0.65;
/// Words in quotation marks after a sentence that opens with the only person whom it names.
pub const TOLD_BEFORE: f32 = 0.6;
/// "Q:", "A:" and initials at the head of an interview's turns.
pub const LABEL: f32 = 0.75;

/// The chance of a speaker by that evidence, where it is not sure that somebody speaks there at all.
///
/// Both odds are weighed as was learned on attributions that saidline found itself, and judged on articles left out. A
/// chance of 0.9 or more is given only where the evidence by itself holds it too: what lies between is as often wrong as
/// one in fifteen.
pub fn together(evidence: f32, attribution: f32) -> f32 {
    const OF_EVIDENCE: f32 = 0.77;
    const OF_ATTRIBUTION: f32 = 0.62;
    const SURE: f32 = 0.9;
    let odds = |chance: f32| (chance / (1.0 - chance)).ln();
    let weighed =
        OF_EVIDENCE * odds(evidence.clamp(0.02, 0.985)) + OF_ATTRIBUTION * odds(attribution.clamp(0.3, 0.95));
    let chance = 1.0 / (1.0 + (-weighed).exp());
    if evidence * least(attribution) < SURE { chance.min(SURE - 0.01) } else { chance }
}

/// The share of named speakers that are right in attributions of that confidence: of those found with 0.6 or more 95 %,
/// of those below 82 %.
fn least(attribution: f32) -> f32 {
    const LEAST: f32 = 0.82;
    LEAST + (1.0 - LEAST) * ((attribution - 0.5) / 0.1).clamp(0.0, 1.0)
}

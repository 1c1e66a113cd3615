//! What a page calls somebody in passing: "Low waved. The Democratic candidate then left".
//!
//! Nobody speaks there, so a slip costs a role and no speaker; but the words may well be somebody else's. So they tell a
//! role only of a person who has none beside the name, and only where nobody else on the page bears it.

use std::collections::HashSet;

use super::roles::telling;
use super::*;

/// Words of one description at most.
const WORDS: usize = 8;

/// Words of a description that no table knows: "the newly crowned nominee".
const STRANGE: usize = 2;

/// Sentences before a description in which whom it means is named.
const SENTENCES: u32 = 2;

/// Names before a description that are looked at.
const NAMES: usize = 12;

/// The descriptions that tell a role, by the person. Time is linear in the text.
pub(super) fn epithets(names: &Names) -> HashMap<u32, Vec<Span>> {
    let borne = borne(names);
    let mut told: HashMap<u32, Vec<Span>> = HashMap::new();
    for at in 0..names.tokens.len() {
        if !matches!(names.word(at), "the" | "The" | "their" | "its") {
            continue;
        }
        let Some(found) = description(names, at) else { continue };
        let open = || !serves(&found.head) && !is_borne(names, &borne, &found);
        let person = identified(names, &found).or_else(|| meant(names, at, &found).filter(|_| open()));
        if let Some(person) = person {
            told.entry(person).or_default().push(found.span);
        }
    }
    told
}

/// A description and where it stands.
struct Description {
    /// Without its article.
    span: Span,
    /// The noun that it turns on, in lower case.
    head: String,
    /// One past its last token.
    end: usize,
}

/// The description behind an article: words that modify, a noun for an office or a trade, and its "of" with a body.
fn description(names: &Names, article: usize) -> Option<Description> {
    let sentence = names.tokens[article].sentence;
    let here = |at: usize| {
        let token = names.tokens.get(at).filter(|token| token.sentence == sentence)?;
        matches!(token.gap, Gap::Space | Gap::Stop).then_some(*token)
    };
    if article.checked_sub(1).is_some_and(|before| is_generic(names.word(before))) {
        return None;
    }
    let (mut head, mut strange) = (None, 0);
    for at in article + 1..article + 1 + WORDS {
        let Some(token) = here(at) else { break };
        let word = names.word(at);
        let lower = word.to_lowercase();
        let known = words::role(&lower).map(|role| role.class);
        let several = words::plural_role(&lower).is_some();
        if matches!(known, Some(RoleClass::Title | RoleClass::Honorific)) || is_ordinal(&lower) || several {
            return None;
        }
        if known == Some(RoleClass::Role) && !word.starts_with(char::is_uppercase) {
            head = Some(at);
        } else if known.is_none()
            && !word.starts_with(char::is_uppercase)
            && !words::organisation_noun(&lower)
        {
            strange += 1;
            let ends = head.is_some() || strange > STRANGE;
            if ends || words::cue(word).is_some() || crate::sentences::opens_sentences(&capitalised(word)) {
                break;
            }
        }
        if token.possessive {
            break;
        }
    }
    let head = head?;
    let mut end = head + 1;
    if names.word(end) == "of" && here(end).is_some() {
        let body = |at: usize| {
            let word = names.word(at);
            here(at).is_some() && (word.starts_with(char::is_uppercase) || matches!(word, "state" | "staff"))
        };
        if body(end + 1) {
            end += 2;
        }
    }
    let lower = names.word(head).to_lowercase();
    if is_compound(names, end, sentence) {
        return None;
    }
    // "The judge" may be anybody; "the Westby judge" and "the candidate" are rather whom the story is about.
    let bare = end == article + 2 && !descriptions::of_public_life(&lower);
    // "The minister Ann Low": the role stands beside the name.
    let beside = names.tokens.get(end).is_some_and(|next| {
        next.sentence == sentence
            && matches!(next.gap, Gap::Space | Gap::Comma)
            && names.word(end).starts_with(char::is_uppercase)
            && !names.tokens[end - 1].possessive
    });
    let span = Span { start: names.tokens[article + 1].span.start, end: names.tokens[end - 1].span.end };
    (!bare && !beside && telling(span.of(names.text)) > 0).then_some(Description { span, head: lower, end })
}

/// The nouns of all roles beside names, each with whether it is past.
fn borne(names: &Names) -> HashSet<(String, bool)> {
    let mut borne = HashSet::new();
    for role in names.persons.iter().flat_map(|person| &person.roles) {
        let role = role.of(names.text);
        let past = descriptions::past(role);
        let words = role.split(|c: char| !c.is_alphanumeric() && c != '-').take(16);
        let nouns = words.map(str::to_lowercase).filter(|word| words::role(word).is_some());
        borne.extend(nouns.map(|noun| (noun, past)));
    }
    borne
}

/// Whether somebody on the page has the role beside the name.
fn is_borne(names: &Names, borne: &HashSet<(String, bool)>, found: &Description) -> bool {
    let past = descriptions::past(found.span.of(names.text));
    let kin = words::role_kin(&found.head).iter().filter_map(|kin| kin.rsplit(' ').next());
    std::iter::once(found.head.as_str()).chain(kin).any(|noun| borne.contains(&(noun.to_owned(), past)))
}

/// "The candidate who won was Ann Low", "the chief known as Ann".
fn identified(names: &Names, found: &Description) -> Option<u32> {
    const BETWEEN: usize = 5;
    let sentence = names.tokens[found.end - 1].sentence;
    let verb = (found.end..found.end + BETWEEN).find(|at| {
        names.tokens.get(*at).is_some_and(|token| token.sentence == sentence && token.gap == Gap::Space)
            && (matches!(names.word(*at), "is" | "was")
                || names.word(*at) == "as" && names.word(at - 1) == "known")
    })?;
    name_at(names, verb + 1)?.person
}

/// Whom a description means: of the persons named shortly before who have no role beside the name, the only one. Where
/// the description opens its clause, the nearest is enough, if the page names none of the others more often.
fn meant(names: &Names, at: usize, found: &Description) -> Option<u32> {
    let sentence = names.tokens[at].sentence;
    let opens = matches!(names.tokens[at].gap, Gap::Start | Gap::Comma | Gap::Mark);
    let until = names.names.partition_point(|name| (name.first as usize) < at);
    let near = || {
        let near = names.names[..until].iter().rev().take(NAMES);
        near.take_while(|name| names.tokens[name.first as usize].sentence + SENTENCES >= sentence)
    };
    let gender = words::role(&found.head).and_then(|role| role.gender);
    let fits = |name: &Name| {
        let person = name.person?;
        let one = &names.persons[person as usize];
        let of_gender = gender.is_none() || one.gender.is_none() || one.gender == gender;
        let is_open = one.roles.iter().all(|role| telling(role.of(names.text)) <= 0);
        (of_gender && is_open && !acts(names, name, sentence)).then_some(person)
    };
    let count = |person: u32| names.persons[person as usize].count;
    let nearest = near().find_map(fits)?;
    let mut others = near().filter_map(fits).filter(|other| *other != nearest);
    let is_clear =
        if opens { others.all(|other| count(other) <= count(nearest)) } else { others.next().is_none() };
    is_clear.then_some(nearest)
}

/// Whether somebody acts in a sentence, so that whom it describes is another: "Todd asked the candidate".
fn acts(names: &Names, name: &Name, sentence: u32) -> bool {
    let (last, verb) = (name.last as usize - 1, names.word(name.last as usize));
    names.tokens[last].sentence == sentence
        && !names.tokens[last].possessive
        && verb.starts_with(char::is_lowercase)
        && (words::cue(verb).is_some() || verb.ends_with("ed"))
}

/// Whether a plain word follows that makes one noun of it, "the candidate list", or tells one of several apart, "the
/// candidate who won". A verb of the past or the present ends as one.
fn is_compound(names: &Names, end: usize, sentence: u32) -> bool {
    let word = names.word(end);
    names.tokens.get(end).is_some_and(|next| next.sentence == sentence && next.gap == Gap::Space)
        && !names.tokens[end - 1].possessive
        && word.starts_with(char::is_lowercase)
        && (word == "who" || word.len() > 3)
        && (!word.ends_with(['s', 'd', 'g', 'y']) || words::organisation_noun(word))
        && words::cue(word).is_none()
        && (word == "who" || !crate::sentences::opens_sentences(&capitalised(word)))
        && !matches!(
            word,
            "from" | "with" | "that" | "when" | "than" | "whose" | "into" | "will" | "would" | "have"
        )
}

/// Words for people who stand beside whom a story is about: an adviser of his, a reporter.
fn serves(lower: &str) -> bool {
    let beside = [
        "adviser",
        "advisor",
        "aide",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "staffer",
        "employee",
        "reporter",
        "journalist",
        "correspondent",
        "host",
        "moderator",
        "anchor",
        "interviewer",
        "official",
        "officer",
        "agent",
        "judge",
        "voter",
        "supporter",
        "opponent",
        "rival",
        "critic",
        "member",
        "worker",
        "witness",
        "victim",
        "suspect",
        "defendant",
        "strategist",
        "manager",
        "pollster",
        "surrogate",
        "lawyer",
        "attorney",
        "speaker",
        "delegate",
        "chairman",
        "chairwoman",
        "chair",
    ];
    // "The president" needs no name shortly before; the others are as often no person.
    let elsewhere = ["president", "pope", "general", "head", "major", "count", "cardinal", "fellow", "lord"];
    beside.contains(&lower) || elsewhere.contains(&lower)
}

fn name_at<'n>(names: &'n Names, token: usize) -> Option<&'n Name> {
    let place = names.names.partition_point(|name| (name.first as usize) < token);
    names.names.get(place).filter(|name| name.first as usize == token)
}

/// Words after which a description is no one's: "to become the nominee".
fn is_generic(word: &str) -> bool {
    matches!(word, "be" | "become" | "becomes" | "becoming" | "became" | "being" | "as" | "than" | "like")
}

/// "The next president", "the first female candidate" are what somebody may be.
fn is_ordinal(lower: &str) -> bool {
    matches!(
        lower,
        "next"
            | "first"
            | "second"
            | "third"
            | "last"
            | "only"
            | "other"
            | "same"
            | "future"
            | "eventual"
            | "lone"
            | "two"
            | "three"
            | "most"
    )
}

fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

//! Which of a person's roles is told.

use super::*;

impl Page<'_> {
    /// The most telling role of a person: `own` is the one beside the source's own name, the others stand anywhere on
    /// the page.
    pub(super) fn telling_role(&self, person: u32, own: Option<Span>) -> Option<Span> {
        let text = self.names.text;
        let others = &self.names.persons[person as usize].roles;
        let mut best: Option<(i32, Span)> = own.map(|own| (telling(own.of(text)) + 2, own));
        for &role in others {
            let value = telling(role.of(text));
            if best.is_none_or(|(had, _)| value > had) {
                best = Some((value, role));
            }
        }
        // Kinship and the like, and parties alone, are no roles.
        best.filter(|(value, _)| *value > 0).map(|(_, role)| role)
    }
}

impl Page<'_> {
    /// What a description tells of a person ("the minority leader") is the role wherever no other is beside the name.
    pub(super) fn roles_by_description(&self, attributions: &mut [Attribution]) {
        let mut told: HashMap<u32, String> = HashMap::new();
        for (place, attribution) in attributions.iter().enumerate() {
            let found = self.known[place].as_deref().unwrap_or_default();
            for (found, speaker) in found.iter().zip(&attribution.speakers) {
                if let (Who::Person(person), How::Description, Some(role)) =
                    (&found.who, found.how, &speaker.role)
                {
                    told.entry(*person).or_insert_with(|| role.clone());
                }
            }
        }
        for (place, attribution) in attributions.iter_mut().enumerate() {
            let found = self.known[place].as_deref().unwrap_or_default();
            for (found, speaker) in found.iter().zip(&mut attribution.speakers) {
                if let (Who::Person(person), None) = (&found.who, &speaker.role) {
                    speaker.role = told.get(person).cloned();
                }
            }
        }
    }
}

/// How much a role tells: an office with its body most, a relation or an age least.
fn telling(role: &str) -> i32 {
    let mut value = 0;
    let mut capitals = false;
    let mut body = false;
    let mut head = false;
    let mut relation = false;
    let mut place = false;
    for (at, word) in role.split_whitespace().take(16).enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let known = words::role(&lower).map(|role| role.class);
        match known {
            Some(RoleClass::Role) => {
                relation |= !head && is_relation(&lower);
                head |= true;
            }
            Some(RoleClass::Title) => value += 1,
            _ => {
                capitals |= bare.starts_with(char::is_uppercase);
                body |= matches!(lower.as_str(), "of" | "for" | "at") || words::organisation_noun(&lower);
                place |= lower == "from";
            }
        }
        if at > 0 && matches!(lower.as_str(), "of" | "for" | "at") {
            body = true;
        }
    }
    // "Its leader" says less than anything that names the body.
    let whose = role.split_whitespace().next().unwrap_or_default();
    if matches!(whose, "its" | "Its" | "his" | "His" | "her" | "Her" | "their" | "Their") {
        value -= 4;
    }
    value += if head { 3 } else { 0 };
    value += i32::from(capitals) * 2 + i32::from(body);
    value -= i32::from(relation) * 5 + i32::from(place);
    // "Republican of Westby" tells less than any office.
    if role.split_whitespace().next().is_some_and(|word| matches!(word, "Republican" | "Democrat")) {
        value -= 3;
    }
    if descriptions::past(role) {
        value -= 1;
    }
    value
}

/// Kinship, age and the like, which are no roles in public.
fn is_relation(lower: &str) -> bool {
    matches!(
        lower,
        "parent"
            | "mother"
            | "father"
            | "son"
            | "daughter"
            | "wife"
            | "husband"
            | "brother"
            | "sister"
            | "widow"
            | "widower"
            | "grandmother"
            | "grandfather"
            | "uncle"
            | "aunt"
            | "nephew"
            | "niece"
            | "girlfriend"
            | "boyfriend"
            | "cousin"
            | "spouse"
            | "relative"
            | "friend"
            | "colleague"
            | "man"
            | "woman"
            | "boy"
            | "girl"
            | "gentleman"
            | "resident"
            | "neighbor"
            | "neighbour"
            | "moderate"
            | "conservative"
            | "liberal"
            | "independent"
            | "critic"
            | "opponent"
            | "supporter"
            | "rival"
            | "ally"
    )
}

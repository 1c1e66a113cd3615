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
        best.filter(|(value, _)| *value > 0)
            .map(|(_, role)| role)
            .or_else(|| {
                let told = self.epithets.get(&person)?;
                told.iter()
                    .copied()
                    .max_by_key(|role| (telling(role.of(text)), std::cmp::Reverse(role.start)))
            })
            .or(self.names.persons[person as usize].of)
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

/// How much a role tells: an office with its body most, a relation, a party or an age nothing.
pub(super) fn telling(role: &str) -> i32 {
    let mut heads: Vec<String> = Vec::new();
    let mut title = false;
    let mut capitals = false;
    let mut behind = false;
    let mut body = false;
    let mut place = false;
    let mut praised = false;
    let mut words = 0;
    for word in role.split_whitespace().take(16) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        words += 1;
        match words::role(&lower).map(|role| role.class) {
            // What stands behind "of" is whose it is: "daughter of the headmaster".
            Some(RoleClass::Role) if !behind => heads.push(lower),
            Some(RoleClass::Role) => {}
            Some(RoleClass::Title) => title = true,
            _ => {
                capitals |= bare.starts_with(char::is_uppercase);
                behind |= matches!(lower.as_str(), "of" | "for" | "at");
                body |= behind || words::organisation_noun(&lower);
                place |= lower == "from";
                praised |= is_praise(&lower);
            }
        }
    }
    let office = heads.iter().any(|head| !is_relation(head) && !is_party(head) && !head.ends_with("-old"));
    // Kinship is none; a party or "a man" tell less than any office, and nothing where they stand alone.
    let mut value = match office || title {
        true => 3,
        false if heads.iter().any(|head| is_kin(head)) => -8,
        false => -2,
    };
    // "Its leader" says less than anything that names the body.
    let whose = role.split_whitespace().next().unwrap_or_default();
    if matches!(whose, "its" | "Its" | "his" | "His" | "her" | "Her" | "their" | "Their") {
        value -= 4;
    }
    value += i32::from(capitals) * 2 + i32::from(body);
    value -= i32::from(place) + i32::from(words == 1 && !title) + i32::from(praised) * 5;
    if matches!(role, "Dr." | "Dr") {
        value -= 3;
    }
    if descriptions::past(role) {
        value -= 2;
    }
    value
}

/// Parties, which tell no office: "Republican of Westby".
fn is_party(lower: &str) -> bool {
    matches!(lower, "republican" | "democrat" | "independent" | "conservative" | "liberal" | "moderate")
}

/// Words of praise and of guesses: "the best candidate" is what somebody thinks.
fn is_praise(lower: &str) -> bool {
    matches!(
        lower,
        "best"
            | "better"
            | "worst"
            | "worse"
            | "strongest"
            | "weakest"
            | "greatest"
            | "only"
            | "likely"
            | "right"
    )
}

/// Kinship and friendship, which are no roles in public.
fn is_kin(lower: &str) -> bool {
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
    )
}

/// Kinship and words for anybody.
fn is_relation(lower: &str) -> bool {
    is_kin(lower)
        || matches!(
            lower,
            "man"
                | "woman"
                | "boy"
                | "girl"
                | "gentleman"
                | "resident"
                | "neighbor"
                | "neighbour"
                | "critic"
                | "opponent"
                | "supporter"
                | "rival"
                | "ally"
                | "veteran"
                | "insider"
                | "icon"
                | "native"
                | "confidant"
                | "whistleblower"
                | "partisan"
        )
}

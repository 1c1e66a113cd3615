//! Laws of the matching of voices: the order does not matter, one name is the surest, no text makes it panic.

use proptest::prelude::*;
use saidline::SpeakerKind;
use saidline::voices::{
    GivenNames, Key, Profile, Reason, Verdict, blocking_keys, compare, is_of_slip, is_short, key_of_short,
    keys,
};

fn profile() -> impl Strategy<Value = Profile> {
    let name = prop_oneof![
        ".{0,40}",
        "(Dr\\. |Sen\\. )?(Jane|J\\.|Bill|William|Sergei) ([A-Z]\\. )?(Lund|Löwe|Al-Vetrov|Lund-Vetter)( Jr\\.)?",
        "(Russian|Ohio|U\\.S\\.|the) (Ministry|Department) of (Ports|Ferries)",
        "[A-Z]{1,8}",
    ];
    let list = || prop::collection::vec(prop_oneof!["(Ohio|Iowa|former) (senator|Gov\\.)", ".{0,20}"], 0..4);
    let days = prop::option::of(any::<(i32, i32)>());
    let kind = prop::sample::select(&SpeakerKind::ALL[..]);
    (name, kind, list(), list(), list(), days).prop_map(|(name, kind, roles, outlets, beside, days)| {
        Profile { name, kind, roles, outlets, days, beside }
    })
}

proptest! {
    #[test]
    fn the_order_of_the_two_does_not_matter(a in profile(), b in profile()) {
        let (one, other) = (compare(&a, &b), compare(&b, &a));
        prop_assert_eq!(one, other);
        prop_assert!((0.0..=1.0).contains(&one.same) && Reason::ALL.contains(&one.reason));
    }

    #[test]
    fn keys_are_few_and_each_once(a in profile()) {
        let keys: Vec<String> = blocking_keys(&a.name, a.kind).collect();
        prop_assert!(keys.len() <= 28);
        prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn nothing_is_surer_than_the_same_name(a in profile(), b in profile()) {
        let itself = compare(&a, &a);
        let b = Profile { roles: a.roles.clone(), outlets: a.outlets.clone(), days: a.days, beside: a.beside.clone(), ..b };
        prop_assert!(compare(&a, &b).same <= itself.same + 1e-6 || itself.same < 0.9);
    }

    #[test]
    fn who_is_sure_to_be_one_by_the_names_alone_is_found(a in person(), b in person()) {
        let of = |name: &str| Profile::named(name, SpeakerKind::Person);
        let told = compare(&of(&a), &of(&b));
        let open = told.verdict() == Verdict::Doubtful && matches!(told.reason, Reason::Initial | Reason::ShortName);
        if told.verdict() == Verdict::One || open && told.same >= 0.4 {
            prop_assert!(found(&a, &b), "{} {} {:?}", a, b, told);
        }
        prop_assert_eq!(found(&a, &b), found(&b, &a));
    }

    #[test]
    fn a_family_name_alone_has_the_key_of_those(name in prop_oneof![person(), ".{0,20}"]) {
        if is_short(&name) {
            let family = |key: &Key| key_of_short(&key.text);
            let keys = keys(&name, SpeakerKind::Person);
            prop_assert!(keys.iter().filter_map(family).all(|short| keys.iter().any(|key| key.text == short)));
        }
    }
}

/// Names of few people, spelt in many ways.
fn person() -> impl Strategy<Value = String> {
    let given = "(Jane|Janet|J\\.|Jo Ann|Joann|Bill|William|W\\.|Sergei|Serguei|Sergej|Sol-mi|Sol Mi|Solmi|Kim|Vetrov|Lund)";
    let family =
        "(Lund|Lunds|Löwe|Loewe|Vetrov|Vetroff|Al-Vetrov|Lund-Vetter|Vetter|Kim|Sol-mi|Solmi|Mi|Sergei|Jane)";
    let middle = "(|[JQ]\\. |Ann |Vetter )";
    (prop::option::weighted(0.8, given), middle, family, "(|Dr\\. |Mayor )").prop_map(
        |(given, middle, family, title)| match given {
            Some(given) => format!("{title}{given} {middle}{family}"),
            None => format!("{title}{family}"),
        },
    )
}

/// Whether a record that has one of them finds the other: they share a key, and what it says of given names does not tell them apart.
fn found(one: &str, other: &str) -> bool {
    let alone = is_short(one) || is_short(other);
    let others = keys(other, SpeakerKind::Person);
    keys(one, SpeakerKind::Person).iter().filter(|key| !is_of_slip(&key.text)).any(|key| {
        let shared = others.iter().find(|other| other.text == key.text);
        shared.is_some_and(|shared| match (&key.given, &shared.given) {
            (Some(own), Some(given)) => GivenNames::new(own).fit(given),
            _ => alone || key_of_short(&key.text).is_none(),
        })
    })
}

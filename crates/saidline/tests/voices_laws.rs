//! Laws of the matching of voices: the order does not matter, one name is the surest, no text makes it panic.

use proptest::prelude::*;
use saidline::SpeakerKind;
use saidline::voices::{Profile, Reason, blocking_keys, compare};

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
        prop_assert!(keys.len() <= 24);
        prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn nothing_is_surer_than_the_same_name(a in profile(), b in profile()) {
        let itself = compare(&a, &a);
        let b = Profile { roles: a.roles.clone(), outlets: a.outlets.clone(), days: a.days, beside: a.beside.clone(), ..b };
        prop_assert!(compare(&a, &b).same <= itself.same + 1e-6 || itself.same < 0.9);
    }
}

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::{Audience, Circle};
use crate::id::PersonId;
use crate::staff::Role;

fn person(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

fn circle() -> impl Strategy<Value = Circle> {
    let people = proptest::collection::btree_set((0..4_u128).prop_map(person), 0..4);
    (proptest::sample::select(Audience::ALL.to_vec()), people)
        .prop_map(|(audience, left_out)| Circle { audience, left_out })
}

fn hears(circle: &Circle, who: PersonId, role: Role) -> bool {
    circle.audience.admits(role) && !circle.left_out.contains(&who)
}

proptest! {
    #[test]
    fn what_a_circle_may_know_of_each_of_it_may_hear(one in circle(), other in circle()) {
        let people = (0..4).map(person).flat_map(|p| Role::ALL.map(|r| (p, r)));
        let in_one: BTreeSet<_> = people.clone().filter(|(p, r)| hears(&one, *p, *r)).collect();
        let in_other: BTreeSet<_> = people.filter(|(p, r)| hears(&other, *p, *r)).collect();
        prop_assert!(!one.may_know_of(&other) || in_one.is_subset(&in_other));
        prop_assert_eq!(one.key() == other.key(), one == other);
        prop_assert!(one.may_know_of(&Circle::default()), "what is open to everybody is open to every circle");
        prop_assert!(!one.is_restricted() || !Circle::default().may_know_of(&one));
    }
}

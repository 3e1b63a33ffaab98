//! Whatever is answered, whenever it is written down: what is graver is never followed by less, and no file softens it.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::tests::{TERMS, at, calendar, shipped};
use super::*;
use crate::level::Level;
use crate::policy::Span;

/// A sound instrument as somebody may write it, somewhat softer or stricter than the one that ships.
fn written() -> impl Strategy<Value = Instrument> {
    let figures = (1_u16..=14, 1_u8..=3, 0_u8..=1, proptest::option::weighted(0.8, 14_u16..=22));
    let level = prop_oneof![Just(Level::Orange), Just(Level::Red)];
    (figures, level, proptest::bool::weighted(0.9)).prop_map(
        |((positive_from, alert_from, less, total), level, has_item)| {
            let mut i = shipped().get("phq-a").unwrap().clone();
            i.positive_from = positive_from;
            let today_from = alert_from.saturating_sub(1 + less).max(1);
            let item = i.critical.take().unwrap();
            let item = CriticalItem { today_from, alert_from, alert_with_total_from: total, level, ..item };
            i.critical = has_item.then_some(item);
            assert!(super::sound::faults(std::slice::from_ref(&i)).is_empty());
            i
        },
    )
}

fn answers() -> impl Strategy<Value = Answers> {
    (proptest::option::of(0_u16..=27), proptest::option::of(0_u8..=3))
        .prop_map(|(total, critical)| Answers { total, critical })
}

proptest! {
    #[test]
    fn a_score_alone_never_opens_an_alert(i in written(), total in 0_u16..=27, critical in prop_oneof![Just(None), Just(Some(0))]) {
        let follow = Follow::from(&i, Answers { total: Some(total), critical });
        prop_assert!(follow <= Follow::Queue);
    }

    #[test]
    fn every_answer_but_the_lowest_is_heard_and_the_highest_alarms(i in written(), total in proptest::option::of(0_u16..=27)) {
        for critical in (1..=3).filter(|_| i.critical.is_some()) {
            let follow = Follow::from(&i, Answers { total, critical: Some(critical) });
            prop_assert!(follow >= Follow::NextSchoolDay);
            prop_assert!(critical < 3 || follow == Follow::AtOnce);
        }
    }

    #[test]
    fn a_graver_answer_is_never_followed_by_less(i in written(), a in answers(), b in answers()) {
        let graver = a.total <= b.total && a.critical <= b.critical;
        prop_assert!(!graver || Follow::from(&i, a) <= Follow::from(&i, b));
    }

    #[test]
    fn no_file_that_starts_hears_less_than_what_ships(i in written(), a in answers()) {
        let theirs = shipped().get("phq-a").unwrap().clone();
        let starts = super::no_softer::faults(&i, &theirs).is_empty();
        prop_assert!(!starts || Follow::from(&i, a) >= Follow::from(&theirs, a));
    }

    #[test]
    fn what_is_graver_is_due_no_later_and_never_before_it_is_written(minutes in 0_i64..=60 * 24 * 400, days in 1_u32..=10) {
        let (now, calendar) = (at("2026-06-01 00:00") + TimeDelta::minutes(minutes), calendar());
        let terms = Terms { interview_within: Span::SchoolDays(days), ..TERMS };
        let due: Vec<_> = Follow::ALL.into_iter().filter_map(|f| f.due(now, terms, &calendar)).collect();
        prop_assert_eq!(due.len(), Follow::ALL.len() - 1);
        prop_assert!(due.iter().all(|d| *d > now));
        prop_assert!(due.windows(2).all(|w| w[0] >= w[1]), "{:?}", due);
        prop_assert!(due[3] <= now + TimeDelta::minutes(15));
    }
}

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::Calendar;
use crate::policy::OutsideTerms;

fn now() -> Timestamp {
    chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn codes<T>(looked: Result<T, Vec<Fault>>) -> Vec<(String, &'static str)> {
    looked.err().unwrap_or_default().into_iter().map(|f| (f.field, f.code)).collect()
}

fn person(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

#[test]
fn an_empty_report_is_told_of_everything_that_is_missing() {
    assert_eq!(codes(MandatoryDraft::default().validate(now())).len(), 3);
    assert_eq!(codes(RecipientDraft::default().validate(now(), now())).len(), 4);
}

#[test]
fn nobody_is_told_before_it_was_known_and_no_receipt_is_older_than_the_report() {
    let at = |minutes| (now() + TimeDelta::minutes(minutes)).to_rfc3339();
    let draft = RecipientDraft {
        recipient: "police".to_owned(),
        at: at(-20),
        office: "城关派出所".to_owned(),
        officer: "王警官".to_owned(),
        receipt: None,
        receipt_at: Some(at(-30)),
    };
    // Who dialled first and wrote it down afterwards has told them a little before it is said to be known.
    let said = codes(draft.validate(now() - TimeDelta::minutes(10), now()));
    assert_eq!(said.first().map(|(f, _)| f.as_str()), Some("receipt_at"));
    let said = codes(draft.validate(now() + TimeDelta::days(1), now()));
    let want = [("at", "before_known"), ("receipt_at", "before_report"), ("receipt", "required")];
    assert_eq!(said, want.map(|(f, c)| (f.to_owned(), c)));
    let later = RecipientDraft { at: at(30), receipt_at: Some(at(40)), ..draft.clone() };
    assert!(codes(later.validate(now(), now())).iter().filter(|(_, c)| *c == "in_the_future").count() == 2);
    let good =
        RecipientDraft { receipt: Some("公（城）受案字12号".to_owned()), receipt_at: Some(at(-5)), ..draft };
    assert!(good.validate(now() - TimeDelta::minutes(30), now()).is_ok());
}

#[test]
fn whoever_is_suspected_does_not_hear_and_of_the_principal_the_district_alone() {
    let report = |suspected, staff: &[u128]| MandatoryReport {
        alert: None,
        suspicion: "看到".to_owned(),
        suspected,
        staff: staff.iter().map(|n| person(*n)).collect(),
        known_at: now(),
        danger_now: Said::No,
    };
    let open = Circle::default();
    assert_eq!(report(Suspected::Family, &[]).circle(false, &open), open);
    assert_eq!(report(Suspected::Staff, &[]).circle(false, &open).audience, Audience::Confidants);
    let named = report(Suspected::Staff, &[1]).circle(false, &open);
    assert_eq!((named.audience, named.left_out), (Audience::Everyone, [person(1)].into()));
    assert_eq!(report(Suspected::Staff, &[1]).circle(true, &open).audience, Audience::DistrictOnly);
    let beside = Circle { audience: Audience::Confidants, left_out: [person(2)].into() };
    let both = report(Suspected::Staff, &[1]).circle(false, &beside);
    assert!(both.may_know_of(&beside) && both.left_out.len() == 2, "{both:?}");
}

fn calendar() -> Calendar {
    Calendar::validate(toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap()).unwrap()
}

proptest! {
    /// Whatever the hour and the day, and however often somebody looks.
    #[test]
    fn a_silent_school_reaches_the_district_in_two_hours_and_again_until_the_police_are_told(
        hour in 0_i64..24 * 400, looks in proptest::collection::vec(1_i64..50, 1..40),
    ) {
        let (terms, calendar) = (OutsideTerms::default(), calendar());
        let known_at = now() + TimeDelta::hours(hour);
        let mut r = Running {
            known_at, opened_at: known_at, police: false, others: false, chased: false, breached: None, reminded: false,
        };
        let (mut at, mut told) = (known_at, Vec::new());
        for minutes in looks {
            at += TimeDelta::minutes(minutes);
            prop_assert_eq!(r.next(&terms, &calendar).is_some_and(|next| next <= at), !r.due(at, &terms, &calendar).is_empty());
            for step in r.due(at, &terms, &calendar) {
                match step {
                    Step::Chase => r.chased = true,
                    Step::Breach => {
                        prop_assert!(r.breached.is_none_or(|last| at - last >= TimeDelta::minutes(120)));
                        r.breached = Some(at);
                    }
                    Step::Rest => r.reminded = true,
                }
                prop_assert!(step == Step::Breach || !told.contains(&step));
                told.push(step);
            }
            let past = (at - known_at).num_minutes();
            prop_assert_eq!(told.contains(&Step::Chase), past >= 30);
            prop_assert_eq!(told.contains(&Step::Breach), past >= 120);
            // Whoever looks often enough finds the district told every two hours.
            prop_assert!(r.breached.is_none_or(|last| at - last < TimeDelta::minutes(120)));
            let police = Running { police: true, ..r };
            prop_assert!(!police.due(at, &terms, &calendar).iter().any(|s| *s != Step::Rest));
        }
    }
}

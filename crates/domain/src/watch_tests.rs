use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn shift(adult: &str, since: i64, until: i64) -> Shift {
    let at = |m| now() + TimeDelta::minutes(m);
    Shift { adult: adult.to_owned(), person: None, since: at(since), until: at(until), place: "办公室".to_owned() }
}

fn draft(adult: &str, since: i64, until: i64) -> ShiftDraft {
    let at = |m| (now() + TimeDelta::minutes(m)).to_rfc3339();
    let (since, until, place) = (at(since), at(until), "办公室".to_owned());
    ShiftDraft { adult: adult.to_owned(), since, until, place, ..ShiftDraft::default() }
}

fn codes(draft: &ShiftDraft, last: Option<&Shift>) -> Vec<(String, &'static str)> {
    let faults = draft.validate(now(), last).err().unwrap_or_default();
    faults.into_iter().map(|f| (f.field, f.code)).collect()
}

#[test]
fn a_child_is_handed_over_in_person_by_the_one_who_was_there() {
    let last = shift("周老师（七年级）", -120, 30);
    let mut next = draft("吴老师", 0, 200);
    let missing = [("handed_over_by".to_owned(), "required"), ("in_person".to_owned(), "in_person_only")];
    assert_eq!(codes(&next, Some(&last)), missing);
    (next.handed_over_by, next.in_person) = (Some("郑老师".into()), Some(true));
    assert_eq!(codes(&next, Some(&last)), [("handed_over_by".to_owned(), "another_adult")]);
    next.handed_over_by = Some("周老师".into());
    assert_eq!(codes(&next, Some(&last)), []);
    // Nobody was there any more: nobody could hand the child over.
    assert_eq!(codes(&draft("吴老师", 0, 60), Some(&shift("周老师", -300, -60))), []);
}

#[test]
fn a_shift_is_four_hours_at_most_and_another_adult_s() {
    assert_eq!(codes(&draft("周老师", 0, 240), None), []);
    assert_eq!(codes(&draft("周老师", 0, 241), None), [("until".to_owned(), "too_long")]);
    assert_eq!(codes(&draft("周老师", -60, -10), None), [("until".to_owned(), "in_the_past")]);
    let last = shift("周老师", -300, -60);
    assert_eq!(codes(&draft("周老师", 0, 60), Some(&last)), [("adult".to_owned(), "same_adult")]);
    assert_eq!(codes(&draft("吴老师", -301, -70), Some(&last)).len(), 4);
    assert_eq!(codes(&ShiftDraft::default(), None).len(), 4);
}

#[test]
fn a_watch_ends_with_a_name_or_a_reason() {
    let faults = |e: Result<Ending, Vec<Fault>>| e.err().unwrap_or_default().len();
    assert_eq!(faults(Ending::validate("", None, None, "")), 2);
    assert_eq!(faults(Ending::validate("guardian", None, None, "")), 3);
    assert_eq!(faults(Ending::validate("guardian", Some("母亲张某"), Some(true), "接回家")), 0);
    assert_eq!(faults(Ending::validate("reassessed", None, None, "平稳")), 0);
}

/// A minute of a watch: whether somebody takes over, how long ago he came, how long he stays.
fn life() -> impl Strategy<Value = Vec<Option<(i64, i64)>>> {
    let takes = prop_oneof![9 => Just(None), 1 => (0_i64..20, 1_i64..240).prop_map(Some)];
    proptest::collection::vec(takes, 1..600)
}

proptest! {
    #[test]
    fn exactly_one_adult_is_responsible_at_every_instant_or_an_alarm_is_out(life in life()) {
        let every = TimeDelta::minutes(10);
        let mut watch = Watch::begun(shift("0", 0, 60));
        let mut out: Option<Timestamp> = None;
        for (minute, takes) in life.iter().enumerate() {
            let at = now() + TimeDelta::minutes(i64::try_from(minute).unwrap());
            if let Some((ago, stays)) = takes {
                let since = (at - TimeDelta::minutes(*ago)).max(watch.shifts.last().unwrap().since);
                let until = at + TimeDelta::minutes(*stays);
                let place = String::new();
                watch.take_over(Shift { adult: minute.to_string(), person: None, since, until, place });
            }
            if watch.alarm(at, every) {
                out = Some(at);
            }
            let there = watch.shifts.iter().enumerate().filter(|(i, s)| {
                let left = watch.shifts.get(i + 1).map_or(s.until, |next| next.since.min(s.until));
                s.since <= at && at < left
            });
            let there = there.count();
            prop_assert_eq!(there == 1, watch.responsible(at).is_some(), "at minute {}", minute);
            prop_assert!(there <= 1, "two are responsible at minute {minute}");
            let alarmed = out.is_some_and(|o| at - o < every && watch.shifts.last().is_some_and(|s| o >= s.until));
            prop_assert!(there == 1 || alarmed, "nobody is there and nobody hears of it at minute {minute}");
        }
    }
}

//! Leases: who gets what, in which order, and for how long.

use super::*;

#[tokio::test]
async fn what_waits_is_taken_once_by_urgency_then_by_age_and_only_in_its_lane() {
    let o = Box::open().await;
    o.put(31, address(TEACHER, Channel::Mail, 2, 0), Some(1), NoticeKind::Alarm).await;
    o.put(32, address(TEACHER, Channel::Sms, 1, 0), Some(3), NoticeKind::Alarm).await;
    o.put(33, address(COUNSELLOR, Channel::Mail, 1, 0), Some(2), NoticeKind::Alarm).await;
    o.put(34, address(COUNSELLOR, Channel::Sms, 0, 0), Some(9), NoticeKind::Alarm).await;
    o.red(35, TEACHER, Channel::Voice).await;
    assert_eq!(ids(&o.claim(Lane::Normal, 5, lease(5, 15), 2).await), [33, 32], "the limit holds");
    assert_eq!(ids(&o.claim(Lane::Normal, 5, lease(5, 15), 9).await), [31], "34 has to wait");
    assert_eq!(ids(&o.claim(Lane::Normal, 8, lease(8, 15), 9).await), []);
    assert_eq!(ids(&o.claim(Lane::Normal, 9, lease(9, 15), 9).await), [34], "at its time, not after it");
    assert_eq!(ids(&o.claim(Lane::Red, 0, lease(0, 10), 9).await), [35]);
}

#[tokio::test]
async fn a_lease_that_has_run_out_is_taken_over_at_its_end_and_never_before() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    let first = o.one(1).await;
    assert_eq!((first.attempt, o.row(31).await.state.as_str()), (1, "sending"));
    assert_eq!(o.row(31).await.changed_at, second(1));
    let early = Lease { now: micro(10, 999_999), until: second(21) };
    assert_eq!(ids(&o.claim(Lane::Red, 500, early, 9).await), [], "the school's clock takes no lease away");
    let second_one = o.claim(Lane::Red, 1, lease(11, 21), 9).await;
    assert_eq!((ids(&second_one), second_one[0].attempt), (vec![31], 2));
}

#[tokio::test]
async fn what_waits_and_what_somebody_left_do_not_stand_in_each_others_way() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    o.red(32, TEACHER, Channel::Sms).await;
    let _ = o.claim(Lane::Red, 0, lease(0, 10), 2).await;
    o.put(33, address(COUNSELLOR, Channel::Mail, 9, 0), None, NoticeKind::Alarm).await;
    o.put(34, address(COUNSELLOR, Channel::Sms, 9, 0), None, NoticeKind::Alarm).await;
    let first = ids(&o.claim(Lane::Red, 20, lease(20, 30), 1).await);
    assert_eq!((first.len(), first.iter().filter(|id| **id < 33).count()), (2, 1), "one of each: {first:?}");
    assert_eq!(o.claim(Lane::Red, 20, lease(20, 30), 1).await.len(), 2);
    assert_eq!(o.claim(Lane::Red, 20, lease(20, 30), 1).await.len(), 0);
}

#[tokio::test]
async fn a_claim_carries_what_a_letter_needs() {
    let o = Box::open().await;
    let to = Address { epoch: 4, rung: 2, ..address(COUNSELLOR, Channel::Mail, 0, 7) };
    o.put(31, to, None, NoticeKind::Alarm).await;
    let c = o.one(5).await;
    assert_eq!((c.alert, c.person, c.channel, c.kind), (alert(), person(COUNSELLOR), Channel::Mail, NoticeKind::Alarm));
    assert_eq!((c.epoch, c.rung, c.repeat, c.code_counter, c.minutes), (4, 2, 7, 3, 10));
    assert_eq!((c.lane, c.level, c.school_name.as_str()), (Lane::Red, Level::Red, "s"));
    assert_eq!(c.duty_phone.as_deref(), Some("0393-1"));
    assert_eq!(c.address.as_deref(), Some("later@s"), "the address that was verified last");
    assert_eq!((c.created_at, c.wanted, c.earlier.len()), (second(0), true, 0));
}

#[tokio::test]
async fn an_alarm_about_what_is_taken_is_not_wanted_and_what_informs_is() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    o.put(32, address(TEACHER, Channel::Mail, 5, 0), None, NoticeKind::TakenOver).await;
    o.run("UPDATE alert SET climb_state = 'acked' WHERE id = $1", [uuid(ALERT).into()]).await;
    let claimed = o.claim(Lane::Red, 1, lease(1, 11), 9).await;
    assert_eq!(claimed.iter().map(|c| c.wanted).collect::<Vec<_>>(), [false, true]);
}

/// Whether each of the three is still to hear, at a second.
async fn hear(o: &Box, now: i64) -> [bool; 3] {
    let claimed = o.claim(Lane::Red, now, lease(now * 100, now * 100 + 1), 9).await;
    [TEACHER, COUNSELLOR, DEPUTY].map(|who| claimed.iter().find(|c| c.person == person(who)).unwrap().wanted)
}

#[tokio::test]
async fn nothing_goes_to_whoever_may_not_hear_of_it_any_more() {
    let o = Box::open().await;
    for (id, who) in [(31, TEACHER), (32, COUNSELLOR), (33, DEPUTY)] {
        o.red(id, who, Channel::Mail).await;
    }
    assert_eq!(hear(&o, 1).await, [true, true, true]);
    let sql = "INSERT INTO alert_exclusion (alert_id, person_id) VALUES ($1, $2)";
    o.run(sql, [uuid(OTHER).into(), uuid(TEACHER).into()]).await;
    assert_eq!(hear(&o, 2).await, [true, true, true], "left out of another alert");
    o.run(sql, [uuid(ALERT).into(), uuid(TEACHER).into()]).await;
    assert_eq!(hear(&o, 3).await, [false, true, true]);
    o.run("DELETE FROM alert_exclusion", []).await;
    o.run("UPDATE alert SET audience = 'confidants'", []).await;
    assert_eq!(hear(&o, 49).await, [false, true, false]);
    assert_eq!(hear(&o, 50).await, [false, true, false], "what is confided to an office is not lent to its deputy");
    o.run("UPDATE alert SET audience = 'district_only'", []).await;
    assert_eq!(hear(&o, 51).await, [false, false, false]);
    o.run("UPDATE position SET role = 'district_officer' WHERE person_id = $1", [uuid(COUNSELLOR).into()]).await;
    assert_eq!(hear(&o, 52).await, [false, true, true], "the deputy, while he stands in");
    assert_eq!(hear(&o, 60).await, [false, true, false], "and not from the last moment on");
    assert_eq!(hear(&o, 999).await, [false, true, false]);
    assert_eq!(hear(&o, 1_000).await, [false, false, false], "the office is over");
    o.run("UPDATE position SET valid_to = NULL, valid_from = $1", [at(second(1_002))]).await;
    assert_eq!(hear(&o, 1_001).await, [false, false, false], "the office has not begun");
    assert_eq!(hear(&o, 1_002).await, [false, true, false]);
}

#[tokio::test]
async fn a_lease_is_given_back_by_its_holder_alone() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    let first = o.one(0).await;
    let second_one = o.one(10).await;
    let give_back = async |claimed: &Claimed| {
        let mut tx = o.storage.begin().await.unwrap();
        tx.release(std::slice::from_ref(claimed), second(12)).await.unwrap();
        tx.commit().await.unwrap();
    };
    give_back(&first).await;
    assert_eq!(o.state(31).await, "sending");
    give_back(&second_one).await;
    let row = o.row(31).await;
    assert_eq!((row.state.as_str(), row.leased, row.changed_at), ("pending", false, second(12)));
    assert_eq!(o.one(12).await.attempt, 3);
}

#[tokio::test]
async fn reds_and_the_drill_of_a_red_hurry_and_a_drill_is_told_by_its_lane() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    let claimed = o.one(1).await;
    for (lane, level, drill, hurries) in [
        (Lane::Red, Level::Red, false, true),
        (Lane::Normal, Level::Red, false, false),
        (Lane::Normal, Level::Yellow, false, false),
        (Lane::Drill, Level::Red, true, true),
        (Lane::Drill, Level::Orange, true, false),
    ] {
        let one = Claimed { lane, level, ..claimed.clone() };
        assert_eq!((one.is_drill(), one.hurries()), (drill, hurries), "{lane:?} {level:?}");
    }
}

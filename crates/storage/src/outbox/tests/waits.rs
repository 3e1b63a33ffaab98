//! What is put, what is kept in, and what is known of what waits.

use super::*;

#[tokio::test]
async fn the_same_notice_twice_is_one() {
    let o = Box::open().await;
    assert!(o.red(31, TEACHER, Channel::Mail).await);
    assert!(!o.red(32, TEACHER, Channel::Mail).await);
    assert!(o.red(33, TEACHER, Channel::Sms).await && o.red(34, COUNSELLOR, Channel::Mail).await);
    let base = address(TEACHER, Channel::Mail, 0, 0);
    for (id, to) in [(35, Address { epoch: 1, ..base.clone() }), (36, Address { rung: 1, ..base.clone() })] {
        assert!(o.put(id, to, None, NoticeKind::Alarm).await);
    }
    assert!(o.put(37, Address { repeat: 1, ..base.clone() }, None, NoticeKind::Alarm).await);
    assert!(o.put(38, base.clone(), None, NoticeKind::TakenOver).await);
    assert!(!o.put(39, Address { priority: 5, ..base }, Some(9), NoticeKind::Alarm).await);
    assert_eq!(o.claim(Lane::Red, 0, lease(0, 10), 99).await.len(), 7);
}

#[tokio::test]
async fn a_red_never_waits() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    o.put(32, address(COUNSELLOR, Channel::Mail, 0, 0), Some(99), NoticeKind::Alarm).await;
    assert_eq!((o.row(31).await.not_before, o.row(32).await.not_before), (second(0), second(99)));
}

#[tokio::test]
async fn there_is_work_when_something_waits_or_was_left() {
    let o = Box::open().await;
    let has = async |lane, now: i64, real: i64| {
        o.storage.read().has_work(lane, None, second(now), second(real)).await.unwrap()
    };
    assert!(!has(Lane::Red, 99, 99).await);
    o.put(31, address(TEACHER, Channel::Mail, 0, 0), Some(5), NoticeKind::Alarm).await;
    assert!(!has(Lane::Normal, 4, 99).await && has(Lane::Normal, 5, 0).await && !has(Lane::Red, 5, 99).await);
    let _ = o.claim(Lane::Normal, 5, lease(5, 15), 9).await;
    assert!(!has(Lane::Normal, 99, 14).await && has(Lane::Normal, 0, 15).await && !has(Lane::Red, 99, 99).await);
}

#[tokio::test]
async fn alarms_that_have_not_gone_out_stay_in_and_nothing_else_does() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    let _going = o.one(0).await;
    o.red(32, TEACHER, Channel::Sms).await;
    o.put(33, address(COUNSELLOR, Channel::Mail, 0, 0), None, NoticeKind::TakenOver).await;
    let mut tx = o.storage.begin().await.unwrap();
    assert_eq!(tx.cancel_alarms(AlertId::new(uuid(OTHER)), second(4)).await.unwrap(), 0);
    assert_eq!(tx.cancel_alarms(alert(), second(4)).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!([o.state(31).await, o.state(32).await, o.state(33).await], ["sending", "cancelled", "pending"]);
    assert_eq!(o.row(32).await.changed_at, second(4));
}

#[tokio::test]
async fn a_rung_has_failed_when_each_of_its_alarms_has() {
    let o = Box::open().await;
    let failed = async || o.storage.read().rung_failed(alert(), 0, 0).await.unwrap();
    let set = async |id: u128, state: &str| {
        o.run("UPDATE outbox SET state = $2 WHERE id = $1", [uuid(id).into(), state.into()]).await;
    };
    assert!(!failed().await, "a rung that nobody is on");
    o.red(31, TEACHER, Channel::Mail).await;
    o.red(32, COUNSELLOR, Channel::Mail).await;
    o.put(33, address(TEACHER, Channel::Sms, 0, 0), None, NoticeKind::TakenOver).await;
    o.put(34, Address { rung: 1, ..address(TEACHER, Channel::Sms, 0, 0) }, None, NoticeKind::Alarm).await;
    o.put(35, Address { epoch: 1, ..address(TEACHER, Channel::Sms, 0, 0) }, None, NoticeKind::Alarm).await;
    set(31, "failed").await;
    assert!(!failed().await);
    set(32, "unknown").await;
    assert!(failed().await, "of a red, not known to have arrived is not arrived");
    o.run("UPDATE outbox SET lane = 'normal'", []).await;
    assert!(!failed().await, "of anything else it may have");
    set(32, "failed").await;
    assert!(failed().await);
}

#[tokio::test]
async fn who_was_told_and_what_waits() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    o.put(32, address(COUNSELLOR, Channel::Mail, 0, 0), None, NoticeKind::TakenOver).await;
    o.red(33, DEPUTY, Channel::Mail).await;
    o.run("UPDATE outbox SET state = 'cancelled' WHERE id = $1", [uuid(33).into()]).await;
    let read = o.storage.read();
    assert_eq!(read.told_of(alert()).await.unwrap(), [person(TEACHER)]);
    assert_eq!(read.told_of(AlertId::new(uuid(OTHER))).await.unwrap(), []);
    let of_turn = async |epoch| read.alarms_of_turn(alert(), epoch).await.unwrap().len();
    assert_eq!((of_turn(0).await, of_turn(1).await), (1, 0));
    let all = read.messages(alert(), 9).await.unwrap();
    assert_eq!((all.len(), read.messages(alert(), 2).await.unwrap().len()), (3, 2));
    assert_eq!(all[0].person, (person(TEACHER), "class_teacher".to_owned()));
    assert_eq!(all[0].standing().not_before, second(0));
    assert_eq!(read.backlog(second(0)).await.unwrap(), (2, Some(second(0))));
    assert_eq!(read.backlog(micro(0, -1)).await.unwrap(), (0, None));
}

#[test]
fn what_waits_takes_its_wait_off_the_minutes_that_are_left_and_nothing_off_days() {
    let after = |minutes, waits| crate::outbox::put::minutes_then(minutes, TimeDelta::minutes(waits));
    assert_eq!([after(60, 0), after(60, 59), after(60, 60), after(60, 600)], [60, 1, 1, 1]);
    assert_eq!((after(1_439, 39), after(1_440, 39), after(1_441, 39)), (1_400, 1_440, 1_441));
    assert_eq!(after(60, -5), 60, "what goes out early has not more time");
}

#[tokio::test]
async fn a_newer_notice_overtakes_what_nobody_has_tried_to_send_and_nothing_else() {
    let o = Box::open().await;
    let mail = |repeat| Address { repeat, ..address(TEACHER, Channel::Mail, 0, 0) };
    o.put(31, mail(0), Some(1), NoticeKind::Alarm).await;
    let _ = o.claim(Lane::Normal, 1, lease(1, 9), 9).await;
    o.put(32, mail(1), Some(5), NoticeKind::Alarm).await;
    o.put(33, mail(2), Some(5), NoticeKind::Alarm).await;
    o.put(34, mail(0), Some(5), NoticeKind::TakenOver).await;
    o.put(35, address(TEACHER, Channel::Sms, 0, 0), Some(5), NoticeKind::Alarm).await;
    o.put(36, address(COUNSELLOR, Channel::Mail, 0, 0), Some(5), NoticeKind::Alarm).await;
    let mut tx = o.storage.begin().await.unwrap();
    let overtaken = tx.overtake(alert(), &mail(2), second(4)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(overtaken, 1);
    for (id, state) in
        [(31, "sending"), (32, "cancelled"), (33, "pending"), (34, "pending"), (35, "pending"), (36, "pending")]
    {
        assert_eq!(o.row(id).await.state, state, "{id}");
    }
}

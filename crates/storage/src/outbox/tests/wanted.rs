//! What is still wanted when its time comes, and what stands beside something else than an alert.

use super::*;

/// What an alarm, and all that follows it, depends on.
struct Stands {
    climb: &'static str,
    hears: bool,
    same_turn: bool,
}

const WHEN_OVER: [NoticeKind; 2] = [NoticeKind::Over, NoticeKind::RecheckDue];
const UNTIL_OVER: [NoticeKind; 5] = [
    NoticeKind::NewFacts,
    NoticeKind::SecondSignature,
    NoticeKind::HandingOver,
    NoticeKind::HandedBack,
    NoticeKind::WatchLapsed,
];

fn expected(kind: NoticeKind, s: &Stands) -> bool {
    if kind == NoticeKind::Storm {
        true
    } else if kind == NoticeKind::Alarm {
        s.hears && s.climb == "open"
    } else if kind == NoticeKind::AssessmentDue {
        s.hears && s.climb == "acked" && s.same_turn
    } else if WHEN_OVER.contains(&kind) {
        s.hears && s.climb == "closed" && s.same_turn
    } else if UNTIL_OVER.contains(&kind) {
        s.hears && s.climb != "closed"
    } else {
        s.hears
    }
}

impl Box {
    async fn stand(&self, s: &Stands) {
        let due = (s.climb != "closed").then_some(600_i64);
        let closed = (s.climb == "closed").then_some(0_i64);
        let sql = "UPDATE alert SET climb_state = $2, due_at = $3, deadline_at = $3, closed_at = $4 WHERE id = $1";
        self.run(sql, [uuid(ALERT).into(), s.climb.into(), due.into(), closed.into()]).await;
        self.run("DELETE FROM alert_exclusion WHERE alert_id = $1", [uuid(ALERT).into()]).await;
        if !s.hears {
            let sql = "INSERT INTO alert_exclusion (alert_id, person_id) VALUES ($1, $2)";
            self.run(sql, [uuid(ALERT).into(), uuid(TEACHER).into()]).await;
        }
    }
}

#[tokio::test]
async fn what_is_not_true_any_more_is_not_wanted_any_more() {
    let (o, mut n) = (Box::open().await, 100_u32);
    let of_alerts = [
        NoticeKind::Storm,
        NoticeKind::Alarm,
        NoticeKind::Over,
        NoticeKind::RecheckDue,
        NoticeKind::AssessmentDue,
        NoticeKind::NewFacts,
        NoticeKind::SecondSignature,
        NoticeKind::HandingOver,
        NoticeKind::HandedBack,
        NoticeKind::WatchLapsed,
        NoticeKind::TakenOver,
        NoticeKind::StoodDown,
        NoticeKind::SignatureGiven,
        NoticeKind::SignatureRefused,
    ];
    for climb in ["open", "acked", "closed"] {
        for (hears, same_turn) in [(true, true), (true, false), (false, true)] {
            let stands = Stands { climb, hears, same_turn };
            o.stand(&stands).await;
            for kind in of_alerts {
                n += 1;
                let to = Address { epoch: u32::from(!same_turn), repeat: n, ..address(TEACHER, Channel::Mail, 0, 0) };
                o.put(u128::from(n), to, Some(1), kind).await;
                let claimed = o.claim(Lane::Normal, 1, lease(1, 9), 9).await;
                assert_eq!(ids(&claimed), [u128::from(n)]);
                assert_eq!(claimed[0].wanted, expected(kind, &stands), "{kind:?} {climb} {hears} {same_turn}");
                assert_eq!((claimed[0].kind, claimed[0].late), (kind, false));
                let comes = matches!(kind, NoticeKind::AssessmentDue | NoticeKind::WatchLapsed);
                let red = Claimed { level: Level::Red, ..claimed[0].clone() };
                assert!(red.hurries() == comes && !Claimed { level: Level::Orange, ..red }.hurries(), "{kind:?}");
                o.said(&claimed[0], "p", Outcome::Accepted { provider_id: None }, MessageState::Accepted, 2).await;
            }
        }
    }
}

#[tokio::test]
async fn what_waited_longer_than_it_should_is_late_the_first_time_it_is_tried() {
    let o = Box::open().await;
    o.put(31, address(TEACHER, Channel::Mail, 0, 0), Some(1), NoticeKind::Alarm).await;
    o.put(32, address(COUNSELLOR, Channel::Mail, 0, 0), Some(100), NoticeKind::Alarm).await;
    let mut claimed = o.claim(Lane::Normal, 130, lease(130, 140), 9).await;
    claimed.sort_by_key(|c| c.id);
    assert_eq!(claimed.iter().map(|c| c.late).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn yellows_to_one_person_by_one_channel_are_claimed_together_and_reds_are_not() {
    let o = Box::open().await;
    for (id, repeat) in [(31, 0), (32, 1)] {
        o.put(id, Address { repeat, ..address(TEACHER, Channel::Mail, 0, 0) }, Some(1), NoticeKind::Alarm).await;
        let red = Address { repeat, ..address(COUNSELLOR, Channel::Mail, 0, 0) };
        o.put(id + 10, red, None, NoticeKind::Alarm).await;
    }
    let claimed = o.claim(Lane::Normal, 1, lease(1, 9), 1).await;
    assert_eq!(claimed.len(), 1);
    assert_eq!(
        (o.state(31).await.as_str(), o.state(32).await.as_str()),
        ("sending", "bundled"),
        "the other goes with it"
    );
    let reds = o.claim(Lane::Red, 1, lease(1, 9), 1).await;
    assert_eq!(reds.len(), 1);
    assert_eq!((o.state(41).await, o.state(42).await), ("sending".to_owned(), "pending".to_owned()));
    assert_eq!(o.claim(Lane::Red, 1, lease(1, 9), 9).await.len(), 1, "a red waits for no company");
}

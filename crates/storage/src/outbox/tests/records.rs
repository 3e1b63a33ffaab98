//! What an attempt came to, and who may write it down.

use super::*;

#[tokio::test]
async fn a_worker_that_slept_past_its_lease_changes_nothing_but_its_own_attempt() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Mail).await;
    let slow = o.one(0).await;
    let fast = o.one(10).await;
    let outcome = taken("late");
    let verdict = Verdict {
        claimed: &slow,
        provider: "smtp",
        outcome: &outcome,
        state: MessageState::Accepted,
        not_before: second(11),
    };
    assert!(matches!(o.record(&verdict, 11).await, Err(StorageError::Stale)));
    let row = o.row(31).await;
    assert_eq!((row.state.as_str(), row.attempt, row.provider, row.leased), ("sending", 2, None, true));
    assert_eq!(o.reached("class_teacher@s").await, None);
    let attempts = "SELECT outcome FROM delivery_attempt ORDER BY attempt";
    let said: Vec<Option<String>> =
        o.storage.read().all(attempts, vec![]).await.unwrap().iter().map(|r| get(r, "outcome").unwrap()).collect();
    assert_eq!(said, [Some("accepted".to_owned()), None], "the attempt of the slow one is remembered as it was");
    o.said(&fast, "smtp", taken("id"), MessageState::Accepted, 12).await;
    assert!(matches!(o.record(&Verdict { claimed: &fast, ..verdict }, 13).await, Err(StorageError::Stale)), "once");
    assert_eq!(o.row(31).await.changed_at, second(12));
}

#[tokio::test]
async fn an_attempt_leaves_its_row_as_it_was_said() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Sms).await;
    let first = o.one(0).await;
    let outcome = busy();
    let verdict = Verdict {
        claimed: &first,
        provider: "kannel",
        outcome: &outcome,
        state: MessageState::Pending,
        not_before: second(7),
    };
    o.record(&verdict, 2).await.unwrap();
    let want = Row {
        state: "pending".to_owned(),
        attempt: 1,
        provider: Some("kannel".to_owned()),
        provider_id: None,
        last_error: Some("busy".to_owned()),
        leased: false,
        not_before: second(7),
        changed_at: second(2),
    };
    assert_eq!(o.row(31).await, want);
    assert_eq!(ids(&o.claim(Lane::Red, 6, lease(6, 16), 9).await), []);
    let again = o.one(7).await;
    o.said(&again, "twilio", taken("SM1"), MessageState::Accepted, 8).await;
    let row = o.row(31).await;
    assert_eq!((row.provider.as_deref(), row.provider_id.as_deref()), (Some("twilio"), Some("SM1")));
    assert_eq!((row.last_error, row.leased), (None, false));
}

#[tokio::test]
async fn the_next_provider_hears_what_the_earlier_ones_said() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Sms).await;
    let refused = Outcome::Refused("isv.X".to_owned());
    for attempt in 1..=40_i64 {
        let c = o.one(attempt * 100).await;
        assert_eq!(c.earlier.len(), usize::try_from((attempt - 1).min(33)).unwrap(), "attempt {attempt}");
        let outcome = if attempt == 1 { refused.clone() } else { busy() };
        o.said(&c, "aliyun", outcome, MessageState::Pending, attempt * 100).await;
    }
    let _cut_off = o.one(5_000).await;
    let last = o.one(6_000).await;
    assert_eq!((last.attempt, last.earlier.len()), (42, 32), "one was cut off, and that of long ago was a refusal");
    assert_eq!(last.earlier[0], Attempted { provider: "aliyun".to_owned(), outcome: refused });
    assert_eq!(last.earlier[1].outcome, busy());
}

#[tokio::test]
async fn whoever_has_no_receipt_to_wait_for_is_reached_when_his_provider_takes_it() {
    let o = Box::open().await;
    o.red(31, COUNSELLOR, Channel::Mail).await;
    o.red(32, COUNSELLOR, Channel::Sms).await;
    let both = o.claim(Lane::Red, 0, lease(0, 10), 9).await;
    for c in &both {
        let state = MessageState::Accepted;
        o.said(c, "any", taken("x"), state, 5).await;
    }
    assert_eq!(o.reached("later@s").await, Some(5_000_000));
    assert_eq!(o.reached("counsellor@s").await, None, "only the address that was used");
    assert_eq!(o.reached("sms of counsellor").await, None, "an SMS is not there before its receipt");
    o.red(33, TEACHER, Channel::Mail).await;
    let failed = o.one(20).await;
    o.said(&failed, "any", busy(), MessageState::Failed, 21).await;
    assert_eq!(o.reached("class_teacher@s").await, None);
}

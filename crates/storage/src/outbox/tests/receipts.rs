//! Receipts: early, late, twice, contradicting each other.

use MessageState::{Accepted, Delivered, Failed, Pending, Unknown};

use super::*;

/// An SMS of a red that a provider took under an id.
async fn sent(o: &Box, id: u128, provider_id: &str) -> Claimed {
    o.red(id, TEACHER, Channel::Sms).await;
    let c = o.one(0).await;
    o.said(&c, "aliyun", taken(provider_id), Accepted, 1).await;
    c
}

#[tokio::test]
async fn a_receipt_settles_its_message_once() {
    let o = Box::open().await;
    sent(&o, 31, "biz").await;
    assert!(!o.receipt("tencent", "biz", Delivered, 2).await, "another provider's");
    assert!(!o.receipt("aliyun", "other", Delivered, 2).await);
    assert_eq!((o.state(31).await.as_str(), o.reached("sms of class_teacher").await), ("accepted", None));
    assert!(o.receipt("aliyun", "biz", Delivered, 3).await);
    let row = o.row(31).await;
    assert_eq!((row.state.as_str(), row.changed_at), ("delivered", second(3)));
    assert_eq!(o.reached("sms of class_teacher").await, Some(3_000_000));
    assert!(!o.receipt("aliyun", "biz", Delivered, 9).await, "it may repeat");
    assert!(!o.receipt("aliyun", "biz", Failed, 9).await, "what has arrived has arrived");
    assert_eq!(o.row(31).await.changed_at, second(3));
}

#[tokio::test]
async fn bad_news_is_taken_back_by_good_news() {
    let o = Box::open().await;
    sent(&o, 31, "biz").await;
    assert!(o.receipt("aliyun", "biz", Failed, 2).await);
    assert_eq!((o.state(31).await.as_str(), o.reached("sms of class_teacher").await), ("failed", None));
    assert!(o.receipt("aliyun", "biz", Delivered, 3).await);
    assert_eq!(o.state(31).await, "delivered");
}

#[tokio::test]
async fn a_receipt_can_be_faster_than_the_answer() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Sms).await;
    let c = o.one(0).await;
    assert!(!o.receipt("aliyun", "biz", Failed, 1).await, "nobody knows yet whose it is");
    assert!(!o.receipt("aliyun", "biz", Delivered, 1).await);
    assert!(!o.receipt("tencent", "biz", Failed, 1).await);
    o.said(&c, "aliyun", taken("biz"), Accepted, 2).await;
    let row = o.row(31).await;
    assert_eq!((row.state.as_str(), row.changed_at), ("delivered", second(2)), "good news goes before bad news");
}

#[tokio::test]
async fn an_early_receipt_does_not_touch_what_was_not_taken() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Sms).await;
    let c = o.one(0).await;
    o.receipt("aliyun", "biz", Delivered, 1).await;
    let outcome = taken("biz");
    let verdict = Verdict { claimed: &c, provider: "aliyun", outcome: &outcome, state: Pending, not_before: second(4) };
    o.record(&verdict, 2).await.unwrap();
    assert_eq!(o.state(31).await, "pending");
}

#[tokio::test]
async fn good_news_about_our_own_number_counts_whoever_was_asked_since() {
    let o = Box::open().await;
    o.red(31, TEACHER, Channel::Sms).await;
    let ours = MessageId::new(uuid(31)).to_string();
    let c = o.one(0).await;
    o.said(&c, "aliyun", Outcome::Ambiguous("lost".to_owned()), Pending, 1).await;
    assert!(!o.receipt("aliyun", &ours, Failed, 2).await, "bad news counts only where nobody is being asked");
    assert_eq!(o.state(31).await, "pending");
    assert!(o.receipt("aliyun", &ours, Delivered, 3).await);
    assert_eq!((o.state(31).await.as_str(), o.row(31).await.leased), ("delivered", false));
    assert!(o.claim(Lane::Red, 9, lease(9, 19), 9).await.is_empty(), "nobody sends it again");
}

#[tokio::test]
async fn bad_news_about_our_own_number_counts_where_nobody_knows() {
    let o = Box::open().await;
    o.put(31, address(TEACHER, Channel::Sms, 0, 0), Some(0), NoticeKind::Alarm).await;
    let ours = MessageId::new(uuid(31)).to_string();
    let c = o.claim(Lane::Normal, 0, lease(0, 10), 9).await.remove(0);
    o.said(&c, "aliyun", Outcome::Ambiguous("lost".to_owned()), Unknown, 1).await;
    assert!(!o.receipt("tencent", &ours, Failed, 2).await);
    assert!(o.receipt("aliyun", &ours, Failed, 2).await);
    assert_eq!(o.state(31).await, "failed");
}

#[tokio::test]
async fn a_receipt_leads_to_its_rung() {
    let o = Box::open().await;
    let to = Address { epoch: 4, rung: 2, ..address(TEACHER, Channel::Sms, 0, 0) };
    o.put(31, to, None, NoticeKind::Alarm).await;
    let c = o.one(0).await;
    o.said(&c, "aliyun", taken("biz"), Accepted, 1).await;
    let read = o.storage.read();
    let found = Some((alert(), 4, 2));
    assert_eq!(read.message_of_receipt("aliyun", "biz").await.unwrap(), found);
    assert_eq!(read.message_of_receipt("any", &MessageId::new(uuid(31)).to_string()).await.unwrap(), found);
    assert_eq!(read.message_of_receipt("tencent", "biz").await.unwrap(), None);
}

#[tokio::test]
async fn a_receipt_that_does_not_come_is_asked_for_three_times_and_then_given_up() {
    let o = Box::open().await;
    sent(&o, 31, "biz").await;
    o.red(32, TEACHER, Channel::Mail).await;
    let mail = o.one(0).await;
    o.said(&mail, "aliyun", taken("mail"), Accepted, 1).await;
    let take = async |names: &[&str], now: i64| {
        let mut tx = o.storage.begin().await.unwrap();
        let awaited = tx.take_awaited(names, second(now), 9).await.unwrap();
        tx.commit().await.unwrap();
        awaited
    };
    let has = async |now: i64| o.storage.read().has_awaited(&["aliyun"], second(now)).await.unwrap();
    assert!(!has(60).await && has(61).await);
    assert!(take(&["tencent"], 61).await.is_empty() && take(&["aliyun"], 60).await.is_empty());
    let first = take(&["tencent", "aliyun"], 61).await;
    assert_eq!((first.len(), first[0].attempt, first[0].last), (1, 1, false), "the mail has no receipt");
    assert_eq!((first[0].provider_id.as_str(), first[0].taken_at), ("biz", second(1)));
    assert_eq!(first[0].address.as_deref(), Some("sms of class_teacher"));
    assert_eq!((first[0].alert, first[0].lane, first[0].epoch, first[0].rung), (alert(), Lane::Red, 0, 0));
    assert!(take(&["aliyun"], 180).await.is_empty());
    assert!(!take(&["aliyun"], 181).await[0].last);
    assert!(take(&["aliyun"], 600).await.is_empty());
    let last = take(&["aliyun"], 601).await;
    assert!(last[0].last);
    assert!(take(&["aliyun"], 660).await.is_empty());
    assert!(take(&["aliyun"], 661).await[0].last, "whoever died before it was given up is made up for");
    let mut tx = o.storage.begin().await.unwrap();
    assert!(tx.give_up_receipt(&last[0], second(662)).await.unwrap());
    assert!(!tx.give_up_receipt(&last[0], second(663)).await.unwrap());
    tx.commit().await.unwrap();
    let row = o.row(31).await;
    assert_eq!((row.state.as_str(), row.last_error.as_deref()), ("unknown", Some("no receipt")));
    assert!(!has(9_999).await);
    assert!(o.receipt("aliyun", "biz", Delivered, 700).await, "better late than never");
}

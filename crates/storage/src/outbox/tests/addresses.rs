//! To which of several addresses a message goes.

use super::*;

#[tokio::test]
async fn an_address_that_was_refused_for_a_message_gives_way_to_the_older_one_and_then_to_none() {
    let b = Box::open().await;
    for (n, address) in [(201, "counsellor@s"), (202, "later@s"), (203, "unverified@s"), (204, "class_teacher@s")] {
        b.run("UPDATE contact_method SET id = $1 WHERE address = $2", [uuid(n).into(), address.into()]).await;
    }
    b.red(1, COUNSELLOR, Channel::Mail).await;
    let first = b.one(1).await;
    assert_eq!(first.address.as_deref(), Some("later@s"), "the newest that was verified");
    assert!(b.storage.read().has_another_address(&first).await.unwrap(), "there is an older one");
    b.said(&first, "p", Outcome::BadAddress("no such box".to_owned()), MessageState::Pending, 2).await;
    let older = b.one(3).await;
    assert_eq!(older.address.as_deref(), Some("counsellor@s"));
    assert!(
        !b.storage.read().has_another_address(&older).await.unwrap(),
        "what is not verified is none, nor another's"
    );
    b.said(&older, "p", taken("x"), MessageState::Accepted, 4).await;
    assert!(b.receipt("p", "x", MessageState::Delivered, 5).await);
    assert_eq!((b.reached("counsellor@s").await, b.reached("later@s").await), (Some(5_000_000), None));
}

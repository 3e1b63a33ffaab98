//! Endpoints that fail, go away, move, or send us elsewhere.

use chrono::TimeDelta;
use notifier::{WebhookEndpoint, WebhookSecret};
use serde_json::json;
use tests::fakes::Receiver;
use tests::on_both;

use super::{drain, endpoint, feed, findings, kinds, marks, names, red, secret, told_by_feed};

on_both!(a_message_that_is_not_taken_is_sent_again_later_and_given_up_after_days, |world| {
    let (receiver, feed) = told_by_feed(&world).await;
    receiver.then([500, 302, 500, 429]);
    let _ = red(&world).await;
    assert_eq!(drain(&feed).await, 2);
    assert_eq!(drain(&feed).await, 0, "not at once");
    world.clock.advance(TimeDelta::seconds(7));
    assert_eq!(drain(&feed).await, 2);
    assert_eq!(receiver.take().len(), 4, "nobody was followed elsewhere");
    world.clock.advance(TimeDelta::seconds(7));
    assert_eq!(drain(&feed).await, 0, "the pause grows");
    receiver.then([503; 100]);
    let mut tries = 4;
    for _ in 0..20 {
        world.clock.advance(TimeDelta::hours(15));
        tries += drain(&feed).await;
    }
    assert_eq!(tries, 2 * 13);
    assert_eq!(findings(&world).await, [("webhook_failed".to_owned(), "oa".to_owned())]);
    let _ = receiver.take();
});

on_both!(whoever_says_that_he_is_gone_is_told_no_more_until_his_address_changes, |world| {
    let (receiver, feed) = told_by_feed(&world).await;
    receiver.then([410, 410]);
    let alert = red(&world).await;
    let _ = drain(&feed).await;
    let told = receiver.take().len();
    assert!((1..=2).contains(&told), "{told}");
    assert_eq!(findings(&world).await, [("webhook_gone".to_owned(), "oa".to_owned())]);
    let storage = world.service.post.storage.clone();
    let off = async || names(storage.read().webhooks_off().await.unwrap());
    assert_eq!(off().await, json!(["oa"]));

    marks(&world, &receiver.url).register().await.unwrap();
    assert_eq!(off().await, json!(["oa"]), "a start alone does not bring him back");
    let path = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = world.client("counsellor").await.post(&path, json!({})).await.expect(200);
    world.pass(10).await;
    let _ = world.told();
    assert_eq!((drain(&feed).await, receiver.take().len()), (0, 0));

    let moved = Receiver::start();
    let feed = marks(&world, &moved.url);
    feed.register().await.unwrap();
    assert_eq!(off().await, json!([]));
    let _ = world.client("counsellor").await.post(&path, json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    drain(&feed).await;
    assert_eq!((kinds(&moved.take()), receiver.take().len()), (vec!["alert.taken".to_owned()], 0));
});

on_both!(one_that_is_away_keeps_nobody_else_from_hearing, |world| {
    let receiver = Receiver::start();
    let away = endpoint("away", "http://127.0.0.1:9/hook", &[7]);
    let feed = feed(&world, vec![away, endpoint("oa", &receiver.url, &[8])]).await;
    let _ = red(&world).await;
    assert_eq!(drain(&feed).await, 4);
    assert_eq!(kinds(&receiver.take()), ["alert.opened", "alert.rung_told"]);
    world.clock.advance(TimeDelta::seconds(7));
    assert_eq!(drain(&feed).await, 2, "only the one that was away");

    // Whoever is no longer in the settings is forgotten with all that he was still to hear.
    super::feed(&world, vec![endpoint("oa", &receiver.url, &[8])]).await;
    world.clock.advance(TimeDelta::hours(1));
    assert_eq!((drain(&feed).await, receiver.take().len()), (0, 0));
});

#[test]
fn what_leads_inside_is_refused_before_anything_is_told() {
    let secrets = || vec![WebhookSecret::parse(&secret(7)).unwrap()];
    for url in ["http://oa.example.edu.cn/", "https://10.0.0.5/", "https://169.254.169.254/", "file:///etc/passwd", ""]
    {
        assert!(WebhookEndpoint::new("oa", url, secrets()).is_err(), "{url}");
    }
    assert!(WebhookEndpoint::new("oa", "https://oa.example.edu.cn/", Vec::new()).is_err(), "nothing to sign with");
    let made = WebhookEndpoint::new("oa", "https://oa.example.edu.cn/", secrets()).unwrap();
    assert!(!format!("{made:?}").contains(&secret(7)[10..20]));
}

//! Receipts: pushed, repeated, out of order, made up, and lost.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::secrets::Keys;
use tests::fakes::{Act, Fake, HOOKS, twilio_signature};
use tests::world::{MONDAY, shanghai};
use tests::{World, on_both};

use super::letters::{RUNG, aliyun, all_are, found, message_ids, raise, sms, sms_by, tencent, twilio};

fn hook(provider: &str) -> String {
    format!("/hooks/{provider}/{}", Keys::of(&[7; 32]).hooks)
}

async fn push(world: &World, path: &str, body: Value) -> (StatusCode, Value) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.post(format!("{}{path}", world.base)).json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or_default())
}

async fn push_twilio(world: &World, sid: &str, status: &str, signature: Option<&str>) -> StatusCode {
    let form = [("MessageSid", sid), ("MessageStatus", status), ("To", "+8613711112222")];
    let path = hook("twilio");
    let signed = twilio_signature(&format!("{HOOKS}{path}"), &form);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http.post(format!("{}{path}", world.base)).form(&form);
    let request = request.header("X-Twilio-Signature", signature.unwrap_or(&signed));
    request.send().await.unwrap().status()
}

fn aliyun_report(id: &str, success: bool) -> Value {
    json!({
        "phone_number": "13711112222", "send_time": "2026-11-23 10:00:00", "report_time": "2026-11-23 10:00:05",
        "success": success, "err_code": if success { "DELIVERED" } else { "UNDELIV" }, "err_msg": "", "sms_size": "1",
        "biz_id": "b", "out_id": id,
    })
}

async fn red_by_aliyun(world: &mut World) -> (Fake, String, Vec<String>) {
    let fake = Fake::aliyun();
    let clock = world.clock.clone();
    sms_by(world, vec![aliyun(&fake, clock)]);
    let alert = raise(world, 4).await;
    let ids = message_ids(world, &alert).await.iter().map(ToString::to_string).collect();
    (fake, alert, ids)
}

on_both!(receipts_of_aliyun_say_what_arrived_once_for_all, |world| {
    let (_fake, alert, ids) = red_by_aliyun(&mut world).await;
    let all: Vec<Value> = ids.iter().map(|id| aliyun_report(id, true)).collect();
    for _ in 0..2 {
        let (status, answer) = push(&world, &hook("aliyun"), json!(all)).await;
        assert_eq!((status, answer), (StatusCode::OK, json!({ "code": 0, "msg": "接收成功" })));
    }
    all_are(&sms(&world, &alert).await, "delivered", RUNG);
    let late: Vec<Value> = ids.iter().map(|id| aliyun_report(id, false)).collect();
    let _ = push(&world, &hook("aliyun"), json!(late)).await;
    world.settle().await;
    all_are(&sms(&world, &alert).await, "delivered", RUNG);
    let odd = json!([{ "success": true, "out_id": "msg_unknown" }, { "success": false }]);
    assert_eq!(push(&world, &hook("aliyun"), odd).await.0, StatusCode::OK);
});

on_both!(an_acceptance_that_was_a_lie_counts_as_failed, |world| {
    let (_fake, alert, ids) = red_by_aliyun(&mut world).await;
    all_are(&sms(&world, &alert).await, "accepted", RUNG);
    let _ = push(&world, &hook("aliyun"), json!([aliyun_report(&ids[0], false)])).await;
    world.settle().await;
    let seen = sms(&world, &alert).await;
    assert_eq!(seen.iter().filter(|m| m["state"] == "failed").count(), 1);
    let _ = push(&world, &hook("aliyun"), json!([aliyun_report(&ids[0], true)])).await;
    let seen = sms(&world, &alert).await;
    assert_eq!(seen.iter().filter(|m| m["state"] == "delivered").count(), 1, "out of order: it arrived after all");
});

on_both!(a_receipt_tells_of_a_message_although_the_answer_to_it_was_lost, |world| {
    let fake = Fake::aliyun();
    fake.always(Act::TakeSilently);
    let clock = world.clock.clone();
    sms_by(&mut world, vec![aliyun(&fake, clock)]);
    let alert = raise(&world, 3).await;
    let ids: Vec<String> = message_ids(&world, &alert).await.iter().map(ToString::to_string).collect();
    all_are(&sms(&world, &alert).await, "unknown", ids.len());
    let report: Vec<Value> = ids.iter().enumerate().map(|(n, id)| aliyun_report(id, n > 0)).collect();
    let _ = push(&world, &hook("aliyun"), json!(report)).await;
    let seen = sms(&world, &alert).await;
    let count = |state: &str| seen.iter().filter(|m| m["state"] == state).count();
    assert_eq!((count("failed"), count("delivered")), (1, ids.len() - 1));
    world.settle().await;
});

on_both!(receipts_of_tencent_and_twilio_are_understood, |world| {
    let (t, w) = (Fake::tencent(), Fake::twilio());
    let clock = world.clock.clone();
    sms_by(&mut world, vec![tencent(&t, clock)]);
    let alert = raise(&world, 4).await;
    let all: Vec<Value> = (1..=RUNG)
        .map(|n| json!({ "mobile": "13711112222", "nationcode": "86", "report_status": "SUCCESS", "errmsg": "DELIVRD", "sid": format!("serial-{n}") }))
        .collect();
    let (status, answer) = push(&world, &hook("tencent"), json!(all)).await;
    assert_eq!((status, answer), (StatusCode::OK, json!({ "result": 0, "errmsg": "OK" })));
    all_are(&sms(&world, &alert).await, "delivered", RUNG);

    sms_by(&mut world, vec![twilio(&w)]);
    let _ = world.file("teacher1", world.filing(world.town.student(0, 1, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    assert_eq!(push_twilio(&world, "SM1", "sent", None).await, StatusCode::NO_CONTENT);
    assert_eq!(push_twilio(&world, "SM1", "delivered", None).await, StatusCode::NO_CONTENT);
    assert_eq!(push_twilio(&world, "SM1", "delivered", Some("forged")).await, StatusCode::NOT_FOUND);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_know_the_address_is_not_heard() {
    let world = World::sqlite().await;
    for provider in ["aliyun", "tencent"] {
        let (status, _) = push(&world, &format!("/hooks/{provider}/guessed"), json!([])).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let (status, _) = push(&world, &hook(provider), json!({ "no": "list" })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
}

/// Looks after receipts as often as anything is due.
async fn look(world: &World) -> usize {
    let mut looked = 0;
    loop {
        match notifier::poll_receipts_once(&world.service.post).await.unwrap() {
            0 => return looked,
            some => looked += some,
        }
    }
}

on_both!(a_receipt_that_does_not_come_is_asked_for, |world| {
    let (fake, alert, ids) = red_by_aliyun(&mut world).await;
    assert_eq!(look(&world).await, 0, "not yet");
    world.clock.advance(TimeDelta::minutes(1));
    fake.fate(&ids[0], true);
    fake.fate(&ids[1], false);
    assert_eq!(look(&world).await, RUNG);
    assert_eq!(look(&world).await, 0, "once for each age");
    let seen = sms(&world, &alert).await;
    let count = |state: &str| seen.iter().filter(|m| m["state"] == state).count();
    assert_eq!((count("delivered"), count("failed"), count("accepted")), (1, 1, RUNG - 2));
});

on_both!(twilio_and_tencent_are_asked_by_their_own_numbers, |world| {
    let (t, w) = (Fake::tencent(), Fake::twilio());
    let clock = world.clock.clone();
    sms_by(&mut world, vec![tencent(&t, clock)]);
    let first = raise(&world, 4).await;
    let tencent = world.service.post.channels[0].clone();
    sms_by(&mut world, vec![twilio(&w), tencent]);
    let _ = world.file("teacher1", world.filing(world.town.student(0, 1, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    t.fate_of_all(true);
    w.fate("SM1", true);
    world.clock.advance(TimeDelta::minutes(1));
    assert_eq!(look(&world).await, 2 * RUNG);
    all_are(&sms(&world, &first).await, "delivered", RUNG);
    assert_eq!((w.count("GET Messages"), t.count("PullSmsSendStatusByPhoneNumber")), (RUNG, RUNG));
});

on_both!(a_red_whose_receipts_are_lost_counts_as_not_arrived_and_the_next_rung_is_told, |world| {
    world.mail.then(vec![domain::delivery::Outcome::BadAddress("no such mailbox".into()); RUNG]);
    let fake = Fake::aliyun();
    let clock = world.clock.clone();
    sms_by(&mut world, vec![aliyun(&fake, clock)]);
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    assert_eq!(world.told().len(), 0, "nobody by mail");
    let alert = world.alert_seen_by("counsellor").await;
    for minutes in [1, 3, 10] {
        all_are(&sms(&world, &alert).await, "accepted", RUNG);
        world.clock.set(shanghai(MONDAY) + TimeDelta::minutes(minutes));
        assert_eq!(look(&world).await, RUNG, "at {minutes} minutes");
    }
    all_are(&sms(&world, &alert).await, "unknown", RUNG);
    assert_eq!((fake.count("QuerySendDetails"), look(&world).await), (3 * RUNG, 0));
    assert!(found(&world, "receipt_lost", "aliyun").await);
    assert_eq!(casework::consume_signals(&world.service.desk).await.unwrap(), RUNG);
    assert!(sms(&world, &alert).await.len() > RUNG, "the next rung is told");
    world.settle().await;
    let _ = world.told();
});

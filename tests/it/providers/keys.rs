//! A key pressed in a call: only the one who was called takes it, or passes it on, and only by the right key.

use std::sync::Arc;

use notifier::{AliyunMenu, AliyunVoice, AliyunVoiceSettings, TwilioVoice, TwilioVoiceSettings};
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::secrets::Keys;
use tests::fakes::{Call, Fake, HOOKS, twilio_signature};
use tests::{World, on_both};

use super::letters::{account, templates, twilio_account};

const CALLED: [&str; 3] = ["counsellor", "duty", "vice"];
const WRITTEN: [&str; 6] = ["duty", "teacher", "grade", "counsellor", "vice", "principal"];

/// A red at three in the morning; everybody has been written to, and three are being called by Aliyun.
async fn ringing(world: &mut World) -> Fake {
    let fake = Fake::aliyun();
    let menu = AliyunMenu { taken: "T1".into(), declined: "T2".into(), bye: "T3".into() };
    let settings = AliyunVoiceSettings {
        account: account(&fake, world.clock.clone()),
        show_number: "03935550100".into(),
        templates: templates(),
        menu: Some(menu),
    };
    let voice = Arc::new(AliyunVoice::new(settings).unwrap());
    world.service.post.channels = vec![voice, world.mail.clone(), world.sms.clone()];
    red(world).await;
    fake
}

async fn red(world: &World) {
    world.give_telephones(&CALLED).await;
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&WRITTEN);
}

fn number(world: &World, login: &str) -> String {
    let index = world.town.people.iter().position(|(l, _)| l == login).unwrap();
    (19_900_000_000 + index as u64).to_string()
}

/// The provider's number of the call to somebody, and the call.
fn call_to(world: &World, fake: &Fake, login: &str) -> (String, Call) {
    let number = number(world, login);
    let nth = fake.taken().iter().position(|call| call.to == number).unwrap();
    (format!("biz-{}", nth + 1), fake.taken().remove(nth))
}

/// `VoiceReport`, when the call is over.
fn report(world: &World, fake: &Fake, login: &str, dtmf: &str) -> Value {
    let (id, call) = call_to(world, fake, login);
    json!({
        "call_id": id, "out_id": call.id, "callee": call.to, "caller": "03935550100", "dtmf": dtmf,
        "start_time": "2026-11-24 03:00:10", "end_time": "2026-11-24 03:00:40", "duration": "30",
        "status_code": "200000", "status_msg": "执行完成", "hangup_direction": "机器", "voice_type": "voice",
    })
}

async fn push(world: &World, body: &Value) -> (StatusCode, Value) {
    let path = format!("/hooks/aliyun/{}/keys", Keys::of(&[7; 32]).hooks);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.post(format!("{}{path}", world.base)).json(body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or_default())
}

/// Reports are taken, whatever they say.
async fn pushed(world: &World, body: Value) {
    assert_eq!(push(world, &body).await, (StatusCode::OK, json!({ "code": 0, "msg": "接收成功" })));
    world.settle().await;
}

/// Who did something, by kind of event.
async fn events(world: &World, kind: &str) -> Vec<Value> {
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let seen = world.client("counsellor").await.get(&path).await.expect(200);
    seen.body["events"].as_array().unwrap().iter().filter(|e| e["kind"] == kind).cloned().collect()
}

on_both!(the_first_key_takes_it_once_however_often_it_is_reported, from "2026-11-24 03:00", |world| {
    let fake = ringing(&mut world).await;
    assert_eq!(fake.taken().len(), CALLED.len());
    let one = report(&world, &fake, "counsellor", "1");
    for _ in 0..3 {
        pushed(&world, json!([one])).await;
    }
    let taken = events(&world, "acknowledged").await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0]["by"]["id"], world.town.person("counsellor").to_string());
    world.told_exactly(&["duty", "teacher", "grade", "vice", "principal"]);
    world.at("2026-11-24 03:05").await;
    assert_eq!(fake.taken().len(), CALLED.len(), "the principal is not called any more");
});

on_both!(the_second_key_passes_it_on, from "2026-11-24 03:00", |world| {
    let fake = ringing(&mut world).await;
    pushed(&world, json!([report(&world, &fake, "duty", "2")])).await;
    let declined = events(&world, "declined").await;
    assert_eq!(declined.len(), 1);
    assert_eq!(declined[0]["by"]["id"], world.town.person("duty").to_string());
    assert!(events(&world, "acknowledged").await.is_empty());
});

on_both!(what_does_not_fit_takes_nothing, from "2026-11-24 03:00", |world| {
    let fake = ringing(&mut world).await;
    let right = report(&world, &fake, "counsellor", "1");
    let but = |key: &str, value: Value| {
        let mut one = right.clone();
        one[key] = value;
        one
    };
    let (other, _) = call_to(&world, &fake, "vice");
    let mut bare = right.clone();
    for gone in ["callee", "out_id"] {
        bare.as_object_mut().unwrap().remove(gone);
    }
    let wrong = [
        but("callee", json!(number(&world, "vice"))),
        but("callee", json!("13800000000")),
        but("callee", json!("1990000****")),
        but("out_id", json!("123456789012345")),
        but("call_id", json!("biz-99")),
        but("call_id", json!(other)),
        but("call_id", json!("")),
        but("call_id", json!("biz-1\0")),
        but("dtmf", json!("3")),
        but("dtmf", json!("12")),
        but("dtmf", json!("")),
        but("dtmf", json!(1)),
        bare,
        json!("1"),
    ];
    for one in &wrong {
        pushed(&world, json!([one])).await;
    }
    pushed(&world, json!(wrong)).await;
    pushed(&world, json!([])).await;
    assert!(events(&world, "acknowledged").await.is_empty() && events(&world, "declined").await.is_empty());

    let path = format!("{}/hooks/aliyun/guessed/keys", world.base);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.post(path).json(&json!([right])).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(events(&world, "acknowledged").await.is_empty());

    let all: Vec<Value> = wrong.iter().chain([&right]).cloned().collect();
    pushed(&world, json!(all)).await;
    assert_eq!(events(&world, "acknowledged").await.len(), 1, "and the right one among them does");
    let _ = world.told();
});

on_both!(a_report_during_the_call_is_known_by_our_own_number, from "2026-11-24 03:00", |world| {
    let fake = ringing(&mut world).await;
    let (id, call) = call_to(&world, &fake, "vice");
    let during = json!({
        "call_id": id, "out_id": call.id, "dtmf": "1", "status_code": "300000", "smart_status_code": "ANSWERED",
        "status_time": "2026-11-24 03:00:20",
    });
    pushed(&world, json!([during])).await;
    let taken = events(&world, "acknowledged").await;
    assert_eq!(taken[0]["by"]["id"], world.town.person("vice").to_string());
    pushed(&world, json!([report(&world, &fake, "vice", "1")])).await;
    assert_eq!(events(&world, "acknowledged").await.len(), 1, "the report of its end says it again");
    let _ = world.told();
});

on_both!(a_report_in_the_words_of_the_newer_page_is_understood, from "2026-11-24 03:00", |world| {
    let fake = ringing(&mut world).await;
    let (id, call) = call_to(&world, &fake, "duty");
    let newer = json!({ "call_id": id, "call_time": "2026-11-24 03:00:00", "called_num": call.to, "digits": "1" });
    pushed(&world, newer).await;
    assert_eq!(events(&world, "acknowledged").await[0]["by"]["id"], world.town.person("duty").to_string());
    let _ = world.told();
});

on_both!(a_key_in_a_call_by_twilio_takes_it_or_passes_it_on_and_no_other_key_does, from "2026-11-24 03:00", |world| {
    let fake = Fake::twilio();
    let path = format!("/hooks/twilio/{}/keys", Keys::of(&[7; 32]).hooks);
    let settings = TwilioVoiceSettings { account: twilio_account(&fake), keys: Some(format!("{HOOKS}{path}")) };
    let voice = Arc::new(TwilioVoice::new(settings).unwrap());
    world.service.post.channels = vec![voice, world.mail.clone(), world.sms.clone()];
    red(&world).await;
    let press = async |login: &str, digit: &str, signed: bool| {
        let to = format!("+86{}", number(&world, login));
        let call = fake.taken().into_iter().find(|call| call.to == to).unwrap();
        let message = call.fields["Twiml"].split("message=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (form, at) = ([("CallSid", "CA1"), ("Digits", digit), ("To", &to)], format!("{path}?message={message}"));
        let signature = twilio_signature(&format!("{HOOKS}{at}"), &form);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = http.post(format!("{}{at}", world.base)).form(&form);
        let request = request.header("X-Twilio-Signature", if signed { &signature } else { "forged" });
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    assert_eq!(press("counsellor", "1", false).await.0, StatusCode::NOT_FOUND);
    assert!(press("counsellor", "3", true).await.1.contains("没有听清"));
    assert!(events(&world, "acknowledged").await.is_empty());
    assert!(press("duty", "2", true).await.1.contains("会通知下一位"));
    assert_eq!(events(&world, "declined").await.len(), 1);
    for _ in 0..2 {
        assert!(press("counsellor", "1", true).await.1.contains("已记下"));
    }
    assert!(press("vice", "1", true).await.1.contains("已有同事接手"));
    let taken = events(&world, "acknowledged").await;
    assert_eq!((taken.len(), &taken[0]["by"]["id"]), (1, &json!(world.town.person("counsellor").to_string())));
    world.settle().await;
    let _ = world.told();
});

on_both!(a_call_of_a_turn_that_is_over_answers_nothing_and_says_so, from "2026-11-24 03:00", |world| {
    let fake = ringing(&mut world).await;
    let one = report(&world, &fake, "counsellor", "1");
    pushed(&world, json!([one])).await;
    let _ = world.told();
    world.at("2026-11-24 03:10").await;
    let _ = world.told();
    pushed(&world, json!([one])).await;
    assert_eq!(events(&world, "acknowledged").await.len(), 1, "what is reported again after ten minutes is the same key");
    world.told_exactly(&[]);
});

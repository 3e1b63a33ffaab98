//! The report of a drill: its figures are those of the clock.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::delivery::{Channel as Carries, Outcome};
use notifier::Memory;
use serde_json::{Value, json};
use tests::{World, on_both};

use super::{SCHOOL, act, custody, plain, seen, start, told_of_a_drill};

fn person<'a>(report: &'a Value, world: &World, login: &str) -> &'a Value {
    let id = world.town.person(login).to_string();
    let people = report["rungs"][0]["people"].as_array().unwrap();
    people.iter().find(|p| p["person"]["id"] == id).unwrap()
}

fn message<'a>(person: &'a Value, channel: &str) -> &'a Value {
    person["messages"].as_array().unwrap().iter().find(|m| m["channel"] == channel).unwrap()
}

on_both!(the_report_says_what_the_clock_says, |world| {
    let body = json!({ "note": "开学例行演练", "district": true });
    let id = world.client("principal").await.post("/api/v1/drills", body).await.expect(201).str("id");
    world.clock.advance(TimeDelta::seconds(4));
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
    world.clock.advance(TimeDelta::seconds(56));
    let counsellor = &world.service.desk;
    let sms = seen(&world, "principal", &id).await.expect(200);
    assert_eq!(message(person(&sms.body["report"], &world, "vice"), "sms")["state"], "accepted");
    let outbox = messages_of(&world, &id).await;
    let mine = outbox.iter().find(|(login, channel, _)| login == "counsellor" && channel == "sms").unwrap();
    casework::record_receipt(counsellor, "memory", &mine.2, true).await.unwrap();
    let lost = outbox.iter().find(|(login, channel, _)| login == "vice" && channel == "sms").unwrap();
    casework::record_receipt(counsellor, "memory", &lost.2, false).await.unwrap();
    world.clock.advance(TimeDelta::seconds(30));
    let _ = act(&world, "vice", &id, "decline").await.expect(200);
    world.clock.advance(TimeDelta::minutes(10));
    world.settle().await;
    told_of_a_drill(&world, &["district"]);
    let _ = act(&world, "counsellor", &id, "acknowledge").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &["vice", "principal", "district"]);
    world.clock.advance(TimeDelta::minutes(2));
    let done = custody(&world, "counsellor", &id).await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal", "district"]);

    let report = &done.body["report"];
    let figures = json!({
        "first_accepted_s": 4, "first_answer_s": 90, "taken_s": 690, "custody_s": 810,
        "told": 4, "answered": 2, "failed": 1, "unreceipted": 2,
    });
    assert_eq!(report["figures"], figures);
    assert_eq!(report["silent"], json!(["校长principal", "区教育局district"]));
    let rungs = report["rungs"].as_array().unwrap();
    assert_eq!(rungs.len(), 2);
    assert_eq!((rungs[0]["tier"].clone(), rungs[1]["tier"].clone()), (json!("school"), json!("district")));
    let c = person(report, &world, "counsellor");
    assert_eq!(c["office"], "心理教师");
    assert_eq!(message(c, "sms")["delivered_at"], "2026-11-23T02:01:00Z");
    assert_eq!(message(c, "sms")["accepted_at"], "2026-11-23T02:00:04Z");
    assert_eq!(message(c, "mail")["delivered_at"], Value::Null);
    let kinds: Vec<&str> = c["answers"].as_array().unwrap().iter().map(|a| a["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["acknowledged", "custody"]);
    assert_eq!(message(person(report, &world, "vice"), "sms")["state"], "failed");
    assert_eq!(person(report, &world, "vice")["answers"][0]["kind"], "declined");

    let listed = world.client("vice").await.get("/api/v1/drills").await.expect(200).items();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["figures"], figures, "so that drills can be held against each other");
    assert_eq!(listed[0]["ended"]["how"], "custody");
});

/// Login, channel and provider's number of every alarm of a drill.
async fn messages_of(world: &World, id: &str) -> Vec<(String, String, String)> {
    use sea_orm::ConnectionTrait;
    let db = tests::database::behind(&world.target).await;
    let sql = "SELECT p.login, m.channel, m.provider_id FROM outbox m JOIN person p ON p.id = m.person_id \
               WHERE m.kind = 'alarm' AND m.lane = 'drill' AND m.provider_id IS NOT NULL";
    let _ = id;
    let rows = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql.to_owned()));
    let text = |r: &sea_orm::QueryResult, i| r.try_get_by_index::<String>(i).unwrap();
    rows.await.unwrap().iter().map(|r| (text(r, 0), text(r, 1), text(r, 2))).collect()
}

/// A provider that has no text for drills.
struct Speechless(Memory);

#[async_trait::async_trait]
impl notifier::Channel for Speechless {
    fn name(&self) -> &'static str {
        "speechless"
    }

    fn carries(&self) -> Carries {
        Carries::Sms
    }

    fn carries_drills(&self) -> bool {
        false
    }

    async fn send(&self, letter: &notifier::Letter) -> Outcome {
        self.0.send(letter).await
    }
}

on_both!(where_there_is_no_text_for_drills_nothing_is_sent_and_the_report_says_so, |world| {
    let silent = Arc::new(Speechless(Memory::new(Carries::Sms)));
    world.service.post.channels = vec![world.mail.clone(), silent.clone(), world.voice.clone()];
    let id = start(&world, plain()).await;
    let letters = told_of_a_drill(&world, &SCHOOL);
    assert!(letters.iter().all(|l| l.to.contains('@')), "by mail alone: {letters:#?}");
    assert!(silent.0.take().is_empty(), "and no real text was taken in its place");
    let report = seen(&world, "counsellor", &id).await.expect(200).body["report"].clone();
    let sms = message(person(&report, &world, "vice"), "sms").clone();
    assert_eq!(
        (sms["state"].as_str(), sms["error"].as_str()),
        (Some("failed"), Some("no provider of this channel has a text for drills"),)
    );
    assert_eq!(report["figures"]["failed"], 3);
    let open = world.service.desk.storage.read().findings_to_page(world.service.desk.real_now()).await.unwrap();
    assert!(open.is_empty(), "{open:?}");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
});

on_both!(a_rung_that_nobody_can_be_reached_on_is_passed_and_reported, |world| {
    let storage = &world.service.desk.storage;
    let mut tx = storage.begin().await.unwrap();
    for login in SCHOOL {
        for method in storage.read().contact_methods(world.town.person(login)).await.unwrap() {
            tx.remove_contact(method.id).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let id = start(&world, plain()).await;
    world.told_exactly(&[]);
    let report = seen(&world, "principal", &id).await.expect(200).body["report"].clone();
    assert_eq!(report["findings"], json!(["empty_rung", "nobody_reachable"]));
    assert_eq!(report["figures"]["told"], 0);
});

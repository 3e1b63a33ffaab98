//! An adult is with the child around the clock, or everybody hears that nobody is.

use serde_json::{Value, json};
use tests::{Browser, Client, World, on_both};

use super::at;

/// A red that the counsellor knows of; everybody who was told has read it.
async fn red(world: &World) -> String {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await)
}

fn shift(adult: &str, since: &str, until: &str) -> Value {
    json!({ "adult": adult, "since": at(since), "until": at(until), "where": "心理咨询室" })
}

async fn assess(client: &Client, path: &str) {
    let tag = client.get(path).await.expect(200).etag.unwrap();
    let body = json!({ "level": 4, "reason": "面谈后平稳", "means_asked": true });
    let _ = client.with("If-Match", &tag).post(&format!("{path}/assess"), body).await.expect(200);
}

on_both!(a_watch_that_nobody_takes_over_alarms_at_once_and_again_until_somebody_does, |world| {
    let path = red(&world).await;
    let watch = format!("{path}/watch");
    let counsellor = world.client("counsellor").await;
    let begun = counsellor.post(&watch, shift("周老师", "2026-11-23 10:00", "2026-11-23 12:00")).await.expect(201);
    assert_eq!(begun.items()[0]["lapsed"], false);
    assess(&counsellor, &path).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "vice", "principal"]);
    let everybody = ["teacher", "grade", "counsellor", "vice", "principal", "district", "duty"];
    world.silent_until("2026-11-23 12:00", &everybody).await;
    let found = counsellor.get(&watch).await.expect(200);
    assert_eq!(found.items()[0]["lapsed"], true);
    // Somebody who takes it is not somebody who is there.
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    world.at("2026-11-23 12:10").await;
    let again = world.told();
    assert!(again.contains("duty") && again.contains("vice"), "{again:?}");
    world.at("2026-11-23 12:20").await;
    let again = world.told();
    assert!(again.contains("duty") && again.contains("vice"), "{again:?}");

    let mut next = shift("", "2026-11-23 12:20", "2026-11-23 16:20");
    next["person"] = json!(world.town.person("nurse"));
    let taken = counsellor.post(&watch, next).await.expect(201);
    assert_eq!(taken.items()[0]["lapsed"], false);
    world.settle().await;
    let _ = world.told();
    assess(&counsellor, &path).await;
    world.settle().await;
    let _ = world.told();
    world.at("2026-11-23 16:19").await;
    world.told_exactly(&[]);
    let file = format!("/api/v1/students/{}/growth-file?kind=watch", world.town.student(0, 0, 0));
    let texts: Vec<String> = counsellor.get(&file).await.expect(200).body["entries"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(texts.len(), 3, "{texts:#?}");
    assert!(texts[0].contains("在此之前无人接班，自：2026-11-23 12:00"), "{}", texts[0]);
    assert!(texts[1].contains("到时无人接班"), "{}", texts[1]);
});

on_both!(a_child_is_handed_over_in_person_and_by_name_to_another_adult, |world| {
    let path = red(&world).await;
    let watch = format!("{path}/watch");
    let teacher = world.client("teacher").await;
    for (adult, code) in [("赵一然", "a_pupil"), ("赵 一然", "a_pupil"), ("赵一然同学", "a_pupil")] {
        let refused = teacher.post(&watch, shift(adult, "2026-11-23 10:00", "2026-11-23 12:00")).await.expect(422);
        assert_eq!(refused.faults(), [("adult".to_owned(), code.to_owned())], "{adult}");
    }
    let mut child = shift("", "2026-11-23 10:00", "2026-11-23 15:00");
    child["person"] = json!(world.town.person("monitor"));
    let refused = teacher.post(&watch, child).await.expect(422);
    let faults: Vec<String> = refused.faults().into_iter().map(|(_, code)| code).collect();
    assert_eq!(faults, ["too_long", "not_an_adult"]);
    let keyed = teacher.with("Idempotency-Key", "one");
    for _ in 0..2 {
        let begun = keyed.post(&watch, shift("周老师", "2026-11-23 10:00", "2026-11-23 12:00")).await.expect(201);
        assert_eq!(begun.items()[0]["shifts"].as_array().unwrap().len(), 1);
    }
    world.settle().await;
    let _ = world.told();
    world.at("2026-11-23 10:30").await;
    let mut next = shift("吴老师", "2026-11-23 10:30", "2026-11-23 14:00");
    let refused = teacher.post(&watch, next.clone()).await.expect(422);
    assert_eq!(refused.fields(), ["handed_over_by", "in_person"]);
    (next["handed_over_by"], next["in_person"]) = (json!("郑老师"), json!(true));
    assert_eq!(teacher.post(&watch, next.clone()).await.expect(422).faults()[0].1, "another_adult");
    next["handed_over_by"] = json!("周老师");
    let taken = teacher.post(&watch, next).await.expect(201);
    assert_eq!(taken.items()[0]["shifts"][1]["adult"], "吴老师");
    world.at("2026-11-23 10:59").await;
    world.told_exactly(&[]);
    for stranger in ["teacher1", "nurse", "teacher-b", "district", "admin", "monitor"] {
        let _ = world.client(stranger).await.get(&watch).await.expect(404);
    }
    let _ = world.told();
    let _ = teacher
        .post(
            &format!("{watch}/end"),
            json!({ "how": "guardian", "to": "母亲张某", "in_person": true,
        "reason": "家长接回" }),
        )
        .await
        .expect(200);
    world.at("2026-11-23 14:30").await;
    let late = world.letters();
    assert!(late.iter().all(|l| l.words.kind != domain::notice::NoticeKind::WatchLapsed), "{late:#?}");
});

on_both!(a_watch_ends_by_a_signature_and_never_by_a_clock_or_a_close, |world| {
    let path = red(&world).await;
    let watch = format!("{path}/watch");
    let counsellor = world.client("counsellor").await;
    let none = counsellor
        .post(
            &format!("{watch}/end"),
            json!({ "how": "hospital", "to": "急诊", "in_person": true,
        "reason": "送医" }),
        )
        .await
        .expect(409);
    assert_eq!(none.code(), "no_watch");
    let _ = counsellor.post(&watch, shift("周老师", "2026-11-23 10:00", "2026-11-23 14:00")).await.expect(201);
    let end = json!({ "how": "reassessed", "reason": "两次面谈平稳" });
    let _ = world.client("teacher").await.post(&format!("{watch}/end"), end.clone()).await.expect(403);
    let early = counsellor.post(&format!("{watch}/end"), end.clone()).await.expect(422);
    assert_eq!(early.faults(), [("how".to_owned(), "not_assessed".to_owned())]);
    world.pass(1).await;
    assess(&counsellor, &path).await;
    let tag = counsellor.get(&path).await.expect(200).etag.unwrap();
    let close = json!({ "outcome": "resolved", "reason": "平稳", "evidence": ["student_seen"] });
    let refused = counsellor.with("If-Match", &tag).post(&format!("{path}/close"), close).await.expect(409);
    assert_eq!(refused.code(), "watch_running");
    let ended = counsellor.post(&format!("{watch}/end"), end).await.expect(200);
    assert_eq!(ended.items()[0]["ended_how"], "reassessed");
    world.settle().await;
    let _ = world.told();
    world.at("2026-11-23 14:01").await;
    world.told_exactly(&[]);
});

on_both!(a_watch_is_kept_by_pages, |world| {
    let path = red(&world).await;
    let page_of = path.replace("/api/v1", "");
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let alert = browser.get(&page_of).await;
    assert!(alert.html.contains(&format!("{page_of}/watch")), "{}", alert.html);
    let form = browser.get(&format!("{page_of}/watch")).await;
    assert!(form.html.contains("专人监护不会到点自动结束") && form.html.contains("赵一然"), "{}", form.html);
    let bad = browser.post(&form, &format!("{page_of}/watch"), &[("adult", "赵一然"), ("where", "寝室")]).await;
    assert!(bad.status == 422 && bad.html.contains("陪护的必须是大人") && bad.html.contains("寝室"), "{}", bad.html);
    let good = [("adult", "周老师"), ("where", "寝室"), ("since", "2026-11-23T10:00"), ("until", "2026-11-23T11:00")];
    let _ = browser.post_twice(&form, &format!("{page_of}/watch"), &good).await;
    world.settle().await;
    let _ = world.told();
    let form = browser.get(&format!("{page_of}/watch")).await;
    assert_eq!(form.html.matches("周老师 · ").count(), 1, "sent twice, kept once: {}", form.html);
    assert!(form.html.contains("现在：周老师") && form.html.contains("谁当面交给您的"), "{}", form.html);
    world.at("2026-11-23 11:00").await;
    let _ = world.told();
    let form = browser.get(&format!("{page_of}/watch")).await;
    assert!(form.html.contains("现在没有大人接班"), "{}", form.html);
    let end = format!("{page_of}/watch/end");
    let form = browser.get(&end).await;
    assert_eq!(browser.post(&form, &end, &[("how", "hospital")]).await.status, 422);
    let good = [("how", "hospital"), ("to", "县医院急诊"), ("in_person", "true"), ("reason", "送医")];
    assert_eq!(browser.post(&form, &end, &good).await.status, 303);
    world.settle().await;
    let _ = world.told();
});

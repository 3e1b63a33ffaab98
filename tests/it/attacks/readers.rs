//! Readers inside the school who read more than is theirs.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use tests::{Browser, World, on_both};

const REASON: &str = "面谈记录：学生说起家里的事";

on_both!(why_a_lowering_is_proposed_is_for_those_who_decide, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let counsellor = world.client("counsellor").await;
    let version = counsellor.get(&path).await.expect(200).etag.unwrap();
    let lower = json!({ "level": 2, "reason": REASON, "means_asked": true });
    let _ = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), lower).await.expect(202);
    world.settle().await;
    let _ = world.told();
    for (login, reads) in [
        ("teacher", false),
        ("grade", false),
        ("duty", false),
        ("counsellor", true),
        ("vice", true),
        ("principal", true),
    ] {
        let shown = world.client(login).await.get(&path).await.expect(200);
        assert_eq!(shown.body["proposal"]["reason"].as_str(), reads.then_some(REASON), "{login}");
        assert_eq!(shown.text.contains(REASON), reads, "{login}");
        let page = Browser::sign_in(&world.base, login).await.get(path.trim_start_matches("/api/v1")).await.expect(200);
        assert_eq!((page.says(REASON), page.says("如需了解，请联系心理老师")), (reads, !reads), "{login}");
    }
});

on_both!(a_message_that_waits_is_not_sent_to_somebody_left_out_since, from "2026-11-23 22:40", |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    world.told_exactly(&[]);
    let alert = world.alert_seen_by("counsellor").await.parse().unwrap();
    let left_out: BTreeSet<_> = [world.town.person("counsellor")].into();
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.exclude_from_alert(alert, &left_out, world.service.desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    world.at("2026-11-24 06:31").await;
    world.told_exactly(&["teacher"]);
});

#[tokio::test(flavor = "multi_thread")]
async fn name_and_seat_before_a_red_are_not_shown_without_an_audit_line() {
    let world = World::sqlite().await;
    let (student, sign) = (world.town.student(0, 0, 0).to_string(), tests::sign(4));
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get("/observations/new").await.expect(200);
    let fields = [
        ("idempotency_key", "k"),
        ("student", student.as_str()),
        ("sign", sign.as_str()),
        ("urgency", "danger"),
        ("safe_now", "yes"),
        ("where_now", "school"),
        ("observed_at", "2026-11-23T09:58"),
        ("step", "send"),
    ];
    let file = world.scratch().join("test.db");
    let other = Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.unwrap();
    other.execute_unprepared("ALTER TABLE audit RENAME TO out_of_reach").await.unwrap();
    let page = teacher.post(&form, "/observations", &fields).await.expect(503);
    assert!(!page.says("1排1座"), "{}", page.html);
    other.execute_unprepared("ALTER TABLE out_of_reach RENAME TO audit").await.unwrap();
    let page = teacher.post(&form, "/observations", &fields).await.expect(200);
    assert!(page.says("1排1座"), "{}", page.html);
}

on_both!(custody_is_of_today, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let path = format!("/api/v1/alerts/{}/custody", world.alert_seen_by("counsellor").await);
    let counsellor = world.client("counsellor").await;
    for (since, code) in [
        ("2026-11-22T09:59:00+08:00", Some("too_long_ago")),
        ("2025-11-23T10:00:00+08:00", Some("too_long_ago")),
        ("2026-11-23T10:03:00+08:00", Some("in_the_future")),
        ("2026-11-23T10:01:00+08:00", None),
    ] {
        let body = json!({ "adult": "周老师", "since": since, "where": "办公室" });
        let answer = counsellor.post(&path, body).await;
        match code {
            Some(code) => assert_eq!(answer.expect(422).body["errors"][0]["code"], code, "{since}"),
            None => assert_eq!(answer.expect(201).str("since"), "2026-11-23T02:00:00Z", "nothing lies ahead"),
        }
    }
    world.settle().await;
    let _ = world.told();
});

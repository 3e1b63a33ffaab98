//! The duty roster.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{at, nobody_on_duty, unreachable_teacher};

const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];

fn path(world: &World) -> String {
    format!("/api/v1/schools/{}/duty", world.town.schools[0].id)
}

fn turn(world: &World, login: &str, from: &str, to: &str) -> Value {
    json!({ "person": world.town.person(login), "from": at(from), "to": at(to) })
}

fn gaps(answer: &tests::Answer) -> Vec<(String, String)> {
    let gaps = answer.body["gaps"].as_array().unwrap().iter();
    gaps.map(|g| (g["from"].as_str().unwrap().to_owned(), g["to"].as_str().unwrap().to_owned())).collect()
}

on_both!(the_vice_principal_sets_who_is_on_duty_and_sees_what_is_missing, |world| {
    nobody_on_duty(&world).await;
    let (vice, path) = (world.client("vice").await, path(&world));
    let seen = vice.get(&path).await.expect(200);
    assert!(seen.items().is_empty());
    // Monday: eight week nights and two weekends, each in one piece with the nights around it.
    assert_eq!(gaps(&seen).len(), 11, "{}", seen.text);

    let night = turn(&world, "nurse", "2026-11-23 22:00", "2026-11-24 06:30");
    let set = vice.with("Idempotency-Key", "a").post(&path, night.clone()).await.expect(201);
    assert_eq!(vice.with("Idempotency-Key", "a").post(&path, night.clone()).await.expect(201).body, set.body);
    assert_eq!(vice.post(&path, night).await.expect(409).code(), "already_exists");
    // Overlaps are allowed; half a night is still a gap for the other half.
    let _ = vice.post(&path, turn(&world, "dorm", "2026-11-23 23:00", "2026-11-24 01:00")).await.expect(201);
    let _ = vice.post(&path, turn(&world, "dorm", "2026-11-24 22:00", "2026-11-25 02:00")).await.expect(201);
    let seen = vice.get(&format!("{path}?to=2026-11-25T10:00:00Z")).await.expect(200);
    assert_eq!(seen.items().len(), 3);
    assert_eq!(gaps(&seen)[1..], [("2026-11-24T18:00:00Z".to_owned(), "2026-11-24T22:30:00Z".to_owned())]);

    let teacher = world.client("teacher").await;
    assert_eq!(teacher.get(&path).await.expect(200).items().len(), 11 - 8);
    let remove = format!("{path}/{}", set.str("id"));
    let _ = teacher.delete(&remove).await.expect(403);
    let _ = vice.delete(&remove).await.expect(204);
    let _ = vice.delete(&remove).await.expect(404);
    world.at("2026-11-23 23:30").await;
    let begun = vice.get(&path).await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(vice.delete(&format!("{path}/{begun}")).await.expect(409).code(), "already_begun");
});

on_both!(a_turn_names_every_fault_at_once, |world| {
    let (vice, path) = (world.client("vice").await, path(&world));
    let empty = vice.post(&path, json!({})).await.expect(422);
    assert_eq!(empty.fields(), ["from", "to", "person"]);
    let foreign = turn(&world, "nurse-b", "2026-11-20 22:00", "2026-11-21 06:00");
    let wrong = vice.post(&path, foreign).await.expect(422);
    let codes: Vec<&str> =
        wrong.body["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["in_the_past", "unknown_person"]);
    for nobody in ["monitor", "district", "admin"] {
        let body = turn(&world, nobody, "2026-11-24 22:00", "2026-11-25 06:00");
        assert_eq!(vice.post(&path, body).await.expect(422).fields(), ["person"], "{nobody}");
    }
    let _ = unreachable_teacher(&world).await;
    let people = world.service.desk.storage.read().staff_of(world.town.schools[0].id, world.service.desk.now()).await;
    let newcomer = people.unwrap().into_iter().find(|p| p.login == "newcomer").unwrap().id;
    let body = json!({ "person": newcomer, "from": at("2026-11-24 22:00"), "to": at("2026-11-25 06:00") });
    assert!(vice.post(&path, body).await.expect(422).text.contains("no_telephone"));
});

on_both!(whoever_is_on_duty_by_the_roster_is_told_by_night_and_the_next_one_when_his_turn_begins, |world| {
    nobody_on_duty(&world).await;
    let (vice, path) = (world.client("vice").await, path(&world));
    let _ = vice.post(&path, turn(&world, "nurse", "2026-11-23 22:00", "2026-11-24 00:05")).await.expect(201);
    let _ = vice.post(&path, turn(&world, "dorm", "2026-11-24 00:05", "2026-11-24 06:30")).await.expect(201);
    world.at("2026-11-24 00:00").await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&[&SCHOOL[..], &["nurse"]].concat());
    // The SMS of the night is repeated at 00:03; at 00:05 the turn changes, and the new duty leader hears of it alone.
    world.at("2026-11-24 00:04").await;
    let _ = world.told();
    world.at("2026-11-24 00:05").await;
    world.told_exactly(&["dorm"]);
});

on_both!(the_roster_is_a_page_that_works_without_script, |world| {
    nobody_on_duty(&world).await;
    let vice = Browser::sign_in(&world.base, "vice").await;
    let page = vice.get("/duty").await.expect(200);
    assert!(page.says("无人值班") && page.says("22:00–24:00") && page.says("休息日"), "{}", page.html);
    let nurse = world.town.person("nurse").to_string();
    let fields = [("person", nurse.as_str()), ("from", "2026-11-23T22:00"), ("to", "2026-11-23T21:00")];
    let wrong = vice.post(&page, "/duty", &fields).await.expect(422);
    assert!(wrong.says("结束必须晚于开始") && wrong.says("value=\"2026-11-23T22:00\""), "{}", wrong.html);
    let fields = [("person", nurse.as_str()), ("from", "2026-11-23T22:00"), ("to", "2026-12-08T00:00")];
    assert_eq!(vice.post(&page, "/duty", &fields).await.leads_to(), "/duty");
    let page = vice.get("/duty").await.expect(200);
    assert!(page.says("都有人值班") && !page.says("无人值班 "), "{}", page.html);

    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let read = teacher.get("/duty").await.expect(200);
    assert!(read.says("校医nurse") && !read.says("安排值班"), "{}", read.html);
    assert!(teacher.get("/").await.says("/duty"));
    let remove = page.html.split("/duty/dut_").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let remove = format!("/duty/dut_{remove}/remove");
    let _ = teacher.post(&read, &remove, &[]).await.expect(403);
    assert_eq!(vice.post(&page, &remove, &[]).await.leads_to(), "/duty");
    assert!(vice.get("/duty").await.says("无人值班"));
});

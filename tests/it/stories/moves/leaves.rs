//! Out of the service: nothing is closed by it.

use domain::id::StudentId;
use serde_json::{Value, json};
use tests::on_both;

use super::{LIST, accept, alert, send, sent, with};

fn leaving(student: StudentId) -> Value {
    json!({ "students": [student], "kind": "leaving", "effective_on": "2026-11-23", "nothing_to_hand_over": true })
}

on_both!(with_an_orange_open_it_takes_two_a_receiver_outside_and_a_call, |world| {
    let student = world.town.student(0, 0, 0);
    let path = alert(&world, student, 3).await;
    let refused = send(&world, "counsellor", leaving(student)).await.expect(422);
    let mut fields = refused.fields();
    fields.sort();
    assert_eq!(fields, ["students[0].alert", "to.outside", "told_to"]);
    let mut body = with(leaving(student), &["alert"]);
    body["to"] = json!({ "outside": "市六中林老师" });
    body["told_to"] = json!("林老师");
    body["told_by_telephone_at"] = json!(world.service.desk.now());
    let _ = send(&world, "teacher", body.clone()).await.expect(403);
    let sent = send(&world, "counsellor", body).await.expect(201);
    let item = &sent.body["items"][0];
    assert_eq!(item["state"], "waiting");
    let here = format!("{LIST}/{}", item["id"].as_str().unwrap());
    world.settle().await;
    world.told_exactly(&["vice"]);
    assert_eq!(world.client("teacher").await.get("/api/v1/students?q=赵一然").await.expect(200).items().len(), 1);
    let _ = accept(&world, "counsellor", &here).await.expect(403);
    let _ = accept(&world, "teacher", &here).await.expect(403);
    let _ = accept(&world, "vice", &here).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    assert!(world.client("teacher").await.get("/api/v1/students?q=赵一然").await.expect(200).items().is_empty());
    // Nothing is closed: it climbs until somebody decides.
    let open = world.client("vice").await.get(&path).await.expect(200);
    assert_eq!(open.str("state"), "untriaged");
    world.pass(60).await;
    world.told_exactly(&["vice"]);
});

on_both!(with_nothing_open_it_takes_two_as_well, |world| {
    let student = world.town.student(0, 0, 1);
    let mut early = leaving(student);
    early["effective_on"] = json!("2026-11-30");
    assert_eq!(send(&world, "counsellor", early).await.expect(422).fields(), ["effective_on"]);
    let sent = send(&world, "counsellor", leaving(student)).await.expect(201);
    assert_eq!(sent.body["items"][0]["state"], "waiting");
    let here = format!("{LIST}/{}", sent.body["items"][0]["id"].as_str().unwrap());
    world.settle().await;
    world.told_exactly(&["vice"]);
    let there = async || world.client("teacher").await.get("/api/v1/students?q=赵二鸣").await.expect(200).items().len();
    assert_eq!(there().await, 1, "nothing has moved");
    let _ = accept(&world, "counsellor", &here).await.expect(403);
    let _ = accept(&world, "vice", &here).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
    assert_eq!(there().await, 0);
    let file =
        world.client("counsellor").await.get(&format!("/api/v1/students/{student}/growth-file")).await.expect(200);
    assert!(file.text.contains("离校"), "{}", file.text);
});

on_both!(a_leaving_looks_the_same_to_whom_an_alert_is_hidden_from, |world| {
    let (hidden, plain) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let mut body = world.filing(hidden, 4);
    body["involved_staff"] = json!([world.town.person("counsellor")]);
    let _ = world.file("dorm", body).await;
    world.settle().await;
    let _ = world.told();
    let mut seen = Vec::new();
    for student in [hidden, plain] {
        let sent = send(&world, "counsellor", leaving(student)).await.expect(201);
        let mut item = sent.body["items"][0].clone();
        for own in ["id", "student"] {
            let _ = item.as_object_mut().unwrap().remove(own);
        }
        world.settle().await;
        seen.push((item, world.told()));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].0["state"], "waiting");
});

on_both!(where_nobody_else_signs_a_colleague_does, |world| {
    let desk = &world.service.desk;
    let mut tx = desk.storage.begin().await.unwrap();
    for login in ["vice", "principal"] {
        for (position, _) in tx.read().unwrap().positions_of(world.town.person(login), desk.now()).await.unwrap() {
            tx.cut_position(&position, desk.now()).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    world.pass(1).await;
    let here = sent(&world, "counsellor", leaving(world.town.student(0, 0, 1))).await;
    world.told_exactly(&["grade"]);
    let _ = accept(&world, "counsellor", &here).await.expect(403);
    let _ = accept(&world, "grade1", &here).await.expect(404);
    let _ = accept(&world, "grade", &here).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
});

on_both!(whoever_is_no_confidant_learns_nothing_by_sending_a_child_out, |world| {
    let desk = &world.service.desk;
    let mut tx = desk.storage.begin().await.unwrap();
    for login in ["counsellor", "vice"] {
        for (position, _) in tx.read().unwrap().positions_of(world.town.person(login), desk.now()).await.unwrap() {
            tx.cut_position(&position, desk.now()).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    world.pass(1).await;
    let student = world.town.student(0, 0, 0);
    let mut body = world.filing(student, 2);
    body["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("dorm", body).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    // The principal sends where the school has no counsellor; of what is the district's he is asked nothing.
    let sent = send(&world, "principal", leaving(student)).await.expect(201);
    assert_eq!(sent.body["items"][0]["state"], "waiting");
    world.settle().await;
    world.told_exactly(&["grade"]);
});

//! Another class of the same school: class teacher to class teacher.

use serde_json::json;
use tests::on_both;

use super::{LIST, accept, alert, change, opens, send, sent, with};

on_both!(what_cannot_be_sent_is_told_with_every_reason_at_once, |world| {
    let (class, nowhere) = (world.town.schools[0].classes[1].id, uuid::Uuid::from_u128(7));
    let mut body = change(world.town.student(0, 0, 0), class);
    body["students"] = json!([world.town.student(0, 0, 0), uuid::Uuid::from_u128(8)]);
    body["to"] = json!({ "class": nowhere });
    assert_eq!(send(&world, "teacher", body.clone()).await.expect(422).fields(), ["students[1]", "to"]);
    body["effective_on"] = json!("soon");
    assert_eq!(send(&world, "teacher", body).await.expect(422).fields(), ["students[1]", "to", "effective_on"]);
});

on_both!(a_student_is_the_senders_until_the_receiver_has_accepted, |world| {
    let student = world.town.student(0, 0, 0);
    let seen = world.file("teacher", world.filing(student, 1)).await;
    world.settle().await;
    world.told_exactly(&["teacher"]);
    let to = world.town.schools[0].classes[1].id;
    let open = world.client("teacher").await.get(&format!("/api/v1/students/{student}/open-matters")).await.expect(200);
    assert_eq!(open.body["items"][0], json!({ "kind": "alert", "count": 1, "level": 1 }));
    let refused = send(&world, "teacher", change(student, to)).await.expect(422);
    assert_eq!(refused.faults(), [("students[0].alert".to_owned(), "something_is_open".to_owned())]);
    let path = sent(&world, "teacher", with(change(student, to), &["alert"])).await;
    let told = world.letters();
    assert!(
        told.iter().all(|l| l.text.contains("1份工作交接等您办理") && world.login_of(&l.to) == "teacher1"),
        "{told:#?}"
    );
    assert_eq!(told.len(), 2);
    // It waits: name, class, and what is needed to answer; nothing of the file.
    let receiver = world.client("teacher1").await;
    let mine = receiver.get(&format!("{LIST}?mine=true")).await.expect(200).items();
    assert_eq!(
        (mine.len(), mine[0]["student"]["name"].as_str(), &mine[0]["open_matters"]),
        (1, Some("赵一然"), &json!(null))
    );
    assert_eq!((&mine[0]["may_answer"], &mine[0]["may_withdraw"]), (&json!(true), &json!(false)));
    assert!(receiver.get("/api/v1/alerts").await.expect(200).items().is_empty());
    opens(&world, student, &["teacher", "grade", "counsellor"], &["teacher1", "teacher2", "nurse"]).await;
    let entry = json!({ "kind": "life_event", "event": "move", "at": "2026-11-20", "text": "搬家" });
    let _ = world
        .client("teacher")
        .await
        .post(&format!("/api/v1/students/{student}/growth-file/entries"), entry)
        .await
        .expect(201);
    let again = send(&world, "counsellor", with(change(student, to), &["alert"])).await.expect(409);
    assert_eq!(again.code(), "student_hand_over_waits");
    for other in ["teacher2", "teacher-b", "counsellor-b", "nurse", "admin", "district", "monitor"] {
        let client = world.client(other).await;
        let _ = client.get(&path).await.expect(404);
        let _ = client.post(&format!("{path}/accept"), json!({})).await.expect(404);
        assert!(client.get(LIST).await.expect(200).items().is_empty(), "{other}");
    }
    let _ = accept(&world, "teacher", &path).await.expect(403);
    // From acceptance on he is the receiver's; what the sender filed himself stays his to read.
    let done = accept(&world, "teacher1", &path).await.expect(200);
    assert_eq!((done.str("state"), &done.body["open_matters"]), ("accepted".to_owned(), &json!(["alert"])));
    opens(&world, student, &["teacher1", "grade", "counsellor"], &["teacher"]).await;
    let _ = world.client("teacher").await.get(&format!("/api/v1/observations/{seen}")).await.expect(200);
    world.settle().await;
    // The ladder is taken anew: the blue is the new teacher's. The sender hears that it was answered, and no more.
    let told = world.letters();
    for l in &told {
        let answered = l.text.contains("1份工作交接已有答复");
        assert_eq!(world.login_of(&l.to), if answered { "teacher" } else { "teacher1" }, "{l:#?}");
    }
    assert_eq!(told.len(), 4);
    assert!(world.client("teacher").await.get("/api/v1/alerts").await.expect(200).items().is_empty());
    let _ = world.alert_seen_by("teacher1").await;
    assert_eq!(accept(&world, "teacher1", &path).await.expect(200).str("state"), "accepted", "twice is once");
    world.settle().await;
    world.told_exactly(&[]);
    // Unanswered, it climbs where the student is now.
    world.at("2026-11-26 10:00").await;
    let heard = world.told();
    assert!(heard.contains("grade") && !heard.contains("teacher"), "{heard:?}");
});

on_both!(what_somebody_had_in_hand_is_the_receivers, |world| {
    let student = world.town.student(0, 0, 0);
    let path = alert(&world, student, 3).await;
    let _ = world.client("teacher").await.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let to = world.town.schools[0].classes[1].id;
    let move_path = sent(&world, "teacher", with(change(student, to), &["alert"])).await;
    world.told_exactly(&["teacher1"]);
    let before = world.client("counsellor").await.get(&path).await.expect(200);
    let _ = accept(&world, "teacher1", &move_path).await.expect(200);
    let after = world.client("counsellor").await.get(&path).await.expect(200);
    assert_eq!(after.body["owner"]["id"], world.town.person("teacher1").to_string());
    assert_eq!(after.str("deadline_at"), before.str("deadline_at"));
    assert_eq!(after.str("state"), "acknowledged");
    let _ = world.client("teacher").await.get(&path).await.expect(404);
    let _ = world.client("teacher1").await.get(&path).await.expect(200);
    world.settle().await;
    world.told_exactly(&["teacher"]);
});

on_both!(everything_wrong_with_a_hand_over_is_said_at_once, |world| {
    let bad = json!({ "students": ["stu_1", world.town.student(1, 0, 0)], "kind": "moving", "to": {}, "effective_on": "morgen" });
    let refused = send(&world, "teacher", bad).await.expect(422);
    let mut fields = refused.fields();
    fields.sort();
    assert_eq!(fields, ["effective_on", "kind", "open_matters", "students[0]", "students[1]"]);
    let (student, other) = (world.town.student(0, 0, 0), world.town.student(1, 0, 0));
    let stranger = send(&world, "teacher", change(other, world.town.schools[1].classes[1].id)).await.expect(422);
    assert!(stranger.faults().contains(&("students[0]".to_owned(), "unknown_student".to_owned())), "{}", stranger.text);
    for to in [world.town.schools[1].classes[0].id, world.town.schools[0].classes[0].id] {
        let refused = send(&world, "counsellor", change(student, to)).await.expect(422);
        assert_eq!(refused.faults(), [("to".to_owned(), "cannot_go_there".to_owned())]);
    }
    // Between schools it is counsellor to counsellor.
    let mut away = change(student, world.town.schools[1].classes[0].id);
    away["kind"] = json!("transfer");
    let _ = send(&world, "teacher", away.clone()).await.expect(403);
    let _ = send(&world, "nurse", away).await.expect(404);
    let keyed = world.client("teacher").await.with("Idempotency-Key", "one");
    let body = change(student, world.town.schools[0].classes[1].id);
    let first = keyed.post(LIST, body.clone()).await.expect(201).body["items"][0]["id"].clone();
    assert_eq!(keyed.post(LIST, body).await.expect(201).body["items"][0]["id"], first);
    world.settle().await;
    world.told_exactly(&["teacher1"]);
});

on_both!(a_whole_class_passes_on_in_one_message, |world| {
    let students = world.town.schools[0].classes[0].students.clone();
    let mut body = change(students[0], world.town.schools[0].classes[1].id);
    body["students"] = json!(students);
    let sent = send(&world, "teacher", body).await.expect(201);
    assert_eq!(sent.body["items"].as_array().unwrap().len(), 4);
    world.settle().await;
    let told = world.letters();
    assert!(told.len() == 2 && told.iter().all(|l| l.text.contains("4份工作交接等您办理")), "{told:#?}");
});

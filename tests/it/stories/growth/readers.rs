//! Whoever answers for a child sees who has opened his file.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

fn path(world: &World) -> String {
    format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0))
}

/// Who, and what: the newest first.
fn seen(items: &[Value]) -> Vec<(String, String)> {
    let word = |v: &Value| v.as_str().unwrap().to_owned();
    items.iter().map(|i| (word(&i["positions"][0]["role"]), word(&i["what"]))).collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

on_both!(whoever_signs_about_a_child_sees_who_has_opened_his_file, |world| {
    let file = path(&world);
    let readers = format!("{file}/readers");
    let teacher = world.client("teacher").await;
    let note = json!({ "kind": "life_event", "event": "move", "at": "2026-09-01", "text": "搬家" });
    let entry = teacher.post(&format!("{file}/entries"), note).await.expect(201).str("id");
    world.pass(1).await;
    let _ = teacher.get(&file).await.expect(200);
    world.pass(1).await;
    let _ = teacher.get(&format!("{file}/entries/{entry}")).await.expect(200);
    world.pass(1).await;
    let printed = world.client("counsellor").await.download(&format!("{file}.pdf")).await;
    assert_eq!(printed.status, 200);
    world.pass(1).await;
    // Lists in which the child stands, and another child's file, are not here.
    let _ = teacher.get("/api/v1/students?limit=200").await.expect(200);
    let other = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 1));
    let _ = teacher.get(&other).await.expect(200);

    let vice = world.client("vice").await;
    let found = vice.get(&readers).await.expect(200);
    let wanted = owned(&[("counsellor", "print"), ("class_teacher", "entry"), ("class_teacher", "read")]);
    assert_eq!(seen(&found.items()), wanted, "{}", found.text);
    assert_eq!(found.items()[1]["person"]["id"], world.town.person("teacher").to_string());
    assert!(!found.text.contains("搬家") && !found.text.contains(&entry), "{}", found.text);
    let first = vice.get(&format!("{readers}?limit=2")).await.expect(200);
    assert_eq!(seen(&first.items()), wanted[..2]);
    let next = vice.get(&format!("{readers}?limit=2&cursor={}", first.str("next_cursor"))).await.expect(200);
    assert_eq!((seen(&next.items()), next.body["next_cursor"].clone()), (wanted[2..].to_vec(), Value::Null));
    assert_eq!(vice.get(&format!("{readers}?limit=0&cursor=x")).await.expect(422).fields(), ["cursor", "limit"]);
    for (who, status) in [("teacher", 403), ("admin", 404), ("counsellor-b", 404), ("nurse", 404)] {
        let _ = world.client(who).await.get(&readers).await.expect(status);
    }

    // Whoever has left is named by the office that he held then.
    world.pass(1).await;
    let desk = &world.service.desk;
    let held = desk.storage.read().actor(world.town.person("teacher"), desk.now()).await.unwrap();
    let mut tx = desk.storage.begin().await.unwrap();
    tx.end_position(held.positions[0].0.id, desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(seen(&vice.get(&readers).await.expect(200).items()), wanted);
    let _ = world.told();
});

on_both!(who_opened_the_file_at_the_former_school_is_sealed_with_it, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = world.client("counsellor").await.get(&path(&world)).await.expect(200);
    let transfer = json!({ "students": [student], "kind": "transfer", "to": { "school": world.town.schools[1].id },
        "effective_on": "2026-11-25", "nothing_to_hand_over": true });
    let sent = world.client("counsellor").await.post("/api/v1/student-hand-overs", transfer).await.expect(201);
    world.pass(1).await;
    let receiver = world.client("counsellor-b").await;
    let accept = format!("/api/v1/student-hand-overs/{}/accept", sent.body["items"][0]["id"].as_str().unwrap());
    let _ = receiver.post(&accept, json!({ "class": world.town.schools[1].classes[1].id })).await.expect(200);
    world.pass(1).await;
    let _ = receiver.get(&path(&world)).await.expect(200);
    let readers = format!("{}/readers", path(&world));
    let seen = receiver.get(&readers).await.expect(200);
    assert!(!seen.text.contains(&world.town.person("counsellor").to_string()), "{}", seen.text);
    assert_eq!(seen.items().len(), 1, "{}", seen.text);
    let unseal = format!("/api/v1/students/{student}/unseal");
    let _ = receiver.post(&unseal, json!({ "purpose": "了解以往", "signed": true })).await.expect(201);
    let open = receiver.get(&readers).await.expect(200);
    assert!(open.text.contains(&world.town.person("counsellor").to_string()), "{}", open.text);
    world.settle().await;
    let _ = world.told();
});

on_both!(the_file_says_that_reading_is_recorded_and_leads_to_who_has_read, |world| {
    let student = world.town.student(0, 0, 0);
    let page = format!("/students/{student}/growth-file");
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let seen = teacher.get(&page).await.expect(200);
    assert!(seen.says("查看档案会留下记录") && !seen.says("谁看过这份档案"), "{}", seen.html);
    let _ = teacher.get(&format!("{page}/readers")).await.expect(403);
    let principal = Browser::sign_in(&world.base, "principal").await;
    let opened = principal.get(&page).await.expect(200);
    assert!(opened.html.contains(&format!("href=\"{page}/readers\"")), "{}", opened.html);
    let readers = principal.get(&format!("{page}/readers")).await.expect(200);
    assert!(readers.says("预警的查看") && readers.says("不在此列"), "{}", readers.html);
    assert!(readers.says("校长 ·") && readers.says("班主任 ·") && readers.says("查看档案"), "{}", readers.html);
    let english = principal.get(&format!("{page}/readers?lang=en")).await.expect(200);
    assert!(english.says("Who has opened this file") && english.says("read the file"), "{}", english.html);
});

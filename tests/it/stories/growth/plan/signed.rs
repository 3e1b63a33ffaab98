//! Who signs a plan, and who sees what of it.

use serde_json::json;
use tests::on_both;

use super::super::{file, items};
use super::{measures, plan, plan_of, sign};

on_both!(a_plan_is_signed_and_each_sees_what_is_his_to_do_and_nothing_else, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.get(&plan_of(student)).await.expect(404);
    let kept = counsellor.post(&plan_of(student), plan(&world, 2, "睡不好")).await.expect(201);
    assert_eq!((kept.body["version"].as_u64(), kept.etag.as_deref()), (Some(1), Some("\"1\"")));
    // Before it is signed nobody has anything to do.
    assert!(measures(&world, "teacher", "").await.is_empty());
    assert_eq!(file(&world, "teacher", student, "").await["plan"], json!(null));
    let signed = sign(&counsellor, student, 1).await.expect(200);
    assert_eq!((&signed.body["signed"], signed.body["signatures"].as_array().unwrap().len()), (&json!(true), 1));
    assert_eq!(sign(&counsellor, student, 1).await.expect(409).code(), "already_signed");
    let mine = measures(&world, "teacher", "").await;
    assert_eq!((mine.len(), &mine[0]["measure"]["text"]), (1, &json!("每周谈一次")));
    let dorm = measures(&world, "dorm", "?mine=true").await;
    assert_eq!((dorm.len(), &dorm[0]["student"]["name"]), (1, &json!("赵一然")));
    assert_eq!(measures(&world, "vice", "").await.len(), 2);
    assert!(measures(&world, "vice", "?mine=true").await.is_empty());
    for login in ["grade", "principal", "nurse", "counsellor-b", "admin"] {
        assert!(measures(&world, login, "").await.is_empty(), "{login}");
    }
    // In the file the teacher has his measure, and not a word of the rest.
    let read = file(&world, "teacher", student, "").await;
    assert_eq!(read["plan"].as_object().unwrap().keys().collect::<Vec<_>>(), ["measures"]);
    assert_eq!(read["plan"]["measures"].as_array().unwrap().len(), 1);
    for secret in ["睡不好", "父母在外地", "熄灯后", "能睡够", "忌日"] {
        assert!(!read.to_string().contains(secret), "{secret}");
    }
    assert!(items(&read).is_empty(), "the file does not tell of a plan either");
    let _ = world.client("teacher").await.get(&plan_of(student)).await.expect(404);
    assert_eq!(file(&world, "grade", student, "").await["plan"], json!(null));
    let whole = file(&world, "principal", student, "").await["plan"].clone();
    assert_eq!(
        (&whole["version"], &whole["signed"], &whole["review_at"]),
        (&json!(1), &json!(true), &json!("2026-12-15"))
    );
    assert_eq!((whole["goals"][0]["text"].clone(), whole["measures"].as_array().unwrap().len()), (json!("能睡够"), 2));
    world.settle().await;
    assert!(world.letters().is_empty());
});

on_both!(orange_is_signed_by_its_writer_and_then_by_a_vice_principal_who_is_somebody_else, |world| {
    let student = world.town.student(0, 0, 0);
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let _ = counsellor.post(&plan_of(student), plan(&world, 3, "反复说不想活")).await.expect(201);
    assert_eq!(sign(&vice, student, 1).await.expect(409).code(), "writer_signs_first");
    let half = sign(&counsellor, student, 1).await.expect(200);
    assert_eq!(half.body["signed"], false);
    assert!(measures(&world, "teacher", "").await.is_empty(), "half signed is not in force");
    let _ = sign(&counsellor, student, 1).await.expect(409);
    let _ = sign(&world.client("principal").await, student, 1).await.expect(403);
    for login in ["teacher", "grade", "counsellor-b", "admin"] {
        let _ = sign(&world.client(login).await, student, 1).await.expect(404);
    }
    let whole = sign(&vice, student, 1).await.expect(200);
    assert_eq!(whole.body["signed"], true);
    let names: Vec<_> = whole.body["signatures"].as_array().unwrap().iter().map(|s| s["by"]["name"].clone()).collect();
    assert_eq!(names, ["心理教师counsellor", "德育副校长vice"]);
    assert_eq!(measures(&world, "teacher", "").await.len(), 1);
    // What a vice-principal wrote, no vice-principal signs twice: the principal is the second.
    let body = plan(&world, 3, "副校长写的一版");
    let _ = vice.with("If-Match", "\"1\"").post(&plan_of(student), body).await.expect(201);
    let _ = sign(&vice, student, 2).await.expect(200);
    assert_eq!(sign(&vice, student, 2).await.expect(409).code(), "already_signed");
    assert_eq!(sign(&counsellor, student, 1).await.expect(409).code(), "plan_superseded");
    let _ = sign(&counsellor, student, 2).await.expect(403);
    // Until the second has signed, the version before is carried out.
    assert_eq!(measures(&world, "teacher", "").await.len(), 1);
    let _ = sign(&world.client("principal").await, student, 2).await.expect(200);
    let _ = sign(&counsellor, student, 3).await.expect(404);
});

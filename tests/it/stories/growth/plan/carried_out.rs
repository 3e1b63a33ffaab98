//! Measures are carried out, and looked for when nobody speaks of them.

use serde_json::json;
use tests::{Browser, World, on_both};

use super::super::{file, items};
use super::{measures, plan, plan_of, sign};

on_both!(a_measure_that_nobody_speaks_of_falls_overdue_and_its_owner_alone_ends_it, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&plan_of(student), plan(&world, 2, "睡不好")).await.expect(201);
    let _ = sign(&counsellor, student, 1).await.expect(200);
    let id = measures(&world, "teacher", "").await[0]["measure"]["id"].as_str().unwrap().to_owned();
    let path = format!("{}/measures/{id}/progress", plan_of(student));
    let overdue = async |world: &World, login: &str| measures(world, login, "").await[0]["measure"]["overdue"].clone();
    let mut world = world;
    world.at("2026-11-30 23:00").await;
    assert_eq!(overdue(&world, "teacher").await, false);
    world.at("2026-12-01 08:00").await;
    assert_eq!(overdue(&world, "teacher").await, true, "a week without a word");
    assert_eq!(overdue(&world, "dorm").await, false, "what is monthly has time");
    let word = json!({ "text": "谈了二十分钟", "done": false });
    let teacher = world.client("teacher").await;
    assert_eq!(teacher.post(&path, json!({})).await.expect(422).fields(), ["text"]);
    let _ = world.client("dorm").await.post(&path, word.clone()).await.expect(404);
    let _ = counsellor.post(&path, word.clone()).await.expect(403);
    let _ = teacher.post(&path, word).await.expect(201);
    assert_eq!(overdue(&world, "teacher").await, false);
    world.at("2027-01-01 08:00").await;
    let late = measures(&world, "vice", "").await;
    assert!(late.iter().all(|m| m["measure"]["overdue"] == true), "the last day is over: {late:?}");
    let _ = teacher.post(&path, json!({ "text": "已连续三周睡够", "done": true })).await.expect(201);
    assert_eq!(measures(&world, "teacher", "").await[0]["measure"]["done"], true);
    assert_eq!(overdue(&world, "teacher").await, false);
    assert_eq!(teacher.post(&path, json!({ "text": "再写" })).await.expect(409).code(), "already_ended");
    let read = counsellor.get(&plan_of(student)).await.expect(200);
    assert_eq!(read.body["progress"].as_array().unwrap().len(), 2);
    assert!(items(&file(&world, "teacher", student, "").await).is_empty());
});

on_both!(a_plan_is_written_and_signed_by_hand, |world| {
    let student = world.town.student(0, 0, 0);
    let here = format!("/students/{student}/plan");
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let form = browser.get(&here).await.expect(200);
    assert!(form.says("还没有方案"));
    let (teacher, counsellor) = (world.town.person("teacher").to_string(), world.town.person("counsellor").to_string());
    let wrong = browser.post(&form, &here, &[("problem", "睡<不>好"), ("measure0_text", "谈一次")]).await.expect(422);
    assert!(wrong.says("睡&#60;不&#62;好") && wrong.says("measure0_owner-error") && wrong.says("responsible-error"));
    let fields = [
        ("base", "0"),
        ("problem", "睡不好"),
        ("level", "2"),
        ("causes_family", "父母在外地"),
        ("goal0_text", "能睡够"),
        ("goal0_check", "一周八小时"),
        ("measure0_text", "每周谈一次"),
        ("measure0_owner", teacher.as_str()),
        ("measure0_times", "1"),
        ("measure0_per", "week"),
        ("measure0_until", "2026-12-31"),
        ("review_at", "2026-12-15"),
        ("responsible", counsellor.as_str()),
    ];
    assert_eq!(browser.post(&form, &here, &fields).await.leads_to(), here);
    let page = browser.get(&here).await.expect(200);
    assert!(page.says("还没有签齐") && page.says("能睡够"));
    let late = browser.post(&page, &here, &fields).await.expect(412);
    assert!(late.says("刚才有人先写了新的一版"));
    let _ = browser.post(&page, &format!("{here}/1/sign"), &[]).await.leads_to();
    assert!(browser.get(&here).await.expect(200).says("签字齐全"));
    let hands = Browser::sign_in(&world.base, "teacher").await;
    let mine = hands.get("/measures").await.expect(200);
    assert!(mine.says("每周谈一次") && mine.says("赵*然") && !mine.says("能睡够"));
    let id = measures(&world, "teacher", "").await[0]["measure"]["id"].as_str().unwrap().to_owned();
    let to = format!("{here}/measures/{id}/progress");
    let none = hands.post(&mine, &to, &[]).await.expect(422);
    assert!(none.says(&format!("{id}-text-error")));
    assert_eq!(hands.post(&mine, &to, &[("text", "谈过了"), ("done", "yes")]).await.leads_to(), "/measures");
    assert!(hands.get("/measures").await.expect(200).says("已完成"));
    assert!(browser.get(&here).await.expect(200).says("谈过了"));
    let file = hands.get(&format!("/students/{student}/growth-file")).await.expect(200);
    assert!(file.says("每周谈一次") && !file.says("能睡够") && !file.says(&format!("\"{here}\"")));
    let _ = hands.get(&here).await.expect(404);
});

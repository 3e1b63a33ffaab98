//! Who reads a screening: the counsellor. Whoever has the child in class learns nothing, whoever leads the school that it exists.

use serde_json::json;
use tests::{Browser, Client, World, on_both};

use super::{enters, owed, path, sitting, talks};

const SECRET: [&str; 6] = ["PHQ", "phq-a", "提不起劲", "总分", "关键条目", "screening"];

/// What somebody is answered about the file of the first student.
async fn answers(world: &World, (client, browser): (&Client, &Browser)) -> Vec<String> {
    let student = world.town.student(0, 0, 0);
    let mut out = Vec::new();
    for query in ["", "?kind=screening", "?q=PHQ", "?q=27"] {
        out.push(client.get(&format!("/api/v1/students/{student}/growth-file{query}")).await.expect(200).text);
        out.push(browser.get(&format!("/students/{student}/growth-file{query}")).await.expect(200).html);
    }
    out.push(client.get("/api/v1/tasks").await.expect(200).text);
    out.push(client.get("/api/v1/alerts").await.expect(200).text);
    out
}

on_both!(a_class_teacher_reads_the_file_and_learns_nothing, |world| {
    let mut before = Vec::new();
    for login in ["teacher", "grade"] {
        let who = (world.client(login).await, Browser::sign_in(&world.base, login).await);
        before.push((login, answers(&world, (&who.0, &who.1)).await, who));
    }
    let first = enters(&world, sitting(19, 2)).await;
    let _ = enters(&world, sitting(27, 0)).await;
    world.told_exactly(&[]);
    for (login, was, (client, browser)) in before {
        assert_eq!(answers(&world, (&client, &browser)).await, was, "{login}");
        let entry = format!("/api/v1/students/{}/growth-file/entries/{}", world.town.student(0, 0, 0), first.str("id"));
        let _ = client.get(&entry).await.expect(404);
        let _ = client.post(&path(&world), sitting(1, 0)).await.expect(403);
        let page = format!("/students/{}/care/screening", world.town.student(0, 0, 0));
        let _ = browser.get(&page).await.expect(403);
    }
    for login in ["nurse", "teacher1", "counsellor-b", "district", "admin"] {
        let _ = world.client(login).await.post(&path(&world), sitting(1, 0)).await.expect(404);
    }
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(whoever_leads_the_school_knows_of_it_and_reads_none_of_it, |world| {
    let _ = enters(&world, sitting(19, 2)).await;
    let student = world.town.student(0, 0, 0);
    for login in ["vice", "principal"] {
        let file = world.client(login).await.get(&format!("/api/v1/students/{student}/growth-file")).await.expect(200);
        let entry = &file.body["entries"]["items"][0];
        assert_eq!((&entry["kind"], &entry["text"]), (&json!("screening"), &json!(null)));
        let page = Browser::sign_in(&world.base, login).await.get(&format!("/students/{student}/growth-file")).await;
        let tasks = world.client(login).await.get("/api/v1/tasks").await.expect(200).text;
        for word in &SECRET[..5] {
            assert!(!file.text.contains(word) && !page.says(word) && !tasks.contains(word), "{login}: {word}");
        }
        let _ = world.client(login).await.post(&path(&world), sitting(1, 0)).await.expect(403);
    }
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(the_counsellor_finds_it_with_everything_that_followed, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = enters(&world, sitting(19, 2)).await;
    let mut invalid = sitting(27, 0);
    invalid["validity"] = json!("invalid");
    let _ = enters(&world, invalid).await;
    let file = format!("/api/v1/students/{student}/growth-file");
    let counsellor = world.client("counsellor").await;
    for query in ["?kind=screening", "?q=提不起劲", "?q=phq-a"] {
        let found = counsellor.get(&format!("{file}{query}")).await.expect(200);
        let items = found.body["entries"]["items"].as_array().unwrap().clone();
        let texts: Vec<&str> = items.iter().map(|e| e["text"].as_str().unwrap()).collect();
        assert_eq!(texts.len(), 2, "{query}: {}", found.text);
        let said = texts.iter().find(|t| t.contains("今天离校前访谈")).unwrap();
        for word in [
            "青少年版患者健康问卷（PHQ-A） · 2002 版",
            "总分：19（0–27）",
            "关键条目：2（第 9 题，最高 3）",
            "有效性：有效",
            "解读：睡眠和食欲不好",
            "后续：今天离校前访谈（期限 2026-11-23 17:30）",
        ] {
            assert!(said.contains(word), "{word}: {said}");
        }
        let invalid = texts.iter().find(|t| t.contains("待重测")).unwrap();
        assert!(invalid.contains("总分：27（0–27），不计") && !invalid.contains("后续"), "{invalid}");
    }
    let english = counsellor.with("Accept-Language", "en").get(&file).await.expect(200).text;
    for word in ["Raw score: 19 (0–27)", "Critical item: 2 (item 9, 3 at most)", "invalid, to be taken again"] {
        assert!(english.contains(word), "{word}: {english}");
    }
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&format!("/students/{student}/growth-file")).await;
    assert!(page.says("总分：19（0–27）") && page.says("/care/screening"), "{}", page.html);
    let paper = counsellor.download(&format!("{file}.pdf?kind=screening")).await.expect(200).says(world.scratch());
    assert!(paper.contains("PHQ-A") && paper.contains("总分：19"), "{paper}");
    let paper = world.client("vice").await.download(&format!("{file}.pdf")).await.expect(200).says(world.scratch());
    assert!(!paper.contains("PHQ-A") && !paper.contains("总分"), "{paper}");
    talks(&world, "2026-11-23 10:00").await;
});

on_both!(the_interview_goes_to_whoever_can_hold_it_and_to_nobody_else, |world| {
    let _ = enters(&world, sitting(19, 2)).await;
    let id = owed(&world, "counsellor").await.pop().unwrap()["id"].as_str().unwrap().to_owned();
    let hand_on = format!("/api/v1/tasks/{id}/hand-on");
    for other in ["teacher", "nurse", "vice"] {
        let body = json!({ "to": world.town.person(other), "reason": "我今天不在" });
        let refused = world.client("counsellor").await.post(&hand_on, body).await.expect(422);
        assert_eq!(refused.faults(), [("to".to_owned(), "cannot_have_it".to_owned())], "{other}");
    }
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&format!("/tasks/{id}")).await.expect(200);
    assert!(page.says("/care/interview") && !page.says("name=\"note\""), "{}", page.html);
    talks(&world, "2026-11-23 10:00").await;
});

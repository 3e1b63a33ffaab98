//! The same by pages.

use tests::{Browser, on_both};

use super::assessed;

on_both!(a_leave_is_followed_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let page = format!("/students/{student}/leave");
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    assert!(counsellor.get(&format!("/students/{student}/growth-file")).await.says(&format!("href=\"{page}\"")));
    let empty = counsellor.get(&page).await.expect(200);
    let form = format!("{page}/begin");
    assert!(empty.says(&format!("href=\"{form}\"")), "{}", empty.html);
    let shown = counsellor.get(&form).await.expect(200);
    let keeper = world.town.person("teacher").to_string();
    let wrong = counsellor.post(&shown, &form, &[("from", "2026-11-23"), ("every_days", "90")]).await.expect(422);
    assert!(wrong.says("href=\"#reason\"") && wrong.says("href=\"#every_days\"") && wrong.says("value=\"2026-11-23\""));
    let good = [
        ("from", "2026-11-23"),
        ("reason", "health"),
        ("paper_seen", "true"),
        ("keeper", &keeper),
        ("every_days", "7"),
    ];
    let next = counsellor.post_twice(&shown, &form, &good).await;
    let story = counsellor.get(&next).await.expect(200);
    assert!(story.says("休学中") && story.says("健康原因") && story.says(&format!("{page}/return")), "{}", story.html);
    world.settle().await;
    world.told_exactly(&["teacher"]);

    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let seen = teacher.get(&page).await.expect(200);
    assert!(seen.says("休学中") && !seen.says("健康原因") && !seen.says(&format!("{page}/return")), "{}", seen.html);
    let _ = teacher.get(&format!("{page}/return")).await.expect(403);
    // The task leads here, and is not ended by saying so.
    let tasks = teacher.get("/tasks").await.expect(200);
    let href = tasks.html.split_once("href=\"/tasks/tsk_").unwrap().1.split('"').next().unwrap().to_owned();
    let task = teacher.get(&format!("/tasks/tsk_{href}")).await.expect(200);
    assert!(task.says(&format!("href=\"{page}\"")) && !task.says("name=\"note\""), "{}", task.html);
    let form = format!("{page}/contact");
    let shown = teacher.get(&form).await.expect(200);
    let fields = [("at", "2026-11-23T09:30"), ("reached", "true"), ("text", "在家休息")];
    let next = teacher.post_twice(&shown, &form, &fields).await;
    assert_eq!(teacher.get(&next).await.expect(200).html.matches("在家休息").count(), 1, "sent twice, kept once");

    let form = format!("{page}/return");
    let shown = counsellor.get(&form).await.expect(200);
    let grade = world.town.person("grade").to_string();
    let fields = [("applied_by", "母亲"), ("from", "2026-12-07"), ("reviewer", grade.as_str())];
    let _ = counsellor.post(&shown, &form, &fields).await.leads_to();
    let grade = Browser::sign_in(&world.base, "grade").await;
    let form = format!("{page}/review");
    let shown = grade.get(&form).await.expect(200);
    let missing = grade.post(&shown, &form, &[("paper1", "true")]).await.expect(422);
    assert!(missing.says("href=\"#paper2\"") && missing.says("href=\"#assessor\""), "{}", missing.html);
    world.settle().await;
    world.told_exactly(&["grade"]);
});

on_both!(the_decision_and_its_stages_are_typed_and_signed_on_pages, |world| {
    let leave = assessed(&world).await;
    let page = format!("/students/{}/leave", world.town.student(0, 0, 0));
    let (counsellor, vice) =
        (Browser::sign_in(&world.base, "counsellor").await, Browser::sign_in(&world.base, "vice").await);
    let form = format!("{page}/decision");
    let shown = counsellor.get(&form).await.expect(200);
    let (signer, owner) = (world.town.person("vice").to_string(), world.town.person("teacher").to_string());
    let mut fields = vec![("verdict", "granted"), ("reason", "稳定"), ("signer", signer.as_str())];
    let bare = counsellor.post(&shown, &form, &fields).await.expect(422);
    assert!(bare.says("href=\"#s1_from\""), "{}", bare.html);
    fields.extend([("s1_from", "2026-12-07"), ("s1_until", "2026-12-11"), ("s1_hours", "3"), ("s1_with", "母亲")]);
    fields.extend([("s1_watch", "课间"), ("s1_owner", owner.as_str())]);
    let _ = counsellor.post(&shown, &form, &fields).await.leads_to();
    let form = format!("{page}/sign");
    let shown = vice.get(&form).await.expect(200);
    assert!(shown.says("稳定") && shown.says("name=\"decision\"") && !shown.says("睡眠恢复"), "{}", shown.html);
    let id = shown.html.split_once("name=\"decision\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let next = vice.post_twice(&shown, &form, &[("decision", &id), ("agrees", "true")]).await;
    assert!(vice.get(&next).await.expect(200).says("分阶段复学中"));
    world.settle().await;
    // The vice-principal signed before anybody had to ask him.
    world.told_exactly(&["teacher"]);
    assert!(!leave.is_empty());
});

//! The page of weekly reports, as people use it.

use domain::id::PositionId;
use domain::org::Unit;
use domain::staff::{Position, Role};
use tests::{Browser, on_both};

use super::at;

on_both!(a_teacher_files_on_one_screen_and_loses_nothing_that_was_typed, |world| {
    let child = world.town.student(0, 0, 0);
    let class = world.town.schools[0].classes[0].id.to_string();
    at(&mut world, "2026-11-26 15:00").await;
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let page = teacher.get("/reports").await;
    assert!(page.html.contains("赵一然") && page.html.contains("待提交"), "{}", page.html);
    assert!(!page.html.contains("各班情况"), "a class teacher adds to nobody's week");

    let (mood, since, note) = (format!("mood-{child}"), format!("since-{child}"), format!("note-{child}"));
    let typed = [
        ("class", class.as_str()),
        ("week", "2026-11-23"),
        ("version", "0"),
        (&mood, "rain"),
        (&note, "总是趴在桌上"),
        ("remarks", "期中考试周"),
    ];
    let wrong = teacher.post(&page, "/reports", &typed).await;
    assert_eq!(wrong.status, 422);
    for kept in ["请签名确认后提交", "请填写情绪低落从哪天开始", "总是趴在桌上", "期中考试周"]
    {
        assert!(wrong.html.contains(kept), "{kept}: {}", wrong.html);
    }
    let mut right = typed.to_vec();
    right.extend([(since.as_str(), "2026-11-24"), ("signed", "yes")]);
    assert_eq!(teacher.post(&wrong, "/reports", &right).await.status, 303);
    let page = teacher.get("/reports?week=2026-11-23&done=yes").await;
    assert!(page.html.contains("已提交") && page.html.contains("提交更正"), "{}", page.html);

    // A second window still has the form from before: it is told, and changes nothing.
    let stale = teacher.post(&page, "/reports", &right).await;
    assert_eq!(stale.status, 422);
    // Both stand there: what was filed meanwhile, and what was typed.
    let mine = [right.clone(), vec![("remarks", "我写的")]].concat();
    let mine: Vec<_> = mine.into_iter().filter(|(n, v)| *n != "remarks" || *v == "我写的").collect();
    let both = teacher.post(&page, "/reports", &mine).await.expect(422);
    for part in ["刚才已有人提交了新的一版", "赵一然 雨 2026-11-24 总是趴在桌上", "期中考试周", "我写的"]
    {
        assert!(both.says(part), "{part}: {}", both.html);
    }
    assert_eq!(both.value("version"), "1", "whoever has seen it may file over it");
    let lead = Browser::sign_in(&world.base, "grade").await;
    let seen = lead.get("/reports").await;
    assert!(seen.html.contains("各班情况") && seen.html.contains("列出学生 1"), "{}", seen.html);
    assert!(!seen.html.contains("赵一然"), "the list names classes, not children");
    let unit = world.town.schools[0].grades[0].to_string();
    let words = [("week", "2026-11-23"), ("unit", unit.as_str()), ("text", "一班已约谈"), ("signed", "yes")];
    let unsigned = lead.post(&seen, "/reports/summary", &words[..3]).await.expect(422);
    assert!(unsigned.says(&format!("value=\"{unit}\" selected")), "it is about the same unit: {}", unsigned.html);
    assert_eq!(lead.post(&seen, "/reports/summary", &words).await.status, 303);
    assert!(lead.get("/reports").await.html.contains("一班已约谈"));
    world.told_exactly(&[]);
});

on_both!(what_is_written_beside_sunshine_is_not_passed_over, |world| {
    let child = world.town.student(0, 0, 0);
    let class = world.town.schools[0].classes[0].id.to_string();
    at(&mut world, "2026-11-26 15:00").await;
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let page = teacher.get("/reports").await;
    let (mood, note) = (format!("mood-{child}"), format!("note-{child}"));
    let typed = [
        ("class", class.as_str()),
        ("week", "2026-11-23"),
        ("version", "0"),
        (&mood, ""),
        (&note, "作业本上写不想活了"),
        ("remarks", "其他都好"),
        ("signed", "yes"),
    ];
    let asked = teacher.post(&page, "/reports", &typed).await.expect(422);
    assert!(asked.says("请选择本周的晴雨") && asked.says("作业本上写不想活了"), "{}", asked.html);
    let report = world.client("teacher").await.get(&format!("/api/v1/classes/{class}/report")).await.expect(200);
    assert!(!report.text.contains("不想活"), "nothing is filed before it is said: {}", report.text);
});

on_both!(who_has_two_classes_sees_a_fault_in_the_form_that_he_sent, |world| {
    let (desk, school) = (&world.service.desk, world.town.schools[0].clone());
    let position = Position {
        id: PositionId::new(desk.ids.uuid()),
        person: world.town.person("teacher"),
        role: Role::ClassTeacher,
        unit: Unit::Class(school.classes[1].id),
        lead: false,
        valid_from: desk.now(),
        valid_to: None,
    };
    let mut tx = desk.storage.begin().await.unwrap();
    tx.add_position(&position, Some(school.id)).await.unwrap();
    tx.commit().await.unwrap();
    at(&mut world, "2026-11-26 15:00").await;
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    for class in &school.classes[..2] {
        let (page, id) = (teacher.get("/reports").await.expect(200), class.id.to_string());
        let unsigned = [("class", id.as_str()), ("week", "2026-11-23"), ("version", "0")];
        let asked = teacher.post(&page, "/reports", &unsigned).await.expect(422);
        let form = asked.html.split("<form").find(|f| f.contains("id=\"signed\"")).unwrap();
        assert!(form.contains(&id) && form.contains("id=\"signed-error\""), "the link of the fault leads here: {form}");
        assert_eq!(asked.html.matches("id=\"signed-error\"").count(), 1, "and the other class has no fault");
    }
    let _ = teacher.get("/sweeps").await.expect(200);
});

//! The form, and what is wrong with what was sent.

use domain::id::{ClassId, GradeId, StudentId};
use domain::org::Stage;
use serde_json::json;
use storage::{ClassRecord, GradeRecord, NewStudent};
use tests::{Browser, World, on_both};

use super::{owed, path, path_of, sitting, talks};

/// A child in the primary grades of the first school.
async fn pupil(world: &World) -> StudentId {
    let (school, ids) = (&world.town.schools[0], &world.service.desk.ids);
    let grade =
        GradeRecord { id: GradeId::new(ids.uuid()), school: school.id, stage: Stage::Primary, entry_year: 2024 };
    let class = ClassRecord { id: ClassId::new(ids.uuid()), grade: grade.clone(), name: "1".to_owned() };
    let student = NewStudent {
        id: StudentId::new(ids.uuid()),
        district: world.town.district,
        school: school.id,
        grade: grade.id,
        class: class.id,
        name: "吴五小".to_owned(),
        name_key: "吴五小".to_owned(),
        pinyin: "wuwuxiao".to_owned(),
        initials: "wwx".to_owned(),
        seat: None,
        gender: None,
        birth_date: None,
        student_number: None,
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    };
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.add_grade(&grade).await.unwrap();
    tx.add_class(&class).await.unwrap();
    tx.add_students(std::slice::from_ref(&student), None).await.unwrap();
    tx.commit().await.unwrap();
    student.id
}

on_both!(the_phq_is_never_used_in_primary_school, |world| {
    let student = pupil(&world).await;
    let counsellor = world.client("counsellor").await;
    let refused = counsellor.post(&path_of(student), sitting(12, 3)).await.expect(422);
    assert_eq!(refused.faults(), [("instrument".to_owned(), "not_at_this_stage".to_owned())]);
    let here = format!("/students/{student}/care/screening");
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&here).await.expect(200);
    assert!(page.says("MHT") && !page.says("PHQ") && page.says("效度量表 7 分以上为无效"), "{}", page.html);
    let mht = json!({
        "at": sitting(0, 0)["at"], "instrument": "mht", "version": "1991", "total": 70, "validity": "valid",
        "reading": "学习上紧张",
    });
    let kept = counsellor.post(&path_of(student), mht).await.expect(201);
    assert_eq!(kept.body["follow"], "queue");
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(every_fault_of_a_screening_is_named_at_once, |world| {
    let counsellor = world.client("counsellor").await;
    let empty = counsellor.post(&path(&world), json!({})).await.expect(422);
    assert_eq!(empty.fields(), ["at", "instrument", "version", "validity", "total", "reading"]);
    let bad = json!({
        "at": "yesterday", "instrument": "phq-a", "version": "1999", "total": "12", "critical": 4, "validity": "so",
        "reading": "", "next_at": 7,
    });
    let wrong = counsellor.post(&path(&world), bad).await.expect(422);
    let mut fields = wrong.fields();
    fields.sort_unstable();
    assert_eq!(fields, ["at", "critical", "next_at", "reading", "total", "validity", "version"]);
    let other = json!({ "instrument": "rorschach" });
    assert!(counsellor.post(&path(&world), other).await.expect(422).text.contains("unknown_instrument"));
    let student = world.town.student(0, 0, 0);
    let (here, browser) =
        (format!("/students/{student}/care/screening"), Browser::sign_in(&world.base, "counsellor").await);
    let page = browser.get(&here).await.expect(200);
    assert!(page.says("不写诊断") && page.says("第 9 题"), "{}", page.html);
    let key = page.value("key");
    let typed = [("key", key.as_str()), ("at", ""), ("total", "十二"), ("reading", "睡不好")];
    let again = browser.post(&page, &here, &typed).await.expect(422);
    for said in ["请选择量表", "请选择这份问卷是否有效", "请填写整数", "睡不好", "十二"] {
        assert!(again.says(said), "{said}: {}", again.html);
    }
    assert!(!again.says("请选择量表的版本"), "one field is complained of once");
});

on_both!(the_form_leads_to_what_is_to_be_done_next, |world| {
    let student = world.town.student(0, 0, 0);
    let (here, browser) =
        (format!("/students/{student}/care/screening"), Browser::sign_in(&world.base, "counsellor").await);
    for (total, critical, next) in
        [("８", "0", "growth-file"), ("12", "0", "growth-file"), ("6", "1", "/tasks"), ("6", "3", "/alerts/alr_")]
    {
        let page = browser.get(&here).await.expect(200);
        let key = page.value("key");
        let typed = [
            ("key", key.as_str()),
            ("at", "2026-11-23T09:00"),
            ("instrument", "phq-a 2002"),
            ("validity", "valid"),
            ("total", total),
            ("critical", critical),
            ("reading", "睡眠不好"),
        ];
        let to = browser.post(&page, &here, &typed).await.leads_to();
        assert!(to.contains(next), "{total} {critical}: {to}");
        let _ = browser.get(&to).await.expect(200);
    }
    assert_eq!(owed(&world, "counsellor").await.len(), 3);
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "teacher"]);
    talks(&world, "2026-11-23 10:00").await;
});

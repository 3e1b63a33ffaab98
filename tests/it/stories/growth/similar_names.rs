//! Whoever has a similar name is shown before anything is done.

use domain::id::StudentId;
use storage::NewStudent;
use tests::{Browser, World, on_both};

use super::pages::FORM;
use super::{entries_of, life_event, texts};

/// A child of class 1 whose name sounds like that of the first child of class 0.
pub(in crate::stories) async fn namesake(world: &World) -> StudentId {
    let (school, class) = (&world.town.schools[0], &world.town.schools[0].classes[1]);
    let student = NewStudent {
        id: StudentId::new(world.service.desk.ids.uuid()),
        district: world.town.district,
        school: school.id,
        grade: class.grade,
        class: class.id,
        name: "赵依然".to_owned(),
        name_key: "赵依然".to_owned(),
        pinyin: "pinyin00".to_owned(),
        initials: "py00".to_owned(),
        seat: Some("6排6座".to_owned()),
        gender: None,
        birth_date: None,
        student_number: None,
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    };
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.add_students(std::slice::from_ref(&student), None).await.unwrap();
    tx.commit().await.unwrap();
    student.id
}

on_both!(before_it_is_written_whoever_has_a_similar_name_is_shown, |world| {
    let student = world.town.student(0, 0, 0);
    let other = namesake(&world).await;
    let here = format!("/students/{student}/growth-file");
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let form = browser.get(&format!("{here}/new")).await.expect(200);
    let asked = browser.post(&form, &format!("{here}/entries"), &FORM).await.expect(200);
    assert!(asked.says("还没有保存") && asked.says("赵依然") && asked.says("6排6座") && asked.says("1排1座"));
    assert!(
        texts(&world, "counsellor", student, "").await.is_empty(),
        "nothing is kept before it is said who is meant"
    );
    let meant = student.to_string();
    assert_eq!(asked.value("meant"), meant);
    // To have said so of another child is not to have said so of this one.
    let wrong = other.to_string();
    let fields: Vec<_> = FORM.into_iter().chain([("meant", wrong.as_str())]).collect();
    let _ = browser.post(&form, &format!("{here}/entries"), &fields).await.expect(200);
    let fields: Vec<_> = FORM.into_iter().chain([("meant", meant.as_str())]).collect();
    let _ = browser.post(&asked, &format!("{here}/entries"), &fields).await.leads_to();
    assert_eq!(texts(&world, "counsellor", student, "").await.len(), 1);
    // Programs are told as well.
    let body = life_event("move", "2026-11-20", "搬家");
    let kept = world.client("counsellor").await.post(&entries_of(student), body.clone()).await.expect(201);
    assert_eq!(kept.body["similar_names"], true);
    let third = world.town.student(0, 0, 1);
    let kept = world.client("counsellor").await.post(&entries_of(third), body).await.expect(201);
    assert_eq!(kept.body["similar_names"], false);
});

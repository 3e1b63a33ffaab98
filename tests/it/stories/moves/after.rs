//! After a transfer the old school reads on about nobody who has gone, and paper of the new one names nobody of the old one.

use domain::id::{ClassId, StudentId};
use serde_json::{Value, json};
use storage::NewStudent;
use tests::{World, on_both};

use super::{accept, alert, sent, with};

fn transfer(world: &World, student: StudentId, open: &[&str]) -> Value {
    let body = json!({ "students": [student], "kind": "transfer",
        "to": { "class": world.town.schools[1].classes[0].id }, "effective_on": "2026-11-25", "nothing_to_hand_over": true });
    if open.is_empty() { body } else { with(body, open) }
}

/// One of the other school's has a student now.
async fn moved(world: &World, student: StudentId, open: &[&str]) {
    let path = sent(world, "counsellor", transfer(world, student, open)).await;
    let _ = accept(world, "counsellor-b", &path).await.expect(200);
    world.settle().await;
    let _ = world.told();
}

/// Somebody's task about a student is done.
async fn done(world: &World, student: StudentId, owner: &str) -> String {
    let task = json!({ "student": student, "kind": "look_in", "text": "课间看看", "owner": world.town.person(owner),
        "due_at": tests::world::shanghai("2026-11-24 16:00").to_rfc3339() });
    let id = world.client("counsellor").await.post("/api/v1/tasks", task).await.expect(201).str("id");
    let path = format!("/api/v1/tasks/{id}");
    let owner = world.client(owner).await;
    let _ = owner.post(&format!("{path}/done"), json!({ "note": "孩子精神好" })).await.expect(200);
    path
}

on_both!(reports_lists_and_ended_tasks_tell_the_old_school_nothing_of_a_child_that_has_gone, |world| {
    let (gone, stays) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let class = world.town.schools[0].classes[0].id;
    let teacher = world.client("teacher").await;
    let report = json!({ "signed": true, "students": [{ "student": gone, "mood": "cloudy", "note": "走了的孩子" },
        { "student": stays, "mood": "cloudy", "note": "留下的孩子" }] });
    let sweep = json!({ "signed": true, "students": [{ "student": gone, "sign": "often_absent", "note": "走了的孩子" },
        { "student": stays, "sign": "often_absent", "note": "留下的孩子" }] });
    let _ = teacher.post(&format!("/api/v1/classes/{class}/report"), report).await.expect(201);
    let _ = teacher.post(&format!("/api/v1/classes/{class}/sweep"), sweep).await.expect(201);
    let tasks = [done(&world, gone, "teacher").await, done(&world, gone, "nurse").await];
    let kept = done(&world, stays, "teacher").await;
    world.settle().await;
    let _ = world.told();
    moved(&world, gone, &[]).await;
    for (login, what) in [("teacher", "report"), ("counsellor", "report"), ("teacher", "sweep"), ("principal", "sweep")]
    {
        let read = world.client(login).await.get(&format!("/api/v1/classes/{class}/{what}")).await.expect(200);
        assert!(read.text.contains("留下的孩子"), "{login} {what}: {}", read.text);
        assert!(
            !read.text.contains("走了的孩子") && !read.text.contains(&gone.to_string()),
            "{login} {what}: {}",
            read.text
        );
    }
    // The week after, what the week before said is shown beside the form.
    let next = teacher.get(&format!("/api/v1/classes/{class}/report?week=2026-11-30")).await.expect(200);
    assert!(!next.text.contains("走了的孩子") && !next.text.contains(&gone.to_string()), "{}", next.text);
    for (login, path) in [("teacher", &tasks[0]), ("nurse", &tasks[1])] {
        let _ = world.client(login).await.get(path).await.expect(404);
        let ended = world.client(login).await.get("/api/v1/tasks?mine=true&state=done").await.expect(200);
        assert!(!ended.text.contains(&gone.to_string()), "{login}: {}", ended.text);
    }
    let _ = teacher.get(&kept).await.expect(200);
});

/// A pupil of a school with a name that no other has.
async fn pupil(world: &World, class: ClassId, name: &str) -> StudentId {
    let school = world.town.schools.iter().find(|s| s.classes.iter().any(|c| c.id == class)).unwrap();
    let id = StudentId::new(world.service.desk.ids.uuid());
    let pupil = NewStudent {
        id,
        district: world.town.district,
        school: school.id,
        grade: school.classes[0].grade,
        class,
        name: name.to_owned(),
        name_key: name.to_owned(),
        pinyin: "zz".to_owned(),
        initials: "z".to_owned(),
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
    tx.add_students(&[pupil], None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// What stands on the print of a file.
async fn printed(world: &World, login: &str, student: StudentId) -> String {
    let path = format!("/api/v1/students/{student}/growth-file.pdf");
    world.client(login).await.download(&path).await.expect(200).says(world.scratch())
}

on_both!(paper_hides_pupils_of_the_school_before_and_those_who_have_gone, |world| {
    let (child, stays) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let class = world.town.schools[0].classes[0].id;
    let _ = pupil(&world, class, "欧阳慕白").await;
    let leaves = pupil(&world, class, "司徒远航").await;
    let tells = |student| {
        let mut body = world.filing(student, 3);
        body["narrative"] = json!("欧阳慕白和司徒远航打了他");
        body
    };
    let _ = alert(&world, child, 2).await;
    for student in [child, stays] {
        let _ = world.file("subject", tells(student)).await;
    }
    world.settle().await;
    let _ = world.told();
    moved(&world, leaves, &[]).await;
    // One has gone; who stays is of the old school.
    let text = printed(&world, "counsellor", stays).await;
    assert!(text.contains("打了他") && !text.contains("慕白") && !text.contains("远航"), "{text}");
    let mut body = transfer(&world, child, &["alert"]);
    body["told_to"] = json!("林老师");
    body["told_by_telephone_at"] = json!(world.service.desk.now());
    let sent = sent(&world, "counsellor", body).await;
    let _ = accept(&world, "counsellor-b", &sent).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let text = printed(&world, "counsellor-b", child).await;
    assert!(text.contains("打了他") && !text.contains("慕白") && !text.contains("远航"), "{text}");
});

//! Life events and notes of counselling.

use serde_json::json;
use tests::on_both;

use super::{entries_of, file, items, life_event, note, texts, write};

on_both!(a_life_event_is_read_by_whoever_opens_the_file_and_a_note_by_the_counsellor_alone, |world| {
    let student = world.town.student(0, 0, 0);
    let (teacher, counsellor) = (world.client("teacher").await, world.client("counsellor").await);
    let event = write(&teacher, student, life_event("bereavement", "2026-11-20", "外婆周五去世，请假三天")).await;
    let _ = write(&counsellor, student, note("2026-11-23", "谈了四十分钟，愿意再来")).await;
    for login in ["teacher", "grade"] {
        assert_eq!(texts(&world, login, student, "").await, ["亲人去世：外婆周五去世，请假三天"], "{login}");
    }
    for login in ["vice", "principal"] {
        assert_eq!(texts(&world, login, student, "").await, ["-", "亲人去世：外婆周五去世，请假三天"], "{login}");
    }
    let read = items(&file(&world, "counsellor", student, "").await);
    assert_eq!(read[0]["text"], "谈了四十分钟，愿意再来");
    assert_eq!((&read[0]["restricted"], &read[0]["source"]), (&json!(true), &json!("child")));
    assert_eq!((&read[1]["id"], &read[1]["event"]), (&json!(event), &json!("bereavement")));
    assert_eq!((&read[1]["at"], &read[1]["source"]), (&json!("2026-11-19T16:00:00Z"), &json!("guardian")));
    assert_eq!(read[1]["filed_at"], json!(world.service.desk.now()));
    // Whoever knows of it alone learns nothing more about it.
    let known = items(&file(&world, "vice", student, "").await);
    for field in ["source", "filed_at", "corrects", "event"] {
        assert!(known[0].get(field).is_none(), "{field}: {}", known[0]);
    }
    // Nobody is told of anything, and no alert comes of it.
    world.settle().await;
    assert!(world.letters().is_empty());
});

on_both!(who_may_not_write_does_not_and_everything_wrong_is_said_at_once, |world| {
    let student = world.town.student(0, 0, 0);
    let path = entries_of(student);
    let teacher = world.client("teacher").await;
    let _ = teacher.post(&path, note("2026-11-23", "谈话")).await.expect(403);
    for login in ["principal", "vice"] {
        let _ = world.client(login).await.post(&path, note("2026-11-23", "谈话")).await.expect(403);
    }
    for login in ["teacher1", "grade1", "subject", "dorm", "monitor", "admin", "counsellor-b", "district"] {
        let _ = world.client(login).await.post(&path, life_event("move", "2026-11-20", "搬家")).await.expect(404);
    }
    let bad = json!({ "kind": "life_event", "at": "2026-11-24", "text": " ", "source": "service", "event": "none" });
    let faults = teacher.post(&path, bad).await.expect(422).faults();
    let wrong =
        [("at", "in_the_future"), ("text", "required"), ("source", "unknown_value"), ("event", "unknown_event")];
    assert_eq!(faults, wrong.map(|(f, c)| (f.to_owned(), c.to_owned())));
    let born = teacher.post(&path, life_event("move", "2012-12-31", "搬家")).await.expect(422);
    assert_eq!(born.faults(), [("at".to_owned(), "before_birth".to_owned())]);
    let typed = json!({ "kind": 5, "at": "2026-11-20", "text": "搬家", "restricted": "no" });
    let typed = teacher.post(&path, typed).await.expect(422);
    assert_eq!(
        typed.faults(),
        [("kind", "wrong_type"), ("restricted", "wrong_type")].map(|(f, c)| (f.into(), c.into()))
    );
    assert!(texts(&world, "counsellor", student, "").await.is_empty());
});

on_both!(whoever_narrows_what_he_writes_does_not_see_it_again, |world| {
    let student = world.town.student(0, 0, 0);
    let mut body = life_event("violence_at_home", "2026-11-21", "手臂有伤，说是继父打的");
    body["restricted"] = json!(true);
    let teacher = world.client("teacher").await;
    let kept = teacher.post(&entries_of(student), body).await.expect(201);
    let path = format!("{}/{}", entries_of(student), kept.str("id"));
    assert_eq!(kept.header("location"), path);
    assert!(texts(&world, "teacher", student, "").await.is_empty());
    let absent = format!("{}/evt_{}", entries_of(student), "0".repeat(32));
    let (hidden, absent) = (teacher.get(&path).await.expect(404), teacher.get(&absent).await.expect(404));
    assert_eq!((hidden.code(), &hidden.body["title"]), (absent.code(), &absent.body["title"]));
    assert_eq!(texts(&world, "vice", student, "").await, ["-"]);
    assert_eq!(texts(&world, "counsellor", student, "").await, ["家庭暴力或照管不良：手臂有伤，说是继父打的"]);
});

on_both!(an_entry_that_is_sent_twice_is_kept_once, |world| {
    let student = world.town.student(0, 0, 0);
    let teacher = world.client("teacher").await.with("Idempotency-Key", "entry-1");
    let first = teacher.post(&entries_of(student), life_event("move", "2026-11-01", "搬到奶奶家")).await.expect(201);
    let again = teacher.post(&entries_of(student), life_event("move", "2026-11-01", "搬到奶奶家")).await.expect(201);
    assert_eq!((first.body, first.etag), (again.body, again.etag));
    let other = teacher.post(&entries_of(student), life_event("move", "2026-11-01", "搬到姑姑家")).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused");
    assert_eq!(texts(&world, "teacher", student, "").await.len(), 1);
});

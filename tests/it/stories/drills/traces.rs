//! A drill is about nobody: it stands in no file, no list, no count, no finding.

use domain::id::StudentId;
use sea_orm::ConnectionTrait;
use serde_json::json;
use storage::Question;
use tests::database::behind;
use tests::{Browser, World, on_both};

use super::{act, custody, seen, start, told_of_a_drill};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];
/// Whatever tells of children, or is counted about them.
const TABLES: [&str; 8] =
    ["alert", "alert_reason", "custody", "proposal", "growth_entry", "observation", "finding", "alert_exclusion"];

async fn count(world: &World, sql: &str) -> i64 {
    let db = behind(&world.target).await;
    let row = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql.to_owned()));
    row.await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn counts(world: &World) -> Vec<i64> {
    let mut out = Vec::new();
    for table in TABLES {
        out.push(count(world, &format!("SELECT COUNT(*) FROM {table}")).await);
    }
    out
}

async fn files(world: &World, students: &[StudentId]) -> Vec<String> {
    let counsellor = world.client("counsellor").await;
    let mut out = Vec::new();
    for student in students {
        let file = counsellor.get(&format!("/api/v1/students/{student}/growth-file")).await.expect(200);
        out.push(file.body["entries"].to_string());
    }
    out
}

/// What is measured of the outbox and of findings.
async fn measured(world: &World) -> Vec<String> {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let text = http.get(format!("{}/metrics", world.base)).send().await.unwrap().text().await.unwrap();
    let ours = |l: &&str| l.starts_with("xindeng_outbox") || l.starts_with("xindeng_findings");
    text.lines().filter(ours).map(str::to_owned).collect()
}

on_both!(a_drill_leaves_no_trace_in_any_file_list_or_count, |world| {
    let students = world.town.schools[0].classes[0].students.clone();
    let _ = world.file("teacher", world.filing(students[0], 2)).await;
    world.settle().await;
    let _ = world.told();
    let (counted, filed, metrics) = (counts(&world).await, files(&world, &students).await, measured(&world).await);

    let body = json!({ "note": "例行", "class": world.town.schools[0].classes[0].id, "district": true });
    let id = world.client("principal").await.post("/api/v1/drills", body).await.expect(201).str("id");
    assert_eq!(measured(&world).await, metrics, "what waits of a drill is no backlog");
    world.settle().await;
    told_of_a_drill(&world, &RUNG_0);
    world.pass(10).await;
    told_of_a_drill(&world, &["district"]);
    for login in ["counsellor", "teacher", "principal", "district"] {
        let items = world.client(login).await.get("/api/v1/alerts").await.expect(200).items();
        assert_eq!(items.len(), usize::from(login != "district"), "{login}");
    }
    let page = Browser::sign_in(&world.base, "counsellor").await.get("/alerts").await.expect(200);
    assert!(!page.says("演练"), "{}", page.html);
    let _ = act(&world, "teacher", &id, "acknowledge").await.expect(200);
    let _ = custody(&world, "teacher", &id).await.expect(200);
    world.settle().await;
    let _ = world.told();

    assert_eq!(counts(&world).await, counted, "{TABLES:?}");
    assert_eq!(files(&world, &students).await, filed);
    assert_eq!(measured(&world).await, metrics);
    let sql = "SELECT COUNT(*) FROM audit WHERE act IN ('start_drill', 'answer_drill', 'end_drill', 'read_drill') \
               AND student_id IS NOT NULL";
    assert_eq!(count(&world, sql).await, 0);
});

on_both!(no_question_of_the_auditor_is_about_a_drill, |world| {
    let _ = start(&world, json!({ "note": "例行", "district": true })).await;
    let _ = world.told();
    // Its clock stands still for hours, and some of its messages have not gone out.
    world.clock.advance(chrono::TimeDelta::minutes(30));
    casework::turn_drills(&world.service.desk).await.unwrap();
    world.clock.advance(chrono::TimeDelta::hours(5));
    let (read, now) = (world.service.desk.storage.read(), world.service.desk.now());
    for question in Question::ALL {
        assert_eq!(read.ask(question, now).await.unwrap(), [], "{question:?}");
    }
    assert!(read.standing().await.unwrap().is_empty());
    world.settle().await;
    let _ = world.told();
});

on_both!(a_drill_does_not_hide_a_real_fault, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    let _ = world.told();
    let id = start(&world, json!({ "note": "例行" })).await;
    let _ = world.told();
    world.clock.advance(chrono::TimeDelta::hours(3));
    let (read, now) = (world.service.desk.storage.read(), world.service.desk.now());
    assert_eq!(read.ask(Question::Overdue, now).await.unwrap().len(), 1);
    world.settle().await;
    let _ = world.told();
    assert_eq!(seen(&world, "principal", &id).await.expect(200).body["ended"]["how"], "limit");
});

//! What is written is kept: the database refuses to change it, whoever asks.

use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{database, on_both};

on_both!(what_is_written_cannot_be_changed_or_taken_away_even_by_hand, |world| {
    let student = world.town.student(0, 0, 0);
    world.file("subject", world.filing(student, 4)).await;
    world.settle().await;
    assert!(!world.letters().is_empty());
    let behind = database::behind(&world.target).await;
    for table in ["growth_entry", "observation_version", "event", "audit"] {
        let column = if table == "observation_version" { "recorded_at" } else { "at" };
        let rows = count(&behind, table).await;
        assert!(rows > 0, "{table} is empty");
        for sql in [format!("UPDATE {table} SET {column} = {column} + 1"), format!("DELETE FROM {table}")] {
            let refused = behind.execute_unprepared(&sql).await.expect_err(&sql).to_string();
            assert!(refused.contains(&format!("{table} is append-only")), "{sql}: {refused}");
        }
        assert_eq!(count(&behind, table).await, rows);
    }
});

on_both!(who_was_on_which_list_and_what_was_planned_cannot_be_changed_by_hand_either, |world| {
    let student = format!("/api/v1/students/{}", world.town.student(0, 0, 0));
    let (counsellor, teacher) = (world.client("counsellor").await, world.town.person("teacher"));
    let body = json!({ "list": "migrant", "from": "2026-09-01", "evidence": "居住证", "review_at": "2027-03-01" });
    let _ = counsellor.post(&format!("{student}/lists"), body).await.expect(201);
    let body = json!({ "target": "有人照看", "measures": "每周家访", "responsible": teacher });
    let _ = counsellor.post(&format!("{student}/support"), body).await.expect(201);
    let measure = json!({ "text": "谈一次", "owner": teacher, "frequency": { "times": 1, "per": "week" }, "until": "2026-12-31" });
    let body = json!({
        "problem": "睡不好", "level": 2, "causes": { "family": "父母外出" }, "review_at": "2026-12-20",
        "goals": [{ "text": "能睡够", "check": "一周八小时" }], "responsible": teacher, "measures": [measure]
    });
    let _ = counsellor.post(&format!("{student}/plan"), body).await.expect(201);
    let signed = counsellor.post(&format!("{student}/plan/1/sign"), json!({})).await.expect(200);
    let id = signed.body["measures"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("{student}/plan/measures/{id}/progress");
    let _ = world.client("teacher").await.post(&path, json!({ "text": "谈过了" })).await.expect(201);
    let behind = database::behind(&world.target).await;
    let columns = [("list_membership", "evidence"), ("case_support", "target"), ("plan", "body")];
    let more = [("plan_signature", "seat"), ("plan_measure", "seq"), ("plan_progress", "said")];
    for (table, column) in columns.into_iter().chain(more) {
        assert_eq!(count(&behind, table).await, 1, "{table}");
        for sql in [format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")] {
            let refused = behind.execute_unprepared(&sql).await.expect_err(&sql).to_string();
            assert!(refused.contains(&format!("{table} is append-only")), "{sql}: {refused}");
        }
        assert_eq!(count(&behind, table).await, 1, "{table}");
    }
});

async fn count(behind: &sea_orm::DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let row = behind.query_one_raw(sea_orm::Statement::from_string(behind.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

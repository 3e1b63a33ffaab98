//! What is written is kept: the database refuses to change it, whoever asks.

use sea_orm::ConnectionTrait;
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

async fn count(behind: &sea_orm::DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    let row = behind.query_one_raw(sea_orm::Statement::from_string(behind.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

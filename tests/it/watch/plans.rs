//! The auditor's questions are cheap: an auditor that is slow gets switched off.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use storage::{Question, Target, WHOLE_TABLES};
use tests::database::behind;
use tests::{World, on_both};

use super::worded;

const CLOSED: i64 = 40_000;

/// Many closed alerts and delivered messages, and a few that are open.
async fn fill(world: &World, db: &DatabaseConnection) {
    let series = worded(
        world,
        "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < $N) ",
        "WITH g AS (SELECT generate_series(1, $N) AS n) ",
    );
    let id = worded(world, "randomblob(16)", "gen_random_uuid()");
    let series = series.replace("$N", &CLOSED.to_string());
    let (policy, school) = ("(SELECT id FROM policy LIMIT 1)", "(SELECT id FROM school LIMIT 1)");
    let alert = "INSERT INTO alert (id, student_id, class_id, grade_id, school_id, district_id, level, peak, state, audience, \
                 opened_at, closed_at, decision, policy_id, climb_state, climb_version, tier, rung, epoch, repeat_no, due_at, \
                 deadline_at, last_seen, late, custody, assessed, reached) ";
    let alerts = |open: bool, most: i64| {
        let (state, closed, climb, due) =
            if open { ("untriaged", "NULL", "open", "n") } else { ("closed", "n", "closed", "NULL") };
        format!(
            "{series} {alert} SELECT {id}, {id}, {school}, {school}, {school}, {school}, 4, 4, '{state}', 'everyone', n, \
             {closed}, 1, {policy}, '{climb}', 1, 'school', 0, 0, 0, {due}, {due}, n, FALSE, FALSE, FALSE, '[]' \
             FROM g WHERE n <= {most}"
        )
    };
    for sql in [alerts(false, CLOSED), alerts(true, 20)] {
        db.execute_unprepared(&sql).await.unwrap();
    }
    let outbox = format!(
        "{series} INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, priority, \
         level, minutes, not_before, state, attempt, created_at, changed_at) SELECT {id}, {id}, {school}, {id}, 'sms', \
         'alarm', 0, 0, 0, 'red', 0, 4, 10, n, 'delivered', 1, n, n FROM g"
    );
    db.execute_unprepared(&outbox).await.unwrap();
    let growth = format!(
        "{series} INSERT INTO growth_entry (student_id, at, id, kind, alert_id, restricted, audience) \
         SELECT {id}, n, {id}, 'observation', NULL, FALSE, 'everyone' FROM g"
    );
    db.execute_unprepared(&growth).await.unwrap();
    let attempts = format!(
        "{series} INSERT INTO delivery_attempt (outbox_id, attempt, provider, started_at, ended_at, outcome) \
         SELECT {id}, 1, 'gateway', n, n, 'accepted' FROM g"
    );
    db.execute_unprepared(&attempts).await.unwrap();
    db.execute_unprepared("ANALYZE").await.unwrap();
}

async fn plan(db: &DatabaseConnection, sqlite: bool, sql: &str) -> Vec<String> {
    let instant = "1000000000000000";
    let explain = if sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    let sql = format!("{explain} {}", sql.replace("$1", instant));
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let column = if sqlite { "detail" } else { "QUERY PLAN" };
    rows.iter().map(|r| r.try_get_by::<String, _>(column).unwrap()).collect()
}

/// Reads a whole table, or an index that holds all of it.
fn reads_everything(line: &str) -> bool {
    let tables = ["alert", "outbox", "growth_entry", "delivery_attempt"];
    let partial = [
        "alert_due",
        "alert_timeless",
        "alert_standing",
        "alert_one_open",
        "alert_open_school",
        "growth_alert",
        "outbox_pending",
        "outbox_leased",
    ];
    let postgres = tables.iter().any(|t| line.contains(&format!("Seq Scan on {t} ")));
    let sqlite = line.starts_with("SCAN ")
        && !partial.iter().any(|i| line.ends_with(&format!("INDEX {i}")))
        && ["SCAN a", "SCAN m", "SCAN g", "SCAN alert", "SCAN outbox", "SCAN delivery_attempt"]
            .iter()
            .any(|t| line == *t || line.starts_with(&format!("{t} ")));
    postgres || sqlite
}

on_both!(no_question_reads_a_whole_table, |world| {
    let db = behind(&world.target).await;
    fill(&world, &db).await;
    let sqlite = matches!(world.target, Target::Sqlite { .. });
    for question in Question::ALL {
        let plan = plan(&db, sqlite, question.sql()).await;
        assert!(!plan.iter().any(|line| reads_everything(line)), "{question:?}: {plan:#?}");
    }
    for sql in WHOLE_TABLES {
        let plan = plan(&db, sqlite, sql).await;
        assert!(!plan.iter().any(|line| reads_everything(line)), "{sql}: {plan:#?}");
    }
    let whole = plan(&db, sqlite, "SELECT id FROM alert WHERE late").await;
    assert!(whole.iter().any(|line| reads_everything(line)), "what reads everything is seen: {whole:?}");
    db.close().await.unwrap();
});

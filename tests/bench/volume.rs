//! Large numbers: a growth file out of a million observations, the tick among many open alerts.

use std::time::Instant;

use casework::GrowthQuery;
use domain::time::to_micros;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use storage::Target;
use tests::database::Scratch;
use tests::sign;

use crate::filing::{calm, school};
use crate::{Figure, percentile};

const OBSERVATIONS: u64 = 1_000_000;
const STUDENTS: u64 = 98_000;
const DUE: u32 = 50;

pub(crate) async fn raw(scratch: &Scratch) -> DatabaseConnection {
    let url = format!("sqlite://{}?mode=rw", scratch.0.join("bench.db").display());
    Database::connect(url).await.unwrap()
}

pub(crate) fn target(scratch: &Scratch) -> Target {
    Target::Sqlite { file: scratch.0.join("bench.db"), group_commit: true }
}

/// `SELECT` of all columns of a table with some of them replaced.
async fn columns(db: &DatabaseConnection, table: &str, instead: &[(&str, &str)]) -> (String, String) {
    let sql = format!("SELECT name FROM pragma_table_info('{table}')");
    let rows = db.query_all_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let names: Vec<String> = rows.iter().map(|r| r.try_get("", "name").unwrap()).collect();
    let values = names
        .iter()
        .map(|n| instead.iter().find(|(c, _)| c == n).map_or_else(|| format!("x.{n}"), |(_, v)| (*v).to_owned()));
    (names.join(", "), values.collect::<Vec<_>>().join(", "))
}

const NUMBERS: &str = "WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < ";

/// Copies one row so many times.
pub(crate) async fn copies(db: &DatabaseConnection, table: &str, count: u64, source: &str, instead: &[(&str, &str)]) {
    let (names, values) = columns(db, table, instead).await;
    let sql = format!("{NUMBERS}{count}) INSERT INTO {table} ({names}) SELECT {values} FROM seq, ({source}) x");
    db.execute_unprepared(&sql).await.unwrap();
}

async fn growth_file() -> Figure {
    let scratch = Scratch::new();
    let (service, _, teacher, students) = school(&target(&scratch)).await;
    let desk = &service.desk;
    casework::file_observation(desk, &teacher, &calm(students[0]), None).await.unwrap();
    let db = raw(&scratch).await;
    let id = "unhex(printf('%032x', n))";
    copies(
        &db,
        "observation",
        OBSERVATIONS,
        "SELECT * FROM observation LIMIT 1",
        &[("id", id), ("reference", "'R' || n")],
    )
    .await;
    copies(
        &db,
        "observation_version",
        OBSERVATIONS,
        "SELECT * FROM observation_version LIMIT 1",
        &[("observation_id", id)],
    )
    .await;
    copies(&db, "student", STUDENTS, "SELECT * FROM student LIMIT 1", &[("id", id)]).await;
    db.execute_unprepared("CREATE TEMP TABLE pupil AS SELECT row_number() OVER () - 1 AS i, id FROM student")
        .await
        .unwrap();
    db.execute_unprepared("CREATE UNIQUE INDEX temp.pupil_i ON pupil (i)").await.unwrap();
    // One entry in two hundred is the first student's: he has five thousand, the others about ten each.
    let first = format!("x'{}'", students[0].uuid().simple());
    let of = format!(
        "CASE WHEN n % 200 = 0 THEN {first} ELSE (SELECT p.id FROM pupil p WHERE p.i = n % (SELECT COUNT(*) FROM pupil)) END"
    );
    let instead = [("student_id", of.as_str()), ("at", "x.at - n * 1000000"), ("id", id), ("observation_id", id)];
    copies(&db, "growth_entry", OBSERVATIONS, "SELECT * FROM growth_entry LIMIT 1", &instead).await;
    db.execute_unprepared("ANALYZE").await.unwrap();
    let query = GrowthQuery { limit: 50, ..GrowthQuery::default() };
    let mut times = Vec::new();
    for _ in 0..200 {
        let began = Instant::now();
        let file = casework::view_growth_file(desk, &teacher, students[0], &query).await.unwrap();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
        assert_eq!(file.entries.len(), 50);
    }
    let p95 = percentile(&mut times, 0.95);
    Figure::new(
        "growth file, 50 of a student's 5,000 entries, 1,000,000 observations, 100,000 students, p95 of 200",
        format!("{p95:.1} ms"),
        "≤ 15 ms",
        Some(p95 <= 15.0),
    )
}

/// How long a tick takes that finds fifty alerts due among so many open ones.
async fn tick(open: u64) -> f64 {
    let scratch = Scratch::new();
    let (service, _, teacher, students) = school(&target(&scratch)).await;
    let desk = &service.desk;
    let draft = domain::observation::FilingDraft { signs: vec![sign(1)], ..calm(students[0]) };
    casework::file_observation(desk, &teacher, &draft, None).await.unwrap();
    let db = raw(&scratch).await;
    let id = "unhex(printf('%032x', n + 16))";
    copies(&db, "student", open, "SELECT * FROM student LIMIT 1", &[("id", id)]).await;
    copies(&db, "alert", open, "SELECT * FROM alert LIMIT 1", &[("id", id), ("student_id", id)]).await;
    db.execute_unprepared("ANALYZE").await.unwrap();
    let mut times = Vec::new();
    for round in 0..5_u32 {
        let now = to_micros(desk.now());
        let from = round * DUE + 17;
        let some = format!("BETWEEN unhex(printf('%032x', {from})) AND unhex(printf('%032x', {}))", from + DUE - 1);
        let sql = format!("UPDATE alert SET due_at = {now}, deadline_at = {now} WHERE id {some}");
        db.execute_unprepared(&sql).await.unwrap();
        let began = Instant::now();
        let done = casework::escalate_overdue(desk).await.unwrap();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
        assert_eq!(done, DUE as usize, "every one that is due, and no other");
    }
    percentile(&mut times, 0.5)
}

pub(crate) async fn figures() -> Vec<Figure> {
    let (few, many) = (tick(1_000).await, tick(300_000).await);
    let ratio = many / few;
    vec![
        growth_file().await,
        Figure::new("tick, 50 due among 1,000 open alerts", format!("{few:.1} ms"), "", None),
        Figure::new("tick, 50 due among 300,000 open alerts", format!("{many:.1} ms"), "", None),
        Figure::new("ratio", format!("{ratio:.2}"), "≤ 2", Some(ratio <= 2.0)),
    ]
}

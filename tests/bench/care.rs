//! The routine of a week: a class report of sixty, and the clock of tasks among very many.

use std::time::Instant;

use domain::report::{LineDraft, ReportDraft};
use domain::task::TaskDraft;
use domain::time::to_micros;
use sea_orm::ConnectionTrait;
use tests::database::Scratch;

use crate::filing::school;
use crate::volume::{copies, raw, target};
use crate::{Figure, percentile};

const CLASS: usize = 60;
const SAVED: u32 = 100;
const DUE: u64 = 50;
/// How many open tasks one person has. Nobody is asked twice a day, so that each round is about other people.
const EACH: u64 = 8;

/// A report with a line about each of sixty students, saved again and again: each is a version of its own.
async fn weekly_report() -> Figure {
    let scratch = Scratch::new();
    let (service, town, teacher, students) = school(&target(&scratch)).await;
    let (desk, class) = (&service.desk, town.schools[0].classes[0].id);
    let line = |text: String| {
        move |id: &domain::id::StudentId| LineDraft {
            student: id.to_string(),
            mood: "cloudy".to_owned(),
            low_since: None,
            note: text.clone(),
        }
    };
    let mut times = Vec::new();
    for version in 0..SAVED {
        let draft = ReportDraft {
            nil: false,
            students: students[..CLASS].iter().map(line(format!("第{version}次看：课间和同学在一起"))).collect(),
            remarks: format!("第{version}版"),
            signed: true,
        };
        let began = Instant::now();
        casework::file_class_report(desk, &teacher, class, "", &draft, Some(version), None).await.unwrap();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    let p95 = percentile(&mut times, 0.95);
    let what = format!("a weekly report of a class of {CLASS}, saved, p95 of {SAVED}");
    Figure::new(what, format!("{p95:.1} ms"), "≤ 50 ms", Some(p95 <= 50.0))
}

/// How long a turn of the tasks takes that finds fifty due among so many open ones, eight to a person.
async fn chase(open: u64) -> f64 {
    let scratch = Scratch::new();
    let (service, _, teacher, students) = school(&target(&scratch)).await;
    let desk = &service.desk;
    let draft = TaskDraft {
        student: students[0].to_string(),
        kind: "look_in".to_owned(),
        text: "课间看看".to_owned(),
        owner: teacher.person().to_string(),
        due_at: "2027-01-20T16:00:00+08:00".to_owned(),
        alert: None,
    };
    casework::give_task(desk, &teacher, &draft, None).await.unwrap();
    let db = raw(&scratch).await;
    let id = "unhex(printf('%032x', n + 16))";
    let person = [("id", id), ("login", "'p' || n")];
    copies(&db, "person", open / EACH, "SELECT * FROM person LIMIT 1", &person).await;
    let owner = format!("unhex(printf('%032x', n % {} + 17))", open / EACH);
    copies(&db, "task", open, "SELECT * FROM task LIMIT 1", &[("id", id), ("owner_id", &owner)]).await;
    db.execute_unprepared("ANALYZE").await.unwrap();
    let mut times = Vec::new();
    for round in 0..5_u64 {
        let (now, from) = (to_micros(desk.now()), round * DUE % (open / EACH) + 17);
        let some = format!("BETWEEN unhex(printf('%032x', {from})) AND unhex(printf('%032x', {}))", from + DUE - 1);
        let sql = format!("UPDATE task SET act_at = {now}, due_at = {now} WHERE id {some}");
        db.execute_unprepared(&sql).await.unwrap();
        let began = Instant::now();
        let moved = casework::turn_tasks(desk).await.unwrap();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
        assert_eq!(u64::try_from(moved).unwrap(), DUE, "everybody whose task is due, and nobody else");
    }
    percentile(&mut times, 0.5)
}

pub(crate) async fn figures() -> Vec<Figure> {
    let (few, many) = (chase(2_000).await, chase(300_000).await);
    let ratio = many / few;
    vec![
        weekly_report().await,
        Figure::new("tasks, 50 due among 2,000 open ones", format!("{few:.1} ms"), "", None),
        Figure::new("tasks, 50 due among 300,000 open ones", format!("{many:.1} ms"), "", None),
        Figure::new("ratio", format!("{ratio:.2}"), "≤ 2", Some(ratio <= 2.0)),
    ]
}

//! How many filings a second one machine takes, with and without group commit, side by side.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use casework::{IdempotencyKey, SessionKind, Signed};
use domain::id::StudentId;
use domain::observation::FilingDraft;
use domain::time::ManualClock;
use server::assemble::Service;
use storage::{NewStudent, Target};
use tests::database::Scratch;
use tests::town::PASSWORD;
use tests::world::{MONDAY, service, shanghai};
use tests::{Town, sign};

use crate::Figure;

const CONNECTIONS: usize = 64;
const SECONDS: u64 = 8;
const STUDENTS: usize = 2_000;

/// A school with a teacher who is signed in, and with many students.
pub(crate) async fn school(target: &Target) -> (Service, Town, Signed, Vec<StudentId>) {
    let clock = Arc::new(ManualClock::at(shanghai(MONDAY)));
    let service = service(target, clock, Vec::new()).await;
    let town = Town::build(&service.desk).await;
    let session = casework::sign_in(&service.desk, "teacher", PASSWORD, None, SessionKind::Api, None).await.unwrap();
    let teacher = casework::authenticate(&service.desk, &session.secret, "api", None, casework::Opening::OwnersAlone)
        .await
        .unwrap();
    let school = &town.schools[0];
    let more: Vec<NewStudent> = (0..STUDENTS)
        .map(|n| NewStudent {
            id: StudentId::new(service.desk.ids.uuid()),
            district: town.district,
            school: school.id,
            grade: school.classes[0].grade,
            class: school.classes[0].id,
            name: format!("学生{n}"),
            name_key: format!("学生{n}"),
            pinyin: "xuesheng".to_owned(),
            initials: "xs".to_owned(),
            seat: None,
            gender: None,
            birth_date: None,
            student_number: None,
            boards: false,
            dormitory: None,
            bed: None,
            guardians: Vec::new(),
        })
        .collect();
    let mut tx = service.desk.storage.begin().await.unwrap();
    tx.add_students(&more, None).await.unwrap();
    tx.commit().await.unwrap();
    (service, town, teacher, more.iter().map(|s| s.id).collect())
}

/// A filing that opens no alert: two protective signs of a child who is safe.
pub(crate) fn calm(student: StudentId) -> FilingDraft {
    FilingDraft {
        students: vec![(student.to_string(), "subject".to_owned())],
        observed_at: "2026-11-23T09:55:00+08:00".to_owned(),
        signs: vec![sign(0), "slowly_better".to_owned()],
        safe_now: "yes".to_owned(),
        ..FilingDraft::default()
    }
}

async fn rate(group_commit: bool) -> f64 {
    let scratch = Scratch::new();
    let target = Target::Sqlite { file: scratch.0.join("bench.db"), group_commit };
    let (service, _, teacher, students) = school(&target).await;
    let (done, students) = (Arc::new(AtomicUsize::new(0)), Arc::new(students));
    let began = Instant::now();
    let mut people = tokio::task::JoinSet::new();
    for n in 0..CONNECTIONS {
        let (service, teacher, students, done) =
            (service.clone(), teacher.clone(), Arc::clone(&students), Arc::clone(&done));
        people.spawn(async move {
            let mut i = n;
            while began.elapsed() < Duration::from_secs(SECONDS) {
                let draft = calm(students[i % students.len()]);
                let key = IdempotencyKey::new(&format!("k{i}"), "file", format!("{draft:?}").as_bytes());
                let filed = casework::file_observation(&service.desk, &teacher, &draft, Some(&key)).await.unwrap();
                assert!(filed.alerts.is_empty());
                done.fetch_add(1, Ordering::Relaxed);
                i += CONNECTIONS;
            }
        });
    }
    while people.join_next().await.is_some() {}
    done.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64()
}

pub(crate) async fn figures() -> Vec<Figure> {
    let (with, without) = (rate(true).await, rate(false).await);
    let ratio = with / without;
    vec![
        Figure::new(
            "filings/s, SQLite FULL, 64 at once, group commit",
            format!("{with:.0}"),
            "aim 2000",
            Some(with >= 2_000.0),
        ),
        Figure::new("filings/s, the same without group commit", format!("{without:.0}"), "", None),
        Figure::new("ratio", format!("{ratio:.2}"), "≥ 1.4", Some(ratio >= 1.4)),
    ]
}

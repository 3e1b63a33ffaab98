//! Very many at once.

use domain::id::StudentId;
use sea_orm::ConnectionTrait;
use storage::{NewStudent, Target};

use crate::World;
use crate::database::behind;

/// So many more children in class 0 of school 0.
pub async fn students(world: &World, count: usize) -> Vec<StudentId> {
    let (school, class) = (&world.town.schools[0], &world.town.schools[0].classes[0]);
    let one = |n: usize| NewStudent {
        id: StudentId::new(world.service.desk.ids.uuid()),
        district: world.town.district,
        school: school.id,
        grade: class.grade,
        class: class.id,
        name: format!("周{n}"),
        name_key: format!("周{n}"),
        pinyin: format!("zhou{n}"),
        initials: format!("z{n}"),
        seat: None,
        gender: None,
        birth_date: None,
        student_number: None,
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    };
    let students: Vec<NewStudent> = (0..count).map(one).collect();
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.add_students(&students, None).await.unwrap();
    tx.commit().await.unwrap();
    students.into_iter().map(|s| s.id).collect()
}

/// A thousand mails about a yellow alert of school 1, to as many people: none of them goes together with another.
pub async fn thousand_yellows(world: &World) {
    let _ = world.file("dorm-b", world.filing(world.town.student(1, 0, 0), 2)).await;
    let db = behind(&world.target).await;
    let id = if matches!(world.target, Target::Sqlite { .. }) { "randomblob(16)" } else { "gen_random_uuid()" };
    let crowd = "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 1000) INSERT INTO";
    let of_it = "FROM person p, (SELECT * FROM outbox WHERE channel = 'mail' LIMIT 1) m WHERE p.login LIKE 'crowd%'";
    let people = format!(
        "{crowd} person (id, login, name, password_hash, created_at) SELECT {id}, 'crowd' || n, 'crowd', '', 1 FROM g"
    );
    let contacts = format!(
        "INSERT INTO contact_method (id, person_id, channel, address, verified_at) \
         SELECT {id}, id, 'mail', login || '@school.example', 1 FROM person WHERE login LIKE 'crowd%'"
    );
    let messages = format!(
        "INSERT INTO outbox (id, alert_id, school_id, person_id, channel, kind, epoch, rung, repeat_no, lane, priority, \
         level, minutes, not_before, state, attempt, created_at, changed_at, may_bundle) SELECT {id}, m.alert_id, \
         m.school_id, p.id, 'mail', 'alarm', 0, 0, 0, 'normal', 1, 2, 10, m.not_before, 'pending', 0, m.created_at, \
         m.created_at, 1 {of_it}"
    );
    for sql in [people, contacts, messages] {
        db.execute_unprepared(&sql).await.unwrap();
    }
}

//! The routine of a school's week: weekly reports, and what is done about those that are missing.

mod mood;
mod page;
mod reports;
mod same;
mod sweep;
mod sweep_page;
mod unseen;
mod week;

use casework::{Contact, NewStaff};
use domain::delivery::Channel;
use domain::id::ClassId;
use domain::org::{Stage, Unit};
use domain::staff::Role;
use serde_json::{Value, json};
use storage::{ClassRecord, GradeRecord, NewStudent};
use tests::World;

/// Lets what is due about reports happen, and everything that follows.
pub(super) async fn turn(world: &World) {
    while casework::turn_reports(&world.service.desk).await.unwrap() > 0 {}
    while casework::turn_unseen(&world.service.desk).await.unwrap() > 0 {}
    world.settle().await;
}

/// Sets the clock, and lets everything happen that is due.
pub(super) async fn at(world: &mut World, local: &str) {
    world.at(local).await;
    turn(world).await;
}

/// A signed nil return.
pub(super) fn nil() -> Value {
    json!({ "nil": true, "signed": true })
}

/// Four more classes in each grade of the first school, with a teacher `t2-…` to `t5-…` each and one pupil.
pub(super) async fn twelve_classes(world: &World) -> Vec<(String, ClassId)> {
    let (desk, school) = (&world.service.desk, world.town.schools[0].clone());
    let mut all: Vec<(String, ClassId)> = Vec::new();
    for (n, class) in school.classes.iter().enumerate() {
        all.push((if n == 0 { "teacher".to_owned() } else { format!("teacher{n}") }, class.id));
    }
    for (g, (grade, year)) in school.grades.iter().zip([2026, 2025]).enumerate() {
        for number in 3..=6 {
            let grade = GradeRecord { id: *grade, school: school.id, stage: Stage::Junior, entry_year: year };
            let class = ClassRecord { id: ClassId::new(desk.ids.uuid()), grade, name: number.to_string() };
            let mut tx = desk.storage.begin().await.unwrap();
            tx.add_class(&class).await.unwrap();
            tx.add_students(&[pupil(world, &class)], None).await.unwrap();
            tx.commit().await.unwrap();
            let login = format!("t{number}-{g}");
            let staff = NewStaff {
                login: login.clone(),
                name: format!("班主任{login}"),
                role: Role::ClassTeacher,
                unit: Unit::Class(class.id),
                lead: false,
                contacts: vec![Contact { channel: Channel::Mail, address: format!("{login}@school.example") }],
                password: tests::town::PASSWORD.to_owned(),
            };
            casework::add_staff(desk, &staff).await.unwrap();
            all.push((login, class.id));
        }
    }
    all
}

fn pupil(world: &World, class: &ClassRecord) -> NewStudent {
    NewStudent {
        id: domain::id::StudentId::new(world.service.desk.ids.uuid()),
        district: world.town.district,
        school: class.grade.school,
        grade: class.grade.id,
        class: class.id,
        name: "周五福".to_owned(),
        name_key: "周五福".to_owned(),
        pinyin: "zhouwufu".to_owned(),
        initials: "zwf".to_owned(),
        seat: None,
        gender: None,
        birth_date: None,
        student_number: None,
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    }
}

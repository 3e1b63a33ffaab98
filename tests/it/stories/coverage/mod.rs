//! Who can be told: duty, deputies, contact methods, and people who leave.

mod contacts;
mod deputies;
mod duty;
mod leaving;

use domain::coverage::Period;
use domain::org::Unit;
use domain::staff::Role;
use tests::World;
use tests::world::shanghai;

/// A local time, as clients write it.
fn at(local: &str) -> String {
    shanghai(local).to_rfc3339()
}

/// Nobody is on duty in the first school.
async fn nobody_on_duty(world: &World) {
    let desk = &world.service.desk;
    let period = Period { from: desk.now(), to: desk.now() + chrono::TimeDelta::days(1) };
    let turns = desk.storage.read().duty(world.town.schools[0].id, period).await.unwrap();
    let mut tx = desk.storage.begin().await.unwrap();
    for turn in turns {
        tx.remove_duty(turn.turn.id).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A teacher of the second class, whom nothing reaches, in place of the one who was.
async fn unreachable_teacher(world: &World) -> domain::id::PersonId {
    let desk = &world.service.desk;
    let class = Unit::Class(world.town.schools[0].classes[1].id);
    let before = desk.storage.read().actor(world.town.person("teacher1"), desk.now()).await.unwrap();
    world.clock.advance(chrono::TimeDelta::minutes(1));
    let mut tx = desk.storage.begin().await.unwrap();
    tx.end_position(before.positions[0].0.id, desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    let staff = casework::NewStaff {
        login: "newcomer".to_owned(),
        name: "新来的老师".to_owned(),
        role: Role::ClassTeacher,
        unit: class,
        lead: false,
        contacts: Vec::new(),
        password: tests::town::PASSWORD.to_owned(),
    };
    casework::add_staff(desk, &staff).await.unwrap()
}

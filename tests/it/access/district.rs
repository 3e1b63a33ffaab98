//! What the district alone may hear of: its officers do everything with it that ends it, and for everybody else it is not
//! there.

use serde_json::json;
use tests::on_both;

use super::table::{PEOPLE, Row, row};
use super::{Things, ask};

const DISTRICT: &[&str] = &["district", "district-lead"];

const ROWS: [Row; 8] = [
    row("GET /api/v1/alerts/{id}", DISTRICT, 200, &[], 404),
    row("GET /alerts/{id}", DISTRICT, 200, &[], 404),
    row("POST /api/v1/alerts/{id}/approve", DISTRICT, 409, &[], 404),
    row("POST /api/v1/alerts/{id}/reject", DISTRICT, 409, &[], 404),
    row("POST /api/v1/alerts/{id}/custody", DISTRICT, 201, &[], 404),
    row("POST /api/v1/alerts/{id}/assess", DISTRICT, 200, &[], 404),
    row("POST /api/v1/alerts/{id}/acknowledge", DISTRICT, 200, &[], 404),
    row("POST /alerts/{id}/custody", DISTRICT, 422, &[], 404),
];

on_both!(what_is_the_district_s_alone_is_nobody_else_s, |world| {
    let mut things = Things::of(&world).await;
    let mut body = world.filing(world.town.student(0, 1, 0), 4);
    body["involved_staff"] = json!([world.town.person("principal").to_string()]);
    let _ = world.file("dorm", body).await;
    world.settle().await;
    let _ = world.told();
    things.alert = world.alert_seen_by("district").await;
    let mut wrong = Vec::new();
    for row in &ROWS {
        for person in PEOPLE {
            let (status, _) = ask(&world, &things, person, row.operation, false).await;
            if status != row.expected(person) {
                wrong.push(format!("{} as {person}: {status}, not {}", row.operation, row.expected(person)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    world.settle().await;
    let _ = world.told();
});

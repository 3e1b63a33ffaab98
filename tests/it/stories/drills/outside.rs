//! Nobody outside the school hears of a drill, unless the principal says so when he starts it.

use domain::drill::subject;
use serde_json::json;
use tests::on_both;

use super::{SCHOOL, plain, start, told_of_a_drill};

on_both!(nobody_outside_is_told_though_nobody_answers_for_an_hour, |world| {
    world.give_telephones(&["counsellor", "district", "district-lead"]).await;
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    for minute in 1..=60 {
        world.pass(1).await;
        let told = world.told();
        assert!(told.iter().all(|l| SCHOOL.contains(&l.as_str())), "{told:?} after {minute} minutes");
    }
    let id: domain::id::DrillId = id.parse().unwrap();
    let read = world.service.desk.storage.read();
    let told = read.told_of(subject(id)).await.unwrap();
    let want: Vec<_> = SCHOOL.iter().map(|l| world.town.person(l)).collect();
    assert!(told.iter().all(|p| want.contains(p)), "{told:?}");
});

on_both!(the_district_hears_where_that_was_asked_for, |world| {
    let _ = start(&world, json!({ "note": "例行", "district": true })).await;
    told_of_a_drill(&world, &SCHOOL);
    world.pass(10).await;
    told_of_a_drill(&world, &["district"]);
    world.pass(10).await;
    told_of_a_drill(&world, &["district-lead"]);
    world.pass(39).await;
    let _ = world.told();
    world.pass(1).await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal", "district", "district-lead"]);
});

on_both!(a_class_and_a_grade_bring_their_own_people_and_no_others, |world| {
    let grade = world.town.schools[0].grades[1];
    let _ = start(&world, json!({ "note": "例行", "grade": grade })).await;
    told_of_a_drill(&world, &["grade1", "counsellor", "vice", "principal"]);
    world.pass(60).await;
    let letters = told_of_a_drill(&world, &["grade1", "counsellor", "vice", "principal"]);
    assert!(letters.iter().all(|l| l.text.contains("演练结束")), "{letters:#?}");
});

on_both!(whoever_comes_onto_a_rung_while_a_drill_runs_is_told_as_well, |world| {
    let _ = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    let now = world.service.desk.now();
    let body = json!({ "deputy": world.town.person("nurse"), "from": now, "to": now + chrono::TimeDelta::days(1) });
    let _ = world.client("counsellor").await.post("/api/v1/me/deputies", body).await.expect(201);
    world.settle().await;
    told_of_a_drill(&world, &["nurse"]);
    world.pass(60).await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal", "nurse"]);
});

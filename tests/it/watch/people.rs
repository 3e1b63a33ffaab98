//! People who cannot be reached.

use tests::on_both;

use super::{Watched, behind_its_back, red, runs};

async fn on_leave(world: &tests::World, logins: &str, since: &str) {
    behind_its_back(world, &format!("UPDATE person SET disabled_at = {since} WHERE login IN ({logins})")).await;
}

on_both!(a_rung_on_which_nobody_is_left_calls_the_operator, |world| {
    let watched = red(&world).await;
    on_leave(&world, "'teacher', 'grade', 'counsellor', 'vice', 'principal'", "1").await;
    Watched::finds(&watched.pass().await, &["rung_unreachable"]);
    watched.called_about(&["rung_unreachable ×1"]);
    on_leave(&world, "'teacher', 'grade', 'counsellor', 'vice', 'principal'", "NULL").await;
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(a_rung_above_on_which_nobody_is_left_is_a_warning, |world| {
    let watched = red(&world).await;
    on_leave(&world, "'district'", "1").await;
    let report = watched.pass().await;
    Watched::finds(&report, &["rung_above_unreachable"]);
    assert!(report.proven, "the climb passes such a rung by itself");
    watched.nobody_called();
    runs(&world, 10 * 60).await;
    world.told_exactly(&["district-lead"]);
});

on_both!(somebody_with_one_verified_channel_is_a_warning, |world| {
    let watched = red(&world).await;
    let unverified = "UPDATE contact_method SET verified_at = NULL WHERE channel = 'sms' \
                      AND person_id IN (SELECT id FROM person WHERE login = 'vice')";
    behind_its_back(&world, unverified).await;
    let report = watched.pass().await;
    Watched::finds(&report, &["few_channels"]);
    let found = report.seen.values().flatten().map(|s| s.name.clone()).collect::<Vec<_>>();
    assert_eq!(found, [world.town.person("vice").to_string()]);
    watched.nobody_called();
});

on_both!(a_rung_that_only_this_alert_may_not_reach_is_no_finding, |world| {
    let watched = Watched::over(&world).await;
    let mut body = world.filing(world.town.student(0, 0, 0), 2);
    body["involved_staff"] = serde_json::json!([world.town.person("grade")]);
    let _ = world.file("subject", body).await;
    let mut body = world.filing(world.town.student(0, 0, 1), 1);
    body["involved_staff"] = serde_json::json!([world.town.person("principal")]);
    let _ = world.file("subject", body).await;
    runs(&world, 30).await;
    world.told_exactly(&["teacher", "counsellor", "district"]);
    Watched::finds(&watched.pass().await, &[]);
    watched.nobody_called();
});

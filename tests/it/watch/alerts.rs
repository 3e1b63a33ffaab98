//! Faults of alerts and of their messages.

use chrono::TimeDelta;
use serde_json::json;
use tests::on_both;

use super::{OURS, SCHOOL, Turning, Watched, ago, behind_its_back, open, red, runs, runs_with, worded};

on_both!(a_rung_whose_messages_are_gone_is_told_again, |world| {
    let watched = red(&world).await;
    behind_its_back(&world, &format!("DELETE FROM outbox WHERE {OURS}")).await;
    let report = watched.pass().await;
    Watched::finds(&report, &["rung_untold"]);
    assert!(!report.proven && report.nudged == 1);
    watched.called_about(&["rung_untold ×1"]);
    runs(&world, 5).await;
    world.told_exactly(&SCHOOL);
    Watched::finds(&watched.pass().await, &[]);
    assert_eq!(open(&world).await, Vec::<String>::new(), "closed when all is well");
    watched.nobody_called();
});

on_both!(an_alert_that_lost_its_time_is_told_rather_than_forgotten, |world| {
    let watched = red(&world).await;
    let drop_checks = "DO $$ DECLARE c RECORD; BEGIN FOR c IN SELECT conname FROM pg_constraint \
                       WHERE conrelid = 'alert'::regclass AND contype = 'c' LOOP \
                       EXECUTE 'ALTER TABLE alert DROP CONSTRAINT ' || c.conname; END LOOP; END $$;";
    let without = worded(&world, "PRAGMA ignore_check_constraints = ON;", drop_checks);
    behind_its_back(&world, &format!("{without} UPDATE alert SET due_at = NULL, deadline_at = NULL WHERE {OURS}"))
        .await;
    runs(&world, 5).await;
    world.told_exactly(&[]);
    Watched::finds(&watched.pass().await, &["alert_without_time"]);
    watched.called_about(&["alert_without_time ×1"]);
    runs(&world, 10).await;
    world.told_exactly(&["district"]);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(a_lease_that_nobody_took_over_is_released, |world| {
    let watched = red(&world).await;
    let old = ago(&world, 31);
    behind_its_back(&world, &format!("UPDATE outbox SET state = 'sending', lease_until = {old} WHERE {OURS}")).await;
    Watched::finds(&watched.pass().await, &["lease_expired"]);
    watched.called_about(&["lease_expired ×1"]);
    runs_with(&world, 5, Turning { tick: true, dispatcher: false }).await;
    let after = watched.pass().await;
    assert!(!after.kinds().contains(&"lease_expired"), "{after:?}");
    runs(&world, 5).await;
    world.told_exactly(&SCHOOL);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(a_red_that_waits_too_long_calls_the_operator, |world| {
    let watched = red(&world).await;
    let old = ago(&world, 16);
    behind_its_back(&world, &format!("UPDATE outbox SET state = 'pending', not_before = {old} WHERE {OURS}")).await;
    Watched::finds(&watched.pass().await, &["red_waiting"]);
    watched.called_about(&["red_waiting ×1"]);
    runs(&world, 5).await;
    world.told_exactly(&SCHOOL);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(a_red_of_which_nothing_arrived_goes_to_the_next_rung, |world| {
    let watched = red(&world).await;
    let old = ago(&world, 16);
    let lost = "CASE WHEN channel = 'sms' THEN 'failed' ELSE 'unknown' END";
    behind_its_back(&world, &format!("UPDATE outbox SET state = {lost}, changed_at = {old} WHERE {OURS}")).await;
    Watched::finds(&watched.pass().await, &["red_all_failed"]);
    watched.called_about(&["red_all_failed ×1"]);
    runs(&world, 5).await;
    world.told_exactly(&["district"]);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(a_red_that_somebody_took_and_left_is_found_before_it_opens_again, |world| {
    let watched = red(&world).await;
    let alert = world.alert_seen_by("teacher").await;
    let path = format!("/api/v1/alerts/{alert}/acknowledge");
    let _ = world.client("teacher").await.post(&path, json!({})).await.expect(200);
    runs(&world, 7 * 60).await;
    world.told_exactly(&["grade", "counsellor", "vice", "principal"]);
    Watched::finds(&watched.pass().await, &[]);
    runs(&world, 65).await;
    Watched::finds(&watched.pass().await, &["taken_without_custody"]);
    watched.nobody_called();
    world.told_exactly(&[]);
    runs(&world, 120).await;
    world.told_exactly(&["teacher", "grade", "counsellor", "vice", "principal", "district"]);
    Watched::finds(&watched.pass().await, &[]);
});

on_both!(an_alert_that_is_not_there_or_has_no_policy_calls_the_operator, |world| {
    let watched = red(&world).await;
    let unbound =
        worded(&world, "PRAGMA foreign_keys = OFF;", "ALTER TABLE alert DROP CONSTRAINT alert_policy_id_fkey;");
    behind_its_back(&world, &format!("{unbound} DELETE FROM policy")).await;
    let report = watched.pass().await;
    assert!(report.kinds().contains(&"policy_missing"), "{report:?}");
    watched.called_about(&["policy_missing"]);
    behind_its_back(&world, &format!("DELETE FROM alert WHERE {OURS}")).await;
    world.clock.advance(TimeDelta::seconds(5));
    let report = watched.pass().await;
    assert!(report.kinds().contains(&"alert_missing"), "{report:?}");
    watched.called_about(&["alert_missing ×1"]);
});

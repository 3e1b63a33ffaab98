//! When the operator is called, and when again.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, TransactionTrait};
use storage::Target;
use tests::database::behind;
use tests::on_both;

use super::{behind_its_back, red, runs};

on_both!(the_operator_is_called_at_once_and_then_every_half_hour_while_it_stands, |world| {
    let watched = red(&world).await;
    behind_its_back(&world, "UPDATE engine_version SET version = 77").await;
    let mut called = Vec::new();
    for minute in 0..65 {
        let _ = watched.pass().await;
        let pages = watched.pages();
        assert!(pages.is_empty() || pages.len() == 2, "both ways or none: {pages:?}");
        called.extend((!pages.is_empty()).then_some(minute));
        runs(&world, 60).await;
    }
    assert_eq!(called, [0, 30, 60]);
    let _ = world.told();
    behind_its_back(&world, "UPDATE engine_version SET version = 1").await;
    let _ = watched.pass().await;
    behind_its_back(&world, "UPDATE engine_version SET version = 77").await;
    let _ = watched.pass().await;
    watched.nobody_called();
});

on_both!(a_page_that_nobody_takes_is_tried_again_at_the_next_pass, |world| {
    let watched = red(&world).await;
    behind_its_back(&world, "UPDATE engine_version SET version = 77").await;
    watched.mail.is_broken(true);
    watched.sms.is_broken(true);
    assert_eq!(watched.pass().await.paged, 0);
    watched.mail.is_broken(false);
    assert_eq!(watched.pass().await.paged, 1);
    assert_eq!(watched.pages().len(), 1);
    assert_eq!(watched.pass().await.paged, 0);
});

on_both!(a_database_that_takes_nothing_calls_the_operator_from_memory, |world| {
    let mut watched = red(&world).await;
    watched.auditor.patience = Duration::from_millis(300);
    let db = behind(&world.target).await;
    #[allow(clippy::disallowed_methods, reason = "it is to stand in the way")]
    let lock = db.begin().await.unwrap();
    let words = match world.target {
        Target::Sqlite { .. } => "UPDATE heartbeat SET at = at WHERE name = 'tick'",
        Target::Postgres { .. } => "LOCK TABLE finding IN ACCESS EXCLUSIVE MODE",
    };
    lock.execute_unprepared(words).await.unwrap();
    for paged in [2, 0] {
        let report = notifier::audit_once(&watched.auditor).await;
        assert!(!report.recorded && !report.proven, "{report:?}");
        assert_eq!(report.paged, paged);
        world.clock.advance(TimeDelta::seconds(5));
    }
    watched.called_about(&["audit_unrecorded ×1"]);
    lock.rollback().await.unwrap();
    watched.auditor.patience = Duration::from_secs(5);
    runs(&world, 5).await;
    assert!(watched.pass().await.proven);
});

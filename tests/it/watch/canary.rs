//! The canary: it flies the whole way, and nobody real hears or sees anything of it.

use chrono::TimeDelta;
use domain::canary::{PERSON, SCHOOL as ITS_SCHOOL, STUDENT};
use domain::directory::Circle;
use sea_orm::{ConnectionTrait, Statement};
use tests::database::behind;
use tests::on_both;

use super::{ALL, Watched, runs, turn};

on_both!(a_canary_flies_the_whole_way_and_tells_nobody_real, |world| {
    let watched = Watched::over(&world).await;
    runs(&world, 10).await;
    let desk = &world.service.desk;
    let first = desk.storage.read().last_beat("canary").await.unwrap().unwrap();
    let alert = desk.storage.read().open_alert_of(STUDENT, &Circle::default()).await.unwrap().unwrap();
    assert_eq!(alert.climb.state.key(), "settled");
    assert!(alert.climb.custody && alert.climb.assessed && alert.owner == Some(PERSON));
    let report = watched.pass().await;
    Watched::finds(&report, &[]);
    assert!(report.proven && report.pinged);
    runs(&world, 310).await;
    let second = desk.storage.read().last_beat("canary").await.unwrap().unwrap();
    assert!(second - first >= TimeDelta::minutes(5));
    let again = desk.storage.read().open_alert_of(STUDENT, &Circle::default()).await.unwrap().unwrap();
    assert!(again.id == alert.id && again.climb.epoch > alert.climb.epoch, "it joins its open alert");
    world.told_exactly(&[]);
    watched.nobody_called();
});

on_both!(nothing_is_proven_before_the_first_canary_has_come_back, |world| {
    let watched = Watched::over(&world).await;
    let report = watched.pass().await;
    Watched::finds(&report, &[]);
    assert!(!report.proven && !report.pinged);
    assert_eq!(casework::last_proof(&world.service.desk).await.unwrap(), None);
    runs(&world, 10).await;
    assert!(watched.pass().await.pinged);
    assert_eq!(casework::last_proof(&world.service.desk).await.unwrap(), Some(world.service.desk.real_now()));
});

on_both!(a_pass_that_leaves_out_a_check_proves_nothing, |world| {
    let mut watched = Watched::over(&world).await;
    runs(&world, 10).await;
    let _ = watched.auditor.checks.pop();
    let report = watched.pass().await;
    assert!(!report.proven && !report.pinged);
});

on_both!(nobody_sees_the_canary, |world| {
    runs(&world, 10).await;
    for (login, _) in world.town.people.clone() {
        let client = world.client(&login).await;
        let alerts = client.get("/api/v1/alerts").await;
        assert!(alerts.status == 403 || alerts.items().is_empty(), "{login}: {}", alerts.text);
        for path in ["/api/v1/students?limit=200", "/api/v1/me", "/api/v1/alerts?state=assessed"] {
            let text = client.get(path).await.text;
            assert!(!text.contains("canary") && !text.contains("自检"), "{login} {path}: {text}");
        }
        let gone = client.get(&format!("/api/v1/students/{STUDENT}/growth-file")).await;
        assert!(gone.status >= 400, "{login}: {}", gone.text);
    }
    let schools = world.service.desk.storage.read().schools().await.unwrap();
    assert!(schools.iter().all(|s| s.id != ITS_SCHOOL));
    let sign_in = serde_json::json!({ "login": "canary/itself", "password": "canary" });
    let refused = tests::Client::anonymous(&world.base).post("/api/v1/session", sign_in).await;
    assert!(refused.status >= 400, "{}", refused.text);
});

on_both!(a_canary_that_waits_is_not_among_the_messages_that_are_measured, |world| {
    let desk = &world.service.desk;
    let _ = casework::turn_canary(desk, TimeDelta::minutes(5)).await.unwrap();
    let (waiting, oldest) = desk.storage.read().backlog(desk.now()).await.unwrap();
    assert_eq!((waiting, oldest), (0, None));
    turn(&world, ALL).await;
});

on_both!(its_rows_do_not_grow_for_ever, |world| {
    world.tells_reporters().await;
    let db = behind(&world.target).await;
    let mut rows = Vec::new();
    for day in 0..7 {
        for _ in 0..24 {
            world.clock.advance(TimeDelta::hours(1));
            for _ in 0..3 {
                turn(&world, ALL).await;
            }
        }
        if day >= 4 {
            let mut all = Vec::new();
            for table in [
                "outbox",
                "delivery_attempt",
                "provider_receipt",
                "event",
                "growth_entry",
                "observation",
                "audit",
                "observation_version",
                "custody",
                "alert_reason",
                "unread_report",
                "alert",
                "person",
                "student",
            ] {
                let sql = format!("SELECT COUNT(*) AS n FROM {table}");
                let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
                all.push((table, row.unwrap().try_get_by::<i64, _>("n").unwrap()));
            }
            rows.push(all);
        }
    }
    db.close().await.unwrap();
    for (first, last) in rows[0].iter().zip(&rows[2]) {
        assert!(last.1 <= first.1 + 5, "{first:?} became {last:?}");
    }
    world.told_exactly(&[]);
});

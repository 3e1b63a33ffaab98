//! A machine whose clock is wrong, on a database that others share.

use std::path::PathBuf;
use std::sync::Arc;

use tests::gateway::Gateway;
use tests::letters::Letters;
use tests::site::{Kind, Plan, Site, Smtp, await_some};

use super::acts::FIRST;
use super::scene::{Scene, now};

const MINUTE: i64 = 60_000_000;

/// What tells a program another time than the machine has.
fn faketime() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib").unwrap().flatten().map(|e| e.path().join("faketime/libfaketimeMT.so.1"));
    found.into_iter().find(|p| p.exists()).expect("libfaketime: see tests/rig/packages")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_is_an_hour_wrong_tells_nobody_early() {
    let gateway = Gateway::start();
    let plan = Plan { watch: "audit_every_s = 1", ..Plan::hasty(&gateway.url) };
    let mut site = Site::planned(Kind::Postgres, 1_380_001_041, 40, plan).await;
    site.kill();
    let _smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let letters = Arc::new(Letters::of(&site.mail_dir));
    let preload = format!("LD_PRELOAD={}", faketime().display());
    let mut scene = Scene::at(site, gateway, &letters).await;
    for (student, wrong) in ["+1h", "-1h"].into_iter().enumerate() {
        scene.all("DELETE FROM finding", vec![]).await;
        let time = format!("FAKETIME={wrong}");
        scene.site.under(&["env", &preload, &time, "FAKETIME_DONT_FAKE_MONOTONIC=1"]);
        scene.start().await;

        let before = now();
        let (alert, _) = scene.file(student).await;
        let after = now();
        scene.all_sent(alert, 0, FIRST, before).await;
        let sql = "SELECT deadline_at AS n FROM alert WHERE id = $1";
        let deadline = scene.count(sql, vec![alert.uuid().into()]).await - 10 * MINUTE;
        let second = MINUTE / 60;
        assert!((before - second..=after + second).contains(&deadline), "ten minutes from the true now: {deadline}");
        await_some("the auditor sees that the machine is wrong", async || {
            let sql = "SELECT COUNT(*) AS n FROM finding WHERE kind = 'clock_apart' AND closed_at IS NULL";
            (scene.count(sql, vec![]).await > 0).then_some(())
        })
        .await;
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        let rung = scene.count("SELECT rung AS n FROM alert WHERE id = $1", vec![alert.uuid().into()]).await;
        assert_eq!(rung, 0, "nobody is late, and nobody is early");
        assert!(scene.rows(alert).await.iter().all(|r| r.rung == 0), "the district has ten minutes");
        scene.due(alert, false).await;
        scene.site.kill();
    }
    scene.duplicates(0).await;
}

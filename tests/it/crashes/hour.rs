//! A machine whose clock is wrong: on a database that others share, and where it is the only clock there is.

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

/// The hands of a machine, which somebody moves while the program runs.
struct Hands(PathBuf);

impl Hands {
    fn of(site: &Site) -> Self {
        let hands = Self(site.scratch.0.join("hands"));
        hands.put("+0");
        hands
    }

    /// By so much from the true time; nobody ever reads half of it.
    fn put(&self, by: &str) {
        let beside = self.0.with_extension("new");
        std::fs::write(&beside, format!("{by}\n")).unwrap();
        std::fs::rename(beside, &self.0).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_machines_clock_goes_back_an_hour_nobody_waits_an_hour() {
    let gateway = Gateway::start();
    let plan = Plan { watch: "audit_every_s = 1", ..Plan::hasty(&gateway.url) };
    let mut site = Site::planned(Kind::Sqlite, 1_380_001_042, 40, plan).await;
    site.kill();
    let _smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let letters = Arc::new(Letters::of(&site.mail_dir));
    let hands = Hands::of(&site);
    let preload = format!("LD_PRELOAD={}", faketime().display());
    let file = format!("FAKETIME_TIMESTAMP_FILE={}", hands.0.display());
    site.under(&["env", &preload, &file, "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"]);
    let mut scene = Scene::at(site, gateway, &letters).await;
    scene.start().await;
    let (alert, _) = scene.file(0).await;
    scene.all_sent(alert, 0, FIRST, now()).await;

    hands.put("-1h");
    await_some("the auditor sees that the machine is wrong", async || {
        let sql = "SELECT COUNT(*) AS n FROM finding WHERE kind = 'clock_apart' AND closed_at IS NULL";
        (scene.count(sql, vec![]).await > 0).then_some(())
    })
    .await;
    // What was filed before, and what is filed after: the time that matters is not an hour away for either.
    let (later, _) = scene.file(1).await;
    for (alert, rung) in [(alert, 1), (later, 1)] {
        scene.due(alert, true).await;
        scene.all_sent(alert, rung, 1, now()).await;
        scene.due(alert, false).await;
    }
    // Nor does a program that is started only then.
    scene.site.kill();
    scene.start().await;
    scene.due(alert, true).await;
    scene.all_sent(alert, 2, 1, now()).await;
    scene.due(alert, false).await;
    scene.site.kill();
    scene.duplicates(0).await;
}

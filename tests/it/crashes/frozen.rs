//! Several processes share one PostgreSQL, and one of them is frozen past its lease, as a paused virtual machine is.

use std::process::Child;
use std::sync::Arc;
use std::time::Duration;

use domain::id::AlertId;
use tests::letters::Letters;
use tests::site::{Kind, Plan, Site, Smtp, await_some, rig};

use super::acts::{FIRST, SECOND, rungs, told};
use super::scene::{LEASE, Row, Scene, now};

/// Three processes: one that will fall asleep, one that serves and one that works beside it.
struct Shared {
    scene: Scene,
    other: Site,
    worker: Option<Child>,
    _smtp: Smtp,
    _first: Site,
}

impl Shared {
    async fn found(marker: u64) -> Self {
        let mut site = Site::planned(Kind::Postgres, marker, 40, Plan::hasty(&rig("XINDENG_TEST_KANNEL"))).await;
        site.kill();
        let smtp = Smtp::start(&site.mail_dir, 0);
        let letters = Arc::new(Letters::of(&site.mail_dir));
        let scene = Scene::twin(&site, &smtp, &letters).await;
        let other = scene.site.sibling(&smtp);
        Self { scene, other, worker: None, _smtp: smtp, _first: site }
    }

    /// Starts those who do not sleep.
    async fn others(&mut self) -> i64 {
        let since = now();
        self.worker = Some(self.other.beside("work"));
        self.other.start().await;
        since
    }

    /// Lets the sleeper go on, and gives it the time to do harm.
    async fn wake(&self) {
        self.scene.site.wake();
        tokio::time::sleep(LEASE * 2).await;
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(worker) = &mut self.worker {
            let _ = worker.kill();
            let _ = worker.wait();
        }
    }
}

/// The last thing that can be cut off by the sleep is the answer itself.
async fn file_and_sleep(scene: &mut Scene) {
    scene.site.arm();
    let _ = tokio::time::timeout(Duration::from_secs(2), scene.try_file(0)).await;
    scene.site.await_sleep().await;
}

/// The alert that was filed, once the others have told it.
async fn told_by_others(shared: &mut Shared, since: i64) -> (AlertId, Vec<Row>) {
    shared.scene.speak_to(&shared.other.base).await;
    let (alert, _) = shared.scene.file(0).await;
    shared.scene.all_sent(alert, 0, FIRST, since).await;
    let rows = shared.scene.rows(alert).await;
    (alert, rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_frozen_amid_its_calls_changes_nothing_when_it_wakes() {
    let mut shared = Shared::found(1_380_001_011).await;
    shared.scene.start_doomed("stop", "call:during", 1).await;
    std::fs::write(shared.scene.site.mail_dir.join("late"), "").unwrap();
    file_and_sleep(&mut shared.scene).await;
    std::fs::remove_file(shared.scene.site.mail_dir.join("late")).unwrap();

    let since = shared.others().await;
    let (alert, rows) = told_by_others(&mut shared, since).await;
    assert!(rows.iter().any(|r| r.attempt > 1), "others took over what it held: {rows:?}");
    shared.wake().await;
    await_some("a mark that came too late is refused", async || {
        shared.scene.site.log().contains("the lease has gone to another worker").then_some(())
    })
    .await;
    assert_eq!(shared.scene.rows(alert).await, rows, "nothing goes back");
    let (messages, again, _) = shared.scene.duplicates(1).await;
    println!("frozen amid its calls: {messages} messages, {again} once more, {:?} after", shared.scene.slowest);

    let itself = shared.scene.site.base.clone();
    shared.scene.speak_to(&itself).await;
    told(&mut shared.scene, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_frozen_before_its_calls_tells_nobody_when_it_wakes() {
    let mut shared = Shared::found(1_380_001_012).await;
    shared.scene.start_doomed("stop", "kept:claim", 1).await;
    file_and_sleep(&mut shared.scene).await;

    let since = shared.others().await;
    let (alert, rows) = told_by_others(&mut shared, since).await;
    shared.wake().await;
    await_some("it leaves the messages to others", async || {
        shared.scene.site.log().contains("the lease ran out before the message was sent").then_some(())
    })
    .await;
    assert_eq!(shared.scene.rows(alert).await, rows, "nothing goes back");
    let (messages, again, _) = shared.scene.duplicates(0).await;
    println!("frozen before its calls: {messages} messages, {again} once more, {:?} after", shared.scene.slowest);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_frozen_amid_a_step_holds_nobody_up() {
    let mut shared = Shared::found(1_380_001_013).await;
    shared.scene.start_doomed("stop", "commit:change", 1).await;
    let alert = told(&mut shared.scene, 0).await;
    shared.scene.site.arm();
    shared.scene.due(alert, true).await;
    shared.scene.site.await_sleep().await;
    assert_eq!(rungs(&shared.scene, alert).await, (0, 1), "it sleeps before its commit");

    shared.others().await;
    await_some("another one steps", async || (rungs(&shared.scene, alert).await == (1, 2)).then_some(())).await;
    shared.scene.all_sent(alert, 1, SECOND, now()).await;
    let rows = shared.scene.rows(alert).await;
    shared.wake().await;
    assert_eq!(rungs(&shared.scene, alert).await, (1, 2), "no deadline is stepped twice");
    assert_eq!(shared.scene.rows(alert).await, rows, "nobody is told twice");
    shared.scene.duplicates(0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tick_frozen_after_a_step_has_stepped_once() {
    let mut shared = Shared::found(1_380_001_014).await;
    shared.scene.start_doomed("stop", "kept:change", 1).await;
    let alert = told(&mut shared.scene, 0).await;
    shared.scene.site.arm();
    shared.scene.due(alert, true).await;
    shared.scene.site.await_sleep().await;
    let since = shared.others().await;
    shared.scene.all_sent(alert, 1, SECOND, since).await;
    shared.wake().await;
    assert_eq!(rungs(&shared.scene, alert).await, (1, 2), "no deadline is stepped twice");
    shared.scene.duplicates(0).await;
}

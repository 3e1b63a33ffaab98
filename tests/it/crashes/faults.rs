//! The database fails while the program lives: it is restarted, cuts connections, keeps everybody waiting, is full. A filing
//! that was not kept says so, nothing is half there, and all goes on without a restart of the program.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, TransactionTrait};
use tests::Answer;
use tests::gateway::Gateway;
use tests::letters::Letters;
use tests::own_postgres::OwnPostgres;
use tests::site::{Kind, Plan, Site, Smtp, await_some};

use super::acts::FIRST;
use super::scene::{LEASE, Scene, now};

/// The bar: all goes on so soon after the database does.
const RECOVERY: Duration = Duration::from_secs(10);

async fn scene(site: Site, gateway: Gateway) -> (Scene, Smtp) {
    let smtp = Smtp::start(&site.mail_dir, site.smtp_port);
    let letters = Arc::new(Letters::of(&site.mail_dir));
    let mut scene = Scene::at(site, gateway, &letters).await;
    scene.start().await;
    (scene, smtp)
}

/// It was kept, or the answer says that it was not; nothing else.
fn kept(answer: Option<Answer>) -> bool {
    let answer = answer.expect("an answer");
    match answer.status {
        201 => true,
        503 => {
            assert_eq!(answer.code(), "not_kept", "{}", answer.text);
            false
        }
        other => panic!("{other}: {}", answer.text),
    }
}

/// Files until it is kept, within the bar; what was cut off goes on as well.
async fn recovers(scene: &mut Scene, student: usize, since: Instant) -> Duration {
    while !kept(scene.try_file(student).await) {
        assert!(since.elapsed() < RECOVERY, "it does not recover");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    since.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_of_postgresql_amid_the_work_loses_nothing() {
    let mut own = OwnPostgres::found().await;
    let gateway = Gateway::start();
    let site = Site::in_database(own.url(), 1_380_001_031, Plan::hasty(&gateway.url)).await;
    let (mut scene, _smtp) = scene(restful(site), gateway).await;
    let mut slowest = Duration::ZERO;
    for n in 0..3 {
        let (before, during) = (2 * n, 2 * n + 1);
        let (first, _) = scene.file(before).await;
        own.stop();
        assert!(!kept(scene.try_file(during).await), "nobody keeps anything");
        own.start().await;
        let began = Instant::now();
        slowest = slowest.max(recovers(&mut scene, during, began).await);
        let since = now();
        let (second, _) = scene.file(during).await;
        for alert in [first, second] {
            scene.all_sent(alert, 0, FIRST, since).await;
            scene.due(alert, false).await;
        }
    }
    tokio::time::sleep(LEASE + LEASE / 2).await;
    let (messages, again, _) = scene.duplicates(1).await;
    println!(
        "PostgreSQL restarted three times: {messages} messages, {again} once more, at work again after {slowest:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_connections_lose_nothing() {
    let gateway = Gateway::start();
    let site = Site::planned(Kind::Postgres, 1_380_001_032, 40, Plan::hasty(&gateway.url)).await;
    let (mut scene, _smtp) = scene(restful(site), gateway).await;
    let mut slowest = Duration::ZERO;
    for n in 0..6 {
        cut(&scene).await;
        slowest = slowest.max(recovers(&mut scene, n, Instant::now()).await);
        let (alert, _) = scene.file(n).await;
        tokio::time::sleep(Duration::from_millis(20 * u64::try_from(n).unwrap())).await;
        cut(&scene).await;
        scene.all_sent(alert, 0, FIRST, now()).await;
        scene.due(alert, false).await;
    }
    tokio::time::sleep(LEASE + LEASE / 2).await;
    let (messages, again, _) = scene.duplicates(2).await;
    println!("connections cut twelve times: {messages} messages, {again} once more, at work again after {slowest:?}");
}

async fn cut(scene: &Scene) {
    let sql = "SELECT pg_terminate_backend(pid) AS gone FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    await_some("somebody is connected, and cut off", async || (!scene.all(sql, vec![]).await.is_empty()).then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_every_connection_is_taken_a_filing_is_told_that_it_was_not_kept() {
    let gateway = Gateway::start();
    let site = Site::planned(Kind::Postgres, 1_380_001_033, 40, Plan::hasty(&gateway.url)).await;
    let (mut scene, _smtp) = scene(restful(site), gateway).await;
    let behind = scene.site.behind().await;
    #[allow(clippy::disallowed_methods, reason = "somebody from outside")]
    let holder = behind.begin().await.unwrap();
    holder.execute_unprepared("LOCK TABLE observation IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let (crowd, began) = (scene.filings(0..12), Instant::now());
    let answers = crowd.join_all().await;
    assert_eq!(answers.len(), 12);
    assert!(answers.into_iter().all(|answer| !kept(answer)), "nothing could be kept");
    let waited = began.elapsed();
    holder.rollback().await.unwrap();
    let began = Instant::now();
    let recovered = recovers(&mut scene, 0, began).await;
    for n in 0..12 {
        let (alert, _) = scene.file(n).await;
        scene.all_sent(alert, 0, FIRST, now()).await;
        scene.due(alert, false).await;
    }
    scene.duplicates(0).await;
    println!("twelve filings and five connections: told after {waited:?}, at work again after {recovered:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_keeps_nothing_by_halves() {
    let gateway = Gateway::start();
    let mut site = restful(Site::planned(Kind::Sqlite, 1_380_001_034, 40, Plan::hasty(&gateway.url)).await);
    // A disk that is full sends no signal, as a limit on files does.
    site.under(&["env", "--ignore-signal=XFSZ"]);
    let (mut scene, _smtp) = scene(site, gateway).await;
    let (mut refused, mut slowest) = (0, Duration::ZERO);
    // No byte more; then some pages of the log of writes, so that it is full in the middle of a commit.
    for (n, pages) in [None, Some(0), Some(2), Some(5), Some(9), Some(14), Some(20), None].into_iter().enumerate() {
        let log = std::fs::metadata(scene.site.scratch.0.join("xindeng.db-wal")).map_or(0, |m| m.len());
        scene.site.limit_files(Some(pages.map_or(1, |pages| log + pages * 4_120)));
        let kept = kept(scene.try_file(n).await);
        assert!(!kept || pages.is_some(), "there is no room for anything");
        refused += usize::from(!kept);
        scene.site.limit_files(None);
        slowest = slowest.max(recovers(&mut scene, n, Instant::now()).await);
        let (alert, _) = scene.file(n).await;
        scene.all_sent(alert, 0, FIRST, now()).await;
        scene.due(alert, false).await;
    }
    tokio::time::sleep(LEASE + LEASE / 2).await;
    let (messages, again, _) = scene.duplicates(1).await;
    println!(
        "a full disk eight times, {refused} filings refused: {messages} messages, {again} once more, at work again after {slowest:?}"
    );
}

/// A site whose program has ended, to be started again as is needed.
fn restful(mut site: Site) -> Site {
    site.kill();
    site
}

//! What is cut off: a filing, a taking over, a step of the tick, what the notifier learnt, a receipt.

use domain::id::AlertId;
use server::secrets::Keys;
use tests::site::await_some;

use super::scene::Scene;
use super::windows::{Act, Window};

/// Messages of a red's first rung: five offices, by mail and SMS.
pub(super) const FIRST: usize = 10;
/// Of the second: the district's duty officer.
pub(super) const SECOND: usize = 2;

/// One crash, and all that is asked of what follows it.
pub(super) async fn round(scene: &mut Scene, window: &Window, n: u64) {
    let student = usize::try_from(n).unwrap();
    scene.start_doomed("kill", window.moment, (window.nth)(n)).await;
    match window.act {
        Act::Filing => filing(scene, student, window.moment == "call:during").await,
        Act::Taking => taking(scene, student, window.is_kept()).await,
        Act::Step => step(scene, student, window.is_kept()).await,
        Act::Signal => signal(scene, student).await,
        Act::Receipt => receipt(scene, student, window.is_kept()).await,
    }
    scene.due(scene.alerts[student], false).await;
}

async fn filing(scene: &mut Scene, student: usize, late: bool) {
    let sign = scene.site.mail_dir.join("late");
    if late {
        std::fs::write(&sign, "").unwrap();
    }
    scene.site.arm();
    let first = scene.try_file(student).await.map(|answer| answer.expect(201).str("id"));
    scene.site.await_death().await;
    if late {
        std::fs::remove_file(sign).unwrap();
    }
    let since = scene.restart().await;
    let (alert, id) = scene.file(student).await;
    assert!(first.is_none_or(|first| first == id), "the same key, the same answer");
    scene.all_sent(alert, 0, FIRST, since).await;
}

/// A red that has been told.
pub(super) async fn told(scene: &mut Scene, student: usize) -> AlertId {
    let (alert, _) = scene.file(student).await;
    scene.all_sent(alert, 0, FIRST, super::scene::now()).await;
    alert
}

async fn taking(scene: &mut Scene, student: usize, kept: bool) {
    let alert = told(scene, student).await;
    let counsellor = scene.client("counsellor").await;
    scene.site.arm();
    let answer = scene.try_take(&counsellor, alert).await;
    assert!(answer.is_none(), "nobody heard");
    scene.site.await_death().await;
    let since = scene.restart().await;
    assert_eq!(taken(scene, alert).await, kept, "wholly, or not at all");
    let _ = scene.try_take(&counsellor, alert).await.expect("an answer").expect(200);
    scene.site.kill();
    scene.site.start().await;
    assert!(taken(scene, alert).await, "what was answered is there");
    await_some("the others hear that it is taken", async || {
        let rows = scene.rows(alert).await;
        let others = rows.iter().filter(|r| r.state != "cancelled").count() - FIRST;
        // Of what is no red, an answer that was lost leaves the message unknown, and it is not sent again.
        let sent = rows
            .iter()
            .filter(|r| r.state != "cancelled")
            .all(|r| r.state == "unknown" || (r.state == "accepted" && !scene.taken(r).is_empty()));
        (sent && others >= 4).then_some(())
    })
    .await;
    let last = scene.rows(alert).await.iter().filter_map(|r| scene.taken(r).into_iter().min()).max();
    scene.resumed(alert, since, last.unwrap()).await;
}

/// Whether an alert is taken: its state, its owner, its event and the audit line say the same.
async fn taken(scene: &Scene, alert: AlertId) -> bool {
    let mut found = Vec::new();
    for sql in [
        "SELECT COUNT(*) AS n FROM alert WHERE id = $1 AND climb_state = 'acked'",
        "SELECT COUNT(*) AS n FROM alert WHERE id = $1 AND owner_id IS NOT NULL",
        "SELECT COUNT(*) AS n FROM event WHERE subject = $1 AND kind = 'acknowledged'",
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM outbox WHERE alert_id = $1 AND kind = 'taken_over' LIMIT 1) AS t",
    ] {
        found.push(scene.count(sql, vec![alert.uuid().into()]).await);
    }
    let sql = "SELECT COUNT(*) AS n FROM audit WHERE object = $1 AND act = 'acknowledge'";
    found.push(scene.count(sql, vec![alert.to_string().into()]).await.min(1));
    assert!(found.iter().all(|n| *n == found[0]), "half a taking over: {found:?}");
    found[0] == 1
}

async fn step(scene: &mut Scene, student: usize, kept: bool) {
    let alert = told(scene, student).await;
    scene.site.arm();
    scene.due(alert, true).await;
    scene.site.await_death().await;
    assert_eq!(rungs(scene, alert).await, if kept { (1, 2) } else { (0, 1) }, "wholly, or not at all");
    let since = scene.restart().await;
    scene.all_sent(alert, 1, SECOND, since).await;
    assert_eq!(rungs(scene, alert).await, (1, 2), "one step, told once");
}

/// The rung of an alert, and how often a rung was told.
pub(super) async fn rungs(scene: &Scene, alert: AlertId) -> (i64, i64) {
    let rung = scene.count("SELECT rung AS n FROM alert WHERE id = $1", vec![alert.uuid().into()]).await;
    let sql = "SELECT COUNT(*) AS n FROM event WHERE subject = $1 AND kind = 'rung_told'";
    (rung, scene.count(sql, vec![alert.uuid().into()]).await)
}

/// Nobody of the first rung can be reached: mail server and gateway know the district alone.
async fn signal(scene: &mut Scene, student: usize) {
    std::fs::write(scene.site.mail_dir.join("refuse"), "550 5.1.1 no such mailbox\ndistrict-").unwrap();
    scene.gateway.refuse_all_but("5");
    scene.site.arm();
    let _ = scene.try_file(student).await;
    scene.site.await_death().await;
    let since = scene.restart().await;
    let (alert, _) = scene.file(student).await;
    scene.all_sent(alert, 1, SECOND, since).await;
    await_some("every signal is consumed", async || {
        let waiting = scene.count("SELECT COUNT(*) AS n FROM signal WHERE consumed_at IS NULL", vec![]).await;
        (waiting == 0).then_some(())
    })
    .await;
    assert_eq!(rungs(scene, alert).await, (1, 2), "one step, told once");
}

async fn receipt(scene: &mut Scene, student: usize, kept: bool) {
    let alert = told(scene, student).await;
    let row = scene.rows(alert).await.into_iter().find(|r| r.channel == "sms").unwrap();
    let state = async |scene: &Scene| scene.rows(alert).await.into_iter().find(|r| r.id == row.id).unwrap().state;
    let report = format!("/hooks/kannel/{}?id={}&status=1", Keys::of(&[7; 32]).hooks, row.id);
    let gateway = tests::Client::anonymous(&scene.site.base);
    scene.site.arm();
    assert!(gateway.try_get(&report).await.is_none(), "nobody heard");
    scene.site.await_death().await;
    scene.restart().await;
    assert_eq!(state(scene).await, if kept { "delivered" } else { "accepted" }, "wholly, or not at all");
    let _ = gateway.get(&report).await.expect(200);
    assert_eq!(state(scene).await, "delivered");
}

//! A school's own system hears of an alert from the real program.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tests::Client;
use tests::fakes::Receiver;
use tests::site::{Kind, PASSWORD, Site, await_some};

async fn told(kind: Kind, marker: u64) {
    let mut site = Site::found(kind, marker).await;
    let receiver = Receiver::start();
    let secret = site.scratch.0.join("hook-secret");
    std::fs::write(&secret, format!("whsec_{}", STANDARD.encode([7; 32]))).unwrap();
    site.kill();
    site.add_settings(&format!(
        "[[webhooks]]\nname = \"oa\"\nurl = \"{}\"\nsecret_file = \"{}\"\n",
        receiver.url,
        secret.display()
    ));
    site.start().await;
    let teacher = Client::sign_in_with(&site.base, "teacher", PASSWORD).await;
    let _ = teacher.post("/api/v1/observations", site.filing(0, 4)).await.expect(201);
    let mut all = Vec::new();
    await_some("the opening and the first rung", async || {
        all.extend(receiver.take());
        (all.len() >= 2).then_some(())
    })
    .await;
    let counsellor = Client::sign_in_with(&site.base, "counsellor", PASSWORD).await;
    let alert = counsellor.get("/api/v1/alerts").await.expect(200).items()[0]["id"].clone();
    let mut kinds: Vec<String> = all.iter().map(|t| t.kind()).collect();
    kinds.sort();
    assert_eq!(kinds, ["alert.opened", "alert.rung_told"]);
    assert!(all.iter().all(|t| t.json()["data"] == json!({ "id": alert })), "and nothing of the canary: {all:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_tells_it_on_sqlite() {
    told(Kind::Sqlite, 19_970).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_tells_it_on_postgres() {
    told(Kind::Postgres, 19_971).await;
}

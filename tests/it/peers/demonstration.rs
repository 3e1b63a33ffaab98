//! The demonstration, started as people start it: again and again, over the same folder.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tests::Client;
use tests::database::Scratch;
use tests::site::{await_some, rig};

/// What the contract promises.
const RED_WITHIN: Duration = Duration::from_secs(60);
const PASSWORD: &str = "demo-counsellor";

struct Running {
    child: Child,
    began: Instant,
    began_at: DateTime<Utc>,
    base: String,
}

impl Running {
    fn start(var: &Path, speed: u32) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = program(var);
        command.args(["--port", &port.to_string(), "--speed", &speed.to_string()]);
        let (began, began_at) = (Instant::now(), now());
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { child, began, began_at, base: format!("http://127.0.0.1:{port}") }
    }

    async fn counsellor(&self) -> Client {
        let live = format!("{}/health/live", self.base);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        await_some("the demonstration answers", async || http.get(&live).send().await.ok().map(|_| ())).await;
        Client::sign_in_with(&self.base, "counsellor", PASSWORD).await
    }

    /// Waits for a red that is not among the known ones; gives all that are open then.
    async fn new_red(&self, known: &[String]) -> Vec<String> {
        let counsellor = self.counsellor().await;
        let found = await_some("a new red", async || {
            let reds = ids(&counsellor.get("/api/v1/alerts?level=4&limit=200").await.expect(200).items());
            reds.iter().any(|id| !known.contains(id)).then_some(reds)
        });
        let found = found.await;
        assert!(self.began.elapsed() < RED_WITHIN, "{:?}", self.began.elapsed());
        found
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[allow(clippy::disallowed_methods, reason = "the program runs on the real clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn program(var: &Path) -> Command {
    let mut command = Command::new(rig("XINDENG_TEST_BIN"));
    command.arg("--var").arg(var);
    command
}

fn refused(var: &Path, args: &[&str]) -> Output {
    let out = program(var).args(args).stdin(Stdio::null()).output().unwrap();
    assert!(!out.status.success(), "{args:?}");
    out
}

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(|a| a["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_start_brings_a_new_red_and_a_history_that_ends_today() {
    let scratch = Scratch::new();
    let var = scratch.0.join("var");
    let first = Running::start(&var, 3_600);
    let reds = first.new_red(&[]).await;
    let second = refused(&var, &["--port", "0"]);
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("另一个演示正在使用") && said.contains("another demonstration uses this folder"), "{said}");
    // An hour of the school in each second: its clock is days ahead of ours by now.
    tokio::time::sleep(Duration::from_secs(2)).await;
    drop(first);

    let again = Running::start(&var, 1);
    let counsellor = again.counsellor().await;
    let open = counsellor.get("/api/v1/alerts?limit=200").await.expect(200).items();
    let opened = |a: &Value| a["opened_at"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    assert!(open.iter().all(|a| opened(a) <= now()), "{open:#?}");
    assert!(ids(&open).iter().any(|id| reds.contains(id)), "what was there is still there");
    let known = ids(&open);
    let later = again.new_red(&known).await;
    let fresh: Vec<Value> = counsellor.get("/api/v1/alerts?level=4&limit=200").await.expect(200).items();
    let fresh = fresh.iter().find(|a| !known.contains(&a["id"].as_str().unwrap().to_owned())).unwrap();
    assert!(opened(fresh) >= again.began_at && later.len() > 1);
}

#[test]
fn a_speed_that_makes_no_sense_is_refused() {
    let scratch = Scratch::new();
    for speed in ["0", "3601"] {
        let said = refused(&scratch.0, &["--speed", speed]);
        assert!(String::from_utf8_lossy(&said.stderr).contains("speed"), "{said:?}");
    }
}

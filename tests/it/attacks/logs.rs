//! What stands in the logs.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tests::{Browser, World};

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_log_says_who_was_looked_for_or_who_looked() {
    let paper = Paper::default();
    let shared = paper.clone();
    server::telemetry::start_into("text", "debug,reqwest=off,hyper_util=off", move || shared.clone());
    let world = World::sqlite().await;
    let name = "%E8%B5%B5%E4%B8%80%E7%84%B6";
    let teacher = world.client("teacher").await.with("User-Agent", "a-browser-like-no-other");
    let _ = teacher.get(&format!("/api/v1/students?q={name}")).await.expect(200);
    let _ = teacher.get(&format!("/api/v1/students?q={name}&limit=0")).await.expect(422);
    let _ = teacher.get(&format!("/api/v1/nothing/{name}?q={name}")).await.expect(404);
    let _ = tests::Client::anonymous(&world.base).get(&format!("/api/v1/students?q={name}")).await.expect(401);
    let nobody = Browser::new(&world.base);
    assert_eq!(nobody.get(&format!("/observations/new?q={name}")).await.status, 303);
    let log = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    // The server names its own address once, when it starts.
    let log: String = log.lines().filter(|l| !l.contains("actix_server")).map(|l| format!("{l}\n")).collect();
    for told in ["赵", "%E8", "E8B5B5", "q=", "127.0.0.1", "a-browser-like-no-other", "User-Agent"] {
        assert!(!log.contains(told), "{told} stands in:\n{log}");
    }
    assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");
    tracing_says_something(&world, &paper).await;
}

/// The paper is written on: a request that fails leaves its method, its pattern and its id.
async fn tracing_says_something(world: &World, paper: &Paper) {
    use sea_orm::{ConnectionTrait, Database};
    let file = world.scratch().join("test.db");
    let other = Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.unwrap();
    let teacher = world.client("teacher").await;
    other.execute_unprepared("ALTER TABLE audit RENAME TO out_of_reach").await.unwrap();
    let failed = teacher.get("/api/v1/students?q=py").await.expect(503);
    let log = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
    for fact in ["GET", "/api/v1/students", &failed.str("request_id"), "ERROR"] {
        assert!(log.contains(fact), "{fact} is missing in:\n{log}");
    }
    assert!(!log.contains("q=py"), "{log}");
}

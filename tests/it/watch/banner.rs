//! What pages and measurements say of the service itself.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::time::Clock;
use tests::{Browser, Client, World, on_both};

use super::{Turning, red, runs, runs_with};

/// The world, answered by a service that is watched.
async fn watched_base(world: &World, proof: &Arc<api::Proof>) -> (String, actix_web::dev::ServerHandle) {
    let mut api = world.service.api.clone();
    api.proof = Some(Arc::clone(proof));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = server::http::listen(&api, listener, 1).unwrap();
    let handle = server.handle();
    #[allow(clippy::disallowed_methods, reason = "it is stopped at the end")]
    tokio::spawn(server);
    (base, handle)
}

on_both!(every_page_says_when_the_service_has_not_proved_itself, |world| {
    let proof = Arc::new(api::Proof::since(world.clock.now()));
    let (base, handle) = watched_base(&world, &proof).await;
    let watched = red(&world).await;
    let zh = "预警系统自 10:00 起未经验证，紧急情况请直接打电话";
    let en = "Not verified since 10:00: in an emergency, call";
    let browser = Browser::sign_in(&base, "teacher").await;
    world.clock.advance(TimeDelta::minutes(14));
    for path in ["/", "/alerts", "/observations/new"] {
        assert!(!browser.get(path).await.says(zh), "{path}");
    }
    world.clock.advance(TimeDelta::minutes(2));
    for path in ["/", "/alerts", "/observations/new", "/sign-in", "/nowhere"] {
        assert!(browser.get(path).await.says(zh), "{path}");
    }
    assert!(Browser::new(&base).get("/sign-in?lang=en").await.says(en));
    assert!(!Browser::new(&world.base).get("/sign-in").await.says("未经验证"), "nobody watches that one");
    runs(&world, 30).await;
    let mut service = world.service.clone();
    service.api.proof = Some(Arc::clone(&proof));
    assert!(server::watch::pass(&service, &watched.auditor).await.proven);
    assert!(!browser.get("/").await.says("未经验证"));
    drop(handle.stop(false));
    let _ = world.told();
});

on_both!(measurements_name_each_kind_of_finding_and_the_last_pass, |world| {
    let watched = red(&world).await;
    let metrics = async || Client::anonymous(&world.base).get("/metrics").await.text;
    let text = metrics().await;
    let at = watched.auditor.real.now().timestamp();
    assert!(text.contains(&format!("xindeng_audit_last_pass_timestamp_seconds {at}")), "{text}");
    assert!(!text.contains("xindeng_findings_open{"), "{text}");
    runs_with(&world, 15, Turning { tick: true, dispatcher: false }).await;
    let _ = watched.pass().await;
    assert!(metrics().await.contains("xindeng_findings_open{kind=\"dispatcher_stopped\"} 1"), "{}", metrics().await);
    assert_eq!(watched.pages().len(), 2);
    runs(&world, 5).await;
    let _ = watched.pass().await;
    assert!(!metrics().await.contains("xindeng_findings_open{"));
});

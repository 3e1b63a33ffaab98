//! Addresses, methods and headers.

use reqwest::Method;
use serde_json::json;
use tests::{Browser, Client, World};

use crate::access::routes;

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_leads_nowhere_else() {
    let world = World::sqlite().await;
    for next in
        ["/\t/evil.example", "/\n/evil.example", "//evil.example", "/\\evil.example", "/\u{0}", "/\u{7f}", "/预"]
    {
        let browser = Browser::new(&world.base);
        let fields = [("login", "teacher"), ("password", tests::town::PASSWORD), ("next", next)];
        assert_eq!(browser.send("/sign-in", &fields, &[]).await.leads_to(), "/", "{next:?}");
    }
    for next in ["/%09/evil.example", "/%00", "//evil.example"] {
        let page = Browser::new(&world.base).get(&format!("/sign-in?next={next}")).await.expect(200);
        assert_eq!(page.value("next"), "/", "{next}");
    }
    let browser = Browser::new(&world.base);
    let fields = [("login", "teacher"), ("password", tests::town::PASSWORD), ("next", "/alerts?level=4")];
    let page = browser.send("/sign-in", &fields, &[]).await;
    let cookies = page.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap().to_owned());
    assert!(cookies.into_iter().any(|c| c.starts_with("xindeng=") && c.contains("SameSite=Strict")));
    assert_eq!(page.leads_to(), "/alerts?level=4");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_an_address_does_not_know_is_told_so() {
    let world = World::sqlite().await;
    let nobody = Client::anonymous(&world.base);
    for route in routes::declared() {
        let (method, path) = route.split_once(' ').unwrap();
        if path.contains("/docs") {
            continue;
        }
        let path = path.replace("{id}", "alr_01a20d7378f0704e9c4f3e6fa7cb6e88").replace("{name}", "x");
        let path = path.replace("{secret}", "x");
        let wrong = nobody.send(Method::PATCH, &path, None).await.expect(405);
        let allow = wrong.headers["allow"].to_str().unwrap().to_owned();
        assert!(allow.split(", ").any(|m| m == method), "{route}: {allow}");
        let asked = nobody.send(Method::OPTIONS, &path, None).await.expect(204);
        assert_eq!(asked.headers["allow"], allow, "{route}");
        if path.starts_with("/api/") {
            assert_eq!(wrong.code(), "method_not_allowed");
        }
    }
    let _ = nobody.send(Method::PATCH, "/nothing", None).await.expect(404);
    let head = nobody.send(Method::HEAD, "/sign-in", None).await.expect(200);
    assert!(head.text.is_empty() && head.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(nobody.send(Method::HEAD, "/api/v1/alerts", None).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheme_is_a_scheme_in_any_case_and_a_method_of_one_s_own_is_one_word() {
    let world = World::sqlite().await;
    let body = json!({ "login": "teacher", "password": tests::town::PASSWORD });
    let nobody = Client::anonymous(&world.base);
    let token = nobody.post("/api/v1/session", body).await.expect(201).str("token");
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let asked = nobody.with("Authorization", &format!("{scheme} {token}"));
        let _ = asked.get("/api/v1/me").await.expect(200);
    }
    let _ = nobody.with("Authorization", &format!("Basic {token}")).get("/api/v1/me").await.expect(401);
    for own in ["MADEUPONE", "MADEUPTWO"] {
        let _ = nobody.send(Method::from_bytes(own.as_bytes()).unwrap(), "/alerts", None).await;
    }
    let metrics = nobody.get("/metrics").await.expect(200).text;
    assert!(metrics.contains("method=\"other\"") && !metrics.contains("MADEUP"), "{metrics}");
}

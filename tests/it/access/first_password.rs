//! An account with its first password: a principal, and every cell is refused that is not open to it on purpose. What is
//! asked is every route of the service: one that is new is closed.

use reqwest::Method;
use tests::{Browser, Client, World, on_both};

use super::{Things, ask, routes, table};

/// What the first password opens beside what is open to everybody: written from the decision, not from the service.
const OPEN: [&str; 16] = [
    "GET /api/v1/me",
    "POST /api/v1/me/password",
    "GET /api/v1/students",
    "GET /api/v1/signs",
    "POST /api/v1/observations",
    "GET /api/v1/observations/{id}",
    "POST /api/v1/observations/{id}/still-worried",
    "POST /api/v1/students/{id}/mandatory-reports",
    "GET /me",
    "GET /me/password",
    "POST /me/password",
    "GET /observations/new",
    "POST /observations",
    "POST /observations/{id}/still-worried",
    "GET /students/{id}/mandatory-report",
    "POST /students/{id}/mandatory-report",
];
/// The receipt, of one's own alone.
const RECEIPT: &str = "GET /observations/{id}/received";

/// What is asked of the principal, and what comes; nothing where it is refused as it should be.
async fn not_refused(world: &World, things: &Things, browser: &Browser, operation: &str) -> Option<String> {
    let (method, path) =
        (operation.split_once(' ').unwrap().0.parse::<Method>().unwrap(), things.path(operation, false));
    if path.starts_with("/api/") {
        let (status, text) = ask(world, things, "principal", operation, false).await;
        let refused = status == 403 && text.contains("password_change_required");
        return (!refused).then(|| format!("{operation}: {status}"));
    }
    let page = if method == Method::GET { browser.get(&path).await } else { browser.send(&path, &[], &[]).await };
    let refused = page.status == 303 && page.location.as_deref().is_some_and(|to| to.starts_with("/me/password?next="));
    (!refused).then(|| format!("{operation}: {} {:?}", page.status, page.location))
}

on_both!(a_first_password_opens_no_cell_but_the_alarm_and_oneself, |world| {
    let things = Things::of(&world).await;
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.mark_first_password(world.town.person("principal")).await.unwrap();
    tx.commit().await.unwrap();
    let browser = Browser::sign_in(&world.base, "principal").await;
    let known = |o: &String| OPEN.contains(&o.as_str()) || o == RECEIPT || table::OPEN.contains(&o.as_str());
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for operation in routes::declared().into_iter().filter(|o| !known(o)) {
        asked += 1;
        wrong.extend(not_refused(&world, &things, &browser, &operation).await);
    }
    assert!(wrong.is_empty() && asked > 150, "{asked}: {wrong:#?}");
    for operation in OPEN {
        let open = not_refused(&world, &things, &browser, operation).await;
        assert!(open.is_some(), "{operation} is closed");
    }
    let receipt = browser.get(&things.path(RECEIPT, false)).await;
    assert_eq!(receipt.status, 404, "it is somebody else's");

    // Without a session he answers a message by its number, as everybody does.
    let page = browser.get("/a").await.expect(200);
    assert!(page.says("last_four"), "{}", page.html);
    let _ = Client::anonymous(&world.base).get("/api/v1/me").await.expect(401);
    world.settle().await;
    let _ = world.told();
});

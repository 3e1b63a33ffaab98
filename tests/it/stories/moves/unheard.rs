//! Whoever must not hear of an alert does not learn of it from what there is to hand over.

use domain::id::StudentId;
use serde_json::json;
use tests::{Browser, World, on_both};

/// What somebody reads of what is open: how many things, and whether another school is told by telephone first.
async fn reads(world: &World, login: &str, student: StudentId) -> (usize, bool) {
    let path = format!("/api/v1/students/{student}/open-matters");
    let read = world.client(login).await.get(&path).await.expect(200);
    (read.body["items"].as_array().unwrap().len(), read.body["tell_by_telephone"].as_bool().unwrap())
}

on_both!(what_is_open_tells_nobody_of_an_alert_of_which_he_must_not_hear, |world| {
    let (child, other) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let mut about_staff = world.filing(child, 3);
    about_staff["signs"] = json!(["says_wants_to_die"]);
    about_staff["concerns"] = json!({ "kind": "staff" });
    let _ = world.file("nurse", about_staff).await;
    let mut about_him = world.filing(other, 4);
    about_him["involved_staff"] = json!([world.town.person("teacher")]);
    let _ = world.file("nurse", about_him).await;
    world.settle().await;
    let _ = world.told();
    for login in ["teacher", "grade", "principal"] {
        assert_eq!(reads(&world, login, child).await, (0, false), "{login}");
        let page = Browser::sign_in(&world.base, login).await.get(&format!("/students/{child}/hand-over")).await;
        assert!(!page.html.contains("须在到校第一天之前打电话"), "{login}: {}", page.html);
    }
    assert_eq!(reads(&world, "teacher", other).await, (0, false));
    // Whoever may hear of it reads that he is to call.
    for login in ["counsellor", "vice"] {
        assert_eq!(reads(&world, login, child).await, (1, true), "{login}");
    }
    assert_eq!(reads(&world, "grade", other).await, (1, true));
});

//! A membership is looked at again, ends, and changes no level.

use serde_json::json;
use tests::{Browser, World, on_both};

use super::super::{file, texts};
use super::{codes, lists_of, membership, put};

on_both!(a_membership_is_reviewed_falls_overdue_and_ends_and_all_of_it_stays, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let id = put(&counsellor, student, membership("left_behind", "guardian")).await.expect(201).str("id");
    let overdue = async |world: &World| file(world, "teacher", student, "").await["lists"][0]["overdue"].clone();
    assert_eq!(overdue(&world).await, false);
    let mut world = world;
    world.at("2026-12-01 23:59").await;
    assert_eq!(overdue(&world).await, false, "the day of the review is not over");
    world.at("2026-12-02 08:00").await;
    assert_eq!(overdue(&world).await, true);
    let members = counsellor.get("/api/v1/lists/left_behind").await.expect(200).items();
    assert_eq!((members.len(), &members[0]["overdue"]), (1, &json!(true)));
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    assert!(browser.get("/lists/left_behind").await.expect(200).says("复核已过期"));
    let path = format!("{}/{id}", lists_of(student));
    let early = counsellor.post(&format!("{path}/review"), json!({ "text": "", "review_at": "2026-12-02" })).await;
    assert_eq!(early.expect(422).fields(), ["text", "review_at"]);
    let review = json!({ "text": "母亲年底回来", "review_at": "2027-03-01" });
    let _ = world.client("teacher").await.post(&format!("{path}/review"), review.clone()).await.expect(403);
    let _ = counsellor.post(&format!("{path}/review"), review).await.expect(200);
    assert_eq!(overdue(&world).await, false);
    let end = json!({ "to": "2026-08-31", "reason": "母亲已回" });
    assert_eq!(counsellor.post(&format!("{path}/end"), end).await.expect(422).fields(), ["to"]);
    let end = json!({ "to": "2026-12-01", "reason": "母亲已回" });
    let _ = counsellor.post(&format!("{path}/end"), end.clone()).await.expect(200);
    assert_eq!(counsellor.post(&format!("{path}/end"), end).await.expect(409).code(), "already_ended");
    assert!(codes(&world, "teacher", student).await.is_empty());
    assert!(counsellor.get("/api/v1/lists/left_behind").await.expect(200).items().is_empty());
    let was = counsellor.get(&lists_of(student)).await.expect(200).items();
    assert_eq!((&was[0]["to"], &was[0]["version"]), (&json!("2026-12-01"), &json!(3)));
    let told = texts(&world, "teacher", student, "?kind=list").await;
    assert!(told[0].starts_with("移出") && told[1].starts_with("复核") && told[2].starts_with("列入"), "{told:?}");
    // Having been on it, the child may come onto it again.
    let _ = put(&counsellor, student, membership("left_behind", "guardian")).await.expect(422);
    let mut again = membership("left_behind", "guardian");
    again["review_at"] = json!("2027-06-01");
    let _ = put(&counsellor, student, again).await.expect(201);
});

on_both!(being_on_every_list_changes_no_level, |world| {
    let (listed, other) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let counsellor = world.client("counsellor").await;
    for list in ["difficulty", "single_parent", "left_behind", "migrant", "disorder"] {
        let _ = put(&counsellor, listed, membership(list, "hospital")).await.expect(201);
    }
    for level in [1, 2, 3] {
        for student in [listed, other] {
            let mut body = world.filing(student, level);
            body["narrative"] = json!("同样的话");
            let _ = world.file("subject", body).await;
        }
        world.settle().await;
        let _ = world.told();
        let of = async |student| file(&world, "counsellor", student, "").await["level"].clone();
        assert_eq!(of(listed).await, of(other).await, "level {level}");
    }
});

//! What the district learns, and when.

use serde_json::json;
use tests::{World, on_both};

/// A red that nobody of the school has answered; gives its path, as the district sees it.
async fn climbed(world: &mut World) -> String {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.pass(10).await;
    let _ = world.told();
    format!("/api/v1/alerts/{}", world.alert_seen_by("district").await)
}

on_both!(it_does_not_unmask_the_child_by_taking_the_alert_itself, |world| {
    let path = climbed(&mut world).await;
    let district = world.client("district").await;
    let taken = district.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let student = world.town.student(0, 0, 0).to_string();
    for text in [&taken.text, &district.get(&path).await.text, &district.get("/api/v1/alerts").await.text] {
        assert!(!text.contains("赵一然") && !text.contains(&student), "{text}");
        assert!(text.contains("stu_"), "{text}");
    }
    world.settle().await;
    let _ = world.told();
    let teacher = world.client("teacher").await;
    let custody = json!({ "adult": "周老师", "since": "2026-11-23T10:05:00+08:00", "where": "办公室" });
    let _ = teacher.post(&format!("{path}/custody"), custody).await.expect(201);
    world.settle().await;
    let _ = world.told();
    assert!(district.get(&path).await.expect(200).text.contains("赵一然"), "somebody of the school was reached");
});

on_both!(what_somebody_of_the_school_did_in_an_earlier_turn_does_not_count, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let _ = world.client("counsellor").await.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.pass(10).await;
    let _ = world.told();
    let seen = world.client("district").await.get(&path).await.expect(200);
    assert!(!seen.text.contains("赵一然"), "{}", seen.text);
});

on_both!(no_filter_tells_it_class_or_grade, |world| {
    let path = climbed(&mut world).await;
    let (class, grade) = (world.town.schools[0].classes[0].id, world.town.schools[0].grades[0]);
    let district = world.client("district").await;
    for filter in [format!("class={class}"), format!("grade={grade}")] {
        let list = format!("/api/v1/alerts?{filter}");
        assert_eq!(district.get(&list).await.expect(200).items().len(), 0, "{filter}");
        assert_eq!(world.client("counsellor").await.get(&list).await.expect(200).items().len(), 1);
    }
    let school = format!("/api/v1/alerts?school={}", world.town.schools[0].id);
    assert_eq!(district.get(&school).await.expect(200).items().len(), 1);
    world.pass(10).await;
    let _ = world.told();
    let named = district.get(&format!("/api/v1/alerts?class={class}")).await.expect(200);
    assert_eq!(named.items().len(), 1, "the name may be seen by now");
    assert!(district.get(&path).await.expect(200).text.contains("赵一然"));
});

on_both!(what_was_lowered_to_yellow_is_the_school_s_again, |world| {
    let path = climbed(&mut world).await;
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    let with = json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "心理咨询室" });
    let _ = counsellor.post(&format!("{path}/custody"), with).await.expect(201);
    let version = counsellor.get(&path).await.expect(200).etag.unwrap();
    let lower = json!({ "level": 2, "reason": "面谈后平稳", "means_asked": true });
    let _ = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), lower).await.expect(202);
    let version = vice.get(&path).await.expect(200).etag.unwrap();
    let _ = vice.with("If-Match", &version).post(&format!("{path}/approve"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let district = world.client("district").await;
    assert_eq!(district.get("/api/v1/alerts").await.expect(200).items().len(), 0);
    let _ = district.get(&path).await.expect(404);
});

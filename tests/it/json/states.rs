//! Which state an alert is shown in, and who has it.

use serde_json::json;
use tests::{Client, on_both};

use super::{alert_about, decide};

async fn shown(client: &Client, path: &str) -> (String, Option<String>) {
    let alert = client.get(path).await.expect(200);
    (alert.str("state"), alert.body["owner"]["id"].as_str().map(str::to_owned))
}

on_both!(an_alert_that_a_person_raised_is_assessed_and_climbs_until_it_is_taken, |world| {
    let path = alert_about(&world, 0, 1).await;
    let (counsellor, me) = (world.client("counsellor").await, world.town.person("counsellor").to_string());
    assert_eq!(shown(&counsellor, &path).await, ("untriaged".to_owned(), None));
    let raise = json!({ "level": 4, "reason": "面谈中说了具体的打算", "means_asked": true });
    let raised = decide(&counsellor, &path, "assess", raise).await.expect(200);
    assert_eq!((raised.str("state"), raised.body["owner"]["id"].as_str()), ("assessed".to_owned(), Some(me.as_str())));
    world.settle().await;
    assert!(world.told().contains("vice"));
    // Nobody took it: the climb goes on, and it is still hers.
    world.pass(10).await;
    assert!(world.told().contains("district"));
    assert_eq!(shown(&counsellor, &path).await, ("assessed".to_owned(), Some(me)));
    let vice = world.client("vice").await;
    let taken = vice.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let vice_id = world.town.person("vice").to_string();
    assert_eq!(
        (taken.str("state"), taken.body["owner"]["id"].as_str()),
        ("acknowledged".to_owned(), Some(vice_id.as_str()))
    );
    world.settle().await;
    let _ = world.told();
    // A red that was only taken opens again; nobody has it then.
    world.pass(10).await;
    assert!(!world.told().is_empty());
    assert_eq!(shown(&vice, &path).await, ("untriaged".to_owned(), None));
});

on_both!(new_evidence_that_raises_it_leaves_it_with_nobody, |world| {
    let path = alert_about(&world, 0, 1).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    assert_eq!(shown(&counsellor, &path).await, ("untriaged".to_owned(), None));
    world.settle().await;
    let _ = world.told();
});

on_both!(a_stale_tag_is_said_before_what_stands_in_the_way, |world| {
    let admin = world.client("admin").await;
    let csv = "姓名,年级,班级\n周五常,七年级,1\n".as_bytes().to_vec();
    let upload = admin.upload(&world.town.schools[0].id.to_string(), "名册.csv", csv).await.expect(201);
    let path = format!("/api/v1/roster/imports/{}", upload.str("id"));
    let tag = upload.etag.unwrap();
    let weak = admin.with("If-Match", &format!("W/{tag}")).post(&format!("{path}/apply"), json!({})).await;
    assert_eq!(weak.expect(412).code(), "stale");
    let applied = admin.with("If-Match", &tag).post(&format!("{path}/apply"), json!({})).await.expect(200);
    let stale = admin.with("If-Match", &tag).post(&format!("{path}/apply"), json!({})).await.expect(412);
    assert_eq!(stale.code(), "stale");
    let again = admin.with("If-Match", &applied.etag.unwrap()).post(&format!("{path}/apply"), json!({})).await;
    assert_eq!(again.expect(409).code(), "already_applied");
});

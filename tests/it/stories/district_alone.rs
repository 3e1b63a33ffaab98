//! What concerns the principal is the district's alone: its officers see it to the end, and nothing else.

use serde_json::{Value, json};
use tests::{Answer, Client, World, on_both};

/// A report that concerns the principal; gives the path of its alert.
async fn about_the_principal(world: &World, level: u8) -> String {
    let mut body = world.filing(world.town.student(0, 0, 0), level);
    body["involved_staff"] = json!([world.town.person("principal").to_string()]);
    body["narrative"] = json!("校长把她关在办公室里");
    let _ = world.file("dorm", body).await;
    world.settle().await;
    world.told_exactly(&["district"]);
    format!("/api/v1/alerts/{}", world.alert_seen_by("district").await)
}

fn custody(world: &World) -> Value {
    json!({ "adult": "区教研员", "since": world.service.desk.now(), "where": "校门口" })
}

fn to(level: u8) -> Value {
    json!({ "level": level, "reason": "当面谈过", "means_asked": true })
}

async fn decide(client: &Client, path: &str, verb: &str, body: Value) -> Answer {
    let version = client.get(path).await.etag.unwrap_or_else(|| "\"0\"".to_owned());
    client.with("If-Match", &version).post(&format!("{path}/{verb}"), body).await
}

on_both!(a_red_about_the_principal_is_settled_by_the_district, |world| {
    let path = about_the_principal(&world, 4).await;
    let district = world.client("district").await;
    let seen = district.get(&path).await.expect(200);
    assert_eq!(
        seen.body["student"]["name"], "赵一然",
        "nobody of the school will be reached: the name is told at once"
    );
    assert_eq!(seen.body["reasons"].as_array().unwrap().len(), 1, "whoever decides reads why");
    let _ = district.post(&format!("{path}/custody"), custody(&world)).await.expect(201);
    world.silent_until("2026-11-23 11:00", &["district", "district-lead"]).await;
    let settled = decide(&district, &path, "assess", to(4)).await.expect(200);
    assert_eq!(settled.body["state"], "assessed", "{}", settled.text);
    world.settle().await;
    world.told_exactly(&[]);
    // Its review comes after a day, like any red's, and nobody of the school hears of it.
    world.silent_until("2026-11-24 11:00", &["district"]).await;
    world.silent_until("2026-11-24 11:10", &["district-lead"]).await;
});

on_both!(it_goes_down_by_two_officers_and_never_below_orange, |world| {
    let path = about_the_principal(&world, 4).await;
    let (district, lead) = (world.client("district").await, world.client("district-lead").await);
    let _ = district.post(&format!("{path}/custody"), custody(&world)).await.expect(201);
    world.settle().await;
    world.told_exactly(&[]);
    let too_low = decide(&district, &path, "assess", to(2)).await.expect(422);
    assert_eq!(too_low.faults(), [("level".to_owned(), "district_alone".to_owned())]);
    let _ = decide(&district, &path, "assess", to(3)).await.expect(202);
    world.settle().await;
    world.told_exactly(&["district-lead"]);
    assert_eq!(decide(&district, &path, "approve", json!({})).await.expect(409).code(), "same_person");
    assert_eq!(lead.get("/api/v1/alerts?to_sign=true").await.expect(200).items().len(), 1);
    let done = decide(&lead, &path, "approve", json!({})).await.expect(200);
    assert_eq!((&done.body["level"], &done.body["state"]), (&json!(3), &json!("assessed")));
    world.settle().await;
    world.told_exactly(&["district"]);
    world.silent_until("2026-11-26 10:00", &["district"]).await;
    let _ = district.get(&path).await.expect(200);
});

on_both!(the_district_decides_nothing_that_is_the_school_s, |world| {
    let _ = world.file("dorm", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    world.at("2026-11-23 10:10").await;
    world.told_exactly(&["district"]);
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("district").await);
    for login in ["district", "district-lead"] {
        let officer = world.client(login).await;
        let _ = officer.get(&path).await.expect(200);
        let _ = officer.post(&format!("{path}/custody"), custody(&world)).await.expect(403);
        for (verb, body) in [("assess", to(4)), ("approve", json!({})), ("reject", json!({}))] {
            let _ = decide(&officer, &path, verb, body).await.expect(403);
        }
        let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
        let _ = officer.get(&file).await.expect(404);
    }
});

on_both!(the_file_of_the_child_does_not_betray_it, |world| {
    let path = about_the_principal(&world, 4).await;
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    let _ = world.client("district").await.post(&format!("{path}/custody"), custody(&world)).await.expect(201);
    let opened = world.client("counsellor").await.get(&file).await.expect(200);
    assert!(!opened.text.contains("区教研员") && !opened.text.contains("办公室里"), "{}", opened.text);
    world.settle().await;
    let _ = world.told();
});

on_both!(the_page_of_it_has_the_forms_and_works_without_script, |world| {
    let path = about_the_principal(&world, 4).await.replace("/api/v1", "");
    let district = tests::Browser::sign_in(&world.base, "district").await;
    let page = district.get(&path).await.expect(200);
    assert!(page.says("赵一然") && page.says("校长把她关在办公室里"), "{}", page.html);
    for verb in ["custody", "assess", "acknowledge"] {
        assert!(page.html.contains(&format!("action=\"{path}/{verb}\"")), "{verb}: {}", page.html);
    }
    assert!(!page.html.contains("/growth-file"), "the file stays closed");
    let fields = [("adult", "区教研员"), ("since", "2026-11-23T10:00"), ("where", "校门口")];
    let done = district.post(&page, &format!("{path}/custody"), &fields).await.leads_to();
    assert!(district.get(&done).await.expect(200).says("区教研员"));
    world.settle().await;
    let _ = world.told();
});

on_both!(it_is_closed_by_two_officers_who_can_read_it_afterwards, |world| {
    let path = about_the_principal(&world, 4).await;
    let (district, lead) = (world.client("district").await, world.client("district-lead").await);
    let _ = district.post(&format!("{path}/custody"), custody(&world)).await.expect(201);
    let _ = decide(&district, &path, "assess", to(4)).await.expect(200);
    let body = json!({
        "outcome": "false_alarm", "reason": "当面核实过", "evidence": [{ "code": "student_seen", "by": "区教研员" }],
    });
    let _ = decide(&district, &path, "close", body).await.expect(202);
    let signed = decide(&lead, &path, "approve", json!({})).await.expect(200);
    assert_eq!(signed.body["state"], "false_alarm", "{}", signed.text);
    assert_eq!(district.get(&path).await.expect(200).body["state"], "false_alarm");
    assert_eq!(world.client("counsellor").await.get(&path).await.status, 404);
    world.settle().await;
    assert!(world.told().iter().all(|login| login.starts_with("district")));
});

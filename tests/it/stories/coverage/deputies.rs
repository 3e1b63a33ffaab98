//! Somebody is away.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{at, unreachable_teacher};

const SCHOOL: [&str; 5] = ["teacher", "grade", "counsellor", "vice", "principal"];
const MINE: &str = "/api/v1/me/deputies";

fn named(world: &World, login: &str, from: &str, to: &str) -> Value {
    json!({ "deputy": world.town.person(login), "from": at(from), "to": at(to) })
}

on_both!(a_deputy_is_told_as_well_while_he_stands_in, |world| {
    let teacher = world.client("teacher").await;
    let body = named(&world, "nurse", "2026-11-23 10:00", "2026-11-23 12:00");
    let deputy = teacher.with("Idempotency-Key", "d").post(MINE, body.clone()).await.expect(201);
    let again = teacher.with("Idempotency-Key", "d").post(MINE, body).await.expect(201);
    assert_eq!(again.body, deputy.body);
    assert_eq!(teacher.get(MINE).await.expect(200).items().len(), 1);
    let standing_in = world.client("nurse").await.get(MINE).await.expect(200).items();
    assert_eq!(standing_in, std::slice::from_ref(&deputy.body));
    let me = teacher.get("/api/v1/me").await.expect(200);
    assert_eq!(me.body["deputies"][0]["id"], deputy.body["deputy"]["id"]);

    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&[&SCHOOL[..], &["nurse"]].concat());

    let _ = teacher.delete(&format!("{MINE}/{}", deputy.str("id"))).await.expect(204);
    let _ = teacher.delete(&format!("{MINE}/{}", deputy.str("id"))).await.expect(404);
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 1), 4)).await;
    world.settle().await;
    world.told_exactly(&SCHOOL);
});

on_both!(whoever_is_named_while_an_alert_is_open_hears_of_it_at_once_or_when_he_begins, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "counsellor"]);
    let vice = world.client("vice").await;
    let ill = format!("/api/v1/people/{}/deputies", world.town.person("counsellor"));
    let _ = vice.post(&ill, named(&world, "nurse", "2026-11-23 09:00", "2026-11-27 18:00")).await.expect(201);
    let _ = vice.post(&ill, named(&world, "dorm", "2026-11-23 10:20", "2026-11-27 18:00")).await.expect(201);
    world.settle().await;
    world.told_exactly(&["nurse"]);
    world.at("2026-11-23 10:19").await;
    world.told_exactly(&[]);
    world.at("2026-11-23 10:20").await;
    world.told_exactly(&["dorm"]);
    assert_eq!(vice.get(&ill).await.expect(200).items().len(), 2);
    let _ = world.client("principal").await.get(&ill).await.expect(404);
    let _ = world.client("vice-b").await.get(&ill).await.expect(404);
});

on_both!(a_deputy_is_a_colleague_who_can_be_reached_and_no_ring_is_let_through, |world| {
    let teacher = world.client("teacher").await;
    let codes = |answer: &tests::Answer| {
        let errors = answer.body["errors"].as_array().unwrap().iter();
        errors.map(|e| format!("{}:{}", e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect::<Vec<_>>()
    };
    let empty = teacher.post(MINE, json!({})).await.expect(422);
    assert_eq!(codes(&empty), ["from:required", "to:required", "deputy:required"]);
    for nobody in ["admin", "monitor", "teacher-b", "district", "teacher"] {
        let body = named(&world, nobody, "2026-11-23 10:00", "2026-11-25 10:00");
        assert_eq!(codes(&teacher.post(MINE, body).await.expect(422)), ["deputy:cannot_stand_in"], "{nobody}");
    }
    let person = unreachable_teacher(&world).await;
    let body = json!({ "deputy": person, "from": at("2026-11-23 10:00"), "to": at("2026-11-25 10:00") });
    assert_eq!(codes(&teacher.post(MINE, body).await.expect(422)), ["deputy:not_reachable"]);

    let to_grade = named(&world, "grade", "2026-11-24 10:00", "2026-11-25 10:00");
    let _ = teacher.post(MINE, to_grade).await.expect(201);
    let grade = world.client("grade").await;
    let to_nurse = named(&world, "nurse", "2026-11-24 10:00", "2026-11-26 10:00");
    let _ = grade.post(MINE, to_nurse).await.expect(201);
    let nurse = world.client("nurse").await;
    let ring = named(&world, "teacher", "2026-11-25 09:59", "2026-11-26 10:00");
    assert_eq!(codes(&nurse.post(MINE, ring).await.expect(422)), ["deputy:cycle"]);
    let after = named(&world, "teacher", "2026-11-25 10:00", "2026-11-26 10:00");
    let _ = nurse.post(MINE, after).await.expect(201);
});

on_both!(the_vice_principal_names_a_deputy_for_the_ill_on_a_page_without_script, |world| {
    let vice = Browser::sign_in(&world.base, "vice").await;
    let page = vice.get("/duty").await.expect(200);
    let (ill, nurse) = (world.town.person("teacher").to_string(), world.town.person("nurse").to_string());
    let wrong = [("away", ill.as_str()), ("away_from", "2026-11-23T08:00"), ("away_to", "2026-11-23T07:00")];
    let wrong = vice.post(&page, "/duty/deputies", &wrong).await.expect(422);
    assert!(wrong.says("id=\"away_to-error\"") && wrong.says("请选择代理人"), "{}", wrong.html);
    let right = [
        ("away", ill.as_str()),
        ("deputy", nurse.as_str()),
        ("away_from", "2026-11-23T08:00"),
        ("away_to", "2026-11-25T07:00"),
    ];
    assert_eq!(vice.post(&page, "/duty/deputies", &right).await.leads_to(), "/duty");
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    assert!(teacher.get("/me").await.says("校医nurse"));
});

on_both!(the_only_one_who_can_be_told_stays_a_deputy, |world| {
    let person = unreachable_teacher(&world).await;
    let vice = world.client("vice").await;
    let ill = format!("/api/v1/people/{person}/deputies");
    let body = named(&world, "nurse", "2026-11-23 10:01", "2026-11-25 10:00");
    let deputy = vice.post(&ill, body).await.expect(201).str("id");
    let refused = vice.delete(&format!("{ill}/{deputy}")).await.expect(409);
    assert_eq!(refused.code(), "still_needed");
    assert_eq!(refused.fields(), [format!("offices.{}", world.town.schools[0].classes[1].id)]);
    assert_eq!(vice.get(&ill).await.expect(200).items().len(), 1);
});

on_both!(nobody_makes_himself_a_deputy_and_restricted_text_goes_only_to_whom_it_was_entrusted, |world| {
    let vice = world.client("vice").await;
    let ill = format!("/api/v1/people/{}/deputies", world.town.person("counsellor"));
    let week = |login: &str| named(&world, login, "2026-11-23 09:00", "2026-11-27 18:00");
    let oneself = vice.post(&ill, week("vice")).await.expect(422);
    assert_eq!(oneself.body["errors"][0]["code"], "not_oneself");
    let _ = vice.post(MINE, week("nurse")).await.expect(201);
    let _ = world.client("nurse").await.post(&ill, week("dorm")).await.expect(404);
    let form = "action=\"/duty/deputies\"";
    assert!(Browser::sign_in(&world.base, "vice").await.get("/duty").await.expect(200).html.contains(form));
    let page = Browser::sign_in(&world.base, "nurse").await.get("/duty").await.expect(200).html;
    assert!(page.contains("action=\"/duty\"") && !page.contains(form), "he sets turns and names nobody");

    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 2)).await;
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let version = counsellor.get(&path).await.expect(200).etag.unwrap();
    let assess = json!({ "level": 2, "reason": "只对咨询师说的话", "means_asked": true });
    let _ = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), assess).await.expect(200);
    let _ = vice.post(&ill, week("dorm")).await.expect(201);
    let _ = counsellor.post(MINE, week("teacher1")).await.expect(201);
    let (named, entrusted) = (world.client("dorm").await, world.client("teacher1").await);
    let _ = named.get(&path).await.expect(200);
    assert!(!named.get(&file).await.expect(200).text.contains("只对咨询师"));
    assert!(entrusted.get(&file).await.expect(200).text.contains("只对咨询师"));
    world.settle().await;
    let _ = world.told();
});

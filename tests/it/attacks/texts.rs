//! Characters that nobody sees.

use serde_json::{Value, json};
use tests::{Answer, Browser, Client, on_both};

#[track_caller]
fn refused(answer: Answer, field: &str) {
    let answer = answer.expect(422);
    let errors = answer.body["errors"].as_array().unwrap();
    let found = errors.iter().any(|e| e["code"] == "control_character" && e["field"] == field);
    assert!(found, "{field}: {}", answer.text);
}

on_both!(control_characters_are_refused_wherever_text_is_taken, |world| {
    let student = world.town.student(0, 0, 0);
    let teacher = world.client("counsellor").await;
    let filing = |field: &str, text: &str| {
        let mut body = world.filing(student, 2);
        body[field] = Value::from(text);
        body
    };
    for bad in ["a\0b", "a\u{1b}[2J", "a\u{7f}"] {
        for field in ["narrative", "with_whom"] {
            refused(teacher.post("/api/v1/observations", filing(field, bad)).await, field);
        }
    }
    for (path, field) in [("/api/v1/students?q=%00", "q"), ("/api/v1/students?cursor=611f00", "cursor")] {
        refused(teacher.get(path).await, field);
    }
    let lines = teacher.post("/api/v1/observations", filing("narrative", "一\r\n\t二\u{202e}三")).await.expect(201);
    let kept = teacher.get(&format!("/api/v1/observations/{}", lines.str("id"))).await.expect(200);
    assert_eq!(kept.str("narrative"), "一\n\t二三");
    world.settle().await;
    let _ = world.told();
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    refused(teacher.post(&format!("{path}/acknowledge"), json!({ "note": "a\0" })).await, "note");
    let custody = json!({ "adult": "a\0", "since": world.service.desk.now(), "where": "b\nc" });
    let answer = teacher.post(&format!("{path}/custody"), custody).await;
    refused(answer.clone(), "adult");
    refused(answer, "where");
    let version = teacher.get(&path).await.etag.unwrap();
    let assess = json!({ "level": 2, "reason": "a\0", "means_asked": true });
    refused(teacher.with("If-Match", &version).post(&format!("{path}/assess"), assess).await, "reason");
    let worried = format!("/api/v1/observations/{}/still-worried", lines.str("id"));
    refused(teacher.post(&worried, json!({ "reason": "a\0" })).await, "reason");
    let sign_in = json!({ "login": "teacher\0", "password": "a\0" });
    let _ = Client::anonymous(&world.base).post("/api/v1/session", sign_in).await.expect(401);
    let browser = Browser::new(&world.base);
    assert_eq!(browser.send("/sign-in", &[("login", "a\0"), ("password", "b")], &[]).await.status, 401);
    let page = Browser::sign_in(&world.base, "teacher").await;
    let form = page.get("/observations/new").await.expect(200);
    let found = page.post(&form, "/observations", &[("q", "a\0"), ("show", "search")]).await;
    assert_eq!(found.status, 422, "{}", found.html);
    let hook = format!("/hooks/kannel/{}?id=a%00b&status=1", world.service.api.settings.hook_secret);
    let _ = Client::anonymous(&world.base).get(&hook).await.expect(422);
});

on_both!(what_cannot_be_seen_is_no_adult_no_place_and_no_reason, |world| {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let version = counsellor.get(&path).await.etag.unwrap();
    let unseen = [
        "\u{200b}",
        "\u{3164}",
        "\u{115f}\u{1160}",
        "\u{2800} \u{2800}",
        "\u{feff}",
        "\u{ad}",
        "\u{e0020}",
        "\u{ffa0}\u{180e}",
    ];
    for bad in unseen {
        let custody = json!({ "adult": bad, "since": world.service.desk.now(), "where": bad });
        let answer = counsellor.post(&format!("{path}/custody"), custody).await.expect(422);
        assert_eq!(answer.fields(), ["adult", "where"], "{bad:?}");
        assert_eq!(answer.body["errors"][0]["code"], "required", "{bad:?}");
        let assess = json!({ "level": 4, "reason": bad, "means_asked": true });
        let answer = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), assess).await.expect(422);
        assert_eq!(answer.fields(), ["reason"], "{bad:?}");
    }
    let alert = counsellor.get(&path).await.expect(200);
    assert!(alert.body["custody"].is_null() && alert.body["state"] == "untriaged", "{}", alert.text);
});

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_a_school_is_a_line_of_at_most_a_hundred_characters() {
    let world = tests::World::sqlite().await;
    let first = |school: &str| casework::FirstSchool {
        district: "示例区教育局".to_owned(),
        school: school.to_owned(),
        duty_phone: None,
        counsellor_phone: None,
        admin_login: "first-admin".to_owned(),
        admin_name: "管理员".to_owned(),
        password: tests::town::PASSWORD.to_owned(),
    };
    for (name, code) in [("一\0中".to_owned(), "control_character"), ("一".repeat(101), "too_long")] {
        match casework::init_school(&world.service.desk, &first(&name)).await {
            Err(casework::CaseError::Invalid(faults)) => assert_eq!(faults[0].code, code),
            other => panic!("{other:?}"),
        }
    }
    casework::init_school(&world.service.desk, &first(&"一".repeat(100))).await.unwrap();
}

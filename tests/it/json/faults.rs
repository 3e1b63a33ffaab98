//! Every fault at once: of queries, of bodies, of what they name.

use serde_json::json;
use tests::{Client, on_both};

use super::{alert_about, decide};

const NOBODY: &str = "01a20d7378f0704e9c4f3e6fa7cb6e88";

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned())).collect()
}

on_both!(a_bad_cursor_is_named_beside_every_other_fault_of_a_query, |world| {
    let counsellor = world.client("counsellor").await;
    let student = world.town.student(0, 0, 0);
    for (path, mut fields) in [
        (
            "/api/v1/alerts?cursor=zz&limit=0&level=9&state=x&class=y",
            vec!["class", "cursor", "level", "limit", "state"],
        ),
        ("/api/v1/students?cursor=00&limit=many&school=x", vec!["cursor", "limit", "school"]),
        (&format!("/api/v1/students/{student}/growth-file?cursor=q&kind=x&limit=201"), vec!["cursor", "kind", "limit"]),
    ] {
        let mut named = counsellor.get(path).await.expect(422).fields();
        named.sort();
        fields.sort_unstable();
        assert_eq!(named, fields, "{path}");
    }
});

on_both!(a_filing_is_told_everything_that_is_wrong_with_it, |world| {
    let teacher = world.client("teacher").await;
    let (here, there) = (world.town.student(0, 0, 0), format!("stu_{NOBODY}"));
    let (nurse, elsewhere) = (world.town.person("nurse"), world.town.person("nurse-b"));
    let body = json!({
        "students": [
            { "student": here, "part": "subject" },
            { "student": there, "part": "hero" },
            { "student": world.town.student(1, 0, 0), "part": "witness" },
            7,
        ],
        "signs": ["nonsense", 3],
        "narrative": ["a"],
        "safe_now": "perhaps",
        "where_now": 5,
        "concerns": { "kind": "staff", "staff": format!("per_{NOBODY}") },
        "involved_staff": [nurse, elsewhere, "x"],
    });
    let answer = teacher.post("/api/v1/observations", body).await.expect(422);
    let mut found = answer.faults();
    found.sort();
    assert_eq!(
        found,
        pairs(&[
            ("concerns.staff", "unknown_person"),
            ("involved_staff[1]", "unknown_person"),
            ("involved_staff[2]", "unknown_person"),
            ("narrative", "wrong_type"),
            ("observed_at", "required"),
            ("safe_now", "unknown_value"),
            ("signs[0]", "unknown_sign"),
            ("signs[1]", "wrong_type"),
            ("students[1].part", "unknown_value"),
            ("students[1].student", "unknown_student"),
            ("students[2].student", "unknown_student"),
            ("students[3]", "wrong_type"),
            ("where_now", "wrong_type"),
        ])
    );
    let nobody = json!({
        "students": [{ "student": there, "part": "subject" }],
        "observed_at": world.service.desk.now(),
        "narrative": "x",
        "safe_now": "yes",
        "involved_staff": [elsewhere],
    });
    let answer = teacher.post("/api/v1/observations", nobody).await.expect(422);
    assert_eq!(
        answer.faults(),
        pairs(&[("students[0].student", "unknown_student"), ("involved_staff[0]", "unknown_person")])
    );
    assert!(answer.body["errors"][0]["message"].as_str().unwrap().contains("没有找到"));
});

on_both!(a_body_of_wrong_types_is_named_field_by_field, |world| {
    let nobody = Client::anonymous(&world.base);
    let missing = nobody.post("/api/v1/session", json!({})).await.expect(422);
    assert_eq!(missing.faults(), pairs(&[("login", "required"), ("password", "required")]));
    let typed = nobody.post("/api/v1/session", json!({ "login": 1, "password": null, "otp": [] })).await.expect(422);
    assert_eq!(typed.faults(), pairs(&[("login", "wrong_type"), ("password", "required"), ("otp", "wrong_type")]));
    let english = nobody.with("Accept-Language", "en").post("/api/v1/session", json!([])).await.expect(422);
    assert_eq!(english.body["errors"][0]["message"], "an object is wanted here");
    let _ = nobody.post_text("/api/v1/session", "{\"login\"").await.expect(400);

    let path = alert_about(&world, 0, 3).await;
    let counsellor = world.client("counsellor").await;
    let custody = counsellor.post(&format!("{path}/custody"), json!({ "adult": 1, "where": "" })).await.expect(422);
    assert_eq!(custody.faults(), pairs(&[("adult", "wrong_type"), ("where", "required"), ("since", "required")]));
    let assess = decide(&counsellor, &path, "assess", json!({ "level": "4", "means_asked": "no" })).await;
    assert_eq!(
        assess.expect(422).faults(),
        pairs(&[("level", "wrong_type"), ("means_asked", "wrong_type"), ("reason", "required")])
    );
    let assess = decide(&counsellor, &path, "assess", json!({ "level": 300 })).await.expect(422);
    assert_eq!(assess.faults(), pairs(&[("level", "bad_level"), ("reason", "required"), ("means_asked", "required")]));
});

on_both!(a_roster_form_without_its_parts_is_told_both, |world| {
    let admin = world.client("admin").await;
    let both = pairs(&[("school", "required"), ("file", "required")]);
    for parts in [&[][..], &[("other", "x")], &[("school", "示例一中")]] {
        let answer = admin.post_parts("/api/v1/roster/imports", parts).await.expect(422);
        let codes = if parts.first().is_some_and(|(n, _)| *n == "school") {
            pairs(&[("school", "unknown_value"), ("file", "required")])
        } else {
            both.clone()
        };
        assert_eq!(answer.faults(), codes, "{parts:?}");
    }
});

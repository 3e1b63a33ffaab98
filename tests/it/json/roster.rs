//! Rosters: who is who, what is kept of a file, and what is said about it.

use serde_json::{Value, json};
use tests::{Answer, Client, World, on_both};

async fn upload(world: &World, admin: &Client, csv: &str) -> Answer {
    let school = world.town.schools[0].id.to_string();
    admin.upload(&school, "名册.csv", csv.as_bytes().to_vec()).await.expect(201)
}

async fn apply(admin: &Client, import: &Answer) -> Answer {
    let path = format!("/api/v1/roster/imports/{}/apply", import.str("id"));
    admin.with("If-Match", import.etag.as_deref().unwrap()).post(&path, json!({})).await.expect(200)
}

fn counts(a: &Answer) -> (u64, u64, u64) {
    let n = |key: &str| a.body[key].as_u64().unwrap();
    (n("creates"), n("updates"), n("unchanged"))
}

async fn named(admin: &Client, name: &str) -> Vec<Value> {
    admin.get(&format!("/api/v1/students?limit=200&q={name}")).await.expect(200).items()
}

on_both!(number_and_name_are_the_same_pupil_when_the_class_changes, |world| {
    let admin = world.client("admin").await;
    let first = upload(&world, &admin, "姓名,年级,班级,学籍号\n周五常,七年级,1,G001\n周五常,七年级,1,G002\n").await;
    assert_eq!(counts(&apply(&admin, &first).await), (2, 0, 0));
    let before = named(&admin, "周五常").await;
    let moved = upload(&world, &admin, "姓名,年级,班级,学籍号\n周五常,七年级,2,Ｇ００１\n周五常,七年级,1,G002\n").await;
    assert_eq!(counts(&moved), (0, 1, 1));
    assert_eq!(counts(&apply(&admin, &moved).await), (0, 1, 1));
    let after = named(&admin, "周五常").await;
    let ids = |list: &[Value]| {
        let mut ids: Vec<String> = list.iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&before), ids(&after));
    // Another name under the same number, with nothing else that agrees, is another pupil.
    let other = upload(&world, &admin, "姓名,年级,班级,学籍号\n吴六平,七年级,1,G001\n").await;
    assert_eq!(counts(&other), (1, 0, 0));
});

on_both!(two_previews_applied_one_after_the_other_add_nobody_twice, |world| {
    let admin = world.client("admin").await;
    let csv = "姓名,年级,班级,座号\n周五常,七年级,1,３\n赵一然,七年级,1,8\n";
    let (one, other) = (upload(&world, &admin, csv).await, upload(&world, &admin, csv).await);
    assert_eq!((counts(&one), counts(&other)), ((1, 1, 0), (1, 1, 0)));
    assert_eq!(counts(&apply(&admin, &one).await), (1, 1, 0));
    assert_eq!(counts(&apply(&admin, &other).await), (0, 0, 2));
    let found = named(&admin, "周五常").await;
    assert_eq!((found.len(), found[0]["seat"].as_str()), (1, Some("3")));
});

on_both!(a_number_in_a_header_is_never_kept, |world| {
    let admin = world.client("admin").await;
    let csv = "姓名,年级,班级,身份证号,110101201001011234,备用13800001111,民族\n周五常,七年级,1,,x,y,汉\n";
    let import = upload(&world, &admin, csv).await;
    let fields: Vec<&str> = import.body["columns"].as_object().unwrap().values().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(fields.len(), 3, "only what is used: {}", import.text);
    let dropped: Vec<&str> =
        import.body["dropped_columns"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(dropped, ["身份证号", "******************", "备用***********", "民族"]);
    let scope = domain::access::Scope { schools: [world.town.schools[0].id].into(), ..Default::default() };
    let id = import.str("id").parse().unwrap();
    let kept = world.service.desk.storage.read().import(&scope, id).await.unwrap().unwrap();
    for text in [&kept.summary, &kept.body, &import.text] {
        assert!(!text.contains("1101012") && !text.contains("13800001111"), "{text}");
    }
});

on_both!(when_there_is_more_wrong_than_is_shown_the_answer_says_how_much, |world| {
    let admin = world.client("admin").await;
    let rows: String = (0..1_100).map(|_| "赵一然,七年级,没有这个班\u{ff1f}\u{ff1f}\n").collect();
    let import = upload(&world, &admin, &format!("姓名,年级,班级\n{rows}")).await;
    assert_eq!(import.body["errors"].as_array().unwrap().len(), 1_000);
    assert!(import.body["errors_total"].as_u64().unwrap() > 1_000, "{}", import.body["errors_total"]);
    let shown = admin.get(&format!("/api/v1/roster/imports/{}", import.str("id"))).await.expect(200);
    assert_eq!(shown.body["errors_total"], import.body["errors_total"]);
});

on_both!(a_file_that_is_too_large_is_refused_by_the_configured_limit, |world| {
    let admin = world.client("admin").await;
    let school = world.town.schools[0].id.to_string();
    let most = casework::largest_roster();
    let refused = admin.upload(&school, "名册.csv", vec![b'a'; most + 1]).await.expect(413);
    assert_eq!((most, refused.code()), (16 * 1024 * 1024, "too_large"));
});

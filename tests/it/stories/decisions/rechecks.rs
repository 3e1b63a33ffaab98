//! After a close somebody looks again, and is reminded of it.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{closing, decide, red_ready};

const OURS: [(&str, &str); 1] = [("Sec-Fetch-Site", "same-origin")];

/// A red that was closed by two on a Tuesday at ten; somebody looks again ten school days later. All have read that.
async fn closed(world: &mut World) -> String {
    let path = red_ready(world).await;
    let _ = decide(&world.client("counsellor").await, &path, "close", closing()).await.expect(202);
    let _ = decide(&world.client("vice").await, &path, "approve", json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    path
}

fn well(well: bool) -> Value {
    json!({ "well": well, "note": "上课正常，家长说睡得好" })
}

on_both!(whoever_closed_it_is_reminded_once_a_day_and_from_the_next_day_on_the_one_above_is_too, |world| {
    let path = closed(&mut world).await;
    world.silent_until("2026-12-08 10:00", &["counsellor"]).await;
    world.silent_until("2026-12-09 10:00", &["counsellor", "vice"]).await;
    world.silent_until("2026-12-10 10:00", &["counsellor", "vice"]).await;
    let counsellor = world.client("counsellor").await;
    let bare = counsellor.post(&format!("{path}/recheck"), json!({})).await.expect(422);
    assert_eq!(bare.fields(), ["well", "note"]);
    let _ = world.client("teacher").await.post(&format!("{path}/recheck"), well(true)).await.expect(403);
    let done = counsellor.post(&format!("{path}/recheck"), well(true)).await.expect(200);
    assert!(done.body["closing"]["rechecked_at"].is_string() && done.str("state") == "closed", "{}", done.text);
    assert_eq!(counsellor.post(&format!("{path}/recheck"), well(false)).await.expect(409).code(), "no_recheck");
    let file = |client: tests::Client| async move {
        let student = client.get(&path).await.expect(200).body["student"]["id"].as_str().unwrap().to_owned();
        client.get(&format!("/api/v1/students/{student}/growth-file")).await.expect(200).text
    };
    assert!(file(counsellor).await.contains("睡得好"));
    world.pass(60 * 24 * 14).await;
    world.told_exactly(&[]);
});

on_both!(what_is_found_not_well_is_open_again, |world| {
    let path = closed(&mut world).await;
    world.silent_until("2026-12-08 10:00", &["counsellor"]).await;
    let vice = world.client("vice").await;
    let done = vice.post(&format!("{path}/recheck"), well(false)).await.expect(200);
    assert_eq!((done.str("state"), done.body["level"].clone()), ("untriaged".to_owned(), json!(4)));
    assert!(done.body["closing"]["reopened_at"].is_string(), "{}", done.text);
    let teacher = world.client("teacher").await.get(&path).await.expect(200);
    assert!(!teacher.text.contains("睡得好"), "what was seen is not for everybody");
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "teacher", "vice"]);
    world.silent_until("2026-12-08 10:10", &["district"]).await;
    let _ = vice.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

on_both!(nobody_is_reminded_late_in_the_evening_or_at_night, |world| {
    let path = closed(&mut world).await;
    // The service was down when the day came.
    world.at("2026-12-08 20:00").await;
    world.told_exactly(&[]);
    world.at("2026-12-09 02:00").await;
    world.told_exactly(&[]);
    world.silent_until("2026-12-09 06:30", &["counsellor"]).await;
    let _ = world.client("vice").await.post(&format!("{path}/recheck"), well(true)).await.expect(200);
    world.pass(60 * 24 * 3).await;
    world.told_exactly(&[]);
});

on_both!(the_page_asks_for_the_look_and_the_number_of_the_message_says_that_it_is_due, |world| {
    let path = closed(&mut world).await;
    let page = path.replace("/api/v1", "");
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    assert!(counsellor.get(&page).await.expect(200).says("12-08 10:00"));
    assert!(!counsellor.get("/").await.expect(200).says("今天到期"));
    world.at("2026-12-08 10:00").await;
    assert!(counsellor.get("/").await.expect(200).says("结案回访"));
    let vice = Browser::sign_in(&world.base, "vice").await.get("/").await.expect(200);
    assert!(!vice.says("结案回访"), "it is not his to look again");
    let letter = world.letters().into_iter().next().unwrap();
    assert!(letter.text.contains("到了约定再看一次的日子"), "{}", letter.text);
    let index = world.town.people.iter().position(|(l, _)| l == "counsellor").unwrap();
    let four = (19_900_000_000 + index as u64).to_string()[7..].to_owned();
    let fields = [("code", letter.words.code.as_str()), ("last_four", four.as_str()), ("act", "look")];
    let found = Browser::new(&world.base).send("/a", &fields, &OURS).await.expect(200);
    assert!(found.says("到了约定再看一次的日子") && !found.says("不用再处理"), "{}", found.html);
    let teacher = Browser::sign_in(&world.base, "teacher").await.get(&page).await.expect(200);
    assert!(teacher.says("约定再看一次") && !teacher.says("name=\"seen\""), "{}", teacher.html);

    let shown = counsellor.get(&page).await.expect(200);
    let wrong = counsellor.post(&shown, &format!("{page}/recheck"), &[("seen", "上课正常")]).await.expect(422);
    assert!(wrong.says("href=\"#well\"") && wrong.says("上课正常"), "{}", wrong.html);
    let right = [("well", "true"), ("seen", "上课正常")];
    let done = counsellor.post(&shown, &format!("{page}/recheck"), &right).await.leads_to();
    let after = counsellor.get(&done).await.expect(200);
    assert!(after.says("已记录：平稳") && !after.says("name=\"seen\""), "{}", after.html);
    world.settle().await;
    world.told_exactly(&[]);
});

//! A drill is answered as an alert is: signed in, under its number, by SMS, by a key.

use serde_json::json;
use tests::fakes::{HOOKS, twilio_signature};
use tests::{Browser, World, on_both};

use super::{SCHOOL, act, custody, four, plain, seen, start, told_of_a_drill};

/// Everybody's number, by login.
fn codes(world: &World, letters: &[notifier::Letter]) -> std::collections::BTreeMap<String, String> {
    letters.iter().map(|l| (world.login_of(&l.to), l.words.code.clone())).collect()
}

on_both!(a_red_drill_by_day_climbs_and_is_answered, |world| {
    let class = world.town.schools[0].classes[0].id;
    let body = json!({ "note": "例行", "class": class, "district": true });
    let id = start(&world, body).await;
    let letters = told_of_a_drill(&world, &["teacher", "grade", "counsellor", "vice", "principal"]);
    assert_eq!(letters.len(), 10, "each by SMS and mail");
    let sms = letters.iter().find(|l| !l.to.contains('@')).unwrap();
    let want = format!("【示例一中】演练：请10分钟内确认，编号{}。回复编号或登录xd.example.edu.cn/a。", sms.words.code);
    assert_eq!(sms.text, want);
    world.pass(9).await;
    world.told_exactly(&[]);
    world.pass(1).await;
    told_of_a_drill(&world, &["district"]);

    let taken = act(&world, "counsellor", &id, "acknowledge").await.expect(200);
    assert_eq!(taken.str("state"), "acked");
    world.settle().await;
    let letters = told_of_a_drill(&world, &["teacher", "grade", "vice", "principal", "district"]);
    assert!(letters.iter().all(|l| l.text.contains("已由专职老师接手，您无需操作")), "{letters:#?}");
    let again = act(&world, "counsellor", &id, "acknowledge").await.expect(200);
    assert_eq!(again.body["own"]["answers"].as_array().unwrap().len(), 1);

    let done = custody(&world, "counsellor", &id).await.expect(200);
    assert_eq!(done.body["ended"]["how"], "custody");
    world.settle().await;
    let letters = told_of_a_drill(&world, &["teacher", "grade", "counsellor", "vice", "principal", "district"]);
    assert!(letters.iter().all(|l| l.text.contains("演练结束：编号")), "{letters:#?}");
    world.pass(600).await;
    world.told_exactly(&[]);
});

on_both!(what_is_taken_and_not_seen_to_opens_again_as_an_alert_would, |world| {
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &SCHOOL);
    let _ = act(&world, "vice", &id, "acknowledge").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &["counsellor", "principal"]);
    world.pass(10).await;
    told_of_a_drill(&world, &SCHOOL);
    assert_eq!(seen(&world, "vice", &id).await.expect(200).str("state"), "open");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
});

on_both!(the_number_of_a_drill_says_that_it_is_one_and_takes_nothing_else, |world| {
    let id = start(&world, plain()).await;
    let codes = codes(&world, &told_of_a_drill(&world, &SCHOOL));
    let send = async |login: &str, act: &str| {
        let four = four(&world, login);
        let fields = [("code", codes[login].as_str()), ("last_four", four.as_str()), ("act", act)];
        Browser::new(&world.base).send("/a", &fields, &[("Sec-Fetch-Site", "same-origin")]).await
    };
    let page = send("vice", "look").await.expect(200);
    assert!(page.says("演练") && page.says("我已收到"), "{}", page.html);
    for secret in ["drl_", "alr_", "示例一中", "例行"] {
        assert!(!page.says(secret), "{secret} stands on it: {}", page.html);
    }
    let declined = send("vice", "cannot").await.expect(200);
    assert!(declined.says("演练：已记下"), "{}", declined.html);
    let taken = send("counsellor", "take").await.expect(200);
    assert!(taken.says("演练：已记下") && !taken.says("拨值班电话"), "{}", taken.html);
    world.settle().await;
    told_of_a_drill(&world, &["vice", "principal"]);
    assert_eq!(seen(&world, "principal", &id).await.expect(200).str("state"), "acked");
    assert!(world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().is_empty());

    let _ = custody(&world, "counsellor", &id).await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
    assert!(send("principal", "take").await.expect(200).says("演练已经结束"));
    world.settle().await;
});

on_both!(a_text_sent_back_and_a_key_pressed_answer_a_drill, |world| {
    world.give_telephones(&["vice"]).await;
    let id = start(&world, plain()).await;
    let codes = codes(&world, &told_of_a_drill(&world, &SCHOOL));
    let secret = server::secrets::Keys::of(&[7; 32]).hooks;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let base = world.base.clone();
    let fours: Vec<(String, String)> = SCHOOL.iter().map(|l| ((*l).to_owned(), four(&world, l))).collect();
    let reply = async |login: &str| {
        let from = format!("1990000{}", fours.iter().find(|(l, _)| l == login).unwrap().1);
        let url = format!("{base}/hooks/kannel/{secret}/reply");
        let query = [("from", from.as_str()), ("text", codes[login].as_str())];
        http.get(url).query(&query).send().await.unwrap().text().await.unwrap()
    };
    world.pass(5).await;
    let calls = told_of_a_drill(&world, &["vice"]);
    assert!(calls.iter().all(|l| l.text.starts_with("这是演练。这里是示例一中")), "{calls:#?}");

    let (path, form) = (format!("/hooks/twilio/{secret}/keys?message={}", calls[0].id), [("Digits", "2")]);
    let signed = twilio_signature(&format!("{HOOKS}{path}"), &form);
    let post = http.post(format!("{}{path}", world.base)).header("X-Twilio-Signature", signed).form(&form);
    let said = post.send().await.unwrap().text().await.unwrap();
    assert!(said.contains("演练：已记下"), "{said}");
    assert_eq!(reply("counsellor").await, "演练：已记下，谢谢，无需其他操作。");
    world.settle().await;
    told_of_a_drill(&world, &["vice", "principal"]);
    let report = seen(&world, "principal", &id).await.expect(200).body["report"].clone();
    let via = |login: &str| {
        let people = report["rungs"][0]["people"].as_array().unwrap().clone();
        let id = world.town.person(login).to_string();
        people.iter().find(|p| p["person"]["id"] == id).unwrap()["answers"][0].clone()
    };
    assert_eq!((via("vice")["kind"].clone(), via("vice")["via"].clone()), ("declined".into(), "voice_key".into()));
    assert_eq!(via("counsellor")["via"], "sms_reply");
    assert_eq!(reply("principal").await, "演练：已记下，谢谢，无需其他操作。", "whoever is later answers too");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
    assert_eq!(reply("principal").await, "演练已经结束，无需操作。");
});

on_both!(when_all_say_that_they_cannot_the_drill_goes_on_to_the_next_rung, |world| {
    let id = start(&world, json!({ "note": "例行", "district": true })).await;
    told_of_a_drill(&world, &SCHOOL);
    for login in SCHOOL {
        let _ = act(&world, login, &id, "decline").await.expect(200);
        world.settle().await;
    }
    told_of_a_drill(&world, &["district"]);
    let _ = act(&world, "district", &id, "acknowledge").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &SCHOOL);
    let refused = custody(&world, "district", &id).await.expect(403);
    assert_eq!(refused.code(), "forbidden", "nobody of the district is with a child");
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal", "district"]);
});

on_both!(an_orange_drill_is_over_when_it_is_taken, |world| {
    let id = start(&world, json!({ "note": "例行", "level": 3 })).await;
    let letters = told_of_a_drill(&world, &["counsellor"]);
    assert!(letters.iter().all(|l| l.text.contains("演练：请")), "{letters:#?}");
    let done = act(&world, "counsellor", &id, "acknowledge").await.expect(200);
    assert_eq!(done.body["ended"]["how"], "taken");
    world.settle().await;
    told_of_a_drill(&world, &["counsellor"]);
});

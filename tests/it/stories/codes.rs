//! The number in a message: whoever holds it answers without a session, and nobody else does.

use std::collections::BTreeMap;

use domain::time::Clock;
use serde_json::Value;
use tests::{Browser, World, on_both};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];
const OURS: [(&str, &str); 1] = [("Sec-Fetch-Site", "same-origin")];

/// A red is filed by day; gives everybody's number, by login.
async fn red(world: &World) -> BTreeMap<String, String> {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    codes(world)
}

fn codes(world: &World) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for letter in world.letters() {
        let login = world.login_of(&letter.to);
        assert!(letter.text.contains(&letter.words.code), "{}", letter.text);
        let before = out.insert(login, letter.words.code.clone());
        assert!(before.is_none_or(|code| code == letter.words.code), "one person has one number");
    }
    out
}

/// The last four digits of somebody's telephone.
fn four(world: &World, login: &str) -> String {
    let index = world.town.people.iter().position(|(l, _)| l == login).unwrap();
    (19_900_000_000 + index as u64).to_string()[7..].to_owned()
}

async fn send(world: &World, code: &str, four: &str, act: &str) -> tests::Page {
    let fields = [("code", code), ("last_four", four), ("act", act)];
    Browser::new(&world.base).send("/a", &fields, &OURS).await
}

async fn events(world: &World, kind: &str) -> Vec<Value> {
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let seen = counsellor.get(&path).await.expect(200);
    seen.body["events"].as_array().unwrap().iter().filter(|e| e["kind"] == kind).cloned().collect()
}

async fn reply(world: &World, from: &str, text: &str) -> String {
    let secret = server::secrets::Keys::of(&[7; 32]).hooks;
    let url = format!("{}/hooks/kannel/{secret}/reply", world.base);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.get(url).query(&[("from", from), ("text", text)]).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

on_both!(a_number_is_looked_at_a_hundred_times_and_taken_once, |world| {
    let codes = red(&world).await;
    let (code, four) = (&codes["counsellor"], four(&world, "counsellor"));
    let stranger = Browser::new(&world.base);
    for _ in 0..100 {
        let _ = stranger.get(&format!("/a?code={code}&last_four={four}&act=take")).await.expect(200);
    }
    let seen = send(&world, code, &four, "look").await.expect(200);
    assert!(
        seen.says("我已收到，马上处理") && seen.says(code) && seen.says("<b class=\"num\">10</b>"),
        "{}",
        seen.html
    );
    for secret in ["赵", "心理", "七", "示例一中", "alr_", "stu_"] {
        assert!(!seen.says(secret), "{secret} stands on it: {}", seen.html);
    }
    assert!(events(&world, "acknowledged").await.is_empty(), "looking takes nothing");
    world.told_exactly(&[]);

    for _ in 0..2 {
        assert!(send(&world, code, &four, "take").await.expect(200).says("已记下"));
    }
    assert_eq!(events(&world, "acknowledged").await.len(), 1);
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher", "vice"]);
    let late = send(&world, &codes["vice"], &self::four(&world, "vice"), "take").await.expect(200);
    assert!(late.says("已经有同事接手"));
    assert_eq!(events(&world, "acknowledged").await.len(), 1);
});

on_both!(five_wrong_answers_and_the_number_is_dead_without_a_session, |world| {
    let codes = red(&world).await;
    let (code, right) = (&codes["counsellor"], four(&world, "counsellor"));
    for wrong in ["0000", "", "12", "x", "99999"] {
        let page = send(&world, code, wrong, "take").await.expect(422);
        assert!(page.says("编号或手机号后四位不对"), "{}", page.html);
    }
    let _ = send(&world, code, &right, "take").await.expect(422);
    let _ = send(&world, "000000", &right, "take").await.expect(422);
    assert!(events(&world, "acknowledged").await.is_empty());

    let vice = Browser::sign_in(&world.base, "vice").await;
    let home = vice.get("/a").await.expect(200);
    let _ = vice.post(&home, "/a", &[("code", code), ("act", "take")]).await.expect(422);
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let home = counsellor.get("/a").await.expect(200);
    let done = counsellor.post(&home, "/a", &[("code", code), ("act", "take")]).await.expect(200);
    assert!(done.says("已记下") && done.says("/alerts/alr_"));
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher", "vice"]);
});

on_both!(when_all_say_that_they_cannot_the_district_hears_at_once, |world| {
    let codes = red(&world).await;
    for login in &RUNG_0[..4] {
        assert!(send(&world, &codes[*login], &four(&world, login), "cannot").await.expect(200).says("您无法处理"));
        world.settle().await;
        world.told_exactly(&[]);
    }
    let _ = send(&world, &codes["vice"], &four(&world, "vice"), "cannot").await.expect(200);
    world.settle().await;
    world.told_exactly(&["district"]);
    assert_eq!(events(&world, "declined").await.len(), 5);
    let used = send(&world, &codes["vice"], &four(&world, "vice"), "take").await.expect(200);
    assert!(used.says("要改变主意，请登录"), "{}", used.html);
});

on_both!(a_number_still_takes_after_the_alert_has_moved_on, |world| {
    let codes = red(&world).await;
    world.pass(10).await;
    world.told_exactly(&["district"]);
    let page = send(&world, &codes["teacher"], &four(&world, "teacher"), "take").await.expect(200);
    assert!(page.says("已记下"));
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "vice", "district"]);
});

on_both!(a_text_from_ones_own_telephone_takes_it_and_any_other_takes_nothing, |world| {
    let codes = red(&world).await;
    let code = &codes["grade"];
    let number = format!("+861990000{}", four(&world, "grade"));
    assert_eq!(reply(&world, "13800000000", code).await, "没有看懂。请只回复六位编号。");
    assert_eq!(reply(&world, "13800000000", code).await, "", "the help goes out once an hour");
    assert_eq!(reply(&world, &number, &format!("好的 {code}")).await, "没有看懂。请只回复六位编号。");
    assert!(events(&world, "acknowledged").await.is_empty());
    let wide: String = code.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
    assert_eq!(reply(&world, &number, &format!("收到{wide}")).await, "已记下。请立即拨值班电话，报编号，口头告知。");
    assert_eq!(reply(&world, &number, code).await, "已记下。请立即拨值班电话，报编号，口头告知。");
    let taken = events(&world, "acknowledged").await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0]["by"]["id"], world.town.person("grade").to_string());
    world.settle().await;
    world.told_exactly(&["counsellor", "principal", "teacher", "vice"]);
});

on_both!(whoever_gives_it_back_is_heard_of_on_the_next_rung, |world| {
    let codes = red(&world).await;
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let home = counsellor.get("/a").await.expect(200);
    let code = codes["counsellor"].as_str();
    let taken = counsellor.post(&home, "/a", &[("code", code), ("act", "take")]).await.expect(200);
    assert!(taken.says("我无法处理"));
    world.settle().await;
    let _ = world.told();
    let _ = counsellor.post(&home, "/a", &[("code", code), ("act", "cannot")]).await.expect(200);
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "teacher", "vice", "district"]);
});

on_both!(whoever_was_left_out_since_holds_a_dead_number, |world| {
    let codes = red(&world).await;
    let alert = world.alert_seen_by("counsellor").await.parse().unwrap();
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.exclude_from_alert(alert, &[world.town.person("vice")].into(), world.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let _ = send(&world, &codes["vice"], &four(&world, "vice"), "take").await.expect(422);
    assert!(events(&world, "acknowledged").await.is_empty());
});

on_both!(a_number_is_kept_while_its_turn_lasts_and_forgotten_two_months_after, |world| {
    let codes = red(&world).await;
    let storage = world.service.desk.storage.clone();
    let read = || storage.read();
    let alert = world.alert_seen_by("counsellor").await.parse().unwrap();
    let person = world.town.person("counsellor");
    world.clock.advance(chrono::TimeDelta::days(61));
    casework::tidy(&world.service.desk).await.unwrap();
    assert!(read().code_of(person, alert, 0).await.unwrap().is_some(), "nobody has taken it yet");
    world.settle().await;
    let _ = world.told();
    let page = counsellor_takes(&world).await;
    assert!(page.says("已接手"), "{}", page.html);
    world.pass(11).await;
    let _ = world.told();
    casework::tidy(&world.service.desk).await.unwrap();
    assert!(read().code_of(person, alert, 0).await.unwrap().is_none(), "another turn has begun");
    let _ = send(&world, &codes["counsellor"], &four(&world, "counsellor"), "take").await.expect(422);
});

async fn counsellor_takes(world: &World) -> tests::Page {
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let path = format!("/alerts/{}", world.alert_seen_by("counsellor").await);
    let page = counsellor.get(&path).await.expect(200);
    let done = counsellor.post(&page, &format!("{path}/acknowledge"), &[]).await.leads_to();
    counsellor.get(&done).await.expect(200)
}

const NOTED: &str = "已记下。请立即拨值班电话，报编号，口头告知。";

/// Somebody takes it by SMS and does nothing: ten minutes later it is open again. Gives his number of before.
async fn taken_and_open_again(world: &mut World, login: &str) -> (String, String) {
    let codes = red(world).await;
    let (code, number) = (codes[login].clone(), format!("1990000{}", four(world, login)));
    assert_eq!(reply(world, &number, &code).await, NOTED);
    world.settle().await;
    let _ = world.told();
    world.pass(10).await;
    assert_ne!(self::codes(world)[login], code, "a new turn has new numbers");
    (code, number)
}

on_both!(an_old_number_takes_what_is_open_again_and_is_not_merely_said_to, |world| {
    let (code, number) = taken_and_open_again(&mut world, "counsellor").await;
    for _ in 0..3 {
        assert_eq!(reply(&world, &number, &code).await, NOTED);
        assert_eq!(events(&world, "acknowledged").await.len(), 2, "taken in this turn as well, and once");
    }
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher", "vice", "district"]);
    let alert = world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().remove(0);
    assert_eq!(alert["state"], "acknowledged", "{alert}");
});

on_both!(an_old_number_signed_in_takes_or_declines_the_turn_that_is, |world| {
    let (code, _) = taken_and_open_again(&mut world, "counsellor").await;
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let home = counsellor.get("/a").await.expect(200);
    let looked = counsellor.post(&home, "/a", &[("code", &code), ("act", "look")]).await.expect(200);
    assert!(looked.says("正在等人接手") && looked.says("我已收到，马上处理"), "{}", looked.html);
    let taken = counsellor.post(&home, "/a", &[("code", &code), ("act", "take")]).await.expect(200);
    assert!(taken.says("已记下。请立即拨值班电话"), "{}", taken.html);
    assert_eq!(events(&world, "acknowledged").await.len(), 2);
    let _ = counsellor.post(&home, "/a", &[("code", &code), ("act", "cannot")]).await.expect(200);
    assert_eq!(events(&world, "declined").await.len(), 1, "and he may change his mind in this turn");
    world.settle().await;
    let _ = world.told();
});

on_both!(an_old_number_without_a_session_says_that_there_is_a_newer_one, |world| {
    let (code, _) = taken_and_open_again(&mut world, "counsellor").await;
    let four = four(&world, "counsellor");
    for act in ["look", "take", "cannot"] {
        let page = send(&world, &code, &four, act).await.expect(200);
        assert!(page.says("这件事已重新打开，请用最新短信里的编号") && !page.says("已记下"), "{}", page.html);
        assert!(!page.says("马上处理"), "no button that does nothing: {}", page.html);
    }
    let fields = [("code", code.as_str()), ("last_four", &four), ("act", "look")];
    let english = [OURS[0], ("Accept-Language", "en")];
    let page = Browser::new(&world.base).send("/a", &fields, &english).await.expect(200);
    assert!(page.says("opened again") && page.says("number of the latest text"), "{}", page.html);
    assert_eq!(events(&world, "acknowledged").await.len(), 1);
    assert!(events(&world, "declined").await.is_empty());
});

on_both!(an_old_number_with_five_wrong_tries_takes_nothing_and_says_so, |world| {
    let (code, number) = taken_and_open_again(&mut world, "counsellor").await;
    for _ in 0..5 {
        let _ = send(&world, &code, "0000", "take").await.expect(422);
    }
    let said = reply(&world, &number, &code).await;
    assert!(said.starts_with("没有记下") && said.contains("请用最新短信里的编号"), "{said}");
    assert_eq!(events(&world, "acknowledged").await.len(), 1);
});

on_both!(whoever_cannot_leaves_what_is_in_somebody_elses_hands_with_him, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 3)).await;
    world.settle().await;
    let _ = world.told();
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let version = counsellor.get(&path).await.expect(200).etag.unwrap();
    let raised = serde_json::json!({ "level": 4, "reason": "书包里有刀", "means_asked": true });
    let _ = counsellor.with("If-Match", &version).post(&format!("{path}/assess"), raised).await.expect(200);
    world.settle().await;
    let codes = codes(&world);
    let owner = counsellor.get(&path).await.expect(200).body["owner"].clone();
    assert_eq!(owner["id"], world.town.person("counsellor").to_string());
    let page = send(&world, &codes["vice"], &four(&world, "vice"), "cannot").await.expect(200);
    assert!(page.says("您无法处理"), "{}", page.html);
    assert_eq!(events(&world, "declined").await.len(), 1);
    assert_eq!(
        counsellor.get(&path).await.expect(200).body["owner"],
        owner,
        "it is not the vice-principal's to give away"
    );
    world.settle().await;
});

on_both!(a_number_is_read_as_people_write_it, |world| {
    let codes = red(&world).await;
    let (code, four) = (&codes["counsellor"], four(&world, "counsellor"));
    let (head, tail) = code.split_at(3);
    for typed in [format!("{head} {tail}"), format!("{code}。"), format!("\u{200b}{head}\u{a0}{tail}\u{feff}.")] {
        let seen = send(&world, &typed, &four, "look").await.expect(200);
        assert!(seen.says("正在等人接手"), "{typed:?}: {}", seen.html);
    }
    for typed in [format!("{head}-{tail}"), format!("{code}0"), format!("{code} 1"), head.to_owned()] {
        let _ = send(&world, &typed, &four, "take").await.expect(422);
    }
    assert!(events(&world, "acknowledged").await.is_empty());
    let number = format!("1990000{four}");
    assert_eq!(reply(&world, &number, &format!("收到 {head} {tail}。")).await, NOTED);
    assert_eq!(events(&world, "acknowledged").await.len(), 1);
    world.settle().await;
    world.told_exactly(&["grade", "principal", "teacher", "vice"]);
});

//! The same decisions on the page of the alert, as a browser without script takes them.

use serde_json::json;
use tests::{Browser, World, on_both};

use super::{alert, assess, decide, red_ready};

/// The page of an alert, from its path in the interface.
fn page_of(path: &str) -> String {
    path.replace("/api/v1", "")
}

async fn browser(world: &World, login: &str) -> Browser {
    Browser::sign_in(&world.base, login).await
}

on_both!(a_close_on_the_page_names_all_that_is_missing_and_loses_nothing_that_was_typed, |world| {
    let path = alert(&world, 4).await;
    let (page, counsellor) = (page_of(&path), browser(&world, "counsellor").await);
    let shown = counsellor.get(&page).await.expect(200);
    assert!(shown.says("结案清单") && shown.says("还没有记录"), "{}", shown.html);
    let version = shown.value("version");
    let typed = [
        ("version", version.as_str()),
        ("outcome", "resolved"),
        ("evidence", "plan_in_place"),
        ("by_plan_in_place", "心理组周老师"),
        ("close_reason", ""),
    ];
    let wrong = counsellor.post(&shown, &format!("{page}/close"), &typed).await.expect(422);
    assert!(wrong.says("href=\"#close_reason\""), "the form is looked at first: {}", wrong.html);
    let typed = typed.map(|(n, v)| if n == "close_reason" { (n, "两次面谈平稳") } else { (n, v) });
    let wrong = counsellor.post(&shown, &format!("{page}/close"), &typed).await.expect(422);
    for id in ["assessment", "custody", "student_seen", "guardian_reached", "means_asked", "clear_reviews"] {
        assert!(wrong.says(&format!("href=\"#need-{id}\"")) && wrong.says(&format!("id=\"need-{id}\"")), "{id}");
    }
    assert!(!wrong.says("href=\"#need-plan_in_place\""), "it is stated");
    for kept in ["心理组周老师", "两次面谈平稳", "value=\"plan_in_place\" checked", "value=\"resolved\" checked"]
    {
        assert!(wrong.says(kept), "{kept}: {}", wrong.html);
    }
    let teacher = browser(&world, "teacher").await.get(&page).await.expect(200);
    assert!(!teacher.says("结案清单") && !teacher.says("close_reason"), "{}", teacher.html);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(the_second_reads_on_the_page_what_a_close_rests_on_and_signs_it, |world| {
    let path = red_ready(&mut world).await;
    let (page, counsellor) = (page_of(&path), browser(&world, "counsellor").await);
    let shown = counsellor.get(&page).await.expect(200);
    let seen = counsellor.get(&page).await.expect(200).html;
    let report = seen.split_once("<option value=\"obs_").unwrap().1.split('"').next().unwrap();
    let (version, report) = (shown.value("version"), format!("obs_{report}"));
    let typed = [
        ("version", version.as_str()),
        ("outcome", "resolved"),
        ("evidence", "student_seen"),
        ("by_student_seen", "心理教师周老师"),
        ("obs_student_seen", report.as_str()),
        ("evidence", "guardian_reached"),
        ("evidence", "plan_in_place"),
        ("close_reason", "两次面谈平稳，家长知情"),
    ];
    let done = counsellor.post(&shown, &format!("{page}/close"), &typed).await.leads_to();
    let asked = counsellor.get(&done).await.expect(200);
    assert!(asked.says("已提交，等待第二人签字") && !asked.says("结案清单"), "{}", asked.html);
    world.settle().await;
    world.told_exactly(&["principal", "vice"]);

    // The principal may sign and not assess: he reads the same.
    let principal = browser(&world, "principal").await.get(&page).await.expect(200);
    let vice = browser(&world, "vice").await;
    let signs = vice.get(&page).await.expect(200);
    for reader in [&principal, &signs] {
        for said in ["结案：风险解除", "心理教师周老师", "帮扶方案已落实", "2 个不同日期的研判均平稳（目前 2 天）"]
        {
            assert!(reader.says(said), "{said}: {}", reader.html);
        }
        assert!(reader.says(&format!("href=\"#report-{report}\"")) && !reader.says("问过工具"), "{}", reader.html);
        assert!(!reader.says("还没有记录"), "everything is there: {}", reader.html);
    }
    let teacher = browser(&world, "teacher").await.get(&page).await.expect(200);
    assert!(!teacher.says("心理教师周老师") && !teacher.says("家长知情"), "{}", teacher.html);
    let version = signs.value("version");
    let sign = [("version", version.as_str()), ("note", "看过两次记录")];
    let done = vice.post(&signs, &format!("{page}/approve"), &sign).await.leads_to();
    let closed = vice.get(&done).await.expect(200);
    assert!(closed.says("已结案") && closed.says("看过两次记录"), "{}", closed.html);
    world.settle().await;
    world.told_exactly(&["counsellor", "grade", "principal", "teacher"]);
});

on_both!(who_may_close_or_sign_reads_the_list_and_nobody_else, |world| {
    let path = alert(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let list = counsellor.get(&path).await.expect(200).body["close_checklist"].clone();
    let states: Vec<&str> = list.as_array().unwrap().iter().map(|t| t["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["missing", "to_state", "to_state", "missing", "to_state", "missing"], "{list}");
    assert_eq!(list[2]["codes"], json!(["guardian_reached", "guardian_withheld"]));
    assess(&counsellor, &path, 3).await;
    let list = counsellor.get(&path).await.expect(200).body["close_checklist"].clone();
    assert_eq!((list[0]["state"].clone(), list[3]["state"].clone()), (json!("done"), json!("done")), "{list}");
    assert!(world.client("principal").await.get(&path).await.expect(200).body["close_checklist"].is_array());
    for login in ["teacher", "grade"] {
        let seen = world.client(login).await.get(&path).await.expect(200).body;
        assert!(seen.get("close_checklist").is_none(), "{login}: {seen}");
    }
    world.settle().await;
    let _ = world.told();
});

on_both!(an_alert_is_handed_over_on_the_page_to_those_alone_who_may_hear_of_it, |world| {
    let mut body = world.filing(world.town.student(0, 0, 0), 3);
    body["concerns"] = json!({ "kind": "staff", "staff": world.town.person("grade").to_string() });
    let _ = world.file("subject", body).await;
    world.settle().await;
    let _ = world.told();
    let path = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    let (page, counsellor) = (page_of(&path), browser(&world, "counsellor").await);
    let nobodys = counsellor.get(&page).await.expect(200);
    assert!(!nobodys.says("hand_reason"), "nobody has it yet");
    let taken = counsellor.post(&nobodys, &format!("{page}/acknowledge"), &[]).await.leads_to();
    let mine = counsellor.get(&taken).await.expect(200);
    let (vice, grade) = (world.town.person("vice").to_string(), world.town.person("grade").to_string());
    assert!(mine.says(&format!("<option value=\"{vice}\"")), "{}", mine.html);
    assert!(!mine.says(&grade) && !mine.says(&world.town.person("nurse").to_string()), "{}", mine.html);
    assert!(!mine.says(&format!("<option value=\"{}\"", world.town.person("counsellor"))), "not to himself");
    let version = mine.value("version");
    let bare = [("version", version.as_str()), ("hand_reason", "下午外出培训")];
    let wrong = counsellor.post(&mine, &format!("{page}/hand-over"), &bare).await.expect(422);
    assert!(wrong.says("href=\"#to\"") && wrong.says("下午外出培训"), "{}", wrong.html);
    let full = [("version", version.as_str()), ("to", vice.as_str()), ("hand_reason", "下午外出培训")];
    let offered = counsellor.post(&mine, &format!("{page}/hand-over"), &full).await.leads_to();
    let offered = counsellor.get(&offered).await.expect(200);
    assert!(offered.says("正在转交") && !offered.says("我接收"), "{}", offered.html);
    world.settle().await;
    let _ = world.told();

    let other = browser(&world, "vice").await;
    assert!(other.get("/").await.expect(200).says("同事想转交给您"));
    assert!(!counsellor.get("/").await.expect(200).says("同事想转交给您"));
    let asked = other.get(&page).await.expect(200);
    assert!(asked.says("下午外出培训") && asked.says("我接收"), "{}", asked.html);
    let back = other.post(&asked, &format!("{page}/refuse"), &[("offer_note", "我也外出")]).await.leads_to();
    let back = other.get(&back).await.expect(200);
    assert!(back.says("我也外出") && !back.says("我接收"), "{}", back.html);
    assert!(!other.get("/").await.expect(200).says("同事想转交给您"));
    world.settle().await;
    let _ = world.told();

    let mine = counsellor.get(&page).await.expect(200);
    let version = mine.value("version");
    let full = [("version", version.as_str()), ("to", vice.as_str()), ("hand_reason", "下午外出培训")];
    let _ = counsellor.post(&mine, &format!("{page}/hand-over"), &full).await.leads_to();
    let asked = other.get(&page).await.expect(200);
    let done = other.post(&asked, &format!("{page}/accept"), &[]).await.leads_to();
    assert!(other.get(&done).await.expect(200).says("现在由您负责"));
    let owner = world.client("vice").await.get(&path).await.expect(200).body["owner"]["id"].clone();
    assert_eq!(owner, json!(vice));
    world.settle().await;
    let _ = world.told();
});

on_both!(whoever_is_offered_one_reads_so_under_his_number_and_looking_accepts_nothing, |world| {
    let path = alert(&world, 3).await;
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&format!("{path}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let to = json!({ "to": world.town.person("vice").to_string(), "reason": "下午外出培训" });
    let _ = decide(&counsellor, &path, "hand-over", to).await.expect(202);
    world.settle().await;
    let code = world.letters().into_iter().find(|l| world.login_of(&l.to) == "vice").unwrap().words.code;
    let four = |login: &str| {
        let index = world.town.people.iter().position(|(l, _)| l == login).unwrap();
        (19_900_000_000 + index as u64).to_string()[7..].to_owned()
    };
    let four = four("vice");
    for act in ["look", "take"] {
        let fields = [("code", code.as_str()), ("last_four", four.as_str()), ("act", act)];
        let ours = [("Sec-Fetch-Site", "same-origin")];
        let found = Browser::new(&world.base).send("/a", &fields, &ours).await.expect(200);
        assert!(found.says("有同事想把这件事转交给您") && !found.says("已经有同事接手"), "{}", found.html);
        assert!(!found.says("赵一然") && !found.says("外出培训") && !found.says("value=\"take\""), "{}", found.html);
    }
    let seen = counsellor.get(&path).await.expect(200).body;
    assert_eq!(seen["owner"]["id"], world.town.person("counsellor").to_string());
    assert!(seen["hand_over"].is_object(), "{seen}");
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(a_low_alert_is_closed_on_the_page_at_once, |world| {
    let path = alert(&world, 2).await;
    let client = world.client("counsellor").await;
    assess(&client, &path, 2).await;
    let (page, counsellor) = (page_of(&path), browser(&world, "counsellor").await);
    let shown = counsellor.get(&page).await.expect(200);
    assert!(shown.says("<button class=\"btn primary full\">提交结案</button>"), "{}", shown.html);
    let version = shown.value("version");
    let typed = [
        ("version", version.as_str()),
        ("outcome", "false_alarm"),
        ("evidence", "student_seen"),
        ("by_student_seen", "心理教师周老师"),
        ("close_reason", "认错了人"),
    ];
    let done = counsellor.post(&shown, &format!("{page}/close"), &typed).await.leads_to();
    let closed = counsellor.get(&done).await.expect(200);
    assert!(closed.says("已结案") && closed.says("经核实，暂不需响应") && !closed.says("结案清单"), "{}", closed.html);
    let stale = counsellor.post(&shown, &format!("{page}/close"), &typed).await.expect(422);
    assert!(!stale.says("结案清单"), "it is over");
    world.settle().await;
    let _ = world.told();
});

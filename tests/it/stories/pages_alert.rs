//! What the page of an alert says to whoever has to act on it, and what it keeps from whoever must not know.

use serde_json::json;
use tests::{Browser, World, on_both, sign};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

/// What stands between two marks.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).unwrap_or_else(|| panic!("no {from}: {html}")).1.split(to).next().unwrap()
}

async fn alert_of(world: &World) -> String {
    format!("/alerts/{}", world.alert_seen_by("counsellor").await)
}

on_both!(an_alert_says_what_was_reported_where_the_child_is_and_who_is_there, |world| {
    let student = world.town.student(0, 0, 0);
    let mut body = world.filing(student, 4);
    body["narrative"] = json!("把书包留在教室，说“都给你们”");
    body["with_whom"] = json!("同桌陪着");
    body["where_now"] = json!("dormitory");
    body["safe_now"] = json!("no");
    let _ = world.file("subject", body).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let path = alert_of(&world).await;
    for login in ["counsellor", "teacher", "duty"] {
        let page = Browser::sign_in(&world.base, login).await.get(&path).await.expect(200);
        let reports = between(&page.html, "id=\"reports\"", "</section>");
        for said in ["科任教师subject", "（科任教师）", "宿舍", "同桌陪着", "不安全", "都给你们", "看到", "收到"]
        {
            assert!(reports.contains(said), "{login}: {said}: {reports}");
        }
        for fact in ["1排1座", "住校"] {
            assert!(page.says(fact), "{login}: {fact}");
        }
        let reasons = between(&page.html, "id=\"reasons\"", "</section>");
        assert!(reasons.contains("href=\"#report-obs_") && reasons.contains("（科任教师）"), "{reasons}");
        assert!(reasons.find("<details").unwrap() < reasons.find("<code>").unwrap(), "rule ids are folded away");
    }
    let later = world.filing(student, 2);
    for _ in 0..4 {
        let _ = world.file("teacher", later.clone()).await;
    }
    world.settle().await;
    let _ = world.told();
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&path).await.expect(200);
    let reports = between(&page.html, "id=\"reports\"", "</section>");
    assert!(reports.contains("更早的 2 条"), "{reports}");
    assert!(reports.find("更早的").unwrap() < reports.find("都给你们").unwrap(), "newest first");
});

on_both!(what_one_must_not_hear_is_not_on_the_page_of_the_alert, |world| {
    let student = world.town.student(0, 0, 0);
    let mut quiet = world.filing(student, 2);
    quiet["narrative"] = json!("说某位老师总让他单独留下");
    quiet["concerns"] = json!({ "kind": "staff", "staff": world.town.person("grade").to_string() });
    let _ = world.file("nurse", quiet).await;
    world.settle().await;
    let _ = world.told();
    let path = alert_of(&world).await;
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&path).await.expect(200);
    assert!(page.says("单独留下"));
    let _ = Browser::sign_in(&world.base, "grade").await.get(&path).await.expect(404);
});

on_both!(the_signer_sees_whether_means_were_asked_and_who_is_there, |world| {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let path = alert_of(&world).await;
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let page = counsellor.get(&path).await.expect(200);
    let version = page.value("version");
    let unasked = [("level", "3"), ("reason", "面谈后平稳"), ("means_asked", "false"), ("version", version.as_str())];
    let wrong = counsellor.post(&page, &format!("{path}/assess"), &unasked).await.expect(422);
    for said in ["href=\"#means_asked\"", "href=\"#level\"", "请先问，再提交", "请先登记陪护的大人"] {
        assert!(wrong.says(said), "{said}: {}", wrong.html);
    }
    let with = [("adult", "周老师"), ("where", "心理咨询室"), ("since", "2026-11-23T10:00")];
    let done = counsellor.post(&page, &format!("{path}/custody"), &with).await.leads_to();
    let page = counsellor.get(&done).await.expect(200);
    let version = page.value("version");
    let asked = [("level", "3"), ("reason", "面谈后平稳"), ("means_asked", "true"), ("version", version.as_str())];
    let _ = counsellor.post(&page, &format!("{path}/assess"), &asked).await.leads_to();
    world.settle().await;
    let _ = world.told();

    let vice = Browser::sign_in(&world.base, "vice").await;
    let home = vice.get("/").await.expect(200);
    assert!(between(&home.html, "id=\"to-sign\"", "</section>").contains(&path), "{}", home.html);
    let own = counsellor.get("/").await.expect(200);
    assert!(!own.says("等您签字") && between(&own.html, "id=\"mine\"", "</section>").contains(&path), "{}", own.html);
    let list = vice.get("/alerts?only=to_sign").await.expect(200);
    assert!(list.says("等签字") && list.says("等您签字") && list.says(&path), "{}", list.html);
    assert!(!counsellor.get("/alerts?only=to_sign").await.expect(200).says(&path));
    assert!(counsellor.get("/alerts?only=mine").await.expect(200).says(&path));

    let page = vice.get(&path).await.expect(200);
    let panel = between(&page.html, "id=\"proposal\"", "</section>");
    for said in
        ["由红色响应降为橙色响应", "心理教师counsellor（心理教师）", "问过工具", "<b>是</b>", "周老师，心理咨询室"]
    {
        assert!(panel.contains(said), "{said}: {panel}");
    }
    let version = page.value("version");
    let done = vice.post(&page, &format!("{path}/approve"), &[("version", version.as_str())]).await.leads_to();
    let page = vice.get(&done).await.expect(200);
    assert!(page.says("原为红，已降为橙（心理教师counsellor提出，德育副校长vice签字"), "{}", page.html);
    let ladder = between(&page.html, "id=\"ladder\"", "</section>");
    assert!(ladder.contains("未需要") && !ladder.contains("没有可联系的人"), "{ladder}");
    world.settle().await;
    world.told_exactly(&["counsellor"]);
});

#[tokio::test(flavor = "multi_thread")]
async fn custody_that_is_older_than_a_shift_has_to_be_recorded_again() {
    let mut world = World::sqlite().await;
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 3)).await;
    let path = alert_of(&world).await;
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let page = counsellor.get(&path).await.expect(200);
    for (adult, since) in [("周老师", "2026-11-23T09:30"), ("吴老师", "2026-11-23T10:00")] {
        let with = [("adult", adult), ("where", "心理咨询室"), ("since", since)];
        let _ = counsellor.post(&page, &format!("{path}/custody"), &with).await.leads_to();
        world.pass(1).await;
    }
    let page = counsellor.get(&path).await.expect(200);
    assert!(
        page.says("<b>吴老师</b>，心理咨询室") && !page.says("最后登记"),
        "the latest record counts: {}",
        page.html
    );
    world.at("2026-11-23 14:02").await;
    let _ = world.told();
    let page = counsellor.get(&path).await.expect(200);
    assert!(page.says("最后登记") && page.says("已超过4小时，请重新登记"), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_the_morning_is_not_said_to_be_told() {
    let mut world = World::sqlite_from("2026-11-23 21:40").await;
    let filed = world.file("teacher", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    world.told_exactly(&[]);
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let receipt = format!("/observations/{filed}/received");
    let page = teacher.get(&receipt).await.expect(200);
    assert!(page.says("将于 11-24 06:30 发出"), "{}", page.html);
    let path = alert_of(&world).await;
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&path).await.expect(200);
    for part in ["ladder", "events"] {
        let part = between(&page.html, &format!("id=\"{part}\""), "</section>");
        assert!(part.contains("将于 11-24 06:30 发出") && !part.contains("已通知"), "{part}");
    }
    world.at("2026-11-24 06:30").await;
    world.told_exactly(&["counsellor", "teacher"]);
    let page = teacher.get(&receipt).await.expect(200);
    assert!(page.says("已发出 06:30"), "{}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_district_is_given_the_school_and_nothing_that_is_not_so() {
    let mut world = World::sqlite().await;
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.pass(10).await;
    let _ = world.told();
    let district = Browser::sign_in(&world.base, "district").await;
    let list = district.get("/alerts").await.expect(200);
    assert!(list.says("示例一中"), "{}", list.html);
    let path = alert_of(&world).await;
    let page = district.get(&path).await.expect(200);
    for said in ["示例一中", "tel:03935550100", "tel:03935550101", "由学校掌握，请致电学校"] {
        assert!(page.says(said), "{said}: {}", page.html);
    }
    for wrong in ["没有规则触发", "还没有登记有人陪着孩子", "赵", "处理经过", "报告了什么"] {
        assert!(!page.says(wrong), "{wrong}: {}", page.html);
    }
    world.pass(10).await;
    let _ = world.told();
    let page = Browser::sign_in(&world.base, "counsellor").await.get(&path).await.expect(200);
    assert!(page.says("就再次通知"), "the top rung is told again: {}", page.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_says_the_minutes_that_are_left() {
    let mut world = World::sqlite_from("2026-11-23 22:30").await;
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    assert!(world.letters().iter().all(|l| l.text.contains("请10分钟内确认")));
    world.pass(3).await;
    let again = world.letters();
    let sms: Vec<_> = again.iter().filter(|l| l.subject.is_empty()).collect();
    assert!(!sms.is_empty() && sms.iter().all(|l| l.text.contains("请7分钟内确认")), "{again:#?}");
}

on_both!(whoever_filed_sees_whom_it_is_about_and_can_still_be_worried, |world| {
    let filed = world.file("subject", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let first = world.told();
    let subject = Browser::sign_in(&world.base, "subject").await;
    let home = subject.get("/").await.expect(200);
    assert!(home.says("href=\"/observations\"") && home.says("我报的"));
    let list = subject.get("/observations").await.expect(200);
    assert!(list.says("七(1)班 赵*然（1排1座）") && list.says("已收到，还没有人查看"), "{}", list.html);
    assert!(!list.says("赵一然"));
    let receipt = format!("/observations/{filed}/received");
    let page = subject.get(&receipt).await.expect(200);
    assert!(page.says("报告的是") && page.says("七(1)班 赵*然（1排1座）"), "{}", page.html);
    let verb = format!("/observations/{filed}/still-worried");
    let wrong = subject.post(&page, &verb, &[("reason", "")]).await.expect(422);
    assert!(wrong.says("href=\"#reason\""));
    world.told_exactly(&[]);
    let done = subject.post(&page, &verb, &[("reason", "他今天没来上课")]).await.leads_to();
    assert!(subject.get(&done).await.expect(200).says("已再报上一级"));
    world.settle().await;
    let above = world.told();
    assert!(above.contains("grade") && !first.contains("grade"), "{first:?} {above:?}");
    let pupil = Browser::sign_in(&world.base, "monitor").await;
    let _ = pupil.get("/observations").await.expect(403);
    assert!(!pupil.get("/").await.expect(200).says("我报的"));
});

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_finds_what_he_keeps_and_no_empty_list_of_alerts() {
    let world = World::sqlite().await;
    let admin = Browser::sign_in(&world.base, "admin").await;
    let home = admin.get("/").await.expect(200);
    assert!(
        home.says("导入名册") && home.says("xindeng import roster") && !home.says("href=\"/alerts"),
        "{}",
        home.html
    );
    let page = admin.get("/alerts").await.expect(403);
    assert!(page.says("这个页面不归您的岗位查看"));
    assert!(page.says("退出登录"), "the page keeps who is signed in: {}", page.html);
    assert_eq!(page.html.matches("这个页面不归您的岗位查看").count(), 2, "title and heading");
    let _ = sign(1);
}

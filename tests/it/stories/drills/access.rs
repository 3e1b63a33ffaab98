//! Who may start a drill, and who sees what of one.

use serde_json::{Value, json};
use tests::{Browser, on_both};

use super::{act, plain, seen, start, told_of_a_drill};

const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

on_both!(the_principal_starts_one_and_nobody_else_does, |world| {
    for login in ["counsellor", "vice"] {
        let refused = world.client(login).await.post("/api/v1/drills", plain()).await.expect(403);
        assert_eq!(refused.code(), "forbidden");
    }
    for login in ["teacher", "grade", "subject", "dorm", "monitor", "duty", "admin", "district", "district-lead"] {
        let _ = world.client(login).await.post("/api/v1/drills", plain()).await.expect(404);
        let _ = world.client(login).await.get("/api/v1/drills").await.expect(404);
    }
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
    for login in ["principal-b", "teacher", "district", "admin", "duty"] {
        let _ = seen(&world, login, &id).await.expect(404);
        for what in ["end", "acknowledge", "decline"] {
            let _ = act(&world, login, &id, what).await.expect(404);
        }
    }
    let _ = act(&world, "vice", &id, "end").await.expect(403);
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
});

on_both!(whoever_was_told_sees_his_own_part_and_nobody_else_s, |world| {
    let body = json!({ "note": "开学例行演练", "class": world.town.schools[0].classes[0].id, "district": true });
    let id = start(&world, body).await;
    told_of_a_drill(&world, &RUNG_0);
    let mine = seen(&world, "teacher", &id).await.expect(200);
    for hidden in ["report", "figures", "note", "started_by"] {
        assert_eq!(mine.body[hidden], Value::Null, "{hidden}");
    }
    assert_eq!(mine.body["own"]["person"]["id"], world.town.person("teacher").to_string());
    for login in RUNG_0.iter().filter(|l| **l != "teacher") {
        assert!(!mine.text.contains(&world.town.person(login).to_string()), "{login}: {}", mine.text);
    }
    let _ = act(&world, "teacher", &id, "end").await.expect(403);
    assert_eq!(world.client("teacher").await.get("/api/v1/drills").await.expect(200).items().len(), 1);
    for login in ["counsellor", "vice", "principal"] {
        assert_ne!(seen(&world, login, &id).await.expect(200).body["report"], Value::Null, "{login}");
    }
    let _ = act(&world, "principal", &id, "end").await.expect(200);
    world.settle().await;
    told_of_a_drill(&world, &RUNG_0);
    world.pass(24 * 60).await;
    let _ = seen(&world, "teacher", &id).await.expect(404);
    let _ = world.client("teacher").await.get("/api/v1/drills").await.expect(404);
    let _ = seen(&world, "vice", &id).await.expect(200);
});

on_both!(the_pages_of_a_drill_say_that_it_is_one, |world| {
    let principal = Browser::sign_in(&world.base, "principal").await;
    let form = principal.get("/drills").await.expect(200);
    assert!(!form.says("这是演练") && form.says("开始演练") && form.says("七年级"), "{}", form.html);
    let bad = principal.post(&form, "/drills", &[("level", "4"), ("note", "")]).await.expect(422);
    assert!(bad.says("请写这次演练的缘由") && bad.says("开始演练"), "{}", bad.html);
    let unit = world.town.schools[0].classes[0].id.to_string();
    let fields = [("level", "4"), ("note", "开学例行演练"), ("unit", unit.as_str())];
    let path = principal.post(&form, "/drills", &fields).await.leads_to();
    world.settle().await;
    told_of_a_drill(&world, &RUNG_0);
    let page = principal.get(&path).await.expect(200);
    assert!(
        page.says("这是演练") && page.says("红色演练") && page.says("开学例行演练") && page.says("班主任teacher"),
        "{}",
        page.html
    );
    assert!(!page.says("badge l4") && !page.says("红色响应"), "no colour of a level: {}", page.html);
    assert!(principal.get("/drills").await.expect(200).says("正在演练"));

    let teacher = Browser::sign_in(&world.base, "teacher").await;
    assert!(teacher.get("/").await.expect(200).says("正在演练"));
    let own = teacher.get(&path).await.expect(200);
    assert!(own.says("我已收到") && !own.says("心理教师counsellor") && !own.says("开学例行演练"), "{}", own.html);
    let _ = teacher.post(&own, &format!("{path}/decline"), &[]).await.leads_to();
    let _ = teacher.post(&own, &format!("{path}/acknowledge"), &[]).await.leads_to();
    world.settle().await;
    told_of_a_drill(&world, &["counsellor", "grade", "principal", "vice"]);
    let own = teacher.get(&path).await.expect(200);
    assert!(own.says("您已应答") && own.says("登记“谁陪着”"), "{}", own.html);
    let bad = teacher.post(&own, &format!("{path}/custody"), &[("adult", "")]).await.expect(422);
    assert!(bad.says("请写陪护的大人是谁"), "{}", bad.html);
    let fields = [("adult", "张老师"), ("where", "办公室"), ("since", "2026-11-23T10:00")];
    let _ = teacher.post(&own, &format!("{path}/custody"), &fields).await.leads_to();
    world.settle().await;
    told_of_a_drill(&world, &RUNG_0);
    let report = principal.get(&path).await.expect(200);
    assert!(report.says("演练已结束") && report.says("没有应答的人"), "{}", report.html);
    let list = principal.get("/drills").await.expect(200);
    assert!(list.says("有人登记了") && list.says("开始演练"), "{}", list.html);
    assert!(!teacher.get("/").await.expect(200).says("正在演练"));
});

on_both!(the_principal_ends_a_drill_on_its_page, |world| {
    let principal = Browser::sign_in(&world.base, "principal").await;
    let id = start(&world, plain()).await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
    let page = principal.get(&format!("/drills/{id}")).await.expect(200);
    let back = principal.post(&page, &format!("/drills/{id}/end"), &[]).await.leads_to();
    world.settle().await;
    told_of_a_drill(&world, &["counsellor", "vice", "principal"]);
    assert!(principal.get(&back).await.expect(200).says("手动结束"));
});

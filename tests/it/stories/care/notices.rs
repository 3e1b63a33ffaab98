//! A notice to a guardian is signed or refused, and nothing waits for it.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::{at, sign_household};

fn of(world: &World, what: &str) -> String {
    format!("/api/v1/students/{}/{what}", world.town.student(0, 0, 0))
}

fn notice() -> Value {
    json!({
        "guardian": "张某", "relation": "mother", "text": "三天没有和同学说话，赵二鸣说她在哭",
        "measures": "心理老师每周谈一次", "asked": "晚上陪伴，收好家里的药",
    })
}

async fn issued(world: &World, login: &str) -> String {
    let made = world.client(login).await.post(&of(world, "notices"), notice()).await.expect(201);
    assert_eq!(made.str("state"), "issued");
    format!("{}/{}", of(world, "notices"), made.str("id"))
}

on_both!(a_refusal_is_witnessed_and_holds_nothing_up, |world| {
    let (teacher, counsellor) = (world.client("teacher").await, world.client("counsellor").await);
    let one = issued(&world, "teacher").await;
    let refusal = format!("{one}/refusal");
    let refused =
        |witness: Value| json!({ "by": "张某", "at": at("2026-11-23 10:00"), "witness": witness, "said": "没有病" });
    // Neither whoever writes it down, nor a pupil, nor a stranger is a witness; every fault is named at once.
    for login in ["teacher", "monitor", "teacher-b"] {
        let person = world.town.person(login);
        let wrong = json!({ "at": at("2026-11-24 10:00"), "witness": person });
        let answer = teacher.post(&refusal, wrong).await.expect(422);
        let want = [("by", "required"), ("at", "in_the_future"), ("witness", "not_a_witness")];
        assert_eq!(answer.faults(), want.map(|(f, c)| (f.to_owned(), c.to_owned())), "{login}");
    }
    let early = json!({ "by": "张某", "at": at("2026-11-23 09:00"), "witness": "x" });
    let answer = teacher.post(&refusal, early).await.expect(422);
    assert_eq!(answer.fields(), ["at", "witness"]);
    let grade = json!(world.town.person("grade"));
    let keyed = teacher.with("Idempotency-Key", "no");
    let seen = keyed.post(&refusal, refused(grade.clone())).await.expect(201);
    let _ = keyed.post(&refusal, refused(grade.clone())).await.expect(201);
    assert_eq!(
        (seen.str("state"), seen.body["steps"][0]["witness"]["name"].clone()),
        ("refused".to_owned(), json!("年级主任grade"))
    );
    assert_eq!(teacher.post(&refusal, refused(grade)).await.expect(409).code(), "already_noted");
    // The plan is written and signed, and a second opinion is heard.
    let plan = json!({
        "problem": "睡不好", "level": 2, "causes": { "family": "父母外出" }, "review_at": "2026-12-20",
        "goals": [{ "text": "能睡够", "check": "一周八小时" }], "responsible": world.town.person("teacher"),
        "measures": [{ "text": "每周谈一次", "owner": world.town.person("teacher"),
            "frequency": { "times": 1, "per": "week" }, "until": "2026-12-31" }]
    });
    let _ = counsellor.post(&of(&world, "plan"), plan).await.expect(201);
    let _ = counsellor.post(&of(&world, "plan/1/sign"), json!({})).await.expect(200);
    let opinion = json!({ "by": "市医院心理科", "at": at("2026-11-23 10:00"), "said": "建议继续观察" });
    let seen = counsellor.post(&format!("{one}/second-opinion"), opinion).await.expect(201);
    assert_eq!((seen.str("state"), seen.body["steps"].as_array().unwrap().len()), ("refused".to_owned(), 2));
    // An alert is closed beside it, on its own evidence.
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 2)).await;
    world.settle().await;
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("counsellor").await);
    for (verb, body) in [
        ("assess", json!({ "level": 2, "reason": "平稳", "means_asked": true })),
        ("close", json!({ "outcome": "ongoing_care", "reason": "平稳", "evidence": ["student_seen", "talked_with"] })),
    ] {
        let tag = counsellor.get(&alert).await.expect(200).etag.unwrap();
        let _ = counsellor.with("If-Match", &tag).post(&format!("{alert}/{verb}"), body).await.expect(200);
    }
    world.settle().await;
    let _ = world.told();
    // Whoever refused may still sign, and gives the school its half; before that none comes back.
    let back = json!({ "at": at("2026-11-23 10:00") });
    let early = teacher.post(&format!("{one}/return"), back.clone()).await.expect(422);
    assert_eq!(early.faults(), [("notice".to_owned(), "not_signed_yet".to_owned())]);
    let signed = json!({ "by": "张某", "at": at("2026-11-23 10:00") });
    let seen = teacher.post(&format!("{one}/signature"), signed.clone()).await.expect(201);
    assert_eq!(seen.str("state"), "signed");
    assert_eq!(teacher.post(&format!("{one}/signature"), signed).await.expect(409).code(), "already_signed");
    assert_eq!(teacher.post(&format!("{one}/return"), back).await.expect(201).str("state"), "returned");
    let file = world.client("principal").await.get(&of(&world, "growth-file?kind=notice")).await.expect(200);
    let entries = file.body["entries"]["items"].as_array().unwrap();
    assert!(entries.len() == 5 && file.text.contains("见证人：年级主任grade"), "{}", file.text);
    world.at("2026-11-26 12:00").await;
    let told = world.told();
    assert!(!told.contains("grade"), "nobody is told of what was answered: {told:?}");
});

on_both!(what_nobody_answers_is_its_author_s_to_do_after_the_days_that_are_set, |world| {
    let _ = issued(&world, "teacher").await;
    let tasks = world.client("teacher").await.get("/api/v1/tasks").await.expect(200).items();
    assert_eq!((tasks.len(), tasks[0]["kind"].clone()), (1, json!("notice")));
    world.silent_until("2026-11-26 10:00", &["teacher"]).await;
});

on_both!(while_two_have_not_decided_there_is_no_notice_for_a_household, |world| {
    let one = issued(&world, "teacher").await;
    let teacher = world.client("teacher").await;
    let _ = teacher.post(&of(&world, "guardian-contacts"), json!({ "less_safe": "yes" })).await.expect(409);
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
    assert_eq!(teacher.post(&of(&world, "notices"), notice()).await.expect(409).code(), "household_locked");
    assert_eq!(teacher.get(&format!("{one}.pdf")).await.expect(409).code(), "household_locked");
    let tell = json!({ "decision": "tell", "reason": "与孩子谈过" });
    let _ = world.client("counsellor").await.post(&of(&world, "household/propose"), tell).await.expect(200);
    let _ = sign_household(&world.client("vice").await, &of(&world, "household")).await;
    let _ = teacher.download(&format!("{one}.pdf")).await.expect(200);
    let _ = teacher.post(&of(&world, "notices"), notice()).await.expect(201);
});

on_both!(a_notice_is_of_the_right_child_and_says_all_that_is_missing, |world| {
    let one = issued(&world, "teacher").await;
    let teacher = world.client("teacher").await;
    let refused = teacher.post(&of(&world, "notices"), json!({})).await.expect(422);
    assert_eq!(refused.fields(), ["guardian", "relation", "text", "measures", "asked"]);
    let id = one.rsplit('/').next().unwrap();
    let other = format!("/api/v1/students/{}/notices/{id}/signature", world.town.student(0, 0, 1));
    let signed = json!({ "by": "张某", "at": at("2026-11-23 10:00") });
    let _ = teacher.post(&other, signed.clone()).await.expect(404);
    let _ = world.client("principal").await.post(&format!("{one}/signature"), signed).await.expect(403);
    for (login, status) in [("principal", 200), ("teacher1", 404), ("nurse", 404), ("teacher-b", 404)] {
        let _ = world.client(login).await.get(&of(&world, "notices")).await.expect(status);
    }
});

on_both!(a_notice_is_issued_and_refused_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let form = format!("/students/{student}/care/notice");
    let page = browser.get(&form).await.expect(200);
    let bad = browser.post(&page, &form, &[("guardian", "张某")]).await;
    assert!(bad.status == 422 && bad.html.contains("请写学校看到的情况"), "{}", bad.html);
    let good = [
        ("guardian", "张某"),
        ("relation", "mother"),
        ("text", "不说话"),
        ("measures", "每周谈一次"),
        ("asked", "多陪伴"),
    ];
    assert_eq!(browser.post(&page, &form, &good).await.status, 303);
    let page = browser.get(&form).await.expect(200);
    let print = page.html.split_once(&format!("/students/{student}/papers/notice/")).unwrap().1;
    let id = print.split('"').next().unwrap().to_owned();
    let pdf = browser.get(&format!("/students/{student}/papers/notice/{id}")).await.expect(200);
    assert!(pdf.html.starts_with("%PDF-"));
    let form = format!("/students/{student}/care/notice-refused");
    let page = browser.get(&format!("{form}?notice={id}")).await.expect(200);
    assert!(page.html.contains("不影响方案、结案和其他帮助"), "{}", page.html);
    let own = world.town.person("teacher").to_string();
    let at = ("at", "2026-11-23T10:00");
    let bad = [("notice", id.as_str()), ("by", "张某"), at, ("witness", own.as_str())];
    let bad = browser.post(&page, &form, &bad).await;
    assert!(bad.status == 422 && bad.html.contains("请选另一位本校教职工作见证"), "{}", bad.html);
    let grade = world.town.person("grade").to_string();
    let good = [("notice", id.as_str()), ("by", "张某"), at, ("witness", grade.as_str())];
    assert_eq!(browser.post(&page, &form, &good).await.status, 303);
    let page = browser.get(&format!("/students/{student}/care/notice")).await;
    assert!(!page.html.contains("/care/notice-returned"), "nothing comes back that nobody signed: {}", page.html);
    assert!(page.html.contains("拒绝签字（有见证）") && page.html.contains("年级主任grade"), "{}", page.html);
});

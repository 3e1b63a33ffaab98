//! The forms of a school on paper: for whom, with whose name, and without the names of other pupils.

use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{Browser, World, on_both};

use super::at;

fn of(world: &World, what: &str) -> String {
    format!("/api/v1/students/{}/{what}", world.town.student(0, 0, 0))
}

async fn says(world: &World, login: &str, path: &str) -> String {
    let print = world.client(login).await.download(path).await.expect(200);
    let (text, number) = (print.says(world.scratch()), print.number());
    assert!(text.contains(&number), "{number} is not on {text}");
    assert!(text.contains("示例一中") && text.contains("2026-11-2310:00") && text.contains("第1页共1页"), "{text}");
    for name in ["赵二鸣", "李四维"] {
        assert!(!text.contains(name), "{text}");
    }
    assert_eq!(last_print(world).await, number, "a sheet leads to its line");
    text
}

async fn last_print(world: &World) -> String {
    let other = tests::database::behind(&world.target).await;
    let sql = "SELECT object FROM audit WHERE act = 'print_paper' ORDER BY at, id";
    let rows = other.query_all_raw(sea_orm::Statement::from_string(other.get_database_backend(), sql)).await.unwrap();
    let last = rows.last().and_then(|r| r.try_get::<Option<String>>("", "object").unwrap());
    last.unwrap_or_default()
}

async fn talk(world: &World) -> String {
    let talk = json!({
        "at": at("2026-11-23 09:30"), "text": "说赵二鸣欺负她，最近睡不好", "means_asked": true,
        "wish_to_die": "no", "safe_now": "yes",
    });
    world.client("counsellor").await.post(&of(world, "interviews"), talk).await.expect(201).str("id")
}

async fn plan(world: &World) {
    let teacher = world.town.person("teacher");
    let plan = json!({
        "problem": "和李四维争吵后睡不好", "level": 2, "causes": { "family": "父母外出" }, "review_at": "2026-12-20",
        "goals": [{ "text": "能睡够", "check": "一周八小时" }], "responsible": teacher,
        "measures": [{ "text": "每周谈一次", "owner": teacher, "frequency": { "times": 1, "per": "week" }, "until": "2026-12-31" }]
    });
    let counsellor = world.client("counsellor").await;
    let _ = counsellor.post(&of(world, "plan"), plan).await.expect(201);
    let _ = counsellor.post(&of(world, "plan/1/sign"), json!({})).await.expect(200);
}

on_both!(a_referral_slip_has_two_halves_and_is_for_whoever_refers, |world| {
    let body = json!({
        "to": "县医院心理科", "reason": "和李四维争吵后不吃饭", "consent": "guardian", "consent_by": "母亲张某",
        "escort": "班主任", "appointment_at": at("2026-11-24 15:00"),
    });
    let id = world.client("counsellor").await.post(&of(&world, "referrals"), body).await.expect(201).str("id");
    let path = of(&world, &format!("referrals/{id}.pdf"));
    let text = says(&world, "counsellor", &path).await;
    for word in [
        "心理健康转介单",
        "转介回执",
        "县医院心理科",
        "2026-11-2415:00",
        "同学甲",
        "母亲张某",
        "打印人心理教师counsellor",
    ] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    for (login, status) in [("teacher", 403), ("vice", 403), ("principal", 403), ("nurse", 404), ("counsellor-b", 404)]
    {
        let _ = world.client(login).await.get(&path).await.expect(status);
    }
});

on_both!(a_notice_is_printed_with_its_number_on_both_halves, |world| {
    let notice = json!({
        "guardian": "张某", "relation": "mother", "text": "和赵二鸣吵架", "measures": "每周谈一次", "asked": "多陪伴",
    });
    let teacher = world.client("teacher").await;
    let id = teacher.post(&of(&world, "notices"), notice).await.expect(201).str("id");
    let path = of(&world, &format!("notices/{id}.pdf"));
    let open = says(&world, "teacher", &path).await;
    for word in ["致监护人告知书", "告知书回执", "张某（母亲）", "同学甲", "0393-5550101", "□已知悉"]
    {
        assert!(open.contains(word), "{word} is not in {open}");
    }
    let refusal = json!({
        "by": "张某", "at": at("2026-11-23 10:00"), "witness": world.town.person("grade"), "said": "没有病",
    });
    let _ = teacher.post(&of(&world, &format!("notices/{id}/refusal")), refusal).await.expect(201);
    let refused = says(&world, "grade", &path).await;
    assert!(
        refused.contains("拒绝签字") && refused.contains("年级主任grade") && refused.contains("没有病"),
        "{refused}"
    );
    let _ = world.client("principal").await.get(&path).await.expect(403);
});

on_both!(the_record_of_a_talk_is_not_there_for_whoever_may_not_read_it, |world| {
    let id = talk(&world).await;
    let path = of(&world, &format!("interviews/{id}.pdf"));
    let text = says(&world, "counsellor", &path).await;
    for word in ["访谈记录", "说同学甲欺负她，最近睡不好", "已询问", "2026-11-2309:30"] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    for login in ["teacher", "vice", "principal", "nurse", "counsellor-b"] {
        let _ = world.client(login).await.get(&path).await.expect(404);
    }
});

on_both!(a_plan_is_printed_with_its_version_and_signatures_and_stands_in_the_file_on_paper, |world| {
    let _ = world.client("counsellor").await.get(&of(&world, "plan.pdf")).await.expect(404);
    plan(&world).await;
    for login in ["counsellor", "principal"] {
        let text = says(&world, login, &of(&world, "plan.pdf")).await;
        for word in ["一生一策帮扶方案", "第1版", "和同学甲争吵后睡不好", "每周1次", "签字人心理教师counsellor"]
        {
            assert!(text.contains(word), "{word} is not in {text}");
        }
    }
    let _ = world.client("teacher").await.get(&of(&world, "plan.pdf")).await.expect(404);
    let list =
        json!({ "list": "difficulty", "from": "2026-09-01", "evidence": "民政认定表", "review_at": "2027-03-01" });
    let _ = world.client("counsellor").await.post(&of(&world, "lists"), list).await.expect(201);
    let file = |login: &'static str| {
        let world = &world;
        async move {
            let print = world.client(login).await.download(&of(world, "growth-file.pdf?kind=custody")).await;
            print.expect(200).says(world.scratch())
        }
    };
    let whole = file("counsellor").await;
    for word in ["困境儿童", "民政认定表", "能睡够", "每周谈一次", "2026-12-20"] {
        assert!(whole.contains(word), "{word} is not in {whole}");
    }
    // The class teacher has what is his own to do, and not the plan.
    let own = file("teacher").await;
    assert!(own.contains("每周谈一次") && !own.contains("能睡够"), "{own}");
    let none = file("grade").await;
    assert!(!none.contains("每周谈一次") && !none.contains("能睡够"), "{none}");
});

on_both!(forms_and_registers_are_printed_from_the_pages_where_they_are_looked_for, |world| {
    let student = world.town.student(0, 0, 0);
    let id = talk(&world).await;
    plan(&world).await;
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let file = browser.get(&format!("/students/{student}/growth-file")).await.expect(200);
    let print = format!("/students/{student}/papers/interview/{id}");
    assert!(file.html.contains(&print), "{}", file.html);
    let plan = format!("/students/{student}/papers/plan/newest");
    assert!(browser.get(&format!("/students/{student}/plan")).await.html.contains(&plan));
    for path in [print, plan] {
        assert!(browser.get(&path).await.expect(200).html.starts_with("%PDF-"));
    }
    let _ = browser.get(&format!("/students/{student}/papers/nothing/newest")).await.expect(404);
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let class = world.town.schools[0].classes[0].id;
    let reports = teacher.get("/reports").await.expect(200);
    for kind in ["pdf", "xlsx"] {
        let address = format!("/classes/{class}/register.{kind}");
        assert!(reports.html.contains(&address), "{}", reports.html);
        let _ = teacher.get(&address).await.expect(200);
    }
});

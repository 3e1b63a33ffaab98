//! Growth files on paper: who prints them, what is on them and what is not.

use api::{FontFiles, Press};
use casework::NewStaff;
use domain::growth_file::EntryKind;
use domain::id::EventId;
use domain::org::Unit;
use domain::staff::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use storage::NewGrowthEntry;
use tests::{Browser, Client, Download, World, on_both};

fn address(world: &World) -> String {
    format!("/api/v1/students/{}/growth-file.pdf", world.town.student(0, 0, 0))
}

fn told(world: &World, narrative: &str) -> Value {
    let mut body = world.filing(world.town.student(0, 0, 0), 1);
    body["narrative"] = json!(narrative);
    body
}

async fn file(world: &World, login: &str, narrative: &str) {
    let _ = world.file(login, told(world, narrative)).await;
    world.settle().await;
    let _ = world.told();
}

async fn printed(world: &World, login: &str, query: &str) -> Download {
    world.client(login).await.download(&format!("{}{query}", address(world))).await
}

async fn says(world: &World, login: &str, query: &str) -> String {
    printed(world, login, query).await.expect(200).says(world.scratch())
}

/// How often something was done, and the object of the last time.
async fn audited(world: &World, act: &str) -> (usize, String) {
    let other = tests::database::behind(&world.target).await;
    let sql = format!("SELECT object FROM audit WHERE act = '{act}' ORDER BY at, id");
    let rows = other.query_all_raw(sea_orm::Statement::from_string(other.get_database_backend(), sql)).await.unwrap();
    let last = rows.last().and_then(|r| r.try_get::<Option<String>>("", "object").unwrap());
    (rows.len(), last.unwrap_or_default())
}

on_both!(a_print_names_its_reader_and_its_child_and_no_other_child, |world| {
    file(&world, "subject", "赵一然说，赵二鸣和李四维打了她；李四维先动手。王老师在场。").await;
    let print = printed(&world, "counsellor", "").await.expect(200);
    let text = print.says(world.scratch());
    for word in [
        "示例一中",
        "成长档案",
        "赵一然说，同学甲和同学乙打了她；同学乙先动手。王老师在场。",
        "打印人心理教师counsellor·2026-11-2310:00",
        "第1页共1页",
        "内部资料注意保密",
        &print.number(),
    ] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    for name in ["赵二鸣", "李四维"] {
        assert!(!text.contains(name), "{text}");
    }
    let name = print.header("content-disposition");
    assert!(name.starts_with("attachment; filename=\"growth-file-1123-") && name.ends_with(".pdf\""), "{name}");
    assert!(!name.contains(&world.town.student(0, 0, 0).to_string()));
    assert_eq!(print.header("content-type"), "application/pdf");
    assert_eq!(print.header("cache-control"), "no-store");
    assert_eq!(audited(&world, "print_growth_file").await, (1, print.number()), "a sheet leads to its line");
    assert_eq!(audited(&world, "read_growth_file").await.0, 0, "a print is an act of its own");
});

on_both!(what_is_restricted_is_on_no_paper_but_the_counsellor_s, |world| {
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let alert = world.alert_seen_by("counsellor").await;
    let path = format!("/api/v1/alerts/{alert}");
    let counsellor = world.client("counsellor").await;
    let tag = counsellor.get(&path).await.expect(200).etag.unwrap();
    let assessed = json!({ "level": 4, "reason": "私下谈话的内容", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("{path}/assess"), assessed).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let own = says(&world, "counsellor", "").await;
    assert!(own.contains("私下谈话的内容") && !own.contains("请联系心理老师"), "{own}");
    for query in ["", "?kind=assessment", "?kind=assessment&kind=observation&from=2026-11-01&to=2026-11-30"] {
        let teacher = says(&world, "teacher", query).await;
        assert!(teacher.contains("如需了解，请联系心理老师"), "{teacher}");
        for word in ["私下谈话", "研判：", "受限记录"] {
            assert!(!teacher.contains(word), "{query}: {word} in {teacher}");
        }
        let vice = says(&world, "vice", query).await;
        assert!(vice.contains("受限记录，只有心理老师可以查看") && !vice.contains("私下谈话"), "{vice}");
    }
});

on_both!(only_what_was_asked_for_is_printed_by_kind_and_by_day, |world| {
    file(&world, "subject", "星期一的事").await;
    world.at("2026-11-23 23:59").await;
    file(&world, "subject", "星期一深夜的事").await;
    world.at("2026-11-24 00:00").await;
    file(&world, "subject", "星期二零点的事").await;
    let all = says(&world, "counsellor", "").await;
    assert!(["星期一的事", "星期一深夜", "星期二零点", "建立预警"].iter().all(|w| all.contains(w)), "{all}");
    let monday = says(&world, "counsellor", "?from=2026-11-23&to=2026-11-23").await;
    assert!(monday.contains("星期一的事") && monday.contains("星期一深夜") && !monday.contains("星期二"), "{monday}");
    let tuesday = says(&world, "counsellor", "?from=2026-11-24").await;
    assert!(tuesday.contains("星期二零点") && !tuesday.contains("星期一"), "{tuesday}");
    let alerts = says(&world, "counsellor", "?kind=alert&kind=custody").await;
    assert!(alerts.contains("建立预警") && !alerts.contains("的事"), "{alerts}");
    let nothing = says(&world, "counsellor", "?to=2026-11-22").await;
    assert!(nothing.contains("还没有记录") && nothing.contains("赵一然"), "{nothing}");
});

on_both!(a_query_that_cannot_be_is_refused_with_every_fault_and_nothing_is_written_down, |world| {
    let client = world.client("counsellor").await;
    let path = address(&world);
    let wrong = client.get(&format!("{path}?from=2026-11-24&to=2026-11-23")).await.expect(422);
    let order = |f: &str| (f.to_owned(), "wrong_order".to_owned());
    assert_eq!(wrong.faults(), [order("from"), order("to")]);
    let wrong = client.get(&format!("{path}?kind=x&kind=alert&from=23.11.2026&to=2026-02-30")).await.expect(422);
    assert_eq!(wrong.fields(), ["kind", "from", "to"]);
    let _ = world.client("teacher1").await.get(&path).await.expect(404);
    assert_eq!(audited(&world, "print_growth_file").await.0, 0);
});

on_both!(without_its_audit_line_nothing_is_printed, |world| {
    file(&world, "subject", "不能漏出去的事").await;
    let client = world.client("counsellor").await;
    let class = world.town.schools[0].classes[0].id;
    let register = format!("/api/v1/classes/{class}/register.xlsx");
    let _ = client.download(&register).await.expect(200);
    let other = tests::database::behind(&world.target).await;
    other.execute_unprepared("ALTER TABLE audit RENAME TO out_of_reach").await.unwrap();
    let refused = client.get(&address(&world)).await.expect(503);
    assert_eq!(refused.code(), "not_kept");
    assert!(!refused.text.contains("不能漏出去") && !refused.text.contains("%PDF"), "{}", refused.text);
    assert_eq!(client.get(&register).await.expect(503).code(), "not_kept");
    other.execute_unprepared("ALTER TABLE out_of_reach RENAME TO audit").await.unwrap();
    let _ = client.download(&address(&world)).await.expect(200);
});

on_both!(a_pupil_who_wrote_is_hidden_and_a_teacher_of_the_same_name_is_not, |world| {
    for (login, name, role, unit) in [
        ("second-monitor", "赵二鸣", Role::PeerMonitor, Unit::Class(world.town.schools[0].classes[0].id)),
        ("namesake", "李四维", Role::SubjectTeacher, Unit::School(world.town.schools[0].id)),
    ] {
        let (login, name) = (login.to_owned(), name.to_owned());
        let password = tests::town::PASSWORD.to_owned();
        let staff = NewStaff { login, name, role, unit, lead: false, contacts: Vec::new(), password };
        casework::add_staff(&world.service.desk, &staff).await.unwrap();
    }
    file(&world, "second-monitor", "同学看见的事").await;
    file(&world, "namesake", "老师看见的事").await;
    let text = says(&world, "counsellor", "?kind=observation").await;
    assert!(text.contains("同学甲") && !text.contains("赵二鸣"), "{text}");
    assert!(text.contains("李四维"), "{text}");
});

on_both!(without_a_font_the_answer_says_so_and_nothing_is_written_down, |world| {
    let mut api = world.service.api.clone();
    api.press = Press::of(FontFiles { font: "/nowhere/font.ttc".into(), spare: None });
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = server::http::listen(&api, listener, 1).unwrap();
    let handle = server.handle();
    #[allow(clippy::disallowed_methods, reason = "it is stopped below")]
    tokio::spawn(server);
    let client = Client::sign_in(&base, "counsellor").await;
    let refused = client.get(&address(&world)).await.expect(503);
    assert_eq!(refused.code(), "font_missing");
    let register = format!("/api/v1/classes/{}/register", world.town.schools[0].classes[0].id);
    assert_eq!(client.get(&format!("{register}.pdf")).await.expect(503).code(), "font_missing");
    assert_eq!(audited(&world, "print_growth_file").await.0 + audited(&world, "print_register").await.0, 0);
    let _ = client.download(&format!("{register}.xlsx")).await.expect(200);
    handle.stop(false).await;
});

/// So many entries of the student, a minute apart, the newest first.
async fn add_entries(world: &World, count: usize, place: &str) {
    let desk = &world.service.desk;
    let entry = |n: usize| NewGrowthEntry {
        body: Some(json!({ "adult": format!("第{n}位"), "where": place }).to_string()),
        ..NewGrowthEntry::new(
            EntryKind::Custody,
            world.town.student(0, 0, 0),
            EventId::new(desk.ids.uuid()),
            desk.now() - chrono::TimeDelta::minutes(i64::try_from(n).unwrap()),
        )
    };
    let entries: Vec<NewGrowthEntry> = (1..=count).map(entry).collect();
    let mut tx = desk.storage.begin().await.unwrap();
    tx.add_growth_entries(&entries).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_long_says_that_there_is_more() {
    let world = World::sqlite().await;
    add_entries(&world, 2_001, "办公室").await;
    let text = says(&world, "counsellor", "").await;
    assert!(text.contains("只印最近2000条") && text.contains("第2000位") && !text.contains("第2001位"));
    assert_eq!(text.matches("办公室").count(), 2_000);
    let part = says(&world, "counsellor", "?from=2026-11-23").await;
    assert!(!part.contains("只印最近") && part.contains("第600位") && !part.contains("第601位"), "ten hours of Monday");
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_that_are_too_long_together_are_printed_as_far_as_they_go() {
    let world = World::sqlite().await;
    add_entries(&world, 130, &"久".repeat(4_000)).await;
    let text = says(&world, "counsellor", "").await;
    assert!(text.contains("只印最近124条") && text.contains("第124位") && !text.contains("第125位"), "{}", text.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_file_prints_it() {
    let world = World::sqlite().await;
    file(&world, "subject", "星期一的事").await;
    let page = format!("/students/{}/growth-file", world.town.student(0, 0, 0));
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let shown = browser.get(&page).await.expect(200);
    for piece in [&format!("action=\"{page}.pdf\""), "name=\"kind\" value=\"custody\"", "type=\"date\"", "打印 PDF"] {
        assert!(shown.says(piece), "{piece} is not in {}", shown.html);
    }
    let print = browser.get(&format!("{page}.pdf?kind=observation&from=&to=")).await.expect(200);
    assert!(print.html.starts_with("%PDF-") && print.headers["content-type"] == "application/pdf");
    assert_eq!(audited(&world, "print_growth_file").await.0, 1);
    let _ = browser.get(&format!("{page}.pdf?from=2026-11-24&to=2026-11-23")).await.expect(422);
}

//! The pages, used as a browser without script uses them.

use sea_orm::{ConnectionTrait, Database};
use tests::{Browser, Page, World, on_both, sign};

const NEW: &str = "/observations/new";
const RUNG_0: [&str; 5] = ["counsellor", "grade", "principal", "teacher", "vice"];

/// A full form about a student, in danger now.
fn danger<'a>(form: &'a Page, student: &'a str, sign: &'a str, key: &'a str) -> Vec<(&'a str, &'a str)> {
    let _ = form;
    vec![
        ("idempotency_key", key),
        ("student", student),
        ("sign", sign),
        ("narrative", "把书包留在教室，说“都给你们”"),
        ("urgency", "danger"),
        ("safe_now", "yes"),
        ("where_now", "school"),
        ("observed_at", "2026-11-23T09:58"),
    ]
}

on_both!(a_red_is_filed_confirmed_and_received, |world| {
    let (student, sign) = (world.town.student(0, 0, 0).to_string(), sign(4));
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get(NEW).await.expect(200);
    for name in ["赵一然", "赵二鸣", "赵三原", "赵四维"] {
        assert!(form.says(name), "{name}");
    }
    let key = form.value("idempotency_key");
    let filled = danger(&form, &student, &sign, &key);
    let sent = |step| filled.iter().copied().chain([("step", step)]).collect::<Vec<_>>();

    let asked = teacher.post(&form, "/observations", &sent("send")).await.expect(200);
    assert!(asked.says("赵一然") && asked.says("还没有送出"), "{}", asked.html);
    world.settle().await;
    world.told_exactly(&[]);

    let edited = teacher.post(&asked, "/observations", &sent("edit")).await.expect(200);
    assert!(edited.says("把书包留在教室"), "what was typed is there again");
    assert_eq!(edited.value("idempotency_key"), key);

    let receipt = teacher.post(&asked, "/observations", &sent("confirmed")).await.leads_to();
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let again = teacher.post(&asked, "/observations", &sent("confirmed")).await.leads_to();
    assert_eq!(again, receipt);
    world.settle().await;
    world.told_exactly(&[]);

    let received = teacher.get(&receipt).await.expect(200);
    for office in ["班主任", "年级主任", "心理老师", "校长"] {
        assert!(received.says(office), "{office}: {}", received.html);
    }
    let other = Browser::sign_in(&world.base, "teacher1").await;
    let _ = other.get(&receipt).await.expect(404);
});

on_both!(an_alert_is_taken_kept_watch_over_and_lowered_by_two, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = world.file("teacher", world.filing(student, 4)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let inbox = counsellor.get("/alerts").await.expect(200);
    assert!(inbox.says("赵*然") && !inbox.says("赵一然"), "names are masked in lists");
    let path = format!("/alerts/{}", world.alert_seen_by("counsellor").await);
    let page = counsellor.get(&path).await.expect(200);
    assert!(page.says("赵一然") && page.says("我来处理") && page.says("还没有登记有人陪着孩子"));

    let done = counsellor.post(&page, &format!("{path}/acknowledge"), &[("note", "马上到")]).await.leads_to();
    world.settle().await;
    world.told_exactly(&["teacher", "grade", "vice", "principal"]);
    let page = counsellor.get(&done).await.expect(200);
    assert!(page.says("已记下") && page.says("马上到") && !page.says("我来处理"));

    let wrong =
        counsellor.post(&page, &format!("{path}/custody"), &[("adult", ""), ("where", ""), ("since", "x")]).await;
    let wrong = wrong.expect(422);
    for field in ["#adult", "#where", "#since"] {
        assert!(wrong.says(&format!("href=\"{field}\"")), "{field}: {}", wrong.html);
    }
    let with = [("adult", "周老师"), ("where", "心理咨询室"), ("since", "2026-11-23T10:00")];
    let done = counsellor.post(&page, &format!("{path}/custody"), &with).await.leads_to();
    let page = counsellor.get(&done).await.expect(200);
    assert!(page.says("周老师"));

    let version = page.value("version");
    let lower =
        [("level", "3"), ("reason", "面谈后平稳，家长已到"), ("means_asked", "true"), ("version", version.as_str())];
    let done = counsellor.post(&page, &format!("{path}/assess"), &lower).await.leads_to();
    assert!(done.ends_with("done=propose"));
    let stale = counsellor.post(&page, &format!("{path}/assess"), &lower).await.expect(422);
    assert!(stale.says("内容已被别人更改"));

    let vice = Browser::sign_in(&world.base, "vice").await;
    let page = vice.get(&path).await.expect(200);
    let version = page.value("version");
    let done = vice.post(&page, &format!("{path}/approve"), &[("version", version.as_str())]).await.leads_to();
    assert!(vice.get(&done).await.expect(200).says("橙色响应"));
    world.settle().await;
    let _ = world.told();
});

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_named_at_once_and_nothing_is_lost() {
    let world = World::sqlite().await;
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get(NEW).await.expect(200);
    let typed = "<script>alert(1)</script>\r\n第二行";
    let fields = [("narrative", typed), ("observed_at", "2026-11-25T10:00"), ("concerns", "staff"), ("step", "send")];
    let named = [fields.as_slice(), &[("concern_staff", "无此人")]].concat();
    let page = teacher.post(&form, "/observations", &named).await.expect(422);
    for field in ["student", "urgency", "safe_now", "concern_staff", "observed_at"] {
        assert!(page.says(&format!("href=\"#{field}\"")), "{field}: {}", page.html);
    }
    assert!(page.says("第二行") && !page.says("<script>alert"), "kept, and harmless");
    let english = teacher.get("/observations/new?lang=en").await.expect(200);
    assert!(english.says("Report an observation"));
    assert!(teacher.get("/").await.expect(200).says("Report an observation"), "the choice is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_does_nothing() {
    let world = World::sqlite().await;
    let (student, sign) = (world.town.student(0, 0, 0).to_string(), sign(4));
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get(NEW).await.expect(200);
    let mut fields = danger(&form, &student, &sign, "k1");
    fields.push(("step", "confirmed"));
    let ours = [("Sec-Fetch-Site", "same-origin")];
    assert_eq!(teacher.send("/observations", &fields, &ours).await.status, 403, "without the token");
    let csrf = form.value("csrf");
    fields.push(("csrf", &csrf));
    for headers in
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example")]
    {
        assert_eq!(teacher.send("/observations", &fields, &[headers]).await.status, 403, "{headers:?}");
    }
    let _ = teacher.send("/sign-out", &[], &ours).await.expect(403);
    world.settle().await;
    world.told_exactly(&[]);
    assert_eq!(teacher.send("/observations", &fields, &ours).await.status, 303);
    world.settle().await;
    world.told_exactly(&RUNG_0);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_session_has_ended_the_text_is_still_there_after_signing_in() {
    let world = World::sqlite().await;
    let (student, sign) = (world.town.student(0, 0, 0).to_string(), sign(4));
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get(NEW).await.expect(200);
    let fields = danger(&form, &student, &sign, "k2");
    teacher.forget("xindeng");
    let fields: Vec<_> = fields.into_iter().chain([("step", "send")]).collect();
    let page = teacher.post(&form, "/observations", &fields).await.expect(401);
    let kept = page.value("kept.narrative");
    assert!(kept.contains("都给你们"), "{kept}");
    let again = [("login", "teacher"), ("password", "password-of-a-test"), ("kept.narrative", kept.as_str())];
    let student_kept = page.value("kept.student");
    let again: Vec<_> = again.into_iter().chain([("kept.student", student_kept.as_str())]).collect();
    let page = teacher.send("/sign-in", &again, &[("Sec-Fetch-Site", "same-origin")]).await.expect(200);
    assert!(page.says("都给你们") && page.says(&format!("value=\"{student}\" checked")), "{}", page.html);
    world.told_exactly(&[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_database_refuses_the_page_says_not_sent_and_keeps_everything() {
    let world = World::sqlite().await;
    let (student, sign) = (world.town.student(0, 0, 0).to_string(), sign(4));
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get(NEW).await.expect(200);
    let mut fields = danger(&form, &student, &sign, "k3");
    fields.push(("step", "confirmed"));
    let file = world.scratch().join("test.db");
    let other = Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.unwrap();
    other.execute_unprepared("ALTER TABLE observation_version RENAME TO out_of_reach").await.unwrap();
    let page = teacher.post(&form, "/observations", &fields).await.expect(503);
    for kept in ["没有任何人收到", "都给你们", "0393-5550100", "110", "120"] {
        assert!(page.says(kept), "{kept}: {}", page.html);
    }
    world.settle().await;
    world.told_exactly(&[]);
    other.execute_unprepared("ALTER TABLE out_of_reach RENAME TO observation_version").await.unwrap();
    assert_eq!(teacher.post(&page, "/observations", &fields).await.status, 303);
    world.settle().await;
    world.told_exactly(&RUNG_0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_visible_is_not_there() {
    let world = World::sqlite().await;
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    world.told_exactly(&RUNG_0);
    let alert = world.alert_seen_by("counsellor").await;
    let file = format!("/students/{}/growth-file", world.town.student(0, 0, 0));
    let nothing = "/students/stu_01a20d7378f0704e9c4f3e6fa7cb6e88/growth-file";
    for login in ["teacher1", "teacher-b", "counsellor-b", "principal-b", "admin"] {
        let other = Browser::sign_in(&world.base, login).await;
        let hidden = other.get(&file).await.expect(404);
        let absent = other.get(nothing).await.expect(404);
        assert_eq!(hidden.html.replace(&file, nothing), absent.html, "{login}");
        let _ = other.get(&format!("/alerts/{alert}")).await.expect(404);
        assert!(!other.get("/alerts").await.html.contains("赵"), "{login}");
    }
    let nobody = Browser::new(&world.base);
    for path in ["/", "/alerts", NEW, &file] {
        assert!(nobody.get(path).await.leads_to().starts_with("/sign-in?next="), "{path}");
    }
    let _ = Browser::sign_in(&world.base, "teacher").await.get("/demo/messages").await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_needs_anything_that_the_policy_forbids() {
    let world = World::sqlite().await;
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    for path in ["/", "/sign-in", "/alerts", NEW, "/nothing"] {
        let page = counsellor.get(path).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers["cache-control"], "no-store", "{path}");
        for inline in ["<style", " style=", " onclick=", " onload=", "javascript:", "<script>"] {
            assert!(!page.says(inline), "{path} has {inline}");
        }
    }
    let page = counsellor.get("/").await;
    for (mark, kind) in [("href=\"/assets/app.css", "text/css"), ("src=\"/assets/app.js", "text/javascript")] {
        let address = page.html.split_once(mark).unwrap().1.split('"').next().unwrap().to_owned();
        let path = format!("{}{address}", mark.split_once('"').unwrap().1);
        let file = counsellor.get(&path).await.expect(200);
        assert!(file.headers["content-type"].to_str().unwrap().starts_with(kind), "{path}");
        assert!(file.headers["cache-control"].to_str().unwrap().contains("immutable"), "{path}");
    }
}

//! The report that the law demands: a clock that only the police stop.

use serde_json::{Value, json};
use tests::{Browser, World, on_both};

use super::at;

fn path(world: &World) -> String {
    format!("/api/v1/students/{}/mandatory-reports", world.town.student(0, 0, 0))
}

pub(super) fn suspicion(suspected: &str) -> Value {
    json!({ "suspicion": "手臂上有皮带印，说是被打的", "suspected": suspected, "danger_now": "no" })
}

fn told(recipient: &str, when: &str) -> Value {
    json!({ "recipient": recipient, "at": at(when), "office": "城关派出所", "officer": "王警官", "receipt": "12号" })
}

pub(super) async fn report(world: &World, login: &str, body: Value) -> String {
    world.client(login).await.post(&path(world), body).await.expect(201).str("id")
}

fn one(id: &str) -> String {
    format!("/api/v1/mandatory-reports/{id}")
}

on_both!(a_silent_school_is_chased_after_half_an_hour_and_reaches_the_district_after_two, |world| {
    let key = world.client("nurse").await;
    let key = key.with("Idempotency-Key", "one");
    let first = key.post(&path(&world), suspicion("other")).await.expect(201);
    let id = first.str("id");
    assert_eq!(key.post(&path(&world), suspicion("other")).await.expect(201).str("id"), id);
    assert_eq!(first.body["missing"], json!(["police", "civil_affairs", "education"]));
    world.settle().await;
    world.told_exactly(&[]);
    let district = world.client("district").await;
    let _ = district.get(&one(&id)).await.expect(404);
    world.silent_until("2026-11-23 10:30", &["nurse", "counsellor", "vice", "principal"]).await;
    world.silent_until("2026-11-23 12:00", &["district", "district-lead"]).await;
    let seen = district.get(&one(&id)).await.expect(200);
    assert!(seen.body["breached_at"].is_string() && seen.text.contains("皮带印"), "{}", seen.text);
    // The school was told once; the district is told again every two hours, all night, until the police are.
    world.silent_until("2026-11-23 14:00", &["district", "district-lead"]).await;
    world.at("2026-11-24 07:59").await;
    world.told_exactly(&["district", "district-lead"]);
    world.at("2026-11-24 08:00").await;
    world.told_exactly(&["nurse"]);
    world.at("2026-11-24 10:00").await;
    world.told_exactly(&["counsellor", "vice", "principal", "district", "district-lead"]);
    let (vice, told) = (world.client("vice").await, told("police", "2026-11-24 09:50"));
    let late = vice.post(&format!("{}/recipients", one(&id)), told).await.expect(201);
    assert!(late.body["police_at"].is_string());
    world.at("2026-11-25 12:00").await;
    world.told_exactly(&["nurse"]);
});

on_both!(on_a_holiday_sunday_at_three_at_night_the_district_hears_as_well, |world| {
    world.at("2027-02-07 03:00").await;
    let _ = report(&world, "dorm", suspicion("unknown")).await;
    world.settle().await;
    world.told_exactly(&[]);
    world.silent_until("2027-02-07 03:30", &["dorm", "counsellor", "vice", "principal"]).await;
    world.silent_until("2027-02-07 05:00", &["district", "district-lead"]).await;
    world.silent_until("2027-02-07 07:00", &["district", "district-lead"]).await;
    world.at("2027-02-07 07:59").await;
    world.told_exactly(&[]);
});

on_both!(that_the_police_were_told_stops_the_clock_and_the_others_are_tasks_of_their_own, |world| {
    let id = report(&world, "subject", suspicion("other")).await;
    let (subject, recipients) = (world.client("subject").await, format!("{}/recipients", one(&id)));
    let tasks = subject.get("/api/v1/tasks").await.expect(200).items();
    let kinds: Vec<&str> = tasks.iter().map(|t| t["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["tell_police", "tell_civil_affairs", "tell_education"]);
    let police = format!("/api/v1/tasks/{}/done", tasks[0]["id"].as_str().unwrap());
    assert_eq!(subject.post(&police, json!({ "note": "没事" })).await.expect(409).code(), "ends_by_record");
    world.at("2026-11-23 10:20").await;
    let wrong = json!({ "recipient": "court", "at": at("2026-11-21 09:00"), "receipt_at": at("2026-11-24 09:00") });
    let refused = subject.post(&recipients, wrong).await.expect(422);
    let faults = refused.faults();
    let faults: Vec<(&str, &str)> = faults.iter().map(|(f, c)| (f.as_str(), c.as_str())).collect();
    assert_eq!(
        faults,
        [
            ("recipient", "unknown_value"),
            ("at", "before_known"),
            ("office", "required"),
            ("officer", "required"),
            ("receipt_at", "in_the_future"),
            ("receipt", "required"),
        ]
    );
    let mut first = told("police", "2026-11-23 10:10");
    first["receipt"] = Value::Null;
    let seen = subject.post(&recipients, first).await.expect(201);
    assert_eq!(seen.body["missing"], json!(["civil_affairs", "education"]));
    world.at("2026-11-23 20:00").await;
    world.told_exactly(&[]);
    // The number of the receipt is still to be brought.
    let open = subject.get("/api/v1/tasks").await.expect(200);
    assert!(open.text.contains("补登受理回执编号"), "{}", open.text);
    let _ = subject.post(&recipients, told("police", "2026-11-23 10:10")).await.expect(201);
    let _ = subject.post(&recipients, told("civil_affairs", "2026-11-23 15:00")).await.expect(201);
    let seen = subject.post(&recipients, told("education", "2026-11-23 15:30")).await.expect(201);
    assert!(seen.body["settled_at"].is_string() && seen.body["missing"] == json!([]), "{}", seen.text);
    assert!(subject.get("/api/v1/tasks").await.expect(200).items().is_empty());
    assert!(subject.get("/api/v1/mandatory-reports").await.expect(200).items().is_empty());
    assert_eq!(subject.get(&one(&id)).await.expect(200).body["recipients"].as_array().unwrap().len(), 4);
    world.at("2026-12-01 12:00").await;
    world.told_exactly(&[]);
});

on_both!(what_was_known_hours_ago_reaches_everybody_at_once_and_each_once, |world| {
    let mut late = suspicion("pupils");
    late["known_at"] = json!(at("2026-11-23 07:30"));
    let _ = report(&world, "teacher", late).await;
    world.settle().await;
    world.told_exactly(&["teacher", "counsellor", "vice", "principal", "district", "district-lead"]);
    // Nobody is told the same twice, but the district, which hears every two hours.
    world.at("2026-11-23 11:59").await;
    world.told_exactly(&[]);
    world.at("2026-11-23 12:00").await;
    world.told_exactly(&["district", "district-lead"]);
});

on_both!(whoever_is_suspected_never_hears_and_of_the_principal_the_district_alone, |world| {
    let vice = world.town.person("vice");
    let mut body = suspicion("staff");
    body["staff"] = json!([vice]);
    let id = report(&world, "subject", body).await;
    world.silent_until("2026-11-23 10:30", &["subject", "counsellor", "principal"]).await;
    let client = world.client("vice").await;
    for path in ["/api/v1/mandatory-reports", "/api/v1/tasks"] {
        assert!(client.get(path).await.expect(200).items().is_empty(), "{path}");
    }
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    let read = client.get(&file).await.expect(200);
    assert!(!read.text.contains("mandatory") && !read.text.contains("皮带"), "{}", read.text);
    for path in [one(&id), format!("{}/recipients", one(&id))] {
        let hidden = if path.ends_with("recipients") {
            client.post(&path, told("police", "2026-11-23 10:20")).await
        } else {
            client.get(&path).await
        };
        let _ = hidden.expect(404);
    }
    // Nor can it be handed to the one suspected, and the answer does not say why.
    let subject = world.client("subject").await;
    let task = subject.get("/api/v1/tasks").await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    let handed = json!({ "to": vice, "reason": "我要上课" });
    let refused = subject.post(&format!("/api/v1/tasks/{task}/hand-on"), handed).await.expect(422);
    assert_eq!(refused.faults(), [("to".to_owned(), "cannot_have_it".to_owned())]);
    world.silent_until("2026-11-23 12:00", &["district", "district-lead"]).await;

    let mut body = suspicion("staff");
    body["staff"] = json!([world.town.person("principal")]);
    let id = report(&world, "nurse", body).await;
    world.settle().await;
    world.told_exactly(&[]);
    world.silent_until("2026-11-23 12:30", &["nurse", "district", "district-lead"]).await;
    for login in ["principal", "counsellor", "teacher", "vice", "district"] {
        let status = if login == "district" { 200 } else { 404 };
        let _ = world.client(login).await.get(&one(&id)).await.expect(status);
    }
    world.silent_until("2026-11-23 14:00", &["district", "district-lead"]).await;
});

on_both!(where_the_family_is_suspected_nothing_goes_home_and_who_reported_is_named_nowhere, |world| {
    let id = report(&world, "teacher", suspicion("family")).await;
    world.settle().await;
    world.told_exactly(&["counsellor", "vice"]);
    let student = world.town.student(0, 0, 0);
    let call = json!({ "less_safe": "no" });
    let grade = world.client("grade").await;
    let refused = grade.post(&format!("/api/v1/students/{student}/guardian-contacts"), call).await.expect(409);
    assert_eq!(refused.code(), "household_locked");
    let _ = grade.get(&one(&id)).await.expect(404);
    let wrote = world.client("teacher").await;
    let _ = wrote.post(&format!("{}/recipients", one(&id)), told("police", "2026-11-23 10:00")).await.expect(201);
    let (name, reporter) = ("班主任teacher", world.town.person("teacher").to_string());
    for login in ["counsellor", "vice", "principal", "teacher"] {
        let client = world.client(login).await;
        for path in [
            one(&id),
            "/api/v1/mandatory-reports".to_owned(),
            format!("/api/v1/students/{student}/growth-file?kind=mandatory_report&kind=guardian_contact"),
        ] {
            let seen = client.get(&path).await.expect(200);
            assert!(!seen.text.contains(name) && !seen.text.contains(&reporter), "{login} {path}: {}", seen.text);
        }
        if login != "teacher" {
            let tasks = client.get("/api/v1/tasks").await.expect(200);
            assert!(!tasks.text.contains("tell_") && !tasks.text.contains(&reporter), "{login}: {}", tasks.text);
        }
        let browser = Browser::sign_in(&world.base, login).await;
        let page = browser.get(&format!("/mandatory-reports/{id}")).await.expect(200);
        assert!(page.html.contains("报告人（不公开）"), "{}", page.html);
        assert!(login == "teacher" || !page.html.contains(name), "{login}: {}", page.html);
    }
    let print = format!("/api/v1/students/{student}/growth-file.pdf?kind=mandatory_report");
    let paper = world.client("counsellor").await.download(&print).await.expect(200).says(world.scratch());
    assert!(paper.contains("皮带印") && !paper.contains(name), "{paper}");
    world.at("2026-11-23 11:00").await;
    world.told_exactly(&["counsellor", "vice", "principal"]);
});

on_both!(lowering_the_alert_leaves_the_clock_running_and_no_verb_takes_a_report_back, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = world.file("teacher", world.filing(student, 3)).await;
    world.settle().await;
    let _ = world.told();
    let alert = world.alert_seen_by("counsellor").await;
    let mut body = suspicion("other");
    body["alert"] = json!(alert);
    let id = report(&world, "teacher", body).await;
    let counsellor = world.client("counsellor").await;
    let path = format!("/api/v1/alerts/{alert}");
    let tag = counsellor.get(&path).await.expect(200).etag.unwrap();
    let lower = json!({ "level": 1, "reason": "情况缓和", "means_asked": true });
    let _ = counsellor.with("If-Match", &tag).post(&format!("{path}/assess"), lower).await.expect(202);
    let vice = world.client("vice").await;
    let tag = vice.get(&path).await.expect(200).etag.unwrap();
    let _ = vice.with("If-Match", &tag).post(&format!("{path}/approve"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    for verb in ["close", "assess", "withdraw", "lower", "approve"] {
        let _ = vice.post(&format!("{}/{verb}", one(&id)), json!({ "reason": "不是事实" })).await.expect(404);
    }
    let _ = vice.send(reqwest::Method::DELETE, &one(&id), None).await.expect(405);
    world.at("2026-11-23 10:30").await;
    world.told_exactly(&["teacher", "counsellor", "vice", "principal"]);
    world.at("2026-11-23 12:00").await;
    world.told_exactly(&["district", "district-lead"]);
});

on_both!(a_report_says_all_that_is_missing_and_is_of_the_right_child, |world| {
    let teacher = world.client("teacher").await;
    let stranger = world.town.person("teacher-b");
    let body = json!({ "staff": [world.town.person("teacher"), stranger, "x"], "known_at": at("2026-11-24 10:00") });
    let refused = teacher.post(&path(&world), body).await.expect(422);
    let mut fields = refused.fields();
    fields.sort();
    assert_eq!(fields, ["danger_now", "known_at", "staff[0]", "staff[1]", "staff[2]", "suspected", "suspicion"]);
    for (login, status) in [("teacher-b", 404), ("monitor", 404), ("admin", 404), ("district", 404), ("nurse", 201)] {
        let _ = world.client(login).await.post(&path(&world), suspicion("other")).await.expect(status);
    }
    let list = |login: &'static str| {
        let world = &world;
        async move { world.client(login).await.get("/api/v1/mandatory-reports").await.expect(200).items().len() }
    };
    for (login, found) in [("nurse", 1), ("vice", 1), ("principal", 1), ("teacher", 0), ("grade", 0), ("vice-b", 0)] {
        assert_eq!(list(login).await, found, "{login}");
    }
});

on_both!(a_report_is_made_and_told_on_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let form = format!("/students/{student}/mandatory-report");
    assert!(browser.get(&format!("/students/{student}/growth-file")).await.html.contains(&form));
    let page = browser.get(&form).await.expect(200);
    for rule in ["怀疑就报，不必查实", "不要反复询问孩子，不要惊动被怀疑的人"] {
        assert!(page.html.contains(rule), "{}", page.html);
    }
    let bad = browser.post(&page, &form, &[("suspicion", "手臂有伤")]).await;
    assert!(bad.status == 422 && bad.html.contains("请选择怀疑的是谁") && bad.html.contains("手臂有伤"));
    let good =
        [("suspicion", "手臂有伤"), ("suspected", "unknown"), ("danger_now", "no"), ("known_at", "2026-11-23T10:00")];
    let made = browser.post(&page, &form, &good).await.leads_to();
    let page = browser.get(&made).await.expect(200);
    assert!(page.html.contains("尚未报警") && page.html.contains("12:00"), "{}", page.html);
    let form = format!("{made}/recipients");
    let bad = browser.post(&page, &form, &[("recipient", "police"), ("at", "2026-11-21T09:00")]).await;
    assert!(bad.status == 422 && bad.html.contains("早于得知这件事前一天"), "{}", bad.html);
    let good = [("recipient", "police"), ("at", "2026-11-23T10:00"), ("office", "城关派出所"), ("officer", "王警官")];
    assert_eq!(browser.post(&page, &form, &good).await.status, 303);
    assert!(browser.get(&made).await.html.contains("已报警，其他部门待报告"));
    let list = Browser::sign_in(&world.base, "vice").await.get("/mandatory-reports").await.expect(200);
    assert!(list.html.contains(&made) && !list.html.contains("赵一然"), "{}", list.html);
    let danger = [("suspicion", "正在被打"), ("suspected", "family"), ("danger_now", "yes")];
    let form = format!("/students/{student}/mandatory-report");
    let page = browser.get(&form).await;
    let next = browser.post(&page, &form, &danger).await.leads_to();
    assert_eq!(next, format!("/observations/new?student={student}"));
    world.settle().await;
    let _ = world.told();
});

on_both!(what_the_law_demands_stays_with_whoever_reported_and_whom_it_names_sees_none_of_it, |world| {
    let student = world.town.student(0, 0, 0);
    let mut body = suspicion("staff");
    body["staff"] = json!([world.town.person("teacher1")]);
    let id = report(&world, "teacher", body).await;
    world.settle().await;
    let (teacher, named) = (world.client("teacher").await, world.client("teacher1").await);
    let open = teacher.get(&format!("/api/v1/students/{student}/open-matters")).await.expect(200).items();
    let change = json!({
        "students": [student], "kind": "class_change", "effective_on": "2026-11-24",
        "to": { "class": world.town.schools[0].classes[1].id },
        "open_matters": open.iter().map(|o| o["kind"].clone()).collect::<Vec<_>>(),
        "nothing_to_hand_over": open.is_empty(),
    });
    let sent = teacher.post("/api/v1/student-hand-overs", change).await.expect(201);
    let path = format!("/api/v1/student-hand-overs/{}", sent.body["items"][0]["id"].as_str().unwrap());
    let _ = named.post(&format!("{path}/accept"), json!({})).await.expect(200);
    // Whom it names has the child now, and nothing of the report; nor when the reporter makes him his deputy.
    let away = json!({ "deputy": world.town.person("teacher1"), "from": at("2026-11-23 10:00"), "to": at("2026-11-25 10:00") });
    let _ = teacher.post("/api/v1/me/deputies", away).await.expect(201);
    world.pass(1).await;
    for query in ["/api/v1/tasks", "/api/v1/tasks?mine=true"] {
        let seen = named.get(query).await.expect(200);
        assert!(!seen.text.contains("tell_"), "{}", seen.text);
    }
    let _ = named.get(&one(&id)).await.expect(404);
    let police = teacher.get("/api/v1/tasks?mine=true").await.expect(200).items();
    assert_eq!(police.len(), 3, "{police:#?}");
    for task in &police {
        let hidden = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
        let _ = named.get(&hidden).await.expect(404);
        let on = json!({ "to": world.town.person("nurse"), "reason": "请代办" });
        let _ = named.post(&format!("{hidden}/hand-on"), on).await.expect(404);
    }
    let _ = world.told();
});

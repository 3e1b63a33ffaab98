//! A password is its owner's alone: whoever made the account knew the first one, and it opens next to nothing.

use chrono::TimeDelta;
use domain::audit::Act;
use serde_json::{Value, json};
use tests::{Answer, Browser, Client, World, on_both};

const FIRST: &str = "a-long-password";
const OWN: &str = "窗外有两棵石榴树，今年没结果";
const MINE: &str = "/api/v1/me/password";

/// An administrator adds somebody; whoever confirms it has read that.
async fn added(world: &World, login: &str, role: &str) -> Answer {
    let new = json!({ "login": login, "name": "新来的", "role": role, "unit": world.town.schools[0].id,
        "contact_methods": [{ "channel": "mail", "address": format!("{login}@school.example") }], "password": FIRST });
    let answer = world.client("admin").await.post("/api/v1/people", new).await.expect(201);
    world.settle().await;
    let _ = world.told();
    answer
}

/// The present password, the next one, and what is wrong.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

fn change(current: &str, new: &str) -> Value {
    json!({ "current": current, "new": new })
}

fn with_word(current: &str, new: &str, word: &str) -> Value {
    json!({ "current": current, "new": new, "word": word })
}

async fn try_to_sign_in(world: &World, login: &str, password: &str) -> Answer {
    Client::anonymous(&world.base).post("/api/v1/session", json!({ "login": login, "password": password })).await
}

/// Signs in by the form, with any password.
async fn enter(world: &World, login: &str, password: &str) -> (Browser, String) {
    let browser = Browser::new(&world.base);
    let fields = [("login", login), ("password", password), ("next", "/")];
    let to = browser.send("/sign-in", &fields, &[]).await.leads_to();
    (browser, to)
}

async fn appointment(world: &World) -> Value {
    world.client("principal").await.get("/api/v1/appointments").await.expect(200).items()[0].clone()
}

on_both!(what_an_administrator_knows_of_an_account_opens_nothing_and_ends_when_its_owner_changes_it, |world| {
    let student = world.town.student(0, 0, 0);
    let file = format!("/api/v1/students/{student}/growth-file");
    let one = added(&world, "one", "counsellor").await;
    assert_eq!(appointment(&world).await["first_password"], true);
    let list = Browser::sign_in(&world.base, "principal").await.get("/appointments").await.expect(200);
    assert!(list.says("还是初始密码"), "{}", list.html);
    let word = world.confirms("principal", &one.str("id")).await.unwrap();

    // The administrator signs in as the counsellor whom the principal confirmed.
    let stranger = Client::sign_in_with(&world.base, "one", FIRST).await;
    let (browser, _) = enter(&world, "one", FIRST).await;
    let me = stranger.get("/api/v1/me").await.expect(200);
    assert_eq!(
        (me.body["first_password"].clone(), me.body["positions"][0]["role"].clone()),
        (json!(true), json!("counsellor"))
    );
    for closed in [file.as_str(), "/api/v1/alerts", "/api/v1/tasks", "/api/v1/me/contact-methods"] {
        assert_eq!(stranger.get(closed).await.expect(403).code(), "password_change_required", "{closed}");
    }
    let contact = json!({ "channel": "mail", "address": "admin-b@school.example" });
    let _ = stranger.post("/api/v1/me/contact-methods", contact).await.expect(403);
    assert_eq!(
        browser.get(&format!("/students/{student}/growth-file")).await.leads_to(),
        format!("/me/password?next=/students/{student}/growth-file")
    );

    // Its owner changes it, with the word that the principal handed him.
    let owner = Client::sign_in_with(&world.base, "one", FIRST).await;
    let _ = owner.post(MINE, with_word(FIRST, OWN, &word)).await.expect(204);
    world.settle().await;
    let letters = world.letters();
    let said: Vec<(&str, bool)> =
        letters.iter().map(|l| (l.to.as_str(), l.text.contains("您的登录密码已修改"))).collect();
    assert_eq!(said, [("one@school.example", true)]);
    assert!(letters[0].subject.contains("密码") && !letters[0].text.contains(OWN), "{letters:?}");
    let _ = owner.get("/api/v1/me").await.expect(401);
    let owner = Client::sign_in_with(&world.base, "one", OWN).await;
    assert_eq!(owner.get("/api/v1/me").await.expect(200).body["first_password"], false);
    let _ = owner.get(&file).await.expect(200);
    let _ = stranger.get("/api/v1/me").await.expect(401);
    assert!(browser.get("/me").await.leads_to().starts_with("/sign-in"));
    assert_eq!(try_to_sign_in(&world, "one", FIRST).await.status, 401);
    let _ = try_to_sign_in(&world, "one", OWN).await.expect(201);
    let shown = appointment(&world).await;
    assert!(shown["first_password"] == false && shown["password_set_at"].is_string(), "{shown}");
    assert_eq!(shown["password_vouched"], true);
    let list = Browser::sign_in(&world.base, "principal").await.get("/appointments").await.expect(200);
    assert!(list.says("密码已由凭口令的人修改") && !list.says("补发"), "{}", list.html);
    let person = one.str("id").parse().unwrap();
    let since = world.service.desk.now() - TimeDelta::days(1);
    let acts = world.service.desk.storage.read().acts_since(person, &[Act::ChangePassword], since).await.unwrap();
    assert_eq!(acts, 1, "it stands in the audit log");
});

on_both!(whoever_has_his_first_password_raises_the_alarm_all_the_same, |world| {
    let _ = added(&world, "one", "subject_teacher").await;
    let one = Client::sign_in_with(&world.base, "one", FIRST).await;
    let found = one.get("/api/v1/students?limit=200").await.expect(200).items();
    let student = found[0]["id"].as_str().unwrap().parse().unwrap();
    let _ = one.get("/api/v1/signs").await.expect(200);
    let filed = one.post("/api/v1/observations", world.filing(student, 4)).await.expect(201);
    let _ = one.get(&format!("/api/v1/observations/{}", filed.str("id"))).await.expect(200);
    world.settle().await;
    assert!(world.told().contains("counsellor"));

    // By the pages: the form, and the receipt; everything else leads to the change and says why.
    let (browser, to) = enter(&world, "one", FIRST).await;
    assert_eq!(to, "/");
    assert_eq!(browser.get("/").await.leads_to(), "/me/password?next=/");
    let _ = browser.get("/observations/new").await.expect(200);
    let _ = browser.get(&format!("/observations/{}/received", filed.str("id"))).await.expect(200);
    assert_eq!(browser.get("/observations").await.leads_to(), "/me/password?next=/observations");
    // Nor are the other alarms.
    let worried = format!("/api/v1/observations/{}/still-worried", filed.str("id"));
    let _ = one.post(&worried, json!({ "reason": "还是不放心" })).await.expect(202);
    let receipt = browser.get(&format!("/observations/{}/received", filed.str("id"))).await.expect(200);
    let said = [("reason", "还是不放心")];
    let worried = format!("/observations/{}/still-worried", filed.str("id"));
    assert!(browser.post(&receipt, &worried, &said).await.leads_to().ends_with("?done=worried"));
    let by_law = format!("/students/{student}/mandatory-report");
    let form = browser.get(&by_law).await.expect(200);
    let meant = format!("{student}");
    let report = [("suspicion", "手臂上有伤"), ("suspected", "other"), ("danger_now", "no"), ("meant", &meant)];
    let to = browser.post(&form, &by_law, &report).await.leads_to();
    assert_eq!(to, format!("{by_law}?done=reported"));
    assert!(browser.get(&to).await.expect(200).says("报告已收到"));
    let body = json!({ "suspicion": "手臂上有伤", "suspected": "other", "danger_now": "no" });
    let _ = one.post(&format!("/api/v1/students/{student}/mandatory-reports"), body).await.expect(201);
    world.settle().await;
    let _ = world.told();
    let desk = &world.service.desk;
    let since = desk.now() - TimeDelta::days(1);
    let lines = desk.storage.read().details_since(student, &[Act::FileObservation], since).await.unwrap();
    assert_eq!(lines, ["first_password"], "the log says what it was filed with");
    let form = browser.get("/me/password").await.expect(200);
    assert!(form.says("还是初始密码") && form.says("照样可以报"), "{}", form.html);
    let english = browser.get("/me/password?lang=en").await.expect(200);
    assert!(english.says("which whoever added your account knows"), "{}", english.html);
    let _ = browser.get("/me/password?lang=zh").await.expect(200);
    let wrong = [("current", "not-his-password"), ("new", "one2026"), ("again", "two")];
    let refused = browser.post(&form, "/me/password", &wrong).await.expect(422);
    for fault in ["原密码不正确", "密码至少 10 位", "不能只是登录名", "两次输入的新密码不一样"]
    {
        assert!(refused.says(fault), "{fault}: {}", refused.html);
    }
    assert!(!refused.says("not-his-password") && !refused.says("one2026"), "{}", refused.html);
    let form = browser.get("/me/password?next=/observations").await.expect(200);
    let next = form.value("next");
    let right = [("current", FIRST), ("new", OWN), ("again", OWN), ("next", next.as_str())];
    let to = browser.post(&form, "/me/password", &right).await.leads_to();
    assert_eq!(to, "/sign-in?changed=password&next=/observations");
    let page = browser.get(&to).await.expect(200);
    assert!(page.says("密码已修改") && page.value("next") == "/observations", "{}", page.html);
    assert!(browser.get("/").await.leads_to().starts_with("/sign-in"), "this session is over as well");
    let (browser, _) = enter(&world, "one", OWN).await;
    let _ = browser.get("/").await.expect(200);
    let again = browser.get("/me/password").await.expect(200);
    assert!(!again.says("还是初始密码"), "{}", again.html);
    world.settle().await;
    world.told_exactly(&["one"]);
});

on_both!(a_password_is_told_all_its_faults_at_once_and_never_said_again, |world| {
    let teacher = world.client("teacher").await;
    let own = tests::town::PASSWORD;
    assert_eq!(teacher.post(MINE, json!({})).await.expect(422).fields(), ["current", "new"]);
    let cases: [Case<'_>; 7] = [
        ("not-his-password", "9-letters", &[("current", "wrong_password"), ("new", "too_short")]),
        (own, own, &[("new", "same_as_before")]),
        (own, "Teacher-2026!!", &[("new", "names_owner")]),
        (own, "xindeng20260901", &[("new", "names_owner")]),
        (own, "password123", &[("new", "too_common")]),
        (own, "teacher", &[("new", "too_short"), ("new", "names_owner")]),
        (own, &"长".repeat(257), &[("new", "too_long")]),
    ];
    for (current, new, wanted) in cases {
        let refused = teacher.post(MINE, change(current, new)).await.expect(422);
        let wanted: Vec<_> = wanted.iter().map(|(f, c)| ((*f).to_owned(), (*c).to_owned())).collect();
        assert_eq!(refused.faults(), wanted, "{new}");
        assert!(
            !refused.text.contains(current) && (new == "teacher" || !refused.text.contains(new)),
            "{}",
            refused.text
        );
    }
    // Nor may the first one be such.
    let new = json!({ "login": "wang.min", "name": "王敏", "role": "subject_teacher", "unit": world.town.schools[0].id,
        "password": "wangmin123" });
    let refused = world.client("admin").await.post("/api/v1/people", new).await.expect(422);
    assert_eq!(refused.faults(), [("password".to_owned(), "names_owner".to_owned())]);
    // As long as it may be, in letters of three bytes each: it is set, and signs in.
    let long = "长短".repeat(128);
    let mine = json!({ "channel": "mail", "address": "granite-tree@school.example" });
    let _ = teacher.post("/api/v1/me/contact-methods", mine).await.expect(201);
    for (new, code) in [("granite-tree26", "names_owner"), ("20071104113", "digits_alone")] {
        let refused = teacher.post(MINE, change(own, new)).await.expect(422);
        assert_eq!(refused.faults(), [("new".to_owned(), code.to_owned())], "{new}");
    }
    let _ = teacher.post(MINE, change(own, &long)).await.expect(204);
    let _ = try_to_sign_in(&world, "teacher", &long).await.expect(201);
    world.settle().await;
    assert!(world.told().contains("teacher"));
});

on_both!(whoever_guesses_the_present_password_is_slowed_as_when_he_signs_in, |world| {
    let borrowed = world.client("teacher").await;
    let home = Browser::sign_in(&world.base, "teacher").await;
    for _ in 0..4 {
        let _ = borrowed.post(MINE, change("guessed-in-vain", OWN)).await.expect(422);
    }
    let slowed = borrowed.post(MINE, change(tests::town::PASSWORD, OWN)).await.expect(429);
    assert_eq!((slowed.code(), slowed.header("retry-after")), ("too_many_attempts", "2"));
    assert_eq!(try_to_sign_in(&world, "teacher", tests::town::PASSWORD).await.status, 429, "they are counted together");
    let person = world.town.person("teacher");
    let since = world.service.desk.now() - TimeDelta::days(1);
    let refused = [Act::ChangePasswordRefused];
    assert_eq!(world.service.desk.storage.read().acts_since(person, &refused, since).await.unwrap(), 4);

    // A device that he has signed in from before is not slowed by that, and what is changed there ends what was borrowed.
    let form = home.get("/me/password").await.expect(200);
    let right = [("current", tests::town::PASSWORD), ("new", OWN), ("again", OWN)];
    assert_eq!(home.post(&form, "/me/password", &right).await.leads_to(), "/sign-in?changed=password&next=/");
    let _ = borrowed.get("/api/v1/me").await.expect(401);
    assert!(home.get("/me").await.leads_to().starts_with("/sign-in"));
    world.settle().await;
    world.told_exactly(&["teacher"]);
});

on_both!(what_is_set_up_on_the_machine_itself_has_no_first_password, |world| {
    let me = world.client("counsellor").await.get("/api/v1/me").await.expect(200);
    assert_eq!(me.body["first_password"], false);
    let page = Browser::new(&world.base).get("/sign-in").await.expect(200);
    assert!(page.says("谁也看不到、改不了您的密码") && !page.says("忘记密码，请找学校管理员"), "{}", page.html);
});

on_both!(an_administrator_does_not_end_the_first_password_of_whoever_was_confirmed, |world| {
    let one = added(&world, "one", "counsellor").await;
    let knows = Client::sign_in_with(&world.base, "one", FIRST).await;
    let early = knows.post(MINE, change(FIRST, OWN)).await.expect(422);
    assert_eq!(early.faults(), [("word".to_owned(), "not_confirmed_yet".to_owned())]);
    let (browser, _) = enter(&world, "one", FIRST).await;
    let page = browser.get("/me/password").await.expect(200);
    assert!(page.says("等校长确认后凭口令修改") && !page.html.contains("name=\"new\""), "{}", page.html);

    let lost = world.confirms("principal", &one.str("id")).await.unwrap();
    assert!(lost.len() == 8 && !lost.contains(['0', 'O', '1', 'I']), "{lost}");
    for (body, code) in [
        (change(FIRST, OWN), "required"),
        (with_word(FIRST, OWN, "AAAAAAAA"), "wrong_word"),
        (with_word("not-his-password", OWN, &lost), "wrong_password"),
    ] {
        assert_eq!(knows.post(MINE, body).await.expect(422).faults()[0].1, code);
    }
    world.clock.advance(TimeDelta::hours(1));
    let knows = Client::sign_in_with(&world.base, "one", FIRST).await;
    for _ in 0..4 {
        let _ = knows.post(MINE, with_word(FIRST, OWN, "AAAAAAAA")).await;
        world.clock.advance(TimeDelta::seconds(2));
        // To sign in does not forget them.
        let _ = try_to_sign_in(&world, "one", FIRST).await;
    }
    let _ = knows.post(MINE, with_word(FIRST, OWN, &lost)).await.expect(429);

    // The word was lost: whoever confirms gives another, and nobody else does.
    let it = appointment(&world).await["id"].as_str().unwrap().to_owned();
    let again = format!("/api/v1/appointments/{it}/word");
    for (who, status) in [("admin", 403), ("vice", 404), ("principal-b", 404)] {
        let _ = world.client(who).await.post(&again, json!({})).await.expect(status);
    }
    assert_eq!(knows.post(&again, json!({})).await.expect(403).code(), "password_change_required");
    let principal = Browser::sign_in(&world.base, "principal").await;
    let list = principal.get("/appointments").await.expect(200);
    assert!(list.says("还是初始密码") && !list.says(&lost), "{}", list.html);
    let given = principal.post(&list, &format!("/appointments/{it}/word"), &[]).await.expect(200);
    assert!(given.says("请当面把这个口令告诉本人"), "{}", given.html);
    let word = world.client("principal").await.post(&again, json!({})).await.expect(200).str("word");
    world.clock.advance(TimeDelta::hours(1));
    let owner = Client::sign_in_with(&world.base, "one", FIRST).await;
    let over = owner.post(MINE, with_word(FIRST, OWN, &lost)).await.expect(422);
    assert_eq!(over.faults(), [("word".to_owned(), "wrong_word".to_owned())]);
    let _ = owner.post(MINE, with_word(FIRST, OWN, &word.to_lowercase())).await.expect(204);
    let none = world.client("principal").await.post(&again, json!({})).await.expect(409);
    assert_eq!(none.code(), "no_first_password");
    world.settle().await;
    world.told_exactly(&["one"]);
});

on_both!(a_password_that_was_changed_without_a_word_is_the_first_again_once_a_position_is_confirmed, |world| {
    // What reads nothing needs nobody's word: the administrator ends the password himself, and proposes an office afterwards.
    let one = added(&world, "one", "subject_teacher").await;
    let knows = Client::sign_in_with(&world.base, "one", FIRST).await;
    let _ = knows.post(MINE, change(FIRST, OWN)).await.expect(204);
    let office = json!({ "role": "counsellor", "unit": world.town.schools[0].id });
    let path = format!("/api/v1/people/{}/positions", one.str("id"));
    let _ = world.client("admin").await.post(&path, office).await.expect(201);
    world.settle().await;
    let _ = world.told();
    let list = Browser::sign_in(&world.base, "principal").await.get("/appointments").await.expect(200);
    assert!(list.says("没有凭口令，系统不知道是谁改的") && !list.says("已由凭口令的人修改"), "{}", list.html);
    let knows = Client::sign_in_with(&world.base, "one", OWN).await;
    let word = world.confirms("principal", &one.str("id")).await.unwrap();
    let file = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    assert_eq!(knows.get(&file).await.expect(403).code(), "password_change_required");
    let _ = knows.post(MINE, with_word(OWN, "两棵石榴树今年都没有结果", &word)).await.expect(204);
    let owner = Client::sign_in_with(&world.base, "one", "两棵石榴树今年都没有结果").await;
    let _ = owner.get(&file).await.expect(200);
    // Whoever has had a word needs no other.
    let further = json!({ "role": "vice_principal", "unit": world.town.schools[0].id });
    let _ = world.client("admin").await.post(&path, further).await.expect(201);
    assert_eq!(world.confirms("principal", &one.str("id")).await, None);
    let _ = owner.get(&file).await.expect(200);
    world.settle().await;
    let _ = world.told();
});

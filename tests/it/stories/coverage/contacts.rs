//! How people are reached.

use serde_json::json;
use tests::{Browser, Client, World, on_both};

const MINE: &str = "/api/v1/me/contact-methods";

/// The one test message that went out, with its digits.
async fn digits(world: &World, to: &str) -> String {
    world.settle().await;
    let mut letters = world.letters();
    // Where one was reached before, one hears of it.
    letters.retain(|l| !l.text.contains("不是您本人操作"));
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert_eq!(letters[0].to, to);
    let code = letters[0].words.code.clone();
    let spoken: Vec<String> = code.chars().map(String::from).collect();
    let (written, said) = (letters[0].text.contains(&code), letters[0].text.contains(&spoken.join("，")));
    assert!(letters[0].text.contains("验证") && (written || said), "{}", letters[0].text);
    letters[0].words.code.clone()
}

async fn of_channel(client: &Client, channel: &str) -> Vec<String> {
    let items = client.get(MINE).await.expect(200).items();
    let ids = items.iter().filter(|c| c["channel"] == channel);
    ids.map(|c| c["id"].as_str().unwrap().to_owned()).collect()
}

on_both!(nothing_is_sent_to_a_number_until_its_six_digits_have_come_back, |world| {
    let teacher = world.client("teacher").await;
    let added = teacher.post(MINE, json!({ "channel": "voice", "address": "19900000000" })).await.expect(201);
    assert!(added.body["verified_at"].is_null() && added.body["test"] == "pending", "{}", added.text);
    let again = teacher.post(MINE, json!({ "channel": "voice", "address": "19900000000" })).await.expect(409);
    assert_eq!(again.code(), "already_exists");
    let code = digits(&world, "19900000000").await;
    let path = format!("{MINE}/{}", added.str("id"));
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(teacher.post(&format!("{path}/verify"), json!({ "code": wrong })).await.expect(422).fields(), ["code"]);
    let _ = world.client("nurse").await.post(&format!("{path}/verify"), json!({ "code": code })).await.expect(404);

    // By night a red calls the counsellor, and a class teacher's number is not even written to before it is verified.
    let verified = teacher.post(&format!("{path}/verify"), json!({ "code": code })).await.expect(200);
    assert!(verified.body["verified_at"].is_string() && verified.body["test"].is_null());
    assert_eq!(
        teacher.post(&format!("{path}/verify"), json!({ "code": code })).await.expect(409).code(),
        "already_verified"
    );
    assert_eq!(teacher.post(&format!("{path}/test"), json!({})).await.expect(409).code(), "already_verified");
});

on_both!(a_code_is_taken_for_half_an_hour_and_five_tries_and_then_another_is_sent, |world| {
    let teacher = world.client("teacher").await;
    let path = teacher.post(MINE, json!({ "channel": "mail", "address": "teacher@other.example" })).await.expect(201);
    let path = format!("{MINE}/{}", path.str("id"));
    let first = digits(&world, "teacher@other.example").await;
    world.pass(31).await;
    let late = teacher.post(&format!("{path}/verify"), json!({ "code": first })).await.expect(409);
    assert_eq!(late.code(), "test_expired");
    let _ = teacher.post(&format!("{path}/test"), json!({})).await.expect(202);
    let second = digits(&world, "teacher@other.example").await;
    assert_ne!(first, second);
    for _ in 0..5 {
        let _ = teacher.post(&format!("{path}/verify"), json!({ "code": first })).await.expect(422);
    }
    let _ = teacher.post(&format!("{path}/verify"), json!({ "code": second })).await.expect(409);
    let _ = teacher.post(&format!("{path}/test"), json!({})).await.expect(202);
    let third = digits(&world, "teacher@other.example").await;
    let _ = teacher.post(&format!("{path}/verify"), json!({ "code": third })).await.expect(200);
    // A number of one's own is no way to ring other people's telephones all day.
    for n in 0..20 {
        let body = json!({ "channel": "sms", "address": format!("1880000{n:04}") });
        if teacher.post(MINE, body).await.status == 429 {
            world.settle().await;
            let _ = world.mail.take();
            let _ = world.sms.take();
            return;
        }
    }
    panic!("it goes on for ever");
});

on_both!(a_contact_method_names_every_fault_at_once, |world| {
    let teacher = world.client("teacher").await;
    assert_eq!(teacher.post(MINE, json!({})).await.expect(422).fields(), ["channel", "address"]);
    for (channel, address) in [("sms", "12"), ("sms", "1390000000a"), ("mail", "nobody"), ("voice", "")] {
        let body = json!({ "channel": channel, "address": address });
        assert_eq!(teacher.post(MINE, body).await.expect(422).fields(), ["address"], "{channel} {address}");
    }
    let nurse = world.client("nurse").await.with("Idempotency-Key", "n");
    let new = json!({ "channel": "mail", "address": "second@school.example" });
    let first = nurse.post(MINE, new.clone()).await.expect(201);
    assert_eq!(nurse.post(MINE, new).await.expect(201).str("id"), first.str("id"));
    let other = json!({ "channel": "mail", "address": "third@school.example" });
    assert_eq!(nurse.post(MINE, other).await.expect(422).code(), "idempotency_key_reused");
    // Nobody carries it in this town.
    let body = json!({ "channel": "wecom", "address": "zhou" });
    assert_eq!(teacher.post(MINE, body).await.expect(422).fields(), ["channel"]);
});

on_both!(whoever_the_ladder_calls_keeps_a_way_to_be_reached, |world| {
    let teacher = world.client("teacher").await;
    let (mail, sms) = (of_channel(&teacher, "mail").await, of_channel(&teacher, "sms").await);
    let _ = teacher.delete(&format!("{MINE}/{}", mail[0])).await.expect(204);
    let refused = teacher.delete(&format!("{MINE}/{}", sms[0])).await.expect(409);
    assert_eq!(refused.code(), "still_needed");
    assert!(refused.text.contains("unreachable") && refused.text.contains("no_telephone"), "a red calls him as well");
    // A nurse is on no ladder and may; whoever is on the duty roster keeps a telephone.
    let nurse = world.client("nurse").await;
    for channel in ["mail", "sms"] {
        let id = of_channel(&nurse, channel).await[0].clone();
        let _ = nurse.delete(&format!("{MINE}/{id}")).await.expect(204);
    }
    // A red calls the counsellor: mail alone would not do.
    let counsellor = world.client("counsellor").await;
    let id = of_channel(&counsellor, "sms").await[0].clone();
    assert!(counsellor.delete(&format!("{MINE}/{id}")).await.expect(409).text.contains("no_telephone"));
    let duty = world.client("duty").await;
    let id = of_channel(&duty, "sms").await[0].clone();
    assert!(duty.delete(&format!("{MINE}/{id}")).await.expect(409).text.contains("no_telephone"));
});

on_both!(a_choice_of_channels_holds_for_yellow_and_blue_and_never_for_a_red, |world| {
    let teacher = world.client("teacher").await;
    let twice = teacher.post("/api/v1/me/channels", json!({ "channels": ["sms", "sms", "voice"] })).await.expect(422);
    assert_eq!(twice.fields(), ["channels[1]", "channels[2]"]);
    let _ = teacher.post("/api/v1/me/channels", json!({ "channels": ["sms"] })).await.expect(200);
    assert_eq!(teacher.get(MINE).await.expect(200).body["channels"], json!(["sms"]));
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 1)).await;
    world.settle().await;
    let (mail, sms) = (world.mail.take(), world.sms.take());
    assert_eq!((mail.len(), sms.len()), (0, 1), "{mail:#?}");
    for (n, level) in [(1, 3), (2, 4)] {
        let _ = world.file("subject", world.filing(world.town.student(0, 0, n), level)).await;
        world.settle().await;
        let teachers =
            |letters: Vec<notifier::Letter>| letters.iter().filter(|l| world.login_of(&l.to) == "teacher").count();
        assert_eq!((teachers(world.mail.take()), teachers(world.sms.take())), (1, 1), "level {level}");
    }
});

on_both!(one_s_own_page_works_without_script, |world| {
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let page = teacher.get("/me").await.expect(200);
    assert!(page.says("teacher@school.example") && page.says("已验证") && page.says("没有代理安排"), "{}", page.html);
    let wrong = teacher.post(&page, "/me/contacts", &[("channel", "sms"), ("address", "12 34")]).await.expect(422);
    assert!(wrong.says("号码或地址不正确") && wrong.says("value=\"12 34\""), "{}", wrong.html);
    let fields = [("channel", "sms"), ("address", "19900000000")];
    let known = teacher.post(&page, "/me/contacts", &fields).await.expect(422);
    assert!(known.says("已经存在"), "{}", known.html);
    let fields = [("channel", "voice"), ("address", "19900000000")];
    assert_eq!(teacher.post(&page, "/me/contacts", &fields).await.leads_to(), "/me");
    let code = digits(&world, "19900000000").await;
    let page = teacher.get("/me").await.expect(200);
    assert!(page.says("未验证"), "{}", page.html);
    let verify = page.html.split("action=\"").find(|p| p.contains("/verify\"")).unwrap();
    let verify = verify.split('"').next().unwrap().to_owned();
    assert_eq!(teacher.post(&page, &verify, &[("code", code.as_str())]).await.leads_to(), "/me");
    assert!(!teacher.get("/me").await.says("未验证"));
    assert_eq!(teacher.post(&page, "/me/channels", &[("channels", "mail")]).await.leads_to(), "/me");
    assert!(teacher.get("/me").await.says("value=\"mail\" checked"));

    let nurse = world.town.person("nurse").to_string();
    let fields = [("deputy", nurse.as_str()), ("from", "2026-11-24T08:00"), ("to", "2026-11-25T08:00")];
    assert_eq!(teacher.post(&page, "/me/deputies", &fields).await.leads_to(), "/me");
    let page = teacher.get("/me").await.expect(200);
    assert!(page.says("校医nurse") && page.says("11-24 08:00"), "{}", page.html);
    let end =
        page.html.split("action=\"").find(|p| p.contains("/end\"")).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(teacher.post(&page, &end, &[]).await.leads_to(), "/me");
    assert!(teacher.get("/me").await.says("没有代理安排"));
});

on_both!(what_changes_about_how_one_is_reached_is_told_where_one_was_reached_before, |world| {
    let teacher = world.client("teacher").await;
    let (mail, sms) = ("teacher@school.example", "19900000000");
    let added = teacher.post(MINE, json!({ "channel": "sms", "address": "18800001234" })).await.expect(201);
    world.settle().await;
    let letters = world.letters();
    let told: Vec<&notifier::Letter> = letters.iter().filter(|l| l.to != "18800001234").collect();
    let mut to: Vec<&str> = told.iter().map(|l| l.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, [sms, mail], "{letters:#?}");
    for letter in told {
        let said = &letter.text;
        assert!(
            said.contains("新增了联系方式（尾号1234）") && said.contains("不是您本人操作，请立即告诉管理员"),
            "{said}"
        );
        assert!(said.contains("was added (ending 1234)") && said.contains("tell the administrator at once"), "{said}");
        assert!(!said.contains("18800001234"), "not the whole number: {said}");
    }
    let code = letters.iter().find(|l| l.to == "18800001234").unwrap().words.code.clone();
    let path = format!("{MINE}/{}", added.str("id"));
    let _ = teacher.post(&format!("{path}/verify"), json!({ "code": code })).await.expect(200);
    world.settle().await;
    let letters = world.letters();
    assert_eq!(letters.len(), 2, "the two that were there before: {letters:#?}");
    assert!(letters.iter().all(|l| l.text.contains("已启用") && l.to != "18800001234"), "{letters:#?}");
    // Whoever takes the old number away is heard of there, and at what is left.
    let old = teacher.get(MINE).await.expect(200).items();
    let old = old.iter().find(|c| c["address"] == sms).unwrap()["id"].as_str().unwrap().to_owned();
    let _ = teacher.delete(&format!("{MINE}/{old}")).await.expect(204);
    world.settle().await;
    let letters = world.letters();
    let mut to: Vec<&str> = letters.iter().map(|l| l.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["18800001234", sms, mail]);
    assert!(letters.iter().all(|l| l.text.contains("被移除") && l.text.contains("尾号0000")), "{letters:#?}");
});

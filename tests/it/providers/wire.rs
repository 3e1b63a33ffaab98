//! What goes over the wire, as stand-ins read it that check every signature.

use std::sync::Arc;

use domain::time::{Clock, ManualClock};
use notifier::{
    AliyunMenu, AliyunVoice, AliyunVoiceSettings, Channel, DingtalkRobot, DingtalkSettings, TwilioVoice,
    TwilioVoiceSettings, WecomApp, WecomAppSettings, WecomRobot, WecomRobotSettings,
};
use serde_json::{Value, json};
use tests::fakes::{Act, Fake, HOOKS, KEY, SECRET};
use tests::world::{MONDAY, shanghai};

use super::letters::{account, aliyun, letter, templates, tencent, twilio, twilio_account};

fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::at(shanghai(MONDAY)))
}

async fn outcome(channel: &dyn Channel, to: &str) -> &'static str {
    channel.send(&letter(to)).await.key()
}

fn body(fake: &Fake) -> Value {
    serde_json::from_str(&fake.taken().last().unwrap().fields["body"]).unwrap()
}

#[actix_web::test]
async fn sms_carry_the_words_of_the_template_and_nothing_else() {
    let (a, t, w) = (Fake::aliyun(), Fake::tencent(), Fake::twilio());
    assert_eq!(outcome(&*aliyun(&a, clock()), "13711112222").await, "accepted");
    let call = a.taken().remove(0);
    assert_eq!((call.action.as_str(), call.to.as_str()), ("SendSms", "13711112222"));
    assert_eq!(call.id, letter("").id.to_string());
    assert_eq!(call.fields["TemplateCode"], "T_URGENT");
    let param: Value = serde_json::from_str(&call.fields["TemplateParam"]).unwrap();
    assert_eq!(param, json!({ "minutes": "10", "code": "482913", "phone": "0393-5550100" }));

    assert_eq!(outcome(&*tencent(&t, clock()), "13711112222").await, "accepted");
    assert_eq!(body(&t)["TemplateParamSet"], json!(["10", "482913", "0393-5550100"]));
    assert_eq!(body(&t)["PhoneNumberSet"], json!(["+8613711112222"]));

    assert_eq!(outcome(&*twilio(&w), "+8613711112222").await, "accepted");
    let form = w.taken().remove(0).fields;
    assert!(form["Body"].contains("482913") && form["StatusCallback"].starts_with(HOOKS), "{form:?}");
}

#[actix_web::test]
async fn a_kind_without_a_template_is_refused_before_anything_is_sent() {
    let fake = Fake::aliyun();
    let settings = AliyunVoiceSettings {
        account: account(&fake, clock()),
        show_number: String::new(),
        templates: notifier::Templates::default(),
        menu: None,
    };
    assert_eq!(outcome(&AliyunVoice::new(settings).unwrap(), "13711112222").await, "refused");
    assert_eq!(fake.calls().len(), 0);
}

#[actix_web::test]
async fn calls_read_the_text_out_and_ask_for_a_key_where_there_is_a_menu() {
    let fake = Fake::aliyun();
    let menu = AliyunMenu { taken: "T1".into(), declined: "T2".into(), bye: "T3".into() };
    for (menu, action) in [(None, "SingleCallByTts"), (Some(menu), "IvrCall")] {
        let settings = AliyunVoiceSettings {
            account: account(&fake, clock()),
            show_number: "03935550100".into(),
            templates: templates(),
            menu,
        };
        assert_eq!(outcome(&AliyunVoice::new(settings).unwrap(), "13711112222").await, "accepted");
        let call = fake.taken().pop().unwrap();
        assert_eq!((call.action.as_str(), call.fields["CalledShowNumber"].as_str()), (action, "03935550100"));
    }
    assert_eq!(fake.taken()[1].fields["MenuKeyMap.2.Code"], "T2");
    assert_eq!((fake.taken()[1].id.as_str(), letter("").id.short().len()), (letter("").id.short().as_str(), 15));

    let fake = Fake::twilio();
    let settings = TwilioVoiceSettings { account: twilio_account(&fake), keys: Some(format!("{HOOKS}/keys")) };
    assert_eq!(outcome(&TwilioVoice::new(settings).unwrap(), "13711112222").await, "accepted");
    let call = fake.taken().remove(0);
    assert_eq!((call.action.as_str(), call.to.as_str()), ("Calls", "+8613711112222"));
    assert!(call.fields["Twiml"].contains("<Gather numDigits=\"1\""), "{call:?}");
}

#[actix_web::test]
async fn a_wecom_token_is_fetched_once_and_again_when_it_has_gone() {
    let fake = Fake::wecom();
    let clock = Arc::new(ManualClock::at(shanghai(MONDAY)));
    let app = WecomApp::new(WecomAppSettings {
        url: fake.url.clone(),
        corp: KEY.into(),
        secret: SECRET.into(),
        agent: 1_000_002,
        clock: clock.clone(),
    })
    .unwrap();
    for _ in 0..3 {
        assert_eq!(outcome(&app, "zhou").await, "accepted");
    }
    assert_eq!(fake.count("gettoken"), 1);
    assert_eq!(body(&fake)["enable_duplicate_check"], 1);
    fake.then([Act::Say("42001")]);
    assert_eq!(outcome(&app, "zhou").await, "retry");
    assert_eq!(outcome(&app, "zhou").await, "accepted");
    assert_eq!(fake.count("gettoken"), 2, "the provider said that it had gone");
    clock.advance(chrono::TimeDelta::hours(2));
    assert_eq!(outcome(&app, "zhou").await, "accepted");
    assert_eq!(fake.count("gettoken"), 3, "it ran out");
    fake.then([Act::Say("45009"), Act::Say("81013"), Act::Mumble]);
    for wanted in ["elsewhere", "bad_address", "ambiguous"] {
        assert_eq!(outcome(&app, "zhou").await, wanted);
    }
}

#[actix_web::test]
async fn robots_mention_the_person_in_their_group() {
    let fake = Fake::wecom();
    let robot = WecomRobot::new(WecomRobotSettings { url: fake.url.clone(), key: KEY.into() }).unwrap();
    assert_eq!(outcome(&robot, "zhou").await, "accepted");
    assert_eq!(fake.taken()[0].to, "zhou");

    let fake = Fake::dingtalk();
    let settings = DingtalkSettings { url: fake.url.clone(), token: KEY.into(), secret: SECRET.into(), clock: clock() };
    let robot = DingtalkRobot::new(settings).unwrap();
    for to in ["13711112222", "zhou01"] {
        assert_eq!(outcome(&robot, to).await, "accepted");
        assert_eq!(fake.taken().last().unwrap().to, to);
    }
    fake.then([Act::Say("130101"), Act::Say("310000"), Act::Throttle]);
    for wanted in ["elsewhere", "refused", "elsewhere"] {
        assert_eq!(outcome(&robot, "zhou01").await, wanted);
    }
}

#[actix_web::test]
async fn a_line_that_breaks_after_the_question_leaves_it_open_and_one_that_never_stood_does_not() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let breaking = std::thread::spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        std::io::Read::read(&mut line, &mut [0; 64]).unwrap();
    });
    let robot = |url: String| WecomRobot::new(WecomRobotSettings { url, key: KEY.into() }).unwrap();
    assert_eq!(outcome(&robot(url.clone()), "zhou").await, "ambiguous");
    breaking.join().unwrap();
    assert_eq!(outcome(&robot(url), "zhou").await, "retry");
}

#[actix_web::test]
async fn nothing_that_is_written_down_holds_a_secret() {
    let gone = "http://127.0.0.1:9".to_owned();
    let robot = WecomRobot::new(WecomRobotSettings { url: gone.clone(), key: SECRET.into() }).unwrap();
    let settings = DingtalkSettings { url: gone, token: SECRET.into(), secret: SECRET.into(), clock: clock() };
    let said = [
        format!("{:?} {robot:?}", robot.send(&letter("zhou")).await),
        format!("{settings:?} {:?}", DingtalkRobot::new(settings.clone()).unwrap().send(&letter("zhou")).await),
    ];
    for said in said {
        assert!(said.contains("Retry") && !said.contains(SECRET), "{said}");
    }
}

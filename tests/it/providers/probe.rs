//! Credentials are tried without telling anybody anything.

use std::sync::Arc;

use domain::time::{Clock, ManualClock};
use notifier::{
    AliyunAccount, AliyunSms, AliyunSmsSettings, AliyunVoice, AliyunVoiceSettings, Channel, DingtalkRobot,
    DingtalkSettings, Kannel, KannelSettings, Probe, SmtpSecurity, SmtpSettings, Tencent, TencentSettings,
    TwilioAccount, TwilioSms, TwilioVoice, TwilioVoiceSettings, WecomApp, WecomAppSettings, WecomRobot,
    WecomRobotSettings,
};
use tests::database::Scratch;
use tests::fakes::{Fake, KEY, SECRET};
use tests::site::{Smtp, rig};
use tests::world::{MONDAY, shanghai};

use super::letters::{account, templates, twilio_account};
use super::mail;

const WRONG: &str = "a-wrong-secret";

fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::at(shanghai(MONDAY)))
}

fn aliyun(account: AliyunAccount) -> AliyunSms {
    let settings = AliyunSmsSettings { account, sign_name: "示例一中".into(), templates: templates() };
    AliyunSms::new(settings).unwrap()
}

fn calls(account: AliyunAccount) -> AliyunVoice {
    let settings = AliyunVoiceSettings { account, show_number: String::new(), templates: templates(), menu: None };
    AliyunVoice::new(settings).unwrap()
}

fn tencent(fake: &Fake, secret: &str) -> Tencent {
    Tencent::new(TencentSettings {
        url: fake.url.clone(),
        region: "ap-guangzhou".into(),
        id: KEY.into(),
        secret: secret.into(),
        app: "1400006666".into(),
        sign_name: "示例一中".into(),
        templates: templates(),
        clock: clock(),
    })
    .unwrap()
}

fn wecom(fake: &Fake, secret: &str) -> WecomApp {
    let settings =
        WecomAppSettings { url: fake.url.clone(), corp: KEY.into(), secret: secret.into(), agent: 1, clock: clock() };
    WecomApp::new(settings).unwrap()
}

fn twilio_calls(account: TwilioAccount) -> TwilioVoice {
    TwilioVoice::new(TwilioVoiceSettings { account, keys: None }).unwrap()
}

fn refused(code: &str) -> Probe {
    Probe::Refused(code.to_owned())
}

fn unclear(why: &str) -> Probe {
    Probe::Unclear(why.to_owned())
}

#[actix_web::test]
async fn aliyun_knows_us_by_the_secret_and_says_what_is_wrong_otherwise() {
    let fake = Fake::aliyun();
    let wrong = || AliyunAccount { secret: WRONG.into(), ..account(&fake, clock()) };
    assert_eq!(aliyun(account(&fake, clock())).probe().await, Probe::Known);
    assert_eq!(calls(account(&fake, clock())).probe().await, Probe::Known);
    assert_eq!(aliyun(wrong()).probe().await, refused("aliyun: SignatureDoesNotMatch"));
    assert_eq!(calls(wrong()).probe().await, refused("aliyun: SignatureDoesNotMatch"));
    assert_eq!(fake.refused().len(), 2);

    // What SMS may not ask, they miss when an answer is lost. Calls ask it nowhere else.
    fake.tells("isp.RAM_PERMISSION_DENY");
    assert_eq!(aliyun(account(&fake, clock())).probe().await, refused("aliyun: isp.RAM_PERMISSION_DENY"));
    assert_eq!(calls(account(&fake, clock())).probe().await, unclear("aliyun: isp.RAM_PERMISSION_DENY"));
    fake.tells("isv.INVALID_PARAMETERS");
    assert_eq!(calls(account(&fake, clock())).probe().await, Probe::Known, "past the gateway");
    fake.tells("Throttling.User");
    assert_eq!(calls(account(&fake, clock())).probe().await, unclear("aliyun: Throttling.User"));
    assert_eq!(aliyun(account(&fake, clock())).probe().await, unclear("aliyun: Throttling.User"));
    assert_eq!(fake.taken(), []);
    let asked: Vec<String> = fake.calls().into_iter().map(|c| c.action).collect();
    assert!(asked.iter().all(|a| a.starts_with("Query")), "{asked:?}");
}

#[actix_web::test]
async fn tencent_knows_us_by_the_secret_and_says_what_is_wrong_otherwise() {
    let fake = Fake::tencent();
    assert_eq!(tencent(&fake, SECRET).probe().await, Probe::Known);
    assert_eq!(tencent(&fake, WRONG).probe().await, refused("tencent: AuthFailure.SignatureFailure"));
    assert_eq!(fake.refused().len(), 1);
    fake.tells("UnauthorizedOperation.SmsSdkAppIdVerifyFail");
    let app = refused("tencent: UnauthorizedOperation.SmsSdkAppIdVerifyFail");
    assert_eq!(tencent(&fake, SECRET).probe().await, app);
    fake.tells("RequestLimitExceeded");
    assert_eq!(tencent(&fake, SECRET).probe().await, unclear("tencent: RequestLimitExceeded"));
    assert_eq!(fake.taken(), []);
}

#[actix_web::test]
async fn twilio_knows_us_by_the_token_unless_the_account_is_shut() {
    let fake = Fake::twilio();
    let wrong = || TwilioAccount { token: WRONG.into(), ..twilio_account(&fake) };
    assert_eq!(TwilioSms::new(twilio_account(&fake)).unwrap().probe().await, Probe::Known);
    assert_eq!(twilio_calls(twilio_account(&fake)).probe().await, Probe::Known);
    assert_eq!(TwilioSms::new(wrong()).unwrap().probe().await, refused("twilio: 20003"));
    assert_eq!(twilio_calls(wrong()).probe().await, refused("twilio: 20003"));
    assert_eq!(fake.refused().len(), 2);
    fake.tells("suspended");
    assert_eq!(TwilioSms::new(twilio_account(&fake)).unwrap().probe().await, refused("twilio: suspended"));
    fake.tells("20429");
    assert_eq!(TwilioSms::new(twilio_account(&fake)).unwrap().probe().await, unclear("twilio: 20429"));
    assert_eq!(fake.taken(), []);
}

#[actix_web::test]
async fn a_wecom_application_is_known_by_its_secret_and_robots_are_not_tried() {
    let fake = Fake::wecom();
    assert_eq!(wecom(&fake, SECRET).probe().await, Probe::Known);
    assert_eq!(wecom(&fake, WRONG).probe().await, refused("wecom: 40001"));
    assert_eq!(fake.refused().len(), 1);
    assert_eq!(fake.count("gettoken"), 1);
    let robot = WecomRobot::new(WecomRobotSettings { url: fake.url.clone(), key: KEY.into() }).unwrap();
    assert_eq!(robot.probe().await, Probe::Untried);
    let settings = DingtalkSettings { url: fake.url.clone(), token: KEY.into(), secret: SECRET.into(), clock: clock() };
    assert_eq!(DingtalkRobot::new(settings).unwrap().probe().await, Probe::Untried);
    assert_eq!(fake.calls().len(), 1, "robots were not asked");
}

#[actix_web::test]
async fn whoever_cannot_be_reached_has_refused_nothing() {
    let fake = Fake::aliyun();
    let gone = "http://127.0.0.1:9";
    let a = AliyunAccount { url: gone.into(), ..account(&fake, clock()) };
    let t = TwilioAccount { url: gone.into(), ..twilio_account(&fake) };
    let ways: [Box<dyn Channel>; 4] = [
        Box::new(aliyun(a.clone())),
        Box::new(calls(a)),
        Box::new(TwilioSms::new(t).unwrap()),
        Box::new(kannel(gone, "foobar")),
    ];
    for way in ways {
        let probe = way.probe().await;
        assert!(matches!(&probe, Probe::Unclear(why) if !why.contains("foobar")), "{}: {probe:?}", way.name());
    }
}

fn kannel(url: &str, password: &str) -> Kannel {
    let settings = KannelSettings {
        url: url.to_owned(),
        user: rig("XINDENG_TEST_KANNEL_USERNAME"),
        password: password.to_owned(),
        from: None,
        receipts: None,
    };
    Kannel::new(settings).unwrap()
}

#[tokio::test]
async fn a_real_kannel_knows_us_by_the_password() {
    let url = rig("XINDENG_TEST_KANNEL");
    assert_eq!(kannel(&url, &rig("XINDENG_TEST_KANNEL_PASSWORD")).probe().await, Probe::Known);
    assert_eq!(kannel(&url, WRONG).probe().await, refused("kannel: HTTP 403"));
}

fn smtp(settings: SmtpSettings) -> notifier::Smtp {
    notifier::Smtp::new(&settings).unwrap()
}

#[tokio::test]
async fn a_real_mail_server_knows_us_by_the_password_and_keeps_no_mail() {
    let scratch = Scratch::new();
    let server = Smtp::start_asking(&scratch.0, "xindeng:right");
    let with = |password: &str| SmtpSettings {
        credentials: Some(("xindeng".into(), password.into())),
        ..mail::settings(server.port())
    };
    assert_eq!(smtp(with("right")).probe().await, Probe::Known);
    assert_eq!(smtp(with("right")).fallback().probe().await, Probe::Known);
    assert_eq!(smtp(with(WRONG)).probe().await, refused("smtp: 535"));
    let starttls = SmtpSettings { security: SmtpSecurity::Starttls, ..with("right") };
    assert!(matches!(smtp(starttls).probe().await, Probe::Refused(said) if said.contains("STARTTLS")));
    let tls = SmtpSettings { security: SmtpSecurity::Tls, ..with("right") };
    assert_eq!(smtp(tls).probe().await, refused("smtp: TLS"));
    assert_eq!(smtp(mail::settings(9)).probe().await, unclear("smtp: connection refused"));
    assert_eq!(server.mails(), Vec::<String>::new());

    let open = mail::settings(rig("XINDENG_TEST_SMTP").rsplit(':').next().unwrap().parse().unwrap());
    let unasked = SmtpSettings { credentials: Some(("xindeng".into(), WRONG.into())), ..open.clone() };
    assert_eq!(smtp(open).probe().await, Probe::Known);
    let refused = smtp(unasked).probe().await;
    assert!(matches!(&refused, Probe::Refused(said) if said.contains("authentication mechanism")), "{refused:?}");
}

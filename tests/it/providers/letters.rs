//! Providers at their stand-ins, and what is seen of messages.

use std::sync::Arc;
use std::time::Duration;

use domain::id::{AlertId, MessageId};
use domain::notice::NoticeKind;
use domain::time::Clock;
use notifier::{
    AliyunAccount, AliyunSms, AliyunSmsSettings, Channel, Letter, Templates, Tencent, TencentSettings, TwilioAccount,
    TwilioSms, Words,
};
use serde_json::Value;
use server::seams::SystemIds;
use tests::World;
use tests::fakes::{Fake, HOOKS, KEY, SECRET, TWILIO_TOKEN};

/// How many people hear of a red at first.
pub(super) const RUNG: usize = 5;

pub(super) fn templates() -> Templates {
    Templates {
        urgent: "T_URGENT".into(),
        task: "T_TASK".into(),
        taken: "T_TAKEN".into(),
        assessment: "T_ASSESSMENT".into(),
        signature: "T_SIGNATURE".into(),
        notice: "SMS_notice".into(),
        bundle: "T_BUNDLE".into(),
        storm: "T_STORM".into(),
        drill: "T_DRILL".into(),
    }
}

pub(super) fn account(fake: &Fake, clock: Arc<dyn Clock>) -> AliyunAccount {
    AliyunAccount { url: fake.url.clone(), id: KEY.into(), secret: SECRET.into(), clock, ids: Arc::new(SystemIds) }
}

pub(super) fn aliyun(fake: &Fake, clock: Arc<dyn Clock>) -> Arc<dyn Channel> {
    let settings =
        AliyunSmsSettings { account: account(fake, clock), sign_name: "示例一中".into(), templates: templates() };
    Arc::new(AliyunSms::new(settings).unwrap())
}

pub(super) fn tencent(fake: &Fake, clock: Arc<dyn Clock>) -> Arc<dyn Channel> {
    let settings = TencentSettings {
        url: fake.url.clone(),
        region: "ap-guangzhou".into(),
        id: KEY.into(),
        secret: SECRET.into(),
        app: "1400006666".into(),
        sign_name: "示例一中".into(),
        templates: templates(),
        clock,
    };
    Arc::new(Tencent::new(settings).unwrap())
}

pub(super) fn twilio_account(fake: &Fake) -> TwilioAccount {
    TwilioAccount {
        url: fake.url.clone(),
        sid: KEY.into(),
        token: TWILIO_TOKEN.into(),
        from: "+15005550006".into(),
        receipts: Some(format!("{HOOKS}/hooks/twilio/secret")),
    }
}

pub(super) fn twilio(fake: &Fake) -> Arc<dyn Channel> {
    Arc::new(TwilioSms::new(twilio_account(fake)).unwrap())
}

/// SMS go out by these from now on, in this order; mail stays as it is. Nobody waits long.
pub(super) fn sms_by(world: &mut World, sms: Vec<Arc<dyn Channel>>) {
    world.service.post.pace.timeout = Duration::from_millis(400);
    world.service.post.channels = sms;
    world.service.post.channels.push(world.mail.clone());
}

/// Files about a child at a level, lets everything happen, and reads the mails. Gives the alert.
pub(super) async fn raise(world: &World, level: u8) -> String {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), level)).await;
    world.settle().await;
    let mails = world.told();
    assert!(!mails.is_empty(), "the mails go out whatever becomes of the SMS");
    world.alert_seen_by("counsellor").await
}

/// The SMS of an alert, as staff see them.
pub(super) async fn sms(world: &World, alert: &str) -> Vec<Value> {
    let seen = world.client("counsellor").await.get(&format!("/api/v1/alerts/{alert}")).await.expect(200);
    let messages = seen.body["messages"].as_array().unwrap().clone();
    messages.into_iter().filter(|m| m["channel"] == "sms").collect()
}

/// Every SMS of an alert is in a state, and there are so many.
#[track_caller]
pub(super) fn all_are(sms: &[Value], state: &str, count: usize) {
    let wrong: Vec<&Value> = sms.iter().filter(|m| m["state"] != state).collect();
    assert!(wrong.is_empty() && sms.len() == count, "not {count} × {state}: {sms:#?}");
}

/// What the people who run the service have to hear of.
pub(super) async fn found(world: &World, kind: &str, subject: &str) -> bool {
    let findings = world.service.post.storage.read().open_findings().await.unwrap();
    findings.contains(&(kind.to_owned(), subject.to_owned()))
}

/// The provider's ids of an alert's SMS.
pub(super) async fn message_ids(world: &World, alert: &str) -> Vec<MessageId> {
    let alert: AlertId = alert.parse().unwrap();
    let all = world.service.post.storage.read().messages(alert, 100).await.unwrap();
    all.into_iter().filter(|m| m.channel == domain::delivery::Channel::Sms).map(|m| m.id).collect()
}

/// A letter about a red.
pub(super) fn letter(to: &str) -> Letter {
    Letter {
        id: MessageId::new(uuid::Uuid::from_u128(7)),
        to: to.into(),
        subject: String::new(),
        text: "【示例一中】紧急值班，请10分钟内确认，编号482913。我来处理请按1，不能处理请按2。".into(),
        words: Words {
            kind: NoticeKind::Alarm,
            drill: false,
            school: "示例一中".into(),
            code: "482913".into(),
            minutes: 10,
            count: 1,
            taken_by: None,
            duty_phone: Some("0393-5550100".into()),
        },
        at: tests::world::shanghai(tests::world::MONDAY),
        urgent: true,
    }
}

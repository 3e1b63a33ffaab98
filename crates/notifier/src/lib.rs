//! Sends what the outbox holds. It reads and writes the outbox, and nobody calls it.
//!
//! Invariants:
//! - a message is leased in one transaction, sent with none open, and its outcome recorded in another, fenced by the
//!   attempt: a worker that slept past its lease changes nothing;
//! - at least once: after a lost answer a red is sent again; the same code and the same Message-ID tell a duplicate;
//! - no message says who the child is, nor what was seen;
//! - reds have workers of their own, and there is no limit to the attempts for one;
//! - where a channel has several providers, one that cannot do it gives way to the next without a pause.
//!
//! Absences: no decision about alerts. What is learnt is written as a signal, which casework consumes.

mod auditor;
mod channel;
mod choose;
mod compose;
mod compose_drill;
mod compose_reporter;
mod compose_spoken;
mod compose_subject;
mod contact_notices;
mod contact_tests;
mod dispatch;
mod limits;
mod receipts;
mod run;
mod send;
mod span_words;
mod webhook;

pub use auditor::{AuditClocks, AuditReport, Auditor, Check, Operator, Ping, PingError, Subject, audit_once};
pub use channel::aliyun::AliyunAccount;
pub use channel::aliyun::sms::{AliyunSms, AliyunSmsSettings};
pub use channel::aliyun::voice::{AliyunMenu, AliyunVoice, AliyunVoiceSettings};
pub use channel::dingtalk::{DingtalkRobot, DingtalkSettings};
pub use channel::directory::{Captured, Directory};
pub use channel::kannel::{Kannel, KannelSettings};
pub use channel::memory::Memory;
pub use channel::null::Null;
pub use channel::smtp::{Smtp, SmtpSecurity, SmtpSettings};
pub use channel::template::Templates;
pub use channel::tencent::{Tencent, TencentSettings};
pub use channel::twilio::TwilioAccount;
pub use channel::twilio::sms::TwilioSms;
pub use channel::twilio::voice::{TwilioVoice, TwilioVoiceSettings};
pub use channel::wecom::app::{WecomApp, WecomAppSettings};
pub use channel::wecom::robot::{WecomRobot, WecomRobotSettings};
pub use channel::{Channel, Found, Inquiry, Letter, Probe, Words};
pub use compose::Composer;
pub use contact_tests::send_contact_tests;
pub use dispatch::{Pace, Post, dispatch_once};
pub use limits::{Limit, Windows};
pub use receipts::poll_receipts_once;
pub use run::{Workers, run};
pub use webhook::{Feed, WebhookEndpoint, WebhookSecret, WebhookUnfit, feed_once, run_feed};

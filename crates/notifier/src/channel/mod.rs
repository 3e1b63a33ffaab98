//! Ways out.

pub(crate) mod aliyun;
mod class;
pub(crate) mod dingtalk;
pub(crate) mod directory;
mod http;
pub(crate) mod kannel;
pub(crate) mod memory;
pub(crate) mod null;
pub(crate) mod probe;
#[cfg(test)]
mod sample;
pub(crate) mod smtp;
mod smtp_lines;
pub(crate) mod template;
pub(crate) mod tencent;
mod text;
pub(crate) mod twilio;
pub(crate) mod wecom;

use async_trait::async_trait;
use domain::delivery::Outcome;
use domain::id::MessageId;
use domain::notice::NoticeKind;
use domain::time::Timestamp;

use crate::limits::Limit;

pub use probe::Probe;
pub(crate) use text::{hmac_sha256, sha256};

/// A message, ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The message in the outbox.
    pub id: MessageId,
    /// To which address.
    pub to: String,
    /// Subject, for channels that have one.
    pub subject: String,
    /// Text.
    pub text: String,
    /// What the text is made of, for providers that fill a registered template.
    pub words: Words,
    /// When it is sent.
    pub at: Timestamp,
    /// It is about a red.
    pub urgent: bool,
}

/// What a message is made of. There is nothing else in any message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Why it is written.
    pub kind: NoticeKind,
    /// The school's name.
    pub school: String,
    /// The six-digit number.
    pub code: String,
    /// Minutes in which it is to be confirmed.
    pub minutes: u32,
    /// Who took over, by office.
    pub taken_by: Option<String>,
    /// The landline of the duty room.
    pub duty_phone: Option<String>,
}

/// A provider of one channel.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Its name, in the outbox and in receipts.
    fn name(&self) -> &'static str;
    /// What it carries.
    fn carries(&self) -> domain::delivery::Channel;
    /// What the provider allows; the caller counts before it sends.
    fn limits(&self) -> &'static [Limit] {
        &[]
    }
    /// Whether the provider says of each message what became of it. Where it does, silence is bad news.
    fn reports(&self) -> bool {
        false
    }
    /// Sends a letter. The caller puts a hard timeout around it.
    async fn send(&self, letter: &Letter) -> Outcome;
    /// Asks the provider what became of a letter; nothing when it cannot be asked or knows of none. The caller puts a hard
    /// timeout around it.
    async fn inquire(&self, _about: &Inquiry<'_>) -> Option<Found> {
        None
    }
    /// Tries the credentials: sends nothing to anybody and costs nothing. The caller puts a hard timeout around it.
    async fn probe(&self) -> Probe {
        Probe::Untried
    }
}

/// A letter that a provider is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Inquiry<'a> {
    /// The message in the outbox.
    pub id: MessageId,
    /// The provider's id, where its answer was not lost.
    pub provider_id: Option<&'a str>,
    /// To which address.
    pub to: &'a str,
    /// When it was sent.
    pub at: Timestamp,
}

/// What a provider knows of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The provider's id.
    pub provider_id: String,
    /// Whether it arrived; nothing while that is not known.
    pub delivered: Option<bool>,
}

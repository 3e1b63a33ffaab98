//! Ways out.

pub(crate) mod directory;
pub(crate) mod kannel;
pub(crate) mod memory;
pub(crate) mod null;
pub(crate) mod smtp;
mod smtp_lines;

use async_trait::async_trait;
use domain::delivery::Outcome;
use domain::id::MessageId;
use domain::notice::NoticeKind;
use domain::time::Timestamp;

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
    /// Sends a letter. The caller puts a hard timeout around it.
    async fn send(&self, letter: &Letter) -> Outcome;
}

//! To whom a message goes.

use super::NoticeKind;
use crate::delivery::Channel;
use crate::id::PersonId;

/// To whom, by what, in answer to which turn of the climb. Two notices with the same address are the same notice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The recipient.
    pub person: PersonId,
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// How often the alert was opened anew.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// The repeat on that rung.
    pub repeat: u32,
    /// Order among messages of the same turn: 0 goes first.
    pub priority: u8,
}

//! What a message is about. A message never says who the child is, nor what was seen.

use serde::{Deserialize, Serialize};

use crate::delivery::Channel;
use crate::id::PersonId;
use crate::level::Level;
use crate::time::Timestamp;

/// Why a person is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// An alert is open and waits for a person.
    Alarm,
    /// Somebody took over; keep the telephone open.
    TakenOver,
    /// A red is in somebody's hands, and nobody has assessed it yet.
    AssessmentDue,
    /// A proposal waits for a second signature.
    SecondSignature,
    /// An adult is with the child: whoever was told, and has nothing left to do, may rest.
    StoodDown,
    /// What one proposed was signed.
    SignatureGiven,
    /// What one proposed was not signed.
    SignatureRefused,
    /// A signed decision ended it: nothing is left to do.
    Over,
    /// Somebody wants to hand it over: it waits for a yes or a no.
    HandingOver,
    /// A hand-over was refused, or nobody answered: it is with whoever offered it.
    HandedBack,
    /// Six digits that show that a message arrives; about nothing else.
    ContactTest,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Alarm,
        Self::TakenOver,
        Self::AssessmentDue,
        Self::SecondSignature,
        Self::StoodDown,
        Self::SignatureGiven,
        Self::SignatureRefused,
        Self::Over,
        Self::HandingOver,
        Self::HandedBack,
        Self::ContactTest,
    ];

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Alarm => "alarm",
            Self::TakenOver => "taken_over",
            Self::AssessmentDue => "assessment_due",
            Self::SecondSignature => "second_signature",
            Self::StoodDown => "stood_down",
            Self::SignatureGiven => "signature_given",
            Self::SignatureRefused => "signature_refused",
            Self::Over => "over",
            Self::HandingOver => "handing_over",
            Self::HandedBack => "handed_back",
            Self::ContactTest => "contact_test",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
}

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

/// A notice of a red. It has no "not before", no expiry and no bundle: a red cannot be held back, by type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedNotice {
    /// To whom.
    pub to: Address,
}

/// A notice of any other level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherNotice {
    /// To whom.
    pub to: Address,
    /// Not blue or yellow's quiet hours; orange goes at once.
    pub not_before: Timestamp,
}

/// A notice for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Of a red.
    Red(RedNotice),
    /// Of another level, or one that merely informs.
    Other(OtherNotice),
}

impl Notice {
    /// Its address.
    #[must_use]
    pub fn to(&self) -> &Address {
        match self {
            Self::Red(n) => &n.to,
            Self::Other(n) => &n.to,
        }
    }
}

/// In which lane of the outbox something waits. Red has workers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Reds only.
    Red,
    /// Everything else.
    Normal,
}

impl Lane {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Normal => "normal",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Red, Self::Normal].into_iter().find(|l| l.key() == key)
    }

    /// The lane of a level's first notices.
    #[must_use]
    pub fn of(level: Level) -> Self {
        match level {
            Level::Red => Self::Red,
            Level::Blue | Level::Yellow | Level::Orange => Self::Normal,
        }
    }
}

//! What becomes of a message.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::time::Timestamp;

/// By what a person is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A telephone call: the one thing that wakes people.
    Voice,
    /// SMS to a mobile telephone.
    Sms,
    /// 企业微信
    Wecom,
    /// 钉钉
    Dingtalk,
    /// E-mail.
    Mail,
    /// Nowhere: how the service's own trial alert goes out. Nobody can have it.
    Null,
}

impl Channel {
    /// Every channel that people can have, the one that wakes them first.
    pub const ALL: [Self; 5] = [Self::Voice, Self::Sms, Self::Wecom, Self::Dingtalk, Self::Mail];

    /// Whether it leaves something to read. A call is made only where somebody has to be woken.
    #[must_use]
    pub fn writes(self) -> bool {
        self != Self::Voice
    }

    /// Its key in the database and the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Voice => "voice",
            Self::Sms => "sms",
            Self::Wecom => "wecom",
            Self::Dingtalk => "dingtalk",
            Self::Mail => "mail",
            Self::Null => "null",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Null]).find(|c| c.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Voice => lang.pick("电话", "telephone call"),
            Self::Sms => lang.pick("短信", "SMS"),
            Self::Wecom => lang.pick("企业微信", "WeCom"),
            Self::Dingtalk => lang.pick("钉钉", "DingTalk"),
            Self::Mail => lang.pick("邮件", "mail"),
            Self::Null => lang.pick("自检", "self-test"),
        }
    }
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Waits for a worker.
    Pending,
    /// A worker holds its lease.
    Sending,
    /// The provider took it. Not the same as delivered.
    Accepted,
    /// A receipt says that it arrived. Not the same as read.
    Delivered,
    /// Will not arrive by this channel.
    Failed,
    /// Nobody knows.
    Unknown,
    /// Was overtaken before it went out.
    Cancelled,
    /// Went out inside another message.
    Bundled,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Pending,
        Self::Sending,
        Self::Accepted,
        Self::Delivered,
        Self::Failed,
        Self::Unknown,
        Self::Cancelled,
        Self::Bundled,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
            Self::Bundled => "bundled",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Pending => lang.pick("待发送", "waiting"),
            Self::Sending => lang.pick("发送中", "being sent"),
            Self::Accepted => lang.pick("已发出（未回执）", "sent, no receipt yet"),
            Self::Delivered => lang.pick("已送达", "delivered"),
            Self::Failed => lang.pick("未能送达", "could not be delivered"),
            Self::Unknown => lang.pick("结果不明", "outcome unknown"),
            Self::Cancelled => lang.pick("已取消", "cancelled"),
            Self::Bundled => lang.pick("已合并", "bundled"),
        }
    }
}

/// Where one message stands, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where.
    pub state: MessageState,
    /// Before when it does not go out.
    pub not_before: Timestamp,
    /// When it came to stand there.
    pub at: Timestamp,
}

/// Where several messages of one occasion stand, taken together. What waits for the morning has told nobody anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// At least one has gone out: when the first did.
    Out(Timestamp),
    /// None has gone out; the first goes at this time.
    Waits(Timestamp),
    /// One is about to go out.
    Now,
    /// Nobody knows whether any arrived.
    Unsure,
    /// None will arrive.
    Failed,
    /// They were overtaken before they went out.
    Cancelled,
}

impl Sending {
    /// Takes messages together; nothing for none.
    #[must_use]
    pub fn of(messages: &[Standing], now: Timestamp) -> Option<Self> {
        let mut out = None;
        for m in messages {
            let one = match m.state {
                MessageState::Accepted | MessageState::Delivered | MessageState::Bundled => Self::Out(m.at),
                MessageState::Pending if m.not_before > now => Self::Waits(m.not_before),
                MessageState::Pending | MessageState::Sending => Self::Now,
                MessageState::Unknown => Self::Unsure,
                MessageState::Failed => Self::Failed,
                MessageState::Cancelled => Self::Cancelled,
            };
            out = Some(match (out, one) {
                (Some(Self::Out(a)), Self::Out(b)) => Self::Out(a.min(b)),
                (Some(Self::Waits(a)), Self::Waits(b)) => Self::Waits(a.min(b)),
                (Some(known), one) if known.strength() >= one.strength() => known,
                (Some(_) | None, one) => one,
            });
        }
        out
    }

    fn strength(self) -> u8 {
        match self {
            Self::Out(_) => 5,
            Self::Now => 4,
            Self::Waits(_) => 3,
            Self::Unsure => 2,
            Self::Failed => 1,
            Self::Cancelled => 0,
        }
    }
}

/// What one attempt came to, by what has to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took it, perhaps under an id of its own.
    Accepted {
        /// The provider's id, by which receipts are matched.
        provider_id: Option<String>,
    },
    /// Could not be reached, or asked to wait: try again here.
    Retry(String),
    /// This provider cannot do it now (limited, out of service, out of money): another one at once.
    Elsewhere(String),
    /// This address will not work: no further attempt by this channel.
    BadAddress(String),
    /// Our settings at this provider are wrong or refused: another one at once, none here, and the operator must hear of
    /// it.
    Refused(String),
    /// The answer was lost: it may have been sent.
    Ambiguous(String),
}

impl Outcome {
    /// Reads an attempt's row: its word, and what was said.
    #[must_use]
    pub fn from_key(key: &str, said: &str) -> Option<Self> {
        let said = said.to_owned();
        let known = [
            Self::Accepted { provider_id: None },
            Self::Retry(said.clone()),
            Self::Elsewhere(said.clone()),
            Self::BadAddress(said.clone()),
            Self::Refused(said.clone()),
            Self::Ambiguous(said),
        ];
        known.into_iter().find(|o| o.key() == key)
    }

    /// A word for logs, metrics and the attempt's row.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Retry(_) => "retry",
            Self::Elsewhere(_) => "elsewhere",
            Self::BadAddress(_) => "bad_address",
            Self::Refused(_) => "refused",
            Self::Ambiguous(_) => "ambiguous",
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::{MessageState, Sending, Standing};

    #[test]
    fn nobody_is_said_to_be_told_before_something_has_gone_out() {
        let now = DateTime::UNIX_EPOCH;
        let (soon, later) = (now + TimeDelta::minutes(1), now + TimeDelta::hours(9));
        let of = |states: &[(MessageState, _)]| {
            let all: Vec<_> = states
                .iter()
                .map(|(state, not_before)| Standing { state: *state, not_before: *not_before, at: now })
                .collect();
            Sending::of(&all, now)
        };
        assert_eq!(of(&[]), None);
        let (pending, failed) = (MessageState::Pending, MessageState::Failed);
        assert_eq!(of(&[(pending, later), (pending, soon), (failed, now)]), Some(Sending::Waits(soon)));
        assert_eq!(of(&[(pending, now), (pending, later)]), Some(Sending::Now));
        assert_eq!(of(&[(pending, later), (MessageState::Accepted, now)]), Some(Sending::Out(now)));
        assert_eq!(of(&[(failed, now), (MessageState::Cancelled, now)]), Some(Sending::Failed));
        assert_eq!(of(&[(failed, now), (MessageState::Unknown, now)]), Some(Sending::Unsure));
    }
}

//! What becomes of a message.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

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
            Self::Accepted => lang.pick("运营方已接收", "taken by the provider"),
            Self::Delivered => lang.pick("已送达", "delivered"),
            Self::Failed => lang.pick("未能送达", "could not be delivered"),
            Self::Unknown => lang.pick("结果不明", "outcome unknown"),
            Self::Cancelled => lang.pick("已取消", "cancelled"),
            Self::Bundled => lang.pick("已合并", "bundled"),
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

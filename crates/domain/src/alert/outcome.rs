//! How an alert ended.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 风险解除: the risk is over.
    Resolved,
    /// 转入日常关注: no response is needed any more, and somebody keeps an eye on it.
    OngoingCare,
    /// 经核实，暂不需响应: never counted against the child.
    FalseAlarm,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Resolved, Self::OngoingCare, Self::FalseAlarm];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::OngoingCare => "ongoing_care",
            Self::FalseAlarm => "false_alarm",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Resolved => lang.pick("风险解除", "risk resolved"),
            Self::OngoingCare => lang.pick("转入日常关注", "ongoing care"),
            Self::FalseAlarm => lang.pick("经核实，暂不需响应", "verified, no response needed"),
        }
    }
}

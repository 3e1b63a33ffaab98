//! What is done about a leave, one step after another. A step is never changed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::lang::Lang;
use crate::time::Timestamp;

/// Declares closed lists of words with their names on screens.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $one:ident = $key:literal, $zh:literal, $en:literal;)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $one,)+ }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$one,)+];

            /// The word of the contract.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$one => $key,)+ }
            }

            /// Reads the word of the contract.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.key() == key)
            }

            /// Its name on screens.
            #[must_use]
            pub fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$one => lang.pick($zh, $en),)+ }
            }
        }
    )+};
}

words! {
    /// What kind of step.
    StepKind {
        /// Somebody kept in touch.
        Contact = "contact", "联系", "contact";
        /// The return was applied for.
        Return = "return", "申请复学", "return applied for";
        /// The papers were looked at.
        Review = "review", "审核材料", "papers looked at";
        /// The child was assessed.
        Assessment = "assessment", "复学评估", "assessment";
        /// A decision was proposed.
        Decision = "decision", "提出决定", "decision proposed";
        /// The decision was signed, or not.
        Sign = "sign", "签字", "signature";
        /// A stage was confirmed, prolonged, or stepped back from.
        Stage = "stage", "阶段确认", "stage";
        /// The family appealed.
        Appeal = "appeal", "申诉", "appeal";
        /// The appeal was decided.
        Answer = "answer", "申诉决定", "decision on the appeal";
    }
    /// What the counsellor advises.
    Advice {
        /// To come back.
        Return = "return", "可以复学", "can come back";
        /// To wait.
        Postpone = "postpone", "建议暂缓", "better wait";
        /// Not to come back now.
        Refuse = "refuse", "目前不宜复学", "not now";
    }
    /// What is decided.
    Verdict {
        /// The child comes back, by stages.
        Granted = "granted", "同意复学", "granted";
        /// Not before a day.
        Postponed = "postponed", "暂缓复学", "postponed";
        /// Not on this application.
        Refused = "refused", "不同意复学", "refused";
    }
    /// What becomes of a stage.
    StageHow {
        /// It went well: the next one begins.
        Confirmed = "confirmed", "顺利，进入下一阶段", "went well: the next one begins";
        /// It lasts longer.
        Prolonged = "prolonged", "延长本阶段", "lasts longer";
        /// Back to the stage before; from the first one, back on leave.
        SteppedBack = "stepped_back", "退回上一阶段", "back to the stage before";
    }
}

/// A paper that a return demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which, by its code in the policy.
    pub code: String,
    /// Whether it is there.
    pub present: bool,
}

/// A stage of a return, as it is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagePlan {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Hours at school each day.
    pub hours_per_day: u32,
    /// Who accompanies the child.
    pub with_whom: String,
    /// What is watched.
    pub watch: String,
    /// Who says how it went.
    pub owner: PersonId,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Step {
    /// Somebody kept in touch.
    Contact {
        /// When.
        at: Timestamp,
        /// Whether anybody was reached.
        reached: bool,
        /// What was heard.
        text: String,
    },
    /// The return was applied for.
    Return {
        /// By whom of the family.
        applied_by: String,
        /// From which day on.
        from: NaiveDate,
        /// Who looks at the papers.
        reviewer: PersonId,
        /// What is to be added.
        note: Option<String>,
    },
    /// The papers were looked at.
    Review {
        /// Each one.
        papers: Vec<Paper>,
        /// Who assesses the child, where nothing is missing.
        assessor: Option<PersonId>,
        /// What is to be added.
        note: Option<String>,
    },
    /// The child was assessed.
    Assessment {
        /// What was found.
        text: String,
        /// Whether means were asked about.
        means_asked: bool,
        /// What is advised.
        advice: Advice,
    },
    /// A decision was proposed.
    Decision {
        /// Which.
        verdict: Verdict,
        /// Why.
        reason: String,
        /// Until when it is postponed.
        until: Option<NaiveDate>,
        /// The stages of the return.
        stages: Vec<StagePlan>,
        /// Who is to sign.
        signer: PersonId,
    },
    /// The decision was signed, or not.
    Sign {
        /// Whether it was.
        agrees: bool,
        /// What is to be added.
        note: Option<String>,
    },
    /// What became of a stage.
    Stage {
        /// Which, the first being 1.
        stage: u32,
        /// What.
        how: StageHow,
        /// What was seen.
        text: String,
        /// Until when the stage lasts that comes now.
        until: Option<NaiveDate>,
    },
    /// The family appealed.
    Appeal {
        /// Who of the family.
        appealed_by: String,
        /// Why.
        text: String,
        /// Who decides.
        decider: PersonId,
    },
    /// The appeal was decided.
    Answer {
        /// Whether the child comes back after all.
        grants: bool,
        /// Why.
        reason: String,
        /// The stages of the return.
        stages: Vec<StagePlan>,
    },
}

impl Step {
    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Contact { .. } => StepKind::Contact,
            Self::Return { .. } => StepKind::Return,
            Self::Review { .. } => StepKind::Review,
            Self::Assessment { .. } => StepKind::Assessment,
            Self::Decision { .. } => StepKind::Decision,
            Self::Sign { .. } => StepKind::Sign,
            Self::Stage { .. } => StepKind::Stage,
            Self::Appeal { .. } => StepKind::Appeal,
            Self::Answer { .. } => StepKind::Answer,
        }
    }
}

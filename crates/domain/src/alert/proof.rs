//! Kinds of evidence that a close can rest on.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Somebody saw the student himself.
    StudentSeen,
    /// The guardian was reached.
    GuardianReached,
    /// Telling home would make the child less safe: it was decided not to.
    GuardianWithheld,
    /// The student was asked about access to means. The record says so.
    MeansAsked,
    /// A plan is in place.
    PlanInPlace,
    /// Clear assessments on different days since the last new facts. The record says so.
    ClearReviews,
    /// Somebody talked with the student.
    TalkedWith,
    /// Nobody reported anything for so many days. The record says so.
    QuietDays,
}

impl Proof {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::StudentSeen,
        Self::GuardianReached,
        Self::GuardianWithheld,
        Self::MeansAsked,
        Self::PlanInPlace,
        Self::ClearReviews,
        Self::TalkedWith,
        Self::QuietDays,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::StudentSeen => "student_seen",
            Self::GuardianReached => "guardian_reached",
            Self::GuardianWithheld => "guardian_withheld",
            Self::MeansAsked => "means_asked",
            Self::PlanInPlace => "plan_in_place",
            Self::ClearReviews => "clear_reviews",
            Self::TalkedWith => "talked_with",
            Self::QuietDays => "quiet_days",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::StudentSeen => lang.pick("见过学生本人", "the student was seen"),
            Self::GuardianReached => lang.pick("已联系上家长", "the guardian was reached"),
            Self::GuardianWithheld => lang.pick(
                "已决定暂不联系家长（联系会使孩子更不安全）",
                "it was decided not to tell home, for the child's safety",
            ),
            Self::MeansAsked => lang.pick("问过身边有没有能伤害自己的东西", "access to means was asked about"),
            Self::PlanInPlace => lang.pick("帮扶方案已落实", "a plan is in place"),
            Self::ClearReviews => lang.pick("不同日期的研判均平稳", "clear assessments on different days"),
            Self::TalkedWith => lang.pick("与学生谈过", "somebody talked with the student"),
            Self::QuietDays => lang.pick("一段时间内没有新的情况", "nothing new for a while"),
        }
    }

    /// Whether the record alone shows it: saying so is not enough.
    #[must_use]
    pub fn is_from_record(self) -> bool {
        match self {
            Self::MeansAsked | Self::ClearReviews | Self::QuietDays => true,
            Self::StudentSeen
            | Self::GuardianReached
            | Self::GuardianWithheld
            | Self::PlanInPlace
            | Self::TalkedWith => false,
        }
    }
}

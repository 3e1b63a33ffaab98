//! Closing 结案: a signed decision that rests on evidence. What is missing is named, all of it at once.

use serde::{Deserialize, Serialize};

use super::decision::{CUSTODY_CHARS, reason_text};
use crate::fault::{Fault, Faults};
use crate::id::ObservationId;
use crate::lang::Lang;
use crate::level::Level;
use crate::policy::{ClosingRules, LevelClosing};

/// So many items of evidence are read: more than there are kinds of it.
pub const MOST_EVIDENCE: usize = 40;

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

/// What the record of an alert shows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnRecord {
    /// Somebody assessed it in this turn.
    pub assessed: bool,
    /// Somebody is recorded as being with the child, or has confirmed the whereabouts.
    pub custody: bool,
    /// Means were asked about since the last new facts.
    pub means_asked: bool,
    /// On so many days it was assessed and not raised, since the last new facts.
    pub clear_days: u32,
    /// For so many days nobody has reported anything.
    pub quiet_days: u32,
}

impl OnRecord {
    /// Whether the record shows it.
    #[must_use]
    pub fn shows(&self, proof: Proof, rules: &ClosingRules) -> bool {
        match proof {
            Proof::MeansAsked => self.means_asked,
            Proof::ClearReviews => self.clear_days >= rules.clear_reviews,
            Proof::QuietDays => self.quiet_days >= rules.quiet_days,
            Proof::StudentSeen
            | Proof::GuardianReached
            | Proof::GuardianWithheld
            | Proof::PlanInPlace
            | Proof::TalkedWith => false,
        }
    }
}

/// One item of evidence, as somebody stated it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What.
    pub proof: Proof,
    /// Who did it: name and office.
    pub by: Option<String>,
    /// An observation that supports it.
    pub observation: Option<ObservationId>,
}

/// One item of evidence, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedDraft {
    /// What.
    pub code: String,
    /// Who did it.
    pub by: Option<String>,
    /// An observation.
    pub observation: Option<String>,
}

/// A closing, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// How it ended.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// What was stated.
    pub evidence: Vec<Stated>,
}

impl Closing {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(outcome: &str, reason: &str, evidence: &[StatedDraft]) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let found = Outcome::from_key(outcome.trim());
        faults.when(found.is_none(), || bad_outcome(outcome.trim()));
        let reason = reason_text(reason, &mut faults);
        faults.when(evidence.len() > MOST_EVIDENCE, || {
            Fault::new("evidence", "too_many", "依据太多了", "too many items of evidence")
        });
        let mut stated: Vec<Stated> = Vec::new();
        for (index, item) in evidence.iter().take(MOST_EVIDENCE).enumerate() {
            let read = item.read(index, &mut faults);
            stated.extend(read.filter(|new| !stated.iter().any(|s| s.proof == new.proof)));
        }
        let Some(outcome) = found else { return Err(faults.into_vec()) };
        faults.or(Self { outcome, reason, evidence: stated })
    }

    /// Whether an alert of this level may be closed so.
    ///
    /// # Errors
    /// Everything that is missing, in words.
    pub fn beside(&self, level: Level, rules: &ClosingRules, record: &OnRecord) -> Result<(), Vec<Fault>> {
        let mut faults = Faults::new();
        if self.outcome == Outcome::FalseAlarm {
            let seen = self.evidence.iter().find(|s| s.proof == Proof::StudentSeen);
            faults.when(seen.and_then(|s| s.by.as_ref()).is_none(), who_saw_him);
            return faults.or(());
        }
        faults.when(!record.assessed, || {
            Fault::new(
                "assessment",
                "not_assessed",
                "还没有人研判过，不能结案；请先研判",
                "Nobody has assessed it: an alert is assessed before it is closed",
            )
        });
        faults.when(level == Level::Red && !record.custody, || {
            Fault::new(
                "custody",
                "no_custody",
                "还没有登记谁在孩子身边，红色不能结案；请先登记陪护的大人",
                "A red cannot be closed while no adult is recorded as being with the child: record who is there first",
            )
        });
        for one_of in &rules.of(level).needs {
            faults.when(!one_of.iter().any(|p| self.has(*p, rules, record)), || missing(one_of, rules, record));
        }
        faults.or(())
    }

    fn has(&self, proof: Proof, rules: &ClosingRules, record: &OnRecord) -> bool {
        if proof.is_from_record() { record.shows(proof, rules) } else { self.evidence.iter().any(|s| s.proof == proof) }
    }
}

impl StatedDraft {
    fn read(&self, index: usize, faults: &mut Faults) -> Option<Stated> {
        let at = |name: &str| format!("evidence[{index}].{name}");
        let proof = Proof::from_key(self.code.trim());
        faults.when(proof.is_none(), || {
            let known = Proof::ALL.map(Proof::key).join(" ");
            Fault::new(at("code"), "unknown_code", format!("没有这种依据；可以是 {known}"), format!("one of {known}"))
        });
        let by = self.by.as_deref().map(|by| crate::text::line(by, &at("by"), faults)).filter(|by| !by.is_empty());
        faults.when(by.as_ref().is_some_and(|by| by.chars().count() > CUSTODY_CHARS), || {
            let (zh, en) = (format!("最多 {CUSTODY_CHARS} 个字"), format!("at most {CUSTODY_CHARS} characters"));
            Fault::new(at("by"), "too_long", zh, en)
        });
        let typed = self.observation.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let observation = typed.and_then(|t| t.parse().ok());
        faults.when(typed.is_some() && observation.is_none(), || unknown_observation(index));
        Some(Stated { proof: proof?, by, observation })
    }
}

/// An observation that is not about this student, as far as the reader may know.
#[must_use]
pub fn unknown_observation(index: usize) -> Fault {
    Fault::new(
        format!("evidence[{index}].observation"),
        "unknown_observation",
        "没有找到这条观察记录",
        "there is no such observation of this student",
    )
}

fn bad_outcome(typed: &str) -> Fault {
    if typed == "transferred" {
        return Fault::new(
            "outcome",
            "is_a_hand_over",
            "转学或毕业不是结案，请改用转交",
            "A transfer or a graduation is a hand-over, not a close",
        );
    }
    let code = if typed.is_empty() { "required" } else { "unknown_outcome" };
    Fault::new("outcome", code, "请选择结案结果", "Choose how it ended: resolved, ongoing_care or false_alarm")
}

fn who_saw_him() -> Fault {
    Fault::new(
        field(Proof::StudentSeen),
        "evidence_missing",
        "请写明谁见过学生本人（姓名和职务）",
        "Say who saw the student, by name and office",
    )
}

fn field(proof: Proof) -> String {
    format!("evidence.{}", proof.key())
}

fn missing(one_of: &[Proof], rules: &ClosingRules, record: &OnRecord) -> Fault {
    let names = |lang: Lang| one_of.iter().map(|p| rules.name(*p, lang)).collect::<Vec<_>>();
    let (mut zh, mut en) =
        (format!("缺少：{}", names(Lang::Zh).join("，或")), format!("Missing: {}", names(Lang::En).join(", or ")));
    if one_of.contains(&Proof::ClearReviews) {
        zh.push_str(&format!("（目前 {} 天；须有研判记录）", record.clear_days));
        en.push_str(&format!(" (so far {}; the record has to show it)", record.clear_days));
    }
    Fault::new(one_of.first().map(|p| field(*p)).unwrap_or_default(), "evidence_missing", zh, en)
}

impl LevelClosing {
    /// Whether a kind of evidence counts for anything at this level.
    #[must_use]
    pub fn asks_for(&self, proof: Proof) -> bool {
        self.needs.iter().any(|one_of| one_of.contains(&proof))
    }
}

#[cfg(test)]
#[path = "closing_tests.rs"]
mod tests;

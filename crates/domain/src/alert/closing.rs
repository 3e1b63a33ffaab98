//! Closing 结案: a signed decision that rests on evidence. What is missing is named, all of it at once.

use serde::{Deserialize, Serialize};

use super::decision::{CUSTODY_CHARS, reason_text};
use super::{OnRecord, Outcome, Proof};
use crate::fault::{Fault, Faults};
use crate::id::ObservationId;
use crate::lang::Lang;
use crate::level::Level;
use crate::policy::ClosingRules;

/// So many items of evidence are read: more than there are kinds of it.
pub const MOST_EVIDENCE: usize = 40;

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

#[cfg(test)]
#[path = "closing_tests.rs"]
mod tests;

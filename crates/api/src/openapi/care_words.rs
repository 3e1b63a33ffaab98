//! The words of the fields that tell of care for a child: peers, leave, what the law demands, notices, hand-overs.

use domain::affected::Touched;
use domain::alert::Proof;
use domain::care::{Relation, Said};
use domain::guardian_notice::NoticeStep;
use domain::leave::{Advice, LeaveReason, LeaveState, StageHow, StepKind, Verdict};
use domain::mandatory::{Recipient, Suspected};
use domain::sample::{DecisionKind, Finding};
use domain::screening::{Follow, Validity};
use domain::student_hand_over::{MatterKind, MoveKind, MoveState};

/// The words of a field of a schema; nothing where any text may stand.
pub(super) fn of(schema: &str, field: &str) -> Option<Vec<&'static str>> {
    Some(match (schema, field) {
        ("PeerBody" | "PeerShape", "why") => Touched::ALL.map(Touched::key).to_vec(),
        ("PeerShape", "state") => vec!["waiting", "overdue", "looked_in", "done"],
        ("AwayBody" | "AwayShape", "reason") => LeaveReason::ALL.map(LeaveReason::key).to_vec(),
        ("AwayShape", "state") => LeaveState::ALL.map(LeaveState::key).to_vec(),
        ("AwayStepShape", "kind") => StepKind::ALL.iter().map(|k| k.key()).collect(),
        ("AwayStageShape", "state") => vec!["planned", "running", "confirmed"],
        ("AwayAssessmentBody", "advice") => Advice::ALL.iter().map(|k| k.key()).collect(),
        ("AwayDecisionBody", "verdict") => Verdict::ALL.iter().map(|k| k.key()).collect(),
        ("AwayStageBody", "how") => StageHow::ALL.iter().map(|k| k.key()).collect(),
        ("MandatoryBody" | "MandatoryShape", "suspected") => Suspected::ALL.iter().map(|w| w.key()).collect(),
        ("MandatoryBody" | "MandatoryShape", "danger_now") => Said::ALL.iter().map(|w| w.key()).collect(),
        ("RecipientBody" | "ToldShape", "recipient") => Recipient::ALL.iter().map(|w| w.key()).collect(),
        ("NoticeBody" | "NoticeShape", "relation") => Relation::ALL.iter().map(|w| w.key()).collect(),
        ("NoticeStepShape", "step") => NoticeStep::ALL.iter().map(|w| w.key()).collect(),
        ("NoticeShape", "state") => vec!["issued", "signed", "refused", "returned"],
        ("StudentHandOverShape" | "StudentHandOverBody", "kind") => MoveKind::ALL.map(MoveKind::key).to_vec(),
        ("StudentHandOverShape", "state") => MoveState::ALL.map(MoveState::key).to_vec(),
        ("ScreeningBody", "validity") => Validity::ALL.iter().map(|w| w.key()).collect(),
        ("ScreeningKept", "follow") => Follow::ALL.map(Follow::key).to_vec(),
        ("FindingBody" | "FindingShape", "finding") => Finding::ALL.map(Finding::key).to_vec(),
        ("SampleShape", "kind") => DecisionKind::ALL.map(DecisionKind::key).to_vec(),
        ("SampleProofShape", "code") => Proof::ALL.map(Proof::key).to_vec(),
        ("OpenMatterShape", "kind") => MatterKind::ALL.map(MatterKind::key).to_vec(),
        _ => return None,
    })
}

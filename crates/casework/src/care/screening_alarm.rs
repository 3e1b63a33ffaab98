//! The alert that a screening opens or joins, as a report does. What it says of why is read by whoever stands by the child: that
//! the counsellor asks for it, and not that there was a screening.

use chrono::Months;
use domain::access::Right;
use domain::assessment::{Evidence, Reason, Seen, Suggestion, independent_repeat};
use domain::directory::Circle;
use domain::id::{AlertId, EventId, ObservationId, PersonId, StudentId};
use domain::level::Level;
use domain::observation::{SafeNow, Urgency};
use serde_json::json;
use storage::{StudentRecord, Tx};

use crate::file_observation::{HISTORY_ENTRIES, HISTORY_MONTHS};
use crate::open_or_join::{Facts, bring};
use crate::{CaseError, Desk, Signed};

/// Why an alert is opened or joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// What a child answered.
    Answered,
    /// Nobody has talked with the child in time.
    Unheld,
}

impl Why {
    fn reason(self, version: String) -> Reason {
        let (rule, zh, en) = match self {
            Self::Answered => (
                "counsellor_found",
                "心理老师评估：需要大人陪护，尽快访谈",
                "The counsellor found: an adult stays, a talk soon",
            ),
            Self::Unheld => (
                "interview_unheld",
                "心理老师要求的访谈逾时无人进行",
                "Nobody held a talk that the counsellor asked for",
            ),
        };
        Reason { rule: rule.to_owned(), version, zh: zh.to_owned(), en: en.to_owned(), evidence: Vec::new() }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Answered => "screening",
            Self::Unheld => "unheld",
        }
    }
}

/// Who must not hear of the child's open alert does not hear of this either, where the writer knows of it.
pub(super) async fn circle_beside(desk: &Desk, tx: &Tx, by: &Signed, student: StudentId) -> Result<Circle, CaseError> {
    let read = tx.read()?;
    let Some(open) = read.open_alert_in_scope(&by.scope(desk, Right::SeeAlert), student).await? else {
        return Ok(Circle::default());
    };
    Ok(Circle { audience: open.audience, left_out: read.excluded_from(open.id).await? })
}

/// At which level an answer that opens nothing by itself joins what is open: it raises nothing by its level.
pub(super) async fn joins_at(tx: &Tx, student: StudentId, circle: &Circle) -> Result<Option<Level>, CaseError> {
    let open = tx.read()?.open_alert_of(student, circle).await?;
    Ok(open.map(|a| a.climb.level.min(Level::Yellow)))
}

/// Opens or joins the child's alert at a level.
pub(crate) async fn alarm(
    desk: &Desk,
    tx: &mut Tx,
    (by, why): (PersonId, Why),
    student: &StudentRecord,
    (level, circle, entry): (Level, &Circle, EventId),
) -> Result<AlertId, CaseError> {
    let policy = desk.policy_in_force().await?.1;
    let reason = why.reason(format!("{}/{}", policy.version, desk.instruments.version));
    let beside = evidence(desk, tx, by, student, circle, entry).await?;
    let repeat = why == Why::Answered && independent_repeat(&policy, &desk.catalogue, &beside);
    let facts = Facts {
        student,
        circle,
        by,
        suggestion: Suggestion { level, reasons: vec![reason] },
        repeat,
        joined: json!({ "what": why.key() }),
    };
    let (climbing, _) = bring(desk, tx, facts).await?;
    Ok(climbing.alert.id)
}

/// What others saw of the child lately, with this beside it.
async fn evidence(
    desk: &Desk,
    tx: &Tx,
    by: PersonId,
    student: &StudentRecord,
    circle: &Circle,
    entry: EventId,
) -> Result<Evidence, CaseError> {
    let now = desk.now();
    let since = now.checked_sub_months(Months::new(HISTORY_MONTHS)).unwrap_or(now);
    let history = tx.read()?.history(student.id, since, circle, HISTORY_ENTRIES).await?;
    let seen = Seen { id: ObservationId::new(entry.uuid()), observed_at: now, observer: by, signs: Vec::new() };
    Ok(Evidence {
        seen,
        urgency: Urgency::Notice,
        safe_now: SafeNow::Unknown,
        has_words: true,
        grave: true,
        history,
        alerts: Vec::new(),
        events: Vec::new(),
    })
}

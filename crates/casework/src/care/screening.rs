//! Writing down a screening, and what follows from it: a task with its clock, or an alert on the ordinary way.

use chrono::Months;
use domain::access::Right;
use domain::assessment::{Evidence, Reason, Seen, Suggestion, independent_repeat};
use domain::audit::Act;
use domain::directory::Circle;
use domain::growth_file::EntryKind;
use domain::id::{AlertId, EventId, ObservationId, StudentId};
use domain::observation::{SafeNow, Urgency};
use domain::screening::{Beside, CriticalItem, Follow, Screening, ScreeningDraft, Terms};
use domain::task::TaskKind;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use storage::{StudentRecord, Tx};

use super::{next_time, write_down};
use crate::file_observation::{HISTORY_ENTRIES, HISTORY_MONTHS};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::open_or_join::{Facts, bring};
use crate::task::{Wanted, cared_for, give_by_service};
use crate::watch::wall;
use crate::{CaseError, Desk, Signed};

/// What came of a screening that was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreeningDone {
    /// The entry in the file.
    pub id: EventId,
    /// What follows, by its word.
    pub follow: String,
    /// By when the interview is to be held.
    pub due_at: Option<Timestamp>,
    /// The alert that it opened or joined.
    pub alert: Option<AlertId>,
}

/// Writes down a screening, and does what follows from it. The clocks run from now, however long ago it was answered.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`].
pub async fn record_screening(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &ScreeningDraft,
    key: Option<&IdempotencyKey>,
) -> Result<ScreeningDone, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::Counsel).await?;
    if let Some(done) = answered(&mut tx, by, key).await? {
        return Ok(done);
    }
    let now = desk.now();
    let beside = Beside { instruments: &desk.instruments, stage: student.class.grade.stage, now };
    let sitting = Screening::validate(draft, beside)?;
    tx.alone_with_student(student.id).await?;
    let follow = sitting.follow();
    let due_at = follow.due(now, Terms::of(&desk.policy_in_force().await?.1), &desk.calendar);
    let body = body(desk, &sitting, follow, due_at);
    let id = write_down(desk, &mut tx, by, &student, (EntryKind::Screening, sitting.at), &body).await?;
    let item = sitting.instrument.critical.as_ref().filter(|_| follow == Follow::AtOnce);
    let alert = match item {
        Some(item) => Some(alarm(desk, &mut tx, by, &student, (item, id)).await?),
        None => None,
    };
    if let Some(due_at) = due_at {
        let wanted = interview(by, (id, alert), follow, due_at);
        give_by_service(desk, &mut tx, &student, wanted).await?;
    }
    next_time(desk, &mut tx, &student, by.person(), ("约定的下次筛查", true), sitting.next_at).await?;
    tx.audit(&[by.audit(desk, Act::RecordScreening, Some(student.id), Some(id.to_string()))]).await?;
    let done = ScreeningDone { id, follow: follow.key().to_owned(), due_at, alert };
    remember(&mut tx, by, key, &done, desk.real_now()).await?;
    tx.commit().await?;
    Ok(done)
}

/// What stands in the file. Names and ranges stand there as they were, whatever the file of instruments says later.
fn body(desk: &Desk, s: &Screening, follow: Follow, due_at: Option<Timestamp>) -> Value {
    let item = s.instrument.critical.as_ref();
    json!({
        "what": "taken", "instrument": s.instrument.code, "zh": s.instrument.zh, "en": s.instrument.en,
        "version": s.version, "total": s.total, "least": s.instrument.least, "most": s.instrument.most,
        "critical": s.critical, "item": item.map(|c| c.item), "item_most": item.map(|c| c.most),
        "validity": s.validity.key(), "reading": s.reading, "follow": follow.key(),
        "due": due_at.map(|at| wall(desk, at)), "next": s.next_at.map(|at| wall(desk, at)),
    })
}

/// The interview is whoever's who wrote it down. Its text tells no score, and is read by those alone who read restricted text.
fn interview(by: &Signed, (entry, alert): (EventId, Option<AlertId>), follow: Follow, due_at: Timestamp) -> Wanted {
    let text = match follow {
        Follow::Nothing | Follow::Queue => "筛查后访谈：请在期限内与学生面谈。",
        Follow::NextSchoolDay => "筛查关键条目：请在下一个上课日放学前与学生面谈。",
        Follow::Today => "筛查关键条目：请在学生今天离校前面谈；已经放学的，现在就联系。",
        Follow::AtOnce => "筛查关键条目：请大人留在学生身边，立即访谈。访谈后或无人能访谈时按红色上报。",
    };
    Wanted {
        alert,
        record: Some(entry.uuid()),
        kind: if follow > Follow::Queue { TaskKind::PromptInterview } else { TaskKind::Interview },
        text: format!("{text}写好访谈记录后本任务自动办结。"),
        restricted: true,
        owner: by.person(),
        from: Some(by.person()),
        due_at,
    }
}

/// Opens or joins the child's alert, as a report does. The reason says that a critical item was answered, and no score.
async fn alarm(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: &StudentRecord,
    (item, entry): (&CriticalItem, EventId),
) -> Result<AlertId, CaseError> {
    let (policy, circle) = (desk.policy_in_force().await?.1, Circle::default());
    let reason = Reason {
        rule: "screening_critical".to_owned(),
        version: format!("{}/{}", policy.version, desk.instruments.version),
        zh: "筛查关键条目".to_owned(),
        en: "A critical item of a screening".to_owned(),
        evidence: Vec::new(),
    };
    let repeat = independent_repeat(&policy, &desk.catalogue, &evidence(desk, tx, by, student, &circle, entry).await?);
    let facts = Facts {
        student,
        circle: &circle,
        by: by.person(),
        suggestion: Suggestion { level: item.level, reasons: vec![reason] },
        repeat,
        joined: json!({ "what": "screening" }),
    };
    let (climbing, _) = bring(desk, tx, facts).await?;
    Ok(climbing.alert.id)
}

/// What others saw of the child lately, with this beside it.
async fn evidence(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    student: &StudentRecord,
    circle: &Circle,
    entry: EventId,
) -> Result<Evidence, CaseError> {
    let now = desk.now();
    let since = now.checked_sub_months(Months::new(HISTORY_MONTHS)).unwrap_or(now);
    let history = tx.read()?.history(student.id, since, circle, HISTORY_ENTRIES).await?;
    let seen =
        Seen { id: ObservationId::new(entry.uuid()), observed_at: now, observer: by.person(), signs: Vec::new() };
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

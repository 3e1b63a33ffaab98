//! What a talk says of danger is reported by whoever had it: a note in a file wakes nobody.

use domain::access::Right;
use domain::care::{Interview, Said};
use domain::escalation::ClimbState;
use domain::id::{EventId, StudentId};
use domain::level::Level;
use domain::observation::{Filing, Urgency};
use domain::task::{TaskKind, TaskState};
use domain::time::minutes;
use storage::{StudentRecord, Tx};

use crate::task::{Wanted, give_by_service};
use crate::{CaseError, Desk, Signed};

const ASKED: &str =
    "谈话中孩子说到不想活，或现在不安全：请立即报一条观察。报出后本任务自动办结；逾期未报会告诉上一级。";

/// Asks whoever wrote a talk down to report it within minutes, unless the child was reported as gravely since, or he is the
/// one who has the child's red in hand and says that it is safe. Says whether it is owed.
pub(super) async fn ask_for_report(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: &StudentRecord,
    (talk, entry): (&Interview, EventId),
) -> Result<bool, CaseError> {
    if talk.safe_now == Said::Yes && has_its_red(desk, tx, by, student.id).await? {
        return Ok(false);
    }
    let since = tx.read()?.reported_since(&[student.id], talk.at, Some(by.person())).await?;
    if since.iter().any(|r| r.signs.iter().any(|sign| is_grave(desk, sign))) {
        return Ok(false);
    }
    let within = desk.policy_in_force().await?.1.tasks.danger_reported_minutes;
    let wanted = Wanted {
        alert: None,
        record: Some(entry.uuid()),
        kind: TaskKind::ReportDanger,
        text: ASKED.to_owned(),
        restricted: true,
        owner: by.person(),
        from: Some(by.person()),
        due_at: desk.now() + minutes(within),
    };
    give_by_service(desk, tx, student, wanted).await.map(|_| true)
}

/// Whether he has a red of the child in hand, with somebody at the child's side. Reported anew it would be thrown open, and the
/// ladder would hear from him what he is dealing with.
async fn has_its_red(desk: &Desk, tx: &Tx, by: &Signed, student: StudentId) -> Result<bool, CaseError> {
    let found = tx.read()?.open_alert_in_scope(&by.scope(desk, Right::SeeAlert), student).await?;
    Ok(found.is_some_and(|a| {
        let held = matches!(a.climb.state, ClimbState::Acked { .. } | ClimbState::Settled { .. }) && a.climb.custody;
        a.climb.level == Level::Red && held && a.owner == Some(by.person())
    }))
}

/// Ends what somebody owes of a talk with a child whom he reports now. What is harmless takes nothing away.
pub(crate) async fn danger_reported(
    desk: &Desk,
    tx: &mut Tx,
    by: &Signed,
    student: StudentId,
    filing: &Filing,
) -> Result<(), CaseError> {
    if filing.urgency != Urgency::Danger && !filing.signs.iter().any(|sign| is_grave(desk, sign)) {
        return Ok(());
    }
    let owed = tx.read()?.open_tasks_of(by.person()).await?;
    let of_it = |t: &&storage::TaskRecord| t.kind == TaskKind::ReportDanger && t.about.student_id() == Some(student);
    for task in owed.iter().filter(of_it) {
        tx.end_task(task.id, TaskState::Done, Some(by.person()), None, desk.now()).await?;
    }
    Ok(())
}

fn is_grave(desk: &Desk, sign: &str) -> bool {
    desk.catalogue.get(sign).and_then(|s| s.level).is_some_and(|level| level >= Level::Orange)
}

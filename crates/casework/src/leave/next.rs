//! What comes next, and whose task it is.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::id::PersonId;
use domain::leave::{Course, LeaveState, Stage, Step, Verdict};
use domain::task::{TaskKind, TaskState};
use domain::time::Timestamp;
use storage::{LeaveRecord, StudentRecord, TaskRecord, Tx};

use crate::task::{Wanted, give_by_service};
use crate::{CaseError, Desk};

/// At this hour of a day something is due that has a day alone.
const HOUR: u32 = 16;

/// Ends the tasks that a step has answered, and gives the next.
pub(super) async fn go_on(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    leave: &LeaveRecord,
    by: PersonId,
    step: &Step,
) -> Result<(), CaseError> {
    let course = leave.course();
    if let Step::Contact { at, reached, .. } = step {
        // Whoever was not reached is still owed: the task stays, and climbs.
        if *reached {
            let owner = end(desk, tx, leave, TaskKind::LeaveContact, Some(by)).await?;
            ask_for_contact(desk, tx, student, leave, owner, *at).await?;
        }
        return Ok(());
    }
    end(desk, tx, leave, TaskKind::LeaveReturn, Some(by)).await?;
    if course.state == LeaveState::Returning {
        end(desk, tx, leave, TaskKind::LeaveContact, Some(by)).await?;
    }
    if let Some((owner, text, due, restricted)) = next(desk, &course, by, step).await? {
        let wanted = Wanted {
            alert: None,
            record: Some(leave.id.uuid()),
            kind: TaskKind::LeaveReturn,
            text,
            restricted,
            owner,
            from: Some(by),
            due_at: due.max(desk.now() + chrono::TimeDelta::minutes(1)),
        };
        give_by_service(desk, tx, student, wanted).await?;
    }
    let back_on_leave = matches!(step, Step::Stage { .. }) && course.state == LeaveState::Away;
    if back_on_leave {
        ask_for_contact(desk, tx, student, leave, None, desk.now()).await?;
    }
    Ok(())
}

type Next = Option<(PersonId, String, Timestamp, bool)>;

async fn next(desk: &Desk, course: &Course, by: PersonId, step: &Step) -> Result<Next, CaseError> {
    let policy = desk.policy_in_force().await?.1;
    let (terms, now) = (&policy.leave, desk.now());
    let within = |owner: PersonId, text: &str, span: domain::policy::Span| {
        Some((owner, text.to_owned(), span.after(now, &desk.calendar), true))
    };
    Ok(match step {
        Step::Contact { .. } => None,
        Step::Return { reviewer, .. } => within(*reviewer, "复学申请：审核材料", terms.review_within),
        Step::Review { assessor: Some(assessor), .. } => within(*assessor, "复学申请：评估", terms.assess_within),
        Step::Review { assessor: None, .. } => {
            within(course.applied.unwrap_or(by), "复学申请：补齐材料后重新申请", terms.review_within)
        }
        Step::Assessment { .. } => within(by, "复学申请：提出决定", terms.decide_within),
        Step::Decision { signer, .. } => within(*signer, "复学决定：签字", terms.sign_within),
        Step::Sign { agrees: false, .. } => {
            let proposer = course.proposed.as_ref().map_or(by, |(p, _, _, _)| *p);
            within(proposer, "复学决定被退回：重新提出", terms.decide_within)
        }
        Step::Sign { agrees: true, .. } => match &course.proposed {
            Some((proposer, Verdict::Postponed, Some(until), _)) => {
                Some((*proposer, "暂缓复学到期：商量重新申请".to_owned(), on(desk, *until), true))
            }
            Some((_, Verdict::Granted | Verdict::Postponed | Verdict::Refused, _, _)) | None => stage(desk, course),
        },
        Step::Stage { .. } | Step::Answer { .. } => stage(desk, course),
        Step::Appeal { decider, .. } => within(*decider, "复学申诉：作出决定", terms.appeal_within),
    })
}

/// The stage that runs is asked for on its last day.
fn stage(desk: &Desk, course: &Course) -> Next {
    let (index, Stage { plan, until, .. }) = course.running()?;
    let text = format!("复学第 {} 阶段：确认、延长或退回", index.saturating_add(1));
    Some((plan.owner, text, on(desk, *until), false))
}

fn on(desk: &Desk, day: NaiveDate) -> Timestamp {
    desk.calendar.instant(day, NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default())
}

/// Somebody is to keep in touch: whoever had that task last, or who was named for it.
pub(super) async fn ask_for_contact(
    desk: &Desk,
    tx: &mut Tx,
    student: &StudentRecord,
    leave: &LeaveRecord,
    owner: Option<PersonId>,
    last: Timestamp,
) -> Result<(), CaseError> {
    let from = desk.calendar.date(last).max(leave.absence.from);
    let day = from.checked_add_days(Days::new(u64::from(leave.absence.every_days))).unwrap_or(from);
    let wanted = Wanted {
        alert: None,
        record: Some(leave.id.uuid()),
        kind: TaskKind::LeaveContact,
        // The child alone: whether home may be told is asked where a call to a guardian is written down.
        text: "休学期间：联系学生".to_owned(),
        restricted: false,
        owner: owner.unwrap_or(leave.absence.keeper),
        // The next one of the same person is no news to him.
        from: owner,
        due_at: on(desk, day).max(desk.now() + chrono::TimeDelta::minutes(1)),
    };
    give_by_service(desk, tx, student, wanted).await.map(|_| ())
}

/// Ends the open tasks of a kind; gives whose the last one was.
async fn end(
    desk: &Desk,
    tx: &mut Tx,
    leave: &LeaveRecord,
    kind: TaskKind,
    by: Option<PersonId>,
) -> Result<Option<PersonId>, CaseError> {
    let open: Vec<TaskRecord> = tx.read()?.open_tasks_about(leave.id.uuid()).await?;
    let mut owner = None;
    for task in open.into_iter().filter(|t| t.kind == kind) {
        tx.end_task(task.id, TaskState::Done, by, None, desk.now()).await?;
        owner = Some(task.owner.0);
    }
    Ok(owner)
}

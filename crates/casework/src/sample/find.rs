//! Writing down what somebody found who looked at a decision: once, and for good.

use domain::audit::Act;
use domain::id::{MessageId, PersonId, SampleId, TaskId};
use domain::notice::NoticeKind;
use domain::sample::Finding;
use domain::task::{TaskKind, TaskState};
use storage::{FindingRecord, SampleRecord, StorageError, TaskMessage, Tx};

use super::look::{SampleView, look_into};
use super::reopen::open_again;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::{Wanted, give_by_service, written_channels};
use crate::{CaseError, Desk, Signed};

/// Writes down what was found: he agrees, has a question to whoever decided, or does not agree, and the alert is open again.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`] for whoever reads it and is not to look, [`CaseError::Invalid`] with every
/// fault, or a conflict when somebody has looked.
pub async fn find_sample(
    desk: &Desk,
    by: &Signed,
    id: SampleId,
    finding: &str,
    words: Option<&str>,
    key: Option<&IdempotencyKey>,
) -> Result<(), CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let seen = look_into(desk, by, &tx.read()?, id).await?;
    if let Some(()) = answered(&mut tx, by, key).await? {
        return Ok(());
    }
    tx.alone_with_student(seen.student.id).await?;
    let seen = look_into(desk, by, &tx.read()?, id).await?;
    if seen.sample.finding.is_some() {
        return Err(CaseError::Conflict("sample_looked_at"));
    }
    let Some(task) = seen.sample.task.filter(|_| seen.looks) else { return Err(CaseError::Forbidden) };
    let (finding, words) = Finding::validate(finding, words)?;
    if !tx.end_task(task, TaskState::Done, Some(by.person()), None, desk.now()).await? {
        return Err(CaseError::Conflict("task_ended"));
    }
    let question = match (finding, &words) {
        (Finding::Question, Some(words)) => Some(ask(desk, &mut tx, by, &seen, words).await?),
        (Finding::Question | Finding::Agrees | Finding::Disagrees, _) => None,
    };
    let record = FindingRecord { finding, words, by: (by.person(), by.name.clone()), at: desk.now(), question };
    match tx.add_sample_finding(id, &record).await {
        Err(StorageError::Exists) => return Err(CaseError::Conflict("sample_looked_at")),
        done => done?,
    }
    let body = serde_json::json!({ "finding": finding.key(), "note": record.words, "sample": id });
    let alert = seen.sample.draw.alert.uuid();
    tx.append_event(alert, "decision_looked_at", Some(by.person()), desk.now(), Some(body.to_string())).await?;
    if finding == Finding::Disagrees {
        open_again(desk, &mut tx, by, &seen.sample.draw).await?;
    }
    tell(desk, &mut tx, &seen.sample, task, question.is_some()).await?;
    tx.audit(&[by.audit(desk, Act::FindSample, Some(seen.student.id), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &(), desk.real_now()).await?;
    Ok(tx.commit().await?)
}

/// His question is a task of whoever decided.
async fn ask(desk: &Desk, tx: &mut Tx, by: &Signed, seen: &SampleView, words: &str) -> Result<TaskId, CaseError> {
    let terms = desk.policy_in_force().await?.1.sampling.clone();
    let wanted = Wanted {
        alert: Some(seen.sample.draw.alert),
        record: Some(seen.sample.draw.id.uuid()),
        kind: TaskKind::DecisionQuestion,
        text: words.to_owned(),
        restricted: true,
        owner: seen.sample.draw.by.0,
        from: Some(by.person()),
        due_at: terms.look_within.after(desk.now(), &desk.calendar),
    };
    give_by_service(desk, tx, &seen.student, wanted).await
}

/// Those who signed hear that somebody has looked; who is asked something hears it by his task.
async fn tell(desk: &Desk, tx: &mut Tx, s: &SampleRecord, task: TaskId, asked: bool) -> Result<(), CaseError> {
    let (now, terms) = (desk.now(), desk.policy_in_force().await?.1.tasks.clone());
    let decider = (!asked).then_some(s.draw.by.0);
    let people: Vec<PersonId> = decider.into_iter().chain(s.draw.second.as_ref().map(|p| p.0)).collect();
    for person in people {
        for channel in written_channels(desk, tx, person).await? {
            let m = TaskMessage {
                task,
                school: s.draw.school,
                person,
                channel,
                kind: NoticeKind::DecisionLookedAt,
                count: 1,
                turn: 0,
                not_before: terms.clamp(now, &desk.calendar),
            };
            tx.put_task_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
        }
    }
    Ok(())
}

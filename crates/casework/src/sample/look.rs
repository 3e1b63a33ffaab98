//! What a decision rested on, for whoever looks at it. Whoever signed it reads what was found, and nothing before that.

use domain::access::Right;
use domain::alert::InFile;
use domain::audit::Act;
use domain::id::{PersonId, SampleId};
use domain::task::{TaskKind, TaskState};
use serde_json::Value;
use storage::{DrawRecord, Read, SampleRecord, StudentRecord, TaskRecord, Tx};

use crate::in_file::in_file;
use crate::task::{can_have, reader};
use crate::{CaseError, Desk, Signed};

/// A decision that was drawn, as one reader sees it.
#[derive(Debug, Clone)]
pub struct SampleView {
    /// The draw, and what was found.
    pub sample: SampleRecord,
    /// About whom.
    pub student: StudentRecord,
    /// What the decision rested on, as it was written down: the reason, and what a close was evidenced by.
    pub rested_on: Value,
    /// What this reader finds in the file of what was stated, as it stood when it was decided.
    pub in_file: InFile,
    /// What whoever decided answered to a question.
    pub answer: Option<String>,
    /// Whether this reader is to write down what he finds.
    pub looks: bool,
}

/// Reads a decision that was drawn. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever neither looks nor oversees, and, before anybody has looked, for whoever signed it.
pub async fn view_sample(desk: &Desk, by: &Signed, id: SampleId) -> Result<SampleView, CaseError> {
    let view = look_into(desk, by, &desk.storage.read(), id).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadSample, Some(view.student.id), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(view)
}

/// What this reader may see. Nothing of it may leave before an audit line has been kept.
pub(super) async fn look_into(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    id: SampleId,
) -> Result<SampleView, CaseError> {
    let sample = read.sample_for_service(id).await?.ok_or(CaseError::NotFound)?;
    let alert = read.alert(&by.scope(desk, Right::SeeAlert), sample.draw.alert).await?.ok_or(CaseError::NotFound)?;
    let student = read.student_for_service(sample.draw.student).await?.ok_or(CaseError::NotFound)?;
    let signed = sample.draw.is_signed_by(by.person());
    let reader = reader(desk, by);
    let task = match sample.task {
        Some(task) => read.task(&reader, task).await?,
        None => None,
    };
    let looks = task.is_some_and(|t| t.state == TaskState::Open && reader.own.contains(&t.owner.0));
    let oversees = by.scope(desk, Right::SeeSamples).covers(&alert.alert.place);
    let may = if signed { sample.finding.is_some() } else { looks || oversees };
    if !may || !by.scope(desk, Right::Approve).covers(&alert.alert.place) {
        return Err(CaseError::NotFound);
    }
    let body = read.entry_body_for_service(sample.draw.entry).await?;
    let rested_on = body.and_then(|b| serde_json::from_str(&b).ok()).unwrap_or_default();
    let in_file = in_file(desk, by, read, &alert.alert, sample.draw.at).await?;
    let question = sample.finding.as_ref().and_then(|f| f.question);
    let answer = match question {
        Some(task) => read.task_for_service(task).await?.and_then(|t| t.note),
        None => None,
    };
    Ok(SampleView { looks: looks && !signed && sample.finding.is_none(), sample, student, rested_on, in_file, answer })
}

/// Those who must not hear that a decision is looked at: whoever signed it.
pub(crate) async fn signers(tx: &Tx, task: &TaskRecord) -> Result<Vec<PersonId>, CaseError> {
    let Some(id) = task.record.filter(|_| task.kind == TaskKind::DecisionLook) else { return Ok(Vec::new()) };
    let found = tx.read()?.sample_for_service(SampleId::new(id)).await?;
    Ok(found.map(|s| std::iter::once(s.draw.by.0).chain(s.draw.second.map(|p| p.0)).collect()).unwrap_or_default())
}

/// Whether somebody may look at a decision: he signed nothing of it, works where it was made, may hear of it, and may sign
/// there himself.
pub(crate) async fn may_look(
    desk: &Desk,
    read: &Read<'_>,
    draw: &DrawRecord,
    person: PersonId,
    student: &StudentRecord,
) -> Result<bool, CaseError> {
    if draw.is_signed_by(person) || !can_have(desk, read, person, &student.place()).await? {
        return Ok(false);
    }
    let actor = read.actor(person, desk.now()).await?.without(|_| true);
    let oversees = actor.scope(Right::SeeSamples, desk.now()).covers(&student.place());
    let sees = read.alert(&actor.scope(Right::SeeAlert, desk.now()), draw.alert).await?.is_some();
    Ok(oversees && sees)
}

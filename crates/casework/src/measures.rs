//! Measures of plans in force: who does what, what came of it, and what should have been heard of by now.

use chrono::NaiveDate;
use domain::access::Right;
use domain::audit::Act;
use domain::fault::Faults;
use domain::id::{MeasureId, StudentId};
use domain::plan;
use domain::watch_list::words;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{MeasureRecord, MeasuresOf, ProgressRecord, StudentRecord};

use crate::idempotency::{answered, remember};
use crate::plans::note;
use crate::{CaseError, Desk, IdempotencyKey, Signed};

const MOST: u32 = 500;

/// A word that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptProgress {
    /// About which measure.
    pub measure: MeasureId,
    /// Whether it is done.
    pub done: bool,
}

/// The owner of a measure says what came of it.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault; [`CaseError::NotFound`] when the measure is not of a plan in force, or neither
/// his nor one that he may read; [`CaseError::Forbidden`] when it is somebody else's.
pub async fn report_progress(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, MeasureId),
    text: &str,
    done: bool,
    key: Option<&IdempotencyKey>,
) -> Result<KeptProgress, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let found = find(desk, by, &tx.read()?, student, id).await?;
    if let Some(kept) = answered::<KeptProgress>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let mut faults = Faults::new();
    let said = words(text, "text", &mut faults);
    let said = faults.or(said)?;
    if found.done {
        return Err(CaseError::Conflict("already_ended"));
    }
    let kept = KeptProgress { measure: id, done };
    let record = ProgressRecord { measure: id, said, done, by: (by.person(), String::new()), at: desk.now() };
    tx.add_progress(desk.ids.uuid(), &record).await?;
    let body =
        json!({ "what": if done { "done" } else { "progress" }, "text": record.said, "measure": found.measure.text });
    note(desk, by, &mut tx, student, found.plan, body).await?;
    tx.audit(&[by.audit(desk, Act::ReportProgress, Some(student), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// A measure that is his own; one that he only knows of is not his to report on.
async fn find(
    desk: &Desk,
    by: &Signed,
    read: &storage::Read<'_>,
    student: StudentId,
    id: MeasureId,
) -> Result<MeasureRecord, CaseError> {
    let of = MeasuresOf::Student(student);
    let all = read.measures(&by.scope(desk, Right::File), &of, MOST).await?;
    let found = all.into_iter().map(|(s, m)| (s.place(), m)).find(|(_, m)| m.id == id);
    let Some((place, found)) = found else { return Err(CaseError::NotFound) };
    if found.measure.owner == by.person() {
        return Ok(found);
    }
    let knows = by.scope(desk, Right::KnowOfRestricted).covers(&place);
    Err(if knows { CaseError::Forbidden } else { CaseError::NotFound })
}

/// Measures of plans in force: one's own, and everybody's for whom one may write plans. One audit line for each student,
/// before the answer.
///
/// # Errors
/// When the database refuses.
pub async fn list_measures(
    desk: &Desk,
    by: &Signed,
    mine: bool,
) -> Result<Vec<(StudentRecord, MeasureRecord)>, CaseError> {
    let read = desk.storage.read();
    let own = MeasuresOf::Person(by.person());
    let mut found = read.measures(&by.scope(desk, Right::File), &own, MOST).await?;
    let scope = by.scope(desk, Right::WritePlan);
    if !mine && !scope.is_empty() {
        let all = read.measures(&scope, &MeasuresOf::All, MOST).await?;
        found.extend(all.into_iter().filter(|(_, m)| m.measure.owner != by.person()));
    }
    let today = desk.calendar.date(desk.now());
    found.sort_by_key(|(_, m)| (!measure_overdue(desk, m, today), m.measure.until));
    let mut students: Vec<StudentId> = found.iter().map(|(s, _)| s.id).collect();
    students.sort_unstable();
    students.dedup();
    let lines: Vec<_> = students.iter().map(|id| by.audit(desk, Act::ReadPlan, Some(*id), None)).collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok(found)
}

/// Whether a measure should have been heard of by now.
#[must_use]
pub fn measure_overdue(desk: &Desk, m: &MeasureRecord, today: NaiveDate) -> bool {
    let last = m.last_at.map_or(m.starts_at, |at| desk.calendar.date(at).max(m.starts_at));
    !m.done && plan::is_overdue(m.measure.per, m.measure.until, last, today)
}

//! One student, one case 一人一案: everybody on a list or with an orange or red alert has named support.

use domain::access::Right;
use domain::audit::Act;
use domain::growth_file::{EntryKind, Visibility};
use domain::id::{EventId, StudentId};
use domain::level::Level;
use domain::watch_list::{Support, no_responsible};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{CaseFilter, MembershipRecord, NewGrowthEntry, StudentRecord, SupportRecord};

use crate::idempotency::{answered, remember};
use crate::lists::{managing, without_words};
use crate::{CaseError, Desk, IdempotencyKey, Signed};

/// Support as it was typed.
#[derive(Debug, Clone, Default)]
pub struct SupportDraft {
    /// What is to be reached.
    pub target: String,
    /// What is done.
    pub measures: String,
    /// Who answers for it.
    pub responsible: String,
}

/// Support that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSupport {
    /// Which version.
    pub version: u64,
}

/// A student who is somebody's case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The student.
    pub student: StudentRecord,
    /// The level of the open orange or red alert, where there is one.
    pub level: Option<Level>,
    /// The lists that the student is on.
    pub lists: Vec<MembershipRecord>,
    /// The named support.
    pub support: Option<SupportRecord>,
}

/// Names support: what for, what is done, who answers for it. What was named before stays.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`] or [`CaseError::Forbidden`].
pub async fn name_support(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &SupportDraft,
    key: Option<&IdempotencyKey>,
) -> Result<KeptSupport, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_student(student).await?;
    let reader = managing(desk, by, &tx, student).await?;
    if let Some(kept) = answered::<KeptSupport>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let support = Support::validate(&draft.target, &draft.measures, &draft.responsible)?;
    let staff = tx.read()?.staff_of(reader.student.class.grade.school, desk.now()).await?;
    let Some(person) = staff.into_iter().find(|p| p.id == support.responsible) else {
        return Err(CaseError::Invalid(vec![no_responsible()]));
    };
    let before = tx.read()?.support(&reader.scope, &[student]).await?.pop().map_or(0, |s| s.version);
    let kept = KeptSupport { version: before.saturating_add(1) };
    let record = SupportRecord {
        student,
        version: kept.version,
        target: support.target,
        measures: support.measures,
        responsible: (person.id, person.name),
        by: by.person(),
        at: desk.now(),
    };
    tx.add_support(&record).await?;
    let text = format!("{}；{}", record.target, record.measures);
    let body = json!({ "what": "support", "text": text, "responsible": record.responsible.1 });
    let entry = NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        visibility: Visibility::Restricted,
        ..NewGrowthEntry::new(EntryKind::List, student, EventId::new(desk.ids.uuid()), record.at)
    };
    tx.add_growth_entries(&[entry]).await?;
    tx.audit(&[by.audit(desk, Act::NameSupport, Some(student), None)]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Everybody on a list or with an open orange or red, in the reader's scope, by name. One audit line for each, before the
/// answer.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever may not know of restricted entries anywhere.
pub async fn list_cases(desk: &Desk, by: &Signed, filter: &CaseFilter) -> Result<Vec<Case>, CaseError> {
    let scope = by.scope(desk, Right::KnowOfRestricted);
    if scope.is_empty() {
        return Err(CaseError::NotFound);
    }
    let lists = desk.watch_lists.all().iter().map(|l| l.code.clone()).collect();
    let filter = CaseFilter { lists, ..filter.clone() };
    let read = desk.storage.read();
    let found = read.cases(&scope, &by.scope(desk, Right::SeeAlert), &filter).await?;
    let ids: Vec<StudentId> = found.iter().map(|(s, _)| s.id).collect();
    let lines: Vec<_> = ids.iter().map(|id| by.audit(desk, Act::ReadLists, Some(*id), None)).collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    let (mut memberships, support) = (read.memberships(&scope, &ids).await?, read.support(&scope, &ids).await?);
    memberships.iter_mut().for_each(without_words);
    let case = |(student, level): (StudentRecord, Option<Level>)| Case {
        level,
        lists: memberships.iter().filter(|m| m.student == student.id && m.to.is_none()).cloned().collect(),
        support: support.iter().find(|s| s.student == student.id).cloned(),
        student,
    };
    Ok(found.into_iter().map(case).collect())
}

/// Whether somebody has cases to look at.
#[must_use]
pub fn has_cases(desk: &Desk, by: &Signed) -> bool {
    by.actor.may_somewhere(Right::KnowOfRestricted, desk.now())
}

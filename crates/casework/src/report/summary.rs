//! What the tier above adds to a week. It stands beside what the classes wrote, and nothing of theirs is changed.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{GradeId, SchoolId};
use domain::org::Unit;
use domain::report::validate_summary;
use storage::SummaryVersion;

use super::view_reports;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// Which tier adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SummaryUnit {
    /// A grade.
    Grade(GradeId),
    /// A school.
    School(SchoolId),
}

impl SummaryUnit {
    /// As a unit of the organisation.
    fn whole(self) -> Unit {
        match self {
            Self::Grade(id) => Unit::Grade(id),
            Self::School(id) => Unit::School(id),
        }
    }
}

/// Adds a summary; gives its version. A later one stands beside the earlier one.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, or [`CaseError::NotFound`].
pub async fn add_summary(
    desk: &Desk,
    by: &Signed,
    unit: SummaryUnit,
    week: &str,
    (text, signed): (&str, bool),
    key: Option<&IdempotencyKey>,
) -> Result<u32, CaseError> {
    let (grade, school) = inside(desk, by, unit).await?;
    let text = validate_summary(text, signed)?;
    let stands = view_reports(desk, by, week, grade, school).await?;
    let filed = stands.classes.iter().filter_map(|c| c.report.as_ref());
    let counts = serde_json::json!({
        "classes": stands.classes.len(),
        "filed": filed.clone().count(),
        "nil": filed.clone().filter(|(r, ..)| r.nil).count(),
        "students": filed.map(|(r, ..)| r.students.len()).sum::<usize>(),
    });
    keep_summary(desk, by, unit, &stands.week.to_string(), (text, counts), key).await
}

/// The grade or the school, where the person reads the reports of the whole of it.
pub(crate) async fn inside(
    desk: &Desk,
    by: &Signed,
    unit: SummaryUnit,
) -> Result<(Option<GradeId>, Option<SchoolId>), CaseError> {
    let scope = by.scope(desk, Right::SeeReports);
    let inside = match unit {
        SummaryUnit::School(id) => scope.schools.contains(&id),
        SummaryUnit::Grade(id) => {
            let grade = desk.storage.read().grade(id).await?.ok_or(CaseError::NotFound)?;
            scope.grades.contains(&id) || scope.schools.contains(&grade.school)
        }
    };
    match unit {
        _ if !inside => Err(CaseError::NotFound),
        SummaryUnit::Grade(id) => Ok((Some(id), None)),
        SummaryUnit::School(id) => Ok((None, Some(id))),
    }
}

/// Keeps what a unit adds to a week or a sweep, beside what it added before.
pub(crate) async fn keep_summary(
    desk: &Desk,
    by: &Signed,
    unit: SummaryUnit,
    round: &str,
    (text, counts): (String, serde_json::Value),
    key: Option<&IdempotencyKey>,
) -> Result<u32, CaseError> {
    let whole = unit.whole();
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    if let Some(version) = answered(&mut tx, by, key).await? {
        return Ok(version);
    }
    tx.alone_with_reports_of(whole).await?;
    let last = tx.read()?.summaries(&[whole.uuid()], round).await?.last().map_or(0, |s| s.version);
    let version = SummaryVersion {
        unit: whole.uuid(),
        version: last.saturating_add(1),
        text,
        counts,
        by: (by.person(), String::new()),
        at: desk.now(),
    };
    tx.add_summary(whole, round, &version).await?;
    tx.audit(&[by.audit(desk, Act::FileReport, None, Some(round.to_owned()))]).await?;
    remember(&mut tx, by, key, &version.version, desk.real_now()).await?;
    tx.commit().await?;
    Ok(version.version)
}

//! The inbox 处置台: alerts in scope, most urgent first.

use domain::access::{Right, Scope};
use domain::alert::AlertState;
use domain::audit::Act;
use domain::id::{AlertId, ClassId, GradeId, SchoolId};
use domain::level::Level;
use storage::{AlertFilter, AlertSummary};

use crate::{CaseError, Desk, Signed};

const MOST: usize = 256;

/// Which alerts are wanted.
#[derive(Debug, Clone, Default)]
pub struct AlertQuery {
    /// In this state; open ones when nothing is said.
    pub state: Option<AlertState>,
    /// Of this level.
    pub level: Option<Level>,
    /// Of this class.
    pub class: Option<ClassId>,
    /// Of this grade.
    pub grade: Option<GradeId>,
    /// Of this school.
    pub school: Option<SchoolId>,
    /// Held by the reader.
    pub mine: bool,
    /// With a proposal that waits for the reader's signature: not his own.
    pub to_sign: bool,
    /// Offered to the reader, who has not answered yet.
    pub offered: bool,
    /// Whose deadline has passed.
    pub overdue: bool,
    /// After this one, in the order of the list.
    pub after: Option<(Level, i64, AlertId)>,
    /// At most so many.
    pub limit: u32,
}

/// The alerts that the person may see. One audit line for each student, before the answer.
///
/// # Errors
/// When the database refuses.
pub async fn list_alerts(
    desk: &Desk,
    by: &Signed,
    query: &AlertQuery,
) -> Result<Vec<(AlertSummary, crate::Sight)>, CaseError> {
    let scope = by.scope(desk, if query.to_sign { Right::Approve } else { Right::SeeAlert });
    let filter = AlertFilter {
        state: query.state,
        level: query.level,
        class: query.class,
        grade: query.grade,
        school: query.school,
        owner: query.mine.then(|| by.person()),
        to_be_signed_by: query.to_sign.then(|| by.person()),
        offered_to: query.offered.then(|| by.person()),
        due_before: query.overdue.then(|| desk.now()),
        after: query.after,
        limit: query.limit,
    };
    let out = visible(desk, &scope, filter).await?;
    let lines: Vec<_> = out
        .iter()
        .map(|(s, _)| by.audit(desk, Act::ListAlerts, Some(s.alert.student), Some(s.alert.id.to_string())))
        .collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok(out)
}

/// In the minimal view neither class nor grade is told, and no filter may ask for them either: what it hides is passed.
async fn visible(
    desk: &Desk,
    scope: &Scope,
    mut filter: AlertFilter,
) -> Result<Vec<(AlertSummary, crate::Sight)>, CaseError> {
    let read = desk.storage.read();
    let wanted = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let asks = filter.class.is_some() || filter.grade.is_some();
    let mut out = Vec::with_capacity(wanted.min(MOST));
    loop {
        let found = read.alerts(scope, &filter).await?;
        let last = found.last().filter(|_| found.len() >= wanted).map(|s| s.alert.clone());
        for summary in found {
            let sight = crate::view_alert::sight(desk, &read, scope, &summary.alert).await?;
            if !(asks && sight == crate::Sight::Minimal) {
                out.push((summary, sight));
            }
        }
        let Some(last) = last.filter(|_| out.len() < wanted) else { break };
        let due = last.climb.state.deadline().map_or(i64::MAX, domain::time::to_micros);
        filter.after = Some((last.climb.level, due, last.id));
    }
    out.truncate(wanted);
    Ok(out)
}

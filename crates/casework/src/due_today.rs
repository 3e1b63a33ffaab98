//! What one person owes by the end of today 今天到期: his tasks, the stages of a return and look-ins among them, and the looks
//! after a close that are his.

use chrono::NaiveTime;
use domain::access::Right;
use domain::audit::Act;
use domain::time::Timestamp;
use storage::{AlertSummary, TaskRecord};

use crate::task::{TaskQuery, list_tasks};
use crate::{CaseError, Desk, Signed};

const MOST: u32 = 50;

/// What is due today, or was before.
#[derive(Debug, Clone, Default)]
pub struct DueToday {
    /// Tasks, those due first first.
    pub tasks: Vec<TaskRecord>,
    /// Alerts that he closed and is to look at again, with when.
    pub rechecks: Vec<(AlertSummary, Timestamp)>,
}

/// What this person owes by the end of today. The audit lines are durable before anything is given back.
///
/// # Errors
/// When the database refuses.
pub async fn due_today(desk: &Desk, by: &Signed) -> Result<DueToday, CaseError> {
    let today = desk.calendar.date(desk.now());
    let end = desk.calendar.instant(today.succ_opt().unwrap_or(today), NaiveTime::MIN);
    let query = TaskQuery { mine: true, limit: MOST, ..TaskQuery::default() };
    let mut tasks = list_tasks(desk, by, &query).await?;
    tasks.retain(|t| t.due_at < end);
    let (read, scope) = (desk.storage.read(), by.scope(desk, Right::SeeAlert));
    let mut rechecks = Vec::new();
    for (id, at) in read.rechecks_of(by.person(), end, MOST).await? {
        if let Some(alert) = read.alert(&scope, id).await? {
            rechecks.push((alert, at));
        }
    }
    if !rechecks.is_empty() {
        let line = |(s, _): &(AlertSummary, Timestamp)| {
            by.audit(desk, Act::ListAlerts, Some(s.alert.student), Some(s.alert.id.to_string()))
        };
        let lines: Vec<_> = rechecks.iter().map(line).collect();
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok(DueToday { tasks, rechecks })
}

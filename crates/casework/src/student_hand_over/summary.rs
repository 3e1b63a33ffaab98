//! What another school reads of the years before: counts and dates, and nobody's words.

use chrono::Months;
use domain::lang::Lang;
use storage::{Read, StudentRecord};

use crate::{CaseError, Desk};

/// The last months of a file, summed up.
pub(super) async fn of(desk: &Desk, read: &Read<'_>, student: &StudentRecord) -> Result<String, CaseError> {
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let months = policy.student_hand_over.summary_months;
    let since = now.checked_sub_months(Months::new(months)).unwrap_or(now);
    let counts = read.entries_by_kind(student.id, since).await?;
    let counts: Vec<String> = counts.iter().map(|(kind, n)| format!("{} {n}", kind.name(Lang::Zh))).collect();
    let day = |at| desk.calendar.date(at).to_string();
    let alerts = read.alerts_summed_up(student.id, since).await?;
    let alerts: Vec<String> = alerts
        .iter()
        .map(|(peak, opened, closed)| {
            let until = closed.map_or_else(|| "未结案".to_owned(), |at| format!("{}结案", day(at)));
            format!("{}（{}起，{until}）", peak.name(Lang::Zh), day(*opened))
        })
        .collect();
    let or_none = |all: &[String]| if all.is_empty() { "无".to_owned() } else { all.join("、") };
    Ok(format!("近{months}个月摘要。预警：{}。记录：{}。", or_none(&alerts), or_none(&counts)))
}

//! How many decisions were drawn in a month, and what came of it.

use chrono::{Months, NaiveDate, NaiveTime};
use domain::access::Right;
use domain::audit::Act;
use domain::fault::Fault;
use domain::level::Level;
use storage::{SampleReader, SampleRow};

use crate::{CaseError, Desk, Signed};

/// The decisions of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleSummary {
    /// Its first day.
    pub month: NaiveDate,
    /// A row of each level, the highest first.
    pub rows: Vec<SampleRow>,
}

/// Counts the decisions of a month, such as `2026-11`; of this month where nothing is said.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever oversees none, [`CaseError::Invalid`] when there is no such month.
pub async fn view_samples(desk: &Desk, by: &Signed, month: &str) -> Result<SampleSummary, CaseError> {
    let scope = by.scope(desk, Right::SeeSamples);
    if scope.is_empty() {
        return Err(CaseError::NotFound);
    }
    let today = desk.calendar.date(desk.now()).format("%Y-%m").to_string();
    let typed = if month.trim().is_empty() { today.as_str() } else { month.trim() };
    let first = NaiveDate::parse_from_str(&format!("{typed}-01"), "%Y-%m-%d");
    let first = first.map_err(|_| CaseError::Invalid(vec![bad_month()]))?;
    let next = first.checked_add_months(Months::new(1)).ok_or_else(|| CaseError::Invalid(vec![bad_month()]))?;
    let at = |day| desk.calendar.instant(day, NaiveTime::MIN);
    let reader = SampleReader { person: by.person(), scope, from: at(first), to: at(next) };
    let found = desk.storage.read().sample_rows(&reader).await?;
    let row = |level: Level| {
        let none = SampleRow { level, decided: 0, drawn: 0, agrees: 0, question: 0, disagrees: 0 };
        found.iter().find(|r| r.level == level).copied().unwrap_or(none)
    };
    let rows = [Level::Red, Level::Orange, Level::Yellow, Level::Blue].map(row).to_vec();
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadSamples, None, None)]).await?;
    tx.commit().await?;
    Ok(SampleSummary { month: first, rows })
}

fn bad_month() -> Fault {
    Fault::new("month", "bad_month", "请写月份，例如 2026-11", "Give a month, such as 2026-11")
}

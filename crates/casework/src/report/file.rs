//! Filing the report of a class. A later version corrects an earlier one, and both stay.

use std::collections::BTreeSet;

use domain::access::Right;
use domain::audit::Act;
use domain::fault::Fault;
use domain::growth_file::{EntryKind, Source};
use domain::id::{ClassId, EventId, StudentId};
use domain::org::Unit;
use domain::report::{ClassReport, ReportDraft, Week};
use storage::{ClassRecord, NewGrowthEntry, ReportVersion, StudentRecord, Tx};

use super::mood::follow_moods;
use super::same::{follow_same, same_weeks};
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::{CaseError, Desk, Signed};

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FiledReport {
    /// Which version it is.
    pub version: u32,
    /// How many weeks in a row the class has said the same.
    pub same_weeks: u32,
}

/// Files a report. `expected` is the version that was read, 0 where there was none.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`] for those who read it only,
/// [`CaseError::Stale`] when there is a newer version.
pub async fn file_class_report(
    desk: &Desk,
    by: &Signed,
    class: ClassId,
    week: &str,
    draft: &ReportDraft,
    expected: Option<u32>,
    key: Option<&IdempotencyKey>,
) -> Result<FiledReport, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let record = may_file(desk, &tx, by, class).await?;
    if let Some(filed) = answered(&mut tx, by, key).await? {
        return Ok(filed);
    }
    let week = readable(desk, week)?;
    let report = ClassReport::validate(draft, week)?;
    tx.alone_with_reports_of(Unit::Class(class)).await?;
    let named: Vec<StudentId> = report.students.iter().map(|l| l.student).collect();
    let students = of_the_class(desk, &tx, by, class, &named).await?;
    let versions = tx.read()?.class_reports(class, week).await?;
    let last = versions.last().map_or(0, |v| v.version);
    if expected.unwrap_or_default() != last {
        return Err(CaseError::Stale);
    }
    let same = same_weeks(desk, &tx, &record, week, &report).await?;
    let version = ReportVersion {
        version: last.saturating_add(1),
        report,
        same_weeks: same.1,
        by: (by.person(), String::new()),
        at: desk.now(),
    };
    tx.add_class_report(class, week, &version).await?;
    tx.report_came(class, week, desk.now()).await?;
    tx.add_growth_entries(&entries(desk, by, week, &version, versions.last())).await?;
    follow_same(desk, &mut tx, &record, same).await?;
    follow_moods(desk, &mut tx, by, week, &version.report, &students).await?;
    let about: Vec<_> = version.report.students.iter().map(|l| Some(l.student)).collect();
    let about = if about.is_empty() { vec![None] } else { about };
    let lines: Vec<_> = about
        .into_iter()
        .map(|student| by.audit(desk, Act::FileReport, student, Some(format!("{class} {week}"))))
        .collect();
    tx.audit(&lines).await?;
    let filed = FiledReport { version: version.version, same_weeks: version.same_weeks };
    remember(&mut tx, by, key, &filed, desk.real_now()).await?;
    tx.commit().await?;
    Ok(filed)
}

pub(crate) async fn may_file(desk: &Desk, tx: &Tx, by: &Signed, class: ClassId) -> Result<ClassRecord, CaseError> {
    let record = tx.read()?.class(class).await?.ok_or(CaseError::NotFound)?;
    let place = super::view::place_of(&tx.read()?, &record).await?;
    if !by.scope(desk, Right::SeeReports).covers(&place) {
        return Err(CaseError::NotFound);
    }
    if by.scope(desk, Right::ClassReport).covers(&place) { Ok(record) } else { Err(CaseError::Forbidden) }
}

/// A week that has begun. What was missed may be filed later, for as long as a term.
fn readable(desk: &Desk, week: &str) -> Result<Week, CaseError> {
    const OLDEST_DAYS: i64 = 140;
    let today = desk.calendar.date(desk.now());
    let read = if week.trim().is_empty() {
        Week::of(today)
    } else {
        Week::read(week).map_err(|f| CaseError::Invalid(vec![f]))?
    };
    let age = (today - read.monday()).num_days();
    if (0..=OLDEST_DAYS).contains(&age) {
        return Ok(read);
    }
    let (zh, en) = ("只能填写本周或本学期已过去的周", "this week, or one of the past twenty");
    Err(CaseError::Invalid(vec![Fault::new("week", "out_of_range", zh, en)]))
}

/// Every student that is named is in the class: those are given.
pub(crate) async fn of_the_class(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    class: ClassId,
    named: &[StudentId],
) -> Result<Vec<StudentRecord>, CaseError> {
    let found = tx.read()?.students_by_id(&by.scope(desk, Right::SeeReports), named).await?;
    let there: BTreeSet<StudentId> = found.iter().filter(|s| s.class.id == class).map(|s| s.id).collect();
    let strange = named.iter().enumerate().filter(|(_, student)| !there.contains(*student));
    let faults: Vec<Fault> = strange
        .map(|(i, _)| {
            let (zh, en) = ("这名学生不在本班", "this student is not in the class");
            Fault::new(format!("students[{i}].student"), "not_in_class", zh, en)
        })
        .collect();
    if faults.is_empty() { Ok(found) } else { Err(CaseError::Invalid(faults)) }
}

/// What it says of a student goes into his file; a line that says what the version before said is there already.
fn entries(
    desk: &Desk,
    by: &Signed,
    week: Week,
    version: &ReportVersion,
    before: Option<&ReportVersion>,
) -> Vec<NewGrowthEntry> {
    let lines = before.map(|b| b.report.students.as_slice()).unwrap_or_default();
    let new = version.report.students.iter().filter(|l| !lines.contains(l));
    new.map(|line| {
        let body = serde_json::json!({
            "what": "mood", "mood": line.mood, "low_since": line.low_since, "text": line.note, "week": week.to_string()
        });
        NewGrowthEntry {
            by: Some(by.person()),
            source: Some(Source::Staff),
            body: Some(body.to_string()),
            ..NewGrowthEntry::new(EntryKind::Mood, line.student, EventId::new(desk.ids.uuid()), version.at)
        }
    })
    .collect()
}

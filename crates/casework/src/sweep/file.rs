//! Filing the list of a class. A later version stands beside an earlier one, and the moment of the first one is kept.

use domain::audit::Act;
use domain::fault::Fault;
use domain::growth_file::{EntryKind, Source};
use domain::id::{ClassId, EventId, StudentId};
use domain::org::Unit;
use domain::sweep::{ClassSweep, Concern, Sweep, SweepDraft};
use storage::{NewGrowthEntry, ReportVersion};

use super::OLDEST_DAYS;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::report::{may_file, of_the_class};
use crate::{CaseError, Desk, Signed};

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FiledSweep {
    /// Which version it is.
    pub version: u32,
    /// Those in danger, each with what was seen. A list alarms nobody: a person has to report them now.
    pub danger: Vec<Concern>,
}

/// Files a list. `expected` is the version that was read, 0 where there was none. Nobody is alarmed by it: whom it says to be
/// in danger is given back, to be reported at once.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`] for those who read it only,
/// [`CaseError::Stale`] when there is a newer version.
pub async fn file_class_sweep(
    desk: &Desk,
    by: &Signed,
    class: ClassId,
    sweep: &str,
    draft: &SweepDraft,
    expected: Option<u32>,
    key: Option<&IdempotencyKey>,
) -> Result<FiledSweep, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    may_file(desk, &tx, by, class).await?;
    if let Some(filed) = answered(&mut tx, by, key).await? {
        return Ok(filed);
    }
    let sweep = readable(desk, sweep)?;
    let report = ClassSweep::validate(draft, &desk.catalogue)?;
    tx.alone_with_reports_of(Unit::Class(class)).await?;
    let named: Vec<StudentId> = report.students.iter().map(|c| c.student).collect();
    of_the_class(desk, &tx, by, class, &named).await?;
    let versions: Vec<ReportVersion<ClassSweep>> = tx.read()?.class_reports(class, sweep).await?;
    let last = versions.last();
    if expected.unwrap_or_default() != last.map_or(0, |v| v.version) {
        return Err(CaseError::Stale);
    }
    let before: Vec<Concern> = last.map(|v| v.report.students.clone()).unwrap_or_default();
    let version = ReportVersion {
        version: last.map_or(0, |v| v.version).saturating_add(1),
        report,
        same_weeks: 1,
        by: (by.person(), String::new()),
        at: desk.now(),
    };
    tx.add_class_report(class, sweep, &version).await?;
    tx.report_came(class, sweep, desk.now()).await?;
    let concerns = &version.report.students;
    let new: Vec<_> = concerns.iter().filter(|c| !before.contains(c)).map(|c| entry(desk, by, sweep, c)).collect();
    tx.add_growth_entries(&new).await?;
    let about = concerns.iter().map(|c| Some(c.student)).chain(concerns.is_empty().then_some(None));
    let lines: Vec<_> = about.map(|s| by.audit(desk, Act::FileReport, s, Some(format!("{class} {sweep}")))).collect();
    tx.audit(&lines).await?;
    let danger = concerns.iter().filter(|c| c.is_danger(&desk.catalogue)).cloned().collect();
    let filed = FiledSweep { version: version.version, danger };
    remember(&mut tx, by, key, &filed, desk.real_now()).await?;
    tx.commit().await?;
    Ok(filed)
}

/// A sweep that has begun. What was missed may be filed later, for as long as a term.
fn readable(desk: &Desk, sweep: &str) -> Result<Sweep, CaseError> {
    let today = desk.calendar.date(desk.now());
    let read = Sweep::read(sweep, today, &desk.calendar).map_err(|fault| CaseError::Invalid(vec![fault]))?;
    if (today - read.last).num_days() <= OLDEST_DAYS {
        return Ok(read);
    }
    let (zh, en) = ("只能填写本学期的排查", "a sweep of this term");
    Err(CaseError::Invalid(vec![Fault::new("sweep", "out_of_range", zh, en)]))
}

fn entry(desk: &Desk, by: &Signed, sweep: Sweep, concern: &Concern) -> NewGrowthEntry {
    let sign = desk.catalogue.get(&concern.sign);
    let body = serde_json::json!({
        "what": "sweep", "sweep": sweep.kind.key(), "sign": concern.sign, "text": concern.note,
        "zh": sign.map(|s| s.zh.as_str()), "en": sign.map(|s| s.en.as_str()),
    });
    NewGrowthEntry {
        by: Some(by.person()),
        source: Some(Source::Staff),
        body: Some(body.to_string()),
        ..NewGrowthEntry::new(EntryKind::Mood, concern.student, EventId::new(desk.ids.uuid()), desk.now())
    }
}

//! Reading reports: a class's own, and how a grade or a school stands in a week.

use domain::access::{Place, Right, Scope};
use domain::audit::Act;
use domain::id::{ClassId, GradeId, SchoolId, StudentId};
use domain::report::{ReportTimes, Week};
use storage::{ClassRecord, ClassWeek, Read, ReportVersion, StudentFilter, StudentRecord, SummaryVersion};
use uuid::Uuid;

use crate::{CaseError, Desk, Signed};

const MOST_STUDENTS: u32 = 200;

/// The report of a class in a week, with whom it may be about.
#[derive(Debug, Clone)]
pub struct ClassReportView {
    /// The class.
    pub class: ClassRecord,
    /// The week.
    pub week: Week,
    /// When it is due; none where the week has no school.
    pub times: Option<ReportTimes>,
    /// Every version, oldest first.
    pub versions: Vec<ReportVersion>,
    /// What the week before said.
    pub before: Option<ReportVersion>,
    /// The pupils of the class.
    pub students: Vec<StudentRecord>,
    /// Whether the reader files it.
    pub may_file: bool,
}

/// What a grade or a school added.
#[derive(Debug, Clone)]
pub struct UnitSummary {
    /// The grade or the school.
    pub unit: Uuid,
    /// Every version, oldest first.
    pub versions: Vec<SummaryVersion>,
}

/// How the classes in the reader's scope stand in a week.
#[derive(Debug, Clone)]
pub struct ReportsView {
    /// The week.
    pub week: Week,
    /// When its reports are due; none where it has no school.
    pub times: Option<ReportTimes>,
    /// The classes.
    pub classes: Vec<ClassWeek>,
    /// So many weeks with the same words are asked about.
    pub same_weeks: u32,
    /// What their grades and schools added.
    pub summaries: Vec<UnitSummary>,
}

/// Opens the report of a class.
///
/// # Errors
/// [`CaseError::NotFound`], or the fault of the week.
pub async fn view_class_report(
    desk: &Desk,
    by: &Signed,
    id: ClassId,
    week: &str,
) -> Result<ClassReportView, CaseError> {
    let read = desk.storage.read();
    let class = read.class(id).await?.ok_or(CaseError::NotFound)?;
    let (place, scope) = (place_of(&read, &class).await?, by.scope(desk, Right::SeeReports));
    if !scope.covers(&place) {
        return Err(CaseError::NotFound);
    }
    let week = week_of(desk, week)?;
    let mut versions = read.class_reports(id, week).await?;
    let mut before = read.class_reports(id, week.before()).await?.pop();
    without_those_gone(&read, &scope, versions.iter_mut().chain(before.as_mut())).await?;
    let filter = StudentFilter { class: Some(id), limit: MOST_STUDENTS, ..StudentFilter::default() };
    let students = read.students(&scope, &filter).await?;
    seen(desk, by, &versions, format!("{id} {week}")).await?;
    let may_file = by.scope(desk, Right::ClassReport).covers(&place);
    Ok(ClassReportView {
        class,
        week,
        times: ReportTimes::of(week, &desk.calendar),
        versions,
        before,
        students,
        may_file,
    })
}

/// Opens a week of a grade, a school, or everything in the reader's scope.
///
/// # Errors
/// The fault of the week.
pub async fn view_reports(
    desk: &Desk,
    by: &Signed,
    week: &str,
    grade: Option<GradeId>,
    school: Option<SchoolId>,
) -> Result<ReportsView, CaseError> {
    let week = week_of(desk, week)?;
    let read = desk.storage.read();
    let mut classes = read.class_weeks(&by.scope(desk, Right::SeeReports), week).await?;
    classes.retain(|c| grade.is_none_or(|g| c.class.grade.id == g) && school.is_none_or(|s| c.class.grade.school == s));
    let mut units: Vec<Uuid> =
        classes.iter().flat_map(|c| [c.class.grade.id.uuid(), c.class.grade.school.uuid()]).collect();
    units.sort();
    units.dedup();
    let all = read.summaries(&units, week).await?;
    let of = |unit: Uuid| UnitSummary { unit, versions: all.iter().filter(|s| s.unit == unit).cloned().collect() };
    let summaries = units.into_iter().map(of).filter(|s| !s.versions.is_empty()).collect();
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadReport, None, Some(week.to_string()))]).await?;
    tx.commit().await?;
    let same_weeks = desk.policy_in_force().await?.1.reports.same_weeks;
    Ok(ReportsView { week, times: ReportTimes::of(week, &desk.calendar), classes, same_weeks, summaries })
}

/// What was said of a child that is no longer in the reader's scope is not his to read any more.
async fn without_those_gone(
    read: &Read<'_>,
    scope: &Scope,
    versions: impl Iterator<Item = &mut ReportVersion>,
) -> Result<(), CaseError> {
    let mut versions: Vec<&mut ReportVersion> = versions.collect();
    let named: Vec<StudentId> = versions.iter().flat_map(|v| &v.report.students).map(|l| l.student).collect();
    let here = read.still_within(scope, &named).await?;
    versions.iter_mut().for_each(|v| v.report.students.retain(|l| here.contains(&l.student)));
    Ok(())
}

async fn seen(desk: &Desk, by: &Signed, versions: &[ReportVersion], object: String) -> Result<(), CaseError> {
    let about = versions.last().map(|v| v.report.students.as_slice()).unwrap_or_default();
    let mut lines: Vec<_> =
        about.iter().map(|l| by.audit(desk, Act::ReadReport, Some(l.student), Some(object.clone()))).collect();
    if lines.is_empty() {
        lines.push(by.audit(desk, Act::ReadReport, None, Some(object)));
    }
    let mut tx = desk.storage.begin().await?;
    tx.audit(&lines).await?;
    Ok(tx.commit().await?)
}

/// The week that was asked for; this one when none was.
fn week_of(desk: &Desk, text: &str) -> Result<Week, CaseError> {
    if text.trim().is_empty() {
        return Ok(Week::of(desk.calendar.date(desk.now())));
    }
    Week::read(text).map_err(|fault| CaseError::Invalid(vec![fault]))
}

/// Where a class lies.
pub(crate) async fn place_of(read: &Read<'_>, class: &ClassRecord) -> Result<Place, CaseError> {
    let school = read.school(class.grade.school).await?.ok_or(CaseError::NotFound)?;
    Ok(Place { class: class.id, grade: class.grade.id, school: school.id, district: school.district })
}

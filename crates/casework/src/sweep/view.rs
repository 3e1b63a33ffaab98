//! Reading sweeps: a class's own, and how a grade or a school stands.

use domain::access::{Right, Scope};
use domain::audit::Act;
use domain::id::{ClassId, GradeId, SchoolId, StudentId};
use domain::sweep::{ClassSweep, Concern, Sweep};
use domain::time::Timestamp;
use storage::{ClassRecord, ClassWeek, DueReport, ReportVersion, StudentFilter, StudentRecord};
use uuid::Uuid;

use super::unreported::unreported;
use crate::report::{UnitSummary, place_of};
use crate::{CaseError, Desk, Signed};

const MOST_STUDENTS: u32 = 200;

/// The list of a class in a sweep, with whom it may name.
#[derive(Debug, Clone)]
pub struct ClassSweepView {
    /// The class.
    pub class: ClassRecord,
    /// Which sweep.
    pub sweep: Sweep,
    /// When it is due; none where nobody was asked for it.
    pub due: Option<DueReport>,
    /// Every version, oldest first.
    pub versions: Vec<ReportVersion<ClassSweep>>,
    /// The pupils of the class.
    pub students: Vec<StudentRecord>,
    /// Those on the newest list who are in danger and of whom nothing was reported since.
    pub unreported: Vec<Concern>,
    /// Whether the reader files it.
    pub may_file: bool,
}

/// How the classes in the reader's scope stand in a sweep.
#[derive(Debug, Clone)]
pub struct SweepsView {
    /// Which.
    pub sweep: Sweep,
    /// The classes.
    pub classes: Vec<ClassWeek<ClassSweep>>,
    /// Those on their lists who are in danger and of whom nothing was reported since.
    pub unreported: Vec<Concern>,
    /// What their grades and schools added.
    pub summaries: Vec<UnitSummary>,
}

/// When the class teacher's own list of the sweep that began last was taken; nothing while it was not. Whoever shows him results
/// of a screening asks here first: what he saw there would stand in his list.
///
/// # Errors
/// When the database refuses.
pub async fn own_list_taken_at(desk: &Desk, class: ClassId) -> Result<Option<Timestamp>, CaseError> {
    let Some(sweep) = Sweep::of(desk.calendar.date(desk.now()), &desk.calendar) else { return Ok(None) };
    let taken: Vec<ReportVersion<ClassSweep>> = desk.storage.read().class_reports(class, sweep).await?;
    Ok(taken.first().map(|first| first.at))
}

/// Opens the list of a class.
///
/// # Errors
/// [`CaseError::NotFound`], or the fault of the sweep.
pub async fn view_class_sweep(desk: &Desk, by: &Signed, id: ClassId, sweep: &str) -> Result<ClassSweepView, CaseError> {
    let read = desk.storage.read();
    let class = read.class(id).await?.ok_or(CaseError::NotFound)?;
    let (place, scope) = (place_of(&read, &class).await?, by.scope(desk, Right::SeeReports));
    if !scope.covers(&place) {
        return Err(CaseError::NotFound);
    }
    let sweep = sweep_of(desk, sweep)?;
    let mut versions: Vec<ReportVersion<ClassSweep>> = read.class_reports(id, sweep).await?;
    let all: Vec<StudentId> = versions.iter().flat_map(|v| &v.report.students).map(|c| c.student).collect();
    // Of a child that is no longer in the reader's scope he reads nothing any more.
    let here = read.still_within(&scope, &all).await?;
    versions.iter_mut().for_each(|v| v.report.students.retain(|c| here.contains(&c.student)));
    let filter = StudentFilter { class: Some(id), limit: MOST_STUDENTS, ..StudentFilter::default() };
    let students = read.students(&scope, &filter).await?;
    let alone = Scope { classes: [id].into(), ..Scope::default() };
    let stands: Vec<ClassWeek<ClassSweep>> = read.class_weeks(&alone, sweep).await?;
    let last: Vec<(ClassId, &ClassSweep)> = versions.last().map(|v| (id, &v.report)).into_iter().collect();
    let unreported = unreported(desk, &read, by, sweep, &last).await?;
    let named: Vec<StudentId> = last.iter().flat_map(|(_, l)| &l.students).map(|c| c.student).collect();
    let about = named.iter().map(|s| Some(*s)).chain(named.is_empty().then_some(None));
    let lines: Vec<_> = about.map(|s| by.audit(desk, Act::ReadReport, s, Some(format!("{id} {sweep}")))).collect();
    let mut tx = desk.storage.begin().await?;
    tx.audit(&lines).await?;
    tx.commit().await?;
    let may_file = by.scope(desk, Right::ClassReport).covers(&place);
    let due = stands.into_iter().find_map(|c| c.due);
    Ok(ClassSweepView { class, sweep, due, versions, students, unreported, may_file })
}

/// Opens a sweep of a grade, a school, or everything in the reader's scope.
///
/// # Errors
/// The fault of the sweep.
pub async fn view_sweeps(
    desk: &Desk,
    by: &Signed,
    sweep: &str,
    grade: Option<GradeId>,
    school: Option<SchoolId>,
) -> Result<SweepsView, CaseError> {
    let sweep = sweep_of(desk, sweep)?;
    let read = desk.storage.read();
    let scope = by.scope(desk, Right::SeeReports);
    let mut classes: Vec<ClassWeek<ClassSweep>> = read.class_weeks(&scope, sweep).await?;
    classes.retain(|c| grade.is_none_or(|g| c.class.grade.id == g) && school.is_none_or(|s| c.class.grade.school == s));
    let lists: Vec<_> = classes.iter().filter_map(|c| c.report.as_ref().map(|(r, ..)| (c.class.id, r))).collect();
    let mut unreported = unreported(desk, &read, by, sweep, &lists).await?;
    let here = read.still_within(&scope, &unreported.iter().map(|c| c.student).collect::<Vec<_>>()).await?;
    unreported.retain(|c| here.contains(&c.student));
    let mut units: Vec<Uuid> =
        classes.iter().flat_map(|c| [c.class.grade.id.uuid(), c.class.grade.school.uuid()]).collect();
    units.sort();
    units.dedup();
    let all = read.summaries(&units, sweep).await?;
    let of = |unit: Uuid| UnitSummary { unit, versions: all.iter().filter(|s| s.unit == unit).cloned().collect() };
    let summaries = units.into_iter().map(of).filter(|s| !s.versions.is_empty()).collect();
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadReport, None, Some(sweep.to_string()))]).await?;
    tx.commit().await?;
    Ok(SweepsView { sweep, classes, unreported, summaries })
}

fn sweep_of(desk: &Desk, text: &str) -> Result<Sweep, CaseError> {
    let today = desk.calendar.date(desk.now());
    Sweep::read(text, today, &desk.calendar).map_err(|fault| CaseError::Invalid(vec![fault]))
}

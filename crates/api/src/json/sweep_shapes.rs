//! What sweeps look like in JSON.

use casework::{ClassSweepView, ClassWeek, FiledSweep, ReportVersion, SweepsView};
use domain::lang::Lang;
use domain::sweep::{ClassSweep, Concern, Sweep};
use serde::Serialize;
use utoipa::ToSchema;

use super::report_shapes::{SummaryShape, state, summaries};
use super::shapes::{Named, rfc3339};
pub(crate) use super::sweep_body::{SweepBody, SweepSummaryBody};
use crate::present::{class_of, grade_of};
use crate::state::Api;

/// A sweep.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepShape {
    /// Its first day, by which it is called.
    begins: String,
    /// At which time of the term.
    kind: &'static str,
    /// The school day on which it is due.
    ends: String,
}

impl SweepShape {
    fn of(sweep: &Sweep) -> Self {
        Self { begins: sweep.begins.to_string(), kind: sweep.kind.key(), ends: sweep.last.to_string() }
    }
}

/// Somebody in danger, to be reported at once: a list alarms nobody.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DangerShape {
    /// `stu_…`.
    student: String,
    /// What was seen.
    sign: String,
    /// The form that files it, filled in so far.
    report: String,
}

/// The form for an observation, filled in with who and what.
pub(crate) fn report_address(c: &Concern) -> String {
    format!("/observations/new?student={}&sign={}", c.student, c.sign)
}

fn dangers(concerns: &[Concern]) -> Vec<DangerShape> {
    let one =
        |c: &Concern| DangerShape { student: c.student.to_string(), sign: c.sign.clone(), report: report_address(c) };
    concerns.iter().map(one).collect()
}

/// What was filed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiledSweepShape {
    /// Which version it is.
    version: u32,
    /// Those in danger. Nobody has been told of them: file an observation now.
    danger: Vec<DangerShape>,
}

impl FiledSweepShape {
    pub(super) fn of(f: &FiledSweep) -> Self {
        Self { version: f.version, danger: dangers(&f.danger) }
    }
}

/// A student of concern.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConcernShape {
    /// Of whom.
    student: Named,
    /// What was seen.
    sign: String,
    /// In words.
    note: String,
}

/// A version of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepVersionShape {
    /// 1 for the first.
    version: u32,
    /// Nobody.
    nil: bool,
    /// Those of concern.
    students: Vec<ConcernShape>,
    /// About the class as a whole.
    remarks: String,
    /// By whom.
    by: Named,
    /// When.
    at: String,
}

/// The list of a class in a sweep.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassSweepShape {
    /// The class.
    class: Named,
    /// Which sweep.
    sweep: SweepShape,
    /// When it is due; null where nobody was asked for it.
    due_at: Option<String>,
    /// How it stands.
    state: &'static str,
    /// When the list was taken first; null while it was not. Before that no result of a screening is shown.
    taken_at: Option<String>,
    /// Every version, oldest first.
    versions: Vec<SweepVersionShape>,
    /// Those on the newest one who are in danger and of whom nothing was reported since.
    unreported: Vec<DangerShape>,
    /// The pupils of the class.
    students: Vec<Named>,
    /// Whether the reader files it.
    may_file: bool,
}

impl ClassSweepShape {
    pub(super) fn of(api: &Api, view: &ClassSweepView, lang: Lang) -> Self {
        let (now, today) = (api.desk.now(), api.desk.calendar.date(api.desk.now()));
        let (due, first) = (view.due.as_ref().map(|d| d.due_at), view.versions.first().map(|v| v.at));
        Self {
            class: Named::new(view.class.id, class_of(&view.class, today, lang)),
            sweep: SweepShape::of(&view.sweep),
            due_at: due.map(rfc3339),
            state: state(due, first, now),
            taken_at: first.map(rfc3339),
            versions: view.versions.iter().map(|v| version(view, v)).collect(),
            unreported: dangers(&view.unreported),
            students: view.students.iter().map(|s| Named::new(s.id, s.name.clone())).collect(),
            may_file: view.may_file,
        }
    }
}

fn version(view: &ClassSweepView, v: &ReportVersion<ClassSweep>) -> SweepVersionShape {
    let name = |c: &Concern| view.students.iter().find(|s| s.id == c.student).map(|s| s.name.clone());
    let concern = |c: &Concern| ConcernShape {
        student: Named::new(c.student, name(c).unwrap_or_default()),
        sign: c.sign.clone(),
        note: c.note.clone(),
    };
    SweepVersionShape {
        version: v.version,
        nil: v.report.nil,
        students: v.report.students.iter().map(concern).collect(),
        remarks: v.report.remarks.clone(),
        by: Named::new(v.by.0, v.by.1.clone()),
        at: rfc3339(v.at),
    }
}

/// How a class stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassInSweepShape {
    /// The class.
    class: Named,
    /// Its grade.
    grade: Named,
    /// How its list stands.
    state: &'static str,
    /// Whether it names nobody; null while there is none.
    nil: Option<bool>,
    /// How many students it names; null while there is none.
    students: Option<usize>,
    /// How many of them are in danger and were not reported since.
    unreported: usize,
    /// By whom it was filed.
    by: Option<Named>,
}

/// A sweep, with how the classes stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SweepsShape {
    /// Which.
    sweep: SweepShape,
    /// The classes, by school, grade and name.
    items: Vec<ClassInSweepShape>,
    /// Always `null`: a sweep comes whole.
    next_cursor: Option<String>,
    /// What their grades and schools added, newest version of each.
    summaries: Vec<SummaryShape>,
}

impl SweepsShape {
    pub(super) fn of(api: &Api, view: &SweepsView, lang: Lang) -> Self {
        let grades: Vec<_> = view.classes.iter().map(|c| c.class.grade.id).collect();
        Self {
            sweep: SweepShape::of(&view.sweep),
            items: view.classes.iter().map(|c| class(api, view, c, lang)).collect(),
            next_cursor: None,
            summaries: summaries(&grades, &view.summaries),
        }
    }
}

/// How many of a class's list are in danger and were not reported since.
pub(crate) fn unreported(view: &SweepsView, c: &ClassWeek<ClassSweep>) -> usize {
    let on = |d: &&Concern| c.report.as_ref().is_some_and(|(r, ..)| r.students.contains(d));
    view.unreported.iter().filter(on).count()
}

fn class(api: &Api, view: &SweepsView, c: &ClassWeek<ClassSweep>, lang: Lang) -> ClassInSweepShape {
    let (now, today) = (api.desk.now(), api.desk.calendar.date(api.desk.now()));
    let due = c.due.as_ref().map(|d| d.due_at);
    let filed = c.due.as_ref().and_then(|d| d.filed_at).or_else(|| c.report.as_ref().map(|_| due.unwrap_or(now)));
    ClassInSweepShape {
        class: Named::new(c.class.id, class_of(&c.class, today, lang)),
        grade: Named::new(c.class.grade.id, grade_of(&c.class, today, lang)),
        state: state(due, filed, now),
        nil: c.report.as_ref().map(|(r, ..)| r.nil),
        students: c.report.as_ref().map(|(r, ..)| r.students.len()),
        unreported: unreported(view, c),
        by: c.report.as_ref().map(|(_, id, name)| Named::new(*id, name.clone())),
    }
}

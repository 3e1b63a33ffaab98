//! What weekly reports look like in JSON.

use casework::{ClassReportView, ClassWeek, FiledReport, ReportVersion, ReportsView, SummaryVersion, UnitSummary};
use domain::id::{GradeId, SchoolId};
use domain::lang::Lang;
use domain::report::{Line, LineDraft, ReportDraft};
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Fields, FromFields};
use super::shapes::{Named, rfc3339};
use crate::present::{class_of, grade_of};
use crate::state::Api;

/// What is said of one student.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct LineBody {
    /// `stu_…`, of this class.
    student: String,
    /// `cloudy`, `overcast` or `rain`; who had a sunny week is not named.
    mood: String,
    /// Since which day the mood is low, for overcast and rain.
    low_since: Option<String>,
    /// What was seen, at most 500 characters.
    note: String,
}

impl FromFields for LineBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            student: f.text("student"),
            mood: f.text("mood"),
            low_since: f.maybe_text("low_since"),
            note: f.text("note"),
        }
    }
}

/// A weekly report.
#[derive(Debug, ToSchema)]
pub(crate) struct ReportBody {
    /// The Monday of the week; this week when nothing is said.
    pub(super) week: String,
    /// Nothing to report 零报告.
    nil: bool,
    /// Those of whom there is something to say.
    #[schema(max_items = 200)]
    students: Vec<LineBody>,
    /// About the class as a whole, at most 1,000 characters.
    remarks: String,
    /// Whoever files it stands by it: `true`.
    signed: bool,
}

impl FromFields for ReportBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            week: f.text("week"),
            nil: f.flag("nil").unwrap_or_default(),
            students: f.objects("students"),
            remarks: f.text("remarks"),
            signed: f.flag("signed").unwrap_or_default(),
        }
    }
}

impl From<&ReportBody> for ReportDraft {
    fn from(b: &ReportBody) -> Self {
        let line = |l: &LineBody| LineDraft {
            student: l.student.clone(),
            mood: l.mood.clone(),
            low_since: l.low_since.clone(),
            note: l.note.clone(),
        };
        Self {
            nil: b.nil,
            students: b.students.iter().map(line).collect(),
            remarks: b.remarks.clone(),
            signed: b.signed,
        }
    }
}

/// What the tier above adds.
#[derive(Debug, ToSchema)]
pub(crate) struct SummaryBody {
    /// The Monday of the week; this week when nothing is said.
    pub(super) week: String,
    /// What the week came to, at most 1,000 characters.
    pub(super) text: String,
    /// Whoever files it stands by it: `true`.
    pub(super) signed: bool,
}

impl FromFields for SummaryBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { week: f.text("week"), text: f.text("text"), signed: f.flag("signed").unwrap_or_default() }
    }
}

/// What was filed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiledReportShape {
    /// Which version it is.
    pub(super) version: u32,
    /// How many weeks in a row the class has said the same; null for a summary.
    pub(super) same_weeks: Option<u32>,
}

impl FiledReportShape {
    pub(super) fn of(f: &FiledReport) -> Self {
        Self { version: f.version, same_weeks: Some(f.same_weeks) }
    }
}

/// What was said of one student.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineShape {
    /// Of whom.
    student: Named,
    /// How the week was.
    mood: String,
    /// Since when the mood is low.
    low_since: Option<String>,
    /// What was seen.
    note: String,
}

/// A version of a report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportVersionShape {
    /// 1 for the first.
    version: u32,
    /// Nothing to report.
    nil: bool,
    /// Those of whom there was something to say.
    students: Vec<LineShape>,
    /// About the class as a whole.
    remarks: String,
    /// By whom.
    by: Named,
    /// When.
    at: String,
}

/// The report of a class in a week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassReportShape {
    /// The class.
    class: Named,
    /// The Monday of the week.
    week: String,
    /// When it is due; null where the week has no school.
    due_at: Option<String>,
    /// How it stands.
    state: &'static str,
    /// Every version, oldest first.
    versions: Vec<ReportVersionShape>,
    /// The pupils of the class.
    students: Vec<Named>,
    /// Whether the reader files it.
    may_file: bool,
}

impl ClassReportShape {
    pub(super) fn of(api: &Api, view: &ClassReportView, lang: Lang) -> Self {
        let (now, today) = (api.desk.now(), api.desk.calendar.date(api.desk.now()));
        let first = view.versions.first().map(|v| v.at);
        Self {
            class: Named::new(view.class.id, class_of(&view.class, today, lang)),
            week: view.week.to_string(),
            due_at: view.times.map(|t| rfc3339(t.due)),
            state: state(view.times.map(|t| t.due), first, now),
            versions: view.versions.iter().map(|v| version(view, v)).collect(),
            students: view.students.iter().map(|s| Named::new(s.id, s.name.clone())).collect(),
            may_file: view.may_file,
        }
    }
}

fn version(view: &ClassReportView, v: &ReportVersion) -> ReportVersionShape {
    let name = |l: &Line| view.students.iter().find(|s| s.id == l.student).map(|s| s.name.clone()).unwrap_or_default();
    let line = |l: &Line| LineShape {
        student: Named::new(l.student, name(l)),
        mood: l.mood.key().to_owned(),
        low_since: l.low_since.map(|d| d.to_string()),
        note: l.note.clone(),
    };
    ReportVersionShape {
        version: v.version,
        nil: v.report.nil,
        students: v.report.students.iter().map(line).collect(),
        remarks: v.report.remarks.clone(),
        by: Named::new(v.by.0, v.by.1.clone()),
        at: rfc3339(v.at),
    }
}

/// Open until it is due, then missing; filed, or late.
pub(crate) fn state(due: Option<Timestamp>, filed: Option<Timestamp>, now: Timestamp) -> &'static str {
    match (due, filed) {
        (None, None) => "not_due",
        (Some(due), None) if now < due => "open",
        (Some(_), None) => "missing",
        (Some(due), Some(at)) if at > due => "late",
        (_, Some(_)) => "filed",
    }
}

/// How a class stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassWeekShape {
    /// The class.
    class: Named,
    /// Its grade.
    grade: Named,
    /// How its report stands.
    state: &'static str,
    /// Whether it says that there is nothing to report; null while there is none.
    nil: Option<bool>,
    /// How many students it names; null while there is none.
    students: Option<usize>,
    /// How many weeks in a row it has said the same.
    same_weeks: u32,
    /// So many that somebody asks whether anybody looked.
    ask: bool,
    /// By whom it was filed.
    by: Option<Named>,
}

/// What a grade or a school added.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SummaryShape {
    /// The grade (`grd_…`) or the school (`sch_…`).
    unit: String,
    /// 1 for the first.
    version: u32,
    /// What the week came to.
    text: String,
    /// By whom.
    by: Named,
    /// When.
    at: String,
}

/// A week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportsShape {
    /// The Monday of the week.
    week: String,
    /// When its reports are due; null where it has no school.
    due_at: Option<String>,
    /// The classes, by school, grade and name.
    items: Vec<ClassWeekShape>,
    /// Always `null`: a week comes whole.
    next_cursor: Option<String>,
    /// What their grades and schools added, newest version of each.
    summaries: Vec<SummaryShape>,
}

impl ReportsShape {
    pub(super) fn of(api: &Api, view: &ReportsView, lang: Lang) -> Self {
        let grades: Vec<_> = view.classes.iter().map(|c| c.class.grade.id).collect();
        Self {
            week: view.week.to_string(),
            due_at: view.times.map(|t| rfc3339(t.due)),
            items: view.classes.iter().map(|c| class_week(api, view, c, lang)).collect(),
            next_cursor: None,
            summaries: summaries(&grades, &view.summaries),
        }
    }
}

/// The newest of what each unit added; those that are none of the grades are schools.
pub(super) fn summaries(grades: &[GradeId], added: &[UnitSummary]) -> Vec<SummaryShape> {
    let unit = |s: &SummaryVersion| {
        let grade = grades.iter().find(|g| g.uuid() == s.unit);
        grade.map_or_else(|| SchoolId::new(s.unit).to_string(), ToString::to_string)
    };
    let newest = added.iter().filter_map(|s| s.versions.last());
    newest
        .map(|s| SummaryShape {
            unit: unit(s),
            version: s.version,
            text: s.text.clone(),
            by: Named::new(s.by.0, s.by.1.clone()),
            at: rfc3339(s.at),
        })
        .collect()
}

fn class_week(api: &Api, view: &ReportsView, c: &ClassWeek, lang: Lang) -> ClassWeekShape {
    let due = view.times.map(|t| t.due);
    let (now, today) = (api.desk.now(), api.desk.calendar.date(api.desk.now()));
    let filed = c.due.as_ref().and_then(|d| d.filed_at).or_else(|| c.report.as_ref().and(due));
    ClassWeekShape {
        class: Named::new(c.class.id, class_of(&c.class, today, lang)),
        grade: Named::new(c.class.grade.id, grade_of(&c.class, today, lang)),
        state: state(due, filed, now),
        nil: c.report.as_ref().map(|(r, ..)| r.nil),
        students: c.report.as_ref().map(|(r, ..)| r.students.len()),
        same_weeks: c.same_weeks,
        ask: c.same_weeks >= view.same_weeks,
        by: c.report.as_ref().map(|(_, id, name)| Named::new(*id, name.clone())),
    }
}

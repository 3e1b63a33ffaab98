//! The page of weekly reports, put together.

use casework::{ClassRecord, ClassReportView, ClassWeek, ReportsView, UnitSummary};
use domain::access::Right;
use domain::fault::Fault;
use domain::id::{ClassId, GradeId, SchoolId};
use domain::report::{Line, Mood, Week};

use super::form::Fields;
use super::frame::shell_for;
use super::reports::draft;
use super::view::parts::Errors;
use super::view::reports::{ClassLine, MoodPick, OwnClass, Pupil, Reports, Summary, UnitPick};
use super::visitor::{PageError, Visitor};
use super::words::{moment, words_of};
use crate::json::report_shapes::state;
use crate::present::{class_of, grade_of};
use crate::state::Api;

/// The page, with what was typed into the form where it was sent back.
pub(super) async fn view(
    api: &Api,
    who: &Visitor,
    fields: &Fields,
    faults: &[(String, Fault)],
) -> Result<Reports, PageError> {
    let seen = casework::view_reports(&api.desk, who, fields.get("week"), None, None).await?;
    let classes: Vec<ClassId> = who.scope(&api.desk, Right::ClassReport).classes.iter().copied().collect();
    let mut own = Vec::new();
    let front = front(&classes, fields);
    for class in classes {
        let report = casework::view_class_report(&api.desk, who, class, &seen.week.to_string()).await?;
        let typed = (fields.get("class") == class.to_string()).then_some(fields);
        own.push(OwnClass { mark: mark(class, front), ..form(api, who, &report, typed, faults) });
    }
    let this = Week::of(api.desk.calendar.date(api.desk.now()));
    Ok(Reports {
        shell: shell_for(api, who).await?,
        errors: Errors::default(),
        done: fields.get("done") == "yes",
        week: seen.week.to_string(),
        earlier: seen.week.before().to_string(),
        later: (seen.week < this).then(|| seen.week.after().to_string()),
        due: seen.times.map(|t| moment(api, t.due)),
        own,
        classes: seen.classes.iter().map(|c| line(api, who, &seen, c)).collect(),
        summaries: summaries(api, who, seen.classes.iter().map(|c| &c.class), &seen.summaries),
        units: units(api, who, seen.classes.iter().map(|c| &c.class), fields.get("unit")),
        text: fields.get("text").to_owned(),
    })
}

/// The class whose form faults are shown in: the one that was sent, or the first.
pub(super) fn front(classes: &[ClassId], fields: &Fields) -> Option<ClassId> {
    classes.iter().copied().find(|c| c.to_string() == fields.get("class")).or_else(|| classes.first().copied())
}

/// What the ids of a form end with, so that those of two classes differ.
pub(super) fn mark(class: ClassId, front: Option<ClassId>) -> String {
    if front == Some(class) { String::new() } else { format!("-{class}") }
}

/// A state in words.
pub(super) fn words(who: &Visitor, key: &str) -> String {
    let t = &words_of(who.lang).texts().reports;
    match key {
        "not_due" => t.state_not_due,
        "open" => t.state_open,
        "missing" => t.state_missing,
        "late" => t.state_late,
        _ => t.state_filed,
    }
    .to_owned()
}

fn form(
    api: &Api,
    who: &Visitor,
    report: &ClassReportView,
    typed: Option<&Fields>,
    faults: &[(String, Fault)],
) -> OwnClass {
    let (now, calendar) = (api.desk.now(), &api.desk.calendar);
    let last = report.versions.last();
    let key = state(report.times.map(|t| t.due), report.versions.first().map(|v| v.at), now);
    let typed_version = typed.map(|f| f.get("version"));
    let typed = typed.map(draft);
    let pupil = |s: &casework::StudentRecord| {
        let id = s.id.to_string();
        let old = last.and_then(|v| v.report.students.iter().find(|l| l.student == s.id));
        let new = typed.as_ref().map(|d| d.students.iter().find(|l| l.student == id));
        let (mood, since, note) = match new {
            Some(line) => line.map(|l| (l.mood.clone(), l.low_since.clone().unwrap_or_default(), l.note.clone())),
            None => old.map(said),
        }
        .unwrap_or_default();
        let fault = faults.iter().find(|(student, _)| *student == id).map(|(_, f)| f.message(who.lang).to_owned());
        Pupil {
            id,
            name: s.name.clone(),
            seat: s.seat.clone().unwrap_or_default(),
            moods: moods(who, &mood),
            since,
            note,
            fault,
        }
    };
    let words_typed = typed.as_ref().map(|d| (d.nil, d.remarks.clone()));
    let (nil, remarks) =
        words_typed.or_else(|| last.map(|v| (v.report.nil, v.report.remarks.clone()))).unwrap_or_default();
    OwnClass {
        id: report.class.id.to_string(),
        mark: String::new(),
        name: class_of(&report.class, calendar.date(now), who.lang),
        state: words(who, key),
        filed: last.map(|v| format!("{} · {}", v.by.1, calendar.local(v.at).format("%m-%d %H:%M"))),
        version: last.map_or(0, |v| v.version),
        standing: last
            .filter(|v| overtakes(v.version, typed_version))
            .map(|v| standing(who, report, &v.report))
            .unwrap_or_default(),
        pupils: report.students.iter().map(pupil).collect(),
        nil,
        remarks,
        today: calendar.date(now).to_string(),
    }
}

/// Whether a version was filed while somebody wrote over an older one.
pub(super) fn overtakes(version: u32, typed: Option<&str>) -> bool {
    typed.and_then(|t| t.parse().ok()).is_some_and(|typed: u32| typed < version)
}

/// What the version says that somebody else has filed meanwhile.
fn standing(who: &Visitor, view: &ClassReportView, report: &domain::report::ClassReport) -> Vec<String> {
    let name = |l: &Line| view.students.iter().find(|s| s.id == l.student).map(|s| s.name.clone()).unwrap_or_default();
    let one = |l: &Line| {
        let (_, since, note) = said(l);
        [name(l), l.mood.name(who.lang).to_owned(), since, note].join(" ").trim().to_owned()
    };
    report.students.iter().map(one).chain((!report.remarks.is_empty()).then(|| report.remarks.clone())).collect()
}

fn said(line: &Line) -> (String, String, String) {
    let since = line.low_since.map(|d| d.to_string()).unwrap_or_default();
    (line.mood.key().to_owned(), since, line.note.clone())
}

fn moods(who: &Visitor, chosen: &str) -> Vec<MoodPick> {
    let sunny = words_of(who.lang).texts().reports.sunny.to_owned();
    let first = MoodPick { value: "", label: sunny, chosen: chosen.is_empty() };
    let one = |m: Mood| MoodPick { value: m.key(), label: m.name(who.lang).to_owned(), chosen: m.key() == chosen };
    std::iter::once(first).chain(Mood::ALL.map(one)).collect()
}

fn line(api: &Api, who: &Visitor, seen: &ReportsView, c: &ClassWeek) -> ClassLine {
    let (t, now) = (&words_of(who.lang).texts().reports, api.desk.now());
    let due = seen.times.map(|t| t.due);
    let filed = c.due.as_ref().and_then(|d| d.filed_at).or_else(|| c.report.as_ref().and(due));
    let key = state(due, filed, now);
    let says = match &c.report {
        None => String::new(),
        Some((r, ..)) if r.nil => t.is_nil.to_owned(),
        Some((r, ..)) => format!("{} {}", t.named, r.students.len()),
    };
    ClassLine {
        id: c.class.id.to_string(),
        name: class_of(&c.class, api.desk.calendar.date(now), who.lang),
        key,
        state: words(who, key),
        says,
        same: c.same_weeks >= seen.same_weeks,
        by: c.report.as_ref().map(|(.., name)| name.clone()).unwrap_or_default(),
    }
}

/// What was added to some classes, in words.
pub(super) fn summaries<'a>(
    api: &Api,
    who: &Visitor,
    classes: impl Iterator<Item = &'a ClassRecord> + Clone,
    added: &[UnitSummary],
) -> Vec<Summary> {
    let (t, today) = (&words_of(who.lang).texts().reports, api.desk.calendar.date(api.desk.now()));
    let name = |unit: uuid::Uuid| {
        let of = classes.clone().find(|c| c.grade.id.uuid() == unit);
        of.map_or_else(|| t.of_school.to_owned(), |c| grade_of(c, today, who.lang))
    };
    let one = |s: &casework::SummaryVersion| Summary {
        unit: name(s.unit),
        text: s.text.clone(),
        by: format!("{} · {}", s.by.1, api.desk.calendar.local(s.at).format("%m-%d %H:%M")),
    };
    added.iter().flat_map(|s| &s.versions).map(one).collect()
}

/// The grades and schools that the reader may add to.
pub(super) fn units<'a>(
    api: &Api,
    who: &Visitor,
    classes: impl Iterator<Item = &'a ClassRecord>,
    chosen: &str,
) -> Vec<UnitPick> {
    let (t, today) = (&words_of(who.lang).texts().reports, api.desk.calendar.date(api.desk.now()));
    let scope = who.scope(&api.desk, Right::SeeReports);
    let mut out: Vec<UnitPick> = Vec::new();
    let mut add = |value: String, label: String| {
        if !out.iter().any(|u| u.value == value) {
            out.push(UnitPick { chosen: value == chosen, value, label });
        }
    };
    for c in classes {
        let (grade, school): (GradeId, SchoolId) = (c.grade.id, c.grade.school);
        if scope.schools.contains(&school) {
            add(school.to_string(), t.of_school.to_owned());
        }
        if scope.schools.contains(&school) || scope.grades.contains(&grade) {
            add(grade.to_string(), grade_of(c, today, who.lang));
        }
    }
    out
}

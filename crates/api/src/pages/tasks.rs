//! `/tasks`: 我的任务, and one of them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, TaskQuery, TaskRecord};
use domain::access::Right;
use domain::id::{MandatoryId, SampleId, TaskId};
use domain::lang::Lang;
use domain::task::{TaskKind, TaskState};

use super::duty::told;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::duty::Pick;
use super::view::parts::{Errors, NavLink};
use super::view::tasks::{Row, TaskPage, Tasks};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{deadline, errors, masked, moment, words_of};
use crate::json::page::{cursor, parts};
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

const SHOWN: usize = 30;

/// Tasks.
#[get("/tasks")]
pub(crate) async fn list(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let (watched, state) = (fields.get("of") == "all", TaskState::from_key(fields.get("state")));
    let after = after(&fields)?;
    let limit = u32::try_from(SHOWN).unwrap_or(u32::MAX).saturating_add(1);
    let query = TaskQuery { mine: !watched, state, student: None, after, limit };
    let mut found = casework::list_tasks(&api.desk, &who, &query).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let last = found.last().filter(|_| more);
    let mark = last.map(|t| cursor(&[domain::time::to_micros(t.due_at).to_string(), t.id.to_string()]));
    let (of, in_state) = (fields.get("of"), fields.get("state"));
    let view = Tasks {
        shell: shell_for(&api, &who).await?,
        filters: filters(&api, &who, watched, state),
        tasks: found.iter().map(|t| row(&api, &who, t)).collect(),
        open: state.is_none_or(|s| s == TaskState::Open),
        next_href: mark.map(|mark| format!("/tasks?of={of}&state={in_state}&cursor={mark}")),
    };
    Ok(page(StatusCode::OK, &view)?)
}

fn after(fields: &Fields) -> Result<Option<(domain::time::Timestamp, TaskId)>, Problem> {
    if fields.get("cursor").is_empty() {
        return Ok(None);
    }
    let found = match parts(fields.get("cursor"), 2)?.as_slice() {
        [at, id] => at.parse().ok().and_then(domain::time::from_micros).zip(id.parse().ok()),
        _ => None,
    };
    found.map(Some).ok_or_else(|| Problem::invalid(vec![crate::json::page::bad_cursor()]))
}

fn filters(api: &Api, who: &Visitor, watched: bool, state: Option<TaskState>) -> Vec<NavLink> {
    let t = &words_of(who.lang).texts().care;
    let oversees = who.actor.may_somewhere(Right::OpenFile, api.desk.now());
    let done = state == Some(TaskState::Done);
    let link = |href: &str, label: String, current| NavLink { href: href.to_owned(), label, count: None, current };
    let ended = |of: &str| format!("{of} · {}", TaskState::Done.name(who.lang));
    let mut out = vec![
        link("/tasks", t.mine.to_owned(), !watched && !done),
        link("/tasks?state=done", ended(t.mine), !watched && done),
    ];
    if oversees {
        out.push(link("/tasks?of=all", t.watched.to_owned(), watched && !done));
        out.push(link("/tasks?of=all&state=done", ended(t.watched), watched && done));
    }
    out
}

fn class(api: &Api, t: &TaskRecord, lang: Lang) -> String {
    class_of(t.about.class(), api.desk.calendar.date(api.desk.now()), lang)
}

/// Class and masked name; of a class as a whole, the class.
fn named(class: String, t: &TaskRecord) -> String {
    t.about.student().map_or(class.clone(), |s| format!("{class} {}", masked(&s.name)))
}

fn row(api: &Api, who: &Visitor, t: &TaskRecord) -> Row {
    Row {
        href: format!("/tasks/{}", t.id),
        kind: t.kind.name(who.lang).to_owned(),
        student: named(class(api, t, who.lang), t),
        text: (!t.text.is_empty()).then(|| t.text.clone()),
        owner: (t.owner.0 != who.person()).then(|| t.owner.1.clone()),
        due: deadline(api, t.due_at, who.lang),
        state: (t.state != TaskState::Open).then(|| t.state.name(who.lang).to_owned()),
    }
}

/// A task.
#[get("/tasks/{id}")]
pub(crate) async fn show(api: web::Data<Api>, who: Visitor, id: web::Path<TaskId>) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, *id, Errors::default(), &Fields::default()).await?)?)
}

async fn view(api: &Api, who: &Visitor, id: TaskId, errors: Errors, fields: &Fields) -> Result<TaskPage, PageError> {
    let task = casework::view_task(&api.desk, who, id).await?;
    let (t, place) = (&words_of(who.lang).texts().care, task.about.place());
    let own = task.owner.0 == who.person() || who.actor.stands_in.iter().any(|s| s.away.person == task.owner.0);
    let open = task.state == TaskState::Open;
    let passes = open && casework::may_hand_on(&api.desk, who, &task).await?;
    let from = task.from.as_ref().map_or_else(|| t.service.to_owned(), |(_, name)| name.clone());
    let mut meta = vec![(t.owner.to_owned(), task.owner.1.clone()), (t.from.to_owned(), from)];
    meta.extend(task.note.clone().map(|note| (t.note.to_owned(), note)));
    let student = task.about.student();
    let opens = student.filter(|_| who.scope(&api.desk, Right::OpenFile).covers(&place)).map(|s| s.id);
    let elsewhere = task.kind.ends_with_its_record();
    let record = opens.filter(|_| open && elsewhere).map(|student| {
        if task.kind == TaskKind::ReportDanger {
            return format!("/observations/new?student={student}");
        }
        let form = [
            (TaskKind::Notice, "notice"),
            (TaskKind::GuardianDecision, "household"),
            (TaskKind::Referral, "referral"),
            (TaskKind::Interview, "interview"),
            (TaskKind::PromptInterview, "interview"),
        ];
        let form = form.into_iter().find(|(kind, _)| *kind == task.kind);
        form.map_or_else(|| super::leave::address(student), |(_, form)| format!("/students/{student}/care/{form}"))
    });
    let by_law = task.record.filter(|_| open && task.kind.is_by_law());
    let drawn = task.record.filter(|_| open && task.kind == TaskKind::DecisionLook);
    let record = drawn.map(|id| format!("/decision-samples/{}", SampleId::new(id))).or(record);
    let record = record.or_else(|| by_law.map(|id| format!("/mandatory-reports/{}", MandatoryId::new(id))));
    Ok(TaskPage {
        shell: shell_for(api, who).await?,
        errors,
        id: id.to_string(),
        kind: task.kind.name(who.lang).to_owned(),
        name: student.map_or_else(|| class(api, &task, who.lang), |s| s.name.clone()),
        facts: student
            .map(|_| class(api, &task, who.lang))
            .into_iter()
            .chain(student.and_then(|s| s.seat.clone()))
            .collect(),
        file_href: opens.map(|id| format!("/students/{id}/growth-file")),
        text: (!task.text.is_empty()).then(|| task.text.clone()),
        meta,
        due: open.then(|| deadline(api, task.due_at, who.lang)),
        ended: task.ended_at.map(|at| (task.state.name(who.lang).to_owned(), moment(api, at))),
        next_href: task.handed_to.filter(|_| opens.is_some()).map(|id| format!("/tasks/{id}")),
        may_end: open && own && !elsewhere && !task.kind.is_by_law(),
        record: record.map(|href| (href, t.go_record.to_owned())),
        colleagues: if passes { colleagues(api, who, fields.get("to")).await? } else { Vec::new() },
        note: fields.get("note").to_owned(),
        reason: fields.get("reason").to_owned(),
    })
}

/// The colleagues to choose from.
pub(crate) async fn colleagues(api: &Api, who: &Visitor, chosen: &str) -> Result<Vec<Pick>, CaseError> {
    let staff = casework::colleagues_for_tasks(&api.desk, who).await?;
    let pick = |p: &casework::PersonRecord| Pick {
        chosen: chosen == p.id.to_string(),
        value: p.id.to_string(),
        label: p.name.clone(),
    };
    Ok(staff.iter().map(pick).collect())
}

/// Says that a task is done.
#[post("/tasks/{id}/done")]
pub(crate) async fn end(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<TaskId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::end_task(&api.desk, &who, *id, fields.get("note")).await;
    answer(&api, who, *id, &fields, done).await
}

/// Hands a task on.
#[post("/tasks/{id}/hand-on")]
pub(crate) async fn hand_on(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<TaskId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::hand_on_task(&api.desk, &who, *id, fields.get("to"), fields.get("reason")).await;
    answer(&api, who, *id, &fields, done.map(|_| ())).await
}

/// Back to the list, or the same page with what was wrong and everything that was typed.
async fn answer(
    api: &Api,
    who: Visitor,
    id: TaskId,
    fields: &Fields,
    done: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(()) => return Ok(see_other("/tasks")),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, str::to_owned);
    let who = who.at(&format!("/tasks/{id}"));
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(api, &who, id, errors, fields).await?)?)
}

//! `/students/{id}/leave`: 休复学, and a form for each step.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, LeaveView};
use domain::id::StudentId;
use domain::lang::Lang;
use domain::leave::StepKind;

use super::duty::told;
use super::entry::once;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::leave_fields::fields;
use super::leave_names::page_field;
use super::leave_story::story;
use super::leave_write::write;
use super::sheets::unless_confirmed;
use super::view::care::{CareForm, Field, Known};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, words_of};
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

/// Where it is.
pub(crate) fn address(student: StudentId) -> String {
    format!("/students/{student}/leave")
}

/// The title of the page.
pub(crate) fn title(lang: Lang) -> &'static str {
    lang.pick("休复学", "Leave and return")
}

/// The step of a form; nothing for the first, which records the leave.
fn step_of(word: &str) -> Result<Option<StepKind>, CaseError> {
    if word == "begin" {
        return Ok(None);
    }
    StepKind::from_key(word).map(Some).ok_or(CaseError::NotFound)
}

pub(super) fn form_title(step: Option<StepKind>, lang: Lang) -> &'static str {
    match step {
        None => lang.pick("登记休学", "Record a leave"),
        Some(StepKind::Contact) => lang.pick("登记联系", "Note a contact"),
        Some(StepKind::Return) => lang.pick("申请复学", "Apply for the return"),
        Some(StepKind::Review) => lang.pick("审核材料", "Look at the papers"),
        Some(StepKind::Assessment) => lang.pick("复学评估", "Assess"),
        Some(StepKind::Decision) => lang.pick("提出决定", "Propose a decision"),
        Some(StepKind::Sign) => lang.pick("签字", "Sign"),
        Some(StepKind::Stage) => lang.pick("阶段确认", "Say how the stage went"),
        Some(StepKind::Appeal) => lang.pick("登记申诉", "Record an appeal"),
        Some(StepKind::Answer) => lang.pick("决定申诉", "Decide the appeal"),
    }
}

/// Leaves of a student.
#[get("/students/{id}/leave")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, PageError> {
    let view = casework::leaves_of(&api.desk, &who, *id).await?;
    let known = story(&api, &who, &view);
    let empty = (known.is_empty()).then(|| who.lang.pick("没有休学记录。", "No leave.").to_owned());
    let shown = Shown {
        title: title(who.lang),
        known,
        fields: Vec::new(),
        hint: empty.unwrap_or_default(),
        action: String::new(),
    };
    Ok(page(StatusCode::OK, &form(&api, &who, &view, shown, Errors::default()).await?)?)
}

/// A form.
#[get("/students/{id}/leave/{step}")]
pub(crate) async fn ask(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, String)>,
    query: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let (step, view) = (step_of(&path.1)?, casework::leaves_of(&api.desk, &who, path.0).await?);
    let shown = asked(&api, &who, &view, step, &query).await?;
    Ok(page(StatusCode::OK, &form(&api, &who, &view, shown, Errors::default()).await?)?)
}

/// A form that was filled in.
#[post("/students/{id}/leave/{step}")]
pub(crate) async fn send(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, String)>,
    typed: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&typed)?;
    let (step, view) = (step_of(&path.1)?, casework::leaves_of(&api.desk, &who, path.0).await?);
    let here = format!("{}/{}", address(path.0), path.1);
    if may(&view, step).is_ok()
        && let Some(asked) = unless_confirmed(&api, &who, &view.student, &here, &typed).await?
    {
        return Ok(asked);
    }
    // Whoever taps twice may no longer take the step that the first tap took: what was kept is asked for before the right.
    let faults = match write(&api, &who, &view, step, (&typed, once(&typed, &here).as_ref())).await {
        Ok(()) => return Ok(see_other(&address(path.0))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, |field| page_field(field, &view.terms));
    let (shown, who) = (asked(&api, &who, &view, step, &typed).await?, who.at(&here));
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &form(&api, &who, &view, shown, errors).await?)?)
}

/// Whoever may not take a step now finds no form for it.
fn may(view: &LeaveView, step: Option<StepKind>) -> Result<(), CaseError> {
    let may = step.map_or(view.may_begin, |step| view.may.contains(&step));
    if may { Ok(()) } else { Err(CaseError::Forbidden) }
}

/// What a page of leaves shows.
struct Shown {
    title: &'static str,
    known: Vec<Known>,
    fields: Vec<Field>,
    hint: String,
    action: String,
}

async fn asked(
    api: &Api,
    who: &Visitor,
    view: &LeaveView,
    step: Option<StepKind>,
    typed: &Fields,
) -> Result<Shown, CaseError> {
    may(view, step)?;
    let hint = match step {
        None => who.lang.pick("只写原因的类别，不写诊断。", "A class of reasons, never a diagnosis."),
        Some(StepKind::Contact) => who.lang.pick(
            "没有联系上也要登记：任务仍在，逾期会告诉上一级。有危险请立即报一条观察。",
            "Note it too when nobody was reached: it stays owed. Where there is danger, report it at once.",
        ),
        Some(StepKind::Assessment) => {
            who.lang.pick("只有心理老师可以查看评估的内容。", "The counsellor alone reads what it says.")
        }
        Some(
            StepKind::Return
            | StepKind::Review
            | StepKind::Decision
            | StepKind::Sign
            | StepKind::Stage
            | StepKind::Appeal
            | StepKind::Answer,
        ) => "",
    };
    Ok(Shown {
        title: form_title(step, who.lang),
        known: story(api, who, view).into_iter().filter(|_| step == Some(StepKind::Sign)).collect(),
        fields: fields(api, who, view, step, typed).await?,
        hint: hint.to_owned(),
        action: format!("{}/{}", address(view.student.id), step.map_or("begin", StepKind::key)),
    })
}

async fn form(api: &Api, who: &Visitor, view: &LeaveView, shown: Shown, errors: Errors) -> Result<CareForm, PageError> {
    let (lang, today) = (who.lang, api.desk.calendar.date(api.desk.now()));
    let student = &view.student;
    Ok(CareForm {
        shell: shell_for(api, who).await?,
        errors,
        title: shown.title.to_owned(),
        name: student.name.clone(),
        facts: [class_of(&student.class, today, lang)].into_iter().chain(student.seat.clone()).collect(),
        warning: Vec::new(),
        hint: shown.hint,
        known: shown.known,
        fields: shown.fields,
        signs: false,
        action: shown.action,
        submit: words_of(lang).texts().care.save.to_owned(),
        back_href: format!("/students/{}/growth-file", student.id),
        back: None,
    })
}

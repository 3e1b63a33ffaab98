//! Tasks: `/api/v1/tasks`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{TaskQuery, TaskRecord};
use domain::id::TaskId;
use domain::task::{TaskDraft, TaskState, handed_on};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Body, Fields, FromFields};
use super::decisions::{Note, key_of};
use super::page::{after, cursor, limit, optional};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::present::class_of;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TasksQuery {
    /// `true` for one's own alone.
    mine: Option<String>,
    /// In this state; open ones when nothing is said.
    state: Option<String>,
    /// About this student.
    student: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// A task.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskShape {
    /// The task.
    id: String,
    /// About whom; null where it is about the class as a whole.
    student: Option<Named>,
    /// The class.
    class: Named,
    /// Beside which alert.
    alert: Option<String>,
    /// What kind.
    kind: String,
    /// What is to be done; null where the reader may know that the task exists, and no more.
    text: Option<String>,
    /// Whose it is.
    owner: Named,
    /// Who gave it; null when the service did.
    from: Option<Named>,
    /// When.
    given_at: String,
    /// By when it is to be done.
    due_at: String,
    /// Whether that has passed.
    overdue: bool,
    /// Where it stands.
    state: String,
    /// When it ended.
    ended_at: Option<String>,
    /// What was said at the end.
    note: Option<String>,
    /// The task that it was before it was handed on.
    handed_from: Option<String>,
    /// The task that it is since it was handed on.
    handed_to: Option<String>,
}

impl TaskShape {
    pub(crate) fn of(api: &Api, t: &TaskRecord, lang: Language) -> Self {
        let now = api.desk.now();
        Self {
            id: t.id.to_string(),
            student: t.about.student().map(|s| Named::new(s.id, s.name.clone())),
            class: Named::new(t.about.class().id, class_of(t.about.class(), api.desk.calendar.date(now), lang.0)),
            alert: t.alert.map(|a| a.to_string()),
            kind: t.kind.key().to_owned(),
            text: (!t.text.is_empty()).then(|| t.text.clone()),
            owner: Named::new(t.owner.0, t.owner.1.clone()),
            from: t.from.as_ref().map(|(id, name)| Named::new(id, name.clone())),
            given_at: rfc3339(t.given_at),
            due_at: rfc3339(t.due_at),
            overdue: t.state == TaskState::Open && t.due_at <= now,
            state: t.state.key().to_owned(),
            ended_at: t.ended_at.map(rfc3339),
            note: t.note.clone(),
            handed_from: t.handed_from.map(|id| id.to_string()),
            handed_to: t.handed_to.map(|id| id.to_string()),
        }
    }
}

/// Tasks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Tasks {
    /// This page, those due first first.
    items: Vec<TaskShape>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// One's own tasks, and those about the students whose files one opens.
#[utoipa::path(tag = "tasks", params(TasksQuery), responses((status = 200, body = Tasks),
    (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/tasks")]
pub(crate) async fn tasks(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<TasksQuery>,
) -> Result<HttpResponse, Problem> {
    let wanted = read(&query)?;
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let wanted = TaskQuery { limit: wanted.limit.saturating_add(1), ..wanted };
    let mut found = casework::list_tasks(&api.desk, &caller, &wanted).await?;
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more);
    let next_cursor = last.map(|t| cursor(&[domain::time::to_micros(t.due_at).to_string(), t.id.to_string()]));
    let items = found.iter().map(|t| TaskShape::of(&api, t, lang)).collect();
    Ok(HttpResponse::Ok().json(Tasks { items, next_cursor }))
}

fn read(query: &TasksQuery) -> Result<TaskQuery, Problem> {
    let mut faults = Vec::new();
    let flag = |text: &str| match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    };
    let place = |parts: &[String]| match parts {
        [at, id] => {
            let at = at.parse().ok().and_then(domain::time::from_micros);
            at.zip(id.parse().ok())
        }
        _ => None,
    };
    let wanted = TaskQuery {
        mine: optional(query.mine.as_ref(), "mine", flag, &mut faults).unwrap_or_default(),
        state: optional(query.state.as_ref(), "state", TaskState::from_key, &mut faults),
        student: optional(query.student.as_ref(), "student", |t| t.parse().ok(), &mut faults),
        after: after(query.cursor.as_ref(), place, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}

/// A task to be given.
#[derive(Debug, ToSchema)]
pub(crate) struct TaskBody {
    /// About whom: `stu_…`.
    student: String,
    /// Beside which alert: `alr_…`.
    alert: Option<String>,
    /// `look_in`, `follow_up` or `other`.
    kind: String,
    /// What is to be done, at most 500 characters.
    text: String,
    /// Who does it: `per_…`.
    owner: String,
    /// By when, RFC 3339.
    #[schema(format = DateTime)]
    due_at: String,
}

impl FromFields for TaskBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            student: f.text("student"),
            alert: f.maybe_text("alert"),
            kind: f.text("kind"),
            text: f.text("text"),
            owner: f.text("owner"),
            due_at: f.text("due_at"),
        }
    }
}

impl TaskBody {
    fn draft(&self) -> TaskDraft {
        TaskDraft {
            student: self.student.clone(),
            alert: self.alert.clone(),
            kind: self.kind.clone(),
            text: self.text.clone(),
            owner: self.owner.clone(),
            due_at: self.due_at.clone(),
        }
    }
}

/// Gives a task to a colleague, or to oneself.
#[utoipa::path(tag = "tasks", params(
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = TaskBody, responses((status = 201, body = TaskShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/tasks")]
pub(crate) async fn give(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    body: Body<TaskBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now).err().unwrap_or_default())?;
    let id = casework::give_task(&api.desk, &caller, &b.draft(), key.as_ref()).await?;
    let found = casework::view_task(&api.desk, &caller, id).await?;
    let place = ("Location", format!("/api/v1/tasks/{id}"));
    Ok(HttpResponse::Created().insert_header(place).json(TaskShape::of(&api, &found, lang)))
}

/// A task.
#[utoipa::path(tag = "tasks", params(("id" = String, Path)), responses((status = 200, body = TaskShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/tasks/{id}")]
pub(crate) async fn task(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<TaskId>,
) -> Result<HttpResponse, Problem> {
    let found = casework::view_task(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(TaskShape::of(&api, &found, lang)))
}

/// Says that a task is done, and what came of it.
#[utoipa::path(tag = "tasks", params(("id" = String, Path)), request_body = Note, responses(
    (status = 200, body = TaskShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/tasks/{id}/done")]
pub(crate) async fn done(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<TaskId>,
    body: Body<Note>,
) -> Result<HttpResponse, Problem> {
    let note = body.sound(|_| Vec::new())?.note.unwrap_or_default();
    casework::end_task(&api.desk, &caller, *id, &note).await?;
    let found = casework::view_task(&api.desk, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(TaskShape::of(&api, &found, lang)))
}

/// A task handed on.
#[derive(Debug, ToSchema)]
pub(crate) struct HandOnBody {
    /// To whom: `per_…`.
    to: String,
    /// Why, at most 2,000 characters.
    reason: String,
}

impl FromFields for HandOnBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { to: f.text("to"), reason: f.text("reason") }
    }
}

/// Hands a task on to a colleague, due when it was due. The answer is the task as it is now; the old one names it.
#[utoipa::path(tag = "tasks", params(("id" = String, Path)), request_body = HandOnBody, responses(
    (status = 201, body = TaskShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/tasks/{id}/hand-on")]
pub(crate) async fn hand_on(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<TaskId>,
    body: Body<HandOnBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|b| handed_on(&b.to, &b.reason).err().unwrap_or_default())?;
    let new = casework::hand_on_task(&api.desk, &caller, *id, &b.to, &b.reason).await?;
    let found = casework::view_handed_on(&api.desk, &caller, new).await?;
    let place = ("Location", format!("/api/v1/tasks/{new}"));
    Ok(HttpResponse::Created().insert_header(place).json(TaskShape::of(&api, &found, lang)))
}

//! Leave and return: `/api/v1/students/{id}/leaves`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::id::{LeaveId, StudentId};
use domain::leave::{AbsenceDraft, StepDraft, StepKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::leave_shapes::AwayShape;
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Leaves.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AwayList {
    /// The latest first.
    items: Vec<AwayShape>,
    /// Always null: there are never so many.
    next_cursor: Option<String>,
}

async fn all(api: &Api, caller: &Caller, id: StudentId) -> Result<Vec<AwayShape>, Problem> {
    let view = casework::leaves_of(&api.desk, caller, id).await?;
    Ok(view.leaves.iter().map(|l| AwayShape::of(l, &view, caller.person())).collect())
}

async fn one(api: &Api, caller: &Caller, student: StudentId, id: LeaveId) -> Result<AwayShape, Problem> {
    let all = all(api, caller, student).await?;
    all.into_iter().find(|l| l.id == id.to_string()).ok_or_else(Problem::not_found)
}

/// The leaves of a student, for whoever opens the file. Reasons are for those who may read them.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses((status = 200, body = AwayList),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/leaves")]
pub(crate) async fn leaves(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    let items = all(&api, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(AwayList { items, next_cursor: None }))
}

/// A leave to be recorded.
#[derive(Debug, ToSchema)]
pub(crate) struct AwayBody {
    /// Its first day.
    #[schema(format = Date)]
    from: String,
    /// `health`, `family`, `study` or `other`: a class of reasons, never a diagnosis.
    reason: String,
    /// Whether somebody saw the hospital's paper.
    #[schema(value_type = bool)]
    paper_seen: Option<bool>,
    /// Who keeps in touch: `per_…`.
    keeper: String,
    /// At least once in so many days.
    #[schema(minimum = 1, maximum = 31, value_type = u32)]
    every_days: Option<u8>,
    /// What is to be added.
    note: Option<String>,
}

impl FromFields for AwayBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            from: f.text("from"),
            reason: f.text("reason"),
            paper_seen: f.flag("paper_seen"),
            keeper: f.text("keeper"),
            every_days: f.whole("every_days"),
            note: f.maybe_text("note"),
        }
    }
}

/// Records a leave. Whoever is named keeps in touch meanwhile, and is asked for it.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = AwayBody, responses((status = 201, body = AwayShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/leaves")]
pub(crate) async fn begin(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<AwayBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    let every_days = b.every_days.map(u32::from);
    let (from, reason, paper_seen, keeper, note) = (b.from, b.reason, b.paper_seen, b.keeper, b.note);
    let draft = AbsenceDraft { from, reason, paper_seen, keeper, every_days, note };
    let leave = casework::begin_leave(&api.desk, &caller, *id, &draft, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(one(&api, &caller, *id, leave).await?))
}

/// What a body says of a step.
pub(super) trait Typed: FromFields {
    /// The step.
    fn draft(self) -> StepDraft;

    /// What it is for.
    fn of(&self) -> Option<String> {
        None
    }
}

/// Takes a step; gives the leave as it is then.
pub(super) async fn take<T: Typed>(
    api: &Api,
    caller: &Caller,
    request: &HttpRequest,
    path: (StudentId, LeaveId),
    (kind, body): (StepKind, Body<T>),
) -> Result<HttpResponse, Problem> {
    let key = key_of(request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    let (of, draft) = (b.of(), b.draft());
    casework::step_leave(&api.desk, caller, path, (kind, &draft), of.as_deref(), key.as_ref()).await?;
    Ok(HttpResponse::Ok().json(one(api, caller, path.0, path.1).await?))
}

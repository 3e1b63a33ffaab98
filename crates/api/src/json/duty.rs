//! The duty roster of a school: `/api/v1/schools/{id}/duty`

use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use casework::{DutyDraft, DutyRecord};
use domain::coverage::Period;
use domain::id::{DutyId, SchoolId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::decisions::key_of;
use super::shapes::{Named, rfc3339};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A turn of duty.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DutyShape {
    /// The id.
    id: String,
    /// Who is on duty.
    person: Named,
    /// The first instant.
    from: String,
    /// The end.
    to: String,
}

impl From<&DutyRecord> for DutyShape {
    fn from(d: &DutyRecord) -> Self {
        Self {
            id: d.turn.id.to_string(),
            person: Named::new(d.turn.person, d.name.clone()),
            from: rfc3339(d.turn.period.from),
            to: rfc3339(d.turn.period.to),
        }
    }
}

/// A time from which and until which something holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodShape {
    /// The first instant.
    from: String,
    /// The end.
    to: String,
}

impl From<&Period> for PeriodShape {
    fn from(p: &Period) -> Self {
        Self { from: rfc3339(p.from), to: rfc3339(p.to) }
    }
}

/// A part of the roster.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterShape {
    /// The turns, in order; they may overlap.
    items: Vec<DutyShape>,
    /// Always `null`: a part of the roster comes whole.
    next_cursor: Option<String>,
    /// Nights and days off, or parts of them, in which nobody is on duty who can be woken.
    gaps: Vec<PeriodShape>,
}

/// Which part.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DutyQuery {
    /// From when, RFC 3339; the beginning of today when nothing is said.
    from: Option<String>,
    /// Until when, RFC 3339; a fortnight later when nothing is said, at most 100 days.
    to: Option<String>,
}

/// Who is on duty when, and when nobody is.
#[utoipa::path(tag = "coverage", params(("id" = String, Path), DutyQuery), responses(
    (status = 200, body = RosterShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[get("/api/v1/schools/{id}/duty")]
pub(crate) async fn view(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<SchoolId>,
    query: web::Query<DutyQuery>,
) -> Result<HttpResponse, Problem> {
    let period = (query.from.as_deref(), query.to.as_deref());
    let view = casework::view_duty(&api.desk, &caller, *id, period).await?;
    Ok(HttpResponse::Ok().json(RosterShape {
        items: view.turns.iter().map(DutyShape::from).collect(),
        next_cursor: None,
        gaps: view.gaps.iter().map(PeriodShape::from).collect(),
    }))
}

/// A turn to be set.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DutyBody {
    /// A member of the school's staff with a verified telephone.
    #[serde(default)]
    person: String,
    /// RFC 3339.
    #[serde(default)]
    from: String,
    /// RFC 3339; at most 31 days after `from`.
    #[serde(default)]
    to: String,
}

/// Sets a turn of duty. Turns may overlap.
#[utoipa::path(tag = "coverage", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = DutyBody, responses((status = 201, body = DutyShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/schools/{id}/duty")]
pub(crate) async fn set(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<SchoolId>,
    body: web::Json<DutyBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &*body)?;
    let b = body.into_inner();
    let draft = DutyDraft { person: b.person, from: b.from, to: b.to };
    let set = casework::set_duty(&api.desk, &caller, *id, &draft, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(DutyShape::from(&set)))
}

/// Takes a turn back, before it begins.
#[utoipa::path(tag = "coverage", params(("id" = String, Path), ("duty" = String, Path)), responses((status = 204),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody)))]
#[delete("/api/v1/schools/{id}/duty/{duty}")]
pub(crate) async fn remove(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(SchoolId, DutyId)>,
) -> Result<HttpResponse, Problem> {
    let (school, turn) = path.into_inner();
    casework::remove_duty(&api.desk, &caller, school, turn).await?;
    Ok(HttpResponse::NoContent().finish())
}

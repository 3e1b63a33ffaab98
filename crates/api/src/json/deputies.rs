//! Deputies: one's own under `/api/v1/me/deputies`, those of somebody who cannot under `/api/v1/people/{id}/deputies`

use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};
use casework::{DeputyDraft, DeputyRecord};
use domain::id::{DeputyId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decisions::key_of;
use super::shapes::{Named, rfc3339};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Somebody stands in for somebody for a time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeputyShape {
    /// The id.
    id: String,
    /// Who is away.
    person: Named,
    /// Who stands in.
    deputy: Named,
    /// The first instant.
    from: String,
    /// The end.
    to: String,
}

impl From<&DeputyRecord> for DeputyShape {
    fn from(d: &DeputyRecord) -> Self {
        Self {
            id: d.id.to_string(),
            person: Named::new(d.deputy.person, d.person_name.clone()),
            deputy: Named::new(d.deputy.deputy, d.deputy_name.clone()),
            from: rfc3339(d.deputy.from),
            to: rfc3339(d.deputy.to),
        }
    }
}

/// Deputations.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeputyList {
    /// Those that are not over, in order.
    items: Vec<DeputyShape>,
    /// Always `null`.
    next_cursor: Option<String>,
}

/// Somebody to stand in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct DeputyBody {
    /// A colleague of the same school or office.
    #[serde(default)]
    deputy: String,
    /// RFC 3339.
    #[serde(default)]
    from: String,
    /// RFC 3339; at most 200 days after `from`.
    #[serde(default)]
    to: String,
}

async fn name(
    api: &Api,
    caller: &Caller,
    request: &HttpRequest,
    person: PersonId,
    body: web::Json<DeputyBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(request, &*body)?;
    let b = body.into_inner();
    let draft = DeputyDraft { deputy: b.deputy, from: b.from, to: b.to };
    let named = casework::name_deputy(&api.desk, caller, person, &draft, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(DeputyShape::from(&named)))
}

async fn list(api: &Api, caller: &Caller, person: PersonId) -> Result<HttpResponse, Problem> {
    let found = casework::deputations(&api.desk, caller, person).await?;
    let items = found.iter().map(DeputyShape::from).collect();
    Ok(HttpResponse::Ok().json(DeputyList { items, next_cursor: None }))
}

/// Who stands in for oneself, and for whom one stands in.
#[utoipa::path(tag = "coverage", responses((status = 200, body = DeputyList), (status = 401, body = ProblemBody)))]
#[get("/api/v1/me/deputies")]
pub(crate) async fn mine(api: web::Data<Api>, caller: Caller) -> Result<HttpResponse, Problem> {
    list(&api, &caller, caller.person()).await
}

/// Names one's own deputy.
#[utoipa::path(tag = "coverage",
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = DeputyBody, responses((status = 201, body = DeputyShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/me/deputies")]
pub(crate) async fn name_mine(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    body: web::Json<DeputyBody>,
) -> Result<HttpResponse, Problem> {
    name(&api, &caller, &request, caller.person(), body).await
}

/// Ends a deputation of one's own; refused while it is all that keeps an office reachable.
#[utoipa::path(tag = "coverage", params(("deputy" = String, Path)), responses((status = 204),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
#[delete("/api/v1/me/deputies/{deputy}")]
pub(crate) async fn end_mine(
    api: web::Data<Api>,
    caller: Caller,
    deputy: web::Path<DeputyId>,
) -> Result<HttpResponse, Problem> {
    casework::end_deputy(&api.desk, &caller, caller.person(), *deputy).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who stands in for somebody of the school.
#[utoipa::path(tag = "coverage", params(("id" = String, Path)), responses((status = 200, body = DeputyList),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/people/{id}/deputies")]
pub(crate) async fn theirs(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Problem> {
    list(&api, &caller, *id).await
}

/// Names a deputy for somebody of the school who cannot.
#[utoipa::path(tag = "coverage", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = DeputyBody, responses((status = 201, body = DeputyShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/people/{id}/deputies")]
pub(crate) async fn name_theirs(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<PersonId>,
    body: web::Json<DeputyBody>,
) -> Result<HttpResponse, Problem> {
    name(&api, &caller, &request, *id, body).await
}

/// Ends a deputation of somebody of the school.
#[utoipa::path(tag = "coverage", params(("id" = String, Path), ("deputy" = String, Path)), responses((status = 204),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody)))]
#[delete("/api/v1/people/{id}/deputies/{deputy}")]
pub(crate) async fn end_theirs(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(PersonId, DeputyId)>,
) -> Result<HttpResponse, Problem> {
    let (person, deputy) = path.into_inner();
    casework::end_deputy(&api.desk, &caller, person, deputy).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! Whom an event may have touched: `/api/v1/alerts/{id}/affected-peers`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::PeerRecord;
use domain::affected::PeerDraft;
use domain::id::AlertId;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::shapes::{Named, rfc3339};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// One of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeerShape {
    /// Who.
    student: Named,
    /// Why: `close_friend`, `witness`, `same_dormitory`, `neighbour`, `relative` or `other`.
    why: String,
    /// `waiting`, `overdue`, `looked_in` (somebody looks in again) or `done`.
    state: String,
    /// Who looks in next; null when it is done.
    look_in_by: Option<Named>,
    /// By when.
    due_at: Option<String>,
    /// When somebody looked in.
    looked_at: Option<String>,
    /// When somebody looked in again.
    looked_again_at: Option<String>,
}

/// How one of them stands.
pub(crate) fn state_of(api: &Api, p: &PeerRecord) -> &'static str {
    let late = p.open.as_ref().is_some_and(|(_, _, due)| *due <= api.desk.now());
    match (p.looked_at, p.looked_again_at) {
        (Some(_), Some(_)) => "done",
        (None, _) | (Some(_), None) if late || p.open.is_none() => "overdue",
        (Some(_), None) => "looked_in",
        (None, _) => "waiting",
    }
}

impl PeerShape {
    fn of(api: &Api, p: &PeerRecord) -> Self {
        Self {
            student: Named::new(p.student.id, p.student.name.clone()),
            why: p.why.key().to_owned(),
            state: state_of(api, p).to_owned(),
            look_in_by: p.open.as_ref().map(|(id, name, _)| Named::new(*id, name.clone())),
            due_at: p.open.as_ref().map(|(_, _, due)| rfc3339(*due)),
            looked_at: p.looked_at.map(rfc3339),
            looked_again_at: p.looked_again_at.map(rfc3339),
        }
    }
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Peers {
    /// First those on whom nobody has looked in.
    items: Vec<PeerShape>,
    /// Always null: there are never so many.
    next_cursor: Option<String>,
}

async fn all(api: &Api, caller: &Caller, id: AlertId) -> Result<Peers, Problem> {
    let (_, found) = casework::affected_peers(&api.desk, caller, id).await?;
    Ok(Peers { items: found.iter().map(|p| PeerShape::of(api, p)).collect(), next_cursor: None })
}

/// Whom the event of an alert may have touched.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), responses((status = 200, body = Peers),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/alerts/{id}/affected-peers")]
pub(crate) async fn list(api: web::Data<Api>, caller: Caller, id: web::Path<AlertId>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(all(&api, &caller, *id).await?))
}

/// Those whom it may have touched.
#[derive(Debug, ToSchema)]
pub(crate) struct PeersBody {
    /// Each with who looks in, and by when.
    #[schema(max_items = 60)]
    students: Vec<PeerBody>,
}

/// One of them.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct PeerBody {
    /// Who: `stu_…`.
    student: String,
    /// `close_friend`, `witness`, `same_dormitory`, `neighbour`, `relative` or `other`.
    why: String,
    /// Who looks in: `per_…`.
    look_in_by: String,
    /// By when, RFC 3339.
    #[schema(format = DateTime)]
    due_at: String,
}

impl FromFields for PeersBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { students: f.objects("students") }
    }
}

impl FromFields for PeerBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            student: f.text("student"),
            why: f.text("why"),
            look_in_by: f.text("look_in_by"),
            due_at: f.text("due_at"),
        }
    }
}

/// Names those whom the event may have touched. Somebody looks in on each, and again some days later; no alert and no level
/// follows from it.
#[utoipa::path(tag = "alerts", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = PeersBody, responses((status = 201, body = Peers), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/affected-peers")]
pub(crate) async fn add(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<PeersBody>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(&request, &body.sent)?;
    let b = body.sound(|_| Vec::new())?;
    let draft = |p: PeerBody| PeerDraft { student: p.student, why: p.why, look_in_by: p.look_in_by, due_at: p.due_at };
    let drafts: Vec<PeerDraft> = b.students.into_iter().map(draft).collect();
    casework::name_affected_peers(&api.desk, &caller, *id, &drafts, key.as_ref()).await?;
    Ok(HttpResponse::Created().json(all(&api, &caller, *id).await?))
}

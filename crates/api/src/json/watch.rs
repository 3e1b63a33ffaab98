//! Watches over a child: `/api/v1/alerts/{id}/watch`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{EndDraft, ShiftRecord, WatchRecord};
use domain::id::AlertId;
use domain::watch::{Ending, ShiftDraft};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::shapes::{Named, rfc3339};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// One adult's time with the child.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShiftShape {
    /// The adult.
    adult: String,
    /// The same, where it is somebody of the school: `per_…`.
    person: Option<String>,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
    /// Until when at most.
    #[schema(format = DateTime)]
    until: String,
    /// Where.
    #[serde(rename = "where")]
    place: String,
    /// Who handed the child over.
    handed_over_by: Option<String>,
    /// Who recorded it.
    recorded_by: Named,
    /// When.
    recorded_at: String,
}

impl ShiftShape {
    fn of(r: &ShiftRecord) -> Self {
        Self {
            adult: r.shift.adult.clone(),
            person: r.shift.person.map(|p| p.to_string()),
            since: rfc3339(r.shift.since),
            until: rfc3339(r.shift.until),
            place: r.shift.place.clone(),
            handed_over_by: r.handed_over_by.clone(),
            recorded_by: Named::new(r.by.0, r.by.1.clone()),
            recorded_at: rfc3339(r.at),
        }
    }
}

/// A watch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WatchShape {
    /// The watch.
    id: String,
    /// Since when.
    begun_at: String,
    /// Whether it runs and nobody is there: alarms go out.
    lapsed: bool,
    /// When it ended.
    ended_at: Option<String>,
    /// How: `reassessed`, `guardian` or `hospital`.
    ended_how: Option<String>,
    /// The shifts, oldest first.
    shifts: Vec<ShiftShape>,
}

impl WatchShape {
    fn of(api: &Api, w: &WatchRecord) -> Self {
        let now = api.desk.now();
        Self {
            id: w.id.to_string(),
            begun_at: rfc3339(w.begun_at),
            lapsed: w.ended_at.is_none() && w.last().is_none_or(|s| s.shift.until <= now),
            ended_at: w.ended_at.map(rfc3339),
            ended_how: w.ended_how.map(|h| h.key().to_owned()),
            shifts: w.shifts.iter().map(ShiftShape::of).collect(),
        }
    }
}

/// Watches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Watches {
    /// The latest first.
    items: Vec<WatchShape>,
    /// Always null: there are never so many.
    next_cursor: Option<String>,
}

async fn all(api: &Api, caller: &Caller, id: AlertId) -> Result<Watches, Problem> {
    let (_, found) = casework::view_watches(&api.desk, caller, id).await?;
    Ok(Watches { items: found.iter().map(|w| WatchShape::of(api, w)).collect(), next_cursor: None })
}

/// Who is on watch over the child, and who was.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), responses((status = 200, body = Watches),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/alerts/{id}/watch")]
pub(crate) async fn watches(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<AlertId>,
) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(all(&api, &caller, *id).await?))
}

/// Somebody takes the child over.
#[derive(Debug, ToSchema)]
pub(crate) struct ShiftBody {
    /// The adult by name and office, where he is not of the school. At most 200 characters.
    adult: Option<String>,
    /// Somebody of the school: `per_…`.
    person: Option<String>,
    /// Since when, RFC 3339.
    #[schema(format = DateTime)]
    since: String,
    /// Until when, at most four hours later.
    #[schema(format = DateTime)]
    until: String,
    /// Where, at most 200 characters.
    #[schema(rename = "where")]
    place: String,
    /// Who was on watch and hands the child over.
    handed_over_by: Option<String>,
    /// Whether both were there.
    in_person: Option<bool>,
}

impl FromFields for ShiftBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            adult: f.maybe_text("adult"),
            person: f.maybe_text("person"),
            since: f.text("since"),
            until: f.text("until"),
            place: f.text("where"),
            handed_over_by: f.maybe_text("handed_over_by"),
            in_person: f.flag("in_person"),
        }
    }
}

impl ShiftBody {
    fn draft(&self) -> ShiftDraft {
        ShiftDraft {
            adult: self.adult.clone().unwrap_or_default(),
            person: self.person.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            place: self.place.clone(),
            handed_over_by: self.handed_over_by.clone(),
            in_person: self.in_person,
        }
    }
}

/// Records who is on watch from now on: begins a watch, or hands it over from one adult to the next.
#[utoipa::path(tag = "alerts", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = ShiftBody, responses((status = 201, body = Watches), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/watch")]
pub(crate) async fn take_over(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<ShiftBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now, None).err().unwrap_or_default())?;
    casework::take_over_watch(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(all(&api, &caller, *id).await?))
}

/// The end of a watch.
#[derive(Debug, ToSchema)]
pub(crate) struct WatchEndBody {
    /// How: `reassessed`, `guardian` or `hospital`.
    how: String,
    /// To whom the child was handed over; needed for a guardian and a hospital.
    to: Option<String>,
    /// Whether both were there; needed for a guardian and a hospital.
    in_person: Option<bool>,
    /// Why, at most 2,000 characters.
    reason: String,
}

impl FromFields for WatchEndBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { how: f.text("how"), to: f.maybe_text("to"), in_person: f.flag("in_person"), reason: f.text("reason") }
    }
}

/// Ends a watch: by an assessment since the shift began, or by handing the child over to a guardian or a hospital.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), request_body = WatchEndBody, responses(
    (status = 200, body = Watches), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/watch/end")]
pub(crate) async fn end(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<AlertId>,
    body: Body<WatchEndBody>,
) -> Result<HttpResponse, Problem> {
    let faults = |b: &WatchEndBody| Ending::validate(&b.how, b.to.as_deref(), b.in_person, &b.reason).err();
    let b = body.sound(|b| faults(b).unwrap_or_default())?;
    let draft = EndDraft { how: b.how, to: b.to, in_person: b.in_person, reason: b.reason };
    casework::end_watch(&api.desk, &caller, *id, &draft).await?;
    Ok(HttpResponse::Ok().json(all(&api, &caller, *id).await?))
}

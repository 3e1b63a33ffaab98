//! Referrals: `/api/v1/students/{id}/referrals`

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::ReferralRecord;
use domain::id::{ReferralId, StudentId};
use domain::referral::ReferralDraft;
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::key_of;
use super::shapes::{Named, rfc3339};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A referral.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferralShape {
    /// The referral.
    id: String,
    /// To whom.
    to: String,
    /// Why; null where the reader may not read it.
    reason: Option<String>,
    /// Who has agreed.
    consent: String,
    /// By name.
    consent_by: Option<String>,
    /// Who goes along.
    escort: String,
    /// When.
    appointment_at: String,
    /// Who made it.
    by: Named,
    /// When.
    made_at: String,
    /// `made`, `went` or `back`.
    state: String,
    /// When they went.
    went_at: Option<String>,
    /// When they were back.
    back_at: Option<String>,
    /// What came of it; null where the reader may not read it.
    outcome: Option<String>,
    /// The next visit.
    next_visit: Option<String>,
}

impl ReferralShape {
    fn of(r: &ReferralRecord) -> Self {
        let state = if r.leg.back_at.is_some() {
            "back"
        } else if r.leg.went_at.is_some() {
            "went"
        } else {
            "made"
        };
        Self {
            id: r.id.to_string(),
            to: r.referral.to.clone(),
            reason: Some(r.referral.reason.clone()).filter(|t| !t.is_empty()),
            consent: r.referral.consent.key().to_owned(),
            consent_by: r.referral.consent_by.clone(),
            escort: r.referral.escort.clone(),
            appointment_at: rfc3339(r.referral.appointment_at),
            by: Named::new(r.by.0, r.by.1.clone()),
            made_at: rfc3339(r.leg.made_at),
            state: state.to_owned(),
            went_at: r.leg.went_at.map(rfc3339),
            back_at: r.leg.back_at.map(rfc3339),
            outcome: r.outcome.clone().filter(|t| !t.is_empty()),
            next_visit: r.next_visit.map(rfc3339),
        }
    }
}

/// Referrals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Referrals {
    /// The latest first.
    items: Vec<ReferralShape>,
    /// Always null: there are never so many.
    next_cursor: Option<String>,
}

async fn all(api: &Api, caller: &Caller, id: StudentId) -> Result<Vec<ReferralShape>, Problem> {
    let (_, found) = casework::list_referrals(&api.desk, caller, id).await?;
    Ok(found.iter().map(ReferralShape::of).collect())
}

async fn one(api: &Api, caller: &Caller, student: StudentId, id: ReferralId) -> Result<ReferralShape, Problem> {
    let all = all(api, caller, student).await?;
    all.into_iter().find(|r| r.id == id.to_string()).ok_or_else(Problem::not_found)
}

/// The referrals of a student.
#[utoipa::path(tag = "students", params(("id" = String, Path)), responses((status = 200, body = Referrals),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/students/{id}/referrals")]
pub(crate) async fn referrals(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, Problem> {
    let items = all(&api, &caller, *id).await?;
    Ok(HttpResponse::Ok().json(Referrals { items, next_cursor: None }))
}

/// A referral to be made.
#[derive(Debug, ToSchema)]
pub(crate) struct ReferralBody {
    /// To whom: hospital, ward, centre. At most 200 characters.
    to: String,
    /// Why, at most 2,000 characters.
    reason: String,
    /// Who has agreed: `guardian`, `student` or `emergency`.
    consent: String,
    /// By name; needed for a guardian.
    consent_by: Option<String>,
    /// Who goes along, at most 200 characters.
    escort: String,
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    appointment_at: String,
}

impl FromFields for ReferralBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            to: f.text("to"),
            reason: f.text("reason"),
            consent: f.text("consent"),
            consent_by: f.maybe_text("consent_by"),
            escort: f.text("escort"),
            appointment_at: f.text("appointment_at"),
        }
    }
}

impl ReferralBody {
    fn draft(&self) -> ReferralDraft {
        ReferralDraft {
            to: self.to.clone(),
            reason: self.reason.clone(),
            consent: self.consent.clone(),
            consent_by: self.consent_by.clone(),
            escort: self.escort.clone(),
            appointment_at: self.appointment_at.clone(),
        }
    }
}

/// Refers a student to help outside. Whoever makes it is asked afterwards whether they went.
#[utoipa::path(tag = "students", params(("id" = String, Path),
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = ReferralBody, responses((status = 201, body = ReferralShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/referrals")]
pub(crate) async fn make(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<StudentId>,
    body: Body<ReferralBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(now).err().unwrap_or_default())?;
    let referral = casework::refer(&api.desk, &caller, *id, &b.draft(), key.as_ref()).await?;
    Ok(HttpResponse::Created().json(one(&api, &caller, *id, referral).await?))
}

/// Whether they went.
#[derive(Debug, ToSchema)]
pub(crate) struct WentBody {
    /// Whether they did.
    #[schema(value_type = bool)]
    went: Option<bool>,
    /// When, RFC 3339; needed where they did.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// What is to be added, or why they did not.
    note: Option<String>,
}

impl FromFields for WentBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { went: f.flag("went"), at: f.maybe_text("at"), note: f.maybe_text("note") }
    }
}

/// Notes whether they went. If not, it is asked again; if so, what came of it is asked for.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("referral" = String, Path)), request_body = WentBody,
    responses((status = 200, body = ReferralShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/referrals/{referral}/went")]
pub(crate) async fn went(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, ReferralId)>,
    body: Body<WentBody>,
) -> Result<HttpResponse, Problem> {
    let (of, b) = (path.into_inner(), body.sound(|_| Vec::new())?);
    casework::refer_went(&api.desk, &caller, of, b.went, b.at.as_deref(), b.note.as_deref(), None).await?;
    Ok(HttpResponse::Ok().json(one(&api, &caller, of.0, of.1).await?))
}

/// What came of it.
#[derive(Debug, ToSchema)]
pub(crate) struct BackBody {
    /// When they were back, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// What came of it, at most 2,000 characters. A diagnosis is the hospital's to write.
    outcome: String,
    /// The next visit, RFC 3339.
    #[schema(format = DateTime)]
    next_visit: Option<String>,
}

impl FromFields for BackBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { at: f.text("at"), outcome: f.text("outcome"), next_visit: f.maybe_text("next_visit") }
    }
}

/// Notes what came of a referral. A next visit is asked for when its time comes.
#[utoipa::path(tag = "students", params(("id" = String, Path), ("referral" = String, Path)), request_body = BackBody,
    responses((status = 200, body = ReferralShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/students/{id}/referrals/{referral}/back")]
pub(crate) async fn back(
    api: web::Data<Api>,
    caller: Caller,
    path: web::Path<(StudentId, ReferralId)>,
    body: Body<BackBody>,
) -> Result<HttpResponse, Problem> {
    let (of, b) = (path.into_inner(), body.sound(|_| Vec::new())?);
    casework::refer_back(&api.desk, &caller, of, &b.at, &b.outcome, b.next_visit.as_deref()).await?;
    Ok(HttpResponse::Ok().json(one(&api, &caller, of.0, of.1).await?))
}

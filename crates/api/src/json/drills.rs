//! `/api/v1/drills`

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, post, web};
use casework::DrillAct;
use domain::alert::Custody;
use domain::drill::DrillDraft;
use domain::id::DrillId;
use utoipa::ToSchema;

use super::body::{Body, Fields, FromFields};
use super::decisions::{CustodyBody, key_of};
use super::drill_shapes::{DrillItem, DrillShape, Drills};
use crate::auth::Caller;
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A drill to be started.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct DrillBody {
    /// The school; the one that one leads when nothing is said.
    school: Option<String>,
    /// 4, or 3; red when nothing is said.
    #[schema(minimum = 3, maximum = 4)]
    level: Option<u8>,
    /// A class whose teacher and grade lead take part.
    class: Option<String>,
    /// A grade whose lead takes part.
    grade: Option<String>,
    /// What it is for, at most 200 characters.
    #[schema(max_length = 200)]
    note: String,
    /// By night and on days off as well: people are really called and woken.
    by_night: Option<bool>,
    /// The district hears of it as well.
    district: Option<bool>,
}

impl FromFields for DrillBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            school: f.maybe_text("school"),
            level: f.whole("level"),
            class: f.maybe_text("class"),
            grade: f.maybe_text("grade"),
            note: f.text("note"),
            by_night: f.flag("by_night"),
            district: f.flag("district"),
        }
    }
}

impl DrillBody {
    fn draft(&self) -> DrillDraft {
        DrillDraft {
            level: self.level,
            class: self.class.clone().unwrap_or_default(),
            grade: self.grade.clone().unwrap_or_default(),
            note: self.note.clone(),
            by_night: self.by_night.unwrap_or_default(),
            district: self.district.unwrap_or_default(),
        }
    }
}

async fn answer(
    api: &Api,
    caller: &Caller,
    id: DrillId,
    mut status: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    let view = casework::view_drill(&api.desk, caller, id).await?;
    Ok(status.json(DrillShape::of(&view)))
}

/// Starts a drill. One runs in a school at a time, and none beside a red that somebody has to see to.
#[utoipa::path(tag = "drills", params(
    ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless for 7 days")),
    request_body = DrillBody, responses((status = 201, body = DrillShape), (status = 400, body = ProblemBody),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/drills")]
pub(crate) async fn start(
    api: web::Data<Api>,
    caller: Caller,
    request: HttpRequest,
    body: Body<DrillBody>,
) -> Result<HttpResponse, Problem> {
    let (key, now) = (key_of(&request, &body.sent)?, api.desk.now());
    let b = body.sound(|b| b.draft().validate(&api.desk.calendar, now).err().unwrap_or_default())?;
    let id = casework::start_drill(&api.desk, &caller, b.school.as_deref(), &b.draft(), key.as_ref()).await?;
    answer(&api, &caller, id, HttpResponse::Created()).await
}

/// The drills of one's school, or those that one was told of within a day.
#[utoipa::path(tag = "drills", responses((status = 200, body = Drills), (status = 401, body = ProblemBody),
    (status = 404, body = ProblemBody)))]
#[get("/api/v1/drills")]
pub(crate) async fn list(api: web::Data<Api>, caller: Caller) -> Result<HttpResponse, Problem> {
    let found = casework::list_drills(&api.desk, &caller).await?;
    let items = found.iter().map(|(d, figures)| DrillItem::of(d, *figures)).collect();
    Ok(HttpResponse::Ok().json(Drills { items, next_cursor: None }))
}

/// A drill: its report for whoever answers for the school, his own part for whoever was told.
#[utoipa::path(tag = "drills", params(("id" = String, Path)), responses((status = 200, body = DrillShape),
    (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/drills/{id}")]
pub(crate) async fn show(api: web::Data<Api>, caller: Caller, id: web::Path<DrillId>) -> Result<HttpResponse, Problem> {
    answer(&api, &caller, *id, HttpResponse::Ok()).await
}

/// Ends a drill. Twice is once.
#[utoipa::path(tag = "drills", params(("id" = String, Path)), responses((status = 200, body = DrillShape),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[post("/api/v1/drills/{id}/end")]
pub(crate) async fn end(api: web::Data<Api>, caller: Caller, id: web::Path<DrillId>) -> Result<HttpResponse, Problem> {
    casework::end_drill(&api.desk, &caller, *id).await?;
    answer(&api, &caller, *id, HttpResponse::Ok()).await
}

/// Takes a drill that one was told of. Twice is once.
#[utoipa::path(tag = "drills", params(("id" = String, Path)), responses((status = 200, body = DrillShape),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[post("/api/v1/drills/{id}/acknowledge")]
pub(crate) async fn acknowledge(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<DrillId>,
) -> Result<HttpResponse, Problem> {
    casework::answer_drill(&api.desk, &caller, *id, DrillAct::Take).await?;
    answer(&api, &caller, *id, HttpResponse::Ok()).await
}

/// "I cannot, next please."
#[utoipa::path(tag = "drills", params(("id" = String, Path)), responses((status = 200, body = DrillShape),
    (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[post("/api/v1/drills/{id}/decline")]
pub(crate) async fn decline(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<DrillId>,
) -> Result<HttpResponse, Problem> {
    casework::answer_drill(&api.desk, &caller, *id, DrillAct::Cannot).await?;
    answer(&api, &caller, *id, HttpResponse::Ok()).await
}

/// Records who would be there, as in earnest and about nobody: with this a drill is over.
#[utoipa::path(tag = "drills", params(("id" = String, Path)), request_body = CustodyBody, responses(
    (status = 200, body = DrillShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[post("/api/v1/drills/{id}/custody")]
pub(crate) async fn custody(
    api: web::Data<Api>,
    caller: Caller,
    id: web::Path<DrillId>,
    body: Body<CustodyBody>,
) -> Result<HttpResponse, Problem> {
    let now = api.desk.now();
    let b = body.sound(|b| Custody::validate(&b.adult, &b.since, &b.place, now).err().unwrap_or_default())?;
    let act = DrillAct::Custody { adult: &b.adult, since: &b.since, place: &b.place };
    casework::answer_drill(&api.desk, &caller, *id, act).await?;
    answer(&api, &caller, *id, HttpResponse::Ok()).await
}

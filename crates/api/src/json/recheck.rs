//! Looking again after a close: `/api/v1/alerts/{id}/recheck`

use actix_web::{HttpResponse, post, web};
use domain::alert::Recheck;
use domain::id::AlertId;
use utoipa::ToSchema;

use super::alerts::AlertShape;
use super::body::{Body, Fields, FromFields};
use super::decisions::answer;
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// What somebody found who looked again.
#[derive(Debug, ToSchema)]
pub(crate) struct RecheckBody {
    /// All is well; else the alert is open again.
    #[schema(value_type = bool)]
    well: Option<bool>,
    /// What was seen, at most 2,000 characters.
    note: String,
}

impl FromFields for RecheckBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { well: f.flag("well"), note: f.text("note") }
    }
}

/// Records what somebody found who looked again after a close. Not well opens the alert again.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), request_body = RecheckBody, responses(
    (status = 200, body = AlertShape), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
    (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    (status = 422, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/recheck")]
pub(crate) async fn recheck(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AlertId>,
    body: Body<RecheckBody>,
) -> Result<HttpResponse, Problem> {
    let b = body.sound(|b| Recheck::validate(b.well, &b.note).err().unwrap_or_default())?;
    casework::recheck_alert(&api.desk, &caller, *id, b.well, &b.note).await?;
    answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await
}

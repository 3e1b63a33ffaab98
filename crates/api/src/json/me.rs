//! `/api/v1/me`

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, PositionShape};
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// A contact method.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactShape {
    /// `mail` or `sms`.
    channel: String,
    /// The address.
    address: String,
    /// Whether messages are sent to it.
    verified: bool,
}

/// Oneself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeShape {
    /// The id.
    id: String,
    /// The name.
    name: String,
    /// Positions that hold now.
    positions: Vec<PositionShape>,
    /// How one is reached.
    contact_methods: Vec<ContactShape>,
    /// Who stands in now.
    deputies: Vec<Named>,
    /// Whether the account still has its first password: until it is changed, next to nothing else is answered.
    first_password: bool,
}

/// Oneself.
#[utoipa::path(tag = "session", responses((status = 200, body = MeShape), (status = 401, body = ProblemBody)))]
#[get("/api/v1/me")]
pub(crate) async fn me(api: web::Data<Api>, caller: Caller, lang: Language) -> Result<HttpResponse, Problem> {
    let me = casework::who_am_i(&api.desk, &caller, lang.0).await?;
    let contact = |c: &domain::staff::ContactMethod| ContactShape {
        channel: c.channel.key().to_owned(),
        address: c.address.clone(),
        verified: c.verified_at.is_some(),
    };
    Ok(HttpResponse::Ok().json(MeShape {
        id: caller.person().to_string(),
        name: me.name,
        positions: me.positions.iter().map(PositionShape::from).collect(),
        contact_methods: me.contacts.iter().map(contact).collect(),
        deputies: me.deputies.iter().map(|p| Named::new(p.id, p.name.clone())).collect(),
        first_password: caller.first_password,
    }))
}

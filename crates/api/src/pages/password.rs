//! `/me/password`: 修改密码. Whoever still has his first password is led here from everywhere.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, PasswordChange};
use domain::fault::Fault;

use super::cookies::read_device;
use super::duty::told;
use super::form::Fields;
use super::frame::page;
use super::sheets::{sheet, wrong};
use super::view::sheet::{Field, Form, Input, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use crate::problem::Problem;
use crate::state::Api;

const HERE: &str = "/me/password";

/// The form.
#[get("/me/password")]
pub(crate) async fn show(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, &[]).await?)?)
}

/// Changes it.
#[post("/me/password")]
pub(crate) async fn change(
    api: web::Data<Api>,
    who: Visitor,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let device = read_device(&request, api.settings.is_secure()).and_then(|token| api.tokens.marked_device(&token));
    let device = device.as_ref().map(|(login, mark)| (login.as_str(), mark.as_str()));
    let first = who.first_password;
    let (current, new, again) = (fields.get("current"), fields.get("new"), Some(fields.get("again")));
    match casework::change_password(&api.desk, &who, PasswordChange { current, new, again, device }).await {
        Ok(()) => Ok(see_other(if first { "/" } else { "/me" })),
        Err(err) => refused(&api, who, err).await,
    }
}

async fn refused(api: &Api, who: Visitor, err: CaseError) -> Result<HttpResponse, PageError> {
    let slowed = matches!(err, CaseError::TooMany { .. } | CaseError::Busy);
    let (faults, status, wait) = if let CaseError::Invalid(faults) = err {
        (faults, StatusCode::UNPROCESSABLE_ENTITY, None)
    } else if slowed {
        let problem = Problem::from(err);
        (vec![told(&problem)], problem.status, problem.retry_after)
    } else {
        return Err(err.into());
    };
    let mut answer = page(status, &view(api, &who.at(HERE), &faults).await?)?;
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(answer)
}

async fn view(api: &Api, who: &Visitor, faults: &[Fault]) -> Result<Sheet, PageError> {
    let label = |zh: &'static str, en: &'static str| who.lang.pick(zh, en);
    let mut view = sheet(api, who, label("修改密码", "Change your password"), None).await?;
    view.errors = wrong(who, "", faults);
    if who.first_password {
        view.warnings = vec![
            label(
                "您用的还是初始密码，建账号的人也知道它。请先改成只有您自己知道的密码。看到孩子有危险？不用等，照样可以报。",
                "You still have your first password, which whoever added your account knows. Change it to one that only you \
                 know. Is a child in danger? You can report that at once all the same.",
            )
            .to_owned(),
        ];
    }
    let field = |name, text: &str, fills| Field::new("", name, text, "", Input::Secret(fills));
    let rules = label(
        "10 到 256 位；不能只是登录名、姓名、学校名，也不要用太常见的密码。",
        "10 to 256 characters; not your login, name or school, and not one that everybody uses.",
    );
    view.forms = vec![Form {
        action: HERE.to_owned(),
        hint: label(
            "改好以后，您在别处的登录全部退出，并会通知到您的各个联系方式。",
            "Everywhere else you are signed out then, and you are told at your contact methods.",
        )
        .to_owned(),
        fields: vec![
            field("current", label("原密码", "Present password"), "current-password"),
            field("new", label("新密码", "New password"), "new-password").hint(rules),
            field("again", label("再输一遍新密码", "The new one again"), "new-password"),
        ],
        submit: label("修改密码", "Change it").to_owned(),
        ..Form::default()
    }];
    Ok(view)
}

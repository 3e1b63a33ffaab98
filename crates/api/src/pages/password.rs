//! `/me/password`: 修改密码. Whoever still has his first password is led here from everywhere.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, PasswordChange, WordNeed};
use domain::fault::Fault;

use super::cookies::{no_session, read_device};
use super::duty::told;
use super::form::Fields;
use super::frame::page;
use super::sheets::{hidden, sheet, wrong};
use super::sign_in::next_of;
use super::view::sheet::{Field, Form, Input, Sheet};
use super::visitor::{PageError, Visitor, encoded, see_other};
use crate::problem::Problem;
use crate::state::Api;

const HERE: &str = "/me/password";

/// The form.
#[get("/me/password")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    query: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, query.get("next"), &[]).await?)?)
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
    let (current, new, again) = (fields.get("current"), fields.get("new"), Some(fields.get("again")));
    let (word, next) = (fields.get("word"), fields.get("next"));
    if let Err(err) =
        casework::change_password(&api.desk, &who, PasswordChange { current, new, again, word, device }).await
    {
        return refused(&api, who, next, err).await;
    }
    // Every session is over, this one as well.
    let mut answer = see_other(&format!("/sign-in?changed=password&next={}", encoded(next_of(next))));
    answer.add_cookie(&no_session(api.settings.is_secure())).map_err(|_| Problem::internal())?;
    Ok(answer)
}

async fn refused(api: &Api, who: Visitor, next: &str, err: CaseError) -> Result<HttpResponse, PageError> {
    let slowed = matches!(err, CaseError::TooMany { .. } | CaseError::Busy);
    let (faults, status, wait) = if let CaseError::Invalid(faults) = err {
        (faults, StatusCode::UNPROCESSABLE_ENTITY, None)
    } else if slowed {
        let problem = Problem::from(err);
        (vec![told(&problem)], problem.status, problem.retry_after)
    } else {
        return Err(err.into());
    };
    let mut answer = page(status, &view(api, &who.at(HERE), next, &faults).await?)?;
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(answer)
}

async fn view(api: &Api, who: &Visitor, next: &str, faults: &[Fault]) -> Result<Sheet, PageError> {
    let label = |zh: &'static str, en: &'static str| who.lang.pick(zh, en);
    let mut view = sheet(api, who, label("修改密码", "Change your password"), None).await?;
    view.errors = wrong(who, "", faults);
    if who.first_password {
        view.warnings = vec![
            label(
                "您用的还是初始密码，建账号的人也知道它，或者没有人能确定是谁设的。请先改成只有您自己知道的密码。看到孩子有危险？不用等，照样可以报。",
                "You still have your first password, which whoever added your account knows, or one that nobody knows who \
                 set. Change it to one that only you know. Is a child in danger? You can report that at once all the same.",
            )
            .to_owned(),
        ];
    }
    let need = casework::hand_over_word_needed(&api.desk, who).await?;
    if need == WordNeed::Waits {
        view.warnings.push(
            label(
                "等校长确认后凭口令修改：确认任职的人会当面给您口令；早已确认过的，请他在“任职确认”页补发。",
                "It takes the word of whoever confirms your position, who hands it to you; confirmed long ago, ask for a new one.",
            )
            .to_owned(),
        );
        return Ok(view);
    }
    view.forms = vec![form(who, next, need)];
    Ok(view)
}

fn form(who: &Visitor, next: &str, need: WordNeed) -> Form {
    let label = |zh: &'static str, en: &'static str| who.lang.pick(zh, en);
    let field = |name, text: &str, fills| Field::new("", name, text, "", Input::Secret(fills));
    let rules = label(
        "10 到 256 位，只有数字的至少 15 位；不能只是登录名、姓名、学校名、电话或邮箱，也不要用太常见的密码。",
        "10 to 256 characters, 15 if digits alone; not your login, name, school, telephone number or mail address, and not one \
         that everybody uses.",
    );
    let mut fields = vec![
        field("current", label("原密码", "Present password"), "current-password"),
        field("new", label("新密码", "New password"), "new-password").hint(rules),
        field("again", label("再输一遍新密码", "The new one again"), "new-password"),
    ];
    if need == WordNeed::Word {
        let hint = label(
            "确认您任职的校长、书记或区里的人当面给的 8 位口令。",
            "The 8 letters and digits that whoever confirmed your position handed you.",
        );
        fields.insert(1, Field::new("", "word", label("口令", "Word"), "", Input::Line).hint(hint));
    }
    Form {
        action: HERE.to_owned(),
        hint: label(
            "改好以后，所有登录全部退出，要用新密码重新登录；并会通知到您的各个联系方式。",
            "You are signed out everywhere then, here as well, and told at your contact methods.",
        )
        .to_owned(),
        fields,
        hidden: vec![hidden("next", next_of(next))],
        submit: label("修改密码", "Change it").to_owned(),
        ..Form::default()
    }
}

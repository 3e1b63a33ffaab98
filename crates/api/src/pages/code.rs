//! `/a`: the address that messages name. A number is entered, looked at, and answered: without a session it takes the
//! last four digits of one's own telephone. GET never acts; nothing here says what it is about.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use casework::{CaseError, CodeAnswer, CodeHolder, CodeState, CodeView, answer_by_code, look_up_code};
use domain::code::replied_code;
use domain::fault::Fault;

use super::form::Fields;
use super::frame::{page, phones, shell_for, shell_of};
use super::origin::same_site;
use super::view::code::{CodePage, FoundCode};
use super::visitor::{PageError, Visitor};
use super::words::{errors, words_of};
use crate::auth::lang_of;
use crate::state::Api;

/// The form, empty.
#[get("/a")]
pub(crate) async fn show(api: web::Data<Api>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    let who = visitor(&request, &api).await?;
    Ok(page(StatusCode::OK, &form(&api, &request, who.as_ref(), &Fields::default()).await?)?)
}

/// Looks at a number, or answers under it.
#[post("/a")]
pub(crate) async fn answer(
    api: web::Data<Api>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    same_site(&request)?;
    let who = visitor(&request, &api).await?;
    if let Some(who) = &who {
        who.check(&fields)?;
    }
    let lang = lang_of(&request);
    let mut shown = form(&api, &request, who.as_ref(), &fields).await?;
    match found(&api, &request, who.as_ref(), &fields).await {
        Ok(view) => shown.found = Some(words(&view, lang)),
        Err(CaseError::Invalid(faults)) => shown.errors = errors(&faults, lang, str::to_owned),
        Err(err) => return Err(err.into()),
    }
    let status = if shown.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, &shown)?)
}

/// Who is signed in, if anybody is.
async fn visitor(request: &HttpRequest, api: &Api) -> Result<Option<Visitor>, PageError> {
    match Visitor::of(request, api).await {
        Ok(who) => Ok(Some(who.at("/a"))),
        // Whoever still has his first password answers as those do who are not signed in.
        Err(CaseError::NotSignedIn | CaseError::PasswordChangeRequired) => Ok(None),
        Err(err) => Err(err.into()),
    }
}

async fn form(api: &Api, request: &HttpRequest, who: Option<&Visitor>, fields: &Fields) -> Result<CodePage, PageError> {
    let shell = match who {
        Some(who) => shell_for(api, who).await?,
        None => shell_of(api, request),
    };
    Ok(CodePage {
        shell,
        errors: super::view::parts::Errors::default(),
        code: replied_code(fields.get("code")).unwrap_or_else(|| fields.get("code").chars().take(12).collect()),
        last_four: fields.get("last_four").chars().take(8).collect(),
        signed_in: who.is_some(),
        found: None,
        phones: phones(lang_of(request), &[]),
    })
}

async fn found(
    api: &Api,
    request: &HttpRequest,
    who: Option<&Visitor>,
    fields: &Fields,
) -> Result<CodeView, CaseError> {
    let code = replied_code(fields.get("code")).unwrap_or_default();
    let holder = match who {
        Some(who) => CodeHolder::Signed(who),
        None => CodeHolder::LastFour(fields.get("last_four").trim()),
    };
    let device = super::cookies::read_device(request, api.settings.is_secure());
    let account = device.and_then(|token| api.tokens.account_of_device(&token));
    let begun = api.desk.real_now();
    if who.is_none() && !api.guesses.begin(account.as_deref(), begun) {
        let t = |lang: super::texts::Lang| lang.texts().code.too_many;
        let (zh, en) = (t(super::texts::Lang::Zh), t(super::texts::Lang::En));
        return Err(CaseError::Invalid(vec![Fault::new("code", "too_many", zh, en)]));
    }
    let done = match fields.get("act") {
        "take" => answer_by_code(&api.desk, holder, &code, CodeAnswer::Take).await,
        "cannot" => answer_by_code(&api.desk, holder, &code, CodeAnswer::Cannot).await,
        _ => look_up_code(&api.desk, holder, &code).await,
    };
    if who.is_none() && done.is_ok() {
        api.guesses.was_right(account.as_deref(), begun);
    }
    done
}

fn words(view: &CodeView, lang: domain::lang::Lang) -> FoundCode {
    let (t, d) = (&words_of(lang).texts().code, &words_of(lang).texts().drill);
    let state = match view.state {
        CodeState::Over | CodeState::Recheck if view.drill.is_some() => d.c_over,
        CodeState::Reopened => t.reopened,
        CodeState::Waiting if view.drill.is_some() => d.c_waiting,
        CodeState::Yours if view.drill.is_some() => d.c_noted,
        CodeState::Others | CodeState::Offered if view.drill.is_some() => d.c_others,
        CodeState::Declined if view.drill.is_some() => d.c_declined,
        CodeState::Waiting if view.used => t.used,
        CodeState::Declined if view.used => t.declined_used,
        CodeState::Waiting => t.waiting,
        CodeState::Yours => t.yours,
        CodeState::Others => t.others,
        CodeState::Offered => t.offered,
        CodeState::Declined => t.declined,
        CodeState::Over => t.over,
        CodeState::Recheck => t.recheck,
    };
    let open = !view.used;
    FoundCode {
        state,
        minutes: view.minutes,
        may_take: open && matches!(view.state, CodeState::Waiting | CodeState::Declined),
        may_decline: open && matches!(view.state, CodeState::Waiting | CodeState::Yours),
        href: view.alert.map(|id| format!("/alerts/{id}")).or_else(|| drill_href(view)),
        drill: view.drill.is_some(),
    }
}

fn drill_href(view: &CodeView) -> Option<String> {
    view.drill.filter(|_| view.signed_in).map(|id| format!("/drills/{id}"))
}

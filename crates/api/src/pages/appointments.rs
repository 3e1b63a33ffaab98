//! `/appointments`: 任职确认, which positions were proposed, each with a yes and a no for whoever decides.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::AppointmentView;
use domain::appointment::AppointmentState;
use domain::fault::Fault;
use domain::id::AppointmentId;
use domain::lang::Lang;

use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, sheet, wrong};
use super::view::sheet::{Field, Form, Input, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::moment;
use crate::state::Api;

const HERE: &str = "/appointments";

/// What it is called.
pub(crate) fn title(lang: Lang) -> &'static str {
    lang.pick("任职确认", "Positions to confirm")
}

/// Positions that were proposed or given.
#[get("/appointments")]
pub(crate) async fn list(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, None, &[]).await?)?)
}

/// Confirms one.
#[post("/appointments/{id}/confirm")]
pub(crate) async fn confirm(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AppointmentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    match casework::confirm_appointment(&api.desk, &who, *id).await {
        Ok(Some(word)) => handed_over(&api, who, &word).await,
        done => answer(&api, who, *id, &fields, done.map(drop)).await,
    }
}

/// Gives another word for an account that has its first password.
#[post("/appointments/{id}/word")]
pub(crate) async fn another_word(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AppointmentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    match casework::give_new_word(&api.desk, &who, *id).await {
        Ok(word) => handed_over(&api, who, &word).await,
        Err(err) => answer(&api, who, *id, &fields, Err(err)).await,
    }
}

/// The list, with a word that is said this once.
async fn handed_over(api: &Api, who: Visitor, word: &str) -> Result<HttpResponse, PageError> {
    let who = who.at(HERE);
    let mut view = view(api, &who, None, &[]).await?;
    view.warnings = vec![format!(
        "{}{word}",
        who.lang.pick(
            "请当面把这个口令告诉本人；改首次密码时要用。只显示这一次，不要交给建账号的人转达：",
            "Tell its owner this word in person, and nobody else to pass it on: it ends the first password. It is shown once: ",
        )
    )];
    Ok(page(StatusCode::OK, &view)?)
}

/// Refuses one.
#[post("/appointments/{id}/refuse")]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AppointmentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::refuse_appointment(&api.desk, &who, *id, fields.get("reason")).await;
    answer(&api, who, *id, &fields, done).await
}

async fn answer(
    api: &Api,
    who: Visitor,
    id: AppointmentId,
    fields: &Fields,
    done: Result<(), casework::CaseError>,
) -> Result<HttpResponse, PageError> {
    let Err(err) = done else { return Ok(see_other(HERE)) };
    let faults = faults_of(err)?;
    let who = who.at(HERE);
    let view = view(api, &who, Some((id, fields.get("reason"))), &faults).await?;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view)?)
}

async fn view(
    api: &Api,
    who: &Visitor,
    typed: Option<(AppointmentId, &str)>,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let lang = who.lang;
    let found = casework::appointments_at_a_glance(&api.desk, who, lang).await?;
    let mut view = sheet(api, who, title(lang), None).await?;
    view.lead = vec![
        lang.pick(
            "管理员提出的任职，凡能看到学生情况的，要由另一人确认后才生效。不认识的人请先问清楚。",
            "What reads anything about students holds only once somebody else has confirmed it. Ask about whom you do not know.",
        )
        .to_owned(),
    ];
    view.errors = typed.map(|(id, _)| wrong(who, &format!("{id}-"), faults)).unwrap_or_default();
    if found.more > 0 {
        let rest = lang.pick("项也在等待确认，处理了下面的以后显示", "more wait, and show once these are done");
        view.lead.push(format!("{}{} {rest}", lang.pick("另有 ", ""), found.more));
    }
    let section = |title: &str, all: &[AppointmentView]| Section {
        title: title.to_owned(),
        items: all.iter().map(|v| item(api, v, typed, lang)).collect(),
        empty: lang.pick("没有", "None").to_owned(),
        next: None,
    };
    view.sections = vec![
        section(AppointmentState::Waiting.name(lang), &found.waiting),
        section(lang.pick("最近的任职", "Lately"), &found.lately),
    ];
    Ok(view)
}

fn item(api: &Api, v: &AppointmentView, typed: Option<(AppointmentId, &str)>, lang: Lang) -> Item {
    let (r, label) = (&v.record, |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned());
    let office = format!("{} · {}", r.role.name(lang), v.position.unit_name);
    let machine = || label("服务器命令行", "the machine itself");
    let by = r.proposed_by.as_ref().map_or_else(machine, |(_, name)| name.clone());
    let mut rows = vec![
        (label("职务", "Position"), office),
        (label("提出人", "Proposed by"), by),
        (label("时间", "When"), moment(api, r.proposed_at).text),
        (label("登录密码", "Password"), password(api, r, lang)),
    ];
    if let Some(((_, name), at)) = &r.decided {
        rows.push((label("确认人", "Decided by"), name.clone()));
        rows.push((label("确认时间", "Decided"), moment(api, *at).text));
    }
    let bad = r.state == AppointmentState::AtOnce && domain::appointment::needs_confirming(r.role);
    let marks = vec![(r.state.name(lang).to_owned(), bad)];
    let mut forms = if v.may_decide { forms(r.id, typed, lang) } else { Vec::new() };
    if v.may_give_word {
        let (action, submit) = (format!("{HERE}/{}/word", r.id), label("补发改密码的口令", "Give a new word"));
        forms.push(Form { action, submit, ..Form::default() });
    }
    let id = r.id.to_string();
    Item { id, head: r.person.1.clone(), marks, rows, text: r.reason.clone(), forms, ..Item::default() }
}

/// Who set the password, in words.
fn password(api: &Api, r: &casework::AppointmentRecord, lang: Lang) -> String {
    let words = match (r.first_password, r.vouched) {
        (true, _) => lang.pick(
            "还是初始密码，凭您当面给的口令修改后才能用",
            "Still the first one; it takes the word that you hand over to change it",
        ),
        (false, Some(true)) => lang.pick("密码已由凭口令的人修改", "Changed by whoever had the word"),
        (false, Some(false)) if r.password_set_at.is_none() => lang.pick(
            "没有修改记录：添加账号的管理员知道这个密码，请本人尽快修改",
            "No change on record: the administrator who added the account knows it; its owner has to change it",
        ),
        (false, Some(false)) => lang.pick(
            "改过，没有凭口令，系统不知道是谁改的；确认后要凭口令再改一次",
            "Changed without a word: nobody knows by whom. Once confirmed it is changed again, with a word",
        ),
        (false, None) if r.password_set_at.is_some() => lang.pick("改过", "Changed"),
        (false, None) => lang.pick("没有修改记录", "No change on record"),
    };
    let when = r.password_set_at.filter(|_| !r.first_password).map(|at| moment(api, at).text);
    when.map_or_else(|| words.to_owned(), |when| format!("{words} {when}"))
}

fn forms(id: AppointmentId, typed: Option<(AppointmentId, &str)>, lang: Lang) -> Vec<Form> {
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
    let reason = typed.filter(|(of, _)| *of == id).map(|(_, reason)| reason).unwrap_or_default();
    let yes =
        Form { action: format!("{HERE}/{id}/confirm"), submit: label("确认任职", "Confirm"), ..Form::default() };
    let field = Field::new(&format!("{id}-"), "reason", lang.pick("理由", "Why"), reason, Input::Line);
    let no = Form {
        title: label("不同意", "Refuse"),
        action: format!("{HERE}/{id}/refuse"),
        fields: vec![field],
        submit: label("不同意", "Refuse"),
        folded: true,
        ..Form::default()
    };
    vec![yes, no]
}

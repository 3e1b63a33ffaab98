//! `/alerts/{id}/watch`: who is on watch over the child, who takes over, how it ends.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{AlertSummary, CaseError, EndDraft, ShiftRecord, WatchRecord};
use chrono::TimeDelta;
use domain::alert::CUSTODY_SHIFT_HOURS;
use domain::id::AlertId;
use domain::lang::Lang;
use domain::watch::{ShiftDraft, WatchEnd};

use super::care_fields::Making;
use super::duty::told;
use super::entry::once;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::tasks::colleagues;
use super::view::care::{CareForm, Field, Known};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of, local_field, moment, words_of};
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

/// Who is on watch, and who takes over.
#[get("/alerts/{id}/watch")]
pub(crate) async fn show(api: web::Data<Api>, who: Visitor, id: web::Path<AlertId>) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, *id, false, Errors::default(), &Fields::default()).await?)?)
}

/// How it ends.
#[get("/alerts/{id}/watch/end")]
pub(crate) async fn show_end(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, *id, true, Errors::default(), &Fields::default()).await?)?)
}

/// Records who is on watch from now on.
#[post("/alerts/{id}/watch")]
pub(crate) async fn take_over(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let maybe = |name| Some(fields.get(name).to_owned()).filter(|t| !t.is_empty());
    let draft = ShiftDraft {
        adult: fields.get("adult").to_owned(),
        person: maybe("person"),
        since: instant_of(&api, fields.get("since")),
        until: instant_of(&api, fields.get("until")),
        place: fields.get("where").to_owned(),
        handed_over_by: maybe("handed_over_by"),
        in_person: fields.get("in_person").parse().ok(),
    };
    let key = once(&fields, &format!("/alerts/{}/watch", *id));
    let done = casework::take_over_watch(&api.desk, &who, *id, &draft, key.as_ref()).await;
    answer(&api, who, *id, false, &fields, done).await
}

/// Ends a watch.
#[post("/alerts/{id}/watch/end")]
pub(crate) async fn end(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let draft = EndDraft {
        how: fields.get("how").to_owned(),
        to: Some(fields.get("to").to_owned()),
        in_person: fields.get("in_person").parse().ok(),
        reason: fields.get("reason").to_owned(),
    };
    let done = casework::end_watch(&api.desk, &who, *id, &draft).await;
    answer(&api, who, *id, true, &fields, done).await
}

async fn answer(
    api: &Api,
    who: Visitor,
    id: AlertId,
    ends: bool,
    fields: &Fields,
    result: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let faults = match result {
        Ok(()) => return Ok(see_other(&format!("/alerts/{id}/watch"))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, str::to_owned);
    let who = who.at(&format!("/alerts/{id}/watch{}", if ends { "/end" } else { "" }));
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(api, &who, id, ends, errors, fields).await?)?)
}

async fn view(
    api: &Api,
    who: &Visitor,
    id: AlertId,
    ends: bool,
    errors: Errors,
    typed: &Fields,
) -> Result<CareForm, PageError> {
    let (found, watches) = casework::view_watches(&api.desk, who, id).await?;
    let (lang, now) = (who.lang, api.desk.now());
    let running = watches.iter().find(|w| w.ended_at.is_none());
    let lapsed = running.is_some_and(|w| w.last().is_none_or(|s| s.shift.until <= now));
    let there = lang.pick(
        "现在没有大人接班：请立即到孩子身边，并登记。",
        "Nobody is on watch: go to the child now, and say so here.",
    );
    let never = lang.pick(
        "专人监护不会到点自动结束：只有重新研判后签字，或当面交给监护人或医院，才能结束。",
        "A watch never ends by a clock: only by a signed assessment, or by handing the child over in person.",
    );
    let title =
        if ends { lang.pick("结束专人监护", "End the watch") } else { lang.pick("专人监护", "Watch") };
    let t = &words_of(lang).texts().care;
    Ok(CareForm {
        shell: shell_for(api, who).await?,
        errors,
        title: title.to_owned(),
        name: found.student_name.clone(),
        facts: facts(api, &found, lang),
        warning: if lapsed { vec![there.to_owned()] } else { Vec::new() },
        hint: never.to_owned(),
        known: watches.iter().map(|w| known(api, id, w, ends, lang)).collect(),
        fields: if ends { end_fields(typed, lang) } else { shift_fields(api, who, running, typed).await? },
        signs: false,
        action: format!("/alerts/{id}/watch{}", if ends { "/end" } else { "" }),
        submit: if ends { title } else { t.save }.to_owned(),
        back_href: format!("/alerts/{id}"),
        back: None,
    })
}

fn facts(api: &Api, found: &AlertSummary, lang: Lang) -> Vec<String> {
    let class = class_of(&found.class, api.desk.calendar.date(api.desk.now()), lang);
    [class].into_iter().chain(found.lodging.seat.clone()).collect()
}

fn known(api: &Api, id: AlertId, w: &WatchRecord, ends: bool, lang: Lang) -> Known {
    let line = |s: &ShiftRecord| {
        let (since, until) = (moment(api, s.shift.since).text, moment(api, s.shift.until).text);
        let from = s.handed_over_by.as_ref().map(|n| format!("{}{n}", lang.pick("，交班人：", ", from ")));
        format!("{} · {since}–{until} · {}{}", s.shift.adult, s.shift.place, from.unwrap_or_default())
    };
    let title = match (w.ended_how, w.last()) {
        (Some(how), _) => how.name(lang).to_owned(),
        (None, Some(last)) => format!("{}{}", lang.pick("现在：", "Now: "), last.shift.adult),
        (None, None) => String::new(),
    };
    let lapsed = w.ended_at.is_none() && w.last().is_none_or(|s| s.shift.until <= api.desk.now());
    let ends_it = (format!("/alerts/{id}/watch/end"), lang.pick("结束专人监护", "End the watch").to_owned());
    let links = if w.ended_at.is_none() && !ends { vec![ends_it] } else { Vec::new() };
    Known { title, lines: w.shifts.iter().rev().map(line).collect(), alarm: lapsed, links }
}

async fn shift_fields(
    api: &Api,
    who: &Visitor,
    running: Option<&WatchRecord>,
    typed: &Fields,
) -> Result<Vec<Field>, CaseError> {
    let (lang, now) = (who.lang, api.desk.now());
    let staff = colleagues(api, who, typed.get("person")).await?;
    let until = local_field(api, now + TimeDelta::hours(CUSTODY_SHIFT_HOURS));
    let other = lang.pick("不在名单上的大人，写姓名和职务或关系", "An adult who is not on the list: name and office");
    let mut making = Making(typed, Vec::new())
        .select("person", (lang.pick("谁来陪护", "Who is on watch"), ""), true, staff)
        .line("adult", (lang.pick("或者", "Or"), other), true)
        .moment("since", (lang.pick("从什么时候", "Since"), ""), false, &local_field(api, now))
        .moment("until", (lang.pick("到什么时候（最多 4 小时）", "Until, four hours at most"), ""), false, &until)
        .line("where", (lang.pick("在哪里", "Where"), ""), false);
    if running.is_some() {
        let yes = [("true", lang.pick("是，两位大人都在孩子身边", "Yes, both adults were with the child"))];
        making = making
            .line("handed_over_by", (lang.pick("谁当面交给您的", "Who handed the child over"), ""), true)
            .radios("in_person", (lang.pick("当面交接", "In person"), ""), true, &yes);
    }
    Ok(making.1)
}

fn end_fields(typed: &Fields, lang: Lang) -> Vec<Field> {
    let all = WatchEnd::ALL.map(|e| (e.key(), e.name(lang)));
    let yes = [("true", lang.pick("是", "Yes"))];
    let to = (lang.pick("交给谁", "To whom"), lang.pick("交给监护人或医院时填", "for a guardian or a hospital"));
    let making = Making(typed, Vec::new()).radios("how", (lang.pick("怎样结束", "How"), ""), false, &all);
    let making = making.line("to", to, true).radios("in_person", (lang.pick("当面交接", "In person"), ""), true, &yes);
    making.text("reason", (lang.pick("理由", "Why"), ""), false).1
}

//! `/duty`: the roster of a fortnight 值班表, and who stands in for whom.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, DeputyDraft, DutyDraft, DutyRecord, DutyView};
use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::access::Right;
use domain::coverage::Period;
use domain::fault::Fault;
use domain::id::{DutyId, PersonId, SchoolId};
use domain::lang::Lang;

use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::duty::{Day, Duty, Pick, Turn};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of, words_of};
use crate::problem::Problem;
use crate::state::Api;

/// The school whose roster this person looks at; the first one, should he have several.
fn school_of(api: &Api, who: &Visitor) -> Result<SchoolId, Problem> {
    let scope = who.scope(&api.desk, Right::SeeDuty);
    scope.schools.first().copied().ok_or_else(|| Problem::from(CaseError::NotFound))
}

/// The roster.
#[get("/duty")]
pub(crate) async fn show(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    let school = school_of(&api, &who)?;
    Ok(page(StatusCode::OK, &view(&api, &who, school, Errors::default(), &Fields::default()).await?)?)
}

async fn view(api: &Api, who: &Visitor, school: SchoolId, errors: Errors, fields: &Fields) -> Result<Duty, PageError> {
    let mut roster = casework::view_duty(&api.desk, who, school, (None, None)).await?;
    // What was missing last night cannot be put right any more.
    roster.gaps.retain(|gap| gap.to > api.desk.now());
    let staff = casework::staff_for_filing(&api.desk, who).await?;
    let pick = |field: &str| {
        let one = |p: &casework::PersonRecord| Pick {
            chosen: fields.get(field) == p.id.to_string(),
            value: p.id.to_string(),
            label: p.name.clone(),
        };
        // Nobody makes himself a deputy.
        staff.iter().filter(|p| field != "deputy" || p.id != who.person()).map(one).collect::<Vec<_>>()
    };
    Ok(Duty {
        shell: shell_for(api, who).await?,
        errors,
        days: days(api, &roster, who.lang),
        gaps: roster.gaps.len(),
        may_change: roster.may_change,
        may_name: casework::may_name_deputies(&api.desk, who, school),
        staff: pick("person"),
        away: pick("away"),
        deputies: pick("deputy"),
        away_from: fields.get("away_from").to_owned(),
        away_to: fields.get("away_to").to_owned(),
        from: fields.get("from").to_owned(),
        to: fields.get("to").to_owned(),
    })
}

fn days(api: &Api, roster: &DutyView, lang: Lang) -> Vec<Day> {
    let calendar = &api.desk.calendar;
    let first = calendar.date(roster.period.from);
    let dates = first.iter_days().take_while(|d| calendar.instant(*d, NaiveTime::MIN) < roster.period.to);
    dates.map(|date| day(api, roster, date, lang)).collect()
}

fn day(api: &Api, roster: &DutyView, date: NaiveDate, lang: Lang) -> Day {
    let calendar = &api.desk.calendar;
    let next = date.succ_opt().unwrap_or(date);
    let whole = Period { from: calendar.instant(date, NaiveTime::MIN), to: calendar.instant(next, NaiveTime::MIN) };
    let touches = |p: &Period| p.from < whole.to && whole.from < p.to;
    let turn = |d: &DutyRecord| Turn {
        name: d.name.clone(),
        hours: hours(api, d.turn.period, whole),
        remove: (roster.may_change && d.turn.period.from > api.desk.now()).then(|| d.turn.id.to_string()),
    };
    Day {
        label: label(date, lang),
        off: !calendar.is_school_day(date),
        today: date == calendar.date(api.desk.now()),
        turns: roster.turns.iter().filter(|d| touches(&d.turn.period)).map(turn).collect(),
        gaps: roster.gaps.iter().filter(|p| touches(p)).map(|p| hours(api, *p, whole)).collect(),
    }
}

/// The part of a period that lies in a day, as people say it.
fn hours(api: &Api, period: Period, day: Period) -> String {
    let clock = |at| api.desk.calendar.local(at).format("%H:%M").to_string();
    let to = if period.to >= day.to { "24:00".to_owned() } else { clock(period.to) };
    format!("{}–{to}", clock(period.from.max(day.from)))
}

fn label(date: NaiveDate, lang: Lang) -> String {
    const DAYS: [(&str, &str); 7] =
        [("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun")];
    let index = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
    let (zh, en) = DAYS.get(index).copied().unwrap_or_default();
    match lang {
        Lang::Zh => format!("{}月{}日 周{zh}", date.month(), date.day()),
        Lang::En => format!("{en} {}", date.format("%m-%d")),
    }
}

/// Sets a turn.
#[post("/duty")]
pub(crate) async fn set(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let school = school_of(&api, &who)?;
    let time = |name| instant_of(&api, fields.get(name));
    let draft = DutyDraft { person: fields.get("person").to_owned(), from: time("from"), to: time("to") };
    let done = casework::set_duty(&api.desk, &who, school, &draft, None).await;
    answer(&api, who, school, &fields, done.map(|_| ())).await
}

/// Takes a turn back.
#[post("/duty/{duty}/remove")]
pub(crate) async fn remove(
    api: web::Data<Api>,
    who: Visitor,
    duty: web::Path<DutyId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let school = school_of(&api, &who)?;
    let done = casework::remove_duty(&api.desk, &who, school, *duty).await;
    answer(&api, who, school, &fields, done).await
}

/// Names a deputy for somebody of the school who cannot.
#[post("/duty/deputies")]
pub(crate) async fn stand_in(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let school = school_of(&api, &who)?;
    let done = name_deputy(&api, &who, school, &fields).await;
    answer(&api, who, school, &fields, done).await
}

async fn name_deputy(api: &Api, who: &Visitor, school: SchoolId, fields: &Fields) -> Result<(), CaseError> {
    if !casework::may_name_deputies(&api.desk, who, school) {
        return Err(CaseError::Forbidden);
    }
    let away = fields.get("away").parse::<PersonId>().map_err(|_| {
        CaseError::Invalid(vec![Fault::new("away", "required", "请选择请假的人", "who is away is required")])
    })?;
    let time = |name| instant_of(api, fields.get(name));
    let draft = DeputyDraft { deputy: fields.get("deputy").to_owned(), from: time("away_from"), to: time("away_to") };
    // The page has two forms with times; a fault leads to its own.
    let named = casework::name_deputy(&api.desk, who, away, &draft, None).await;
    named.map(|_| ()).map_err(|err| {
        let CaseError::Invalid(faults) = err else { return err };
        CaseError::Invalid(faults.into_iter().map(of_the_second_form).collect())
    })
}

fn of_the_second_form(fault: Fault) -> Fault {
    let field = match fault.field.as_str() {
        "from" => "away_from".to_owned(),
        "to" => "away_to".to_owned(),
        other => other.to_owned(),
    };
    Fault { field, ..fault }
}

/// Back to the roster, or the same page with what was wrong and everything that was typed.
async fn answer(
    api: &Api,
    who: Visitor,
    school: SchoolId,
    fields: &Fields,
    done: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let faults = match done {
        Ok(()) => return Ok(see_other("/duty")),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, str::to_owned);
    let who = who.at("/duty");
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(api, &who, school, errors, fields).await?)?)
}

/// A problem, as a line on top of a page.
pub(crate) fn told(problem: &Problem) -> Fault {
    Fault::new("main", problem.code, problem.title(Lang::Zh), problem.title(Lang::En))
}

/// Whether somebody has a roster to look at.
pub(crate) fn has_roster(api: &Api, who: &Visitor) -> bool {
    !who.scope(&api.desk, Right::SeeDuty).schools.is_empty()
}

/// What the page is called in links.
pub(crate) fn link_words(lang: Lang) -> (&'static str, &'static str) {
    let t = &words_of(lang).texts().coverage;
    (t.duty_title, t.duty_hint)
}

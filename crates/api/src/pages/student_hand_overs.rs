//! `/student-hand-overs`: 学生交接, and one of them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, StudentHandOverQuery, StudentHandOverView};
use domain::access::Right;
use domain::fault::Fault;
use domain::id::StudentHandOverId;
use domain::student_hand_over::MoveState;

use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, link, sheet, wrong};
use super::student_hand_over_view::{forms, item};
use super::view::sheet::{Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{instant_of, words_of};
use crate::json::page::{cursor, parts};
use crate::problem::Problem;
use crate::state::Api;

const SHOWN: u32 = 30;

/// Hand-overs of students.
#[get("/student-hand-overs")]
pub(crate) async fn list(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let shown = fields.get("show");
    let state = (shown == "accepted").then_some(MoveState::Accepted);
    let mine = shown.is_empty();
    let query = StudentHandOverQuery { mine, state, student: None, after: after(&fields)?, limit: SHOWN };
    let (found, next) = casework::list_student_hand_overs(&api.desk, &who, &query).await?;
    Ok(page(StatusCode::OK, &list_view(&api, &who, shown, &found, next).await?)?)
}

async fn list_view(
    api: &Api,
    who: &Visitor,
    shown: &str,
    found: &[StudentHandOverView],
    next: Option<(domain::time::Timestamp, StudentHandOverId)>,
) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().student_hand_over;
    let mut view = sheet(api, who, t.title, None).await?;
    view.lead = vec![t.lead.to_owned()];
    let shows = [("", t.mine), ("live", t.live), ("accepted", t.ended)];
    view.links = shows
        .into_iter()
        .map(|(key, label)| {
            let mut to = link(&format!("/student-hand-overs?show={key}"), label);
            to.current = shown == key;
            to
        })
        .collect();
    let heading = shows.into_iter().find(|(key, _)| *key == shown).map_or(t.title, |(_, label)| label);
    let next = next.map(|(at, id)| {
        let mark = cursor(&[domain::time::to_micros(at).to_string(), id.to_string()]);
        format!("/student-hand-overs?show={shown}&cursor={mark}")
    });
    let items = found.iter().map(|v| item(api, who, v, true)).collect();
    view.sections = vec![Section { title: heading.to_owned(), items, empty: t.none.to_owned(), next }];
    Ok(view)
}

fn after(fields: &Fields) -> Result<Option<(domain::time::Timestamp, StudentHandOverId)>, Problem> {
    if fields.get("cursor").is_empty() {
        return Ok(None);
    }
    let found = match parts(fields.get("cursor"), 2)?.as_slice() {
        [at, id] => at.parse().ok().and_then(domain::time::from_micros).zip(id.parse().ok()),
        _ => None,
    };
    found.map(Some).ok_or_else(|| Problem::invalid(vec![crate::json::page::bad_cursor()]))
}

/// A hand-over.
#[get("/student-hand-overs/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentHandOverId>,
) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, *id, &Fields::default(), &[]).await?)?)
}

async fn view(
    api: &Api,
    who: &Visitor,
    id: StudentHandOverId,
    fields: &Fields,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let found = casework::view_student_hand_over(&api.desk, who, id).await?;
    let t = &words_of(who.lang).texts().student_hand_over;
    let mut view = sheet(api, who, t.one, None).await?;
    view.name.clone_from(&found.record.student.1);
    view.errors = wrong(who, "", faults);
    view.links = vec![link("/student-hand-overs", t.title)];
    view.links.extend(ways(api, who, &found));
    view.warnings = found.needs_telephone.then(|| t.needs_telephone.to_owned()).into_iter().collect();
    let shown: Item = item(api, who, &found, false);
    view.sections =
        vec![Section { title: found.record.state.name(who.lang).to_owned(), items: vec![shown], ..Section::default() }];
    view.forms = forms(api, who, &found, fields);
    Ok(view)
}

/// To the file, for whoever has it; to another try, for whoever got it back.
fn ways(api: &Api, who: &Visitor, found: &StudentHandOverView) -> Vec<super::view::parts::NavLink> {
    let (h, t) = (&found.record, &words_of(who.lang).texts().student_hand_over);
    let files = who.scope(&api.desk, Right::OpenFile);
    let here = match (&h.state, &h.to) {
        (MoveState::Accepted, Some(to)) => to.class.as_ref().is_some_and(|c| {
            files.classes.contains(&c.id) || files.grades.contains(&c.grade.id) || files.schools.contains(&to.school)
        }),
        _ => files.covers(&h.from),
    };
    let mut out = Vec::new();
    if here {
        out.push(link(&format!("/students/{}/growth-file", h.student.0), t.open_file));
    }
    if here && h.state == MoveState::Refused && found.may_withdraw {
        out.push(link(&format!("/students/{}/hand-over", h.student.0), t.again));
    }
    out
}

/// Accepts a student.
#[post("/student-hand-overs/{id}/accept")]
pub(crate) async fn accept(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentHandOverId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let class = Some(fields.get("class")).filter(|c| !c.is_empty());
    let done = casework::accept_student(&api.desk, &who, *id, class).await;
    answer(&api, who, *id, &fields, done).await
}

/// Refuses a student.
#[post("/student-hand-overs/{id}/refuse")]
pub(crate) async fn refuse(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentHandOverId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let done = casework::refuse_student(&api.desk, &who, *id, fields.get("reason")).await;
    answer(&api, who, *id, &fields, done).await
}

/// Takes a hand-over back.
#[post("/student-hand-overs/{id}/withdraw")]
pub(crate) async fn withdraw(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentHandOverId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let read = Some(fields.get("version").parse().unwrap_or_default());
    let done = casework::withdraw_student(&api.desk, &who, *id, read).await;
    answer(&api, who, *id, &fields, done).await
}

/// Writes down that the receiver was told by telephone.
#[post("/student-hand-overs/{id}/told")]
pub(crate) async fn told(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentHandOverId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let at = instant_of(&api, fields.get("told_by_telephone_at"));
    let done = casework::tell_of_student(&api.desk, &who, *id, fields.get("told_to"), &at).await;
    answer(&api, who, *id, &fields, done).await
}

/// Back to the hand-over, or the same page with what was wrong and everything that was typed.
async fn answer(
    api: &Api,
    who: Visitor,
    id: StudentHandOverId,
    fields: &Fields,
    done: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let here = format!("/student-hand-overs/{id}");
    let faults = match done {
        Ok(()) => return Ok(see_other(&here)),
        Err(err) => faults_of(err)?,
    };
    let who = who.at(&here);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(api, &who, id, fields, &faults).await?)?)
}

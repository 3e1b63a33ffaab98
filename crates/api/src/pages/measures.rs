//! `/measures`: what is one's own to do in plans, and what came of it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{MeasureRecord, StudentRecord};
use domain::fault::Fault;
use domain::id::{MeasureId, StudentId};

use super::entry::{key_of, new_key};
use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, link, sheet, wrong};
use super::view::sheet::{Field, Form, Input, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{masked, words_of};
use crate::present::class_of;
use crate::state::Api;

/// What is to be done.
#[get("/measures")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let all = fields.get("of") == "all";
    Ok(page(StatusCode::OK, &view(&api, &who, all, None, &[]).await?)?)
}

/// Says what came of a measure.
#[post("/students/{id}/plan/measures/{measure}/progress")]
pub(crate) async fn report(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, MeasureId)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (student, id) = path.into_inner();
    let here = format!("/students/{student}/plan/measures/{id}/progress");
    let (text, done, key) = (fields.get("text"), !fields.get("done").is_empty(), key_of(&fields, &here));
    match casework::report_progress(&api.desk, &who, (student, id), text, done, key.as_ref()).await {
        Ok(_) => Ok(see_other("/measures")),
        Err(err) => {
            let faults = faults_of(err)?;
            let who = who.at("/measures");
            let view = view(&api, &who, false, Some(id), &faults).await?;
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view)?)
        }
    }
}

async fn view(
    api: &Api,
    who: &Visitor,
    all: bool,
    about: Option<MeasureId>,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().plan;
    let found = casework::list_measures(&api.desk, who, !all).await?;
    let mut view = sheet(api, who, t.measures_title, None).await?;
    view.errors = about.map(|id| wrong(who, &format!("{id}-"), faults)).unwrap_or_default();
    view.lead = vec![t.measures_lead.to_owned()];
    if casework::has_plans_to_write(&api.desk, who) {
        let other = if all { ("/measures", t.mine) } else { ("/measures?of=all", t.others) };
        view.links = vec![link(other.0, other.1)];
    }
    let items = found.iter().map(|(s, m)| mine(api, who, s, m)).collect();
    let title = if all { t.others } else { t.mine };
    view.sections =
        vec![Section { title: title.to_owned(), items, empty: t.no_measures.to_owned(), ..Section::default() }];
    Ok(view)
}

fn mine(api: &Api, who: &Visitor, s: &StudentRecord, m: &MeasureRecord) -> Item {
    let own = m.measure.owner == who.person();
    let mut item = item(api, who, m, own);
    let class = class_of(&s.class, api.desk.calendar.date(api.desk.now()), who.lang);
    item.marks.insert(0, (format!("{class} {}", masked(&s.name)), false));
    if own && !m.done {
        item.forms = vec![form(api, who, s.id, m)];
    }
    item
}

/// A measure as a record.
pub(super) fn item(api: &Api, who: &Visitor, m: &MeasureRecord, own: bool) -> Item {
    let t = &words_of(who.lang).texts().plan;
    let per = match m.measure.per {
        domain::plan::Per::Week => t.week,
        domain::plan::Per::Month => t.month,
    };
    let overdue = casework::measure_overdue(&api.desk, m, api.desk.calendar.date(api.desk.now()));
    let mut rows = vec![(t.per.to_owned(), format!("{per} {}", m.measure.times))];
    rows.push((t.until.to_owned(), m.measure.until.to_string()));
    if !own {
        rows.push((t.owner.to_owned(), m.owner.clone()));
    }
    let last = m.last_at.map(|at| api.desk.calendar.local(at).format("%Y-%m-%d").to_string());
    rows.extend(last.map(|day| (t.last_word.to_owned(), day)));
    let done = m.done.then(|| (t.done.to_owned(), false));
    let marks = done.into_iter().chain(overdue.then(|| (t.overdue.to_owned(), true))).collect();
    Item { id: m.id.to_string(), head: m.measure.text.clone(), marks, rows, ..Item::default() }
}

fn form(api: &Api, who: &Visitor, student: StudentId, m: &MeasureRecord) -> Form {
    let t = &words_of(who.lang).texts().plan;
    let key = format!("{}-", m.id);
    Form {
        title: t.report.to_owned(),
        action: format!("/students/{student}/plan/measures/{}/progress", m.id),
        fields: vec![
            Field::new(&key, "text", t.report_text, "", Input::Lines),
            Field::new(&key, "done", t.report_done, "", Input::Tick),
        ],
        hidden: vec![new_key(api)],
        submit: t.report.to_owned(),
        folded: true,
        ..Form::default()
    }
}

//! `/students/{id}/hand-over`: what there is to hand over, and the form that sends it. `/students/{id}/unseal`: a signed look at
//! what is sealed.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{Destinations, OpenMatters};
use domain::access::Right;
use domain::fault::Fault;
use domain::id::StudentId;
use domain::student_hand_over::{MoveKind, StudentHandOverDraft};

use super::entry::{key_of, new_key};
use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, hidden, link, pick, sheet};
use super::view::duty::Pick;
use super::view::sheet::{Field, Form, Input, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of, words_of};
use crate::present::class_of;
use crate::state::Api;

/// What there is to hand over, with the form.
#[get("/students/{id}/hand-over")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, *id, &Fields::default(), &[]).await?)?)
}

/// Hands the student over.
#[post("/students/{id}/hand-over")]
pub(crate) async fn send(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/students/{id}/hand-over");
    casework::view_open_matters(&api.desk, &who, *id).await?;
    let key = key_of(&fields, &here);
    match casework::send_students(&api.desk, &who, &draft(&api, *id, &fields), key.as_ref()).await {
        Ok(sent) => {
            let first = sent.ids.first().map(|id| format!("/student-hand-overs/{id}"));
            Ok(see_other(&first.unwrap_or_else(|| "/student-hand-overs".to_owned())))
        }
        Err(err) => {
            let (faults, who) = (faults_of(err)?, who.at(&here));
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(&api, &who, *id, &fields, &faults).await?)?)
        }
    }
}

fn draft(api: &Api, id: StudentId, fields: &Fields) -> StudentHandOverDraft {
    let (to, leaving) = (fields.get("to"), fields.get("kind") == MoveKind::Leaving.key());
    let given = |name: &str| Some(fields.get(name).to_owned()).filter(|v| !v.is_empty());
    let chosen = |prefix: &str| (to.starts_with(prefix) && !leaving).then(|| to.to_owned());
    let signed = !fields.get("signed").is_empty();
    let open: Vec<String> = fields.all("open").map(str::to_owned).collect();
    StudentHandOverDraft {
        students: vec![id.to_string()],
        kind: fields.get("kind").to_owned(),
        class: chosen("cls_"),
        school: chosen("sch_"),
        outside: given("outside"),
        effective_on: fields.get("effective_on").to_owned(),
        note: given("note"),
        nothing: signed && open.is_empty(),
        open_matters: if signed { open } else { Vec::new() },
        told_to: given("told_to"),
        told_at: given("told_by_telephone_at").map(|at| instant_of(api, &at)),
    }
}

async fn view(api: &Api, who: &Visitor, id: StudentId, fields: &Fields, faults: &[Fault]) -> Result<Sheet, PageError> {
    let found = casework::view_open_matters(&api.desk, who, id).await?;
    let to = casework::destinations(&api.desk, who, id).await?;
    let t = &words_of(who.lang).texts().student_hand_over;
    let mut view = sheet(api, who, t.send_title, Some(&found.student)).await?;
    view.lead = vec![t.lead.to_owned()];
    view.links.extend(found.live.as_ref().map(|h| link(&format!("/student-hand-overs/{}", h.id), t.one)));
    view.errors = errors(faults, who.lang, anchor);
    view.warnings = found.serious.then(|| t.tell.to_owned()).into_iter().collect();
    let items = found.open.iter().map(|m| item(who, m)).collect();
    let empty = t.nothing_there.to_owned();
    view.sections = vec![Section { title: t.there_is.to_owned(), items, empty, next: None }];
    view.forms = vec![form(api, who, &found, &to, fields)];
    Ok(view)
}

/// Under which field of the page a fault stands.
fn anchor(field: &str) -> String {
    match field {
        "to.outside" => "outside".to_owned(),
        "open_matters" | "nothing_to_hand_over" => "signed".to_owned(),
        field if field.starts_with("students") => "signed".to_owned(),
        field => field.to_owned(),
    }
}

fn item(who: &Visitor, m: &casework::OpenMatter) -> Item {
    let mut marks = vec![(m.count.to_string(), false)];
    marks.extend(m.level.map(|l| (l.name(who.lang).to_owned(), false)));
    Item { head: m.kind.name(who.lang).to_owned(), marks, ..Item::default() }
}

fn form(api: &Api, who: &Visitor, found: &OpenMatters, to: &Destinations, typed: &Fields) -> Form {
    let t = &words_of(who.lang).texts().student_hand_over;
    let between = !to.schools.is_empty() || who.actor.may_somewhere(Right::Counsel, api.desk.now());
    let field = |name: &str, label: &str, input| Field::new("", name, label, typed.get(name), input);
    let kinds =
        MoveKind::ALL.into_iter().filter(|k| between || matches!(k, MoveKind::ClassChange | MoveKind::Promotion));
    let kinds = kinds.map(|k| pick(k.key(), k.name(who.lang), typed.get("kind"))).collect();
    let mut fields = vec![
        field("kind", t.kind, Input::Pick(kinds)),
        field("to", t.to, Input::Pick(places(api, who, to, typed.get("to")))),
        field("effective_on", t.effective_on, Input::Day),
        field("note", t.note, Input::Lines).hint(t.note_hint).optional(),
    ];
    if between {
        fields.push(field("outside", t.outside, Input::Line).hint(t.outside_hint).optional());
        fields.push(field("told_to", t.told_to, Input::Line).optional());
        fields.push(field("told_by_telephone_at", t.told_at, Input::Moment).optional());
    }
    let sign = if found.open.is_empty() { t.sign_nothing } else { t.sign_all };
    fields.push(field("signed", sign, Input::Tick));
    let open = found.open.iter().map(|m| hidden("open", m.kind.key()));
    Form {
        title: t.send_title.to_owned(),
        action: format!("/students/{}/hand-over", found.student.id),
        fields,
        hidden: open.chain([new_key(api)]).collect(),
        submit: t.send.to_owned(),
        ..Form::default()
    }
}

fn places(api: &Api, who: &Visitor, to: &Destinations, chosen: &str) -> Vec<Pick> {
    let today = api.desk.calendar.date(api.desk.now());
    let class = |c: &casework::ClassRecord| pick(&c.id.to_string(), &class_of(c, today, who.lang), chosen);
    let school = |s: &casework::SchoolRecord| pick(&s.id.to_string(), &s.name, chosen);
    to.classes.iter().map(class).chain(to.schools.iter().map(school)).collect()
}

/// The form for a look at what is sealed.
#[get("/students/{id}/unseal")]
pub(crate) async fn show_unseal(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &unseal_view(&api, &who, *id, &Fields::default(), &[]).await?)?)
}

/// Opens what is sealed, for a time.
#[post("/students/{id}/unseal")]
pub(crate) async fn unseal(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/students/{id}/unseal");
    let (purpose, signed) = (fields.get("purpose"), !fields.get("signed").is_empty());
    let key = key_of(&fields, &here);
    match casework::unseal_file(&api.desk, &who, *id, purpose, signed, key.as_ref()).await {
        Ok(_) => Ok(see_other(&format!("/students/{id}/growth-file"))),
        Err(err) => {
            let (faults, who) = (faults_of(err)?, who.at(&here));
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &unseal_view(&api, &who, *id, &fields, &faults).await?)?)
        }
    }
}

async fn unseal_view(
    api: &Api,
    who: &Visitor,
    id: StudentId,
    typed: &Fields,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let student = casework::student_for_care(&api.desk, who, id, Right::Counsel).await?;
    let t = &words_of(who.lang).texts().student_hand_over;
    let mut view = sheet(api, who, t.unseal_title, Some(&student)).await?;
    view.lead = vec![t.unseal_lead.to_owned()];
    view.errors = errors(faults, who.lang, str::to_owned);
    let field = |name: &str, label: &str, input| Field::new("", name, label, typed.get(name), input);
    view.forms = vec![Form {
        action: format!("/students/{id}/unseal"),
        fields: vec![field("purpose", t.purpose, Input::Lines), field("signed", t.sign, Input::Tick)],
        hidden: vec![new_key(api)],
        submit: t.unseal_submit.to_owned(),
        ..Form::default()
    }];
    Ok(view)
}

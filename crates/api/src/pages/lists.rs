//! `/students/{id}/lists`: on which lists a student is, and who answers for him.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, MembershipRecord, StudentLists, SupportDraft, SupportRecord};
use domain::fault::Fault;
use domain::growth_file::Source;
use domain::id::{MembershipId, StudentId};
use domain::watch_list::MembershipDraft;

use super::entry::{key_of, new_key};
use super::form::Fields;
use super::frame::page;
use super::sheets::{colleagues, faults_of, pick, sheet, unless_confirmed, wrong};
use super::view::sheet::{Field, Form, Input, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::words_of;
use crate::state::Api;

/// What was typed into which form, and what is wrong with it.
#[derive(Default)]
struct Typed {
    key: String,
    fields: Fields,
    faults: Vec<Fault>,
}

impl Typed {
    /// What stands in a field of a form.
    fn of(&self, key: &str, name: &str) -> &str {
        if self.key == key { self.fields.get(name) } else { "" }
    }
}

/// The lists of a student.
#[get("/students/{id}/lists")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, PageError> {
    let found = casework::view_lists(&api.desk, &who, *id).await?;
    Ok(page(StatusCode::OK, &view(&api, &who, &found, &Typed::default()).await?)?)
}

/// Puts a student on a list, once it is sure who is meant.
#[post("/students/{id}/lists")]
pub(crate) async fn put(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/students/{id}/lists");
    if let Some(asked) = asked(&api, &who, *id, &here, &fields).await? {
        return Ok(asked);
    }
    let draft = MembershipDraft {
        list: fields.get("list").to_owned(),
        from: fields.get("from").to_owned(),
        evidence: fields.get("evidence").to_owned(),
        source: Some(fields.get("source").to_owned()),
        review_at: fields.get("review_at").to_owned(),
        unread: Vec::new(),
    };
    let key = key_of(&fields, &here);
    let done = casework::put_on_list(&api.desk, &who, *id, &draft, key.as_ref()).await;
    answer(&api, who, *id, "", fields.into_inner(), done.map(|_| ())).await
}

/// Looks at a membership again.
#[post("/students/{id}/lists/{membership}/review")]
pub(crate) async fn review(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, MembershipId)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (student, id) = path.into_inner();
    let (text, day) = (fields.get("text"), fields.get("review_at"));
    let done = casework::review_membership(&api.desk, &who, (student, id), text, day).await;
    answer(&api, who, student, &format!("{id}-review-"), fields.into_inner(), done.map(|_| ())).await
}

/// Takes a student off a list.
#[post("/students/{id}/lists/{membership}/end")]
pub(crate) async fn end(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, MembershipId)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (student, id) = path.into_inner();
    let (to, reason) = (fields.get("to"), fields.get("reason"));
    let done = casework::end_membership(&api.desk, &who, (student, id), to, reason).await;
    answer(&api, who, student, &format!("{id}-end-"), fields.into_inner(), done.map(|_| ())).await
}

/// Names support, once it is sure who is meant.
#[post("/students/{id}/support")]
pub(crate) async fn support(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/students/{id}/support");
    if let Some(asked) = asked(&api, &who, *id, &here, &fields).await? {
        return Ok(asked);
    }
    let draft = SupportDraft {
        target: fields.get("target").to_owned(),
        measures: fields.get("measures").to_owned(),
        responsible: fields.get("responsible").to_owned(),
    };
    let key = key_of(&fields, &here);
    let done = casework::name_support(&api.desk, &who, *id, &draft, key.as_ref()).await;
    answer(&api, who, *id, "support-", fields.into_inner(), done.map(|_| ())).await
}

async fn asked(
    api: &Api,
    who: &Visitor,
    id: StudentId,
    here: &str,
    fields: &Fields,
) -> Result<Option<HttpResponse>, PageError> {
    let found = casework::view_lists(&api.desk, who, id).await?;
    if !found.manages {
        return Err(CaseError::Forbidden.into());
    }
    unless_confirmed(api, who, &found.student, here, fields).await
}

async fn answer(
    api: &Api,
    who: Visitor,
    id: StudentId,
    key: &str,
    fields: Fields,
    done: Result<(), CaseError>,
) -> Result<HttpResponse, PageError> {
    let here = format!("/students/{id}/lists");
    let faults = match done {
        Ok(()) => return Ok(see_other(&here)),
        Err(err) => faults_of(err)?,
    };
    let found = casework::view_lists(&api.desk, &who, id).await?;
    let typed = Typed { key: key.to_owned(), fields, faults };
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(api, &who.at(&here), &found, &typed).await?)?)
}

async fn view(api: &Api, who: &Visitor, found: &StudentLists, typed: &Typed) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().record;
    let mut view = sheet(api, who, t.lists_title, Some(&found.student)).await?;
    view.errors = wrong(who, &typed.key, &typed.faults);
    view.lead = vec![t.lists_lead.to_owned()];
    let items = found.memberships.iter().map(|m| item(api, who, found, m, typed)).collect();
    let none = t.no_lists.to_owned();
    view.sections = vec![Section { title: t.lists.to_owned(), items, empty: none, next: None }];
    if found.manages || found.support.is_some() {
        let items = found.support.iter().map(|s| support_item(who, s)).collect();
        let none = t.no_support.to_owned();
        view.sections.push(Section { title: t.support.to_owned(), items, empty: none, next: None });
    }
    if found.manages {
        let staff = colleagues(api, who, typed.of("support-", "responsible")).await?;
        view.forms = vec![put_form(api, who, found, typed), support_form(api, who, found, typed, staff)];
    }
    Ok(view)
}

fn item(api: &Api, who: &Visitor, found: &StudentLists, m: &MembershipRecord, typed: &Typed) -> Item {
    let t = &words_of(who.lang).texts().record;
    let list = api.desk.watch_lists.get(&m.list).map(|l| l.name(who.lang).to_owned()).unwrap_or_default();
    let overdue = casework::is_overdue(m, api.desk.calendar.date(api.desk.now()));
    let mut marks = Vec::new();
    marks.extend(m.to.map(|_| (t.ended.to_owned(), false)));
    marks.extend(overdue.then(|| (t.overdue.to_owned(), true)));
    let row = |label: &str, value: String| (label.to_owned(), value);
    let until = m.to.map(|d| d.to_string()).unwrap_or_default();
    let mut rows = vec![row(t.since, format!("{} – {until}", m.from))];
    rows.extend(m.to.is_none().then(|| row(t.review_at, m.review_at.to_string())));
    rows.push(row(t.source, m.source.name(who.lang).to_owned()));
    rows.extend(m.evidence.as_ref().map(|e| row(t.evidence, e.clone())));
    rows.push(row(t.by, m.by.1.clone()));
    let forms = if found.manages && m.to.is_none() { membership_forms(who, found, m, typed) } else { Vec::new() };
    Item { id: m.id.to_string(), head: list, marks, rows, text: m.said.clone(), forms, ..Item::default() }
}

fn membership_forms(who: &Visitor, found: &StudentLists, m: &MembershipRecord, typed: &Typed) -> Vec<Form> {
    let t = &words_of(who.lang).texts().record;
    let (first, last) = (format!("{}-review-", m.id), format!("{}-end-", m.id));
    let action = |verb: &str| format!("/students/{}/lists/{}/{verb}", found.student.id, m.id);
    let field = |key: &str, name: &str, label: &str, input| Field::new(key, name, label, typed.of(key, name), input);
    vec![
        Form {
            title: t.review_title.to_owned(),
            action: action("review"),
            fields: vec![
                field(&first, "text", t.review_text, Input::Lines),
                field(&first, "review_at", t.review_at, Input::Day),
            ],
            submit: t.save.to_owned(),
            folded: true,
            ..Form::default()
        },
        Form {
            title: t.end_title.to_owned(),
            action: action("end"),
            fields: vec![field(&last, "to", t.end_on, Input::Day), field(&last, "reason", t.end_reason, Input::Lines)],
            submit: t.save.to_owned(),
            folded: true,
            ..Form::default()
        },
    ]
}

fn support_item(who: &Visitor, s: &SupportRecord) -> Item {
    let t = &words_of(who.lang).texts().record;
    let row = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    Item {
        head: s.responsible.1.clone(),
        marks: vec![(t.responsible.to_owned(), false)],
        rows: vec![row(t.target, &s.target), row(t.measures, &s.measures)],
        ..Item::default()
    }
}

fn put_form(api: &Api, who: &Visitor, found: &StudentLists, typed: &Typed) -> Form {
    let t = &words_of(who.lang).texts().record;
    let lists = found.known.iter().map(|l| pick(&l.code, l.name(who.lang), typed.of("", "list"))).collect();
    let sources = Source::ALL.into_iter().filter(|s| *s != Source::Service);
    let sources = sources.map(|s| pick(s.key(), s.name(who.lang), typed.of("", "source"))).collect();
    let field = |name: &str, label: &str, input| Field::new("", name, label, typed.of("", name), input);
    Form {
        title: t.put_title.to_owned(),
        action: format!("/students/{}/lists", found.student.id),
        fields: vec![
            field("list", t.list, Input::Pick(lists)),
            field("from", t.since, Input::Day),
            field("evidence", t.evidence, Input::Lines).hint(t.evidence_hint),
            field("source", t.source, Input::Pick(sources)),
            field("review_at", t.review_at, Input::Day),
        ],
        hidden: vec![new_key(api)],
        submit: t.put.to_owned(),
        ..Form::default()
    }
}

fn support_form(
    api: &Api,
    who: &Visitor,
    found: &StudentLists,
    typed: &Typed,
    staff: Vec<super::view::duty::Pick>,
) -> Form {
    let t = &words_of(who.lang).texts().record;
    let field = |name: &str, label: &str, input| Field::new("support-", name, label, typed.of("support-", name), input);
    Form {
        title: t.support_title.to_owned(),
        hint: t.support_hint.to_owned(),
        action: format!("/students/{}/support", found.student.id),
        fields: vec![
            field("target", t.target, Input::Lines),
            field("measures", t.measures, Input::Lines),
            field("responsible", t.responsible, Input::Pick(staff)),
        ],
        hidden: vec![new_key(api)],
        submit: t.save.to_owned(),
        ..Form::default()
    }
}

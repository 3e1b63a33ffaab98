//! What the pages of records share: whom they are about, the question which student is meant, forms shown again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use casework::{CaseError, StudentRecord};
use domain::access::Right;
use domain::fault::Fault;
use domain::id::StudentId;

use super::duty::told;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::growth_file::facts;
use super::view::duty::Pick;
use super::view::parts::{Errors, HiddenField, NavLink};
use super::view::sheet::{Form, Item, Section, Sheet};
use super::visitor::{PageError, Visitor};
use super::words::{errors, words_of};
use crate::problem::Problem;
use crate::state::Api;

/// An empty sheet about a student.
pub(crate) async fn sheet(
    api: &Api,
    who: &Visitor,
    title: &str,
    student: Option<&StudentRecord>,
) -> Result<Sheet, PageError> {
    Ok(Sheet {
        shell: shell_for(api, who).await?,
        errors: Errors::default(),
        title: title.to_owned(),
        name: student.map(|s| s.name.clone()).unwrap_or_default(),
        facts: student.map(|s| facts(api, who, s)).unwrap_or_default(),
        warnings: Vec::new(),
        lead: Vec::new(),
        links: student.map(|s| vec![back(who, s.id)]).unwrap_or_default(),
        sections: Vec::new(),
        forms: Vec::new(),
    })
}

/// The way back to the file.
fn back(who: &Visitor, id: StudentId) -> NavLink {
    let label = words_of(who.lang).texts().record.back_to_file;
    link(&format!("/students/{id}/growth-file"), label)
}

pub(crate) fn link(href: &str, label: &str) -> NavLink {
    NavLink { href: href.to_owned(), label: label.to_owned(), count: None, current: false }
}

pub(crate) fn pick(value: &str, label: &str, chosen: &str) -> Pick {
    Pick { value: value.to_owned(), label: label.to_owned(), chosen: value == chosen }
}

pub(crate) fn hidden(name: &str, value: &str) -> HiddenField {
    HiddenField { name: name.to_owned(), value: value.to_owned() }
}

/// The colleagues who can be chosen.
pub(crate) async fn colleagues(api: &Api, who: &Visitor, chosen: &str) -> Result<Vec<Pick>, PageError> {
    let staff = casework::staff_for_filing(&api.desk, who).await?;
    Ok(staff.iter().map(|p| pick(&p.id.to_string(), &p.name, chosen)).collect())
}

/// What is wrong with a form, under the anchors of its fields.
pub(crate) fn wrong(who: &Visitor, key: &str, faults: &[Fault]) -> Errors {
    errors(faults, who.lang, |f| format!("{key}{f}"))
}

/// What a form that was not accepted says; whatever cannot be put right in it is not its own.
pub(crate) fn faults_of(err: CaseError) -> Result<Vec<Fault>, PageError> {
    if let CaseError::Invalid(faults) = err {
        return Ok(faults);
    }
    if matches!(err, CaseError::Conflict(_)) {
        return Ok(vec![told(&Problem::from(err))]);
    }
    Err(err.into())
}

/// Asks which student is meant, where others have a similar name and nobody has said so yet: nothing is done before.
pub(crate) async fn unless_confirmed(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    action: &str,
    fields: &Fields,
) -> Result<Option<HttpResponse>, PageError> {
    if fields.get("meant") == student.id.to_string() {
        return Ok(None);
    }
    let alike = casework::look_alikes(&api.desk, who, student).await?;
    if alike.is_empty() {
        return Ok(None);
    }
    let t = &words_of(who.lang).texts().record;
    let item = |s: &StudentRecord| Item {
        head: s.name.clone(),
        marks: facts(api, who, s).into_iter().map(|f| (f, false)).collect(),
        ..Item::default()
    };
    let section = |title: &str, items: Vec<Item>| Section { title: title.to_owned(), items, ..Section::default() };
    let mut view = sheet(api, who, t.confirm_title, None).await?;
    view.lead = vec![t.confirm_lead.to_owned()];
    let opens = who.scope(&api.desk, Right::OpenFile).covers(&student.place());
    view.links = opens.then(|| back(who, student.id)).into_iter().collect();
    view.sections = vec![
        section(t.confirm_this, vec![item(student)]),
        section(t.confirm_similar, alike.iter().map(item).collect()),
    ];
    let mut carried = fields.carried();
    carried.retain(|f| f.name != "meant");
    carried.push(hidden("meant", &student.id.to_string()));
    view.forms =
        vec![Form { action: action.to_owned(), hidden: carried, submit: t.confirm_yes.to_owned(), ..Form::default() }];
    Ok(Some(page(StatusCode::OK, &view)?))
}

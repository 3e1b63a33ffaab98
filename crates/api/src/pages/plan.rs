//! `/students/{id}/plan`: 一生一策 in signed versions.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, PlanRecord, PlanView, ProgressRecord};
use domain::fault::Fault;
use domain::id::StudentId;

use super::entry::{key_of, new_key};
use super::form::Fields;
use super::frame::page;
use super::measures::item as measure_item;
use super::plan_form::{as_written, draft, field_of, inputs};
use super::sheets::{colleagues, faults_of, hidden, sheet, unless_confirmed};
use super::view::parts::NavLink;
use super::view::sheet::{Form, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, words_of};
use crate::state::Api;

/// The newest version of a plan, with the form for the next one.
#[get("/students/{id}/plan")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
) -> Result<HttpResponse, PageError> {
    let plan = casework::view_plan(&api.desk, &who, *id, None).await?;
    Ok(page(StatusCode::OK, &view(&api, &who, &plan, None, &[]).await?)?)
}

/// Writes a version, once it is sure who is meant; where somebody was quicker, both are on the page.
#[post("/students/{id}/plan")]
pub(crate) async fn write(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/students/{id}/plan");
    let file = casework::open_file(&api.desk, &who, *id).await?;
    if !casework::writes_plans(&api.desk, &who, &file.student) {
        return Err(CaseError::Forbidden.into());
    }
    if let Some(asked) = unless_confirmed(&api, &who, &file.student, &here, &fields).await? {
        return Ok(asked);
    }
    let (base, key) = (fields.get("base").parse().unwrap_or(0), key_of(&fields, &here));
    let done = casework::write_plan(&api.desk, &who, *id, base, &draft(&fields), key.as_ref()).await;
    let Err(err) = done else { return Ok(see_other(&here)) };
    again(&api, who.at(&here), *id, &fields, err).await
}

async fn again(
    api: &Api,
    who: Visitor,
    id: StudentId,
    fields: &Fields,
    err: CaseError,
) -> Result<HttpResponse, PageError> {
    let (status, faults) = if matches!(err, CaseError::Stale) {
        (StatusCode::PRECONDITION_FAILED, Vec::new())
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, faults_of(err)?)
    };
    let plan = casework::view_plan(&api.desk, &who, id, None).await?;
    Ok(page(status, &view(api, &who, &plan, Some(fields), &faults).await?)?)
}

/// Signs the newest version.
#[post("/students/{id}/plan/{version}/sign")]
pub(crate) async fn sign(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, u64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (student, version) = path.into_inner();
    casework::sign_plan(&api.desk, &who, student, version).await?;
    Ok(see_other(&format!("/students/{student}/plan")))
}

async fn view(
    api: &Api,
    who: &Visitor,
    plan: &PlanView,
    fields: Option<&Fields>,
    faults: &[Fault],
) -> Result<Sheet, PageError> {
    let t = &words_of(who.lang).texts().plan;
    let mut view = sheet(api, who, t.title, Some(&plan.student)).await?;
    view.errors = errors(faults, who.lang, field_of);
    view.warnings.extend((fields.is_some() && faults.is_empty()).then(|| t.overtaken.to_owned()));
    view.links.extend(plan.record.is_some().then(|| NavLink {
        href: format!("/students/{}/papers/plan/newest", plan.student.id),
        label: words_of(who.lang).texts().growth_file.pdf.to_owned(),
        count: None,
        current: false,
    }));
    match &plan.record {
        None => view.lead = vec![t.none.to_owned()],
        Some(record) => view.sections = sections(api, who, plan, record),
    }
    if plan.may_sign {
        view.forms.push(Form {
            hint: t.sign_hint.to_owned(),
            action: format!("/students/{}/plan/{}/sign", plan.student.id, plan.versions),
            submit: t.sign.to_owned(),
            ..Form::default()
        });
    }
    if plan.writes {
        let typed = fields.cloned().or_else(|| plan.record.as_ref().map(|r| as_written(&r.plan))).unwrap_or_default();
        let staff = colleagues(api, who, "").await?;
        view.forms.push(Form {
            title: if plan.versions == 0 { t.first_title } else { t.write_title }.to_owned(),
            action: format!("/students/{}/plan", plan.student.id),
            fields: inputs(who.lang, &typed, &staff),
            hidden: vec![hidden("base", &plan.versions.to_string()), new_key(api)],
            submit: t.save.to_owned(),
            folded: plan.versions > 0 && fields.is_none(),
            ..Form::default()
        });
    }
    Ok(view)
}

fn sections(api: &Api, who: &Visitor, plan: &PlanView, record: &PlanRecord) -> Vec<Section> {
    let t = &words_of(who.lang).texts().plan;
    let section = |title: &str, items| Section { title: title.to_owned(), items, ..Section::default() };
    let p = &record.plan;
    let goal = |g: &domain::plan::Goal| Item {
        head: g.text.clone(),
        rows: vec![(t.check.to_owned(), g.check.clone())],
        ..Item::default()
    };
    let measures = plan.measures.iter().map(|m| measure_item(api, who, m, false)).collect();
    let mut out = vec![
        section(&t.version.replace('#', &record.version.to_string()), vec![head(api, who, record)]),
        section(t.goals, p.goals.iter().map(goal).collect()),
        section(t.measures, measures),
    ];
    if let Some(s) = &p.safety_plan {
        let rows = [
            (t.triggers, &s.triggers),
            (t.warning_signs, &s.warning_signs),
            (t.contacts, &s.contacts),
            (t.means_restriction, &s.means_restriction),
            (t.escort, &s.escort),
        ];
        let rows = rows.into_iter().filter(|(_, v)| !v.is_empty()).map(|(l, v)| (l.to_owned(), v.clone())).collect();
        out.push(section(t.safety, vec![Item { rows, ..Item::default() }]));
    }
    if !plan.progress.is_empty() {
        out.push(section(t.progress, plan.progress.iter().map(|p| word(api, plan, p)).collect()));
    }
    out
}

fn head(api: &Api, who: &Visitor, record: &PlanRecord) -> Item {
    let t = &words_of(who.lang).texts().plan;
    let (p, c) = (&record.plan, &record.plan.causes);
    let day = |at| api.desk.calendar.local(at).format("%Y-%m-%d %H:%M").to_string();
    let writer = record.signed_at.map(|at| format!("{} {}", record.by.1, day(at)));
    let second = record.second.as_ref().map(|(_, name, at)| format!("{name} {}", day(*at)));
    let days: Vec<String> = p.key_dates.iter().map(|d| format!("{} {}", d.date, d.text)).collect();
    let rows = [
        (t.problem, p.problem.clone()),
        (t.level, p.level.name(who.lang).to_owned()),
        (t.biological, c.biological.clone()),
        (t.psychological, c.psychological.clone()),
        (t.social, c.social.clone()),
        (t.school, c.school.clone()),
        (t.family, c.family.clone()),
        (t.protective_factors, p.protective_factors.clone()),
        (t.key_day, days.join("；")),
        (t.starts_at, p.starts_at.to_string()),
        (t.review_at, p.review_at.to_string()),
        (t.responsible, record.responsible.clone()),
        (t.signatures, writer.into_iter().chain(second).collect::<Vec<_>>().join("；")),
    ];
    let state = if record.is_signed() { (t.signed.to_owned(), false) } else { (t.unsigned.to_owned(), true) };
    Item {
        head: record.by.1.clone(),
        marks: vec![(day(record.at), false), state],
        rows: rows.into_iter().filter(|(_, v)| !v.is_empty()).map(|(l, v)| (l.to_owned(), v)).collect(),
        ..Item::default()
    }
}

fn word(api: &Api, plan: &PlanView, p: &ProgressRecord) -> Item {
    let about = plan.measures.iter().find(|m| m.id == p.measure).map(|m| m.measure.text.clone());
    let at = api.desk.calendar.local(p.at).format("%Y-%m-%d %H:%M").to_string();
    Item {
        head: about.unwrap_or_default(),
        marks: vec![(p.by.1.clone(), false), (at, false)],
        text: Some(p.said.clone()),
        ..Item::default()
    }
}

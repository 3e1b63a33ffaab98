//! `/decision-samples`: 抽查, how many decisions were drawn, and one of them with what it rested on.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{SampleRow, SampleView};
use domain::fault::Fault;
use domain::id::SampleId;
use domain::lang::Lang;
use domain::sample::Finding;

use super::entry::{key_of, new_key};
use super::form::Fields;
use super::frame::page;
use super::sheets::{faults_of, link, pick, sheet, wrong};
use super::view::sheet::{Field, Form, Input, Item, Section, Sheet};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{moment, words_of};
use crate::json::sample_shapes::{evidence_of, kept};
use crate::state::Api;

/// What it is called.
pub(crate) fn title(lang: Lang) -> &'static str {
    lang.pick("处理决定抽查", "Decisions looked at")
}

/// How many.
#[get("/decision-samples")]
pub(crate) async fn summary(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let (lang, found) = (who.lang, casework::view_samples(&api.desk, &who, fields.get("month")).await?);
    let mut view = sheet(&api, &who, title(lang), None).await?;
    view.lead = vec![
        lang.pick(
            "每月抽取一部分签字决定，由上一级查看所依据的材料。",
            "A share of signed decisions is looked at by the tier above.",
        )
        .to_owned(),
    ];
    let before = found.month.checked_sub_months(chrono::Months::new(1)).unwrap_or(found.month);
    let href = format!("/decision-samples?month={}", before.format("%Y-%m"));
    view.links = vec![link(&href, lang.pick("上个月", "The month before"))];
    let items: Vec<Item> = found.rows.iter().filter(|r| r.decided > 0).map(|r| row(r, lang)).collect();
    if items.is_empty() {
        view.lead.push(lang.pick("这个月没有签字决定。", "No decision was signed in this month.").to_owned());
    }
    view.sections = vec![Section { title: found.month.format("%Y-%m").to_string(), items, ..Section::default() }];
    Ok(page(StatusCode::OK, &view)?)
}

fn row(r: &SampleRow, lang: Lang) -> Item {
    let said = |all: &[(&str, &str, u32)]| {
        let each: Vec<String> = all.iter().map(|(zh, en, n)| format!("{} {n}", lang.pick(zh, en))).collect();
        each.join(" · ")
    };
    let drawn = [("共", "in all", r.decided), ("抽到", "drawn", r.drawn), ("已看", "looked at", r.looked_at())];
    let mut rows = vec![(lang.pick("签字决定", "Signed decisions").to_owned(), said(&drawn))];
    if r.looked_at() > 0 {
        let came =
            [("同意", "agrees", r.agrees), ("有疑问", "a question", r.question), ("不同意", "disagrees", r.disagrees)];
        rows.push((lang.pick("查看意见", "Findings").to_owned(), said(&came)));
    }
    Item { head: r.level.name(lang).to_owned(), rows, ..Item::default() }
}

/// A decision that was drawn.
#[get("/decision-samples/{id}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<SampleId>,
) -> Result<HttpResponse, PageError> {
    let found = casework::view_sample(&api.desk, &who, *id).await?;
    Ok(page(StatusCode::OK, &shown(&api, &who, &found, &Fields::default(), &[]).await?)?)
}

/// Writes down what was found.
#[post("/decision-samples/{id}/finding")]
pub(crate) async fn find(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<SampleId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let here = format!("/decision-samples/{}", *id);
    let key = key_of(&fields, &here);
    let words = Some(fields.get("words"));
    match casework::find_sample(&api.desk, &who, *id, fields.get("finding"), words, key.as_ref()).await {
        Ok(()) => Ok(see_other(&here)),
        Err(err) => {
            let faults = faults_of(err)?;
            let found = casework::view_sample(&api.desk, &who, *id).await?;
            let who = who.at(&here);
            let view = shown(&api, &who, &found, &fields, &faults).await?;
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view)?)
        }
    }
}

async fn shown(api: &Api, who: &Visitor, v: &SampleView, typed: &Fields, faults: &[Fault]) -> Result<Sheet, PageError> {
    let lang = who.lang;
    let mut view = sheet(api, who, title(lang), Some(&v.student)).await?;
    view.errors = wrong(who, "", faults);
    let alert = format!("/alerts/{}", v.sample.draw.alert);
    view.links.insert(0, link(&alert, lang.pick("查看预警全部材料", "Everything about the alert")));
    let decided = lang.pick("决定和依据", "What was decided, and why").to_owned();
    view.sections = vec![Section { title: decided, items: vec![decision(api, v, lang)], ..Section::default() }];
    view.sections.extend(finding(api, v, lang));
    if v.looks {
        view.forms = vec![form(api, v, typed, lang)];
    }
    Ok(view)
}

fn decision(api: &Api, v: &SampleView, lang: Lang) -> Item {
    let (d, label) = (&v.sample.draw, |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned());
    let mut rows = vec![(label("决定人", "Decided by"), d.by.1.clone())];
    rows.extend(d.second.as_ref().map(|(_, name)| (label("第二人签字", "Signed by"), name.clone())));
    rows.push((label("时间", "When"), moment(api, d.at).text));
    if d.from != d.to {
        rows.push((label("等级", "Level"), format!("{} → {}", d.from.name(lang), d.to.name(lang))));
    }
    for stated in evidence_of(v) {
        let unseen = v.in_file.bears_out(&stated) == Some(false);
        let unseen = unseen.then(|| words_of(lang).texts().decide.grounds_unseen.to_owned());
        let said: Vec<String> = stated.by.into_iter().chain(unseen).collect();
        rows.push((stated.proof.name(lang).to_owned(), said.join(" · ")));
    }
    let marks = vec![(d.from.name(lang).to_owned(), false)];
    Item { head: d.kind.name(lang).to_owned(), marks, rows, text: kept(v, "reason"), ..Item::default() }
}

fn finding(api: &Api, v: &SampleView, lang: Lang) -> Option<Section> {
    let f = v.sample.finding.as_ref()?;
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
    let mut rows =
        vec![(label("查看人", "Looked at by"), f.by.1.clone()), (label("时间", "When"), moment(api, f.at).text)];
    rows.extend(v.answer.clone().map(|answer| (label("答复", "Answer"), answer)));
    let head = f.finding.name(lang).to_owned();
    let bad = f.finding == Finding::Disagrees;
    let marks = bad.then(|| (label("预警已重新打开", "the alert is open again"), true)).into_iter().collect();
    let item = Item { head, marks, rows, text: f.words.clone(), ..Item::default() };
    Some(Section { title: label("抽查意见", "What was found"), items: vec![item], ..Section::default() })
}

fn form(api: &Api, v: &SampleView, typed: &Fields, lang: Lang) -> Form {
    let none = pick("", lang.pick("请选择", "Choose"), typed.get("finding"));
    let picks = Finding::ALL.iter().map(|f| pick(f.key(), f.name(lang), typed.get("finding")));
    let picks = std::iter::once(none).chain(picks).collect();
    let hint = lang.pick(
        "不改动原来的决定。有疑问：退回决定人答复。不同意：预警按有新情况重新打开。这两种请写明。",
        "The decision stays as it is. A question goes to whoever decided; where you do not agree the alert is opened again. Say why in both.",
    );
    let words = lang.pick("疑问或理由", "What you ask, or why");
    Form {
        title: lang.pick("写下抽查意见", "What you found").to_owned(),
        action: format!("/decision-samples/{}/finding", v.sample.draw.id),
        hint: hint.to_owned(),
        fields: vec![
            Field::new("", "finding", lang.pick("意见", "Finding"), typed.get("finding"), Input::Pick(picks)),
            Field::new("", "words", words, typed.get("words"), Input::Lines).optional(),
        ],
        hidden: vec![new_key(api)],
        submit: lang.pick("签字提交", "Sign").to_owned(),
        ..Form::default()
    }
}

//! `/students/{id}/growth-file/readers`: 谁看过这份档案.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{FileReaderRecord, PositionView};
use domain::id::StudentId;
use domain::lang::Lang;

use super::frame::page;
use super::sheets::sheet;
use super::view::sheet::{Item, Section};
use super::visitor::{PageError, Visitor};
use super::words::moment;
use crate::json::file_readers::{ReadersParams, mark};
use crate::state::Api;

/// What it is called.
pub(crate) fn title(lang: Lang) -> &'static str {
    lang.pick("谁看过这份档案", "Who has opened this file")
}

/// Who has opened a file.
#[get("/students/{id}/growth-file/readers")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<StudentId>,
    query: web::Query<ReadersParams>,
) -> Result<HttpResponse, PageError> {
    let (lang, id) = (who.lang, *id);
    let found = casework::file_readers(&api.desk, &who, id, query.read()?, lang).await?;
    let mut view = sheet(&api, &who, title(lang), Some(&found.student)).await?;
    view.lead = vec![
        lang.pick(
            "每次打开、打印都有记录，包括打开这一页。只是出现在名单里、搜索到，不在此列。",
            "Whoever opens or prints it is recorded, and so is whoever opens this page. To stand in a list is not.",
        )
        .to_owned(),
    ];
    let last = found.items.last().filter(|_| found.more);
    view.sections = vec![Section {
        title: lang.pick("最近的在上面", "The newest on top").to_owned(),
        items: found.items.iter().map(|one| item(&api, one, lang)).collect(),
        empty: lang.pick("还没有人打开过", "Nobody has opened it").to_owned(),
        next: last.map(|(r, _)| format!("/students/{id}/growth-file/readers?cursor={}", mark(r))),
    }];
    Ok(page(StatusCode::OK, &view)?)
}

fn item(api: &Api, (r, offices): &(FileReaderRecord, Vec<PositionView>), lang: Lang) -> Item {
    let office = |p: &PositionView| format!("{} · {}", p.role.name(lang), p.unit_name);
    let held: Vec<String> = offices.iter().map(office).collect();
    let held =
        if held.is_empty() { lang.pick("代理或值班", "in somebody's place").to_owned() } else { held.join("；") };
    let label = |zh: &'static str, en: &'static str| lang.pick(zh, en).to_owned();
    Item {
        head: r.person.1.clone(),
        marks: vec![(r.what.name(lang).to_owned(), false)],
        rows: vec![(label("职务", "Office"), held), (label("时间", "When"), moment(api, r.at).text)],
        ..Item::default()
    }
}

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
    view.lead = vec![what_is_listed(lang)];
    let last = found.items.last().filter(|_| found.more);
    view.sections = vec![Section {
        title: lang.pick("最近的在上面", "The newest on top").to_owned(),
        items: found.items.iter().map(|one| item(&api, one, lang)).collect(),
        empty: lang.pick("还没有人打开过", "Nobody has opened it").to_owned(),
        next: last.map(|(r, _)| format!("/students/{id}/growth-file/readers?cursor={}", mark(r))),
    }];
    Ok(page(StatusCode::OK, &view)?)
}

/// What the list has, and what it has not.
fn what_is_listed(lang: Lang) -> String {
    lang.pick(
        "这里列出的是：查看档案页、单条记录、附件，打印档案和表单，启封。支持计划、转介、请假、告知书、名单、交接和预警的查看\
         另有系统记录，不在此列；出现在名单里、搜索到，也不在此列。转学前原学校的查看记录随档案封存。",
        "Listed here: the file itself, single entries, attachments, what was printed of it, and opening what is sealed. Plans, \
         referrals, leaves, notices, lists, hand-overs and alerts are recorded elsewhere and not here, nor are lists and \
         searches. What was opened at a former school is sealed with the file.",
    )
    .to_owned()
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

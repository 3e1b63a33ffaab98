//! `/mandatory-reports`: 强制报告, those first of which the police were not told.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::MandatoryRecord;
use domain::lang::Lang;
use domain::policy::OutsideTerms;

use super::frame::{page, shell_for};
use super::mandatory_view::{RULES, missing, state, title};
use super::view::mandatory::{MandatoryList, Row};
use super::visitor::{PageError, Visitor};
use super::words::{deadline, masked};
use crate::present::class_of;
use crate::state::Api;

/// The open reports.
#[get("/mandatory-reports")]
pub(crate) async fn list(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    let found = casework::list_mandatory(&api.desk, &who, None).await?;
    let terms = casework::outside_terms(&api.desk).await?;
    let lang = who.lang;
    let view = MandatoryList {
        shell: shell_for(&api, &who).await?,
        title: title(lang),
        warning: RULES.map(|(zh, en)| lang.pick(zh, en).to_owned()).to_vec(),
        none: lang.pick("没有未办完的强制报告。", "No report is open."),
        rows: found.iter().map(|r| row(&api, r, &terms, lang)).collect(),
    };
    Ok(page(StatusCode::OK, &view)?)
}

fn row(api: &Api, r: &MandatoryRecord, terms: &OutsideTerms, lang: Lang) -> Row {
    let class = class_of(&r.student.class, api.desk.calendar.date(api.desk.now()), lang);
    let waits = r.clock.police_at.is_none();
    Row {
        href: format!("/mandatory-reports/{}", r.id),
        student: format!("{class} {}", masked(&r.student.name)),
        state: state(r, lang).to_owned(),
        alarm: waits,
        due: waits.then(|| deadline(api, r.running().breach_at(terms), lang)),
        missing: missing(r, lang),
    }
}

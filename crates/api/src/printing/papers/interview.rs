//! 访谈记录.

use casework::{GrowthEntry, Sheet};
use domain::care::Said;
use domain::lang::Lang;
use paper::Document;
use paper::template::{Head, InterviewRecord, interview_record};
use serde_json::Value;

use super::wall;
use crate::state::Api;

pub(super) fn document(api: &Api, head: Head, sheet: &mut Sheet, e: &GrowthEntry) -> Document {
    let body: Value = e.body.as_deref().and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let said = |key: &str| Said::from_key(text(key)).map(|w| w.name(Lang::Zh)).unwrap_or_default().to_owned();
    interview_record(&InterviewRecord {
        at: wall(api, e.at),
        by: e.by.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        means_asked: body.get("means_asked").and_then(Value::as_bool).unwrap_or_default(),
        wish_to_die: said("wish_to_die"),
        safe: said("safe_now"),
        said: sheet.hide(text("text")),
        next: text("next").to_owned(),
        head,
        ..InterviewRecord::default()
    })
}

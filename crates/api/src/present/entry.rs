//! An entry of a growth file, in words.

use casework::GrowthEntry;
use domain::growth_file::{EntryKind, Sight};
use domain::lang::Lang;
use domain::report::Mood;
use domain::sign::Catalogue;
use serde_json::Value;

use super::case_work::case_text;
use super::event_text;
use super::hand_over::hand_over_text;
use super::leave::leave_text;
use super::list::list_text;
use super::plan::plan_text;
use super::screening::screening_text;
use super::written::written_text;

/// An entry of a growth file in words; nothing where the reader may not read it.
pub(crate) fn entry_text(catalogue: &Catalogue, e: &GrowthEntry, sight: Sight, lang: Lang) -> Option<String> {
    if sight != Sight::Reads {
        return None;
    }
    let body: Value = e.body.as_deref().and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(match e.kind {
        EntryKind::Observation => observation_text(catalogue, e, lang),
        EntryKind::Alert => {
            let what = body.get("what").and_then(Value::as_str).unwrap_or("opened");
            event_text(what, e.body.as_deref(), lang)
        }
        EntryKind::Custody => format!("{} · {}", text("adult"), text("where")),
        EntryKind::Assessment => {
            let what = body.get("what").and_then(Value::as_str).unwrap_or("assessed");
            format!("{}。{}", event_text(what, e.body.as_deref(), lang), text("reason"))
        }
        EntryKind::Mood => mood_text(&body, lang),
        EntryKind::LifeEvent | EntryKind::Counselling => written_text(&body, lang),
        EntryKind::List => list_text(&body, lang),
        EntryKind::Interview
        | EntryKind::HomeVisit
        | EntryKind::GuardianContact
        | EntryKind::Notice
        | EntryKind::Watch
        | EntryKind::MandatoryReport
        | EntryKind::Referral => case_text(e.kind, &body, lang),
        EntryKind::Screening => screening_text(&body, lang),
        EntryKind::Leave => leave_text(&body, lang),
        EntryKind::LookIn if text("what") == "look_in_wanted" => lang
            .pick("身边的事可能影响到这名学生，安排看望", "Something nearby may have touched this child: a look-in")
            .to_owned(),
        EntryKind::LookIn => format!("{}{}", lang.pick("看望：", "Looked in: "), text("text")),
        EntryKind::HandOver => hand_over_text(&body, lang),
        EntryKind::Plan => plan_text(&body, lang),
    })
}

fn observation_text(catalogue: &Catalogue, e: &GrowthEntry, lang: Lang) -> String {
    let signs: Vec<&str> = e.signs.iter().filter_map(|c| catalogue.get(c)).map(|s| s.name(lang)).collect();
    let signs = signs.join(lang.pick("；", "; "));
    let narrative = e.filing.as_ref().map(|f| f.narrative.as_str()).unwrap_or_default();
    match (signs.is_empty(), narrative.is_empty()) {
        (false, false) => format!("{signs}\n{narrative}"),
        (false, true) => signs,
        (true, _) => narrative.to_owned(),
    }
}

fn mood_text(body: &Value, lang: Lang) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("what") == "sweep" {
        let note = text("text");
        let note = if note.is_empty() { String::new() } else { format!("{}{note}", lang.pick("：", ": ")) };
        return format!("{}{}{note}", lang.pick("排查：", "Sweep: "), lang.pick(text("zh"), text("en")));
    }
    let mood = Mood::from_key(text("mood")).map(|m| m.name(lang)).unwrap_or_default();
    let since = match text("low_since") {
        "" => String::new(),
        day => format!("{}{day}{}", lang.pick("（自 ", " (since "), lang.pick("）", ")")),
    };
    let note = text("text");
    let note = if note.is_empty() { String::new() } else { format!("{}{note}", lang.pick("：", ": ")) };
    format!("{}{mood}{since}{note}", lang.pick("班级周报：", "Weekly report: "))
}

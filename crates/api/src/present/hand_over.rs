//! That a file passed on, in words.

use domain::lang::Lang;
use domain::student_hand_over::MoveKind;
use serde_json::Value;

/// A line of the log of hand-overs.
pub(super) fn hand_over_text(body: &Value, lang: Lang) -> String {
    let member = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let kind = MoveKind::from_key(member("kind")).map(|k| k.name(lang)).unwrap_or_default();
    let way = match (member("from"), member("to")) {
        ("", "") => String::new(),
        (from, "") => from.to_owned(),
        (from, to) => format!("{from} → {to}"),
    };
    let nothing = body.get("nothing").and_then(Value::as_bool) == Some(true);
    let nothing = if nothing { lang.pick("，没有要交接的", "; nothing to hand over") } else { "" };
    let day = member("effective_on");
    match (member("what"), lang) {
        ("sent", Lang::Zh) => format!("提出交接（{kind}）：{way}，自 {day} 起{nothing}。接收前仍由原责任人负责"),
        ("sent", Lang::En) => {
            format!("Handed over ({kind}): {way}, from {day}{nothing}. Until accepted, with whoever had it")
        }
        ("by_roster", Lang::Zh) => format!("名册变动（{kind}）：{way}，等待接收。接收前仍由原责任人负责"),
        ("by_roster", Lang::En) => {
            format!("By roster ({kind}): {way}, waits to be accepted. Until then with whoever had it")
        }
        ("moved_by_roster", Lang::Zh) => format!("名册变动：{way}{nothing}（系统核对）"),
        ("moved_by_roster", Lang::En) => format!("By roster: {way}{nothing} (the service looked)"),
        ("accepted", Lang::Zh) => format!("接收交接（{kind}）：{way}"),
        ("accepted", Lang::En) => format!("Accepted ({kind}): {way}"),
        ("refused", Lang::Zh) => format!("退回交接（{kind}）：{way}"),
        ("refused", Lang::En) => format!("Refused ({kind}): {way}"),
        ("withdrawn", Lang::Zh) => format!("撤回交接（{kind}）：{way}"),
        ("withdrawn", Lang::En) => format!("Taken back ({kind}): {way}"),
        ("left", Lang::Zh) => format!("离校：{way}，{day}{nothing}"),
        ("left", Lang::En) => format!("Left: {way}, {day}{nothing}"),
        ("summary", Lang::Zh) => format!("随转摘要：{}", member("text")),
        ("summary", Lang::En) => format!("Summary that went along: {}", member("text")),
        ("unsealed", Lang::Zh) => format!("启封查阅：{}", member("text")),
        ("unsealed", Lang::En) => format!("Looked at what is sealed: {}", member("text")),
        (_, _) => member("text").to_owned(),
    }
}

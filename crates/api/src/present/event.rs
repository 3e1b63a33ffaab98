//! What happened to an alert, in words.

use domain::alert::Outcome;
use domain::lang::Lang;
use domain::level::Level;
use domain::sample::Finding;
use domain::tier::Tier;
use serde_json::Value;

fn level_name(value: Option<&Value>, lang: Lang) -> String {
    let level = value.and_then(Value::as_u64).and_then(|n| u8::try_from(n).ok()).and_then(|n| Level::try_from(n).ok());
    level.map(|l| l.name(lang).to_owned()).unwrap_or_default()
}

fn outcome_name(body: &Value, lang: Lang) -> &'static str {
    let outcome = body.get("outcome").and_then(Value::as_str).and_then(Outcome::from_key);
    outcome.map(|o| o.name(lang)).unwrap_or_default()
}

/// An event in words.
pub(crate) fn event_text(kind: &str, body: Option<&str>, lang: Lang) -> String {
    let body: Value = body.and_then(|b| serde_json::from_str(b).ok()).unwrap_or_default();
    let (from, to) = (level_name(body.get("from"), lang), level_name(body.get("to"), lang));
    let tier = body.get("tier").and_then(Value::as_str).and_then(Tier::from_key).map(|t| t.name(lang));
    let note = body.get("note").and_then(Value::as_str).map(|n| format!("{}{n}", lang.pick("：", ": ")));
    let note = note.unwrap_or_default();
    match (kind, lang) {
        ("opened", Lang::Zh) => format!("建立预警（{}）", level_name(body.get("level"), lang)),
        ("opened", Lang::En) => format!("Opened ({})", level_name(body.get("level"), lang)),
        ("rung_told", Lang::Zh) => format!("报到{}一级", tier.unwrap_or_default()),
        ("rung_told", Lang::En) => format!("Went to the {} tier", tier.unwrap_or_default()),
        ("evidence_joined", _) if body.get("what").is_some_and(|w| w == "screening") => {
            lang.pick("筛查关键条目并入", "A critical item of a screening joined").to_owned()
        }
        ("evidence_joined", _) => lang.pick("有新的观察并入", "A new observation joined").to_owned(),
        ("raised", Lang::Zh) => format!("响应由{from}升为{to}"),
        ("raised", Lang::En) => format!("Raised from {from} to {to}"),
        ("acknowledged", Lang::Zh) => format!("已接手{note}"),
        ("acknowledged", Lang::En) => format!("Taken{}", note.replace('：', ": ")),
        ("custody", _) => lang.pick("登记了陪护的大人", "Recorded which adult is with the child").to_owned(),
        ("owner_changed", _) => lang.pick("责任人离岗，已转交", "Handed on: its owner has left").to_owned(),
        ("assessed", Lang::Zh) if from == to => format!("研判：维持{to}"),
        ("assessed", Lang::En) if from == to => format!("Assessed: stays {to}"),
        ("assessed", Lang::Zh) => format!("研判：由{from}改为{to}"),
        ("assessed", Lang::En) => format!("Assessed: {from} to {to}"),
        ("reopened", _) => lang.pick("到时限未处理，重新打开", "Not handled in time; open again").to_owned(),
        ("still_worried", _) => lang.pick("报告人仍然担心", "The reporter is still worried").to_owned(),
        ("moved_with_student", _) => lang
            .pick("随学生交接，责任人与上报对象随之更换", "Moved with the student: others are told from here on")
            .to_owned(),
        ("read", _) => lang.pick("有人打开查看", "Somebody looked at it").to_owned(),
        (other, _) => decided_text(other, &body, &note, lang),
    }
}

/// What somebody decided, signed or answered, in words.
fn decided_text(kind: &str, body: &Value, note: &str, lang: Lang) -> String {
    let (from, to) = (level_name(body.get("from"), lang), level_name(body.get("to"), lang));
    match (kind, lang) {
        ("lowering_proposed", Lang::Zh) => format!("提议由{from}降为{to}，等待第二人签字"),
        ("lowering_proposed", Lang::En) => format!("Proposed to lower from {from} to {to}; waits for a second person"),
        ("lowered", Lang::Zh) => format!("第二人签字，由{from}降为{to}{note}"),
        ("lowered", Lang::En) => format!("Lowered from {from} to {to} by a second person{note}"),
        ("proposal_superseded", _) => lang
            .pick(
                "有新的情况，原来等待签字的提议作废，请重新研判",
                "New facts: the proposal that waited is void; assess anew",
            )
            .to_owned(),
        ("proposal_withdrawn", _) => {
            format!("{}{note}", lang.pick("撤回了等待签字的提议", "Took back the proposal that waited"))
        }
        ("closing_proposed", _) => {
            let proposed = lang.pick("提议结案，等待第二人签字：", "Proposed to close; waits for a second person: ");
            format!("{proposed}{}", outcome_name(body, lang))
        }
        ("closed", _) => format!("{}{}{note}", lang.pick("结案：", "Closed: "), outcome_name(body, lang)),
        ("closing_rejected", _) => {
            format!("{}{note}", lang.pick("第二人未同意结案", "The second person did not agree to close it"))
        }
        ("case_reopened", Lang::Zh) => format!("结案后有新的情况，重新打开（{to}）"),
        ("case_reopened", Lang::En) => format!("New facts after the close: open again ({to})"),
        ("not_escalating_proposed", Lang::Zh) => "提议暂不上报，等待第二人签字".to_owned(),
        ("not_escalating_proposed", Lang::En) => "Proposed not to let it climb; waits for a second person".to_owned(),
        ("not_escalated", _) => {
            format!("{}{note}", lang.pick("签字决定：暂不上报", "Signed: it does not climb for a while"))
        }
        ("not_escalating_rejected", _) => {
            format!(
                "{}{note}",
                lang.pick("第二人未同意暂不上报", "The second person did not agree to keep it from climbing")
            )
        }
        ("climbs_on", _) if body.get("in_time").and_then(Value::as_bool) == Some(true) => {
            lang.pick("暂不上报的期限已到，继续上报", "Its time is over: it climbs on").to_owned()
        }
        ("climbs_on", _) => lang
            .pick(
                "情况有变，暂不上报的决定作废，按原时限上报",
                "Something overtook it: it climbs by its own clock again",
            )
            .to_owned(),
        ("recheck_due", _) => lang.pick("到了约定再看一次的日子", "The day has come to look again").to_owned(),
        ("rechecked", _) if body.get("well").and_then(Value::as_bool) == Some(true) => {
            lang.pick("回访：平稳", "Looked again: well").to_owned()
        }
        ("rechecked", _) => lang.pick("回访：不平稳，重新打开", "Looked again: not well, open again").to_owned(),
        ("decision_looked_at", _) => {
            let found = body.get("finding").and_then(Value::as_str).and_then(Finding::from_key);
            let found = found.map(|f| f.name(lang)).unwrap_or_default();
            format!("{}{found}{note}", lang.pick("抽查：", "A decision was looked at: "))
        }
        ("affected_named", _) => {
            let count = body.get("count").and_then(Value::as_u64).unwrap_or_default();
            format!("{}{count}", lang.pick("登记受影响的同伴，人数：", "Named whom it may have touched: "))
        }
        (kind, _) if kind.starts_with("hand_over_") => handed_over(kind, note, lang),
        ("lowering_rejected", _) => {
            format!("{}{note}", lang.pick("第二人未同意降级", "The second person did not agree to lower it"))
        }
        (kind, _) if kind.starts_with("watch_") => super::case_work::watch_event(kind, lang).to_owned(),
        (other, _) => other.to_owned(),
    }
}

/// What became of a hand-over of the alert.
fn handed_over(kind: &str, note: &str, lang: Lang) -> String {
    match kind {
        "hand_over_offered" => lang.pick("提出转交，等待对方接收", "Offered to a colleague").to_owned(),
        "hand_over_accepted" => lang.pick("接收了转交", "Accepted the hand-over").to_owned(),
        "hand_over_refused" => format!("{}{note}", lang.pick("未接收转交", "Refused the hand-over")),
        "hand_over_unanswered" => lang
            .pick("转交没有人应答，仍由原责任人负责", "The hand-over was not answered; it stays with its owner")
            .to_owned(),
        other => other.to_owned(),
    }
}

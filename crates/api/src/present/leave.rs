//! Leave and return, in words, as the file has them.

use domain::lang::Lang;
use domain::leave::{Advice, LeaveReason, StageHow, Verdict};
use serde_json::Value;

/// An entry in words.
pub(super) fn leave_text(body: &Value, lang: Lang) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let flag = |key: &str| body.get(key).and_then(Value::as_bool).unwrap_or_default();
    let number = |key: &str| body.get(key).and_then(Value::as_u64).unwrap_or_default();
    let colon = lang.pick("：", ": ");
    let said = |head: &str, key: &str| match text(key) {
        "" => head.to_owned(),
        words => format!("{head}{colon}{words}"),
    };
    match text("what") {
        "begun" => match lang {
            Lang::Zh => format!("自 {} 起休学，至少每 {} 天联系一次", text("from"), number("every_days")),
            Lang::En => {
                format!("On leave from {}; contact at least once in {} days", text("from"), number("every_days"))
            }
        },
        "why" => {
            let reason = LeaveReason::from_key(text("reason")).map_or("", |r| r.name(lang));
            let paper = if flag("paper_seen") {
                lang.pick("已看到医院证明", "the hospital's paper was seen")
            } else {
                lang.pick("没有看到医院证明", "no paper of a hospital was seen")
            };
            said(&format!("{}{colon}{reason} · {paper}", lang.pick("休学原因", "Reason of the leave")), "note")
        }
        "contact" if flag("reached") => said(lang.pick("休学期间已联系", "Contact during leave"), "text"),
        "contact" => said(lang.pick("休学期间没有联系上", "Nobody was reached"), "text"),
        "return" => {
            said(&format!("{}{colon}{}", lang.pick("申请复学", "Return applied for"), text("applied_by")), "note")
        }
        "review" => said(&papers(body, lang), "note"),
        "assessment" => {
            let advice = Advice::from_key(text("advice")).map_or("", |a| a.name(lang));
            said(&format!("{}（{advice}）", lang.pick("复学评估", "Assessment")), "text")
        }
        "decision" => {
            let verdict = Verdict::from_key(text("verdict")).map_or("", |v| v.name(lang));
            said(&format!("{}{colon}{verdict}", lang.pick("提出决定", "Proposed")), "reason")
        }
        "sign" if flag("agrees") => said(lang.pick("复学决定已签字", "The decision was signed"), "note"),
        "sign" => said(lang.pick("复学决定被退回", "The decision was sent back"), "note"),
        "stage" => {
            let how = StageHow::from_key(text("how")).map_or("", |h| h.name(lang));
            let head = match lang {
                Lang::Zh => format!("复学第 {} 阶段：{how}", number("stage")),
                Lang::En => format!("Stage {}: {how}", number("stage")),
            };
            said(&head, "text")
        }
        "appeal" => said(&format!("{}{colon}{}", lang.pick("申诉", "Appeal"), text("appealed_by")), "text"),
        "answer" if flag("grants") => said(lang.pick("申诉决定：同意复学", "On appeal: granted"), "reason"),
        "answer" => said(lang.pick("申诉决定：维持原决定", "On appeal: it stays as it is"), "reason"),
        "returning" => returning(body, lang),
        "done" => lang.pick("分阶段复学结束，已正常在校", "Back at school").to_owned(),
        _ => text("text").to_owned(),
    }
}

/// A step in words; without what was said where the reader may know no more than what came of it.
pub(crate) fn leave_step_text(step: &domain::leave::Step, whole: bool, lang: Lang) -> String {
    let mut body = serde_json::to_value(step).unwrap_or_default();
    if let Some(body) = body.as_object_mut().filter(|_| !whole) {
        ["text", "note", "reason"].iter().for_each(|key| drop(body.remove(*key)));
    }
    leave_text(&body, lang)
}

fn papers(body: &Value, lang: Lang) -> String {
    let all = body.get("papers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let missing = all.iter().filter(|p| p.get("present").and_then(Value::as_bool) == Some(false)).count();
    match (missing, lang) {
        (0, _) => lang.pick("复学材料齐全", "The papers are complete").to_owned(),
        (n, Lang::Zh) => format!("复学材料缺 {n} 项，已退回补齐"),
        (n, Lang::En) => format!("{n} of the papers missing: sent back"),
    }
}

fn returning(body: &Value, lang: Lang) -> String {
    let stages = body.get("stages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let line = |(i, s): (usize, &Value)| {
        let text = |key: &str| s.get(key).and_then(Value::as_str).unwrap_or_default();
        let hours = s.get("hours").and_then(Value::as_u64).unwrap_or_default();
        let (n, from, until) = (i.saturating_add(1), text("from"), text("until"));
        match lang {
            Lang::Zh => format!("第 {n} 阶段 {from} 至 {until}，每天 {hours} 小时，{}陪同", text("with")),
            Lang::En => format!("Stage {n} {from} to {until}, {hours} hours a day, with {}", text("with")),
        }
    };
    let head = lang.pick("同意复学，分阶段返校", "Coming back by stages").to_owned();
    [head].into_iter().chain(stages.iter().enumerate().map(line)).collect::<Vec<_>>().join("\n")
}

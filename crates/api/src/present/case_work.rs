//! Entries about the care of a student, in words: what was done, then what was written, one line each.

use domain::care::{Answer, HomeSafety, HouseholdDecision, Means, Relation, Said};
use domain::growth_file::EntryKind;
use domain::guardian_notice::NoticeStep;
use domain::lang::Lang;
use domain::mandatory::{Recipient, Suspected};
use domain::referral::Consent;
use domain::watch::WatchEnd;
use serde_json::Value;

/// What is said of each member of a body, in the order of the lines.
const LINES: [(&str, &str, &str); 39] = [
    ("signer", "签字人或咨询对象", "Who"),
    ("witness", "见证人", "Witness"),
    ("measures", "学校在做", "The school does"),
    ("asked", "请家长配合", "Asked of the guardian"),
    ("suspected", "怀疑的是", "Suspected"),
    ("known", "得知时间", "Known since"),
    ("recipient", "报告给", "Told"),
    ("office", "受理单位", "Office"),
    ("officer", "受理人", "Officer"),
    ("receipt", "回执编号", "Receipt"),
    ("adult", "陪护的大人", "Adult"),
    ("from", "交班人", "Handed over by"),
    ("since", "开始", "Since"),
    ("until", "到", "Until"),
    ("gap_since", "在此之前无人接班，自", "Nobody was there since"),
    ("where", "地点", "Where"),
    ("guardian", "联系的人", "Guardian"),
    ("relation", "关系", "Relation"),
    ("by", "方式", "By"),
    ("to", "到", "To"),
    ("appointment", "预约时间", "Appointment"),
    ("consent", "同意", "Consent"),
    ("consent_by", "同意人", "Given by"),
    ("escort", "陪同", "Escort"),
    ("met", "见到", "Met"),
    ("went", "同去", "Who went"),
    ("seen", "见到孩子", "The child was seen"),
    ("answer", "结果", "Answer"),
    ("told", "告知了", "Told"),
    ("text", "记录", "Note"),
    ("outcome", "结果", "Outcome"),
    ("reason", "理由", "Reason"),
    ("why", "告知家里会让孩子更不安全", "Less safe if home is told"),
    ("decision", "决定", "Decision"),
    ("means_asked", "问过身边有没有能伤害自己的东西", "Asked about means"),
    ("wish_to_die", "不想活的想法", "Wishes to die"),
    ("safe_now", "现在安全", "Safe now"),
    ("danger_now", "现在有危险", "In danger now"),
    ("next", "下次", "Next"),
];

/// An entry in words.
pub(crate) fn case_text(kind: EntryKind, body: &Value, lang: Lang) -> String {
    let what = body.get("what").and_then(Value::as_str).unwrap_or_default();
    let head = heading(kind, what, body, lang);
    let said = LINES.iter().filter_map(|(key, zh, en)| {
        let value = value(key, body.get(*key)?, lang)?;
        Some(format!("{}{}{value}", lang.pick(zh, en), lang.pick("：", ": ")))
    });
    let more = [
        ("said", "说", "Said"),
        ("next_visit", "下次就诊", "Next visit"),
        ("note", "说明", "Note"),
        ("at", "时间", "At"),
    ];
    let more = more.iter().filter_map(|(key, zh, en)| {
        let value = value(key, body.get(*key)?, lang)?;
        Some(format!("{}{}{value}", lang.pick(zh, en), lang.pick("：", ": ")))
    });
    let lines: Vec<String> = head.into_iter().chain(said).chain(more).collect();
    lines.join("\n")
}

/// What happened to a watch, for the story of an alert.
pub(crate) fn watch_event(kind: &str, lang: Lang) -> &'static str {
    match kind {
        "watch_begun" => lang.pick("开始专人监护", "A watch began"),
        "watch_handed_over" => lang.pick("专人监护交接班", "The watch was handed over"),
        "watch_lapsed" => lang.pick("专人监护到时无人接班，已报警", "Nobody is on watch: an alarm went out"),
        _ => lang.pick("结束专人监护", "The watch ended"),
    }
}

fn heading(kind: EntryKind, what: &str, body: &Value, lang: Lang) -> Option<String> {
    let said = match (kind, what) {
        (EntryKind::Watch, "ended") => {
            let how = body.get("how").and_then(Value::as_str).and_then(WatchEnd::from_key);
            return how.map(|how| how.name(lang).to_owned());
        }
        (EntryKind::Watch, what) => watch_event(&format!("watch_{what}"), lang),
        (EntryKind::GuardianContact, "locked") => lang
            .pick("告知家长前须两人决定：暂停联系整个家庭", "Nobody of the household is told before two have decided"),
        (EntryKind::GuardianContact, "decided") => lang.pick("两人签字决定", "Decided by two"),
        (EntryKind::Notice, "issued") => lang.pick("出具告知书", "A notice was issued"),
        (EntryKind::Notice, what) => return NoticeStep::from_key(what).map(|s| s.name(lang).to_owned()),
        (EntryKind::MandatoryReport, "opened") => lang.pick("强制报告", "A report that the law demands"),
        (EntryKind::MandatoryReport, "told") => lang.pick("已报告", "Told"),
        (EntryKind::MandatoryReport, "chased") => {
            lang.pick("尚未报警，已通知学校负责人", "The police were not told yet: the school's leaders were told so")
        }
        (EntryKind::MandatoryReport, "breached") => {
            lang.pick("超过时限尚未报警，已报区教育局", "The police were not told in time: the district was told so")
        }
        (EntryKind::MandatoryReport, "reminded") => lang
            .pick("其他部门尚未报告，已通知学校负责人", "Others were not told yet: the school's leaders were told so"),
        (EntryKind::Referral, "made") => lang.pick("转介", "Referred"),
        (EntryKind::Referral, "went") => lang.pick("转介后已前往", "They went"),
        (EntryKind::Referral, "not_gone") => lang.pick("转介后没有前往", "They did not go"),
        (EntryKind::Referral, "back") => lang.pick("转介有结果", "What came of it"),
        _ => return None,
    };
    Some(said.to_owned())
}

fn value(key: &str, value: &Value, lang: Lang) -> Option<String> {
    if let Some(flag) = value.as_bool() {
        return Some(if flag { lang.pick("是", "yes") } else { lang.pick("否", "no") }.to_owned());
    }
    let text = value.as_str().filter(|t| !t.is_empty())?;
    Some(match key {
        "consent" => Consent::from_key(text).map_or(text, |c| c.name(lang)).to_owned(),
        "relation" => Relation::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "by" => Means::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "answer" => Answer::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "why" => HomeSafety::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "decision" => HouseholdDecision::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "suspected" => Suspected::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "recipient" => Recipient::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        "wish_to_die" | "safe_now" | "danger_now" => Said::from_key(text).map_or(text, |w| w.name(lang)).to_owned(),
        _ => text.to_owned(),
    })
}

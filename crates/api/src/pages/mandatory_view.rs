//! How a report that the law demands looks, and what was told to whom.

use casework::{MandatoryRecord, StudentRecord, ToldRecord};
use domain::lang::Lang;
use domain::mandatory::Recipient;

use super::care_fields::Making;
use super::form::Fields;
use super::frame::shell_for;
use super::view::care::{CareForm, Field, Known};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor};
use super::words::{local_field, moment, words_of};
use crate::present::class_of;
use crate::state::Api;

/// What everybody has to know who is near such a child.
pub(crate) const RULES: [(&str, &str); 2] = [
    ("怀疑就报，不必查实。先拨110。", "To suspect is enough: report it, prove nothing. Call 110 first."),
    (
        "不要反复询问孩子，不要惊动被怀疑的人。",
        "Do not question the child again and again, and do not alert whoever is suspected.",
    ),
];

/// What it is called.
pub(crate) fn title(lang: Lang) -> &'static str {
    lang.pick("强制报告", "Mandatory report")
}

/// Where it stands, in a few words.
pub(crate) fn state(r: &MandatoryRecord, lang: Lang) -> &'static str {
    match (r.clock.police_at, r.clock.breached_at, r.clock.settled_at) {
        (_, _, Some(_)) => lang.pick("已全部报告", "All were told"),
        (Some(_), _, None) => lang.pick("已报警，其他部门待报告", "The police were told; others were not"),
        (None, Some(_), None) => lang.pick("超过时限未报警，已报区教育局", "Over time: the district was told"),
        (None, None, None) => lang.pick("尚未报警", "The police were not told yet"),
    }
}

/// Who has not been told.
pub(crate) fn missing(r: &MandatoryRecord, lang: Lang) -> String {
    let all = Recipient::ALL.iter().filter(|who| !r.has_told(**who)).map(|who| who.name(lang));
    let all: Vec<&str> = all.collect();
    if all.is_empty() {
        return String::new();
    }
    format!("{}{}", lang.pick("待报告：", "Not told: "), all.join(lang.pick("、", ", ")))
}

pub(super) fn all(lang: Lang) -> String {
    lang.pick("全部强制报告", "All mandatory reports").to_owned()
}

pub(super) fn rules(lang: Lang) -> Vec<String> {
    RULES.map(|(zh, en)| lang.pick(zh, en).to_owned()).to_vec()
}

pub(super) fn facts(api: &Api, student: &StudentRecord, lang: Lang) -> Vec<String> {
    let class = class_of(&student.class, api.desk.calendar.date(api.desk.now()), lang);
    [class].into_iter().chain(student.seat.clone()).collect()
}

/// A report, with the form for whoever has told somebody.
pub(crate) async fn shown(
    api: &Api,
    who: &Visitor,
    r: &MandatoryRecord,
    errors: Errors,
    typed: &Fields,
) -> Result<CareForm, PageError> {
    let (lang, t) = (who.lang, &words_of(who.lang).texts().care);
    let terms = casework::outside_terms(&api.desk).await?;
    let until = moment(api, r.running().breach_at(&terms)).text;
    let waits = r.clock.police_at.is_none();
    let hint = if waits {
        format!("{}{until}", lang.pick("最迟报警时间：", "The police must be told by "))
    } else {
        lang.pick("补登回执编号时，再登记一次同一部门。", "A receipt that comes later is written down once more.")
            .to_owned()
    };
    Ok(CareForm {
        shell: shell_for(api, who).await?,
        errors,
        title: title(lang).to_owned(),
        name: r.student.name.clone(),
        facts: facts(api, &r.student, lang),
        warning: rules(lang),
        hint,
        known: known(api, r, lang),
        fields: told_fields(api, typed, lang),
        signs: false,
        action: format!("/mandatory-reports/{}/recipients", r.id),
        submit: t.save.to_owned(),
        back_href: "/mandatory-reports".to_owned(),
        back: Some(all(lang)),
    })
}

fn known(api: &Api, r: &MandatoryRecord, lang: Lang) -> Vec<Known> {
    let at = |label: &str, at| format!("{label} {}", moment(api, at).text);
    let mut lines = vec![
        at(lang.pick("得知时间", "Known since"), r.report.known_at),
        format!("{} {}", lang.pick("怀疑的是", "Suspected:"), r.report.suspected.name(lang)),
    ];
    lines.extend(r.named.iter().map(|(_, name)| name.clone()));
    lines.push(r.report.suspicion.clone());
    let waiting = missing(r, lang);
    lines.extend((!waiting.is_empty()).then_some(waiting));
    let waits = r.clock.police_at.is_none();
    let first = Known { title: state(r, lang).to_owned(), lines, alarm: waits, links: Vec::new() };
    [first].into_iter().chain(r.told.iter().map(|t| told(api, r, t, lang))).collect()
}

fn told(api: &Api, r: &MandatoryRecord, t: &ToldRecord, lang: Lang) -> Known {
    let mut lines = vec![format!("{} · {}", moment(api, t.told.at).text, t.told.officer)];
    lines.extend(t.told.receipt.as_ref().map(|n| format!("{} {n}", lang.pick("回执编号", "Receipt"))));
    let by = (t.by.0 != r.opened_by).then(|| t.by.1.clone());
    let by = by.unwrap_or_else(|| lang.pick("报告人（不公开）", "whoever reported").to_owned());
    lines.push(format!("{} {by}", lang.pick("登记人", "Written down by")));
    let title = format!("{} · {}", t.told.recipient.name(lang), t.told.office);
    Known { title, lines, alarm: false, links: Vec::new() }
}

fn told_fields(api: &Api, typed: &Fields, lang: Lang) -> Vec<Field> {
    let all: Vec<_> = Recipient::ALL.iter().map(|w| (w.key(), w.name(lang))).collect();
    let later = lang.pick("还没有拿到可以先不填，拿到后补登", "may come later");
    Making(typed, Vec::new())
        .radios("recipient", (lang.pick("报告给了谁", "Who was told"), ""), false, &all)
        .moment("at", (lang.pick("报告时间", "When"), ""), false, &local_field(api, api.desk.now()))
        .line("office", (lang.pick("受理单位", "Office"), lang.pick("例如城关派出所", "")), false)
        .line("officer", (lang.pick("受理人姓名", "Officer"), ""), false)
        .line("receipt", (lang.pick("回执编号", "Number of the receipt"), later), true)
        .moment("receipt_at", (lang.pick("回执时间", "When the receipt was given"), ""), true, "")
        .1
}

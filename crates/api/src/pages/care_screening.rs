//! The form by which a screening is written down.

use casework::{CaseError, IdempotencyKey, StudentRecord};
use domain::fault::Fault;
use domain::id::StudentId;
use domain::lang::Lang;
use domain::screening::{Follow, Instrument, ScreeningDraft, Validity};

use super::care_fields::Making;
use super::care_forms::pairs;
use super::form::Fields;
use super::sheets::pick;
use super::view::duty::Pick;
use super::visitor::Visitor;
use super::words::instant_of;
use crate::state::Api;

/// A line about the form.
pub(super) fn hint(lang: Lang) -> &'static str {
    lang.pick(
        "只有心理老师可以查看。关键条目有肯定回答的，保存后按轻重安排限时访谈或立即发出预警。学生现在有危险时，先报观察。",
        "For the counsellor only. An answer to the critical item leads to an interview in time, or to an alert at once. Where \
         there is danger now, report that first.",
    )
}

/// What is asked; of instruments, those that may be used at the child's stage.
pub(super) fn fields<'a>(
    api: &Api,
    student: &StudentRecord,
    making: Making<'a>,
    (lang, now): (Lang, &str),
) -> Making<'a> {
    let usable: Vec<&Instrument> = api.desk.instruments.at(student.class.grade.stage).collect();
    let instruments = usable.iter().flat_map(|i| versions(i, making.0.get("instrument"), lang)).collect();
    let answers: Vec<String> = (0..=highest(&usable)).map(|n| n.to_string()).collect();
    // Whatever was ticked can be left out again.
    let left_out = [("", lang.pick("不填", "leave out"))];
    let answers: Vec<(&str, &str)> =
        left_out.into_iter().chain(answers.iter().map(|n| (n.as_str(), n.as_str()))).collect();
    let validity = pairs(Validity::ALL, Validity::key, |v| v.name(lang));
    let total =
        lang.pick("照量表计分，不换算；无效的可以不填", "As the instrument counts it; not needed where invalid");
    let reading = lang.pick("写看到的和孩子说到的，不写诊断", "What was seen and said, never a diagnosis");
    making
        .moment("at", (lang.pick("作答时间", "When it was answered"), ""), false, now)
        .select("instrument", (lang.pick("量表和版本", "Instrument and version"), ""), false, instruments)
        .radios("validity", (lang.pick("是否有效", "Is it valid?"), &scales(&usable, lang)), false, &validity)
        .line("total", (lang.pick("原始总分", "Raw score"), total), false)
        .radios("critical", (lang.pick("关键条目的答案", "Critical item"), &items(&usable, lang)), true, &answers)
        .text("reading", (lang.pick("结果描述", "What it shows"), reading), false)
}

fn versions(i: &Instrument, chosen: &str, lang: Lang) -> Vec<Pick> {
    let label = |v: &str| match lang {
        Lang::Zh => format!("{} · {v} 版（{}–{} 分）", i.zh, i.least, i.most),
        Lang::En => format!("{} · version {v} ({}–{})", i.en, i.least, i.most),
    };
    i.versions.iter().map(|v| pick(&format!("{} {v}", i.code), &label(v), chosen)).collect()
}

/// The highest answer to any critical item.
fn highest(usable: &[&Instrument]) -> u8 {
    usable.iter().filter_map(|i| i.critical.as_ref().map(|c| c.most)).max().unwrap_or_default()
}

/// Which item is meant, by instrument.
fn items(usable: &[&Instrument], lang: Lang) -> String {
    let one = |i: &&Instrument| {
        let item = i.critical.as_ref()?.item;
        Some(match lang {
            Lang::Zh => format!("{}第 {item} 题", i.zh),
            Lang::En => format!("{}: item {item}", i.en),
        })
    };
    let with: Vec<String> = usable.iter().filter_map(one).collect();
    let none = lang.pick("没有关键条目的量表不填", "leave it out where the instrument has none");
    with.into_iter().chain([none.to_owned()]).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// From which score on a sheet is invalid, by instrument.
fn scales(usable: &[&Instrument], lang: Lang) -> String {
    let one = |i: &&Instrument| {
        let from = i.validity?.invalid_from;
        Some(match lang {
            Lang::Zh => format!("{}效度量表 {from} 分以上为无效", i.zh),
            Lang::En => format!("{}: invalid from {from} on its validity scale", i.en),
        })
    };
    usable.iter().filter_map(one).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// Writes down what was typed; gives where to go from there: to the alert, to what is owed, or to the file.
pub(super) async fn write(
    api: &Api,
    who: &Visitor,
    student: StudentId,
    (typed, key): (&Fields, Option<&IdempotencyKey>),
) -> Result<String, CaseError> {
    match casework::record_screening(&api.desk, who, student, &draft(api, typed), key).await {
        Ok(done) => Ok(match (done.alert, Follow::from_key(&done.follow)) {
            (Some(alert), _) => format!("/alerts/{alert}"),
            (None, Some(Follow::NextSchoolDay | Follow::Today | Follow::AtOnce)) => "/tasks".to_owned(),
            (None, Some(Follow::Nothing | Follow::Queue) | None) => format!("/students/{student}/growth-file"),
        }),
        Err(CaseError::Invalid(faults)) => Err(CaseError::Invalid(on_page(faults))),
        Err(err) => Err(err),
    }
}

fn draft(api: &Api, typed: &Fields) -> ScreeningDraft {
    let text = |name: &str| typed.get(name).to_owned();
    let (instrument, version) = typed.get("instrument").trim().split_once(' ').unwrap_or((typed.get("instrument"), ""));
    let mut unread = Vec::new();
    ScreeningDraft {
        at: instant_of(api, typed.get("at")),
        instrument: instrument.to_owned(),
        version: version.to_owned(),
        total: number(typed, "total", &mut unread),
        critical: number(typed, "critical", &mut unread),
        validity: text("validity"),
        reading: text("reading"),
        next_at: Some(instant_of(api, typed.get("next_at"))).filter(|t| !t.is_empty()),
        unread,
    }
}

/// A whole number, also as it is typed with wide figures.
fn number(typed: &Fields, name: &str, unread: &mut Vec<Fault>) -> Option<i64> {
    let narrow =
        |c: char| ('０'..='９').position(|wide| wide == c).and_then(|n| char::from_digit(u32::try_from(n).ok()?, 10));
    let text: String = typed.get(name).trim().chars().map(|c| narrow(c).unwrap_or(c)).collect();
    if text.is_empty() {
        return None;
    }
    let read = text.parse().ok();
    if read.is_none() {
        unread.push(Fault::new(name, "wrong_type", "请填写整数", "Give a whole number"));
    }
    read
}

/// Instrument and version are one field there.
fn on_page(faults: Vec<Fault>) -> Vec<Fault> {
    let chosen = faults.iter().all(|f| f.field != "instrument");
    let kept = faults.into_iter().filter(|f| chosen || f.field != "version");
    kept.map(|f| if f.field == "version" { Fault { field: "instrument".to_owned(), ..f } } else { f }).collect()
}

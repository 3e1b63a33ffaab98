//! What each form of a leave asks.

use casework::{CaseError, LeaveView};
use domain::lang::Lang;
use domain::leave::{Advice, LeaveReason, StageHow, StepKind};
use domain::policy::LeaveTerms;

use super::care_fields::Making;
use super::form::Fields;
use super::leave_names::PAPERS;
use super::leave_plan_fields::{decision, pairs, staff, stages};
use super::view::care::Field;
use super::view::duty::Pick;
use super::visitor::Visitor;
use super::words::local_field;
use crate::state::Api;

/// The fields of a form.
pub(super) async fn fields(
    api: &Api,
    who: &Visitor,
    view: &LeaveView,
    step: Option<StepKind>,
    typed: &Fields,
) -> Result<Vec<Field>, CaseError> {
    let (lang, now) = (who.lang, local_field(api, api.desk.now()));
    let terms = &view.terms;
    let yes_no = [("true", lang.pick("是", "yes")), ("false", lang.pick("否", "no"))];
    let note = (lang.pick("补充说明", "To be added"), "");
    let making = Making(typed, Vec::new());
    let done = match step {
        None => begin(making, lang, staff(api, who, view, None, typed.get("keeper")).await?, terms),
        Some(StepKind::Contact) => making
            .moment("at", (lang.pick("时间", "When"), ""), false, &now)
            .radios("reached", (lang.pick("联系上了吗", "Was anybody reached?"), ""), false, &yes_no)
            .text("text", (lang.pick("了解到的情况", "What was heard"), ""), false),
        Some(StepKind::Return) => {
            let staff = staff(api, who, view, None, typed.get("reviewer")).await?;
            making
                .line("applied_by", (lang.pick("哪一位家长申请", "Who of the family applies"), ""), false)
                .day("from", (lang.pick("希望从哪天起复学", "From which day on"), ""), false)
                .select("reviewer", (lang.pick("谁审核材料", "Who looks at the papers"), ""), false, staff)
                .text("note", note, true)
        }
        Some(StepKind::Review) => {
            let staff = staff(api, who, view, Some(StepKind::Assessment), typed.get("assessor")).await?;
            review(making, lang, terms, staff).text("note", note, true)
        }
        Some(StepKind::Assessment) => assessment(making, lang),
        Some(StepKind::Decision) => decision(api, who, view, making).await?,
        Some(StepKind::Sign) => sign(making, lang, view),
        Some(StepKind::Stage) => stage(making, lang),
        Some(StepKind::Appeal) => {
            let staff = staff(api, who, view, Some(StepKind::Answer), typed.get("decider")).await?;
            let hint = lang.pick("没有参与过原决定的校领导", "who had no part in the decision");
            making
                .line("appealed_by", (lang.pick("哪一位家长申诉", "Who of the family appeals"), ""), false)
                .text("text", (lang.pick("申诉的理由", "Why"), ""), false)
                .select("decider", (lang.pick("由谁决定", "Who decides"), hint), false, staff)
        }
        Some(StepKind::Answer) => {
            let choices = [
                ("true", lang.pick("同意复学", "the child comes back")),
                ("false", lang.pick("维持原决定", "it stays")),
            ];
            let making = making.radios("grants", (lang.pick("决定", "Decision"), ""), false, &choices).text(
                "reason",
                (lang.pick("理由", "Why"), ""),
                false,
            );
            stages(api, who, view, making).await?
        }
    };
    Ok(done.1)
}

fn review<'a>(making: Making<'a>, lang: Lang, terms: &LeaveTerms, staff: Vec<Pick>) -> Making<'a> {
    let there = [("true", lang.pick("有", "there")), ("false", lang.pick("缺", "missing"))];
    let asked = terms.papers.iter().zip(PAPERS);
    let making = asked.fold(making, |m, (p, f)| m.radios(f, (p.name(lang), ""), false, &there));
    let hint = lang.pick("材料齐全才需要填", "where nothing is missing");
    making.select("assessor", (lang.pick("由谁评估", "Who assesses the child"), hint), true, staff)
}

fn assessment(making: Making<'_>, lang: Lang) -> Making<'_> {
    let yes_no = [("true", lang.pick("是", "yes")), ("false", lang.pick("否", "no"))];
    let means = lang.pick("问过身边有没有能伤害自己的东西吗", "Asked about means?");
    let advice = pairs(Advice::ALL, Advice::key, |a| a.name(lang));
    making
        .text("text", (lang.pick("评估情况", "What was found"), ""), false)
        .radios("means_asked", (means, ""), false, &yes_no)
        .radios("advice", (lang.pick("建议", "Advice"), ""), false, &advice)
}

fn sign<'a>(making: Making<'a>, lang: Lang, view: &LeaveView) -> Making<'a> {
    let choices = [("true", lang.pick("同意，签字", "sign it")), ("false", lang.pick("退回", "send it back"))];
    let id = view.open().and_then(|(l, _)| proposed(l));
    making
        .hidden("decision", &id.unwrap_or_default())
        .radios("agrees", (lang.pick("您的决定", "Your decision"), ""), false, &choices)
        .text("note", (lang.pick("说明", "Note"), lang.pick("退回要写原因", "why, if it is sent back")), true)
}

fn stage(making: Making<'_>, lang: Lang) -> Making<'_> {
    let hows = pairs(StageHow::ALL, StageHow::key, |h| h.name(lang));
    let until = lang.pick("延长或退回时填：到哪一天", "If prolonged or stepped back: until which day");
    making
        .radios("how", (lang.pick("这一阶段", "This stage"), ""), false, &hows)
        .text("text", (lang.pick("看到的情况", "What was seen"), ""), false)
        .day("until", (until, ""), true)
}

fn proposed(leave: &casework::LeaveRecord) -> Option<String> {
    leave.steps.iter().rev().find(|s| s.step.kind() == StepKind::Decision).map(|s| s.id.to_string())
}

fn begin<'a>(making: Making<'a>, lang: Lang, staff: Vec<Pick>, terms: &LeaveTerms) -> Making<'a> {
    let yes_no = [("true", lang.pick("看到了", "yes")), ("false", lang.pick("没有", "no"))];
    let reasons = pairs(&LeaveReason::ALL, LeaveReason::key, |r| r.name(lang));
    let most = terms.longest_contact_days;
    let hint = match lang {
        Lang::Zh => format!("最多隔 {most} 天"),
        Lang::En => format!("{most} at most"),
    };
    making
        .day("from", (lang.pick("从哪天起休学", "From which day on"), ""), false)
        .radios("reason", (lang.pick("原因的类别", "Class of reasons"), ""), false, &reasons)
        .radios("paper_seen", (lang.pick("看到医院的证明了吗", "Was the hospital's paper seen?"), ""), false, &yes_no)
        .select("keeper", (lang.pick("休学期间谁负责联系", "Who keeps in touch"), ""), false, staff)
        .line("every_days", (lang.pick("至少每几天联系一次", "At least once in so many days"), &hint), false)
        .text("note", (lang.pick("补充说明", "To be added"), ""), true)
}

//! The fields of a decision on a return, and of its stages.

use casework::{CaseError, LeaveView};
use domain::lang::Lang;
use domain::leave::{StepKind, Verdict};

use super::care_fields::Making;
use super::leave_names::STAGES;
use super::view::duty::Pick;
use super::visitor::Visitor;
use crate::state::Api;

/// A decision.
pub(super) async fn decision<'a>(
    api: &Api,
    who: &Visitor,
    view: &LeaveView,
    making: Making<'a>,
) -> Result<Making<'a>, CaseError> {
    let lang = who.lang;
    let signers = staff(api, who, view, Some(StepKind::Sign), making.0.get("signer")).await?;
    let making = making
        .radios(
            "verdict",
            (lang.pick("决定", "Decision"), ""),
            false,
            &pairs(Verdict::ALL, Verdict::key, |v| v.name(lang)),
        )
        .text("reason", (lang.pick("理由", "Why"), ""), false)
        .day("until", (lang.pick("暂缓时填：到哪一天", "If postponed: until which day"), ""), true)
        .select(
            "signer",
            (lang.pick("由谁签字", "Who signs"), lang.pick("不能是本人", "not yourself")),
            false,
            signers,
        );
    stages(api, who, view, making).await
}

/// The stages of a return; those that are left empty are none.
pub(super) async fn stages<'a>(
    api: &Api,
    who: &Visitor,
    view: &LeaveView,
    making: Making<'a>,
) -> Result<Making<'a>, CaseError> {
    let (lang, mut making) = (who.lang, making);
    for (n, [from, until, hours, with, watch, owner]) in (1..).zip(STAGES) {
        let staff = staff(api, who, view, None, making.0.get(owner)).await?;
        let label = |zh: &str, en: &str| match lang {
            Lang::Zh => format!("第 {n} 阶段：{zh}"),
            Lang::En => format!("Stage {n}: {en}"),
        };
        making = making
            .day(from, (&label("开始", "first day"), lang.pick("同意复学时填", "if it is granted")), true)
            .day(until, (&label("结束", "last day"), ""), true)
            .line(hours, (&label("每天在校几小时", "hours a day"), ""), true)
            .line(with, (&label("谁陪同", "who accompanies"), ""), true)
            .line(watch, (&label("观察什么", "what is watched"), ""), true)
            .select(owner, (&label("谁来确认", "who says how it went"), ""), true, staff);
    }
    Ok(making)
}

/// The colleagues who may be named for a step.
pub(super) async fn staff(
    api: &Api,
    who: &Visitor,
    view: &LeaveView,
    step: Option<StepKind>,
    chosen: &str,
) -> Result<Vec<Pick>, CaseError> {
    let all = casework::leave_staff(&api.desk, who, &view.student, step).await?;
    let pick = |p: &casework::PersonRecord| Pick {
        chosen: chosen == p.id.to_string(),
        value: p.id.to_string(),
        label: p.name.clone(),
    };
    Ok(all.iter().map(pick).collect())
}

/// The words of a list, with their names.
pub(super) fn pairs<T: Copy>(
    all: &[T],
    key: fn(T) -> &'static str,
    name: impl Fn(T) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|w| (key(*w), name(*w))).collect()
}

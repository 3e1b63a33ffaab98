//! 一生一策, in its newest version with its signatures.

use casework::{PlanRecord, PlanView, Sheet};
use domain::lang::Lang;
use domain::plan::Per;
use paper::Document;
use paper::template::{Head, Measure, Plan, plan};

use super::wall;
use crate::state::Api;

pub(super) fn document(api: &Api, head: Head, sheet: &mut Sheet, view: &PlanView) -> Document {
    let Some(r) = &view.record else { return plan(&Plan { head, ..Plan::default() }) };
    let p = &r.plan;
    let causes = [
        ("生理", &p.causes.biological),
        ("心理", &p.causes.psychological),
        ("社会", &p.causes.social),
        ("学校", &p.causes.school),
        ("家庭", &p.causes.family),
    ];
    let safety = p.safety_plan.iter().flat_map(|s| {
        [
            ("诱因", &s.triggers),
            ("预警信号", &s.warning_signs),
            ("联系谁", &s.contacts),
            ("手段管控", &s.means_restriction),
            ("陪同", &s.escort),
        ]
    });
    plan(&Plan {
        version: format!("第 {} 版，共 {} 版", r.version, view.versions),
        level: p.level.name(Lang::Zh).to_owned(),
        problem: sheet.hide(&p.problem),
        causes: said(sheet, causes),
        protective: sheet.hide(&p.protective_factors),
        goals: p.goals.iter().map(|g| sheet.hide(&format!("{}（看：{}）", g.text, g.check))).collect(),
        measures: view.measures.iter().map(|m| measure(sheet, m)).collect(),
        safety: said(sheet, safety),
        key_days: p.key_dates.iter().map(|d| (d.date.to_string(), sheet.hide(&d.text))).collect(),
        review_on: p.review_at.to_string(),
        responsible: r.responsible.clone(),
        effect: effect(api, sheet, view),
        signed: signed(api, r),
        head,
    })
}

fn said<'a>(sheet: &mut Sheet, all: impl IntoIterator<Item = (&'a str, &'a String)>) -> Vec<(String, String)> {
    let all = all.into_iter().filter(|(_, text)| !text.is_empty());
    all.map(|(label, text)| (label.to_owned(), sheet.hide(text))).collect()
}

fn measure(sheet: &mut Sheet, m: &casework::MeasureRecord) -> Measure {
    let per = match m.measure.per {
        Per::Week => "每周",
        Per::Month => "每月",
    };
    let done = if m.done { "（已完成）" } else { "" };
    Measure {
        what: format!("{}{done}", sheet.hide(&m.measure.text)),
        frequency: format!("{per} {} 次，至 {}", m.measure.times, m.measure.until),
        owner: m.owner.clone(),
    }
}

/// What was said of the measures, the newest first.
fn effect(api: &Api, sheet: &mut Sheet, view: &PlanView) -> String {
    let line = |p: &casework::ProgressRecord| format!("{} {}：{}", wall(api, p.at), p.by.1, sheet.hide(&p.said));
    view.progress.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Who signed it and when, as the service knows it.
fn signed(api: &Api, r: &PlanRecord) -> Vec<(String, String)> {
    let writer = r.signed_at.map(|at| (r.by.1.clone(), wall(api, at)));
    let second = r.second.as_ref().map(|(_, name, at)| (name.clone(), wall(api, *at)));
    writer.into_iter().chain(second).collect()
}

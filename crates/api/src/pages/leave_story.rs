//! A leave as a page tells it: how it stands and what comes next, the stages, then every step, the latest first.

use casework::{LeaveRecord, LeaveSight, LeaveStep, LeaveView};
use domain::lang::Lang;
use domain::leave::{Course, Stage, StageState, StepKind};

use super::leave::{address, form_title};
use super::view::care::Known;
use super::visitor::Visitor;
use super::words::moment;
use crate::json::leave_shapes::told_state;
use crate::json::leave_step_shape::{knows, reads};
use crate::present::leave_step_text;
use crate::state::Api;

/// The whole story.
pub(super) fn story(api: &Api, who: &Visitor, view: &LeaveView) -> Vec<Known> {
    let mut out = Vec::new();
    let link = |step: Option<StepKind>| {
        let word = step.map_or("begin", StepKind::key);
        (format!("{}/{word}", address(view.student.id)), form_title(step, who.lang).to_owned())
    };
    if view.may_begin {
        let title = who.lang.pick("现在没有休学", "Not on leave now").to_owned();
        out.push(Known { title, lines: Vec::new(), alarm: false, links: vec![link(None)] });
    }
    for (leave, course) in &view.leaves {
        let open = leave.ended_at.is_none();
        let links = if open { view.may.iter().map(|k| link(Some(*k))).collect() } else { Vec::new() };
        out.push(head(who, view, leave, course, links));
        out.extend(course.stages.iter().enumerate().map(|(i, s)| stage(who.lang, i, s)));
        out.extend(leave.steps.iter().rev().map(|s| step(api, who, view.sight, s)));
    }
    out
}

fn head(who: &Visitor, view: &LeaveView, leave: &LeaveRecord, course: &Course, links: Vec<(String, String)>) -> Known {
    let (lang, a) = (who.lang, &leave.absence);
    let mut lines = vec![match lang {
        Lang::Zh => format!("自 {} 起休学 · {} 负责联系，至少每 {} 天一次", a.from, leave.keeper, a.every_days),
        Lang::En => format!("Away from {} · {} keeps in touch, every {} days", a.from, leave.keeper, a.every_days),
    }];
    if view.sight >= LeaveSight::Reasons || leave.by.0 == who.person() {
        let paper = if a.paper_seen {
            lang.pick("已看到医院证明", "the hospital's paper was seen")
        } else {
            lang.pick("没有看到医院证明", "no paper of a hospital was seen")
        };
        lines.push(format!("{} · {paper}", a.reason.name(lang)));
        lines.extend(a.note.clone());
    }
    Known { title: told_state(view.sight, course).name(lang).to_owned(), lines, alarm: false, links }
}

fn stage(lang: Lang, index: usize, s: &Stage) -> Known {
    let state = match s.state {
        StageState::Planned => lang.pick("未开始", "to come"),
        StageState::Running => lang.pick("进行中", "now"),
        StageState::Confirmed => lang.pick("已确认", "confirmed"),
    };
    let (n, p) = (index.saturating_add(1), &s.plan);
    let (title, hours) = match lang {
        Lang::Zh => (format!("第 {n} 阶段 · {state}"), format!("每天 {} 小时，{}陪同", p.hours_per_day, p.with_whom)),
        Lang::En => (format!("Stage {n} · {state}"), format!("{} hours a day, with {}", p.hours_per_day, p.with_whom)),
    };
    let days = format!("{} – {}", p.from, s.until);
    let watch = format!("{}{}", lang.pick("观察：", "Watch: "), p.watch);
    Known { title, lines: vec![format!("{days} · {hours}"), watch], alarm: false, links: Vec::new() }
}

/// What a reader may not read is not hinted at: he sees that the step was taken, as everybody does.
fn step(api: &Api, who: &Visitor, sight: LeaveSight, s: &LeaveStep) -> Known {
    let (lang, person) = (who.lang, who.person());
    let lines = if reads(s, sight, person) {
        vec![leave_step_text(&s.step, true, lang)]
    } else if knows(s, sight, person) {
        vec![leave_step_text(&s.step, false, lang)]
    } else {
        Vec::new()
    };
    let title = format!("{} · {} · {}", s.step.kind().name(lang), moment(api, s.at).text, s.by.1);
    Known { title, lines, alarm: false, links: Vec::new() }
}

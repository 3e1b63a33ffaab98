//! A policy as somebody wrote it, and everything that can be wrong with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ClosingRules, HandOverTerms, Ladder, LeaveTerms, MoodTerms, NotEscalatingTerms, OutsideTerms, Policy, RedCare,
    ReportTerms, ReporterTerms, Rule, RuleKind, SamplingTerms, ScreeningTerms, Span, StudentHandOverTerms, TaskTerms,
    UnseenTerms,
};
use crate::directory::Office;
use crate::fault::{Fault, Faults};
use crate::level::Level;
use crate::observation::SafeNow;
use crate::tier::Tier;

/// No rung of a red may keep it to itself for longer than this.
pub const RED_RUNG_MINUTES: u32 = 10;
const ORANGE_RUNG_MINUTES: u32 = 60;
const NIGHT_REPEAT_MINUTES: u32 = 10;
const LATEST_CALL_MINUTES: u32 = 30;
const RUNGS: usize = 10;
const LONGEST_BUNDLE_SECONDS: u32 = 300;

/// What a policy meant that was written before messages were bundled.
fn minute() -> u32 {
    60
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ladders {
    blue: Ladder,
    yellow: Ladder,
    orange: Ladder,
    red: Ladder,
}

/// A policy that nobody has looked at yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyDraft {
    version: String,
    same_event_minutes: u32,
    #[serde(default = "minute")]
    bundle_seconds: u32,
    red: RedCare,
    #[serde(default)]
    closing: ClosingRules,
    #[serde(default)]
    hand_over: HandOverTerms,
    #[serde(default)]
    tasks: TaskTerms,
    #[serde(default)]
    outside: OutsideTerms,
    #[serde(default)]
    reports: ReportTerms,
    #[serde(default)]
    unseen: UnseenTerms,
    mood: MoodTerms,
    leave: LeaveTerms,
    student_hand_over: StudentHandOverTerms,
    #[serde(default)]
    not_escalating: NotEscalatingTerms,
    #[serde(default)]
    reporter: ReporterTerms,
    #[serde(default)]
    sampling: SamplingTerms,
    #[serde(default)]
    screening: ScreeningTerms,
    rule: Vec<Rule>,
    ladder: Ladders,
}

impl PolicyDraft {
    /// Looks at the draft.
    ///
    /// # Errors
    /// Every reason why it may not be activated.
    pub fn validate(self) -> Result<Policy, Vec<Fault>> {
        let mut faults = Faults::new();
        rules(&self.rule, &mut faults);
        let l = &self.ladder;
        for (level, ladder) in
            [(Level::Blue, &l.blue), (Level::Yellow, &l.yellow), (Level::Orange, &l.orange), (Level::Red, &l.red)]
        {
            rungs(level, ladder, &mut faults);
        }
        faults.when(!(1..=NIGHT_REPEAT_MINUTES).contains(&self.red.night_repeat_minutes), || {
            Fault::new("red.night_repeat_minutes", "out_of_range", "夜间短信重复间隔须为 1–10 分钟", "1 to 10 minutes")
        });
        calls(&self.red, &mut faults);
        storms(&self.red, self.bundle_seconds, &mut faults);
        self.closing.check(&mut faults);
        self.hand_over.check(fits, &mut faults);
        self.tasks.check(&mut faults);
        self.outside.check(&mut faults);
        self.reports.check(&mut faults);
        self.unseen.check(&mut faults);
        self.mood.check(&mut faults);
        self.leave.check(&mut faults);
        self.student_hand_over.check(&mut faults);
        self.not_escalating.check(&mut faults);
        self.sampling.check(&mut faults);
        self.screening.check(&mut faults);
        faults.when(!(1..=60).contains(&self.red.assess_within_minutes), || {
            Fault::new("red.assess_within_minutes", "out_of_range", "红色评估须在 60 分钟之内", "1 to 60 minutes")
        });
        faults.when(self.version.trim().is_empty(), || {
            Fault::new("version", "required", "请写版本", "a version is required")
        });
        let Ladders { blue, yellow, orange, red } = self.ladder;
        faults.or(Policy {
            version: self.version,
            rules: self.rule,
            same_event_minutes: self.same_event_minutes,
            bundle_seconds: self.bundle_seconds,
            red: self.red,
            closing: self.closing,
            hand_over: self.hand_over,
            tasks: self.tasks,
            outside: self.outside,
            reports: self.reports,
            unseen: self.unseen,
            mood: self.mood,
            leave: self.leave,
            student_hand_over: self.student_hand_over,
            not_escalating: self.not_escalating,
            reporter: self.reporter,
            sampling: self.sampling,
            screening: self.screening,
            ladders: [blue, yellow, orange, red],
        })
    }
}

fn rules(rules: &[Rule], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for rule in rules {
        faults.when(!seen.insert(rule.id.as_str()), || {
            Fault::new(format!("rule.{}", rule.id), "duplicate_rule", "规则编号重复", "this rule id stands twice")
        });
        let zero = match &rule.kind {
            RuleKind::Repeated { events, days } => *events < 2 || *days == 0,
            RuleKind::Observers { observers, days } => *observers < 2 || *days == 0,
            RuleKind::EarlierAlert { months, .. } => *months == 0,
            RuleKind::LifeEvent { tags, months } => *months == 0 || tags.is_empty(),
            RuleKind::Safety { .. }
            | RuleKind::Urgency { .. }
            | RuleKind::Sign { .. }
            | RuleKind::NothingFired { .. }
            | RuleKind::UnclearSafety {} => false,
        };
        faults.when(zero, || {
            Fault::new(
                format!("rule.{}", rule.id),
                "out_of_range",
                "次数或期限太小",
                "the count or the window is too small",
            )
        });
    }
    let has = |wanted: &dyn Fn(&RuleKind) -> bool| rules.iter().any(|r| wanted(&r.kind));
    let unsafe_red = |k: &RuleKind| matches!(k, RuleKind::Safety { answer: SafeNow::No, level: Level::Red });
    faults.when(!has(&unsafe_red), || {
        Fault::new("rule", "unsafe_is_red_missing", "缺少“现在不安全即红色”的规则", "“not safe now” must be red")
    });
    faults.when(!has(&|k| matches!(k, RuleKind::Sign { level: Level::Red })), || {
        Fault::new("rule", "critical_sign_missing", "缺少“红色表现即红色”的规则", "a critical sign must be red")
    });
    faults.when(!has(&|k| matches!(k, RuleKind::NothingFired { .. })), || {
        Fault::new(
            "rule",
            "nothing_fired_missing",
            "缺少兜底规则：没有规则命中时也要有人看",
            "what no rule caught must still reach a person",
        )
    });
}

fn calls(red: &RedCare, faults: &mut Faults) {
    faults.when(!(2..=30).contains(&red.call_again_minutes), || {
        Fault::new("red.call_again_minutes", "out_of_range", "再次拨打的间隔须为 2–30 分钟", "2 to 30 minutes")
    });
    for (i, call) in red.calls.iter().enumerate() {
        let at = || format!("red.calls[{i}]");
        faults.when(call.who.is_empty(), || Fault::new(at(), "nobody_told", "没有写拨打给谁", "this calls nobody"));
        let minutes = [call.by_night_after_minutes, call.by_day_after_minutes];
        faults.when(minutes.iter().all(Option::is_none), || {
            Fault::new(at(), "never", "没有写什么时候拨打", "this never calls")
        });
        faults.when(minutes.iter().flatten().any(|m| *m > LATEST_CALL_MINUTES), || {
            Fault::new(at(), "too_slow", "最迟 30 分钟内要拨打", "a call comes within 30 minutes")
        });
    }
    let at_once = red.calls.iter().any(|c| c.by_night_after_minutes == Some(0));
    faults.when(!at_once, || {
        Fault::new(
            "red.calls",
            "night_without_voice",
            "夜间红色必须立即电话叫醒值班的人：邮件和短信叫不醒人",
            "a red at night calls somebody at once: neither mail nor SMS wakes anybody",
        )
    });
}

fn storms(red: &RedCare, bundle_seconds: u32, faults: &mut Faults) {
    faults.when(bundle_seconds > LONGEST_BUNDLE_SECONDS, || {
        Fault::new("bundle_seconds", "too_slow", "合并等待最多 300 秒", "300 seconds at most")
    });
    faults.when(red.storm_alerts < 2, || {
        Fault::new("red.storm_alerts", "out_of_range", "集中告警至少从 2 起算", "a storm is two reds at least")
    });
    faults.when(!(1..=60).contains(&red.storm_minutes), || {
        Fault::new("red.storm_minutes", "out_of_range", "集中告警的时间窗须为 1–60 分钟", "1 to 60 minutes")
    });
}

fn rungs(level: Level, ladder: &Ladder, faults: &mut Faults) {
    let at = |i: usize| format!("ladder.{}.rungs[{i}]", level.key());
    faults.when(ladder.rungs.is_empty() || ladder.rungs.len() > RUNGS, || {
        Fault::new(format!("ladder.{}", level.key()), "bad_length", "阶梯须有 1–10 级", "a ladder has 1 to 10 rungs")
    });
    for (i, rung) in ladder.rungs.iter().enumerate() {
        faults.when(rung.who.is_empty(), || Fault::new(at(i), "nobody_told", "这一级没有人", "this rung tells nobody"));
        faults.when(rung.wait.is_zero(), || {
            Fault::new(at(i), "no_wait", "等待时间不能为零", "the wait must not be zero")
        });
        faults.when(!fits(level, rung.wait), || {
            Fault::new(at(i), "too_slow", "等待时间超过这一等级允许的上限", "waits longer than this level may")
        });
    }
    faults.when(ladder.rungs.iter().zip(ladder.rungs.iter().skip(1)).any(|(a, b)| a.tier > b.tier), || {
        Fault::new(format!("ladder.{}", level.key()), "goes_down", "阶梯只能向上", "a ladder only goes up")
    });
    faults.when(ladder.acknowledgement_lasts.is_zero() || ladder.review_after.is_zero(), || {
        Fault::new(
            format!("ladder.{}", level.key()),
            "no_wait",
            "确认和复核都要有期限",
            "acknowledgement and review need a term",
        )
    });
    faults.when(level == Level::Red && !fits(level, ladder.acknowledgement_lasts), || {
        Fault::new(
            "ladder.red.acknowledgement_lasts",
            "too_slow",
            "红色确认最多保留 10 分钟",
            "a red's acknowledgement lasts 10 minutes at most",
        )
    });
    let reaches = |tier| ladder.rungs.last().is_some_and(|r| r.tier >= tier);
    let needed = if level >= Level::Orange { Tier::District } else { Tier::School };
    faults.when(!reaches(needed), || {
        Fault::new(
            format!("ladder.{}", level.key()),
            "ends_too_low",
            "阶梯没有通到该到的一级",
            "the ladder ends too low",
        )
    });
    let principal = ladder.rungs.first().is_some_and(|r| r.who.contains(&Office::Principal));
    faults.when(level == Level::Red && !principal, || {
        Fault::new(at(0), "principal_missing", "红色必须同时告知校长", "a red tells the principal at once")
    });
}

fn fits(level: Level, span: Span) -> bool {
    match (level, span) {
        (Level::Red, Span::Minutes(n)) => n <= RED_RUNG_MINUTES,
        (Level::Red, Span::WakingMinutes(_) | Span::SchoolDays(_)) | (Level::Orange, Span::SchoolDays(_)) => false,
        (Level::Orange, Span::Minutes(n) | Span::WakingMinutes(n)) => n <= ORANGE_RUNG_MINUTES,
        (Level::Blue | Level::Yellow, _) => true,
    }
}

//! A plan as it was typed, and how its parts are read.

use super::{Causes, Goal, KeyDay, MOST_ITEMS, Measure, Per, SafetyPlan, maybe};
use crate::fault::{Fault, Faults};
use crate::level::Level;
use crate::watch_list::{Days, any_day, future_day, words};

/// So often in a week or a month at most.
const MOST_TIMES: u8 = 31;

/// A goal as it was typed.
#[derive(Debug, Clone, Default)]
pub struct GoalDraft {
    /// What.
    pub text: String,
    /// By what one sees it.
    pub check: String,
}

/// A measure as it was typed.
#[derive(Debug, Clone, Default)]
pub struct MeasureDraft {
    /// What.
    pub text: String,
    /// Who.
    pub owner: String,
    /// How many times.
    pub times: Option<u8>,
    /// In what.
    pub per: String,
    /// The last day.
    pub until: String,
}

/// A day to be kept in mind, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct KeyDayDraft {
    /// When.
    pub date: String,
    /// What of it.
    pub text: String,
}

/// A plan as it was typed.
#[derive(Debug, Clone, Default)]
pub struct PlanDraft {
    /// What is wrong.
    pub problem: String,
    /// How serious it is.
    pub level: Option<u8>,
    /// Why.
    pub causes: Causes,
    /// What helps.
    pub protective_factors: String,
    /// What is to be reached.
    pub goals: Vec<GoalDraft>,
    /// What is done.
    pub measures: Vec<MeasureDraft>,
    /// How the child is kept safe.
    pub safety_plan: Option<SafetyPlan>,
    /// Days to be kept in mind.
    pub key_dates: Vec<KeyDayDraft>,
    /// The first day; today where nothing is said.
    pub starts_at: String,
    /// When it is looked at again.
    pub review_at: String,
    /// Who answers for it.
    pub responsible: String,
    /// What could not be read at all.
    pub unread: Vec<Fault>,
}

impl PlanDraft {
    pub(super) fn causes(&self, faults: &mut Faults) -> Causes {
        let c = &self.causes;
        let causes = Causes {
            biological: maybe(&c.biological, "causes.biological", faults),
            psychological: maybe(&c.psychological, "causes.psychological", faults),
            social: maybe(&c.social, "causes.social", faults),
            school: maybe(&c.school, "causes.school", faults),
            family: maybe(&c.family, "causes.family", faults),
        };
        faults.when(causes == Causes::default(), || {
            Fault::new("causes", "required", "至少写一方面的原因", "Say something about at least one kind of cause")
        });
        causes
    }

    pub(super) fn goals(&self, faults: &mut Faults) -> Vec<Goal> {
        count(self.goals.len(), "goals", true, faults);
        let goals = self.goals.iter().take(MOST_ITEMS).enumerate();
        goals
            .map(|(i, g)| Goal {
                text: words(&g.text, &format!("goals[{i}].text"), faults),
                check: words(&g.check, &format!("goals[{i}].check"), faults),
            })
            .collect()
    }

    pub(super) fn measures(&self, days: Days, faults: &mut Faults) -> Vec<Measure> {
        count(self.measures.len(), "measures", true, faults);
        let measures = self.measures.iter().take(MOST_ITEMS).enumerate();
        measures.filter_map(|(i, m)| m.read(i, days, faults)).collect()
    }

    /// Orange and red have a safety plan; where there is one, it is whole.
    pub(super) fn safety(&self, level: Option<Level>, faults: &mut Faults) -> Option<SafetyPlan> {
        let typed = self.safety_plan.as_ref().filter(|s| **s != SafetyPlan::default());
        let Some(s) = typed else {
            faults.when(level.is_some_and(Level::needs_second_signature), || {
                Fault::new(
                    "safety_plan",
                    "required",
                    "橙色和红色须有安全计划",
                    "Orange and red need a plan that keeps the child safe",
                )
            });
            return None;
        };
        Some(SafetyPlan {
            triggers: words(&s.triggers, "safety_plan.triggers", faults),
            warning_signs: words(&s.warning_signs, "safety_plan.warning_signs", faults),
            contacts: words(&s.contacts, "safety_plan.contacts", faults),
            means_restriction: words(&s.means_restriction, "safety_plan.means_restriction", faults),
            escort: maybe(&s.escort, "safety_plan.escort", faults),
        })
    }

    pub(super) fn key_dates(&self, faults: &mut Faults) -> Vec<KeyDay> {
        count(self.key_dates.len(), "key_dates", false, faults);
        let days = self.key_dates.iter().take(MOST_ITEMS).enumerate();
        days.filter_map(|(i, d)| {
            let date = any_day(&d.date, &format!("key_dates[{i}].date"), faults);
            let text = words(&d.text, &format!("key_dates[{i}].text"), faults);
            Some(KeyDay { date: date?, text })
        })
        .collect()
    }
}

impl MeasureDraft {
    fn read(&self, index: usize, days: Days, faults: &mut Faults) -> Option<Measure> {
        let at = |name: &str| format!("measures[{index}].{name}");
        let text = words(&self.text, &at("text"), faults);
        let owner = self.owner.trim().parse().ok();
        faults.when(owner.is_none(), || {
            Fault::new(at("owner"), "required", "请选择由谁来做", "Choose who of this school does it")
        });
        let times = self.times.filter(|n| (1..=MOST_TIMES).contains(n));
        faults.when(times.is_none(), || {
            Fault::new(
                at("frequency.times"),
                "out_of_range",
                format!("次数须为 1–{MOST_TIMES}"),
                format!("1 to {MOST_TIMES} times"),
            )
        });
        let per = Per::from_key(self.per.trim());
        faults.when(per.is_none(), || {
            Fault::new(at("frequency.per"), "unknown_value", "请选择每周或每月", "week or month")
        });
        let until = future_day(&self.until, &at("until"), days, faults);
        Some(Measure { text, owner: owner?, times: times?, per: per?, until: until? })
    }
}

fn count(found: usize, field: &str, needed: bool, faults: &mut Faults) {
    faults.when(needed && found == 0, || Fault::new(field, "required", "至少写一条", "There is at least one"));
    faults.when(found > MOST_ITEMS, || {
        Fault::new(field, "too_many", format!("最多 {MOST_ITEMS} 条"), format!("At most {MOST_ITEMS}"))
    });
}

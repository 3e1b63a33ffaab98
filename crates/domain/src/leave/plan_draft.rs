//! A stage of a return as it was typed, and everything that can be wrong with it.

use chrono::NaiveDate;

use super::typed::{LINE_CHARS, day, person};
use super::{Beside, StagePlan};
use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::task::long_text;

const MOST_HOURS: u32 = 16;

/// A stage as it was typed.
#[derive(Debug, Clone, Default)]
pub struct StagePlanDraft {
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// Hours at school each day.
    pub hours_per_day: Option<u32>,
    /// Who accompanies the child.
    pub with_whom: String,
    /// What is watched.
    pub watch: String,
    /// Who says how it went.
    pub owner: String,
}

impl StagePlanDraft {
    pub(super) fn read(
        &self,
        i: usize,
        last: Option<NaiveDate>,
        beside: &Beside<'_>,
        faults: &mut Faults,
    ) -> Option<StagePlan> {
        let (at, today) = (|name: &str| format!("stages[{i}].{name}"), beside.calendar.date(beside.now));
        let from = day(&self.from, &at("from"), today, faults);
        faults.when(from.zip(last).is_some_and(|(from, last)| from <= last), || {
            let (zh, en) =
                ("不能早于今天，也不能早于上一阶段结束", "Not before today, nor before the stage before is over");
            Fault::new(at("from"), "too_early", zh, en)
        });
        let until = day(&self.until, &at("until"), today, faults);
        faults.when(from.zip(until).is_some_and(|(from, until)| until < from), || {
            Fault::new(at("until"), "before_from", "结束早于开始", "It ends before it begins")
        });
        let hours = self.hours_per_day.filter(|n| (1..=MOST_HOURS).contains(n));
        faults.when(hours.is_none(), || {
            Fault::new(at("hours_per_day"), "out_of_range", "每天在校 1–16 小时", "1 to 16 hours a day")
        });
        let with =
            long_text(&self.with_whom, &at("with_whom"), LINE_CHARS, ("请写谁陪同", "Say who accompanies"), faults);
        let watch = long_text(&self.watch, &at("watch"), REASON_CHARS, ("请写观察什么", "Say what is watched"), faults);
        let owner = person(&self.owner, &at("owner"), faults);
        let (from, until, hours_per_day, owner) = (from?, until?, hours?, owner?);
        Some(StagePlan { from, until, hours_per_day, with_whom: with, watch, owner })
    }
}

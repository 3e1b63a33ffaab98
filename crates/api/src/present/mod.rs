//! Values in words, for JSON and pages alike.

use casework::{AlertRecord, ClassRecord};
use chrono::NaiveDate;
use domain::lang::Lang;
use domain::org::{class_name, grade_name};
use domain::time::Timestamp;

mod case_work;
mod entry;
mod event;
mod hand_over;
mod leave;
mod list;
mod plan;
mod screening;
mod written;

pub(crate) use entry::entry_text;
pub(crate) use event::event_text;
pub(crate) use leave::leave_step_text;

/// What a class is called today.
pub(crate) fn class_of(c: &ClassRecord, today: NaiveDate, lang: Lang) -> String {
    class_name(c.grade.stage, c.grade.entry_year, &c.name, today, lang)
}

/// What its grade is called today.
pub(crate) fn grade_of(c: &ClassRecord, today: NaiveDate, lang: Lang) -> String {
    grade_name(c.grade.stage, c.grade.entry_year, today, lang)
}

/// What stands in place of a name that may not be seen yet.
pub(crate) fn hidden_name(lang: Lang) -> String {
    lang.pick("（暂不显示）", "(not shown yet)").to_owned()
}

/// When an alert moves by itself; on a red at night, when the next rung is told.
pub(crate) fn deadline_of(a: &AlertRecord) -> Option<Timestamp> {
    a.climb.state.deadline()
}

//! Ladders 上报阶梯: who is told, and how long each rung may keep it to itself.

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::directory::Office;
use crate::tier::Tier;
use crate::time::{Timestamp, minutes};

/// A span of time, in the kind of time that a clock runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Span {
    /// Minutes of wall clock, day and night.
    Minutes(u32),
    /// Minutes of waking hours, every day of the year.
    WakingMinutes(u32),
    /// School days, in school hours.
    SchoolDays(u32),
}

impl Span {
    /// `from` plus this span.
    #[must_use]
    pub fn after(self, from: Timestamp, calendar: &Calendar) -> Timestamp {
        match self {
            Self::Minutes(n) => from + minutes(n),
            Self::WakingMinutes(n) => calendar.add_waking_minutes(from, n),
            Self::SchoolDays(n) => calendar.add_school_days(from, n),
        }
    }

    /// Whether it lasts no time at all.
    #[must_use]
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Minutes(0) | Self::WakingMinutes(0) | Self::SchoolDays(0))
    }
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// The tier that it stands for.
    pub tier: Tier,
    /// Who is told, in this order.
    pub who: Vec<Office>,
    /// How long before the next rung is told; on the top rung, how long before it is told again.
    pub wait: Span,
}

/// The ladder of one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Lowest first; never empty. The last one repeats for ever.
    pub rungs: Vec<Rung>,
    /// How long an acknowledgement lasts without being handled.
    pub acknowledgement_lasts: Span,
    /// How long after an assessment the next review is due.
    pub review_after: Span,
}

impl Ladder {
    /// The index of the top rung.
    #[must_use]
    pub fn top(&self) -> u8 {
        u8::try_from(self.rungs.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    /// A rung; the top one for anything above it.
    #[must_use]
    pub fn rung(&self, index: u8) -> Option<&Rung> {
        self.rungs.get(usize::from(index.min(self.top())))
    }

    /// The lowest rung whose tier is at least `tier`; the top one when there is none.
    #[must_use]
    pub fn rung_of_tier(&self, tier: Tier) -> u8 {
        let index = self.rungs.iter().position(|r| r.tier >= tier).unwrap_or(self.rungs.len().saturating_sub(1));
        u8::try_from(index).unwrap_or(u8::MAX)
    }
}

/// Who is called by telephone while a red is open and nobody has taken it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Whom.
    pub who: Vec<Office>,
    /// By night and on days off: this long after the alert opened.
    pub by_night_after_minutes: Option<u32>,
    /// By day: this long after the alert opened.
    pub by_day_after_minutes: Option<u32>,
}

impl Call {
    /// After how many minutes, in this kind of hours; `None` for never.
    #[must_use]
    pub fn after(&self, off_hours: bool) -> Option<u32> {
        if off_hours { self.by_night_after_minutes } else { self.by_day_after_minutes }
    }
}

/// What only a red needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedCare {
    /// By night and on days off an SMS is repeated this often to whoever is not called in these hours, while nobody answers.
    pub night_repeat_minutes: u32,
    /// Who is called by telephone, and when.
    #[serde(default)]
    pub calls: Vec<Call>,
    /// A call that nobody answered is made again after this long.
    #[serde(default = "ten")]
    pub call_again_minutes: u32,
    /// An assessment is due this long after somebody is with the child.
    pub assess_within_minutes: u32,
    /// The district learns the name once nobody of the school was reached for this long.
    pub district_name_after_minutes: u32,
    /// More reds than this to one person within `storm_minutes` are a storm: he and the rung above are told so. Each red
    /// goes out all the same.
    #[serde(default = "twenty")]
    pub storm_alerts: u32,
    /// In how many minutes they are counted.
    #[serde(default = "five")]
    pub storm_minutes: u32,
}

/// What a policy meant that was written before storms were looked for.
fn twenty() -> u32 {
    20
}

/// What it meant then.
fn five() -> u32 {
    5
}

/// What a policy meant that was written before calls were.
fn ten() -> u32 {
    10
}

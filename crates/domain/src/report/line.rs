//! What a report says of one student: the mood chart 晴雨表 in three steps below sunshine, and a note.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Week;
use crate::fault::{Fault, Faults};
use crate::id::StudentId;
use crate::lang::Lang;
use crate::text;

/// How many characters a note has at most.
const NOTE_CHARS: usize = 500;
/// Farther back than this nobody counts days of low mood.
const LONGEST_LOW_DAYS: i64 = 366;

/// How a student's week was. Sunshine is not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// 多云: changing.
    Cloudy,
    /// 阴: low.
    Overcast,
    /// 雨: very low.
    Rain,
}

impl Mood {
    /// Every step.
    pub const ALL: [Self; 3] = [Self::Cloudy, Self::Overcast, Self::Rain];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Cloudy => "cloudy",
            Self::Overcast => "overcast",
            Self::Rain => "rain",
        }
    }

    /// Reads its word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Cloudy => lang.pick("多云", "cloudy"),
            Self::Overcast => lang.pick("阴", "overcast"),
            Self::Rain => lang.pick("雨", "rain"),
        }
    }

    /// Whether days of it are counted.
    #[must_use]
    pub fn is_low(self) -> bool {
        match self {
            Self::Cloudy => false,
            Self::Overcast | Self::Rain => true,
        }
    }
}

/// What a report says of one student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Of whom.
    pub student: StudentId,
    /// How the week was.
    pub mood: Mood,
    /// Since when the mood is low.
    pub low_since: Option<NaiveDate>,
    /// What was seen.
    pub note: String,
}

/// The same, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct LineDraft {
    /// Of whom.
    pub student: String,
    /// How the week was.
    pub mood: String,
    /// Since when the mood is low.
    pub low_since: Option<String>,
    /// What was seen.
    pub note: String,
}

impl LineDraft {
    pub(super) fn read(&self, index: usize, week: Week, faults: &mut Faults) -> Option<Line> {
        let at = |name: &str| format!("students[{index}].{name}");
        let student = self.student.trim().parse().ok();
        faults
            .when(student.is_none(), || Fault::new(at("student"), "bad_id", "请选择学生", "choose a student (stu_…)"));
        let mood = Mood::from_key(self.mood.trim());
        let unsaid = self.mood.trim().is_empty();
        faults.when(unsaid, || {
            Fault::new(
                at("mood"),
                "required",
                "写了情况，请选择本周的晴雨",
                "something is written: choose how the week was",
            )
        });
        faults.when(mood.is_none() && !unsaid, || {
            let known = Mood::ALL.map(Mood::key).join(" ");
            Fault::new(at("mood"), "unknown_mood", format!("可以是 {known}"), format!("one of {known}"))
        });
        let note = text::block(&self.note, &at("note"), NOTE_CHARS, faults);
        let low_since = self.low_since.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let since = low_since.and_then(|t| NaiveDate::parse_from_str(t, "%Y-%m-%d").ok());
        faults.when(low_since.is_some() && since.is_none(), || {
            Fault::new(at("low_since"), "bad_date", "日期格式如 2026-11-23", "a date such as 2026-11-23")
        });
        let last = week.days().next_back().unwrap_or(week.monday());
        let far = |d: NaiveDate| d > last || (last - d).num_days() > LONGEST_LOW_DAYS;
        faults.when(since.is_some_and(far), || {
            Fault::new(
                at("low_since"),
                "out_of_range",
                "不能晚于本周，也不能早于一年前",
                "not after this week, nor more than a year ago",
            )
        });
        faults.when(mood.is_some_and(|m| !m.is_low()) && since.is_some(), || {
            Fault::new(
                at("low_since"),
                "not_low",
                "只有“阴”或“雨”需要填写从哪天开始",
                "only overcast and rain have a day on which they began",
            )
        });
        faults.when(mood.is_some_and(Mood::is_low) && low_since.is_none(), || {
            Fault::new(at("low_since"), "required", "请填写情绪低落从哪天开始", "say since when the mood has been low")
        });
        Some(Line { student: student?, mood: mood?, low_since: since, note })
    }
}

impl Line {
    /// How many days the mood has been low, that day among them.
    #[must_use]
    pub fn low_days(&self, today: NaiveDate) -> u32 {
        let days = self.low_since.filter(|_| self.mood.is_low()).map(|d| (today - d).num_days() + 1);
        days.and_then(|d| u32::try_from(d).ok()).unwrap_or_default()
    }
}

//! A drill 演练: a principal lets the ladder of a red or an orange be climbed about nobody, to see how long it takes until
//! somebody of his own people answers. It runs on the very core of an alert ([`crate::escalation`]) and is none: it has
//! neither a student nor anything that was seen.

use crate::calendar::Calendar;
use crate::fault::{Fault, Faults};
use crate::id::{AlertId, ClassId, DrillId, GradeId};
use crate::level::Level;
use crate::time::{Timestamp, minutes};

/// The drill of a red that nobody ends ends by itself after this long: it must not wake people for ever.
pub const RED_LIMIT_MINUTES: u32 = 60;
/// The drill of an orange, whose rungs wait for an hour each.
pub const ORANGE_LIMIT_MINUTES: u32 = 240;
/// The longest note, in characters.
pub const NOTE_CHARS: usize = 200;

/// Under which its messages and numbers lie in the outbox, beside those of alerts. No alert ever has this id.
#[must_use]
pub const fn subject(id: DrillId) -> AlertId {
    AlertId::new(id.uuid())
}

/// Whose class teacher and grade lead take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// Nobody's: the offices of the school alone.
    School,
    /// A grade's lead.
    Grade(GradeId),
    /// A class's teacher, and the lead of its grade.
    Class(ClassId, GradeId),
}

impl Around {
    /// The class, if there is one.
    #[must_use]
    pub fn class(self) -> Option<ClassId> {
        match self {
            Self::Class(class, _) => Some(class),
            Self::School | Self::Grade(_) => None,
        }
    }

    /// The grade, if there is one.
    #[must_use]
    pub fn grade(self) -> Option<GradeId> {
        match self {
            Self::Class(_, grade) | Self::Grade(grade) => Some(grade),
            Self::School => None,
        }
    }
}

/// How a drill came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DrillEnd {
    /// Somebody recorded who would be with the child: what stops a red.
    Custody,
    /// Somebody took it: what an orange is over with here.
    Taken,
    /// Somebody who may start one ended it.
    ByHand,
    /// Its time was over.
    Limit,
    /// The quiet hours began, and it was not meant for the night.
    Quiet,
    /// A real red was opened in the school.
    RealAlert,
}

impl DrillEnd {
    /// Every end.
    pub const ALL: [Self; 6] = [Self::Custody, Self::Taken, Self::ByHand, Self::Limit, Self::Quiet, Self::RealAlert];

    /// Its key in the database and the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Custody => "custody",
            Self::Taken => "taken",
            Self::ByHand => "by_hand",
            Self::Limit => "limit",
            Self::Quiet => "quiet_hours",
            Self::RealAlert => "real_alert",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.key() == key)
    }
}

/// What somebody wants to be tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrillDraft {
    /// 4, or 3; red when nothing is said.
    pub level: Option<u8>,
    /// A class, by its id.
    pub class: String,
    /// A grade, by its id.
    pub grade: String,
    /// Why, and why now.
    pub note: String,
    /// Also by night and on days off.
    pub by_night: bool,
    /// The district hears of it as well.
    pub district: bool,
}

/// A draft with nothing wrong in it, but for what only the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillPlan {
    /// Red or orange.
    pub level: Level,
    /// The class that was named.
    pub class: Option<ClassId>,
    /// The grade that was named.
    pub grade: Option<GradeId>,
    /// Why.
    pub note: String,
    /// Also by night and on days off.
    pub by_night: bool,
    /// The district hears of it as well.
    pub district: bool,
}

impl DrillDraft {
    /// Looks at it as a whole.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, calendar: &Calendar, now: Timestamp) -> Result<DrillPlan, Vec<Fault>> {
        let mut faults = Faults::new();
        let level = self.level.map_or(Some(Level::Red), |n| Level::try_from(n).ok());
        let level = level.filter(|l| *l >= Level::Orange);
        faults.when(level.is_none(), || {
            Fault::new("level", "bad_level", "演练只能选红色（4）或橙色（3）", "a drill is of red (4) or orange (3)")
        });
        let class = named::<ClassId>(&self.class, "class", &mut faults);
        let grade = named::<GradeId>(&self.grade, "grade", &mut faults);
        faults.when(!self.class.trim().is_empty() && !self.grade.trim().is_empty(), || {
            Fault::new("grade", "class_or_grade", "班级和年级只选一个", "name a class or a grade, not both")
        });
        let note = crate::text::line(&self.note, "note", &mut faults);
        faults.when(note.is_empty(), || {
            Fault::new("note", "required", "请写这次演练的缘由，例如“开学例行演练”", "Say what the drill is for")
        });
        faults.when(note.chars().count() > NOTE_CHARS, || {
            Fault::new("note", "too_long", format!("最多 {NOTE_CHARS} 字"), format!("at most {NOTE_CHARS} characters"))
        });
        faults.when(!self.by_night && rests(calendar, now), || {
            Fault::new(
                "by_night",
                "quiet_hours",
                "现在是夜间或非上学日。要在此时演练，请勾选“夜间也演练”：会真的打电话叫醒人",
                "It is night or a day off. To drill now, choose “by night as well”: people will really \
                 be called and woken",
            )
        });
        let Some(level) = level else { return Err(faults.into_vec()) };
        faults.or(DrillPlan { level, class, grade, note, by_night: self.by_night, district: self.district })
    }
}

fn named<T: std::str::FromStr>(text: &str, field: &'static str, faults: &mut Faults) -> Option<T> {
    let text = text.trim();
    let id = text.parse().ok();
    faults.when(!text.is_empty() && id.is_none(), || unknown_unit(field));
    id
}

/// The fault of a class or grade that is not of the school.
#[must_use]
pub fn unknown_unit(field: &str) -> Fault {
    Fault::new(field, "unknown_unit", "本校没有这个班级或年级", "the school has no such class or grade")
}

/// Whether people are left alone at this time, unless a drill is meant for the night: in quiet hours, by night, and on days
/// without school.
#[must_use]
pub fn rests(calendar: &Calendar, at: Timestamp) -> bool {
    calendar.is_quiet(at) || calendar.is_off_hours(at)
}

/// Until when it runs at the longest.
#[must_use]
pub fn ends_at(level: Level, started_at: Timestamp) -> Timestamp {
    let limit = match level {
        Level::Red => RED_LIMIT_MINUTES,
        Level::Orange | Level::Yellow | Level::Blue => ORANGE_LIMIT_MINUTES,
    };
    started_at + minutes(limit)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn calendar() -> Calendar {
        let text = include_str!("../../../config/calendar.toml");
        Calendar::validate(toml::from_str(text).unwrap()).unwrap()
    }

    fn at(day: u32, hour: u32, minute: u32) -> Timestamp {
        chrono_tz::Asia::Shanghai.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap().to_utc()
    }

    fn codes(draft: &DrillDraft, now: Timestamp) -> Vec<(String, &'static str)> {
        let faults = draft.validate(&calendar(), now).err().unwrap_or_default();
        faults.into_iter().map(|f| (f.field, f.code)).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_named_at_once() {
        let draft = DrillDraft {
            level: Some(2),
            class: "x".to_owned(),
            grade: "y".to_owned(),
            note: " ".to_owned(),
            ..DrillDraft::default()
        };
        let found = codes(&draft, at(23, 23, 0));
        let found: Vec<(&str, &str)> = found.iter().map(|(f, c)| (f.as_str(), *c)).collect();
        let wanted = [
            ("level", "bad_level"),
            ("class", "unknown_unit"),
            ("grade", "unknown_unit"),
            ("grade", "class_or_grade"),
            ("note", "required"),
            ("by_night", "quiet_hours"),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn people_are_left_alone_by_night_and_on_days_off_unless_it_is_said() {
        let draft = DrillDraft { note: "例行".to_owned(), ..DrillDraft::default() };
        let free = |day, hour, minute| codes(&draft, at(day, hour, minute)).is_empty();
        assert!(free(23, 6, 30) && free(23, 21, 29), "a Monday");
        assert!(!free(23, 6, 29) && !free(23, 21, 30) && !free(22, 12, 0), "and a Sunday");
        let night = DrillDraft { by_night: true, ..draft.clone() };
        assert_eq!(codes(&night, at(22, 3, 0)), []);
    }
}

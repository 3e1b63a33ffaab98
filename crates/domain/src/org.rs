//! The organisation: district → school → grade → class. A grade is an entry year of a stage; its number is computed,
//! so that promotion in September is no migration of data.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::id::{ClassId, DistrictId, GradeId, SchoolId};
use crate::lang::Lang;

/// Which kind of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 区县
    District,
    /// 学校
    School,
    /// 年级
    Grade,
    /// 班级
    Class,
}

impl UnitKind {
    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::School => "school",
            Self::Grade => "grade",
            Self::Class => "class",
        }
    }
}

/// A unit that a position can be held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// The district.
    District(DistrictId),
    /// A school.
    School(SchoolId),
    /// A grade.
    Grade(GradeId),
    /// A class.
    Class(ClassId),
}

impl Unit {
    /// Its kind.
    #[must_use]
    pub fn kind(self) -> UnitKind {
        match self {
            Self::District(_) => UnitKind::District,
            Self::School(_) => UnitKind::School,
            Self::Grade(_) => UnitKind::Grade,
            Self::Class(_) => UnitKind::Class,
        }
    }

    /// The bare id.
    #[must_use]
    pub fn uuid(self) -> uuid::Uuid {
        match self {
            Self::District(id) => id.uuid(),
            Self::School(id) => id.uuid(),
            Self::Grade(id) => id.uuid(),
            Self::Class(id) => id.uuid(),
        }
    }

    /// Puts kind and bare id together again.
    #[must_use]
    pub fn of(kind: UnitKind, id: uuid::Uuid) -> Self {
        match kind {
            UnitKind::District => Self::District(DistrictId::new(id)),
            UnitKind::School => Self::School(SchoolId::new(id)),
            UnitKind::Grade => Self::Grade(GradeId::new(id)),
            UnitKind::Class => Self::Class(ClassId::new(id)),
        }
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::District(id) => id.fmt(f),
            Self::School(id) => id.fmt(f),
            Self::Grade(id) => id.fmt(f),
            Self::Class(id) => id.fmt(f),
        }
    }
}

/// A stage of schooling 学段.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 小学, six grades.
    Primary,
    /// 初中, three grades.
    Junior,
    /// 高中, three grades.
    Senior,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 3] = [Self::Primary, Self::Junior, Self::Senior];

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Junior => "junior",
            Self::Senior => "senior",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// The year in which the school year of `date` began: school years begin on 1 September.
#[must_use]
pub fn school_year(date: NaiveDate) -> i32 {
    if date.month() >= 9 { date.year() } else { date.year() - 1 }
}

/// The number of a grade within its stage on a date: 1 in the first year. Below 1 before entry, above the stage's
/// length after graduation.
#[must_use]
pub fn grade_number(entry_year: i32, on: NaiveDate) -> i32 {
    school_year(on) - entry_year + 1
}

/// What a grade is called on a date: 七年级, 高一, 三年级; after graduation 2021级.
#[must_use]
pub fn grade_name(stage: Stage, entry_year: i32, on: NaiveDate, lang: Lang) -> String {
    const DIGITS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number = grade_number(entry_year, on);
    let (length, before) = match stage {
        Stage::Primary => (6, 0),
        Stage::Junior => (3, 6),
        Stage::Senior => (3, 9),
    };
    if !(1..=length).contains(&number) {
        return match lang {
            Lang::Zh => format!("{entry_year}级"),
            Lang::En => format!("entry {entry_year}"),
        };
    }
    if lang == Lang::En {
        return format!("Grade {}", number + before);
    }
    let digit = |n: i32| usize::try_from(n - 1).ok().and_then(|i| DIGITS.get(i)).copied().unwrap_or("？");
    match stage {
        Stage::Primary | Stage::Junior => format!("{}年级", digit(number + before)),
        Stage::Senior => format!("高{}", digit(number)),
    }
}

/// What a class is called on a date: 七(3)班, 高一(2)班; a class with a name of its own (实验班) keeps it.
#[must_use]
pub fn class_name(stage: Stage, entry_year: i32, class: &str, on: NaiveDate, lang: Lang) -> String {
    let grade = grade_name(stage, entry_year, on, lang);
    let numbered = class.chars().all(|c| c.is_ascii_digit());
    match lang {
        Lang::En => format!("{grade} ({class})"),
        Lang::Zh if numbered => {
            let short = grade.strip_suffix("年级").unwrap_or(&grade);
            format!("{short}({class})班")
        }
        Lang::Zh => format!("{grade}{class}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn promotion_happens_on_the_first_of_september_by_itself() {
        assert_eq!(grade_name(Stage::Junior, 2025, day(2026, 8, 31), Lang::Zh), "七年级");
        assert_eq!(grade_name(Stage::Junior, 2025, day(2026, 9, 1), Lang::Zh), "八年级");
        assert_eq!(grade_name(Stage::Senior, 2026, day(2026, 10, 1), Lang::Zh), "高一");
        assert_eq!(grade_name(Stage::Junior, 2023, day(2026, 9, 1), Lang::Zh), "2023级");
        assert_eq!(class_name(Stage::Junior, 2026, "3", day(2026, 11, 1), Lang::Zh), "七(3)班");
        assert_eq!(class_name(Stage::Primary, 2024, "海豚班", day(2026, 11, 1), Lang::Zh), "三年级海豚班");
        assert_eq!(class_name(Stage::Senior, 2025, "2", day(2026, 11, 1), Lang::En), "Grade 11 (2)");
    }
}

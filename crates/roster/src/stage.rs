//! Stages 学段 and grades. A grade is kept as stage and entry year; its number follows from the date.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::fault::Code;

/// A stage of schooling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 小学
    Primary,
    /// 初中
    Junior,
    /// 高中
    Senior,
}

impl Stage {
    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Junior => "junior",
            Self::Senior => "senior",
        }
    }
}

/// Which grades of a stage a school has: the junior stage begins with grade 7, or with grade 6 where primary school
/// takes five years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageYears {
    /// The stage.
    pub stage: Stage,
    /// The first grade, counted from the first year of primary school.
    pub first_grade: u8,
    /// How many years it takes.
    pub years: u8,
}

impl StageYears {
    /// Six years of primary, three of junior and three of senior school.
    #[must_use]
    pub fn usual(stage: Stage) -> Self {
        let (first_grade, years) = match stage {
            Stage::Primary => (1, 6),
            Stage::Junior => (7, 3),
            Stage::Senior => (10, 3),
        };
        Self { stage, first_grade, years }
    }

    fn position_of(self, grade: u8) -> Option<u8> {
        grade.checked_sub(self.first_grade).map(|n| n + 1).filter(|n| *n <= self.years)
    }
}

/// What a roster is read against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The day on which grades are what the roster says. For the roster of the coming school year, imported in
    /// summer, this is a day of that year.
    pub today: NaiveDate,
    /// The stages of the school.
    pub stages: Vec<StageYears>,
}

impl Context {
    fn school_year(&self) -> i32 {
        if self.today.month() >= 9 { self.today.year() } else { self.today.year() - 1 }
    }

    fn stage(&self, stage: Stage) -> Result<StageYears, Code> {
        self.stages.iter().copied().find(|s| s.stage == stage).ok_or(Code::GradeNotInSchool)
    }
}

/// A grade of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GradeRef {
    /// The stage.
    pub stage: Stage,
    /// The year in whose September the grade began the stage.
    pub entry_year: i32,
    /// Its number within the stage on [`Context::today`], 1 in the first year.
    pub number: u8,
}

/// A grade as a cell says it, before the school is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GradeWord {
    pub(crate) stage: Option<Stage>,
    pub(crate) number: GradeNumber,
}

/// The number in a grade's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GradeNumber {
    /// 2024级
    Entry(i32),
    /// 2027届, the year of leaving
    Leaving(i32),
    /// 七年级, 初一
    Ordinal(u8),
}

impl GradeWord {
    /// The grade of this school that is meant.
    pub(crate) fn resolve(self, context: &Context) -> Result<GradeRef, Code> {
        match self.number {
            GradeNumber::Entry(year) => self.by_year(context, |_| year),
            GradeNumber::Leaving(year) => self.by_year(context, |years| year - i32::from(years.years)),
            GradeNumber::Ordinal(number) => self.by_ordinal(context, number),
        }
    }

    fn by_year(self, context: &Context, entry: impl Fn(StageYears) -> i32) -> Result<GradeRef, Code> {
        let years = match (self.stage, context.stages.as_slice()) {
            (Some(stage), _) => context.stage(stage)?,
            (None, [only]) => *only,
            (None, []) => return Err(Code::GradeNotInSchool),
            (None, _) => return Err(Code::GradeAmbiguous),
        };
        let entry_year = entry(years);
        let number = context.school_year() - entry_year + 1;
        if number < 1 {
            return Err(Code::GradeNotStarted);
        }
        let number = u8::try_from(number).ok().filter(|n| *n <= years.years).ok_or(Code::GradeLeft)?;
        Ok(GradeRef { stage: years.stage, entry_year, number })
    }

    fn by_ordinal(self, context: &Context, ordinal: u8) -> Result<GradeRef, Code> {
        let within = |years: StageYears| (ordinal >= 1 && ordinal <= years.years).then_some(ordinal);
        let found = match self.stage {
            Some(stage) => {
                let years = context.stage(stage)?;
                within(years).or_else(|| years.position_of(ordinal)).map(|n| (years, n))
            }
            None => {
                let running = context.stages.iter().find_map(|y| y.position_of(ordinal).map(|n| (*y, n)));
                // 一年级 in a school that has but one stage can only be the first year of that one.
                let only = || match context.stages.as_slice() {
                    [only] => within(*only).map(|n| (*only, n)),
                    _ => None,
                };
                running.or_else(only)
            }
        };
        let (years, number) = found.ok_or(Code::GradeNotInSchool)?;
        Ok(GradeRef { stage: years.stage, entry_year: context.school_year() - i32::from(number) + 1, number })
    }
}

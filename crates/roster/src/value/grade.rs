//! Grades as cells write them: 七年级, 初一, 初2024级, 2024级, 7, 高一, 三年级, 小学三年级.

use crate::clean;
use crate::fault::Code;
use crate::stage::{Context, GradeNumber, GradeRef, GradeWord, Stage};
use crate::value::number;

/// The highest grade there is.
const LAST_GRADE: u8 = 12;

/// Longer words first.
const STAGES: [(&str, Stage); 9] = [
    ("小学部", Stage::Primary),
    ("初中部", Stage::Junior),
    ("高中部", Stage::Senior),
    ("小学", Stage::Primary),
    ("初中", Stage::Junior),
    ("高中", Stage::Senior),
    ("小", Stage::Primary),
    ("初", Stage::Junior),
    ("高", Stage::Senior),
];

/// The grade of a grade column.
pub(crate) fn grade(text: &str, context: &Context) -> Result<GradeRef, Code> {
    let compact = clean::compact(text);
    let compact = compact.strip_suffix(".0").unwrap_or(&compact);
    let word = take(compact).filter(|(_, rest)| rest.is_empty()).map(|(word, _)| word).or_else(|| bare(compact));
    word.ok_or(Code::GradeUnreadable)?.resolve(context)
}

/// A number that is a grade only because it stands in a grade column: 7, 07, 七, 2024.
fn bare(compact: &str) -> Option<GradeWord> {
    let (stage, rest) = take_stage(compact);
    let number = number::whole(rest)?;
    let number = match u8::try_from(number).ok().filter(|n| (1..=LAST_GRADE).contains(n)) {
        Some(ordinal) => GradeNumber::Ordinal(ordinal),
        None if rest.len() == 4 => GradeNumber::Entry(year(rest)?),
        None => return None,
    };
    Some(GradeWord { stage, number })
}

/// Takes a grade off the start of a text; what follows may name the class.
pub(crate) fn take(text: &str) -> Option<(GradeWord, &str)> {
    let (stage, rest) = take_stage(text);
    if let Some(rest) = text.strip_prefix("预初") {
        return Some((GradeWord { stage: Some(Stage::Junior), number: GradeNumber::Ordinal(1) }, rest));
    }
    let (number, rest) = take_year(rest).or_else(|| take_ordinal(rest, stage.is_some()))?;
    Some((GradeWord { stage, number }, rest))
}

fn take_stage(text: &str) -> (Option<Stage>, &str) {
    for (word, stage) in STAGES {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(stage), rest);
        }
    }
    (None, text)
}

/// 2024级, 24级, 2027届, 2024(3)班
fn take_year(text: &str) -> Option<(GradeNumber, &str)> {
    let (digits, rest) = number::take_digits(text);
    if digits.len() != 4 && digits.len() != 2 {
        return None;
    }
    let small = digits.parse::<u8>().is_ok_and(|n| n <= LAST_GRADE);
    if let Some(rest) = rest.strip_prefix('届') {
        return Some((GradeNumber::Leaving(year(digits)?), rest));
    }
    if let Some(rest) = rest.strip_prefix('级').filter(|_| !small) {
        return Some((GradeNumber::Entry(year(digits)?), rest));
    }
    (digits.len() == 4 && rest.starts_with(['(', '-'])).then_some((GradeNumber::Entry(year(digits)?), rest))
}

fn year(digits: &str) -> Option<i32> {
    let number: i32 = digits.parse().ok()?;
    let year = if digits.len() == 2 { 2000 + number } else { number };
    (1990..2100).contains(&year).then_some(year)
}

/// 七年级, 初一, 七(3), 7-3, 七3: without 年级 or a stage, a sign must show where the class begins.
fn take_ordinal(text: &str, staged: bool) -> Option<(GradeNumber, &str)> {
    let (digits, after) = number::take_digits(text);
    let chinese = digits.is_empty();
    let (ordinal, rest) = if chinese {
        number::take_chinese(text, LAST_GRADE)?
    } else {
        (digits.parse::<u8>().ok().filter(|n| (1..=LAST_GRADE).contains(n))?, after)
    };
    let number = GradeNumber::Ordinal(ordinal);
    for word in ["年级", "年", "级"] {
        if let Some(rest) = rest.strip_prefix(word) {
            return Some((number, rest));
        }
    }
    let class_follows = rest.starts_with(['(', '-', '.', '·'])
        || (chinese && rest.starts_with(|c: char| c.is_ascii_digit() || number::digit(c).is_some()));
    let whole = staged && (chinese || rest.is_empty());
    (class_follows || whole).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::StageYears;
    use chrono::NaiveDate;

    fn school(stages: &[Stage]) -> Context {
        let stages = stages.iter().map(|s| StageYears::usual(*s)).collect();
        Context { today: NaiveDate::from_ymd_opt(2025, 10, 8).unwrap(), stages }
    }

    fn read(text: &str, stages: &[Stage]) -> Result<(Stage, i32, u8), Code> {
        grade(text, &school(stages)).map(|g| (g.stage, g.entry_year, g.number))
    }

    #[test]
    fn ways_to_write_a_grade() {
        let all = [Stage::Primary, Stage::Junior, Stage::Senior];
        for text in [
            "八年级",
            "初二",
            "初中二年级",
            "初2024级",
            "初24级",
            "初中2024级",
            "8",
            "08",
            "8年级",
            "８年级",
            "初中八年级",
            "初2027届",
        ] {
            assert_eq!(read(text, &all), Ok((Stage::Junior, 2024, 2)), "{text}");
        }
        for text in ["三年级", "小学三年级", "小三", "3", "三", "3.0", "小学2023级"] {
            assert_eq!(read(text, &all), Ok((Stage::Primary, 2023, 3)), "{text}");
        }
        for text in ["高一", "高中一年级", "高2025级", "十年级", "10", "高中部一年级"] {
            assert_eq!(read(text, &all), Ok((Stage::Senior, 2025, 1)), "{text}");
        }
    }

    #[test]
    fn an_entry_year_alone_needs_a_school_with_one_stage() {
        assert_eq!(read("2024级", &[Stage::Senior]), Ok((Stage::Senior, 2024, 2)));
        assert_eq!(read("2024", &[Stage::Senior]), Ok((Stage::Senior, 2024, 2)));
        assert_eq!(read("2024级", &[Stage::Junior, Stage::Senior]), Err(Code::GradeAmbiguous));
        assert_eq!(read("2026级", &[Stage::Senior]), Err(Code::GradeNotStarted));
        assert_eq!(read("2021级", &[Stage::Senior]), Err(Code::GradeLeft));
    }

    #[test]
    fn grades_of_other_schools_and_other_words() {
        assert_eq!(read("高一", &[Stage::Junior]), Err(Code::GradeNotInSchool));
        assert_eq!(read("三年级", &[Stage::Junior, Stage::Senior]), Err(Code::GradeNotInSchool));
        assert_eq!(read("二年级", &[Stage::Senior]), Ok((Stage::Senior, 2024, 2)));
        for text in ["", "年级", "大班", "七(3)班", "99", "初", "-1", "1.5"] {
            assert_eq!(read(text, &[Stage::Junior]), Err(Code::GradeUnreadable), "{text}");
        }
    }

    #[test]
    fn five_years_of_primary_school() {
        let junior = StageYears { stage: Stage::Junior, first_grade: 6, years: 4 };
        let context = Context { today: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(), stages: vec![junior] };
        for text in ["六年级", "预初", "初一", "2025级"] {
            assert_eq!(grade(text, &context).map(|g| (g.entry_year, g.number)), Ok((2025, 1)), "{text}");
        }
        assert_eq!(grade("初四", &context).map(|g| g.entry_year), Ok(2022));
    }

    #[test]
    fn the_school_year_begins_in_september() {
        let mut context = school(&[Stage::Junior]);
        context.today = NaiveDate::from_ymd_opt(2025, 8, 31).unwrap();
        assert_eq!(grade("七年级", &context).map(|g| g.entry_year), Ok(2024));
        context.today = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();
        assert_eq!(grade("七年级", &context).map(|g| g.entry_year), Ok(2025));
    }
}

//! Classes as cells write them, with or without their grade: 七(3)班, 初一3班, 2024级3班, 3班, 03, 三班, 703, 实验班.

use crate::clean;
use crate::fault::Code;
use crate::row::ClassRef;
use crate::stage::{Context, GradeNumber, GradeRef, GradeWord};
use crate::table::{Cell, Kind};
use crate::value::{grade, number};

const LONGEST_NAME: usize = 30;

/// A class, and the grade if the text names one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ClassText {
    pub(crate) class: ClassRef,
    pub(crate) grade: Option<Result<GradeRef, Code>>,
}

/// Reads a class cell.
pub(crate) fn class(cell: &Cell, context: &Context) -> Result<ClassText, Code> {
    let text =
        clean::compact(&cell.text).replace(['[', '【', '〔', '{', '<'], "(").replace([']', '】', '〕', '}', '>'], ")");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match cell.kind {
        Kind::Date => return Err(Code::BecameDate),
        Kind::Number if text.contains('.') => return Err(Code::BecameDecimal),
        Kind::Text | Kind::Number | Kind::Imprecise | Kind::Failed | Kind::TooLong => {}
    }
    if written_date(text) {
        return Err(Code::BecameDate);
    }
    if let Some(number) = numbered(text) {
        return by_number(number, context);
    }
    if let Some((word, rest)) = grade::take(text) {
        let rest = rest.trim_start_matches(['-', '.', '·', '_', '/']);
        if rest.is_empty() || rest == "班" {
            return Err(Code::ClassMissing);
        }
        let class = match numbered(rest) {
            Some(number) => ClassRef::Number(small(number).ok_or(Code::ClassUnreadable)?),
            None => named(rest)?,
        };
        return Ok(ClassText { class, grade: Some(word.resolve(context)) });
    }
    Ok(ClassText { class: named(text)?, grade: None })
}

/// 3, 03, (3), 三, 3班, (3)班, 第3班, 三班
fn numbered(text: &str) -> Option<u32> {
    let text = text.strip_suffix("班级").or_else(|| text.strip_suffix('班')).unwrap_or(text);
    let text = text.strip_prefix('第').unwrap_or(text);
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(text);
    let inner = inner.strip_suffix('班').unwrap_or(inner);
    number::whole(inner)
}

/// What a spreadsheet program makes of 7-3 when it saves text: 7月3日, 3-Jul, Jul-03.
fn written_date(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let month = |t: &str| MONTHS.contains(&t.to_ascii_lowercase().as_str());
    let chinese = text.strip_suffix('日').and_then(|t| t.split_once('月'));
    let english = text.split_once('-').is_some_and(|(a, b)| (number(a) && month(b)) || (month(a) && number(b)));
    chinese.is_some_and(|(m, d)| number(m) && number(d)) || english
}

fn small(number: u32) -> Option<u8> {
    u8::try_from(number).ok().filter(|n| (1..=99).contains(n))
}

/// A number up to 99 is a class; 703 and 1203 are a grade and a class.
fn by_number(number: u32, context: &Context) -> Result<ClassText, Code> {
    if let Some(number) = small(number) {
        return Ok(ClassText { class: ClassRef::Number(number), grade: None });
    }
    let grade = u8::try_from(number / 100).ok().filter(|n| (1..=12).contains(n)).ok_or(Code::ClassUnreadable)?;
    let class = small(number % 100).ok_or(Code::ClassUnreadable)?;
    let word = GradeWord { stage: None, number: GradeNumber::Ordinal(grade) };
    Ok(ClassText { class: ClassRef::Number(class), grade: Some(word.resolve(context)) })
}

fn named(text: &str) -> Result<ClassRef, Code> {
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).filter(|t| !t.contains('(')).unwrap_or(text);
    if inner == "班" || !inner.chars().any(char::is_alphabetic) || inner.chars().count() > LONGEST_NAME {
        return Err(Code::ClassUnreadable);
    }
    Ok(ClassRef::Name(inner.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::{Stage, StageYears};
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn context() -> Context {
        let stages = [Stage::Primary, Stage::Junior, Stage::Senior].map(StageYears::usual).to_vec();
        Context { today: NaiveDate::from_ymd_opt(2025, 10, 8).unwrap(), stages }
    }

    fn read(text: &str) -> Result<(String, Option<(Stage, u8)>), Code> {
        let read = class(&Cell::new(text, Kind::Text), &context())?;
        let grade = read.grade.transpose()?;
        Ok((read.class.label(), grade.map(|g| (g.stage, g.number))))
    }

    #[test]
    fn classes_without_a_grade() {
        for text in ["3", "03", "3班", "三班", "（3）班", "(3)", "第3班", "第三班", "３班", "3.0", "(3班)", "【3】班"]
        {
            assert_eq!(read(text), Ok(("3".into(), None)), "{text}");
        }
        assert_eq!(read("二十三班"), Ok(("23".into(), None)));
        for text in ["实验班", "海豚班", "A班", "实验一班", "国际部A1班"] {
            assert_eq!(read(text), Ok((text.into(), None)), "{text}");
        }
    }

    #[test]
    fn classes_with_their_grade() {
        let junior = Some((Stage::Junior, 1));
        let ways = [
            "七(3)班",
            "七（3）班",
            "初一3班",
            "初一(3)班",
            "初一三班",
            "七年级3班",
            "七年级（三）班",
            "7年级3班",
            "七3班",
            "七三班",
            "7(3)",
            "7-3",
            "7.3班",
            "703",
            "0703",
            "703班",
            "初2025级3班",
            "初25级(3)班",
            "初中2025级3班",
            "初中七年级3班",
            "七年级第3班",
        ];
        for text in ways {
            assert_eq!(read(text), Ok(("3".into(), junior)), "{text}");
        }
        assert_eq!(read("初三十班"), Ok(("10".into(), Some((Stage::Junior, 3)))));
        assert_eq!(read("高一12班"), Ok(("12".into(), Some((Stage::Senior, 1)))));
        assert_eq!(read("三(1)班"), Ok(("1".into(), Some((Stage::Primary, 3)))));
        assert_eq!(read("十一(3)班"), Ok(("3".into(), Some((Stage::Senior, 2)))));
        assert_eq!(read("七年级实验班"), Ok(("实验班".into(), junior)));
        assert_eq!(read("1203"), Ok(("3".into(), Some((Stage::Senior, 3)))));
    }

    #[test]
    fn an_entry_year_counts_where_the_school_has_one_stage() {
        let mut one = context();
        one.stages.retain(|s| s.stage == Stage::Senior);
        for text in ["2024级3班", "24级3班", "2024(3)班", "2027届3班"] {
            let read = class(&Cell::new(text, Kind::Text), &one).unwrap();
            assert_eq!((read.class.label(), read.grade.unwrap().unwrap().number), ("3".into(), 2), "{text}");
        }
        assert_eq!(read("2024级3班"), Err(Code::GradeAmbiguous));
    }

    #[test]
    fn what_spreadsheet_programs_break_is_not_guessed() {
        let read = |text, kind| class(&Cell::new(text, kind), &context()).err();
        assert_eq!(read("7.1", Kind::Number), Some(Code::BecameDecimal));
        assert_eq!(read("2025-07-03", Kind::Date), Some(Code::BecameDate));
        assert_eq!(read("3", Kind::Number), None);
        for text in ["7月3日", "3-Jul", "Jul-03"] {
            assert_eq!(read(text, Kind::Text), Some(Code::BecameDate), "{text}");
        }
    }

    #[test]
    fn what_is_no_class() {
        for text in ["班", "-3", "0", "1300", "99999", "()", "!!"] {
            assert_eq!(read(text), Err(Code::ClassUnreadable), "{text}");
        }
        for text in ["七年级", "2024级", "初一"] {
            assert_eq!(read(text).err(), Some(Code::ClassMissing), "{text}");
        }
        assert_eq!(read(&"甲".repeat(31)), Err(Code::ClassUnreadable));
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(any in "\\PC*", near in "[0-9一二三七十初高小中学年级届班()（）.-]{0,10}") {
            for text in [any, near] {
                for kind in [Kind::Text, Kind::Number, Kind::Date] {
                    let _ = class(&Cell::new(&text, kind), &context());
                }
            }
        }

        #[test]
        fn what_a_school_writes_is_read_back(grade in 1_u8..=9, number in 1_u8..=30) {
            let numeral = ["一", "二", "三", "四", "五", "六", "七", "八", "九"][usize::from(grade) - 1];
            let (stage, within) = if grade <= 6 { (Stage::Primary, grade) } else { (Stage::Junior, grade - 6) };
            for text in [format!("{numeral}({number})班"), format!("{numeral}年级{number}班"), format!("{grade}{number:02}")] {
                prop_assert_eq!(read(&text), Ok((number.to_string(), Some((stage, within)))));
            }
        }
    }
}

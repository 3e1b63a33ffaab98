//! One row to one pupil.

use chrono::{Datelike, NaiveDate};

use crate::clean;
use crate::config::CONFIG;
use crate::fault::{Code, Severity};
use crate::field::Field;
use crate::line::{Line, scientific};
use crate::row::{ClassRef, Gender, Guardian, Row};
use crate::stage::{Context, GradeRef};
use crate::table::Kind;
use crate::value::{class, date, grade, name, national_id, phone, words};

/// One pupil, unless something serious is wrong.
pub(crate) fn row(line: &mut Line<'_>, row_number: u32, context: &Context) -> Option<Row> {
    let name = name_of(line);
    let gender = line.value(Field::Gender, Code::GenderUnreadable, words::gender);
    let birth_date = birth_date_of(line, context);
    let id_checked = check_id(line, birth_date, gender);
    let class_and_grade = class_and_grade(line, context);
    if let Some((_, grade)) = &class_and_grade {
        check_entry_month(line, *grade);
    }
    let student_number = line.code(Field::StudentNumber);
    let school = line.text(Field::School);
    let seat = line.code(Field::Seat);
    let boarding = line.value(Field::Boarding, Code::ValueUnreadable, words::boarding);
    let left_behind = line.value(Field::LeftBehind, Code::ValueUnreadable, words::left_behind);
    let migrant = line.value(Field::Migrant, Code::ValueUnreadable, words::yes_no);
    let orphan = line.value(Field::Orphan, Code::ValueUnreadable, words::yes_no);
    let first = guardian(line, Field::Guardian1Name, Field::Guardian1Phone);
    let second = guardian(line, Field::Guardian2Name, Field::Guardian2Phone);
    let dormitory = line.text(Field::Dormitory);
    let bed = line.text(Field::Bed);
    if line.faults.iter().any(|f| f.severity == Severity::Error) {
        return None;
    }
    let (name, (class, grade)) = (name?, class_and_grade?);
    Some(Row {
        row_number,
        name_key: name::name_key(&name),
        name,
        gender,
        birth_date,
        id_checked,
        student_number,
        school,
        grade,
        class,
        seat,
        boarding,
        left_behind,
        migrant,
        orphan,
        guardians: [first, second].into_iter().flatten().collect(),
        dormitory,
        bed,
    })
}

pub(crate) fn name_of(line: &mut Line<'_>) -> Option<String> {
    if line.cell(Field::Name).is_none() {
        line.fault(Field::Name, Code::NameMissing);
        return None;
    }
    let cell = line.usable(Field::Name)?;
    match name::name(&cell.text) {
        Ok((name, remarks)) => {
            for remark in remarks {
                line.fault(Field::Name, remark);
            }
            Some(name)
        }
        Err(code) => {
            line.fault(Field::Name, code);
            None
        }
    }
}

fn birth_date_of(line: &mut Line<'_>, context: &Context) -> Option<NaiveDate> {
    let cell = line.usable(Field::BirthDate)?;
    let Some(date) = date::date(cell) else {
        line.fault(Field::BirthDate, Code::BirthDateUnreadable);
        return None;
    };
    if !(CONFIG.age.youngest..=CONFIG.age.oldest).contains(&(context.today.year() - date.year())) {
        line.fault(Field::BirthDate, Code::BirthDateImplausible);
        return None;
    }
    Some(date)
}

/// Compares the national id number with the row and forgets it. Other documents, such as passports, are not checked.
fn check_id(line: &mut Line<'_>, birth_date: Option<NaiveDate>, gender: Option<Gender>) -> bool {
    let Some(cell) = line.cell(Field::IdNumber) else { return false };
    let kind = line.cell(Field::IdKind).map(|c| clean::word(&c.text));
    let resident = kind.is_none_or(|k| k == "1" || k == "1.0" || (k.contains("身份证") && !k.contains("外国")));
    if !resident {
        return false;
    }
    let claims = match cell.kind {
        Kind::Imprecise => Err(Code::PrecisionLost),
        Kind::Text | Kind::Number if scientific(&cell.text) => Err(Code::ScientificNotation),
        Kind::Failed => Err(Code::FormulaError),
        Kind::Text | Kind::Number | Kind::Date | Kind::TooLong => national_id::check(&cell.text),
    };
    let claims = match claims {
        Ok(claims) => claims,
        Err(code) => {
            line.fault(Field::IdNumber, code);
            return false;
        }
    };
    let born_otherwise = birth_date.is_some_and(|d| d != claims.birth_date);
    let other_gender = gender.is_some_and(|g| g != claims.gender);
    if born_otherwise {
        line.fault(Field::BirthDate, Code::BirthDateConflictsId);
    }
    if other_gender {
        line.fault(Field::Gender, Code::GenderConflictsId);
    }
    !born_otherwise && !other_gender
}

pub(crate) fn class_and_grade(line: &mut Line<'_>, context: &Context) -> Option<(ClassRef, GradeRef)> {
    let mut sound = true;
    let column = line.cell(Field::Grade).is_some();
    let from_column = line.usable(Field::Grade).and_then(|cell| {
        let read = grade::grade(&cell.text, context);
        read.map_err(|code| line.fault(Field::Grade, code)).ok()
    });
    sound &= !column || from_column.is_some();
    if line.cell(Field::Class).is_none() {
        line.fault(Field::Class, Code::ClassMissing);
        return None;
    }
    let cell = line.usable(Field::Class)?;
    let read = match class::class(cell, context) {
        Ok(read) => read,
        Err(code) => {
            line.fault(Field::Class, code);
            return None;
        }
    };
    let grade = match (from_column, read.grade) {
        (Some(one), Some(Ok(other))) if one != other => Err(Some((Field::Grade, Code::GradeConflict))),
        (Some(grade), Some(Ok(_)) | None) | (None, Some(Ok(grade))) => Ok(grade),
        // 2024级 in the class is ambiguous alone, but not beside a grade.
        (Some(grade), Some(Err(Code::GradeAmbiguous))) => Ok(grade),
        (_, Some(Err(code))) => Err(Some((Field::Class, code))),
        (None, None) if column => Err(None),
        (None, None) => Err(Some((grade_or_class(line), Code::GradeMissing))),
    };
    match grade {
        Ok(grade) if sound => Some((read.class, grade)),
        Ok(_) | Err(None) => None,
        Err(Some((field, code))) => {
            line.fault(field, code);
            None
        }
    }
}

fn grade_or_class(line: &Line<'_>) -> Field {
    if line.has(Field::Grade) { Field::Grade } else { Field::Class }
}

/// The year of entry, where a column has it, is only compared: pupils repeat a year or change school.
fn check_entry_month(line: &mut Line<'_>, grade: GradeRef) {
    let Some(cell) = line.cell(Field::EntryMonth) else { return };
    match date::month_year(cell) {
        None => line.fault(Field::EntryMonth, Code::EntryMonthUnreadable),
        Some(year) if year != grade.entry_year => line.fault(Field::EntryMonth, Code::EntryMonthDiffers),
        Some(_) => {}
    }
}

fn guardian(line: &mut Line<'_>, name: Field, telephone: Field) -> Option<Guardian> {
    let name = line.text(name);
    let phone = line.usable(telephone).and_then(|cell| {
        let (phones, texts) = phone::phones(&cell.text);
        if phones.is_empty() {
            line.fault(telephone, Code::PhoneUnreadable);
        } else if texts > 1 {
            line.fault(telephone, Code::SeveralPhones);
        }
        phones.into_iter().next()
    });
    (name.is_some() || phone.is_some()).then_some(Guardian { name, phone })
}

use roster::{Code, Severity};

use crate::support::{csv, faults, id_number, parsed};

#[test]
fn all_faults_of_a_row_are_reported_at_once() {
    let parsed = parsed(&csv(&[
        &["姓名", "性别", "出生日期", "年级", "班级", "联系电话", "就读方式", "身份证号"],
        &["王?", "中", "2013-13-1", "小班", "", "1380013", "飞", "12"],
    ]));
    let mut found = faults(&parsed);
    found.sort_by_key(|(_, cell)| *cell);
    let expected = [
        (Code::NameUnreadable, "A2"),
        (Code::GenderUnreadable, "B2"),
        (Code::BirthDateUnreadable, "C2"),
        (Code::GradeUnreadable, "D2"),
        (Code::ClassMissing, "E2"),
        (Code::PhoneUnreadable, "F2"),
        (Code::ValueUnreadable, "G2"),
        (Code::IdFormat, "H2"),
    ];
    assert_eq!(found, expected);
    assert!(parsed.rows.is_empty());
    assert!(parsed.faults.iter().all(|f| f.row == 2 && !f.column.is_empty()));
}

#[test]
fn what_is_optional_does_not_keep_a_child_off_the_roster() {
    let parsed = parsed(&csv(&[
        &["姓名", "性别", "班级", "联系电话", "就读方式", "身份证号", "学号"],
        &["王喆", "中", "七(1)班", "1380013", "飞", "1.10101E+17", "2.02401E+15"],
    ]));
    let codes: Vec<_> = parsed.faults.iter().map(|f| f.code).collect();
    assert_eq!(codes.len(), 5);
    assert!(parsed.faults.iter().all(|f| f.severity == Severity::Warning));
    assert_eq!(parsed.rows.len(), 1);
    assert_eq!((parsed.rows[0].gender, parsed.rows[0].student_number.as_deref()), (None, None));
}

#[test]
fn an_id_number_in_scientific_notation_is_said_to_be_one() {
    let parsed = parsed(&csv(&[&["姓名", "性别", "班级", "身份证号"], &["王喆", "男", "七(1)班", "1.10101E+17"]]));
    let fault = &parsed.faults[0];
    assert_eq!(
        (fault.code.key(), fault.cell.as_str(), fault.column.as_str()),
        ("scientific_notation", "D2", "身份证号")
    );
    assert!(fault.message_zh.contains("身份证号被表格软件改成了科学计数"));
}

#[test]
fn an_id_number_that_contradicts_the_birth_date_may_be_another_childs() {
    let header: &[&str] = &["姓名", "性别", "出生日期", "班级", "身份证号"];
    let (girl, boy) = (id_number("20130105", 12), id_number("20130105", 13));
    let parsed = parsed(&csv(&[
        header,
        &["王喆", "女", "20130105", "七(1)班", &girl],
        &["李翀", "男", "20130501", "七(1)班", &boy],
        &["赵赟", "男", "20130105", "七(1)班", &girl],
        &["陈鑫淼", "", "", "七(1)班", &boy.to_lowercase()],
    ]));
    assert_eq!(faults(&parsed), [(Code::BirthDateConflictsId, "C3"), (Code::GenderConflictsId, "B4")]);
    let checked: Vec<_> = parsed.rows.iter().map(|r| (r.row_number, r.id_checked)).collect();
    assert_eq!(checked, [(2, true), (4, false), (5, true)]);
    assert_eq!(parsed.rows[2].birth_date, None, "the birth date is not taken from the id number");
}

#[test]
fn other_documents_are_not_checked() {
    let parsed = parsed(&csv(&[
        &["姓名", "班级", "身份证件类型", "身份证件号"],
        &["Anna Li", "七(1)班", "护照", "E12345678"],
        &["Ben Li", "七(1)班", "A", "X1"],
    ]));
    assert_eq!(faults(&parsed), []);
    assert!(parsed.rows.iter().all(|r| !r.id_checked));
}

#[test]
fn grade_and_class_must_agree() {
    let parsed = parsed(&csv(&[
        &["姓名", "年级", "班级", "入学年月"],
        &["王喆", "七年级", "八(1)班", ""],
        &["李翀", "", "1班", ""],
        &["赵赟", "高一", "1班", ""],
        &["陈鑫淼", "七年级", "701", "202409"],
    ]));
    let expected = [
        (Code::GradeConflict, "B2"),
        (Code::GradeMissing, "B3"),
        (Code::GradeNotInSchool, "B4"),
        (Code::EntryMonthDiffers, "D5"),
    ];
    assert_eq!(faults(&parsed), expected);
    assert_eq!(parsed.rows.len(), 1);
}

#[test]
fn a_birth_date_must_fit_a_pupil() {
    let parsed = parsed(&csv(&[
        &["姓名", "出生日期", "班级"],
        &["王喆", "19800101", "七(1)班"],
        &["李翀", "20250101", "七(1)班"],
    ]));
    assert_eq!(faults(&parsed), [(Code::BirthDateImplausible, "B2"), (Code::BirthDateImplausible, "B3")]);
}

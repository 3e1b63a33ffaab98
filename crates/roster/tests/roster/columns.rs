use roster::{Code, Columns, Confidence, DropReason, Field, OverrideError, match_columns, parse};

use crate::support::{csv, faults, junior, table};

fn matched(headers: &[&str]) -> Columns {
    match_columns(&table(&csv(&[headers])))
}

fn reason(columns: &Columns, header: &str) -> Option<DropReason> {
    columns.all().iter().find(|c| c.header == header).unwrap().dropped
}

#[test]
fn a_provincial_export_is_matched_by_itself() {
    let columns = matched(&[
        "学校名称",
        "★姓名",
        "性别",
        "出生日期",
        "民族",
        "身份证件类型",
        "身份证件号",
        "学籍辅号",
        "年级",
        "班级",
        "班内学号",
        "入学年月",
        "就读方式（1走读/2住校）",
        "是否留守儿童",
        "是否随迁子女",
        "是否孤儿",
        "家庭成员1姓名",
        "家庭成员1联系电话",
        "家庭成员2姓名",
        "家庭成员2联系电话",
        "家庭住址",
        "特长",
        "宿舍",
        "床位",
    ]);
    for field in Field::ALL {
        assert!(columns.of(field).is_some(), "{field:?}");
    }
    assert_eq!(columns.of(Field::Boarding).unwrap().confidence, Some(Confidence::Likely));
    assert_eq!(columns.of(Field::Name).unwrap().letters, "B");
    let dropped: Vec<_> = columns.dropped().into_iter().map(|d| (d.header, d.reason)).collect();
    let expected = [
        ("民族", DropReason::Never),
        ("身份证件类型", DropReason::CheckedOnly),
        ("身份证件号", DropReason::CheckedOnly),
        ("入学年月", DropReason::CheckedOnly),
        ("家庭住址", DropReason::Never),
        ("特长", DropReason::Unknown),
    ];
    assert_eq!(dropped, expected.map(|(h, r)| (h.to_owned(), r)));
}

#[test]
fn of_two_columns_for_a_field_the_better_word_wins() {
    let columns = matched(&["姓名", "年级", "班级", "学籍号", "学籍辅号", "电话", "监护人电话"]);
    assert_eq!(columns.of(Field::StudentNumber).unwrap().header, "学籍辅号");
    assert_eq!(reason(&columns, "学籍号"), Some(DropReason::Duplicate));
    assert_eq!(columns.of(Field::Guardian1Phone).unwrap().header, "监护人电话");
    assert_eq!(reason(&columns, "电话"), Some(DropReason::Duplicate));
}

#[test]
fn a_repeated_header_is_told_apart_and_the_left_one_wins() {
    let columns = matched(&["姓名", "年级", "班级", "姓名"]);
    assert_eq!(columns.of(Field::Name).unwrap().letters, "A");
    assert_eq!(reason(&columns, "姓名#2"), Some(DropReason::Duplicate));
}

#[test]
fn a_person_may_choose_otherwise() {
    let columns = matched(&["姓名", "年级", "班级", "学籍号", "学籍辅号", "所在楼"]);
    let columns = columns.with_override("学籍号", Some(Field::StudentNumber)).unwrap();
    assert_eq!(columns.of(Field::StudentNumber).unwrap().header, "学籍号");
    assert_eq!(columns.of(Field::StudentNumber).unwrap().confidence, Some(Confidence::Chosen));
    assert_eq!(reason(&columns, "学籍辅号"), Some(DropReason::Duplicate));
    let columns = columns.with_override("f", Some(Field::Dormitory)).unwrap();
    assert_eq!(columns.of(Field::Dormitory).unwrap().header, "所在楼");
    let columns = columns.with_override("年级", None).unwrap();
    assert_eq!((columns.of(Field::Grade), reason(&columns, "年级")), (None, Some(DropReason::LeftOut)));
    assert_eq!(columns.with_override("没有", None), Err(OverrideError::NoSuchColumn));
}

#[test]
fn what_is_never_taken_in_cannot_be_chosen() {
    let columns = matched(&["姓名", "年级", "班级", "民族"]);
    assert_eq!(columns.clone().with_override("民族", Some(Field::Dormitory)), Err(OverrideError::Never));
    let left = columns.with_override("民族", None).unwrap();
    assert_eq!(reason(&left, "民族"), Some(DropReason::Never));
}

#[test]
fn without_name_or_class_nothing_is_read_and_one_fault_says_so() {
    let table = table(&csv(&[&["学号", "年级", "性别"], &["1", "七年级", "男"], &["2", "七年级", "男"]]));
    let parsed = parse(&table, &match_columns(&table), &junior());
    assert_eq!(faults(&parsed), [(Code::ColumnMissing, ""), (Code::ColumnMissing, "")]);
    assert!(parsed.rows.is_empty());
}

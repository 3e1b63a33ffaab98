use roster::{Boarding, Code, LeftBehind, Severity, Stage, StageYears, match_columns, parse};

use crate::support::{csv, day, faults, id_number, junior, parsed, table, xlsx};

#[test]
fn a_whole_row() {
    let id = id_number("20130105", 12);
    let headers = [
        "学校名称",
        "姓名",
        "性别",
        "出生日期",
        "身份证件类型",
        "身份证件号",
        "学籍辅号",
        "年级",
        "班级",
        "座号",
        "入学年月",
        "就读方式",
        "是否留守儿童",
        "是否随迁子女",
        "是否孤儿",
        "监护人姓名",
        "监护人电话",
        "母亲姓名",
        "母亲电话",
        "宿舍",
        "床位",
    ];
    let cells = [
        "示例中学",
        "阿不都·买买提",
        "2-女",
        "2013年1月5日",
        "居民身份证",
        &id,
        "A0001",
        "七年级",
        "七（3）班",
        "3排2座",
        "202509",
        "住校生",
        "双亲留守儿童",
        "否",
        "0",
        "买买提",
        "138 0013 8000",
        "",
        "0393-4567890",
        "南1-302",
        "2",
    ];
    let parsed = parsed(&xlsx(&[&headers, &cells]));
    assert_eq!(faults(&parsed), []);
    let row = &parsed.rows[0];
    assert_eq!((row.name.as_str(), row.name_key.as_str()), ("阿不都·买买提", "阿不都买买提"));
    assert!(row.id_checked);
    assert_eq!((row.grade.stage, row.grade.entry_year, row.class.label()), (Stage::Junior, 2025, "3".to_owned()));
    assert_eq!(row.seat.as_deref(), Some("3排2座"));
    assert_eq!((row.boarding, row.left_behind), (Some(Boarding::Boards), Some(LeftBehind::BothParents)));
    assert_eq!((row.migrant, row.orphan), (Some(false), Some(false)));
    let guardians: Vec<_> = row.guardians.iter().map(|g| (g.name.as_deref(), g.phone.as_deref())).collect();
    assert_eq!(guardians, [(Some("买买提"), Some("13800138000")), (None, Some("03934567890"))]);
    assert_eq!((row.dormitory.as_deref(), row.bed.as_deref()), (Some("南1-302"), Some("2")));
    assert_eq!((row.student_number.as_deref(), row.school.as_deref()), (Some("A0001"), Some("示例中学")));
}

#[test]
fn name_and_class_are_enough_where_the_class_names_its_grade() {
    let parsed = parsed(&csv(&[&["姓名", "性别", "班级"], &["王喆", "", "八(12)班"]]));
    assert_eq!(faults(&parsed), []);
    assert_eq!((parsed.rows[0].grade.number, parsed.rows[0].class.label()), (2, "12".to_owned()));
}

#[test]
fn blank_numbered_summary_and_repeated_header_rows_list_nobody() {
    let parsed = parsed(&csv(&[
        &["座号", "姓名", "性别", "班级"],
        &["1", "王喆", "男", "七(1)班"],
        &["2", "", "", ""],
        &["", "", "", ""],
        &["座号", "姓名", "性别", "班级"],
        &["2", "李翀", "男", "七(1)班"],
        &["合计", "2人", "", ""],
        &["", "填表人：某某", "", ""],
    ]));
    assert_eq!(faults(&parsed), []);
    assert_eq!((parsed.listed, parsed.rows.len()), (2, 2));
}

#[test]
fn a_pupil_listed_twice_is_left_out_once() {
    let parsed = parsed(&csv(&[
        &["姓名", "班级", "出生日期", "学号"],
        &["王喆", "七(1)班", "20130105", "1"],
        &["王 喆", "七年级1班", "2013-1-5", "1"],
        &["王喆", "七(1)班", "20130606", "2"],
        &["王喆", "七(2)班", "20130105", "3"],
        &["李翀", "七(2)班", "", "3"],
        &["赵赟", "七(2)班", "", ""],
        &["赵赟", "七(2)班", "", ""],
    ]));
    let expected = [
        (Code::DuplicatePupil, "A3"),
        (Code::SameNameInClass, "A4"),
        (Code::StudentNumberRepeated, "D6"),
        (Code::DuplicatePupil, "A8"),
    ];
    assert_eq!(faults(&parsed), expected);
    assert!(parsed.faults[0].message_zh.contains("第 2 行") && parsed.faults[2].message_en.contains("row 5"));
    assert_eq!(parsed.rows.iter().map(|r| r.row_number).collect::<Vec<_>>(), [2, 4, 5, 6, 7]);
}

#[test]
fn several_schools_in_one_file_are_pointed_at() {
    let parsed =
        parsed(&csv(&[&["学校", "姓名", "班级"], &["示例一中", "王喆", "七(1)班"], &["示例二中", "李翀", "七(1)班"]]));
    assert_eq!(faults(&parsed), [(Code::SeveralSchools, "A3")]);
    assert_eq!(parsed.faults[0].severity, Severity::Warning);
}

#[test]
fn an_entry_year_in_the_class_is_no_doubt_beside_a_grade() {
    let table = table(&csv(&[&["姓名", "年级", "班级"], &["王喆", "高二", "2024级3班"], &["李翀", "", "2024级3班"]]));
    let mut context = junior();
    context.stages.push(StageYears::usual(Stage::Senior));
    let parsed = parse(&table, &match_columns(&table), &context);
    assert_eq!(faults(&parsed), [(Code::GradeAmbiguous, "C3")]);
    assert_eq!((parsed.rows[0].grade.stage, parsed.rows[0].grade.entry_year), (Stage::Senior, 2024));
}

#[test]
fn the_roster_of_the_coming_year_is_read_on_a_day_of_that_year() {
    let table = table(&csv(&[&["姓名", "性别", "班级"], &["王喆", "男", "2025级3班"]]));
    let mut context = junior();
    context.today = day(2025, 8, 20);
    assert_eq!(faults(&parse(&table, &match_columns(&table), &context)), [(Code::GradeNotStarted, "C2")]);
    context.today = day(2025, 9, 1);
    assert_eq!(parse(&table, &match_columns(&table), &context).rows[0].grade.number, 1);
}

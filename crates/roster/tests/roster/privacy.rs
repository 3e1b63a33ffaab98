use roster::{Code, Field, match_columns, parse, pinyin::Pinyin};

use crate::support::{csv, faults, id_number, junior, parsed, table, xlsx};

fn everything(parsed: &roster::Parsed) -> String {
    format!("{}{parsed:?}", serde_json::to_string(parsed).unwrap())
}

#[test]
fn nothing_of_the_national_id_number_leaves() {
    let id = id_number("20130105", 12);
    let in_number = format!("G{id}");
    let rows: &[&[&str]] = &[
        &["姓名", "班级", "身份证号", "学籍号", "宿舍", "监护人姓名", "监护人身份证号", "父亲电话"],
        &["王喆", "七(1)班", &id, &in_number, &id, &id, &id, &id],
        &["李翀", "七(1)班", &id, &in_number, "", "", "", ""],
    ];
    for bytes in [csv(rows), xlsx(rows)] {
        let parsed = parsed(&bytes);
        assert_eq!(parsed.rows.len(), 2);
        assert!(parsed.rows[0].id_checked);
        let codes: Vec<_> = faults(&parsed).into_iter().map(|(code, cell)| (code, cell.to_owned())).collect();
        let expected = [
            (Code::StudentNumberIsId, "D2"),
            (Code::ContainsNationalId, "F2"),
            (Code::ContainsNationalId, "H2"),
            (Code::ContainsNationalId, "E2"),
        ];
        assert_eq!(codes, expected.map(|(c, a)| (c, a.to_owned())));
        assert!(!everything(&parsed).contains(&id[6..17]), "no part of it");
        assert!(!format!("{:?}", table(&bytes)).contains(&id[6..17]));
    }
}

#[test]
fn a_column_chosen_wrongly_does_not_let_it_out() {
    let id = id_number("20130105", 12);
    let table = table(&csv(&[&["姓名", "性别", "班级", "身份证号", "号码"], &["王喆", "女", "七(1)班", &id, &id]]));
    let columns = match_columns(&table);
    for field in Field::ALL {
        let chosen = columns.clone().with_override("身份证号", Some(field));
        assert_eq!(chosen.is_ok(), field == Field::IdNumber, "{field:?}");
        let columns = columns.clone().with_override("号码", Some(field)).unwrap();
        let parsed = parse(&table, &columns, &junior());
        assert!(!everything(&parsed).contains(&id[6..17]), "{field:?}");
    }
}

#[test]
fn columns_that_are_never_taken_in_do_not_leave_even_as_a_fault() {
    let parsed = parsed(&csv(&[
        &["姓名", "班级", "性别", "民族", "家庭住址", "家庭收入"],
        &["王喆", "七(1)班", "男", "某族", "某某路1号", "12345"],
    ]));
    let all = everything(&parsed);
    assert!(["某族", "某某路", "12345"].iter().all(|secret| !all.contains(secret)));
}

#[test]
fn faults_and_debug_forms_do_not_repeat_what_stood_in_a_cell() {
    let parsed = parsed(&csv(&[
        &["姓名", "班级", "出生日期", "监护人姓名", "联系电话"],
        &["机密甲", "机密乙机密乙机密乙机密乙机密乙机密乙机密乙机密乙机密乙机密乙机密乙", "机密丙", "机密丁", "机密戊"],
        &["机密己", "七(1)班", "", "机密庚", "13800138000"],
    ]));
    assert_eq!(parsed.rows.len(), 1);
    assert!(!serde_json::to_string(&parsed.faults).unwrap().contains("机密"));
    assert!(!format!("{:?}{:?}", parsed, parsed.rows[0].guardians).contains("机密"));
    assert!(!format!("{:?}", Pinyin::of("陈鑫淼")).contains("chen"));
}

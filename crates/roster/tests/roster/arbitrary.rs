use proptest::collection::vec;
use proptest::prelude::*;
use roster::{Limits, Severity, match_columns, parse, read};
use rust_xlsxwriter::Workbook;

use crate::support::{junior, xlsx};

/// Reading ends in a value or an error; what is read can be parsed.
fn survives(bytes: &[u8]) -> Option<roster::Parsed> {
    let table = read(bytes, None, &Limits::default()).ok()?;
    Some(parse(&table, &match_columns(&table), &junior()))
}

const HEADERS: [&str; 21] = [
    "姓名",
    "性别",
    "出生日期",
    "身份证件类型",
    "身份证号",
    "学号",
    "学校",
    "年级",
    "班级",
    "座号",
    "入学年月",
    "就读方式",
    "是否留守儿童",
    "是否随迁子女",
    "是否孤儿",
    "监护人",
    "监护人电话",
    "母亲",
    "母亲电话",
    "宿舍",
    "床位",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "[0-9０-９.Ee+Xx/年月日 :-]{0,20}",
        "[一二三七十初高小中学年级届班()（）0-9-]{0,8}",
        "[王李陈·?*\u{E000}-\u{E010} ]{0,4}",
        Just("1.10101E+17".to_owned()),
        Just(String::new()),
    ]
}

proptest! {
    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..400)) {
        survives(&bytes);
        survives(&[b"PK\x03\x04", bytes.as_slice()].concat());
    }

    #[test]
    fn any_text_below_a_header(text in "\\PC{0,200}", lines in vec("[,;\"\t\r\n一-龥0-9]{0,40}", 0..8)) {
        let header = HEADERS.join(",");
        survives(format!("{header}\n{text}\n{}", lines.join("\n")).as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_cells(rows in vec(vec(cell(), HEADERS.len()), 1..6)) {
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let mut all: Vec<&[&str]> = vec![&HEADERS];
        all.extend(rows.iter().map(Vec::as_slice));
        let parsed = survives(&xlsx(&all)).expect("the header is there");
        // A row is taken in exactly when none of its faults is serious.
        let serious = |row: u32| parsed.faults.iter().any(|f| f.row == row && f.severity == Severity::Error);
        prop_assert!(parsed.rows.iter().all(|r| !serious(r.row_number)));
        let refused: std::collections::BTreeSet<u32> =
            parsed.faults.iter().filter(|f| f.severity == Severity::Error).map(|f| f.row).collect();
        prop_assert_eq!(parsed.rows.len() + refused.len(), parsed.listed);
    }

    #[test]
    fn any_numbers(numbers in vec(any::<f64>(), HEADERS.len())) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, (header, number)) in (0..).zip(HEADERS.iter().zip(&numbers)) {
            sheet.write_string(0, column, *header).unwrap();
            if number.is_finite() {
                sheet.write_number(1, column, *number).unwrap();
            }
        }
        prop_assert!(survives(&book.save_to_buffer().unwrap()).is_some());
    }

    #[test]
    fn a_workbook_with_changed_bytes(at in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = xlsx(&[&HEADERS, &["王喆", "男", "20130105", "1", "", "1", "", "七年级", "3班"]]);
        for (index, byte) in at {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn a_sheet_with_changed_text(at in any::<prop::sample::Index>(), text in "[<>/a-zA-Z0-9\"= ]{0,12}") {
        let sheet = crate::support::sheet_xml(crate::support::HEADER_XML);
        let place = sheet.char_indices().nth(at.index(sheet.chars().count())).map_or(0, |(i, _)| i);
        let (before, after) = sheet.split_at(place);
        survives(&crate::support::crafted(&format!("{before}{text}{after}"), None));
    }
}

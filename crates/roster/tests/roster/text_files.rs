use encoding_rs::{GB18030, GBK};
use roster::{Limits, ReadError, read};

use crate::support::{csv, parsed, table};

const NAMES: [&str; 4] = ["王喆", "𬭎", "张䶮", "李𬭎宇"];

fn roster(separator: &str) -> String {
    let mut text = ["姓名", "年级", "班级"].join(separator) + "\r\n";
    for name in NAMES {
        text.push_str(&format!("{name}{separator}七年级{separator}3班\r\n"));
    }
    text
}

fn names(bytes: &[u8]) -> Vec<String> {
    parsed(bytes).rows.into_iter().map(|r| r.name).collect()
}

#[test]
fn utf_8_with_and_without_a_mark() {
    let text = roster(",");
    assert_eq!(names(text.as_bytes()), NAMES);
    assert_eq!(names(format!("\u{FEFF}{text}").as_bytes()), NAMES);
}

#[test]
fn gb18030_with_names_of_four_bytes() {
    let text = roster(",");
    let (bytes, _, lost) = GB18030.encode(&text);
    assert!(!lost);
    assert_eq!(names(&bytes), NAMES);
}

#[test]
fn gbk() {
    let text = "姓名,年级,班级\n王喆,七年级,3班\n";
    let (bytes, _, lost) = GBK.encode(text);
    assert!(!lost);
    assert_eq!(names(&bytes), ["王喆"]);
}

#[test]
fn the_text_form_of_a_spreadsheet_program_in_utf_16() {
    let units: Vec<u8> = roster("\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(names(&[&[0xFF, 0xFE], units.as_slice()].concat()), NAMES);
}

#[test]
fn separators() {
    for separator in [",", "\t", ";"] {
        assert_eq!(names(roster(separator).as_bytes()), NAMES, "{separator:?}");
    }
}

#[test]
fn title_lines_blank_lines_and_breaks_in_cells_keep_the_row_numbers() {
    let text = "示例中学学生名册,,\n\n姓名,年级,班级\n\"王\n喆\",七年级,3班\n\n,,\n李翀,七年级,3班\n";
    let rows = parsed(text.as_bytes()).rows;
    assert_eq!(rows.iter().map(|r| (r.row_number, r.name.as_str())).collect::<Vec<_>>(), [(4, "王喆"), (7, "李翀")]);
    assert_eq!(table(text.as_bytes()).header_row(), 3);
}

#[test]
fn numbers_kept_as_text_lose_their_marks() {
    let rows: &[&[&str]] = &[
        &["姓名", "年级", "班级", "学号"],
        &["王喆", "七年级", "3班", "'00123"],
        &["李翀", "七年级", "3班", "=\"00124\""],
    ];
    let numbers: Vec<_> = parsed(&csv(rows)).rows.into_iter().map(|r| r.student_number.unwrap()).collect();
    assert_eq!(numbers, ["00123", "00124"]);
}

#[test]
fn other_files_are_refused_by_name() {
    let refused = |bytes: &[u8]| read(bytes, Some("名册.xls"), &Limits::default()).unwrap_err();
    for bytes in [
        &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..],
        b"%PDF-1.7",
        b"<html><table><tr><td>\xE5\xA7\x93</td></tr></table>",
        b"\xEF\xBB\xBF  <?xml version=\"1.0\"?><Workbook/>",
        b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\x09\x08\x10\x00\x00\x06",
    ] {
        let error = refused(bytes);
        assert_eq!(error.code(), "file_unsupported");
        assert!(error.zh().contains("另存为 .xlsx") && error.to_string().contains(".xlsx"));
    }
    assert_eq!(refused(b""), ReadError::Empty);
    assert_eq!(refused(b"\xC3\x28\xFF\xFF,\x81"), ReadError::Encoding);
    assert_eq!(refused("姓名,备注\n王喆,\n".as_bytes()), ReadError::NoHeader { needed: 3 });
}

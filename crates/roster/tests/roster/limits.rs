use roster::{Code, Limits, ReadError, read};
use rust_xlsxwriter::Workbook;

use crate::support::{HEADER_XML, archive, crafted, csv, faults, parsed, sheet_xml, xlsx};

fn refused(bytes: &[u8]) -> ReadError {
    read(bytes, None, &Limits::default()).unwrap_err()
}

/// Small enough to make the files of these tests quickly.
fn one_mib() -> Limits {
    Limits { unpacked_bytes: 1 << 20, table_bytes: 1 << 20, ..Limits::default() }
}

#[test]
fn a_small_file_that_unpacks_to_much_is_refused() {
    let bytes = crafted(&sheet_xml(&" ".repeat(1 << 20)), None);
    assert!(bytes.len() < 1 << 14);
    assert_eq!(read(&bytes, None, &one_mib()).unwrap_err(), ReadError::UnpacksTooLarge { what: "bytes" });
    assert_eq!(refused(&bytes), ReadError::NoHeader { needed: 3 }, "the size alone was wrong with it");
}

#[test]
fn the_parts_count_together_and_those_that_nobody_reads_count_too() {
    let nothing = "0".repeat(600 << 10);
    let parts = [("xl/workbook.xml", String::new()), ("xl/media/1.png", nothing.clone()), ("docProps/x", nothing)];
    let error = read(&archive(&parts), None, &one_mib()).unwrap_err();
    assert_eq!(error, ReadError::UnpacksTooLarge { what: "bytes" });
}

#[test]
fn announced_texts_reserve_nothing() {
    for count in ["99999999999", "18446744073709551615"] {
        let shared = format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        assert_eq!(
            refused(&crafted(&sheet_xml(HEADER_XML), Some(&shared))),
            ReadError::UnpacksTooLarge { what: "texts" }
        );
    }
}

#[test]
fn many_parts_are_refused() {
    let names: Vec<String> = (0..2_001).map(|n| format!("xl/{n}.xml")).collect();
    let mut parts: Vec<(&str, String)> = names.iter().map(|n| (n.as_str(), String::new())).collect();
    parts.push(("xl/workbook.xml", String::new()));
    assert_eq!(refused(&archive(&parts)), ReadError::UnpacksTooLarge { what: "parts" });
}

#[test]
fn a_cell_in_the_last_corner_costs_one_cell() {
    let low = "<row r=\"1048576\"><c r=\"A1048576\" t=\"inlineStr\"><is><t>王喆</t></is></c><c r=\"C1048576\"><v>3</v></c></row>";
    let table = read(&crafted(&sheet_xml(&format!("{HEADER_XML}{low}")), None), None, &Limits::default()).unwrap();
    assert_eq!(table.row_count(), 1);
    let corner = "<row r=\"2\"><c r=\"XFD2\"><v>3</v></c></row>";
    let bytes = crafted(&sheet_xml(&format!("{HEADER_XML}{corner}")), None);
    assert_eq!(refused(&bytes), ReadError::TooManyColumns { limit: 200 });
}

#[test]
fn one_text_in_every_cell_is_too_much() {
    let shared = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "长".repeat(900));
    let row = |n: u32| format!("<row r=\"{n}\">{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(100));
    let rows: String = (2..12).map(row).collect();
    let bytes = crafted(&sheet_xml(&format!("{HEADER_XML}{rows}")), Some(&shared));
    assert!(bytes.len() < 1 << 14);
    assert_eq!(read(&bytes, None, &one_mib()).unwrap_err(), ReadError::TooMuchText);
}

#[test]
fn positions_that_overflow_end_in_an_error_or_a_table_not_in_a_panic() {
    for position in ["A99999999999", "ZZZZZZZZZZ1", "1", "A", "A0", "é1"] {
        let row = format!("<row r=\"2\"><c r=\"{position}\"><v>3</v></c></row>");
        let _ = read(&crafted(&sheet_xml(&format!("{HEADER_XML}{row}")), None), None, &Limits::default());
    }
}

#[test]
fn cut_and_broken_workbooks_are_damaged() {
    let bytes = xlsx(&[&["姓名", "年级", "班级"], &["王喆", "七年级", "1"]]);
    assert_eq!(refused(&bytes[..bytes.len() / 2]), ReadError::Damaged);
    assert_eq!(refused(&crafted("<worksheet><sheetData><row><c>", None)), ReadError::Damaged);
    let document = archive(&[("word/document.xml", "<w/>".to_owned())]);
    assert_eq!(refused(&document).code(), "file_unsupported");
}

#[test]
fn rows_columns_and_bytes() {
    let limits = Limits { rows: 5, header_within_rows: 3, ..Limits::default() };
    let text = |rows: usize| format!("姓名,年级,班级\n{}", "王喆,七年级,3\n".repeat(rows));
    assert!(read(text(5).as_bytes(), None, &limits).is_ok());
    assert_eq!(read(text(6).as_bytes(), None, &limits).unwrap_err(), ReadError::TooManyRows { limit: 5 });
    assert_eq!(read(text(9).as_bytes(), None, &limits).unwrap_err(), ReadError::TooManyRows { limit: 5 });
    let wide = format!("姓名,年级,班级{}x\n", ",".repeat(300));
    assert_eq!(refused(wide.as_bytes()), ReadError::TooManyColumns { limit: 200 });
    let wide_row = format!("姓名,年级,班级\n王喆,七年级,3{}x\n", ",".repeat(300));
    assert_eq!(refused(wide_row.as_bytes()), ReadError::TooManyColumns { limit: 200 });
    let small = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(read(text(1).as_bytes(), None, &small).unwrap_err().code(), "file_too_large");
}

#[test]
fn a_long_cell_is_a_fault_of_its_row_only_where_it_is_used() {
    let long = "长".repeat(1_001);
    let parsed = parsed(&csv(&[&["姓名", "年级", "班级", "宿舍", "特长"], &["王喆", "七年级", "3", &long, &long]]));
    assert_eq!(faults(&parsed), [(Code::CellTooLong, "D2")]);
    assert_eq!(parsed.rows[0].dormitory, None);
}

#[test]
fn a_header_far_below_is_not_looked_for() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..40 {
        sheet.write_string(row, 0, "说明").unwrap();
    }
    for (column, header) in (0..).zip(["姓名", "年级", "班级"]) {
        sheet.write_string(40, column, header).unwrap();
    }
    assert_eq!(refused(&book.save_to_buffer().unwrap()), ReadError::NoHeader { needed: 3 });
}

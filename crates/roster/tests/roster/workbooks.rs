use roster::{Boarding, ClassRef, Code, Gender, Limits, match_columns, parse, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::support::{HEADER_XML, crafted, day, faults, junior, parsed, sheet_xml, table, xlsx};

#[test]
fn title_rows_stars_and_empty_columns() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 7, "示例初级中学 2025 年学生名册（样表）", &Format::new()).unwrap();
    sheet.write_string(1, 0, "填表说明：带★的必须填写").unwrap();
    for (column, header) in
        [(1, "序号"), (2, "★姓 名"), (3, "性别（必填）"), (5, "出生\n日期*"), (6, "年级★"), (7, "班级")]
    {
        sheet.write_string(2, column, header).unwrap();
    }
    for (row, name) in [(3, "陈鑫淼"), (5, "王　喆")] {
        sheet.write_number(row, 1, 1).unwrap();
        sheet.write_string(row, 2, name).unwrap();
        sheet.write_number(row, 3, 2).unwrap();
        sheet.write_number(row, 5, 20_130_105).unwrap();
        sheet.write_string(row, 6, "七年级").unwrap();
        sheet.write_number(row, 7, 3).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(table(&bytes).header_row(), 3);
    let parsed = parsed(&bytes);
    assert_eq!(faults(&parsed), []);
    let rows: Vec<_> = parsed.rows.iter().map(|r| (r.row_number, r.name.as_str())).collect();
    assert_eq!(rows, [(4, "陈鑫淼"), (6, "王喆")]);
    let first = &parsed.rows[0];
    assert_eq!((first.gender, first.birth_date), (Some(Gender::Female), Some(day(2013, 1, 5))));
    assert_eq!((first.grade.entry_year, first.grade.number, &first.class), (2025, 1, &ClassRef::Number(3)));
}

#[test]
fn dates_numbers_and_formulas_are_read_as_they_are_shown() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["姓名", "班级", "出生日期", "学号", "联系电话", "就读方式"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    sheet.write_string(1, 0, "李翀").unwrap();
    sheet.write_formula(1, 1, Formula::new("=\"七(\"&1+1&\")班\"").set_result("七(2)班")).unwrap();
    sheet.write_datetime_with_format(1, 2, ExcelDateTime::from_ymd(2012, 12, 31).unwrap(), &date).unwrap();
    sheet.write_number(1, 3, 20_250_101_u32).unwrap();
    sheet.write_number(1, 4, 13_800_138_000_f64).unwrap();
    sheet.write_formula(1, 5, Formula::new("=1+1").set_result("2")).unwrap();
    let parsed = parsed(&book.save_to_buffer().unwrap());
    assert_eq!(faults(&parsed), []);
    let row = &parsed.rows[0];
    assert_eq!(row.class, ClassRef::Number(2));
    assert_eq!(row.birth_date, Some(day(2012, 12, 31)));
    assert_eq!(row.student_number.as_deref(), Some("20250101"));
    assert_eq!(row.guardians[0].phone.as_deref(), Some("13800138000"));
    assert_eq!(row.boarding, Some(Boarding::Boards));
}

#[test]
fn what_a_spreadsheet_program_breaks_is_a_fault_and_never_a_guess() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("m-d");
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["姓名", "年级", "班级", "学号", "身份证号", "座号", "床位"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for row in 1..4 {
        sheet.write_string(row, 0, format!("王{}", ["喆", "翀", "赟"][usize::try_from(row).unwrap() - 1])).unwrap();
        sheet.write_string(row, 1, "七年级").unwrap();
    }
    sheet.write_number(1, 2, 7.1).unwrap();
    sheet.write_datetime_with_format(2, 2, ExcelDateTime::from_ymd(2025, 7, 3).unwrap(), &date).unwrap();
    sheet.write_number(3, 2, 3).unwrap();
    sheet.write_number(3, 3, 2_024_010_112_345_678_f64).unwrap();
    sheet.write_datetime_with_format(3, 5, ExcelDateTime::from_ymd(2025, 3, 2).unwrap(), &date).unwrap();
    sheet.write_number(3, 6, 2.1).unwrap();
    sheet.write_number(3, 4, 999_901_201_301_011_234_f64).unwrap();
    let parsed = parsed(&book.save_to_buffer().unwrap());
    let expected = [
        (Code::BecameDecimal, "C2"),
        (Code::BecameDate, "C3"),
        (Code::PrecisionLost, "E4"),
        (Code::PrecisionLost, "D4"),
        (Code::BecameDate, "F4"),
        (Code::BecameDecimal, "G4"),
    ];
    assert_eq!(faults(&parsed), expected);
    assert_eq!(parsed.rows.len(), 1);
    assert_eq!((parsed.rows[0].student_number.as_deref(), parsed.rows[0].id_checked), (None, false));
}

#[test]
fn a_failed_formula_is_a_fault_of_its_cell() {
    let rows = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>王喆</t></is></c><c r=\"B2\" t=\"e\"><v>#REF!</v></c><c r=\"C2\"><v>3</v></c></row>";
    let parsed = parsed(&crafted(&sheet_xml(&format!("{HEADER_XML}{rows}")), None));
    assert_eq!(faults(&parsed), [(Code::FormulaError, "B2")]);
    assert!(parsed.rows.is_empty());
}

#[test]
fn the_first_sheet_with_a_header_is_read_and_the_others_are_named() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "请填写第二个工作表").unwrap();
    let form = book.add_worksheet().set_name("模板").unwrap();
    for (column, text) in (0..).zip(["姓名", "年级", "班级"]) {
        form.write_string(0, column, text).unwrap();
    }
    let hidden = book.add_worksheet().set_name("字典").unwrap();
    hidden.set_hidden(true);
    for name in ["字典", "七1", "七2"] {
        if name != "字典" {
            book.add_worksheet().set_name(name).unwrap();
        }
        let sheet = book.worksheet_from_name(name).unwrap();
        for (column, text) in (0..).zip(["姓名", "年级", "班级"]) {
            sheet.write_string(0, column, text).unwrap();
        }
        for (column, text) in (0..).zip(["王喆", "七年级", "1"]) {
            sheet.write_string(1, column, text).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let table = table(&bytes);
    assert_eq!((table.sheet(), table.other_sheets()), ("七1", &["七2".to_owned()][..]));
    let parsed = parse(&table, &match_columns(&table), &junior());
    assert_eq!(faults(&parsed), [(Code::OtherSheets, "")]);
    assert_eq!(parsed.rows.len(), 1);
}

#[test]
fn the_content_decides_not_the_name() {
    let bytes = xlsx(&[&["姓名", "年级", "班级"], &["王喆", "七年级", "1"]]);
    assert_eq!(read(&bytes, Some("roster.csv"), &Limits::default()).unwrap().row_count(), 1);
}

#[test]
fn twenty_thousand_pupils() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["姓名", "性别", "年级", "班级", "学号"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    let (surnames, given): (Vec<char>, Vec<char>) =
        ("王李张刘陈杨黄赵".chars().collect(), "子涵思雨鑫淼明轩".chars().collect());
    for n in 0..20_000_usize {
        let name: String = [surnames[n % 8], given[n / 8 % 8], given[n / 64 % 8]].iter().collect();
        let row = u32::try_from(n).unwrap() + 1;
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_string(row, 1, if n % 2 == 0 { "男" } else { "女" }).unwrap();
        sheet.write_string(row, 2, ["七年级", "八年级", "九年级"][n % 3]).unwrap();
        sheet.write_string(row, 3, format!("{}班", n / 600 + 1)).unwrap();
        sheet.write_string(row, 4, format!("{}", 2_025_000_000 + n)).unwrap();
    }
    let parsed = parsed(&book.save_to_buffer().unwrap());
    assert_eq!((parsed.listed, parsed.rows.len()), (20_000, 20_000));
    assert!(parsed.faults.iter().all(|f| f.code == Code::SameNameInClass));
}

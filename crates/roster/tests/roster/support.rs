use std::io::{Cursor, Write};

use chrono::NaiveDate;
use roster::{Code, Context, Limits, Parsed, Stage, StageYears, Table, match_columns, parse, read};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

pub(crate) fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// A junior school in October 2025.
pub(crate) fn junior() -> Context {
    Context { today: day(2025, 10, 8), stages: vec![StageYears::usual(Stage::Junior)] }
}

pub(crate) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

pub(crate) fn csv(rows: &[&[&str]]) -> Vec<u8> {
    rows.iter().map(|r| r.join(",") + "\n").collect::<String>().into_bytes()
}

pub(crate) fn table(bytes: &[u8]) -> Table {
    read(bytes, None, &Limits::default()).unwrap()
}

pub(crate) fn parsed(bytes: &[u8]) -> Parsed {
    let table = table(bytes);
    parse(&table, &match_columns(&table), &junior())
}

/// Code and address of every fault.
pub(crate) fn faults(parsed: &Parsed) -> Vec<(Code, &str)> {
    parsed.faults.iter().map(|f| (f.code, f.cell.as_str())).collect()
}

/// An invented id number with the right check digit.
pub(crate) fn id_number(birth: &str, order: u32) -> String {
    let body = format!("999901{birth}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    let check = "10X98765432".chars().nth(usize::try_from(sum % 11).unwrap()).unwrap();
    format!("{body}{check}")
}

/// A workbook written by hand, to be wrong in ways that no program writes.
pub(crate) fn crafted(sheet: &str, shared: Option<&str>) -> Vec<u8> {
    let strings_type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings";
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let package = relationships(&[("officeDocument", "xl/workbook.xml")]);
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let mut inner = relationships(&[("worksheet", "worksheets/sheet1.xml")]);
    if shared.is_some() {
        let link =
            format!("<Relationship Id=\"rId9\" Type=\"{strings_type}\" Target=\"sharedStrings.xml\"/></Relationships>");
        inner = inner.replace("</Relationships>", &link);
    }
    let mut parts = vec![
        ("[Content_Types].xml", types.to_owned()),
        ("_rels/.rels", package),
        ("xl/workbook.xml", book.to_owned()),
        ("xl/_rels/workbook.xml.rels", inner),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
    ];
    parts.extend(shared.map(|s| ("xl/sharedStrings.xml", s.to_owned())));
    archive(&parts)
}

fn relationships(links: &[(&str, &str)]) -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let one = |(i, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>", i + 1)
    };
    let links: String = links.iter().enumerate().map(one).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
    )
}

pub(crate) fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A sheet whose cells are given as XML.
pub(crate) fn sheet_xml(rows: &str) -> String {
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

/// The header 姓名, 年级, 班级 in row 1.
pub(crate) const HEADER_XML: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>年级</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>班级</t></is></c></row>";

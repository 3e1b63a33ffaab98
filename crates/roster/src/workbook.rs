//! `.xlsx`: the first visible sheet whose header is recognised.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::error::ReadError;
use crate::header;
use crate::limits::Limits;
use crate::sheet::SheetBuilder;
use crate::table::{Kind, SheetRow, Table};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads a workbook that has been weighed.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, ReadError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet)
        .map(|s| s.name.clone())
        .collect();
    let mut found: Option<Table> = None;
    for name in names {
        match &mut found {
            Some(table) if !table.rows.is_empty() => {
                let start = sheet(&mut book, &name, limits, Extent::Start)?;
                let listed = crate::read::table(start, String::new(), limits).is_some_and(|t| !t.rows.is_empty());
                if listed {
                    table.other_sheets.push(name);
                }
            }
            // A header without pupils is a form to copy: the next sheet may have them.
            empty => {
                let rows = sheet(&mut book, &name, limits, Extent::WholeIfRecognised)?;
                *empty = crate::read::table(rows, name, limits).or_else(|| empty.take());
            }
        }
    }
    found.ok_or(ReadError::NoHeader { needed: limits.known_headers })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Only the rows in which a header may stand.
    Start,
    /// Everything, unless no header stands in those rows.
    WholeIfRecognised,
}

fn sheet(book: &mut Book<'_>, name: &str, limits: &Limits, extent: Extent) -> Result<Vec<SheetRow>, ReadError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(_) => return Err(ReadError::Damaged),
    };
    let mut rows = SheetBuilder::new(limits);
    let mut recognised = false;
    // The cells come as a stream: a sheet with one cell in its last corner costs one cell.
    while let Some(cell) = cells.next_cell().map_err(|_| ReadError::Damaged)? {
        let (row, column) = cell.get_position();
        if !recognised && rows.len() > limits.header_within_rows {
            if extent == Extent::Start || header::find(rows.rows(), limits).is_none() {
                break;
            }
            recognised = true;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        push(&mut rows, row.saturating_add(1), column, cell.get_value())?;
    }
    Ok(rows.finish())
}

fn push(rows: &mut SheetBuilder<'_>, row: u32, column: usize, value: &DataRef<'_>) -> Result<(), ReadError> {
    match value {
        DataRef::Empty => Ok(()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            rows.push(row, column, text, Kind::Text)
        }
        DataRef::SharedString(text) => rows.push(row, column, text, Kind::Text),
        DataRef::Int(number) => rows.push(row, column, &number.to_string(), precision(number.unsigned_abs() >= MOST)),
        DataRef::Float(number) => rows.push(row, column, &number.to_string(), precision(number.abs() >= 1e15)),
        DataRef::Bool(truth) => rows.push(row, column, if *truth { "true" } else { "false" }, Kind::Text),
        DataRef::DateTime(date) => {
            let (text, kind) = date_text(*date);
            rows.push(row, column, &text, kind)
        }
        DataRef::Error(_) => rows.push(row, column, "", Kind::Failed),
    }
}

/// Spreadsheet programs keep 15 digits of a number.
const MOST: u64 = 1_000_000_000_000_000;

fn precision(lost: bool) -> Kind {
    if lost { Kind::Imprecise } else { Kind::Number }
}

fn date_text(date: ExcelDateTime) -> (String, Kind) {
    // Outside these bounds the reader's own conversion is not defined.
    if date.is_duration() || !(1.0..2_900_000.0).contains(&date.as_f64()) {
        return (date.as_f64().to_string(), Kind::Number);
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    (format!("{year:04}-{month:02}-{day:02}"), Kind::Date)
}

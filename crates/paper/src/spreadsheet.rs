//! Spreadsheets: a table as .xlsx. Every cell is a text, so that no name is ever computed as a formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, XlsxError};

use crate::PaperError;

/// A table for a spreadsheet program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spreadsheet {
    /// The name of the sheet.
    pub name: String,
    /// What stands over the table: whose it is, who took it out and when.
    pub head: Vec<String>,
    /// The columns, with their widths in characters.
    pub columns: Vec<(String, u16)>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// So many characters of a name a sheet may have, and none of these in it.
const NAME_CHARS: usize = 31;
const NOT_IN_NAMES: [char; 8] = ['[', ']', ':', '*', '?', '/', '\\', '\''];

/// Writes it.
///
/// # Errors
/// When it is too large for the format.
pub fn spreadsheet(table: &Spreadsheet) -> Result<Vec<u8>, PaperError> {
    write(table).map_err(|err| PaperError(err.to_string()))
}

fn write(table: &Spreadsheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The time of making is said in the sheet; the file has a fixed one.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = book.add_worksheet();
    let name = table.name.chars().filter(|c| !NOT_IN_NAMES.contains(c)).take(NAME_CHARS);
    sheet.set_name(name.collect::<String>())?;
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    let mut row = 0;
    for line in &table.head {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    for (column, (title, wide)) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(row, column, title, &head)?;
        sheet.set_column_width(column, f64::from(*wide))?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    for cells in &table.rows {
        row += 1;
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text)?;
        }
    }
    book.save_to_buffer()
}

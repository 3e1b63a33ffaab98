//! What kind of file it is, by its content, and its table.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{BINARY, OLE, OTHER_ARCHIVE, PDF, ReadError, WEB_PAGE};
use crate::header::{self, Meaning};
use crate::limits::Limits;
use crate::table::{Cell, SheetRow, Table};
use crate::{delimited, unpack, workbook};

/// Reads a roster: `.xlsx` (the first visible sheet with a recognised header), or text separated by commas, tabs or
/// semicolons in UTF-8, UTF-16 with a mark, GBK or GB18030. The content decides; the name is only asked which
/// separator is likelier.
///
/// # Errors
/// See [`ReadError`]: no roster, another kind of file, or more than [`Limits`] allow.
pub fn read(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Table, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::FileTooLarge { limit: limits.file_bytes / (1024 * 1024) });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        unpack::weigh(bytes, limits)?;
        // The reader underneath has assertions about paths and positions that a crafted file can break.
        let read = catch_unwind(AssertUnwindSafe(|| workbook::read(bytes, limits)));
        return within(read.unwrap_or(Err(ReadError::Damaged))?, limits);
    }
    if let Some(found) = unsupported(bytes) {
        return Err(ReadError::Unsupported { found });
    }
    within(delimited::read(bytes, file_name, limits)?, limits)
}

fn within(table: Table, limits: &Limits) -> Result<Table, ReadError> {
    if table.rows.len() > limits.rows { Err(ReadError::TooManyRows { limit: limits.rows }) } else { Ok(table) }
}

fn unsupported(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 3] = [(b"\xD0\xCF\x11\xE0", OLE), (b"%PDF", PDF), (b"PK\x05\x06", OTHER_ARCHIVE)];
    if let Some((_, found)) = SIGNATURES.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(found);
    }
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !marked && bytes.contains(&0) {
        return Some(BINARY);
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"<").then_some(WEB_PAGE)
}

/// Splits rows at their header and blanks what is never taken in.
pub(crate) fn table(mut rows: Vec<SheetRow>, sheet: String, limits: &Limits) -> Option<Table> {
    let at = header::find(&rows, limits)?;
    let mut below = rows.split_off(at);
    let header = below.first()?;
    let header_row = header.number;
    let headers: Vec<String> = header.cells.iter().map(|c| c.text.clone()).collect();
    below.remove(0);
    let never: Vec<bool> = headers.iter().map(|h| header::meaning(h) == Meaning::Never).collect();
    for row in &mut below {
        for (cell, never) in row.cells.iter_mut().zip(&never) {
            if *never {
                *cell = Cell::default();
            }
        }
        row.cells.truncate(headers.len());
    }
    below.retain(|row| !row.cells.iter().all(Cell::is_blank));
    below.retain(|row| !repeats_header(row, &headers, limits));
    Some(Table { headers, header_row, rows: below, sheet, other_sheets: Vec::new() })
}

/// A header that is repeated on every printed page.
fn repeats_header(row: &SheetRow, headers: &[String], limits: &Limits) -> bool {
    let same = row.cells.iter().zip(headers).filter(|(cell, header)| !cell.text.is_empty() && cell.text == **header);
    same.count() >= limits.known_headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_taken_in_is_not_even_kept_in_memory() {
        let text = "姓名,年级,班级,民族,特长\n王喆,七年级,3,某族,画画\n";
        let table = read(text.as_bytes(), None, &Limits::default()).unwrap();
        let texts: Vec<&str> = table.rows[0].cells.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(texts, ["王喆", "七年级", "3", "", "画画"]);
    }
}

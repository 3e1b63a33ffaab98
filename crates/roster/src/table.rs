//! A sheet in memory: its header and its cells, bounded while it is built.

use crate::clean;

/// What a spreadsheet program says that a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// Text, or nothing.
    #[default]
    Text,
    /// A number that kept all its digits.
    Number,
    /// A number with more digits than the program keeps.
    Imprecise,
    /// A date; the text is `YYYY-MM-DD`.
    Date,
    /// A formula that failed.
    Failed,
    /// Longer than the limit; the text is cut.
    TooLong,
}

/// A cell: its text, cleaned, and its kind.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) kind: Kind,
}

impl Cell {
    pub(crate) fn new(text: &str, kind: Kind) -> Self {
        Self { text: clean::cell(text), kind }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty() && self.kind != Kind::Failed
    }
}

/// A row with content, and its number in the file (1 is the first).
#[derive(Clone, Default)]
pub(crate) struct SheetRow {
    pub(crate) number: u32,
    pub(crate) cells: Vec<Cell>,
}

impl SheetRow {
    pub(crate) fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).filter(|c| !c.is_blank())
    }
}

/// A sheet whose header was found. It shows headers and counts; the cells stay inside.
#[derive(Clone)]
pub struct Table {
    pub(crate) headers: Vec<String>,
    pub(crate) header_row: u32,
    pub(crate) rows: Vec<SheetRow>,
    pub(crate) sheet: String,
    pub(crate) other_sheets: Vec<String>,
}

impl Table {
    /// The headers from left to right; a column without one is empty.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The row in which the header stands, counted from 1.
    #[must_use]
    pub fn header_row(&self) -> u32 {
        self.header_row
    }

    /// How many rows with content follow the header.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The sheet that was read; empty for CSV.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Other visible sheets that look like rosters and were not read.
    #[must_use]
    pub fn other_sheets(&self) -> &[String] {
        &self.other_sheets
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("columns", &self.headers.len()).field("rows", &self.rows.len()).finish()
    }
}

/// The address of a cell as spreadsheet programs write it: column 2 of row 12 is `C12`.
pub(crate) fn address(column: usize, row: u32) -> String {
    format!("{}{row}", letters(column))
}

/// The letters of a column counted from 0.
pub(crate) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(address(2, 12), "C12");
        assert_eq!(letters(25), "Z");
        assert_eq!(letters(26), "AA");
        assert_eq!(letters(701), "ZZ");
        assert_eq!(letters(702), "AAA");
    }

    #[test]
    fn a_table_does_not_print_its_cells() {
        let row = SheetRow { number: 2, cells: vec![Cell::new("陈鑫淼", Kind::Text)] };
        let table = Table {
            headers: vec!["姓名".into()],
            header_row: 1,
            rows: vec![row],
            sheet: String::new(),
            other_sheets: vec![],
        };
        assert_eq!(format!("{table:?}"), "Table { columns: 1, rows: 1 }");
    }
}

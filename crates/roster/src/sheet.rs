//! A sheet while it is read: every cell is weighed before it is kept.

use crate::error::ReadError;
use crate::limits::Limits;
use crate::table::{Cell, Kind, SheetRow};

/// Rows as they are read, within the limits.
pub(crate) struct SheetBuilder<'a> {
    limits: &'a Limits,
    bytes: usize,
    rows: Vec<SheetRow>,
}

impl<'a> SheetBuilder<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self { limits, bytes: 0, rows: Vec::new() }
    }

    /// How many rows with content there are so far.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows so far.
    pub(crate) fn rows(&self) -> &[SheetRow] {
        &self.rows
    }

    /// Adds a cell; `row` counts from 1, `column` from 0. Blank cells take no place.
    pub(crate) fn push(&mut self, row: u32, column: usize, text: &str, kind: Kind) -> Result<(), ReadError> {
        let long = text.char_indices().nth(self.limits.cell_chars).map(|(at, _)| at);
        let cell = match long.and_then(|at| text.get(..at)) {
            Some(cut) => Cell::new(cut, Kind::TooLong),
            None => Cell::new(text, kind),
        };
        if cell.is_blank() {
            return Ok(());
        }
        if column >= self.limits.columns {
            return Err(ReadError::TooManyColumns { limit: self.limits.columns });
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            // The header and a few title rows come on top of the pupils.
            if self.rows.len() >= self.limits.rows.saturating_add(self.limits.header_within_rows) {
                return Err(ReadError::TooManyRows { limit: self.limits.rows });
            }
            self.rows.push(SheetRow { number: row, cells: Vec::new() });
        }
        let Some(last) = self.rows.last_mut() else { return Ok(()) };
        let wider = (column + 1).saturating_sub(last.cells.len());
        self.bytes += wider * size_of::<Cell>() + cell.text.len();
        if self.bytes > self.limits.table_bytes {
            return Err(ReadError::TooMuchText);
        }
        if wider > 0 {
            last.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = last.cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Vec<SheetRow> {
        self.rows
    }
}

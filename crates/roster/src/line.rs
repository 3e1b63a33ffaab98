//! One row while it is read: its cells by field, and its faults.

use crate::columns::{Column, Columns};
use crate::fault::{Code, Fault};
use crate::field::Field;
use crate::table::{Cell, Kind, SheetRow, address};
use crate::value::national_id;

pub(crate) struct Line<'a> {
    row: &'a SheetRow,
    columns: &'a Columns,
    pub(crate) faults: Vec<Fault>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(row: &'a SheetRow, columns: &'a Columns) -> Self {
        Self { row, columns, faults: Vec::new() }
    }

    /// Whether a column is this field.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.columns.of(field).is_some()
    }

    /// The cell of a field, if it says anything.
    pub(crate) fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.columns.of(field).and_then(|c| self.row.cell(c.index))
    }

    /// The cell of a field that leaves, unless what the file made of it must not: a failed formula, lost digits, or
    /// a national id number.
    pub(crate) fn usable(&mut self, field: Field) -> Option<&'a Cell> {
        let cell = self.cell(field)?;
        let code = unusable(cell, field == Field::StudentNumber);
        if let Some(code) = code {
            self.fault(field, code);
            return None;
        }
        Some(cell)
    }

    /// A short text that is kept as written.
    pub(crate) fn text(&mut self, field: Field) -> Option<String> {
        let cell = self.usable(field)?;
        let changed = match cell.kind {
            Kind::Date => Some(Code::BecameDate),
            Kind::Number if cell.text.contains('.') => Some(Code::BecameDecimal),
            Kind::Text | Kind::Number | Kind::Imprecise | Kind::Failed | Kind::TooLong => None,
        };
        if let Some(code) = changed {
            self.fault(field, code);
            return None;
        }
        let text = crate::clean::spaces(&cell.text);
        Some(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text))
    }

    /// A number or the like: full-width forms and blanks do not make it another one.
    pub(crate) fn code(&mut self, field: Field) -> Option<String> {
        self.text(field).map(|text| crate::clean::compact(&text)).filter(|text| !text.is_empty())
    }

    /// A value of a cell; what is not understood is a fault and no value.
    pub(crate) fn value<T>(&mut self, field: Field, code: Code, read: impl Fn(&str) -> Option<Option<T>>) -> Option<T> {
        let cell = self.usable(field)?;
        match read(&cell.text) {
            Some(value) => value,
            None => {
                self.fault(field, code);
                None
            }
        }
    }

    /// Notes a fault at the cell of a field, or at the row where the field has no column.
    pub(crate) fn fault(&mut self, field: Field, code: Code) {
        let fault = self.at(field, code);
        self.faults.push(fault);
    }

    /// A fault at the cell of a field.
    pub(crate) fn at(&self, field: Field, code: Code) -> Fault {
        let column = self.columns.of(field);
        let cell = column.map(|c| address(c.index, self.row.number)).unwrap_or_default();
        Fault::new(self.row.number, column.map(column_name).unwrap_or_default(), cell, code, Some(field))
    }
}

/// Why the text of a cell must not leave: a failed formula, lost digits, or a national id number in it.
pub(crate) fn unusable(cell: &Cell, is_number: bool) -> Option<Code> {
    match cell.kind {
        Kind::Failed => Some(Code::FormulaError),
        Kind::TooLong => Some(Code::CellTooLong),
        Kind::Imprecise => Some(Code::PrecisionLost),
        Kind::Text | Kind::Number | Kind::Date if scientific(&cell.text) => Some(Code::ScientificNotation),
        Kind::Text | Kind::Number | Kind::Date if national_id::within(&cell.text) => {
            Some(if is_number { Code::StudentNumberIsId } else { Code::ContainsNationalId })
        }
        Kind::Text | Kind::Number | Kind::Date => None,
    }
}

fn column_name(column: &Column) -> &str {
    &column.header
}

/// What spreadsheet programs show of a long number: `1.10101E+17`. A room `3E5` is none.
pub(crate) fn scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(mantissa),
    };
    mantissa_ok && exponent.strip_prefix('+').is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::scientific;

    #[test]
    fn scientific_notation_and_rooms() {
        assert!(scientific("1.10101E+17"));
        assert!(scientific("1.1e+17"));
        assert!(scientific("1E+10"));
        for text in ["3E5", "E+17", "1.2.3E+4", "A1E+17", "", "1.5"] {
            assert!(!scientific(text), "{text}");
        }
    }
}

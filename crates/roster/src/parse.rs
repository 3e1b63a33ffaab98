//! Rows of a table to pupils, with all that is wrong.

use serde::Serialize;

use crate::clean;
use crate::columns::{Columns, DroppedColumn};
use crate::config::CONFIG;
use crate::fault::{Code, Fault};
use crate::field::Field;
use crate::line::Line;
use crate::row::Row;
use crate::stage::Context;
use crate::table::{SheetRow, Table};
use crate::{pupil, same};

/// What a roster says.
#[derive(Debug, Clone, Serialize)]
pub struct Parsed {
    /// The pupils that can be taken in; a row with an error is not among them.
    pub rows: Vec<Row>,
    /// Everything that is wrong, in the order of the file.
    pub faults: Vec<Fault>,
    /// The columns of which nothing left, with the reason.
    pub dropped_columns: Vec<DroppedColumn>,
    /// How the columns were matched.
    pub columns: Columns,
    /// How many pupils the file lists, blank and summary rows not counted.
    pub listed: usize,
}

/// Reads the rows of a table.
#[must_use]
pub fn parse(table: &Table, columns: &Columns, context: &Context) -> Parsed {
    let mut faults = of_the_file(table, columns);
    let mut rows: Vec<Row> = Vec::new();
    let mut listed = 0;
    let complete = [Field::Name, Field::Class].iter().all(|f| columns.of(*f).is_some());
    for source in table.rows.iter().filter(|r| complete && lists_a_pupil(r, columns)) {
        listed += 1;
        let mut line = Line::new(source, columns);
        rows.extend(pupil::row(&mut line, source.number, context));
        faults.append(&mut line.faults);
    }
    let rows = same::check(rows, &mut faults, columns);
    same::once_for_the_column(&mut faults, Code::StudentNumberIsId);
    faults.sort_by_key(|f| f.row);
    Parsed { rows, faults, dropped_columns: columns.dropped(), columns: columns.clone(), listed }
}

fn of_the_file(table: &Table, columns: &Columns) -> Vec<Fault> {
    let mut faults = Vec::new();
    for field in [Field::Name, Field::Class] {
        if columns.of(field).is_none() {
            faults.push(Fault::new(
                table.header_row,
                field.label_zh(),
                String::new(),
                Code::ColumnMissing,
                Some(field),
            ));
        }
    }
    if !table.other_sheets.is_empty() {
        faults.push(Fault::new(table.header_row, "", String::new(), Code::OtherSheets, None));
    }
    faults
}

/// Blank rows, rows numbered in advance and summary rows list nobody.
fn lists_a_pupil(row: &SheetRow, columns: &Columns) -> bool {
    let filled = |field: Field| columns.of(field).is_some_and(|c| row.cell(c.index).is_some());
    let says_anything = Field::ALL.into_iter().any(|f| f != Field::Seat && filled(f));
    let first = row.cells.iter().find(|c| !c.is_blank());
    let summary = !filled(Field::Class) && first.is_some_and(|c| CONFIG.summary(&clean::compact(&c.text)));
    says_anything && !summary
}

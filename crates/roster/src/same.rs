//! Pupils listed twice, numbers used twice, schools mixed.

use std::collections::{HashMap, HashSet};

use crate::columns::Columns;
use crate::fault::{Code, Fault};
use crate::field::Field;
use crate::row::Row;
use crate::table::address;

/// Compares all rows with each other; the later of two equal pupils is left out.
pub(crate) fn check(rows: Vec<Row>, faults: &mut Vec<Fault>, columns: &Columns) -> Vec<Row> {
    let mut namesakes: HashMap<_, Vec<usize>> = HashMap::new();
    let mut left_out: HashSet<usize> = HashSet::new();
    for (index, row) in rows.iter().enumerate() {
        let key = (row.name_key.clone(), row.grade, row.class.clone());
        let earlier = namesakes.entry(key).or_default();
        let rivals = || earlier.iter().filter_map(|i| rows.get(*i));
        if let Some(same) = rivals().find(|other| same_pupil(other, row)) {
            faults.push(at(row, columns, Field::Name, Code::DuplicatePupil).with_row(same.row_number));
            left_out.insert(index);
        } else {
            if let Some(other) = rivals().next() {
                faults.push(at(row, columns, Field::Name, Code::SameNameInClass).with_row(other.row_number));
            }
            earlier.push(index);
        }
    }
    repeated_numbers(&rows, &left_out, faults, columns);
    several_schools(&rows, faults, columns);
    let pupils = rows.into_iter().enumerate();
    pupils.filter(|(index, _)| !left_out.contains(index)).map(|(_, row)| row).collect()
}

/// The birth date tells; without any, a different number or gender does.
fn same_pupil(one: &Row, other: &Row) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
    match (one.birth_date, other.birth_date) {
        (Some(a), Some(b)) => a == b,
        (None, None) => {
            let genders = one.gender.is_some() && other.gender.is_some() && one.gender != other.gender;
            !genders && !differ(&one.student_number, &other.student_number)
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn repeated_numbers(rows: &[Row], left_out: &HashSet<usize>, faults: &mut Vec<Fault>, columns: &Columns) {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for (_, row) in rows.iter().enumerate().filter(|(i, _)| !left_out.contains(i)) {
        let Some(number) = row.student_number.as_deref() else { continue };
        match seen.get(number) {
            Some(first) => {
                faults.push(at(row, columns, Field::StudentNumber, Code::StudentNumberRepeated).with_row(*first));
            }
            None => {
                seen.insert(number, row.row_number);
            }
        }
    }
}

fn several_schools(rows: &[Row], faults: &mut Vec<Fault>, columns: &Columns) {
    let mut schools = rows.iter().filter_map(|r| r.school.as_deref().map(|s| (r, s)));
    let Some((_, first)) = schools.next() else { return };
    if let Some((row, _)) = schools.find(|(_, school)| *school != first) {
        faults.push(at(row, columns, Field::School, Code::SeveralSchools));
    }
}

fn at(row: &Row, columns: &Columns, field: Field, code: Code) -> Fault {
    let column = columns.of(field);
    let cell = column.map(|c| address(c.index, row.row_number)).unwrap_or_default();
    let header = column.map(|c| c.header.as_str()).unwrap_or_default();
    Fault::new(row.row_number, header, cell, code, Some(field))
}

/// Keeps the first of a fault that every row of a column has alike.
pub(crate) fn once_for_the_column(faults: &mut Vec<Fault>, code: Code) {
    let mut seen = false;
    faults.retain(|fault| fault.code != code || !std::mem::replace(&mut seen, true));
}

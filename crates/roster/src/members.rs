//! Rows of a file to memberships of lists 清单: who is meant, which list, since when, on what evidence. Whether there is
//! such a student and such a list is the caller's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Severity};
use crate::field::Field;
use crate::line::{Line, unusable};
use crate::row::ClassRef;
use crate::stage::{Context, GradeRef};
use crate::table::{Cell, SheetRow, Table, address};
use crate::value::{date, name};
use crate::{Columns, config::CONFIG, header, matching, pupil};

/// A column that only files of memberships have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberField {
    /// Which list.
    List,
    /// Since when.
    From,
    /// What shows it.
    Evidence,
    /// Where that comes from.
    Source,
    /// When it is looked at again.
    ReviewAt,
}

impl MemberField {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::List, Self::From, Self::Evidence, Self::Source, Self::ReviewAt];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::From => "from",
            Self::Evidence => "evidence",
            Self::Source => "source",
            Self::ReviewAt => "review_at",
        }
    }
}

/// A row that says something. `Debug` shows its number alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The row in the file, counted from 1.
    pub row: u32,
    /// The name in the form in which names are compared.
    pub name_key: Option<String>,
    /// 学号
    pub number: Option<String>,
    /// The class with its grade.
    pub class: Option<(ClassRef, GradeRef)>,
    /// What stands in the columns of the membership; a day as `2026-11-23` where it can be read as one.
    pub said: BTreeMap<MemberField, String>,
    /// By the word of a field: the header of its column, and the cell.
    pub places: BTreeMap<String, (String, String)>,
    /// Whether who is meant could be read.
    pub readable: bool,
}

impl std::fmt::Debug for MemberRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberRow").field("row", &self.row).finish_non_exhaustive()
    }
}

/// What a file says of memberships.
#[derive(Debug, Clone)]
pub struct Members {
    /// Every row that says anything, sound or not.
    pub rows: Vec<MemberRow>,
    /// What cannot be read, in the order of the file.
    pub faults: Vec<Fault>,
    /// Header → field, for the columns that are used.
    pub columns: BTreeMap<String, String>,
    /// Columns of which nothing left.
    pub dropped: Vec<String>,
}

/// A column of a membership: which one, its header, where it stands.
type Own = (MemberField, String, usize);

/// Reads the rows of a table as memberships.
#[must_use]
pub fn members(table: &Table, context: &Context) -> Members {
    let columns = matching::match_columns(table);
    let own = own_columns(table);
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for source in table.rows.iter().filter(|r| says_anything(r, &columns, &own)) {
        let mut line = Line::new(source, &columns);
        rows.push(row(&mut line, source, (&columns, &own), context));
        faults.append(&mut line.faults);
    }
    let kept = [Field::Name, Field::StudentNumber, Field::Grade, Field::Class];
    let shared = kept.iter().filter_map(|f| Some((columns.of(*f)?.header.clone(), f.key().to_owned())));
    let used: BTreeMap<String, String> =
        shared.chain(own.iter().map(|(f, header, _)| (header.clone(), f.key().to_owned()))).collect();
    let all = columns.all().iter().map(|c| c.header.clone());
    let dropped = all.filter(|h| !used.contains_key(h)).collect();
    Members { rows, faults, columns: used, dropped }
}

/// The columns of memberships; of two that mean the same the earlier word, then the left one.
fn own_columns(table: &Table) -> Vec<Own> {
    let mut found: Vec<(MemberField, usize, usize, String)> = Vec::new();
    for (index, text) in table.headers().iter().enumerate() {
        if let Some((field, rank)) = CONFIG.member(&header::key(text)) {
            found.push((field, rank, index, header::shown(text)));
        }
    }
    found.sort();
    found.dedup_by_key(|f| f.0);
    found.into_iter().map(|(field, _, index, header)| (field, header, index)).collect()
}

fn says_anything(row: &SheetRow, columns: &Columns, own: &[Own]) -> bool {
    let who = [Field::Name, Field::StudentNumber].into_iter().filter_map(|f| columns.of(f)).map(|c| c.index);
    who.chain(own.iter().map(|o| o.2)).any(|index| row.cell(index).is_some())
}

fn row(line: &mut Line<'_>, source: &SheetRow, (columns, own): (&Columns, &[Own]), context: &Context) -> MemberRow {
    let name = line.cell(Field::Name).is_some().then(|| pupil::name_of(line)).flatten();
    let number = line.code(Field::StudentNumber);
    let class = line.cell(Field::Class).is_some().then(|| pupil::class_and_grade(line, context)).flatten();
    let readable = line.faults.iter().all(|f| f.severity != Severity::Error);
    let mut said = BTreeMap::new();
    for (field, header, index) in own {
        let Some(cell) = source.cell(*index) else { continue };
        match unusable(cell, false) {
            Some(code) => {
                let fault = Fault::new(source.number, header, address(*index, source.number), code, None);
                line.faults.push(Fault { severity: Severity::Error, ..fault });
            }
            None => drop(said.insert(*field, text_of(*field, cell))),
        }
    }
    let at = |header: &str, index: usize| (header.to_owned(), address(index, source.number));
    let shared = [Field::Name, Field::StudentNumber, Field::Class].into_iter();
    let shared = shared.filter_map(|f| columns.of(f).map(|c| (f.key().to_owned(), at(&c.header, c.index))));
    let places = own.iter().map(|(f, header, index)| (f.key().to_owned(), at(header, *index))).chain(shared).collect();
    let name_key = name.as_deref().map(name::name_key);
    MemberRow { row: source.number, name_key, number, class, said, places, readable }
}

fn text_of(field: MemberField, cell: &Cell) -> String {
    match field {
        MemberField::From | MemberField::ReviewAt => {
            date::date(cell).map_or_else(|| crate::clean::spaces(&cell.text), |d| d.to_string())
        }
        MemberField::List | MemberField::Evidence | MemberField::Source => crate::clean::spaces(&cell.text),
    }
}

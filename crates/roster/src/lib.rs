//! Reads the rosters 学生名册 of schools: bytes in, values and faults out.
//!
//! ```text
//! bytes ── read ──▶ Table ── match_columns ──▶ Columns ── parse ──▶ Parsed { rows, faults, dropped_columns }
//!                                 └─ with_override ─┘
//!                     └─ members ──▶ Members { rows, faults }      memberships of lists 清单
//! ```
//!
//! # Invariants
//! - Everything is a function of its arguments. There is no I/O, no `async`, no clock (today is in [`Context`]), no
//!   randomness and no database in this crate.
//! - **Nothing of the national id number leaves.** It is compared with birth date and gender, becomes
//!   [`Row::id_checked`], and is dropped. A number that sits in any other column (a 学籍号 made of it, a column chosen
//!   wrongly) is recognised by its shape and date and dropped too.
//! - Only what a [`Row`] names leaves. A [`Table`] shows its headers and counts, never its cells; columns of the
//!   `[never]` list (ethnicity, address, income, health …) are blanked while reading, and no override brings them back.
//! - A fault says where and what, and never repeats what stood in the cell. `Debug` of rows and tables shows no cells.
//! - All faults of a row are reported at once. [`Severity::Error`] means that something which would be stored about
//!   who and where the child is (name, grade, class, birth date) is missing, unreadable or contradicted: the row is
//!   left out. A [`Severity::Warning`] leaves out the one value, or only asks to look.
//! - Whatever the bytes, reading ends in a value or an error within [`Limits`]; it does not panic. The spreadsheet
//!   reader underneath can, on crafted files: such a panic is caught at one place ([`read()`]), which needs unwinding.
//!
//! # Absences
//! A student number is never a key: it may be missing, repeated or changed. No row is matched with a student already
//! known, nothing is stored, no pupil is removed: that is the caller's. Birth dates are not taken from id numbers.
//! `.xls`, `.ods`, OneRoster archives and password-protected files are refused by name.

mod clean;
mod columns;
mod config;
mod delimited;
mod error;
mod fault;
mod field;
mod header;
mod limits;
mod line;
mod matching;
mod members;
mod parse;
pub mod pinyin;
mod pupil;
mod read;
mod row;
mod same;
mod sheet;
mod stage;
mod table;
mod unpack;
mod value;
mod workbook;

pub use columns::{Column, Columns, Confidence, DropReason, DroppedColumn, OverrideError};
pub use error::ReadError;
pub use fault::{Code, Fault, Severity};
pub use field::Field;
pub use limits::Limits;
pub use matching::match_columns;
pub use members::{MemberField, MemberRow, Members, members};
pub use parse::{Parsed, parse};
pub use read::read;
pub use row::{Boarding, ClassRef, Gender, Guardian, LeftBehind, Row};
pub use stage::{Context, GradeRef, Stage, StageYears};
pub use table::Table;
pub use value::name::name_key;

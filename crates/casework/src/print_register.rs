//! The register of a class, on paper or as a spreadsheet: what the roster says, and nothing of any file.

use domain::access::{Place, Right};
use domain::audit::Act;
use domain::id::ClassId;
use storage::{ClassRecord, NewStudent};

use crate::print_growth_file::print_number;
use crate::{CaseError, Desk, Signed};

/// The register of a class.
#[derive(Debug, Clone)]
pub struct Register {
    /// The class.
    pub class: ClassRecord,
    /// The name of the school.
    pub school: String,
    /// The number of this print.
    pub number: String,
    /// Its pupils, by name. Where the reader has no right to the roster nothing is said of guardians.
    pub pupils: Vec<NewStudent>,
    /// Whether the reader may know of guardians.
    pub guardians: bool,
}

/// Prints the register of a class. The audit line is durable before anything is given back; if that fails, nothing is.
///
/// # Errors
/// [`CaseError::NotFound`] when the reader may not know of the class.
pub async fn print_register(desk: &Desk, by: &Signed, class: ClassId) -> Result<Register, CaseError> {
    let read = desk.storage.read();
    let class = read.class(class).await?.ok_or(CaseError::NotFound)?;
    let school = read.school(class.grade.school).await?.ok_or(CaseError::NotFound)?;
    let place = Place { class: class.id, grade: class.grade.id, school: class.grade.school, district: school.district };
    let (files, roster) = (by.scope(desk, Right::OpenFile), by.scope(desk, Right::SeeRoster));
    let guardians = roster.covers(&place);
    if !guardians && !files.covers(&place) {
        return Err(CaseError::NotFound);
    }
    let mut pupils = read.register_of(if guardians { &roster } else { &files }, class.id).await?;
    if !guardians {
        pupils.iter_mut().for_each(|p| p.guardians.clear());
    }
    let number = print_number(desk);
    let mut tx = desk.storage.begin().await?;
    let mut line = by.audit(desk, Act::PrintRegister, None, Some(class.id.to_string()));
    line.detail = Some(number.clone());
    tx.audit(&[line]).await?;
    tx.commit().await?;
    Ok(Register { class, school: school.name, number, pupils, guardians })
}

//! What the filing form shows: classes, colleagues, telephones.

use domain::access::Right;
use domain::id::SchoolId;
use storage::{ClassRecord, PersonRecord};

use crate::{CaseError, Desk, Signed};

/// The telephones that are always shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telephones {
    /// The school.
    pub school: String,
    /// The duty leader's.
    pub duty: Option<String>,
    /// The counsellor's.
    pub counsellor: Option<String>,
}

fn schools(desk: &Desk, by: &Signed) -> Vec<SchoolId> {
    let mut all: Vec<SchoolId> = by.actor.positions.iter().filter_map(|(_, s)| *s).collect();
    all.extend(by.scope(desk, Right::File).schools);
    all.sort_unstable();
    all.dedup();
    all
}

/// The telephones of the person's schools.
///
/// # Errors
/// When the database refuses.
pub async fn telephones(desk: &Desk, by: &Signed) -> Result<Vec<Telephones>, CaseError> {
    let mut out = Vec::new();
    for id in schools(desk, by) {
        if let Some(s) = desk.storage.read().school(id).await? {
            out.push(Telephones { school: s.name, duty: s.duty_phone, counsellor: s.counsellor_phone });
        }
    }
    Ok(out)
}

/// The telephones for somebody who has not signed in: those of the only school there is.
///
/// # Errors
/// When the database refuses.
pub async fn telephones_of_the_only_school(desk: &Desk) -> Result<Option<Telephones>, CaseError> {
    let mut all = desk.storage.read().schools().await?;
    let only = if all.len() == 1 { all.pop() } else { None };
    Ok(only.map(|s| Telephones { school: s.name, duty: s.duty_phone, counsellor: s.counsellor_phone }))
}

/// The classes that the person may file about: his own first.
///
/// # Errors
/// When the database refuses.
pub async fn classes_for_filing(desk: &Desk, by: &Signed) -> Result<Vec<(ClassRecord, bool)>, CaseError> {
    let scope = by.scope(desk, Right::File);
    let own = by.scope(desk, Right::OpenFile);
    let mut out = Vec::new();
    for school in schools(desk, by) {
        for class in desk.storage.read().classes(school).await? {
            let whole = scope.schools.contains(&class.grade.school) || scope.grades.contains(&class.grade.id);
            if whole || scope.classes.contains(&class.id) {
                let mine = own.classes.contains(&class.id) || own.grades.contains(&class.grade.id);
                out.push((class, mine));
            }
        }
    }
    out.sort_by_key(|(_, mine)| !mine);
    Ok(out)
}

/// The colleagues whom a report can name. Offered to everybody who files, so that nothing can be read from the list.
///
/// # Errors
/// When the database refuses.
pub async fn staff_for_filing(desk: &Desk, by: &Signed) -> Result<Vec<PersonRecord>, CaseError> {
    let mut out = Vec::new();
    for school in schools(desk, by) {
        out.extend(desk.storage.read().staff_of(school, desk.now()).await?);
    }
    Ok(out)
}

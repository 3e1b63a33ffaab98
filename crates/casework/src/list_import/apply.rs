//! Applying an import of memberships, and taking it back.

use chrono::TimeDelta;
use domain::access::Right;
use domain::audit::Act;
use domain::id::ImportId;
use storage::{ListImportRecord, MembershipRecord, Tx};

use super::plan::{ListImport, json, standing};
use crate::lists::{after, keep, listed};
use crate::{CaseError, Desk, Signed};

const UNDO_DAYS: i64 = 7;

/// Applies an import: whoever does is the author of every membership in it. `expected` is the version that was read. Gives
/// what was done, and the new version.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Stale`], or a conflict when it was applied already.
pub async fn apply_lists(
    desk: &Desk,
    by: &Signed,
    id: ImportId,
    expected: u64,
) -> Result<(ListImport, u64), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let import = find(desk, &tx, by, id, expected).await?;
    if import.applied_at.is_some() {
        return Err(CaseError::Conflict("already_applied"));
    }
    // The roster may have changed since: who is who is looked up again, alone with this school and these students.
    tx.alone_with_school(import.school).await?;
    let mut students: Vec<_> = standing(desk, by, &tx.read()?, &import).await?.1.iter().map(|w| w.0).collect();
    students.sort_unstable();
    students.dedup();
    for student in &students {
        tx.alone_with_student(*student).await?;
    }
    let (mut done, wanted) = standing(desk, by, &tx.read()?, &import).await?;
    let mut wrote = Vec::with_capacity(wanted.len());
    for (student, membership) in wanted {
        if students.binary_search(&student).is_err() {
            return Err(CaseError::Stale);
        }
        let kept = keep(desk, by, &mut tx, &listed(desk, by, student, membership)).await?;
        wrote.push((kept.id, student));
    }
    done.applied = true;
    tx.list_import_applied(&import, &json(&done)?, &wrote, desk.real_now()).await?;
    tx.audit(&[by.audit(desk, Act::ApplyLists, None, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok((done, expected.saturating_add(1)))
}

/// Takes an import back: the memberships that nobody has touched since end today. That they were stays, as everything does.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Stale`], or a conflict when it was not applied, is taken back already, or is
/// older than seven days.
pub async fn undo_lists(desk: &Desk, by: &Signed, id: ImportId, expected: u64) -> Result<(usize, u64), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let import = find(desk, &tx, by, id, expected).await?;
    let applied = import.applied_at.ok_or(CaseError::Conflict("not_applied"))?;
    if import.undone_at.is_some() {
        return Err(CaseError::Conflict("already_undone"));
    }
    if desk.real_now() - applied > TimeDelta::days(UNDO_DAYS) {
        return Err(CaseError::Conflict("too_late_to_undo"));
    }
    let (scope, today) = (by.scope(desk, Right::ManageLists), desk.calendar.date(desk.now()));
    let mut ended = 0;
    for (membership, student) in tx.read()?.list_import_wrote(id).await? {
        tx.alone_with_student(student).await?;
        let found = tx.read()?.memberships(&scope, &[student]).await?;
        let Some(last) = found.into_iter().find(|m| m.id == membership && m.version == 1) else { continue };
        let said = Some("撤销导入".to_owned());
        let next = MembershipRecord { to: Some(today), deed: "ended".to_owned(), said, ..after(desk, by, last) };
        keep(desk, by, &mut tx, &next).await?;
        ended += 1;
    }
    tx.list_import_undone(&import, desk.real_now()).await?;
    tx.audit(&[by.audit(desk, Act::UndoLists, None, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok((ended, expected.saturating_add(1)))
}

async fn find(desk: &Desk, tx: &Tx, by: &Signed, id: ImportId, expected: u64) -> Result<ListImportRecord, CaseError> {
    let found = tx.read()?.list_import(by.person(), id).await?;
    let import = found.filter(|i| by.scope(desk, Right::ManageLists).schools.contains(&i.school));
    let import = import.ok_or(CaseError::NotFound)?;
    if import.version == expected { Ok(import) } else { Err(CaseError::Stale) }
}

//! Applying a roster import, and taking it back.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::access::Right;
use domain::audit::Act;
use domain::id::{ClassId, GradeId, ImportId, SchoolId, StudentId};
use domain::org::Stage;
use storage::{ClassRecord, GradeRecord, ImportRecord, NewStudent, StorageError, StudentBefore, Tx};

use crate::import_roster::Planned;
use crate::match_roster::{Counts, Matched};
use crate::student_hand_over::{Said, place_by_roster, roster_as_kept};
use crate::{CaseError, Desk, ImportPreview, Signed};

const UNDO_DAYS: i64 = 7;

/// An import as it was previewed, with its version.
///
/// # Errors
/// [`CaseError::NotFound`] when it is not of one of the person's schools.
pub async fn view_import(desk: &Desk, by: &Signed, id: ImportId) -> Result<(ImportPreview, u64), CaseError> {
    let scope = by.scope(desk, Right::ImportRoster);
    let import = desk.storage.read().import(&scope, id).await?.ok_or(CaseError::NotFound)?;
    let preview = serde_json::from_str(&import.summary).map_err(|_| corrupt())?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadImport, None, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok((preview, import.version))
}

/// Applies an import. `expected` is the version that was read. Gives the preview, with the counts of what was done, and
/// the new version.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Stale`], or a conflict when it was applied already.
pub async fn apply_roster(
    desk: &Desk,
    by: Option<&Signed>,
    school: Option<SchoolId>,
    id: ImportId,
    expected: u64,
) -> Result<(ImportPreview, u64), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let import = find(desk, &tx, by, school, id).await?;
    if import.version != expected {
        return Err(CaseError::Stale);
    }
    if import.applied_at.is_some() {
        return Err(CaseError::Conflict("already_applied"));
    }
    let planned: Vec<Planned> = serde_json::from_str(&import.body).map_err(|_| corrupt())?;
    // Another import may have come in between: who is who is looked up again, alone with this school.
    tx.alone_with_school(import.school).await?;
    let existing = roster_as_kept(&tx.read()?, import.school).await?;
    let classes = tx.read()?.classes(import.school).await?;
    let matched = Matched::of(&planned, &existing, &classes);
    let counts = matched.counts(&planned);
    let mut places = Places::of(&tx, import.school).await?;
    let (mut added, mut before, mut said) = (Vec::new(), Vec::new(), Said::default());
    for (plan, was) in matched.pairs(&planned) {
        if was.is_some_and(|was| matched.same(was, plan)) {
            continue;
        }
        let (grade, class) = places.find_or_add(desk, &mut tx, plan).await?;
        let student_id = was.map_or_else(|| StudentId::new(desk.ids.uuid()), |w| w.id);
        let student = NewStudent { id: student_id, grade, class, ..plan.student.clone() };
        before.push(StudentBefore { student: student_id, was: was.cloned() });
        if was.is_some() {
            replace(desk, &mut tx, &student, Some(id), &mut said).await?;
        } else {
            added.push(student);
        }
    }
    tx.add_students(&added, Some(id)).await?;
    said.put(desk, &mut tx).await?;
    tx.applied(&import, &before, desk.real_now()).await?;
    if let Some(by) = by {
        tx.audit(&[by.audit(desk, Act::ApplyRoster, None, Some(id.to_string()))]).await?;
    }
    tx.commit().await?;
    let preview: ImportPreview = serde_json::from_str(&import.summary).map_err(|_| corrupt())?;
    let Counts { creates, updates, unchanged } = counts;
    let missing = existing.len().saturating_sub(updates + unchanged);
    Ok((ImportPreview { creates, updates, unchanged, missing, ..preview }, expected.saturating_add(1)))
}

/// Takes an import back: changed pupils are as before, added ones are gone, unless something happened to them since.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Stale`], or a conflict when it was not applied, is taken back already, or is
/// older than seven days.
pub async fn undo_roster(desk: &Desk, by: &Signed, id: ImportId, expected: u64) -> Result<(usize, u64), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let import = find(desk, &tx, Some(by), None, id).await?;
    if import.version != expected {
        return Err(CaseError::Stale);
    }
    let applied = import.applied_at.ok_or(CaseError::Conflict("not_applied"))?;
    if import.undone_at.is_some() {
        return Err(CaseError::Conflict("already_undone"));
    }
    if desk.real_now() - applied > TimeDelta::days(UNDO_DAYS) {
        return Err(CaseError::Conflict("too_late_to_undo"));
    }
    let (before, mut said) = (tx.read()?.replaced_by(id).await?, Said::default());
    for b in &before {
        match &b.was {
            Some(was) => {
                tx.alone_with_student(b.student).await?;
                tx.take_back_placing(b.student, desk.now()).await?;
                replace(desk, &mut tx, was, None, &mut said).await?;
            }
            None => tx.set_left(b.student, Some(desk.now())).await?,
        }
    }
    said.put(desk, &mut tx).await?;
    tx.undone(&import, desk.real_now()).await?;
    tx.audit(&[by.audit(desk, Act::UndoRoster, None, Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok((before.len(), expected.saturating_add(1)))
}

/// What the roster says of a pupil holds at once; which class he is in, only where nothing has to be handed over for it.
/// A pupil whom another school has is none of this roster's any more.
async fn replace(
    desk: &Desk,
    tx: &mut Tx,
    new: &NewStudent,
    import: Option<ImportId>,
    said: &mut Said,
) -> Result<(), CaseError> {
    let mut is = tx.read()?.student_for_service(new.id).await?.ok_or(CaseError::NotFound)?;
    if is.class.grade.school != new.school {
        return Ok(());
    }
    // Whoever stays where he is is held for nobody: a red about him does not wait for the roster. Whoever may move is held
    // before anything of his is written.
    let moves = is.class.id != new.class || tx.read()?.live_hand_over_of(new.id).await?.is_some();
    if moves {
        tx.alone_with_student(new.id).await?;
        is = tx.read()?.student_for_service(new.id).await?.ok_or(CaseError::NotFound)?;
    }
    let (grade, class) = (is.class.grade.id, is.class.id);
    tx.replace_student(&NewStudent { grade, class, ..new.clone() }, import).await?;
    if moves { place_by_roster(desk, tx, (new.id, new.class), import, said).await } else { Ok(()) }
}

async fn find(
    desk: &Desk,
    tx: &Tx,
    by: Option<&Signed>,
    school: Option<SchoolId>,
    id: ImportId,
) -> Result<ImportRecord, CaseError> {
    let scope = match by {
        Some(by) => by.scope(desk, Right::ImportRoster),
        None => domain::access::Scope { schools: school.into_iter().collect(), ..Default::default() },
    };
    tx.read()?.import(&scope, id).await?.ok_or(CaseError::NotFound)
}

fn corrupt() -> CaseError {
    CaseError::Storage(StorageError::Corrupt("import"))
}

/// Grades and classes of a school, added as they are needed.
struct Places {
    school: SchoolId,
    grades: HashMap<(Stage, i32), GradeId>,
    classes: HashMap<(GradeId, String), ClassId>,
}

impl Places {
    async fn of(tx: &Tx, school: SchoolId) -> Result<Self, CaseError> {
        let read = tx.read()?;
        let grades = read.grades(school).await?.into_iter().map(|g| ((g.stage, g.entry_year), g.id)).collect();
        let classes = read.classes(school).await?.into_iter().map(|c| ((c.grade.id, c.name), c.id)).collect();
        Ok(Self { school, grades, classes })
    }

    async fn find_or_add(&mut self, desk: &Desk, tx: &mut Tx, plan: &Planned) -> Result<(GradeId, ClassId), CaseError> {
        let key = (plan.stage, plan.entry_year);
        let grade = match self.grades.get(&key) {
            Some(id) => *id,
            None => {
                let id = GradeId::new(desk.ids.uuid());
                let record = GradeRecord { id, school: self.school, stage: plan.stage, entry_year: plan.entry_year };
                tx.add_grade(&record).await?;
                self.grades.insert(key, id);
                id
            }
        };
        let key = (grade, plan.class.clone());
        if let Some(class) = self.classes.get(&key) {
            return Ok((grade, *class));
        }
        let class = ClassId::new(desk.ids.uuid());
        let record = GradeRecord { id: grade, school: self.school, stage: plan.stage, entry_year: plan.entry_year };
        tx.add_class(&ClassRecord { id: class, grade: record, name: plan.class.clone() }).await?;
        self.classes.insert(key, class);
        Ok((grade, class))
    }
}
